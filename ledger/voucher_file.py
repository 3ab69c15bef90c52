"""Vouchers from a CSV file: a row for each line, the rows of one key are one unit. For entries no event of a product makes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ledger.accounts import role_of
from ledger.batch import Line, Unit
from ledger.faults import Refusal, Refused
from ledger.money import AmountError, parse_amount

NEEDED = ("key", "kind", "on", "book", "debit", "credit", "amount")
ALLOWED = (*NEEDED, "debit_to", "credit_to", "currency", "rule", "reserved", "expires_on", "belongs_to", "link")
OF_UNIT = ("kind", "on", "reserved", "expires_on", "belongs_to", "link")
"""What the rows of one key must say alike."""

MANUAL = "manual"
"""The rule of a line that names none."""


def read_vouchers(path: Path) -> list[Unit]:
    """The units of a file, in the order of their first rows.

    Columns: key, kind, on, book, debit, credit (account roles), amount; and where they are wanted debit_to, credit_to (the
    other party of the account), currency (CNY), rule, reserved (yes), expires_on, belongs_to, link.
    Raises Refused with every fault of the file: row, column, expected, got.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        columns = reader.fieldnames or []
        refusals = list(_of_columns(path, columns))
        if refusals:
            raise Refused(*refusals)
        rows = [(reader.line_num, row) for row in reader]
    refusals = [fault for number, row in rows for fault in _of_row(path, number, row)]
    if refusals:
        raise Refused(*refusals)
    groups: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for number, row in rows:
        groups.setdefault(row["key"], []).append((number, row))
    refusals = [fault for group in groups.values() for fault in _unlike(path, group)]
    if refusals:
        raise Refused(*refusals)
    return [_unit(key, [row for _, row in group]) for key, group in groups.items()]


def _of_columns(path: Path, columns: Sequence[str]) -> Iterator[Refusal]:
    where = f"{path.name}, row 1"
    for name in NEEDED:
        if name not in columns:
            yield Refusal(where, f"column {name} is missing", ", ".join(NEEDED), ", ".join(columns))
    for name in columns:
        if name not in ALLOWED:
            yield Refusal(where, f"there is no column {name!r}", ", ".join(ALLOWED), name)


def _of_row(path: Path, number: int, row: Mapping[str, str]) -> Iterator[Refusal]:
    def fault(column: str, what: str, expected: str) -> Refusal:
        return Refusal(f"{path.name}, row {number}, column {column}", what, expected, row.get(column) or "nothing")

    if None in row or None in row.values():
        what = "too many or too few cells"
        yield Refusal(f"{path.name}, row {number}", what, "as many as in the first row")
        return
    for column in NEEDED:
        if not row[column]:
            yield fault(column, "it is empty", "a value")
    for column in ("debit", "credit"):
        if row[column] and role_of(row[column]) is None:
            yield fault(column, "there is no such account role", "a role of roles.csv")
    for column in ("on", "expires_on", "belongs_to"):
        if row.get(column) and _day(row[column]) is None:
            yield fault(column, "this is not a day", "a day such as 2024-05-17")
    if row.get("reserved", "") not in ("", "yes", "no"):
        yield fault("reserved", "it is neither", "yes or no")
    try:
        if row["amount"]:
            parse_amount(row["amount"], row.get("currency") or "CNY")
    except AmountError as error:
        yield fault("amount", str(error), error.expected)


def _unlike(path: Path, group: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Refusal]:
    _, first = group[0]
    for number, row in group[1:]:
        for column in OF_UNIT:
            if row.get(column) != first.get(column):
                where = f"{path.name}, row {number}, column {column}"
                yield Refusal(
                    where, f"key {row['key']} said otherwise before", first.get(column) or "nothing", row[column]
                )


def _unit(key: str, rows: Sequence[Mapping[str, str]]) -> Unit:
    first = rows[0]
    return Unit(
        key,
        first["kind"],
        date.fromisoformat(first["on"]),
        tuple(_line(row) for row in rows),
        belongs_to=_day(first.get("belongs_to", "")),
        reserved=first.get("reserved") == "yes",
        expires_on=_day(first.get("expires_on", "")),
        link=first.get("link", ""),
    )


def _line(row: Mapping[str, str]) -> Line:
    book, currency = row["book"], row.get("currency") or "CNY"
    debit = (book, row["debit"], row.get("debit_to") or None, currency)
    credit = (book, row["credit"], row.get("credit_to") or None, currency)
    return Line(book, debit, credit, parse_amount(row["amount"], currency), row.get("rule") or MANUAL)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
