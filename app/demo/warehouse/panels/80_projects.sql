-- title: Hours and cost by project
-- title.da: Timer og omkostning pr. projekt
-- kind: bars
-- on: customer
-- hint: All hours registered on the customer's projects and their tasks until now, what was planned, and what the hours cost at each employee's cost price of the day.
-- hint.da: Alle timer registreret på kundens projekter og deres opgaver til nu, hvad der var planlagt, og hvad timerne koster til hver medarbejders kostpris på dagen.
-- sources: tryton-time
-- column: number category text Project | Projekt
-- column: name detail text Name | Navn
-- column: status detail text Status | Status
-- column: hours value hours Hours | Timer
-- column: budget detail hours Planned | Planlagt
-- column: cost detail money Cost | Omkostning
SELECT
    p.number AS number,
    p.name AS name,
    p.status AS status,
    printf('%.2f', t.seconds / 3600.0) AS hours,
    printf('%.2f', t.budget / 3600.0) AS budget,
    t.cost AS cost,
    own.code AS cost_currency,
    own.digits AS cost_digits
FROM time_customer AS c
CROSS JOIN time_own AS own
JOIN project AS p ON p.customer = c.id AND p.kind = 'project'
JOIN project_total AS t ON t.project = p.id
WHERE c.number = :number
ORDER BY p.number
