"""The engine and the second opinion agree, and a few promises hold whatever the scheme and the facts."""

from __future__ import annotations

import os
import random
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import oracle
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from programmes import ROLES, SCOPES, SMALL, STEPLESS, Rows, by_fact, columns, facts, scheme_of, schemes, spans_years

from riskshare import compiled, kernel, rounding
from riskshare.allocate import allocate
from riskshare.terms import Follow, Scheme

FEW = os.environ.get("GONGJI_EXAMPLES") == "quick"
"""Set by the mutation run, which runs these tests some hundred times."""
quick = settings(
    deadline=None, max_examples=15 if FEW else 40, suppress_health_check=list(HealthCheck), derandomize=True
)
"""The same examples every time: a test that passes today passes tomorrow. The drill looks for new ones."""
long = settings(quick, max_examples=10_000, derandomize=False)
Life = tuple[str, Scheme, Rows]


def _one_scope_of_every_layer(text: str, rows: Rows) -> bool:
    """Whether all that a recovery can follow came to one and the same scope of every layer."""
    layers = set(re.findall(r'layer = \{ per = "([^"]+)"', text))
    if 'borne = "loss"' in text and re.search(r'borne = "loss".* per = "loan"', text):
        steady = layers <= {"life", "loan", "borrower", "portfolio", "enterprise"}
        seen = {(row["loan"], row["year"], row["attributes"]["guarantor"], row["attributes"]["bank"]) for row in rows}
        return steady or (len(seen) == len({row["loan"] for row in rows}) and "event" not in layers)
    return layers <= {"life", "portfolio"}


def _agreed_as_written(text: str) -> bool:
    """Whether agreed weights stand in the order in which the parties are first written."""
    tables = re.findall(r"follow = .*by = \{ (.*?) \}", text)
    above = text[: text.find("follow = ")]
    written = list(
        dict.fromkeys(word for word in re.findall(r"\w+", above[above.find("[[version.clause]]") :]) if word in ROLES)
    )
    orders = [re.findall(r"(\w+) = ", table) for table in tables]
    return all(order == sorted(order, key=written.index) for order in orders if set(order) <= set(written))


@st.composite
def lives(draw: st.DrawFn, /, most: int = 12, amounts: Any = None, **wanted: Any) -> Life:
    """A random scheme and facts it can share out."""
    text = draw(schemes(**wanted))
    rows = draw(facts(text, most, amounts))
    return text, scheme_of(text), rows


def shared(scheme: Scheme, rows: Rows, **how: Any) -> dict[str, dict[str, int]]:
    return by_fact(allocate(scheme, columns(rows), **how), rows)


def totals(parts: dict[str, dict[str, int]]) -> dict[str, int]:
    roles = {role for part in parts.values() for role in part}
    sums = {role: sum(part.get(role, 0) for part in parts.values()) for role in roles}
    return {role: total for role, total in sums.items() if total}


def expected(text: str, rows: Rows) -> dict[str, dict[str, int]]:
    try:
        borne = oracle.bear(text, rows)
    except oracle.Unsettled:
        assume(False)
        raise
    return {
        row["id"]: {role: part for role, part in parts.items() if part} for row, parts in zip(rows, borne, strict=True)
    }


# The second opinion.


@given(lives())
@settings(quick, max_examples=60 if FEW else 150)
def test_the_engine_agrees_with_the_second_opinion(life: Life) -> None:
    text, scheme, rows = life
    assert shared(scheme, rows) == expected(text, rows)


@pytest.mark.drill
@given(lives(most=30))
@long
def test_the_engine_agrees_with_the_second_opinion_again_and_again(life: Life) -> None:
    text, scheme, rows = life
    assert shared(scheme, rows) == expected(text, rows)


@given(lives())
@quick
def test_machine_code_says_what_the_plain_loops_say(life: Life) -> None:
    if not compiled.available():
        pytest.skip("numba cannot be loaded here")
    _, scheme, rows = life
    assert shared(scheme, rows, compiled=True) == shared(scheme, rows, compiled=False)


