"""The close: who bears what after each period, in every book, whatever the order, the cut and the interruptions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from book_oracle import kept_by_hand, summed
from conftest import EVERY, fresh
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import (
    BANK,
    BUREAU,
    CAPPED,
    FEES,
    FOUR_PARTY,
    GUARANTOR,
    INSURER,
    OWN_TERMS,
    PARTIES,
    POOL,
    PREMIUMS,
    REGUARANTOR,
    TODAY,
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
    office,
    on_database,
    pool_funded,
    recovered,
    said,
    undone,
    written_off,
)

from ledger.database import Database
from ledger.faults import PeriodClosed, Refused
from ledger.periods import parse_period
from ledger.transaction import transact
from products.events import Event
from riskshare import adoption, closing
from riskshare.reconciling import reconcile

ROOT = Path(__file__).resolve().parent.parent
few = settings(on_database, max_examples=8)
both_schemes = pytest.mark.parametrize("scheme", [CAPPED, FOUR_PARTY])
END = date(2025, 12, 31)


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    with undone(shared, CAPPED, FOUR_PARTY, OWN_TERMS) as each:
        yield each


def amounts(**given: str) -> dict[str, int]:
    return {name: fen(text) for name, text in given.items()}


def agree(desk: Office) -> None:
    assert {check.name: check.breaks for check in reconcile(desk.conn) if not check.agrees} == {}


# One default.


def test_a_loss_is_shared_4321(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED, amount="5,000,000.00", guaranteed="4,000,000.00"),
        defaulted("L-1", "2024-02-01", principal="3,000,000.01", interest="0.05"),
    )

    report = desk.close("2024Q1")

    # 40/30/20/10 of 3,000,000.06 is 1,200,000.024, 900,000.018, 600,000.012 and 300,000.006: two fen are left over
    # and go to the largest remainders, the re-guarantor's and the government's.
    assert desk.borne() == amounts(
        guarantor="1,200,000.02", reguarantor="900,000.02", bank="600,000.01", government="300,000.01"
    )
    assert (report.facts, report.events, report.lines) == (1, 1, 8)
    assert desk.books() == {
        (BANK, "loan", ""): fen("1,999,999.99"),
        (BANK, "deposits", ""): -fen("5,000,000.00"),
        (BANK, "interest_income", ""): -fen("0.05"),
        (BANK, "npl", ""): fen("600,000.01"),
        (BANK, "loan_allowance", ""): -fen("600,000.01"),
        (BANK, "impairment", ""): fen("600,000.01"),
        (BANK, "due_from", GUARANTOR): fen("2,400,000.05"),
        (GUARANTOR, "due_to", BANK): -fen("2,400,000.05"),
        (GUARANTOR, "due_from", REGUARANTOR): fen("900,000.02"),
        (GUARANTOR, "due_from", POOL): fen("300,000.01"),
        (GUARANTOR, "claim_recv", ""): fen("1,200,000.02"),
        (GUARANTOR, "allowance", ""): -fen("1,200,000.02"),
        (GUARANTOR, "impairment", ""): fen("1,200,000.02"),
        (GUARANTOR, "exposure", ""): fen("4,000,000.00"),
        (GUARANTOR, "exposure_contra", ""): -fen("4,000,000.00"),
        (REGUARANTOR, "claim_loss", ""): fen("900,000.02"),
        (REGUARANTOR, "due_to", GUARANTOR): -fen("900,000.02"),
        (POOL, "pool_fund", ""): fen("300,000.01"),
        (POOL, "due_to", GUARANTOR): -fen("300,000.01"),
    }
    agree(desk)


def test_a_compensation_after_the_close_is_set_against_the_debt(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal="1,000,000.00"))
    desk.close("2024Q1")
    assert desk.owed()["L-1", "loss", "guarantor", "bank"] == fen("800,000.00")

    desk.record(compensated("L-1", "2024-04-10", "500,000.00"))
    desk.close("2024Q2")

    assert desk.owed()["L-1", "loss", "guarantor", "bank"] == fen("300,000.00")
    assert desk.balance(GUARANTOR, "due_to", BANK) + desk.balance(GUARANTOR, "due_from", BANK) == -fen("300,000.00")
    agree(desk)


def test_each_loan_by_its_own_guaranteed_share_half_up(desk: Office) -> None:
    """1/3 of 100.00 is 33.333..; 75 % of 0.02 is 0.015, which is rounded up."""
    story = [
        *lent("L-1", OWN_TERMS, amount="300.00", guaranteed="100.00"),
        *lent("L-2", OWN_TERMS, amount="100.00", guaranteed="75.00"),
        defaulted("L-1", "2024-02-01", principal="100.00"),
        defaulted("L-2", "2024-02-01", principal="0.02"),
    ]
    desk.record(story)
    desk.close("2024Q1")

    assert desk.shares() == {
        ("L-1 default", "government"): fen("33.33"),
        ("L-1 default", "bank"): fen("66.67"),
        ("L-2 default", "government"): fen("0.02"),
    }
    assert desk.balance(POOL, "due_to", BANK) == -fen("33.35")
    agree(desk)


# Limits.


def test_a_yearly_cap_bites_in_the_middle_of_an_event(desk: Office) -> None:
    desk.record(
        lent("A", CAPPED, amount="9,000,000.00"),
        lent("B", CAPPED, amount="3,000,000.00"),
        lent("C", CAPPED, amount="1,000,000.00"),
        defaulted("A", "2024-02-01", principal="9,000,000.00"),  # government 900,000.00
        defaulted("B", "2024-02-02", principal="3,000,000.00"),  # 300,000.00, of which 100,000.00 are left
        defaulted("C", "2024-02-03", principal="1,000,000.00"),  # nothing left
    )
    desk.close("2024Q1")

    shares = desk.shares()
    assert [shares.get((f"{loan} default", "government"), 0) for loan in "ABC"] == [
        fen("900,000.00"), fen("100,000.00"), 0,
    ]  # fmt: skip
    assert [shares[f"{loan} default", "guarantor"] for loan in "ABC"] == [
        fen("3,600,000.00"), fen("1,400,000.00"), fen("500,000.00"),
    ]  # fmt: skip
    assert desk.balance(POOL, "pool_fund") == fen("1,000,000.00")
    agree(desk)


def test_the_cap_is_full_over_several_closes_and_empty_again_next_year(desk: Office) -> None:
    for number, day in enumerate(("2024-02-01", "2024-05-01", "2024-08-01", "2025-02-01")):
        loan = f"L-{number}"
        desk.record(lent(loan, CAPPED, amount="6,000,000.00"), defaulted(loan, day, principal="6,000,000.00"))
    desk.close_all(date(2025, 3, 31))

    by_close = desk.ask(
        "SELECT period_id, sum(amount) FROM share.bearing WHERE role = 'government' GROUP BY 1 ORDER BY 1"
    )
    assert by_close == [(20241, fen("600,000.00")), (20242, fen("400,000.00")), (20251, fen("600,000.00"))]
    agree(desk)


def test_facts_of_a_period_stand_in_the_order_of_their_days_not_of_their_arrival(desk: Office) -> None:
    desk.record(lent("A", CAPPED, amount="9,000,000.00"), lent("B", CAPPED, amount="9,000,000.00"))
    desk.record(defaulted("B", "2024-02-02", principal="9,000,000.00"))
    desk.record(defaulted("A", "2024-02-01", principal="9,000,000.00"))
    desk.close("2024Q1")

    shares = desk.shares()
    assert shares["A default", "government"] == fen("900,000.00")
    assert shares["B default", "government"] == fen("100,000.00")


def test_a_late_fact_comes_after_all_that_is_decided(desk: Office) -> None:
    """`late = "append"`: it is older, and yet what others were granted stays as it was."""
    desk.record(lent("A", CAPPED, amount="9,000,000.00"), lent("B", CAPPED, amount="9,000,000.00"))
    desk.record(defaulted("B", "2024-02-02", principal="9,000,000.00"))
    desk.close("2024Q1")
    decided = desk.shares()

    desk.record(defaulted("A", "2024-02-01", booked="2024-04-01", principal="9,000,000.00"))
    desk.close("2024Q2")

    assert {key: part for key, part in desk.shares().items() if key[0] == "B default"} == decided
    assert desk.shares()["A default", "government"] == fen("100,000.00")
    assert desk.ask("SELECT DISTINCT event_id FROM share.bearing WHERE period_id = 20242") == [("A default",)]
    agree(desk)


def test_a_late_fact_of_last_year_counts_in_last_year(desk: Office) -> None:
    desk.record(lent("A", CAPPED, amount="9,000,000.00"), lent("B", CAPPED, amount="9,000,000.00"))
    desk.record(defaulted("A", "2024-02-01", principal="9,000,000.00"))
    desk.close("2024Q1", "2024Q2", "2024Q3", "2024Q4")
    desk.record(defaulted("B", "2024-12-30", booked="2025-01-10", principal="9,000,000.00"))
    desk.close("2025Q1")

    assert desk.shares()["B default", "government"] == fen("100,000.00")
    agree(desk)


def test_money_for_the_pool_that_comes_after_the_loss(desk: Office) -> None:
    """Nobody is paid by an empty pool; when it is filled in the same year, the guarantor is relieved."""
    desk.record(
        lent("L-1", FOUR_PARTY, insured="no"),
        defaulted("L-1", "2024-02-01", principal="1,000,000.00"),
        compensated("L-1", "2024-02-10", "800,000.00"),
    )
    desk.close("2024Q1")
    assert desk.borne() == amounts(bank="200,000.00", guarantor="800,000.00")

    desk.record(pool_funded("2024-05-01", "250,000.00"))
    report = desk.close("2024Q2")

    assert desk.borne() == amounts(bank="200,000.00", guarantor="550,000.00", government="250,000.00")
    assert report.totals == {(FOUR_PARTY, "loss", "guarantor"): -fen("250,000.00"), (FOUR_PARTY, "loss", "government"): fen("250,000.00")}  # fmt: skip
    assert desk.balance(GUARANTOR, "impairment") == fen("550,000.00")
    assert desk.balance(POOL, "due_to", GUARANTOR) == -fen("250,000.00")
    assert desk.balance(POOL, "pool_fund") == 0
    agree(desk)


def test_the_version_in_force_when_the_loan_was_registered(desk: Office) -> None:
    versions = adoption.adopted(desk.conn)[FOUR_PARTY].versions
    new = versions[-1].effective
    desk.record(
        pool_funded(f"{new.year}-01-02", "9,000,000.00"),
        lent("old", FOUR_PARTY, on=str(date.fromordinal(new.toordinal() - 1)), insured="no"),
        lent("new", FOUR_PARTY, on=str(new), insured="no"),
        *(defaulted(loan, f"{new.year}-11-01", principal="1,000,000.00") for loan in ("old", "new")),
        *(compensated(loan, f"{new.year}-11-02", "800,000.00") for loan in ("old", "new")),
    )
    desk.close_all(date(new.year, 12, 31))

    shares = desk.shares()
    assert shares["old compensated 1", "government"] == fen("300,000.00")
    assert shares["new compensated 1", "government"] == fen("350,000.00")


# Recoveries.


def test_a_full_recovery_returns_to_each_what_it_bore(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="999,999.99"),
        compensated("L-1", "2024-02-10", "800,000.00"),
        recovered("L-1", "2024-04-01", "333,333.33"),
        recovered("L-1", "2024-07-01", "333,333.33", number=2),
        recovered("L-1", "2024-10-01", "333,333.33", number=3),
    )
    desk.close("2024Q1", "2024Q2", "2024Q3", "2024Q4")

    assert desk.borne("recovery") == desk.borne("loss")
    desk.settle("2024Q4")
    books = desk.books()
    assert [books.get((party, "impairment", ""), 0) for party in (BANK, GUARANTOR)] == [0, 0]
    assert {key: value for key, value in books.items() if key[1] in ("due_to", "due_from", "npl", "claim_recv", "recovery_held")} == {}  # fmt: skip
    assert books[BANK, "cash", ""] == fen("999,999.99")
    assert [books.get((party, "cash", ""), 0) for party in (GUARANTOR, REGUARANTOR, POOL)] == [0, 0, 0]
    agree(desk)


def test_what_is_recovered_above_the_loss_belongs_to_the_debtor(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="100.00", penalty="50.00"),
        compensated("L-1", "2024-02-10", "80.00"),
        recovered("L-1", "2024-03-01", "120.00", costs="5.00"),
    )
    desk.close("2024Q1")

    assert desk.borne("recovery") == amounts(guarantor="40.00", reguarantor="30.00", bank="20.00", government="10.00", debtor="15.00")  # fmt: skip
    assert desk.balance(GUARANTOR, "debtor_payable") == -fen("15.00")
    assert desk.balance(GUARANTOR, "recovery_held") == 0
    agree(desk)


def test_a_recovery_held_by_the_bank(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="100.00"),
        recovered("L-1", "2024-03-01", "50.00", by="bank"),
    )
    desk.close("2024Q1")

    assert desk.owed() == {
        ("L-1", "loss", "guarantor", "bank"): fen("80.00"),
        ("L-1", "loss", "reguarantor", "guarantor"): fen("30.00"),
        ("L-1", "loss", "government", "guarantor"): fen("10.00"),
        ("L-1", "recovery:bank", "holder", "guarantor"): fen("20.00"),
        ("L-1", "recovery:bank", "holder", "reguarantor"): fen("15.00"),
        ("L-1", "recovery:bank", "holder", "government"): fen("5.00"),
    }
    assert desk.balance(BANK, "due_to", GUARANTOR) == -fen("20.00")
    assert desk.balance(BANK, "npl") == fen("10.00")
    agree(desk)


def test_an_insurer_that_paid_the_bank_itself(desk: Office) -> None:
    """It bears 100,000.00 and has paid 150,000.00: the guarantor, through whom all goes, owes it the difference."""
    desk.record(
        pool_funded("2024-01-02", "1,000,000.00"),
        lent("L-1", FOUR_PARTY, insured="yes"),
        insured("L-1", "2024-01-06", "200,000.00"),
        defaulted("L-1", "2024-02-01", principal="1,000,000.00"),
        claimed("L-1", "2024-02-05", "150,000.00", "2024-02-20"),
        compensated("L-1", "2024-03-01", "650,000.00"),
    )
    desk.close("2024Q1")

    assert desk.borne() == amounts(
        bank="200,000.00", guarantor="400,000.00", insurer="100,000.00", government="300,000.00"
    )
    assert desk.owed() == {
        ("L-1", "loss", "government", "guarantor"): fen("300,000.00"),
        ("L-1", "loss", "insurer", "guarantor"): -fen("50,000.00"),
    }
    assert desk.balance(INSURER, "due_from", GUARANTOR) == fen("50,000.00")
    assert desk.balance(INSURER, "claims_paid") == fen("100,000.00")
    assert desk.balance(BANK, "npl") == fen("200,000.00")
    agree(desk)


def test_a_guarantor_that_paid_too_much_gets_it_back_from_the_bank(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="1,000,000.00"),
        compensated("L-1", "2024-02-10", "1,000,000.00"),
    )
    desk.close("2024Q1")

    assert desk.owed()["L-1", "loss", "guarantor", "bank"] == -fen("200,000.00")
    assert desk.balance(BANK, "due_to", GUARANTOR) == -fen("200,000.00")
    assert desk.balance(BANK, "npl") == fen("200,000.00")
    agree(desk)


@pytest.mark.parametrize("closed_between", [False, True], ids=["in one period", "written off after a close"])
def test_a_recovery_after_the_write_off(desk: Office, closed_between: bool) -> None:
    """The bank's own loss is taken off its books, then part of it comes back."""
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="1,000.00"),
        compensated("L-1", "2024-02-10", "800.00"),
    )
    if closed_between:
        desk.close("2024Q1")
    desk.record(written_off("L-1", "2024-04-10", "200.00"), recovered("L-1", "2024-04-20", "100.00", by="bank"))
    desk.close(*(() if closed_between else ("2024Q1",)), "2024Q2")

    books = desk.books()
    assert books.get((BANK, "npl", ""), 0) == 0
    assert books.get((BANK, "loan_allowance", ""), 0) == 0
    assert books[BANK, "impairment", ""] == fen("180.00")
    assert books.get((BANK, "recovery_held", ""), 0) == 0
    assert books[BANK, "legal_claim", ""] == fen("180.00"), "what was written off is still claimed (账销案存)"
    agree(desk)


