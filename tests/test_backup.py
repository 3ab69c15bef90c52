"""Backup and restore as drills: what was there is there again, what is not whole is refused, and the work goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from conftest import EVERY, FAST, ROOT, SYSTEM_15, Flavour, Outcome, fresh

from ledger.backup import DUMP, TABLES, last_backup, take
from ledger.batch import AccountKey, Debt, Item, Line, Unit
from ledger.database import Database, connect
from ledger.faults import Conflict, Failed, NotAllowed, Refused
from ledger.manifest import MANIFEST, Manifest, read, stored, text_of
from ledger.posting import post
from ledger.restore import restore
from ledger.roles import findings as rights
from ledger.server import LocalPostgres
from ledger.verifying import verify

AS_ROOT = os.geteuid() == 0
NUMBERS = count(1)
DAY = date(2024, 5, 17)
BINARIES = {"embedded": None, "15": SYSTEM_15}


def account(book: str, role: str, other: str | None = None) -> AccountKey:
    return (book, role, other, "CNY")


def paid_in(number: int) -> Unit:
    line = Line("Bank", account("Bank", "cash"), account("Bank", "capital"), number, "P0")
    return Unit(f"paid {number}", "party.funded", DAY, (line,))


def owed(number: int) -> Unit:
    debt = Debt(UUID(int=number), "Guarantor", "Bank", "CNY", number, DAY)
    lines = (
        Line("Guarantor", account("Guarantor", "cash"), account("Guarantor", "due_to", "Bank"), number, "G1", debt.id),
        Line("Bank", account("Bank", "due_from", "Guarantor"), account("Bank", "cash"), number, "G1", debt.id),
    )
    return Unit(f"owed {number}", "guarantee.lent", DAY, lines, (debt,))


def spent(number: int) -> Unit:
    """A subsidy: out of a budget that has no money."""
    line = Line("Bureau", account("Bureau", "budget"), account("Bureau", "cash"), number, "S1")
    return Unit(f"spent {number}", "premium.subsidised", DAY, (line,))


def held(number: int) -> Unit:
    line = Line("Bank", account("Bank", "cash"), account("Bank", "capital"), number, "P0")
    return Unit(f"held {number}", "party.funded", DAY, (line,), reserved=True)


FIRST: list[Item] = [*map(paid_in, range(1, 20)), *map(owed, range(1, 10)), spent(1), held(5)]
SECOND: list[Item] = [*map(paid_in, range(20, 30)), spent(2)]


def posted(database: Database, items: list[Item]) -> list[str]:
    with closing(database.connect()) as conn, conn.transaction():
        return post(conn, items, "office", together=False)


def everything(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with closing(connect(url)) as conn:
        tables = [name for (name,) in conn.execute(TABLES.encode()) if not name.startswith("ddl.")]
        return {
            table: [row for (row,) in conn.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1".encode())]
            for table in tables
        }


def quiet(what: str, done: int, total: int) -> None:
    assert 0 <= done <= total


# Places: a ledger to back up, and a place to bring it back to.


class Place(NamedTuple):
    """A ledger, on a server of its own or in a database that was named, and where its like is brought back."""

    database: Database
    elsewhere: Callable[[], LocalPostgres | str]


@contextmanager
def workspaces(open_folder: Path, engine: str) -> Iterator[Callable[[], LocalPostgres]]:
    """Workspaces with servers of their own, gone in the end."""
    made: list[LocalPostgres] = []

    def workspace() -> LocalPostgres:
        folder = open_folder / f"vault-{next(NUMBERS)}"
        folder.mkdir()
        made.append(LocalPostgres(folder, FAST, binaries=BINARIES[engine]))
        return made[-1]

    yield workspace
    for server in made:
        server.remove()


@contextmanager
def own(open_folder: Path, engine: str) -> Iterator[Place]:
    with workspaces(open_folder, engine) as workspace, workspace() as server:
        yield Place(Database(server.url(), server), workspace)


@contextmanager
def named(flavour: Flavour) -> Iterator[Place]:
    names: list[str] = []

    def another() -> str:
        names.append(flavour.new("template1"))
        return flavour.server.url(names[-1])

    for database in fresh(flavour):
        yield Place(database, another)
    for name in names:
        flavour.drop(name)


KINDS = [(kind, engine) for engine in EVERY for kind in ("own", "named")]


@pytest.fixture(params=KINDS, ids=lambda each: " ".join(each))
def place(request: pytest.FixtureRequest, flavours: Callable[[str], Flavour], open_folder: Path) -> Iterator[Place]:
    kind, engine = request.param
    flavour = flavours(engine)  # also skips where this PostgreSQL is not
    with own(open_folder, engine) if kind == "own" else named(flavour) as found:
        yield found


@pytest.fixture(scope="module")
def named_place(flavours: Callable[[str], Flavour]) -> Iterator[Place]:
    with named(flavours(EVERY[0])) as found:
        assert "created" in posted(found.database, FIRST)
        yield found


@pytest.fixture(scope="module")
def whole(named_place: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole backup, a dump, never written to."""
    folder = tmp_path_factory.mktemp("backups") / "whole"
    take(named_place.database, folder, quiet)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A backup to be spoilt."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def address_of(target: LocalPostgres | str) -> str:
    return target if isinstance(target, str) else target.url()


