"""Text of other systems: made safe, brought to one form, and folded for a search."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import clean, fold, one_line

# Surrogates too: JSON can carry a lone one.
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Nordlys Belysning ApS", "Nordlys Belysning ApS"),
        ("Cafe\u0301", "Café"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("soft\x0bbreak\u2028of\x85others", "soft\nbreak\nof\nothers"),
        ("nul\x00l and \x1b[31mred", "null and [31mred"),
        ("half \ud83d an emoji", "half  an emoji"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("e\x00\u0301", "é"),
        ("מכבי", "מכבי"),
    ],
)
def test_clean(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


@given(ANY_TEXT)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned if c not in "\n\t")
    cleaned.encode()  # no lone surrogate is left to stop it on its way to a file or a server


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


def test_one_line_keeps_words_apart() -> None:
    assert one_line("  Lager 2\x0bPort\t4\r\nKolding ") == "Lager 2 Port 4 Kolding"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Østergaard", "østergaard"),
        ("ÆBLE & Søn", "aeble & son"),
        ("Ångstrøm", "angstrom"),
        ("A\u030angstrøm", "Ångstrøm"),
        ("Café Crème", "cafe creme"),
        ("Straße", "STRASSE"),
        ("Ǿresund", "øresund"),  # a letter that is set aside, under an accent that is set aside
        ("Łódź", "lodz"),
    ],
)
def test_what_a_search_takes_for_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(ANY_TEXT)
def test_folding_is_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(clean(text)) == folded


@given(st.text("aeåæøßéAEÅÆØÉ 12"))
def test_folding_sets_case_aside(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
