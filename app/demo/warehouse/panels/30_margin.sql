-- title: Margin by month
-- title.da: Dækningsbidrag pr. måned
-- kind: bars
-- on: customer
-- hint: Goods invoiced without VAT and what the ERP has booked that they cost, credit notes taken off, in the company's currency. Services have no cost there and are not in it.
-- hint.da: Fakturerede varer uden moms og det vareforbrug, ERP-systemet har bogført for dem, kreditnotaer trukket fra, i virksomhedens valuta. Ydelser har intet vareforbrug dér og er ikke med.
-- sources: tryton
-- column: month category month Month | Måned
-- column: profit value money Margin | Dækningsbidrag
-- column: revenue detail money Goods invoiced | Fakturerede varer
-- column: cost detail money Cost of goods | Vareforbrug
-- column: percent detail percent Margin % | Dækningsgrad
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-11 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 11
)
SELECT
    months.month AS month,
    coalesce(t.revenue - t.cost, 0) AS profit,
    own.code AS profit_currency,
    own.digits AS profit_digits,
    coalesce(t.revenue, 0) AS revenue,
    own.code AS revenue_currency,
    own.digits AS revenue_digits,
    coalesce(t.cost, 0) AS cost,
    own.code AS cost_currency,
    own.digits AS cost_digits,
    -- 12.34, and nothing where nothing was invoiced
    iif(t.revenue <> 0, printf('%.2f', 100.0 * (t.revenue - t.cost) / t.revenue), NULL) AS percent
FROM customer AS c
CROSS JOIN months
CROSS JOIN own
LEFT JOIN margin_month AS t ON t.customer = c.id AND t.month = months.month
WHERE c.number = :number
ORDER BY months.month
