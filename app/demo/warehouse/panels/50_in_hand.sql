-- title: Orders in hand
-- title.da: Ordrebeholdning
-- kind: figure
-- on: customer
-- hint: Confirmed orders without VAT, less what of them has been invoiced. Each currency by itself.
-- hint.da: Bekræftede ordrer uden moms, minus hvad der er faktureret af dem. Hver valuta for sig.
-- sources: tryton
-- column: amount value money In hand | Beholdning
-- column: orders detail count Orders | Ordrer
SELECT
    sum(h.ordered - h.invoiced) AS amount,
    u.code AS amount_currency,
    u.digits AS amount_digits,
    count(*) AS orders
FROM in_hand AS h
JOIN currency AS u ON u.id = h.currency
WHERE h.customer = :number
GROUP BY u.code, u.digits
ORDER BY u.code
