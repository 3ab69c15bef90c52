-- Posting: one function for all sizes. The caller copies rows into the stage and calls ledger.post().
--
-- Lock order, everywhere: calendar (FOR SHARE), balances (hot rows last), head. Keys are read after the locks, in a later
-- statement, so a twin call has committed or does not exist. After the line "nothing below may refuse" nothing may refuse.

CREATE FUNCTION ledger.stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('pg_temp.stage_unit') IS NULL THEN
    CREATE TEMP TABLE stage_unit (        -- what stands or falls together: one business event
      unit integer NOT NULL, book_id integer NOT NULL, key text NOT NULL, hash bytea NOT NULL, kind text NOT NULL,
      effective_on date NOT NULL, relates_to_on date, actor text NOT NULL, outcome text) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE stage_journal (journal integer NOT NULL, unit integer NOT NULL, book_id integer NOT NULL) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE stage_line (
      journal integer NOT NULL, line smallint NOT NULL, debit integer NOT NULL, credit integer NOT NULL, amount bigint NOT NULL,
      rule text NOT NULL, obligation_id uuid) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE stage_obligation (
      unit integer NOT NULL, obligation_id uuid NOT NULL, debtor integer NOT NULL, creditor integer NOT NULL, currency text NOT NULL,
      amount bigint NOT NULL, due_on date NOT NULL) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE stage_room (book_id integer, account_id integer, role text, credit_room bigint, debit_room bigint) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE stage_number (book_id integer, first_no bigint) ON COMMIT DELETE ROWS;
  ELSIF EXISTS (SELECT FROM stage_unit) THEN   -- a second batch in the same transaction
    TRUNCATE stage_unit, stage_journal, stage_line, stage_obligation, stage_room, stage_number;
  END IF;
END $$;

