-- title: Project economy
-- title.da: Projektets økonomi
-- kind: table
-- on: project
-- hint: The project with all its tasks: what was planned and agreed, the hours registered until now and what they cost at each employee's cost price of the day; expenses and what was invoiced without VAT as booked on the project in the company's currency.
-- hint.da: Projektet med alle dets opgaver: hvad der var planlagt og aftalt, timerne registreret til nu, og hvad de koster til hver medarbejders kostpris på dagen; udlæg og det fakturerede uden moms som bogført på projektet i virksomhedens valuta.
-- sources: tryton-time, tryton-expenses
-- column: budget detail hours Planned | Planlagt
-- column: hours value hours Hours | Timer
-- column: remaining detail hours Remaining | Tilbage
-- column: cost detail money Cost | Omkostning
-- column: expenses detail money Expenses | Udlæg
-- column: invoiced detail money Invoiced | Faktureret
-- column: price detail money Agreed price | Aftalt pris
SELECT
    printf('%.2f', t.budget / 3600.0) AS budget,
    printf('%.2f', t.seconds / 3600.0) AS hours,
    printf('%.2f', (t.budget - t.seconds) / 3600.0) AS remaining,
    t.cost AS cost,
    own.code AS cost_currency,
    own.digits AS cost_digits,
    -- No figure while the ERP's accounts have not been read.
    iif(books.code NOTNULL, (SELECT coalesce(sum(e.amount), 0) FROM expense AS e WHERE e.project = p.number), NULL)
        AS expenses,
    books.code AS expenses_currency,
    books.digits AS expenses_digits,
    iif(books.code NOTNULL, (SELECT coalesce(sum(i.amount), 0) FROM project_invoiced AS i WHERE i.project = p.number), NULL)
        AS invoiced,
    books.code AS invoiced_currency,
    books.digits AS invoiced_digits,
    p.price AS price,
    own.code AS price_currency,
    own.digits AS price_digits
FROM project AS p
CROSS JOIN time_own AS own
LEFT JOIN analytic_company AS books
JOIN project_total AS t ON t.project = p.id
WHERE p.number = :number AND p.kind = 'project'
