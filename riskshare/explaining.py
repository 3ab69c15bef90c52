"""Explain: why a contract's loss fell as it did, down to clause, running total and odd fen, and what every book wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.faults import NotFound, Refusal
from ledger.periods import named
from products.events import Event
from riskshare.adoption import adopted
from riskshare.allocate import allocate
from riskshare.closing import CLOSE_KINDS, close_event_id, linked_years, load_facts
from riskshare.meaning import Fact
from riskshare.measured import measured
from riskshare.reconciling import seen_through
from riskshare.settling import CANCELLED
from riskshare.sharing import columns
from riskshare.steps import Step
from riskshare.terms import KINDS, Scheme

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Explained:
    """One fact under its scheme: the steps of the split, and each role's part as evaluated and as posted by closes."""

    fact: Fact
    scheme: Scheme
    source: str
    steps: tuple[Step, ...]
    evaluated: Mapping[str, int]
    posted: Mapping[str, int]
    parties: Mapping[str, str]
    decided: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of one voucher, as an auditor reads it."""

    book: str
    journal_no: int
    event_id: str
    kind: str
    on: date
    debit: str
    credit: str
    amount: int
    rule: str


@dataclass(frozen=True, slots=True)
class Debt:
    """An obligation raised for this contract, and what ended it, if anything: a payment, or the reversal that took it back."""

    event_id: str
    debtor: str
    creditor: str
    amount: int
    due_on: date
    instruction: str | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known about one loan (or the contract named): events, facts explained, vouchers, debts."""

    subject: str
    currency: str
    events: Sequence[Event]
    facts: Sequence[Explained]
    entries: Sequence[Entry]
    debts: Sequence[Debt]


def explain(conn: Connection[Any], name: str) -> Explanation:
    """Explain a loan, a contract or an event by its id. Raises NotFound."""
    subject, currency = _subject(conn, name)
    contracts = [c for (c,) in conn.execute(_FAMILY, (subject, subject)).fetchall()]
    events = [Event(*row) for row in conn.execute(_EVENTS, (contracts,)).fetchall()]
    facts = _explained(conn, contracts)
    closes = conn.execute(_CLOSED_IN, (contracts, contracts)).fetchall()
    ids = [event.id for event in events]
    ids += [
        close_event_id(named(number), scheme, loan, kind) for number, scheme, loan in closes for kind in CLOSE_KINDS
    ]
    entries = [Entry(*row) for row in conn.execute(_ENTRIES, (ids,)).fetchall()]
    debts = [Debt(*row) for row in conn.execute(_DEBTS, (ids,)).fetchall()]
    return Explanation(subject, currency, events, facts, entries, debts)


def _subject(conn: Connection[Any], name: str) -> tuple[str, str]:
    """The contract everything hangs on: the loan where there is one."""
    for query in (_BY_CONTRACT, _BY_EVENT):
        row = conn.execute(query, (name,)).fetchone()
        if row:
            return row[0], row[1]
    raise NotFound(
        Refusal("explain", f"nothing is known by the id {name!r}", "the id of a loan, a contract or an event", name)
    )


def _explained(conn: Connection[Any], contracts: Sequence[str]) -> list[Explained]:
    seen = seen_through(conn)
    found: list[Explained] = []
    for scheme in adopted(conn).values():
        rows = conn.execute(
            "SELECT event_id, year, booked_on FROM share.fact WHERE scheme_id = %s AND loan_id = ANY(%s) AND kind = ANY(%s)",
            (scheme.id, list(contracts), list(KINDS)),
        ).fetchall()
        if rows:
            wanted = {event_id for event_id, _, _ in rows}
            through = max([seen.get(scheme.id, date.min), *(booked for _, _, booked in rows)])
            years = linked_years(conn, scheme, {year for _, year, _ in rows})
            found += _explained_by(conn, scheme, wanted, years, through, seen.get(scheme.id))
    return found


