"""What stands may be held, posted in part, let go, undone once, and asked about as of a day or as it was known at a voucher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import psycopg
import pytest

from ledger.balances import Standing, balance, balance_as_of, balances_as_of, statement
from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Reversal, Unit
from ledger.database import Database
from ledger.faults import NotFound, Refused
from ledger.group import Writer
from ledger.limits import set_limit
from ledger.posting import post
from ledger.transaction import transact

DAY, LATER, LAST = date(2024, 5, 17), date(2024, 6, 3), date(2024, 6, 30)
BUREAU, INSURER = "Bureau", "Insurer"
BUDGET: AccountKey = (BUREAU, "budget", None, "CNY")
CASH: AccountKey = (BUREAU, "cash", None, "CNY")


@pytest.fixture
def conn(every_database: Database) -> Iterator[Any]:
    with closing(every_database.connect()) as connection:
        connection.autocommit = True
        yield connection


def posted(conn: Any, *items: Item, together: bool = False) -> list[str]:
    return transact(conn, lambda: post(conn, items, "clerk", together=together))


def appropriated(amount: int, key: str = "budget 2024", on: date = DAY) -> Unit:
    """Money for subsidies, which may not be overdrawn."""
    return Unit(key, "budget.appropriated", on, (Line(BUREAU, CASH, BUDGET, amount, "B1"),))


def subsidy(
    key: str, *amounts: int, reserved: bool = False, until: date | None = None, link: str = "", on: date = DAY
) -> Unit:
    """A subsidy out of the budget, a line for each instalment."""
    lines = tuple(Line(BUREAU, BUDGET, CASH, amount, f"S{n}") for n, amount in enumerate(amounts, start=1))
    return Unit(key, "premium.subsidised", on, lines, reserved=reserved, expires_on=until, link=link)


def owed(key: str, amount: int) -> Unit:
    """The bureau owes the insurer: one debt, cited by both books."""
    debt = Debt(uuid5(NAMESPACE_OID, key), BUREAU, INSURER, "CNY", amount, LAST)
    return Unit(
        key,
        "premium.subsidised",
        DAY,
        (
            Line(BUREAU, BUDGET, (BUREAU, "due_to", INSURER, "CNY"), amount, "S1", debt.id),
            Line(INSURER, (INSURER, "due_from", BUREAU, "CNY"), (INSURER, "premium_recv", None, "CNY"), amount, "S2", debt.id),
        ),
        (debt,),
    )  # fmt: skip


def left(conn: Any) -> int:
    """What the budget has left for a new subsidy."""
    stands = balance(conn, BUDGET)
    return stands.credits - stands.debits - stands.debits_pending


# Reservations.


def test_what_is_reserved_is_held_and_moves_nothing(conn: Any) -> None:
    posted(conn, appropriated(100))

    assert posted(conn, subsidy("R-1", 60, reserved=True)) == ["created"]

    assert balance(conn, BUDGET) == Standing(0, 100, debits_pending=60, credits_pending=0)
    assert balance(conn, CASH) == Standing(100, 0, debits_pending=0, credits_pending=60)
    assert left(conn) == 40
    assert posted(conn, subsidy("S-1", 41)) == ["limit:budget"], "a reservation counts against the limit"
    assert posted(conn, subsidy("S-2", 40)) == ["created"]


def test_a_reservation_is_posted_whole(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 30, 20, reserved=True))

    assert posted(conn, Resolution("P-1", "R-1", "post", LATER)) == ["created"]

    assert balance(conn, BUDGET) == Standing(50, 100)
    assert [(e.on, e.event_id, e.rule, e.amount) for e in statement(conn, BUDGET, LATER, LATER)] == [
        (LATER, "P-1", "S1", 30),
        (LATER, "P-1", "S2", 20),
    ]


def test_a_part_is_posted_and_the_rest_let_go(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 30, 20, reserved=True))

    assert posted(conn, Resolution("P-1", "R-1", "post", LATER, (25, 0))) == ["created"]

    assert balance(conn, BUDGET) == Standing(25, 100)
    assert left(conn) == 75


def test_what_is_voided_moves_nothing(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 60, reserved=True))

    assert posted(conn, Resolution("V-1", "R-1", "void", LATER)) == ["created"]

    assert balance(conn, BUDGET) == Standing(0, 100)
    assert statement(conn, BUDGET, LATER, LATER) == []


def test_a_reservation_ends_as_expired_after_its_day_and_not_before(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 60, reserved=True, until=LATER), subsidy("R-2", 1, reserved=True))

    assert posted(conn, Resolution("X-1", "R-1", "expire", LATER)) == ["not_expired"]
    assert posted(conn, Resolution("X-2", "R-2", "expire", LAST)) == ["not_expired"], "it has no day"
    assert posted(conn, Resolution("X-1", "R-1", "expire", LAST)) == ["created"], "a no that time changes is not kept"
    assert left(conn) == 99


@pytest.mark.parametrize("first", ["post", "void"])
@pytest.mark.parametrize("second", ["post", "void"])
def test_a_reservation_ends_once(conn: Any, first: Any, second: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 60, reserved=True))

    assert posted(conn, Resolution("E-1", "R-1", first, LATER), Resolution("E-2", "R-1", second, LATER)) == ["created", "already_resolved"]  # fmt: skip
    assert posted(conn, Resolution("E-3", "R-1", second, LATER)) == ["already_resolved"]
    assert posted(conn, Resolution("E-1", "R-1", first, LATER)) == ["same"]


def test_no_more_is_posted_than_was_reserved_in_each_line(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 5, 7, reserved=True))
    stood = balance(conn, BUDGET)

    assert posted(conn, Resolution("P-1", "R-1", "post", LATER, (6, 6))) == ["exceeds_reserved"]
    assert posted(conn, Resolution("P-2", "R-1", "post", LATER, (5, 8))) == ["exceeds_reserved"]
    assert balance(conn, BUDGET) == stood
    assert posted(conn, Resolution("P-3", "R-1", "post", LATER, (5, 7))) == ["created"]


def test_an_amount_for_each_line(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 5, 7, reserved=True))
    with pytest.raises(Refused, match="item P-1: too many or too few amounts; expected 2, one for each line reserved; got 1"):  # fmt: skip
        posted(conn, Resolution("P-1", "R-1", "post", LATER, (5,)))


def test_what_was_never_reserved_cannot_be_resolved(conn: Any) -> None:
    posted(conn, appropriated(100))
    assert posted(conn, Resolution("P-1", "budget 2024", "post", LATER), Resolution("P-2", "nothing", "void", LATER)) == ["not_reserved", "not_found"]  # fmt: skip


# Reversals.


def test_a_reversal_undoes_all_books_and_the_debt(conn: Any) -> None:
    posted(conn, appropriated(100), owed("S-1", 30))

    assert posted(conn, Reversal("U-1", "S-1", LATER)) == ["created"]

    assert balance(conn, BUDGET).net == -100
    for book, other, role in ((BUREAU, INSURER, "due_to"), (INSURER, BUREAU, "due_from")):
        assert balance(conn, (book, role, other, "CNY")).net == 0
    debts = conn.execute("SELECT debtor_book_id, creditor_book_id, amount, due_on FROM ledger.obligation ORDER BY due_on").fetchall()  # fmt: skip
    assert [(amount, due) for *_, amount, due in debts] == [(30, LATER), (30, LAST)]
    assert debts[0][:2] == debts[1][1::-1], "what was owed is owed back"


def test_what_stands_is_reversed_once_and_a_reversal_never(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("S-1", 30), subsidy("R-1", 5, reserved=True))

    assert posted(conn, Reversal("U-1", "S-1", LATER), Reversal("U-2", "S-1", LATER)) == ["created", "already_reversed"]
    assert posted(conn, Reversal("U-3", "S-1", LATER)) == ["already_reversed"]
    assert posted(conn, Reversal("U-4", "U-1", LATER)) == ["is_reversal"]
    assert posted(conn, Reversal("U-5", "R-1", LATER)) == ["is_reserved"]
    posted(conn, Resolution("V-1", "R-1", "void", LATER))
    assert posted(conn, Reversal("U-6", "V-1", LATER)) == ["is_void"]
    assert posted(conn, Reversal("U-7", "nothing", LATER)) == ["not_found"]
    assert balance(conn, BUDGET) == Standing(30, 130)


def test_a_reversal_needs_room_too(conn: Any) -> None:
    """The money of an appropriation is spent: it cannot be taken back."""
    posted(conn, appropriated(100), subsidy("S-1", 60))
    assert posted(conn, Reversal("U-1", "budget 2024", LATER)) == ["limit:budget"]


# Links.


def test_what_is_linked_stands_or_falls_together(conn: Any) -> None:
    posted(conn, appropriated(100))

    found = posted(
        conn, subsidy("A", 60, link="x"), subsidy("B", 10, link="y"), subsidy("C", 60, link="x"), subsidy("D", 90)
    )

    assert found == ["linked", "created", "limit:budget", "created"]
    assert posted(conn, subsidy("A", 60, link="x")) == ["linked"], "the answer is kept"


def test_a_link_that_time_may_mend_burns_no_key(conn: Any) -> None:
    posted(conn, appropriated(100))
    lost = Resolution("P-1", "R-1", "post", LATER, link="x")
    assert posted(conn, subsidy("A", 60, link="x"), lost) == ["linked", "not_found"]
    posted(conn, subsidy("R-1", 5, reserved=True))
    assert posted(conn, subsidy("A", 60, link="x"), lost) == ["created", "created"]


# A key used again names the first field that differs.


@pytest.mark.parametrize(
    ("again", "field"),
    [
        (subsidy("K", 30, 20)._replace(kind="fee_reduction.granted"), "kind"),
        (subsidy("K", 30, 20, on=LATER), "on"),
        (subsidy("K", 30, 20)._replace(belongs_to=DAY), "belongs_to"),
        (subsidy("K", 30, 20, reserved=True, until=LAST), "expires_on"),
        (subsidy("K", 30, 20, reserved=True), "phase"),
        (Reversal("K", "budget 2024", DAY, kind="premium.subsidised"), "of"),
        (owed("K", 30), "book"),
        (subsidy("K", 50), "lines"),
        (Unit("K", "premium.subsidised", DAY, (Line(BUREAU, CASH, BUDGET, 30, "S1"), Line(BUREAU, CASH, BUDGET, 20, "S2"))), "account"),
        (subsidy("K", 20, 30), "amount"),
        (Unit("K", "premium.subsidised", DAY, (Line(BUREAU, BUDGET, CASH, 30, "S1"), Line(BUREAU, BUDGET, CASH, 20, "S1"))), "rule"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_conflict_names_its_field(conn: Any, again: Item, field: str) -> None:
    posted(conn, appropriated(100), subsidy("K", 30, 20))
    stood = balance(conn, BUDGET)
    assert posted(conn, again) == [f"conflict:{field}"]
    assert balance(conn, BUDGET) == stood


def test_a_debt_of_other_terms_is_a_conflict(conn: Any) -> None:
    unit = owed("K", 30)
    posted(conn, appropriated(100), unit)
    assert posted(conn, unit._replace(debts=(unit.debts[0]._replace(due_on=LATER),))) == ["conflict:debt"]
    assert posted(conn, unit, unit) == ["same", "same"]


def test_a_refusal_is_kept_with_what_was_asked(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("S-1", 101))
    posted(conn, appropriated(1_000, "budget 2"))
    assert posted(conn, subsidy("S-1", 101)) == ["limit:budget"], "the same answer, though there is room now"
    assert posted(conn, subsidy("S-1", 99)) == ["conflict:amount"]
    assert posted(conn, subsidy("S-2", 101)) == ["created"]


# Limits.


def test_a_limit_is_changed_and_told(conn: Any) -> None:
    posted(conn, appropriated(100), subsidy("S-1", 40), subsidy("R-1", 10, reserved=True))

    with conn.transaction():
        assert set_limit(conn, BUDGET, 51, None, "budget letter 7", "treasurer") == "below_used"
    with conn.transaction():
        assert set_limit(conn, BUDGET, 50, None, "budget letter 8", "treasurer") == "set"

    assert posted(conn, subsidy("S-2", 1)) == ["limit:budget"]
    told = conn.execute("SELECT actor FROM ledger.act WHERE kind = 'limit'").fetchall()
    assert told == [("treasurer",)]


def test_a_ceiling_on_the_other_side(conn: Any) -> None:
    """At most 500 in the guarantor's outstanding guarantees, reservations included."""
    exposure: AccountKey = ("Guarantor", "exposure", None, "CNY")
    contra: AccountKey = ("Guarantor", "exposure_contra", None, "CNY")

    def issued(key: str, amount: int, reserved: bool = False) -> Unit:
        line = Line("Guarantor", exposure, contra, amount, "G1")
        return Unit(key, "guarantee.issued", DAY, (line,), reserved=reserved)

    posted(conn, issued("G-1", 300))
    with conn.transaction():
        assert set_limit(conn, exposure, -500, None, "concentration limit", "risk") == "set"
    assert posted(conn, issued("G-2", 150, reserved=True), issued("G-3", 51), issued("G-4", 50)) == ["created", "limit:exposure", "created"]  # fmt: skip


