"""Who bears what: the facts of a scheme in, the share of every party in every fact out. Pure: no database, no clock.

Clause by clause, from the top of the scheme down, each over all the facts that reach it in their one order. A clause
keeps a running total per scope and hands on exactly what it received, so nothing depends on when a fact arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.faults import Failed, Refusal, Refused
from products.expression import Expression
from riskshare import kernel, rounding
from riskshare.steps import Met, Step, step
from riskshare.terms import Choose, Clause, Follow, Layer, Rounding, Scheme, Share, clause_order, scope_attribute

MAX_TOTAL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as columns of equal length, in any order. Amounts and measures in minor units, never negative."""

    ids: Sequence[str]
    kinds: Sequence[str]
    loans: Sequence[str]
    days: Sequence[int]
    filings: Sequence[int]
    priorities: Sequence[int]
    years: Sequence[int]
    amounts: Sequence[int]
    versions: Sequence[int]
    measures: Mapping[str, Sequence[int]]
    attributes: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each role bears of each fact: columns aligned with the facts as given."""

    roles: tuple[str, ...]
    shares: Mapping[str, Sequence[int]]
    steps: tuple[Step, ...] = ()

    def totals(self) -> dict[str, int]:
        """What each role bears in all."""
        return {role: sum(self.shares[role]) for role in self.roles}


def allocate(scheme: Scheme, facts: Facts, why: bool = False) -> Allocation:
    """Share out all facts from zero. Raises Refused before anything is shared, naming every fact at fault."""
    _admit(scheme, facts)
    order = key_order(facts)
    run = _Run(scheme, facts, order, order == list(range(len(order))), why)
    boxes = _entries(run)
    for name in clause_order(scheme.versions):
        if name in boxes:
            _hand_on(run, name, boxes)
    back = sorted(range(len(order)), key=order.__getitem__) if boxes and not run.sorted else order
    shares = {
        role: list(map(boxes[role].__getitem__, back)) if role in boxes else [0] * len(order) for role in scheme.roles
    }
    steps = sorted(run.steps, key=lambda found: found[0])
    return Allocation(scheme.roles, shares, tuple(found for _, found in steps))


def key_order(facts: Facts) -> list[int]:
    """The one order of the facts: priority, day, filing number, loan, id. Never that of arrival.

    Sorting keeps equals in their order, so the last key of the order is sorted by first.
    """
    order = list(range(len(facts.ids)))
    for column in (facts.ids, facts.loans, facts.filings, facts.days, facts.priorities):
        if column and column.count(column[0]) < len(column):
            order.sort(key=column.__getitem__)
    return order


# What is refused before anything is shared.


def _admit(scheme: Scheme, facts: Facts) -> None:
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
    if len(set(facts.ids)) < len(facts.ids):
        seen: set[str] = set()
        for name in facts.ids:
            if name in seen:
                yield Refusal(f"fact {name}", "two facts have this id", "an id of its own for each fact")
            seen.add(name)
    if facts.amounts and min(facts.amounts) < 0:
        for name, amount in zip(facts.ids, facts.amounts, strict=True):
            if amount < 0:
                yield Refusal(f"fact {name}", "the amount is negative", "zero or more", str(amount))
    if sum(facts.amounts) > MAX_TOTAL:
        yield Refusal(
            "the facts", "the amounts together are too large", f"at most {MAX_TOTAL}", f"{sum(facts.amounts)}"
        )
    for kind, version in sorted(set(zip(facts.kinds, facts.versions, strict=True))):
        if not 0 <= version < len(scheme.versions):
            what = f"scheme {scheme.id} has no version {version}"
        elif scheme.versions[version].entry(kind) is None:
            what = f"scheme {scheme.id}, version {scheme.versions[version].effective}, does not share out {kind!r}"
        else:
            continue
        for i, name in enumerate(facts.ids):
            if facts.kinds[i] == kind and facts.versions[i] == version:
                yield Refusal(f"fact {name}", what, f"a clause named {kind!r}")


# One run: the facts in key order, columns of what they measure fetched when a clause first asks.


@dataclass(slots=True)
class _Run:
    scheme: Scheme
    facts: Facts
    order: list[int]
    sorted: bool
    why: bool
    steps: list[tuple[int, Step]] = field(default_factory=list)
    fetched: dict[str, list[Any]] = field(default_factory=dict)

    def column(self, name: str) -> list[Any]:
        """A column of the facts in key order."""
        if name not in self.fetched:
            given = getattr(self.facts, name)
            self.fetched[name] = list(given) if self.sorted else list(map(given.__getitem__, self.order))
        return self.fetched[name]

    def measure(self, name: str, rows: Sequence[int]) -> list[int]:
        """What some facts measure. Refused where it was not supplied or is below zero."""
        given = self.facts.measures.get(name)
        if given is None:
            raise Refused(Refusal(self.called(rows[0]), f"measure {name!r} is missing", f"a column {name!r}"))
        values = [given[self.order[i]] for i in rows]
        if min(values) < 0:
            where = self.called(rows[values.index(min(values))])
            raise Refused(Refusal(where, f"measure {name!r} is negative", "zero or more", str(min(values))))
        return values

    def attribute(self, name: str, rows: Sequence[int], needed: bool) -> list[str]:
        """What some facts say, or the one party that fills a role for every contract."""
        given = self.facts.attributes.get(name)
        values = [given[self.order[i]] for i in rows] if given is not None else [""] * len(rows)
        if "" in values:
            versions, parties = self.column("versions"), [version.parties for version in self.scheme.versions]
            values = [value or parties[versions[i]].get(name, "") for value, i in zip(values, rows, strict=True)]
        if needed and "" in values:
            blank = [i for i, value in zip(rows, values, strict=True) if not value]
            raise Refused(*(Refusal(self.called(i), f"{name!r} is missing", f"an attribute {name!r}") for i in blank))
        return values

    def called(self, row: int) -> str:
        return f"fact {self.facts.ids[self.order[row]]}"


Boxes = dict[str, list[int]]
"""What waits before each clause and what reached each role: one column in key order each."""

Group = dict[int, Any]
"""The clauses of one name, by version, that keep one running total."""


def _entries(run: _Run) -> Boxes:
    """Every fact at the clause named after its kind."""
    found, amounts = dict.fromkeys(run.facts.kinds), run.column("amounts")
    if len(found) == 1:
        return dict.fromkeys(found, amounts)
    kinds = run.column("kinds")
    return {kind: [x if k == kind else 0 for k, x in zip(kinds, amounts, strict=True)] for kind in found}


def _hand_on(run: _Run, name: str, boxes: Boxes) -> None:
    """Apply one clause to all that waits before it and put what it gives into the boxes of its targets."""
    received = boxes.pop(name)
    given: Boxes = {}
    for group in _groups(run.scheme, name):
        rows = _rows(run, received, group)
        if rows:
            kind = type(next(iter(group.values())))
            _APPLY[kind](run, group, rows, _take(received, rows), boxes, given)
    _conserve(run, name, received, given)
    for target, column in given.items():
        waiting = boxes.get(target)
        boxes[target] = [a + b for a, b in zip(waiting, column, strict=True)] if waiting else column


def _groups(scheme: Scheme, name: str) -> list[Group]:
    groups: dict[Hashable, Group] = {}
    for i, version in enumerate(scheme.versions):
        for clause in version.clauses:
            if clause.name == name:
                groups.setdefault(_state_of(clause, i, version.rounding), {})[i] = clause
    return list(groups.values())


def _state_of(clause: Clause, version: int, rounds: Rounding) -> Hashable:
    """What two versions of a clause must have in common to keep one running total."""
    if isinstance(clause, Share):
        return "share", clause.targets, clause.weights, rounds.scope, rounds.method
    if isinstance(clause, Follow):
        return "follow", clause.borne, clause.per
    return ("layer",) if isinstance(clause, Layer) else ("choose", version)


def _rows(run: _Run, received: Sequence[int], group: Group) -> list[int]:
    """The facts that bring something to this group of clauses."""
    if len(group) == len(run.scheme.versions):
        return list(range(len(received))) if 0 not in received else [i for i, amount in enumerate(received) if amount]
    return [
        i for i, (amount, v) in enumerate(zip(received, run.column("versions"), strict=True)) if amount and v in group
    ]


def _conserve(run: _Run, name: str, received: Sequence[int], given: Boxes) -> None:
    handed = list(map(sum, zip(*given.values(), strict=True))) or [0] * len(received)
    if handed != received:
        row = next(i for i, amount in enumerate(received) if handed[i] != amount)
        what = f"clause {name!r} received {received[row]} and handed on {handed[row]}"
        raise Failed(Refusal(run.called(row), what, "the same amount", advice="this is a fault of the program"))


def _give(given: Boxes, target: str, rows: Sequence[int], parts: list[int], length: int) -> None:
    """Add to what a target is given. The column is its own: a second gift to it must not change the first's source."""
    column = given.get(target)
    if column is None and len(rows) == length:
        given[target] = list(parts)
        return
    if column is None:
        column = given[target] = [0] * length
    for i, part in zip(rows, parts, strict=True):
        column[i] += part


