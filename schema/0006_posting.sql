-- Posting: one function for all sizes, and what holds the counters whoever writes. Reading what accounts stood at.

-- What holds the counters: whoever inserts lines, even their owner, moves the balances by them, or inserts nothing.

CREATE FUNCTION ledger.keep_counters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched bigint;
  moved bigint;
  currencies bigint;
BEGIN
  IF EXISTS (SELECT FROM (SELECT book_id, min(journal_no) AS first_no FROM added GROUP BY 1) a JOIN ledger.head h USING (book_id)
             WHERE a.first_no <= h.last_journal) THEN
    RAISE EXCEPTION 'a line was added to a journal that stands' USING ERRCODE = '23514';
  END IF;
  WITH m AS (
    SELECT book_id, account_id, sum(d) AS d, sum(c) AS c, sum(dp) AS dp, sum(cp) AS cp FROM (
      SELECT book_id, debit_account_id AS account_id, CASE WHEN pending THEN 0 ELSE amount END AS d, 0 AS c, CASE WHEN pending THEN amount ELSE 0 END AS dp, 0 AS cp FROM added
      UNION ALL
      SELECT book_id, credit_account_id, 0, CASE WHEN pending THEN 0 ELSE amount END, 0, CASE WHEN pending THEN amount ELSE 0 END FROM added) z GROUP BY 1, 2),
  u AS (
    UPDATE ledger.balance b SET debits = b.debits + m.d, credits = b.credits + m.c, debits_pending = b.debits_pending + m.dp, credits_pending = b.credits_pending + m.cp
    FROM m WHERE b.book_id = m.book_id AND b.account_id = m.account_id RETURNING b.currency)
  SELECT (SELECT count(*) FROM m), count(*), count(DISTINCT currency) INTO touched, moved, currencies FROM u;
  IF touched <> moved THEN
    RAISE EXCEPTION '% accounts are unknown in their book', touched - moved USING ERRCODE = '23503';
  END IF;
  IF currencies > 1 AND EXISTS (
    SELECT FROM (SELECT DISTINCT book_id, debit_account_id, credit_account_id FROM added) a
    JOIN ledger.balance d ON d.book_id = a.book_id AND d.account_id = a.debit_account_id
    JOIN ledger.balance c ON c.book_id = a.book_id AND c.account_id = a.credit_account_id WHERE d.currency <> c.currency) THEN
    RAISE EXCEPTION 'a line of two currencies' USING ERRCODE = '23503';
  END IF;
  IF EXISTS (
    SELECT FROM added a LEFT JOIN ledger.obligation o USING (obligation_id) LEFT JOIN ledger.balance b ON b.book_id = a.book_id AND b.account_id = a.debit_account_id
    WHERE a.obligation_id IS NOT NULL
      AND (a.book_id IN (o.debtor_book_id, o.creditor_book_id) AND o.amount = a.amount AND o.currency = b.currency) IS NOT TRUE) THEN
    RAISE EXCEPTION 'a line cites an obligation of other books, another amount or another currency' USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$;

-- What undoes or ends another journal has one to undo; and a journal that ends a reservation lets go of all that was held.
CREATE FUNCTION ledger.keep_originals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM added WHERE resolves_no IS NOT NULL OR reverses_no IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM added a LEFT JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = coalesce(a.reverses_no, a.resolves_no)
             WHERE coalesce(a.reverses_no, a.resolves_no) IS NOT NULL
               AND (CASE WHEN a.resolves_no IS NOT NULL THEN o.phase = 'reserved' ELSE o.phase = 'posted' AND o.reverses_no IS NULL END) IS NOT TRUE) THEN
    RAISE EXCEPTION 'a journal undoes or ends what is not there, or what cannot be undone or ended' USING ERRCODE = '23503';
  END IF;
  UPDATE ledger.balance b SET debits_pending = b.debits_pending - m.d, credits_pending = b.credits_pending - m.c
  FROM (SELECT book_id, account_id, sum(d) AS d, sum(c) AS c FROM (
          SELECT t.book_id, x.account_id, x.d, x.c FROM added a JOIN ledger.transfer t ON t.book_id = a.book_id AND t.journal_no = a.resolves_no AND t.pending
          CROSS JOIN LATERAL (VALUES (t.debit_account_id, t.amount, 0::bigint), (t.credit_account_id, 0, t.amount)) x (account_id, d, c)) z GROUP BY 1, 2) m
  WHERE b.book_id = m.book_id AND b.account_id = m.account_id;
  RETURN NULL;
