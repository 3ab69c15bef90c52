-- Who may do what: group roles, rows by party, maker and checker, and one function that puts all of it in force.
--
-- Group roles belong to the whole cluster, rights to this database. The login that migrates need not be allowed to create
-- roles or event triggers: what could not be done is said in a NOTICE and by `gongji doctor`, and the program goes on.
-- A login that owns the ledger (a superuser, or a member of the owner) needs nobody's approval: it could change this file's
-- rules as well. What it does is in the record, the log of definitions and the seals.

-- Rows by party.

CREATE TABLE ledger.book_member (                  -- whose rows a party sees; every change is an act
  login   text NOT NULL,
  book_id integer NOT NULL REFERENCES ledger.book,
  PRIMARY KEY (login, book_id));

-- Maker and checker. Every rule of an approval is a foreign key or a CHECK, so no function can let a wrong one through.

CREATE TABLE ledger.authority (                    -- up to how much a login may approve, or post by itself; the newest counts
  authority_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login        text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('close', 'limit', 'terms', 'grant', 'override', 'post')),
  up_to        bigint CHECK (up_to >= 0),          -- minor units; null: nothing any more
  UNIQUE (authority_no, login, kind, up_to));
CREATE INDEX ON ledger.authority (login, kind, authority_no);

CREATE TABLE ledger.proposal (                     -- what somebody wants to do and may not do alone
  proposal_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('close', 'limit', 'terms', 'grant', 'override')),
  subject     text NOT NULL CHECK (length(subject) BETWEEN 1 AND 400),   -- a period, an account, a scheme, a login, a key
  amount      bigint NOT NULL CHECK (amount >= 0),                       -- what is at stake, minor units
  contents    jsonb NOT NULL,
  because     text NOT NULL CHECK (length(because) BETWEEN 1 AND 1000),
  maker       text NOT NULL DEFAULT session_user,
  proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (proposal_no, kind, subject, amount, maker));
CREATE INDEX ON ledger.proposal (kind, subject);

CREATE TABLE ledger.approval (
  proposal_no  integer PRIMARY KEY,
  kind         text NOT NULL,
  subject      text NOT NULL,
  amount       bigint NOT NULL,
  maker        text NOT NULL,
  approver     text NOT NULL DEFAULT session_user,
  authority_no integer NOT NULL,
  up_to        bigint NOT NULL,
  approved_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (proposal_no, kind, subject, amount, maker) REFERENCES ledger.proposal (proposal_no, kind, subject, amount, maker),
  FOREIGN KEY (authority_no, approver, kind, up_to) REFERENCES ledger.authority (authority_no, login, kind, up_to),
  CONSTRAINT maker_is_not_checker CHECK (approver <> maker),
  CONSTRAINT nobody_approves_his_own_rights CHECK (approver <> subject),
  CONSTRAINT within_authority CHECK (amount <= up_to));

CREATE TABLE ledger.carried_out (                  -- an approval is used once
  proposal_no integer PRIMARY KEY REFERENCES ledger.approval,
  act_no      integer NOT NULL REFERENCES ledger.act);

SELECT ledger.append_only(ARRAY['ledger.authority', 'ledger.proposal', 'ledger.approval', 'ledger.carried_out']::regclass[]);

-- Who proposes and who approves is the login itself, whoever writes the row.
CREATE FUNCTION ledger.signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signer text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF signer IS DISTINCT FROM session_user::text THEN
    RAISE EXCEPTION '% cannot sign as %', session_user, signer USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION ledger.in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM ledger.authority a WHERE a.login = NEW.approver AND a.kind = NEW.kind AND a.authority_no > NEW.authority_no) THEN
    RAISE EXCEPTION 'this authority of % was replaced by a newer one', NEW.approver USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON ledger.proposal FOR EACH ROW EXECUTE FUNCTION ledger.signed('maker');
CREATE TRIGGER signed BEFORE INSERT ON ledger.approval FOR EACH ROW EXECUTE FUNCTION ledger.signed('approver');
ALTER TABLE ledger.proposal ENABLE ALWAYS TRIGGER signed;
CREATE TRIGGER in_force BEFORE INSERT ON ledger.approval FOR EACH ROW EXECUTE FUNCTION ledger.in_force();
ALTER TABLE ledger.approval ENABLE ALWAYS TRIGGER signed, ENABLE ALWAYS TRIGGER in_force;

-- What is closed stays closed, and rows that may change may not go, whoever writes.

