"""The stage of the fault drills: a server with a fresh database for each, what may befall it, and what must hold then.

A fault is a context: it yields the blow that is struck at some message, and mends what can be mended afterwards.
"""

from __future__ import annotations

import os
import signal
import subprocess
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import psycopg
from fault_play import History, finish, history, live, resent
from fault_wire import Message, Wire
from soundness import unsound, written
from test_server import fill, mounted

from ledger.database import connect, migrate
from ledger.faults import Failed
from ledger.files import schema_dir
from ledger.server import LocalPostgres, find_binaries, locate, reachable, run
from ledger.verifying import verify

TEMPLATE = "stage"

Blow: TypeAlias = Callable[[Message], object]
Fault: TypeAlias = Callable[["Stage", str], AbstractContextManager[Blow]]


class Calm(NamedTuple):
    """A history that nothing disturbed: every outcome, what the books say at its end, and the messages it took.

    `kept` are the numbers of the messages with which the server said that a batch is kept, one for each.
    """

    told: History
    outcomes: Sequence[Sequence[str]]
    books: Any
    messages: Sequence[Message]
    kept: Sequence[int]

    def moments(self) -> Sequence[int]:
        """The numbers of all messages from the first question to the last answer."""
        asked = next(message.number for message in self.messages if message.says_done)
        return range(asked + 1, len(self.messages))

    def commits(self) -> Sequence[int]:
        """The numbers of the messages from the one that asks for a batch to be kept to the one that says it is."""
        asked = [message.number for message in self.messages if message.from_client]
        return [number for kept in self.kept for number in range(asked[bisect(asked, kept) - 1], kept + 1)]


class Stage:
    """A server that keeps what it promised (fsync on), with a fresh database for every drill."""

    def __init__(self, workspace: Path, binaries: Path | None) -> None:
        self.workspace, self.binaries = workspace, binaries
        self.numbers = count(1)
        self.calms: dict[tuple[int, int, int], Calm] = {}
        self.server = self.joined()
        self.ask(f"create database {TEMPLATE}")
        with closing(connect(self.server.url(TEMPLATE))) as conn:
            migrate(conn, schema_dir())

    def joined(self) -> LocalPostgres:
        return LocalPostgres(self.workspace, binaries=self.binaries).start()

    def ask(self, sql: str) -> list[Any]:
        with closing(psycopg.connect(self.server.url("postgres"), autocommit=True)) as admin:
            answer = admin.execute(sql.encode())
            return answer.fetchall() if answer.description else []

    def new(self) -> str:
        name = f"drill_{next(self.numbers)}"
        self.ask(f"create database {name} template {TEMPLATE}")
        return name

    def clear(self) -> None:
        """Drop what the drills left: after a crash the server looks at every file it has."""
        for (name,) in self.ask("select datname from pg_database where datname like 'drill%'"):
            self.ask(f"drop database {name} with (force)")

    def processes(self) -> list[int]:
        """The server's first process, then all others that say so."""
        first = int((self.server.status().data / "postmaster.pid").read_text().split("\n", 1)[0])
        return [first, *(pid for (pid,) in self.ask("select pid from pg_stat_activity where pid <> pg_backend_pid()"))]

    @contextmanager
    def breaking_down(self) -> Iterator[None]:
        """In here every session is ended by a crash; afterwards the server works again, by itself or started anew."""
        with closing(psycopg.connect(self.server.url("postgres"), autocommit=True)) as bystander:
            yield
            with suppress(psycopg.Error):
                list(bystander.notifies(timeout=30))  # which never come: this waits for the end
            assert bystander.closed, "nothing broke down"
        before, self.server = self.server, self.joined()
        before.stop()

    @contextmanager
    def wire(self, struck: Callable[[Message], bool]) -> Iterator[Wire]:
        folder = self.workspace / f"wire-{next(self.numbers)}"
        folder.mkdir()
        with Wire(folder, locate(self.server.home).socket, struck) as wire:
            yield wire

    def calm(self, seed: int, batches: int, size: int) -> Calm:
        play = seed, batches, size
        if play not in self.calms:
            name, told = self.new(), history(*play)
            outcomes, messages, kept = list[list[str]](), list[Message](), list[int]()

            def counted(message: Message) -> bool:
                messages.append(message)
                return False

            with self.wire(counted) as wire, opened(wire.url(name)) as conn:
                for answer in live(conn, told):
                    outcomes.append(answer)
                    kept.append(len(messages))
            with opened(self.server.url(name)) as conn:
                sound(conn)
                self.calms[play] = Calm(told, outcomes, written(conn), messages, kept)
        return self.calms[play]

    def cut_small(self) -> None:
        """From now on the log comes in pieces of one megabyte, so that a disk's end is soon reached."""
        place = locate(self.server.home)
        self.server.stop()
        programs = reachable(find_binaries(None, place.data, self.binaries), place.account)
        command = [str(programs.folder / "pg_resetwal"), "--wal-segsize=1", str(place.data)]
        assert run(command, subprocess.DEVNULL, as_account=place.account) == 0
        self.server.start()
        self.ask("alter system set wal_recycle = off")
        self.ask("alter system set wal_writer_delay = '10s'")  # a client's own process writes it
        self.ask("select pg_reload_conf()")


