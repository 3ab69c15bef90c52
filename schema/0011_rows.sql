-- A voucher is one row: its lines stand in it, so none can be added, be missing, or be of another day than it.
--
-- Whoever inserts vouchers, even their owner, moves the counters by them, chains them to what stands and moves the head of
-- their book, or inserts nothing. Posting is then to find out what may be inserted, and to insert it.

ALTER TABLE ledger.journal RENAME TO journal_0010;
ALTER INDEX ledger.journal_pkey RENAME TO journal_0010_pkey;
ALTER INDEX ledger.journal_reverses RENAME TO journal_0010_reverses;
ALTER INDEX ledger.journal_resolves RENAME TO journal_0010_resolves;
ALTER INDEX ledger.journal_reserved RENAME TO journal_0010_reserved;
ALTER TABLE ledger.transfer RENAME TO transfer_0010;

CREATE TABLE ledger.journal (                      -- one business event, one journal per book
  book_id       integer NOT NULL,
  journal_no    integer NOT NULL CHECK (journal_no > 0),
  effective_on  date NOT NULL,
  relates_to_on date,                              -- a late entry: the day it belongs to
  expires_on    date,                              -- a reservation: the last day it may be posted
  reverses_no   integer,
  resolves_no   integer,                           -- posts, voids or ends this reservation
  phase         ledger.phase NOT NULL,
  part          smallint NOT NULL CHECK (part > 0),     -- 1: the first book the event writes, so a key means one thing
  event_id      text COLLATE "C" NOT NULL CHECK (length(event_id) BETWEEN 1 AND 400),
  kind          text NOT NULL,
  actor         text NOT NULL,
  debit         integer[] NOT NULL,                -- its lines, column by column: the account debited,
  credit        integer[] NOT NULL,                -- the account credited,
  amount        bigint[] NOT NULL,                 -- the minor units: a pair, so it cannot be unbalanced,
  rule          text[] NOT NULL,                   -- the row of the posting rules that wrote it,
  debt          uuid[],                            -- the obligation it cites
  PRIMARY KEY (book_id, journal_no),
  CONSTRAINT journal_event UNIQUE (event_id, part),
  CHECK (reverses_no < journal_no AND resolves_no IS NULL OR reverses_no IS NULL),
  CHECK (resolves_no < journal_no),
  CHECK ((phase IN ('voided', 'expired')) = (cardinality(amount) = 0)),
  CHECK (phase IN ('posted', 'reserved') OR resolves_no IS NOT NULL),
  CHECK (phase <> 'reserved' OR (resolves_no IS NULL AND reverses_no IS NULL)),
  CHECK (expires_on IS NULL OR phase = 'reserved'),
  CONSTRAINT whole_lines CHECK (CASE cardinality(amount)      -- lists of one length, with a first and a last element: counted from 1, of one dimension
    WHEN 0 THEN cardinality(debit) + cardinality(credit) + cardinality(rule) = 0 AND debt IS NULL
    ELSE cardinality(debit) = cardinality(amount) AND cardinality(credit) = cardinality(amount) AND cardinality(rule) = cardinality(amount)
      AND num_nulls(debit[1], credit[1], amount[1], rule[1], debit[cardinality(amount)], credit[cardinality(amount)], amount[cardinality(amount)], rule[cardinality(amount)]) = 0 END),
  CONSTRAINT whole_debts CHECK (debt IS NULL OR (cardinality(debt) = cardinality(amount) AND array_dims(debt) = array_dims(amount) AND cardinality(array_remove(debt, NULL)) > 0)),
  CONSTRAINT positive_amounts CHECK ((0 < ALL (amount)) IS TRUE),
  CONSTRAINT two_accounts CHECK (debit[1] <> credit[1]),      -- of the first line; of the others keep_counters sees to it
  CONSTRAINT rules_are_names CHECK (array_to_string(rule, '', ',') NOT LIKE ALL ('{"%,%",%;%}')));

-- The rows of the earlier shape.

INSERT INTO ledger.journal (book_id, journal_no, part, effective_on, phase, relates_to_on, expires_on, reverses_no, resolves_no, event_id, kind, actor, debit, credit, amount, rule, debt)
  SELECT j.book_id, j.journal_no, j.part, j.effective_on, j.phase, j.relates_to_on, j.expires_on, j.reverses_no, j.resolves_no, j.event_id, j.kind, j.actor,
    coalesce(t.debit, '{}'), coalesce(t.credit, '{}'), coalesce(t.amount, '{}'), coalesce(t.rule, '{}'), t.debt
  FROM ledger.journal_0010 j LEFT JOIN (
    SELECT book_id, journal_no, array_agg(debit_account_id ORDER BY line) AS debit, array_agg(credit_account_id ORDER BY line) AS credit,
      array_agg(amount ORDER BY line) AS amount, array_agg(rule ORDER BY line) AS rule,
      CASE WHEN count(obligation_id) > 0 THEN array_agg(obligation_id ORDER BY line) END AS debt
    FROM ledger.transfer_0010 GROUP BY 1, 2) t USING (book_id, journal_no)
  ORDER BY j.book_id, j.journal_no;
DROP TABLE ledger.transfer_0010, ledger.journal_0010;

CREATE UNIQUE INDEX journal_reverses ON ledger.journal (book_id, reverses_no) WHERE reverses_no IS NOT NULL;
CREATE UNIQUE INDEX journal_resolves ON ledger.journal (book_id, resolves_no) WHERE resolves_no IS NOT NULL;
CREATE INDEX journal_reserved ON ledger.journal (book_id, journal_no) WHERE phase = 'reserved';
SELECT ledger.append_only(ARRAY['ledger.journal']::regclass[]);

-- The lines one by one, for reading. What is asked of one account goes by ledger.entries instead.
CREATE VIEW ledger.transfer WITH (security_invoker = true) AS
  SELECT j.book_id, j.journal_no, u.line::smallint AS line, u.debit_account_id, u.credit_account_id, u.amount, j.effective_on, j.phase = 'reserved' AS pending, u.rule, u.obligation_id
  FROM ledger.journal j CROSS JOIN LATERAL unnest(j.debit, j.credit, j.amount, j.rule, j.debt) WITH ORDINALITY
    AS u (debit_account_id, credit_account_id, amount, rule, obligation_id, line);

