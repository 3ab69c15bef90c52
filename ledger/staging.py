"""Items as the rows `ledger.post` reads: one row for each book an item touches, in COPY's text form."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.accounts import Numbers, resolve
from ledger.batch import AccountKey, Item, Line, Resolution, Reversal, Unit
from ledger.copying import NULL, copy_rows, escaped
from ledger.faults import Refusal, Refused

if TYPE_CHECKING:
    from psycopg import Connection

STAGE = (
    "pg_temp.stage (unit, chain, book_id, part, place, key, kind, phase, effective_on, relates_to_on, expires_on,"
    " reverses_no, resolves_no, of_key, actor, debit, credit, amount, rule, debt, outcome)"
)
STAGE_DEBT = "pg_temp.stage_debt (unit, obligation_id, debtor, creditor, currency, amount, due_on)"


def stage(conn: Connection[Any], items: Sequence[Item], actor: str, known: Numbers | None = None) -> None:
    """Put items on the stage of the open transaction, in their order. Raises Refused."""
    numbers = Numbers({}, {}) if known is None else known
    numbers.learn(resolve(conn, accounts_of(items) - numbers.accounts.keys()))
    originals = _originals(conn, {item.of for item in items if not isinstance(item, Unit)})
    rows = _Rows(numbers, originals, escaped(actor))
    for number, item in enumerate(items):
        rows.add(number, item)
    conn.execute("SELECT ledger.stage()")
    copy_rows(conn, STAGE, rows.stage)
    copy_rows(conn, STAGE_DEBT, rows.debts)


def accounts_of(items: Sequence[Item]) -> set[AccountKey]:
    """Every account these items name."""
    return {key for item in items if isinstance(item, Unit) for line in item.lines for key in (line.debit, line.credit)}


_PHASES = {"post": "posted", "void": "voided", "expire": "expired"}


class _Part(NamedTuple):
    """One journal of what is reversed or resolved, as it stands."""

    book_id: int
    journal_no: int
    debit: Sequence[int]
    credit: Sequence[int]
    amount: Sequence[int]
    rule: Sequence[str]
    debts: Sequence[tuple[str, int, int, str, int] | None]
    """obligation, debtor, creditor, currency, amount of each line, where it cites one."""


def _originals(conn: Connection[Any], keys: Iterable[str]) -> Mapping[str, list[_Part]]:
    """What these keys stand for, in the order of its parts. What is posted never changes, so no lock is needed."""
    wanted = sorted(keys)
    found: dict[str, list[_Part]] = {}
    if wanted:
        for key, book, number, debit, credit, amount, rule, debts in conn.execute(_ORIGINALS, (wanted,)).fetchall():
            cited = [tuple(debt) if debt[0] else None for debt in debts]
            found.setdefault(key, []).append(_Part(book, number, debit, credit, amount, rule, cited))
    return found


_ORIGINALS = """
SELECT j.event_id, j.book_id, j.journal_no, coalesce(t.debit, '{}'), coalesce(t.credit, '{}'), coalesce(t.amount, '{}'), coalesce(t.rule, '{}'),
  coalesce(t.debts, '[]')
FROM ledger.journal j LEFT JOIN LATERAL (
  SELECT array_agg(x.debit_account_id ORDER BY line) AS debit, array_agg(x.credit_account_id ORDER BY line) AS credit,
    array_agg(x.amount ORDER BY line) AS amount, array_agg(x.rule ORDER BY line) AS rule,
    jsonb_agg(jsonb_build_array(o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, o.amount) ORDER BY line) AS debts
  FROM ledger.transfer x LEFT JOIN ledger.obligation o ON o.obligation_id = x.obligation_id
  WHERE x.book_id = j.book_id AND x.journal_no = j.journal_no) t ON true
WHERE j.event_id = ANY(%s) ORDER BY j.event_id, j.part"""


class _Journal(NamedTuple):
    """One row of the stage, without what it shares with the other rows of its item. Lists are in COPY's text form."""

    book_id: int
    debit: str
    credit: str
    amount: str
    rule: str
    debt: str = NULL
    reverses: object = NULL
    resolves: object = NULL


_NOWHERE = _Journal(0, "{}", "{}", "{}", "{}")


