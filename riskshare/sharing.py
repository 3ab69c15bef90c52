"""Who bears what and who owes whom, evaluated from zero over all facts of some scheme-years. Pure.

The close posts the difference between what this says and what was posted before, so closes are path-independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from ledger.faults import Failed, Refusal
from riskshare.allocate import Allocation, Facts, allocate
from riskshare.meaning import PAID, SCHEME_MEASURES, WRITTEN_OFF, Fact
from riskshare.reach import OUTSIDE
from riskshare.terms import KINDS, Scheme

HOLDER = "holder"
"""The role of whoever holds a recovery until it is shared."""


class Share(NamedTuple):
    """A fact and a role: which row of share.bearing."""

    event_id: str
    role: str


class Owed(NamedTuple):
    """A contract, a kind of fact and two roles: which row of share.owing."""

    loan: str
    kind: str
    debtor: str
    creditor: str


class Result(NamedTuple):
    """Cumulative amounts in minor units: who bears (or gets back, or is granted) what, and who owes whom."""

    shares: Mapping[Share, int]
    owed: Mapping[Owed, int]


YearTotals = Mapping[tuple[str, int], int]
"""Scheme measures: (name, scheme-year) to an amount."""


def label(fact: Fact) -> str:
    """The kind of a fact as far as its postings differ: a recovery also by who holds it and what became of the loan."""
    if fact.kind != "recovery":
        return fact.kind
    return f"recovery:{fact.attributes['payer']}" + (":written off" if fact.attributes.get(WRITTEN_OFF) else "")


def evaluate(scheme: Scheme, facts: Sequence[Fact], totals: YearTotals) -> Result:
    """Share out every fact under the terms and set it against what was already paid."""
    shared = [fact for fact in facts if fact.kind in KINDS]
    allocation = allocate(scheme, columns(scheme, shared, totals))
    shares: dict[Share, int] = {}
    for role, column in allocation.shares.items():
        for fact, amount in zip(shared, column, strict=True):
            if amount:
                shares[Share(fact.event_id, role)] = amount
    return Result(shares, _owed(scheme, facts, _by_fact(shared, allocation)))


def columns(scheme: Scheme, facts: Sequence[Fact], totals: YearTotals) -> Facts:
    """Facts as the columns `allocate` reads. Scheme measures are those of the fact's scheme-year."""
    index = {version.effective: i for i, version in enumerate(scheme.versions)}
    measures = sorted({name for version in scheme.versions for name in version.measures})
    attributes = sorted({name for fact in facts for name in fact.attributes})
    return Facts(
        ids=[fact.event_id for fact in facts],
        kinds=[fact.kind for fact in facts],
        loans=[fact.loan for fact in facts],
        days=[fact.key_on.toordinal() for fact in facts],
        filings=[fact.filing for fact in facts],
        priorities=[0] * len(facts),
        years=[fact.year for fact in facts],
        amounts=[fact.amount for fact in facts],
        versions=[index[fact.effective] for fact in facts],
        measures={
            name: [
                totals.get((name, fact.year), 0) if name in SCHEME_MEASURES else fact.measures.get(name, 0)
                for fact in facts
            ]
            for name in measures
        },
        attributes={name: [fact.attributes.get(name, "") for fact in facts] for name in attributes},
    )


Key = TypeVar("Key", bound=tuple[str, ...])


def differences(now: Mapping[Key, int], before: Mapping[Key, int]) -> dict[Key, int]:
    """What is to be posted so that the sum of everything posted is `now`."""
    found = ((key, now.get(key, 0) - before.get(key, 0)) for key in dict.fromkeys((*now, *before)))
    return {key: amount for key, amount in found if amount}


# Debts between the parties of a contract, from what they bear, hold and have paid.


class _Part(NamedTuple):
    fact: Fact
    shares: Mapping[str, int]


def _by_fact(facts: Sequence[Fact], allocation: Allocation) -> list[_Part]:
    roles = [(role, column) for role, column in allocation.shares.items()]
    return [_Part(fact, {role: column[i] for role, column in roles if column[i]}) for i, fact in enumerate(facts)]


def _owed(scheme: Scheme, facts: Iterable[Fact], parts: Iterable[_Part]) -> dict[Owed, int]:
    paid: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == PAID:
            paid[fact.loan].append(fact)
    losses: dict[str, list[_Part]] = defaultdict(list)
    owed: dict[Owed, int] = defaultdict(int)
    for part in parts:
        if part.fact.kind == "loss":
            losses[part.fact.loan].append(part)
        else:
            for debtor, creditor, kind, amount in _handed_on(part):
                owed[Owed(part.fact.loan, kind, debtor, creditor)] += amount
    for loan in losses:  # a payment before any loss is known is nobody's debt yet
        for debtor, creditor, amount in _positions(scheme, losses[loan], paid[loan]):
            owed[Owed(loan, "loss", debtor, creditor)] += amount
    return {key: amount for key, amount in owed.items() if amount}


def _handed_on(part: _Part) -> Iterable[tuple[str, str, str, int]]:
    """(debtor, creditor, kind, amount): a recovery from who holds it, a subsidy from the bureau."""
    fact = part.fact
    if fact.kind == "recovery":
        holder = fact.attributes["payer"]
        return [
            (HOLDER, role, label(fact), amount)
            for role, amount in part.shares.items()
            if role != holder and role not in OUTSIDE
        ]
    through = {"premium": "insurer", "fee_reduction": "guarantor"}.get(fact.kind)
    if through is None:
        raise Failed(Refusal(f"fact {fact.event_id}", f"nobody pays out facts of kind {fact.kind}"))
    return [
        (role, through, fact.kind, amount)
        for role, amount in part.shares.items()
        if role != through and role not in OUTSIDE
    ]


def _positions(scheme: Scheme, losses: Sequence[_Part], paid: Sequence[Fact]) -> Iterable[tuple[str, str, int]]:
    """Debts that bring every party from what it has paid to what it bears, through the one who advances.

    The bank has paid whatever of the loss no other party has. With nobody advancing, the bank itself is the hub.
    """
    bears: dict[str, int] = defaultdict(int)
    paid_by: dict[str, int] = defaultdict(int)
    for part in losses:
        for role, amount in part.shares.items():
            bears[role] += amount
    for fact in paid:
        paid_by[fact.attributes["payer"]] += fact.amount
    hub = _hub(scheme, losses)
    others = [role for role in dict.fromkeys((*bears, *paid_by)) if role not in (hub, "bank")]
    debts = [(role, hub, bears[role] - paid_by[role]) for role in others]
    if hub != "bank":
        loss = sum(part.fact.amount for part in losses)
        debts.append((hub, "bank", loss - bears["bank"] - sum(paid_by.values())))
    return debts


def _hub(scheme: Scheme, losses: Sequence[_Part]) -> str:
    last = max(losses, key=lambda part: (part.fact.key_on, part.fact.event_id)).fact
    terms = next(version.loss for version in scheme.versions if version.effective == last.effective)
    advance = terms.advance if terms else "none"
    return advance if advance in last.attributes else "bank"
