"""What the terms ask about the facts, laid out for the kernel: scopes, amounts and roads in columns, clauses in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import ModuleType
from typing import Any

from products.expression import Expression
from riskshare import choosing, kernel, rounding
from riskshare.columns import Coded, Column, Facts, Picked, coded, compact, is_array, numbered
from riskshare.program import WORK_LIST, Op, Program, mode_of
from riskshare.terms import KINDS, Choose, Follow, Layer, Scheme, Share, scope_attribute


@dataclass(slots=True)
class Run:
    """One allocation: the facts in key order, and the columns asked for so far."""

    scheme: Scheme
    program: Program
    ordered: Facts
    loops: ModuleType
    scopes: list[Column] = field(default_factory=list)
    scope_sizes: list[int] = field(default_factory=list)
    scope_numbers: dict[Any, int] = field(default_factory=dict)
    values: list[Column] = field(default_factory=list)
    states: dict[Any, int] = field(default_factory=dict)
    state_size: int = 0
    kept: dict[str, Column] = field(default_factory=dict)
    texts: dict[str, Coded] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many facts there are."""
        return len(self.ordered.amounts)

    @property
    def arrays(self) -> bool:
        """Whether the columns are arrays."""
        return is_array(self.ordered.amounts)

    def zeros(self, length: int, fill: int = 0) -> Column:
        """A column of one value."""
        if self.arrays:
            import numpy as np

            return np.full(length, fill, np.int64) if fill else np.zeros(length, np.int64)
        return [fill] * length

    def cleared(self, name: str, length: int) -> Column:
        """A column of zeros that the next part of the same book may use again: new memory is slow to touch."""
        if not self.arrays:
            return [0] * length
        if len(self.kept.get(name, ())) < length:
            self.kept[name] = self.zeros(length)
        column = self.kept[name][:length]
        column.fill(0)
        return column

    def flat(self, columns: Sequence[Column]) -> Column:
        """Columns one behind the other."""
        if self.arrays:
            import numpy as np

            return np.concatenate([np.asarray(c, np.int64) for c in columns]) if columns else np.zeros(0, np.int64)
        return [value for column in columns for value in column]

    def text(self, name: str) -> Coded:
        """An attribute of the facts, or the one party that fills a role for every contract. "" where neither says it."""
        if name not in self.texts:
            self.texts[name] = self._text(name)
        return self.texts[name]

    def _text(self, name: str) -> Coded:
        if name == "loan":
            return coded(self.ordered.loans)
        given = self.ordered.attributes.get(name)
        found = coded(given) if given is not None else Coded(self.zeros(self.n), [""])
        parties = [version.parties.get(name, "") for version in self.scheme.versions]
        if "" not in found.values or not any(parties):
            return found
        blank, versions = found.values.index(""), self.ordered.versions
        values = [*found.values, *parties]
        if self.arrays:
            import numpy as np

            return Coded(np.where(found.codes == blank, len(found.values) + versions, found.codes), values)
        first = len(found.values)
        codes = [first + v if code == blank else code for code, v in zip(found.codes, versions, strict=True)]
        return Coded(codes, values)

    def scope(self, per: str) -> int:
        """The column that numbers a scope."""
        if per in ("event", "life"):
            return kernel.ALONE if per == "event" else kernel.WHOLE
        if per not in self.scope_numbers:
            self.scope_numbers[per] = self.add_scope(*self._scope(per))
        return self.scope_numbers[per]

    def scope_of_events(self) -> int:
        """A column in which every fact has a number of its own."""
        if "event" not in self.scope_numbers:
            self.scope_numbers["event"] = self.add_scope(self.flat([range(self.n)]), self.n)
        return self.scope_numbers["event"]

    def add_scope(self, codes: Column, size: int) -> int:
        """One more column of scope numbers."""
        self.scopes.append(codes)
        self.scope_sizes.append(size)
        return len(self.scopes) - 1

    def _scope(self, per: str) -> tuple[Column, int]:
        years, count = _years(self.ordered.years)
        if per == "scheme-year":
            return years, count
        texts = self.text("loan" if per.startswith("loan") else scope_attribute(per) or "")
        names, size = _same_names(texts)
        if not per.endswith("-year"):
            return compact(names, size)
        if self.arrays:
            import numpy as np

            return compact(np.where(names < 0, -1, names * count + years), size * count)
        both = [name * count + year if name >= 0 else -1 for name, year in zip(names, years, strict=True)]
        return compact(both, size * count)

    def state(self, key: Any, scope: int, stride: int) -> int:
        """Where the running state of some operations begins."""
        if key not in self.states:
            self.states[key] = self.state_size
            self.state_size += stride * (self.scope_sizes[scope] if scope >= 0 else 1)
        return self.states[key]

    def add_value(self, column: Column) -> int:
        """A column of values; of length 1: the same for all."""
        self.values.append(column)
        return len(self.values) - 1

    def amount(self, expression: Expression | None) -> int:
        """The column of an amount of the terms; NONE where there is none."""
        if expression is None:
            return kernel.NONE
        if expression.constant is not None:
            return self.add_value([min(expression.constant, kernel.NO_LIMIT)])
        measures = self.ordered.measures
        if self.arrays:
            return self.add_value(expression.vector(measures.__getitem__, self.n))
        return self.add_value(expression.column(measures.__getitem__, self.n))

    def missing(self, expressions: Iterable[Expression | None]) -> list[str]:
        """The measures these amounts need and the facts do not supply."""
        names = {name for each in expressions if each for name in each.names}
        return sorted(names - self.ordered.measures.keys())


