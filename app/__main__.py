"""The command line: ``samspil`` opens the window, ``samspil demo`` opens it on real demo systems, ``samspil wipe``
deletes what was kept of customers for reading offline."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.domain.parties import is_customer_number

_CUSTOMER, _PROJECT = "samspil://customer/", "samspil://project/"

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.opening import Options


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` ask for (the process's own when None); the exit code."""
    parser = argparse.ArgumentParser(prog="samspil", description="The CRM's contact card beside the ERP's order lines.")
    parser.add_argument(
        "what",
        nargs="?",
        type=_what,
        metavar="demo | doctor | wipe | samspil://customer/NUMBER | samspil://project/NUMBER",
        help="demo: a real ERP and CRM with made-up data; doctor: test the connection to each system; "
        "wipe: delete what this computer keeps of customers for reading offline; "
        "a link: the card of the customer or the project with this number",
    )
    parser.add_argument("--version", action="version", version=f"samspil {__version__}")
    parser.add_argument("--language", choices=["da", "en"], default="", help="the language of the window")
    parser.add_argument("--theme", choices=["light", "dark", "system"], default="", help="the colours of the window")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="demo: run a short tour and save pictures")
    found = parser.parse_args(arguments)
    if found.what == "wipe":
        return _wipe()
    is_demo = found.what == "demo"
    if found.screenshot is not None and not is_demo:
        parser.error("--screenshot goes with demo")
    if is_demo and find_spec("app.demo") is None:
        parser.error("the demo is not part of the installed program; it runs from a clone of the project")
    if found.what == "doctor":
        from app.doctor import doctor

        return doctor()
    from app.opening import Options, open_window

    what = found.what or ""
    customer, project = _number(what, _CUSTOMER), _number(what, _PROJECT)
    options = Options(found.theme, found.language, is_demo, customer=customer, project=project)
    return _take_tour(options, found.screenshot) if found.screenshot is not None else open_window(options)


def _what(text: str) -> str:
    if text in ("demo", "doctor", "wipe") or _number(text, _CUSTOMER) or _number(text, _PROJECT):
        return text
    links = f"a link {_CUSTOMER}NUMBER or {_PROJECT}NUMBER"
    raise argparse.ArgumentTypeError(f"neither demo, doctor, wipe nor {links}: {text[:80]!r}")


def _number(text: str, link: str) -> str:
    """The number in a link of this kind; empty where ``text`` is none."""
    number = text.removeprefix(link)
    return number if number != text and is_customer_number(number) else ""


def _wipe() -> int:
    """Delete the offline cache of this user of the computer: its key, then its files, and the texts that were being
    typed; 0 when nothing of it is left.
    """
    from app.storage.cache_file import wipe
    from app.storage.journal import wipe_drafts
    from app.storage.paths import data_dir

    folder = data_dir()
    wiped = wipe(folder)
    if wiped.key_gone is None:
        print("samspil: the keyring cannot be asked, so it is not certain that the key is gone", file=sys.stderr)
    elif not wiped.key_gone:
        print("samspil: the keyring did not let go of the key", file=sys.stderr)
    for name in wiped.left:
        print(f"samspil: {folder / name} could not be deleted; is Samspil running?", file=sys.stderr)
    are_drafts_gone = wipe_drafts(folder)
    if not are_drafts_gone:
        print("samspil: texts that were being typed could not be deleted; is Samspil running?", file=sys.stderr)
    if wiped.is_complete and are_drafts_gone:
        print("samspil: what was kept for reading offline is gone: first its key, then its files")
    return 0 if wiped.is_complete and are_drafts_gone else 1


def _take_tour(options: "Options", picture: Path) -> int:
    """Run the program, take the tour when it is ready, and end; 1 when the tour did not get through.

    The pictures do not depend on how the user left the window.
    """
    import tempfile

    from app.opening import open_window

    tours: list[object] = []
    failures: list[str] = []

    def on_program(program: "Program") -> None:
        from app.ui.tour import Tour

        tour = Tour(
            window=program.window,
            panel=program.panel,
            search=program.search,
            theme=program.theme,
            language=program.language,
            picture=picture,
        )
        tours.append(tour)
        program.ready.connect(tour.start)
        tour.ended.connect(failures.extend)
        tour.ended.connect(program.window.close)

    with tempfile.TemporaryDirectory() as fresh:
        code = open_window(options._replace(settings=Path(fresh)), on_program=on_program)
    for failure in failures:
        print(f"samspil: the tour stopped: {failure}", file=sys.stderr)
    return code or (1 if failures else 0)


if __name__ == "__main__":
    sys.exit(main())
