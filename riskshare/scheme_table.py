"""A TOML document being read: its tables, where they stand, what they may say, and the faults found so far."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ledger.faults import Refusal
from products.expression import RESERVED
from riskshare.toml_lines import Place, line_of

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a document. Faults are collected, not raised, so that one run finds them all.

    `posted` are the roles with posting rules (None: not asked), `roles` those and the document's open ones.
    """

    name: str
    document: Mapping[str, Any]
    lines: dict[Place, int]
    measures: frozenset[str]
    roles: Collection[str] | None
    posted: Collection[str] | None = None
    faults: list[Refusal] = field(default_factory=list)

    def fault(self, at: Place, what: str, expected: str = "", got: str = "", advice: str = "") -> None:
        where = f"{self.name}, line {line_of(self.lines, at)}"
        if article := self._article(at):
            where += f", article {article}"
        self.faults.append(Refusal(where, what, expected, got, advice))

    def _article(self, at: Place) -> str:
        if len(at) < 4 or at[2] != "clause":
            return ""
        clause = self.document["version"][at[1]]["clause"][at[3]]
        return str(clause.get("article", "")) if isinstance(clause, dict) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the document. Asking for a key says what it must be; `done` reports the keys nobody asked for."""

    reading: Reading
    at: Place
    data: Mapping[str, Any]
    asked: set[str] = field(default_factory=set)

    def fault(self, key: str, what: str, expected: str = "", got: str = "", advice: str = "") -> None:
        self.reading.fault((*self.at, key), what, expected, got, advice)

    def get(self, key: str, usual: str = "", expected: str = "", required: bool = True) -> Any:
        self.asked.add(key)
        if required and key not in self.data:
            self.fault(key, f"{self.called(key)} is missing", expected, advice=f"the usual: {key} = {usual}")
        return self.data.get(key)

    def text(self, key: str, usual: str, required: bool = True) -> str:
        value = self.get(key, f'"{usual}"', required=required)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.fault(key, f"{self.called(key)} is not a text", f'{key} = "{usual}"', repr(value))
            return ""
        return value or ""

    def word(self, key: str, words: Sequence[str], required: bool = True, usual: str = "") -> str:
        value = self.get(key, f'"{usual or words[0]}"', either(words), required)
        if value is not None and value not in words:
            advice = near(value, words)
            self.fault(key, f"{self.called(key)} is not a word of a scheme", either(words), repr(value), advice)
            return usual or words[0]
        return value or usual or words[0]

    def role(self, key: str, usual: str, also: Collection[str] = ()) -> str:
        value = self.text(key, usual)
        if value and value not in also:
            check_role(self, key, value)
        return value

    def table(self, key: str, usual: str, required: bool = True) -> Table:
        value = self.get(key, usual, required=required)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"{self.called(key)} is not a table", f"{key} = {usual}", repr(value))
        return Table(self.reading, (*self.at, key), value if isinstance(value, dict) else {})

    def tables(self, key: str) -> list[Table]:
        value = self.get(key, required=False)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            header = ".".join(str(part) for part in (*self.at, key) if isinstance(part, str))
            self.fault(key, f"{self.called(key)} is missing", f"at least one [[{header}]]")
            return []
        return [Table(self.reading, (*self.at, key, i), item) for i, item in enumerate(value)]

    def called(self, key: str) -> str:
        return ".".join(str(part) for part in (*self.at, key) if isinstance(part, str))

    def done(self, what: str = "key") -> None:
        for key in self.data:
            if key not in self.asked:
                known = either(sorted(self.asked))
                self.fault(key, f"unknown {what} {self.called(key)}", known, repr(key), near(key, self.asked))


def clause_names(version: Table) -> list[str]:
    """The names of the clauses as written, faulty ones included, "" where there is none."""
    clauses = version.data.get("clause")
    found = [clause.get("name") for clause in clauses if isinstance(clause, dict)] if isinstance(clauses, list) else []
    return [name if isinstance(name, str) else "" for name in found]


def check_target_name(table: Table, key: str, target: str | None) -> None:
    if target and (not IDENTIFIER.fullmatch(target) or target in RESERVED):
        table.fault(key, f"{target!r} is neither a clause nor a party role", "lower-case letters, digits and _")


def check_role(table: Table, key: str, role: str) -> None:
    roles = table.reading.roles
    if roles is not None and role not in roles:
        table.fault(key, f"no posting rules for role {role!r}", either(sorted(roles)), advice=near(role, roles))


def either(words: Collection[str]) -> str:
    *others, last = [f'"{word}"' for word in words] or ["nothing"]
    return f"{', '.join(others)} or {last}" if others else last


def near(word: object, words: Collection[str], at_least: float = 0.7) -> str:
    near = get_close_matches(word, words, 1, at_least) if isinstance(word, str) else []
    return f'did you mean "{near[0]}"?' if near else ""