CREATE FUNCTION ledger.keep_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_through IS NOT NULL AND NEW.closed_through >= OLD.closed_through IS NOT TRUE THEN
    RAISE EXCEPTION 'the books are closed through %, and stay so', OLD.closed_through USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_calendar BEFORE UPDATE ON ledger.calendar FOR EACH ROW EXECUTE FUNCTION ledger.keep_calendar();

CREATE FUNCTION ledger.keep_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'closed' THEN
    RAISE EXCEPTION 'period % of book % is closed, and stays so', OLD.period_id, OLD.book_id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_period BEFORE UPDATE ON ledger.period FOR EACH ROW EXECUTE FUNCTION ledger.keep_period();

CREATE FUNCTION ledger.keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN ledger.calendar c ON a.effective_on <= c.closed_through) THEN
    RAISE EXCEPTION 'a journal of a closed period' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_closed AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_closed();

CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.calendar FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.head FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.balance FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.period FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.act_head FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

ALTER TABLE ledger.calendar ENABLE ALWAYS TRIGGER keep_calendar, ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger.period ENABLE ALWAYS TRIGGER keep_period, ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER keep_closed;
ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger.balance ENABLE ALWAYS TRIGGER stays;
ALTER TABLE ledger.act_head ENABLE ALWAYS TRIGGER stays;

-- A superuser, or a member of the role that owns the ledger: nothing here could hold it, so nothing here asks it.
CREATE FUNCTION ledger.is_owner() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT pg_has_role(session_user, (SELECT nspowner FROM pg_namespace WHERE nspname = 'ledger'), 'MEMBER') $$;

CREATE FUNCTION ledger.authority_of(who text, of_kind text) RETURNS ledger.authority LANGUAGE sql STABLE AS $$
  SELECT a FROM ledger.authority a WHERE a.login = who AND a.kind = of_kind ORDER BY a.authority_no DESC LIMIT 1 $$;

-- Whoever asks for the same again gets the number of what he asked for.
CREATE FUNCTION ledger.propose(kind text, subject text, amount bigint, contents jsonb, because text) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH waiting AS (
    SELECT min(p.proposal_no) AS proposal_no FROM ledger.proposal p
    WHERE (p.kind, p.subject, p.amount, p.contents, p.maker) = ($1, $2, $3, $4, session_user)
      AND NOT EXISTS (SELECT FROM ledger.carried_out c WHERE c.proposal_no = p.proposal_no)),
  filed AS (
    INSERT INTO ledger.proposal (kind, subject, amount, contents, because, maker)
      SELECT $1, $2, $3, $4, $5, session_user FROM waiting WHERE proposal_no IS NULL RETURNING proposal_no)
  SELECT proposal_no FROM filed UNION ALL SELECT proposal_no FROM waiting WHERE proposal_no IS NOT NULL $$;

