"""One timeline of two systems: the CRM's touch points and the ERP's business events, the newest first.

Each system is a stream that is read page by page and asked, failing and slow by itself. What is older than the end of
a stream that has more is not shown before that stream has been read past it, so that nothing is ever put in above what
has been looked at. A stream that failed or lets one wait holds nobody up: a `Gap` stands where it ends, and what it
still has comes in its place.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from app.domain.contacts import Page, TouchKind, TouchPoint
from app.domain.text import fold
from app.domain.trade_events import TradeEvent, TradeKind
from app.ports.connection import SystemKind
from app.ports.jobs import Job, Runner
from app.services.card_parts import Part, PartName, PartStatus
from app.services.systems import Systems

PATIENCE = 1.5
"""Seconds that a system may take for a page before what the other one has is shown without it."""

STREAMS = (PartName.TRADE, PartName.TIMELINE)
"""The ERP's events have a day and no hour; they stand above the touch points of that day."""

_KINDS: Mapping[PartName, type[TouchKind] | type[TradeKind]] = {
    PartName.TRADE: TradeKind,
    PartName.TIMELINE: TouchKind,
}
_FIRST = datetime.max.replace(tzinfo=UTC)

EntryKind = TouchKind | TradeKind


@dataclass(frozen=True, slots=True)
class Gap:
    """Here a stream ends that has more, and what follows is without it.

    Attributes:
        status: FAILED, or LOADING where it lets one wait, or READY where it is read next.
    """

    name: PartName
    source: SystemKind
    status: PartStatus


Entry = TouchPoint | TradeEvent | Gap


class Host(Protocol):
    """The card that the timeline is a part of."""

    def part(self, name: PartName) -> Part[Any]:
        """A part as it is now."""

    def set_part(self, name: PartName, **changes: Any) -> None:
        """Change it and tell the listener."""

    def ask(
        self, name: PartName, work: Coroutine[Any, Any, Any], on_done: Callable[[Any], None], kept_by: str = ""
    ) -> None:
        """Ask a system for it; a question for it that is under way is dropped."""

    def drop(self, name: PartName) -> None:
        """Drop the question that is under way for it, if any."""


def instant(entry: TouchPoint | TradeEvent) -> datetime:
    """When it stands in the list, aware: an event at the end of its day here, one without a day before all others."""
    if isinstance(entry, TouchPoint):
        return entry.at
    return _end_of(entry.day) if entry.day is not None and entry.day < date.max else _FIRST


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time()).astimezone()


