"""A panel of the reporting system on a card: by keys, in both languages, copied and exported."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.documents import Document
from app.domain.economy import PanelData, PanelKind, SubjectKind
from app.ports.connection import SystemKind
from app.ports.errors import Unreachable
from app.services.card_parts import Part, PartStatus
from app.services.economy import Economy
from app.ui.economy.chart import Chart
from app.ui.economy.panel_card import PanelCard
from app.ui.economy.panel_table import PanelModel, PanelTable
from app.ui.economy.panel_view import PanelView
from app.ui.economy.texts import PanelTexts
from app.ui.formats import Formats
from app.ui.language import Language
from app.ui.theme import Theme, ThemeChoice, colours
from app.ui.widgets import Chip
from tests.helpers.sample_panels import EVERY_KIND, ageing, bars, figure, hours, panel, stacked, table

DANISH = Formats(QLocale("da_DK"))
Show = Callable[..., PanelView]


@pytest.fixture
def show(qtbot: QtBot, look: tuple[Theme, Language]) -> Iterator[Show]:
    """Shows a panel in a window of its own."""
    theme, language = look
    theme.choose(ThemeChoice.LIGHT)
    language.choose("en")

    def shown(data: PanelData, formats: Formats = DANISH, width: int = 480) -> PanelView:
        view = PanelView(formats)
        qtbot.addWidget(view)
        view.show_data(data, "10023 Nordlys")
        view.setFixedWidth(width)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        return view

    yield shown
    language.choose("en")
    theme.choose(ThemeChoice.LIGHT)


def plain(text: str) -> str:
    """``text`` with spaces that break."""
    return text.replace("\u00a0", " ")


def chart(view: PanelView) -> Chart:
    """Its picture."""
    found = view.findChild(Chart)
    assert found is not None
    return found


def texts(view: PanelView) -> list[str]:
    """What is read on it."""
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


def button(view: PanelView, name: str) -> QToolButton:
    """The button that is called this."""
    return next(b for b in view.findChildren(QToolButton) if b.isVisible() and b.accessibleName() == name)


def press(qtbot: QtBot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        qtbot.keyClick(widget, key, modifier)


def walk_to(qtbot: QtBot, view: PanelView, wanted: QWidget) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(20):
        if wanted.hasFocus():
            return
        qtbot.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {wanted}")


# -- bars


def test_bars_are_walked_with_keys_and_say_their_figures(qtbot: QtBot, show: Show) -> None:
    view = show(bars(20000, 31000, "-4500.25"))
    picture = chart(view)
    walk_to(qtbot, view, picture)
    heard = [plain(picture.said())]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        press(qtbot, key)
        heard.append(plain(picture.said()))
    first, second, last = "jan 2024: 20.000,00 kr.", "feb 2024: 31.000,00 kr.", "mar 2024: -4.500,25 kr."
    assert heard == [first, second, last, last, first, last]
    assert plain(picture.accessibleName()) == f"Turnover by month: {last}"
    press(qtbot, Qt.Key.Key_Escape)
    assert not picture.said()
    assert picture.accessibleName() == "Turnover by month"


def test_parts_of_bars_are_walked_up_and_along(qtbot: QtBot, show: Show) -> None:
    view = show(stacked())
    picture = chart(view)
    walk_to(qtbot, view, picture)
    heard = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        press(qtbot, key)
        heard.append(picture.said().partition(":")[0])
    # February has no cables: the part nearest to them.
    assert heard == ["jan 2024, Cables", "feb 2024, Lamps", "jan 2024, Lamps", "jan 2024, Lamps"]


def test_the_pointer_says_the_bar_under_it(show: Show) -> None:
    view = show(stacked())
    picture = chart(view)
    plan = picture.plan
    assert plan is not None
    for place, said in ((plan.bars[1].rect.center(), "jan 2024, Cables"), (QPointF(1, 1), "")):
        none = Qt.MouseButton.NoButton
        moved = QMouseEvent(
            QEvent.Type.MouseMove, place, picture.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(picture, moved)
        assert picture.said().partition(":")[0] == said


def test_one_currency_at_a_time(qtbot: QtBot, show: Show) -> None:
    view = show(ageing())
    chips = view.findChildren(Chip)
    assert [(chip.text(), chip.isChecked()) for chip in chips] == [("DKK", True), ("EUR", False)]
    walk_to(qtbot, view, chips[1])
    press(qtbot, Qt.Key.Key_Space)
    assert [chip.isChecked() for chip in view.findChildren(Chip)] == [False, True]
    shown = chart(view).shown
    assert shown is not None
    assert [mark.value for mark in shown.marks] == [0, -1200, 300, 0, 0]
    # Read again, it is the same currency.
    view.show_data(ageing())
    assert chart(view).shown == shown


@pytest.mark.parametrize("data", EVERY_KIND, ids=lambda data: data.panel.title)
def test_every_kind_is_painted_in_both_themes_and_any_width(
    qtbot: QtBot, show: Show, look: tuple[Theme, Language], data: PanelData
) -> None:
    view = show(data)
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        look[0].choose(choice)
        for width in (300, 900):
            view.setFixedWidth(width)
            qtbot.waitUntil(lambda: view.width() == width)  # noqa: B023 - waited for here
            drawn = view.grab().toImage()
            inks = {drawn.pixelColor(x, y).name() for x in range(0, width, 3) for y in range(0, drawn.height(), 2)}
            has_bars = bool(inks & {*colours().series, *colours().ageing})
            assert has_bars == (view.findChild(Chart) is not None), (choice, width)


# -- figures, the table, nothing


def test_figures_are_read_with_their_currency(show: Show) -> None:
    said = [plain(text) for text in texts(show(figure()))]
    assert said[:2] == ["Orders in hand", "Invoiced without VAT."]
    figures = ["123.456,50 kr.", "Orders: 12", "-900,25 EUR", "Orders: 1"]
    assert [text for text in said if text in figures] == figures
    ages = next(text for text in said if text.startswith("Tryton: data as of "))
    assert ages.endswith("\nOrangeHRM: it is not known how old the data are")


def test_nothing_is_said_in_place(show: Show) -> None:
    view = show(bars())
    assert "No figures for this customer" in texts(view)
    assert not [button for button in view.findChildren(QToolButton) if button.isVisible()]
    of_project = panel(PanelKind.BARS, hours().columns, (), on=SubjectKind.PROJECT)
    assert "No figures for this project" in texts(show(of_project))


def test_the_table_behind_it_by_keys(qtbot: QtBot, show: Show) -> None:
    view = show(bars(20000, "-4500.25"))
    walk_to(qtbot, view, button(view, "Show the table"))
    press(qtbot, Qt.Key.Key_Space)
    found = view.findChild(PanelTable)
    assert found is not None
    assert found.isVisible()
    assert not chart(view).isVisible()
    rows = found.rows
    assert plain(rows.index(1, 1).data()) == "-4.500,25 kr."
    assert rows.index(1, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert [rows.headerData(n, Qt.Orientation.Horizontal) for n in (0, 1)] == ["Month", "Turnover"]
    # The keyboard goes through the table, and out of it again.
    walk_to(qtbot, view, found)
    walk_to(qtbot, view, button(view, "Show the picture"))
    press(qtbot, Qt.Key.Key_Space)
    assert chart(view).isVisible()
    assert not found.isVisible()


@pytest.mark.parametrize("data", [bars(), *EVERY_KIND], ids=lambda data: f"{data.panel.title} {len(data.rows)}")
def test_the_model_keeps_its_promises(qapp: QApplication, data: PanelData) -> None:
    model = PanelModel(PanelTexts(DANISH))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_data(data)
    assert (model.rowCount(), model.columnCount()) == (len(data.rows), len(data.columns))
    model.show_data(table(40))
    assert model.rowCount() == 40
    assert qapp is not None


# -- copy, export, link


def test_copy_takes_what_is_selected_else_everything(qtbot: QtBot, show: Show) -> None:
    view = show(table())
    found = view.findChild(PanelTable)
    assert found is not None
    walk_to(qtbot, view, found)
    press(qtbot, Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert copied() == [
        ["Project", "Ordered on", "Margin", "Turnover", "Turnover (currency)"],
        ["'=SO-0000", "2026-03-01", "-12,5", "0", "DKK"],
        ["'=SO-0001", "2026-03-01", "-12,5", "-1", "DKK"],
        ["'=SO-0002", "2026-03-01", "-12,5", "-2", "DKK"],
    ]
    assert "3 rows copied" in texts(view)
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert copied() == [["Margin", "Turnover", "Turnover (currency)"], ["-12,5", "0", "DKK"], ["-12,5", "-1", "DKK"]]


def copied() -> list[list[str]]:
    """What is on the clipboard, as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))


