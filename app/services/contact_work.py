"""What is done on a company's card in the CRM: each becomes a change that `CrmWriting` brings to a certain end."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.contact_changes import CategoryChange, Correction, FieldChange, NewPerson, new_token
from app.domain.contacts import Category, Company, ContactField, Person
from app.domain.parties import Choice
from app.ports.errors import SystemFault
from app.ports.jobs import Runner
from app.services.crm_writing import CrmWriting
from app.services.order_writer import as_fault
from app.services.systems import Systems


class ContactWork:
    """The CRM work of the card. Lives in its caller's thread; all I/O goes through the runner."""

    def __init__(self, systems: Systems, runner: Runner, writes: CrmWriting) -> None:
        self._systems = systems
        self._runner = runner
        self._writes = writes

    def category_choices(
        self, key: str, on_done: Callable[[Sequence[Choice]], None], on_failed: Callable[[SystemFault], None]
    ) -> None:
        """The values that a category of this kind can have."""
        if self._systems.crm is not None:
            work = self._systems.crm.category_choices(key)
            self._runner.run(work, on_done, lambda error: on_failed(as_fault(error)))

    def set_category(self, company: Company, category: Category, values: Sequence[Choice]) -> None:
        """Choose other values of a category, which the user sees as ``category``.

        An earlier choice of the same that the CRM refused gives way.
        """
        change = CategoryChange(new_token(), company.id, category.key, tuple(values), category.value_ids)
        for write in self._writes.at(company.id):
            if isinstance(write.change, CategoryChange) and write.change.key == category.key and write.is_stopped:
                self._writes.drop(write.token)
        self._writes.send(change, company.name)

    def correct(self, company: Company, person: Person | None, values: Mapping[ContactField, str]) -> bool:
        """Correct fields of somebody at the company, or of the company itself, as the user sees them there.

        An earlier correction of the same field that the CRM refused gives way; its other fields are sent along. Returns
        whether there was anything to correct.
        """
        of: Company | Person = person or company
        person_id = person.id if person is not None else ""
        fields = [
            FieldChange(field, value, was)
            for field, value in values.items()
            if value != (was := str(getattr(of, field.value)))
        ]
        for write in self._writes.at(company.id):
            earlier = write.change
            if not (isinstance(earlier, Correction) and earlier.person_id == person_id and write.is_stopped):
                continue
            if values.keys() & {one.field for one in earlier.fields}:
                fields += [one for one in earlier.fields if one.field not in values]
                self._writes.drop(write.token)
        if fields:
            self._writes.send(Correction(new_token(), company.id, person_id, tuple(fields)), company.name)
        return bool(fields)

    def add_person(self, company: Company, person: NewPerson, instead_of: str = "") -> None:
        """Add somebody to the company. ``instead_of`` is the token of an earlier try that the CRM refused."""
        if instead_of:
            self._writes.drop(instead_of)
        self._writes.send(person, company.name)
