"""Quantities as people type them: ``40``, ``12*40``, ``12 x 40``, ``2,5 kg``, ``3 krt``."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from app.domain.numbers import NotANumber, parse_number
from app.domain.orders import Unit
from app.domain.text import fold

MOST_DIGITS = 15
"""As many as a binary floating-point number, which some systems keep quantities in, gives back as they were typed."""

_LONGEST = 60  # what is longer was pasted by mistake
_MOST_FACTORS = 4
_NUMBER = r"[-+\u2212]?[0-9.,'\u2019 \u00a0\u202f\u2009]*[0-9][.,]?"
_TIMES = r"[ \u00a0]*[*\u00d7xX][ \u00a0]*"
_UNIT = r"[^\W\d_].*"
_SHAPE = re.compile(rf"(?P<factors>{_NUMBER}(?:{_TIMES}{_NUMBER}){{0,3}})\s*(?P<unit>{_UNIT})?")
_EXPONENT = re.compile(r"[eE][-+]?\d+")


class TooManyDigits(NotANumber):
    """More digits than a quantity or a price has anywhere."""


@dataclass(frozen=True, slots=True)
class TypedQuantity:
    """A quantity, and the word for its unit where one was typed; which unit that is the ERP knows."""

    number: Decimal
    unit: str = ""


def parse_quantity(text: str, decimal_sign: str) -> TypedQuantity:
    """``text`` as a quantity. Numbers are read as `parse_number` does; up to four are multiplied.

    What is multiplied is the user's own arithmetic of boxes and pieces, never a quantity with a price.

    Raises:
        NotANumber: it is none, or two readings of it are possible.
        TooManyDigits: more than `MOST_DIGITS`.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise TooManyDigits(stripped[:_LONGEST]) if stripped[:_LONGEST].isdecimal() else NotANumber(stripped[:_LONGEST])
    shape = _SHAPE.fullmatch(stripped)
    if shape is None or _EXPONENT.fullmatch(shape["unit"] or ""):
        raise NotANumber(text)
    numbers = [limited(factor, decimal_sign) for factor in re.split(r"[*\u00d7xX]", shape["factors"])]
    return TypedQuantity(checked(_product(numbers), text), (shape["unit"] or "").strip())


def limited(text: str, decimal_sign: str) -> Decimal:
    """`parse_number`, and `TooManyDigits` for what has more than a quantity or a price has anywhere."""
    plain = re.sub(r"[\s.,'\u2019+\u2212-]", "", text)
    if plain.isdecimal() and len(plain.lstrip("0")) > MOST_DIGITS:
        raise TooManyDigits(text)
    return checked(parse_number(text, decimal_sign), text)


def _product(numbers: list[Decimal]) -> Decimal:
    """Exactly: each factor has 15 digits at most."""
    exact = Context(prec=_MOST_FACTORS * (MOST_DIGITS + 1))
    result = numbers[0]
    for number in numbers[1:]:
        result = exact.multiply(result, number)
    return result


def checked(number: Decimal, text: str) -> Decimal:
    """``number``, which was read from ``text``. Raises `TooManyDigits` for one that no quantity and no price is."""
    if len(number.normalize(Context(prec=100)).as_tuple().digits) > MOST_DIGITS or number.adjusted() >= MOST_DIGITS:
        raise TooManyDigits(text)
    return number


def unit_of(word: str, units: tuple[Unit, ...]) -> Unit | None:
    """Which of ``units`` is meant: by its symbol or its name, in any letter case; None for none or for several."""
    wanted = fold(word).rstrip(".")
    if not wanted:
        return None
    for exactly in (lambda unit: unit.symbol == word, lambda unit: fold(unit.symbol).rstrip(".") == wanted):
        if len(found := [unit for unit in units if exactly(unit)]) == 1:
            return found[0]
    named = [unit for unit in units if fold(unit.name) == wanted]
    return named[0] if len(named) == 1 else None
