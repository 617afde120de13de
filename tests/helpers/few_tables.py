"""A part of the demo's tables, for an ERP whose tests need not all of it: filling one takes minutes of processor."""

import csv
from pathlib import Path

from app.demo.tryton.system import DATA, TABLES

Row = dict[str, str]
_COMPANIES = 25
"""With them number 10023, who has a price list of his own."""
_ARTICLE = "4711"
"""It has a price of its own in that list."""


def few_tables(folder: Path) -> Path:
    """Write them into this folder, which is made: every state that an order can be in, an article of each group."""
    tables = {name: _rows(name) for name in TABLES}
    orders = _first_of_each(tables["orders"], "state", "invoice")
    keys = {row["key"] for row in orders}
    lines = [row for row in tables["order_lines"] if row["order_key"] in keys]
    sold = {_ARTICLE, *(row["product"] for row in lines)}
    sold |= {row["code"] for row in _first_of_each(tables["products"], "category")}
    known = {row["number"] for row in tables["companies"][:_COMPANIES]} | {row["company_number"] for row in orders}
    kept = {
        "addresses": [row for row in tables["addresses"] if row["company_number"] in known],
        "companies": [row for row in tables["companies"] if row["number"] in known],
        "order_lines": lines,
        "orders": orders,
        "price_list_lines": [row for row in tables["price_list_lines"] if row["product"] in {"", *sold}],
        "price_lists": tables["price_lists"],
        "product_customers": [row for row in tables["product_customers"] if row["product"] in sold],
        "products": [row for row in tables["products"] if row["code"] in sold],
    }
    folder.mkdir()
    for name, rows in kept.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, tables[name][0])
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _first_of_each(rows: list[Row], *names: str) -> list[Row]:
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(row[name] for name in names), row)
    return list(first.values())


def _rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
