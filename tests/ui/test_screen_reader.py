"""What a screen reader is told of the real window on the real systems, in both languages, over AT-SPI."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.ui.resources import resource
from tests.fixtures.creme import RealCreme
from tests.fixtures.datasette import RealDatasette
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import RealTime
from tests.helpers.at_spi import Reader, Thing
from tests.helpers.spoken_window import MARK

_ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is Linux's")
_SENSELESS = {"", "invalid", "unknown", "redundant object", "filler", "panel", "layered pane"}
"""What the keyboard is on has a role that says what can be done with it; these say nothing."""
_THEIR_WORDS = {
    "Cancel": ("the order", "the usual order", "the links"),
    "Open": ("the project", "the project's economy"),
}
"""At these stops: an action on an order and the status of a project are called what Tryton calls them, which speaks the
language that it was signed in to in."""
_HOLE = re.compile(r"\\?\{\w+\\?\}|%n")
_FOREIGN = re.compile(r"\d,\d{3}\.\d\d|\d\d/\d\d/\d{4}|\d\.\d\d\b(?!\.\d| ?ms)")
"""Numbers and days as they are written elsewhere."""


def english() -> list[re.Pattern[str]]:
    """What the window says in English, and says otherwise in Danish."""
    found = []
    for message in ET.parse(resource("translations", "samspil_da.ts")).getroot().iter("message"):  # noqa: S314
        source, danish = message.findtext("source") or "", message.findtext("translation") or ""
        words = _HOLE.sub("", source)
        if source != danish and sum(map(str.isalpha, words)) > 3:
            found.append(re.compile(_HOLE.sub(".+", re.escape(source)), re.DOTALL))
    return found


class Listened:
    """The window in a desktop session of its own, and somebody who listens to it."""

    def __init__(self, folder: Path, plan: dict[str, object]) -> None:
        (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
        (folder / "run").mkdir(mode=0o700)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "AT_SPI_"))},
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PYTHONPATH": str(_ROOT),
        }
        command = ["dbus-run-session", "--", sys.executable, "-m", "tests.helpers.spoken_window", str(folder)]
        self._complaints = folder / "complaints"
        pipe = subprocess.PIPE
        with self._complaints.open("w") as complaints:
            self._window = subprocess.Popen(
                command, env=environment, cwd=_ROOT, stdin=pipe, stdout=pipe, stderr=complaints, text=True
            )
        self._reader = Reader(self._heard())
        self._tell("")

    def stops(self) -> Iterator[str]:
        """Each stop, until the window has closed."""
        while stop := self._heard():
            yield stop
            self._tell("")
        assert self._window.wait(30) == 0, self._errors()

    def listen(self, language: str = "en") -> list[Thing]:
        """What is told now, in this language."""
        self.speak(language)
        return self._reader.windows("samspil")

    def announced(self) -> list[str]:
        """What was said, whatever the keyboard is on, since this was asked last."""
        return self._reader.announced()

    def speak(self, language: str) -> None:
        """Another language from now on."""
        self._tell(language)
        assert self._heard() == language, self._errors()

    def close(self) -> None:
        """End it, wherever it is."""
        self._reader.close()
        for pipe in (self._window.stdin, self._window.stdout):
            assert pipe is not None
            pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._window.wait(20)  # it has heard that nobody listens any more
        self._window.kill()
        self._window.wait(30)
        # The buses start programs of their own, which do not all end with them when something went wrong.
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("XDG_RUNTIME_DIR") == str(self._complaints.parent / "run"):
                    process.kill()

    def _heard(self) -> str:
        assert self._window.stdout is not None
        for line in self._window.stdout:  # the bus's own daemons talk there too
            if line.startswith(MARK):
                return line.removeprefix(MARK).strip()
        return ""

    def _errors(self) -> str:
        return self._complaints.read_text("utf-8")

    def _tell(self, line: str) -> None:
        assert self._window.stdin is not None
        self._window.stdin.write(f"{line}\n")
        self._window.stdin.flush()


def place(system: str, url: str, user: str, password: str, **options: str) -> dict[str, object]:
    """Where a system is, for the window."""
    return {"system": system, "url": url, "user": user, "options": options, "password": password}


@pytest.fixture
def listened(
    tmp_path: Path,
    real_tryton: RealTryton,
    real_creme: RealCreme,
    real_time: RealTime,
    real_datasette: RealDatasette,
) -> Iterator[Listened]:
    programs = {"dbus-run-session": None, "at-spi-bus-launcher": "/usr/libexec:/usr/lib/at-spi2-core"}
    missing = [name for name, place in programs.items() if shutil.which(name, path=place) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed here; dev.py installs it on Debian")
    erp, crm, time, reports = real_tryton, real_creme, real_time, real_datasette
    plan: dict[str, object] = {
        "erp": place("tryton", erp.url, "clerk", erp.password(), database=erp.database),
        "crm": place("creme", crm.server.url, "saelger", crm.password()),
        "time": place("tryton-time", time.url, "clerk", time.password(), database=time.database),
        "reporting": place(
            "datasette", reports.server.url, "clerk", reports.password(), database=reports.server.database
        ),
    }
    made = Listened(tmp_path, plan)
    yield made
    made.close()


def spoken(windows: list[Thing]) -> str:
    """Everything that is said."""
    return "\n".join(f"{thing.name}\n{thing.description}" for window in windows for thing in window.all())


def test_everything_is_said_in_both_languages(listened: Listened) -> None:
    nameless: list[str] = []
    left_over: list[str] = []
    said: dict[str, str] = {}
    announced: dict[str, list[str]] = {}
    sources = english()
    for stop in listened.stops():
        announced[stop] = listened.announced()
        for language in ("en", "da"):
            windows = listened.listen(language)
            things = [thing for window in windows for thing in window.all()]
            assert len(things) > 20, stop
            nameless += [
                f"{stop} ({language}): {thing.path}"
                for thing in things
                if thing.is_focusable and (not thing.name.strip() or thing.role in _SENSELESS)
            ]
            said[f"{stop} {language}"] = spoken(windows)
        left_over += [
            f"{stop}: {text}"
            for text in said[f"{stop} da"].splitlines()
            if text in said[f"{stop} en"].splitlines()
            and stop not in _THEIR_WORDS.get(text, ())
            and (_FOREIGN.search(text) or any(source.fullmatch(text) for source in sources))
        ]
        listened.speak("en")
    assert nameless == []
    assert "\n".join(sorted(set(left_over))) == ""
    # Each stop was where it says it was, and the lines say what became of them.
    assert "Sign in" in said["the first start en"]
    assert "Log ind" in said["the first start da"]
    assert "Reached: Well." in said["the connections en"]
    assert "Nordlys Belysning ApS, 10023" in said["the search en"]
    order = said["the order en"].splitlines()
    assert "In the ERP" in order
    assert any(text.startswith("Not in the ERP: ") and "no such thing" in text for text in order)
    assert any(text.startswith("Qty: two") and "is not a number" in text for text in order)
    assert "Price: 156.00" in order
    assert any(text.startswith("Total: ") for text in order)
    danish = said["the order da"].splitlines()
    assert any(text.startswith("Ikke i ERP") for text in danish), danish
    assert "Pris: 156,00" in danish
    assert "What the customer usually buys" in said["the usual order en"]
    economy = said["the economy en"].splitlines()
    assert "Arrow keys, Home and End go from bar to bar" in economy
    assert "Hours and expenses" in economy
    assert "1,234,567.03" in said["the economy as tables en"]
    assert "1.234.567,03" in said["the economy as tables da"]
    assert "LED-udskiftning lager og kontor" in said["the project en"]
    # What the keyboard is not on is said all the same: the proposal that is marked, the bar that one has come to.
    assert any(re.match(r"2 of \d+: .*Nordlys", text) for text in announced["the search"]), str(announced)
    assert announced["the economy"][:2] == [
        "Sept 2026: DKK\N{NO-BREAK SPACE}1,234,567.03",
        "Oct 2026: DKK\N{NO-BREAK SPACE}-50.00",
    ]
