"""Check a pack or a proof from a Gongji ledger: python verify.py [PACK or PROOF] [--heads KEPT.json]

Needs Python 3.10 or newer and nothing else: no Gongji, no database. It makes every hash again from the texts that are in
the pack, follows the chain of blocks, and adds up the vouchers. It cannot know what was left out before anything was
sealed, nor that the chain is the one that was shown to you earlier; for this give the heads you kept: --heads KEPT.json
运行本程序只需 Python：由凭证原文重算全部摘要，核对区块链，并重新汇总发生额；用 --heads 与本方留存的区块头比对。
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any


class Wrong(Exception):
    """What does not hold: the reason, in words."""


def demand(holds: Any, reason: str) -> None:
    if not holds:
        raise Wrong(reason)


def hashed(algorithm: str, data: bytes) -> bytes:
    try:
        return hashlib.new(algorithm, data).digest()
    except ValueError:
        raise SystemExit(f"this Python cannot compute {algorithm}; try another one") from None


# The four hashes: of a text, of a batch, of a tree, of a block.


def batch_digest(book: int, batch: Any, leaves: list[bytes]) -> bytes:
    head = f"B1,{book},{batch['first']},{batch['last']},{batch['recorded']},".encode()
    return hashed("sha256", head + bytes.fromhex(batch["previous"]) + hashed("sha256", b"".join(leaves)))


def tree_root(algorithm: str, leaves: list[bytes]) -> bytes:
    level = [hashed(algorithm, b"\0" + leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [hashed(algorithm, b"\1" + a + b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def path_root(algorithm: str, leaf: bytes, place: int, count: int, path: list[str]) -> bytes:
    node, last, rest = hashed(algorithm, b"\0" + leaf), count - 1, [bytes.fromhex(each) for each in path]
    demand(0 <= place < count, "the place is not in the block")
    while last > 0:
        if place % 2 or place < last:
            demand(rest, "the path is too short")
            node = hashed(algorithm, b"\1" + (rest.pop(0) + node if place % 2 else node + rest.pop(0)))
        place, last = place // 2, last // 2
    demand(not rest, "the path is too long")
    return node


def block_hash(block: Any) -> bytes:
    head = "".join(f",{block[field]}" for field in ("book", "block", "first", "last", "sealed", "algorithm"))
    tail = b"".join(bytes.fromhex(block[field]) for field in ("previous", "chain", "root"))
    return hashed(block["algorithm"], f"K1{head},".encode() + tail)


def check_chain(blocks: list[Any], whole: bool) -> None:
    """Each block is what its hash says and follows the one before; `whole`: from the first one on."""
    before = (0, 0, "") if whole else None
    for block in blocks:
        name = f"book {block['book']} block {block['block']}"
        demand(block_hash(block).hex() == block["hash"], f"{name}: its contents do not give its hash")
        follows = before in (None, (block["block"] - 1, block["first"] - 1, block["previous"]))
        demand(follows, f"{name}: it does not follow the block before it, or one is missing")
        before = block["block"], block["last"], block["hash"]


def check_heads(blocks: list[Any], heads: list[Any]) -> int:
    """Blocks that a head was kept of are the ones that were kept. Gives back how many were compared."""
    found = {(block["book"], block["block"]): block["hash"] for block in blocks}
    for head in heads:
        name = f"book {head['book']} block {head['block']}"
        if any(book == head["book"] for book, _ in found):
            demand((head["book"], head["block"]) in found, f"{name}: it was kept, and this is older or was cut off")
            demand(found[head["book"], head["block"]] == head["hash"], f"{name}: it is not the block that was kept")
    return sum((head["book"], head["block"]) in found for head in heads)


def check_vouchers(block: Any, vouchers: list[Any], batches: list[Any], after: str) -> None:
    """The texts give the leaves, the leaves give the batches and the root. `after`: the digest before this block."""
    name, numbers = f"block {block['block']}", range(block["first"], block["last"] + 1)
    demand([each["no"] for each in vouchers] == list(numbers), f"{name}: the vouchers are not those of the block")
    leaves = {each["no"]: leaf_of(each, "sha256") for each in vouchers}
    for batch in batches:
        what = f"{name}, vouchers {batch['first']} to {batch['last']}"
        demand(batch["previous"] == after, f"{what}: their batch does not follow the one before it")
        inside = [leaves.get(no, b"") for no in range(batch["first"], batch["last"] + 1)]
        after = batch_digest(block["book"], batch, inside).hex()
        demand(after == batch["digest"], f"{what}: the texts are not those of the posting")
    demand(after == block["chain"], f"{name}: it does not end with the batch it says")
    made = tree_root(block["algorithm"], [leaf_of(each, block["algorithm"]) for each in vouchers])
    demand(made.hex() == block["root"], f"{name}: the texts are not those that were sealed")


def leaf_of(voucher: Any, algorithm: str) -> bytes:
    return hashed(algorithm, voucher["text"].encode()) if "text" in voucher else bytes.fromhex(voucher[algorithm])


def read(text: str) -> tuple[date, str, list[tuple[int, ...]]]:
    """A voucher's text, taken apart: day, phase, and (debit account, credit account, amount) of each line."""
    rest = text.split(",", 10)[10].encode()
    day, phase = text.split(",")[4:6]
    for _ in range(3):  # event, kind, actor: each behind its length in bytes
        size, rest = rest.split(b":", 1)
        rest = rest[int(size) :]
    columns = [column.split(",") for column in rest.decode().split(";")[1:4]]
    lines = [tuple(map(int, line)) for line in zip(*columns, strict=True)] if columns[0] != [""] else []
    return date(2000, 1, 1) + timedelta(int(day)), phase, lines


