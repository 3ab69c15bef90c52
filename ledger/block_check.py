"""Blocks, of a book or of the acts: each is what it says, follows the one before it, and has the root of its leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.canonical import Block, block_hash, hasher
from ledger.findings import Finding
from ledger.merkle import SIZE, root


def chained(name: str, blocks: Sequence[Block]) -> Iterator[Finding]:
    number, last, hash_before = 0, 0, b""
    for block in blocks:
        if (block.block_no, block.first_no) != (number + 1, last + 1):
            yield Finding("block_missing", name, number + 1, last + 1)
        elif block.previous != hash_before:
            yield Finding("block_chain", name, block.block_no, expected=block.previous.hex(), got=hash_before.hex())
        if block_hash(block) != block.hash:
            yield Finding("block_changed", name, block.block_no, expected=block.hash.hex(), got=block_hash(block).hex())
        number, last, hash_before = block.block_no, block.last_no, block.hash


class Roots:
    """Makes the roots again from leaves that come in the order of their numbers."""

    def __init__(self, name: str, blocks: Sequence[Block]) -> None:
        self.name, self.blocks = name, blocks
        self.at, self.leaves = 0, bytearray()

    def block_of(self, no: int) -> Block | None:
        """The block a number is in. Numbers only rise."""
        while self.at < len(self.blocks) and self.blocks[self.at].last_no < no:
            self.at += 1
            self.leaves.clear()
        block = self.blocks[self.at] if self.at < len(self.blocks) else None
        return block if block and block.first_no <= no else None

    def add(self, block: Block, no: int, leaf: bytes) -> Iterator[Finding]:
        """The next leaf of a block. One that lacks a leaf is not looked at: what is missing was found already."""
        self.leaves += leaf
        if no == block.last_no and len(self.leaves) == SIZE * (block.last_no - block.first_no + 1):
            made = root(bytes(self.leaves), hasher(block.algorithm))
            if made != block.root:
                yield Finding("root", self.name, block.block_no, expected=block.root.hex(), got=made.hex())
