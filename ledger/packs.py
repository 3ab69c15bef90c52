"""A pack: what proves a book to whoever has Python and nothing else, with the program that checks it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger import pack_verifier
from ledger.canonical import ACTS, EPOCH, Batch, act_text, hasher, leaf_of, voucher_text
from ledger.evidence import Written, acts, batches, blocks, one_moment, written
from ledger.faults import Failed, Refusal, Refused
from ledger.merkle import proof
from ledger.periods import Period
from ledger.proofs import block_document, book_number, head_document, heads

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.findings import Progress

README = """\
This folder proves the book {book!r} of a Gongji ledger ({period}): the text of every voucher of the period, the hash of
every other voucher in the same blocks, and the chain of blocks from the first to the last one.

    python verify.py                        everything is made again from the texts
    python verify.py --heads KEPT.json      and compared with the heads of blocks that you kept

本文件夹为账簿“{book}”（{period}）的存证包：本期全部凭证原文、同区块其他凭证的摘要，以及自首块起的区块链。
用 python verify.py 重新计算并核对；用 --heads 与本方留存的区块头比对。
"""


class Pack(NamedTuple):
    """What was exported, and how many vouchers of the book wait for their seal and are not in it."""

    path: Path
    vouchers: int
    blocks: int
    unsealed: int


def export(
    conn: Connection[Any],
    book: str,
    period: Period | None,
    target: Path,
    progress: Progress = lambda what, done, total: None,
) -> Pack:
    """Write what proves a book over a period (or as a whole) into a new folder or a new .zip. Raises NotFound, Refused."""
    if target.exists():
        raise Refused(Refusal(str(target), "it is there already", "a new folder or a new .zip"))
    with tempfile.TemporaryDirectory() as made, one_moment(conn):
        pack = _Export(conn, book_number(conn, book), book, period, Path(made)).write(progress)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".zip":
            shutil.make_archive(str(target.with_suffix("")), "zip", made)
        else:
            shutil.copytree(made, target)
    return pack._replace(path=target)


class _Export:
    """A book, read once and written line by line."""

    def __init__(self, conn: Connection[Any], book_id: int, book: str, period: Period | None, folder: Path) -> None:
        self.conn, self.book_id, self.book, self.folder = conn, book_id, book, folder
        self.period = str(period) if period else "all"
        self.first, self.last = (period.first, period.last) if period else (date.min, date.max)
        self.totals: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        self.shown = 0

    def write(self, progress: Progress) -> Pack:
        sealed = blocks(self.conn, self.book_id)
        touched = {row[0] for row in self.conn.execute(_TOUCHED, (self.book_id, self.first, self.last))}
        covered = [block for block in sealed if block.block_no in touched]
        with (self.folder / "vouchers.jsonl").open("w", encoding="utf-8") as file:
            for done, block in enumerate(covered):
                progress(f"export {self.book}", done, len(covered))
                for each in written(self.conn, self.book_id, block.first_no, block.last_no):
                    file.write(_line({"block": block.block_no, **self.voucher(each, block.algorithm)}))
        self.lines("blocks", map(block_document, sealed))
        self.lines(
            "batches",
            (
                {"block": block.block_no, **_batch(each)}
                for block in covered
                for each in batches(self.conn, self.book_id, block.first_no, block.last_no)
            ),
        )
        self.lines("act_blocks", map(block_document, blocks(self.conn, ACTS)))
        self.lines("acts", self.acts())
        (self.folder / "pack.json").write_text(_line(self.pack()), "utf-8")
        shutil.copy(pack_verifier.__file__, self.folder / "verify.py")
        (self.folder / "README.txt").write_text(README.format(book=self.book, period=self.period), "utf-8")
        (end,) = self.conn.execute(
            "SELECT last_journal FROM ledger.head WHERE book_id = %s", (self.book_id,)
        ).fetchone() or (0,)
        return Pack(self.folder, self.shown, len(covered), end - max((block.last_no for block in sealed), default=0))

    def voucher(self, each: Written, algorithm: str) -> dict[str, Any]:
        """Its text where it is of the period, its hashes otherwise."""
        if each.voucher is None:
            raise Failed(Refusal(f"voucher {each.no} of {self.book!r}", "it is gone", advice="run gongji audit verify"))
        text, day = voucher_text(each.voucher, each.entries), date.fromordinal(EPOCH + each.voucher.effective)
        if not self.first <= day <= self.last:
            return {"no": each.no, **{name: leaf_of(text, name).hex() for name in {"sha256", algorithm}}}
        self.shown += 1
        for entry in each.entries if each.voucher.phase == "posted" else ():
            self.totals[entry.debit][0] += entry.amount
            self.totals[entry.credit][1] += entry.amount
        return {"no": each.no, "text": text}

    def acts(self) -> Iterator[dict[str, Any]]:
        """What the numbers of its accounts mean, each with its way to the root of its block."""
        sealed = blocks(self.conn, ACTS)
        for act in acts(self.conn):
            block = next((block for block in sealed if block.first_no <= act.act_no <= block.last_no), None)
            if block and act.subject == self.book and act.kind == "accounts.opened":
                place = act.act_no - block.first_no
                way = proof(block.leaves or b"", place, hasher(block.algorithm))
                yield {
                    "text": act_text(act),
                    "block": block.block_no,
                    "place": place,
                    "path": [node.hex() for node in way],
                }

    def pack(self) -> dict[str, Any]:
        return {
            "format": "gongji pack 1",
            "book": self.book_id,
            "name": self.book,
            "period": self.period,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "totals": self.totals,
            "heads": [head_document(head) for head in heads(self.conn, self.book)],
        }

    def lines(self, name: str, documents: Iterable[dict[str, Any]]) -> None:
        with (self.folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(map(_line, documents))


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"


def _batch(batch: Batch) -> dict[str, Any]:
    return {
        "first": batch.first_no,
        "last": batch.last_no,
        "recorded": batch.recorded,
        "previous": batch.previous.hex(),
        "digest": batch.digest.hex(),
    }


_TOUCHED = """
SELECT block_no FROM ledger.block b WHERE book_id = %s AND EXISTS (
  SELECT FROM ledger.journal j WHERE j.book_id = b.book_id AND j.journal_no BETWEEN b.first_no AND b.last_no AND j.effective_on BETWEEN %s AND %s)"""
