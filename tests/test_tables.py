"""The SQL files are the source of the tables; the classes that read them say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql import dialect
from sqlmodel import SQLModel

import ledger.tables  # noqa: F401 - declares the classes
from ledger.database import Database

KINDS = {
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "SMALLINT": "smallint",
    "VARCHAR": "text",
    "DATE": "date",
    "UUID": "uuid",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}
NOT_READ = {("account", "counterparty"), ("journal", "xact")}
"""Columns that only the database uses."""


def test_every_class_is_its_table(database: Database) -> None:
    with database.connect() as conn:
        rows = conn.execute(
            "SELECT table_name, column_name, data_type, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'ledger'"
        ).fetchall()
    stored: dict[str, dict[str, Any]] = {}
    for table, column, kind, nullable in rows:
        stored.setdefault(table, {})[column] = (kind, nullable)
    for table in SQLModel.metadata.tables.values():
        declared = {
            column.name: (KINDS[column.type.compile(dialect())], bool(column.nullable)) for column in table.columns
        }
        found = {name: what for name, what in stored[table.name].items() if (table.name, name) not in NOT_READ}
        assert declared == found, table.name
