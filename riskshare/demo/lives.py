"""One loan, guarantee or policy of the made-up province, and its life as events. Pure, and without chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.money import half_up
from products.events import Event
from riskshare.demo.names import FINANCE, POOL, REGUARANTOR

SHARING, PREMIUMS, FEES = "example-four-party", "example-premium-subsidy", "example-fee-reduction"
"""The schemes of the demonstration: who bears a loss, the premium subsidy, the fee reduction."""

WAN = 1_000_000
"""Ten thousand yuan (万元), in fen."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Insurance of one loan, or of an enterprise's own risks where `loan` is empty."""

    id: str
    loan: str
    enterprise: str
    insurer: str
    insured: int
    premium: int
    issued_on: date
    subsidised: bool


@dataclass(frozen=True, slots=True)
class Dues:
    """What the enterprise pays of a premium: at once, and later what the year's budget did not cover."""

    at_once: int
    later: int


@dataclass(frozen=True, slots=True)
class Repayment:
    """What the enterprise pays back on a day."""

    on: date
    principal: int
    interest: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the guarantor gets from the debtor later. `booked` is set where its notice came after a close."""

    on: date
    booked: date | None
    gross: int
    costs: int

    @property
    def known_on(self) -> date:
        return self.booked or self.on


@dataclass(frozen=True, slots=True)
class Default:
    """A loan that failed. Where `insurer_pays`, the insurer pays its part to the bank itself."""

    on: date
    compensated_on: date
    principal: int
    interest: int
    insurer_pays: bool
    written_off_on: date | None
    recoveries: tuple[Recovery, ...]

    @property
    def over_on(self) -> date:
        """Two months after the last thing that happened."""
        last = max((self.written_off_on or self.compensated_on, *(each.known_on for each in self.recoveries)))
        return last + timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Loan:
    """A guaranteed loan. Rates are yearly, in hundredths of a percent."""

    id: str
    enterprise: str
    kind: str
    bank: str
    guarantor: str
    principal: int
    guaranteed: int
    rate_bp: int
    fee_bp: int
    registered_on: date
    disbursed_on: date
    due_on: date
    repayments: tuple[Repayment, ...]
    policy: Policy | None
    default: Default | None

    @property
    def term_days(self) -> int:
        return (self.due_on - self.disbursed_on).days

    @property
    def fee_rate(self) -> str:
        return f"{self.fee_bp // 100}.{self.fee_bp % 100:02}%"

    @property
    def parties(self) -> dict[str, str]:
        """Who takes part, by role."""
        insurer = {"insurer": self.policy.insurer} if self.policy else {}
        return {
            "bank": self.bank,
            "guarantor": self.guarantor,
            "reguarantor": REGUARANTOR,
            "government": POOL,
            **insurer,
        }

    @property
    def says(self) -> dict[str, str]:
        """What its registration says beside the parties."""
        insured = "yes" if self.policy else "no"
        return {"scheme": SHARING, "borrower": self.enterprise, "class": self.kind, "insured": insured}


def interest(principal: int, rate_bp: int, since: date, until: date) -> int:
    """Simple interest on a year of 360 days, half up to the fen."""
    return half_up(principal * rate_bp * (until - since).days, 10_000 * 360)


def happened(
    contract: str,
    kind: str,
    on: date,
    amounts: Mapping[str, int] | None = None,
    facts: Mapping[str, str] | None = None,
    number: int = 0,
    booked: date | None = None,
) -> Event:
    """An event named after its contract and what happened to it."""
    name = f"{contract}/{kind.partition('.')[2]}" + (f"-{number}" if number else "")
    return Event(name, kind, contract, on, amounts or {}, facts or {}, booked)


def life(loan: Loan, bears: Mapping[str, int], reduced: bool, dues: Dues | None) -> list[Event]:
    """All that happens to a loan, its policy and its guarantees, each in the order of its days.

    Args:
        bears: each role's share of the loss. The guarantor pays the bank all but the bank's, and but the insurer's
            where that one pays itself.
        reduced: the fee is below the benchmark, so the guarantor is compensated for it.
        dues: the enterprise's part of the premium.
    """
    default = loan.default
    claim = bears.get("insurer", 0) if default and default.insurer_pays else 0
    paid = sum(bears.values()) - bears.get("bank", 0) - claim
    policy = policy_life(loan.policy, dues, default, claim) if loan.policy and dues else []
    return [*_loan(loan, bears), *policy, *_guarantee(loan, paid, reduced), *_reguarantee(loan)]


def policy_life(policy: Policy, dues: Dues, default: Default | None = None, claim: int = 0) -> Iterator[Event]:
    """A policy from its issue to its claim."""
    name, on = policy.id, policy.issued_on
    hangs = {"loan": policy.loan} if policy.loan else {}
    facts = {**hangs, "insurer": policy.insurer, "enterprise": policy.enterprise}
    yield happened(name, "insurance.policy_issued", on, {"insured": policy.insured}, facts)
    subsidy = {"scheme": PREMIUMS, "finance": FINANCE, "enterprise": policy.enterprise} if policy.subsidised else {}
    yield happened(name, "insurance.premium_charged", on, {"premium": policy.premium}, subsidy)
    yield happened(name, "insurance.premium_paid", on + timedelta(days=9), {"paid": dues.at_once})
    if default and claim:
        filed = default.on + timedelta(days=5)
        # In the month of the compensation: what is paid before there is a loss would be owed back at a close between.
        paid = max(filed, default.compensated_on.replace(day=1))
        yield happened(name, "insurance.claim_filed", filed, {"claimed": claim})
        yield happened(name, "insurance.claim_paid", paid, {"paid": claim})
    if dues.later:
        yield happened(name, "insurance.premium_paid", date(on.year + 1, 2, 20), {"paid": dues.later}, number=2)


def _loan(loan: Loan, bears: Mapping[str, int]) -> Iterator[Event]:
    facts = {**loan.parties, **loan.says, "currency": "CNY"}
    measures = {"approved": loan.principal, "guaranteed": loan.guaranteed}
    yield happened(loan.id, "loan.registered", loan.registered_on, measures, facts)
    yield happened(loan.id, "loan.disbursed", loan.disbursed_on, {"principal": loan.principal})
    for number, each in enumerate(loan.repayments, 1):
        amounts = {"principal": each.principal, "interest": each.interest}
        yield happened(loan.id, "loan.repaid", each.on, amounts, number=number)
    default = loan.default
    if default:
        amounts = {"principal": default.principal, "interest": default.interest}
        yield happened(loan.id, "loan.default_declared", default.on, amounts)
        if default.written_off_on:
            yield happened(loan.id, "loan.written_off", default.written_off_on, {"amount": bears["bank"]})


def _guarantee(loan: Loan, paid: int, reduced: bool) -> Iterator[Event]:
    name, on = f"{loan.id}:G", loan.disbursed_on
    facts = {"loan": loan.id, "guarantor": loan.guarantor}
    yield happened(name, "guarantee.issued", on, {"guaranteed": loan.guaranteed}, facts)
    reduction = {"scheme": FEES, "finance": FINANCE, "rate": loan.fee_rate, "days": str(loan.term_days)}
    yield happened(name, "guarantee.fee_charged", on, {"fee": fee(loan)}, reduction if reduced else {})
    if loan.default is None:
        yield happened(name, "guarantee.released", loan.due_on)
        return
    yield happened(name, "guarantee.compensated", loan.default.compensated_on, {"paid": paid})
    for number, each in enumerate(loan.default.recoveries, 1):
        amounts = {"gross": each.gross, "costs": each.costs}
        yield happened(name, "guarantee.recovered", each.on, amounts, number=number, booked=each.booked)
    yield happened(name, "guarantee.released", loan.default.over_on)


def _reguarantee(loan: Loan) -> Iterator[Event]:
    """The re-guarantor takes two fifths of the guarantee for a fifth of its fee."""
    name, guarantee, on = f"{loan.id}:R", f"{loan.id}:G", loan.disbursed_on
    facts = {"guarantee": guarantee, "reguarantor": REGUARANTOR}
    yield happened(name, "reguarantee.issued", on, {"guaranteed": half_up(loan.guaranteed * 2, 5)}, facts)
    yield happened(name, "reguarantee.fee_charged", on, {"fee": half_up(fee(loan), 5)})
    yield happened(name, "reguarantee.released", loan.default.over_on if loan.default else loan.due_on)


def fee(loan: Loan) -> int:
    """The guarantee fee for the whole term, paid in advance."""
    return half_up(loan.guaranteed * loan.fee_bp * loan.term_days, 10_000 * 365)
