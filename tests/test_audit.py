"""Audit: whatever is done to the record by somebody whom nothing stops, `verify` finds it and says what it was."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import EVERY, Flavour, Outcome, fresh
from sealed import (
    APRIL,
    BANK,
    GUARANTOR,
    MARCH,
    claim,
    guards_off,
    hold,
    live,
    posted,
    rewrite,
    rewrite_blocks,
    six_lines,
)

from ledger import pack_verifier
from ledger.batch import Resolution
from ledger.database import Connection
from ledger.evidence import blocks
from ledger.faults import Failed, NotFound, Refused
from ledger.findings import Finding
from ledger.packs import export
from ledger.periods import parse_period
from ledger.proofs import heads, heads_document, prove, read_heads
from ledger.sealing import seal, set_algorithm
from ledger.verifying import verify
from views.audit import WORDS, sentence
from views.page import Page


@pytest.fixture
def attacked(lived: Connection) -> Iterator[Connection]:
    """The same ledger with its guards off, in a transaction that is taken back."""
    with lived.transaction(force_rollback=True):
        guards_off(lived)
        yield lived


def do(conn: Connection, *statements: str) -> None:
    for statement in statements:
        conn.execute(statement.encode())


NOBODY_PAYS = "(SELECT account_id FROM ledger.account WHERE book_id = 1 AND role = 'cash')"
VOUCHER = "WHERE book_id = 1 AND journal_no = 2"
LINES = {"debit": "integer[]", "credit": "integer[]", "amount": "bigint[]", "rule": "text[]", "debt": "uuid[]"}
COPIED = f"part, effective_on, phase, kind, actor, {', '.join(LINES)}"
COLUMNS = f"book_id, journal_no, event_id, {COPIED}"


def lines(value: str) -> str:
    """All columns of the lines made another value of themselves."""
    return f"UPDATE ledger.journal SET {', '.join(f'{column} = {value.format(column)}' for column in LINES)} {VOUCHER}"


# What is done, what is found first, and what else must be among the findings.
ATTACKS: dict[str, tuple[list[str], Finding, *tuple[Finding, ...]]] = {
    "an amount": (
        [f"UPDATE ledger.journal SET amount[1] = 2001 {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, 1, "amount", "2000", "2001"),
    ),
    "an amount, in its counters too": (
        [
            f"UPDATE ledger.journal SET amount[1] = 2001 {VOUCHER}",
            f"UPDATE ledger.balance SET debits = debits + 1 WHERE account_id = (SELECT debit[1] FROM ledger.journal {VOUCHER})",
            f"UPDATE ledger.balance SET credits = credits + 1 WHERE account_id = (SELECT credit[1] FROM ledger.journal {VOUCHER})",
        ],
        Finding("voucher_changed", BANK, 1, 2),
    ),
    "an amount that is owed": (
        [f"UPDATE ledger.journal SET amount[2] = 1 {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, 2, "amount", "1000", "1"),
    ),
    "a date": (
        [f"UPDATE ledger.journal SET effective_on = '2024-02-29' {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, None, "effective", "2024-03-05", "2024-02-29"),
    ),
    "a day that it belongs to": (
        [f"UPDATE ledger.journal SET relates_to_on = '2023-12-31' {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, None, "relates", "", "2023-12-31"),
    ),
    "a reservation made a payment": (
        ["UPDATE ledger.journal SET phase = 'posted' WHERE book_id = 1 AND journal_no = 7"],
        Finding("field_changed", BANK, 1, 7, None, "phase", "reserved", "posted"),
    ),
    "a day that cannot be": (
        [f"UPDATE ledger.journal SET effective_on = 'infinity' {VOUCHER}"],
        Finding("voucher_changed", BANK, 1, 2),
    ),
    "a day that no calendar has": (
        [f"UPDATE ledger.journal SET effective_on = '20000-01-01' {VOUCHER}"],
        Finding("voucher_changed", BANK, 1, 2),
    ),
    "nobody did it": (
        [
            "ALTER TABLE ledger.journal ALTER COLUMN actor DROP NOT NULL",
            f"UPDATE ledger.journal SET actor = NULL {VOUCHER}",
        ],
        Finding("voucher_missing", BANK, 1, 2),
    ),
    "a voucher twice": (
        [
            "ALTER TABLE ledger.journal DROP CONSTRAINT journal_pkey CASCADE",
            "ALTER TABLE ledger.journal DROP CONSTRAINT journal_event",
            f"INSERT INTO ledger.journal SELECT * FROM ledger.journal {VOUCHER}",
        ],
        Finding("voucher_extra", BANK, 1, 2),
    ),
    "the moment of a posting made unknown": (
        ["UPDATE ledger.batch SET recorded_at = '-infinity' WHERE book_id = 1 AND last_no = 11"],
        Finding("batch_changed", BANK, 2, 10),
    ),
    "who did it": (
        [f"UPDATE ledger.journal SET actor = 'somebody else' {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, None, "actor", "clerk", "somebody else"),
    ),
    "what happened": (
        [f"UPDATE ledger.journal SET kind = 'loan.approved' {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, None, "kind", "loan.default_declared", "loan.approved"),
    ),
    "the rule": (
        [f"UPDATE ledger.journal SET rule[1] = 'L2' {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, 1, "rule", "L1", "L2"),
    ),
    "the event": ([f"UPDATE ledger.journal SET event_id = 'D-2b' {VOUCHER}"], Finding("voucher_changed", BANK, 1, 2)),
    "an account swapped": (
        [f"UPDATE ledger.journal SET credit[1] = {NOBODY_PAYS} {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, 1, "credit"),
    ),
    "debit and credit swapped": (
        [f"UPDATE ledger.journal SET debit[1] = credit[1], credit[1] = debit[1] {VOUCHER}"],
        Finding("field_changed", BANK, 1, 2, 1, "sides"),
    ),
    "a line deleted": ([lines("{}[2:]")], Finding("voucher_changed", BANK, 1, 2)),
    "the last line deleted": ([lines("{}[:1]")], Finding("voucher_changed", BANK, 1, 2)),
    "all lines deleted": ([lines("{}[:0]")], Finding("voucher_changed", BANK, 1, 2)),
    "a line added": ([lines("{0} || {0}[1]")], Finding("voucher_changed", BANK, 1, 2)),
    "lines reordered": ([lines("{0}[2:] || {0}[1]")], Finding("voucher_changed", BANK, 1, 2)),
    "the tail deleted": (
        ["DELETE FROM ledger.journal WHERE book_id = 1 AND journal_no > 10"],
        Finding("voucher_missing", BANK, 2, 11),
    ),
    "the middle deleted": (
        ["DELETE FROM ledger.journal WHERE book_id = 1 AND journal_no IN (3, 4)"],
        Finding("voucher_missing", BANK, 1, 3),
    ),
    "rows reordered": (
        [
            "UPDATE ledger.journal SET journal_no = CASE journal_no WHEN 2 THEN 1003 ELSE 1002 END WHERE book_id = 1 AND journal_no IN (2, 3)",
            "UPDATE ledger.journal SET journal_no = journal_no - 1000 WHERE book_id = 1 AND journal_no > 1000",
        ],
        Finding("voucher_moved", BANK, 1, 2, None, "", "", "3"),
    ),
    "a row without a leaf": (
        [f"INSERT INTO ledger.journal ({COLUMNS}) SELECT 1, 13, 'forged', {COPIED} FROM ledger.journal {VOUCHER}"],
        Finding("voucher_extra", BANK, None, 13),
    ),
    "a row without a number": (
        [
            "ALTER TABLE ledger.journal DROP CONSTRAINT journal_pkey CASCADE",
            "ALTER TABLE ledger.journal ALTER COLUMN journal_no DROP NOT NULL",
            f"INSERT INTO ledger.journal ({COLUMNS}) SELECT 1, NULL, 'forged', {COPIED} FROM ledger.journal {VOUCHER}",
        ],
        Finding("voucher_extra", BANK),
    ),
    "a leaf without a row": (
        [
            "INSERT INTO ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest) SELECT 1, 13, 13, recorded_at, sha256(''), digest, ledger.batch_digest(1, 13, 13, recorded_at, digest, sha256('')) FROM ledger.batch WHERE book_id = 1 AND last_no = 12",
            "UPDATE ledger.head SET last_journal = 13, digest = (SELECT digest FROM ledger.batch WHERE book_id = 1 AND last_no = 13) WHERE book_id = 1",
        ],
        Finding("voucher_missing", BANK, None, 13),
    ),
    "a leaf": (
        [
            "UPDATE ledger.batch SET leaves = overlay(leaves PLACING sha256('') FROM 33 FOR 32) WHERE book_id = 1 AND last_no = 5"
        ],
        Finding("leaf_changed", BANK, 1, 2),
    ),
    "the moment of a posting": (
        ["UPDATE ledger.batch SET recorded_at = recorded_at - interval '1 day' WHERE book_id = 1 AND last_no = 11"],
        Finding("batch_changed", BANK, 2, 10),
    ),
    "a batch, and what it is known by": (
        [
            "UPDATE ledger.batch SET recorded_at = recorded_at - interval '1 day' WHERE book_id = 1 AND last_no = 12",
            "UPDATE ledger.batch SET digest = ledger.batch_digest(book_id, first_no, last_no, recorded_at, previous, leaves) WHERE book_id = 1 AND last_no = 12",
        ],
        Finding("head_changed", BANK),
    ),
    "a batch in the middle, and what it is known by": (
        [
            "UPDATE ledger.batch SET recorded_at = recorded_at - interval '1 day' WHERE book_id = 1 AND last_no = 7",
            "UPDATE ledger.batch SET digest = ledger.batch_digest(book_id, first_no, last_no, recorded_at, previous, leaves) WHERE book_id = 1 AND last_no = 7",
        ],
        Finding("batch_chain", BANK, 1, 8),
    ),
    "a batch deleted": (
        ["DELETE FROM ledger.batch WHERE book_id = 1 AND last_no = 7"],
        Finding("batch_missing", BANK, 1, 6, None, "", "", "8"),
    ),
    "the first batch deleted": (
        ["DELETE FROM ledger.batch WHERE book_id = 1 AND last_no = 0"],
        Finding("batch_missing", BANK, None, 0),
    ),
    "the last batches deleted": (
        ["DELETE FROM ledger.batch WHERE book_id = 1 AND last_no > 9"],
        Finding("voucher_extra", BANK, 2, 10),
        Finding("batch_missing", BANK, 2, 11, None, "", "", "9"),
    ),
    "a block": (
        ["UPDATE ledger.block SET sealed_at = sealed_at - interval '1 day' WHERE book_id = 1 AND block_no = 1"],
        Finding("block_changed", BANK, 1),
    ),
    "a block, and what it is known by": (
        [
            "UPDATE ledger.block SET sealed_at = sealed_at - interval '1 day' WHERE book_id = 1 AND block_no = 1",
            "UPDATE ledger.block SET hash = sha256(convert_to(format('K1,%s,%s,%s,%s,%s,sha256,', book_id, block_no, first_no, last_no, ledger.micros(sealed_at)), 'UTF8') || previous || chain || root) WHERE book_id = 1 AND block_no = 1",
        ],
        Finding("block_chain", BANK, 2),
    ),
    "a block deleted": (
        ["DELETE FROM ledger.block WHERE book_id = 1 AND block_no = 1"],
        Finding("block_missing", BANK, 1, 1),
    ),
    "a counter": (
        [
            "UPDATE ledger.balance SET debits = debits + 1 WHERE book_id = 1 AND account_id = (SELECT account_id FROM ledger.account WHERE book_id = 1 AND role = 'loan')"
        ],
        Finding("counter", BANK, None, None, None, "loan CNY debits", "3600", "3601"),
    ),
    "what is reserved": (
        ["UPDATE ledger.balance SET debits_pending = 0 WHERE debits_pending > 0"],
        Finding("counter", BANK, None, None, None, "loan CNY debits_pending", "400", "0"),
    ),
    "a counter deleted": (
        ["DELETE FROM ledger.balance WHERE book_id = 2"],
        Finding("counter", GUARANTOR, None, None, None, "claim_recv CNY debits", "18000", "None"),
    ),
    "a snapshot": (
        ["UPDATE ledger.period_balance SET debits = debits + 1 WHERE book_id = 2 AND debits > 0"],
        Finding("snapshot", GUARANTOR, None, None, None, "claim_recv CNY, 2024Q1", "7500/0", "7501/0"),
    ),
    "a snapshot deleted": (
        ["DELETE FROM ledger.period_balance WHERE book_id = 2"],
        Finding("snapshot", GUARANTOR, None, None, None, "claim_recv CNY, 2024Q1", "7500/0", "0/0"),
    ),
    "what is owed": (
        ["UPDATE ledger.obligation SET amount = 7 WHERE event_id = 'D-2'"],
        Finding("obligation", BANK, 1, 2, 2, "", "1000", "7"),
    ),
    "what is owed, and the view of the lines": (
        [
            "UPDATE ledger.obligation SET amount = 7 WHERE event_id = 'D-2'",
            "CREATE OR REPLACE VIEW ledger.transfer AS SELECT j.book_id, j.journal_no, u.line::smallint, d AS debit_account_id, c AS credit_account_id, CASE n WHEN 1000 THEN 7 ELSE n END AS amount, j.effective_on, j.phase = 'reserved' AS pending, r AS rule, o AS obligation_id FROM ledger.journal j CROSS JOIN unnest(j.debit, j.credit, j.amount, j.rule, j.debt) WITH ORDINALITY AS u (d, c, n, r, o, line)",
        ],
        Finding("obligation", BANK, 1, 2, 2, "", "1000", "7"),
    ),
    "a debt that is cited and never was": (
        ["UPDATE ledger.journal SET debt = ARRAY[gen_random_uuid()] WHERE book_id = 1 AND journal_no = 6"],
        Finding("obligation", BANK, 1, 6, 1),
    ),
    "who owes whom": (
        [
            "UPDATE ledger.obligation SET debtor_book_id = creditor_book_id, creditor_book_id = debtor_book_id WHERE event_id = 'D-2'"
        ],
        Finding("field_changed", BANK, 1, 2, 2, "parties", "2/1", "1/2"),
        Finding("field_changed", GUARANTOR, 1, 2, 1, "parties", "2/1", "1/2"),
    ),
    "when it is due": (
        ["UPDATE ledger.obligation SET due_on = '2025-03-05' WHERE event_id = 'D-2'"],
        Finding("field_changed", BANK, 1, 2, 2, "due", "2024-03-05", "2025-03-05"),
        Finding("field_changed", GUARANTOR, 1, 2, 1, "due", "2024-03-05", "2025-03-05"),
    ),
    "an obligation deleted": (
        ["DELETE FROM ledger.obligation WHERE event_id = 'D-2'"],
        Finding("voucher_changed", BANK, 1, 2),
        Finding("obligation", BANK, 1, 2, 2, "", "1000", "None"),
    ),
    "one side of an event, with all that keeps it": (
        [
            "DELETE FROM ledger.journal WHERE book_id = 1 AND journal_no = 12",
            "DELETE FROM ledger.batch WHERE book_id = 1 AND last_no = 12",
            "UPDATE ledger.head SET last_journal = 11, digest = (SELECT digest FROM ledger.batch WHERE book_id = 1 AND last_no = 11) WHERE book_id = 1",
            "UPDATE ledger.balance b SET debits = debits - CASE role WHEN 'npl' THEN 8000 WHEN 'due_from' THEN 4000 ELSE 0 END, credits = credits - CASE role WHEN 'loan' THEN 8000 WHEN 'npl' THEN 4000 ELSE 0 END FROM ledger.account a WHERE a.book_id = 1 AND b.account_id = a.account_id",
        ],
        Finding("event_torn", GUARANTOR, None, 9, None, "D-8", "1"),
    ),
    "the other side of an event, with all that keeps it": (
        [
            "DELETE FROM ledger.journal WHERE book_id = 2 AND journal_no = 9",
            "DELETE FROM ledger.batch WHERE book_id = 2 AND last_no = 9",
            "UPDATE ledger.head SET last_journal = 8, digest = (SELECT digest FROM ledger.batch WHERE book_id = 2 AND last_no = 8) WHERE book_id = 2",
            "UPDATE ledger.balance SET debits = greatest(debits - 4000, 0) WHERE book_id = 2 AND debits > credits",
            "UPDATE ledger.balance SET credits = greatest(credits - 4000, 0) WHERE book_id = 2 AND debits < credits",
        ],
        Finding("obligation_alone", GUARANTOR, None, None, None, "D-8", f"{GUARANTOR}, {BANK}", BANK),
    ),
    "an act": (
        ["UPDATE ledger.act SET contents = replace(contents, '-1000000', '-9000000') WHERE kind = 'limit'"],
        Finding("act_changed", "acts", 2, 4, None, "limit"),
    ),
    "who approved an act": (
        ["UPDATE ledger.act SET approved_by = 'the boss' WHERE kind = 'limit'"],
        Finding("act_changed", "acts", 2, 4),
    ),
    "an act deleted": (["DELETE FROM ledger.act WHERE act_no = 2"], Finding("act_missing", "acts", 1, 2)),
    "an act deleted that is not sealed": (
        [
            "SELECT ledger.act('one', 'a', '{}', 'me')",
            "SELECT ledger.act('two', 'a', '{}', 'me')",
            "DELETE FROM ledger.act WHERE act_no = 5",
        ],
        Finding("acts_gap", "acts", None, 5, None, "", "6", "5"),
    ),
    "the block of an act": (
        ["UPDATE ledger.block SET leaves = sha256('') WHERE book_id = 0 AND block_no = 2"],
        Finding("act_changed", "acts", 2, 4),
    ),
    "an act twice": (
        [
            "ALTER TABLE ledger.act DROP CONSTRAINT act_pkey CASCADE",
            "INSERT INTO ledger.act SELECT * FROM ledger.act WHERE act_no = 3",
        ],
        Finding("acts_gap", "acts", None, 3, None, "", "4", "5"),
    ),
    "an act made unreadable": (
        ["UPDATE ledger.act SET contents = '{' WHERE act_no = 2"],
        Finding("act_changed", "acts", 1, 2),
        Finding("act_unreadable", "acts", None, 2, None, "accounts.opened"),
    ),
    "an act of another form": (
        ["UPDATE ledger.act SET contents = '{\"accounts\": [1]}' WHERE act_no = 2"],
        Finding("act_changed", "acts", 1, 2),
        Finding("act_unreadable", "acts", None, 2, None, "accounts.opened"),
    ),
    "a moment that cannot be": (
        ["UPDATE ledger.act SET recorded_at = 'infinity' WHERE act_no = 4"],
        Finding("act_changed", "acts", 2, 4),
    ),
    "what an account is for": (
        ["UPDATE ledger.account SET role = 'capital' WHERE book_id = 1 AND role = 'cash'"],
        Finding("account_changed", BANK, None, None, None, "role", "cash", "capital"),
    ),
    "an account deleted": (
        ["DELETE FROM ledger.account WHERE book_id = 2 AND role = 'claim_recv'"],
        Finding("account_changed", GUARANTOR),
    ),
    "a book deleted": (
        ["DELETE FROM ledger.book WHERE book_id = 2"],
        Finding("account_changed", BANK, None, None, None, "counterparty", GUARANTOR, "None"),
        Finding("account_changed", GUARANTOR, None, None, None, "book", GUARANTOR),
    ),
    "a head deleted": (["DELETE FROM ledger.head WHERE book_id = 2"], Finding("head_changed", GUARANTOR)),
    "when it is due made unknown": (
        ["UPDATE ledger.obligation SET due_on = 'infinity' WHERE event_id = 'D-2'"],
        Finding("voucher_changed", BANK, 1, 2),
    ),
    "a limit": (
        ["UPDATE ledger.balance SET debit_floor = NULL WHERE debit_floor IS NOT NULL"],
        Finding("account_changed", BANK, None, None, None, "debit_floor", "-1000000", "None"),
    ),
    "a period opened again": (
        ["UPDATE ledger.calendar SET closed_through = '2023-12-31'"],
        Finding("calendar_changed", "acts", None, None, None, "", "2024-03-31", "2023-12-31"),
    ),
}


def agrees(finding: Finding, expected: Finding) -> bool:
    """Equal in all that is expected; `where` may say more."""
    return all(
        (said in found) if name == "where" else said in (None, "", found)
        for name, said, found in zip(Finding._fields, expected, finding, strict=True)
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_and_named(attacked: Connection, name: str) -> None:
    statements, first, *others = ATTACKS[name]
    assert verify(attacked).findings == []
    do(attacked, *statements)
    findings = verify(attacked).findings
    assert findings
    assert agrees(findings[0], first), findings
    for expected in others:
        assert any(agrees(finding, expected) for finding in findings), findings


# Columns that do not make lines: the voucher is as good as gone, and the reading goes on.
SHAPES = {
    "longer": "{0} || {0}[1]",
    "shorter": "{0}[:1]",
    "empty": "{0}[:0]",
    "of one row": "ARRAY[{0}]",
    "of one column": "ARRAY[[{0}[1]], [{0}[2]]]",
    "counted from 0": "('[0:1]=' || {0}::text)::{1}",
    "counted from 2": "('[2:3]=' || {0}::text)::{1}",
    "with a hole": "ARRAY[{0}[1], NULL]",
    "not there": "NULL",
}
UNEQUAL = {"longer", "shorter", "empty"}
NO_DEBT = {"with a hole", "not there"}  # of a debt these say something: that none is cited


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("column", LINES)
def test_a_column_that_does_not_fit_the_others_is_found(attacked: Connection, column: str, shape: str) -> None:
    value = SHAPES[shape].format(column, LINES[column])
    do(
        attacked,
        "DROP INDEX ledger.journal_accounts",  # it would not take every shape
        f"ALTER TABLE ledger.journal ALTER COLUMN {column} DROP NOT NULL",
        f"UPDATE ledger.journal SET {column} = {value} {VOUCHER}",
    )
    what = "voucher_changed" if column == "debt" and shape in NO_DEBT else "voucher_missing"
    findings = verify(attacked).findings
    assert agrees(findings[0], Finding(what, BANK, 1, 2)), findings


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in UNEQUAL])
def test_columns_that_fit_each_other_and_make_no_lines_are_found(attacked: Connection, shape: str) -> None:
    do(attacked, "DROP INDEX ledger.journal_accounts")
    for column, kind in LINES.items():
        do(
            attacked,
            f"ALTER TABLE ledger.journal ALTER COLUMN {column} DROP NOT NULL",
            f"UPDATE ledger.journal SET {column} = {SHAPES[shape].format(column, kind)} {VOUCHER}",
        )
    findings = verify(attacked).findings
    assert agrees(findings[0], Finding("voucher_missing", BANK, 1, 2)), findings


def test_a_voucher_without_lines_is_whole(conn: Connection) -> None:
    posted(conn, hold("H-1", 900, MARCH))
    posted(conn, Resolution("H-1-void", "H-1", "void", MARCH))
    assert verify(conn).findings == []
    guards_off(conn)
    do(
        conn,
        "UPDATE ledger.journal v SET debit = h.debit, credit = h.credit, amount = h.amount, rule = h.rule FROM ledger.journal h WHERE v.journal_no = 2 AND h.journal_no = 1",
    )
    assert agrees(verify(conn).findings[0], Finding("voucher_changed", BANK, None, 2))


# What is done to one of six lines, and what is said of it.
MIDDLE: dict[str, tuple[str, Finding]] = {
    "an amount": ("amount[3] = 301", Finding("field_changed", BANK, None, 2, 3, "amount", "300", "301")),
    "an amount that is owed": ("amount[4] = 1", Finding("field_changed", BANK, None, 2, 4, "amount", "400", "1")),
    "an account": ("debit[5] = credit[1]", Finding("field_changed", BANK, None, 2, 5, "debit")),
    "the sides": ("debit[2] = credit[2], credit[2] = debit[2]", Finding("field_changed", BANK, None, 2, 2, "sides")),
    "a rule": ("rule[4] = 'S1'", Finding("field_changed", BANK, None, 2, 4, "rule", "S4", "S1")),
    "a debt": ("debt[4] = NULL", Finding("voucher_changed", BANK, None, 2)),
    "the line that owes": ("debt = debt[2:] || NULL::uuid", Finding("voucher_changed", BANK, None, 2)),
}


def test_of_six_lines_the_one_that_was_changed_is_named(conn: Connection) -> None:
    posted(conn, six_lines("S-1", MARCH), six_lines("S-2", MARCH))
    guards_off(conn)
    assert verify(conn).findings == []
    for statement, expected in MIDDLE.values():
        with conn.transaction(force_rollback=True):
            do(conn, f"UPDATE ledger.journal SET {statement} {VOUCHER}")
            findings = verify(conn).findings
            assert agrees(findings[0], expected), findings


def test_many_changes_are_all_found_and_not_all_explained(attacked: Connection) -> None:
    do(attacked, "UPDATE ledger.journal SET actor = 'somebody else' WHERE book_id = 1")
    found = [finding for finding in verify(attacked).findings if finding.what == "voucher_changed"]
    assert [finding.no for finding in found] == list(range(1, 13))
    assert {finding.where for finding in found} == {""}


# What only a head that was kept outside can show.


def test_a_thorough_forger_is_found_by_a_kept_head_alone(attacked: Connection) -> None:
    """Rows, counters, snapshots, leaves, batches and blocks all changed to agree: nothing inside says otherwise."""
    kept = heads(attacked)
    do(
        attacked,
        f"UPDATE ledger.journal SET amount[1] = amount[1] + 1 {VOUCHER}",
        *(
            f"UPDATE ledger.{table} SET {side}s = {side}s + 1 WHERE account_id = (SELECT {side}[1] FROM ledger.journal {VOUCHER})"
            for table in ("balance", "period_balance")
            for side in ("debit", "credit")
        ),
    )
    rewrite(attacked, 1)
    assert verify(attacked).findings == []
    found = verify(attacked, kept).findings
    assert [(each.what, each.book, each.block, each.expected) for each in found] == [
        ("kept_differs", BANK, 2, kept[0].hash.hex())
    ]


def test_leaves_and_batches_that_were_made_anew_are_found_by_the_blocks(attacked: Connection) -> None:
    do(attacked, f"UPDATE ledger.journal SET rule[1] = 'L9' {VOUCHER}")
    rewrite(attacked, 1, and_blocks=False)
    first, *others = verify(attacked).findings
    assert agrees(first, Finding("root", BANK, 1))
    assert [(each.what, each.block) for each in others] == [("chain", 1), ("chain", 2)]
    rewrite_blocks(attacked, 1)
    assert verify(attacked).findings == []


def test_a_tail_that_was_cut_off_cleanly_is_found_by_a_kept_head(attacked: Connection) -> None:
    """Block 2 of the acts and all that is in it: no other record knows of it."""
    kept = heads(attacked)
    do(
        attacked,
        "DELETE FROM ledger.block WHERE book_id = 0 AND block_no = 2",
        "DELETE FROM ledger.act WHERE act_no = 4",
        "UPDATE ledger.act_head SET last_act = 3",
        "UPDATE ledger.balance SET debit_floor = NULL",
    )
    assert verify(attacked).findings == []
    (found,) = verify(attacked, kept).findings
    assert agrees(found, Finding("kept_missing", "acts", 2, 4, None, "", "2", "1"))


def test_a_book_under_another_name(attacked: Connection) -> None:
    kept = heads(attacked)
    do(attacked, "UPDATE ledger.book SET name = 'Example Savings Bank' WHERE book_id = 1")
    found = verify(attacked, kept).findings
    assert agrees(found[0], Finding("book_changed", BANK, 2, 11, None, "", BANK, "Example Savings Bank"))


def test_a_restored_backup_is_found_by_a_kept_head(flavours: Callable[[str], Flavour]) -> None:
    """The ledger goes back to a state that was true once, and goes on from there."""
    flavour = flavours(EVERY[0])
    for database in fresh(flavour):
        with closing(database.connect()) as conn:
            conn.autocommit = True
            live(conn)
            old, name = heads(conn), conn.info.dbname
        backup = flavour.new(name)
        with closing(database.connect()) as conn:
            conn.autocommit = True
            seal(conn, "sealer")
            newer = heads(conn)
            assert verify(conn, [*old, *newer]).findings == []
        with closing(psycopg.connect(flavour.server.url(backup), autocommit=True)) as conn:
            assert verify(conn, old).findings == []
            found = verify(conn, newer).findings
            assert [(each.what, each.block, each.got) for each in found][:1] == [("kept_missing", 3, "2")]
            posted(conn, claim("D-other", 5000, APRIL))
            seal(conn, "sealer")
            found = verify(conn, newer).findings
            assert [(each.what, each.block) for each in found][:1] == [("kept_differs", 3)]
        flavour.drop(backup)


# By SM3.


def test_attacks_on_what_is_sealed_by_sm3(conn: Connection) -> None:
    set_algorithm(conn, "sm3", "chief")
    live(conn)
    assert {block.algorithm for block in blocks(conn, 1)} == {"sm3"}
    guards_off(conn)
    for statement, first in (
        (
            f"UPDATE ledger.journal SET amount[1] = 2001 {VOUCHER}",
            Finding("field_changed", BANK, 1, 2, 1, "amount", "2000", "2001"),
        ),
        (
            "UPDATE ledger.block SET leaves = overlay(leaves PLACING sha256('') FROM 33) WHERE book_id = 1 AND block_no = 1",
            Finding("leaf_changed", BANK, 1, 2),
        ),
        (
            "UPDATE ledger.block SET root = sha256('') WHERE book_id = 1 AND block_no = 1",
            Finding("block_changed", BANK, 1),
        ),
    ):
        with conn.transaction(force_rollback=True):
            do(conn, statement)
            findings = verify(conn).findings
            assert agrees(findings[0], first), findings


# Sentences.


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("what", WORDS)
def test_every_finding_is_a_sentence_in_both_languages(what: str, lang: Any) -> None:
    said = sentence(Page(lang, False), Finding(what, BANK, 3, 17, 2, "amount", "1000", "999"))
    assert said.startswith(
        f"{BANK}, block 3, voucher 17, line 2: " if lang == "en" else f"{BANK}，区块 3，凭证 17，第 2 行："
    )
    assert not re.search(r"[{}]", said)


def test_every_sentence_has_an_attack_that_provokes_it() -> None:
    attacked = {expected.what for _, *found in ATTACKS.values() for expected in found}
    kept = {"kept_missing", "kept_differs", "book_changed", "chain", "root"}  # the tests above
    assert attacked | kept == set(WORDS)


# Proofs and packs.


VERIFIER = Path(pack_verifier.__file__)


def checked(*words: Any, program: Path = VERIFIER) -> tuple[int, str]:
    """The verifier as a party runs it: a file, a Python without our packages, another folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(program), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def saved(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def test_a_verifier_is_short_and_needs_nothing() -> None:
    text = VERIFIER.read_text("utf-8")
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE))
    assert len(text.splitlines()) < 200
    assert imported <= sys.stdlib_module_names


