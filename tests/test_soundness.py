"""The check of the fault drills finds every kind of wrong row, or it would be worth nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from conftest import EVERY, fresh
from fault_play import finish, history, live
from soundness import TABLES, Rows, read, wrong


@pytest.fixture(scope="module")
def rows(flavours: Callable[[str], Any]) -> Iterator[Rows]:
    """A ledger with everything in it: posted, reserved, resolved, reversed, refused, sealed, closed."""
    for database in fresh(flavours(EVERY[0])):
        with closing(database.connect()) as conn:
            conn.autocommit = True
            list(live(conn, history(3, 12, 5)))
            finish(conn)
            yield read(conn)


def test_a_sound_ledger(rows: Rows) -> None:
    assert wrong(rows) == []
    assert all(rows.values())


@pytest.mark.parametrize(
    ("table", "change", "says"),
    [
        ("head", {"last_journal": 1}, "head says 1"),
        ("head", {"digest": b"other"}, "does not end at its head"),
        ("journal", {"rule": ["T1", "T1"]}, ": its columns have [1, 1, 1, 2"),
        ("journal", {"debit": [], "credit": [], "amount": [], "rule": []}, "is posted and has 0 lines"),
        ("journal", {"kind": "other"}, "leaves of batch"),
        ("journal", {"journal_no": 99}, "vouchers are ["),
        ("journal", {"part": 9}, "has the parts ["),
        ("journal", {"amount": [1]}, "counters ["),
        ("journal", {"amount": [0]}, ": 0 from "),
        ("journal", {"rule": ["other"]}, "leaves of batch"),
        ("journal", {"debit": [99]}, "accounts of another book or currency"),
        ("journal", {"phase": "reserved"}, "counters ["),
        ("journal", {"debt": [UUID(int=1)]}, "is cited and does not exist"),
        ("balance", {"credits_pending": 1}, "counters ["),
        ("balance", {"credit_floor": 10**9}, "is below its floor"),
        ("period_balance", {"debits": 1}, "period 20242"),
        ("batch", {"recorded_at": datetime(2026, 1, 1, tzinfo=UTC)}, "digest of batch"),
        ("batch", {"previous": b"other"}, "does not follow"),
        ("act", {"act_no": 99}, "acts are numbered"),
        ("refusal", {"key": "3/budget"}, "is posted and refused"),
        ("obligation", {"amount": 1}, "is not cited by both its books"),
    ],
)
def test_a_changed_row(rows: Rows, table: str, change: Mapping[str, object], says: str) -> None:
    *others, last = rows[table]
    changed = rows | {table: [*others, last._replace(**change)]}
    assert [sentence for sentence in wrong(changed) if says in sentence]


@pytest.mark.parametrize("table", [table for table in TABLES if table != "refusal"])
def test_a_missing_row(rows: Rows, table: str) -> None:
    """Only a refusal may go unseen: nothing was posted by it."""
    assert wrong(rows | {table: rows[table][1:]})
