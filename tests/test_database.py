"""Which database, and how its schema gets there: in order, once, together or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger import database as module
from ledger.database import Connection, Database, checked_url, connect, explain, is_current, migrate, resolve
from ledger.faults import Failed
from ledger.files import schema_dir

FIRST = {
    "0001_one.sql": "create table one (n int); create table step (n int);",
    "0002_two.sql": "insert into step values (2);",
}


@pytest.fixture
def empty(empty_database: Database) -> Iterator[Connection]:
    with closing(connect(empty_database.url)) as connection:
        yield connection


def folder(tmp_path: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def applied(connection: Connection) -> list[int]:
    return [row[0] for row in connection.execute("select number from public.gongji_migration order by number")]


# Migrations.


def test_they_are_applied_once_and_in_order(empty: Connection, tmp_path: Path) -> None:
    schema = folder(tmp_path, FIRST)
    assert not is_current(empty, schema)
    assert [migration.file for migration in migrate(empty, schema)] == ["0001_one.sql", "0002_two.sql"]
    assert migrate(empty, schema) == ()
    assert is_current(empty, schema)
    folder(tmp_path, {"0010_ten.sql": "insert into step values (10)"})
    assert not is_current(empty, schema)
    assert [migration.number for migration in migrate(empty, schema)] == [10]
    assert empty.execute("select array_agg(n) from step").fetchone() == ([2, 10],)


def test_they_leave_no_transaction_open(empty: Connection, tmp_path: Path) -> None:
    schema = folder(tmp_path, FIRST)
    migrate(empty, schema)
    assert is_current(empty, schema)
    assert empty.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert not empty.autocommit


def test_all_or_nothing(empty: Connection, tmp_path: Path) -> None:
    schema = folder(
        tmp_path, FIRST | {"0003_three.sql": "-- a comment\ncreate table three (n int);\nselect nothing;\n"}
    )
    with pytest.raises(Failed, match=r"0003_three\.sql: the migration failed.*nothing.*line 3"):
        migrate(empty, schema)
    assert empty.execute("select to_regclass('one'), to_regclass('public.gongji_migration')").fetchone() == (None, None)


def test_a_file_changed_after_it_was_applied(empty: Connection, tmp_path: Path) -> None:
    schema = folder(tmp_path, FIRST)
    migrate(empty, schema)
    folder(tmp_path, {"0001_one.sql": "create table other (n int)"})
    with pytest.raises(Failed, match=r"0001_one\.sql was changed after it was applied.*restore the file"):
        is_current(empty, schema)


def test_an_older_program_refuses_a_newer_schema(empty: Connection, tmp_path: Path) -> None:
    schema = folder(tmp_path, FIRST | {"0003_three.sql": "select 3"})
    migrate(empty, schema)
    (schema / "0003_three.sql").unlink()
    with pytest.raises(
        Failed, match=r"an older program refuses a newer schema.*up to 0002.*got 0003_three.*upgrade Gongji"
    ):
        migrate(empty, schema)


def test_a_file_that_comes_before_what_was_applied(empty: Connection, tmp_path: Path) -> None:
    schema = folder(tmp_path, {"0001_one.sql": "select 1", "0003_three.sql": "select 3"})
    migrate(empty, schema)
    folder(tmp_path, {"0002_two.sql": "select 2"})
    with pytest.raises(Failed, match=r"0002_two\.sql is missing though later migrations were applied"):
        migrate(empty, schema)


@pytest.mark.parametrize("name", ["1_one.sql", "0002-two.sql", "0001_zero_again.sql"])
def test_names_that_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Failed, match=f"{name}: this is not the name of a migration"):
        module.migrations(folder(tmp_path, {"0001_zero.sql": "", name: ""}))


def test_eight_programs_at_once(empty_database: Database, tmp_path: Path) -> None:
    """Each file makes what exists only once, so a second application would fail."""
    schema, faults = folder(tmp_path, FIRST), []
    barrier = threading.Barrier(8)

    def program() -> None:
        try:
            with closing(connect(empty_database.url)) as connection:
                barrier.wait()
                migrate(connection, schema)
        except Exception as error:
            faults.append(error)

    programs = [threading.Thread(target=program) for _ in range(8)]
    for each in programs:
        each.start()
    for each in programs:
        each.join()
    assert not faults
    with closing(connect(empty_database.url)) as connection:
        assert applied(connection) == [1, 2]


def test_connecting_brings_the_schema(empty_database: Database) -> None:
    with closing(empty_database.connect()) as connection:
        assert applied(connection) == [migration.number for migration in module.migrations(schema_dir())]
        assert is_current(connection)


def test_the_schema_needs_no_more_than_15(every_database: Database) -> None:
    with closing(every_database.connect()) as connection:
        assert is_current(connection)


# Which database.


def test_the_one_that_was_named(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGJI_DATABASE_URL", "postgresql://nowhere/nothing")
    with resolve(database.url, tmp_path) as named:
        assert named == database
    monkeypatch.setenv("GONGJI_DATABASE_URL", database.url)
    assert resolve(None, tmp_path) == database
    assert not list(tmp_path.iterdir())


def test_or_else_the_workspace_s_own(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGJI_DATABASE_URL", raising=False)
    with resolve(None, open_folder / "own") as own, closing(own.connect()) as connection:
        assert is_current(connection)
    with pytest.raises(Failed, match="cannot connect"):
        own.connect()


def test_a_server_that_is_too_old(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OLDEST", 99)
    with pytest.raises(Failed, match=r"the server is too old; expected PostgreSQL 99 or newer; got PostgreSQL 1\d"):
        database.connect()


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="cannot connect") as no:
        connect(f"postgresql://clerk:secret@/ledger?host={tmp_path}")
    assert "secret" not in str(no.value)
    assert "clerk:***@" in str(no.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgresql+psycopg://u@h/d", "postgresql://u@h/d"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("host=h dbname=d", "host=h dbname=d"),
    ],
)
def test_addresses_that_are_read(given: str, read: str) -> None:
    assert checked_url(given) == read


@pytest.mark.parametrize("given", ["sqlite:///ledger.db", "mysql://u:secret@h/d", "ledger"])
def test_addresses_that_are_refused(given: str) -> None:
    with pytest.raises(Failed, match="this is not a PostgreSQL address") as no:
        checked_url(given)
    assert "secret" not in str(no.value)


# Faults of the surroundings.


def test_a_lost_connection_is_explained(database: Database) -> None:
    with closing(database.connect()) as connection, closing(database.connect()) as other:
        other.execute("select pg_terminate_backend(%s)", (connection.info.backend_pid,))
        with pytest.raises(psycopg.Error) as lost:
            connection.execute("select 1")
    failed = explain(lost.value)
    assert failed is not None
    assert failed.exit_code == 1
    assert "try again" in str(failed)


def test_a_fault_of_ours_is_not(database: Database) -> None:
    with closing(database.connect()) as connection, pytest.raises(psycopg.Error) as ours:
        connection.execute("select nothing")
    assert explain(ours.value) is None
    assert explain(ValueError("no")) is None


def test_a_full_disk_is_explained() -> None:
    failed = explain(psycopg.errors.DiskFull("could not extend file"))
    assert "make room" in str(failed)
