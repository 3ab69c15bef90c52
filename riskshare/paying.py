"""Bearing is not paying: who owes whom, so that everybody ends where the terms want them. Pure.

The bank is out of pocket for whatever nobody else has paid. All others pay, and are paid, through the one who advances
for them (the hub) and through the roles the terms put in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from ledger.money import half_up
from riskshare.terms import OUTSIDE

BANK = "bank"

Debt = tuple[str, str, int]
"""Debtor, creditor, amount in minor units; a negative amount is owed the other way."""

_DIRECTLY: Mapping[str, str] = MappingProxyType({})


def debts(
    bears: Mapping[str, int],
    paid: Mapping[str, int],
    hub: str,
    through: Mapping[str, str] = _DIRECTLY,
    due: Mapping[str, int] | None = None,
) -> list[Debt]:
    """Debts that bring every role of a loan from what it has paid to what it bears, or to what is `due` of that.

    With nobody advancing, the bank itself is the hub. What is not due yet stays with the bank, or with the hub where
    the hub has paid it already; what was paid before it was due is not given back.
    """
    roles = [role for role in dict.fromkeys((*bears, *paid)) if role != BANK and role not in OUTSIDE]
    pays = {role: _payable(role, bears, paid, due) for role in roles}
    owed = _joined(
        (step, pays[role] - paid.get(role, 0)) for role in roles if role != hub for step in _path(role, hub, through)
    )
    if hub != BANK:
        left = sum(bears.get(role, 0) - paid.get(role, 0) for role in roles)
        waiting = sum(bears.get(role, 0) - pays[role] for role in roles)
        owed.append((hub, BANK, max(left - waiting, min(left, 0))))
    return owed


def due_of(bears: Mapping[str, int], instalments: Mapping[str, tuple[int, int]], concluded: bool) -> dict[str, int]:
    """What each role has to pay by now of what it bears: the first instalment, and all once the claim is concluded."""
    first = {} if concluded else instalments
    ratios = {role: first.get(role, (1, 1)) for role in bears}
    return {role: half_up(bears[role] * number, whole) for role, (number, whole) in ratios.items()}


def handed_on(shares: Mapping[str, int], holder: str, through: Mapping[str, str] = _DIRECTLY) -> list[Debt]:
    """Debts that bring a recovery from whoever holds it to those it belongs to."""
    return _joined(
        (step, amount)
        for role, amount in shares.items()
        if role != holder and role not in OUTSIDE
        for step in _path(holder, role, through)
    )


def _payable(role: str, bears: Mapping[str, int], paid: Mapping[str, int], due: Mapping[str, int] | None) -> int:
    borne = bears.get(role, 0)
    return borne if due is None else max(due.get(role, 0), min(paid.get(role, 0), borne))


def _path(one: str, other: str, through: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """From role to role: up the chain of the one and down the chain of the other, no further than where they meet."""
    up, down = _chain(one, through), _chain(other, through)
    while len(up) > 1 and len(down) > 1 and up[-2] == down[-2]:
        del up[-1], down[-1]
    if up[-1] == down[-1]:
        del down[-1]
    return pairwise((*up, *reversed(down)))


def _chain(role: str, through: Mapping[str, str]) -> list[str]:
    """A role, the one it pays through, the one that one pays through. Circles are refused when a scheme is loaded."""
    chain = [role]
    while chain[-1] in through:
        chain.append(through[chain[-1]])
    return chain


def _joined(steps: Iterable[tuple[tuple[str, str], int]]) -> list[Debt]:
    """One debt for each debtor and creditor, in the order first met."""
    owed: dict[tuple[str, str], int] = {}
    for pair, amount in steps:
        owed[pair] = owed.get(pair, 0) + amount
    return [(debtor, creditor, amount) for (debtor, creditor), amount in owed.items()]
