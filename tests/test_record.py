"""Recording what happened: a batch is its events one by one, a known id is known, and a no changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import EVERY, fresh
from hypothesis import given, settings
from stories import (
    BANK,
    BUREAU,
    CAPPED,
    FOUR_PARTY,
    GUARANTOR,
    INSURER,
    PARTIES,
    POOL,
    PREMIUMS,
    REGUARANTOR,
    Office,
    budgeted,
    claimed,
    compensated,
    defaulted,
    fen,
    for_a_moment,
    histories,
    insured,
    lent,
    library_scheme,
    office,
    on_database,
    pool_funded,
    recovered,
    said,
    undone,
)

from ledger.database import Database
from ledger.faults import Conflict, NotAllowed, PeriodClosed, Refused
from ledger.transaction import transact
from products.events import Event
from riskshare.record import Receipt, record

few = settings(on_database, max_examples=10)


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    with undone(shared, CAPPED, FOUR_PARTY) as each:
        yield each


def refused(desk: Office, *events: Event | list[Event], by: type[Refused] = Refused) -> Refused:
    """What the office says no to; not a row anywhere is another one afterwards."""
    before = desk.rows()
    with pytest.raises(by) as no:
        desk.record(*events)
    assert type(no.value) is by
    assert desk.rows() == before
    return no.value


# What an event writes.


def test_a_loan_a_default_and_a_compensation_stand_in_both_books(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED, amount="5,000,000.00", guaranteed="4,000,000.00"),
        said("P-1", "loan.repaid", "L-1", "2024-02-01", principal="1,000,000.00", interest="20,000.00"),
        defaulted("L-1", "2024-03-01", principal="4,000,000.00", interest="50,000.00", costs="1,000.00"),
        compensated("L-1", "2024-03-20", "3,000,000.00"),
    )

    assert desk.books() == {
        (BANK, "deposits", ""): -fen("3,980,000.00"),
        (BANK, "npl", ""): fen("1,051,000.00"),
        (BANK, "interest_income", ""): -fen("70,000.00"),
        (BANK, "cash", ""): fen("2,999,000.00"),
        (GUARANTOR, "claim_recv", ""): fen("3,000,000.00"),
        (GUARANTOR, "cash", ""): -fen("3,000,000.00"),
        (GUARANTOR, "exposure", ""): fen("1,000,000.00"),
        (GUARANTOR, "exposure_contra", ""): -fen("1,000,000.00"),
    }


def test_the_receipt_counts_events_journals_and_lines(desk: Office) -> None:
    story = [*lent("L-1", CAPPED), defaulted("L-1", "2024-03-01", principal="1,000,000.00", interest="1.00")]

    assert desk.record(story) == Receipt(recorded=4, repeated=0, journals=3, lines=4)
    assert desk.record(compensated("L-1", "2024-03-02", "1.00")) == Receipt(1, 0, 2, 3)


def test_a_default_is_a_fact_to_its_scheme(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED), defaulted("L-1", "2024-03-01", principal="900,000.00", interest="7.00", penalty="5.00")
    )

    [(kind, year, amount, payer)] = desk.ask("SELECT kind, year, amount, attributes->>'guarantor' FROM share.fact")
    assert (kind, year, amount, payer) == ("loss", 2024, fen("900,007.00"), GUARANTOR)  # the penalty is not counted


def test_a_subsidy_needs_no_loan(desk: Office) -> None:
    desk.adopt(PREMIUMS)
    owner = {"insurer": INSURER, "enterprise": "Little Giant Co"}
    desk.record(
        budgeted("2024-01-01", "10,000.00", PREMIUMS),
        said("I-1", "insurance.policy_issued", "P-1", "2024-01-05", owner, insured="1,000,000.00"),
        said("I-2", "insurance.premium_charged", "P-1", "2024-01-06", {"scheme": PREMIUMS, "finance": BUREAU}, premium="3,000.00"),
    )  # fmt: skip

    assert desk.balance(INSURER, "premium_recv") == fen("3,000.00")
    assert desk.one("SELECT kind FROM share.fact") == "premium"


# A batch is its events one by one.


@pytest.mark.parametrize("scheme", [CAPPED, FOUR_PARTY])
def test_a_batch_is_its_events_one_by_one(desk: Office, scheme: str) -> None:
    @few
    @given(histories(scheme))
    def holds(story: list[Event]) -> None:
        with for_a_moment(desk):
            together = desk.record(story)
            at_once = _everything(desk)
        with for_a_moment(desk):
            apart = [desk.record(event) for event in story]
            assert _everything(desk) == at_once
        assert together == Receipt(*(sum(column) for column in zip(*map(_counts, apart), strict=True)))

    holds()


@few
@given(story=histories(CAPPED))
def test_what_was_recorded_may_be_sent_again(desk: Office, story: list[Event]) -> None:
    with for_a_moment(desk):
        desk.record(story)
        before = desk.rows()

        assert desk.record(story) == Receipt(0, len(story), 0, 0)
        assert desk.record(*reversed(story), story) == Receipt(0, 2 * len(story), 0, 0)
        assert desk.rows() == before


def _counts(receipt: Receipt) -> tuple[int, int, int, int]:
    return receipt.recorded, receipt.repeated, receipt.journals, receipt.lines


def _everything(desk: Office) -> tuple[object, ...]:
    """Balances, facts, contracts, journals by event, debts: all that recording leaves behind."""
    return (
        desk.books(),
        desk.ask(
            "SELECT event_id, kind, year, key_on, booked_on, amount, measures, attributes FROM share.fact ORDER BY 1, 2"
        ),
        desk.ask("SELECT contract_id, product, loan_id, parties, amounts, facts FROM product.contract ORDER BY 1"),
        desk.ask(
            "SELECT event_id, k.name, cardinality(amount) FROM ledger.journal JOIN ledger.book k USING (book_id) ORDER BY 1, 2"
        ),
        desk.ask(
            "SELECT d.name, c.name, o.amount, o.due_on FROM ledger.obligation o"
            " JOIN ledger.book d ON d.book_id = debtor_book_id JOIN ledger.book c ON c.book_id = creditor_book_id"
            " ORDER BY o.obligation_id"
        ),
        desk.told(),
    )


# An id is used once.


def test_a_known_id_with_the_same_contents_changes_nothing(desk: Office) -> None:
    default = defaulted("L-1", "2024-03-01", principal="1,000.00")
    desk.record(lent("L-1", CAPPED), default)
    before = desk.rows()

    assert desk.record(default) == Receipt(0, 1, 0, 0)
    assert desk.rows() == before


def test_an_event_said_twice_in_one_batch_happens_once(desk: Office) -> None:
    payment = said("P-1", "loan.repaid", "L-1", "2024-02-01", principal="10.00")

    assert desk.record(lent("L-1", CAPPED), payment, payment) == Receipt(4, 1, 3, 3)
    assert desk.balance(BANK, "loan") == fen("999,990.00")


CHANGED: dict[str, tuple[Callable[[Event], Event], str, str, str]] = {
    "kind": (lambda e: replace(e, kind="loan.written_off"), "kind", "loan.default_declared", "loan.written_off"),
    "contract": (lambda e: replace(e, contract="L-2"), "contract", "L-1", "L-2"),
    "day": (lambda e: replace(e, on=date(2024, 3, 2)), "day", "2024-03-01", "2024-03-02"),
    "booked": (lambda e: replace(e, booked=date(2024, 3, 9)), "booked day", "2024-03-01", "2024-03-09"),
    "amount": (lambda e: replace(e, amounts={"principal": 99}), "amount principal", "1,000.00", "0.99"),
    "another amount": (lambda e: replace(e, amounts={**e.amounts, "costs": 5}), "amount costs", "None", "0.05"),
    "fact": (lambda e: replace(e, facts={"filing": "7"}), "fact filing", "None", "7"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_known_id_with_other_contents_names_what_differs(desk: Office, what: str) -> None:
    change, name, was, now = CHANGED[what]
    default = defaulted("L-1", "2024-03-01", principal="1,000.00")
    desk.record(lent("L-1", CAPPED), default)

    no = refused(desk, change(default), by=Conflict)

    [refusal] = no.refusals
    assert (refusal.where, refusal.expected, refusal.got) == ("event L-1 default", was, now)
    assert refusal.what == f"this id is recorded with another {name}"
    assert refusal.advice


def test_an_id_with_two_contents_in_one_batch_is_a_conflict(desk: Office) -> None:
    default = defaulted("L-1", "2024-03-01", principal="1,000.00")
    no = refused(desk, lent("L-1", CAPPED), default, replace(default, amounts={"principal": 1}), by=Conflict)
    assert "another amount principal" in str(no)


# A no is complete, and changes nothing.


def test_every_reason_in_a_batch_is_told_at_once(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))

    no = refused(
        desk,
        said("A", "loan.repaid", "L-1", "2024-02-01", principal="10.00"),  # nothing wrong with this one
        said("B", "loan.sold", "L-1", "2024-02-01", price="1.00"),
        said("C", "loan.repaid", "L-1", "2024-02-01", principal="1,000,000.00"),
        said("D", "guarantee.recovered", "L-1:G", "2024-02-01", gross="1.00"),
        said("E", "loan.repaid", "L-9", "2024-02-01", principal="1.00", fine="2.00"),
    )

    assert [refusal.where for refusal in no.refusals] == ["event B", "event C", "event D", "event E"]
    assert "unknown kind of event" in str(no)
    assert "repaid more principal than is outstanding; expected at most 999,990.00; got 1,000,000.00" in str(no)
    assert "a recovery cannot come before a payment" in str(no)
    assert "loan.repaid carries no amount 'fine'" in str(no)


def test_a_scheme_that_is_not_adopted(desk: Office) -> None:
    no = refused(desk, lent("L-1", "no-such-scheme"), defaulted("L-1", "2024-03-01", principal="1.00"))
    assert "event L-1 default: scheme no-such-scheme is not adopted" in str(no)


def test_a_scheme_in_another_currency(desk: Office) -> None:
    no = refused(desk, lent("L-1", CAPPED, currency="CNY"), defaulted("L-1", "2024-03-01", principal="1.00"))
    assert f"scheme {CAPPED} is in USD; expected USD; got CNY" in str(no)


def test_a_day_before_the_first_version_of_the_scheme(desk: Office) -> None:
    first = library_scheme(FOUR_PARTY).versions[0].effective
    story = lent("L-1", FOUR_PARTY, on=str(first - timedelta(days=1)))
    no = refused(
        desk, story, defaulted("L-1", "2024-03-01", principal="1.00"), compensated("L-1", "2024-03-02", "1.00")
    )
    assert f"has no version in force on {first - timedelta(days=1)}; expected {first} or later" in str(no)


def test_a_role_of_the_scheme_that_nobody_fills(desk: Office) -> None:
    parties = {role: name for role, name in PARTIES.items() if role not in ("government", "reguarantor")}
    no = refused(desk, lent("L-1", CAPPED, parties=parties), defaulted("L-1", "2024-03-01", principal="1.00"))
    assert "L-1 names no reguarantor, government" in str(no)
    assert f"expected a party for every role of {CAPPED}" in str(no)


def test_a_second_compensation_that_does_not_say_what_it_is_for(desk: Office) -> None:
    story = [*lent("L-1", FOUR_PARTY), defaulted("L-1", "2024-03-01", principal="1,000.00")]
    first = compensated("L-1", "2024-03-02", "400.00", principal="500.00")
    no = refused(desk, story, first, compensated("L-1", "2024-03-03", "400.00", 2))
    assert "event L-1 compensated 2: a second compensation must say what it is for" in str(no)


def test_one_party_cannot_stand_on_both_sides(desk: Office) -> None:
    """A debt of a book to itself cannot be written: such a contract has to be refused before it stops every close."""
    both = {**PARTIES, "government": GUARANTOR}
    refused(desk, lent("L-1", CAPPED, parties=both), defaulted("L-1", "2024-03-01", principal="100.00"))


def test_one_party_cannot_fill_two_roles_of_a_scheme(desk: Office) -> None:
    both = {**PARTIES, "government": REGUARANTOR}
    try:
        desk.record(lent("L-1", CAPPED, parties=both), defaulted("L-1", "2024-03-01", principal="100.00"))
    except Refused:
        return
    desk.close("2024Q1")  # if it is taken, it can be closed
    assert desk.balance(REGUARANTOR, "due_to", GUARANTOR) == -fen("40.00")


def test_a_fund_cannot_invest_in_itself(desk: Office) -> None:
    both = {"fund": "Seed Fund", "investor": "Seed Fund"}
    refused(
        desk,
        said("F-1", "fund.committed", "F", "2024-01-02", both, commitment="10.00"),
        said("F-2", "fund.capital_called", "F", "2024-01-03", called="1.00"),
    )


def test_a_re_guarantor_is_not_the_guarantor(desk: Office) -> None:
    hangs = {"guarantee": "L-1:G", "reguarantor": GUARANTOR}
    refused(
        desk,
        lent("L-1", CAPPED),
        said("R-1", "reguarantee.issued", "L-1:R", "2024-01-06", hangs, guaranteed="1.00"),
        said("R-2", "reguarantee.fee_charged", "L-1:R", "2024-01-07", fee="1.00"),
    )


def test_a_guarantee_by_somebody_the_loan_does_not_name(desk: Office) -> None:
    """It would pay from its own book, and the close would share the payment out from another."""
    registered, issued, disbursed = lent("L-1", CAPPED)
    other = replace(issued, facts={"loan": "L-1", "guarantor": "Another Guarantee"})
    no = refused(desk, registered, other, disbursed)
    assert "Another Guarantee" in str(no)


def test_a_policy_by_somebody_the_loan_does_not_name(desk: Office) -> None:
    no = refused(desk, lent("L-1", FOUR_PARTY), insured("L-1", "2024-01-06", "100.00", "Another Insurance"))
    assert "Another Insurance" in str(no)


def test_a_second_guarantor_of_one_loan(desk: Office) -> None:
    """The terms know one guarantor: two of them cannot be told apart when the period is closed."""
    nobody = {role: name for role, name in PARTIES.items() if role != "guarantor"}
    facts = {**nobody, "scheme": FOUR_PARTY, "insured": "no"}
    refused(
        desk,
        said("R", "loan.registered", "L-1", "2024-01-05", facts, approved="1,000.00"),
        said("A", "guarantee.issued", "L-1:A", "2024-01-05", {"loan": "L-1", "guarantor": "A"}, guaranteed="400.00"),
        said("B", "guarantee.issued", "L-1:B", "2024-01-05", {"loan": "L-1", "guarantor": "B"}, guaranteed="400.00"),
    )


def test_what_the_terms_choose_by_must_be_known(desk: Office) -> None:
    """Refused now, with the contract at hand, and not at a close that then can never be made."""
    story = [*lent("L-1", FOUR_PARTY, insured="maybe"), defaulted("L-1", "2024-03-01", principal="1.00")]
    no = refused(desk, story, compensated("L-1", "2024-03-02", "1.00"))
    assert "insured" in str(no)
    assert "maybe" in str(no)


def test_whom_the_terms_count_by_must_be_known(desk: Office) -> None:
    desk.adopt(PREMIUMS)
    no = refused(
        desk,
        said("I-1", "insurance.policy_issued", "P-1", "2024-01-05", {"insurer": INSURER}, insured="1.00"),
        said("I-2", "insurance.premium_charged", "P-1", "2024-01-06", {"scheme": PREMIUMS, "finance": BUREAU}, premium="1.00"),
    )  # fmt: skip
    assert "enterprise" in str(no)


def test_a_scheme_that_does_not_share_such_a_thing(desk: Office) -> None:
    owner = {"insurer": INSURER, "enterprise": "Little Giant Co", "currency": "USD"}
    no = refused(
        desk,
        said("I-1", "insurance.policy_issued", "P-1", "2024-01-05", owner, insured="1.00"),
        said("I-2", "insurance.premium_charged", "P-1", "2024-01-06", {"scheme": CAPPED, "finance": BUREAU}, premium="1.00"),
    )  # fmt: skip
    assert "premium" in str(no)


@pytest.mark.parametrize("party", [BANK, GUARANTOR])
def test_an_insurer_that_is_another_party_of_the_loan(desk: Office, party: str) -> None:
    """The scheme knows no insurer, and yet what it pays is set against the others' shares: it would owe itself."""
    nobody = {role: name for role, name in PARTIES.items() if role != "insurer"}
    desk.record(lent("L-1", CAPPED, parties=nobody))
    try:
        desk.record(
            insured("L-1", "2024-01-06", "100.00", party),
            defaulted("L-1", "2024-02-01", principal="1,000.00"),
            claimed("L-1", "2024-02-02", "100.00", "2024-02-03"),
        )
    except Refused:
        return
    desk.close("2024Q1")  # if it is taken, it can be closed


