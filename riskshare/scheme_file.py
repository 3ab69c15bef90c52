"""Reading a scheme document. Every fault is found in one run, with its line, its article and what to write instead."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from ledger.faults import NotFound, Refusal, Refused
from ledger.money import AmountError, parse_amount, places
from products.expression import RESERVED, Expression, ExpressionError, parse, parse_percent
from riskshare import rounding
from riskshare.scheme_checks import check_dates, check_graph, check_rounding, check_together
from riskshare.scheme_table import IDENTIFIER, Reading, Table, check_role, check_target_name, clause_names, either, near
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
    Version,
    scope_attribute,
)
from riskshare.toml_lines import line_numbers

DATES = ("registered_on", "default_on", "compensated_on")
USUAL = {
    "loss": '{ on = "default", counts = ["principal", "interest"], uncounted = "bank", advance = "none" }',
    "recovery": '{ costs = "first", reinstates = "no" }',
    "fee_reduction": '{ benchmark_rate = "…%", days_in_year = 365 }',
}
"""The table a kind of fact needs beside its clause, as it is usually written."""

CLAUSE_KINDS = ("share", "follow", "layer", "choose")
SCOPES = ("event", "loan", "borrower", "scheme-year", "life")


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
    reading = Reading(name, document, line_numbers(text), frozenset(measures), roles)
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
    terms = _terms(table)
    parties = _parties(table)
    table.done()
    written = tuple(clause for clause in clauses if clause is not None)
    check_graph(table, clauses)
    check_rounding(table, clauses, rounds)
    names = _expression_names(written)
    return Version(
        effective=effective if isinstance(effective, date) else date.min,
        source=source,
        year_by=year_by,
        late=late,
        decided=decided,
        limit_basis=limit_basis,
        rounding=rounds,
        loss=terms.get("loss"),
        recovery=terms.get("recovery"),
        fee_reduction=terms.get("fee_reduction"),
        parties=parties,
        amounts=amounts,
        clauses=written,
        roles=_roles(written),
        measures=frozenset(names - amounts.keys()),
        attributes=_attributes(written),
        digest=_digest({**header, "version": table.data}),
    )


def _rounding(version: Table) -> Rounding:
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


def _amounts(version: Table, currency: str) -> dict[str, int]:
    table = version.table("amounts", '{ yearly_cap = "1,000,000.00" }', required=False)
    amounts: dict[str, int] = {}
    for name in table.data:
        text = table.text(name, "1,000,000.00")
        if not IDENTIFIER.fullmatch(name) or name in RESERVED:
            table.fault(name, f"{name!r} cannot be the name of an amount", "lower-case letters, digits and _")
        elif name in version.reading.measures:
            table.fault(name, f"{name!r} is already the name of a measure", "another name")
        elif text:
            amounts[name] = _amount(table, name, text, currency)
    return amounts


def _amount(table: Table, key: str, text: str, currency: str) -> int:
    try:
        return parse_amount(text, currency)
    except AmountError as fault:
        table.fault(key, f"{table.called(key)} cannot be read: {fault}", fault.expected, repr(text))
        return 0


def _parties(version: Table) -> dict[str, str]:
    table = version.table("parties", '{ government = "…" }', required=False)
    parties = {role: table.text(role, "the party's name") for role in table.data}
    for role in parties:
        check_role(table, role, role)
    return parties


def _terms(version: Table) -> dict[str, Any]:
    """The tables that a kind of fact needs beside its clause: [version.loss] with the clause "loss"."""
    named = clause_names(version)
    terms: dict[str, Any] = {}
    for kind, read in (("loss", _loss), ("recovery", _recovery), ("fee_reduction", _fee_reduction)):
        if kind in version.data and kind not in named:
            version.fault(kind, f"[version.{kind}] stands without a clause {kind!r}", f'a clause with name = "{kind}"')
        if kind in version.data or kind in named:
            table = version.table(kind, USUAL[kind])
            if table.data:
                terms[kind] = read(table)
                table.done()
    return terms


def _loss(table: Table) -> LossTerms:
    on = table.word("on", ("default", "compensation"))
    counts = table.get("counts", '["principal", "interest"]', "a list of " + either(COMPONENTS))
    if counts is not None and (not isinstance(counts, list) or not 0 < len(counts) == len(set(map(str, counts)))):
        what = "version.loss.counts is not a list of different components"
        table.fault("counts", what, '["principal", …]', repr(counts))
        counts = []
    counts = counts or []
    for component in counts:
        if component not in COMPONENTS:
            advice = near(component, COMPONENTS)
            table.fault("counts", f"unknown loss component {component!r}", either(COMPONENTS), advice=advice)
    uncounted = table.role("uncounted", "bank")
    advance = table.role("advance", "none", also=("none",))
    return LossTerms(on, tuple(counts), uncounted, advance)


def _recovery(table: Table) -> RecoveryTerms:
    costs = table.word("costs", ("first", "none"))
    later = ("from_recovery_date", "from_start")
    if table.data.get("reinstates") in later:
        table.asked.add("reinstates")
        table.fault("reinstates", f"reinstates = {table.data['reinstates']!r} is not supported yet", '"no"')
        return RecoveryTerms(costs, "no")
    return RecoveryTerms(costs, table.word("reinstates", ("no",)))


def _fee_reduction(table: Table) -> FeeReductionTerms:
    rate, text = (0, 1), table.text("benchmark_rate", "1.50%")
    try:
        rate = parse_percent(text) if text else rate
    except ExpressionError as fault:
        table.fault("benchmark_rate", f"the benchmark rate is {fault}", fault.expected, fault.got)
    days = table.get("days_in_year", "365", "365 or 360")
    if days is not None and days not in (365, 360):
        table.fault("days_in_year", f"{table.called('days_in_year')} is not a year of days", "365 or 360", repr(days))
    return FeeReductionTerms(rate, days if isinstance(days, int) else 365)


# Clauses. A faulty one is read as None and its place kept, so that the others can still be checked against it.


def _clauses(version: Table, currency: str, amounts: Mapping[str, int]) -> list[Clause | None]:
    tables = version.tables("clause")
    known = version.reading.measures | amounts.keys()
    seen: set[str] = set()
    clauses: list[Clause | None] = []
    for table in tables:
        name = table.text("name", "loss")
        if name and (not IDENTIFIER.fullmatch(name) or name in RESERVED):
            table.fault("name", f"{name!r} cannot be the name of a clause", "lower-case letters, digits and _")
        if name in seen:
            table.fault("name", f"two clauses are named {name!r}", "a name of its own for each clause")
        seen.add(name)
        clauses.append(_clause(table, name, currency, known))
    return clauses


def _clause(table: Table, name: str, currency: str, known: Collection[str]) -> Clause | None:
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


def _share(table: Table, name: str, article: str, currency: str, known: Collection[str]) -> Share | None:
    before = len(table.reading.faults)
    table.asked.update(table.data)
    for target in table.data:
        check_target_name(table, target, target)
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


def _percentages(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
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
        table.fault(target, f"the share of {target} is zero", got=repr(values[target]), advice="leave the party out")
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


def _whole_weights(table: Table, name: str, article: str, values: Mapping[str, str]) -> Share | None:
    none = [target for target, value in values.items() if int(value) <= 0]
    for target in none:
        table.fault(target, f"the weight of {target} is not above zero", "1 or more", repr(values[target]))
    return None if none else Share(name, article, tuple(values), rounding.lowest(tuple(map(int, values.values()))))


def _follow(table: Table, name: str, article: str, currency: str, known: Collection[str]) -> Follow | None:
    borne, per = table.word("borne", KINDS), _scope(table)
    then = table.text("then", "debtor")
    check_target_name(table, "then", then)
    table.done()
    return Follow(name, article, borne, per, then) if then and per else None


def _layer(table: Table, name: str, article: str, currency: str, known: Collection[str]) -> Layer | None:
    per = _scope(table)
    attach = limit = None
    if "attach" in table.data:
        attach = _expression(table, "attach", table.text("attach", "0.00"), currency, known)
    text = table.text("limit", "1,000,000.00")
    if text and text != "none":
        limit = _expression(table, "limit", text, currency, known)
    first, then = table.text("first", "government"), table.text("then", "guarantor")
    for key, target in (("first", first), ("then", then)):
        check_target_name(table, key, target)
    order = table.word("order", ("time", "pro_rata"), required=False)
    table.done()
    written = tuple(str(table.data[key]) for key in table.data if key in ("first", "then"))
    faulty = not (per and text and first and then) or (text != "none" and limit is None)
    return None if faulty else Layer(name, article, per, attach, limit, first, then, order, written)


def _choose(table: Table, name: str, article: str, currency: str, known: Collection[str]) -> Choose | None:
    by = table.text("by", "insured")
    otherwise = table.text("otherwise", "", required=False) or None
    roads = {value: table.text(value, "a clause") for value in table.data if value not in ("by", "otherwise")}
    for key, target in (*roads.items(), ("otherwise", otherwise)):
        check_target_name(table, key, target)
    if not roads:
        table.reading.fault(table.at, "the choice has no road", 'such as yes = "insured_split"')
    return Choose(name, article, by, roads, otherwise) if by and roads and all(roads.values()) else None


def _scope(table: Table) -> str:
    per = table.text("per", "scheme-year")
    expected = either((*SCOPES, "guarantor-year"))
    role = scope_attribute(per)
    if per and per not in SCOPES and (role is None or not IDENTIFIER.fullmatch(role)):
        table.fault("per", f"unknown scope {per!r}", expected, advice=near(per, SCOPES))
        return ""
    if role and role != "borrower" and table.reading.roles is not None and role not in table.reading.roles:
        advice = near(role, table.reading.roles)
        table.fault("per", f"scope {per!r} counts by a role that is not known", expected, advice=advice)
        return ""
    return per


def _expression(table: Table, key: str, text: str, currency: str, known: Collection[str]) -> Expression | None:
    if not text:
        return None
    try:
        return parse(text, currency, known)
    except ExpressionError as fault:
        table.fault(key, f"{key}: {fault}", fault.expected, fault.got)
        return None


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


def _percent(share: Fraction) -> str:
    """0.995 is "99.5 %". The shares were written as decimals, so the digits end."""
    scale = next((n for n in range(20) if (share * 10 ** (n + 2)).denominator == 1), 20)
    digits = str(int(share * 10 ** (scale + 2))).rjust(scale + 1, "0")
    return f"{digits[: len(digits) - scale]}{'.' if scale else ''}{digits[len(digits) - scale :]} %"


def _line(refusal: Refusal) -> int:
    found = re.search(r", line (\d+)", refusal.where)
    return int(found[1]) if found else 0
