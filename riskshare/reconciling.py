"""Reconciliation: what must agree, asked of the database, each question with its figures and its breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from riskshare.adoption import adopted
from riskshare.closing import calendar, load_facts
from riskshare.measured import measured
from riskshare.settling import TAKEN_BACK
from riskshare.sharing import Key, Owed, Share, differences, evaluate

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not agree: where, and the two figures in minor units."""

    where: str
    expected: int
    got: int

    @property
    def difference(self) -> int:
        return self.got - self.expected


@dataclass(frozen=True, slots=True)
class Check:
    """One question: how many rows it looked at, the total it found on each side, and the breaks."""

    name: str
    zh: str
    en: str
    rows: int
    left: int
    right: int
    breaks: tuple[Break, ...]

    @property
    def agrees(self) -> bool:
        return not self.breaks


def reconcile(conn: Connection[Any]) -> list[Check]:
    """Every check. Nothing is repaired: a break is answered by a new entry, with a reason."""
    seen = seen_through(conn)
    return [
        _counters(conn),
        _numbers(conn),
        _mirrors(conn),
        _obligations(conn),
        _conserved(conn, seen),
        _ledger_bears(conn, seen),
        _again(conn, seen),
        _control_totals(conn),
        _events_held(conn),
    ]


Seen = Mapping[str, date]
"""Scheme to the last day whose facts a close has shared out for it."""


def seen_through(conn: Connection[Any]) -> Seen:
    """A scheme that decides yearly has seen the last whole year; the others all that is closed."""
    _, closed = calendar(conn)
    if closed is None:
        return {}
    year_end = closed if (closed.month, closed.day) == (12, 31) else date(closed.year - 1, 12, 31)
    return {
        scheme.id: year_end if scheme.versions[-1].decided == "year" else closed for scheme in adopted(conn).values()
    }


def _check(conn: Connection[Any], name: str, zh: str, en: str, sql: str, seen: Seen | None = None) -> Check:
    """A query of rows (where, expected, got) as a check; breaks are the rows that differ."""
    given = {"schemes": list(seen), "through": list(seen.values())} if seen is not None else None
    rows = [(str(where), int(expected), int(got)) for where, expected, got in conn.execute(sql, given).fetchall()]
    breaks = tuple(Break(*row) for row in rows if row[1] != row[2])
    return Check(name, zh, en, len(rows), sum(row[1] for row in rows), sum(row[2] for row in rows), breaks)


def _counters(conn: Connection[Any]) -> Check:
    return _check(
        conn,
        "counters",
        "账户余额等于逐笔分录之和",
        "balances equal the sum of their entries",
        """
WITH open AS (
  SELECT j.* FROM ledger.journal j
  WHERE j.phase <> 'reserved' OR NOT EXISTS (SELECT FROM ledger.journal r WHERE r.book_id = j.book_id AND r.resolves_no = j.journal_no)),
lines AS (
  SELECT book_id, unnest(debit) AS account_id, phase = 'reserved' AS pending, unnest(amount) AS d, NULL::bigint AS c FROM open
  UNION ALL SELECT book_id, unnest(credit), phase = 'reserved', NULL, unnest(amount) FROM open),
t AS (
  SELECT book_id, account_id, sum(d) FILTER (WHERE NOT pending) AS d, sum(c) FILTER (WHERE NOT pending) AS c,
    sum(d) FILTER (WHERE pending) AS dp, sum(c) FILTER (WHERE pending) AS cp FROM lines GROUP BY 1, 2)
SELECT k.name || ' ' || a.role || ' ' || side, expected, got
FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book k USING (book_id)
LEFT JOIN t USING (book_id, account_id)
CROSS JOIN LATERAL (VALUES
  ('debit', coalesce(t.d, 0), b.debits), ('credit', coalesce(t.c, 0), b.credits),
  ('debit reserved', coalesce(t.dp, 0), b.debits_pending), ('credit reserved', coalesce(t.cp, 0), b.credits_pending)) x (side, expected, got)
WHERE side IN ('debit', 'credit') OR expected <> 0 OR got <> 0""",
    )


def _numbers(conn: Connection[Any]) -> Check:
    return _check(
        conn,
        "vouchers",
        "凭证连号",
        "vouchers are numbered without gaps",
        """
WITH j AS (SELECT book_id, count(*) AS journals, max(journal_no) AS last FROM ledger.journal GROUP BY 1)
SELECT k.name, h.last_journal, h.last_journal - abs(h.last_journal - coalesce(j.journals, 0)) - abs(h.last_journal - coalesce(j.last, 0))
FROM ledger.head h JOIN ledger.book k USING (book_id) LEFT JOIN j USING (book_id)""",
    )


