"""What must hold between the clauses of a version, and between the versions of a scheme, before it may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from riskshare import rounding
from riskshare.scheme_table import Reading, Table, clause_names, either, near
from riskshare.terms import (
    KINDS,
    Clause,
    Follow,
    Layer,
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
    if target not in names:
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


def check_dates(reading: Reading, versions: Sequence[Version]) -> None:
    for i in range(1, len(versions)):
        before, now = versions[i - 1].effective, versions[i].effective
        if date.min in (before, now):
            continue
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
    try:
        clause_order(versions)
    except TurnedAround as circle:
        what = "clauses that wait for each other, within a version or between versions: " + str(circle)
        reading.fault(("version", len(versions) - 1), what, "one order for all versions", advice="rename a clause")
