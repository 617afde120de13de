"""The CSV files of resources/demo, and days counted from today."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Row = dict[str, str]
_ZONE = ZoneInfo("Europe/Copenhagen")


class Tables:
    """Reads a file when it is first asked for.

    Attributes:
        today: The day on which the database is made; all days in the files are counted from it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, list[Row]] = {}
        self.today = datetime.now(_ZONE).date()

    def rows(self, name: str) -> list[Row]:
        """Return the rows of ``<name>.csv``."""
        if name not in self._read:
            with (self._folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                self._read[name] = list(csv.DictReader(file))
        return self._read[name]

    def day(self, days: str) -> date:
        """Return the day that lies so many days ahead; a negative number has been."""
        return self.today + timedelta(days=int(days))

    def moment(self, days_ago: str, clock: str = "10:00") -> datetime:
        """Return the instant so many days ago at that Danish time, aware."""
        day = self.today - timedelta(days=int(days_ago))
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=_ZONE)
