"""What a verification finds, as values; the sentences are the page's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Progress = Callable[[str, int, int], None]


class Finding(NamedTuple):
    """One thing that is not as it was: in which book and block, under which number and line.

    `where` names what has no number: a field, an account, a period. `expected` is what was kept, `got` what is there.
    """

    what: str
    book: str
    block: int | None = None
    no: int | None = None
    line: int | None = None
    where: str = ""
    expected: str = ""
    got: str = ""


@dataclass(slots=True)
class Seen:
    """How much was looked at."""

    books: int = 0
    vouchers: int = 0
    lines: int = 0
    blocks: int = 0
    acts: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and what was found: the first of each book first."""

    seen: Seen
    findings: Sequence[Finding]
