"""The inner loops: facts in their one order through a flat table of operations. Whole numbers in, whole numbers out.

Every function here runs as it stands on lists of Python's own integers, and compiled on columns of 64-bit integers:
one source for one fact at a counter and for the facts of a nation. So it is written plainly: flat columns, no objects,
no floats. All columns of a table stand one behind the other in one flat list; value (c, i) of n rows is at c * n + i.

Facts are taken in blocks, and each operation does a whole block before the next one begins: a running total only asks
in which order the facts of its own operation come. Where a later clause acts back on an earlier one (a recovery that
gives a limit room again), a block is one fact.
"""

from __future__ import annotations

from typing import Any

from riskshare.loop import loop

NO_LIMIT = 2**62
"""Above any total: a limit of this much never bites. Twice it still fits 64 bits."""

Column = Any
"""A list of int, or a numpy array of int64."""

# One row of the table of operations.
WIDTH = 17
NODE = 0  # the box it empties
KIND = 1  # one of the kinds below
FIRST = 2  # where its targets begin in `targets`
COUNT = 3  # how many
SCOPE = 4  # the column of its scope; ALONE: each fact by itself; WHOLE: one scope for all
STATE = 5  # where its running state begins
ROWS = 6  # share by table: where the rows of one period begin in `tables`
WHOLE_OF = 7  # share by table: the sum of the weights, also the number of rows
WEIGHTS = 8  # share: where its weights begin in `tables`, or the first of its columns of weights
ATTACH = 6  # layer: its column of attachments, or NONE
LIMIT = 7  # layer: its column of limits, or NONE
UNIT = 8  # layer: what `first` takes is rounded down to this
AT_FACT = 9  # layer: 1 where attachment and limit never fall below an earlier one
PASSED = 10  # layer: where it keeps what it took of each loan's losses in each of its scopes, or NONE
PAIRED = 11  # layer: the column that numbers loan and scope together
ROADS = 6  # choose: its column of roads; -1 in it: none
MODE = 6  # follow: one of the modes below
AGREED = 7  # follow: where the agreed weights or the order of the roles begin in `tables`
BORNE = 8  # follow: the kind of fact it follows
REFILLS = 9  # follow: 1 where what goes back gives limits room again
MISSING = 12  # 1 where something it asks for was not supplied: a fact that reaches it is at fault
UNSCOPED = 13  # 1 where some fact does not say what its scope counts by
LOSSES = 14  # layer: the kind of fact whose recoveries give it room again
HEADS = 15  # layer: where the chains of what it keeps begin, one for each scope of the recovery
LOANS = 16  # layer: the column that numbers the scopes of the recovery, or WHOLE

SHARE_BY_TABLE, SHARE_BY_WEIGHTS, SHARE_BY_MEASURES, LAYER, RICH_LAYER, CHOOSE, FOLLOW, PRO_RATA = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
)
ALONE, WHOLE, NONE = -1, -2, -1
BY_BORNE, BY_AGREED, BY_ORDER = 0, 1, 2

# The state of a rich layer, one block for each scope: what it received, what `first` took, what came back,
# what came back in this pass, and the highest attachment and limit so far.
RICH = 6
TOTAL, USED, EXTRA, GATHERED, HIGH_ATTACH, HIGH_LIMIT = 0, 1, 2, 3, 4, 5

# What a reinstating layer keeps of a loan in one of its scopes: what it took, what came back, where the state of that
# scope stands, and the next of the same loan (0: none, else where it stands plus one).
KEPT = 4
TOOK, BACK, WHERE, NEXT = 0, 1, 2, 3

# One row of the table of layers that a recovery fills again: where its chains begin, the role that is its `first`.
REFILL = 2


