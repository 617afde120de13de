"""Adding somebody to a company, and correcting what Creme holds of a company or of somebody there.

Rights, checks, history and workflows are Creme's: what its own form "create a contact related to" asks is asked here,
and a correction is what its own editing of a field in place would be.
"""

from functools import partial
from typing import Any

from creme.creme_core.core.workflow import run_workflow_engine
from creme.creme_core.models import Relation
from creme.persons.constants import REL_SUB_EMPLOYED_BY
from django.core.exceptions import ValidationError

from . import cards
from .checks import check, check_new
from .errors import Conflict, Invalid, NoRights
from .fields import Fields
from .http import Answer, Call
from .persons import CORRIGIBLE, Contact, corrigible, get_company, get_person, role_of
from .receipts import once
from .text import clean

_NAMES = {"full_position": "role"}
_ATTRIBUTES = {"role": "full_position"}
_HIDDEN = "The administrator has hidden this field in Creme."


def add(call: Call, company_id: int) -> Answer:
    """``POST companies/<id>/people``, exactly once for each ``key``: somebody who is employed there.

    The body: ``key``; ``last_name``; and where known ``first_name``, ``role``, ``phone``, ``mobile``, ``email``.
    """
    once(call, f"add to {company_id}", partial(_add, call, company_id))
    return {"company": cards.card(call.user, get_company(call.user, company_id))}


def correct(call: Call, company_id: int) -> Answer:
    """``POST companies/<id>/corrections`` with ``key``, ``person`` and ``fields``, exactly once for each ``key``.

    ``person`` is the id of a contact at the company; without it the fields are the company's own, of which only
    ``phone`` and ``email`` can be corrected. ``fields`` has for each name ``{"value", "expected"}``: what it shall
    be and what the user saw. All of them are written or none: when something else than ``expected`` is there in one
    of them, the answer is a conflict with the card as it is.
    """
    once(call, f"correct {company_id}", partial(_correct, call, company_id))
    return {"company": cards.card(call.user, get_company(call.user, company_id))}


def _add(call: Call, company_id: int) -> Answer:
    user = call.user
    with run_workflow_engine(user=user):
        company = get_company(user, company_id)
        user.has_perm_to_create_or_die(Contact)
        user.has_perm_to_link_or_die(Contact, owner=user)
        user.has_perm_to_link_or_die(company)
        person = Contact(user=user)
        for name in ("last_name", "first_name", "role", "phone", "mobile", "email"):
            if value := _text(call.body, name, Contact):
                if name not in corrigible(Contact):
                    raise NoRights(_HIDDEN)
                setattr(person, _ATTRIBUTES.get(name, name), value)
        check_new(person, _NAMES)
        person.save()
        works_at = Relation(user=user, subject_entity=person, type_id=REL_SUB_EMPLOYED_BY, object_entity=company)
        try:
            works_at.clean()  # an administrator may demand properties of who is employed, or of where
        except ValidationError as error:
            raise Invalid.of(error) from None
        works_at.save()
    return {"person": str(person.pk)}


def _correct(call: Call, company_id: int) -> Answer:
    user, person_id = call.user, call.body.id("person")
    with run_workflow_engine(user=user):
        company = get_company(user, company_id, lock=person_id is None)
        row = company if person_id is None else get_person(user, company, person_id, lock=True)
        user.has_perm_to_change_or_die(row)
        changed = False
        for name, value, expected in _wishes(call.body, type(row)):
            now = _now(row, name)
            # Already so: two people of one mind.
            if now == value:
                continue
            if now != expected:
                current = cards.card(user, get_company(user, company_id))
                raise Conflict("Somebody else has changed this.", current=current)
            _write(row, name, value)
            changed = True
        if changed:
            check(row, _NAMES)
            row.save()
    return {}


def _wishes(body: Fields, model: Any) -> list[tuple[str, str, str]]:
    """Return the name, the value and what the user saw of each field to be corrected."""
    fields = body.raw().get("fields")
    if not isinstance(fields, dict) or not fields:
        raise Invalid.field("fields", "This must say what each field shall be.")
    allowed = corrigible(model)
    found = []
    for name, wish in fields.items():
        if name not in CORRIGIBLE[model]:
            raise Invalid.field("fields", f"Not known here: {clean(name)}.")
        if name not in allowed:
            raise NoRights(_HIDDEN)
        if not isinstance(wish, dict):
            raise Invalid.field(name, "This must say what it shall be and what it was.")
        values = Fields({name: wish.get("value"), "expected": wish.get("expected")})
        found.append((name, _text(values, name, model), values.text("expected", most=1000)))
    return found


def _text(body: Fields, name: str, model: Any) -> str:
    most = model._meta.get_field(_ATTRIBUTES.get(name, name)).max_length
    return " ".join(body.text(name, most=most or 250).split())


def _now(row: Any, name: str) -> str:
    return role_of(row) if name == "role" else clean(getattr(row, name))


def _write(row: Any, name: str, value: str) -> None:
    if name == "role" and not value:
        # The role that is shown may be the position chosen from Creme's list; taken away, it shall not stay there.
        row.position = None
    setattr(row, _ATTRIBUTES.get(name, name), value)
