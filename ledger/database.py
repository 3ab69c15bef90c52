"""The database: the one that was named or the workspace's own, and the migrations that make it ours."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from ledger.faults import Failed, NotAllowed, Refusal, Refused
from ledger.files import schema_dir

if TYPE_CHECKING:
    import psycopg

    from ledger.server import LocalPostgres

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"  # a name only: the driver is imported when needed

OLDEST = 15
LINGER = 300  # seconds the command line leaves the workspace's server waiting for the next command
LOCK = 0x676F6E676A69  # "gongji": one migration at a time in a database
MIGRATION_FILE = re.compile(r"(\d{4})_(\w+)\.sql")
APPLIED = "select number, name, sha256 from public.gongji_migration order by number"
REGISTER = """
create table if not exists public.gongji_migration (
    number     int primary key,
    name       text not null,
    sha256     text not null,
    applied_at timestamptz not null default now()
)"""
ADVICE = {
    "53100": "make room on the database's disk; nothing was changed",
    "53200": "give the server more memory; nothing was changed",
    "53300": "too many programs are connected; try again",
    "57P01": "the server was stopped; try again",
    "57P03": "the server is starting or stopping; try again",
    "25006": "connect to the primary server, or to one that may be written to",
    "58030": "the server could not read or write its disk; look at its log",
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of `schema/`, known by its number and the checksum of its bytes."""

    number: int
    name: str
    sql: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql).hexdigest()

    @property
    def file(self) -> str:
        return f"{self.number:04}_{self.name}.sql"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the ledger is written. `connect` brings the schema up to date before anyone sees it."""

    url: str
    server: LocalPostgres | None = None

    def connect(self) -> Connection:
        connection = connect(self.url)
        try:
            migrate(connection, schema_dir())
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Leave the workspace's own server; a database that was named is not ours to stop."""
        if self.server is not None:
            self.server.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def resolve(url: str | None, workspace: Path, *, linger: float = 0) -> Database:
    """The database that was named, here or in GONGJI_DATABASE_URL, or else the workspace's own, started if need be."""
    named = url or os.environ.get("GONGJI_DATABASE_URL")
    if named:
        return Database(checked_url(named))
    if sys.platform == "win32":
        raise Failed(
            Refusal(
                "PostgreSQL",
                "the workspace's own server does not run on Windows",
                advice="name a PostgreSQL 15 or newer in GONGJI_DATABASE_URL, or work in WSL",
            )
        )
    from ledger.server import LocalPostgres

    server = LocalPostgres(workspace, linger=linger).start()
    return Database(server.url(), server)


def connect(url: str) -> Connection:
    """A connection to PostgreSQL 15 or newer, with no transaction open."""
    import psycopg

    try:
        connection = psycopg.connect(url, application_name="gongji")
    except psycopg.Error as error:
        advice = "check GONGJI_DATABASE_URL or --database-url, and that the server is running"
        raise Failed(Refusal(without_password(url), "cannot connect", got=one_line(error), advice=advice)) from error
    version = connection.info.server_version
    if version < OLDEST * 10_000:
        connection.close()
        advice = "use a newer server, or leave GONGJI_DATABASE_URL away to use the workspace's own"
        got = f"PostgreSQL {version // 10_000}"
        where = without_password(url)
        raise Failed(Refusal(where, "the server is too old", f"PostgreSQL {OLDEST} or newer", got, advice))
    return connection


def migrate(connection: Connection, folder: Path) -> Sequence[Migration]:
    """Apply what is not yet applied, in order, all or nothing, one program at a time. Gives back what was applied."""
    known = migrations(folder)
    if not pending(connection, known):
        return ()
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(REGISTER)
        todo = compare(known, connection.execute(APPLIED).fetchall(), of=connection)
        for migration in todo:
            apply(connection, migration)
    return todo


def is_current(connection: Connection, folder: Path | None = None) -> bool:
    """Whether the schema is the one this program was written for: one query."""
    return not pending(connection, migrations(folder or schema_dir()))


def pending(connection: Connection, known: Sequence[Migration]) -> Sequence[Migration]:
    import psycopg

    try:
        with connection.transaction():  # or a savepoint, when the caller is in one
            applied = connection.execute(APPLIED).fetchall()
    except psycopg.errors.UndefinedTable:
        applied = []
    return compare(known, applied, of=connection)


