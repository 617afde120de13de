"""Numbers as people type them."""

import re
from decimal import Decimal, InvalidOperation

_SPACES = "\u0020\u00a0\u202f\u2009'\u2019"
_SHAPE = re.compile(r"[+\-\u2212]?[0-9.,]+\Z")
_LONGEST = 24  # digits and signs; what is longer was pasted by mistake and is not a quantity or a price


class NotANumber(ValueError):
    """The text is no number, or two readings of it are possible."""


def parse_number(text: str, decimal_sign: str) -> Decimal:
    """``text`` as a Decimal, in the user's format or, where it is unambiguous, in the other one.

    ``decimal_sign`` is ``","`` or ``"."``, the sign of the user's locale. With both signs present the last one is the
    decimal sign. With one sign once, it is read as the user's locale reads it: ``1.234`` is 1234 in Danish and
    1.234 in English.

    Raises:
        NotANumber: letters, nothing at all, or grouping that fits neither format.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise NotANumber(stripped[:_LONGEST])
    compact = stripped.translate({ord(c): None for c in _SPACES})
    if not _SHAPE.match(compact) or not any(c.isdigit() for c in compact):
        raise NotANumber(text)
    compact = compact.replace("\u2212", "-")
    sign = _decimal_sign_of(compact, decimal_sign)
    group = "," if sign == "." else "."
    whole, found, fraction = compact.partition(sign)
    if group in fraction or sign in fraction or (found and not fraction and not whole.strip("+-")):
        raise NotANumber(text)
    if group in whole and not re.fullmatch(rf"[+\-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        raise NotANumber(text)
    try:
        return Decimal(f"{whole.replace(group, '') or '0'}.{fraction or '0'}" if found else whole.replace(group, ""))
    except InvalidOperation as error:
        raise NotANumber(text) from error


def _decimal_sign_of(compact: str, usual: str) -> str:
    other = "," if usual == "." else "."
    if usual in compact and other in compact:
        return max(usual, other, key=compact.rfind)
    if other in compact and compact.count(other) == 1:
        # "1.5" typed by a Dane cannot be a grouping sign, since groups have three digits; "1.500" can, and is.
        whole, _, tail = compact.partition(other)
        if len(tail) != 3 or whole.strip("+-") in ("", "0"):
            return other
    if usual in compact and compact.count(usual) > 1:
        return other
    return usual
