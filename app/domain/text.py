"""Text as it comes from other systems, made safe to keep and to show."""

import unicodedata

# Carriage returns, and what other programs put between lines: Excel and Outlook the vertical tab, Word U+2028.
_LINE_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
_KEPT_CONTROLS = frozenset("\n\t")
# Marks that turn the direction of the text around them: a name that holds one could make the next column read
# backwards, so the unbalanced overrides go; plain right-to-left letters stay as they are.
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """``text`` in Unicode NFC, with ``\\n`` for every line break, without other control characters (tabs stay),
    direction overrides and lone surrogates.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        c
        for c in text.replace("\r\n", "\n").translate(_LINE_BREAKS)
        if c in _KEPT_CONTROLS or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _DIRECTION_OVERRIDES)
    )
    # Last: a letter and its accent may have had a control character between them.
    return unicodedata.normalize("NFC", kept)


def one_line(text: str) -> str:
    """``clean(text)`` with every run of white space as one space: what fits in a list's row."""
    return " ".join(clean(text).split())


_NOT_DECOMPOSED = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """``text`` as it is compared in a search: case, accents and the letters æ, ø and å set aside."""
    decomposed = unicodedata.normalize("NFD", clean(text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_NOT_DECOMPOSED)