# What is kept.


@given(lives())
@quick
def test_nothing_is_lost(life: Life) -> None:
    _, scheme, rows = life
    parts = shared(scheme, rows)
    assert {row["id"]: row["amount"] for row in rows} == {name: sum(part.values()) for name, part in parts.items()}


@given(lives(ways=("paid_share", "fixed", "order")))
@quick
def test_every_step_hands_on_what_it_received(life: Life) -> None:
    """And the steps of a fact say how much of it came to each role."""
    _, scheme, rows = life
    allocation = allocate(scheme, columns(rows), why=True)
    names = {clause.name for version in scheme.versions for clause in version.clauses}
    borne: dict[str, dict[str, int]] = {row["id"]: {} for row in rows}
    for step in allocation.steps:
        assert step.received == sum(part for _, part in step.given)
        parts = borne[rows[step.fact]["id"]]
        for target, part in step.given:
            role = "work list" if target == "refused" else target
            if target not in names and part:
                parts[role] = parts.get(role, 0) + part
    assert {name: {r: x for r, x in parts.items() if x} for name, parts in borne.items()} == by_fact(allocation, rows)
    assert allocation.shares == allocate(scheme, columns(rows)).shares


@given(lives(), st.randoms(use_true_random=False))
@quick
def test_the_order_of_arrival_does_not_matter(life: Life, chance: random.Random) -> None:
    _, scheme, rows = life
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert shared(scheme, rows) == shared(scheme, shuffled)


@given(lives(), st.lists(st.integers(0, 3), min_size=14, max_size=14))
@quick
def test_closes_end_where_one_evaluation_ends(life: Life, known_at: list[int]) -> None:
    """Facts become known in any order over four closes; each close posts the difference; a last one posts nothing."""
    _, scheme, rows = life
    posted: dict[tuple[str, str], int] = {}
    for close in (0, 1, 2, 3, 3):
        known = [row for row, when in zip(rows, known_at, strict=False) if when <= close]
        now = {(name, role): x for name, parts in shared(scheme, known).items() for role, x in parts.items()}
        last = {key: now.get(key, 0) - posted.get(key, 0) for key in {*now, *posted}}
        for key, difference in last.items():
            posted[key] = posted.get(key, 0) + difference
    assert not any(last.values())
    end = shared(scheme, rows)
    assert {key: part for key, part in posted.items() if part} == {
        (name, role): part for name, parts in end.items() for role, part in parts.items()
    }


YEARLY = tuple(scope for scope in SCOPES if scope.endswith("-year") or scope == "event")


@given(lives(scopes=YEARLY, followed=("scheme-year", "loan-year"), ways=("paid_share", "order")))
@quick
def test_a_scheme_year_can_be_worked_out_by_itself(life: Life) -> None:
    text, scheme, rows = life
    assert not spans_years(text)
    alone = [shared(scheme, [row for row in rows if row["year"] == year]) for year in (2024, 2025)]
    assert shared(scheme, rows) == alone[0] | alone[1]


@given(lives(roundings=STEPLESS, recovery=False))
@quick
def test_a_loss_never_gives_money_back(life: Life) -> None:
    _, scheme, rows = life
    assert all(part >= 0 for parts in shared(scheme, rows).values() for part in parts.values())


# Other names and other figures.


@given(lives(ways=("paid_share", "net_loss", "order")))
@quick
def test_names_do_not_matter(life: Life) -> None:
    """Loans and parties renamed in the same order, and roles renamed one for one, rename the result and nothing else."""
    text, scheme, rows = life
    swapped = {"insurer": "government", "government": "insurer"}

    def renamed(role: str) -> str:
        return swapped.get(role, role)

    other = re.sub(r"\b(insurer|government)\b", lambda word: renamed(word[0]), text)
    names = ("borrower", "portfolio", "enterprise", "guarantor")
    moved = [
        {**row, "loan": "other " + row["loan"],
         "attributes": {k: "other " + v if k in names else v for k, v in row["attributes"].items()}}
        for row in rows
    ]  # fmt: skip
    assert shared(scheme_of(other), moved) == {
        name: {renamed(role): part for role, part in parts.items()} for name, parts in shared(scheme, rows).items()
    }