@contextmanager
def opened(url: str) -> Iterator[Any]:
    with closing(connect(url)) as conn:
        conn.autocommit = True
        yield conn


def at(moment: int, blow: Blow) -> Callable[[Message], bool]:
    """Strike at this message; the wire is cut where the blow says True."""
    return lambda message: message.number == moment and blow(message) is True


def lived(url: str, told: History) -> tuple[list[list[str]], str]:
    """The outcomes that were answered before something broke, and what was said then."""
    answered: list[list[str]] = []
    try:
        with opened(url) as conn:
            answered.extend(live(conn, told))
    except (Failed, psycopg.OperationalError, psycopg.InternalError) as error:
        return answered, str(error)
    return answered, ""


def sound(conn: Any) -> None:
    """By plain arithmetic, and by the program's own verification."""
    assert unsound(conn) == []
    assert verify(conn).findings == []


def goes_on(stage: Stage, name: str, calm: Calm, answered: Sequence[Sequence[str]]) -> bool:
    """The books are sound, a re-send of everything gets the first outcomes, and all ends as it did in calm.

    Tells whether the batch that was under way, and had no answer, had been kept.
    """

    def after(batches: int) -> Sequence[Sequence[str]]:
        return [*map(resent, calm.outcomes[:batches]), *calm.outcomes[batches:]]

    assert answered == calm.outcomes[: len(answered)]
    with opened(stage.server.url(name)) as conn:
        sound(conn)
        outcomes = list(live(conn, calm.told))
        assert outcomes in (after(len(answered)), after(len(answered) + 1))
        assert written(conn) == calm.books
        finish(conn)
        sound(conn)
    return outcomes != after(len(answered))


# What may befall.


@contextmanager
def cut(stage: Stage, name: str) -> Iterator[Blow]:
    yield lambda message: True


@contextmanager
def backend_killed(stage: Stage, name: str) -> Iterator[Blow]:
    with stage.breaking_down():
        yield lambda message: kill(message, message.backend)


@contextmanager
def postmaster_killed(stage: Stage, name: str) -> Iterator[Blow]:
    first, *_ = stage.processes()
    with stage.breaking_down():
        yield lambda message: kill(message, first)


@contextmanager
def everything_killed(stage: Stage, name: str) -> Iterator[Blow]:
    processes = stage.processes()
    with stage.breaking_down():
        yield lambda message: kill(message, message.backend, *processes)


def kill(message: Message, *processes: int) -> bool:
    """At once; an answer that was on its way is lost with its sender."""
    for process in processes:
        with suppress(ProcessLookupError):  # it went by itself
            os.kill(process, signal.SIGKILL)
    return not message.from_client


