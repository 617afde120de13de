"""What a user wants changed in the CRM. Each carries a token: the CRM does the same token only once.

A change of something that is there says what the user saw of it, so that somebody else's change is never overwritten
unseen.
"""

import uuid
from dataclasses import dataclass

from app.domain.contacts import ContactField, NewTouchPoint
from app.domain.parties import Choice
from app.domain.sales_changes import StageChange, TaskCompletion


def new_token() -> str:
    """A token for what the user has just typed: the very same, sent again, has the same one."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """Other values of one category of a company.

    Attributes:
        values: Those that it shall have.
        was: The keys of those that the user saw.
    """

    token: str
    company_id: str
    key: str
    values: tuple[Choice, ...]
    was: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words of its values in one line, or empty."""
        return ", ".join(value.label for value in self.values)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as the user saw it and as it shall be."""

    field: ContactField
    value: str
    was: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Corrected fields of a company or of somebody there; all of them are written, or none.

    Attributes:
        person_id: Whose they are; empty for the company's own.
    """

    token: str
    company_id: str
    person_id: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody at a company whom the CRM does not know yet; only the last name is needed."""

    token: str
    company_id: str
    last_name: str
    first_name: str = ""
    role: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


CrmChange = NewTouchPoint | CategoryChange | Correction | NewPerson | StageChange | TaskCompletion
"""Everything that `app.services.crm_writing` writes. A new kind is added here, in its `deliver`, and with its records
in `app.storage.journal_codec`."""
