-- title: Expenses by month and kind
-- title.da: Udlæg pr. måned og art
-- kind: stacked
-- on: project
-- hint: What employees have laid out on the project, without VAT, as booked in the company's currency.
-- hint.da: Hvad medarbejdere har lagt ud på projektet, uden moms, som bogført i virksomhedens valuta.
-- sources: tryton-expenses
-- column: month category month Month | Måned
-- column: kind series text Kind | Art
-- column: amount value money Expenses | Udlæg
WITH RECURSIVE spent (kind, month, amount) AS (
    SELECT e.kind, substr(e.day, 1, 7), sum(e.amount) FROM expense AS e WHERE e.project = :number GROUP BY 1, 2
),
-- From the first month with any to the last one, those without too; three years at the most.
months (month, n) AS (
    SELECT max(min(month), strftime('%Y-%m', max(month) || '-01', '-35 months')), 0 FROM spent HAVING min(month) NOTNULL
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE month < (SELECT max(month) FROM spent)
)
SELECT
    months.month AS month,
    k.kind AS kind,
    coalesce(s.amount, 0) AS amount,
    own.code AS amount_currency,
    own.digits AS amount_digits
FROM months
CROSS JOIN (SELECT DISTINCT kind FROM spent) AS k
CROSS JOIN analytic_company AS own
LEFT JOIN spent AS s ON s.month = months.month AND s.kind = k.kind
ORDER BY months.month, k.kind
