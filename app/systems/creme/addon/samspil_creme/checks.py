"""Creme's own validation of what is about to be written, in Creme's own words."""

from collections.abc import Iterable, Mapping
from typing import Any

from creme.creme_core.models import CustomField
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from .errors import Invalid
from .text import clean


def check(row: Any, names: Mapping[str, str], may_be_empty: Iterable[str] = ()) -> None:
    """Raise Invalid where Creme would not take the row: also a field that the administrator made mandatory.

    Args:
        row: Not saved yet.
        names: From Creme's names of the fields to the request's.
        may_be_empty: Fields that Creme's forms want and its other ways in do not.
    """
    try:
        row.full_clean(exclude={name for name in may_be_empty if not getattr(row, name)})
    except ValidationError as error:
        raise Invalid.of(error, dict(names)) from None


def check_new(row: Any, names: Mapping[str, str], may_be_empty: Iterable[str] = ()) -> None:
    """Like `check`, for a row that is not there yet: mandatory custom fields count, which only Creme's forms ask."""
    check(row, names, may_be_empty)
    mandatory = CustomField.objects.filter(
        content_type=ContentType.objects.get_for_model(type(row)), is_required=True, is_deleted=False
    )
    if missing := [clean(field.name) for field in mandatory]:
        words = gettext("This field is required.")
        raise Invalid(f"{', '.join(missing)}: {words}", fields={name: [words] for name in missing})
