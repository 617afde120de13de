"""The command line: ``samspil`` opens the window, ``samspil demo`` opens it on real demo systems."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.opening import Options


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` ask for (the process's own when None); the exit code."""
    parser = argparse.ArgumentParser(prog="samspil", description="The CRM's contact card beside the ERP's order lines.")
    parser.add_argument("command", nargs="?", choices=["demo"], help="demo: start a real ERP and CRM with made-up data")
    parser.add_argument("--version", action="version", version=f"samspil {__version__}")
    parser.add_argument("--language", choices=["da", "en"], default="", help="the language of the window")
    parser.add_argument("--theme", choices=["light", "dark", "system"], default="", help="the colours of the window")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="demo: run a short tour and save pictures")
    found = parser.parse_args(arguments)
    if found.screenshot is not None and found.command != "demo":
        parser.error("--screenshot goes with demo")
    from app.opening import Options, open_window

    options = Options(found.theme, found.language, found.command == "demo")
    return _take_tour(options, found.screenshot) if found.screenshot is not None else open_window(options)


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
