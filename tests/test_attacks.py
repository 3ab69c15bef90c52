"""Every rule of the ledger attacked: by each role, by the owner, by a superuser, and while `session_replication_role` is replica."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from conftest import EVERY, fresh
from staff import NOT_ALLOWED, Office, attempted, office_of

from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Reversal, Unit
from ledger.database import Database
from ledger.posting import post
from ledger.roles import findings
from ledger.sealing import seal
from ledger.verifying import verify

STAFF = ("poster", "closer", "approver", "terms", "sealer", "reader", "party", "auditor")
"""Who works through the functions that were given to him, and writes nowhere else."""

OWNERS = ("migrator", "superuser", "replica")
"""Who owns the tables: stopped by nothing but the tables themselves. `replica` is a superuser who switches triggers off."""

DAY, CLOSED = date(2024, 5, 17), date(2024, 2, 1)
DEBT = UUID(int=1)
MOST = 2**63 - 1


class Attack(NamedTuple):
    """A rule, what is tried against it, and the code with which the tables themselves refuse it, whoever asks."""

    rule: str
    attack: str
    sql: str
    code: str


VOUCHER = {
    "book_id": "{a}", "journal_no": "{next}", "part": "1", "effective_on": "'2024-05-17'", "phase": "'posted'", "event_id": "'X'", "kind": "'k'",
    "actor": "'x'", "debit": "ARRAY[{cash}]", "credit": "ARRAY[{capital}]", "amount": "ARRAY[5]", "rule": "ARRAY['R']",
}  # fmt: skip
"""The next voucher of book A, with which nothing is wrong: what is attacked is said beside it."""

EMPTY = {"debit": "'{{}}'", "credit": "'{{}}'", "amount": "'{{}}'", "rule": "'{{}}'"}
TWO = {"debit": "ARRAY[{cash}, {cash}]", "credit": "ARRAY[{capital}, {capital}]", "amount": "ARRAY[500, 500]", "rule": "ARRAY['R', 'R']"}  # fmt: skip
BACK = {"debit": "ARRAY[{capital}]", "credit": "ARRAY[{cash}]"}
PAYS = {"book_id": "{bureau}", "journal_no": "{next_bureau}", "debit": "ARRAY[{budget}]", "credit": "ARRAY[{cash_bureau}]"}  # fmt: skip
GETS = PAYS | {"debit": "ARRAY[{cash_bureau}]", "credit": "ARRAY[{budget}]", "amount": "ARRAY[100]"}
NEXT = {"journal_no": "{next} + 1", "event_id": "'Y'"}


def vouchers(*each: dict[str, str]) -> str:
    """One statement that inserts them all."""
    columns = list(dict.fromkeys(name for row in (VOUCHER, *each) for name in row))
    rows = (", ".join((VOUCHER | row).get(name, "NULL") for name in columns) for row in each)
    return f"INSERT INTO ledger.journal ({', '.join(columns)}) VALUES {', '.join(f'({row})' for row in rows)}"


def voucher(*said: dict[str, str], **more: str) -> str:
    """The statement that inserts a voucher of which this is said."""
    row: dict[str, str] = {}
    for each in (*said, more):
        row |= each
    return vouchers(row)


B = "INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest)"
INVENTED = (
    B + " SELECT book_id, last_journal + 1, last_journal + 1, now(), sha256('x'), digest, sha256('y')"
    " FROM ledger.head WHERE book_id = {a}; "
)
RAISED = "INSERT INTO ledger.obligation VALUES ('{new_debt}', 'X', {a}, {b}, 'CNY', 500, '2024-05-17'); "
CITED = {"amount": "ARRAY[500]", "debt": "ARRAY['{new_debt}'::uuid]"}
CITED_AGAIN = CITED | {"debt": "ARRAY['{debt}'::uuid]"}
HELD = voucher(phase="'reserved'", expires_on="'2024-06-30'") + "; "
APPROVE = (
    "INSERT INTO ledger.approval (proposal_no, kind, subject, amount, maker, approver, authority_no, up_to)"
    " SELECT p.proposal_no, p.kind, p.subject, p.amount, p.maker, session_user, a.authority_no, a.up_to"
    " FROM ledger.proposal p JOIN ledger.authority a ON a.kind = p.kind AND a.login = session_user"
)

ATTACKS = (
    # The lines.
    Attack("sides balance", "one side left out", voucher(credit="'{{NULL}}'"), "23514"),
    Attack("sides balance", "one side of the second line left out", voucher(TWO, credit="ARRAY[{capital}, NULL]"), "23514"),
    Attack("sides balance", "fewer accounts than amounts", voucher(TWO, credit="ARRAY[{capital}]"), "23514"),
    Attack("sides balance", "more accounts than amounts", voucher(TWO, amount="ARRAY[5]", rule="ARRAY['R']"), "23514"),
    Attack("sides balance", "an account of another book", voucher(credit="ARRAY[{cash_b}]"), "23503"),
    Attack("sides balance", "an account of another currency", voucher(credit="ARRAY[{dollars}]"), "23503"),
    Attack("sides balance", "an account that is not there", voucher(credit="ARRAY[999999]"), "23503"),
    Attack("sides balance", "a book that is not there", voucher(book_id="9999", journal_no="1"), "23514"),
    Attack("amounts", "zero", voucher(amount="ARRAY[0]"), "23514"),
    Attack("amounts", "below zero", voucher(amount="ARRAY[-5]"), "23514"),
    Attack("amounts", "below zero in the second line", voucher(TWO, amount="ARRAY[5, -5]"), "23514"),
    Attack("amounts", "none", voucher(amount="'{{NULL}}'"), "23514"),
    Attack("amounts", "none in the second line", voucher(TWO, amount="ARRAY[5, NULL]"), "23514"),
    Attack("amounts", "both sides one account", voucher(credit="ARRAY[{cash}]"), "23514"),
    Attack("amounts", "both sides of the second line one account", voucher(TWO, credit="ARRAY[{capital}, {cash}]"), "23514"),
    Attack("amounts", "both sides one account, counted from another number", voucher(debit="'[0:0]={{{cash}}}'", credit="'[0:0]={{{cash}}}'"), "23514"),
    Attack("amounts", "both sides one account, in two dimensions", voucher(debit="ARRAY[[{cash}]]", credit="ARRAY[[{cash}]]"), "23514"),
    Attack("lines are a list", "in two dimensions", voucher({name: f"ARRAY[{VOUCHER[name]}]" for name in EMPTY}), "23514"),
    Attack("lines are a list", "counted from another number", voucher(amount="'[7:7]={{5}}'"), "23514"),
    Attack("lines are a list", "as many rules in two dimensions", voucher(TWO, rule="ARRAY[['R', 'R']]"), "23514"),
    Attack("rules", "none", voucher(rule="'{{NULL}}'"), "23514"),
    Attack("rules", "fewer than lines", voucher(TWO, rule="ARRAY['R']"), "23514"),
    Attack("rules", "two in one word", voucher(rule="ARRAY['R,S']"), "23514"),
    Attack("rules", "a word that ends the list", voucher(TWO, rule="ARRAY['R', 'S;1']"), "23514"),
    Attack("counters", "more than a counter holds", voucher(amount=f"ARRAY[{MOST}]"), "22003"),
    Attack("counters", "two lines more than a counter holds", voucher(TWO, amount=f"ARRAY[{MOST}, {MOST}]"), "22003"),
    Attack("counters", "below zero", "UPDATE ledger.balance SET debits = -1 WHERE account_id = {cash}", "23514"),
    # What stands.
    Attack(
        "vouchers stand", "a line more",
        "UPDATE ledger.journal SET debit = debit || {cash}, credit = credit || {capital}, amount = amount || 5::bigint, rule = rule || 'R'::text"
        " WHERE book_id = {a} AND journal_no = 1", "42501",
    ),
    Attack("vouchers stand", "a line less", "UPDATE ledger.journal SET debit = '{{}}', credit = '{{}}', amount = '{{}}', rule = '{{}}' WHERE book_id = {a}", "42501"),
    Attack("vouchers stand", "another amount", "UPDATE ledger.journal SET amount[1] = 6 WHERE book_id = {a}", "42501"),
    Attack("vouchers stand", "another day", "UPDATE ledger.journal SET effective_on = '2024-05-18' WHERE book_id = {a}", "42501"),
    Attack("vouchers stand", "another under its number", voucher(journal_no="1") + " ON CONFLICT (book_id, journal_no) DO UPDATE SET amount = excluded.amount", "42501"),
    Attack("vouchers stand", "a voucher number again", voucher(journal_no="1"), "23505"),
    Attack("no line is missing", "a voucher without lines", voucher(EMPTY), "23514"),
    Attack("no line is missing", "a reservation of nothing", voucher(EMPTY, phase="'reserved'"), "23514"),
    Attack("no voucher is missing", "a number left out", voucher(journal_no="{next} + 1"), "23503"),
    Attack("no voucher is missing", "a number left out between two", vouchers({}, NEXT | {"journal_no": "{next} + 2"}), "23514"),
    Attack("no voucher is missing", "a number before the first", voucher(journal_no="0"), "23514"),
    Attack("no voucher is missing", "a head moved over nothing", "UPDATE ledger.head SET last_journal = {next} WHERE book_id = {a}", "23514"),
    Attack("no voucher is missing", "a head moved back", "UPDATE ledger.head SET last_journal = 1 WHERE book_id = {a}", "23514"),
    Attack("no voucher is missing", "a head with another digest", "UPDATE ledger.head SET digest = sha256('x') WHERE book_id = {a}", "23514"),
    Attack("no voucher is missing", "a head taken away", "DELETE FROM ledger.head WHERE book_id = {a}", "42501"),
    Attack("no balance is missing", "a balance taken away", "DELETE FROM ledger.balance WHERE account_id = {cash}", "42501"),
    Attack("no balance is missing", "all balances emptied", "TRUNCATE ledger.balance CASCADE", "42501"),
    # Keys, reversals, reservations.
    Attack("a key means one thing", "an event's key again", voucher(event_id="'A-1'"), "23505"),
    Attack("a key means one thing", "a part added to an event that stands", voucher(event_id="'C-1'", part="2"), "23514"),
    Attack("a key means one thing", "a part left out", vouchers({}, NEXT | {"event_id": "'X'", "part": "3"}), "23514"),
    Attack("a key means one thing", "a refused key refused again", "INSERT INTO ledger.refusal (key, outcome, contents) VALUES ('X-1', 'limit:budget', '[]')", "23505"),
    Attack("reversed once", "a second reversal", voucher(BACK, amount="ARRAY[70]", reverses_no="{reversed}"), "23505"),
    Attack("reversed once", "a journal reverses itself", voucher(BACK, reverses_no="{next}"), "23514"),
    Attack("reversed once", "a reversal of what is not there", voucher(BACK, reverses_no="0"), "23503"),
    Attack("reversed once", "a reversal of a reversal", voucher(amount="ARRAY[70]", reverses_no="{reversal}"), "23503"),
    Attack("reversed once", "a reversal of a reservation", voucher(BACK, amount="ARRAY[6]", reverses_no="{held}"), "23503"),
    Attack("reversed whole", "with another amount", voucher(BACK, amount="ARRAY[999]", reverses_no="1"), "23503"),
    Attack("reversed whole", "the same way round", voucher(amount="ARRAY[1000]", reverses_no="1"), "23503"),
    Attack("reversed whole", "with a line more", voucher(TWO, debit="ARRAY[{capital}, {capital}]", credit="ARRAY[{cash}, {cash}]", amount="ARRAY[1000, 1]", reverses_no="1"), "23503"),
    Attack("reserved once", "ended a second time", voucher(EMPTY, phase="'voided'", resolves_no="{reserved}"), "23505"),
    Attack("reserved once", "a void that moves", voucher(phase="'voided'", resolves_no="{held}"), "23514"),
    Attack("reserved once", "an end without a reservation", voucher(EMPTY, phase="'voided'"), "23514"),
    Attack("reserved once", "an end of what was never reserved", voucher(EMPTY, phase="'voided'", resolves_no="1"), "23503"),
    Attack("reserved once", "an end of what is not there", voucher(EMPTY, phase="'voided'", resolves_no="0"), "23503"),
    Attack("reserved once", "an end that reserves", voucher(phase="'reserved'", resolves_no="{held}"), "23514"),
    Attack("no more than was reserved", "one more", voucher(amount="ARRAY[7]", resolves_no="{held}"), "23503"),
    Attack("no more than was reserved", "one more in two lines", voucher(TWO, amount="ARRAY[4, 3]", resolves_no="{held}"), "23503"),
    Attack("no more than was reserved", "the other way round", voucher(BACK, resolves_no="{held}"), "23503"),
    Attack("over when its days are", "it has no last day", voucher(EMPTY, phase="'expired'", resolves_no="{held}"), "23503"),
    Attack("over when its days are", "on its last day", HELD + voucher(NEXT, EMPTY, phase="'expired'", effective_on="'2024-06-30'", resolves_no="{next}"), "23503"),
    Attack("over when its days are", "a posting with a last day", voucher(expires_on="'2024-06-30'"), "23514"),
    # Debts.
    Attack("one amount in both books", "another amount", RAISED + voucher(CITED, amount="ARRAY[499]"), "23503"),
    Attack("one amount in both books", "another currency", RAISED.replace("CNY", "USD") + voucher(CITED), "23503"),
    Attack("one amount in both books", "of another event", RAISED + voucher(CITED, event_id="'Y'"), "23503"),
    Attack("one amount in both books", "of another event, which stands", voucher(CITED_AGAIN), "23503"),
    Attack("one amount in both books", "cited twice in one voucher", RAISED + voucher(CITED, TWO, debt="ARRAY['{new_debt}'::uuid, '{new_debt}'::uuid]"), "23505"),
    Attack("one amount in both books", "cited by two vouchers of its event", RAISED + vouchers(CITED, NEXT | CITED | {"event_id": "'X'", "part": "2"}), "23505"),
    Attack("one amount in both books", "cited by a third book", RAISED + voucher(GETS, CITED), "23503"),
    Attack("one amount in both books", "a debt nobody raised", voucher(debt="ARRAY[gen_random_uuid()]"), "23503"),
    Attack("one amount in both books", "more debts than lines", RAISED + voucher(CITED, debt="ARRAY['{new_debt}'::uuid, NULL]"), "23514"),
    Attack("one amount in both books", "a list of no debts", voucher(debt="'{{NULL}}'"), "23514"),
    Attack("one amount in both books", "a debt to oneself", "INSERT INTO ledger.obligation VALUES (gen_random_uuid(), 'X', {a}, {a}, 'CNY', 5, '2024-05-17')", "23514"),
    # Limits, what is reserved counted.
    Attack("limits", "one more than is left", voucher(PAYS, amount="ARRAY[301]"), "23514"),
    Attack("limits", "reserved: one more than is left", voucher(PAYS, amount="ARRAY[301]", phase="'reserved'"), "23514"),
    Attack("limits", "enough, after what comes in", vouchers(GETS, PAYS | NEXT | {"journal_no": "{next_bureau} + 1", "amount": "ARRAY[350]"}), "23514"),
    Attack("limits", "enough, once what is held is free", vouchers(PAYS | EMPTY | {"phase": "'voided'", "resolves_no": "{held_bureau}"}, PAYS | NEXT | {"journal_no": "{next_bureau} + 1", "amount": "ARRAY[301]"}), "23514"),
    Attack("limits", "a floor above what is left", "UPDATE ledger.balance SET credit_floor = 301 WHERE account_id = {budget}", "23514"),
    Attack("limits", "a ceiling below what is used", "UPDATE ledger.balance SET debit_floor = -499 WHERE account_id = {budget}", "23514"),
    # Periods and terms.
    Attack("closed is closed", "a journal of a closed period", voucher(effective_on="'2024-02-01'"), "23514"),
    Attack("closed is closed", "a journal of a period closed for its book", "INSERT INTO ledger.period VALUES ({a}, 20242, 'closed', 'x', now()); " + voucher(), "23514"),
    Attack("closed is closed", "the calendar turned back", "UPDATE ledger.calendar SET closed_through = '2023-12-31'", "23514"),
    Attack("closed is closed", "the close forgotten", "UPDATE ledger.calendar SET closed_through = NULL", "23514"),
    Attack("closed is closed", "a calendar without a row", "DELETE FROM ledger.calendar", "42501"),
    Attack("closed is closed", "a period opened again", "UPDATE ledger.period SET state = 'open', closed_at = NULL WHERE book_id = {a}", "23514"),
    Attack("closed is closed", "a period taken away", "DELETE FROM ledger.period WHERE book_id = {a}", "42501"),
    Attack("closed is closed", "a period closed twice", "INSERT INTO ledger.period VALUES ({a}, 20241, 'closed', 'x', now())", "23505"),
    Attack("a close is stamped", "without its hour", "INSERT INTO ledger.period VALUES ({a}, 20242, 'closed', 'x', NULL)", "23514"),
    Attack("a close is stamped", "without its name", "INSERT INTO ledger.period VALUES ({a}, 20242, 'closed', NULL, now())", "23514"),
    Attack("terms", "a document adopted twice", "INSERT INTO share.scheme (scheme_id, currency, digest, document, actor) VALUES ('S', 'CNY', 'd', 'x', 'x')", "23505"),
    # The chain.
    Attack("chain", "a batch that follows nothing", B + " VALUES ({a}, {next}, {next}, now(), sha256('x'), sha256('y'), sha256('z'))", "23503"),
    Attack("chain", "a batch over numbers that have one", B + " SELECT book_id, first_no, last_no + 1, now(), leaves || sha256('x'), previous, digest FROM ledger.batch WHERE book_id = {a} AND first_no = 1", "23505"),
    Attack("chain", "an invented batch, and the head over it", INVENTED + "UPDATE ledger.head SET last_journal = {next}, digest = sha256('y') WHERE book_id = {a}", "23514"),
    Attack("chain", "an invented batch, and a voucher under it", INVENTED + voucher(), "23505"),
    Attack("chain", "too few leaves", B + " VALUES ({a}, {next}, {next}, now(), '', sha256('y'), sha256('z'))", "23514"),
    Attack("chain", "a block that follows nothing", "INSERT INTO ledger.block (book_id, block_no, first_no, last_no, algorithm, root, chain, previous, hash, sealed_at) SELECT book_id, 7, first_no, last_no, 'sm3', root, chain, sha256('x'), hash, now() FROM ledger.block WHERE book_id = {a} LIMIT 1", "23514"),
    Attack("chain", "a block whose hash is another", "INSERT INTO ledger.block (book_id, block_no, first_no, last_no, algorithm, root, chain, previous, hash, sealed_at) SELECT book_id, block_no, first_no, last_no, algorithm, root, chain, previous, sha256('x'), sealed_at FROM ledger.block WHERE book_id = {a} LIMIT 1", "23514"),
    Attack("acts", "an act's number again", "INSERT INTO ledger.act (act_no, kind, subject, contents, actor) VALUES (1, 'x', 'x', '{{}}', 'x')", "23505"),
    # Two persons.
    Attack("two persons", "the maker approves", APPROVE + " WHERE p.subject = 'mine' AND p.maker = session_user AND a.up_to = 1000", "23514"),
    Attack("two persons", "above one's authority", APPROVE + " WHERE p.subject = 'large' AND a.up_to = 1000", "23514"),
    Attack("two persons", "one's own rights", APPROVE + " WHERE p.kind = 'grant' AND p.subject = session_user AND a.up_to = 1000", "23514"),
    Attack("two persons", "an authority that was replaced", APPROVE + " WHERE p.subject = 'small' AND a.up_to = 5000", "42501"),
    Attack("two persons", "an authority of another kind", APPROVE.replace("a.kind = p.kind", "a.kind = 'limit'") + " WHERE p.kind = 'terms' AND a.up_to = 1000", "23503"),
    Attack("two persons", "another amount", APPROVE.replace("p.amount, p.maker", "p.amount - 1, p.maker") + " WHERE p.subject = 'small' AND a.up_to = 1000", "23503"),
    Attack("two persons", "another maker", APPROVE.replace("p.amount, p.maker", "p.amount, 'nobody'") + " WHERE p.subject = 'small' AND a.up_to = 1000", "23503"),
    Attack("two persons", "in another's name", APPROVE.replace("session_user, a.auth", "'boss', a.auth") + " WHERE p.subject = 'small' AND a.up_to = 1000", "42501"),
    Attack("two persons", "proposed in another's name", "INSERT INTO ledger.proposal (kind, subject, amount, contents, because, maker) VALUES ('limit', 'x', 1, '{{}}', 'x', 'boss')", "42501"),
    Attack("two persons", "carried out twice", "INSERT INTO ledger.carried_out SELECT proposal_no, act_no FROM ledger.carried_out", "23505"),
    Attack("two persons", "carried out without approval", "INSERT INTO ledger.carried_out SELECT proposal_no, 1 FROM ledger.proposal WHERE subject = 'small'", "23503"),
)  # fmt: skip

APPEND_ONLY = (
    "ledger.book", "ledger.account", "ledger.journal", "ledger.refusal", "ledger.obligation",
    "ledger.batch", "ledger.snapshot", "ledger.period_balance", "ledger.act", "ledger.block", "ledger.chart", "ledger.authority",
    "ledger.proposal", "ledger.approval", "ledger.carried_out", "product.contract", "product.import_run",
    "product.event", "product.quarantine", "share.scheme", "share.fact", "share.close", "share.bearing", "share.owing",
    "share.instruction", "share.settled", "ddl.log",
)  # fmt: skip


class Stand(NamedTuple):
    """The office with its books: who is attacked, and the numbers the attacks need."""

    office: Office
    numbers: dict[str, Any]

    def as_(self, whom: str) -> psycopg.Connection[Any]:
        return self.office.chief if whom == "superuser" else self.office.as_(whom)


@pytest.fixture(scope="module", params=EVERY)
def stand(request: pytest.FixtureRequest, flavours: Callable[[str], Any]) -> Iterator[Stand]:
    """Books with something of everything in them, on each PostgreSQL that is here. Every attack is undone."""
    for database in fresh(flavours(request.param)):
        with office_of(database) as office:
            office.hire("migrator", groups=("gongji_migrator",))
            replica = psycopg.connect(office.url, autocommit=True)
            replica.execute("SET session_replication_role = replica")
            office.connections["replica"] = replica
            keep_books(office.chief)
            ask_for_approval(office)
            yield Stand(office, numbers(office))


def account(book: str, role: str, other: str | None = None, currency: str = "CNY") -> AccountKey:
    return (book, role, other, currency)


def moved(key: str, book: str, debit: str, credit: str, amount: int, on: date = DAY, **more: Any) -> Unit:
    line = Line(book, account(book, debit, **_of(more)), account(book, credit, **_of(more)), amount, "R1")
    return Unit(key, "k", on, (line,), **{name: value for name, value in more.items() if name != "currency"})


def _of(more: dict[str, Any]) -> dict[str, str]:
    return {"currency": more["currency"]} if "currency" in more else {}


def owed(key: str, amount: int, debtor: str, creditor: str, debt: UUID) -> Unit:
    lines = (
        Line(debtor, account(debtor, "claim_loss"), account(debtor, "due_to", creditor), amount, "L2", debt),
        Line(creditor, account(creditor, "due_from", debtor), account(creditor, "claim_recv"), amount, "L3", debt),
    )
    return Unit(key, "k", DAY, lines, (Debt(debt, debtor, creditor, "CNY", amount, DAY),))


def keep_books(chief: psycopg.Connection[Any]) -> None:
    """Postings, a debt, a reversal, reservations, a refusal, a closed period, a seal, a scheme."""
    posted: list[list[Item]] = [
        [moved("A-1", "A", "cash", "capital", 1_000, CLOSED), moved("C-1", "C", "cash", "capital", 1_000)],
        [moved("A-2", "A", "cash", "capital", 7, currency="USD"), moved("A-3", "A", "cash", "capital", 70)],
        [moved("B-1", "Bureau", "cash", "budget", 500), moved("B-2", "Bureau", "budget", "cash", 200, reserved=True)],
        [owed("D-1", 500, "A", "B", DEBT), moved("A-4", "A", "cash", "capital", 5, reserved=True)],
        [moved("A-5", "A", "cash", "capital", 6, reserved=True), Reversal("A-6", "A-3", DAY)],
        [Resolution("A-7", "A-4", "post", DAY), moved("A-8", "A", "cash", "capital", 8, reserved=True, expires_on=DAY)],
        [Resolution("A-9", "A-8", "void", DAY)],
    ]
    with chief.transaction():
        for units in posted:
            assert set(post(chief, units, "clerk")) == {"created"}
        assert post(chief, [moved("X-1", "Bureau", "budget", "cash", 301)], "clerk", together=False) == ["limit:budget"]
        chief.execute("SELECT ledger.close(20241, '2024-03-31', 'clerk')")
        chief.execute(
            "INSERT INTO share.scheme (scheme_id, currency, digest, document, actor) VALUES ('S', 'CNY', 'd', 'x', 'x')"
        )
    seal(chief, "sealer")


def ask_for_approval(office: Office) -> None:
    """Proposals of the owners and of another person, and what the owners may approve: 5,000 first, 1,000 now."""
    propose = "SELECT ledger.propose(%s, %s, %s, '{}', 'x')"
    for whom in OWNERS[:2]:
        conn = office.chief if whom == "superuser" else office.as_(whom)
        conn.execute(propose, ("limit", "mine", 10))
        (login,) = conn.execute("SELECT session_user::text").fetchone() or ("",)
        office.as_("terms").execute(propose, ("grant", login, 0))
        for kind in ("limit", "grant"):
            for up_to in (5_000, 1_000):
                office.chief.execute("SELECT ledger.set_authority(%s, %s, %s, 'x', 'x')", (login, kind, up_to))
    for kind, subject, amount in (
        ("limit", "small", 10),
        ("limit", "large", 1_001),
        ("terms", "S", 0),
        ("close", "done", 0),
    ):
        office.as_("terms").execute(propose, (kind, subject, amount))
    office.authorise("approver", "close", 0)
    done = office.one("SELECT proposal_no FROM ledger.proposal WHERE subject = 'done'")
    assert office.as_("approver").execute("SELECT ledger.approve(%s, 'x')", (done,)).fetchone() == ("given",)
    office.chief.execute("SELECT ledger.enact('close', 'done', 0, '{}', '{}', 'x')")


def numbers(office: Office) -> dict[str, Any]:
    def book(name: str) -> Any:
        return office.one("SELECT book_id FROM ledger.book WHERE name = %s", name)

    def role(name: str, role: str, currency: str = "CNY") -> Any:
        sql = "SELECT account_id FROM ledger.account WHERE book_id = %s AND role = %s AND currency = %s"
        return office.one(sql, book(name), role, currency)

    def number(key: str) -> Any:
        return office.one("SELECT journal_no FROM ledger.journal WHERE event_id = %s AND part = 1", key)

    def following(name: str) -> Any:
        return office.one("SELECT last_journal + 1 FROM ledger.head WHERE book_id = %s", book(name))

    return {
        "a": book("A"), "b": book("B"), "c": book("C"), "bureau": book("Bureau"), "debt": DEBT, "new_debt": UUID(int=2),
        "next": following("A"), "next_bureau": following("Bureau"), "held_bureau": number("B-2"),
        "cash": role("A", "cash"), "capital": role("A", "capital"), "dollars": role("A", "capital", "USD"),
        "cash_b": role("B", "claim_recv"), "cash_c": role("C", "cash"), "capital_c": role("C", "capital"),
        "budget": role("Bureau", "budget"), "cash_bureau": role("Bureau", "cash"),
        "reversed": number("A-3"), "reversal": number("A-6"), "reserved": number("A-4"), "held": number("A-5"),
    }  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=[f"{each.rule}: {each.attack}" for each in ATTACKS])
def test_a_rule_attacked_by_everyone(stand: Stand, attack: Attack) -> None:
    sql = attack.sql.format(**stand.numbers)
    answers = {whom: attempted(stand.as_(whom), sql) for whom in (*STAFF, *OWNERS)}
    assert answers == dict.fromkeys(STAFF, NOT_ALLOWED) | dict.fromkeys(OWNERS, attack.code)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("INSERT INTO ledger.transfer SELECT * FROM ledger.transfer", "55000"),
        ("UPDATE ledger.transfer SET amount = 6", "55000"),
        ("DELETE FROM ledger.transfer", "55000"),
        ("TRUNCATE ledger.transfer", "42809"),
    ],
)
def test_lines_are_shown_and_not_written(stand: Stand, sql: str, code: str) -> None:
    assert {attempted(stand.as_(whom), sql) for whom in (*STAFF, *OWNERS)} == {code}


@pytest.mark.parametrize("whom", OWNERS)
def test_a_voucher_by_hand_is_counted_and_chained(stand: Stand, whom: str) -> None:
    """No attack: what an owner inserts by the rules is as good as what was posted."""
    conn = stand.as_(whom)

    def row(sql: str) -> tuple[Any, ...]:
        return conn.execute(sql.format(**stand.numbers).encode()).fetchone() or ()

    counters = "SELECT debits, debits_pending FROM ledger.balance WHERE account_id = {cash}"
    last_batch = "SELECT h.last_journal, b.first_no, b.last_no FROM ledger.head h JOIN ledger.batch b USING (book_id, digest) WHERE book_id = {a}"
    with conn.transaction(force_rollback=True):
        debits, pending = row(counters)
        # when he inserts a voucher, the reversal of the first, and half of what is held
        undone = NEXT | BACK | {"amount": "ARRAY[1000]", "reverses_no": "1"}
        half = {"journal_no": "{next} + 2", "event_id": "'Z'", "amount": "ARRAY[3]", "resolves_no": "{held}"}
        conn.execute(vouchers({}, undone, half).format(**stand.numbers).encode())
        # then the counters have moved, what was held is free, and the chain goes on over the three
        assert row(counters) == (debits + 5 + 3, pending - 6)
        first = stand.numbers["next"]
        assert row(last_batch) == (first + 2, first, first + 2)
        assert verify(conn).findings == []


@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET {} = DEFAULT", "DELETE FROM {}", "DELETE FROM {} WHERE false", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_record_is_never_changed(stand: Stand, table: str, verb: str) -> None:
    column = stand.office.one("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", table)
    sql = verb.format(table, column)
    assert {whom: attempted(stand.as_(whom), sql) for whom in (*STAFF, *OWNERS)} == dict.fromkeys(
        (*STAFF, *OWNERS), NOT_ALLOWED
    )


def test_every_table_is_in_this_list_or_may_change(stand: Stand) -> None:
    tables = "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text = ANY (ledger.schemas())"
    free = {f"ledger.{name}" for name in ("act_head", "balance", "book_member", "calendar", "head", "period")}
    assert {name for (name,) in stand.office.chief.execute(tables)} == {*APPEND_ONLY, *free}


# What nobody's rights reach.

WRITES = {
    "poster": {
        "INSERT product.contract", "INSERT product.event", "INSERT product.import_run", "INSERT product.quarantine",
        "INSERT share.fact", "INSERT share.instruction", "INSERT share.settled", "UPDATE share.settled",
        "UPDATE ledger.calendar(only_row)", "UPDATE product.contract(contract_id)",
        "USAGE product.import_run_import_no_seq",
    },
    "closer": {
        "INSERT share.close", "INSERT share.bearing", "INSERT share.owing", "UPDATE ledger.calendar(only_row)",
    },
    "terms": {"INSERT share.scheme", "UPDATE share.scheme"},
}  # fmt: skip
"""All that is written without a function. An UPDATE here is the right to lock: its column cannot change, or its table never does."""

DOORS = {
    "poster": "open_accounts open_books post propose record_opening stage",
    "closer": "close propose",
    "approver": "approve propose",
    "terms": "grant_book grant_role propose revoke_book revoke_role set_authority set_limit use_chart",
    "sealer": "next_block record_accounts seal sealing set_sealing",
}
"""The functions that write, or read more than their caller may, and who may call them."""


@pytest.mark.parametrize("whom", STAFF)
def test_nobody_writes_but_through_functions(stand: Stand, whom: str) -> None:
    granted = "SELECT privilege || ' ' || object FROM ledger.granted() WHERE role = %s AND privilege <> 'SELECT' AND privilege <> 'EXECUTE' AND object LIKE '%%.%%'"
    assert {each for (each,) in stand.office.chief.execute(granted, (f"gongji_{whom}",))} == WRITES.get(whom, set())
    doors = (
        "SELECT p.proname FROM ledger.granted() g JOIN pg_proc p ON g.object = p.oid::regprocedure::text"
        " WHERE g.role = %s AND (p.provolatile = 'v' OR p.prosecdef) ORDER BY 1"
    )
    assert " ".join(name for (name,) in stand.office.chief.execute(doors, (f"gongji_{whom}",))) == DOORS.get(whom, "")


def test_everything_is_closed_to_the_public(stand: Stand) -> None:
    assert stand.office.chief.execute("SELECT * FROM ledger.granted() WHERE role NOT LIKE 'gongji%'").fetchall() == []
    stand.office.hire("stranger")
    for sql in (
        "SELECT 1 FROM ledger.book",
        "SELECT ledger.own_limit()",
        "SELECT 1 FROM product.event",
        "SELECT 1 FROM share.fact",
        "SELECT 1 FROM ddl.log",
    ):
        assert attempted(stand.as_("stranger"), sql) == NOT_ALLOWED


DEFINITIONS = (
    "DROP TRIGGER append_only ON ledger.journal",
    "ALTER TABLE ledger.journal DISABLE TRIGGER ALL",
    "ALTER TABLE ledger.journal DISABLE TRIGGER append_only",
    "ALTER TABLE ledger.journal ENABLE TRIGGER keep_vouchers",
    "ALTER TABLE ledger.journal NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE ledger.journal DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE ledger.journal DROP CONSTRAINT two_accounts",
    "ALTER VIEW ledger.transfer RESET (security_invoker)",
    "CREATE OR REPLACE RULE quiet AS ON INSERT TO ledger.transfer DO INSTEAD NOTHING",
    "ALTER TABLE ledger.balance DROP CONSTRAINT credit_limit",
    "ALTER TABLE ledger.journal OWNER TO current_user",
    "CREATE POLICY peek ON ledger.journal USING (true)",
    "CREATE RULE quiet AS ON INSERT TO ledger.act DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION ledger.post(boolean,text,text) SECURITY INVOKER",
    "CREATE TRIGGER mine BEFORE INSERT ON ledger.journal FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE TEMP TABLE child () INHERITS (ledger.journal)",
    "CREATE TABLE ledger.mine (x integer)",
    "DROP TABLE ledger.journal CASCADE",
    "DROP VIEW ledger.transfer CASCADE",
    "GRANT EXECUTE ON FUNCTION ledger.act(text, text, text, text, text) TO PUBLIC",
)
"""What would take a guard away: for the owner of the tables alone, and written down when he does it."""

SUPERUSERS = (
    "SET session_replication_role = replica",
    "SET SESSION AUTHORIZATION gongji_owner",
    "ALTER ROLE gongji_owner SUPERUSER",
    "DROP EVENT TRIGGER gongji_definitions",
    "ALTER EVENT TRIGGER gongji_drops DISABLE",
    "DROP SCHEMA ddl CASCADE",
    "DELETE FROM ddl.log",
    "INSERT INTO ddl.log (command, statement) VALUES ('x', 'x')",
    "ALTER TABLE ddl.log DISABLE TRIGGER ALL",
    "CREATE OR REPLACE FUNCTION ddl.write() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "SELECT pg_read_file('PG_VERSION')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)
"""What would take away the log of definitions, or get round everything: not even for the owner."""


@pytest.mark.parametrize("sql", [*DEFINITIONS, "SET ROLE gongji_owner", *SUPERUSERS])
def test_definitions_are_out_of_reach(stand: Stand, sql: str) -> None:
    assert {whom: attempted(stand.as_(whom), sql) for whom in STAFF} == dict.fromkeys(STAFF, NOT_ALLOWED)


@pytest.mark.parametrize("sql", SUPERUSERS)
def test_the_log_is_out_of_the_owners_reach(stand: Stand, sql: str) -> None:
    assert attempted(stand.as_("migrator"), sql) == NOT_ALLOWED


def test_staging_leaves_nothing_in_the_log(stand: Stand) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute("SELECT ledger.stage(); CREATE TEMP TABLE mine (x integer); DROP TABLE mine")
    assert stand.office.one("SELECT count(*) FROM ddl.log WHERE login = %s", stand.office.login("poster")) == 0


@pytest.mark.parametrize("sql", DEFINITIONS)
@pytest.mark.parametrize("whom", ["migrator", "superuser"])
def test_what_the_owner_changes_is_written_down(stand: Stand, whom: str, sql: str) -> None:
    conn = stand.as_(whom)
    before = stand.office.one("SELECT coalesce(max(log_no), 0) FROM ddl.log")
    with conn.transaction(force_rollback=True):
        conn.execute(sql.replace("TEMP TABLE", "TABLE ledger.").replace("ledger. ", "ledger.").encode())
        conn.execute("SET LOCAL ROLE gongji_auditor")
        logged = conn.execute("SELECT statement FROM ddl.log WHERE log_no > %s", (before,)).fetchall()
    assert any(sql[:20].split()[0] in statement for (statement,) in logged)


# A poster who knows SQL: what he lays ready must never run as the owner.

STAGE = "CREATE TEMP TABLE stage (unit integer, outcome text, key text, part smallint, chain integer, book_id integer)"
EVIL = (
    "CREATE FUNCTION pg_temp.evil() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN EXECUTE 'GRANT gongji_owner TO ' || session_user; RETURN NEW; END$$"
)


@pytest.mark.parametrize(
    "prepared",
    [
        STAGE,
        f"{EVIL}; {STAGE}; CREATE TRIGGER evil BEFORE UPDATE ON stage FOR EACH ROW EXECUTE FUNCTION pg_temp.evil()",
        "CREATE TEMP VIEW stage AS SELECT 1 AS unit, ''::text AS outcome",
        f"{STAGE}; ALTER TABLE stage ENABLE ROW LEVEL SECURITY; CREATE POLICY evil ON stage USING (1 / unit > 0)",
        "CREATE TYPE pg_temp.two AS ENUM ('1'); CREATE FUNCTION pg_temp.to_int(pg_temp.two) RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        " CREATE CAST (pg_temp.two AS integer) WITH FUNCTION pg_temp.to_int(pg_temp.two) AS IMPLICIT; CREATE TEMP TABLE stage (unit pg_temp.two)",
    ],
)
@pytest.mark.parametrize(
    "call", ["SELECT ledger.post(false)", "SELECT ledger.post(false, 'a row', '')", "SELECT ledger.stage()"]
)
def test_a_stage_of_the_callers_own(stand: Stand, prepared: str, call: str) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute(prepared.encode())
        assert attempted(poster, call) == NOT_ALLOWED


@pytest.mark.parametrize("table", ["stage_debt", "stage_known", "stage_no", "stage_slot"])
def test_half_a_stage_of_the_callers_own(stand: Stand, table: str) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute(f"CREATE TEMP TABLE {table} (unit integer, outcome text)".encode())
        assert attempted(poster, "SELECT ledger.stage()") == "42P07"
        assert attempted(poster, "SELECT ledger.post(false, 'a row', '')") == "42P07"
        assert attempted(poster, "SELECT ledger.post(false)") == NOT_ALLOWED


@pytest.mark.parametrize(
    "sql",
    [
        f"{EVIL}; CREATE TRIGGER evil BEFORE INSERT ON pg_temp.stage FOR EACH ROW EXECUTE FUNCTION pg_temp.evil()",
        "ALTER TABLE pg_temp.stage ADD COLUMN x integer DEFAULT 1",
        "ALTER TABLE pg_temp.stage ENABLE ROW LEVEL SECURITY",
        "CREATE RULE evil AS ON INSERT TO pg_temp.stage DO INSTEAD NOTHING",
        "CREATE INDEX ON pg_temp.stage (unit)",
        "CREATE TEMP TABLE child () INHERITS (stage)",
        "ALTER TABLE pg_temp.stage RENAME TO other",
        "DROP TABLE pg_temp.stage",
        "UPDATE pg_temp.stage SET outcome = 'same'",
        "INSERT INTO pg_temp.stage_no VALUES (0, 'same')",
        "SELECT ledger.make_stage()",
        "SELECT ledger.judge_stage(true)",
        "SELECT ledger.act('limit', 'x', '{}', 'x', 'boss')",
        "SELECT ledger.enact('limit', 'x', 0, '{}', '{}', 'x')",
        "SELECT ledger.begin_chain(1)",
        "SELECT ledger.close_books(20242, '2024-06-30', 'x')",
        "CREATE TEMP TABLE t (LIKE ledger.journal); CREATE TRIGGER t AFTER INSERT ON t REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_vouchers()",
        "CREATE TEMP TABLE t (x integer); CREATE TRIGGER t BEFORE INSERT ON t EXECUTE FUNCTION share.approved_terms()",
    ],
)
def test_what_a_poster_may_not_hang_on_to(stand: Stand, sql: str) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute("SELECT ledger.stage()")
        assert attempted(poster, sql) == NOT_ALLOWED


def test_names_of_the_callers_own_are_never_found(stand: Stand) -> None:
    # given functions, operators and tables of the poster's own under every name he can think of, found first by his path
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute(
            "CREATE TEMP TABLE heard (by_whom text);"
            " CREATE FUNCTION pg_temp.hear() RETURNS boolean LANGUAGE sql AS 'INSERT INTO heard VALUES (current_user) RETURNING true';"
            " CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT pg_temp.hear(); SELECT pg_catalog.now()';"
            " CREATE FUNCTION pg_temp.coalesce_(integer) RETURNS integer LANGUAGE sql AS 'SELECT pg_temp.hear(); SELECT 1';"
            " CREATE FUNCTION pg_temp.cardinality(integer[]) RETURNS integer LANGUAGE sql AS 'SELECT pg_temp.hear(); SELECT 1';"
            " CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$SELECT pg_temp.hear(); SELECT '\\x00'::bytea$$;"
            " CREATE FUNCTION pg_temp.less(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT pg_temp.hear()';"
            " CREATE OPERATOR pg_temp.<= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_temp.less);"
            " CREATE OPERATOR pg_temp.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_temp.less);"
            " CREATE TEMP TABLE journal (book_id integer); CREATE TEMP TABLE pg_class (relowner oid);"
            " SET search_path = pg_temp, ledger, pg_catalog"
        )
        # when he posts
        with poster.transaction():
            poster.execute("SET LOCAL search_path = pg_temp, ledger, pg_catalog")
            assert post(poster, [moved("P-1", "C", "cash", "capital", 11)], "poster") == ["created"]
        # then none of it ran as anybody but himself
        heard = {whom for (whom,) in poster.execute("SELECT DISTINCT by_whom FROM heard")}
        assert heard <= {stand.office.login("poster")}
    assert stand.office.one("SELECT actor FROM ledger.journal WHERE event_id = 'P-1'") == "poster"


def test_settings_of_the_caller_change_no_leaf(stand: Stand) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        for setting in (
            "datestyle = 'German'", "intervalstyle = 'sql_standard'", "timezone = 'Asia/Kathmandu'", "bytea_output = 'escape'",
            "transform_null_equals = on", "extra_float_digits = -15", "quote_all_identifiers = on",
            "enable_hashagg = off", "default_transaction_isolation = 'repeatable read'", "xmloption = 'document'",
        ):  # fmt: skip
            poster.execute(f"SET {setting}".encode())
        with poster.transaction():
            line = Line("C", account("C", "cash"), account("C", "capital"), 12, "R1")
            assert post(poster, [Unit("P-2", "k", DAY, (line,), belongs_to=CLOSED)], "poster") == ["created"]
    leaves = (
        "SELECT bool_and(sha256(convert_to(c.canonical, 'UTF8')) = substr(b.leaves, 32 * (c.journal_no - b.first_no) + 1, 32))"
        " FROM ledger.batch b CROSS JOIN LATERAL ledger.canonical(b.book_id, b.first_no, b.last_no) c WHERE b.last_no > 0"
    )
    assert stand.office.one(leaves) is True


def test_whether_it_fits_is_not_for_the_caller_to_say(stand: Stand) -> None:
    pays, gets = moved("P-3", "Bureau", "budget", "cash", 350), moved("P-4", "Bureau", "cash", "budget", 100)
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute("SELECT ledger.stage()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            poster.execute("INSERT INTO pg_temp.stage_judged VALUES (true)")
        for items, answers in (((gets, pays), ["created", "created"]), ((pays, gets), ["limit:budget", "created"])):
            with poster.transaction(force_rollback=True):
                assert post(poster, items, "poster", together=False) == answers


MALFORMED = (
    ("a part added to an event that stands", "(0, 0, {c}, 2, 1, 'A-1')"),
    ("parts from the middle", "(0, 0, {c}, 2, 1, 'N-1')"),
    ("a part left out", "(0, 0, {c}, 1, 1, 'N-1'), (0, 0, {bureau}, 3, 1, 'N-1')"),
    ("two keys in one unit", "(0, 0, {c}, 1, 1, 'N-1'), (0, 0, {bureau}, 2, 1, 'A-1')"),
    ("a unit in two links", "(0, 0, {c}, 1, 1, 'N-1'), (0, 7, {bureau}, 2, 1, 'N-1')"),
    ("a place left out", "(0, 0, {c}, 1, 1, 'N-1'), (1, 1, {c}, 1, 3, 'N-2')"),
    ("a place before the first", "(0, 0, {c}, 1, -9, 'N-1')"),
)

LINES = {"debit": "ARRAY[{cash_c}]", "credit": "ARRAY[{capital_c}]", "amount": "ARRAY[5]", "rule": "ARRAY['R']", "debt": "NULL::uuid[]"}  # fmt: skip
CROOKED = (
    ("an account to itself", {"credit": "ARRAY[{cash_c}]"}),
    ("an account to itself, counted from another number", {"debit": "'[0:0]={{{cash_c}}}'::integer[]", "credit": "'[0:0]={{{cash_c}}}'::integer[]"}),
    ("an account to itself, in two dimensions", {"debit": "ARRAY[[{cash_c}]]", "credit": "ARRAY[[{cash_c}]]"}),
    ("in two dimensions", {name: f"ARRAY[{LINES[name]}]" for name in EMPTY}),
    ("more amounts than accounts", {"amount": "ARRAY[5, 5]"}),
    ("a rule with a comma", {"rule": "ARRAY['R,S']"}),
    ("a list of no debts", {"debt": "ARRAY[NULL::uuid]"}),
)  # fmt: skip


def staged(numbers: dict[str, Any], rows: str, **lines: str) -> str:
    """What a poster may write by himself: these rows on the stage, each with these lines, and the call."""
    columns = LINES | lines
    return (
        "INSERT INTO pg_temp.stage (unit, link, book_id, part, place, key, kind, effective_on, actor,"
        f" {', '.join(columns)}) SELECT u, l, b, p, n, k, 'k', '2024-05-17', 'x', {', '.join(columns.values())}"
        f" FROM (VALUES {rows}) v (u, l, b, p, n, k); SELECT ledger.post(false)"
    ).format(**numbers)


def called(numbers: dict[str, Any], rows: str, **lines: str) -> str:
    """The same, sent with the call."""
    debit, credit, amount, rule, debt = (LINES | lines).values()
    none = r"'\N'"
    return (
        r"SELECT ledger.post(false, (SELECT string_agg(concat_ws(E'\t', u, b, p, n, k, 'k', '2024-05-17', 'x',"
        f" {debit}, {credit}, {amount}, {rule}, 'posted', {', '.join([none] * 5)}, l, coalesce(({debt})::text, {none})), E'\\n')"
        f" FROM (VALUES {rows}) v (u, l, b, p, n, k)), '')"
    ).format(**numbers)


@pytest.mark.parametrize("road", [staged, called])
@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        *(pytest.param(rows, {}, id=what) for what, rows in MALFORMED),
        *(pytest.param("(0, 0, {c}, 1, 1, 'N-1')", lines, id=what) for what, lines in CROOKED),
    ],
)
def test_a_stage_that_the_program_would_never_set(
    stand: Stand, road: Callable[..., str], rows: str, lines: dict[str, str]
) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        poster.execute("SELECT ledger.stage()")
        assert attempted(poster, road(stand.numbers, "(0, 0, {c}, 1, 1, 'N-1')")) == ""
        assert attempted(poster, road(stand.numbers, rows, **lines)) == "23514"


@pytest.mark.parametrize(
    "line",
    [
        r"0\t1",
        r"0\t{c}\t1\t1\tN-1\tk\t2024-05-17\tx\tone\t{{{capital_c}}}\t{{5}}\t{{R}}",
        r"0\t{c}\t1\t1\tN-1\tk\tsome day\tx\t{{{cash_c}}}\t{{{capital_c}}}\t{{5}}\t{{R}}",
        r"0\t{c}\t1\t1\tN-1\tk\t2024-05-17\tx\t{{{cash_c}}}\t{{{capital_c}}}\t{{5}}\t{{R}}\tlost",
    ],
    ids=["half a row", "an account in words", "a day in words", "a phase there is not"],
)
def test_rows_of_a_call_that_cannot_be_read(stand: Stand, line: str) -> None:
    with psycopg.connect(stand.office.url_of("poster"), autocommit=True) as poster:
        assert attempted(poster, f"SELECT ledger.post(false, E'{line.format(**stand.numbers)}', '')")
        assert attempted(poster, "SELECT ledger.post(false, E'\\n', '')") == ""
        assert not stand.office.one("SELECT count(*) FROM ledger.journal WHERE event_id = 'N-1'")


# A bank sees its own.

OF_A_BANK = (
    "account", "balance", "batch", "block", "head", "journal", "period", "period_balance", "transfer",
)  # fmt: skip


@pytest.fixture(scope="module")
def banks(stand: Stand) -> dict[str, psycopg.Connection[Any]]:
    """A login of party A and one of party C, which has nothing to do with A."""
    for name in ("a", "c"):
        login = stand.office.hire(f"bank_{name}", "party")
        sql = "SELECT ledger.grant_book(%s, %s, 'its own', 'chief')"
        assert stand.office.one(sql, login, stand.numbers[name]) == "set"
    return {name: stand.as_(f"bank_{name}") for name in ("a", "c")}


@pytest.mark.parametrize("table", OF_A_BANK)
def test_a_bank_sees_only_its_own_rows(stand: Stand, banks: dict[str, psycopg.Connection[Any]], table: str) -> None:
    for name, bank in banks.items():
        own = stand.office.one(f"SELECT count(*) FROM ledger.{table} WHERE book_id = %s", stand.numbers[name])
        seen = bank.execute(f"SELECT book_id, count(*) FROM ledger.{table} GROUP BY 1".encode()).fetchall()
        assert seen == ([(stand.numbers[name], own)] if own else [])
    assert own or table == "period_balance"


def test_a_bank_sees_whom_it_deals_with_and_its_debts(stand: Stand, banks: dict[str, psycopg.Connection[Any]]) -> None:
    def names(bank: psycopg.Connection[Any]) -> list[str]:
        return [name for (name,) in bank.execute("SELECT name FROM ledger.book ORDER BY 1")]

    assert (names(banks["a"]), names(banks["c"])) == (["A", "B"], ["C"])
    debts = "SELECT obligation_id FROM ledger.obligation"
    assert banks["a"].execute(debts).fetchall() == [(DEBT,)]
    assert banks["c"].execute(debts).fetchall() == []
    assert banks["c"].execute("SELECT * FROM ledger.book_member").fetchall() == [
        (stand.office.login("bank_c"), stand.numbers["c"])
    ]


def test_every_table_is_a_banks_own_or_closed_to_it(stand: Stand, banks: dict[str, psycopg.Connection[Any]]) -> None:
    sql = "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace::regnamespace::text = ANY (ledger.schemas())"
    open_to_it = {t for (t,) in stand.office.chief.execute(sql) if attempted(banks["c"], f"SELECT 1 FROM {t}") == ""}
    own = {f"ledger.{name}" for name in (*OF_A_BANK, "book", "book_member", "chart", "obligation")}
    assert open_to_it == own | {"ledger.calendar", "ledger.snapshot"}


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT 1 / (amount - 500) FROM ledger.transfer", ""),  # 500 is in book A: an error would tell
        ("SELECT 1 / (book_id - {a}) FROM ledger.journal", ""),
        ("SELECT (event_id || 'x')::integer FROM ledger.journal WHERE event_id = 'A-1'", ""),
        ("SELECT ledger.period_of('month', effective_on - 3000000 * (book_id - {c})) FROM ledger.journal", ""),
        ("SELECT * FROM ledger.transfer WHERE pg_temp.spy(amount)", ""),
        ("SELECT * FROM ledger.journal WHERE pg_temp.spy(journal_no) AND event_id LIKE 'A%%'", ""),
        ("SET row_security = off; SELECT * FROM ledger.transfer", NOT_ALLOWED),
        ("SET LOCAL search_path = pg_temp, ledger; SELECT * FROM transfer WHERE pg_temp.spy(amount)", ""),
        ("SELECT * FROM ledger.transfer FOR SHARE", NOT_ALLOWED),
        ("LOCK TABLE ledger.transfer IN SHARE MODE", NOT_ALLOWED),
        ("CREATE TEMP TABLE probe (book_id integer REFERENCES ledger.book)", "42P16"),
        ("SELECT 1 / (amount[1] - 500) FROM ledger.journal", ""),
        ("SELECT * FROM ledger.journal WHERE debit || credit @> ARRAY[{cash}] AND pg_temp.spy(amount[1])", ""),
        ("INSERT INTO ledger.journal (book_id, journal_no, part) VALUES ({a}, 1, 1)", NOT_ALLOWED),
        ("INSERT INTO ledger.book_member SELECT session_user, {a}", NOT_ALLOWED),
        ("INSERT INTO ledger.refusal VALUES ('X-1', 'x', '[]') ON CONFLICT DO NOTHING", NOT_ALLOWED),
        ("SELECT ledger.grant_book(session_user, {a}, 'x', 'x')", NOT_ALLOWED),
        ("SELECT ledger.seal(0, 1, 1, 1, 'sm3', '', '', '', '', now(), '')", NOT_ALLOWED),
        ("SELECT * FROM pg_statistic", NOT_ALLOWED),
        ("SET SESSION AUTHORIZATION gongji_reader", NOT_ALLOWED),
    ],
)  # fmt: skip
def test_no_error_tells_a_bank_of_another(
    stand: Stand, banks: dict[str, psycopg.Connection[Any]], sql: str, code: str
) -> None:
    told: list[str] = []
    with psycopg.connect(stand.office.url_of("bank_c"), autocommit=True) as bank:
        bank.add_notice_handler(lambda notice: told.append(str(notice.message_primary)))
        bank.execute(
            "CREATE FUNCTION pg_temp.spy(value bigint) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
            " $$BEGIN RAISE NOTICE '%', value; RETURN true; END$$"
        )
        assert attempted(bank, sql.format(**stand.numbers).replace("%%", "%")) == code
    assert set(told) <= {"1", "1000", "11", "12"}  # what is in its own book


def test_no_function_tells_a_bank_of_another(stand: Stand, banks: dict[str, psycopg.Connection[Any]]) -> None:
    c, a = banks["c"], stand.numbers["a"]
    assert c.execute("SELECT * FROM ledger.canonical(%s, 1, 99)", (a,)).fetchall() == []
    assert attempted(c, "SELECT * FROM ledger.stored('A-1')") == NOT_ALLOWED
    sql = "SELECT * FROM ledger.entries(%s, %s, '-infinity', 'infinity')"
    assert c.execute(sql, (a, stand.numbers["cash"])).fetchall() == []
    assert c.execute("SELECT * FROM ledger.moved(%s, '-infinity', 'infinity')", (a,)).fetchall() == []
    assert c.execute(
        "SELECT subject FROM ledger.limit_change(%s, %s, 0, 0)", (a, stand.numbers["cash"])
    ).fetchall() in ([], [(None,)])
    assert c.execute("SELECT * FROM pg_stats WHERE schemaname = 'ledger' AND tablename <> 'calendar'").fetchall() == []


def test_a_view_shows_a_bank_no_more_than_the_table(stand: Stand, banks: dict[str, psycopg.Connection[Any]]) -> None:
    chief = stand.office.chief
    with chief.transaction(force_rollback=True):
        chief.execute(
            "CREATE VIEW ledger.safe WITH (security_invoker = true) AS SELECT * FROM ledger.transfer;"
            " CREATE VIEW ledger.leaky AS SELECT * FROM ledger.transfer; GRANT SELECT ON ledger.safe, ledger.leaky TO gongji_party"
        )
        faults = {(each.what, each.where) for each in findings(chief) if not each.ok}
        assert ("views", "ledger.leaky reads as its owner, not as who asks") in faults
        assert not any("ledger.safe reads" in where for _, where in faults)
        chief.execute(f"SET LOCAL SESSION AUTHORIZATION {stand.office.login('bank_c')}".encode())
        assert chief.execute("SELECT DISTINCT book_id FROM ledger.safe").fetchall() == [(stand.numbers["c"],)]


# Guards do not follow to a child: nothing may be one.


@pytest.mark.parametrize("table", ["ledger.journal", "ledger.batch", "ledger.act", "ledger.balance", "product.event"])
@pytest.mark.parametrize(
    "how",
    [
        "CREATE TABLE ledger.child () INHERITS ({})",
        "CREATE TABLE public.child (LIKE {} INCLUDING ALL); ALTER TABLE public.child INHERIT {}",
    ],
)
def test_a_child_of_a_guarded_table_is_found(stand: Stand, table: str, how: str) -> None:
    chief = stand.office.chief
    with chief.transaction(force_rollback=True):
        chief.execute(how.format(table, table).encode())
        faults = [each for each in findings(chief) if each.what == "children"]
    assert faults
    assert all(f"child is a child of {table} without its guard" in each.where and not each.ok for each in faults)
    guards = stand.office.one(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", table
    )
    assert len(faults) == guards


def test_a_child_is_written_and_changed_behind_every_guard(stand: Stand) -> None:
    """Why it must be found: this is what it would let through."""
    chief = stand.office.chief
    with chief.transaction(force_rollback=True):
        chief.execute("CREATE TABLE ledger.child () INHERITS (ledger.journal)")
        evil = voucher(journal_no="1", effective_on="'2024-02-01'", event_id="'A-1'", credit="ARRAY[{cash_b}]")
        chief.execute(evil.replace("ledger.journal", "ledger.child").format(**stand.numbers).encode())
        chief.execute("UPDATE ledger.child SET amount[1] = 4321")
        assert stand.office.one("SELECT count(*) FROM ledger.transfer WHERE amount = 4321") == 1


def test_a_guarded_table_takes_no_partition(stand: Stand) -> None:
    sql = "CREATE TABLE ledger.part PARTITION OF ledger.journal FOR VALUES IN (1)"
    assert attempted(stand.office.chief, sql) == "42P17"


# What the tables do not hold against their owner, and what finds it.

BY_HAND = (
    ("a debt that stands in one book", RAISED + voucher(CITED), "obligation_alone"),
    ("vouchers that are not there", INVENTED, "voucher_missing"),
    ("a counter changed", "UPDATE ledger.balance SET debits = debits + 1 WHERE account_id = {cash}", "counter"),
    ("an act left out", "UPDATE ledger.act_head SET last_act = last_act + 1", "acts_gap"),
    ("a limit changed", "UPDATE ledger.balance SET credit_floor = NULL WHERE account_id = {budget}", "account_changed"),
)  # fmt: skip


def test_what_an_owner_does_by_hand_is_found(every_database: Database) -> None:
    with office_of(every_database) as office:
        keep_books(office.chief)
        assert verify(office.chief).findings == []
        given = numbers(office)
        for _, sql, _ in BY_HAND:
            office.chief.execute(sql.format(**given).encode())
        found = {each.what for each in verify(office.chief).findings}
        assert {deed: what for deed, _, what in BY_HAND if what not in found} == {}
