"""The life of the four contracts: what may follow what, and one sentence for everything that may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pytest
from stories import PARTIES, fen, said

from ledger.money import MAX_MINOR
from products.events import Event, faults, kinds, unwritable
from products.lifecycle import Contract, admit, defaulted, exposure, follow, measure


class No(NamedTuple):
    """What a refusal must say."""

    where: str
    what: str
    expected: str
    got: str


def lived(*events: Event | Sequence[Event]) -> dict[str, Contract]:
    """The contracts as these events leave them; none of them is refused."""
    known: dict[str, Contract] = {}
    for each in events:
        for event in [each] if isinstance(each, Event) else each:
            assert not unwritable(event)
            assert not faults(event)
            assert admit(event, known) is None, event
            follow(event, known)
    return known


def refused(event: Event, known: dict[str, Contract]) -> No:
    """Why an event that is sound by itself cannot happen now."""
    assert not faults(event), faults(event)
    refusal = admit(event, known)
    assert refusal is not None, f"{event.kind} was let through"
    return No(refusal.where, refusal.what, refusal.expected, refusal.got)


# Stories that end in every state.

LOAN = [said("1", "loan.registered", "L", "2024-01-05", PARTIES, approved="1,000.00")]
PAID_OUT = [*LOAN, said("2", "loan.disbursed", "L", "2024-01-06", principal="1,000.00")]
REPAID = [*PAID_OUT, said("3", "loan.repaid", "L", "2024-06-01", principal="1,000.00")]
DEFAULT = [*PAID_OUT, said("4", "loan.default_declared", "L", "2024-07-01", principal="900.00", interest="50.00")]
GONE = [*DEFAULT, said("5", "loan.written_off", "L", "2024-08-01", amount="10.00")]
GUARANTEE = [said("6", "guarantee.issued", "L:G", "2024-01-05", {"loan": "L", "guarantor": PARTIES["guarantor"]}, guaranteed="800.00")]  # fmt: skip
GUARANTEED = [*DEFAULT, *GUARANTEE]
COMPENSATED = [*GUARANTEED, said("7", "guarantee.compensated", "L:G", "2024-07-10", paid="700.00")]
RELEASED = [*LOAN, *GUARANTEE, said("8", "guarantee.released", "L:G", "2024-02-01")]
HANGS = {"guarantee": "L:G", "reguarantor": PARTIES["reguarantor"]}
RE = [*LOAN, *GUARANTEE, said("9", "reguarantee.issued", "L:R", "2024-01-05", HANGS, guaranteed="300.00")]
RE_RELEASED = [*RE, said("10", "reguarantee.released", "L:R", "2024-02-01")]
OWNER = {"loan": "L", "insurer": PARTIES["insurer"]}
POLICY = [*DEFAULT, said("11", "insurance.policy_issued", "L:P", "2024-01-05", OWNER, insured="500.00")]
PREMIUM = [*POLICY, said("12", "insurance.premium_charged", "L:P", "2024-01-07", premium="20.00")]
CLAIMED = [*PREMIUM, said("13", "insurance.claim_filed", "L:P", "2024-07-02", claimed="300.00")]
CANCELLED = [*PREMIUM, said("14", "insurance.cancelled", "L:P", "2024-02-01", refund="5.00")]
FUND = [
    said("15", "fund.committed", "F", "2024-01-05", {"fund": "Seed Fund", "investor": "City"}, commitment="1,000.00")
]
POOL = [said("16", "pool.funded", "POOL", "2024-01-05", {"government": "County", "scheme": "s"}, funding="1.00")]

STATES = {
    ("L", "registered"): LOAN, ("L", "disbursed"): PAID_OUT, ("L", "repaid"): REPAID, ("L", "in default"): DEFAULT,
    ("L", "written off"): GONE, ("L:G", "issued"): GUARANTEED, ("L:G", "compensated"): COMPENSATED,
    ("L:G", "released"): RELEASED, ("L:R", "issued"): RE, ("L:R", "released"): RE_RELEASED, ("L:P", "issued"): PREMIUM,
    ("L:P", "claimed"): CLAIMED, ("L:P", "cancelled"): CANCELLED, ("F", "committed"): FUND, ("POOL", "open"): POOL,
}  # fmt: skip
"""Every state there is: the contract, its state, and how it comes there."""

NEXT = {
    "loan.disbursed": {"principal": "1.00"}, "loan.repaid": {"principal": "1.00"},
    "loan.default_declared": {"principal": "1.00"}, "loan.recovered": {"gross": "1.00"}, "loan.written_off": {"amount": "1.00"},
    "guarantee.fee_charged": {"fee": "1.00"}, "guarantee.compensated": {"paid": "1.00"},
    "guarantee.recovered": {"gross": "1.00"}, "guarantee.released": {},
    "reguarantee.fee_charged": {"fee": "1.00"}, "reguarantee.released": {},
    "insurance.premium_charged": {"premium": "1.00"}, "insurance.premium_paid": {"paid": "1.00"},
    "insurance.claim_filed": {"claimed": "1.00"}, "insurance.claim_paid": {"paid": "1.00"}, "insurance.cancelled": {"refund": "1.00"},
    "fund.capital_called": {"called": "1.00"}, "fund.distributed": {"distributed": "1.00"}, "fund.revalued": {"gain": "1.00"},
}  # fmt: skip
"""The smallest event of every kind that does not open a contract."""

MAY = {
    "registered": ["loan.disbursed"],
    "disbursed": ["loan.disbursed", "loan.repaid", "loan.default_declared"],
    "repaid": [],
    "in default": ["loan.recovered", "loan.written_off"],
    "written off": ["loan.recovered"],
    "guarantee issued": ["guarantee.fee_charged", "guarantee.compensated", "guarantee.released"],
    "guarantee compensated": ["guarantee.compensated", "guarantee.recovered", "guarantee.released"],
    "guarantee released": [],
    "reguarantee issued": ["reguarantee.fee_charged", "reguarantee.released"],
    "reguarantee released": [],
    "insurance issued": ["insurance.premium_charged", "insurance.premium_paid", "insurance.claim_filed", "insurance.cancelled"],
    "insurance claimed": ["insurance.premium_paid", "insurance.claim_paid"],
    "insurance cancelled": ["insurance.premium_paid"],
    "committed": ["fund.capital_called", "fund.distributed", "fund.revalued"],
    "open": [],
}  # fmt: skip
"""What may happen in each state, written again by hand."""


@pytest.mark.parametrize(("contract", "state"), STATES)
def test_what_may_follow_in_every_state(contract: str, state: str) -> None:
    known = lived(STATES[contract, state])
    assert known[contract].state == state
    product = known[contract].product
    may = MAY[f"{product} {state}" if product in ("guarantee", "reguarantee", "insurance") else state]
    for kind, amounts in NEXT.items():
        if kind.partition(".")[0] != product:
            continue
        refusal = admit(said("X", kind, contract, "2024-12-01", **amounts), known)
        assert (refusal is None) == (kind in may), (kind, refusal)
        if refusal is not None and kinds()[kind].before and state not in kinds()[kind].before:
            assert f"{product} {contract} is {state} since" in refusal.what
            assert f"{kinds()[kind].en} cannot follow" in refusal.what
            assert (refusal.expected, refusal.got) == (" or ".join(kinds()[kind].before), state)


def test_no_kind_of_event_and_no_state_is_forgotten() -> None:
    opening = {kind.name for kind in kinds().values() if kind.opens}
    assert NEXT.keys() | opening == kinds().keys()
    declared = {(kind.product, state) for kind in kinds().values() for state in (kind.after, *kind.before) if state}
    product = {"L": "loan", "L:G": "guarantee", "L:R": "reguarantee", "L:P": "insurance", "F": "fund"}
    reached = {(product[contract], state) for contract, state in STATES if contract in product}
    assert {each for each in declared if each[0] not in ("pool", "budget", "scheme", "party")} <= reached


# Every sentence, once.

OPENED_BEFORE = "a contract opened before"


@pytest.mark.parametrize("kind", NEXT)
def test_nothing_happens_to_a_contract_nobody_knows(kind: str) -> None:
    event = said("X", kind, "Z", "2024-12-01", **NEXT[kind])
    assert refused(event, {}) == No("event X", f"there is no {kind.partition('.')[0]} Z", OPENED_BEFORE, "none")


def test_a_second_default() -> None:
    event = said("X", "loan.default_declared", "L", "2024-08-01", principal="1.00")
    assert refused(event, lived(DEFAULT)) == No(
        "event X", "loan L is in default since 2024-07-01: default declared cannot follow", "disbursed", "in default"
    )


def test_a_default_of_a_loan_that_is_repaid() -> None:
    event = said("X", "loan.default_declared", "L", "2024-08-01", principal="1.00")
    assert refused(event, lived(REPAID)).what == "loan L is repaid since 2024-06-01: default declared cannot follow"


def test_a_loan_that_is_registered_twice() -> None:
    again = said("X", "loan.registered", "L", "2024-02-05", PARTIES, approved="5.00")
    assert refused(again, lived(LOAN)) == No(
        "event X", "loan L was already opened on 2024-01-05", "a new contract id", ""
    )


def test_a_contract_of_another_kind() -> None:
    event = said("X", "loan.repaid", "L:G", "2024-02-01", principal="1.00")
    assert refused(event, lived(GUARANTEED)) == No("event X", "L:G is a guarantee", "a loan", "guarantee")


def test_something_before_the_contract_was_opened() -> None:
    event = said("X", "loan.disbursed", "L", "2024-01-04", principal="1.00")
    assert refused(event, lived(LOAN)) == No(
        "event X",
        "loan L was opened on 2024-01-05: nothing can happen to it before",
        "2024-01-05 or later",
        "2024-01-04",
    )


def test_more_principal_repaid_than_is_outstanding() -> None:
    part = said("P", "loan.repaid", "L", "2024-02-01", principal="400.00")
    event = said("X", "loan.repaid", "L", "2024-03-01", principal="600.01")
    assert refused(event, lived(PAID_OUT, part)) == No(
        "event X", "repaid more principal than is outstanding", "at most 600.00", "600.01"
    )


def test_more_principal_in_default_than_is_outstanding() -> None:
    event = said("X", "loan.default_declared", "L", "2024-03-01", principal="1,000.01")
    assert refused(event, lived(PAID_OUT)) == No(
        "event X", "principal in default is more than is outstanding", "at most 1,000.00", "1,000.01"
    )


def test_more_written_off_than_is_left_in_default() -> None:
    """950.00 were declared; 700.00 of them are paid by the guarantor."""
    event = said("X", "loan.written_off", "L", "2024-08-01", amount="250.01")
    assert refused(event, lived(COMPENSATED)) == No(
        "event X", "written off more than is left in default", "at most 250.00", "250.01"
    )


def test_a_guarantee_on_a_loan_nobody_knows() -> None:
    assert refused(GUARANTEE[0], {}) == No("event 6", "there is no loan L", "a loan registered before", "none")


def test_a_re_guarantee_on_something_that_is_no_guarantee() -> None:
    event = said("X", "reguarantee.issued", "R", "2024-01-05", {**HANGS, "guarantee": "L"}, guaranteed="1.00")
    assert refused(event, lived(LOAN)) == No(
        "event X", "there is no guarantee L", "a guarantee registered before", "none"
    )


def test_a_guarantee_by_somebody_the_loan_does_not_name() -> None:
    event = said("X", "guarantee.issued", "L:G", "2024-01-05", {"loan": "L", "guarantor": "Other"}, guaranteed="1.00")
    assert refused(event, lived(LOAN)) == No("event X", "loan L names another guarantor", PARTIES["guarantor"], "Other")


def test_a_compensation_before_the_default() -> None:
    event = said("X", "guarantee.compensated", "L:G", "2024-02-01", paid="1.00")
    assert refused(event, lived(PAID_OUT, GUARANTEE)) == No(
        "event X", "loan L is disbursed: nothing can be claimed before a default is declared",
        "loan.default_declared before", "disbursed",
    )  # fmt: skip


def test_a_compensation_above_what_is_in_default() -> None:
    event = said("X", "guarantee.compensated", "L:G", "2024-08-01", paid="250.01")
    assert refused(event, lived(COMPENSATED)) == No(
        "event X", "compensation above what is in default", "at most 950.00", "950.01"
    )


def test_a_recovery_before_any_payment() -> None:
    event = said("X", "guarantee.recovered", "L:G", "2024-08-01", gross="1.00")
    assert refused(event, lived(GUARANTEED)) == No(
        "event X", "nothing has been paid for guarantee L:G yet: a recovery cannot come before a payment",
        "guarantee.compensated before", "none",
    )  # fmt: skip


def test_a_recovery_before_the_default() -> None:
    event = said("X", "loan.recovered", "L", "2024-08-01", gross="1.00")
    assert "recovery received by the bank cannot follow" in refused(event, lived(PAID_OUT)).what


def test_a_claim_before_the_default() -> None:
    policy = POLICY[-1]
    event = said("X", "insurance.claim_filed", "L:P", "2024-02-01", claimed="1.00")
    assert "nothing can be claimed before a default is declared" in refused(event, lived(PAID_OUT, policy)).what


def test_a_claim_above_the_sum_insured() -> None:
    event = said("X", "insurance.claim_filed", "L:P", "2024-08-01", claimed="500.01")
    assert refused(event, lived(POLICY)) == No("event X", "claim above the sum insured", "at most 500.00", "500.01")


def test_more_paid_than_was_claimed() -> None:
    part = said("P", "insurance.claim_paid", "L:P", "2024-07-05", paid="200.00")
    event = said("X", "insurance.claim_paid", "L:P", "2024-08-01", paid="100.01")
    assert refused(event, lived(CLAIMED, part)) == No(
        "event X", "paid more than was claimed", "at most 300.00", "300.01"
    )


def test_more_premium_paid_than_is_due() -> None:
    event = said("X", "insurance.premium_paid", "L:P", "2024-02-02", paid="15.01")
    assert refused(event, lived(CANCELLED)) == No("event X", "paid more premium than is due", "at most 15.00", "15.01")


def test_a_refund_above_the_premium() -> None:
    event = said("X", "insurance.cancelled", "L:P", "2024-02-02", refund="20.01")
    assert refused(event, lived(PREMIUM)) == No("event X", "refund above the premium charged", "at most 20.00", "20.01")


def test_more_capital_called_than_was_committed() -> None:
    part = said("P", "fund.capital_called", "F", "2024-02-01", called="600.00")
    event = said("X", "fund.capital_called", "F", "2024-08-01", called="400.01")
    assert refused(event, lived(FUND, part)) == No(
        "event X", "called more than was committed", "at most 1,000.00", "1,000.01"
    )


@pytest.mark.parametrize(("fact", "now"), [("government", "Another County"), ("scheme", "other"), ("currency", "USD")])
def test_more_money_for_a_pot_that_is_somebody_elses(fact: str, now: str) -> None:
    facts = {"government": "County", "scheme": "s", fact: now}
    was = {"government": "County", "scheme": "s", "currency": "CNY"}[fact]
    event = said("X", "pool.funded", "POOL", "2024-02-01", facts, funding="1.00")
    assert refused(event, lived(POOL)) == No("event X", f"POOL was opened with another {fact}", was, now)


# Events that are wrong by themselves.


def wrong(event: Event) -> list[str]:
    assert faults(event)
    return [str(refusal) for refusal in faults(event)]


def test_a_kind_of_event_nobody_knows() -> None:
    [text] = wrong(said("X", "loan.sold", "L", "2024-01-05", price="1.00"))
    assert text.startswith("event X: unknown kind of event; expected one of loan.registered, loan.disbursed")
    assert text.endswith("got loan.sold")


@pytest.mark.parametrize("kind", kinds())
def test_everything_an_event_needs_is_asked_for(kind: str) -> None:
    needed = [field.name for field in kinds()[kind].fields if field.required]
    found = [refusal.what for refusal in faults(Event("X", kind, "L", date(2024, 1, 5), {}, {}))]
    assert [text for text in found if " needs " in text] == [f"{kind} needs {name}" for name in needed]


def test_a_needed_amount_of_nothing() -> None:
    assert wrong(said("X", "loan.disbursed", "L", "2024-01-05", principal="0.00")) == [
        "event X: loan.disbursed needs principal; expected an amount above zero; got nothing"
    ]


def test_an_amount_and_a_fact_that_do_not_belong_there() -> None:
    assert wrong(said("X", "loan.disbursed", "L", "2024-01-05", {"colour": "red"}, principal="1.00", bonus="2.00")) == [
        "event X: loan.disbursed carries no amount 'bonus'; expected principal",
        "event X: loan.disbursed carries no fact 'colour'; expected none",
    ]


@pytest.mark.parametrize("amount", [-1, MAX_MINOR + 1])
def test_an_amount_out_of_range(amount: int) -> None:
    assert wrong(Event("X", "loan.disbursed", "L", date(2024, 1, 5), {"principal": amount}, {})) == [
        f"event X: amount principal is out of range; expected 0 to {MAX_MINOR} minor units; got {amount}"
    ]


@pytest.mark.parametrize("kind", ["loan.default_declared", "fund.revalued"])
def test_an_event_that_says_nothing(kind: str) -> None:
    assert [
        text
        for text in wrong(said("X", kind, "L", "2024-01-05"))
        if "carries no amount; expected at least one of" in text
    ]


@pytest.mark.parametrize("rate", ["1.25", "-1%", "1,5%", "1e2%", "１%", "1000%", "0.1234567%", "%", " 1%"])
def test_a_rate_that_cannot_be_read(rate: str) -> None:
    assert wrong(said("X", "guarantee.fee_charged", "L:G", "2024-01-05", {"rate": rate}, fee="1.00")) == [
        f"event X: rate cannot be read; expected a rate such as 1.25%; got {rate}"
    ]


@pytest.mark.parametrize("days", ["-1", "1.0", "1_000", "３", "12345678901", " 5"])
def test_a_whole_number_that_cannot_be_read(days: str) -> None:
    assert wrong(said("X", "guarantee.fee_charged", "L:G", "2024-01-05", {"days": days}, fee="1.00")) == [
        f"event X: days cannot be read; expected a whole number; got {days}"
    ]


def test_a_currency_that_is_none() -> None:
    [text] = wrong(said("X", "party.funded", "C", "2024-01-05", {"party": "A", "currency": "RMB"}, capital="1.00"))
    assert text.startswith("event X: unknown currency 'RMB'; expected one of AUD, BHD, CAD")


def test_booked_before_it_happened() -> None:
    assert wrong(said("X", "loan.disbursed", "L", "2024-01-05", booked="2024-01-04", principal="1.00")) == [
        "event X: booked before it happened; expected 2024-01-05 or later; got 2024-01-04"
    ]


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (said("", "party.funded", "C", "2024-01-05", {"party": "A"}, capital="1.00"), "id"),
        (said("X" * 201, "party.funded", "C", "2024-01-05", {"party": "A"}, capital="1.00"), "id"),
        (said("X", "party.funded", "C" * 101, "2024-01-05", {"party": "A"}, capital="1.00"), "contract"),
        (said("X", "party.funded", "C", "2024-01-05", {"party": "A\0"}, capital="1.00"), "party"),
    ],
)
def test_words_that_no_book_can_carry(event: Event, name: str) -> None:
    [refusal] = unwritable(event)
    assert refusal.what == f"{name} cannot be written in a book"
    assert "characters, none of them a control character" in refusal.expected


# What is left behind.


def test_a_loan_is_repaid_when_all_principal_is_back() -> None:
    assert lived(PAID_OUT, said("P", "loan.repaid", "L", "2024-02-01", principal="999.99"))["L"].state == "disbursed"
    known = lived(REPAID)
    assert (known["L"].state, known["L"].since) == ("repaid", date(2024, 6, 1))


def test_what_a_loan_remembers() -> None:
    known = lived(COMPENSATED)
    assert defaulted(known["L"]) == fen("950.00")
    assert known["L"].dates["default_declared"] == date(2024, 7, 1)
    assert known["L"].dates["compensated"] == date(2024, 7, 10)
    assert known["L:G"].loan == "L"
    assert known["L:G"].parties == PARTIES


def test_liability_ends_as_far_as_it_was_paid() -> None:
    known = lived(COMPENSATED)
    assert exposure(known["L:G"]) == fen("100.00")
    more = said("X", "guarantee.compensated", "L:G", "2024-08-01", paid="250.00")
    assert measure(more, known["L:G"]) == {"paid": fen("250.00"), "freed": fen("100.00")}
    follow(more, known)
    assert exposure(known["L:G"]) == 0


def test_a_release_frees_what_is_left() -> None:
    event = said("X", "guarantee.released", "L:G", "2024-08-01")
    assert measure(event, lived(COMPENSATED)["L:G"]) == {"freed": fen("100.00")}
    assert exposure(lived(RELEASED)["L:G"]) == 0


def test_a_cancelled_policy_covers_nothing() -> None:
    assert measure(said("X", "insurance.cancelled", "L:P", "2024-02-01"), lived(POLICY)["L:P"]) == {
        "freed": fen("500.00")
    }
    assert exposure(lived(CANCELLED)["L:P"]) == 0


def test_a_fund_gives_back_its_cost_before_it_earns() -> None:
    known = lived(FUND, said("P", "fund.capital_called", "F", "2024-02-01", called="600.00"))
    first = said("X", "fund.distributed", "F", "2024-03-01", distributed="400.00")
    assert measure(first, known["F"]) == {"cost": fen("400.00")}
    follow(first, known)
    second = said("Y", "fund.distributed", "F", "2024-04-01", distributed="300.00")
    assert measure(second, known["F"]) == {"cost": fen("200.00"), "income": fen("100.00")}
    follow(second, known)
    assert measure(second, known["F"]) == {"income": fen("300.00")}


def test_what_is_remembered_and_never_posted() -> None:
    event = said("X", "guarantee.compensated", "L:G", "2024-07-10", paid="5.00", principal="4.00", interest="1.00")
    assert measure(event, lived(GUARANTEED)["L:G"]) == {"paid": fen("5.00"), "freed": fen("5.00")}
    assert measure(LOAN[0], lived(LOAN)["L"]) == {}
