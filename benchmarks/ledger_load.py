"""Made-up journals for the ledger's benchmarks: the same seeded postings for our ledger, a bare table and other ledgers.

1,000 accounts of one book. A journal is one debit split over `width` accounts, so it is `width` transfers, each counted
as two postings: of width 1 it has two sides, of width 5 six. A hot journal debits account 0, a spread one any account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from ledger.batch import AccountKey, Debt, Line, Unit

ACCOUNTS = 1_000
TWO_SIDED, SIX_SIDED = 1, 5
BOOK, CURRENCY, RULE, KIND, ACTOR = "Guarantor", "CNY", "C1", "guarantee.compensated", "benchmark"
ROLES = (
    *("due_from", "due_to", "cash", "loan", "npl", "deposits", "interest_income", "impairment", "claim_recv"),
    *("allowance", "recovery_held", "debtor_payable", "fee_prepaid", "fee_income", "ceded_fee", "claim_loss"),
    *("premium_recv", "premium_income", "claims_paid", "outstanding_claims", "subsidy_income", "pool_fund"),
    *("fund_investment", "investment_income", "budget"),
)
"""25 roles with 40 other books each. A budget may not be overdrawn: one account in 25 has a limit to keep."""
LIMITED = tuple(range(ROLES.index("budget"), ACCOUNTS, len(ROLES)))
OTHERS = tuple(f"Bank {number:02}" for number in range(ACCOUNTS // len(ROLES)))
MOST = 999_999
ENOUGH = 4_000_000_000_000_000
"""What the limited accounts hold at first: the check is made every time and never says no."""


class Days(NamedTuple):
    """The days over which journals are spread evenly, in the order of their numbers."""

    first: date
    last: date


OPENED, FIRST = date(2009, 12, 31), date(2010, 1, 1)
"""The day before all others, on which the accounts are opened, and the first of the others."""
YEAR = Days(date(2024, 1, 1), date(2024, 12, 31))


class Transfer(NamedTuple):
    """Numbers of accounts from 0, and minor units."""

    debit: int
    credit: int
    amount: int


class Journal(NamedTuple):
    """One event in one book."""

    number: int
    on: date
    transfers: tuple[Transfer, ...]


def journals(first: int, count: int, width: int = TWO_SIDED, *, hot: bool = False, days: Days = YEAR) -> list[Journal]:
    """`count` journals numbered from `first`: the same words give the same journals."""
    luck = Random(f"{first} {width} {hot}")
    debits = [0] * count if hot else luck.choices(range(ACCOUNTS), k=count)
    steps = iter(luck.choices(range(1, ACCOUNTS), k=count * width))
    amounts = iter(luck.choices(range(1, MOST), k=count * width))
    whole = (days.last - days.first).days + 1
    dates = [days.first + timedelta(day) for day in range(whole)]

    def split(debit: int) -> tuple[Transfer, ...]:
        return tuple(Transfer(debit, (debit + next(steps)) % ACCOUNTS, next(amounts)) for _ in range(width))

    return [Journal(first + n, dates[n * whole // count], split(debit)) for n, debit in enumerate(debits)]


def postings(made: Iterable[Journal]) -> str:
    """The postings, two a transfer, in COPY's text form: journal, line, account, amount (credit above zero), day."""
    return "".join(
        f"{number}\t{line}\t{transfer.debit}\t-{transfer.amount}\t{on}\n"
        f"{number}\t{line}\t{transfer.credit}\t{transfer.amount}\t{on}\n"
        for number, on, transfers in made
        for line, transfer in enumerate(transfers, 1)
    )


def account(number: int) -> AccountKey:
    """The key of one of the accounts."""
    return (BOOK, ROLES[number % len(ROLES)], OTHERS[number // len(ROLES)], CURRENCY)


def opening() -> list[Unit]:
    """Units that open every account, and give the limited ones enough."""
    keys = [account(number) for number in range(ACCOUNTS)]
    source = (BOOK, "capital", None, CURRENCY)
    return [
        Unit(f"opening {n}", KIND, OPENED, (Line(BOOK, source, key, ENOUGH if n in LIMITED else 1, RULE),))
        for n, key in enumerate(keys)
    ]


def units(made: Iterable[Journal], prefix: str = "event") -> Iterator[Unit]:
    """The journals as our ledger takes them."""
    keys = [account(number) for number in range(ACCOUNTS)]
    for number, on, transfers in made:
        lines = tuple(Line(BOOK, keys[debit], keys[credit], amount, RULE) for debit, credit, amount in transfers)
        yield Unit(f"{prefix} {number}", KIND, on, lines)


def owed(made: Iterable[Unit]) -> Iterator[Unit]:
    """The same, each with a debt of another book that the event makes: its first line cites it, and so does the last, in that book."""
    for unit in made:
        line = unit.lines[0]
        debtor = line.debit[2] or OTHERS[0]
        debt = Debt(UUID(int=int(unit.key.split()[-1])), debtor, BOOK, CURRENCY, line.amount, unit.on)
        expense, payable = (debtor, "claim_loss", None, CURRENCY), (debtor, "due_to", BOOK, CURRENCY)
        theirs = Line(debtor, expense, payable, line.amount, RULE, debt.id)
        yield unit._replace(lines=(line._replace(debt=debt.id), *unit.lines[1:-1], theirs), debts=(debt,))
