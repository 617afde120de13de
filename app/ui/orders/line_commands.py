"""The commands of the line grid."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from app.domain.orders import LineKind
from app.ui.orders.commands import Command, Group
from app.ui.orders.lines_view import LinesView
from app.ui.orders.undo import OrderUndo

translate = QCoreApplication.translate


def line_commands(view: LinesView) -> Sequence[Command]:
    """What is done with the line under the cursor."""

    def is_on_line() -> bool:
        return view.lines is not None and view.lines.session.order.editable and view.current_key is not None

    def has_lines() -> bool:
        return is_on_line() or (is_editable() and bool(view.selected_keys()))

    def is_editable() -> bool:
        return view.lines is not None and view.lines.session.order.editable

    def has_headings() -> bool:
        return is_editable() and view.lines is not None and view.lines.has_headings

    def undo() -> OrderUndo | None:
        return view.lines.undo if view.lines is not None else None

    def undo_text() -> str:
        what = has.undo_words if (has := undo()) is not None else ""
        return translate("OrderCommands", "Undo {what}").replace("{what}", what).strip()

    def redo_text() -> str:
        what = has.redo_words if (has := undo()) is not None else ""
        return translate("OrderCommands", "Redo {what}").replace("{what}", what).strip()

    return (
        Command(
            "undo",
            Group.EDIT,
            undo_text,
            view.undo,
            (QKeySequence.StandardKey.Undo,),
            lambda: (has := undo()) is not None and has.can_undo,
            "undo",
        ),
        Command(
            "redo",
            Group.EDIT,
            redo_text,
            view.redo,
            (QKeySequence.StandardKey.Redo,),
            lambda: (has := undo()) is not None and has.can_redo,
            "redo",
        ),
        Command(
            "copy_line",
            Group.LINES,
            lambda: translate("OrderCommands", "Copy the line"),
            view.copy_line,
            ("Ctrl+D",),
            is_on_line,
            "copy",
        ),
        Command(
            "move_up",
            Group.LINES,
            lambda: translate("OrderCommands", "Move the line up"),
            lambda: view.move_current(-1),
            ("Alt+Up",),
            is_on_line,
            "arrow-up",
        ),
        Command(
            "move_down",
            Group.LINES,
            lambda: translate("OrderCommands", "Move the line down"),
            lambda: view.move_current(1),
            ("Alt+Down",),
            is_on_line,
            "arrow-down",
        ),
        Command(
            "comment_line",
            Group.LINES,
            lambda: translate("OrderCommands", "Line of text"),
            lambda: view.add_text(LineKind.COMMENT),
            ("Ctrl+Shift+C",),
            is_editable,
            "note",
        ),
        Command(
            "title_line",
            Group.LINES,
            lambda: translate("OrderCommands", "Title"),
            lambda: view.add_text(LineKind.TITLE),
            (),
            has_headings,
        ),
        Command(
            "subtotal_line",
            Group.LINES,
            lambda: translate("OrderCommands", "Subtotal"),
            lambda: view.add_text(LineKind.SUBTOTAL, translate("OrderCommands", "Subtotal")),
            (),
            has_headings,
        ),
        Command(
            "remove_line",
            Group.LINES,
            lambda: translate("OrderCommands", "Remove the line"),
            view.remove_current,
            ("Ctrl+Del", "Ctrl+Backspace"),
            has_lines,
            "trash",
        ),
    )
