"""What parties keep and check: the heads of the books, and the proof that one voucher is under a head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.canonical import ACTS, Block, hasher, voucher_text
from ledger.evidence import Head, batches, blocks, books, written
from ledger.faults import NotFound, Refusal, Refused
from ledger.merkle import proof

if TYPE_CHECKING:
    from psycopg import Connection


def heads(conn: Connection[Any], book: str | None = None) -> list[Head]:
    """The last block of every book (or of one) and of the acts: whoever keeps them can show any change of what is before."""
    names = books(conn) if book is None else {book_number(conn, book): book}
    names |= {ACTS: "acts"}
    newest = {no: sealed[-1] for no in names if (sealed := blocks(conn, no))}
    return [Head(no, names[no], block.block_no, block.last_no, block.hash) for no, block in newest.items()]


def heads_document(kept: Sequence[Head], period: str) -> dict[str, Any]:
    return {"format": "gongji heads 1", "period": period, "heads": [head_document(each) for each in kept]}


def read_heads(path: Path) -> list[Head]:
    """A file of heads that a party kept. Raises NotFound, Refused."""
    if not path.is_file():
        raise NotFound(Refusal(str(path), "there is no such file", "a file made by gongji audit heads"))
    try:
        document = json.loads(path.read_text("utf-8"))
        return [
            Head(
                int(each["book"]), str(each["name"]), int(each["block"]), int(each["last"]), bytes.fromhex(each["hash"])
            )
            for each in document["heads"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            Refusal(str(path), "this is no file of heads", "one made by gongji audit heads", f"{error!r}")
        ) from error


def prove(conn: Connection[Any], event: str, book: str) -> dict[str, Any]:
    """That the voucher of an event is sealed in a book: its text, its way to the root, and the blocks from there on.

    All else that is in it are hashes. Raises NotFound; Refused where it is not sealed yet.
    """
    book_id = book_number(conn, book)
    row = conn.execute(
        "SELECT journal_no FROM ledger.journal WHERE event_id = %s AND book_id = %s", (event, book_id)
    ).fetchone()
    if row is None:
        raise NotFound(
            Refusal(f"event {event}", f"it has no voucher in the book {book!r}", "an event of this party", event)
        )
    sealed = [block for block in blocks(conn, book_id) if block.last_no >= row[0]]
    if not sealed:
        advice = "run gongji audit seal, then ask again"
        raise Refused(Refusal(f"event {event}", f"voucher {row[0]} of {book!r} is not sealed yet", advice=advice))
    (each,) = written(conn, book_id, row[0], row[0])
    assert each.voucher is not None  # noqa: S101 - it was found above
    place = each.no - sealed[0].first_no
    way = proof(leaves_of(conn, sealed[0]), place, hasher(sealed[0].algorithm))
    return {
        "format": "gongji proof 1",
        "name": book,
        "event": event,
        "voucher": each.no,
        "text": voucher_text(each.voucher, each.entries),
        "place": place,
        "path": [node.hex() for node in way],
        "blocks": [block_document(block) for block in sealed],
    }


def leaves_of(conn: Connection[Any], block: Block) -> bytes:
    """The leaves of a block as they were sealed."""
    if block.leaves is not None:
        return block.leaves
    with conn.transaction():
        return b"".join(batch.leaves for batch in batches(conn, block.book_id, block.first_no, block.last_no))


def book_number(conn: Connection[Any], book: str) -> int:
    """The number of a book. Raises NotFound."""
    numbers = [number for number, name in books(conn).items() if name == book]
    if not numbers:
        raise NotFound(Refusal("books", f"there is no book {book!r}", "the name of a party", book))
    return numbers[0]


def head_document(head: Head) -> dict[str, Any]:
    return {
        "book": head.book_id,
        "name": head.book,
        "block": head.block_no,
        "last": head.last_no,
        "hash": head.hash.hex(),
    }


def block_document(block: Block) -> dict[str, Any]:
    """A block as a verifier reads it; whoever has the texts has its leaves."""
    return {
        "book": block.book_id,
        "block": block.block_no,
        "first": block.first_no,
        "last": block.last_no,
        "sealed": block.sealed,
        "algorithm": block.algorithm,
        "root": block.root.hex(),
        "chain": block.chain.hex(),
        "previous": block.previous.hex(),
        "hash": block.hash.hex(),
    }
