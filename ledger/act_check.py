"""The acts: their chain of blocks, and what they say of accounts, limits and closed periods against what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.block_check import Roots, chained
from ledger.canonical import ACTS, Act, act_text, leaf_of
from ledger.evidence import acts, blocks
from ledger.findings import Finding, Seen
from ledger.merkle import SIZE

if TYPE_CHECKING:
    from psycopg import Connection

NAME = "acts"
FIELDS = ("role", "kind", "counterparty", "currency", "credit_floor", "debit_floor")


def check_acts(conn: Connection[Any], seen: Seen) -> list[Finding]:
    (last,) = conn.execute("SELECT max(last_act) FROM ledger.act_head").fetchone() or (0,)
    known = acts(conn)
    seen.acts = len(known)
    return [*_sealed(conn, known), *_numbered(known, last or 0), *_meant(conn, known)]


def _sealed(conn: Connection[Any], known: list[Act]) -> Iterator[Finding]:
    """Each act gives the leaf its block keeps, and the leaves give the root."""
    sealed = blocks(conn, ACTS)
    yield from chained(NAME, sealed)
    by_number, roots = {act.act_no: act for act in known}, Roots(NAME, sealed)
    for block in sealed:
        for place, no in enumerate(range(block.first_no, block.last_no + 1)):
            kept = (block.leaves or b"")[place * SIZE : (place + 1) * SIZE]
            act = by_number.get(no)
            if act is None:
                yield Finding("act_missing", NAME, block.block_no, no)
            elif leaf_of(act_text(act), block.algorithm) != kept:
                made = leaf_of(act_text(act), block.algorithm).hex()
                yield Finding("act_changed", NAME, block.block_no, no, where=act.kind, expected=kept.hex(), got=made)
            yield from roots.add(block, no, kept)


def _numbered(known: list[Act], last: int) -> Iterator[Finding]:
    """Each once, without gaps, up to the head."""
    numbers = [act.act_no for act in known]
    for place, no in enumerate(numbers, 1):
        if no != place:
            yield Finding("acts_gap", NAME, None, min(no, place), expected=f"{last}", got=f"{len(numbers)}")
            return
    if len(numbers) != last:
        yield Finding("acts_gap", NAME, None, min(len(numbers), last) + 1, expected=f"{last}", got=f"{len(numbers)}")


def _meant(conn: Connection[Any], known: list[Act]) -> Iterator[Finding]:
    """What an account is for was written down when it was first sealed; limits change and periods close by acts alone."""
    told: dict[int, tuple[str, list[Any]]] = {}
    days: list[str] = []
    for act in known:
        try:
            _take(act, told, days)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Finding("act_unreadable", NAME, None, act.act_no, where=act.kind, got=f"{error!r}")
    found = {number: (book, list(row)) for number, book, *row in conn.execute(_ACCOUNTS)}
    for number, (book, said) in told.items():
        there, now = found.get(number, ("", [None] * len(FIELDS)))
        for field, was, got in zip(("book", *FIELDS), (book, *said), (there, *now), strict=False):
            if was != got:
                yield Finding("account_changed", book, where=f"{number} {field}", expected=f"{was}", got=f"{got}")
    (through,) = conn.execute("SELECT closed_through::text FROM ledger.calendar").fetchone() or (None,)
    if days and max(days) != through:
        yield Finding("calendar_changed", NAME, expected=max(days), got=f"{through}")


def _take(act: Act, told: dict[int, tuple[str, list[Any]]], days: list[str]) -> None:
    """What an act says: of an account its name and its limits, of a period its last day."""
    if act.kind == "accounts.opened":
        told |= {number: (act.subject, said) for number, *said in json.loads(act.contents)["accounts"]}
    elif act.kind == "limit":
        said = json.loads(act.contents)
        if said["account"] in told:
            told[said["account"]][1][4:] = said["credit_floor"], said["debit_floor"]
    elif act.kind == "period.closed":
        days.append(date.fromisoformat(json.loads(act.contents)["through"]).isoformat())


_ACCOUNTS = """
SELECT a.account_id, b.name, a.role, a.kind, o.name, a.currency, n.credit_floor, n.debit_floor
FROM ledger.account a JOIN ledger.book b USING (book_id) LEFT JOIN ledger.balance n USING (book_id, account_id)
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id"""
