"""A province made up from a seed: three years of loans and all that happened to them, as events in booking order.

Every name and figure is invented: amounts, rates and how often loans fail are chosen to show every road of the
schemes, not to resemble anybody's book or to forecast one. Pure: the same seed gives the same events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from products.events import Event
from riskshare.demo import drawing, names
from riskshare.demo.asking import Answers, Money, answer, terms_in_the_library
from riskshare.demo.lives import FEES, PREMIUMS, SHARING, WAN, Loan, happened, life, policy_life

FIRST_YEAR, YEARS = 2023, 3


@dataclass(frozen=True, slots=True)
class Province:
    """A made-up province: its seed, how many loans, its days, and what happened in the order it was booked."""

    seed: int
    loans: int
    first_day: date
    last_day: date
    events: tuple[Event, ...]


def province(loans: int, seed: int, first_year: int = FIRST_YEAR) -> Province:
    """Make the province. Raises Refused where a scheme of the demonstration is not in force in its first year."""
    rng = Random(seed)  # noqa: S311 - a story to be told again, not a secret
    first, last = date(first_year, 1, 1), date(first_year + YEARS - 1, 12, 31)
    firms = names.enterprises(rng, loans)
    book = drawing.loans(rng, firms, loans, first, last)
    extra = [drawing.own_policy(rng, number, firm, first, last) for number, firm in enumerate(firms[::50], 1)]
    policies = [*(loan.policy for loan in book if loan.policy), *extra]
    answers = answer(terms_in_the_library(), book, policies, first_year)
    events = [
        *_capital(book, first),
        *_fund(first_year),
        *_public_money(answers.money),
        *(event for loan in book for event in _life(loan, answers)),
        *(event for policy in extra for event in policy_life(policy, answers.dues[policy.id])),
    ]
    told = sorted((event for event in events if event.booked_on <= last), key=lambda event: event.booked_on)
    return Province(seed, loans, first, last, tuple(told))


def _life(loan: Loan, answers: Answers) -> list[Event]:
    dues = answers.dues[loan.policy.id] if loan.policy else None
    return life(loan, answers.bears.get(loan.id, {}), loan.id in answers.reduced, dues)


def _public_money(money: Money) -> Iterator[Event]:
    """Each January the pool is filled and the budgets are set."""
    of_pool, of_bureau = {"government": names.POOL}, {"finance": names.FINANCE}
    for contract, kind, amount, facts, scheme, sizes in (
        ("POOL", "pool.funded", "funding", of_pool, SHARING, money.pool),
        ("BUDGET-PREMIUMS", "budget.appropriated", "appropriated", of_bureau, PREMIUMS, money.premiums),
        ("BUDGET-FEES", "budget.appropriated", "appropriated", of_bureau, FEES, money.fees),
    ):
        for number, (year, size) in enumerate(sizes.items(), 1):
            yield happened(contract, kind, date(year, 1, 2), {amount: size}, {**facts, "scheme": scheme}, number)


def _capital(book: Sequence[Loan], first: date) -> Iterator[Event]:
    """Enough capital for everyone who may have to pay before others pay him."""
    size = (sum(loan.principal for loan in book) // (4 * WAN) + 1_000) * WAN
    parties = (*names.BANKS, *names.GUARANTORS, names.REGUARANTOR, *names.INSURERS, *names.INVESTORS)
    for number, party in enumerate(parties, 1):
        yield happened(f"CAPITAL-{number:02}", "party.funded", first, {"capital": size}, {"party": party})


def _fund(first_year: int) -> Iterator[Event]:
    """A guide fund: commitments, two calls, a value that moves each year, one distribution."""
    for number, (investor, commitment) in enumerate(
        zip(names.INVESTORS, (800 * WAN, 500 * WAN, 300 * WAN), strict=True), 1
    ):
        contract = f"FUND-{number}"
        facts = {"fund": names.FUND, "investor": investor}
        story = (
            ("committed", date(first_year, 2, 1), {"commitment": commitment}),
            ("capital_called", date(first_year, 3, 15), {"called": commitment * 3 // 10}),
            ("revalued", date(first_year, 12, 20), {"gain": commitment // 50}),
            ("capital_called", date(first_year + 1, 4, 10), {"called": commitment * 4 // 10}),
            ("revalued", date(first_year + 1, 12, 20), {"loss": commitment // 40}),
            ("distributed", date(first_year + 2, 9, 5), {"distributed": commitment // 4}),
            ("revalued", date(first_year + 2, 12, 20), {"gain": commitment // 12}),
        )
        for step, (verb, on, amounts) in enumerate(story):
            yield happened(contract, f"fund.{verb}", on, amounts, facts if verb == "committed" else {}, step)
