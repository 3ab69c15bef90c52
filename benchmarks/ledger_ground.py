"""A ledger and a bare table in one database: what the ledger's benchmarks do to them, and the seconds it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.ledger_load import ACTOR, Journal, opening, postings
from ledger.batch import Unit
from ledger.copying import copy_rows
from ledger.database import Database
from ledger.desk import Desk
from ledger.periods import Period
from ledger.posting import CREATED
from ledger.sealing import seal

if TYPE_CHECKING:
    from psycopg import Connection

BARE = "CREATE TABLE bare (journal integer, line smallint, account integer, amount bigint, effective_on date)"
SIZE = """
SELECT sum(pg_total_relation_size(name)) FROM unnest(ARRAY[
  'ledger.journal', 'ledger.batch', 'ledger.refusal']::regclass[]) name"""
WRONG = """
WITH moved AS (SELECT account_id, debits, credits FROM ledger.moved(NULL, '-infinity', 'infinity'))
SELECT count(*) FILTER (WHERE (coalesce(m.debits, 0), coalesce(m.credits, 0)) IS DISTINCT FROM (b.debits, b.credits)),
  sum(b.debits - b.credits)
FROM ledger.balance b FULL JOIN moved m USING (account_id)"""


class Ground(NamedTuple):
    """A ledger whose accounts are open, and beside it a table with neither key nor index."""

    url: str
    conn: Connection[Any]
    desk: Desk

    def copied(self, made: Sequence[Journal]) -> float:
        """Seconds of a COPY of these postings into the bare table, and its commit."""
        text = postings(made)
        return seconds(lambda: copy_rows(self.conn, "public.bare", (text,)))

    def posted(self, ready: Sequence[Unit]) -> float:
        """Seconds of one call of `Desk.post`, its commit included."""
        since = perf_counter()
        outcomes = self.desk.post(ready)
        took = perf_counter() - since
        assert outcomes == [CREATED] * len(ready)
        return took

    def sealed(self) -> float:
        """Seconds of sealing what is not sealed yet."""
        return seconds(lambda: seal(self.conn, ACTOR))

    def checked(self) -> float:
        """Seconds of holding every counter against the sum of its rows, and the sum of all counters against zero."""
        since = perf_counter()
        found = self.conn.execute(WRONG).fetchone()
        took = perf_counter() - since
        assert found == (0, 0)
        return took

    def closed(self, period: Period) -> None:
        """Close the books through this period."""
        self.conn.execute("SELECT ledger.close(%s, %s, %s)", (period.number, period.last, ACTOR))

    def size(self) -> int:
        """Bytes of what posting fills, with all indexes."""
        (found,) = self.conn.execute(SIZE).fetchone() or (0,)
        return int(found)

    def settled(self) -> None:
        """Do what autovacuum would do by itself before long."""
        self.conn.execute("VACUUM (ANALYZE)")


@contextmanager
def ground_of(url: str) -> Iterator[Ground]:
    """Both of them, where they are."""
    with closing(Database(url).connect()) as conn:
        conn.autocommit = True
        yield Ground(url, conn, Desk(conn, ACTOR))


@contextmanager
def opened_in(url: str) -> Iterator[Ground]:
    """Both of them, made in an empty database."""
    with ground_of(url) as ground:
        ground.conn.execute(BARE)
        ground.posted(opening())
        ground.sealed()
        ground.settled()
        yield ground


def seconds(what: Callable[[], object]) -> float:
    since = perf_counter()
    what()
    return perf_counter() - since
