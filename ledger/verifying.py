"""Verify: make the leaves again from the rows, and hold them, the counters and the snapshots against what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ledger.act_check import check_acts
from ledger.book_check import check_book
from ledger.canonical import ACTS
from ledger.evidence import Head, blocks, books, one_moment
from ledger.findings import Finding, Progress, Seen, Verdict

if TYPE_CHECKING:
    from psycopg import Connection


def verify(
    conn: Connection[Any], kept: Sequence[Head] = (), progress: Progress = lambda what, done, total: None
) -> Verdict:
    """Look at everything as it stands at this moment. `kept`: heads that left the building."""
    seen = Seen()
    with one_moment(conn):
        names = books(conn)
        findings = [*_kept(conn, kept, names), *check_acts(conn, seen)]
        for book_id, name in names.items():
            findings += check_book(conn, book_id, name, seen, progress)
        findings += (*_torn(conn), *_alone(conn))
    return Verdict(seen, findings)


def _kept(conn: Connection[Any], kept: Sequence[Head], names: Mapping[int, str]) -> Iterator[Finding]:
    """Who rewrote the whole chain, or went back to an older state, could not rewrite these."""
    for head in kept:
        found = {block.block_no: block.hash.hex() for block in blocks(conn, head.book_id)}
        where, said = (head.book, head.block_no, head.last_no), head.hash.hex()
        if head.book_id != ACTS and names.get(head.book_id) != head.book:
            yield Finding("book_changed", *where, expected=head.book, got=names.get(head.book_id, ""))
        if head.block_no not in found:
            yield Finding("kept_missing", *where, expected=f"{head.block_no}", got=f"{max(found, default=0)}")
        elif found[head.block_no] != said:
            yield Finding("kept_differs", *where, expected=said, got=found[head.block_no])


def _torn(conn: Connection[Any]) -> Iterator[Finding]:
    """The books of an event are numbered from 1: a part that is gone from one book is missed in the others."""
    for event, name, no, missing in conn.execute(_TORN).fetchall():
        yield Finding("event_torn", name, None, no, None, event, missing)


def _alone(conn: Connection[Any]) -> Iterator[Finding]:
    """What one book owes another stands in both."""
    for event, debtor, creditor, cited in conn.execute(_ALONE).fetchall():
        yield Finding("obligation_alone", debtor, where=event, expected=f"{debtor}, {creditor}", got=cited)


_ALONE = """
SELECT o.event_id, d.name, c.name, coalesce(string_agg(b.name, ', ' ORDER BY b.name), '') FROM ledger.obligation o
LEFT JOIN ledger.book d ON d.book_id = o.debtor_book_id LEFT JOIN ledger.book c ON c.book_id = o.creditor_book_id
LEFT JOIN (SELECT book_id, unnest(debt) AS obligation_id FROM ledger.journal WHERE debt IS NOT NULL) t ON t.obligation_id = o.obligation_id LEFT JOIN ledger.book b ON b.book_id = t.book_id
GROUP BY o.obligation_id, d.name, c.name HAVING count(*) <> 2 OR bool_and(t.book_id IN (o.debtor_book_id, o.creditor_book_id)) IS NOT TRUE
ORDER BY 1 LIMIT 100"""
_TORN = """
SELECT event_id, b.name, j.journal_no, torn.missing::text FROM (
  SELECT event_id, max(part) - count(*) AS missing FROM ledger.journal GROUP BY event_id HAVING count(*) <> max(part) LIMIT 100) torn
JOIN LATERAL (SELECT book_id, journal_no FROM ledger.journal x WHERE x.event_id = torn.event_id ORDER BY part LIMIT 1) j ON true
JOIN ledger.book b USING (book_id) ORDER BY 2, 3"""
