"""What was seen of the systems, kept on this computer to be read again at once and without them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from app.domain.contacts import Campaign, Company, ContactHit, Page, SalesProcess, SupportCase, Task, TouchPoint
from app.domain.economy import ExpenseTotals, HoursTotals, Panel, PanelData
from app.domain.names import Name
from app.domain.orders import Order, OrderSummary
from app.domain.parties import Customer
from app.domain.projects import Project, ProjectHit
from app.domain.shelf import Shelf, Shelved
from app.domain.trade_events import TradeEvent
from app.ports.connection import Connection, SystemKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OverviewKind(Generic[T]):
    """A kind of overview. There is no other way into the cache than one of those below.

    Attributes:
        name: As it is called in the file.
        source: The kind of system it is from.
        shape: What is kept of one. `app.storage.cache_codec` says which fields of it.
    """

    name: str
    source: SystemKind
    shape: type[T]


COMPANY = OverviewKind("company", SystemKind.CRM, Company)
"""By the CRM's key of the company, and so the five that follow it."""
TIMELINE = OverviewKind("touch_points", SystemKind.CRM, Page[TouchPoint])
"""As far as it was read, and whether there is more."""
TASKS = OverviewKind("tasks", SystemKind.CRM, tuple[Task, ...])
SALES = OverviewKind("sales", SystemKind.CRM, tuple[SalesProcess, ...])
CASES = OverviewKind("cases", SystemKind.CRM, tuple[SupportCase, ...])
CAMPAIGNS = OverviewKind("campaigns", SystemKind.CRM, tuple[Campaign, ...])
HOLDERS = OverviewKind("holders", SystemKind.CRM, tuple[ContactHit, ...])
"""The companies that hold a customer number, by that number."""
CUSTOMER = OverviewKind("customer", SystemKind.ERP, Customer)
"""By the customer number."""
ORDERS = OverviewKind("orders", SystemKind.ERP, tuple[OrderSummary, ...])
"""A customer's orders, by the ERP's key of the customer."""
TRADE = OverviewKind("trade", SystemKind.ERP, Page[TradeEvent])
"""A customer's orders, deliveries and invoices as far as they were read, likewise."""
ORDER = OverviewKind("order", SystemKind.ERP, Order)
"""An order with its lines, by the ERP's key. It comes back as one that cannot be edited."""
PANELS = OverviewKind("panels", SystemKind.REPORTING, tuple[Panel, ...])
"""Which panels there are, by the kind of card."""
PANEL = OverviewKind("panel", SystemKind.REPORTING, PanelData)
"""The figures of one, by its key and whose they are."""
HOURS = OverviewKind("hours", SystemKind.TIME, HoursTotals)
"""By the period and whose they are, and so the next."""
EXPENSES = OverviewKind("expenses", SystemKind.EXPENSE, ExpenseTotals)
PROJECT = OverviewKind("project", SystemKind.TIME, Project)
"""By its number."""
PROJECTS = OverviewKind("projects", SystemKind.TIME, tuple[ProjectHit, ...])
"""A customer's projects, by the customer number."""

REJECTED = OverviewKind("rejected", SystemKind.CRM, tuple[str, ...])
"""Suggestions that a person has said no to, as hashes, by an empty key."""
NAMES = OverviewKind("names", SystemKind.ERP, str)
"""How far a system's names have been read into the index: the ERP's customers by an empty key, its products, what the
CRM knows, and projects by `PRODUCTS`, `CONTACTS` and `ALL_PROJECTS`.
"""
AHEAD = OverviewKind("ahead", SystemKind.CRM, str)
"""Which parts of a customer's card were read in advance, by the key of the match: their names, with spaces between."""
PRODUCTS, CONTACTS, ALL_PROJECTS = "products", "contacts", "projects"


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An overview from the cache.

    Attributes:
        read_at: When its system gave it, aware.
    """

    value: T
    read_at: datetime


class CacheTrouble(StrEnum):
    """Why the cache is not what it should be."""

    NO_KEYRING = "no_keyring"  # it is in memory only, because there is nowhere to keep its key
    NO_DISK = "no_disk"  # full, read-only or broken: what is there may be read, nothing new is kept on disk
    DAMAGED = "damaged"  # what was kept could not be read and was put aside; a new one was begun
    IN_MEMORY = "in_memory"  # as it is meant to be: the demo keeps nothing
    NEWER = "newer"  # a newer Samspil wrote it: it was left alone, and this one keeps in memory only


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How much is kept.

    Attributes:
        overviews: How many, of all sign-ins of this user of the computer.
        size, limit: Of the overviews, in bytes.
        days: After how many days one goes.
        on_disk: They are there at the next start.
        names: How many names and numbers can be found.
        lately: Of ``size``, what was kept or read within the last day: all else goes first where room is needed.
    """

    overviews: int
    size: int
    limit: int
    days: int
    on_disk: bool
    names: int = 0
    lately: int = 0


