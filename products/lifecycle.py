"""The life of a contract: what may follow what, what each event leaves behind, and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ledger.faults import Refusal
from ledger.money import show_amount
from products.events import Event, Field, kinds

LOSS_COMPONENTS = ("principal", "interest", "overdue_interest", "penalty", "compound_interest", "costs")
"""A loss is a vector; a scheme says which components count."""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as its events have left it. `sums` adds up every amount by verb and name: disbursed.principal."""

    id: str
    product: str
    currency: str
    loan: str | None
    parties: Mapping[str, str]
    amounts: Mapping[str, int]
    facts: Mapping[str, str]
    state: str
    since: date
    sums: Mapping[str, int]
    dates: Mapping[str, date]

    def sum(self, name: str) -> int:
        return self.sums.get(name, 0)


Known = Mapping[str, Contract]

LAST_NET = "recovered.last_net"
"""What the latest recovery brought after costs: costs come first and what is not covered is carried forward."""

PAID_FOR = "paid for the loan"
_PAID_FOR = ("guarantee.compensated", "insurance.claim_paid")
"""What others have paid to the bank for a loan in default."""


def admit(event: Event, known: Known) -> Refusal | None:
    """Why this event cannot follow what has happened, or None. `event` is sound by itself (products.events.faults)."""
    kind, contract = kinds()[event.kind], known.get(event.contract)
    where = f"event {event.id}"
    if contract is None:
        if not kind.opens:
            return Refusal(where, f"there is no {kind.product} {event.contract}", "a contract opened before", "none")
        return _admit_hanging(event, known)
    opened = next(iter(contract.dates.values()), contract.since)
    if event.on < opened and not kind.again:
        what = f"{kind.product} {contract.id} was opened on {opened}: nothing can happen to it before"
        return Refusal(where, what, f"{opened} or later", str(event.on))
    if contract.product != kind.product:
        return Refusal(where, f"{event.contract} is a {contract.product}", f"a {kind.product}", contract.product)
    if kind.opens and not kind.again:
        return Refusal(
            where, f"{kind.product} {event.contract} was already opened on {contract.since}", "a new contract id"
        )
    if contract.state not in kind.before:
        return Refusal(
            where,
            f"{kind.product} {contract.id} is {contract.state} since {contract.since}: {kind.en} cannot follow",
            " or ".join(kind.before),
            contract.state,
        )
    if kind.again:
        return _same_again(event, contract, where)
    check = _CHECKS.get(event.kind)
    return check(event, contract, known, where) if check else None


def after(event: Event, contract: Contract | None, known: Known) -> Contract:
    """The contract once the event has happened."""
    kind = kinds()[event.kind]
    contract = contract or _opened(event, known)
    sums = dict(contract.sums)
    for name, amount in event.amounts.items():
        key = f"{kind.verb}.{name}"
        sums[key] = sums.get(key, 0) + amount
    dates = contract.dates if kind.verb in contract.dates else {**contract.dates, kind.verb: event.on}
    if kind.verb == "recovered":
        net = max(sums["recovered.gross"] - sums.get("recovered.costs", 0), sums.get("recovered.net", 0))
        sums[LAST_NET] = net - sums.get("recovered.net", 0)
        sums["recovered.net"] = net
    state = kind.after or contract.state
    if event.kind == "loan.repaid" and sums["repaid.principal"] == sums["disbursed.principal"]:
        state = "repaid"
    since = contract.since if state == contract.state else event.on
    c = contract
    return Contract(c.id, c.product, c.currency, c.loan, c.parties, c.amounts, c.facts, state, since, sums, dates)


def follow(event: Event, contracts: dict[str, Contract]) -> Contract:
    """Put the contract as the event leaves it in its place, and tell the loan it hangs on what concerns it."""
    contract = contracts[event.contract] = after(event, contracts.get(event.contract), contracts)
    loan = contracts.get(contract.loan or "")
    if loan is not None and loan is not contract:
        contracts[loan.id] = _told(event, contract, loan)
    return contract


