"""Reports: rows from what is already known. No state of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from riskshare.settling import CANCELLED

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class YearShare:
    """What a role bore, got back and was granted in one scheme-year, over all its parties. Minor units."""

    scheme: str
    currency: str
    year: int
    role: str
    borne: int
    returned: int
    granted: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One loan in default: what was declared, paid and recovered, and who bears the loss after recoveries."""

    loan: str
    scheme: str
    currency: str
    defaulted_on: date
    declared: int
    compensated: int
    recovered: int
    bears: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One debt between two books, and what ended it: a payment, or the reversal that took it back before it was paid."""

    event_id: str
    debtor: str
    creditor: str
    currency: str
    amount: int
    due_on: date
    instruction: str | None
    paid_on: date | None


def shares_by_year(conn: Connection[Any], scheme: str | None = None) -> list[YearShare]:
    """Who bears what, per scheme, scheme-year and role, as posted by the closes."""
    rows = conn.execute(
        """
SELECT b.scheme_id, s.currency, b.year, b.role,
  coalesce(sum(b.amount) FILTER (WHERE b.kind = 'loss'), 0),
  coalesce(sum(b.amount) FILTER (WHERE b.kind = 'recovery'), 0),
  coalesce(sum(b.amount) FILTER (WHERE b.kind NOT IN ('loss', 'recovery')), 0)
FROM share.bearing b JOIN (SELECT DISTINCT ON (scheme_id) scheme_id, currency FROM share.scheme ORDER BY 1, seq DESC) s USING (scheme_id)
WHERE %(scheme)s::text IS NULL OR b.scheme_id = %(scheme)s GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4""",
        {"scheme": scheme},
    ).fetchall()
    return [YearShare(*row[:4], *map(int, row[4:])) for row in rows]


def claims(conn: Connection[Any], only: str | None = None) -> list[Claim]:
    """Every loan in default, newest first; `only` one loan."""
    rows = conn.execute(
        """
WITH d AS (
  SELECT contract_id AS loan_id, min(effective_on) AS day, sum(v.value::numeric) AS amount
  FROM product.event e CROSS JOIN LATERAL jsonb_each_text(e.amounts) v WHERE e.kind = 'loan.default_declared' GROUP BY 1),
p AS (
  SELECT c.loan_id, sum((e.amounts ->> 'paid')::bigint) FILTER (WHERE e.kind IN ('guarantee.compensated', 'insurance.claim_paid')) AS paid,
    sum((e.amounts ->> 'gross')::bigint) FILTER (WHERE e.kind IN ('guarantee.recovered', 'loan.recovered')) AS gross
  FROM product.event e JOIN product.contract c USING (contract_id)
  WHERE e.kind IN ('guarantee.compensated', 'insurance.claim_paid', 'guarantee.recovered', 'loan.recovered') GROUP BY 1),
b AS (
  SELECT loan_id, jsonb_object_agg(role, amount ORDER BY role) AS bears FROM (
    SELECT loan_id, role, sum(CASE kind WHEN 'loss' THEN amount ELSE -amount END) AS amount FROM share.bearing
    WHERE kind IN ('loss', 'recovery') GROUP BY 1, 2) x GROUP BY 1)
SELECT d.loan_id, coalesce(c.facts ->> 'scheme', ''), c.currency, d.day, d.amount, coalesce(p.paid, 0), coalesce(p.gross, 0), coalesce(b.bears, '{}')
FROM d JOIN product.contract c ON c.contract_id = d.loan_id LEFT JOIN p ON p.loan_id = d.loan_id LEFT JOIN b ON b.loan_id = d.loan_id
WHERE %(only)s::text IS NULL OR d.loan_id = %(only)s ORDER BY d.day DESC, d.loan_id""",
        {"only": only},
    ).fetchall()
    return [
        Claim(loan, scheme, currency, day, int(declared), int(paid), int(gross), {r: int(a) for r, a in bears.items()})
        for loan, scheme, currency, day, declared, paid, gross, bears in rows
    ]


def obligations(
    conn: Connection[Any], through: date | None = None, party: str | None = None
) -> Sequence[ObligationRow]:
    """Every debt between books: of one party, or due by a day; open ones first, then by day."""
    rows = conn.execute(
        f"""
SELECT o.event_id, d.name, c.name, o.currency, o.amount, o.due_on, coalesce(s.instruction_id, x.event_id), i.paid_on FROM ledger.obligation o
JOIN ledger.book d ON d.book_id = o.debtor_book_id JOIN ledger.book c ON c.book_id = o.creditor_book_id
LEFT JOIN share.settled s USING (obligation_id) LEFT JOIN share.instruction i USING (instruction_id)
LEFT JOIN ({CANCELLED}) x USING (obligation_id)
WHERE (%(through)s::date IS NULL OR o.due_on <= %(through)s) AND (%(party)s::text IS NULL OR %(party)s IN (d.name, c.name))
ORDER BY coalesce(s.instruction_id, x.event_id) IS NOT NULL, o.due_on, d.name, c.name, o.event_id""",  # noqa: S608 - a query of ours
        {"through": through, "party": party},
    ).fetchall()
    return [ObligationRow(*row) for row in rows]
