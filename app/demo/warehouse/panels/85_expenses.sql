-- title: Expenses by project and month
-- title.da: Udlæg pr. projekt og måned
-- kind: stacked
-- on: customer
-- hint: What employees have laid out on the customer's projects, without VAT, as booked in the company's currency.
-- hint.da: Hvad medarbejdere har lagt ud på kundens projekter, uden moms, som bogført i virksomhedens valuta.
-- sources: tryton-expenses
-- column: month category month Month | Måned
-- column: project series text Project | Projekt
-- column: amount value money Expenses | Udlæg
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-11 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 11
),
spent (project, month, amount) AS (
    SELECT e.project, substr(e.day, 1, 7), sum(e.amount)
    FROM analytic_account AS c
    JOIN expense AS e ON e.customer_account = c.id
    WHERE c.code = :number AND c.kind = 'view' AND e.day >= (SELECT min(month) FROM months)
    GROUP BY 1, 2
)
SELECT
    months.month AS month,
    p.project AS project,
    coalesce(s.amount, 0) AS amount,
    own.code AS amount_currency,
    own.digits AS amount_digits
FROM months
CROSS JOIN (SELECT DISTINCT project FROM spent) AS p
CROSS JOIN analytic_company AS own
LEFT JOIN spent AS s ON s.month = months.month AND s.project = p.project
ORDER BY months.month, p.project
