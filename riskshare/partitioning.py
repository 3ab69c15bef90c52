"""A book larger than memory, cut into parts that can be worked out alone: whole scheme-years, each in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.faults import Refusal, Refused
from riskshare.program import spans_years
from riskshare.terms import Scheme

if TYPE_CHECKING:
    import polars as pl

ROWS = 1_000_000
"""Facts in a part, as far as scheme-years allow."""

_FALLS_BACK = {"default_on": "effective_on", "compensated_on": "effective_on", "paid_on": "effective_on"}


def partition(scheme: Scheme, path: Path, folder: Path, rows: int = ROWS) -> list[Path]:
    """Write the facts of a Parquet file into one file for each part, in `folder`. The file is read once or twice, in pieces.

    Raises Refused where facts of one scheme-year depend on those of another, saying why.
    """
    import polars as pl

    book = pl.scan_parquet(path)
    columns = book.collect_schema().names()
    year = _year(scheme, path, columns)
    _refuse_joined(scheme, path, book, columns, year)
    counts = book.group_by(year.alias("_year")).len().collect(engine="streaming").sort("_year")
    part_of = _parts(dict(counts.iter_rows()), rows)
    numbered = book.with_columns(year.replace_strict(part_of, return_dtype=pl.Int32).alias("_part"))
    folder.mkdir(parents=True, exist_ok=True)
    target = pl.PartitionBy(folder, key="_part", include_key=False, approximate_bytes_per_file=None)
    numbered.sink_parquet(target, mkdir=True, engine="streaming")
    return sorted(folder.rglob("*.parquet"), key=_number)


def _number(path: Path) -> int:
    return int(path.parent.name.rpartition("=")[2])


def _parts(counts: Mapping[int, int], rows: int) -> dict[int, int]:
    """Scheme-years to parts, one after the other, none much above `rows` unless one year alone is."""
    part, filled, found = 0, 0, {}
    for year, count in counts.items():
        if filled and filled + count > rows:
            part, filled = part + 1, 0
        found[year] = part
        filled += count
    return found


def _year(scheme: Scheme, path: Path, columns: Sequence[str]) -> pl.Expr:
    """The scheme-year of a row."""
    import polars as pl

    if "year" in columns:
        return pl.col("year")
    wanted = {version.year_by for version in scheme.versions}
    if len(wanted) > 1:
        what = "the versions count scheme-years by different dates"
        raise Refused(Refusal(f"{path}", what, "a column year", advice="share it out without parts"))
    name = wanted.pop()
    dates = [pl.col(each).cast(pl.Date) for each in (name, _FALLS_BACK.get(name, "")) if each in columns]
    if not dates:
        what = f"the scheme-year is that of {name}, and there is no such column"
        raise Refused(Refusal(f"{path}, column {name}", what, f"a column {name} or year"))
    return pl.coalesce(dates).dt.year()  # a date that is not said is that of the fact, as when rows are read


def _refuse_joined(scheme: Scheme, path: Path, book: pl.LazyFrame, columns: Sequence[str], year: pl.Expr) -> None:
    """What would make one part ask what another holds."""
    import polars as pl

    reasons = []
    if spans_years(scheme):
        reasons.append("a limit or a recovery of the scheme counts over several scheme-years")
    if any(version.fuses for version in scheme.versions):
        reasons.append("a fuse is judged on readings of all years")
    if "replaces" in columns and book.select(pl.col("replaces").is_not_null().any()).collect().item():
        reasons.append("corrections may replace facts of another year")
    loans = book.group_by("loan").agg(year.n_unique().alias("years")).select((pl.col("years") > 1).any())
    if loans.collect(engine="streaming").item():
        reasons.append("a loan has facts in two scheme-years")
    if reasons:
        raise Refused(*(Refusal(f"{path}", f"cannot be cut into parts: {reason}") for reason in reasons))
