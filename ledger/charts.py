"""Charts of accounts: what code each gives to a role, and which chart a book is shown under in which period."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.faults import Conflict, NotFound, PeriodClosed, Refusal, Refused
from ledger.files import schema_dir

if TYPE_CHECKING:
    from psycopg import Connection

USUAL = "asbe"
"""The chart of a book that never said which."""


class Account(NamedTuple):
    """What a chart says of a role: code and name, how sure that is, and what to know where there is no code."""

    code: str
    name: str
    mark: str
    note: str


def charts() -> list[str]:
    """The charts of accounts that come with the program."""
    return sorted(path.stem for path in (schema_dir() / "charts").glob("*.csv"))


@cache
def chart(name: str) -> Mapping[str, Account]:
    """Every role, as a chart has it. Raises NotFound."""
    if name not in charts():
        raise NotFound(Refusal("chart", f"there is no chart {name!r}", " or ".join(charts()), name))
    with (schema_dir() / "charts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["role"]: Account(row["code"], row["name"], row["mark"], row["note"]) for row in csv.DictReader(file)
        }


@cache
def codes(name: str) -> Mapping[str, str]:
    """Role to account code under a chart; a role without a known code has none. Raises NotFound."""
    return {role: account.code for role, account in chart(name).items() if account.code}


def charts_of(conn: Connection[Any], day: date) -> Mapping[str, str]:
    """Book to chart on a day, every book. A chart changes where a period begins: any day of the period will do."""
    return dict(conn.execute(_IN_FORCE, (day, USUAL)).fetchall())


def use_chart(conn: Connection[Any], book: str, name: str, since: date, actor: str) -> str:
    """Show a book under a chart from the first day of a period on: "set", or "same" if it is already. Raises Refused."""
    chart(name)
    row = conn.execute("SELECT ledger.use_chart(%s, %s, %s, %s)", (book, name, since, actor)).fetchone()
    outcome = str(row and row[0])
    if outcome in _NO:
        kind, what, expected, advice = _NO[outcome]
        raise kind(Refusal(f"chart of {book}", what, expected, str(since), advice))
    return outcome


_IN_FORCE = """
SELECT b.name, coalesce((SELECT c.chart FROM ledger.chart c WHERE c.book_id = b.book_id AND c.since <= %s ORDER BY c.since DESC LIMIT 1), %s)
FROM ledger.book b"""

_NO: Mapping[str, tuple[type[Refused], str, str, str]] = {
    "not_found": (NotFound, "there is no such book", "the name of a party", ""),
    "no_period_start": (Refused, "a chart changes where a period begins", "the first day of a period", ""),
    "period_closed": (PeriodClosed, "that period is closed and keeps its chart", "a period that is open", ""),
    "not_later": (
        Conflict,
        "a chart is in force from that day on or later",
        "a later period",
        "earlier reports keep theirs",
    ),
}
