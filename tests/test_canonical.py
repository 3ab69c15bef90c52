"""Canonical texts and hashes: pinned for ever, the same from Python and from SQL, and never two contents in one text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import live

from ledger import canonical
from ledger.canonical import (
    Act,
    Batch,
    Block,
    Entry,
    Voucher,
    act_text,
    batch_digest,
    block_hash,
    genesis,
    hasher,
    leaf_of,
    voucher_text,
)
from ledger.changes import day
from ledger.database import Connection, Database
from ledger.evidence import batches, written
from ledger.faults import Failed
from ledger.merkle import proof, root

VECTORS = json.loads((Path(__file__).parent / "data" / "seal_vectors.json").read_text("utf-8"))


# Pinned: whoever changes one of these changes what every kept head means.


@pytest.mark.parametrize("vector", VECTORS["vouchers"], ids=lambda vector: vector["says"])
def test_a_voucher(vector: dict[str, Any]) -> None:
    voucher = Voucher(**vector["voucher"])
    text = voucher_text(voucher, [Entry(**entry) for entry in vector["lines"]])
    assert text == vector["text"]
    assert leaf_of(text).hex() == vector["sha256"]
    assert leaf_of(text, "sm3").hex() == vector["sm3"]


@pytest.mark.parametrize("vector", VECTORS["acts"], ids=lambda vector: vector["act"]["kind"])
def test_an_act(vector: dict[str, Any]) -> None:
    text = act_text(Act(**vector["act"]))
    assert (text, leaf_of(text).hex(), leaf_of(text, "sm3").hex()) == (vector["text"], vector["sha256"], vector["sm3"])


def test_batches() -> None:
    digest = genesis(1)
    assert digest.hex() == VECTORS["genesis"]
    leaves = [bytes.fromhex(vector["sha256"]) for vector in VECTORS["vouchers"]]
    for vector in VECTORS["batches"]:
        inside = b"".join(leaves[vector["first"] - 1 : vector["last"]])
        batch = Batch(1, vector["first"], vector["last"], vector["recorded"], inside, digest, b"")
        digest = batch_digest(batch)
        assert (batch.previous.hex(), digest.hex()) == (vector["previous"], vector["digest"])


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_block(algorithm: str) -> None:
    vector = VECTORS["blocks"][algorithm]
    leaves = b"".join(bytes.fromhex(each[algorithm]) for each in VECTORS["vouchers"])
    made = root(leaves, hasher(algorithm))
    chain = bytes.fromhex(VECTORS["batches"][-1]["digest"])
    block = Block(1, 1, 1, len(VECTORS["vouchers"]), algorithm, made, chain, b"", b"", vector["sealed"], None)
    second = block._replace(block_no=2, first_no=4, last_no=4, previous=block_hash(block))
    assert made.hex() == vector["root"]
    assert block_hash(block).hex() == vector["hash"]
    assert block_hash(second).hex() == vector["second"]
    assert [node.hex() for node in proof(leaves, 1, hasher(algorithm))] == vector["path_of_2"]


# Rows.


@pytest.fixture
def conn(every_database: Database) -> Iterator[Connection]:
    with closing(every_database.connect()) as connection:
        connection.autocommit = True
        yield connection


def test_python_and_sql_say_the_same_of_every_row(conn: Connection) -> None:
    live(conn)
    for book in (1, 2):
        told = dict(conn.execute("SELECT * FROM ledger.canonical(%s, 1, 1000)", (book,)).fetchall())
        made = {
            each.no: voucher_text(each.voucher, each.entries)
            for each in written(conn, book, 1, len(told))
            if each.voucher
        }
        with conn.transaction():
            kept = b"".join(batch.leaves for batch in batches(conn, book))
        assert made == told
        assert b"".join(leaf_of(text) for text in made.values()) == kept


# No two contents give one text.

quick = settings(deadline=None, derandomize=True)
nasty = st.text(st.sampled_from("19:,;\n\t \\'\"{}é人,：，\0"[:-1]), max_size=8)
days = st.none() | st.integers(-40_000, 40_000)
number = st.integers(1, 2**31 - 1)
vouchers = st.builds(
    Voucher, number, number, number, st.integers(-40_000, 40_000), st.sampled_from(["posted", "reserved", "voided"]),
    days, days, st.none() | number, st.none() | number, nasty, nasty, nasty,
)  # fmt: skip
rules = st.text(st.sampled_from("L1:.人 "), max_size=4)  # no , and no ;, which the table refuses
debts = st.none() | st.builds(
    lambda a, b: f"00000000-0000-0000-0000-00000000000{a} 1 2 CNY {b}", st.integers(1, 9), number
)
entries = st.lists(st.builds(Entry, number, number, number, rules, debts), max_size=3)


@quick
@given(vouchers, entries, vouchers, entries)
def test_vouchers_that_differ_have_texts_that_differ(a: Voucher, x: list[Entry], b: Voucher, y: list[Entry]) -> None:
    assert (voucher_text(a, x) == voucher_text(b, y)) == ((a, x) == (b, y))


@quick
@given(vouchers, st.data())
def test_a_boundary_between_words_cannot_be_moved(voucher: Voucher, data: st.DataObject) -> None:
    """The same characters, cut into event, kind and actor at other places."""
    joined = voucher.event_id + voucher.kind + voucher.actor
    first, second = sorted(data.draw(st.tuples(*[st.integers(0, len(joined))] * 2)))
    other = voucher._replace(event_id=joined[:first], kind=joined[first:second], actor=joined[second:])
    assert (voucher_text(voucher, []) == voucher_text(other, [])) == (voucher == other)


@quick
@given(*[st.builds(Act, number, number, nasty, nasty, nasty, nasty, nasty, st.none() | nasty)] * 2)
def test_acts_that_differ_have_texts_that_differ(a: Act, b: Act) -> None:
    assert (act_text(a) == act_text(b)) == (a == b)


def test_one_that_nobody_approved_is_not_one_that_nobody_named_approved() -> None:
    act = Act(1, 1, "limit", "a", "{}", "me", "me", None)
    assert act_text(act) != act_text(act._replace(approved_by=""))


def test_days_count_from_2000() -> None:
    assert (day(0), day(-1), day(None)) == ("2000-01-01", "1999-12-31", "")
    assert date(2000, 1, 1).toordinal() == canonical.EPOCH


def test_a_hash_that_this_python_does_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str, data: bytes = b"") -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", unknown)
    with pytest.raises(
        Failed,
        match="this Python cannot compute it; expected sha256 or sm3; got sm3; use a Python whose OpenSSL has it",
    ):
        hasher("sm3")


def test_the_manual_shows_what_is_pinned() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "audit.md").read_text("utf-8")
    first, _, _, last = VECTORS["vouchers"]
    act = VECTORS["acts"][1]
    for shown in (
        f"{first['text']}\n  sha256  {first['sha256']}\n  sm3     {first['sm3']}\n",
        f"{last['text']}\n  sha256  {last['sha256']}\n",
        f"{act['text']}\n  sha256  {act['sha256']}\n",
        f"first batch of book 1                {VECTORS['genesis']}\n",
        f"batch of vouchers 1 and 2            {VECTORS['batches'][0]['digest']}\n",
        *(f"block 1, vouchers 1 to 4, {name:<11}{VECTORS['blocks'][name]['hash']}\n" for name in ("sha256", "sm3")),
    ):
        assert shown in manual
