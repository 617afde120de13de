"""A warehouse of some rows, with a panel of each kind, for a reporting system to answer from."""

import sqlite3
from contextlib import closing
from pathlib import Path

_TABLES = """
CREATE TABLE source (name TEXT PRIMARY KEY, title TEXT NOT NULL, as_of TEXT);
CREATE TABLE turnover (customer TEXT, month TEXT, grp TEXT, amount INTEGER, currency TEXT);
CREATE TABLE open_item (customer TEXT, bucket INTEGER, label TEXT, amount INTEGER, currency TEXT);
CREATE TABLE hours (project TEXT, day TEXT, what TEXT, minutes INTEGER, share TEXT);
INSERT INTO source VALUES ('tryton', 'Tryton (ERP)', '2026-11-24T22:30:00Z');
INSERT INTO source VALUES ('creme', 'Creme', '2026-11-25T01:15:00Z');
"""

_PANELS = {
    "10_turnover": """\
-- title: Turnover by month
-- title.da: Omsætning pr. måned
-- kind: bars
-- on: customer
-- hint: Invoiced without VAT, credit notes taken off.
-- hint.da: Faktureret uden moms, kreditnotaer trukket fra.
-- sources: tryton
-- column: month category month Month | Måned
-- column: amount value money Turnover | Omsætning
SELECT month, sum(amount) AS amount, currency AS amount_currency
FROM turnover WHERE customer = :number GROUP BY month, currency ORDER BY month DESC, currency
""",
    "20_groups": """\
-- title: Turnover by product group
-- title.da: Omsætning pr. varegruppe
-- kind: stacked
-- on: customer
-- hint: By the product's first group.
-- sources: tryton
-- column: month category month Month | Måned
-- column: grp series text Product group | Varegruppe
-- column: amount value money Turnover | Omsætning
WITH mine AS (SELECT * FROM turnover WHERE customer = :number)
SELECT month, grp, amount, currency AS amount_currency FROM mine ORDER BY month, grp, currency;
""",
    "30_open": """\
-- title: Open by age
-- title.da: Åbent efter alder
-- kind: ageing
-- on: customer
-- hint: Of invoices that are not paid.
-- sources: tryton, creme
-- column: label category text Days overdue | Dage over forfald
-- column: amount value money Open amount | Åbent beløb
SELECT label, amount, currency AS amount_currency, CASE currency WHEN 'JPY' THEN 0 ELSE 2 END AS amount_digits
FROM open_item WHERE customer = :number ORDER BY bucket, currency
""",
    "40_balance": """\
-- title: Invoiced
-- title.da: Faktureret
-- kind: figure
-- on: customer
-- hint: Since the first invoice.
-- sources: tryton, elsewhere
-- column: amount value money Invoiced | Faktureret
SELECT sum(amount) AS amount, currency AS amount_currency FROM turnover WHERE customer = :number GROUP BY currency
""",
    "50_hours": """\
-- title: Hours
-- title.da: Timer
-- kind: table
-- on: project
-- hint: As they were registered.
-- sources: tryton
-- column: day category day Day | Dag
-- column: what detail text Kind of work | Arbejdets art
-- column: hours value hours Hours worked | Timer i alt
-- column: entries detail count Registrations | Registreringer
-- column: share detail percent Share of all | Andel af alle
SELECT day, what, CAST(round(sum(minutes) * 100.0 / 60) AS INTEGER) AS hours, count(*) AS entries, share
FROM hours WHERE project = :number GROUP BY day, what ORDER BY day DESC
""",
    "60_slow": """\
-- title: Never done
-- title.da: Aldrig færdig
-- kind: figure
-- on: project
-- hint: Counts without an end.
-- sources: tryton
-- column: found value count Found | Fundet
WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)
SELECT count(*) AS found FROM endless WHERE :number = 'P-9'
""",
    "70_many": """\
-- title: Too much
-- title.da: For meget
-- kind: table
-- on: project
-- sources: tryton
-- column: n category count No. | Nr.
WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 5000)
SELECT n FROM many WHERE :number = 'P-9'
""",
}


def make(folder: Path, name: str = "some warehouse.sqlite") -> tuple[Path, Path]:
    """Make it; the SQLite file and the folder of the panel files."""
    file, panels = folder / name, folder / "panels"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
        with connection:
            connection.executemany(
                "INSERT INTO turnover VALUES (?, ?, ?, ?, ?)",
                [
                    ("10023", "2026-09", "Pendler", 1_234_567_01, "DKK"),
                    ("10023", "2026-09", "Spots", 2, "DKK"),
                    ("10023", "2026-09", "Pendler", 99_95, "EUR"),
                    ("10023", "2026-10", "Spots", -50_00, "DKK"),
                    ("10023", "2026-11", "A\u030anden\u202e\u0007 <b>gruppe</b>", 9_007_199_254_740_993, "DKK"),
                    ("10024", "2026-11", "Pendler", 1_00, "DKK"),
                ],
            )
            connection.executemany(
                "INSERT INTO open_item VALUES (?, ?, ?, ?, ?)",
                [
                    ("10023", 0, "Ikke forfalden", 100_10, "DKK"),
                    ("10023", 30, "1–30 dage", 0, "DKK"),
                    ("10023", 90, "Over 90 dage", 12_345, "JPY"),
                ],
            )
            connection.executemany(
                "INSERT INTO hours VALUES (?, ?, ?, ?, ?)",
                [
                    ("P-1", "2026-11-02", "Montage", 50, "12.5"),
                    ("P-1", "2026-11-02", "Montage", 40, "12.5"),
                    ("P-1", "2026-11-03", "Kørsel", 7, None),
                ],
            )
    panels.mkdir()
    for key, text in _PANELS.items():
        (panels / f"{key}.sql").write_text(text, encoding="utf-8")
    return file, panels