def test_no_such_account(conn: Any) -> None:
    with pytest.raises(NotFound, match="there is no account Nobody cash CNY"):
        balance(conn, ("Nobody", "cash", None, "CNY"))


# As of a day, as known at a voucher.


@pytest.fixture
def years(conn: Any) -> Any:
    """A quarter closed, one open, and a late entry that belongs to the closed one."""
    posted(conn, appropriated(100, on=date(2024, 1, 5)), subsidy("S-1", 10, on=date(2024, 2, 1)))
    posted(conn, subsidy("S-2", 20, on=date(2024, 4, 2)))  # before the close, of the next quarter
    with conn.transaction():
        conn.execute("SELECT ledger.close(20241, '2024-03-31', 'closer')")
    posted(conn, subsidy("S-3", 5, on=date(2024, 4, 3))._replace(belongs_to=date(2024, 3, 30)))
    posted(conn, subsidy("R-1", 7, reserved=True, on=date(2024, 4, 3)))
    return conn


@pytest.mark.parametrize(
    ("day", "net"),
    [
        (date(2023, 12, 31), 0),
        (date(2024, 1, 5), -100),
        (date(2024, 1, 31), -100),
        (date(2024, 2, 1), -90),
        (date(2024, 3, 31), -90),
        (date(2024, 4, 1), -90),
        (date(2024, 4, 2), -70),
        (date(2024, 4, 3), -65),
        (date(2030, 1, 1), -65),
    ],
)
def test_as_of_a_day(years: Any, day: date, net: int) -> None:
    assert balance_as_of(years, BUDGET, day).net == net
    assert balances_as_of(years, day).get(BUDGET, Standing(0, 0)).net == net
    assert balances_as_of(years, day, book=BUREAU).get(BUDGET, Standing(0, 0)).net == net


