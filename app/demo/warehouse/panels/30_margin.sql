-- title: Margin by month
-- title.da: Dækningsbidrag pr. måned
-- kind: bars
-- on: customer
-- hint: Goods delivered less goods that came back, at the order's price and at the cost price that the ERP had then, in the company's currency. Services have no cost price and are not in it.
-- hint.da: Leverede varer minus returnerede, til ordrens pris og den kostpris, ERP-systemet havde dengang, i virksomhedens valuta. Ydelser har ingen kostpris og er ikke med.
-- sources: tryton
-- column: month category month Month | Måned
-- column: profit value money Margin | Dækningsbidrag
-- column: revenue detail money Delivered | Leveret
-- column: cost detail money Cost | Kostpris
-- column: percent detail percent Margin % | Dækningsgrad
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-11 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 11
)
SELECT
    months.month AS month,
    CAST(round(coalesce(sum(t.revenue - t.cost), 0) / own.millionths) AS INTEGER) AS profit,
    own.code AS profit_currency,
    own.digits AS profit_digits,
    CAST(round(coalesce(sum(t.revenue), 0) / own.millionths) AS INTEGER) AS revenue,
    own.code AS revenue_currency,
    own.digits AS revenue_digits,
    CAST(round(coalesce(sum(t.cost), 0) / own.millionths) AS INTEGER) AS cost,
    own.code AS cost_currency,
    own.digits AS cost_digits,
    -- 12.34, and nothing where nothing was delivered
    iif(sum(t.revenue) <> 0, printf('%.2f', 100.0 * sum(t.revenue - t.cost) / sum(t.revenue)), NULL) AS percent
FROM customer AS c
CROSS JOIN months
CROSS JOIN own
LEFT JOIN margin_month AS t ON t.customer = c.id AND t.month = months.month
WHERE c.number = :number
GROUP BY months.month
ORDER BY months.month
