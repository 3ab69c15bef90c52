"""The close of a period: evaluate, post the differences in every book, stamp the period. One transaction, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

from ledger.batch import Unit
from ledger.copying import copy_rows, escaped
from ledger.failpoints import reached
from ledger.faults import Conflict, Failed, PeriodClosed, Refusal, Refused
from ledger.periods import MONTHS, Period, period_of
from ledger.posting import CREATED, post
from products.events import canonical
from products.posting import Owing, entry
from riskshare.adoption import adopted
from riskshare.meaning import Fact
from riskshare.measured import measured, years_moved
from riskshare.program import spans_years
from riskshare.sharing import HOLDER, Owed, Share, differences, evaluate, label
from riskshare.terms import Scheme

if TYPE_CHECKING:
    from psycopg import Connection

ENGINE = "gongji-1"
"""Named with every close: results of one engine are comparable."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class CloseReport:
    """What a close did: facts seen, events and lines posted, difference per scheme, kind of fact and role.

    `waiting` are facts that could not be shared out, each with the reason: a work list for somebody, not a guess.
    """

    period: str
    cut_off: date
    facts: int = 0
    events: int = 0
    lines: int = 0
    totals: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    waiting: dict[str, str] = field(default_factory=dict)
    facts_hash: str = ""
    result_hash: str = ""


def calendar(conn: Connection[Any]) -> tuple[str, date | None]:
    """The unit of the periods and the day through which the books are closed."""
    row = conn.execute("SELECT unit, closed_through FROM ledger.calendar").fetchone()
    if row is None:
        raise Failed(Refusal("database", "the ledger has no calendar", advice="run gongji doctor"))
    return row[0], row[1]


def choose_unit(conn: Connection[Any], unit: str) -> None:
    """Say how long a period is, as long as nothing is recorded. Raises Refused."""
    if unit not in MONTHS:
        raise Refused(Refusal("--period", "no such period", " or ".join(MONTHS), unit))
    current, _ = calendar(conn)
    if unit != current and conn.execute("SELECT 1 FROM product.event LIMIT 1").fetchone():
        raise Conflict(Refusal("--period", "events are recorded already", current, unit, "start another workspace"))
    conn.execute("UPDATE ledger.calendar SET unit = %s", (unit,))


def open_periods(conn: Connection[Any], through: date) -> list[Period]:
    """The periods to close, in order: from the first with an open event up to the one that ends by `through`."""
    unit, closed = calendar(conn)
    first = _first_open_day(conn, closed)
    if first is None:
        return []
    found, period = [], period_of(unit, first)
    while period.last <= through:
        found.append(period)
        period = period.next()
    return found


def close(conn: Connection[Any], period: Period, actor: str, today: date) -> CloseReport:
    """Close one period, in the open transaction of `conn`.

    Raises PeriodClosed where it is closed already, Refused where an earlier one is open or it has not ended.
    """
    conn.execute("SELECT FROM ledger.calendar FOR UPDATE")  # waits for every poster; later posters wait for us
    _refuse_out_of_order(conn, period, today)
    report = CloseReport(str(period), period.last)
    units: list[Unit] = []
    old = _last_close(conn)
    facts_hash, result_hash = old
    schemes = adopted(conn)
    for scheme in schemes.values():
        changes = _changes(conn, scheme, period)
        units += changes.units
        _write_changes(conn, scheme, period, changes)
        for share, amount in changes.shares.items():
            fact = changes.facts[share.event_id]
            report.totals[scheme.id, fact.kind, share.role] += amount
        facts_hash = _added(facts_hash, ((_fact_text(fact), 1) for fact in changes.new))
        result_hash = _added(result_hash, ((_share_text(scheme, s), amount) for s, amount in changes.shares.items()))
        report.facts += len(changes.new)
        report.waiting |= changes.waiting
    for unit, outcome in zip(units, post(conn, units, actor), strict=True):
        if outcome != CREATED:
            raise Failed(Refusal(f"event {unit.key}", "a posting of the close was refused", CREATED, outcome))
    report.events, report.lines = len(units), sum(len(unit.lines) for unit in units)
    report.facts_hash, report.result_hash = f"{facts_hash:064x}", f"{result_hash:064x}"
    terms = sha256("".join(schemes[name].digest for name in sorted(schemes)).encode()).hexdigest()
    _stamp(conn, period, report, terms, actor)
    return report


def load_facts(conn: Connection[Any], scheme: str, years: Sequence[int], through: date) -> list[Fact]:
    """Every fact of these scheme-years that a close on `through` may see."""
    rows = conn.execute(_FACTS + " AND year = ANY(%s) AND booked_on <= %s", (scheme, list(years), through)).fetchall()
    return [Fact(*row) for row in rows]


def linked_years(conn: Connection[Any], scheme: Scheme, years: Iterable[int]) -> list[int]:
    """These scheme-years and all that must be evaluated with them: they share a loan, or a layer spans years."""
    found = set(years)
    if not found:
        return []
    if spans_years(scheme):
        rows = conn.execute("SELECT DISTINCT year FROM share.fact WHERE scheme_id = %s", (scheme.id,)).fetchall()
        return sorted({year for (year,) in rows})
    while True:
        rows = conn.execute(_LINKED, (scheme.id, scheme.id, list(found))).fetchall()
        more = {year for (year,) in rows} - found
        if not more:
            return sorted(found)
        found |= more


