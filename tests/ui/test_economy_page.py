"""The economy of a customer in the real window: a real Datasette over a warehouse that was filled from the real ERP."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from app.demo.datasette import DatasetteDemo, DatasetteServer
from app.demo.warehouse import PANELS
from app.demo.world import DemoLogin
from app.domain.economy import ColumnRole
from app.domain.money import Money
from app.ports.connection import Connection, SystemKind
from app.services.card_parts import PartName, PartStatus
from app.services.economy import Economy
from app.ui.economy.economy_page import EconomyPage
from app.ui.economy.panel_table import PanelTable
from app.ui.widgets import Button
from tests.fixtures.creme import RealCreme
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton
from tests.helpers.background import BackgroundLoop
from tests.helpers.loaded_warehouse import LoadedWarehouse, creme_source, erp_source
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
    real_tryton: RealTryton, real_creme: RealCreme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reports]:
    folder = tmp_path_factory.mktemp("reports")
    warehouse = LoadedWarehouse(folder / "warehouse.sqlite", [erp_source(real_tryton), creme_source(real_creme)])
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
    assert "No reporting system is connected" in words(shown)
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
    assert not shown.cards["turnover"].view.isVisible()
    # It is back: the panels come by themselves.
    reports.between(ProxyFault.NONE)
    clerk.until_online(SystemKind.REPORTING)
    until_read(clerk)
    assert economy(clerk).subject is not None
    assert economy(clerk).subject.number == OTHER  # type: ignore[union-attr]
