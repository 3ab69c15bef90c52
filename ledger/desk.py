"""A connection at which posting goes on: call after call, each a transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.accounts import Numbers, resolve
from ledger.batch import Item
from ledger.logs import posted
from ledger.posting import called
from ledger.staging import accounts_of
from ledger.transaction import transact, until_settled

if TYPE_CHECKING:
    from psycopg import Connection


class Desk:
    """Remembers the numbers of accounts, and sends few items as a single statement that is a transaction of its own.

    conn: in autocommit, and nobody else's.
    """

    def __init__(self, conn: Connection[Any], actor: str) -> None:
        self._conn, self._actor = conn, actor
        self._known = Numbers({}, {})

    def post(self, items: Sequence[Item], *, together: bool = True) -> list[str]:
        """As ledger.posting.post, and kept when it returns. Raises Refused, with nothing kept."""
        if not items:
            return []
        begun = time.perf_counter()
        new = accounts_of(items).difference(self._known.accounts)  # `- keys()` would walk over all that are known
        if new:  # opened and kept before anything is posted to them: what is remembered must be there
            self._known.learn(transact(self._conn, lambda: resolve(self._conn, new)))
        call = called(self._conn, items, self._actor, together=together, known=self._known)
        if call.few is None:
            outcomes = transact(self._conn, lambda: call.made(self._conn))
        else:
            outcomes = until_settled(lambda: call.made(self._conn))
        posted(outcomes, begun)
        return outcomes
