"""The ledger attacked: what the tables refuse by themselves, what posting answers, and what happens when many post at once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import psycopg
import pytest
from conftest import EVERY, fresh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Unit
from ledger.database import Database
from ledger.faults import NotAllowed, Refused
from ledger.posting import post
from ledger.transaction import transact

DAY = date(2024, 5, 17)
CREATED, SAME, CONFLICT, CLOSED, NOT_POSTED, OVER = (
    "created", "same", "conflict:rule", "period_closed", "not_posted", "limit:budget",
)  # fmt: skip
TABLES = ("book", "account", "refusal", "journal", "obligation", "transfer")


def account(book: str, role: str, other: str | None = None, currency: str = "CNY") -> AccountKey:
    return (book, role, other, currency)


def paid_in(key: str, amount: int = 100, book: str = "A", on: date = DAY, rule: str = "P0") -> Unit:
    """Capital paid into a book: cash to capital."""
    line = Line(book, account(book, "cash"), account(book, "capital"), amount, rule)
    return Unit(key, "party.funded", on, (line,))


def granted(key: str, amount: int, book: str = "Bureau") -> Unit:
    """A subsidy out of a budget: the budget may not fall below zero."""
    line = Line(book, account(book, "budget"), account(book, "cash"), amount, "S1", None)
    return Unit(key, "premium.subsidised", DAY, (line,))


def budgeted(amount: int, book: str = "Bureau") -> Unit:
    line = Line(book, account(book, "cash"), account(book, "budget"), amount, "F0", None)
    return Unit(f"budget {book}", "budget.appropriated", DAY, (line,))


def owed(key: str, amount: int, debtor: str = "A", creditor: str = "B", number: UUID | None = None) -> Unit:
    """A debt, written in both books, both citing it."""
    debt = Debt(number or uuid5(NAMESPACE_OID, key), debtor, creditor, "CNY", amount, DAY)
    lines = (
        Line(debtor, account(debtor, "claim_loss"), account(debtor, "due_to", creditor), amount, "L2r", debt.id),
        Line(creditor, account(creditor, "due_from", debtor), account(creditor, "claim_recv"), amount, "L3g", debt.id),
    )
    return Unit(key, "loss.shared", DAY, lines, (debt,))


@pytest.fixture(scope="module", params=EVERY)
def ledger(request: pytest.FixtureRequest, flavours: Callable[[str], Any]) -> Iterator[Database]:
    """One database for all that is undone again; on each PostgreSQL that is here."""
    yield from fresh(flavours(request.param))


@pytest.fixture
def conn(ledger: Database) -> Iterator[Any]:
    """A connection whose every deed is undone in the end."""
    with closing(ledger.connect()) as connection, connection.transaction(force_rollback=True):
        yield connection


def posted(conn: Any, *units: Item, together: bool = True) -> list[str]:
    with conn.transaction():
        return post(conn, units, "clerk", together=together)


def one(conn: Any, sql: str, *given: object) -> Any:
    with conn.transaction():
        row = conn.execute(sql, given).fetchone()
    return row[0] if row else None


def rows(conn: Any) -> tuple[int, ...]:
    """How many rows the ledger has, what its balances say, and the last voucher of every book."""
    return (
        *(one(conn, f"SELECT count(*) FROM ledger.{table}") for table in TABLES),
        one(conn, "SELECT coalesce(sum(debits + credits), 0) FROM ledger.balance"),
        one(conn, "SELECT coalesce(sum(last_journal), 0) FROM ledger.head"),
    )


def balance(conn: Any, book: str, role: str) -> int:
    """Debits less credits."""
    return int(one(
        conn,
        "SELECT coalesce(sum(b.debits - b.credits), 0) FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id)"
        " JOIN ledger.book k USING (book_id) WHERE k.name = %s AND a.role = %s",
        book, role,
    ))  # fmt: skip


def sound(conn: Any) -> None:
    """Counters are the sum of the entries, vouchers have no gaps and their leaves, debts have two sides."""
    assert one(conn, """
        SELECT count(*) FROM ledger.balance b LEFT JOIN (
          SELECT book_id, account_id, sum(d) AS d, sum(c) AS c FROM (
            SELECT book_id, debit_account_id AS account_id, amount AS d, 0 AS c FROM ledger.transfer
            UNION ALL SELECT book_id, credit_account_id, 0, amount FROM ledger.transfer) x GROUP BY 1, 2) t
        USING (book_id, account_id) WHERE (debits, credits) IS DISTINCT FROM (coalesce(t.d, 0), coalesce(t.c, 0))""") == 0  # fmt: skip
    assert one(conn, """
        SELECT count(*) FROM ledger.head h WHERE last_journal <> (SELECT count(*) FROM ledger.journal j WHERE j.book_id = h.book_id)
          OR last_journal <> coalesce((SELECT max(journal_no) FROM ledger.journal j WHERE j.book_id = h.book_id), 0)""") == 0  # fmt: skip
    assert one(conn, """
        SELECT count(*) FROM ledger.batch b
        WHERE last_no > 0 AND leaves IS DISTINCT FROM (
          SELECT string_agg(sha256(convert_to(canonical, 'UTF8')), '' ORDER BY journal_no)
          FROM ledger.canonical(b.book_id, b.first_no, b.last_no))""") == 0  # fmt: skip
    assert one(conn, """
        SELECT count(*) FROM ledger.obligation o
        WHERE 2 <> (SELECT count(*) FROM ledger.transfer t WHERE t.obligation_id = o.obligation_id)""") == 0  # fmt: skip


def attacked(conn: Any, sql: str, *given: object) -> str | None:
    """The code with which the database refuses a statement."""
    with pytest.raises(psycopg.Error) as no, conn.transaction():
        conn.execute(sql, given)
    return no.value.sqlstate


# What the tables refuse.

COLUMNS = ("book_id", "journal_no", "part", "event_id", "debit", "credit", "amount", "rule", "debt", "reverses_no")
VOUCHER = f"""
INSERT INTO ledger.journal ({", ".join(COLUMNS[:3])}, phase, event_id, kind, effective_on, actor, {", ".join(COLUMNS[4:])})
VALUES (%s, %s, %s, 'posted', %s, 'x', '2024-05-17', 'x', %s, %s, %s, %s, %s, %s)"""


def voucher(
    book: int,
    *lines: tuple[int, int, int],
    no: int = 2,
    part: int = 1,
    event: str = "X",
    debts: Sequence[UUID | None] | None = None,
    reverses: int | None = None,
) -> tuple[object, ...]:
    """What VOUCHER is given: the next voucher of a book that has one. Lines are debit, credit, amount."""
    debit, credit, amount = map(list, zip(*lines, strict=True))
    return book, no, part, event, debit, credit, amount, ["X"] * len(lines), debts and list(debts), reverses


def accepted(conn: Any, *given: object) -> None:
    """What is not wrong in this way the tables take, count and chain; it is undone again."""
    with conn.transaction(force_rollback=True):
        conn.execute(VOUCHER, given)
        assert one(conn, "SELECT last_journal FROM ledger.head WHERE book_id = %s", given[0]) == given[1]
        moved = "SELECT sum(debits), sum(credits) FROM ledger.balance WHERE book_id = %s"
        said = "SELECT sum(amount), sum(amount) FROM ledger.transfer WHERE book_id = %s"
        assert conn.execute(moved, given[:1]).fetchone() == conn.execute(said, given[:1]).fetchone()


def raised(conn: Any, like: UUID, currency: str = "CNY", event: str = "X", *, back: bool = False) -> UUID:
    """A debt like another, of another event; or the same owed back."""
    number, parties = uuid4(), "creditor_book_id, debtor_book_id" if back else "debtor_book_id, creditor_book_id"
    with conn.transaction():
        conn.execute(
            f"INSERT INTO ledger.obligation SELECT %s, %s, {parties}, %s, amount, due_on"
            " FROM ledger.obligation WHERE obligation_id = %s",
            (number, event, currency, like),
        )
    return number


@pytest.fixture
def debt(conn: Any) -> tuple[int, int, int, UUID]:
    """A debt of 500 between A and B: the book and two accounts of A, and the debt."""
    unit = owed("D-1", 500)
    assert posted(conn, unit) == [CREATED]
    book = one(conn, "SELECT book_id FROM ledger.book WHERE name = 'A'")
    debit = one(conn, "SELECT account_id FROM ledger.account WHERE book_id = %s AND role = 'claim_loss'", book)
    credit = one(conn, "SELECT account_id FROM ledger.account WHERE book_id = %s AND role = 'due_to'", book)
    return book, debit, credit, unit.debts[0].id


@pytest.mark.parametrize("amounts", [[0], [-1], [5, 0], [5, -1]])
def test_an_amount_is_above_zero(conn: Any, debt: tuple[int, int, int, UUID], amounts: list[int]) -> None:
    book, debit, credit, _ = debt
    assert attacked(conn, VOUCHER, *voucher(book, *((debit, credit, amount) for amount in amounts))) == "23514"
    accepted(conn, *voucher(book, *((debit, credit, abs(amount) + 1) for amount in amounts)))


def test_the_two_sides_differ(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, _ = debt
    assert attacked(conn, VOUCHER, *voucher(book, (debit, debit, 5))) == "23514"
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 5), (debit, debit, 5))) == "23514"
    accepted(conn, *voucher(book, (debit, credit, 5), (credit, debit, 5)))


@pytest.mark.parametrize("column", ["debit", "credit", "amount", "rule", "debt"])
def test_every_line_is_whole(conn: Any, debt: tuple[int, int, int, UUID], column: str) -> None:
    """None of its columns is longer or shorter than the others, and none has a hole."""
    book, debit, credit, owed = debt
    given = voucher(book, (debit, credit, 500), (debit, credit, 6), debts=[raised(conn, owed), None])
    place = COLUMNS.index(column)
    for more in ([], [None]):
        cut = (*given[:place], [*given[place][:1], *more], *given[place + 1 :])  # type: ignore[index]
        if column != "debt" or not more:
            assert attacked(conn, VOUCHER, *cut) in ("23514", "23503", "23502")
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 5), debts=[None])) == "23514"
    accepted(conn, *given)


@pytest.mark.parametrize("shape", ["[0:0]={{{}}}", "[2:2]={{{}}}", "{{{{{}}}}}"])
def test_a_line_is_counted_from_one(conn: Any, debt: tuple[int, int, int, UUID], shape: str) -> None:
    """An array that begins elsewhere, or has two dimensions, is another one in a text and in a comparison."""
    book, debit, credit, _ = debt
    for other in (debit, credit):
        for odd in ("debit", "credit", "amount", "rule", "all"):
            plain = {"debit": debit, "credit": other, "amount": 5, "rule": "X"}
            columns = [(shape if odd in (name, "all") else "{{{}}}").format(value) for name, value in plain.items()]
            given = (book, 2, 1, "X", *columns, None, None)
            assert attacked(conn, VOUCHER, *given) == "23514", (odd, other)


def test_a_debt_is_cited_with_its_own_amount(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, number = debt
    mine = raised(conn, number)
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 499), debts=[mine])) == "23503"
    accepted(conn, *voucher(book, (debit, credit, 500), debts=[mine]))


def test_a_debt_is_cited_in_its_own_currency(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, number = debt
    foreign = raised(conn, number, currency="USD")
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 500), debts=[foreign])) == "23503"


def test_a_debt_is_cited_by_its_own_books(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    posted(conn, paid_in("C-1", book="C"))
    book = one(conn, "SELECT book_id FROM ledger.book WHERE name = 'C'")
    cash, capital = (
        one(conn, "SELECT account_id FROM ledger.account WHERE book_id = %s AND role = %s", book, role)
        for role in ("cash", "capital")
    )
    mine = raised(conn, debt[3])
    assert attacked(conn, VOUCHER, *voucher(book, (cash, capital, 500), debts=[mine])) == "23503"
    accepted(conn, *voucher(book, (cash, capital, 500)))


def test_a_debt_is_cited_by_its_own_event(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, number = debt
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 500), debts=[number])) == "23503"
    other = raised(conn, number, event="Y")
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 500), debts=[other])) == "23503"


def test_a_debt_is_cited_once_by_each_book(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    """In one voucher, in two of one moment, and later on."""
    book, debit, credit, number = debt
    mine = raised(conn, number)
    line = (debit, credit, 500)
    assert attacked(conn, VOUCHER, *voucher(book, line, line, debts=[mine, mine])) == "23505"
    assert attacked(conn, VOUCHER, *voucher(book, line, part=2, event="D-1", debts=[number])) == "23505"
    both = f"{VOUCHER}, (%s, %s, %s, 'posted', %s, 'x', '2024-05-17', 'x', %s, %s, %s, %s, %s, %s)"
    given = (*voucher(book, line, debts=[mine]), *voucher(book, line, no=3, part=2, debts=[mine]))
    assert attacked(conn, both, *given) == "23505"


def test_a_debt_nobody_raised(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, _ = debt
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 500), debts=[uuid4()])) == "23503"
    assert (
        attacked(conn, VOUCHER, *voucher(book, (debit, credit, 5), (debit, credit, 6), debts=[None, uuid4()]))
        == "23503"
    )


def test_nobody_owes_himself(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book = debt[0]
    insert = "INSERT INTO ledger.obligation VALUES (%s, 'x', %s, %s, 'CNY', 5, '2024-05-17')"
    assert attacked(conn, insert, uuid4(), book, book) == "23514"
    insert = "INSERT INTO ledger.account (book_id, role, kind, counterparty_book_id, currency) VALUES (%s, 'due_to', 'liability', %s, 'CNY')"
    assert attacked(conn, insert, book, book) == "23514"


def test_an_event_has_one_journal_in_a_book(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    book, debit, credit, _ = debt
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 1), event="D-1")) == "23505"


def test_a_journal_is_reversed_once_and_never_by_itself(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    """With its lines and its debts the other way round."""
    book, debit, credit, owed = debt
    back = (credit, debit, 500)
    assert attacked(conn, VOUCHER, *voucher(book, back, reverses=2)) == "23514"
    assert attacked(conn, VOUCHER, *voucher(book, (credit, debit, 499), reverses=1)) == "23503"
    assert attacked(conn, VOUCHER, *voucher(book, back, reverses=1)) == "23503"
    assert attacked(conn, VOUCHER, *voucher(book, back, debts=[raised(conn, owed)], reverses=1)) == "23503"
    with conn.transaction(force_rollback=True):
        owed_back = [raised(conn, owed, event="r", back=True)]
        conn.execute(VOUCHER, voucher(book, back, event="r", debts=owed_back, reverses=1))
        again = [raised(conn, owed, event="s", back=True)]
        assert attacked(conn, VOUCHER, *voucher(book, back, no=3, event="s", debts=again, reverses=1)) == "23505"


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_a_voucher_has_the_next_number(conn: Any, debt: tuple[int, int, int, UUID], number: int) -> None:
    book, debit, credit, _ = debt
    assert attacked(conn, VOUCHER, *voucher(book, (debit, credit, 5), no=number)) in ("23505", "23503", "23514")
    accepted(conn, *voucher(book, (debit, credit, 5)))


def test_lines_are_read_and_not_written(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    """They are columns of their voucher: there is nothing to add one to, nor to take one from."""
    assert one(conn, "SELECT count(*) FROM ledger.transfer") == 2
    same = "INSERT INTO ledger.transfer SELECT * FROM ledger.transfer"
    for attack in (same, "UPDATE ledger.transfer SET amount = 1", "DELETE FROM ledger.transfer"):
        assert attacked(conn, attack) == "55000"
    assert attacked(conn, "TRUNCATE ledger.transfer") == "42809"


def test_a_closed_period_carries_its_stamp(conn: Any, debt: tuple[int, int, int, UUID]) -> None:
    assert (
        attacked(conn, "INSERT INTO ledger.period (book_id, period_id, state) VALUES (%s, 20242, 'closed')", debt[0])
        == "23514"
    )


def test_a_limit_is_on_the_row_itself(conn: Any) -> None:
    posted(conn, budgeted(100))
    update = "UPDATE ledger.balance SET debits = 101 FROM ledger.account a WHERE a.account_id = balance.account_id AND a.role = 'budget'"
    assert attacked(conn, update) == "23514"


ATTACKS = ("UPDATE {} SET {} = NULL", "DELETE FROM {}", "DELETE FROM {} WHERE false", "TRUNCATE {} CASCADE")
EVERYTHING = (
    *(f"ledger.{name}" for name in TABLES if name != "transfer"),
    *(f"product.{name}" for name in ("event", "contract", "import_run", "quarantine")),
    *(f"share.{name}" for name in ("scheme", "fact", "close", "bearing", "owing", "instruction", "settled")),
)


@pytest.mark.parametrize("role", ["origin", "replica"])
def test_what_is_written_stays(conn: Any, role: str) -> None:
    """Also for the owner of the tables, and where ordinary triggers are off."""
    conn.execute(f"SET LOCAL session_replication_role = {role}")
    column = (
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attidentity = '' LIMIT 1"
    )
    for table in EVERYTHING:
        for attack in ATTACKS:
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="the record is append-only"),
                conn.transaction(),
            ):
                conn.execute(attack.format(table, one(conn, column, table)))


# What posting answers.


def test_every_unit_is_created_with_both_sides_of_its_books(conn: Any) -> None:
    assert posted(conn, paid_in("C-1", 300), owed("D-1", 500), paid_in("C-2", 5, "B")) == [CREATED] * 3

    assert [balance(conn, "A", role) for role in ("cash", "capital", "claim_loss", "due_to")] == [300, -300, 500, -500]
    assert [balance(conn, "B", role) for role in ("cash", "due_from", "claim_recv")] == [5, 500, -500]
    sound(conn)


WHOLE = "a whole number from 1 to 9000000000000000"
LINE = Line("A", account("A", "cash"), account("A", "capital"), 5, "P0")
DEBT = owed("D-1", 500)


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (Unit("X", "x", DAY, (LINE._replace(debit=account("B", "cash")),)), "item X, line 1: the debit account is of another book; expected A; got B"),
        (Unit("X", "x", DAY, (LINE, LINE._replace(credit=account("B", "capital")))), "item X, line 2: the credit account is of another book; expected A; got B"),
        (Unit("X", "x", DAY, (LINE._replace(credit=account("A", "capital", None, "USD")),)), "item X, line 1: its accounts are of two currencies; expected CNY; got USD"),
        (Unit("X", "x", DAY, (LINE._replace(credit=LINE.debit),)), "item X, line 1: both sides are one account; expected two accounts; got A/cash/CNY"),
        (Unit("X", "x", DAY, (LINE._replace(amount=0),)), f"item X, line 1: this amount cannot be posted; expected {WHOLE}; got 0"),
        (Unit("X", "x", DAY, (LINE._replace(amount=-5),)), f"item X, line 1: this amount cannot be posted; expected {WHOLE}; got -5"),
        (Unit("X", "x", DAY, (LINE._replace(amount=9 * 10**15 + 1),)), f"item X, line 1: this amount cannot be posted; expected {WHOLE}; got 9000000000000001"),
        (Unit("X", "x", DAY, (LINE._replace(amount=5.0),)), f"item X, line 1: this amount cannot be posted; expected {WHOLE}; got 5.0"),  # type: ignore[arg-type]
        (Unit("X", "x", DAY, (LINE._replace(amount=True),)), f"item X, line 1: this amount cannot be posted; expected {WHOLE}; got True"),
        (Unit("X", "x", DAY, (LINE._replace(rule="a;b"),)), "item X, line 1: the rule has no name; expected no , ; \" \\ or braces; got 'a;b'"),
        (Unit("X", "x", DAY, (LINE._replace(debit=account("A", "slush fund")),)), "posting rules: unknown account role slush fund; expected a role of roles.csv; got slush fund"),
        (Unit("X", "x", DAY, ()), "item X: it has no lines; expected at least one"),
        (Unit("", "x", DAY, (LINE,)), "item : the key cannot be used; expected 1 to 400 characters; got 0"),
        (Unit("X" * 401, "x", DAY, (LINE,)), f"item {'X' * 401}: the key cannot be used; expected 1 to 400 characters; got 401"),
        (Unit("X\0", "x", DAY, (LINE,)), "item X\0: its key cannot be kept; expected text without NUL or halves of a character; got 'X\\x00'"),
        (Unit("X", "\ud800", DAY, (LINE,)), "item X: its kind cannot be kept; expected text without NUL or halves of a character; got '\\ud800'"),
        (Unit("X", "", DAY, (LINE,)), "item X: it has no kind; expected what happened"),
        (Unit("X", "x", DAY, (LINE,), expires_on=DAY), "item X: only a reservation expires; expected reserved, or no day to expire on; got 2024-05-17"),
        (DEBT._replace(reserved=True), "item D-1: a reservation owes nothing yet; expected no debts; got 1"),
        (DEBT._replace(lines=(DEBT.lines[0], DEBT.lines[1]._replace(amount=499))), "item D-1, line 2: it cites a debt of another amount; expected 500; got 499"),
        (DEBT._replace(debts=()), "item D-1, line 1: it cites a debt of another amount; expected a debt of the unit; got 500"),
        (DEBT._replace(lines=(*DEBT.lines, DEBT.lines[0])), "item D-1, line 3: its book cites this debt before; expected one line of each book; got line 1"),
        (Resolution("X", "R", "keep", DAY), "item X: a reservation does not end like this; expected post or void or expire; got 'keep'"),  # type: ignore[arg-type]
        (Resolution("X", "R", "void", DAY, (5,)), "item X: void moves nothing; expected no amounts; got 1"),
        (Resolution("X", "R", "post", DAY, (0, 0)), "item X: it posts nothing; expected an amount above zero, or void"),
        (Resolution("X", "R", "post", DAY, (5, -1)), "item X, amount 2: this amount cannot be posted; expected a whole number from 0 to 9000000000000000; got -1"),
    ],
)  # fmt: skip
def test_what_is_malformed_burns_no_key(conn: Any, item: Item, says: str) -> None:
    before = rows(conn)
    with pytest.raises(Refused) as no:
        posted(conn, paid_in("C-1"), item)
    assert says in str(no.value).splitlines()
    assert rows(conn) == before


def test_counters_do_not_wrap(conn: Any) -> None:
    assert posted(conn, paid_in("C-1")) == [CREATED]
    conn.execute("UPDATE ledger.balance SET debits = %s WHERE debits > 0", (2**63 - 5,))
    before = rows(conn)
    with pytest.raises(NotAllowed, match="more than a counter can"):
        posted(conn, paid_in("C-2", 5))
    assert rows(conn) == before


def test_a_key_sent_again_has_no_second_effect(conn: Any) -> None:
    unit = paid_in("C-1")
    assert posted(conn, unit) == [CREATED]
    before = rows(conn)
    assert posted(conn, unit) == [SAME]
    assert posted(conn, unit, unit, together=False) == [SAME, SAME]
    assert rows(conn) == before


@pytest.mark.parametrize("together", [True, False])
def test_a_key_with_other_contents_is_a_conflict(conn: Any, together: bool) -> None:
    posted(conn, paid_in("C-1"))
    before = rows(conn)
    assert posted(conn, paid_in("C-1", rule="P9"), together=together) == [CONFLICT]
    assert rows(conn) == before


def test_a_key_with_other_contents_in_another_book_is_a_conflict(conn: Any) -> None:
    """A key is an event's id: it means one thing, whichever book it is written in first."""
    posted(conn, paid_in("C-1", 100, "A"))
    before = rows(conn)
    assert posted(conn, paid_in("C-1", 7, "B")) == ["conflict:book"]
    assert rows(conn)[2:] == before[2:]