END $$;

-- A head moves on over whole journals only: every number, every line, and their batch.
CREATE FUNCTION ledger.keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  journals bigint;
  said bigint;
  found bigint;
  others bigint;                                   -- journals that undo or end another one
BEGIN
  SELECT count(*), coalesce(sum(lines), 0), count(coalesce(reverses_no, resolves_no)) INTO journals, said, others FROM ledger.journal WHERE book_id = NEW.book_id AND journal_no > OLD.last_journal AND journal_no <= NEW.last_journal;
  SELECT count(*) INTO found FROM ledger.transfer WHERE book_id = NEW.book_id AND journal_no > OLD.last_journal AND journal_no <= NEW.last_journal;
  IF NEW.last_journal < OLD.last_journal OR journals <> NEW.last_journal - OLD.last_journal OR said <> found
     OR NOT EXISTS (SELECT FROM ledger.batch b WHERE b.book_id = NEW.book_id AND b.last_no = NEW.last_journal AND b.digest = NEW.digest) THEN
    RAISE EXCEPTION 'book %: its head cannot move to voucher %: % vouchers, % lines of %', NEW.book_id, NEW.last_journal, journals, found, said USING ERRCODE = '23514';
  END IF;
  IF others > 0 AND EXISTS (
    SELECT FROM ledger.journal j CROSS JOIN LATERAL (
      SELECT debit_account_id AS debit, credit_account_id AS credit, sum(amount) AS amount FROM ledger.transfer t
      WHERE t.book_id = j.book_id AND t.journal_no = j.journal_no GROUP BY 1, 2) n
    LEFT JOIN LATERAL (
      SELECT sum(amount) AS amount FROM ledger.transfer t WHERE t.book_id = j.book_id AND t.journal_no = coalesce(j.reverses_no, j.resolves_no)
        AND (n.debit, n.credit) = (CASE WHEN j.reverses_no IS NULL THEN (t.debit_account_id, t.credit_account_id) ELSE (t.credit_account_id, t.debit_account_id) END)) o ON true
    WHERE j.book_id = NEW.book_id AND j.journal_no > OLD.last_journal AND j.journal_no <= NEW.last_journal AND coalesce(j.reverses_no, j.resolves_no) IS NOT NULL
      AND (CASE WHEN j.reverses_no IS NULL THEN n.amount <= o.amount ELSE n.amount = o.amount END) IS NOT TRUE)
  THEN
    RAISE EXCEPTION 'book %: a voucher up to % undoes other lines than were posted, or posts more than was reserved', NEW.book_id, NEW.last_journal USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

-- Books and accounts are opened when they are first named.

CREATE FUNCTION ledger.open_books(names text[]) RETURNS void LANGUAGE sql AS $$
  WITH opened AS (                                 -- in the order of their names: two callers wait for one another in one order
    INSERT INTO ledger.book (name) SELECT n FROM unnest(names) n WHERE n NOT IN (SELECT name FROM ledger.book) ORDER BY n ON CONFLICT DO NOTHING RETURNING book_id)
  INSERT INTO ledger.head (book_id, digest) SELECT book_id, ledger.begin_chain(book_id) FROM opened $$;

CREATE FUNCTION ledger.open_accounts(books integer[], roles text[], counterparties integer[], currencies text[], kinds text[], floors bigint[]) RETURNS void LANGUAGE sql AS $$
  WITH wanted AS (SELECT * FROM unnest(books, roles, counterparties, currencies, kinds, floors) WITH ORDINALITY AS w (book_id, role, counterparty, currency, kind, floor, place)),
  opened AS (
    INSERT INTO ledger.account (book_id, role, counterparty_book_id, currency, kind)
    SELECT w.book_id, w.role, w.counterparty, w.currency, w.kind FROM wanted w
    LEFT JOIN ledger.account a ON a.book_id = w.book_id AND a.role = w.role AND a.currency = w.currency AND a.counterparty = coalesce(w.counterparty, 0)
    WHERE a.book_id IS NULL ORDER BY w.place
    ON CONFLICT DO NOTHING RETURNING book_id, account_id, role, currency)
  INSERT INTO ledger.balance (book_id, account_id, currency, credit_floor)
  SELECT o.book_id, o.account_id, o.currency, f.floor FROM opened o JOIN (SELECT DISTINCT role, floor FROM wanted) f USING (role) $$;

