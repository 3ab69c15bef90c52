"""The evaluation: all facts through the kernel, stage by stage; once, or until what comes back changes nothing any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.faults import Failed, Refusal, Refused
from riskshare import choosing, kernel
from riskshare.columns import Column, coded, is_array
from riskshare.layout import Run, Table, mapped, table_of
from riskshare.program import LOSS_REDUCED, RECOVERED, WORK_LIST, Op, Program, net_loss
from riskshare.terms import KINDS, REFUSED, Choose, Follow, Share, scope_attribute
from riskshare.tracing import Trace

MOST_FAULTS = 1_000
SETTLES, MOST_PASSES = 100, 10_000

Room = dict[int, int]
"""What recoveries give back to each scope of each layer from the start, by where its state stands."""


def evaluate(run: Run, why: bool) -> tuple[Column, Trace | None]:
    """The columns of all roles and of the work list, one behind the other."""
    amounts, outside = _net_of_recoveries(run)
    table = table_of(run)
    room: Room = {}
    for number in range(MOST_PASSES):
        state = _with_room(run, room)
        columns, trace, lost = _pass(run, table, amounts, state, why)
        _refuse_lost(run, table, lost)
        given = _gathered(run, table, state)
        # Room that recoveries give changes what recoveries are split by. Nearly always the two soon agree. Where they
        # never do, room is only taken away from then on, so that no layer pays more than its limit net of recoveries.
        more = given if number < SETTLES else {at: min(extra, given.get(at, 0)) for at, extra in room.items()}
        if more == room:
            break
        room = more
    for role, column in outside:
        _add(columns, role * run.n, column)
    _conserve(run, columns)
    return columns, trace


def unshared(run: Run, waiting: Column) -> Iterator[tuple[int, str, str]]:
    """Each fact on the work list: its place in key order, the article, the reason."""
    rows = waiting.nonzero()[0].tolist() if is_array(waiting) else [i for i, amount in enumerate(waiting) if amount]
    for i in rows:
        refusing = _refusing(run, i)
        if refusing is not None:
            yield i, *refusing
        else:
            kind = run.ordered.kinds[i]
            clause: Any = next(c for c in run.scheme.versions[run.ordered.versions[i]].clauses if c.name == kind)
            per, borne = (clause.per, clause.borne) if isinstance(clause, Follow) else ("loan", "loss")
            yield i, clause.article, f"no {borne} of the {per} comes before this {kind}"


def _refusing(run: Run, i: int) -> tuple[str, str] | None:
    """The article and the reason where a road refuses a fact."""
    clauses = {c.name: c for c in run.scheme.versions[run.ordered.versions[i]].clauses}
    clause = clauses.get(run.ordered.kinds[i])
    while isinstance(clause, Choose):
        attributes = {name: run.text(name)[i] for name in clause.days or (clause.by,)}
        measures = {name: int(column[i]) for name, column in run.ordered.measures.items()}
        target = choosing.road(clause, attributes, measures)
        if target == REFUSED:
            said = choosing.said(clause, attributes, measures, run.scheme.currency)
            return clause.article, f"{clause.by} = {said} is refused"
        clause = clauses.get(str(target))
    return None


# Recoveries that make the loss itself smaller are taken off before anything is shared.


def _net_of_recoveries(run: Run) -> tuple[Column, list[tuple[int, Column]]]:
    """The amounts to share, and what goes to outside roles: (number of the role, column)."""
    amounts = run.ordered.amounts
    clauses = [net_loss(version) for version in run.scheme.versions]
    if not any(clauses):
        return amounts, []
    n, netting = run.n, [int(clause is not None) for clause in clauses]
    kinds = mapped(
        [{"loss": 1, "recovery": 2}.get(kind, 0) for kind in coded(run.ordered.kinds).values],
        coded(run.ordered.kinds).codes,
    )
    parts = kinds * mapped(netting, run.ordered.versions) if run.arrays else [
        kind * netting[version] for kind, version in zip(kinds, run.ordered.versions, strict=True)
    ]  # fmt: skip
    for i in _refused_losses(run, netting):
        parts[i] = 0
    loan = run.scope("loan")
    net, off, above, unpaired = (run.zeros(n) for _ in range(4))
    run.loops.net_losses(
        n, parts, run.scopes[loan], amounts, run.zeros(run.scope_sizes[loan], kernel.NONE), run.zeros(n),
        net, off, above, unpaired,
    )  # fmt: skip
    shared, recovered = run.zeros(n), run.zeros(n)
    for i in range(n):
        shared[i] = net[i] if parts[i] == 1 else 0 if parts[i] == 2 else amounts[i]
        recovered[i] = amounts[i] - net[i] if parts[i] == 1 else 0
    roles = run.program.roles
    then = next(clause.then for clause in clauses if clause)
    return shared, [
        (roles.index(RECOVERED), recovered),
        (roles.index(LOSS_REDUCED), off),
        (roles.index(then), above),
        (len(roles), unpaired),
    ]


def _refused_losses(run: Run, netting: list[int]) -> list[int]:
    """Losses that a road refuses: nothing can be taken off them."""
    refusing = [
        bool(nets) and any(REFUSED in clause.targets for clause in version.clauses)
        for nets, version in zip(netting, run.scheme.versions, strict=True)
    ]
    found = []
    for i in range(run.n) if any(refusing) else ():
        if run.ordered.kinds[i] == "loss" and refusing[run.ordered.versions[i]] and _refusing(run, i) is not None:
            found.append(i)
    return found


def _add(columns: Column, start: int, column: Column) -> None:
    for i, amount in enumerate(column):
        if amount:
            columns[start + i] += amount


# One pass.

BLOCK = 4_096
"""Facts in a block: their boxes stay in the processor's cache."""


