"""A real portfolio, from file to closed years, against an oracle that knows nothing of the program."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ledger.database import Database
from riskshare.real import EXACT, RUNS, RealResult, run_real

FOLDER = Path(os.environ.get("GONGJI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data" / "sba")
YEARLY_CAP = 100_000_000

pytestmark = pytest.mark.skipif(
    not (FOLDER / EXACT).is_file(),
    reason=f"the loans file {EXACT} is not here; name its folder in GONGJI_DATA",
)


@pytest.fixture(scope="module")
def runs(
    flavours: Callable[[str], Any],
) -> Iterator[Callable[[str], tuple[RealResult, Mapping[str, Mapping[str, int]]]]]:
    """Each run once, with what every loan's loss fell on: event id to role to cents."""
    flavour, done, names = flavours("embedded"), dict[str, Any](), list[str]()

    def run(name: str) -> tuple[RealResult, Mapping[str, Mapping[str, int]]]:
        if name not in done:
            names.append(flavour.new())
            with Database(flavour.server.url(names[-1])).connect() as conn:
                conn.autocommit = True
                which = next(each for each in RUNS if each.name == name)
                result = run_real(conn, FOLDER, which, "test", date(2026, 1, 1), lambda *_: None)
                shares: dict[str, dict[str, int]] = defaultdict(dict)
                for event_id, role, amount in conn.execute(
                    "SELECT event_id, role, sum(amount) FROM share.bearing GROUP BY 1, 2 HAVING sum(amount) <> 0"
                ):
                    shares[event_id][role] = int(amount)
            done[name] = (result, shares)
        return done[name]

    yield run
    for name in names:
        flavour.drop(name)


@pytest.fixture(scope="module")
def losses() -> list[tuple[date, str, int, int, int]]:
    """The charged-off loans as the file has them: day, loan, cents lost, guaranteed, approved."""
    import polars

    frame = polars.read_parquet(FOLDER / EXACT).filter(
        (polars.col("mis_status") == "CHGOFF") & (polars.col("chg_off_prin_gr") > 0)
    )
    columns = ("chg_off_date", "loan_id", "chg_off_prin_gr", "sba_appv", "gr_appv")
    rows = frame.select(columns).rows()
    return [(day, loan, *(int(Decimal(cell) * 100) for cell in money)) for day, loan, *money in rows]  # type: ignore[misc]


def test_the_control_totals_of_the_file(runs: Any) -> None:
    result, _ = runs("own-terms")
    exact, raw = (intake.report for intake in result.imports)
    assert (exact.rows, exact.imported, exact.held) == (40_095, 39_700, 395)
    totals = {name: (each.file, each.imported, each.held) for name, each in exact.controls.items()}
    assert totals["approved"][0] == 594_047_328_400
    assert totals["guaranteed"][0] == 441_177_905_600
    assert totals["disbursed"][0] == 633_548_003_800
    assert totals["charged_off"] == (107_304_443_800, 106_896_500_800, 407_943_000)
    assert all(file == imported + held for file, imported, held in totals.values())
    # the raw file tells the same loans the same way: nothing new
    assert (raw.rows, result.imports[1].receipt.recorded) == (16_757, 0)


def test_the_loans_own_terms_to_the_cent(runs: Any, losses: Any) -> None:
    result, shares = runs("own-terms")
    assert result.totals() == {"government": 73_372_613_630, "bank": 33_523_887_170}
    assert result.books == {"government": 73_372_613_630, "bank": 33_523_887_170}
    for _, loan, lost, guaranteed, approved in losses:
        exact = Fraction(lost * guaranteed, approved)
        government = int(exact + Fraction(1, 2))  # half up
        expected = {"government": government, "bank": lost - government}
        assert shares[f"{loan}:default"] == {role: amount for role, amount in expected.items() if amount}


def test_four_parties_under_a_yearly_cap(runs: Any, losses: Any) -> None:
    result, shares = runs("capped")
    totals: dict[str, int] = defaultdict(int)
    by_year: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for year in sorted({day.year for day, *_ in losses}):
        of_year = sorted((day, loan, lost) for day, loan, lost, _, _ in losses if day.year == year)
        split, used, total = [0, 0, 0, 0], 0, 0
        for _, loan, lost in of_year:
            total += lost
            now = largest_remainder(total, (40, 30, 20, 10))
            guarantor, reguarantor, bank, capped = (new - old for new, old in zip(now, split, strict=True))
            government = min(now[3], YEARLY_CAP) - used
            split, used = now, used + government
            expected = {
                "guarantor": guarantor + capped - government,
                "reguarantor": reguarantor,
                "bank": bank,
                "government": government,
            }
            assert shares[f"{loan}:default"] == {role: amount for role, amount in expected.items() if amount}
            for role, amount in expected.items():
                totals[role] += amount
                by_year[year][role] += amount
        assert sum(by_year[year].values()) == total
    assert result.totals() == dict(totals) == dict(result.books)
    found = {(share.year, share.role): share.borne for share in result.shares}
    assert found == {
        (year, role): amount for year, roles in by_year.items() for role, amount in roles.items() if amount
    }
    assert sum(roles["government"] == YEARLY_CAP for roles in by_year.values()) >= 10, "the cap bites"


def test_everything_agrees(runs: Any) -> None:
    for name in ("own-terms", "capped"):
        result, _ = runs(name)
        assert [check.name for check in result.checks if not check.agrees] == []
        assert all(check.rows for check in result.checks)


def largest_remainder(total: int, weights: tuple[int, ...]) -> list[int]:
    """In plain fractions, apart from the program's own."""
    whole = sum(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    parts = [int(each) for each in exact]
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - parts[i]), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
