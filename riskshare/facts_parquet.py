"""A large Parquet file of plain facts as arrays, without a look at single rows. Anything else is read row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.faults import Refusal, Refused
from ledger.money import MAX_MINOR, places, show_amount
from riskshare.columns import Coded, Facts
from riskshare.compiled import WORTH_IT
from riskshare.facts_file import CONCLUSION, MINOR, PAID, READING, RULING, SECURITY, UNREGISTERED, Loaded
from riskshare.reach import asked_anywhere
from riskshare.terms import COMPONENTS, Scheme

if TYPE_CHECKING:
    import polars as pl

SHOWN = 20
_EPOCH = date(1970, 1, 1).toordinal()
_BY_ROW = {"replaces", "currency", "scheme", SECURITY, "decision", "fuse", *COMPONENTS}
_LIKE_EFFECTIVE = ("default_on", "compensated_on", "paid_on")
_PLACE = ("fact", "kind", "loan", "year", "filing", "priority", "amount", f"amount{MINOR}")


def has_whole_ids(path: Path) -> bool:
    """Whether the facts of a file are numbered, not named."""
    import polars as pl

    return pl.read_parquet_schema(path)["fact"].is_integer()


def read_large(path: Path, scheme: Scheme) -> Loaded | None:
    """The facts of a file, or None where they are few or say more than whole columns can tell.

    Raises Refused for amounts that do not say their unit, negative or too large ones, and days without a version.
    """
    import polars as pl

    try:
        types = pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError):
        return None  # the reader of rows says what is wrong with the file
    _refuse_whole(path.name, scheme, types)
    if not _plain(scheme, set(types)):
        return None
    frame = pl.read_parquet(path)
    if frame.height < WORTH_IT or not (_plain_kinds(scheme, frame) and _exact(scheme, frame)):
        return None
    dated = _dated(scheme, frame)
    if dated is None or not _full(scheme, dated):
        return None
    return replace(_loaded(path.name, scheme, dated), notes=_notes(scheme, frame))


def _notes(scheme: Scheme, frame: pl.DataFrame) -> list[str]:
    if "registered_on" not in {scheme.applies_by, *(version.year_by for version in scheme.versions)}:
        return []
    said = "registered_on" in frame.columns and not frame["registered_on"].null_count()
    return [] if said else [UNREGISTERED]


def _refuse_whole(name: str, scheme: Scheme, types: Mapping[str, pl.DataType]) -> None:
    """Whole numbers could be yuan or fen: a column of minor units says so in its name."""
    amounts = {"amount", SECURITY, *COMPONENTS, *_measures(scheme)}
    refusals = [
        Refusal(
            f"{name}, column {column}",
            "whole numbers do not say their unit",
            f"decimals or texts, or a column {column}{MINOR} of minor units",
            str(dtype),
        )
        for column, dtype in types.items()
        if column in amounts and dtype.is_integer()
    ]
    if refusals:
        raise Refused(*refusals)


def _measures(scheme: Scheme) -> set[str]:
    """The measures that are amounts."""
    return {name for version in scheme.versions for name in version.measures - version.counts}


def _dates(scheme: Scheme) -> set[str]:
    """The dates that versions, years and choices ask for."""
    asked = {name for version in scheme.versions for name in version.attributes if name.endswith("_on")}
    return {scheme.applies_by, *(version.year_by for version in scheme.versions), *asked}


def _plain(scheme: Scheme, names: set[str]) -> bool:
    """Whether nothing in the columns or the terms asks for a look at single rows."""
    return (
        {"fact", "kind", "loan", "effective_on"} <= names
        and len({"amount", f"amount{MINOR}"} & names) == 1
        and not _BY_ROW & {name.removesuffix(MINOR) for name in names}
        and not any(
            version.fuses
            or version.works_out
            or (version.loss and version.loss.net_of in names)
            or (version.late == "append" and "booked_on" in names)
            for version in scheme.versions
        )
    )


def _plain_kinds(scheme: Scheme, frame: pl.DataFrame) -> bool:
    kinds = set(frame["kind"].unique().to_list())
    return not kinds & {READING, RULING, CONCLUSION, PAID, None} and all(
        version.entry(kind) is not None for version in scheme.versions for kind in kinds
    )


def _exact(scheme: Scheme, frame: pl.DataFrame) -> bool:
    """Whether every amount is a number that loses nothing as minor units. Texts go through the gate, row by row."""
    import polars as pl

    digits = places(scheme.currency)
    for name in ({"amount", *_measures(scheme)}) & set(frame.columns):
        dtype = frame[name].dtype
        if f"{name}{MINOR}" in frame.columns or not (isinstance(dtype, pl.Decimal) and dtype.scale <= digits):
            return False
    numbers = {"year", "filing", "priority", *(name for version in scheme.versions for name in version.counts)}
    minor = {name for name in frame.columns if name.endswith(MINOR)}
    return all(frame[name].dtype.is_integer() for name in (numbers & set(frame.columns)) | minor)


def _dated(scheme: Scheme, frame: pl.DataFrame) -> pl.DataFrame | None:
    """The frame with every date that is asked for, filled as rows are; None where a cell is no date."""
    import polars as pl

    asked = _dates(scheme) | {"effective_on"}
    for name in sorted(asked & set(frame.columns)):
        series = frame[name]
        found = series.str.to_date("%Y-%m-%d", strict=False) if series.dtype == pl.String else series
        if found.dtype != pl.Date or found.null_count() != series.null_count():
            return None
        frame = frame.with_columns(found.alias(name))
    on = pl.col("effective_on")
    for name in sorted(asked & {*_LIKE_EFFECTIVE}):
        frame = frame.with_columns((pl.coalesce(name, on) if name in frame.columns else on).alias(name))
    if "registered_on" in asked and ("registered_on" not in frame.columns or frame["registered_on"].null_count()):
        said = pl.coalesce("registered_on", on) if "registered_on" in frame.columns else on
        frame = frame.with_columns(said.alias("registered_on") if _any_day(scheme, frame) else _first(said))
    return frame


def _any_day(scheme: Scheme, frame: pl.DataFrame) -> bool:
    """Whether it decides nothing when a loan without a date was registered: one version, in force all the time."""
    (first, *more) = scheme.versions
    only_applies = first.year_by != "registered_on" and "registered_on" not in first.attributes
    earliest = frame["effective_on"].min()
    in_force = isinstance(earliest, date) and earliest >= first.effective and first.until is None
    return "registered_on" not in frame.columns and not more and only_applies and in_force


def _first(said: pl.Expr) -> pl.Expr:
    """The registration of a row, or the first day its loan is heard of."""
    import polars as pl

    return pl.coalesce(pl.col("^registered_on$"), said.min().over("loan")).alias("registered_on")


def _full(scheme: Scheme, frame: pl.DataFrame) -> bool:
    """Whether every cell that is needed is there. A measure may be empty where the terms of that kind never ask for it."""
    needed = ({*_PLACE, "effective_on"} - {"filing", "priority"}) & set(frame.columns)
    if any(frame[name].null_count() for name in needed):
        return False
    for version in scheme.versions:
        for kind in frame["kind"].unique().to_list():
            for name in asked_anywhere(version, kind):
                column = name if name in frame.columns else f"{name}{MINOR}"
                if column not in frame.columns:
                    return False
                if frame[column].null_count() and frame[column].filter(frame["kind"] == kind).null_count():
                    return False
    return True


def _loaded(name: str, scheme: Scheme, frame: pl.DataFrame) -> Loaded:
    import numpy as np

    reading = _Columns(name, scheme, frame, [])
    amounts = reading.money("amount")
    years_by = set() if "year" in frame.columns else {version.year_by for version in scheme.versions}
    days = {each: reading.days(each) for each in sorted({"effective_on", scheme.applies_by, *years_by})}
    versions = reading.versions(days[scheme.applies_by])
    counts = {count for version in scheme.versions for count in version.counts}
    told = {column.removesuffix(MINOR) for column in frame.columns}
    asked_for = sorted(told & {m for version in scheme.versions for m in version.measures})
    measures = {m: reading.numbers(m) if m in counts else reading.money(m) for m in asked_for}
    used = {*_PLACE, *measures, *(f"{m}{MINOR}" for m in measures)}
    attributes = {
        column: _texts(frame[column])
        for column in frame.columns
        if column not in used and not column.endswith("_on") and not frame[column].dtype.is_float()
    }
    dates = {a for v in scheme.versions for a in v.attributes} & set(frame.columns)
    attributes |= {a: _texts(frame[a].cast(str)) for a in sorted(dates) if a.endswith("_on")}
    reading.maximum(versions, amounts)
    years = reading.numbers("year") if "year" in frame.columns else reading.years(versions, days)
    if reading.faults:
        raise Refused(*reading.faults)
    none = np.broadcast_to(np.int64(0), len(amounts))
    facts = Facts(
        ids=_ids(frame["fact"]),
        kinds=_texts(frame["kind"]),
        loans=_texts(frame["loan"]),
        days=days["effective_on"],
        filings=reading.numbers("filing") if "filing" in frame.columns else none,
        priorities=reading.numbers("priority") if "priority" in frame.columns else none,
        years=years,
        amounts=amounts,
        versions=versions,
        measures=measures,
        attributes=attributes,
    )
    return Loaded(name, facts, range(2, len(amounts) + 2))


class _Columns:
    """The columns of a frame as arrays; faults are collected with the first rows they stand in."""

    def __init__(self, name: str, scheme: Scheme, frame: pl.DataFrame, faults: list[Refusal]) -> None:
        self.name, self.scheme, self.frame, self.faults = name, scheme, frame, faults

    def wrong(self, column: str, rows: Sequence[int], what: str, expected: str, got: Sequence[object] = ()) -> None:
        for k, row in enumerate(rows[:SHOWN]):
            where = f"{self.name}, row {row + 2}, column {column}"
            self.faults.append(Refusal(where, what, expected, str(got[k]) if len(got) else ""))
        if len(rows) > SHOWN:
            self.faults.append(Refusal(f"{self.name}, column {column}", f"{len(rows) - SHOWN} more rows: {what}"))

    def whole(self, series: pl.Series, column: str) -> Any:
        """A column of whole numbers; empty cells are at fault and read as zero."""
        import polars as pl

        if series.null_count():
            self.wrong(column, series.is_null().arg_true().to_list(), "the cell is empty", f"a {column}")
            series = series.fill_null(0)
        return (series if series.dtype in (pl.Int32, pl.Int64) else series.cast(pl.Int64)).to_numpy()

    def days(self, column: str) -> Any:
        """Dates as ordinals."""
        import numpy as np
        import polars as pl

        return self.whole(self.frame[column].cast(pl.Date).to_physical().fill_null(0), column) + np.int32(_EPOCH)

    def numbers(self, column: str) -> Any:
        """Plain whole numbers."""
        return self.whole(self.frame[column].fill_null(0), column)

    def years(self, versions: Any, days: Mapping[str, Any]) -> Any:
        """The scheme-year of each fact, by the date its version names."""
        import numpy as np

        ways = dict.fromkeys(version.year_by for version in self.scheme.versions)
        if len(ways) == 1:
            return _years(days[next(iter(ways))])
        of_version = [_years(days[version.year_by]) for version in self.scheme.versions]
        return np.choose(versions, of_version)

    def money(self, column: str) -> Any:
        """Minor units: from a column of minor units, or exact from decimals. What is empty here is never asked for."""
        import numpy as np
        import polars as pl

        factor = 10 ** places(self.scheme.currency)
        if f"{column}{MINOR}" in self.frame.columns:
            column = f"{column}{MINOR}"
            series = self.frame[column]
        else:
            series = (self.frame[column].cast(pl.Decimal(38, 4)) * factor).cast(pl.Int64, strict=False)
        values = self.whole(series.fill_null(0), column)
        if len(values) and (values.min() < 0 or values.max() > MAX_MINOR):
            wrong = ((values < 0) | (values > MAX_MINOR)).nonzero()[0].tolist()
            self.wrong(
                column,
                wrong,
                "not an amount",
                "zero or more, within the money gate",
                [values[i] for i in wrong[:SHOWN]],
            )
        return values.astype(np.int64, copy=False)

    def versions(self, days: Any) -> Any:
        """Which version is in force on each day."""
        import numpy as np

        starts = np.array([version.effective.toordinal() for version in self.scheme.versions])
        last = self.scheme.versions[-1].until
        inside = len(days) and days.min() >= starts[0] and (last is None or days.max() <= last.toordinal())
        if len(starts) == 1 and inside:
            return np.broadcast_to(np.int64(0), len(days))
        found = np.searchsorted(starts, days, side="right") - 1
        ends = np.array([v.until.toordinal() if v.until else 10**9 for v in self.scheme.versions])
        wrong = ((found < 0) | (days > ends[np.maximum(found, 0)])).nonzero()[0].tolist()
        if wrong:
            spans = " or ".join(f"{v.effective} to {v.until or 'now'}" for v in self.scheme.versions)
            what = f"scheme {self.scheme.id} has no version in force on this day"
            got = [date.fromordinal(int(days[i])) for i in wrong[:SHOWN]]
            self.wrong(self.scheme.applies_by, wrong, what, spans, got)
        return np.maximum(found, 0).astype(np.int64)

    def maximum(self, versions: Any, amounts: Any) -> None:
        """No fact above what its version declares."""
        for number, version in enumerate(self.scheme.versions):
            if version.maximum is not None:
                wrong = ((versions == number) & (amounts > version.maximum)).nonzero()[0].tolist()
                most = show_amount(version.maximum, self.scheme.currency)
                got = [show_amount(int(amounts[i]), self.scheme.currency) for i in wrong[:SHOWN]]
                self.wrong("amount", wrong, "above the largest fact the scheme declares", f"at most {most}", got)


def _years(days: Any) -> Any:
    """The calendar years of ordinals."""
    import numpy as np

    return (days - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _ids(series: pl.Series) -> Any:
    """Whole numbers stay numbers; anything else is text."""
    import polars as pl

    return series.cast(pl.Int64).to_numpy() if series.dtype.is_integer() else series.cast(pl.String).to_list()


def _texts(series: pl.Series) -> Coded:
    """A column of words as numbers; an empty cell is an empty word."""
    import numpy as np
    import polars as pl

    if series.dtype.is_integer() and series.len() and not series.null_count():
        values = series.cast(pl.Int64).to_numpy()
        low, high = int(values.min()), int(values.max())
        if high - low <= 4 * len(values):
            return Coded(values - low if low else values, range(low, high + 1))  # type: ignore[arg-type]  # looked up as texts
        found, codes = np.unique(values, return_inverse=True)
        return Coded(codes, found)  # type: ignore[arg-type]
    if series.len() and (series == series[0]).all():
        return Coded(np.broadcast_to(np.int64(0), series.len()), [str(series[0]) if series[0] is not None else ""])
    words = series.cast(pl.String).fill_null("")
    different = words.unique(maintain_order=True)
    return Coded(words.cast(pl.Enum(different)).to_physical().cast(pl.Int64).to_numpy(), different.to_list())
