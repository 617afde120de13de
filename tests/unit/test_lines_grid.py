"""The grid of an order's lines: what painting and changing rows costs, counted in calls, and what is painted."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.header_edits import Repricing
from app.domain.orders import LineField, LinePrice
from app.services.buying_habits import HistoryShelf
from app.services.order_desk import DeskOrder
from app.services.order_rows import InputProblem
from app.ui.formats import Formats
from app.ui.language import Language
from app.ui.orders.cell_texts import CellTexts
from app.ui.orders.columns import Column
from app.ui.orders.head_question import HeadQuestion
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.lines_view import LinesView
from app.ui.orders.rows_view import ROW_HEIGHT
from app.ui.theme import Theme, ThemeChoice, colours
from tests.helpers.fake_erp import CABLE, DRIVER, LAMP, kroner
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored

_LINES = 1000
_ITEMS = (LAMP, DRIVER, CABLE)


class CountedModel(LinesModel):
    """Counts what it is asked, in ``asked``."""

    def __init__(self, *args: Any) -> None:
        self.asked: Counter[str] = Counter()
        super().__init__(*args)

    def data(self, index: Any, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """See `LinesModel`."""
        self.asked["data"] += 1
        return super().data(index, role)

    def flags(self, index: Any) -> Qt.ItemFlag:
        """See `LinesModel`."""
        self.asked["flags"] += 1
        return super().flags(index)

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        """See `LinesModel`."""
        self.asked["rowCount"] += 1
        return super().rowCount(parent)

    def looks(self, row: int) -> Any:
        """See `LinesModel`."""
        self.asked["looks"] += 1
        return super().looks(row)


class Grid:
    """A grid that shows an order of a thousand lines."""

    def __init__(self, qtbot: QtBot, runner: ManualRunner) -> None:
        lines = [stored(str(number), number % 50 + 1, _ITEMS[number % 3]) for number in range(1, _LINES + 1)]
        self.desk = Desk(runner, *lines)
        order = DeskOrder(cast(Any, self.desk.erp), self.desk.session, runner, HistoryShelf())
        self.view = LinesView()
        self.model = CountedModel(order, Formats(), self.view)
        self.view.show_lines(self.model)
        self.view.resize(760, 600)
        qtbot.addWidget(self.view)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.view.go_to(0)
        self.until_painted()

    @property
    def rows(self) -> int:
        """How many rows are seen, parts of rows included."""
        return self.view.rowAt(self.view.viewport().height() - 1) - self.view.rowAt(0) + 1

    def count(self, do: Callable[[], object]) -> Counter[str]:
        """What the model is asked while it is done and painted."""
        self.model.asked = Counter()
        do()
        self.until_painted()
        return self.model.asked

    @staticmethod
    def until_painted() -> None:
        """Everything that was to be painted has been."""
        QTest.qWait(30)

    def key(self, key: Qt.Key) -> None:
        """Press a key."""
        QTest.keyClick(self.view, key)


@pytest.fixture
def grid(qtbot: QtBot, runner: ManualRunner, look: tuple[Theme, Language]) -> Grid:
    """A thousand lines, the cursor on the first."""
    look[0].choose(ThemeChoice.LIGHT)
    return Grid(qtbot, runner)


def test_a_screen_is_painted_without_asking_for_cells(grid: Grid) -> None:
    asked = grid.count(lambda: grid.view.viewport().update())
    assert asked["looks"] == grid.rows
    assert asked["data"] == asked["flags"] == 0
    assert asked["rowCount"] <= 2


def test_scrolling_works_out_only_the_rows_that_come(grid: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    told: Counter[str] = Counter()
    shown = CellTexts.shown

    def counted(self: CellTexts, view: Any, column: int) -> str:
        told[view.key] += 1
        return shown(self, view, column)

    monkeypatch.setattr(CellTexts, "shown", counted)
    seen = grid.rows
    bar = grid.view.verticalScrollBar()
    grid.count(lambda: bar.setValue(bar.value() + 60))
    assert 2 <= len(told) <= 3
    told.clear()
    asked = grid.count(lambda: grid.key(Qt.Key.Key_PageDown))
    assert len(told) <= seen + 1
    assert asked["data"] == 0
    told.clear()
    grid.count(lambda: grid.key(Qt.Key.Key_PageUp))
    assert not told, "rows that were seen a moment ago were worked out again"


def test_a_change_of_one_row_paints_that_row_alone(grid: Grid) -> None:
    key = grid.desk.session.keys()[7]
    asked = grid.count(lambda: grid.desk.session.edit(key, LineField.DESCRIPTION, "another text"))
    assert 1 <= asked["looks"] <= 2, "the row, and the one that its edge touches"
    assert asked["data"] == 0


def test_what_is_painted(grid: Grid) -> None:
    keys, view, session = grid.desk.session.keys(), grid.view, grid.desk.session
    session.reject(keys[4], LineField.QUANTITY, "two", InputProblem.NOT_A_NUMBER)
    view.go_to(2)
    grid.until_painted()
    picture = view.viewport().grab().toImage()

    def at(row: int, column: Column, x: int = 4, y: int = 4) -> str:
        return QColor(picture.pixel(view.columnViewportPosition(column) + x, view.rowViewportPosition(row) + y)).name()

    plain = at(8, Column.QUANTITY)
    assert plain == colours().surface
    assert at(2, Column.QUANTITY) == colours().selected
    assert at(2, Column.PRODUCT, 1, 10) == colours().accent, "no ring around the cell of the cursor"
    assert at(2, Column.DESCRIPTION, 1, 10) == colours().selected
    assert at(4, Column.QUANTITY) not in (plain, colours().selected), "what cannot be sent is not on red ground"
    assert at(4, Column.UNIT) == plain
    QTest.mouseMove(
        view.viewport(), QPoint(view.columnViewportPosition(Column.UNIT) + 9, view.rowViewportPosition(9) + 9)
    )
    grid.until_painted()
    picture = view.viewport().grab().toImage()
    assert at(9, Column.UNIT) == colours().hover
    assert at(9, Column.QUANTITY) == at(8, Column.UNIT) == plain


def test_where_there_is_little_room_what_is_asked_gives_way_too(grid: Grid, qtbot: QtBot) -> None:
    question, page = HeadQuestion(Formats()), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(question)
    column.addWidget(grid.view, 1)
    qtbot.addWidget(page)
    lines = grid.desk.session.order.lines[:6]
    price = LinePrice(None, kroner(Decimal(3)), None, kroner(Decimal(3)), (), None)
    question.ask([Repricing(line, price) for line in lines])
    heights: dict[int, int] = {}
    for height in (700, 380):
        page.resize(700, height)
        page.show()
        grid.until_painted()
        heights[height] = question.table.height()
        assert grid.view.viewport().height() >= 2 * ROW_HEIGHT
        assert page.height() == height, "more room is taken than there is"
    assert question.table.viewport().height() >= 2 * 26
    assert heights[380] < heights[700]
    grid.view.setParent(None)
