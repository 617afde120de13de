-- title: Turnover by month
-- title.da: Omsætning pr. måned
-- kind: bars
-- on: customer
-- hint: Invoiced without VAT, credit notes taken off, as it was booked in the company's currency.
-- hint.da: Faktureret uden moms, kreditnotaer trukket fra, som bogført i virksomhedens valuta.
-- sources: tryton
-- column: month category month Month | Måned
-- column: amount value money Turnover | Omsætning
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-23 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 23
)
SELECT
    months.month AS month,
    coalesce(sum(t.amount), 0) AS amount,
    own.code AS amount_currency,
    own.digits AS amount_digits
FROM customer AS c
CROSS JOIN months
CROSS JOIN own
LEFT JOIN turnover_month AS t ON t.customer = c.id AND t.month = months.month
WHERE c.number = :number
GROUP BY months.month
ORDER BY months.month