@loop
def run(
    n: int, size: int, entering: int, todo: Column, first_of: Column, amounts: Column, kinds: Column, versions: Column, entries: Column,
    kind_count: int, ops: Column, targets: Column, tables: Column, scopes: Column, values: Column, value_at: Column,
    value_step: Column, node_at: Column, node_kept: Column, money: Column, refills: Column, from_start: int,
    roles_at: int, roles: int, state: Column, parts: Column, rests: Column, old: Column, lost: Column, tracing: int,
    before: Column, bound: Column, given: Column,
) -> None:  # fmt: skip
    """Take all facts through the operations of their version, block by block.

    `todo` lists the operations, version by version; those of version v begin at first_of[v]. A block is of one version:
    operations of several versions may keep one running total, and no fact may overtake another.

    A fact enters at the node entries[version, kind] (NONE: not at all). The money at node x of fact i stands in
    `money`: at node_at[x] + i where the node is kept, else at node_at[x] + the place of i in its block. A fact at
    fault is written to `lost` (a count, then pairs of operation and fact) and given to nobody.
    """
    begin = 0
    m = 0
    while begin + m < n:
        begin += m
        version = versions[begin]
        m = 1
        while m < size and begin + m < n and versions[begin + m] == version:
            m += 1
        if entering == 1:
            for k in range(m):
                node = entries[version * kind_count + kinds[begin + k]]
                if node >= 0:
                    money[node_at[node] + begin * node_kept[node] + k] += amounts[begin + k]
        for number in range(first_of[version], first_of[version + 1]):
            op = todo[number]
            at = op * WIDTH
            what = ops[at + KIND]
            node = ops[at + NODE]
            source = node_at[node] + begin * node_kept[node]
            if ops[at + MISSING] == 1:
                _lose_all(op, begin, m, source, money, lost)
                continue
            if ops[at + UNSCOPED] == 1:
                _lose_unscoped(op, begin, m, source, ops, scopes, n, money, lost)
            if what == LAYER:
                _layer(op, begin, m, n, source, ops, targets, scopes, values, value_at, value_step, node_at,
                       node_kept, money, state, tracing, before, bound, given)  # fmt: skip
            elif what == SHARE_BY_TABLE:
                _share_by_table(op, begin, m, n, source, ops, targets, tables, scopes, node_at, node_kept, money,
                                state, old, tracing, before, given)  # fmt: skip
            elif what == CHOOSE:
                _choose(op, begin, m, n, source, ops, targets, values, value_at, value_step, node_at, node_kept,
                        money, lost, tracing, given)  # fmt: skip
            elif what == RICH_LAYER:
                _rich_layer(op, begin, m, n, source, ops, targets, kinds, scopes, values, value_at, value_step, node_at,
                            node_kept, money, state, tracing, before, bound, given)  # fmt: skip
            elif what == FOLLOW:
                _follow(op, begin, m, n, source, ops, targets, tables, kinds, scopes, node_at, node_kept, money,
                        refills, from_start, roles_at, roles, state, parts, rests, old, tracing, before, given)  # fmt: skip
            elif what != PRO_RATA:
                _share(op, begin, m, n, source, ops, targets, tables, scopes, values, value_at, value_step,
                       node_at, node_kept, money, state, parts, rests, old, lost, tracing, before, given)  # fmt: skip


@loop
def _lose(lost: Column, op: int, i: int) -> None:
    """Write down a fact at fault, as long as there is room; the count goes on."""
    if 2 * lost[0] + 2 < len(lost):
        lost[2 * lost[0] + 1] = op
        lost[2 * lost[0] + 2] = i
    lost[0] += 1


@loop
def _lose_all(op: int, begin: int, m: int, source: int, money: Column, lost: Column) -> None:
    """Every fact that reaches an operation which lacks something is at fault."""
    for k in range(m):
        if money[source + k] != 0:
            money[source + k] = 0
            _lose(lost, op, begin + k)


@loop
def _lose_unscoped(
    op: int, begin: int, m: int, source: int, ops: Column, scopes: Column, n: int, money: Column,
    lost: Column,
) -> None:  # fmt: skip
    """A fact that does not say what a scope counts by is at fault."""
    scope = ops[op * WIDTH + SCOPE] * n + begin
    for k in range(m):
        if scopes[scope + k] < 0 and money[source + k] != 0:
            money[source + k] = 0
            _lose(lost, op, begin + k)


