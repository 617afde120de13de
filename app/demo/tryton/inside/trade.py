"""What is sold: articles and services, price lists, stock and carriers."""

from typing import Any

from rows import Row, Rows, batches, decimal
from trytond.pool import Pool

# More templates in one call overflow the SQL parser (measured: 15 work, 50 do not).
_BATCH = 15
# The module's own units, by the CSV's word for them; the others are made.
_OWN_UNITS = {"m": "uom_meter", "time": "uom_hour"}


def units(rows: list[Row]) -> dict[str, Any]:
    """Return the units by the CSV's word for them.

    Each kind of package gets a category of its own: within one, Tryton would convert a roll into a box.
    """
    pool = Pool()
    uom = pool.get("product.uom")
    data = pool.get("ir.model.data")
    result = {}
    for word in dict.fromkeys(row["unit"] for row in rows):
        if word in _OWN_UNITS:
            result[word] = uom(data.get_id("product", _OWN_UNITS[word]))
            continue
        if word == "stk":
            category = data.get_id("product", "uom_cat_unit")
        else:
            category = pool.get("product.uom.category").create([{"name": word.capitalize()}])[0].id
        result[word] = uom.create(
            [
                {
                    "name": word,
                    "symbol": word,
                    "category": category,
                    "factor": 1.0,
                    "rate": 1.0,
                    "rounding": 1.0,
                    "digits": 0,
                }
            ]
        )[0]
    return result


def products(rows: Rows, tax: dict[str, Any]) -> dict[str, Any]:
    """Enter the articles with their bar codes and return them by code."""
    from foundation import account

    pool = Pool()
    articles = rows.read("products")
    unit = units(articles)
    category_class = pool.get("product.category")
    accounting = category_class.create(
        [
            {
                "name": "Varer og ydelser, 25 % moms",
                "accounting": True,
                "account_revenue": account("revenue").id,
                "account_expense": account("expense").id,
                **_goods_accounts(category_class),
                "customer_taxes": [("add", [tax["sale"].id])],
                "supplier_taxes": [("add", [tax["purchase"].id])],
            }
        ]
    )[0]
    names = list(dict.fromkeys(row["category"] for row in articles))
    categories = dict(zip(names, category_class.create([{"name": name} for name in names]), strict=True))
    template_class = pool.get("product.template")
    result = {}
    for batch in batches(articles, _BATCH):
        templates = template_class.create(
            [
                {
                    "name": row["name"],
                    "type": row["kind"],
                    "default_uom": unit[row["unit"]].id,
                    "list_price": decimal(row["list_price"]),
                    "account_category": accounting.id,
                    "categories": [("add", [categories[row["category"]].id])],
                    "salable": True,
                    "sale_uom": unit[row["unit"]].id,
                    "products": [("create", [_variant(row)])],
                }
                for row in batch
            ]
        )
        result.update({row["code"]: made.products[0] for row, made in zip(batch, templates, strict=True)})
    return result


def _goods_accounts(category_class: Any) -> dict[str, int]:
    """Return the accounts on which the ERP books goods as they come, go and are invoiced; none where it does not."""
    if "account_cogs" not in category_class._fields:
        return {}
    account_class = Pool().get("account.account")
    goods, cost = (account_class.search([("code", "=", code)])[0] for code in ("1.3.1", "5.2.1"))
    (received,) = account_class.copy([goods], {"name": "Modtaget, ikke faktureret", "code": f"{goods.code}.1"})
    (sent,) = account_class.copy([goods], {"name": "Leveret, ikke faktureret", "code": f"{goods.code}.2"})
    return {
        "account_stock": goods.id,
        "account_stock_in": received.id,
        "account_stock_out": sent.id,
        "account_cogs": cost.id,
    }


def _variant(row: Row) -> dict[str, Any]:
    variant = {
        "suffix_code": row["code"],
        "cost_price": decimal(row["cost_price"]),
        "description": row["description"] or None,
    }
    if row["barcode"]:
        variant["identifiers"] = [("create", [{"type": "ean", "code": row["barcode"]}])]
    return variant


