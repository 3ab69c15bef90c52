"""A whole book from file to files: read, put in order, worked out a few scheme-years at a time, written as it goes.

A book that is too large for memory, or that several processes shall share, is cut into parts first: each part is whole
scheme-years in a file of its own, and nothing of one part is asked by another.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any

from ledger.faults import Conflict, Refusal
from riskshare.allocate import Buffers, admit, cuts, piece, years_stand_alone
from riskshare.columns import in_order, is_array, key_order
from riskshare.facts_file import Loaded, Waiting, read_facts
from riskshare.partitioning import ROWS, partition
from riskshare.scheme_file import read_scheme
from riskshare.splitting import split
from riskshare.terms import Scheme

if TYPE_CHECKING:
    import polars as pl

WHOLE = 20_000_000
"""Facts that are worked on as one part: about four gigabytes."""

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many facts, what each party bears in minor units, and the work list."""

    facts: int
    totals: dict[str, int]
    waiting: Sequence[Waiting]


def share_out(scheme: Scheme, book: Path, out: Path, processes: int, advance: Advance) -> Written:
    """Share out a Parquet book into the new folder `out`: one row for each fact, one column of minor units for each party.

    All or nothing: the folder appears when everything is written. Raises Conflict where it is there already, Refused.
    """
    import polars as pl

    if out.exists():
        raise Conflict(
            Refusal(str(out), "it is there already", "a new folder", "an old one", "name another or remove it")
        )
    beside = out.with_name(out.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)
    (beside / "result").mkdir(parents=True)
    try:
        rows = pl.scan_parquet(book).select(pl.len()).collect().item()
        cut = processes > 1 or rows > WHOLE
        parts = partition(scheme, book, beside / "parts", min(ROWS, rows // (4 * processes) + 1)) if cut else [book]
        found = Written(0, {}, [])
        for done, each in enumerate(_worked(scheme, parts, beside / "result", processes), 1):
            advance("share out", done, len(parts))
            found = _together(found, each)
        (beside / "result").replace(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return found


def _worked(scheme: Scheme, parts: Sequence[Path], folder: Path, processes: int) -> Iterator[Written]:
    tasks = [(scheme.text, scheme.file, part, folder / f"part-{number:05}") for number, part in enumerate(parts)]
    if processes == 1:
        yield from map(_part, tasks)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _one_thread_each) as pool:
        yield from pool.map(_part, tasks)


def _one_thread_each() -> None:
    """Processes share the work already: no more threads than processors."""
    global workers
    workers = 1
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


def _part(task: tuple[str, str, Path, Path]) -> Written:
    """One part, in whichever process."""
    from riskshare.meaning import MEASURES

    text, name, book, target = task
    scheme = read_scheme(text, name, measures=MEASURES, roles=None)
    loaded = read_facts(book, scheme)
    if is_array(loaded.facts.amounts) and years_stand_alone(scheme, loaded.facts):
        return _piece_by_piece(scheme, loaded, target)
    found = split(scheme, loaded)
    _write(_frame(loaded.facts.ids, found.columns), target.with_suffix(".parquet"))
    return Written(len(loaded.facts.ids), {p: int(sum(c)) for p, c in found.columns.items()}, found.waiting)


workers = 2
"""Pieces worked out at the same time in one process: the loops and the writing run beside each other."""


def _piece_by_piece(scheme: Scheme, loaded: Loaded, target: Path) -> Written:
    admit(scheme, loaded.facts)
    ordered = in_order(loaded.facts, key_order(loaded.facts, by_year=True))
    own = local()

    def work(numbered: tuple[int, slice]) -> tuple[dict[str, int], list[Waiting]]:
        if not hasattr(own, "buffers"):
            own.buffers = Buffers()
        number, rows = numbered
        found = piece(scheme, ordered, rows, own.buffers)
        shares, ids = found.allocation.shares, found.facts.ids
        _write(_frame(ids, shares), target.with_name(f"{target.name}-{number:05}.parquet"))
        waiting = [Waiting(str(ids[each.fact]), each.article, each.reason) for each in found.allocation.work_list]
        return {party: int(column.sum()) for party, column in shares.items()}, waiting

    totals: Counter[str] = Counter()
    waiting: list[Waiting] = []
    with ThreadPoolExecutor(workers) as pool:
        for sums, waits in pool.map(work, enumerate(cuts(ordered))):
            totals.update(sums)
            waiting += waits
    return Written(len(loaded.facts.amounts), dict(totals), waiting)


def _frame(ids: Any, columns: Any) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        [pl.Series("fact", ids), *(pl.Series(party, c, dtype=pl.Int64) for party, c in columns.items())]
    )


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="lz4", statistics=False)


def _together(a: Written, b: Written) -> Written:
    totals = {party: a.totals.get(party, 0) + b.totals.get(party, 0) for party in {**a.totals, **b.totals}}
    return Written(a.facts + b.facts, totals, [*a.waiting, *b.waiting])
