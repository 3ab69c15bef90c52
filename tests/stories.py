"""Stories for the tests: what happens to contracts, told in the words of the field, and the office that records it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from ledger.database import Database
from ledger.periods import parse_period
from products.events import Event
from riskshare import adoption, closing, settling
from riskshare.record import Receipt, record
from riskshare.terms import Scheme

on_database = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
"""How examples are tried on a database. Add Phase.shrink to have a failing one made smaller: it takes minutes."""

TODAY = date(2030, 1, 1)
CAPPED, FOUR_PARTY, OWN_TERMS = "example-4321-capped", "example-four-party", "loan-own-terms"
PREMIUMS, FEES = "example-premium-subsidy", "example-fee-reduction"
PARTIES = {
    "bank": "City Bank",
    "guarantor": "Jinhui Guarantee",
    "reguarantor": "Province Re",
    "insurer": "Hengan Insurance",
    "government": "County Pool",
}
BANK, GUARANTOR, REGUARANTOR, INSURER, POOL = PARTIES.values()
BUREAU = "Finance Bureau"


def fen(text: str) -> int:
    """ "1,000.05" in minor units, without the gate that is under test."""
    whole, _, part = text.replace(",", "").partition(".")
    assert len(part) == 2, text
    return int(whole + part)


def said(
    id: str,
    kind: str,
    contract: str,
    on: str,
    facts: Mapping[str, str] | None = None,
    booked: str | None = None,
    **amounts: str,
) -> Event:
    """One event: said("D-1", "loan.default_declared", "L-1", "2024-06-05", principal="300,000.00")."""
    day = date.fromisoformat(booked) if booked else None
    given = {name: fen(text) for name, text in amounts.items()}
    return Event(id, kind, contract, date.fromisoformat(on), given, dict(facts or {}), day)


def lent(
    loan: str,
    scheme: str,
    on: str = "2024-01-05",
    amount: str = "1,000,000.00",
    guaranteed: str = "800,000.00",
    parties: Mapping[str, str] = PARTIES,
    **facts: str,
) -> list[Event]:
    """A loan that is registered, guaranteed and paid out on one day. Its guarantee is called LOAN:G."""
    currency = "CNY" if scheme == FOUR_PARTY else "USD"
    own = {"insured": "yes"} if scheme == FOUR_PARTY else {}
    everything = {**parties, "scheme": scheme, "currency": currency, "borrower": f"borrower of {loan}", **own, **facts}
    hangs = {"loan": loan, "guarantor": parties["guarantor"]}
    return [
        said(f"{loan} registered", "loan.registered", loan, on, everything, approved=amount, guaranteed=guaranteed),
        said(f"{loan} issued", "guarantee.issued", f"{loan}:G", on, hangs, guaranteed=guaranteed),
        said(f"{loan} disbursed", "loan.disbursed", loan, on, principal=amount),
    ]


def defaulted(loan: str, on: str, booked: str | None = None, **amounts: str) -> Event:
    return said(f"{loan} default", "loan.default_declared", loan, on, None, booked, **amounts)


def compensated(loan: str, on: str, paid: str, number: int = 1, booked: str | None = None, **measures: str) -> Event:
    id = f"{loan} compensated {number}"
    return said(id, "guarantee.compensated", f"{loan}:G", on, None, booked, paid=paid, **measures)


def recovered(loan: str, on: str, gross: str, by: str = "guarantor", number: int = 1, **amounts: str) -> Event:
    kind, contract = ("guarantee.recovered", f"{loan}:G") if by == "guarantor" else ("loan.recovered", loan)
    return said(f"{loan} recovered by {by} {number}", kind, contract, on, gross=gross, **amounts)


def written_off(loan: str, on: str, amount: str) -> Event:
    return said(f"{loan} written off", "loan.written_off", loan, on, amount=amount)


def insured(loan: str, on: str, amount: str, insurer: str = INSURER) -> Event:
    """A policy on the loan, called LOAN:P."""
    facts = {"loan": loan, "insurer": insurer}
    return said(f"{loan} policy", "insurance.policy_issued", f"{loan}:P", on, facts, insured=amount)


def claimed(loan: str, on: str, amount: str, paid_on: str | None = None) -> list[Event]:
    """A claim under the policy of the loan, paid in full where a day is given."""
    filed = said(f"{loan} claim", "insurance.claim_filed", f"{loan}:P", on, claimed=amount)
    return [filed, said(f"{loan} claim paid", "insurance.claim_paid", f"{loan}:P", paid_on, paid=amount)] if paid_on else [filed]  # fmt: skip


def pool_funded(on: str, amount: str, scheme: str = FOUR_PARTY, number: int = 1) -> Event:
    facts = {"government": POOL, "scheme": scheme, "currency": "CNY" if scheme == FOUR_PARTY else "USD"}
    return said(f"pool funded {number}", "pool.funded", "POOL", on, facts, funding=amount)


def budgeted(on: str, amount: str, scheme: str, number: int = 1, booked: str | None = None) -> Event:
    facts = {"finance": BUREAU, "scheme": scheme}
    return said(f"budget {scheme} {number}", "budget.appropriated", f"BUDGET {scheme}", on, facts, booked, appropriated=amount)  # fmt: skip


def library_scheme(name: str) -> Scheme:
    """A scheme that comes with the program."""
    return adoption.check(adoption.library()[name])


# The office: one connection, everything through the public functions.


@dataclass(frozen=True, slots=True)
class Office:
    """Where events are recorded, periods closed and debts settled; and what the books then say."""

    conn: Any

    def adopt(self, *schemes: str) -> None:
        with self.conn.transaction():
            for name in schemes:
                adoption.adopt(self.conn, adoption.library()[name], "clerk")

    def record(self, *events: Event | Sequence[Event]) -> Receipt:
        told = [event for each in events for event in ([each] if isinstance(each, Event) else each)]
        with self.conn.transaction():
            return record(self.conn, told, "clerk")

    def close(self, *periods: str) -> closing.CloseReport:
        """Close these periods; the report of the last one."""
        report = None
        for name in periods:
            with self.conn.transaction():
                period = parse_period(name, closing.calendar(self.conn)[0])
                report = closing.close(self.conn, period, "chief", TODAY)
        assert report is not None
        return report

    def close_all(self, through: date) -> list[str]:
        periods = [str(period) for period in closing.open_periods(self.conn, through)]
        if periods:
            self.close(*periods)
        return periods

    def settle(self, period: str, paid_on: str | None = None) -> list[settling.Instruction]:
        day = date.fromisoformat(paid_on) if paid_on else None
        with self.conn.transaction():
            return settling.settle(self.conn, parse_period(period, closing.calendar(self.conn)[0]), day, "cashier")

    def counted_by(self, unit: str) -> None:
        with self.conn.transaction():
            self.conn.execute("UPDATE ledger.calendar SET unit = %s", (unit,))

    def ask(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        with self.conn.transaction():
            found: list[tuple[Any, ...]] = self.conn.execute(sql, given).fetchall()
        return found

    def one(self, sql: str, *given: object) -> Any:
        return self.ask(sql, *given)[0][0]

    def books(self) -> dict[tuple[str, str, str], int]:
        """Every balance that is not zero: (book, role, other book or "") to debits less credits."""
        rows = self.ask(
            """SELECT k.name, a.role, coalesce(o.name, ''), b.debits - b.credits FROM ledger.balance b
            JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book k ON k.book_id = a.book_id
            LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id"""
        )
        found: Counter[tuple[str, str, str]] = Counter()
        for book, role, other, amount in rows:
            found[book, role, other] += amount
        return {key: amount for key, amount in found.items() if amount}

    def balance(self, book: str, role: str, other: str = "") -> int:
        return self.books().get((book, role, other), 0)

    def borne(self, kind: str = "loss") -> dict[str, int]:
        """What each role bears (or gets back) by all closes so far."""
        rows = self.ask("SELECT role, sum(amount) FROM share.bearing WHERE kind = %s GROUP BY 1", kind)
        return {role: int(amount) for role, amount in rows if amount}

    def owed(self) -> dict[tuple[str, str, str, str], int]:
        """Who owes whom for which loan, by all closes so far: (loan, kind, debtor role, creditor role)."""
        rows = self.ask(
            "SELECT loan_id, kind, debtor_role, creditor_role, sum(amount) FROM share.owing GROUP BY 1, 2, 3, 4"
        )
        return {row[:4]: int(row[4]) for row in rows if row[4]}  # type: ignore[misc]

    def shares(self) -> dict[tuple[str, str], int]:
        rows = self.ask("SELECT event_id, role, sum(amount) FROM share.bearing GROUP BY 1, 2")
        return {(event, role): int(amount) for event, role, amount in rows if amount}

    def hashes(self) -> tuple[str, str]:
        """The facts and the result by all closes so far."""
        row = self.ask("SELECT facts_hash, result_hash FROM share.close ORDER BY close_no DESC LIMIT 1")
        return row[0] if row else ("", "")  # type: ignore[return-value]

    def rows(self) -> dict[str, int]:
        """How many rows every table of ours holds, and what the books add up to: nothing changed means this is equal."""
        tables = self.ask(
            "SELECT schemaname || '.' || relname FROM pg_stat_user_tables"
            " WHERE schemaname IN ('ledger', 'product', 'share') ORDER BY 1"
        )
        found = {table: self.one(f"SELECT count(*) FROM {table}") for (table,) in tables}
        found["debits"] = int(self.one("SELECT coalesce(sum(debits), 0) FROM ledger.balance"))
        return found

    def told(self) -> list[Event]:
        """Every event in the order it was recorded."""
        rows = self.ask(
            "SELECT event_id, kind, contract_id, effective_on, amounts, facts, nullif(booked_on, effective_on)"
            " FROM product.event ORDER BY seq"
        )
        return [Event(*row) for row in rows]


@contextmanager
def office(database: Database) -> Iterator[Office]:
    with database.connect() as conn:
        yield Office(conn)


@contextmanager
def undone(database: Database, *schemes: str) -> Iterator[Office]:
    """An office whose every deed is undone in the end: one database serves many tests."""
    with office(database) as each, for_a_moment(each):
        each.adopt(*schemes)
        yield each


@contextmanager
def for_a_moment(each: Office) -> Iterator[Office]:
    """Everything done in here is forgotten again: one database serves many examples."""
    with each.conn.transaction(force_rollback=True):
        yield each


# Small histories made up by chance, for the promises that hold whatever happens.

FIRST = date(2024, 1, 5)


@st.composite
def histories(draw: st.DrawFn, scheme: str = CAPPED, loans: int = 3, late: bool = True) -> list[Event]:
    """A few loans and all that happens to them within two years, in the order of booking."""
    told: list[tuple[date, int, Event]] = []
    if scheme == FOUR_PARTY:
        for number, year in enumerate((2024, 2025), 1):
            if draw(st.booleans()):
                told.append((date(year, 1, 2), -1, pool_funded(f"{year}-01-02", draw(_money(400_000)), number=number)))
    for number in range(draw(st.integers(1, loans))):
        for place, event in enumerate(_life(draw, f"L{number}", scheme, late)):
            told.append((event.booked_on, place, event))
    return [event for *_, event in sorted(told, key=lambda each: each[:2])]


def _life(draw: st.DrawFn, loan: str, scheme: str, late: bool) -> list[Event]:
    day = FIRST + timedelta(days=draw(st.integers(0, 200)))
    lends = draw(st.integers(1_000, 60_000_000))
    facts = {"insured": draw(st.sampled_from(("yes", "no")))} if scheme == FOUR_PARTY else {}
    events = lent(loan, scheme, str(day), shown(lends), shown(max(lends * 4 // 5, 1)), **facts)
    if scheme == FOUR_PARTY:
        events.append(insured(loan, str(day), shown(lends)))
    day, repaid = _later(draw, day), draw(st.integers(0, lends))
    if 0 < repaid < lends:
        events.append(said(f"{loan} repaid", "loan.repaid", loan, str(day), principal=shown(repaid), interest="1.23"))
    if repaid == lends or draw(st.integers(0, 4)) == 0:
        return events
    left, interest = lends - repaid, draw(st.integers(0, 9_999))
    extra = {"interest": shown(interest)} if interest else {}
    extra |= {"penalty": "3.21"} if draw(st.booleans()) else {}
    day = _later(draw, day)
    events.append(defaulted(loan, str(day), _late(draw, day, late), principal=shown(left), **extra))
    return events + _aftermath(draw, loan, events[-1], left + interest, scheme == FOUR_PARTY)


def _aftermath(draw: st.DrawFn, loan: str, default: Event, claim: int, four_party: bool) -> list[Event]:
    """Payments and recoveries in any mixture that the life of the contracts allows."""
    events: list[Event] = []
    day, paid, insurer_paid, off = default.booked_on, 0, 0, False
    itemised = draw(st.booleans())
    for number in range(draw(st.integers(0, 6))):
        day = _later(draw, day)
        what = draw(st.sampled_from(("compensate", "claim", "recover", "bank recovers", "write off")))
        left = claim - paid - insurer_paid
        if what == "compensate" and left > 0 and (itemised or not paid):
            part = draw(st.integers(1, left))
            events.append(compensated(loan, str(day), shown(part), number, **_items(default, paid, part, itemised)))
            paid += part
        elif what == "claim" and four_party and not insurer_paid and left > 0:
            insurer_paid = draw(st.integers(1, max(min(claim // 4, left, default.amounts["principal"]), 1)))
            events += claimed(loan, str(day), shown(insurer_paid), str(day))
        elif what == "recover" and paid:
            events.append(_recovery(draw, loan, day, "guarantor", number, claim))
        elif what == "bank recovers" and (paid or not four_party):
            events.append(_recovery(draw, loan, day, "bank", number, claim))
        elif what == "write off" and not off and left > 0:
            off = True
            events.append(written_off(loan, str(day), shown(draw(st.integers(1, left)))))
    return events


def _items(default: Event, paid: int, part: int, itemised: bool) -> dict[str, str]:
    """What a payment is for: principal first, then interest. A notice that does not say so is for everything."""
    principal = min(part, max(default.amounts["principal"] - paid, 0))
    items = {"principal": principal, "interest": part - principal}
    return {name: shown(amount) for name, amount in items.items() if amount and itemised}


def _recovery(draw: st.DrawFn, loan: str, day: date, by: str, number: int, claim: int) -> Event:
    gross = draw(st.integers(1, max(claim // 2, 1)))
    costs = draw(st.integers(0, gross // 4))
    extra = {"costs": shown(costs)} if costs else {}
    return recovered(loan, str(day), shown(gross), by, number, **extra)


def _later(draw: st.DrawFn, day: date) -> date:
    return min(day + timedelta(days=draw(st.integers(1, 120))), date(2026, 3, 31))


def _late(draw: st.DrawFn, day: date, late: bool) -> str | None:
    return str(day + timedelta(days=draw(st.integers(1, 200)))) if late and draw(st.integers(0, 3)) == 0 else None


def _money(most: int) -> st.SearchStrategy[str]:
    return st.integers(1, most * 100).map(shown)


def shown(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
