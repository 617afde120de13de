"""The first page of the card."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.domain.contacts import TouchKind
from app.ports.connection import SystemKind
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.services.project_card import CustomerProjects
from app.ui.card.addresses import AddressCard, Purpose
from app.ui.card.part_card import PartCard
from app.ui.card.people import PeopleCard
from app.ui.card.processes import CampaignsCard, CasesCard, CreditCard
from app.ui.card.sales import SalesCard
from app.ui.card.tasks import TasksCard
from app.ui.formats import Formats
from app.ui.projects.customer_projects import ProjectsCard
from app.ui.theme import Space
from app.ui.widgets import ScrollColumn, held

_THREE = 400
_WIDE = 520
_TWO = 640
"""From these widths on the cards of a row stand side by side."""
_ROWS = (((11, 9, 8), _THREE), ((3, 2), _TWO), ((1,), 0), ((1,), 0), ((1,), 0), ((3, 2), _TWO))
"""How the cards of each row share it; a phone number is read whole in the first."""


class Overview(ScrollColumn):
    """Addresses, people, credit, and what goes on; in as many columns as there is room for.

    Empty until `make` has run.

    Attributes:
        projects: The customer's projects.

    Signals:
        project_requested: The `Match` of one of them.
        order_open_requested: The ERP's id of an order.
        sale_order_requested: A new order for this customer, with this text as his reference.
        links_requested: The page with the links that do not hold, at the company with this key.
        compose_requested: The `TouchKind` to begin.
    """

    projects: ProjectsCard
    project_requested = Signal(object)
    order_open_requested = Signal(str)
    sale_order_requested = Signal(str)
    links_requested = Signal(str)
    compose_requested = Signal(object)

    def __init__(
        self,
        card: CustomerCard,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        projects: CustomerProjects,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

        self._card, self._formats, self._on_sign_in = card, formats, on_sign_in
        self._projects = projects
        self._cards: list[PartCard] = []
        self._stale: set[PartCard] = set()  # a part has changed since they were drawn
        # Each becomes a column of its own where there is less room than this.
        self._rows = tuple((_row(shares), room) for shares, room in _ROWS)
        for row, _ in self._rows:
            self.column.addLayout(row)
        self.column.addStretch(1)

    def make(self) -> Iterator[None]:
        """Make the cards, one in each step."""

        def to_crm() -> object:
            return self._on_sign_in(SystemKind.CRM)

        def to_erp() -> object:
            return self._on_sign_in(SystemKind.ERP)

        card, formats = self._card, self._formats
        (addresses, _), (who, _), (to_do, _), (sales, _), (projects, _), (going_on, _) = self._rows
        makers: tuple[tuple[QBoxLayout, Callable[[], PartCard]], ...] = (
            (addresses, lambda: AddressCard(card, Purpose.MEET, formats, to_crm, card)),
            (addresses, lambda: AddressCard(card, Purpose.DELIVER, formats, to_erp)),
            (addresses, lambda: AddressCard(card, Purpose.INVOICE, formats, to_erp)),
            (who, lambda: PeopleCard(card, formats, to_crm)),
            (who, lambda: CreditCard(card, formats, to_erp)),
            (to_do, lambda: self._tasks(to_crm)),
            (sales, lambda: self._sales(to_crm, to_erp)),
            (projects, self._projects_card),
            (going_on, lambda: CasesCard(card, formats, to_crm)),
            (going_on, lambda: CampaignsCard(card, formats, to_crm)),
        )
        for row, make in makers:
            part = make()
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            part.setSizePolicy(policy)
            row.addWidget(part)
            self._cards.append(part)
            yield
        self._arrange()

    def _tasks(self, to_crm: Callable[[], object]) -> PartCard:
        tasks = TasksCard(self._card, self._formats, to_crm)
        tasks.add_requested.connect(lambda: self.compose_requested.emit(TouchKind.TASK))
        return tasks

    def _projects_card(self) -> PartCard:
        self.projects = ProjectsCard(self._projects, self._formats, lambda: self._on_sign_in(SystemKind.TIME))
        self.projects.project_requested.connect(self.project_requested)
        return self.projects

    def _sales(self, to_crm: Callable[[], object], to_erp: Callable[[], object]) -> PartCard:
        sales = SalesCard(self._card, self._formats, to_crm, to_erp)
        sales.order_requested.connect(self.sale_order_requested)
        sales.order_open_requested.connect(self.order_open_requested)
        sales.links_requested.connect(self.links_requested)
        return sales

    def changed(self, part: PartName | None) -> None:
        """A part has changed, or all of them; it is shown by `refresh_seen` and `refresh_rest`."""
        self._stale.update(card for card in self._cards if part is None or card.name is part)

    @property
    def is_up_to_date(self) -> bool:
        """Whatever can be seen of it shows what is so now."""
        return not any(map(_is_seen, self._stale))

    def refresh_seen(self) -> Iterator[None]:
        """Show what has changed where it can be seen, a card in each step; all of it is laid out at once."""
        with held(self._page):
            while not self.is_up_to_date:
                self._draw(next(card for card in self._cards if card in self._stale and _is_seen(card)))
                if not self.is_up_to_date:
                    yield

    def refresh_rest(self) -> Iterator[None]:
        """Then everything else, a card in each step."""
        while self._stale:
            self._draw(next(card for card in self._cards if card in self._stale))
            yield

    def _draw(self, card: PartCard) -> None:
        self._stale.discard(card)
        with held(self._page):
            card.refresh()

    def retranslate(self) -> Iterator[None]:
        """Say everything again, in the language of now; a card in each step."""
        for card in self._cards:
            with held(self._page):
                card.retranslate()
            yield

    def refresh_age(self) -> None:
        """Time has passed."""
        for card in self._cards:
            card.refresh_age()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        width = self.viewport().width()
        for card in self._cards:
            if isinstance(card, AddressCard):
                card.set_narrow(narrow=_THREE <= width < _WIDE)
        self._rows[0][0].setSpacing(Space.S if width < _WIDE else Space.M)
        for row, room in self._rows:
            side_by_side = width >= room
            row.setDirection(QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom)
            for number in range(row.count()):
                # Widths follow the shares, heights the contents.
                row.setStretch(number, row.property("shares")[number] if side_by_side else 0)


def _is_seen(card: PartCard) -> bool:
    return not card.visibleRegion().isEmpty()


def _row(shares: tuple[int, ...]) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(Space.M)
    row.setProperty("shares", list(shares))
    return row
