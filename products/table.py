"""Files of rows read into columns of text, and the text of one cell into what it means."""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ledger.faults import NotFound, Refusal, Refused
from ledger.money import AmountError, parse_amount

if TYPE_CHECKING:
    import polars as pl

Cell = str | int | date | None
TYPES = (".csv", ".csv.gz", ".parquet")
SHOWN = 20
"""How many faults of one kind a message lists before it gives their number."""


@dataclass(frozen=True, slots=True)
class Table:
    """The wanted columns of one file as text; None is an empty cell. `lines` is where each row begins, for CSV."""

    file: str
    sha256: str
    headers: tuple[str, ...]
    columns: Mapping[str, Sequence[str | None]]
    rows: int
    lines: Sequence[int] | None


class CellError(ValueError):
    """A cell that cannot be read. `kind` names the type, `expected` what would have been read."""

    def __init__(self, kind: str, what: str, expected: str) -> None:
        super().__init__(what)
        self.kind = kind
        self.expected = expected


def read_table(path: Path, wanted: Collection[str]) -> Table:
    """Read the wanted columns of a CSV, a packed CSV or a Parquet file, whole, before anything is decided."""
    kind = next((end for end in TYPES if path.name.lower().endswith(end)), None)
    if kind is None:
        what, advice = "this type of file cannot be read", "save the sheet as CSV UTF-8"
        raise Refused(Refusal(path.name, what, " or ".join(TYPES), path.suffix or "no ending", advice))
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if kind == ".parquet":
        return _parquet(path.name, data, digest, wanted)
    return _csv(path.name, BytesIO(data), kind == ".csv.gz", digest, wanted)


def money_reader(currency: str) -> Callable[[str], int]:
    """Text to minor units, through the one gate."""

    def read(text: str) -> int:
        try:
            return parse_amount(text.strip(), currency)
        except AmountError as fault:
            raise CellError("money", str(fault), fault.expected) from None

    return read


def read_whole(text: str) -> int:
    """Text to a whole number of at most four digits: months, days, heads."""
    if not _WHOLE.fullmatch(text.strip()):
        raise CellError("whole", "not a whole number", "a whole number from 0 to 9999")
    return int(text)


def text_reader(one_of: Sequence[str] = ()) -> Callable[[str], str]:
    """Text as it stands, its outer blanks off; with `one_of`, nothing but these words."""

    def read(text: str) -> str:
        text = text.strip()
        if _CONTROL.search(text):
            raise CellError("text", "the text contains a control character", "text on one line")
        if _SHORTENED.fullmatch(text):
            raise CellError("text", "a spreadsheet has shortened this number", "all its digits, in a cell of type text")
        if one_of and text not in one_of:
            raise CellError("text", "not one of the known words", " or ".join(one_of))
        return text

    return read


def date_reader(formats: Sequence[str], as_of: date | None) -> Callable[[str], date]:
    """Text to a date by the first format that fits: %Y %m %d, %b (Jan), %y (the last such year up to `as_of`)."""
    patterns = [_date_pattern(form) for form in formats]
    expected = "a date that exists, written " + " or ".join(re.sub("%(.)", lambda m: _SHOWN[m[1]], f) for f in formats)

    def read(text: str) -> date:
        for pattern in patterns:
            match = pattern.fullmatch(text.strip())
            if match:
                return _date(match, as_of, expected)
        raise CellError("date", "not a date in the known forms", expected)

    return read


def date_format_fault(form: str, as_of: date | None) -> str:
    """What is wrong with a date format of a profile, or nothing."""
    marks = re.findall(r"%(.?)", form)
    if sorted(marks) not in (["Y", "d", "m"], ["Y", "b", "d"], ["d", "m", "y"], ["b", "d", "y"]):
        return "a date needs its year (%Y or %y), month (%m or %b) and day (%d), each once"
    return "two digits of a year (%y) need the profile's as_of" if "y" in marks and as_of is None else ""


# CSV: Python's own reader, since it knows the line of every row and can say which one is broken.


