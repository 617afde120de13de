"""What a company is: its sector, legal form, size, segment and properties, and choosing another value.

A category has a key, and each of its values an id. ``sector``, ``legal_form`` and ``staff_size`` are fields of
Creme's organisation and hold one value; ``segment`` holds the market segments of the app "commercial", which are
properties, so there may be several. All other properties are tags, to be read only.
"""

from functools import partial
from typing import Any

from creme.creme_core.core.workflow import run_workflow_engine
from creme.creme_core.models import CremeProperty, CremePropertyType
from django.apps import apps
from django.db.transaction import atomic
from django.utils.translation import gettext

from . import cards
from .errors import Conflict, Invalid, NotFound
from .http import Answer, Call, shown
from .persons import Organisation, get_company
from .receipts import once
from .text import clean

_FIELDS = ("sector", "legal_form", "staff_size")
_SEGMENT = "segment"


def of(user: Any, company: Any) -> list[dict[str, Any]]:
    """Return the company's categories, also the empty ones, in a fixed order."""
    can_set = user.has_perm_to_change(company)
    found = [
        _json(key, _label(key), _field_value(company, key), can_set=can_set, several=False)
        for key in _FIELDS
        if shown(Organisation, key)
    ]
    if apps.is_installed("creme.commercial"):
        segments = [(str(s.pk), clean(s.name)) for s in _segments_of(company)]
        found.append(_json(_SEGMENT, _label(_SEGMENT), segments, can_set=can_set, several=True))
    return found


def tags(company: Any) -> list[str]:
    """Return the company's properties that are no segments."""
    segments = _segment_types() if apps.is_installed("creme.commercial") else set()
    return sorted(clean(p.type.text) for p in company.get_properties() if p.type_id not in segments)


def choices(call: Call, key: str) -> Answer:
    """``GET categories/<key>/choices``: all values it can have, as Creme's own forms would list them."""
    call.user.has_perm_to_access_or_die("persons")
    _check_key(key)
    if key == _SEGMENT:
        values = [(str(s.pk), clean(s.name)) for s in _segments().filter(property_type__enabled=True)]
    else:
        model = Organisation._meta.get_field(key).related_model
        values = [(str(value.pk), clean(value)) for value in model.objects.all()]
    return {"choices": [{"id": value_id, "label": label} for value_id, label in values]}


def set_value(call: Call, company_id: int, key: str) -> Answer:
    """``POST companies/<id>/categories/<key>`` with ``key``, ``values`` and ``expected``, the last two lists of ids.

    ``expected`` is what the user saw. When something else is there now, nothing is written and the answer is a
    conflict with the card as it is: two people's choices never overwrite each other unseen. The same ``key`` again
    writes nothing, also when somebody has chosen something else since. Without a ``key`` the wish is simply done.
    """
    _check_key(key)
    set_now = partial(_set, call, company_id, key)
    if "key" in call.body:
        once(call, f"set {key} of {company_id}", set_now)
    else:
        set_now()
    return {"company": cards.card(call.user, get_company(call.user, company_id))}


def _set(call: Call, company_id: int, key: str) -> Answer:
    wanted, expected = call.body.ids("values"), call.body.ids("expected")
    if key != _SEGMENT and len(wanted) > 1:
        raise Invalid.field("values", "Only one value is possible.")
    with atomic(), run_workflow_engine(user=call.user):
        company = get_company(call.user, company_id, lock=True)
        call.user.has_perm_to_change_or_die(company)
        now = [int(value_id) for value_id, _ in _now(company, key)]
        # Already so: the same request again, or two people of one mind.
        if sorted(now) != sorted(wanted):
            if sorted(now) != sorted(expected):
                raise Conflict("Somebody else has changed this.", current=cards.card(call.user, company))
            if key == _SEGMENT:
                _write_segments(company, set(now), set(wanted))
            else:
                _write_field(company, key, wanted[0] if wanted else None)
    # The card is no part of the receipt: it is answered as it is now, and is kept nowhere.
    return {}


def _check_key(key: str) -> None:
    if key == _SEGMENT and apps.is_installed("creme.commercial"):
        return
    if key not in _FIELDS or not shown(Organisation, key):
        raise NotFound("There is no such category in this Creme.")


def _label(key: str) -> str:
    if key == _SEGMENT:
        return gettext("Market segment")
    return clean(Organisation._meta.get_field(key).verbose_name)


def _json(key: str, label: str, values: list[tuple[str, str]], *, can_set: bool, several: bool) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "values": [{"id": value_id, "label": words} for value_id, words in values],
        "can_set": can_set,
        "several": several,
    }


def _now(company: Any, key: str) -> list[tuple[str, str]]:
    if key == _SEGMENT:
        return [(str(segment.pk), clean(segment.name)) for segment in _segments_of(company)]
    return _field_value(company, key)


def _field_value(company: Any, key: str) -> list[tuple[str, str]]:
    value = getattr(company, key)
    return [] if value is None else [(str(value.pk), clean(value))]


def _segments() -> Any:
    from creme.commercial.models import MarketSegment

    # The one without a property is "all organisations", which nobody chooses.
    return MarketSegment.objects.exclude(property_type=None).select_related("property_type")


def _segment_types() -> set[int]:
    return set(_segments().values_list("property_type_id", flat=True))


def _segments_of(company: Any) -> list[Any]:
    types = {p.type_id for p in company.get_properties()}
    return [segment for segment in _segments() if segment.property_type_id in types]


def _write_field(company: Any, key: str, value_id: int | None) -> None:
    model = company._meta.get_field(key).related_model
    if value_id is not None and not model.objects.filter(pk=value_id).exists():
        raise Invalid.field("values", "This value is not there any more.")
    setattr(company, f"{key}_id", value_id)
    # Creme's edit views check the whole organisation: fields that the administrator made mandatory, too.
    company.full_clean()
    company.save()


def _write_segments(company: Any, now: set[int], wanted: set[int]) -> None:
    types = {segment.pk: segment.property_type for segment in _segments()}
    if unknown := wanted - types.keys():
        raise Invalid.field("values", f"This segment is not there any more: {min(unknown)}.")
    for segment_id in sorted(wanted - now):
        ptype: CremePropertyType = types[segment_id]
        if not ptype.enabled:
            raise Invalid.field("values", f"This segment is disabled: {ptype}.")
        CremeProperty.objects.safe_get_or_create(creme_entity=company, type=ptype)
    # One by one: deleting in bulk would leave no line in Creme's history.
    for one in CremeProperty.objects.filter(creme_entity=company, type__in=[types[pk] for pk in now - wanted]):
        one.delete()
    # A property is no field, so the organisation's version would not move by itself.
    company.save()
