"""One book under two schemes: what each party bears in each year under both, and which loans moved most. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.faults import Refusal, Refused
from riskshare.columns import coded
from riskshare.splitting import Split, summed

GIVEN_BACK = frozenset({"recovery", "refund"})
"""Kinds of fact that bring money back: for one loan they count against what was borne."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a party bears (or gets back, or is granted) of one kind of fact in one scheme-year under both schemes."""

    year: int
    kind: str
    party: str
    a: int
    b: int

    @property
    def difference(self) -> int:
        """What it bears more under the second."""
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Moved:
    """How much of a loan is borne by others under the second scheme, recoveries taken off."""

    loan: str
    amount: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two splits of one book set side by side. `moved` begins with the loan that moved most."""

    a: Split
    b: Split
    lines: tuple[Line, ...]
    totals: tuple[Line, ...]
    moved: tuple[Moved, ...]


def compare(a: Split, b: Split) -> Comparison:
    """Set two splits of one book side by side. Raises Refused for two currencies."""
    if a.scheme.currency != b.scheme.currency:
        what = f"{a.scheme.id} is in {a.scheme.currency} and {b.scheme.id} in {b.scheme.currency}"
        raise Refused(Refusal("the schemes", what, "two schemes in one currency"))
    lines = tuple(_lines(_by_year(a), _by_year(b)))
    return Comparison(a, b, lines, tuple(_totals(lines)), tuple(_moved(a, b)))


Key = tuple[int, str, str]


def _lines(a: Mapping[Key, int], b: Mapping[Key, int]) -> Iterable[Line]:
    """Years in order; within a year kinds and parties in the order first met."""
    for key in sorted(dict.fromkeys((*a, *b)), key=lambda key: key[0]):
        yield Line(*key, a.get(key, 0), b.get(key, 0))


def _totals(lines: Iterable[Line]) -> Iterable[Line]:
    """All years together; the year is 0."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for line in lines:
        a, b = sums.get((line.kind, line.party), (0, 0))
        sums[line.kind, line.party] = a + line.a, b + line.b
    return (Line(0, kind, party, a, b) for (kind, party), (a, b) in sums.items())


def _by_year(found: Split) -> dict[Key, int]:
    """What each party bears, by scheme-year and kind of fact; nothing where it is zero."""
    facts, kinds = found.loaded.facts, coded(found.loaded.facts.kinds)
    keys = [facts.years, kinds.codes]
    return {
        (year, kinds.values[kind], party): amount
        for party, column in found.columns.items()
        for (year, kind), amount in summed(keys, column).items()
        if amount
    }


def _moved(a: Split, b: Split) -> list[Moved]:
    """For each loan what other parties bear of it: the larger of all that became more and all that became less."""
    more: dict[str, int] = {}
    less: dict[str, int] = {}
    ours, theirs = _by_loan(a), _by_loan(b)
    for key in dict.fromkeys((*ours, *theirs)):
        change = theirs.get(key, 0) - ours.get(key, 0)
        side = more if change > 0 else less
        side[key[0]] = side.get(key[0], 0) + abs(change)
    found = [Moved(loan, max(more.get(loan, 0), less.get(loan, 0))) for loan in dict.fromkeys((*more, *less))]
    return sorted((each for each in found if each.amount), key=lambda each: (-each.amount, each.loan))


def _by_loan(found: Split) -> dict[tuple[str, str], int]:
    """What each party bears of each loan in the end, recoveries taken off."""
    kinds, loans = coded(found.loaded.facts.kinds), coded(found.loaded.facts.loans)
    sums: dict[tuple[str, str], int] = {}
    for party, column in found.columns.items():
        for (loan, kind), amount in summed([loans.codes, kinds.codes], column).items():
            if amount:
                key = str(loans.values[loan]), party
                sums[key] = sums.get(key, 0) + (-amount if kinds.values[kind] in GIVEN_BACK else amount)
    return sums