def test_a_recovery_before_and_one_after_the_write_off(desk: Office) -> None:
    desk.record(
        lent("L-1", CAPPED),
        defaulted("L-1", "2024-02-01", principal="1,000.00"),
        compensated("L-1", "2024-02-10", "800.00"),
        recovered("L-1", "2024-02-20", "100.00", by="bank"),
    )
    desk.close("2024Q1")
    desk.record(
        written_off("L-1", "2024-04-10", "180.00"), recovered("L-1", "2024-04-20", "100.00", by="bank", number=2)
    )
    desk.close("2024Q2")

    books = desk.books()
    assert (books.get((BANK, "npl", ""), 0), books.get((BANK, "loan_allowance", ""), 0)) == (0, 0)
    assert books[BANK, "impairment", ""] == fen("160.00")
    agree(desk)


def test_who_pays_is_not_named_by_the_loan(desk: Office) -> None:
    """A policy on a loan whose scheme knows no insurer: its payment is set against the loss like any other."""
    parties = {role: name for role, name in PARTIES.items() if role != "insurer"}
    desk.record(
        lent("L-1", CAPPED, parties=parties),
        insured("L-1", "2024-01-06", "100.00"),
        defaulted("L-1", "2024-02-01", principal="1,000.00"),
        claimed("L-1", "2024-02-05", "100.00", "2024-02-06"),
        recovered("L-1", "2024-03-01", "10.00", by="bank"),
    )
    desk.close("2024Q1")

    assert desk.balance(INSURER, "due_from", GUARANTOR) == fen("100.00")
    agree(desk)


