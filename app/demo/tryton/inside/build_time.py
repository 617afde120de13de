"""Make the database of the demo's time registration and fill it from the CSV files, through Tryton's own models.

Runs under the Python of the Tryton environment:

    python build_time.py --data resources/demo --folder DIR

The rest is as with ``build.py``.
"""

import argparse
import os
import sys
import warnings
from pathlib import Path

NAME = "samspil"
LOGINS = ("admin", "clerk", "clerk2", "reporting")
_SET = "time"
_MODULES = ("project", "project_revenue", "timesheet_cost")
_WITH_ALL_THEY_DEPEND_ON = 12


def main() -> None:
    """Build the database that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the SQLite file is to be")
    options = parser.parse_args()
    passwords = {login: os.environ[f"SAMSPIL_{login.upper()}_PASSWORD"] for login in LOGINS}

    # trytond picks its backend when it is imported, so its configuration comes before.
    from trytond import config

    # It tells of things that it does itself; nobody reads them here.
    warnings.simplefilter("ignore")
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(options.folder.absolute()))
    import activate
    from passwords import hash_quickly
    from progress import telling

    activate.SETS[_SET] = _MODULES
    activate._LOADED[_SET] = _WITH_ALL_THEY_DEPEND_ON
    activate.make_file(options.folder, NAME)
    activate.write_without_waiting()
    activate.lock_nothing()
    hash_quickly()
    activate.activate(NAME, _SET, (), telling("create"))
    fill(options.data, passwords)


def fill(data: Path, passwords: dict[str, str]) -> None:
    """Enter everything."""
    import foundation
    import hours
    from progress import telling
    from rows import Rows
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    rows = Rows(data)
    at = telling("fill")
    Pool(NAME).init()
    with Transaction().start(NAME, 0):
        admin = foundation.administrator()
    with Transaction().start(NAME, admin):
        foundation.world(rows)
        ours = foundation.company()
    at(0.1)
    with Transaction().start(NAME, admin):
        context = foundation.context()
    with Transaction().start(NAME, admin, context=context):
        hours.fill(rows, ours, passwords)
    at(1.0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
