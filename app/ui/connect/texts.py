"""A connection in words."""

from PySide6.QtCore import QCoreApplication

from app.ports.cache import CacheTrouble
from app.ports.connection import SystemKind
from app.ports.errors import NoAnswer, Untrusted
from app.services.connections import ConnectionState, ConnectionStatus, SecretPlace
from app.ui.theme import Tone

translate = QCoreApplication.translate


def status_text(state: ConnectionState) -> str:
    """Where a connection is."""
    match state.status:
        case ConnectionStatus.CONNECTING:
            return translate("Connect", "Connecting…")
        case ConnectionStatus.ONLINE:
            return translate("Connect", "Online")
        case ConnectionStatus.SIGNED_OUT:
            return translate("Connect", "Signed out")
        case ConnectionStatus.OFFLINE if isinstance(state.fault, NoAnswer):
            return translate("Connect", "No answer")
        case ConnectionStatus.OFFLINE if isinstance(state.fault, Untrusted):
            return translate("Connect", "Not safe")
        case ConnectionStatus.OFFLINE:
            return translate("Connect", "Offline")


def status_look(state: ConnectionState) -> tuple[Tone, bool]:
    """Colour of its dot, and whether it is hollow."""
    match state.status:
        case ConnectionStatus.CONNECTING:
            return Tone.NEUTRAL, True
        case ConnectionStatus.ONLINE:
            return Tone.SUCCESS, False
        case ConnectionStatus.SIGNED_OUT:
            return Tone.WARNING, True
        case ConnectionStatus.OFFLINE:
            return Tone.DANGER, False


def cache_text(trouble: CacheTrouble | None) -> str:
    """Whether what the user opens can be read offline later."""
    match trouble:
        case CacheTrouble.NO_KEYRING:
            return translate(
                "Connect",
                "This computer has no password store, so what you open is kept in memory only: it can be read offline"
                " until Samspil is closed.",
            )
        case CacheTrouble.IN_MEMORY:
            return translate("Connect", "What you open can be read offline until Samspil is closed.")
        case CacheTrouble.NEWER:
            return translate(
                "Connect",
                "A newer Samspil has kept what was opened here. This one leaves that alone, and what you open can be"
                " read offline until it is closed.",
            )
        case CacheTrouble.NO_DISK:
            return translate(
                "Connect", "The disk takes no more: what you open now may not be there when you are offline."
            )
        case CacheTrouble.DAMAGED:
            return translate(
                "Connect",
                "What was kept for reading offline could not be read and was put aside. What you open from now on is"
                " kept.",
            )
        case None:
            return translate("Connect", "What you open is kept encrypted on this computer, to be read offline.")


def purpose_text(kind: SystemKind) -> str:
    """What a kind of system is for, and what goes without it."""
    match kind:
        case SystemKind.CRM:
            return translate("Connect", "The CRM says who is who and how to meet them. The orders work without it.")
        case SystemKind.ERP:
            return translate(
                "Connect", "The ERP has the customers' orders and prices. The contact card works without it."
            )
        case SystemKind.TIME:
            return translate("Connect", "Hours on customers and projects. Everything else works without it.")
        case SystemKind.EXPENSE:
            return translate("Connect", "Travel expenses of customers and projects. Everything else works without it.")
        case SystemKind.REPORTING:
            return translate("Connect", "Figures from all the systems, as pictures in the card.")


def secret_text(place: SecretPlace) -> str:
    """Where the password, or what stands for it, is."""
    match place:
        case SecretPlace.UNKNOWN:
            return translate("Connect", "Looking…")
        case SecretPlace.NOWHERE:
            return translate("Connect", "Not kept")
        case SecretPlace.KEYRING:
            return translate("Connect", "In this computer's password store")
        case SecretPlace.MEMORY:
            return translate("Connect", "Not kept: you sign in again at the next start")
        case SecretPlace.NO_KEYRING:
            return translate("Connect", "Not kept: this computer has no password store, or it is locked")


def option_label(label: str) -> str:
    """A further field of a connection, which the system's folder names in English; those known are translated."""
    known = {
        "Database": translate("Connect", "Database"),
        "Analytic axis": translate("Connect", "Analytic axis"),
    }
    return known.get(label, label)
