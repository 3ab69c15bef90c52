"""Callers who meet: whatever the moment, one wins, the others are told so, and the books are sound."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any, Literal
from uuid import uuid4

import psycopg
import pytest
from living import UNSOUND, at_once, send

from ledger.batch import Debt, Item, Line, Resolution, Reversal, Unit
from ledger.database import Database
from ledger.limits import set_limit
from ledger.posting import post
from ledger.transaction import transact

DAY = date(2024, 5, 17)
CREATED, SAME, CLOSED, OVER = "created", "same", "period_closed", "limit:budget"
LONG = pytest.mark.drill


def unit(key: str, book: str, debit: str, credit: str, amount: int = 1, on: date = DAY, **more: Any) -> Unit:
    line = Line(book, (book, debit, None, "CNY"), (book, credit, None, "CNY"), amount, "X1", None)
    return Unit(key, "x.happened", on, (line,), **more)


def paid_in(key: str, book: str = "A", amount: int = 1, on: date = DAY) -> Unit:
    return unit(key, book, "cash", "capital", amount, on)


def budgeted(key: str, amount: int, book: str = "A") -> Unit:
    return unit(key, book, "cash", "budget", amount)


def granted(key: str, amount: int, book: str = "A", **more: Any) -> Unit:
    return unit(key, book, "budget", "cash", amount, **more)


def owed(key: str, debtor: str, creditor: str, amount: int = 3) -> Unit:
    """A debt, written in both books."""
    debt = Debt(uuid4(), debtor, creditor, "CNY", amount, DAY)
    owes = Line(debtor, (debtor, "claim_loss", None, "CNY"), (debtor, "due_to", creditor, "CNY"), amount, "L1", debt.id)
    due = (creditor, "due_from", debtor, "CNY")
    owned = Line(creditor, due, (creditor, "claim_recv", None, "CNY"), amount, "L2", debt.id)
    return Unit(key, "loss.shared", DAY, (owes, owned), (debt,))


def sending(*items: Item, together: bool = False) -> Callable[[Any], list[str]]:
    """Work for a caller: send these at once."""
    return lambda conn: send(conn, items, together)


def posted(database: Database, *items: Item) -> list[str]:
    with closing(psycopg.connect(database.url)) as conn:
        return send(conn, items, together=False)


def one(database: Database, sql: str, *given: object) -> int:
    with closing(psycopg.connect(database.url)) as conn:
        row = conn.execute(sql, given).fetchone()
        assert row is not None
        return int(row[0])


def balance(database: Database, book: str, role: str) -> int:
    """Debits less credits."""
    return one(
        database,
        "SELECT coalesce(sum(debits - credits), 0) FROM ledger.balance JOIN ledger.account a USING (book_id, account_id)"
        " JOIN ledger.book k USING (book_id) WHERE k.name = %s AND a.role = %s",
        book, role,
    )  # fmt: skip


def sound(database: Database) -> None:
    assert {what: one(database, sql) for what, sql in UNSOUND.items()} == dict.fromkeys(UNSOUND, 0)


def outcomes(answers: Sequence[Sequence[str]]) -> Counter[str]:
    faults = [answer for answer in answers if isinstance(answer, BaseException)]
    assert faults == []
    return Counter(outcome for answer in answers for outcome in answer)


# A close against those who post.


@pytest.mark.parametrize("rounds", [60, pytest.param(10_000, marks=LONG)])
def test_a_close_and_posters(every_database: Database, rounds: int) -> None:
    """What was answered "created" was there when the close looked; what came later was told so and is nowhere."""
    days = [date(1990, 1, 1) + timedelta(days=number) for number in range(rounds)]
    books, start = ("A", "B"), threading.Barrier(3)
    said: list[dict[str, str]] = [{}, {}]
    seen: dict[date, int] = {}
    posted(every_database, *(paid_in(f"{book} opens", book) for book in books))

    def clerk(who: int) -> Callable[[Any], None]:
        def work(conn: Any) -> None:
            chance = Random(who)  # noqa: S311
            for number, day in enumerate(days):
                item = paid_in(f"{number} {who}", books[(who + number // 2) % 2], on=day)
                start.wait(timeout=60)
                linger(conn, chance.randrange(4))
                with conn.transaction():  # no second try
                    said[who][item.key] = post(conn, [item], "clerk")[0]

        return work

    def closer(conn: Any) -> None:
        chance = Random(-1)  # noqa: S311
        for day in days:
            start.wait(timeout=60)
            linger(conn, chance.randrange(12))
            with conn.transaction():
                conn.execute("SELECT FROM ledger.calendar FOR UPDATE")
                seen[day] = conn.execute(
                    "SELECT count(*) FROM ledger.journal WHERE effective_on = %s", (day,)
                ).fetchone()[0]
                conn.execute("UPDATE ledger.calendar SET closed_through = %s", (day,))

    assert at_once(every_database.url, [clerk(0), clerk(1), closer]) == [None] * 3

    with closing(psycopg.connect(every_database.url)) as conn:
        stands: dict[date, int] = dict(
            conn.execute("SELECT effective_on, count(*) FROM ledger.journal GROUP BY 1").fetchall()
        )
        keys = {key for (key,) in conn.execute("SELECT event_id FROM ledger.journal WHERE effective_on < '2024-01-01'")}
    assert {day: stands.get(day, 0) for day in days} == seen, "something came after a close had looked"
    everything = said[0] | said[1]
    assert keys == {key for key, outcome in everything.items() if outcome == CREATED}, "something was lost"
    assert set(everything.values()) == {CREATED, CLOSED}, "both happen"
    sound(every_database)


def linger(conn: Any, times: int) -> None:
    """A few round trips, so that the callers do not always meet in the same place."""
    for _ in range(times):
        conn.execute("SELECT")
    conn.rollback()


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=LONG)])
def test_sixteen_closers_and_a_poster(every_database: Database, rounds: int) -> None:
    """Every closer counts what stands at its day, and the count is still right when all are done."""
    posted(every_database, paid_in("opens"))
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(16 * rounds)]
    seen: dict[date, int] = {}

    def closer(who: int) -> Callable[[Any], None]:
        def work(conn: Any) -> None:
            for day in days[who::16]:
                with conn.transaction():
                    conn.execute("SELECT FROM ledger.calendar FOR UPDATE")
                    conn.execute("UPDATE ledger.calendar SET closed_through = greatest(closed_through, %s)", (day,))
                    row = conn.execute(
                        "SELECT count(*) FROM ledger.journal WHERE effective_on <= %s", (day,)
                    ).fetchone()
                    seen[day] = row[0]

        return work

    def clerk(conn: Any) -> list[str]:
        return [send(conn, [paid_in(str(day), on=day)], False)[0] for day in days[::-1]]

    answers = at_once(every_database.url, [*map(closer, range(16)), clerk])

    assert answers[:16] == [None] * 16
    assert set(answers[16]) <= {CREATED, CLOSED}
    still = {
        day: one(every_database, "SELECT count(*) FROM ledger.journal WHERE effective_on <= %s", day) for day in days
    }
    assert still == seen
    sound(every_database)


@pytest.mark.parametrize("periods", [2, pytest.param(80, marks=LONG)])
def test_sixteen_closers_of_one_period(every_database: Database, periods: int) -> None:
    """One closes it, the others hear that it is closed; its snapshot is what stands in it, though somebody posts meanwhile."""
    posted(every_database, paid_in("opens"))
    for number in range(periods):
        period, last = (1990 + number // 4) * 10 + number % 4 + 1, date(1990 + number // 4, number % 4 * 3 + 3, 30)

        def close(conn: Any, period: int = period, last: date = last) -> str:
            try:
                with conn.transaction():
                    conn.execute("SELECT ledger.close(%s, %s, 'chief')", (period, last))
            except psycopg.errors.CheckViolation:
                return "closed already"
            return "closed"

        def clerk(conn: Any, number: int = number, last: date = last) -> list[str]:
            return [send(conn, [paid_in(f"{number} {each}", on=last)], False)[0] for each in range(8)]

        *closers, said = at_once(every_database.url, [*[close] * 16, clerk])
        assert Counter(closers) == {"closed": 1, "closed already": 15}
        stands = one(every_database, "SELECT count(*) FROM ledger.journal WHERE effective_on <= %s", last)
        assert said == [CREATED] * said.count(CREATED) + [CLOSED] * said.count(CLOSED), "closed is closed"
        assert stands == one(every_database, KEPT, period)
    sound(every_database)


KEPT = """
SELECT coalesce(sum(debits), 0) FROM ledger.period_balance JOIN ledger.account USING (book_id, account_id)
WHERE period_id = %s AND role = 'cash'"""


# One key.


@pytest.mark.parametrize("rounds", [1, pytest.param(50, marks=LONG)])
def test_one_key_a_hundred_times_at_once(every_database: Database, rounds: int) -> None:
    """Twice in each of fifty batches: created once, and everybody else hears "same"."""
    for number in range(rounds):
        item = paid_in(f"K-{number}")
        answers = at_once(every_database.url, [sending(item, item, together=who % 2 == 0) for who in range(50)])
        assert outcomes(answers) == {CREATED: 1, SAME: 99}
    assert balance(every_database, "A", "cash") == rounds
    sound(every_database)


@pytest.mark.parametrize("rounds", [3, pytest.param(200, marks=LONG)])
def test_one_key_from_different_books_at_once(every_database: Database, rounds: int) -> None:
    """A key is an event's id: the first book has it, the others hear that it holds other contents."""
    for number in range(rounds):
        answers = at_once(every_database.url, [sending(paid_in(f"K-{number}", book)) for book in "ABCDEF"])
        assert outcomes(answers) == {CREATED: 1, "conflict:book": 5}
    assert sum(balance(every_database, book, "cash") for book in "ABCDEF") == rounds
    sound(every_database)