-- What an account was moved by, from its index.
CREATE FUNCTION ledger.entries(book integer, account integer, first_day date, last_day date)
RETURNS TABLE (journal_no integer, line smallint, effective_on date, rule text, debit bigint, credit bigint) LANGUAGE sql STABLE AS $$
  SELECT j.journal_no, u.line::smallint, j.effective_on, u.rule, CASE WHEN u.debit = account THEN u.amount ELSE 0 END, CASE WHEN u.credit = account THEN u.amount ELSE 0 END
  FROM ledger.journal j CROSS JOIN LATERAL unnest(j.debit, j.credit, j.amount, j.rule) WITH ORDINALITY AS u (debit, credit, amount, rule, line)
  WHERE (j.debit || j.credit) @> ARRAY[account] AND j.book_id = book AND j.effective_on BETWEEN first_day AND last_day AND j.phase <> 'reserved' AND account IN (u.debit, u.credit) $$;

-- What each account was moved by. Each side is summed by itself first, so that two processes can.
CREATE FUNCTION ledger.moved(book integer, first_day date, last_day date) RETURNS TABLE (book_id integer, account_id integer, debits bigint, credits bigint) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT z.book_id, z.account_id, coalesce(sum(z.d), 0)::bigint, coalesce(sum(z.c), 0)::bigint FROM (
    SELECT l.book_id, l.account_id, sum(l.amount) AS d, NULL::numeric AS c FROM (
      SELECT j.book_id, unnest(j.debit) AS account_id, unnest(j.amount) AS amount FROM ledger.journal j
      WHERE j.effective_on BETWEEN first_day AND last_day AND j.phase <> 'reserved' AND (book IS NULL OR j.book_id = book)) l GROUP BY 1, 2
    UNION ALL
    SELECT l.book_id, l.account_id, NULL, sum(l.amount) FROM (
      SELECT j.book_id, unnest(j.credit) AS account_id, unnest(j.amount) AS amount FROM ledger.journal j
      WHERE j.effective_on BETWEEN first_day AND last_day AND j.phase <> 'reserved' AND (book IS NULL OR j.book_id = book)) l GROUP BY 1, 2) z GROUP BY 1, 2 $$;

-- What holds the rules whoever writes.
--
-- A session plans each statement once, for whatever came first. One by one through an index is right for one row, and right enough
-- for a hundred thousand; a table read whole for every small call is not. Hence the settings of these functions.

-- As before, and STABLE: what calls `concat` is no more than that, and only so can it become part of the statement that asks.
ALTER FUNCTION ledger.batch_digest(integer, integer, integer, timestamptz, bytea, bytea) STABLE;

-- As before, as a function that keeps its plan: it is asked once for each voucher that cites a debt.
CREATE OR REPLACE FUNCTION ledger.debts_said(debts uuid[]) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (
    SELECT array_agg(concat_ws(' ', o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, o.due_on - date '2000-01-01') ORDER BY u.place)
    FROM unnest(debts) WITH ORDINALITY u (obligation_id, place) LEFT JOIN ledger.obligation o USING (obligation_id));
END $$;

-- An event comes whole. Its vouchers follow the last one of their book without a gap; each has its leaf, and the head moves on over them.
-- (That they follow is the foreign key of the batch, that none is missing the length of its leaves.)
CREATE FUNCTION ledger.keep_chain() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  books bigint;
  moved bigint;
BEGIN
  IF EXISTS (SELECT FROM added WHERE part > 1) AND EXISTS (SELECT FROM added GROUP BY event_id HAVING count(*) <> max(part)) THEN
    RAISE EXCEPTION 'an event comes whole: its parts numbered from 1' USING ERRCODE = '23514';
  END IF;
  WITH hashed AS MATERIALIZED (
    SELECT a.book_id, a.journal_no, sha256(convert_to(ledger.canonical_text(a.book_id, a.journal_no, a.part, a.effective_on, a.phase, a.relates_to_on, a.expires_on,
        a.reverses_no, a.resolves_no, a.event_id, a.kind, a.actor, a.debit, a.credit, a.amount, a.rule, CASE WHEN a.debt IS NOT NULL THEN ledger.debts_said(a.debt) END), 'UTF8')) AS leaf
    FROM added a),
  leaves AS (
    SELECT book_id, min(journal_no) AS first_no, max(journal_no) AS last_no, string_agg(leaf, '' ORDER BY journal_no) AS leaves FROM hashed GROUP BY book_id),
  chained AS (
    INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)
      SELECT l.book_id, l.first_no, l.last_no, moment, l.leaves, h.digest, ledger.batch_digest(l.book_id, l.first_no, l.last_no, moment, h.digest, l.leaves)
      FROM leaves l JOIN ledger.head h USING (book_id)
    RETURNING book_id, first_no, last_no, digest),
  heads AS (
    UPDATE ledger.head h SET last_journal = c.last_no, digest = c.digest FROM chained c WHERE h.book_id = c.book_id AND h.last_journal = c.first_no - 1 RETURNING 1)
  SELECT (SELECT count(*) FROM leaves), (SELECT count(*) FROM heads) INTO books, moved;
  IF books <> moved THEN
    RAISE EXCEPTION 'vouchers that do not follow the last one of their book' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

-- A head moves with a batch, over vouchers that are there.
CREATE OR REPLACE FUNCTION ledger.keep_head() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NEW.last_journal < OLD.last_journal
     OR NEW.last_journal - OLD.last_journal <> (SELECT count(*) FROM ledger.journal j WHERE j.book_id = NEW.book_id AND j.journal_no > OLD.last_journal AND j.journal_no <= NEW.last_journal)
     OR NOT EXISTS (SELECT FROM ledger.batch b WHERE b.book_id = NEW.book_id AND b.last_no = NEW.last_journal AND b.digest = NEW.digest) THEN
    RAISE EXCEPTION 'book %: its head cannot move to voucher %', NEW.book_id, NEW.last_journal USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT book_id, effective_on FROM added) a CROSS JOIN ledger.calendar c
    WHERE a.effective_on <= c.closed_through
      OR EXISTS (SELECT FROM ledger.period p WHERE p.book_id = a.book_id AND p.period_id = ledger.period_of(c.unit, a.effective_on) AND p.state <> 'open' OFFSET 0)) THEN
    RAISE EXCEPTION 'a journal of a closed period' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

-- Whether what is inserted was looked at item by item: posting says so in a table that only it can write.
CREATE FUNCTION ledger.is_judged() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT c.relowner FROM pg_class c WHERE c.oid = to_regclass('pg_temp.stage_judged')) = (SELECT c.relowner FROM pg_class c WHERE c.oid = 'ledger.journal'::regclass) THEN
    RETURN EXISTS (SELECT FROM pg_temp.stage_judged);
  END IF;
  RETURN false;
