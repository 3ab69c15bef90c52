"""What a scheme is measured by, as the events tell it: totals of its years, measures reported, fuses decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from riskshare.fuse import Decision, Reading, Ruling, states
from riskshare.terms import Scheme

if TYPE_CHECKING:
    from psycopg import Connection

Totals = Mapping[tuple[str, ...], int]
"""(name, scheme-year) to an amount; (name, scheme-year, party) where a measure is that of one party."""


class Measured(NamedTuple):
    """Everything facts of a scheme are judged by that is not their own: totals, and what fuses were decided to be."""

    totals: Totals
    decided: Mapping[str, Sequence[Decision]]


UNMEASURED = Measured({}, {})


def measured(conn: Connection[Any], scheme: Scheme, through: date) -> Measured:
    """As known on a day: what was booked up to it."""
    return Measured(_totals(conn, scheme, date.min, through), _decided(conn, scheme, through))


def years_moved(conn: Connection[Any], scheme: Scheme, since: date, through: date) -> set[int]:
    """The scheme-years whose measures changed in between; all of them where a fuse may have."""
    span = {"scheme": scheme.id, "since": since, "through": through}
    if any(version.fuses for version in scheme.versions) and conn.execute(_FUSED, span).fetchone():
        return {year for (year,) in conn.execute(_YEARS, span).fetchall()}
    return {int(key[1]) for key in _totals(conn, scheme, since, through)}


def _totals(conn: Connection[Any], scheme: Scheme, since: date, through: date) -> Totals:
    wanted = {name for version in scheme.versions for name in version.measures}
    span = {"scheme": scheme.id, "since": since, "through": through}
    found: dict[tuple[str, ...], int] = {}
    for name in sorted(wanted & _SUMS.keys()):
        rows = conn.execute(_SUMS[name], span).fetchall()
        found |= {(name, str(year)): int(amount) for year, amount in rows}
    if any(version.declared for version in scheme.versions):
        for name, year, party, amount in conn.execute(_REPORTED, span).fetchall():
            found[(name, str(year), party) if party else (name, str(year))] = int(amount)
    return found


def _decided(conn: Connection[Any], scheme: Scheme, through: date) -> Mapping[str, Sequence[Decision]]:
    """Each version's fuses on all readings of the scheme. A suspension goes on into a later version that names it too."""
    if not any(version.fuses for version in scheme.versions):
        return {}
    span = {"scheme": scheme.id, "since": date.min, "through": through}
    said: dict[date, dict[str, int]] = defaultdict(dict)
    for day, name, amount in conn.execute(_READINGS, span).fetchall():
        said[day][name] = int(amount)
    readings = [Reading(f"reading of {day}", day, measures) for day, measures in sorted(said.items())]
    rulings = [Ruling(*row) for row in conn.execute(_RULINGS, span).fetchall()]
    found: dict[str, Sequence[Decision]] = {}
    for version in scheme.versions:
        found |= states(version, readings, rulings)
    return found


def _by_year(kind: str, amount: str, scheme: str, join: str = "") -> str:
    return f"""
SELECT extract(year FROM e.effective_on)::int, sum((e.amounts->>'{amount}')::bigint) FROM product.event e {join}
WHERE e.kind = '{kind}' AND {scheme} = %(scheme)s AND e.booked_on > %(since)s AND e.booked_on <= %(through)s GROUP BY 1"""  # noqa: S608 - every word is one of ours, below


_LOAN = """
JOIN product.contract c ON c.contract_id = e.contract_id JOIN product.contract l ON l.contract_id = c.loan_id"""
_SUMS: Mapping[str, str] = {
    "pool_funding": _by_year("pool.funded", "funding", "e.facts->>'scheme'"),
    "budget": _by_year("budget.appropriated", "appropriated", "e.facts->>'scheme'"),
    "guaranteed_volume": _by_year("guarantee.issued", "guaranteed", "l.facts->>'scheme'", _LOAN),
    "premium": _by_year("insurance.premium_charged", "premium", "l.facts->>'scheme'", _LOAN),
}
_OF_SCHEME = "facts->>'scheme' = %(scheme)s AND booked_on > %(since)s AND booked_on <= %(through)s"
_REPORTED = f"""
SELECT DISTINCT ON (1, 2, 3) facts->>'measure', extract(year FROM effective_on)::int, coalesce(facts->>'of', ''),
  (amounts->>'amount')::bigint
FROM product.event WHERE kind = 'scheme.measured' AND {_OF_SCHEME} ORDER BY 1, 2, 3, effective_on DESC, seq DESC"""  # noqa: S608
_READINGS = f"""
SELECT DISTINCT ON (1, 2) effective_on, facts->>'measure', (amounts->>'amount')::bigint
FROM product.event WHERE kind = 'scheme.measured' AND NOT facts ? 'of' AND {_OF_SCHEME} ORDER BY 1, 2, seq"""  # noqa: S608
_RULINGS = f"""
SELECT event_id, effective_on, facts->>'fuse', facts->>'ruling'
FROM product.event WHERE kind = 'scheme.ruled' AND {_OF_SCHEME} ORDER BY effective_on, seq"""  # noqa: S608
_FUSED = f"SELECT 1 FROM product.event WHERE kind IN ('scheme.measured', 'scheme.ruled') AND {_OF_SCHEME} LIMIT 1"  # noqa: S608
_YEARS = "SELECT DISTINCT year FROM share.fact WHERE scheme_id = %(scheme)s"
