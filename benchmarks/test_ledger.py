"""The ledger beside a bare table and beside what people use today: how fast it posts and answers, and how large it is.

The raw limit is a COPY of the same postings, two a transfer, as ready text, into a table with neither key nor index, on the
same server in the same minutes, its commit included. A ratio is our transfers a second to that limit's.

Our clock runs over the call of `post` and its commit, so all that `post` does in Python is in the figure: the text it sends,
the numbers of accounts, the outcomes. The `Unit` values are made before it starts, like the text of the raw COPY and the
objects of the other ledgers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from random import Random
from statistics import mean, median
from typing import Any, NamedTuple

import psycopg
import pytest

from benchmarks.conftest import Figure
from benchmarks.ledger_ground import Ground, ground_of, opened_in, seconds
from benchmarks.ledger_load import (
    ACCOUNTS,
    ACTOR,
    BOOK,
    FIRST,
    SIX_SIDED,
    TWO_SIDED,
    Days,
    account,
    journals,
    owed,
    units,
)
from benchmarks.online import closed_loop, in_threads, open_loop
from benchmarks.peers import peers
from ledger.balances import balance, balance_as_of, balances_as_of
from ledger.batch import Unit
from ledger.group import Writer
from ledger.periods import Period, period_of
from ledger.server import LocalPostgres
from ledger.trial_balance import trial_balance

NewDatabase = Callable[[], str]

WIDTHS = {"two-sided": TWO_SIDED, "six-sided": SIX_SIDED}
CALLS, PER_CALL = 10, 100_000
"""1 M transfers in bulk."""


@pytest.fixture(scope="module")
def opened(new_database: NewDatabase) -> str:
    """The name of a database with an open ledger, to be copied."""
    with opened_in(new_database()) as ground:
        return ground.conn.info.dbname


@pytest.fixture
def ground(server: LocalPostgres, opened: str, full: bool) -> Iterator[Ground]:
    """A ledger of its own for each benchmark, dropped after it: the next one finds a quiet server."""
    name = "ledger_benchmark"
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(f"create database {name} template {opened} strategy file_copy".encode())
        with ground_of(server.url(name)) as found:
            yield found
        admin.execute(f"drop database {name} with (force)".encode())
        if full:
            admin.execute("checkpoint")


@pytest.fixture
def per_call(full: bool) -> int:
    """Transfers of one call in bulk."""
    return PER_CALL if full else 20


@pytest.mark.parametrize("sides", list(WIDTHS))
def test_ledger_bulk(benchmark: Any, figure: Figure, ground: Ground, per_call: int, sides: str) -> None:
    """1 M transfers in calls of 100,000, turn by turn with the raw COPY and with sealing; then how large they are."""
    width = WIDTHS[sides]
    count, before = per_call // width, ground.size()
    copied, posted, sealed = list[float](), list[float](), list[float]()

    def measure() -> None:
        for call in range(CALLS):
            made = journals(call * count, count, width)
            copied.append(ground.copied(made))
            posted.append(ground.posted(list(units(made))))
            sealed.append(ground.sealed())

    benchmark.pedantic(measure)
    figure(f"bulk, {sides}", CALLS * per_call / sum(posted))
    figure(f"bulk, {sides}, of the raw limit", sum(copied) / sum(posted))
    figure(f"sealing, {sides}, of the time of posting", 100 * sum(sealed) / sum(posted))
    figure(f"bytes a transfer, {sides}", (ground.size() - before) / (CALLS * per_call))


def test_ledger_debts(benchmark: Any, full: bool, figure: Figure, ground: Ground, per_call: int) -> None:
    """Six-sided journals in calls of 100,000 transfers, each making a debt of another book that its first line cites."""
    count = per_call // SIX_SIDED
    copied, posted = list[float](), list[float]()

    def measure() -> None:
        for call in range(3 if full else 1):
            made = journals(call * count, count, SIX_SIDED)
            copied.append(ground.copied(made))
            posted.append(ground.posted(list(owed(units(made)))))

    benchmark.pedantic(measure)
    figure("bulk, six-sided with a debt each, of the raw limit", sum(copied) / sum(posted))


@pytest.mark.parametrize("size", [100, 1_000, 10_000])
def test_ledger_batches(benchmark: Any, full: bool, figure: Figure, ground: Ground, per_call: int, size: int) -> None:
    """Two-sided journals in small batches, a commit each; the middle one of 400, 40 or 4. The raw COPY is one of 100,000."""
    count, rounds = (size, 40_000 // size) if full else (10, 4)
    copied, posted = list[float](), list[float]()

    def measure() -> None:
        for number in range(rounds):
            if number % (rounds // 4) == 0:
                copied.append(ground.copied(journals(0, per_call)) / per_call)
            posted.append(ground.posted(list(units(journals(number * count, count)))) / count)

    benchmark.pedantic(measure)
    figure(f"posting in batches of {size:,}", 1 / median(posted))
    figure(f"posting in batches of {size:,}, of the raw limit", median(copied) / median(posted))


def test_ledger_beside_peers(
    benchmark: Any, full: bool, figure: Figure, ground: Ground, per_call: int, new_database: NewDatabase
) -> None:
    """The same two-sided journals through django-hordak and through plain SQLModel, turn by turn with ours.

    Ours in one call; django-hordak's `bulk_create` in batches of 1,000; SQLModel's `session.add` with a commit for each
    journal, as its tutorials have it, and with one for 1,000.
    """
    others = peers(new_database) if full else None
    ours, hordak, plain, batched = list[float](), list[float](), list[float](), list[float]()

    def measure() -> None:
        for turn in range(3 if full else 1):
            ours.append(ground.posted(list(units(journals(turn * per_call, per_call)))) / per_call)
            if others:
                hordak.extend(each / 1_000 for each in others[0].post(1_000, batches=5))
                plain.extend(others[1].post(1, batches=500))
                batched.extend(each / 1_000 for each in others[1].post(1_000, batches=1))

    benchmark.pedantic(measure)
    figure("Gongji, in one call", 1 / median(ours))
    if others:
        figure("django-hordak, bulk_create", 1 / median(hordak))
        figure("Gongji, times django-hordak", median(hordak) / median(ours))
        figure("SQLModel, session.add", 1 / median(plain))
        figure("SQLModel, session.add in batches of 1,000", 1 / median(batched))
        figure("Gongji, times SQLModel", median(plain) / median(ours))


@pytest.mark.parametrize("load", ["hot", "spread"])
def test_ledger_online(benchmark: Any, full: bool, figure: Figure, ground: Ground, per_call: int, load: str) -> None:
    """64 callers through the one writer, each waiting for its outcome; then items at half that rate, ready or not."""
    count, copied = 40_000 if full else 200, list[float]()
    numbers = iter(range(0, 10 * count, count))

    def ready() -> list[Unit]:
        return list(units(journals(next(numbers), count, hot=load == "hot")))

    def copy() -> None:
        copied.extend(ground.copied(journals(0, per_call)) / per_call for _ in range(4))

    def measure() -> None:
        with Writer(ground.url, actor=ACTOR) as writer:
            closed_loop(writer, ready()[: count // 10])
            copy()
            closed = closed_loop(writer, ready())
            copy()
            threads = in_threads(writer, ready())
            opened = open_loop(writer, ready(), closed.rate / 2)
        figure(f"online, 64 callers, {load}", closed.rate)
        figure(f"online, 64 callers, {load}, of the raw limit", closed.rate * mean(copied))
        figure(f"online, 64 callers, {load}, wait of 99 in 100", closed.percentile(99))
        figure(f"online, 64 threads, {load}", threads.rate)
        figure(f"online at half the rate, {load}, middle wait", opened.percentile(50))
        figure(f"online at half the rate, {load}, wait of 99 in 100", opened.percentile(99))

    benchmark.pedantic(measure)


def test_ledger_check(benchmark: Any, full: bool, figure: Figure, ground: Ground, per_call: int) -> None:
    """Every counter against the sum of its rows, and all against zero: 1 M postings, which are 500,000 transfers."""
    for call in range(5):
        ground.posted(list(units(journals(call * per_call, per_call))))
    ground.settled()
    took = list[float]()
    benchmark.pedantic(lambda: took.append(ground.checked()), rounds=5 if full else 1)
    figure("check of every counter, 1 M postings", median(took))


class Span(NamedTuple):
    """So many quarters of so many transfers each; with those before it, a ledger of a size."""

    size: str
    quarters: int
    transfers: int


SPANS = (Span("10 k", 4, 2_500), Span("100 k", 4, 22_500), Span("1 M", 4, 225_000), Span("10 M", 36, 250_000))
TRIAL = (Span("10 k", 2, 10), Span("100 k", 2, 20), Span("1 M", 2, 30))
LARGE = "GONGJI_BENCHMARK_LARGE"
"""Set, it makes growth go on from 1 M to 10 M transfers."""


def test_ledger_growth(benchmark: Any, full: bool, figure: Figure, ground: Ground) -> None:
    """A ledger that grows quarter by quarter, every quarter but the last closed: posting and answers at each size."""
    spans = TRIAL if not full else SPANS if os.environ.get(LARGE) else SPANS[:-1]
    ratios: dict[str, float] = {}

    def measure() -> None:
        first, quarter = 0, Period("quarter", FIRST)
        for span in spans:
            for _ in range(span.quarters):
                if first:
                    ground.closed(quarter)
                    quarter = quarter.next()
                _fill(ground, first, span.transfers, quarter)
                first += span.transfers
            ground.settled()
            _answers(ground, figure, span.size, quarter, 20 if full else 2)
            ratios[span.size] = _posting(ground, figure, span.size, quarter, full)
            if span.size == "1 M":
                _one_by_one(ground, figure, quarter, full)

    benchmark.pedantic(measure)
    for size in list(ratios)[2:]:
        figure(f"posting at {size} transfers, of that at 10 k", ratios[size] / ratios["10 k"])


def _fill(ground: Ground, first: int, count: int, quarter: Period) -> None:
    for number in range(first, first + count, PER_CALL):
        made = journals(number, min(PER_CALL, first + count - number), days=Days(quarter.first, quarter.last))
        ground.posted(list(units(made)))


def _answers(ground: Ground, figure: Figure, size: str, quarter: Period, drawn: int) -> None:
    """Milliseconds: the slowest of twenty questions drawn by lot, each the middle of three."""
    luck, conn = Random(size), ground.conn
    accounts = [account(luck.randrange(ACCOUNTS)) for _ in range(drawn)]
    days = [FIRST + timedelta(luck.randrange((quarter.last - FIRST).days)) for _ in range(drawn)]
    closed = [Period("quarter", FIRST), *(period_of("quarter", day) for day in days if day < quarter.first)]

    def slowest(ask: Callable[..., object], *words: Sequence[object]) -> float:
        asked = [partial(ask, *each) for each in zip(*words, strict=True)]
        return 1_000 * max(median(seconds(each) for _ in range(3)) for each in asked)

    figure(f"balance of an account, {size}", slowest(lambda key: balance(conn, key), accounts))
    figure(f"as of a day, an account, {size}", slowest(lambda key, day: balance_as_of(conn, key, day), accounts, days))
    figure(f"as of a day, all accounts, {size}", slowest(lambda day: balances_as_of(conn, day), days))
    figure(
        f"trial balance of a closed quarter, {size}",
        slowest(lambda period: trial_balance(conn, period.first, period.last, BOOK), closed),
    )


def _posting(ground: Ground, figure: Figure, size: str, quarter: Period, full: bool) -> float:
    """The middle one of 20 batches of 1,000, of the raw limit in the same minute."""
    batch, rounds, many = (1_000, 20, PER_CALL) if full else (10, 1, 10)
    days = Days(quarter.first, quarter.last)
    copied = [ground.copied(journals(0, many, days=days)) / many for _ in range(3)]
    posted = [
        ground.posted(list(units(journals(number * batch, batch, days=days), f"at {size}"))) / batch
        for number in range(rounds)
    ]
    figure(f"posting at {size} transfers, of the raw limit", ratio := median(copied) / median(posted))
    return ratio


def _one_by_one(ground: Ground, figure: Figure, quarter: Period, full: bool) -> None:
    """A caller who posts one event, waits for its commit, and posts the next."""
    count, many = (1_000, PER_CALL) if full else (10, 10)
    days = Days(quarter.first, quarter.last)
    copied, posted = list[float](), list[float]()
    for number, unit in enumerate(units(journals(0, count, days=days), "alone")):
        if number % (count // 10) == 0:
            copied.append(ground.copied(journals(0, many, days=days)) / many)
        posted.append(ground.posted([unit]))
    figure("one caller at a time, 1 M", 1 / mean(posted))
    figure("one caller at a time, 1 M, of the raw limit", mean(copied) / mean(posted))
