"""Who bears what and who owes whom, evaluated from zero over all facts of some scheme-years. Pure.

The close posts the difference between what this says and what was posted before, so closes are path-independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from ledger.faults import Failed, Refusal
from riskshare.allocate import Allocation, Facts, allocate
from riskshare.fuse import state_on
from riskshare.meaning import LOAN_MEASURES, PAID, WRITTEN_OFF, Fact
from riskshare.measured import UNMEASURED, Measured
from riskshare.paying import BANK, Debt, debts, due_of, handed_on
from riskshare.program import LOSS_REDUCED
from riskshare.terms import KINDS, OUTSIDE, Fuse, LossTerms, Scheme

HOLDER = "holder"
"""The role of whoever holds a recovery until it is shared."""

CONCLUSION = "conclusion"
"""Not shared out: the claim on a loan is concluded, and what was left of it for a second instalment falls due."""


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
    waiting: Mapping[str, str]
    """Facts on the work list, which nobody's share is posted of: by event, the reason."""


def label(fact: Fact) -> str:
    """The kind of a fact as far as its postings differ: a recovery also by who holds it and what became of the loan."""
    if fact.kind != "recovery":
        return fact.kind
    return f"recovery:{fact.attributes['payer']}" + (":written off" if fact.attributes.get(WRITTEN_OFF) else "")


def evaluate(scheme: Scheme, facts: Sequence[Fact], known: Measured = UNMEASURED) -> Result:
    """Share out every fact under the terms and set it against what was already paid."""
    shared = [fact for fact in facts if fact.kind in KINDS]
    allocation = allocate(scheme, columns(scheme, shared, known))
    shares: dict[Share, int] = {}
    for role, column in allocation.shares.items():
        for fact, amount in zip(shared, column, strict=True):
            if amount:
                shares[Share(fact.event_id, role)] = amount
    waiting = {shared[each.fact].event_id: f"article {each.article}: {each.reason}" for each in allocation.work_list}
    return Result(shares, _owed(scheme, facts, _by_fact(shared, allocation)), waiting)


def columns(scheme: Scheme, facts: Sequence[Fact], known: Measured) -> Facts:
    """Facts as the columns `allocate` reads."""
    index = {version.effective: i for i, version in enumerate(scheme.versions)}
    measures = sorted({name for version in scheme.versions for name in version.measures})
    attributes = sorted({name for version in scheme.versions for name in version.attributes})
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
        measures={name: [_measure(name, fact, known) for fact in facts] for name in measures},
        attributes={
            **{name: [fact.attributes.get(name, "") for fact in facts] for name in attributes},
            **{
                fuse.name: [_fused(fuse, fact, known) for fact in facts]
                for version in scheme.versions
                for fuse in version.fuses
            },
        },
    )


def _measure(name: str, fact: Fact, known: Measured) -> int:
    """What the fact measures itself, or what was reported: for one of its parties, else for the scheme."""
    if name in LOAN_MEASURES:
        return fact.measures.get(name, 0)
    year = str(fact.year)
    parties = (fact.attributes[role] for role in fact.attributes if (name, year, fact.attributes[role]) in known.totals)
    party = next(parties, "")
    return known.totals.get((name, year, party) if party else (name, year), 0)


def _fused(fuse: Fuse, fact: Fact, known: Measured) -> str:
    """The state of a fuse for a fact: on the day its loan was registered, or on its own."""
    day = fact.attributes["registered_on" if fuse.effect == "new_loans" else "effective_on"]
    return state_on(known.decided.get(fuse.name, ()), date.fromisoformat(day))


Key = TypeVar("Key", bound=tuple[str, ...])


def differences(now: Mapping[Key, int], before: Mapping[Key, int]) -> dict[Key, int]:
    """What is to be posted so that the sum of everything posted is `now`."""
    found = ((key, now.get(key, 0) - before.get(key, 0)) for key in dict.fromkeys((*now, *before)))
    return {key: amount for key, amount in found if amount}


# Debts between the parties of a contract, from what they bear, hold and have paid.


class _Part(NamedTuple):
    fact: Fact
    shares: Mapping[str, int]


@dataclass(slots=True)
class _Loan:
    """What the debts for the loss of a loan rest on. Who holds a recovery that makes it smaller has paid that much less."""

    losses: list[_Part] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    concluded: bool = False


def _by_fact(facts: Sequence[Fact], allocation: Allocation) -> list[_Part]:
    roles = [(role, column) for role, column in allocation.shares.items()]
    return [_Part(fact, {role: column[i] for role, column in roles if column[i]}) for i, fact in enumerate(facts)]


def _owed(scheme: Scheme, facts: Iterable[Fact], parts: Iterable[_Part]) -> dict[Owed, int]:
    terms = {version.effective: version.loss for version in scheme.versions}
    loans: dict[str, _Loan] = defaultdict(_Loan)
    owed: dict[Owed, int] = defaultdict(int)
    for fact in facts:
        if fact.kind == PAID:
            loans[fact.loan].paid[fact.attributes["payer"]] += fact.amount
        elif fact.kind == CONCLUSION:
            loans[fact.loan].concluded = True
    for fact, shares in parts:
        if fact.kind == "loss":
            loans[fact.loan].losses.append(_Part(fact, shares))
            continue
        if fact.kind == "recovery":
            loans[fact.loan].paid[fact.attributes["payer"]] -= shares.get(LOSS_REDUCED, 0)
        for debtor, creditor, amount in _passed_on(fact, shares, terms[fact.effective]):
            owed[Owed(fact.loan, label(fact), debtor, creditor)] += amount
    for name, loan in loans.items():
        for debtor, creditor, amount in _positions(loan, terms):
            owed[Owed(name, "loss", debtor, creditor)] += amount
    return {key: amount for key, amount in owed.items() if amount}


def _passed_on(fact: Fact, shares: Mapping[str, int], terms: LossTerms | None) -> list[Debt]:
    """A recovery from who holds it, a subsidy from the bureau."""
    if fact.kind == "recovery":
        holder = fact.attributes["payer"]
        found = handed_on(shares, holder, _through(terms, fact.attributes))
        return [(HOLDER if debtor == holder else debtor, creditor, amount) for debtor, creditor, amount in found]
    receiver = {"premium": "insurer", "fee_reduction": "guarantor"}.get(fact.kind)
    if receiver is None:
        raise Failed(Refusal(f"fact {fact.event_id}", f"nobody pays out facts of kind {fact.kind}"))
    return [(role, receiver, amount) for role, amount in shares.items() if role != receiver and role not in OUTSIDE]


def _positions(loan: _Loan, terms: Mapping[date, LossTerms | None]) -> list[Debt]:
    """Debts for the loss of a loan, by the terms of its latest loss."""
    if not loan.losses:  # a payment before any loss is known is nobody's debt yet
        return []
    bears: dict[str, int] = defaultdict(int)
    for part in loan.losses:
        for role, amount in part.shares.items():
            bears[role] += amount
    last = max(loan.losses, key=lambda part: (part.fact.key_on, part.fact.event_id)).fact
    says = terms[last.effective]
    hub = says.advance if says and says.advance in last.attributes else BANK
    due = due_of(bears, says.instalments, loan.concluded) if says and says.instalments else None
    return debts(bears, loan.paid, hub, _through(says, last.attributes), due)


def _through(terms: LossTerms | None, attributes: Mapping[str, str]) -> dict[str, str]:
    """Which role pays through which, where the contract names a party for it."""
    through = terms.through if terms else {}
    return {role: by for role, by in through.items() if by in attributes}
