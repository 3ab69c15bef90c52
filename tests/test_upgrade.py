"""A ledger that any earlier version wrote is opened by this one: nothing is lost, and every key still means what it meant."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import groupby, product
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from conftest import EVERY, fresh

from ledger.balances import balances_as_of
from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Reversal, Unit
from ledger.database import Connection, Database, connect, is_current, migrate, migrations
from ledger.files import schema_dir
from ledger.posting import post
from ledger.verifying import verify
from riskshare.reconciling import reconcile

DATA = Path(__file__).with_name("data")
NEWEST = migrations(schema_dir())[-1].number
LEDGER_ONLY = {"counters", "vouchers", "mirrors"}  # what needs no table of later versions


class History(NamedTuple):
    """What an earlier program wrote, when this migration was its newest, and some of what it was asked for."""

    written_by: int
    vouchers: int
    keys: int  # that were created
    asked: Sequence[Item]
    answers: Sequence[str]  # to a re-send
    changed: Sequence[Unit]  # of what was asked, kept with its contents
    next: Unit  # a posting to one of its books
    apart: frozenset[str] = frozenset()  # the checks that did not agree when it was written


# The postings that the old programs were asked for, in the words of today.

DAY = date(2026, 12, 3)
BUREAU, GUARANTEE, BANK = "Bureau of the valley", "Valley guarantee", "Valley bank"


def account(book: str, role: str, other: str | None = None) -> AccountKey:
    return (book, role, other, "CNY")


DEBT = Debt(UUID("6f1b0c5e-0d0e-4a55-9c0b-1f2e3d4c5b6a"), GUARANTEE, BANK, "CNY", 120_000, DAY)
VALLEY = [
    Unit("valley-1", "budget.appropriated", DAY,
         (Line(BUREAU, account(BUREAU, "cash"), account(BUREAU, "budget"), 500_000, "F0"),)),
    Unit("valley-2", "premium.subsidised", DAY,
         (Line(BUREAU, account(BUREAU, "budget"), account(BUREAU, "cash"), 500_001, "S1"),)),
    Unit("valley-3", "guarantee.lent", DAY,
         (Line(GUARANTEE, account(GUARANTEE, "cash"), account(GUARANTEE, "due_to", BANK), 120_000, "G1", DEBT.id),
          Line(BANK, account(BANK, "due_from", GUARANTEE), account(BANK, "cash"), 120_000, "G1", DEBT.id)),
         (DEBT,), belongs_to=date(2024, 2, 29)),
    Unit("valley-4", "party.funded", DAY,
         (Line(BANK, account(BANK, "cash"), account(BANK, "capital"), 7, "P0"),
          Line(BUREAU, account(BUREAU, "cash"), account(BUREAU, "capital"), 8, "P0"),
          Line(BANK, account(BANK, "cash"), account(BANK, "capital"), 9, "P0"))),
]  # fmt: skip
ANSWERS = ["same", "limit:budget", "same", "same"]

SPRING, SUMMER, LATER = date(2025, 2, 14), date(2025, 5, 6), date(2025, 7, 31)
OFFICE, KEEPER, LENDER = "Bureau of the river", "River guarantee", "River bank"
OWED = Debt(UUID("2c9a7f10-5d3e-4b61-8a02-7e1f3d5c9b04"), KEEPER, LENDER, "CNY", 81_600_000, date(2025, 3, 20))
RIVER: list[Item] = [
    Unit("river-1", "guarantee.lent", SPRING,
         (Line(KEEPER, account(KEEPER, "cash"), account(KEEPER, "due_to", LENDER), OWED.amount, "Art. 5(1)", OWED.id),
          Line(LENDER, account(LENDER, "cash"), account(LENDER, "interest_income"), 1, "NULL"),
          Line(LENDER, account(LENDER, "due_from", KEEPER), account(LENDER, "cash"), OWED.amount, "Art. 5(1)", OWED.id)),
         (OWED,)),
    NO_MONEY := Unit("river-2", "premium.subsidised", SPRING,
         (Line(OFFICE, account(OFFICE, "budget"), account(OFFICE, "cash"), 900_000_000, "S1"),), link="no money"),
    Unit("river-3", "party.funded", SPRING,
         (Line(LENDER, account(LENDER, "cash"), account(LENDER, "capital"), 5, "P0"),), link="no money"),
    PROMISE := Unit("river-4", "subsidy.promised", SUMMER,
         (Line(OFFICE, account(OFFICE, "budget"), account(OFFICE, "cash"), 30_000, "S1"),
          Line(OFFICE, account(OFFICE, "budget"), account(OFFICE, "cash"), 12_000, "S2"),
          Line(KEEPER, account(KEEPER, "cash"), account(KEEPER, "subsidy_income"), 42_000, "S3")),
         reserved=True, expires_on=date(2025, 12, 31)),
    Resolution("river-5", "river-4", "post", SUMMER, (30_001, 12_000, 42_000)),
    Unit("river-6", "subsidy.promised", SUMMER,
         (Line(OFFICE, account(OFFICE, "budget"), account(OFFICE, "cash"), 7_000, "S1"),
          Line(KEEPER, account(KEEPER, "cash"), account(KEEPER, "subsidy_income"), 7_000, "S3")),
         reserved=True),
    Resolution("river-7", "river-6", "post", SUMMER, (0, 6_999)),
    Reversal("river-8", "river-1", SUMMER),
    Reversal("river-9", "river-1", SUMMER),
]  # fmt: skip
REFUSED = ["same", "limit:budget", "linked", "same", "exceeds_reserved", "same", "same", "same", "already_reversed"]
CAPITAL = Line(LENDER, account(LENDER, "cash"), account(LENDER, "capital"), 7, "P0")
# It netted debts with those that took them back.
APART = frozenset({"obligations"})

IN_THE_VALLEY = History(4, 239, 178, VALLEY, ANSWERS, VALLEY[:1], VALLEY[3]._replace(key="valley-5"))
BY_THE_RIVER = History(
    10, 242, 130, RIVER, REFUSED, [NO_MONEY, PROMISE], Unit("river-10", "party.funded", LATER, (CAPITAL,)), APART
)
VERSIONS = [
    *((EVERY[0], IN_THE_VALLEY, number) for number in range(1, NEWEST + 1)),
    *((other, IN_THE_VALLEY, IN_THE_VALLEY.written_by) for other in EVERY[1:]),
    *((EVERY[0], BY_THE_RIVER, number) for number in range(BY_THE_RIVER.written_by, NEWEST + 1)),
    *((other, BY_THE_RIVER, BY_THE_RIVER.written_by) for other in EVERY[1:]),
]

BALANCES = """
SELECT b.name, a.role, o.name, a.currency, n.debits, n.credits, n.credit_floor
FROM ledger.balance n JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book b USING (book_id)
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id ORDER BY 1, 2, 3, 4"""
JOURNALS = """
SELECT book_id, journal_no, event_id, kind, effective_on, relates_to_on, reverses_no, actor,
  (SELECT count(*) FROM ledger.transfer t WHERE (t.book_id, t.journal_no) = (j.book_id, j.journal_no)) AS lines