def _explained_by(
    conn: Connection[Any], scheme: Scheme, wanted: set[str], years: Sequence[int], through: date, seen: date | None
) -> list[Explained]:
    """The wanted facts, with all others of their scheme-years around them: a limit is met in the order of facts."""
    facts = [fact for fact in load_facts(conn, scheme.id, years, through) if fact.kind in KINDS]
    allocation = allocate(scheme, columns(scheme, facts, measured(conn, scheme, through)), why=True)
    sources = {version.effective: version.source for version in scheme.versions}
    found = []
    for index, fact in enumerate(facts):
        if fact.event_id in wanted:
            posted = conn.execute(_POSTED, (scheme.id, fact.event_id)).fetchall()
            found.append(
                Explained(
                    fact,
                    scheme,
                    sources[fact.effective],
                    tuple(step for step in allocation.steps if step.fact == index),
                    {role: column[index] for role, column in allocation.shares.items() if column[index]},
                    {role: int(amount) for role, amount in posted},
                    {role: fact.attributes.get(role, role) for role in allocation.shares},
                    seen is not None and fact.booked_on <= seen,
                )
            )
    return sorted(found, key=lambda each: (each.fact.key_on, each.fact.event_id))


_BY_CONTRACT = "SELECT coalesce(loan_id, contract_id), currency FROM product.contract WHERE contract_id = %s"
_BY_EVENT = """
SELECT coalesce(c.loan_id, c.contract_id), c.currency FROM product.event e JOIN product.contract c USING (contract_id)
WHERE e.event_id = %s"""
_FAMILY = "SELECT contract_id FROM product.contract WHERE contract_id = %s OR loan_id = %s ORDER BY 1"
_EVENTS = """
SELECT event_id, kind, contract_id, effective_on, amounts, facts, nullif(booked_on, effective_on)
FROM product.event WHERE contract_id = ANY(%s) ORDER BY seq"""
_CLOSED_IN = """
SELECT period_id, scheme_id, loan_id FROM share.bearing WHERE loan_id = ANY(%s)
UNION SELECT period_id, scheme_id, loan_id FROM share.owing WHERE loan_id = ANY(%s)"""
_POSTED = """
SELECT role, sum(amount) FROM share.bearing WHERE scheme_id = %s AND event_id = %s GROUP BY 1 HAVING sum(amount) <> 0"""
_ENTRIES = """
SELECT k.name, j.journal_no, j.event_id, j.kind, j.effective_on,
  d.role || coalesce(' ' || dc.name, ''), c.role || coalesce(' ' || cc.name, ''), t.amount, t.rule
FROM ledger.journal j JOIN ledger.book k USING (book_id) JOIN ledger.transfer t USING (book_id, journal_no)
JOIN ledger.account d ON d.book_id = t.book_id AND d.account_id = t.debit_account_id
JOIN ledger.account c ON c.book_id = t.book_id AND c.account_id = t.credit_account_id
LEFT JOIN ledger.book dc ON dc.book_id = d.counterparty_book_id LEFT JOIN ledger.book cc ON cc.book_id = c.counterparty_book_id
WHERE j.event_id = ANY(%s) ORDER BY j.effective_on, j.event_id, k.name, j.journal_no, t.line"""
_DEBTS = f"""
SELECT o.event_id, d.name, c.name, o.amount, o.due_on, coalesce(s.instruction_id, x.event_id), i.paid_on FROM ledger.obligation o
JOIN ledger.book d ON d.book_id = o.debtor_book_id JOIN ledger.book c ON c.book_id = o.creditor_book_id
LEFT JOIN share.settled s ON s.obligation_id = o.obligation_id LEFT JOIN share.instruction i USING (instruction_id)
LEFT JOIN ({CANCELLED}) x ON x.obligation_id = o.obligation_id
WHERE o.event_id = ANY(%s) ORDER BY o.due_on, d.name, c.name, o.obligation_id"""  # noqa: S608 - a query of ours