def test_a_key_twice_in_one_batch(conn: Any) -> None:
    assert posted(conn, paid_in("C-1"), paid_in("C-1")) == [CREATED, SAME]
    assert posted(conn, paid_in("C-2"), paid_in("C-2", rule="P9"), together=False) == [CREATED, CONFLICT]
    assert balance(conn, "A", "cash") == 200


def test_a_conflict_stops_a_batch_that_stands_together(conn: Any) -> None:
    posted(conn, paid_in("C-1"))
    before = rows(conn)
    assert posted(conn, paid_in("C-2"), paid_in("C-1", rule="P9"), paid_in("C-1")) == [NOT_POSTED, CONFLICT, SAME]
    assert rows(conn) == before


def test_two_batches_in_one_transaction(conn: Any) -> None:
    with conn.transaction():
        assert post(conn, [paid_in("C-1")], "clerk") == [CREATED]
        assert post(conn, [paid_in("C-1"), paid_in("C-2")], "clerk") == [SAME, CREATED]
    assert balance(conn, "A", "cash") == 200
    sound(conn)


def test_a_batch_that_was_undone_leaves_no_trace(conn: Any) -> None:
    posted(conn, paid_in("C-1"))
    before = rows(conn)
    with conn.transaction(force_rollback=True):
        assert post(conn, [paid_in("C-2")], "clerk") == [CREATED]
    assert rows(conn) == before
    assert posted(conn, paid_in("C-2")) == [CREATED]
    sound(conn)