@pytest.mark.parametrize(
    "pot",
    [
        said("X", "pool.funded", "X", "2024-01-02", {"government": POOL, "scheme": "typo"}, funding="1.00"),
        said("X", "budget.appropriated", "X", "2024-01-02", {"finance": BUREAU, "scheme": "typo"}, appropriated="1.00"),
        said("X", "pool.funded", "X", "2024-01-02", {"government": POOL, "scheme": FOUR_PARTY, "currency": "USD"}, funding="1.00"),
    ],
    ids=["a pool for no scheme", "a budget for no scheme", "a pool in another currency"],
)  # fmt: skip
def test_public_money_that_no_scheme_can_use(desk: Office, pot: Event) -> None:
    refused(desk, pot)


def test_public_money_of_two_treasuries_for_one_scheme(desk: Office) -> None:
    """The terms know one budget; the books know whose it is. Two would be one limit over two accounts."""
    desk.adopt(PREMIUMS)
    desk.record(budgeted("2024-01-02", "100.00", PREMIUMS))
    terms = {"scheme": PREMIUMS, "finance": "Another Bureau"}
    owner = {"insurer": INSURER, "enterprise": "Co"}
    second = said("B-2", "budget.appropriated", "B-2", "2024-01-02", {**terms}, appropriated="100.00")
    premium = said("I-2", "insurance.premium_charged", "P", "2024-01-06", terms, premium="400.00")
    try:
        desk.record(second, said("I-1", "insurance.policy_issued", "P", "2024-01-05", owner, insured="1.00"), premium)
    except Refused:
        return
    desk.close("2024Q1", "2024Q2", "2024Q3", "2024Q4")  # if it is taken, it can be closed


