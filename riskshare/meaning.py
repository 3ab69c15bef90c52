"""What an event means to a scheme: the facts its terms are applied to, with everything the terms may ask about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.faults import Refusal
from ledger.money import half_up, show_amount
from products.events import Event
from products.lifecycle import LAST_NET, LOSS_COMPONENTS, Contract, Known, itemised
from riskshare.counting import Uncountable, count, days_column
from riskshare.fuse import RESUME, SUSPEND
from riskshare.reach import doubled, reach
from riskshare.terms import Scheme, Version

PAID = "paid"
"""Not shared out: what a party has already paid towards a loss. The close sets it against what the party bears."""

WRITTEN_OFF = "written_off"
"""An attribute of facts recorded after the loan was written off: what comes back then is reinstated first."""

LOAN_MEASURES = frozenset({"approved", "guaranteed", "other_support", *LOSS_COMPONENTS})
SCHEME_MEASURES = frozenset({"pool_funding", "budget", "premium", "guaranteed_volume"})
MEASURES = LOAN_MEASURES | SCHEME_MEASURES
"""What a scheme's limits and weights may be stated in. Scheme measures are totals of the fact's scheme-year."""

Schemes = Mapping[str, Scheme]


class Fact(NamedTuple):
    """One row of share.fact: amount in minor units, placed in a scheme-year and in the order of facts."""

    event_id: str
    scheme: str
    kind: str
    effective: date
    year: int
    loan: str
    key_on: date
    filing: int
    booked_on: date
    amount: int
    measures: Mapping[str, int]
    attributes: Mapping[str, str]


def facts_of(event: Event, contract: Contract, known: Known, schemes: Schemes) -> list[Fact] | Refusal:
    """The facts this event is to the scheme it falls under. `contract` is as the event has left it."""
    reader = _READERS.get(event.kind)
    if reader is None:
        return []
    loan = known.get(contract.loan or "")
    name = event.facts.get("scheme") if event.kind in _OWN_SCHEME else loan.facts.get("scheme") if loan else None
    if name is None:
        return []
    where, subject = f"event {event.id}", contract if event.kind in _OWN_SCHEME or loan is None else loan
    if name not in schemes:
        return Refusal(
            where, f"scheme {name} is not adopted", "a scheme adopted before", name, "gongji scheme adopt FILE"
        )
    scheme = schemes[name]
    if scheme.currency != contract.currency:
        return Refusal(where, f"scheme {name} is in {scheme.currency}", scheme.currency, contract.currency)
    if event.kind in _NO_FACT:
        return _undeclared(where, event, scheme) or []
    applies = _day(scheme.applies_by, event, contract, subject)
    version = scheme.version_on(applies)
    if version is None:
        first = scheme.versions[0].effective
        return Refusal(where, f"scheme {name} has no version in force on {applies}", f"{first} or later", str(applies))
    found = reader(event, contract, subject, version)
    if isinstance(found, str):
        return Refusal(where, found)
    year = _day(version.year_by, event, contract, subject).year
    late = event.booked is not None and version.late == "append"
    measures = {**dict.fromkeys(LOAN_MEASURES, 0), **subject.amounts, **event.amounts}
    attributes = {
        **{name: str(_day(name, event, contract, subject)) for name in sorted(_dates(version))},
        **version.parties,
        **contract.parties,
        **subject.parties,
        **subject.facts,
        **contract.facts,
        **event.facts,
    }
    if event.kind in _PAYER:
        attributes["payer"] = _PAYER[event.kind]
    if subject.state == "written off":
        attributes[WRITTEN_OFF] = "yes"
    refusal = _unshareable(where, name, subject.id, version, [kind for kind, _ in found], attributes, measures)
    if refusal:
        return refusal
    return [
        Fact(
            event.id,
            name,
            kind,
            version.effective,
            year,
            subject.id,
            event.booked_on if late else event.on,
            int(event.facts.get("filing", "0")),
            event.booked_on,
            amount,
            measures,
            attributes,
        )
        for kind, amount in found
    ]


def _undeclared(where: str, event: Event, scheme: Scheme) -> Refusal | None:
    """A measure or a ruling that no version of the scheme asks for."""
    if event.kind == "scheme.measured":
        names, said = {name for version in scheme.versions for name in version.declared}, event.facts["measure"]
    elif event.kind == "scheme.ruled":
        names, said = {fuse.name for version in scheme.versions for fuse in version.fuses}, event.facts["fuse"]
        if event.facts["ruling"] not in (SUSPEND, RESUME):
            return Refusal(where, "a fuse is set to suspend or to resume", "suspend or resume", event.facts["ruling"])
    else:
        return None
    if said in names:
        return None
    return Refusal(where, f"scheme {scheme.id} declares no {said!r}", " or ".join(sorted(names)) or "none", said)


def _unshareable(
    where: str,
    scheme: str,
    subject: str,
    version: Version,
    kinds: Sequence[str],
    attributes: Mapping[str, str],
    measures: Mapping[str, int],
) -> Refusal | None:
    """Why a close could not share these facts out: a role without a party, a road that is missing, a party in two roles."""
    roles = {_THROUGH[kind]: None for kind in kinds if kind in _THROUGH}
    for kind in kinds:
        if kind == PAID:
            continue
        reached = reach(version, kind, attributes, measures)
        if reached.missing:
            missing = ", ".join(reached.missing)
            return Refusal(where, f"{subject} names no {missing}", f"a party for every role of {scheme}", "none")
        if reached.faults:
            what = f"scheme {scheme} cannot share this out: {reached.faults[0]}"
            return Refusal(where, what, advice=f"{subject} must say it")
        roles |= dict.fromkeys(reached.roles)
    if "payer" in attributes:  # what is paid is set against what the loss's bearers bear, through who advances
        bearers = reach(version, "loss", attributes, measures).roles
        advance = (version.loss.advance,) if version.loss else ()
        roles |= dict.fromkeys((*bearers, "bank", attributes["payer"], *advance))
    twice = doubled(roles, attributes)
    return Refusal(where, twice, "a party of its own for every role that pays or bears", subject) if twice else None


def fee_gap(amount: int, benchmark: tuple[int, int], rate: str, days: int, days_in_year: int) -> int:
    """Rate gap times amount times days, half up to the minor unit; 0 where the rate is not below the benchmark."""
    whole, _, part = rate.removesuffix("%").partition(".")
    top, bottom = int(whole + part), 100 * 10 ** len(part)
    gap_top, gap_bottom = benchmark[0] * bottom - top * benchmark[1], benchmark[1] * bottom
    return half_up(amount * gap_top * days, gap_bottom * days_in_year) if gap_top > 0 else 0


def _day(which: str, event: Event, contract: Contract, subject: Contract) -> date:
    """The date a scheme asks for; what has not happened yet falls on the day of the event itself."""
    if which == "registered_on":
        return next(iter(subject.dates.values()))
    verb = {"default_on": "default_declared", "compensated_on": "compensated"}.get(which, "")
    return subject.dates.get(verb) or contract.dates.get(verb) or event.on


def _dates(version: Version) -> frozenset[str]:
    """The dates a version asks for: choices count days between them, fuses ask on which day a loan or a fact began."""
    fused = {"registered_on", "effective_on"} if version.fuses else set()
    return LEDGER_DATES & (version.attributes | fused)


LEDGER_DATES = frozenset({"registered_on", "default_on", "compensated_on", "effective_on"})
"""Dates that a choice may count days between. They are kept with a fact where its version asks for them."""


# What single kinds of event mean: pairs of a kind of fact and its amount, or why there is none.

Found = list[tuple[str, int]] | str
Reader = Callable[[Event, Contract, Contract, Version], Found]


def _loss(event: Event, loan: Contract, version: Version, components: Mapping[str, int]) -> Found:
    """What of a loss counts under the terms: the amount that is shared."""
    if version.loss is None:
        return []
    said = {**loan.facts, **event.facts}
    days = {name: int(said[name]) for name in map(days_column, version.loss.days) if name in said}
    security = {**loan.amounts, **event.amounts}.get("security", 0)
    try:
        return [("loss", count(version.loss, components, days, security).counted)]
    except Uncountable as fault:
        return f"article loss: {fault}"


def _named(event: Event) -> dict[str, int]:
    return {name: event.amounts[name] for name in LOSS_COMPONENTS if event.amounts.get(name)}


def _default(event: Event, contract: Contract, loan: Contract, version: Version) -> Found:
    return _loss(event, loan, version, _named(event)) if version.loss and version.loss.on == "default" else []


def _compensation(event: Event, contract: Contract, loan: Contract, version: Version) -> Found:
    paid = [(PAID, event.amounts["paid"])]
    if version.loss is None or version.loss.on != "compensation":
        return paid
    named = _named(event)
    paid_before = contract.sum("compensated.paid") > event.amounts["paid"]
    if paid_before and itemised(contract) == sum(named.values()):
        return paid  # the first notice named nothing, so it was for everything
    if paid_before and not named:
        return "a second compensation must say what it is for: principal, interest ..."
    declared = {name: loan.sum(f"default_declared.{name}") for name in LOSS_COMPONENTS}
    found = _loss(event, loan, version, named or {name: amount for name, amount in declared.items() if amount})
    return found if isinstance(found, str) else found + paid


def _recovery(event: Event, contract: Contract, loan: Contract, version: Version) -> Found:
    if version.recovery is None:
        return []
    if version.loss and version.loss.on == "compensation" and "compensated" not in loan.dates:
        return f"nothing is compensated for loan {loan.id} yet: a recovery cannot come before the loss it gives back"
    if version.recovery.costs != "first":
        return [("recovery", event.amounts["gross"])]
    return [("recovery", contract.sum(LAST_NET))]  # costs first; what a receipt does not cover is carried forward


def _claim_paid(event: Event, contract: Contract, loan: Contract, version: Version) -> Found:
    return [(PAID, event.amounts["paid"])]


def _premium(event: Event, contract: Contract, subject: Contract, version: Version) -> Found:
    return [("premium", event.amounts["premium"])]


def _fee(event: Event, contract: Contract, subject: Contract, version: Version) -> Found:
    terms = version.fee_reduction
    if terms is None or not {"rate", "days"} <= event.facts.keys():
        return "a fee reduction needs the rate and the days of the guarantee, and a scheme with fee_reduction terms"
    amount = contract.amounts["guaranteed"]
    gap = fee_gap(amount, terms.benchmark_rate, event.facts["rate"], int(event.facts["days"]), terms.days_in_year)
    if gap == 0:
        return f"the fee rate is not below the benchmark: nothing to compensate on {show_amount(amount, contract.currency)}"
    return [("fee_reduction", gap)]


_THROUGH = {"premium": "insurer", "fee_reduction": "guarantor"}
_NO_FACT = frozenset({"loan.registered", "pool.funded", "budget.appropriated", "scheme.measured", "scheme.ruled"})
"""No facts, but their scheme must be one in force, in their currency."""
_OWN_SCHEME = _NO_FACT - {"loan.registered"} | {"insurance.premium_charged", "guarantee.fee_charged"}
_PAYER = {
    "guarantee.compensated": "guarantor",
    "insurance.claim_paid": "insurer",
    "loan.recovered": "bank",
    "guarantee.recovered": "guarantor",
}
"""The role that laid money out, or that holds a recovery."""
_READERS: Mapping[str, Reader] = {
    **dict.fromkeys(_NO_FACT, lambda *_: []),
    "loan.default_declared": _default,
    "guarantee.compensated": _compensation,
    "insurance.claim_paid": _claim_paid,
    "loan.recovered": _recovery,
    "guarantee.recovered": _recovery,
    "insurance.premium_charged": _premium,
    "guarantee.fee_charged": _fee,
}
