"""A part of a card by itself: what was seen of it before is shown at once, and gives way to its system's answer."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from app.domain.names import names_of
from app.ports.cache import Kept, OverviewKind
from app.ports.connection import SystemKind
from app.ports.errors import NotFound, SystemFault
from app.ports.jobs import Job, Runner
from app.services.card_parts import Part, PartStatus
from app.services.order_writer import as_fault
from app.services.overviews import Overviews

T = TypeVar("T")
Ask = Callable[[str], Coroutine[Any, Any, T]]
"""Asks a system for what it has by this key."""


class KeptPart(Generic[T]):
    """Lives in its caller's thread; all I/O goes through the runner. At most one question is under way.

    Args:
        kind: As what it is kept.
        question: How the system at hand is asked, or None while there is none.
        report: Is told of what went wrong, so that the connection is looked at.
        tell: Is called whenever `part` has changed, but not before it is known what was seen before.

    Attributes:
        part: As it is shown.
        key: Of what; empty of nothing.
    """

    def __init__(
        self,
        kind: OverviewKind[T],
        runner: Runner,
        overviews: Overviews,
        question: Callable[[], Ask[T] | None],
        *,
        report: Callable[[SystemFault], None],
        tell: Callable[[], None],
    ) -> None:
        self._kind = kind
        self._runner = runner
        self._overviews = overviews
        self._question = question
        self._report, self._tell = report, tell
        self._job: Job | None = None
        self._looking: Job | None = None
        self._was_asked = False
        self._is_left = True
        self.part: Part[T] = Part(kind.source)
        self.key = ""

    def show(self, key: str) -> None:
        """Show what there is by another key; the same one again changes nothing."""
        if key == self.key and not self._is_left:
            return
        self.close()
        self.key, self._is_left = key, False
        self.part = Part(self._kind.source, PartStatus.WAITING if key else PartStatus.ABSENT)
        if key:
            memory = self._overviews.at(self._kind.source).read(self._kind, key)
            self._looking = self._runner.run(memory, self._on_memory, lambda _error: self._on_memory(None))
            self.reload()
        else:
            self._tell()

    def close(self) -> None:
        """It is left: nothing more is asked. What is shown stays until another key is."""
        for job in (self._job, self._looking):
            if job is not None:
                job.cancel()
        self._job = self._looking = None
        self._was_asked = False
        self.key, self._is_left = "", True

    def reload(self) -> None:
        """Ask the system again."""
        key, ask = self.key, self._question()
        if not key:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._was_asked = ask is not None
        if ask is None:
            self._set(status=PartStatus.ABSENT)
            return
        cache = self._overviews.at(self._kind.source)

        def done(value: T) -> None:
            self._job = None
            now = datetime.now(UTC)
            cache.keep(self._kind, key, value, now)
            if names := names_of(value):
                # Not one of the part's own: it goes on when the card is left.
                self._runner.run(cache.learn(names, now), lambda _: None, lambda _: None)
            self._set(status=PartStatus.READY, value=value, fault=None, read_at=now)

        def failed(error: Exception) -> None:
            self._job = None
            fault = as_fault(error)
            self._report(fault)
            if isinstance(fault, NotFound):
                cache.forget(self._kind, key)
                self._set(status=PartStatus.ABSENT, value=None, fault=None, read_at=None)
            else:
                self._set(status=PartStatus.FAILED, fault=fault)

        self._job = self._runner.run(ask(key), done, failed)
        self._set(status=PartStatus.LOADING, fault=None)

    def retry(self, kind: SystemKind) -> None:
        """The system of this kind is back, or there at last: ask again where it did not answer."""
        if kind is self.part.source and (self.part.status is PartStatus.FAILED or not self._was_asked):
            self.reload()

    def _on_memory(self, kept: Kept[T] | None) -> None:
        self._looking = None
        is_over = self.part.status is PartStatus.ABSENT and self._was_asked  # the system has said that there is none
        if kept is not None and self.part.value is None and not is_over:
            self.part = replace(self.part, value=kept.value, read_at=kept.read_at)
        self._tell()

    def _set(self, **changes: Any) -> None:
        self.part = replace(self.part, **changes)
        if self._looking is None:
            self._tell()