def test_as_it_was_known(years: Any) -> None:
    """Voucher 3 of the bureau is the last before the late entry: what was known then never changes."""
    day = date(2024, 4, 30)
    for known, net in ((1, -100), (2, -90), (3, -70), (4, -65), (5, -65)):
        assert balance_as_of(years, BUDGET, day, known=known).net == net
        assert balances_as_of(years, day, known={BUREAU: known})[BUDGET].net == net
    posted(years, subsidy("S-9", 1, on=date(2024, 4, 4)))
    assert balance_as_of(years, BUDGET, day, known=4).net == -65


def test_a_statement_carries_the_balance(years: Any) -> None:
    assert [(e.on.isoformat(), e.journal_no, e.event_id, e.amount, e.balance) for e in statement(years, BUDGET, date(2024, 4, 1), LAST)] == [
        ("2024-04-02", 3, "S-2", 20, -70),
        ("2024-04-03", 4, "S-3", 5, -65),
    ]  # fmt: skip


def test_a_closed_period_takes_nothing_more_and_keeps_its_snapshot(years: Any) -> None:
    assert posted(years, subsidy("S-4", 1, on=date(2024, 3, 31)), subsidy("S-1", 10, on=date(2024, 2, 1))) == ["period_closed", "same"]  # fmt: skip
    kept = years.execute(
        "SELECT a.role, p.debits, p.credits FROM ledger.period_balance p JOIN ledger.account a USING (book_id, account_id) ORDER BY 1"
    ).fetchall()
    assert kept == [("budget", 10, 100), ("cash", 100, 10)]
    with pytest.raises(psycopg.errors.CheckViolation, match="closed through 2024-03-31 already"):
        years.execute("SELECT ledger.close(20241, '2024-03-31', 'closer')")