-- What a key stands for, part by part: compared when a key comes again.
CREATE TYPE ledger.contents AS (
  part smallint, kind text, effective_on date, relates_to_on date, expires_on date, phase ledger.phase, of_key text, book_id integer,
  debit integer[], credit integer[], amount bigint[], rule text[], debt text[]);

CREATE FUNCTION ledger.stored(key text) RETURNS SETOF ledger.contents LANGUAGE sql STABLE AS $$
  SELECT j.part, j.kind, j.effective_on, j.relates_to_on, j.expires_on, j.phase, o.event_id, j.book_id, coalesce(t.debit, '{}'), coalesce(t.credit, '{}'),
    coalesce(t.amount, '{}'), coalesce(t.rule, '{}'), ledger.debts_said(t.debt)
  FROM ledger.journal j LEFT JOIN ledger.journal o ON o.book_id = j.book_id AND o.journal_no = coalesce(j.reverses_no, j.resolves_no)
  CROSS JOIN LATERAL (
    SELECT array_agg(x.debit_account_id ORDER BY line) AS debit, array_agg(x.credit_account_id ORDER BY line) AS credit, array_agg(x.amount ORDER BY line) AS amount,
      array_agg(x.rule ORDER BY line) AS rule, CASE WHEN count(x.obligation_id) > 0 THEN array_agg(x.obligation_id ORDER BY line) END AS debt
    FROM ledger.transfer x WHERE x.book_id = j.book_id AND x.journal_no = j.journal_no) t
  WHERE j.event_id = $1
  UNION ALL                                        -- what was created wins over what was refused in the same instant elsewhere
  SELECT c.* FROM ledger.refusal r, jsonb_populate_recordset(NULL::ledger.contents, r.contents) c
  WHERE r.key = $1 AND NOT EXISTS (SELECT FROM ledger.journal j WHERE j.event_id = $1) $$;

