-- The ledger: a double-entry journal of many books. It has never heard of a loan.
-- PostgreSQL 15 features only. book_id leads every key; no rule of the core rests on a trigger alone.

CREATE SCHEMA ledger;

CREATE TABLE ledger.calendar (                     -- one row: how long a period is, and how far the books are closed
  only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  unit           text NOT NULL CHECK (unit IN ('month', 'quarter', 'year')),
  closed_through date);                            -- posters lock this row FOR SHARE, a close FOR UPDATE: none is late
INSERT INTO ledger.calendar (unit) VALUES ('quarter');   -- may be changed as long as nothing is posted

CREATE TABLE ledger.book (                         -- one party's ledger
  book_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name    text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200));

CREATE TABLE ledger.head (                         -- vouchers of a book are numbered without gaps (凭证号)
  book_id      integer PRIMARY KEY REFERENCES ledger.book,
  last_journal bigint NOT NULL DEFAULT 0 CHECK (last_journal >= 0)) WITH (fillfactor = 50);

CREATE TABLE ledger.account (
  book_id              integer NOT NULL REFERENCES ledger.book,
  account_id           integer GENERATED ALWAYS AS IDENTITY,
  role                 text NOT NULL,              -- what the account is for; a chart maps it to a code
  kind                 text NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense', 'memo')),
  counterparty_book_id integer REFERENCES ledger.book,
  counterparty         integer NOT NULL GENERATED ALWAYS AS (coalesce(counterparty_book_id, 0)) STORED,  -- found by index
  currency             text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  PRIMARY KEY (book_id, account_id),
  CHECK (counterparty_book_id <> book_id),
  UNIQUE (book_id, role, counterparty, currency));

CREATE TABLE ledger.balance (                      -- counters and limits live on one row, so a limit is a CHECK
  book_id      integer NOT NULL,
  account_id   integer NOT NULL,
  currency     text NOT NULL,
  debits       bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
  credits      bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
  credit_floor bigint,                             -- null is no limit
  debit_floor  bigint,
  hot_rank     smallint NOT NULL DEFAULT 0,        -- locked last
  PRIMARY KEY (book_id, account_id),
  FOREIGN KEY (book_id, account_id) REFERENCES ledger.account,
  CONSTRAINT credit_limit CHECK (credits - debits >= credit_floor),
  CONSTRAINT debit_limit CHECK (debits - credits >= debit_floor)) WITH (fillfactor = 50);

-- A period is named by its number: 2024 a year, 20243 the third quarter, 202407 July. Overlap cannot be written.
CREATE FUNCTION ledger.period_of(unit text, day date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE unit WHEN 'year' THEN extract(year FROM day)::integer
                   WHEN 'quarter' THEN (extract(year FROM day) * 10 + extract(quarter FROM day))::integer
                   ELSE (extract(year FROM day) * 100 + extract(month FROM day))::integer END $$;

CREATE TABLE ledger.period (                       -- no row yet means open; a close stamps every book
  book_id   integer NOT NULL,
  period_id integer NOT NULL CHECK (period_id BETWEEN 1000 AND 999912),
  state     text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'adjusting', 'closed')),
  closed_by text,
  closed_at timestamptz,
  PRIMARY KEY (book_id, period_id),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL AND closed_by IS NOT NULL)));

CREATE TABLE ledger.request (                      -- idempotency: the outcome of every key, refusals too
  book_id     integer NOT NULL,
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 400),
  hash        bytea NOT NULL CHECK (length(hash) = 32),
  outcome     text NOT NULL CHECK (outcome = 'created' OR outcome LIKE 'limit:%'),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (key, book_id));                     -- a key means one thing, whichever book is written first

CREATE TABLE ledger.journal (                      -- one business event, one journal per book
  book_id       integer NOT NULL,
  journal_no    bigint NOT NULL CHECK (journal_no > 0),
  event_id      text NOT NULL,
  kind          text NOT NULL,
  lines         smallint NOT NULL CHECK (lines > 0),
  effective_on  date NOT NULL,
  period_id     integer NOT NULL,
  relates_to_on date,                              -- a late entry: the day it belongs to
  reverses_no   bigint,
  actor         text NOT NULL,
  recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  xact          xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (book_id, journal_no),
  UNIQUE (event_id, book_id),
  CHECK (reverses_no < journal_no));
CREATE UNIQUE INDEX ON ledger.journal (book_id, reverses_no) WHERE reverses_no IS NOT NULL;

CREATE TABLE ledger.obligation (                   -- one party owes another; both books cite it
  obligation_id    uuid PRIMARY KEY,
  event_id         text NOT NULL,
  debtor_book_id   integer NOT NULL,
  creditor_book_id integer NOT NULL,
  currency         text NOT NULL,
  amount           bigint NOT NULL CHECK (amount > 0),
  due_on           date NOT NULL,
  CHECK (debtor_book_id <> creditor_book_id),
  UNIQUE (obligation_id, amount));
CREATE INDEX ON ledger.obligation (due_on);

CREATE TABLE ledger.transfer (                     -- a pair, so it cannot be unbalanced
  book_id           integer NOT NULL,
  journal_no        bigint NOT NULL,
  line              smallint NOT NULL CHECK (line > 0),
  debit_account_id  integer NOT NULL,
  credit_account_id integer NOT NULL,
  amount            bigint NOT NULL CHECK (amount > 0),
  effective_on      date NOT NULL,
  rule              text NOT NULL,                 -- the row of the posting rules that wrote it
  obligation_id     uuid,
  PRIMARY KEY (book_id, journal_no, line),
  CHECK (debit_account_id <> credit_account_id),
  FOREIGN KEY (obligation_id, amount) REFERENCES ledger.obligation (obligation_id, amount));
CREATE INDEX ON ledger.transfer (book_id, debit_account_id, effective_on) INCLUDE (amount);
CREATE INDEX ON ledger.transfer (book_id, credit_account_id, effective_on) INCLUDE (amount);
CREATE UNIQUE INDEX ON ledger.transfer (obligation_id, book_id) WHERE obligation_id IS NOT NULL;

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is not allowed: the record is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE FUNCTION ledger.append_only(tables regclass[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name regclass;
BEGIN
  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()', name);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', name);
  END LOOP;
END $$;
SELECT ledger.append_only(ARRAY['ledger.book', 'ledger.account', 'ledger.request', 'ledger.journal', 'ledger.obligation', 'ledger.transfer']::regclass[]);