_HELD = ("recovery:bank", "recovery:guarantor")
CLOSE_KINDS = ("loss", *_HELD, *(f"{kind}:written off" for kind in _HELD), "premium", "fee_reduction")
"""Every label of sharing.label: what a close posts for a contract, one event each."""


def close_event_id(period: str, scheme: str, loan: str, kind: str) -> str:
    """The id of what a close posts for one contract and kind of fact."""
    return f"{period}/{scheme}/{loan}/{kind}"


# One scheme in one close.


@dataclass(slots=True)
class _Changes:
    """What a close changes for one scheme. `new` are the facts it sees for the first time."""

    new: list[Fact] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    shares: dict[Share, int] = field(default_factory=dict)
    owed: dict[Owed, int] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)


def _changes(conn: Connection[Any], scheme: Scheme, period: Period) -> _Changes:
    since = _seen_through(conn, scheme, period)
    if since is None:
        return _Changes()
    rows = conn.execute(_FACTS + " AND booked_on > %s AND booked_on <= %s", (scheme.id, since, period.last)).fetchall()
    new = [Fact(*row) for row in rows]
    moved = years_moved(conn, scheme, since, period.last)
    years = linked_years(conn, scheme, {fact.year for fact in new} | moved)
    if not years:
        return _Changes(new)
    facts = load_facts(conn, scheme.id, years, period.last)
    result = evaluate(scheme, facts, measured(conn, scheme, period.last))
    shared = conn.execute(_POSTED_SHARES, (scheme.id, years)).fetchall()
    owed = conn.execute(_POSTED_OWED, (sorted({fact.loan for fact in facts}), scheme.id)).fetchall()
    changes = _Changes(new, {fact.event_id: fact for fact in facts if fact.kind != "paid"})
    changes.shares = differences(result.shares, {Share(e, r): int(a) for e, r, a in shared})
    changes.waiting = result.waiting
    changes.owed = differences(result.owed, {Owed(*row[:4]): int(row[4]) for row in owed})
    changes.units = list(_units(scheme, period, changes, facts, _treasury(conn, scheme)))
    return changes


def _seen_through(conn: Connection[Any], scheme: Scheme, period: Period) -> date | None:
    """The last day whose facts this scheme has seen; None where this close decides nothing for it."""
    if scheme.versions[-1].decided == "year":
        if not period.ends_year:
            return None
        return date(period.last.year - 1, 12, 31) if period.last.year > 1 else date.min
    return calendar(conn)[1] or date.min


def _units(
    scheme: Scheme, period: Period, changes: _Changes, facts: Sequence[Fact], treasury: Mapping[str, str]
) -> Iterable[Unit]:
    """One event per contract and kind of fact: what changed there, in the books of all its parties."""
    by_contract: dict[tuple[str, str], tuple[dict[str, int], list[Owing]]] = {}
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in facts:
        attributes[fact.loan].update(fact.attributes)
    for share, amount in changes.shares.items():
        fact = changes.facts[share.event_id]
        amounts = by_contract.setdefault((fact.loan, label(fact)), ({}, []))[0]
        for name in _names(fact, share.role):
            amounts[name] = amounts.get(name, 0) + amount
    for owed, amount in changes.owed.items():
        owing = Owing(owed.debtor, owed.creditor, amount) if amount > 0 else Owing(owed.creditor, owed.debtor, -amount)
        by_contract.setdefault((owed.loan, owed.kind), ({}, []))[1].append(owing)
    for (loan, kind), (amounts, owings) in sorted(by_contract.items()):
        parties = {**attributes[loan], **treasury}
        base, _, rest = kind.partition(":")
        holder, _, state = rest.partition(":")
        if holder:
            parties[HOLDER] = parties[holder]
        signed = {name if amount > 0 else _OPPOSITE + name: abs(amount) for name, amount in amounts.items() if amount}
        event_id = close_event_id(str(period), scheme.id, loan, kind)
        state = state or "not written off"
        unit = entry(
            event_id,
            _EVENTS[base],
            period.last,
            parties,
            scheme.currency,
            signed,
            sorted(owings),
            state,
            books_as=scheme.books_as,
        )
        if unit:
            yield unit


def _treasury(conn: Connection[Any], scheme: Scheme) -> Mapping[str, str]:
    """The bureau whose budget the scheme draws on: it pays, whoever an event named before there was a budget."""
    row = conn.execute(
        "SELECT parties ->> 'finance' FROM product.contract WHERE product = 'budget' AND facts ->> 'scheme' = %s LIMIT 1",
        (scheme.id,),
    ).fetchone()
    return {"finance": row[0]} if row else {}


