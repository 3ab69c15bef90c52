"""beancount text read into values: entries, pads, balances claimed. What the ledger cannot hold is a fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger.money import places
from ledger.plaintext.model import Account, Amount, Claim, Entry, Journal, Pad, Place, Posting, accounts_of

Below = list[tuple[Place, str]]
"""The indented lines of an item."""

ROOTS = {"Assets": "asset", "Liabilities": "liability", "Equity": "equity", "Income": "income", "Expenses": "expense"}
LEFT_OUT = {"commodity", "custom", "document", "event", "note", "price", "query"}
"""Directives that say something about the world and move nothing."""
HEADINGS = "*:#!&?%"
"""Lines that begin with these are for the reader's editor."""
HARMLESS = {"beancount.plugins.auto_accounts", "beancount.plugins.implicit_prices"}
OPENS_BY_ITSELF = "beancount.plugins.auto_accounts"

_ACCOUNT = r"[A-Z\u0080-\U0010ffff][\w\-]*(?::[A-Z0-9\u0080-\U0010ffff][\w\-]*)+"
_NUMBER = r"(?P<sign>[-+]?)\s*(?P<number>\d[\d,]*\.?\d*)"
_DATED = re.compile(
    r"(?P<on>\d{4}[-/]\d{1,2}[-/]\d{1,2})\s+(?P<what>[a-z]+(?=\s|$)|[*!&#?%A-Z](?=\s|$))\s*(?P<rest>.*)", re.DOTALL
)
_SETTING = re.compile(r"(?P<what>option|plugin|include|pushtag|poptag|pushmeta|popmeta)\b\s*(?P<rest>.*)", re.DOTALL)
_LEG = re.compile(rf"\s+(?:[*!&#?%A-Z]\s+)?(?P<account>{_ACCOUNT})\s*(?P<rest>.*)")
_AMOUNT = re.compile(rf"{_NUMBER}\s*(?P<symbol>[A-Z][A-Z0-9'._\-]*)?\s*(?P<rest>.*)")
_CLAIM = re.compile(
    rf"(?P<account>{_ACCOUNT})\s+{_NUMBER}\s*(?:~\s*(?P<within>\d[\d,]*\.?\d*)\s*)?(?P<symbol>[A-Z][A-Z0-9'._\-]*)$"
)
_META = re.compile(r"\s+(?P<word>[a-z][\w\-]*):\s*(?P<value>.*)")
_BEFORE_REMARK = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")*', re.DOTALL)
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def read_beancount(path: Path, symbols: Mapping[str, str] | None = None) -> Journal:
    """Everything a file and its includes say. `symbols` are currencies by what the file calls them."""
    reader = _Reader(symbols or {})
    reader.read(path)
    reader.finish()
    return reader.journal


