"""What a person waits for at the terminal: the installed program, start-up included, its server already running."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import Figure
from benchmarks.path import environment, run_apart
from benchmarks.portfolio import write_portfolio
from benchmarks.test_path import OWN_TERMS
from ledger.database import Database
from ledger.server import LocalPostgres
from products.events import Event
from riskshare.record import record

ROUNDS = 21
INSTALLED = Path(sys.executable).with_name("gongji")
PROGRAM = [str(INSTALLED)] if INSTALLED.exists() else [sys.executable, "-m", "cli"]
ON = date(2015, 1, 2)  # after every period that the portfolio's run has closed


@pytest.fixture
def lent(server: LocalPostgres, full: bool, tmp_path: Path) -> Iterator[str]:
    """Loans paid out and not repaid, in the workspace's ledger beside a whole portfolio."""
    run_apart(write_portfolio(tmp_path / "loans.csv", 10_000 if full else 20), OWN_TERMS, server.url())
    names = [f"L-{number:03}" for number in range(ROUNDS + 1)]
    with closing(Database(server.url()).connect()) as conn, conn.transaction():
        record(conn, [event for name in names for event in _life(name)], "benchmark")
    return iter(names)


def test_record(benchmark: Any, full: bool, figure: Figure, workspace: Path, lent: Iterator[str]) -> None:
    """One default, from the enter key to the prompt."""

    def one_default() -> None:
        words = ["record", "loan.default_declared", next(lent), "--principal", "300,000.01", "--on", str(ON)]
        _gongji("--workspace", str(workspace), *words)

    benchmark.pedantic(one_default, rounds=ROUNDS if full else 1, warmup_rounds=1 if full else 0)
    _median(benchmark, figure, "one default through gongji record")


def test_help(benchmark: Any, full: bool, figure: Figure) -> None:
    """The program's start alone."""
    benchmark.pedantic(lambda: _gongji("--help"), rounds=ROUNDS if full else 1, warmup_rounds=1 if full else 0)
    _median(benchmark, figure, "gongji --help")


def test_demo(benchmark: Any, full: bool, figure: Figure, workspace: Path, new_database: Callable[[], str]) -> None:
    """The demonstration at its own size, making and starting its server included; a try borrows ours."""
    numbers = count(1)

    def demo() -> None:
        if full:
            _gongji("--workspace", str(workspace / f"demo-{next(numbers)}"), "demo")
        else:
            _gongji("--workspace", str(workspace), "--database-url", new_database(), "demo", "--loans", "30")

    benchmark.pedantic(demo, rounds=3 if full else 1)
    for cluster in workspace.glob("demo-*/*/.gongji"):
        LocalPostgres(cluster.parent).remove()
    _median(benchmark, figure, "gongji demo")


def _gongji(*words: str) -> None:
    done = subprocess.run([*PROGRAM, *words], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _median(benchmark: Any, figure: Figure, name: str) -> None:
    figure(name, benchmark.stats.stats.median if benchmark.stats else 0.0)


def _life(name: str) -> Sequence[Event]:
    facts = {"bank": "Bank 00001", "guarantor": "SBA", "government": "SBA", "borrower": f"borrower of {name}"}
    terms = {"scheme": OWN_TERMS, "currency": "USD"}
    return (
        Event(
            f"{name}:r", "loan.registered", name, ON, {"approved": 50_000_000, "guaranteed": 37_500_000}, facts | terms
        ),
        Event(f"{name}:d", "loan.disbursed", name, ON, {"principal": 50_000_000}, {}),
    )