def test_nothing_to_post(conn: Any) -> None:
    assert posted(conn) == []


# Limits.


def test_claims_on_a_budget_are_answered_in_their_order(conn: Any) -> None:
    posted(conn, budgeted(100))
    claims = [granted("S-1", 60), granted("S-2", 50), granted("S-3", 40), granted("S-4", 1)]

    assert posted(conn, *claims, together=False) == [CREATED, OVER, CREATED, OVER]

    assert balance(conn, "Bureau", "budget") == 0
    sound(conn)
    before = rows(conn)
    assert posted(conn, *claims, together=False) == [SAME, OVER, SAME, OVER]
    assert rows(conn) == before


def test_a_refusal_is_an_answer_and_stays_one(conn: Any) -> None:
    """Sent again after money has come, the refused claim is still refused: it needs a new key."""
    posted(conn, budgeted(10))
    assert posted(conn, granted("S-1", 11), together=False) == [OVER]
    posted(conn, budgeted(90)._replace(key="more"))

    assert posted(conn, granted("S-1", 11), together=False) == [OVER]
    assert posted(conn, granted("S-1 again", 11), together=False) == [CREATED]


def test_claims_that_stand_together_are_refused_together(conn: Any) -> None:
    posted(conn, budgeted(100))
    before = rows(conn)
    assert posted(conn, granted("S-1", 60), granted("S-2", 50)) == [NOT_POSTED, OVER]
    assert rows(conn) == before
    assert posted(conn, granted("S-1", 60), granted("S-2", 40)) == [CREATED, CREATED]


