"""The program where no database answers: for the commands that need none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cli


class Outcome(NamedTuple):
    """What the command left behind."""

    code: int
    out: str
    err: str


Gongji = Callable[..., Outcome]


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gongji:
    """The command in a folder of its own, with a database address where nobody answers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGJI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    def run(*words: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["gongji", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), said.out, said.err)

    return run