-- given | not_found | already_approved | own_proposal | own_rights | no_authority | above_authority. Who approves is the login, never an argument.
CREATE FUNCTION ledger.approve(proposal integer, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wanted ledger.proposal;
  mine ledger.authority;
BEGIN
  PERFORM FROM ledger.act_head FOR UPDATE;         -- one change of rights at a time: an authority that is taken away is gone
  SELECT * INTO wanted FROM ledger.proposal p WHERE p.proposal_no = approve.proposal;
  mine := ledger.authority_of(session_user, wanted.kind);
  IF wanted.proposal_no IS NULL THEN
    RETURN 'not_found';
  ELSIF EXISTS (SELECT FROM ledger.approval a WHERE a.proposal_no = wanted.proposal_no) THEN
    RETURN 'already_approved';
  ELSIF wanted.maker = session_user THEN
    RETURN 'own_proposal';
  ELSIF wanted.subject = session_user THEN
    RETURN 'own_rights';
  ELSIF mine.up_to IS NULL THEN
    RETURN 'no_authority';
  ELSIF mine.up_to < wanted.amount THEN
    RETURN 'above_authority';
  END IF;
  INSERT INTO ledger.approval (proposal_no, kind, subject, amount, maker, approver, authority_no, up_to)
    VALUES (wanted.proposal_no, wanted.kind, wanted.subject, wanted.amount, wanted.maker, session_user, mine.authority_no, mine.up_to);
  PERFORM ledger.act('approval', wanted.subject, to_jsonb(wanted)::text, actor, session_user);
  RETURN 'given';
END $$;

-- The approval of exactly this that is not used yet; none of its fields is set where there is none.
CREATE FUNCTION ledger.approval_of(of_kind text, of_subject text, of_amount bigint, of_contents jsonb) RETURNS ledger.approval LANGUAGE sql STABLE AS $$
  SELECT a FROM ledger.approval a JOIN ledger.proposal p USING (proposal_no)
  WHERE p.kind = of_kind AND p.subject = of_subject AND p.amount = of_amount AND p.contents = of_contents
    AND NOT EXISTS (SELECT FROM ledger.carried_out c WHERE c.proposal_no = a.proposal_no)
  ORDER BY a.proposal_no LIMIT 1 $$;

-- Whether the login may do this now: it owns the ledger, or another person has approved exactly this.
CREATE FUNCTION ledger.may(of_kind text, of_subject text, of_amount bigint, of_contents jsonb) RETURNS boolean LANGUAGE sql AS $$
  SELECT ledger.is_owner() OR (ledger.approval_of(of_kind, of_subject, of_amount, of_contents)).proposal_no IS NOT NULL $$;

-- Write what was done (`told`: and what else is worth knowing), and by whose approval; the approval is used up.
CREATE FUNCTION ledger.enact(of_kind text, of_subject text, of_amount bigint, of_contents jsonb, told jsonb, actor text, as_kind text DEFAULT NULL)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  approved ledger.approval := ledger.approval_of(of_kind, of_subject, of_amount, of_contents);
  done integer := ledger.act(coalesce(as_kind, of_kind), of_subject, (of_contents || told)::text, actor, approved.approver);
BEGIN
  INSERT INTO ledger.carried_out (proposal_no, act_no) SELECT approved.proposal_no, done WHERE approved.proposal_no IS NOT NULL;
  RETURN done;
END $$;

-- Limits.

-- What a change of limits is called, and what is at stake: the larger of the two rooms, or all there is where a limit falls away.
CREATE FUNCTION ledger.limit_change(book integer, account integer, credit_floor bigint, debit_floor bigint,
  OUT subject text, OUT amount bigint, OUT contents jsonb) LANGUAGE sql STABLE AS $$
  SELECT concat_ws('/', b.name, a.role, o.name, a.currency),
    CASE WHEN (n.credit_floor IS NOT NULL AND $3 IS NULL) OR (n.debit_floor IS NOT NULL AND $4 IS NULL) THEN 9223372036854775807
         ELSE greatest(abs(coalesce($3, 0)), abs(coalesce($4, 0))) END,
    jsonb_build_object('book', book, 'account', account, 'credit_floor', $3, 'debit_floor', $4)
  FROM ledger.account a JOIN ledger.book b USING (book_id) JOIN ledger.balance n USING (book_id, account_id)
    LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
  WHERE a.book_id = $1 AND a.account_id = $2 $$;

-- set | below_used | approval_needed | not_found
CREATE FUNCTION ledger.set_limit(book integer, account integer, credit_floor bigint, debit_floor bigint, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  change record;
  used record;
BEGIN
  PERFORM FROM ledger.head h WHERE h.book_id = book FOR NO KEY UPDATE;      -- as a posting does: nothing is used meanwhile
  SELECT b.credits - b.debits - b.debits_pending AS credit, b.debits - b.credits - b.credits_pending AS debit,
      jsonb_build_object('because', because, 'before', jsonb_build_array(b.credit_floor, b.debit_floor)) AS told INTO used
    FROM ledger.balance b WHERE b.book_id = book AND b.account_id = account FOR NO KEY UPDATE;
  change := ledger.limit_change(book, account, credit_floor, debit_floor);
  IF change.subject IS NULL THEN
    RETURN 'not_found';
  ELSIF used.credit < credit_floor OR used.debit < debit_floor THEN
    RETURN 'below_used';
  ELSIF NOT ledger.may('limit', change.subject, change.amount, change.contents) THEN
    RETURN 'approval_needed';
  END IF;
  UPDATE ledger.balance b SET credit_floor = set_limit.credit_floor, debit_floor = set_limit.debit_floor WHERE b.book_id = book AND b.account_id = account;
  PERFORM ledger.enact('limit', change.subject, change.amount, change.contents, used.told, actor);
  RETURN 'set';
END $$;

-- Grants. What only takes away needs no second person; everything is an act.

CREATE FUNCTION ledger.grant_role(login text, role text, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  contents jsonb := jsonb_build_object('role', role);
BEGIN
  IF role <> ALL (ledger.granted_roles()) OR NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = login AND r.rolcanlogin) THEN
    RETURN 'not_found';                            -- the owner, the migrator and superusers are the operator's to give
  ELSIF pg_has_role(login, role, 'MEMBER') THEN
    RETURN 'same';
  ELSIF NOT ledger.may('grant', login, 0, contents) THEN
    RETURN 'approval_needed';
  END IF;
  EXECUTE format('GRANT %I TO %I', role, login);
  PERFORM ledger.enact('grant', login, 0, contents, jsonb_build_object('because', because), actor);
  RETURN 'set';
END $$;

CREATE FUNCTION ledger.revoke_role(login text, role text, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF role <> ALL (ledger.granted_roles()) OR NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = login) THEN
    RETURN 'not_found';
  ELSIF NOT pg_has_role(login, role, 'MEMBER') THEN
    RETURN 'same';
  END IF;
  EXECUTE format('REVOKE %I FROM %I', role, login);
  IF pg_has_role(login, role, 'MEMBER') THEN       -- another grantor's, or one that comes through a third role
    RAISE EXCEPTION 'the operator gave % the role %, and only he can take it away', login, role USING ERRCODE = '42501';
  END IF;
  PERFORM ledger.act('revoke', login, jsonb_build_object('role', role, 'because', because)::text, actor);
  RETURN 'set';
END $$;

CREATE FUNCTION ledger.grant_book(login text, book integer, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  contents jsonb := jsonb_build_object('book', book);
BEGIN
  IF NOT EXISTS (SELECT FROM ledger.book b WHERE b.book_id = book) THEN
    RETURN 'not_found';
  ELSIF EXISTS (SELECT FROM ledger.book_member m WHERE m.login = grant_book.login AND m.book_id = book) THEN
    RETURN 'same';
  ELSIF NOT ledger.may('grant', login, 0, contents) THEN
    RETURN 'approval_needed';
  END IF;
  INSERT INTO ledger.book_member (login, book_id) VALUES (login, book);
  PERFORM ledger.enact('grant', login, 0, contents, jsonb_build_object('because', because), actor);
  RETURN 'set';
END $$;

CREATE FUNCTION ledger.revoke_book(login text, book integer, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM ledger.book_member m WHERE m.login = revoke_book.login AND m.book_id = book;
  IF NOT FOUND THEN
    RETURN 'same';
  END IF;
  PERFORM ledger.act('revoke', login, jsonb_build_object('book', book, 'because', because)::text, actor);
  RETURN 'set';
END $$;

-- `up_to` null takes the authority away. A first limit on somebody's own postings takes away too: before it there was none.
CREATE FUNCTION ledger.set_authority(login text, kind text, up_to bigint, because text, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  contents jsonb := jsonb_build_object('authority', kind, 'up_to', up_to);
  before ledger.authority;
  told jsonb;
BEGIN
  PERFORM FROM ledger.act_head FOR UPDATE;
  before := ledger.authority_of(login, kind);
  told := jsonb_build_object('because', because, 'before', before.up_to);
  IF before.up_to IS NOT DISTINCT FROM up_to AND (before.authority_no IS NOT NULL OR kind <> 'post') THEN
    RETURN 'same';
  ELSIF up_to <= before.up_to OR up_to IS NULL OR (kind = 'post' AND before.authority_no IS NULL) THEN
    PERFORM ledger.act('revoke', login, (contents || told)::text, actor);
  ELSIF ledger.may('grant', login, up_to, contents) THEN
    PERFORM ledger.enact('grant', login, up_to, contents, told, actor);
  ELSE
    RETURN 'approval_needed';
  END IF;
  INSERT INTO ledger.authority (login, kind, up_to) VALUES (login, kind, up_to);
  RETURN 'set';
END $$;

-- The doors. What a login may call runs as the owner, so each looks first at what the caller has laid ready.

ALTER FUNCTION ledger.stage() RENAME TO make_stage;
ALTER FUNCTION ledger.post(boolean) RENAME TO post_stage;
ALTER FUNCTION ledger.close(integer, date, text) RENAME TO close_books;

-- The stage must be the owner's: on a table of his own a caller could hang triggers, casts or policies that would run as the owner.
-- And a login that is not the owner may not stage what the program never would: parts added to an event that stands.
CREATE FUNCTION ledger.check_stage() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('pg_temp.stage') IS NULL OR EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname LIKE 'stage%'
      AND relowner <> to_regrole(quote_ident(current_user))) THEN
    RAISE EXCEPTION 'the stage is not the one that ledger.stage() makes' USING ERRCODE = '42501', HINT = 'DISCARD TEMP, then begin again';
  ELSIF NOT ledger.is_owner() AND EXISTS (
      SELECT FROM pg_temp.stage s GROUP BY s.unit
      HAVING min(s.part) <> 1 OR max(s.part) <> count(*) OR count(DISTINCT s.part) <> count(*) OR min(s.key) <> max(s.key) OR min(s.chain) <> max(s.chain)) THEN
    RAISE EXCEPTION 'a unit is one key, its parts numbered from 1' USING ERRCODE = '23514';
  END IF;
END $$;

CREATE FUNCTION ledger.stage() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_regclass('pg_temp.stage') IS NOT NULL THEN
    PERFORM ledger.check_stage();
  END IF;
  PERFORM ledger.make_stage();
  IF NOT has_table_privilege(session_user, 'pg_temp.stage', 'INSERT') THEN
    EXECUTE format('GRANT INSERT ON pg_temp.stage, pg_temp.stage_debt TO %I', session_user);
  END IF;
END $$;

-- Up to how much the login may post without another person, per event and book; null: any amount.
CREATE FUNCTION ledger.own_limit() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN mine.authority_no IS NOT NULL AND NOT ledger.is_owner() THEN coalesce(mine.up_to, 0) END FROM ledger.authority_of(session_user, 'post') mine $$;

-- As ledger.post_stage, and approval_needed: above what the login may post, and no other person has approved this key and amount.
-- The key is not burnt; one that is known already needs nobody.
CREATE FUNCTION ledger.post(together boolean) RETURNS TABLE (unit integer, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  most bigint := ledger.own_limit();
  above record;
  approved jsonb := '{}';
BEGIN
  PERFORM ledger.check_stage();
  IF most IS NOT NULL THEN
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
  END IF;
  RETURN QUERY SELECT * FROM ledger.post_stage(together);
  IF approved <> '{}' THEN
    PERFORM ledger.enact('override', s.key, (approved ->> s.unit::text)::bigint, '{}', '{}', s.actor) FROM pg_temp.stage s
      WHERE s.part = 1 AND approved ? s.unit::text AND s.unit NOT IN (SELECT n.unit FROM pg_temp.stage_no n);
  END IF;
END $$;

CREATE FUNCTION ledger.close(period integer, last_day date, closer text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  contents jsonb := jsonb_build_object('through', last_day);
BEGIN
  IF NOT ledger.may('close', period::text, 0, contents) THEN
    RAISE EXCEPTION 'period %: another person must approve its close', period USING ERRCODE = '42501', HINT = 'gongji approve propose close';
  END IF;
  PERFORM ledger.close_books(period, last_day, closer);
  IF NOT ledger.is_owner() THEN
    PERFORM ledger.enact('close', period::text, 0, contents, '{}', closer);
  END IF;
END $$;

-- Terms come in force by a row of their own; here too another person looks first, and the adoption is an act.
CREATE FUNCTION share.approved_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  contents jsonb := jsonb_build_object('digest', NEW.digest);
BEGIN
  IF NOT ledger.may('terms', NEW.scheme_id, 0, contents) THEN
    RAISE EXCEPTION 'scheme %: another person must approve these terms', NEW.scheme_id USING ERRCODE = '42501', HINT = 'gongji approve propose terms';
  END IF;
  PERFORM ledger.enact('terms', NEW.scheme_id, 0, contents, jsonb_build_object('currency', NEW.currency), NEW.actor, 'scheme.adopted');
  RETURN NEW;
END $$;
CREATE TRIGGER approved_terms BEFORE INSERT ON share.scheme FOR EACH ROW EXECUTE FUNCTION share.approved_terms();
ALTER TABLE share.scheme ENABLE ALWAYS TRIGGER approved_terms;

-- The roles, and what each may do. One list, which ledger.secure() puts in force and `gongji doctor` compares with what is.

CREATE FUNCTION ledger.schemas() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY['ledger', 'product', 'share', 'ddl'] $$;

CREATE FUNCTION ledger.granted_roles() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['gongji_poster', 'gongji_closer', 'gongji_approver', 'gongji_terms', 'gongji_sealer', 'gongji_reader', 'gongji_party', 'gongji_auditor'] $$;

CREATE FUNCTION ledger.rights() RETURNS TABLE (role text, privilege text, object text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH told (roles, privilege, objects) AS (VALUES
    ('poster closer approver terms reader auditor',        'USAGE',   'ledger product share'),
    ('sealer party',                                       'USAGE',   'ledger'),
    ('auditor',                                            'USAGE',   'ddl'),
    ('poster closer approver terms sealer reader party auditor', 'SELECT', 'public.gongji_migration'),

    -- Reading. Of these tables a party sees its own rows; what has no book it does not see at all.
    ('poster closer approver terms sealer reader auditor', 'SELECT',  'ledger.*'),
    ('poster closer approver terms reader auditor',        'SELECT',  'product.* share.*'),
    ('auditor',                                            'SELECT',  'ddl.*'),
    ('party',                                              'SELECT',  'ledger.calendar ledger.snapshot ledger.book ledger.head ledger.account ledger.balance ledger.period
      ledger.journal ledger.transfer ledger.obligation ledger.batch ledger.period_balance ledger.block ledger.chart
      ledger.book_member'),
    ('poster closer approver terms sealer reader party auditor', 'EXECUTE', 'to_read'),

    -- Recording. Rows are locked by column rights that change nothing: the column has one possible value, or its table is append-only.
    ('poster',                                             'INSERT',  'product.contract product.event product.import_run product.quarantine share.fact
      share.instruction share.settled'),
    ('poster closer',                                      'UPDATE',  'ledger.calendar(only_row)'),
    ('poster',                                             'UPDATE',  'product.contract(contract_id) share.settled'),     -- LOCK TABLE asks for it; append_only refuses it
    ('poster',                                             'USAGE',   'product.import_run_import_no_seq'),
    ('poster',                                             'EXECUTE', 'ledger.post ledger.stage ledger.open_books ledger.open_accounts ledger.record_opening'),
    ('closer',                                             'INSERT',  'share.close share.bearing share.owing'),
    ('closer',                                             'EXECUTE', 'ledger.close'),
    ('sealer',                                             'EXECUTE', 'ledger.sealing ledger.set_sealing ledger.record_accounts ledger.next_block ledger.seal'),

    -- Two persons.
    ('poster closer terms approver',                       'EXECUTE', 'ledger.propose'),
    ('approver',                                           'EXECUTE', 'ledger.approve'),
    ('terms',                                              'INSERT',  'share.scheme'),
    ('terms',                                              'UPDATE',  'share.scheme'),         -- as share.settled
    ('terms',                                              'EXECUTE', 'ledger.set_limit ledger.use_chart ledger.grant_role ledger.revoke_role ledger.grant_book ledger.revoke_book
      ledger.set_authority')),
  one AS (
    SELECT 'gongji_' || r AS role, t.privilege, o AS object
    FROM told t, regexp_split_to_table(t.roles, '\s+') r, regexp_split_to_table(t.objects, '\s+') o),
  relation AS (SELECT oid, relnamespace::regnamespace::text AS schema, relname::text AS name, relkind FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S'))
  SELECT one.role, one.privilege, r.oid::regclass::text FROM one JOIN relation r ON one.object IN (r.schema || '.*', r.schema || '.' || r.name)
    WHERE (r.relkind = 'S') = (one.privilege = 'USAGE')
  UNION SELECT one.role, one.privilege, r.oid::regclass || '(' || a.attname || ')' FROM one
    JOIN relation r ON split_part(one.object, '(', 1) = r.schema || '.' || r.name JOIN pg_attribute a ON a.attrelid = r.oid AND one.object LIKE '%(' || a.attname || ')'
  UNION SELECT one.role, one.privilege, p.oid::regprocedure::text FROM one JOIN pg_proc p ON one.object = p.pronamespace::regnamespace || '.' || p.proname
      OR (one.object = 'to_read' AND p.pronamespace::regnamespace::text = 'ledger' AND p.provolatile <> 'v' AND NOT p.prosecdef)   -- with the caller's own rights
    WHERE one.privilege = 'EXECUTE'
  UNION SELECT one.role, one.privilege, n.nspname FROM one JOIN pg_namespace n ON n.nspname = one.object $$;

-- What is granted in fact, to anybody but an object's owner.
CREATE FUNCTION ledger.granted() RETURNS TABLE (role text, privilege text, object text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH relation AS (
    SELECT * FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND (relnamespace::regnamespace::text = ANY (ledger.schemas()) OR oid = to_regclass('public.gongji_migration'))),
  found (owner, acl, object) AS (
    SELECT relowner, relacl, oid::regclass::text FROM relation
    UNION ALL SELECT r.relowner, a.attacl, r.oid::regclass || '(' || a.attname || ')' FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
    UNION ALL SELECT proowner, coalesce(proacl, acldefault('f', proowner)), oid::regprocedure::text FROM pg_proc WHERE pronamespace::regnamespace::text = ANY (ledger.schemas())
    UNION ALL SELECT nspowner, nspacl, nspname FROM pg_namespace WHERE nspname = ANY (ledger.schemas()))
  SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, x.privilege_type, f.object
  FROM found f, aclexplode(f.acl) x WHERE x.grantee <> f.owner $$;

-- Everything that must be in force, put in force; may be run again at any time, and is by every migration that adds a table.
CREATE FUNCTION ledger.secure() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  item record;
BEGIN
  PERFORM ledger.secure_roles();
  PERFORM ledger.secure_owner();
  PERFORM ledger.secure_rows();
  PERFORM ledger.secure_functions();
  PERFORM ledger.secure_definitions();
  FOR item IN SELECT * FROM ledger.granted() EXCEPT SELECT * FROM ledger.rights() LOOP
    EXECUTE format('REVOKE %s FROM %s CASCADE', ledger.right_on(item.privilege, item.object), item.role);
  END LOOP;
  FOR item IN SELECT * FROM ledger.rights() WHERE to_regrole(role) IS NOT NULL EXCEPT SELECT * FROM ledger.granted() LOOP
    EXECUTE format('GRANT %s TO %s', ledger.right_on(item.privilege, item.object), item.role);
  END LOOP;
END $$;

CREATE FUNCTION ledger.right_on(privilege text, object text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN privilege = 'EXECUTE' THEN format('EXECUTE ON FUNCTION %s', object)
    WHEN object LIKE '%(%' THEN regexp_replace(object, '(.*)\((.*)\)', format('%s (\2) ON \1', privilege))
    WHEN object NOT LIKE '%.%' THEN format('%s ON SCHEMA %s', privilege, object)
    WHEN (SELECT relkind FROM pg_class WHERE oid = object::regclass) = 'S' THEN format('%s ON SEQUENCE %s', privilege, object)
    ELSE format('%s ON %s', privilege, object) END $$;

CREATE FUNCTION ledger.secure_roles() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ledger.granted_roles() || ARRAY['gongji_owner', 'gongji_migrator'] LOOP
    IF to_regrole(role) IS NULL THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
  FOREACH role IN ARRAY ledger.granted_roles() LOOP
    IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole(role) AND member = to_regrole('gongji_owner') AND admin_option) THEN
      EXECUTE format('GRANT %I TO gongji_owner WITH ADMIN OPTION', role);      -- so that ledger.grant_role may
    END IF;
  END LOOP;
  IF NOT pg_has_role('gongji_migrator', 'gongji_owner', 'MEMBER') THEN
    GRANT gongji_owner TO gongji_migrator;
  END IF;
  IF NOT pg_has_role(current_user, 'gongji_owner', 'USAGE') THEN
    EXECUTE format('GRANT gongji_owner TO %I', current_user);                  -- or what it owns could not be handed over
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'this login may not create or grant the roles of Gongji (%): one login does everything', SQLERRM;
  WHEN duplicate_object OR unique_violation THEN   -- another database of the cluster was quicker
    PERFORM ledger.secure_roles();
END $$;

-- The owner can log in as nobody. Where there is no such role, or this login may not hand over to it, who migrated owns.
CREATE FUNCTION ledger.secure_owner() RETURNS void LANGUAGE plpgsql AS $$
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
      WHERE typnamespace::regnamespace::text IN ('ledger', 'product', 'share') AND typtype IN ('e', 'd') AND typowner <> to_regrole('gongji_owner')
  LOOP
    EXECUTE format('ALTER %s OWNER TO gongji_owner', item);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'the ledger could not be handed over to gongji_owner: %', SQLERRM;
END $$;

-- Row-level security on every table with a book, also for the owner: what a policy does not say is not seen.
CREATE FUNCTION ledger.secure_rows() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  item regclass;
  policy name;
  owner regrole := (SELECT nspowner FROM pg_namespace WHERE nspname = 'ledger');
  readers text := (SELECT string_agg(r, ', ') FROM unnest(ledger.granted_roles()) r WHERE r <> 'gongji_party' AND to_regrole(r) IS NOT NULL);
  mine text := 'ANY (ARRAY(SELECT m.book_id FROM ledger.book_member m WHERE m.login = session_user))';
BEGIN
  FOR item IN SELECT relation FROM ledger.tables_with_books() relation LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', item);
    FOR policy IN SELECT polname FROM pg_policy WHERE polrelid = item LOOP
      EXECUTE format('DROP POLICY %I ON %s', policy, item);
    END LOOP;
    EXECUTE format('CREATE POLICY owner ON %s TO %s USING (true) WITH CHECK (true)', item, owner);
    IF readers IS NOT NULL THEN
      EXECUTE format('CREATE POLICY every_book ON %s FOR SELECT TO %s USING (true)', item, readers);
    END IF;
    IF to_regrole('gongji_party') IS NOT NULL THEN
      EXECUTE format('CREATE POLICY own_book ON %s FOR SELECT TO gongji_party USING (%s)', item, CASE item
        WHEN 'ledger.book_member'::regclass THEN 'login = session_user'
        WHEN 'ledger.obligation'::regclass THEN format('debtor_book_id = %1$s OR creditor_book_id = %1$s', mine)
        WHEN 'ledger.book'::regclass THEN format('book_id = %s OR book_id IN (SELECT a.counterparty_book_id FROM ledger.account a)', mine)
        ELSE 'book_id = ' || mine END);
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION ledger.tables_with_books() RETURNS SETOF regclass LANGUAGE sql STABLE AS $$
  SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind IN ('r', 'p')
    AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('book_id', 'debtor_book_id') AND NOT a.attisdropped) ORDER BY 1 $$;

-- A function that writes and that somebody may call runs as the owner, and finds names nowhere but where they belong:
-- not in a schema of the caller, and functions and operators never in his temporary one.
CREATE FUNCTION ledger.secure_functions() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  item regprocedure;
BEGIN
  FOR item IN SELECT p.oid FROM pg_proc p JOIN ledger.rights() r ON r.object = p.oid::regprocedure::text
      WHERE p.provolatile = 'v' GROUP BY p.oid LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, pg_temp', item);
  END LOOP;
  FOR item IN SELECT oid FROM pg_proc WHERE pronamespace::regnamespace::text = ANY (ledger.schemas()) AND prorettype = 'trigger'::regtype LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', item);
  END LOOP;
END $$;

-- What only a superuser may set up: foreign keys that hold while `session_replication_role` is replica, and a log of every
-- definition that was changed, out of the owner's reach.
CREATE FUNCTION ledger.secure_definitions() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  item record;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RAISE NOTICE 'this login is no superuser: changed definitions are not logged, and foreign keys sleep while replicating';
    RETURN;
  END IF;
  FOR item IN SELECT t.tgrelid::regclass AS relation, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace::regnamespace::text = ANY (ledger.schemas()) AND t.tgenabled <> 'A' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', item.relation, item.tgname);
  END LOOP;
  IF to_regnamespace('ddl') IS NULL THEN
    PERFORM ledger.make_log();
  END IF;
  IF NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'gongji_definitions') THEN
    CREATE EVENT TRIGGER gongji_definitions ON ddl_command_end EXECUTE FUNCTION ddl.write();
  END IF;
  IF NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'gongji_drops') THEN
    CREATE EVENT TRIGGER gongji_drops ON sql_drop EXECUTE FUNCTION ddl.write();
  END IF;
  ALTER EVENT TRIGGER gongji_definitions ENABLE ALWAYS;
  ALTER EVENT TRIGGER gongji_drops ENABLE ALWAYS;
END $$;

CREATE FUNCTION ledger.make_log() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE SCHEMA ddl;
  CREATE TABLE ddl.log (
    log_no    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command   text NOT NULL,
    object    text,                                -- null for a grant: the statement says it
    statement text NOT NULL,
    login     text NOT NULL DEFAULT session_user,
    logged_at timestamptz NOT NULL DEFAULT clock_timestamp());
  PERFORM ledger.append_only(ARRAY['ddl.log']::regclass[]);
  CREATE FUNCTION ddl.write() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $log$
  DECLARE
    called_by text;
  BEGIN
    GET DIAGNOSTICS called_by = PG_CONTEXT;
    IF called_by LIKE '%function ledger.stage() line%' THEN
      RETURN;                                      -- the stage is handed to its caller: once a session, and of no lasting thing
    ELSIF TG_EVENT = 'sql_drop' THEN
      INSERT INTO ddl.log (command, object, statement)
        SELECT TG_TAG, object_type || ' ' || object_identity, left(current_query(), 500) FROM pg_event_trigger_dropped_objects() WHERE original AND NOT is_temporary;
    ELSE
      INSERT INTO ddl.log (command, object, statement)
        SELECT command_tag, object_type || ' ' || object_identity, left(current_query(), 500) FROM pg_event_trigger_ddl_commands()
        WHERE schema_name IS DISTINCT FROM 'pg_temp' AND command_tag NOT LIKE 'DROP%';
    END IF;
  END $log$;
END $$;

SELECT ledger.secure();