def test_a_party_checks_its_claim_and_sees_nobody_elses(lived: Connection, tmp_path: Path) -> None:
    document = prove(lived, "D-2", BANK)
    proof, kept = (
        saved(tmp_path / "proof.json", document),
        saved(tmp_path / "kept.json", heads_document(heads(lived, BANK), "2024Q1")),
    )
    code, said = checked(proof, "--heads", kept)
    assert (code, "D-2: in block 1: sound" in said, "1 kept heads are of these blocks and agree" in said) == (
        0,
        True,
        True,
    )
    shown = proof.read_text("utf-8")
    assert not any(f"D-{other}" in shown for other in (1, 3, 4, 5, 6, 7, 8))
    assert len(document["path"]) == 3  # of eight vouchers


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": ["2000", "2001"]}, "the text is not in it"),
        ({"place": 2}, "the text is not in it"),
        ({"place": 99}, "the place is not in the block"),
        ({"path": []}, "the path is too short"),
        ({"root": "00" * 32}, "its contents do not give its hash"),
        ({"hash": "00" * 32}, "its contents do not give its hash"),
    ],
    ids=str,
)
def test_a_proof_that_was_changed(lived: Connection, tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    document = prove(lived, "D-2", BANK)
    for field, value in change.items():
        if field == "text":
            document["text"] = document["text"].replace(*value)
        elif field in document:
            document[field] = value
        else:
            document["blocks"][0][field] = value
    code, said = checked(saved(tmp_path / "proof.json", document))
    assert (code, reason in said) == (1, True), said


def test_a_proof_of_another_history(lived: Connection, tmp_path: Path) -> None:
    proof = saved(tmp_path / "proof.json", prove(lived, "D-2", BANK))
    kept = [head._replace(hash=bytes(32)) for head in heads(lived, BANK)]
    code, said = checked(proof, "--heads", saved(tmp_path / "kept.json", heads_document(kept, "2024Q1")))
    assert (code, "it is not the block that was kept" in said) == (1, True)
    later = [head._replace(block_no=9) for head in heads(lived, BANK)]
    code, said = checked(proof, "--heads", saved(tmp_path / "kept.json", heads_document(later, "2024Q1")))
    assert (code, "it was kept, and this is older or was cut off" in said) == (1, True)


def test_a_proof_that_cannot_be_given(lived: Connection) -> None:
    with pytest.raises(
        NotFound, match="event X-1: it has no voucher in the book 'Example Bank'; expected an event of this party"
    ):
        prove(lived, "X-1", BANK)
    with pytest.raises(NotFound, match="there is no book 'Nobody'"):
        prove(lived, "D-1", "Nobody")
    with pytest.raises(
        Refused, match="voucher 12 of 'Example Bank' is not sealed yet; run gongji audit seal, then ask again"
    ):
        prove(lived, "D-8", BANK)


@pytest.mark.parametrize("name", ["pack", "pack.zip"])
@pytest.mark.parametrize("period", ["2024Q1", "2024Q2", None])
def test_a_pack_is_checked_without_us(lived: Connection, tmp_path: Path, name: str, period: str | None) -> None:
    pack = export(lived, BANK, parse_period(period, "quarter") if period else None, tmp_path / name)
    kept = saved(tmp_path / "kept.json", heads_document(heads(lived, BANK), "2024Q2"))
    assert (pack.vouchers, pack.blocks, pack.unsealed) == {"2024Q1": (8, 1, 1), "2024Q2": (3, 1, 1), None: (11, 2, 1)}[
        period
    ]
    code, said = checked(pack.path, "--heads", kept)
    assert (code, said) == (
        0,
        f"{BANK} {period or 'all'}: {pack.vouchers} vouchers of {pack.vouchers} in 2 blocks: sound 无误\n2 kept heads are of these blocks and agree 与留存区块头一致：2\n",
    )


def test_a_pack_checks_itself_where_it_lies(lived: Connection, tmp_path: Path) -> None:
    export(lived, GUARANTOR, None, tmp_path / "pack")
    assert checked(program=tmp_path / "pack" / "verify.py")[0] == 0
    assert f"proves the book '{GUARANTOR}'" in (tmp_path / "pack" / "README.txt").read_text("utf-8")


def test_a_pack_of_a_month_hides_the_rest_of_its_blocks(conn: Connection, tmp_path: Path) -> None:
    set_algorithm(conn, "sm3", "chief")
    posted(conn, claim("D-march", 1000, MARCH), claim("D-april", 3000, APRIL), claim("D-may", 5000, date(2024, 5, 2)))
    seal(conn, "sealer")
    pack = export(conn, BANK, parse_period("2024Q1", "quarter"), tmp_path / "pack")
    shown = (pack.path / "vouchers.jsonl").read_text("utf-8")
    assert ("D-march" in shown, "D-april" in shown, "D-may" in shown) == (True, False, False)
    assert checked(pack.path) == (0, f"{BANK} 2024Q1: 1 vouchers of 3 in 1 blocks: sound 无误\n")


CHANGES = {
    "a text": ("vouchers.jsonl", "2000", "2001", "the texts are not those of the posting"),
    "a voucher left out": ("vouchers.jsonl", '"no": 3, ', '"no": 4, ', "the vouchers are not those of the block"),
    "the moment of a posting": (
        "batches.jsonl",
        '"recorded": 1',
        '"recorded": 2',
        "the texts are not those of the posting",
    ),
    "another batch": (
        "batches.jsonl",
        '"previous": "',
        '"previous": "0',
        "their batch does not follow the one before it",
    ),
    "a block": ("blocks.jsonl", '"sealed": 1', '"sealed": 2', "its contents do not give its hash"),
    "a total": ("pack.json", "15000]", "15001]", "the vouchers do not come to the totals of the period"),
    "what an account is for": ("acts.jsonl", "npl", "cash", "the text is not in it"),
    "a line of another form": ("vouchers.jsonl", '{"block"', '{"blob"', "KeyError"),
    "no JSON": ("blocks.jsonl", "{", "", "NOT SOUND"),
    "its own heads": ("pack.json", '"block": 2', '"block": 7', "it was kept, and this is older or was cut off"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_pack_that_was_changed(lived: Connection, tmp_path: Path, name: str) -> None:
    file, before, after, reason = CHANGES[name]
    path = export(lived, BANK, parse_period("2024Q1", "quarter"), tmp_path / "pack").path / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    code, said = checked(tmp_path / "pack")
    assert (code, reason in said) == (1, True), said


def test_a_pack_with_a_block_left_out(lived: Connection, tmp_path: Path) -> None:
    path = export(lived, BANK, None, tmp_path / "pack").path / "blocks.jsonl"
    path.write_text(path.read_text("utf-8").split("\n", 1)[1], "utf-8")
    code, said = checked(tmp_path / "pack")
    assert (code, "it does not follow the block before it, or one is missing" in said) == (1, True)


def test_a_pack_is_not_written_over_another(lived: Connection, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"it is there already; expected a new folder or a new \.zip"):
        export(lived, BANK, None, tmp_path)


def test_a_pack_of_a_book_with_a_hole_is_not_made(attacked: Connection, tmp_path: Path) -> None:
    do(attacked, "DELETE FROM ledger.journal WHERE book_id = 1 AND journal_no = 3")
    with pytest.raises(Failed, match="voucher 3 of 'Example Bank': it is gone; run gongji audit verify"):
        export(attacked, BANK, None, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"heads": [{"book": 1}]}',
        '{"heads": [{"book": 1, "name": "a", "block": 1, "last": 1, "hash": "x"}]}',
    ],
)
def test_a_file_that_is_no_file_of_heads(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.json").write_text(text)
    with pytest.raises(Refused, match="this is no file of heads; expected one made by gongji audit heads"):
        read_heads(tmp_path / "kept.json")


def test_heads_that_are_not_there(tmp_path: Path, lived: Connection) -> None:
    with pytest.raises(NotFound, match="there is no such file"):
        read_heads(tmp_path / "kept.json")
    with pytest.raises(NotFound, match="there is no book 'Nobody'"):
        heads(lived, "Nobody")


# The commands.


def test_the_commands_from_seal_to_proof(gongji: Callable[..., Outcome], conn: Connection, tmp_path: Path) -> None:
    live(conn)
    sealed = json.loads(gongji("audit", "seal", "--algorithm", "sm3", "--json").out)
    assert (sealed["algorithm"], len(sealed["blocks"])) == ("sm3", 3)
    assert "everything is sealed already" in gongji("audit", "seal").out
    given = json.loads(gongji("audit", "heads", "2024Q1", "--json").out)
    assert [head["name"] for head in given["heads"]] == [BANK, GUARANTOR, "acts"]
    assert gongji("audit", "verify", "--heads", "heads-2024Q1.json").code == 0
    assert gongji("audit", "prove", "D-8", "--book", BANK).code == 0
    assert gongji("audit", "export", BANK, "2024Q1").code == 0
    assert checked(tmp_path / "proof-D-8.json", "--heads", tmp_path / "heads-2024Q1.json")[0] == 0
    assert checked(tmp_path / "pack-Example-Bank-2024Q1", "--heads", tmp_path / "heads-2024Q1.json")[0] == 0


def test_verify_ends_with_6_and_says_what_is_wrong(gongji: Callable[..., Outcome], conn: Connection) -> None:
    live(conn)
    guards_off(conn)
    do(conn, f"UPDATE ledger.journal SET amount[1] = 2001 {VOUCHER}")
    told = gongji("audit", "verify")
    assert (told.code, told.err) == (6, "")
    assert told.out.startswith(
        f"{BANK}, block 1, voucher 2, line 1: the voucher was changed: its amount was 2000, and is 2001\n"
    )
    assert "looked at 2 books, 21 vouchers, 30 lines, 4 blocks, 4 acts, 0 kept heads: 5 findings" in told.out
    chinese = gongji("--lang", "zh", "audit", "verify")
    assert chinese.out.startswith(f"{BANK}，区块 1，凭证 2，第 1 行：凭证被改动，金额原为 2000，现为 2001\n")
    document = json.loads(gongji("audit", "verify", "--json").out)
    assert (document["sound"], document["findings"][0]["what"], document["seen"]["vouchers"]) == (
        False,
        "field_changed",
        21,
    )


def test_what_is_not_sealed_is_said(gongji: Callable[..., Outcome], conn: Connection) -> None:
    live(conn)
    assert (
        "2 vouchers are not sealed yet and are not in it; run gongji audit seal"
        in gongji("audit", "heads", "2024Q1").err
    )
    assert "1 vouchers are not sealed yet" in gongji("audit", "export", BANK, "--out", "pack.zip").err
    assert "尚未封存" in gongji("--lang", "zh", "audit", "heads", "2024Q1", "--book", BANK, "--out", "kept.json").err


def test_heads_of_a_period_that_is_open(gongji: Callable[..., Outcome], conn: Connection) -> None:
    live(conn)
    open_still = "2024Q2 is not closed yet; give the heads out again after its close"
    assert open_still in gongji("audit", "heads", "2024Q2").err
    assert "not closed" not in gongji("audit", "heads", "2024Q1").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify", "--heads", "none.json"], 4, "none.json: there is no such file"),
        (["heads", "2024"], 3, "not a period of this ledger"),
        (["heads", "2024Q1", "--book", "Nobody"], 4, "there is no book 'Nobody'"),
        (["prove", "X", "--book", "Nobody"], 4, "there is no book 'Nobody'"),
        (["export", "Nobody"], 4, "there is no book 'Nobody'"),
        (["seal", "--algorithm", "md5"], 2, "md5"),
    ],
)
def test_what_is_refused(gongji: Callable[..., Outcome], words: list[str], code: int, said: str) -> None:
    told = gongji("audit", *words)
    assert (told.code, said in told.err) == (code, True), told


@pytest.mark.parametrize("command", ["seal", "verify", "heads", "prove", "export"])
def test_every_command_shows_an_example(gongji: Callable[..., Outcome], command: str) -> None:
    assert f"Example: gongji audit {command}" in " ".join(gongji("audit", command, "--help").out.split())
