"""The geometry of a panel's picture, and the axis it stands on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QRectF

from app.domain.economy import Column, ColumnRole, ColumnType, PanelData, PanelKind
from app.ui.economy.picture import currencies, picture_of
from app.ui.economy.plan import Plan, plan_of
from app.ui.economy.scale import Scale, scale_for
from app.ui.economy.texts import PanelTexts
from app.ui.formats import Formats
from app.ui.theme.tokens import DARK, LIGHT, Colours, contrast
from tests.helpers.sample_panels import AMOUNT, GROUP, MONTH, ageing, bars, hours, money, month, panel, stacked
from tests.helpers.seen_colours import farness

TEXTS = PanelTexts(Formats(QLocale("da_DK")))
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**18), max_value=10**18)


class Mono:
    """Every letter is seven pixels wide."""

    height = 14.0

    def width(self, text: str) -> float:
        """See `Measure`."""
        return 7.0 * len(text)


def laid(data: PanelData, width: float = 480, currency: str = "DKK") -> Plan:
    """The plan of a panel's picture."""
    picture = picture_of(data, currency)
    assert picture is not None
    return plan_of(picture, width, TEXTS, Mono())


# -- the axis


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "91553", ["0", "25000", "50000", "75000", "100000"]),
        ("-6000", "10000.25", ["-10000", "-5000", "0", "5000", "10000", "15000"]),
        ("0", "0.0006", ["0", "0.0002", "0.0004", "0.0006"]),
        ("-30", "-3", ["-30", "-20", "-10", "0"]),
        ("0", "0", ["0"]),
    ],
)
def test_ticks_are_round(low: str, high: str, ticks: list[str]) -> None:
    scale = scale_for(Decimal(low), Decimal(high), 4)
    assert scale.ticks == tuple(map(Decimal, ticks))


def test_nothing_is_counted_in_halves() -> None:
    assert scale_for(Decimal(0), Decimal(2), 5, whole=True).ticks == (0, 1, 2)


@given(AMOUNTS, AMOUNTS, st.integers(1, 8))
def test_everything_is_on_the_axis_and_zero_too(one: Decimal, other: Decimal, most: int) -> None:
    low, high = sorted((one, other))
    scale = scale_for(low, high, most)
    assert scale.low <= min(low, 0)
    assert scale.high >= max(high, 0)
    assert 0 in scale.ticks
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert len(scale.ticks) <= most + 3
    assert 0 <= scale.share(low) <= scale.share(high) <= 1


@pytest.mark.parametrize(
    ("high", "exponent", "text"),
    [("8000", 0, "8.000"), ("80000", 3, "80"), ("1500000", 6, "1,5"), ("2E9", 9, "2"), ("1E30", 12, "1E18")],
)
def test_ticks_are_short(high: str, exponent: int, text: str) -> None:
    scale = Scale(Decimal(0), Decimal(high), (Decimal(0), Decimal(high)))
    assert scale.exponent == exponent
    assert TEXTS.tick(scale.ticks[-1], exponent) == text


# -- marks


def test_one_currency_at_a_time_and_the_months_go_on() -> None:
    rows = ((month(0), money(10)), (month(1), money(20)), (month(1), money(5, "EUR")), (month(2), money(6, "EUR")))
    data = panel(PanelKind.BARS, (MONTH, AMOUNT), rows)
    assert currencies(data) == ("DKK", "EUR")
    picture = picture_of(data, "EUR")
    assert picture is not None
    assert picture.categories == (month(0), month(1), month(2))
    assert [(mark.category, mark.row, mark.value) for mark in picture.marks] == [(1, 2, 5), (2, 3, 6)]


def test_the_same_name_twice_is_two_bars_and_no_sum() -> None:
    picture = picture_of(panel(PanelKind.BARS, (MONTH, AMOUNT), ((month(0), money(10)), (month(0), money(20)))), "DKK")
    assert picture is not None
    assert [mark.value for mark in picture.marks] == [10, 20]
    assert len(picture.categories) == 2


def test_no_figure_is_no_bar_but_is_said() -> None:
    picture = picture_of(hours())
    assert picture is not None
    assert TEXTS.mark(picture, picture.marks[1]) == "P-1002: no figure"
    assert laid(hours(), currency="").bars[1].rect.isEmpty()


