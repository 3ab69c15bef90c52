"""A second set of books, kept by hand: every party's balances after a history, in plain dictionaries.

It shares no code with the ledger, the posting rules or the close. Who bears what comes from the other oracle.
What closes post depends on when they run only in which of two accounts a difference stands, so those are summed:
what two parties owe one another (with the cash that settles it), and a bank's bad loans with their allowance.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import oracle

COMPONENTS = ("principal", "interest", "overdue_interest", "penalty", "compound_interest", "costs")
OWN_ACCOUNT = {
    "bank": "bad loans",
    "guarantor": "claim_recv",
    "reguarantor": "claim_loss",
    "national_fund": "claim_loss",
    "insurer": "claims_paid",
    "government": "pool_fund",
}
TOGETHER = {"npl": "bad loans", "loan_allowance": "bad loans", "due_to": "cash and dues", "due_from": "cash and dues",
            "cash": "cash and dues", "legal_claim": "memo", "legal_claim_contra": "memo"}  # fmt: skip
"""Accounts that are compared as one."""

Books = Counter[tuple[str, str]]


def summed(balances: Mapping[tuple[str, str, str], int]) -> dict[tuple[str, str], int]:
    """The ledger's balances as this oracle states them: (book, account) to debits less credits."""
    found: Books = Counter()
    for (book, role, _), amount in balances.items():
        found[book, TOGETHER.get(role, role)] += amount
    return {key: amount for key, amount in found.items() if amount}