def _mirrors(conn: Connection[Any]) -> Check:
    return _check(
        conn,
        "mirrors",
        "双方账簿往来余额一致",
        "what one book owes the other book is owed",
        """
WITH s AS (
  SELECT a.book_id, a.counterparty_book_id AS other, a.role, b.currency, b.debits - b.credits AS net
  FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id) WHERE a.role IN ('due_to', 'due_from'))
SELECT d.name || ' → ' || c.name, -coalesce(x.net, 0), coalesce(y.net, 0)
FROM (SELECT * FROM s WHERE role = 'due_to') x
FULL JOIN (SELECT * FROM s WHERE role = 'due_from') y ON y.book_id = x.other AND y.other = x.book_id AND y.currency = x.currency
JOIN ledger.book d ON d.book_id = coalesce(x.book_id, y.other) JOIN ledger.book c ON c.book_id = coalesce(x.other, y.book_id)""",
    )


def _obligations(conn: Connection[Any]) -> Check:
    """Pair by pair and direction by direction. A debt that takes back another stands in the accounts of that one, below zero."""
    return _check(
        conn,
        "obligations",
        "未清偿债务等于往来余额",
        "open obligations equal the balances between the books",
        f"""
WITH unsettled AS (
  SELECT o.*, o.obligation_id IN (SELECT t.back FROM ({TAKEN_BACK}) t) AS back FROM ledger.obligation o
  WHERE NOT EXISTS (SELECT FROM share.settled s WHERE s.obligation_id = o.obligation_id)),
open AS (
  SELECT CASE WHEN back THEN creditor_book_id ELSE debtor_book_id END AS book_id,
    CASE WHEN back THEN debtor_book_id ELSE creditor_book_id END AS other, currency, sum(CASE WHEN back THEN -amount ELSE amount END) AS amount
  FROM unsettled GROUP BY 1, 2, 3),
owed AS (
  SELECT a.book_id, a.counterparty_book_id AS other, b.currency, b.credits - b.debits AS net
  FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id) WHERE a.role = 'due_to')
SELECT d.name || ' → ' || c.name, coalesce(o.amount, 0), coalesce(w.net, 0)
FROM open o FULL JOIN owed w ON w.book_id = o.book_id AND w.other = o.other AND w.currency = o.currency
JOIN ledger.book d ON d.book_id = coalesce(o.book_id, w.book_id) JOIN ledger.book c ON c.book_id = coalesce(o.other, w.other)""",  # noqa: S608 - a query of ours
    )


def _conserved(conn: Connection[Any], seen: Seen) -> Check:
    return _check(
        conn,
        "conserved",
        "每笔损失由各方分担完毕",
        "the parts of every fact sum to the fact",
        """
WITH b AS (SELECT scheme_id, event_id, sum(amount) AS amount FROM share.bearing GROUP BY 1, 2)
SELECT f.event_id, f.amount, coalesce(b.amount, 0)
FROM share.fact f JOIN unnest(%(schemes)s::text[], %(through)s::date[]) v (scheme_id, through) USING (scheme_id)
LEFT JOIN b USING (scheme_id, event_id) WHERE f.kind <> 'paid' AND f.booked_on <= v.through""",
        seen,
    )


