"""The head of the card: the name, the number and how it links the systems, the categories."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contacts import Category, ContactHit
from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.services.card import CustomerCard, LinkState
from app.services.search import Match
from app.ui.card.category_chip import CategoryChip
from app.ui.theme import Space, Type
from app.ui.widgets import (
    Action,
    Badge,
    ElidedLabel,
    IconButton,
    IconView,
    Label,
    MessageBar,
    MessageKind,
    Translated,
    flow,
)

_MOST_NAMESAKES = 4


class CardHeader(Translated):
    """Says at once who it is and whether both systems mean the same customer.

    Signals:
        reload_requested: Read the whole card again.
        match_chosen: Another `Match` to open instead (of several with one number).
    """

    reload_requested = Signal()
    match_chosen = Signal(object)

    def __init__(
        self, card: CustomerCard, on_sign_in: Callable[[SystemKind], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._on_sign_in = on_sign_in
        self._name = ElidedLabel(step=Type.TITLE)
        self._number = Label(ink="muted", figures=True, selectable=True)
        self._link_icon = IconView("link", "faint")
        self._link_word = Label(step=Type.CAPTION, ink="muted")
        self._reload = IconButton("refresh")
        self._reload.clicked.connect(self.reload_requested)
        self._chips, self._flow = flow()
        self._drawn: object = None
        self._message = MessageBar()
        self._trouble = MessageBar(closable=True)
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self._name, 1)
        top.addWidget(self._reload)
        second = QHBoxLayout()
        second.setSpacing(Space.S)
        for widget in (self._number, self._link_icon, self._link_word):
            second.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.S, 0)
        column.setSpacing(Space.XS)
        column.addLayout(top)
        column.addLayout(second)
        column.addSpacing(Space.XS)
        column.addWidget(self._chips)
        messages = QVBoxLayout()
        messages.setContentsMargins(0, Space.XS, Space.S, 0)
        messages.setSpacing(Space.S)
        messages.addWidget(self._message)
        messages.addWidget(self._trouble)
        column.addLayout(messages)
        self.retranslate()

    def refresh(self) -> None:
        """Show the card as it is now."""
        company, customer = self._card.company.value, self._card.customer.value
        name = company.name if company is not None else customer.name if customer is not None else ""
        self._name.setText(name or self._card.match.name)
        number = self._card.number
        self._number.setText(self.tr("No. {number}").format(number=number) if number else self.tr("No number"))
        self._show_link()
        categories = company.categories if company is not None else ()
        tags = company.tags if company is not None else ()
        if (categories, tags) != self._drawn:
            self._drawn = (categories, tags)
            self._draw_chips(categories, tags)

    def new_customer(self) -> None:
        """Another customer: what was said of the former one is gone."""
        self._trouble.clear()

    def retranslate(self) -> None:
        """See `Translated`."""
        self._reload.set_label(self.tr("Read again (F5)"))
        self.refresh()

    def _draw_chips(self, categories: tuple[Category, ...], tags: tuple[str, ...]) -> None:
        self._flow.clear()
        for category in categories:
            if category.value or category.can_set:
                chip = CategoryChip(self._card, category)
                chip.failed.connect(self._on_failed)
                self._flow.addWidget(chip)
        for tag in tags:
            self._flow.addWidget(Badge(tag))
        self._chips.setVisible(self._flow.count() > 0)
        self._chips.updateGeometry()

    def _on_failed(self, fault: SystemFault) -> None:
        self._trouble.show_fault(fault, SystemKind.CRM, kept=self.tr("The category is as it was."))

    def _show_link(self) -> None:
        link = self._card.link
        picture, role = "link", "faint"
        match link:
            case LinkState.LINKED:
                role, word = "success", self.tr("In the CRM and in the ERP")
            case LinkState.NAMES_DIFFER:
                role, word = "warning", self.tr("Linked, but the names differ")
            case LinkState.SHARED:
                picture, role, word = "alert", "warning", self.tr("Several companies on one number")
            case LinkState.NO_NUMBER:
                picture, role, word = "link-off", "warning", self.tr("Not linked to the ERP")
            case LinkState.NOT_IN_ERP:
                picture, role, word = "link-off", "warning", self.tr("Unknown in the ERP")
            case LinkState.NOT_IN_CRM:
                picture, role, word = "link-off", "warning", self.tr("Unknown in the CRM")
            case _:
                word = ""
        self._link_icon.set_icon(picture, role)
        self._link_icon.setVisible(bool(word))
        self._link_word.setText(word)
        self._link_word.set_ink("muted" if role in ("faint", "success") else role)
        self._explain(link)

    def _explain(self, link: LinkState) -> None:
        number = self._card.number
        match link:
            case LinkState.NO_NUMBER:
                self._warn(
                    self.tr("The CRM holds no customer number for this company."),
                    self.tr("Without it there are no orders or prices here. Enter the ERP's number in the CRM."),
                )
            case LinkState.NOT_IN_ERP:
                self._warn(
                    self.tr("The ERP has no customer with the number {number}.").replace("{number}", number),
                    self.tr("Check the number in the CRM. The contact card works as usual."),
                )
            case LinkState.NOT_IN_CRM:
                self._warn(
                    self.tr("The CRM has no company with the number {number}.").replace("{number}", number),
                    self.tr("Orders work as usual. Enter the number at the right company in the CRM."),
                )
            case LinkState.NAMES_DIFFER:
                customer = self._card.customer.value
                name = customer.name if customer is not None else ""
                self._warn(
                    self.tr("The ERP calls number {number} “{name}”.")
                    .replace("{number}", number)
                    .replace("{name}", name),
                    self.tr("Make sure that both are the same customer before you write an order."),
                )
            case LinkState.SHARED:
                self._warn(
                    self.tr("{n} companies in the CRM hold the number {number}.")
                    .replace("{n}", str(len(self._card.namesakes)))
                    .replace("{number}", number),
                    self.tr("A number belongs to one company. Correct it in the CRM; or open another one:"),
                    tuple(self._namesake(hit) for hit in self._other_namesakes()),
                )
            case _:
                self._message.clear()

    def _warn(self, what: str, rest: str, actions: tuple[Action, ...] = ()) -> None:
        said = (what, rest, tuple(action.label for action in actions))
        if self._message.isHidden() or self._message.property("said") != said:
            self._message.setProperty("said", said)
            self._message.show_message(MessageKind.WARN, what, rest=rest, actions=actions)

    def _other_namesakes(self) -> tuple[ContactHit, ...]:
        company = self._card.company.value
        own = company.id if company is not None else ""
        return tuple(hit for hit in self._card.namesakes if hit.id != own)[:_MOST_NAMESAKES]

    def _namesake(self, hit: ContactHit) -> Action:
        match = Match(f"crm:{hit.kind}:{hit.id}", hit.kind, hit.name, hit.number, hit.detail, company_id=hit.id)
        label = hit.name if len(hit.name) <= 40 else hit.name[:40] + "…"
        return Action(label.replace("&", "&&"), lambda: self.match_chosen.emit(match))