@contextmanager
def small_disk(stage: Stage) -> Iterator[Path]:
    """A folder of the server's own on a disk of 24 megabytes."""
    place = locate(stage.server.home)
    with mounted(stage.workspace / f"disk-{next(stage.numbers)}", "size=24m,mode=755") as disk:
        folder = disk / "folder"
        folder.mkdir(mode=0o700)
        os.chown(folder, place.uid, place.account.gid if place.account else -1)
        yield folder


@contextmanager
def data_disk_full(stage: Stage, name: str) -> Iterator[Blow]:
    with small_disk(stage) as folder:
        stage.ask(f"create tablespace {name} location '{folder}'")
        stage.ask(f"alter database {name} set tablespace {name}")
        yield lambda message: fill(folder / "filler")
        (folder / "filler").unlink()
        stage.ask(f"alter database {name} set tablespace pg_default")
        stage.ask(f"drop tablespace {name}")


@contextmanager
def log_disk_full(stage: Stage, name: str) -> Iterator[Blow]:
    with small_disk(stage) as folder:
        log = locate(stage.server.home).data / "pg_wal"
        move(stage, log, folder / "log", log)
        with stage.breaking_down():
            yield lambda message: fill(folder / "filler")
            (folder / "filler").unlink()
        move(stage, folder / "log", log)


def move(stage: Stage, source: Path, target: Path, link: Path | None = None) -> None:
    """Bring the log elsewhere while the server is down."""
    stage.server.stop()
    if target.is_symlink():
        target.unlink()
    subprocess.run(["mv", source, target], check=True)  # with its owner, from one file system to another
    if link:
        link.symlink_to(target)
    stage.server.start()


@contextmanager
def data_file_at_its_limit(stage: Stage, name: str) -> Iterator[Blow]:
    yield lambda message: limit(stage, message.backend, 1 << 20)


@contextmanager
def log_file_at_its_limit(stage: Stage, name: str) -> Iterator[Blow]:
    with stage.breaking_down():
        yield lambda message: limit(stage, message.backend, 12 << 16)  # of 16: others may write some of it first


def limit(stage: Stage, process: int, size: int) -> None:
    """From now on a process of the server can write no file beyond a size, as if the disk ended there. Needs no rights."""
    command = ["prlimit", f"--pid={process}", f"--fsize={size}:"]
    assert run(command, subprocess.DEVNULL, as_account=locate(stage.server.home).account) == 0


@contextmanager
def clock_of_the_ledger(stage: Stage, name: str, ahead: str) -> Iterator[Blow]:
    """From the blow on, whatever in the database asks for the time is told another."""
    with closing(psycopg.connect(stage.server.url(name), autocommit=True)) as owner:
        owner.execute("CREATE SCHEMA drill")
        owner.execute("CREATE TABLE drill.clock AS SELECT interval '0' AS ahead")
        owner.execute(
            "CREATE FUNCTION drill.clock() RETURNS timestamptz LANGUAGE sql SECURITY DEFINER"
            " AS 'SELECT clock_timestamp() + ahead FROM drill.clock'"
        )
        owner.execute("GRANT USAGE ON SCHEMA drill TO public")
        for (statement,) in owner.execute(ASK_ANOTHER_CLOCK).fetchall():
            owner.execute(statement)
        yield lambda message: owner.execute("UPDATE drill.clock SET ahead = %s", (ahead,))


SCHEMAS = "('ledger', 'product', 'share')"
ASK_ANOTHER_CLOCK = f"""
    SELECT replace(pg_get_functiondef(p.oid), 'clock_timestamp()', 'drill.clock()') FROM pg_proc p
    WHERE p.pronamespace::regnamespace::text IN {SCHEMAS} AND p.prosrc LIKE '%clock_timestamp()%'
    UNION ALL
    SELECT format('ALTER TABLE %s ALTER %I SET DEFAULT drill.clock()', d.adrelid::regclass, a.attname)
    FROM pg_attrdef d JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum) JOIN pg_class c ON c.oid = d.adrelid
    WHERE c.relnamespace::regnamespace::text IN {SCHEMAS} AND pg_get_expr(d.adbin, d.adrelid) = 'clock_timestamp()'"""
