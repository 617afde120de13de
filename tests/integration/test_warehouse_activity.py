"""The warehouse counts the touch points that the CRM's own timelines show, month by month."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.fixtures.creme import RealCreme
from tests.fixtures.tryton import RealTryton
from tests.helpers.loaded_warehouse import LoadedWarehouse, creme_source, erp_source


class Salesperson:
    """Reads and logs at Creme over its add-on, with none of the app's own client."""

    def __init__(self, creme: RealCreme, user: str = "saelger") -> None:
        self._base = f"{creme.server.url}/samspil/v1"
        who = {"username": user, "password": creme.password(user), "device": "test"}
        self._token = ""
        self._token = self("sign-in", who)["token"]

    def __call__(self, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        address = f"{self._base}/{path}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(address, json.dumps(body).encode() if body else None)  # noqa: S310
        request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read())

    def months(self, company: str) -> Counter[str]:
        """How many entries a company's timeline has in each month, read to its end."""
        found: Counter[str] = Counter()
        query: dict[str, str] = {}
        while True:
            page = self(f"companies/{company}/timeline", limit="100", **query)
            found.update(entry["at"][:7] for entry in page["entries"])
            if not page["next"]:
                return found
            query = {"after": page["next"]}


@pytest.fixture(scope="module")
def salesperson(real_creme: RealCreme) -> Salesperson:
    return Salesperson(real_creme)


def test_activity_is_what_the_timelines_show(
    real_creme: RealCreme, real_tryton: RealTryton, salesperson: Salesperson, tmp_path: Path
) -> None:
    warehouse = LoadedWarehouse(tmp_path / "warehouse.sqlite", [erp_source(real_tryton), creme_source(real_creme)])
    warehouse.catch_up()
    busiest = warehouse.rows(
        """SELECT k.number, k.id FROM activity_month AS a JOIN crm_company AS k ON k.id = a.company
        JOIN customer AS c ON c.number = k.number GROUP BY k.number HAVING count(DISTINCT k.id) = 1
        ORDER BY sum(a.touch_points) DESC, k.number LIMIT 6"""
    )
    assert len(busiest) == 6

    def shown(number: str) -> Counter[str]:
        rows = warehouse.panel("activity", number)
        assert len(rows) == 12
        return Counter({row["month"]: row["touch_points"] for row in rows if row["touch_points"]})

    months = {row["month"] for row in warehouse.panel("activity", busiest[0]["number"])}
    for row in busiest:
        theirs = salesperson.months(row["id"])
        assert shown(row["number"]) == Counter({month: n for month, n in theirs.items() if month in months})
        assert (
            sum(theirs.values())
            == warehouse.rows("SELECT sum(touch_points) AS n FROM activity_month WHERE company = :id", id=row["id"])[0][
                "n"
            ]
        )

    # One more, then one less: in Creme's trash it is in no timeline.
    number, company = busiest[0]["number"], busiest[0]["id"]
    before = shown(number)
    call = {"key": str(uuid4()), "kind": "call", "direction": "out", "title": "Prøve", "at": _now()}
    salesperson(f"companies/{company}/touch-points", call)
    warehouse.catch_up()
    assert shown(number) == before + Counter([call["at"][:7]])
    entry = salesperson(f"companies/{company}/timeline", q="Prøve", limit="1")["entries"][0]["id"]
    real_creme.change("UPDATE creme_core_cremeentity SET is_deleted = 1 WHERE id = ?", entry.partition("-")[2])
    warehouse.catch_up()
    assert shown(number) == before


def test_changes_come_once_each_in_their_order_and_nobody_sees_more_than_creme_shows(real_creme: RealCreme) -> None:
    reader, trainee = Salesperson(real_creme, "rapport"), Salesperson(real_creme, "elev")
    seen: list[tuple[str, str]] = []
    query: dict[str, str] = {}
    while True:
        page = reader("changes/touch-points", **query)
        seen += [
            (datetime.fromisoformat(one["changed"]).astimezone(UTC).isoformat(), one["id"])
            for one in page["touch_points"]
        ]
        query = {"after": page["next"]}
        if not page["more"]:
            break
    assert len(seen) == len({key for _, key in seen}) == page["total"] > 500
    assert [changed for changed, _ in seen] == sorted(changed for changed, _ in seen)
    rest = reader("changes/touch-points", **query)
    assert rest == {"touch_points": [], "next": query["after"], "more": False, "total": page["total"]}
    assert reader("changes/touch-points", since=seen[-1][0])["touch_points"][-1]["id"] == seen[-1][1]
    assert trainee("changes/touch-points")["total"] < page["total"]
    for wrong in ({"after": "??"}, {"since": "yesterday"}, {"since": "2026-01-01T00:00:00"}):
        assert _refused(reader, "changes/companies", None, **wrong) == 422
    company = reader("changes/companies")["companies"][0]["id"]
    note = {"key": str(uuid4()), "kind": "note", "title": "Nej", "at": _now()}
    assert _refused(reader, f"companies/{company}/touch-points", note) == 403


def _refused(user: Salesperson, path: str, body: dict[str, Any] | None, **query: str) -> int:
    """The status with which it is refused."""
    try:
        user(path, body, **query)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    return 200


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
