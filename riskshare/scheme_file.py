"""Reading a scheme document. Every fault is found in one run, with its line, its article and what to write instead."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from ledger.faults import NotFound, Refusal, Refused
from ledger.money import AmountError, parse_amount, places
from products.expression import RESERVED, Expression, ExpressionError, parse, parse_percent
from riskshare import rounding
from riskshare.terms import (
    COMPONENTS,
    KINDS,
    Choose,
    Clause,
    FeeReductionTerms,
    Follow,
    Layer,
    LossTerms,
    RecoveryTerms,
    Rounding,
    Scheme,
    Share,
    TurnedAround,
    Version,
    clause_order,
    reachable,
    scope_attribute,
)
from riskshare.toml_lines import Path as Place
from riskshare.toml_lines import line_numbers, line_of

DATES = ("registered_on", "default_on", "compensated_on")
TERMS_OF = {"loss": LossTerms, "recovery": RecoveryTerms, "fee_reduction": FeeReductionTerms}
CLAUSE_KINDS = ("share", "follow", "layer", "choose")
SCOPES = ("event", "loan", "borrower", "scheme-year", "life")

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def load_scheme(path: Path, *, measures: Collection[str], roles: Collection[str] | None) -> Scheme:
    """Read a scheme from its file. Raises Refused with all the faults found."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(Refusal(str(path), "there is no such scheme file")) from None
    except UnicodeDecodeError:
        raise Refused(Refusal(str(path), "not a UTF-8 text", advice="save the file as UTF-8")) from None
    return read_scheme(text, str(path), measures=measures, roles=roles)


def read_scheme(text: str, name: str, *, measures: Collection[str], roles: Collection[str] | None) -> Scheme:
    """Read a scheme from its text. `measures` and `roles` are those known outside; roles None skips that check."""
    document = _document(text, name)
    reading = _Reading(name, document, line_numbers(text), frozenset(measures), roles)
    scheme = _scheme(reading, text)
    if reading.faults:
        raise Refused(*sorted(reading.faults, key=_line))
    return scheme


# One reading: the document, where things stand, and the faults so far.


@dataclass(frozen=True, slots=True)
class _Reading:
    name: str
    document: Mapping[str, Any]
    lines: dict[Place, int]
    measures: frozenset[str]
    roles: Collection[str] | None
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
class _Table:
    """One table of the document. Asking for a key says what it must be; `done` reports the keys nobody asked for."""

    reading: _Reading
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
        value = self.get(key, f'"{usual or words[0]}"', _either(words), required)
        if value is not None and value not in words:
            advice = _near(value, words)
            self.fault(key, f"{self.called(key)} is not a word of a scheme", _either(words), repr(value), advice)
            return usual or words[0]
        return value or usual or words[0]

    def role(self, key: str, usual: str, also: Collection[str] = ()) -> str:
        value = self.text(key, usual)
        if value and value not in also:
            _check_role(self, key, value)
        return value

    def table(self, key: str, usual: str, required: bool = True) -> _Table:
        value = self.get(key, usual, required=required)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"{self.called(key)} is not a table", f"{key} = {usual}", repr(value))
        return _Table(self.reading, (*self.at, key), value if isinstance(value, dict) else {})

    def tables(self, key: str) -> list[_Table]:
        value = self.get(key, required=False)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            header = ".".join(str(part) for part in (*self.at, key) if isinstance(part, str))
            self.fault(key, f"{self.called(key)} is missing", f"at least one [[{header}]]")
            return []
        return [_Table(self.reading, (*self.at, key, i), item) for i, item in enumerate(value)]

    def called(self, key: str) -> str:
        return ".".join(str(part) for part in (*self.at, key) if isinstance(part, str))

    def done(self, what: str = "key") -> None:
        for key in self.data:
            if key not in self.asked:
                known = _either(sorted(self.asked))
                self.fault(key, f"unknown {what} {self.called(key)}", known, repr(key), _near(key, self.asked))


