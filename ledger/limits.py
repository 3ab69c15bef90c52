"""Limits of accounts: what a balance may not pass. They stand on the row of the counters, so they hold for whoever posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ledger.balances import account
from ledger.batch import AccountKey

if TYPE_CHECKING:
    from psycopg import Connection


def set_limit(
    conn: Connection[Any],
    key: AccountKey,
    credit_floor: int | None,
    debit_floor: int | None,
    because: str,
    actor: str,
) -> Literal["set", "below_used", "approval_needed"]:
    """Change the limits of an account, in the open transaction of `conn`: minor units, None is no limit.

    credit_floor: credits less debits and less what is reserved may not fall below it; debit_floor: the other way. A ceiling
    on one side is minus a floor on the other. below_used: what is posted or reserved is beyond it; approval_needed: another
    person must agree first; nothing is changed then. Raises NotFound.
    """
    book, number = account(conn, key)
    row = conn.execute(
        "SELECT ledger.set_limit(%s, %s, %s, %s, %s, %s)", (book, number, credit_floor, debit_floor, because, actor)
    ).fetchone()
    outcome: Literal["set", "below_used", "approval_needed"] = row[0] if row else "below_used"
    return outcome
