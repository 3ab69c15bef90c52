"""The whole path over one file, in a process of its own: import and record, then close and settle year by year.

`python -m benchmarks.path FILE SCHEME DATABASE-URL` prints one JSON document: seconds by stage, peaks of memory, counts.
The steps are those of `riskshare.real`, without its second file and its reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.processes import processor_seconds, watched

if TYPE_CHECKING:
    from psycopg import Connection

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("import", "close", "settle")


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a file: seconds and processor seconds by stage, peak kilobytes by process, and counts."""

    seconds: dict[str, float]
    processor: dict[str, float]
    peak_kb: dict[str, int]
    counts: dict[str, int]

    @property
    def all_seconds(self) -> float:
        return sum(self.seconds.values())


def run_apart(file: Path, scheme: str, url: str) -> Course:
    """Run the path in a process of its own, so that nothing but the program is in its memory."""
    words = [sys.executable, "-m", "benchmarks.path", str(file), scheme, url]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or f"ended with {done.returncode}"
    return Course(**json.loads(done.stdout))


def environment() -> dict[str, str]:
    """The surroundings of a program we start: this checkout, and no database or workspace but the one we name."""
    ours = ("GONGJI_DATABASE_URL", "GONGJI_WORKSPACE", "GONGJI_LANG", "GONGJI_ACTOR")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "NO_COLOR": "1"}


def run(conn: Connection[Any], file: Path, scheme: str) -> Course:
    """The path itself, on a new database."""
    from riskshare.adoption import adopt, library
    from riskshare.closing import choose_unit, close, open_periods
    from riskshare.intake import import_file
    from riskshare.real import RUNS
    from riskshare.settling import settle

    parties = next(each.parties for each in RUNS if each.scheme == scheme)
    watch = _Watch(conn.info.backend_pid)
    with watched(conn.info.backend_pid) as memory:
        with watch("import"), conn.transaction():
            choose_unit(conn, "year")
            adopt(conn, library()[scheme], "benchmark")
            intake = import_file(conn, file, "sba", {"scheme": scheme, **parties}, "benchmark")
        periods = open_periods(conn, _last_day(conn))
        for period in periods:
            with watch("close"), conn.transaction():
                close(conn, period, "benchmark", date.today())
            with watch("settle"), conn.transaction():
                settle(conn, period, None, "benchmark")
    (transfers,) = conn.execute("SELECT count(*) FROM ledger.transfer").fetchone() or (0,)
    counts = {
        "loans": intake.report.rows,
        "events": intake.receipt.recorded,
        "periods": len(periods),
        "transfers": transfers,
    }
    peaks = {"program": memory.program, "backend": memory.backend, "server": memory.server}
    return Course(watch.seconds, watch.processor, peaks, counts)


class _Watch:
    """Seconds by stage, on the clock and on the processors."""

    def __init__(self, backend_pid: int) -> None:
        self.backend_pid = backend_pid
        self.seconds, self.processor = dict.fromkeys(STAGES, 0.0), dict.fromkeys(STAGES, 0.0)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        since, used = perf_counter(), processor_seconds(self.backend_pid)
        yield
        self.seconds[stage] += perf_counter() - since
        self.processor[stage] += processor_seconds(self.backend_pid) - used


def _last_day(conn: Connection[Any]) -> date:
    row = conn.execute("SELECT max(booked_on) FROM product.event").fetchone()
    assert row is not None, "the file told nothing"
    return date(row[0].year, 12, 31)


def main() -> None:
    from ledger.database import Database

    file, scheme, url = sys.argv[1:]
    with Database(url) as database:
        conn = database.connect()
        conn.autocommit = True
        course = run(conn, Path(file), scheme)
        conn.close()
    print(json.dumps(asdict(course)))


if __name__ == "__main__":
    main()
