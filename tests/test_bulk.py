"""A large book into a folder of files: in one piece, in pieces, in several processes, always the same to the fen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from riskshare import allocate as engine
from riskshare.allocate import allocate
from riskshare.facts_file import read_facts
from riskshare.meaning import MEASURES
from riskshare.partitioning import partition
from riskshare.scheme_file import read_scheme
from riskshare.terms import Scheme

np = pytest.importorskip("numpy")
pytest.importorskip("numba")

TERMS = """id = "nation"
title = { zh = "全国", en = "nation" }
currency = "CNY"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2020-01-01
source = "an example"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "cumulative", method = "largest_remainder" }
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[[version.clause]]
name = "loss"
article = "1"
layer = { per = "loan", limit = "1,000,000.00", first = "shared", then = "bank" }
[[version.clause]]
name = "shared"
article = "2"
share = { guarantor = "40%", reguarantor = "30%", bank = "20%", pool = "10%" }
[[version.clause]]
name = "pool"
article = "3"
layer = { per = "scheme-year", limit = "500,000.00", first = "government", then = "bank" }
"""


def scheme(text: str = TERMS) -> Scheme:
    return read_scheme(text, "nation.toml", measures=MEASURES, roles=None)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60,000 losses of 30,000 loans in 50 scheme-years, in no order."""
    chance, n = np.random.default_rng(7), 60_000
    loans = chance.integers(0, 30_000, n)
    frame = pl.DataFrame(
        {
            "fact": chance.permutation(n),
            "kind": ["loss"] * n,
            "loan": loans,
            "effective_on": pl.Series(chance.integers(19_000, 19_300, n).astype("i4")).cast(pl.Date),
            "year": (loans % 50 + 2000).astype("i4"),
            "amount_minor": chance.integers(0, 90_000_000, n),
        }
    )
    path = tmp_path_factory.mktemp("book") / "book.parquet"
    frame.write_parquet(path)
    return path


@pytest.fixture(scope="module")
def expected(book: Path) -> pl.DataFrame:
    """The same book row by row in plain Python."""
    loaded = read_facts(book, scheme())
    shares = allocate(scheme(), loaded.facts, compiled=False).shares
    return pl.DataFrame([pl.Series("fact", loaded.facts.ids), *(pl.Series(r, c) for r, c in shares.items())]).sort(
        "fact"
    )


def rows(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "*.parquet").sort("fact")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_book_in_a_folder_is_the_book_row_by_row(
    gongji: Callable[..., Any], book: Path, expected: pl.DataFrame, tmp_path: Path, processes: str
) -> None:
    (tmp_path / "nation.toml").write_text(TERMS, encoding="utf-8")
    done = gongji(
        "split", tmp_path / "nation.toml", book, "--out", tmp_path / "out", "--processes", processes, "--json"
    )
    assert done.code == 0, done.err
    assert rows(tmp_path / "out").equals(expected)
    assert json.loads(done.out)["facts"] == 60_000
    assert len(list((tmp_path / "out").iterdir())) > (1 if processes == "2" else 0)


def test_pieces_of_scheme_years_are_the_whole(book: Path, expected: pl.DataFrame, monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "PART", 7_000)
    loaded = read_facts(book, scheme())
    found = allocate(scheme(), loaded.facts)
    frame = pl.DataFrame([pl.Series("fact", loaded.facts.ids), *(pl.Series(r, c) for r, c in found.shares.items())])
    assert frame.sort("fact").equals(expected)


def test_one_scheme_year_larger_than_a_piece(book: Path, monkeypatch: Any) -> None:
    one = read_facts(book, scheme())
    facts = engine.replace(one.facts, years=one.facts.years * 0 + 2020)
    whole = allocate(scheme(), facts)
    monkeypatch.setattr(engine, "PART", 7_000)
    pieces = allocate(scheme(), facts)
    assert all((whole.shares[role] == pieces.shares[role]).all() for role in whole.roles)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.with_columns(year=pl.lit(2000) + pl.col("fact") % 3), "a loan has facts in two scheme-years"),
        (lambda f: f.with_columns(replaces=pl.col("fact")), "corrections may replace facts of another year"),
    ],
)
def test_what_cannot_be_cut_into_parts_is_refused(book: Path, tmp_path: Path, change: Any, says: str) -> None:
    path = tmp_path / "other.parquet"
    change(pl.read_parquet(book)).write_parquet(path)
    with pytest.raises(engine.Refused, match=f"cannot be cut into parts: {says}"):
        partition(scheme(), path, tmp_path / "parts")


def test_a_year_by_a_date_that_is_not_always_said(book: Path, tmp_path: Path) -> None:
    """Where a default date is missing the day of the fact counts, in parts as in the whole."""
    path = tmp_path / "dates.parquet"
    frame = pl.read_parquet(book).drop("year").with_columns(loan=pl.col("fact"))
    default = pl.when(pl.col("fact") % 2 == 0).then(pl.col("effective_on").dt.offset_by("-2y"))
    frame.with_columns(default_on=default).write_parquet(path)
    parts = [pl.read_parquet(part) for part in partition(scheme(), path, tmp_path / "parts", 20_000)]
    assert sum(part.height for part in parts) == 60_000
    years = [set(part.select(pl.coalesce("default_on", "effective_on").dt.year()).to_series()) for part in parts]
    assert len(years) > 1
    assert len(set.union(*years)) == sum(map(len, years))


def test_a_limit_over_several_years_is_not_cut(book: Path, tmp_path: Path) -> None:
    life = scheme(TERMS.replace('per = "scheme-year"', 'per = "life"'))
    with pytest.raises(engine.Refused, match="a limit or a recovery of the scheme counts over several scheme-years"):
        partition(life, book, tmp_path / "parts")


def test_a_folder_that_is_there_is_left_alone(gongji: Callable[..., Any], book: Path, tmp_path: Path) -> None:
    (tmp_path / "nation.toml").write_text(TERMS, encoding="utf-8")
    (tmp_path / "out").mkdir()
    done = gongji("split", tmp_path / "nation.toml", book, "--out", tmp_path / "out")
    assert done.code == 5
    assert "it is there already" in done.err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_killed_run_leaves_no_folder_and_the_next_one_is_whole(
    book: Path, expected: pl.DataFrame, tmp_path: Path
) -> None:
    (tmp_path / "nation.toml").write_text(TERMS, encoding="utf-8")
    words = [
        sys.executable,
        "-m",
        "cli",
        "split",
        str(tmp_path / "nation.toml"),
        str(book),
        "--out",
        str(tmp_path / "out"),
    ]
    root = Path(__file__).resolve().parent.parent
    run = subprocess.Popen(words, cwd=root, start_new_session=True, stdout=subprocess.DEVNULL)
    waited = time.monotonic()
    while not (tmp_path / "out.part").exists() and run.poll() is None and time.monotonic() - waited < 60:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    if not (tmp_path / "out").exists():
        subprocess.run(words, cwd=root, check=True, stdout=subprocess.DEVNULL)
    assert rows(tmp_path / "out").equals(expected)
    assert not (tmp_path / "out.part").exists()
