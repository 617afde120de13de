"""What the window says about the price of the line under the cursor, on the real ERP, by keys."""

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.orders import LineField
from app.ports.connection import SystemKind
from app.ui.orders.price_strip import PriceStrip
from tests.fixtures.program import Clerk

CUSTOMER = "10023"  # with a price list of its own: 4711 at 165 from 10, 156 from 25 and 148 from 50


def _strip(clerk: Clerk) -> PriceStrip:
    return clerk.program.panel.price


def _says(clerk: Clerk, *words: str) -> Callable[[], bool]:
    return lambda: all(word in _strip(clerk).text for word in words)


def _look(clerk: Clerk, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("SAMSPIL_PICTURES"):
        QApplication.processEvents()
        clerk.program.window.grab().save(f"{folder}/{name}.png")


def _up(clerk: Clerk, rows: int = 1) -> None:
    for _ in range(rows):
        clerk.press(Qt.Key.Key_Up)


def test_it_says_why_and_offers_the_next_break(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    assert _strip(clerk).isVisible()
    assert _strip(clerk).text == ""
    clerk.type("4711")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(_says(clerk, "Why 186.42?", "From 10 → 165.00", "In stock"))
    _look(clerk, "typing")
    clerk.type("40")
    clerk.press(Qt.Key.Key_Return)
    clerk.until_stored(1)
    assert _strip(clerk).text == "", "the cursor is on the empty row"
    _up(clerk)
    clerk.until(
        _says(clerk, "Why 156.00?", "Aftale 10023 Nordlys Belysning", "from 25 stk", "until", "10 more → 148.00")
    )
    assert _strip(clerk).accessibleDescription() == _strip(clerk).text
    _look(clerk, "why")
    clerk.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    clerk.until(_says(clerk, "Why 148.00?", "from 50 stk"))
    assert "more" not in _strip(clerk).text
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: clerk.rows()[0].line.quantity == 50)
    clerk.until_stored(1)


def test_a_price_by_hand_stands_beside_the_erps(clerk: Clerk) -> None:
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4711", "40")
    clerk.until_stored(1)
    key = clerk.session.keys()[0]
    price = clerk.rows()[0].line.unit_price
    assert price is not None
    _up(clerk)
    clerk.until(_says(clerk, "Why 156.00?"))
    clerk.program.panel.lines.lines.setData(  # type: ignore[union-attr]
        clerk.program.panel.lines.lines.index(0, 7),  # type: ignore[union-attr]
        "140",
    )
    clerk.until(_says(clerk, "The ERP's own price: 156.00", "from 25 stk"))
    assert LineField.UNIT_PRICE in clerk.session.row(key).manual
    assert "more" not in _strip(clerk).text
    _look(clerk, "by-hand")


@pytest.fixture
def danish_clerk(new_clerk: Callable[..., Clerk]) -> Iterator[Clerk]:
    """One who works in Danish; the language is the whole application's, so it is put back."""
    clerk = new_clerk(language="da")
    clerk.until_online(SystemKind.CRM, SystemKind.ERP)
    yield clerk
    clerk.program.language.choose("en")


def test_it_speaks_danish_and_never_cuts_a_figure(danish_clerk: Clerk) -> None:
    clerk = danish_clerk
    clerk.begin_order(CUSTOMER)
    clerk.enter_line("4101", "12")
    clerk.until_stored(1)
    _up(clerk)
    clerk.until(_says(clerk, "Hvorfor 225,00?", "fra 10 stk", "38 mere → 212,00", "På lager", "listepris 349,00"))
    _look(clerk, "danish")
    strip = _strip(clerk)
    for width in range(720, 240, -24):
        strip.setFixedWidth(width)
        QApplication.processEvents()
        shown = strip.shown_basis
        assert shown.startswith("Aftale 10023")
        assert shown.endswith(("Belysning", "stk", "2027", "349,00")), shown
    assert "listepris" not in strip.shown_basis
    _look(clerk, "narrow")
