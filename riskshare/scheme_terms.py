"""What a version says beside its clauses: what a loss is, recoveries, fees, names, promises and fuses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from ledger.money import AmountError, parse_amount
from products.expression import RESERVED, Expression, ExpressionError, parse, parse_percent
from riskshare.scheme_clauses import Words, read_amount, read_band
from riskshare.scheme_table import IDENTIFIER, Table, check_role, clause_names, either, near
from riskshare.terms import (
    COMPONENTS,
    KINDS,
    Bound,
    FeeReductionTerms,
    Fuse,
    LossTerms,
    RecoveryTerms,
    Rounding,
    Tariff,
    Threshold,
)

USUAL = {
    "loss": '{ on = "default", counts = ["principal", "interest"], uncounted = "bank", advance = "none" }',
    "recovery": '{ costs = "first", reinstates = "no" }',
    "fee_reduction": '{ benchmark_rate = "…%", days_in_year = 365 }',
}
"""The table a kind of fact needs beside its clause, as it is usually written."""

REINSTATES = ("no", "from_recovery_date", "from_start")
INSTANTS = ("month_end", "quarter_end", "year_end", "each_reading")
EFFECTS = ("new_loans", "new_facts")


def read_rounding(version: Table) -> Rounding:
    """How whole units are found."""
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


def read_measures(version: Table) -> dict[str, str]:
    """The measures a version declares beside the built-in ones, each with what it is."""
    table = version.table("measures", '{ outstanding = "loans outstanding at year end" }', required=False)
    declared: dict[str, str] = {}
    for name in table.data:
        said = table.text(name, "what it is, in words")
        if _free_name(table, name, "a measure") and said:
            declared[name] = said
    return declared


def read_amounts(version: Table, words: Words) -> dict[str, Expression]:
    """Amounts with a name; one may be stated in those above it."""
    table = version.table("amounts", '{ yearly_cap = "1,000,000.00" }', required=False)
    amounts: dict[str, Expression] = {}
    for name in table.data:
        text = table.text(name, "1,000,000.00")
        if not _free_name(table, name, "an amount"):
            continue
        if name in words.measures:
            table.fault(name, f"{name!r} is already the name of a measure", "another name")
            continue
        found = read_amount(table, name, text, Words(words.currency, words.measures, amounts))
        amounts[name] = found or parse("0", words.currency)  # a faulty one is known, so that one fault is one message
    return amounts


def read_works_out(version: Table, words: Words) -> dict[str, Tariff]:
    """How the amount of a kind of fact is worked out, where the fact does not give it."""
    table = version.table("works_out", '{ fee = "1% of guaranteed by days of 365" }', required=False)
    named = clause_names(version)
    found: dict[str, Tariff] = {}
    for kind, said in table.data.items():
        table.asked.add(kind)
        tariff = _bands(table, kind, said, words) if isinstance(said, dict) else _one_amount(table, kind, words)
        if kind not in KINDS or kind not in named:
            table.fault(kind, f"works_out.{kind} stands without a clause {kind!r}", f'a clause with name = "{kind}"')
        elif tariff is not None:
            found[kind] = tariff
    return found


def _one_amount(table: Table, kind: str, words: Words) -> Tariff | None:
    amount = read_amount(table, kind, table.text(kind, "2% of approved"), words)
    return Tariff((amount,)) if amount else None


def _bands(works_out: Table, kind: str, said: Mapping[str, Any], words: Words) -> Tariff | None:
    """One amount for each band of a measure, `otherwise` for all else."""
    table = Table(works_out.reading, (*works_out.at, kind), said)
    by = table.text("by", "guaranteed")
    if by and by not in words.measures:
        table.fault("by", f"unknown measure {by!r}", either(sorted(words.measures)), advice=near(by, words.measures))
    texts = [text for text in said if text not in ("by", "otherwise")]
    bands = [read_band(table, text, words.currency) for text in texts]
    written = [*texts, *(["otherwise"] if "otherwise" in said else [])]
    amounts = [read_amount(table, text, table.text(text, "2% of approved"), words) for text in written]
    if not texts:
        table.reading.fault(table.at, f"works_out.{kind} has no band", '"up to 5,000,000.00" = "0.3% of guaranteed"')
    if not by or not texts or None in bands or None in amounts:
        return None
    return Tariff(tuple(each for each in amounts if each), by, tuple(each for each in bands if each))


def read_parties(version: Table) -> dict[str, str]:
    """Who fills a role for every contract."""
    table = version.table("parties", '{ government = "…" }', required=False)
    parties = {role: table.text(role, "the party's name") for role in table.data}
    for role in parties:
        check_role(table, role, role)
    return parties


def read_roles(version: Table, posted: Collection[str] | None) -> dict[str, str]:
    """Open roles, each with the role it books like."""
    table = version.table("roles", '{ city = "government" }', required=False)
    roles: dict[str, str] = {}
    for name in table.data:
        like = table.text(name, "government")
        if posted is not None and name in posted:
            table.fault(name, f"{name!r} has posting rules of its own", "another name", advice="leave it out here")
        elif like and posted is not None and like not in posted:
            table.fault(name, f"no posting rules for role {like!r}", either(sorted(posted)), advice=near(like, posted))
        elif like and _free_name(table, name, "a role"):
            roles[name] = like
    return roles


def read_bounds(version: Table) -> tuple[Bound, ...]:
    """Promises: at least, at most."""
    table = version.table("bounds", '{ bank = "at least 20%" }', required=False)
    found = []
    for role in table.data:
        text = table.text(role, "at least 20%")
        match = re.fullmatch(r"(?:at least (\S+?))?(?: ?(?:and )?at most (\S+))?", text) if text else None
        if match is None or not (match[1] or match[2]):
            table.fault(
                role, f"the bound of {role} cannot be read", '"at least 20%", "at most 40%" or both', repr(text)
            )
            continue
        try:
            least = Fraction(*parse_percent(match[1])) if match[1] else Fraction(0)
            most = Fraction(*parse_percent(match[2])) if match[2] else Fraction(1)
        except ExpressionError as fault:
            table.fault(role, f"the bound of {role} is {fault}", fault.expected, fault.got)
            continue
        found.append(Bound(role, least, most))
    return tuple(found)


def read_terms(version: Table) -> dict[str, Any]:
    """The tables that a kind of fact needs beside its clause: [version.loss] with the clause "loss"."""
    named = clause_names(version)
    terms: dict[str, Any] = {}
    for kind, read in (("loss", _loss), ("recovery", _recovery), ("fee_reduction", _fee_reduction)):
        worked_out = kind == "fee_reduction" and "fee_reduction" in version.data.get("works_out", {})
        if kind in version.data and kind not in named:
            version.fault(kind, f"[version.{kind}] stands without a clause {kind!r}", f'a clause with name = "{kind}"')
        if kind in version.data or (kind in named and not worked_out):
            table = version.table(kind, USUAL[kind])
            if table.data:
                terms[kind] = read(table)
                table.done()
    return terms


def _loss(table: Table) -> LossTerms:
    on = table.word("on", ("default", "compensation"))
    counts, days = _counts(table)
    uncounted = table.role("uncounted", "bank")
    advance = table.role("advance", "none", also=("none",))
    net_of = table.text("net_of", "security", required=False) or None
    through = _through(table)
    return LossTerms(on, counts, uncounted, advance, days, net_of, through, _instalments(table))


def _counts(table: Table) -> tuple[tuple[str, ...], dict[str, int]]:
    """The components that count, and for some of them how many days of it."""
    given = table.get("counts", '["principal", "interest"]', "a list of " + either(COMPONENTS))
    counts = given if isinstance(given, list) else []
    if given is not None and not 0 < len(counts) == len(set(map(str, counts))):
        what = "version.loss.counts is not a list of different components"
        table.fault("counts", what, '["principal", …]', repr(given))
        return (), {}
    components, days = [], {}
    for said in map(str, counts):
        component, _, limit = said.partition(" up to ")
        if component not in COMPONENTS:
            advice = near(component, COMPONENTS)
            table.fault("counts", f"unknown loss component {component!r}", either(COMPONENTS), advice=advice)
        elif limit and not re.fullmatch(r"[1-9][0-9]{0,4} days", limit, re.ASCII):
            table.fault("counts", f"the limit of {component} is not a number of days", '"interest up to 90 days"', said)
        else:
            components.append(component)
            if limit:
                days[component] = int(limit.split(" ")[0])
    return tuple(components), days


def _through(table: Table) -> dict[str, str]:
    inner = table.table("through", '{ national_fund = "reguarantor" }', required=False)
    through = {role: inner.role(role, "reguarantor") for role in inner.data}
    for role in through:
        seen, at = {role}, through[role]
        while at in through and at not in seen:
            seen.add(at)
            at = through[at]
        if at in seen:
            inner.fault(role, f"{role} pays through itself", "a chain that ends with who pays the bank")
            return {}
    return through


def _instalments(table: Table) -> dict[str, tuple[int, int]]:
    inner = table.table("instalments", '{ government = "75%" }', required=False)
    found: dict[str, tuple[int, int]] = {}
    for role in inner.data:
        text = inner.text(role, "75%")
        try:
            number, whole = parse_percent(text)
        except ExpressionError as fault:
            inner.fault(role, f"the first instalment of {role} is {fault}", fault.expected, fault.got)
            continue
        if not 0 < number < whole:
            inner.fault(role, f"the first instalment of {role} is all or nothing", "between 0 % and 100 %", repr(text))
        found[role] = (number, whole)
    return found


def _recovery(table: Table) -> RecoveryTerms:
    return RecoveryTerms(table.word("costs", ("first", "none")), table.word("reinstates", REINSTATES))


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


# fuses


def read_fuses(version: Table, measures: Collection[str]) -> tuple[Fuse, ...]:
    """The fuses of a version."""
    if "fuse" not in version.data:
        return ()
    found = []
    for table in version.tables("fuse"):
        name, article = table.text("name", "npl"), table.text("article", "12")
        ratio = table.get("ratio", '["overdue", "outstanding"]', "two measures")
        if not (isinstance(ratio, list) and len(ratio) == 2 and all(isinstance(part, str) for part in ratio)):
            if ratio is not None:
                table.fault(
                    "ratio", "version.fuse.ratio is not two measures", '["overdue", "outstanding"]', repr(ratio)
                )
            ratio = ["", ""]
        for part in ratio:
            if part and part not in measures:
                table.fault("ratio", f"unknown measure {part!r}", either(sorted(measures)), advice=near(part, measures))
        warns = _threshold(table, "warns", "reaches 6%", ("reaches", "exceeds"), required=False)
        stops = _threshold(table, "stops", "reaches 10%", ("reaches", "exceeds"))
        resumes, by_decision = _resumes(table)
        evaluated = table.word("evaluated", INSTANTS)
        effect = table.word("effect", EFFECTS)
        table.done()
        if name in measures:
            table.fault("name", f"{name!r} is already the name of a measure", "another name")
        if stops and resumes and resumes.number * stops.whole > stops.number * resumes.whole:
            what = "the fuse would resume above where it stops"
            table.fault(
                "resumes", what, f"at most what stops says ({table.data['stops']})", repr(table.data["resumes"])
            )
        if name and stops:
            found.append(Fuse(name, article, ratio[0], ratio[1], warns, stops, resumes, by_decision, evaluated, effect))
    return tuple(found)


def _resumes(table: Table) -> tuple[Threshold | None, bool]:
    text = table.data.get("resumes")
    if text in ("never", "by decision"):
        table.asked.add("resumes")
        return None, text == "by decision"
    return _threshold(table, "resumes", "below 3%", ("below", "up to")), False


def _threshold(table: Table, key: str, usual: str, words: tuple[str, str], required: bool = True) -> Threshold | None:
    text = table.text(key, usual, required)
    if not text:
        return None
    word, _, rate = text.rpartition(" ")
    if word not in words:
        other = ', "never" or "by decision"' if key == "resumes" else ""
        table.fault(
            key, f"{table.called(key)} cannot be read", f'"{words[0]} 5%" or "{words[1]} 5%"{other}', repr(text)
        )
        return None
    try:
        return Threshold(word, *parse_percent(rate))
    except ExpressionError as fault:
        table.fault(key, f"{table.called(key)} is {fault}", fault.expected, fault.got)
        return None


def read_maximum(version: Table, currency: str) -> int | None:
    """The largest fact there can be; None where the scheme names none."""
    text = version.text("maximum", "30,000,000.00", required=False)
    if not text:
        return None
    try:
        return parse_amount(text, currency)
    except AmountError as fault:
        version.fault("maximum", f"version.maximum cannot be read: {fault}", fault.expected, repr(text))
        return None


def _free_name(table: Table, name: str, what: str) -> bool:
    if IDENTIFIER.fullmatch(name) and name not in RESERVED:
        return True
    table.fault(name, f"{name!r} cannot be the name of {what}", "lower-case letters, digits and _")
    return False
