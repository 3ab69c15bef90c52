"""The classes that read are the tables that are: the same columns, types and keys as the migrated database."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel, col, select
from stories import BANK, CAPPED, defaulted, fen, lent, office

import ledger.tables
from ledger.database import Database
from ledger.tables import Account, Balance, Book, Journal, Obligation, Transfer, reading

VIEW = Transfer
MAPPED = [Book, Account, Balance, Journal, Transfer, Obligation]
NOT_FOR_REPORTS = {Account: ["counterparty"]}  # a column that helps an index
ALIKE = {"character varying": "text"}  # without a length they are one type


def type_of(column: Any) -> str:
    name = str(column.type.compile(dialect=postgresql.dialect())).lower()
    return ALIKE.get(name.replace("varchar", "character varying"), name)


def test_every_mapped_class_is_looked_at() -> None:
    tables = {cls for cls in vars(ledger.tables).values() if isinstance(cls, type) and issubclass(cls, SQLModel) and hasattr(cls, "__table__")}  # fmt: skip
    assert tables == set(MAPPED)


@pytest.mark.parametrize("mapped", MAPPED, ids=lambda mapped: mapped.__name__)
def test_the_columns_of_the_database_are_the_fields_of_the_class(database: Database, mapped: Any) -> None:
    table = mapped.__table__
    with database.connect() as conn:
        found = {
            name: (type_name, not_null)
            for name, type_name, not_null in conn.execute(
                "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                (f"{table.schema}.{table.name}",),
            ).fetchall()
        }
        key = conn.execute(
            "SELECT a.attname FROM pg_constraint c CROSS JOIN unnest(c.conkey) WITH ORDINALITY k (number, place)"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number"
            " WHERE c.conrelid = %s::regclass AND c.contype = 'p' ORDER BY k.place",
            (f"{table.schema}.{table.name}",),
        ).fetchall()

    for name in NOT_FOR_REPORTS.get(mapped, ()):
        del found[name]
    if mapped is VIEW:  # it has neither keys nor columns that are not null
        assert {column.name: (type_of(column), False) for column in table.columns} == found
        return
    assert {column.name: (type_of(column), not column.nullable) for column in table.columns} == found
    assert [column.name for column in table.primary_key.columns] == [name for (name,) in key]


def test_a_row_reads_as_it_stands_and_the_connection_stays_its_owners(database: Database) -> None:
    with office(database) as desk:
        desk.adopt(CAPPED)
        desk.record(lent("L-1", CAPPED), defaulted("L-1", "2024-02-01", principal="100.00"))
        with reading(desk.conn) as session:
            query = (
                select(Book.name, Account.role, Balance.debits, Balance.credits)
                .join(
                    Account,
                    (col(Account.book_id) == col(Balance.book_id))
                    & (col(Account.account_id) == col(Balance.account_id)),
                )
                .join(Book, col(Book.book_id) == col(Balance.book_id))
                .where(Account.role == "npl")
            )
            assert session.exec(query).all() == [(BANK, "npl", fen("100.00"), 0)]
        assert not desk.conn.closed
        assert desk.one("SELECT 1") == 1
