"""Explain: the steps of a split with their articles, who got the odd fen, every voucher, every debt and its payment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
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
    compensated,
    defaulted,
    fen,
    for_a_moment,
    histories,
    lent,
    library_scheme,
    on_database,
    pool_funded,
    recovered,
    said,
    undone,
)

from ledger.database import Database
from ledger.faults import NotFound
from products.events import Event
from riskshare.explaining import Debt, Explained, Explanation, explain


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    with undone(shared, CAPPED, FOUR_PARTY, PREMIUMS) as each:
        yield each


def explained(desk: Office, name: str) -> Explanation:
    with desk.conn.transaction():
        return explain(desk.conn, name)


def fact(found: Explanation, event: str) -> Explained:
    [one] = [each for each in found.facts if each.fact.event_id == event]
    return one


@pytest.fixture
def two_loans(desk: Office) -> Office:
    """The second meets a government limit that the first has nearly used; all is closed and settled."""
    desk.record(
        lent("A", CAPPED, amount="9,000,000.00"),
        lent("B", CAPPED, amount="3,000,000.00"),
        defaulted("A", "2024-02-01", principal="9,000,000.00"),
        defaulted("B", "2024-02-02", principal="3,000,000.00", interest="0.06"),
        compensated("B", "2024-02-10", "2,000,000.00"),
    )
    desk.close("2024Q1")
    desk.settle("2024Q1")
    desk.record(recovered("B", "2024-05-01", "30,000.01"))
    desk.close("2024Q2")
    return desk


# Why it fell as it did.


def test_the_steps_name_article_amount_and_the_receiver_of_the_odd_fen(two_loans: Office) -> None:
    found = fact(explained(two_loans, "B"), "B default")

    assert [(step.article, step.clause, step.kind) for step in found.steps] == [
        ("1", "loss", "share"), ("2", "capped", "layer"),
    ]  # fmt: skip
    shared, capped = found.steps
    # 40/30/20/10 of 3,000,000.06: .024, .018, .012 and .006; two fen are left for the largest remainders, .8 and .6
    assert (shared.received, shared.before, shared.scope) == (
        fen("3,000,000.06"),
        fen("9,000,000.00"),
        "scheme-year 2024",
    )
    assert dict(shared.given) == {
        "guarantor": fen("1,200,000.02"), "reguarantor": fen("900,000.02"),
        "bank": fen("600,000.01"), "capped": fen("300,000.01"),
    }  # fmt: skip
    assert shared.odd == ("reguarantor", "capped")
    assert (capped.received, capped.before, capped.limit) == (fen("300,000.01"), fen("900,000.00"), fen("1,000,000.00"))
    assert dict(capped.given) == {"government": fen("100,000.00"), "guarantor": fen("200,000.01")}


def test_the_steps_are_sentences_in_both_languages(two_loans: Office) -> None:
    shared, capped = fact(explained(two_loans, "B"), "B default").steps

    assert shared.said == (
        "Art. 1  loss 3,000,000.06 → guarantor 1,200,000.02 · reguarantor 900,000.02, the odd unit"
        " · bank 600,000.01 · capped 300,000.01, the odd unit"
    )
    assert capped.said == "Art. 2  capped 300,000.01 → government 100,000.00, all that was left · guarantor 200,000.01"
    assert shared.said_zh.startswith("第1条  loss 3,000,000.06 → 担保机构 1,200,000.02 · 再担保机构 900,000.02，含尾差")
    assert "政府 100,000.00，用尽余额" in capped.said_zh


def test_what_is_evaluated_is_what_was_posted(two_loans: Office) -> None:
    for each in explained(two_loans, "B").facts:
        assert each.decided
        assert each.evaluated == each.posted
        assert sum(each.posted.values()) == each.fact.amount
        assert {role: party for role, party in each.parties.items() if role in PARTIES} == {
            role: party for role, party in PARTIES.items() if role in each.parties
        }
        assert each.source == library_scheme(CAPPED).versions[0].source


def test_a_recovery_is_explained_by_what_each_bore(two_loans: Office) -> None:
    found = fact(explained(two_loans, "B"), "B recovered by guarantor 1")
    [step] = found.steps
    assert (step.article, step.kind, step.received, step.scope) == ("3", "follow", fen("30,000.01"), "loan B")
    assert found.evaluated == found.posted
    assert sum(found.posted.values()) == fen("30,000.01")
    assert found.posted["bank"] == fen("6,000.00")


def test_what_is_not_closed_yet_is_shown_as_it_would_be(desk: Office) -> None:
    desk.record(lent("A", CAPPED), defaulted("A", "2024-02-01", principal="100.00"))
    found = fact(explained(desk, "A"), "A default")
    assert not found.decided
    assert found.posted == {}
    assert found.evaluated == {
        "guarantor": fen("40.00"), "reguarantor": fen("30.00"), "bank": fen("20.00"), "government": fen("10.00"),
    }  # fmt: skip


def test_the_road_that_was_chosen(desk: Office) -> None:
    desk.record(
        pool_funded("2024-01-02", "1,000,000.00"),
        lent("A", FOUR_PARTY, insured="yes"),
        defaulted("A", "2024-02-01", principal="1,000.00"),
        compensated("A", "2024-02-02", "800.00"),
    )
    desk.close("2024Q1")
    steps = fact(explained(desk, "A"), "A compensated 1").steps
    assert [(step.article, step.kind) for step in steps] == [("4", "choose"), ("5(1)", "share"), ("6", "layer")]
    assert steps[0].said == "Art. 4  loss 1,000.00 (insured = yes) → insured_split 1,000.00"


def test_a_subsidy_without_a_loan(desk: Office) -> None:
    owner, terms = {"insurer": INSURER, "enterprise": "Co"}, {"scheme": PREMIUMS, "finance": BUREAU}
    desk.record(
        budgeted("2024-01-02", "100.00", PREMIUMS),
        said("I-1", "insurance.policy_issued", "P", "2024-01-05", owner, insured="1.00"),
        said("I-2", "insurance.premium_charged", "P", "2024-01-06", terms, premium="900.00"),
    )
    desk.close("2024Q1", "2024Q2", "2024Q3")
    assert not fact(explained(desk, "P"), "I-2").decided  # the budget is shared out once a year
    desk.close("2024Q4")
    found = explained(desk, "P")
    assert fact(found, "I-2").decided
    assert fact(found, "I-2").posted == {"finance": fen("100.00"), "enterprise": fen("800.00")}
    assert [step.article for step in fact(found, "I-2").steps] == ["1", "2", "3"]
    assert {entry.book for entry in found.entries} == {INSURER, BUREAU}


# What the books say about it.


def test_every_voucher_of_every_book(two_loans: Office) -> None:
    found = explained(two_loans, "B")

    assert [event.id for event in found.events] == [
        "B registered", "B issued", "B disbursed", "B default", "B compensated 1", "B recovered by guarantor 1",
    ]  # fmt: skip
    assert {entry.book for entry in found.entries} == {BANK, GUARANTOR, REGUARANTOR, POOL}
    named = {entry.event_id for entry in found.entries}
    assert {"2024Q1/example-4321-capped/B/loss", "2024Q2/example-4321-capped/B/recovery:guarantor"} <= named
    written = two_loans.one(
        "SELECT count(*) FROM ledger.transfer JOIN ledger.journal USING (book_id, journal_no)"
        " WHERE event_id LIKE 'B %%' OR event_id LIKE '%%/B/%%'"
    )
    assert len(found.entries) == written
    assert not [entry for entry in found.entries if entry.event_id.startswith("A ") or "/A/" in entry.event_id]
    [impairment] = [entry for entry in found.entries if entry.rule == "L1b"]
    assert (impairment.book, impairment.debit, impairment.credit, impairment.amount, impairment.on) == (
        BANK, "impairment", "loan_allowance", fen("600,000.01"), date(2024, 3, 31),
    )  # fmt: skip


def test_every_debt_and_the_payment_that_settled_it(two_loans: Office) -> None:
    debts = explained(two_loans, "B").debts
    first = {(debt.debtor, debt.creditor): debt for debt in debts if debt.due_on == date(2024, 3, 31)}
    day, prefix = date(2024, 4, 1), "settle/2024Q1/2024-04-01"
    close = "2024Q1/example-4321-capped/B/loss"
    assert first == {
        (GUARANTOR, BANK): Debt(close, GUARANTOR, BANK, fen("400,000.05"), date(2024, 3, 31), f"{prefix}/{GUARANTOR}/{BANK}/USD", day),
        (REGUARANTOR, GUARANTOR): Debt(close, REGUARANTOR, GUARANTOR, fen("900,000.02"), date(2024, 3, 31), f"{prefix}/{REGUARANTOR}/{GUARANTOR}/USD", day),
        (POOL, GUARANTOR): Debt(close, POOL, GUARANTOR, fen("100,000.00"), date(2024, 3, 31), f"{prefix}/{POOL}/{GUARANTOR}/USD", day),
    }  # fmt: skip
    later = [debt for debt in debts if debt.due_on == date(2024, 6, 30)]
    assert later
    assert all(debt.debtor == GUARANTOR and debt.instruction is None and debt.paid_on is None for debt in later)


def test_a_recovery_after_the_write_off_is_found_too(desk: Office) -> None:
    desk.record(
        lent("A", CAPPED),
        defaulted("A", "2024-02-01", principal="100.00"),
        said("W", "loan.written_off", "A", "2024-02-02", amount="20.00"),
        recovered("A", "2024-02-03", "50.00", by="bank"),
    )
    desk.close("2024Q1")
    found = explained(desk, "A")
    posted = desk.one("SELECT count(*) FROM ledger.transfer")
    assert len(found.entries) == posted


# By whatever name.


@pytest.mark.parametrize("name", ["B:G", "B default", "B compensated 1", "B registered"])
def test_a_contract_or_an_event_leads_to_its_loan(two_loans: Office, name: str) -> None:
    assert explained(two_loans, name) == explained(two_loans, "B")


@pytest.mark.parametrize("name", ["C", "", "b", "B ", "%", "2024Q1/example-4321-capped/B/loss/"])
def test_a_name_that_nobody_knows(two_loans: Office, name: str) -> None:
    with pytest.raises(NotFound, match="nothing is known by the id") as no:
        explained(two_loans, name)
    assert no.value.exit_code == 4


def test_explaining_changes_nothing(two_loans: Office) -> None:
    before = two_loans.rows()
    explained(two_loans, "B")
    assert two_loans.rows() == before


@pytest.mark.parametrize("scheme", [CAPPED, FOUR_PARTY])
def test_every_fact_of_every_history_is_explained_as_it_was_posted(desk: Office, scheme: str) -> None:
    @settings(on_database, max_examples=6)
    @given(histories(scheme))
    def holds(story: list[Event]) -> None:
        with for_a_moment(desk):
            desk.record(story)
            desk.close_all(date(max(event.booked_on.year for event in story), 12, 31))
            for loan in {event.contract for event in story if event.kind == "loan.registered"}:
                for each in explained(desk, loan).facts:
                    assert each.decided
                    assert each.evaluated == each.posted
                    waiting = {each.fact.kind: each.fact.amount}
                    for step in each.steps:  # each hands on exactly what it received
                        assert sum(part for _, part in step.given) == step.received == waiting.pop(step.clause)
                        for target, part in step.given:
                            if part:
                                waiting[target] = waiting.get(target, 0) + part
                    assert {role: part for role, part in waiting.items() if part} == each.posted

    holds()
