"""What the terms will be asked: it decides how large the pool and the budgets are made, and who pays what. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.faults import Refusal, Refused
from riskshare.adoption import check, library
from riskshare.allocate import Facts, allocate
from riskshare.demo.lives import FEES, PREMIUMS, SHARING, WAN, Default, Dues, Loan, Policy
from riskshare.meaning import fee_gap
from riskshare.terms import Scheme

POOL_FUNDED, PREMIUM_BUDGET, FEE_BUDGET = (130, 70, 125), (120, 60, 120), (120, 120, 85)
"""Percent of what each year will ask for: the pool falls short in the second year, and so on."""

PLENTY = 10**15
"""A limit that is never reached."""


class Terms(NamedTuple):
    """The three schemes, proved."""

    sharing: Scheme
    premiums: Scheme
    fees: Scheme


class Ask(NamedTuple):
    """A fact to come: enough of it to apply the terms. `since` decides the version."""

    id: str
    contract: str
    on: date
    since: date
    amount: int
    attributes: Mapping[str, str]


class Money(NamedTuple):
    """By year: the pool and the two budgets."""

    pool: Mapping[int, int]
    premiums: Mapping[int, int]
    fees: Mapping[int, int]


class Answers(NamedTuple):
    """What the terms decide about the story.

    bears: each role's share of a loan's loss. dues: the enterprise's part of each policy's premium.
    reduced: loans with a fee below the benchmark, so that the guarantor is compensated for it.
    """

    money: Money
    bears: Mapping[str, Mapping[str, int]]
    dues: Mapping[str, Dues]
    reduced: frozenset[str]


def terms_in_the_library() -> Terms:
    """The schemes as they come with the program."""
    return Terms(*(check(library()[name]) for name in (SHARING, PREMIUMS, FEES)))


def answer(terms: Terms, loans: Sequence[Loan], policies: Sequence[Policy], first_year: int) -> Answers:
    """Apply the terms to everything that will be asked of them."""
    losses = [_loss(loan, loan.default) for loan in loans if loan.default]
    premiums = [_premium(policy) for policy in policies if policy.subsidised]
    fees = [ask for loan in loans if (ask := _fee(terms.fees, loan)).amount]
    wanted = _split(terms.premiums, "premium", premiums)
    money = Money(
        _of_years(POOL_FUNDED, losses, _split(terms.sharing, "loss", losses)["government"], first_year),
        _of_years(PREMIUM_BUDGET, premiums, wanted["finance"], first_year),
        _of_years(FEE_BUDGET, fees, _split(terms.fees, "fee_reduction", fees)["finance"], first_year),
    )
    bears = _split(terms.sharing, "loss", losses, money.pool)
    granted = _split(terms.premiums, "premium", premiums, money.premiums)
    dues = {policy.id: Dues(policy.premium, 0) for policy in policies}
    for ask, planned, own in zip(premiums, wanted["enterprise"], granted["enterprise"], strict=True):
        dues[ask.contract] = Dues(planned, own - planned)
    return Answers(
        money,
        {ask.contract: {role: column[i] for role, column in bears.items()} for i, ask in enumerate(losses)},
        dues,
        frozenset(ask.contract for ask in fees),
    )


def _loss(loan: Loan, default: Default) -> Ask:
    on, amount = default.compensated_on, default.principal + default.interest
    attributes = {**loan.parties, **loan.says}
    return Ask(f"{loan.id}:G/compensated", loan.id, on, loan.registered_on, amount, attributes)


def _premium(policy: Policy) -> Ask:
    on, attributes = policy.issued_on, {"enterprise": policy.enterprise, "insurer": policy.insurer}
    return Ask(f"{policy.id}/premium_charged", policy.id, on, on, policy.premium, attributes)


def _fee(scheme: Scheme, loan: Loan) -> Ask:
    """The compensation for a fee below the benchmark: nothing where it is not below."""
    on, terms = loan.disbursed_on, scheme.versions[_version(scheme, loan.disbursed_on)].fee_reduction
    gap = 0
    if terms is not None:
        gap = fee_gap(loan.guaranteed, terms.benchmark_rate, loan.fee_rate, loan.term_days, terms.days_in_year)
    return Ask(f"{loan.id}:G/fee_charged", loan.id, on, on, gap, {"guarantor": loan.guarantor})


def _of_years(percents: Sequence[int], asks: Sequence[Ask], column: Sequence[int], first_year: int) -> dict[int, int]:
    """Public money for each year: a percentage of what would be paid out of it if there were always enough.

    Whole 10,000 yuan, and at least that. A year of which nothing will be asked is given what is usual.
    """
    wanted = {first_year + number: 0 for number in range(len(percents))}
    for ask, amount in zip(asks, column, strict=True):
        if ask.on.year in wanted:
            wanted[ask.on.year] += amount
    usual = sum(wanted.values()) // len(wanted)
    sizes = zip(wanted.items(), percents, strict=True)
    return {year: max((amount or usual) * percent // (100 * WAN), 1) * WAN for (year, amount), percent in sizes}


def _split(
    scheme: Scheme, kind: str, asks: Sequence[Ask], limits: Mapping[int, int] | None = None
) -> Mapping[str, Sequence[int]]:
    """What the terms will make of these facts, with limits by year or without."""
    attributes = sorted({name for ask in asks for name in ask.attributes})
    limit = [(limits or {}).get(ask.on.year, PLENTY) for ask in asks]
    facts = Facts(
        ids=[ask.id for ask in asks],
        kinds=[kind] * len(asks),
        loans=[ask.contract for ask in asks],
        days=[ask.on.toordinal() for ask in asks],
        filings=[0] * len(asks),
        priorities=[0] * len(asks),
        years=[ask.on.year for ask in asks],
        amounts=[ask.amount for ask in asks],
        versions=[_version(scheme, ask.since) for ask in asks],
        measures={name: limit for version in scheme.versions for name in version.measures},
        attributes={name: [ask.attributes.get(name, "") for ask in asks] for name in attributes},
    )
    return allocate(scheme, facts).shares


def _version(scheme: Scheme, on: date) -> int:
    index = scheme.version_index_on(on)
    if index is None:
        first = scheme.versions[0].effective
        raise Refused(
            Refusal("the demonstration", f"{scheme.id} is not in force on {on}", f"{first} or later", str(on))
        )
    return index
