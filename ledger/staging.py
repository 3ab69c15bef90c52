"""Items as the rows `ledger.post` reads: one row for each book an item touches, in COPY's text form."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ledger.accounts import Numbers
from ledger.batch import AccountKey, Item, Line, Resolution, Reversal, Unit
from ledger.copying import NULL, copy_rows, escaped
from ledger.faults import Refusal, Refused

if TYPE_CHECKING:
    from psycopg import Connection

PLAIN = "pg_temp.stage (unit, book_id, part, place, key, kind, effective_on, actor, debit, credit, amount, rule)"
SPECIAL = f"{PLAIN[:-1]}, phase, relates_to_on, expires_on, reverses_no, resolves_no, of_key, link, debt, outcome)"
DEBTS = "pg_temp.stage_debt (unit, obligation_id, debtor, creditor, currency, amount, due_on)"


FEW = 100
"""Up to so many rows it costs less to send them with the call than to copy them before it."""


class Rows(NamedTuple):
    """What is to be posted: journals of which there is nothing more to say, those that reserve, reverse, owe or are late, and debts."""

    plain: list[str]
    special: list[str]
    debts: list[str]

    def few(self) -> tuple[str, str] | None:
        """Journals and debts as two texts to send with the call, where they are few, and no text of theirs needed escaping."""
        if len(self.plain) + len(self.special) > FEW:
            return None
        staged = "".join(self.plain + self.special)
        return None if "\\" in staged.replace(NULL, "") else (staged, "".join(self.debts))

    def copy(self, conn: Connection[Any]) -> None:
        """Put them on the empty stage of the open transaction."""
        copy_rows(conn, PLAIN, self.plain)
        copy_rows(conn, SPECIAL, self.special)
        copy_rows(conn, DEBTS, self.debts)


def rows_of(items: Iterable[Item], numbers: Numbers, originals: Originals, actor: str) -> Rows:
    """Items as rows, in their order. Raises Refused where a resolution has too few or too many amounts."""
    rows = _Rows(numbers, originals, escaped(actor))
    for number, item in enumerate(items):
        if isinstance(item, Unit):
            rows.unit(number, item)
        else:
            rows.other(number, item)
    return Rows(rows.plain, rows.special, rows.debts)


def accounts_of(items: Sequence[Item]) -> set[AccountKey]:
    """Every account these items name."""
    return {key for item in items if isinstance(item, Unit) for line in item.lines for key in (line.debit, line.credit)}


_PHASES = {"post": "posted", "void": "voided", "expire": "expired"}


class Part(NamedTuple):
    """One journal of what is reversed or resolved, as it stands."""

    book_id: int
    journal_no: int
    debit: Sequence[int]
    credit: Sequence[int]
    amount: Sequence[int]
    rule: Sequence[str]
    debts: Sequence[tuple[str, int, int, str, int] | None]
    """obligation, debtor, creditor, currency, amount of each line, where it cites one."""


Originals: TypeAlias = Mapping[str, Sequence[Part]]


def originals_of(conn: Connection[Any], items: Iterable[Item]) -> Originals:
    """What is to be reversed or resolved, part by part. What is posted never changes, so no lock is needed."""
    wanted = sorted({item.of for item in items if not isinstance(item, Unit)})
    found: dict[str, list[Part]] = {}
    if wanted:
        for key, book, number, debit, credit, amount, rule, debts in conn.execute(_ORIGINALS, (wanted,)).fetchall():
            cited = [tuple(debt) if debt[0] else None for debt in debts]
            found.setdefault(key, []).append(Part(book, number, debit, credit, amount, rule, cited))
    return found


_ORIGINALS = """
SELECT j.event_id, j.book_id, j.journal_no, j.debit, j.credit, j.amount, j.rule, CASE WHEN j.debt IS NULL THEN '[]' ELSE (
  SELECT jsonb_agg(jsonb_build_array(o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, o.amount) ORDER BY u.place)
  FROM unnest(j.debt) WITH ORDINALITY u (id, place) LEFT JOIN ledger.obligation o ON o.obligation_id = u.id) END
FROM ledger.journal j WHERE j.event_id = ANY(%s) ORDER BY j.event_id, j.part"""


class _Journal(NamedTuple):
    """A journal without what it shares with the others of its item. Its lines are in COPY's text form."""

    book_id: int
    lines: str
    debt: str = NULL
    reverses: object = NULL
    resolves: object = NULL


_NOWHERE = _Journal(0, "{}\t{}\t{}\t{}")


