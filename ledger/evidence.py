"""What is sealed and what seals it, read from the database as values: vouchers, acts, batches, blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
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
_HEAD = len(Voucher._fields)
IDLE = 0  # libpq's word for a connection with no transaction open


class Written(NamedTuple):
    """What stands under a number: a voucher with its lines, or none."""

    no: int
    voucher: Voucher | None
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
        found = {row[1]: row for row in conn.execute(_VOUCHERS, (book_id, start, end), binary=True)}
        for no in range(start, end + 1):
            if row := found.get(no):
                *columns, debts = row[_HEAD:]
                lines = zip(*columns, debts or repeat(None, len(columns[0])), strict=True)
                yield Written(no, Voucher._make(row[:_HEAD]), tuple(map(Entry._make, lines)))
            else:
                yield Written(no, None, ())


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
SELECT book_id, journal_no, part, {_days("effective_on")}, phase::text, {_days("relates_to_on")}, {_days("expires_on")}, reverses_no, resolves_no, event_id, kind, actor,
       debit, credit, amount, rule, CASE WHEN debt IS NOT NULL THEN (
         SELECT array_agg(CASE WHEN u.id IS NOT NULL THEN concat_ws(' ', o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, {_days("o.due_on")}) END ORDER BY u.place)
         FROM unnest(debt) WITH ORDINALITY u (id, place) LEFT JOIN ledger.obligation o ON o.obligation_id = u.id) END
FROM ledger.journal WHERE book_id = %s AND journal_no BETWEEN %s AND %s
  AND num_nulls(part, effective_on, phase, event_id, kind, actor, debit, credit, amount, rule) = 0
  AND CASE WHEN coalesce(array_dims(amount), '[1:0]') = '[1:' || cardinality(amount) || ']'
        AND (array_dims(debit), array_dims(credit), array_dims(rule)) IS NOT DISTINCT FROM (array_dims(amount), array_dims(amount), array_dims(amount))
        AND (debt IS NULL OR array_dims(debt) IS NOT DISTINCT FROM array_dims(amount))
      THEN num_nulls(array_position(debit, NULL), array_position(credit, NULL), array_position(amount, NULL), array_position(rule, NULL)) = 4 END"""  # noqa: S608 - names of ours
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
