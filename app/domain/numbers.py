"""Numbers as people type them."""

import re
from decimal import Decimal

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009'\u2019", " ") | {"\u2212": "-"})
_SHAPE = re.compile(r"(?P<sign>[+-]?) ?(?P<digits>[0-9., ]*[0-9][0-9., ]*)", re.ASCII)
_LONGEST = 24  # digits and signs; what is longer was pasted by mistake and is not a quantity or a price


class NotANumber(ValueError):
    """The text is no number, or two readings of it are possible."""


def parse_number(text: str, decimal_sign: str) -> Decimal:
    """``text`` as a Decimal, in the user's format or, where it is unambiguous, in the other one.

    ``decimal_sign`` is ``","`` or ``"."``, the sign of the user's locale. With both signs present the last one is the
    decimal sign. With one sign once, it is read as the user's locale reads it: ``1.234`` is 1234 in Danish and
    1.234 in English. Spaces and apostrophes may stand between groups of three digits, and nowhere else: ``10 20``
    is two cells, not a number.

    Raises:
        NotANumber: letters, nothing at all, or grouping that fits neither format.
    """
    shape = _shape(text)
    return _read(shape, _decimal_sign_of(shape["digits"], decimal_sign))


def parse_number_as(text: str, decimal_sign: str) -> Decimal:
    """``text`` as a Decimal in one format: ``decimal_sign`` before the decimals, the other between groups of three.

    For a column of numbers, which are all in the same one. Raises `NotANumber`.
    """
    return _read(_shape(text), decimal_sign)


def _shape(text: str) -> re.Match[str]:
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise NotANumber(stripped[:_LONGEST])
    shape = _SHAPE.fullmatch(stripped.translate(_SPACES))
    if shape is None:
        raise NotANumber(text)
    return shape


def _read(shape: re.Match[str], point: str) -> Decimal:
    whole, _, fraction = shape["digits"].partition(point)
    # One kind of group sign in a number, and three digits behind each.
    groups = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+"
    if not re.fullmatch(rf"(?:\d*|{groups})", whole, re.ASCII) or not re.fullmatch(r"\d*", fraction, re.ASCII):
        raise NotANumber(shape.string)
    plain = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{shape['sign']}{plain}.{fraction}" if fraction else shape["sign"] + plain)


def _decimal_sign_of(digits: str, usual: str) -> str:
    other = "," if usual == "." else "."
    if usual in digits and other in digits:
        return max(usual, other, key=digits.rfind)
    if digits.count(usual) > 1:
        return other
    if digits.count(other) == 1:
        # "1.5" typed by a Dane cannot be grouped, since groups have three digits and at most three stand before
        # the first; "1.500" can, and is.
        whole, _, tail = digits.partition(other)
        if len(tail) != 3 or whole in ("", "0") or len(whole) > 3:
            return other
    return usual