END $$;

-- The counters move with the lines: each between two accounts of the book, in one currency. What ends a reservation lets go of all
-- that was held. A limit is a CHECK of the counter; what would fit only because of the order its lines come in must have been judged.
CREATE OR REPLACE FUNCTION ledger.keep_counters() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  touched bigint;
  moved bigint;
  mixed boolean;                                   -- several currencies
  short boolean;
BEGIN
  IF EXISTS (SELECT FROM (SELECT unnest(debit) AS debit, unnest(credit) AS credit FROM added WHERE cardinality(amount) > 1) l WHERE debit = credit) THEN
    RAISE EXCEPTION 'a line from an account to itself' USING ERRCODE = '23514';
  END IF;
  WITH sides AS (                                  -- held: by what is added; null: what it lets go of
    SELECT book_id, account_id, held, sum(debit)::bigint AS debits, sum(credit)::bigint AS credits FROM (
      SELECT book_id, phase = 'reserved' AS held, unnest(debit) AS account_id, unnest(amount) AS debit, NULL::bigint AS credit FROM added
      UNION ALL SELECT book_id, phase = 'reserved', unnest(credit), NULL, unnest(amount) FROM added
      UNION ALL SELECT o.book_id, NULL, l.* FROM added a JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.resolves_no AND o.phase = 'reserved'
        CROSS JOIN LATERAL (SELECT unnest(o.debit), unnest(o.amount), NULL::bigint UNION ALL SELECT unnest(o.credit), NULL, unnest(o.amount)) l WHERE a.resolves_no IS NOT NULL
      ) l GROUP BY 1, 2, 3),
  m AS (
    SELECT book_id, account_id, coalesce(max(debits) FILTER (WHERE NOT held), 0) AS d, coalesce(max(credits) FILTER (WHERE NOT held), 0) AS c,
      coalesce(max(debits) FILTER (WHERE held), 0) AS dh, coalesce(max(credits) FILTER (WHERE held), 0) AS ch,
      coalesce(max(debits) FILTER (WHERE held IS NULL), 0) AS df, coalesce(max(credits) FILTER (WHERE held IS NULL), 0) AS cf FROM sides GROUP BY 1, 2),
  u AS (
    UPDATE ledger.balance b SET debits = b.debits + m.d, credits = b.credits + m.c, debits_pending = b.debits_pending + m.dh - m.df, credits_pending = b.credits_pending + m.ch - m.cf
    FROM m WHERE b.book_id = m.book_id AND b.account_id = m.account_id
    RETURNING b.currency, b.credits - m.c - b.debits - b.debits_pending - m.df < b.credit_floor OR b.debits - m.d - b.credits - b.credits_pending - m.cf < b.debit_floor AS tight)
  SELECT (SELECT count(*) FROM m), count(*), min(currency) <> max(currency), bool_or(tight) INTO touched, moved, mixed, short FROM u;
  IF short AND NOT ledger.is_judged() THEN
    RAISE EXCEPTION 'in some order an account would run short' USING ERRCODE = '23514';
  ELSIF touched <> moved THEN
    RAISE EXCEPTION '% accounts are unknown in their book', touched - moved USING ERRCODE = '23503';
  END IF;
  IF mixed AND EXISTS (
    SELECT FROM (SELECT DISTINCT book_id, unnest(debit) AS debit, unnest(credit) AS credit FROM added) a
    JOIN ledger.balance d ON d.book_id = a.book_id AND d.account_id = a.debit
    JOIN ledger.balance c ON c.book_id = a.book_id AND c.account_id = a.credit WHERE d.currency <> c.currency) THEN
    RAISE EXCEPTION 'a line of two currencies' USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$;

-- A voucher cites debts of its own event, each once; and no other voucher of the event stands in its book.
CREATE FUNCTION ledger.keep_debts() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM added WHERE debt IS NOT NULL) THEN
    RETURN NULL;
  ELSIF EXISTS (
    SELECT FROM (SELECT book_id, event_id, unnest(debit) AS account_id, unnest(amount) AS amount, unnest(debt) AS obligation_id FROM added WHERE debt IS NOT NULL) a
    LEFT JOIN ledger.obligation o USING (obligation_id) LEFT JOIN ledger.balance b USING (book_id, account_id)
    WHERE a.obligation_id IS NOT NULL AND (o.event_id = a.event_id AND a.book_id IN (o.debtor_book_id, o.creditor_book_id) AND o.amount = a.amount AND o.currency = b.currency) IS NOT TRUE) THEN
    RAISE EXCEPTION 'a line cites an obligation of another event, other books, another amount or another currency' USING ERRCODE = '23503';
  ELSIF EXISTS (SELECT FROM (SELECT book_id, unnest(debt) AS obligation_id FROM added WHERE debt IS NOT NULL) a WHERE obligation_id IS NOT NULL GROUP BY book_id, obligation_id HAVING count(*) > 1)
    OR EXISTS (SELECT FROM added a JOIN ledger.journal j ON j.event_id = a.event_id AND j.book_id = a.book_id AND j.journal_no <> a.journal_no WHERE a.debt IS NOT NULL) THEN
    RAISE EXCEPTION 'a book cites an obligation twice' USING ERRCODE = '23505';
  END IF;
  RETURN NULL;
END $$;

-- What undoes or ends another voucher has one to undo: the same lines the other way round; or of what was reserved, no more.
CREATE OR REPLACE FUNCTION ledger.keep_originals() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM added WHERE resolves_no IS NOT NULL OR reverses_no IS NOT NULL) THEN
    RETURN NULL;
  ELSIF EXISTS (
    SELECT FROM added a LEFT JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.reverses_no WHERE a.reverses_no IS NOT NULL
      AND (o.phase = 'posted' AND o.reverses_no IS NULL AND a.phase = 'posted' AND (a.debit, a.credit, a.amount) = (o.credit, o.debit, o.amount)
        AND (a.debt IS NULL AND o.debt IS NULL OR ledger.owes_back(a.debt, o.debt))) IS NOT TRUE) THEN
    RAISE EXCEPTION 'a voucher undoes what is not there, what cannot be undone, or other lines than were posted' USING ERRCODE = '23503';
  ELSIF EXISTS (
    SELECT FROM added a LEFT JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.resolves_no WHERE a.resolves_no IS NOT NULL
      AND (o.phase = 'reserved' AND (a.phase <> 'expired' OR o.expires_on < a.effective_on) AND NOT ledger.exceeds(a.debit, a.credit, a.amount, o.debit, o.credit, o.amount)) IS NOT TRUE) THEN
    RAISE EXCEPTION 'a voucher ends what is not there or not yet over, or posts more than was reserved' USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$;

