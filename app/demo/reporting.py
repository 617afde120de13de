"""The demo's reporting system: the warehouse, what fills it, and the Datasette over it. Nobody waits for them."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from app.demo.children import ChildError
from app.demo.datasette import DatasetteDemo, DatasetteServer
from app.demo.progress import Report
from app.demo.warehouse import PANELS, Source, Warehouse, WarehouseLoad


class Reporting:
    """Prepares itself while the other systems start, and starts when they can be read.

    Args:
        home: The demo's folder.
        work: The session's folder.
    """

    def __init__(self, home: Path, work: Path) -> None:
        self._work = work
        self._datasette = DatasetteDemo(home)
        self._warehouse = Warehouse(work / "warehouse" / "warehouse.sqlite")
        self._preparing: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[DatasetteServer] | None = None
        self._load: WarehouseLoad | None = None

    def prepare(self, report: Report) -> None:
        """Begin to fetch its programs; what goes wrong is told by `start`."""
        self._preparing = asyncio.create_task(self._datasette.prepare(report))

    async def start(self, sources: Sequence[Source], report: Report) -> DatasetteServer:
        """Fill the warehouse from these systems and serve it; it is filled again and again until `stop`.

        Raises:
            app.demo.children.ChildError: Datasette could not be fetched, or did not start.
        """
        if self._starting is None:
            self._starting = asyncio.create_task(self._start(sources, report))
        return await asyncio.shield(self._starting)

    async def _start(self, sources: Sequence[Source], report: Report) -> DatasetteServer:
        if self._preparing is not None:
            await self._preparing
        # Read once before anybody looks: panels without a figure would look like figures of nothing. What cannot be
        # read now is read in a later round, and its age says that it has not been.
        with contextlib.suppress(ChildError):
            await self._warehouse.load(sources)
        self._load = await self._warehouse.keep_loading(sources, self._work / "warehouse.log")
        return await self._datasette.start(self._work / "datasette", self._warehouse.path, PANELS, report)

    async def stop(self) -> None:
        """Stop what has begun."""
        tasks = [task for task in (self._starting, self._preparing) if task is not None]
        self._starting = self._preparing = None
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, DatasetteServer):
                await ended.stop()
        load, self._load = self._load, None
        if load is not None:
            await load.stop()
