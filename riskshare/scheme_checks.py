"""What must hold between the clauses of a version, and between the versions of a scheme, before it may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from riskshare import rounding
from riskshare.fuse import NORMAL, SUSPENDED, WARNING
from riskshare.scheme_clauses import percent
from riskshare.scheme_table import Reading, Table, clause_names, either, near
from riskshare.terms import (
    FIXED,
    IN_ORDER,
    KINDS,
    OUTSIDE,
    REFUSED,
    Bound,
    Choose,
    Clause,
    Follow,
    Layer,
    RecoveryTerms,
    Rounding,
    Share,
    TurnedAround,
    Version,
    clause_order,
    reachable,
)


def check_graph(version: Table, clauses: Sequence[Clause | None]) -> None:
    """Every target is a clause below or a role; every clause is reached from an entry."""
    names = clause_names(version)
    for i, clause in enumerate(clauses):
        if clause is None:
            continue
        for target in dict.fromkeys(clause.targets):
            _check_target(version, names, i, clause, target)
    entries = [name for name in names if name in KINDS]
    if names and not entries:
        version.fault("clause", "no clause is an entry", "a clause named " + either(KINDS))
    if None in clauses or len(set(names)) < len(names):
        return
    written = [clause for clause in clauses if clause is not None]
    reached = {name for kind in entries for name in reachable(written, kind)}
    for i, clause in enumerate(written):
        if clause.name not in reached and entries:
            advice = near(clause.name, KINDS)
            at = (*version.at, "clause", i, "name")
            version.reading.fault(at, f"nothing leads to clause {clause.name!r}", "a clause above it", advice=advice)
        if isinstance(clause, Follow) and clause.borne not in entries:
            at = (*version.at, "clause", i, "follow")
            what = f"clause {clause.name!r} follows {clause.borne!r}, which no clause shares out"
            version.reading.fault(at, what, f"a clause named {clause.borne!r}")


def _check_target(version: Table, names: Sequence[str], i: int, clause: Clause, target: str) -> None:
    reading = version.reading
    at = (*version.at, "clause", i, type(clause).__name__.lower())
    if target == REFUSED:
        if not isinstance(clause, Choose):
            what = f"clause {clause.name!r} hands money on to {REFUSED!r}"
            reading.fault(at, what, "a clause written below, or a party role", advice="only a choice may refuse a fact")
    elif target not in names:
        if reading.roles is not None and target not in reading.roles:
            known = [*names[i + 1 :], *sorted(reading.roles)]
            what = f"{target!r} is neither a clause below nor a role with posting rules"
            reading.fault(at, what, either(known), advice=near(target, known))
    elif names.index(target) == i:
        advice = "if the party is meant, give the clause another name"
        reading.fault(
            at, f"clause {target!r} points to itself", "a clause written below, or a party role", advice=advice
        )
    elif names.index(target) < i:
        what = f"clause {clause.name!r} points uphill to {target!r}"
        reading.fault(at, what, "a clause written below, or a party role")
    elif isinstance(clause, Follow):
        what = f"the excess of clause {clause.name!r} goes to clause {target!r}"
        reading.fault(at, what, "a party role: what is above the loss is no longer shared")


def check_rounding(version: Table, clauses: Sequence[Clause | None], rounds: Rounding) -> None:
    """Running totals are split in a way that never takes a unit back, unless the scheme says it accepts that."""
    for i, clause in enumerate(clauses):
        if isinstance(clause, Share):
            for what, expected in _rounding_faults(clause, rounds):
                version.reading.fault((*version.at, "clause", i, "share"), what, expected)
        if isinstance(clause, Layer) and clause.order == "pro_rata" and rounds.accepts_minus_one:
            what = 'order = "pro_rata" and accepts_minus_one do not go together'
            version.reading.fault((*version.at, "clause", i, "layer"), what, 'method = "quota"')


def _rounding_faults(clause: Share, rounds: Rounding) -> Iterator[tuple[str, str]]:
    table_needed = rounds.method == "quota" or (rounds.scope == "cumulative" and len(clause.targets) > 2)
    if clause.measured:
        if rounds.method == "quota":
            yield "the quota method needs fixed weights, these are measured", 'method = "largest_remainder"'
        elif table_needed and not rounds.accepts_minus_one:
            yield "measured weights may post -1 on a positive fact", 'scope = "event" or accepts_minus_one = true'
    elif table_needed and sum(clause.weights) > rounding.MAX_ROWS:
        yield f"the weights are too fine: in lowest terms they make {sum(clause.weights):,}", f"{rounding.MAX_ROWS:,}"
    elif table_needed and rounds.method != "quota" and not rounds.accepts_minus_one:
        times, weights = rounding.steps_back(clause.weights), ":".join(map(str, clause.weights))
        what = f"largest remainder by {weights} would post -1 on a positive fact, in {times} of {sum(clause.weights)} steps"
        if times:
            yield what, 'method = "quota", or accepts_minus_one = true'


def check_roads(
    version: Table, clauses: Sequence[Clause | None], recovery: RecoveryTerms | None, fuses: Sequence[str]
) -> None:
    """What must hold between clauses that are right by themselves."""
    written = [clause for clause in clauses if clause is not None]
    if len(written) < len(clauses):
        return
    for i, clause in enumerate(written):
        at = (*version.at, "clause", i)
        if isinstance(clause, Follow) and clause.mode in (FIXED, IN_ORDER):
            _check_named(version, at, clause, written)
        if isinstance(clause, Choose) and REFUSED in clause.targets:
            _check_only_choices_above(version, at, clause, written)
    pro_rata = [i for i, each in enumerate(written) if isinstance(each, Layer) and each.order == "pro_rata"]
    if pro_rata and recovery and recovery.reinstates != "no":
        what = 'order = "pro_rata" leaves no room to give back: every fact of the scope has its part already'
        version.reading.fault((*version.at, "clause", pro_rata[0], "layer"), what, 'reinstates = "no"')
    for i, clause in enumerate(written):
        if isinstance(clause, Choose) and clause.by in fuses and clause.otherwise is None:
            for state in {NORMAL, WARNING, SUSPENDED} - clause.roads.keys():
                at = (*version.at, "clause", i, "choose")
                version.reading.fault(
                    at, f"no road while the fuse {clause.by!r} is {state}", "otherwise, or a road for it"
                )
    chosen = {clause.by for clause in written if isinstance(clause, Choose)}
    for i, name in enumerate(fuses):
        if name not in chosen:
            at = (*version.at, "fuse", i)
            version.reading.fault(at, f"nothing asks for the fuse {name!r}", f'a choice by = "{name}"')


def _check_named(version: Table, at: Sequence[str | int], clause: Follow, written: Sequence[Clause]) -> None:
    """Agreed weights and a named order leave nobody out who may have borne something."""
    by_name = {each.name: each for each in written}
    bearers = dict.fromkeys(
        target
        for name in reachable(written, clause.borne)
        for target in by_name[name].targets
        if target not in by_name and target not in OUTSIDE and target != REFUSED
    )
    for role in bearers:
        if role not in clause.roles:
            what = f"clause {clause.name!r} gives nothing back to {role}, who may bear part of the {clause.borne}"
            version.reading.fault((*at, "follow"), what, f"{role} named too")


def _check_only_choices_above(
    version: Table, at: Sequence[str | int], clause: Choose, written: Sequence[Clause]
) -> None:
    """A refused fact takes nothing from any limit, so nothing may have been taken before it is refused."""
    above = [each for each in written if each.name != clause.name and clause.name in reachable(written, each.name)]
    for each in above:
        if not isinstance(each, Choose):
            what = f"clause {clause.name!r} refuses facts after clause {each.name!r} has shared them"
            version.reading.fault((*at, "choose"), what, "the refusal above every share, layer and follow")


def check_bounds(version: Table, clauses: Sequence[Clause], bounds: Sequence[Bound]) -> None:
    """A promise holds for every loss, whatever road it takes and however full the layers are."""
    by_name = {clause.name: clause for clause in clauses}
    for bound in bounds if "loss" in by_name and not version.reading.faults else ():
        least, most = _span("loss", bound.role, by_name, {})
        if least < bound.least:
            what = f"{bound.role} is promised at least {percent(bound.least)} and may bear {_shown(least)}"
            version.reading.fault((*version.at, "bounds", bound.role), what, "clauses that keep the promise")
        if most > bound.most:
            what = f"{bound.role} is promised at most {percent(bound.most)} and may bear {_shown(most)}"
            version.reading.fault((*version.at, "bounds", bound.role), what, "clauses that keep the promise")


Span = tuple[Fraction, Fraction]


def _span(name: str, role: str, clauses: Mapping[str, Clause], seen: dict[str, Span]) -> Span:
    """The smallest and the largest part of what reaches a clause that a role may bear of it."""
    if name not in clauses:
        return (Fraction(name == role),) * 2
    if name not in seen:
        clause = clauses[name]
        below = [_span(target, role, clauses, seen) for target in clause.targets if target != REFUSED]
        if isinstance(clause, Share) and clause.weights:
            parts = [Fraction(weight, sum(clause.weights)) for weight in clause.weights]
            seen[name] = (
                sum((part * least for part, (least, _) in zip(parts, below, strict=True)), Fraction(0)),
                sum((part * most for part, (_, most) in zip(parts, below, strict=True)), Fraction(0)),
            )
        else:  # a layer or a choice may send everything down any one of its ways, measured weights too
            seen[name] = (
                min((least for least, _ in below), default=Fraction(0)),
                max((most for _, most in below), default=Fraction(0)),
            )
    return seen[name]


def _shown(share: Fraction) -> str:
    return percent(Fraction(round(share * 10**6), 10**6))


def check_dates(reading: Reading, versions: Sequence[Version]) -> None:
    """Versions stand in the order of their dates and neither overlap nor leave a gap."""
    for i, version in enumerate(versions):
        if version.until is not None and version.until < version.effective:
            what = f"the version ends on {version.until}, before it begins"
            reading.fault(("version", i, "until"), what, f"{version.effective} or later")
    for i in range(1, len(versions)):
        before, now, until = versions[i - 1].effective, versions[i].effective, versions[i - 1].until
        if date.min in (before, now):
            continue
        if until is not None and before < now and until + timedelta(days=1) != now:
            word = "overlaps" if until >= now else "leaves a gap to"
            what = f"the version of {before}, until {until}, {word} that of {now}"
            reading.fault(("version", i - 1, "until"), what, f"until = {now - timedelta(days=1)}, or none")
        if now == before:
            reading.fault(("version", i, "effective"), f"two versions are effective on {now}", "one version per date")
        elif now < before:
            what = f"the version of {now} stands below that of {before}"
            reading.fault(("version", i, "effective"), what, "versions in the order of their dates")


def check_together(reading: Reading, versions: Sequence[Version]) -> None:
    """A layer of one name keeps one running total through all versions, so they must agree on how it counts."""
    seen: dict[str, tuple[int, Layer]] = {}
    for i, version in enumerate(versions):
        for j, clause in enumerate(version.clauses):
            if not isinstance(clause, Layer):
                continue
            first, other = seen.setdefault(clause.name, (i, clause))
            for key in ("per", "order"):
                if getattr(other, key) != getattr(clause, key):
                    what = (
                        f"layer {clause.name!r} counts on from version {versions[first].effective} with another {key}"
                    )
                    got = repr(getattr(clause, key))
                    at = ("version", i, "clause", j, "layer")
                    reading.fault(at, what, repr(getattr(other, key)), got, "or give the clause another name")
    said = {version.recovery.reinstates for version in versions if version.recovery}
    for i, version in enumerate(versions):
        word = next((v.recovery.reinstates for v in versions if v.recovery), "")
        if len(said) > 1 and version.recovery and version.recovery.reinstates != word:
            what = "limits that count on from version to version cannot change whether recoveries give them room"
            reading.fault(("version", i, "recovery", "reinstates"), what, repr(word), repr(version.recovery.reinstates))
    try:
        clause_order(versions)
    except TurnedAround as circle:
        what = "clauses that wait for each other, within a version or between versions: " + str(circle)
        reading.fault(("version", len(versions) - 1), what, "one order for all versions", advice="rename a clause")