# Subsidies.


def test_a_premium_subsidy_by_rate_enterprise_cap_and_budget_pro_rata(desk: Office) -> None:
    desk.adopt(PREMIUMS)
    desk.record(budgeted("2024-01-02", "200,000.00", PREMIUMS))
    for policy, enterprise, premium, day in (
        ("P-1", "Little Giant", "400,000.00", "2024-02-01"),  # half is 200,000.00
        ("P-2", "Little Giant", "400,000.00", "2024-05-01"),  # half is 200,000.00, the cap leaves 100,000.00
        ("P-3", "Gazelle", "200,000.00", "2024-08-01"),  # half is 100,000.00
    ):
        owner = {"insurer": INSURER, "enterprise": enterprise}
        terms = {"scheme": PREMIUMS, "finance": BUREAU}
        desk.record(
            said(f"{policy} issued", "insurance.policy_issued", policy, day, owner, insured="50,000,000.00"),
            said(f"{policy} premium", "insurance.premium_charged", policy, day, terms, premium=premium),
        )

    assert desk.close("2024Q1", "2024Q2", "2024Q3").events == 0  # decided once, for the year
    desk.close("2024Q4")

    granted = {event: amount for (event, role), amount in desk.shares().items() if role == "finance"}
    assert granted == {
        "P-1 premium": fen("100,000.00"),
        "P-2 premium": fen("50,000.00"),
        "P-3 premium": fen("50,000.00"),
    }
    assert desk.balance(BUREAU, "budget") == 0
    assert desk.balance(BUREAU, "due_to", INSURER) == -fen("200,000.00")
    assert desk.balance(INSURER, "premium_recv") == fen("800,000.00")
    agree(desk)


