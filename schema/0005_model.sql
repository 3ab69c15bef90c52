-- The whole model: reservations, reversals, links, stored outcomes, the chain of batches, snapshots, acts.
--
-- A book's vouchers are numbered without gaps from its head, and the head is locked first and until the end of the transaction.
-- So what is posted to a book is serial and is seen in the order of its numbers. Nothing else needs a lock: not the balances,
-- not the keys; and what is sealed, or known at some moment, is a number and never a clock or a transaction id.

-- The new shapes.

CREATE TYPE ledger.phase AS ENUM ('posted', 'reserved', 'voided', 'expired');

ALTER TABLE ledger.balance DROP COLUMN hot_rank;
ALTER TABLE ledger.balance
  ADD COLUMN debits_pending  bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  ADD COLUMN credits_pending bigint NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  DROP CONSTRAINT credit_limit, DROP CONSTRAINT debit_limit,
  ADD CONSTRAINT credit_limit CHECK (credits - debits - debits_pending >= credit_floor),
  ADD CONSTRAINT debit_limit CHECK (debits - credits - credits_pending >= debit_floor);
CREATE INDEX balance_limited ON ledger.balance (account_id) WHERE credit_floor IS NOT NULL OR debit_floor IS NOT NULL;

ALTER TABLE ledger.head ALTER COLUMN last_journal TYPE integer, ADD COLUMN digest bytea;

ALTER TABLE ledger.journal RENAME TO journal_0004;
ALTER TABLE ledger.transfer RENAME TO transfer_0004;
ALTER INDEX ledger.journal_pkey RENAME TO journal_0004_pkey;
ALTER INDEX ledger.transfer_pkey RENAME TO transfer_0004_pkey;

CREATE TABLE ledger.journal (                      -- one business event, one journal per book
  book_id       integer NOT NULL,
  journal_no    integer NOT NULL CHECK (journal_no > 0),
  part          smallint NOT NULL CHECK (part > 0),     -- 1: the first book the event writes, so a key means one thing
  lines         smallint NOT NULL CHECK (lines >= 0),
  effective_on  date NOT NULL,
  phase         ledger.phase NOT NULL,
  relates_to_on date,                              -- a late entry: the day it belongs to
  expires_on    date,                              -- a reservation: the last day it may be posted
  reverses_no   integer,
  resolves_no   integer,                           -- posts, voids or ends this reservation
  event_id      text COLLATE "C" NOT NULL CHECK (length(event_id) BETWEEN 1 AND 400),
  kind          text NOT NULL,
  actor         text NOT NULL,
  PRIMARY KEY (book_id, journal_no),
  UNIQUE (event_id, part),
  CHECK (reverses_no < journal_no AND resolves_no IS NULL OR reverses_no IS NULL),
  CHECK (resolves_no < journal_no),
  CHECK ((phase IN ('voided', 'expired')) = (lines = 0)),
  CHECK (phase IN ('posted', 'reserved') OR resolves_no IS NOT NULL),
  CHECK (phase <> 'reserved' OR (resolves_no IS NULL AND reverses_no IS NULL)),
  CHECK (expires_on IS NULL OR phase = 'reserved'));
CREATE UNIQUE INDEX journal_reverses ON ledger.journal (book_id, reverses_no) WHERE reverses_no IS NOT NULL;
CREATE UNIQUE INDEX journal_resolves ON ledger.journal (book_id, resolves_no) WHERE resolves_no IS NOT NULL;
CREATE INDEX journal_reserved ON ledger.journal (book_id, journal_no) WHERE phase = 'reserved';

CREATE TABLE ledger.transfer (                     -- a pair, so it cannot be unbalanced
  book_id           integer NOT NULL,
  journal_no        integer NOT NULL,
  debit_account_id  integer NOT NULL,
  credit_account_id integer NOT NULL,
  amount            bigint NOT NULL CHECK (amount > 0),
  effective_on      date NOT NULL,
  line              smallint NOT NULL CHECK (line > 0),
  pending           boolean NOT NULL,              -- a line of a reservation
  rule              text NOT NULL CHECK (strpos(rule, ',') = 0 AND strpos(rule, ';') = 0),   -- the row of the posting rules that wrote it
  obligation_id     uuid,
  PRIMARY KEY (book_id, journal_no, line),
  CHECK (debit_account_id <> credit_account_id));