def _told(event: Event, contract: Contract, loan: Contract) -> Contract:
    """The loan knows who stands behind it, and what was paid for it and since when."""
    kind = kinds()[event.kind]
    if kind.opens:
        return replace(loan, parties={**contract.parties, **loan.parties})
    if event.kind not in _PAID_FOR:
        return loan
    dates = {**loan.dates}
    if event.kind == "guarantee.compensated":
        dates.setdefault("compensated", event.on)
    return replace(loan, dates=dates, sums={**loan.sums, PAID_FOR: loan.sum(PAID_FOR) + event.amounts["paid"]})


def measure(event: Event, contract: Contract) -> Mapping[str, int]:
    """The named amounts this event posts. `contract` is as it stood before the event."""
    posted = {f.name: event.amounts[f.name] for f in _posted(event.kind) if event.amounts.get(f.name)}
    match event.kind:
        case "guarantee.compensated":
            posted["freed"] = min(event.amounts["paid"], exposure(contract))
        case "guarantee.released" | "reguarantee.released" | "insurance.cancelled":
            posted["freed"] = exposure(contract)
        case "fund.distributed":
            left = contract.sum("capital_called.called") - contract.sum("distributed.distributed")
            posted = {"cost": min(posted["distributed"], max(left, 0))}
            posted["income"] = event.amounts["distributed"] - posted["cost"]
    return {name: amount for name, amount in posted.items() if amount}


def exposure(contract: Contract) -> int:
    """Outstanding liability of a guarantee, re-guarantee or policy: what was covered less what was paid (在保余额)."""
    if contract.state in ("released", "cancelled"):
        return 0
    covered = contract.amounts.get("guaranteed", 0) + contract.amounts.get("insured", 0)
    return max(covered - contract.sum("compensated.paid") - contract.sum("claim_paid.paid"), 0)


def itemised(guarantee: Contract) -> int:
    """What the notices of compensation so far say they are for, all components."""
    return sum(guarantee.sum(f"compensated.{name}") for name in LOSS_COMPONENTS)


def defaulted(loan: Contract) -> int:
    """Everything the bank declared with the default, all components."""
    return sum(loan.sum(f"default_declared.{name}") for name in LOSS_COMPONENTS)


def _opened(event: Event, known: Known) -> Contract:
    """A new contract. What it hangs on lends it the loan, the currency and the parties."""
    kind = kinds()[event.kind]
    parent = known.get(event.facts.get(kind.hangs_on, "")) if kind.hangs_on else None
    parties = {f.name: event.facts[f.name] for f in kind.of_type("party") if f.name in event.facts}
    facts = {f.name: event.facts[f.name] for f in kind.of_type("text", "whole", "percent") if f.name in event.facts}
    loan, currency = (event.contract if kind.product == "loan" else None), event.facts.get("currency", "CNY")
    if parent is not None:
        loan, currency, parties = parent.loan, parent.currency, {**parent.parties, **parties}
    return Contract(event.contract, kind.product, currency, loan, parties, event.amounts, facts, "", event.on, {}, {})


# Checks of single kinds, beyond the table of states.


def _admit_hanging(event: Event, known: Known) -> Refusal | None:
    kind = kinds()[event.kind]
    on = event.facts.get(kind.hangs_on)
    if on is None:
        return None
    where, parent = f"event {event.id}", known.get(on)
    if parent is None or parent.product != kind.hangs_on:
        return Refusal(where, f"there is no {kind.hangs_on} {on}", f"a {kind.hangs_on} registered before", "none")
    for field in kind.of_type("party"):
        named, given = parent.parties.get(field.name), event.facts.get(field.name)
        if named and given and named != given:
            return Refusal(where, f"{kind.hangs_on} {on} names another {field.name}", named, given)
    return None


def _same_again(event: Event, contract: Contract, where: str) -> Refusal | None:
    """More money for the same pot: the parties and words it was opened with stay."""
    own = {**contract.facts, **contract.parties, "currency": contract.currency}
    for name, given in event.facts.items():
        if given != own.get(name):
            return Refusal(where, f"{contract.id} was opened with another {name}", own.get(name, "none"), given)
    return None


def _limit(where: str, what: str, limit: int, got: int, currency: str) -> Refusal | None:
    if got <= limit:
        return None
    return Refusal(where, what, f"at most {show_amount(limit, currency)}", show_amount(got, currency))


