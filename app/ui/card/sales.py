"""The company's sales: each in its stage, moved on from here, and a won one made into an order of the ERP."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.contacts import Outcome, SalesProcess, SalesStage
from app.domain.orders import OrderSummary
from app.domain.sales_changes import StageChange
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn, SystemFault
from app.services.card import CustomerCard
from app.services.card_parts import LinkState, PartName
from app.services.crm_sales import reference_of
from app.services.crm_writing import PendingWrite, WriteNews, WriteState
from app.ui.card.part_card import PartCard, whose
from app.ui.card.sale_row import SaleRow
from app.ui.card.write_notice import WriteNotice
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import Action, MessageBar, MessageKind, MoreLink

_FEW = 4
translate = QCoreApplication.translate


class SalesCard(PartCard):
    """Sales processes, open ones first.

    Signals:
        order_requested: A new order for the customer at hand, with this text as his reference.
        order_open_requested: The ERP's id of an order.
        links_requested: The page with the links that do not hold, at the company with this key.
    """

    card: CustomerCard  # no part of anything else

    order_requested = Signal(str)
    order_open_requested = Signal(str)
    links_requested = Signal(str)

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[], object],
        on_sign_in_to_erp: Callable[[], object],
    ) -> None:
        super().__init__(card, PartName.SALES, formats, on_sign_in)
        self._on_sign_in_to_erp = on_sign_in_to_erp
        self._company_id = ""
        self._rows: list[SaleRow] = []  # kept for the next customer
        self._drawn: object = None
        self._notice = WriteNotice(card.writes, on_sign_in)
        self._message = MessageBar(closable=True)
        self._message.dismissed.connect(card.selling.stop_finding)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._more = MoreLink(_FEW, self.refresh)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._grid)
        column.addWidget(self._more)
        # What is said of a sale stays also where it is the last one that is gone.
        for widget in (self._notice, self._message):
            self.body.insertWidget(self.body.indexOf(self.content), widget)
        card.writes.listen(self._on_news)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "Sales")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "No sales under way.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None
        self._message.clear()

    def refresh(self) -> None:
        """See `PartCard`."""
        if self.card.company_id != self._company_id:
            self._company_id = self.card.company_id
            self._message.clear()
        super().refresh()
        self._show_notice(self.card.selling.stage_writes(self._company_id))

    def show_value(self, value: Sequence[SalesProcess]) -> bool:
        """See `PartCard`."""
        work = self.card.selling
        pending = work.stage_writes(self._company_id)
        drawn = (tuple(value), work.stages, self._more.shows_all, tuple((each, w.state) for each, w in pending.items()))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(value, pending)
        return bool(value)

    # -- rows

    def _draw(self, sales: Sequence[SalesProcess], pending: Mapping[str, PendingWrite]) -> None:
        keyboard = self._keyboard()
        shown = self._more.of(sales)
        while len(self._rows) < len(shown):
            self._rows.append(self._make_row())
        for row, sale in zip(self._rows, shown, strict=False):
            row.show(sale, pending.get(sale.id))
        self._more.tell(len(sales))
        self._give_keyboard(keyboard)
        for row in self._rows[len(shown) :]:
            row.hide()

    def _make_row(self) -> SaleRow:
        return SaleRow(
            self._grid,
            3 * len(self._rows),
            self.card.selling,
            self.formats,
            on_move=self._move,
            on_order=self._order,
            on_failed=self._on_stages_failed,
        )

    def _keyboard(self) -> str:
        """The name of what has the keyboard here: rows are made anew, and it stays where it is."""
        focus = self.window().focusWidget()
        return focus.objectName() if focus is not None and self.content.isAncestorOf(focus) else ""

    def _give_keyboard(self, name: str) -> None:
        """To the same in the new row, or what else can be done with that sale; Qt would give it to what comes next."""
        _, _, sale_id = name.partition("-")
        for each in (name, f"next-{sale_id}", f"stage-{sale_id}") if sale_id else ():
            found = self.content.findChild(QWidget, each)
            if found is not None and found.isEnabled():
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- stages

    def _move(self, sale: SalesProcess, stage: SalesStage) -> None:
        self._message.clear()
        self.card.selling.move(self._company_id, whose(self.card), sale, stage)

    def _show_notice(self, pending: Mapping[str, PendingWrite]) -> None:
        """The one that needs the user most: one notice at a time."""
        write = min(pending.values(), key=lambda each: not each.is_stopped, default=None)
        if write is None or not isinstance(change := write.change, StageChange):
            self._notice.show_write(None)
            return
        sale = next((sale for sale in self.card.sales.value or () if sale.id == change.sale_id), None)
        what = translate("Sales", "“{sale}” into the stage {stage}.")
        what = what.replace("{stage}", change.stage).replace("{sale}", change.sale)
        rest = ""
        actions: tuple[Action, ...] = ()
        if write.state is WriteState.CONFLICT and sale is not None:
            rest = translate("Sales", "In the CRM it is {now} now; you saw {was}.")
            rest = rest.replace("{now}", sale.stage).replace("{was}", change.was)
            wanted = next((stage for stage in self.card.selling.stages if stage.id == change.stage_id), None)
            # Only on what was read after the conflict was told.
            if wanted is not None and sale.version != change.version:
                label = translate("Sales", "Put it into {stage}").replace("{stage}", change.stage)
                actions = (Action(label.replace("&", "&&"), partial(self._move, sale, wanted)),)
        self._notice.show_write(write, what=what, rest=rest, actions=actions)

    def _on_stages_failed(self, fault: SystemFault) -> None:
        self._message.show_fault(fault, SystemKind.CRM, kept=translate("Sales", "The stage is as it was."))

    def _on_news(self, news: WriteNews) -> None:
        change = news.write.change
        if not isinstance(change, StageChange) or change.company_id != self._company_id:
            return
        answer = news.answer
        if isinstance(answer, SalesProcess) and answer.outcome is Outcome.WON:
            self._message.show_message(
                MessageKind.DONE,
                translate("Sales", "“{sale}” is won.").replace("{sale}", answer.name),
                actions=(Action(translate("Sales", "Order from this sale"), partial(self._order, answer)),),
            )
        self.refresh()

    # -- an order of a sale

    def _order(self, sale: SalesProcess) -> None:
        customer = self.card.customer.value
        if customer is None:
            self._say_why_no_order(sale)
            return
        self._message.show_message(
            MessageKind.INFO,
            translate("Sales", "The ERP is asked for orders of “{sale}”…").replace("{sale}", sale.name),
            actions=(Action(translate("Sales", "Cancel"), self._stop),),
        )
        self.card.selling.find_order(
            sale, customer.id, partial(self._on_found, sale), partial(self._on_not_asked, sale)
        )

    def _stop(self) -> None:
        self.card.selling.stop_finding()
        self._message.clear()

    def _begin(self, sale: SalesProcess) -> None:
        self._message.clear()
        self.order_requested.emit(reference_of(sale))

    def _on_found(self, sale: SalesProcess, order: OrderSummary | None) -> None:
        if order is None:
            self._begin(sale)
            return
        if order.number:
            what = translate("Sales", "This customer has an order of this reference already: {number} ({state}).")
        else:
            what = translate("Sales", "This customer has an order of this reference already ({state}).")
        reference = translate("Sales", "“{reference}”").replace("{reference}", order.customer_reference)
        day = self.formats.named_day(order.order_date) if order.order_date is not None else ""
        self._message.show_message(
            MessageKind.QUESTION,
            what.replace("{number}", order.number).replace("{state}", order.state.label),
            rest=" · ".join(part for part in (reference, day) if part),
            actions=(
                Action(translate("Sales", "Open it"), partial(self._open, order.id), "primary"),
                Action(translate("Sales", "One more order"), partial(self._begin, sale)),
            ),
        )
        self._message.take_keyboard()

    def _open(self, order_id: str) -> None:
        self._message.clear()
        self.order_open_requested.emit(order_id)

    def _on_not_asked(self, sale: SalesProcess, fault: SystemFault) -> None:
        if isinstance(fault, NotSignedIn):
            action = Action(translate("Sales", "Sign in…"), self._on_sign_in_to_erp)
        else:
            action = Action(translate("Sales", "Try again"), partial(self._order, sale))
        kept = translate("Sales", "No order was begun.")
        self._message.show_fault(fault, SystemKind.ERP, kept=kept, actions=(action,))

    def _say_why_no_order(self, sale: SalesProcess) -> None:
        customer, company_id = self.card.customer, self._company_id
        actions = (Action(translate("Sales", "Look for the number"), lambda: self.links_requested.emit(company_id)),)
        match self.card.link:
            case LinkState.NO_NUMBER:
                what = translate(
                    "Sales", "The CRM holds no customer number for this company, so the ERP does not know it."
                )
                rest = translate("Sales", "Link it to its customer in the ERP first, and then make the order.")
            case LinkState.NOT_IN_ERP:
                what = translate("Sales", "The ERP has no customer with the number {number}.")
                what = what.replace("{number}", self.card.number)
                rest = translate("Sales", "Correct the number in the CRM, and then make the order.")
            case _ if customer.fault is not None:
                self._on_not_asked(sale, customer.fault)
                return
            case _:
                what = translate("Sales", "The ERP has not answered yet who this customer is.")
                rest = translate("Sales", "Try again in a moment.")
                actions = (Action(translate("Sales", "Try again"), partial(self._order, sale)),)
        self._message.show_message(MessageKind.WARN, what, rest=rest, actions=actions)
