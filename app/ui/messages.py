"""What a fault means in the user's words, and what to do about it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ports.connection import SystemKind
from app.ports.errors import (
    AccessEnded,
    Conflict,
    MalformedAnswer,
    NoAnswer,
    NoRights,
    NotFound,
    NotSignedIn,
    OutcomeUnknown,
    Question,
    Refused,
    SystemFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    Untrusted,
    WrongPassword,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Message:
    """A fault for the user.

    Attributes:
        what: One sentence: what happened.
        to_do: What to do, or empty.
        words: The system's own words, to be shown as a quotation; or empty.
        details: Technical, for support.
    """

    what: str
    to_do: str = ""
    words: str = ""
    details: str = ""


def system_name(kind: SystemKind) -> str:
    """How a kind of system is called in a label: "ERP"."""
    match kind:
        case SystemKind.CRM:
            return translate("Systems", "CRM")
        case SystemKind.ERP:
            return translate("Systems", "ERP")
        case SystemKind.TIME:
            return translate("Systems", "Time")
        case SystemKind.EXPENSE:
            return translate("Systems", "Expenses")
        case SystemKind.REPORTING:
            return translate("Systems", "Reports")


def _the_system(kind: SystemKind) -> str:
    """How it is called at the beginning of a sentence: "The ERP"."""
    match kind:
        case SystemKind.CRM:
            return translate("Systems", "The CRM")
        case SystemKind.ERP:
            return translate("Systems", "The ERP")
        case _:
            return translate("Systems", "The system ({name})").format(name=system_name(kind))


def message_for(fault: SystemFault, kind: SystemKind) -> Message:
    """``fault``, which happened at the system of this ``kind``, for the user."""
    what, to_do = _sentences(fault, _the_system(kind))
    details = " · ".join(part for part in (type(fault).__name__, fault.system, fault.detail) if part)
    return Message(what, to_do, fault.words, details)


def sentence(fault: SystemFault, kind: SystemKind = SystemKind.ERP) -> str:
    """``fault`` in one line: what happened, and the system's own words where it gave some."""
    message = message_for(fault, kind)
    return f"{message.what} “{message.words}”" if message.words else message.what


def _sentences(fault: SystemFault, system: str) -> tuple[str, str]:
    match fault:
        case NoAnswer():
            what, to_do = _no_answer(fault)
        case NotSignedIn():
            what, to_do = _not_signed_in(fault)
        case NoRights():
            what = translate("Messages", "{system} does not give you access to this.")
            to_do = translate("Messages", "Ask whoever manages its users.")
        case NotFound():
            what = translate("Messages", "{system} does not have this.")
            to_do = translate("Messages", "It may have been deleted there, or is not shown to you.")
        case Conflict():
            what = translate("Messages", "{system} has a newer version: somebody else changed this meanwhile.")
            to_do = translate("Messages", "Nothing was written. Look at it as it is now and try again.")
        case Question():
            what = translate("Messages", "{system} asks before it goes on:")
            to_do = ""
        case Refused():
            what = translate("Messages", "{system} did not accept this.")
            to_do = translate("Messages", "Nothing was written.")
        case MalformedAnswer():
            what = translate("Messages", "{system} gave an answer that Samspil does not understand.")
            to_do = translate("Messages", "Try again. If it stays so, the details help your support.")
        case Untrusted():
            what = translate("Messages", "{system} has no safe connection, so nothing was sent to it.")
            to_do = translate("Messages", "Check the address and the certificate.")
        case _:
            what = translate("Messages", "Something went wrong in Samspil itself.")
            to_do = translate("Messages", "It has been written to the log. Try again.")
    return what.format(system=system), to_do


def _no_answer(fault: NoAnswer) -> tuple[str, str]:
    match fault:
        case Unreachable():
            return (
                translate("Messages", "{system} cannot be reached."),
                translate("Messages", "Check the network, then try again."),
            )
        case TimedOut():
            return (
                translate("Messages", "{system} takes too long to answer."),
                translate("Messages", "Try again in a moment."),
            )
        case OutcomeUnknown():
            return (
                translate("Messages", "{system} did not say whether it stored this."),
                translate("Messages", "Trying again is safe: it is stored only once."),
            )
        case _:
            return (
                translate("Messages", "{system} does not answer."),
                translate("Messages", "Try again in a moment."),
            )


def _not_signed_in(fault: NotSignedIn) -> tuple[str, str]:
    match fault:
        case WrongPassword():
            return (
                translate("Messages", "User name or password is wrong."),
                translate("Messages", "Check both and try again."),
            )
        case TooManyAttempts():
            return (
                translate("Messages", "{system} takes no more sign-ins for a while."),
                translate("Messages", "There were too many wrong passwords. Wait a little, then try again."),
            )
        case AccessEnded():
            return (
                translate("Messages", "{system} needs you to sign in."),
                translate("Messages", "Sign in again to go on."),
            )
        case _:
            return (
                translate("Messages", "{system} does not know who you are."),
                translate("Messages", "Sign in to go on."),
            )
