"""The same journals through plain SQLModel, `session.add` for each posting: `python -m benchmarks.peers.with_sqlmodel URL prepare`.

`... URL post FIRST COUNT BATCH` prints the seconds of each batch as JSON. Every posting changes its account's balance, as the
tutorials have it; a commit for each batch. Making the rows is in the figure: it is what `session.add` is called with.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, create_engine

from benchmarks.ledger_load import ACCOUNTS, Journal, journals


class Account(SQLModel, table=True):
    """An account and what it holds."""

    id: int = Field(primary_key=True)
    balance: int = 0


class Posting(SQLModel, table=True):
    """One side of a transfer; a debit is below zero."""

    id: int | None = Field(default=None, primary_key=True)
    journal: int
    account_id: int = Field(foreign_key="account.id", index=True)
    amount: int
    on: date


def main() -> None:
    url, what, *numbers = sys.argv[1:]
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    if what == "prepare":
        prepare(engine)
    else:
        first, count, batch = map(int, numbers)
        print(json.dumps([post(engine, journals(number, batch)) for number in range(first, first + count, batch)]))


def prepare(engine: Engine) -> None:
    """Two tables, and one account for each of ours."""
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Account(id=number) for number in range(ACCOUNTS))
        session.commit()


def post(engine: Engine, made: Sequence[Journal]) -> float:
    """Seconds of one batch and its commit."""
    with Session(engine) as session:
        session.connection()
        since = perf_counter()
        for journal in made:
            for debit, credit, amount in journal.transfers:
                _add(session, journal, debit, -amount)
                _add(session, journal, credit, amount)
        session.commit()
        return perf_counter() - since


def _add(session: Session, journal: Journal, number: int, amount: int) -> None:
    account: Any = session.get(Account, number)
    account.balance += amount
    session.add(Posting(journal=journal.number, account_id=number, amount=amount, on=journal.on))


if __name__ == "__main__":
    main()
