"""The log: off by default; on, it says who did what, how it ended and how long it took, and nothing that is private."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome

from ledger import logs
from ledger.database import Database
from ledger.faults import Failed, Refusal, Refused


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The log switched on inside this process, and what it says."""
    monkeypatch.setenv("GONGJI_LOG", str(tmp_path / "log.jsonl"))
    before = logs.log.handlers[:], logs.log.level, logs.log.propagate
    logs.configure(tmp_path)
    yield lambda: lines((tmp_path / "log.jsonl").read_text(encoding="utf-8"))
    logs.log.handlers[0].close()
    logs.log.handlers[:], logs.log.propagate = before[0], before[2]
    logs.log.setLevel(before[1])


def test_a_command_starts_and_ends(log: Callable[[], list[dict[str, Any]]]) -> None:
    with logs.command("close run", database="db/ledger", actor="出纳"):
        pass
    started, ended = log()
    assert (started["event"], ended["event"]) == ("command started", "command ended")
    assert (ended["command"], ended["actor"]) == ("close run", "出纳")
    assert ended["exit_code"] == 0
    assert ended["ms"] >= 0
    assert started["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused(Refusal("here", "no")), 3),
        (Failed(Refusal("here", "no")), 1),
        (KeyboardInterrupt(), 130),
        (ValueError("a fault of ours"), 1),
    ],
)
def test_a_command_that_fails_says_with_which_code(
    log: Callable[[], list[dict[str, Any]]], error: BaseException, code: int
) -> None:
    with pytest.raises(type(error)), logs.command("close run"):
        raise error
    assert log()[-1]["exit_code"] == code


def test_a_posting_call(log: Callable[[], list[dict[str, Any]]]) -> None:
    logs.posted(["created", "same", "created", "limit:budget"], time.perf_counter())
    (said,) = log()
    assert said["units"] == 4
    assert said["outcomes"] == {"created": 2, "limit:budget": 1, "same": 1}


def test_off_it_asks_nothing_of_anybody(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    def never() -> Iterator[str]:
        pytest.fail("the outcomes were counted")
        yield ""

    logs.posted(never(), time.perf_counter())
    logs.say("anything")
    assert capsys.readouterr() == ("", "")
    assert not caplog.records


def test_a_program_that_embeds_it_hears_it_in_its_own_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "gongji"):
        logs.say("posted", units=1)
    assert caplog.messages == ["posted"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (None, "workspace"),
        ("postgresql://clerk:secret@db.example:5433/ledger?sslmode=require", "db.example/ledger"),
        ("host=db.example dbname=ledger password=secret", "db.example/ledger"),
        ("postgresql://clerk:se cret@[", "?"),
    ],
)
def test_a_database_is_named_without_secrets(url: str | None, name: str) -> None:
    assert logs.database_name(url) == name


# As a user sees it.


def test_nothing_is_said_unless_asked(gongji: Callable[..., Outcome]) -> None:
    assert lines(gongji("reconcile").err) == []


def test_on_stderr(gongji: Callable[..., Outcome], database: Database) -> None:
    done = gongji("--actor", "clerk", "close", "run", "--through", "1999Q4", env={"GONGJI_LOG": "stderr"})
    started, ended = lines(done.err)
    assert started["command"] == ended["command"] == "close run"
    assert (ended["actor"], ended["exit_code"]) == ("clerk", done.code)
    assert ended["database"].endswith(database.url.partition("?")[0].rpartition("/")[2])
    assert "postgresql://" not in done.err


def test_in_the_workspace(gongji: Callable[..., Outcome], tmp_path: Path) -> None:
    for _ in range(2):
        gongji("explain", "nobody", env={"GONGJI_LOG": "workspace"})
    said = lines((tmp_path / ".gongji" / "log.jsonl").read_text(encoding="utf-8"))
    assert [each.get("exit_code") for each in said] == [None, 4, None, 4]
    assert "nobody" not in json.dumps(said)


def test_a_demo_tells_its_postings(gongji: Callable[..., Outcome], tmp_path: Path) -> None:
    gongji("demo", "--loans", "3", env={"GONGJI_LOG": str(tmp_path / "demo.jsonl")})
    said = lines((tmp_path / "demo.jsonl").read_text(encoding="utf-8"))
    postings = [each for each in said if each["event"] == "posted"]
    assert postings
    assert all(each["outcomes"].keys() == {"created"} for each in postings)
    assert sum(each["units"] for each in postings) == sum(each["outcomes"]["created"] for each in postings)


def test_a_log_that_cannot_be_written(gongji: Callable[..., Outcome], tmp_path: Path) -> None:
    done = gongji("doctor", env={"GONGJI_LOG": str(tmp_path / "no" / "log")})
    assert done.code == 1
    assert "the log cannot be written" in done.err
