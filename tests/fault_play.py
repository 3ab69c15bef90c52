"""What is played in the fault drills: a seeded history of batches, and a clerk who posts them, says each outcome, seals and closes."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.batch import AccountKey, Debt, Item, Line, Resolution, Reversal, Unit
from ledger.database import connect
from ledger.desk import Desk
from ledger.periods import period_of
from ledger.posting import post
from ledger.sealing import seal
from ledger.transaction import transact
from riskshare.closing import close

DAY = date(2024, 5, 17)
QUARTER = period_of("quarter", DAY)
CLERK = "clerk"
History = Sequence[Sequence[Item]]


def history(seed: int, batches: int, size: int) -> History:
    """Money paid in, grants out of a budget that runs dry, debts, reservations and their ends, reversals, re-sends."""
    chance = dice(seed)
    told: list[list[Item]] = [[moved(f"{seed}/budget", DAY, "Bureau", "cash", "budget", 500 * size)]]
    earlier: list[Item] = list(told[0])
    for number in range(1, batches):
        units = [item for item in earlier if isinstance(item, Unit)]
        keys = [f"{seed}/{number}/{place}".ljust(150, ".") for place in range(size)]  # as long as keys may well be
        told.append([one_of(chance, key, earlier, units) for key in keys])
        earlier += told[-1]
    return told


def dice(*seed: object) -> random.Random:
    """Chance that comes the same way every time."""
    return random.Random(repr(seed))  # noqa: S311 - it plays, and guards nothing


def one_of(chance: random.Random, key: str, earlier: Sequence[Item], units: Sequence[Unit]) -> Item:
    amount, on, one = chance.randint(1, 900), DAY + timedelta(chance.randrange(30)), chance.choice(units)
    match chance.randrange(8):
        case 0 | 1:
            return moved(key, on, "Bank", "cash", "capital", amount)
        case 2:
            return moved(key, on, "Bureau", "budget", "cash", amount)
        case 3:
            return owed(key, on, amount, UUID(int=chance.getrandbits(128)))
        case 4:
            return moved(key, on, "Bureau", "budget", "cash", amount, reserved=True)
        case 5:
            return Resolution(key, one.key, chance.choice(("post", "post", "void")), on)
        case 6:
            return Reversal(key, one.key, on)
    return chance.choice(earlier)


def moved(key: str, on: date, book: str, debit: str, credit: str, amount: int, *, reserved: bool = False) -> Unit:
    line = Line(book, own(book, debit), own(book, credit), amount, "T1", None)
    return Unit(key, "drill", on, (line,), reserved=reserved)


def owed(key: str, on: date, amount: int, number: UUID) -> Unit:
    """The guarantor owes the bank its share of a loss; both books cite the debt."""
    debt = Debt(number, "Guarantor", "Bank", "CNY", amount, on)
    lines = (
        Line("Guarantor", own("Guarantor", "claim_loss"), own("Guarantor", "due_to", "Bank"), amount, "T2", number),
        Line("Bank", own("Bank", "due_from", "Guarantor"), own("Bank", "npl"), amount, "T3", number),
    )
    return Unit(key, "loss.shared", on, lines, debts=(debt,))


def own(book: str, role: str, other: str | None = None) -> AccountKey:
    return (book, role, other, "CNY")


def live(conn: Any, told: History) -> Iterator[list[str]]:
    """Post one batch after the other; the outcomes as they come.

    Every other one is in a transaction with a beginning and an end, the rest is posted at a desk, a statement each.
    """
    desk = Desk(conn, CLERK)
    for number, batch in enumerate(told):
        if number % 2:
            yield desk.post(batch, together=False)
        else:
            yield transact(conn, lambda batch=batch: post(conn, batch, CLERK, together=False))  # type: ignore[misc]


def finish(conn: Any) -> None:
    """Seal what there is, close the quarter, seal the close."""
    seal(conn, CLERK)
    transact(conn, lambda: close(conn, QUARTER, CLERK, QUARTER.last + timedelta(1)))
    seal(conn, CLERK)


def resent(outcomes: Sequence[str]) -> list[str]:
    """What the same batch is answered when it is sent again."""
    return ["same" if outcome == "created" else outcome for outcome in outcomes]


def main(url: str, seed: str, batches: str, size: str, first: str) -> None:
    with closing(connect(url)) as conn:
        conn.autocommit = True
        for outcomes in live(conn, history(int(seed), int(batches), int(size))[int(first) :]):
            print(json.dumps(outcomes), flush=True)
        finish(conn)


if __name__ == "__main__":
    main(*sys.argv[1:])
