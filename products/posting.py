"""What each book writes: the rows of schema/posting_rules.csv applied to named amounts.

Both legs of a line come from one amount, so a book balances; a debt in one book and the claim in the other come from
the same amount, so they mirror. An amount that no row writes is refused: a hole in a table makes no sound.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from ledger.batch import AccountKey, Debt, Line, Unit
from ledger.faults import Failed, Refusal, Refused
from ledger.files import schema_dir

ANY = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: at this event, this book debits and credits these roles with this amount, because."""

    name: str
    since: date
    event: str
    when: str
    book: str
    debit: str
    debit_to: str
    credit: str
    credit_to: str
    amount: str
    because: str
    source: str


class Owing(NamedTuple):
    """`debtor` owes `creditor` (roles) this amount because of an event."""

    debtor: str
    creditor: str
    amount: int


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """Every posting rule, by event."""
    found: dict[str, list[Rule]] = {}
    with (schema_dir() / "posting_rules.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            debit, _, debit_to = row["debit"].partition(":")
            credit, _, credit_to = row["credit"].partition(":")
            rule = Rule(
                row["rule"],
                date.fromisoformat(row["since"]),
                row["event"],
                row["when"],
                row["book"],
                debit,
                debit_to,
                credit,
                credit_to,
                row["amount"],
                row["because"],
                row["source"],
            )
            found.setdefault(rule.event, []).append(rule)
    return {event: tuple(listed) for event, listed in found.items()}


def sharing_roles() -> frozenset[str]:
    """Roles that may bear a loss, or pay or receive a subsidy: every book a close can write."""
    closing = ("loss.shared", "recovery.shared", "premium.subsidised", "fee_reduction.granted")
    return frozenset(rule.book for event in closing for rule in rules()[event]) - {"holder"} | {"enterprise", "debtor"}


def entry(
    event_id: str,
    kind: str,
    on: date,
    parties: Mapping[str, str],
    currency: str,
    amounts: Mapping[str, int],
    owings: Sequence[Owing] = (),
    state: str = "not written off",
    belongs_to: date | None = None,
    books_as: Mapping[str, str] | None = None,
) -> Unit | None:
    """One event as journals of every book it touches, with the debts both books cite. None where nothing is posted.

    Args:
        on: the day it is booked; `belongs_to` the day it is about, where that is another one.
        parties: role to party; a party is the name of its book.
        amounts: minor units above zero by name; "borne:bank" is the amount `borne` of the bank alone.
        state: of the loan: chooses between rows that say when they apply.
        books_as: open roles, each with the role whose rows its book follows (a city books like a government).

    Raises Failed where an amount or a debt has no row that writes it.
    """
    if not amounts and not owings:
        return None
    lines: list[Line] = []
    debts: dict[uuid.UUID, Debt] = {}
    written: set[object] = set()
    for rule, role in _rows(kind, parties, books_as or {}):
        if rule.since > on or rule.when not in ("", state):
            continue
        for amount, other, mark in _amounts(rule, role, amounts, owings):
            written.add(mark)
            book = parties[role]
            debit = _account(book, rule.debit, rule.debit_to, other, parties, currency)
            credit = _account(book, rule.credit, rule.credit_to, other, parties, currency)
            debt = _debt(event_id, rule, debit, credit, amount, currency, on)
            if debt:
                debts[debt.id] = debt
            lines.append(Line(book, debit, credit, amount, rule.name, debt.id if debt else None))
    _refuse_holes(event_id, kind, amounts, owings, written)
    return Unit(event_id, kind, on, tuple(lines), tuple(debts.values()), belongs_to)


def _rows(kind: str, parties: Mapping[str, str], books_as: Mapping[str, str]) -> Iterator[tuple[Rule, str]]:
    """The rows of an event, each with every role whose book follows it."""
    for rule in rules().get(kind, ()):
        if rule.book in parties:
            yield rule, rule.book
        for role, like in books_as.items():
            if like == rule.book and role in parties:
                yield rule, role


def _amounts(
    rule: Rule, role: str, amounts: Mapping[str, int], owings: Sequence[Owing]
) -> list[tuple[int, str, object]]:
    """What this row writes in the book of a role: (amount, the other party's role, a mark that it is written)."""
    if rule.amount == "owes":
        return [(o.amount, o.creditor, ("owes", o)) for o in owings if o.debtor == role]
    if rule.amount == "owed":
        return [(o.amount, o.debtor, ("owed", o)) for o in owings if o.creditor == role]
    for name in (rule.amount, f"{rule.amount}:{role}"):
        if amounts.get(name):
            return [(amounts[name], "", name)]
    return []


def _account(book: str, role: str, to: str, other: str, parties: Mapping[str, str], currency: str) -> AccountKey:
    counterparty = (other if to == ANY else to) if to else ""
    if counterparty and parties[counterparty] == book:
        raise Refused(Refusal(f"party {book}", f"it cannot owe itself as {counterparty}", "two parties", book))
    return (book, role, parties[counterparty] if counterparty else None, currency)


def _debt(
    event_id: str, rule: Rule, debit: AccountKey, credit: AccountKey, amount: int, currency: str, on: date
) -> Debt | None:
    """A credit to due_to or a debit to due_from raises a debt, known to both books by the same id."""
    if credit[1] == "due_to" and credit[2]:
        debtor, creditor = credit[0], credit[2]
    elif debit[1] == "due_from" and debit[2]:
        debtor, creditor = debit[2], debit[0]
    else:
        return None
    name = rule.amount if rule.amount not in ("owes", "owed") else ""
    said = "\x1f".join((event_id, debtor, creditor, name))
    return Debt(
        uuid.UUID(bytes=blake2b(said.encode(), digest_size=16).digest()), debtor, creditor, currency, amount, on
    )


def _refuse_holes(
    event_id: str, kind: str, amounts: Mapping[str, int], owings: Sequence[Owing], written: set[object]
) -> None:
    missing = [f"amount {name}" for name in amounts if name not in written]
    missing += [f"debt of {o.debtor}" for o in owings if ("owes", o) not in written]
    missing += [f"claim of {o.creditor}" for o in owings if ("owed", o) not in written]
    if missing:
        raise Failed(
            Refusal(
                f"event {event_id}", f"no posting rule of {kind} writes {', '.join(missing)}", "a row for each amount"
            )
        )
