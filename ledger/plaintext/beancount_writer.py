"""A book as beancount text: accounts opened, opening balances, every voucher, and the balances it must come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from ledger.journals import BookAccount, BookDays, Voucher
from ledger.money import plain_amount
from ledger.plaintext.names import named, opened

_NOT_IN_A_LINK = re.compile(r"[^A-Za-z0-9\-_/.]")


def beancount_lines(days: BookDays, vouchers: Iterable[Voucher], codes: Mapping[str, str]) -> Iterator[str]:
    """The text, a piece at a time. `codes` are account codes by role, where the chart gives one."""
    names = named(days.accounts.values())
    yield f'option "title" {quoted(days.book)}\n'
    for currency in sorted({account.currency for account in days.accounts.values()}):
        yield f'option "operating_currency" "{currency}"\n'
    yield "\n"
    for each in opened(days.accounts, names, codes):
        said = "".join(f"  {word}: {quoted(text)}\n" for word, text in each.words.items())
        yield f"{days.first} open {each.name} {','.join(each.currencies)}\n{said}"
    yield from _carried_over(days, names)
    for voucher in vouchers:
        yield _written(voucher, days, names)
    yield "\n"
    yield from _balances(days, names)


def quoted(text: str) -> str:
    """Text as beancount's string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _carried_over(days: BookDays, names: Mapping[int, str]) -> Iterator[str]:
    """What the accounts stood at before the first day, as one entry."""
    standing = {number: balance for number, balance in days.opening.items() if balance}
    if standing:
        yield f'\n{days.first} * "opening balances" #opening\n'
        for number, balance in standing.items():
            yield f"  {names[number]}  {_amount(balance, days.accounts[number])}\n"


def _written(voucher: Voucher, days: BookDays, names: Mapping[int, str]) -> str:
    link = _NOT_IN_A_LINK.sub("-", voucher.event)
    text = [
        f"\n{voucher.on} * {quoted(voucher.kind)} ^{link}\n",
        f"  voucher: {voucher.number}\n  event: {quoted(voucher.event)}\n  actor: {quoted(voucher.actor)}\n",
    ]
    if voucher.relates_to:
        text.append(f"  relates-to: {voucher.relates_to}\n")
    if voucher.reverses:
        text.append(f"  reverses: {voucher.reverses}\n")
    for line in voucher.lines:
        for number, amount in ((line.debit, line.amount), (line.credit, -line.amount)):
            text.append(f"  {names[number]}  {_amount(amount, days.accounts[number])}\n    rule: {quoted(line.rule)}\n")
    return "".join(text)


def _balances(days: BookDays, names: Mapping[int, str]) -> Iterator[str]:
    """What every account stands at after the last day. beancount counts the accounts below it, too."""
    standing: Counter[tuple[str, str]] = Counter()
    for number, account in days.accounts.items():
        words = names[number].split(":")
        for depth in range(2, len(words) + 1):
            standing[":".join(words[:depth]), account.currency] += days.closing.get(number, 0)
    after = days.last + timedelta(days=1)
    for number, account in days.accounts.items():
        exact = plain_amount(standing[names[number], account.currency], account.currency)
        yield f"{after} balance {names[number]}  {exact} ~ 0 {account.currency}\n"  # it would let one fen pass


def _amount(minor: int, account: BookAccount) -> str:
    return f"{plain_amount(minor, account.currency)} {account.currency}"
