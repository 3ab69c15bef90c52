"""The trial balance: every account of every book over some days, and the codes a chart gives to the roles."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger.faults import NotFound, Refusal
from ledger.files import schema_dir

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

    Raises NotFound for a book that does not exist.
    """
    from sqlalchemy import case, func
    from sqlalchemy.orm import aliased
    from sqlmodel import col, select, union_all

    from ledger.tables import Account, Book, Transfer, reading

    def side(account: Any, sign: int) -> Any:
        return (
            select(  # type: ignore[call-overload]  # sqlmodel types four columns at most
                col(Transfer.book_id).label("book_id"),
                account.label("account_id"),
                func.sum(case((col(Transfer.effective_on) < first, sign * col(Transfer.amount)), else_=0)).label(
                    "opening"
                ),
                func.sum(
                    case((col(Transfer.effective_on) >= first, col(Transfer.amount) if sign > 0 else 0), else_=0)
                ).label("debits"),
                func.sum(
                    case((col(Transfer.effective_on) >= first, col(Transfer.amount) if sign < 0 else 0), else_=0)
                ).label("credits"),
            )
            .where(col(Transfer.effective_on) <= last)
            .group_by(col(Transfer.book_id), account)
        )

    sides = union_all(side(col(Transfer.debit_account_id), 1), side(col(Transfer.credit_account_id), -1)).subquery()
    other = aliased(Book)
    query = (
        select(  # type: ignore[call-overload]
            Book.name,
            Account.role,
            other.name,
            Account.kind,
            Account.currency,
            func.sum(sides.c.opening),
            func.sum(sides.c.debits),
            func.sum(sides.c.credits),
        )
        .join(Account, (col(Account.book_id) == sides.c.book_id) & (col(Account.account_id) == sides.c.account_id))
        .join(Book, col(Book.book_id) == col(Account.book_id))
        .outerjoin(other, col(other.book_id) == col(Account.counterparty_book_id))
        .group_by(col(Book.name), col(Account.role), col(other.name), col(Account.kind), col(Account.currency))
        .order_by(col(Book.name), col(Account.currency), col(Account.kind), col(Account.role), col(other.name))
    )
    if book is not None:
        query = query.where(col(Book.name) == book)
    with reading(conn) as session:
        found = [
            TrialRow(name, role, counterparty or "", kind, currency, int(opening), int(debits), int(credits))
            for name, role, counterparty, kind, currency, opening, debits, credits in session.exec(query).all()
        ]
        if not found and book is not None and session.exec(select(Book).where(Book.name == book)).first() is None:
            raise NotFound(Refusal("report", f"there is no book {book!r}", "the name of a party", book))
    return found


def charts() -> list[str]:
    """The charts of accounts that come with the program."""
    return sorted(path.stem for path in (schema_dir() / "charts").glob("*.csv"))


@cache
def codes(chart: str) -> Mapping[str, str]:
    """Role to account code under a chart; a role the chart does not know has no code. Raises NotFound."""
    path = schema_dir() / "charts" / f"{chart}.csv"
    if chart not in charts():
        raise NotFound(Refusal("chart", f"there is no chart {chart!r}", " or ".join(charts()), chart))
    with path.open(encoding="utf-8", newline="") as file:
        return {row["role"]: row["code"] for row in csv.DictReader(file)}
