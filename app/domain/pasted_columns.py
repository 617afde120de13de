"""Which column of a pasted table holds what: by its heading, or where it has none, by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.domain.pasted_text import bare
from app.domain.text import fold


class Holds(StrEnum):
    """What a column holds."""

    ITEM = "item"
    BARCODE = "barcode"  # stands for the item where that cell is empty
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    DISCOUNT = "discount"
    TEXT = "text"
    LIST_PRICE = "list_price"  # the price before discount: the other one is after it
    BY_HAND = "by_hand"  # of our own copies: which of price and discount the user had typed
    NOTHING = "nothing"  # sums, taxes, line numbers: the ERP's alone


Columns = Mapping[Holds, int]
"""Where each thing stands, counted from 0."""

_HEADINGS: Mapping[Holds, str] = {
    Holds.ITEM: """
        varenr|varenummer|vare nr|vare nummer|vare|varekode|varenr kode|produkt|produktnr|produktnummer|produktkode
        artikel|artikelnr|artikelnummer|art nr|artnr|art|kode|nummer|nr|bestillingsnr|bestillingsnummer|deres varenr
        kundens varenr|vores varenr|leverandorens varenr|item|item no|item nr|item number|item code|item id|itemno
        sku|product|product no|product number|product code|product id|product variant|article|article no
        article number|part|part no|part number|part nr|code|no|number|ref|reference|internal reference|default code
        customer item|customer item no|your item no|supplier item no|material|material no|material number|mpn|isbn
        """,
    Holds.BARCODE: "ean|ean13|ean kode|ean nr|gtin|upc|barcode|bar code|stregkode",
    Holds.QUANTITY: """
        antal|ant|maengde|stk|bestilt|bestilt antal|ordreantal|qty|quantity|order qty|order quantity|ordered|ordered qty
        quantity ordered|ordered quantity|pcs|pieces|count|units|product uom qty|menge|anzahl|bestellmenge|kvantum
        """,
    Holds.UNIT: "enhed|salgsenhed|maleenhed|unit|uom|unit of measure|product uom|einheit|enh",
    Holds.PRICE: """
        pris|stykpris|stkpris|stk pris|pris stk|pris pr stk|enhedspris|a pris|nettopris|netto pris|salgspris
        pris ex moms|pris ekskl moms|pris uden moms|price|unit price|unitprice|net price|sales price|price each|each
        price unit|price per unit|preis|einzelpreis|nettopreis|stuckpreis
        """,
    Holds.LIST_PRICE: "listepris|bruttopris|brutto pris|vejl pris|vejledende pris|list price|gross price|listenpreis",
    Holds.DISCOUNT: """
        rabat|rabatpct|rabat pct|rabat procent|rabatprocent|linjerabat|discount|disc|discount percent|discount pct
        disc pct|line discount|rabatt
        """,
    Holds.TEXT: """
        tekst|varetekst|beskrivelse|varebeskrivelse|navn|varenavn|produktnavn|betegnelse|varebetegnelse|benaevnelse
        bemaerkning|note|kommentar|text|description|item description|product description|name|item name|product name
        comment|remark|remarks|title|bezeichnung|artikelbezeichnung|beschreibung
        """,
    Holds.BY_HAND: "by hand|i handen|typed by hand|fastsat i handen",
    Holds.NOTHING: """
        belob|linjebelob|linjetotal|i alt|ialt|total|sum|netto|nettobelob|amount|line total|line amount|net amount
        subtotal|moms|vat|tax|taxes|linje|linjenr|lin|pos|position|line|line no|betrag|gesamt|summe|valuta|currency
        state|status|lager|pa lager|stock|in stock|dato|date|leveringsdato|delivery date|vaegt|weight
        """,
}
_HOLDS = {name.strip(): holds for holds, names in _HEADINGS.items() for name in re.split(r"[|\n]", names)}
_ADDED_TO_HEADINGS = re.compile(r"\(.*?\)|\[.*?\]|\b(dkk|eur|sek|nok|usd|gbp|kr|ex vat|excl vat)\b")
_LINES_BEFORE_HEADING = 5

_CURRENCY = r"kr\.?|dkk|sek|nok|isk|eur|usd|gbp|chf|pln|[€$£¥]"
NUMBER = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<number>\(?[+\-\u2212]?\d[\d.,\s'\u2019]*-?\)?)\s*"
    rf"(?P<after>%|,-|{_CURRENCY}|[^\W\d_][\w./\u00b2\u00b3]{{0,9}})?",
    re.IGNORECASE,
)
"""A number with what people put before and behind it: a currency, a per cent sign, a unit."""

_WHOLE = re.compile(r"-?\d{1,6}")
_CODE = re.compile(r"\S+")
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).*|0\d+|\d{4,}")
_MONEY = re.compile(rf"(?:{_CURRENCY})|,-$|\d[.,]\d\d\b", re.IGNORECASE)
_LOOKED_AT = 200


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[Columns, int]:
    """What stands where in ``rows``, and the number of the first row with data."""
    for at, row in enumerate(rows[: _LINES_BEFORE_HEADING + 1]):
        found = _by_heading(row)
        if found is not None:
            return found, at + 1
        if sum(map(bool, row)) > 1:
            break  # only a title, a cell by itself, stands before the headings
    return _by_content(rows[:_LOOKED_AT]), 0


def _by_heading(row: Sequence[str]) -> Columns | None:
    """The columns, where these are headings: all but a few known, and the item among them."""
    named = [_named(cell) for cell in row]
    known = [holds for holds in named if holds is not None]
    if not {Holds.ITEM, Holds.BARCODE} & set(known) or 2 * len(known) < sum(map(bool, row)):
        return None
    columns: dict[Holds, int] = {}
    for at, holds in enumerate(named):
        if holds is not None and holds is not Holds.NOTHING:
            columns.setdefault(holds, at)
    if Holds.ITEM not in columns:
        columns[Holds.ITEM] = columns.pop(Holds.BARCODE)
    return columns


def _named(heading: str) -> Holds | None:
    words = _ADDED_TO_HEADINGS.sub(" ", fold(bare(heading)))
    words = " ".join(re.sub(r"[^\w%]+", " ", words).replace("_", " ").replace("%", " pct ").split())
    return _HOLDS.get(words) or _HOLDS.get(words.removesuffix(" pct").strip())


def _by_content(rows: Sequence[Sequence[str]]) -> Columns:
    """What the cells look like; in doubt item, quantity, price, discount, text from left to right."""
    width = max((len(row) for row in rows), default=0)
    columns = [_Column([row[at] for row in rows if at < len(row) and row[at]], len(rows)) for at in range(width)]
    found: dict[Holds, int] = {}
    free = [at for at, column in enumerate(columns) if column.cells]

    def take(holds: Holds, at: int | None) -> None:
        if at is not None:
            found[holds] = at
            free.remove(at)

    if len(free) > 2 and columns[free[0]].counts_lines and columns[free[1]].likeness_to_items > 0:
        free.pop(0)  # 1, 2, 3 … before the items
    take(Holds.ITEM, max(free, key=lambda at: columns[at].likeness_to_items - 0.1 * at, default=None))
    take(Holds.DISCOUNT, next((at for at in free if columns[at].is_percent), None))
    take(Holds.PRICE, next((at for at in free if columns[at].is_numeric and columns[at].has_currency), None))
    numbers = [at for at in free if columns[at].is_numeric]
    # Pieces are whole as a rule, and money has decimals.
    take(Holds.QUANTITY, next((at for at in numbers if not columns[at].looks_like_money), next(iter(numbers), None)))
    numbers = [at for at in free if columns[at].is_numeric]
    if Holds.PRICE not in found:
        take(Holds.PRICE, next(iter(numbers), None))
        numbers = numbers[1:]
    if Holds.DISCOUNT not in found:
        take(Holds.DISCOUNT, next((at for at in numbers if columns[at].is_small), None))
    if Holds.QUANTITY in found:
        units = (at for at in free if at == found[Holds.QUANTITY] + 1 and columns[at].looks_like_units)
        take(Holds.UNIT, next(units, None))
    texts = [at for at in free if not columns[at].is_numeric]
    take(Holds.TEXT, max(texts, key=lambda at: columns[at].length, default=None))
    return found


class _Column:
    """What the filled cells of a column look like."""

    def __init__(self, cells: Sequence[str], rows: int) -> None:
        self.cells = cells
        count = len(cells) or 1
        numbers = [bool(NUMBER.fullmatch(cell)) for cell in cells]
        self.length = sum(map(len, cells)) / count
        self.is_numeric = bool(cells) and 2 * sum(numbers) > count
        self.is_percent = self.is_numeric and 2 * sum("%" in cell for cell in cells) > count
        self.has_currency = 2 * sum(bool(re.search(_CURRENCY, cell, re.IGNORECASE)) for cell in cells) > count
        self.looks_like_money = self.has_currency or 2 * sum(bool(_MONEY.search(cell)) for cell in cells) > count
        self.is_small = all(len(re.sub(r"[.,]\d*", "", cell)) <= 3 for cell in cells)
        whole = [bool(_WHOLE.fullmatch(cell)) for cell in cells]
        self.counts_lines = len(cells) > 1 and list(cells) == [str(n) for n in range(1, len(cells) + 1)]
        self.looks_like_units = not self.is_numeric and self.length <= 6 and len(set(cells)) <= max(3, count // 3)
        codes = sum(bool(_CODE.fullmatch(cell)) for cell in cells) / count
        mixed = sum(bool(_MIXED.fullmatch(cell)) for cell in cells) / count
        same_length = len(set(map(len, cells))) == 1
        self.likeness_to_items = (
            2 * codes
            + 2 * mixed
            + len(set(cells)) / count
            + len(cells) / (rows or 1)
            + 0.5 * same_length * (not all(whole) or self.length >= 4)
            - 6 * (self.is_percent or self.looks_like_money)
            - (self.counts_lines and rows > 2)
        )