def _years(years: Column) -> tuple[Column, int]:
    if not len(years):
        return years, 1
    if is_array(years):
        low, high = int(years.min()), int(years.max())
        return years - low, high - low + 1
    low = min(years)
    return [year - low for year in years], max(years) - low + 1


def _same_names(texts: Coded) -> tuple[Column, int]:
    """Codes in which equal texts are equal and the empty one is -1."""
    if _distinct(texts.values):
        return texts.codes, len(texts.values)
    numbers: dict[str, int] = {}
    place = [numbers.setdefault(text, len(numbers)) if text else -1 for text in texts.values]
    return mapped(place, texts.codes), len(numbers)


def _distinct(values: Sequence[Any]) -> bool:
    """Whether no text comes twice and none is empty. Arrays and what is picked from them were made so."""
    return (
        is_array(values) or isinstance(values, Picked | range) or (len(set(values)) == len(values) and "" not in values)
    )


def lowest(column: Column) -> int:
    """The smallest value of a column; 0 of an empty one."""
    return int(column.min(initial=0)) if is_array(column) else min(column, default=0)


# The table of operations.


@dataclass(slots=True)
class Table:
    """The clauses as rows of numbers. `missing` says what an operation asks for and the facts do not supply."""

    ops: list[list[int]]
    targets: list[int]
    tables: list[int]
    missing: dict[int, str]
    refills: list[int]


def table_of(run: Run) -> Table:
    """Every operation of the program as a row of the kernel's table."""
    table = Table([], [], [], {}, [])
    for number, op in enumerate(run.program.ops):
        row = [0] * kernel.WIDTH
        row[kernel.NODE] = run.program.node(op.clause.name)
        row[kernel.FIRST] = len(table.targets)
        row[kernel.SCOPE] = kernel.ALONE
        fill = _FILL[type(op.clause)]
        lacking = fill(run, table, op, row)
        row[kernel.COUNT] = len(table.targets) - row[kernel.FIRST]
        row[kernel.UNSCOPED] = int(row[kernel.SCOPE] >= 0 and lowest(run.scopes[row[kernel.SCOPE]]) < 0)
        if lacking:
            row[kernel.MISSING] = 1
            table.missing[number] = lacking
        table.ops.append(row)
    return table


def _share(run: Run, table: Table, op: Op, row: list[int]) -> str:
    clause: Any = op.clause
    rounds = run.scheme.versions[op.version].rounding
    cumulative = rounds.scope == "cumulative"
    table.targets += [run.program.node(target) for target in clause.targets]
    if clause.measured:
        return _measured_share(run, op, row, cumulative)
    if cumulative:
        row[kernel.SCOPE] = run.scope("scheme-year")
    row[kernel.WEIGHTS] = len(table.tables)
    table.tables += clause.weights
    whole = sum(clause.weights)
    if rounds.method == "quota" or whole <= max(1_000, min(run.n, rounding.MAX_ROWS)):
        row[kernel.KIND], row[kernel.WHOLE_OF], row[kernel.ROWS] = kernel.SHARE_BY_TABLE, whole, len(table.tables)
        table.tables += [part for each in rounding.table(clause.weights, rounds.method) for part in each]
    else:
        row[kernel.KIND] = kernel.SHARE_BY_WEIGHTS
    row[kernel.STATE] = run.state(op.state, row[kernel.SCOPE], 2)
    return ""