@dataclass(slots=True)
class _Rows:
    """The rows of a batch, as they grow."""

    numbers: Numbers
    originals: Originals
    actor: str
    plain: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    debts: list[str] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    words: dict[str | date, str] = field(default_factory=dict)

    def unit(self, number: int, unit: Unit) -> None:
        books = self.numbers.books
        for part, (book, lines) in enumerate(_by_book(unit.lines), start=1):
            start = self._start(number, part, books[book], unit.key, unit.kind, unit.on)
            columns = self._columns(lines)
            if not (unit.debts or unit.belongs_to or unit.reserved or unit.link):
                self.plain.append(f"{start}{columns}\n")
                continue
            phase = "reserved" if unit.reserved else "posted"
            cited = _cited([line.debt for line in lines]) if unit.debts else NULL
            self.special.append(
                f"{start}{columns}\t{phase}\t{unit.belongs_to or NULL}\t{unit.expires_on or NULL}\t{NULL}\t{NULL}\t{NULL}\t"
                f"{self._link(number, unit)}\t{cited}\t{NULL}\n"
            )
        for debt in unit.debts:
            debtor, creditor = books[debt.debtor], books[debt.creditor]
            self._debt(number, debt.id, debtor, creditor, debt.currency, debt.amount, debt.due_on)

    def _columns(self, lines: Sequence[Line]) -> str:
        accounts = self.numbers.accounts
        if len(lines) == 1:  # as nearly always
            _, debit, credit, amount, rule, _ = lines[0]
            return f'{{{accounts[debit]}}}\t{{{accounts[credit]}}}\t{{{amount}}}\t{{"{rule}"}}'
        _, debits, credits, amounts, rules, _ = zip(*lines, strict=True)
        return _columns([accounts[key] for key in debits], [accounts[key] for key in credits], amounts, rules)

    def other(self, number: int, item: Reversal | Resolution) -> None:
        parts = self.originals.get(item.of)
        if parts is None:
            phase = "posted" if isinstance(item, Reversal) else _PHASES[item.how]
            self._special(number, item, 1, _NOWHERE, phase, "not_found")
        elif isinstance(item, Reversal):
            self._reversal(number, item, parts)
        else:
            self._resolution(number, item, parts)

    def _reversal(self, number: int, item: Reversal, parts: Sequence[Part]) -> None:
        """Every line the other way round, and every debt: what was owed is owed back."""
        back: set[uuid.UUID] = set()
        moved = [part for part in parts if part.amount]  # where a resolution let go of all there is nothing to undo
        for place, part in enumerate(moved or parts, start=1):
            cited: list[uuid.UUID | None] = []
            for debt in part.debts:
                owed = _owed_back(item.key, debt[0]) if debt else None
                cited.append(owed)
                if debt and owed and owed not in back:
                    back.add(owed)
                    self._debt(number, owed, debt[2], debt[1], debt[3], debt[4], item.on)
            lines = _columns(part.credit, part.debit, part.amount, part.rule)
            journal = _Journal(part.book_id, lines, _cited(cited), reverses=part.journal_no)
            self._special(number, item, place, journal, "posted")

    def _resolution(self, number: int, item: Resolution, parts: Sequence[Part]) -> None:
        reserved = sum(len(part.amount) for part in parts)
        if item.amounts is not None and len(item.amounts) != reserved:
            expected = f"{reserved}, one for each line reserved"
            raise Refused(Refusal(f"item {item.key}", "too many or too few amounts", expected, f"{len(item.amounts)}"))
        amounts = iter(item.amounts or ())
        for place, part in enumerate(parts, start=1):
            given = part.amount if item.amounts is None else [next(amounts) for _ in part.amount]
            posted = [i for i, amount in enumerate(given) if amount] if item.how == "post" else []
            lines = _columns(
                [part.debit[i] for i in posted],
                [part.credit[i] for i in posted],
                [given[i] for i in posted],
                [part.rule[i] for i in posted],
            )
            journal = _Journal(part.book_id, lines, resolves=part.journal_no)
            phase = _PHASES[item.how if posted or item.how != "post" else "void"]
            exceeds = any(amount > held for amount, held in zip(given, part.amount, strict=True))
            self._special(number, item, place, journal, phase, "exceeds_reserved" if exceeds else NULL)

    def _special(
        self, number: int, item: Reversal | Resolution, part: int, journal: _Journal, phase: str, outcome: str = NULL
    ) -> None:
        book_id, lines, debt, reverses, resolves = journal
        self.special.append(
            f"{self._start(number, part, book_id, item.key, item.kind, item.on)}{lines}\t{phase}\t{NULL}\t{NULL}\t{reverses}\t{resolves}\t{escaped(item.of)}\t"
            f"{self._link(number, item)}\t{debt}\t{outcome}\n"
        )

    def _start(self, number: int, part: int, book_id: int, key: str, kind: str, on: date) -> str:
        """What every row begins with; its place is its turn in its book."""
        place = self.places[book_id] = self.places.get(book_id, 0) + 1
        return f"{number}\t{book_id}\t{part}\t{place}\t{escaped(key)}\t{self._said(kind)}\t{self._said(on)}\t{self.actor}\t"

    def _said(self, word: str | date) -> str:
        """A kind or a day in COPY's text form: there are few of them, many times."""
        return self.words.get(word) or self.words.setdefault(word, escaped(str(word)))

    def _link(self, number: int, item: Item) -> object:
        """The first unit of its link."""
        return self.links.setdefault(item.link, number) if item.link else NULL

    def _debt(
        self, number: int, name: uuid.UUID, debtor: int, creditor: int, currency: str, amount: int, due_on: date
    ) -> None:
        self.debts.append(f"{number}\t{name}\t{debtor}\t{creditor}\t{currency}\t{amount}\t{due_on}\n")


def _by_book(lines: Sequence[Line]) -> Iterable[tuple[str, Sequence[Line]]]:
    """The lines of each book, in the order the books are first named."""
    if len(lines) == 1:
        return ((lines[0].book, lines),)
    of_book: dict[str, list[Line]] = {}
    for line in lines:
        of_book.setdefault(line.book, []).append(line)
    return of_book.items()


def _columns(debit: Iterable[int], credit: Iterable[int], amount: Iterable[int], rule: Iterable[str]) -> str:
    """The four columns of a journal's lines, in COPY's text form."""
    return "\t".join((_array(debit), _array(credit), _array(amount), _array([f'"{each}"' for each in rule])))


def _array(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _cited(debts: Sequence[uuid.UUID | None]) -> str:
    return _array([debt or "NULL" for debt in debts]) if any(debts) else NULL


def _owed_back(key: str, obligation: str) -> uuid.UUID:
    """The debt that takes back a debt: the same for every book that cites it."""
    return uuid.UUID(bytes=blake2b(f"{key}\x1f{obligation}".encode(), digest_size=16).digest())
