"""How far the demo systems have come, in words that the window can show."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done, in the order in which it happens."""

    INSTALL = "install"
    """The system's own packages are fetched into its own virtual environment."""
    CREATE = "create"
    """An empty database is made and the system's modules are activated in it."""
    FILL = "fill"
    """The demo data is entered through the system's own API."""
    START = "start"
    """A server is started on a copy of the filled database."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of one system.

    Attributes:
        system: The system's folder name, such as ``tryton``.
        stage: What is being done.
        fraction: How much of *this stage* is done, from 0.0 to 1.0.
    """

    system: str
    stage: Stage
    fraction: float


Report = Callable[[Progress], None]
"""Is told of each step, in the asyncio thread. It must return at once and must not raise."""


def parse(system: str, line: str) -> Progress | None:
    """Read a line ``progress <0..1> <stage>`` as our own build scripts print it; anything else gives None."""
    match line.split():
        case ["progress", fraction, stage]:
            try:
                return Progress(system, Stage(stage), min(max(float(fraction), 0.0), 1.0))
            except ValueError:
                return None
        case _:
            return None
