"""What can happen: events as values, and the table of their kinds (schema/events.toml)."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import NamedTuple

from ledger.faults import Refusal
from ledger.files import schema_dir
from ledger.money import MAX_MINOR, AmountError, places


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one contract, as its source tells it. Amounts are minor units, never negative."""

    id: str
    kind: str
    contract: str
    on: date
    amounts: Mapping[str, int]
    facts: Mapping[str, str]
    booked: date | None = None
    """Only for a late entry: the day in an open period under which it is booked."""

    @property
    def booked_on(self) -> date:
        return self.booked or self.on

    def digest(self) -> bytes:
        """SHA-256 of everything the event says, its id left out: the same id with another digest is a conflict."""
        return told(self).digest


class Told(NamedTuple):
    """An event with its one text: what is hashed and what is stored."""

    event: Event
    amounts: str
    facts: str
    digest: bytes


def told(event: Event) -> Told:
    """The event and its text, made once."""
    amounts, facts = canonical_map(event.amounts), canonical_map(event.facts)
    said = f"{event.kind}\n{_quoted(event.contract)}\n{event.on}\n{event.booked_on}\n{amounts}\n{facts}"
    return Told(event, amounts, facts, hashlib.sha256(said.encode()).digest())


def canonical_map(values: Mapping[str, str | int]) -> str:
    """A flat JSON object with sorted keys and no spaces: one text for one value. Many times faster than an encoder."""
    said = [f"{_quoted(k)}:{_quoted(v) if isinstance(v, str) else v}" for k, v in sorted(values.items())]
    return "{" + ",".join(said) + "}"


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""One text for one value of any shape."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a kind of event carries. `type` is money, text, party, percent or whole; a measure is never posted."""

    name: str
    type: str
    required: bool
    measure: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of schema/events.toml."""

    name: str
    zh: str
    en: str
    opens: bool
    again: bool
    hangs_on: str
    fields: tuple[Field, ...]
    before: tuple[str, ...]
    after: str
    product: str
    verb: str
    money: frozenset[str]
    words: frozenset[str]
    checked: tuple[Field, ...]
    """Fields that are required or have a shape: all that a check of one event has to look at."""

    def of_type(self, *types: str) -> Iterator[Field]:
        return (field for field in self.fields if field.type in types)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of event, by name."""
    with (schema_dir() / "events.toml").open("rb") as file:
        table = tomllib.load(file)
    found = (_kind(f"{product}.{verb}", row) for product, verbs in table.items() for verb, row in verbs.items())
    return {kind.name: kind for kind in found}


def faults(event: Event) -> list[Refusal]:
    """Everything wrong with the event by itself, before any contract is looked at."""
    where = f"event {event.id}"
    kind = kinds().get(event.kind)
    if kind is None:
        return [Refusal(where, "unknown kind of event", "one of " + ", ".join(kinds()), event.kind)]
    found = [
        Refusal(where, f"{event.kind} carries no {what} {name!r}", ", ".join(sorted(allowed)) or "none")
        for what, given, allowed in (("amount", event.amounts, kind.money), ("fact", event.facts, kind.words))
        if not given.keys() <= allowed
        for name in given
        if name not in allowed
    ]
    for field in kind.checked:
        value = event.amounts.get(field.name) if field.type == "money" else event.facts.get(field.name)
        if field.required and not value:
            found.append(Refusal(where, f"{event.kind} needs {field.name}", _EXPECTED[field.type], "nothing"))
        elif isinstance(value, str) and field.type in _SHAPES and not _SHAPES[field.type].fullmatch(value):
            found.append(Refusal(where, f"{field.name} cannot be read", _EXPECTED[field.type], value))
    if event.kind in _NEED_MONEY and not any(event.amounts.values()):
        expected = "at least one of " + ", ".join(sorted(kind.money))
        found.append(Refusal(where, f"{event.kind} carries no amount", expected))
    found += _strange(event, where)
    found += [
        Refusal(where, f"amount {name} is out of range", f"0 to {MAX_MINOR} minor units", str(amount))
        for name, amount in event.amounts.items()
        if not 0 <= amount <= MAX_MINOR
    ]
    return found


def unwritable(event: Event) -> list[Refusal]:
    """Ids and words that no book could carry. Asked first: the database could not even be asked about them."""
    found = []
    for name, text, most in (("id", event.id, 200), ("contract", event.contract, 100), *_words(event)):
        if not 0 < len(text) <= most or _CONTROL.search(text):
            expected = f"1 to {most} characters, none of them a control character"
            found.append(
                Refusal(f"event {event.id[:60]!r}", f"{name} cannot be written in a book", expected, repr(text[:60]))
            )
    return found


def _strange(event: Event, where: str) -> list[Refusal]:
    """A currency that is none, a booking before the event."""
    found = []
    if "currency" in event.facts:
        try:
            places(event.facts["currency"])
        except AmountError as error:
            found.append(Refusal(where, str(error), error.expected, event.facts["currency"]))
    if event.booked is not None and event.booked < event.on:
        found.append(Refusal(where, "booked before it happened", f"{event.on} or later", str(event.booked)))
    return found


def _words(event: Event) -> Iterator[tuple[str, str, int]]:
    return ((name, text, 200) for name, text in event.facts.items() if text)


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_EXPECTED = {
    "money": "an amount above zero",
    "text": "a word",
    "party": "the name of a party",
    "percent": "a rate such as 1.25%",
    "whole": "a whole number",
}
_SHAPES = {"percent": re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?%", re.ASCII), "whole": re.compile(r"[0-9]{1,9}", re.ASCII)}


_NEED_MONEY = frozenset({"loan.default_declared", "fund.revalued"})
"""Kinds whose amounts are all optional and yet say nothing without one; a cancellation without refund does."""


def _kind(name: str, row: Mapping[str, object]) -> Kind:
    def listed(key: str) -> list[str]:
        value = row.get(key, [])
        return [str(item) for item in value] if isinstance(value, list) else []

    fields = [
        _field(text, default, key == "measures")
        for key, default in (("parties", "party"), ("amounts", "money"), ("measures", "money"), ("facts", "text"))
        for text in listed(key)
    ]
    product, _, verb = name.partition(".")
    return Kind(
        name,
        str(row["zh"]),
        str(row["en"]),
        bool(row.get("opens", False)),
        bool(row.get("again", False)),
        str(row.get("hangs_on", "")),
        tuple(fields),
        tuple(listed("from")),
        str(row.get("to", "")),
        product,
        verb,
        frozenset(field.name for field in fields if field.type == "money"),
        frozenset(field.name for field in fields if field.type != "money"),
        tuple(field for field in fields if field.required or field.type in _SHAPES),
    )


def _field(text: str, default: str, measure: bool) -> Field:
    name, _, kind = text.removesuffix("?").partition(":")
    return Field(name, kind or default, not text.endswith("?"), measure)
