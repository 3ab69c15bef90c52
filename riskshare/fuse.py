"""The fuse (熔断): judged at named instants on the readings of a ratio, kept with its evidence, in force the day after. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ledger.periods import period_of
from riskshare.terms import Fuse, Threshold, Version

NORMAL, WARNING, SUSPENDED = "normal", "warning", "suspended"
SUSPEND, RESUME = "suspend", "resume"


class Reading(NamedTuple):
    """A fact that says measures on a day."""

    id: str
    day: date
    measures: Mapping[str, int]


class Ruling(NamedTuple):
    """A fact by which somebody sets a fuse: "suspend" or "resume"."""

    id: str
    day: date
    fuse: str
    word: str


class Decision(NamedTuple):
    """What a fuse is from a day on, by which article, and the fact and the two figures it rests on."""

    fuse: str
    from_day: date
    state: str
    article: str
    evidence: str
    part: int
    base: int


class Unjudged(NamedTuple):
    """A fact for the work list."""

    id: str
    article: str
    reason: str


def states(version: Version, readings: Sequence[Reading], rulings: Sequence[Ruling]) -> dict[str, list[Decision]]:
    """What was decided on each fuse, in order of days; one entry for each reading and ruling, changed or not.

    On one day readings come before rulings. What is not judged is in `unjudged`.
    """
    return {fuse.name: list(_decided(fuse, readings, rulings)) for fuse in version.fuses}


def state_on(decisions: Iterable[Decision], day: date) -> str:
    """The state of one fuse in force on a day: "normal" before anything was decided."""
    state = NORMAL
    for decision in decisions:
        if decision.from_day <= day:
            state = decision.state
    return state


def unjudged(version: Version, readings: Sequence[Reading], rulings: Sequence[Ruling]) -> list[Unjudged]:
    """The readings and rulings that no fuse takes into account, each with the reason."""
    taken = {reading.id for fuse in version.fuses for reading in _due(fuse, readings)}
    left = [_unused(version, reading) for reading in readings if reading.id not in taken]
    fuses = {fuse.name: fuse for fuse in version.fuses}
    for ruling in rulings:
        fuse = fuses.get(ruling.fuse)
        if fuse is None:
            left.append(Unjudged(ruling.id, "", f"the scheme has no fuse {ruling.fuse!r}"))
        elif ruling.word not in (SUSPEND, RESUME):
            left.append(Unjudged(ruling.id, fuse.article, f"a fuse is set to suspend or resume, not {ruling.word!r}"))
        elif not _acts(fuse, ruling):
            left.append(Unjudged(ruling.id, fuse.article, f"fuse {fuse.name} never resumes once it is suspended"))
    return left


def _decided(fuse: Fuse, readings: Sequence[Reading], rulings: Sequence[Ruling]) -> Iterator[Decision]:
    rows: list[Reading | Ruling] = [*_due(fuse, readings), *(ruling for ruling in rulings if _acts(fuse, ruling))]
    state, part, base = NORMAL, 0, 0
    for row in sorted(rows, key=lambda row: (row.day, isinstance(row, Ruling))):
        if isinstance(row, Reading):
            part, base = row.measures[fuse.part], row.measures[fuse.base]
            state = _judged(fuse, state, part, base)
        elif row.word == SUSPEND:
            state = SUSPENDED
        elif state == SUSPENDED:
            state = _running(fuse, part, base)
        yield Decision(fuse.name, row.day + timedelta(days=1), state, fuse.article, row.id, part, base)


def _judged(fuse: Fuse, before: str, part: int, base: int) -> str:
    """The state after a reading. What is suspended stays so until the ratio is where it may resume."""
    if _met(fuse.stops, part, base):
        return SUSPENDED
    if before == SUSPENDED and not (fuse.resumes and _met(fuse.resumes, part, base)):
        return SUSPENDED
    return _running(fuse, part, base)


def _running(fuse: Fuse, part: int, base: int) -> str:
    return WARNING if fuse.warns and _met(fuse.warns, part, base) else NORMAL


def _met(threshold: Threshold, part: int, base: int) -> bool:
    """Nothing of nothing is a ratio of zero: a year without loans is no bad year."""
    return threshold.met(part, base if part else 1)


def _acts(fuse: Fuse, ruling: Ruling) -> bool:
    """Whether a ruling sets this fuse. One that never resumes cannot be resumed by ruling either."""
    never = fuse.resumes is None and not fuse.by_decision
    return ruling.fuse == fuse.name and (ruling.word == SUSPEND or (ruling.word == RESUME and not never))


def _due(fuse: Fuse, readings: Sequence[Reading]) -> list[Reading]:
    """The readings a fuse is judged by: at its instants, with both figures, the first of each day."""
    found: dict[date, Reading] = {}
    for reading in readings:
        if _says(fuse, reading) and _is_instant(fuse, reading.day):
            found.setdefault(reading.day, reading)
    return list(found.values())


def _unused(version: Version, reading: Reading) -> Unjudged:
    """Why no fuse took a reading."""
    said = [fuse for fuse in version.fuses if _says(fuse, reading)]
    if not said:
        needed = " or ".join(f"{fuse.part} and {fuse.base}" for fuse in version.fuses) or "no reading at all"
        return Unjudged(reading.id, "", f"no fuse reads this: the scheme asks for {needed}")
    for fuse in said:
        if _is_instant(fuse, reading.day):
            return Unjudged(reading.id, fuse.article, f"a second reading of {reading.day} for fuse {fuse.name}")
    instants = " or ".join(dict.fromkeys(fuse.evaluated.replace("_", " ") for fuse in said))
    return Unjudged(reading.id, said[0].article, f"{reading.day} is no {instants}: fuse {said[0].name} is judged then")


def _says(fuse: Fuse, reading: Reading) -> bool:
    return fuse.part in reading.measures and fuse.base in reading.measures


def _is_instant(fuse: Fuse, day: date) -> bool:
    return fuse.evaluated == "each_reading" or period_of(fuse.evaluated.removesuffix("_end"), day).last == day
