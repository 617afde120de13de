"""The warehouse: a panel over five years of orders, and the load of a day's changes."""

from app.demo.warehouse import PANELS
from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure
from tests.bench.warehouse import DAY, day_loads, panel_times


@measure("panel_5y", unit="ms", goal=300, judged=Judged.P95)
def panel_5y(bench: Bench) -> Found:
    """Each panel, for a large, a middling and a small customer or for a project, answered by a real Datasette.

    Over five years of 50,000 orders a year; from the request to the whole answer.
    """
    times = panel_times(bench.say)
    notes = [f"{key}: median {median:.0f} ms, slowest {slowest:.0f} ms" for key, median, slowest in times.panels()]
    return Found(times.every(), [f"{len(list(PANELS.glob('*.sql')))} panels, {times.customers} customers", *notes])


@measure("load_day", unit="s", goal=10, judged=Judged.P95)
def load_day(bench: Bench) -> Found:
    """The incremental load of a day's changes in the demo's ERP and CRM: the loader's process from start to end."""
    found = day_loads(bench)
    what = ", ".join(f"{count} {name}" for name, count in DAY.items())
    return Found(found.seconds, [f"{what}: {found.records} records read; each run from a copy of the same warehouse"])
