"""Why a document was not shown, printed, saved or mailed, in the user's words."""

from PySide6.QtCore import QCoreApplication

from app.ports.handover import HandOverFailed, HandOverProblem
from app.ui.messages import Message

translate = QCoreApplication.translate


def failure(error: HandOverFailed) -> Message:
    """``error`` for the user."""
    match error.problem:
        case HandOverProblem.UNREADABLE:
            what = translate("Documents", "This PDF cannot be shown or printed here.")
            to_do = translate("Documents", "It may be damaged or locked. Save it and open it with another program.")
        case HandOverProblem.FULL:
            what = translate("Documents", "There is no room left there, so it was not saved.")
            to_do = translate("Documents", "Choose another folder, or make room.")
        case HandOverProblem.NOT_ALLOWED:
            what = translate("Documents", "You may not save there.")
            to_do = translate("Documents", "Choose another folder or another name.")
        case HandOverProblem.NO_FOLDER:
            what = translate("Documents", "That folder is not there any more.")
            to_do = translate("Documents", "Choose another folder.")
        case HandOverProblem.NO_PROGRAM:
            what = translate("Documents", "This computer has no program for it, or it did not start.")
            to_do = translate("Documents", "Save it instead, and use it from there.")
        case HandOverProblem.OTHER:
            what = translate("Documents", "It did not work.")
            to_do = translate("Documents", "Nothing is lost: try again, or save it somewhere else.")
    return Message(what, to_do, details=error.detail)
