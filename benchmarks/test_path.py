"""From a file to settled periods: the real portfolio, and how each stage grows with the number of loans."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.conftest import Figure
from benchmarks.path import ROOT, STAGES, Course, run_apart
from benchmarks.portfolio import write_portfolio
from benchmarks.processes import can_be_measured
from riskshare.real import EXACT

DATA = Path(os.environ.get("GONGJI_DATA") or ROOT.parent / "shared" / "data" / "sba")
OWN_TERMS, CAPPED = "loan-own-terms", "example-4321-capped"


def test_real_run(benchmark: Any, full: bool, figure: Figure, new_database: Callable[[], str], tmp_path: Path) -> None:
    """The 40,095 loans, each under its own terms. Where they are not at hand, 40,000 made-up ones, under that name."""
    what, file = "real run", DATA / EXACT
    if full and not file.is_file():
        what = "generated run"
        print(f"There is no {file}: 40,000 made-up loans are run instead. Name the folder in GONGJI_DATA.")
    if what != "real run" or not full:
        file = write_portfolio(tmp_path / "loans.csv", 40_000 if full else 100)
    courses: list[Course] = []
    benchmark.pedantic(lambda: courses.append(run_apart(file, OWN_TERMS, new_database())), rounds=3 if full else 1)
    course = sorted(courses, key=lambda each: each.all_seconds)[len(courses) // 2]
    figure(f"{what}, import to settle", course.all_seconds)
    for stage in STAGES:
        figure(f"{what}, {stage}", course.seconds[stage])
    if can_be_measured():
        figure(f"{what}, processor time", sum(course.processor.values()))
        peak = {name: max(each.peak_kb[name] for each in courses) / 1024 for name in course.peak_kb}
        figure(f"{what}, peak memory of the program and its database process", peak["program"] + peak["backend"])
        figure(f"{what}, peak memory of the program", peak["program"])
        figure(f"{what}, peak memory of its database process", peak["backend"])
        figure(f"{what}, peak memory of the whole database server", peak["server"])


def test_growth(benchmark: Any, full: bool, figure: Figure, new_database: Callable[[], str], tmp_path: Path) -> None:
    """The same path on ten times as many loans: four parties, and a yearly cap that bites."""
    small, large = (10_000, 100_000) if full else (20, 100)
    files = {loans: write_portfolio(tmp_path / f"{loans}.csv", loans) for loans in (small, large)}
    found: dict[int, list[Course]] = {small: [], large: []}

    def measure() -> None:
        for loans in (small, large, small, small) if full else (small, large):
            found[loans].append(run_apart(files[loans], CAPPED, new_database()))

    benchmark.pedantic(measure)
    for stage in STAGES:
        few, many = (median(course.seconds[stage] for course in found[loans]) for loans in (small, large))
        figure(f"growth of {stage}, 10,000 to 100,000 loans", log10(many / few))
        figure(f"{stage} of 10,000 loans", few)
        figure(f"{stage} of 100,000 loans", many)
        few, many = (median(course.processor[stage] for course in found[loans]) for loans in (small, large))
        if can_be_measured() and full:  # a try is over before the clock of the processors has ticked
            figure(f"growth of {stage}, in processor time", log10(many / few))
    if can_be_measured():
        for loans, name in ((small, "10,000"), (large, "100,000")):
            figure(f"peak memory of the program at {name} loans", found[loans][0].peak_kb["program"] / 1024)
