"""The company itself: currencies, accounts, VAT, years, numbering, terms of payment, and who may sign in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rows import ZONE, Rows
from trytond.pool import Pool
from trytond.transaction import Transaction

COMPANY = "Lumen & Leder Engros A/S"
VAT_NUMBER = "DK12345674"
# Units of the currency for one krone, about as they were in 2026.
CURRENCIES = {
    "DKK": ("Danske kroner", "kr.", Decimal(1)),
    "EUR": ("Euro", "€", Decimal("0.134")),
    "SEK": ("Svenska kronor", "kr", Decimal("1.472")),
    "NOK": ("Norske kroner", "kr", Decimal("1.581")),
}
COUNTRIES = {"DK": "Danmark", "SE": "Sverige", "NO": "Norge", "DE": "Tyskland"}
# Each relativedelta of Tryton's own, one after the other: "running month" goes to the month's last day first.
TERMS: dict[str, tuple[str, list[dict[str, int]]]] = {
    "forud": ("Forudbetaling", []),
    "netto_8": ("Netto 8 dage", [{"days": 8}]),
    "netto_14": ("Netto 14 dage", [{"days": 14}]),
    "netto_30": ("Netto 30 dage", [{"days": 30}]),
    "lbm_15": ("Løbende måned + 15 dage", [{"day": 31}, {"days": 15}]),
    "lbm_30": ("Løbende måned + 30 dage", [{"day": 31}, {"days": 30}]),
}
# login -> name, language, groups by their XML ids where their module is active
CLERKS = {
    "clerk": ("Mette Lund", "da"),
    "clerk2": ("Rasmus Holst", "en"),
}
GROUPS = (
    ("sale", "group_sale"),
    ("sale_opportunity", "group_opportunity"),
    ("sale_amendment", "group_sale_amendment"),
    # Without it Tryton refuses what is over a customer's credit limit; with it, it warns and asks.
    ("account_credit_limit", "group_credit_limit"),
)
# What an order desk looks up without being in accounting: who owes what.
READ_ONLY = ("account.invoice", "account.invoice.line", "account.invoice.tax")
# What the warehouse behind the reporting system is loaded from. It changes nothing.
REPORTING = "reporting"
REPORTED = (
    "account.invoice",
    "account.invoice.line",
    "account.move",
    "account.move.line",
    "account.move.reconciliation",
    "analytic_account.line",
    "sale.sale",
)


def administrator() -> int:
    """Return the id of the user that the database was made with."""
    return int(Pool().get("res.user").search([("login", "=", "admin")])[0].id)


def world(rows: Rows) -> None:
    """Enter languages, currencies with their rates, and countries."""
    pool = Pool()
    language_class = pool.get("ir.lang")
    if not language_class.search([("code", "=", "da")]):
        language_class.create(
            [
                {
                    "code": "da",
                    "name": "Dansk",
                    "date": "%d.%m.%Y",
                    "decimal_point": ",",
                    "thousands_sep": ".",
                    "grouping": "[3, 3, 0]",
                    "mon_decimal_point": ",",
                    "mon_thousands_sep": ".",
                    "mon_grouping": "[3, 3, 0]",
                    "p_cs_precedes": False,
                    "n_cs_precedes": False,
                    "p_sep_by_space": True,
                    "n_sep_by_space": True,
                    "negative_sign": "-",
                    "direction": "ltr",
                    "translatable": True,
                    "active": True,
                }
            ]
        )
    language_class.write(language_class.search([("code", "=", "en")]), {"translatable": True})
    first = rows.today.replace(month=1, day=1) - dt.timedelta(days=366)
    pool.get("currency.currency").create(
        [
            {
                "code": code,
                "name": name,
                "symbol": symbol,
                "rounding": Decimal("0.01"),
                "digits": 2,
                "rates": [("create", [{"date": first, "rate": rate}])],
            }
            for code, (name, symbol, rate) in CURRENCIES.items()
        ]
    )
    pool.get("country.country").create([{"code": code, "name": name} for code, name in COUNTRIES.items()])


def company() -> int:
    """Enter our company, make it the administrator's, and return its id."""
    pool = Pool()
    kroner = pool.get("currency.currency").search([("code", "=", "DKK")])[0]
    denmark = pool.get("country.country").search([("code", "=", "DK")])[0]
    party = pool.get("party.party").create(
        [
            {
                "name": COMPANY,
                "code": "1",
                "identifiers": [("create", [{"type": "eu_vat", "code": VAT_NUMBER}])],
                "addresses": [
                    (
                        "create",
                        [
                            {
                                "street_unstructured": "Lysholt Allé 12",
                                "postal_code": "7100",
                                "city": "Vejle",
                                "country": denmark.id,
                            }
                        ],
                    )
                ],
            }
        ]
    )[0]
    ours = pool.get("company.company").create([{"party": party.id, "currency": kroner.id, "timezone": ZONE}])[0]
    user = pool.get("res.user")(Transaction().user)
    user.companies = [ours]
    user.company = ours
    user.save()
    return int(ours.id)