def _measured_share(run: Run, op: Op, row: list[int], cumulative: bool) -> str:
    clause: Any = op.clause
    row[kernel.KIND] = kernel.SHARE_BY_MEASURES
    if lacking := run.missing(clause.measured):
        return f"measure {lacking[0]!r} is missing"
    first = run.amount(clause.measured[0])
    for expression in clause.measured[1:]:
        run.amount(expression)
    row[kernel.WEIGHTS] = first
    if cumulative:
        row[kernel.SCOPE] = _weighed(run, op)
    row[kernel.STATE] = run.state(op.state, row[kernel.SCOPE], 1)
    return ""


def _weighed(run: Run, op: Op) -> int:
    """One running total for each scheme-year and set of weights, through all versions that share among the same parties."""
    key = ("weighed", op.state)
    if key not in run.scope_numbers:
        same = [other for other in run.program.ops if other.state == op.state]
        columns = [_by_version(run, same, j) for j in range(len(op.clause.targets))]
        years = run.scopes[run.scope("scheme-year")]
        run.scope_numbers[key] = run.add_scope(*numbered([years, *_lowest(run, columns)]))
    return run.scope_numbers[key]


def _by_version(run: Run, ops: Sequence[Op], j: int) -> Column:
    """The weight of one party at each fact, by the version of the fact; zero where a version has no such share."""
    column = run.zeros(run.n)
    for op in ops:
        clause: Any = op.clause
        if run.missing((clause.measured[j],)):
            continue
        found = run.values[run.amount(clause.measured[j])]
        if run.arrays:
            mine = run.ordered.versions == op.version
            column[mine] = found[mine] if len(found) > 1 else found[0]
        else:
            for i, version in enumerate(run.ordered.versions):
                if version == op.version:
                    column[i] = found[i if len(found) > 1 else 0]
    return column


def _lowest(run: Run, columns: Sequence[Column]) -> list[Column]:
    """Weights of each fact in the smallest whole numbers."""
    whole = [column if len(column) == run.n else run.zeros(run.n, int(column[0])) for column in columns]
    if run.arrays:
        import numpy as np

        shared = np.gcd.reduce(np.stack(whole), axis=0)
        shared[shared == 0] = 1
        return [column // shared for column in whole]
    rows = [rounding.lowest(row) if any(row) else row for row in zip(*whole, strict=True)]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]


def _layer(run: Run, table: Table, op: Op, row: list[int]) -> str:
    clause: Any = op.clause
    version = run.scheme.versions[op.version]
    table.targets += [run.program.node(clause.first), run.program.node(clause.then)]
    row[kernel.KIND], row[kernel.UNIT], row[kernel.PASSED] = kernel.LAYER, clause.unit, kernel.NONE
    row[kernel.SCOPE] = run.scope(clause.per)
    if lacking := run.missing((clause.attach, clause.limit)):
        return f"measure {lacking[0]!r} is missing"
    row[kernel.ATTACH], row[kernel.LIMIT] = run.amount(clause.attach), run.amount(clause.limit)
    at_fact = [v.limit_basis == "at_fact" for v in run.scheme.versions]
    reinstating = run.program.reinstates != "no" and _follows_losses(run) is not None
    if clause.order == "pro_rata":
        row[kernel.KIND] = kernel.PRO_RATA
    elif reinstating or (any(at_fact) and clause.per != "event"):
        if clause.per == "event":  # each fact has a scope of its own, which a recovery may fill again
            row[kernel.SCOPE] = run.scope_of_events()
        row[kernel.KIND], row[kernel.AT_FACT] = kernel.RICH_LAYER, int(version.limit_basis == "at_fact")
        row[kernel.STATE] = run.state(op.state, row[kernel.SCOPE], kernel.RICH)
        if reinstating:
            _keep(run, table, op, row)
    elif clause.per != "event":
        row[kernel.STATE] = run.state(op.state, row[kernel.SCOPE], 1)
    return ""


