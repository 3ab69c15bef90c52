"""A small ledger for the tests of the seals: two books, a closed period, a reservation, a reversal, two blocks and a tail."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Reversal, Unit
from ledger.canonical import batch_digest, block_hash, genesis, hasher, leaf_of, voucher_text
from ledger.evidence import batches, blocks, written
from ledger.limits import set_limit
from ledger.merkle import root
from ledger.posting import post
from ledger.sealing import seal
from ledger.transaction import transact

BANK, GUARANTOR = "Example Bank", "示例担保"
MARCH, APRIL = date(2024, 3, 5), date(2024, 4, 9)


def account(book: str, role: str, other: str | None = None) -> AccountKey:
    return book, role, other, "CNY"


def debt_of(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, key)


def claim(key: str, amount: int, on: date) -> Unit:
    """The guarantor owes the bank for a loan in default: two lines at the bank, one at the guarantor, one debt."""
    debt = debt_of(key)
    return Unit(
        key,
        "loan.default_declared",
        on,
        (
            Line(BANK, account(BANK, "npl"), account(BANK, "loan"), amount, "L1"),
            Line(BANK, account(BANK, "due_from", GUARANTOR), account(BANK, "npl"), amount // 2, "L2", debt),
            Line(
                GUARANTOR, account(GUARANTOR, "claim_recv"), account(GUARANTOR, "due_to", BANK), amount // 2, "G1", debt
            ),
        ),
        (Debt(debt, GUARANTOR, BANK, "CNY", amount // 2, on),),
    )


def six_lines(key: str, on: date) -> Unit:
    """Six lines at the bank; the fourth cites a debt, and so does the one at the guarantor."""
    debt = debt_of(key)
    sides = pairwise([account(BANK, role) for role in ("cash", "loan", "npl", "deposits", "cash", "loan", "npl")])
    lines = [
        Line(BANK, debit, credit, 100 * n, f"S{n}", debt if n == 4 else None)
        for n, (debit, credit) in enumerate(sides, 1)
    ]
    theirs = Line(GUARANTOR, account(GUARANTOR, "claim_recv"), account(GUARANTOR, "due_to", BANK), 400, "G1", debt)
    return Unit(key, "loan.default_declared", on, (*lines, theirs), (Debt(debt, GUARANTOR, BANK, "CNY", 400, on),))


def hold(key: str, amount: int, on: date) -> Unit:
    """The bank sets money aside, not moved yet."""
    line = Line(BANK, account(BANK, "loan"), account(BANK, "cash"), amount, "R1")
    return Unit(key, "loan.approved", on, (line,), reserved=True)


def posted(conn: Any, *items: Item) -> list[str]:
    return transact(conn, lambda: post(conn, items, "clerk"))


def close(conn: Any, period: int, last_day: date) -> None:
    conn.execute("SELECT ledger.close(%s, %s, 'closer')", (period, last_day))


def live(conn: Any) -> None:
    """The story: vouchers 1 to 8 of the bank in block 1, 9 to 11 in block 2, 12 not sealed."""
    posted(conn, *(claim(f"D-{n}", 1000 * n, MARCH) for n in range(1, 6)))
    posted(conn, hold("H-1", 900, MARCH), hold("H-2", 400, MARCH))
    posted(conn, Resolution("H-1-paid", "H-1", "post", MARCH, (600,)))
    close(conn, 20241, date(2024, 3, 31))
    seal(conn, "sealer")
    posted(conn, Reversal("D-3-back", "D-3", APRIL))
    posted(conn, claim("D-6", 6000, APRIL), claim("D-7", 7000, APRIL))
    with conn.transaction():
        set_limit(conn, account(BANK, "cash"), None, -1_000_000, "a test", "terms keeper")
    seal(conn, "sealer")
    posted(conn, claim("D-8", 8000, APRIL))


TABLES = [
    "account",
    "act",
    "act_head",
    "balance",
    "batch",
    "block",
    "book",
    "calendar",
    "head",
    "journal",
    "obligation",
    "period",
    "period_balance",
]


def guards_off(conn: Any) -> None:
    """What only an owner or a superuser can do: no trigger, no foreign key, no check stands in the way any more."""
    for table in TABLES:
        conn.execute(f"ALTER TABLE ledger.{table} DISABLE TRIGGER ALL")
    checks = conn.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'ledger'::regnamespace"
    ).fetchall()
    for table, name in checks:
        conn.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def rewrite(conn: Any, book: int, *, and_blocks: bool = True) -> None:
    """What a thorough forger does after a change: every leaf, batch, head and block of the book made anew from the rows."""
    with conn.transaction():
        rows = {each.no: each for each in written(conn, book, 1, 1000) if each.voucher}
        digest = genesis(book)
        for batch in list(batches(conn, book, 1)):
            leaves = b"".join(
                leaf_of(voucher_text(each.voucher, each.entries))
                for no in range(batch.first_no, batch.last_no + 1)
                if (each := rows[no]).voucher
            )
            batch = batch._replace(leaves=leaves, previous=digest)
            digest = batch_digest(batch)
            conn.execute(
                "UPDATE ledger.batch SET leaves = %s, previous = %s, digest = %s WHERE book_id = %s AND last_no = %s",
                (leaves, batch.previous, digest, book, batch.last_no),
            )
        conn.execute("UPDATE ledger.head SET digest = %s WHERE book_id = %s", (digest, book))
        if and_blocks:
            rewrite_blocks(conn, book)


def rewrite_blocks(conn: Any, book: int) -> None:
    with conn.transaction():
        previous = b""
        for block in blocks(conn, book):
            found = list(batches(conn, book, block.first_no, block.last_no))
            leaves = b"".join(batch.leaves for batch in found)
            block = block._replace(
                root=root(leaves, hasher(block.algorithm)), chain=found[-1].digest, previous=previous
            )
            previous = block_hash(block)
            conn.execute(
                "UPDATE ledger.block SET root = %s, chain = %s, previous = %s, hash = %s WHERE book_id = %s AND block_no = %s",
                (block.root, block.chain, block.previous, previous, book, block.block_no),
            )