def compare(known: Sequence[Migration], applied: Sequence[tuple[Any, ...]], *, of: Connection) -> Sequence[Migration]:
    """What is still to be applied. Refuses a database that went another way than these files."""
    files = {migration.number: migration for migration in known}
    where = f"database {of.info.dbname}"
    for number, name, sha256 in applied:
        migration = files.get(number)
        if migration is None:
            raise Failed(
                Refusal(
                    where,
                    "an older program refuses a newer schema",
                    f"migrations up to {max(files, default=0):04}",
                    f"{number:04}_{name}",
                    "upgrade Gongji to the version that made this schema, or use another database",
                )
            )
        if (migration.name, migration.sha256) != (name, sha256):
            raise Failed(
                Refusal(
                    where,
                    f"{migration.file} was changed after it was applied",
                    f"{number:04}_{name}.sql with sha256 {sha256[:12]}",
                    migration.sha256[:12],
                    "restore the file, and put the change into a new migration",
                )
            )
    done = {row[0] for row in applied}
    todo = [migration for migration in known if migration.number not in done]
    if todo and done and todo[0].number < max(done):
        what = f"{todo[0].file} is missing though later migrations were applied"
        raise Failed(Refusal(where, what, advice="give the file a number after the last one"))
    return todo


def apply(connection: Connection, migration: Migration) -> None:
    import psycopg

    try:
        connection.execute(migration.sql)
    except psycopg.Error as error:
        got = f"{one_line(error)}{line_of(error, migration.sql)}"
        advice = ADVICE.get(error.sqlstate or "", "nothing was changed")
        raise Failed(Refusal(migration.file, "the migration failed", got=got, advice=advice)) from error
    connection.execute(
        "insert into public.gongji_migration (number, name, sha256) values (%s, %s, %s)",
        (migration.number, migration.name, migration.sha256),
    )


def migrations(folder: Path) -> Sequence[Migration]:
    """The files `NNNN_name.sql` of a folder in the order of their numbers, each number once."""
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        name = MIGRATION_FILE.fullmatch(path.name)
        if not name or (found and found[-1].number == int(name[1])):
            advice = "rename it: four digits that no other file has, `_`, a name"
            raise Failed(Refusal(str(path), "this is not the name of a migration", "NNNN_name.sql", path.name, advice))
        found.append(Migration(int(name[1]), name[2], path.read_bytes()))
    return found


def explain(error: BaseException, where: str = "database") -> Refused | None:
    """A database error that is no fault of ours, as one sentence: the surroundings', or what this login may not do."""
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state == "42501":
        what = error.diag.message_primary or one_line(error)
        return NotAllowed(Refusal(where, what, advice=error.diag.message_hint or "ask for the right: docs/roles.md"))
    if state in ADVICE:
        return Failed(Refusal(where, one_line(error), advice=ADVICE[state]))
    if isinstance(error, psycopg.OperationalError) and state[:2] in ("", "08", "53", "57", "58"):
        return Failed(Refusal(where, one_line(error), advice="check that the server is running, then try again"))
    return None


def checked_url(url: str) -> str:
    """A libpq address; the driver's name that SQLAlchemy users write in it is dropped."""
    url = re.sub(r"^(postgres(?:ql)?)\+\w+://", r"\1://", url.strip())
    if re.match(r"postgres(ql)?://", url) or ("=" in url and "://" not in url):
        return url
    where = "GONGJI_DATABASE_URL or --database-url"
    example = "postgresql://user@host/database"
    raise Failed(Refusal(where, "this is not a PostgreSQL address", example, without_password(url)))


def without_password(url: str) -> str:
    hidden = re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:***@", url)
    return re.sub(r"(password=)('[^']*'|[^\s&]*)", r"\1***", hidden)


def one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def line_of(error: psycopg.Error, sql: bytes) -> str:
    """The line of the file, when PostgreSQL said at which character it stopped."""
    position = error.diag.statement_position
    return f" (line {sql.decode()[: int(position)].count(chr(10)) + 1})" if position else ""
