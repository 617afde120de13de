"""Who is who at the company."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.contact_changes import Correction, NewPerson, new_token
from app.domain.contacts import Company, ContactField, Person
from app.ports.capability import Capability
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.services.crm_writing import PendingWrite, WriteNews
from app.ui.card.part_card import PartCard
from app.ui.card.person_form import PersonForm
from app.ui.card.person_row import NewPersonRow, PersonRow, RowActs
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import Hairline, IconButton, drop

translate = QCoreApplication.translate

_ADD = 24


class PeopleCard(PartCard):
    """Name, role, phone, mobile and e-mail of each; they are corrected in place, and others are added.

    What the CRM answers waits while something is typed here, so that it is never overwritten.
    """

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, PartName.COMPANY, formats, on_sign_in)
        self._desk = card
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self.add = IconButton("plus")
        self.add.setFixedSize(_ADD, _ADD)
        self.add.clicked.connect(lambda: self._open_form(None, {}, ""))
        self.header.add(self.add)
        self._acts = RowActs(self._open_form, self._on_closed, on_sign_in)
        self.form: PersonForm | None = None
        self.rows: list[PersonRow] = []
        self._kept: list[tuple[Hairline, PersonRow]] = []  # for the next customer's people; the line is above its row
        self._passing: list[QWidget] = []  # what stands beside them this time
        self._shown: object = None
        self._company_id = ""
        # What is typed and neither written nor taken back, by company: the person (none for a new one) and the fields.
        self._drafts: dict[str, tuple[Person | None, dict[ContactField, str], str]] = {}
        card.writes.listen(self._on_news)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("People", "People")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("People", "The CRM knows nobody at this company.")

    def forget(self) -> None:
        """See `PartCard`."""
        self.add.set_label(translate("People", "Add a person"))
        self._shown = None

    def refresh(self) -> None:
        """See `PartCard`."""
        company = self._desk.company.value
        may = company is not None and company.can_add_people and self._desk.can(Capability.ADD_PERSON)
        self.add.setVisible(may)
        super().refresh()

    def show_value(self, value: Company) -> bool:
        """See `PartCard`."""
        if value.id != self._company_id:
            self._keep_draft()
            self._company_id, self._shown, self.form = value.id, None, None
        elif self.form is not None or any(row.is_editing for row in self.rows):
            return True
        writes = self._desk.writes.at(value.id)
        corrections = {w.change.person_id: w for w in writes if isinstance(w.change, Correction)}
        added = [w for w in writes if isinstance(w.change, NewPerson)]
        # Not whether it is being sent just now: a try every few seconds is no reason to draw everything anew.
        states = tuple((w.token, w.state, w.fault) for w in (*corrections.values(), *added))
        shown = (value.people, value.can_set, states)
        if shown != self._shown:
            self._shown = shown
            self._rebuild(value, corrections, added)
        return bool(value.people or added or self.form is not None)

    def _rebuild(self, company: Company, corrections: dict[str, PendingWrite], added: list[PendingWrite]) -> None:
        focus = self._focus()
        if focus is not None:
            self.content.setFocus()  # while there is nothing else
        for widget in self._passing:
            self._column.removeWidget(widget)
        drop(self._passing)
        self._passing.clear()
        self.form = None
        self.rows = [self._row(number) for number in range(len(company.people))]
        for person, row in zip(company.people, self.rows, strict=True):
            row.show_person(company, person, corrections.get(person.id))
        for number, (line, row) in enumerate(self._kept):
            is_shown = number < len(self.rows)
            row.setVisible(is_shown)
            line.setVisible(is_shown and number > 0)
        for write in added:
            if isinstance(write.change, NewPerson):
                self._add(NewPersonRow(self._desk, write.change, write, self._acts))
        if (draft := self._drafts.get(company.id)) is not None:
            self._place_form(*draft)
        self._focus_again(focus)

    def _row(self, number: int) -> PersonRow:
        """The row at this place; another one where something is typed in it, which is somebody else's and goes to them
        while the row goes."""
        if number == len(self._kept):
            self._kept.append((Hairline(), PersonRow(self._desk, self._acts)))
            for place, widget in enumerate(self._kept[number], 2 * number):
                self._column.insertWidget(place, widget)
        line, row = self._kept[number]
        if row.is_editing:
            self._column.removeWidget(row)
            drop([row])
            row = PersonRow(self._desk, self._acts)
            self._column.insertWidget(2 * number + 1, row)
            self._kept[number] = (line, row)
        return row

    def _add(self, widget: QWidget) -> None:
        """Below the rows, for as long as this is shown."""
        if self.rows or self._passing:
            self._pass(Hairline())
        self._pass(widget)

    def _pass(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self._passing.append(widget)

    # -- the form

    def _open_form(self, person: Person | None, values: dict[ContactField, str], instead_of: str) -> None:
        """Type a new person, or all fields of one; ``values`` are those that the CRM did not take."""
        company = self._desk.company.value
        if company is None:
            return
        if self.form is not None:
            self.form.start()
            return
        self._place_form(person, values, instead_of)
        self.refresh()
        if self.form is not None:
            self.form.start()

    def _place_form(self, person: Person | None, values: dict[ContactField, str], instead_of: str) -> None:
        there = {field: str(getattr(person, field.value)) for field in ContactField} if person is not None else {}
        fields = person.can_set if person is not None else frozenset(ContactField)
        self.form = form = PersonForm({**there, **values}, fields, is_new=person is None)
        self._drafts[self._company_id] = (person, values, instead_of)
        form.accepted.connect(self._accept)
        form.left.connect(self._leave)
        row = next((row for row in self.rows if person is not None and row.person_id == person.id), None)
        if row is not None:
            self._column.insertWidget(self._column.indexOf(row), form)
            self._passing.append(form)
            row.hide()
        else:
            self._add(form)

    def _accept(self) -> None:
        company, form = self._desk.company.value, self.form
        if company is None or form is None:
            return
        values = form.values
        person, _, instead_of = self._drafts.pop(company.id, (None, {}, ""))
        self._close_form()
        if person is None:
            texts = {field.value: value for field, value in values.items()}
            self._desk.work.add_person(company, NewPerson(new_token(), company.id, **texts), instead_of)
        else:
            now = next((one for one in company.people if one.id == person.id), person)
            changed = {field: value for field, value in values.items() if value != str(getattr(person, field.value))}
            if instead_of:
                self._desk.writes.drop(instead_of)
            self._desk.work.correct(company, now, changed)
        self.refresh()

    def _leave(self) -> None:
        self._drafts.pop(self._company_id, None)
        self._close_form()
        self.refresh()

    def _close_form(self) -> None:
        self.form, self._shown = None, None
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_draft(self) -> None:
        if self.form is not None and (draft := self._drafts.get(self._company_id)) is not None:
            self._drafts[self._company_id] = (draft[0], self.form.values, draft[2])

    # -- news

    def _on_closed(self) -> None:
        self.refresh()

    def _on_news(self, news: WriteNews) -> None:
        if news.write.change.company_id == self._company_id and isinstance(news.write.change, Correction | NewPerson):
            self.refresh()

    def _focus(self) -> tuple[str, ContactField | None] | None:
        """Where the keyboard is: somebody, and the way to meet them; None where it is not in here."""
        widget = QApplication.focusWidget()
        if widget is None or not self.content.isAncestorOf(widget):
            return None
        for row in self.rows:
            if row.isAncestorOf(widget):
                views = (field for field, view in row.fields.items() if view.isAncestorOf(widget))
                return row.person_id, next(views, None)
        return "", None

    def _focus_again(self, focus: tuple[str, ContactField | None] | None) -> None:
        """The keyboard stays where it was, also when the widget there is another one."""
        if focus is None:
            return
        person_id, field = focus
        row = next((row for row in self.rows if row.person_id == person_id), None)
        target: QWidget = self.add
        if row is not None:
            row.show()  # else it would come into being after the keyboard has gone elsewhere
            target = row.fields[field].link if field in row.fields else row.pencil
        (target if target.isVisible() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