def test_a_fee_reduction_is_the_rate_gap_by_days_as_long_as_the_budget_lasts(desk: Office) -> None:
    desk.adopt(FEES)
    desk.record(budgeted("2024-01-02", "6,000.00", FEES))
    for loan, day in (("L-1", "2024-02-01"), ("L-2", "2024-03-01")):
        terms = {"scheme": FEES, "finance": BUREAU, "rate": "1.00%", "days": "365"}
        desk.record(
            lent(loan, FOUR_PARTY, on=day),
            said(f"{loan} fee", "guarantee.fee_charged", f"{loan}:G", day, terms, fee="8,000.00"),
        )
    desk.close("2024Q1")

    # 0.50 % of 800,000.00 for a year is 4,000.00 each; 6,000.00 are there.
    granted = {event: amount for (event, role), amount in desk.shares().items() if role == "finance"}
    assert granted == {"L-1 fee": fen("4,000.00"), "L-2 fee": fen("2,000.00")}
    assert desk.balance(GUARANTOR, "subsidy_income") == -fen("6,000.00")
    assert desk.balance(GUARANTOR, "fee_prepaid") == -fen("16,000.00")
    assert desk.balance(BUREAU, "due_to", GUARANTOR) == -fen("6,000.00")
    assert desk.balance(BUREAU, "budget") == 0

    desk.record(budgeted("2024-05-02", "5,000.00", FEES, number=2))
    desk.close("2024Q2")
    assert desk.balance(GUARANTOR, "subsidy_income") == -fen("8,000.00")
    agree(desk)