@pytest.mark.parametrize("rounds", [2, pytest.param(100, marks=LONG)])
def test_a_refused_key_from_different_books_at_once(every_database: Database, rounds: int) -> None:
    for number in range(rounds):
        answers = at_once(every_database.url, [sending(granted(f"K-{number}", 5, book)) for book in "ABCD" * 2])
        assert outcomes(answers) == {OVER: 2, "conflict:book": 6}
    assert one(every_database, "SELECT count(*) FROM ledger.refusal") == rounds
    sound(every_database)


@pytest.mark.parametrize("rounds", [5, pytest.param(300, marks=LONG)])
def test_a_key_that_one_book_refuses_and_another_creates_at_once(every_database: Database, rounds: int) -> None:
    """What was created wins: its re-sends are "same" for ever, and the other contents are a conflict."""
    posted(every_database, paid_in("opens", "A"), paid_in("opens too", "B"))
    for number in range(rounds):
        refused, created = granted(f"K-{number}", 5, "A"), paid_in(f"K-{number}", "B")
        answers = at_once(every_database.url, [sending(refused), sending(created)] * 3)
        assert set(outcomes(answers[::2])) <= {OVER, "conflict:book"}
        assert outcomes(answers[1::2]) in ({CREATED: 1, SAME: 2}, {"conflict:book": 3})
        won = [CREATED] in answers
        assert posted(every_database, refused, created) == (["conflict:book", SAME] if won else [OVER, "conflict:book"])
    sound(every_database)


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=LONG)])
def test_shuffled_batches_of_the_same_keys(every_database: Database, rounds: int) -> None:
    for number in range(rounds):
        items = [paid_in(f"K-{number}-{each}", "ABCD"[each % 4]) for each in range(60)]
        shuffled = [Random(who).sample(items, len(items)) for who in range(6)]  # noqa: S311
        answers = at_once(
            every_database.url, [sending(*mixed, together=who % 2 == 0) for who, mixed in enumerate(shuffled)]
        )
        assert outcomes(answers) == {CREATED: 60, SAME: 300}
    sound(every_database)


