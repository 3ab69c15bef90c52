"""A backup: a folder with the database in it and a manifest that says what a restore must find."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.database import APPLIED, Connection, Database, connect, is_current
from ledger.failpoints import reached
from ledger.faults import Conflict, Failed, NotAllowed, Refusal, Refused
from ledger.findings import Progress
from ledger.manifest import MANIFEST, Form, Head, Manifest, stored, text_of

if TYPE_CHECKING:
    from ledger.server import Binaries

DUMP = "ledger.dump"

HEADS = "select b.name, h.last_journal, h.digest from ledger.head h join ledger.book b using (book_id) order by b.name"
TABLES = """
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
order by 1"""

ROLES = "select distinct r.rolname from pg_policy p join pg_roles r on r.oid = any (p.polroles) order by 1"


def take(database: Database, folder: Path, advance: Progress, form: Form | None = None) -> Manifest:
    """Back the database up into a folder that is not there yet. Whole or not at all: written aside, then renamed.

    The workspace's own server gives its files and the log that belongs to them (`base`), roles and settings included;
    a database that was named is dumped (`dump`), which any newer PostgreSQL can read.
    """
    form = form or ("base" if database.server is not None else "dump")
    if form == "base" and database.server is None:
        advice = "leave --database-url away, or take a dump"
        raise Refused(Refusal(str(folder), "only the workspace's own server is copied as it is", advice=advice))
    with aside(folder) as half:
        with connect(database.url) as conn:
            advance("backup", 0, 100)
            manifest, snapshot = look(conn, form)
            if form == "dump":
                manifest = dump(database.url, half, manifest, snapshot, advance)
        if form == "base":
            manifest = copy_base(database.url, half, manifest, advance)
        reached("copied")
        files = {path.name: stored(path) for path in sorted(half.iterdir())}
        manifest = replace(manifest, files=files)
        write_durably(half / MANIFEST, text_of(manifest))
    return manifest


def look(conn: Connection, form: Form) -> tuple[Manifest, str]:
    """What the database holds, at one moment, and the name of that moment for `pg_dump`."""
    from psycopg import IsolationLevel

    conn.isolation_level, conn.read_only = IsolationLevel.REPEATABLE_READ, True
    where = f"database {conn.info.dbname}"
    if not is_current(conn):
        raise Failed(Refusal(where, "its schema is not current", advice="run gongji init"))
    if one(conn, "select ledger.is_owner()") != (True,):
        what, advice = "only who sees every row may take a backup", "use the role that owns the Gongji tables"
        raise NotAllowed(Refusal(where, what, got=conn.info.user, advice=advice))
    moment, server, snapshot = one(
        conn, "select now(), (select system_identifier::text from pg_control_system()), pg_export_snapshot()"
    )
    major = conn.info.server_version // 10_000
    manifest = Manifest(
        form=form,
        taken_at=moment,
        server=server,
        database=conn.info.dbname,
        postgresql=major,
        programs=major,
        migrations=tuple((number, name, sha256) for number, name, sha256 in conn.execute(APPLIED).fetchall()),
        heads=heads(conn),
        rows=rows(conn),
        roles=tuple(name for (name,) in conn.execute(ROLES).fetchall()),
        files={},
    )
    return manifest, snapshot


def heads(conn: Connection) -> dict[str, Head]:
    return {name: Head(last, digest.hex()) for name, last, digest in conn.execute(HEADS).fetchall()}


def rows(conn: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for (name,) in conn.execute(TABLES).fetchall()]
    return {name: one(conn, f"select count(*) from {name}")[0] for name in tables}  # noqa: S608 - quoted by format()


# With PostgreSQL's own programs.


def copy_base(url: str, half: Path, manifest: Manifest, advance: Progress) -> Manifest:
    programs = tools(manifest.postgresql, "pg_basebackup")
    command = [str(programs.folder / "pg_basebackup"), "--pgdata", str(half), "--format=tar", "--gzip"]
    command += ["--wal-method=stream", "--checkpoint=fast", "--progress", "--verbose", "--dbname", url]

    def seen(line: str) -> None:
        copied = re.search(r"(\d+)/(\d+) kB", line)
        if copied:
            advance("backup", int(copied[1]), max(int(copied[1]), int(copied[2]), 1))

    run_tool(command, os.environ, seen)
    return replace(manifest, programs=programs.major)


def dump(url: str, half: Path, manifest: Manifest, snapshot: str, advance: Progress) -> Manifest:
    programs = tools(manifest.postgresql, "pg_dump")
    address, environment = without_secret(url)
    command = [str(programs.folder / "pg_dump"), "--format=custom", "--compress=1", f"--snapshot={snapshot}"]
    command += ["--enable-row-security"]  # whose policies show the owner everything
    command += ["--verbose", "--file", str(half / DUMP), "--dbname", address]
    done = iter(range(1, len(manifest.rows) + 1))

    def seen(line: str) -> None:
        if "dumping contents of table" in line:
            advance("backup", next(done, len(manifest.rows)), len(manifest.rows))

    run_tool(command, environment, seen)
    return replace(manifest, programs=programs.major)


def tools(major: int, program: str) -> Binaries:
    """The folder of PostgreSQL's programs that fits a server: of its own version if there is one, else of a newer."""
    from ledger.server import Binaries, candidates, version_of

    seen = [(source, folder, *version_of(folder, (program,))) for source, folder in candidates()]
    fitting = [Binaries(source, folder, version) for source, folder, version, _ in seen if version >= major]
    if not fitting:
        got = "; ".join(f"{source} {folder}: {remark}" for source, folder, _, remark in seen) or "none at all"
        advice = f"install PostgreSQL {major}, or name its bin folder in GONGJI_PG_BIN"
        raise Failed(Refusal("PostgreSQL", f"there is no {program} that can be used", f"{major} or newer", got, advice))
    return min(fitting, key=lambda each: each.major)


