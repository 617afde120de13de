"""Panel files, as the canned queries that Datasette serves. Standard library only.

A panel is one SQL file: header lines ``-- name: value`` and then one SELECT with the parameter ``:number``::

    -- title: Turnover by month
    -- title.da: Omsætning pr. måned
    -- kind: bars
    -- on: customer
    -- hint: Invoiced without VAT, credit notes taken off.
    -- sources: tryton
    -- column: month category month Month | Måned
    -- column: amount value money Turnover | Omsætning
    SELECT month, amount, amount_currency FROM …

What the app needs to draw it stands in the query's own metadata under ``samspil``, which Datasette answers with the
database's page. How old the data are is asked in the same statement, so in the same snapshot: data of a load that
comes between cannot lend the figures its age.
"""

from pathlib import Path
from typing import Any

KINDS = ("figure", "bars", "stacked", "ageing", "table")
CARDS = ("customer", "project")
TYPES = ("text", "month", "day", "money", "hours", "count", "percent")
ROLES = ("category", "series", "value", "detail")

# Every answer has at least one row, since a number without figures has sources too. The first row has their ages;
# where there are no figures row_no is NULL.
_WRAPPED = """\
WITH age AS (
  SELECT json_group_object(ifnull(source.title, wanted.column1), source.as_of) AS data_until
  FROM (VALUES {sources}) AS wanted LEFT JOIN source ON source.name = wanted.column1
), panel AS (
  SELECT *, row_number() OVER () AS row_no FROM (
{select}
  )
)
SELECT panel.*, CASE WHEN ifnull(panel.row_no, 1) = 1 THEN age.data_until END AS data_until
FROM age LEFT JOIN panel ON true ORDER BY panel.row_no
"""


class PanelError(Exception):
    """A panel file that is not understood; the message names the file and what is wrong."""


def queries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the canned query of each panel file in a folder, in the order of their names.

    Raises:
        PanelError: One of them is not understood, or two have one key.
    """
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.sql")):
        key = file.stem.lstrip("0123456789").lstrip("_")
        if not key.isidentifier() or key in found:
            raise PanelError(f"{file.name}: its key is no name, or another's")
        found[key] = query(file.name, file.read_text(encoding="utf-8"))
    return found


def query(name: str, text: str) -> dict[str, Any]:
    """Return one panel file as a canned query."""
    headers, columns, select = _parts(name, text)
    for needed in ("title", "kind", "on", "sources"):
        if not headers.get(needed):
            raise PanelError(f"{name}: it has no {needed}")
    if headers["kind"] not in KINDS or headers["on"] not in CARDS:
        raise PanelError(f"{name}: no such kind, or no such card")
    if not columns:
        raise PanelError(f"{name}: it has no column")
    sources = [source.strip() for source in headers["sources"].split(",")]
    if not all(source.replace("-", "_").isidentifier() for source in sources):
        raise PanelError(f"{name}: a source is no name")
    return {
        "sql": _WRAPPED.format(sources=", ".join(f"('{source}')" for source in sources), select=select),
        "title": headers["title"],
        "description": headers.get("hint", ""),
        "hide_sql": True,
        "params": ["number"],
        "samspil": {
            "kind": headers["kind"],
            "on": headers["on"],
            "title": _words(headers, "title"),
            "hint": _words(headers, "hint"),
            "columns": columns,
        },
    }


def _parts(name: str, text: str) -> tuple[dict[str, str], list[dict[str, Any]], str]:
    headers: dict[str, str] = {}
    columns: list[dict[str, Any]] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("--")):
        field, colon, value = lines[at].removeprefix("--").partition(":")
        if colon and field.strip() == "column":
            columns.append(_column(name, value.strip()))
        elif colon:
            headers[field.strip()] = value.strip()
        at += 1
    select = "\n".join(lines[at:]).strip().rstrip(";")
    if not select.upper().startswith(("SELECT", "WITH")) or ":number" not in select:
        raise PanelError(f"{name}: no SELECT with the parameter :number")
    return headers, columns, select


def _column(name: str, text: str) -> dict[str, Any]:
    key, role, type_, label = [*text.split(None, 3), "", "", "", ""][:4]
    if not key.isidentifier() or role not in ROLES or type_ not in TYPES or not label:
        raise PanelError(f"{name}: this is no column: {text}")
    english, _, danish = (part.strip() for part in label.partition("|"))
    return {"key": key, "role": role, "type": type_, "label": {"en": english, **({"da": danish} if danish else {})}}


def _words(headers: dict[str, str], field: str) -> dict[str, str]:
    danish = headers.get(f"{field}.da", "")
    return {"en": headers.get(field, ""), **({"da": danish} if danish else {})}
