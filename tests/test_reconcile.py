"""Reconciliation: on sound books every check agrees, and each finds its own break when somebody goes behind the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EVERY, fresh
from stories import (
    BANK,
    BUREAU,
    CAPPED,
    FOUR_PARTY,
    GUARANTOR,
    INSURER,
    POOL,
    PREMIUMS,
    REGUARANTOR,
    Office,
    budgeted,
    claimed,
    compensated,
    defaulted,
    fen,
    insured,
    lent,
    pool_funded,
    recovered,
    said,
    undone,
    written_off,
)

from ledger.database import Database
from riskshare.intake import import_file
from riskshare.reconciling import Check, reconcile

LOANS = Path(__file__).parent / "data" / "sba_exact.csv"
CHECKS = [
    "counters", "vouchers", "mirrors", "obligations", "conserved", "sub-ledger", "again", "control totals", "imported events",
]  # fmt: skip


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database) -> Iterator[Office]:
    """A ledger with a bit of everything: imported loans, two schemes, a subsidy, two closes, one settlement."""
    with undone(shared, CAPPED, FOUR_PARTY, PREMIUMS) as each:
        options = {"scheme": CAPPED, "guarantor": GUARANTOR, "reguarantor": REGUARANTOR, "government": POOL}
        with each.conn.transaction():
            import_file(each.conn, LOANS, "sba", options, "clerk")
        each.counted_by("year")
        terms = {"scheme": PREMIUMS, "finance": BUREAU}
        each.record(
            pool_funded("2024-01-02", "100,000.00"),
            budgeted("2024-01-02", "1,000.00", PREMIUMS),
            lent("A", CAPPED, amount="12,000,000.00"),
            lent("B", FOUR_PARTY),
            insured("B", "2024-01-06", "200,000.00"),
            said(
                "I-1",
                "insurance.policy_issued",
                "P",
                "2024-01-05",
                {"insurer": INSURER, "enterprise": "Co"},
                insured="9.00",
            ),
            said("I-2", "insurance.premium_charged", "P", "2024-01-06", terms, premium="900.00"),
            defaulted("A", "2024-02-01", principal="12,000,000.00", interest="0.05"),
            defaulted("B", "2024-02-01", principal="1,000,000.00"),
            claimed("B", "2024-02-05", "150,000.00", "2024-02-20"),
            compensated("B", "2024-03-01", "650,000.00"),
            compensated("A", "2025-01-10", "800,000.00"),
            written_off("A", "2025-01-11", "100.00"),
            recovered("A", "2025-02-01", "5,000.00", costs="1.00"),
            recovered("B", "2025-02-01", "7,000.01", by="bank"),
        )
        through = each.one("SELECT date '2024-12-31'")
        periods = each.close_all(through)
        each.settle(periods[-1])
        each.close("2025")
        yield each


def checked(desk: Office) -> dict[str, Check]:
    return {check.name: check for check in reconcile(desk.conn)}


def broken(desk: Office) -> dict[str, Check]:
    return {name: check for name, check in checked(desk).items() if not check.agrees}


def behind_the_program(desk: Office, table: str, sql: str, *given: object) -> None:
    """What only somebody who may alter tables can do."""
    with desk.conn.transaction():
        desk.conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        assert desk.conn.execute(sql, given).rowcount > 0
        desk.conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


# Sound books.


def test_on_sound_books_every_check_agrees_and_has_looked_at_something(desk: Office) -> None:
    found = checked(desk)
    assert list(found) == CHECKS
    assert {name: check.breaks for name, check in found.items() if not check.agrees} == {}
    assert all(check.rows > 0 for check in found.values())
    assert all(check.left == check.right for check in found.values())
    assert all(check.zh and check.en for check in found.values())


def test_an_empty_ledger_agrees(shared: Database) -> None:
    with undone(shared) as desk:
        assert broken(desk) == {}


def test_before_any_close_nothing_is_missing(shared: Database) -> None:
    with undone(shared, CAPPED) as desk:
        desk.record(lent("A", CAPPED), defaulted("A", "2024-02-01", principal="1.00"))
        assert broken(desk) == {}


def test_what_is_recorded_after_the_close_is_not_missed(desk: Office) -> None:
    desk.record(lent("C", CAPPED, on="2026-01-05"), defaulted("C", "2026-02-01", principal="1.00"))
    assert broken(desk) == {}


def test_it_changes_nothing(desk: Office) -> None:
    before = desk.rows()
    reconcile(desk.conn)
    assert desk.rows() == before


# One break for each check.


def test_a_counter_that_was_moved(desk: Office) -> None:
    desk.conn.execute(
        "UPDATE ledger.balance b SET debits = debits + 700 FROM ledger.account a JOIN ledger.book k USING (book_id)"
        " WHERE a.account_id = b.account_id AND a.role = 'npl' AND k.name = %s",
        (BANK,),
    )
    found = broken(desk)
    assert set(found) == {"counters"}
    assert {(each.where, each.difference) for each in found["counters"].breaks} == {(f"{BANK} npl debit", 700)}


def lines_of_a_payment(change: str) -> str:
    """The columns of a payment of the guarantor's that has two lines, each changed alike."""
    columns = ", ".join(f"{name} = {change.format(name)}" for name in ("debit", "credit", "amount", "rule"))
    return (
        f"UPDATE ledger.journal SET {columns} WHERE event_id = 'B compensated 1' AND rule[1:2] = '{{C1,C1e}}'"
        " AND book_id = (SELECT book_id FROM ledger.book WHERE name = %s)"
    )