# What a close refuses.


def test_a_second_close_posts_nothing_and_says_so(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal="1.00"))
    desk.close("2024Q1")
    before = desk.rows()

    with pytest.raises(PeriodClosed, match="period 2024Q1: already closed; expected a period after 2024-03-31"):
        desk.close("2024Q1")
    assert desk.rows() == before


def test_an_earlier_period_must_be_closed_first(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    before = desk.rows()
    with pytest.raises(Refused, match="period 2024Q3: 2024Q1 is still open; expected close 2024Q1 first; got 2024Q3"):
        desk.close("2024Q3")
    assert desk.rows() == before


def test_a_period_that_has_not_ended(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED, on="2029-11-01"))
    with pytest.raises(Refused, match="it ends on 2030-03-31 and today is 2030-01-01"):
        desk.close("2029Q4", "2030Q1")


@pytest.mark.parametrize("text", ["2024", "2024-03", "2024Q5", "2024q1", "Q1", "２０２４Q1", "2024Q1 ", ""])
def test_words_that_are_no_period_of_this_ledger(text: str) -> None:
    with pytest.raises(Refused, match="not a period of this ledger; expected a quarter such as 2024Q3"):
        parse_period(text, "quarter")


def test_a_period_without_anything_is_closed_too(desk: Office) -> None:
    desk.record(lent("L-1", CAPPED))
    report = desk.close("2024Q1", "2024Q2")
    assert (report.facts, report.events, report.lines) == (0, 0, 0)
    assert desk.close_all(date(2024, 12, 31)) == ["2024Q3", "2024Q4"]


