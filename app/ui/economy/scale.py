"""Where a number stands on an axis. Only places on the screen are reckoned here, never a figure that is shown."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_WHOLE_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_WIDE = Context(prec=60)  # an amount has at most some thirty digits
_PLAIN_TO = 10_000
"""From here on the ticks are said in thousands."""
_UNITS = (12, 9, 6)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high`` with zero in it.

    Attributes:
        ticks: Round numbers, ascending; the first is ``low`` and the last ``high``, unless nothing but zero is shown.
    """

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    def share(self, value: Decimal) -> float:
        """Where ``value`` stands: 0.0 at ``low``, 1.0 at ``high``; what lies beyond stands at the end."""
        span = _WIDE.subtract(self.high, self.low)
        return min(1.0, max(0.0, float(_WIDE.divide(_WIDE.subtract(value, self.low), span))))

    @property
    def exponent(self) -> int:
        """The power of ten that the ticks are said in: 0, 3, 6, 9 or 12, so that they are short."""
        largest = max(abs(tick) for tick in self.ticks)
        for exponent in _UNITS:
            if largest >= Decimal(1).scaleb(exponent):
                return exponent
        return 3 if largest >= _PLAIN_TO else 0


def scale_for(low: Decimal, high: Decimal, most: int = 5, *, whole: bool = False) -> Scale:
    """The axis for numbers from ``low`` to ``high``: zero is on it, and the steps between its ticks are round.

    Args:
        most: About so many steps at most; there is one more where it spans zero.
        whole: Things that are counted: no ticks between whole numbers.
    """
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        return Scale(Decimal(0), Decimal(1), (Decimal(0),))
    least = _WIDE.divide(_WIDE.subtract(high, low), Decimal(max(1, most)))
    size = Decimal(1).scaleb(least.adjusted())
    step = next(step for factor in (_WHOLE_STEPS if whole else _STEPS) if (step := factor * size) >= least)
    if whole:
        step = max(step, Decimal(1))
    first = int(_WIDE.divide(low, step).to_integral_value(ROUND_FLOOR))
    last = int(_WIDE.divide(high, step).to_integral_value(ROUND_CEILING))
    ticks = tuple(_WIDE.multiply(step, Decimal(number)) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)
