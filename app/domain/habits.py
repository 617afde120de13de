"""What a customer usually buys: a statistic of the quantities on the ERP's own order lines. Nothing here is money.

A quantity is never averaged: what is called usual is a quantity that the customer has really taken. Lines of the same
product in another unit are a habit of their own, because units are converted by the ERP alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from app.domain.orders import Product, Unit

LEAST_ORDERS = 3
"""From fewer orders than this no habit is read: two are a coincidence."""

FAR = 2
"""A quantity is far from the usual ones when it is more than twice the largest or less than half the smallest."""

_LAPSED_AFTER = 3
"""What has not been bought for more than three times its usual pause is not due: the customer has left off."""


class Deviation(StrEnum):
    """How a quantity lies to what the customer usually takes."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class BoughtLine:
    """A line of an order that the customer has confirmed.

    Attributes:
        day: The day of the order.
        quantity: In ``unit``; above zero, since a return is not bought.
        is_sold: The ERP still sells the product.
    """

    order_id: str
    day: date
    product: Product
    unit: Unit | None
    quantity: Decimal
    is_sold: bool = True


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer buys a product in a unit.

    Attributes:
        times: In how many orders it stood.
        last_day, last_quantity: When it was bought last, and how much of it then.
        usual: The median of the quantities; of two in the middle the smaller.
        least, most: The usual ones lie between these: all, without the tenth at either end where there are ten or more.
        pause: The median of the days between two purchases; None where it was bought on one day only.
        is_regular: It stood in at least half of the customer's orders, and in `LEAST_ORDERS` or more.
    """

    product: Product
    unit: Unit | None
    times: int
    last_day: date
    last_quantity: Decimal
    usual: Decimal
    least: Decimal
    most: Decimal
    pause: int | None = None
    is_regular: bool = False
    is_sold: bool = True

    def is_due(self, today: date) -> bool:
        """As many days have gone as usually lie between two purchases, and not so many that it seems given up."""
        if self.pause is None or self.times < LEAST_ORDERS:
            return False
        return self.pause <= (today - self.last_day).days <= _LAPSED_AFTER * self.pause

    def deviation(self, quantity: Decimal) -> Deviation | None:
        """Whether ``quantity``, in the habit's unit, is far from the usual ones. A return is no deviation."""
        if self.times < LEAST_ORDERS or quantity <= 0:
            return None
        if quantity > FAR * self.most:
            return Deviation.MORE
        return Deviation.LESS if FAR * quantity < self.least else None


Habits = Mapping[tuple[str, str], Habit]
"""By the ids of product and unit; the unit's is empty where the ERP gives none."""


def key_of(product: Product, unit: Unit | None) -> tuple[str, str]:
    """Where the habit of buying ``product`` in ``unit`` stands in `Habits`."""
    return product.id, unit.id if unit is not None else ""


def habits_of(lines: Iterable[BoughtLine], *, without: str | None = None) -> Habits:
    """What these lines say, in whatever order they come; those of the order ``without`` are left out."""
    found: dict[tuple[str, str], list[BoughtLine]] = {}
    orders: set[str] = set()
    for line in lines:
        if line.order_id != without and line.quantity > 0:
            orders.add(line.order_id)
            found.setdefault(key_of(line.product, line.unit), []).append(line)
    return {key: _habit(bought, len(orders)) for key, bought in found.items()}


def in_turn(habits: Habits, today: date) -> tuple[Habit, ...]:
    """What is due first, and then what is bought most often; what is no longer sold comes last."""
    return tuple(
        sorted(
            habits.values(),
            key=lambda habit: (
                not habit.is_sold,
                not habit.is_due(today),
                -habit.times,
                -habit.last_day.toordinal(),
                habit.product.code,
                key_of(habit.product, habit.unit),
            ),
        )
    )


def _habit(bought: list[BoughtLine], orders: int) -> Habit:
    quantities = sorted(line.quantity for line in bought)
    days = sorted({line.day for line in bought})
    pauses = sorted((after - before).days for before, after in pairwise(days))
    cut = len(quantities) // 10
    kept = quantities[cut : len(quantities) - cut]
    # Of several lines on the last day, the largest: whichever came first in the answer says nothing.
    last = max(bought, key=lambda line: (line.day, line.quantity))
    times = len({line.order_id for line in bought})
    return Habit(
        product=last.product,
        unit=last.unit,
        times=times,
        last_day=last.day,
        last_quantity=last.quantity,
        usual=_middle(quantities),
        least=kept[0],
        most=kept[-1],
        pause=pauses[(len(pauses) - 1) // 2] if pauses else None,
        is_regular=times >= LEAST_ORDERS and 2 * times >= orders,
        is_sold=last.is_sold,
    )


def _middle(quantities: list[Decimal]) -> Decimal:
    return quantities[(len(quantities) - 1) // 2]