def _names(fact: Fact, role: str) -> list[str]:
    """The named amounts that a role's share of a fact posts by itself; all else is posted as debts."""
    if fact.kind == "loss":
        return [f"borne:{role}"] if role in ("bank", "guarantor") else []
    if fact.kind == "recovery":
        holder = fact.attributes["payer"]
        kept = [f"kept:{role}"] if role == holder else [f"surplus:{holder}"] if role == "debtor" else []
        return kept + ([f"returned:{role}"] if role in ("bank", "guarantor") else [])
    return []


_OPPOSITE = "un"
_EVENTS = {
    "loss": "loss.shared",
    "recovery": "recovery.shared",
    "premium": "premium.subsidised",
    "fee_reduction": "fee_reduction.granted",
}


# Order, stamps and hashes.


def _refuse_out_of_order(conn: Connection[Any], period: Period, today: date) -> None:
    _, closed = calendar(conn)
    where = f"period {period}"
    if closed is not None and period.last <= closed:
        raise PeriodClosed(Refusal(where, "already closed", f"a period after {closed}", str(period)))
    if period.last >= today:
        raise Refused(Refusal(where, f"it ends on {period.last} and today is {today}", "a period that has ended"))
    first = _first_open_day(conn, closed)
    if first is not None and first < period.first:
        earlier = period_of(period.unit, first)
        raise Refused(Refusal(where, f"{earlier} is still open", f"close {earlier} first", str(period)))


def _first_open_day(conn: Connection[Any], closed: date | None) -> date | None:
    """The first day of what is still open: right after the last close, or the first event of all."""
    if closed is not None:
        return closed + timedelta(days=1)
    row = conn.execute("SELECT min(booked_on) FROM product.event").fetchone()
    return row[0] if row else None


def _last_close(conn: Connection[Any]) -> tuple[int, int]:
    row = conn.execute("SELECT facts_hash, result_hash FROM share.close ORDER BY close_no DESC LIMIT 1").fetchone()
    return (int(row[0], 16), int(row[1], 16)) if row else (0, 0)


def _added(total: int, rows: Iterable[tuple[str, int]]) -> int:
    """A sum of hashes: the same for the same rows in any order and over any number of closes.

    It shows that two runs agree. It is no seal against a forger.
    """
    for text, amount in rows:
        total += amount * int.from_bytes(blake2b(text.encode(), digest_size=32).digest(), "big")
    return total % 2**256


def _fact_text(fact: Fact) -> str:
    return canonical([fact.event_id, fact.kind, fact.year, fact.loan, str(fact.key_on), fact.filing, fact.amount])


def _share_text(scheme: Scheme, share: Share) -> str:
    return canonical([scheme.id, share.event_id, share.role])


def _write_changes(conn: Connection[Any], scheme: Scheme, period: Period, changes: _Changes) -> None:
    name, number = escaped(scheme.id), period.number
    loans: dict[str, int] = {fact.loan: fact.year for fact in changes.facts.values()}

    def bearing(share: Share, amount: int) -> str:
        fact = changes.facts[share.event_id]
        party = escaped(fact.attributes.get(share.role, share.role))
        head = f"{name}\t{fact.year}\t{number}\t{escaped(share.event_id)}\t{fact.kind}\t{escaped(fact.loan)}"
        return f"{head}\t{share.role}\t{party}\t{amount}\n"

    copy_rows(
        conn,
        "share.bearing (scheme_id, year, period_id, event_id, kind, loan_id, role, party, amount)",
        (bearing(share, amount) for share, amount in changes.shares.items()),
    )
    copy_rows(
        conn,
        "share.owing (scheme_id, year, period_id, kind, loan_id, debtor_role, creditor_role, amount)",
        (
            f"{name}\t{loans.get(o.loan, 0)}\t{number}\t{o.kind}\t{escaped(o.loan)}\t{o.debtor}\t{o.creditor}\t{amount}\n"
            for o, amount in changes.owed.items()
        ),
    )


def _stamp(conn: Connection[Any], period: Period, report: CloseReport, terms: str, actor: str) -> None:
    conn.execute("SELECT ledger.close(%s, %s, %s)", (period.number, period.last, actor))
    reached("closed")
    conn.execute(
        "INSERT INTO share.close (period_id, cut_off_on, facts, facts_hash, terms_digest, result_hash, engine, actor)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (period.number, period.last, report.facts, report.facts_hash, terms, report.result_hash, ENGINE, actor),
    )


_FACTS = """
SELECT event_id, scheme_id, kind, effective, year, loan_id, key_on, filing, booked_on, amount, measures, attributes
FROM share.fact WHERE scheme_id = %s"""
_LINKED = """
SELECT DISTINCT year FROM share.fact
WHERE scheme_id = %s AND loan_id IN (SELECT loan_id FROM share.fact WHERE scheme_id = %s AND year = ANY(%s))"""
_POSTED_SHARES = (
    "SELECT event_id, role, sum(amount) FROM share.bearing WHERE scheme_id = %s AND year = ANY(%s) GROUP BY 1, 2"
)
_POSTED_OWED = """
SELECT o.loan_id, o.kind, o.debtor_role, o.creditor_role, sum(o.amount) FROM unnest(%s::text[]) l (loan_id)
JOIN share.owing o ON o.scheme_id = %s AND o.loan_id = l.loan_id GROUP BY 1, 2, 3, 4"""
