"""The customers: number, VAT number, addresses, price list, terms, currency and credit limit."""

from typing import Any

from rows import Row, Rows, batches, decimal
from trytond.pool import Pool

_EU_ABROAD = frozenset({"SE", "DE"})


def customers(rows: Rows, lists: dict[str, Any], terms: dict[str, Any], tax: dict[str, Any]) -> None:
    """Enter every company that the ERP is to know, with its addresses for goods and for invoices.

    Args:
        rows: The demo data.
        lists: Price lists by code.
        terms: Terms of payment by code.
        tax: The VAT rules ``eu`` and ``export``.
    """
    pool = Pool()
    party_class = pool.get("party.party")
    countries = {country.code: country.id for country in pool.get("country.country").search([])}
    currencies = {currency.code: currency.id for currency in pool.get("currency.currency").search([])}
    languages = {language.code: language.id for language in pool.get("ir.lang").search([])}
    limited = "credit_limit_amount" in party_class._fields
    addresses: dict[str, list[dict[str, Any]]] = {}
    for row in rows.read("addresses"):
        # Where to meet them is the CRM's.
        if row["kind"] != "meeting":
            addresses.setdefault(row["company_number"], []).append(_address(row, countries[row["country"]]))

    def values(row: Row) -> dict[str, Any]:
        party = {
            "name": row["name"],
            "code": row["number"],
            "lang": languages.get(row["language"]),
            "identifiers": [("create", [_identifier(row)])],
            "addresses": [("create", addresses[row["number"]])],
            "contact_mechanisms": [
                ("create", [{"type": kind, "value": row[kind]} for kind in ("phone", "email") if row[kind]])
            ],
            "customer_payment_term": terms[row["payment_term"]].id,
            "customer_currency": currencies[row["currency"]],
        }
        if "sale_price_list" in party_class._fields:
            party["sale_price_list"] = lists[row["price_list"]].id
        if row["country"] != "DK":
            party["customer_tax_rule"] = tax["eu" if row["country"] in _EU_ABROAD else "export"].id
        if limited:
            party["credit_limit_amount"] = decimal(row["credit_limit"])
        return party

    known = [row for row in rows.read("companies") if row["in_erp"] == "yes"]
    for batch in batches(known, 20):
        party_class.create([values(row) for row in batch])


def _identifier(row: Row) -> dict[str, str]:
    if row["country"] == "NO":
        return {"type": "no_orgnr", "code": row["vat_number"][2:11]}
    return {"type": "eu_vat", "code": row["vat_number"]}


def _address(row: Row, country: int) -> dict[str, Any]:
    address = {
        # The place's own name: Tryton prints it above the street.
        "building_name": row["name"] or None,
        "street_unstructured": row["street"],
        "postal_code": row["postal_code"],
        "city": row["city"],
        "country": country,
        "delivery": row["kind"] == "delivery",
        "invoice": row["kind"] == "invoice",
    }
    if row["name"]:
        address["attn"] = row["name"]
        del address["building_name"]
    return address
