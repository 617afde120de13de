"""The economy of customers in the window: read from the systems, then shown again from the encrypted cache."""

import asyncio
import threading
import time
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from app.bootstrap import Program
from app.domain.contacts import ContactKind
from app.domain.economy import Subject, SubjectKind
from app.services.card_parts import PartName, PartStatus
from app.services.economy import Economy, Section
from app.services.search import Match
from app.ui.card.part_card import PartCard
from app.ui.economy.economy_page import EconomyPage
from tests.bench.heartbeat import queue_clock
from tests.bench.own_keyring import use_own_keyring
from tests.bench.program import leave, run_program
from tests.bench.scenarios.cards import rest, until

_CUSTOMERS = 10
_CACHED = 100
_PATIENCE = 20.0
_SETTLED = frozenset({PartStatus.READY, PartStatus.ABSENT})


def run(folder: str) -> dict[str, Any]:
    """Show them, and say how long each took."""
    use_own_keyring(over=True)
    answer: dict[str, Any] = {}
    failures: list[Exception] = []

    def on_painted(program: Program, _at: float) -> None:
        def go() -> None:
            try:
                answer.update(_Economies(program).measure())
            except Exception as error:
                failures.append(error)
            leave(program)

        program.ready.connect(lambda: QTimer.singleShot(0, go))

    run_program(folder, on_painted=on_painted)
    if failures:
        raise failures[0]
    return answer


class _Economies:
    def __init__(self, program: Program) -> None:
        self._program = program
        queue = queue_clock(threading.get_native_id())
        self._clock = lambda: queue()[1]

    def measure(self) -> dict[str, Any]:
        self._program.window.show_work()
        subjects = self._subjects()
        self._open(subjects[0])
        self._program.window.card_panel.show_economy()
        until(lambda: self._is_read(subjects[0]))
        pairs = [self._pair(subject, ours_first=place % 2 == 0) for place, subject in enumerate(subjects[1:])]
        cached = [self._cached(subjects[1 + count % (len(subjects) - 1)]) for count in range(_CACHED)]
        page = self._program.window.card_panel.economy
        assert page is not None
        return {
            "pairs": pairs,
            "cached": [one for one in cached if one is not None],
            "overtaken": sum(one is None for one in cached),
            "panels": len(self._economy.panels.value or ()),
            "seen": len(page.seen()),
        }

    @property
    def _economy(self) -> Economy:
        return self._program.card.economy

    def _subjects(self) -> list[Subject]:
        erp = self._program.systems.erp
        if erp is None or self._program.systems.reporting is None:
            raise LookupError("a system is missing")
        hits = self._program.loop.submit(erp.search_customers("1", limit=50)).result(60)
        numbers = [hit.number for hit in hits if hit.number][: _CUSTOMERS + 1]
        return [Subject(SubjectKind.CUSTOMER, number) for number in numbers]

    def _open(self, subject: Subject) -> None:
        """The customer's card, until nothing else of it is asked for any more."""
        number = subject.number
        self._program.window.open(Match(f"number:{number}", ContactKind.COMPANY, number, number))
        settled = (PartStatus.READY, PartStatus.ABSENT, PartStatus.FAILED)
        until(lambda: all(self._program.card.part(name).status in settled for name in PartName))

    def _is_read(self, subject: Subject) -> bool:
        economy = self._economy
        if economy.subject != subject or economy.is_busy:
            return False
        names = (*Section, *(panel.key for panel in economy.panels.value or ()))
        return bool(economy.panels.value) and all(economy.part(name).status in _SETTLED for name in names)

    def _pair(self, subject: Subject, *, ours_first: bool) -> tuple[float, float]:
        """Ours and bare, in turns the first, when the systems have answered the same once: they are warm then."""
        self._bare(subject)
        if ours_first:
            return self._live(subject), self._bare(subject)
        bare = self._bare(subject)
        return self._live(subject), bare

    def _live(self, subject: Subject) -> float:
        """Seconds until every panel and total is there, of a customer whose economy nobody has looked at before."""
        self._program.card.economy.leave()
        before = time.perf_counter()
        self._economy.open(subject)
        until(lambda: self._is_read(subject))
        return time.perf_counter() - before

    def _bare(self, subject: Subject) -> float:
        """Seconds for the same questions, each as soon as it can be asked, and nothing else."""
        systems, period = self._program.systems, self._economy.period

        async def panels() -> None:
            assert systems.reporting is not None
            found = await systems.reporting.panels(subject.kind)
            await asyncio.gather(*(systems.reporting.panel(panel, subject) for panel in found))

        async def all_of_it() -> float:
            before = time.perf_counter()
            others = [systems.time.hours(subject, period)] if systems.time is not None else []
            more = [systems.expense.expenses(subject, period)] if systems.expense is not None else []
            await asyncio.gather(panels(), *others, *more)
            return time.perf_counter() - before

        return self._program.loop.submit(all_of_it()).result(_PATIENCE)

    def _cached(self, subject: Subject) -> float | None:
        """Milliseconds from turning to another customer's economy that was seen before until everything of it that is
        in view has been painted with its figures, without what the GUI thread waited for a processor; None where a
        system was quicker than the cache.
        """
        economy, page = self._economy, self._program.window.card_panel.economy
        assert page is not None
        rest()
        opened = time.time()
        before, clock = time.perf_counter(), self._clock()
        painted = _Painted(page, economy, subject)
        page.show_subject(subject, "")
        until(painted.is_whole)
        took = (time.perf_counter() - before - (self._clock() - clock)) * 1000
        painted.deleteLater()
        return took if all(read_at.timestamp() < opened for read_at in painted.read_at.values()) else None


class _Painted(QObject):
    """When the figures that are painted first on each card of a subject were read from their system."""

    def __init__(self, page: EconomyPage, economy: Economy, subject: Subject) -> None:
        super().__init__(page)
        self._page, self._economy, self._subject = page, economy, subject
        self.read_at: dict[str, datetime] = {}
        for card in page.all_cards().values():
            card.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, PartCard):
            read_at = self._economy.part(watched.name).read_at
            if self._economy.subject == self._subject and read_at is not None and self._page.is_drawn(watched.name):
                self.read_at.setdefault(watched.name, read_at)
        return False

    def is_whole(self) -> bool:
        """Nothing is in view that has not been painted with its figures."""
        return bool(self.read_at) and all(name in self.read_at for name in self._page.seen())
