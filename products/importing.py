"""Import: a profile and a file in; chunks of events, a quarantine of rows and control totals out."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from ledger.faults import Failed, Refusal, Refused
from ledger.money import plain_amount
from products.events import Event, kinds
from products.expression import Expression
from products.profile import (
    NAME_IN_BRACES,
    Check,
    Column,
    Condition,
    Derived,
    Profile,
    Rule,
    is_literal,
    load_profile,
)
from products.table import (
    SHOWN,
    Cell,
    CellError,
    Table,
    date_reader,
    money_reader,
    read_table,
    read_whole,
    text_reader,
)

__all__ = ["Control", "Held", "ImportReader", "ImportReport", "load_profile", "read_import", "write_report"]

Row = tuple[Any, ...]
Test = Callable[[Row], bool]
Make = Callable[[Row], Event | None]


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the quarantine report. `row` counts data rows from 1, `line` is the line of a CSV file."""

    row: int
    line: int | None
    loan: str
    column: str
    reason: str
    expected: str
    got: str
    disposition: str
    """ "held": the row was not imported; "admitted": it was, and somebody should look at it."""


@dataclass(frozen=True, slots=True)
class Control:
    """The total of one column in minor units: file = imported + held. Unread cells have no amount and count as none."""

    file: int
    imported: int
    held: int
    unread: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. Every row is imported or held, and every control total is the sum of both."""

    file: str
    sha256: str
    profile: str
    profile_sha256: str
    currency: str
    rows: int
    imported: int
    held: int
    flagged: int
    controls: Mapping[str, Control]
    entries: tuple[Held, ...]

    def reasons(self) -> Mapping[tuple[str, str, str], int]:
        """How many entries there are of each disposition, column and reason, in order of appearance."""
        return Counter((entry.disposition, entry.column, entry.reason) for entry in self.entries)

    def as_dict(self) -> dict[str, object]:
        """The report as one document for --json: amounts are strings."""

        def plain(control: Control) -> dict[str, object]:
            amounts = {"file": control.file, "imported": control.imported, "held": control.held}
            shown: dict[str, object] = {name: plain_amount(minor, self.currency) for name, minor in amounts.items()}
            return shown | {"unread_cells": control.unread}

        return {
            "file": self.file,
            "sha256": self.sha256,
            "profile": self.profile,
            "profile_sha256": self.profile_sha256,
            "currency": self.currency,
            "rows": self.rows,
            "imported": self.imported,
            "held": self.held,
            "flagged": self.flagged,
            "controls": {name: plain(control) for name, control in self.controls.items()},
            "entries": [_entry_dict(entry) for entry in self.entries],
        }


@dataclass(frozen=True, slots=True)
class ImportReader:
    """The admitted rows of one file, told as events: row by row, in the order of the profile. May be read again."""

    report: ImportReport
    rows: Sequence[Row]
    makers: Sequence[Make]
    chunk_rows: int

    def __iter__(self) -> Iterator[list[Event]]:
        for start in range(0, len(self.rows), self.chunk_rows):
            rows = self.rows[start : start + self.chunk_rows]
            yield [event for row in rows for make in self.makers if (event := make(row)) is not None]


def read_import(
    path: Path,
    profile: Profile,
    options: Mapping[str, str],
    strict: bool = False,
    chunk_rows: int = 5000,
    lang: Literal["zh", "en"] = "en",
) -> ImportReader:
    """Read a file by a profile. Everything is decided here; reading the chunks afterwards can refuse nothing.

    `options` are the words of the caller that the profile asks for. With `strict` one held or flagged row refuses all.
    """
    given = _options(profile, options)
    table = read_table(path, profile.headers)
    sheet = _sheet(profile, table)
    verdict = _judge(profile, table, sheet, lang)
    report = _report(profile, table, sheet, verdict)
    if strict and report.entries:
        raise Refused(*_strict(report))
    slots = _slots(profile)
    return ImportReader(report, verdict.rows, [_maker(rule, slots, given) for rule in profile.rules], chunk_rows)


def write_report(report: ImportReport, path: Path) -> None:
    """Write the quarantine report as CSV in UTF-8: one line per finding, nothing else."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(Held.__slots__)
            out.writerows(_entry_dict(entry).values() for entry in report.entries)
    except OSError as fault:
        raise Failed(Refusal(str(path), f"the report cannot be written: {fault.strerror}")) from None