def check_totals(pack: Any, vouchers: list[Any]) -> None:
    """What the texts come to is what the pack says of the period."""
    totals: dict[str, list[int]] = {}
    for voucher in vouchers:
        if "text" in voucher:
            day, phase, lines = read(voucher["text"])
            inside = pack["first"] <= day.isoformat() <= pack["last"] and phase == "posted"
            for debit, credit, amount in lines if inside else ():
                totals.setdefault(str(debit), [0, 0])[0] += amount
                totals.setdefault(str(credit), [0, 0])[1] += amount
    demand(totals == pack["totals"], "the vouchers do not come to the totals of the period")


def check_inclusion(block: Any, leaf: Any) -> None:
    algorithm, count = block["algorithm"], block["last"] - block["first"] + 1
    made = path_root(algorithm, leaf_of(leaf, algorithm), leaf["place"], count, leaf["path"])
    demand(made.hex() == block["root"], f"block {block['block']}: the text is not in it")


def check_pack(folder: Any, kept: list[Any]) -> int:
    def rows(name: str) -> list[Any]:
        return [json.loads(line) for line in (folder / name).read_text("utf-8").split("\n") if line]

    (pack,), blocks, acts = rows("pack.json"), rows("blocks.jsonl"), rows("act_blocks.jsonl")
    vouchers, batches = rows("vouchers.jsonl"), rows("batches.jsonl")
    check_chain(blocks, True)
    check_chain(acts, True)
    check_heads(blocks + acts, pack["heads"])
    after = hashed("sha256", f"gongji book 1,{pack['book']}".encode()).hex()
    inside: dict[int, tuple[list[Any], list[Any]]] = {}
    for place, lines in enumerate((vouchers, batches)):
        for line in lines:
            inside.setdefault(line["block"], ([], []))[place].append(line)
    for block in blocks:
        if block["block"] in inside:
            check_vouchers(block, *inside[block["block"]], after)
        after = block["chain"]
    for act in rows("acts.jsonl"):
        check_inclusion(acts[act["block"] - 1], act)
    check_totals(pack, vouchers)
    shown = sum("text" in each for each in vouchers)
    print(f"{pack['name']} {pack['period']}: {shown} vouchers of {len(vouchers)} in {len(blocks)} blocks: sound 无误")
    return check_heads(blocks + acts, kept)


def check_proof(proof: Any, kept: list[Any]) -> int:
    blocks = proof["blocks"]
    check_chain(blocks, False)
    check_inclusion(blocks[0], proof)
    print(f"{proof['name']} {proof['event']}: in block {blocks[0]['block']}: sound 无误\n{proof['text']}")
    return check_heads(blocks, [head for head in kept if head["block"] >= blocks[0]["block"]])


def main(words: list[str]) -> int:
    kept: list[Any] = []
    if "--heads" in words:
        at = words.index("--heads")
        kept = json.loads(Path(words[at + 1]).read_text("utf-8"))["heads"]
        words = words[:at] + words[at + 2 :]
    what = Path(words[0]) if words else Path(__file__).resolve().parent
    try:
        if what.suffix == ".json":
            compared = check_proof(json.loads(what.read_text("utf-8")), kept)
        else:
            compared = check_pack(zipfile.Path(str(what)) if what.suffix == ".zip" else what, kept)
    except (Wrong, KeyError, IndexError, ValueError) as error:
        print(f"NOT SOUND 有误: {error if isinstance(error, Wrong) else repr(error)}")
        return 1
    if kept:
        print(f"{compared} kept heads are of these blocks and agree 与留存区块头一致：{compared}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
