"""Small journals made up at random for beancount and hledger: few accounts, many pads and claims, some of them wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

ACCOUNTS = [
    "Assets:A", "Assets:A:X", "Assets:A:X:Y", "Assets:B", "Liabilities:L", "Equity:E", "Income:I", "Expenses:F", "Expenses:F:G",
]  # fmt: skip
CURRENCIES = ["CNY", "CNY", "JPY", "USD"]
FIRST = date(2024, 1, 1)
CLAIMS = ["=", "==", "=*", "==*"]


def beancount_at_random(seed: int) -> str:
    """Directives in any order of the file: beancount takes them by day."""
    rng = random.Random(seed)  # noqa: S311 - chance, not secrets
    lines = [f"2023-{rng.randrange(1, 13):02}-01 open {name}{rng.choice(['', ' CNY,JPY,USD'])}" for name in ACCOUNTS]
    for _ in range(rng.randrange(2, 15)):
        lines += _directives(rng, FIRST + timedelta(days=rng.randrange(40)))
    rng.shuffle(lines)
    return "\n".join(lines) + "\n"


def hledger_at_random(seed: int) -> str:
    """Transactions with balances claimed, and set, between their postings."""
    rng = random.Random(seed)  # noqa: S311
    entries = []
    for _ in range(rng.randrange(2, 12)):
        postings = [_claiming(rng) for _ in range(rng.randrange(1, 4))]
        postings += [f"  {rng.choice(ACCOUNTS)}"] if rng.random() < 0.8 else []
        rng.shuffle(postings)
        entries.append("\n".join([f"{FIRST + timedelta(days=rng.randrange(10))} x", *postings]))
    return "\n".join(entries) + "\n"


def _directives(rng: random.Random, on: date) -> Iterator[str]:
    account, currency, what = rng.choice(ACCOUNTS), rng.choice(CURRENCIES), rng.random()
    if what < 0.7:
        yield _transaction(rng, on)
    elif what < 0.85:
        claimed = _amount(rng, currency) if rng.random() < 0.3 else "0"
        yield f"{on} balance {account}  {claimed} {currency}"
    elif what < 0.97:
        yield f"{on} pad {account} Equity:E"
        yield f"{on + timedelta(days=rng.randrange(1, 9))} balance {account}  {_amount(rng, currency)} {currency}"
    else:
        yield f"{on} close {account}"


def _transaction(rng: random.Random, on: date) -> str:
    sums: Counter[str] = Counter()
    postings = []
    for _ in range(rng.randrange(1, 4)):
        currency = rng.choice(CURRENCIES[:1] * 4 + CURRENCIES)
        amount = _amount(rng, currency)
        sums[currency] += _thousandths(amount)
        postings.append(f"  {rng.choice(ACCOUNTS)}  {amount} {currency}")
    if rng.random() < 0.7:
        postings.append(f"  {rng.choice(ACCOUNTS)}")
    else:
        postings += [
            f"  {rng.choice(ACCOUNTS)}  {_shown(-total, currency)} {currency}" for currency, total in sums.items()
        ]
    rng.shuffle(postings)
    return "\n".join([f'{on} * "x"', *postings])


def _claiming(rng: random.Random) -> str:
    account, currency, what = rng.choice(ACCOUNTS), rng.choice(CURRENCIES), rng.random()
    amount = _amount(rng, currency)
    if what < 0.1:
        return f"  {account}  {rng.choice(CLAIMS)} {_amount(rng, currency)} {currency}"
    claim = f" {rng.choice(CLAIMS)} {rng.choice([amount, '0'])} {currency}" if what < 0.15 else ""
    return f"  {account}  {amount} {currency}{claim}"


def _amount(rng: random.Random, currency: str) -> str:
    """With two decimals, one or none."""
    units = rng.randrange(-1000, 1000)
    if currency == "JPY":
        return f"{units}"
    return rng.choice([_shown(units * 10, currency), f"{units}", _shown(units * 100, currency).removesuffix("0")])


def _thousandths(amount: str) -> int:
    sign = -1 if amount.startswith("-") else 1
    whole, _, part = amount.lstrip("-").partition(".")
    return sign * (int(whole) * 1000 + int(part.ljust(3, "0")))


def _shown(thousandths: int, currency: str) -> str:
    whole, part = divmod(abs(thousandths), 1000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole}" if currency == "JPY" else f"{sign}{whole}.{part // 10:02}"
