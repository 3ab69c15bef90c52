-- A call costs less: what holds the rules reads what was inserted once, and few rows come with the call instead of before it.

-- What only other vouchers than nearly all must heed is asked of those only, by functions: a statement reads and plans every CHECK
-- of a table anew.
CREATE FUNCTION ledger.are_lines(debit integer[], credit integer[], amount bigint[], rule text[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  lines integer := cardinality(amount);
BEGIN
  RETURN cardinality(debit) = lines AND cardinality(credit) = lines AND cardinality(rule) = lines
    AND (lines = 0 OR num_nulls(debit[1], credit[1], amount[1], rule[1], debit[lines], credit[lines], amount[lines], rule[lines]) = 0);
END $$;

CREATE FUNCTION ledger.is_phase(journal_no integer, phase ledger.phase, lines integer, expires_on date, reverses_no integer, resolves_no integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (phase IN ('voided', 'expired')) = (lines = 0)
    AND (phase IN ('posted', 'reserved') OR resolves_no IS NOT NULL)
    AND (phase <> 'reserved' OR (resolves_no IS NULL AND reverses_no IS NULL))
    AND (expires_on IS NULL OR phase = 'reserved')
    AND (resolves_no IS NULL OR resolves_no < journal_no)
    AND (reverses_no IS NULL OR (reverses_no < journal_no AND resolves_no IS NULL));
END $$;

ALTER TABLE ledger.journal
  DROP CONSTRAINT whole_lines,
  ADD CONSTRAINT whole_lines CHECK (CASE      -- lists of one length, with a first and a last element: counted from 1, of one dimension
    WHEN num_nulls(debit[1], credit[1], amount[1], rule[1]) = 0 AND cardinality(debit) + cardinality(credit) + cardinality(amount) + cardinality(rule) = 4 THEN true
    ELSE ledger.are_lines(debit, credit, amount, rule) END),
  DROP CONSTRAINT journal_check, DROP CONSTRAINT journal_check7, DROP CONSTRAINT journal_check8, DROP CONSTRAINT journal_check9,
  DROP CONSTRAINT journal_check10, DROP CONSTRAINT journal_check11,
  ADD CONSTRAINT its_phase CHECK (CASE WHEN phase = 'posted' AND num_nonnulls(reverses_no, resolves_no, expires_on) = 0 THEN cardinality(amount) > 0
    ELSE ledger.is_phase(journal_no, phase, cardinality(amount), expires_on, reverses_no, resolves_no) END);

-- Finer, so that the planner looks for the account first and holds the days against what it found. The other way round it must read
-- every page of those days on which the account stands.
DROP INDEX ledger.journal_day;
CREATE INDEX journal_day ON ledger.journal USING brin (effective_on) WITH (pages_per_range = 16);

CREATE INDEX period_not_open ON ledger.period (period_id) WHERE state <> 'open';

-- What holds the rules whoever writes: everything 0011 had in five triggers.
--
-- An event comes whole. Its vouchers follow the last one of their book without a gap; each has its leaf, and the head moves on over them.
-- (That they follow is the foreign key of the batch, that none is missing the length of its leaves.)
-- The counters move with the lines: each between two accounts of the book, in one currency. What ends a reservation lets go of all
-- that was held. A limit is a CHECK of the counter; what would fit only because of the order its lines come in must have been judged.
-- Nothing is of a closed period. A voucher cites debts of its own event, each once, and no other voucher of the event stands in its book.
-- What undoes or ends another voucher has one to undo: the same lines the other way round; or of what was reserved, no more.
CREATE FUNCTION ledger.keep_vouchers() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  has record;                                      -- what there is among them
  books bigint;
  chained bigint;
  touched bigint;
  moved bigint;
  mixed boolean;                                   -- several currencies
  short boolean;
BEGIN
  SELECT bool_or(part > 1) AS parts, bool_or(cardinality(amount) > 1) AS lines, bool_or(debt IS NOT NULL) AS debts, bool_or(reverses_no IS NOT NULL OR resolves_no IS NOT NULL) AS ends, min(effective_on) AS first_day
    INTO has FROM added;

  -- Events, days and lines.
  IF has.parts THEN
    IF EXISTS (SELECT FROM added GROUP BY event_id HAVING count(*) <> max(part)) THEN
      RAISE EXCEPTION 'an event comes whole: its parts numbered from 1' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF has.lines THEN
    IF EXISTS (SELECT FROM (SELECT unnest(debit) AS debit, unnest(credit) AS credit FROM added WHERE cardinality(amount) > 1) l WHERE debit = credit) THEN
      RAISE EXCEPTION 'a line from an account to itself' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF EXISTS (SELECT FROM ledger.calendar c WHERE has.first_day <= c.closed_through
      OR EXISTS (SELECT FROM ledger.period p WHERE p.state <> 'open' AND p.period_id >= ledger.period_of(c.unit, has.first_day)
        AND EXISTS (SELECT FROM added a WHERE a.book_id = p.book_id AND ledger.period_of(c.unit, a.effective_on) = p.period_id))) THEN
    RAISE EXCEPTION 'a journal of a closed period' USING ERRCODE = '23514';
  END IF;

  -- The chain.
  WITH hashed AS MATERIALIZED (
    SELECT a.book_id, a.journal_no, sha256(convert_to(ledger.canonical_text(a.book_id, a.journal_no, a.part, a.effective_on, a.phase, a.relates_to_on, a.expires_on,
        a.reverses_no, a.resolves_no, a.event_id, a.kind, a.actor, a.debit, a.credit, a.amount, a.rule, CASE WHEN a.debt IS NOT NULL THEN ledger.debts_said(a.debt) END), 'UTF8')) AS leaf
    FROM added a),
  leaves AS (
    SELECT book_id, min(journal_no) AS first_no, max(journal_no) AS last_no, string_agg(leaf, '' ORDER BY journal_no) AS leaves FROM hashed GROUP BY book_id),
  batches AS (
    INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)
      SELECT l.book_id, l.first_no, l.last_no, moment, l.leaves, h.digest, ledger.batch_digest(l.book_id, l.first_no, l.last_no, moment, h.digest, l.leaves)
      FROM leaves l JOIN ledger.head h USING (book_id)
    RETURNING book_id, first_no, last_no, digest),
  heads AS (
    UPDATE ledger.head h SET last_journal = b.last_no, digest = b.digest FROM batches b WHERE h.book_id = b.book_id AND h.last_journal = b.first_no - 1 RETURNING 1)
  SELECT (SELECT count(*) FROM leaves), (SELECT count(*) FROM heads) INTO books, chained;
  IF books <> chained THEN
    RAISE EXCEPTION 'vouchers that do not follow the last one of their book' USING ERRCODE = '23514';
  END IF;

  -- The counters. Held: by what is added; null: what it lets go of.
  WITH m AS (
    SELECT book_id, account_id, coalesce(sum(debit) FILTER (WHERE NOT held), 0)::bigint AS d, coalesce(sum(credit) FILTER (WHERE NOT held), 0)::bigint AS c,
      coalesce(sum(debit) FILTER (WHERE held), 0)::bigint AS dh, coalesce(sum(credit) FILTER (WHERE held), 0)::bigint AS ch,
      coalesce(sum(debit) FILTER (WHERE held IS NULL), 0)::bigint AS df, coalesce(sum(credit) FILTER (WHERE held IS NULL), 0)::bigint AS cf FROM (
      SELECT book_id, phase = 'reserved' AS held, unnest(debit) AS account_id, unnest(amount) AS debit, NULL::bigint AS credit FROM added
      UNION ALL SELECT book_id, phase = 'reserved', unnest(credit), NULL, unnest(amount) FROM added
      UNION ALL SELECT o.book_id, NULL, l.* FROM added a JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.resolves_no AND o.phase = 'reserved'
        CROSS JOIN LATERAL (SELECT unnest(o.debit), unnest(o.amount), NULL::bigint UNION ALL SELECT unnest(o.credit), NULL, unnest(o.amount)) l WHERE has.ends AND a.resolves_no IS NOT NULL
      ) l GROUP BY 1, 2),
  u AS (
    UPDATE ledger.balance b SET debits = b.debits + m.d, credits = b.credits + m.c, debits_pending = b.debits_pending + m.dh - m.df, credits_pending = b.credits_pending + m.ch - m.cf
    FROM m WHERE b.book_id = m.book_id AND b.account_id = m.account_id
    RETURNING b.currency, b.credits - m.c - b.debits - b.debits_pending - m.df < b.credit_floor OR b.debits - m.d - b.credits - b.credits_pending - m.cf < b.debit_floor AS tight)
  SELECT (SELECT count(*) FROM m), count(*), min(currency) <> max(currency), coalesce(bool_or(tight), false) INTO touched, moved, mixed, short FROM u;
  IF short AND NOT ledger.is_judged() THEN
    RAISE EXCEPTION 'in some order an account would run short' USING ERRCODE = '23514';
  ELSIF touched <> moved THEN
    RAISE EXCEPTION '% accounts are unknown in their book', touched - moved USING ERRCODE = '23503';
  ELSIF mixed THEN
    IF EXISTS (
      SELECT FROM (SELECT DISTINCT book_id, unnest(debit) AS debit, unnest(credit) AS credit FROM added) a
      JOIN ledger.balance d ON d.book_id = a.book_id AND d.account_id = a.debit
      JOIN ledger.balance c ON c.book_id = a.book_id AND c.account_id = a.credit WHERE d.currency <> c.currency) THEN
      RAISE EXCEPTION 'a line of two currencies' USING ERRCODE = '23503';
    END IF;
  END IF;

  -- Debts.
  IF has.debts THEN
    IF EXISTS (
      SELECT FROM (SELECT book_id, event_id, unnest(debit) AS account_id, unnest(amount) AS amount, unnest(debt) AS obligation_id FROM added WHERE debt IS NOT NULL) a
      LEFT JOIN ledger.obligation o USING (obligation_id) LEFT JOIN ledger.balance b USING (book_id, account_id)
      WHERE a.obligation_id IS NOT NULL AND (o.event_id = a.event_id AND a.book_id IN (o.debtor_book_id, o.creditor_book_id) AND o.amount = a.amount AND o.currency = b.currency) IS NOT TRUE) THEN
      RAISE EXCEPTION 'a line cites an obligation of another event, other books, another amount or another currency' USING ERRCODE = '23503';
    ELSIF EXISTS (SELECT FROM (SELECT book_id, unnest(debt) AS obligation_id FROM added WHERE debt IS NOT NULL) a WHERE obligation_id IS NOT NULL GROUP BY book_id, obligation_id HAVING count(*) > 1)
      OR EXISTS (SELECT FROM added a JOIN ledger.journal j ON j.event_id = a.event_id AND j.book_id = a.book_id AND j.journal_no <> a.journal_no WHERE a.debt IS NOT NULL) THEN
      RAISE EXCEPTION 'a book cites an obligation twice' USING ERRCODE = '23505';
    END IF;
  END IF;

  -- Reversals, and what becomes of reservations.
  IF has.ends THEN
    IF EXISTS (
      SELECT FROM added a LEFT JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.reverses_no WHERE a.reverses_no IS NOT NULL
        AND (o.phase = 'posted' AND o.reverses_no IS NULL AND a.phase = 'posted' AND (a.debit, a.credit, a.amount) = (o.credit, o.debit, o.amount)
          AND (a.debt IS NULL AND o.debt IS NULL OR ledger.owes_back(a.debt, o.debt))) IS NOT TRUE) THEN
      RAISE EXCEPTION 'a voucher undoes what is not there, what cannot be undone, or other lines than were posted' USING ERRCODE = '23503';
    ELSIF EXISTS (
      SELECT FROM added a LEFT JOIN ledger.journal o ON o.book_id = a.book_id AND o.journal_no = a.resolves_no WHERE a.resolves_no IS NOT NULL
        AND (o.phase = 'reserved' AND (a.phase <> 'expired' OR o.expires_on < a.effective_on) AND NOT ledger.exceeds(a.debit, a.credit, a.amount, o.debit, o.credit, o.amount)) IS NOT TRUE) THEN
      RAISE EXCEPTION 'a voucher ends what is not there or not yet over, or posts more than was reserved' USING ERRCODE = '23503';
    END IF;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER keep_chain ON ledger.journal;
DROP TRIGGER keep_closed ON ledger.journal;
DROP TRIGGER keep_counters ON ledger.journal;
DROP TRIGGER keep_debts ON ledger.journal;
DROP TRIGGER keep_originals ON ledger.journal;
DROP FUNCTION ledger.keep_chain(), ledger.keep_closed(), ledger.keep_counters(), ledger.keep_debts(), ledger.keep_originals();

CREATE TRIGGER keep_vouchers AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_vouchers();
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER keep_vouchers;

-- The stage must be the owner's: on a table of his own a caller could hang triggers, casts or policies that would run as the owner.
CREATE OR REPLACE FUNCTION ledger.check_stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT c.relowner FROM pg_class c WHERE c.oid = to_regclass('pg_temp.stage')) IS DISTINCT FROM to_regrole(quote_ident(current_user)) THEN
    RAISE EXCEPTION 'the stage is not the one that ledger.stage() makes' USING ERRCODE = '42501', HINT = 'DISCARD TEMP, then begin again';
  END IF;
END $$;

-- Post what is staged: what was copied to the stage, and the rows that come with the call. These are in COPY's text form, the columns
-- of the stage, and of its debts, in the order below; no backslash but that of \N, for a backslash is read as it stands.
--
-- At first all is inserted, and what holds the rules has the last word. Only where it says no is each unit looked at for its answer.
-- A login that is not the owner may not stage what the program never would: parts added to an event that stands.
DROP FUNCTION ledger.post(boolean), ledger.post_stage(boolean), ledger.insert_stage();
CREATE FUNCTION ledger.post(together boolean, staged text DEFAULT '', owed text DEFAULT '') RETURNS TABLE (unit integer, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET work_mem = '64MB' AS $$
#variable_conflict use_column
DECLARE
  approved jsonb := '{}';
  judged boolean;
BEGIN
  -- What came with the call joins what was copied.
  IF staged <> '' AND to_regclass('pg_temp.stage') IS NULL THEN
    PERFORM ledger.stage();
  ELSE
    PERFORM ledger.check_stage();
  END IF;
  IF staged <> '' THEN
    INSERT INTO pg_temp.stage (unit, book_id, part, place, key, kind, effective_on, actor, debit, credit, amount, rule, phase, relates_to_on, expires_on, reverses_no, resolves_no, of_key, link, debt, outcome)
      SELECT x[1]::integer, x[2]::integer, x[3]::smallint, x[4]::integer, x[5], x[6], x[7]::date, x[8], x[9]::integer[], x[10]::integer[], x[11]::bigint[], x[12]::text[],
        coalesce(x[13], 'posted')::ledger.phase, x[14]::date, x[15]::date, x[16]::integer, x[17]::integer, x[18], x[19]::integer, x[20]::uuid[], x[21]
      FROM (SELECT string_to_array(line, E'\t', '\N') AS x FROM string_to_table(staged, E'\n') line WHERE line <> '' OFFSET 0) l;
  END IF;
  IF owed <> '' THEN
    INSERT INTO pg_temp.stage_debt (unit, obligation_id, debtor, creditor, currency, amount, due_on)
      SELECT x[1]::integer, x[2]::uuid, x[3]::integer, x[4]::integer, x[5], x[6]::bigint, x[7]::date
      FROM (SELECT string_to_array(line, E'\t', '\N') AS x FROM string_to_table(owed, E'\n') line WHERE line <> '' OFFSET 0) l;
  END IF;

  -- Whether the login may.
  IF NOT pg_has_role(session_user, current_user, 'MEMBER') THEN      -- in here the current user is the owner
    IF EXISTS (
      SELECT FROM pg_temp.stage s GROUP BY s.unit
      HAVING min(s.part) <> 1 OR max(s.part) <> count(*) OR count(DISTINCT s.part) <> count(*) OR min(s.key) <> max(s.key) OR min(s.chain) <> max(s.chain)) THEN
      RAISE EXCEPTION 'a unit is one key, its parts numbered from 1' USING ERRCODE = '23514';
    END IF;
    approved := ledger.approved_on_stage();
  END IF;

  -- No close and no other posting to these books until the end: what is read from here on stays true.
  PERFORM FROM ledger.calendar c FOR SHARE;
  PERFORM FROM ledger.head h WHERE h.book_id = ANY (ARRAY(SELECT DISTINCT s.book_id FROM pg_temp.stage s)) ORDER BY h.book_id FOR NO KEY UPDATE;

  -- Insert; where that is refused, or surely would be, judge each unit first and insert what is left.
  judged := EXISTS (SELECT FROM pg_temp.stage_no) OR EXISTS (SELECT FROM pg_temp.stage s WHERE s.outcome IS NOT NULL)
    OR (EXISTS (SELECT FROM ledger.refusal) AND EXISTS (SELECT FROM pg_temp.stage s WHERE EXISTS (SELECT FROM ledger.refusal r WHERE r.key = s.key OFFSET 0)));
  LOOP
    IF judged THEN
      PERFORM ledger.judge_stage(together);
      RETURN QUERY SELECT n.unit, n.outcome FROM pg_temp.stage_no n;
      EXIT WHEN together AND EXISTS (SELECT FROM pg_temp.stage_no n WHERE n.outcome <> 'same');
      IF EXISTS (SELECT FROM pg_temp.stage_no) THEN
        DELETE FROM pg_temp.stage s USING pg_temp.stage_no n WHERE n.unit = s.unit;
        DELETE FROM pg_temp.stage_debt d USING pg_temp.stage_no n WHERE n.unit = d.unit;
        UPDATE pg_temp.stage s SET place = r.place FROM (SELECT z.unit, z.part, row_number() OVER (PARTITION BY z.book_id ORDER BY z.place) AS place FROM pg_temp.stage z) r
          WHERE r.unit = s.unit AND r.part = s.part;
        EXIT WHEN NOT EXISTS (SELECT FROM pg_temp.stage);
      END IF;
      INSERT INTO pg_temp.stage_judged VALUES (true);
    END IF;
    BEGIN
      IF EXISTS (SELECT FROM pg_temp.stage_debt) THEN
        INSERT INTO ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on)
          SELECT d.obligation_id, s.key, d.debtor, d.creditor, d.currency, d.amount, d.due_on FROM pg_temp.stage_debt d JOIN pg_temp.stage s ON s.unit = d.unit AND s.part = 1;
      END IF;
      INSERT INTO ledger.journal (book_id, journal_no, part, effective_on, phase, relates_to_on, expires_on, reverses_no, resolves_no, event_id, kind, actor, debit, credit, amount, rule, debt)
        SELECT s.book_id, h.last_journal + s.place, s.part, s.effective_on, s.phase, s.relates_to_on, s.expires_on, s.reverses_no, s.resolves_no, s.key, s.kind, s.actor,
          s.debit, s.credit, s.amount, s.rule, s.debt
        FROM pg_temp.stage s JOIN ledger.head h USING (book_id);
      EXIT;
    EXCEPTION WHEN integrity_constraint_violation THEN
      IF judged THEN
        RAISE;                                     -- what was judged must fit: another caller came between, or a rule is broken
      END IF;
      judged := true;
    END;
  END LOOP;
  IF judged THEN
    DELETE FROM pg_temp.stage_judged;
  END IF;

  -- Approvals that were needed are used up, and the stage is empty again.
  IF approved <> '{}' THEN
    PERFORM ledger.enact('override', s.key, (approved ->> s.unit::text)::bigint, '{}', '{}', s.actor) FROM pg_temp.stage s
      WHERE s.part = 1 AND approved ? s.unit::text AND s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n);
  END IF;
  PERFORM ledger.make_stage();