def price_lists(rows: Rows, ours: int, products: dict[str, Any]) -> dict[str, Any]:
    """Enter the price lists with their rules in order, and return them by the CSV's code for them.

    Where the ERP has no dates in its price lists (its module is not active) only the rules of today are entered.
    """
    pool = Pool()
    rule_class = pool.get("product.price_list.line")
    dated = "start_date" in rule_class._fields
    categories = {category.name: category.id for category in pool.get("product.category").search([])}
    heads = rows.read("price_lists")
    made = pool.get("product.price_list").create(
        [{"name": row["name"], "company": ours, "unit": "product_default", "price": "list_price"} for row in heads]
    )
    result = {row["code"]: price_list for row, price_list in zip(heads, made, strict=True)}
    rules = []
    for number, row in enumerate(rows.read("price_list_lines")):
        start, end = rows.day(row["start_days"]), rows.day(row["end_days"])
        if not dated and ((start and start > rows.today) or (end and end < rows.today)):
            continue
        rules.append(
            {
                "price_list": result[row["price_list"]].id,
                "sequence": number,
                "category": categories[row["category"]] if row["category"] else None,
                "product": products[row["product"]].id if row["product"] else None,
                "quantity": float(row["min_quantity"]) if row["min_quantity"] else None,
                "formula": row["formula"],
                **({"start_date": start, "end_date": end} if dated else {}),
            }
        )
    for batch in batches(rules, 100):
        rule_class.create(list(batch))
    configuration = pool.get("sale.configuration")(1)
    configuration.sale_price_list = result["LISTE"]
    configuration.save()
    return result


def product_customers(rows: Rows, products: dict[str, Any]) -> None:
    """Enter the customers' own item numbers and names, where the ERP keeps them."""
    pool = Pool()
    try:
        product_customer = pool.get("sale.product_customer")
    except KeyError:
        return
    parties = {party.code: party.id for party in pool.get("party.party").search([("code", "!=", None)])}
    # By id: what the earlier steps hold belongs to transactions that are over.
    ids = {code: product.id for code, product in products.items()}
    variants = pool.get("product.product").browse(list(ids.values()))
    templates = {variant.id: variant.template.id for variant in variants}
    product_customer.create(
        [
            {
                "party": parties[row["company_number"]],
                "template": templates[ids[row["product"]]],
                "product": ids[row["product"]],
                "code": row["code"],
                "name": row["name"],
            }
            for row in rows.read("product_customers")
        ]
    )


def carriers(products: dict[str, Any]) -> None:
    """Enter three ways of delivery, each with the service that is invoiced for it, where the ERP has carriers."""
    pool = Pool()
    try:
        carrier_class = pool.get("carrier")
    except KeyError:
        return
    names = {"Pakkeposten Danmark": "9001", "Jydsk Pallefragt": "9002", "Nordisk Spedition": "9003"}
    carriers = pool.get("party.party").create([{"name": name} for name in names])
    made = carrier_class.create(
        [
            {"party": party.id, "carrier_product": products[code].id}
            for party, code in zip(carriers, names.values(), strict=True)
        ]
    )
    denmark = pool.get("country.country").search([("code", "=", "DK")])[0].id
    # The first one that fits the country of delivery is proposed.
    pool.get("carrier.selection").create(
        [
            {"carrier": made[0].id, "to_country": denmark, "sequence": 1},
            {"carrier": made[1].id, "to_country": denmark, "sequence": 2},
            {"carrier": made[2].id, "sequence": 3},
        ]
    )


def stock(rows: Rows, ours: int, products: dict[str, Any]) -> None:
    """Count the stock into the warehouse, half a year ago so that deliveries since then have something to take."""
    pool = Pool()
    if "quantity" not in pool.get("product.product")._fields:
        return
    warehouse = pool.get("stock.location").search([("type", "=", "warehouse")], limit=1)[0]
    inventory_class = pool.get("stock.inventory")
    lines = [
        {"product": products[row["code"]].id, "quantity": float(row["stock"])}
        for row in rows.read("products")
        if row["kind"] == "goods" and float(row["stock"])
    ]
    inventory = inventory_class.create(
        [
            {
                "company": ours,
                "location": warehouse.storage_location.id,
                "date": rows.day("-180"),
                "empty_quantity": "keep",
                "lines": [("create", lines)],
            }
        ]
    )
    inventory_class.confirm(inventory)
