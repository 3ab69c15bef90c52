"""Bringing a backup back, into an empty place only, and proving that everything is there."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from ledger.backup import DUMP, TABLES, broken, rows, tools, without_secret
from ledger.database import APPLIED, Connection, connect, migrate, migrations
from ledger.failpoints import reached
from ledger.faults import Conflict, Failed, Refusal, Refused
from ledger.files import schema_dir
from ledger.findings import Progress
from ledger.manifest import Head, Manifest, read

if TYPE_CHECKING:
    from ledger.server import LocalPostgres

TOO_NEW = b"SET transaction_timeout = 0;"  # what pg_restore 17 and newer say first, and older servers do not know
DIGESTS = """
select w.name, h.last_journal, t.digest from unnest(%s::text[], %s::int[]) w (name, last)
left join ledger.book b on b.name = w.name left join ledger.head h using (book_id)
left join ledger.batch t on t.book_id = b.book_id and t.last_no = w.last"""


def restore(folder: Path, target: LocalPostgres | str, advance: Progress) -> Manifest:
    """Bring a backup back into a workspace without a database, or into the empty database of this address.

    The files are checked before, the schema, rows and heads after. A workspace gets the whole ledger or none.
    """
    manifest = read(folder)
    refuse_other_schema(folder, manifest)
    if isinstance(target, str):
        if manifest.form == "base":
            what, advice = "a copy of a whole server does not go into a database", "restore it into a workspace"
            raise Refused(Refusal(str(folder), what, "a backup taken with --dump", "a base backup", advice))
        load(folder, target, manifest, advance)
        finish(target, manifest, "do not use this database")
        return manifest
    if manifest.form == "base":
        target.receive(manifest.postgresql, partial(unpack, folder, manifest, advance))
    else:
        load(folder, target.start().url(), manifest, advance)
    try:
        finish(target.start().url(), manifest, "nothing was kept")
    except BaseException:
        target.remove()
        raise
    return manifest


def refuse_other_schema(folder: Path, manifest: Manifest) -> None:
    """An older schema is brought up to date as any other database is; one this program does not know is refused."""
    known = {(each.number, each.name, each.sha256) for each in migrations(schema_dir())}
    strange = [
        f"{number:04}_{name}" for number, name, sha256 in manifest.migrations if (number, name, sha256) not in known
    ]
    if strange:
        newest = f"migrations of this program, up to {max(known)[0]:04}"
        advice = "restore it with the version of Gongji that made it"
        raise Failed(Refusal(str(folder), "the backup has another schema version", newest, strange[0], advice))


def finish(url: str, manifest: Manifest, advice: str) -> None:
    with closing(connect(url)) as conn:
        if faults := differences(conn, manifest, advice):
            raise Failed(*faults)
        conn.commit()
        migrate(conn, schema_dir())
        if manifest.form == "dump":
            secure(conn)


def differences(conn: Connection, manifest: Manifest, advice: str) -> list[Refusal]:
    """Where a restored database is not what its backup says."""
    faults = []
    applied = tuple((number, name, sha256) for number, name, sha256 in conn.execute(APPLIED).fetchall())
    if applied != manifest.migrations:
        what = "the restored database has another schema version"
        faults.append(Refusal("gongji_migration", what, manifest.schema, str(applied[-1:]), advice))
    found, exact = rows(conn), manifest.form == "dump"
    for table, count in manifest.rows.items():
        have = found.get(table, 0)
        if have < count or (exact and have != count):
            faults.append(Refusal(table, "rows of the backup are not there", f"{count:,}", f"{have:,}", advice))
    return faults + behind(conn, manifest.heads, advice)


def behind(conn: Connection, wanted: Mapping[str, Head], advice: str) -> list[Refusal]:
    """Heads of the manifest that the books do not reach, or reach with other contents."""
    faults = []
    names, lasts = list(wanted), [head.last for head in wanted.values()]
    for name, last, digest in conn.execute(DIGESTS, (names, lasts)).fetchall():
        head = wanted[name]
        if last is None or last < head.last:
            got, what = "no such book" if last is None else f"{last}", "the book is older than the backup says"
            faults.append(Refusal(f"book {name}", what, f"voucher {head.last} or later", got, advice))
        elif digest is None or digest.hex() != head.digest:
            got, what = digest.hex()[:12] if digest else "nothing", "the book has other contents than the backup says"
            faults.append(Refusal(f"book {name}, voucher {head.last}", what, head.digest[:12], got, advice))
    return faults


# The two forms.


def unpack(folder: Path, manifest: Manifest, advance: Progress, target: Path) -> None:
    """The server's files, and the log that makes them whole, into a new data folder."""
    done = 0
    for archive, place in (("base.tar.gz", target), ("pg_wal.tar.gz", target / "pg_wal")):
        with (
            (folder / archive).open("rb") as file,
            gzip.open(file) as plain,  # the log is in several pieces, which only gzip's own reader joins
            tarfile.open(fileobj=plain, mode="r|") as members,
        ):
            for member in members:
                inside, contents = PurePosixPath(member.name), members.extractfile(member) if member.isfile() else None
                if inside.is_absolute() or ".." in inside.parts or (contents is None and not member.isdir()):
                    what = "the archive has a member that a server's files do not have"
                    raise Failed(Refusal(str(folder / archive), what, got=member.name))
                if contents is None:
                    (place / inside).mkdir(mode=0o700, parents=True, exist_ok=True)
                else:
                    with contents, (place / inside).open("wb") as out:
                        shutil.copyfileobj(contents, out)
                advance("restore", done + file.tell(), manifest.bytes)
            done += file.tell()
    reached("unpacked")


