"""Where a fact can come to under a version: the roles, and what the terms need to know about it. Pure.

Asked when an event is recorded, so that no close ever meets a fact it cannot share out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from riskshare import choosing
from riskshare.terms import OUTSIDE, REFUSED, Choose, Clause, Follow, Layer, Share, Version, reachable, scope_attribute


class Reach(NamedTuple):
    """The roles of the books that a fact can come to, in order; those no party fills; why it cannot be shared out."""

    roles: tuple[str, ...]
    missing: tuple[str, ...]
    faults: tuple[str, ...]


def reach(version: Version, kind: str, attributes: Mapping[str, str], measures: Mapping[str, int]) -> Reach:
    """Walk the clauses from the entry of this kind of fact, down the roads its attributes choose."""
    clauses: dict[str, Clause] = {clause.name: clause for clause in version.clauses}
    fuses = {fuse.name for fuse in version.fuses}
    if kind not in clauses:
        return Reach((), (), (f"version {version.effective} of the scheme shares out no {kind}",))
    roles: dict[str, None] = {}
    faults: list[str] = []
    waiting, seen = [kind], {kind}
    while waiting:
        clause = clauses[waiting.pop()]
        fused = isinstance(clause, Choose) and clause.by in fuses  # decided later: every road is open
        faults += () if fused else _faults(clause, attributes, measures)
        for target in clause.targets if fused else _roads(clause, attributes, measures):
            if target == REFUSED:
                continue
            if target not in clauses:
                roles[target] = None
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    booked = tuple(role for role in version.roles if role in roles and role not in OUTSIDE)
    missing = tuple(role for role in booked if not attributes.get(role))
    return Reach(booked, missing, tuple(faults))


def asked(version: Version, kind: str, attributes: Mapping[str, str], measures: Mapping[str, int]) -> frozenset[str]:
    """The measures that the clauses on the road of this fact ask for."""
    clauses: dict[str, Clause] = {clause.name: clause for clause in version.clauses}
    names: set[str] = set()
    waiting, seen = [kind], {kind}
    while waiting:
        clause = clauses[waiting.pop()]
        names |= _asked_by(clause)
        for target in _roads(clause, attributes, measures):
            if target in clauses and target not in seen:
                seen.add(target)
                waiting.append(target)
    return frozenset(names)


def asked_anywhere(version: Version, kind: str) -> frozenset[str]:
    """The measures that any clause a fact of this kind can come to asks for."""
    names = set(reachable(version.clauses, kind))
    return frozenset(name for clause in version.clauses if clause.name in names for name in _asked_by(clause))


def doubled(roles: Iterable[str], attributes: Mapping[str, str]) -> str | None:
    """A party that fills two of these roles, in words: it would owe itself."""
    taken: dict[str, str] = {}
    for role in roles:
        party = attributes.get(role)
        if party and taken.setdefault(party, role) != role:
            return f"{party} is both {taken[party]} and {role}"
    return None


def _asked_by(clause: Clause) -> set[str]:
    if isinstance(clause, Share):
        return {name for each in clause.measured for name in each.names}
    if isinstance(clause, Layer):
        return {name for each in (clause.attach, clause.limit) if each for name in each.names}
    return {clause.by} if isinstance(clause, Choose) and clause.measured else set()


def _roads(clause: Clause, attributes: Mapping[str, str], measures: Mapping[str, int]) -> tuple[str, ...]:
    if not isinstance(clause, Choose):
        return clause.targets
    road = choosing.road(clause, attributes, measures)
    return (road,) if road else ()


def _said(clause: Choose, attributes: Mapping[str, str], measures: Mapping[str, int]) -> str:
    return choosing.said(clause, attributes, measures, attributes.get("currency", "CNY"))


def _faults(clause: Clause, attributes: Mapping[str, str], measures: Mapping[str, int]) -> Iterable[str]:
    if isinstance(clause, Choose):
        road = choosing.road(clause, attributes, measures)
        if road is None:
            given = attributes.get(clause.by)
            roads = " or ".join(clause.roads)
            yield f"article {clause.article} asks for {clause.by} ({roads}), got {given or 'nothing'}"
        elif road == REFUSED:
            yield f"article {clause.article} refuses it: {clause.by} = {_said(clause, attributes, measures)}"
    elif isinstance(clause, Layer | Follow):
        needed = scope_attribute(clause.per)
        if needed and not attributes.get(needed):
            yield f"article {clause.article} counts per {clause.per}: {needed} is not named"
    elif isinstance(clause, Share) and clause.measured:
        known = all(name in measures for each in clause.measured for name in each.names)
        if known and not any(each.value(measures.__getitem__) for each in clause.measured):
            yield f"article {clause.article} shares by measures that are all zero"