# Promises that hold whatever happens.


def end(story: Sequence[Event]) -> date:
    """The end of the year in which the last thing is booked."""
    return date(max(event.booked_on.year for event in story), 12, 31)


@both_schemes
def test_nothing_is_lost_books_balance_and_debts_mirror(desk: Office, scheme: str) -> None:
    @few
    @given(histories(scheme))
    def holds(story: list[Event]) -> None:
        with for_a_moment(desk):
            desk.record(story)
            desk.close_all(end(story))
            facts = desk.ask("SELECT event_id, amount FROM share.fact WHERE kind <> 'paid'")
            parts: Counter[str] = Counter()
            for (event, _), part in desk.shares().items():
                parts[event] += part
            assert parts == Counter(dict(facts))
            assert all(side == 0 for side in _by_book(desk).values())
            agree(desk)

    holds()


def _by_book(desk: Office) -> Mapping[str, int]:
    """Debits less credits of every book, from the entries themselves."""
    found: dict[str, int] = defaultdict(int)
    for (book, *_), amount in desk.books().items():
        found[book] += amount
    return found


@both_schemes
def test_every_balance_is_what_a_clerk_gets_by_hand(desk: Office, scheme: str) -> None:
    text = adoption.library()[scheme].read_text(encoding="utf-8")

    @settings(few, max_examples=15)
    @given(histories(scheme), st.booleans())
    def holds(story: list[Event], settled: bool) -> None:
        with for_a_moment(desk):
            desk.record(story)
            for period in desk.close_all(end(story)):
                if settled:
                    desk.settle(period, "2027-01-01")
            assert summed(desk.books()) == kept_by_hand(text, PARTIES, story)
            if settled:
                assert not [key for key in desk.books() if key[1] in ("due_to", "due_from")]
            agree(desk)

    holds()


