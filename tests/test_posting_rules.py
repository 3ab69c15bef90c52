"""The table the auditor can print: no hole in it, and every debt has its mirror."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.faults import Failed, Refused
from ledger.posting import roles
from ledger.trial_balance import charts, codes
from products.events import kinds
from products.posting import Owing, entry, rules, sharing_roles

CLOSING = ("loss.shared", "recovery.shared", "premium.subsidised", "fee_reduction.granted")
MEASURED = {"freed", "cost", "income"}
"""Amounts that an event's own measure adds (products.lifecycle.measure)."""


def test_every_account_of_a_rule_has_a_role() -> None:
    for listed in rules().values():
        for rule in listed:
            assert {rule.debit, rule.credit} <= roles().keys(), rule.name
            assert rule.because, rule.name
            assert rule.source, rule.name


def test_rule_names_are_unique() -> None:
    names = [rule.name for listed in rules().values() for rule in listed]
    assert len(names) == len(set(names))


def test_every_amount_of_every_event_is_written_by_a_rule() -> None:
    for kind in kinds().values():
        written = {rule.amount for rule in rules().get(kind.name, ())}
        carried = {field.name for field in kind.of_type("money") if not field.measure}
        if kind.name == "fund.distributed":
            carried = {"cost", "income"}
        assert carried <= written, kind.name
        assert written <= carried | MEASURED, kind.name


def test_every_rule_is_of_a_known_event_and_a_party_of_it() -> None:
    known = {*CLOSING, "settlement.paid", *kinds()}
    assert rules().keys() <= known


@pytest.mark.parametrize("event", CLOSING)
def test_every_role_can_owe_and_be_owed(event: str) -> None:
    written = {(rule.book, rule.amount) for rule in rules()[event]}
    books = {book for book, amount in written if amount in ("owes", "owed")}
    assert all({(book, "owes"), (book, "owed")} <= written for book in books)


def test_sharing_roles_have_books_for_losses_and_recoveries() -> None:
    for event in ("loss.shared", "recovery.shared"):
        books = {rule.book for rule in rules()[event]}
        assert sharing_roles() - {"enterprise", "debtor", "finance"} <= books


PARTIES = {"bank": "Bank", "guarantor": "Guarantor", "government": "Pool"}


def test_a_debt_stands_in_both_books_with_one_amount_and_one_name() -> None:
    unit = entry("x", "loss.shared", date(2024, 1, 1), b"", PARTIES, "CNY", {}, [Owing("government", "guarantor", 5)])
    assert unit is not None
    (debt,) = unit.debts
    assert (debt.debtor, debt.creditor, debt.amount) == ("Pool", "Guarantor", 5)
    assert {(line.book, line.amount, line.debt) for line in unit.lines} == {
        ("Pool", 5, debt.id),
        ("Guarantor", 5, debt.id),
    }


def test_a_hole_in_the_table_makes_a_sound() -> None:
    with pytest.raises(Failed, match=r"no posting rule of loan\.disbursed writes amount interest"):
        entry("x", "loan.disbursed", date(2024, 1, 1), b"", PARTIES, "CNY", {"principal": 1, "interest": 1})
    parties = {**PARTIES, "appraiser": "Appraiser"}
    with pytest.raises(Failed, match="claim of appraiser"):
        entry("x", "loss.shared", date(2024, 1, 1), b"", parties, "CNY", {}, [Owing("government", "appraiser", 5)])


def test_nobody_owes_itself() -> None:
    same = {"fund": "One", "investor": "One"}
    with pytest.raises(Refused, match="it cannot owe itself"):
        entry("x", "fund.capital_called", date(2024, 1, 1), b"", same, "CNY", {"called": 5})


def test_a_chart_names_roles_that_exist() -> None:
    assert {"asbe", "guarantee-2005"} <= set(charts())
    for chart in charts():
        assert codes(chart).keys() <= roles().keys()
        assert all(code.isdigit() for code in codes(chart).values())
