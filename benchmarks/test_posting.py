"""Posting: transfers a second in batches of one size, beside a bare COPY of the same rows in the same minute.

Each transfer is an event of its own, with a key, a digest, a journal and a commit per batch: the dearest shape there is.
Fifty books take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from hashlib import sha256
from itertools import count
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.conftest import Figure
from ledger.batch import Line, Unit
from ledger.copying import copy_rows
from ledger.database import Database
from ledger.posting import CREATED, post

if TYPE_CHECKING:
    from psycopg import Connection

BOOKS = 50
ON = date(2024, 3, 1)
ROUNDS = {100: 100, 1_000: 40, 10_000: 8}
BARE = """
CREATE TABLE public.bare (book_id integer, journal_no bigint, line smallint, debit_account_id integer, credit_account_id integer,
  amount bigint, effective_on date, rule text, obligation_id uuid)"""


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], str]) -> Iterator[Connection[Any]]:
    """A ledger whose books and accounts are open already, and a table with neither key nor index."""
    with closing(Database(new_database()).connect()) as conn:
        conn.autocommit = True
        conn.execute(BARE)
        with conn.transaction():
            post(conn, _units(iter(range(-BOOKS, 0)), BOOKS), "benchmark")
        yield conn


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


@pytest.mark.parametrize("size", list(ROUNDS))
def test_posting(
    benchmark: Any, full: bool, figure: Figure, connection: Connection[Any], numbers: Iterator[int], size: int
) -> None:
    """Batches of `size` events of one transfer each."""
    copied: list[float] = []
    posted: list[float] = []

    def setup() -> tuple[tuple[Sequence[Unit]], dict[str, Any]]:
        copied.append(_copied(connection, next(numbers), size))
        return (_units(numbers, size),), {}

    def posting(units: Sequence[Unit]) -> None:
        since = perf_counter()
        with connection.transaction():
            outcomes = post(connection, units, "benchmark")
        posted.append(perf_counter() - since)
        assert outcomes == [CREATED] * size

    benchmark.pedantic(posting, setup=setup, rounds=ROUNDS[size] if full else 1)
    name = f"posting in batches of {size:,}"
    figure(name, size / median(posted))
    figure(f"{name}, times the time of a bare COPY", median(posted) / median(copied))


def _units(numbers: Iterator[int], size: int) -> list[Unit]:
    return [_unit(next(numbers)) for _ in range(size)]


def _unit(number: int) -> Unit:
    book, key = f"Bank {number % BOOKS:02}", f"event {number}"
    line = Line(
        book, (book, "cash", None, "CNY"), (book, "capital", None, "CNY"), 100 + number % 977 + BOOKS, "C1", None
    )
    return Unit(key, sha256(key.encode()).digest(), "capital.paid_in", ON, None, (line,), ())


def _copied(conn: Connection[Any], number: int, size: int) -> float:
    """Seconds of a COPY of as many rows of the same columns, and its commit."""
    rows = [f"{row % BOOKS}\t{number}\t1\t{row}\t{row + 1}\t{row + 100}\t{ON}\tC1\t\\N\n" for row in range(size)]
    since = perf_counter()
    with conn.transaction():
        copy_rows(conn, "public.bare", rows)
    return perf_counter() - since
