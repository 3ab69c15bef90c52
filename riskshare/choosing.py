"""Which road of a choice a fact takes: by a word it says, a number in a band, or the days between two of its dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ledger.money import show_amount
from riskshare.terms import Choose


def road(clause: Choose, attributes: Mapping[str, str], measures: Mapping[str, int]) -> str | None:
    """The clause or role a fact goes to; None where there is no road for it."""
    if clause.days:
        return by_days(clause, attributes.get(clause.days[0], ""), attributes.get(clause.days[1], ""))
    if clause.measured:
        return by_number(clause, measures.get(clause.by, 0))
    return by_word(clause, attributes.get(clause.by, ""))


def by_word(clause: Choose, said: str) -> str | None:
    """The road for what a fact says; with bands, for the number it says."""
    if not clause.bands:
        return clause.roads.get(said, clause.otherwise)
    number = plain_number(said)
    return clause.otherwise if number is None else by_number(clause, number)


def by_number(clause: Choose, number: Fraction | int) -> str | None:
    """The road of the first band that holds a number."""
    return next((clause.roads[band.text] for band in clause.bands if band.holds(number)), clause.otherwise)


def by_days(clause: Choose, since: str, until: str) -> str | None:
    """The road for the whole days from one date to another; none where a date is missing."""
    try:
        return by_number(clause, (date.fromisoformat(until) - date.fromisoformat(since)).days)
    except ValueError:
        return None


def said(clause: Choose, attributes: Mapping[str, str], measures: Mapping[str, int], currency: str) -> str:
    """What the fact says where the choice asks, in words."""
    if clause.days:
        since, until = (attributes.get(name, "") for name in clause.days)
        try:
            days = (date.fromisoformat(until) - date.fromisoformat(since)).days
        except ValueError:
            return f"{since or 'not said'} to {until or 'not said'}"
        return f"{days} days, {since} to {until}"
    if clause.measured:
        return show_amount(measures[clause.by], currency) if clause.by in measures else "nothing"
    return attributes.get(clause.by) or "nothing"


def plain_number(said: str) -> Fraction | None:
    """A plain decimal, exact; None for anything else."""
    digits = said.strip().removesuffix("%")
    return Fraction(digits) if digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit() else None
