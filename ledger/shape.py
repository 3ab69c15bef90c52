"""What an item must look like before it is sent: a fault here burns no key and reaches no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.batch import Item, Line, Resolution, Unit
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


def faults(item: Item) -> Iterator[Refusal]:
    """What is wrong with one item, by itself."""
    where = f"item {item.key}"
    if not 1 <= len(item.key) <= LONGEST:
        yield Refusal(where, "the key cannot be used", f"1 to {LONGEST} characters", f"{len(item.key)}")
    if not item.kind:
        yield Refusal(where, "it has no kind", "what happened")
    for what, text in (("key", item.key), ("kind", item.kind)):
        if not _storable(text):
            yield Refusal(
                where.encode(errors="replace").decode(),
                f"its {what} cannot be kept",
                "text without NUL or halves of a character",
                ascii(text),
            )
    if isinstance(item, Unit):
        yield from _of_unit(item, where)
    elif isinstance(item, Resolution):
        yield from _of_resolution(item, where)


def _storable(text: str) -> bool:
    """Whether the database can hold a text: no NUL, and no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _of_unit(unit: Unit, where: str) -> Iterator[Refusal]:
    if not unit.lines:
        yield Refusal(where, "it has no lines", "at least one")
    if unit.expires_on is not None and not unit.reserved:
        yield Refusal(where, "only a reservation expires", "reserved, or no day to expire on", str(unit.expires_on))
    if unit.reserved and unit.debts:
        yield Refusal(where, "a reservation owes nothing yet", "no debts", f"{len(unit.debts)}")
    cited = {debt.id: debt for debt in unit.debts}
    for debt in unit.debts:
        books = {line.book for line in unit.lines if line.debt == debt.id}
        if books != {debt.debtor, debt.creditor}:
            expected, got = f"lines of {debt.debtor} and of {debt.creditor}", " and ".join(sorted(books)) or "none"
            yield Refusal(where, f"debt {debt.id} is not cited by both its books", expected, got)
    said: dict[object, int] = {}
    for number, line in enumerate(unit.lines, start=1):
        yield from _of_line(line, f"{where}, line {number}")
        if line.debt is not None and (first := said.setdefault((line.book, line.debt), number)) != number:
            what, expected = "its book cites this debt before", "one line of each book"
            yield Refusal(f"{where}, line {number}", what, expected, f"line {first}")
        if line.debt is not None and (line.debt not in cited or cited[line.debt].amount != line.amount):
            expected = f"{cited[line.debt].amount}" if line.debt in cited else "a debt of the unit"
            yield Refusal(f"{where}, line {number}", "it cites a debt of another amount", expected, f"{line.amount}")


def _of_line(line: Line, where: str) -> Iterator[Refusal]:
    if type(line.amount) is not int or not 1 <= line.amount <= LARGEST:
        yield Refusal(where, "this amount cannot be posted", f"a whole number from 1 to {LARGEST}", repr(line.amount))
    if line.debit == line.credit:
        yield Refusal(where, "both sides are one account", "two accounts", "/".join(filter(None, line.debit)))
    for side, account in (("debit", line.debit), ("credit", line.credit)):
        if account[0] != line.book:
            yield Refusal(where, f"the {side} account is of another book", line.book, account[0])
    if line.debit[3] != line.credit[3]:
        yield Refusal(where, "its accounts are of two currencies", line.debit[3], line.credit[3])
    if not _RULE.fullmatch(line.rule):
        yield Refusal(where, "the rule has no name", 'no , ; " \\ or braces', repr(line.rule))


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
