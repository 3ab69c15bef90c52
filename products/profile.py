"""Profiles: how a file of somebody else's rows becomes events, written as data (schema/profiles/*.toml)."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from ledger.faults import NotFound, Refusal, Refused
from ledger.files import schema_dir
from ledger.money import AmountError, places
from products.events import kinds
from products.expression import Expression, ExpressionError, parse
from products.table import date_format_fault

Says = Mapping[str, str]
"""One sentence in each language: zh and en."""

TYPES = ("text", "money", "date", "whole")
NAME_IN_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a row tells. Its header must be in the file unless `optional`; its cell filled where `required`."""

    name: str
    headers: tuple[str, ...]
    type: str
    required: bool
    optional: bool
    formats: tuple[str, ...]
    spellings: Mapping[str, str]
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A word the caller gives for the whole file: a scheme, a party."""

    name: str
    required: bool
    default: str
    says: Says


@dataclass(frozen=True, slots=True)
class Derived:
    """A date made of others: `add_months` (a date and a whole number), the `earliest`, or the `first` present."""

    name: str
    how: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so: a word alone (present), or with what the cell is compared with (before paid_on)."""

    column: str
    word: str
    operand: str
    amount: Expression | None = None
    """What an amount is above."""


@dataclass(frozen=True, slots=True)
class Check:
    """When all conditions hold, the row is held (quarantined), or flagged and `instead` read in the cell's place."""

    column: str
    when: tuple[Condition, ...]
    hold: bool
    reason: Says
    expected: Says
    instead: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One event a row may tell of. `id`, `contract` and facts with braces are templates."""

    kind: str
    id: str
    contract: str
    on: str
    when: tuple[Condition, ...]
    amounts: Mapping[str, Expression]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole profile, proved: every name in it exists and has the type its use needs."""

    file: str
    digest: str
    name: str
    title: Says
    source: str
    currency: str
    as_of: date | None
    key: str
    columns: Mapping[str, Column]
    options: Mapping[str, Option]
    controls: tuple[str, ...]
    derived: tuple[Derived, ...]
    checks: tuple[Check, ...]
    rules: tuple[Rule, ...]

    @property
    def headers(self) -> frozenset[str]:
        """Every header any column may have."""
        return frozenset(header for column in self.columns.values() for header in column.headers)


def load_profile(name_or_path: str | Path) -> Profile:
    """A shipped profile by its name, or a profile of one's own by its path."""
    given = Path(name_or_path)
    path = given if given.suffix == ".toml" else schema_dir() / "profiles" / f"{given.name}.toml"
    try:
        return read_profile(path.read_bytes(), path.name)
    except FileNotFoundError:
        known = ", ".join(profile_names())
        raise NotFound(
            Refusal(str(name_or_path), "there is no such profile", f"{known}, or a path ending in .toml")
        ) from None
    except OSError as fault:
        raise Refused(Refusal(str(name_or_path), f"the profile cannot be read: {fault.strerror}")) from None


def profile_names() -> list[str]:
    """The profiles that come with Gongji."""
    return sorted(path.stem for path in (schema_dir() / "profiles").glob("*.toml"))


def read_profile(data: bytes, file: str) -> Profile:
    """Read and prove a profile. Every fault of the document is in the one Refused."""
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused(Refusal(file, f"not a TOML document: {fault}")) from None
    reader = _Reader(file)
    profile = _profile(reader, document, hashlib.sha256(data).hexdigest())
    if reader.faults:
        raise Refused(*reader.faults)
    return profile


