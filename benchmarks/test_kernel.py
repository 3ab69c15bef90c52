"""Sharing alone, without a ledger: how many losses a second, how that grows, and another engine on the same work."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from math import log10
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from benchmarks.conftest import Figure
from benchmarks.kernel import PER_LOAN, WEIGHTS, YEARS, facts, made_up, quota_shares, share_apart, write_losses
from benchmarks.path import ROOT, environment
from benchmarks.processes import can_be_measured
from benchmarks.test_commands import PROGRAM, ROUNDS

OTHER, OTHERS_HOME = ROOT / "benchmarks" / "fmpy", ROOT / "build" / "fmpy"
MILLION = 1_000_000
SIZES = {"1 M": MILLION, "10 M": 10 * MILLION}


def test_kernel(benchmark: Any, full: bool, figure: Figure) -> None:
    """Four parties, a limit for each loan, a yearly cap in time order: in memory, in one process and in two."""
    sizes = {name: losses if full else 2 * YEARS for name, losses in SIZES.items()}
    rounds = 5 if full else 1

    def measure() -> None:
        found = {name: share_apart(losses, rounds)[0] for name, losses in sizes.items()}
        for name, losses in sizes.items():
            figure(f"kernel, {name} losses", losses / found[name].kernel / MILLION)
            figure(f"sharing {name} losses in memory", losses / found[name].seconds / MILLION)
            if can_be_measured():
                figure(f"memory of a loss, sharing {name}", found[name].peak_kb * 1024 / losses)
        few, many = found.values()
        figure("growth of the kernel, 1 M to 10 M losses", log10(many.kernel / few.kernel))
        halves = share_apart(sizes["10 M"], rounds, processes=2)
        figure("two processes, times one", many.quickest / max(half.quickest for half in halves))

    benchmark.pedantic(measure)


def test_split(benchmark: Any, full: bool, figure: Figure, tmp_path: Path) -> None:
    """The program itself, from a Parquet file of losses in no order to a folder of shares; and its start on a small file."""
    sizes = {name: losses if full else 2 * YEARS for name, losses in SIZES.items()}
    small = write_losses(tmp_path / "small", YEARS)
    large = {name: write_losses(tmp_path / name.replace(" ", "-"), losses) for name, losses in sizes.items()}

    def measure() -> None:
        starts = [_split(small, "out.parquet") for _ in range(ROUNDS if full else 2)]
        figure("gongji split on a small file", median(seconds for seconds, _ in starts[1:]))
        for name, losses in sizes.items():
            runs = [_split(large[name], "out") for _ in range(3 if full else 1)]
            figure(f"gongji split, {name} losses, Parquet to Parquet", losses / min(runs)[0] / MILLION)
            if can_be_measured():
                peak_kb = max(peak for _, peak in runs) - starts[-1][1]
                figure(f"memory of a loss, gongji split of {name}", peak_kb * 1024 / losses)
        halves = [_split(large["10 M"], "out", "--processes", "2") for _ in range(3 if full else 1)]
        figure("gongji split, 10 M losses, two processes", sizes["10 M"] / min(halves)[0] / MILLION)

    benchmark.pedantic(measure)


@pytest.mark.parametrize("size", list(SIZES))
def test_beside_fmpy(benchmark: Any, full: bool, figure: Figure, tmp_path: Path, size: str) -> None:
    """Four quota shares under a yearly limit, back to the loans pro rata: by fmpy and by us, file to file, turn by turn."""
    per_year = (SIZES[size] if full else 2 * YEARS) // YEARS
    yearly = _write_input(tmp_path, per_year)
    python = _environment() if full else None
    ours, theirs = list[float](), list[dict[str, float]]()

    def measure() -> None:
        ours.append(_ours(tmp_path, per_year))
        if python:
            theirs.append(_theirs(python, tmp_path))

    benchmark.pedantic(measure, rounds=3 if full and size == "1 M" else 1)
    figure(f"Gongji, {size} losses by four shares", median(ours))
    unlike, years_off = _misses(tmp_path, yearly)
    figure(f"Gongji, {size}: figures unlike the rule", unlike)
    figure(f"Gongji, {size}: years whose total is not the limit", years_off)
    if theirs:
        seconds = median(each["seconds"] for each in theirs)
        figure(f"fmpy, {size} losses by four shares", seconds)
        figure(f"fmpy, {size}, times the time of Gongji", seconds / median(ours))
        figure(f"fmpy, {size}: figures half a fen off or more", 100 * theirs[0]["off"] / theirs[0]["of"])
        figure(f"fmpy, {size}: years whose total is not the limit", theirs[0]["years_off"])


ALONE = """
import json, os, subprocess, sys, time
since = time.perf_counter()
program = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(program.pid, 0)
print(json.dumps([time.perf_counter() - since, usage.ru_maxrss, status]))
"""
"""Starts a program from a small one: the peak that the system counts for it begins with that of the program it came from."""


def _split(folder: Path, out: str, *options: str) -> tuple[float, int]:
    """Seconds from the enter key to the prompt, and the most the program ever held, in kilobytes."""
    words = ["split", str(folder / "terms.toml"), str(folder / "losses.parquet"), "--out", str(folder / out), *options]
    command = [sys.executable, "-S", "-c", ALONE, *PROGRAM, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    seconds, peak_kb, status = json.loads(done.stdout)
    assert status == 0, done.stderr
    shutil.rmtree(folder / "out", ignore_errors=True)
    return seconds, peak_kb


def _write_input(folder: Path, per_year: int) -> int:
    """The losses and the terms, as both sides read them. The yearly limit."""
    import numpy as np

    _, yearly = quota_shares(per_year)
    np.save(folder / "losses.npy", made_up(per_year * YEARS))
    terms = {"per_loan": PER_LOAN, "yearly": yearly, "weights": list(WEIGHTS.values())}
    (folder / "terms.json").write_text(json.dumps(terms))
    return yearly


def _ours(folder: Path, per_year: int) -> float:
    """Seconds from file to file, the compiler's work done before."""
    import numpy as np

    from riskshare.allocate import allocate

    terms, _ = quota_shares(per_year)
    allocate(terms, facts(made_up(2 * YEARS)), compiled=True)
    since = perf_counter()
    shared = allocate(terms, facts(np.load(folder / "losses.npy")), compiled=True)
    with (folder / "ours.bin").open("wb") as file:
        for role in WEIGHTS:
            np.ascontiguousarray(shared.shares[role]).tofile(file)
    return perf_counter() - since


