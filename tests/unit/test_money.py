"""Money is carried, never calculated."""

from decimal import Decimal

import pytest

from app.domain.money import Money


def test_money_keeps_the_digits_that_the_system_gave() -> None:
    assert str(Money(Decimal("92.00"), "DKK").amount) == "92.00"
    assert Money(Decimal("92.00"), "DKK") == Money(Decimal(92), "DKK") != Money(Decimal(92), "EUR")


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal(amount), "DKK")


@pytest.mark.parametrize(
    "operation", ["__add__", "__sub__", "__mul__", "__truediv__", "__neg__", "__lt__", "__round__"]
)
def test_there_is_nothing_to_calculate_with(operation: str) -> None:
    # dataclass and object give a __lt__ that only says NotImplemented
    money = Money(Decimal(1), "DKK")
    result = getattr(money, operation, lambda *_: NotImplemented)
    assert result(money) is NotImplemented