def rewritten(folder: Path, **changes: Any) -> Manifest:
    """A manifest that says something else, and is whole in itself."""
    manifest = replace(read(folder), **changes)
    (folder / MANIFEST).write_text(text_of(manifest))
    return manifest


# The drill.


def test_everything_is_there_again_and_the_work_goes_on(place: Place, tmp_path: Path) -> None:
    answers = posted(place.database, FIRST)
    before = everything(place.database.url)
    with closing(connect(place.database.url)) as conn:
        in_force = rights(conn)
    taken = take(place.database, tmp_path / "kept", quiet)
    posted(place.database, SECOND)  # lost with the server that is lost now

    target = place.elsewhere()
    assert restore(tmp_path / "kept", target, quiet) == taken

    again = Database(address_of(target))
    assert everything(again.url) == before
    assert posted(again, FIRST) == [answer.replace("created", "same") for answer in answers]
    assert posted(again, SECOND) == ["created"] * 10 + ["limit:budget"]
    with closing(connect(again.url)) as conn:
        conn.autocommit = True
        assert not verify(conn).findings
        assert rights(conn) == in_force


def test_a_dump_moves_a_ledger_to_another_server(open_folder: Path, named_place: Place, whole: Path) -> None:
    with workspaces(open_folder, EVERY[0]) as workspace:
        target = workspace()
        restore(whole, target, quiet)
        assert everything(target.url()) == everything(named_place.database.url)


def test_a_backup_taken_while_others_post(open_folder: Path, tmp_path: Path) -> None:
    with own(open_folder, EVERY[0]) as place:
        posted(place.database, FIRST)
        done, begun = threading.Event(), threading.Barrier(3)

        def keep_posting(first: int) -> None:
            begun.wait()
            numbers = count(first)
            while not done.is_set():
                posted(place.database, [paid_in(next(numbers))])

        clerks = [threading.Thread(target=keep_posting, args=(first,)) for first in (10_000, 20_000)]
        for clerk in clerks:
            clerk.start()
        begun.wait()
        taken = take(place.database, tmp_path / "kept", quiet)
        done.set()
        for clerk in clerks:
            clerk.join()

        target = place.elsewhere()
        restore(tmp_path / "kept", target, quiet)
        with closing(connect(address_of(target))) as conn:
            conn.autocommit = True
            assert not verify(conn).findings
            (vouchers,) = conn.execute("SELECT sum(last_journal) FROM ledger.head").fetchone() or (0,)
        assert vouchers >= taken.vouchers


