"""The command line: ``samspil`` opens the window, ``samspil demo`` opens it on real demo systems."""

import argparse
import sys
from pathlib import Path

from app import __version__


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
    from app.bootstrap import Options, run

    return run(Options(found.theme, found.language, found.command == "demo"), found.screenshot)


if __name__ == "__main__":
    sys.exit(main())
