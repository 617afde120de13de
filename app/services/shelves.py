"""The customers and projects within reach of this user: opened lately, favourites, and his own by the CRM's word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.domain.contacts import ContactKind
from app.domain.names import Name, NameKind
from app.domain.shelf import Shelf, Shelved
from app.domain.text import fold
from app.ports.cache import Cache
from app.ports.connection import Connection, SystemKind
from app.ports.jobs import Runner
from app.services.overviews import Overviews
from app.services.search import BY_NUMBER, Match, match_of
from app.services.systems import Systems

MOST_RECENT = 30
_PROPOSED = 8
_KINDS = (SystemKind.CRM, SystemKind.ERP, SystemKind.TIME)
_Lists = Mapping[Shelf, Sequence[Shelved]]


class Shelves:
    """The lists of the sign-ins of now, kept in the encrypted cache. Lives in its caller's thread.

    Each entry belongs to the system that gave its name: it is there for whoever can show to be that system's user.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews) -> None:
        self._systems = systems
        self._runner = runner
        self._overviews = overviews
        self._listeners: list[Callable[[], None]] = []
        self._whose: dict[SystemKind, Connection | None] = {}
        self._kept: dict[SystemKind, _Lists] = {}
        self._changes = 0  # made while the lists are being read
        self._visitor: Match | None = None  # opened by a number that no system has answered for yet
        self._shown: dict[Shelf, tuple[Match, ...]] = {}  # as they are asked for again and again, until one changes

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when a list has changed."""
        self._listeners.append(listener)

    def look(self) -> None:
        """A sign-in may have come or gone: each sees its own lists."""
        for kind in _KINDS:
            connection = self._systems.proven.get(kind)
            if self._whose.get(kind) != connection:
                self._whose[kind] = connection
                self._welcome(None)
                self._shown.clear()
                if self._kept.pop(kind, None):
                    self._tell()
                if connection is not None:
                    self._read(kind)

    def of(self, shelf: Shelf) -> tuple[Match, ...]:
        """What is on a list: the recent ones with the last first, the others by name."""
        if shelf not in self._shown:
            self._shown[shelf] = self._lay_out(shelf)
        return self._shown[shelf]

    def _lay_out(self, shelf: Shelf) -> tuple[Match, ...]:
        entries = [entry for lists in self._kept.values() for entry in lists.get(shelf, ())]
        if shelf is Shelf.RECENT:
            entries.sort(key=lambda entry: entry.at, reverse=True)
        else:
            entries.sort(key=lambda entry: fold(entry.name.name))
        found: list[Match] = [self._visitor] if shelf is Shelf.RECENT and self._visitor is not None else []
        for match in (match_of(entry.name) for entry in entries):
            if not any(is_same(match, other) for other in found):
                found.append(match)
        return tuple(found[:MOST_RECENT] if shelf is Shelf.RECENT else found)

    def suggested(self) -> tuple[Match, ...]:
        """What is proposed before anything is typed: the last few that were opened, and the favourites."""
        recent = [replace(match, shelf=Shelf.RECENT) for match in self.of(Shelf.RECENT)[:_PROPOSED]]
        others = [one for one in self.of(Shelf.FAVOURITES) if not any(is_same(one, match) for match in recent)]
        return (*recent, *(replace(match, shelf=Shelf.FAVOURITES) for match in others))

    def opened(self, match: Match) -> None:
        """A card was opened: it is the newest of the recent ones."""
        self._welcome(None)
        if not self._put(Shelf.RECENT, match) and match.number:
            self._welcome(match)
        self._tell()

    def learned(self, match: Match) -> None:
        """What the systems say now of a customer whose card is open; his entries say the same."""
        if _place(match) is None:
            return
        recent = self.of(Shelf.RECENT)[:1]
        if any(one.kind is ContactKind.COMPANY and is_same(one, match) and _differ(one, match) for one in recent):
            self._welcome(None)
            self._put(Shelf.RECENT, match)
        if any(is_same(one, match) and _differ(one, match) for one in self.of(Shelf.FAVOURITES)):
            self._put(Shelf.FAVOURITES, match)

    def is_favourite(self, match: Match) -> bool:
        """Whether the customer is among the favourites."""
        return any(is_same(match, one) for one in self.of(Shelf.FAVOURITES))

    def set_favourite(self, match: Match, *, favourite: bool) -> None:
        """Put the customer among the favourites, or take him away."""
        if favourite:
            self._put(Shelf.FAVOURITES, match)
        else:
            self._take(Shelf.FAVOURITES, match)
        self._tell()

    def fill(self, shelf: Shelf, kind: SystemKind, names: Sequence[Name]) -> None:
        """The system of this kind says who is on the list."""
        now = datetime.now(UTC)
        self._cache(kind).fill_shelf(shelf, names, now)
        self._set(kind, shelf, [Shelved(name, now) for name in names])
        self._tell()

    # -- keeping

    def _put(self, shelf: Shelf, match: Match) -> bool:
        """Whether it could be put there; in the place of what was there of the same customer."""
        place = _place(match)
        if place is None or self._systems.proven.get(place[0]) is None:
            return False
        kind, name = place
        now = datetime.now(UTC)
        if not name.detail:
            before = (one.detail for one in self.of(shelf) if is_same(one, match))
            name = replace(name, detail=next(before, ""))
        self._take(shelf, match)
        self._cache(kind).shelve(shelf, name, now)
        self._set(kind, shelf, [Shelved(name, now), *self._list(kind, shelf)])
        self._tell()
        return True

    def _take(self, shelf: Shelf, match: Match) -> None:
        for kind in _KINDS:
            gone = [entry for entry in self._list(kind, shelf) if is_same(match_of(entry.name), match)]
            for entry in gone:
                self._cache(kind).unshelve(shelf, entry.name)
            if gone:
                self._set(kind, shelf, [entry for entry in self._list(kind, shelf) if entry not in gone])

    def _list(self, kind: SystemKind, shelf: Shelf) -> Sequence[Shelved]:
        return self._kept.get(kind, {}).get(shelf, ())

    def _set(self, kind: SystemKind, shelf: Shelf, entries: Sequence[Shelved]) -> None:
        self._changes += 1
        self._shown.pop(shelf, None)
        self._kept[kind] = {**self._kept.get(kind, {}), shelf: entries}

    def _welcome(self, visitor: Match | None) -> None:
        self._visitor = visitor
        self._shown.pop(Shelf.RECENT, None)

    def _cache(self, kind: SystemKind) -> Cache:
        return self._overviews.at(kind)

    def _read(self, kind: SystemKind) -> None:
        cache, connection, changes = self._cache(kind), self._whose[kind], self._changes

        async def read() -> _Lists:
            return {shelf: await cache.shelf(shelf) for shelf in Shelf}

        def done(lists: _Lists) -> None:
            if self._whose.get(kind) != connection:
                return
            if self._changes != changes:
                self._read(kind)  # something was put there meanwhile
                return
            self._kept[kind] = lists
            self._shown.clear()
            self._tell()

        self._runner.run(read(), done, lambda _error: None)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def is_same(one: Match, other: Match) -> bool:
    """Whether two matches lead to the same card: a person is himself, and a company who has its key or its number; a
    project is its number.
    """
    if one.key == other.key:
        return True
    if one.project_id and other.project_id:
        return one.number == other.number
    if not one.kind is other.kind is ContactKind.COMPANY or not (one.is_card and other.is_card):
        return False
    if one.company_id and other.company_id:
        return one.company_id == other.company_id  # two companies can wrongly hold one number
    if one.customer_id and other.customer_id:
        return one.customer_id == other.customer_id
    return bool(one.number) and one.number == other.number


def _place(match: Match) -> tuple[SystemKind, Name] | None:
    """Whose it is and how it is kept; None for what has no card, or is not known by more than a number."""
    if match.project_id and not match.key.startswith(BY_NUMBER):
        name = Name(NameKind.PROJECT, match.project_id, match.name, match.number, match.detail)
        return SystemKind.TIME, name
    if not match.is_card:
        return None
    if match.kind is ContactKind.PERSON:
        own = match.key.rpartition(":")[2]
        name = Name(NameKind.PERSON, own, match.name, match.number, match.detail, match.company_id)
        return SystemKind.CRM, name
    if match.company_id:
        return SystemKind.CRM, Name(NameKind.COMPANY, match.company_id, match.name, match.number, match.detail)
    if match.customer_id:
        return SystemKind.ERP, Name(NameKind.CUSTOMER, match.customer_id, match.name, match.number, match.detail)
    return None


def _differ(kept: Match, now: Match) -> bool:
    """What is kept says something else, or is the other system's and only knew him by his number."""
    return (kept.name, kept.number, kept.company_id, kept.detail) != (
        now.name,
        now.number,
        now.company_id,
        now.detail or kept.detail,
    )
