"""The ledger's rows as SQLModel classes: for queries that read. The SQL files in schema/ are the source of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Enum, Integer, SmallInteger, Text, Uuid, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session, SQLModel

if TYPE_CHECKING:
    from psycopg import Connection


PHASE: Any = Enum("posted", "reserved", "voided", "expired", name="phase", schema="ledger")


class Book(SQLModel, table=True):
    """One party's ledger."""

    __tablename__: ClassVar[Any] = "book"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    book_id: int = Field(primary_key=True)
    name: str


class Account(SQLModel, table=True):
    """What an account is for: its role, and the other book where it stands between two parties."""

    __tablename__: ClassVar[Any] = "account"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    book_id: int = Field(primary_key=True)
    account_id: int = Field(primary_key=True)
    role: str
    kind: str
    counterparty_book_id: int | None
    currency: str


class Balance(SQLModel, table=True):
    """The counters of an account, and its limits."""

    __tablename__: ClassVar[Any] = "balance"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    book_id: int = Field(primary_key=True)
    account_id: int = Field(primary_key=True)
    currency: str
    debits: int = Field(sa_type=BigInteger)
    credits: int = Field(sa_type=BigInteger)
    credit_floor: int | None = Field(sa_type=BigInteger)
    debit_floor: int | None = Field(sa_type=BigInteger)
    debits_pending: int = Field(sa_type=BigInteger)
    credits_pending: int = Field(sa_type=BigInteger)


class Journal(SQLModel, table=True):
    """One business event in one book."""

    __tablename__: ClassVar[Any] = "journal"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    book_id: int = Field(primary_key=True)
    journal_no: int = Field(primary_key=True)
    part: int = Field(sa_type=SmallInteger)
    effective_on: date
    phase: str = Field(sa_type=PHASE)
    relates_to_on: date | None
    expires_on: date | None
    reverses_no: int | None
    resolves_no: int | None
    event_id: str
    kind: str
    actor: str
    debit: list[int] = Field(sa_type=ARRAY(Integer))
    credit: list[int] = Field(sa_type=ARRAY(Integer))
    amount: list[int] = Field(sa_type=ARRAY(BigInteger))
    rule: list[str] = Field(sa_type=ARRAY(Text))
    debt: list[UUID] | None = Field(sa_type=ARRAY(Uuid))


class Transfer(SQLModel, table=True):
    """One line of a journal, of a view: debit account, credit account, one amount."""

    __tablename__: ClassVar[Any] = "transfer"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    book_id: int = Field(primary_key=True)
    journal_no: int = Field(primary_key=True)
    line: int = Field(primary_key=True, sa_type=SmallInteger)
    debit_account_id: int
    credit_account_id: int
    amount: int = Field(sa_type=BigInteger)
    effective_on: date
    pending: bool
    rule: str
    obligation_id: UUID | None


class Obligation(SQLModel, table=True):
    """One book owes another; both cite it."""

    __tablename__: ClassVar[Any] = "obligation"
    __table_args__: ClassVar[Any] = {"schema": "ledger"}

    obligation_id: UUID = Field(primary_key=True)
    event_id: str
    debtor_book_id: int
    creditor_book_id: int
    currency: str
    amount: int = Field(sa_type=BigInteger)
    due_on: date


@contextmanager
def reading(conn: Connection[Any]) -> Iterator[Session]:
    """A session that reads through a connection somebody else owns."""
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: conn, poolclass=StaticPool, pool_reset_on_return=None
    )
    with Session(engine) as session:
        yield session
    # The connection goes back to its owner: the engine is dropped without closing it.
