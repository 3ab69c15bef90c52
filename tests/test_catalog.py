"""The shape of the schema: the same wherever the migrations ran, and each thing that is not of it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from conftest import EVERY, Flavour, fresh
from test_upgrade import VERSIONS, Upgraded, name_of
from test_upgrade import upgraded as upgraded  # a fixture

from ledger.catalog import FILE, changed_functions, changed_relations, read, text_of
from ledger.database import Connection, Database, connect, migrate
from ledger.files import schema_dir

ANEW = f"schema/{FILE} is not what the migrations make: write it anew with `make shape`, and read what changed in it"


def faults(conn: Connection) -> list[str]:
    return [*changed_functions(conn), *changed_relations(conn)]


# A ledger as the migrations leave it.


def test_the_file_is_what_the_migrations_make(every_database: Database) -> None:
    with closing(every_database.connect()) as conn:
        assert text_of(read(conn)) == (schema_dir() / FILE).read_text(encoding="utf-8"), ANEW
        assert faults(conn) == []


@pytest.mark.parametrize(
    "upgraded", [each for each in VERSIONS if each[2] == each[1].written_by], ids=name_of, indirect=True
)
def test_a_ledger_of_an_earlier_version_has_the_same_shape(upgraded: Upgraded) -> None:
    with closing(connect(upgraded.database.url)) as conn:
        assert faults(conn) == []


@pytest.mark.parametrize("engine", EVERY)
def test_who_migrated_makes_no_difference(engine: str, flavours: Callable[[str], Flavour]) -> None:
    flavour = flavours(engine)
    name = flavour.new("template1")
    login, url = f"{name}_plain", flavour.server.url(name)
    flavour.admin.execute(f"CREATE ROLE {login} LOGIN; ALTER DATABASE {name} OWNER TO {login}".encode())
    with closing(connect(url.replace(f"//{flavour.admin.info.user}@", f"//{login}@"))) as conn:
        migrate(conn, schema_dir())
        assert conn.execute("SELECT current_user::text, to_regnamespace('ddl')").fetchone() == (login, None)
        assert faults(conn) == []
        conn.commit()
    with closing(connect(url)) as conn:  # and a superuser adds what only he may
        conn.execute("SELECT ledger.secure()")
        assert conn.execute("SELECT to_regnamespace('ddl')").fetchone() != (None,)
        assert faults(conn) == []
    flavour.drop(name)
    flavour.admin.execute(f"DROP ROLE {login}".encode())


# Each thing that is changed. The owner changes it, by his own rights.


@pytest.fixture(scope="module", params=EVERY)
def conn(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour]) -> Iterator[Connection]:
    for database in fresh(flavours(request.param)):
        with closing(database.connect()) as connection:
            connection.autocommit = True
            yield connection


GONE, OTHER, ADDED = "is gone", "is not as the schema has it", "is not of the schema"

CHANGES = (
    # constraints
    ("ALTER TABLE ledger.journal DROP CONSTRAINT whole_lines", f"ledger.journal: constraint whole_lines {GONE}"),
    ("ALTER TABLE ledger.journal DROP CONSTRAINT journal_event", f"ledger.journal: constraint journal_event {GONE}"),
    ("ALTER TABLE ledger.book_member DROP CONSTRAINT book_member_pkey", f"ledger.book_member: constraint book_member_pkey {GONE}"),
    ("ALTER TABLE ledger.carried_out DROP CONSTRAINT carried_out_act_no_fkey", f"ledger.carried_out: constraint carried_out_act_no_fkey {GONE}"),
    ("ALTER TABLE ledger.balance DROP CONSTRAINT credit_limit, ADD CONSTRAINT credit_limit CHECK (true)", f"ledger.balance: constraint credit_limit {OTHER}"),
    ("ALTER TABLE ledger.balance DROP CONSTRAINT debit_limit, ADD CONSTRAINT debit_limit CHECK (debits < 5) NOT VALID", f"ledger.balance: constraint debit_limit {OTHER}"),
    ("ALTER TABLE ledger.carried_out ALTER CONSTRAINT carried_out_act_no_fkey DEFERRABLE INITIALLY DEFERRED", f"ledger.carried_out: constraint carried_out_act_no_fkey {OTHER}"),
    ("ALTER TABLE ledger.chart ADD CONSTRAINT mine CHECK (book_id > 0)", f"ledger.chart: constraint mine {ADDED}"),
    ("ALTER TABLE ledger.chart ADD CONSTRAINT mine UNIQUE (chart)", f"ledger.chart: constraint mine {ADDED}"),
    # indexes
    ("DROP INDEX ledger.journal_reverses", f"ledger.journal: index journal_reverses {GONE}"),
    ("DROP INDEX ledger.journal_accounts", f"ledger.journal: index journal_accounts {GONE}"),
    ("DROP INDEX ledger.journal_resolves; CREATE INDEX journal_resolves ON ledger.journal (book_id, resolves_no)", f"ledger.journal: index journal_resolves {OTHER}"),
    ("CREATE UNIQUE INDEX mine ON ledger.journal (actor)", f"ledger.journal: index mine {ADDED}"),
    # columns
    ("ALTER TABLE ledger.journal ALTER COLUMN actor DROP NOT NULL", f"ledger.journal: column actor {OTHER}"),
    ("ALTER TABLE ledger.journal ALTER COLUMN relates_to_on SET NOT NULL", f"ledger.journal: column relates_to_on {OTHER}"),
    ("ALTER TABLE ledger.act ALTER COLUMN recorded_at SET DEFAULT '2000-01-01'", f"ledger.act: column recorded_at {OTHER}"),
    ("ALTER TABLE ledger.act ALTER COLUMN login DROP DEFAULT", f"ledger.act: column login {OTHER}"),
    ("ALTER TABLE ledger.journal ALTER COLUMN actor TYPE varchar(9)", f"ledger.journal: column actor {OTHER}"),
    ("ALTER TABLE ledger.refusal ALTER COLUMN key TYPE text", f"ledger.refusal: column key {OTHER}"),
    ("ALTER TABLE ledger.account ALTER COLUMN counterparty DROP EXPRESSION", f"ledger.account: column counterparty {OTHER}"),
    ("ALTER TABLE ledger.book ALTER COLUMN book_id SET GENERATED BY DEFAULT", f"ledger.book: column book_id {OTHER}"),
    ("ALTER TABLE ledger.journal ADD COLUMN note text", f"ledger.journal: column note {ADDED}"),
    ("ALTER TABLE ledger.journal DROP COLUMN relates_to_on", f"ledger.journal: column relates_to_on {GONE}"),
    # tables, views, sequences, types
    ("DROP TABLE share.settled", f"share.settled {GONE}"),
    ("ALTER TABLE product.quarantine SET UNLOGGED", f"product.quarantine {OTHER}"),
    ("CREATE TABLE ledger.mine (x integer PRIMARY KEY CHECK (x > 0))", f"ledger.mine {ADDED}"),
    ("ALTER TABLE ledger.chart RENAME TO charts", f"ledger.chart {GONE}", f"ledger.charts {ADDED}"),
    ("CREATE OR REPLACE VIEW ledger.transfer WITH (security_invoker = true) AS SELECT 1 AS book_id, 1 AS journal_no, 1::smallint AS line, 1 AS debit_account_id, 1 AS credit_account_id,"
     " 1::bigint AS amount, current_date AS effective_on, false AS pending, '' AS rule, NULL::uuid AS obligation_id", f"ledger.transfer {OTHER}"),
    ("ALTER VIEW ledger.transfer SET (security_barrier = true)", f"ledger.transfer {OTHER}"),
    ("CREATE RULE mine AS ON INSERT TO ledger.transfer DO INSTEAD NOTHING", f"ledger.transfer: rule mine {ADDED}"),
    ("DROP VIEW ledger.transfer", f"ledger.transfer {GONE}"),
    ("CREATE MATERIALIZED VIEW share.mine AS SELECT 1", f"share.mine {ADDED}"),
    ("ALTER SEQUENCE ledger.book_book_id_seq CYCLE", f"ledger.book_book_id_seq {OTHER}"),
    ("ALTER TYPE ledger.phase ADD VALUE 'forgotten'", f"ledger.phase {OTHER}"),
    ("CREATE DOMAIN product.mine AS text CHECK (VALUE <> '')", f"product.mine {ADDED}"),
    # triggers
    ("DROP TRIGGER keep_head ON ledger.head", f"ledger.head: trigger keep_head {GONE}"),
    ("CREATE OR REPLACE TRIGGER keep_head AFTER UPDATE ON ledger.head FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger.keep_head()", f"ledger.head: trigger keep_head {OTHER}"),
    ("CREATE OR REPLACE TRIGGER signed BEFORE INSERT ON ledger.proposal FOR EACH ROW EXECUTE FUNCTION ledger.signed('subject')", f"ledger.proposal: trigger signed {OTHER}"),
    ("CREATE TRIGGER mine BEFORE INSERT ON ledger.act FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse()", f"ledger.act: trigger mine {ADDED}"),
    # functions
    ("CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", f"ledger.refuse() {OTHER}"),
    ("ALTER FUNCTION ledger.micros(timestamptz) STABLE", f"ledger.micros(timestamp with time zone) {OTHER}"),
    ("ALTER FUNCTION ledger.micros(timestamptz) STRICT", f"ledger.micros(timestamp with time zone) {OTHER}"),
    ("ALTER FUNCTION ledger.micros(timestamptz) PARALLEL UNSAFE", f"ledger.micros(timestamp with time zone) {OTHER}"),
    ("ALTER FUNCTION ledger.approve(integer, text) SECURITY INVOKER", f"ledger.approve(integer,text) {OTHER}"),
    ("ALTER FUNCTION ledger.act(text, text, text, text, text) SECURITY DEFINER", f"ledger.act(text,text,text,text,text) {OTHER}"),
    ("ALTER FUNCTION ledger.rights() SET search_path = public", f"ledger.rights() {OTHER}"),
    ("ALTER FUNCTION ledger.keep_head() SET row_security = off", f"ledger.keep_head() {OTHER}"),
    ("ALTER FUNCTION ledger.make_log() RENAME TO made_log", f"ledger.made_log() {ADDED}", f"ledger.make_log() {GONE}"),
    ("CREATE FUNCTION ledger.micros(text) RETURNS bigint LANGUAGE sql AS 'SELECT 0'", f"ledger.micros(text) {ADDED}"),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[change[0][:70] for change in CHANGES])
def test_what_is_changed_is_named_and_nothing_else(conn: Connection, change: tuple[str, ...]) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute(f"SET LOCAL ROLE gongji_owner; {change[0]}; RESET ROLE".encode())
        assert faults(conn) == list(change[1:])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("ALTER TYPE ledger.contents ADD ATTRIBUTE mine text", f"ledger.contents {OTHER}"),
        ("ALTER FUNCTION ledger.refuse() LEAKPROOF", f"ledger.refuse() {OTHER}"),
        ("ALTER FUNCTION ddl.write() SECURITY INVOKER", f"ddl.write() {OTHER}"),
        ("ALTER TABLE ddl.log ADD COLUMN mine text", f"ddl.log: column mine {ADDED}"),
    ],
)
def test_what_only_a_superuser_changes_is_named_too(conn: Connection, change: str, fault: str) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute(change.encode())
        assert faults(conn) == [fault]


@pytest.mark.parametrize(
    "change",
    [
        "CREATE INDEX mine ON ledger.journal (kind)",  # an operator's own: it makes nothing wrong
        "ALTER TABLE ledger.balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01)",
        "ALTER TABLE ledger.journal ALTER COLUMN kind SET STATISTICS 500",
        "ALTER FUNCTION ledger.micros(timestamptz) COST 5",
        "CREATE SCHEMA site; CREATE TABLE site.note (book integer REFERENCES ledger.book, says text)",
        "CREATE TABLE public.child () INHERITS (ledger.act)",  # has a check of its own
        "ALTER FUNCTION ledger.approve(integer, text) RESET search_path",  # and so have these
        "ALTER VIEW ledger.transfer RESET (security_invoker)",
        "ALTER TABLE ledger.act DISABLE TRIGGER ALL",
        "DROP POLICY own_book ON ledger.journal; GRANT SELECT ON ledger.journal TO PUBLIC",
        "ALTER TABLE ledger.act OWNER TO CURRENT_USER",
    ],
)
def test_what_is_not_of_the_shape_is_left_alone(conn: Connection, change: str) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute(change.encode())
        assert faults(conn) == []


def test_settings_of_the_database_or_login_make_no_difference(conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute(
            "SET LOCAL search_path = ledger, product, share; SET LOCAL datestyle = 'SQL, DMY'; SET LOCAL quote_all_identifiers = on; SET LOCAL ROLE gongji_party"
        )
        assert faults(conn) == []
        assert conn.execute("SHOW search_path").fetchone() == ("ledger, product, share",)


def test_no_function_of_the_ledger_is_run(conn: Connection) -> None:
    """Whoever looks may be a superuser, and a changed function would have his rights."""
    with conn.transaction(force_rollback=True):
        conn.execute(
            "CREATE OR REPLACE FUNCTION ledger.schemas() RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY[(1 / 0)::text] $$"
        )
        assert faults(conn) == [f"ledger.schemas() {OTHER}"]