def test_a_premium_that_names_a_bureau_without_a_budget(desk: Office) -> None:
    desk.adopt(PREMIUMS)
    desk.record(budgeted("2024-01-02", "100.00", PREMIUMS))
    owner, terms = {"insurer": INSURER, "enterprise": "Co"}, {"scheme": PREMIUMS, "finance": "Another Bureau"}
    try:
        desk.record(
            said("I-1", "insurance.policy_issued", "P", "2024-01-05", owner, insured="1.00"),
            said("I-2", "insurance.premium_charged", "P", "2024-01-06", terms, premium="400.00"),
        )
    except Refused:
        return
    desk.close("2024Q1", "2024Q2", "2024Q3", "2024Q4")
    assert desk.balance("Another Bureau", "budget") == 0
    assert desk.balance(BUREAU, "budget") == -fen("100.00")


def test_a_compensation_for_more_than_the_bank_declared(desk: Office) -> None:
    """800.00 are paid, and the notice says they are for 999,999.00 of principal."""
    story = [*lent("L-1", FOUR_PARTY), defaulted("L-1", "2024-03-01", principal="1,000.00")]
    refused(desk, story, compensated("L-1", "2024-03-02", "800.00", principal="999,999.00"))


def test_a_loss_is_counted_once_however_it_is_paid(desk: Office) -> None:
    """The first notice is not itemised, so it is for everything; a second one cannot bring a loss of its own."""
    desk.record(lent("L-1", FOUR_PARTY), defaulted("L-1", "2024-03-01", principal="1,000.00"))
    first, second = (
        compensated("L-1", "2024-03-02", "400.00"),
        compensated("L-1", "2024-03-03", "400.00", 2, principal="400.00"),
    )
    try:
        desk.record(first, second)
    except Refused:
        return
    assert desk.one("SELECT sum(amount) FROM share.fact WHERE kind = 'loss'") == fen("1,000.00")