-- The first field in which two contents differ; null where they are the same, or where the others were not kept.
CREATE FUNCTION ledger.difference(a ledger.contents[], b ledger.contents[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN b IS NOT NULL THEN (ARRAY['kind', 'on', 'belongs_to', 'expires_on', 'phase', 'of', 'book', 'lines', 'account', 'amount', 'rule', 'debt'])[min(
    CASE WHEN x.part IS NULL OR y.part IS NULL THEN 7
      WHEN x.kind IS DISTINCT FROM y.kind THEN 1 WHEN x.effective_on IS DISTINCT FROM y.effective_on THEN 2 WHEN x.relates_to_on IS DISTINCT FROM y.relates_to_on THEN 3
      WHEN x.expires_on IS DISTINCT FROM y.expires_on THEN 4 WHEN x.phase IS DISTINCT FROM y.phase THEN 5 WHEN x.of_key IS DISTINCT FROM y.of_key THEN 6
      WHEN x.book_id IS DISTINCT FROM y.book_id THEN 7 WHEN cardinality(x.debit) IS DISTINCT FROM cardinality(y.debit) THEN 8
      WHEN (x.debit, x.credit) IS DISTINCT FROM (y.debit, y.credit) THEN 9 WHEN x.amount IS DISTINCT FROM y.amount THEN 10
      WHEN x.rule IS DISTINCT FROM y.rule THEN 11 WHEN x.debt IS DISTINCT FROM y.debt THEN 12 END)] END
  FROM unnest(a) x FULL JOIN unnest(b) y ON y.part = x.part $$;

-- A refusal that will not change, whatever is posted or closed later.
CREATE FUNCTION ledger.lasts(outcome text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT outcome LIKE 'limit:%' OR outcome IN ('already_reversed', 'already_resolved', 'is_reversal', 'is_reserved', 'is_void', 'not_reserved', 'exceeds_reserved') $$;

-- The stage: where a caller puts what is to be posted. It belongs to the ledger, so no caller can hang code of its own on it.
CREATE FUNCTION ledger.stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('pg_temp.stage') IS NULL THEN
    CREATE TEMP TABLE stage (               -- a row is the journal of one book; rows of one unit stand or fall together, units of one chain too
      unit integer NOT NULL, chain integer NOT NULL, book_id integer NOT NULL, part smallint NOT NULL, place integer NOT NULL, key text COLLATE "C" NOT NULL, kind text NOT NULL,
      phase ledger.phase NOT NULL, effective_on date NOT NULL, relates_to_on date, expires_on date, reverses_no integer, resolves_no integer, of_key text,
      actor text NOT NULL, debit integer[] NOT NULL, credit integer[] NOT NULL, amount bigint[] NOT NULL, rule text[] NOT NULL, debt uuid[],
      outcome text);                        -- what the caller knows, for what is posted never changes: not_found, exceeds_reserved
    CREATE TEMP TABLE stage_head (book_id integer PRIMARY KEY, last_journal integer NOT NULL, digest bytea NOT NULL);    -- the heads that are locked
    CREATE TEMP TABLE stage_debt (unit integer, obligation_id uuid, debtor integer NOT NULL, creditor integer NOT NULL, currency text NOT NULL, amount bigint NOT NULL, due_on date NOT NULL, PRIMARY KEY (unit, obligation_id));
    CREATE TEMP TABLE stage_known (unit integer PRIMARY KEY, first_unit integer, outcome text);   -- keys that stand already, or earlier in this batch
    CREATE TEMP TABLE stage_no (unit integer PRIMARY KEY, outcome text NOT NULL);        -- every unit that is not created
    CREATE TEMP TABLE stage_slot (slot integer PRIMARY KEY, book_id integer, account_id integer, original integer, label text, credit_room bigint, debit_room bigint);
  ELSIF pg_relation_size('pg_temp.stage') > 1000000 THEN
    TRUNCATE pg_temp.stage, pg_temp.stage_head, pg_temp.stage_debt, pg_temp.stage_known, pg_temp.stage_no, pg_temp.stage_slot;
  ELSE
    DELETE FROM pg_temp.stage; DELETE FROM pg_temp.stage_head; DELETE FROM pg_temp.stage_debt; DELETE FROM pg_temp.stage_known; DELETE FROM pg_temp.stage_no; DELETE FROM pg_temp.stage_slot;
  END IF;
END $$;

CREATE FUNCTION ledger.staged(units integer[]) RETURNS TABLE (unit integer, key text, contents ledger.contents[]) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT s.unit, min(s.key), array_agg((s.part, s.kind, s.effective_on, s.relates_to_on, s.expires_on, s.phase, s.of_key, s.book_id, s.debit, s.credit, s.amount, s.rule,
      CASE WHEN s.debt IS NOT NULL THEN (
        SELECT array_agg(concat_ws(' ', d.obligation_id, d.debtor, d.creditor, d.currency, d.due_on - date '2000-01-01') ORDER BY u.place)
        FROM unnest(s.debt) WITH ORDINALITY u (obligation_id, place) LEFT JOIN pg_temp.stage_debt d ON d.unit = s.unit AND d.obligation_id = u.obligation_id) END)::ledger.contents
      ORDER BY s.part)
    FROM pg_temp.stage s WHERE s.unit = ANY (units) GROUP BY s.unit;
END $$;

-- Returns the units that were not created, each with its outcome; what is not returned was created.
--   same | conflict:FIELD | period_closed | limit:ROLE | already_reversed | already_resolved | is_reversal | is_reserved | is_void | not_reserved | exceeds_reserved |
--   not_expired | not_found | linked (fell with a unit of its chain) | not_posted (together, and another one fell)
-- Locks, in this order: the calendar, the heads of the books. After the line "nothing below may refuse" nothing may refuse.
CREATE FUNCTION ledger.post(together boolean) RETURNS TABLE (unit integer, outcome text) LANGUAGE plpgsql SET work_mem = '64MB' AS $$
#variable_conflict use_column
DECLARE
  period_unit text;
  closed_on date;
  rows_total bigint;
  refused boolean;
  moment timestamptz;
  chains record;
  rooms_credit bigint[];
  rooms_debit bigint[];
  labels text[];
  short integer;
  i integer;
BEGIN
  SELECT count(*) INTO rows_total FROM pg_temp.stage;
  IF rows_total > 2000 THEN
    ANALYZE pg_temp.stage; ANALYZE pg_temp.stage_debt;
  END IF;
  SELECT c.unit, c.closed_through INTO STRICT period_unit, closed_on FROM ledger.calendar c FOR SHARE;
  INSERT INTO pg_temp.stage_head
    SELECT h.book_id, h.last_journal, h.digest FROM ledger.head h WHERE h.book_id = ANY (ARRAY(SELECT DISTINCT s.book_id FROM pg_temp.stage s))
    ORDER BY h.book_id FOR NO KEY UPDATE;

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
            WHEN s.outcome = 'exceeds_reserved' OR EXISTS (SELECT FROM unnest(s.debit, s.credit, s.amount) p (debit, credit, amount) LEFT JOIN (
                SELECT t.debit_account_id, t.credit_account_id, sum(t.amount) AS amount FROM ledger.transfer t WHERE t.book_id = s.book_id AND t.journal_no = s.resolves_no GROUP BY 1, 2) r
                ON r.debit_account_id = p.debit AND r.credit_account_id = p.credit GROUP BY p.debit, p.credit, r.amount HAVING sum(p.amount) > coalesce(r.amount, 0)) THEN 'exceeds_reserved' END
        FROM pg_temp.stage s JOIN ledger.journal o ON o.book_id = s.book_id AND o.journal_no = s.resolves_no WHERE s.resolves_no IS NOT NULL) x
      WHERE x.outcome IS NOT NULL ORDER BY x.unit, x.part ON CONFLICT DO NOTHING;
  END IF;

  -- 3. Limits, and reversals or resolutions that two units ask for: in the order of the units, each chain as a whole.
  --    A slot is something there is only so much of: the room of an account that has a limit, or an original that may be taken once.
  INSERT INTO pg_temp.stage_slot
    SELECT row_number() OVER (ORDER BY z.account_id IS NOT NULL, z.book_id, z.account_id, z.original), z.* FROM (
      SELECT b.book_id, b.account_id, NULL::integer AS original, 'limit:' || a.role, b.credits - b.debits - b.debits_pending - b.credit_floor, b.debits - b.credits - b.credits_pending - b.debit_floor
      FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id)
      WHERE (b.credit_floor IS NOT NULL OR b.debit_floor IS NOT NULL) AND b.book_id IN (SELECT h.book_id FROM pg_temp.stage_head h)
      UNION ALL
      SELECT s.book_id, NULL, coalesce(s.reverses_no, s.resolves_no), CASE WHEN s.reverses_no IS NOT NULL THEN 'already_reversed' ELSE 'already_resolved' END, 1, NULL
      FROM pg_temp.stage s WHERE (s.reverses_no IS NOT NULL OR s.resolves_no IS NOT NULL) AND s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n)
      GROUP BY 1, 3, 4 HAVING count(*) > 1) z;
  IF EXISTS (SELECT FROM pg_temp.stage_slot WHERE original IS NOT NULL) OR EXISTS (   -- in no order could anything run short where all that is taken fits
      WITH taken AS MATERIALIZED (
        SELECT l.book_id, l.account_id, sum(l.debit) AS debit, sum(l.credit) AS credit FROM (
          SELECT s.book_id, unnest(s.debit) AS account_id, unnest(s.amount) AS debit, 0::bigint AS credit FROM pg_temp.stage s
          UNION ALL SELECT s.book_id, unnest(s.credit), 0, unnest(s.amount) FROM pg_temp.stage s) l GROUP BY 1, 2)
      SELECT FROM taken t JOIN pg_temp.stage_slot x USING (book_id, account_id) WHERE t.debit > x.credit_room OR t.credit > x.debit_room)
  THEN
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
        FROM live l JOIN ledger.transfer t ON t.book_id = l.book_id AND t.journal_no = l.resolves_no AND t.pending
        CROSS JOIN LATERAL (VALUES (t.debit_account_id, t.amount, 0::bigint), (t.credit_account_id, 0, t.amount)) x (account_id, credit, debit)),
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
  IF (together AND refused) OR (SELECT count(*) FROM pg_temp.stage_no) = (SELECT count(*) FROM pg_temp.stage s WHERE s.part = 1) THEN
    RETURN QUERY SELECT n.unit, n.outcome FROM pg_temp.stage_no n;
    RETURN;
  END IF;

  -- Nothing below may refuse.
  IF EXISTS (SELECT FROM pg_temp.stage_no) THEN
    DELETE FROM pg_temp.stage s USING pg_temp.stage_no n WHERE n.unit = s.unit;
    DELETE FROM pg_temp.stage_debt d USING pg_temp.stage_no n WHERE n.unit = d.unit;
    UPDATE pg_temp.stage s SET place = r.place FROM (SELECT z.unit, z.part, row_number() OVER (PARTITION BY z.book_id ORDER BY z.place) AS place FROM pg_temp.stage z) r
      WHERE r.unit = s.unit AND r.part = s.part;
  END IF;
  moment := clock_timestamp();
  IF EXISTS (SELECT FROM pg_temp.stage_debt) THEN
    INSERT INTO ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on)
      SELECT d.obligation_id, s.key, d.debtor, d.creditor, d.currency, d.amount, d.due_on FROM pg_temp.stage_debt d JOIN pg_temp.stage s ON s.unit = d.unit AND s.part = 1;
  END IF;
  INSERT INTO ledger.journal (book_id, journal_no, part, lines, effective_on, phase, relates_to_on, expires_on, reverses_no, resolves_no, event_id, kind, actor)
    SELECT s.book_id, h.last_journal + s.place, s.part, cardinality(s.debit), s.effective_on, s.phase, s.relates_to_on, s.expires_on, s.reverses_no, s.resolves_no, s.key, s.kind, s.actor
    FROM pg_temp.stage s JOIN pg_temp.stage_head h USING (book_id);
  INSERT INTO ledger.transfer (book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, pending, rule, obligation_id)
    SELECT s.book_id, h.last_journal + s.place, generate_subscripts(s.debit, 1), unnest(s.debit), unnest(s.credit), unnest(s.amount), s.effective_on, s.phase = 'reserved',
      unnest(s.rule), unnest(s.debt)
    FROM pg_temp.stage s JOIN pg_temp.stage_head h USING (book_id);
  WITH hashed AS MATERIALIZED (
    SELECT s.book_id, h.last_journal AS last, s.place, sha256(convert_to(ledger.canonical_text(s.book_id, h.last_journal + s.place, s.part, s.effective_on, s.phase,
        s.relates_to_on, s.expires_on, s.reverses_no, s.resolves_no, s.key, s.kind, s.actor, s.debit, s.credit, s.amount, s.rule, CASE WHEN s.debt IS NOT NULL THEN ledger.debts_said(s.debt) END), 'UTF8')) AS leaf
    FROM pg_temp.stage s JOIN pg_temp.stage_head h USING (book_id)),
  leaves AS (SELECT book_id, last, last + max(place) AS last_no, string_agg(leaf, '' ORDER BY place) AS leaves FROM hashed GROUP BY book_id, last),
  chained AS (
    INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)
      SELECT l.book_id, l.last + 1, l.last_no, moment, l.leaves, h.digest, ledger.batch_digest(l.book_id, l.last + 1, l.last_no, moment, h.digest, l.leaves)
      FROM leaves l JOIN pg_temp.stage_head h USING (book_id)
    RETURNING book_id, last_no, digest)
  UPDATE ledger.head h SET last_journal = c.last_no, digest = c.digest FROM chained c WHERE h.book_id = c.book_id;
  RETURN QUERY SELECT n.unit, n.outcome FROM pg_temp.stage_no n;
