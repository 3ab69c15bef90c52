"""The terms of a scheme: versions in time, four kinds of clause, and the order in which the clauses hand money on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from products.expression import Expression

KINDS = (
    "loss",
    "recovery",
    "premium",
    "fee",
    "fee_reduction",
    "interest_subsidy",
    "refund",
    "funding",
    "distribution",
)
"""Kinds of fact a scheme can share out. The clause of the same name is where such a fact enters."""

COMPONENTS = ("principal", "interest", "overdue_interest", "penalty", "compound_interest", "costs")

OUTSIDE = ("debtor", "enterprise", "security", "recovered", "loss_reduced", "costs")
"""Roles outside the books: what comes to them makes no debt between two books."""

REFUSED = "refused"
"""A road of a choice that leads here puts the fact on the work list."""

PAID_SHARE, NET_LOSS, FIXED, IN_ORDER = "paid_share", "net_loss", "fixed", "order"
"""How a `follow` shares: by what each bore, off the loss itself, by agreed weights, or one after the other."""


@dataclass(frozen=True, slots=True)
class Share:
    """By weight. Fixed weights are whole numbers in lowest terms; otherwise each is an amount measured at the fact."""

    name: str
    article: str
    targets: tuple[str, ...]
    weights: tuple[int, ...]
    measured: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """By what each party bore on earlier facts of one kind in a scope, up to that; what is above goes to `then`.

    `mode` is one of PAID_SHARE, NET_LOSS, FIXED (`roles` by `weights`), IN_ORDER (`roles` one after the other).
    """

    name: str
    article: str
    borne: str
    per: str
    then: str
    mode: str = PAID_SHARE
    roles: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.then,)


@dataclass(frozen=True, slots=True)
class Layer:
    """`first` up to a limit on the running total of a scope, `then` above: deductible, cap, pool, stop-loss, tranche.

    No limit is None. A limit of 0 pays nothing.
    """

    name: str
    article: str
    per: str
    attach: Expression | None
    limit: Expression | None
    first: str
    then: str
    order: str
    targets: tuple[str, ...]
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Band:
    """A span of numbers a road is for, as written; `low` and `high` exact (minor units where a measure chooses)."""

    text: str
    low: Fraction | None
    low_included: bool
    high: Fraction | None
    high_included: bool

    def holds(self, value: Fraction | int) -> bool:
        """Whether a value lies in the band."""
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        below = self.high is None or value < self.high or (self.high_included and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Choose:
    """One road by what the fact says: a word (insured or not, class, grade), a number in a band, days between two dates.

    `roads` are by the words or by the text of a band; with `bands` (in the order written) the first that holds is taken.
    `measured`: `by` is a measure in minor units. `days`: the two dates whose distance in days chooses.
    """

    name: str
    article: str
    by: str
    roads: Mapping[str, str]
    otherwise: str | None
    bands: tuple[Band, ...] = ()
    measured: bool = False
    days: tuple[str, str] | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        return (*self.roads.values(), *([self.otherwise] if self.otherwise else []))


Clause = Share | Follow | Layer | Choose


@dataclass(frozen=True, slots=True)
class Tariff:
    """How the amount of a kind of fact is worked out: one amount for all, or one for each band of a measure.

    The whole takes the amount of its band (a cliff). One more amount than bands: the last is for all else.
    """

    amounts: tuple[Expression, ...]
    by: str = ""
    bands: tuple[Band, ...] = ()

    def amount(self, measures: Mapping[str, int]) -> Expression | None:
        """The amount for a fact; None where no band holds what it measures."""
        for band, amount in zip(self.bands, self.amounts, strict=False):
            if band.holds(measures[self.by]):
                return amount
        return self.amounts[-1] if len(self.amounts) > len(self.bands) else None

    @property
    def names(self) -> frozenset[str]:
        """Every measure it may ask for."""
        return frozenset({self.by} - {""}).union(*(amount.names for amount in self.amounts))


@dataclass(frozen=True, slots=True)
class Rounding:
    """`cumulative`: running totals are split and the difference given. `event`: each fact is split alone."""

    scope: str
    method: str
    accepts_minus_one: bool = False


@dataclass(frozen=True, slots=True)
class LossTerms:
    """What the loss is, where the rest of it stays, and who pays the bank first ("none": nobody).

    `days` limits a component to so many days of it; `net_of` is the measure that comes off first; `through` says by
    which other role a role pays and is paid; `instalments` which part of what a role bears it pays at once.
    """

    on: str
    counts: tuple[str, ...]
    uncounted: str
    advance: str
    days: Mapping[str, int] = field(default_factory=dict)
    net_of: str | None = None
    through: Mapping[str, str] = field(default_factory=dict)
    instalments: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecoveryTerms:
    """Whether costs come off first, and whether a recovery gives a limit its room back."""

    costs: str
    reinstates: str


@dataclass(frozen=True, slots=True)
class FeeReductionTerms:
    """The fee rate the scheme compares with, as an exact ratio, and the days of its year."""

    benchmark_rate: tuple[int, int]
    days_in_year: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A ratio that is met: `word` is reaches (>=), exceeds (>), below (<) or "up to" (<=)."""

    word: str
    number: int
    whole: int

    def met(self, part: int, base: int) -> bool:
        """Whether part / base meets it, compared exactly. A base of zero: any part above zero exceeds everything."""
        left, right = part * self.whole, self.number * base
        return {"reaches": left >= right, "exceeds": left > right, "below": left < right, "up to": left <= right}[
            self.word
        ]