@loop
def _value(values: Column, value_at: Column, value_step: Column, column: int, i: int, absent: int) -> int:
    """What a column says at a fact. A column may be one value for all."""
    if column < 0:
        return absent
    found: int = values[value_at[column] + i * value_step[column]]
    return found


@loop
def _within(total: int, attach: int, limit: int) -> int:
    """What a layer takes of a running total: g(v) = min(max(v - attach, 0), limit)."""
    above = total - attach
    if above <= 0:
        return 0
    return limit if above > limit else above


@loop
def _layer(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, scopes: Column,
    values: Column, value_at: Column, value_step: Column, node_at: Column, node_kept: Column, money: Column,
    state: Column, tracing: int, before: Column, bound: Column, given: Column,
) -> None:  # fmt: skip
    """`first` takes g(T + x) - g(T) of what arrives at a running total T, `then` the rest."""
    at = op * WIDTH
    unit, column = ops[at + UNIT], ops[at + SCOPE]
    scope, base = column * n + begin, ops[at + STATE]
    first, then = targets[ops[at + FIRST]], targets[ops[at + FIRST] + 1]
    to_first = node_at[first] + begin * node_kept[first]
    to_then = node_at[then] + begin * node_kept[then]
    attach_at, limit_at, attach_step, limit_step = 0, 0, 0, 0
    attach, limit = 0, NO_LIMIT
    if ops[at + ATTACH] >= 0:
        attach_at, attach_step = value_at[ops[at + ATTACH]], value_step[ops[at + ATTACH]]
        attach = values[attach_at]
    if ops[at + LIMIT] >= 0:
        limit_at, limit_step = value_at[ops[at + LIMIT]], value_step[ops[at + LIMIT]]
        limit = values[limit_at]
    for k in range(m):
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        if attach_step == 1:
            attach = values[attach_at + begin + k]
        if limit_step == 1:
            limit = values[limit_at + begin + k]
        total = 0
        if column >= 0:
            total = state[base + scopes[scope + k]]
            state[base + scopes[scope + k]] = total + x
        elif column == WHOLE:
            total = state[base]
            state[base] = total + x
        taken = _within(total + x, attach, limit) - _within(total, attach, limit)
        if unit > 1:
            taken -= taken % unit
        money[to_first + k] += taken
        money[to_then + k] += x - taken
        if tracing == 1:
            before[op * n + begin + k] = total
            bound[2 * op * n + begin + k] = attach
            bound[(2 * op + 1) * n + begin + k] = limit
            given[ops[at + FIRST] * n + begin + k] = taken
            given[(ops[at + FIRST] + 1) * n + begin + k] = x - taken


@loop
def _share_by_table(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, tables: Column,
    scopes: Column, node_at: Column, node_kept: Column, money: Column, state: Column, to: Column, tracing: int,
    before: Column, given: Column,
) -> None:  # fmt: skip
    """Split a running total T = qW + r as q times the weights plus row r of the table; give S(T + x) - S(T)."""
    at = op * WIDTH
    column, count, whole = ops[at + SCOPE], ops[at + COUNT], ops[at + WHOLE_OF]
    scope, base, rows, weights = column * n + begin, ops[at + STATE], ops[at + ROWS], ops[at + WEIGHTS]
    first = ops[at + FIRST]
    for j in range(count):
        to[j] = node_at[targets[first + j]] + begin * node_kept[targets[first + j]]
    for k in range(m):
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        rest = 0
        where = base
        if column >= 0:
            where = base + 2 * scopes[scope + k]
            rest = state[where]
        times = (rest + x) // whole
        left = rest + x - times * whole
        if column >= 0:
            state[where] = left
        row, row_before = rows + left * count, rows + rest * count
        for j in range(count):
            part = times * tables[weights + j] + tables[row + j] - tables[row_before + j]
            money[to[j] + k] += part
            if tracing == 1:
                given[(first + j) * n + begin + k] = part
        if tracing == 1 and column >= 0:
            before[op * n + begin + k] = state[where + 1]
            state[where + 1] += x


