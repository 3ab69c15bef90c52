"""The log: one JSON object a line, about commands and postings; off until GONGJI_LOG says where to.

It says what was done, by whom, how it ended and how long it took. Never amounts, contents, passwords or addresses.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ledger.faults import Failed, Refusal

STDERR, WORKSPACE = "stderr", "workspace"
INTERRUPTED = 130

log = logging.getLogger("gongji")
"""A program that uses Gongji as a library may give it handlers of its own."""
log.addHandler(logging.NullHandler())


class AsJson(logging.Formatter):
    """A record as one JSON object: when, which process, what, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": moment, "process": record.process, "event": record.getMessage()}
        return json.dumps(said | getattr(record, "fields", {}), ensure_ascii=False)


def configure(workspace: Path) -> None:
    """Do what GONGJI_LOG says: `stderr`, `workspace` for .gongji/log.jsonl of the workspace, or the path of a file."""
    wanted = os.environ.get("GONGJI_LOG", "")
    if not wanted:
        return
    try:
        handler = logging.StreamHandler(sys.stderr) if wanted == STDERR else _file(wanted, workspace)
    except OSError as error:
        advice = "name a file that may be written to, `stderr` or `workspace`"
        raise Failed(Refusal(f"GONGJI_LOG {wanted}", "the log cannot be written", "", str(error), advice)) from error
    handler.setFormatter(AsJson())
    for other in log.handlers[:]:
        log.removeHandler(other)
        other.close()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def database_name(url: str | None) -> str:
    """Which database an address means: host and name, and nothing of who connects how."""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict

    if not url:
        return "workspace"
    try:
        parts = conninfo_to_dict(url)
    except Error:  # whoever connects will say what is wrong with it
        return "?"
    return f"{parts.get('host', '')}/{parts.get('dbname', '')}"


def say(event: str, **fields: object) -> None:
    """One line of the log; nothing where nobody listens."""
    if log.isEnabledFor(logging.INFO):
        log.info(event, extra={"fields": fields})


@contextmanager
def command(name: str, **fields: object) -> Iterator[None]:
    """The start and the end of a command, with its exit code."""
    begun, code = time.perf_counter(), 0
    say("command started", command=name, **fields)
    try:
        yield
    except BaseException as error:
        code = exit_code(error)
        raise
    finally:
        say("command ended", command=name, **fields, exit_code=code, ms=milliseconds(begun))


def exit_code(error: BaseException) -> int:
    """What the process will end with: the faults of this program and of its command line each carry a code."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    return int(getattr(error, "exit_code", 1))


def posted(outcomes: Iterable[str], begun: float) -> None:
    """One posting call that began at this reading of `time.perf_counter`: how many items, with which outcomes."""
    if log.isEnabledFor(logging.INFO):
        counted = Counter(outcomes)
        say("posted", units=counted.total(), outcomes=dict(sorted(counted.items())), ms=milliseconds(begun))


def milliseconds(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)


def _file(wanted: str, workspace: Path) -> logging.Handler:
    path = workspace / ".gongji" / "log.jsonl" if wanted == WORKSPACE else Path(wanted)
    if wanted == WORKSPACE and not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        (path.parent / ".gitignore").write_text("*\n")
    return logging.FileHandler(path, encoding="utf-8")