def accounts(ours: int) -> None:
    """Make the universal chart of accounts with the receivable, payable, revenue and expense accounts."""
    pool = Pool()
    wizard_class = pool.get("account.create_chart", type="wizard")
    session, _, _ = wizard_class.create()
    wizard = wizard_class(session)
    template = pool.get("ir.model.data").get_id("account", "account_template_root_en")
    wizard.account.account_template = pool.get("account.account.template")(template)
    wizard.account.company = pool.get("company.company")(ours)
    wizard.transition_create_account()
    wizard.properties.company = wizard.account.company
    wizard.properties.account_receivable = account("receivable")
    wizard.properties.account_payable = account("payable")
    for kind in ("revenue", "expense"):
        if hasattr(type(wizard.properties), f"category_account_{kind}"):
            setattr(wizard.properties, f"category_account_{kind}", account(kind))
    wizard.transition_create_properties()
    wizard_class.delete(session)
    # An invoice in another currency seldom comes out even in kroner.
    exchange = pool.get("account.account").search([("code", "=", "6.2.1")])[0]
    configuration = pool.get("account.configuration")(1)
    configuration.currency_exchange_debit_account = exchange
    configuration.currency_exchange_credit_account = exchange
    configuration.save()


def account(kind: str) -> Any:
    """Return the first open account of a kind: receivable, payable, revenue or expense."""
    return (
        Pool()
        .get("account.account")
        .search([(f"type.{kind}", "=", True), ("closed", "!=", True)], order=[("code", "ASC")], limit=1)[0]
    )


def taxes(ours: int) -> dict[str, Any]:
    """Enter Danish VAT and the rule that takes it off sales abroad.

    Returns:
        ``sale`` and ``purchase`` taxes of 25 %, and the ``eu`` and ``export`` rules for customers.
    """
    pool = Pool()
    tax_account = pool.get("account.account").search([("code", "=", "6.3.6")])[0]
    sales, purchases = pool.get("account.tax.group").create(
        [
            {"name": "Salgsmoms", "code": "SM", "kind": "sale"},
            {"name": "Købsmoms", "code": "KM", "kind": "purchase"},
        ]
    )

    def tax(name: str, group: Any, rate: str, notice: str = "") -> dict[str, Any]:
        return {
            "name": name,
            "description": name,
            "group": group.id,
            "type": "percentage",
            "rate": Decimal(rate),
            "company": ours,
            "invoice_account": tax_account.id,
            "credit_note_account": tax_account.id,
            "legal_notice": notice,
        }

    sale, purchase, eu, export = pool.get("account.tax").create(
        [
            tax("Salgsmoms 25 %", sales, "0.25"),
            tax("Købsmoms 25 %", purchases, "0.25"),
            tax("EU-salg uden moms", sales, "0", "Omvendt betalingspligt, momslovens § 34"),
            tax("Eksport uden moms", sales, "0", "Udførsel, momslovens § 34"),
        ]
    )
    rules = pool.get("account.tax.rule").create(
        [
            {
                "name": name,
                "kind": "sale",
                "company": ours,
                "lines": [("create", [{"group": sales.id, "origin_tax": sale.id, "tax": substitute.id}])],
            }
            for name, substitute in (("EU-kunde med momsnummer", eu), ("Kunde uden for EU", export))
        ]
    )
    return {"sale": sale, "purchase": purchase, "eu": rules[0], "export": rules[1]}


