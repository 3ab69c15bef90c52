"""Posting: items in, one outcome each out. One path for one item and for a hundred thousand."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from ledger.accounts import Numbers, resolve
from ledger.batch import Item
from ledger.failpoints import reached
from ledger.faults import NotAllowed, Refusal
from ledger.logs import posted
from ledger.shape import check
from ledger.staging import Rows, accounts_of, originals_of, rows_of

if TYPE_CHECKING:
    from psycopg import Connection

CREATED, SAME, CONFLICT, CLOSED, NOT_POSTED = "created", "same", "conflict", "period_closed", "not_posted"


def post(
    conn: Connection[Any], items: Sequence[Item], actor: str, *, together: bool = True, known: Numbers | None = None
) -> list[str]:
    """Post items in the open transaction of `conn`; one outcome per item, in order.

    together: all or none. Otherwise each item on its own, those of one link standing or falling together, and a refusal
    that will not change is kept under its key. What is reversed or resolved must have been posted by an earlier call.
    known: the numbers of all accounts these items name, where a Desk has them, and has laid the stage.

    Outcomes: created; same (a re-send); conflict:FIELD (the key holds other contents); period_closed; limit:ROLE;
    not_posted (it could have been, another could not); linked (it fell with its link); not_found (what is to be reversed
    or resolved); already_reversed, already_resolved, is_reversal, is_reserved, is_void, not_reserved, exceeds_reserved,
    not_expired. Raises Refused where an item is malformed, before anything is sent.
    """
    from psycopg.errors import NumericValueOutOfRange

    if not items:
        return []
    begun = time.perf_counter()
    check(items)
    numbers = resolve(conn, accounts_of(items)) if known is None else known
    originals = originals_of(conn, items)

    def rows(first: int, last: int) -> Rows:
        return rows_of(items[first:last], numbers, originals, actor, first)

    if known is None:
        conn.execute("SELECT ledger.stage()")
    outcomes = [CREATED] * len(items)
    try:
        in_pieces = together and len(items) > 2 * PIECE and not any(item.link for item in items)
        if not (in_pieces and _all_created(conn, (rows(at, at + PIECE) for at in range(0, len(items), PIECE)))):
            for number, outcome in _book(conn, rows(0, len(items)), together):
                outcomes[number] = outcome
    except NumericValueOutOfRange as error:
        what = "an account would hold more than a counter can"
        raise NotAllowed(Refusal("books", what, "totals below 92 quadrillion of the currency")) from error
    posted(outcomes, begun)
    return outcomes


PIECE = 10_000
"""Items sent at a time: while the database books them, the next are made ready. Memory does not grow with the call."""


def _all_created(conn: Connection[Any], pieces: Iterable[Rows]) -> bool:
    """Book piece by piece. Where an item is not created nothing is, and who is at fault is to be asked of the whole."""
    from psycopg import Rollback

    refused: Future[list[tuple[int, str]]] | None = None
    with conn.transaction(), ThreadPoolExecutor(1, "gongji-post") as sender:  # the sender ends before the transaction
        for piece in pieces:
            if refused is not None and refused.result():
                raise Rollback
            refused = sender.submit(_book, conn, piece, together=True)
        if refused is None or refused.result():
            raise Rollback
        return True
    return False


def _book(conn: Connection[Any], rows: Rows, together: bool) -> list[tuple[int, str]]:
    """What was not created, with its outcome. The stage is empty before and after."""
    rows.send(conn)
    reached("staged")
    refused = conn.execute("SELECT unit, outcome FROM ledger.post(%s)", (together,)).fetchall()
    reached("posted")
    return refused
