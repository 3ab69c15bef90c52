"""Chance: the loans and policies of the made-up province, and which of them fail. Whole numbers only, no floats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ledger.money import half_up
from riskshare.demo import names
from riskshare.demo.lives import WAN, Default, Loan, Policy, Recovery, Repayment, interest


def loans(rng: Random, firms: Sequence[str], count: int, first: date, last: date) -> list[Loan]:
    """Loans in the order of their registration, numbered by year."""
    days = sorted(rng.randrange(2, (last - first).days - 30) for _ in range(count))
    numbers: dict[int, int] = defaultdict(int)
    book = []
    for day in days:
        on = first + timedelta(days=day)
        numbers[on.year] += 1
        book.append(_loan(rng, f"SL{on.year}-{numbers[on.year]:05}", rng.choice(firms), on))
    return book


def _loan(rng: Random, name: str, enterprise: str, registered: date) -> Loan:
    principal = _principal(rng)
    disbursed = registered + timedelta(days=rng.randrange(1, 12))
    due = disbursed + timedelta(days=rng.choice((180, 365, 365, 365, 365, 730)))
    rate = rng.randrange(310, 521, 5)
    loan = Loan(
        name,
        enterprise,
        rng.choice(names.CLASSES),
        rng.choice(names.BANKS),
        rng.choice(names.GUARANTORS),
        principal,
        half_up(principal * 4, 5),
        rate,
        rng.choice((80, 100, 100, 120, 150, 180)),
        registered,
        disbursed,
        due,
        _repayments(rng, principal, rate, disbursed, due),
        None,
        None,
    )
    if _chance(rng, 40):
        loan = replace(loan, policy=_loan_policy(rng, loan))
    return _failed(rng, loan) if _chance(rng, 6) else loan


def _principal(rng: Random) -> int:
    """300,000 to 10,000,000 yuan, small ones more often; three in ten are drawn down to the odd fen."""
    principal = min(rng.randrange(30, 1_000), rng.randrange(30, 1_000)) * WAN
    return principal - rng.randrange(1, WAN) if _chance(rng, 30) else principal


def _repayments(rng: Random, principal: int, rate: int, disbursed: date, due: date) -> tuple[Repayment, ...]:
    """At the end at once, or in two or four equal parts."""
    parts, term, left, since = rng.choice((1, 1, 1, 1, 2, 4)), (due - disbursed).days, principal, disbursed
    paid = []
    for part in range(1, parts + 1):
        on = disbursed + timedelta(days=term * part // parts)
        amount = left if part == parts else principal // parts
        paid.append(Repayment(on, amount, interest(left, rate, since, on)))
        left, since = left - amount, on
    return tuple(paid)


def _loan_policy(rng: Random, loan: Loan) -> Policy:
    premium = half_up(loan.principal * rng.randrange(40, 91, 5), 10_000)
    insurer, on = rng.choice(names.INSURERS), loan.registered_on
    return Policy(f"{loan.id}:I", loan.id, loan.enterprise, insurer, loan.principal, premium, on, _chance(rng, 85))


def own_policy(rng: Random, number: int, firm: str, first: date, last: date) -> Policy:
    """Insurance of research or products, with a premium large enough to meet the ceiling of the subsidy."""
    premium = rng.randrange(5, 90) * WAN + rng.randrange(WAN)
    on = first + timedelta(days=rng.randrange(20, (last - first).days - 20))
    return Policy(f"PX-{number:04}", "", firm, rng.choice(names.INSURERS), premium * 40, premium, on, True)


def _failed(rng: Random, loan: Loan) -> Loan:
    """The loan with a default on some day of its term, and the repayments that came before."""
    on = loan.disbursed_on + timedelta(days=loan.term_days * rng.randrange(30, 101) // 100)
    before = tuple(each for each in loan.repayments if each.on < on)
    left = loan.principal - sum(each.principal for each in before)
    since = before[-1].on if before else loan.disbursed_on
    owed = interest(left, loan.rate_bp, since, on)
    compensated = on + timedelta(days=rng.randrange(20, 76))
    written_off = compensated + timedelta(days=rng.randrange(100, 200)) if _chance(rng, 35) else None
    # After a write-off the bank has no loan left, so recoveries begin in a later quarter than the write-off.
    start = written_off + timedelta(days=100) if written_off else compensated
    recoveries = _recoveries(rng, left + owed, start)
    insurer_pays = loan.policy is not None and _chance(rng, 60)
    default = Default(on, compensated, left, owed, insurer_pays, written_off, recoveries)
    return replace(loan, repayments=before, default=default)


def _recoveries(rng: Random, loss: int, start: date) -> tuple[Recovery, ...]:
    """None to four instalments. One debtor in fifty pays more than was lost; one notice in twelve comes late."""
    count = rng.choice((0, 1, 1, 2, 3, 4))
    percent = 106 if _chance(rng, 2) else rng.randrange(5, 75)
    found, on = [], start
    for _ in range(count):
        on += timedelta(days=rng.randrange(40, 130))
        gross = loss * percent // (100 * count) + rng.randrange(100)
        booked = on + timedelta(days=95) if _chance(rng, 8) else None
        found.append(Recovery(on, booked, gross, gross * rng.randrange(1, 7) // 100))
    return tuple(found)


def _chance(rng: Random, percent: int) -> bool:
    return rng.randrange(100) < percent