def _csv(file: str, stream: BinaryIO, packed: bool, digest: str, wanted: Collection[str]) -> Table:
    records = _records(file, _lines(file, gzip.GzipFile(fileobj=stream) if packed else stream))
    headers = tuple(header.strip() for header in next(records, (0, []))[1])
    _check_headers(file, headers, wanted)
    places = [place for place, header in enumerate(headers) if header in wanted]
    lines, rows, ragged = [], [], []
    for line, record in records:
        if len(record) == len(headers):
            lines.append(line)
            rows.append([record[place] for place in places])
        else:
            ragged.append((line, len(record)))
    if ragged:
        raise Refused(*_ragged(file, ragged, len(headers)))
    if not rows:
        raise Refused(_no_rows(file))
    columns = {headers[place]: _shared(texts) for place, texts in zip(places, zip(*rows, strict=True), strict=True)}
    return Table(file, digest, headers, columns, len(rows), lines)


def _records(file: str, text: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record and the line it begins on. Blank lines are no records."""
    reader = csv.reader(text, strict=True)
    begins = 1
    try:
        for record in reader:
            if record:
                yield begins, record
            begins = reader.line_num + 1
    except csv.Error as fault:
        where, advice = f"{file}, line {reader.line_num}", "look for a stray quotation mark on or before this line"
        raise Refused(Refusal(where, f"the file is not sound CSV: {fault}", advice=advice)) from None


def _lines(file: str, stream: BinaryIO | gzip.GzipFile) -> Iterator[str]:
    """Decoded lines, one at a time, so that a fault of encoding has a line and a byte."""
    try:
        for number, line in enumerate(stream, 1):
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as fault:
                raise Refused(_not_utf8(file, number, line, fault)) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise Refused(Refusal(file, f"the file cannot be unpacked: {fault}", "a whole gzip file")) from None


def _shared(texts: Sequence[str | None]) -> list[str | None]:
    """Blank cells become None, and equal texts become one text: a file repeats itself."""
    seen: dict[str | None, str | None] = {}
    return [seen.setdefault(text, text if text and not text.isspace() else None) for text in texts]


def _check_headers(file: str, headers: tuple[str, ...], wanted: Collection[str]) -> None:
    if not headers:
        raise Refused(_no_rows(file))
    if len(headers) == 1 and re.search("[;\t|]", headers[0]):
        what, advice = "the columns are not separated by commas", "save it as CSV UTF-8 (comma delimited)"
        raise Refused(Refusal(f"{file}, line 1", what, "commas", headers[0][:60], advice))
    twice = sorted({header for header in headers if header in wanted and headers.count(header) > 1})
    if twice:
        what, advice = "a column is there twice", "rename or remove one of them"
        raise Refused(*(Refusal(f"{file}, column {header}", what, "one", advice=advice) for header in twice))


def _no_rows(file: str) -> Refusal:
    return Refusal(file, "the file has no rows", "a line of headers and at least one row", "0 rows")


def _ragged(file: str, found: Sequence[tuple[int, int]], width: int) -> Iterator[Refusal]:
    advice = "a text with a comma needs quotation marks around it"
    for line, cells in found[:SHOWN]:
        yield Refusal(
            f"{file}, line {line}",
            "this line has another number of cells than the headers",
            f"{width}",
            f"{cells}",
            advice,
        )
    if len(found) > SHOWN:
        yield Refusal(file, f"{len(found)} lines have another number of cells than the headers", f"{width}")


def _not_utf8(file: str, number: int, line: bytes, fault: UnicodeDecodeError) -> Refusal:
    where, got = f"{file}, line {number}, byte {fault.start + 1}", f"byte 0x{line[fault.start]:02x}"
    advice = "save it as CSV UTF-8"
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Refusal(where, "the file is not UTF-8 but UTF-16", "UTF-8", got, advice)
    try:
        words = line.decode("gb18030").strip()
    except UnicodeDecodeError:
        return Refusal(where, "the file is not UTF-8", "UTF-8", got, advice)
    advice = f"in GB18030 this line reads {words[:30]!r}: if that is right, {advice}"
    return Refusal(where, "the file is not UTF-8", "UTF-8", got, advice)


# Parquet: through polars.


def _parquet(file: str, data: bytes, digest: str, wanted: Collection[str]) -> Table:
    import polars as pl

    try:  # damaged pages make the reader panic, which is no Exception
        headers = tuple(pl.read_parquet_schema(BytesIO(data)))
        chosen = [header for header in headers if header in wanted]
        frame = pl.read_parquet(BytesIO(data), columns=chosen or None)
        faults = [fault for header in chosen if (fault := _type_fault(file, frame[header])) is not None]
        columns = {} if faults else {header: _shared(_texts(frame[header])) for header in chosen}
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as fault:
        said = str(fault).partition("\n")[0]
        raise Refused(Refusal(file, f"the Parquet file cannot be read: {said}", "a whole Parquet file")) from None
    if faults:
        raise Refused(*faults)
    if frame.height == 0:
        raise Refused(_no_rows(file))
    return Table(file, digest, headers, columns, frame.height, None)


def _type_fault(file: str, column: pl.Series) -> Refusal | None:
    """A float has already lost what was exact, and a list or a binary is no cell."""
    dtype = column.dtype
    if dtype.is_float():
        what, advice = (
            "the column holds floating-point numbers, which are not exact",
            "store it as decimal, integer or text",
        )
        return Refusal(f"{file}, column {column.name}", what, "exact values", str(dtype), advice)
    if dtype.is_nested() or str(dtype) in ("Binary", "Object"):
        return Refusal(f"{file}, column {column.name}", "the column does not hold single values", "text", str(dtype))
    return None


def _texts(column: pl.Series) -> list[str | None]:
    """A column as people would write it; a moment at midnight is a date."""
    import polars as pl

    if isinstance(column.dtype, pl.Datetime) and (column.dt.time().drop_nulls() == time()).all():
        column = column.dt.date()
    return column.cast(pl.String).to_list()


# Cells.

_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHORTENED = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKS = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "b": f"(?P<b>{'|'.join(_MONTHS)})",
    "d": "(?P<d>[0-9]{1,2})",
}
_SHOWN = {"Y": "YYYY", "y": "YY", "m": "MM", "b": "Mon", "d": "DD"}


def _date_pattern(form: str) -> re.Pattern[str]:
    """Our own reading of formats: Python's takes full-width digits, and month names in the machine's language."""
    parts = re.split(r"%(.)", form)
    pattern = "".join(_MARKS[p] if i % 2 else re.escape(p) for i, p in enumerate(parts))
    if re.search("%.%", form):  # with nothing between its parts, 2024115 could be two days: both digits are needed
        pattern = pattern.replace("{1,2}", "{2}")
    return re.compile(pattern, re.I | re.A)


def _date(match: re.Match[str], as_of: date | None, expected: str) -> date:
    part = match.groupdict()
    month = _MONTHS.index(part["b"].lower()) + 1 if part.get("b") else int(part["m"])
    year = int(part["Y"]) if part.get("Y") else _century(int(part["y"]), as_of)
    if not 1900 <= year <= 2199:
        raise CellError("date", "the year is out of range", "a year from 1900 to 2199")
    try:
        return date(year, month, int(part["d"]))
    except ValueError:
        raise CellError("date", "there is no such day", expected) from None


def _century(year: int, as_of: date | None) -> int:
    """Two digits mean the latest such year the file can speak of: 14 is 2014 and 71 is 1971 in a file of 2014."""
    last = (as_of or date.max).year  # without a day the file speaks of, no such year is believed
    return last - (last - year) % 100


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(Refusal(str(path), "there is no such file", advice="check the name and the folder")) from None
    except OSError as fault:
        raise Refused(Refusal(str(path), f"the file cannot be read: {fault.strerror}")) from None
