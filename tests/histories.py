"""Random histories of a ledger, lived through by the real one and by the model of it, compared after every step.

    python -m tests.histories --operations 1000000 --seed 1

A seed is a history. One that fails is kept under tests/data/seeds, and the smallest that fails like it is looked for.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))  # where the files beside this one are, also as a command

from clerks import Batch, Step, history, items_of
from ledger_model import Item
from living import Life

SEEDS = Path(__file__).parent / "data" / "seeds"
ENOUGH = 120  # shorter histories that are tried where one fails


class Total(NamedTuple):
    """What was lived through."""

    operations: int
    outcomes: Counter[str]
    happened: Counter[str]

    def __add__(self, other: Total) -> Total:  # type: ignore[override]
        return Total(self.operations + other.operations, self.outcomes + other.outcomes, self.happened + other.happened)


def first(seed: int, operations: int) -> list[Step]:
    """The steps of a history up to so many items sent."""
    steps, sent = [], 0
    for step in history(seed):
        steps.append(step)
        sent += len(items_of(step))
        if sent >= operations:
            break
    return steps


def live(url: str, steps: Sequence[Step], progress: Callable[[int], None] = lambda items: None) -> Total:
    """A history on an empty ledger; raises where the model and the database disagree."""
    with closing(Life(url)) as life:
        for step in steps:
            try:
                life.live(step)
            except Exception as fault:
                fault.add_note(f"in step {life.steps + 1}, after {life.operations} operations")
                raise
            progress(len(items_of(step)))
        life.check()
        return Total(life.operations, life.outcomes, life.happened)


def smallest(steps: Sequence[Step], fails: Callable[[Sequence[Step]], bool]) -> Sequence[Step]:
    """Steps, and items in them, that are all needed for the disagreement."""
    steps = fewer(steps, fails)
    for place, step in enumerate(steps):
        if isinstance(step, Batch):
            before, after = steps[:place], steps[place + 1 :]

            def whole(items: Sequence[Item], batch: Batch = step) -> Batch:
                return batch._replace(items=tuple(items))

            needed = fewer(step.items, lambda items: fails([*before, whole(items), *after]))  # noqa: B023
            steps = [*before, whole(needed), *after]
    return steps


def fewer(parts: Sequence[Any], fails: Callable[[Sequence[Any]], bool]) -> Sequence[Any]:
    """Leave out halves, quarters and so on, as long as it still fails."""
    size = len(parts) // 2
    while size:
        place = 0
        while place < len(parts):
            rest = [*parts[:place], *parts[place + size :]]
            if rest and fails(rest):
                parts = rest
            else:
                place += size
        size //= 2
    return parts


def main() -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    parser = argparse.ArgumentParser(prog="python -m tests.histories", description=__doc__)
    parser.add_argument("--operations", type=int, default=100_000, help="how many items are sent")
    parser.add_argument("--seed", type=int, default=1, help="the first history; others follow")
    parser.add_argument("--each", type=int, default=20_000, help="items in one history")
    parser.add_argument("--postgres", choices=["embedded", "15"], default="embedded")
    given = parser.parse_args()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with empty_ledgers(given.postgres) as ledgers, Progress(*columns) as bars:
        bar, seed, total = bars.add_task("", total=given.operations), given.seed, Total(0, Counter(), Counter())
        while total.operations < given.operations:
            bars.update(bar, description=f"seed {seed}")
            steps, lived = first(seed, min(given.each, given.operations - total.operations)), [0]

            def progress(items: int, lived: list[int] = lived) -> None:
                lived[0] += 1
                bars.advance(bar, items)

            with ledgers() as url:
                try:
                    total += live(url, steps, progress)
                except Exception as fault:
                    bars.stop()
                    sys.exit(failed(seed, steps[: lived[0] + 1], fault, ledgers))
            seed += 1
    print(f"{total.operations:,} operations, seeds {given.seed} to {seed - 1}: the model and the database agree.")
    for name, counts in (("Outcomes", total.outcomes), ("What happened", total.happened)):
        print(f"\n{name}")
        for what, times in counts.most_common():
            print(f"  {what:<24}{times:>12,}")


def failed(seed: int, steps: Sequence[Step], fault: Exception, ledgers: Callable[[], Any]) -> str:
    """Keep the seed, look for the smallest history, and say both."""
    sent = sum(len(items_of(step)) for step in steps)
    said = "\n".join([f"{type(fault).__name__}: {fault}", *getattr(fault, "__notes__", ())])
    SEEDS.mkdir(parents=True, exist_ok=True)
    (SEEDS / f"{seed}-{sent}.txt").write_text(f"{said}\n", encoding="utf-8")

    tries = count()

    def fails(fewer: Sequence[Step]) -> bool:
        if next(tries) > ENOUGH:
            return False
        with ledgers() as url:
            try:
                live(url, fewer)
            except Exception as other:
                return alike(other) == alike(fault)
            return False

    needed = "\n".join(map(repr, smallest(steps, fails)))
    return f"seed {seed}\n{said}\n\nThe smallest history that fails so:\n{needed}"


def alike(fault: Exception) -> str:
    """What a fault says, without the names and numbers in it."""
    return re.sub(r"[\d']+", "", f"{type(fault).__name__}: {fault}".split(", to Item")[0].split(", (")[0])


@contextmanager
def empty_ledgers(postgres: str) -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """A server for as long as it is needed; each ledger is a database of its own."""
    from conftest import SYSTEM_15, Flavour

    @contextmanager
    def ledger() -> Iterator[str]:
        name = flavour.new()
        yield flavour.server.url(name)
        flavour.drop(name)

    with tempfile.TemporaryDirectory(prefix="gongji-histories-") as folder:
        Path(folder).chmod(0o755)
        flavour = Flavour(Path(folder), SYSTEM_15 if postgres == "15" else None)
        with closing(flavour):
            yield ledger


if __name__ == "__main__":
    main()
