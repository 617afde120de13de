"""What a chart's description says to us, beside what it says to people.

An administrator marks a chart in Superset itself: lines of this form in its description, and the rest is the hint::

    Invoiced without VAT, credit notes taken off.
    number: customer
    column: month category month Month | Måned
    column: amount value money Turnover | Omsætning
    with: amount_currency, data_until
    sources: Tryton (ERP)

``number`` is the dataset's column that the card's number is looked for in; ``column`` a column or a metric with its
role, its type and its name; ``with`` what is asked along: the currency of money, and when the data are from. ``kind``
says how it is drawn where Superset has no such chart (``ageing``), ``title.da`` and ``hint.da`` are the Danish words.
"""

from dataclasses import dataclass

from app.domain.economy import Column, ColumnRole, ColumnType
from app.domain.text import clean, one_line

_ONCE = ("number", "with", "sources", "kind", "title.da", "hint.da")
_LONGEST = 5_000
_MOST_COLUMNS = 50


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found.

    Attributes:
        number: The column that the number is looked for in.
        extra: Columns that are asked along.
        kind: A `PanelKind`, or empty where the chart's own kind says it.
        sources: What the figures come from.
        words: The Danish title and hint.
    """

    number: str
    columns: tuple[Column, ...]
    extra: tuple[str, ...]
    kind: str
    sources: tuple[str, ...]
    hint: str
    words: dict[str, str]


def read(description: str, language: str) -> Marks | None:
    """The marks of a description; None where it has none, for it is somebody else's chart.

    Raises:
        ValueError: A line is not understood.
    """
    said: dict[str, str] = {}
    columns: list[Column] = []
    hint: list[str] = []
    for line in clean(description[:_LONGEST]).splitlines():
        field, colon, value = line.strip().partition(":")
        if colon and field == "column":
            columns.append(_column(value, language))
        elif colon and field in _ONCE:
            said[field] = one_line(value)
        else:
            hint.append(line)
    if "number" not in said or not 0 < len(columns) <= _MOST_COLUMNS:
        return None
    words = {field.removesuffix(".da"): text for field, text in said.items() if field.endswith(".da")}
    return Marks(
        number=said["number"],
        columns=tuple(columns),
        extra=_names(said.get("with", "")),
        kind=said.get("kind", ""),
        sources=_names(said.get("sources", "")),
        hint=(words.get("hint", "") if language == "da" else "") or "\n".join(hint).strip(),
        words=words,
    )


def _column(text: str, language: str) -> Column:
    parts = one_line(text).split(None, 3)
    if len(parts) < 4:
        raise ValueError("a column has a name, a role, a type and a label")
    key, role, kind, label = parts
    english, _, danish = (part.strip() for part in label.partition("|"))
    return Column(key, danish if danish and language == "da" else english, ColumnType(kind), ColumnRole(role))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())[:_MOST_COLUMNS]
