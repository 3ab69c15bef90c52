"""One server for all benchmarks, with the options a workspace's own server has: what is committed is on the disk.

Without --benchmark-enable every benchmark runs once on a small size, so that none of them can rot unseen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.run import budgets
from ledger.server import LocalPostgres

Figure = Callable[[str, float], None]


@pytest.fixture(scope="session")
def workspace() -> Iterator[Path]:
    """A folder that the server's own user may enter even when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="gongji-benchmark-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(workspace: Path) -> Iterator[LocalPostgres]:
    """The workspace's own server, as the command line would start it."""
    running = LocalPostgres(workspace).start()
    yield running
    running.remove()  # the commands that were measured have asked it to wait for more of them


@pytest.fixture(scope="session")
def new_database(server: LocalPostgres) -> Iterator[Callable[[], str]]:
    """Gives the address of an empty database each time. What an earlier one left unwritten is on the disk by then."""
    numbers = count(1)
    with psycopg.connect(server.url(), autocommit=True) as admin:

        def new() -> str:
            name = f"benchmark_{next(numbers)}"
            admin.execute(f"create database {name}".encode())
            admin.execute("checkpoint")
            return server.url(name)

        yield new


@pytest.fixture
def full(benchmark: Any) -> bool:
    """Whether this is the measurement, at its real size, or only a try."""
    return bool(benchmark.enabled)


@pytest.fixture
def figure(benchmark: Any) -> Figure:
    """Keeps one figure for the table; its name must have a line in budgets.toml, in a try too."""
    known = {budget.name for budget in budgets()}
    kept = benchmark.extra_info.setdefault("figures", {})

    def keep(name: str, value: float) -> None:
        assert name in known, f"budgets.toml has no figure {name!r}"
        kept[name] = value

    return keep
