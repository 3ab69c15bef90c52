"""How a running total is split into whole units: largest remainder, or the quota method where that would step back."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import gcd

from ledger.money import largest_remainder

MAX_ROWS = 100_000
"""Largest weight sum that gets a table. A percentage with three decimals still fits."""

Row = tuple[int, ...]


def lowest(weights: tuple[int, ...]) -> tuple[int, ...]:
    """The same proportion in the smallest whole numbers: 40, 30, 20, 10 is 4, 3, 2, 1."""
    shared = gcd(*weights)
    return tuple(weight // shared for weight in weights) if shared > 1 else weights


@lru_cache(maxsize=1_024)
def table(weights: tuple[int, ...], method: str) -> tuple[Row, ...]:
    """One period: row r is the split of a total r < W. The split of qW + r is q times the weights plus row r."""
    if method == "quota":
        return tuple(_quota_rows(weights))
    return tuple(tuple(largest_remainder(total, weights)) for total in range(sum(weights)))


def steps_back(weights: tuple[int, ...]) -> int:
    """How often, in one period, a total that grows by one unit takes a unit from somebody (largest remainder).

    With 6:6:2 a total of 10 is 4, 4, 2 and 11 is 5, 5, 1. With two parties it never happens.
    """
    if len(weights) < 3:
        return 0
    rows = (*table(weights, "largest_remainder"), weights)
    return sum(any(b < a for a, b in zip(before, after, strict=True)) for before, after in pairwise(rows))


def _quota_rows(weights: tuple[int, ...]) -> list[Row]:
    """Balinski and Young: each next unit goes to the largest weight per unit held, among those below their exact part.

    Never a whole unit off and never a step back. Ties go to the earlier party.
    """
    whole, given = sum(weights), [0] * len(weights)
    rows: list[Row] = []
    for total in range(1, whole + 1):
        rows.append(tuple(given))
        best = -1
        for i, weight in enumerate(weights):
            below_exact = given[i] * whole < total * weight
            if below_exact and (best < 0 or weight * (given[best] + 1) > weights[best] * (given[i] + 1)):
                best = i
        given[best] += 1
    return rows
