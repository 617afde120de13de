"""Superset's charts to panels. What comes in is taken for hostile: cleaned, checked, never trusted to be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from app.domain.economy import ColumnRole, ColumnType, Panel, PanelData, PanelKind, SourceAge, SubjectKind
from app.domain.text import one_line
from app.ports.capability import Capability
from app.ports.connection import Identity
from app.systems import cells
from app.systems.superset import marks, wire
from app.systems.superset.faults import malformed

MOST_ROWS = 1_000
AGES = "data_until"
"""The column with the sources' ages."""
_MOST_CHARTS = 100
_LARGEST_ID = 2**53
_KINDS = {
    "big_number_total": PanelKind.FIGURE,
    "echarts_timeseries_bar": PanelKind.BARS,
    "dist_bar": PanelKind.BARS,
    "table": PanelKind.TABLE,
    "pivot_table_v2": PanelKind.TABLE,
}
_EXPLORES = ["can_explore", "Superset"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is a panel.

    Attributes:
        dataset: Superset's number of what it asks.
        query: What it asks there, without the number.
        filters: The chart's own, as Superset keeps them, for its page.
    """

    panel: Panel
    marks: marks.Marks
    dataset: int
    query: Json
    filters: tuple[Any, ...]


def identity(user: wire.User, version: wire.Version, renewal: str) -> Identity:
    """Who is signed in, with the token to keep."""
    name = one_line(f"{user.first_name} {user.last_name}"[:200]) or one_line(user.username[:200])
    return Identity(name, one_line(f"Superset {(version.version_string or '')[:50]}"), renewal)


def capabilities(user: wire.User) -> frozenset[Capability]:
    """An analyst is who may explore a chart in Superset."""
    may = any(_EXPLORES in rights for rights in user.roles.values())
    return frozenset({Capability.ANALYSE} if may else ())


def charts(found: wire.Charts, on: SubjectKind, language: str) -> tuple[Chart, ...]:
    """The panels of a dashboard, in the order in which its charts were made: Superset tells no other.

    A chart without our marks, or with ones that we do not understand, is left out: it is there for people.
    """
    made = (_chart(one, on, language) for one in found.result[:_MOST_CHARTS])
    return tuple(sorted((chart for chart in made if chart is not None), key=lambda chart: int(chart.panel.key)))


def _chart(told: Any, on: SubjectKind, language: str) -> Chart | None:
    try:
        one = msgspec.convert(told, wire.Chart)
        found = marks.read(one.description or "", language)
        if found is None or not 0 < one.id < _LARGEST_ID:
            return None
        title = found.words.get("title", "") if language == "da" else ""
        panel = Panel(str(one.id), title or one_line(one.slice_name[:200]), _kind(one, found), on, found.hint)
        dataset, _, kind = str(one.form_data.get("datasource"))[:40].partition("__")
        if kind != "table" or not (dataset.isascii() and dataset.isdigit()):
            return None
        filters = one.form_data.get("adhoc_filters")
        own = tuple(filters) if isinstance(filters, list) else ()
        return Chart(panel, found, int(dataset), _query(one.form_data, found, own), own)
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _kind(one: wire.Chart, found: marks.Marks) -> PanelKind:
    kind = PanelKind(found.kind) if found.kind else _KINDS[str(one.form_data.get("viz_type"))]
    has_series = any(column.role is ColumnRole.SERIES for column in found.columns)
    return PanelKind.STACKED if kind is PanelKind.BARS and has_series else kind


def _query(form: Json, found: marks.Marks, filters: tuple[Any, ...]) -> Json:
    """What the chart asks, in long form: Superset pivots for its own pictures, and we do not."""
    query: Json = {"filters": [], "extras": {}, "row_limit": MOST_ROWS + 1}
    if form.get("query_mode") == "raw":
        columns, order = _texts(form.get("all_columns")), form.get("order_by_cols")
        query["orderby"] = [msgspec.json.decode(one) for one in order] if isinstance(order, list) else []
    else:
        columns = [*_texts([form.get("x_axis")]), *_texts(form.get("groupby")), *_texts(form.get("columns"))]
        metrics = form.get("metrics") if isinstance(form.get("metrics"), list) else [form.get("metric")]
        query["metrics"] = [metric for metric in metrics or () if metric]
        wanted = [column.key for column in found.columns if column.role is not ColumnRole.VALUE]
        query["orderby"] = [[key, True] for key in (*wanted, *found.extra) if key in {*columns, *found.extra}]
    query["columns"] = list(dict.fromkeys([*columns, *found.extra]))
    if isinstance(form.get("time_range"), str):
        query["time_range"] = form["time_range"]
    for one in filters:
        _add(query, one)
    return query


def _add(query: Json, told: Any) -> None:
    """A filter of the chart's own. One that we cannot pass on makes it no panel: without it the figure is another."""
    if told.get("expressionType") == "SQL":
        clause = "having" if told.get("clause") == "HAVING" else "where"
        already, mine = query["extras"].get(clause), f"({told['sqlExpression']})"
        query["extras"][clause] = f"{already} AND {mine}" if already else mine
    elif told.get("operator") == "TEMPORAL_RANGE":
        query["filters"].append({"col": told["subject"], "op": "TEMPORAL_RANGE", "val": told["comparator"]})
    elif told.get("clause") == "WHERE" and isinstance(told.get("subject"), str) and told.get("operator"):
        query["filters"].append({"col": told["subject"], "op": told["operator"], "val": told.get("comparator")})
    else:
        raise ValueError("a filter that is not understood")


def _texts(values: Any) -> list[Any]:
    return [value for value in values if value] if isinstance(values, list) else []


def question(chart: Chart, number: str) -> Json:
    """The body of ``/chart/data`` for a number."""
    filters = [*chart.query["filters"], {"col": chart.marks.number, "op": "==", "val": number}]
    return {
        "datasource": {"id": chart.dataset, "type": "table"},
        "queries": [{**chart.query, "filters": filters}],
        "result_format": "json",
        "result_type": "full",
    }


def page(chart: Chart, number: str) -> Json:
    """What Superset's page of the chart is opened with: the chart, and the number as one more filter."""
    mine = {
        "clause": "WHERE",
        "expressionType": "SIMPLE",
        "subject": chart.marks.number,
        "operator": "==",
        "operatorId": "EQUALS",
        "comparator": number,
    }
    return {"slice_id": int(chart.panel.key), "adhoc_filters": [*chart.filters, mine]}


def panel_data(panel: Panel, chart: Chart, found: list[dict[str, Any]], link: str) -> PanelData:
    """The rows of an answer. Raises `MalformedAnswer` where a cell is not of its column's type."""
    columns = chart.marks.columns
    days = [column.key for column in columns if column.type in (ColumnType.MONTH, ColumnType.DAY)]
    try:
        rows = tuple(cells.row(columns, _dated(values, days, columns)) for values in found)
        ages = cells.ages(found[0].get(AGES)) if found else ()
    except (ValueError, OverflowError, OSError) as error:
        raise malformed(f"a cell is not of its column's type: {error}") from error
    # A number without figures has no row that says how old they are.
    known = {age.name for age in ages}
    unknown = tuple(SourceAge(name, None) for name in chart.marks.sources if name not in known)
    # A sum over nothing is one row without a figure.
    is_nothing = all(cell is None for row in rows for cell in row)
    return PanelData(panel, columns, () if is_nothing else rows, (*ages, *unknown), link)


def _dated(values: Mapping[str, Any], days: list[str], columns: tuple[Any, ...]) -> Mapping[str, Any]:
    """Superset gives the values of a column of time as milliseconds since 1970, and of texts as they are."""
    times = {key: values[key] for key in days if type(values.get(key)) in (int, float)}
    if not times:
        return values
    months = {column.key for column in columns if column.type is ColumnType.MONTH}
    found = {key: datetime.fromtimestamp(value / 1000, UTC).date().isoformat() for key, value in times.items()}
    return {**values, **{key: day[:7] if key in months else day for key, day in found.items()}}
