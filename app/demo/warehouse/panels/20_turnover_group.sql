-- title: Turnover by month and product group
-- title.da: Omsætning pr. måned og varegruppe
-- kind: stacked
-- on: customer
-- hint: Invoiced without VAT, credit notes taken off, as it was booked in the company's currency. The six largest groups; the others are together under “…”.
-- hint.da: Faktureret uden moms, kreditnotaer trukket fra, som bogført i virksomhedens valuta. De seks største grupper; de øvrige er samlet under “…”.
-- sources: tryton
-- column: month category month Month | Måned
-- column: product_group series text Product group | Varegruppe
-- column: amount value money Turnover | Omsætning
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-11 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 11
),
sold (month, product_group, amount) AS (
    SELECT t.month, t.product_group, t.amount
    FROM customer AS c
    JOIN turnover_month AS t ON t.customer = c.id
    WHERE c.number = :number AND t.month >= (SELECT min(month) FROM months)
),
ranked (product_group, place) AS (
    SELECT product_group, row_number() OVER (ORDER BY sum(amount) DESC, product_group) FROM sold GROUP BY product_group
),
named (product_group, name, place) AS (
    SELECT r.product_group, iif(r.place <= 6, coalesce(g.name, '–'), '…'), min(r.place, 7)
    FROM ranked AS r
    LEFT JOIN product_group AS g ON g.id = r.product_group
)
SELECT
    months.month AS month,
    n.name AS product_group,
    coalesce(sum(s.amount), 0) AS amount,
    own.code AS amount_currency,
    own.digits AS amount_digits
FROM months
CROSS JOIN named AS n
CROSS JOIN own
LEFT JOIN sold AS s ON s.month = months.month AND s.product_group = n.product_group
GROUP BY months.month, n.place
ORDER BY months.month, n.place
