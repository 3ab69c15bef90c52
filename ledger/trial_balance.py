"""The trial balance: every account of every book over some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ledger.faults import NotFound, Refusal

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account. Amounts in minor units, debits less credits: `closing` is `opening` + `debits` - `credits`."""

    book: str
    role: str
    counterparty: str
    kind: str
    currency: str
    opening: int
    debits: int
    credits: int

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits


def trial_balance(conn: Connection[Any], first: date, last: date, book: str | None = None) -> list[TrialRow]:
    """Every account with an entry up to `last`: what it stood at before `first`, and what moved in between.

    Two readings as of a day, the evening before and the last evening: at the ends of closed periods they are snapshots.
    Raises NotFound for a book that does not exist.
    """
    from sqlalchemy import func
    from sqlalchemy.orm import aliased
    from sqlmodel import col, select

    from ledger.tables import Account, Book, reading

    with reading(conn) as session:
        number = None
        if book is not None:
            number = session.exec(select(Book.book_id).where(Book.name == book)).first()
            if number is None:
                raise NotFound(Refusal("report", f"there is no book {book!r}", "the name of a party", book))
        before, after, other = (
            _as_of(max(first, _FIRST) - timedelta(days=1), number),
            _as_of(last, number),
            aliased(Book),
        )
        opening_debits, opening_credits = func.coalesce(before.c.debits, 0), func.coalesce(before.c.credits, 0)
        query = (
            select(  # type: ignore[call-overload]  # sqlmodel types four columns at most
                Book.name,
                Account.role,
                other.name,
                Account.kind,
                Account.currency,
                opening_debits - opening_credits,
                after.c.debits - opening_debits,
                after.c.credits - opening_credits,
            )
            .select_from(after)
            .join(Account, (col(Account.book_id) == after.c.book_id) & (col(Account.account_id) == after.c.account_id))
            .join(Book, col(Book.book_id) == col(Account.book_id))
            .outerjoin(before, before.c.account_id == after.c.account_id)
            .outerjoin(other, col(other.book_id) == col(Account.counterparty_book_id))
            .where(after.c.debits + after.c.credits > 0)
            .order_by(col(Book.name), col(Account.currency), col(Account.kind), col(Account.role), col(other.name))
        )
        return [
            TrialRow(name, role, counterparty or "", kind, currency, int(opening), int(debits), int(credits))
            for name, role, counterparty, kind, currency, opening, debits, credits in session.exec(query).all()
        ]


_FIRST = date(1, 1, 2)


def _as_of(day: date, book: int | None) -> Any:
    """What accounts stood at in the evening of a day, as a table of a query."""
    from sqlalchemy import ARRAY, Date, Integer, Text, cast, func

    nobody: list[Any] = []
    words, numbers = cast(nobody, ARRAY(Text)), cast(nobody, ARRAY(Integer))
    read = func.ledger.accounts_as_of(cast(day, Date), cast(book, Integer), words, numbers)
    return read.table_valued("book_id", "account_id", "debits", "credits").alias(f"at_{day:%Y%m%d}")
