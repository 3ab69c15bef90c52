"""A ledger that any earlier version wrote is opened by this one: nothing is lost, and every key still means what it meant."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from conftest import EVERY, fresh

from ledger.batch import AccountKey, Debt, Line, Unit
from ledger.database import Connection, Database, connect, is_current, migrate, migrations
from ledger.files import schema_dir
from ledger.posting import post
from ledger.verifying import verify
from riskshare.reconciling import reconcile

HISTORY = Path(__file__).with_name("data") / "schema-0004.sql"
WRITTEN_BY = 4
NEWEST = migrations(schema_dir())[-1].number
VERSIONS = [(EVERY[0], number) for number in range(1, NEWEST + 1)] + [(other, WRITTEN_BY) for other in EVERY[1:]]
LEDGER_ONLY = {"counters", "vouchers", "mirrors"}  # what needs no table of later versions

# The four postings that the old program was asked for, in the words of today.

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

BALANCES = """
SELECT b.name, a.role, o.name, a.currency, n.debits, n.credits, n.credit_floor
FROM ledger.balance n JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book b USING (book_id)
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id ORDER BY 1, 2, 3, 4"""
JOURNALS = """
SELECT book_id, journal_no, event_id, kind, lines, effective_on, relates_to_on, reverses_no, actor
FROM ledger.journal ORDER BY 1, 2"""
TRANSFERS = """
SELECT book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, rule, obligation_id
FROM ledger.transfer ORDER BY 1, 2, 3"""
KEPT = (
    "ledger.book", "ledger.account", "ledger.obligation", "ledger.period", "ledger.calendar",
    "product.contract", "product.event",
    "share.scheme", "share.fact", "share.close", "share.bearing", "share.owing", "share.instruction", "share.settled",
)  # fmt: skip


class Upgraded(NamedTuple):
    """A database that an earlier program left and this one opened: what was in it before, and where it is."""

    number: int
    before: dict[str, list[Any]]
    database: Database


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda each: f"{each[1]:04}-on-{each[0]}")
def upgraded(
    request: pytest.FixtureRequest, flavours: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """The newest migration of the earlier program had this number; it left what it could write."""
    engine, number = request.param
    for database in fresh(flavours(engine), "template1"):
        with closing(connect(database.url)) as conn:
            migrate(conn, up_to(min(number, WRITTEN_BY), tmp_path_factory.mktemp("before")))
            load(conn)
            migrate(conn, up_to(number, tmp_path_factory.mktemp("after")))
            before = contents(conn)
            conn.commit()
        database.connect().close()
        yield Upgraded(number, before, database)


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


def load(conn: Connection) -> None:
    """The history, as far as this version had tables for it."""
    text = HISTORY.read_text(encoding="utf-8")
    conn.execute("DELETE FROM ledger.calendar")  # the migration's own row
    for copy, table, rows in re.findall(r"^(COPY (\S+) .*?;)\n(.*?)^\\\.$", text, re.M | re.S):
        if is_there(conn, table):
            with conn.cursor() as cursor, cursor.copy(copy) as lines:
                lines.write(rows)
    for sequence, value, called in re.findall(r"setval\('(\S+)', (\d+), (\w+)\)", text):
        if is_there(conn, sequence):
            conn.execute("SELECT setval(%s, %s, %s)", (sequence, int(value), called == "true"))


def is_there(conn: Connection, name: str) -> bool:
    return conn.execute("SELECT to_regclass(%s) IS NOT NULL", (name,)).fetchone() == (True,)


def contents(conn: Connection) -> dict[str, list[Any]]:
    """Everything that must outlive an upgrade."""
    found = {query: conn.execute(query.encode()).fetchall() for query in (BALANCES, JOURNALS, TRANSFERS)}
    for table in KEPT:
        if is_there(conn, table):
            found[table] = conn.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1".encode()).fetchall()
    return found


def units_written(conn: Connection) -> Sequence[Unit]:
    """Every unit of the ledger, read back from its rows."""
    debts = {
        row[0]: Debt(*row)
        for row in conn.execute("""
            SELECT obligation_id, d.name, c.name, currency, amount, due_on FROM ledger.obligation o
            JOIN ledger.book d ON d.book_id = debtor_book_id JOIN ledger.book c ON c.book_id = creditor_book_id""")
    }
    rows = conn.execute("""
        SELECT j.event_id, j.kind, j.effective_on, j.relates_to_on, b.name, d.role, dc.name, d.currency, c.role, cc.name, c.currency,
          t.amount, t.rule, t.obligation_id
        FROM ledger.journal j JOIN ledger.transfer t USING (book_id, journal_no) JOIN ledger.book b USING (book_id)
        JOIN ledger.account d ON d.account_id = t.debit_account_id LEFT JOIN ledger.book dc ON dc.book_id = d.counterparty_book_id
        JOIN ledger.account c ON c.account_id = t.credit_account_id LEFT JOIN ledger.book cc ON cc.book_id = c.counterparty_book_id
        ORDER BY j.event_id COLLATE "C", j.part, t.line""").fetchall()
    units = []
    for (key, kind, on, belongs), lines in groupby(rows, lambda row: row[:4]):
        written = tuple(
            Line(book, (book, debit, of, currency), (book, credit, other, same), amount, rule, debt)
            for *_, book, debit, of, currency, credit, other, same, amount, rule, debt in lines
        )
        cited = tuple(debts[number] for number in dict.fromkeys(line.debt for line in written if line.debt))
        units.append(Unit(key, kind, on, written, cited, belongs))
    return units


def test_nothing_is_lost(upgraded: Upgraded, conn: Any) -> None:
    assert is_current(conn)
    after = contents(conn)
    assert {name: after[name] for name in upgraded.before} == upgraded.before
    assert not any(after[name] for name in after.keys() - upgraded.before.keys())
    assert len(after[JOURNALS]) == 239
    assert ("product.event" in upgraded.before) == (upgraded.number >= 3)


def test_every_key_means_what_it_meant(conn: Any) -> None:
    with conn.transaction(force_rollback=True):
        assert post(conn, VALLEY, "office", together=False) == ANSWERS
        units = units_written(conn)
        assert set(post(conn, units, "office", together=False)) == {"same"}
        assert len(units) == 178
        other = VALLEY[0]._replace(lines=(VALLEY[0].lines[0]._replace(amount=1),))
        assert post(conn, [other], "office", together=False) == ["conflict:amount"]


def test_the_books_agree(upgraded: Upgraded, conn: Any) -> None:
    found = {check.name: check.breaks for check in reconcile(conn)}
    assert found.keys() > LEDGER_ONLY
    assert not any(breaks for name, breaks in found.items() if upgraded.number >= WRITTEN_BY or name in LEDGER_ONLY)


def test_the_numbers_go_on(conn: Any) -> None:
    with conn.transaction(force_rollback=True):
        before = last_voucher(conn)
        assert post(conn, [VALLEY[3]._replace(key="valley-5")], "office") == ["created"]
        assert last_voucher(conn) == before + 1


def test_the_chain_of_what_was_taken_over_verifies(conn: Any) -> None:
    assert not verify(conn).findings


def last_voucher(conn: Any) -> int:
    (last,) = conn.execute(
        "SELECT last_journal FROM ledger.head JOIN ledger.book USING (book_id) WHERE name = %s", (BANK,)
    ).fetchone()
    return int(last)
