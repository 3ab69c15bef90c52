"""Who bears what: the facts of a scheme in, the share of every party in every fact out. Pure: no database, no clock.

The facts are put in their one order, everything the terms ask about them is laid out in columns, and the kernel takes
them one by one down the clauses. A clause hands on exactly what it received, so nothing depends on when a fact arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ledger.faults import Refusal, Refused
from riskshare import kernel
from riskshare.columns import (
    Coded,
    Column,
    Facts,
    Picked,
    Texts,
    as_arrays,
    as_lists,
    coded,
    in_order,
    is_array,
    key_order,
    taken,
)
from riskshare.compiled import WORTH_IT, available, compiled_kernel
from riskshare.evaluating import evaluate, unshared
from riskshare.layout import Run
from riskshare.program import program, spans_years
from riskshare.steps import Step
from riskshare.terms import KINDS, Scheme
from riskshare.tracing import steps_of

__all__ = ["Allocation", "Coded", "Facts", "Unshared", "allocate"]

MAX_TOTAL = kernel.NO_LIMIT // 2
"""All amounts together stay far below the kernel's "no limit": no running total, and no product in `mul_div`, can overflow."""


@dataclass(frozen=True, slots=True)
class Unshared:
    """A fact on the work list: not shared, not guessed. `fact` is its index in the facts as given."""

    fact: int
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each role bears of each fact: columns aligned with the facts as given. The work list has a column too."""

    roles: tuple[str, ...]
    shares: Mapping[str, Column]
    steps: tuple[Step, ...] = ()
    work_list: tuple[Unshared, ...] = ()

    def totals(self) -> dict[str, int]:
        """What each role bears in all."""
        return {role: int(sum(self.shares[role])) for role in self.roles}


def allocate(scheme: Scheme, facts: Facts, why: bool = False, compiled: bool | None = None) -> Allocation:
    """Share out all facts from zero. Raises Refused before anything is shared, naming every fact at fault.

    `compiled`: run the loops as machine code; left out, where there are enough facts for it to be worth it.
    """
    if compiled is None:
        compiled = len(facts.amounts) >= WORTH_IT and available()
    plain = not is_array(facts.amounts)
    facts = _as(facts, compiled)
    admit(scheme, facts)
    if compiled and not why and len(facts.amounts) > PART and years_stand_alone(scheme, facts):
        found = _joined(scheme, facts)
    else:
        order = key_order(facts)
        run = Run(scheme, program(scheme), in_order(facts, order), compiled_kernel() if compiled else kernel)
        found = _as_given(_worked_out(run, why), order)
    if plain and compiled:  # lists came, lists go: no caller has to know how it was worked out
        found = replace(found, shares={role: column.tolist() for role, column in found.shares.items()})
    return found


def _worked_out(run: Run, why: bool) -> Allocation:
    """Facts in their order, shared out; the allocation is in that order too."""
    columns, trace = evaluate(run, why)
    roles, n = run.program.roles, run.n
    shares = {role: columns[k * n : (k + 1) * n] for k, role in enumerate(roles)}
    waiting = unshared(run, columns[len(roles) * n : (len(roles) + 1) * n])
    steps = tuple(steps_of(run, trace)) if trace else ()
    return Allocation(roles, shares, steps, tuple(Unshared(*each) for each in waiting))


def _as_given(found: Allocation, order: Column | None) -> Allocation:
    """An allocation in key order, in the order of the facts as given."""
    if order is None:
        return found
    back = _back(order)
    return Allocation(
        found.roles,
        {role: taken(column, back) for role, column in found.shares.items()},
        tuple(replace(step, fact=int(order[step.fact])) for step in found.steps),
        tuple(replace(each, fact=int(order[each.fact])) for each in found.work_list),
    )


# Large books, whole scheme-years at a time.

PART = 500_000
"""Books larger than this are worked out a few scheme-years at a time, where the terms allow: what is being worked on
stays near the processor, and nothing grows faster than the book."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole scheme-years of a book, worked out. The columns are used again for the next piece: copy what is kept."""

    begin: int
    facts: Facts
    allocation: Allocation


Buffers = dict[str, Column]
"""Memory that one worker uses again from piece to piece."""


def cuts(ordered: Facts) -> Iterator[slice]:
    """Where the pieces of a book begin and end that stands year by year in key order."""
    import numpy as np

    ends = [*(np.flatnonzero(np.diff(ordered.years)) + 1).tolist(), len(ordered.years)]
    begin = 0
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        if following is None or following - begin > PART:
            yield slice(begin, end)
            begin = end


def piece(scheme: Scheme, ordered: Facts, rows: slice, buffers: Buffers) -> Piece:
    """One piece of a book, worked out. Pieces may be worked out at the same time, each worker with its own buffers."""
    facts = _sliced(ordered, rows, buffers)
    run = Run(scheme, program(scheme), facts, compiled_kernel(), kept=buffers)
    return Piece(rows.start, facts, _worked_out(run, False))


def years_stand_alone(scheme: Scheme, facts: Facts) -> bool:
    """Whether no running total can reach from one scheme-year of these facts into another."""
    if spans_years(scheme):
        return False
    import numpy as np

    loans = coded(facts.loans).codes
    year_of = np.zeros(int(loans.max(initial=-1)) + 1, facts.years.dtype)
    year_of[loans] = facts.years
    return bool((year_of[loans] == facts.years).all())


