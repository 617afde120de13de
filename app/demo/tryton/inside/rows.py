"""Reading the demo data's CSV files; what their columns mean is in ``resources/demo/README.md``."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

Row = dict[str, str]
T = TypeVar("T")

ZONE = "Europe/Copenhagen"
"""Where the demo's company counts its days."""


class Rows:
    """The demo data, with its days counted from one day.

    Attributes:
        today: The company's day on which the database is built. This process's own is UTC's: Tryton sets it so.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.today = dt.datetime.now(ZoneInfo(ZONE)).date()

    def read(self, name: str) -> list[Row]:
        """Return the rows of ``<name>.csv`` in the order of the file."""
        with (self._folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def day(self, offset: str) -> dt.date | None:
        """Return the day that lies `offset` days from today; None for an empty one."""
        return self.today + dt.timedelta(days=int(offset)) if offset else None


def decimal(text: str) -> Decimal | None:
    """Return the amount, or None for an empty one."""
    return Decimal(text) if text else None


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the items in runs of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
