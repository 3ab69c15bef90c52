"""The README's own session, command by command, and the lines it promises."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SESSION = README[README.index("## One default before lunch") :]
COMMANDS, PRINTED = re.findall(r"```(?:sh)?\n(.*?)```", SESSION, re.DOTALL)[:2]


def test_the_session_of_the_readme_runs_and_prints_what_it_says(gongji: Callable[..., Any]) -> None:
    printed = {}
    for line in COMMANDS.splitlines():
        name, *words = shlex.split(line)
        assert name == "gongji"
        done = gongji(*words)
        assert done.code == 0, f"{line}\n{done.err}"
        printed[words[0]] = done.out
    for promised in PRINTED.splitlines():
        assert promised in printed["explain"]