def test_money_already_paid_in_for_somebody_else(desk: Office) -> None:
    """A pool, a budget, a capital account belongs to one party; the second payment goes where the first went."""
    desk.record(said("C-1", "party.funded", "CAPITAL", "2024-01-02", {"party": "A"}, capital="1.00"))
    refused(desk, said("C-2", "party.funded", "CAPITAL", "2024-01-03", {"party": "B"}, capital="1.00"))


def test_a_second_budget_of_another_bureau_or_scheme(desk: Office) -> None:
    desk.record(pool_funded("2024-01-02", "1.00"))
    other = {"government": POOL, "scheme": CAPPED, "currency": "USD"}
    refused(desk, said("F-2", "pool.funded", "POOL", "2024-01-03", other, funding="1.00"))


def test_costs_that_eat_an_earlier_recovery(desk: Office) -> None:
    """Costs come first: what a receipt does not cover takes back from what was shared before, or waits for the next."""
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="1,000.00"),
        compensated("L-1", "2024-02-02", "800.00"),
        recovered("L-1", "2024-02-03", "100.00"),
        recovered("L-1", "2024-02-04", "10.00", number=2, costs="50.00"),
        recovered("L-1", "2024-02-05", "140.00", number=3),
    )
    desk.close("2024Q1")
    assert sum(desk.borne("recovery").values()) == fen("200.00")
    assert desk.balance(GUARANTOR, "recovery_held") == 0