@pytest.mark.skipif("15" not in EVERY or len(EVERY) < 2, reason="needs two versions of PostgreSQL")
def test_newer_programs_serve_an_older_server(
    flavours: Callable[[str], Flavour], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has only the programs of the Python package backs up and restores a PostgreSQL 15 with them."""
    from ledger.server import find_binaries

    monkeypatch.setenv("GONGJI_PG_BIN", str(find_binaries(None, tmp_path).folder))
    with named(flavours("15")) as place:
        posted(place.database, FIRST)
        taken = take(place.database, tmp_path / "kept", quiet)
        assert (taken.postgresql, taken.programs > 15) == (15, True)
        target = place.elsewhere()
        restore(tmp_path / "kept", target, quiet)
        assert everything(address_of(target)) == everything(place.database.url)


@pytest.mark.skipif("15" not in EVERY or len(EVERY) < 2, reason="needs two versions of PostgreSQL")
def test_a_dump_does_not_go_into_an_older_server(flavours: Callable[[str], Flavour], whole: Path) -> None:
    with named(flavours("15")) as place, pytest.raises(Failed, match="does not go into an older PostgreSQL"):
        restore(whole, place.elsewhere(), quiet)


# What is not whole.


def spoil_byte(folder: Path) -> None:
    data = bytearray((folder / DUMP).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / DUMP).write_bytes(data)


def cut_off(folder: Path) -> None:
    (folder / DUMP).write_bytes((folder / DUMP).read_bytes()[:-1])


def change_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text().replace('"form": "dump"', '"form": "base"'))


def cut_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text()[:-20])


def other_format(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text().replace('"gongji_backup": 1', '"gongji_backup": 9'))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_byte, "ledger.dump: the file is damaged; expected sha256"),
        (cut_off, "ledger.dump: the file is damaged; expected [0-9]+ bytes"),
        (lambda folder: (folder / DUMP).unlink(), "ledger.dump: a file of the backup is missing"),
        (lambda folder: (folder / MANIFEST).unlink(), "this is not a whole backup"),
        (change_manifest, "the manifest is damaged; expected contents that fit its sha256"),
        (cut_manifest, "the manifest is damaged; got JSONDecodeError"),
        (other_format, "made by another version of Gongji; expected format 1; got 9"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_done(
    named_place: Place, copy: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(copy)
    target = named_place.elsewhere()
    with pytest.raises(Failed, match=says):
        restore(copy, target, quiet)
    assert everything(address_of(target)) == {}


def test_a_backup_of_another_schema_is_refused(named_place: Place, copy: Path) -> None:
    rewritten(copy, migrations=(*read(copy).migrations, (9000, "later", "0" * 64)))
    with pytest.raises(
        Failed, match=r"another schema version; expected migrations of this program, up to .*; got 9000_later"
    ):
        restore(copy, named_place.elsewhere(), quiet)


def head_of(folder: Path, **changes: Any) -> dict[str, Any]:
    return dict(read(folder).heads) | {"Bank": read(folder).heads["Bank"]._replace(**changes)}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (lambda folder: {"rows": dict(read(folder).rows) | {"ledger.journal": 1}}, "ledger.journal: rows of the backup are not there; expected 1"),
        (lambda folder: {"heads": head_of(folder, last=999)}, "book Bank: the book is older than the backup says; expected voucher 999 or later"),
        (lambda folder: {"heads": head_of(folder, digest="0" * 64)}, "the book has other contents than the backup says; expected 000000000000"),
        (lambda folder: {"migrations": read(folder).migrations[:-1]}, "the restored database has another schema version"),
    ],
)  # fmt: skip
def test_what_is_not_in_it_after_all_is_said(
    named_place: Place, copy: Path, changes: Callable[[Path], dict[str, Any]], says: str
) -> None:
    rewritten(copy, **changes(copy))
    with pytest.raises(Failed, match=says):
        restore(copy, named_place.elsewhere(), quiet)


def test_a_workspace_gets_the_whole_ledger_or_none(open_folder: Path, copy: Path) -> None:
    rewritten(copy, heads=head_of(copy, last=999))
    with workspaces(open_folder, EVERY[0]) as workspace:
        target = workspace()
        with pytest.raises(Failed, match="nothing was kept"):
            restore(copy, target, quiet)
        assert not target.home.exists()


def test_a_backup_that_is_older_than_a_kept_head_is_named(
    gongji: Callable[..., Outcome], database: Database, flavours: Callable[[str], Flavour]
) -> None:
    posted(database, FIRST)
    gongji("audit", "seal")
    gongji("backup", "old")
    posted(database, SECOND)
    gongji("audit", "seal")
    gongji("audit", "heads", "2024Q2", "--out", "heads.json")
    gongji("backup", "new")

    with named(flavours(EVERY[0])) as place:
        old, new = place.elsewhere(), place.elsewhere()
        done = gongji("restore", "old", "--heads", "heads.json", env={"GONGJI_DATABASE_URL": str(old)})
        assert done.code == 6
        assert "Bank, block 2, voucher 39: a head of block 2 was kept, and the ledger ends with block 1" in done.out
        done = gongji("restore", "new", "--heads", "heads.json", env={"GONGJI_DATABASE_URL": str(new)})
        assert (done.code, done.err) == (0, "")


# What is in the way.


def test_a_database_that_is_not_empty(named_place: Place, whole: Path) -> None:
    before = everything(named_place.database.url)
    with pytest.raises(Conflict, match=r"it is not empty; expected no tables; got .*ledger\.account"):
        restore(whole, named_place.database.url, quiet)
    assert everything(named_place.database.url) == before


def test_a_workspace_that_has_a_database(open_folder: Path, tmp_path: Path, whole: Path) -> None:
    with own(open_folder, EVERY[0]) as place:
        posted(place.database, FIRST)
        take(place.database, tmp_path / "base", quiet)
        before = everything(place.database.url)
        assert place.database.server is not None
        with pytest.raises(Conflict, match="this workspace has a database already"):
            restore(tmp_path / "base", place.database.server, quiet)
        with pytest.raises(Conflict, match="it is not empty"):
            restore(whole, place.database.server, quiet)
        assert everything(place.database.url) == before
        with pytest.raises(Refused, match="a copy of a whole server does not go into a database"):
            restore(tmp_path / "base", place.database.url, quiet)


def made_base(folder: Path, **changes: Any) -> None:
    """A base backup that is whole by its manifest, with one member in its archive."""
    with tarfile.open(folder / "base.tar.gz", "w:gz") as archive:
        link = tarfile.TarInfo("pg_wal")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    rewritten(folder, form="base", files={"base.tar.gz": stored(folder / "base.tar.gz")}, **changes)


def test_an_archive_with_a_strange_member(open_folder: Path, copy: Path) -> None:
    made_base(copy)
    with workspaces(open_folder, EVERY[0]) as workspace:
        target = workspace()
        with pytest.raises(Failed, match="the archive has a member that a server's files do not have; got pg_wal"):
            restore(copy, target, quiet)
        assert not list(target.home.glob("data*"))


def test_a_base_backup_of_a_version_that_is_not_here(open_folder: Path, copy: Path) -> None:
    made_base(copy, postgresql=99)
    says = "this database was made by PostgreSQL 99; expected programs of PostgreSQL 99"
    with workspaces(open_folder, EVERY[0]) as workspace, pytest.raises(Failed, match=says):
        restore(copy, workspace(), quiet)


def test_a_backup_is_never_written_over_another(named_place: Place, copy: Path) -> None:
    before = stored(copy / DUMP)
    with pytest.raises(Conflict, match="this exists already"):
        take(named_place.database, copy, quiet)
    assert stored(copy / DUMP) == before


def test_a_named_database_gives_no_copy_of_its_server(named_place: Place, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="only the workspace's own server is copied as it is"):
        take(named_place.database, tmp_path / "kept", quiet, "base")


def test_who_does_not_see_every_row_takes_no_backup(
    flavours: Callable[[str], Flavour], named_place: Place, tmp_path: Path
) -> None:
    admin = flavours(EVERY[0]).admin
    admin.execute("CREATE ROLE onlooker LOGIN IN ROLE gongji_reader")
    onlooker = Database(named_place.database.url.replace("gongji@", "onlooker@"))
    with pytest.raises(NotAllowed, match="only who sees every row may take a backup; got onlooker"):
        take(onlooker, tmp_path / "kept", quiet)
    admin.execute("DROP ROLE onlooker")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def weak(flavours: Callable[[str], Flavour]) -> Iterator[str]:
    """The address of an empty database whose owner may do nothing else on the server."""
    flavour = flavours(EVERY[0])
    name = flavour.new("template1")
    flavour.admin.execute(f"CREATE ROLE weak_{name} LOGIN".encode())
    flavour.admin.execute(f"ALTER DATABASE {name} OWNER TO weak_{name}".encode())
    yield flavour.server.url(name).replace("gongji@", f"weak_{name}@")
    flavour.drop(name)
    flavour.admin.execute(f"DROP ROLE weak_{name}".encode())


def test_roles_that_may_not_be_made(copy: Path, weak: str) -> None:
    rewritten(copy, roles=("gongji_unheard_of",))
    with pytest.raises(Failed, match="roles are missing that this login may not create; expected gongji_unheard_of"):
        restore(copy, weak, quiet)


def test_a_login_that_may_not_do_all_that_the_backup_needs(whole: Path, weak: str) -> None:
    """Only a superuser may bring back the log of definitions that a superuser set up."""
    with pytest.raises(Failed, match=r"the program failed; got .*; use a login with more rights"):
        restore(whole, weak, quiet)
    assert everything(weak) == {}


def test_a_schema_that_is_not_current(empty_database: Database, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="its schema is not current; run gongji init"):
        take(empty_database, tmp_path / "kept", quiet)


def test_no_programs_for_it(named_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("GONGJI_PG_BIN", str(tmp_path / "bin"))
    with pytest.raises(
        Failed, match=r"there is no pg_dump that can be used; expected .* or newer; got .*has no pg_dump"
    ):
        take(named_place.database, tmp_path / "kept", quiet)


def test_a_folder_that_cannot_be_made(named_place: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failed, match=r"the backup cannot be written; got .*; choose a folder that may be written to"):
        take(named_place.database, tmp_path / "file" / "kept", quiet)


@pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small file system")
def test_a_disk_that_fills_up(named_place: Place, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(tmp_path / "small")], check=False
    ).returncode:
        pytest.skip("cannot mount a file system here")
    try:
        with pytest.raises(Failed, match="make room on the disk; nothing was kept"):
            take(named_place.database, tmp_path / "small" / "kept", quiet)
        assert not list((tmp_path / "small").iterdir())
    finally:
        subprocess.run(["umount", str(tmp_path / "small")], check=True)


# Killed half way.

BACKUP = """
import sys
from pathlib import Path
from ledger.backup import take
from ledger.database import Database
take(Database(sys.argv[1]), Path(sys.argv[2]), lambda what, done, total: None)
"""
RESTORE = """
import sys
from pathlib import Path
from ledger.restore import restore
from ledger.roles import findings as rights
from ledger.server import LocalPostgres
restore(Path(sys.argv[1]), LocalPostgres(Path(sys.argv[2]), {"fsync": "off"}), lambda what, done, total: None)
"""


def killed(program: str, *words: object, at: str) -> bool:
    environment = {**os.environ, "GONGJI_STOP_AT": at, "PYTHONPATH": str(ROOT)}
    if EVERY[0] == "15":
        environment["GONGJI_PG_BIN"] = str(SYSTEM_15)
    return (
        subprocess.run([sys.executable, "-c", program, *map(str, words)], env=environment, check=False).returncode == -9
    )


def test_a_backup_that_was_killed_is_none(named_place: Place, tmp_path: Path) -> None:
    assert killed(BACKUP, named_place.database.url, tmp_path / "kept", at="copied")
    (half,) = tmp_path.iterdir()
    assert half.name.startswith(".kept.")
    with pytest.raises(Failed, match="this is not a whole backup"):
        restore(half, named_place.elsewhere(), quiet)
    take(named_place.database, tmp_path / "kept", quiet)


def test_a_restore_that_was_killed_is_begun_again(open_folder: Path, tmp_path: Path) -> None:
    with own(open_folder, EVERY[0]) as place:
        posted(place.database, FIRST)
        take(place.database, tmp_path / "kept", quiet)
        target = place.elsewhere()
        assert isinstance(target, LocalPostgres)
        assert killed(RESTORE, tmp_path / "kept", target.home.parent.parent, at="unpacked")
        assert not (target.home / "data").exists()
        restore(tmp_path / "kept", target, quiet)
        assert everything(target.url()) == everything(place.database.url)


# As commands.


def test_the_commands(gongji: Callable[..., Outcome], database: Database, open_folder: Path, tmp_path: Path) -> None:
    posted(database, FIRST)
    done = gongji("backup", "kept", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["heads"]["Bank"]["last"] == 29
    (known,) = [each for each in json.loads(gongji("doctor", "--json").out)["findings"] if each["what"] == "backup"]
    assert "0 vouchers ago" in known["value"]
    assert gongji("backup", "kept").code == 5

    (open_folder / "elsewhere").mkdir()
    here = {"GONGJI_WORKSPACE": str(open_folder / "elsewhere"), "GONGJI_DATABASE_URL": ""}
    try:
        back = gongji("--lang", "zh", "restore", "kept", env=here)
        assert back.code == 0, back.err
        assert "已恢复并核对" in back.out
        assert "gongji audit verify" in back.err
        assert gongji("restore", "kept", env=here).code == 5
        again = gongji("backup", "again", "--json", env=here)
        assert json.loads(again.out)["form"] == "base"
        assert json.loads(again.out)["heads"] == json.loads(done.out)["heads"]
    finally:
        LocalPostgres(open_folder / "elsewhere").remove()


def test_when_the_last_backup_was_taken_is_known_in_the_workspace(
    gongji: Callable[..., Outcome], database: Database, tmp_path: Path
) -> None:
    gongji("backup", "kept")
    taken = read(tmp_path / "kept")
    found = last_backup(tmp_path, taken.server, taken.database)
    assert found is not None
    assert (found.taken_at, found.folder, found.vouchers) == (taken.taken_at, tmp_path / "kept", taken.vouchers)
    assert last_backup(tmp_path, taken.server, "another") is None
    (tmp_path / ".gongji" / "backups.json").write_text("half")
    assert last_backup(tmp_path, taken.server, taken.database) is None
