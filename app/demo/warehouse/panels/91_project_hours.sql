-- title: Hours by month
-- title.da: Timer pr. måned
-- kind: bars
-- on: project
-- hint: Hours registered on the project and its tasks.
-- hint.da: Timer registreret på projektet og dets opgaver.
-- sources: tryton-time
-- column: month category month Month | Måned
-- column: hours value hours Hours | Timer
WITH RECURSIVE found (month, seconds) AS (
    SELECT h.month, sum(h.seconds)
    FROM project AS p
    JOIN project AS w ON w.path >= p.path AND w.path < p.path || 'a'
    JOIN hours_month AS h ON h.project = w.id
    WHERE p.number = :number AND p.kind = 'project'
    GROUP BY h.month
),
-- From the first month with hours to the last one, those without any too; three years at the most.
months (month, n) AS (
    SELECT max(min(month), strftime('%Y-%m', max(month) || '-01', '-35 months')), 0 FROM found HAVING min(month) NOTNULL
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE month < (SELECT max(month) FROM found)
)
SELECT
    months.month AS month,
    printf('%.2f', coalesce(found.seconds, 0) / 3600.0) AS hours
FROM months
LEFT JOIN found ON found.month = months.month
ORDER BY months.month