@loop
def _choose(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, values: Column,
    value_at: Column, value_step: Column, node_at: Column, node_kept: Column, money: Column, lost: Column, tracing: int,
    given: Column,
) -> None:  # fmt: skip
    """Each fact down its own road."""
    at = op * WIDTH
    first = ops[at + FIRST]
    for k in range(m):
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        road = _value(values, value_at, value_step, ops[at + ROADS], begin + k, NONE)
        if road < 0:
            _lose(lost, op, begin + k)
            continue
        node = targets[first + road]
        money[node_at[node] + begin * node_kept[node] + k] += x
        if tracing == 1:
            given[(first + road) * n + begin + k] = x


@loop
def _rich_layer(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, kinds: Column, scopes: Column,
    values: Column, value_at: Column, value_step: Column, node_at: Column, node_kept: Column, money: Column,
    state: Column, tracing: int, before: Column, bound: Column, given: Column,
) -> None:  # fmt: skip
    """A layer whose bounds never fall, or which recoveries give room again."""
    at = op * WIDTH
    unit, column, passed = ops[at + UNIT], ops[at + SCOPE], ops[at + PASSED]
    first, then = targets[ops[at + FIRST]], targets[ops[at + FIRST] + 1]
    to_first = node_at[first] + begin * node_kept[first]
    to_then = node_at[then] + begin * node_kept[then]
    for k in range(m):
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        base = ops[at + STATE]
        if column >= 0:
            base += scopes[column * n + begin + k] * RICH
        attach = _value(values, value_at, value_step, ops[at + ATTACH], begin + k, 0)
        limit = _value(values, value_at, value_step, ops[at + LIMIT], begin + k, NO_LIMIT)
        if ops[at + AT_FACT] == 1:
            attach = max(attach, state[base + HIGH_ATTACH])
            state[base + HIGH_ATTACH] = attach
            if ops[at + LIMIT] >= 0:
                limit = max(limit, state[base + HIGH_LIMIT])
                state[base + HIGH_LIMIT] = limit
        total, used = state[base + TOTAL], state[base + USED]
        if passed < 0:
            taken = _within(total + x, attach, limit) - _within(total, attach, limit)
        else:
            limit = min(limit + state[base + EXTRA], NO_LIMIT)
            taken = _within(total + x, attach, NO_LIMIT) - _within(total, attach, NO_LIMIT)
            taken = max(min(taken, limit - used), 0)
        if unit > 1:
            taken -= taken % unit
        state[base + TOTAL] = total + x
        state[base + USED] = used + taken
        if passed >= 0 and kinds[begin + k] == ops[at + LOSSES]:
            block = passed + scopes[ops[at + PAIRED] * n + begin + k] * KEPT
            if state[block + WHERE] == 0:
                head = ops[at + HEADS]
                if ops[at + LOANS] >= 0:
                    head += scopes[ops[at + LOANS] * n + begin + k]
                state[block + WHERE] = base + 1
                state[block + NEXT] = state[head]
                state[head] = block + 1
            state[block + TOOK] += taken
        money[to_first + k] += taken
        money[to_then + k] += x - taken
        if tracing == 1:
            before[op * n + begin + k] = total if passed < 0 else min(total, attach) + used
            bound[2 * op * n + begin + k] = attach
            bound[(2 * op + 1) * n + begin + k] = limit
            given[ops[at + FIRST] * n + begin + k] = taken
            given[(ops[at + FIRST] + 1) * n + begin + k] = x - taken


