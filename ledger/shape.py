"""What an item must look like before it is sent: a fault here burns no key and reaches no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ledger.batch import Item, Resolution, Unit
from ledger.faults import Refusal, Refused

LARGEST = 9_000_000_000_000_000
"""The most one line may move, in minor units: what the gate of money lets in."""

LONGEST = 400
"""Characters of a key."""

_RULE = re.compile(r'[^,;"\\{}\x00-\x1f]{1,100}')
_HOW = ("post", "void", "expire")


def check(items: Sequence[Item]) -> None:
    """Raises Refused with every fault of every item."""
    refusals = [refusal for item in items for refusal in faults(item)]
    if refusals:
        raise Refused(*refusals)


def faults(item: Item) -> Sequence[Refusal]:
    """What is wrong with one item, by itself."""
    found: list[Refusal] = []
    if not 1 <= len(item.key) <= LONGEST:
        expected, got = f"1 to {LONGEST} characters", f"{len(item.key)}"
        found.append(Refusal(_place(item), "the key cannot be used", expected, got))
    if not item.kind:
        found.append(Refusal(_place(item), "it has no kind", "what happened"))
    for what, text in (("key", item.key), ("kind", item.kind)):
        if not _storable(text):
            expected = "text without NUL or halves of a character"
            where = _place(item).encode(errors="replace").decode()
            found.append(Refusal(where, f"its {what} cannot be kept", expected, ascii(text)))
    if isinstance(item, Unit):
        _look_at_unit(item, found)
    elif isinstance(item, Resolution):
        found += _of_resolution(item, _place(item))
    return found


def _place(item: Item, line: int = 0) -> str:
    return f"item {item.key}, line {line}" if line else f"item {item.key}"


def _storable(text: str) -> bool:
    """Whether the database can hold a text: no NUL, and no half of a surrogate pair."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return "\0" not in text


def _look_at_unit(unit: Unit, found: list[Refusal]) -> None:
    if not unit.lines:
        found.append(Refusal(_place(unit), "it has no lines", "at least one"))
    if unit.expires_on is not None and not unit.reserved:
        expected, got = "reserved, or no day to expire on", str(unit.expires_on)
        found.append(Refusal(_place(unit), "only a reservation expires", expected, got))
    if unit.debts:
        found += _of_debts(unit, _place(unit))
    owed = {debt.id: debt.amount for debt in unit.debts}
    for number, (book, debit, credit, amount, rule, debt) in enumerate(unit.lines, start=1):
        if type(amount) is not int or not 1 <= amount <= LARGEST:
            what, expected = "this amount cannot be posted", f"a whole number from 1 to {LARGEST}"
            found.append(Refusal(_place(unit, number), what, expected, repr(amount)))
        if debit == credit:
            what = "both sides are one account"
            found.append(Refusal(_place(unit, number), what, "two accounts", "/".join(filter(None, debit))))
        if debit[0] != book:
            found.append(Refusal(_place(unit, number), "the debit account is of another book", book, debit[0]))
        if credit[0] != book:
            found.append(Refusal(_place(unit, number), "the credit account is of another book", book, credit[0]))
        if debit[3] != credit[3]:
            found.append(Refusal(_place(unit, number), "its accounts are of two currencies", debit[3], credit[3]))
        if not _is_name(rule):
            found.append(Refusal(_place(unit, number), "the rule has no name", 'no , ; " \\ or braces', repr(rule)))
        if debt is not None and owed.get(debt) != amount:
            expected = f"{owed[debt]}" if debt in owed else "a debt of the unit"
            found.append(Refusal(_place(unit, number), "it cites a debt of another amount", expected, f"{amount}"))


@lru_cache(maxsize=10_000)
def _is_name(rule: str) -> bool:
    return _RULE.fullmatch(rule) is not None


def _of_debts(unit: Unit, where: str) -> Iterator[Refusal]:
    if unit.reserved:
        yield Refusal(where, "a reservation owes nothing yet", "no debts", f"{len(unit.debts)}")
    for debt in unit.debts:
        books = {line.book for line in unit.lines if line.debt == debt.id}
        if books != {debt.debtor, debt.creditor}:
            expected, got = f"lines of {debt.debtor} and of {debt.creditor}", " and ".join(sorted(books)) or "none"
            yield Refusal(where, f"debt {debt.id} is not cited by both its books", expected, got)
    said: dict[object, int] = {}
    for number, line in enumerate(unit.lines, start=1):
        if line.debt is not None and (first := said.setdefault((line.book, line.debt), number)) != number:
            what, expected = "its book cites this debt before", "one line of each book"
            yield Refusal(f"{where}, line {number}", what, expected, f"line {first}")


def _of_resolution(item: Resolution, where: str) -> Iterator[Refusal]:
    if item.how not in _HOW:
        yield Refusal(where, "a reservation does not end like this", " or ".join(_HOW), repr(item.how))
    if item.amounts is None:
        return
    if item.how != "post":
        yield Refusal(where, f"{item.how} moves nothing", "no amounts", f"{len(item.amounts)}")
    if not any(item.amounts):
        yield Refusal(where, "it posts nothing", "an amount above zero, or void")
    for number, amount in enumerate(item.amounts, start=1):
        if type(amount) is not int or not 0 <= amount <= LARGEST:
            expected = f"a whole number from 0 to {LARGEST}"
            yield Refusal(f"{where}, amount {number}", "this amount cannot be posted", expected, repr(amount))
