"""The words for what can be corrected, and for what became of a correction."""

from PySide6.QtCore import QCoreApplication

from app.domain.contact_changes import Correction
from app.domain.contacts import Company, ContactField, Person

translate = QCoreApplication.translate

FIELDS = (
    ContactField.FIRST_NAME,
    ContactField.LAST_NAME,
    ContactField.ROLE,
    ContactField.PHONE,
    ContactField.MOBILE,
    ContactField.EMAIL,
)
"""In the order in which they are typed."""


def field_text(field: ContactField) -> str:
    """What a field is called."""
    match field:
        case ContactField.FIRST_NAME:
            return translate("ContactFields", "First name")
        case ContactField.LAST_NAME:
            return translate("ContactFields", "Last name")
        case ContactField.ROLE:
            return translate("ContactFields", "Role")
        case ContactField.PHONE:
            return translate("ContactFields", "Phone")
        case ContactField.MOBILE:
            return translate("ContactFields", "Mobile")
        case ContactField.EMAIL:
            return translate("ContactFields", "E-mail")


def wanted(change: Correction) -> str:
    """What the user wants, in one line: ``Phone: +45 …``."""
    return "; ".join(f"{field_text(one.field)}: {one.value or '–'}" for one in change.fields) + "."


def theirs(change: Correction, now: Company | Person) -> str:
    """What the CRM has instead, where it is neither what the user saw nor what they want."""
    there = ((one.field, str(getattr(now, one.field.value)), one) for one in change.fields)
    others = [
        f"{field_text(field)}: {value or '–'}" for field, value, one in there if value not in (one.was, one.value)
    ]
    if not others:
        return ""
    return translate("ContactFields", "The CRM has now: {values}.").replace("{values}", "; ".join(others))


def mine_of(change: Correction) -> dict[ContactField, str]:
    """What the user wants, by field."""
    return {one.field: one.value for one in change.fields}
