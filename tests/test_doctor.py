"""The doctor: what it makes of what it reads, one thing out of order at a time; and that it reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import Outcome

from commands.operations import NAMES
from ledger import doctor
from ledger.backup import LastBackup
from ledger.batch import Line, Unit
from ledger.database import Database
from ledger.doctor import Facts, Finding, examine, findings, read
from ledger.posting import post
from ledger.roles import Finding as Right

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
GB = 1 << 30


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """A ledger in good order."""
    return Facts(
        now=NOW,
        server_now=NOW,
        newest=NOW - timedelta(minutes=1),
        version="18.6",
        schema="0010_engine",
        risky_settings=(),
        rights=(Right("roles", "", True), Right("guards", "", True)),
        by_superuser=True,
        unit="quarter",
        closed_through="2024-12-31",
        adjusting=0,
        vouchers=100,
        unsealed=0,
        unsealed_since=None,
        backup=LastBackup(NOW - timedelta(hours=3), tmp_path, 90),
        size=GB,
        disk=(50 * GB, 100 * GB),
        wal=(GB, 2 * GB),
        idle_slots=(),
        long_transactions=(),
    )


def found(facts: Facts, what: str) -> Finding:
    (finding,) = [each for each in findings(facts) if each.what == what]
    return finding


def test_good_order(facts: Facts) -> None:
    assert {each.state for each in findings(facts)} == {"ok"}
    assert found(facts, "seals").value.en == "no voucher is unsealed"
    assert found(facts, "backup").value.en.startswith("2025-03-01")
    assert "10 vouchers ago" in found(facts, "backup").value.en


MANY = tuple(Right("guards", f"table {number} may be changed", False, "find out who") for number in range(5))


@pytest.mark.parametrize(
    ("changes", "what", "state", "says"),
    [
        ({"risky_settings": ("fsync = off",)}, "durability", "bad", "fsync = off"),
        ({"rights": MANY}, "guards", "bad", "table 0 may be changed; table 1 may be changed; table 2 may be changed; and 2 more"),
        ({"rights": (Right("roles", "gongji_poster is not there", False, "secure"),)}, "roles", "bad", "gongji_poster is not there"),
        ({"rights": (Right("roles", "gongji_poster is not there", False, "secure"),), "by_superuser": False}, "roles", "warn", "not there"),
        ({"rights": (Right("rows", "a policy of other words", False, "look"),), "by_superuser": False}, "rows", "bad", "other words"),
        ({"adjusting": 1}, "periods", "warn", "quarter, closed through 2024-12-31, 1 adjusting"),
        ({"closed_through": ""}, "periods", "ok", "quarter, closed through none"),
        ({"unsealed": 7, "unsealed_since": NOW - timedelta(hours=5)}, "seals", "ok", "7 vouchers unsealed, the oldest for 5 hours"),
        ({"unsealed": 7, "unsealed_since": NOW - timedelta(days=3)}, "seals", "warn", "the oldest for 3 days"),
        ({"backup": None}, "backup", "warn", "none was taken from this workspace"),
        ({"backup": None, "vouchers": 0}, "backup", "ok", "none was taken"),
        ({"newest": NOW + timedelta(hours=20)}, "clock", "bad", "the newest record is 20 hours ahead of the server's clock"),
        ({"now": NOW - timedelta(seconds=30)}, "clock", "warn", "server and client are 30 seconds apart"),
        ({"now": NOW + timedelta(minutes=9)}, "clock", "bad", "server and client are 9 minutes apart"),
        ({"disk": None}, "disk", "ok", "cannot be seen from here"),
        ({"disk": (GB // 2, 100 * GB)}, "disk", "warn", "512 MiB free of 100 GiB"),
        ({"disk": (GB // 8, 100 * GB)}, "disk", "bad", "128 MiB free"),
        ({"size": 900 * GB}, "disk", "warn", "50 GiB free of 100 GiB; the database has 900 GiB"),
        ({"wal": (5 * GB, 2 * GB)}, "log", "warn", "5 GiB, meant to stay under 2 GiB"),
        ({"idle_slots": ("old",)}, "log", "warn", "replication slots that nobody reads: old"),
        ({"long_transactions": ("process 7 of clerk, for 03:00:00",)}, "transactions", "warn", "process 7 of clerk"),
    ],
)  # fmt: skip
def test_one_thing_out_of_order(facts: Facts, changes: dict[str, Any], what: str, state: str, says: str) -> None:
    finding = found(replace(facts, **changes), what)
    assert finding.state == state
    assert says in finding.value.en
    assert bool(finding.advice.en) == (state != "ok") or what == "backup"


def test_a_backup_that_is_old_or_gone(facts: Facts, tmp_path: Path) -> None:
    old = LastBackup(NOW - timedelta(days=2), tmp_path, 90)
    assert found(replace(facts, backup=old), "backup").state == "warn"
    assert found(replace(facts, backup=replace(old, vouchers=100)), "backup").state == "ok"  # nothing was posted since
    gone = replace(old, taken_at=NOW, folder=tmp_path / "gone")
    assert "not there any more" in found(replace(facts, backup=gone), "backup").advice.en


def test_the_log_of_a_server_that_does_not_show_it(facts: Facts) -> None:
    assert "log" not in {each.what for each in findings(replace(facts, wal=None))}


# Reading it.


@pytest.fixture
def conn(every_database: Database) -> Iterator[Any]:
    with closing(psycopg.connect(every_database.url, autocommit=True)) as connection:
        yield connection


def test_a_new_ledger(conn: Any, tmp_path: Path) -> None:
    states = {each.what: each.state for each in examine(conn, tmp_path, tmp_path)}
    assert states.pop("durability") == "bad"  # tests may forget at a power cut
    assert states.keys() <= NAMES.keys()
    states.pop("members")  # logins are the server's: other tests have theirs
    assert set(states.values()) == {"ok"}


def test_what_is_posted_and_not_sealed(conn: Any, tmp_path: Path) -> None:
    cash, capital = ("Bank", "cash", None, "CNY"), ("Bank", "capital", None, "CNY")
    with conn.transaction():
        units = [
            Unit(f"e {n}", "party.funded", date(2024, 5, 17), (Line("Bank", cash, capital, n, "P0"),))
            for n in (1, 2, 3)
        ]
        post(conn, units, "office")
    facts = read(conn, tmp_path, None)
    assert (facts.vouchers, facts.unsealed) == (3, 3)
    assert facts.newest == facts.unsealed_since
    assert facts.newest is not None
    assert facts.newest <= facts.server_now


def test_a_long_transaction(
    conn: Any, every_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(psycopg.connect(every_database.url)) as other:
        other.execute("select 1")
        assert read(conn, tmp_path, None).long_transactions == ()
        monkeypatch.setattr(doctor, "LONG", timedelta(0))
        (said,) = read(conn, tmp_path, None).long_transactions
        assert f"process {other.info.backend_pid} of" in said


def test_a_guard_that_was_taken_away(gongji: Callable[..., Outcome], database: Database) -> None:
    with closing(psycopg.connect(database.url, autocommit=True)) as conn:
        conn.execute("ALTER TABLE ledger.journal DISABLE TRIGGER append_only")
    done = gongji("doctor", "--json")
    assert done.code == 6
    bad = {each["what"]: each["value"] for each in json.loads(done.out)["findings"] if each["state"] == "bad"}
    assert "ledger.journal may be changed" in bad["guards"]


def test_a_rule_that_was_taken_away(conn: Any, tmp_path: Path) -> None:
    conn.execute("ALTER TABLE ledger.balance DROP CONSTRAINT credit_limit")
    bad = [each.value.en for each in examine(conn, tmp_path, tmp_path) if (each.what, each.state) == ("shape", "bad")]
    assert bad == ["ledger.balance: constraint credit_limit is gone"]


def test_the_page_in_both_languages(gongji: Callable[..., Outcome]) -> None:
    assert "防护触发器" in gongji("--lang", "zh", "doctor").out
    done = gongji("doctor")
    assert "guards" in done.out
    assert done.code == 6  # the test's server has fsync off
