"""A desk posts call after call, and keeps each when it answers."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

import pytest

from ledger.balances import balance
from ledger.batch import AccountKey, Line, Unit
from ledger.database import Database
from ledger.desk import Desk
from ledger.faults import Refused

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
