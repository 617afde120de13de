-- title: Open and overdue
-- title.da: Åbne og forfaldne poster
-- kind: ageing
-- on: customer
-- hint: What the customer owes by the ledger, VAT included, by days since it was due; 0 is not due yet. Each currency by itself.
-- hint.da: Hvad kunden skylder ifølge bogholderiet, inkl. moms, efter dage siden forfald; 0 er ikke forfaldent. Hver valuta for sig.
-- sources: tryton
-- column: days category text Days overdue | Dage over forfald
-- column: amount value money Open | Åbent
WITH today (day) AS (SELECT date('now', 'localtime')),
ages (place, days, first, last) AS (
    VALUES (0, '0', -1000000, 0), (1, '1–30', 1, 30), (2, '31–60', 31, 60), (3, '61–90', 61, 90), (4, '> 90', 91, 1000000)
),
-- As the ERP counts its receivables: settled on a day to come is not settled.
open (currency, digits, amount, overdue) AS (
    SELECT
        coalesce(u.code, own.code),
        coalesce(u.digits, own.digits),
        coalesce(g.second_amount, g.amount),
        CAST(julianday(today.day) - julianday(coalesce(g.due, m.day)) AS INTEGER)
    FROM customer AS c
    CROSS JOIN today
    CROSS JOIN own
    JOIN ledger AS g ON g.customer = c.id AND (g.reconciled IS NULL OR g.reconciled > today.day)
    JOIN account AS a ON a.id = g.account AND a.receivable
    JOIN move AS m ON m.id = g.move
    LEFT JOIN currency AS u ON u.id = g.second_currency
    WHERE c.number = :number
)
SELECT
    ages.days AS days,
    coalesce(sum(open.amount), 0) AS amount,
    found.currency AS amount_currency,
    found.digits AS amount_digits
FROM (SELECT DISTINCT currency, digits FROM open) AS found
CROSS JOIN ages
LEFT JOIN open ON open.currency = found.currency AND open.overdue BETWEEN ages.first AND ages.last
GROUP BY found.currency, ages.place
ORDER BY found.currency, ages.place