def _joined(scheme: Scheme, facts: Facts) -> Allocation:
    """All pieces, in the order of the facts as given."""
    import numpy as np

    order = key_order(facts, by_year=True)
    roles = program(scheme).roles
    shares = {role: np.empty(len(facts.amounts), np.int64) for role in roles}
    work_list: list[Unshared] = []
    ordered, buffers = in_order(facts, order), Buffers()
    for rows in cuts(ordered):
        found = piece(scheme, ordered, rows, buffers).allocation
        for role, column in found.shares.items():
            shares[role][rows if order is None else order[rows]] = column
        for each in found.work_list:
            place = rows.start + each.fact
            work_list.append(replace(each, fact=place if order is None else int(order[place])))
    return Allocation(roles, shares, (), tuple(work_list))


def _sliced(facts: Facts, rows: slice, buffers: Buffers) -> Facts:
    """Some of the facts, their loans numbered anew so that state is kept for these loans only."""
    import numpy as np

    loans, count = coded(facts.loans), rows.stop - rows.start
    if "place" not in buffers:
        buffers["place"] = np.full(int(loans.codes.max()) + 1, -1, np.int64)
    codes, firsts = np.empty(count, np.int64), np.empty(count, np.int64)
    different = compiled_kernel().renumber(loans.codes[rows], buffers["place"], codes, firsts)

    def text(texts: Texts) -> Coded:
        return Coded(coded(texts).codes[rows], coded(texts).values)

    return replace(
        facts,
        ids=facts.ids[rows],
        kinds=text(facts.kinds),
        loans=Coded(codes, Picked(loans.values, firsts[:different])),
        years=facts.years[rows],
        amounts=facts.amounts[rows],
        versions=facts.versions[rows],
        measures={name: column[rows] for name, column in facts.measures.items()},
        attributes={name: text(column) for name, column in facts.attributes.items()},
    )


def _as(facts: Facts, arrays: bool) -> Facts:
    """The facts as the loops want them: arrays for the compiled ones, lists for the plain."""
    if arrays:
        whole = is_array(facts.amounts) and isinstance(facts.loans, Coded) and isinstance(facts.kinds, Coded)
        return facts if whole else as_arrays(facts)
    return as_lists(facts)


def _back(order: Column | None) -> Column | None:
    """The order that undoes an order."""
    if order is None:
        return None
    if is_array(order):
        import numpy as np

        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return back
    return sorted(range(len(order)), key=order.__getitem__)


# What is refused before anything is shared.


def admit(scheme: Scheme, facts: Facts) -> None:
    """Raise Refused with everything wrong with the facts by themselves."""
    refusals = [*_wrong_columns(facts)] or [*_wrong_facts(scheme, facts)]
    if refusals:
        raise Refused(*refusals)


def _wrong_columns(facts: Facts) -> Iterable[Refusal]:
    count = len(facts.ids)
    named = {name: getattr(facts, name) for name in Facts.__slots__ if name not in ("measures", "attributes")}
    for name, column in {**named, **facts.measures, **facts.attributes}.items():
        if len(column) != count:
            yield Refusal("the facts", f"column {name} has another length", f"{count} values", f"{len(column)}")


def _wrong_facts(scheme: Scheme, facts: Facts) -> Iterable[Refusal]:
    yield from _repeated(facts)
    yield from _out_of_range(facts)
    kinds = coded(facts.kinds)
    for code, version in sorted(_pairs(kinds.codes, facts.versions)):
        kind = kinds.values[code]
        if not 0 <= version < len(scheme.versions):
            what = f"scheme {scheme.id} has no version {version}"
        elif kind not in KINDS or scheme.versions[version].entry(kind) is None:
            what = f"scheme {scheme.id}, version {scheme.versions[version].effective}, does not share out {kind!r}"
        else:
            continue
        for i in range(len(facts.ids)):
            if kinds.codes[i] == code and facts.versions[i] == version:
                yield Refusal(f"fact {facts.ids[i]}", what, f"a clause named {kind!r}")


def _pairs(kinds: Column, versions: Column) -> set[tuple[int, int]]:
    """The combinations of kind and version that occur."""
    if is_array(kinds):
        import numpy as np

        if len(kinds) and kinds.strides == versions.strides == (0,):  # one value for all
            return {(int(kinds[0]), int(versions[0]))}

        found: Any = np.unique(kinds * np.int64(2**20) + versions + 2**19) if len(kinds) else []
        return {(int(pair) >> 20, (int(pair) & (2**20 - 1)) - 2**19) for pair in found}
    return set(zip(kinds, versions, strict=True))


def _repeated(facts: Facts) -> Iterable[Refusal]:
    if is_array(facts.ids) and facts.ids.dtype.kind == "i":
        import numpy as np

        if (facts.ids[1:] > facts.ids[:-1]).all():
            return
        values, counts = np.unique(facts.ids, return_counts=True)
        names = values[counts > 1].tolist()
    elif len(set(facts.ids)) == len(facts.ids):
        return
    else:
        seen: set[Any] = set()
        names = []
        for name in facts.ids:
            if name in seen:
                names.append(name)
            seen.add(name)
    for name in names:
        yield Refusal(f"fact {name}", "two facts have this id", "an id of its own for each fact")


def _out_of_range(facts: Facts) -> Iterable[Refusal]:
    for name, column in {"": facts.amounts, **facts.measures}.items():
        if len(column) and min(column) < 0 if not is_array(column) else len(column) and column.min() < 0:
            what = f"measure {name!r} is negative" if name else "the amount is negative"
            for i in range(len(column)):
                if column[i] < 0:
                    yield Refusal(f"fact {facts.ids[i]}", what, "zero or more", str(column[i]))
    largest = int(max(facts.amounts, default=0)) if not is_array(facts.amounts) else int(facts.amounts.max(initial=0))
    if largest * len(facts.amounts) > MAX_TOTAL and (total := sum(map(int, facts.amounts))) > MAX_TOTAL:
        yield Refusal("the facts", "the amounts together are too large", f"at most {MAX_TOTAL}", f"{total}")
