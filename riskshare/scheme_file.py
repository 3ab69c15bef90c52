"""Reading a scheme document. Every fault is found in one run, with its line, its article and what to write instead."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ledger.faults import NotFound, Refusal, Refused
from ledger.money import AmountError, places
from products.expression import Expression
from riskshare.scheme_checks import check_bounds, check_dates, check_graph, check_roads, check_rounding, check_together
from riskshare.scheme_clauses import CLAUSE_KINDS, SCOPES, Words, read_clauses
from riskshare.scheme_table import Reading, Table
from riskshare.scheme_terms import (
    USUAL,
    read_amounts,
    read_bounds,
    read_fuses,
    read_maximum,
    read_measures,
    read_parties,
    read_roles,
    read_rounding,
    read_terms,
    read_works_out,
)
from riskshare.terms import (
    REFUSED,
    Choose,
    Clause,
    Follow,
    Layer,
    LossTerms,
    Scheme,
    Share,
    Tariff,
    Version,
    scope_attribute,
)
from riskshare.toml_lines import line_numbers

__all__ = ["CLAUSE_KINDS", "DATES", "SCOPES", "USUAL", "load_scheme", "read_scheme"]

DATES = ("registered_on", "default_on", "compensated_on")
COUNTS = frozenset({"days"})
"""Whole numbers a fact may say that are no amounts of money: "by days of 365"."""


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
    known = None if roles is None else frozenset(roles) | _open_roles(document)
    reading = Reading(name, document, line_numbers(text), frozenset(measures), known, roles)
    scheme = _scheme(reading, text)
    if reading.faults:
        raise Refused(*sorted(reading.faults, key=_line))
    return scheme


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


def _scheme(reading: Reading, text: str) -> Scheme:
    top = Table(reading, (), reading.document)
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
    check_dates(reading, versions)
    if not reading.faults:
        check_together(reading, versions)
    return Scheme(
        id=identity,
        title=titles,
        currency=currency,
        status=status,
        applies_by=applies_by,
        versions=versions,
        text=text,
        digest=_digest(reading.document),
        file=reading.name,
    )


def _currency(top: Table) -> str:
    currency = top.text("currency", "CNY")
    try:
        places(currency)
    except AmountError as fault:
        if currency:
            top.fault("currency", str(fault), fault.expected)
        return "CNY"
    return currency


def _version(table: Table, currency: str, header: Mapping[str, str]) -> Version:
    effective, until = _day(table, "effective", "2024-01-01"), _day(table, "until", "2025-12-31", required=False)
    source = table.text("source", "the agreement, its number and date")
    year_by = table.word("year_by", (*DATES, "paid_on"), usual="default_on")
    late = table.word("late", ("append", "reopen"))
    decided = table.word("decided", ("period", "year"))
    limit_basis = table.word("limit_basis", ("current", "at_fact"))
    rounds, maximum, declared = read_rounding(table), read_maximum(table, currency), read_measures(table)
    words = Words(currency, table.reading.measures | declared.keys() | COUNTS, {})
    words = Words(currency, words.measures, read_amounts(table, words))
    clauses = read_clauses(table, words)
    works_out, terms, parties = read_works_out(table, words), read_terms(table), read_parties(table)
    books_as = read_roles(table, table.reading.posted)
    bounds, fuses = read_bounds(table), read_fuses(table, words.measures)
    table.done()
    written = tuple(clause for clause in clauses if clause is not None)
    loss = terms.get("loss")
    _check_net_of(table, loss, words)
    check_graph(table, clauses)
    check_rounding(table, clauses, rounds)
    check_roads(table, clauses, terms.get("recovery"), [fuse.name for fuse in fuses])
    check_bounds(table, written, bounds)
    return Version(
        effective=effective or date.min,
        source=source,
        year_by=year_by,
        late=late,
        decided=decided,
        limit_basis=limit_basis,
        rounding=rounds,
        loss=loss,
        recovery=terms.get("recovery"),
        fee_reduction=terms.get("fee_reduction"),
        parties=parties,
        amounts=words.amounts,
        clauses=written,
        roles=_roles(written),
        measures=_measures(written).union(*(tariff.names for tariff in works_out.values())),
        attributes=_attributes(written),
        digest=_digest({**header, "version": table.data}),
        until=until,
        maximum=maximum,
        declared=declared,
        works_out=works_out,
        books_as=books_as,
        bounds=bounds,
        fuses=fuses,
        counts=_counts(written, works_out),
    )


def _day(table: Table, key: str, usual: str, required: bool = True) -> date | None:
    day = table.get(key, usual, "a date", required)
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        table.fault(key, f"version.{key} is not a date", f"{key} = {usual}", repr(day))
        return None
    return day


def _check_net_of(table: Table, loss: LossTerms | None, words: Words) -> None:
    if loss and loss.net_of and loss.net_of not in (*words.measures, "security"):
        what = f"unknown measure {loss.net_of!r}"
        table.reading.fault((*table.at, "loss", "net_of"), what, '"security" or a measure of [version.measures]')


def _open_roles(document: Mapping[str, Any]) -> frozenset[str]:
    """The names of the open roles of every version, before anything is checked."""
    versions = document.get("version")
    tables = [v.get("roles") for v in versions if isinstance(v, dict)] if isinstance(versions, list) else []
    return frozenset(name for table in tables if isinstance(table, dict) for name in table)


# Small helpers.


def _roles(clauses: Sequence[Clause]) -> tuple[str, ...]:
    names = {clause.name for clause in clauses} | {REFUSED}
    return tuple(dict.fromkeys(target for clause in clauses for target in clause.targets if target not in names))


def _attributes(clauses: Sequence[Clause]) -> frozenset[str]:
    """What a fact must say beside its amounts: what is chosen by, and whom a scope counts by."""
    said: set[str] = set()
    for clause in clauses:
        if isinstance(clause, Choose) and not clause.measured:
            said.update(clause.days or (clause.by,))
        elif isinstance(clause, Layer | Follow):
            said.add(scope_attribute(clause.per) or "")
    return frozenset(said - {""})


def _amounts(clauses: Sequence[Clause]) -> Iterator[Expression]:
    """Every amount that clauses are stated in."""
    for clause in clauses:
        if isinstance(clause, Share):
            yield from clause.measured
        elif isinstance(clause, Layer):
            yield from (amount for amount in (clause.attach, clause.limit) if amount)


def _measures(clauses: Sequence[Clause]) -> frozenset[str]:
    names = {name for amount in _amounts(clauses) for name in amount.names}
    return frozenset(names | {c.by for c in clauses if isinstance(c, Choose) and c.measured})


def _counts(clauses: Sequence[Clause], works_out: Mapping[str, Tariff]) -> frozenset[str]:
    worked_out = [amount for tariff in works_out.values() for amount in tariff.amounts]
    return frozenset(name for amount in (*_amounts(clauses), *worked_out) for name in amount.counts)


def _digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document as JSON, in the order written: the order of the parties decides who gets the odd unit."""
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _line(refusal: Refusal) -> int:
    found = re.search(r", line (\d+)", refusal.where)
    return int(found[1]) if found else 0
