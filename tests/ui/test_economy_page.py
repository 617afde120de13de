"""The economy of a customer in the real window: a real Datasette over a warehouse that was filled from the real ERP."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.demo.datasette import DatasetteDemo, DatasetteServer
from app.demo.warehouse import PANELS
from app.demo.world import DemoLogin
from app.domain.economy import ColumnRole
from app.domain.money import Money
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import PartName, PartStatus
from app.services.economy import Economy
from app.ui.card.part_card import PartCard
from app.ui.economy.economy_page import EconomyPage
from app.ui.economy.panel_table import PanelTable
from app.ui.formats import Formats
from app.ui.theme import ThemeChoice
from app.ui.widgets import Button, Card
from tests.fixtures.creme import RealCreme
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import RealTime
from tests.helpers.background import BackgroundLoop
from tests.helpers.loaded_warehouse import (
    LoadedWarehouse,
    creme_source,
    erp_source,
    expenses_source,
    time_source,
)
from tests.helpers.proxy import Proxy, ProxyFault

NUMBER = "10039"
OTHER = "10023"


@dataclass
class Reports:
    """The reporting system, and the network to it."""

    server: DatasetteServer
    line: Proxy
    network: BackgroundLoop

    def login(self, language: str = "en") -> DemoLogin:
        """How the clerk signs in to it."""
        connection = Connection("datasette", self.line.url, "clerk", {"database": "warehouse"}, language)
        return DemoLogin(connection, self.server.users["clerk"])

    def between(self, fault: ProxyFault) -> None:
        """From now on this goes wrong on the line."""
        self.network.run(self.line.set(fault))


@pytest.fixture(scope="module")
def reports(
    real_tryton: RealTryton, real_creme: RealCreme, real_time: RealTime, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reports]:
    folder = tmp_path_factory.mktemp("reports")
    sources = [
        erp_source(real_tryton),
        creme_source(real_creme),
        expenses_source(real_tryton),
        time_source(real_time),
    ]
    warehouse = LoadedWarehouse(folder / "warehouse.sqlite", sources)
    warehouse.catch_up()
    with BackgroundLoop() as network:
        server = network.run(DatasetteDemo().start(folder / "work", warehouse.path, PANELS, lambda _progress: None))
        line = Proxy(server.url)
        network.run(line.start())
        yield Reports(server, line, network)
        network.run(line.stop())
        network.run(server.stop())


def page(clerk: Clerk) -> EconomyPage:
    """The economy of the customer, reached by keys."""
    clerk.until(lambda: bool(clerk.program.window.erp_customer_id))
    panel = clerk.program.window.card_panel
    panel.tabs.tabBar().setFocus()
    for _ in range(panel.tabs.count()):
        clerk.press(Qt.Key.Key_Right)
    assert panel.economy is not None
    return panel.economy


def economy(clerk: Clerk) -> Economy:
    """What the page shows."""
    return clerk.program.card.economy


def until_read(clerk: Clerk) -> None:
    """Wait until all panels have been answered."""

    def is_read() -> bool:
        panels = economy(clerk).panels
        keys = [panel.key for panel in panels.value or ()]
        return bool(keys) and all(economy(clerk).figures(key).status is PartStatus.READY for key in keys)

    clerk.until(is_read)
    page(clerk).finish()


def words(widget: EconomyPage) -> str:
    """Everything that can be read there."""
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*shown, *(button.text() for button in widget.findChildren(Button) if button.isVisible())])


def test_what_the_reporting_system_has_is_drawn_and_each_source_stands_alone(
    clerk: Clerk, reports: Reports, tmp_path: Path
) -> None:
    clerk.find(NUMBER)
    shown = page(clerk)
    # Nothing to draw yet, and no dead buttons: it says which systems are missing, and how to get them.
    clerk.until(lambda: economy(clerk).panels.status is PartStatus.ABSENT)
    clerk.until(lambda: "No reporting system is connected" in words(shown))  # once his number is known
    assert "No time system is connected." in words(shown)
    assert "No expense system is connected." in words(shown)
    clerk.look("economy-none")
    clerk.program.sign_in_to([reports.login()])
    until_read(clerk)
    data = economy(clerk).figures("turnover").value
    assert data is not None
    assert list(shown.cards) == [panel.key for panel in economy(clerk).panels.value or ()]
    assert {card.title() for card in shown.cards.values()} >= {"Turnover by month"}
    assert all(source.as_of is not None for source in data.sources)
    assert "Tryton" in words(shown)
    clerk.look("economy")
    # The figures are those that Datasette answers somebody else, and stand in the table behind the picture.
    value = data.column(ColumnRole.VALUE)
    assert value is not None
    amounts = [row[value] for row in data.rows]
    assert len(amounts) == 24
    assert any(isinstance(amount, Money) and amount.amount > Decimal(0) for amount in amounts)
    card = shown.cards["turnover"]
    card.view.show_as_table(shown=True)
    table = card.view.findChild(PanelTable)
    assert table is not None
    clerk.until(lambda: table.height() >= table.sizeHint().height())  # the card makes room for it
    clerk.look("economy-table")
    assert data.link == ""  # the clerk is no analyst
    # All of it on paper, by the same window that shows the ERP's documents.
    papers = clerk.program.panel.papers
    next(button for button in shown.findChildren(Button) if button.text() == "As PDF").click()
    clerk.until(lambda: bool(papers.viewers))
    document = papers.viewers[0].document
    assert NUMBER in document.file_name
    pages = pypdfium2.PdfDocument(document.content)
    paper = "\n".join(sheet.get_textpage().get_text_range() for sheet in pages)
    pages.close()
    assert NUMBER in paper
    assert "Turnover by month" in paper
    assert any(label.text().startswith("Made at ") for label in papers.viewers[0].findChildren(QLabel))
    clerk.until(lambda: papers.viewers[0].column.is_drawn)
    clerk.look("economy-paper")
    papers.close_viewers()
    # And one of them as a table for a spreadsheet, where the user says.
    card.view.export_action.trigger()
    dialog = clerk.program.window.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name.endswith("Turnover by month.csv")
    dialog.fileSelected.emit(str(tmp_path / "tal.csv"))
    dialog.reject()
    clerk.until(lambda: "tal.csv" in shown.message.text())
    assert (tmp_path / "tal.csv").read_bytes().startswith(b"\xef\xbb\xbfMonth,Turnover,Turnover (currency)\r\n")
    # A dead reporting system holds nobody else up, and what was read stays with its age.
    reports.between(ProxyFault.DOWN)
    economy(clerk).refresh()
    clerk.until(lambda: economy(clerk).figures("turnover").is_offline)
    shown.finish()
    assert economy(clerk).figures("turnover").value == data
    assert "offline" in words(shown)
    clerk.look("economy-offline")
    clerk.find(OTHER)
    card_of = clerk.program.card
    clerk.until(lambda: card_of.part(PartName.ORDERS).status is PartStatus.READY)
    clerk.until(lambda: card_of.part(PartName.COMPANY).status is PartStatus.READY)
    assert economy(clerk).figures("turnover").value is None  # nothing of the customer before
    assert shown.cards["turnover"].view.visibleRegion().isEmpty()  # gone, or covered until that is drawn
    clerk.until(lambda: not shown.cards["turnover"].view.isVisible())
    # It is back: the panels come by themselves.
    reports.between(ProxyFault.NONE)
    clerk.until_online(SystemKind.REPORTING)
    until_read(clerk)
    assert economy(clerk).subject is not None
    assert economy(clerk).subject.number == OTHER  # type: ignore[union-attr]


def squeezed(shown: EconomyPage) -> list[str]:
    """The cards and labels that can be seen and have less room than they need."""
    found = []
    for part in shown.findChildren(QWidget):
        if isinstance(part, Card | QLabel) and part.isVisible():
            need, has = part.minimumSizeHint(), part.size()
            height = part.heightForWidth(has.width()) if part.hasHeightForWidth() else need.height()
            if has.width() < need.width() or has.height() < height:
                found.append(f"{type(part).__name__} “{part.accessibleName()}”: {has} of {need}, {height} high")
    return found


def is_whole(shown: EconomyPage) -> bool:
    """Everything has been given the room it needs."""
    assert squeezed(shown) == []  # says what, where it does not become so
    return True


def takes_tab(part: QWidget) -> bool:
    """The keyboard comes to it with Tab."""
    return part.isVisible() and part.isEnabled() and bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def walk(clerk: Clerk, shown: EconomyPage) -> list[QWidget]:
    """What Tab comes to on the page, from the tab it is in until it is left."""
    tabs = clerk.program.window.card_panel.tabs
    tabs.tabBar().setFocus()
    found: list[QWidget] = []
    while True:
        clerk.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or focus in found or not shown.isAncestorOf(focus):
            return found
        found.append(focus)


def said(part: QWidget) -> str:
    """A part in words."""
    return f"{type(part).__name__} “{part.accessibleName()}”"


def look(clerk: Clerk, shown: EconomyPage, name: str) -> None:
    """Keep pictures of the page from its top and from its end."""
    bar = shown.area.verticalScrollBar()
    for end, at in (("top", bar.minimum()), ("end", bar.maximum())):
        bar.setValue(at)
        clerk.look(f"{name}-{end}")


def is_in_order(one: QWidget, other: QWidget, shown: EconomyPage) -> bool:
    """As it is read: a card after the one above it or to its left, and so what is in a card."""
    first, second = (
        next((card for card in shown.findChildren(PartCard) if card.isAncestorOf(part)), part) for part in (one, other)
    )
    if first is second:
        first, second = one, other
    here, there = (QRect(part.mapTo(shown, QPoint()), part.size()) for part in (first, second))
    return here.bottom() < there.top() or (here.top() <= there.bottom() and here.right() < there.left())


def test_all_five_systems_are_read_whole_and_by_the_keyboard_alone(
    clerk: Clerk, reports: Reports, real_time: RealTime
) -> None:
    program, window = clerk.program, clerk.program.window
    database = clerk.erp.database
    time = Connection("tryton-time", real_time.url, "clerk", {"database": real_time.database}, "en")
    books = {"database": database, "axis": "EXPENSES"}
    expenses = Connection("tryton-expenses", clerk.erp.url, "clerk", books, "en")
    logins = (DemoLogin(time, real_time.password()), DemoLogin(expenses, clerk.erp.password("clerk")))
    program.sign_in_to([reports.login(), *logins])
    clerk.until_online(*SystemKind)
    clerk.find(OTHER)
    shown = page(clerk)
    until_read(clerk)
    clerk.until(lambda: economy(clerk).hours.status is economy(clerk).expenses.status is PartStatus.READY)
    assert shown.hours.isVisible()
    assert shown.expenses.isVisible()
    hours = economy(clerk).hours.value
    assert hours is not None
    assert any(row.hours != round(row.hours, 2) for row in hours.rows)
    assert all(Formats().hours(row.hours) in words(shown) for row in hours.rows)
    for language in ("en", "da"):
        program.language.choose(language)
        for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            program.theme.choose(theme)
            for width, height in ((1024, 640), (1600, 1000)):
                window.resize(width, height)
                clerk.until(lambda: is_whole(shown))
                look(clerk, shown, f"economy-all-{language}-{theme}-{width}")
    # A panel as a table, and back: what is made late has its place too.
    shown.cards["turnover"].view.show_as_table(shown=True)
    walked = walk(clerk, shown)
    assert walked == walk(clerk, shown)
    wanted = {part for part in shown.findChildren(QWidget) if takes_tab(part)}
    assert set(walked) == wanted
    shown.area.verticalScrollBar().setValue(0)
    for one, other in itertools.pairwise(walked):
        assert is_in_order(one, other, shown), f"{said(one)} is before {said(other)}"
