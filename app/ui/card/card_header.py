"""The head of the card: the name, the number and how it links the systems, the categories."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contact_changes import CategoryChange, Correction
from app.domain.contacts import Category, ContactHit
from app.domain.parties import Choice
from app.ports.connection import SystemKind
from app.ports.errors import SystemFault
from app.services.card import CustomerCard
from app.services.card_parts import LinkState, PartStatus
from app.services.crm_writing import PendingWrite, WriteNews
from app.services.identity import identity
from app.services.new_customers import NewCustomers
from app.services.search import Match
from app.services.shelves import Shelves
from app.ui.card.category_row import CategoryRow
from app.ui.card.company_notice import CompanyNotice
from app.ui.links.create_bar import CreateBar
from app.ui.theme import Space, Type
from app.ui.widgets import (
    Action,
    ElidedLabel,
    IconButton,
    IconView,
    Label,
    MessageBar,
    MessageKind,
    Translated,
)

_MOST_NAMESAKES = 4


class CardHeader(Translated):
    """Says at once who it is and whether both systems mean the same customer.

    Attributes:
        star: The customer is a favourite, or is made one.

    Signals:
        reload_requested: Read the whole card again.
        match_chosen: Another `Match` to open instead (of several with one number).
        links_requested: The page with all links that do not hold, at the company with this key.
    """

    reload_requested = Signal()
    match_chosen = Signal(object)
    links_requested = Signal(str)

    def __init__(
        self,
        card: CustomerCard,
        shelves: Shelves,
        on_sign_in: Callable[[SystemKind], object],
        makings: NewCustomers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._makings = makings
        self._shelves = shelves
        self._on_sign_in = on_sign_in
        self._name = ElidedLabel(step=Type.TITLE)
        self._number = Label(ink="muted", figures=True, selectable=True)
        self._link_icon = IconView("link", "faint")
        self._link_word = Label(step=Type.CAPTION, ink="muted")
        self.star = IconButton("star")
        self.star.setCheckable(True)
        self.star.clicked.connect(self.flip_favourite)
        shelves.listen(self._show_star)
        self._reload = IconButton("refresh")
        self._reload.clicked.connect(self.reload_requested)
        self._chips = CategoryRow(card)
        self._chips.chosen.connect(self._choose)
        self._chips.failed.connect(self._on_failed)
        self._message = MessageBar()
        self.creating = CreateBar(makings, on_sign_in, self._reload)
        self.creating.shown.connect(self._show_link)
        self._trouble = MessageBar(closable=True)
        self._notice = CompanyNotice(card, lambda: on_sign_in(SystemKind.CRM))
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self._name, 1)
        top.addWidget(self.star)
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
        messages.addWidget(self.creating)
        messages.addWidget(self._trouble)
        messages.addWidget(self._notice)
        column.addLayout(messages)
        self.retranslate()
        card.writes.listen(self._on_news)

    def refresh(self) -> None:
        """Show the card as it is now."""
        company, customer = self._card.company.value, self._card.customer.value
        name = company.name if company is not None else customer.name if customer is not None else ""
        self._name.setText(name or self._card.match.name)
        number = self._card.number
        self._number.setText(self.tr("No. {number}").format(number=number) if number else self.tr("No number"))
        if company is not None:
            self.creating.show_company(company.id, company.name, company.number, company.vat_number)
        else:
            self.creating.show_company("", "", "", "")
        self._show_link()
        self._show_star()
        categories = company.categories if company is not None else ()
        tags = company.tags if company is not None else ()
        self._chips.show_categories(categories, tags, self._pending_categories())
        self._notice.refresh()

    def new_customer(self) -> None:
        """Another customer: what was said of the former one is gone."""
        self._trouble.clear()

    def flip_favourite(self) -> None:
        """The customer is a favourite from now on, or none any more."""
        match = identity(self._card)
        self._shelves.set_favourite(match, favourite=not self._shelves.is_favourite(match))
        self._show_star()

    def _show_star(self) -> None:
        match = identity(self._card)
        is_favourite = self._shelves.is_favourite(match)
        self.star.setVisible(bool(match.company_id or match.customer_id))
        self.star.setChecked(is_favourite)
        self.star.set_icon("star-filled" if is_favourite else "star", "warning" if is_favourite else "muted")
        self.star.set_label(
            self.tr("Take from the favourites (Ctrl+Shift+F)")
            if is_favourite
            else self.tr("Put among the favourites (Ctrl+Shift+F)")
        )

    def retranslate(self) -> None:
        """See `Translated`."""
        self._reload.set_label(self.tr("Read again (F5)"))
        self.refresh()

    def _on_failed(self, fault: SystemFault) -> None:
        self._trouble.show_fault(fault, SystemKind.CRM, kept=self.tr("The category is as it was."))

    def _choose(self, category: Category, values: tuple[Choice, ...]) -> None:
        if (company := self._card.company.value) is not None:
            self._card.work.set_category(company, category, values)

    def _pending_categories(self) -> dict[str, PendingWrite]:
        """What is on its way, or was refused, by the category's key."""
        company = self._card.company.value
        writes = self._card.writes.at(company.id) if company is not None else ()
        return {write.change.key: write for write in writes if isinstance(write.change, CategoryChange)}

    def _on_news(self, news: WriteNews) -> None:
        if isinstance(news.write.change, CategoryChange | Correction):
            self.refresh()

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
            case LinkState.NO_NUMBER | LinkState.NOT_IN_ERP if not self.creating.isHidden():
                self._message.clear()  # that is what is talked about
            case LinkState.NO_NUMBER:
                self._warn(
                    self.tr("The CRM holds no customer number for this company."),
                    self.tr("Without it there are no orders or prices here."),
                    self._ways_to_link(),
                )
            case LinkState.NOT_IN_ERP:
                self._warn(
                    self.tr("The ERP has no customer with the number {number}.").replace("{number}", number),
                    self.tr("The contact card works as usual; there are no orders or prices."),
                    self._ways_to_link(),
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
                    (self._look(self.tr("Look at the link")),),
                )
            case LinkState.SHARED:
                self._warn(
                    self.tr("{n} companies in the CRM hold the number {number}.")
                    .replace("{n}", str(len(self._card.namesakes)))
                    .replace("{number}", number),
                    self.tr("A number belongs to one company. Correct it in the CRM; or open another one:"),
                    (*map(self._namesake, self._other_namesakes()), self._look(self.tr("Look at the link"))),
                )
            case _:
                self._message.clear()

    def _ways_to_link(self) -> tuple[Action, ...]:
        look = self._look(self.tr("Look for the number"))
        if not self._makings.can or self._card.company.status is not PartStatus.READY:
            return (look,)
        return (Action(self.tr("Create in the ERP…"), self.creating.ask), look)

    def _look(self, label: str) -> Action:
        company = self._card.company.value
        company_id = company.id if company is not None else ""
        return Action(label, lambda: self.links_requested.emit(company_id))

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
