"""Settlement: what the parties owe one another is netted pair by pair into payment instructions, and paid in the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.batch import Line, Unit
from ledger.copying import copy_rows, escaped
from ledger.faults import Failed, PeriodClosed, Refusal, Refused
from ledger.periods import Period
from ledger.posting import CREATED, post
from products.posting import entry
from riskshare.closing import calendar

if TYPE_CHECKING:
    from psycopg import Connection


class Obligation(NamedTuple):
    """An open debt of one book to another, minor units. `back`: it takes back one that was paid."""

    id: str
    debtor: str
    creditor: str
    currency: str
    amount: int
    back: bool = False


class Instruction(NamedTuple):
    """One payment and the debts it settles: `owed` by the payer, `offset` by what the payee owed back.
    `back`: how much of the two takes back what was paid."""

    id: str
    payer: str
    payee: str
    currency: str
    owed: int
    offset: int
    settles: tuple[str, ...]
    back: int = 0

    @property
    def net(self) -> int:
        return self.owed - self.offset


def settle(conn: Connection[Any], period: Period, paid_on: date | None, actor: str) -> list[Instruction]:
    """Pay every open obligation that fell due by the end of the period, in the open transaction of `conn`.

    paid_on: the day of the payments, in an open period; None is the day after the period.
    Raises Refused where the period is not closed yet. Settling twice pays nothing twice.
    """
    conn.execute("LOCK TABLE share.settled IN SHARE ROW EXCLUSIVE MODE")
    conn.execute("SELECT FROM ledger.calendar FOR SHARE")  # no close in between
    _, closed = calendar(conn)
    if closed is None or closed < period.last:
        what = "the period is not closed: its obligations are not final"
        raise Refused(Refusal(f"period {period}", what, f"gongji close run {period} first"))
    on = paid_on or period.last + timedelta(days=1)
    if on <= closed:
        advice = "pay on a day after the last closed period"
        raise PeriodClosed(
            Refusal("settlement", f"{on} is in a closed period", f"a day after {closed}", str(on), advice)
        )
    instructions = net(open_obligations(conn, period.last), f"settle/{period}/{on}")
    _pay(conn, instructions, on, actor)
    _write(conn, instructions, period, on)
    return instructions


def net(obligations: Iterable[Obligation], prefix: str) -> list[Instruction]:
    """Bilateral netting per currency. The larger debtor of a pair pays; equal debts cancel with a payment of nothing."""
    pairs: dict[tuple[str, str, str], list[Obligation]] = {}
    for one in obligations:
        first, second = sorted((one.debtor, one.creditor))
        pairs.setdefault((first, second, one.currency), []).append(one)
    found = []
    for (first, second, currency), debts in sorted(pairs.items()):
        by_first = sum(debt.amount for debt in debts if debt.debtor == first)
        by_second = sum(debt.amount for debt in debts if debt.debtor == second)
        payer, payee = (first, second) if by_first >= by_second else (second, first)
        owed, offset = max(by_first, by_second), min(by_first, by_second)
        back = sum(debt.amount for debt in debts if debt.back)
        name, settles = f"{prefix}/{payer}/{payee}/{currency}", tuple(sorted(debt.id for debt in debts))
        found.append(Instruction(name, payer, payee, currency, owed, offset, settles, back))
    return found


def open_obligations(conn: Connection[Any], through: date) -> list[Obligation]:
    """Every debt due by `through` that is not settled. One that was taken back before it was paid is not open, nor is
    the one that takes it back: they stand in the same accounts and cancel there."""
    return [Obligation(*row) for row in conn.execute(_OPEN, (through,)).fetchall()]


def is_payment(conn: Connection[Any], key: str) -> bool:
    """Whether a settlement wrote what stands under this key."""
    return conn.execute("SELECT FROM share.instruction WHERE instruction_id = %s", (key,)).fetchone() is not None


def _pay(conn: Connection[Any], instructions: Sequence[Instruction], on: date, actor: str) -> None:
    units = [unit for unit in (_payment(one, on) for one in instructions) if unit]
    for unit, outcome in zip(units, post(conn, units, actor), strict=True):
        if outcome != CREATED:
            raise Failed(Refusal(f"instruction {unit.key}", "the payment was refused by the ledger", CREATED, outcome))


def _payment(one: Instruction, on: date) -> Unit | None:
    """What both books write. A debt that takes back another stands in the accounts of that one, below zero: so much less
    is to be netted, and what is less than nothing is netted the other way round. None where the accounts stand at zero."""
    netted = one.offset - one.back
    amounts = {name: amount for name, amount in (("net", one.net), ("offset", abs(netted))) if amount}
    unit = entry(one.id, "settlement.paid", on, {"payer": one.payer, "payee": one.payee}, one.currency, amounts)
    if unit is None or netted >= 0:
        return unit
    lines = (line._replace(debit=line.credit, credit=line.debit) if _nets(line) else line for line in unit.lines)
    return unit._replace(lines=tuple(lines))


def _nets(line: Line) -> bool:
    """Whether both its accounts are with the other party."""
    return line.debit[2] is not None and line.credit[2] is not None


def _write(conn: Connection[Any], instructions: Sequence[Instruction], period: Period, on: date) -> None:
    copy_rows(
        conn,
        "share.instruction (instruction_id, period_id, payer, payee, currency, gross_owed, gross_offset, net, paid_on)",
        (
            f"{escaped(i.id)}\t{period.number}\t{escaped(i.payer)}\t{escaped(i.payee)}\t{i.currency}"
            f"\t{i.owed}\t{i.offset}\t{i.net}\t{on}\n"
            for i in instructions
        ),
    )
    copy_rows(
        conn,
        "share.settled (obligation_id, instruction_id)",
        (f"{obligation}\t{escaped(i.id)}\n" for i in instructions for obligation in i.settles),
    )


TAKEN_BACK = """
SELECT DISTINCT r.event_id, l.back, l.debt FROM ledger.journal r
JOIN ledger.journal o ON o.book_id = r.book_id AND o.journal_no = r.reverses_no
CROSS JOIN LATERAL unnest(r.debt, o.debt) l (back, debt)
WHERE r.reverses_no IS NOT NULL AND l.back IS NOT NULL AND l.debt IS NOT NULL"""
"""Each reversed debt, with the one that takes it back and their reversal: it has the lines of its original, one by one."""

CANCELLED = f"""
SELECT unnest(ARRAY[t.back, t.debt]) AS obligation_id, t.event_id FROM ({TAKEN_BACK}) t
WHERE NOT EXISTS (SELECT FROM share.settled s WHERE s.obligation_id IN (t.back, t.debt))"""  # noqa: S608 - a query of ours
"""Debts that were taken back before they were paid, and those that take them back, each with the reversal."""

_OPEN = f"""
SELECT o.obligation_id::text, d.name, c.name, o.currency, o.amount, o.obligation_id IN (SELECT t.back FROM ({TAKEN_BACK}) t)
FROM ledger.obligation o
JOIN ledger.book d ON d.book_id = o.debtor_book_id JOIN ledger.book c ON c.book_id = o.creditor_book_id
WHERE o.due_on <= %s AND NOT EXISTS (SELECT FROM share.settled s WHERE s.obligation_id = o.obligation_id)
  AND o.obligation_id NOT IN (SELECT x.obligation_id FROM ({CANCELLED}) x)
ORDER BY 1"""  # noqa: S608 - queries of ours