# The last of a budget.


@pytest.mark.parametrize("rounds", [3, pytest.param(300, marks=LONG)])
def test_the_last_of_a_budget_and_sixteen_claimants(every_database: Database, rounds: int) -> None:
    """Half of them reserve, half of them take; one gets it."""
    for number in range(rounds):
        posted(every_database, budgeted(f"B-{number}", 10, f"Bureau {number}"))
        claims = [granted(f"S-{number}-{who}", 10, f"Bureau {number}", reserved=who % 2 == 0) for who in range(16)]
        answers = at_once(every_database.url, [sending(claim) for claim in claims])
        assert outcomes(answers) == {CREATED: 1, OVER: 15}
    sound(every_database)


@pytest.mark.parametrize("claims", [40, pytest.param(2_000, marks=LONG)])
def test_a_limit_moves_while_claims_come(every_database: Database, claims: int) -> None:
    """Whatever the moment, no limit is set below what is used, and no claim passes the limit of its moment."""
    account = ("A", "budget", None, "CNY")
    posted(every_database, budgeted("B", claims))
    said: list[tuple[str, int]] = []

    def keeper(conn: Any) -> None:
        for floor in range(0, claims, 2):
            change = partial(set_limit, conn, account, floor, None, "test", "chief")
            said.append((transact(conn, change), floor))

    numbers = count()
    claimants = [
        lambda conn: [send(conn, [granted(f"S-{next(numbers)}", 1)], False)[0] for _ in range(claims // 4)]
    ] * 4
    keepers, *answers = at_once(every_database.url, [keeper, *claimants])

    assert keepers is None
    left = claims - outcomes(answers)[CREATED]
    assert -balance(every_database, "A", "budget") == left
    assert {answer for answer, _ in said} <= {"set", "below_used"}
    assert left >= max((floor for answer, floor in said if answer == "set"), default=0)
    sound(every_database)


# Opposite order.


@pytest.mark.parametrize("rounds", [10, pytest.param(500, marks=LONG)])
def test_opposite_order_within_a_batch(every_database: Database, rounds: int) -> None:
    """Nobody waits in a circle: there is no second try here, and none is needed."""
    posted(every_database, *(paid_in(book, book) for book in "ABCDEF"))

    def clerk(who: int) -> Callable[[Any], list[str]]:
        books = "ABCDEF" if who % 2 else "FEDCBA"

        def work(conn: Any) -> list[str]:
            found = []
            for number in range(rounds):
                with conn.transaction():
                    found += post(conn, [paid_in(f"{who} {number} {book}", book) for book in books], "clerk")
            return found

        return work

    answers = at_once(every_database.url, [clerk(who) for who in range(6)])
    assert outcomes(answers) == {CREATED: 36 * rounds}
    sound(every_database)


@pytest.mark.parametrize("rounds", [6, pytest.param(300, marks=LONG)])
def test_debts_in_opposite_directions(every_database: Database, rounds: int) -> None:
    def clerk(who: int) -> Callable[[Any], list[str]]:
        pair = ("A", "B") if who % 2 else ("B", "A")
        return lambda conn: [send(conn, [owed(f"{who} {number}", *pair)], False)[0] for number in range(rounds)]

    answers = at_once(every_database.url, [clerk(who) for who in range(6)])
    assert outcomes(answers) == {CREATED: 6 * rounds}
    assert balance(every_database, "A", "due_to") == -9 * rounds == -balance(every_database, "A", "due_from")
    sound(every_database)


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=LONG)])
def test_opposite_order_of_two_calls_in_one_transaction(every_database: Database, rounds: int) -> None:
    """Here a circle is possible, and is broken by trying again; no caller hears of it."""
    posted(every_database, *(paid_in(book, book) for book in "AB"))

    def clerk(who: int) -> Callable[[Any], list[str]]:
        def both(conn: Any, number: int) -> list[str]:
            books = "AB" if who % 2 else "BA"
            return [post(conn, [paid_in(f"{who} {number} {book}", book)], "clerk")[0] for book in books]

        return lambda conn: [
            outcome for number in range(rounds) for outcome in transact(conn, partial(both, conn, number))
        ]

    answers = at_once(every_database.url, [clerk(who) for who in range(2)])
    assert outcomes(answers) == {CREATED: 4 * rounds}
    sound(every_database)