def _entry_dict(entry: Held) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Held.__slots__}


def _options(profile: Profile, options: Mapping[str, str]) -> dict[str, str]:
    """The caller's words, completed with the profile's defaults."""
    where, known = f"profile {profile.name}", ", ".join(profile.options)
    faults = [
        Refusal(where, f"unknown option {name!r}", known or "no option")
        for name in options
        if name not in profile.options
    ]
    given = {name: options.get(name) or option.default for name, option in profile.options.items()}
    faults += [
        Refusal(where, f"option {name} is missing", option.says["en"])
        for name, option in profile.options.items()
        if option.required and not given[name]
    ]
    if faults:
        raise Refused(*faults)
    return {name: word for name, word in given.items() if word}


# Cells: text columns into typed columns, each with its unread cells.


@dataclass(frozen=True, slots=True)
class _Typed:
    """One column of the profile as the file fills it: its header there, its cells, and those that cannot be read."""

    header: str
    texts: Sequence[str | None]
    cells: Sequence[Cell]
    unread: Mapping[int, CellError]


Sheet = Mapping[str, _Typed]


def _sheet(profile: Profile, table: Table) -> Sheet:
    found = {name: [h for h in column.headers if h in table.columns] for name, column in profile.columns.items()}
    faults = [
        fault
        for name, column in profile.columns.items()
        if (fault := _header_fault(table, column, found[name])) is not None
    ]
    if faults:
        raise Refused(*faults)
    return {name: _typed(profile, column, table, found[name]) for name, column in profile.columns.items()}


def _header_fault(table: Table, column: Column, found: Sequence[str]) -> Refusal | None:
    if len(found) > 1:
        what, advice = "two columns of the file mean the same", "remove one of them"
        return Refusal(table.file, what, "one of them", " and ".join(found), advice)
    if found or column.optional:
        return None
    there = ", ".join(table.headers[:SHOWN]) + (", …" if len(table.headers) > SHOWN else "")
    return Refusal(table.file, f"column {column.name} is missing", "a header " + " or ".join(column.headers), there)


def _typed(profile: Profile, column: Column, table: Table, found: Sequence[str]) -> _Typed:
    """Each different text is read once."""
    if not found:
        return _Typed(column.headers[0], (None,) * table.rows, (None,) * table.rows, {})
    texts = table.columns[found[0]]
    read = _reader(profile, column)
    known = {text: _attempt(read, column, text) for text in set(texts)}
    cells = [known[text] for text in texts]
    unread = {index: cell for index, cell in enumerate(cells) if isinstance(cell, CellError)}
    return _Typed(found[0], texts, [None if isinstance(cell, CellError) else cell for cell in cells], unread)


def _attempt(read: Callable[[str], Cell], column: Column, text: str | None) -> Cell | CellError:
    text = column.spellings.get(text.strip(), text) if text else None
    try:
        if text:
            return read(text)
    except CellError as fault:
        return fault
    return CellError("empty", "the cell is empty", f"a value for {column.name}") if column.required else None


def _reader(profile: Profile, column: Column) -> Callable[[str], Cell]:
    match column.type:
        case "money":
            return money_reader(profile.currency)
        case "date":
            return date_reader(column.formats, profile.as_of)
        case "whole":
            return read_whole
        case _:
            return text_reader(column.one_of)


# Rows: which are imported, which are held, and why.


