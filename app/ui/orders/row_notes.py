"""What is said below the lines: about the row under the cursor, and that others wait for the user."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.ui.formats import Formats
from app.ui.orders.commands import Command, Group
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.lines_view import LinesView
from app.ui.orders.paste_bar import PasteBar
from app.ui.orders.row_message import show_row
from app.ui.widgets import Button, Label, MessageBar


class RowNotes(QObject):
    """Speaks of the row under a grid's cursor; who lays the grid out lays out these parts too, and tells when to look.

    Attributes:
        message: What the row under the cursor waits for, with what can be done about it.
        problems: Leads to the next row that waits for the user.
        remark: What earlier orders say about the row under the cursor.
    """

    def __init__(
        self, lines: LinesView, formats: Formats, paste_bar: PasteBar, *, move_out: Callable[[], object]
    ) -> None:
        super().__init__(lines)
        self._lines = lines
        self._formats = formats
        self._paste_bar = paste_bar
        self._move_out = move_out
        self._model: LinesModel | None = None
        self.message = MessageBar()
        self.problems = Button(look="link", on_click=self.next_problem)
        self.remark = Label(ink="muted", wrap=True)
        lines.answer_wanted.connect(self.message.take_keyboard)

    def show_order(self, model: LinesModel | None) -> None:
        """Speak of the rows of this order, or of none. Nothing is said before `refresh`."""
        self._model = model

    def refresh(self) -> None:
        """Say how it stands now."""
        self._show_row()
        others = sum(row != self._lines.currentIndex().row() for row in self._problem_rows())
        # What a paste has left in red is told above, with the same way there.
        self.problems.setVisible(others > 0 and self._paste_bar.isHidden())
        self.problems.setText(self.tr("%n other line(s) wait for you: go to the next", "", others))

    def _show_row(self) -> None:
        model = self._model
        if model is None:
            self.message.clear()
            self.remark.hide()
            return
        has_keyboard = self.message.has_keyboard
        view = model.view(self._lines.currentIndex().row())
        take_back = model.take_back
        show_row(self.message, model.session, view, self._formats, take_back=take_back, move_out=self._move_out)
        remark = model.remark(view) if view is not None else ""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        if has_keyboard and self.message.isHidden():
            self._lines.setFocus()  # answered: the clerk goes on where he was

    def hide(self) -> None:
        """Say nothing until `refresh`."""
        for note in (self.message, self.problems, self.remark):
            note.hide()

    def next_problem(self) -> None:
        """Put the cursor on the next row that waits for the user, after the last one on the first."""
        rows = self._problem_rows()
        here = self._lines.currentIndex().row()
        after = [row for row in rows if row > here] or rows
        if after:
            self._lines.go_to(after[0])

    def _problem_rows(self) -> list[int]:
        return self._model.problem_rows() if self._model is not None else []

    def commands(self) -> tuple[Command, ...]:
        """Going from one row that waits to the next."""
        return (
            Command(
                "next_problem",
                Group.LINES,
                lambda: self.tr("Go to the next line that waits for you"),
                self.next_problem,
                ("F7",),
                lambda: bool(self._problem_rows()),
            ),
        )