@loop
def _share(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, tables: Column,
    scopes: Column, values: Column, value_at: Column, value_step: Column, node_at: Column, node_kept: Column,
    money: Column, state: Column, parts: Column, rests: Column, old: Column, lost: Column, tracing: int, before: Column,
    given: Column,
) -> None:  # fmt: skip
    """Split by weights that have no table: too fine, or measured at the fact. `parts` keeps the weights behind the parts."""
    at = op * WIDTH
    column, count, first = ops[at + SCOPE], ops[at + COUNT], ops[at + FIRST]
    for k in range(m):
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        whole = 0
        for j in range(count):
            if ops[at + KIND] == SHARE_BY_WEIGHTS:
                parts[count + j] = tables[ops[at + WEIGHTS] + j]
            else:
                parts[count + j] = _value(values, value_at, value_step, ops[at + WEIGHTS] + j, begin + k, 0)
            whole += parts[count + j]
            old[j] = 0
        if whole == 0:
            _lose(lost, op, begin + k)
            continue
        total = 0
        if column >= 0:
            total = state[ops[at + STATE] + scopes[column * n + begin + k]]
            state[ops[at + STATE] + scopes[column * n + begin + k]] = total + x
            largest_remainder(total, parts, count, count, whole, parts, rests)
            for j in range(count):
                old[j] = parts[j]
        largest_remainder(total + x, parts, count, count, whole, parts, rests)
        for j in range(count):
            node = targets[first + j]
            money[node_at[node] + begin * node_kept[node] + k] += parts[j] - old[j]
            if tracing == 1:
                given[(first + j) * n + begin + k] = parts[j] - old[j]
        if tracing == 1:
            before[op * n + begin + k] = total


@loop
def _follow(
    op: int, begin: int, m: int, n: int, source: int, ops: Column, targets: Column, tables: Column, kinds: Column,
    scopes: Column, node_at: Column, node_kept: Column, money: Column, refills: Column,
    from_start: int, roles_at: int, roles: int, state: Column, parts: Column, rests: Column, old: Column, tracing: int,
    before: Column, given: Column,
) -> None:  # fmt: skip
    """Split the running recovery of a scope among those who bore, and give the difference to the split before.

    The targets are all roles in order, then `then`, then the work list: with nothing borne before, it goes there. The
    state of a scope: what each role bore, what each got back, and what was recovered.
    """
    at = op * WIDTH
    column, first, borne = ops[at + SCOPE], ops[at + FIRST], ops[at + BORNE]
    for k in range(m):
        scope = 0
        if column >= 0:
            scope = scopes[column * n + begin + k]
            if scope < 0:
                continue
        if column == ALONE:
            continue
        block = ops[at + STATE] + scope * (2 * roles + 1)
        if kinds[begin + k] == borne:
            for role in range(roles):
                state[block + role] += money[node_at[roles_at + role] + begin + k]
        x = money[source + k]
        if x == 0:
            continue
        money[source + k] = 0
        whole = 0
        for role in range(roles):
            whole += state[block + role]
            old[role] = state[block + roles + role]
        if whole <= 0:
            money[node_at[targets[first + roles + 1]] + begin + k] += x
            if tracing == 1:
                given[(first + roles + 1) * n + begin + k] = x
            continue
        recovered = state[block + 2 * roles]
        state[block + 2 * roles] = recovered + x
        within = min(recovered + x, whole)
        if ops[at + MODE] == BY_BORNE:
            for role in range(roles):
                parts[roles + role] = state[block + role]
            largest_remainder(within, parts, roles, roles, whole, parts, rests)
        elif ops[at + MODE] == BY_AGREED:
            by_agreed_weights(within, state, block, tables, ops[at + AGREED], roles, parts, rests)
        else:
            in_order(within, state, block, tables, ops[at + AGREED], roles, parts)
        kept = x
        for role in range(roles):
            part = parts[role] - old[role]
            kept -= part
            state[block + roles + role] = parts[role]
            money[node_at[roles_at + role] + begin + k] += part
            if tracing == 1:
                given[(first + role) * n + begin + k] = part
        money[node_at[targets[first + roles]] + begin + k] += kept
        if tracing == 1:
            before[op * n + begin + k] = recovered
            given[(first + roles) * n + begin + k] = kept
        if ops[at + REFILLS] == 1:
            _refill(scope, block, within, whole, refills, from_start, state, parts)


