"""Facts at fault are refused by name before anything is shared; a broken promise stops the program."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from programmes import columns, scheme_of

from ledger.faults import Failed, Refused
from riskshare import kernel
from riskshare.allocate import allocate

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
    def twice(total: int, weights: Any, at: int, count: int, whole: int, parts: list[int], rests: Any) -> None:
        parts[:count] = [total] * count

    monkeypatch.setattr(kernel, "largest_remainder", twice)
    with pytest.raises(Failed, match="fact D-1: 100 came in and 200 was handed on"):
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
