"""A large Parquet file of plain facts as arrays, without a look at single rows. Anything else is read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.faults import Refusal, Refused
from ledger.money import MAX_MINOR, places, show_amount
from riskshare.columns import Coded, Facts
from riskshare.compiled import WORTH_IT
from riskshare.facts_file import CONCLUSION, MINOR, PAID, READING, RULING, Loaded
from riskshare.terms import COMPONENTS, Scheme

if TYPE_CHECKING:
    import polars as pl

SHOWN = 20
_EPOCH = date(1970, 1, 1).toordinal()
_BY_ROW = {"replaces", "currency", "scheme", "security", "decision", "fuse", *COMPONENTS}
_FALLS_BACK = {"default_on": "effective_on", "compensated_on": "effective_on", "paid_on": "effective_on"}


def read_large(path: Path, scheme: Scheme) -> Loaded | None:
    """The facts of a file, or None where they are few or say more than whole columns can tell.

    Raises Refused for cells that are empty, negative or too large, and for days without a version.
    """
    import polars as pl

    try:
        names = set(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError):
        return None  # the reader of rows says what is wrong with the file
    if not _plain(scheme, names):
        return None
    frame = pl.read_parquet(path)
    if frame.height < WORTH_IT or not (_plain_kinds(scheme, frame) and _exact(scheme, frame)):
        return None
    return _loaded(path.name, scheme, frame)


def _plain(scheme: Scheme, names: set[str]) -> bool:
    """Whether nothing in the columns or the terms asks for a look at single rows."""
    needed = {"fact", "kind", "loan", "effective_on"}
    measures = {name for version in scheme.versions for name in version.measures}
    dates = {scheme.applies_by, *(version.year_by for version in scheme.versions)}
    known = {_FALLS_BACK.get(name, name) if name not in names else name for name in dates}
    return (
        needed <= names
        and bool({"amount", f"amount{MINOR}"} & names)
        and not _BY_ROW & names - measures
        and all({name, f"{name}{MINOR}"} & names for name in measures)
        and (
            known <= names
            or ("registered_on" in known - names and known - names == {"registered_on"} and len(scheme.versions) == 1)
        )
        and not any(
            version.fuses or version.works_out or (version.late == "append" and "booked_on" in names)
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
    measures = {name for version in scheme.versions for name in version.measures - version.counts}
    for name in ({"amount", *measures}) & set(frame.columns):
        dtype = frame[name].dtype
        exact = dtype.is_integer() or (isinstance(dtype, pl.Decimal) and dtype.scale <= digits)
        if not exact and f"{name}{MINOR}" not in frame.columns:
            return False
    return True


def _loaded(name: str, scheme: Scheme, frame: pl.DataFrame) -> Loaded:
    import numpy as np

    reading = _Columns(name, scheme, frame, [])
    on = reading.days("effective_on")
    amounts = reading.money("amount")
    days = {each: reading.days(each) for each in frame.columns if each.endswith("_on")}
    applies = days.get(scheme.applies_by, on)
    versions = reading.versions(applies)
    year_by = scheme.versions[0].year_by
    years = reading.numbers("year") if "year" in frame.columns else _years(days.get(year_by, on))
    counts = {name for version in scheme.versions for name in version.counts}
    asked_for = sorted({name for version in scheme.versions for name in version.measures})
    measures = {m: reading.numbers(m) if m in counts else reading.money(m) for m in asked_for}
    used = {
        *days,
        "fact",
        "kind",
        "loan",
        "year",
        "filing",
        "priority",
        "amount",
        f"amount{MINOR}",
        *measures,
        *(f"{m}{MINOR}" for m in measures),
    }
    asked = {a for v in scheme.versions for a in v.attributes}
    attributes = {a: _texts(frame[a]) for a in frame.columns if a not in used and not frame[a].dtype.is_float()}
    attributes |= {a: _texts(frame[a].cast(str)) for a in asked & days.keys()}
    ids, loans, kinds = _ids(frame["fact"]), _texts(frame["loan"]), _texts(frame["kind"])
    reading.maximum(versions, amounts)
    if reading.faults:
        raise Refused(*reading.faults)
    none = np.broadcast_to(np.int64(0), len(amounts))
    facts = Facts(
        ids=ids,
        kinds=kinds,
        loans=loans,
        days=on,
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

        series = self.frame[column]
        if series.dtype == pl.String:
            series = series.str.to_date("%Y-%m-%d", strict=False)
        return self.whole(series.cast(pl.Date).to_physical(), column) + np.int32(_EPOCH)

    def numbers(self, column: str) -> Any:
        """Plain whole numbers."""
        return self.whole(self.frame[column], column)

    def money(self, column: str) -> Any:
        """Minor units: from a column of minor units, or exact from whole or decimal numbers."""
        import numpy as np
        import polars as pl

        factor = 10 ** places(self.scheme.currency)
        if f"{column}{MINOR}" in self.frame.columns:
            column = f"{column}{MINOR}"
            series = self.frame[column]
        elif self.frame[column].dtype.is_integer():
            series = (self.frame[column].cast(pl.Int128) * factor).cast(pl.Int64, strict=False)
        else:
            series = (self.frame[column].cast(pl.Decimal(38, 4)) * factor).cast(pl.Int64, strict=False)
        values = self.whole(series, column)
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
    if series.len() and (series == series[0]).all():
        return Coded(np.broadcast_to(np.int64(0), series.len()), [str(series[0]) if series[0] is not None else ""])
    words = series.cast(pl.String).fill_null("")
    found = words.unique(maintain_order=True)
    codes = words.cast(pl.Enum(found)).to_physical()
    return Coded(codes.cast(pl.Int64).to_numpy(), found.to_list())
