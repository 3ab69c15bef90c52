"""One transaction, tried again where two callers met: a lost race is never turned into a business answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.failpoints import reached

if TYPE_CHECKING:
    from psycopg import Connection

TRIES = 12
Result = TypeVar("Result")


def transact(conn: Connection[Any], work: Callable[[], Result]) -> Result:
    """Run `work` in one transaction of `conn`; all or nothing."""

    def whole() -> Result:
        with conn.transaction():
            result = work()
            reached("before-commit")
        return result

    return until_settled(whole)


def until_settled(work: Callable[[], Result]) -> Result:
    """Run `work`, which is one transaction or one statement that is its own.

    A deadlock, a serialisation failure or a unique key that another caller wrote at the same moment is tried again
    from the start: the second look finds the winner's rows.
    """
    import psycopg.errors

    lost = (
        psycopg.errors.DeadlockDetected,
        psycopg.errors.SerializationFailure,
        psycopg.errors.UniqueViolation,
    )
    for attempt in range(1, TRIES + 1):
        try:
            result = work()
            reached("after-commit")
            return result
        except lost:
            if attempt == TRIES:
                raise
            time.sleep(random.uniform(0, 0.1) * attempt)  # noqa: S311 - spreads callers apart, guards nothing
    raise AssertionError("unreachable")
