"""The one number that links a company here with the ERP: Creme's ``Organisation.code``."""

from creme.creme_core.core.workflow import run_workflow_engine
from django.core.exceptions import ValidationError
from django.db.transaction import atomic

from . import cards
from .errors import Conflict, Invalid, NoRights
from .http import Answer, Call, shown
from .persons import Organisation, get_company, number_of, visible
from .search import companies_json


def set_number(call: Call, company_id: int) -> Answer:
    """``POST companies/<id>/number`` with ``number`` and ``expected``, the number that the user saw.

    ``shared_with`` in the answer lists the other companies that hold this number too. Creme allows that, and so
    does this; the user is told.
    """
    most = Organisation._meta.get_field("code").max_length or 30
    number, expected = call.body.text("number", most=most), call.body.text("expected", most=most)
    if not shown(Organisation, "code"):
        raise NoRights("The administrator has hidden this field in Creme.")
    with atomic(), run_workflow_engine(user=call.user):
        company = get_company(call.user, company_id, lock=True)
        call.user.has_perm_to_change_or_die(company)
        now = number_of(company)
        if now != number:
            if now != expected:
                raise Conflict("Somebody else has changed this.", current=cards.card(call.user, company))
            company.code = number
            try:
                company.full_clean()
            except ValidationError as error:
                raise Invalid.of(error, {"code": "number"}) from None
            company.save()
    others = (
        visible(call.user, Organisation.objects.filter(code=number).exclude(pk=company_id)).order_by("name", "pk")
        if number
        else Organisation.objects.none()
    )
    return {
        "company": cards.card(call.user, get_company(call.user, company_id)),
        "shared_with": companies_json(list(others[:20])),
    }
