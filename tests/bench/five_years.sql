-- Whole numbers only, and no library's random ones: the same on every machine. 2147483647 and 16807 are Lehmer's.
CREATE TEMP TABLE n AS WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :orders) SELECT n FROM c;
CREATE TEMP TABLE three (k INTEGER);
INSERT INTO three VALUES (0), (1), (2);
INSERT INTO source VALUES ('tryton', 'Tryton', '2026-11-25T00:00:00+00:00');
INSERT INTO source VALUES ('creme', 'Creme', '2026-11-25T00:00:00+00:00');
INSERT INTO currency VALUES (1, '', 'DKK', 2), (2, '', 'EUR', 2);
INSERT INTO company VALUES (1, '', 1);
INSERT INTO account VALUES (1, '', 1, 0, 0), (2, '', 0, 1, 0), (3, '', 0, 0, 1);
INSERT INTO product_group SELECT n, '', 'Gruppe ' || n FROM n WHERE n <= 20;
INSERT INTO template SELECT n, '', 1 + n % 20, 'goods' FROM n WHERE n <= 3000;
INSERT INTO product SELECT n, '', n FROM n WHERE n <= 3000;
INSERT INTO customer SELECT n, '', CAST(10000 + n AS TEXT), 'Kunde ' || n FROM n WHERE n <= 2000;
INSERT INTO crm_company SELECT CAST(n AS TEXT), '', CAST(10000 + n AS TEXT) FROM n WHERE n <= 2000;
CREATE TEMP TABLE o AS
SELECT
    n,
    -- One in twenty is the largest's; of the others many more are the first ones'.
    CASE WHEN n % 20 = 0 THEN 1 ELSE 2 + (n * 16807 % 2147483647 % 1999) * (n * 48271 % 2147483647 % 1999) / 1999 END AS c,
    date('now', '-' || (:days - n * :days / :orders) || ' days') AS day,
    n > :orders - :orders / :days * 14 AS is_new,
    n * 69621 % 2147483647 % 10 = 0 AS is_open,
    1 + (n % 25 = 0) AS currency
FROM n;
INSERT INTO sale
SELECT n, '', 'SO-' || n, c, currency, iif(is_new, 'processing', 'done'), day, date(day, '+7 days'), 3 * (10000 + n % 9000)
FROM o;
INSERT INTO sale_line
SELECT 3 * o.n + k, '', o.n, 1 + (o.n * 7 + k * 311) % 3000, 10000 + o.n % 9000 FROM o, three;
INSERT INTO invoice SELECT n, '', 'F-' || n, c, currency, iif(is_open, 'posted', 'paid') FROM o WHERE NOT is_new;
INSERT INTO invoice_line
SELECT 3 * o.n + k, '', o.n, 1 + (o.n * 7 + k * 311) % 3000, 3 * o.n + k, 10000 + o.n % 9000 FROM o, three WHERE NOT is_new;
INSERT INTO move SELECT n, '', day, n FROM o WHERE NOT is_new;
INSERT INTO ledger
SELECT 7 * o.n + k, '', o.n, 2, NULL, -(10000 + o.n % 9000), NULL, NULL, NULL, NULL, 3 * o.n + k
FROM o, three WHERE NOT is_new;
INSERT INTO ledger
SELECT 7 * o.n + 3 + k, '', o.n, 3, NULL, 7000 + o.n % 6000, NULL, NULL, NULL, NULL, NULL
FROM o, three WHERE NOT is_new;
INSERT INTO ledger
SELECT
    7 * n + 6, '', n, 1, c, 3 * 125 * (10000 + n % 9000) / 100, nullif(currency, 1),
    iif(currency = 2, 3 * (10000 + n % 9000) / 6, NULL), date(day, '+30 days'), iif(is_open, NULL, date(day, '+25 days')), NULL
FROM o WHERE NOT is_new;
INSERT INTO touch_point SELECT 'activity-' || n, '', iif(n % 3, 'call', 'email'), day FROM o;
INSERT INTO touch_point_company SELECT CAST(c AS TEXT), 'activity-' || n FROM o;
INSERT INTO time_company VALUES (1, '', 'DKK', 2);
INSERT INTO time_customer SELECT n, '', CAST(10000 + n AS TEXT) FROM n WHERE n <= 2000;
INSERT INTO project
SELECT n, '', 'P-' || n, 'Projekt ' || n, 'project', n || '/', iif(n <= 100, 1, n), 'Open', 10000000 FROM n WHERE n <= 2000;
INSERT INTO project
SELECT
    10000 + 3 * n + k, '', 'P-' || n || '.' || k, 'Opgave ' || k, 'task', n || '/' || (10000 + 3 * n + k) || '/', NULL,
    'Open', NULL
FROM n, three WHERE n <= 2000;
INSERT INTO timesheet_work SELECT id, '', id FROM project;
INSERT INTO timesheet_line
SELECT o.n, '', 10003 + o.n % 6000, day, 60 * (15 + n % 400) FROM o;
INSERT INTO hours_month
SELECT work, substr(day, 1, 7), sum(seconds) FROM timesheet_line GROUP BY 1, 2;
INSERT INTO project_total SELECT id, 360000, 180000, 5000000 FROM project;
INSERT INTO analytic_company VALUES (1, '', 'DKK', 2);
INSERT INTO analytic_account VALUES (1, '', 'EXPENSES', 'Udlæg', 'root', NULL, NULL);
INSERT INTO analytic_account VALUES (2, '', 'INVOICED', 'Faktureret', 'root', NULL, NULL);
INSERT INTO analytic_account SELECT 1000 + n, '', CAST(10000 + n AS TEXT), 'Kunde ' || n, 'view', 1, 1 FROM n WHERE n <= 2000;
INSERT INTO analytic_account SELECT 10000 + n, '', 'P-' || n, 'Projekt ' || n, 'view', 1000 + iif(n <= 100, 1, n), 1 FROM n WHERE n <= 2000;
INSERT INTO analytic_account SELECT 50000 + n, '', 'P-' || n, 'Projekt ' || n, 'normal', 2, 2 FROM n WHERE n <= 2000;
INSERT INTO analytic_account
SELECT 20000 + 3 * n + k, '', 'P-' || n || '.' || k, 'Art ' || k, 'normal', 10000 + n, 1 FROM n, three WHERE n <= 2000;
INSERT INTO analytic_line SELECT n, '', 20003 + n / 5 * 7919 % 6000, day, 10000 + n % 9000 FROM o WHERE n % 5 = 0;
INSERT INTO analytic_line SELECT n, '', 50001 + n / 5 * 7919 % 2000, day, -(10000 + n % 9000) FROM o WHERE n % 5 = 1;