-- Whether debts are those of others the other way round, line by line.
CREATE FUNCTION ledger.owes_back(debt uuid[], of_debt uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (
    SELECT bool_and((n.debtor_book_id, n.creditor_book_id, n.currency, n.amount) IS NOT DISTINCT FROM (o.creditor_book_id, o.debtor_book_id, o.currency, o.amount))
    FROM unnest(debt, of_debt) u (back, was) LEFT JOIN ledger.obligation n ON n.obligation_id = u.back LEFT JOIN ledger.obligation o ON o.obligation_id = u.was);
END $$;

-- Whether lines post more between two accounts than others reserved.
CREATE FUNCTION ledger.exceeds(debit integer[], credit integer[], amount bigint[], held_debit integer[], held_credit integer[], held bigint[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM (SELECT d, c, sum(a) AS amount FROM unnest(debit, credit, amount) p (d, c, a) GROUP BY 1, 2) p
    LEFT JOIN (SELECT d, c, sum(a) AS amount FROM unnest(held_debit, held_credit, held) h (d, c, a) GROUP BY 1, 2) h USING (d, c) WHERE p.amount > coalesce(h.amount, 0));
END $$;

-- Posting.

-- The stage: where a caller puts what is to be posted. It belongs to the ledger, so no caller can hang code of its own on it.
CREATE OR REPLACE FUNCTION ledger.make_stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('pg_temp.stage') IS NULL THEN
    CREATE TEMP TABLE stage (               -- a row is the journal of one book; rows of one unit stand or fall together, units of one link too
      unit integer NOT NULL, link integer, chain integer NOT NULL GENERATED ALWAYS AS (coalesce(link, unit)) STORED, book_id integer NOT NULL, part smallint NOT NULL DEFAULT 1,
      place integer NOT NULL, key text COLLATE "C" NOT NULL, kind text NOT NULL, phase ledger.phase NOT NULL DEFAULT 'posted', effective_on date NOT NULL,
      relates_to_on date, expires_on date, reverses_no integer, resolves_no integer, of_key text,
      actor text NOT NULL, debit integer[] NOT NULL, credit integer[] NOT NULL, amount bigint[] NOT NULL, rule text[] NOT NULL, debt uuid[],
      outcome text);                        -- what the caller knows, for what is posted never changes: not_found, exceeds_reserved
    CREATE TEMP TABLE stage_debt (unit integer, obligation_id uuid, debtor integer NOT NULL, creditor integer NOT NULL, currency text NOT NULL, amount bigint NOT NULL, due_on date NOT NULL, PRIMARY KEY (unit, obligation_id));
    CREATE TEMP TABLE stage_known (unit integer PRIMARY KEY, first_unit integer, outcome text);   -- keys that stand already, or earlier in this batch
    CREATE TEMP TABLE stage_no (unit integer PRIMARY KEY, outcome text NOT NULL);        -- every unit that is not created
    CREATE TEMP TABLE stage_judged (only_row boolean);      -- has a row while what was judged is inserted
    CREATE TEMP TABLE stage_slot (slot integer PRIMARY KEY, book_id integer, account_id integer, original integer, label text, credit_room bigint, debit_room bigint);
  ELSIF pg_relation_size('pg_temp.stage') > 1000000 THEN
    TRUNCATE pg_temp.stage, pg_temp.stage_debt, pg_temp.stage_no;
  ELSE
    WITH items AS (DELETE FROM pg_temp.stage), debts AS (DELETE FROM pg_temp.stage_debt) DELETE FROM pg_temp.stage_no;
  END IF;
END $$;

-- Whether in some order a limited account could run short: more is taken from it than there is, whatever comes in.
CREATE FUNCTION ledger.stage_is_tight() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM (SELECT s.book_id, unnest(s.debit) AS account_id, unnest(s.amount) AS amount FROM pg_temp.stage s) l
    JOIN (SELECT * FROM ledger.balance WHERE credit_floor IS NOT NULL) b USING (book_id, account_id)
    GROUP BY b.book_id, b.account_id HAVING sum(l.amount) > min(b.credits - b.debits - b.debits_pending - b.credit_floor))
  OR EXISTS (
    SELECT FROM (SELECT s.book_id, unnest(s.credit) AS account_id, unnest(s.amount) AS amount FROM pg_temp.stage s) l
    JOIN (SELECT * FROM ledger.balance WHERE debit_floor IS NOT NULL) b USING (book_id, account_id)
    GROUP BY b.book_id, b.account_id HAVING sum(l.amount) > min(b.debits - b.credits - b.credits_pending - b.debit_floor));
END $$;

-- What stands on the stage, inserted; the heads of its books are locked.
CREATE FUNCTION ledger.insert_stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_temp.stage_debt) THEN
    INSERT INTO ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on)
      SELECT d.obligation_id, s.key, d.debtor, d.creditor, d.currency, d.amount, d.due_on FROM pg_temp.stage_debt d JOIN pg_temp.stage s ON s.unit = d.unit AND s.part = 1;
  END IF;
  INSERT INTO ledger.journal (book_id, journal_no, part, effective_on, phase, relates_to_on, expires_on, reverses_no, resolves_no, event_id, kind, actor, debit, credit, amount, rule, debt)
    SELECT s.book_id, h.last_journal + s.place, s.part, s.effective_on, s.phase, s.relates_to_on, s.expires_on, s.reverses_no, s.resolves_no, s.key, s.kind, s.actor,
      s.debit, s.credit, s.amount, s.rule, s.debt
    FROM pg_temp.stage s JOIN ledger.head h USING (book_id);
END $$;

-- Who is at fault: fills stage_no, and keeps the answers that will not change. The calendar and the heads are locked.
CREATE FUNCTION ledger.judge_stage(together boolean) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  period_unit text;
  closed_on date;
  refused boolean;
  chains record;
  rooms_credit bigint[];
  rooms_debit bigint[];
  labels text[];
  short integer;
  i integer;
