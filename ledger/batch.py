"""What is posted, as values: units of one business event, their lines in each book, the debts between books."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
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
    debt: UUID | None


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

    `key` is the event's id and the idempotency key; `digest` its contents; `on` the day it is booked.
    """

    key: str
    digest: bytes
    kind: str
    on: date
    belongs_to: date | None
    lines: tuple[Line, ...]
    debts: tuple[Debt, ...]
