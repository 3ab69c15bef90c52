"""A second opinion: who bears what, worked out fact by fact in plain fractions from the scheme's own text.

It shares no code with the engine: that is its worth. It is slow, and it believes the scheme is well formed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import gcd
from typing import Any

Terms = dict[str, Any]
Parts = list[tuple[str, int]]
KINDS = ("share", "layer", "follow", "choose")
WORK_LIST = "work list"
PASSES = 40


class Unsettled(Exception):
    """Limits that count net of recoveries come to no end: what comes back moves what was taken, and that moves it back."""


def bear(text: str, facts: list[Terms]) -> list[dict[str, int]]:
    """What each role bears of each fact, in the order given. What is not shared is on the work list."""
    versions = tomllib.loads(text)["version"]
    ordered = sorted(
        facts, key=lambda f: (f["priority"], f["day"], f["filing"], *map(_by_length, (f["loan"], f["id"])))
    )
    shared, outside = _net_of_recoveries(versions, ordered)
    spread: dict[str, dict[str, int]] = {}
    room: dict[Any, int] = {}
    for _ in range(PASSES):
        life = Life(versions, shared, spread, room)
        _live_through(life)
        unspread = [name for name in _layers_pro_rata(versions) if name in life.brought and name not in spread]
        if unspread:
            spread[unspread[0]] = _spread(life.brought[unspread[0]])
        elif from_start(versions) and (back := {key: x for key, x in life.room.items() if x}) != room:
            room = back
        else:
            return [_together(life.borne[fact["id"]], outside.get(fact["id"], {})) for fact in facts]
    raise Unsettled


def from_start(versions: list[Terms]) -> bool:
    """Whether the limits count net of all recoveries, earlier or later."""
    return any(version.get("recovery", {}).get("reinstates") == "from_start" for version in versions)


@dataclass
class Life:
    """One life of all facts: what is known before it, and what it has come to so far."""

    versions: list[Terms]
    facts: list[Terms]
    spread: dict[str, dict[str, int]]  # what `first` takes of each fact, for layers pro rata already worked out
    known_room: dict[Any, int]  # what comes back to each scope of each layer from the start
    borne: dict[str, dict[str, int]] = field(default_factory=dict)
    brought: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    used: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    room: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    took: list[Any] = field(default_factory=list)  # (layer, its scope, fact, what `first` took)
    given: dict[Any, Any] = field(default_factory=dict)  # follow and scope: (recovered, split)
    returned: dict[Any, int] = field(default_factory=lambda: defaultdict(int))


def _live_through(life: Life) -> None:
    """What comes to a pro rata layer that is not spread yet is noted and goes no further."""
    for fact in life.facts:
        version = life.versions[fact["version"]]
        names = {clause["name"] for clause in version["clause"]}
        waiting: dict[str, int] = defaultdict(int)
        waiting[fact["kind"]] = fact["amount"]
        out: dict[str, int] = defaultdict(int)
        for clause in version["clause"]:
            amount = waiting.pop(clause["name"], 0)
            if amount == 0:
                continue
            kind = next(kind for kind in KINDS if kind in clause)
            if kind == "layer" and clause["layer"].get("order") == "pro_rata" and clause["name"] not in life.spread:
                scope = _scope(clause["layer"]["per"], fact, version)
                low, high = _bounds(version, clause, fact, life)
                life.brought[clause["name"]].append((scope, fact, amount, low, high, _unit(clause)))
                continue
            for target, part in _HOW[kind](version, clause, fact, amount, life):
                (waiting if target in names else out)[target] += part
        if "refused" in out:
            out = {WORK_LIST: fact["amount"]}
        life.borne[fact["id"]] = dict(out)


def _together(parts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {role: parts.get(role, 0) + more.get(role, 0) for role in {**parts, **more}}


def _layers_pro_rata(versions: list[Terms]) -> list[str]:
    found = [c["name"] for v in versions for c in v["clause"] if c.get("layer", {}).get("order") == "pro_rata"]
    return list(dict.fromkeys(found))


def _spread(brought: list[Any]) -> dict[str, int]:
    firsts: dict[str, int] = {}
    for scope in dict.fromkeys(entry[0] for entry in brought):
        members = [entry for entry in brought if entry[0] == scope]
        total, low, high = sum(entry[2] for entry in members), members[-1][3], members[-1][4]
        taken = _between(total, low, high)
        parts = _largest_remainder(taken, [entry[2] for entry in members])
        firsts |= {entry[1]["id"]: part - part % entry[5] for entry, part in zip(members, parts, strict=True)}
    return firsts


# Recoveries that make the loss itself smaller.


def _net_of_recoveries(versions: list[Terms], facts: list[Terms]) -> tuple[list[Terms], dict[str, dict[str, int]]]:
    """The facts with the losses net and these recoveries without an amount, and what of each goes outside."""
    net = {fact["id"]: fact["amount"] for fact in facts}
    outside: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for i, fact in enumerate(facts):
        follow = next((c["follow"] for c in versions[fact["version"]]["clause"] if c["name"] == fact["kind"]
                       and "follow" in c and c["follow"]["by"] == "net_loss"), None)  # fmt: skip
        if follow is None:
            continue
        net[fact["id"]], left = 0, fact["amount"]
        losses = [f for f in facts[:i] if (f["kind"], f["loan"]) == ("loss", fact["loan"])
                  and not _is_refused(versions[f["version"]], f)]  # fmt: skip
        if not any(loss["amount"] for loss in losses):
            outside[fact["id"]][WORK_LIST] += left
            continue
        for loss in reversed(losses):
            off = min(left, net[loss["id"]])
            net[loss["id"]] -= off
            left -= off
            outside[loss["id"]]["recovered"] += off
            outside[fact["id"]]["loss_reduced"] += off
        outside[fact["id"]][follow["then"]] += left
    return [{**fact, "amount": net[fact["id"]]} for fact in facts], outside


def _is_refused(version: Terms, fact: Terms) -> bool:
    """Only choices stand above a road that refuses, so the roads alone say it."""
    clauses = {clause["name"]: clause for clause in version["clause"]}
    name = fact["kind"]
    while name in clauses and "choose" in clauses[name]:
        name = _road(version, clauses[name]["choose"], fact)
    return bool(name == "refused")


# The four kinds of clause.


def _share(version: Terms, clause: Terms, fact: Terms, amount: int, life: Life) -> Parts:
    targets, weights = list(clause["share"]), _weights(version, clause["share"], fact)
    method = version["rounding"]["method"]
    if version["rounding"]["scope"] == "event":
        return list(zip(targets, _split(amount, weights, method), strict=True))
    key = ("share", clause["name"], fact["year"], tuple(targets), tuple(weights))
    before, life.totals[key] = life.totals[key], life.totals[key] + amount
    pairs = zip(_split(life.totals[key], weights, method), _split(before, weights, method), strict=True)
    return list(zip(targets, (now - then for now, then in pairs), strict=True))


def _layer(version: Terms, clause: Terms, fact: Terms, amount: int, life: Life) -> Parts:
    layer, scope = clause["layer"], _scope(clause["layer"]["per"], fact, version)
    key = (clause["name"], scope)
    if clause["name"] in life.spread:
        first = life.spread[clause["name"]][fact["id"]]
    else:
        low, high = _bounds(version, clause, fact, life)
        before, life.totals[key] = life.totals[key], life.totals[key] + amount
        if _reinstates(version) == "no":
            first = _between(life.totals[key], low, high) - _between(before, low, high)
        else:
            first = _between(life.totals[key], low, None) - _between(before, low, None)
            if high is not None:
                back = life.known_room.get(key, 0) if _reinstates(version) == "from_start" else life.room[key]
                first = max(min(first, high + back - life.used[key]), 0)
        first -= first % _unit(clause)
        life.used[key] += first
    life.took.append((clause["name"], layer["first"], scope, fact, first))
    return [(layer["first"], first), (layer["then"], amount - first)]


def _follow(version: Terms, clause: Terms, fact: Terms, amount: int, life: Life) -> Parts:
    follow = clause["follow"]
    scope = _scope(follow["per"], fact, version)
    weights: dict[str, int] = defaultdict(int)
    for other in _followed(life, follow, scope, fact):
        for role, part in life.borne[other["id"]].items():
            if role != WORK_LIST:
                weights[role] += part
    whole = sum(weights.values())
    if whole == 0:
        return [(WORK_LIST, amount)]
    key = (clause["name"], scope)
    before, given = life.given.get(key, (0, {}))
    recovered = before + amount
    split = _returned(life, follow["by"], min(recovered, whole), weights)
    life.given[key] = (recovered, split)
    if fact["kind"] == "recovery" and _reinstates(version) != "no":
        _refill(life, follow, scope, fact, split, weights)
    parts = [(role, split.get(role, 0) - given.get(role, 0)) for role in dict.fromkeys([*split, *given])]
    return [*parts, (follow["then"], amount - sum(part for _, part in parts))]


def _choose(version: Terms, clause: Terms, fact: Terms, amount: int, life: Life) -> Parts:
    return [(_road(version, clause["choose"], fact), amount)]


_HOW = {"share": _share, "layer": _layer, "follow": _follow, "choose": _choose}


# Recoveries: who gets back how much, and which layers have room again.


def _followed(life: Life, follow: Terms, scope: Any, fact: Terms) -> list[Terms]:
    """The earlier facts of the kind that is followed, in the same scope."""
    earlier = life.facts[: next(i for i, other in enumerate(life.facts) if other["id"] == fact["id"])]
    return [
        other
        for other in earlier
        if other["kind"] == follow["borne"]
        and _scope(follow["per"], other, life.versions[other["version"]]) == scope
    ]  # fmt: skip


def _returned(life: Life, by: Any, total: int, bore: dict[str, int]) -> dict[str, int]:
    """A running total of recoveries, not above what all bore, split among those who bore."""
    if by in ("paid_share", "net_loss"):
        roles = [role for role in _roles_written(life.versions) if role in bore]
        return dict(zip(roles, _largest_remainder(total, [bore[role] for role in roles]), strict=True))
    unnamed = [role for role in _roles_written(life.versions) if role in bore and role not in by]
    if isinstance(by, list):
        return _one_after_the_other([*by, *unnamed], total, bore)
    split = _by_agreement(by, total, bore)
    return split | _one_after_the_other(unnamed, total - sum(split.values()), bore)


def _one_after_the_other(roles: list[str], total: int, bore: dict[str, int]) -> dict[str, int]:
    split: dict[str, int] = {}
    for role in roles:
        split[role] = min(total - sum(split.values()), max(bore.get(role, 0), 0))
    return split


def _by_agreement(by: dict[str, Any], total: int, bore: dict[str, int]) -> dict[str, int]:
    agreed = dict(zip(by, _weights({}, by, {}), strict=True))
    split = dict.fromkeys(by, 0)
    left = total
    while left > 0 and (short := [role for role in agreed if split[role] < bore.get(role, 0)]):
        parts = _largest_remainder(left, [agreed[role] for role in short])
        left = 0
        for role, part in zip(short, parts, strict=True):
            split[role] += part
            above = max(split[role] - bore[role], 0)
            split[role] -= above
            left += above
    return split


def _refill(life: Life, follow: Terms, scope: Any, fact: Terms, split: Terms, bore: dict[str, int]) -> None:
    """The part of all recoveries so far that goes back through each layer's `first`, less what went back before."""
    followed = {other["id"] for other in _followed(life, follow, scope, fact)}
    took: dict[Any, int] = defaultdict(int)
    for name, first, where, other, part in life.took:
        if other["id"] in followed:
            took[name, first, where] += part
    for (name, first, where), part in took.items():
        is_clause = any(first == clause["name"] for version in life.versions for clause in version["clause"])
        come, base = (sum(split.values()), sum(bore.values())) if is_clause else (split.get(first, 0), bore[first])
        back = Fraction(come * part, base).__floor__() if base > 0 else 0
        key = (name, first, where, scope)
        life.room[name, where] += back - life.returned[key]
        life.returned[key] = back


