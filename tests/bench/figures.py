"""A figure: what a measure found, held against its goal; as a row of the table and as JSON."""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Judged(StrEnum):
    """Which of a measure's two numbers its goal is for."""

    MEDIAN = "median"
    """Where a busy machine spoils single runs and the usual is what counts."""
    P95 = "p95"
    """Where the promise is one for every time."""
    AT_LEAST = "at_least"
    """Where the goal is the least that is well, for the median."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was found.

    Attributes:
        median, p95: Of all runs, in ``unit``.
        goal: The most that is well, or the least where `judged` says so.
        met: Whether the number that the goal is for (see `Judged`) is at most the goal.
        runs: How many values both were made of.
    """

    name: str
    median: float
    p95: float
    unit: str
    goal: float
    judged: Judged
    runs: int

    @property
    def met(self) -> bool:
        """See the class."""
        if self.judged is Judged.AT_LEAST:
            return self.median >= self.goal
        return (self.median if self.judged is Judged.MEDIAN else self.p95) <= self.goal

    def as_json(self) -> dict[str, Any]:
        """The keys that issue 2 names."""
        return {
            "name": self.name,
            "median": round(self.median, 3),
            "p95": round(self.p95, 3),
            "unit": self.unit,
            "goal": self.goal,
            "met": self.met,
            "runs": self.runs,
        }


def figure(name: str, values: Sequence[float], unit: str, goal: float, judged: Judged = Judged.MEDIAN) -> Figure:
    """The figure of these values. Raises ValueError when there are none."""
    if not values:
        raise ValueError(f"{name}: nothing was measured")
    return Figure(name, statistics.median(values), p95(values), unit, goal, judged, len(values))


def p95(values: Sequence[float]) -> float:
    """The smallest of ``values`` that at least 95 % of them do not exceed: of fewer than 20 that is the largest.

    Never a number between two values: with few runs an interpolated one would hide the worst of them.
    """
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    head = ("name", "median", "p95", "unit", "goal", "met", "runs")
    rows = [
        (f.name, _short(f.median), _short(f.p95), f.unit, _goal(f), "yes" if f.met else "NOT MET", str(f.runs))
        for f in figures
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in (head, *rows))


def to_json(figures: Sequence[Figure]) -> str:
    """The figures as a JSON list."""
    return json.dumps([f.as_json() for f in figures], indent=2) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (1, 2, 6)
    cells = [
        text.rjust(w) if i in numbers else text.ljust(w) for i, (text, w) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _goal(found: Figure) -> str:
    if found.judged is Judged.AT_LEAST:
        return f"median ≥ {_short(found.goal)}"
    return f"{found.judged} ≤ {_short(found.goal)}"


def _short(value: float) -> str:
    if value == int(value):
        return f"{value:.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