@both_schemes
def test_it_does_not_matter_how_often_one_closes(desk: Office, scheme: str) -> None:
    """Months, quarters or years: in the end everyone bears, owes and is hashed the same."""

    @few
    @given(histories(scheme))
    def holds(story: list[Event]) -> None:
        found = []
        for unit in ("month", "quarter", "year"):
            with for_a_moment(desk):
                desk.counted_by(unit)
                desk.record(story)
                desk.close_all(end(story))
                found.append((desk.shares(), desk.owed(), summed(desk.books()), desk.hashes()))
        assert found[0] == found[1] == found[2]

    holds()


@both_schemes
def test_it_does_not_matter_in_which_order_the_news_arrives(desk: Office, scheme: str) -> None:
    @few
    @given(histories(scheme))
    def holds(story: list[Event]) -> None:
        found = []
        for order in (story, _loan_by_loan(story), _loan_by_loan(story)[::-1]):
            with for_a_moment(desk):
                for events in order if order is not story else [story]:  # type: ignore[list-item]
                    desk.record(events)  # type: ignore[arg-type]
                desk.close_all(end(story))
                found.append((desk.shares(), desk.owed(), desk.books(), desk.hashes()))
        assert found[0] == found[1] == found[2]

    holds()


def _loan_by_loan(story: Sequence[Event]) -> list[list[Event]]:
    """The same events, each loan told to its end before the next begins."""
    lives: dict[str, list[Event]] = defaultdict(list)
    for event in story:
        lives[event.contract.partition(":")[0]].append(event)
    return list(lives.values())


@few
@given(story=histories(FOUR_PARTY))
def test_recorded_as_it_happens_or_all_at_once_at_the_end(desk: Office, story: list[Event]) -> None:
    """Closing each quarter before the next is recorded gives what closing all of them afterwards gives."""
    with for_a_moment(desk):
        desk.record(story)
        desk.close_all(end(story))
        afterwards = desk.shares(), desk.owed(), desk.books(), desk.hashes()
    with for_a_moment(desk):
        for event in story:
            for period in closing.open_periods(desk.conn, event.booked_on - timedelta(days=1)):
                desk.close(str(period))
            desk.record(event)
        desk.close_all(end(story))
        assert (desk.shares(), desk.owed(), desk.books(), desk.hashes()) == afterwards


@few
@given(story=histories(CAPPED))
def test_a_close_that_sees_nothing_new_posts_nothing(desk: Office, story: list[Event]) -> None:
    with for_a_moment(desk):
        desk.record(story)
        desk.close_all(end(story))
        before = desk.rows(), desk.hashes()
        report = desk.close(f"{end(story).year + 1}Q1")
        assert (report.facts, report.events, report.lines) == (0, 0, 0)
        assert desk.hashes() == before[1]
        assert {table for table, count in desk.rows().items() if count != before[0][table]} <= {
            "ledger.period", "ledger.snapshot", "ledger.period_balance", "ledger.act", "share.close",
        }  # fmt: skip


def test_a_replay_on_a_fresh_database_gives_the_same_hashes(every_database: Database, database: Database) -> None:
    """The record alone is enough: what was told, told again elsewhere, ends in the same result."""
    with office(database) as first:
        first.adopt(CAPPED, FOUR_PARTY)
        first.record(_a_long_story())
        first.close_all(END)
        told, hashes, shares = first.told(), first.hashes(), first.shares()
    with office(every_database) as second:
        second.adopt(FOUR_PARTY, CAPPED)
        second.record(told)
        second.close_all(END)
        assert (second.hashes(), second.shares()) == (hashes, shares)
        assert second.told() == told


def test_another_fact_gives_other_hashes(desk: Office) -> None:
    hashes = set()
    for principal in ("100.00", "100.01"):
        with for_a_moment(desk):
            desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal=principal))
            report = desk.close("2024Q1")
            hashes |= {report.facts_hash, report.result_hash}
    assert len(hashes) == 4


