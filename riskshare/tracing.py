"""What the kernel met and gave at every operation, turned into steps that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from riskshare import choosing, kernel
from riskshare.columns import Column
from riskshare.layout import Run, Table
from riskshare.program import Op
from riskshare.steps import Met, Step, step
from riskshare.terms import Choose, Follow, Layer, Share, scope_attribute


@dataclass(slots=True)
class Trace:
    """Columns for each operation: the running total it met, its attachment and limit; for each target what it gave."""

    table: Table
    n: int
    before: Column
    bound: Column
    given: Column
    brought: dict[tuple[int, int], int] = field(default_factory=dict)

    @staticmethod
    def of(run: Run, table: Table) -> Trace:
        """An empty trace of one pass."""
        n, ops = run.n, len(table.ops)
        return Trace(table, n, run.zeros(ops * n), run.zeros(2 * ops * n), run.zeros(len(table.targets) * n))

    def spread(
        self, ops: Sequence[int], rows: Sequence[int], scopes: Any, brought: Sequence[int], bounds: Any, firsts: Column
    ) -> None:
        """What a layer in order "pro_rata" met: the bounds of the last fact hold for the whole scope."""
        totals: dict[int, int] = {}
        last: dict[int, int] = {}
        for i, op in zip(rows, ops, strict=True):
            before = totals.get(scopes[i], 0)
            totals[scopes[i]], last[scopes[i]] = before + brought[i], i
            first = self.table.ops[op][kernel.FIRST]
            self.before[op * self.n + i] = before
            self.given[first * self.n + i] = firsts[i]
            self.given[(first + 1) * self.n + i] = brought[i] - firsts[i]
        for i, op in zip(rows, ops, strict=True):
            self.bound[2 * op * self.n + i] = bounds[0][last[scopes[i]]]
            self.bound[(2 * op + 1) * self.n + i] = bounds[1][last[scopes[i]]]
            self.brought[op, i] = totals[scopes[i]]


def steps_of(run: Run, trace: Trace) -> Iterator[Step]:
    """The steps of every fact, fact by fact in key order, each from the top of the scheme down."""
    ops: dict[int, list[tuple[int, Op]]] = {}
    for number, op in enumerate(run.program.ops):
        ops.setdefault(op.version, []).append((number, op))
    names = {node: name for name, node in run.program.nodes.items()}
    for i in range(run.n):
        for number, op in ops[int(run.ordered.versions[i])]:
            given = _given(trace, number, i, names)
            if given:
                yield _step(run, trace, number, op, i, given)


Given = list[tuple[str, int]]


def _given(trace: Trace, number: int, i: int, names: Mapping[int, str]) -> Given:
    """What an operation gave of a fact, target by target; empty where it met nothing."""
    row = trace.table.ops[number]
    edges = range(row[kernel.FIRST], row[kernel.FIRST] + row[kernel.COUNT])
    parts = [(names[trace.table.targets[edge]], int(trace.given[edge * trace.n + i])) for edge in edges]
    return parts if any(part for _, part in parts) else []


def _step(run: Run, trace: Trace, number: int, op: Op, i: int, given: Given) -> Step:
    clause: Any = op.clause
    amount, n = sum(part for _, part in given), trace.n
    odd: tuple[str, ...] = ()
    met = Met(before=int(trace.before[number * n + i]), scope=_scope_text(run, _counted_by(run, op), i))
    if isinstance(clause, Share):
        odd = _odd(run, trace, number, clause, i, amount, given)
    elif isinstance(clause, Layer):
        attach, limit = (int(trace.bound[(2 * number + k) * n + i]) for k in (0, 1))
        brought = trace.brought.get((number, i), 0)
        met = Met(met.before, attach, limit, brought, met.scope)
        if clause.order == "pro_rata" and given[0][1] * brought > min(max(brought - attach, 0), limit) * amount:
            odd = (clause.first,)
    elif isinstance(clause, Choose):
        given = [(target, part) for target, part in given if part]
        met = Met(chosen=_chosen(run, clause, i))
    elif isinstance(clause, Follow):
        given = _together(given)
    return step(i, clause, amount, given, odd, met, run.scheme.currency)


def _together(given: Given) -> Given:
    """A role that gets back and also takes what is above, in one part; without the zeros."""
    sums: dict[str, int] = {}
    for target, part in given:
        sums[target] = sums.get(target, 0) + part
    return [(target, part) for target, part in sums.items() if part]


def _odd(run: Run, trace: Trace, number: int, clause: Share, i: int, amount: int, given: Given) -> tuple[str, ...]:
    """The parties that got a unit more than the whole part of their exact share."""
    row = trace.table.ops[number]
    weights: Sequence[int] = clause.weights
    if clause.measured:
        columns = [run.values[row[kernel.WEIGHTS] + j] for j in range(len(clause.measured))]
        weights = [int(column[i if len(column) > 1 else 0]) for column in columns]
    whole = sum(weights)
    return tuple(
        target for (target, part), weight in zip(given, weights, strict=True) if part > amount * weight // whole
    )


def _chosen(run: Run, clause: Choose, i: int) -> str:
    """What the fact says where it is asked."""
    if not clause.days and not clause.measured:
        return run.text(clause.by)[i]
    attributes = {name: run.text(name)[i] for name in clause.days or ()}
    measures = {clause.by: int(run.ordered.measures[clause.by][i])} if clause.measured else {}
    return choosing.said(clause, attributes, measures, run.scheme.currency)


def _counted_by(run: Run, op: Op) -> str:
    if isinstance(op.clause, Layer | Follow):
        return op.clause.per
    cumulative = run.scheme.versions[op.version].rounding.scope == "cumulative"
    return "scheme-year" if isinstance(op.clause, Share) and cumulative else "event"


def _scope_text(run: Run, per: str, i: int) -> str:
    """A scope in words: "scheme-year 2024", "guarantor Jinhui 2024", "loan L-17"."""
    if per in ("event", "life"):
        return per
    year = f" {int(run.ordered.years[i])}" if per.endswith("-year") else ""
    if per == "scheme-year":
        return per + year
    name = "loan" if per.startswith("loan") else scope_attribute(per) or ""
    return f"{name} {run.text(name)[i]}{year}"
