"""The demo's panel files are canned queries that the reporting system can serve, each word of them in Danish too."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from app.demo.warehouse import PANELS

_INSIDE = Path(__file__).parents[2] / "app" / "demo" / "datasette" / "inside"


@pytest.fixture(scope="module")
def panel_files() -> ModuleType:
    """What runs under Datasette's own Python; the standard library is all that it needs."""
    spec = importlib.util.spec_from_file_location("panel_files", _INSIDE / "panel_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_panel_of_the_demo_is_understood(panel_files: ModuleType) -> None:
    found = panel_files.queries(PANELS)
    assert len(found) == len(list(PANELS.glob("*.sql"))) > 0
    for key, query in found.items():
        told = query["samspil"]
        labels = [column["label"] for column in told["columns"]]
        for words in (told["title"], *([told["hint"]] if told["hint"]["en"] else []), *labels):
            assert {"en", "da"} <= words.keys(), (key, words)


_HEAD = "-- title: A\n-- on: customer\n"
_COLUMN = "-- column: a value count A\n"
_SELECT = "SELECT a FROM b WHERE c = :number"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_SELECT, "it has no title"),
        (f"{_HEAD}-- kind: pie\n-- sources: a\n{_COLUMN}{_SELECT}", "no such kind"),
        (f"{_HEAD}-- kind: figure\n-- sources: a'b\n{_COLUMN}{_SELECT}", "a source is no name"),
        (f"{_HEAD}-- kind: figure\n-- sources: a\n-- column: a value\n{_SELECT}", "this is no column"),
        (f"{_HEAD}-- kind: figure\n-- sources: a\n{_SELECT}", "it has no column"),
        (f"{_HEAD}{_COLUMN}DROP TABLE x; -- :number", "no SELECT"),
        (f"{_HEAD}{_COLUMN}SELECT 1", "no SELECT"),
    ],
)
def test_what_is_wrong_is_named(panel_files: ModuleType, text: str, why: str) -> None:
    with pytest.raises(panel_files.PanelError, match=rf"^odd\.sql: .*{why}"):
        panel_files.query("odd.sql", text)