END $$;

-- As in 0007, and composite types with the rest.
CREATE OR REPLACE FUNCTION ledger.secure_owner() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  item text;
BEGIN
  IF to_regrole('gongji_owner') IS NULL OR NOT pg_has_role(current_user, to_regrole('gongji_owner'), 'USAGE') THEN
    RETURN;
  END IF;
  IF has_database_privilege(current_database(), 'CREATE WITH GRANT OPTION') THEN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO gongji_owner', current_database());
  END IF;
  IF has_schema_privilege('public', 'CREATE WITH GRANT OPTION') THEN
    GRANT CREATE, USAGE ON SCHEMA public TO gongji_owner;                      -- the register of migrations is there
  END IF;
  FOR item IN
    SELECT format('SCHEMA %I', nspname) FROM pg_namespace
      WHERE nspname IN ('ledger', 'product', 'share') AND nspowner <> to_regrole('gongji_owner')
    UNION ALL SELECT format('%s %s', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass) FROM pg_class c
      WHERE (relnamespace::regnamespace::text IN ('ledger', 'product', 'share') OR c.oid = to_regclass('public.gongji_migration'))
        AND relkind IN ('r', 'p', 'v', 'm') AND relowner <> to_regrole('gongji_owner')
    UNION ALL SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace::regnamespace::text IN ('ledger', 'product', 'share') AND proowner <> to_regrole('gongji_owner')
    UNION ALL SELECT format('TYPE %s', oid::regtype) FROM pg_type
      WHERE typnamespace::regnamespace::text IN ('ledger', 'product', 'share') AND typowner <> to_regrole('gongji_owner')
        AND (typtype IN ('e', 'd') OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
  LOOP
    EXECUTE format('ALTER %s OWNER TO gongji_owner', item);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'the ledger could not be handed over to gongji_owner: %', SQLERRM;
END $$;

SELECT ledger.secure();
