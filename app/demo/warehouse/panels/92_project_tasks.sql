-- title: Hours by task
-- title.da: Timer pr. opgave
-- kind: table
-- on: project
-- hint: What is directly below the project, each with all that is below it; hours on the project itself are not in it.
-- hint.da: Det, der ligger lige under projektet, hver med alt under sig; timer på selve projektet er ikke med.
-- sources: tryton-time
-- column: name category text Task | Opgave
-- column: status detail text Status | Status
-- column: budget detail hours Planned | Planlagt
-- column: hours value hours Hours | Timer
-- column: cost detail money Cost | Omkostning
SELECT
    w.name AS name,
    w.status AS status,
    printf('%.2f', t.budget / 3600.0) AS budget,
    printf('%.2f', t.seconds / 3600.0) AS hours,
    t.cost AS cost,
    own.code AS cost_currency,
    own.digits AS cost_digits
FROM project AS p
CROSS JOIN time_own AS own
-- What is directly below it.
JOIN project AS w ON w.path = p.path || w.id || '/'
JOIN project_total AS t ON t.project = w.id
WHERE p.number = :number AND p.kind = 'project' AND w.path > p.path AND w.path < p.path || 'a'
ORDER BY w.path
