"""Text on its way in and out: composed Unicode, no control characters, and search that forgives spelling."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")

# What a letter without accents may stand for. Two-letter spellings first: "aa" finds "å" and the other way round.
_PAIRS = {"aa": "(aa|å)", "ae": "(ae|æ|ä)", "oe": "(oe|ø|ö)", "ue": "(ue|ü)", "ss": "(ss|ß)"}
_LETTERS = {
    "a": "[aàáâãäå]",
    "c": "[cçč]",
    "e": "[eèéêëé]",
    "i": "[iìíîï]",
    "n": "[nñ]",
    "o": "[oòóôõöø]",
    "u": "[uùúûü]",
    "y": "[yýÿ]",
    "z": "[zž]",
    "s": "[sšś]",
    "æ": "(æ|ae|ä)",
    "ø": "(ø|oe|o|ö)",
    "å": "(å|aa|a)",
    "ß": "(ß|ss)",
}


def clean(value: object) -> str:
    """Return a value from the database as composed text (NFC) without control characters; None is empty."""
    if value is None:
        return ""
    return _CONTROL.sub("", unicodedata.normalize("NFC", str(value))).strip()


def tolerant_pattern(word: str) -> str:
    """Return a regular expression that finds the word whatever its case, accents and Danish spelling.

    Only syntax that the regular expressions of SQLite (Python's), PostgreSQL and MySQL share is used; it goes
    into Django's ``__iregex``. Upper case is left to that, except that SQLite's and PostgreSQL's know Å and å.
    """
    folded = _fold(word)
    parts = []
    at = 0
    while at < len(folded):
        pair, letter = folded[at : at + 2], folded[at]
        if pair in _PAIRS:
            parts.append(_PAIRS[pair])
            at += 2
            continue
        parts.append(_LETTERS.get(letter) or re.escape(letter))
        at += 1
    return "".join(parts)


def phone_pattern(word: str) -> str | None:
    """Return a regular expression that finds a phone number however its digits are spaced, or None.

    ``00`` and ``+`` before a country code are taken as the same. Fewer than four digits are no phone number.
    """
    if not re.fullmatch(r"\+?[\d\s().\-/]+", word):
        return None
    digits = re.sub(r"\D", "", word).removeprefix("00")
    return "[^0-9]*".join(digits) if len(digits) >= 4 else None


def _fold(word: str) -> str:
    """Lower case without accents, except the Danish letters and ß, which have spellings of their own."""
    letters = []
    for letter in unicodedata.normalize("NFC", word).lower():
        if letter in "æøåß":
            letters.append(letter)
        else:
            decomposed = unicodedata.normalize("NFD", letter)
            letters.append("".join(part for part in decomposed if not unicodedata.combining(part)))
    return "".join(letters)