def test_a_refused_claim_twice_in_one_batch_is_refused_twice(conn: Any) -> None:
    """Nothing was posted for this key: "same" would tell its sender that it was."""
    posted(conn, budgeted(10))
    assert posted(conn, granted("S-1", 11), granted("S-1", 11), together=False) == [OVER, OVER]


def test_a_claim_with_two_lines_counts_as_one(conn: Any) -> None:
    posted(conn, budgeted(100))
    twice = granted("S-1", 60)
    assert posted(conn, twice._replace(lines=twice.lines * 2), granted("S-2", 100), together=False) == [OVER, CREATED]


def test_a_payment_into_the_budget_makes_room_for_what_follows(conn: Any) -> None:
    posted(conn, budgeted(10))
    more = budgeted(5)._replace(key="more")
    units = [granted("S-1", 15), more, granted("S-2", 15)]
    assert posted(conn, *units, together=False) == [OVER, CREATED, CREATED]
    assert balance(conn, "Bureau", "budget") == 0


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 60),
    st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30)), max_size=6), max_size=4),
    st.booleans(),
)
def test_posting_and_a_model_of_it_agree(
    conn: Any, budget: int, batches: list[list[tuple[int, int]]], together: bool
) -> None:
    """Few keys, so that they come again; few fen, so that they run out."""
    with conn.transaction(force_rollback=True):
        post(conn, [budgeted(max(budget, 1))], "clerk")
        left, known = max(budget, 1), dict[int, tuple[int, str]]()
        for batch in batches:
            expected: list[str] = []
            room, new = left, dict[int, tuple[int, str]]()
            for key, amount in batch:
                earlier = known.get(key) or new.get(key)
                if earlier is not None:
                    again = SAME if earlier[1] == CREATED else earlier[1]
                    expected.append(again if earlier[0] == amount else "conflict:amount")
                    continue
                expected.append(CREATED if amount <= room else OVER)
                room -= amount if amount <= room else 0
                new[key] = amount, expected[-1]
            if together and set(expected) - {CREATED, SAME}:
                expected = [NOT_POSTED if outcome == CREATED else outcome for outcome in expected]
                new, room = {}, left
            found = post(conn, [granted(f"S-{key}", amount) for key, amount in batch], "clerk", together=together)
            if not together or set(expected) <= {CREATED, SAME}:
                assert found == expected
            else:  # a batch that is refused says so; which of its claims would have had room is nobody's business
                assert set(found) - {CREATED, SAME}
                assert CREATED not in found
            known, left = known | new, room
        assert -balance(conn, "Bureau", "budget") == left
        sound(conn)