BEGIN
  DELETE FROM pg_temp.stage_known;
  DELETE FROM pg_temp.stage_slot;
  IF (SELECT count(*) FROM pg_temp.stage) > 2000 THEN
    ANALYZE pg_temp.stage; ANALYZE pg_temp.stage_debt;
  END IF;
  SELECT c.unit, c.closed_through INTO STRICT period_unit, closed_on FROM ledger.calendar c;

  -- 1. Keys. A re-send is answered even if its period has closed since; a key twice in one batch is a re-send of the first.
  --    One probe of an index for each key, whatever the planner knows: hence OFFSET 0.
  INSERT INTO pg_temp.stage_known
    SELECT q.unit, NULL::integer, CASE WHEN NOT q.stands THEN q.outcome END FROM (
      SELECT z.unit, (SELECT r.outcome FROM ledger.refusal r WHERE r.key = z.key OFFSET 0) AS outcome,
        EXISTS (SELECT FROM ledger.journal j WHERE j.event_id = z.key AND j.part = 1 OFFSET 0) AS stands
      FROM pg_temp.stage z WHERE z.part = 1 OFFSET 0) q
    WHERE q.stands OR q.outcome IS NOT NULL;
  IF (SELECT count(*) <> count(DISTINCT z.key) FROM pg_temp.stage z WHERE z.part = 1) THEN
    INSERT INTO pg_temp.stage_known
      SELECT q.unit, q.first_unit, NULL FROM (SELECT z.unit, min(z.unit) OVER (PARTITION BY z.key) AS first_unit FROM pg_temp.stage z WHERE z.part = 1) q
      WHERE q.first_unit < q.unit ON CONFLICT DO NOTHING;
  END IF;
  IF EXISTS (SELECT FROM pg_temp.stage_known) THEN
    WITH said AS MATERIALIZED (
      SELECT * FROM ledger.staged(ARRAY(SELECT k.unit FROM pg_temp.stage_known k UNION SELECT k.first_unit FROM pg_temp.stage_known k WHERE k.first_unit IS NOT NULL)))
    INSERT INTO pg_temp.stage_no
      SELECT k.unit, coalesce('conflict:' || ledger.difference(m.contents, CASE WHEN k.first_unit IS NULL
                                THEN (SELECT array_agg(c ORDER BY c.part) FROM ledger.stored(m.key) c) ELSE f.contents END),
                              k.outcome, CASE WHEN k.first_unit IS NULL THEN 'same' ELSE 'twin' END)
      FROM pg_temp.stage_known k JOIN said m USING (unit) LEFT JOIN said f ON f.unit = k.first_unit;
  END IF;

  -- 2. Periods, and what does not depend on the other units.
  INSERT INTO pg_temp.stage_no
    SELECT DISTINCT ON (s.unit) s.unit, CASE WHEN s.outcome = 'not_found' THEN s.outcome ELSE 'period_closed' END FROM pg_temp.stage s
    WHERE (s.outcome = 'not_found' OR s.effective_on <= closed_on OR EXISTS (
        SELECT FROM ledger.period p WHERE p.book_id = s.book_id AND p.period_id = ledger.period_of(period_unit, s.effective_on) AND p.state <> 'open'))
    ORDER BY s.unit ON CONFLICT DO NOTHING;
  IF EXISTS (SELECT FROM pg_temp.stage s WHERE s.reverses_no IS NOT NULL OR s.resolves_no IS NOT NULL) THEN
    INSERT INTO pg_temp.stage_no
      SELECT DISTINCT ON (x.unit) x.unit, x.outcome FROM (
        SELECT s.unit, s.part, CASE WHEN o.reverses_no IS NOT NULL THEN 'is_reversal' WHEN o.phase = 'reserved' THEN 'is_reserved' WHEN o.phase <> 'posted' THEN 'is_void'
            WHEN EXISTS (SELECT FROM ledger.journal r WHERE r.book_id = s.book_id AND r.reverses_no = s.reverses_no) THEN 'already_reversed' END AS outcome
        FROM pg_temp.stage s JOIN ledger.journal o ON o.book_id = s.book_id AND o.journal_no = s.reverses_no WHERE s.reverses_no IS NOT NULL
        UNION ALL
        SELECT s.unit, s.part, CASE WHEN o.phase <> 'reserved' THEN 'not_reserved'
            WHEN EXISTS (SELECT FROM ledger.journal r WHERE r.book_id = s.book_id AND r.resolves_no = s.resolves_no) THEN 'already_resolved'
            WHEN s.phase = 'expired' AND o.expires_on >= s.effective_on IS NOT FALSE THEN 'not_expired'
            WHEN s.outcome = 'exceeds_reserved' OR ledger.exceeds(s.debit, s.credit, s.amount, o.debit, o.credit, o.amount) THEN 'exceeds_reserved' END
        FROM pg_temp.stage s JOIN ledger.journal o ON o.book_id = s.book_id AND o.journal_no = s.resolves_no WHERE s.resolves_no IS NOT NULL) x
      WHERE x.outcome IS NOT NULL ORDER BY x.unit, x.part ON CONFLICT DO NOTHING;
  END IF;

  -- 3. Limits, and reversals or resolutions that two units ask for: in the order of the units, each chain as a whole.
  --    A slot is something there is only so much of: the room of an account that has a limit, or an original that may be taken once.
  INSERT INTO pg_temp.stage_slot
    SELECT row_number() OVER (ORDER BY z.account_id IS NOT NULL, z.book_id, z.account_id, z.original), z.* FROM (
      SELECT b.book_id, b.account_id, NULL::integer AS original, 'limit:' || a.role, b.credits - b.debits - b.debits_pending - b.credit_floor, b.debits - b.credits - b.credits_pending - b.debit_floor
      FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id)
      WHERE (b.credit_floor IS NOT NULL OR b.debit_floor IS NOT NULL) AND b.book_id IN (SELECT s.book_id FROM pg_temp.stage s)
      UNION ALL
      SELECT s.book_id, NULL, coalesce(s.reverses_no, s.resolves_no), CASE WHEN s.reverses_no IS NOT NULL THEN 'already_reversed' ELSE 'already_resolved' END, 1, NULL
      FROM pg_temp.stage s WHERE (s.reverses_no IS NOT NULL OR s.resolves_no IS NOT NULL) AND s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n)
      GROUP BY 1, 3, 4 HAVING count(*) > 1) z;
  IF EXISTS (SELECT FROM pg_temp.stage_slot WHERE original IS NOT NULL) OR ledger.stage_is_tight() THEN
    SELECT array_agg(credit_room ORDER BY slot), array_agg(debit_room ORDER BY slot), array_agg(label ORDER BY slot) INTO rooms_credit, rooms_debit, labels FROM pg_temp.stage_slot;
    FOR chains IN
      WITH fallen AS (SELECT DISTINCT s.chain FROM pg_temp.stage_no n JOIN pg_temp.stage s USING (unit) WHERE n.outcome NOT IN ('same', 'twin')),
      live AS MATERIALIZED (SELECT s.* FROM pg_temp.stage s WHERE s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n) AND s.chain NOT IN (SELECT f.chain FROM fallen f)),
      moves AS (
        SELECT l.chain, l.unit, l.book_id, x.account_id, x.credit, x.debit
        FROM live l CROSS JOIN LATERAL unnest(l.debit, l.credit, l.amount) p (debit, credit, amount)
        CROSS JOIN LATERAL (VALUES (p.debit, -p.amount, CASE WHEN l.phase = 'reserved' THEN 0 ELSE p.amount END),
                                   (p.credit, CASE WHEN l.phase = 'reserved' THEN 0 ELSE p.amount END, -p.amount)) x (account_id, credit, debit)
        UNION ALL                                  -- what a resolution lets go of
        SELECT l.chain, l.unit, l.book_id, x.account_id, x.credit, x.debit
        FROM live l JOIN ledger.journal o ON o.book_id = l.book_id AND o.journal_no = l.resolves_no AND o.phase = 'reserved'
        CROSS JOIN LATERAL (SELECT unnest(o.debit), unnest(o.amount), 0::bigint UNION ALL SELECT unnest(o.credit), 0, unnest(o.amount)) x (account_id, credit, debit)),
      taken AS (
        SELECT m.chain, m.unit, s.slot, sum(m.credit)::bigint AS credit, sum(m.debit)::bigint AS debit FROM moves m JOIN pg_temp.stage_slot s USING (book_id, account_id) GROUP BY 1, 2, 3
        UNION ALL
        SELECT l.chain, l.unit, s.slot, -1, 0 FROM live l JOIN pg_temp.stage_slot s ON s.book_id = l.book_id AND s.original = coalesce(l.reverses_no, l.resolves_no))
      SELECT t.chain, array_agg(t.unit ORDER BY t.unit, t.slot) AS units, array_agg(t.slot ORDER BY t.unit, t.slot) AS slots,
        array_agg(t.credit ORDER BY t.unit, t.slot) AS credits, array_agg(t.debit ORDER BY t.unit, t.slot) AS debits
      FROM taken t GROUP BY t.chain ORDER BY t.chain
    LOOP
      short := NULL;
      FOR i IN 1 .. cardinality(chains.slots) LOOP
        rooms_credit[chains.slots[i]] := rooms_credit[chains.slots[i]] + chains.credits[i];
        rooms_debit[chains.slots[i]] := rooms_debit[chains.slots[i]] + chains.debits[i];
        IF short IS NULL AND (rooms_credit[chains.slots[i]] < 0 OR rooms_debit[chains.slots[i]] < 0) THEN
          short := i;
        END IF;
      END LOOP;
      IF short IS NOT NULL THEN
        FOR i IN 1 .. cardinality(chains.slots) LOOP
          rooms_credit[chains.slots[i]] := rooms_credit[chains.slots[i]] - chains.credits[i];
          rooms_debit[chains.slots[i]] := rooms_debit[chains.slots[i]] - chains.debits[i];
        END LOOP;
        INSERT INTO pg_temp.stage_no VALUES (chains.units[short], labels[chains.slots[short]]);
      END IF;
    END LOOP;
  END IF;

  -- 4. Who falls with whom.
  refused := EXISTS (SELECT FROM pg_temp.stage_no n WHERE n.outcome NOT IN ('same', 'twin'));
  IF refused THEN
    INSERT INTO pg_temp.stage_no
      SELECT DISTINCT s.unit, 'linked' FROM pg_temp.stage s WHERE s.chain IN (
        SELECT x.chain FROM pg_temp.stage_no n JOIN pg_temp.stage x USING (unit) WHERE n.outcome NOT IN ('same', 'twin')) ON CONFLICT DO NOTHING;
    IF together THEN
      INSERT INTO pg_temp.stage_no SELECT DISTINCT s.unit, 'not_posted' FROM pg_temp.stage s ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  UPDATE pg_temp.stage_no n SET outcome = coalesce(f.outcome, 'same')
    FROM (SELECT s.unit, o.outcome FROM (SELECT z.unit, min(z.unit) OVER (PARTITION BY z.key) AS first_unit FROM pg_temp.stage z WHERE z.part = 1) s
          LEFT JOIN pg_temp.stage_no o ON o.unit = s.first_unit) f
    WHERE f.unit = n.unit AND n.outcome = 'twin';
  IF refused AND NOT together THEN                 -- an answer that will not change is kept under its key
    INSERT INTO ledger.refusal (key, outcome, contents)
      SELECT DISTINCT ON (m.key) m.key, n.outcome, to_jsonb(m.contents)
      FROM ledger.staged(ARRAY(
        SELECT y.unit FROM pg_temp.stage_no y WHERE ledger.lasts(y.outcome)
        UNION SELECT s.unit FROM pg_temp.stage_no y JOIN pg_temp.stage s USING (unit) WHERE y.outcome = 'linked' AND s.chain IN (
          SELECT x.chain FROM pg_temp.stage_no z JOIN pg_temp.stage x USING (unit) WHERE ledger.lasts(z.outcome)))) m
      JOIN pg_temp.stage_no n USING (unit)
      WHERE m.unit NOT IN (SELECT k.unit FROM pg_temp.stage_known k)
      ORDER BY m.key, m.unit;
  END IF;
