"""What every use case of a signed-in Tryton needs at hand."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.ports.errors import NotFound, Refused
from app.systems.tryton.client import Client
from app.systems.tryton.lookups import Lookups
from app.systems.tryton.protocol import SYSTEM, rows
from app.systems.tryton.schema import Schema
from app.systems.tryton.trade_schema import TradeSchema


@dataclass(frozen=True, slots=True)
class Site:
    """One signed-in database.

    Attributes:
        schema: What there is of orders and what they are made of.
        trade: What there is of deliveries and invoices.
        zone: Where its company counts its days; None for this machine's own.
    """

    client: Client
    schema: Schema
    lookups: Lookups
    trade: TradeSchema = field(default_factory=TradeSchema)
    zone: tzinfo | None = None

    def today(self) -> date:
        """The day on which the ERP prices an order that has none of its own (``ir.date.today``)."""
        return datetime.now(UTC).astimezone(self.zone).date()


async def load_zone(client: Client) -> tzinfo | None:
    """The time zone of the user's company; None where it has none, or one that this machine does not know."""
    company = client.context.get("company")
    if company is None:
        return None
    try:
        found = rows(await client.read("model.company.company.read", [company], ["timezone"]))
    except Refused:
        return None
    name = found[0].text("timezone") if found else ""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def key_of(text: str) -> int:
    """The ERP's number for an id of ours. Raises `NotFound` for one that never came from this ERP."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound(SYSTEM, detail="an id that is not from here")
    return int(text)


def existing(fields: Container[str], *names: str) -> list[str]:
    """Those of ``names`` whose first part is a field here."""
    return [name for name in names if name.partition(".")[0] in fields]


def name_patterns(text: str) -> Iterable[str]:
    """``text`` in the letter cases that ``ilike`` does not see as one.

    On SQLite, and on a PostgreSQL without a locale, it folds ASCII only, so "østergaard" would not find "Østergaard".
    """
    yield text
    if not text.isascii():
        yield from {text.lower(), text.upper(), text.capitalize()} - {text}


def escaped(text: str) -> str:
    """``text`` so that ``ilike`` takes its per cent signs and underscores for what they are."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
