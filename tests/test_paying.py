"""Bearing is not paying: who owes whom for a loss and for a recovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import riskshare
from ledger.money import parse_amount as minor
from riskshare.meaning import MEASURES, Fact
from riskshare.paying import BANK, Debt, debts, due_of, handed_on
from riskshare.scheme_file import load_scheme
from riskshare.sharing import CONCLUSION, evaluate
from riskshare.terms import NET_LOSS, Follow, Scheme

CHAIN = {"national_fund": "reguarantor"}
BORNE = {"bank": 20_00, "guarantor": 40_00, "reguarantor": 30_00, "government": 10_00}


def test_without_an_advance_everybody_pays_the_bank() -> None:
    assert debts(BORNE, {}, BANK) == [
        ("guarantor", "bank", 40_00),
        ("reguarantor", "bank", 30_00),
        ("government", "bank", 10_00),
    ]


def test_who_advances_pays_the_bank_and_is_paid_by_the_others() -> None:
    assert debts(BORNE, {}, "guarantor") == [
        ("reguarantor", "guarantor", 30_00),
        ("government", "guarantor", 10_00),
        ("guarantor", "bank", 80_00),
    ]


def test_what_was_paid_comes_off() -> None:
    assert debts(BORNE, {"guarantor": 85_00, "government": 10_00}, "guarantor") == [
        ("reguarantor", "guarantor", 30_00),
        ("government", "guarantor", 0),
        ("guarantor", "bank", -15_00),  # the bank gives back what it was paid too much
    ]


def test_a_payer_that_bears_nothing_gets_its_money_back() -> None:
    assert debts({"bank": 100_00}, {"insurer": 7_00}, BANK) == [("insurer", "bank", -7_00)]


def test_outside_roles_owe_nothing_and_are_paid_for_by_nobody() -> None:
    borne = {"bank": 20_00, "guarantor": 30_00, "recovered": 40_00, "security": 10_00}
    assert debts(borne, {}, "guarantor") == [("guarantor", "bank", 30_00)]


@pytest.mark.parametrize("holder", ["bank", "guarantor"])
def test_who_holds_a_recovery_that_makes_the_loss_smaller_has_paid_that_much_less(holder: str) -> None:
    borne = {"bank": 12_00, "guarantor": 48_00, "recovered": 40_00}  # of 100.00
    assert debts(borne, {holder: -40_00}, BANK) == [
        ("guarantor", "bank", 48_00 if holder == "bank" else 88_00),
    ]


# A chain of re-guarantee.


def test_the_national_fund_pays_through_the_province_which_pays_the_guarantor() -> None:
    borne = {
        "bank": minor("1,624,691.36"),
        "national_fund": minor("3,249,382.71"),
        "reguarantor": minor("1,624,691.36"),
        "guarantor": minor("1,624,691.35"),
    }
    assert debts(borne, {}, "guarantor", CHAIN) == [
        ("national_fund", "reguarantor", minor("3,249,382.71")),
        ("reguarantor", "guarantor", minor("4,874,074.07")),
        ("guarantor", "bank", minor("6,498,765.42")),
    ]


def test_a_chain_may_have_several_levels() -> None:
    through = {"state": "national_fund", "national_fund": "reguarantor", "city": "government"}
    borne = {"state": 1, "city": 2, "national_fund": 4, "reguarantor": 8, "bank": 16}
    assert debts(borne, {"national_fund": 5}, BANK, through) == [
        ("state", "national_fund", 1),
        ("national_fund", "reguarantor", 0),  # its own 4 less the 5 it paid, and the 1 of the state
        ("reguarantor", "bank", 8),
        ("city", "government", 2),
        ("government", "bank", 2),  # bears nothing itself
    ]


def test_a_recovery_goes_back_along_the_chain() -> None:
    shares = {"bank": 20, "national_fund": 40, "reguarantor": 20, "guarantor": 20, "debtor": 5}
    assert handed_on(shares, "bank") == [
        ("bank", "national_fund", 40),
        ("bank", "reguarantor", 20),
        ("bank", "guarantor", 20),
    ]
    assert handed_on(shares, "guarantor", CHAIN) == [
        ("guarantor", "bank", 20),
        ("guarantor", "reguarantor", 60),
        ("reguarantor", "national_fund", 40),
    ]


def test_who_holds_a_recovery_inside_the_chain_passes_it_up_and_down() -> None:
    through = {"state": "national_fund", "city_fund": "national_fund", "national_fund": "reguarantor"}
    shares = {"bank": 1, "state": 2, "city_fund": 4, "national_fund": 8, "reguarantor": 16}
    assert handed_on(shares, "state", through) == [
        ("state", "national_fund", 29),
        ("national_fund", "reguarantor", 17),
        ("reguarantor", "bank", 1),
        ("national_fund", "city_fund", 4),
    ]


# Instalments.

FIRST = {"government": (75, 100)}


def test_the_rest_of_an_instalment_stays_with_the_bank() -> None:
    borne = {"bank": 20_00, "guarantor": 40_00, "government": 40_02}
    now, later = due_of(borne, FIRST, concluded=False), due_of(borne, FIRST, concluded=True)
    assert now == {"bank": 20_00, "guarantor": 40_00, "government": 30_02}  # 30.015 half up
    assert later == borne
    assert debts(borne, {}, "guarantor", due=now) == [
        ("government", "guarantor", 30_02),
        ("guarantor", "bank", 70_02),
    ]
    assert debts(borne, {}, "guarantor", due=later) == debts(borne, {}, "guarantor")


def test_an_advance_is_not_given_back_because_an_instalment_is_not_due() -> None:
    borne = {"bank": 20_00, "guarantor": 40_00, "government": 40_00}
    paid = {"guarantor": 80_00}
    assert debts(borne, paid, "guarantor", due=due_of(borne, FIRST, concluded=False)) == [
        ("government", "guarantor", 30_00),
        ("guarantor", "bank", 0),
    ]


@pytest.mark.parametrize(("paid", "owes"), [(0, 30_00), (20_00, 10_00), (35_00, 0), (45_00, -5_00)])
def test_what_was_paid_early_is_given_back_only_above_all_that_is_borne(paid: int, owes: int) -> None:
    borne = {"bank": 60_00, "government": 40_00}
    due = due_of(borne, FIRST, concluded=False)
    assert debts(borne, {"government": paid}, BANK, due=due) == [("government", "bank", owes)]


# The same from the facts of a loan.

SHIPPED = Path(riskshare.__file__).parent / "schemes" / "cn-caijin-2024-60.toml"
PARTIES = {role: role.title() for role in ("bank", "guarantor", "reguarantor", "national_fund")}


def chained(mode: str, **changed: Any) -> Scheme:
    """The shipped chain, with the national fund behind the province."""
    scheme = load_scheme(SHIPPED, measures=MEASURES, roles=None)
    (version,) = scheme.versions
    assert version.loss
    clauses = [replace(c, mode=mode) if isinstance(c, Follow) else c for c in version.clauses]
    loss = replace(version.loss, through=CHAIN, **changed)
    return replace(scheme, versions=(replace(version, loss=loss, clauses=tuple(clauses)),))


def fact(scheme: Scheme, name: str, kind: str, amount: str, **said: str) -> Fact:
    day = date(2025, 1, int(name))
    attributes = {"class": "1", **PARTIES, **said}
    (version,) = scheme.versions
    return Fact(
        name,
        scheme.id,
        kind,
        version.effective,
        2025,
        "L-1",
        day,
        0,
        day,
        minor(amount) if amount else 0,
        {},
        attributes,
    )


def owed(scheme: Scheme, *facts: Fact) -> dict[tuple[str, str, str], int]:
    return {(one.kind, one.debtor, one.creditor): amount for one, amount in evaluate(scheme, facts).owed.items()}


def test_a_loan_of_the_chain_from_loss_to_recovery() -> None:
    scheme = chained("paid_share")
    loss = fact(scheme, "1", "loss", "8,123,456.78")
    recovered = fact(scheme, "2", "recovery", "100.00", payer="guarantor")
    assert owed(scheme, loss, recovered) == {
        ("loss", "national_fund", "reguarantor"): minor("3,249,382.71"),
        ("loss", "reguarantor", "guarantor"): minor("4,874,074.07"),
        ("loss", "guarantor", "bank"): minor("6,498,765.42"),
        ("recovery:guarantor", "holder", "bank"): minor("20.00"),
        ("recovery:guarantor", "holder", "reguarantor"): minor("60.00"),
        ("recovery:guarantor", "reguarantor", "national_fund"): minor("40.00"),
    }


def test_without_a_province_the_national_fund_pays_the_guarantor() -> None:
    scheme = chained("paid_share")
    loss = fact(scheme, "1", "loss", "100.00")
    attributes = {name: value for name, value in loss.attributes.items() if name != "reguarantor"}
    assert owed(scheme, loss._replace(attributes=attributes))["loss", "national_fund", "guarantor"] == minor("40.00")


@pytest.mark.parametrize(("holder", "to_bank"), [("guarantor", "86.00"), ("bank", "56.00")])
def test_a_recovery_that_makes_the_loss_smaller(holder: str, to_bank: str) -> None:
    scheme = chained(NET_LOSS)
    loss = fact(scheme, "1", "loss", "100.00")
    recovered = fact(scheme, "2", "recovery", "30.00", payer=holder)
    assert owed(scheme, loss, recovered) == {
        ("loss", "national_fund", "reguarantor"): minor("28.00"),
        ("loss", "reguarantor", "guarantor"): minor("42.00"),
        ("loss", "guarantor", "bank"): minor(to_bank),
    }


def test_the_second_instalment_falls_due_with_the_conclusion() -> None:
    scheme = chained("paid_share", instalments={"national_fund": (75, 100)})
    loss, paid = fact(scheme, "1", "loss", "100.00"), fact(scheme, "2", "paid", "80.00", payer="guarantor")
    assert owed(scheme, loss, paid) == {
        ("loss", "national_fund", "reguarantor"): minor("30.00"),
        ("loss", "reguarantor", "guarantor"): minor("50.00"),
    }
    assert owed(scheme, loss, paid, fact(scheme, "3", CONCLUSION, "")) == {
        ("loss", "national_fund", "reguarantor"): minor("40.00"),
        ("loss", "reguarantor", "guarantor"): minor("60.00"),
    }


# Whatever the figures.

ROLES = ("bank", "guarantor", "reguarantor", "national_fund", "government")
AMOUNTS = st.dictionaries(st.sampled_from(ROLES), st.integers(0, 1_000), max_size=5)
LINES = st.sampled_from(
    [{}, CHAIN, {"national_fund": "reguarantor", "reguarantor": "guarantor"}, {"government": "reguarantor"}]
)


def _after(start: Mapping[str, int], found: list[Debt]) -> dict[str, int]:
    """What each role is out of pocket once the debts are paid."""
    position = {role: start.get(role, 0) for role in ROLES}
    for debtor, creditor, amount in found:
        position[debtor] += amount
        position[creditor] -= amount
    return position


@given(AMOUNTS, AMOUNTS, st.sampled_from(["bank", "guarantor"]), LINES)
def test_everybody_ends_with_what_it_bears(
    bears: dict[str, int], paid: dict[str, int], hub: str, through: dict[str, str]
) -> None:
    paid = {role: amount for role, amount in paid.items() if role != BANK}
    out = {**paid, BANK: sum(bears.values()) - sum(paid.values())}
    assert _after(out, debts(bears, paid, hub, through)) == {role: bears.get(role, 0) for role in ROLES}


@given(AMOUNTS, st.sampled_from(ROLES), LINES)
def test_a_recovery_ends_with_whom_it_belongs_to(shares: dict[str, int], holder: str, through: dict[str, str]) -> None:
    received = {holder: -sum(shares.values())}
    assert _after(received, handed_on(shares, holder, through)) == {role: -shares.get(role, 0) for role in ROLES}


@given(AMOUNTS, AMOUNTS, st.sampled_from(["bank", "guarantor"]), LINES)
def test_an_instalment_makes_nobody_pay_more_than_it_bears(
    bears: dict[str, int], paid: dict[str, int], hub: str, through: dict[str, str]
) -> None:
    paid = {role: min(amount, bears.get(role, 0)) for role, amount in paid.items() if role != BANK}
    out = {**paid, BANK: sum(bears.values()) - sum(paid.values())}
    due = due_of(bears, {"government": (75, 100), "reguarantor": (1, 3)}, concluded=False)
    after = _after(out, debts(bears, paid, hub, through, due))
    assert sum(after.values()) == sum(bears.values())
    assert all(after[role] <= bears.get(role, 0) for role in ROLES if role not in (BANK, hub))
    assert after[BANK] >= bears.get(BANK, 0)