class Timeline:
    """What has been read of both systems, filtered. Lives in its caller's thread."""

    def __init__(self, systems: Systems, runner: Runner, host: Host) -> None:
        self._systems = systems
        self._runner = runner
        self._host = host
        self._waits: dict[PartName, Job] = {}
        self.reset()

    def reset(self) -> None:
        """Another customer: nothing is known of him."""
        self.close()
        self.kinds: frozenset[EntryKind] = frozenset()
        self.text = ""
        self._whole: dict[PartName, Part[Any]] = {}  # of all kinds, as far as it was read
        self._ids: dict[PartName, str] = {}  # by what its system knows the customer
        self._slow: set[PartName] = set()
        self._older: set[PartName] = set()  # a page after the first one is under way, or failed
        self._floor = _FIRST  # what is not older than this has been shown, and stays
        self._entries: tuple[tuple[Any, ...], tuple[Entry, ...]] | None = None

    def close(self) -> None:
        """The card is left."""
        for wait in self._waits.values():
            wait.cancel()
        self._waits.clear()

    # -- what is shown

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What can be shown now, the newest first."""
        parts = {name: self._host.part(name) for name in STREAMS if self.is_wanted(name)}
        key = (*((p.value, p.status) for p in parts.values()), self.kinds, frozenset(self._slow), self._floor)
        if self._entries is None or not _same(self._entries[0], key):
            self._entries = (key, tuple(self._merge(parts)))
        return self._entries[1]

    @property
    def has_more(self) -> bool:
        """There are older ones that can be asked for now."""
        return bool(self._askable())

    def is_wanted(self, name: PartName) -> bool:
        """The filter lets something of this stream through."""
        return not self.kinds or any(isinstance(kind, _KINDS[name]) for kind in self.kinds)

    def is_slow(self, name: PartName) -> bool:
        """Its system has been asked and lets one wait."""
        return name in self._slow

    # -- what is done

    def remember(self, name: PartName, part: Part[Any]) -> None:
        """What was seen of a stream before."""
        self._whole.setdefault(name, part)

    def forget(self, name: PartName) -> None:
        """It was another customer's."""
        self._settle(name)
        self._whole.pop(name, None)
        self._ids.pop(name, None)

    def reload(self, name: PartName, its_id: str) -> bool:
        """Ask for the newest of a stream; False where there is nobody to ask."""
        self._ids[name] = its_id
        self._floor = _FIRST
        self._older.discard(name)
        if self.is_wanted(name):
            return self._ask(name, None)
        is_read = name in self._whole and self._whole[name].status is PartStatus.READY
        self._host.set_part(name, status=PartStatus.READY if is_read else PartStatus.WAITING, fault=None)
        return True

    def again(self, name: PartName, its_id: str) -> bool:
        """Its system is back: go on where it failed."""
        page = self._host.part(name).value
        if name in self._older and page is not None and page.next is not None:
            return self._ask(name, page)
        floor = self._floor
        is_asked = self.reload(name, its_id)
        self._floor = floor
        return is_asked

    def more(self) -> None:
        """Read what is older: of the stream that ends first. Without effect while it is on its way."""
        askable = self._askable()
        if not askable:
            return
        shown = [entry for entry in self.entries if not isinstance(entry, Gap)]
        if shown:
            self._floor = min(self._floor, instant(shown[-1]))
        name = max(askable, key=self._end_of_stream)
        self._ask(name, self._host.part(name).value)

    def filter(self, kinds: frozenset[EntryKind], text: str) -> None:
        """Show only these kinds (none means all) that hold all words of this text. What is known is shown at once."""
        if (kinds, text) == (self.kinds, self.text):
            return
        self.kinds, self.text = kinds, text
        self._floor = _FIRST
        for name in STREAMS:
            if self._host.part(name).status is PartStatus.ABSENT:
                continue
            self._drop(name)
            self._older.discard(name)
            whole = self._whole.get(name)
            is_read = whole is not None and whole.status is PartStatus.READY
            if whole is not None:
                value = self._chosen(whole.value) if self.is_wanted(name) else whole.value
                # As it was read before, and as old as that.
                self._host.set_part(name, value=value, read_at=whole.read_at)
            if not self.is_wanted(name) or (is_read and not self._is_filtered):
                self._host.set_part(name, status=PartStatus.READY if is_read else PartStatus.WAITING, fault=None)
            else:
                self._ask(name, None)

    def failed(self, name: PartName) -> None:
        """The system would have chosen what fits the filter; of what was read before it is chosen here."""
        self._settle(name)
        if name in self._whole and self._is_filtered and name not in self._older:
            self._host.set_part(name, value=self._chosen(self._whole[name].value))

    # -- asking

    def _ask(self, name: PartName, before: Page[Any] | None) -> bool:
        """Ask for the page after ``before``, or for the first one."""
        its_id, after = self._ids.get(name, ""), before.next if before is not None else None
        kinds = frozenset(kind for kind in self.kinds if isinstance(kind, _KINDS[name]))
        work = self._question(name, its_id, kinds, after)
        if work is None:
            return False
        if before is not None:
            self._older.add(name)

        def answered(page: Page[Any]) -> None:
            self._settle(name)
            self._older.discard(name)
            items = (*before.items, *page.items) if before is not None else page.items
            self._host.set_part(
                name, status=PartStatus.READY, value=Page(items, page.next), fault=None, read_at=datetime.now(UTC)
            )
            if not self._is_filtered:
                self._whole[name] = self._host.part(name)

        self._settle(name)
        self._host.ask(name, work, answered, "" if self._is_filtered else its_id)
        self._waits[name] = self._runner.run(
            asyncio.sleep(PATIENCE), lambda _none: self._on_slow(name), lambda _error: None
        )
        return True

    def _question(
        self, name: PartName, its_id: str, kinds: frozenset[Any], after: str | None
    ) -> Coroutine[Any, Any, Page[Any]] | None:
        crm, erp = self._systems.crm, self._systems.erp
        if name is PartName.TIMELINE and crm is not None and its_id:
            return crm.timeline(its_id, kinds=kinds, text=self.text, after=after)
        if name is PartName.TRADE and erp is not None and its_id:
            return erp.trade_events(its_id, kinds=kinds, text=self.text, after=after)
        return None

    def _on_slow(self, name: PartName) -> None:
        del self._waits[name]
        self._slow.add(name)
        self._host.set_part(name)  # said in its place

    def _settle(self, name: PartName) -> None:
        self._slow.discard(name)
        if name in self._waits:
            self._waits.pop(name).cancel()

    def _drop(self, name: PartName) -> None:
        self._settle(name)
        self._host.drop(name)

    @property
    def _is_filtered(self) -> bool:
        return bool(self.kinds or self.text)

    def _chosen(self, page: Page[Any] | None) -> Page[Any] | None:
        if page is None:
            return None
        return replace(page, items=tuple(entry for entry in page.items if self._fits(entry)))

    def _fits(self, entry: TouchPoint | TradeEvent) -> bool:
        if isinstance(entry, TouchPoint):
            words = f"{entry.subject}\n{entry.text}"
        else:
            orders = " ".join(order.label for order in entry.orders)
            words = f"{entry.number}\n{entry.reference}\n{entry.place}\n{orders}"
        held = fold(words)
        return (not self.kinds or entry.kind in self.kinds) and all(word in held for word in fold(self.text).split())

    # -- merging

    def _askable(self) -> list[PartName]:
        """The streams that have more and are not being asked."""
        found = []
        for name in STREAMS:
            part: Part[Page[Any]] = self._host.part(name)
            is_ready = part.status is PartStatus.READY and part.value is not None
            if self.is_wanted(name) and is_ready and _page(part).next is not None:
                found.append(name)
        return found

    def _end_of_stream(self, name: PartName) -> datetime:
        items = _page(self._host.part(name)).items
        return instant(items[-1]) if items else _FIRST

    def _merge(self, parts: Mapping[PartName, Part[Any]]) -> Iterator[Entry]:
        lagging = {name for name, part in parts.items() if part.status is PartStatus.FAILED or name in self._slow}
        ends = {name: self._end_of_stream(name) for name, part in parts.items() if _page(part).next is not None}
        shown: list[tuple[datetime, PartName, TouchPoint | TradeEvent]] = []
        for name, part in parts.items():
            limit = max(
                (end for other, end in ends.items() if other is not name and other not in lagging), default=None
            )
            for entry in _page(part).items:
                at = instant(entry)
                if limit is None or at > limit or at >= self._floor:
                    shown.append((at, name, entry))
        shown.sort(key=lambda one: one[0], reverse=True)
        if lagging and shown:
            self._floor = min(self._floor, shown[-1][0])
        for place, (_, name, entry) in enumerate(shown):
            yield entry
            is_end = name in ends and entry is _page(parts[name]).items[-1]
            if is_end and (name in lagging or place < len(shown) - 1):
                yield Gap(name, parts[name].source, parts[name].status)


def _page(part: Part[Any]) -> Page[Any]:
    page: Page[Any] = part.value if part.value is not None else Page(())
    return page


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Pages are large: the same one is the same object."""
    return len(one) == len(other) and all(
        a is b or (not isinstance(a, tuple) and a == b) or (isinstance(a, tuple) and a[0] is b[0] and a[1] is b[1])
        for a, b in zip(one, other, strict=True)
    )
