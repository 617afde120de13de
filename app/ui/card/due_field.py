"""The day that something is to be done by, as people type it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.days import NotADay, parse_day
from app.ui.formats import Formats, today


class DueField(QLineEdit):
    """Takes ``+7``, ``4/12``, ``4.12.26``; a day that was understood stands there whole when the field is left.

    Signals:
        problem_changed: What is wrong with it now, or empty.
    """

    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = Formats()
        self.setMaxLength(24)
        self.editingFinished.connect(self._on_left)
        self.textEdited.connect(lambda _text: self.problem_changed.emit(""))

    def day(self) -> date | None:
        """The day, or None where nothing is typed. Raises `NotADay`."""
        text = self.text().strip()
        return parse_day(text, today(), month_first=self._formats.month_first) if text else None

    def set_day(self, day: date | None) -> None:
        """Another day, or none."""
        self.setText(self._formats.day(day) if day is not None else "")
        self.problem_changed.emit("")

    def show_problem(self) -> None:
        """Say what is wrong with what is typed, and let it be mended."""
        example = self._formats.day(today())
        words = self.tr("“{text}” is not a day. Type it as {example}, or +7 for a week from now.")
        self.problem_changed.emit(words.replace("{example}", example).replace("{text}", self.text().strip()))

    def retranslate(self) -> None:
        """Another language."""
        self.setPlaceholderText(self.tr("By when? +7, 4/12"))
        self.setAccessibleName(self.tr("To be done by"))

    def _on_left(self) -> None:
        try:
            self.set_day(self.day())
        except NotADay:
            self.show_problem()
