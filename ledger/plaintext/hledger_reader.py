"""An hledger journal read into values. What the ledger cannot hold, and rules that make entries up, are faults with a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from ledger.plaintext.hledger_amounts import declared_mark, find_amount, plain_digits
from ledger.plaintext.model import KINDS, Account, Amount, Claim, Entry, Journal, Place, Posting, accounts_of

Below = list[tuple[Place, str]]
"""The indented lines of an item."""

LEFT_OUT = {"P": "price", "payee": "payee", "tag": "tag"}
"""Directives that say something about the world and move nothing."""
MADE_UP = {
    "~": "a periodic rule, which makes entries up",
    "=": "an auto posting rule, which makes postings up",
    "alias": "an alias: accounts under other names",
    "apply": "a block that changes what stands in it",
}
TYPES = {"A": "asset", "C": "asset", "L": "liability", "E": "equity", "V": "equity", "R": "income", "X": "expense"}
_SPELLED = {
    "asset": "A",
    "cash": "C",
    "liability": "L",
    "equity": "E",
    "conversion": "V",
    "revenue": "R",
    "income": "R",
    "expense": "X",
}
_NAMED = re.compile(
    r"(?:(?P<A>assets?)|(?P<L>debts?|liabilit(?:y|ies))|(?P<E>equity)|(?P<R>incomes?|revenues?)|(?P<X>expenses?))(?::|$)",
    re.I,
)

_DATE = r"(?:(?P<year>\d+)[-/.])?(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_DATED = re.compile(rf"{_DATE}(?:=[\d\-/.]+)?(?=\s|$)")
_LEG = re.compile(r"\s+(?:[*!]\s+)?(?P<account>\S(?:\S| (?! ))*)(?P<rest>.*)")
_CLAIM = re.compile(r"(?P<double>==?)(?P<parts>\*?)\s*")
_OWN_DAY = re.compile(r"(?:^|[\s,;])date:\s*\S+|\[\d[\d\-/.]*(?:=[\d\-/.]*)?\]")
_TAG = re.compile(r"(?:^|[\s,])(?P<word>[\w\-]+):(?P<value>[^,]*)")


def read_hledger(path: Path, symbols: Mapping[str, str] | None = None) -> Journal:
    """Everything a file and its includes say. `symbols` are currencies by what the file calls them: {"$": "USD"}."""
    reader = _Reader(symbols or {})
    reader.read(path)
    reader.finish()
    return reader.journal


class _Reader:
    """Goes through the files once, an item at a time: a line that begins at the margin, and the indented ones below it."""

    def __init__(self, symbols: Mapping[str, str]) -> None:
        self.journal = Journal()
        self.symbols = symbols
        self.marks: dict[str, str] = {}  # decimal marks by commodity; under "" that of all
        self.usual = ""  # the commodity of amounts without one
        self.year: int | None = None
        self.reading: list[Path] = []

    def read(self, path: Path, asked_at: Place | None = None) -> None:
        if path.resolve() in self.reading:
            self.journal.fault(asked_at or Place(path.name, 1), "a file includes itself", got=path.name)
            return
        self.reading.append(path.resolve())
        for place, text, below in items(path.name, self.journal.text_of(path, asked_at)):
            if text[:1].isdigit():
                self._entry(place, text, below)
            elif text:
                self._directive(path, place, text, below)
            elif below:
                self.journal.fault(
                    below[0][0], "an indented line below nothing", "a transaction above it", below[0][1].strip()
                )
        self.reading.pop()

    def finish(self) -> None:
        """Take the entries by day, and give every account its kind: as declared, as its parent, or by its English name."""
        self.journal.steps.sort(key=lambda step: step.on)
        for step in self.journal.steps:
            for name in accounts_of(step):
                account = self.journal.accounts.setdefault(name, Account(step.place))
                ours = account.words.get("kind")  # as our own export says it
                account.kind = ours if ours in (*KINDS, "memo") else self._kind(name)

    def _kind(self, name: str) -> str | None:
        for above in _upwards(name):
            declared = self.journal.accounts.get(above)
            if declared and "type" in declared.words:
                word = declared.words["type"]
                return TYPES.get(_SPELLED.get(word.lower(), word.upper()))
        named = _NAMED.match(name)
        return TYPES[named.lastgroup or ""] if named else None

    def _directive(self, path: Path, place: Place, text: str, below: Below) -> None:
        word, _, rest = text.partition(" ") if text[0] not in "~=" else (text[0], "", text[1:])
        rest = rest.strip()
        if word == "account":
            self._declare(place, text, below)
        elif word == "include":
            self.read(path.parent / rest, place)
        elif word == "commodity":
            self._commodity(rest, below)
        elif word == "decimal-mark":
            self.marks[""] = rest
        elif word == "D":
            self._commodity(rest, [])
            written = find_amount(rest)
            self.usual = written.symbol if written else ""
        elif re.fullmatch(r"Y\d*|year", word) and (year := re.search(r"\d+", text)):
            self.year = int(year[0])
        elif word in LEFT_OUT:
            self.journal.left_out[LEFT_OUT[word]] += 1
        elif word in MADE_UP:
            self.journal.fault(
                place,
                f"{MADE_UP[word]}, is not read",
                "the entries themselves",
                text,
                "let hledger print the journal, and import that",
            )
        else:
            self.journal.fault(
                place, "not a directive", "a day and a transaction, or a directive of the journal format", text
            )

    def _declare(self, place: Place, text: str, below: Below) -> None:
        name, *remarks = re.split(r"\s{2,}|\t|\s*$", text.removeprefix("account").strip(), maxsplit=1)
        words = _tags([*remarks, *(line for _, line in below)])
        self.journal.accounts.setdefault(name, Account(place)).words.update(words)

    def _commodity(self, rest: str, below: Below) -> None:
        """What marks mean in amounts of a commodity, if it says so."""
        for text in [rest, *(line.strip().removeprefix("format").strip() for _, line in below)]:
            written = find_amount(text)
            if written and declared_mark(written.digits):
                self.marks[written.symbol] = declared_mark(written.digits)

    def _entry(self, place: Place, text: str, below: Below) -> None:
        on = self._day(place, text)
        read = [self._posting(at, on or date.min, line) for at, line in below if not line.lstrip().startswith(";")]
        if _OWN_DAY.search(text.partition(";")[2]):
            self.journal.fault(place, "a transaction with a second day for its postings", "one day", text)
        if on is not None:
            postings = tuple(each for each in read if isinstance(each, Posting))
            self.journal.steps.append(Entry(place, on, postings, tuple(each for each in read if isinstance(each, str))))

    def _day(self, place: Place, text: str) -> date | None:
        found = _DATED.match(text)
        year = found and (found["year"] or self.year)
        if found is None or not year:
            expected = "a day such as 2024-05-17" + (", or a directive Y2024 above" if found else "")
            self.journal.fault(place, "a day without a year" if found else "not a day", expected, text.split()[0])
            return None
        try:
            return date(int(year), int(found["month"]), int(found["day"]))
        except (ValueError, OverflowError):
            self.journal.fault(place, "not a day", "a day of the calendar", found[0])
            return None

    def _posting(self, place: Place, on: date, line: str) -> Posting | str:
        """The posting, or the account of one that cannot be read."""
        line, _, remark = line.partition(";")
        leg = _LEG.fullmatch(line.rstrip())
        name = leg["account"] if leg else line.strip()
        rest = leg["rest"].strip() if leg else ""
        place = place._replace(column=line.index(name) + 1)
        if name[:1] in ("(", "["):
            self.journal.fault(place, "a virtual posting, which need not balance", "a real posting", line.strip())
        elif _OWN_DAY.search(remark):
            self.journal.fault(place, "a posting with a day of its own", "the day of its transaction", remark.strip())
        else:
            try:
                return self._leg(place, place._replace(column=len(line.rstrip()) - len(rest) + 1), on, name, rest)
            except _Unread:
                pass
        return name.strip("()[]")

    def _leg(self, place: Place, at: Place, on: date, name: str, rest: str) -> Posting:
        """A posting from what stands after its account: an amount, a balance that it claims, both or neither."""
        amount, claimed = (None, rest) if rest[:1] in ("", "=") else self._amount(at, rest)
        found = _CLAIM.match(claimed)
        if found is None:
            return Posting(place, name, amount)
        standing, _ = self._amount(at, claimed[found.end() :])
        alone, with_parts = found["double"] == "==", found["parts"] == "*"
        return Posting(place, name, amount, Claim(at, on, name, standing, 0, with_parts, alone))

    def _amount(self, place: Place, text: str) -> tuple[Amount, str]:
        """The amount a text begins with, and the balance claimed after it. Raises _Unread."""
        written = find_amount(text)
        rest = text[written.end :].strip() if written else ""
        if written is None or rest[:1] not in ("", "=", "@", "{", "(", "["):
            self.journal.fault(place, "not an amount in plain digits", "an amount such as 1000.00 CNY", text)
            raise _Unread
        if rest[:1] not in ("", "="):
            what = "a cost, a price or a lot, which the ledger does not hold"
            self.journal.fault(place, what, "an amount of money alone", text)
            raise _Unread
        symbol = written.symbol or self.usual
        digits = plain_digits(written.digits, self.marks.get("") or self.marks.get(symbol, ""))
        if digits is None:
            expected = "a directive that says which mark is the decimal mark, such as: decimal-mark ."
            self.journal.fault(place, "an amount that can be read in two ways", expected, written.digits)
            raise _Unread
        amount = self.journal.amount(place, written.negative, digits, symbol, self.symbols)
        if amount is None:
            raise _Unread
        return amount, rest


class _Unread(Exception):
    """A posting that cannot be read; why is among the faults."""


def items(file: str, lines: list[str]) -> Iterator[tuple[Place, str, Below]]:
    """What begins at the margin, with the indented lines below it; comments, and blocks of them, left out."""
    place, text, below = Place(file, 1), "", list[tuple[Place, str]]()
    in_comment = ""
    for number, line in enumerate(lines, 1):
        if in_comment:
            in_comment = "" if line.strip() == in_comment else in_comment
        elif line.strip() and line[0] in (" ", "\t"):
            below.append((Place(file, number), line))
        else:
            yield place, text, below
            remark = line[:1] in (";", "#", "*", "")
            in_comment = f"end {line.strip()}" if line.strip() == "comment" else ""
            place, text, below = Place(file, number), "" if remark or in_comment else line.rstrip(), []
    yield place, text, below


def _tags(lines: list[str]) -> dict[str, str]:
    """Tags of comments: `; type:A, role:cash`. A comma inside of a value is written %2C."""
    found = (each for line in lines for each in _TAG.finditer(line.strip().lstrip("; ")))
    return {each["word"]: unquote(each["value"].strip()) for each in found}


def _upwards(name: str) -> Iterator[str]:
    """An account and those above it."""
    while name:
        yield name
        name = name.rpartition(":")[0]
