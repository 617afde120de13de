"""An order on paper, by keys, from the real ERP: shown, printed, saved, and handed to a recorded mail program."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from app.domain.trade_events import TradeKind
from app.ports.connection import SystemKind
from app.services.card_parts import PartName, PartStatus
from app.storage import handover
from app.storage.handover import DesktopHandOver
from app.ui.card.timeline import Timeline
from app.ui.card.timeline_row import ENTRY
from app.ui.documents.papers import Papers
from app.ui.documents.pdf import PdfPages
from app.ui.documents.viewer import Viewer
from app.ui.formats import Formats
from tests.contract.erp_documents import words_of
from tests.fixtures.program import Clerk
from tests.fixtures.tryton import RealTryton

CUSTOMER = "10023"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
REPORT = 60_000  # ms: LibreOffice on a busy machine, and its first start


class Reader:
    """A clerk who wants orders on paper.

    Attributes:
        started: The programs that were started, with their arguments.
    """

    def __init__(self, new_clerk: Callable[..., Clerk]) -> None:
        self.started: list[list[str]] = []
        launch = DesktopHandOver(lambda command: self.started.append(list(command)), platform="linux")
        self.clerk = new_clerk(hand_over=launch)
        self.clerk.until_online(SystemKind.CRM, SystemKind.ERP)

    @property
    def papers(self) -> Papers:
        """The documents' part of the panel."""
        return self.clerk.program.panel.papers

    @property
    def said(self) -> str:
        """What is said about documents."""
        return self.papers.bar.text()

    def order(self, *lines: tuple[str, str]) -> None:
        """Type an order and do not wait for it to be written."""
        self.clerk.begin_order(CUSTOMER)
        for item, quantity in lines:
            self.clerk.enter_line(item, quantity)

    def quote(self) -> str:
        """Press the ERP's own button, which gives the order its number."""
        self.clerk.until_stored(1)
        self.clerk.until(lambda: not self.clerk.session.is_busy and self.button("Quote").isEnabled())
        self.button("Quote").setFocus()
        self.clerk.until(lambda: self.button("Quote").hasFocus())
        self.clerk.press(Qt.Key.Key_Space)
        self.clerk.until(lambda: bool(self.clerk.session.order.number), REPORT)
        return self.clerk.session.order.number

    def button(self, text: str) -> QPushButton:
        """The button with these words in the order's half."""
        panel = self.clerk.program.panel

        def seen() -> list[QPushButton]:
            return [b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible()]

        self.clerk.until(lambda: bool(seen()))
        return seen()[0]

    def shown(self) -> Viewer:
        """Ctrl+Shift+P, and the window that comes."""
        self.clerk.press(Qt.Key.Key_P, CTRL | SHIFT)
        self.clerk.until(lambda: bool(self.papers.viewers), REPORT)
        viewer = self.papers.viewers[-1]
        self.clerk.until(lambda: viewer.isActiveWindow() and viewer.column.is_drawn)
        return viewer

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """The dialog of that kind, with the keyboard in it."""

        def there() -> list[QWidget]:
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isActiveWindow()]

        self.clerk.until(lambda: bool(there()), REPORT)
        return there()[0]