@dataclass(frozen=True, slots=True)
class _Finding:
    column: str
    hold: bool
    reason: str
    expected: str


@dataclass(frozen=True, slots=True)
class _Step:
    """One check, compiled: its test, what it says, and the cell to read instead."""

    test: Test
    finding: _Finding
    slot: int
    instead: Callable[[Row], Any] | None


@dataclass(frozen=True, slots=True)
class _Verdict:
    """`rows` are the admitted rows as the events will read them; `kept` marks them among all rows of the file."""

    rows: list[Row]
    kept: bytearray
    entries: list[Held]


def _judge(profile: Profile, table: Table, sheet: Sheet, lang: str) -> _Verdict:
    """Each row on its own, in the order of the file. What cannot be read is said first, and then nothing else."""
    slots, says = _slots(profile), _SAYS[lang]
    steps = [_step(check, slots, lang) for check in profile.checks]
    derive = [_deriver(derived, slots) for derived in profile.derived]
    undated = [_undated(rule, slots, lang) for rule in profile.rules]
    unread, key, first = _unread(sheet, says), slots[profile.key], dict[str, int]()
    verdict = _Verdict([], bytearray(table.rows), [])
    for index, cells in enumerate(zip(*(column.cells for column in sheet.values()), strict=True)):
        row: Row = (*cells, profile.as_of)
        before = first.setdefault(row[key], index)
        findings = unread.get(index) or _twice(profile.key, before, index, says)
        if not findings:
            row, findings = _checked(row, steps)
            if not any(finding.hold for finding in findings):
                row = _derive(row, derive)
                findings += [finding for test, finding in undated if test(row)]
        holds = [finding for finding in findings if finding.hold]
        verdict.entries.extend(_held(table, sheet, profile.key, index, finding) for finding in holds or findings)
        if not holds:
            verdict.kept[index] = 1
            verdict.rows.append(row)
    return verdict


def _checked(row: Row, steps: Sequence[_Step]) -> tuple[Row, list[_Finding]]:
    """Checks in the order of the profile: a later one sees what an earlier one put in place of a cell."""
    findings = []
    for step in steps:
        if step.test(row):
            findings.append(step.finding)
            if step.instead:
                row = (*row[: step.slot], step.instead(row), *row[step.slot + 1 :])
    return row, findings


def _derive(row: Row, derive: Sequence[Callable[[Row], date | None]]) -> Row:
    for date_of in derive:
        row = (*row, date_of(row))
    return row


def _held(table: Table, sheet: Sheet, key: str, index: int, finding: _Finding) -> Held:
    def text(name: str) -> str:
        return (sheet[name].texts[index] if name in sheet else None) or ""

    line = table.lines[index] if table.lines else None
    header = sheet[finding.column].header if finding.column in sheet else finding.column
    expected = NAME_IN_BRACES.sub(lambda match: text(match[1]), finding.expected)
    disposition = "held" if finding.hold else "admitted"
    return Held(index + 1, line, text(key), header, finding.reason, expected, text(finding.column), disposition)


def _unread(sheet: Sheet, says: Mapping[str, str]) -> dict[int, list[_Finding]]:
    found: dict[int, list[_Finding]] = {}
    for name, column in sheet.items():
        for index, fault in column.unread.items():
            reason = says[fault.kind].format(fault)
            found.setdefault(index, []).append(_Finding(name, True, reason, fault.expected))
    return found


def _twice(key: str, before: int, index: int, says: Mapping[str, str]) -> list[_Finding]:
    if before == index:
        return []
    return [_Finding(key, True, says["twice"], says["first"].format(before + 1))]


_SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "money": "the amount cannot be read: {}",
        "whole": "the number cannot be read: {}",
        "date": "the date cannot be read: {}",
        "text": "the text cannot be taken: {}",
        "empty": "{}",
        "twice": "an earlier row has the same id",
        "first": "each id once; it came first in row {}",
        "undated": "there is no date for: {}",
        "date_expected": "a date",
    },
    "zh": {
        "money": "金额无法读取",
        "whole": "整数无法读取",
        "date": "日期无法读取",
        "text": "文字不能采用",
        "empty": "必填项为空",
        "twice": "编号与前面的行重复",
        "first": "每个编号一行；首次出现在第 {} 行",
        "undated": "缺少日期：{}",
        "date_expected": "日期",
    },
}


def _report(profile: Profile, table: Table, sheet: Sheet, verdict: _Verdict) -> ImportReport:
    report = ImportReport(
        table.file,
        table.sha256,
        profile.name,
        profile.digest,
        profile.currency,
        table.rows,
        len(verdict.rows),
        verdict.kept.count(0),
        len({entry.row for entry in verdict.entries if entry.disposition == "admitted"}),
        {name: _control(sheet[name], verdict.kept) for name in profile.controls},
        tuple(verdict.entries),
    )
    if report.rows != report.imported + report.held:
        raise Failed(Refusal(table.file, "rows were lost", f"{report.rows}", f"{report.imported} + {report.held}"))
    for name, control in report.controls.items():
        if control.file != control.imported + control.held:
            got = f"{control.imported} + {control.held}"
            raise Failed(Refusal(f"{table.file}, column {name}", "amounts were lost", f"{control.file}", got))
    return report


def _control(column: _Typed, kept: bytearray) -> Control:
    """Three sums of the cells as they were read, each counted by itself, before anything was put in their place."""
    amounts: list[Any] = [cell or 0 for cell in column.cells]
    held = sum(amount for amount, is_kept in zip(amounts, kept, strict=True) if not is_kept)
    return Control(sum(amounts), sum(compress(amounts, kept)), held, len(column.unread))


def _strict(report: ImportReport) -> Iterator[Refusal]:
    for entry in report.entries[:SHOWN]:
        line = f", line {entry.line}" if entry.line else ""
        where = f"{report.file}, row {entry.row}{line}, column {entry.column}"
        yield Refusal(where, entry.reason, entry.expected, entry.got or "nothing")
    what = f"{report.held} rows held, {report.flagged} flagged, {len(report.entries)} findings"
    yield Refusal(report.file, what, "none, since the import is strict", advice="nothing was imported")


# The words of a profile, compiled once to functions of a row: its cells, as_of, then the derived dates.


def _slots(profile: Profile) -> dict[str, int]:
    names = (*profile.columns, "as_of", *(derived.name for derived in profile.derived))
    return {name: slot for slot, name in enumerate(names)}


def _step(check: Check, slots: Mapping[str, int], lang: str) -> _Step:
    finding = _Finding(check.column, check.hold, check.reason[lang], check.expected[lang])
    instead = _word(check.instead, slots) if check.instead else None
    return _Step(_all(check.when, slots), finding, slots[check.column], instead)


def _word(text: str, slots: Mapping[str, int]) -> Callable[[Row], Any]:
    """A column's cell, or the profile's own 'literal'."""
    if is_literal(text):
        literal = text[1:-1]
        return lambda row: literal
    return itemgetter(slots[text])


def _undated(rule: Rule, slots: Mapping[str, int], lang: str) -> tuple[Test, _Finding]:
    """An event that would happen on no day: the row cannot be told."""
    on, happens, says = slots[rule.on], _all(rule.when, slots), _SAYS[lang]
    kind = kinds()[rule.kind]
    reason = says["undated"].format(kind.zh if lang == "zh" else kind.en)
    finding = _Finding(rule.on, True, reason, says["date_expected"])
    return lambda row: row[on] is None and happens(row), finding


def _all(conditions: Sequence[Condition], slots: Mapping[str, int]) -> Test:
    tests = [_test(condition, slots) for condition in conditions]
    if len(tests) == 1:
        return tests[0]
    return lambda row: all(test(row) for test in tests)