def _pass(run: Run, table: Table, amounts: Column, state: Column, why: bool) -> tuple[Column, Trace | None, Column]:
    """One evaluation of all facts."""
    plan, n = run.program, run.n
    size = BLOCK if plan.reinstates == "no" else 1  # what a layer took so far decides what a recovery gives it back
    found, kept = coded(run.ordered.kinds), _kept(plan)
    kinds = mapped([KINDS.index(kind) for kind in found.values], found.codes)
    versions = run.flat([run.ordered.versions])
    boxes = [name for name in plan.nodes if name not in kept]
    money = run.cleared("money", len(kept) * n + len(boxes) * size)
    places = [kept[name] * n if name in kept else len(kept) * n + boxes.index(name) * size for name in plan.nodes]
    lost, trace = run.zeros(2 * MOST_FAULTS + 1), Trace.of(run, table) if why else None
    tracing = (trace.before, trace.bound, trace.given) if trace else (run.zeros(1),) * 3
    scratch = 5 * (max((row[kernel.COUNT] for row in table.ops), default=0) + len(plan.roles) + 1)
    values_at = [sum(len(column) for column in run.values[:k]) for k in range(len(run.values))]
    steps = [int(len(column) > 1) for column in run.values]
    columns = [
        run.flat([_entries(plan)]), len(KINDS), run.flat(table.ops), run.flat([table.targets]), run.flat([table.tables]),
        run.flat(run.scopes), run.flat(run.values), run.flat([values_at]), run.flat([steps]), run.flat([places]),
        run.flat([[int(name in kept) for name in plan.nodes]]), money, run.flat([table.refills]),
    ]  # fmt: skip
    for stage in range(plan.stages):
        todo = [k for k, op in enumerate(plan.ops) if op.stage == stage]
        first_of = [sum(plan.ops[k].version < v for k in todo) for v in range(len(run.scheme.versions) + 1)]
        run.loops.run(
            n, size, int(stage == 0), run.flat([todo]), run.flat([first_of]), amounts, kinds, versions, *columns,
            int(plan.reinstates == "from_start"), plan.roles_at, len(plan.roles), state,
            run.zeros(scratch), run.zeros(scratch), run.zeros(scratch), lost, int(why), *tracing,
        )  # fmt: skip
        for name in dict.fromkeys(name for at, name in plan.pro_rata if at == stage):
            _spread(run, table, name, money, kept, trace, lost)
    return money, trace, lost


def _kept(plan: Program) -> dict[str, int]:
    """The nodes whose money is kept in columns: the roles, the work list, and what waits for a later stage."""
    names = dict.fromkeys((*plan.roles, WORK_LIST))
    for op in plan.ops:
        if op.stage > 0 or (op.stage, op.clause.name) in plan.pro_rata:
            names.setdefault(op.clause.name)
    return {name: number for number, name in enumerate(names)}


