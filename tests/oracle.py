"""A second opinion: who bears what, worked out fact by fact in plain fractions from the scheme's own text.

It shares no code with the engine: that is its worth. It is slow, and it believes the scheme is well formed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from fractions import Fraction
from math import gcd
from typing import Any

Terms = dict[str, Any]
Parts = list[tuple[str, int]]
KINDS = ("share", "layer", "follow", "choose")


def bear(text: str, facts: list[Terms]) -> list[dict[str, int]]:
    """What each role bears of each fact, in the order given."""
    versions = tomllib.loads(text)["version"]
    ordered = sorted(facts, key=lambda f: (f["priority"], f["day"], f["filing"], f["loan"], f["id"]))
    spread: dict[str, dict[str, int]] = {}
    while True:
        borne, brought = _live_through(versions, ordered, spread)
        open_layers = [name for name in _layers_pro_rata(versions) if name in brought and name not in spread]
        if not open_layers:
            return [borne[fact["id"]] for fact in facts]
        spread[open_layers[0]] = _spread(brought[open_layers[0]])


def _live_through(
    versions: list[Terms], facts: list[Terms], spread: dict[str, dict[str, int]]
) -> tuple[dict[str, dict[str, int]], dict[str, list[Any]]]:
    """One life of all facts. What comes to a pro rata layer that is not spread yet is noted and goes no further."""
    state: dict[Any, Any] = defaultdict(int, versions=versions)
    borne: dict[str, dict[str, int]] = {}
    brought: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        version = versions[fact["version"]]
        names = {clause["name"] for clause in version["clause"]}
        waiting: dict[str, int] = defaultdict(int)
        waiting[fact["kind"]] = fact["amount"]
        out: dict[str, int] = defaultdict(int)
        for clause in version["clause"]:
            amount = waiting.pop(clause["name"], 0)
            if amount == 0:
                continue
            kind = next(kind for kind in KINDS if kind in clause)
            if kind == "layer" and clause["layer"].get("order") == "pro_rata" and clause["name"] not in spread:
                low, high = _bounds(version, clause, fact, state)
                brought[clause["name"]].append((_scope(clause["layer"]["per"], fact, version), fact, amount, low, high))
                continue
            for target, part in _HOW[kind](version, clause, fact, amount, state, spread, facts, borne):
                (waiting if target in names else out)[target] += part
        borne[fact["id"]] = dict(out)
    return borne, brought


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
        firsts |= {entry[1]["id"]: part for entry, part in zip(members, parts, strict=True)}
    return firsts


# The four kinds of clause.


def _share(
    version: Terms, clause: Terms, fact: Terms, amount: int, state: Any, spread: Any, facts: list[Terms], borne: Any
) -> Parts:
    targets, weights = list(clause["share"]), _weights(version, clause["share"], fact)
    method = version["rounding"]["method"]
    if version["rounding"]["scope"] == "event":
        return list(zip(targets, _split(amount, weights, method), strict=True))
    key = ("share", clause["name"], fact["year"], tuple(targets), tuple(weights))
    before, state[key] = state[key], state[key] + amount
    pairs = zip(_split(state[key], weights, method), _split(before, weights, method), strict=True)
    return list(zip(targets, (now - then for now, then in pairs), strict=True))


def _layer(
    version: Terms, clause: Terms, fact: Terms, amount: int, state: Any, spread: Any, facts: list[Terms], borne: Any
) -> Parts:
    layer = clause["layer"]
    if clause["name"] in spread:
        first = spread[clause["name"]][fact["id"]]
    else:
        low, high = _bounds(version, clause, fact, state)
        key = ("layer", clause["name"], _scope(layer["per"], fact, version))
        before, state[key] = state[key], state[key] + amount
        first = _between(state[key], low, high) - _between(before, low, high)
    return [(layer["first"], first), (layer["then"], amount - first)]


def _follow(
    version: Terms, clause: Terms, fact: Terms, amount: int, state: Any, spread: Any, facts: list[Terms], borne: Any
) -> Parts:
    follow = clause["follow"]
    scope = _scope(follow["per"], fact, version)
    weights: dict[str, int] = defaultdict(int)
    for other in facts:
        if other["id"] == fact["id"]:
            break
        if other["kind"] == follow["borne"] and _scope(follow["per"], other, version) == scope:
            for role, part in borne[other["id"]].items():
                weights[role] += part
    roles = [role for role in _roles_written(state["versions"]) if role in weights]
    key = ("follow", clause["name"], scope)
    before, given = state[key] or (0, {})
    recovered = before + amount
    within = min(recovered, sum(weights.values()))
    split = (
        dict(zip(roles, _largest_remainder(within, [weights[role] for role in roles]), strict=True))
        if within > 0
        else {}
    )
    state[key] = (recovered, split)
    parts = [(role, split.get(role, 0) - given.get(role, 0)) for role in dict.fromkeys([*split, *given])]
    return [*parts, (follow["then"], amount - sum(part for _, part in parts))]


def _choose(
    version: Terms, clause: Terms, fact: Terms, amount: int, state: Any, spread: Any, facts: list[Terms], borne: Any
) -> Parts:
    choose = dict(clause["choose"])
    said = fact["attributes"].get(choose.pop("by"), "")
    otherwise = choose.pop("otherwise", None)
    return [(choose.get(said, otherwise), amount)]


_HOW = {"share": _share, "layer": _layer, "follow": _follow, "choose": _choose}


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
        exact = [Fraction(_amount(version, text, fact)) for text in texts]
    whole = 1
    for weight in exact:
        whole = whole * weight.denominator // gcd(whole, weight.denominator)
    shared = gcd(*(int(weight * whole) for weight in exact))
    return [int(weight * whole) // shared for weight in exact]


def _amount(version: Terms, text: str, fact: Terms) -> int:
    """An amount expression in minor units of two places, floored once."""
    return _value(version, text.strip(), fact).__floor__()


def _value(version: Terms, text: str, fact: Terms) -> Fraction:
    if text.startswith("smaller of "):
        first, second = text.removeprefix("smaller of ").split(" and ", 1)
        return min(_value(version, first, fact), _value(version, second, fact))
    if " less " in text:
        first, second = text.rsplit(" less ", 1)
        return max(_value(version, first, fact) - _value(version, second, fact), Fraction(0))
    if percent := re.fullmatch(r"([\d.]+)% of (.+)", text):
        return Fraction(percent[1]) / 100 * _value(version, percent[2], fact)
    if text in version.get("amounts", {}):
        return _value(version, version["amounts"][text], fact)
    return Fraction(text.replace(",", "")) * 100 if text[0].isdigit() else Fraction(fact["measures"][text])


def _bounds(version: Terms, clause: Terms, fact: Terms, state: Any) -> tuple[int, int | None]:
    layer = clause["layer"]
    low = _amount(version, layer.get("attach", "0.00"), fact)
    high = None if layer["limit"] == "none" else _amount(version, layer["limit"], fact)
    if version["limit_basis"] == "at_fact":
        scope = _scope(layer["per"], fact, version)
        if "attach" in layer:
            low = state["low", clause["name"], scope] = max(low, state["low", clause["name"], scope])
        if high is not None:
            high = state["high", clause["name"], scope] = max(high, state["high", clause["name"], scope])
    return low, high


def _between(total: int, low: int, high: int | None) -> int:
    above = max(total - low, 0)
    return above if high is None else min(above, high)


def _scope(per: str, fact: Terms, version: Terms) -> Any:
    plain = {"event": fact["id"], "loan": fact["loan"], "scheme-year": fact["year"], "life": 0}
    if per in plain:
        return plain[per]
    role = per.removesuffix("-year")
    name = fact["attributes"].get(role) or version.get("parties", {}).get(role)
    return name if per == "borrower" else (name, fact["year"])


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
