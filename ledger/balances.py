"""What an account stands at: now, as of a day, as it was known at some voucher, and the entries that made it so.

As of a day is the last snapshot before it and what was booked since; both are found by index. As known at a
voucher takes off again what later vouchers booked: a number of a book, not a clock, so the answer stays the same for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.batch import AccountKey
from ledger.faults import NotFound, Refusal

if TYPE_CHECKING:
    from psycopg import Connection


class Standing(NamedTuple):
    """Counters of an account in minor units; pending is what reservations hold."""

    debits: int
    credits: int
    debits_pending: int = 0
    credits_pending: int = 0

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debits - self.credits


class Entry(NamedTuple):
    """One side of a line: `amount` is a debit, or a credit where it is below zero; `balance` what the account stood at."""

    on: date
    journal_no: int
    line: int
    event_id: str
    kind: str
    rule: str
    amount: int
    balance: int


def balance(conn: Connection[Any], key: AccountKey) -> Standing:
    """What an account stands at now. Raises NotFound."""
    row = conn.execute(
        "SELECT debits, credits, debits_pending, credits_pending FROM ledger.balance WHERE (book_id, account_id) = (%s, %s)",
        account(conn, key),
    ).fetchone()
    return Standing(*row) if row else Standing(0, 0)


def balance_as_of(conn: Connection[Any], key: AccountKey, day: date, known: int | None = None) -> Standing:
    """What an account stood at in the evening of a day; `known`: by the vouchers of its book up to this number."""
    book, number = account(conn, key)
    row = conn.execute(
        "SELECT debits, credits FROM ledger.account_as_of(%s, %s, %s, %s)", (book, number, day, known)
    ).fetchone()
    return Standing(*row) if row else Standing(0, 0)


def balances_as_of(
    conn: Connection[Any], day: date, book: str | None = None, known: Mapping[str, int] | None = None
) -> Mapping[AccountKey, Standing]:
    """What every account (of a book) stood at in the evening of a day; `known`: the last voucher of each book that counts."""
    rows = conn.execute(
        _ALL_AS_OF,
        {"day": day, "book": book, "books": list(known or ()), "numbers": list((known or {}).values())},
    ).fetchall()
    return {(name, role, other, currency): Standing(*sums) for name, role, other, currency, *sums in rows}


def statement(conn: Connection[Any], key: AccountKey, first: date, last: date) -> list[Entry]:
    """The entries of an account from one day to another, both included, in the order they were booked day by day."""
    book, number = account(conn, key)
    stood = balance_as_of(conn, key, first - timedelta(days=1)).net if first > date.min else 0
    rows = conn.execute(_ENTRIES, {"book": book, "account": number, "first": first, "last": last}).fetchall()
    sums = accumulate((amount for *_, amount in rows), initial=stood)
    return [Entry(*row, after) for row, after in zip(rows, islice(sums, 1, None), strict=True)]  # type: ignore[call-arg]


def account(conn: Connection[Any], key: AccountKey) -> tuple[int, int]:
    """The numbers of a book and its account. Raises NotFound."""
    row = conn.execute(_ACCOUNT, key).fetchone()
    if row is None:
        words = " ".join(word for word in key if word)
        raise NotFound(Refusal("ledger", f"there is no account {words}", "an account of a book", words))
    return row[0], row[1]


_ACCOUNT = """
SELECT a.book_id, a.account_id FROM ledger.account a JOIN ledger.book k USING (book_id) LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
WHERE k.name = %s AND a.role = %s AND o.name IS NOT DISTINCT FROM %s AND a.currency = %s"""

_ALL_AS_OF = """
SELECT k.name, a.role, o.name, a.currency, sum(s.debits)::bigint, sum(s.credits)::bigint
FROM ledger.accounts_as_of(%(day)s, (SELECT book_id FROM ledger.book WHERE name = %(book)s), %(books)s::text[], %(numbers)s::integer[]) s
JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book k USING (book_id) LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
WHERE %(book)s::text IS NULL OR k.name = %(book)s
GROUP BY 1, 2, 3, 4"""

_ENTRIES = """
SELECT e.effective_on, e.journal_no, e.line, j.event_id, j.kind, e.rule, e.debit - e.credit
FROM ledger.entries(%(book)s, %(account)s, %(first)s, %(last)s) e JOIN ledger.journal j ON j.book_id = %(book)s AND j.journal_no = e.journal_no
ORDER BY e.effective_on, e.journal_no, e.line"""