def _test(condition: Condition, slots: Mapping[str, int]) -> Test:
    """An empty cell is neither zero nor above or before anything; inside an amount it counts as nothing."""
    slot, operand = slots[condition.column], condition.operand
    other = slots.get(operand, slot)
    match condition.word:
        case "missing":
            return lambda row: row[slot] is None
        case "present":
            return lambda row: row[slot] is not None
        case "zero":
            return lambda row: bool(row[slot] == 0)
        case "nothing":
            return lambda row: not row[slot]
        case "positive":
            return lambda row: bool(row[slot])
        case "above" if condition.amount:
            limit = _amount(condition.amount, slots)
            return lambda row: row[slot] is not None and bool(row[slot] > limit(row))
        case "before":
            return lambda row: row[slot] is not None and row[other] is not None and bool(row[slot] < row[other])
        case _:
            return lambda row: bool(row[slot] == operand)


def _deriver(derived: Derived, slots: Mapping[str, int]) -> Callable[[Row], date | None]:
    of = [slots[name] for name in derived.of]
    match derived.how:
        case "add_months":
            start, months = of
            return lambda row: _add_months(row[start], row[months])
        case "earliest":
            return lambda row: min((row[slot] for slot in of if row[slot] is not None), default=None)
        case _:
            return lambda row: next((row[slot] for slot in of if row[slot] is not None), None)


def _add_months(start: date | None, months: int | None) -> date | None:
    """The same day of a later month, or that month's last day: 31 January and one month is 28 or 29 February."""
    if start is None or months is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _maker(rule: Rule, slots: Mapping[str, int], given: Mapping[str, str]) -> Make:
    happens = _all(rule.when, slots)
    name_it, name_contract = _template(rule.id, slots), _template(rule.contract, slots)
    on, facts_of = slots[rule.on], _facts(rule.facts, slots, given)
    amounts = [(name, _amount(expression, slots)) for name, expression in rule.amounts.items()]

    def make(row: Row) -> Event | None:
        if not happens(row):
            return None
        values = {name: minor for name, amount in amounts if (minor := amount(row))}
        return Event(name_it(row), rule.kind, name_contract(row), row[on], values, facts_of(row))

    return make


def _amount(expression: Expression, slots: Mapping[str, int]) -> Callable[[Row], int]:
    """An empty cell counts as nothing."""
    if expression.plain_name:
        slot = slots[expression.plain_name]
        return lambda row: row[slot] or 0
    return lambda row: expression.value(lambda name: row[slots[name]] or 0)


def _facts(
    facts: Mapping[str, str], slots: Mapping[str, int], given: Mapping[str, str]
) -> Callable[[Row], dict[str, str]]:
    """Facts that are the same for every row are found once; a fact nobody states is left out."""
    fixed = {name: text[1:-1] for name, text in facts.items() if is_literal(text)}
    fixed |= {name: given[text[1:]] for name, text in facts.items() if text.startswith("$") and text[1:] in given}
    made = [(name, _template(text, slots)) for name, text in facts.items() if "{" in text and name not in fixed]
    cells = [(name, slots[text]) for name, text in facts.items() if text in slots]

    def read(row: Row) -> dict[str, str]:
        stated = fixed | {name: str(row[slot]) for name, slot in cells if row[slot] is not None}
        return stated | {name: make(row) for name, make in made} if made else stated

    return read


def _template(text: str, slots: Mapping[str, int]) -> Callable[[Row], str]:
    """ "{loan_id}:repaid" filled from a row."""
    parts = NAME_IN_BRACES.split(text)
    if len(parts) == 3:
        before, slot, after = parts[0], slots[parts[1]], parts[2]
        return lambda row: f"{before}{row[slot]}{after}"
    pieces = [slots[part] if number % 2 else part for number, part in enumerate(parts)]
    return lambda row: "".join(str(row[piece]) if isinstance(piece, int) else piece for piece in pieces)