# Many callers.


def test_every_caller_gets_his_own_outcome(conn: Any, every_database: Database) -> None:
    posted(conn, appropriated(100))
    with Writer(every_database.url, "desk") as writer:
        answers = [writer.submit(subsidy(f"S-{n}", 3)) for n in range(50)]
        linked = writer.submit(subsidy("L-1", 1, link="mine"), subsidy("L-2", 500, link="mine"))
        other = writer.submit(subsidy("L-3", 1, link="mine"))
    outcomes = [answer.result() for answer in answers]
    assert outcomes.count(["created"]) == 33
    assert outcomes.count(["limit:budget"]) == 17
    assert linked.result() == ["linked", "limit:budget"]
    assert other.result() == ["created"], "a word of another caller's is another link"
    assert left(conn) == 0


def test_one_caller_s_fault_is_his_own(conn: Any, every_database: Database) -> None:
    posted(conn, appropriated(100), subsidy("R-1", 5, 7, reserved=True))
    with Writer(every_database.url, "desk") as writer:
        bad = writer.submit(Resolution("P-1", "R-1", "post", LATER, (5,)))
        good = writer.submit(subsidy("S-1", 1))
        with pytest.raises(Refused, match="item S-2: it has no lines"):
            writer.submit(subsidy("S-2"))
    with pytest.raises(Refused, match="too many or too few amounts"):
        bad.result()
    assert good.result() == ["created"]
    with pytest.raises(Refused, match="writer: it has ended"):
        writer.submit(subsidy("S-3", 1))


def test_a_server_that_goes_away_says_so_and_the_key_tells_what_happened(every_database: Database) -> None:
    with closing(every_database.connect()) as conn, Writer(every_database.url, "desk") as writer:
        conn.autocommit = True
        assert writer.submit(appropriated(100)).result() == ["created"]
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
        with pytest.raises(Refused, match="writer: "):
            writer.submit(subsidy("S-1", 1)).result()
        assert writer.submit(subsidy("S-1", 1)).result() == ["created"]
