"""One book: its rows against the leaves its batches keep, the chain of batches, the blocks, the counters, the snapshots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, LiteralString

from ledger.block_check import Roots, chained
from ledger.canonical import Batch, Entry, Voucher, batch_digest, genesis, leaf_of, voucher_text
from ledger.changes import Known, change_of
from ledger.evidence import Written, batches, blocks, written
from ledger.findings import Finding, Progress, Seen
from ledger.merkle import SIZE
from ledger.periods import named
from ledger.summing import Counters, Sums

if TYPE_CHECKING:
    from psycopg import Connection

TRACED = 10  # changed vouchers of a book for which the changed field is looked for
LAST = 2**62


def check_book(conn: Connection[Any], book_id: int, name: str, seen: Seen, progress: Progress) -> list[Finding]:
    """Everything that is wrong with a book: what is sealed in the order of its blocks and numbers, then the rest."""
    book = Book(conn, book_id, name, seen, progress)
    found = [*chained(name, book.blocks), *book.rows(), *book.ended(), *book.strays()]
    found.sort(key=_place)
    seen.books += 1
    seen.blocks += len(book.blocks)
    return [*map(book.traced, found), *book.counters(), *book.snapshots(), *book.obligations()]


class Book:
    """Reads a book once, from its first voucher to its last."""

    def __init__(self, conn: Connection[Any], book_id: int, name: str, seen: Seen, progress: Progress) -> None:
        self.conn, self.book_id, self.name, self.seen, self.progress = conn, book_id, name, seen, progress
        self.blocks = blocks(conn, book_id)
        self.roots = Roots(name, self.blocks)
        self.sums = Sums(self.one("SELECT unit FROM ledger.calendar"))
        self.end: int = self.one("SELECT coalesce(max(last_no), 0) FROM ledger.batch WHERE book_id = %(book)s")
        self.vouchers = written(conn, book_id, 1, self.end)
        self.last, self.digest = 0, b""  # of the batches so far
        self.changed: dict[int, tuple[Written, bytes]] = {}

    def rows(self) -> Iterator[Finding]:
        for batch in batches(self.conn, self.book_id):
            yield from self.linked(batch)
            for each in islice(self.vouchers, max(batch.first_no - self.last - 1, 0)):
                self.sums.add(each)  # a batch is missing: nothing is kept of these
            if batch.last_no > self.last:
                yield from self.batch(batch)
            self.last, self.digest = batch.last_no, batch.digest
            self.progress(f"verify {self.name}", self.last, self.end)

    def linked(self, batch: Batch) -> Iterator[Finding]:
        """The batch follows the one before it: no hole, no other history."""
        if not self.digest:
            if (batch.last_no, batch.digest) != (0, genesis(self.book_id)):
                yield self.finding("batch_missing", 0, got=batch.first_no)
        elif batch.first_no != self.last + 1:
            yield self.finding("batch_missing", self.last + 1, got=batch.first_no)
        elif batch.previous != self.digest:
            yield self.finding("batch_chain", batch.first_no, batch.previous.hex(), self.digest.hex())

    def batch(self, batch: Batch) -> Iterator[Finding]:
        """The rows give the leaves, the leaves give the digest. Where they differ: which of the two was changed?"""
        made, differing = bytearray(), []
        for each in islice(self.vouchers, batch.last_no - max(self.last, batch.first_no - 1)):
            place = (each.no - batch.first_no) * SIZE
            stored = batch.leaves[place : place + SIZE]
            text = voucher_text(each.voucher, each.entries) if each.voucher else ""
            leaf = leaf_of(text) if text else b""
            made += leaf
            if leaf != stored:
                differing.append((each, leaf, stored))
            yield from self.sealed(each.no, text, stored)
            self.sums.add(each)
            self.seen.vouchers += 1
            self.seen.lines += len(each.entries)
        intact = batch_digest(batch) == batch.digest
        rows_are_right = not intact and batch_digest(batch._replace(leaves=bytes(made))) == batch.digest
        if not intact and not rows_are_right:
            yield self.finding("batch_changed", batch.first_no, batch.digest.hex(), batch_digest(batch).hex())
        for each, leaf, stored in differing:
            if rows_are_right:
                yield self.finding("leaf_changed", each.no, leaf.hex(), stored.hex())
            elif each.voucher is None:
                yield self.finding("voucher_missing", each.no)
            else:
                self.changed[each.no] = each, stored
                yield self.finding("voucher_changed", each.no, stored.hex(), leaf.hex())

    def sealed(self, no: int, text: str, stored: bytes) -> Iterator[Finding]:
        """The block's root, over the leaves the batches keep; by SM3 over its own, which the rows must give as well."""
        block = self.roots.block_of(no)
        if block is None:
            return
        if block.leaves is None:
            yield from self.roots.add(block, no, stored)
            return
        kept = block.leaves[(no - block.first_no) * SIZE : (no - block.first_no + 1) * SIZE]
        if text and leaf_of(text) == stored and leaf_of(text, block.algorithm) != kept:
            yield self.finding("leaf_changed", no, leaf_of(text, block.algorithm).hex(), kept.hex())
        yield from self.roots.add(block, no, kept)

    def ended(self) -> Iterator[Finding]:
        """The head says where the book ends, the last block how far it is sealed, each block which batch it ends with."""
        heads = self.all("SELECT last_journal, digest FROM ledger.head WHERE book_id = %(book)s")
        if heads != [(self.last, self.digest)]:
            said = ", ".join(f"{last} {digest and digest.hex()}" for last, digest in heads)
            yield self.finding("head_changed", None, said, f"{self.last} {self.digest.hex()}")
        ends = dict(self.all(_ENDS))
        for block in self.blocks:
            if block.last_no not in ends:
                yield Finding("batch_missing", self.name, block.block_no, block.last_no, got=f"{self.last}")
            elif ends[block.last_no] != block.chain:
                yield Finding(
                    "chain", self.name, block.block_no, expected=block.chain.hex(), got=ends[block.last_no].hex()
                )

    def strays(self) -> Iterator[Finding]:
        """Rows that no batch keeps a leaf of."""
        for (no,) in self.all(_STRAYS, last=self.end):
            yield self.finding("voucher_extra", no)

    def traced(self, finding: Finding) -> Finding:
        """For a changed voucher: whose contents stand there now, or which field was changed."""
        if finding.what != "voucher_changed" or finding.no is None or len(self.changed) > TRACED:
            return finding
        each, leaf = self.changed[finding.no]
        for other, _ in self.changed.values():
            if other.voucher and leaf_of(_text_as(other.voucher, other.entries, finding.no)) == leaf:
                return finding._replace(what="voucher_moved", expected="", got=f"{other.no}")
        change = change_of(each.voucher, each.entries, leaf, self.known) if each.voucher else None
        if change is None:
            return finding
        was, now = (self.account(int(each)) if change.field in ("debit", "credit") else each for each in change[2:])
        return finding._replace(what="field_changed", line=change.line, where=change.field, expected=was, got=now)

    @cached_property
    def known(self) -> Known:
        """What a changed field may have been."""
        made, kept = self.sums.counters(), self.kept
        missing = {
            account: {ours - theirs for ours, theirs in zip(kept[account], made.get(account, Counters()), strict=True)}
            for account in kept
        }
        debts = dict(self.all(_DEBTS, changed=list(self.changed)))
        kinds, actors, rules = ({row[0] for row in self.all(query)} for query in (_KINDS, _ACTORS, _RULES))
        return Known(self.accounts, kinds, actors, rules, missing, debts)

    @cached_property
    def accounts(self) -> dict[int, str]:
        return dict(self.all(_ACCOUNTS))

    @cached_property
    def kept(self) -> dict[int, Counters]:
        return {account: Counters(*row) for account, *row in self.all(_COUNTERS)}

    def counters(self) -> Iterator[Finding]:
        """What the rows come to is what the counters hold, also of what is reserved."""
        made = self.sums.counters()
        for account in sorted(made.keys() | self.kept.keys()):
            ours, theirs = made.get(account, Counters()), self.kept.get(account)
            for field in Counters._fields:
                expected, got = getattr(ours, field), getattr(theirs, field, None)
                if expected != got:
                    yield self.finding("counter", None, expected, got, where=f"{self.account(account)} {field}")

    def snapshots(self) -> Iterator[Finding]:
        """What the rows come to up to the end of a closed period is what was kept at its close."""
        kept: dict[int, dict[int, tuple[int, int]]] = {period: {} for (period,) in self.all(_CLOSED)}
        for period, account, debits, credits in self.all(_SNAPSHOTS):
            kept.setdefault(period, {})[account] = debits, credits
        for period, snapshot in kept.items():
            made = self.sums.through(period)
            for account in sorted(made.keys() | snapshot.keys()):
                expected, got = made.get(account, (0, 0)), snapshot.get(account, (0, 0))
                if expected != got:
                    where = f"{self.account(account)}, {named(period)}"
                    said, there = ("{}/{}".format(*each) for each in (expected, got))
                    yield self.finding("snapshot", None, said, there, where=where)

    def obligations(self) -> Iterator[Finding]:
        """What a line cites is an obligation of this book, in its currency, of its amount."""
        for no, line, amount, cited, said in self.all(_OBLIGATIONS):
            yield self.finding("obligation", no, amount, said, line, where=f"{cited}")

    def account(self, account: int) -> str:
        return f"{account} {self.accounts.get(account, '')}".strip()

    def finding(
        self, what: str, no: int | None, expected: Any = "", got: Any = "", line: int | None = None, where: str = ""
    ) -> Finding:
        block = next((each.block_no for each in self.blocks if no and each.first_no <= no <= each.last_no), None)
        return Finding(what, self.name, block, no, line, where, f"{expected}", f"{got}")

    def one(self, query: LiteralString) -> Any:
        return self.all(query)[0][0]

    def all(self, query: LiteralString, **given: Any) -> list[tuple[Any, ...]]:
        return self.conn.execute(query, {"book": self.book_id, **given}).fetchall()