@loop
def _refill(
    scope: int, block: int, within: int, whole: int, refills: Column, from_start: int, state: Column, parts: Column
) -> None:
    """Give layers room again: the part of a recovery that goes back through their `first`."""
    field = GATHERED if from_start == 1 else EXTRA
    for k in range(0, len(refills), REFILL):
        role = refills[k + 1]
        kept = state[refills[k] + scope] - 1
        while kept >= 0:
            took = state[kept + TOOK]
            if took > 0:
                if role >= 0:
                    back, _ = mul_div(parts[role], took, max(state[block + role], 1))
                else:
                    back, _ = mul_div(within, took, whole)
                state[state[kept + WHERE] - 1 + field] += back - state[kept + BACK]
                state[kept + BACK] = back
            kept = state[kept + NEXT] - 1


@loop
def in_order(total: int, state: Column, borne: int, order: Column, order_at: int, count: int, parts: Column) -> None:
    """Split a total one after the other, each up to what it bore. Needs total <= what all bore."""
    left = total
    for k in range(count):
        role = order[order_at + k]
        parts[role] = min(left, max(state[borne + role], 0))
        left -= parts[role]


@loop
def by_agreed_weights(
    total: int, state: Column, borne: int, agreed: Column, agreed_at: int, roles: int, parts: Column, rests: Column
) -> None:
    """Split a total by agreed weights, each up to what it bore; what is above is split again among the others.

    `agreed` holds, from agreed_at on, how many are named and for each, in the order written, role and weight. Needs
    total <= what those named bore. Writes parts[0] to parts[roles - 1].
    """
    count = agreed[agreed_at]
    got, weights = 2 * roles, 3 * roles  # further on in the same scratch
    for j in range(roles):
        parts[got + j] = 0
    left = total
    while left > 0:
        whole = 0
        for j in range(count):
            role = agreed[agreed_at + 1 + 2 * j]
            parts[weights + j] = 0
            if parts[got + role] < state[borne + role]:
                parts[weights + j] = agreed[agreed_at + 2 + 2 * j]
                whole += parts[weights + j]
        if whole == 0:
            break
        largest_remainder(left, parts, weights, count, whole, parts, rests)
        left = 0
        for j in range(count):
            role = agreed[agreed_at + 1 + 2 * j]
            now = parts[got + role] + parts[j]
            above = max(now - state[borne + role], 0)
            parts[got + role] = now - above
            left += above
    for j in range(roles):
        parts[j] = parts[got + j]


@loop
def largest_remainder(
    total: int, weights: Column, weights_at: int, count: int, whole: int, parts: Column, rests: Column
) -> None:
    """Split a total into whole units: floor every exact part, the units left one each to the largest remainders.

    Ties go to the earlier. Writes parts[0] to parts[count - 1]. 0 <= total, 0 <= weights <= whole < 2**62.
    """
    left = total
    for j in range(count):
        part, rest = mul_div(total, weights[weights_at + j], whole)
        parts[j] = part
        rests[j] = rest
        left -= part
    while left > 0:
        best = 0
        for j in range(1, count):
            if rests[j] > rests[best]:
                best = j
        parts[best] += 1
        rests[best] = -1
        left -= 1


@loop
def mul_div(a: int, b: int, c: int) -> tuple[int, int]:
    """The whole part and the remainder of a * b / c, exact where a * b needs 128 bits.

    0 <= a < 2**62, 0 <= b < 2**62, 0 < c <= 2**61, and the whole part below 2**62. Digit after digit of b, each as wide
    as lets a rest below c, moved up by it, plus a digit times another such rest, stay within 64 bits.
    """
    if a < 2**31 and b < 2**31:
        product = a * b
        return product // c, product % c
    if a == 0 or b == 0:
        return 0, 0
    if b <= (2**63 - 1) // a:
        product = a * b
        return product // c, product % c
    width = 1
    while c <= 1 << (61 - width):
        width += 1
    at = width
    while at < 62 and b >> at > 0:
        at += width
    whole_of_a = a // c
    rest_of_a = a - whole_of_a * c
    whole = 0
    rest = 0
    while at > 0:
        at -= width
        digit = (b >> at) & ((1 << width) - 1)
        rest = (rest << width) + rest_of_a * digit
        over = rest // c
        whole = (whole << width) + whole_of_a * digit + over
        rest -= over * c
    return whole, rest