END $$;

-- The close of a period in the ledger: stamps every book, keeps its counters, moves the calendar. The caller holds the calendar row FOR UPDATE.
CREATE FUNCTION ledger.close(period integer, last_day date, closer text) RETURNS void LANGUAGE plpgsql AS $$
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
    SELECT b.book_id, period, b.account_id, b.debits - coalesce(late.d, 0), b.credits - coalesce(late.c, 0)     -- the counters less what is booked after the period
    FROM ledger.balance b LEFT JOIN (
      SELECT account_id, sum(d) AS d, sum(c) AS c FROM (
        SELECT debit_account_id AS account_id, amount AS d, 0::bigint AS c FROM ledger.transfer WHERE effective_on > last_day AND NOT pending
        UNION ALL SELECT credit_account_id, 0, amount FROM ledger.transfer WHERE effective_on > last_day AND NOT pending) z GROUP BY 1) late USING (account_id)
    ORDER BY b.book_id, b.account_id;
  UPDATE ledger.calendar SET closed_through = last_day;
  PERFORM ledger.act('period.closed', period::text, jsonb_build_object('through', last_day)::text, closer);
END $$;

-- What accounts stood at in the evening of a day. A snapshot is whole for every account there was, so the last closed period before the day is where to begin.


CREATE FUNCTION ledger.snapshot_before(day date) RETURNS TABLE (period_id integer, last_day date) LANGUAGE sql STABLE AS $$
  SELECT s.period_id, s.last_day FROM ledger.snapshot s WHERE s.last_day <= day ORDER BY s.last_day DESC LIMIT 1 $$;

