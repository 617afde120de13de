"""What the app asks of a CRM."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.contact_changes import CategoryChange, Correction, NewPerson
from app.domain.contacts import (
    Campaign,
    Company,
    ContactHit,
    NewTouchPoint,
    Page,
    SalesProcess,
    SalesStage,
    SupportCase,
    Task,
    TouchKind,
    TouchPoint,
)
from app.domain.names import Name
from app.domain.parties import Choice
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.connection import ConnectedSystem


class CrmSystem(ConnectedSystem, Protocol):
    """Who is who, how to meet them, categories, touch points, sales, cases and campaigns.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. A user sees and does what the CRM itself lets them.

    Every write that `app.services.crm_writing` sends carries a token. The same token again, also at the same time,
    changes nothing and answers as the first one did.
    """

    async def search(self, text: str, *, limit: int = 20) -> Sequence[ContactHit]:
        """Companies and people by name, customer number, phone or e-mail; the likeliest first."""

    async def company(self, company_id: str) -> Company:
        """The card of one company. Raises `NotFound`, `NoRights`."""

    async def companies_by_number(self, number: str) -> Sequence[ContactHit]:
        """All companies that hold this customer number: none, one, or wrongly several."""

    async def names(self, after: str) -> Page[Name]:
        """The names, numbers and VAT numbers of all companies and then of all people, in an order of the CRM's own,
        from where ``Page.next`` said; an empty ``after`` begins. No page has both. With `Capability.NAMES`.
        """

    async def own_companies(self, after: str) -> Page[ContactHit]:
        """The companies that the CRM says are the user's own, in an order of its own, from where ``Page.next`` said; an
        empty ``after`` begins. With `Capability.OWN_COMPANIES`.
        """

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

    async def sales_stages(self) -> Sequence[SalesStage]:
        """The stages that a sale can be in, in the order in which it goes through them."""

    async def set_stage(self, change: StageChange) -> SalesProcess:
        """Put a sale into another stage, once. One that is in it already is what was wanted.

        Raises `Conflict` where the sale was changed since the user saw it; `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def tasks(self, company_id: str) -> Sequence[Task]:
        """The open tasks with the company and its people, the one that is due first at the top."""

    async def complete_task(self, change: TaskCompletion) -> Task:
        """Tick a task off, once. One that is done already is what was wanted.

        Raises `Conflict` where the task was changed since the user saw it; `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def cases(self, company_id: str) -> Sequence[SupportCase]:
        """The company's support cases, open ones first."""

    async def campaigns(self, company_id: str) -> Sequence[Campaign]:
        """The campaigns that the company or somebody in it is part of, newest first."""

    async def log_touch_point(self, touch: NewTouchPoint) -> TouchPoint:
        """Log what took place or is to be done, once: the same token again answers what the first one made.

        `Capability.LOG_TOUCH_POINT` is for calls and meetings, and each of the other kinds has one of its own.

        Raises `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def category_choices(self, key: str) -> Sequence[Choice]:
        """The values that a category of this kind can have."""

    async def set_category(self, change: CategoryChange) -> Company:
        """Choose other values, once; none clears the category. Answers the card as it is then.

        Raises `Conflict` where it has other values than the user saw; `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def correct(self, correction: Correction) -> Company:
        """Write the corrected fields, once, all of them or none. Answers the card as it is then.

        Raises `Conflict` where one of them is not as the user saw it; `Refused`, `NoRights`, `NotFound`,
        `OutcomeUnknown`.
        """

    async def add_person(self, person: NewPerson) -> Company:
        """Add somebody who works at the company, once. Answers the card as it is then.

        Raises `Refused`, `NoRights`, `OutcomeUnknown`.
        """

    async def set_number(self, company: Company, number: str) -> Company:
        """Write the ERP's customer number, at the version of ``company``.

        Raises `Conflict`, `Refused`, `NoRights`, `OutcomeUnknown`.
        """
