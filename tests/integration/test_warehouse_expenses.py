"""The warehouse's expenses and what it says was invoiced of projects are the balances of the ERP's own accounts."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.fixtures.tryton import RealTryton
from tests.fixtures.tryton_time import RealTime
from tests.helpers.loaded_warehouse import LoadedWarehouse, expenses_source, time_source


@pytest.fixture(scope="module")
def warehouse(
    real_tryton: RealTryton, real_time: RealTime, tmp_path_factory: pytest.TempPathFactory
) -> LoadedWarehouse:
    folder = tmp_path_factory.mktemp("warehouse-expenses")
    one = LoadedWarehouse(folder / "warehouse.sqlite", [expenses_source(real_tryton), time_source(real_time)])
    one.catch_up()
    return one


def _balances(tryton: RealTryton, axis: str, kind: str, **within: date) -> dict[str, int]:
    """The balances of the accounts of a kind on an axis, by their code, in øre."""
    accounts = tryton.admin.find(
        "analytic_account.account", ["root.code", "=", axis], ["type", "=", kind], fields=("code",)
    )
    read = tryton.admin(
        "model.analytic_account.account.read", [one["id"] for one in accounts], ["code", "balance"], **within
    )
    return {one["code"]: int(one["balance"].scaleb(2)) for one in read}


def _is_project(number: str) -> bool:
    return number.startswith("P-")


def test_a_project_s_expenses_and_invoices_are_its_accounts_balances(
    warehouse: LoadedWarehouse, real_tryton: RealTryton
) -> None:
    spent = {code: -amount for code, amount in _balances(real_tryton, "EXPENSES", "view").items() if _is_project(code)}
    invoiced = _balances(real_tryton, "INVOICED", "normal")
    assert sum(map(bool, spent.values())) >= 10
    assert any(invoiced.values())
    for number, amount in spent.items():
        (row,) = warehouse.panel("project_overview", number)
        assert (row["expenses"], row["invoiced"]) == (amount, invoiced[number]), number
        assert row["expenses_currency"] == row["invoiced_currency"] == "DKK"
        kinds: Counter[str] = Counter()
        for each in warehouse.panel("project_expenses", number):
            kinds[each["kind"]] += each["amount"]
        assert sum(kinds.values()) == amount
        assert amount == 0 or set(kinds) <= {"Rejse", "Hotel", "Fortæring"}


def test_a_customer_s_expenses_are_his_account_s_balance_of_the_year(
    warehouse: LoadedWarehouse, real_tryton: RealTryton
) -> None:
    everybody = [code for code in _balances(real_tryton, "EXPENSES", "view") if not _is_project(code)]
    shown = {number: warehouse.panel("expenses", number) for number in everybody}
    months = sorted({row["month"] for rows in shown.values() for row in rows})
    assert len(months) == 12
    within = {"start_date": date.fromisoformat(f"{months[0]}-01"), "end_date": datetime.now().astimezone().date()}
    theirs = _balances(real_tryton, "EXPENSES", "view", **within)
    assert {number: sum(row["amount"] for row in rows) for number, rows in shown.items()} == {
        number: -theirs[number] for number in everybody
    }
    busy = [number for number, rows in shown.items() if rows]
    assert len(busy) >= 3
    # One month alone, by project.
    number = busy[0]
    month = max(row["month"] for row in shown[number] if row["amount"])
    first = date.fromisoformat(f"{month}-01")
    last = date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1
    alone = _balances(real_tryton, "EXPENSES", "view", start_date=first, end_date=date.fromordinal(last))
    assert {row["project"]: row["amount"] for row in shown[number] if row["month"] == month} == {
        row["project"]: -alone[row["project"]] for row in shown[number] if row["month"] == month
    }


def test_what_is_booked_changed_and_deleted_is_followed(warehouse: LoadedWarehouse, real_tryton: RealTryton) -> None:
    admin = real_tryton.admin
    booked: list[dict[str, Any]] = admin.find(
        "analytic_account.line",
        ["account.root.code", "=", "EXPENSES"],
        fields=("account.parent.code", "account", "move_line"),
    )
    # Other tests book expenses of projects that the time system does not have.
    one = next(
        each for each in booked if warehouse.panel("project_overview", each["account."]["parent."]["code"] or "")
    )
    number = one["account."]["parent."]["code"]

    def expenses() -> int:
        (row,) = warehouse.panel("project_overview", number)
        return int(row["expenses"])

    before = expenses()
    values = {"account": one["account"], "move_line": one["move_line"], "date": admin.today()}
    line = admin.create("analytic_account.line", debit=Decimal("123.45"), credit=Decimal(0), **values)
    warehouse.catch_up()
    assert expenses() == before + 123_45 == -_balances(real_tryton, "EXPENSES", "view")[number]
    admin("model.analytic_account.line.write", [line], {"debit": Decimal(0), "credit": Decimal("23.40")})
    warehouse.catch_up()
    assert expenses() == before - 23_40 == -_balances(real_tryton, "EXPENSES", "view")[number]
    admin("model.analytic_account.line.delete", [line])
    warehouse.catch_up()
    assert expenses() == before
