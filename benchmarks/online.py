"""Callers of the one writer: so many who each wait for their outcome, or so many items a second, ready or not.

The callers are callbacks in the writer's own process: a caller asks again from the moment it has its outcome. That is what
the ledger can do. A thread for each caller costs the interpreter more than the posting does; `in_threads` measures that.
The items are made before the clock starts, and the collector of garbage does not look through them again and again, as it
would not where they come one by one; handing them over, and giving each its outcome, is in every figure.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import accumulate
from random import Random
from statistics import quantiles
from threading import Barrier, Event, Thread
from time import perf_counter, sleep

from ledger.batch import Unit
from ledger.group import Writer
from ledger.posting import CREATED

CALLERS = 64
PATIENCE = 600
"""Seconds after which a writer that does not answer is broken."""


class Load:
    """The answers of one run: items a second, and milliseconds from asking to the outcome."""

    def __init__(self, items: Sequence[Unit]) -> None:
        self.items, self.waits, self.all_answered = items, list[float](), Event()
        self.others: list[object] = []
        gc.collect()
        gc.freeze()
        self.since = perf_counter()

    def answered(self, asked: float, outcome: Future[list[str]]) -> None:
        self.waits.append(perf_counter() - asked)
        if (said := outcome.exception() or outcome.result()) != [CREATED]:
            self.others.append(said)
        if len(self.waits) == len(self.items):
            self.seconds = perf_counter() - self.since
            self.all_answered.set()

    def finished(self) -> Load:
        assert self.all_answered.wait(PATIENCE), "the writer does not answer"
        gc.unfreeze()
        assert self.others == []
        return self

    @property
    def rate(self) -> float:
        return len(self.items) / self.seconds

    def percentile(self, which: int) -> float:
        """Milliseconds that so many of a hundred waited at most."""
        return 1_000 * quantiles(self.waits, n=100, method="inclusive")[which - 1]


def closed_loop(writer: Writer, items: Sequence[Unit], callers: int = CALLERS) -> Load:
    """Every caller waits for its outcome before it asks again."""
    load, waiting = Load(items), iter(items)

    def ask() -> None:
        item = next(waiting, None)
        if item is not None:
            writer.submit(item).add_done_callback(_then(load, perf_counter(), ask))

    for _ in range(callers):
        ask()
    return load.finished()


def in_threads(writer: Writer, items: Sequence[Unit], callers: int = CALLERS) -> Load:
    """The same, every caller a thread."""
    load, ready = Load(items), Barrier(callers)

    def call(mine: Sequence[Unit]) -> None:
        if ready.wait() == 0:
            load.since = perf_counter()
        for item in mine:
            asked, outcome = perf_counter(), writer.submit(item)
            outcome.exception()
            load.answered(asked, outcome)

    threads = [Thread(target=call, args=(items[n::callers],)) for n in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load.finished()


def open_loop(writer: Writer, items: Sequence[Unit], rate: float) -> Load:
    """So many a second, at seeded random moments. A wait is counted from when the item was due: a stall delays all in it."""
    load = Load(items)
    for due, item in zip(_moments(rate), items, strict=False):
        asked = load.since + due
        if (early := asked - perf_counter()) > 0:
            sleep(early)
        writer.submit(item).add_done_callback(_then(load, asked))
    return load.finished()


def _then(load: Load, asked: float, after: Callable[[], None] = lambda: None) -> Callable[[Future[list[str]]], None]:
    def answered(outcome: Future[list[str]]) -> None:
        load.answered(asked, outcome)
        after()

    return answered


def _moments(rate: float) -> Iterator[float]:
    luck = Random(1)
    return accumulate(luck.expovariate(rate) for _ in iter(int, 1))
