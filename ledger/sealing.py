"""Sealing: what is committed is put into the next block of its book, so that a later change can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.canonical import ACTS, Block, act_text, block_hash, hasher, leaf_of, voucher_text
from ledger.evidence import acts, books, written
from ledger.failpoints import reached
from ledger.faults import Failed, Refusal
from ledger.merkle import SIZE, root
from ledger.transaction import transact

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection

MOST = 65_536  # vouchers in a block, about; a batch is never cut


def seal(
    conn: Connection[Any], actor: str, progress: Callable[[str, int, int], None] = lambda what, done, total: None
) -> list[Block]:
    """Seal every book up to its last voucher, and then the acts. What is sealed is not sealed again."""
    transact(conn, lambda: conn.execute("SELECT ledger.record_accounts(%s)", (actor,)))
    names, sealed = books(conn), []
    for done, (book_id, name) in enumerate(names.items()):
        progress(f"seal {name}", done, len(names))
        sealed += seal_book(conn, book_id)
    return sealed + seal_book(conn, ACTS)


def seal_book(conn: Connection[Any], book_id: int) -> list[Block]:
    """Seal one book (or the acts, as book 0) up to its end: one transaction a block, so a kill leaves whole blocks."""
    sealed: list[Block] = []
    while block := transact(conn, lambda: _seal_next(conn, book_id)):
        sealed.append(block)
    return sealed


def algorithm_in_use(conn: Connection[Any]) -> str:
    row = conn.execute("SELECT ledger.sealing()").fetchone()
    return str(row[0]) if row else ""


def set_algorithm(conn: Connection[Any], algorithm: str, actor: str) -> None:
    """From the next block on, seal with sha256 or sm3; the change is an act."""
    hasher(algorithm)
    transact(conn, lambda: conn.execute("SELECT ledger.set_sealing(%s, %s)", (algorithm, actor)))


def _seal_next(conn: Connection[Any], book_id: int) -> Block | None:
    row = conn.execute(_NEXT, (book_id, MOST), binary=True).fetchone()
    if row is None:
        return None
    block_no, first, last, algorithm, chain, previous, sealed_at, sealed, stored = row
    leaves = _leaves(conn, book_id, first, last, algorithm, stored)
    if len(leaves) != SIZE * (last - first + 1):
        raise _damaged(book_id, first, last, f"{last - first + 1} leaves", f"{len(leaves) // SIZE}")
    kept = leaves if book_id == ACTS or algorithm != "sha256" else None
    tree = root(leaves, hasher(algorithm))
    block = Block(book_id, block_no, first, last, algorithm, tree, chain, previous, b"", sealed, kept)
    block = block._replace(hash=block_hash(block))
    conn.execute(_SEAL, (*block[:9], sealed_at, kept))
    reached("sealed")
    return block


def _leaves(conn: Connection[Any], book_id: int, first: int, last: int, algorithm: str, stored: bytes | None) -> bytes:
    """The leaves of the next block: as the batches keep them, or made from the rows where none keeps them."""
    if stored is None:
        return b"".join(leaf_of(act_text(act), algorithm) for act in acts(conn, first, last))
    if algorithm == "sha256":
        return stored
    made, kept = [], []
    for each in written(conn, book_id, first, last):
        text = voucher_text(each.voucher, each.entries) if each.voucher else ""
        kept.append(leaf_of(text))
        made.append(leaf_of(text, algorithm))
    if b"".join(kept) != stored:
        raise _damaged(book_id, first, last, "the leaves of their posting", "others")
    return b"".join(made)


def _damaged(book_id: int, first: int, last: int, expected: str, got: str) -> Failed:
    where, what = f"book {book_id}, {first} to {last}", "the record is damaged and is not sealed"
    return Failed(Refusal(where, what, expected, got, "run gongji audit verify"))


_NEXT = """
SELECT block_no, first_no, last_no, algorithm, chain, previous, sealed_at, ledger.micros(sealed_at), leaves
FROM ledger.next_block(%s, %s)"""
_SEAL = "SELECT ledger.seal(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
