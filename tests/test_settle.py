"""Settlement: debts netted pair by pair, paid once, on a day that is still open; the gross stays visible."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from conftest import EVERY, fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import (
    BANK,
    CAPPED,
    FOUR_PARTY,
    GUARANTOR,
    POOL,
    REGUARANTOR,
    Office,
    compensated,
    defaulted,
    fen,
    for_a_moment,
    histories,
    lent,
    office,
    on_database,
    recovered,
    said,
    undone,
)

from ledger.database import Database
from ledger.faults import PeriodClosed, Refused
from ledger.periods import parse_period
from ledger.transaction import transact
from products.events import Event
from riskshare.reconciling import reconcile
from riskshare.settling import Instruction, Obligation, net, settle


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    with undone(shared, CAPPED, FOUR_PARTY) as each:
        yield each


def two_quarters(desk: Office) -> None:
    """In the first the guarantor owes; in the second the bank owes it a part of a recovery."""
    desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal="1,000,000.00"))
    desk.close("2024Q1")
    desk.record(recovered("L-1", "2024-05-01", "100,000.00", by="bank"))
    desk.close("2024Q2")


def paid(instructions: Sequence[Instruction]) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {(each.payer, each.payee): (each.owed, each.offset, each.net) for each in instructions}


def dues(desk: Office) -> dict[tuple[str, str, str], int]:
    return {key: amount for key, amount in desk.books().items() if key[1] in ("due_to", "due_from")}


# What is paid.


def test_every_pair_is_netted_and_the_gross_is_kept(desk: Office) -> None:
    two_quarters(desk)

    found = paid(desk.settle("2024Q2"))

    assert found == {
        (GUARANTOR, BANK): (fen("800,000.00"), fen("40,000.00"), fen("760,000.00")),
        (REGUARANTOR, GUARANTOR): (fen("300,000.00"), 0, fen("300,000.00")),
        (POOL, GUARANTOR): (fen("100,000.00"), 0, fen("100,000.00")),
        (BANK, REGUARANTOR): (fen("30,000.00"), 0, fen("30,000.00")),
        (BANK, POOL): (fen("10,000.00"), 0, fen("10,000.00")),
    }
    kept = desk.ask("SELECT payer, payee, gross_owed, gross_offset, net, paid_on FROM share.instruction")
    assert {(row[0], row[1]): row[2:5] for row in kept} == found
    assert {row[5] for row in kept} == {date(2024, 7, 1)}


def test_afterwards_nobody_owes_anybody(desk: Office) -> None:
    two_quarters(desk)
    assert dues(desk)
    desk.settle("2024Q2")

    assert dues(desk) == {}
    assert desk.one("SELECT count(*) FROM share.settled") == desk.one("SELECT count(*) FROM ledger.obligation")
    assert desk.balance(BANK, "cash") == fen("820,000.00")
    assert desk.balance(GUARANTOR, "cash") == -fen("360,000.00")
    assert all(check.agrees for check in reconcile(desk.conn))


def test_both_books_write_one_payment(desk: Office) -> None:
    two_quarters(desk)
    desk.settle("2024Q2")

    lines = desk.ask(
        """SELECT k.name, d.role, c.role, t.amount FROM ledger.journal j JOIN ledger.book k USING (book_id)
        JOIN ledger.transfer t USING (book_id, journal_no)
        JOIN ledger.account d ON d.book_id = t.book_id AND d.account_id = t.debit_account_id
        JOIN ledger.account c ON c.book_id = t.book_id AND c.account_id = t.credit_account_id
        WHERE j.event_id = %s ORDER BY k.name, t.line""",
        f"settle/2024Q2/2024-07-01/{GUARANTOR}/{BANK}/USD",
    )
    assert lines == [
        (BANK, "cash", "due_from", fen("760,000.00")),
        (BANK, "due_to", "due_from", fen("40,000.00")),
        (GUARANTOR, "due_to", "cash", fen("760,000.00")),
        (GUARANTOR, "due_to", "due_from", fen("40,000.00")),
    ]


def test_equal_debts_cancel_without_a_payment(desk: Office) -> None:
    """The guarantor owes 800.00; a recovery held by the bank brings it 800.00 of it in return."""
    desk.record(
        lent("A", CAPPED),
        lent("B", CAPPED),
        defaulted("A", "2024-02-01", principal="100.00"),
        defaulted("B", "2024-02-01", principal="400.00"),
        compensated("B", "2024-02-02", "320.00"),
        recovered("B", "2024-02-03", "200.00", by="bank"),
    )
    desk.close("2024Q1")
    found = paid(desk.settle("2024Q1"))

    assert found[BANK, GUARANTOR] == (fen("80.00"), fen("80.00"), 0)
    assert dues(desk) == {}
    assert desk.one("SELECT count(*) FROM share.instruction WHERE net = 0") == 1


def test_a_debt_is_settled_once(desk: Office) -> None:
    two_quarters(desk)
    desk.settle("2024Q2")
    before = desk.rows()

    assert desk.settle("2024Q2") == []
    assert desk.settle("2024Q1", "2024-07-02") == []
    assert desk.rows() == before


def test_each_period_on_its_own(desk: Office) -> None:
    two_quarters(desk)

    first = paid(desk.settle("2024Q1", "2024-07-01"))
    second = paid(desk.settle("2024Q2"))

    assert set(first) == {(GUARANTOR, BANK), (REGUARANTOR, GUARANTOR), (POOL, GUARANTOR)}
    assert set(second) == {(BANK, GUARANTOR), (BANK, REGUARANTOR), (BANK, POOL)}
    assert dues(desk) == {}


def test_a_later_settlement_pays_what_an_earlier_one_left(desk: Office) -> None:
    two_quarters(desk)
    assert sum(each.net for each in desk.settle("2024Q2")) == fen("1,200,000.00")


def test_a_re_guarantee_fee_is_settled_with_the_period_it_is_charged_in(desk: Office) -> None:
    hangs = {"guarantee": "L-1:G", "reguarantor": REGUARANTOR}
    desk.record(
        lent("L-1", CAPPED),
        said("R-1", "reguarantee.issued", "L-1:R", "2024-01-06", hangs, guaranteed="300,000.00"),
        said("R-2", "reguarantee.fee_charged", "L-1:R", "2024-01-06", fee="1,500.00"),
        said("R-3", "reguarantee.fee_charged", "L-1:R", "2024-04-06", fee="700.00"),
    )
    desk.close("2024Q1")
    assert paid(desk.settle("2024Q1")) == {(GUARANTOR, REGUARANTOR): (fen("1,500.00"), 0, fen("1,500.00"))}
    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(GUARANTOR, REGUARANTOR): (fen("700.00"), 0, fen("700.00"))}


# When it may be paid.


def test_not_before_the_close(desk: Office) -> None:
    two_quarters(desk)
    before = desk.rows()
    with pytest.raises(Refused, match="period 2024Q3: the period is not closed: its obligations are not final"):
        desk.settle("2024Q3")
    assert desk.rows() == before


def test_not_before_any_close(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    with pytest.raises(Refused, match="gongji close run 2024Q1 first"):
        desk.settle("2024Q1")


@pytest.mark.parametrize("day", [None, "2024-06-30", "2024-04-01"])
def test_not_in_a_closed_period(desk: Office, day: str | None) -> None:
    """By itself it would pay on the day after the period, which is closed meanwhile too."""
    two_quarters(desk)
    before = desk.rows()
    with pytest.raises(PeriodClosed, match="is in a closed period; expected a day after 2024-06-30") as no:
        desk.settle("2024Q1", day)
    assert no.value.exit_code == 8
    assert desk.rows() == before


def test_two_cashiers_at_once_pay_once(every_database: Database) -> None:
    with office(every_database) as desk:
        desk.adopt(CAPPED)
        two_quarters(desk)
        start, told = threading.Barrier(3), list[Any]()

        def cashier(number: int) -> None:
            with closing(every_database.connect()) as conn:
                start.wait(timeout=20)
                try:
                    told.append(
                        transact(
                            conn, lambda: settle(conn, parse_period("2024Q2", "quarter"), None, f"cashier {number}")
                        )
                    )
                except Exception as fault:
                    told.append(fault)

        threads = [threading.Thread(target=cashier, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

        assert sorted(len(each) for each in told) == [0, 0, 5], told
        assert dues(desk) == {}
        assert desk.one("SELECT count(*) FROM share.instruction") == 5


# Netting by itself.

NAMES = st.sampled_from(("A", "B", "C"))
DEBTS = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(("CNY", "USD")), st.integers(1, 1_000)).filter(
        lambda debt: debt[0] != debt[1]
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=100)
@given(DEBTS)
def test_netting_leaves_everyone_as_well_off(debts: list[tuple[str, str, str, int]]) -> None:
    obligations = [Obligation(str(number), *debt) for number, debt in enumerate(debts)]
    found = net(obligations, "x")

    worth: Counter[tuple[str, str]] = Counter()
    for debtor, creditor, currency, amount in debts:
        worth[creditor, currency] += amount
        worth[debtor, currency] -= amount
    for each in found:
        worth[each.payee, each.currency] -= each.net
        worth[each.payer, each.currency] += each.net
    assert not any(worth.values())
    assert sorted(name for each in found for name in each.settles) == sorted(each.id for each in obligations)
    pairs = [(*sorted((each.payer, each.payee)), each.currency) for each in found]
    assert len(set(pairs)) == len(pairs)
    assert all(each.owed >= each.offset >= 0 and each.owed > 0 for each in found)
    assert sum(each.owed + each.offset for each in found) == sum(debt[3] for debt in debts)
    assert found == net(obligations[::-1], "x")


@settings(on_database, max_examples=10)
@given(story=histories(FOUR_PARTY))
def test_settled_after_every_close_nothing_stays_open(desk: Office, story: list[Event]) -> None:
    with for_a_moment(desk):
        desk.record(story)
        for period in desk.close_all(date(max(event.booked_on.year for event in story), 12, 31)):
            desk.settle(period, "2027-01-01")
        assert dues(desk) == {}
        assert all(check.agrees for check in reconcile(desk.conn))