def _ledger_bears(conn: Connection[Any], seen: Seen) -> Check:
    """Sub-ledger against ledger: what closes posted to each party's loss accounts is what it bears, less what it got
    back, less what an insurer had already paid and booked by itself."""
    return _check(
        conn,
        "sub-ledger",
        "分担明细与总账一致",
        "what each party bears in the shares is what its accounts say",
        """
WITH bears AS (
  SELECT party, sum(CASE kind WHEN 'loss' THEN amount ELSE -amount END) AS amount
  FROM share.bearing WHERE kind IN ('loss', 'recovery') AND role NOT IN ('debtor', 'enterprise') GROUP BY 1),
paid AS (
  SELECT f.attributes ->> 'insurer' AS party, sum(f.amount) AS amount
  FROM share.fact f JOIN unnest(%(schemes)s::text[], %(through)s::date[]) v (scheme_id, through) USING (scheme_id)
  WHERE f.kind = 'paid' AND f.attributes ->> 'payer' = 'insurer' AND f.booked_on <= v.through
    AND EXISTS (SELECT FROM share.fact l WHERE l.scheme_id = f.scheme_id AND l.loan_id = f.loan_id AND l.kind = 'loss' AND l.booked_on <= v.through)
  GROUP BY 1),
shares AS (
  SELECT coalesce(b.party, p.party) AS party, coalesce(b.amount, 0) - coalesce(p.amount, 0) AS amount
  FROM bears b FULL JOIN paid p USING (party)),
books AS (
  SELECT k.name AS party, sum(t.amount) AS amount FROM (
    SELECT book_id, unnest(debit) AS account_id, unnest(amount) AS amount FROM ledger.journal WHERE kind IN ('loss.shared', 'recovery.shared')
    UNION ALL SELECT book_id, unnest(credit), -unnest(amount) FROM ledger.journal WHERE kind IN ('loss.shared', 'recovery.shared')) t
  JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book k USING (book_id)
  WHERE a.role IN ('impairment', 'claim_loss', 'claims_paid', 'pool_fund')
  GROUP BY 1)
SELECT coalesce(s.party, k.party), coalesce(s.amount, 0), coalesce(k.amount, 0) FROM shares s FULL JOIN books k USING (party)""",
        seen,
    )


def _again(conn: Connection[Any], seen: Seen) -> Check:
    """Everything evaluated from zero once more: what should stand is what stands."""
    rows, total, breaks = 0, 0, list[Break]()
    for scheme in adopted(conn).values():
        if scheme.id not in seen:
            continue
        through = seen[scheme.id]
        years = [year for (year,) in conn.execute(_YEARS, (scheme.id, through)).fetchall()]
        facts = load_facts(conn, scheme.id, years, through)
        result = evaluate(scheme, facts, measured(conn, scheme, through))
        shares = {Share(e, r): int(a) for e, r, a in conn.execute(_SHARES, (scheme.id,)).fetchall()}
        owed = {Owed(*row[:4]): int(row[4]) for row in conn.execute(_OWED, (scheme.id,)).fetchall()}
        rows, total = rows + len(result.shares) + len(result.owed), total + sum(result.shares.values())
        breaks += _unlike(result.shares, shares) + _unlike(result.owed, owed)
    return Check(
        "again",
        "从零重算与已入账结果一致",
        "evaluated from zero again, nothing differs",
        rows,
        total,
        total,
        tuple(breaks),
    )


def _unlike(now: Mapping[Key, int], stands: Mapping[Key, int]) -> list[Break]:
    differ = differences(now, stands)
    return [Break(" ".join(key), now.get(key, 0), stands.get(key, 0)) for key in differ]


def _control_totals(conn: Connection[Any]) -> Check:
    return _check(
        conn,
        "control totals",
        "文件合计等于导入加隔离",
        "file totals equal imported plus quarantined",
        """
SELECT r.file || ' ' || c.key, (c.value ->> 0)::numeric, (c.value ->> 1)::numeric + (c.value ->> 2)::numeric
FROM product.import_run r CROSS JOIN LATERAL jsonb_each(r.controls) c
UNION ALL SELECT r.file || ' rows', r.rows, r.imported + r.held FROM product.import_run r""",
    )


def _events_held(conn: Connection[Any]) -> Check:
    return _check(
        conn,
        "imported events",
        "事件金额等于导入金额",
        "the events hold what the imports recorded",
        """
WITH e AS (
  SELECT import_no, kind || ' ' || a.key AS name, sum((a.value)::numeric) AS amount
  FROM product.event CROSS JOIN LATERAL jsonb_each_text(amounts) a WHERE import_no IS NOT NULL GROUP BY 1, 2)
SELECT r.file || ' ' || s.key, (s.value)::numeric, coalesce(e.amount, 0)
FROM product.import_run r CROSS JOIN LATERAL jsonb_each_text(r.recorded) s
LEFT JOIN e ON e.import_no = r.import_no AND e.name = s.key""",
    )


_YEARS = "SELECT DISTINCT year FROM share.fact WHERE scheme_id = %s AND booked_on <= %s"
_SHARES = (
    "SELECT event_id, role, sum(amount) FROM share.bearing WHERE scheme_id = %s GROUP BY 1, 2 HAVING sum(amount) <> 0"
)
_OWED = """
SELECT loan_id, kind, debtor_role, creditor_role, sum(amount) FROM share.owing
WHERE scheme_id = %s GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0"""
