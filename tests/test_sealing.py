"""Sealing: what is committed gets into a block once and whole, whoever posts, seals or falls over meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sealed import APRIL, BANK, GUARANTOR, MARCH, claim, guards_off, live, posted

from ledger import sealing
from ledger.canonical import ACTS, Block
from ledger.database import Connection, Database
from ledger.evidence import acts, blocks
from ledger.faults import Failed
from ledger.sealing import algorithm_in_use, seal, seal_book, set_algorithm
from ledger.verifying import verify

ROOT = Path(__file__).resolve().parent.parent
BOOK = 1


def spans(found: list[Block]) -> list[tuple[int, int]]:
    return [(block.first_no, block.last_no) for block in found]


def ends(conn: Connection) -> set[int]:
    return {row[0] for row in conn.execute("SELECT last_no FROM ledger.batch WHERE book_id = 1")}


# What is sealed.


def test_every_book_is_sealed_up_to_its_last_voucher_and_the_acts_after_them(conn: Connection) -> None:
    posted(conn, *(claim(f"D-{n}", 1000, MARCH) for n in range(3)))
    posted(conn, claim("D-3", 1000, MARCH))
    sealed = seal(conn, "sealer")
    assert [(block.book_id, block.block_no) for block in sealed] == [(1, 1), (2, 1), (ACTS, 1)]
    assert spans(sealed) == [(1, 4), (1, 4), (1, 2)]
    assert verify(conn).findings == []


def test_a_second_run_seals_nothing_twice(conn: Connection) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    assert len(seal(conn, "sealer")) == 3
    assert seal(conn, "sealer") == []
    posted(conn, claim("D-2", 1000, MARCH))
    assert spans(seal(conn, "sealer")) == [(2, 2), (2, 2)]  # no account is new: there is no act to seal
    assert spans(blocks(conn, BOOK)) == [(1, 1), (2, 2)]


def test_nothing_to_seal(conn: Connection) -> None:
    assert seal(conn, "sealer") == []
    assert seal_book(conn, 99) == []
    assert verify(conn).findings == []


def test_a_block_holds_whole_batches_and_about_as_many_as_it_should(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST", 3)
    for size in (1, 1, 5, 1, 2, 1):
        posted(
            conn, *(claim(f"D-{size}-{conn.info.backend_pid}-{n}-{len(ends(conn))}", 1000, MARCH) for n in range(size))
        )
    found = seal_book(conn, BOOK)
    assert spans(found) == [(1, 7), (8, 10), (11, 11)]
    assert {block.last_no for block in found} <= ends(conn)
    assert all(later.previous == block.hash for block, later in pairwise(found))


def test_what_an_account_number_means_is_sealed_with_the_acts(conn: Connection) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    seal(conn, "sealer")
    told = [act for act in acts(conn) if act.kind == "accounts.opened"]
    assert [(act.subject, act.actor) for act in told] == [(BANK, "sealer"), (GUARANTOR, "sealer")]
    assert all(f'"{role}"' in told[0].contents for role in ("npl", "loan", "due_from"))
    posted(conn, claim("D-2", 1000, MARCH))
    seal(conn, "sealer")
    assert len([act for act in acts(conn) if act.kind == "accounts.opened"]) == 2


def test_progress_is_told_book_by_book(conn: Connection) -> None:
    live(conn)
    told: list[tuple[str, int, int]] = []
    seal(conn, "sealer", lambda *words: told.append(words))
    assert told == [(f"seal {BANK}", 0, 2), (f"seal {GUARANTOR}", 1, 2)]


# The hash is a setting, and its change is an act.


def test_sm3_from_the_next_block_on(conn: Connection) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    seal(conn, "sealer")
    set_algorithm(conn, "sm3", "chief")
    set_algorithm(conn, "sm3", "chief")
    posted(conn, claim("D-2", 1000, MARCH), claim("D-3", 1000, MARCH))
    seal(conn, "sealer")
    assert algorithm_in_use(conn) == "sm3"
    assert [block.algorithm for block in blocks(conn, BOOK)] == ["sha256", "sm3"]
    changes = [act for act in acts(conn) if act.kind == "sealing.changed"]
    assert [(act.contents, act.actor) for act in changes] == [('{"before": "sha256", "algorithm": "sm3"}', "chief")]
    assert blocks(conn, ACTS)[-1].algorithm == "sm3"
    assert verify(conn).findings == []


def test_another_hash_is_refused(conn: Connection) -> None:
    with pytest.raises(errors.InvalidParameterValue, match="blocks are sealed with sha256 or sm3, not with md5"):
        conn.execute("SELECT ledger.set_sealing('md5', 'me')")
    with pytest.raises(Failed, match="this Python cannot compute it; expected sha256 or sm3; got whirlpool9"):
        set_algorithm(conn, "whirlpool9", "me")
    assert algorithm_in_use(conn) == "sha256"


# What the database holds by itself.


@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize(
    "statement", ["UPDATE ledger.block SET root = hash", "DELETE FROM ledger.block", "TRUNCATE ledger.block CASCADE"]
)
def test_a_block_stays_as_it_is(lived: Connection, statement: str, role: str) -> None:
    with lived.transaction(force_rollback=True):
        lived.execute(f"SET LOCAL session_replication_role = {role}".encode())
        refused = pytest.raises(
            errors.InsufficientPrivilege, match=r"ledger\.block is not allowed: the record is append-only"
        )
        with refused, lived.transaction():
            lived.execute(statement.encode())


FORGED = {
    "one that follows another history": ({"previous": "sha256('')"}, errors.ForeignKeyViolation),
    "one that leaves a hole": ({"first_no": "13", "last_no": "13"}, errors.ForeignKeyViolation),
    "one that skips a number": ({"block_no": "4"}, errors.ForeignKeyViolation),
    "one that overlaps": ({"first_no": "11"}, errors.ForeignKeyViolation),
    "one that ends with no batch": ({"last_no": "13"}, errors.ForeignKeyViolation),
    "one over another history of postings": ({"chain": "sha256('')"}, errors.ForeignKeyViolation),
    "one that there is already": ({"block_no": "2", "first_no": "9", "last_no": "11"}, errors.UniqueViolation),
    "a first one that does not begin at 1": ({"book_id": "2", "block_no": "1", "first_no": "2"}, errors.CheckViolation),
    "a hash of other contents": ({"hash": "sha256('')"}, errors.CheckViolation),
    "a hash nobody knows": ({"algorithm": "'md5'"}, errors.CheckViolation),
    "leaves that its batches keep already": ({"leaves": "sha256('')"}, errors.CheckViolation),
    "an act without its leaf": ({"book_id": "0", "chain": "''::bytea"}, errors.CheckViolation),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_block_that_cannot_be_true_is_refused(lived: Connection, name: str) -> None:
    """Block 3 of the bank, over its last voucher, with one thing wrong: even its owner cannot insert it."""
    change, refusal = FORGED[name]
    given = {
        "book_id": "1",
        "block_no": "3",
        "first_no": "12",
        "last_no": "12",
        "algorithm": "'sha256'",
        "root": "sha256('root')",
        "chain": "(SELECT digest FROM ledger.batch WHERE book_id = 1 AND last_no = 12)",
        "previous": "(SELECT hash FROM ledger.block WHERE book_id = 1 AND block_no = 2)",
        "sealed_at": "timestamptz '2024-04-10 00:00:00Z'",
        "leaves": "NULL::bytea",
    }
    made = "sha256(convert_to(format('K1,%s,%s,%s,%s,%s,%s,', book_id, block_no, first_no, last_no, ledger.micros(sealed_at), algorithm), 'UTF8') || previous || chain || root)"
    columns = {**given, **change}
    hashed = columns.pop("hash", made)
    values = ", ".join(f"{value} AS {column}" for column, value in columns.items())
    insert = f"INSERT INTO ledger.block ({', '.join(columns)}, hash) SELECT b.*, {hashed} FROM (SELECT {values}) b"
    with pytest.raises(refusal):
        lived.execute(insert.encode())
    assert len(blocks(lived, BOOK)) == 2


# Who may.


def as_role(conn: Connection, role: str) -> Connection:
    """A login with one of the group roles and no other right."""
    login = f"a_{role}_of_{conn.info.dbname}"
    conn.execute(f"CREATE ROLE {login} LOGIN; GRANT {role} TO {login}".encode())
    own = psycopg.connect(
        host=conn.info.host, port=conn.info.port, dbname=conn.info.dbname, user=login, autocommit=True
    )
    own.cursor().execute("SELECT 1")
    return own


def test_a_sealer_seals_and_an_auditor_verifies(conn: Connection) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    with closing(as_role(conn, "gongji_sealer")) as sealer, closing(as_role(conn, "gongji_auditor")) as auditor:
        set_algorithm(sealer, "sm3", "sealer")
        assert spans(seal(sealer, "sealer")) == [(1, 1), (1, 1), (1, 3)]
        assert verify(auditor).findings == []
        assert {act.login for act in acts(auditor)} == {sealer.info.user}
        for statement in ("SELECT ledger.record_accounts('me')", "SELECT * FROM ledger.next_block(1, 1)"):
            with pytest.raises(errors.InsufficientPrivilege):
                auditor.execute(statement.encode())
        with pytest.raises(errors.InsufficientPrivilege):
            sealer.execute("DELETE FROM ledger.block")
        with pytest.raises(errors.InsufficientPrivilege):
            sealer.execute("SELECT ledger.act('limit', 'a', '{}', 'me')")


# Others at the same moment.


def test_two_sealers_at_once_seal_everything_once(conn: Connection, database: Database) -> None:
    for n in range(20):
        posted(conn, claim(f"D-{n}", 1000, MARCH))
    ready, found = threading.Barrier(4), []

    def sealer() -> None:
        with closing(psycopg.connect(database.url, autocommit=True)) as own:
            ready.wait()
            found.extend(seal(own, "sealer"))

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(spans([block for block in found if block.book_id == BOOK])) == spans(blocks(conn, BOOK)) == [(1, 20)]
    assert verify(conn).findings == []


def test_sealing_waits_for_nobody_who_posts(conn: Connection, database: Database) -> None:
    """A posting that is not committed yet is not in the block, and does not hold the sealer up."""
    from ledger.posting import post

    posted(conn, claim("D-1", 1000, MARCH))
    with closing(psycopg.connect(database.url)) as other:
        post(other, [claim("D-2", 1000, MARCH)], "clerk")
        assert spans(seal_book(conn, BOOK)) == [(1, 1)]
        other.commit()
    assert spans(seal_book(conn, BOOK)) == [(2, 2)]


def test_posting_sealing_and_verifying_beside_each_other(conn: Connection, database: Database) -> None:
    done = threading.Event()

    def poster() -> None:
        with closing(psycopg.connect(database.url)) as own:
            for n in range(40):
                posted(own, claim(f"D-{n}", 1000, MARCH))
        done.set()

    thread = threading.Thread(target=poster)
    thread.start()
    while not done.is_set():
        seal(conn, "sealer")
        assert verify(conn).findings == []
    thread.join()
    seal(conn, "sealer")
    found = blocks(conn, BOOK)
    assert (found[0].first_no, found[-1].last_no) == (1, 40)
    assert all(later.first_no == block.last_no + 1 for block, later in pairwise(found))
    assert verify(conn).findings == []


def test_a_kill_in_the_middle_leaves_nothing_half_sealed(conn: Connection, database: Database) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    program = f"import psycopg; from ledger.sealing import seal; seal(psycopg.connect({database.url!r}, autocommit=True), 'sealer')"
    killed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "GONGJI_STOP_AT": "sealed"},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert blocks(conn, BOOK) == []
    assert spans(seal(conn, "sealer")) == [(1, 1), (1, 1), (1, 2)]
    assert verify(conn).findings == []


# A record that is damaged is not sealed as if it were whole.


def test_leaves_that_are_not_whole(conn: Connection) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    guards_off(conn)
    conn.execute("UPDATE ledger.batch SET leaves = '' WHERE book_id = 1 AND last_no = 1")
    with pytest.raises(
        Failed,
        match="book 1, 1 to 1: the record is damaged and is not sealed; expected 1 leaves; got 0; run gongji audit verify",
    ):
        seal_book(conn, BOOK)


@pytest.mark.parametrize(
    "damage", ["UPDATE ledger.journal SET amount[1] = 1", "DELETE FROM ledger.journal WHERE book_id = 1"]
)
def test_rows_that_are_not_those_of_the_posting_are_not_sealed_by_sm3(conn: Connection, damage: str) -> None:
    posted(conn, claim("D-1", 1000, MARCH))
    set_algorithm(conn, "sm3", "chief")
    guards_off(conn)
    conn.execute(damage.encode())
    with pytest.raises(
        Failed, match="the record is damaged and is not sealed; expected the leaves of their posting; got others"
    ):
        seal_book(conn, BOOK)
    assert blocks(conn, BOOK) == []


def test_a_story_of_both_hashes_reads_the_same_on_every_server(every_database: Database) -> None:
    with closing(every_database.connect()) as conn:
        conn.autocommit = True
        live(conn)
        set_algorithm(conn, "sm3", "chief")
        posted(conn, claim("D-9", 9000, APRIL))
        seal(conn, "sealer")
        assert spans(blocks(conn, BOOK)) == [(1, 8), (9, 11), (12, 13)]
        assert verify(conn).findings == []