# Periods.


def close_through(conn: Any, day: date) -> None:
    with conn.transaction():
        conn.execute("SELECT FROM ledger.calendar FOR UPDATE")
        conn.execute("UPDATE ledger.calendar SET closed_through = %s", (day,))


def test_a_closed_period_takes_nothing_and_an_open_one_does(conn: Any) -> None:
    close_through(conn, DAY)
    late, now = paid_in("C-1"), paid_in("C-2", on=DAY + timedelta(days=1))
    assert posted(conn, late, now, together=False) == [CLOSED, CREATED]
    assert posted(conn, paid_in("C-3", on=now.on), late) == [NOT_POSTED, CLOSED]
    assert posted(conn, late, together=False) == [CLOSED]  # not stored: it may be sent again with another day


def test_a_re_send_is_answered_though_its_period_has_closed_since(conn: Any) -> None:
    posted(conn, paid_in("C-1"))
    close_through(conn, DAY)
    assert posted(conn, paid_in("C-1")) == [SAME]
    assert posted(conn, paid_in("C-1", rule="P9")) == [CONFLICT]


@pytest.mark.parametrize(("unit", "number"), [("month", 202405), ("quarter", 20242), ("year", 2024)])
def test_a_journal_knows_its_period(conn: Any, unit: str, number: int) -> None:
    with conn.transaction():
        conn.execute("UPDATE ledger.calendar SET unit = %s", (unit,))
    posted(conn, paid_in("C-1"))
    assert one(conn, "SELECT ledger.period_of(%s, effective_on) FROM ledger.journal", unit) == number


