"""The posting rules as an auditor reads them: nothing without a row, both legs from one amount, every debt in two books."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import PARTIES

from ledger.accounts import roles
from ledger.faults import Failed, Refused
from products.events import kinds
from products.posting import ANY, Owing, Rule, entry, rules, sharing_roles

DAY = date(2024, 5, 17)
CLOSING = ("loss.shared", "recovery.shared", "premium.subsidised", "fee_reduction.granted")
DERIVED = {
    "guarantee.compensated": ["freed"],
    "guarantee.released": ["freed"],
    "reguarantee.released": ["freed"],
    "insurance.cancelled": ["freed"],
    "fund.distributed": ["cost", "income"],
}
"""Amounts that the life of a contract works out; a distribution is posted as these two alone."""
RULES: list[Rule] = [rule for listed in rules().values() for rule in listed]
EVERYBODY = {role: role.title() for role in sharing_roles() | PARTIES.keys() | {"finance", "payer", "payee"}}


def lines_of(unit: Any) -> list[tuple[str, str, str | None, str, str | None, int]]:
    """(book, debit role, of whom, credit role, of whom, amount) of every line."""
    assert unit is not None
    assert all(line.debit[0] == line.credit[0] == line.book for line in unit.lines)
    return [
        (line.book, line.debit[1], line.debit[2], line.credit[1], line.credit[2], line.amount) for line in unit.lines
    ]


# The table by itself.


def test_every_row_has_a_name_of_its_own_a_reason_and_a_source() -> None:
    assert not [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1]
    assert not [rule.name for rule in RULES if not rule.because.strip() or not rule.source.strip()]


def test_every_account_role_is_a_known_one() -> None:
    assert not [(rule.name, role) for rule in RULES for role in (rule.debit, rule.credit) if role not in roles()]


def test_every_known_role_is_used_or_it_is_not_needed() -> None:
    assert roles().keys() == {role for rule in RULES for role in (rule.debit, rule.credit)}


def test_the_two_sides_of_a_row_differ() -> None:
    assert not [rule.name for rule in RULES if (rule.debit, rule.debit_to) == (rule.credit, rule.credit_to)]


def test_only_what_parties_owe_one_another_names_a_counterparty() -> None:
    for rule in RULES:
        for role, to in ((rule.debit, rule.debit_to), (rule.credit, rule.credit_to)):
            assert bool(to) == (role in ("due_to", "due_from")), rule.name


def test_memo_accounts_stand_against_memo_accounts() -> None:
    for rule in RULES:
        assert (roles()[rule.debit].kind == "memo") == (roles()[rule.credit].kind == "memo"), rule.name


def test_every_event_of_a_row_happens() -> None:
    assert rules().keys() <= kinds().keys() | {*CLOSING, "settlement.paid"}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_amount_of_an_event_is_written_by_some_row(kind: str) -> None:
    given = [field.name for field in kinds()[kind].of_type("money") if not field.measure]
    posted = DERIVED[kind] if kind == "fund.distributed" else [*given, *DERIVED.get(kind, [])]
    if kind == "loan.registered":
        assert not rules().get(kind)
        return
    assert {rule.amount for rule in rules().get(kind, ())} == set(posted)


# Debts stand in two books.


def owing_rows(event: str) -> list[tuple[str, str, str, str]]:
    """(debtor, creditor, amount, the book that writes it) of every row that raises or settles a debt."""
    found = []
    for rule in rules()[event]:
        for role, to in ((rule.debit, rule.debit_to), (rule.credit, rule.credit_to)):
            if role == "due_to":
                found.append((rule.book, to, rule.amount, rule.book))
            elif role == "due_from":
                found.append((to, rule.book, rule.amount, rule.book))
    return found


@pytest.mark.parametrize("event", sorted(rules().keys() - {*CLOSING}))
def test_every_debt_of_an_event_is_written_by_debtor_and_creditor(event: str) -> None:
    books: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for debtor, creditor, amount, book in owing_rows(event):
        books[debtor, creditor, amount].add(book)
    if event == "fund.distributed":  # the fund calls it by two names, as the investor does
        assert {key[2] for key in books} == {"cost", "income"}
    assert {key: sorted(found) for key, found in books.items()} == {key: sorted(key[:2]) for key in books}


@pytest.mark.parametrize("event", ["loss.shared", "recovery.shared"])
def test_everyone_who_shares_can_owe_and_be_owed(event: str) -> None:
    """Two rows each: the debt and, where a difference goes the other way, the claim."""
    bearing = sharing_roles() - {"finance", "enterprise", "debtor"}
    for amount in ("owes", "owed"):
        assert {rule.book for rule in rules()[event] if rule.amount == amount} - {"holder"} == bearing


@pytest.mark.parametrize("event", CLOSING)
def test_every_named_amount_of_a_close_has_its_opposite(event: str) -> None:
    """What was posted too much is taken back by the row with the sides exchanged."""
    own = {(rule.book, rule.amount, rule.when): {rule.debit, rule.credit} for rule in rules()[event] if not rule.amount.startswith("ow")}  # fmt: skip
    for book, amount, when in own:
        if not when and not amount.startswith("un"):
            back = next(rule for rule in rules()[event] if (rule.book, rule.amount) == (book, f"un{amount}"))
            there = next(rule for rule in rules()[event] if (rule.book, rule.amount) == (book, amount))
            assert (back.debit, back.credit) == (there.credit, there.debit), back.name


@pytest.mark.parametrize(
    ("event", "parties"),
    [
        ("loss.shared", sorted(sharing_roles() - {"finance", "enterprise", "debtor"})),
        ("premium.subsidised", ["finance", "insurer"]),
        ("fee_reduction.granted", ["finance", "guarantor"]),
    ],
)
def test_each_may_owe_each_and_both_books_cite_it(event: str, parties: list[str]) -> None:
    for debtor, creditor in permutations(parties, 2):
        unit = entry("E", event, DAY, EVERYBODY, "CNY", {}, [Owing(debtor, creditor, 7)])
        assert unit is not None
        [debt] = unit.debts
        assert (debt.debtor, debt.creditor, debt.amount, debt.due_on) == (
            EVERYBODY[debtor],
            EVERYBODY[creditor],
            7,
            DAY,
        )
        assert sorted(line.book for line in unit.lines) == sorted((EVERYBODY[debtor], EVERYBODY[creditor]))
        assert {(line.debt, line.amount) for line in unit.lines} == {(debt.id, 7)}
        dues = {(line[0], *side) for line in lines_of(unit) for side in (line[1:3], line[3:5]) if side[1]}
        assert dues == {
            (EVERYBODY[debtor], "due_to", EVERYBODY[creditor]), (EVERYBODY[creditor], "due_from", EVERYBODY[debtor]),
        }  # fmt: skip


@pytest.mark.parametrize("holder", ["bank", "guarantor"])
def test_whoever_holds_a_recovery_hands_it_on_and_may_get_it_back(holder: str) -> None:
    parties = {**EVERYBODY, "holder": EVERYBODY[holder]}
    for role in sorted(sharing_roles() - {"finance", "enterprise", "debtor", holder}):
        for owing in (Owing("holder", role, 7), Owing(role, "holder", 7)):
            unit = entry("E", "recovery.shared", DAY, parties, "CNY", {}, [owing])
            assert unit is not None
            assert [debt.amount for debt in unit.debts] == [7]
            assert {line.debt for line in unit.lines} == {unit.debts[0].id}
            assert len(unit.lines) == 2


def test_two_debts_of_one_event_are_two_debts() -> None:
    owings = [Owing("guarantor", "bank", 5), Owing("reguarantor", "guarantor", 3)]
    unit = entry("E", "loss.shared", DAY, EVERYBODY, "CNY", {}, owings)
    assert unit is not None
    assert len({debt.id for debt in unit.debts}) == 2


# Rows applied.


@settings(max_examples=60)
@given(st.sampled_from(sorted(kinds().keys() - {"loan.registered"})), st.data())
def test_every_event_balances_in_every_book(kind: str, data: st.DataObject) -> None:
    names = sorted({rule.amount for rule in rules().get(kind, ())})
    amounts = {name: data.draw(st.integers(1, 10**12)) for name in names if data.draw(st.booleans())}
    parties = {**EVERYBODY, "fund": "Fund", "investor": "Investor", "party": "Party"}
    unit = entry("E", kind, DAY, parties, "CNY", amounts)
    if not amounts:
        assert unit is None
        return
    written: Counter[int] = Counter(line[-1] for line in lines_of(unit))
    assert set(written) == set(amounts.values())
    owes: Counter[tuple[str, str]] = Counter()
    for book, debit, debit_of, credit, credit_of, amount in lines_of(unit):
        for role, other, sign in ((debit, debit_of, 1), (credit, credit_of, -1)):
            if role == "due_from":
                owes[other or "", book] += sign * amount
            elif role == "due_to":
                owes[book, other or ""] += sign * amount
    assert not any(owes.values()), "what one owes the other is owed"


def test_an_amount_without_a_row_is_a_hole() -> None:
    with pytest.raises(
        Failed, match=r"event E: no posting rule of loan.disbursed writes amount bonus; expected a row for each amount"
    ):
        entry("E", "loan.disbursed", DAY, EVERYBODY, "CNY", {"principal": 5, "bonus": 7})


def test_an_event_without_any_row_is_a_hole() -> None:
    with pytest.raises(Failed, match=r"no posting rule of loan.sold writes amount price"):
        entry("E", "loan.sold", DAY, EVERYBODY, "CNY", {"price": 5})


def test_an_amount_of_a_book_that_is_not_there_is_a_hole() -> None:
    with pytest.raises(Failed, match=r"no posting rule of loan.disbursed writes amount principal"):
        entry("E", "loan.disbursed", DAY, {"guarantor": "G"}, "CNY", {"principal": 5})


def test_a_debt_of_somebody_without_rows_is_a_hole() -> None:
    parties = {**EVERYBODY, "broker": "Broker"}
    with pytest.raises(Failed, match=r"no posting rule of loss.shared writes debt of broker"):
        entry("E", "loss.shared", DAY, parties, "CNY", {}, [Owing("broker", "bank", 5)])
    with pytest.raises(Failed, match=r"no posting rule of loss.shared writes claim of broker"):
        entry("E", "loss.shared", DAY, parties, "CNY", {}, [Owing("bank", "broker", 5)])


def test_a_row_that_is_not_in_force_yet_writes_nothing() -> None:
    with pytest.raises(Failed, match="no posting rule"):
        entry("E", "loan.disbursed", date(1899, 12, 31), EVERYBODY, "CNY", {"principal": 5})


@pytest.mark.parametrize(("state", "account"), [("not written off", "npl"), ("written off", "loan_allowance")])
def test_a_row_may_say_when_it_applies(state: str, account: str) -> None:
    parties = {**EVERYBODY, "holder": "Bank"}
    unit = entry("E", "recovery.shared", DAY, parties, "CNY", {"kept:bank": 5}, (), state)
    memo = [("Bank", "legal_claim_contra", None, "legal_claim", None, 5)] if state == "written off" else []
    assert lines_of(unit) == [("Bank", "recovery_held", None, account, None, 5), *memo]


def test_nobody_owes_himself() -> None:
    same = {**EVERYBODY, "government": EVERYBODY["guarantor"]}
    with pytest.raises(Refused, match="it cannot owe itself as guarantor"):
        entry("E", "loss.shared", DAY, same, "CNY", {}, [Owing("government", "guarantor", 5)])


def test_a_late_entry_says_which_day_it_belongs_to() -> None:
    unit = entry("E", "loan.disbursed", DAY, EVERYBODY, "CNY", {"principal": 5}, belongs_to=date(2024, 3, 1))
    assert unit is not None
    assert (unit.on, unit.belongs_to) == (DAY, date(2024, 3, 1))


def test_a_row_for_any_counterparty_is_written_once_for_each() -> None:
    assert ANY == "*"
    owings = [Owing("bank", "guarantor", 5), Owing("bank", "insurer", 6)]
    unit = entry("E", "loss.shared", DAY, EVERYBODY, "CNY", {}, owings)
    assert [line for line in lines_of(unit) if line[0] == "Bank"] == [
        ("Bank", "npl", None, "due_to", "Guarantor", 5),
        ("Bank", "npl", None, "due_to", "Insurer", 6),
    ]
