"""Settlement: what the parties owe one another is netted pair by pair into payment instructions, and paid in the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.copying import copy_rows, escaped
from ledger.faults import Failed, PeriodClosed, Refusal, Refused
from ledger.periods import Period
from ledger.posting import CREATED, post
from products.posting import entry
from riskshare.closing import calendar

if TYPE_CHECKING:
    from psycopg import Connection


class Obligation(NamedTuple):
    """An open debt of one book to another, minor units."""

    id: str
    debtor: str
    creditor: str
    currency: str
    amount: int


class Instruction(NamedTuple):
    """One payment and the debts it settles: `owed` by the payer, `offset` by what the payee owed back."""

    id: str
    payer: str
    payee: str
    currency: str
    owed: int
    offset: int
    settles: tuple[str, ...]

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
        name = f"{prefix}/{payer}/{payee}/{currency}"
        found.append(Instruction(name, payer, payee, currency, owed, offset, tuple(sorted(debt.id for debt in debts))))
    return found


def open_obligations(conn: Connection[Any], through: date) -> list[Obligation]:
    """Every debt due by `through` that no payment has settled."""
    return [Obligation(*row) for row in conn.execute(_OPEN, (through,)).fetchall()]


def _pay(conn: Connection[Any], instructions: Sequence[Instruction], on: date, actor: str) -> None:
    units = []
    for one in instructions:
        amounts = {name: amount for name, amount in (("net", one.net), ("offset", one.offset)) if amount}
        unit = entry(one.id, "settlement.paid", on, {"payer": one.payer, "payee": one.payee}, one.currency, amounts)
        units += [unit] if unit else []
    for unit, outcome in zip(units, post(conn, units, actor), strict=True):
        if outcome != CREATED:
            raise Failed(Refusal(f"instruction {unit.key}", "the payment was refused by the ledger", CREATED, outcome))


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


_OPEN = """
SELECT o.obligation_id::text, d.name, c.name, o.currency, o.amount FROM ledger.obligation o
JOIN ledger.book d ON d.book_id = o.debtor_book_id JOIN ledger.book c ON c.book_id = o.creditor_book_id
WHERE o.due_on <= %s AND NOT EXISTS (SELECT FROM share.settled s WHERE s.obligation_id = o.obligation_id)
ORDER BY 1"""