@dataclass(frozen=True, slots=True)
class Fuse:
    """When new business loses its cover (熔断): a ratio of two measures, judged at named instants."""

    name: str
    article: str
    part: str
    base: str
    warns: Threshold | None
    stops: Threshold
    resumes: Threshold | None
    by_decision: bool
    evaluated: str
    effect: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A promise that a role's share of every loss keeps: at least, at most, as exact ratios."""

    role: str
    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Version:
    """The terms from one date on. `roles` are those who can bear, in the order first written.

    `books_as` says for an open role which role with posting rules it books like; `declared` are measures of its own.
    """

    effective: date
    source: str
    year_by: str
    late: str
    decided: str
    limit_basis: str
    rounding: Rounding
    loss: LossTerms | None
    recovery: RecoveryTerms | None
    fee_reduction: FeeReductionTerms | None
    parties: Mapping[str, str]
    amounts: Mapping[str, Expression]
    clauses: tuple[Clause, ...]
    roles: tuple[str, ...]
    measures: frozenset[str]
    attributes: frozenset[str]
    digest: str
    until: date | None = None
    maximum: int | None = None
    declared: Mapping[str, str] = field(default_factory=dict)
    works_out: Mapping[str, Tariff] = field(default_factory=dict)
    books_as: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()
    fuses: tuple[Fuse, ...] = ()
    counts: frozenset[str] = frozenset()
    """The measures that are whole numbers of something, not money: days, heads, a per cent."""

    def entry(self, kind: str) -> int | None:
        """The index of the clause where facts of this kind enter."""
        return next((i for i, clause in enumerate(self.clauses) if kind in KINDS and clause.name == kind), None)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme document. `digest` covers what it says, in the order it says it; comments and spacing do not count."""

    id: str
    title: Mapping[str, str]
    currency: str
    status: str
    applies_by: str
    versions: tuple[Version, ...]
    text: str
    digest: str
    file: str

    def version_index_on(self, day: date) -> int | None:
        """The index of the version in force on a day; None before the first and after the end of the last."""
        index = max((i for i, version in enumerate(self.versions) if version.effective <= day), default=None)
        if index is None:
            return None
        until = self.versions[index].until
        return index if until is None or day <= until else None

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day; None before the first."""
        index = self.version_index_on(day)
        return None if index is None else self.versions[index]

    @property
    def books_as(self) -> Mapping[str, str]:
        """The open roles of all versions, each with the role it books like."""
        return {role: like for version in self.versions for role, like in version.books_as.items()}

    @property
    def roles(self) -> tuple[str, ...]:
        """Everyone who can bear under any version, in the order first written."""
        return tuple(dict.fromkeys(role for version in self.versions for role in version.roles))


class TurnedAround(ValueError):
    """Clauses that would have to be worked out before each other. `names` is the circle."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(" → ".join(names))
        self.names = tuple(names)


def clause_order(versions: Sequence[Version]) -> tuple[str, ...]:
    """The names of all clauses of all versions, each before those it hands on to, and a `follow` after what it follows.

    A layer of one name goes on from version to version, so one order must suit all. Raises TurnedAround.
    """
    before: dict[str, set[str]] = {clause.name: set() for version in versions for clause in version.clauses}
    for above, below in _edges(versions):
        before[below].add(above)
    try:
        return tuple(TopologicalSorter({name: sorted(above) for name, above in before.items()}).static_order())
    except CycleError as circle:
        raise TurnedAround(circle.args[1]) from None


def reachable(clauses: Sequence[Clause], start: str) -> tuple[str, ...]:
    """The clauses that money entering at `start` can reach, itself first."""
    by_name = {clause.name: clause for clause in clauses}
    seen: dict[str, None] = {}
    waiting = [start] if start in by_name else []
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen[name] = None
            waiting += [target for target in by_name[name].targets if target in by_name]
    return tuple(seen)


def scope_attribute(per: str) -> str | None:
    """The attribute a scope is counted by: "borrower", or the role of "guarantor-year". None where it is none."""
    name = per.removesuffix("-year")
    return None if name in ("event", "loan", "scheme", "life") else name


def _edges(versions: Sequence[Version]) -> Iterator[tuple[str, str]]:
    """Which clause must be worked out before which."""
    for version in versions:
        names = {clause.name for clause in version.clauses}
        for clause in version.clauses:
            yield from ((clause.name, target) for target in clause.targets if target in names)
            if isinstance(clause, Follow):
                for other in versions:
                    yield from ((name, clause.name) for name in reachable(other.clauses, clause.borne))