@given(lives(plain=True, roundings=("event",), recovery=False, amounts=SMALL), st.integers(2, 1_000))
@quick
def test_a_scheme_of_rates_grows_with_its_figures(life: Life, times: int) -> None:
    """Up to the units that rounding moves, a few for each clause."""
    _, scheme, rows = life

    def grown(by: int) -> Rows:
        return [
            {
                **row,
                "amount": row["amount"] % 50 * by,
                "measures": {k: v % 100 * by for k, v in row["measures"].items()},
            }
            for row in rows
        ]

    base = 1_000 * 2520
    small, large = shared(scheme, grown(base)), shared(scheme, grown(base * times))
    depth = 8 * len(scheme.versions[0].clauses)
    for name, parts in small.items():
        for role in {*parts, *large[name]}:
            assert abs(parts.get(role, 0) * times - large[name].get(role, 0)) <= depth * times


# Rounding.


@given(
    st.lists(st.integers(1, 40), min_size=2, max_size=5).map(tuple),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=20),
    st.sampled_from(("largest_remainder", "quota")),
)
@quick
def test_no_running_total_is_a_whole_unit_off(weights: tuple[int, ...], amounts: list[int], method: str) -> None:
    rows = rounding.table(rounding.lowest(weights), method)
    accepts = ", accepts_minus_one = true" if method == "largest_remainder" else ""
    roles = [*ROLES][: len(weights)]
    says = ", ".join(f'{role} = "{weight}"' for role, weight in zip(roles, weights, strict=True))
    text = ONE_CLAUSE % (f'{{ scope = "cumulative", method = "{method}"{accepts} }}', f"share = {{ {says} }}")
    facts_of_it = [{**PLAIN_ROW, "id": f"F{i}", "amount": amount} for i, amount in enumerate(amounts)]
    parts = allocate(scheme_of(text), columns(facts_of_it)).shares
    assert len(rows) == sum(rounding.lowest(weights))
    for role, weight in zip(roles, weights, strict=True):
        for i in range(len(amounts)):
            exact = Fraction(sum(amounts[: i + 1]) * weight, sum(weights))
            assert abs(sum(parts[role][: i + 1]) - exact) < 1


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


BELOW = st.one_of(st.integers(0, 100), st.integers(2**31 - 2, 2**31 + 2), st.integers(0, 2**62 - 1))


@given(BELOW, BELOW, BELOW)
@settings(quick, max_examples=100 if FEW else 500)
def test_a_product_is_divided_without_128_bits(a: int, b: int, c: int) -> None:
    b, c = sorted((b, c))
    c = max(c, 1)
    assert kernel.mul_div(a, b, c) == divmod(a * b, c)
    if compiled.available():
        assert tuple(compiled.compiled_kernel().mul_div(a, b, c)) == divmod(a * b, c)


# Recoveries.


@given(lives(recovery=True, ways=("paid_share",), reinstates=("no",), followed=("loan", "borrower", "scheme-year")),
       st.integers(0, 10**6))  # fmt: skip
@quick
def test_a_full_recovery_returns_to_each_what_it_bore(life: Life, more: int) -> None:
    """Whatever was recovered before; what is above all that was borne goes to the debtor."""
    _, scheme, rows = life
    losses = [row for row in rows if row["kind"] == "loss"]
    borne = shared(scheme, losses)
    losses = [row for row in losses if row["amount"] and "work list" not in borne[row["id"]]]
    assume(losses)
    per = next(c.per for v in scheme.versions for c in v.clauses if isinstance(c, Follow) and c.name == "recovery")
    key = {
        "loan": lambda r: r["loan"],
        "borrower": lambda r: r["attributes"]["borrower"],
        "scheme-year": lambda r: r["year"],
    }
    bill, back = dict.fromkeys(map(key[per], losses), 0), []
    for row in losses:
        bill[key[per](row)] += row["amount"]
    for number, (scope, owed) in enumerate(bill.items()):
        like = next(row for row in losses if key[per](row) == scope)
        back.append({**like, "id": f"R{number}", "kind": "recovery", "priority": 9, "amount": owed + more})
    parts = shared(scheme, losses + back)
    got = totals({row["id"]: parts[row["id"]] for row in back})
    bore = totals({row["id"]: parts[row["id"]] for row in losses})
    assert got == ({**bore, "debtor": more * len(back)} if more else bore)


