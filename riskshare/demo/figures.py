"""What a demonstration came to, read from the books and the share tables, not from the story that was told to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from riskshare.adoption import adopted
from riskshare.allocate import allocate
from riskshare.closing import load_facts
from riskshare.demo.generating import Province
from riskshare.demo.lives import FEES, PREMIUMS, SHARING
from riskshare.measured import measured
from riskshare.sharing import columns
from riskshare.terms import Layer, Scheme

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a role bore of a year's losses, and what of it came back. The debtor bears nothing and gets any surplus."""

    year: int
    role: str
    gross: int
    returned: int

    @property
    def net(self) -> int:
        return self.gross - self.returned


@dataclass(frozen=True, slots=True)
class Limited:
    """A year's money against what was asked of it: the rest went to `then`.

    `since` and `first_cut` are the day and the contract that first got less than asked; None and "" where none did.
    """

    year: int
    limit: int
    asked: int
    given: int
    then: str
    since: date | None
    first_cut: str

    @property
    def rest(self) -> int:
        return self.asked - self.given


@dataclass(frozen=True, slots=True)
class Settled:
    """What the parties owed one another, and in how many payments of what sum it was paid."""

    obligations: int
    owed: int
    payments: int
    paid: int


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """The demonstration in figures; amounts in fen, seconds by stage."""

    seed: int
    years: tuple[int, ...]
    periods: int
    parties: Mapping[str, int]
    loans: int
    enterprises: int
    events: int
    books: int
    journals: int
    transfers: int
    lent: int
    guaranteed: int
    defaults: int
    lost: int
    compensated: int
    recovered: int
    recovery_costs: int
    written_off: int
    late: int
    bearings: tuple[Bearing, ...]
    pool: tuple[Limited, ...]
    premiums: int
    premium_subsidy: tuple[Limited, ...]
    fee_reduction: tuple[Limited, ...]
    settled: Settled
    example: str
    """A loan worth explaining: its loss met the end of the pool, where one did."""
    seconds: Mapping[str, float]


def summarise(conn: Connection[Any], province: Province, seconds: Callable[[], Mapping[str, float]]) -> DemoSummary:
    """Read the figures of the whole ledger."""
    happened = _happened(conn)

    def total(name: str) -> int:
        return happened.get(name, (0, 0))[1]

    def count(name: str) -> int:
        return happened.get(name, (0, 0))[0]

    schemes = adopted(conn)
    bearings = _bearings(conn, schemes[SHARING])
    pool = _limited(conn, schemes[SHARING], "loss", "pool_funding", province)
    subsidy = _limited(conn, schemes[PREMIUMS], "premium", "budget", province)
    reduction = _limited(conn, schemes[FEES], "fee_reduction", "budget", province)
    return DemoSummary(
        seed=province.seed,
        years=tuple(range(province.first_day.year, province.last_day.year + 1)),
        periods=_number(conn, "SELECT count(*) FROM share.close"),
        parties={role: int(n) for role, n in conn.execute(_PARTIES).fetchall()},
        loans=count("loan.disbursed principal"),
        enterprises=_number(conn, _ENTERPRISES),
        events=_number(conn, "SELECT count(*) FROM product.event"),
        books=_number(conn, "SELECT count(*) FROM ledger.book"),
        journals=_number(conn, "SELECT sum(last_journal) FROM ledger.head"),
        transfers=_number(conn, "SELECT count(*) FROM ledger.transfer"),
        lent=total("loan.disbursed principal"),
        guaranteed=total("guarantee.issued guaranteed"),
        defaults=count("loan.default_declared principal"),
        lost=sum(bearing.gross for bearing in bearings),
        compensated=total("guarantee.compensated paid") + total("insurance.claim_paid paid"),
        recovered=total("guarantee.recovered gross") + total("loan.recovered gross"),
        recovery_costs=total("guarantee.recovered costs") + total("loan.recovered costs"),
        written_off=total("loan.written_off amount"),
        late=_number(conn, "SELECT count(*) FROM product.event WHERE booked_on <> effective_on"),
        bearings=bearings,
        pool=pool,
        premiums=total("insurance.premium_charged premium"),
        premium_subsidy=subsidy,
        fee_reduction=reduction,
        settled=Settled(*map(int, conn.execute(_SETTLED).fetchone() or (0, 0, 0, 0))),
        example=next((each.first_cut for each in pool if each.first_cut), _any_loss(conn)),
        seconds=seconds(),
    )


