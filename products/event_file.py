"""Events as people and programs write them: words on a command line, rows of a CSV file, lines of JSON.

Every amount is text and goes through the one gate.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from ledger.faults import NotFound, Refusal, Refused
from ledger.money import AmountError, parse_amount
from products.events import Event, Kind, kinds

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
HEADS = ("id", "kind", "contract", "on")
"""Columns every file of events has; `booked` may follow, then amounts and facts by name."""

Currency = Callable[[str], str | None]
"""The currency of a contract, or None where it is not known yet."""


def parse_day(text: str, where: str) -> date:
    """Read YYYY-MM-DD. Raises Refused for anything else, and for a day that does not exist."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise Refused(Refusal(where, "this day does not exist", "a day of the calendar as YYYY-MM-DD", text)) from None
    raise Refused(Refusal(where, "not a day", "a day as YYYY-MM-DD", text))


def event_of_words(
    kind: str,
    contract: str,
    on: str | None,
    event_id: str | None,
    booked: str | None,
    words: Sequence[str],
    currency: Currency,
) -> Event:
    """One event from a command line: `words` are --NAME VALUE pairs. Raises Refused with every fault."""
    found = _kind(kind, "KIND")
    if not contract:
        raise Refused(
            Refusal("CONTRACT", f"{kind} needs the id of a {found.product}", "an id such as L-001", "nothing")
        )
    given, faults = _pairs(words, found)
    day = parse_day(on, "--on") if on else date.today()
    known = (
        given.get("currency") or currency(contract) or currency(given.get("loan", given.get("guarantee", ""))) or "CNY"
    )
    amounts, facts, more = _read(found, given, known, lambda name: f"--{name}")
    if faults or more:
        raise Refused(*faults, *more)
    name = event_id or f"{contract}:{found.verb}:{day}"
    return Event(name, kind, contract, day, amounts, facts, parse_day(booked, "--booked") if booked else None)


def read_events(path: Path) -> list[Event]:
    """A file of events: JSON lines where it ends in .jsonl, else CSV.

    Amounts are read in the currency that a row or its contract's opening row names (CNY otherwise).
    Raises Refused with every fault, each with row and column; NotFound where there is no file.
    """
    if not path.is_file():
        raise NotFound(Refusal(str(path), "there is no such file", "a file of events", "nothing"))
    return _events(path.name, _json_lines(path) if path.suffix == ".jsonl" else _csv_rows(path))


def _json_lines(path: Path) -> list[Mapping[str, str]]:
    """Each line one EventDocument, as the row a CSV file would have."""
    from pydantic import ValidationError

    from products.event_document import EventDocument

    rows: list[Mapping[str, str]] = []
    faults: list[Refusal] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            rows.append(EventDocument.model_validate_json(line).as_row())
        except ValidationError as error:
            for each in error.errors(include_url=False):
                place = ".".join(map(str, each["loc"])) or "the line"
                faults.append(Refusal(f"{path.name}, row {number}, {place}", each["msg"], got=str(each["input"])[:60]))
    if not rows and not faults:
        faults.append(Refusal(path.name, "the file has no rows", "at least one event", "0 rows"))
    if faults:
        raise Refused(*faults)
    return rows


def _csv_rows(path: Path) -> list[Mapping[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            heads = reader.fieldnames or []
            missing = [name for name in HEADS if name not in heads]
            if missing:
                what = f"column {', '.join(missing)} is missing"
                raise Refused(Refusal(path.name, what, ", ".join(HEADS), ", ".join(heads) or "no header"))
            rows: list[Mapping[str, str]] = [{k: v for k, v in row.items() if k and v} for row in reader]
    except UnicodeDecodeError as error:
        advice = "save the file as UTF-8"
        raise Refused(Refusal(path.name, "wrong encoding", "UTF-8", f"byte {error.start}", advice)) from None
    except csv.Error as error:
        raise Refused(Refusal(path.name, f"not a CSV file: {error}", "rows of comma-separated cells")) from None
    if not rows:
        raise Refused(Refusal(path.name, "the file has no rows", "at least one event", "0 rows"))
    return rows


def _events(file: str, rows: Sequence[Mapping[str, str]]) -> list[Event]:
    currencies: dict[str, str] = {}
    events: list[Event] = []
    faults: list[Refusal] = []
    for number, row in enumerate(rows, start=1):
        where = f"{file}, row {number}"
        try:
            kind = _kind(row.get("kind", ""), f"{where}, column kind")
            absent = [name for name in HEADS if name not in row]
            if absent:
                raise Refused(Refusal(f"{where}, column {absent[0]}", "the cell is empty", "a value", "nothing"))
            parent = row.get("loan") or row.get("guarantee") or ""
            currency = row.get("currency") or currencies.get(row["contract"]) or currencies.get(parent) or "CNY"
            currencies[row["contract"]] = currency
            given = {name: value for name, value in row.items() if name not in (*HEADS, "booked")}
            amounts, facts, found = _read(kind, given, currency, lambda name, at=where: f"{at}, column {name}")  # type: ignore[misc]
            faults += found
            on = parse_day(row["on"], f"{where}, column on")
            booked = parse_day(row["booked"], f"{where}, column booked") if "booked" in row else None
            events.append(Event(row["id"], kind.name, row["contract"], on, amounts, facts, booked))
        except Refused as error:
            faults += error.refusals
    if faults:
        raise Refused(*faults)
    return events


def _kind(name: str, where: str) -> Kind:
    found = kinds().get(name)
    if found is None:
        near = [known for known in kinds() if name and (name in known or known.partition(".")[0] == name)]
        raise Refused(
            Refusal(where, "unknown kind of event", "one of " + ", ".join(near or kinds()), name or "nothing")
        )
    return found


def _pairs(words: Sequence[str], kind: Kind) -> tuple[dict[str, str], list[Refusal]]:
    """--NAME VALUE and --NAME=VALUE."""
    given: dict[str, str] = {}
    faults: list[Refusal] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("--"):
            faults.append(Refusal(word, "a value without a name", _names(kind), word))
            continue
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not waiting:
                faults.append(Refusal(word, "a name without a value", f"{word} VALUE", "nothing"))
                continue
            value = waiting.pop(0)
        given[name.replace("-", "_")] = value
    return given, faults


def _read(
    kind: Kind, given: Mapping[str, str], currency: str, where: Callable[[str], str]
) -> tuple[dict[str, int], dict[str, str], list[Refusal]]:
    """The named values as amounts and facts of this kind, with what could not be read."""
    types = {field.name: field.type for field in kind.fields}
    amounts: dict[str, int] = {}
    facts: dict[str, str] = {}
    faults: list[Refusal] = []
    for name, value in given.items():
        if name not in types:
            faults.append(Refusal(where(name), f"{kind.name} carries no {name!r}", _names(kind), value))
        elif types[name] != "money":
            facts[name] = value
        else:
            try:
                amounts[name] = parse_amount(value, currency)
            except AmountError as error:
                faults.append(Refusal(where(name), str(error), error.expected, value))
    return amounts, facts, faults


def _names(kind: Kind) -> str:
    return ", ".join(f"--{field.name}" for field in kind.fields) or "no amounts or facts"
