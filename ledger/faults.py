"""How Gongji says no: one sentence, where, what was expected, what came, what to do, and an exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Refusal:
    """One expected *no*, as a value: collected and shown with all the others.

    `where` names the document and place ("loans.csv, row 17, column amount"; "event D-1"; "scheme.toml, line 12").
    """

    where: str
    what: str
    expected: str = ""
    got: str = ""
    advice: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.got:
            parts.append(f"got {self.got}")
        if self.advice:
            parts.append(self.advice)
        return "; ".join(parts)


class Refused(Exception):
    """Input refused: nothing was changed. The command line turns this into messages and `exit_code`."""

    exit_code: ClassVar[int] = 3

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("\n".join(str(r) for r in refusals))
        self.refusals = refusals


class Failed(Refused):
    """The surroundings failed, not the input: no database, no disk, a broken promise of the program."""

    exit_code = 1


class NotFound(Refused):
    """What was asked for does not exist."""

    exit_code = 4


class Conflict(Refused):
    """The same name is already used for other contents."""

    exit_code = 5


class NotAllowed(Refused):
    """The caller may not do this, or a limit held by the database forbids it."""

    exit_code = 7


class PeriodClosed(Refused):
    """The period the entry belongs to is closed."""

    exit_code = 8