def _reinstates(version: Terms) -> str:
    return str(version.get("recovery", {}).get("reinstates", "no"))


# What a clause says, read again.


def _weights(version: Terms, share: Terms, fact: Terms) -> list[int]:
    texts = [str(text) for text in share.values()]
    if all(text == "rest" or re.fullmatch(r"[\d.]+%", text) for text in texts):
        percents = [None if text == "rest" else Fraction(text[:-1]) for text in texts]
        rest = 100 - sum(percent for percent in percents if percent is not None)
        exact = [rest if percent is None else percent for percent in percents]
    elif all(re.fullmatch(r"\d+", text) for text in texts):
        exact = [Fraction(text) for text in texts]
    else:
        exact = [Fraction(amount(version, text, fact)) for text in texts]
    whole = 1
    for weight in exact:
        whole = whole * weight.denominator // gcd(whole, weight.denominator)
    shared = gcd(*(int(weight * whole) for weight in exact))
    return [int(weight * whole) // shared for weight in exact]


def amount(version: Terms, text: str, fact: Terms) -> int:
    """An amount expression in minor units of two places, floored once."""
    return _value(version, text.split(), fact).__floor__()


def _value(version: Terms, words: list[str], fact: Terms) -> Fraction:
    """From the left; a percentage is of the one thing after it, and "smaller of", "larger of" reach to the end."""
    found, words = _part(version, words, fact)
    while words:
        word, (other, words) = words[0], _part(version, words[1:], fact)
        found = found + other if word == "plus" else max(found - other, Fraction(0))
    return found


def _part(version: Terms, words: list[str], fact: Terms) -> tuple[Fraction, list[str]]:
    word, words = words[0], words[1:]
    if word.endswith("%"):
        found, words = _part(version, words[1:], fact)
        return Fraction(word[:-1]) / 100 * found, words
    if word in ("smaller", "larger"):
        sides = " ".join(words[1:]).split(" and ")
        return (min if word == "smaller" else max)(_value(version, side.split(), fact) for side in sides), []
    if word in version.get("amounts", {}):
        found = _value(version, version["amounts"][word].split(), fact)
    elif word[0].isdigit():
        found = Fraction(word.replace(",", "")) * 100
    else:
        found = Fraction(fact["measures"][word])
    while words[:1] == ["by"]:
        found, words = found * fact["measures"][words[1]] / int(words[3]), words[4:]
    return found, words


def _road(version: Terms, choose: Terms, fact: Terms) -> Any:
    roads = {value: target for value, target in choose.items() if value not in ("by", "otherwise")}
    by, otherwise = choose["by"], choose.get("otherwise")
    if not any(re.match(r"(up to|below|from|above) ", value) for value in roads):
        return roads.get(fact["attributes"].get(by, ""), otherwise)
    if days := re.fullmatch(r"days from (\w+) to (\w+)", by):
        since, until = (date.fromisoformat(fact["attributes"][name]) for name in days.groups())
        number = Fraction((until - since).days)
    elif by in fact["measures"]:
        number = Fraction(fact["measures"][by], 100)
    elif fact["attributes"].get(by, ""):
        number = Fraction(fact["attributes"][by])
    else:
        return otherwise
    return next((target for band, target in roads.items() if _holds(band, number)), otherwise)


def _holds(band: str, number: Fraction) -> bool:
    for word, text in re.findall(r"(up to|below|from|above) ([\d.,]+)", band):
        edge = Fraction(text.replace(",", ""))
        if not {"up to": number <= edge, "below": number < edge, "from": number >= edge, "above": number > edge}[word]:
            return False
    return True


def _bounds(version: Terms, clause: Terms, fact: Terms, life: Life) -> tuple[int, int | None]:
    layer = clause["layer"]
    low = amount(version, layer.get("attach", "0.00"), fact)
    high = None if layer["limit"] == "none" else amount(version, layer["limit"], fact)
    if version["limit_basis"] == "at_fact":
        scope = _scope(layer["per"], fact, version)
        low = life.totals["low", clause["name"], scope] = max(low, life.totals["low", clause["name"], scope])
        if high is not None:
            high = life.totals["high", clause["name"], scope] = max(high, life.totals["high", clause["name"], scope])
    return low, high


def _unit(clause: Terms) -> int:
    return int(Fraction(clause["layer"].get("unit", "0.01").replace(",", "")) * 100)


def _between(total: int, low: int, high: int | None) -> int:
    above = max(total - low, 0)
    return above if high is None else min(above, high)


def _scope(per: str, fact: Terms, version: Terms) -> Any:
    plain = {"event": fact["id"], "scheme-year": fact["year"], "life": 0}
    if per in plain:
        return plain[per]
    name = per.removesuffix("-year")
    who = fact["loan"] if name == "loan" else fact["attributes"].get(name) or version.get("parties", {}).get(name)
    return (who, fact["year"]) if per.endswith("-year") else who


def _roles_written(versions: list[Terms]) -> list[str]:
    written: dict[str, None] = {}
    for version in versions:
        names = {clause["name"] for clause in version["clause"]}
        for clause in version["clause"]:
            inner = clause[next(kind for kind in KINDS if kind in clause)]
            if "share" in clause:
                targets = list(inner)
            elif "choose" in clause:
                targets = [v for k, v in inner.items() if k not in ("by", "otherwise")] + [inner.get("otherwise")]
            else:
                targets = [v for k, v in inner.items() if k in ("first", "then")]
            written |= dict.fromkeys(target for target in targets if target and target not in names)
    return list(written)


# Whole units.


def _split(total: int, weights: list[int], method: str) -> list[int]:
    periods, rest = divmod(total, sum(weights))
    row = _quota(rest, weights) if method == "quota" else _largest_remainder(rest, weights)
    return [periods * weight + part for weight, part in zip(weights, row, strict=True)]


def _largest_remainder(total: int, weights: list[int]) -> list[int]:
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [share.__floor__() for share in exact]
    while sum(parts) < total:
        short = max(range(len(parts)), key=lambda i: (exact[i] - parts[i], -i))
        parts[short] += 1
    return parts


def _quota(total: int, weights: list[int]) -> list[int]:
    given = [0] * len(weights)
    for so_far in range(1, total + 1):
        allowed = [i for i in range(len(weights)) if given[i] < Fraction(so_far * weights[i], sum(weights))]
        given[max(allowed, key=lambda i: (Fraction(weights[i], given[i] + 1), -i))] += 1
    return given


def _by_length(name: str) -> tuple[int, str]:
    return len(name), name
