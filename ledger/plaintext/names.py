"""Names of accounts that beancount and hledger both accept; the exact words stand beside them as metadata."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.accounts import roles
from ledger.journals import BookAccount

ROOTS = {"asset": "Assets", "liability": "Liabilities", "equity": "Equity", "income": "Income", "expense": "Expenses"}
MEMO = "Equity:Memo"
"""Memo accounts balance among themselves; neither program has a kind for them, so they stand apart inside equity."""


def named(accounts: Iterable[BookAccount]) -> dict[int, str]:
    """A name for every account, by its number: one name for all currencies of a role and counterparty.

    Two that would be alike are told apart by a number, the older first.
    """
    names: dict[int, str] = {}
    taken: dict[str, tuple[str, ...]] = {}
    for account in sorted(accounts, key=lambda each: each.account_id):
        words, exact = _words(account), (account.kind, account.role, account.counterparty)
        name, again = ":".join(words), 1
        while taken.setdefault(name, exact) != exact:
            again += 1
            name = ":".join([*words[:-1], f"{words[-1]}-{again}"])
        names[account.account_id] = name
    return names


class Opened(NamedTuple):
    """An account as both programs see it: a name, its currencies, and the exact words of ours."""

    name: str
    currencies: tuple[str, ...]
    words: dict[str, str]


def opened(accounts: Mapping[int, BookAccount], names: Mapping[int, str], codes: Mapping[str, str]) -> list[Opened]:
    """Every account once, with kind, role, counterparty, code under the chart and Chinese name, as far as there are any."""
    by_name: dict[str, list[BookAccount]] = {}
    for number, account in accounts.items():
        by_name.setdefault(names[number], []).append(account)
    return [
        Opened(name, tuple(sorted(each.currency for each in alike)), _exact(alike[0], codes))
        for name, alike in by_name.items()
    ]


def _exact(account: BookAccount, codes: Mapping[str, str]) -> dict[str, str]:
    known = roles().get(account.role)
    words = {
        "kind": account.kind,
        "role": account.role,
        "counterparty": account.counterparty,
        "code": codes.get(account.role, ""),
        "name": known.zh if known else "",
    }
    return {word: text for word, text in words.items() if text}


def _words(account: BookAccount) -> list[str]:
    """Kind, role and counterparty; an account that came with a name of its own (KIND:NAME) keeps it."""
    root = MEMO if account.kind == "memo" else ROOTS[account.kind]
    own = account.role.split(":")[1:]
    if own[:1] == [root]:
        own = own[1:]
    return [root, *(legal(word) for word in [*(own or [account.role]), account.counterparty] if word)]


def legal(word: str) -> str:
    """Letters and digits of any script, - for everything else, beginning with a capital or a digit: X before what has none."""
    text = re.sub("-+", "-", "".join(sign if _in_a_name(sign) else "-" for sign in word)).strip("-")
    capital = text[:1].upper()
    return capital + text[1:] if category(capital or " ") in ("Lu", "Nd") else f"X{text}"


def _in_a_name(sign: str) -> bool:
    return category(sign)[0] == "L" or category(sign) == "Nd"


def category(sign: str) -> str:
    """The Unicode category of a sign; of two, as some letters have for a capital, none."""
    return unicodedata.category(sign) if len(sign) == 1 else "--"
