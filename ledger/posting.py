"""Posting: items in, one outcome each out. One path for one item and for a hundred thousand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.accounts import Numbers, resolve
from ledger.batch import Item
from ledger.failpoints import reached
from ledger.faults import NotAllowed, Refusal
from ledger.logs import posted
from ledger.shape import check
from ledger.staging import accounts_of, originals_of, rows_of

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

    rows = rows_of(items, numbers, originals, actor)
    if known is None:
        conn.execute("SELECT ledger.stage()")
    rows.send(conn)
    reached("staged")
    outcomes = [CREATED] * len(items)
    try:
        for number, outcome in conn.execute("SELECT unit, outcome FROM ledger.post(%s)", (together,)).fetchall():
            outcomes[number] = outcome
    except NumericValueOutOfRange as error:
        what = "an account would hold more than a counter can"
        raise NotAllowed(Refusal("books", what, "totals below 92 quadrillion of the currency")) from error
    reached("posted")
    posted(outcomes, begun)
    return outcomes
