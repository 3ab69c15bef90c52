"""The whole path over a real portfolio: import, close and settle year by year, reconcile, and read who bears what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.faults import NotFound, Refusal
from ledger.trial_balance import trial_balance
from riskshare.adoption import adopt, library
from riskshare.closing import choose_unit, close, open_periods
from riskshare.intake import Intake, import_file
from riskshare.reconciling import Check, reconcile
from riskshare.reports import YearShare, shares_by_year
from riskshare.settling import settle

if TYPE_CHECKING:
    from psycopg import Connection

EXACT, RAW = "sba_guaranteed_loans.parquet", "SBAnational_first22k_raw.csv.gz"
"""The files of the folder: one exact copy, and the raw one of a part of the same loans."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One way to share the portfolio's losses."""

    name: str
    scheme: str
    parties: Mapping[str, str]


RUNS = (
    Run("own-terms", "loan-own-terms", {"government": "SBA", "guarantor": "SBA"}),
    Run(
        "capped",
        "example-4321-capped",
        {"government": "Risk pool", "guarantor": "Guarantor", "reguarantor": "Re-guarantor"},
    ),
)


@dataclass(frozen=True, slots=True)
class RealResult:
    """What a run did and found: amounts in minor units."""

    run: Run
    imports: tuple[Intake, ...]
    periods: int
    events: int
    instructions: int
    paid: int
    shares: tuple[YearShare, ...]
    books: Mapping[str, int]
    checks: tuple[Check, ...]

    def totals(self) -> dict[str, int]:
        """What each role bears over all years."""
        found: dict[str, int] = {}
        for share in self.shares:
            found[share.role] = found.get(share.role, 0) + share.borne
        return found


def run_real(conn: Connection[Any], folder: Path, run: Run, actor: str, today: date, progress: Progress) -> RealResult:
    """Run one of RUNS over a folder that holds EXACT and, if it likes, RAW. The database of `conn` must be new.

    Commits as it goes: after each file, each close and each settlement.
    """
    for name in (EXACT,):
        if not (folder / name).is_file():
            raise NotFound(Refusal(str(folder), f"there is no {name}", "a folder with the loans file", "none"))
    with conn.transaction():
        choose_unit(conn, "year")
        adopt(conn, library()[run.scheme], actor)
    options = {"scheme": run.scheme, **run.parties}
    imports = []
    for path in (folder / EXACT, folder / RAW):
        if path.is_file():
            with conn.transaction():
                imports.append(import_file(conn, path, "sba", options, actor, progress=_named(progress, path.name)))
    periods = open_periods(conn, _last_event(conn))
    events = instructions = paid = 0
    for done, period in enumerate(periods):
        progress("close and settle", done, len(periods))
        with conn.transaction():
            events += close(conn, period, actor, today).events
        with conn.transaction():
            payments = settle(conn, period, None, actor)
        instructions, paid = instructions + len(payments), paid + sum(one.net for one in payments)
    progress("close and settle", len(periods), len(periods))
    return RealResult(
        run,
        tuple(imports),
        len(periods),
        events,
        instructions,
        paid,
        tuple(shares_by_year(conn)),
        borne_in_books(conn, run),
        tuple(reconcile(conn)),
    )


def borne_in_books(conn: Connection[Any], run: Run) -> Mapping[str, int]:
    """What each role bears, read from the books alone: loss accounts of every party, the pool's fund paid out."""
    named = {
        party: role
        for role, party in run.parties.items()
        if role != "guarantor" or run.parties[role] != run.parties["government"]
    }
    found: dict[str, int] = {}
    for row in trial_balance(conn, date.min, date.max):
        if row.role in ("impairment", "claim_loss", "pool_fund") and row.closing:
            role = named.get(row.book, "bank")
            found[role] = found.get(role, 0) + row.closing
    return found


def _named(progress: Progress, name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(f"import {name}", done, total)


def _last_event(conn: Connection[Any]) -> date:
    """The end of the year of the last event."""
    row = conn.execute("SELECT max(booked_on) FROM product.event").fetchone()
    return date(row[0].year, 12, 31) if row and row[0] else date.min