# One end of a reservation, one reversal.


@pytest.mark.parametrize("rounds", [4, pytest.param(400, marks=LONG)])
def test_a_reservation_ends_once(every_database: Database, rounds: int) -> None:
    """Posted, voided and expired at the same moment, twice each: one of the six does it, the others are told."""
    posted(every_database, budgeted("B", 10 * rounds))
    spent, won = 0, Counter[str]()
    for number in range(rounds):
        late = DAY + timedelta(days=30)
        posted(every_database, granted(f"R-{number}", 10, reserved=True, expires_on=DAY))
        ways: tuple[Literal["post", "void", "expire"], ...] = ("post", "void", "expire") * 2
        ends = [
            Resolution(f"E-{number}-{who}", f"R-{number}", how, late if how == "expire" else DAY)
            for who, how in enumerate(ways)
        ]
        answers = at_once(every_database.url, [sending(end) for end in ends])
        assert outcomes(answers) == {CREATED: 1, "already_resolved": 5}
        winner = ways[answers.index([CREATED])]
        spent += 10 * (winner == "post")
        won[winner] += 1
    print(won)
    assert -balance(every_database, "A", "budget") == 10 * rounds - spent
    assert one(every_database, "SELECT sum(debits_pending + credits_pending) FROM ledger.balance") == 0
    sound(every_database)


@pytest.mark.parametrize("rounds", [4, pytest.param(400, marks=LONG)])
def test_a_journal_is_reversed_once(every_database: Database, rounds: int) -> None:
    for number in range(rounds):
        posted(every_database, owed(f"D-{number}", "A", "B"))
        back = [Reversal(f"D-{number} back {who}", f"D-{number}", DAY) for who in range(6)]
        answers = at_once(every_database.url, [sending(each) for each in back])
        assert outcomes(answers) == {CREATED: 1, "already_reversed": 5}
    assert balance(every_database, "A", "due_to") == balance(every_database, "B", "due_from") == 0
    sound(every_database)
