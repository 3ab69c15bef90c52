"""What the program and its database processes use, memory and processor, asked of Linux. Elsewhere nothing is said."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
EVERY = 0.25  # seconds between two looks; a look takes about three milliseconds


class Memory:
    """Peaks, in kilobytes.

    program: the most this process ever held in memory, by the kernel's own count (VmHWM); the libraries are in it.
    backend: the most the one database process that works for us held for itself alone (Private_Clean + Private_Dirty).
    server: the most all processes of the server held, shared pages counted once (Pss): shared buffers are in it.
    """

    def __init__(self) -> None:
        self.program = self.backend = self.server = 0


@contextmanager
def watched(backend_pid: int) -> Iterator[Memory]:
    """Look at the processes again and again while the block runs."""
    memory, done, family = Memory(), Event(), _family(backend_pid) if can_be_measured() else []

    def look() -> None:
        while True:
            memory.backend = max(memory.backend, _rollup(backend_pid, "Private_Clean", "Private_Dirty"))
            memory.server = max(memory.server, sum(_rollup(pid, "Pss") for pid in family))
            if done.wait(EVERY):
                return

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        done.set()
        watcher.join()
        memory.program = held_kilobytes("VmHWM")


def processor_seconds(backend_pid: int) -> float:
    """What this process and the database process that works for us have computed so far. Waiting is not in it."""
    fields = _stat(backend_pid)
    theirs = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0
    return time.process_time() + theirs


def held_kilobytes(name: str) -> int:
    """What this process holds in memory: VmRSS now, VmHWM the most it ever did."""
    return _kilobytes(PROC / "self" / "status", name)


def can_be_measured() -> bool:
    return (PROC / "self" / "smaps_rollup").exists()


def _rollup(pid: int, *names: str) -> int:
    return _kilobytes(PROC / str(pid) / "smaps_rollup", *names)


def _kilobytes(path: Path, *names: str) -> int:
    try:
        lines = path.read_text().splitlines()
    except OSError:  # the process has gone
        return 0
    return sum(int(line.split()[1]) for line in lines if line.split(":")[0] in names)


def _family(pid: int) -> list[int]:
    """The server's first process and all its children."""
    parent = int(_stat(pid)[1])
    children = (PROC / str(parent) / "task" / str(parent) / "children").read_text()
    return [parent, *map(int, children.split())]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything: state, parent, ..."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
