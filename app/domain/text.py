"""Text as it comes from other systems, made safe to keep and to show."""

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
# Marks that turn the direction of the text around them: a name that holds one could make the next column read
# backwards, so the unbalanced overrides go; plain right-to-left letters stay as they are.
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """``text`` in Unicode NFC, without control characters (line breaks and tabs stay) and lone surrogates."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if normal.isascii() and normal.isprintable():
        return normal
    return "".join(
        c
        for c in normal
        if c in _KEPT_CONTROLS or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _DIRECTION_OVERRIDES)
    )


def one_line(text: str) -> str:
    """``clean(text)`` with every run of white space as one space: what fits in a list's row."""
    return " ".join(clean(text).split())


_NOT_DECOMPOSED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """``text`` as it is compared in a search: case, accents and the letters æ, ø and å set aside."""
    lowered = clean(text).casefold().translate(_NOT_DECOMPOSED)
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
