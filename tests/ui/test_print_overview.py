"""An overview of panels on paper, and saving what leaves the app: by PDFium's reading, and on the real disk."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.documents import Document
from app.domain.economy import (
    ExpenseTotal,
    ExpenseTotals,
    HoursTotals,
    PanelData,
    Period,
    ProjectHours,
    Subject,
    SubjectKind,
)
from app.ports.connection import SystemKind
from app.services.card_parts import Part
from app.services.economy import Economy
from app.services.systems import Systems
from app.storage.handover import DesktopHandOver
from app.ui.documents.saving import Saving
from app.ui.economy.on_paper import sheet_of
from app.ui.economy.paper import PaperWriter, Sheet
from app.ui.economy.print_overview import OverviewPrint
from app.ui.formats import Formats
from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.widgets import MessageBar, MessageKind
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.sample_panels import EVERY_KIND, bars, hours, money, table

WHOSE = "10023 Nordlys Belysning ApS"
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def sheet(*panels: PanelData) -> Sheet:
    """An overview of these."""
    return Sheet("Økonomi", WHOSE, AT, panels)


def pages_of(content: bytes) -> list[str]:
    """The words on each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded().replace("\u00a0", " ") for page in document]
    finally:
        document.close()


def written(*panels: PanelData) -> list[str]:
    """The pages of an overview, in Danish formats."""
    writer = PaperWriter(sheet(*panels), Formats(QLocale("da_DK")))
    for _ in writer.write():
        assert not writer.content
    return pages_of(writer.content)


@pytest.fixture(autouse=True)
def language(look: tuple[Theme, Language]) -> Iterator[Language]:
    look[1].choose("en")
    yield look[1]
    look[1].choose("en")


def test_every_kind_is_on_paper_with_its_figures_and_ages(qapp: QApplication) -> None:
    assert qapp is not None
    (page,) = written(*EVERY_KIND)
    for words in (WHOSE, "Økonomi", "123.456,50 kr.", "-900,25 EUR", "Orders: 12", "148.200,00 kr.", "312,50 h"):
        assert words in page, words
    # The ageing's other currency, the table's rows, the axis, the legend, and what is not known.
    for words in ("-1.200,00 EUR", "=SO-0002", "thousand DKK", "Cables", "no figure", "25.11.2026", "Page 1"):
        assert words in page, words
    assert page.count("Tryton: data as of ") == len(EVERY_KIND)
    assert page.count("OrangeHRM: it is not known how old the data are") == len(EVERY_KIND)


def test_no_picture_is_on_two_pages_and_a_long_table_goes_on_under_its_headings(qapp: QApplication) -> None:
    assert qapp is not None
    pages = written(*[bars(*range(1, number + 2)) for number in range(11)], table(130), hours())
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        assert WHOSE in page
        assert f"Page {number}" in page
    pictures = pages[:2]
    assert sum(page.count("Turnover by month") for page in pages) == 11
    assert all(page.count("Turnover by month") == page.count("Tryton: data as of ") for page in pictures)
    of_table = [page for page in pages if "Orders in hand, one by one" in page]
    assert [page.count("Ordered on") for page in of_table] == [1] * len(of_table)
    assert sum(page.count("=SO-") for page in of_table) == 130
    assert [("(continued)" in page) for page in of_table] == [False] + [True] * (len(of_table) - 1)


def test_a_panel_higher_than_a_page_is_made_smaller(qapp: QApplication) -> None:
    assert qapp is not None
    data = hours()
    rows = tuple((f"P-{number}", cell) for number, (_, cell) in enumerate(data.rows * 40))
    pages = written(PanelData(data.panel, data.columns, rows, data.sources))
    assert len(pages) == 2
    assert all(f"P-{number}" in pages[1] for number in range(80))


def test_nothing_and_another_language(language: Language) -> None:
    language.choose("da")
    (page,) = written(bars())
    for words in ("Ingen tal for denne kunde", "Side 1", "Udskrevet", "Tryton: data fra "):
        assert words in page, words


