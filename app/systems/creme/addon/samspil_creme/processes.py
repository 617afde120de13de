"""Sales, cases and campaigns of a company and its people."""

from collections.abc import Sequence
from typing import Any

from creme.creme_core.models import Relation
from django.apps import apps
from django.db.models import Max, QuerySet

from .http import Answer, Call, need, shown
from .persons import circle, get_company, visible
from .text import clean

_MOST = 200
# Mailing lists may hold lists; Creme forbids circles, this bounds a chain.
_DEEPEST = 8


def sales(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>/sales``: open ones first, then by closing date, the nearest first."""
    need("opportunities")
    around = circle(call.user, get_company(call.user, company_id))
    found = _opportunities(call.user, around).select_related("sales_phase", "currency")
    ordered = found.order_by("sales_phase__won", "sales_phase__lost", "expected_closing_date", "pk")
    return {"sales": [sale_json(call.user, one) for one in ordered[:_MOST]]}


def cases(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>/cases``: open ones first, the newest first."""
    need("tickets")
    around = circle(call.user, get_company(call.user, company_id))
    found = _tickets(call.user, around).select_related("status", "priority", "criticity")
    ordered = found.order_by("status__is_closed", "-created", "-pk")
    return {"cases": [_case_json(one) for one in ordered[:_MOST]]}


def campaigns(call: Call, company_id: int) -> Answer:
    """``GET companies/<id>/campaigns``: mailings and commercial actions, the newest first, planned ones before.

    ``through`` says why the company is in it: ``company`` or ``person`` for a recipient, ``linked`` for an
    action that it completes a goal of, ``segment`` for an action aimed at its market segment.
    """
    company = get_company(call.user, company_id)
    around = circle(call.user, company)
    found: list[dict[str, Any]] = []
    if apps.is_installed("creme.emails"):
        found += _mailings(call.user, company, around)
    if apps.is_installed("creme.commercial"):
        found += _actions(call.user, company, around)
    found.sort(key=lambda one: (one["at"] is None, one["at"] or ""), reverse=True)
    return {"campaigns": found[:_MOST]}


def open_sales(user: Any, around: Sequence[int]) -> int:
    """Return how many sales with these organisations and contacts are neither won nor lost."""
    return _opportunities(user, around).filter(sales_phase__won=False, sales_phase__lost=False).count()


def open_cases(user: Any, around: Sequence[int]) -> int:
    """Return how many tickets of these organisations and contacts are not closed."""
    return _tickets(user, around).filter(status__is_closed=False).count()


def _opportunities(user: Any, around: Sequence[int]) -> QuerySet[Any]:
    from creme.opportunities import get_opportunity_model
    from creme.opportunities.constants import REL_SUB_TARGETS

    return visible(user, get_opportunity_model().objects.filter(pk__in=_subjects(REL_SUB_TARGETS, around)))


def _tickets(user: Any, around: Sequence[int]) -> QuerySet[Any]:
    from creme.tickets import get_ticket_model
    from creme.tickets.constants import REL_OBJ_LINKED_2_TICKET

    return visible(user, get_ticket_model().objects.filter(pk__in=_subjects(REL_OBJ_LINKED_2_TICKET, around)))


def _subjects(relation: str, objects: Sequence[int]) -> QuerySet[Any]:
    """Return the ids of what has this relation to one of the objects; a subquery, not a query."""
    return Relation.objects.filter(type=relation, object_entity__in=objects).values("subject_entity")


def sale_version(sale: Any) -> str:
    """Return what changes with each change of the sale itself."""
    return str(sale.modified.isoformat(timespec="microseconds"))


def sale_json(user: Any, sale: Any) -> dict[str, Any]:
    """Return a sale; hidden fields are empty."""
    phase = sale.sales_phase

    def field(name: str) -> Any:
        return getattr(sale, name) if shown(type(sale), name) else None

    # Made sales are what was sold; before that there is only the estimate. Whole units of the currency.
    made, estimated = field("made_sales"), field("estimated_sales")
    amount = made if made is not None else estimated
    closes = field("closing_date") or field("expected_closing_date")
    return {
        "id": str(sale.pk),
        "name": clean(sale.name),
        "reference": clean(field("reference")),
        "stage": clean(phase.name),
        "stage_id": str(phase.pk),
        "state": "won" if phase.won else "lost" if phase.lost else "open",
        "amount": None if amount is None else str(amount),
        "currency": clean(sale.currency.international_symbol),
        "closes": closes.isoformat() if closes else None,
        "chance": field("chance_to_win"),
        "version": sale_version(sale),
        "can_change": user.has_perm_to_change(sale),
    }


def _case_json(ticket: Any) -> dict[str, Any]:
    return {
        "id": str(ticket.pk),
        "number": str(ticket.number),
        "title": clean(ticket.title),
        "status": clean(ticket.status.name),
        "priority": clean(ticket.priority.name),
        "severity": clean(ticket.criticity.name),
        "opened": ticket.created.isoformat(),
        "closed": ticket.closing_date.isoformat() if ticket.closing_date else None,
        "is_open": not ticket.status.is_closed,
    }


def _mailings(user: Any, company: Any, around: Sequence[int]) -> list[dict[str, Any]]:
    from creme.emails import get_emailcampaign_model, get_mailinglist_model

    lists = get_mailinglist_model().objects.filter(is_deleted=False)
    direct = set(lists.filter(organisations=company.pk).values_list("pk", flat=True))
    by_company = _with_parents(lists, direct)
    by_person = _with_parents(lists, set(lists.filter(contacts__in=around).values_list("pk", flat=True)))
    found = (
        visible(
            user,
            get_emailcampaign_model().objects.filter(
                # A subquery, because the join would repeat a campaign for each of its lists.
                pk__in=get_emailcampaign_model()
                .mailing_lists.through.objects.filter(mailinglist_id__in=by_company | by_person)
                .values("emailcampaign_id")
            ),
        )
        .annotate(sent=Max("sendings_set__sending_date"))
        .prefetch_related("mailing_lists")
        .order_by("-created")
    )
    return [
        {
            "id": f"mailing-{one.pk}",
            "kind": "mailing",
            "label": clean(type(one)._meta.verbose_name),
            "name": clean(one.name),
            "at": one.sent.date().isoformat() if one.sent else None,
            "through": "company" if by_company & {m.pk for m in one.mailing_lists.all()} else "person",
        }
        for one in found[:_MOST]
    ]


def _with_parents(lists: QuerySet[Any], ids: set[int]) -> set[int]:
    """Return these mailing lists and those that hold them, whose mailings reach them too."""
    known, new = set(ids), set(ids)
    for _ in range(_DEEPEST):
        if not new:
            break
        new = set(lists.filter(children__in=new).values_list("pk", flat=True)) - known
        known |= new
    return known


def _actions(user: Any, company: Any, around: Sequence[int]) -> list[dict[str, Any]]:
    from creme.commercial import get_act_model
    from creme.commercial.constants import REL_OBJ_COMPLETE_GOAL

    acts = visible(user, get_act_model().objects.all()).select_related("act_type")
    linked = {act.pk: (act, "linked") for act in acts.filter(pk__in=_subjects(REL_OBJ_COMPLETE_GOAL, around))[:_MOST]}
    types = [p.type_id for p in company.get_properties()]
    aimed = {act.pk: (act, "segment") for act in acts.filter(segment__property_type__in=types)[:_MOST]}
    return [
        {
            "id": f"action-{act.pk}",
            "kind": "action",
            "label": clean(act.act_type.title),
            "name": clean(act.name),
            "at": act.start.isoformat() if act.start else None,
            "through": through,
        }
        for act, through in (aimed | linked).values()
    ]
