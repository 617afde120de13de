"""The kinds of touch points: their words and pictures."""

from PySide6.QtCore import QCoreApplication

from app.domain.contacts import TouchKind

translate = QCoreApplication.translate

PICTURES = {
    TouchKind.CALL: "phone",
    TouchKind.MEETING: "calendar",
    TouchKind.EMAIL: "mail",
    TouchKind.NOTE: "note",
    TouchKind.TASK: "task",
    TouchKind.OTHER: "clock",
}


def kind_text(kind: TouchKind) -> str:
    """One of them."""
    match kind:
        case TouchKind.CALL:
            return translate("Kinds", "Call")
        case TouchKind.MEETING:
            return translate("Kinds", "Meeting")
        case TouchKind.EMAIL:
            return translate("Kinds", "E-mail")
        case TouchKind.NOTE:
            return translate("Kinds", "Note")
        case TouchKind.TASK:
            return translate("Kinds", "Task")
        case TouchKind.OTHER:
            return translate("Kinds", "Other")


def kinds_text(kind: TouchKind) -> str:
    """Several of them, for a filter."""
    match kind:
        case TouchKind.CALL:
            return translate("Kinds", "Calls")
        case TouchKind.MEETING:
            return translate("Kinds", "Meetings")
        case TouchKind.EMAIL:
            return translate("Kinds", "E-mails")
        case TouchKind.NOTE:
            return translate("Kinds", "Notes")
        case TouchKind.TASK:
            return translate("Kinds", "Tasks")
        case TouchKind.OTHER:
            return translate("Kinds", "Others")


def log_text(kind: TouchKind) -> str:
    """What the button says that logs one."""
    match kind:
        case TouchKind.CALL:
            return translate("Kinds", "Log a call")
        case TouchKind.MEETING:
            return translate("Kinds", "Log a meeting")
        case _:
            return translate("Kinds", "Write a note")
