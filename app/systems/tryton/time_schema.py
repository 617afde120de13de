"""What a time registration in Tryton has, and what this user may see of it: asked once after sign-in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.ports.errors import NoRights, Refused, ServerFault
from app.systems.tryton.client import Client
from app.systems.tryton.protocol import malformed

TIME_SYSTEM: Final = "tryton-time"
"""What the app calls a Tryton that it asks for hours only; another than the ERP, at another address."""
WORK: Final = "project.work"
_WANTED = ("number", "party", "total_effort", "timesheet_duration", "total_progress", "cost", "revenue", "currency")
_MONEY = ("cost", "revenue")
_FURTHER = ("purchase_lines",)


@dataclass(frozen=True, slots=True)
class TimeSite:
    """One signed-in database with projects.

    Attributes:
        fields: Those of `_WANTED` and `_FURTHER` that there are and that this user may read.
    """

    client: Client
    fields: frozenset[str]

    @property
    def costs_are_of_hours(self) -> bool:
        """What Tryton calls a project's cost is what its hours cost: nothing can be bought on projects here."""
        return "cost" in self.fields and "purchase_lines" not in self.fields


async def load_time_site(client: Client) -> TimeSite:
    """Ask what there is. Raises `NoRights` where the database has no projects, or this user may not see them."""
    try:
        answer = await client.read(f"model.{WORK}.fields_get", [*_WANTED, *_FURTHER])
        if not isinstance(answer, Mapping):
            raise malformed(f"the fields of {WORK}")
        # Also where there are no rows a model that may not be read is refused.
        await client.read(f"model.{WORK}.search_read", [], 0, 1, None, ["number"])
    except (ServerFault, Refused, NoRights) as error:
        detail = "the module project is not active there, or this user may not see projects"
        raise NoRights(error.system, error.words, detail=detail) from error
    names = {str(name) for name in answer}
    seen = await asyncio.gather(*(_is_readable(client, name) for name in _MONEY if name in names))
    hidden = {name for name, is_seen in zip((n for n in _MONEY if n in names), seen, strict=True) if not is_seen}
    return TimeSite(client, frozenset(names - hidden))


async def _is_readable(client: Client, name: str) -> bool:
    """Whether this user may read the field: Tryton tells only by refusing, and does so of no record at all as well."""
    try:
        await client.read(f"model.{WORK}.search_read", [["id", "=", 0]], 0, 1, None, [name])
    except (Refused, NoRights):
        return False
    return True
