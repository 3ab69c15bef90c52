"""A made-up portfolio in the columns of the `sba` profile: the same seed gives the same file, byte for byte.

Its shape is the real one's, in round figures: a bank for every twenty loans, a third of the loans lost, twelve years of
approvals, charge-offs four years later. No figure of it means anything else.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

LOANS_PER_BANK = 20
LOST_PERCENT = 33
FIRST, LAST = date(1998, 1, 5), date(2010, 12, 30)
COLUMNS = (
    "loan_id",
    "bank",
    "approval_date",
    "disbursement_date",
    "chg_off_date",
    "term_months",
    "mis_status",
    "gr_appv",
    "sba_appv",
    "disbursement_gross",
    "chg_off_prin_gr",
)


def write_portfolio(path: Path, loans: int, seed: int = 1) -> Path:
    """A CSV of so many loans; every row is sound."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(Random(seed), loans))
    return path


def _rows(rng: Random, loans: int) -> Iterator[tuple[str, ...]]:
    banks = [f"Bank {number:05}" for number in range(1, loans // LOANS_PER_BANK + 2)]
    for number in range(1, loans + 1):
        approved_on = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
        disbursed_on = approved_on + timedelta(days=rng.randrange(3, 90))
        approved = rng.randrange(500, 50_000) * 1_000 + rng.randrange(100)
        guaranteed = approved * rng.choice((50, 75, 80, 85)) // 100
        lost, lost_on = 0, ""
        if rng.randrange(100) < LOST_PERCENT:
            lost = approved * rng.randrange(20, 101) // 100
            lost_on = str(disbursed_on + timedelta(days=rng.randrange(200, 1_300)))
        yield (
            f"G{number:07}",
            rng.choice(banks),
            str(approved_on),
            str(disbursed_on),
            lost_on,
            str(rng.choice((36, 60, 84, 84, 120, 240))),
            "CHGOFF" if lost else "PIF",
            *(f"{amount // 100}.{amount % 100:02}" for amount in (approved, guaranteed, approved, lost)),
        )
