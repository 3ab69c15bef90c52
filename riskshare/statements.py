"""A party's statement against the ledger's own figures: where the two do not agree, and how. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

AMOUNT, MISSING, DUPLICATE, UNKNOWN = "amount", "missing", "duplicate", "unknown"
"""How a statement can differ: another amount, no line for an item, its line more than once, a line for no item."""


@dataclass(frozen=True, slots=True)
class Break:
    """One item that does not agree: what is ours and what is stated in all, in minor units."""

    kind: str
    item: str
    own: int
    stated: int

    @property
    def difference(self) -> int:
        """What the statement says more than we do."""
        return self.stated - self.own


def compare(own: Mapping[str, int], stated: Iterable[tuple[str, int]]) -> list[Break]:
    """The breaks between our figures and the lines of a statement: ours in their order, then what only it knows.

    Lines of one item are taken together, so an item stated in parts agrees where the parts make the whole.
    """
    lines: dict[str, list[int]] = {}
    for item, amount in stated:
        lines.setdefault(item, []).append(amount)
    items = dict.fromkeys((*own, *lines))
    found = (_break(item, own.get(item), lines.get(item, [])) for item in items)
    return [each for each in found if each is not None]


def _break(item: str, own: int | None, lines: list[int]) -> Break | None:
    """An item of ours that is zero need not be stated."""
    if own is None:
        return Break(UNKNOWN, item, 0, sum(lines))
    if sum(lines) == own:
        return None
    if not lines:
        return Break(MISSING, item, own, 0)
    repeated = len(lines) > 1 and all(amount == own for amount in lines)
    return Break(DUPLICATE if repeated else AMOUNT, item, own, sum(lines))
