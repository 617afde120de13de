"""Customers' cards in the window: read from the systems, then opened again from the encrypted cache on the disk."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from app.bootstrap import Program
from app.domain.contacts import ContactKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.services.card_parts import PartName, PartStatus
from app.services.search import Match
from tests.bench.heartbeat import queue_clock
from tests.bench.own_keyring import use_own_keyring
from tests.bench.program import leave, run_program

_OPENED = 500
_AFRESH = 20
_PATIENCE = 20.0
_LOOK = 0.15
_LOOK_AGAIN = 25  # ms
_DEEP = 3  # a layout that is done may ask for the one around it
_FOLDER = "cache.db"


def run(folder: str) -> dict[str, Any]:
    """Open them, and say how long each took and what is left of them."""
    use_own_keyring(over=True)
    answer: dict[str, Any] = {}
    failures: list[Exception] = []

    def on_painted(program: Program, _at: float) -> None:
        def go() -> None:
            try:
                answer.update(_Cards(program, Path(folder)).measure())
            except Exception as error:
                failures.append(error)
            leave(program)

        program.ready.connect(lambda: QTimer.singleShot(0, go))

    run_program(folder, on_painted=on_painted)
    if failures:
        raise failures[0]
    return answer


class _Cards:
    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        queue = queue_clock(threading.get_native_id())
        self._clock = lambda: queue()[1]

    def measure(self) -> dict[str, Any]:
        self._program.window.show_work()
        numbers = self._numbers()
        pairs = [self._pair(number, ours_first=place % 2 == 0) for place, number in enumerate(numbers)]
        seen = numbers
        cached = [self._cached(seen[count % len(seen)]) for count in range(_OPENED - len(seen))]
        rss = psutil.Process().memory_info().rss / 1e6
        use = self._program.loop.submit(self._program.caches.use()).result(_PATIENCE)
        return {
            "pairs": pairs,
            "cached": [one for one in cached if one is not None],
            "overtaken": sum(one is None for one in cached),
            "rss": rss,
            "size": use.size,
            "overviews": use.overviews,
            "cards": len(seen),
            "on_disk": use.on_disk,
            "file": (self._folder / _FOLDER).stat().st_size if use.on_disk else 0,
        }

    def _numbers(self) -> list[str]:
        """Of customers that both systems know."""
        crm, erp = self._systems()

        async def ask() -> list[str]:
            hits = await erp.search_customers("1", limit=200)
            numbers = [hit.number for hit in hits if hit.number][: 2 * _AFRESH]
            holders = await asyncio.gather(*(crm.companies_by_number(number) for number in numbers))
            return [number for number, held in zip(numbers, holders, strict=True) if len(held) == 1][:_AFRESH]

        return self._program.loop.submit(ask()).result(60)

    def _systems(self) -> tuple[CrmSystem, ErpSystem]:
        crm, erp = self._program.systems.crm, self._program.systems.erp
        if crm is None or erp is None:
            raise LookupError("a system is missing")
        return crm, erp

    def _open(self, number: str) -> None:
        self._program.window.open(Match(f"number:{number}", ContactKind.COMPANY, number, number))

    def _pair(self, number: str, *, ours_first: bool) -> tuple[float, float]:
        """Ours and bare, in turns the first: the second one finds in the systems' memory what the first one asked."""
        if ours_first:
            return self._live(number), self._bare(number)
        bare = self._bare(number)
        return self._live(number), bare

    def _live(self, number: str) -> float:
        """Seconds until every part is there, of a customer nobody has opened before."""
        card = self._program.card
        before = time.perf_counter()
        self._open(number)
        until(lambda: all(card.part(name).status is PartStatus.READY for name in PartName))
        return time.perf_counter() - before

    def _bare(self, number: str) -> float:
        """Seconds for the same questions, each as soon as it can be asked, and nothing else."""
        crm, erp = self._systems()

        async def crms() -> None:
            (hit,) = await crm.companies_by_number(number)
            asked = (crm.company, crm.timeline, crm.tasks, crm.sales, crm.cases, crm.campaigns)
            await asyncio.gather(*(ask(hit.id) for ask in asked))

        async def erps() -> None:
            customer = await erp.customer(number)
            await asyncio.gather(erp.orders_of(customer.id), erp.trade_events(customer.id))

        async def both() -> float:
            before = time.perf_counter()
            await asyncio.gather(crms(), erps())
            return time.perf_counter() - before

        return self._program.loop.submit(both()).result(_PATIENCE)

    def _cached(self, number: str) -> float | None:
        """Milliseconds from asking for the card to its paint, without what the GUI thread waited for a processor; None
        where a system was quicker than the cache.
        """
        card, panel = self._program.card, self._program.window.card_panel
        rest()
        opened = time.time()
        before, clock = time.perf_counter(), self._clock()
        self._open(number)
        until(lambda: card.company.value is not None and card.customer.value is not None)
        until(lambda: panel.is_up_to_date)
        lay_out()
        until(lambda: panel.is_up_to_date)  # also what has come into view
        lay_out()
        panel.repaint()
        took = (time.perf_counter() - before - (self._clock() - clock)) * 1000
        ages = [part.read_at.timestamp() for part in (card.company, card.customer) if part.read_at is not None]
        return took if all(age < opened for age in ages) else None


def rest() -> None:
    """The card before is there: whoever opens another one has looked at it."""
    deadline = time.monotonic() + _LOOK
    while time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        # In a loop within a loop Qt lets go of nothing by itself.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.005)


def lay_out() -> None:
    """Do what a change of widgets leaves for later and a paint needs: new ones are shown, and all have their places."""
    for _ in range(_DEEP):
        for kind in (QEvent.Type.MetaCall, QEvent.Type.LayoutRequest):
            QCoreApplication.sendPostedEvents(None, kind)


def until(is_so: Callable[[], bool]) -> None:
    """Wait as the app does, for the next event: whoever looks again and again takes a processor from the systems."""
    deadline = time.monotonic() + _PATIENCE
    look = QTimer(interval=_LOOK_AGAIN)
    look.start()
    while not is_so():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > deadline:
            raise TimeoutError("it did not become so")
    look.stop()
