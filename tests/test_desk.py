"""A desk posts call after call, and keeps each when it answers."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ledger.balances import balance
from ledger.batch import AccountKey, Debt, Line, Resolution, Reversal, Unit
from ledger.database import Database
from ledger.desk import Desk
from ledger.faults import Refused
from ledger.staging import FEW

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


WORDS = (
    "back\\slash",
    "\\N",
    "tab\there",
    "line\nbreak",
    "return\r",
    'quote"',
    "{brace}",
    "凭证",
    "a,b;c",
    " ",
    "\v\x85",
    "E'",
)


@pytest.mark.parametrize("word", WORDS, ids=ascii)
def test_any_text_takes_one_road_or_the_other_and_is_kept_as_it_is(desk: Desk, conn: Any, word: str) -> None:
    items = [appropriated("A"), appropriated(f"key {word}")._replace(kind=f"kind {word}"), appropriated(word)]
    assert desk.post(items) == ["created"] * 3
    assert desk.post(items) == ["same"] * 3
    kept = conn.execute("SELECT event_id, kind FROM ledger.journal ORDER BY journal_no").fetchall()
    assert kept == [(item.key, item.kind) for item in items]


@pytest.mark.parametrize("size", [FEW, FEW + 1])
def test_few_items_and_many_are_one_call_each(desk: Desk, conn: Any, size: int) -> None:
    items = [appropriated(f"A-{number}") for number in range(size)]
    assert desk.post(items) == ["created"] * size
    assert conn.execute("SELECT count(*) FROM ledger.batch WHERE last_no > 0").fetchone() == (1,)
    assert desk.post([*items, granted("G", 100 * size + 1)]) == [*["same"] * size, "limit:budget"]
    assert net(conn, "cash") == 100 * size


@pytest.mark.parametrize("few", [FEW, 0], ids=["sent with the call", "copied"])
def test_every_kind_of_item_by_both_roads(desk: Desk, conn: Any, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Given a debt, a reservation and a link, when they are posted, ended and undone, then both roads leave the same rows."""
    monkeypatch.setattr("ledger.staging.FEW", few)
    debt = Debt(UUID(int=7), "Guarantor", "Bureau", "CNY", 30, date(2024, 6, 30))
    owes = Line(
        "Guarantor",
        ("Guarantor", "claim_loss", None, "CNY"),
        ("Guarantor", "due_to", "Bureau", "CNY"),
        30,
        "L1",
        debt.id,
    )
    owned = Line("Bureau", ("Bureau", "due_from", "Guarantor", "CNY"), account("cash"), 30, "L2", debt.id)
    held = granted("HELD", 60)._replace(reserved=True, expires_on=date(2024, 5, 31))
    late = granted("LATE", 1)._replace(belongs_to=date(2024, 1, 31), link="two")
    owed = Unit("OWED", "claim.paid", DAY, (owes, owned), (debt,), link="two")
    assert desk.post([appropriated("A"), held, late, owed]) == ["created"] * 4
    ends = [Resolution("END", "HELD", "post", DAY, (25,)), Reversal("BACK", "OWED", DAY), Reversal("LOST", "NONE", DAY)]
    assert desk.post(ends, together=False) == ["created", "created", "not_found"]
    rows = "SELECT book_id, journal_no, event_id, part, phase::text, relates_to_on, expires_on, reverses_no, resolves_no, amount FROM ledger.journal ORDER BY 1, 2"
    late_on, until = late.belongs_to, held.expires_on
    bureau, guarantor = (
        conn.execute("SELECT book_id FROM ledger.book WHERE name = %s", (name,)).fetchone()[0]
        for name in ("Bureau", "Guarantor")
    )
    assert conn.execute(rows).fetchall() == sorted([
        (bureau, 1, "A", 1, "posted", None, None, None, None, [100]),
        (bureau, 2, "HELD", 1, "reserved", None, until, None, None, [60]),
        (bureau, 3, "LATE", 1, "posted", late_on, None, None, None, [1]),
        (bureau, 4, "OWED", 2, "posted", None, None, None, None, [30]),
        (bureau, 5, "END", 1, "posted", None, None, None, 2, [25]),
        (bureau, 6, "BACK", 2, "posted", None, None, 4, None, [30]),
        (guarantor, 1, "OWED", 1, "posted", None, None, None, None, [30]),
        (guarantor, 2, "BACK", 1, "posted", None, None, 1, None, [30]),
    ], key=lambda row: row[:2])  # fmt: skip
    assert net(conn, "budget") == -(100 - 1 - 25)
