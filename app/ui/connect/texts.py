"""A connection in words."""

from PySide6.QtCore import QCoreApplication

from app.ports.errors import NoAnswer, Untrusted
from app.services.connections import ConnectionState, ConnectionStatus
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


def option_label(label: str) -> str:
    """A further field of a connection, which the system's folder names in English; those known are translated."""
    known = {"Database": translate("Connect", "Database")}
    return known.get(label, label)