@pytest.mark.parametrize("state", ["adjusting", "closed"])
def test_one_book_may_be_closed_before_the_others(conn: Any, state: str) -> None:
    posted(conn, paid_in("C-1", book="A"), paid_in("C-2", book="B"))
    with conn.transaction():
        conn.execute(
            "INSERT INTO ledger.period (book_id, period_id, state, closed_by, closed_at) SELECT book_id, 20242, %s,"
            " CASE %s WHEN 'closed' THEN 'chief' END, CASE %s WHEN 'closed' THEN now() END FROM ledger.book WHERE name = 'B'",
            (state, state, state),
        )
    assert posted(conn, paid_in("C-3", book="A"), paid_in("C-4", book="B"), owed("D-1", 5), together=False) == [
        CREATED, CLOSED, CLOSED,
    ]  # fmt: skip


# Many at once.


def together_at_once(database: Database, *works: Callable[[Any], Any]) -> list[Any]:
    """Each piece of work on a connection of its own, all starting at the same moment; a fault is an answer too."""
    answers: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[Any], Any]) -> None:
        try:
            with closing(database.connect()) as conn:
                start.wait(timeout=30)
                answers[place] = work(conn)
        except Exception as fault:
            answers[place] = fault

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def poster(units: Sequence[Unit], together: bool = True) -> Callable[[Any], list[str]]:
    return lambda conn: transact(conn, lambda: post(conn, units, "clerk", together=together))


