"""Creme as our port asks for it."""

from collections.abc import Sequence
from typing import Any

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
from app.ports.capability import Capability
from app.ports.connection import Identity, Wire
from app.ports.errors import NotFound, Refused
from app.systems.creme import mapping, wire
from app.systems.creme.client import Client
from app.systems.creme.faults import SYSTEM

# What is of another kind has no name we could give it.
_CAN_LOG = frozenset(TouchKind) - {TouchKind.OTHER}
_WITH_DIRECTION = frozenset({TouchKind.CALL, TouchKind.EMAIL})


class Creme:
    """A CRM: a `CrmSystem` over the add-on, one request for each question."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._capabilities: frozenset[Capability] = frozenset()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What is installed in this Creme and open to this user; complete after `sign_in` and `resume`."""
        return self._capabilities

    async def sign_in(self, password: str) -> Identity:
        """Exchange the password for a token, which is what `Identity.renewal` holds."""
        return self._signed_in(await self._client.sign_in(password))

    async def resume(self, secret: str) -> Identity:
        """Use the token of an earlier session."""
        return self._signed_in(await self._client.resume(secret))

    async def sign_out(self) -> None:
        """Revoke the token at Creme."""
        self._capabilities = frozenset()
        await self._client.sign_out()

    async def ping(self) -> None:
        """Ask whether the add-on is there."""
        await self._client.ping()

    async def examine(self) -> Wire:
        """Look at the way there."""
        return await self._client.examine()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def search(self, text: str, *, limit: int = 20) -> Sequence[ContactHit]:
        """Companies and people by name, customer number, phone or e-mail, in Creme's order of likeness."""
        if not text.strip():
            return ()
        found = await self._client.ask("search", wire.Hits, {"q": text.strip()[:200], "limit": str(limit)})
        return tuple(mapping.hit(one) for one in found.hits)

    async def company(self, company_id: str) -> Company:
        """The card of one company."""
        answer = await self._client.ask(_of(company_id), wire.CardAnswer)
        return mapping.company(answer.company)

    async def companies_by_number(self, number: str) -> Sequence[ContactHit]:
        """All companies that hold exactly this number; an empty number is nobody's."""
        # Creme's field takes 30 characters; no company can hold a longer one.
        if not number.strip() or len(number) > 30:
            return ()
        found = await self._client.ask("companies", wire.Companies, {"number": number})
        return tuple(mapping.hit(one) for one in found.companies)

    async def names(self, after: str) -> Page[Name]:
        """Organisations by id and then contacts by id, 250 at a time."""
        return mapping.names(await self._client.ask("names", wire.Names, {"after": after} if after else None))

    async def own_companies(self, after: str) -> Page[ContactHit]:
        """Organisations whose owner is the user or one of the user's teams, by id, 200 at a time."""
        found = await self._client.ask("own-companies", wire.OwnCompanies, {"after": after} if after else None)
        return Page(tuple(mapping.hit(one) for one in found.companies), found.next or None)

    async def timeline(
        self,
        company_id: str,
        *,
        kinds: frozenset[TouchKind] = frozenset(),
        text: str = "",
        after: str | None = None,
        limit: int = 30,
    ) -> Page[TouchPoint]:
        """A page of touch points, newest first."""
        query = {"limit": str(limit), "kinds": ",".join(sorted(kinds)), "q": text.strip()[:200], "after": after or ""}
        path = f"{_of(company_id)}/timeline"
        return mapping.page(
            await self._client.ask(path, wire.Timeline, {name: value for name, value in query.items() if value})
        )

    async def sales(self, company_id: str) -> Sequence[SalesProcess]:
        """The company's opportunities, open ones first."""
        found = await self._client.ask(f"{_of(company_id)}/sales", wire.Sales)
        return tuple(mapping.sale(one) for one in found.sales)

    async def sales_stages(self) -> Sequence[SalesStage]:
        """Creme's sales phases, in the administrator's order."""
        found = await self._client.ask("sales/stages", wire.Stages)
        return tuple(mapping.stage(one) for one in found.stages)

    async def set_stage(self, change: StageChange) -> SalesProcess:
        """Another sales phase, once for each token; refused where the opportunity was changed since it was seen."""
        body = {"key": change.token, "stage": change.stage_id, "version": change.version}
        return mapping.sale((await self._client.tell(f"sales/{_id(change.sale_id)}/stage", body, wire.SaleAnswer)).sale)

    async def tasks(self, company_id: str) -> Sequence[Task]:
        """The activities of the type task that are not over."""
        found = await self._client.ask(f"{_of(company_id)}/tasks", wire.Jobs)
        return tuple(mapping.task(one) for one in found.tasks)

    async def complete_task(self, change: TaskCompletion) -> Task:
        """The status that Creme has for what is done; refused where the task was changed since it was seen."""
        body = {"key": change.token, "version": change.version}
        return mapping.task((await self._client.tell(f"tasks/{_id(change.task_id)}/done", body, wire.JobAnswer)).task)

    async def cases(self, company_id: str) -> Sequence[SupportCase]:
        """The company's tickets, open ones first."""
        found = await self._client.ask(f"{_of(company_id)}/cases", wire.Cases)
        return tuple(mapping.case(one) for one in found.cases)

    async def campaigns(self, company_id: str) -> Sequence[Campaign]:
        """The mailings and commercial actions that the company or somebody in it is part of, newest first."""
        found = await self._client.ask(f"{_of(company_id)}/campaigns", wire.Campaigns)
        return tuple(mapping.campaign(one) for one in found.campaigns)

    async def log_touch_point(self, touch: NewTouchPoint) -> TouchPoint:
        """Log it, once for each token. A note gets Creme's own time: its memos know no other."""
        if touch.kind not in _CAN_LOG:
            raise Refused(SYSTEM, detail=f"Creme takes no touch point of the kind {touch.kind}")
        body = {
            "key": touch.token,
            "kind": touch.kind.value,
            "title": touch.subject,
            "text": touch.text,
            "at": touch.at.isoformat(),
            "people": [touch.person_id] if touch.person_id else [],
            **({"direction": "in"} if touch.is_incoming and touch.kind in _WITH_DIRECTION else {}),
            **({"due": touch.due.isoformat()} if touch.due is not None and touch.kind is TouchKind.TASK else {}),
        }
        answer = await self._client.tell(f"{_of(touch.company_id)}/touch-points", body, wire.EntryAnswer)
        return mapping.touch_point(answer.entry)

    async def category_choices(self, key: str) -> Sequence[Choice]:
        """The values that this category can have."""
        found = await self._client.ask(f"categories/{_key(key)}/choices", wire.Choices)
        return tuple(mapping.choice(value) for value in found.choices)

    async def set_category(self, change: CategoryChange) -> Company:
        """Choose other values, once for each token; refused where Creme does not hold those that the user saw."""
        body = {"key": change.token, "values": [value.id for value in change.values], "expected": list(change.was)}
        path = f"{_of(change.company_id)}/categories/{_key(change.key)}"
        return mapping.company((await self._client.tell(path, body, wire.CardAnswer)).company)

    async def correct(self, correction: Correction) -> Company:
        """Write the corrected fields, once for each token."""
        fields = {one.field.value: {"value": one.value, "expected": one.was} for one in correction.fields}
        body: dict[str, Any] = {"key": correction.token, "fields": fields}
        if correction.person_id:
            body["person"] = correction.person_id
        path = f"{_of(correction.company_id)}/corrections"
        return mapping.company((await self._client.tell(path, body, wire.CardAnswer)).company)

    async def add_person(self, person: NewPerson) -> Company:
        """Make a contact who is employed there, once for each token."""
        body = {
            "key": person.token,
            "last_name": person.last_name,
            "first_name": person.first_name,
            "role": person.role,
            "phone": person.phone,
            "mobile": person.mobile,
            "email": person.email,
        }
        answer = await self._client.tell(f"{_of(person.company_id)}/people", body, wire.CardAnswer)
        return mapping.company(answer.company)

    async def set_number(self, company: Company, number: str) -> Company:
        """Write the number; refused where Creme does not hold the one that ``company`` shows any more."""
        body = {"number": number, "expected": company.number}
        answer = await self._client.tell(f"{_of(company.id)}/number", body, wire.CardAnswer)
        return mapping.company(answer.company)

    def _signed_in(self, who: wire.WhoAmI) -> Identity:
        self._capabilities = mapping.capabilities(who.capabilities)
        return mapping.identity(who, self._client.token)


def _of(company_id: str) -> str:
    """The address of a company."""
    return f"companies/{_id(company_id)}"


def _id(text: str) -> str:
    """An id as a part of an address: one that is none of Creme's leads nowhere, and above all to no other address."""
    if not (text.isascii() and text.isdigit()):
        raise NotFound(SYSTEM, detail="this is no id of Creme's")
    return text


def _key(key: str) -> str:
    if not (key.isascii() and key.replace("_", "").isalpha()):
        raise NotFound(SYSTEM, detail="this is no category of Creme's")
    return key