def load(folder: Path, url: str, manifest: Manifest, advance: Progress) -> None:
    """A dump, read in one transaction: `pg_restore` makes it SQL and `psql` runs it."""
    with closing(connect(url)) as conn:
        refuse_used(conn)
        major = conn.info.server_version // 10_000
        if major < manifest.postgresql:
            what, where = "a dump does not go into an older PostgreSQL", f"database {conn.info.dbname}"
            raise Failed(Refusal(where, what, f"PostgreSQL {manifest.postgresql} or newer", f"{major}"))
        make_roles(conn, manifest.roles)
        conn.commit()
    programs = tools(max(major, manifest.programs), "pg_restore").folder
    address, environment = without_secret(url)
    reading = [str(programs / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(folder / DUMP)]
    writing = [str(programs / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    writing += ["--file=-", f"--dbname={address}"]
    with tempfile.TemporaryFile("w+") as said:
        with (
            subprocess.Popen(  # noqa: S603
                writing, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=environment
            ) as writer,
            subprocess.Popen(  # noqa: S603
                reading, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=environment
            ) as reader,
        ):
            pour(reader.stdout, writer.stdin, len(manifest.rows), advance)
        if reader.returncode or writer.returncode:
            said.seek(0)
            raise broken("restore", said.read())


def pour(source: IO[bytes] | None, sink: IO[bytes] | None, tables: int, advance: Progress) -> None:
    """SQL from one program to the other; a program that ends early has said why."""
    assert source is not None and sink is not None  # both are pipes  # noqa: S101, PT018
    copied = 0
    with contextlib.suppress(BrokenPipeError), sink, source:
        for line in source:
            if not copied and line.rstrip() == TOO_NEW:
                continue
            if line.startswith(b"COPY "):
                copied += 1
                advance("restore", min(copied, tables), tables)
            sink.write(line)


# What a dump does not carry: the roles of the server, who owns and may do what, and statistics.


def make_roles(conn: Connection, roles: Iterable[str]) -> None:
    """Rows are shown by role: each role that a policy names must be there before the policy."""
    from psycopg import sql
    from psycopg.errors import InsufficientPrivilege

    there = {name for (name,) in conn.execute("select rolname from pg_roles").fetchall()}
    missing = [name for name in roles if name not in there]
    try:
        for name in missing:
            conn.execute(sql.SQL("create role {} nologin").format(sql.Identifier(name)))
    except InsufficientPrivilege as error:
        where, advice = f"database {conn.info.dbname}", "have somebody create them, then try again"
        what = "roles are missing that this login may not create"
        raise Failed(Refusal(where, what, ", ".join(missing), advice=advice)) from error


def secure(conn: Connection) -> None:
    conn.execute("select ledger.secure()")
    conn.execute("analyze")
    conn.commit()


# Only into an empty place.


def refuse_used(conn: Connection) -> None:
    found = conn.execute(TABLES.encode()).fetchall()
    if found:
        names = ", ".join(name for (name,) in found[:3]) + (" ..." if len(found) > 3 else "")
        advice = "make a new database for it, or restore into another workspace"
        raise Conflict(Refusal(f"database {conn.info.dbname}", "it is not empty", "no tables", names, advice))
