"""Creme as a child process: installed and filled once, copied and started each time."""

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path

from app.demo.children import Child, ChildServer, run
from app.demo.environment import ensure_environment
from app.demo.home import demo_home
from app.demo.progress import Progress, Report, Stage, parse
from app.demo.template import copy_template, ensure_template, key_of

_NAME = "creme"
_ROOT = Path(__file__).resolve().parents[3]
_INSIDE = Path(__file__).resolve().parent / "inside"
_ADDON = _ROOT / "app" / "systems" / "creme" / "addon"
_LOCK = _ROOT / "packaging" / "locks" / "creme.txt"
_DATA = _ROOT / "resources" / "demo"
# The files of resources/demo that are the CRM's; a changed price list makes no new CRM.
_TABLES = (
    "addresses",
    "campaign_members",
    "campaigns",
    "cases",
    "companies",
    "opportunities",
    "people",
    "touch_points",
)


class CremeServer(ChildServer):
    """A running Creme.

    Attributes:
        url: Its address, without a slash at the end; Creme's own pages are there too.
        users: The passwords by user name: ``root`` may do everything, ``saelger`` what a salesperson may, ``elev``
            sees only what is theirs and changes nothing, ``rapport`` sees everybody's and changes nothing.
        database_path: Its SQLite file, to be looked into directly.
        log_path: What it printed.
    """

    def __init__(self, child: Child, users: Mapping[str, str], database_path: Path, log_path: Path) -> None:
        super().__init__(child)
        self.url = child.ready
        self.users = users
        self.database_path = database_path
        self.log_path = log_path


class CremeDemo:
    """Makes the demo's Creme and starts it."""

    def __init__(self, home: Path | None = None) -> None:
        """Remember where things are kept: `home`, or the demo's own folder when None. Opens nothing."""
        self._home = home or demo_home()

    async def prepare(self, report: Report) -> None:
        """Install Creme and fill its template, unless both are there. Can be cancelled at any time.

        Raises:
            app.demo.children.ChildError: A step failed; its last lines say what.
        """
        await self._template(report)

    async def start(self, work: Path, report: Report, port: int = 0) -> CremeServer:
        """Copy the template into `work`, unless an earlier session's database is there, and serve it.

        Args:
            work: The session's own folder for this system.
            report: Is told of the progress.
            port: On 127.0.0.1; 0 takes a free one.

        Raises:
            app.demo.children.ChildError: It did not start, for instance because the port is taken.
        """
        python, template = await self._template(report)
        report(Progress(_NAME, Stage.START, 0.0))
        database = work / "creme.sqlite3"
        if not database.exists():
            await copy_template(template / "data", work)
        report(Progress(_NAME, Stage.START, 0.3))
        users: dict[str, str] = json.loads(await asyncio.to_thread((work / "users.json").read_text, encoding="utf-8"))
        # Beside the folder and not in it: a folder with anything but the copy in it is not empty.
        log = work.with_name(f"{work.name}.log")
        child = await Child.start(
            [python, _INSIDE / "serve.py", str(port)],
            cwd=work,
            env=_environment(work, template / "media"),
            log=log,
        )
        report(Progress(_NAME, Stage.START, 1.0))
        return CremeServer(child, users, database, log)

    async def _template(self, report: Report) -> tuple[Path, Path]:
        """Return the environment's python and the template's folder."""
        python = await ensure_environment(_NAME, _LOCK, self._home, report)

        async def build(folder: Path) -> None:
            environment = _environment(folder / "data", folder / "media")

            def on_line(line: str) -> None:
                if (progress := parse(_NAME, line)) is not None:
                    report(progress)

            # Two processes; build.py says why.
            for arguments in (["migrate"], ["fill", str(_DATA)]):
                await run([python, _INSIDE / "build.py", *arguments], cwd=folder, env=environment, on_line=on_line)

        key = await asyncio.to_thread(_key)
        return python, await ensure_template(self._home, _NAME, key, build)


def _key() -> str:
    sources = [*_INSIDE.glob("*.py"), *_ADDON.glob("samspil_creme/**/*.py")]
    return key_of([_LOCK, *sources, *(_DATA / f"{table}.csv" for table in _TABLES)])


def _environment(folder: Path, media: Path) -> dict[str, str]:
    # Nothing of our own interpreter's set-up may leak into Creme's.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO", "VIRTUAL_"))}
    return {
        **kept,
        "SAMSPIL_CREME_FOLDER": str(folder),
        "SAMSPIL_CREME_MEDIA": str(media),
        "SAMSPIL_CREME_ADDON": str(_ADDON),
    }
