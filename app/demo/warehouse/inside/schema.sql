-- The warehouse: what the reporting system answers from. Filled by load.py and by nobody else.
--
-- Mirrors hold the systems' own records by the systems' own ids, with `changed`, the system's own mark of a record's
-- last change. Amounts are INTEGER minor units of their currency, hours are minutes, days are YYYY-MM-DD. The tables
-- called *_month are sums over the mirrors, made anew for each customer that a change concerns, in the transaction of
-- that change: they cannot differ from what they were summed from.

CREATE TABLE source (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    as_of TEXT  -- ISO, UTC: until when its changes are in; NULL before it has been read whole
) WITHOUT ROWID;

CREATE TABLE watermark (
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    until TEXT NOT NULL,  -- the latest mark of a change that has been read
    PRIMARY KEY (source, model)
) WITHOUT ROWID;

-- ERP: words
CREATE TABLE currency (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, code TEXT NOT NULL, digits INTEGER NOT NULL);
CREATE TABLE company (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, currency INTEGER NOT NULL);
-- The company's own currency
CREATE VIEW own AS SELECT u.code, u.digits FROM company AS c JOIN currency AS u ON u.id = c.currency;
CREATE TABLE customer (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, number TEXT, name TEXT NOT NULL);
CREATE INDEX customer_number ON customer (number);
CREATE TABLE product_group (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    product_group INTEGER,
    kind TEXT NOT NULL  -- goods, assets or service
);
CREATE TABLE product (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, template INTEGER NOT NULL);
CREATE INDEX product_template ON product (template);
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    receivable INTEGER NOT NULL,
    revenue INTEGER NOT NULL,
    expense INTEGER NOT NULL
);

-- ERP: the ledger's lines on receivable and revenue accounts, and what customers' invoices put on expense accounts
CREATE TABLE move (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    day TEXT NOT NULL,
    invoice INTEGER  -- that it books, where it is one
);
CREATE INDEX move_invoice ON move (invoice);
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    move INTEGER NOT NULL,
    account INTEGER NOT NULL,
    customer INTEGER,
    amount INTEGER NOT NULL,  -- debit less credit, in the company's currency
    second_currency INTEGER,
    second_amount INTEGER,  -- the same in the invoice's currency, where that is another
    due TEXT,
    reconciled TEXT,  -- the day on which it is settled, which may be to come; NULL while it is open
    invoice_line INTEGER
);
CREATE INDEX ledger_move ON ledger (move);
CREATE INDEX ledger_open ON ledger (customer, reconciled) WHERE customer IS NOT NULL;

-- ERP: invoices to customers, and orders
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    number TEXT,
    customer INTEGER NOT NULL,
    currency INTEGER NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX invoice_customer ON invoice (customer);
CREATE TABLE invoice_line (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    invoice INTEGER,
    product INTEGER,
    sale_line INTEGER,
    amount INTEGER NOT NULL  -- without VAT, in the invoice's currency
);
CREATE INDEX invoice_line_invoice ON invoice_line (invoice);
CREATE INDEX invoice_line_product ON invoice_line (product);
CREATE INDEX invoice_line_sale_line ON invoice_line (sale_line);
CREATE TABLE sale (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    number TEXT,
    customer INTEGER NOT NULL,
    currency INTEGER NOT NULL,
    state TEXT NOT NULL,
    ordered_on TEXT,
    wanted_on TEXT,
    amount INTEGER NOT NULL  -- without VAT, in the order's currency
);
CREATE INDEX sale_customer ON sale (customer);
CREATE INDEX sale_in_hand ON sale (customer) WHERE state IN ('confirmed', 'processing');
CREATE TABLE sale_line (
    id INTEGER PRIMARY KEY, changed TEXT NOT NULL, sale INTEGER NOT NULL, product INTEGER, amount INTEGER NOT NULL
);
CREATE INDEX sale_line_sale ON sale_line (sale);
CREATE INDEX sale_line_product ON sale_line (product);
-- Confirmed orders that have not been invoiced whole, in the order's currency; `customer` is his number
CREATE VIEW in_hand AS
SELECT customer, number, ordered_on, wanted_on, currency, ordered, invoiced
FROM (
    SELECT
        c.number AS customer,
        s.number,
        s.ordered_on,
        s.wanted_on,
        s.currency,
        s.amount AS ordered,
        (
            SELECT coalesce(sum(l.amount), 0)
            FROM sale_line AS o
            JOIN invoice_line AS l ON l.sale_line = o.id
            JOIN invoice AS i ON i.id = l.invoice
            WHERE o.sale = s.id AND i.state IN ('posted', 'paid')
        ) AS invoiced
    FROM customer AS c
    JOIN sale AS s ON s.customer = c.id
    WHERE s.state IN ('confirmed', 'processing')
)
WHERE ordered > max(invoiced, 0) OR ordered < min(invoiced, 0);

