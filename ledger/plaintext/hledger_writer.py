"""A book as an hledger journal: accounts declared, opening balances, every voucher, and the balances it must come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ledger.journals import BookAccount, BookDays, Voucher
from ledger.money import places, plain_amount
from ledger.plaintext.names import named, opened

TYPES = {"asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X", "memo": "E"}
_NOT_IN_A_TAG = re.compile(r"[,;%\x00-\x1f]|^\s|\s$")
_NOT_IN_A_CODE = re.compile(r"[()\s;|]+")


def hledger_lines(days: BookDays, vouchers: Iterable[Voucher], codes: Mapping[str, str]) -> Iterator[str]:
    """The text, a piece at a time. `codes` are account codes by role, where the chart gives one."""
    names = named(days.accounts.values())
    yield f"; {one_line(days.book)}, {days.first} to {days.last}\n\ndecimal-mark .\n"
    for currency in sorted({account.currency for account in days.accounts.values()}):
        yield f"commodity 1000.{'0' * places(currency)} {currency}\n"
    yield "\n"
    for each in opened(days.accounts, names, codes):
        words = {"type": TYPES[each.words["kind"]], **each.words}
        yield f"account {each.name}\n" + "".join(f"  ; {word}:{tagged(text)}\n" for word, text in words.items())
    yield from _carried_over(days, names)
    for voucher in vouchers:
        yield _written(voucher, days, names)
    if days.accounts:
        yield f"\n{days.last} * closing balances  ; closing:\n"
    for number, account in days.accounts.items():
        nothing, standing = (_amount(minor, account) for minor in (0, days.closing.get(number, 0)))
        yield f"  {names[number]}  {nothing} = {standing}\n"


def one_line(text: str) -> str:
    """Text as one line of a comment or a description, where ; would begin a comment."""
    return " ".join(text.replace(";", ",").split())


def tagged(text: str) -> str:
    """Text as the value of a tag, which a comma or the end of the line would end: %2C for a comma, and so on."""
    return _NOT_IN_A_TAG.sub(lambda found: f"%{ord(found[0]):02X}", text)


def _carried_over(days: BookDays, names: Mapping[int, str]) -> Iterator[str]:
    """What the accounts stood at before the first day, as one entry."""
    standing = {number: balance for number, balance in days.opening.items() if balance}
    if standing:
        yield f"\n{days.first} * opening balances  ; opening:\n"
        for number, balance in standing.items():
            yield f"  {names[number]}  {_amount(balance, days.accounts[number])}\n"


def _written(voucher: Voucher, days: BookDays, names: Mapping[int, str]) -> str:
    text = [
        f"\n{voucher.on} * ({_NOT_IN_A_CODE.sub('-', voucher.event)}) {one_line(voucher.kind)}\n",
        f"  ; voucher:{voucher.number}\n  ; event:{tagged(voucher.event)}\n  ; actor:{tagged(voucher.actor)}\n",
    ]
    if voucher.relates_to:
        text.append(f"  ; relates-to:{voucher.relates_to}\n")
    if voucher.reverses:
        text.append(f"  ; reverses:{voucher.reverses}\n")
    for line in voucher.lines:
        for number, amount in ((line.debit, line.amount), (line.credit, -line.amount)):
            text.append(f"  {names[number]}  {_amount(amount, days.accounts[number])}  ; rule:{tagged(line.rule)}\n")
    return "".join(text)


def _amount(minor: int, account: BookAccount) -> str:
    return f"{plain_amount(minor, account.currency)} {account.currency}"