def test_export_gives_a_file_that_a_danish_spreadsheet_opens(qtbot: QtBot, show: Show) -> None:
    view = show(bars("20000.50", "-4500.25"))
    with qtbot.waitSignal(view.export_requested) as asked:
        view.export_action.trigger()
    assert asked.args is not None
    assert asked.args[0] == Document(
        "10023 Nordlys Turnover by month.csv",
        "text/csv",
        b"\xef\xbb\xbfMonth;Turnover;Turnover (currency)\r\n2024-01;20000,50;DKK\r\n2024-02;-4500,25;DKK\r\n",
        made_here=True,
    )


def test_the_menu_leads_to_the_reporting_system_only_where_there_is_a_way(qtbot: QtBot, show: Show) -> None:
    for link, offered in (("https://reports.example/p/1", True), ("", False), ("javascript:alert(1)", False)):
        view = show(bars(1, link=link))
        walk_to(qtbot, view, button(view, "More for “Turnover by month”"))
        press(qtbot, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert (view.link_action in menu.actions()) == offered
        if offered:
            with qtbot.waitSignal(view.link_requested) as asked:
                press_in(qtbot, menu, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
            assert asked.args == [link]
        else:
            press_in(qtbot, menu, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        view.close()


def press_in(qtbot: QtBot, widget: QWidget, *keys: Qt.Key) -> None:
    """Press keys in a menu."""
    for key in keys:
        qtbot.keyClick(widget, key)


def test_another_language_at_once(show: Show, look: tuple[Theme, Language]) -> None:
    view = show(bars(20000), Formats())
    chart(view)._go(0)
    assert plain(chart(view).said()) == "Jan 2024: DKK 20,000.00"
    look[1].choose("da")
    QApplication.processEvents()
    assert plain(chart(view).said()) == "jan 2024: 20.000,00 kr."
    assert view.export_action.text() == "Eksportér som CSV…"
    assert any("det vides ikke, hvor gamle dataene er" in text for text in texts(view))


class _Figures:
    """The figures of one panel, as a card asks for them."""

    def __init__(self, part: Part[PanelData]) -> None:
        self.now = part

    def part(self, _name: str) -> Part[PanelData]:
        """As they are now."""
        return self.now

    def reload(self, _name: str) -> None:
        """Nothing to ask."""


def test_a_card_says_at_once_that_its_figures_are_from_before(qtbot: QtBot, look: tuple[Theme, Language]) -> None:
    data = bars(20000)
    figures = _Figures(
        Part(SystemKind.REPORTING, PartStatus.READY, data, read_at=datetime(2026, 11, 26, 8, tzinfo=UTC))
    )
    card = PanelCard(cast(Economy, figures), data.panel, Formats(), lambda: None, lambda: "10023 Nordlys")
    qtbot.addWidget(card)
    card.show()
    card.refresh()
    assert not any("offline" in label.text() for label in card.findChildren(QLabel) if label.isVisible())
    figures.now = replace(figures.now, status=PartStatus.FAILED, fault=Unreachable("datasette"))
    card.refresh()
    assert any("offline" in label.text() for label in card.findChildren(QLabel) if label.isVisible())
