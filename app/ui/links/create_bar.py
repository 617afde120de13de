"""Making a customer in the ERP: asked for, confirmed by a person, and told of until both systems hold the number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.parties import CustomerHit
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, SystemFault
from app.services.making_steps import MakingStatus
from app.services.new_customers import Making, NewCustomers
from app.ui.messages import message_for, system_name
from app.ui.widgets import Action, MessageBar, MessageKind, Translated

_MOST_ALIKE = 3


class CreateBar(Translated):
    """Hidden until `ask`, or until something is made of the company that is shown.

    Everything it does goes through `NewCustomers`, which outlives it.

    Args:
        home: Where the keyboard goes when the button it is on goes away.

    Signals:
        shown: It has something to say, or nothing any more.
    """

    shown = Signal()

    def __init__(
        self,
        makings: NewCustomers,
        on_sign_in: Callable[[SystemKind], object],
        home: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._makings = makings
        self._on_sign_in = on_sign_in
        self._home = home
        self._company = ("", "", "", "")  # key, name, number, VAT number
        self._is_asked = False
        self._alike: Sequence[CustomerHit] | None = None
        self._put_away: Making | None = None
        self._bar = MessageBar(closable=True)
        self._bar.dismissed.connect(self._dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        makings.listen(self._on_making)
        self.hide()

    def show_company(self, company_id: str, name: str, number: str, vat_number: str) -> None:
        """Another company is shown, or the same as it is now."""
        if company_id != self._company[0]:
            self._is_asked = False
        self._company = (company_id, name, number, vat_number)
        self._refresh()

    def ask(self) -> None:
        """The user wants to make a customer of the company."""
        self._is_asked, self._alike = True, None
        company_id, name, _, vat_number = self._company

        def found(hits: Sequence[CustomerHit]) -> None:
            if company_id == self._company[0]:
                self._alike = hits
                self._refresh()

        self._makings.look_alikes(name, vat_number, found)
        self._refresh()
        self._bar.take_keyboard()

    def text(self) -> str:
        """What it says now."""
        return self._bar.text()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._refresh()

    def _on_making(self, making: Making) -> None:
        if making.customer.company_id == self._company[0]:
            self._refresh()

    def _dismiss(self) -> None:
        self._leave_button()
        self._is_asked = False
        self._put_away = self._makings.of(self._company[0])
        self._refresh()

    def _refresh(self) -> None:
        was_hidden = self.isHidden()
        self._say()
        if self.isHidden() != was_hidden:
            self.shown.emit()

    def _say(self) -> None:
        making = self._makings.of(self._company[0])
        if making is not None and not making.is_over:
            self._is_asked = False
            self._tell(making)
        elif self._is_asked:
            self._ask()
        elif making is not None and making is not self._put_away:
            self._tell(making)
        else:
            self.hide()
            self._bar.clear()
            return
        self.show()

    def _ask(self) -> None:
        name = self._company[1]
        words = self.tr(
            "Only the name goes into the ERP, which gives the customer its own number; that number is written into the"
            " CRM. Addresses, terms and prices are entered in the ERP by whoever looks after them there."
        )
        kind, warning = MessageKind.INFO, ""
        if self._alike is None:
            warning = self.tr("Looking whether the ERP has them already…")
        elif self._alike:
            kind = MessageKind.WARN
            known = ", ".join(f"{hit.number} {hit.name}" for hit in self._alike[:_MOST_ALIKE])
            warning = self.tr("The ERP already has: {known}. Make sure that it is not the same customer.").replace(
                "{known}", known
            )
        self._bar.show_message(
            kind,
            self.tr("Make “{name}” a customer in the ERP?").replace("{name}", name),
            rest="\n".join(part for part in (warning, words) if part),
            actions=(
                Action(self.tr("Create in the ERP"), self._make, "primary"),
                Action(self.tr("Cancel"), self._dismiss),
            ),
        )

    def _make(self) -> None:
        company_id, name, number, _ = self._company
        self._leave_button()
        self._put_away = None
        self._is_asked = False
        self._makings.make(company_id, name, number)
        self._refresh()

    def _leave_button(self) -> None:
        if self._bar.has_keyboard:
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, making: Making) -> None:
        name, number = making.customer.name, making.number

        def filled(text: str) -> str:
            return text.replace("{name}", name).replace("{number}", number)

        match making.status:
            case MakingStatus.MAKING:
                self._bar.show_message(MessageKind.INFO, filled(self.tr("The ERP is making “{name}” a customer…")))
            case MakingStatus.LOOKING:
                self._bar.show_message(
                    MessageKind.WARN,
                    filled(self.tr("It is not known yet whether the ERP has made “{name}” a customer.")),
                    rest=self.tr("It is being looked for, for a minute at the most. Nothing is made twice."),
                )
            case MakingStatus.LINKING:
                self._bar.show_message(
                    MessageKind.INFO, filled(self.tr("The ERP has made it number {number}. The CRM is being told…"))
                )
            case MakingStatus.WAITING:
                self._bar.show_message(
                    MessageKind.WARN,
                    filled(self.tr("The ERP has made “{name}” number {number}, but the CRM does not answer.")),
                    rest=self.tr("The number is written there as soon as it does, also after a restart."),
                    actions=self._sign_in(making.fault, making.fault_of),
                )
            case MakingStatus.TIDYING:
                self._bar.show_message(MessageKind.INFO, self.tr("What was made in the ERP is taken out again…"))
            case MakingStatus.DONE:
                self._bar.show_message(
                    MessageKind.DONE,
                    filled(self.tr("“{name}” is customer {number} in the ERP.")),
                    rest=self.tr("The number stands in the CRM. Its addresses are to be entered in the ERP."),
                )
            case MakingStatus.MEANWHILE:
                self._bar.show_message(
                    MessageKind.WARN,
                    filled(self.tr("Somebody else has given this company the number {number} meanwhile."))
                    if number
                    else self.tr("Somebody else has changed the number of this company meanwhile."),
                    rest=self.tr("No other customer was made."),
                )
            case MakingStatus.LEFT:
                self._failed(
                    making,
                    filled(self.tr("The ERP has made number {number}, and neither of the systems takes it further.")),
                    self.tr("Enter the number in the CRM, or delete the customer in the ERP."),
                )
            case _:
                self._failed(
                    making,
                    filled(self.tr("“{name}” was not made a customer.")),
                    self.tr("Nothing is left of it in the ERP. Trying again is safe."),
                )

    def _failed(self, making: Making, what: str, rest: str) -> None:
        fault = making.fault
        if fault is None:
            self._bar.show_message(MessageKind.ERROR, what, rest=rest)
            return
        message = message_for(fault, making.fault_of)
        self._bar.show_message(
            MessageKind.ERROR,
            what,
            words=message.words,
            rest=f"{message.what} {rest}",
            details=message.details,
            actions=self._sign_in(fault, making.fault_of),
        )

    def _sign_in(self, fault: SystemFault | None, kind: SystemKind) -> tuple[Action, ...]:
        if not isinstance(fault, NotSignedIn):
            return ()
        text = self.tr("Sign in to the {system}").replace("{system}", system_name(kind))
        return (Action(text, lambda: self._on_sign_in(kind)),)
