"""The questions that a card has under way: at most one for each part, and what is answered is kept for next time."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar

from app.domain.names import names_of
from app.domain.parties import Customer
from app.ports.cache import Cache
from app.ports.errors import NotFound, SystemFault
from app.ports.jobs import Job, Runner
from app.services.card_memory import KIND_OF
from app.services.card_parts import Part, PartName
from app.services.order_writer import as_fault
from app.services.overviews import Overviews

T = TypeVar("T")


class Asker(Protocol):
    """The card that asks."""

    customer: Part[Customer]

    def part(self, name: PartName) -> Part[Any]:
        """A part as it is now."""


class Questions:
    """Lives in its caller's thread; all I/O goes through the runner.

    Args:
        on_failed: Is told of the part and of why it could not be read.
    """

    def __init__(
        self,
        runner: Runner,
        overviews: Overviews,
        asker: Asker,
        on_failed: Callable[[PartName, SystemFault], None],
    ) -> None:
        self._runner = runner
        self._overviews = overviews
        self._asker = asker
        self._on_failed = on_failed
        self._jobs: dict[PartName, Job] = {}

    def __contains__(self, name: PartName) -> bool:
        return name in self._jobs

    def ask(self, name: PartName, work: Coroutine[Any, Any, T], on_done: Callable[[T], None], kept_by: str) -> None:
        """Ask for a part, instead of what is asked for it already. See `CustomerCard.ask`."""
        self.drop(name)
        kind = KIND_OF[name]
        cache = self._overviews.at(kind.source)

        def done(value: T) -> None:
            self.answered(name, value, on_done, cache, kept_by)

        def failed(error: Exception) -> None:
            del self._jobs[name]
            if kept_by and isinstance(error, NotFound):
                cache.forget(kind, kept_by)
            self._on_failed(name, as_fault(error))

        self._jobs[name] = self._runner.run(work, done, failed)

    def answered(self, name: PartName, value: T, on_done: Callable[[T], None], cache: Cache, kept_by: str) -> None:
        """Show it and keep it. A question that is still under way was asked before this answer was given."""
        self.drop(name)
        on_done(value)
        part = self._asker.part(name)
        if kept_by and part.value is not None and part.read_at is not None:
            cache.keep(KIND_OF[name], kept_by, part.value, part.read_at)
            self._learn(cache, part.value, part.read_at)

    def _learn(self, cache: Cache, value: Any, read_at: datetime) -> None:
        customer = self._asker.customer.value
        names = names_of(value, whose=customer.name if customer is not None else "")
        if names:
            # Not one of the card's own: it goes on when the card is left.
            self._runner.run(cache.learn(names, read_at), lambda _: None, lambda _: None)

    def drop(self, name: PartName) -> None:
        """The question that is under way for a part, if any, is not wanted any more."""
        if name in self._jobs:
            self._jobs.pop(name).cancel()

    def drop_all(self) -> None:
        """The card is left."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