@loop
def net_losses(
    n: int, roles_of: Column, scopes: Column, amounts: Column, last: Column, earlier: Column, net: Column,
    taken: Column, above: Column, unpaired: Column,
) -> None:  # fmt: skip
    """Take each recovery (role 2) off the losses (role 1) before it in its scope, the last of them first.

    Writes net[i] for a loss; for a recovery what was taken off, what is above all losses, and what met no loss at all.
    `last` is NONE for every scope at first, `earlier` is scratch of n.
    """
    for i in range(n):
        if roles_of[i] == 1 and amounts[i] > 0:  # a loss of nothing is none
            net[i] = amounts[i]
            earlier[i] = last[scopes[i]]
            last[scopes[i]] = i
        elif roles_of[i] == 2:
            left = amounts[i]
            loss = last[scopes[i]]
            if loss < 0:
                unpaired[i] = left
                left = 0
            while left > 0 and loss >= 0:
                off = min(left, net[loss])
                net[loss] -= off
                left -= off
                loss = earlier[loss]
            if unpaired[i] == 0:
                taken[i] = amounts[i] - left
                above[i] = left


@loop
def renumber(codes: Column, place: Column, numbers: Column, firsts: Column) -> int:
    """Number codes from 0 in the order they first come; firsts[k] is the code that became k. Returns how many.

    `place` is NONE for every code, before and after.
    """
    count = 0
    for i in range(len(codes)):
        code = codes[i]
        if place[code] < 0:
            place[code] = count
            firsts[count] = code
            count += 1
        numbers[i] = place[code]
    for k in range(count):
        place[firsts[k]] = NONE
    return count


@loop
def spread_pro_rata(
    n: int, brought: Column, scopes: Column, attaches: Column, limits: Column, order: Column,
    parts: Column, rests: Column, firsts: Column,
) -> None:  # fmt: skip
    """What `first` takes of whole scopes, by the limit of the last fact of each, spread by what each fact brought.

    `order` lists the facts scope by scope, each in key order; only facts that bring something.
    """
    begin = 0
    while begin < len(order):
        end = begin
        total = 0
        scope = scopes[order[begin]]
        while end < len(order) and scopes[order[end]] == scope:
            total += brought[order[end]]
            end += 1
        last = order[end - 1]
        taken = _within(total, attaches[last], limits[last])
        left = taken
        for k in range(begin, end):
            part, rest = mul_div(taken, brought[order[k]], total)
            parts[k] = part
            rests[k] = rest
            left -= part
        threshold = _nth_largest(rests, begin, end, left)
        for k in range(begin, end):  # those above the threshold first, then ties in order
            if left > 0 and rests[k] > threshold:
                parts[k] += 1
                left -= 1
        for k in range(begin, end):
            if left > 0 and rests[k] == threshold:
                parts[k] += 1
                left -= 1
        for k in range(begin, end):
            firsts[order[k]] = parts[k]
        begin = end


@loop
def _nth_largest(rests: Column, begin: int, end: int, count: int) -> int:
    """The count-th largest remainder, found by halving the span of values: no copy, no sort."""
    low = 0
    high = 0
    for k in range(begin, end):
        high = max(high, rests[k])
    while low < high:
        middle = (low + high + 1) // 2
        reached = 0
        for k in range(begin, end):
            if rests[k] >= middle:
                reached += 1
        if reached >= count:
            low = middle
        else:
            high = middle - 1
    return low