def test_a_line_that_was_taken_out(desk: Office) -> None:
    behind_the_program(desk, "ledger.journal", lines_of_a_payment("{0}[2:]"), GUARANTOR)
    found = broken(desk)
    assert {(each.where, abs(each.difference)) for each in found["counters"].breaks} == {
        (f"{GUARANTOR} claim_recv debit", fen("650,000.00")), (f"{GUARANTOR} cash credit", fen("650,000.00")),
    }  # fmt: skip


def test_a_line_that_was_put_in(desk: Office) -> None:
    """The same pair once more, in an old voucher."""
    behind_the_program(desk, "ledger.journal", lines_of_a_payment("{0} || {0}[1]"), GUARANTOR)
    found = broken(desk)
    assert {(each.where, abs(each.difference)) for each in found["counters"].breaks} == {
        (f"{GUARANTOR} claim_recv debit", fen("650,000.00")), (f"{GUARANTOR} cash credit", fen("650,000.00")),
    }  # fmt: skip


def test_a_voucher_that_was_taken_out_with_its_lines(desk: Office) -> None:
    behind_the_program(
        desk,
        "ledger.journal",
        "DELETE FROM ledger.journal WHERE kind = 'guarantee.compensated' AND event_id LIKE 'A %%'",
    )
    assert {each.where for each in broken(desk)["vouchers"].breaks} == {BANK, GUARANTOR}


def test_a_voucher_that_was_given_another_number(desk: Office) -> None:
    """The number of vouchers and of lines of the book is as before."""
    behind_the_program(
        desk,
        "ledger.journal",
        "UPDATE ledger.journal j SET journal_no = journal_no + 77 WHERE book_id = (SELECT book_id FROM ledger.book WHERE name = %s)"
        " AND journal_no = (SELECT max(journal_no) FROM ledger.journal x WHERE x.book_id = j.book_id)",
        GUARANTOR,
    )
    assert {each.where for each in broken(desk)["vouchers"].breaks} == {GUARANTOR}


def test_two_books_that_no_longer_mirror(desk: Office) -> None:
    """One pair of the guarantor's is made smaller together with its counters: its book still balances by itself."""
    pair = """(SELECT t.book_id, t.journal_no, t.line, t.debit_account_id, t.credit_account_id, t.amount FROM ledger.transfer t
        JOIN ledger.account a ON a.account_id = t.credit_account_id JOIN ledger.book k ON k.book_id = t.book_id
        WHERE a.role = 'due_to' AND k.name = %s AND t.amount > 100 ORDER BY t.journal_no DESC LIMIT 1)"""
    behind_the_program(
        desk,
        "ledger.journal",
        f"WITH p AS MATERIALIZED {pair},"
        " d AS (UPDATE ledger.balance b SET debits = debits - 100 FROM p WHERE b.account_id = p.debit_account_id),"
        " c AS (UPDATE ledger.balance b SET credits = credits - 100 FROM p WHERE b.account_id = p.credit_account_id)"
        " UPDATE ledger.journal j SET amount[p.line] = j.amount[p.line] - 100 FROM p"
        " WHERE (j.book_id, j.journal_no) = (p.book_id, p.journal_no)",
        GUARANTOR,
    )
    found = broken(desk)
    assert "counters" not in found
    assert {"mirrors", "obligations"} <= set(found)
    [each] = found["mirrors"].breaks
    assert each.where.startswith(f"{GUARANTOR} → ")
    assert abs(each.difference) == 100


def test_a_debt_that_was_struck_out(desk: Office) -> None:
    """Marked as settled without a payment."""
    desk.conn.execute(
        "INSERT INTO share.settled SELECT obligation_id, 'nowhere' FROM ledger.obligation o"
        " WHERE NOT EXISTS (SELECT FROM share.settled s WHERE s.obligation_id = o.obligation_id) ORDER BY amount LIMIT 1"
    )
    found = broken(desk)
    assert set(found) == {"obligations"}
    assert len(found["obligations"].breaks) == 1


