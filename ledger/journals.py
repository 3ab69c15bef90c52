"""A book over some days, read back: its accounts, what they stood at before and after, and its vouchers, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.balances import balances_as_of
from ledger.faults import NotFound, Refusal

if TYPE_CHECKING:
    from psycopg import Connection


class BookAccount(NamedTuple):
    """One account of the book; `counterparty` is empty where there is none."""

    account_id: int
    kind: str
    role: str
    counterparty: str
    currency: str


class VoucherLine(NamedTuple):
    """A pair: what is debited, what is credited, minor units, and the rule that says so."""

    debit: int
    credit: int
    amount: int
    rule: str


class Voucher(NamedTuple):
    """One posted journal of the book."""

    number: int
    on: date
    event: str
    kind: str
    actor: str
    relates_to: date | None
    reverses: int | None
    lines: tuple[VoucherLine, ...]


@dataclass(frozen=True, slots=True)
class BookDays:
    """A book from `first` to `last`. Balances are debits less credits, by account number, of every account that has any."""

    book: str
    first: date
    last: date
    accounts: Mapping[int, BookAccount]
    opening: Mapping[int, int]
    closing: Mapping[int, int]


def book_days(conn: Connection[Any], book: str, first: date, last: date) -> BookDays:
    """The accounts of a book and their balances before `first` and after `last`. Raises NotFound.

    Days without an end are cut to those that have vouchers, so that they can be written down.
    """
    number = book_number(conn, book)
    span = conn.execute(_SPAN, {"book": number, "first": first, "last": last}).fetchone() or (None, None)
    if first == date.min:
        first = span[0] or _NEVER
    if last == date.max:
        last = max(first, span[1] or first)
    accounts = {row[0]: BookAccount(*row) for row in conn.execute(_ACCOUNTS, {"book": number}).fetchall()}
    before = _balances(conn, book, accounts, first - timedelta(days=1))
    return BookDays(book, first, last, accounts, before, _balances(conn, book, accounts, last))


def vouchers(conn: Connection[Any], days: BookDays) -> Iterator[Voucher]:
    """The posted vouchers of those days, by number. Needs an open transaction: they are read a few at a time."""
    with conn.cursor(name="vouchers") as cursor:
        cursor.itersize = 5_000
        cursor.execute(_VOUCHERS, {"book": book_number(conn, days.book), "first": days.first, "last": days.last})
        for _, rows in groupby(cursor, key=itemgetter(0)):
            (number, on, event, kind, actor, relates_to, reverses, *first), *others = rows
            lines = tuple(VoucherLine(*row) for row in (first, *(other[7:] for other in others)))
            yield Voucher(number, on, event, kind, actor, relates_to, reverses, lines)


def book_number(conn: Connection[Any], book: str) -> int:
    """The number of a book. Raises NotFound."""
    row = conn.execute("SELECT book_id FROM ledger.book WHERE name = %s", (book,)).fetchone()
    if row is None:
        raise NotFound(Refusal("books", f"there is no book {book!r}", "the name of a party", book))
    return int(row[0])


def _balances(conn: Connection[Any], book: str, accounts: Mapping[int, BookAccount], day: date) -> Mapping[int, int]:
    """What the ledger itself says of that evening, from its counters: the vouchers are to be checked against it."""
    standing = balances_as_of(conn, day, book)
    keys = {(book, each.role, each.counterparty or None, each.currency): number for number, each in accounts.items()}
    return {keys[key]: each.net for key, each in standing.items() if each.net}


_NEVER = date(2000, 1, 1)

_SPAN = """
SELECT min(effective_on), max(effective_on) FROM ledger.journal
WHERE book_id = %(book)s AND phase = 'posted' AND effective_on BETWEEN %(first)s AND %(last)s"""

_ACCOUNTS = """
SELECT a.account_id, a.kind, a.role, coalesce(k.name, ''), a.currency
FROM ledger.account a LEFT JOIN ledger.book k ON k.book_id = a.counterparty_book_id
WHERE a.book_id = %(book)s ORDER BY a.account_id"""

_VOUCHERS = """
SELECT j.journal_no, j.effective_on, j.event_id, j.kind, j.actor, j.relates_to_on, j.reverses_no,
       t.debit_account_id, t.credit_account_id, t.amount, t.rule
FROM ledger.journal j JOIN ledger.transfer t USING (book_id, journal_no)
WHERE j.book_id = %(book)s AND j.phase = 'posted' AND j.effective_on BETWEEN %(first)s AND %(last)s
ORDER BY j.journal_no, t.line"""