def test_eight_clerks_send_the_same_fifty_keys(every_database: Database) -> None:
    """Shuffled, in batches of ten, all at once: each is created once, by somebody; vouchers have no gap."""
    units = [paid_in(f"C-{number}", number + 1, "AB"[number % 2]) for number in range(50)]
    given: list[list[Unit]] = []
    for seed in range(8):
        mixed = units[:]
        random.Random(seed).shuffle(mixed)  # noqa: S311
        given.append(mixed)

    def clerk(mixed: list[Unit]) -> Callable[[Any], list[tuple[str, str]]]:
        def work(conn: Any) -> list[tuple[str, str]]:
            said = []
            for first in range(0, 50, 10):
                part = mixed[first : first + 10]
                said += zip((unit.key for unit in part), poster(part)(conn), strict=True)
            return said

        return work

    answers = together_at_once(every_database, *map(clerk, given))

    outcomes = Counter(outcome for said in answers for outcome in said)
    assert outcomes == Counter({(unit.key, CREATED): 1 for unit in units} | {(unit.key, SAME): 7 for unit in units})
    with closing(every_database.connect()) as conn:
        assert one(conn, "SELECT count(*) FROM ledger.journal") == 50
        assert balance(conn, "A", "cash") + balance(conn, "B", "cash") == sum(range(1, 51))
        sound(conn)


def test_the_last_of_the_budget_goes_to_one_of_six(every_database: Database) -> None:
    for number in range(5):
        book = f"Bureau {number}"
        with closing(every_database.connect()) as conn:
            posted(conn, budgeted(10, book))
        claims = [poster([granted(f"S-{number}-{who}", 10, book)], together=False) for who in range(6)]

        answers = together_at_once(every_database, *claims)

        assert sorted(answers) == [[CREATED], *[[OVER]] * 5], answers
    with closing(every_database.connect()) as conn:
        assert one(conn, "SELECT count(*) FROM ledger.refusal WHERE outcome LIKE 'limit:%%'") == 25
        sound(conn)


def test_batches_over_the_same_accounts_in_opposite_order(every_database: Database) -> None:
    """Balances are locked in one order, whatever the order of the lines: nobody waits in a circle."""
    books = [f"Book {number}" for number in range(6)]

    def clerk(who: int, order: list[str]) -> Callable[[Any], list[str]]:
        def work(conn: Any) -> list[str]:
            found = []
            for number in range(10):
                with conn.transaction():  # no second try here
                    found += post(conn, [paid_in(f"{book} {who} {number}", 1, book) for book in order], "clerk")
            return found

        return work

    with closing(every_database.connect()) as conn:
        posted(conn, *(paid_in(f"{book} opens", 1, book) for book in books))
    answers = together_at_once(every_database, *(clerk(who, books if who % 2 else books[::-1]) for who in range(4)))

    assert answers == [[CREATED] * 60] * 4
    with closing(every_database.connect()) as conn:
        sound(conn)