def _happened(conn: Connection[Any]) -> Mapping[str, tuple[int, int]]:
    """How many events of a kind carry an amount, and its sum: "loan.disbursed principal"."""
    return {f"{kind} {name}": (int(n), int(amount)) for kind, name, n, amount in conn.execute(_HAPPENED).fetchall()}


def _bearings(conn: Connection[Any], scheme: Scheme) -> tuple[Bearing, ...]:
    """By year, and in the order the scheme names its roles."""
    rows = conn.execute(_BEARINGS, (scheme.id,)).fetchall()
    found = [Bearing(year, role, int(gross), int(returned)) for year, role, gross, returned in rows]
    order = {role: number for number, role in enumerate(scheme.roles)}
    return tuple(sorted((b for b in found if b.role in order), key=lambda b: (b.year, order[b.role])))


def _limited(conn: Connection[Any], scheme: Scheme, kind: str, measure: str, province: Province) -> tuple[Limited, ...]:
    """What came to the layer whose limit is this measure, year by year, told by the steps of the allocation itself."""
    layers = {
        clause.name: clause
        for version in scheme.versions
        for clause in version.clauses
        if isinstance(clause, Layer) and clause.limit and measure in clause.limit.names
    }
    years = range(province.first_day.year, province.last_day.year + 1)
    known = measured(conn, scheme, province.last_day)
    facts = [fact for fact in load_facts(conn, scheme.id, years, province.last_day) if fact.kind == kind]
    came: dict[int, list[_Came]] = {year: [] for year in years}
    for step in allocate(scheme, columns(scheme, facts, known), why=True).steps:
        layer, fact = layers.get(step.clause), facts[step.fact]
        if layer:
            given = dict(step.given)
            came[fact.year].append(_Came(fact.key_on, step.before, fact.loan, step.received, given.get(layer.first, 0)))
    then = "".join(sorted({layer.then for layer in layers.values()}))
    return tuple(
        _of_year(year, known.totals.get((measure, str(year)), 0), then, sorted(each)) for year, each in came.items()
    )


class _Came(NamedTuple):
    """A fact before a limit, in the order in which it met it."""

    on: date
    before: int
    contract: str
    asked: int
    given: int


def _of_year(year: int, limit: int, then: str, came: Sequence[_Came]) -> Limited:
    asked, given = sum(each.asked for each in came), sum(each.given for each in came)
    cut = next((each for each in came if each.given < each.asked), None)
    return Limited(year, limit, asked, given, then, cut.on if cut else None, cut.contract if cut else "")


def _any_loss(conn: Connection[Any]) -> str:
    row = conn.execute(
        "SELECT loan_id FROM share.fact WHERE kind = 'loss' ORDER BY amount DESC, loan_id LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else ""


def _number(conn: Connection[Any], sql: str) -> int:
    row = conn.execute(sql.encode()).fetchone()
    return int(row[0] or 0) if row else 0


_PARTIES = """
SELECT p.key, count(DISTINCT p.value) FROM product.contract c CROSS JOIN LATERAL jsonb_each_text(c.parties) p
WHERE c.product <> 'party' GROUP BY 1"""
_ENTERPRISES = """
SELECT count(DISTINCT coalesce(facts->>'borrower', facts->>'enterprise')) FROM product.contract"""
_HAPPENED = """
SELECT e.kind, a.key, count(*), sum(a.value::bigint)
FROM product.event e CROSS JOIN LATERAL jsonb_each_text(e.amounts) a GROUP BY 1, 2"""
_BEARINGS = """
SELECT year, role, coalesce(sum(amount) FILTER (WHERE kind = 'loss'), 0),
  coalesce(sum(amount) FILTER (WHERE kind = 'recovery'), 0)
FROM share.bearing WHERE scheme_id = %s GROUP BY 1, 2"""
_SETTLED = """
SELECT (SELECT count(*) FROM share.settled), coalesce(sum(gross_owed + gross_offset), 0),
  count(*), coalesce(sum(net), 0)
FROM share.instruction"""