class _Reader:
    """Goes through the files once, an item at a time: a line that begins at the margin, and the indented ones below it."""

    def __init__(self, symbols: Mapping[str, str]) -> None:
        self.journal = Journal()
        self.symbols = symbols
        self.opens_by_itself = False
        self.closings: list[tuple[Place, date, str]] = []
        self.reading: list[Path] = []

    def read(self, path: Path, asked_at: Place | None = None) -> None:
        if path.resolve() in self.reading:
            self.journal.fault(asked_at or Place(path.name, 1), "a file includes itself", got=path.name)
            return
        self.reading.append(path.resolve())
        for place, text, below in items(path.name, self.journal.text_of(path, asked_at)):
            self._item(path, place, text, below)
        self.reading.pop()

    def finish(self) -> None:
        """Take the steps in beancount's order: by day, the balances of its beginning first."""
        self.journal.steps.sort(key=lambda step: (step.on, not isinstance(step, Claim)))
        if self.opens_by_itself:
            for step in self.journal.steps:
                for name in accounts_of(step):
                    self.journal.accounts.setdefault(name, Account(step.place, _kind(name)))
        for place, on, name in self.closings:
            account = self.journal.accounts.get(name)
            if account is None or account.closed_on != date.max:
                what = "an account closed twice" if account else "an account closed that is never opened"
                self.journal.fault(place, what, "one open directive, and one close after it", name)
            else:
                account.closed_on = on

    def _item(self, path: Path, place: Place, text: str, below: Below) -> None:
        if dated := _DATED.fullmatch(text):
            self._dated(place, dated, below)
        elif setting := _SETTING.fullmatch(text):
            self._setting(path, place, setting["what"], _texts(setting["rest"]))
        elif text and text[0] not in HEADINGS:
            self.journal.fault(place, "not a directive", "a day and a directive, or an option", text)
        elif below:
            self.journal.fault(
                below[0][0], "an indented line below nothing", "a transaction above it", below[0][1].strip()
            )

    def _setting(self, path: Path, place: Place, what: str, texts: list[str]) -> None:
        first = texts[0] if texts else ""
        if what == "include":
            self.read(path.parent / first, place)
        elif what == "plugin" and first in HARMLESS:
            self.opens_by_itself |= first == OPENS_BY_ITSELF
        elif what == "plugin":
            advice = "let beancount print the journal with the plugin applied, and import that"
            self.journal.fault(place, "a plugin may change what the file says", "the entries themselves", first, advice)
        elif what == "option" and first.startswith("name_"):
            self.journal.fault(place, "kinds of accounts under other names", ", ".join(ROOTS), " ".join(texts))

    def _dated(self, place: Place, dated: re.Match[str], below: Below) -> None:
        what, rest = dated["what"], dated["rest"].strip()
        on = self._day(place, dated["on"])
        if on is None:
            return
        at = place._replace(column=dated.start("rest") + 1)
        if what == "txn" or not what.islower():
            self._entry(place, on, below)
        elif what == "open":
            self._open(at, on, rest.replace(",", " ").split(), below)
        elif what == "close":
            self.closings.append((at, on, rest))
        elif what == "pad":
            self._pad(at, on, rest.split())
        elif what == "balance":
            self._claim(at, on, rest)
        elif what in LEFT_OUT:
            self.journal.left_out[what] += 1
        else:
            self.journal.fault(place, "an unknown directive", "open, close, balance, pad or a transaction", what)

    def _day(self, place: Place, text: str) -> date | None:
        try:
            return date(*(int(part) for part in re.split("[-/]", text)))
        except ValueError:
            self.journal.fault(place, "not a day", "a day of the calendar", text)
            return None

    def _open(self, place: Place, on: date, words: list[str], below: Below) -> None:
        name = words[0] if words else ""
        if name in self.journal.accounts:
            self.journal.fault(place, "an account opened twice", "one open for each account", name)
        elif not re.fullmatch(_ACCOUNT, name) or _kind(name) is None:
            self.journal.fault(place, "not an account", f"a name below {', '.join(ROOTS)}", name)
        else:
            currencies = frozenset(self.symbols.get(word, word) for word in words[1:] if word[0] != '"')
            metadata = {found["word"]: _value(found["value"]) for _, line in below if (found := _META.fullmatch(line))}
            self.journal.accounts[name] = Account(place, _kind(name), metadata, on, currencies=currencies)

    def _entry(self, place: Place, on: date, below: Below) -> None:
        legs = [(at, line) for at, line in below if line.lstrip()[0] not in "#^" and not _META.fullmatch(line)]
        read = [self._posting(at, line) for at, line in legs]
        postings = tuple(each for each in read if isinstance(each, Posting))
        self.journal.steps.append(Entry(place, on, postings, tuple(each for each in read if isinstance(each, str))))

    def _posting(self, place: Place, line: str) -> Posting | str:
        """The posting, or the account of one that cannot be read."""
        leg = _LEG.fullmatch(line)
        if leg is None:
            self.journal.fault(place, "not a posting", "an account and an amount", line.strip())
            return ""
        rest, at = leg["rest"].strip(), place._replace(column=leg.start("rest") + 1)
        place = place._replace(column=leg.start("account") + 1)
        if not rest:
            return Posting(place, leg["account"], None)
        amount = self._amount(at, rest)
        return Posting(place, leg["account"], amount) if amount else leg["account"]

    def _amount(self, place: Place, text: str) -> Amount | None:
        found = _AMOUNT.fullmatch(text)
        if found is None or not found["symbol"] or (found["rest"] and found["rest"][0] not in "{@"):
            self.journal.fault(place, "not an amount in plain digits", "an amount such as 1,000.00 CNY", text)
            return None
        if found["rest"]:
            self.journal.fault(
                place, "a cost or a price, which the ledger does not hold", "an amount of money alone", text
            )
            return None
        return self._read(place, found)

    def _read(self, place: Place, found: re.Match[str]) -> Amount | None:
        digits = found["number"].rstrip(".")
        amount = self.journal.amount(place, found["sign"] == "-", digits, found["symbol"], self.symbols)
        decimals = len(digits.partition(".")[2])
        return amount._replace(step=10 ** (places(amount.currency) - decimals)) if amount and decimals else amount

    def _claim(self, place: Place, on: date, rest: str) -> None:
        found = _CLAIM.fullmatch(rest)
        if found is None:
            self.journal.fault(place, "not a balance", "an account and an amount such as 1,000.00 CNY", rest)
            return
        amount = self._read(place, found)
        if amount is None:
            self.journal.steps.append(Entry(place, on, (), unread=(found["account"],)))
        else:  # without a word about it a claim holds to within its last decimal; a whole number is exact
            within = Decimal((found["within"] or "0").replace(",", "")).scaleb(places(amount.currency))
            tolerance = int(within) if found["within"] else amount.step
            self.journal.steps.append(Claim(place, on, found["account"], amount, tolerance, with_parts=True))

    def _pad(self, place: Place, on: date, names: list[str]) -> None:
        if len(names) == 2:
            self.journal.steps.append(Pad(place, on, *names))
        else:
            self.journal.fault(place, "not a pad", "an account and where its balance came from", " ".join(names))