def _repaid(event: Event, loan: Contract, known: Known, where: str) -> Refusal | None:
    left = loan.sum("disbursed.principal") - loan.sum("repaid.principal")
    return _limit(where, "repaid more principal than is outstanding", left, event.amounts["principal"], loan.currency)


def _default(event: Event, loan: Contract, known: Known, where: str) -> Refusal | None:
    left = loan.sum("disbursed.principal") - loan.sum("repaid.principal")
    principal = event.amounts.get("principal", 0)
    return _limit(where, "principal in default is more than is outstanding", left, principal, loan.currency)


def _written_off(event: Event, loan: Contract, known: Known, where: str) -> Refusal | None:
    left = defaulted(loan) - loan.sum(PAID_FOR)
    what = "written off more than is left in default"
    return _limit(where, what, left, event.amounts["amount"], loan.currency)


def _in_default(contract: Contract, known: Known, where: str) -> Refusal | None:
    loan = known.get(contract.loan or "")
    if loan is None or loan.state in ("in default", "written off"):
        return None
    what = f"loan {loan.id} is {loan.state}: nothing can be claimed before a default is declared"
    return Refusal(where, what, "loan.default_declared before", loan.state)


def _compensated(event: Event, contract: Contract, known: Known, where: str) -> Refusal | None:
    early = _in_default(contract, known, where)
    if early:
        return early
    loan = known[contract.loan or ""]
    paid = contract.sum("compensated.paid") + event.amounts["paid"]
    named = itemised(contract) + sum(event.amounts.get(name, 0) for name in LOSS_COMPONENTS)
    return _limit(where, "compensation above what is in default", defaulted(loan), max(paid, named), contract.currency)


def _recovered(event: Event, contract: Contract, known: Known, where: str) -> Refusal | None:
    if contract.sum("compensated.paid"):
        return None
    what = f"nothing has been paid for guarantee {contract.id} yet: a recovery cannot come before a payment"
    return Refusal(where, what, "guarantee.compensated before", "none")


def _claim_filed(event: Event, policy: Contract, known: Known, where: str) -> Refusal | None:
    early = _in_default(policy, known, where)
    insured = policy.amounts["insured"]
    return early or _limit(where, "claim above the sum insured", insured, event.amounts["claimed"], policy.currency)


def _claim_paid(event: Event, policy: Contract, known: Known, where: str) -> Refusal | None:
    paid = policy.sum("claim_paid.paid") + event.amounts["paid"]
    return _limit(where, "paid more than was claimed", policy.sum("claim_filed.claimed"), paid, policy.currency)


def _premium_paid(event: Event, policy: Contract, known: Known, where: str) -> Refusal | None:
    left = policy.sum("premium_charged.premium") - policy.sum("premium_paid.paid") - policy.sum("cancelled.refund")
    return _limit(where, "paid more premium than is due", left, event.amounts["paid"], policy.currency)


def _cancelled(event: Event, policy: Contract, known: Known, where: str) -> Refusal | None:
    charged, refund = policy.sum("premium_charged.premium"), event.amounts.get("refund", 0)
    return _limit(where, "refund above the premium charged", charged, refund, policy.currency)


def _capital_called(event: Event, fund: Contract, known: Known, where: str) -> Refusal | None:
    called = fund.sum("capital_called.called") + event.amounts["called"]
    return _limit(where, "called more than was committed", fund.amounts["commitment"], called, fund.currency)


Check = Callable[[Event, Contract, Known, str], Refusal | None]
_CHECKS: Mapping[str, Check] = {
    "loan.repaid": _repaid,
    "loan.default_declared": _default,
    "loan.written_off": _written_off,
    "guarantee.compensated": _compensated,
    "guarantee.recovered": _recovered,
    "insurance.claim_filed": _claim_filed,
    "insurance.claim_paid": _claim_paid,
    "insurance.premium_paid": _premium_paid,
    "insurance.cancelled": _cancelled,
    "fund.capital_called": _capital_called,
}


@cache
def _posted(kind: str) -> tuple[Field, ...]:
    return tuple(field for field in kinds()[kind].of_type("money") if not field.measure)
