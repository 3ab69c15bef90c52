"""The engine and the second opinion agree, and a few promises hold whatever the scheme and the facts."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import oracle
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from programmes import MEASURES, ROLES, facts, schemes

from ledger.faults import Failed, Refused
from riskshare import kernel, rounding
from riskshare.allocate import Allocation, Facts, allocate
from riskshare.scheme_file import read_scheme
from riskshare.terms import Scheme

quick = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))

Columns = list[dict[str, Any]]


def scheme_of(text: str) -> Scheme:
    return read_scheme(text, "random.toml", measures=MEASURES, roles=[*ROLES, "debtor"])


def columns(rows: Columns) -> Facts:
    def all_of(key: str) -> list[Any]:
        return [row[key] for row in rows]

    return Facts(
        ids=all_of("id"),
        kinds=all_of("kind"),
        loans=all_of("loan"),
        days=all_of("day"),
        filings=all_of("filing"),
        priorities=all_of("priority"),
        years=all_of("year"),
        amounts=all_of("amount"),
        versions=all_of("version"),
        measures={name: [row["measures"][name] for row in rows] for name in rows[0]["measures"]} if rows else {},
        attributes={name: [row["attributes"][name] for row in rows] for name in rows[0]["attributes"]} if rows else {},
    )


def by_fact(allocation: Allocation, rows: Columns) -> dict[str, dict[str, int]]:
    """What each role bears of each fact, without the zeros."""
    return {
        row["id"]: {role: column[i] for role, column in allocation.shares.items() if column[i]}
        for i, row in enumerate(rows)
    }


@st.composite
def lives(draw: st.DrawFn, **wanted: Any) -> tuple[str, Scheme, Columns]:
    """A random scheme and facts it can share out."""
    text = draw(schemes(**wanted))
    scheme = scheme_of(text)
    return text, scheme, draw(facts(len(scheme.versions), "recovery" in text))


@given(lives())
@settings(quick, max_examples=300)
def test_the_engine_agrees_with_the_second_opinion(life: tuple[str, Scheme, Columns]) -> None:
    text, scheme, rows = life
    try:
        borne = allocate(scheme, columns(rows))
    except Refused as refused:
        assume("all zero" not in str(refused))
        raise
    expected = oracle.bear(text, rows)
    assert by_fact(borne, rows) == {
        row["id"]: {role: part for role, part in parts.items() if part}
        for row, parts in zip(rows, expected, strict=True)
    }


@given(lives())
@quick
def test_nothing_is_lost(life: tuple[str, Scheme, Columns]) -> None:
    _, scheme, rows = life
    parts = by_fact(allocate(scheme, columns(rows)), rows)
    assert {row["id"]: row["amount"] for row in rows} == {name: sum(part.values()) for name, part in parts.items()}


@given(lives(), st.randoms(use_true_random=False))
@quick
def test_the_order_of_arrival_does_not_matter(life: tuple[str, Scheme, Columns], chance: random.Random) -> None:
    _, scheme, rows = life
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert by_fact(allocate(scheme, columns(rows)), rows) == by_fact(allocate(scheme, columns(shuffled)), shuffled)


@given(lives(), st.lists(st.integers(0, 3), min_size=14, max_size=14))
@quick
def test_closes_end_where_one_evaluation_ends(life: tuple[str, Scheme, Columns], known_at: list[int]) -> None:
    """Facts become known in any order over four closes; each close posts the difference; a last one posts nothing."""
    _, scheme, rows = life
    posted: dict[tuple[str, str], int] = {}
    for close in (0, 1, 2, 3, 3):
        known = [row for row, when in zip(rows, known_at, strict=False) if when <= close]
        now = {(name, role): x for name, parts in by_fact(allocate(scheme, columns(known)), known).items()
               for role, x in parts.items()}  # fmt: skip
        last = {key: now.get(key, 0) - posted.get(key, 0) for key in {*now, *posted}}
        for key, difference in last.items():
            posted[key] = posted.get(key, 0) + difference
    assert not any(last.values())
    end = by_fact(allocate(scheme, columns(rows)), rows)
    assert {key: part for key, part in posted.items() if part} == {
        (name, role): part for name, parts in end.items() for role, part in parts.items()
    }


@given(lives(roundings=("event", "steady", "quota"), recovery=False))
@quick
def test_a_loss_never_gives_money_back(life: tuple[str, Scheme, Columns]) -> None:
    _, scheme, rows = life
    shares = allocate(scheme, columns(rows)).shares
    assert all(part >= 0 for column in shares.values() for part in column)


@given(lives())
@quick
def test_every_step_hands_on_what_it_received(life: tuple[str, Scheme, Columns]) -> None:
    """And the steps of a fact say how much of it came to each role."""
    _, scheme, rows = life
    allocation = allocate(scheme, columns(rows), why=True)
    names = {clause.name for version in scheme.versions for clause in version.clauses}
    borne: dict[str, dict[str, int]] = {row["id"]: {} for row in rows}
    for step in allocation.steps:
        assert step.received == sum(part for _, part in step.given)
        parts = borne[rows[step.fact]["id"]]
        for target, part in step.given:
            if target not in names and part:
                parts[target] = parts.get(target, 0) + part
    assert {name: {r: x for r, x in parts.items() if x} for name, parts in borne.items()} == by_fact(allocation, rows)
    assert allocation.shares == allocate(scheme, columns(rows)).shares


@given(
    st.lists(st.integers(1, 40), min_size=2, max_size=5).map(tuple),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=30),
    st.sampled_from(("largest_remainder", "quota")),
)
@quick
def test_no_running_total_is_a_whole_unit_off(weights: tuple[int, ...], amounts: list[int], method: str) -> None:
    weights = rounding.lowest(weights)
    parts = kernel.share_running(amounts, [0] * len(amounts), weights, rounding.table(weights, method))
    for weight, column in zip(weights, parts, strict=True):
        for i in range(len(amounts)):
            exact = Fraction(sum(amounts[: i + 1]) * weight, sum(weights))
            assert abs(sum(column[: i + 1]) - exact) < 1


@given(st.lists(st.integers(1, 30), min_size=2, max_size=5).map(tuple))
@quick
def test_the_quota_method_never_steps_back(weights: tuple[int, ...]) -> None:
    rows = (*rounding.table(weights, "quota"), weights)
    assert all(a <= b for before, after in pairwise(rows) for a, b in zip(before, after, strict=True))
    assert all(sum(row) == total for total, row in enumerate(rows))


@pytest.mark.parametrize(
    ("weights", "times"),
    [((4, 3, 2, 1), 0), ((2, 2, 4, 2), 0), ((7, 3, 6, 4), 0), ((7, 2, 1), 0), ((55, 25, 13, 7), 5), ((3, 3, 1), 1),
     ((3333, 3333, 3333, 1), 1666)],
)  # fmt: skip
def test_where_largest_remainder_steps_back(weights: tuple[int, ...], times: int) -> None:
    assert rounding.steps_back(weights) == times


@given(lives(recovery=True), st.integers(0, 10**6))
@quick
def test_a_full_recovery_returns_to_each_what_it_bore(life: tuple[str, Scheme, Columns], more: int) -> None:
    """Whatever was recovered before; what is above all that was borne goes to the debtor."""
    _, scheme, rows = life
    losses = [row for row in rows if row["kind"] == "loss"]
    assume(losses)
    layer = next(c for v in scheme.versions for c in v.clauses if c.name == "recovery").per
    key = {
        "loan": lambda r: r["loan"],
        "borrower": lambda r: r["attributes"]["borrower"],
        "scheme-year": lambda r: r["year"],
    }
    bill, back = dict.fromkeys(map(key[layer], losses), 0), []
    for row in losses:
        bill[key[layer](row)] += row["amount"]
    for number, (scope, owed) in enumerate(bill.items()):
        like = next(row for row in losses if key[layer](row) == scope)
        back.append({**like, "id": f"R{number}", "kind": "recovery", "priority": 9, "amount": owed + more})
    allocation = allocate(scheme, columns(losses + back))
    parts = by_fact(allocation, losses + back)
    got = {role: sum(parts[row["id"]].get(role, 0) for row in back) for role in scheme.roles}
    bore = {role: sum(parts[row["id"]].get(role, 0) for row in losses) for role in scheme.roles}
    assert got == {**bore, "debtor": more * len(back)}


# What is refused, before anything is shared.

PLAIN = """id = "plain"
title = { zh = "示例", en = "plain" }
currency = "CNY"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2024-01-01
source = "an example"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "cumulative", method = "largest_remainder" }
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[[version.clause]]
name = "loss"
article = "1"
choose = { by = "insured", yes = "pool", no = "own" }
[[version.clause]]
name = "own"
article = "2"
share = { bank = "guaranteed", insurer = "premium" }
[[version.clause]]
name = "pool"
article = "3"
layer = { per = "guarantor-year", limit = "pool_funding", first = "government", then = "bank" }
"""


def fact(**different: Any) -> dict[str, Any]:
    plain = {
        "id": "D-1", "kind": "loss", "loan": "L-1", "day": 1, "filing": 0, "priority": 0, "year": 2024, "amount": 100,
        "version": 0, "measures": {"pool_funding": 50, "guaranteed": 1, "premium": 1},
        "attributes": {"insured": "yes", "guarantor": "Jinhui"},
    }  # fmt: skip
    return {**plain, **different}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (fact(kind="premium"), "fact D-1: scheme plain, version 2024-01-01, does not share out 'premium'"),
        (fact(version=3), "fact D-1: scheme plain has no version 3"),
        (fact(amount=-1), "fact D-1: the amount is negative; expected zero or more; got -1"),
        (fact(amount=2**63), "the amounts together are too large"),
        (fact(measures={}), "fact D-1: measure 'pool_funding' is missing"),
        (fact(measures={"pool_funding": -5}), "fact D-1: measure 'pool_funding' is negative"),
        (
            fact(attributes={"insured": "maybe"}),
            """fact D-1: clause 'loss' has no road; expected insured = "yes" or "no"; got 'maybe'""",
        ),
        (fact(attributes={}), "fact D-1: clause 'loss' has no road"),
        (fact(attributes={"insured": "yes"}), "fact D-1: 'guarantor' is missing"),
        (
            fact(attributes={"insured": "no"}, measures={"guaranteed": 0, "premium": 0}),
            "fact D-1: clause 'own' shares by measures that are all zero",
        ),
    ],
)  # fmt: skip
def test_a_fact_at_fault_is_refused_by_name(row: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused) as refused:
        allocate(scheme_of(PLAIN), columns([row]))
    assert says in str(refused.value)


def test_all_facts_at_fault_are_named() -> None:
    with pytest.raises(Refused) as refused:
        allocate(scheme_of(PLAIN), columns([fact(id="D-1", amount=-1), fact(id="D-2", kind="premium"), fact(id="D-2")]))
    assert [refusal.where for refusal in refused.value.refusals] == ["fact D-2", "fact D-1", "fact D-2"]


def test_columns_of_different_length_are_refused() -> None:
    facts = columns([fact()])
    with pytest.raises(Refused, match="column pool_funding has another length"):
        allocate(scheme_of(PLAIN), replace(facts, measures={"pool_funding": [1, 2]}))


def test_a_broken_promise_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "share_measured_running", lambda amounts, *_: [amounts, amounts])
    with pytest.raises(Failed, match="fact D-1: clause 'own' received 100 and handed on 200"):
        allocate(scheme_of(PLAIN), columns([fact(attributes={"insured": "no"})]))


def test_no_facts_make_an_empty_allocation() -> None:
    allocation = allocate(scheme_of(PLAIN), columns([]))
    assert allocation.totals() == {"bank": 0, "insurer": 0, "government": 0}


def test_one_party_for_every_contract_need_not_be_said_by_the_fact() -> None:
    text = PLAIN.replace(
        '[[version.clause]]\nname = "loss"',
        '[version.parties]\nguarantor = "Jinhui"\n[[version.clause]]\nname = "loss"',
    )
    allocation = allocate(scheme_of(text), columns([fact(attributes={"insured": "yes"})]), why=True)
    assert allocation.steps[1].scope == "guarantor Jinhui 2024"


def test_a_party_on_both_sides_of_a_limit() -> None:
    text = PLAIN.replace('first = "government"', 'first = "bank"')
    allocation = allocate(scheme_of(text), columns([fact()]), why=True)
    assert allocation.shares["bank"] == [100]
    assert allocation.steps[1].given == (("bank", 50), ("bank", 50))