-- known_no: by the vouchers of the book up to this number; null is all there are.
CREATE FUNCTION ledger.account_as_of(book integer, account integer, day date, known_no integer) RETURNS TABLE (debits bigint, credits bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  start_id integer;
  start_day date;
BEGIN
  SELECT period_id, last_day INTO start_id, start_day FROM ledger.snapshot_before(day);
  RETURN QUERY
    SELECT coalesce(sum(z.d), 0)::bigint, coalesce(sum(z.c), 0)::bigint FROM (
      SELECT p.debits AS d, p.credits AS c FROM ledger.period_balance p WHERE p.book_id = book AND p.period_id = start_id AND p.account_id = account
      UNION ALL SELECT sum(t.amount), 0 FROM ledger.transfer t WHERE t.debit_account_id = account AND t.effective_on > coalesce(start_day, '-infinity') AND t.effective_on <= day AND NOT t.pending
      UNION ALL SELECT 0, sum(t.amount) FROM ledger.transfer t WHERE t.credit_account_id = account AND t.effective_on > coalesce(start_day, '-infinity') AND t.effective_on <= day AND NOT t.pending
      UNION ALL SELECT -sum(CASE WHEN t.debit_account_id = account THEN t.amount ELSE 0 END), -sum(CASE WHEN t.credit_account_id = account THEN t.amount ELSE 0 END)
        FROM ledger.transfer t WHERE known_no IS NOT NULL AND t.book_id = book AND t.journal_no > known_no AND account IN (t.debit_account_id, t.credit_account_id)
          AND t.effective_on <= day AND NOT t.pending) z;
END $$;

CREATE FUNCTION ledger.accounts_as_of(day date, of_book integer, known_books text[], known_numbers integer[])
RETURNS TABLE (book_id integer, account_id integer, debits bigint, credits bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  start_id integer;
  start_day date;
BEGIN
  SELECT period_id, last_day INTO start_id, start_day FROM ledger.snapshot_before(day);
  RETURN QUERY
    SELECT z.book_id, z.account_id, sum(z.d)::bigint, sum(z.c)::bigint FROM (
      SELECT p.book_id, p.account_id, p.debits AS d, p.credits AS c FROM ledger.period_balance p WHERE p.period_id = start_id AND (of_book IS NULL OR p.book_id = of_book)
      UNION ALL
      SELECT s.book_id, s.account_id, s.d, s.c FROM (
        SELECT t.book_id, t.debit_account_id AS account_id, sum(t.amount) AS d, 0 AS c FROM ledger.transfer t
        WHERE t.effective_on > coalesce(start_day, '-infinity') AND t.effective_on <= day AND NOT t.pending AND (of_book IS NULL OR t.book_id = of_book) GROUP BY 1, 2
        UNION ALL
        SELECT t.book_id, t.credit_account_id, 0, sum(t.amount) FROM ledger.transfer t
        WHERE t.effective_on > coalesce(start_day, '-infinity') AND t.effective_on <= day AND NOT t.pending AND (of_book IS NULL OR t.book_id = of_book) GROUP BY 1, 2) s
      UNION ALL
      SELECT t.book_id, x.account_id, x.d, x.c
      FROM unnest(known_books, known_numbers) k (name, last_no) JOIN ledger.book b ON b.name = k.name
      JOIN ledger.transfer t ON t.book_id = b.book_id AND t.journal_no > k.last_no
      CROSS JOIN LATERAL (VALUES (t.debit_account_id, -t.amount, 0::bigint), (t.credit_account_id, 0, -t.amount)) x (account_id, d, c)
      WHERE t.effective_on <= day AND NOT t.pending AND (of_book IS NULL OR t.book_id = of_book)) z
    GROUP BY 1, 2;
END $$;
