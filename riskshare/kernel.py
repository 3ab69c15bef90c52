"""The inner loops: whole numbers in columns in, whole numbers in columns out. Every loop here may be compiled.

All columns of a call have equal length and stand in key order. A scope is a number or any other hashable key;
each loop starts from zero and keeps one running state per scope.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ledger.money import largest_remainder

NO_LIMIT = 2**63 - 1

Columns = list[list[int]]


def share_running(
    amounts: Sequence[int], scopes: Sequence[Hashable], weights: Sequence[int], rows: Sequence[Sequence[int]]
) -> Columns:
    """Split the running total T of each scope, S(T) = q times the weights + row r; give S(T + x) - S(T)."""
    whole = len(rows)
    befores = running_total(amounts, scopes)
    afters = [before + amount for before, amount in zip(befores, amounts, strict=True)]
    times = [after // whole - before // whole for before, after in zip(befores, afters, strict=True)]
    old, new = [before % whole for before in befores], [after % whole for after in afters]
    parts: Columns = []
    for j, weight in enumerate(weights):
        odd = [row[j] for row in rows]
        parts.append([q * weight + odd[r] - odd[s] for q, r, s in zip(times, new, old, strict=True)])
    return parts


def share_alone(amounts: Sequence[int], weights: Sequence[int], rows: Sequence[Sequence[int]]) -> Columns:
    """Split each amount by itself."""
    whole = len(rows)
    split = [(rows[amount % whole], amount // whole) for amount in amounts]
    return [[times * weight + row[j] for row, times in split] for j, weight in enumerate(weights)]


def share_measured(amounts: Sequence[int], weights: Sequence[Sequence[int]]) -> Columns:
    """Split each amount by itself, by weights that differ from fact to fact (one column for each party)."""
    split = [largest_remainder(amount, each) for amount, each in zip(amounts, zip(*weights, strict=True), strict=True)]
    return [[row[j] for row in split] for j in range(len(weights))]


def share_measured_running(
    amounts: Sequence[int], scopes: Sequence[Hashable], weights: Sequence[Sequence[int]]
) -> Columns:
    """Split running totals by weights that differ from fact to fact. A scope here includes the set of weights."""
    parts: Columns = [[0] * len(amounts) for _ in weights]
    totals: dict[Hashable, int] = {}
    splits: dict[Hashable, list[int]] = {}
    for i, each in enumerate(zip(*weights, strict=True)):
        scope = scopes[i]
        totals[scope] = totals.get(scope, 0) + amounts[i]
        before = splits.get(scope, [0] * len(weights))
        splits[scope] = largest_remainder(totals[scope], each)
        for j, now in enumerate(splits[scope]):
            parts[j][i] = now - before[j]
    return parts


def layer_in_time(
    amounts: Sequence[int], scopes: Sequence[Hashable], attaches: Sequence[int], limits: Sequence[int]
) -> list[int]:
    """What `first` takes of each amount: g(T + x) - g(T) with g(v) = min(max(v - attach, 0), limit)."""
    befores = running_total(amounts, scopes)
    firsts = []
    for before, amount, attach, limit in zip(befores, amounts, attaches, limits, strict=True):
        used = before - attach
        taken = used + amount
        used = 0 if used < 0 else limit if used > limit else used
        taken = 0 if taken < 0 else limit if taken > limit else taken
        firsts.append(taken - used)
    return firsts


def layer_pro_rata(
    amounts: Sequence[int], scopes: Sequence[Hashable], attaches: Sequence[int], limits: Sequence[int]
) -> list[int]:
    """What `first` takes of a whole scope, by the limit of its last fact, spread by what each fact brought."""
    members: dict[Hashable, list[int]] = {}
    for i, scope in enumerate(scopes):
        members.setdefault(scope, []).append(i)
    firsts = [0] * len(amounts)
    for positions in members.values():
        brought, last = [amounts[i] for i in positions], positions[-1]
        taken = min(max(sum(brought) - attaches[last], 0), limits[last])
        for i, part in zip(positions, largest_remainder(taken, brought), strict=True):
            firsts[i] = part
    return firsts


def running_maximum(values: Sequence[int], scopes: Sequence[Hashable]) -> list[int]:
    """The largest value so far in each scope: capacity that never shrinks."""
    highest: dict[Hashable, int] = {}
    result = [0] * len(values)
    for i, value in enumerate(values):
        scope = scopes[i]
        if value > highest.get(scope, -1):
            highest[scope] = value
        result[i] = highest[scope]
    return result


def running_total(amounts: Sequence[int], scopes: Sequence[Hashable]) -> list[int]:
    """What each scope had received before each amount."""
    totals: dict[Hashable, int] = dict.fromkeys(scopes, 0)
    befores = []
    for amount, scope in zip(amounts, scopes, strict=True):
        before = totals[scope]
        totals[scope] = before + amount
        befores.append(before)
    return befores


def follow(
    amounts: Sequence[int], scopes: Sequence[Hashable], borne: Sequence[Sequence[int]], parties: int
) -> tuple[Columns, list[int]]:
    """Split the running recovery of each scope by what each party has borne in it so far, up to that.

    borne[i] is what the parties bore on fact i, () for a fact that brings no such thing; amounts[i] is what fact i
    recovers. Returns what goes to each party, and what is above all that was borne. A difference may be negative:
    the split before was by what was known then.
    """
    parts: Columns = [[0] * len(amounts) for _ in range(parties)]
    excess = [0] * len(amounts)
    weights: dict[Hashable, list[int]] = {}
    splits: dict[Hashable, list[int]] = {}
    totals: dict[Hashable, int] = {}
    for i, amount in enumerate(amounts):
        scope = scopes[i]
        if scope not in weights:
            weights[scope], splits[scope], totals[scope] = [0] * parties, [0] * parties, 0
        for j, part in enumerate(borne[i]):
            weights[scope][j] += part
        if amount:
            totals[scope] += amount
            within, before = min(totals[scope], sum(weights[scope])), splits[scope]
            split = largest_remainder(within, weights[scope]) if within > 0 else [0] * parties
            for j in range(parties):
                parts[j][i] = split[j] - before[j]
            excess[i] = amount - (sum(split) - sum(before))
            splits[scope] = split
    return parts, excess
