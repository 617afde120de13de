"""What has become of a change of the CRM, said where it was typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.crm_writing import CrmWriting, PendingWrite, WriteState
from app.ui.messages import message_for
from app.ui.widgets import Action, MessageBar, MessageKind

translate = QCoreApplication.translate


class WriteNotice(MessageBar):
    """Hidden while there is nothing to say: nothing is pending, or it is just being sent for the first time."""

    def __init__(self, writes: CrmWriting, on_sign_in: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writes = writes
        self._on_sign_in = on_sign_in

    def show_write(
        self,
        write: PendingWrite | None,
        *,
        what: str = "",
        rest: str = "",
        actions: Sequence[Action] = (),
    ) -> None:
        """Say where ``write`` is.

        Args:
            what: What was to be changed, e.g. ``Phone: +45 …``; empty where it stands beside the notice.
            rest: Said behind it, e.g. what the CRM has instead.
            actions: What else can be done, before "Try again" and letting go of it.
        """
        if write is None or write.state is WriteState.SENDING:
            self.clear()
            return
        said, to_do, words, details = _sentences(write)
        self.show_message(
            MessageKind.ERROR if write.is_stopped else MessageKind.WARN,
            said,
            words=words,
            rest=" ".join(filter(None, (what, to_do, rest))),
            details=details,
            actions=(*actions, *self._common(write)),
        )

    def _common(self, write: PendingWrite) -> tuple[Action, ...]:
        let_go = Action(
            translate("Writes", "Forget it") if write.state is WriteState.UNKNOWN else translate("Writes", "Take back"),
            lambda: self._writes.drop(write.token),
        )
        if isinstance(write.fault, NotSignedIn):
            return Action(translate("Writes", "Sign in…"), self._on_sign_in), let_go
        if write.state is WriteState.CONFLICT:
            return (Action(translate("Writes", "Keep theirs"), let_go.run),)
        return Action(translate("Writes", "Try again"), lambda: self._writes.again(write.token)), let_go


def _sentences(write: PendingWrite) -> tuple[str, str, str, str]:
    """What is so, what follows, the CRM's own words, and details."""
    kept = translate("Writes", "What you typed is kept.")
    message = message_for(write.fault, SystemKind.CRM) if write.fault is not None else None
    details = message.details if message is not None else ""
    words = message.words if message is not None else ""
    match write.state:
        case WriteState.WAITING:
            what = translate("Writes", "This is not in the CRM yet.")
            to_do = translate("Writes", "It is kept, and sent by itself when the CRM answers.")
        case WriteState.UNKNOWN:
            what = translate("Writes", "The CRM did not say whether it stored this.")
            to_do = translate("Writes", "It is asked again by itself; it is stored only once.")
        case _ if message is None:
            what = translate("Writes", "The CRM did not accept this.")
            to_do = kept
        case _:
            what, to_do = message.what, f"{kept} {message.to_do}".strip()
    return what, to_do, words, details