@dataclass(slots=True)
class _Rows:
    """The rows of a batch, as they grow."""

    numbers: Numbers
    originals: Mapping[str, list[_Part]]
    actor: str
    stage: list[str] = field(default_factory=list)
    debts: list[str] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    chains: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, item: Item) -> None:
        if isinstance(item, Unit):
            self._unit(number, item)
            return
        parts = self.originals.get(item.of)
        if parts is None:
            phase = "posted" if isinstance(item, Reversal) else _PHASES[item.how]
            self._row(number, item, 1, _NOWHERE, phase, item.of, "not_found")
        elif isinstance(item, Reversal):
            self._reversal(number, item, parts)
        else:
            self._resolution(number, item, parts)

    def _unit(self, number: int, unit: Unit) -> None:
        books, accounts = self.numbers
        of_book: dict[str, list[Line]] = {}
        for line in unit.lines:
            of_book.setdefault(line.book, []).append(line)
        phase = "reserved" if unit.reserved else "posted"
        for part, (book, lines) in enumerate(of_book.items(), start=1):
            journal = _Journal(
                books[book],
                _array([accounts[line.debit] for line in lines]),
                _array([accounts[line.credit] for line in lines]),
                _array([line.amount for line in lines]),
                _words([line.rule for line in lines]),
                _cited([line.debt for line in lines]) if unit.debts else NULL,
            )
            self._row(number, unit, part, journal, phase, None, NULL, unit.belongs_to, unit.expires_on)
        for debt in unit.debts:
            debtor, creditor = books[debt.debtor], books[debt.creditor]
            self._debt(number, debt.id, debtor, creditor, debt.currency, debt.amount, debt.due_on)

    def _reversal(self, number: int, item: Reversal, parts: Sequence[_Part]) -> None:
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
            columns = _array(part.credit), _array(part.debit), _array(part.amount), _words(part.rule), _cited(cited)
            self._row(number, item, place, _Journal(part.book_id, *columns, part.journal_no), "posted", item.of)

    def _resolution(self, number: int, item: Resolution, parts: Sequence[_Part]) -> None:
        lines = sum(len(part.amount) for part in parts)
        if item.amounts is not None and len(item.amounts) != lines:
            expected = f"{lines}, one for each line reserved"
            raise Refused(Refusal(f"item {item.key}", "too many or too few amounts", expected, f"{len(item.amounts)}"))
        amounts = iter(item.amounts or ())
        for place, part in enumerate(parts, start=1):
            given = part.amount if item.amounts is None else [next(amounts) for _ in part.amount]
            posted = [i for i, amount in enumerate(given) if amount] if item.how == "post" else []
            journal = _Journal(
                part.book_id,
                _array([part.debit[i] for i in posted]),
                _array([part.credit[i] for i in posted]),
                _array([given[i] for i in posted]),
                _words([part.rule[i] for i in posted]),
                resolves=part.journal_no,
            )
            phase = _PHASES[item.how if posted or item.how != "post" else "void"]
            exceeds = any(amount > held for amount, held in zip(given, part.amount, strict=True))
            self._row(number, item, place, journal, phase, item.of, "exceeds_reserved" if exceeds else NULL)

    def _row(
        self,
        number: int,
        item: Item,
        part: int,
        journal: _Journal,
        phase: str,
        of: str | None = None,
        outcome: str = NULL,
        relates: date | None = None,
        expires: date | None = None,
    ) -> None:
        chain = self.chains.setdefault(item.link, number) if item.link else number
        book_id, debit, credit, amount, rule, debt, reverses, resolves = journal
        place = self.places[book_id] = self.places[book_id] + 1
        self.stage.append(
            f"{number}\t{chain}\t{book_id}\t{part}\t{place}\t{escaped(item.key)}\t{escaped(item.kind)}\t{phase}\t{item.on}\t"
            f"{relates or NULL}\t{expires or NULL}\t{reverses}\t{resolves}\t{escaped(of) if of else NULL}\t{self.actor}\t"
            f"{debit}\t{credit}\t{amount}\t{rule}\t{debt}\t{outcome}\n"
        )

    def _debt(
        self, number: int, name: uuid.UUID, debtor: int, creditor: int, currency: str, amount: int, due_on: date
    ) -> None:
        self.debts.append(f"{number}\t{name}\t{debtor}\t{creditor}\t{currency}\t{amount}\t{due_on}\n")


def _array(values: Sequence[object]) -> str:
    return f"{{{values[0]}}}" if len(values) == 1 else f"{{{','.join(map(str, values))}}}"


def _words(values: Sequence[str]) -> str:
    return _array([f'"{value}"' for value in values])


def _cited(debts: Sequence[uuid.UUID | None]) -> str:
    return _array([debt or "NULL" for debt in debts]) if any(debts) else NULL


def _owed_back(key: str, obligation: str) -> uuid.UUID:
    """The debt that takes back a debt: the same for every book that cites it."""
    return uuid.UUID(bytes=blake2b(f"{key}\x1f{obligation}".encode(), digest_size=16).digest())
