"""A desk posts call after call, and a large call piece by piece: what it answers and keeps is what one call would."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import posting
from ledger.balances import balance
from ledger.batch import AccountKey, Item, Line, Reversal, Unit
from ledger.database import Database
from ledger.desk import Desk
from ledger.faults import Refused
from ledger.posting import post
from ledger.verifying import verify

DAY = date(2024, 5, 17)


def account(role: str) -> AccountKey:
    return ("Bureau", role, None, "CNY")


def moved(key: str, debit: str, credit: str, amount: int) -> Unit:
    return Unit(key, "budget.moved", DAY, (Line("Bureau", account(debit), account(credit), amount, "F0"),))


def appropriated(key: str, amount: int = 100) -> Unit:
    return moved(key, "cash", "budget", amount)


def granted(key: str, amount: int) -> Unit:
    """A subsidy: the budget may not fall below zero."""
    return moved(key, "budget", "cash", amount)


@pytest.fixture
def desk(conn: Any) -> Desk:
    return Desk(conn, "clerk")


@pytest.fixture
def in_threes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of three items, so that ten are many."""
    monkeypatch.setattr(posting, "PIECE", 3)


def net(conn: Any, role: str) -> int:
    return balance(conn, account(role)).net


def test_every_call_is_kept_when_it_returns(desk: Desk, database: Database) -> None:
    assert desk.post([appropriated("A")]) == ["created"]
    assert desk.post([appropriated("A"), appropriated("B")]) == ["same", "created"]
    with closing(database.connect()) as other:
        assert net(other, "cash") == 200


def test_a_refused_call_leaves_the_desk_as_it_was(desk: Desk, conn: Any) -> None:
    desk.post([appropriated("A")])
    assert desk.post([granted("G", 101)]) == ["limit:budget"]
    with pytest.raises(Refused):
        desk.post([granted("H", 0)])
    assert desk.post([granted("I", 100)]) == ["created"]
    assert net(conn, "budget") == 0


def test_accounts_of_a_call_that_was_refused_are_there_for_the_next(desk: Desk, conn: Any) -> None:
    assert desk.post([granted("G", 1)]) == ["limit:budget"]
    assert desk.post([appropriated("A", 1), granted("H", 1)]) == ["created", "created"]
    assert net(conn, "cash") == 0


@pytest.mark.usefixtures("in_threes")
def test_a_call_in_pieces_is_one_call(desk: Desk, conn: Any) -> None:
    """Given ten appropriations in pieces of three, when they are posted, then all stand, numbered in their order."""
    assert desk.post([appropriated(f"A{n}", n + 1) for n in range(10)]) == ["created"] * 10
    assert conn.execute("SELECT event_id FROM ledger.journal ORDER BY journal_no").fetchall() == [
        (f"A{n}",) for n in range(10)
    ]
    assert conn.execute("SELECT first_no, last_no FROM ledger.batch WHERE last_no > 0 ORDER BY 1").fetchall() == [
        (1, 3), (4, 6), (7, 9), (10, 10),
    ]  # fmt: skip
    assert not verify(conn).findings


@pytest.mark.usefixtures("in_threes")
def test_nothing_of_a_call_in_pieces_stands_where_its_last_item_is_refused(desk: Desk, conn: Any) -> None:
    items = [*(appropriated(f"A{n}", 10) for n in range(9)), granted("G", 91)]
    assert desk.post(items) == ["not_posted"] * 9 + ["limit:budget"]
    assert conn.execute("SELECT count(*) FROM ledger.journal").fetchone() == (0,)
    assert desk.post([*items[:9], granted("G", 90)]) == ["created"] * 10


@pytest.mark.usefixtures("in_threes")
def test_a_key_twice_in_two_pieces_is_a_re_send(desk: Desk, conn: Any) -> None:
    items = [appropriated(f"A{n}") for n in (0, 1, 2, 3, 4, 5, 6, 1)]
    assert desk.post(items) == ["created"] * 7 + ["same"]
    assert net(conn, "cash") == 700


@pytest.mark.usefixtures("in_threes")
def test_what_is_reversed_must_have_been_posted_by_an_earlier_call(desk: Desk) -> None:
    """Pieces are no calls: an item of the first is not there for the reversal in the last."""
    items: list[Item] = [*(appropriated(f"A{n}") for n in range(8)), Reversal("R", "A0", DAY)]
    assert desk.post(items) == ["not_posted"] * 8 + ["not_found"]


@pytest.mark.usefixtures("in_threes")
def test_a_malformed_item_in_the_last_piece_stops_the_first(desk: Desk, conn: Any) -> None:
    with pytest.raises(Refused, match="this amount cannot be posted"):
        desk.post([*(appropriated(f"A{n}") for n in range(9)), granted("G", -1)])
    assert conn.execute("SELECT count(*) FROM ledger.journal").fetchone() == (0,)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.integers(-20, 40).filter(bool), min_size=7, max_size=20),
    twins=st.lists(st.integers(0, 6), max_size=2),
)
def test_pieces_answer_as_the_whole(conn: Any, amounts: list[int], twins: list[int]) -> None:
    """Whatever comes, in whatever order: outcomes, numbers and counters are those of one piece."""
    items = [
        appropriated(f"K{place}", amount) if amount > 0 else granted(f"K{place}", -amount)
        for place, amount in enumerate(amounts)
    ]
    items += [items[place] for place in twins]

    def told(piece: int) -> tuple[list[str], object]:
        with conn.transaction(force_rollback=True):
            posting_piece, posting.PIECE = posting.PIECE, piece
            try:
                outcomes = post(conn, items, "clerk")
            finally:
                posting.PIECE = posting_piece
            stands = conn.execute(
                "SELECT (SELECT array_agg((journal_no, event_id) ORDER BY journal_no)::text FROM ledger.journal),"
                " (SELECT array_agg((debits, credits) ORDER BY account_id)::text FROM ledger.balance)"
            ).fetchone()
        return outcomes, stands

    assert told(3) == told(1_000)
