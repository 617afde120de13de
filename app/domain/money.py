"""Money as the systems give it. Nothing is calculated with it here: sums and products are the ERP's."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency.

    It has no arithmetic on purpose: a price, a discount, a tax or a total is computed by the system that owns it.

    Attributes:
        amount: In units of the currency (kroner, not øre), with the digits the system gave.
        currency: ISO 4217, e.g. ``DKK``.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"an amount of money is a finite number, not {self.amount}")
