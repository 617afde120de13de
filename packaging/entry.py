"""The bundle's start. PyInstaller runs a script, and ``app/__main__.py`` is a module of a package."""

import sys

from app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