def years(rows: Rows, ours: int) -> None:
    """Open last year, this year and the next, each with its months and its own invoice numbers."""
    pool = Pool()
    year_class = pool.get("account.fiscalyear")
    # Where its module is active, the cost of sold goods is booked with their invoice.
    method = {"account_stock_method": "anglo_saxon"} if "account_stock_method" in year_class._fields else {}
    types = {kind.name: kind.id for kind in pool.get("ir.sequence.type").search([])}
    strict = pool.get("ir.sequence.strict")
    opened = []
    for year in range(rows.today.year - 1, rows.today.year + 2):
        move, invoice, credit, received = strict.create(
            [
                {"name": f"Bilag {year}", "sequence_type": types["Account Move"], "company": ours},
                {
                    "name": f"Faktura {year}",
                    "sequence_type": types["Invoice"],
                    "company": ours,
                    "prefix": f"F{year}-",
                    "padding": 5,
                },
                {
                    "name": f"Kreditnota {year}",
                    "sequence_type": types["Invoice"],
                    "company": ours,
                    "prefix": f"K{year}-",
                    "padding": 4,
                },
                {
                    "name": f"Udlæg {year}",
                    "sequence_type": types["Invoice"],
                    "company": ours,
                    "prefix": f"U{year}-",
                    "padding": 4,
                },
            ]
        )
        numbers = {
            "company": ours,
            "out_invoice_sequence": invoice.id,
            "in_invoice_sequence": received.id,
            "out_credit_note_sequence": credit.id,
            "in_credit_note_sequence": received.id,
        }
        opened += year_class.create(
            [
                {
                    "name": str(year),
                    "start_date": dt.date(year, 1, 1),
                    "end_date": dt.date(year, 12, 31),
                    "company": ours,
                    "move_sequence": move.id,
                    "invoice_sequences": [("create", [numbers])],
                    **method,
                }
            ]
        )
    year_class.create_period(opened)
    sale_numbers = pool.get("ir.sequence").search([("sequence_type.name", "=", "Sale")])
    pool.get("ir.sequence").write(sale_numbers, {"prefix": "SO-${year}-", "padding": 4})
    party_numbers = pool.get("ir.sequence").search([("sequence_type.name", "=", "Party")])
    pool.get("ir.sequence").write(party_numbers, {"number_next": 10301})


def terms() -> dict[str, Any]:
    """Enter the terms of payment and return them by the CSV's word for them."""
    made = (
        Pool()
        .get("account.invoice.payment_term")
        .create(
            [
                {
                    "name": name,
                    "lines": [
                        (
                            "create",
                            [
                                {
                                    "type": "remainder",
                                    "relativedeltas": [
                                        ("create", [{"sequence": i, **delta} for i, delta in enumerate(deltas)])
                                    ],
                                }
                            ],
                        )
                    ],
                }
                for name, deltas in TERMS.values()
            ]
        )
    )
    return dict(zip(TERMS, made, strict=True))


def users(ours: int, passwords: Mapping[str, str]) -> None:
    """Give the administrator his password, and enter two order clerks who may sell and look up invoices, and a reader.

    Args:
        ours: The company.
        passwords: By login: ``admin``, ``clerk``, ``clerk2`` and ``reporting``.
    """
    pool = Pool()
    data = pool.get("ir.model.data")
    active = {module.name for module in pool.get("ir.module").search([("state", "=", "activated")])}
    groups = [data.get_id(module, name) for module, name in GROUPS if module in active]
    groups.append(_readers("Ordrekontor: se fakturaer", READ_ONLY))
    user_class = pool.get("res.user")
    user_class.write([user_class(administrator())], {"password": passwords["admin"]})
    languages = {lang.code: lang.id for lang in pool.get("ir.lang").search([])}
    for number, (login, (name, language)) in enumerate(CLERKS.items(), start=1):
        person = pool.get("party.party").create([{"name": name, "code": f"M{number}"}])[0]
        employee = pool.get("company.employee").create([{"party": person.id, "company": ours}])[0]
        user_class.create(
            [
                {
                    "name": name,
                    "login": login,
                    "password": passwords[login],
                    "language": languages[language],
                    "groups": [("add", groups)],
                    "companies": [("add", [ours])],
                    "company": ours,
                    "employees": [("add", [employee.id])],
                    "employee": employee.id,
                }
            ]
        )

    access = pool.get("ir.model.access")
    # Where nobody is kept out, a group of its own would keep out all the others.
    guarded = [model for model in REPORTED if access.search([("model", "=", model)], limit=1)]
    user_class.create(
        [
            {
                "name": "Rapportsystemet",
                "login": REPORTING,
                "password": passwords[REPORTING],
                "groups": [("add", [_readers("Rapportering: se handel og bogholderi", guarded)])],
                "companies": [("add", [ours])],
                "company": ours,
            }
        ]
    )


def _readers(name: str, models: Sequence[str]) -> int:
    """Enter a group whose users may read some models and change none of them, and return its id."""
    pool = Pool()
    group = pool.get("res.group").create([{"name": name}])[0]
    pool.get("ir.model.access").create(
        [
            {
                "model": model,
                "group": group.id,
                "perm_read": True,
                "perm_write": False,
                "perm_create": False,
                "perm_delete": False,
                "active": True,
            }
            for model in models
        ]
    )
    return int(group.id)


def context() -> dict[str, Any]:
    """Return the context in which the administrator works, with the ERP's questions answered by yes."""
    preferences = Pool().get("res.user").get_preferences(context_only=True)
    return {**preferences, "_skip_warnings": True}