def test_an_event_before_its_contract(desk: Office) -> None:
    no = refused(desk, lent("L-1", CAPPED, on="2024-01-05"), defaulted("L-1", "2019-02-01", principal="1.00"))
    assert "2019-02-01" in str(no)


def test_an_event_booked_before_it_happened(desk: Office) -> None:
    no = refused(desk, lent("L-1", CAPPED), defaulted("L-1", "2024-03-01", booked="2024-02-01", principal="1.00"))
    assert "2024-02-01" in str(no)


@pytest.mark.parametrize(
    "event",
    [
        said("x" * 201, "party.funded", "C", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "C" * 500, "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "C", "2024-01-01", {"party": "A" * 201}, capital="1.00"),
        said("x\0", "party.funded", "C", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "C\0", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "C", "2024-01-01", {"party": "A\0"}, capital="1.00"),
        said("x\ty", "party.funded", "C", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x\ny", "party.funded", "C", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("", "party.funded", "C", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "", "2024-01-01", {"party": "A"}, capital="1.00"),
        said("x", "party.funded", "C", "2024-01-01", {"party": "A", "currency": "cny"}, capital="1.00"),
        said("x", "party.funded", "C", "2024-01-01", {"party": "A", "currency": "ZZZ"}, capital="1.00"),
    ],
    ids=["long id", "long contract", "long party", "NUL id", "NUL contract", "NUL party", "tab", "line", "no id", "no contract",
         "small currency", "unknown currency"],
)  # fmt: skip
def test_words_that_cannot_be_stored(desk: Office, event: Event) -> None:
    refused(desk, event)


@pytest.mark.parametrize("word", ["a\\b", "\\N", 'O\'Neil "&" 省担', "{}", "NULL", " "])
def test_words_that_are_odd_and_allowed(desk: Office, word: str) -> None:
    """Backslashes and quotes are text like any other; what is stored is what was said."""
    event = said(
        f"id {word}", "party.funded", f"contract {word}", "2024-01-01", {"party": f"party {word}"}, capital="1.00"
    )
    desk.record(event)
    assert desk.told() == [event]
    assert desk.record(event) == Receipt(0, 1, 0, 0)
    assert desk.balance(f"party {word}", "cash") == fen("1.00")


def test_a_budget_cannot_be_overdrawn(desk: Office) -> None:
    """No event of ours draws on a budget directly, so the ledger is asked by a fund that is paid out of one."""
    desk.adopt(PREMIUMS)
    desk.record(budgeted("2024-01-02", "10.00", PREMIUMS))
    with pytest.raises(Exception, match="credit_limit"), desk.conn.transaction():
        desk.conn.execute(
            "UPDATE ledger.balance SET debits = credits + 1 FROM ledger.account a"
            " WHERE a.account_id = balance.account_id AND a.role = 'budget'"
        )


def test_a_limit_of_the_books_is_not_allowed(desk: Office) -> None:
    """A floor under the guarantor's cash: what would pass it is refused with the name of the account."""
    desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-03-01", principal="1,000.00"))
    desk.record(
        said("C-1", "party.funded", "CAPITAL", "2024-03-01", {"party": GUARANTOR, "currency": "USD"}, capital="500.00")
    )
    desk.ask(
        "UPDATE ledger.balance b SET debit_floor = 0 FROM ledger.account a JOIN ledger.book k USING (book_id)"
        " WHERE a.account_id = b.account_id AND a.role = 'cash' AND k.name = %s RETURNING 1",
        GUARANTOR,
    )
    no = refused(desk, compensated("L-1", "2024-03-02", "500.01"), by=NotAllowed)
    assert "event L-1 compensated 1: the limit of account cash would be passed" in str(no)
    desk.record(compensated("L-1", "2024-03-02", "500.00"))
    assert desk.balance(GUARANTOR, "cash") == 0


# Closed periods.


def test_a_closed_period_takes_nothing(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    desk.close("2024Q1")

    no = refused(desk, defaulted("L-1", "2024-03-31", principal="1.00"), by=PeriodClosed)

    assert "event L-1 default: the period of 2024-03-31 is closed; expected a day after 2024-03-31" in str(no)
    assert "--booked" in str(no)


def test_a_late_entry_keeps_its_day_and_is_posted_in_the_open_period(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    desk.close("2024Q1")

    desk.record(defaulted("L-1", "2024-03-31", booked="2024-04-02", principal="100.00"))

    assert desk.ask("SELECT effective_on, booked_on FROM product.event WHERE kind = 'loan.default_declared'") == [
        (date(2024, 3, 31), date(2024, 4, 2))
    ]
    assert desk.ask("SELECT effective_on, relates_to_on FROM ledger.journal WHERE event_id = 'L-1 default'") == [
        (date(2024, 4, 2), date(2024, 3, 31))
    ]
    assert desk.close("2024Q2").totals[CAPPED, "loss", "bank"] == fen("20.00")


def test_a_late_entry_booked_in_a_closed_period_is_refused(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    desk.close("2024Q1")
    late = defaulted("L-1", "2024-02-01", booked="2024-03-31", principal="100.00")
    refused(desk, late, by=PeriodClosed)


def test_what_is_recorded_may_be_sent_again_after_the_close(desk: Office) -> None:
    story = [*lent("L-1", CAPPED), defaulted("L-1", "2024-03-01", principal="100.00")]
    desk.record(story)
    desk.close("2024Q1")

    assert desk.record(story) == Receipt(0, 4, 0, 0)
    refused(desk, replace(story[-1], amounts={"principal": 1}), by=Conflict)


# Two officers at the same moment.


def at_once(database: Database, *batches: list[Event]) -> list[Receipt | BaseException]:
    """Each batch by an officer of his own, all starting together; what each was told."""
    told: list[Receipt | BaseException] = [AssertionError("no answer")] * len(batches)
    start = threading.Barrier(len(batches))

    def officer(place: int, batch: list[Event]) -> None:
        try:
            with closing(database.connect()) as conn:
                start.wait(timeout=20)
                told[place] = transact(conn, lambda: record(conn, batch, f"officer {place}"))
        except BaseException as fault:
            told[place] = fault

    threads = [threading.Thread(target=officer, args=each) for each in enumerate(batches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return told


ROUNDS = 6


@pytest.fixture
def hall(every_database: Database) -> Iterator[tuple[Database, Office]]:
    with office(every_database) as each:
        each.adopt(CAPPED)
        yield every_database, each


def test_two_officers_declare_a_default_on_one_loan(hall: tuple[Database, Office]) -> None:
    database, desk = hall
    for number in range(ROUNDS):
        loan = f"L-{number}"
        desk.record(lent(loan, CAPPED))
        batches = [
            [said(f"{who}{number}", "loan.default_declared", loan, "2024-03-01", principal="1,000.00")] for who in "AB"
        ]

        told = at_once(database, *batches)

        assert [each for each in told if isinstance(each, Receipt)] == [Receipt(1, 0, 1, 1)], told
        [no] = [each for each in told if not isinstance(each, Receipt)]
        assert type(no) is Refused, no
        assert "in default" in str(no)
        assert desk.one("SELECT count(*) FROM ledger.journal WHERE kind = 'loan.default_declared'") == number + 1
        assert desk.balance(BANK, "npl") == fen("1,000.00") * (number + 1)


@pytest.mark.parametrize("kind", ["default", "repayment", "opening", "capital"])
def test_one_event_twice_at_once_has_one_effect_and_one_answer(hall: tuple[Database, Office], kind: str) -> None:
    """Both are told that it is recorded: it is the same event, so nobody did anything wrong."""
    database, desk = hall
    for number in range(ROUNDS):
        loan = f"L-{number}"
        batch = {
            "default": [defaulted(loan, "2024-03-01", principal="1,000.00")],
            "repayment": [said(f"P-{number}", "loan.repaid", loan, "2024-03-01", principal="1,000.00")],
            "opening": lent(f"N-{number}", CAPPED),
            "capital": [
                said(f"C-{number}", "party.funded", f"C-{number}", "2024-03-01", {"party": "A"}, capital="1.00")
            ],
        }[kind]
        desk.record(lent(loan, CAPPED))

        told = at_once(database, batch, batch)

        assert sorted(each.recorded if isinstance(each, Receipt) else -1 for each in told) == [0, len(batch)], told
        assert desk.one("SELECT count(*) FROM product.event WHERE event_id = %s", batch[0].id) == 1
        assert desk.one("SELECT count(*) FROM ledger.journal WHERE event_id = %s", batch[-1].id) == 1


def test_one_id_with_two_contents_at_once(hall: tuple[Database, Office]) -> None:
    database, desk = hall
    for number in range(ROUNDS):
        desk.record(lent(f"A-{number}", CAPPED), lent(f"B-{number}", CAPPED))
        batches = [
            [said(f"P-{number}", "loan.repaid", f"{loan}-{number}", "2024-03-01", principal="1.00")] for loan in "AB"
        ]

        told = at_once(database, *batches)

        [no] = [each for each in told if not isinstance(each, Receipt)]
        assert type(no) is Conflict, no
        assert "another contract" in str(no)


def test_two_payments_that_together_are_too_much(hall: tuple[Database, Office]) -> None:
    database, desk = hall
    for number in range(ROUNDS):
        loan = f"L-{number}"
        desk.record(lent(loan, CAPPED), defaulted(loan, "2024-03-01", principal="1,000.00"))
        batches = [[compensated(loan, "2024-03-02", "600.00", place)] for place in (1, 2)]

        told = at_once(database, *batches)

        [no] = [each for each in told if not isinstance(each, Receipt)]
        assert "compensation above what is in default; expected at most 1,000.00; got 1,200.00" in str(no)


def test_batches_over_the_same_loans_in_opposite_order(hall: tuple[Database, Office]) -> None:
    """Contracts are locked in one order: nobody waits in a circle, or the loser is tried again."""
    database, desk = hall
    loans = [f"L-{number}" for number in range(8)]
    for loan in loans:
        desk.record(lent(loan, CAPPED))
    batches = []
    for place in range(4):
        batch = [said(f"{loan} paid {place}", "loan.repaid", loan, "2024-03-01", principal="10.00") for loan in loans]
        batches.append(batch if place % 2 else batch[::-1])

    told = at_once(database, *batches)

    assert all(each == Receipt(8, 0, 8, 8) for each in told), told
    assert desk.balance(BANK, "loan") == 8 * fen("1,000,000.00") - 32 * fen("10.00")


def test_a_claim_and_a_compensation_on_one_loan_at_once(hall: tuple[Database, Office]) -> None:
    database, desk = hall
    desk.record(
        lent("L-1", CAPPED),
        insured("L-1", "2024-01-06", "500.00"),
        defaulted("L-1", "2024-03-01", principal="1,000.00"),
    )
    told: Any = at_once(
        database, claimed("L-1", "2024-03-02", "500.00", "2024-03-03"), [compensated("L-1", "2024-03-02", "500.00")]
    )
    assert [each.recorded for each in told] == [2, 1], told
    assert desk.balance(BANK, "npl") == 0
