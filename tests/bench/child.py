"""``python -m tests.bench.child SCENARIO FOLDER``: the process that is measured. Its last line is its answer.

Nothing is imported here that a scenario does not need: what a bare window imports is measured too.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import sys
from importlib import import_module


def main() -> int:
    """Run the scenario."""
    _, scenario, folder = sys.argv
    answer = import_module(f"tests.bench.scenarios.{scenario}").run(folder)
    import json

    print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