-- CRM: companies with the customer numbers that the CRM holds, and what took place with them
CREATE TABLE crm_company (id TEXT PRIMARY KEY, changed TEXT NOT NULL, number TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX crm_company_number ON crm_company (number);
CREATE TABLE touch_point (
    id TEXT PRIMARY KEY,
    changed TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE activity_month (
    company TEXT NOT NULL,
    month TEXT NOT NULL,
    kind TEXT NOT NULL,
    touch_points INTEGER NOT NULL,
    PRIMARY KEY (company, month, kind)
) WITHOUT ROWID;
CREATE TABLE touch_point_company (
    company TEXT NOT NULL,
    touch_point TEXT NOT NULL,
    PRIMARY KEY (company, touch_point)
) WITHOUT ROWID;
CREATE INDEX touch_point_company_touch_point ON touch_point_company (touch_point);

-- Time registration: projects with the tasks below them, and the hours on each. Its own ids, its own currency.
CREATE TABLE time_company (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, code TEXT NOT NULL, digits INTEGER NOT NULL);
CREATE VIEW time_own AS SELECT code, digits FROM time_company;
CREATE TABLE time_customer (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, number TEXT);
CREATE INDEX time_customer_number ON time_customer (number);
CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    number TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,  -- project or task
    path TEXT NOT NULL,  -- the ids from the top down to its own, each with a / behind it
    customer INTEGER,
    status TEXT,
    price INTEGER  -- minor units
);
CREATE INDEX project_number ON project (number);
CREATE INDEX project_customer ON project (customer);
CREATE INDEX project_path ON project (path);
CREATE TABLE timesheet_work (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, project INTEGER);
CREATE INDEX timesheet_work_project ON timesheet_work (project);
CREATE TABLE timesheet_line (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    work INTEGER NOT NULL,
    day TEXT NOT NULL,
    seconds INTEGER NOT NULL
);
CREATE INDEX timesheet_line_work ON timesheet_line (work);
-- Tryton's own totals of a project or task with all that is below it
CREATE TABLE project_total (
    project INTEGER PRIMARY KEY,
    budget INTEGER NOT NULL,  -- seconds
    seconds INTEGER NOT NULL,
    cost INTEGER NOT NULL  -- minor units
);
CREATE TABLE hours_month (
    project INTEGER NOT NULL,  -- the project or task that they are on
    month TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (project, month)
) WITHOUT ROWID;

-- ERP: analytic accounts, in the company's currency
CREATE TABLE analytic_company (id INTEGER PRIMARY KEY, changed TEXT NOT NULL, code TEXT NOT NULL, digits INTEGER NOT NULL);
CREATE TABLE analytic_account (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    code TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,  -- root, view or normal
    parent INTEGER,
    root INTEGER
);
CREATE INDEX analytic_account_code ON analytic_account (code);
CREATE INDEX analytic_account_parent ON analytic_account (parent);
CREATE TABLE analytic_line (
    id INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,
    account INTEGER NOT NULL,
    day TEXT NOT NULL,
    amount INTEGER NOT NULL  -- debit less credit, minor units
);
CREATE INDEX analytic_line_account ON analytic_line (account, day);
-- What was laid out on each project, by kind
CREATE VIEW expense AS
SELECT
    p.parent AS customer_account, p.id AS project_account, p.code AS project, k.name AS kind, l.day AS day, l.amount AS amount
FROM analytic_account AS p
JOIN analytic_account AS r ON r.id = p.root AND r.code = 'EXPENSES'
JOIN analytic_account AS k ON k.parent = p.id AND k.kind = 'normal'
JOIN analytic_line AS l ON l.account = k.id
WHERE p.kind = 'view';
-- What was invoiced of each project
CREATE VIEW project_invoiced AS
SELECT p.code AS project, l.day AS day, -l.amount AS amount
FROM analytic_account AS p
JOIN analytic_account AS r ON r.id = p.root AND r.code = 'INVOICED'
JOIN analytic_line AS l ON l.account = p.id
WHERE p.kind = 'normal';

-- ERP: sums by customer, in the company's currency
CREATE TABLE turnover_month (
    customer INTEGER NOT NULL,
    month TEXT NOT NULL,
    product_group INTEGER NOT NULL,  -- 0 for none
    amount INTEGER NOT NULL,
    PRIMARY KEY (customer, month, product_group)
) WITHOUT ROWID;
CREATE TABLE margin_month (
    customer INTEGER NOT NULL,
    month TEXT NOT NULL,
    revenue INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    PRIMARY KEY (customer, month)
) WITHOUT ROWID;
