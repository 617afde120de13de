-- title: Orders in hand
-- title.da: Ordrebeholdning
-- kind: figure
-- on: customer
-- hint: Confirmed orders without VAT, less what of them has been invoiced. Each currency by itself.
-- hint.da: Bekræftede ordrer uden moms, minus hvad der er faktureret af dem. Hver valuta for sig.
-- sources: tryton
-- column: amount value money In hand | Beholdning
-- column: orders detail count Orders | Ordrer
WITH in_hand (number, ordered_on, wanted_on, currency, ordered, invoiced) AS (
    SELECT s.number, s.ordered_on, s.wanted_on, s.currency, s.amount, (
        SELECT coalesce(sum(l.amount), 0)
        FROM sale_line AS o
        JOIN invoice_line AS l ON l.sale_line = o.id
        JOIN invoice AS i ON i.id = l.invoice
        WHERE o.sale = s.id AND i.state IN ('posted', 'paid')
    )
    FROM customer AS c
    JOIN sale AS s ON s.customer = c.id
    WHERE c.number = :number AND s.state IN ('confirmed', 'processing')
)
SELECT
    sum(h.ordered - h.invoiced) AS amount,
    u.code AS amount_currency,
    u.digits AS amount_digits,
    count(*) AS orders
FROM in_hand AS h
JOIN currency AS u ON u.id = h.currency
WHERE h.ordered > max(h.invoiced, 0) OR h.ordered < min(h.invoiced, 0)
GROUP BY u.code, u.digits
ORDER BY u.code
