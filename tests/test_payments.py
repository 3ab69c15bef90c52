"""Payments that run ahead of the loss, and recoveries around a write-off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from psycopg import Connection

from ledger.database import Database
from ledger.faults import Refused
from ledger.periods import parse_period
from products.event_file import event_of_words
from riskshare.adoption import adopt, library
from riskshare.closing import close
from riskshare.reconciling import reconcile
from riskshare.record import record
from riskshare.reports import obligations
from riskshare.settling import settle

PARTIES = "--bank Bank --guarantor Guarantor --insurer Insurer --government Pool --insured yes"
SCHEME = "example-four-party"
TODAY = date(2027, 1, 1)


@pytest.fixture
def books(database: Database) -> Iterator[Connection[Any]]:
    with database.connect() as conn:
        adopt(conn, library()[SCHEME], "clerk")
        tell(conn, f"pool.funded POOL 2025-01-02 --government Pool --scheme {SCHEME} --funding 50,000.00")
        tell(conn, f"loan.registered L 2025-01-05 {PARTIES} --scheme {SCHEME} --approved 10,000.00")
        tell(conn, "loan.disbursed L 2025-01-06 --principal 10,000.00")
        tell(conn, "guarantee.issued G 2025-01-06 --loan L --guarantor Guarantor --guaranteed 8,000.00")
        tell(conn, "insurance.policy_issued P 2025-01-06 --loan L --insurer Insurer --insured 1,000.00")
        tell(conn, "loan.default_declared L 2025-02-01 --principal 10,000.00")
        yield conn


def tell(conn: Connection[Any], line: str) -> None:
    kind, contract, on, *words = line.split()
    record(conn, [event_of_words(kind, contract, on, None, None, words, lambda name: None)], "clerk")


def finish(conn: Connection[Any], *periods: str) -> None:
    for text in periods:
        close(conn, parse_period(text, "quarter"), "closer", TODAY)
        settle(conn, parse_period(text, "quarter"), None, "cashier")
        assert [check.name for check in reconcile(conn) if not check.agrees] == []


def stands(conn: Connection[Any], book: str, role: str) -> int:
    """Debits less credits of an account role in a book."""
    row = conn.execute(
        "SELECT coalesce(sum(debits - credits), 0) FROM ledger.balance JOIN ledger.account USING (book_id, account_id)"
        " JOIN ledger.book USING (book_id) WHERE name = %s AND role = %s",
        (book, role),
    ).fetchone()
    return int(row[0]) if row else 0


def test_an_insurer_that_pays_a_quarter_early_owes_and_is_owed_nothing_yet(books: Connection[Any]) -> None:
    # given the insurer has paid 1,000.00 before the guarantor compensates: the scheme knows no loss yet
    tell(books, "insurance.claim_filed P 2025-03-01 --claimed 1,000.00")
    tell(books, "insurance.claim_paid P 2025-03-20 --paid 1,000.00")
    # when the quarter is closed, then no debt is raised
    finish(books, "2025Q1")
    assert obligations(books) == []
    # when the loss is known, then the insurer's payment counts towards its tenth and nothing moves twice
    tell(books, "guarantee.compensated G 2025-04-20 --paid 7,000.00")
    finish(books, "2025Q2")
    assert stands(books, "Insurer", "claims_paid") == 100_000
    assert not [debt for debt in obligations(books) if "Insurer" in (debt.debtor, debt.creditor)]
    assert stands(books, "Insurer", "cash") == -100_000


def test_a_recovery_before_a_write_off_in_one_quarter_leaves_nothing_behind(books: Connection[Any]) -> None:
    # given a loss of 10,000.00 of which the bank bears 2,000.00
    tell(books, "guarantee.compensated G 2025-03-20 --paid 8,000.00")
    finish(books, "2025Q1", "2025Q2", "2025Q3")
    assert stands(books, "Bank", "npl") == 200_000
    # when 1,000.00 comes back (200.00 to the bank) and the rest is written off, all in one quarter
    tell(books, "guarantee.recovered G 2025-10-20 --gross 1,000.00")
    tell(books, "loan.written_off L 2025-12-20 --amount 1,800.00")
    finish(books, "2025Q4")
    # then neither the loan nor its allowance keeps a remainder
    assert stands(books, "Bank", "npl") == 0
    assert stands(books, "Bank", "loan_allowance") == 0
    assert stands(books, "Bank", "impairment") == 180_000
    # and what comes back after the write-off is reinstated and collected
    tell(books, "guarantee.recovered G 2026-02-01 --gross 500.00")
    finish(books, "2026Q1")
    assert stands(books, "Bank", "npl") == 0
    assert stands(books, "Bank", "loan_allowance") == 0
    assert stands(books, "Bank", "impairment") == 170_000


def test_a_recovery_by_the_bank_waits_for_the_loss(books: Connection[Any]) -> None:
    with pytest.raises(Refused, match="nothing is compensated for loan L yet"):
        tell(books, "loan.recovered L 2025-03-01 --gross 100.00")
    tell(books, "guarantee.compensated G 2025-03-20 --paid 8,000.00")
    tell(books, "loan.recovered L 2025-03-25 --gross 100.00 --costs 10.00")
    finish(books, "2025Q1")
    assert stands(books, "Bank", "recovery_held") == 0
    assert stands(books, "Bank", "impairment") == 200_000 - 1_800