FROM ledger.journal j ORDER BY 1, 2"""
TRANSFERS = """
SELECT book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, rule, obligation_id
FROM ledger.transfer ORDER BY 1, 2, 3"""
KEPT = (
    "ledger.book", "ledger.account", "ledger.obligation", "ledger.period", "ledger.calendar",
    "product.contract", "product.event",
    "share.scheme", "share.fact", "share.close", "share.bearing", "share.owing", "share.instruction", "share.settled",
)  # fmt: skip

# What there is since the model of 0005. A voucher less its lines: where they are kept has changed.
MODEL = 5
VOUCHERS = """
SELECT to_jsonb(j) - '{lines,debit,credit,amount,rule,debt}'::text[] FROM ledger.journal j ORDER BY book_id, journal_no"""
PENDING = "SELECT book_id, journal_no, line, pending FROM ledger.transfer ORDER BY 1, 2, 3"
KEPT_SINCE = (
    "ledger.balance", "ledger.head", "ledger.refusal", "ledger.batch", "ledger.snapshot", "ledger.period_balance",
    "ledger.act_head", "ledger.act", "ledger.block", "ledger.chart",
    "ledger.book_member", "ledger.authority", "ledger.proposal", "ledger.approval", "ledger.carried_out",
)  # fmt: skip

TRIGGERS = """
SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger
WHERE tgrelid = ANY (%s::text[]::regclass[]) ORDER BY 1, 2"""
FIRING = {"A": "ENABLE ALWAYS", "O": "ENABLE"}
OPEN = """
SELECT DISTINCT event_id FROM ledger.journal j WHERE phase = 'reserved'
AND NOT EXISTS (SELECT FROM ledger.journal r WHERE (r.book_id, r.resolves_no) = (j.book_id, j.journal_no)) ORDER BY 1"""
STANDING = """
SELECT j.event_id FROM ledger.journal j WHERE kind = ANY (%s) AND phase = 'posted' AND reverses_no IS NULL
AND NOT EXISTS (SELECT FROM ledger.journal r WHERE (r.book_id, r.reverses_no) = (j.book_id, j.journal_no))
GROUP BY 1 ORDER BY min(j.book_id), min(j.journal_no)"""
STOOD = """
SELECT b.name, a.role, o.name, a.currency, sum(d)::bigint, sum(c)::bigint FROM (
  SELECT book_id, journal_no, debit_account_id AS account_id, amount AS d, 0 AS c, effective_on, pending FROM ledger.transfer
  UNION ALL SELECT book_id, journal_no, credit_account_id, 0, amount, effective_on, pending FROM ledger.transfer) t
JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book b USING (book_id)
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
WHERE effective_on <= %s AND NOT pending AND (b.name <> %s OR journal_no <= %s) GROUP BY 1, 2, 3, 4"""


class Upgraded(NamedTuple):
    """A database that an earlier program left and this one opened: what was in it before, and where it is."""

    history: History
    number: int
    before: dict[str, list[Any]]
    database: Database


def name_of(version: tuple[str, History, int]) -> str:
    engine, history, number = version
    return f"{history.written_by:04}-at-{number:04}-on-{engine}"


@pytest.fixture(scope="module", params=VERSIONS, ids=name_of)
def upgraded(
    request: pytest.FixtureRequest, flavours: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """The newest migration of the earlier program had this number; it left what it could write."""
    engine, history, number = request.param
    for database in fresh(flavours(engine), "template1"):
        with closing(connect(database.url)) as conn:
            migrate(conn, up_to(min(number, history.written_by), tmp_path_factory.mktemp("before")))
            load(conn, history)
            migrate(conn, up_to(number, tmp_path_factory.mktemp("after")))
            before = contents(conn, number)
            conn.commit()
        database.connect().close()
        yield Upgraded(history, number, before, database)


by_the_river = pytest.mark.parametrize(
    "upgraded", [version for version in VERSIONS if version[1] is BY_THE_RIVER], ids=name_of, indirect=True
)


@pytest.fixture
def conn(upgraded: Upgraded) -> Iterator[Any]:
    with closing(connect(upgraded.database.url)) as connection:
        connection.autocommit = True
        yield connection


def up_to(number: int, folder: Path) -> Path:
    for migration in migrations(schema_dir()):
        if migration.number <= number:
            shutil.copy(schema_dir() / migration.file, folder)
    return folder


def load(conn: Connection, history: History) -> None:
    """The history, as far as this version had tables for it."""
    text = (DATA / f"schema-{history.written_by:04}.sql").read_text(encoding="utf-8")
    tables = re.findall(r"^(COPY (\S+) .*?;)\n(.*?)^\\\.$", text, re.M | re.S)
    with at_rest(conn, [table for _, table, _ in tables if is_there(conn, table)]):
        for own in ("ledger.calendar", "ledger.act_head"):  # the migrations' own rows
            if is_there(conn, own):
                conn.execute(f"DELETE FROM {own}".encode())
        for copy, table, rows in tables:
            if is_there(conn, table):
                with conn.cursor() as cursor, cursor.copy(copy) as lines:
                    lines.write(rows)
    for sequence, value, called in re.findall(r"setval\('(\S+)', (\d+), (\w+)\)", text):
        if is_there(conn, sequence):
            conn.execute("SELECT setval(%s, %s, %s)", (sequence, int(value), called == "true"))


@contextmanager
def at_rest(conn: Connection, tables: Sequence[str]) -> Iterator[None]:
    """No trigger of these tables fires: what is loaded was held to the rules when it was written."""
    triggers = conn.execute(TRIGGERS, (tables,)).fetchall()
    for table in tables:
        conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
    yield
    for table, trigger, state in triggers:
        conn.execute(f'ALTER TABLE {table} {FIRING[state]} TRIGGER "{trigger}"'.encode())
    assert conn.execute(TRIGGERS, (tables,)).fetchall() == triggers


def is_there(conn: Connection, name: str) -> bool:
    return conn.execute("SELECT to_regclass(%s) IS NOT NULL", (name,)).fetchone() == (True,)


def contents(conn: Connection, number: int) -> dict[str, list[Any]]:
    """Everything of this version that must outlive an upgrade."""
    queries, tables = [BALANCES, JOURNALS, TRANSFERS], list(KEPT)
    if number >= MODEL:
        queries += [VOUCHERS, PENDING]
        tables += KEPT_SINCE
    found = {query: conn.execute(query.encode()).fetchall() for query in queries}
    for table in tables:
        if is_there(conn, table):
            found[table] = conn.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1".encode()).fetchall()
    return found


def items_written(conn: Connection) -> Sequence[Item]:
    """Every item of the ledger, read back from its rows."""
    debts = {
        row[0]: Debt(*row)
        for row in conn.execute("""
            SELECT obligation_id, d.name, c.name, currency, amount, due_on FROM ledger.obligation o
            JOIN ledger.book d ON d.book_id = debtor_book_id JOIN ledger.book c ON c.book_id = creditor_book_id""")
    }
    rows = conn.execute("""
        SELECT j.event_id, j.kind, j.effective_on, j.relates_to_on, j.expires_on, o.event_id, j.reverses_no IS NULL, j.phase::text,
          b.name, d.role, dc.name, d.currency, c.role, cc.name, c.currency, t.amount, t.rule, t.obligation_id
        FROM ledger.journal j LEFT JOIN ledger.transfer t USING (book_id, journal_no) JOIN ledger.book b USING (book_id)
        LEFT JOIN ledger.journal o ON o.book_id = j.book_id AND o.journal_no = coalesce(j.reverses_no, j.resolves_no)
        LEFT JOIN ledger.account d ON d.account_id = t.debit_account_id LEFT JOIN ledger.book dc ON dc.book_id = d.counterparty_book_id
        LEFT JOIN ledger.account c ON c.account_id = t.credit_account_id LEFT JOIN ledger.book cc ON cc.book_id = c.counterparty_book_id
        ORDER BY j.event_id COLLATE "C", j.part, t.line""").fetchall()
    events = [(event, list(lines)) for event, lines in groupby(rows, lambda row: row[:7])]
    written = {
        key: tuple(
            Line(book, (book, debit, of, currency), (book, credit, other, same), amount, rule, debt)
            for *_, book, debit, of, currency, credit, other, same, amount, rule, debt in lines
            if amount
        )
        for (key, *_), lines in events
    }
    items: list[Item] = []
    for (key, kind, on, belongs, expires, of, forward), rows in events:
        phases, lines = {row[7] for row in rows}, written[key]
        if of and forward:
            amounts = {(line.book, line.rule): line.amount for line in lines}
            posted = tuple(amounts.get((line.book, line.rule), 0) for line in written[of]) if lines else None
            end = Resolution(key, of, "post", on, posted, kind)
            items.append(end if lines else end._replace(how="expire" if phases == {"expired"} else "void"))
        elif of:
            items.append(Reversal(key, of, on, kind))
        else:
            cited = tuple(debts[number] for number in dict.fromkeys(line.debt for line in lines if line.debt))
            items.append(Unit(key, kind, on, lines, cited, belongs, phases == {"reserved"}, expires))
    return items


def test_nothing_is_lost(upgraded: Upgraded, conn: Any) -> None:
    assert is_current(conn)
    after = contents(conn, upgraded.number)
    assert {name: after[name] for name in upgraded.before} == upgraded.before
    assert not any(after[name] for name in after.keys() - upgraded.before.keys())
    assert len(after[JOURNALS]) == upgraded.history.vouchers
    assert ("product.event" in upgraded.before) == (upgraded.number >= 3)


def test_every_key_means_what_it_meant(upgraded: Upgraded, conn: Any) -> None:
    history = upgraded.history
    with conn.transaction(force_rollback=True):
        assert post(conn, history.asked, "office", together=False) == history.answers
        items = items_written(conn)
        assert set(post(conn, items, "office", together=False)) == {"same"}
        assert len(items) == history.keys
        others = [unit._replace(lines=(unit.lines[0]._replace(amount=1), *unit.lines[1:])) for unit in history.changed]
        assert set(post(conn, others, "office", together=False)) == {"conflict:amount"}


def test_the_books_agree(upgraded: Upgraded, conn: Any) -> None:
    found = {check.name: check.breaks for check in reconcile(conn)}
    assert found.keys() > LEDGER_ONLY
    held = found.keys() - upgraded.history.apart if upgraded.number >= IN_THE_VALLEY.written_by else LEDGER_ONLY
    assert not any(found[name] for name in held)


def test_the_numbers_go_on(upgraded: Upgraded, conn: Any) -> None:
    book = upgraded.history.next.lines[0].book
    with conn.transaction(force_rollback=True):
        before = last_voucher(conn, book)
        assert post(conn, [upgraded.history.next], "office") == ["created"]
        assert last_voucher(conn, book) == before + 1
        assert not verify(conn).findings


def test_the_chain_of_what_was_taken_over_verifies(upgraded: Upgraded, conn: Any) -> None:
    verdict = verify(conn)
    assert not verdict.findings
    assert verdict.seen.vouchers == upgraded.history.vouchers


@by_the_river
def test_what_is_reserved_can_still_be_posted(conn: Any) -> None:
    with conn.transaction(force_rollback=True):
        waiting = [key for (key,) in conn.execute(OPEN).fetchall()]
        ends = [Resolution(f"{key}/end", key, "post", LATER) for key in waiting]
        again = [Resolution(f"{key}/again", key, "void", LATER) for key in waiting]
        assert len(waiting) == 5
        assert set(post(conn, ends, "office", together=False)) == {"created"}
        assert set(post(conn, ends, "office", together=False)) == {"same"}
        assert set(post(conn, again, "office", together=False)) == {"already_resolved"}
        assert conn.execute("SELECT sum(debits_pending + credits_pending) FROM ledger.balance").fetchone() == (0,)
        assert not verify(conn).findings


@by_the_river
def test_what_was_posted_is_reversed_once(conn: Any) -> None:
    kinds = ["fee.charged", "party.lent", "loss.borne", "premium.accrued", "resolution"]
    with conn.transaction(force_rollback=True):
        standing = [key for (key,) in conn.execute(STANDING, (kinds,)).fetchall()]
        undone = [Reversal(f"{key}/undone", key, LATER) for key in standing]
        again = [Reversal(f"{key}/again", key, LATER) for key in standing]
        assert len(standing) == 49
        assert set(post(conn, undone, "office", together=False)) == {"created"}
        assert set(post(conn, undone, "office", together=False)) == {"same"}
        assert set(post(conn, again, "office", together=False)) == {"already_reversed"}
        assert not verify(conn).findings


@by_the_river
def test_what_accounts_stood_at_is_the_sum_of_their_lines(conn: Any) -> None:
    for day, known in product((SPRING, date(2025, 3, 31), SUMMER, date(2025, 6, 30), LATER), (1, 20, 66)):
        rows = conn.execute(STOOD, (day, KEEPER, known)).fetchall()
        stood = balances_as_of(conn, day, known={KEEPER: known})
        assert {key: sums[:2] for key, sums in stood.items() if any(sums)} == {row[:4]: row[4:] for row in rows}


def last_voucher(conn: Any, book: str) -> int:
    (last,) = conn.execute(
        "SELECT last_journal FROM ledger.head JOIN ledger.book USING (book_id) WHERE name = %s", (book,)
    ).fetchone()
    return int(last)
