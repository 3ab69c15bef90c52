"""What is posted, as values: units of one business event, and what may be done to one that stands: reverse it, resolve it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, TypeAlias
from uuid import UUID

AccountKey = tuple[str, str, str | None, str]
"""book, role, counterparty book or None, currency: what an account is, before it has a number."""


class Line(NamedTuple):
    """A pair, so it cannot be unbalanced: debit and credit of one book, minor units above zero, the rule that says so."""

    book: str
    debit: AccountKey
    credit: AccountKey
    amount: int
    rule: str
    debt: UUID | None = None


class Debt(NamedTuple):
    """One book owes another; both books cite it, so their amounts cannot differ."""

    id: UUID
    debtor: str
    creditor: str
    currency: str
    amount: int
    due_on: date


class Unit(NamedTuple):
    """What stands or falls together: one business event, one journal in each book it touches.

    `key` is the event's id and the idempotency key; `on` the day it is booked, `belongs_to` the day it is about.
    `reserved`: the amounts are held, not moved, until a Resolution; after `expires_on` it may be ended as expired.
    Units with the same `link` stand or fall together; a unit that repeats the key of an earlier one never makes them fall.
    """

    key: str
    kind: str
    on: date
    lines: tuple[Line, ...]
    debts: tuple[Debt, ...] = ()
    belongs_to: date | None = None
    reserved: bool = False
    expires_on: date | None = None
    link: str = ""


class Reversal(NamedTuple):
    """Undoes the unit with the key `of`, in all its books: every line the other way, every debt the other way."""

    key: str
    of: str
    on: date
    kind: str = "reversal"
    link: str = ""


class Resolution(NamedTuple):
    """Ends the reservation with the key `of`: posts it, whole or in part, or lets go of it.

    `amounts`: what is posted of each line, 0 for nothing; None posts all. They go book by book, as the unit first names its
    books, and in each book line by line. What is not posted is let go.
    """

    key: str
    of: str
    how: Literal["post", "void", "expire"]
    on: date
    amounts: tuple[int, ...] | None = None
    kind: str = "resolution"
    link: str = ""


Item: TypeAlias = Unit | Reversal | Resolution