def items(file: str, lines: list[str]) -> Iterator[tuple[Place, str, Below]]:
    """What begins at the margin, with the indented lines below it; remarks taken off, strings kept whole."""
    place, text, below = Place(file, 1), "", list[tuple[Place, str]]()
    number = 0
    while number < len(lines):
        at, line = Place(file, number + 1), _without_remark(lines[number])
        inside = lines[number][:1] in (" ", "\t") and lines[number].strip() != ""
        number += 1
        while _inside_a_string(line) and number < len(lines):
            line, number = _without_remark(f"{line}\n{lines[number]}"), number + 1
        if not inside:
            yield place, text, below
            place, text, below = at, line.rstrip(), []
        elif line.strip():
            below.append((at, line.rstrip()))
    yield place, text, below


def _without_remark(line: str) -> str:
    """The line up to a ; that stands outside of a string."""
    end = _BEFORE_REMARK.match(line).end()  # type: ignore[union-attr]  # it matches nothing, too
    return line[:end] if line[end : end + 1] == ";" else line


def _inside_a_string(line: str) -> bool:
    """Whether a string begins in this line and does not end; headings are no strings."""
    return not line.startswith(tuple(HEADINGS)) and _BEFORE_REMARK.match(line).end() < len(line)  # type: ignore[union-attr]


def _texts(rest: str) -> list[str]:
    return [text.replace('\\"', '"').replace("\\\\", "\\") for text in _TEXT.findall(rest)]


def _value(text: str) -> str:
    return "".join(_texts(text)[:1]) or text.strip()


def _kind(account: str) -> str | None:
    return ROOTS.get(account.partition(":")[0])
