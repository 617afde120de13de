"""``python -m tests.bench``: measure the app on the real demo systems, on a display that is there.

The exit code says whether everything could be measured: a goal that is not met is reported as not met, and is no
failure; a measure that crashed is one, and the others go on.
"""
# ruff: noqa: T201 - a command of ours, whose output is what it is for

import argparse
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Figure, table, to_json
from tests.bench.registry import measures

_FAULTS = "faults."
_LONGEST = 8


def main(arguments: list[str] | None = None) -> int:
    """Measure what ``arguments`` ask for; the exit code."""
    options = _parse(arguments)
    try:
        wanted = measures(options.only)
    except LookupError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if not options.faults and not options.only.startswith(_FAULTS):
        wanted = [each for each in wanted if not each.name.startswith(_FAULTS)]
    # The servers are our children: leave by the context manager, also when we are asked to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    figures: list[Figure] = []
    notes: list[str] = []
    crashed: list[str] = []
    took: dict[str, float] = {}
    with Bench(tours=options.runs, explain=options.explain) as bench:
        for each in wanted:
            bench.say(f"measuring {each.name}")
            began = time.perf_counter()
            try:
                found = each.run(bench)
                figures.append(each.figure(found))
            except Exception:
                traceback.print_exc()
                crashed.append(each.name)
            else:
                notes += [f"{each.name}: {note}" for note in found.notes]
            took[each.name] = time.perf_counter() - began
    # What several measures look at is counted where it was first asked for.
    longest = sorted(took.items(), key=lambda each: -each[1])[:_LONGEST]
    whole = ", ".join(f"{name} {seconds:.0f}" for name, seconds in longest)
    Bench.say(f"took {sum(took.values()):.0f} s; the longest: {whole}")
    print(table(figures))
    if notes:
        print("\n" + "\n".join(notes))
    if options.json is not None:
        options.json.write_text(to_json(figures), encoding="utf-8")
    if crashed:
        print(f"\nbench: could not be measured: {', '.join(crashed)}", file=sys.stderr)
    return 1 if crashed else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure the app on the real demo systems.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as a JSON list")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only the measures whose names begin so")
    parser.add_argument("--runs", type=_count, default=5, metavar="N", help="how often the tour is made (5)")
    parser.add_argument("--explain", action="store_true", help="say where the window was held; disturbs the figures")
    parser.add_argument("--faults", action="store_true", help="also a thousand faulted writes, which takes long")
    options = parser.parse_args(arguments)
    if options.json is not None and not options.json.parent.is_dir():
        parser.error(f"--json: there is no folder {options.json.parent}")
    return options


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
