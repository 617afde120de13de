"""The warehouse as a part of the demo: an empty database, and a child process that fills it again and again.

What the child runs is in ``inside/`` and needs the standard library only. It ends with us. The demo's systems are
copies that begin anew with each session, and so does the warehouse: filling it takes about three seconds of the ERP's
time, which nobody waits for.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.demo.children import Child, ChildServer, run

PANELS = Path(__file__).with_name("panels")
"""The panels of the reporting system, a SQL file each; the lines before the query say what it is."""
_LOAD = Path(__file__).with_name("inside") / "load.py"
_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """A system that the warehouse reads.

    Attributes:
        kind: How it is read: ``tryton``, ….
        name: What the warehouse calls it; panels name their sources so.
        title: What people call it.
    """

    kind: str
    name: str
    title: str
    url: str
    user: str
    password: str
    database: str = ""


class Warehouse:
    """The database file in a folder of this session."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def create(self) -> None:
        """Make the tables, so that it can be read before anything is in it.

        Raises:
            app.demo.children.ChildError: It could not be made.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        await run([sys.executable, _LOAD, self.path], env=_environment([]))

    async def load(self, sources: Sequence[Source]) -> None:
        """Read once what has changed in the sources.

        Raises:
            app.demo.children.ChildError: One of them could not be read.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        await run([sys.executable, _LOAD, self.path], env=_environment(sources))

    async def keep_loading(self, sources: Sequence[Source], log: Path, every: float = _EVERY) -> "WarehouseLoad":
        """Read now, and then again and again.

        Args:
            log: What has been read is appended here, without content.
            every: Seconds of rest between two rounds.
        """
        command: list[str | Path] = [sys.executable, _LOAD, self.path, "--every", str(every)]
        return WarehouseLoad(await Child.start(command, env=_environment(sources), log=log))


class WarehouseLoad(ChildServer):
    """The running load. Ended in the middle of a round it takes that back."""


def _environment(sources: Sequence[Source]) -> dict[str, str]:
    # In the environment and not in the arguments, which every user of the machine may see.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "SAMSPIL_WAREHOUSE_SOURCES": json.dumps([asdict(source) for source in sources])}
