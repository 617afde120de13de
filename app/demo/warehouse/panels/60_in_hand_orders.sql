-- title: Orders in hand, one by one
-- title.da: Ordrebeholdning, ordre for ordre
-- kind: table
-- on: customer
-- hint: Confirmed orders without VAT that have not been invoiced whole, each in its own currency.
-- hint.da: Bekræftede ordrer uden moms, der ikke er faktureret helt, hver i sin egen valuta.
-- sources: tryton
-- column: number category text Order | Ordre
-- column: ordered_on detail day Ordered on | Ordredato
-- column: wanted_on detail day Wanted on | Ønsket den
-- column: ordered detail money Ordered | Bestilt
-- column: invoiced detail money Invoiced | Faktureret
-- column: amount value money In hand | Beholdning
SELECT
    h.number AS number,
    h.ordered_on AS ordered_on,
    h.wanted_on AS wanted_on,
    h.ordered AS ordered,
    u.code AS ordered_currency,
    u.digits AS ordered_digits,
    h.invoiced AS invoiced,
    u.code AS invoiced_currency,
    u.digits AS invoiced_digits,
    h.ordered - h.invoiced AS amount,
    u.code AS amount_currency,
    u.digits AS amount_digits
FROM in_hand AS h
JOIN currency AS u ON u.id = h.currency
WHERE h.customer = :number
ORDER BY h.wanted_on IS NULL, h.wanted_on, h.number
