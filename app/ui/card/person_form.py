"""Somebody at the company, typed in place: a new person, or all fields of one who is there."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contacts import ContactField
from app.domain.text import one_line
from app.ui.card.contact_texts import FIELDS, field_text
from app.ui.theme import Space
from app.ui.widgets import Button

translate = QCoreApplication.translate

_MOST = 100
_PLACES = {
    ContactField.FIRST_NAME: (0, 0),
    ContactField.LAST_NAME: (0, 1),
    ContactField.ROLE: (1, 0),
    ContactField.EMAIL: (1, 1),
    ContactField.PHONE: (2, 0),
    ContactField.MOBILE: (2, 1),
}


class PersonForm(QWidget):
    """Enter writes it, Esc takes it back. Only the last name is needed.

    Signals:
        accepted: The user wants it so; see `values`.
        left: The user takes it back.
    """

    accepted = Signal()
    left = Signal()

    def __init__(self, values: Mapping[ContactField, str], fields: frozenset[ContactField], *, is_new: bool) -> None:
        super().__init__()
        self._is_new = is_new
        self.edits: dict[ContactField, QLineEdit] = {}
        grid = QGridLayout()
        grid.setSpacing(Space.XS)
        grid.setContentsMargins(0, 0, 0, 0)
        for field in sorted(FIELDS, key=lambda each: _PLACES[each]):
            edit = self.edits[field] = QLineEdit(values.get(field, ""))
            edit.setMaxLength(_MOST)
            edit.setPlaceholderText(field_text(field))
            edit.setAccessibleName(field_text(field))
            edit.setToolTip(field_text(field))
            edit.setEnabled(field in fields)
            grid.addWidget(edit, *_PLACES[field])
        self.save = Button(
            translate("PersonForm", "Add to the CRM") if is_new else translate("PersonForm", "Correct in the CRM"),
            look="primary",
            on_click=self._accept,
        )
        cancel = Button(translate("PersonForm", "Cancel"), look="quiet", on_click=self.left.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.save, cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(grid)
        column.addLayout(buttons)
        self.setAccessibleName(
            translate("PersonForm", "A new person") if is_new else translate("PersonForm", "Correct a person")
        )

    @property
    def values(self) -> dict[ContactField, str]:
        """What stands in the fields."""
        return {field: one_line(edit.text()) for field, edit in self.edits.items()}

    def start(self, field: ContactField | None = None) -> None:
        """Put the keyboard where one begins to type."""
        edits = [self.edits[field]] if field is not None else list(self.edits.values())
        first = next((edit for edit in edits if edit.isEnabled()), self.save)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        if self.values[ContactField.LAST_NAME]:
            self.accepted.emit()
        else:
            self.edits[ContactField.LAST_NAME].setFocus(Qt.FocusReason.OtherFocusReason)
