"""Names and notes that look like HTML are shown as they are written, wherever they are shown: nothing is drawn, loaded
or followed."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QToolButton, QWidget

from app.ports.connection import SystemKind
from app.ports.errors import Refused
from app.services.card_parts import PartName, PartStatus
from tests.fixtures.window import Desk
from tests.helpers.hostile import MARKUP

_KEYS = {"id", "key", "value_id", "value_ids", "company_id", "customer_id", "number", "currency", "version", "next"}
"""What is no text to read: it leads somewhere."""


def spoiled(thing: Any) -> Any:
    """The same with markup in every text."""
    if isinstance(thing, list | tuple):
        return type(thing)(spoiled(each) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing,
            **{part.name: _spoiled_field(part.name, getattr(thing, part.name)) for part in fields(thing) if part.init},
        )
    return thing


def _spoiled_field(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return value if name in _KEYS or isinstance(value, Enum) else f"{MARKUP} {value}"
    return spoiled(value)


def spoil(system: Any, *questions: str) -> None:
    """From now on the answers to these questions are full of markup."""

    def wrapped(ask: Callable[..., Any]) -> Callable[..., Any]:
        async def answer(*args: Any, **more: Any) -> Any:
            return spoiled(await ask(*args, **more))

        return answer

    for question in questions:
        setattr(system, question, wrapped(getattr(system, question)))


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    """Every cell of a table or a list."""
    for row in range(model.rowCount(parent)):
        for column in range(max(model.columnCount(parent) if isinstance(model, QAbstractTableModel) else 1, 1)):
            yield model.index(row, column, parent)


def drawn_as_html(window: QWidget) -> list[str]:
    """Every place in the window, and in its pop-ups, that would take a text for more than a text."""
    found = []
    widgets = [window, *window.findChildren(QWidget), *QApplication.topLevelWidgets()]
    for widget in widgets:
        place = f"{type(widget).__name__} {widget.accessibleName()[:40]}"
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"label: {place}")
        if isinstance(widget, QTextEdit) and not widget.isReadOnly() and widget.acceptRichText():
            found.append(f"text: {place}")
        if not _is_plain(widget.toolTip()):
            found.append(f"tooltip: {place}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips = (index.data(Qt.ItemDataRole.ToolTipRole) for index in cells(widget.model(), QModelIndex()))
            found += [f"tooltip of a cell: {place}" for tip in tips if not _is_plain(str(tip or ""))]
    return found


def _is_plain(tip: str) -> bool:
    """Whether a tooltip, which Qt may take for HTML, draws nothing but the text."""
    if not GuiQt.mightBeRichText(tip):
        return True
    if any(f"<{tag}" in tip for tag in ("img", "script", "a ", "iframe", "style", "object")):
        return False
    page = QTextDocument()
    page.setHtml(tip)
    return "\ufffc" not in page.toPlainText()


def texts_of(window: QWidget) -> str:
    return "\n".join(
        [label.text() for label in window.findChildren(QLabel)]
        + [button.text() for button in window.findChildren(QToolButton)]
    )


def test_a_card_full_of_markup(desk: Desk) -> None:
    desk.sign_in()
    spoil(desk.crm, "search", "company", "companies_by_number", "timeline", "sales", "cases", "campaigns")
    spoil(desk.erp, "customer", "search_customers", "orders_of")
    _found(desk)
    assert drawn_as_html(desk.window) == []
    match = next(each for each in desk.search.matches if each.number == "10023")
    assert MARKUP in match.name
    desk.window.open(match)
    ready = PartStatus.READY
    parts = (PartName.COMPANY, PartName.CUSTOMER, PartName.TIMELINE, PartName.SALES, PartName.ORDERS)
    desk.until(lambda: all(desk.card.part(name).status is ready for name in parts))
    panel = desk.panel
    for page in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(page)
        desk.answer()
        assert drawn_as_html(desk.window) == []
    assert texts_of(desk.window).count(MARKUP) > 10, "it is shown, as it is written"


@pytest.mark.parametrize("kind", [SystemKind.CRM, SystemKind.ERP])
def test_a_refusal_in_markup(desk: Desk, kind: SystemKind) -> None:
    desk.sign_in()
    match = next(iter(_found(desk)))
    system = desk.crm if kind is SystemKind.CRM else desk.erp
    system.fault = Refused(kind.value, MARKUP, detail=MARKUP)
    desk.window.open(match)
    name = PartName.COMPANY if kind is SystemKind.CRM else PartName.CUSTOMER
    desk.until(lambda: desk.card.part(name).status is PartStatus.FAILED)
    desk.panel.finish()
    desk.answer()
    assert drawn_as_html(desk.window) == []
    assert MARKUP in texts_of(desk.window)


def _found(desk: Desk) -> Any:
    search = desk.window.top_bar.search
    search.start()
    QTest.keyClicks(search, "nordlys")
    desk.until(lambda: bool(desk.search.matches) and not desk.search.is_searching)
    return desk.search.matches
