"""Other ledgers, in an environment of their own under build/peers, made the first time: nothing of Gongji needs them."""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks.path import ROOT, environment

HOME, WANTED = ROOT / "build" / "peers", Path(__file__).parent / "requirements.txt"


class Peer:
    """One of them, with a database of its own on the server that we post to as well."""

    def __init__(self, python: Path, module: str, url: str) -> None:
        self._words = [str(python), "-m", f"benchmarks.peers.{module}", url]
        self._run("prepare")
        self._posted = 0

    def post(self, batch: int, batches: int) -> list[float]:
        """The next two-sided journals: seconds of each batch."""
        first, count = self._posted, batch * batches
        self._posted += count
        found: list[float] = json.loads(self._run("post", first, count, batch))
        return found

    def _run(self, *words: object) -> str:
        command = [*self._words, *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def peers(new_database: Callable[[], str]) -> tuple[Peer, Peer] | None:
    """django-hordak and plain SQLModel, ready to post; None where they cannot be had."""
    python = _python()
    if python is None:
        return None
    return Peer(python, "with_hordak", new_database()), Peer(python, "with_sqlmodel", new_database())


@cache
def _python() -> Path | None:
    python, made = HOME / "bin" / "python", HOME / WANTED.name
    if not made.exists() or made.read_text() != WANTED.read_text():
        venv.create(HOME, with_pip=True, clear=True)
        words = ["--quiet", "--disable-pip-version-check", "--no-input", "--requirement", str(WANTED)]
        command = [str(python), "-m", "pip", "install", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"The other ledgers could not be installed, so ours stands alone: {done.stderr.strip()[-300:]}")
            return None
        made.write_text(WANTED.read_text())
    return python