def test_what_else_is_in_the_row_is_said_with_the_bar() -> None:
    status = Column("status", "Status", ColumnType.TEXT, ColumnRole.DETAIL)
    cost = Column("cost", "Cost", ColumnType.MONEY, ColumnRole.DETAIL)
    rows = ((month(0), money(10), "open", money(7)), (month(1), money(20), "", None))
    picture = picture_of(panel(PanelKind.BARS, (MONTH, AMOUNT, status, cost), rows), "DKK")
    assert picture is not None
    said = [TEXTS.mark(picture, mark).replace("\u00a0", " ") for mark in picture.marks]
    assert said == ["jan 2024: 10,00 kr.; Status: open; Cost: 7,00 kr.", "feb 2024: 20,00 kr."]


def test_a_panel_of_nothing_has_no_picture() -> None:
    assert picture_of(bars(), "") is None
    assert picture_of(panel(PanelKind.BARS, (AMOUNT,), ((money(1),),)), "DKK") is None


# -- where it stands


def test_a_bar_stands_on_zero_and_a_negative_one_hangs_from_it() -> None:
    up, none, down = laid(bars(1000, 0, -500)).bars
    assert up.rect.bottom() == pytest.approx(down.rect.top())
    assert up.rect.height() == pytest.approx(2 * down.rect.height())
    assert none.rect.isEmpty()


def test_parts_of_a_bar_lie_on_one_another_and_credit_below_zero() -> None:
    lamps, cables, credit, *_ = laid(stacked()).bars
    assert cables.rect.bottom() == pytest.approx(lamps.rect.top())
    assert lamps.rect.height() == pytest.approx(4 * cables.rect.height())
    assert credit.rect.top() == pytest.approx(lamps.rect.bottom())


@pytest.mark.parametrize("width", [200, 300, 1400])
@pytest.mark.parametrize("count", [1, 2, 36, 400])
def test_everything_is_inside_and_no_two_texts_lie_on_one_another(width: float, count: int) -> None:
    plan = laid(bars(*(number * 7919 % 1000 * 10**9 - 300 for number in range(count))), width)
    inside = QRectF(-1, 0, width + 2, plan.size.height() + 1)
    for bar in plan.bars:
        assert inside.contains(bar.field)
        assert bar.rect.isEmpty() or inside.contains(bar.rect)
    for number, words in enumerate(plan.words):
        assert inside.contains(words.rect), words
        for other in plan.words[number + 1 :]:
            assert not words.rect.adjusted(0, 1, 0, -1).intersects(other.rect.adjusted(0, 1, 0, -1)), (words, other)


def test_what_is_not_zero_is_seen() -> None:
    assert all(bar.rect.height() >= 1 for bar in laid(bars(10**12, 1, -1)).bars)


def test_of_parts_the_one_under_the_pointer_is_found_else_the_bar() -> None:
    plan = laid(stacked())
    cables = plan.bars[1].rect.center()
    assert plan.bar_at(cables.x(), cables.y()) == 1
    assert plan.bar_at(plan.bars[0].field.center().x(), plan.bars[0].field.top() + 1) == 0
    assert plan.bar_at(0, 0) is None


def test_ages_keep_their_colours_and_say_their_amounts() -> None:
    plan = laid(ageing(), currency="EUR")
    assert [bar.tint for bar in plan.bars] == [0, 1, 2, 3, 4]
    assert "-1.200,00\u00a0EUR" in [words.text for words in plan.words]


def test_a_series_without_a_name_is_called_so() -> None:
    rows = ((month(0), None, money(1)), (month(0), "Lamps", money(2)))
    plan = laid(panel(PanelKind.STACKED, (MONTH, GROUP, AMOUNT), rows))
    assert [words.text for words in plan.words][:2] == ["no name", "Lamps"]


# -- colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_series_are_told_apart_by_everybody(theme: Colours) -> None:
    for colour in theme.series + theme.ageing:
        assert contrast(colour, theme.surface) >= 3, colour
    for number, one in enumerate(theme.series):
        for other in theme.series[number + 1 :]:
            assert farness(one, other) >= 8.5, (one, other)
    for one, other in zip(theme.series, theme.series[1:], strict=False):
        assert farness(one, other) >= 20, (one, other)
