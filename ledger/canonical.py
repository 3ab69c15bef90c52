"""The canonical text of a voucher and of an act, and the hashes made of it: one form for one meaning, kept for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeAlias

from ledger.faults import Failed, Refusal

EPOCH = date(2000, 1, 1).toordinal()  # dates are written as days from here
ACTS = 0  # where blocks have the number of their book, the acts have this one


class Digest(Protocol):
    """What a hash function of hashlib gives back."""

    def digest(self) -> bytes: ...


Hash: TypeAlias = Callable[[bytes], Digest]


class Voucher(NamedTuple):
    """What the text says of a row of ledger.journal. What is absent is None."""

    book_id: int
    journal_no: int
    part: int
    effective: int
    phase: str
    relates: int | None
    expires: int | None
    reverses_no: int | None
    resolves_no: int | None
    event_id: str
    kind: str
    actor: str


class Entry(NamedTuple):
    """One line of a voucher.

    `debt`: the obligation it cites, its debtor, creditor and currency, and the day it is due, with a space between.
    """

    debit: int
    credit: int
    amount: int
    rule: str
    debt: str | None


class Act(NamedTuple):
    """A row of ledger.act. Moments are microseconds since 1970, UTC."""

    act_no: int
    recorded: int
    kind: str
    subject: str
    contents: str
    actor: str
    login: str
    approved_by: str | None


class Batch(NamedTuple):
    """A row of ledger.batch: what one posting call wrote in one book."""

    book_id: int
    first_no: int
    last_no: int
    recorded: int
    leaves: bytes
    previous: bytes
    digest: bytes


class Block(NamedTuple):
    """A row of ledger.block. `chain` is the digest of the batch it ends with; the acts have no batches.

    `leaves` are those that no batch keeps: of acts, and by SM3.
    """

    book_id: int
    block_no: int
    first_no: int
    last_no: int
    algorithm: str
    root: bytes
    chain: bytes
    previous: bytes
    hash: bytes
    sealed: int
    leaves: bytes | None


def voucher_text(voucher: Voucher, entries: Sequence[Entry]) -> str:
    """A voucher and its lines as one text; no two contents give the same. What a rule may be called, SQL sees to."""
    book, no, part, day, phase, relates, expires, reverses, resolves, event, kind, actor = voucher
    head = f"J1,{book},{no},{part},{day},{phase},{said(relates)},{said(expires)},{said(reverses)},{said(resolves)}"
    columns = [",".join([str(entry[place]) for entry in entries]) for place in range(4)]
    debts = ",".join([said(entry.debt) for entry in entries]) if any(entry.debt for entry in entries) else ""
    return f"{head},{measured(event)}{measured(kind)}{measured(actor)};{';'.join(columns)};{debts}"


def act_text(act: Act) -> str:
    act_no, recorded, *texts = act
    return f"A1,{act_no},{recorded},{''.join('' if text is None else measured(text) for text in texts)}"


def said(value: Any) -> Any:
    """What is absent is empty."""
    return "" if value is None else value


def measured(text: str) -> str:
    """A text behind its length in bytes, so that nothing in it can be taken for what follows."""
    return f"{len(text.encode())}:{text}"


def leaf_of(text: str, algorithm: str = "sha256") -> bytes:
    return hasher(algorithm)(text.encode()).digest()


def genesis(book_id: int) -> bytes:
    """What the first batch of a book follows."""
    return hashlib.sha256(f"gongji book 1,{book_id}".encode()).digest()


def batch_digest(batch: Batch) -> bytes:
    """What the leaves and the moment of a batch give, chained to the batch before it."""
    head = f"B1,{batch.book_id},{batch.first_no},{batch.last_no},{batch.recorded},".encode()
    return hashlib.sha256(head + batch.previous + hashlib.sha256(batch.leaves).digest()).digest()


def block_hash(block: Block) -> bytes:
    """What everything in a block gives, chained to the block before it."""
    b = block
    head = f"K1,{b.book_id},{b.block_no},{b.first_no},{b.last_no},{b.sealed},{b.algorithm},".encode()
    return hasher(b.algorithm)(head + b.previous + b.chain + b.root).digest()


def hasher(algorithm: str) -> Hash:
    """The hash function of this name. Raises Failed where this Python does not have it."""
    if algorithm == "sha256":
        return hashlib.sha256
    try:
        hashlib.new(algorithm)
    except ValueError as error:
        advice = "use a Python whose OpenSSL has it"
        raise Failed(Refusal("hash", "this Python cannot compute it", "sha256 or sm3", algorithm, advice)) from error
    return partial(hashlib.new, algorithm)