CREATE TABLE ledger.refusal (                      -- what was created is kept by its journal, what was refused is kept here
  key         text COLLATE "C" PRIMARY KEY,
  outcome     text NOT NULL,
  contents    jsonb NOT NULL,                      -- rows of ledger.contents
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE TABLE ledger.batch (                        -- what one call posted to one book, chained to the one before
  book_id     integer NOT NULL,
  first_no    integer NOT NULL CHECK (first_no >= 0),
  last_no     integer NOT NULL CHECK (last_no >= first_no),
  recorded_at timestamptz NOT NULL,
  after_no    integer GENERATED ALWAYS AS (nullif(first_no - 1, -1)) STORED,
  leaves      bytea NOT NULL,                      -- the hash of each journal, one after the other
  previous    bytea NOT NULL,
  digest      bytea NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (book_id, last_no),
  UNIQUE (book_id, first_no),
  UNIQUE (book_id, last_no, digest),
  CHECK (length(leaves) = CASE WHEN last_no = 0 THEN 0 ELSE 32 * (last_no - first_no + 1) END),
  FOREIGN KEY (book_id, after_no, previous) REFERENCES ledger.batch (book_id, last_no, digest));

CREATE TABLE ledger.snapshot (                     -- the periods whose closing counters are kept, for every book
  period_id integer PRIMARY KEY,
  last_day  date NOT NULL UNIQUE);
CREATE TABLE ledger.period_balance (               -- written once, at the close: counters up to the end of the period
  book_id    integer NOT NULL,
  period_id  integer NOT NULL,
  account_id integer NOT NULL,
  debits     bigint NOT NULL CHECK (debits >= 0),
  credits    bigint NOT NULL CHECK (credits >= 0),
  PRIMARY KEY (book_id, period_id, account_id),
  FOREIGN KEY (book_id, period_id) REFERENCES ledger.period);

CREATE TABLE ledger.act_head (                     -- locked while an act is written: numbers without gaps
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last_act integer NOT NULL DEFAULT 0 CHECK (last_act >= 0));
INSERT INTO ledger.act_head DEFAULT VALUES;
CREATE TABLE ledger.act (                          -- what changes a meaning and is no posting
  act_no      integer PRIMARY KEY CHECK (act_no > 0),
  kind        text NOT NULL,
  subject     text NOT NULL,
  contents    text NOT NULL,
  actor       text NOT NULL,
  login       text NOT NULL DEFAULT session_user,
  approved_by text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE FUNCTION ledger.act(kind text, subject text, contents text, actor text, approved_by text DEFAULT NULL) RETURNS integer LANGUAGE sql AS $$
  WITH numbered AS (UPDATE ledger.act_head SET last_act = last_act + 1 RETURNING last_act)
  INSERT INTO ledger.act (act_no, kind, subject, contents, actor, approved_by)
    SELECT last_act, $1, $2, $3, $4, $5 FROM numbered RETURNING act_no $$;

-- The text that is hashed: numbers in decimal, dates as days since 2000, words with their length before them. No two contents give one text.

CREATE FUNCTION ledger.said(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT octet_length(word) || ':' || word $$;

-- The debts that lines cite, in their order: who owes whom, in what, when. The amount is the line's own.
CREATE FUNCTION ledger.debts_said(debts uuid[]) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array_agg(concat_ws(' ', o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, o.due_on - date '2000-01-01') ORDER BY u.place)
  FROM unnest(debts) WITH ORDINALITY u (obligation_id, place) LEFT JOIN ledger.obligation o USING (obligation_id) $$;

CREATE FUNCTION ledger.canonical_text(book_id integer, journal_no integer, part smallint, effective_on date, phase ledger.phase, relates_to_on date,
    expires_on date, reverses_no integer, resolves_no integer, event_id text, kind text, actor text,
    debit integer[], credit integer[], amount bigint[], rule text[], debt text[]) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT concat('J1,', book_id, ',', journal_no, ',', part, ',', effective_on - date '2000-01-01', ',', phase, ',', relates_to_on - date '2000-01-01', ',',
    expires_on - date '2000-01-01', ',', reverses_no, ',', resolves_no, ',', octet_length(event_id), ':', event_id, octet_length(kind), ':', kind,
    octet_length(actor), ':', actor, ';', array_to_string(debit, ','), ';', array_to_string(credit, ','), ';', array_to_string(amount, ','), ';',
    array_to_string(rule, ','), ';', array_to_string(debt, ',', '')) $$;

CREATE FUNCTION ledger.canonical(of_book integer, first_no integer, last_no integer) RETURNS TABLE (journal_no integer, canonical text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT j.journal_no, ledger.canonical_text(j.book_id, j.journal_no, j.part, j.effective_on, j.phase, j.relates_to_on, j.expires_on, j.reverses_no,
      j.resolves_no, j.event_id, j.kind, j.actor, t.debit, t.credit, t.amount, t.rule, ledger.debts_said(t.debt))
  FROM ledger.journal j LEFT JOIN LATERAL (
    SELECT array_agg(x.debit_account_id ORDER BY line) AS debit, array_agg(x.credit_account_id ORDER BY line) AS credit,
      array_agg(x.amount ORDER BY line) AS amount, array_agg(x.rule ORDER BY line) AS rule, CASE WHEN count(x.obligation_id) > 0 THEN array_agg(x.obligation_id ORDER BY line) END AS debt
    FROM ledger.transfer x WHERE x.book_id = j.book_id AND x.journal_no = j.journal_no) t ON true
  WHERE j.book_id = of_book AND j.journal_no BETWEEN first_no AND last_no ORDER BY j.journal_no $$;

CREATE FUNCTION ledger.micros(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (extract(epoch FROM moment) * 1000000)::bigint $$;

CREATE FUNCTION ledger.batch_digest(book_id integer, first_no integer, last_no integer, recorded_at timestamptz, previous bytea, leaves bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(concat('B1,', book_id, ',', first_no, ',', last_no, ',', ledger.micros(recorded_at), ','), 'UTF8') || previous || sha256(leaves)) $$;

CREATE FUNCTION ledger.begin_chain(book integer) RETURNS bytea LANGUAGE sql AS $$
  INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)
    VALUES (book, 0, 0, clock_timestamp(), '', '', sha256(convert_to('gongji book 1,' || book, 'UTF8'))) RETURNING digest $$;

CREATE FUNCTION ledger.period_end(period integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN period < 10000 THEN make_date(period, 12, 31)
              WHEN period < 100000 THEN (make_date(period / 10, period % 10 * 3, 1) + interval '1 month' - interval '1 day')::date
              ELSE (make_date(period / 100, period % 100, 1) + interval '1 month' - interval '1 day')::date END $$;

-- The rows of the earlier shapes.

INSERT INTO ledger.journal (book_id, journal_no, part, lines, effective_on, phase, relates_to_on, reverses_no, event_id, kind, actor)
  SELECT j.book_id, j.journal_no, row_number() OVER (PARTITION BY j.event_id ORDER BY (r.book_id IS NOT DISTINCT FROM j.book_id) DESC, j.book_id),
    j.lines, j.effective_on, 'posted', j.relates_to_on, j.reverses_no, j.event_id, j.kind, j.actor
  FROM ledger.journal_0004 j LEFT JOIN ledger.request r ON r.key = j.event_id ORDER BY j.book_id, j.journal_no;
INSERT INTO ledger.transfer (book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, pending, rule, obligation_id)
  SELECT book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, false, rule, obligation_id FROM ledger.transfer_0004
  ORDER BY book_id, journal_no, line;
INSERT INTO ledger.refusal (key, outcome, contents, recorded_at)   -- their contents were not kept: any re-send gets the same answer
  SELECT DISTINCT ON (key) key, outcome, '[]', recorded_at FROM ledger.request r WHERE outcome <> 'created' ORDER BY key, book_id;
UPDATE ledger.head SET digest = ledger.begin_chain(book_id);
WITH leaves AS (
  SELECT h.book_id, h.last_journal, h.digest AS previous, clock_timestamp() AS recorded_at,
    (SELECT string_agg(sha256(convert_to(c.canonical, 'UTF8')), '' ORDER BY c.journal_no) FROM ledger.canonical(h.book_id, 1, h.last_journal) c) AS leaves
  FROM ledger.head h WHERE h.last_journal > 0),
chained AS (
  INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)
    SELECT book_id, 1, last_journal, recorded_at, leaves, previous, ledger.batch_digest(book_id, 1, last_journal, recorded_at, previous, leaves) FROM leaves
  RETURNING book_id, digest)
UPDATE ledger.head h SET digest = c.digest FROM chained c WHERE c.book_id = h.book_id;
ALTER TABLE ledger.head ALTER COLUMN digest SET NOT NULL;
INSERT INTO ledger.period_balance (book_id, period_id, account_id, debits, credits)
  SELECT p.book_id, p.period_id, t.account_id, sum(t.d), sum(t.c)
  FROM ledger.period p CROSS JOIN ledger.calendar c JOIN (
    SELECT book_id, debit_account_id AS account_id, effective_on, amount AS d, 0::bigint AS c FROM ledger.transfer
    UNION ALL SELECT book_id, credit_account_id, effective_on, 0, amount FROM ledger.transfer) t
    ON t.book_id = p.book_id AND ledger.period_of(c.unit, t.effective_on) <= p.period_id
  WHERE p.state = 'closed' GROUP BY 1, 2, 3;

INSERT INTO ledger.snapshot SELECT DISTINCT p.period_id, ledger.period_end(p.period_id) FROM ledger.period p CROSS JOIN ledger.calendar c
  WHERE p.state = 'closed' AND ledger.period_end(p.period_id) <= c.closed_through;

DROP FUNCTION ledger.post(boolean);
DROP FUNCTION ledger.staged_outcomes();
DROP FUNCTION ledger.stage();
DROP TABLE ledger.transfer_0004, ledger.journal_0004, ledger.request;

CREATE INDEX transfer_debit ON ledger.transfer (debit_account_id, effective_on) INCLUDE (amount) WHERE NOT pending;
CREATE INDEX transfer_credit ON ledger.transfer (credit_account_id, effective_on) INCLUDE (amount) WHERE NOT pending;
CREATE UNIQUE INDEX transfer_obligation ON ledger.transfer (obligation_id, book_id) WHERE obligation_id IS NOT NULL;
SELECT ledger.append_only(ARRAY['ledger.journal', 'ledger.transfer', 'ledger.refusal', 'ledger.batch', 'ledger.snapshot', 'ledger.period_balance', 'ledger.act']::regclass[]);
