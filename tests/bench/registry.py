"""The measures. A new one is a function in a module of its own under ``measures/``, and nothing else changes.

@measure("memory.rss", unit="MB", goal=200)
def memory(bench: Bench) -> Found:
    return Found([tour["rss"] for tour in bench.tours()])
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, Judged, figure

if TYPE_CHECKING:
    from tests.bench.bench import Bench


@dataclass(frozen=True, slots=True)
class Found:
    """What a measure found.

    Attributes:
        values: One for each run, in the measure's unit.
        notes: What explains them, a line each; printed below the table and not kept in the JSON.
    """

    values: Sequence[float]
    notes: Sequence[str] = ()


Function = Callable[["Bench"], Found]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table. ``goal`` is the most that is well; ``judged`` says of which number."""

    name: str
    unit: str
    goal: float
    judged: Judged
    run: Function

    def figure(self, found: Found) -> Figure:
        """What was found, against the goal."""
        return figure(self.name, found.values, self.unit, self.goal, self.judged)


_measures: dict[str, Measure] = {}


def measure(name: str, *, unit: str, goal: float, judged: Judged = Judged.MEDIAN) -> Callable[[Function], Function]:
    """Enter a function as the measure of this name."""

    def enter(run: Function) -> Function:
        if name in _measures:
            raise ValueError(f"there are two measures of the name {name}")
        _measures[name] = Measure(name, unit, goal, judged, run)
        return run

    return enter


def measures(prefix: str = "") -> list[Measure]:
    """All measures whose names begin with ``prefix``, by name. Raises LookupError when there is none."""
    from tests.bench import measures as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    found = [_measures[name] for name in sorted(_measures) if name.startswith(prefix)]
    if not found:
        raise LookupError(f"no measure begins with {prefix!r}; there are {', '.join(sorted(_measures))}")
    return found