def _entries(plan: Program) -> list[int]:
    """The node where each kind of fact enters under each version."""
    named = {(op.version, op.clause.name) for op in plan.ops}
    versions = range(1 + max((op.version for op in plan.ops), default=0))
    return [plan.nodes[kind] if (version, kind) in named else kernel.NONE for version in versions for kind in KINDS]


# Layers in order "pro_rata": what `first` takes of a whole scope, spread over what every fact brought.


def _spread(
    run: Run, table: Table, name: str, columns: Column, kept: Mapping[str, int], trace: Trace | None, lost: Column
) -> None:
    n, start, versions = run.n, kept[name] * run.n, run.ordered.versions
    ops = {op.version: k for k, op in enumerate(run.program.ops) if op.clause.name == name}
    shrinks = all(run.scheme.versions[version].limit_basis == "current" for version in ops)
    if run.arrays and trace is None and shrinks and not any(table.ops[k][kernel.MISSING] for k in ops.values()):
        _spread_columns(run, table, ops, columns, kept, lost)
        return
    brought = [int(amount) for amount in columns[start : start + n]]
    rows = [i for i in range(n) if brought[i]]
    scope = table.ops[next(iter(ops.values()))][kernel.SCOPE]
    scopes = run.scopes[scope] if scope >= 0 else range(n) if scope == kernel.ALONE else [0] * n
    for i in rows:
        if table.ops[ops[versions[i]]][kernel.MISSING] or scopes[i] < 0:
            run.loops._lose(lost, ops[versions[i]], i)
    if lost[0]:
        return
    attaches = _bounds(run, table, ops, rows, scopes, kernel.ATTACH, 0)
    limits = _bounds(run, table, ops, rows, scopes, kernel.LIMIT, kernel.NO_LIMIT)
    order = sorted(rows, key=lambda i: (scopes[i], i))
    firsts = run.zeros(n)
    clause: Any = run.program.ops[next(iter(ops.values()))].clause
    columns_of = [run.flat([column]) for column in (brought, scopes, attaches, limits, order)]
    run.loops.spread_pro_rata(n, *columns_of, run.zeros(len(rows)), run.zeros(len(rows)), firsts)
    for i in rows:
        clause = run.program.ops[ops[versions[i]]].clause
        firsts[i] -= firsts[i] % clause.unit
        columns[start + i] = 0
        for target, part in ((clause.first, firsts[i]), (clause.then, brought[i] - firsts[i])):
            columns[kept[WORK_LIST if target == REFUSED else target] * n + i] += part
    if trace:
        trace.spread([ops[versions[i]] for i in rows], rows, scopes, brought, (attaches, limits), firsts)


def _spread_columns(
    run: Run, table: Table, ops: Mapping[int, int], columns: Column, kept: Mapping[str, int], lost: Column
) -> None:
    """The same on whole arrays, where nothing has to be told about single facts."""
    import numpy as np

    n, clauses = run.n, {version: run.program.ops[k].clause for version, k in ops.items()}
    any_clause: Any = next(iter(clauses.values()))
    start = kept[any_clause.name] * n
    brought = columns[start : start + n].copy()
    rows = brought.nonzero()[0]
    scope = table.ops[next(iter(ops.values()))][kernel.SCOPE]
    scopes = run.scopes[scope] if scope >= 0 else np.arange(n) if scope == kernel.ALONE else np.zeros(n, np.int64)
    for i in rows[scopes[rows] < 0].tolist():
        run.loops._lose(lost, ops[run.ordered.versions[i]], i)
    if lost[0]:
        return
    of_version = {version: run.ordered.versions == version if len(ops) > 1 else slice(None) for version in ops}
    bounds = []
    for which, absent in ((kernel.ATTACH, 0), (kernel.LIMIT, kernel.NO_LIMIT)):
        values = np.full(n, absent, np.int64)
        for version, k in ops.items():
            if (column := table.ops[k][which]) >= 0:
                found = run.values[column]
                values[of_version[version]] = found[of_version[version]] if len(found) > 1 else found[0]
        bounds.append(values)
    order = rows if (np.diff(scopes[rows]) >= 0).all() else rows[np.argsort(scopes[rows], kind="stable")]
    firsts, scratch = run.zeros(n), (run.zeros(len(rows)), run.zeros(len(rows)))
    run.loops.spread_pro_rata(n, brought, np.ascontiguousarray(scopes), *bounds, order, *scratch, firsts)
    columns[start : start + n] = 0
    for version, clause in clauses.items():
        layer: Any = clause
        if layer.unit > 1:
            firsts[of_version[version]] -= firsts[of_version[version]] % layer.unit
        for target, part in ((layer.first, firsts), (layer.then, brought - firsts)):
            at = kept[WORK_LIST if target == REFUSED else target] * n
            columns[at : at + n][of_version[version]] += part[of_version[version]]