END $$;

-- Returns the units that were not created, each with its outcome; what is not returned was created.
--   same | conflict:FIELD | period_closed | limit:ROLE | already_reversed | already_resolved | is_reversal | is_reserved | is_void | not_reserved | exceeds_reserved |
--   not_expired | not_found | linked (fell with a unit of its chain) | not_posted (together, and another one fell)
-- Locks, in this order: the calendar, the heads of the books. All new and all allowed is the rule, so that is tried; where the
-- tables refuse it, each unit is looked at, and what remains is inserted.
CREATE OR REPLACE FUNCTION ledger.post_stage(together boolean) RETURNS TABLE (unit integer, outcome text) LANGUAGE plpgsql SET work_mem = '64MB' AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM ledger.calendar c FOR SHARE;
  PERFORM FROM ledger.head h WHERE h.book_id = ANY (ARRAY(SELECT DISTINCT s.book_id FROM pg_temp.stage s)) ORDER BY h.book_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM pg_temp.stage_no) AND NOT EXISTS (SELECT FROM pg_temp.stage s WHERE s.outcome IS NOT NULL)
    AND NOT (EXISTS (SELECT FROM ledger.refusal)
      AND EXISTS (SELECT FROM pg_temp.stage s WHERE EXISTS (SELECT FROM ledger.refusal r WHERE r.key = s.key OFFSET 0))) THEN
    BEGIN
      PERFORM ledger.insert_stage();
      RETURN;
    EXCEPTION WHEN integrity_constraint_violation THEN
      NULL;                                        -- the answer of each unit is found below
    END;
  END IF;
  PERFORM ledger.judge_stage(together);
  IF (together AND EXISTS (SELECT FROM pg_temp.stage_no n WHERE n.outcome <> 'same'))
     OR (SELECT count(*) FROM pg_temp.stage_no) = (SELECT count(*) FROM pg_temp.stage s WHERE s.part = 1) THEN
    RETURN QUERY SELECT n.unit, n.outcome FROM pg_temp.stage_no n;
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM pg_temp.stage_no) THEN
    DELETE FROM pg_temp.stage s USING pg_temp.stage_no n WHERE n.unit = s.unit;
    DELETE FROM pg_temp.stage_debt d USING pg_temp.stage_no n WHERE n.unit = d.unit;
    UPDATE pg_temp.stage s SET place = r.place FROM (SELECT z.unit, z.part, row_number() OVER (PARTITION BY z.book_id ORDER BY z.place) AS place FROM pg_temp.stage z) r
      WHERE r.unit = s.unit AND r.part = s.part;
  END IF;
  INSERT INTO pg_temp.stage_judged VALUES (true);
  PERFORM ledger.insert_stage();
  DELETE FROM pg_temp.stage_judged;
  RETURN QUERY SELECT n.unit, n.outcome FROM pg_temp.stage_no n;