def _theirs(python: Path, folder: Path) -> dict[str, float]:
    """Their seconds from file to file, their compiler's work done before, and how far off the figures are."""
    command = [str(python), str(OTHER / "measure.py"), str(folder)]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _environment() -> Path | None:
    """The Python of the other side, with its pinned packages; made once. None where it cannot be had."""
    python, wanted = OTHERS_HOME / "bin" / "python", OTHER / "requirements.txt"
    made = OTHERS_HOME / "requirements.txt"
    if not made.exists() or made.read_text() != wanted.read_text():
        venv.create(OTHERS_HOME, with_pip=True, clear=True)
        words = ["--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"]
        command = [str(python), "-m", "pip", "install", *words, "--requirement", str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"fmpy could not be installed, so our side stands alone: {done.stderr.strip()[-300:]}")
            return None
        made.write_text(wanted.read_text())
    return python


def _misses(folder: Path, yearly: int) -> tuple[int, int]:
    """Figures that are not what the rule of rounding says, worked out a second time, and years with another total.

    The rule: what the year pays goes to the losses by largest remainder, then the year's running total to the parties.
    """
    import numpy as np

    losses = np.load(folder / "losses.npy")
    posted = np.fromfile(folder / "ours.bin", np.int64).reshape(len(WEIGHTS), *losses.shape)
    weights, unlike, years_off = np.array(list(WEIGHTS.values())), 0, 0
    for year, within in enumerate(np.minimum(losses, PER_LOAN)):
        total = int(within.sum())
        paid = min(total, yearly)
        parts, rests = np.array([divmod(paid * loss, total) for loss in within.tolist()]).T
        parts[np.argsort(-rests, kind="stable")[: paid - parts.sum()]] += 1
        running = np.concatenate([[0], parts.cumsum()])[:, None] * weights
        split, over = np.divmod(running, weights.sum())
        places = np.argsort(np.argsort(-over, axis=1, kind="stable"), axis=1)
        split += places < over.sum(axis=1, keepdims=True) // weights.sum()
        unlike += int((posted[:, year] != np.diff(split, axis=0).T).sum())
        years_off += int(posted[:, year].sum()) != paid
    return unlike, years_off
