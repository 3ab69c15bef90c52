"""What of a loss counts, and what of a recovery is left after its costs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.money import half_up
from riskshare.terms import LossTerms


class Part(NamedTuple):
    """One component of a loss: what of it counts under the terms and what does not."""

    component: str
    counted: int
    uncounted: int


class Counted(NamedTuple):
    """A loss taken apart: what is shared out, what is not, and the realised security used on what counts."""

    counted: int
    uncounted: int
    security: int
    parts: tuple[Part, ...]


class Uncountable(ValueError):
    """A component counts for so many days, and the loss does not say for how many it ran. One fault for each column."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{column}: {what}" for column, what in self.faults))


def count(terms: LossTerms, components: Mapping[str, int], counts: Mapping[str, int], security: int = 0) -> Counted:
    """Take a loss apart by its components, in minor units. `counts` says the days: interest_days.

    What counted, what did not and the security used make the whole. Raises Uncountable.
    """
    faults = list(_faults(terms, components, counts))
    if faults:
        raise Uncountable(faults)
    parts = []
    for component, amount in components.items():
        counted = _counted(terms, component, amount, counts)
        parts.append(Part(component, counted, amount - counted))
    whole = sum(part.counted for part in parts)
    used = min(security, whole) if terms.net_of else 0
    return Counted(whole - used, sum(part.uncounted for part in parts), used, tuple(parts))


def net_recoveries(rows: Iterable[tuple[int, int]]) -> list[int]:
    """What each recovery of a loan brings, from its gross and its costs, in order.

    Costs come first and what a receipt does not cover is carried forward; what was once brought stays.
    """
    found = []
    gross = costs = brought = 0
    for received, spent in rows:
        gross, costs = gross + received, costs + spent
        more = max(gross - costs - brought, 0)
        brought += more
        found.append(more)
    return found


def days_column(component: str) -> str:
    """The column that says over how many days a component ran."""
    return f"{component}_days"


def _faults(terms: LossTerms, components: Mapping[str, int], counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for component in terms.counts:
        limit, column = terms.days.get(component), days_column(component)
        if limit is not None and components.get(component, 0) > 0 and counts.get(column, 0) <= 0:
            got = f"{counts[column]} days" if column in counts else "no days"
            yield column, f"{component} counts up to {limit} days, and the loss says {got} of it"


def _counted(terms: LossTerms, component: str, amount: int, counts: Mapping[str, int]) -> int:
    if component not in terms.counts or amount == 0:
        return 0
    if component not in terms.days:
        return amount
    days = counts[days_column(component)]
    return half_up(amount * min(terms.days[component], days), days)