END $$;

-- The doors.

-- The stage must be the owner's: on a table of his own a caller could hang triggers, casts or policies that would run as the owner.
-- All its tables are made in one statement, so where one is the owner's all are.
CREATE OR REPLACE FUNCTION ledger.check_stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT c.relowner FROM pg_class c WHERE c.oid = to_regclass('pg_temp.stage')) IS DISTINCT FROM (SELECT u.oid FROM pg_roles u WHERE u.rolname = current_user) THEN
    RAISE EXCEPTION 'the stage is not the one that ledger.stage() makes' USING ERRCODE = '42501', HINT = 'DISCARD TEMP, then begin again';
  END IF;
END $$;

-- Up to how much the login may post without another person, per event and book; null: any amount.
CREATE OR REPLACE FUNCTION ledger.own_limit() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(a.up_to, 0) FROM ledger.authority a WHERE a.login = session_user AND a.kind = 'post' ORDER BY a.authority_no DESC LIMIT 1 $$;

-- What another person must have approved: units above what the login may post itself. Where nobody has, they are not created; a key
-- that is known already needs nobody. Gives the units that were approved, with their amounts.
CREATE FUNCTION ledger.approved_on_stage() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  most bigint := ledger.own_limit();
  above record;
  approved jsonb := '{}';
BEGIN
  IF most IS NULL THEN
    RETURN approved;
  END IF;
  FOR above IN
    SELECT min(u.unit) AS unit, u.key, u.amount, u.actor FROM (
      SELECT s.unit, s.key, s.actor, max((SELECT sum(a)::bigint FROM unnest(s.amount) a)) AS amount FROM pg_temp.stage s GROUP BY 1, 2, 3) u
    WHERE u.amount > most AND NOT EXISTS (SELECT FROM ledger.journal j WHERE j.event_id = u.key AND j.part = 1)
      AND NOT EXISTS (SELECT FROM ledger.refusal r WHERE r.key = u.key)
    GROUP BY u.key, u.amount, u.actor
  LOOP
    IF ledger.may('override', above.key, above.amount, '{}') THEN
      approved := approved || jsonb_build_object(above.unit::text, above.amount);
    ELSIF above.unit = (SELECT min(s.unit) FROM pg_temp.stage s WHERE s.key = above.key) THEN      -- another one of the key is its twin
      INSERT INTO pg_temp.stage_no (unit, outcome) VALUES (above.unit, 'approval_needed');
    END IF;
  END LOOP;
  RETURN approved;
END $$;

-- As ledger.post_stage, and approval_needed. A login that is not the owner may not stage what the program never would: parts
-- added to an event that stands. The stage is empty afterwards.
CREATE OR REPLACE FUNCTION ledger.post(together boolean) RETURNS TABLE (unit integer, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  approved jsonb := '{}';
BEGIN
  PERFORM ledger.check_stage();
  IF NOT ledger.is_owner() THEN
    IF EXISTS (
      SELECT FROM pg_temp.stage s GROUP BY s.unit
      HAVING min(s.part) <> 1 OR max(s.part) <> count(*) OR count(DISTINCT s.part) <> count(*) OR min(s.key) <> max(s.key) OR min(s.chain) <> max(s.chain)) THEN
      RAISE EXCEPTION 'a unit is one key, its parts numbered from 1' USING ERRCODE = '23514';
    END IF;
    approved := ledger.approved_on_stage();
  END IF;
  RETURN QUERY SELECT * FROM ledger.post_stage(together);
  IF approved <> '{}' THEN
    PERFORM ledger.enact('override', s.key, (approved ->> s.unit::text)::bigint, '{}', '{}', s.actor) FROM pg_temp.stage s
      WHERE s.part = 1 AND approved ? s.unit::text AND s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n);
  END IF;
  PERFORM ledger.make_stage();
END $$;

-- What stands, for comparing and hashing.

CREATE OR REPLACE FUNCTION ledger.stored(key text) RETURNS SETOF ledger.contents LANGUAGE sql STABLE AS $$
  SELECT j.part, j.kind, j.effective_on, j.relates_to_on, j.expires_on, j.phase, o.event_id, j.book_id, j.debit, j.credit, j.amount, j.rule, ledger.debts_said(j.debt)
  FROM ledger.journal j LEFT JOIN ledger.journal o ON o.book_id = j.book_id AND o.journal_no = coalesce(j.reverses_no, j.resolves_no)
  WHERE j.event_id = $1
  UNION ALL                                        -- what was created wins over what was refused in the same instant elsewhere
  SELECT c.* FROM ledger.refusal r, jsonb_populate_recordset(NULL::ledger.contents, r.contents) c
  WHERE r.key = $1 AND NOT EXISTS (SELECT FROM ledger.journal j WHERE j.event_id = $1) $$;