@given(lives(recovery=True, roundings=STEPLESS, ways=("paid_share", "fixed", "order"), reinstates=("no",), followed=("loan",)))  # fmt: skip
@quick
def test_nobody_gets_back_more_than_it_bore(life: Life) -> None:
    _, scheme, rows = life
    parts = shared(scheme, rows)
    for loan in {row["loan"] for row in rows}:
        bore = totals({r["id"]: parts[r["id"]] for r in rows if r["loan"] == loan and r["kind"] == "loss"})
        back = totals({r["id"]: parts[r["id"]] for r in rows if r["loan"] == loan and r["kind"] == "recovery"})
        for role in {*back} - {"debtor", "work list"}:
            assert 0 <= back[role] <= bore.get(role, 0)


@given(lives(recovery=True, ways=("net_loss",), reinstates=("no",)))
@quick
def test_net_losses_are_shared_as_if_they_were_all_there_ever_was(life: Life) -> None:
    _, scheme, rows = life
    parts = shared(scheme, rows)
    net = [{**row, "amount": row["amount"] - parts[row["id"]].get("recovered", 0)} for row in rows
           if row["kind"] != "recovery"]  # fmt: skip
    again = shared(scheme, net)
    assert again == {
        row["id"]: {role: part for role, part in parts[row["id"]].items() if role != "recovered"} for row in net
    }


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), SMALL), min_size=1, max_size=12),
       st.sampled_from(("from_recovery_date", "from_start")), st.sampled_from(("100.00", "12.34")))  # fmt: skip
@quick
def test_a_layer_with_room_again_never_pays_more_than_its_limit_net(
    told: list[tuple[int, bool, int]], reinstates: str, limit: str
) -> None:
    text = ONE_CLAUSE % (
        '{ scope = "event", method = "largest_remainder" }',
        f'layer = {{ per = "life", limit = "{limit}", first = "guarantor", then = "bank" }}',
    )
    text = text.replace("[version.loss]", f'[version.recovery]\ncosts = "none"\nreinstates = "{reinstates}"\n[version.loss]')  # fmt: skip
    text += '[[version.clause]]\nname = "recovery"\narticle = "2"\n'
    text += 'follow = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }\n'
    rows: Rows = [
        {
            **PLAIN_ROW,
            "id": f"F{i}",
            "day": i,
            "loan": f"L{loan}",
            "kind": "recovery" if back else "loss",
            "amount": amount,
        }
        for i, (loan, back, amount) in enumerate(told)
    ]
    parts = shared(scheme_of(text), rows)
    assert parts == expected(text, rows)
    sign = {"loss": 1, "recovery": -1}
    paid = [sign[row["kind"]] * parts[row["id"]].get("guarantor", 0) for row in rows]
    most = oracle.amount({}, limit, {})
    if reinstates == "from_start":
        assert sum(paid) <= most
    else:  # what a later loss changes in the split of earlier recoveries takes no part of a loss back
        assert all(sum(paid[: i + 1]) <= most for i, amount in enumerate(paid) if amount > 0)


ONE_CLAUSE = """id = "plain"
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
rounding = %s
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[[version.clause]]
name = "loss"
article = "1"
%s
"""
PLAIN_ROW: dict[str, Any] = {
    "kind": "loss", "loan": "L", "day": 1, "filing": 0, "priority": 0, "year": 2024, "version": 0, "measures": {},
    "attributes": {},
}  # fmt: skip