def _take(column: list[Any], rows: Sequence[int]) -> list[Any]:
    """The values of some rows; the column itself when they are all of them. Rows are in order and differ."""
    return column if len(rows) == len(column) else [column[i] for i in rows]


# The four kinds of clause. Each fetches the columns of its rows, runs a loop of the kernel, and gives.


def _share(run: _Run, group: Group, rows: list[int], amounts: list[int], boxes: Boxes, given: Boxes) -> None:
    version, clause = next(iter(group.items()))
    rounds = run.scheme.versions[version].rounding
    scopes: list[Hashable] = _scopes(run, "scheme-year", rows)
    weights = _weights(run, group, rows)
    if clause.measured:
        sets = (rounding.lowest(each) for each in zip(*weights, strict=True))
        scopes = list(zip(scopes, sets, strict=True))
    parts = _split(clause, rounds, amounts, scopes, weights)
    for target, column in zip(clause.targets, parts, strict=True):
        _give(given, target, rows, column, len(run.order))
    if run.why:
        running = rounds.scope == "cumulative"
        befores = kernel.running_total(amounts, scopes) if running else [0] * len(rows)
        _say_share(run, group, rows, amounts, weights, parts, befores, "scheme-year" if running else "event")


def _say_share(
    run: _Run,
    group: Group,
    rows: list[int],
    amounts: list[int],
    weights: list[list[int]],
    parts: list[list[int]],
    befores: list[int],
    per: str,
) -> None:
    targets = next(iter(group.values())).targets
    for k, i in enumerate(rows):
        each = [column[k] for column in weights]
        given = [(target, column[k]) for target, column in zip(targets, parts, strict=True)]
        wholes = [amounts[k] * weight // sum(each) for weight in each]
        odd = tuple(target for (target, part), whole in zip(given, wholes, strict=True) if part > whole)
        _say(run, group, i, amounts[k], given, odd, Met(befores[k], scope=_scope_text(run, per, i)))


def _split(
    clause: Share, rounds: Rounding, amounts: list[int], scopes: list[Hashable], weights: list[list[int]]
) -> list[list[int]]:
    """The loop that fits: with a table of one period where that is worth its rows, else by each fact's weights."""
    whole = sum(clause.weights)
    if not clause.measured and (rounds.method == "quota" or whole <= max(1_000, len(amounts))):
        rows = rounding.table(clause.weights, rounds.method)
        if rounds.scope == "cumulative":
            return kernel.share_running(amounts, scopes, clause.weights, rows)
        return kernel.share_alone(amounts, clause.weights, rows)
    if rounds.scope == "cumulative":
        return kernel.share_measured_running(amounts, scopes, weights)
    return kernel.share_measured(amounts, weights)


def _weights(run: _Run, group: Group, rows: list[int]) -> list[list[int]]:
    """The weights of each fact, one column for each party."""
    clause = next(iter(group.values()))
    if not clause.measured:
        return [[weight] * len(rows) for weight in clause.weights]
    columns = [
        _values(run, rows, {version: each.measured[j] for version, each in group.items()})
        for j in range(len(clause.targets))
    ]
    nothing = [i for i, each in zip(rows, zip(*columns, strict=True), strict=True) if not any(each)]
    if nothing:
        what = f"clause {clause.name!r} shares by measures that are all zero"
        raise Refused(*(Refusal(run.called(i), what, "a measure above zero") for i in nothing))
    return columns


def _layer(run: _Run, group: Group, rows: list[int], amounts: list[int], boxes: Boxes, given: Boxes) -> None:
    clause = next(iter(group.values()))
    scopes = _scopes(run, clause.per, rows)
    attaches = _bounds(run, rows, scopes, {v: each.attach for v, each in group.items()}, 0)
    limits = _bounds(run, rows, scopes, {v: each.limit for v, each in group.items()}, kernel.NO_LIMIT)
    loop = kernel.layer_pro_rata if clause.order == "pro_rata" else kernel.layer_in_time
    firsts = loop(amounts, scopes, attaches, limits)
    thens = [amount - first for amount, first in zip(amounts, firsts, strict=True)]
    for clauses, at in _alike(run, group, rows, lambda each: (each.first, each.then)):
        for target, column in ((clauses.first, firsts), (clauses.then, thens)):
            _give(given, target, _take(rows, at), _take(column, at), len(run.order))
    if run.why:
        _say_layer(run, group, rows, amounts, scopes, attaches, limits, firsts)


def _say_layer(
    run: _Run,
    group: Group,
    rows: list[int],
    amounts: list[int],
    scopes: list[Hashable],
    attaches: list[int],
    limits: list[int],
    firsts: list[int],
) -> None:
    versions, befores = run.column("versions"), kernel.running_total(amounts, scopes)
    brought = {scope: before + x for scope, before, x in zip(scopes, befores, amounts, strict=True)}
    last = {scope: (attaches[k], limits[k]) for k, scope in enumerate(scopes)}
    for k, i in enumerate(rows):
        clause, first = group[versions[i]], firsts[k]
        odd: tuple[str, ...] = ()
        attach, limit, total = attaches[k], limits[k], brought[scopes[k]]
        if clause.order == "pro_rata":
            attach, limit = last[scopes[k]]
            taken = min(max(total - attach, 0), limit)
            odd = (clause.first,) if first * total > taken * amounts[k] else ()
        met = Met(befores[k], attach, limit, total, _scope_text(run, clause.per, i))
        _say(run, group, i, amounts[k], [(clause.first, first), (clause.then, amounts[k] - first)], odd, met)


def _bounds(
    run: _Run, rows: list[int], scopes: list[Hashable], by_version: dict[int, Expression | None], absent: int
) -> list[int]:
    """An attachment or a limit at each fact: as given, or the running maximum where the scheme says `at_fact`.

    A version without one ("no limit") takes no part in the maximum of the others.
    """
    values = _values(run, rows, by_version, absent)
    at_fact = {v for v, amount in by_version.items() if amount and run.scheme.versions[v].limit_basis == "at_fact"}
    if at_fact:
        versions = run.column("versions")
        at = [k for k, i in enumerate(rows) if versions[i] in at_fact]
        for k, highest in zip(at, kernel.running_maximum(_take(values, at), _take(scopes, at)), strict=True):
            values[k] = highest
    return values


def _follow(run: _Run, group: Group, rows: list[int], amounts: list[int], boxes: Boxes, given: Boxes) -> None:
    clause = next(iter(group.values()))
    kinds = run.column("kinds")
    brings = dict(zip(rows, amounts, strict=True))
    involved = [i for i, kind in enumerate(kinds) if kind == clause.borne or i in brings]
    bearers = [role for role in run.scheme.roles if role in boxes]
    columns = [boxes[role] for role in bearers]
    borne = [tuple(column[i] for column in columns) if kinds[i] == clause.borne else () for i in involved]
    scopes = _scopes(run, clause.per, involved)
    recovered = [brings.get(i, 0) for i in involved]
    parts, excess = kernel.follow(recovered, scopes, borne, len(bearers))
    at = [k for k, i in enumerate(involved) if i in brings]
    for role, column in zip(bearers, parts, strict=True):
        _give(given, role, rows, _take(column, at), len(run.order))
    above = [excess[k] for k in at]
    for each, members in _alike(run, group, rows, lambda each: each.then):
        _give(given, each.then, _take(rows, members), _take(above, members), len(run.order))
    if run.why:
        befores, versions = kernel.running_total(recovered, scopes), run.column("versions")
        for k, i in zip(at, rows, strict=True):
            then = group[versions[i]].then
            together = dict(zip(bearers, (column[k] for column in parts), strict=True))
            together[then] = together.get(then, 0) + excess[k]
            met = Met(befores[k], scope=_scope_text(run, clause.per, i))
            _say(run, group, i, recovered[k], list(together.items()), (), met)


def _choose(run: _Run, group: Group, rows: list[int], amounts: list[int], boxes: Boxes, given: Boxes) -> None:
    clause: Choose = next(iter(group.values()))
    values = run.attribute(clause.by, rows, needed=False)
    roads = [clause.roads.get(value, clause.otherwise) for value in values]
    lost = [k for k, road in enumerate(roads) if road is None]
    if lost:
        what, expected = f"clause {clause.name!r} has no road", " or ".join(f'"{value}"' for value in clause.roads)
        raise Refused(*(Refusal(run.called(rows[k]), what, f"{clause.by} = {expected}", repr(values[k])) for k in lost))
    for road in dict.fromkeys(roads):
        at = [k for k, each in enumerate(roads) if each == road]
        _give(given, str(road), _take(rows, at), _take(amounts, at), len(run.order))
    if run.why:
        for i, amount, road, value in zip(rows, amounts, roads, values, strict=True):
            _say(run, group, i, amount, [(str(road), amount)], (), Met(chosen=value))


_APPLY = {Share: _share, Layer: _layer, Follow: _follow, Choose: _choose}


# What the clauses need of the facts.


def _alike(run: _Run, group: Group, rows: list[int], of: Callable[[Any], Hashable]) -> Iterable[tuple[Any, list[int]]]:
    """The rows of clauses that point the same way, as indices into `rows`, with one such clause."""
    if len({of(clause) for clause in group.values()}) == 1:
        yield next(iter(group.values())), list(range(len(rows)))
        return
    versions = run.column("versions")
    for way in dict.fromkeys(of(clause) for clause in group.values()):
        same = {version for version, clause in group.items() if of(clause) == way}
        at = [k for k, i in enumerate(rows) if versions[i] in same]
        if at:
            yield next(clause for clause in group.values() if of(clause) == way), at


def _values(run: _Run, rows: list[int], by_version: dict[int, Expression | None], absent: int = 0) -> list[int]:
    """An amount of the terms at each fact, by the version of the fact."""
    if len(by_version) == 1:
        return _of_version(run, rows, *next(iter(by_version.items())), absent)
    versions, values = run.column("versions"), [0] * len(rows)
    for version, expression in by_version.items():
        at = [k for k, i in enumerate(rows) if versions[i] == version]
        if at:
            for k, value in zip(at, _of_version(run, [rows[k] for k in at], version, expression, absent), strict=True):
                values[k] = value
    return values


def _of_version(run: _Run, rows: list[int], version: int, expression: Expression | None, absent: int) -> list[int]:
    if expression is None:
        return [absent] * len(rows)
    amounts = run.scheme.versions[version].amounts

    def column(name: str) -> Sequence[int]:
        return [amounts[name]] * len(rows) if name in amounts else run.measure(name, rows)

    if (name := expression.plain_name) is not None:
        return list(column(name))
    return expression.column(column, len(rows))


def _scopes(run: _Run, per: str, rows: list[int]) -> list[Hashable]:
    """The key of each fact in a scope."""
    if per == "event":
        return list(rows)
    if per == "life":
        return [0] * len(rows)
    if per == "loan":
        return _take(run.column("loans"), rows)
    years = run.column("years")
    role = scope_attribute(per)
    if role is None:
        return _take(years, rows)
    names = run.attribute(role, rows, needed=True)
    return list(names) if per == "borrower" else [(name, years[i]) for name, i in zip(names, rows, strict=True)]


def _scope_text(run: _Run, per: str, row: int) -> str:
    """A scope in words: "scheme-year 2024", "guarantor Jinhui 2024", "loan L-17"."""
    role = scope_attribute(per)
    if role is not None:
        year = "" if per == "borrower" else f" {run.column('years')[row]}"
        return f"{role} {run.attribute(role, [row], needed=True)[0]}{year}"
    if per == "loan":
        return f"loan {run.column('loans')[row]}"
    return f"scheme-year {run.column('years')[row]}" if per == "scheme-year" else per


def _say(
    run: _Run, group: Group, row: int, amount: int, given: list[tuple[str, int]], odd: tuple[str, ...], met: Met
) -> None:
    clause = group[run.column("versions")[row]]
    run.steps.append((row, step(run.order[row], clause, amount, given, odd, met, run.scheme.currency)))
