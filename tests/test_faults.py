"""Killed, cut, full, by a wrong clock: after each fault the books are sound, and go on as if nothing had happened.

The same seeded history is lived through once in calm and once with the fault. When the fault strikes is counted, in
messages between client and server, never timed. A drill that fails names its seed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import EVERY, ROOT, SYSTEM_15
from fault_play import CLERK, QUARTER, dice, finish, history, live, resent
from fault_stage import (
    SCHEMAS,
    TEMPLATE,
    Blow,
    Calm,
    Fault,
    Stage,
    at,
    backend_killed,
    clock_of_the_ledger,
    cut,
    data_disk_full,
    data_file_at_its_limit,
    everything_killed,
    goes_on,
    lived,
    log_disk_full,
    log_file_at_its_limit,
    opened,
    postmaster_killed,
    sound,
)
from test_server import AS_ROOT

from ledger.group import Writer

BATCHES = 12
PLAY = (BATCHES, 5)  # and what each holds
HISTORIES = 5
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.drill) for seed in range(1, 50))]
CLOCKS = (
    r"\b(clock_timestamp|now|statement_timestamp|transaction_timestamp|timeofday|current_date|current_time|localtime)"
)
FAKE = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))

needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small disk")
needs_limits = pytest.mark.skipif(not shutil.which("prlimit"), reason="no program here limits another process")
needs_faketime = pytest.mark.skipif(
    not FAKE, reason="libfaketime is not installed (on Debian apt-get install libfaketime)"
)
for_others = [pytest.mark.drill] if AS_ROOT else []  # root tries the real disk in the suite, and both in the drill
jumps = pytest.mark.parametrize(
    ("ahead", "least", "most"), [("-1 day", -86_400, -86_000), ("1 year", 31_000_000, 32_000_000)]
)


@pytest.fixture(scope="module", params=[EVERY[0], *(pytest.param(name, marks=pytest.mark.drill) for name in EVERY[1:])])
def server(request: pytest.FixtureRequest, open_folder: Path) -> Iterator[Stage]:
    if request.param == "15" and not SYSTEM_15.is_dir():
        pytest.skip("PostgreSQL 15 is not installed on this machine")
    workspace = open_folder / f"drills-{request.param}"
    workspace.mkdir()
    stage = Stage(workspace, SYSTEM_15 if request.param == "15" else None)
    yield stage
    stage.server.remove()


@pytest.fixture
def stage(server: Stage) -> Iterator[Stage]:
    yield server
    server.clear()


# The client is killed.


def clerk(url: str, seed: int, first: int, **settings: str) -> subprocess.Popen[str]:
    play = (url, seed, *PLAY, first)
    return subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "fault_play.py"), *map(str, play)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])} | settings,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("place", "kept"), [("staged", False), ("posted", False), ("before-commit", False), ("after-commit", True)]
)
def test_a_client_killed_at_a_failpoint(stage: Stage, place: str, kept: bool) -> None:
    calm, name = stage.calm(0, *PLAY), stage.new()
    first = dice(place).choice([n for n, outcomes in enumerate(calm.outcomes) if "created" in outcomes])
    answered, _ = lived(stage.server.url(name), calm.told[:first])
    with clerk(stage.server.url(name), 0, first, GONGJI_STOP_AT=place) as process:
        said, _ = process.communicate()
    assert (process.returncode, said) == (-signal.SIGKILL, "")
    assert goes_on(stage, name, calm, answered) is kept


@pytest.mark.parametrize("place", ["sealed", "closed"])
def test_a_client_killed_while_it_seals_or_closes(stage: Stage, place: str) -> None:
    calm, name = stage.calm(0, *PLAY), stage.new()
    with clerk(stage.server.url(name), 0, 0, GONGJI_STOP_AT=place) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    with opened(stage.server.url(name)) as conn:
        assert conn.execute("SELECT closed_through FROM ledger.calendar").fetchone() == (None,)
        assert conn.execute("SELECT count(*) FROM ledger.block").fetchone() == (0 if place == "sealed" else 4,)
    goes_on(stage, name, calm, calm.outcomes)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_client_killed_at_any_message(stage: Stage, seed: int) -> None:
    calm, name = stage.calm(seed % HISTORIES, *PLAY), stage.new()
    moment = dice(seed).choice(calm.moments())
    with stage.wire(at(moment, lambda message: process.kill())) as wire:
        process = clerk(wire.url(name), seed % HISTORIES, 0)
        with process:
            said, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert len(said.splitlines()) < len(calm.told)
    goes_on(stage, name, calm, [json.loads(line) for line in said.splitlines()])


# The server is killed, or its disk is full, or the connection is lost.


def struck(stage: Stage, fault: Fault, calm: Calm, moment: int) -> tuple[str, list[list[str]], str]:
    """The history up to the fault: in which database, what was answered, what was said at the end."""
    name = stage.new()
    with fault(stage, name) as blow, stage.wire(at(moment, blow)) as wire:
        answered, said = lived(wire.url(name), calm.told)
    assert wire.passed >= moment
    return name, answered, said


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "fault", [cut, backend_killed, postmaster_killed, pytest.param(everything_killed, marks=pytest.mark.drill)]
)
def test_struck_at_any_message(stage: Stage, fault: Fault, seed: int) -> None:
    """Every other time at a commit, where it is not certain what was kept."""
    calm = stage.calm(seed % HISTORIES, *PLAY)
    moment = dice(fault.__name__, seed).choice(calm.commits() if seed % 2 else calm.moments())
    name, answered, _ = struck(stage, fault, calm, moment)
    goes_on(stage, name, calm, answered)


@pytest.mark.parametrize("seed", SEEDS)
def test_cut_between_a_commit_and_its_answer(stage: Stage, seed: int) -> None:
    calm = stage.calm(seed % HISTORIES, *PLAY)
    moment = dice(seed).choice(calm.kept)
    name, answered, _ = struck(stage, cut, calm, moment)
    assert len(answered) == calm.kept.index(moment)
    assert goes_on(stage, name, calm, answered) or "created" not in calm.outcomes[len(answered)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_writer_for_many_cut_between_a_commit_and_its_answer(stage: Stage, seed: int) -> None:
    """Whoever was told nothing sends again, and gets the first answer."""
    name, told = stage.new(), history(seed, *PLAY)
    lost = dice(seed).randrange(1, len(told))  # 0 says that the writer is let in
    done, answers = count(), dict[str, str]()
    with (
        stage.wire(lambda message: message.says_done and next(done) == lost) as wire,
        Writer(wire.url(name), CLERK) as writer,
    ):
        for batch in told:
            for item, call in [(item, writer.submit(item)) for item in batch]:
                if call.exception() is None and call.result() != ["not_found"]:  # the one answer that is not kept
                    answers.setdefault(item.key, call.result()[0])
    assert next(done) > lost
    with opened(stage.server.url(name)) as conn:
        sound(conn)
        kept = {key for (key,) in conn.execute("SELECT event_id FROM ledger.journal").fetchall()}
        items = list({item.key: item for batch in told for item in batch}.values())
        [outcomes] = live(conn, [items])
        again = dict(zip((item.key for item in items), outcomes, strict=True))
        assert {key: again[key] for key in answers} == dict(zip(answers, resent([*answers.values()]), strict=True))
        assert {key for key, outcome in again.items() if outcome == "same"} == kept
        finish(conn)
        sound(conn)


def test_the_server_promises_to_keep_what_it_answers(stage: Stage) -> None:
    """A kill leaves what was written to the system; a power cut leaves only what these settings brought to the disk."""
    for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert stage.ask(f"show {name}") == [("on",)]


# The disk is full.


@pytest.fixture(scope="module")
def small_log(server: Stage) -> None:
    server.cut_small()


@pytest.mark.parametrize("seed", SEEDS[:20])
@pytest.mark.parametrize(
    ("fault", "size", "why"),
    [
        pytest.param(data_disk_full, 400, "could not extend file", marks=needs_root),
        pytest.param(log_disk_full, 400, "No space left on device", marks=needs_root),
        pytest.param(data_file_at_its_limit, 400, "File too large", marks=[needs_limits, *for_others]),
        pytest.param(log_file_at_its_limit, 120, "File too large", marks=[needs_limits, *for_others]),
    ],
)
@pytest.mark.usefixtures("small_log")
def test_a_full_disk(stage: Stage, fault: Fault, size: int, why: str, seed: int) -> None:
    """Early in a history that needs more room than there is: one batch is refused, or the whole server stops."""
    calm = stage.calm(seed % HISTORIES, BATCHES, size)
    moments = calm.moments()
    moment = dice(fault.__name__, seed).choice(moments[: len(moments) // 4])
    name, answered, said = struck(stage, fault, calm, moment)
    assert why in said
    goes_on(stage, name, calm, answered)


# The clock is wrong.


@jumps
def test_a_clock_that_jumps(stage: Stage, ahead: str, least: int, most: int) -> None:
    """Order, numbers, chain and seals go by numbers: only what is recorded as the moment jumps."""
    with clock_of_the_ledger(stage, name := stage.new(), ahead) as blow:
        lived_through_a_jump(stage, name, blow, least, most)


def lived_through_a_jump(stage: Stage, name: str, blow: Blow, least: int, most: int) -> None:
    calm = stage.calm(0, *PLAY)
    moments = calm.moments()
    with stage.wire(at(moments[len(moments) // 2], blow)) as wire:
        answered, _ = lived(wire.url(name), calm.told)
    goes_on(stage, name, calm, answered)
    assert answered == calm.outcomes
    with opened(stage.server.url(name)) as conn:
        steps = [seconds for (seconds,) in conn.execute(STEPS).fetchall()]
    jumps = [step for step in steps if least <= step <= most]  # one in every book that goes on
    assert jumps
    assert len([step for step in steps if 0 <= step <= 60]) == len(steps) - len(jumps)


STEPS = """
    SELECT extract(epoch FROM recorded_at - lag(recorded_at) OVER (PARTITION BY book_id ORDER BY last_no)) AS seconds
    FROM ledger.batch ORDER BY seconds NULLS FIRST OFFSET (SELECT count(*) FROM ledger.book)"""


def test_the_ledger_asks_the_time_only_to_record_it(stage: Stage) -> None:
    """And once for a whole batch. (What makes a table has a clock in it for the table's own use.)"""
    with opened(stage.server.url(TEMPLATE)) as conn:
        found = conn.execute(
            "SELECT proname, prosrc FROM pg_proc"
            f" WHERE pronamespace::regnamespace::text IN {SCHEMAS} AND prosrc NOT LIKE '%CREATE TABLE%'"
        ).fetchall()
    asks = {name: said for name, source in found if (said := re.findall(CLOCKS, source, re.IGNORECASE))}
    places = "begin_chain", "close_books", "next_block", "keep_vouchers"
    assert asks == {place: ["clock_timestamp"] for place in places}


@pytest.fixture(scope="module")
def another_clock(open_folder: Path) -> Iterator[Stage]:
    """A server whose clock is told by a file."""
    workspace = open_folder / "drills-clock"
    workspace.mkdir()
    told = workspace / "clock"
    told.write_text("+0")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LD_PRELOAD", str(FAKE[0]))
        environment.setenv("FAKETIME_TIMESTAMP_FILE", str(told))
        environment.setenv("FAKETIME_NO_CACHE", "1")
        environment.setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        stage = Stage(workspace, None)
    yield stage
    stage.server.remove()


@needs_faketime
@jumps
def test_the_clock_of_the_server_jumps(another_clock: Stage, ahead: str, least: int, most: int) -> None:
    told = another_clock.workspace / "clock"
    try:
        seconds = {"-1 day": "-1d", "1 year": "+1y"}[ahead]
        lived_through_a_jump(another_clock, another_clock.new(), lambda message: told.write_text(seconds), least, most)
    finally:
        told.write_text("+0")


@needs_faketime
@pytest.mark.parametrize("ahead", ["-1d", "+1y"])
def test_a_client_with_a_wrong_clock(stage: Stage, ahead: str) -> None:
    calm, name = stage.calm(0, *PLAY), stage.new()
    with clerk(stage.server.url(name), 0, 0, LD_PRELOAD=str(FAKE[0]), FAKETIME=ahead) as process:
        said, _ = process.communicate()
    assert process.returncode == 0
    assert [json.loads(line) for line in said.splitlines()] == calm.outcomes
    with opened(stage.server.url(name)) as conn:
        sound(conn)
        assert conn.execute("SELECT closed_through FROM ledger.calendar").fetchone() == (QUARTER.last,)
