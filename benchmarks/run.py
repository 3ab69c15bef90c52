"""`python -m benchmarks.run`: measure, rewrite results.json, print it as a table. A missed budget is said, not punished."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS, BUDGETS = HERE / "results.json", HERE / "budgets.toml"
QUIET = 0.5
"""A load average below which a machine has nothing else to do."""

Row = dict[str, Any]
"""One line of results.json: name, value, unit, better, budget, met, machine, versions."""


@dataclass(frozen=True, slots=True)
class Budget:
    """One figure: its unit, which way is better, the budget where there is one, and why it is measured."""

    name: str
    unit: str
    better: str
    budget: float | None
    why: str

    def met(self, value: float) -> bool | None:
        if self.budget is None:
            return None
        return value <= self.budget if self.better == "lower" else value >= self.budget


@cache
def budgets() -> tuple[Budget, ...]:
    """Every figure there is, in the order of the table."""
    rows = tomllib.loads(BUDGETS.read_text(encoding="utf-8"))["figure"]
    return tuple(Budget(row["name"], row["unit"], row["better"], row.get("budget"), row["why"]) for row in rows)


def main() -> int:
    """0 when everything ran, whatever the figures; 1 when a benchmark is broken; 2 for words it does not know."""
    only = _words().only
    busy = os.getloadavg()[0]
    if busy > QUIET:
        print(f"Load average {busy:.2f}: this machine is at work already, and the times below will be too long.")
    code, figures = measure(only)
    if code == pytest_found_nothing:
        print(f"No benchmark is called {only!r}. There are: {', '.join(_benchmarks())}.", file=sys.stderr)
        return 2
    rows = merged(_kept() if only or code else [], rows_of(figures, surroundings(busy), versions()))
    RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(rows, set(figures))
    return 1 if code else 0


pytest_found_nothing = 5


def measure(only: str | None) -> tuple[int, Mapping[str, float]]:
    """Run the benchmarks at full size: pytest's exit code, and the figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = ["--benchmark-enable", "--benchmark-only", "--benchmark-disable-gc", f"--benchmark-json={report}"]
        words += ["--benchmark-quiet", "-v", "-rP", "--no-header", "-p", "no:cacheprovider"]
        chosen = ["-k", only] if only else []
        command = [sys.executable, "-m", "pytest", str(HERE), *words, *chosen]
        done = subprocess.run(command, cwd=HERE.parent, check=False)
        found = json.loads(report.read_text()) if report.exists() and report.stat().st_size else {"benchmarks": []}
    return done.returncode, {
        name: value for each in found["benchmarks"] for name, value in each["extra_info"].get("figures", {}).items()
    }


def rows_of(figures: Mapping[str, float], machine: Mapping[str, Any], made_of: Mapping[str, str]) -> list[Row]:
    """The lines of the table for the figures that were measured."""
    return [
        {
            "name": each.name,
            "value": _rounded(figures[each.name]),
            "unit": each.unit,
            "better": each.better,
            "budget": each.budget,
            "met": each.met(figures[each.name]),
            "machine": machine,
            "versions": made_of,
        }
        for each in budgets()
        if each.name in figures
    ]


def merged(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """The new lines, and the old ones that were not measured again, in the order of budgets.toml."""
    by_name = {row["name"]: row for row in (*old, *new)}
    return [by_name[each.name] for each in budgets() if each.name in by_name]


def show(rows: Sequence[Row], new: set[str]) -> None:
    """Print the table, and in one sentence whether every budget was met."""
    from rich.console import Console
    from rich.table import Table

    table = Table("", title="Benchmarks", title_justify="left")
    for name in ("value", "budget"):
        table.add_column(name, justify="right")
    table.add_column("unit")
    table.add_column("budget met")
    for row in rows:
        budget = "" if row["budget"] is None else f"{_sign(row['better'])} {row['budget']:,}"
        met = {True: "yes", False: "NO", None: ""}[row["met"]]
        style = "bold red" if row["met"] is False else None if row["name"] in new else "dim"
        table.add_row(row["name"], f"{row['value']:,}", budget, row["unit"], met, style=style)
    console = Console()
    console.print(table)
    missed = [row["name"] for row in rows if row["met"] is False]
    console.print(f"Missed: {'; '.join(missed)}." if missed else "Every budget is met.", highlight=False)
    if any(row["name"] not in new for row in rows):
        console.print("Lines in grey are of an earlier run.")


def surroundings(load: float) -> dict[str, Any]:
    """The machine, and when and how busy it was: enough to know whether two figures may be compared."""
    return {
        "cpu": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "os": f"{platform.system()} {platform.release().split('-')[0]}, {platform.machine()}",
        "postgresql": "the workspace's own, fsync on, data checksums on, 128 MB shared buffers",
        "load": round(load, 2),
        "measured_on": str(datetime.now(UTC).date()),
    }


def versions() -> dict[str, str]:
    from ledger.server import OPTIONS, LocalPostgres

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with LocalPostgres(Path(folder)) as server:
            postgresql = server.status().version
            server_options = OPTIONS
    assert server_options["fsync"] == "on"
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "python": platform.python_version(),
        "gongji": project["version"],
        "psycopg": _version("psycopg"),
        "postgresql": postgresql,
    }


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    words.add_argument("--only", metavar="NAME", help="One benchmark, such as posting, growth, real_run, record, demo.")
    return words.parse_args()


def _benchmarks() -> list[str]:
    lines = [line for path in sorted(HERE.glob("test_*.py")) for line in path.read_text().splitlines()]
    return [line[len("def test_") :].partition("(")[0] for line in lines if line.startswith("def test_")]


def _kept() -> list[Row]:
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []


def _rounded(value: float) -> float:
    """Three or four figures: more would be noise."""
    return round(value) if value >= 100 else float(f"{value:.3g}")


def _sign(better: str) -> str:
    return "≤" if better == "lower" else "≥"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


if __name__ == "__main__":
    sys.exit(main())