class Hand:
    """Someone who keeps the books of a history by hand, under one scheme."""

    def __init__(self, scheme: str, parties: Mapping[str, str]) -> None:
        self.text, self.parties = scheme, parties
        self.versions = tomllib.loads(scheme)["version"]
        self.since: dict[str, int] = {}
        self.books: Books = Counter()
        self.loss: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.facts: list[dict[str, Any]] = []
        self.paid: dict[str, Counter[str]] = defaultdict(Counter)
        self.declared: dict[str, Counter[str]] = defaultdict(Counter)
        self.compensated_in: dict[str, int] = {}
        self.exposure: Counter[str] = Counter()
        self.net: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.funding: Counter[int] = Counter()
        self.insured: dict[str, str] = {}

    def write(self, role: str, debit: str, credit: str, amount: int) -> None:
        self.books[self.parties[role], debit] += amount
        self.books[self.parties[role], credit] -= amount

    def live(self, events: Iterable[Any]) -> dict[tuple[str, str], int]:
        """Through everything that happens, and then share it out once."""
        for event in events:
            loan = event.facts.get("loan") or event.contract.split(":")[0]
            getattr(self, event.kind.replace(".", "_"))(event, loan, event.amounts)
        self.share()
        return {key: amount for key, amount in self.books.items() if amount}

    # What happens.

    def pool_funded(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.write("government", "cash and dues", "pool_fund", amounts["funding"])
        self.funding[event.on.year] += amounts["funding"]

    def loan_registered(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.insured[loan] = event.facts.get("insured", "")
        in_force = [i for i, version in enumerate(self.versions) if version["effective"] <= event.on]
        self.since[loan] = in_force[-1]

    def terms(self, loan: str) -> dict[str, Any]:
        """The version in force when the loan was registered."""
        found: dict[str, Any] = self.versions[self.since[loan]]
        return found

    def guarantee_issued(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.exposure[loan, "guarantor"] = amounts["guaranteed"]
        self.write("guarantor", "exposure", "exposure_contra", amounts["guaranteed"])

    def insurance_policy_issued(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.write("insurer", "exposure", "exposure_contra", amounts["insured"])

    def loan_disbursed(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.write("bank", "loan", "deposits", amounts["principal"])

    def loan_repaid(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.write("bank", "deposits", "loan", amounts["principal"])
        self.write("bank", "deposits", "interest_income", amounts.get("interest", 0))

    def loan_default_declared(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        against = {"principal": "loan", "costs": "cash and dues"}
        for name, amount in amounts.items():
            self.write("bank", "bad loans", against.get(name, "interest_income"), amount)
            self.declared[loan][name] += amount
        terms = self.terms(loan)["loss"]
        if terms["on"] == "default":
            counted = sum(amounts.get(name, 0) for name in terms["counts"])
            self.fact(event, loan, "loss", counted, event.on.year)

    def loan_written_off(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        """Between two accounts that are compared as one."""

    def guarantee_compensated(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        paid, before = amounts["paid"], self.paid[loan]["guarantor"]
        self.write("guarantor", "claim_recv", "cash and dues", paid)
        self.write("bank", "cash and dues", "bad loans", paid)
        freed = min(paid, self.exposure[loan, "guarantor"])
        self.exposure[loan, "guarantor"] -= freed
        self.write("guarantor", "exposure_contra", "exposure", freed)
        self.paid[loan]["guarantor"] += paid
        terms = self.terms(loan)["loss"]
        if terms["on"] == "compensation":
            itemised = any(amounts.get(name) for name in COMPONENTS)
            assert itemised or not before, "a second notice says what it is for"
            measured = amounts if itemised else self.declared[loan]
            counted = sum(measured.get(name, 0) for name in terms["counts"])
            self.compensated_in.setdefault(loan, event.on.year)
            self.fact(event, loan, "loss", counted, self.compensated_in[loan])

    def insurance_claim_filed(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.write("insurer", "outstanding_charge", "outstanding_claims", amounts["claimed"])

    def insurance_claim_paid(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        paid = amounts["paid"]
        self.write("insurer", "claims_paid", "cash and dues", paid)
        self.write("insurer", "outstanding_claims", "outstanding_charge", paid)
        self.write("insurer", "exposure_contra", "exposure", paid)
        self.write("bank", "cash and dues", "bad loans", paid)
        self.paid[loan]["insurer"] += paid

    def loan_recovered(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.recovery(event, loan, "bank", amounts["gross"], amounts.get("costs", 0))

    def guarantee_recovered(self, event: Any, loan: str, amounts: Mapping[str, int]) -> None:
        self.recovery(event, loan, "guarantor", amounts["gross"], amounts.get("costs", 0))

    def recovery(self, event: Any, loan: str, holder: str, gross: int, costs: int) -> None:
        self.write(holder, "cash and dues", "recovery_held", gross - costs)
        before, _ = self.net[event.contract]
        now = before + gross - costs
        self.net[event.contract] = now, 0
        year = self.compensated_in.get(loan, event.on.year) if holder == "guarantor" else event.on.year
        self.fact(event, loan, "recovery", max(now, 0) - max(before, 0), year, holder)

    def fact(self, event: Any, loan: str, kind: str, amount: int, year: int, holder: str = "") -> None:
        attributes = {"insured": self.insured.get(loan, ""), "borrower": f"borrower of {loan}", "holder": holder}
        day = event.booked_on if event.booked else event.on
        self.facts.append({
            "id": event.id, "kind": kind, "loan": loan, "day": day.toordinal(), "filing": 0, "priority": 0,
            "year": year, "amount": amount, "version": self.since[loan], "measures": {}, "attributes": attributes,
        })  # fmt: skip

    # Who bears it.

    def share(self) -> None:
        for fact in self.facts:
            fact["measures"] = {"pool_funding": self.funding[fact["year"]]}
        bears: dict[str, Counter[str]] = defaultdict(Counter)
        losses: Counter[str] = Counter()
        for fact, parts in zip(self.facts, oracle.bear(self.text, self.facts), strict=True):
            assert sum(parts.values()) == fact["amount"]
            if fact["kind"] == "loss":
                bears[fact["loan"]].update(parts)
                losses[fact["loan"]] += fact["amount"]
            else:
                self.hand_on(fact["attributes"]["holder"], parts)
        for loan in sorted(losses):  # before a loss is known, a payment is nobody's debt
            self.level(bears[loan], self.paid[loan], losses[loan])

    def level(self, bears: Mapping[str, int], paid: Mapping[str, int], loss: int) -> None:
        """Every party's outlay becomes what it bears: the rest goes through its cash or what it owes and is owed."""
        self.write("bank", "impairment", "bad loans", bears.get("bank", 0))
        self.write("guarantor", "impairment", "allowance", bears.get("guarantor", 0))
        outlay = dict(paid) | {"bank": loss - sum(paid.values())}
        for role, account in OWN_ACCOUNT.items():
            more = bears.get(role, 0) - outlay.get(role, 0)
            if role in self.parties and more:
                self.write(role, account, "cash and dues", more)

    def hand_on(self, holder: str, parts: Mapping[str, int]) -> None:
        for role, part in parts.items():
            if role == holder:
                self.write(role, "recovery_held", OWN_ACCOUNT[role], part)
            elif role == "debtor":
                self.write(holder, "recovery_held", "debtor_payable", part)
            else:
                self.write(holder, "recovery_held", "cash and dues", part)
                self.write(role, "cash and dues", OWN_ACCOUNT[role], part)
            if role == "bank":
                self.write(role, "bad loans", "impairment", part)
            if role == "guarantor":
                self.write(role, "allowance", "impairment", part)


def kept_by_hand(scheme: str, parties: Mapping[str, str], events: Sequence[Any]) -> dict[tuple[str, str], int]:
    """Every balance at the end of a history under one scheme."""
    return Hand(scheme, parties).live(events)