@dataclass(frozen=True, slots=True)
class Wiped:
    """What wiping the cache did, looked up afterwards.

    Attributes:
        key_gone: The key is not in the keyring; without it no copy of the file can be read. None: the keyring could
            not be asked.
        left: The names of files that could not be deleted.
    """

    key_gone: bool | None
    left: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Nothing is left that could be read."""
        return self.key_gone is True and not self.left


class Cache(Protocol):
    """What one user was shown by one system. Nothing here raises for a disk that fails: `Caches.trouble` says so."""

    async def read(self, kind: OverviewKind[T], key: str) -> Kept[T] | None:
        """What was kept last, unless it is older than it may be."""

    async def read_all(self, *wanted: tuple[OverviewKind[Any], str]) -> Mapping[str, Kept[Any]]:
        """Those of several overviews that are kept, by the names of their kinds: in one go, for a card shall be there
        at once.
        """

    async def read_each(self, kind: OverviewKind[T], keys: Sequence[str]) -> Mapping[str, Kept[T]]:
        """Those of one kind that are kept, by their keys: in one go too."""

    def keep(self, kind: OverviewKind[T], key: str, value: T, read_at: datetime) -> None:
        """Keep an overview in the place of an earlier one. Costs nothing here: it is written in the background."""

    def forget(self, kind: OverviewKind[T], key: str) -> None:
        """Its system says that there is no such thing any more."""

    async def learn(self, names: Sequence[Name], read_at: datetime) -> None:
        """Names and numbers that its system gave, to be found as one types."""

    async def shelf(self, shelf: Shelf) -> Sequence[Shelved]:
        """The customers on a list of the user's, the newest first. What is recent or his own by the CRM's word expires
        like all the rest; a favourite stays until he takes it away, signs out, or wipes the cache.
        """

    def shelve(self, shelf: Shelf, name: Name, at: datetime) -> None:
        """Put one on a list, in the place of what was there of it."""

    def unshelve(self, shelf: Shelf, name: Name) -> None:
        """Take one off a list."""

    def fill_shelf(self, shelf: Shelf, names: Sequence[Name], at: datetime) -> None:
        """A list holds these from now on, and no others."""

    async def clear(self) -> None:
        """Forget everything of this sign-in."""


class Caches(Protocol):
    """The caches of all sign-ins of this user of the computer, in one encrypted file."""

    @property
    def trouble(self) -> CacheTrouble | None:
        """What is wrong, or None. Known after the first use."""

    def of(self, connection: Connection) -> Cache:
        """What this user was shown by this system. Costs nothing; ask only for a sign-in that was proven."""

    async def find(
        self, connections: Sequence[Connection], text: str, *, limit: int = 20
    ) -> Sequence[tuple[Connection, Name]]:
        """What is known under these sign-ins by this text, whatever the order of its words; the likeliest first."""

    async def use(self) -> CacheUse:
        """How much is kept."""

    async def wipe(self) -> Wiped:
        """Delete the key and then the file. An empty one is begun when something is kept next."""

    def close(self) -> None:
        """Write what waits, and let go of the file."""