def test_hours_and_expenses_are_tables_after_the_panels_with_their_systems_own_totals(runner: ManualRunner) -> None:
    economy = Economy(Systems(), runner)
    period = Period(date(2026, 1, 1), date(2026, 11, 25))
    data = bars(1)
    economy.subject = subject = Subject(SubjectKind.CUSTOMER, "10023")
    economy.panels = Part(SystemKind.REPORTING, value=(data.panel,), read_at=AT)
    economy._put(data.panel.key, Part(SystemKind.REPORTING, value=data, read_at=AT))
    hours = (ProjectHours("P-1", "Harbour", Decimal("7.5"), money(4000)), ProjectHours("", "", Decimal(2)))
    economy.hours = Part(SystemKind.TIME, value=HoursTotals(subject, period, hours, Decimal("9.5")), read_at=AT)
    spent = (ExpenseTotal("P-1", "travel", money("812.5")), ExpenseTotal("P-1", "hotel", money(90, "EUR")))
    totals = (money("812.5"), money(90, "EUR"))
    economy.expenses = Part(SystemKind.EXPENSE, value=ExpenseTotals(subject, period, spent, totals), read_at=AT)
    paper = sheet_of(economy, WHOSE, Formats(QLocale("da_DK")))
    assert [panel.panel.title for panel in paper.panels] == ["Turnover by month", "Hours", "Travel expenses"]
    (page,) = written(*paper.panels)
    for words in ("P-1", "Harbour", "7,50", "4.000,00 kr.", "Total: 9,50", "Total: 812,50 kr., 90,00 EUR", "hotel"):
        assert words in page, words
    assert "Time: data as of" in page
    # What is not there is not on paper.
    economy.hours, economy.expenses = Part(SystemKind.TIME), Part(SystemKind.EXPENSE)
    assert [panel.panel.title for panel in sheet_of(economy, WHOSE, Formats()).panels] == ["Turnover by month"]


# -- making and saving it


class Room:
    """A window with a bar, where things are saved on this disk."""

    def __init__(self, qtbot: QtBot, runner: ManualRunner) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.bar = MessageBar()
        QVBoxLayout(self.window).addWidget(self.bar)
        self.window.show()
        self.runner = runner
        self.saving = Saving(DesktopHandOver(), runner)
        self.print = OverviewPrint(Formats(), self.bar, self.window)
        self.made: list[Document] = []
        self.print.made.connect(self.made.append)
        self.said: list[str] = []
        self.on_said: Callable[[str], None] = lambda _what: None
        show = self.bar.show_message

        def heard(kind: MessageKind, what: str, **more: Any) -> None:
            show(kind, what, **more)
            self.said.append(self.bar.text())
            self.on_said(what)

        self.bar.show_message = heard  # type: ignore[assignment, method-assign]

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the loop turn until it is so."""
        for _ in range(2000):
            QApplication.processEvents()
            self.runner.advance(0.0)
            if is_so():
                return
            time.sleep(0.005)
        raise AssertionError("it did not become so")

    def save(self, document: Document, path: Path) -> QFileDialog:
        """Choose ``path`` in the dialog."""
        self.saving.ask(document, "Save the table as", self.window, self.bar)
        dialog = self.window.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        return dialog


@pytest.fixture
def room(qtbot: QtBot, runner: ManualRunner) -> Room:
    return Room(qtbot, runner)


def test_a_pdf_is_made_in_turns_and_told(room: Room) -> None:
    room.print.start(sheet(*EVERY_KIND))
    assert room.print.is_busy
    room.until(lambda: bool(room.made))
    assert room.said == [f"Making the PDF: {done} of 6" for done in range(6)]
    assert not room.bar.text()
    assert not room.print.is_busy
    assert room.made[0].file_name == f"{WHOSE} Økonomi.pdf"
    assert WHOSE in pages_of(room.made[0].content)[0]


def test_a_pdf_that_is_cancelled_is_not_made(room: Room) -> None:
    def press_cancel(what: str) -> None:
        if "3 of 6" in what:
            (cancel,) = [button for button in room.bar.findChildren(QPushButton) if button.text() == "Cancel"]
            cancel.click()

    room.on_said = press_cancel
    room.print.start(sheet(*EVERY_KIND))
    room.until(lambda: not room.print.is_busy)
    assert room.said[-1] == "Making the PDF: 3 of 6"
    assert not room.made
    assert not room.bar.text()
    # Another one after it is made as ever, and alone.
    room.print.start(sheet(bars(1)))
    room.until(lambda: bool(room.made))
    assert "Orders in hand" not in pages_of(room.made[0].content)[0]
    assert len(room.made) == 1


def test_what_is_saved_is_told_and_so_is_what_cannot_be(room: Room, tmp_path: Path) -> None:
    document = Document("tal.csv", "text/csv", b"\xef\xbb\xbfMonth\r\n")
    dialog = room.save(document, tmp_path / "tal.csv")
    assert Path(dialog.selectedFiles()[0]).name == "tal.csv"
    room.until(lambda: "Saved as “tal.csv”" in room.bar.text())
    assert (tmp_path / "tal.csv").read_bytes() == document.content
    room.save(document, tmp_path / "gone" / "tal.csv")
    room.until(lambda: "not there any more" in room.bar.text())
    assert [button.text() for button in room.bar.findChildren(QPushButton) if button.isVisible()][:1] == ["Save as…"]
