"""Many losses shared out in a process of its own: made-up facts of 1,000 scheme-years, in the order of their key.

`python -m benchmarks.kernel FACTS YEARS ROUNDS` makes them, says "ready", waits for a line, shares them out, and prints one
JSON document: seconds of every round, those spent in the kernel's loops, and the peak of memory above the empty program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.path import ROOT, environment
from benchmarks.processes import can_be_measured, held_kilobytes

if TYPE_CHECKING:
    from riskshare.allocate import Facts
    from riskshare.terms import Scheme

YEARS = 1_000
PER_LOAN = 100_000_000  # fen: a million yuan
LARGEST = 150_000_000  # fen: the largest loss
WEIGHTS = {"government": 40, "guarantor": 30, "reguarantor": 20, "insurer": 10}
HEAD = """
id         = "benchmark"
title      = { zh = "测速", en = "a benchmark" }
currency   = "CNY"
status     = "example"
applies_by = "registered_on"

[[version]]
effective   = 2000-01-01
source      = "an example"
year_by     = "default_on"
late        = "append"
decided     = "year"
limit_basis = "current"
rounding    = { scope = "cumulative", method = "largest_remainder" }

[version.loss]
on        = "default"
counts    = ["principal"]
uncounted = "bank"
advance   = "none"

[[version.clause]]
name    = "loss"
article = "1"
layer   = { per = "loan", limit = "1,000,000.00", first = "within", then = "bank" }
"""
FOUR_PARTIES = """
[[version.clause]]
name    = "within"
article = "2"
share   = { guarantor = "40%", reguarantor = "30%", bank = "20%", pool = "10%" }

[[version.clause]]
name    = "pool"
article = "3"
layer   = { per = "scheme-year", limit = "YEARLY", first = "government", then = "bank" }
"""
QUOTA_SHARES = """
[[version.clause]]
name    = "within"
article = "2"
layer   = { per = "scheme-year", limit = "YEARLY", first = "parties", then = "bank", order = "pro_rata" }

[[version.clause]]
name    = "parties"
article = "3"
share   = { government = "40%", guarantor = "30%", reguarantor = "20%", insurer = "10%" }
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """What became of it: seconds in all and in the kernel's loops (the round in the middle), and kilobytes at the peak.

    `quickest` are the seconds in all of the round that was disturbed least.
    """

    seconds: float
    kernel: float
    peak_kb: int
    quickest: float


def scheme(clauses: str, yearly: int) -> Scheme:
    """The terms, with a yearly cap in fen."""
    from ledger.money import show_amount
    from riskshare.scheme_file import read_scheme

    return read_scheme(HEAD + clauses.replace("YEARLY", show_amount(yearly)), "benchmark", measures=(), roles=None)


def four_parties(loans_a_year: int) -> Scheme:
    """A share of the loss within a loan's limit goes to a pool that three quarters of the years' losses use up."""
    return scheme(FOUR_PARTIES, loans_a_year * PER_LOAN // 20)


def quota_shares(loans_a_year: int) -> tuple[Scheme, int]:
    """Four shares of the loss within a loan's limit, up to three fifths of it a year; and that cap in fen."""
    yearly = loans_a_year * PER_LOAN * 2 // 5
    return scheme(QUOTA_SHARES, yearly), yearly


def made_up(losses: int, years: int = YEARS, seed: int = 1) -> Any:
    """Losses in fen, a row for each scheme-year."""
    import numpy as np

    return np.random.default_rng(seed).integers(1, LARGEST, (years, losses // years))


def facts(losses: Any) -> Facts:
    """Each loss a fact of a loan of its own, year by year."""
    import numpy as np

    from riskshare.allocate import Coded, Facts

    count, same = losses.size, np.broadcast_to(np.int64(0), losses.size)
    numbers = np.arange(count)
    return Facts(
        ids=numbers,
        kinds=Coded(same, ["loss"]),
        loans=Coded(numbers, numbers),  # type: ignore[arg-type]
        days=same,
        filings=same,
        priorities=same,
        years=np.repeat(np.arange(1, len(losses) + 1), losses.shape[1]),
        amounts=losses.ravel(),
        versions=same,
        measures={},
        attributes={},
    )


def write_losses(folder: Path, losses: int, seed: int = 1) -> Path:
    """A folder with the losses in no order, as a Parquet file, and the terms of the four parties."""
    import numpy as np
    import polars as pl

    rng, per_year = np.random.default_rng(seed), losses // YEARS
    numbers = np.arange(losses)
    day = date(2024, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    columns = {
        "fact": pl.Series(numbers),
        "kind": pl.Series(["loss"]).new_from_index(0, losses),
        "loan": pl.Series(numbers),
        "effective_on": pl.Series(day + rng.integers(0, 366, losses)).cast(pl.Int32).cast(pl.Date),
        "year": pl.Series(rng.permutation(np.repeat(np.arange(1, YEARS + 1), per_year))),
        "amount_minor": pl.Series(made_up(losses).ravel()),
    }
    folder.mkdir()
    pl.DataFrame(columns).write_parquet(folder / "losses.parquet")
    (folder / "terms.toml").write_text(four_parties(per_year).text, encoding="utf-8")
    return folder


@contextmanager
def kernel_seconds() -> Iterator[list[float]]:
    """Seconds of every call of the compiled loops while the block runs."""
    from riskshare.compiled import compiled_kernel

    loops, spent = compiled_kernel(), list[float]()
    run = loops.run

    def timed(*columns: Any) -> None:
        since = perf_counter()
        run(*columns)
        spent.append(perf_counter() - since)

    loops.run = timed  # type: ignore[attr-defined]
    try:
        yield spent
    finally:
        loops.run = run  # type: ignore[attr-defined]


def share_apart(losses: int, rounds: int, processes: int = 1) -> list[Shared]:
    """As many losses in all, shared out by so many processes at once, each with whole scheme-years of its own."""
    words = [str(losses // processes), str(YEARS // processes), str(rounds)]
    command = [sys.executable, "-m", "benchmarks.kernel", *words]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = [process.communicate()[0] for process in running]
    assert not any(process.returncode for process in running)
    return [Shared(**json.loads(text)) for text in found]


def main() -> None:
    from riskshare.allocate import allocate

    losses, years, rounds = map(int, sys.argv[1:])
    terms = four_parties(losses // years)
    allocate(terms, facts(made_up(years, years)), compiled=True)  # compiled, or read from where it is kept
    empty = held_kilobytes("VmRSS") if can_be_measured() else 0
    told = facts(made_up(losses, years))
    print("ready", flush=True)
    sys.stdin.readline()
    seconds, kernel = list[float](), list[float]()
    for _ in range(rounds):
        with kernel_seconds() as spent:
            since = perf_counter()
            allocate(terms, told, compiled=True)
            seconds.append(perf_counter() - since)
        kernel.append(sum(spent))
    peak = held_kilobytes("VmHWM") - empty if can_be_measured() else 0
    print(json.dumps(asdict(Shared(median(seconds), median(kernel), peak, min(seconds)))))


if __name__ == "__main__":
    main()
