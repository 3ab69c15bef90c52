"""A connection at which posting goes on: call after call, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.accounts import Numbers, resolve
from ledger.batch import Item
from ledger.posting import post
from ledger.staging import accounts_of
from ledger.transaction import transact

if TYPE_CHECKING:
    from psycopg import Connection


class Desk:
    """Remembers what every call would ask again: the numbers of accounts, and that the stage is laid.

    conn: in autocommit, and nobody else's.
    """

    def __init__(self, conn: Connection[Any], actor: str) -> None:
        self._conn, self._actor = conn, actor
        self._known = Numbers({}, {})
        conn.execute("SELECT ledger.stage()")

    def post(self, items: Sequence[Item], *, together: bool = True) -> list[str]:
        """As ledger.posting.post, and kept when it returns. Raises Refused, with nothing kept."""
        new = accounts_of(items) - self._known.accounts.keys()
        if new:  # opened and kept before anything is posted to them: what is remembered must be there
            self._known.learn(transact(self._conn, lambda: resolve(self._conn, new)))
        return transact(self._conn, lambda: post(self._conn, items, self._actor, together=together, known=self._known))
