"""From a file to settled periods: the real portfolio, and how each stage grows with the number of loans."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from benchmarks.conftest import Figure
from benchmarks.memory import can_be_measured
from benchmarks.path import ROOT, STAGES, Course, run_apart
from benchmarks.portfolio import write_portfolio
from riskshare.real import EXACT

DATA = Path(os.environ.get("GONGJI_DATA") or ROOT.parent / "shared" / "data" / "sba")
OWN_TERMS, CAPPED = "loan-own-terms", "example-4321-capped"


def test_real_run(benchmark: Any, full: bool, figure: Figure, new_database: Callable[[], str]) -> None:
    """The 40,095 loans under their own terms, to settled books."""
    if full and not (DATA / EXACT).is_file():
        pytest.skip(f"there is no {EXACT} in {DATA}; name its folder in GONGJI_DATA")
    file = DATA / EXACT if full else write_portfolio(_beside(new_database()), 200)
    _run(benchmark, figure, file, new_database, "real run")


def test_generated_run(benchmark: Any, full: bool, figure: Figure, new_database: Callable[[], str]) -> None:
    """40,000 made-up loans instead, where the real ones are not at hand."""
    if (DATA / EXACT).is_file() or not full:
        pytest.skip("the real loans are measured instead" if full else "the same as the try of the real run")
    _run(benchmark, figure, write_portfolio(_beside(new_database()), 40_000), new_database, "generated run")


def test_growth(benchmark: Any, full: bool, figure: Figure, new_database: Callable[[], str], tmp_path: Path) -> None:
    """The same path on ten times as many loans; four parties, and a yearly cap that bites."""
    small, large = (10_000, 100_000) if full else (40, 400)
    files = {loans: write_portfolio(tmp_path / f"{loans}.csv", loans) for loans in (small, large)}

    def courses() -> Mapping[int, list[Course]]:
        found: dict[int, list[Course]] = {small: [], large: []}
        for loans in (small, large, small, small) if full else (small, large):
            found[loans].append(run_apart(files[loans], CAPPED, new_database()))
        return found

    found = benchmark.pedantic(courses, rounds=1)
    for stage in STAGES:
        few, many = (median(course.seconds[stage] for course in found[loans]) for loans in (small, large))
        figure(f"{stage} of 10,000 loans", few)
        figure(f"{stage} of 100,000 loans", many)
        figure(f"growth of {stage}, 10,000 to 100,000 loans", log10(many / few))
    if can_be_measured():
        figure("peak memory at 100,000 loans", found[large][0].peak_kb["program"] / 1024)