def _document(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        said = str(fault)
        found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        line = found[1] if found and found[1] else str(len(text.splitlines()) or 1)
        column = f", column {found[2]}" if found and found[2] else ""
        what = said[: found.start()] if found else said
        raise Refused(Refusal(f"{name}, line {line}{column}", f"not a TOML document: {what}")) from None


# From the outside in: scheme, version, clause.


def _scheme(reading: _Reading, text: str) -> Scheme:
    top = _Table(reading, (), reading.document)
    identity = top.text("id", "example-4321")
    title = top.table("title", '{ zh = "…", en = "…" }')
    titles = {language: title.text(language, "…") for language in ("zh", "en")}
    title.done()
    currency = _currency(top)
    status = top.word("status", ("found", "unconfirmed", "example"), usual="example")
    applies_by = top.word("applies_by", DATES)
    header = {"id": identity, "currency": currency, "applies_by": applies_by}
    versions = tuple(_version(table, currency, header) for table in top.tables("version"))
    top.done()
    _check_dates(reading, versions)
    if not reading.faults:
        _check_together(reading, versions)
    return Scheme(
        identity, titles, currency, status, applies_by, versions, text, _digest(reading.document), reading.name
    )


def _currency(top: _Table) -> str:
    currency = top.text("currency", "CNY")
    try:
        places(currency)
    except AmountError as fault:
        if currency:
            top.fault("currency", str(fault), fault.expected)
        return "CNY"
    return currency


def _version(table: _Table, currency: str, header: Mapping[str, str]) -> Version:
    effective = table.get("effective", "2024-01-01", "a date")
    if effective is not None and (not isinstance(effective, date) or isinstance(effective, datetime)):
        table.fault("effective", "version.effective is not a date", "effective = 2024-01-01", repr(effective))
    source = table.text("source", "the agreement, its number and date")
    year_by = table.word("year_by", (*DATES, "paid_on"), usual="default_on")
    late = table.word("late", ("append", "reopen"))
    decided = table.word("decided", ("period", "year"))
    limit_basis = table.word("limit_basis", ("current", "at_fact"))
    rounds = _rounding(table)
    amounts = _amounts(table, currency)
    clauses = _clauses(table, currency, amounts)
    terms = _terms(table, clauses)
    parties = _parties(table)
    table.done()
    written = tuple(clause for clause in clauses if clause is not None)
    _check_graph(table, clauses)
    _check_rounding(table, clauses, rounds)
    names = _expression_names(written)
    return Version(
        effective if isinstance(effective, date) else date.min,
        source,
        year_by,
        late,
        decided,
        limit_basis,
        rounds,
        terms.get("loss"),
        terms.get("recovery"),
        terms.get("fee_reduction"),
        parties,
        amounts,
        written,
        _roles(written),
        frozenset(names - amounts.keys()),
        _attributes(written),
        _digest({**header, "version": table.data}),
    )


def _rounding(version: _Table) -> Rounding:
    table = version.table("rounding", '{ scope = "cumulative", method = "largest_remainder" }')
    if not table.data:
        return Rounding("event", "largest_remainder")
    scope = table.word("scope", ("cumulative", "event"))
    method = table.word("method", ("largest_remainder", "quota"))
    accepts = table.get("accepts_minus_one", required=False)
    if not isinstance(accepts, bool | None):
        table.fault("accepts_minus_one", "accepts_minus_one is not yes or no", "true or false", repr(accepts))
    table.done()
    return Rounding(scope, method, accepts is True)


def _amounts(version: _Table, currency: str) -> dict[str, int]:
    table = version.table("amounts", '{ yearly_cap = "1,000,000.00" }', required=False)
    amounts: dict[str, int] = {}
    for name in table.data:
        text = table.text(name, "1,000,000.00")
        if not _IDENTIFIER.fullmatch(name) or name in RESERVED:
            table.fault(name, f"{name!r} cannot be the name of an amount", "lower-case letters, digits and _")
        elif name in version.reading.measures:
            table.fault(name, f"{name!r} is already the name of a measure", "another name")
        elif text:
            amounts[name] = _amount(table, name, text, currency)
    return amounts


def _amount(table: _Table, key: str, text: str, currency: str) -> int:
    try:
        return parse_amount(text, currency)
    except AmountError as fault:
        table.fault(key, f"{table.called(key)} cannot be read: {fault}", fault.expected, repr(text))
        return 0


def _parties(version: _Table) -> dict[str, str]:
    table = version.table("parties", '{ government = "…" }', required=False)
    parties = {role: table.text(role, "the party's name") for role in table.data}
    for role in parties:
        _check_role(table, role, role)
    return parties


def _terms(version: _Table, clauses: Sequence[Clause | None]) -> dict[str, Any]:
    """The tables that a kind of fact needs beside its clause: [version.loss] with the clause "loss"."""
    named = {clause.get("name") for clause in version.data.get("clause", []) if isinstance(clause, dict)}
    terms: dict[str, Any] = {}
    for kind, read in (("loss", _loss), ("recovery", _recovery), ("fee_reduction", _fee_reduction)):
        if kind in version.data and kind not in named:
            version.fault(kind, f"[version.{kind}] stands without a clause {kind!r}", f'a clause with name = "{kind}"')
        if kind in version.data or kind in named:
            table = version.table(kind, "a table of its own")
            if table.data:
                terms[kind] = read(table)
                table.done()
    return terms


def _loss(table: _Table) -> LossTerms:
    on = table.word("on", ("default", "compensation"))
    counts = table.get("counts", '["principal", "interest"]', "a list of " + _either(COMPONENTS)) or []
    if not isinstance(counts, list) or len(set(map(str, counts))) < len(counts):
        table.fault(
            "counts", "version.loss.counts is not a list of different components", '["principal"]', repr(counts)
        )
        counts = []
    for component in counts:
        if component not in COMPONENTS:
            near = _near(component, COMPONENTS)
            table.fault("counts", f"unknown loss component {component!r}", _either(COMPONENTS), advice=near)
    uncounted = table.role("uncounted", "bank")
    advance = table.role("advance", "none", also=("none",))
    return LossTerms(on, tuple(counts), uncounted, advance)


def _recovery(table: _Table) -> RecoveryTerms:
    costs = table.word("costs", ("first", "none"))
    later = ("from_recovery_date", "from_start")
    if table.data.get("reinstates") in later:
        table.asked.add("reinstates")
        table.fault("reinstates", f"reinstates = {table.data['reinstates']!r} is not supported yet", '"no"')
        return RecoveryTerms(costs, "no")
    return RecoveryTerms(costs, table.word("reinstates", ("no",)))


def _fee_reduction(table: _Table) -> FeeReductionTerms:
    rate, text = (0, 1), table.text("benchmark_rate", "1.50%")
    try:
        rate = parse_percent(text) if text else rate
    except ExpressionError as fault:
        table.fault("benchmark_rate", f"the benchmark rate is {fault}", fault.expected, fault.got)
    days = table.get("days_in_year", "365", "365 or 360")
    if days is not None and days not in (365, 360):
        table.fault("days_in_year", "version.fee_reduction.days_in_year", "365 or 360", repr(days))
    return FeeReductionTerms(rate, days if isinstance(days, int) else 365)


# Clauses. A faulty one is read as None and its place kept, so that the others can still be checked against it.


def _clauses(version: _Table, currency: str, amounts: Mapping[str, int]) -> list[Clause | None]:
    tables = version.tables("clause")
    known = version.reading.measures | amounts.keys()
    seen: set[str] = set()
    clauses: list[Clause | None] = []
    for table in tables:
        name = table.text("name", "loss")
        if name and (not _IDENTIFIER.fullmatch(name) or name in RESERVED):
            table.fault("name", f"{name!r} cannot be the name of a clause", "lower-case letters, digits and _")
        if name in seen:
            table.fault("name", f"two clauses are named {name!r}", "a name of its own for each clause")
        seen.add(name)
        clauses.append(_clause(table, name, currency, known))
    return clauses


def _clause(table: _Table, name: str, currency: str, known: Collection[str]) -> Clause | None:
    article = table.text("article", "5")
    kinds = [kind for kind in CLAUSE_KINDS if kind in table.data]
    clause: Clause | None = None
    if len(kinds) == 1:
        inner = table.table(kinds[0], "{ … }")
        read = {"share": _share, "follow": _follow, "layer": _layer, "choose": _choose}[kinds[0]]
        if inner.data:
            clause = read(inner, name, article, currency, known)
        else:
            table.fault(kinds[0], f"the {kinds[0]} of clause {name!r} says nothing", "its parties and figures")
    table.asked.update(CLAUSE_KINDS)
    if not kinds:
        table.fault("name", f"clause {name!r} has no kind", "one of share, follow, layer, choose")
    if len(kinds) > 1:
        got = " and ".join(kinds)
        table.fault(kinds[1], f"clause {name!r} is of two kinds", "one of share, follow, layer, choose", got)
    table.done("key")
    return clause


def _share(table: _Table, name: str, article: str, currency: str, known: Collection[str]) -> Share | None:
    before = len(table.reading.faults)
    table.asked.update(table.data)
    for target in table.data:
        _check_target_name(table, target, target)
    values = {target: str(value) if type(value) is int else value for target, value in table.data.items()}
    for target, value in values.items():
        if not isinstance(value, str):
            table.fault(
                target, f"the share of {target} is not in quotes", '"20%", "4", "rest" or a measure', repr(value)
            )
    if len(table.reading.faults) > before:
        return None
    shapes = {_shape(value) for value in values.values()}
    if shapes <= {"percent", "rest"}:
        weights = _percentages(table, values)
        return Share(name, article, tuple(values), weights) if weights else None
    if shapes == {"weight"}:
        return _whole_weights(table, name, article, values)
    if shapes == {"amount"}:
        measured = tuple(_expression(table, target, value, currency, known) for target, value in values.items())
        return None if None in measured else Share(name, article, tuple(values), (), measured)  # type: ignore[arg-type]
    got = ", ".join(f"{target} = {value!r}" for target, value in values.items())
    table.reading.fault(table.at, "the shares are mixed", "all percentages, all whole weights or all measures", got)
    return None


def _shape(value: str) -> str:
    if value == "rest":
        return "rest"
    if value.endswith("%"):
        return "percent"
    return "weight" if re.fullmatch(r"-?[0-9]+", value) else "amount"


def _percentages(table: _Table, values: Mapping[str, str]) -> tuple[int, ...]:
    """Percentages as whole weights in lowest terms. Empty where they are at fault."""
    exact: dict[str, Fraction] = {}
    for target, value in values.items():
        try:
            exact[target] = Fraction(*parse_percent(value)) if value != "rest" else Fraction(0)
        except ExpressionError as fault:
            table.fault(target, f"the share of {target} is {fault}", fault.expected, fault.got)
    rest = [target for target, value in values.items() if value == "rest"]
    none = [target for target, share in exact.items() if share == 0 and target not in rest]
    total = sum(exact.values(), Fraction(0))
    for target in none:
        table.fault(target, f"the share of {target} is not above zero", "leave the party out", repr(values[target]))
    if len(exact) < len(values) or none:
        return ()
    if len(rest) > 1:
        table.reading.fault(table.at, "two parties take the rest", 'one "rest"', " and ".join(rest))
    elif rest and total >= 1:
        table.reading.fault(table.at, f"nothing is left for {rest[0]}", "below 100 % for the others", _percent(total))
    elif not rest and total != 1:
        off = f"{_percent(1 - total)} is missing" if total < 1 else f"{_percent(total - 1)} is too much"
        table.reading.fault(table.at, f"the shares make {_percent(total)}, {off}", '100 %, or one "rest"')
    else:
        exact |= dict.fromkeys(rest, 1 - total)
        whole = lcm(*(share.denominator for share in exact.values()))
        return rounding.lowest(tuple(int(share * whole) for share in exact.values()))
    return ()


def _whole_weights(table: _Table, name: str, article: str, values: Mapping[str, str]) -> Share | None:
    none = [target for target, value in values.items() if int(value) <= 0]
    for target in none:
        table.fault(target, f"the weight of {target} is not above zero", "leave the party out", repr(values[target]))
    return None if none else Share(name, article, tuple(values), rounding.lowest(tuple(map(int, values.values()))))


def _follow(table: _Table, name: str, article: str, currency: str, known: Collection[str]) -> Follow | None:
    borne, per = table.word("borne", KINDS), _scope(table)
    then = table.text("then", "debtor")
    _check_target_name(table, "then", then)
    table.done()
    return Follow(name, article, borne, per, then) if then and per else None


def _layer(table: _Table, name: str, article: str, currency: str, known: Collection[str]) -> Layer | None:
    per = _scope(table)
    attach = limit = None
    if "attach" in table.data:
        attach = _expression(table, "attach", table.text("attach", "0.00"), currency, known)
    text = table.text("limit", "1,000,000.00")
    if text and text != "none":
        limit = _expression(table, "limit", text, currency, known)
    first, then = table.text("first", "government"), table.text("then", "guarantor")
    for key, target in (("first", first), ("then", then)):
        _check_target_name(table, key, target)
    order = table.word("order", ("time", "pro_rata"), required=False)
    table.done()
    written = tuple(str(table.data[key]) for key in table.data if key in ("first", "then"))
    faulty = not (per and text and first and then) or (text != "none" and limit is None)
    return None if faulty else Layer(name, article, per, attach, limit, first, then, order, written)


def _choose(table: _Table, name: str, article: str, currency: str, known: Collection[str]) -> Choose | None:
    by = table.text("by", "insured")
    otherwise = table.text("otherwise", "", required=False) or None
    roads = {value: table.text(value, "a clause") for value in table.data if value not in ("by", "otherwise")}
    for key, target in (*roads.items(), ("otherwise", otherwise)):
        _check_target_name(table, key, target)
    if not roads:
        table.reading.fault(table.at, "the choice has no road", 'such as yes = "insured_split"')
    return Choose(name, article, by, roads, otherwise) if by and roads and all(roads.values()) else None


def _scope(table: _Table) -> str:
    per = table.text("per", "scheme-year")
    expected = _either((*SCOPES, "guarantor-year"))
    role = scope_attribute(per)
    if per and per not in SCOPES and (role is None or not _IDENTIFIER.fullmatch(role)):
        table.fault("per", f"unknown scope {per!r}", expected, advice=_near(per, SCOPES))
        return ""
    if role and role != "borrower" and table.reading.roles is not None and role not in table.reading.roles:
        advice = _near(role, table.reading.roles)
        table.fault("per", f"scope {per!r} counts by a role that is not known", expected, advice=advice)
        return ""
    return per


def _expression(table: _Table, key: str, text: str, currency: str, known: Collection[str]) -> Expression | None:
    if not text:
        return None
    try:
        return parse(text, currency, known)
    except ExpressionError as fault:
        table.fault(key, f"{key}: {fault}", fault.expected, fault.got)
        return None


# What must hold between clauses, and between versions.


def _check_target_name(table: _Table, key: str, target: str | None) -> None:
    if target and (not _IDENTIFIER.fullmatch(target) or target in RESERVED):
        table.fault(key, f"{target!r} is neither a clause nor a party role", "lower-case letters, digits and _")


def _check_role(table: _Table, key: str, role: str) -> None:
    roles = table.reading.roles
    if roles is not None and role not in roles:
        table.fault(key, f"no posting rules for role {role!r}", _either(sorted(roles)), advice=_near(role, roles))


def _check_graph(version: _Table, clauses: Sequence[Clause | None]) -> None:
    """Every target is a clause below or a role; every clause is reached from an entry."""
    tables = version.data.get("clause", [])
    names = [table.get("name") for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    for i, clause in enumerate(clauses):
        if clause is None:
            continue
        for target in dict.fromkeys(clause.targets):
            _check_target(version, names, i, clause, target)
    entries = [name for name in names if name in KINDS]
    if names and not entries:
        version.fault("clause", "no clause is an entry", "a clause named " + _either(KINDS))
    if None in clauses or len(set(names)) < len(names):
        return
    written = [clause for clause in clauses if clause is not None]
    reached = {name for kind in entries for name in reachable(written, kind)}
    for i, clause in enumerate(written):
        if clause.name not in reached and entries:
            advice = _near(clause.name, KINDS)
            at = (*version.at, "clause", i, "name")
            version.reading.fault(at, f"nothing leads to clause {clause.name!r}", "a clause above it", advice=advice)
        if isinstance(clause, Follow) and clause.borne not in entries:
            at = (*version.at, "clause", i, "follow")
            what = f"clause {clause.name!r} follows {clause.borne!r}, which no clause shares out"
            version.reading.fault(at, what, f"a clause named {clause.borne!r}")


def _check_target(version: _Table, names: Sequence[Any], i: int, clause: Clause, target: str) -> None:
    reading = version.reading
    at = (*version.at, "clause", i, type(clause).__name__.lower())
    if target not in names:
        if reading.roles is not None and target not in reading.roles:
            known = [*names[i + 1 :], *sorted(reading.roles)]
            what = f"{target!r} is neither a clause below nor a role with posting rules"
            reading.fault(at, what, _either(known), advice=_near(target, known))
    elif names.index(target) == i:
        advice = "if the party is meant, give the clause another name"
        reading.fault(
            at, f"clause {target!r} points to itself", "a clause written below, or a party role", advice=advice
        )
    elif names.index(target) < i:
        what = f"clause {clause.name!r} points uphill to {target!r}"
        reading.fault(at, what, "a clause written below, or a party role")
    elif isinstance(clause, Follow):
        what = f"the excess of clause {clause.name!r} goes to clause {target!r}"
        reading.fault(at, what, "a party role: what is above the loss is no longer shared")


def _check_rounding(version: _Table, clauses: Sequence[Clause | None], rounds: Rounding) -> None:
    """Running totals are split in a way that never takes a unit back, unless the scheme says it accepts that."""
    for i, clause in enumerate(clauses):
        if isinstance(clause, Share):
            for what, expected in _rounding_faults(clause, rounds):
                version.reading.fault((*version.at, "clause", i, "share"), what, expected)
        if isinstance(clause, Layer) and clause.order == "pro_rata" and rounds.accepts_minus_one:
            what = 'order = "pro_rata" and accepts_minus_one do not go together'
            version.reading.fault((*version.at, "clause", i, "layer"), what, 'method = "quota"')


def _rounding_faults(clause: Share, rounds: Rounding) -> Iterator[tuple[str, str]]:
    table_needed = rounds.method == "quota" or (rounds.scope == "cumulative" and len(clause.targets) > 2)
    if clause.measured:
        if rounds.method == "quota":
            yield "the quota method needs fixed weights, these are measured", 'method = "largest_remainder"'
        elif table_needed and not rounds.accepts_minus_one:
            yield "measured weights may post -1 on a positive fact", 'scope = "event" or accepts_minus_one = true'
    elif table_needed and sum(clause.weights) > rounding.MAX_ROWS:
        yield f"the weights are too fine: in lowest terms they make {sum(clause.weights):,}", f"{rounding.MAX_ROWS:,}"
    elif table_needed and rounds.method != "quota" and not rounds.accepts_minus_one:
        times, weights = rounding.steps_back(clause.weights), ":".join(map(str, clause.weights))
        what = f"largest remainder by {weights} would post -1 on a positive fact ({times} times in a period)"
        if times:
            yield what, 'method = "quota", or accepts_minus_one = true'


def _check_dates(reading: _Reading, versions: Sequence[Version]) -> None:
    for i in range(1, len(versions)):
        before, now = versions[i - 1].effective, versions[i].effective
        if date.min in (before, now):
            continue
        if now == before:
            reading.fault(("version", i, "effective"), f"two versions are effective on {now}", "one version per date")
        elif now < before:
            what = f"the version of {now} stands below that of {before}"
            reading.fault(("version", i, "effective"), what, "versions in the order of their dates")


def _check_together(reading: _Reading, versions: Sequence[Version]) -> None:
    """A layer of one name keeps one running total through all versions, so they must agree on how it counts."""
    seen: dict[str, tuple[int, Layer]] = {}
    for i, version in enumerate(versions):
        for j, clause in enumerate(version.clauses):
            if not isinstance(clause, Layer):
                continue
            first, other = seen.setdefault(clause.name, (i, clause))
            for key in ("per", "order"):
                if getattr(other, key) != getattr(clause, key):
                    what = (
                        f"layer {clause.name!r} counts on from version {versions[first].effective} with another {key}"
                    )
                    got = repr(getattr(clause, key))
                    at = ("version", i, "clause", j, "layer")
                    reading.fault(at, what, repr(getattr(other, key)), got, "or give the clause another name")
    try:
        clause_order(versions)
    except TurnedAround as circle:
        what = "clauses that wait for each other, within a version or between versions: " + str(circle)
        reading.fault(("version", len(versions) - 1), what, "one order for all versions", advice="rename a clause")


# Small helpers.


def _roles(clauses: Sequence[Clause]) -> tuple[str, ...]:
    names = {clause.name for clause in clauses}
    return tuple(dict.fromkeys(target for clause in clauses for target in clause.targets if target not in names))


def _attributes(clauses: Sequence[Clause]) -> frozenset[str]:
    """What a fact must say beside its amounts: what is chosen by, and whom a scope counts by."""
    chosen = {clause.by for clause in clauses if isinstance(clause, Choose)}
    scopes = {scope_attribute(clause.per) for clause in clauses if isinstance(clause, Layer | Follow)}
    return frozenset(chosen | {scope for scope in scopes if scope})


def _expression_names(clauses: Sequence[Clause]) -> set[str]:
    names: set[str] = set()
    for clause in clauses:
        if isinstance(clause, Share):
            names.update(*(expression.names for expression in clause.measured))
        elif isinstance(clause, Layer):
            names.update(*(expression.names for expression in (clause.attach, clause.limit) if expression))
    return names


def _digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document as JSON, in the order written: the order of the parties decides who gets the odd unit."""
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _either(words: Collection[str]) -> str:
    *others, last = [f'"{word}"' for word in words] or ["nothing"]
    return f"{', '.join(others)} or {last}" if others else last


def _near(word: object, words: Collection[str]) -> str:
    near = get_close_matches(word, words, 1, 0.7) if isinstance(word, str) else []
    return f'did you mean "{near[0]}"?' if near else ""


def _percent(share: Fraction) -> str:
    """0.995 is "99.5 %". The shares were written as decimals, so the digits end."""
    scale = next((n for n in range(20) if (share * 10 ** (n + 2)).denominator == 1), 20)
    digits = str(int(share * 10 ** (scale + 2))).rjust(scale + 1, "0")
    return f"{digits[: len(digits) - scale]}{'.' if scale else ''}{digits[len(digits) - scale :]} %"


def _line(refusal: Refusal) -> int:
    found = re.search(r", line (\d+)", refusal.where)
    return int(found[1]) if found else 0