def test_a_payment_that_was_forgotten(desk: Office) -> None:
    behind_the_program(desk, "share.settled", "DELETE FROM share.settled")
    assert set(broken(desk)) == {"obligations"}


def test_a_share_that_was_made_smaller(desk: Office) -> None:
    behind_the_program(
        desk,
        "share.bearing",
        "UPDATE share.bearing SET amount = amount - 5 WHERE event_id = 'A default' AND role = 'bank'",
    )
    found = broken(desk)
    assert set(found) == {"conserved", "sub-ledger", "again"}
    assert {(each.where, each.difference) for each in found["conserved"].breaks} == {("A default", -5)}
    assert {(each.where, each.expected - each.got) for each in found["sub-ledger"].breaks} == {(BANK, -5)}
    assert {(each.where, each.difference) for each in found["again"].breaks} == {("A default bank", -5)}


def test_a_share_that_was_given_to_somebody_else(desk: Office) -> None:
    """Nothing is lost, and yet it stands against the ledger and against the terms."""
    behind_the_program(
        desk,
        "share.bearing",
        "UPDATE share.bearing SET amount = amount + CASE role WHEN 'bank' THEN -5 ELSE 5 END"
        " WHERE event_id = 'A default' AND role IN ('bank', 'reguarantor')",
    )
    found = broken(desk)
    assert set(found) == {"sub-ledger", "again"}
    assert {each.where for each in found["sub-ledger"].breaks} == {BANK, REGUARANTOR}


def test_a_fact_that_was_changed(desk: Office) -> None:
    behind_the_program(desk, "share.fact", "UPDATE share.fact SET amount = amount + 10 WHERE event_id = 'A default'")
    found = broken(desk)
    assert set(found) == {"conserved", "again"}
    assert {(each.where, each.difference) for each in found["conserved"].breaks} == {("A default", -10)}


def test_a_debt_of_the_close_that_was_changed(desk: Office) -> None:
    behind_the_program(
        desk,
        "share.owing",
        "UPDATE share.owing SET amount = amount + 3 WHERE loan_id = 'A' AND debtor_role = 'reguarantor'",
    )
    found = broken(desk)
    assert set(found) == {"again"}
    assert [(each.where, each.difference) for each in found["again"].breaks] == [("A loss reguarantor guarantor", 3)]


def test_a_share_of_something_that_never_happened(desk: Office) -> None:
    desk.conn.execute(
        "INSERT INTO share.bearing SELECT scheme_id, year, period_id, 'ghost', kind, loan_id, role, party, 9 FROM share.bearing"
        " WHERE event_id = 'A default' AND role = 'bank'"
    )
    assert {"sub-ledger", "again"} <= set(broken(desk))


def test_a_control_total_that_does_not_add_up(desk: Office) -> None:
    behind_the_program(
        desk,
        "product.import_run",
        "UPDATE product.import_run SET controls = jsonb_set(controls, '{approved,1}', to_jsonb((controls #>> '{approved,1}')::bigint - 1))",
    )
    found = broken(desk)
    assert set(found) == {"control totals"}
    assert [(each.where, each.difference) for each in found["control totals"].breaks] == [
        (f"{LOANS.name} approved", -1)
    ]


def test_an_imported_event_that_was_changed(desk: Office) -> None:
    behind_the_program(
        desk,
        "product.event",
        "UPDATE product.event SET amounts = jsonb_set(amounts, '{principal}', to_jsonb((amounts ->> 'principal')::bigint - 2))"
        " WHERE event_id = (SELECT min(event_id) FROM product.event WHERE import_no IS NOT NULL AND kind = 'loan.disbursed')",
    )
    found = broken(desk)
    assert "imported events" in found
    assert [(each.where, each.difference) for each in found["imported events"].breaks] == [
        (f"{LOANS.name} loan.disbursed principal", -2)
    ]


def test_an_imported_event_that_was_taken_out(desk: Office) -> None:
    behind_the_program(
        desk,
        "product.event",
        "DELETE FROM product.event"
        " WHERE event_id = (SELECT min(event_id) FROM product.event WHERE import_no IS NOT NULL AND kind = 'loan.disbursed')",
    )
    assert "imported events" in broken(desk)


def test_how_much_is_in_the_figures(desk: Office) -> None:
    """The two sides of a check are sums an auditor can find again elsewhere."""
    found = checked(desk)
    assert found["conserved"].left == desk.one("SELECT sum(amount) FROM share.fact WHERE kind <> 'paid'")
    assert found["obligations"].left == desk.one(
        "SELECT sum(amount) FROM ledger.obligation WHERE obligation_id NOT IN (SELECT obligation_id FROM share.settled)"
    )
    assert found["counters"].right == desk.one("SELECT sum(debits + credits) FROM ledger.balance")
    assert desk.balance(BANK, "deposits") < -fen("12,000,000.00")
