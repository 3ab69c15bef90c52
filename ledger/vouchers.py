"""Vouchers as they stand, by the key of their event: every book's journal, when it was posted and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from psycopg import Connection


class VoucherLine(NamedTuple):
    """One line of a voucher; accounts as "role" or "role other-party", the amount in minor units."""

    line: int
    debit: str
    credit: str
    currency: str
    amount: int
    rule: str


class Voucher(NamedTuple):
    """One journal of an event in one book. `undoes` and `undone_by`, `ends` and `ended_by` are keys of other events."""

    book: str
    number: int
    kind: str
    phase: str
    on: date
    belongs_to: date | None
    expires_on: date | None
    actor: str
    recorded_at: datetime
    undoes: str | None
    undone_by: str | None
    ends: str | None
    ended_by: str | None
    lines: tuple[VoucherLine, ...]


class Refusal(NamedTuple):
    """What a key was refused with, kept under it."""

    outcome: str
    recorded_at: datetime


def vouchers(conn: Connection[Any], key: str) -> list[Voucher]:
    """The journals of an event, book by book; none where nothing was posted under this key."""
    lines: dict[tuple[int, int], list[VoucherLine]] = {}
    for book, number, *line in conn.execute(_LINES, (key,)).fetchall():
        lines.setdefault((book, number), []).append(VoucherLine(*line))
    rows = conn.execute(_VOUCHERS, (key,)).fetchall()
    return [
        Voucher(name, number, *rest, tuple(lines.get((book, number), ())))  # type: ignore[call-arg]
        for book, number, name, *rest in rows
    ]


def refusal(conn: Connection[Any], key: str) -> Refusal | None:
    """What a key was refused with, where that is kept."""
    row = conn.execute("SELECT outcome, recorded_at FROM ledger.refusal WHERE key = %s", (key,)).fetchone()
    return Refusal(*row) if row else None


_VOUCHERS = """
SELECT j.book_id, j.journal_no, k.name, j.kind, j.phase::text, j.effective_on, j.relates_to_on, j.expires_on, j.actor, b.recorded_at,
  u.event_id, v.event_id, e.event_id, f.event_id
FROM ledger.journal j JOIN ledger.book k USING (book_id)
CROSS JOIN LATERAL (SELECT recorded_at FROM ledger.batch WHERE book_id = j.book_id AND last_no >= j.journal_no ORDER BY last_no LIMIT 1) b
LEFT JOIN ledger.journal u ON u.book_id = j.book_id AND u.journal_no = j.reverses_no
LEFT JOIN ledger.journal v ON v.book_id = j.book_id AND v.reverses_no = j.journal_no
LEFT JOIN ledger.journal e ON e.book_id = j.book_id AND e.journal_no = j.resolves_no
LEFT JOIN ledger.journal f ON f.book_id = j.book_id AND f.resolves_no = j.journal_no
WHERE j.event_id = %s ORDER BY j.part"""

_LINES = """
SELECT t.book_id, t.journal_no, t.line, d.role || coalesce(' ' || x.name, ''), c.role || coalesce(' ' || y.name, ''), d.currency, t.amount, t.rule
FROM ledger.journal j JOIN ledger.transfer t USING (book_id, journal_no)
JOIN ledger.account d ON d.book_id = t.book_id AND d.account_id = t.debit_account_id LEFT JOIN ledger.book x ON x.book_id = d.counterparty_book_id
JOIN ledger.account c ON c.book_id = t.book_id AND c.account_id = t.credit_account_id LEFT JOIN ledger.book y ON y.book_id = c.counterparty_book_id
WHERE j.event_id = %s ORDER BY j.part, t.line"""