def _a_long_story() -> list[Event]:
    """Enough of everything: two schemes, a cap that bites, recoveries, late entries, a write-off."""
    story = [pool_funded("2024-01-02", "500,000.00")]
    for number in range(12):
        loan, scheme = f"L-{number:02}", CAPPED if number % 2 else FOUR_PARTY
        story += lent(loan, scheme, on=f"2024-01-{number + 5:02}", amount="4,000,000.00", guaranteed="3,000,000.00")
        late = f"2024-10-{number + 5:02}" if number % 5 == 0 else None
        story.append(
            defaulted(loan, f"2024-0{number % 6 + 3}-11", booked=late, principal="3,333,333.33", interest="7.77")
        )
        story.append(compensated(loan, f"2024-1{number % 2 + 1}-20", "2,000,000.01"))
        story.append(recovered(loan, "2025-02-03", f"{number},000.01", costs="11.11") if number else written_off(loan, "2025-01-01", "9.99"))  # fmt: skip
    return sorted(story, key=lambda event: event.booked_on)


# A clerk records while the chief closes.


def test_nothing_slips_in_behind_a_close(every_database: Database) -> None:
    """Each quarter clerks declare defaults at the moment the chief closes it: what was taken is shared out."""
    quarters = [f"{year}Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)]
    clerks, taken, refused, faults = 3, list[str](), list[str](), list[BaseException]()
    start = threading.Barrier(clerks + 1)
    with office(every_database) as desk:
        desk.adopt(CAPPED)
        for place, _ in enumerate(quarters):
            desk.record(*(lent(f"L-{place}-{who}", CAPPED) for who in range(clerks)))

    def clerk(who: int) -> None:
        with office(every_database) as mine:
            for place, name in enumerate(quarters):
                event = defaulted(f"L-{place}-{who}", str(parse_period(name, "quarter").last), principal="1,000.00")
                start.wait(timeout=60)
                time.sleep(0.002 * who)
                try:
                    transact(mine.conn, lambda event=event: mine.record(event))  # type: ignore[misc]
                    taken.append(event.id)
                except PeriodClosed:
                    refused.append(event.id)

    def chief(_: int) -> None:
        with office(every_database) as mine:
            for name in quarters:
                start.wait(timeout=60)
                mine.close(name)

    def guarded(work: Callable[[int], None], who: int) -> None:
        try:
            work(who)
        except BaseException as fault:
            faults.append(fault)
            start.abort()

    threads = [threading.Thread(target=guarded, args=(clerk, who)) for who in range(clerks)]
    threads.append(threading.Thread(target=guarded, args=(chief, 0)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    assert faults == []
    assert len(taken) + len(refused) == clerks * len(quarters)
    with office(every_database) as desk:
        assert {event for event, _ in desk.shares()} == set(taken)
        assert sum(desk.borne().values()) == fen("1,000.00") * len(taken)
        agree(desk)


# Interrupted.

INTERRUPTED = """
import sys, time
from ledger.database import Database
from ledger.periods import parse_period
from ledger.transaction import transact
from riskshare import closing
from datetime import date, timedelta

def pause(*_, **__):
    print("ready", flush=True)
    time.sleep(600)

def before(name):
    setattr(closing, name, pause)

url, point = sys.argv[1:]
conn = Database(url).connect()
if point != "before the commit":
    before({"after the shares": "post", "after the postings": "_stamp"}[point])
with conn.transaction():
    closing.close(conn, parse_period("2024Q4", "quarter"), "chief", date(2030, 1, 1))
    pause()
"""


@pytest.mark.parametrize("point", ["after the shares", "after the postings", "before the commit"])
def test_killed_in_the_middle_of_a_close_and_run_again(database: Database, point: str) -> None:
    with office(database) as desk:
        desk.adopt(CAPPED, FOUR_PARTY)
        desk.record(_a_long_story())
        desk.close("2024Q1", "2024Q2", "2024Q3")
        with for_a_moment(desk):
            report = desk.close("2024Q4")
            finished = desk.books(), desk.shares(), desk.owed()
        assert report.events > 3
        before = desk.rows()

        victim = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, database.url, point],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        try:
            assert victim.stdout is not None
            assert victim.stdout.readline() == "ready\n"
        finally:
            victim.send_signal(signal.SIGKILL)
            victim.communicate(timeout=20)

        assert desk.rows() == before
        again = desk.close("2024Q4")
        assert (again.facts_hash, again.result_hash) == (report.facts_hash, report.result_hash)
        assert (desk.books(), desk.shares(), desk.owed()) == finished
        agree(desk)
        assert desk.close_all(TODAY.replace(year=2025, month=3, day=31)) == ["2025Q1"]
