"""What is sealed and what seals it, read from the database as values: vouchers, acts, batches, blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.canonical import Act, Batch, Block, Entry, Voucher

if TYPE_CHECKING:
    from psycopg import Connection


class Head(NamedTuple):
    """What a party keeps of a book: its last block at some time, and the hash it has."""

    book_id: int
    book: str
    block_no: int
    last_no: int
    hash: bytes


CHUNK = 20_000  # vouchers read at a time
LAST = 2**31 - 1
NEVER = 9_999_999  # days: stands for a date that cannot be
IDLE = 0  # libpq's word for a connection with no transaction open


class Written(NamedTuple):
    """What stands under a number: a voucher, or none, how many lines it says it has, and the lines there are."""

    no: int
    voucher: Voucher | None
    lines: int
    entries: tuple[Entry, ...]


@contextmanager
def one_moment(conn: Connection[Any]) -> Iterator[None]:
    """Everything is read as it stands now, whoever posts meanwhile; in the caller's transaction, if there is one, as it stands there."""
    own = conn.info.transaction_status == IDLE
    with conn.transaction():
        if own:
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def books(conn: Connection[Any]) -> dict[int, str]:
    return dict(conn.execute("SELECT book_id, name FROM ledger.book ORDER BY book_id").fetchall())


def written(conn: Connection[Any], book_id: int, first: int, last: int) -> Iterator[Written]:
    """Every number from `first` to `last` in order, with what stands under it."""
    for start in range(first, last + 1, CHUNK):
        end = min(start + CHUNK - 1, last)
        entries: dict[int, list[Entry]] = {}
        for no, *line in conn.execute(_ENTRIES, (book_id, start, end), binary=True):
            entries.setdefault(no, []).append(Entry._make(line))
        found = {row[2]: row for row in conn.execute(_VOUCHERS, (book_id, start, end), binary=True)}
        for no in range(start, end + 1):
            lines, *voucher = found.get(no, (0,))
            yield Written(no, Voucher._make(voucher) if voucher else None, lines, tuple(entries.get(no, ())))


def acts(conn: Connection[Any], first: int = 1, last: int = LAST) -> list[Act]:
    return [Act._make(row) for row in conn.execute(_ACTS, (first, last))]


def batches(conn: Connection[Any], book_id: int, first: int = 0, last: int = LAST) -> Iterator[Batch]:
    """The batches that end in these vouchers, in order. Needs an open transaction: they are read a few at a time."""
    with conn.cursor(name=f"batches_{book_id}") as cursor:
        cursor.itersize = 16
        cursor.execute(_BATCHES, (book_id, first, last), binary=True)
        yield from map(Batch._make, cursor)


def blocks(conn: Connection[Any], book_id: int) -> list[Block]:
    return [Block._make(row) for row in conn.execute(_BLOCKS, (book_id,), binary=True)]


def _days(column: str) -> str:
    """A date as days since 2000, with functions of PostgreSQL alone: ours could have been changed. No date of ours is infinite."""
    return f"CASE WHEN isfinite({column}) THEN {column} - date '2000-01-01' WHEN {column} IS NOT NULL THEN {NEVER} END"


def _moment(column: str) -> str:
    """A moment as microseconds since 1970, in the same way."""
    return f"CASE WHEN isfinite({column}) THEN (extract(epoch FROM {column}) * 1000000)::bigint ELSE 0 END"


# A row that lacks what every row has is read as if it were not there, so that it is found and does not stop the reading.
_VOUCHERS = f"""
SELECT lines, book_id, journal_no, part, {_days("effective_on")}, phase::text, {_days("relates_to_on")}, {_days("expires_on")},
       reverses_no, resolves_no, event_id, kind, actor
FROM ledger.journal WHERE book_id = %s AND journal_no BETWEEN %s AND %s AND num_nulls(lines, part, effective_on, phase, event_id, kind, actor) = 0"""  # noqa: S608 - names of ours
_ENTRIES = f"""
SELECT t.journal_no, t.debit_account_id, t.credit_account_id, t.amount, t.rule, CASE WHEN t.obligation_id IS NOT NULL THEN
         concat_ws(' ', o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, {_days("o.due_on")}) END,
       t.line, {_days("t.effective_on")}, t.pending
FROM ledger.transfer t LEFT JOIN ledger.obligation o USING (obligation_id)
WHERE t.book_id = %s AND t.journal_no BETWEEN %s AND %s
  AND num_nulls(t.debit_account_id, t.credit_account_id, t.amount, t.rule, t.line, t.effective_on, t.pending) = 0 ORDER BY t.journal_no, t.line"""  # noqa: S608 - names of ours
_ACTS = f"""
SELECT act_no, {_moment("recorded_at")}, coalesce(kind, ''), coalesce(subject, ''), coalesce(contents, ''), coalesce(actor, ''), coalesce(login, ''), approved_by
FROM ledger.act WHERE act_no BETWEEN %s AND %s ORDER BY act_no"""  # noqa: S608 - names of ours
_BATCHES = f"""
SELECT book_id, first_no, last_no, {_moment("recorded_at")}, coalesce(leaves, ''), coalesce(previous, ''), coalesce(digest, '')
FROM ledger.batch WHERE book_id = %s AND last_no BETWEEN %s AND %s ORDER BY last_no"""  # noqa: S608 - names of ours
_BLOCKS = f"""
SELECT book_id, block_no, first_no, last_no, algorithm, coalesce(root, ''), coalesce(chain, ''), coalesce(previous, ''), coalesce(hash, ''),
       {_moment("sealed_at")}, leaves
FROM ledger.block WHERE book_id = %s ORDER BY block_no"""  # noqa: S608 - names of ours