def _place(finding: Finding) -> tuple[int, int]:
    """Blocks in their order, in each the numbers in theirs."""
    block, no = (LAST if each is None else each for each in (finding.block, finding.no))
    return block, no


def _text_as(voucher: Voucher, entries: Sequence[Entry], no: int) -> str:
    return voucher_text(voucher._replace(journal_no=no), entries)


_ENDS = "SELECT last_no, digest FROM ledger.batch WHERE book_id = %(book)s AND last_no IN (SELECT last_no FROM ledger.block WHERE book_id = %(book)s)"
_STRAYS = """
SELECT journal_no FROM ledger.journal WHERE book_id = %(book)s
GROUP BY journal_no HAVING count(*) > 1 OR journal_no IS NULL OR journal_no < 1 OR journal_no > %(last)s ORDER BY journal_no LIMIT 100"""
_ACCOUNTS = """
SELECT a.account_id, concat_ws(' ', a.role, o.name, a.currency) FROM ledger.account a
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id WHERE a.book_id = %(book)s"""
_COUNTERS = """
SELECT account_id, debits, credits, debits_pending, credits_pending FROM ledger.balance
WHERE book_id = %(book)s AND num_nulls(debits, credits, debits_pending, credits_pending) = 0"""
_CLOSED = "SELECT period_id FROM ledger.period WHERE book_id = %(book)s AND state = 'closed' ORDER BY period_id"
_SNAPSHOTS = "SELECT period_id, account_id, debits, credits FROM ledger.period_balance WHERE book_id = %(book)s"
# Not of the view ledger.transfer: it could have been changed.
_OBLIGATIONS = """
SELECT t.journal_no, t.line, t.amount, t.debt, o.amount FROM (
  SELECT book_id, journal_no, generate_series(1, cardinality(debt)) AS line, unnest(debit) AS debit, unnest(amount) AS amount, unnest(debt) AS debt
  FROM ledger.journal WHERE book_id = %(book)s AND debt IS NOT NULL) t
JOIN ledger.account a ON a.book_id = t.book_id AND a.account_id = t.debit
LEFT JOIN ledger.obligation o ON o.obligation_id = t.debt AND t.book_id IN (o.debtor_book_id, o.creditor_book_id) AND o.currency = a.currency
WHERE t.debt IS NOT NULL AND o.amount IS DISTINCT FROM t.amount ORDER BY 1, 2 LIMIT 100"""
_DEBTS = """
SELECT concat_ws(' ', o.obligation_id, o.debtor_book_id, o.creditor_book_id, o.currency, o.due_on - date '2000-01-01'), o.amount
FROM ledger.journal j JOIN ledger.obligation o ON o.obligation_id = ANY(j.debt)
WHERE j.book_id = %(book)s AND j.journal_no = ANY(%(changed)s) AND isfinite(o.due_on)"""
_KINDS = "SELECT DISTINCT kind FROM ledger.journal WHERE book_id = %(book)s"
_ACTORS = "SELECT DISTINCT actor FROM ledger.journal WHERE book_id = %(book)s"
_RULES = "SELECT DISTINCT unnest(rule) FROM ledger.journal WHERE book_id = %(book)s"
