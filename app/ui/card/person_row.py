"""One person at the company: who it is, how to meet them, and what became of a correction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contact_changes import Correction, NewPerson
from app.domain.contacts import Company, ContactField, Person
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite, WriteState
from app.ui.card.contact_field import ContactFieldView
from app.ui.card.contact_texts import mine_of, theirs, wanted
from app.ui.card.write_notice import WriteNotice
from app.ui.theme import Space, Type
from app.ui.widgets import Action, ElidedLabel, IconButton, flow

translate = QCoreApplication.translate

WAYS = (ContactField.PHONE, ContactField.MOBILE, ContactField.EMAIL)


@dataclass(frozen=True, slots=True)
class RowActs:
    """What a row asks of the card it is in.

    Attributes:
        form: Open a form with these values for this person (none for a new one), instead of the write with this token.
        closed: Nothing is typed in the row any more.
        sign_in: The CRM wants the user to sign in.
    """

    form: Callable[[Person | None, dict[ContactField, str], str], object]
    closed: Callable[[], object]
    sign_in: Callable[[], object]


class PersonRow(QWidget):
    """Read like a line of a list; each way to meet them is a link that F2 opens for typing.

    Attributes:
        person_id: Who it is.
        fields: The ways that are shown.
    """

    def __init__(self, card: CustomerCard, acts: RowActs) -> None:
        super().__init__()
        self.person_id = ""
        self._card, self._acts = card, acts
        self._notice: WriteNotice | None = None
        self._name, self._role = ElidedLabel(step=Type.STRONG), ElidedLabel(ink="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._name, 0)
        head.addWidget(self._role, 1)
        self.pencil = IconButton("pencil", role="faint", size=14)
        self.pencil.clicked.connect(lambda: acts.form(self._person, {}, ""))
        policy = self.pencil.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line keeps its height
        self.pencil.setSizePolicy(policy)
        head.addWidget(self.pencil)
        self._column.addLayout(head)
        self._links, line = flow(gap=Space.XS, line_gap=0)
        self._views = {field: ContactFieldView(field, keeps_room=True) for field in WAYS}
        self.fields: dict[ContactField, ContactFieldView] = {}
        for field, view in self._views.items():
            view.corrected.connect(partial(self._correct, field))
            view.closed.connect(acts.closed)
            line.addWidget(view)
        self._column.addWidget(self._links)

    def show_person(self, company: Company, person: Person, write: PendingWrite | None) -> None:
        """Show this one, and what became of a correction. Nothing is typed in the row."""
        self.person_id = person.id
        self._company, self._person = company, person
        is_under_way = write is not None and not write.is_stopped
        shown = _as_wanted(person, write) if write is not None and is_under_way else person
        self.setAccessibleName(", ".join(part for part in (shown.name, shown.role) if part))
        self._name.setText(shown.name)
        self._role.setText(shown.role)
        self.pencil.set_label(translate("People", "Correct {name}").replace("{name}", person.name))
        self.pencil.setVisible(bool(person.can_set) and not is_under_way)
        self.fields = {}
        for field, name in zip(
            WAYS,
            (translate("Links", "Call"), translate("Links", "Call the mobile"), translate("Links", "Write to")),
            strict=True,
        ):
            view = self._views[field]
            if not (value := str(getattr(shown, field.value))):
                view.hide()
                continue
            self.fields[field] = view
            view.show_value(
                value,
                f"{name}, {shown.name}",
                can_set=field in person.can_set and not is_under_way,
                is_under_way=value != getattr(person, field.value),
                whose=person.name,
                typed=_typed(write, field),
            )
        self._links.setVisible(bool(self.fields))
        self._tell(write if write is not None and write.state is not WriteState.SENDING else None)
        self.show()

    @property
    def is_editing(self) -> bool:
        """Something is typed in it."""
        return any(view.is_editing for view in self.fields.values())

    def _correct(self, field: ContactField, value: str) -> None:
        self._card.work.correct(self._company, self._person, {field: value})

    def _tell(self, write: PendingWrite | None) -> None:
        if self._notice is None and write is not None:
            self._notice = WriteNotice(self._card.writes, self._acts.sign_in)
            below = QVBoxLayout()
            below.setContentsMargins(0, Space.XS, 0, 0)
            below.addWidget(self._notice)
            self._column.addLayout(below)
        if self._notice is None:
            return
        if write is None or not isinstance(change := write.change, Correction):
            self._notice.clear()
            return
        mine, rest = mine_of(change), ""
        actions: tuple[Action, ...] = ()
        if write.state is WriteState.CONFLICT:
            rest = theirs(change, self._person)
            write_mine = translate("People", "Write mine")
            work = partial(self._card.work.correct, self._company, self._person, mine)
            actions = (Action(write_mine, work),)
        elif write.is_stopped:
            change_it = translate("People", "Change it")
            actions = (Action(change_it, lambda: self._acts.form(self._person, mine, write.token)),)
        self._notice.show_write(write, what=wanted(change), rest=rest, actions=actions)


class NewPersonRow(QWidget):
    """Somebody whom the CRM does not know yet, for whatever reason."""

    def __init__(self, card: CustomerCard, person: NewPerson, write: PendingWrite, acts: RowActs) -> None:
        super().__init__()
        self.setAccessibleName(f"{person.name}, {translate('People', 'not in the CRM yet')}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(ElidedLabel(f"{person.name} …", Type.STRONG), 0)
        head.addWidget(ElidedLabel(person.role, Type.BODY, "muted"), 1)
        column.addLayout(head)
        if write.state is WriteState.SENDING:
            return
        notice = WriteNotice(card.writes, acts.sign_in)
        actions: tuple[Action, ...] = ()
        if write.is_stopped:
            values = {field: str(getattr(person, field.value)) for field in ContactField}
            change_it = translate("People", "Change it")
            actions = (Action(change_it, lambda: acts.form(None, values, write.token)),)
        notice.show_write(write, actions=actions)
        column.addWidget(notice)


def _typed(write: PendingWrite | None, field: ContactField) -> str | None:
    """What the CRM did not take."""
    if write is None or not isinstance(write.change, Correction) or not write.is_stopped:
        return None
    return mine_of(write.change).get(field)


def _as_wanted(person: Person, write: PendingWrite) -> Person:
    if not isinstance(write.change, Correction):
        return person
    changes: dict[str, Any] = {one.field.value: one.value for one in write.change.fields}
    wished = replace(person, **changes)
    if (wished.first_name, wished.last_name) == (person.first_name, person.last_name):
        return wished
    return replace(wished, name=f"{wished.first_name} {wished.last_name}".strip())