CREATE OR REPLACE FUNCTION ledger.canonical(of_book integer, first_no integer, last_no integer) RETURNS TABLE (journal_no integer, canonical text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT j.journal_no, ledger.canonical_text(j.book_id, j.journal_no, j.part, j.effective_on, j.phase, j.relates_to_on, j.expires_on, j.reverses_no,
      j.resolves_no, j.event_id, j.kind, j.actor, j.debit, j.credit, j.amount, j.rule, CASE WHEN j.debt IS NOT NULL THEN ledger.debts_said(j.debt) END)
  FROM ledger.journal j WHERE j.book_id = of_book AND j.journal_no BETWEEN first_no AND last_no ORDER BY j.journal_no $$;

CREATE OR REPLACE FUNCTION ledger.close_books(period integer, last_day date, closer text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  before date;
BEGIN
  SELECT closed_through INTO STRICT before FROM ledger.calendar FOR UPDATE;
  IF last_day <= before THEN
    RAISE EXCEPTION 'the books are closed through % already', before USING ERRCODE = '23514';
  END IF;
  INSERT INTO ledger.period (book_id, period_id, state, closed_by, closed_at)
    SELECT book_id, period, 'closed', closer, clock_timestamp() FROM ledger.book ORDER BY book_id
    ON CONFLICT (book_id, period_id) DO UPDATE SET state = excluded.state, closed_by = excluded.closed_by, closed_at = excluded.closed_at
      WHERE period.state <> 'closed';              -- one that was closed before the others keeps its stamp
  INSERT INTO ledger.snapshot VALUES (period, last_day);
  INSERT INTO ledger.period_balance (book_id, period_id, account_id, debits, credits)
    SELECT b.book_id, period, b.account_id, b.debits - coalesce(late.debits, 0), b.credits - coalesce(late.credits, 0)     -- the counters less what is booked after the period
    FROM ledger.balance b LEFT JOIN ledger.moved(NULL, last_day + 1, 'infinity') late USING (book_id, account_id)
    ORDER BY b.book_id, b.account_id;
  UPDATE ledger.calendar SET closed_through = last_day;
  PERFORM ledger.act('period.closed', period::text, jsonb_build_object('through', last_day)::text, closer);
END $$;

-- What accounts stood at in the evening of a day: the last snapshot before it, and what was booked since. Planned for each day anew:
-- how much was booked since decides how to read it.
-- known_no: by the vouchers of the book up to this number; null is all there are.
CREATE OR REPLACE FUNCTION ledger.account_as_of(book integer, account integer, day date, known_no integer) RETURNS TABLE (debits bigint, credits bigint) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  start_id integer;
  start_day date;
BEGIN
  SELECT period_id, last_day INTO start_id, start_day FROM ledger.snapshot_before(day);
  RETURN QUERY
    SELECT coalesce(sum(z.d), 0)::bigint, coalesce(sum(z.c), 0)::bigint FROM (
      SELECT p.debits AS d, p.credits AS c FROM ledger.period_balance p WHERE p.book_id = book AND p.period_id = start_id AND p.account_id = account
      UNION ALL SELECT sum(e.debit), sum(e.credit) FROM ledger.entries(book, account, coalesce(start_day + 1, '-infinity'), day) e
      UNION ALL SELECT -sum(e.debit), -sum(e.credit) FROM ledger.entries(book, account, '-infinity', day) e WHERE known_no IS NOT NULL AND e.journal_no > known_no) z;
END $$;

CREATE OR REPLACE FUNCTION ledger.accounts_as_of(day date, of_book integer, known_books text[], known_numbers integer[])
RETURNS TABLE (book_id integer, account_id integer, debits bigint, credits bigint) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  start_id integer;
  start_day date;
BEGIN
  SELECT period_id, last_day INTO start_id, start_day FROM ledger.snapshot_before(day);
  RETURN QUERY
    SELECT z.book_id, z.account_id, sum(z.d)::bigint, sum(z.c)::bigint FROM (
      SELECT p.book_id, p.account_id, p.debits AS d, p.credits AS c FROM ledger.period_balance p WHERE p.period_id = start_id AND (of_book IS NULL OR p.book_id = of_book)
      UNION ALL SELECT m.book_id, m.account_id, m.debits, m.credits FROM ledger.moved(of_book, coalesce(start_day + 1, '-infinity'), day) m WHERE start_day IS DISTINCT FROM day
      UNION ALL
      SELECT t.book_id, x.account_id, x.d, x.c
      FROM unnest(known_books, known_numbers) k (name, last_no) JOIN ledger.book b ON b.name = k.name
      JOIN ledger.transfer t ON t.book_id = b.book_id AND t.journal_no > k.last_no
      CROSS JOIN LATERAL (VALUES (t.debit_account_id, -t.amount, 0::bigint), (t.credit_account_id, 0, -t.amount)) x (account_id, d, c)
      WHERE cardinality(known_books) > 0 AND t.effective_on <= day AND NOT t.pending AND (of_book IS NULL OR t.book_id = of_book)) z
    GROUP BY 1, 2;
END $$;

-- What only PostgreSQL has; what to do elsewhere stands in 0010.

CREATE TRIGGER keep_chain AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_chain();
CREATE TRIGGER keep_closed AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_closed();
CREATE TRIGGER keep_counters AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_counters();
CREATE TRIGGER keep_debts AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_debts();
CREATE TRIGGER keep_originals AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_originals();
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER keep_chain, ENABLE ALWAYS TRIGGER keep_closed, ENABLE ALWAYS TRIGGER keep_counters,
  ENABLE ALWAYS TRIGGER keep_debts, ENABLE ALWAYS TRIGGER keep_originals;

-- The accounts of a voucher, in one index of few bytes: lists of places under each account, and a list of what is not in them
-- yet, which is never long. Elsewhere: a table of a row for each line and account.
CREATE INDEX journal_accounts ON ledger.journal USING gin ((debit || credit)) WITH (gin_pending_list_limit = 2048);
CREATE INDEX journal_day ON ledger.journal USING brin (effective_on) WITH (pages_per_range = 32);

SELECT ledger.secure();
