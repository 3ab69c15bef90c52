"""A file of facts: rows of texts in, facts of a scheme out, with what is placed before the terms are asked.

Everything wrong with the file is found in one run and named by row and column. What a row says is decided here: under
which version it falls and in which scheme-year, what of a loss counts, what a recovery brings after its costs, which fact
replaces which, and what a fuse was on its day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ledger.faults import Refusal, Refused
from ledger.money import AmountError, parse_amount, plain_amount, show_amount
from products.table import read_table
from riskshare.columns import Facts
from riskshare.counting import Uncountable, count, days_column, net_recoveries
from riskshare.fuse import Decision, Reading, Ruling, state_on, states, unjudged
from riskshare.reach import asked
from riskshare.scheme_table import near
from riskshare.terms import COMPONENTS, Scheme, Tariff, Version

READING, RULING, CONCLUSION, PAID = "reading", "decision", "conclusion", "paid"
"""Kinds of rows that are not shared out: measures for a fuse, a fuse set, a claim concluded, what a party has paid."""

NEEDED = ("fact", "kind", "loan", "effective_on")
WHOLE = ("filing", "priority", "year")
SECURITY, COSTS = "security", "costs"
MINOR = "_minor"
"""The end of a column of whole minor units: amount_minor, premium_minor."""

UNREGISTERED = "no registered_on: such a loan counts as registered on the day of its first fact"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """Part of a fact that went to a role before the terms were asked: what does not count, security, costs."""

    fact: int
    role: str
    amount: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row on the work list before the terms were asked."""

    id: str
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Payment:
    """What a party has paid towards the loss of a loan."""

    loan: str
    payer: str
    amount: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The facts of a file. `rows` are where they stand; `notes` are what a reader should know, said once."""

    name: str
    facts: Facts
    rows: Sequence[int]
    placed: Sequence[Placed] = ()
    waiting: Sequence[Waiting] = ()
    decided: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    payments: Sequence[Payment] = ()
    concluded: frozenset[str] = frozenset()
    notes: Sequence[str] = ()


class _Everything:
    """Every column of a table."""

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def read_facts(path: Path, scheme: Scheme) -> Loaded:
    """Read a CSV or Parquet file. Raises Refused with every fault, NotFound where there is no such file."""
    if path.suffix == ".parquet":
        from riskshare.facts_parquet import has_whole_ids, read_large

        if (large := read_large(path, scheme)) is not None:
            return large
    table = read_table(path, _Everything())
    names = list(table.columns)
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True)]
    loaded = from_rows(scheme, rows, table.file, table.lines)
    return _numbered(loaded) if path.suffix == ".parquet" and has_whole_ids(path) else loaded


def _numbered(loaded: Loaded) -> Loaded:
    """Ids that came as numbers go as numbers."""
    return replace(loaded, facts=replace(loaded.facts, ids=[int(name) for name in loaded.facts.ids]))


def from_rows(scheme: Scheme, rows: Sequence[Row], name: str, lines: Sequence[int] | None = None) -> Loaded:
    """Facts from rows of texts; an empty text or None is not said. Raises Refused with every fault."""
    reading = _Reading(scheme, name, list(lines) if lines else list(range(2, len(rows) + 2)))
    reading.check_columns(rows)
    told = [each for number, row in zip(reading.lines, rows, strict=True) if (each := reading.row(number, row))]
    reading.stop()
    return _loaded(reading, told)


@dataclass(slots=True)
class _Told:
    """One row, read."""

    line: int
    id: str
    kind: str
    loan: str
    days: dict[str, date]
    whole: dict[str, int]
    amount: int | None
    money: dict[str, int]
    words: dict[str, str]
    replaces: str = ""

    @property
    def on(self) -> date:
        return self.days["effective_on"]


@dataclass(slots=True)
class _Reading:
    """One reading of a file: faults are collected, so that one run finds them all."""

    scheme: Scheme
    name: str
    lines: list[int]
    faults: list[Refusal] = field(default_factory=list)
    schemes: dict[str, str] = field(default_factory=dict)

    def fault(self, line: int, column: str, what: str, expected: str = "", got: str = "", advice: str = "") -> None:
        self.faults.append(Refusal(f"{self.name}, row {line}, column {column}", what, expected, got, advice))

    def stop(self) -> None:
        if self.faults:
            raise Refused(*self.faults)

    @property
    def money(self) -> frozenset[str]:
        """The columns that are amounts, beside `amount`."""
        versions = self.scheme.versions
        named = {name for v in versions for name in (*v.measures, *v.declared)}
        fused = {name for v in versions for fuse in v.fuses for name in (fuse.part, fuse.base)}
        security = {v.loss.net_of for v in versions if v.loss and v.loss.net_of}
        return frozenset((named | fused | security | {*COMPONENTS, SECURITY}) - self.counts)

    @property
    def counts(self) -> frozenset[str]:
        """The columns that are whole numbers."""
        days = {days_column(name) for v in self.scheme.versions if v.loss for name in v.loss.days}
        return frozenset({"days", *days, *(name for v in self.scheme.versions for name in v.counts)})

    def check_columns(self, rows: Sequence[Row]) -> None:
        given = [name.removesuffix(MINOR) for name in rows[0]] if rows else []
        for column in (*NEEDED, "amount"):
            if rows and column not in given and not (column == "amount" and self._works_without(given)):
                advice = near(column, given)
                self.faults.append(
                    Refusal(f"{self.name}, column {column}", "the column is missing", column, advice=advice)
                )
        self.stop()

    def _works_without(self, given: Sequence[str]) -> bool:
        return bool({*COMPONENTS} & {*given}) or any(version.works_out for version in self.scheme.versions)

    def row(self, line: int, row: Row) -> _Told | None:
        """Read one row; None where it is at fault."""
        before = len(self.faults)
        said = self._in_major(line, {name: text.strip() for name, text in row.items() if text and text.strip()})
        for column in ("fact", "kind", "effective_on"):
            if column not in said:
                self.fault(line, column, "the cell is empty", f"a {column}")
        kind = said.get("kind", "")
        if kind not in (READING, RULING) and "loan" not in said:
            self.fault(line, "loan", "the cell is empty", "the loan it belongs to")
        self._check_kind(line, kind)
        days = {name: day for name in said if name.endswith("_on") and (day := self._day(line, name, said[name]))}
        whole = {name: number for name in (*WHOLE, *self.counts) if name in said and (number := self._whole(line, name, said[name])) is not None}  # fmt: skip
        money = {name: amount for name in self.money if name in said and (amount := self._amount(line, name, said[name])) is not None}  # fmt: skip
        amount = self._amount(line, "amount", said["amount"]) if "amount" in said else None
        self._check_own(line, said)
        for column in ("payer", "amount") if kind == PAID else ():
            if column not in said:
                self.fault(line, column, "the cell is empty", "who has paid" if column == "payer" else "an amount")
        if len(self.faults) > before:
            return None
        known = {*NEEDED, "amount", "currency", "scheme", "replaces", *WHOLE, *self.counts, *self.money, *days}
        words = {name: text for name, text in said.items() if name not in known}
        return _Told(
            line, said["fact"], kind, said.get("loan", ""), days, whole, amount, money, words, said.get("replaces", "")
        )

    def _check_own(self, line: int, said: Mapping[str, str]) -> None:
        """One currency, one scheme; and no loan under two."""
        if said.get("currency", self.scheme.currency) != self.scheme.currency:
            self.fault(line, "currency", "the scheme is in another currency", self.scheme.currency, said["currency"])
        if (scheme := said.get("scheme")) is None:
            return
        first = self.schemes.setdefault(said.get("loan", ""), scheme)
        if scheme != first:
            self.fault(line, "scheme", f"loan {said.get('loan')} is under scheme {first} already", first, scheme)
        elif scheme != self.scheme.id:
            self.fault(line, "scheme", "a fact of another scheme", self.scheme.id, scheme)

    def _in_major(self, line: int, said: dict[str, str]) -> dict[str, str]:
        """Columns of whole minor units (amount_minor) as the amounts they are."""
        for name in [name for name in said if name.endswith(MINOR)]:
            text = said.pop(name)
            if not re.fullmatch(r"[0-9]{1,16}", text, re.ASCII):
                self.fault(line, name, "not a number of minor units", "digits only", text)
            elif name.removesuffix(MINOR) in said:
                self.fault(line, name, f"{name.removesuffix(MINOR)} is said as well", "one of the two", text)
            else:
                said[name.removesuffix(MINOR)] = plain_amount(int(text), self.scheme.currency)
        return said

    def _check_kind(self, line: int, kind: str) -> None:
        kinds = {clause.name for v in self.scheme.versions for clause in v.clauses if v.entry(clause.name) is not None}
        kinds |= {CONCLUSION, PAID, *((READING, RULING) if any(v.fuses for v in self.scheme.versions) else ())}
        if kind and kind not in kinds:
            what = f"scheme {self.scheme.id} shares out no {kind!r}"
            self.fault(line, "kind", what, " or ".join(sorted(kinds)), kind, near(kind, kinds))

    def _day(self, line: int, column: str, text: str) -> date | None:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.fault(line, column, "not a day of the calendar", "YYYY-MM-DD", text)
        return None

    def _whole(self, line: int, column: str, text: str) -> int | None:
        if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
            return int(text)
        self.fault(line, column, "not a whole number", "digits only", text)
        return None

    def _amount(self, line: int, column: str, text: str) -> int | None:
        try:
            amount = parse_amount(text, self.scheme.currency)
        except AmountError as error:
            self.fault(line, column, str(error), error.expected, text)
            return None
        if amount < 0:
            self.fault(line, column, "the amount is negative", "zero or more", text, "a correction replaces a fact")
        return amount


# From rows to facts.


def _loaded(reading: _Reading, told: Sequence[_Told]) -> Loaded:
    _check_ids(reading, told)
    told = _replaced(reading, told)
    reading.stop()
    first = _first_days(told)
    decided, waiting = _fused(reading.scheme, told)
    shared = [each for each in told if each.kind not in (READING, RULING, CONCLUSION, PAID)]
    facts = [fact for each in shared if (fact := _fact(reading, each, first, decided))]
    reading.stop()
    placed = [*_counted(reading, facts), *_net_of_costs(reading, facts)]
    _check_measures(reading, facts)
    reading.stop()
    numbers = {id(fact): number for number, fact in enumerate(facts)}
    return Loaded(
        reading.name,
        _columns(reading.scheme, facts),
        [fact.told.line for fact in facts],
        [Placed(numbers[id(fact)], role, amount) for fact, role, amount in placed if amount],
        waiting,
        decided,
        [Payment(each.loan, each.words.get("payer", ""), each.amount or 0) for each in told if each.kind == PAID],
        frozenset(each.loan for each in told if each.kind == CONCLUSION),
        _notes(reading.scheme, told),
    )


@dataclass(slots=True)
class _Fact:
    """A row under its version: what the engine is told of it. `amount` shrinks by what is placed before."""

    told: _Told
    version: int
    year: int
    day: date
    filing: int
    amount: int
    measures: dict[str, int]
    attributes: dict[str, str]


def _check_ids(reading: _Reading, told: Sequence[_Told]) -> None:
    lines: dict[str, int] = {}
    for each in told:
        if each.id in lines:
            reading.fault(
                each.line, "fact", f"fact {each.id} stands in row {lines[each.id]} already", "an id of its own", each.id
            )
        lines.setdefault(each.id, each.line)


def _replaced(reading: _Reading, told: Sequence[_Told]) -> list[_Told]:
    """Without the facts that others replace. The new one stands where the old one stood, unless its day was corrected."""
    by_id: dict[str, _Told] = {}  # those above: a fact replaces an earlier one, so there is no circle
    gone: dict[str, str] = {}
    for each in told:
        old = by_id.get(each.replaces)
        by_id[each.id] = each
        if not each.replaces:
            continue
        if old is None:
            reading.fault(
                each.line, "replaces", "there is no such fact above", "the id of an earlier fact", each.replaces
            )
        elif each.replaces in gone:
            reading.fault(
                each.line, "replaces", f"fact {old.id} is replaced by {gone[old.id]} already", "one correction", each.id
            )
        elif old.kind != each.kind or old.loan != each.loan:
            reading.fault(each.line, "replaces", f"fact {old.id} is a {old.kind} of {old.loan}", "a fact of the same kind and loan", f"{each.kind} of {each.loan}")  # fmt: skip
        else:
            gone[old.id] = each.id
    reading.stop()
    return [_in_place(each, by_id) for each in told if each.id not in gone]


def _in_place(each: _Told, by_id: Mapping[str, _Told]) -> _Told:
    """A correction in the place of what it replaces: its filing number, its priority and its booking day."""
    first = each
    while first.replaces:
        first = by_id[first.replaces]
    if first is each or first.on != each.on:
        return each
    days = {name: day for name, day in each.days.items() if name != "booked_on"}
    if "booked_on" in first.days:
        days["booked_on"] = first.days["booked_on"]
    place = {name: first.whole.get(name, 0) for name in ("filing", "priority")}
    return replace(each, days=days, whole={**each.whole, **place})


def _first_days(told: Iterable[_Told]) -> dict[str, date]:
    """When each loan is first heard of: its registration, where the file does not say."""
    first: dict[str, date] = {}
    for each in told:
        day = each.days.get("registered_on", each.on)
        first[each.loan] = min(first.get(each.loan, day), day)
    return first


def _fused(scheme: Scheme, told: Sequence[_Told]) -> tuple[dict[str, Sequence[Decision]], list[Waiting]]:
    readings = [Reading(each.id, each.on, each.money) for each in told if each.kind == READING]
    rulings = [
        Ruling(e.id, e.on, e.words.get("fuse", ""), e.words.get("decision", "")) for e in told if e.kind == RULING
    ]
    decided: dict[str, Sequence[Decision]] = {}
    waiting: dict[str, Waiting] = {}
    for version in scheme.versions if readings or rulings else ():
        decided |= states(version, readings, rulings)
        waiting |= {each.id: Waiting(*each) for each in unjudged(version, readings, rulings)}
    return decided, list(waiting.values())


def _fact(
    reading: _Reading, each: _Told, first: Mapping[str, date], decided: Mapping[str, Sequence[Decision]]
) -> _Fact | None:
    scheme = reading.scheme
    days = {
        **dict.fromkeys(("default_on", "compensated_on", "paid_on"), each.on),
        "registered_on": first[each.loan],
        **each.days,
    }
    index = scheme.version_index_on(days[scheme.applies_by])
    if index is None:
        column = scheme.applies_by if scheme.applies_by in each.days else "effective_on"
        spans = " or ".join(f"{v.effective} to {v.until or 'now'}" for v in scheme.versions)
        reading.fault(each.line, column, f"scheme {scheme.id} has no version in force on this day", spans, str(days[scheme.applies_by]))  # fmt: skip
        return None
    version = scheme.versions[index]
    if version.entry(each.kind) is None:
        reading.fault(
            each.line,
            "kind",
            f"version {version.effective} shares out no {each.kind!r}",
            "a kind of that version",
            each.kind,
        )
        return None
    attributes = {**version.parties, **{name: str(day) for name, day in days.items()}, **each.words}
    for fuse in version.fuses:
        day = days["registered_on"] if fuse.effect == "new_loans" else each.on
        attributes.setdefault(fuse.name, state_on(decided.get(fuse.name, ()), day))
    measures = {**each.money, **{name: number for name, number in each.whole.items() if name in reading.counts}}
    amount = _whole_amount(reading, each, version, measures)
    if amount is None:
        return None
    if version.maximum is not None and amount > version.maximum:
        most, got = (show_amount(minor, scheme.currency) for minor in (version.maximum, amount))
        reading.fault(each.line, "amount", "above the largest fact the scheme declares", f"at most {most}", got)
    late = version.late == "append" and "booked_on" in each.days
    return _Fact(
        each,
        index,
        each.whole.get("year", days[version.year_by].year),
        each.days["booked_on"] if late else each.on,
        each.whole.get("filing", 0),
        amount,
        measures,
        attributes,
    )


def _whole_amount(reading: _Reading, each: _Told, version: Version, measures: Mapping[str, int]) -> int | None:
    """The amount of a row: given, or the sum of its components, or worked out."""
    parts = sum(each.money.get(name, 0) for name in COMPONENTS if name != COSTS or each.kind == "loss")
    has_parts = each.kind == "loss" and any(name in each.money for name in COMPONENTS)
    if each.amount is not None:
        if has_parts and parts != each.amount and version.loss:
            currency = reading.scheme.currency
            reading.fault(each.line, "amount", "the components do not make the amount", show_amount(each.amount, currency), show_amount(parts, currency))  # fmt: skip
            return None
        return each.amount
    if has_parts:
        return parts
    tariff = version.works_out.get(each.kind)
    if tariff is None:
        reading.fault(each.line, "amount", "the cell is empty", "an amount")
        return None
    return _worked_out(reading, each, tariff, measures)


def _worked_out(reading: _Reading, each: _Told, tariff: Tariff, measures: Mapping[str, int]) -> int | None:
    if tariff.by and tariff.by not in measures:
        reading.fault(each.line, tariff.by, f"{each.kind} is worked out by {tariff.by}, which is not said", "an amount")
        return None
    expression = tariff.amount(measures)
    if expression is None:
        bands, got = (
            " or ".join(band.text for band in tariff.bands),
            show_amount(measures[tariff.by], reading.scheme.currency),
        )
        reading.fault(each.line, tariff.by, f"no rate of {each.kind} is for this", bands, got)
        return None
    missing = [name for name in sorted(expression.names) if name not in measures]
    for name in missing:
        reading.fault(
            each.line, name, f"{each.kind} is worked out as {expression.text}, and {name} is not said", "an amount"
        )
    return None if missing else expression.rounded(measures.__getitem__)


def _counted(reading: _Reading, facts: Iterable[_Fact]) -> Iterator[tuple[_Fact, str, int]]:
    """What of each loss does not count, and what realised security covers."""
    for fact in facts:
        terms = reading.scheme.versions[fact.version].loss
        if fact.told.kind != "loss" or terms is None:
            continue
        parts = {name: fact.told.money[name] for name in COMPONENTS if name in fact.told.money}
        security = fact.told.money.get(terms.net_of, 0) if terms.net_of else 0
        days = {name: number for name, number in fact.told.whole.items() if name in reading.counts}
        try:
            found = count(
                terms, parts or {terms.counts[0]: fact.amount}, days if parts else _no_limit(days, terms.days), security
            )
        except Uncountable as error:
            for column, what in error.faults:
                reading.fault(fact.told.line, column, what, "a whole number of days")
            continue
        fact.amount = found.counted
        yield fact, terms.uncounted, found.uncounted
        yield fact, SECURITY, found.security


def _no_limit(days: Mapping[str, int], limits: Mapping[str, int]) -> dict[str, int]:
    """A loss given as one amount counts whole."""
    return {**days, **{days_column(name): limit for name, limit in limits.items()}}


def _net_of_costs(reading: _Reading, facts: Sequence[_Fact]) -> Iterator[tuple[_Fact, str, int]]:
    """Costs of recovery come off first, carried forward, loan by loan in the order of the facts."""
    loans: dict[str, list[_Fact]] = defaultdict(list)
    for fact in facts:
        terms = reading.scheme.versions[fact.version].recovery
        if fact.told.kind == "recovery" and terms and terms.costs == "first":
            loans[fact.told.loan].append(fact)
    for found in loans.values():
        found.sort(key=lambda fact: (fact.told.whole.get("priority", 0), fact.day, fact.filing, fact.told.id))
        brought = net_recoveries((fact.amount, fact.told.money.get(COSTS, 0)) for fact in found)
        for fact, net in zip(found, brought, strict=True):
            yield fact, COSTS, fact.amount - net
            fact.amount = net


def _check_measures(reading: _Reading, facts: Sequence[_Fact]) -> None:
    """Every measure that the roads of a fact ask for is said."""
    for fact in facts:
        version = reading.scheme.versions[fact.version]
        for name in sorted(asked(version, fact.told.kind, fact.attributes, fact.measures) - fact.measures.keys()):
            reading.fault(
                fact.told.line, name, f"the terms of this {fact.told.kind} ask for it", "an amount", "nothing"
            )


def _columns(scheme: Scheme, facts: Sequence[_Fact]) -> Facts:
    measures = sorted({name for version in scheme.versions for name in version.measures})
    attributes = sorted({name for fact in facts for name in fact.attributes})
    return Facts(
        ids=[fact.told.id for fact in facts],
        kinds=[fact.told.kind for fact in facts],
        loans=[fact.told.loan for fact in facts],
        days=[fact.day.toordinal() for fact in facts],
        filings=[fact.filing for fact in facts],
        priorities=[fact.told.whole.get("priority", 0) for fact in facts],
        years=[fact.year for fact in facts],
        amounts=[fact.amount for fact in facts],
        versions=[fact.version for fact in facts],
        measures={name: [fact.measures.get(name, 0) for fact in facts] for name in measures},
        attributes={name: [fact.attributes.get(name, "") for fact in facts] for name in attributes},
    )


def _notes(scheme: Scheme, told: Sequence[_Told]) -> list[str]:
    asked_for = {scheme.applies_by, *(version.year_by for version in scheme.versions)}
    missing = "registered_on" in asked_for and any("registered_on" not in each.days for each in told)
    known = {"payer", "holder", "fuse", "decision", "scheme", "currency", *scheme.roles, *scheme.books_as}
    for version in scheme.versions:
        known |= {*version.attributes, *version.parties, *(fuse.name for fuse in version.fuses)}
    unread = sorted({name for each in told for name in each.words} - known)
    return [
        *([UNREGISTERED] if missing else []),
        *([f"columns that the terms never ask for: {', '.join(unread)}"] if unread else []),
    ]