def _keep(run: Run, table: Table, op: Op, row: list[int]) -> None:
    """Have a layer remember what it took of each loan in each of its scopes, so that a recovery can give it room again."""
    clause: Any = op.clause
    loans = run.scope(str(_follows_losses(run)))
    row[kernel.LOSSES], row[kernel.LOANS] = KINDS.index("loss"), loans
    key = ("pairs", op.state)
    if key not in run.scope_numbers:
        columns = [run.scopes[k] for k in (loans, row[kernel.SCOPE]) if k >= 0]
        run.scope_numbers[key] = run.add_scope(*(numbered(columns) if columns else (run.zeros(run.n), 1)))
    row[kernel.PAIRED] = run.scope_numbers[key]
    known = ("passed", op.state) in run.states
    row[kernel.PASSED] = run.state(("passed", op.state), row[kernel.PAIRED], kernel.KEPT)
    row[kernel.HEADS] = run.state(("heads", op.state), loans, 1)
    if not known:
        role = run.program.node(clause.first) - run.program.roles_at
        table.refills += [row[kernel.HEADS], role if role >= 0 else kernel.NONE]


def _follows_losses(run: Run) -> str | None:
    """The scope of the recovery that follows losses."""
    return next(
        (c.per for v in run.scheme.versions for c in v.clauses if isinstance(c, Follow) and c.borne == "loss"), None
    )


def _follow(run: Run, table: Table, op: Op, row: list[int]) -> str:
    clause: Any = op.clause
    roles = run.program.roles
    table.targets += [run.program.node(role) for role in (*roles, clause.then, WORK_LIST)]
    row[kernel.KIND], row[kernel.SCOPE], row[kernel.MODE] = kernel.FOLLOW, run.scope(clause.per), mode_of(clause)
    row[kernel.STATE] = run.state(op.state, row[kernel.SCOPE], 2 * len(roles) + 1)
    row[kernel.BORNE] = KINDS.index(clause.borne)
    row[kernel.REFILLS] = int(clause.borne == "loss" and clause.per == _follows_losses(run))
    row[kernel.AGREED] = len(table.tables)
    if mode_of(clause) == kernel.BY_AGREED:
        agreed = [(roles.index(r), w) for r, w in zip(clause.roles, clause.weights, strict=True) if r in roles]
        table.tables += [len(agreed), *(number for pair in agreed for number in pair)]
    elif mode_of(clause) == kernel.BY_ORDER:
        named = [roles.index(role) for role in clause.roles if role in roles]
        table.tables += [*named, *(k for k in range(len(roles)) if k not in named)]
    return ""


def _choose(run: Run, table: Table, op: Op, row: list[int]) -> str:
    clause: Any = op.clause
    ways = list(dict.fromkeys(clause.targets))
    table.targets += [run.program.node(way) for way in ways]
    row[kernel.KIND] = kernel.CHOOSE
    if clause.measured and clause.by not in run.ordered.measures:
        return f"measure {clause.by!r} is missing"
    row[kernel.ROADS] = run.add_value(_roads(run, clause, {way: k for k, way in enumerate(ways)}))
    return ""


def _roads(run: Run, clause: Choose, number: Mapping[str | None, int]) -> Column:
    """Which target each fact goes to, as a number; -1 where there is no road."""
    if clause.measured:
        return _by_numbers(clause, run.ordered.measures[clause.by], number)
    if clause.days:
        since, until = (run.text(name) for name in clause.days)
        both, _ = numbered([since.codes, until.codes])
        pairs = dict(zip(listed(both), zip(listed(since.codes), listed(until.codes), strict=True), strict=True))
        ways = [
            number.get(choosing.by_days(clause, since.values[pairs[k][0]], until.values[pairs[k][1]]), -1)
            for k in range(len(pairs))
        ]
        return mapped(ways, both)
    texts = run.text(clause.by)
    return mapped([number.get(choosing.by_word(clause, text), -1) for text in texts.values], texts.codes)


def _by_numbers(clause: Choose, column: Column, number: Mapping[str | None, int]) -> Column:
    if is_array(column):
        import numpy as np

        values, codes = np.unique(column, return_inverse=True)
        ways = [number.get(choosing.by_number(clause, int(value)), -1) for value in values]
        return mapped(ways, codes)
    return [number.get(choosing.by_number(clause, Fraction(value)), -1) for value in column]


def mapped(of_code: list[int], codes: Column) -> Column:
    """The value of each code, as a column."""
    if is_array(codes):
        import numpy as np

        return np.array(of_code, np.int64)[codes] if of_code else codes
    return [of_code[code] for code in codes]


def listed(column: Column) -> list[int]:
    """A column as a list."""
    return column.tolist() if is_array(column) else list(column)


_FILL: Mapping[type, Callable[[Run, Table, Op, list[int]], str]] = {
    Share: _share,
    Layer: _layer,
    Follow: _follow,
    Choose: _choose,
}
