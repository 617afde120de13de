-- title: Activity and turnover
-- title.da: Aktivitet og omsætning
-- kind: bars
-- on: customer
-- hint: Calls, meetings, e-mails, notes and tasks in the CRM with the companies of this customer number, beside what was invoiced without VAT in the same month.
-- hint.da: Samtaler, møder, e-mails, noter og opgaver i CRM-systemet med firmaerne på dette kundenummer, ved siden af det fakturerede uden moms samme måned.
-- sources: creme, tryton
-- column: month category month Month | Måned
-- column: touch_points value count Touch points | Kontakter
-- column: amount detail money Turnover | Omsætning
WITH RECURSIVE months (month, n) AS (
    SELECT strftime('%Y-%m', 'now', 'localtime', 'start of month', '-11 months'), 0
    UNION ALL
    SELECT strftime('%Y-%m', month || '-01', '+1 month'), n + 1 FROM months WHERE n < 11
)
SELECT
    months.month AS month,
    (
        SELECT coalesce(sum(a.touch_points), 0)
        FROM crm_company AS k
        JOIN activity_month AS a ON a.company = k.id
        WHERE k.number = c.number AND a.month = months.month
    ) AS touch_points,
    (SELECT coalesce(sum(t.amount), 0) FROM turnover_month AS t WHERE t.customer = c.id AND t.month = months.month) AS amount,
    own.code AS amount_currency,
    own.digits AS amount_digits
FROM customer AS c
CROSS JOIN months
CROSS JOIN own
WHERE c.number = :number
ORDER BY months.month
