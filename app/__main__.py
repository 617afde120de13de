"""The command line: ``samspil`` opens the window, ``samspil demo`` opens it on real demo systems."""

import argparse
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__

_LINK = "samspil://customer/"

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
        metavar="demo | samspil://customer/NUMBER",
        help="demo: a real ERP and CRM with made-up data; a link: the card of the customer with this number",
    )
    parser.add_argument("--version", action="version", version=f"samspil {__version__}")
    parser.add_argument("--language", choices=["da", "en"], default="", help="the language of the window")
    parser.add_argument("--theme", choices=["light", "dark", "system"], default="", help="the colours of the window")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="demo: run a short tour and save pictures")
    found = parser.parse_args(arguments)
    is_demo = found.what == "demo"
    if found.screenshot is not None and not is_demo:
        parser.error("--screenshot goes with demo")
    if is_demo and find_spec("app.demo") is None:
        parser.error("the demo is not part of the installed program; it runs from a clone of the project")
    from app.opening import Options, open_window

    customer = found.what.removeprefix(_LINK) if found.what and not is_demo else ""
    options = Options(found.theme, found.language, is_demo, customer=customer)
    return _take_tour(options, found.screenshot) if found.screenshot is not None else open_window(options)


def _what(text: str) -> str:
    if text == "demo" or re.fullmatch(re.escape(_LINK) + r"[\w.\-]{1,40}", text):
        return text
    raise argparse.ArgumentTypeError(f"neither demo nor a link {_LINK}NUMBER: {text[:80]!r}")


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