@dataclass(slots=True)
class _Reader:
    """Takes a document apart, keeps every fault it meets, and goes on with something harmless."""

    file: str
    currency: str = "CNY"
    dates: tuple[str, ...] = ()
    """How dates are written in columns that do not say it themselves."""
    faults: list[Refusal] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    options: dict[str, Option] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    """What a name may be used as: columns, as_of, and derived dates once they are read."""

    def fault(self, place: str, what: str, expected: str = "", got: object = "", advice: str = "") -> None:
        where = f"{self.file}, {place}" if place else self.file
        self.faults.append(Refusal(where, what, expected, str(got), advice))

    def only(self, table: Mapping[str, object], allowed: Collection[str], place: str) -> None:
        for key in table:
            if key not in allowed:
                self.fault(place, f"unknown word {key!r}", " or ".join(get_close_matches(key, allowed, 1) or allowed))

    def text(self, table: Mapping[str, object], key: str, place: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if isinstance(value, str) and (value or default == ""):
            return value
        self.fault(
            place, f"{key} is missing" if value is None else f"{key} is not a text", "a text in quotes", value or ""
        )
        return ""

    def truth(self, table: Mapping[str, object], key: str, place: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.fault(place, f"{key} is neither true nor false", "true or false", value)
        return value is True

    def texts(self, table: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        self.fault(place, f"{key} is not a list of texts", '["…", "…"]', value)
        return ()

    def words(self, table: Mapping[str, object], key: str, place: str) -> dict[str, str]:
        """A table of texts."""
        value = table.get(key, {})
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        self.fault(place, f"{key} is not a table of texts", f'{key} = {{ name = "…" }}', value)
        return {}

    def says(self, table: Mapping[str, object], key: str, place: str) -> Says:
        says = self.words(table, key, place)
        if set(says) != {"zh", "en"}:
            self.fault(place, f"{key} is not given in both languages", '{ zh = "…", en = "…" }', ", ".join(says))
        return says

    def tables(self, document: Mapping[str, object], key: str) -> dict[str, dict[str, object]]:
        """A table of tables: [columns], [options], [derived]."""
        value = document.get(key, {})
        if isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()):
            return value
        self.fault(key, "not a table of tables", "name = { … }", value)
        return {}

    def blocks(self, document: Mapping[str, object], key: str) -> Iterator[tuple[str, dict[str, object]]]:
        """An array of tables, each with its place in words: [[check]], [[event]]."""
        value = document.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, "not a list of tables", f"[[{key}]]", value)
            return
        for number, block in enumerate(value, 1):
            yield f"{key} {number}", block

    def known(self, name: str, place: str, *types: str) -> str:
        """A column, a derived date or as_of, of one of the types."""
        if name not in self.types:
            near = get_close_matches(name, self.types, 1) or sorted(self.types)
            self.fault(place, f"unknown column {name!r}", " or ".join(near))
        elif types and self.types[name] not in types:
            self.fault(place, f"column {name} is {self.types[name]}", " or ".join(types), self.types[name])
        return name


_ABOUT = ("name", "title", "currency", "source", "as_of", "key", "dates")
_BODY = ("columns", "options", "controls", "derived", "check", "event")


def _profile(reader: _Reader, document: Mapping[str, object], digest: str) -> Profile:
    """Read in the order in which the parts may name one another: checks do not know the dates derived after them."""
    reader.only(document, _ABOUT + _BODY, "")
    as_of, reader.currency = _as_of(reader, document), _currency(reader, document)
    reader.dates = reader.texts(document, "dates", "")
    for name, table in reader.tables(document, "columns").items():
        reader.columns[name] = _column(reader, name, table, as_of)
    _check_headers(reader)
    reader.types = {name: column.type for name, column in reader.columns.items()} | ({"as_of": "date"} if as_of else {})
    for name, table in reader.tables(document, "options").items():
        reader.options[name] = _option(reader, name, table)
    checks = tuple(_check(reader, table, place) for place, table in reader.blocks(document, "check"))
    derived = tuple(_derived(reader, name, table) for name, table in reader.tables(document, "derived").items())
    rules = tuple(_rule(reader, table, place) for place, table in reader.blocks(document, "event"))
    key = _key(reader, document)
    _check_rules(reader, rules, key)
    return Profile(
        reader.file,
        digest,
        reader.text(document, "name", ""),
        reader.says(document, "title", ""),
        reader.text(document, "source", ""),
        reader.currency,
        as_of,
        key,
        reader.columns,
        reader.options,
        _controls(reader, document),
        derived,
        checks,
        rules,
    )


def _as_of(reader: _Reader, document: Mapping[str, object]) -> date | None:
    value = document.get("as_of")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    reader.fault("as_of", "not a date", "a date such as 2014-12-31, without quotes", value)
    return None


def _currency(reader: _Reader, document: Mapping[str, object]) -> str:
    currency = reader.text(document, "currency", "")
    try:
        places(currency)
    except AmountError as fault:
        reader.fault("currency", str(fault), fault.expected)
        return "CNY"
    return currency


def _key(reader: _Reader, document: Mapping[str, object]) -> str:
    """The column that tells one row from another; nothing works without it."""
    key = reader.text(document, "key", "")
    column = reader.columns.get(key)
    if key and not (column and column.required and column.type == "text"):
        reader.fault("key", "the key is not a required column of type text", "such a column", key)
    return key


def _controls(reader: _Reader, document: Mapping[str, object]) -> tuple[str, ...]:
    table = document.get("controls", {})
    if not isinstance(table, dict):
        reader.fault("controls", "not a table", 'sum = ["…"]', table)
        return ()
    reader.only(table, ("sum",), "controls")
    return tuple(reader.known(name, "controls", "money") for name in reader.texts(table, "sum", "controls"))


def _column(reader: _Reader, name: str, table: Mapping[str, object], as_of: date | None) -> Column:
    place = f"column {name}"
    reader.only(table, ("from", "type", "required", "optional", "formats", "values", "one_of"), place)
    column = Column(
        name,
        reader.texts(table, "from", place),
        reader.text(table, "type", place),
        reader.truth(table, "required", place),
        reader.truth(table, "optional", place),
        reader.texts(table, "formats", place) or (reader.dates if table.get("type") == "date" else ()),
        reader.words(table, "values", place),
        reader.texts(table, "one_of", place),
    )
    _check_column(reader, column, place, as_of)
    return column


def _check_column(reader: _Reader, column: Column, place: str, as_of: date | None) -> None:
    if not column.headers:
        reader.fault(place, "no header is named", 'from = ["…"]')
    if column.name == "as_of" or not column.name.isidentifier():
        reader.fault(place, "this name cannot be used", "a word of its own", column.name)
    if column.type not in TYPES:
        reader.fault(place, "unknown type", " or ".join(TYPES), column.type)
    if column.required and column.optional:
        reader.fault(place, "both required and optional", "one of them")
    if column.one_of and column.type != "text":
        reader.fault(place, "one_of is for text", 'type = "text"', column.type)
    if bool(column.formats) != (column.type == "date"):
        reader.fault(place, "formats go with dates, and every date needs them", 'formats = ["%Y-%m-%d"]', column.type)
    for form in column.formats:
        if fault := date_format_fault(form, as_of):
            reader.fault(place, fault, '"%Y-%m-%d"', form)


def _check_headers(reader: _Reader) -> None:
    """One header of a file may not be two columns."""
    owner: dict[str, str] = {}
    for column in reader.columns.values():
        for header in column.headers:
            first = owner.setdefault(header, column.name)
            if first != column.name:
                reader.fault(f"column {column.name}", f"header {header!r} is also read as {first}", "another header")


def _option(reader: _Reader, name: str, table: Mapping[str, object]) -> Option:
    place = f"option {name}"
    reader.only(table, ("required", "default", "says"), place)
    default = reader.text(table, "default", place, "")
    return Option(name, reader.truth(table, "required", place), default, reader.says(table, "says", place))


def _check(reader: _Reader, table: Mapping[str, object], place: str) -> Check:
    reader.only(table, ("column", "when", "then", "reason", "expected", "instead"), place)
    column, then = reader.text(table, "column", place), reader.text(table, "then", place)
    if column not in reader.columns:
        reader.known(column, place)
    if then not in ("hold", "flag"):
        reader.fault(place, "unknown outcome", "hold or flag", then)
    expected = reader.says(table, "expected", place) if "expected" in table else {"zh": "", "en": ""}
    for name in NAME_IN_BRACES.findall(" ".join(expected.values())):
        if name not in reader.columns:
            reader.fault(place, f"unknown column {name!r} in expected", " or ".join(reader.columns))
    when = _conditions(reader, table, place)
    if not when:
        reader.fault(place, "the check has no condition", 'when = { column = "missing" }')
    instead = _instead(reader, reader.text(table, "instead", place, ""), column, then, place)
    return Check(column, when, then == "hold", reader.says(table, "reason", place), expected, instead)


def _instead(reader: _Reader, instead: str, column: str, then: str, place: str) -> str:
    type_ = reader.types.get(column, "text")
    if instead and then == "hold":
        reader.fault(place, "a held row is not imported, so nothing is read instead", 'then = "flag"', instead)
    if instead and not (is_literal(instead) and type_ == "text"):
        reader.known(instead, f"{place}, instead", type_)
    return instead


def _conditions(reader: _Reader, table: Mapping[str, object], place: str) -> tuple[Condition, ...]:
    said = reader.words(table, "when", place)
    return tuple(_condition(reader, name, text, f"{place}, when {name}") for name, text in said.items())


def _condition(reader: _Reader, name: str, text: str, place: str) -> Condition:
    word, _, operand = text.partition(" ")
    if word == "above" and operand:
        reader.known(name, place, "money")
        return Condition(name, word, operand, _amount(reader, operand, place))
    if word == "before" and operand:
        reader.known(name, place, "date")
        return Condition(name, word, reader.known(operand, place, "date"))
    if text in _ALONE:
        reader.known(name, place, *_ALONE[text])
        return Condition(name, text, "")
    reader.known(name, place, "text")
    literal = text[1:-1] if is_literal(text) else text
    allowed = reader.columns[name].one_of if name in reader.columns else ()
    if allowed and literal not in allowed:
        reader.fault(place, f"{name} is never {literal!r}", " or ".join(allowed))
    return Condition(name, "is", literal)


_NUMBERS = ("money", "whole")
_ALONE = {"missing": (), "present": (), "zero": _NUMBERS, "nothing": _NUMBERS, "positive": _NUMBERS}


def _derived(reader: _Reader, name: str, table: Mapping[str, object]) -> Derived:
    """A derived date may use the ones above it."""
    place, how = f"derived {name}", next(iter(table), "")
    of = reader.texts(table, how, place)
    if how not in _DERIVES or len(table) != 1 or not of:
        reader.fault(
            place, "not one way to derive a date", 'such as { first = ["paid_on", "due_on"] }', ", ".join(table)
        )
    types = _DERIVES.get(how) or ("date",) * len(of)
    if len(of) != len(types):
        reader.fault(place, f"{how} takes {len(types)} columns", " and ".join(types), ", ".join(of))
    for part, type_ in zip(of, types, strict=False):
        reader.known(part, place, type_)
    if name in reader.types or not name.isidentifier():
        reader.fault(place, "this name cannot be used", "a name that is not yet a column", name)
    reader.types[name] = "date"
    return Derived(name, how, of)


_DERIVES = {"add_months": ("date", "whole"), "earliest": (), "first": ()}


def _rule(reader: _Reader, table: Mapping[str, object], place: str) -> Rule:
    reader.only(table, ("kind", "id", "contract", "on", "when", "amounts", "facts"), place)
    amounts, facts = reader.words(table, "amounts", place), reader.words(table, "facts", place)
    return Rule(
        reader.text(table, "kind", place),
        _template(reader, reader.text(table, "id", place), f"{place}, id"),
        _template(reader, reader.text(table, "contract", place), f"{place}, contract"),
        reader.known(reader.text(table, "on", place), f"{place}, on", "date"),
        _conditions(reader, table, place),
        {name: _amount(reader, text, f"{place}, amount {name}") for name, text in amounts.items()},
        {name: _fact(reader, text, f"{place}, fact {name}") for name, text in facts.items()},
    )


def _amount(reader: _Reader, text: str, place: str) -> Expression:
    try:
        return parse(text, reader.currency, [name for name, type_ in reader.types.items() if type_ == "money"])
    except ExpressionError as fault:
        reader.fault(place, str(fault), fault.expected, fault.got)
        return parse("0", reader.currency)


def _fact(reader: _Reader, text: str, place: str) -> str:
    """A column, a 'literal', an $option of the caller, or a template with {columns}."""
    if text.startswith("$"):
        if text[1:] not in reader.options:
            near = get_close_matches(text[1:], reader.options, 1) or sorted(reader.options)
            reader.fault(place, f"unknown option {text}", " or ".join(near) or "an option under [options]")
    elif is_literal(text):
        pass
    elif "{" in text:
        _template(reader, text, place)
    else:
        reader.known(text, place, *_SAYABLE)
    return text


def _template(reader: _Reader, text: str, place: str) -> str:
    """Names in braces must always have a value, or two rows could make the same id."""
    names, rest = NAME_IN_BRACES.findall(text), NAME_IN_BRACES.sub("", text)
    for name in names:
        if name not in reader.columns or not reader.columns[name].required:
            reader.fault(place, f"{name!r} is not a required column", "a column with required = true", text)
        elif reader.types[name] not in _SAYABLE:
            reader.fault(place, f"{name!r} is an amount", "a column of type " + " or ".join(_SAYABLE), text)
    if text and (not names or "{" in rest or "}" in rest):
        reader.fault(place, "not a template", 'a text such as "{loan_id}:registered"', text)
    return text


_SAYABLE = ("text", "date", "whole")


def is_literal(text: str) -> bool:
    """'quoted' is a word of the profile's own, not the name of a column."""
    return len(text) > 1 and text[0] == text[-1] == "'"


def _check_rules(reader: _Reader, rules: Sequence[Rule], key: str) -> None:
    if not rules:
        reader.fault("", "the profile makes no event", "at least one [[event]]")
    for number, rule in enumerate(rules, 1):
        if rule.id and rule.id in [other.id for other in rules[: number - 1]]:
            reader.fault(f"event {number}", "another event has the same id", "an id of its own", rule.id)
        if rule.id and f"{{{key}}}" not in rule.id:
            reader.fault(f"event {number}", "rows would share this id", f"an id with {{{key}}} in it", rule.id)
        _check_kind(reader, rule, f"event {number}")


def _check_kind(reader: _Reader, rule: Rule, place: str) -> None:
    """The event carries what schema/events.toml lets its kind carry, and all that it needs."""
    kind = kinds().get(rule.kind)
    if kind is None:
        near = get_close_matches(rule.kind, kinds(), 1) or sorted(kinds())
        reader.fault(place, f"unknown kind of event {rule.kind!r}", " or ".join(near))
        return
    for what, given, types in (("amount", rule.amounts, _AMOUNTS), ("fact", rule.facts, _FACTS)):
        fields = {part.name: part.required for part in kind.of_type(*types)}
        for name in given:
            if name not in fields:
                reader.fault(place, f"{rule.kind} carries no {what} {name!r}", ", ".join(fields) or "none")
        for name, required in fields.items():
            if required and name not in given:
                reader.fault(place, f"{rule.kind} needs the {what} {name}", f'{what}s = {{ {name} = "…" }}')


_AMOUNTS = ("money",)
_FACTS = ("text", "party", "percent", "whole")
