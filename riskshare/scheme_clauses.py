"""The clauses of a version, read from their tables. A faulty one is read as None and its place kept for the other checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from ledger.money import AmountError, parse_amount
from products.expression import RESERVED, Expression, ExpressionError, parse, parse_percent
from riskshare import rounding
from riskshare.scheme_table import IDENTIFIER, Table, check_target_name, either, near
from riskshare.terms import (
    FIXED,
    IN_ORDER,
    KINDS,
    NET_LOSS,
    PAID_SHARE,
    REFUSED,
    Band,
    Choose,
    Clause,
    Follow,
    Layer,
    Share,
    scope_attribute,
)

CLAUSE_KINDS = ("share", "follow", "layer", "choose")
SCOPES = ("event", "loan", "scheme-year", "life")
COUNTED_BY = ("borrower", "portfolio", "enterprise", "loan")
"""What a scope can count by besides the roles: borrower, borrower-year, portfolio, loan-year ..."""

RECOVERY_WAYS = 'by = "paid_share", "net_loss", { party = "50%", … } or ["party", "party"]'
BANDS = '"up to X", "below X", "from X", "above X" or two of them, such as "above 1 up to 3"'


@dataclass(frozen=True, slots=True)
class Words:
    """What the clauses of a version may name: the currency, the measures known, the amounts with a name."""

    currency: str
    measures: frozenset[str]
    amounts: Mapping[str, Expression]


def read_clauses(version: Table, words: Words) -> list[Clause | None]:
    """All clauses of a version in the order written."""
    seen: set[str] = set()
    clauses: list[Clause | None] = []
    for table in version.tables("clause"):
        name = table.text("name", "loss")
        if name and (not IDENTIFIER.fullmatch(name) or name in RESERVED or name == REFUSED):
            table.fault("name", f"{name!r} cannot be the name of a clause", "lower-case letters, digits and _")
        if name in seen:
            table.fault("name", f"two clauses are named {name!r}", "a name of its own for each clause")
        seen.add(name)
        clauses.append(_clause(table, name, words))
    return clauses


def read_amount(table: Table, key: str, text: str, words: Words) -> Expression | None:
    """One amount expression of the terms; None where it is at fault or missing."""
    if not text:
        return None
    try:
        return parse(text, words.currency, words.measures | words.amounts.keys(), words.amounts)
    except ExpressionError as fault:
        table.fault(key, f"{key}: {fault}", fault.expected, fault.got)
        return None


def _clause(table: Table, name: str, words: Words) -> Clause | None:
    article = table.text("article", "5")
    kinds = [kind for kind in CLAUSE_KINDS if kind in table.data]
    clause: Clause | None = None
    if len(kinds) == 1:
        inner = table.table(kinds[0], "{ … }")
        if inner.data:
            clause = _READ[kinds[0]](inner, name, article, words)
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


# share


def _share(table: Table, name: str, article: str, words: Words) -> Share | None:
    before = len(table.reading.faults)
    table.asked.update(table.data)
    for target in table.data:
        check_target_name(table, target, target)
    values = _quoted(table, "the share of")
    if len(table.reading.faults) > before:
        return None
    shapes = {_shape(value) for value in values.values()}
    if shapes <= {"percent", "rest"} or shapes == {"weight"}:
        weights = _weights(table, values)
        return Share(name, article, tuple(values), weights) if weights else None
    if shapes == {"amount"}:
        measured = tuple(read_amount(table, target, value, words) for target, value in values.items())
        return None if None in measured else Share(name, article, tuple(values), (), measured)  # type: ignore[arg-type]
    got = ", ".join(f"{target} = {value!r}" for target, value in values.items())
    table.reading.fault(table.at, "the shares are mixed", "all percentages, all whole weights or all measures", got)
    return None


def _quoted(table: Table, called: str) -> dict[str, str]:
    """Weights as texts; a bare whole number is read as one."""
    values = {target: str(value) if type(value) is int else value for target, value in table.data.items()}
    for target, value in values.items():
        if not isinstance(value, str):
            expected = '"20%", "4", "rest" or a measure'
            table.fault(target, f"{called} {target} is not in quotes", expected, repr(value))
    return values


def _shape(value: str) -> str:
    if value == "rest":
        return "rest"
    if value.endswith("%") and " " not in value:
        return "percent"
    return "weight" if re.fullmatch(r"-?[0-9]+", value) else "amount"


def _weights(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
    """Percentages or whole weights in lowest terms. Empty where they are at fault."""
    if {_shape(value) for value in values.values()} == {"weight"}:
        return _whole_weights(table, values)
    return _percentages(table, values)


def _percentages(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
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
        table.reading.fault(table.at, f"nothing is left for {rest[0]}", "below 100 % for the others", percent(total))
    elif not rest and total != 1:
        off = f"{percent(1 - total)} is missing" if total < 1 else f"{percent(total - 1)} is too much"
        table.reading.fault(table.at, f"the shares make {percent(total)}, {off}", '100 %, or one "rest"')
    else:
        exact |= dict.fromkeys(rest, 1 - total)
        whole = lcm(*(share.denominator for share in exact.values()))
        return rounding.lowest(tuple(int(share * whole) for share in exact.values()))
    return ()


def _whole_weights(table: Table, values: Mapping[str, str]) -> tuple[int, ...]:
    none = [target for target, value in values.items() if int(value) <= 0]
    for target in none:
        table.fault(target, f"the weight of {target} is not above zero", "1 or more", repr(values[target]))
    return () if none else rounding.lowest(tuple(map(int, values.values())))


# follow


def _follow(table: Table, name: str, article: str, words: Words) -> Follow | None:
    borne, per = table.word("borne", KINDS), _scope(table)
    then = table.text("then", "debtor")
    check_target_name(table, "then", then)
    way = _recovery_way(table)
    table.done()
    if not (then and per and way):
        return None
    if per == "event":
        table.fault("per", "one fact alone has nothing to follow", 'the scope it belongs to, such as "loan"', repr(per))
        return None
    mode, roles, weights = way
    if mode == NET_LOSS and (name != "recovery" or borne != "loss" or per != "loan"):
        expected = 'the clause "recovery" itself, with borne = "loss" and per = "loan"'
        table.fault("by", 'by = "net_loss" takes recoveries off the loss of the same loan', expected)
        return None
    return Follow(name, article, borne, per, then, mode, roles, weights)


def _recovery_way(table: Table) -> tuple[str, tuple[str, ...], tuple[int, ...]] | None:
    """The mode of a follow, and the roles it names in their order, with their weights."""
    by = table.get("by", '"paid_share"', RECOVERY_WAYS)
    if by in (PAID_SHARE, NET_LOSS):
        return by, (), ()
    if isinstance(by, dict) and by:
        inner = Table(table.reading, (*table.at, "by"), by)
        values = _quoted(inner, "the share of")
        shapes = {_shape(value) if isinstance(value, str) else "" for value in values.values()}
        if shapes <= {"percent", "rest"} or shapes == {"weight"}:
            weights = _weights(inner, values)
            return (FIXED, tuple(values), weights) if weights else None
        table.fault("by", "the agreed shares of a recovery are not weights", "percentages or whole weights", repr(by))
        return None
    if isinstance(by, list) and by and all(isinstance(role, str) for role in by) and len(set(by)) == len(by):
        return IN_ORDER, tuple(by), ()
    if by is not None:
        table.fault("by", f"{table.called('by')} is not a way to share a recovery", RECOVERY_WAYS, repr(by))
    return None


# layer


def _layer(table: Table, name: str, article: str, words: Words) -> Layer | None:
    per = _scope(table)
    attach = limit = None
    if "attach" in table.data:
        attach = read_amount(table, "attach", table.text("attach", "0.00"), words)
    text = table.text("limit", "1,000,000.00")
    if text and text != "none":
        limit = read_amount(table, "limit", text, words)
    first, then = table.text("first", "government"), table.text("then", "guarantor")
    for key, target in (("first", first), ("then", then)):
        check_target_name(table, key, target)
    order = table.word("order", ("time", "pro_rata"), required=False)
    unit = _unit(table, words.currency)
    table.done()
    written = tuple(str(table.data[key]) for key in table.data if key in ("first", "then"))
    faulty = not (per and text and first and then) or (text != "none" and limit is None)
    return None if faulty else Layer(name, article, per, attach, limit, first, then, order, written, unit)


def _unit(table: Table, currency: str) -> int:
    text = table.text("unit", "1.00", required=False)
    if not text:
        return 1
    try:
        unit = parse_amount(text, currency)
    except AmountError as fault:
        table.fault("unit", f"unit: {fault}", fault.expected, repr(text))
        return 1
    if unit <= 0:
        table.fault("unit", "a unit of nothing", "an amount above zero, such as 1.00", repr(text))
    return max(unit, 1)


# choose


def _choose(table: Table, name: str, article: str, words: Words) -> Choose | None:
    by = table.text("by", "insured")
    otherwise = table.text("otherwise", "", required=False) or None
    roads = {value: table.text(value, "a clause") for value in table.data if value not in ("by", "otherwise")}
    for key, target in (*roads.items(), ("otherwise", otherwise)):
        check_target_name(table, key, target)
    if not roads:
        table.reading.fault(table.at, "the choice has no road", 'such as yes = "insured_split"')
    days = re.fullmatch(r"days from (\w+_on) to (\w+_on)", by)
    if by.startswith("days ") and not days:
        table.fault("by", f"{by!r} does not name two dates", '"days from due_on to effective_on"')
        return None
    measured = by in words.measures
    bands = [read_band(table, text, words.currency if measured else "") for text in roads if _looks_like_a_band(text)]
    if bands and len(bands) < len(roads):
        table.reading.fault(table.at, "words and bands are mixed in one choice", f"all roads by words, or all {BANDS}")
        return None
    if (measured or days) and roads and not bands:
        table.reading.fault(table.at, f"{by!r} is a number", f"roads for {BANDS}", repr(next(iter(roads))))
        return None
    if not (by and roads and all(roads.values())) or None in bands:
        return None
    found = tuple(band for band in bands if band)
    return Choose(name, article, by, roads, otherwise, found, measured, (days[1], days[2]) if days else None)


_BAND = re.compile(r"(?:(from|above) (\S+))?(?: ?(up to|below) (\S+))?")


def _looks_like_a_band(text: str) -> bool:
    return text.split(" ")[0] in ("from", "above", "up", "below")


def read_band(table: Table, text: str, currency: str) -> Band | None:
    """A span of numbers: in money where a measure chooses, else plain decimals."""
    match = _BAND.fullmatch(text)
    if match is None or not text:
        table.fault(text, f"{text!r} is not a band", BANDS)
        return None
    low, high = (_number(table, text, word, currency) if word else None for word in (match[2], match[4]))
    if (match[2] and low is None) or (match[4] and high is None):
        return None
    if low is not None and high is not None and low > high:
        table.fault(text, f"{text!r} holds no number", "the smaller number first")
        return None
    return Band(text, low, match[1] == "from", high, match[3] == "up to")


def _number(table: Table, text: str, word: str, currency: str) -> Fraction | None:
    try:
        if currency:
            return Fraction(parse_amount(word, currency))
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?", word, re.ASCII):
            return Fraction(word)
        table.fault(text, f"{text!r}: {word!r} is not a number", "plain digits, such as 10 or 0.8")
    except AmountError as fault:
        table.fault(text, f"{text!r}: {fault}", fault.expected, repr(word))
    return None


def _scope(table: Table) -> str:
    per = table.text("per", "scheme-year")
    expected = either((*SCOPES, "borrower", "guarantor-year"))
    role, roles = scope_attribute(per), table.reading.roles
    known = {*SCOPES, *COUNTED_BY, *(f"{name}-year" for name in COUNTED_BY)}
    if not per or per in known:
        return per
    advice = near(per, known, 0.9)
    if role is None or not IDENTIFIER.fullmatch(role) or (advice and role not in (roles or ())):
        table.fault("per", f"unknown scope {per!r}", expected, advice=advice)
        return ""
    if roles is not None and role not in roles:
        what = f"scope {per!r} counts by a role that is not known"
        table.fault("per", what, expected, advice=near(role, roles) or advice)
        return ""
    return per


def percent(share: Fraction) -> str:
    """0.995 is "99.5 %". The shares were written as decimals, so the digits end."""
    scale = next((n for n in range(20) if (share * 10 ** (n + 2)).denominator == 1), 20)
    digits = str(int(share * 10 ** (scale + 2))).rjust(scale + 1, "0")
    return f"{digits[: len(digits) - scale]}{'.' if scale else ''}{digits[len(digits) - scale :]} %"


_READ: Mapping[str, Callable[[Table, str, str, Words], Any]] = {
    "share": _share,
    "follow": _follow,
    "layer": _layer,
    "choose": _choose,
}
