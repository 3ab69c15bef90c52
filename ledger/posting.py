"""Posting: items in, one outcome each out. One path for one item and for a hundred thousand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

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
    known: the numbers of all accounts these items name, where somebody has them.

    Outcomes: created; same (a re-send); conflict:FIELD (the key holds other contents); period_closed; limit:ROLE;
    not_posted (it could have been, another could not); linked (it fell with its link); not_found (what is to be reversed
    or resolved); already_reversed, already_resolved, is_reversal, is_reserved, is_void, not_reserved, exceeds_reserved,
    not_expired. Raises Refused where an item is malformed, before anything is sent.
    """
    if not items:
        return []
    begun = time.perf_counter()
    call = called(conn, items, actor, together=together, known=known)
    outcomes = call.made(conn)
    posted(outcomes, begun)
    return outcomes


class Call(NamedTuple):
    """Items that are ready to be sent, and how they stand or fall."""

    rows: Rows
    few: tuple[str, str] | None
    items: int
    together: bool

    def made(self, conn: Connection[Any]) -> list[str]:
        """Send them: a statement where they are few, and else several of one transaction."""
        from psycopg.errors import NumericValueOutOfRange

        outcomes = [CREATED] * self.items
        if self.few is None:
            conn.execute("SELECT ledger.stage()")
            self.rows.copy(conn)
        reached("staged")
        try:
            if self.few is None:
                answers = conn.execute("SELECT unit, outcome FROM ledger.post(%s)", (self.together,))
            else:
                answers = conn.execute("SELECT unit, outcome FROM ledger.post(%s, %s, %s)", (self.together, *self.few))
        except NumericValueOutOfRange as error:
            what = "an account would hold more than a counter can"
            raise NotAllowed(Refusal("books", what, "totals below 92 quadrillion of the currency")) from error
        for number, outcome in answers.fetchall():
            outcomes[number] = outcome
        reached("posted")
        return outcomes


def called(
    conn: Connection[Any], items: Sequence[Item], actor: str, *, together: bool, known: Numbers | None = None
) -> Call:
    """What is to be sent, once what must be known is read. Raises Refused where an item is malformed."""
    check(items)
    numbers = resolve(conn, accounts_of(items)) if known is None else known
    rows = rows_of(items, numbers, originals_of(conn, items), actor)
    return Call(rows, rows.few(), len(items), together)
