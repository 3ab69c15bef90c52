"""Debts that are taken back: who owed, who has paid, and what the two books then say of one another."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import pytest
from conftest import EVERY, fresh
from hypothesis import given
from hypothesis import strategies as st
from stories import (
    BANK,
    CAPPED,
    GUARANTOR,
    REGUARANTOR,
    Office,
    defaulted,
    fen,
    for_a_moment,
    lent,
    on_database,
    said,
    undone,
)

from ledger.batch import Debt, Line, Reversal, Unit
from ledger.database import Database
from ledger.posting import post
from products.event_file import event_of_words
from riskshare.adoption import adopt, library
from riskshare.reconciling import reconcile
from riskshare.record import record
from riskshare.settling import Instruction, Obligation, net

Gongji = Callable[..., Any]
NAMES = UUID("6f0c1d52-8a37-4f0e-9b51-3b0d6b7f2a11")


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    with undone(shared, CAPPED) as each:
        yield each


class Owed(NamedTuple):
    """A debt of an event: who owes whom how much, and when it is due."""

    debtor: str
    creditor: str
    amount: int
    due_on: str = ""


def owing(key: str, on: str, *debts: Owed) -> Unit:
    """An event that makes debts: an expense of the debtor, an income of the creditor."""
    lines, made = list[Line](), list[Debt]()
    for number, (debtor, creditor, amount, due) in enumerate(debts):
        debt = Debt(uuid5(NAMES, f"{key} {number}"), debtor, creditor, "USD", amount, date.fromisoformat(due or on))
        expense, payable = (debtor, "ceded_fee", None, "USD"), (debtor, "due_to", creditor, "USD")
        claim, income = (creditor, "due_from", debtor, "USD"), (creditor, "fee_income", None, "USD")
        lines += [Line(debtor, expense, payable, amount, "A6", debt.id), Line(creditor, claim, income, amount, "A6'", debt.id)]  # fmt: skip
        made.append(debt)
    return Unit(key, "fee.charged", date.fromisoformat(on), tuple(lines), tuple(made))


def booked(desk: Office, *items: Unit | Reversal) -> None:
    assert set(post(desk.conn, items, "clerk")) == {"created"}


def reversed_on(day: str, *keys: str) -> list[Reversal]:
    return [Reversal(f"{key}:reversal", key, date.fromisoformat(day)) for key in keys]


def paid(instructions: Sequence[Instruction]) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {(each.payer, each.payee): (each.owed, each.offset, each.net) for each in instructions}


def kept(desk: Office) -> dict[str, tuple[int, int, int]]:
    """The payments as they are kept, by day."""
    rows = desk.ask("SELECT paid_on::text, gross_owed, gross_offset, net FROM share.instruction")
    return {day: (owed, offset, paid) for day, owed, offset, paid in rows}


def dues(desk: Office) -> dict[tuple[str, str, str], int]:
    return {key: amount for key, amount in desk.books().items() if key[1] in ("due_to", "due_from")}


def breaks(desk: Office) -> dict[str, list[str]]:
    return {each.name: [b.where for b in each.breaks] for each in reconcile(desk.conn) if not each.agrees}


def lines_of(desk: Office, key: str) -> list[tuple[str, str, str, int]]:
    return desk.ask(  # type: ignore[return-value]
        """SELECT k.name, d.role, c.role, t.amount FROM ledger.journal j JOIN ledger.book k USING (book_id)
        JOIN ledger.transfer t USING (book_id, journal_no)
        JOIN ledger.account d ON d.book_id = t.book_id AND d.account_id = t.debit_account_id
        JOIN ledger.account c ON c.book_id = t.book_id AND c.account_id = t.credit_account_id
        WHERE j.event_id = %s ORDER BY k.name, t.line""",
        key,
    )


def fee(number: int, on: str, amount: str) -> Any:
    return said(f"fee {number}", "reguarantee.fee_charged", "L-1:R", on, fee=amount)


def charged(desk: Office, *fees: Any) -> None:
    """A loan that is re-guaranteed, and the fees the guarantor owes for it."""
    hangs = {"guarantee": "L-1:G", "reguarantor": REGUARANTOR}
    issued = said("R-1", "reguarantee.issued", "L-1:R", "2024-01-06", hangs, guaranteed="300,000.00")
    desk.record(lent("L-1", CAPPED), issued, *fees)


# Before it was paid.


def test_a_fee_reversed_before_the_settlement_is_neither_open_nor_netted(desk: Office) -> None:
    # given a fee that the guarantor owes, when it is reversed within the quarter
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    booked(desk, *reversed_on("2024-02-10", "fee 1"))
    assert dues(desk) == {}
    assert breaks(desk) == {}

    # then there is nothing to settle, and the books stay as they are
    desk.close("2024Q1")
    assert desk.settle("2024Q1") == []
    assert dues(desk) == {}
    assert breaks(desk) == {}
    assert desk.one("SELECT count(*) FROM share.settled") == 0


def test_a_fee_reversed_in_the_next_quarter_is_not_paid_for_the_quarter_it_was_due_in(desk: Office) -> None:
    """The debt was due in March and is taken back in April, before anybody has settled March."""
    charged(desk, fee(1, "2024-03-01", "1,500.00"))
    desk.close("2024Q1")
    booked(desk, *reversed_on("2024-04-02", "fee 1"))

    assert desk.settle("2024Q1", "2024-04-05") == []
    desk.close("2024Q2")
    assert desk.settle("2024Q2") == []
    assert dues(desk) == {}
    assert breaks(desk) == {}


def test_one_of_two_fees_reversed_leaves_the_other(desk: Office) -> None:
    charged(desk, fee(1, "2024-02-01", "1,500.00"), fee(2, "2024-02-01", "1,500.00"))
    booked(desk, *reversed_on("2024-02-10", "fee 1"))
    assert breaks(desk) == {}

    desk.close("2024Q1")
    assert paid(desk.settle("2024Q1")) == {(GUARANTOR, REGUARANTOR): (fen("1,500.00"), 0, fen("1,500.00"))}
    assert desk.ask("SELECT event_id FROM ledger.obligation JOIN share.settled USING (obligation_id)") == [("fee 2",)]
    assert dues(desk) == {}
    assert breaks(desk) == {}


def test_a_fee_charged_again_under_a_new_key_is_paid_once(desk: Office) -> None:
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    booked(desk, *reversed_on("2024-02-10", "fee 1"))
    desk.record(fee(2, "2024-02-11", "1,400.00"))

    desk.close("2024Q1")
    assert paid(desk.settle("2024Q1")) == {(GUARANTOR, REGUARANTOR): (fen("1,400.00"), 0, fen("1,400.00"))}
    assert desk.balance(REGUARANTOR, "cash") == fen("1,400.00")
    assert dues(desk) == {}
    assert breaks(desk) == {}


# After it was paid.


def test_a_fee_reversed_after_it_was_paid_is_paid_back(desk: Office) -> None:
    # given a fee that was settled in April
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    desk.close("2024Q1")
    desk.settle("2024Q1")

    # when it is reversed, the accounts of the fee stand the other way round, and the checks agree with them
    booked(desk, *reversed_on("2024-05-01", "fee 1"))
    assert dues(desk) == {
        (GUARANTOR, "due_to", REGUARANTOR): fen("1,500.00"),
        (REGUARANTOR, "due_from", GUARANTOR): -fen("1,500.00"),
    }
    assert breaks(desk) == {}

    # then the next settlement pays it back, and nobody owes anybody
    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(REGUARANTOR, GUARANTOR): (fen("1,500.00"), 0, fen("1,500.00"))}
    assert kept(desk)["2024-07-01"] == (fen("1,500.00"), 0, fen("1,500.00"))
    assert dues(desk) == {}
    assert desk.balance(GUARANTOR, "cash") == desk.balance(REGUARANTOR, "cash") == 0
    assert breaks(desk) == {}
    assert desk.settle("2024Q2") == []


def test_both_books_write_the_payment_back(desk: Office) -> None:
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    desk.close("2024Q1")
    desk.settle("2024Q1")
    booked(desk, *reversed_on("2024-05-01", "fee 1"))
    desk.close("2024Q2")
    desk.settle("2024Q2")

    assert lines_of(desk, f"settle/2024Q2/2024-07-01/{REGUARANTOR}/{GUARANTOR}/USD") == [
        (GUARANTOR, "cash", "due_from", fen("1,500.00")),
        (GUARANTOR, "due_from", "due_to", fen("1,500.00")),
        (REGUARANTOR, "due_to", "cash", fen("1,500.00")),
        (REGUARANTOR, "due_from", "due_to", fen("1,500.00")),
    ]
    assert desk.one("SELECT count(*) FROM ledger.obligation") == 2, "a payment makes no debts"


def test_what_was_paid_is_set_off_against_the_fee_charged_again(desk: Office) -> None:
    """1,500.00 were paid and should have been 1,400.00: 100.00 go back."""
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    desk.close("2024Q1")
    desk.settle("2024Q1")
    booked(desk, *reversed_on("2024-05-01", "fee 1"))
    desk.record(fee(2, "2024-05-01", "1,400.00"))
    assert breaks(desk) == {}

    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(REGUARANTOR, GUARANTOR): (fen("1,500.00"), fen("1,400.00"), fen("100.00"))}
    assert dues(desk) == {}
    assert desk.balance(REGUARANTOR, "cash") == fen("1,400.00")
    assert breaks(desk) == {}


def test_the_same_fee_charged_again_needs_no_payment_and_no_voucher(desk: Office) -> None:
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    desk.close("2024Q1")
    desk.settle("2024Q1")
    booked(desk, *reversed_on("2024-05-01", "fee 1"))
    desk.record(fee(2, "2024-05-01", "1,500.00"))
    assert dues(desk) == {}
    vouchers = desk.one("SELECT count(*) FROM ledger.journal")

    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(GUARANTOR, REGUARANTOR): (fen("1,500.00"), fen("1,500.00"), 0)}
    assert desk.one("SELECT count(*) FROM ledger.journal") == vouchers
    assert desk.one("SELECT count(*) FROM share.settled") == 3
    assert dues(desk) == {}
    assert breaks(desk) == {}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([Owed(BANK, GUARANTOR, 30)], (GUARANTOR, BANK, 100, 30, 70)),
        ([Owed(BANK, GUARANTOR, 130)], (BANK, GUARANTOR, 130, 100, 30)),
        ([Owed(GUARANTOR, BANK, 40)], (GUARANTOR, BANK, 140, 0, 140)),
        ([Owed(GUARANTOR, BANK, 40), Owed(BANK, GUARANTOR, 160)], (BANK, GUARANTOR, 160, 140, 20)),
        ([Owed(GUARANTOR, BANK, 140), Owed(BANK, GUARANTOR, 160)], (GUARANTOR, BANK, 240, 160, 80)),
        ([Owed(BANK, GUARANTOR, 100), Owed(GUARANTOR, BANK, 50)], (GUARANTOR, BANK, 150, 100, 50)),
    ],
)
def test_netted_with_other_debts_of_the_same_two(desk: Office, new: list[Owed], expected: tuple[str, str, int, int, int]) -> None:  # fmt: skip
    """The bank has paid 100 that were taken back; meanwhile there is something else between the two."""
    booked(desk, owing("first", "2024-02-01", Owed(BANK, GUARANTOR, 100)))
    desk.close("2024Q1")
    desk.settle("2024Q1")
    booked(desk, *reversed_on("2024-05-01", "first"), owing("second", "2024-05-02", *new))
    assert breaks(desk) == {}

    desk.close("2024Q2")
    payer, payee, *figures = expected
    assert paid(desk.settle("2024Q2")) == {(payer, payee): tuple(figures)}
    assert kept(desk)["2024-07-01"] == tuple(figures)
    assert dues(desk) == {}
    assert breaks(desk) == {}


def test_debts_of_both_directions_are_taken_back(desk: Office) -> None:
    booked(desk, owing("one", "2024-02-01", Owed(BANK, GUARANTOR, 100)), owing("two", "2024-02-01", Owed(GUARANTOR, BANK, 30)))  # fmt: skip
    desk.close("2024Q1")
    assert paid(desk.settle("2024Q1")) == {(BANK, GUARANTOR): (100, 30, 70)}
    booked(desk, *reversed_on("2024-05-01", "one", "two"))
    assert breaks(desk) == {}

    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(GUARANTOR, BANK): (100, 30, 70)}
    assert dues(desk) == {}
    assert desk.balance(BANK, "cash") == desk.balance(GUARANTOR, "cash") == 0
    assert breaks(desk) == {}


# Several debts of one event.


@pytest.mark.parametrize("second", [Owed(GUARANTOR, BANK, 100, "2024-05-20"), Owed(GUARANTOR, REGUARANTOR, 100, "2024-05-20"), Owed(BANK, GUARANTOR, 100, "2024-05-20")])  # fmt: skip
def test_of_two_debts_only_the_one_that_was_paid_is_owed_back(desk: Office, second: Owed) -> None:
    """Two instalments of one event, 100 each: the first was due and paid, the second is not due yet."""
    booked(desk, owing("two", "2024-02-01", Owed(GUARANTOR, BANK, 100, "2024-02-20"), second))
    desk.close("2024Q1")
    assert paid(desk.settle("2024Q1")) == {(GUARANTOR, BANK): (100, 0, 100)}
    booked(desk, *reversed_on("2024-05-01", "two"))
    assert breaks(desk) == {}

    desk.close("2024Q2")
    assert paid(desk.settle("2024Q2")) == {(BANK, GUARANTOR): (100, 0, 100)}
    assert dues(desk) == {}
    assert breaks(desk) == {}


def test_a_shared_loss_that_is_reversed_with_all_its_debts(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal="1,000,000.00"))
    desk.close("2024Q1")
    [(key,)] = desk.ask("SELECT DISTINCT event_id FROM ledger.journal WHERE kind = 'loss.shared'")
    booked(desk, *reversed_on("2024-04-01", key))

    assert desk.settle("2024Q1", "2024-04-02") == []
    assert dues(desk) == {}
    assert "obligations" not in breaks(desk)


# The check still finds what is wrong.


@pytest.mark.parametrize("settled", [False, True])
def test_a_payment_back_that_was_forgotten_or_struck_out(desk: Office, settled: bool) -> None:
    charged(desk, fee(1, "2024-02-01", "1,500.00"))
    desk.close("2024Q1")
    desk.settle("2024Q1")
    booked(desk, *reversed_on("2024-05-01", "fee 1"))
    if settled:
        desk.close("2024Q2")
        desk.settle("2024Q2")
        desk.conn.execute("ALTER TABLE share.settled DISABLE TRIGGER ALL")
        desk.conn.execute("DELETE FROM share.settled USING ledger.obligation o WHERE o.obligation_id = settled.obligation_id AND o.event_id = 'fee 1:reversal'")  # fmt: skip
        desk.conn.execute("ALTER TABLE share.settled ENABLE TRIGGER ALL")
    else:
        desk.conn.execute("INSERT INTO share.settled SELECT obligation_id, 'nowhere' FROM ledger.obligation WHERE event_id = 'fee 1:reversal'")  # fmt: skip
    assert breaks(desk) == {"obligations": [f"{GUARANTOR} → {REGUARANTOR}"]}


def test_equal_debts_of_both_directions_do_not_hide_one_another(desk: Office) -> None:
    """Neither takes back the other: each stands in accounts of its own."""
    booked(desk, owing("one", "2024-02-01", Owed(BANK, GUARANTOR, 100), Owed(GUARANTOR, BANK, 100)))
    assert breaks(desk) == {}
    desk.conn.execute("INSERT INTO share.settled SELECT obligation_id, 'nowhere' FROM ledger.obligation")
    assert sorted(breaks(desk)["obligations"]) == [f"{BANK} → {GUARANTOR}", f"{GUARANTOR} → {BANK}"]


def crossed(key: str, amount: int) -> Unit:
    """Both books write it between what they owe and what they are owed; `key` says which way."""
    lines = []
    for book, other in ((BANK, GUARANTOR), (GUARANTOR, BANK)):
        due_to, due_from = (book, "due_to", other, "USD"), (book, "due_from", other, "USD")
        sides = (due_from, due_to) if key == "put right" else (due_to, due_from)
        lines.append(Line(book, *sides, amount, "N2"))
    return Unit(key, "settlement.corrected", date(2024, 4, 2), tuple(lines))


def test_what_was_netted_although_nothing_was_owed_is_found_and_put_right_by_an_entry(desk: Office) -> None:
    """As settlements once did: a debt and the one that takes it back were set off, though the accounts stood at zero."""
    booked(desk, owing("fee", "2024-02-01", Owed(BANK, GUARANTOR, 100)))
    booked(desk, *reversed_on("2024-02-02", "fee"), crossed("netted", 100))
    desk.conn.execute("INSERT INTO share.settled SELECT obligation_id, 'netted' FROM ledger.obligation")
    assert sorted(breaks(desk)["obligations"]) == [f"{BANK} → {GUARANTOR}", f"{GUARANTOR} → {BANK}"]

    booked(desk, crossed("put right", 100))
    assert breaks(desk) == {}
    assert dues(desk) == {}


# Through the program.


@pytest.fixture
def at_work(gongji: Gongji, database: Database) -> Gongji:
    """A loan that is re-guaranteed, and a fee of 1,500.00 that the guarantor owes for it."""
    morning = (
        f"- loan.registered L-1 2025-01-05 --bank Bank --guarantor Guarantor --reguarantor Re --government Pool --borrower Firm --currency USD --scheme {CAPPED} --approved 1,000,000.00",
        "- loan.disbursed L-1 2025-01-06 --principal 1,000,000.00",
        "- guarantee.issued G-1 2025-01-06 --loan L-1 --guarantor Guarantor --guaranteed 800,000.00",
        "- reguarantee.issued R-1 2025-01-06 --guarantee G-1 --reguarantor Re --guaranteed 300,000.00",
        "FEE-1 reguarantee.fee_charged R-1 2025-02-01 --fee 1,500.00",
    )
    with database.connect() as conn:
        adopt(conn, library()[CAPPED], "clerk")
        for line in morning:
            key, kind, contract, on, *words = line.split()
            name = None if key == "-" else key
            record(conn, [event_of_words(kind, contract, on, name, None, words, lambda name: None)], "clerk")
    return gongji


def document(done: Any) -> Any:
    assert done.code == 0, done.err or done.out
    return json.loads(done.out)


def settled(gongji: Gongji, period: str) -> list[tuple[str, str, str, str, str]]:
    found = document(gongji("settle", "run", period, "--json"))["payments"]
    return [(p["payer"], p["payee"], p["gross_owed"], p["offset"], p["net"]) for p in found]


def due(gongji: Gongji) -> dict[tuple[str, str], str]:
    found = document(gongji("report", "balances", "--on", "2026-12-31", "--json"))["balances"]
    return {(row["book"], row["role"]): row["balance"] for row in found if row["role"].startswith("due") and row["balance"] != "0.00"}  # fmt: skip


def test_reversed_before_the_settlement_from_the_command_line(at_work: Gongji) -> None:
    assert at_work("voucher", "reverse", "FEE-1", "--on", "2025-02-03").code == 0
    assert document(at_work("reconcile", "--json"))["agrees"]

    assert at_work("close", "run", "--through", "2025Q1").code == 0
    assert settled(at_work, "2025Q1") == []
    assert due(at_work) == {}
    assert document(at_work("reconcile", "--json"))["agrees"]

    report = document(at_work("report", "obligations", "--json"))
    assert report["open"] == {"USD": "0.00"}
    assert [debt["instruction"] for debt in report["obligations"]] == ["FEE-1:reversal", "FEE-1:reversal"]
    [debt] = document(at_work("explain", "R-1", "--json"))["debts"]
    assert (debt["instruction"], debt["paid_on"]) == ("FEE-1:reversal", None)


def test_reversed_after_the_settlement_from_the_command_line(at_work: Gongji) -> None:
    assert at_work("close", "run", "--through", "2025Q1", "--settle").code == 0
    assert at_work("voucher", "reverse", "FEE-1", "--on", "2025-05-03").code == 0
    assert due(at_work) == {("Guarantor", "due_to"): "1500.00", ("Re", "due_from"): "-1500.00"}
    assert document(at_work("reconcile", "--json"))["agrees"]

    assert at_work("close", "run", "--through", "2025Q2").code == 0
    assert settled(at_work, "2025Q2") == [("Re", "Guarantor", "1500.00", "0.00", "1500.00")]
    assert due(at_work) == {}
    assert document(at_work("reconcile", "--json"))["agrees"]


def test_a_payment_is_not_reversed(at_work: Gongji) -> None:
    """The debts it paid would stay paid, and the books would say that they are owed."""
    assert at_work("close", "run", "--through", "2025Q1", "--settle").code == 0
    [payment] = {debt["instruction"] for debt in document(at_work("report", "obligations", "--json"))["obligations"]}
    before = due(at_work)
    refused = at_work("voucher", "reverse", payment, "--on", "2025-05-03")
    assert refused.code == 7
    assert "it is a payment between parties" in refused.err
    assert "record what came back as an event of its own" in refused.err
    assert due(at_work) == before
    assert document(at_work("reconcile", "--json"))["agrees"]


# Whatever happens.

PARTIES = st.sampled_from((BANK, GUARANTOR, REGUARANTOR))
ODD = st.tuples(PARTIES, PARTIES, st.sampled_from((70, 100, 130)), st.integers(0, 5)).filter(lambda debt: debt[0] != debt[1])  # fmt: skip
QUARTERS = [("2024Q1", "2024-02-01"), ("2024Q2", "2024-05-01"), ("2024Q3", "2024-08-01"), ("2024Q4", "2024-11-01")]
DUE = ["2024-02-20", "2024-05-20", "2024-08-20", "2024-11-20", "2024-11-21", "2024-12-31"]


class Quarter(NamedTuple):
    """What happens in three months: events with their debts, which of all events so far are reversed, whether it is settled."""

    events: list[list[tuple[str, str, int, int]]]
    undone: list[int]
    settled: bool


YEARS = st.lists(
    st.builds(
        Quarter,
        st.lists(st.lists(ODD, min_size=1, max_size=3), max_size=2),
        st.lists(st.integers(0, 7), max_size=3),
        st.booleans(),
    ),
    min_size=len(QUARTERS),
    max_size=len(QUARTERS),
)


@on_database
@given(year=YEARS)
def test_in_the_end_everybody_has_paid_what_stands(desk: Office, year: list[Quarter]) -> None:
    with for_a_moment(desk):
        events, standing = list[Unit](), dict[str, Unit]()
        for (period, day), quarter in zip(QUARTERS, year, strict=True):
            for debts in quarter.events:
                unit = owing(f"event {len(events)}", day, *(Owed(d, c, a, DUE[due]) for d, c, a, due in debts))
                booked(desk, unit)
                events.append(unit)
                standing[unit.key] = unit
            for number in quarter.undone:
                if number < len(events) and standing.pop(events[number].key, None):
                    booked(desk, *reversed_on(day, events[number].key))
            assert breaks(desk) == {}
            desk.close(period)
            if quarter.settled:
                desk.settle(period)
                assert breaks(desk) == {}
        desk.settle("2024Q4", "2025-01-02")

        assert dues(desk) == {}
        assert breaks(desk) == {}
        worth: Counter[str] = Counter()
        for unit in standing.values():
            for debt in unit.debts:
                worth.update({debt.creditor: debt.amount, debt.debtor: -debt.amount})
        assert {book: desk.balance(book, "cash") for book in worth} == worth


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 5), st.booleans()), min_size=1, max_size=6))
def test_netting_says_how_much_of_it_takes_back(debts: list[tuple[bool, int, bool]]) -> None:
    found = [
        Obligation(str(number), *(("A", "B") if forth else ("B", "A")), "CNY", amount, back)
        for number, (forth, amount, back) in enumerate(debts)
    ]
    [one] = net(found, "x")
    assert one.back == sum(amount for _, amount, back in debts if back)
    assert one.owed + one.offset == sum(amount for _, amount, _ in debts)
