"""The page a command prints on: rich tables for people, one JSON document for programs, words in two languages."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from rich.console import Console

    from ledger.faults import Refused


class Advance(Protocol):
    """How work reports that it goes on: what it does, how much is done, of how much."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Page:
    """Where and how to print. Results go to stdout, everything else to stderr."""

    lang: Literal["zh", "en"]
    as_json: bool

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    @property
    def console(self) -> Console:
        from rich.console import Console

        # Into a file or a pipe a page has room; on a screen it has what the screen has.
        width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "150"))
        return Console(highlight=False, markup=False, emoji=False, width=width)

    def note(self, text: str) -> None:
        """A line beside the result."""
        print(text, file=sys.stderr)

    def line(self, text: str = "") -> None:
        """A line of the result, for people."""
        if not self.as_json:
            print(text)

    def document(self, value: Mapping[str, Any]) -> None:
        """The result, for programs: one document, keys sorted, money as strings."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, default=_plain))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> None:
        """A table for people; the last `numbers` columns are amounts and stand to the right."""
        rows = list(rows)
        if self.as_json or not rows:
            return
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
        for place, column in enumerate(columns):
            right = place >= len(columns) - numbers
            table.add_column(column, justify="right" if right else "left", no_wrap=right, overflow="fold")
        for row in rows:
            table.add_row(*(str(cell) for cell in row))
        self.console.print(table)

    @staticmethod
    def padded(text: str, width: int) -> str:
        """Text filled to a width on the screen, where a Chinese character takes two places."""
        from rich.cells import cell_len

        return text + " " * max(width - cell_len(text), 0)

    @contextmanager
    def progress(self) -> Iterator[Advance]:
        """A progress bar on stderr where somebody looks; silence elsewhere."""
        if not sys.stderr.isatty():
            yield lambda what, done, total: None
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bars:
            tasks: dict[str, Any] = {}

            def advance(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=total)
                bars.update(tasks[what], completed=done, total=total)

            yield advance


def refused(error: Refused) -> None:
    """Print every reason on stderr, one a line: where, what, expected, got, what to do."""
    for refusal in error.refusals[:50]:
        print(str(refusal), file=sys.stderr)
    if len(error.refusals) > 50:
        print(f"... and {len(error.refusals) - 50} more", file=sys.stderr)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a document")
