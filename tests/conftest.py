"""One PostgreSQL for the whole session, a database of its own for each test, and the program as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from sealed import live

from ledger.database import Connection, Database, connect, migrate
from ledger.files import schema_dir
from ledger.server import LocalPostgres

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests may forget at a power cut
TEMPLATE = "gongji_template"
CHOICE = os.environ.get("GONGJI_TEST_PG", "both")  # embedded, 15 or both
EVERY = ["embedded", "15"] if CHOICE == "both" else [CHOICE]


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Flavour:
    """A running server with a migrated template, copied for each test that asks."""

    def __init__(self, workspace: Path, binaries: Path | None) -> None:
        self.server = LocalPostgres(workspace, FAST, binaries=binaries).start()
        self.admin = psycopg.connect(self.server.url("postgres"), autocommit=True)
        self.numbers = count(1)
        self.admin.execute(f"create database {TEMPLATE}".encode())
        with closing(connect(self.server.url(TEMPLATE))) as connection:
            migrate(connection, schema_dir())

    def new(self, template: str = TEMPLATE) -> str:
        """The name of a fresh database."""
        name = f"test_{next(self.numbers)}"
        self.admin.execute(f"create database {name} template {template} strategy file_copy".encode())
        return name

    def drop(self, name: str) -> None:
        self.admin.execute(f"drop database if exists {name} with (force)".encode())

    def close(self) -> None:
        self.admin.close()
        self.server.stop()


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that the server's own user may enter even when the tests run as root; pytest's are closed."""
    folder = Path(tempfile.mkdtemp(prefix="gongji-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def flavours(open_folder: Path) -> Iterator[Callable[[str], Flavour]]:
    """The servers of this session, each started when a test first asks for it."""
    running: dict[str, Flavour] = {}

    def flavour(name: str) -> Flavour:
        if name == "15" and not SYSTEM_15.is_dir():
            pytest.skip("PostgreSQL 15 is not installed on this machine")
        if name not in running:
            workspace = open_folder / name
            workspace.mkdir()
            running[name] = Flavour(workspace, SYSTEM_15 if name == "15" else None)
        return running[name]

    yield flavour
    for each in running.values():
        each.close()


@pytest.fixture
def database(flavours: Callable[[str], Flavour]) -> Iterator[Database]:
    """A fresh, migrated database on the embedded server (or on 15 alone, with GONGJI_TEST_PG=15)."""
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture(params=EVERY)
def every_database(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour]) -> Iterator[Database]:
    """A fresh, migrated database, once on each PostgreSQL that is here."""
    yield from fresh(flavours(request.param))


@pytest.fixture
def empty_database(flavours: Callable[[str], Flavour]) -> Iterator[Database]:
    """A fresh database with nothing in it."""
    yield from fresh(flavours(EVERY[0]), "template1")


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    """A connection to a fresh database; each statement is its own transaction."""
    with closing(database.connect()) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture(scope="module")
def lived(flavours: Callable[[str], Flavour]) -> Iterator[Connection]:
    """A ledger that has lived through the story of the seals, for all tests of a file that leave it as it is."""
    for database in fresh(flavours(EVERY[0])):
        with closing(database.connect()) as connection:
            connection.autocommit = True
            live(connection)
            yield connection


def fresh(flavour: Flavour, template: str = TEMPLATE) -> Iterator[Database]:
    name = flavour.new(template)
    yield Database(flavour.server.url(name))
    flavour.drop(name)


@pytest.fixture
def gongji(database: Database, tmp_path: Path) -> Callable[..., Outcome]:
    """The program in a workspace of its own, on a fresh database: `gongji("split", "pool", "facts.csv").code == 0`."""

    def run(
        *words: Any, given: str | None = None, env: Mapping[str, str] | None = None, timeout: float = 120
    ) -> Outcome:
        settings = {
            "GONGJI_DATABASE_URL": database.url,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "COLUMNS": "160",
        }
        done = subprocess.run(
            [*program(), *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, **settings, **(env or {})},
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


def program() -> list[str]:
    """The installed command beside this Python, or the module of this checkout."""
    installed = Path(sys.executable).with_name("gongji")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "cli"]