def without_secret(url: str) -> tuple[str, Mapping[str, str]]:
    """An address that others may see in the list of processes, and the environment that holds the password."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    environment = os.environ | {"LC_ALL": "C"}
    return make_conninfo("", **parts), environment | ({"PGPASSWORD": str(password)} if password else {})


def run_tool(command: Sequence[str], environment: Mapping[str, str], heard: Callable[[str], None]) -> None:
    """Run one of PostgreSQL's programs to its end. Raises Failed with what it complained of."""
    last: deque[str] = deque(maxlen=20)
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        try:
            for line in running.stderr or ():
                last.append(line)
                heard(line)
        except BaseException:
            running.kill()
            raise
    if running.returncode:
        raise broken(Path(command[0]).name, "".join(last))


def broken(program: str, said: str) -> Failed:
    from ledger.server import complaint

    advice = "nothing was kept"
    if re.search("No space left", said):
        advice = "make room on the disk; nothing was kept"
    elif re.search("permission denied|must be", said):
        advice = "use a login with more rights, such as a superuser; nothing was kept"
    return Failed(Refusal(program, "the program failed", got=complaint(said), advice=advice))


# Files.


@contextlib.contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder beside this one, put in its place when all went well and removed otherwise."""
    target = folder.absolute()
    half = None
    try:
        if target.exists():
            raise FileExistsError
        target.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))  # closed to others
        yield half
        half.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        if target.exists():
            advice = "a backup is never written over another: name a new folder, say with the day in it"
            raise Conflict(Refusal(str(folder), "this exists already", advice=advice)) from error
        advice = "choose a folder that may be written to, on a disk with room; nothing was kept"
        got = error.strerror or str(error)
        raise Failed(Refusal(str(folder), "the backup cannot be written", got=got, advice=advice)) from error
    finally:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)  # nothing is left of it once it has its name


def write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def one(conn: Connection, sql: str) -> tuple[Any, ...]:
    (row,) = conn.execute(sql.encode()).fetchall()
    return row


# When the last one was taken: kept in the workspace, for doctor.


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup that was taken from this workspace of one database."""

    taken_at: datetime
    folder: Path
    vouchers: int


def remember(workspace: Path, folder: Path, manifest: Manifest) -> None:
    notes = _notes(workspace)
    notes[_name(manifest.server, manifest.database)] = {
        "taken_at": manifest.taken_at.isoformat(),
        "folder": str(folder.absolute()),
        "vouchers": manifest.vouchers,
    }
    path = _notes_file(workspace)
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        (path.parent / ".gitignore").write_text("*\n")
    half = path.with_name(f"{path.name}.{os.getpid()}")
    write_durably(half, json.dumps(notes, ensure_ascii=False, indent=1) + "\n")
    half.replace(path)


def last_backup(workspace: Path, server: str, database: str) -> LastBackup | None:
    found = _notes(workspace).get(_name(server, database))
    if found is None:
        return None
    return LastBackup(datetime.fromisoformat(found["taken_at"]), Path(found["folder"]), found["vouchers"])


def _notes(workspace: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(_notes_file(workspace).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):  # a damaged note is no backup: doctor will ask for one
        return {}


def _notes_file(workspace: Path) -> Path:
    return workspace / ".gongji" / "backups.json"


def _name(server: str, database: str) -> str:
    return f"{database} on {server}"
