"""Importing other people's rows: what becomes an event, what is held and why, and totals that always add up."""

from __future__ import annotations

import csv
import gzip
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.faults import Failed, NotFound, Refused
from products import lifecycle
from products.events import Event, faults
from products.importing import Held, ImportReader, load_profile, read_import, write_report
from products.profile import profile_names, read_profile
from products.table import date_reader

HERE = Path(__file__).parent / "data"
SBA = Path(os.environ.get("GONGJI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data" / "sba")
SCHEME = {"scheme": "jl-4321"}

LOAN = {
    "loan_id": "L-9",
    "bank": "First Bank",
    "borrower": "Ninth Works",
    "approved": "1000.00",
    "registered_on": "2026-01-05",
    "guarantor": "Guard",
    "guaranteed": "800.00",
    "disbursed": "1000.00",
    "disbursed_on": "2026-01-08",
    "repaid": "400.00",
    "repaid_on": "2026-06-30",
    "released_on": "",
    "default_principal": "600.00",
    "default_interest": "12.34",
    "defaulted_on": "2026-09-30",
}
SBA_LOST = {
    "loan_id": "102",
    "bank": "First Bank",
    "approval_date": "1999-09-30",
    "term_months": "84",
    "chg_off_date": "2001-06-24",
    "disbursement_date": "1999-10-31",
    "disbursement_gross": "100000.00",
    "mis_status": "CHGOFF",
    "chg_off_prin_gr": "60000.00",
    "gr_appv": "100000.00",
    "sba_appv": "75000.00",
}
SBA_PAID = SBA_LOST | {"loan_id": "101", "mis_status": "PIF", "chg_off_date": "", "chg_off_prin_gr": "0.00"}


def sheet(folder: Path, rows: Iterable[Mapping[str, str]], name: str = "loans.csv") -> Path:
    """Given: a CSV with these rows."""
    rows = list(rows)
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    return path


def text(folder: Path, content: str | bytes, name: str = "loans.csv") -> Path:
    """Given: a file with exactly this in it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def imported(path: Path, profile: str = "loans", **more: object) -> ImportReader:
    """When: the file is imported."""
    return read_import(path, load_profile(profile), SCHEME, **more)  # type: ignore[arg-type]


def events(reader: ImportReader) -> list[Event]:
    return list(chain.from_iterable(reader))


def the_finding(reader: ImportReader) -> Held:
    """Then: there is exactly one."""
    (entry,) = reader.report.entries
    return entry


def message(path: Path, profile: str = "loans", **more: object) -> str:
    """Then: the import is refused, and says this."""
    with pytest.raises(Refused) as refused:
        imported(path, profile, **more)
    return str(refused.value)


# What a good file tells.


def test_a_chinese_and_an_english_sheet_tell_the_same() -> None:
    chinese, english = imported(HERE / "loans_zh.csv"), imported(HERE / "loans_en.csv")

    assert events(chinese) == events(english)
    assert chinese.report.entries == english.report.entries == ()


def test_a_loan_partly_repaid_and_then_in_default(tmp_path: Path) -> None:
    told = [(e.kind, e.contract, e.on, dict(e.amounts)) for e in events(imported(sheet(tmp_path, [LOAN])))]

    assert told == [
        ("loan.registered", "L-9", date(2026, 1, 5), {"approved": 100000, "guaranteed": 80000}),
        ("guarantee.issued", "L-9:G", date(2026, 1, 5), {"guaranteed": 80000}),
        ("loan.disbursed", "L-9", date(2026, 1, 8), {"principal": 100000}),
        ("loan.repaid", "L-9", date(2026, 6, 30), {"principal": 40000}),
        ("loan.default_declared", "L-9", date(2026, 9, 30), {"principal": 60000, "interest": 1234}),
    ]


def test_facts_come_from_columns_from_the_caller_and_from_the_profile(tmp_path: Path) -> None:
    reader = read_import(
        sheet(tmp_path, [LOAN]), load_profile("loans"), SCHEME | {"reguarantor": "Re", "government": ""}
    )

    assert events(reader)[0].facts == {
        "bank": "First Bank",
        "borrower": "Ninth Works",
        "guarantor": "Guard",
        "scheme": "jl-4321",
        "reguarantor": "Re",
        "currency": "CNY",
    }


def test_the_raw_and_the_exact_sba_file_tell_the_same() -> None:
    raw, exact = imported(HERE / "sba_raw.csv", "sba"), imported(HERE / "sba_exact.csv", "sba")

    assert events(raw) == events(exact)
    assert [(e.column, e.reason) for e in raw.report.entries] == [
        ("ChgOffPrinGr", "charged off more than was approved"),
        ("ChgOffPrinGr", "charged off more than was disbursed, the excess is declared as interest"),
    ]


def test_what_became_of_four_sba_loans() -> None:
    told = [
        (e.id, e.on.isoformat(), dict(e.amounts))
        for e in events(imported(HERE / "sba_raw.csv", "sba"))
        if e.kind in ("loan.repaid", "guarantee.released", "loan.default_declared")
    ]

    assert told == [
        ("101:repaid", "2002-05-31", {"principal": 4_000_000}),
        ("101:released", "2002-05-31", {}),
        ("102:repaid-before-charge-off", "2001-06-24", {"principal": 4_000_000}),
        ("102:default", "2001-06-24", {"principal": 6_000_000}),
        ("103:default", "1991-06-24", {"principal": 5_000_000, "interest": 100_000}),
        ("104:repaid", "2014-12-31", {"principal": 2_000_000}),
        ("104:released", "2014-12-31", {}),
    ]


@pytest.mark.parametrize("file", ["loans_zh.csv", "sba_raw.csv"])
def test_every_event_follows_from_the_ones_before_it(file: str) -> None:
    assert_they_follow(events(imported(HERE / file, file.partition("_")[0])))


def assert_they_follow(told: Iterable[Event]) -> None:
    known: dict[str, lifecycle.Contract] = {}
    for event in told:
        assert faults(event) == []
        assert lifecycle.admit(event, known) is None
        known[event.contract] = lifecycle.after(event, known.get(event.contract), known)


def test_packed_and_plain_and_parquet_are_read_alike(tmp_path: Path) -> None:
    import polars as pl

    plain = (HERE / "sba_exact.csv").read_bytes()
    packed = text(tmp_path, gzip.compress(plain), "sba.CSV.GZ")
    frame = pl.read_csv(HERE / "sba_exact.csv", infer_schema=False).with_columns(
        pl.col("gr_appv", "sba_appv").cast(pl.Decimal(18, 2)),
        pl.col("term_months").cast(pl.Int64),
        pl.col("approval_date").str.to_date("%Y-%m-%d"),
        pl.col("disbursement_date").str.to_datetime("%Y-%m-%d"),
    )
    frame.write_parquet(tmp_path / "sba.parquet")

    expected = events(imported(HERE / "sba_exact.csv", "sba"))
    assert events(imported(packed, "sba")) == expected
    assert events(imported(tmp_path / "sba.parquet", "sba")) == expected


def test_a_moment_of_the_day_is_no_date(tmp_path: Path) -> None:
    import polars as pl

    row: dict[str, object] = SBA_LOST | {"approval_date": datetime(1999, 9, 30, 8, 15)}  # noqa: DTZ001
    pl.DataFrame([row]).write_parquet(tmp_path / "sba.parquet")

    entry = the_finding(imported(tmp_path / "sba.parquet", "sba"))
    assert (entry.line, entry.got) == (None, "1999-09-30 08:15:00.000000")


def test_chunks_do_not_change_the_events() -> None:
    chunks = list(imported(HERE / "loans_en.csv", chunk_rows=1))

    assert len(chunks) == 3
    assert list(chain.from_iterable(chunks)) == events(imported(HERE / "loans_en.csv"))


def test_a_mark_before_the_first_header_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    lines = (HERE / "loans_en.csv").read_text("utf-8").splitlines()
    marked = text(tmp_path, "\ufeff" + "\r\n\r\n".join(lines) + "\r\n")

    assert events(imported(marked)) == events(imported(HERE / "loans_en.csv"))


# Cells that cannot be read.


@pytest.mark.parametrize(
    ("column", "cell", "reason", "expected"),
    [
        ("approved", "1000.001", "the amount cannot be read: 3 decimals", "at most 2 decimals in CNY"),
        ("approved", "NaN", "the amount cannot be read: not an amount in plain digits", "an amount such as 1,000.00"),
        ("approved", "1e5", "the amount cannot be read: not an amount in plain digits", "an amount such as 1,000.00"),
        (
            "approved",
            "１０００",
            "the amount cannot be read: not an amount in plain digits",
            "an amount such as 1,000.00",
        ),
        (
            "repaid",
            "-1",
            "the amount cannot be read: amounts are never negative",
            "an amount such as 1,000.00; a correction is a new entry, not a minus",
        ),
        (
            "approved",
            "90000000000000.01",
            "the amount cannot be read: amount too large",
            "at most 90,000,000,000,000.00",
        ),
        ("approved", " ", "the cell is empty", "a value for approved"),
        ("bank", "", "the cell is empty", "a value for bank"),
        ("bank", "First\nBank", "the text cannot be taken: the text contains a control character", "text on one line"),
        (
            "loan_id",
            "2.20102E+17",
            "the text cannot be taken: a spreadsheet has shortened this number",
            "all its digits, in a cell of type text",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_holds_its_row(
    tmp_path: Path, column: str, cell: str, reason: str, expected: str
) -> None:
    reader = imported(sheet(tmp_path, [LOAN | {"loan_id": "L-8"}, LOAN | {column: cell}]))

    loan = cell if column == "loan_id" else "L-9"
    got = "" if cell == " " else cell
    assert the_finding(reader) == Held(2, 3, loan, column, reason, expected, got, "held")
    assert (reader.report.rows, reader.report.imported, reader.report.held) == (2, 1, 1)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2026-02-30", "the date cannot be read: there is no such day"),
        ("2026-13-01", "the date cannot be read: there is no such day"),
        ("２０２６-01-05", "the date cannot be read: not a date in the known forms"),
        ("5/1/2026", "the date cannot be read: not a date in the known forms"),
        ("2026115", "the date cannot be read: not a date in the known forms"),
        ("46027", "the date cannot be read: not a date in the known forms"),
        ("0026-01-05", "the date cannot be read: the year is out of range"),
    ],
)
def test_a_date_that_cannot_be_read_holds_its_row(tmp_path: Path, cell: str, reason: str) -> None:
    entry = the_finding(imported(sheet(tmp_path, [LOAN | {"registered_on": cell}])))

    assert (entry.column, entry.reason, entry.got, entry.disposition) == ("registered_on", reason, cell, "held")


def test_a_date_says_how_it_should_be_written(tmp_path: Path) -> None:
    entry = the_finding(imported(sheet(tmp_path, [SBA_LOST | {"chg_off_date": "24 June 2001"}]), "sba"))

    assert entry.expected == "a date that exists, written YYYY-MM-DD or DD-Mon-YY"


@pytest.mark.parametrize(("cell", "year"), [("01-Jan-14", 2014), ("01-jan-15", 1915), ("1-Jan-71", 1971)])
def test_two_digits_of_a_year_are_the_last_such_year_the_file_can_speak_of(cell: str, year: int) -> None:
    assert date_reader(["%d-%b-%y"], date(2014, 12, 31))(cell) == date(year, 1, 1)


@pytest.mark.parametrize("cell", ["7.5", "-1", "ten", "12345", "１２"])
def test_a_number_of_months_that_cannot_be_read_holds_its_row(tmp_path: Path, cell: str) -> None:
    entry = the_finding(imported(sheet(tmp_path, [SBA_PAID | {"term_months": cell}]), "sba"))

    assert (entry.column, entry.reason, entry.expected, entry.got) == (
        "term_months",
        "the number cannot be read: not a whole number",
        "a whole number from 0 to 9999",
        cell,
    )


def test_all_unread_cells_of_a_row_are_told(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [LOAN | {"approved": "x", "registered_on": "y", "bank": ""}]))

    assert [entry.column for entry in reader.report.entries] == ["bank", "approved", "registered_on"]


def test_an_unread_cell_says_so_in_chinese(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [LOAN | {"approved": "x"}]), lang="zh")

    assert the_finding(reader).reason == "金额无法读取"


def test_the_line_is_the_line_of_the_file_not_the_number_of_the_row(tmp_path: Path) -> None:
    head, row = ",".join(["note", *LOAN]), ",".join(LOAN.values())
    path = text(tmp_path, f'{head}\n"two\nlines",{row}\n\n,{row.replace("L-9", "L-10").replace("1000.00", "x", 1)}\n')

    entry = the_finding(imported(path))
    assert (entry.row, entry.line, entry.loan) == (2, 5, "L-10")


# Rows that contradict themselves.

NO_DEFAULT = {"default_principal": "", "default_interest": "", "defaulted_on": ""}


@pytest.mark.parametrize(
    ("cells", "column", "reason", "expected"),
    [
        ({"approved": "0", "guaranteed": ""}, "approved", "the loan has no amount", "an amount above zero"),
        ({"guaranteed": "1000.01"}, "guaranteed", "guaranteed more than was approved", "at most 1000.00"),
        ({"guarantor": ""}, "guarantor", "guaranteed, and yet no guarantor", "the name of the guarantor"),
        (
            NO_DEFAULT | {"disbursed": "", "repaid": "", "repaid_on": ""},
            "disbursed",
            "a date of disbursement, and yet no amount",
            "an amount above zero",
        ),
        ({"repaid": "0"}, "repaid", "a date of repayment, and yet no amount", "an amount above zero"),
        (NO_DEFAULT | {"repaid": "1000.01"}, "repaid", "repaid more than was disbursed", "at most 1000.00"),
        ({"repaid_on": "2026-01-07"}, "repaid_on", "repaid before it was disbursed", "no earlier than 2026-01-08"),
        ({"defaulted_on": ""}, "defaulted_on", "an amount in default, and yet no date", "a date"),
        (
            {"defaulted_on": "", "default_principal": ""},
            "defaulted_on",
            "an amount in default, and yet no date",
            "a date",
        ),
        (
            {"default_principal": "0", "default_interest": ""},
            "default_principal",
            "a date of default, and yet no amount",
            "an amount above zero",
        ),
        (
            {"default_principal": "600.01"},
            "default_principal",
            "more principal in default than is outstanding",
            "at most 1000.00 less 400.00",
        ),
        (
            {"defaulted_on": "2026-01-07", "repaid": "", "repaid_on": ""},
            "defaulted_on",
            "in default before it was disbursed",
            "no earlier than 2026-01-08",
        ),
        (
            {"defaulted_on": "2026-06-29"},
            "defaulted_on",
            "repaid after the default, which is a recovery",
            "no earlier than 2026-06-30",
        ),
        (
            {"released_on": "2026-12-31", "guaranteed": ""},
            "released_on",
            "a guarantee released, and yet none given",
            "no date",
        ),
        ({"repaid_on": ""}, "repaid_on", "there is no date for: loan repaid", "a date"),
    ],
)
def test_a_loan_that_contradicts_itself_is_held(
    tmp_path: Path, cells: dict[str, str], column: str, reason: str, expected: str
) -> None:
    reader = imported(sheet(tmp_path, [LOAN | cells]))

    assert the_finding(reader) == Held(1, 2, "L-9", column, reason, expected, (LOAN | cells)[column], "held")
    assert events(reader) == []


def test_a_loan_disbursed_before_it_was_registered_is_imported_and_flagged(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [LOAN | {"disbursed_on": "2026-01-04"}]))

    entry = the_finding(reader)
    assert (entry.reason, entry.disposition) == ("disbursed before it was registered", "admitted")
    assert (reader.report.imported, reader.report.held, reader.report.flagged) == (1, 0, 1)


@pytest.mark.parametrize(
    ("row", "column", "reason", "expected"),
    [
        (SBA_LOST | {"mis_status": ""}, "mis_status", "status missing", "PIF or CHGOFF"),
        (
            SBA_LOST | {"mis_status": "LOST"},
            "mis_status",
            "the text cannot be taken: not one of the known words",
            "PIF or CHGOFF",
        ),
        (
            SBA_PAID | {"chg_off_date": "2001-06-24"},
            "chg_off_date",
            "paid in full, and yet a charge-off date",
            "no date",
        ),
        (SBA_PAID | {"chg_off_prin_gr": "1"}, "chg_off_prin_gr", "paid in full, and yet an amount charged off", "0"),
        (
            SBA_LOST | {"chg_off_prin_gr": "0.00"},
            "chg_off_prin_gr",
            "charged off, and yet no amount",
            "an amount above zero",
        ),
        (SBA_LOST | {"chg_off_date": ""}, "chg_off_date", "charged off, and yet no date", "a date"),
        (SBA_LOST | {"sba_appv": "100000.01"}, "sba_appv", "guaranteed more than was approved", "at most 100000.00"),
    ],
)
def test_an_sba_loan_that_contradicts_itself_is_held(
    tmp_path: Path, row: dict[str, str], column: str, reason: str, expected: str
) -> None:
    reader = imported(sheet(tmp_path, [row]), "sba")

    assert the_finding(reader) == Held(1, 2, row["loan_id"], column, reason, expected, row[column], "held")


@pytest.mark.parametrize(
    ("row", "columns", "reasons"),
    [
        (SBA_LOST | {"bank": ""}, "bank", ["bank missing"]),
        (
            SBA_LOST | {"disbursement_date": ""},
            "disbursement_date",
            ["no disbursement date, the approval date is used"],
        ),
        (
            SBA_LOST | {"disbursement_date": "2012-06-07"},
            "disbursement_date",
            ["charged off before it was disbursed, the approval date is used"],
        ),
        (
            SBA_LOST | {"disbursement_date": "1999-09-29"},
            "disbursement_date",
            ["disbursed before it was approved, the approval date is used"],
        ),
        (
            SBA_LOST | {"disbursement_gross": "0.00"},
            "disbursement_gross",
            ["nothing disbursed, and yet charged off: the amount charged off is used"],
        ),
        (SBA_PAID | {"disbursement_gross": "0.00"}, "disbursement_gross", ["nothing disbursed"]),
        (
            SBA_LOST | {"chg_off_prin_gr": "100000.01"},
            "chg_off_prin_gr",
            [
                "charged off more than was approved",
                "charged off more than was disbursed, the excess is declared as interest",
            ],
        ),
        (
            SBA_LOST | {"disbursement_gross": "100000.01"},
            "disbursement_gross",
            ["disbursed more than was approved"],
        ),
        (SBA_PAID | {"term_months": "0"}, "term_months", ["a term of no months"]),
    ],
)
def test_an_odd_sba_loan_is_imported_and_flagged(
    tmp_path: Path, row: dict[str, str], columns: str, reasons: list[str]
) -> None:
    reader = imported(sheet(tmp_path, [row]), "sba")

    assert [(e.column, e.reason, e.got, e.disposition) for e in reader.report.entries] == [
        (columns, reason, row[columns], "admitted") for reason in reasons
    ]
    assert (reader.report.imported, reader.report.held, reader.report.flagged) == (1, 0, 1)


def test_what_is_not_believed_is_replaced_as_the_profile_says(tmp_path: Path) -> None:
    odd = SBA_LOST | {"bank": "", "disbursement_date": "2012-06-07", "disbursement_gross": "0"}

    told = {event.kind: event for event in events(imported(sheet(tmp_path, [odd]), "sba"))}
    assert told["loan.registered"].facts["bank"] == "(bank not stated)"
    assert told["loan.disbursed"].on == date(1999, 9, 30)
    assert told["loan.disbursed"].amounts == told["loan.default_declared"].amounts == {"principal": 6_000_000}


def test_control_totals_are_of_the_file_not_of_what_replaced_its_cells(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [SBA_LOST | {"disbursement_gross": "0"}]), "sba")

    assert reader.report.controls["disbursed"].imported == 0


def test_the_later_of_two_rows_with_one_id_is_held(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [LOAN, LOAN | {"loan_id": "L-8"}, LOAN | {"bank": "Second Bank"}]))

    assert the_finding(reader) == Held(
        3, 4, "L-9", "loan_id", "an earlier row has the same id", "each id once; it came first in row 1", "L-9", "held"
    )


def test_the_later_row_is_held_even_where_the_first_one_is(tmp_path: Path) -> None:
    reader = imported(sheet(tmp_path, [LOAN | {"approved": "x"}, LOAN]))

    assert [entry.row for entry in reader.report.entries] == [1, 2]


# Strict.


def test_a_strict_import_of_a_sound_file_is_an_import() -> None:
    assert events(imported(HERE / "loans_zh.csv", strict=True)) == events(imported(HERE / "loans_zh.csv"))


def test_a_strict_import_refuses_one_flag(tmp_path: Path) -> None:
    said = message(sheet(tmp_path, [LOAN | {"disbursed_on": "2026-01-04"}]), strict=True).splitlines()

    assert said == [
        "loans.csv, row 1, line 2, column disbursed_on: disbursed before it was registered; "
        "expected no earlier than 2026-01-05; got 2026-01-04",
        "loans.csv: 0 rows held, 1 flagged, 1 findings; expected none, since the import is strict; "
        "nothing was imported",
    ]


def test_a_strict_import_lists_twenty_and_counts_all(tmp_path: Path) -> None:
    rows = [LOAN | {"loan_id": f"L-{number}", "approved": "x"} for number in range(25)]

    said = message(sheet(tmp_path, rows), strict=True).splitlines()
    assert len(said) == 21
    assert said[-1].startswith("loans.csv: 25 rows held, 0 flagged, 25 findings")


# Files that cannot be read: one refusal, nothing done.


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"gone\.csv: there is no such file; check the name and the folder"):
        imported(tmp_path / "gone.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loans.csv").mkdir()

    assert "the file cannot be read: Is a directory" in message(tmp_path / "loans.csv")


def test_an_unknown_type(tmp_path: Path) -> None:
    assert message(text(tmp_path, "", "loans.xlsx")) == (
        "loans.xlsx: this type of file cannot be read; expected .csv or .csv.gz or .parquet; got .xlsx; "
        "save the sheet as CSV UTF-8"
    )


@pytest.mark.parametrize("content", ["", "\n\n", ",".join(LOAN), ",".join(LOAN) + "\n\n"])
def test_no_rows(tmp_path: Path, content: str) -> None:
    assert message(text(tmp_path, content)) == (
        "loans.csv: the file has no rows; expected a line of headers and at least one row; got 0 rows"
    )


def test_no_rows_in_parquet(tmp_path: Path) -> None:
    import polars as pl

    pl.DataFrame([SBA_LOST]).clear().write_parquet(tmp_path / "sba.parquet")

    assert "sba.parquet: the file has no rows" in message(tmp_path / "sba.parquet", "sba")


def test_a_sheet_saved_the_old_chinese_way(tmp_path: Path) -> None:
    content = (HERE / "loans_zh.csv").read_text("utf-8")

    said = message(text(tmp_path, content.encode("gb18030")))
    assert said.startswith("loans.csv, line 1, byte 1: the file is not UTF-8; expected UTF-8; got byte 0xb4; ")
    assert "in GB18030 this line reads '贷款编号,银行," in said


def test_a_stray_byte_far_down(tmp_path: Path) -> None:
    content = (HERE / "loans_en.csv").read_bytes().replace(b"L-3,", b"L-3\xff,")

    assert message(text(tmp_path, content)) == (
        "loans.csv, line 4, byte 4: the file is not UTF-8; expected UTF-8; got byte 0xff; save it as CSV UTF-8"
    )


def test_utf_16(tmp_path: Path) -> None:
    said = message(text(tmp_path, (HERE / "loans_en.csv").read_text("utf-8").encode("utf-16")))

    assert "line 1, byte 1: the file is not UTF-8 but UTF-16; expected UTF-8" in said


@pytest.mark.parametrize("cut", [slice(0, 60), slice(20, None)])
def test_a_broken_packed_file(tmp_path: Path, cut: slice) -> None:
    packed = gzip.compress((HERE / "loans_en.csv").read_bytes())[cut]

    assert "loans.csv.gz: the file cannot be unpacked" in message(text(tmp_path, packed, "loans.csv.gz"))


def test_a_stray_quotation_mark(tmp_path: Path) -> None:
    content = (HERE / "loans_en.csv").read_text("utf-8").replace("L-3,", '"L"-3,')

    said = message(text(tmp_path, content))
    assert "loans.csv, line 4: the file is not sound CSV" in said
    assert said.endswith("look for a stray quotation mark on or before this line")


def test_lines_of_another_width(tmp_path: Path) -> None:
    good, bad = ",".join(LOAN.values()), ",".join(LOAN.values()) + ",more"

    said = message(text(tmp_path, "\n".join([",".join(LOAN), good, *[bad] * 22]))).splitlines()
    assert said[0] == (
        "loans.csv, line 3: this line has another number of cells than the headers; expected 15; got 16; "
        "a text with a comma needs quotation marks around it"
    )
    assert said[20:] == ["loans.csv: 22 lines have another number of cells than the headers; expected 15"]


def test_every_missing_column_is_named_at_once(tmp_path: Path) -> None:
    row = {name: cell for name, cell in LOAN.items() if name not in ("bank", "approved", "guarantor")}

    said = message(sheet(tmp_path, [row])).splitlines()
    assert [line.partition(", ")[0] for line in said] == [
        "loans.csv: column bank is missing; expected a header 银行 or 合作银行 or bank; got loan_id",
        "loans.csv: column approved is missing; expected a header 贷款金额 or 合同金额 or approved; got loan_id",
    ]


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    needed = ("loan_id", "bank", "borrower", "approved", "registered_on")

    reader = imported(sheet(tmp_path, [{name: LOAN[name] for name in needed}]))
    assert [event.kind for event in events(reader)] == ["loan.registered"]


def test_two_columns_for_one_thing(tmp_path: Path) -> None:
    assert message(sheet(tmp_path, [LOAN | {"银行": "Other"}])) == (
        "loans.csv: two columns of the file mean the same; expected one of them; got 银行 and bank; remove one of them"
    )


def test_columns_between_semicolons(tmp_path: Path) -> None:
    assert message(text(tmp_path, "loan_id;bank;approved\nA;B;5,00\n")) == (
        "loans.csv, line 1: the columns are not separated by commas; expected commas; got loan_id;bank;approved; "
        "save it as CSV UTF-8 (comma delimited)"
    )


def test_a_header_twice(tmp_path: Path) -> None:
    content = ",".join([*LOAN, "bank"]) + "\n" + ",".join([*LOAN.values(), "Other"])

    assert message(text(tmp_path, content)) == (
        "loans.csv, column bank: a column is there twice; expected one; rename or remove one of them"
    )


@pytest.mark.parametrize("content", [b"", b"PAR1 nonsense PAR1", b"loan_id,bank"])
def test_an_unreadable_parquet_file(tmp_path: Path, content: bytes) -> None:
    said = message(text(tmp_path, content, "sba.parquet"), "sba")

    assert said.startswith("sba.parquet: the Parquet file cannot be read: ")
    assert said.endswith("; expected a whole Parquet file")


def test_floats_and_lists_are_no_amounts(tmp_path: Path) -> None:
    import polars as pl

    row: dict[str, object] = SBA_LOST | {"gr_appv": 100000.0, "bank": ["First Bank"]}
    pl.DataFrame([row]).write_parquet(tmp_path / "sba.parquet")

    assert message(tmp_path / "sba.parquet", "sba").splitlines() == [
        "sba.parquet, column bank: the column does not hold single values; expected text; got List(String)",
        "sba.parquet, column gr_appv: the column holds floating-point numbers, which are not exact; "
        "expected exact values; got Float64; store it as decimal, integer or text",
    ]


def test_options_are_asked_for_and_no_others_taken() -> None:
    with pytest.raises(Refused) as refused:
        read_import(HERE / "sba_raw.csv", load_profile("sba"), {"guarantee": "Guard"})

    assert str(refused.value).splitlines() == [
        "profile sba: unknown option 'guarantee'; expected scheme, guarantor, reguarantor, government, insurer",
        "profile sba: option scheme is missing; expected the scheme that shares the losses",
    ]


# The report.


def test_the_report_as_a_document_has_amounts_as_text(tmp_path: Path) -> None:
    path = sheet(tmp_path, [LOAN, LOAN | {"loan_id": "L-8", "guarantor": ""}])

    document = imported(path).report.as_dict()
    assert document["controls"] == {
        "approved": {"file": "2000.00", "imported": "1000.00", "held": "1000.00", "unread_cells": 0},
        "guaranteed": {"file": "1600.00", "imported": "800.00", "held": "800.00", "unread_cells": 0},
        "disbursed": {"file": "2000.00", "imported": "1000.00", "held": "1000.00", "unread_cells": 0},
        "repaid": {"file": "800.00", "imported": "400.00", "held": "400.00", "unread_cells": 0},
        "default_principal": {"file": "1200.00", "imported": "600.00", "held": "600.00", "unread_cells": 0},
        "default_interest": {"file": "24.68", "imported": "12.34", "held": "12.34", "unread_cells": 0},
    }
    assert (document["rows"], document["imported"], document["held"], document["flagged"]) == (2, 1, 1, 0)
    assert document["entries"] == [
        {
            "row": 2,
            "line": 3,
            "loan": "L-8",
            "column": "guarantor",
            "reason": "guaranteed, and yet no guarantor",
            "expected": "the name of the guarantor",
            "got": "",
            "disposition": "held",
        }
    ]


def test_the_quarantine_report_is_a_sheet(tmp_path: Path) -> None:
    report = imported(sheet(tmp_path, [LOAN | {"guarantor": ""}]), lang="zh").report
    write_report(report, tmp_path / "held.csv")

    assert (tmp_path / "held.csv").read_text("utf-8").splitlines() == [
        "row,line,loan,column,reason,expected,got,disposition",
        "1,2,L-9,guarantor,有担保金额却没有担保机构,担保机构的名称,,held",
    ]
    assert report.reasons() == {("held", "guarantor", "有担保金额却没有担保机构"): 1}


def test_a_report_that_cannot_be_written_is_no_fault_of_the_input(tmp_path: Path) -> None:
    report = imported(sheet(tmp_path, [LOAN])).report

    with pytest.raises(Failed, match="the report cannot be written: No such file or directory"):
        write_report(report, tmp_path / "gone" / "held.csv")


AMOUNTS = st.sampled_from(["0", "1.5", "99.99", "1,000.00", "250", "", "NaN", "-3", "1.001"])
DATES = st.sampled_from(["2026-01-01", "2026-06-30", "2026-02-30", ""])
ROWS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("approved", "guaranteed", "disbursed", "repaid", "default_principal"), AMOUNTS)
        | dict.fromkeys(("registered_on", "disbursed_on", "repaid_on", "defaulted_on"), DATES)
        | {"loan_id": st.sampled_from("ABCDEF"), "guarantor": st.sampled_from(["", "Guard"])}
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(ROWS, st.integers(1, 5))
def test_every_row_and_every_fen_is_imported_or_held(rows: list[dict[str, str]], chunk_rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = sheet(Path(folder), [LOAN | {"default_interest": ""} | row for row in rows])
        reader = imported(path, chunk_rows=chunk_rows)
    report, told = reader.report, events(reader)

    assert report.rows == len(rows) == report.imported + report.held
    assert len({entry.row for entry in report.entries if entry.disposition == "held"}) == report.held
    for control in report.controls.values():
        assert control.file == control.imported + control.held
    registered = [event for event in told if event.kind == "loan.registered"]
    assert len(registered) == report.imported
    assert sum(event.amounts["approved"] for event in registered) == report.controls["approved"].imported
    assert len({event.id for event in told}) == len(told)
    assert_they_follow(told)


# Profiles.

SMALL = """
name = "small"
title = { zh = "小", en = "small" }
currency = "CNY"
source = "made for a test"
key = "id"
dates = ["%Y-%m-%d"]
[columns]
id = { from = ["id"], type = "text", required = true }
day = { from = ["day"], type = "date" }
amount = { from = ["amount"], type = "money" }
state = { from = ["state"], type = "text", one_of = ["on", "off"] }
months = { from = ["months"], type = "whole" }
[options]
scheme = { says = { zh = "方案", en = "the scheme" } }
[controls]
sum = ["amount"]
[derived]
due = { add_months = ["day", "months"] }
[[check]]
column = "state"
when = { state = "missing" }
then = "flag"
reason = { zh = "无", en = "none" }
instead = "'on'"
[[event]]
kind = "loan.disbursed"
id = "{id}:disbursed"
contract = "{id}"
on = "due"
when = { amount = "above 10% of amount" }
amounts = { principal = "amount" }
"""


def test_every_shipped_profile_is_sound() -> None:
    assert profile_names() == ["loans", "sba"]
    assert [load_profile(name).name for name in profile_names()] == ["loans", "sba"]


def test_the_profile_in_the_manual_is_sound() -> None:
    manual = (HERE.parents[1] / "docs" / "profiles.md").read_text("utf-8")

    assert read_profile(manual.split("```toml\n")[1].split("```")[0].encode(), "manual").name == "shop"


def test_a_profile_of_ones_own_by_its_path(tmp_path: Path) -> None:
    profile = load_profile(text(tmp_path, SMALL, "small.toml"))
    path = text(tmp_path, "id,day,amount,state,months\nA,2024-01-31,5.00,,1\nB,2024-01-31,,on,1\n")

    reader = read_import(path, profile, {})
    assert [(event.id, event.on, event.amounts) for event in events(reader)] == [
        ("A:disbursed", date(2024, 2, 29), {"principal": 500})
    ]


@pytest.mark.parametrize("name", ["none", "none.toml"])
def test_no_such_profile(name: str) -> None:
    with pytest.raises(NotFound, match=r"there is no such profile; expected loans, sba, or a path ending in \.toml"):
        load_profile(name)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"])
def test_a_profile_that_is_no_toml(content: bytes) -> None:
    with pytest.raises(Refused, match=r"small\.toml: not a TOML document"):
        read_profile(content, "small.toml")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('currency = "CNY"', 'currency = "RMB"', "small.toml, currency: unknown currency 'RMB'"),
        ('key = "id"', 'key = "day"', "small.toml, key: the key is not a required column of type text"),
        ('source = "made for a test"', "", "small.toml: source is missing"),
        ('source = "made for a test"', 'as_of = "2014"', "small.toml, as_of: not a date"),
        ('en = "small"', 'fr = "petit"', "small.toml: title is not given in both languages"),
        ('name = "small"', 'nam = "small"', "small.toml: unknown word 'nam'; expected name"),
        ('type = "money"', 'type = "cash"', "small.toml, column amount: unknown type; expected text or money"),
        ('from = ["day"]', 'from = ["id"]', "small.toml, column day: header 'id' is also read as id"),
        ('from = ["day"]', "from = []", "small.toml, column day: no header is named"),
        ('from = ["day"]', 'from = "day"', "small.toml, column day: from is not a list of texts"),
        ("required = true", 'required = "yes"', "small.toml, column id: required is neither true nor false"),
        ("required = true", "optional = true, required = true", "column id: both required and optional"),
        ('dates = ["%Y-%m-%d"]', "", "column day: formats go with dates, and every date needs them"),
        ('dates = ["%Y-%m-%d"]', 'dates = ["%Y-%m"]', "column day: a date needs its year (%Y or %y), month"),
        ('dates = ["%Y-%m-%d"]', 'dates = ["%y-%m-%d"]', "two digits of a year (%y) need the profile's as_of"),
        ('type = "whole"', 'type = "whole", one_of = ["1"]', "column months: one_of is for text"),
        ("months = {", "as_of = {", "column as_of: this name cannot be used"),
        ('sum = ["amount"]', 'sum = ["day"]', "small.toml, controls: column day is date; expected money"),
        ("add_months = [", "add_years = [", "derived due: not one way to derive a date"),
        ('["day", "months"]', '["day"]', "derived due: add_months takes 2 columns; expected date and whole"),
        ('["day", "months"]', '["day", "amount"]', "derived due: column amount is money; expected whole"),
        ("due = {", "day = {", "derived day: this name cannot be used"),
        ('then = "flag"', 'then = "hide"', "small.toml, check 1: unknown outcome; expected hold or flag; got hide"),
        ('then = "flag"', 'then = "hold"', "check 1: a held row is not imported, so nothing is read instead"),
        ("instead = \"'on'\"", 'instead = "day"', "check 1, instead: column day is date; expected text"),
        ('when = { state = "missing" }', "", "check 1: the check has no condition"),
        ('state = "missing"', 'state = "of"', "check 1, when state: state is never 'of'; expected on or off"),
        ('state = "missing"', 'stat = "missing"', "check 1, when stat: unknown column 'stat'; expected state"),
        ('state = "missing"', 'state = "positive"', "check 1, when state: column state is text; expected money or"),
        ('state = "missing"', 'amount = "12"', "check 1, when amount: column amount is money; expected text"),
        ('state = "missing"', 'day = "before due"', "check 1, when day: unknown column 'due'; expected"),
        ('column = "state"', 'column = "stat"', "check 1: unknown column 'stat'; expected state"),
        ('then = "flag"', 'then = "flag"\nexpected.zh = "{x}"\nexpected.en = ""', "unknown column 'x' in expected"),
        ('then = "flag"', 'then = "flag"\nexpected = "on"', "check 1: expected is not a table of texts"),
        ("loan.disbursed", "loan.disburse", "event 1: unknown kind of event 'loan.disburse'; expected loan.disbursed"),
        ("{id}:disbursed", "disbursed", "event 1, id: not a template"),
        ("{id}:disbursed", "{state}:disbursed", "event 1, id: 'state' is not a required column"),
        ('contract = "{id}"', 'contract = "{id"', "event 1, contract: not a template"),
        ('on = "due"', 'on = "amount"', "event 1, on: column amount is money; expected date"),
        ("above 10% of amount", "above 10% of day", "event 1, when amount: unknown measure 'day'"),
        ('principal = "amount"', 'principal = "amount les id"', "event 1, amount principal: cannot read"),
        ('principal = "amount"', 'interest = "amount"', "event 1: loan.disbursed carries no amount 'interest'"),
        ('principal = "amount"', 'interest = "amount"', "event 1: loan.disbursed needs the amount principal"),
        ('principal = "amount" }', 'principal = "amount" }\nfacts = { bank = "id" }', "carries no fact 'bank'"),
        ('"amount" }', '"amount" }\nfacts = { x = "$schem" }', "fact x: unknown option $schem; expected scheme"),
        ('"amount" }', '"amount" }\nfacts = { x = "amount" }', "fact x: column amount is money; expected text or"),
        (
            'type = "money"',
            'type = "money", requird = true',
            "column amount: unknown word 'requird'; expected required",
        ),
        ("[[check]]", "[check]", "small.toml, check: not a list of tables"),
        ("[controls]", "[[controls]]", "small.toml, controls: not a table"),
    ],
)
def test_a_profile_says_what_is_wrong_with_it(was: str, becomes: str, said: str) -> None:
    assert was in SMALL
    changed = SMALL.replace(was, becomes).encode()
    with pytest.raises(Refused) as refused:
        read_profile(changed, "small.toml")
    assert said in str(refused.value)


def test_two_events_with_one_id() -> None:
    block = SMALL[SMALL.index("[[event]]") :]
    with pytest.raises(Refused, match=r"event 2: another event has the same id"):
        read_profile((SMALL + block).encode(), "small.toml")


def test_an_id_without_the_key_would_be_shared_by_rows() -> None:
    wider = SMALL.replace('months = { from = ["months"],', 'months = { from = ["months"], required = true,')
    with pytest.raises(Refused, match=r"event 1: rows would share this id; expected an id with \{id\} in it"):
        read_profile(wider.replace("{id}:disbursed", "{months}:disbursed").encode(), "small.toml")


def test_a_profile_without_events() -> None:
    with pytest.raises(Refused, match="the profile makes no event"):
        read_profile(SMALL[: SMALL.index("[[event]]")].encode(), "small.toml")


def test_all_faults_of_a_profile_are_told_at_once() -> None:
    changed = SMALL.replace('"CNY"', '"RMB"').replace('"flag"', '"hide"').replace("{id}:disbursed", "same")
    with pytest.raises(Refused) as refused:
        read_profile(changed.encode(), "small.toml")
    assert len(refused.value.refusals) == 4


# Real loans, where they are at hand.

real = pytest.mark.skipif(not SBA.is_dir(), reason="the SBA files are not here; name their folder in GONGJI_DATA")


@pytest.fixture(scope="module")
def exact() -> ImportReader:
    return imported(SBA / "sba_guaranteed_loans.parquet", "sba")


@real
def test_forty_thousand_loans_to_the_cent(exact: ImportReader) -> None:
    report = exact.report

    assert (report.rows, report.imported, report.held) == (40_095, 39_700, 395)
    assert {name: control.file for name, control in report.controls.items()} == {
        "approved": 5_940_473_284_00,
        "guaranteed": 4_411_779_056_00,
        "disbursed": 6_335_480_038_00,
        "charged_off": 1_073_044_438_00,
    }
    assert report.controls["charged_off"].imported == 1_068_965_008_00


@real
def test_every_known_defect_is_counted(exact: ImportReader) -> None:
    counted = {(reason, disposition): n for (disposition, _, reason), n in exact.report.reasons().items()}

    assert counted == {
        ("status missing", "held"): 91,
        ("paid in full, and yet a charge-off date", "held"): 240,
        ("paid in full, and yet an amount charged off", "held"): 236,
        ("charged off, and yet no amount", "held"): 64,
        ("charged off, and yet no date", "held"): 2,
        ("bank missing", "admitted"): 29,
        ("no disbursement date, the approval date is used", "admitted"): 72,
        ("charged off before it was disbursed, the approval date is used", "admitted"): 2,
        ("disbursed before it was approved, the approval date is used", "admitted"): 22,
        ("charged off more than was approved", "admitted"): 60,
        ("charged off more than was disbursed, the excess is declared as interest", "admitted"): 97,
        ("disbursed more than was approved", "admitted"): 9_486,
        ("a term of no months", "admitted"): 93,
    }


@pytest.fixture(scope="module")
def told(exact: ImportReader) -> list[Event]:
    return events(exact)


@real
def test_what_was_lent_was_repaid_or_lost_and_the_rest_is_interest(exact: ImportReader, told: list[Event]) -> None:
    import polars as pl

    lost = pl.read_parquet(SBA / "sba_guaranteed_loans.parquet").filter(pl.col("mis_status") == "CHGOFF")
    above = [c - d for c, d in lost.select("chg_off_prin_gr", "disbursement_gross").rows() if c > d]
    sums: Counter[tuple[str, str]] = Counter()
    for event in told:
        sums.update({(event.kind, name): amount for name, amount in event.amounts.items()})

    interest, principal = sums["loan.default_declared", "interest"], sums["loan.default_declared", "principal"]
    assert len(told) == 197_619
    assert interest + principal == 1_068_965_008_00
    assert Decimal(interest).scaleb(-2) == sum(above) == Decimal("2346647.00")
    assert sums["loan.disbursed", "principal"] == sums["loan.repaid", "principal"] + principal
    assert sums["loan.disbursed", "principal"] == exact.report.controls["disbursed"].imported
    assert sums["guarantee.issued", "guaranteed"] == exact.report.controls["guaranteed"].imported


@real
def test_the_raw_file_tells_the_same_of_every_loan_in_both(told: list[Event]) -> None:
    raw = imported(SBA / "SBAnational_first22k_raw.csv.gz", "sba")
    in_raw = events(raw)
    loans = {event.contract.removesuffix(":G") for event in in_raw} | {entry.loan for entry in raw.report.entries}

    assert (raw.report.rows, len(loans)) == (16_757, 16_757)
    assert in_raw == [event for event in told if event.contract.removesuffix(":G") in loans]
