"""What a plain-text journal says, as values: entries, claims about balances, accounts of kinds, and faults with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ledger.faults import Refusal
from ledger.money import AmountError, parse_amount, places

KINDS = ("asset", "liability", "equity", "income", "expense")


class Place(NamedTuple):
    """Where something stands in a file."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}"


class Amount(NamedTuple):
    """Minor units of a currency, debits above zero. A bare 0 has no currency and moves nothing.

    `step` is a unit of the last decimal as it was written, by which beancount measures; 0 where there is none.
    """

    minor: int
    currency: str
    step: int = 0


class Claim(NamedTuple):
    """The journal says what an account stands at: at the beginning of a day, or after a posting."""

    place: Place
    on: date
    account: str
    amount: Amount
    tolerance: int = 0
    with_parts: bool = False  # the accounts below it count too
    alone: bool = False  # and there is no other currency in it


class Posting(NamedTuple):
    """One leg. Without an amount it takes what the others leave, or what brings the account to its claim."""

    place: Place
    account: str
    amount: Amount | None
    claim: Claim | None = None


class Entry(NamedTuple):
    """One transaction. Where postings could not be read (these are their accounts) it cannot be asked whether it balances."""

    place: Place
    on: date
    postings: tuple[Posting, ...]
    unread: tuple[str, ...] = ()


class Pad(NamedTuple):
    """From this day the account stood at what the next claim about it says; the source gave it."""

    place: Place
    on: date
    account: str
    source: str


Step = Entry | Claim | Pad


def accounts_of(step: Step) -> list[str]:
    """The accounts a step speaks of."""
    if isinstance(step, Entry):
        return [posting.account for posting in step.postings]
    return [step.account, step.source] if isinstance(step, Pad) else [step.account]


@dataclass(slots=True)
class Account:
    """What is known about an account. Its kind is known at the latest when all is read."""

    place: Place
    kind: str | None = None
    words: dict[str, str] = field(default_factory=dict)  # its metadata or tags
    opened_on: date = date.min
    closed_on: date = date.max
    currencies: frozenset[str] = frozenset()  # those it may hold; any where none is named


class File(NamedTuple):
    """A file that was read, known by its bytes."""

    name: str
    sha256: str


@dataclass(slots=True)
class Journal:
    """All that was read, in the order in which the program it was written for would take it. Faults are kept with it."""

    steps: list[Step] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[Refusal] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)  # commodities that are no currency: named as a fault once
    spelled: dict[str, str] = field(default_factory=dict)  # what the file calls a currency

    def fault(self, place: Place, what: str, expected: str = "", got: str = "", advice: str = "") -> None:
        self.faults.append(Refusal(str(place), what, expected, got, advice))

    def amount(
        self, place: Place, negative: bool, digits: str, symbol: str, symbols: Mapping[str, str]
    ) -> Amount | None:
        """An amount in plain digits; a fault where the ledger cannot hold it. A commodity is named as a fault once."""
        currency = symbols.get(symbol, symbol)
        if not currency and not digits.strip("0.,"):
            return Amount(0, "")
        try:
            places(currency)
        except AmountError as error:
            if symbol not in self.strange:
                what = (
                    f"the commodity {symbol!r} is no currency of the ledger"
                    if symbol
                    else "an amount without a currency"
                )
                advice = f"say which currency it is: --commodity '{symbol}=CNY'" if _may_be_money(symbol) else ""
                self.fault(place, what, error.expected, symbol or digits, advice)
            self.strange.add(symbol)
            return None
        if self.spelled.setdefault(currency, symbol) != symbol:
            what = (
                f"{symbol or 'no sign'} and {self.spelled[currency] or 'no sign'} are two commodities, not one currency"
            )
            self.fault(place, what, f"one way to write {currency}", symbol or digits)
            return None
        try:
            minor = parse_amount(digits, currency)
        except AmountError as error:
            self.fault(place, str(error), error.expected, f"{digits} {currency}")
            return None
        return Amount(-minor if negative else minor, currency)

    def text_of(self, path: Path, asked_at: Place | None = None) -> list[str]:
        """The lines of a file, which is then known by its digest; nothing of a file that cannot be read."""
        place = asked_at or Place(path.name, 1)
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.fault(
                Place(path.name, content[: error.start].count(b"\n") + 1),
                "not UTF-8 text",
                "UTF-8",
                f"byte 0x{content[error.start]:02x}",
            )
            return []
        except OSError as error:
            self.fault(
                place, f"the file {path.name} cannot be read", "a file that is there", error.strerror or "nothing"
            )
            return []
        self.files.append(File(path.name, sha256(content).hexdigest()))
        return text.replace("\r\n", "\n").split("\n")


def _may_be_money(symbol: str) -> bool:
    """A sign such as $ or nothing at all may stand for a currency; a word such as HOOL is something else."""
    return not symbol.isalnum()
