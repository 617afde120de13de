"""Datasette's answers to panels. What comes in is taken for hostile: cleaned, checked, never trusted to be there."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from app.domain.economy import Column, ColumnRole, ColumnType, Panel, PanelData, PanelKind, SubjectKind
from app.domain.text import clean, one_line
from app.ports.connection import Identity
from app.systems import cells
from app.systems.datasette import wire
from app.systems.datasette.faults import malformed

AGES = "data_until"
"""The column with the sources' ages, in the first row."""
ROW = "row_no"
"""The column that is NULL where the number has no figures."""
_MOST_ROWS = 5_000
_MOST_PANELS = 100
_MOST_COLUMNS = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")

Described = tuple[Panel, tuple[Column, ...]]


def identity(who: wire.WhoIsThis, versions: wire.Versions) -> Identity:
    """Who is signed in. The token is the password, so that is what is kept."""
    actor = who.actor or {}
    names = (actor.get(key) for key in ("name", "display", "username", "login", "id"))
    user = next((one_line(str(name)[:200]) for name in names if isinstance(name, str | int) and name), "")
    return Identity(user=user, system_version=f"Datasette {one_line(versions.datasette.version)}".strip())


def panels(found: wire.Listing, language: str) -> tuple[Described, ...]:
    """The panels among the canned queries, in Datasette's order.

    A query that is none, or of a kind that we do not know, is left out: it is an analyst's own, or a newer program's.
    """
    return tuple(one for one in (_panel(query, language) for query in found.queries[:_MOST_PANELS]) if one is not None)


def _panel(query: Any, language: str) -> Described | None:
    try:
        told = msgspec.convert(query, wire.Query)
        words = told.samspil
        if words is None or not _KEY.fullmatch(told.name) or not 0 < len(words.columns) <= _MOST_COLUMNS:
            return None
        title, hint = _word(words.title, language), clean(_word(words.hint, language)).strip()
        panel = Panel(told.name, one_line(title), PanelKind(words.kind), SubjectKind(words.on), hint)
        return panel, tuple(_column(column, language) for column in words.columns)
    except (msgspec.ValidationError, ValueError):
        return None


def _column(told: wire.DescribedColumn, language: str) -> Column:
    label = one_line(_word(told.label, language)) or one_line(told.key)
    return Column(one_line(told.key), label, ColumnType(told.type), ColumnRole(told.role))


def _word(words: Mapping[str, str], language: str) -> str:
    return (words.get(language) or words.get("en") or "")[:1000]


def panel_data(panel: Panel, columns: Sequence[Column], answer: wire.Answer, link: str) -> PanelData:
    """The rows of an answer. Raises `MalformedAnswer` where a cell is not of its column's type."""
    if len(answer.rows) > _MOST_ROWS or any(len(row) != len(answer.columns) for row in answer.rows):
        raise malformed("the rows are not as they were described")
    places = {name: at for at, name in enumerate(answer.columns)}
    missing = [column.key for column in columns if column.key not in places]
    if missing or ROW not in places or AGES not in places or not answer.rows:
        raise malformed("a column of the panel is not in the answer")
    full = [row for row in answer.rows if row[places[ROW]] is not None]
    try:
        rows = tuple(cells.row(columns, dict(zip(answer.columns, row, strict=True))) for row in full)
        return PanelData(panel, tuple(columns), rows, cells.ages(answer.rows[0][places[AGES]]), link)
    except ValueError as error:
        raise malformed(f"a cell is not of its column's type: {error}") from error