def test_debts_between_two_books_in_both_directions(every_database: Database) -> None:
    def clerk(who: int) -> Callable[[Any], list[str]]:
        pair = ("A", "B") if who % 2 else ("B", "A")
        return lambda conn: [poster([owed(f"D-{who}-{number}", 3, *pair)])(conn)[0] for number in range(8)]

    assert together_at_once(every_database, *map(clerk, range(4))) == [[CREATED] * 8] * 4
    with closing(every_database.connect()) as conn:
        assert (balance(conn, "A", "due_to"), balance(conn, "B", "due_from")) == (-48, 48)
        sound(conn)


def race_of_a_close(database: Database, rounds: int) -> None:
    """Closers and posters start together, round after round: what was answered "created" stands in a period that was
    open, and nothing that was answered otherwise stands anywhere."""
    first, clerks = date(2024, 1, 1), 3
    days = [first + timedelta(days=number) for number in range(rounds)]
    start = threading.Barrier(clerks + 1)
    said: list[dict[str, str]] = [{} for _ in range(clerks)]
    seen_by_the_close: dict[date, int] = {}
    faults: list[BaseException] = []

    def clerk(who: int) -> None:
        with closing(database.connect()) as conn:
            for number, day in enumerate(days):
                key = f"C-{number}-{who}"
                start.wait(timeout=60)
                time.sleep((number % 7) * 0.0003 * (who + 1))
                with conn.transaction():
                    said[who][key] = post(conn, [paid_in(key, 1, f"Book {who}", day)], "clerk")[0]

    def closer() -> None:
        with closing(database.connect()) as conn:
            for number, day in enumerate(days):
                start.wait(timeout=60)
                time.sleep((number % 5) * 0.0007)
                with conn.transaction():
                    conn.execute("SELECT FROM ledger.calendar FOR UPDATE")
                    count = conn.execute(
                        "SELECT count(*) FROM ledger.journal WHERE effective_on = %s", (day,)
                    ).fetchone()
                    conn.execute("UPDATE ledger.calendar SET closed_through = %s", (day,))
                seen_by_the_close[day] = count[0] if count else -1

    def guarded(work: Callable[..., None], *given: int) -> Callable[[], None]:
        def run() -> None:
            try:
                work(*given)
            except BaseException as fault:
                faults.append(fault)
                start.abort()

        return run

    threads = [threading.Thread(target=guarded(clerk, who)) for who in range(clerks)]
    threads.append(threading.Thread(target=guarded(closer)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)

    assert faults == []
    with closing(database.connect()) as conn:
        stands = dict(conn.execute("SELECT effective_on, count(*) FROM ledger.journal GROUP BY 1").fetchall())
        keys = {key for (key,) in conn.execute("SELECT event_id FROM ledger.journal").fetchall()}
        assert {day: stands.get(day, 0) for day in days} == seen_by_the_close, "something came after a close had looked"
        everything = {key: outcome for clerk_said in said for key, outcome in clerk_said.items()}
        assert keys == {key for key, outcome in everything.items() if outcome == CREATED}, "something was lost"
        assert set(everything.values()) <= {CREATED, CLOSED}
        sound(conn)


def test_a_close_and_posters_at_the_same_moment(every_database: Database) -> None:
    race_of_a_close(every_database, 120)


@pytest.mark.drill
def test_a_close_and_posters_at_the_same_moment_for_long(every_database: Database) -> None:
    race_of_a_close(every_database, 5_000)


@pytest.mark.drill
def test_random_clerks_for_long(every_database: Database) -> None:
    """Many clerks, keys that come again, debts, budgets: whatever they are told, the books are sound."""

    def clerk(seed: int) -> Callable[[Any], list[str]]:
        rng = random.Random(seed)  # noqa: S311

        def work(conn: Any) -> list[str]:
            found = []
            for _ in range(150):
                keys = [rng.randrange(3_000) for _ in range(rng.randrange(1, 40))]
                units = [
                    granted(f"K-{key}", key % 7 + 1) if key % 3 == 0
                    else owed(f"K-{key}", key % 9 + 1, "ABCD"[key % 4], "ABCD"[(key + 1) % 4]) if key % 3 == 1
                    else paid_in(f"K-{key}", key + 1, "ABCD"[key % 4])
                    for key in keys
                ]  # fmt: skip
                found += poster(units, together=False)(conn)
            return found

        return work

    with closing(every_database.connect()) as conn:
        posted(conn, budgeted(2_000))
    answers = together_at_once(every_database, *map(clerk, range(8)))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    with closing(every_database.connect()) as conn:
        sound(conn)
        assert balance(conn, "Bureau", "budget") <= 0
