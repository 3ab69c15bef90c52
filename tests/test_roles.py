"""Who may do what: grants, two persons, limits of authority, and whether all of it is in force."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
import typer
from conftest import EVERY, Flavour, fresh
from psycopg.errors import InsufficientPrivilege
from staff import NOT_ALLOWED, Office, attempted, office_of
from test_cli import MORNING, SCHEME
from typer.testing import CliRunner

from cli import common
from commands.roles import approve_app, limit_app, role_app
from ledger.batch import AccountKey, Line, Unit
from ledger.catalog import written
from ledger.database import Database, connect, migrate
from ledger.faults import NotAllowed, NotFound, Refused
from ledger.files import schema_dir
from ledger.limits import set_limit
from ledger.periods import parse_period
from ledger.posting import post
from ledger.roles import (
    Finding,
    approve,
    findings,
    floors,
    grant_book,
    grant_role,
    logins,
    proposals,
    propose,
    propose_limit,
    revoke_role,
    secure,
    set_authority,
)
from ledger.sealing import seal
from ledger.transaction import transact
from ledger.trial_balance import trial_balance
from ledger.verifying import verify
from products.event_file import event_of_words
from riskshare.adoption import adopt, library
from riskshare.closing import close
from riskshare.reconciling import reconcile
from riskshare.record import record
from riskshare.settling import settle

DAY = date(2024, 5, 17)
BUDGET: AccountKey = ("Bureau", "budget", None, "CNY")


@pytest.fixture(scope="module", params=EVERY)
def office(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour]) -> Iterator[Office]:
    """A bureau with a budget of 500.00, and its people: on each PostgreSQL that is here."""
    for database in fresh(flavours(request.param)):
        with office_of(database) as office:
            office.hire("both", "terms", "approver")
            for name in ("approver", "both"):
                for kind in ("close", "limit", "terms", "grant", "override"):
                    office.authorise(name, kind, 1_000_00)
            with office.chief.transaction():
                assert post(office.chief, [paid("F-1", 500_00, "cash", "budget")], "chief") == ["created"]
            yield office


def paid(key: str, amount: int, debit: str = "budget", credit: str = "cash", link: str = "") -> Unit:
    line = Line("Bureau", ("Bureau", debit, None, "CNY"), ("Bureau", credit, None, "CNY"), amount, "S1")
    return Unit(key, "k", DAY, (line,), link=link)


def posted(conn: psycopg.Connection[Any], *units: Unit, together: bool = False) -> list[str]:
    return transact(conn, lambda: post(conn, units, "clerk", together=together))


def last_act(office: Office) -> tuple[Any, ...]:
    row = office.chief.execute(
        "SELECT kind, subject, contents::jsonb, login, approved_by FROM ledger.act ORDER BY act_no DESC LIMIT 1"
    ).fetchone()
    return row or ()


# Limits.


def test_a_limit_takes_two_persons(office: Office) -> None:
    terms, approver = office.as_("terms"), office.as_("approver")
    # when the keeper of terms lets the budget fall to 20.00 below zero, he is told to ask
    change = (BUDGET, -20_00, None)
    assert set_limit(terms, *change, "a bridge", "zhang") == "approval_needed"
    number = propose_limit(terms, *change, "a bridge")
    assert propose_limit(terms, *change, "a bridge") == number
    assert set_limit(terms, *change, "a bridge", "zhang") == "approval_needed"
    # and when another person has agreed, it is done, once
    approve(approver, number, "li")
    assert set_limit(terms, *change, "a bridge", "zhang") == "set"
    kind, subject, contents, login, approved_by = last_act(office)
    assert (kind, subject, login, approved_by) == (
        "limit",
        "Bureau/budget/CNY",
        office.login("terms"),
        office.login("approver"),
    )
    assert (contents["credit_floor"], contents["before"], contents["because"]) == (-20_00, [0, None], "a bridge")
    assert set_limit(office.chief, BUDGET, 0, None, "back again", "chief") == "set"
    assert set_limit(terms, *change, "once more", "zhang") == "approval_needed"


def test_another_limit_than_the_approved_one(office: Office) -> None:
    terms = office.as_("terms")
    approve(office.as_("approver"), propose_limit(terms, BUDGET, -1_00, None, "x"), "li")
    assert set_limit(terms, BUDGET, -2_00, None, "x", "zhang") == "approval_needed"
    assert set_limit(terms, BUDGET, -1_00, -9, "x", "zhang") in ("approval_needed", "below_used")
    assert set_limit(terms, ("Bureau", "cash", None, "CNY"), -1_00, None, "x", "zhang") in (
        "approval_needed",
        "below_used",
    )


@pytest.mark.parametrize("whom", ["terms", "chief"])
def test_a_limit_below_what_is_used(office: Office, whom: str) -> None:
    conn = office.chief if whom == "chief" else office.as_(whom)
    before = office.one("SELECT count(*) FROM ledger.act")
    assert set_limit(conn, BUDGET, 500_01, None, "too much", "zhang") == "below_used"
    assert set_limit(conn, BUDGET, None, -499_99, "too little", "zhang") == "below_used"
    assert office.one("SELECT count(*) FROM ledger.act") == before


def test_taking_a_limit_away_is_a_matter_of_any_amount(office: Office) -> None:
    number = propose_limit(office.as_("terms"), BUDGET, None, None, "no more limit")
    with pytest.raises(NotAllowed, match="above what this login may approve"):
        approve(office.as_("approver"), number, "li")


def test_an_approval_is_used_once_by_two_who_come_together(office: Office) -> None:
    change = (BUDGET, -7_00, None)
    approve(office.as_("approver"), propose_limit(office.as_("terms"), *change, "x"), "li")
    barrier, answers = threading.Barrier(2), []

    def come() -> None:
        with closing(psycopg.connect(office.url_of("terms"), autocommit=True)) as conn:
            barrier.wait()
            answers.append(transact(conn, lambda: set_limit(conn, *change, "x", "zhang")))

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["approval_needed", "set"]
    assert set_limit(office.chief, BUDGET, 0, None, "back again", "chief") == "set"


# Who approves.


def asked(office: Office, amount: int = 1, kind: Any = "override", subject: str = "K") -> int:
    return propose(office.as_("terms"), kind, subject, amount, {}, "please")


def refusal(office: Office, name: str, number: int) -> str:
    with pytest.raises(Refused) as no:
        approve(office.as_(name), number, name)
    return str(no.value)


def test_the_maker_does_not_approve(office: Office) -> None:
    number = propose(office.as_("both"), "override", "K-own", 1, {}, "please")
    assert "who proposes does not approve" in refusal(office, "both", number)
    approve(office.as_("approver"), number, "li")


def test_nobody_approves_his_own_rights(office: Office) -> None:
    number = asked(office, 0, "grant", office.login("approver"))
    assert "nobody approves his own rights" in refusal(office, "approver", number)


def test_approval_up_to_the_authority(office: Office) -> None:
    approve(office.as_("approver"), asked(office, 1_000_00, subject="K-most"), "li")
    assert "above what this login may approve" in refusal(office, "approver", asked(office, 1_000_01, subject="K-more"))


def test_approval_without_authority(office: Office) -> None:
    office.hire("new", "approver")
    number = asked(office, subject="K-new")
    assert "may not approve such a thing" in refusal(office, "new", number)
    office.authorise("new", "limit", 1_000_00)
    assert "may not approve such a thing" in refusal(office, "new", number)
    office.authorise("new", "override", 1)
    approve(office.as_("new"), number, "wang")


def test_an_authority_that_was_taken_away(office: Office) -> None:
    office.hire("gone", "approver")
    office.authorise("gone", "override", 1_000_00)
    assert set_authority(office.as_("terms"), office.login("gone"), "override", None, "left", "zhang").outcome == "set"
    assert "may not approve such a thing" in refusal(office, "gone", asked(office, subject="K-gone"))


def test_approved_twice_and_never_proposed(office: Office) -> None:
    number = asked(office, subject="K-twice")
    approve(office.as_("approver"), number, "li")
    assert "approved already" in refusal(office, "both", number)
    with pytest.raises(NotFound, match="none of this number"):
        approve(office.as_("approver"), 9_999, "li")


def test_who_approves_is_the_login_and_not_a_word(office: Office) -> None:
    approve(office.as_("approver"), asked(office, subject="K-word"), "somebody else")
    found = next(each for each in proposals(office.chief) if each.subject == "K-word")
    assert (found.maker, found.approver) == (office.login("terms"), office.login("approver"))
    for name in ("terms", "poster", "reader", "auditor"):
        with pytest.raises(InsufficientPrivilege):
            approve(office.as_(name), found.number, name)


# Grants.


def test_a_role_is_granted_by_two_and_taken_by_one(office: Office) -> None:
    terms, login = office.as_("terms"), office.hire("joiner")
    waits = grant_role(terms, login, "poster", "joins in May", "zhang")
    assert waits.outcome == "approval_needed"
    assert attempted(office.as_("joiner"), "SELECT ledger.stage()") == NOT_ALLOWED
    approve(office.as_("approver"), waits.proposal or 0, "li")
    assert grant_role(terms, login, "poster", "joins in May", "zhang").outcome == "set"
    assert last_act(office)[0] == "grant"
    assert last_act(office)[4] == office.login("approver")
    assert posted(office.as_("joiner"), paid("J-1", 1)) == ["created"]
    assert grant_role(terms, login, "poster", "again", "zhang").outcome == "same"
    assert revoke_role(terms, login, "poster", "leaves", "zhang").outcome == "set"
    assert last_act(office)[0] == "revoke"
    assert attempted(office.as_("joiner"), "SELECT ledger.stage()") == NOT_ALLOWED


@pytest.mark.parametrize("role", ["owner", "migrator", "nothing"])
def test_a_role_that_is_the_operators_to_give(office: Office, role: str) -> None:
    with pytest.raises(NotFound, match="a login of the server, and a role"):
        grant_role(office.as_("terms"), office.login("approver"), role, "please", "zhang")


def test_a_role_for_nobody(office: Office) -> None:
    with pytest.raises(NotFound):
        grant_role(office.chief, "nobody_at_all", "poster", "x", "chief")
    with pytest.raises(NotFound):
        grant_role(office.chief, "gongji_reader", "poster", "x", "chief")  # a group is no login
    with pytest.raises(NotFound, match="no such book"):
        grant_book(office.chief, office.login("terms"), "No Such", "x", "chief")


def test_what_the_operator_gave_behind_the_record(office: Office) -> None:
    login = office.hire("old", groups=("gongji_reader",))
    faults = [each.where for each in findings(office.chief) if each.what == "members"]
    assert f"{login} is gongji_reader, and the record does not say so" in faults
    if office.chief.info.server_version < 160_000:
        assert revoke_role(office.as_("terms"), login, "reader", "x", "zhang").outcome == "set"
        return
    with pytest.raises(InsufficientPrivilege, match="only he can take it away"):  # since 16 a grant is its grantor's
        revoke_role(office.as_("terms"), login, "reader", "x", "zhang")
    office.chief.execute(f"REVOKE gongji_reader FROM {login}".encode())


def test_more_authority_takes_two_and_less_takes_one(office: Office) -> None:
    terms, login = office.as_("terms"), office.hire("rising", "approver")
    waits = set_authority(terms, login, "limit", 10_00, "promoted", "zhang")
    assert waits.outcome == "approval_needed"
    approve(office.as_("approver"), waits.proposal or 0, "li")
    assert set_authority(terms, login, "limit", 10_00, "promoted", "zhang").outcome == "set"
    assert set_authority(terms, login, "limit", 10_00, "promoted", "zhang").outcome == "same"
    assert set_authority(terms, login, "limit", 5_00, "less", "zhang").outcome == "set"
    assert set_authority(terms, login, "limit", 10_00, "more again", "zhang").outcome == "approval_needed"
    assert next(each for each in logins(office.chief) if each.name == login).authorities == {"limit": 5_00}


# Posting above one's own limit.


def test_a_posting_above_the_posters_own_limit(office: Office) -> None:
    poster = office.as_("poster")
    assert posted(poster, paid("O-0", 60_00)) == ["created"]  # no limit was given
    assert (
        set_authority(office.as_("terms"), office.login("poster"), "post", 50_00, "new rule", "zhang").outcome == "set"
    )
    # above it the key is not burnt, and nothing is posted
    assert posted(poster, paid("O-1", 50_00), paid("O-2", 50_01)) == ["created", "approval_needed"]
    assert posted(poster, paid("O-2", 50_01), paid("O-3", 1), together=True) == ["approval_needed", "not_posted"]
    assert posted(poster, paid("O-2", 50_01, link="a"), paid("O-3", 1, link="a")) == ["approval_needed", "linked"]
    assert office.one("SELECT count(*) FROM ledger.refusal WHERE key IN ('O-2', 'O-3')") == 0
    # another person agrees to this key and this amount
    number = propose(poster, "override", "O-2", 50_01, {}, "the invoice is there")
    approve(office.as_("approver"), number, "li")
    assert posted(poster, paid("O-2", 50_02)) == ["approval_needed"]
    assert posted(poster, paid("O-2", 50_01)) == ["created"]
    assert last_act(office)[:2] == ("override", "O-2")
    assert last_act(office)[3:] == (office.login("poster"), office.login("approver"))
    assert posted(poster, paid("O-2", 50_01)) == ["same"]
    assert posted(poster, paid("O-0", 60_00)) == ["same"]  # a re-send needs nobody
    assert next(each for each in proposals(office.chief) if each.number == number).carried_out


def test_an_approved_posting_may_still_be_refused(office: Office) -> None:
    poster = office.as_("poster")
    number = propose(poster, "override", "O-9", 900_00, {}, "please")
    approve(office.as_("approver"), number, "li")
    assert posted(poster, paid("O-9", 900_00)) == ["limit:budget"]
    assert not next(each for each in proposals(office.chief) if each.number == number).carried_out


# A close, and terms.


def test_a_close_takes_two_persons(office: Office) -> None:
    office.hire("closing", "closer", "poster")
    closer, call = office.as_("closing"), "SELECT ledger.close(20234, '2023-12-31', 'wang')"
    with pytest.raises(InsufficientPrivilege, match="another person must approve its close"):
        closer.execute(call)
    number = propose(closer, "close", "20234", 0, {"through": "2023-12-31"}, "all is in")
    approve(office.as_("approver"), number, "li")
    assert attempted(closer, call.replace("12-31", "12-30")) == NOT_ALLOWED
    assert attempted(closer, call.replace("20234", "20241")) == NOT_ALLOWED
    closer.execute(call)
    assert last_act(office)[:2] == ("close", "20234")
    assert last_act(office)[4] == office.login("approver")
    assert office.one("SELECT closed_through::text FROM ledger.calendar") == "2023-12-31"


def test_terms_take_two_persons(office: Office) -> None:
    terms = office.as_("terms")
    with pytest.raises(InsufficientPrivilege, match="another person must approve these terms"), terms.transaction():
        adopt(terms, library()[SCHEME], "zhang")
    with office.chief.transaction(force_rollback=True):
        found = adopt(office.chief, library()[SCHEME], "chief")
    approve(office.as_("approver"), propose(terms, "terms", found.id, 0, {"digest": found.digest}, "signed"), "li")
    with terms.transaction():
        adopt(terms, library()[SCHEME], "zhang")
    assert last_act(office)[:2] == ("scheme.adopted", SCHEME)
    assert last_act(office)[4] == office.login("approver")


# Everybody at work, each with no more than his own rights.


def test_an_office_at_work(every_database: Database) -> None:
    with office_of(every_database) as office:
        office.hire("closing", "closer", "poster")
        for kind in ("close", "terms"):
            office.authorise("approver", kind, 0)
        terms, poster, closer, approver = (office.as_(name) for name in ("terms", "poster", "closing", "approver"))
        with office.chief.transaction(force_rollback=True):
            digest = adopt(office.chief, library()[SCHEME], "chief").digest
        approve(approver, propose(terms, "terms", SCHEME, 0, {"digest": digest}, "signed"), "li")
        transact(terms, lambda: adopt(terms, library()[SCHEME], "zhang"))
        for line in (*MORNING, "guarantee.compensated G-1 2025-06-20 --paid 816,000.00"):
            kind, contract, on, *words = line.split()
            event = event_of_words(kind, contract, on, None, None, words, lambda name: None)
            transact(poster, lambda event=event: record(poster, [event], "chen"))  # type: ignore[misc]
        for name, last in (("2025Q1", "2025-03-31"), ("2025Q2", "2025-06-30")):
            period = parse_period(name, "quarter")
            approve(approver, propose(closer, "close", str(period.number), 0, {"through": last}, "in"), "li")
            transact(closer, lambda period=period: close(closer, period, "wang", date(2025, 8, 1)))  # type: ignore[misc]
        assert office.one("SELECT count(*) FROM share.close") == 2
        bank = office.hire("bank", "party")
        grant_book(office.chief, bank, "Bank", "its own", "chief")
        own = office.one("SELECT book_id FROM ledger.book WHERE name = 'Bank'")
        assert office.as_("bank").execute("SELECT DISTINCT book_id FROM ledger.journal").fetchall() == [(own,)]
        assert office.one("SELECT count(DISTINCT book_id) FROM ledger.journal") > 1
        assert office.as_("reader").execute("SELECT count(*) FROM share.bearing").fetchone() != (0,)
        transact(poster, lambda: settle(poster, parse_period("2025Q2", "quarter"), date(2025, 7, 15), "chen"))
        assert office.one("SELECT count(*) FROM share.settled") > 0
        assert [check.name for check in reconcile(office.as_("auditor")) if check.breaks] == []
        assert {row.book for row in trial_balance(office.as_("bank"), date(2025, 1, 1), date(2025, 12, 31))} == {"Bank"}
        assert seal(office.as_("sealer"), "sun")
        assert verify(office.as_("auditor")).findings == []


# Whether it is in force.

HOLDS = [name.split()[-1] for name in written() if name.startswith("ledger.journal: trigger keep_")]
"""What fires over the vouchers that were inserted."""

DAMAGES = (
    ("DROP TRIGGER append_only ON ledger.journal", "guards", "ledger.journal may be changed"),
    ("ALTER TABLE ledger.act DISABLE TRIGGER append_only", "guards", "ledger.act may be changed"),
    ("ALTER TABLE ledger.act ENABLE TRIGGER append_only", "guards", "trigger append_only of ledger.act does not always fire"),
    ("DROP TRIGGER append_only ON product.event", "guards", "product.event may be changed"),
    ("CREATE TABLE ledger.new (x integer)", "guards", "ledger.new may be changed"),
    *((f"DROP TRIGGER {name} ON ledger.journal", "shape", f"ledger.journal: trigger {name} is gone") for name in HOLDS),
    *((f"ALTER TABLE ledger.journal DISABLE TRIGGER {name}", "guards", f"trigger {name} of ledger.journal does not always fire") for name in HOLDS),
    ("ALTER TABLE ledger.head ENABLE REPLICA TRIGGER keep_head", "guards", "trigger keep_head of ledger.head does not always fire"),
    ("CREATE TRIGGER mine BEFORE INSERT ON ledger.act FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()", "shape", "ledger.act: trigger mine is not of the schema"),
    ("CREATE RULE quiet AS ON INSERT TO ledger.act DO INSTEAD NOTHING", "guards", "rule quiet of ledger.act writes something else"),
    ("ALTER TABLE ledger.balance ADD CONSTRAINT x CHECK (debits > 5) NOT VALID", "guards", "constraint x of ledger.balance was never proved"),
    ("ALTER TABLE ledger.batch DISABLE TRIGGER ALL", "foreign keys", "foreign keys of ledger.batch sleep while session_replication_role is replica"),
    ("ALTER TABLE ledger.journal NO FORCE ROW LEVEL SECURITY", "rows", "ledger.journal shows its rows to whoever may read it"),
    ("ALTER TABLE ledger.balance DISABLE ROW LEVEL SECURITY", "rows", "ledger.balance shows its rows to whoever may read it"),
    ("DROP POLICY own_book ON ledger.journal", "rows", "ledger.journal has no policy own_book"),
    ("CREATE POLICY peek ON ledger.journal USING (true)", "rows", "ledger.journal has a policy peek of other words"),
    ("ALTER POLICY own_book ON ledger.journal USING (true)", "rows", "ledger.journal has a policy own_book of other words"),
    ("GRANT INSERT ON ledger.journal TO gongji_poster", "grants", "INSERT on ledger.journal is granted to gongji_poster"),
    ("GRANT SELECT ON share.fact TO PUBLIC", "grants", "SELECT on share.fact is granted to PUBLIC"),
    ("GRANT UPDATE (amount) ON ledger.journal TO gongji_closer", "grants", "UPDATE on ledger.journal(amount) is granted to gongji_closer"),
    ("GRANT EXECUTE ON FUNCTION ledger.act(text, text, text, text, text) TO gongji_terms", "grants", "EXECUTE on ledger.act(text,text,text,text,text) is granted to gongji_terms"),
    ("REVOKE SELECT ON ledger.book FROM gongji_reader", "grants", "SELECT on ledger.book is not granted to gongji_reader"),
    ("ALTER VIEW ledger.transfer RESET (security_invoker)", "views", "ledger.transfer reads as its owner, not as who asks"),
    ("CREATE VIEW ledger.wide AS SELECT * FROM ledger.balance", "views", "ledger.wide reads as its owner, not as who asks"),
    ("CREATE MATERIALIZED VIEW ledger.kept AS SELECT * FROM ledger.balance", "views", "ledger.kept keeps rows of all books"),
    ("CREATE FUNCTION ledger.hole() RETURNS void LANGUAGE sql SECURITY DEFINER AS ''", "definers", "ledger.hole() runs as "),
    ("ALTER FUNCTION ledger.post(boolean,text,text) RESET search_path", "definers", "ledger.post(boolean,text,text) finds names where its caller puts them"),
    ("ALTER FUNCTION ledger.approve(integer, text) SET search_path = public", "definers", "ledger.approve(integer,text) finds names where its caller puts them"),
    ("CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "functions", "ledger.refuse() is not as the schema has it"),
    ("ALTER TABLE ledger.act OWNER TO CURRENT_USER", "owner", "ledger.act belongs to "),
    ("ALTER TYPE ledger.contents OWNER TO CURRENT_USER", "owner", "type ledger.contents belongs to "),
    ("ALTER TYPE ledger.phase OWNER TO CURRENT_USER", "owner", "type ledger.phase belongs to "),
    ("ALTER EVENT TRIGGER gongji_drops DISABLE", "definitions", "changes of definitions are not logged: no event trigger gongji_drops"),
    ("DROP EVENT TRIGGER gongji_definitions", "definitions", "changes of definitions are not logged: no event trigger gongji_definitions"),
    ("ALTER ROLE gongji_reader LOGIN", "roles", "gongji_reader may log in or is more than a group"),
    ("INSERT INTO ledger.book_member SELECT 'x', min(book_id) FROM ledger.book", "members", "x is shown book "),
    ("UPDATE ledger.balance b SET credit_floor = NULL FROM ledger.account a WHERE a.account_id = b.account_id AND a.role = 'budget'", "limits", "Bureau/budget/CNY was opened with another floor"),
    ("SELECT ledger.open_accounts(ARRAY[1], ARRAY['cash'], ARRAY[NULL::integer], ARRAY['USD'], ARRAY['income'], ARRAY[NULL::bigint])", "limits", "Bureau/cash/USD is of another kind"),
)  # fmt: skip


@pytest.fixture(scope="module", params=EVERY)
def sound(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour]) -> Iterator[psycopg.Connection[Any]]:
    """A database as the migrations leave it, with a budget."""
    for database in fresh(flavours(request.param)):
        with closing(database.connect()) as conn:
            conn.autocommit = True
            with conn.transaction():
                post(conn, [paid("F-1", 500_00, "cash", "budget")], "chief")
            yield conn


def faults_of(conn: psycopg.Connection[Any]) -> list[Finding]:
    """What is not in force, but for the logins that other tests have on the same server."""
    return [each for each in findings(conn) if not each.ok and each.what != "members"]


def test_all_is_in_force_where_the_migrations_have_run(sound: psycopg.Connection[Any]) -> None:
    assert faults_of(sound) == []
    assert {each.what for each in findings(sound)} >= {what for _, what, _ in DAMAGES}


@pytest.mark.parametrize(("damage", "what", "where"), DAMAGES, ids=[damage[:60] for damage, _, _ in DAMAGES])
def test_the_doctor_names_what_is_not_in_force(
    sound: psycopg.Connection[Any], damage: str, what: str, where: str
) -> None:
    with sound.transaction(force_rollback=True):
        sound.execute(damage.encode())
        found = [each for each in findings(sound) if each.what == what and each.where.startswith(where)]
        assert found
        assert not found[0].ok
        assert found[0].advice


@pytest.mark.parametrize(
    "damage",
    [
        damage
        for damage, what, _ in DAMAGES
        if what in ("rows", "grants", "owner", "foreign keys", "definers", "definitions")
    ],
)
def test_what_is_not_in_force_is_put_in_force_again(sound: psycopg.Connection[Any], damage: str) -> None:
    if damage.startswith("CREATE FUNCTION"):
        damage += "; DROP FUNCTION ledger.hole()"
    with sound.transaction(force_rollback=True):
        sound.execute(damage.encode())
        assert secure(sound) == []
        assert faults_of(sound) == []


@pytest.mark.parametrize(
    "damage",
    [
        "CREATE OR REPLACE FUNCTION ledger.secure_roles() RETURNS void LANGUAGE sql AS 'CREATE ROLE gongji_evil SUPERUSER'",
        "ALTER FUNCTION ledger.secure_roles() SET search_path = evil, pg_catalog",  # and there a function of a known name
    ],
)
def test_a_changed_function_is_not_run_by_a_superuser(sound: psycopg.Connection[Any], damage: str) -> None:
    with sound.transaction(force_rollback=True):
        sound.execute(damage.encode())
        with pytest.raises(NotAllowed, match=r"ledger\.secure_roles\(\) is not as the schema has it"):
            secure(sound)


# Who migrates need not be a superuser. Other names for the roles stand for another cluster: one where they are not yet.


class Land(NamedTuple):
    """A server, and the migrations with other names for the roles."""

    flavour: Flavour
    schema: Path
    prefix: str

    def database(self, owner: str) -> str:
        name = f"{self.prefix}db"
        self.flavour.admin.execute(f"CREATE DATABASE {name} OWNER {owner}".encode())
        return name

    def connect(self, name: str, login: str) -> psycopg.Connection[Any]:
        url = self.flavour.server.url(name)
        return connect(re.sub(r"//\w+@", f"//{login}@", url))


@pytest.fixture(params=EVERY)
def land(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour], tmp_path: Path) -> Iterator[Land]:
    flavour = flavours(request.param)
    prefix = f"land{next(flavour.numbers)}_"
    for file in schema_dir().glob("*.sql"):
        text = re.sub(r"gongji_(?!migration|definitions|drops)", prefix, file.read_text())
        (tmp_path / file.name).write_text(text)
    yield Land(flavour, tmp_path, prefix)
    flavour.drop(f"{prefix}db")
    flavour.drop(f"{prefix}db2")
    roles = (
        "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) ORDER BY rolcreaterole"  # who granted goes last
    )
    for (role,) in flavour.admin.execute(roles, (prefix,)).fetchall():
        flavour.admin.execute(f"DROP ROLE {role}".encode())


def test_a_login_that_may_create_nothing(land: Land) -> None:
    login = f"{land.prefix}plain"
    land.flavour.admin.execute(f"CREATE ROLE {login} LOGIN".encode())
    said: list[str] = []
    with closing(land.connect(land.database(login), login)) as conn:
        conn.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        migrate(conn, land.schema)
        # the program goes on, with one login for everything
        assert posted(conn, paid("F-1", 5_00, "cash", "budget"), paid("F-2", 6_00)) == ["created", "limit:budget"]
        assert set_limit(conn, BUDGET, -1_00, None, "x", "x") == "set"
        conn.execute("SELECT ledger.close(20241, '2024-03-31', 'x')")
        assert attempted(conn, "DELETE FROM ledger.act") == NOT_ALLOWED
        faults = {(each.what, each.where) for each in findings(conn) if not each.ok}
    assert any("may not create or grant the roles" in each for each in said)
    assert any("changed definitions are not logged" in each for each in said)
    assert {what for what, _ in faults} >= {"roles", "owner", "definitions", "foreign keys"}
    assert ("roles", f"{land.prefix}poster is not there") in faults


def test_a_login_that_may_create_roles(land: Land) -> None:
    login = f"{land.prefix}admin"
    land.flavour.admin.execute(f"CREATE ROLE {login} LOGIN CREATEROLE".encode())
    with closing(land.connect(land.database(login), login)) as conn:
        migrate(conn, land.schema)
        conn.execute("SELECT ledger.secure()")
        conn.commit()
        assert posted(conn, paid("F-1", 5_00, "cash", "budget")) == ["created"]
        conn.execute(f"CREATE ROLE {land.prefix}clerk LOGIN".encode())
        assert conn.execute(
            f"SELECT ledger.grant_role('{land.prefix}clerk', '{land.prefix}poster', 'x', 'x')".encode()
        ).fetchone() == ("set",)
        conn.commit()
        wrong = "(TABLE granted EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE granted)"
        grants = "WITH granted AS (SELECT * FROM ledger.granted()), wanted AS (SELECT * FROM ledger.rights()) "
        assert conn.execute((grants + wrong).encode()).fetchall() == []
        (owner,) = conn.execute(
            "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'ledger.journal'::regclass"
        ).fetchone() or ("",)
        conn.commit()
        # and the next migration goes through too
        (land.schema / "9999_next.sql").write_text(
            "CREATE TABLE ledger.next (book_id integer); ALTER TABLE ledger.head ADD COLUMN x integer; SELECT ledger.secure();"
        )
        assert [each.number for each in migrate(conn, land.schema)] == [9999]
        conn.commit()
    assert owner == f"{land.prefix}owner"
    with closing(land.connect(f"{land.prefix}db", f"{land.prefix}clerk")) as clerk:
        assert posted(clerk, paid("F-2", 1_00)) == ["created"]


def test_two_databases_of_one_cluster_at_once(land: Land) -> None:
    names = [f"{land.prefix}db", f"{land.prefix}db2"]
    for name in names:
        land.flavour.admin.execute(f"CREATE DATABASE {name}".encode())
    barrier, lost = threading.Barrier(2), []

    def work(name: str) -> None:
        with closing(connect(land.flavour.server.url(name))) as conn:
            barrier.wait()
            try:
                migrate(conn, land.schema)
            except Refused as error:
                lost.append(str(error))

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == []


def test_a_migrator_migrates(every_database: Database, tmp_path: Path) -> None:
    for file in schema_dir().glob("*.sql"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "9999_next.sql").write_text(
        "CREATE TABLE ledger.next (book_id integer); SELECT ledger.append_only(ARRAY['ledger.next']::regclass[]); SELECT ledger.secure();"
    )
    with office_of(every_database) as office:
        office.hire("migrator", groups=("gongji_migrator",))
        with closing(connect(office.url_of("migrator"))) as conn:
            assert [each.number for each in migrate(conn, tmp_path)] == [9999]
            conn.commit()
        assert office.one(
            "SELECT login FROM ddl.log WHERE object = 'table ledger.next' AND command = 'CREATE TABLE'"
        ) == office.login("migrator")
        assert [each.where for each in faults_of(office.chief)] == ["ledger.next is not of the schema"]


# The commands.

app = typer.Typer()
app.callback()(common)
for name, group in (("role", role_app), ("limit", limit_app), ("approve", approve_app)):
    app.add_typer(group, name=name)


def said(office: Office, whom: str, *words: str, lang: str = "en") -> Any:
    url = office.url if whom == "chief" else office.url_of(whom)
    words = ("--database-url", url, "--lang", lang, "--actor", whom, *words)
    return CliRunner().invoke(app, words, env={"COLUMNS": "150"})


def document(office: Office, whom: str, *words: str) -> Any:
    return json.loads(said(office, whom, *words, "--json").stdout)


def test_a_limit_from_the_command_line(office: Office) -> None:
    words = ("limit", "set", "Bureau", "cash", "--ceiling", "900.00", "--because", "safe is small")
    first = said(office, "terms", *words)
    assert (first.exit_code, "waits for another person" in first.stdout) == (7, True)
    number = document(office, "terms", *words)["proposals"][0]
    shown = said(office, "approver", "approve", "list", "--waiting")
    assert "Bureau/cash/CNY" in shown.stdout
    assert "900.00" in shown.stdout
    assert said(office, "approver", "approve", "give", str(number)).stdout == f"proposal {number} is approved\n"
    assert said(office, "terms", *words).stdout == "Bureau/cash/CNY: done\n"
    found = [each for each in document(office, "reader", "limit", "list")["limits"] if each["role"] == "cash"]
    assert [(each["floor"], each["ceiling"]) for each in found] == [(None, "90000")]
    assert "900.00" in said(office, "reader", "limit", "list", lang="zh").stdout


def test_a_limit_that_does_not_hold_today(office: Office) -> None:
    done = said(office, "chief", "limit", "set", "Bureau", "budget", "--floor", "900.00", "--because", "x")
    assert isinstance(done.exception, Refused)
    assert "stands beyond this limit already" in str(done.exception)
    assert "not an amount" in str(
        said(office, "chief", "limit", "set", "Bureau", "budget", "--floor", "x", "--because", "x").exception
    )


def test_a_limit_on_the_side_where_the_account_stands() -> None:
    assert floors("budget", 0, None) == (0, None)
    assert floors("budget", -5, 9) == (-5, -9)
    assert floors("exposure", 0, 9) == (-9, 0)
    with pytest.raises(NotFound, match="no such role"):
        floors("no such", None, None)


def test_grants_from_the_command_line(office: Office) -> None:
    login = office.hire("li")
    words = ("role", "grant", login, "approver", "--may", "limit", "--up-to", "1,000.00", "--because", "head of risk")
    waits = document(office, "terms", *words)
    assert waits["outcome"] == "approval_needed"
    for number in waits["proposals"]:
        assert said(office, "approver", "approve", "give", str(number)).exit_code == 0
    assert said(office, "terms", *words).stdout == f"{login}: approver: done\n"
    assert said(office, "terms", *words, lang="zh").stdout == f"{login}: approver：原已如此\n"
    found = next(each for each in document(office, "auditor", "role", "list")["logins"] if each["login"] == login)
    assert found == {"login": login, "roles": ["approver"], "books": [], "authorities": {"limit": "100000"}}
    assert "1,000.00" in said(office, "auditor", "role", "list").stdout
    assert said(office, "terms", "role", "revoke", login, "approver", "--may", "limit", "--because", "x").exit_code == 0
    assert "taken away" in said(office, "auditor", "role", "list").stdout


def test_a_party_from_the_command_line(office: Office) -> None:
    login = office.hire("bank")
    assert (
        said(office, "chief", "role", "grant", login, "party", "--book", "Bureau", "--because", "its own").exit_code
        == 0
    )
    assert document(office, "auditor", "role", "list")["logins"][0]["books"] in ([], ["Bureau"])
    assert office.as_("bank").execute("SELECT name FROM ledger.book").fetchall() == [("Bureau",)]
    assert said(office, "chief", "role", "revoke", login, "party", "--book", "Bureau", "--because", "x").exit_code == 0
    assert office.as_("bank").execute("SELECT name FROM ledger.book").fetchall() == []


def test_a_close_is_asked_for_from_the_command_line(office: Office) -> None:
    done = document(office, "closer", "approve", "propose", "close", "2024Q1", "--because", "all is in")
    found = next(each for each in proposals(office.chief) if each.number == done["proposal"])
    assert (found.subject, found.contents) == ("20241", {"through": "2024-03-31"})
    assert "2024Q1" in said(office, "auditor", "approve", "list").stdout
    assert said(office, "closer", "approve", "propose", "override", "K-7", "--because", "x").exit_code == 2
    done = document(office, "poster", "approve", "propose", "override", "K-7", "--amount", "12.00", "--because", "x")
    assert next(each for each in proposals(office.chief) if each.number == done["proposal"]).amount == 12_00
    done = document(office, "terms", "approve", "propose", "terms", SCHEME, "--because", "signed")
    assert next(each for each in proposals(office.chief) if each.number == done["proposal"]).subject == SCHEME
    assert isinstance(
        said(office, "terms", "approve", "propose", "terms", "none.toml", "--because", "x").exception, NotFound
    )


def test_everything_put_in_force_from_the_command_line(office: Office) -> None:
    done = said(office, "chief", "role", "secure")
    assert (done.exit_code, done.stdout) == (0, "everything is in force\n")
    assert said(office, "chief", "role", "secure", lang="zh").stdout == "全部生效\n"


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (("limit", "list"), "no account has a limit\n", "没有限额\n"),
        (("approve", "list", "--waiting"), "nothing was proposed\n", "没有提请\n"),
    ],
)
def test_nothing_yet(database: Database, words: tuple[str, ...], en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        done = CliRunner().invoke(app, ["--database-url", database.url, "--lang", lang, *words], env={"COLUMNS": "150"})
        assert (done.exit_code, done.stdout) == (0, expected)