def _bounds(
    run: Run, table: Table, ops: Mapping[int, int], rows: list[int], scopes: Any, which: int, absent: int
) -> list[int]:
    """The attachment or the limit at each fact; where the version says `at_fact`, never below an earlier one."""
    values, highest = [absent] * run.n, dict[int, int]()
    for i in rows:
        version = run.ordered.versions[i]
        column = table.ops[ops[version]][which]
        if column >= 0:
            values[i] = int(run.values[column][i if len(run.values[column]) > 1 else 0])
            if run.scheme.versions[version].limit_basis == "at_fact":
                values[i] = highest[scopes[i]] = max(values[i], highest.get(scopes[i], 0))
    return values


def _with_room(run: Run, room: Room) -> Column:
    """The state before the first fact."""
    state = run.cleared("state", max(run.state_size, 1))
    for at, extra in room.items():
        state[at + kernel.EXTRA] = extra
    return state


def _gathered(run: Run, table: Table, state: Column) -> Room:
    """What came back to each scope of each layer in a pass."""
    found: Room = {}
    if run.program.reinstates != "from_start":
        return found
    for row in table.ops:
        if row[kernel.KIND] == kernel.RICH_LAYER:
            size = run.scope_sizes[row[kernel.SCOPE]] if row[kernel.SCOPE] >= 0 else 1
            for at in range(row[kernel.STATE], row[kernel.STATE] + size * kernel.RICH, kernel.RICH):
                if state[at + kernel.GATHERED]:
                    found[at] = int(state[at + kernel.GATHERED])
    return found


# What an evaluation must keep, and what it cannot share.


def _conserve(run: Run, columns: Column) -> None:
    """Every fact is handed on whole."""
    n, count = run.n, len(run.program.roles) + 1
    amounts = run.ordered.amounts
    if run.arrays:
        handed = columns[: count * n].reshape(count, n).sum(axis=0)
        wrong = (handed != amounts).nonzero()[0].tolist()[:1]
    else:
        handed = [sum(columns[i : count * n : n]) for i in range(n)]
        wrong = [i for i in range(n) if handed[i] != amounts[i]][:1]
    for i in wrong:
        what = f"{amounts[i]} came in and {handed[i]} was handed on"
        raise Failed(Refusal(f"fact {run.ordered.ids[i]}", what, "the same amount", advice="a fault of the program"))


def _refuse_lost(run: Run, table: Table, lost: Column) -> None:
    """Facts that no clause could take further are refused by name, before anything is shared."""
    if not lost[0]:
        return
    listed = min(int(lost[0]), MOST_FAULTS)
    pairs = sorted((int(lost[2 * k + 2]), int(lost[2 * k + 1])) for k in range(listed))
    refusals = [_refusal(run, table, run.program.ops[op], op, i) for i, op in pairs]
    if int(lost[0]) > listed:
        refusals.append(Refusal("the facts", f"{int(lost[0]) - listed} more facts are at fault"))
    raise Refused(*refusals)


def _refusal(run: Run, table: Table, op: Op, number: int, i: int) -> Refusal:
    clause: Any = op.clause
    where = f"fact {run.ordered.ids[i]}"
    if number in table.missing:
        name = table.missing[number].split("'")[1]
        return Refusal(where, table.missing[number], f"a column {name!r}")
    if isinstance(clause, Choose):
        roads = " or ".join(f'"{way}"' for way in clause.roads)
        said = repr(run.text(clause.by)[i]) if not clause.days and not clause.measured else ""
        return Refusal(where, f"clause {clause.name!r} has no road", f"{clause.by} = {roads}", said)
    if isinstance(clause, Share):
        return Refusal(where, f"clause {clause.name!r} shares by measures that are all zero", "a measure above zero")
    name = scope_attribute(clause.per) or clause.per
    return Refusal(where, f"{name!r} is missing", f"an attribute {name!r}")
