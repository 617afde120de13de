"""What the app asks of a CRM."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.contacts import (
    Campaign,
    Company,
    ContactHit,
    NewTouchPoint,
    Page,
    SalesProcess,
    SupportCase,
    TouchKind,
    TouchPoint,
)
from app.domain.parties import Choice
from app.ports.connection import ConnectedSystem


class CrmSystem(ConnectedSystem, Protocol):
    """Who is who, how to meet them, categories, touch points, sales, cases and campaigns.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. A user sees and does what the CRM itself lets them.
    """

    async def search(self, text: str, *, limit: int = 20) -> Sequence[ContactHit]:
        """Companies and people by name, customer number, phone or e-mail; the likeliest first."""

    async def company(self, company_id: str) -> Company:
        """The card of one company. Raises `NotFound`, `NoRights`."""

    async def companies_by_number(self, number: str) -> Sequence[ContactHit]:
        """All companies that hold this customer number: none, one, or wrongly several."""

    async def timeline(
        self,
        company_id: str,
        *,
        kinds: frozenset[TouchKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TouchPoint]:
        """Touch points with the company and its people, newest first. No ``kinds`` means all of them."""

    async def sales(self, company_id: str) -> Sequence[SalesProcess]:
        """The company's sales processes, open ones first."""

    async def cases(self, company_id: str) -> Sequence[SupportCase]:
        """The company's support cases, open ones first."""

    async def campaigns(self, company_id: str) -> Sequence[Campaign]:
        """The campaigns that the company or somebody in it is part of, newest first."""

    async def log_touch_point(self, touch: NewTouchPoint) -> TouchPoint:
        """Log what took place, once: the same token again answers what the first one made.

        Raises `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def category_choices(self, key: str) -> Sequence[Choice]:
        """The values that a category of this kind can have."""

    async def set_category(self, company: Company, key: str, value_id: str) -> Company:
        """Choose another value, at the version of ``company``. An empty ``value_id`` clears it.

        Raises `Conflict`, `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def set_number(self, company: Company, number: str) -> Company:
        """Write the ERP's customer number, at the version of ``company``.

        Raises `Conflict`, `Refused`, `NoRights`, `OutcomeUnknown`.
        """