@pytest.fixture
def reader(new_clerk: Callable[..., Clerk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A clerk whose mail program is recorded, and whose temporary folder is the test's."""
    monkeypatch.setattr(handover.tempfile, "tempdir", str(tmp_path))
    return Reader(new_clerk)


@pytest.fixture
def no_libreoffice(real_tryton: RealTryton) -> Iterator[None]:
    """The administrator wants the order's report as the template's own format."""
    (report,) = real_tryton.admin.find("ir.action.report", ["report_name", "=", "sale.sale"], fields=("extension",))
    real_tryton.admin("model.ir.action.report.write", [report["id"]], {"extension": ""})
    yield
    real_tryton.admin("model.ir.action.report.write", [report["id"]], {"extension": report["extension"]})


def darkness(picture: QImage) -> list[int]:
    """How dark each of 20 × 28 fields of a page is: the same for a page and its print, whatever their resolutions."""
    small = picture.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        20, 28, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [255 - small.pixelColor(x, y).value() for y in range(28) for x in range(20)]


def test_an_order_is_shown_with_what_was_typed_last(reader: Reader) -> None:
    reader.order(("4711", "40"), ("4101", "12"))
    viewer = reader.shown()
    words = words_of(viewer.document.content)
    # Both lines were on their way when the document was asked for. The items have the customer's own numbers there.
    assert all(quantity in words for quantity in ("40 stk", "12 stk"))
    reader.clerk.press(Qt.Key.Key_Escape)
    reader.clerk.until(lambda: not reader.papers.viewers)


def test_an_order_is_shown_with_its_number(reader: Reader) -> None:
    reader.order(("4711", "40"))
    number = reader.quote()
    viewer = reader.shown()
    assert number in words_of(viewer.document.content)
    assert viewer.windowTitle() == viewer.document.title
    assert number in viewer.windowTitle()
    reader.clerk.until(lambda: number in viewer.column.accessibleDescription())
    assert reader.said == ""
    before = viewer.column.zoom
    reader.clerk.press(Qt.Key.Key_Plus, CTRL)
    reader.clerk.until(lambda: viewer.column.zoom > before and viewer.column.is_drawn)
    reader.clerk.press(Qt.Key.Key_0, CTRL)
    assert viewer.column.zoom == before
    reader.clerk.press(Qt.Key.Key_Escape)
    reader.clerk.until(lambda: not reader.papers.viewers)


def test_an_order_is_saved_where_the_user_says(reader: Reader, tmp_path: Path) -> None:
    reader.order(("4711", "40"))
    number = reader.quote()
    reader.clerk.press(Qt.Key.Key_S, CTRL | SHIFT)
    dialog = reader.dialog(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name.endswith(f"{number}.pdf")
    path = tmp_path / "bekræftelse"
    reader.clerk.press(Qt.Key.Key_A, CTRL)
    reader.clerk.type(str(path))
    reader.clerk.press(Qt.Key.Key_Return)
    saved = path.with_suffix(".pdf")
    reader.clerk.until(lambda: "bekræftelse.pdf" in reader.said)
    assert number in words_of(saved.read_bytes())


def test_a_place_where_nothing_can_be_saved_is_told_and_another_offered(reader: Reader, tmp_path: Path) -> None:
    reader.order(("4711", "40"))
    reader.clerk.press(Qt.Key.Key_S, CTRL | SHIFT)
    dialog = reader.dialog(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    # The folder goes while the dialog is open; root may write into any that is there.
    dialog.fileSelected.emit(str(tmp_path / "gone" / "order.pdf"))
    dialog.reject()
    reader.clerk.until(lambda: "not there any more" in reader.said)


def test_an_order_is_printed_from_its_window(reader: Reader, tmp_path: Path) -> None:
    reader.order(("4711", "40"))
    viewer = reader.shown()
    reader.clerk.press(Qt.Key.Key_P, CTRL)
    dialog = reader.dialog(QPrintDialog)
    path = tmp_path / "print.pdf"
    field = dialog.findChild(QLineEdit, "filename")
    assert field is not None
    field.setFocus()
    reader.clerk.press(Qt.Key.Key_A, CTRL)
    reader.clerk.type(str(path))
    reader.clerk.press(Qt.Key.Key_Return)
    reader.clerk.until(lambda: "printer" in viewer.messages.text(), REPORT)
    printed, made = PdfPages(path.read_bytes()), PdfPages(viewer.document.content)
    assert len(printed.sizes) == len(made.sizes)
    on_paper, on_screen = darkness(printed.image(0, 1.0)), darkness(made.image(0, 1.0))
    assert max(on_paper) > 20, "the paper is not empty"
    assert sum(abs(a - b) for a, b in zip(on_paper, on_screen, strict=True)) < 0.5 * sum(on_screen)
    printed.close()
    made.close()


def test_a_mail_is_begun_with_the_address_that_the_erp_has(reader: Reader) -> None:
    reader.order(("4711", "40"))
    number = reader.quote()
    reader.clerk.press(Qt.Key.Key_M, CTRL | SHIFT)
    reader.clerk.until(lambda: bool(reader.started), REPORT)
    ((program, *arguments),) = reader.started
    assert program == "xdg-email"
    order = reader.clerk.session.order
    path = Path(arguments[arguments.index("--attach") + 1])
    assert number in path.name
    assert number in words_of(path.read_bytes())
    (party,) = reader.clerk.erp.admin("model.party.party.read", [int(order.header.customer.id)], ["email"])
    assert party["email"]
    assert arguments[-1] == f"mailto:{party['email']}"
    reader.clerk.until(lambda: "Nothing is sent yet" in reader.said)


def test_an_invoice_of_the_timeline_is_shown_saved_printed_and_mailed(reader: Reader, tmp_path: Path) -> None:
    clerk = reader.clerk
    clerk.find("10039")
    timeline = clerk.program.window.card_panel.timeline
    clerk.until(lambda: clerk.program.card.part(PartName.TRADE).status is PartStatus.READY)
    clerk.program.window.card_panel.tabs.setCurrentWidget(timeline)
    timeline._filters[TradeKind.INVOICE].setFocus()
    clerk.press(Qt.Key.Key_Space)
    clerk.until(lambda: {getattr(e, "kind", None) for e in _entries(timeline)} == {TradeKind.INVOICE})
    timeline.list.setFocus()
    clerk.press(Qt.Key.Key_Home)
    invoice = timeline.list.currentIndex().data(ENTRY)
    assert invoice.number
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: bool(reader.papers.viewers), REPORT)
    viewer = reader.papers.viewers[-1]
    clerk.until(lambda: viewer.isActiveWindow() and viewer.column.is_drawn)
    content = viewer.document.content
    words = words_of(content)
    assert "Faktura nr.:" in words  # the customer's language
    assert invoice.number in words
    assert Formats(QLocale("da")).amount(invoice.amount) in words.replace("\u202f", ".").replace("\xa0", ".")
    if folder := os.environ.get("SAMSPIL_PICTURES"):
        viewer.grab().save(f"{folder}/invoice.png")

    clerk.press(Qt.Key.Key_S, CTRL)
    dialog = reader.dialog(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert invoice.number in Path(dialog.selectedFiles()[0]).name
    path = tmp_path / "faktura"
    clerk.press(Qt.Key.Key_A, CTRL)
    clerk.type(str(path))
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: "faktura.pdf" in viewer.messages.text())
    assert path.with_suffix(".pdf").read_bytes() == content

    viewer.activateWindow()  # no window manager does it here
    clerk.until(viewer.isActiveWindow)
    clerk.press(Qt.Key.Key_P, CTRL)
    printing = reader.dialog(QPrintDialog)
    field = printing.findChild(QLineEdit, "filename")
    assert field is not None
    field.setFocus()
    clerk.press(Qt.Key.Key_A, CTRL)
    clerk.type(str(tmp_path / "print.pdf"))
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: "printer" in viewer.messages.text(), REPORT)
    printed, made = PdfPages((tmp_path / "print.pdf").read_bytes()), PdfPages(content)
    assert len(printed.sizes) == len(made.sizes)
    assert max(darkness(printed.image(0, 1.0))) > 20, "the paper is not empty"
    printed.close()
    made.close()

    viewer.activateWindow()  # no window manager does it here
    clerk.until(viewer.isActiveWindow)
    clerk.press(Qt.Key.Key_M, CTRL | SHIFT)
    clerk.until(lambda: bool(reader.started), REPORT)
    ((program, *arguments),) = reader.started
    attached = Path(arguments[arguments.index("--attach") + 1])
    assert program == "xdg-email"
    assert invoice.number in attached.name
    assert attached.read_bytes() == content
    # As it is kept in the ERP from now on, and given to everybody who asks.
    (kept,) = clerk.erp.admin("model.account.invoice.read", [int(invoice.id)], ["invoice_report_format"])
    assert kept["invoice_report_format"] == "pdf"


def _entries(timeline: Timeline) -> list[Any]:
    model = timeline.list.model()
    return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]


def test_where_the_erp_makes_no_pdf_it_is_offered_as_what_it_is(reader: Reader, no_libreoffice: None) -> None:
    reader.order(("4711", "40"))
    reader.clerk.press(Qt.Key.Key_P, CTRL)
    reader.clerk.until(lambda: "no PDF" in reader.said, REPORT)
    reader.button("Open").setFocus()
    reader.clerk.press(Qt.Key.Key_Space)
    reader.clerk.until(lambda: bool(reader.started))
    ((program, path),) = reader.started
    assert (program, Path(path).suffix) == ("xdg-open", ".odt")
    assert Path(path).read_bytes().startswith((b"PK", b"<?xml"))


def test_a_line_in_red_is_not_left_out_in_silence(reader: Reader) -> None:
    reader.order(("4711", "40"))
    reader.clerk.until_stored(1)
    reader.clerk.enter_line("4101", "two")
    reader.clerk.press(Qt.Key.Key_P, CTRL | SHIFT)
    reader.clerk.until(lambda: "not in the ERP yet" in reader.said)
    assert not reader.papers.viewers


def test_a_document_can_be_given_up_and_the_window_stays_quick(reader: Reader) -> None:
    reader.order(("4711", "40"))
    reader.clerk.until_stored(1)
    reader.clerk.erp_line.latency = 1.0
    reader.clerk.press(Qt.Key.Key_P, CTRL | SHIFT)
    reader.clerk.until(lambda: "ERP" in reader.said)
    reader.button("Cancel").setFocus()
    reader.clerk.press(Qt.Key.Key_Space)
    assert reader.said == ""
    reader.clerk.erp_line.latency = 0.0
    reader.clerk.enter_line("4101", "2")
    reader.clerk.until_stored(2)
    assert not reader.papers.viewers