-- A key twice in one batch: the second is a re-send of the first and gets its outcome.
CREATE FUNCTION ledger.staged_outcomes() RETURNS TABLE (unit integer, outcome text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH first AS (SELECT DISTINCT ON (s.key) s.key, s.outcome FROM stage_unit s ORDER BY s.key, s.unit)
    SELECT s.unit, CASE WHEN s.outcome <> 'twin' THEN s.outcome WHEN f.outcome = 'created' THEN 'same' ELSE f.outcome END
    FROM stage_unit s JOIN first f ON f.key = s.key ORDER BY s.unit;
END $$;

-- Returns one outcome per unit, in order of `unit`:
--   created | same (key known, same contents) | conflict (key known, other contents) | period_closed | limit:<role> | not_posted
-- together = true: all units or none (the outcomes say why none); false: each unit on its own.
CREATE FUNCTION ledger.post(together boolean) RETURNS TABLE (unit integer, outcome text)
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  period_unit text;
  closed_on date;
  lines_total bigint;
  touched bigint;
  moved bigint;
  found integer;
  item record;
  short text;
BEGIN
  SELECT c.unit, c.closed_through INTO STRICT period_unit, closed_on FROM ledger.calendar c FOR SHARE;
  SELECT count(*) INTO lines_total FROM stage_line;
  IF lines_total > 2000 THEN
    ANALYZE stage_unit; ANALYZE stage_journal; ANALYZE stage_line; ANALYZE stage_obligation;
  END IF;

  -- 1. Balances.
  PERFORM FROM ledger.balance b
    WHERE (b.book_id, b.account_id) IN (SELECT j.book_id, l.debit FROM stage_line l JOIN stage_journal j USING (journal)
                                        UNION SELECT j.book_id, l.credit FROM stage_line l JOIN stage_journal j USING (journal))
    ORDER BY b.hot_rank, b.book_id, b.account_id FOR NO KEY UPDATE;

  -- 2. Keys, then periods: a re-send is answered even if its period has closed since.
  UPDATE stage_unit s SET outcome = (          -- a subquery, not a join: one probe of the key per unit, whatever the planner knows
    SELECT CASE WHEN r.hash <> s.hash THEN 'conflict' WHEN r.outcome = 'created' THEN 'same' ELSE r.outcome END
    FROM ledger.request r WHERE r.key = s.key LIMIT 1);
  UPDATE stage_unit s SET outcome = CASE WHEN s.hash = f.hash THEN 'twin' ELSE 'conflict' END
    FROM (SELECT DISTINCT ON (key) key, unit, hash FROM stage_unit ORDER BY key, unit) f
    WHERE f.key = s.key AND f.unit < s.unit AND s.outcome IS NULL;
  UPDATE stage_unit s SET outcome = 'period_closed'
    WHERE s.outcome IS NULL AND (s.effective_on <= closed_on OR s.unit IN (
      SELECT j.unit FROM stage_journal j JOIN stage_unit u USING (unit)
      JOIN ledger.period p ON p.book_id = j.book_id AND p.period_id = ledger.period_of(period_unit, u.effective_on) WHERE p.state <> 'open'));

  -- 3. Shape. The caller built these rows: a fault here is a broken promise, not an answer.
  SELECT count(*) INTO found FROM stage_line l JOIN stage_journal j USING (journal)
    LEFT JOIN ledger.balance d ON d.book_id = j.book_id AND d.account_id = l.debit
    LEFT JOIN ledger.balance c ON c.book_id = j.book_id AND c.account_id = l.credit
    WHERE d.currency IS DISTINCT FROM c.currency OR d.currency IS NULL;
  IF found > 0 THEN
    RAISE EXCEPTION '% lines name an account of another book or currency', found USING ERRCODE = '23503';
  END IF;
  IF (SELECT count(*) FROM stage_journal) <> (SELECT count(DISTINCT l.journal) FROM stage_line l) THEN
    RAISE EXCEPTION 'a journal without lines' USING ERRCODE = '23514';
  END IF;

  -- 4. Limits, in order of the units. Only where one would be passed are the units walked one by one.
  INSERT INTO stage_room
    SELECT b.book_id, b.account_id, a.role, b.credits - b.debits - b.credit_floor, b.debits - b.credits - b.debit_floor
    FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id)
    WHERE (b.credit_floor IS NOT NULL OR b.debit_floor IS NOT NULL)
      AND (b.book_id, b.account_id) IN (SELECT j.book_id, l.debit FROM stage_line l JOIN stage_journal j USING (journal)
                                        UNION SELECT j.book_id, l.credit FROM stage_line l JOIN stage_journal j USING (journal));
  IF EXISTS (
    WITH moves AS (
      SELECT j.book_id, l.debit AS account_id, j.unit, -l.amount AS credit FROM stage_line l JOIN stage_journal j USING (journal) JOIN stage_unit s ON s.unit = j.unit WHERE s.outcome IS NULL
      UNION ALL
      SELECT j.book_id, l.credit, j.unit, l.amount FROM stage_line l JOIN stage_journal j USING (journal) JOIN stage_unit s ON s.unit = j.unit WHERE s.outcome IS NULL),
    by_unit AS (SELECT m.book_id, m.account_id, m.unit, sum(m.credit) AS credit FROM moves m JOIN stage_room r USING (book_id, account_id) GROUP BY 1, 2, 3),
    running AS (SELECT book_id, account_id, sum(credit) OVER (PARTITION BY book_id, account_id ORDER BY unit) AS total FROM by_unit)
    SELECT FROM running JOIN stage_room r USING (book_id, account_id) WHERE r.credit_room + total < 0 OR r.debit_room - total < 0)
  THEN
    FOR item IN SELECT s.unit FROM stage_unit s WHERE s.outcome IS NULL ORDER BY s.unit LOOP
      short := NULL;
      SELECT r.role INTO short FROM (
          SELECT j.book_id, x.account_id, sum(x.credit) AS total
          FROM stage_journal j JOIN stage_line l USING (journal) CROSS JOIN LATERAL (VALUES (l.debit, -l.amount), (l.credit, l.amount)) x (account_id, credit)
          WHERE j.unit = item.unit GROUP BY 1, 2) m
        JOIN stage_room r USING (book_id, account_id) WHERE r.credit_room + m.total < 0 OR r.debit_room - m.total < 0 LIMIT 1;
      IF short IS NOT NULL THEN
        UPDATE stage_unit s SET outcome = 'limit:' || short WHERE s.unit = item.unit;
      ELSE
        UPDATE stage_room r SET credit_room = r.credit_room + m.total, debit_room = r.debit_room - m.total
          FROM (SELECT j.book_id, x.account_id, sum(x.credit) AS total
                FROM stage_journal j JOIN stage_line l USING (journal) CROSS JOIN LATERAL (VALUES (l.debit, -l.amount), (l.credit, l.amount)) x (account_id, credit)
                WHERE j.unit = item.unit GROUP BY 1, 2) m
          WHERE r.book_id = m.book_id AND r.account_id = m.account_id;
      END IF;
    END LOOP;
  END IF;
  IF together AND EXISTS (SELECT FROM stage_unit s WHERE s.outcome NOT IN ('same', 'twin')) THEN
    UPDATE stage_unit s SET outcome = 'not_posted' WHERE s.outcome IS NULL;
    RETURN QUERY SELECT * FROM ledger.staged_outcomes();
    RETURN;
  END IF;

  -- Nothing below may refuse.
  INSERT INTO ledger.request (book_id, key, hash, outcome)
    SELECT s.book_id, s.key, s.hash, coalesce(s.outcome, 'created') FROM stage_unit s
    WHERE s.outcome IS NULL OR s.outcome LIKE 'limit:%' ORDER BY s.book_id, s.key
    ON CONFLICT DO NOTHING;                        -- a stored refusal that came back as a re-send
  UPDATE stage_unit s SET outcome = 'created' WHERE s.outcome IS NULL;
  IF lines_total > 2000 THEN
    ANALYZE stage_unit;                            -- it was measured before it had outcomes: the planner would expect no rows below
  END IF;

  WITH n AS (SELECT j.book_id, count(*) AS journals FROM stage_journal j JOIN stage_unit s USING (unit) WHERE s.outcome = 'created' GROUP BY 1),
       locked AS (SELECT h.book_id FROM ledger.head h JOIN n USING (book_id) ORDER BY h.book_id FOR NO KEY UPDATE OF h),
       u AS (UPDATE ledger.head h SET last_journal = h.last_journal + n.journals FROM n, locked WHERE h.book_id = n.book_id AND locked.book_id = n.book_id
             RETURNING h.book_id, h.last_journal - n.journals AS first_no)
  INSERT INTO stage_number SELECT book_id, first_no FROM u;

  INSERT INTO ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on)
    SELECT o.obligation_id, s.key, o.debtor, o.creditor, o.currency, o.amount, o.due_on
    FROM stage_obligation o JOIN stage_unit s USING (unit) WHERE s.outcome = 'created';

  WITH numbered AS (
    SELECT j.journal, j.book_id, s.key, s.kind, s.effective_on, s.relates_to_on, s.actor,
           q.first_no + row_number() OVER (PARTITION BY j.book_id ORDER BY j.journal) AS journal_no
    FROM stage_journal j JOIN stage_unit s USING (unit) JOIN stage_number q ON q.book_id = j.book_id WHERE s.outcome = 'created'),
  counted AS (SELECT l.journal, count(*)::smallint AS lines FROM stage_line l GROUP BY 1),
  headers AS (
    INSERT INTO ledger.journal (book_id, journal_no, event_id, kind, lines, effective_on, period_id, relates_to_on, actor)
    SELECT n.book_id, n.journal_no, n.key, n.kind, c.lines, n.effective_on, ledger.period_of(period_unit, n.effective_on), n.relates_to_on, n.actor
    FROM numbered n JOIN counted c USING (journal) ORDER BY n.book_id, n.journal_no)
  INSERT INTO ledger.transfer (book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, rule, obligation_id)
    SELECT n.book_id, n.journal_no, l.line, l.debit, l.credit, l.amount, n.effective_on, l.rule, l.obligation_id
    FROM stage_line l JOIN numbered n USING (journal) ORDER BY n.book_id, n.journal_no, l.line;

  WITH posted AS (SELECT j.book_id, l.debit, l.credit, l.amount FROM stage_line l JOIN stage_journal j USING (journal) JOIN stage_unit s USING (unit) WHERE s.outcome = 'created'),
       m AS (SELECT book_id, account_id, sum(d) AS d, sum(c) AS c FROM (
               SELECT book_id, debit AS account_id, amount AS d, 0::bigint AS c FROM posted UNION ALL SELECT book_id, credit, 0, amount FROM posted) z GROUP BY 1, 2),
       u AS (UPDATE ledger.balance b SET debits = b.debits + m.d, credits = b.credits + m.c FROM m WHERE b.book_id = m.book_id AND b.account_id = m.account_id RETURNING 1)
  SELECT (SELECT count(*) FROM m), (SELECT count(*) FROM u) INTO touched, moved;
  IF touched <> moved THEN
    RAISE EXCEPTION 'a balance row is missing' USING ERRCODE = '23503';
  END IF;
  RETURN QUERY SELECT * FROM ledger.staged_outcomes();
END $$;
