"""Cases as their files tell them: the terms, the facts as rows of a file, and what the engine makes of them.

A case names a `scheme` of the library, or gives `clauses` (--- between them) and the other `terms` of a version; `given`
is in every row of `when`, whose first word is the kind of fact. It may expect of every row what each party bears (`each`),
of all together (`then`), of the first rows up to a fact (`after`), and further the sentences (`said`), named `amounts` at
the first fact, the room `left` in layers, who `pays` whom, what fuses were decided to be (`decisions`), the `work_list`
(nothing, where it says nothing), breaks of a `statement`, and `figures`: sums of what a fact says and of what came of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from ledger.money import parse_amount, show_amount
from riskshare.facts_file import from_rows
from riskshare.scheme_file import load_scheme, read_scheme
from riskshare.splitting import paying, split
from riskshare.steps import Step
from riskshare.terms import KINDS, Layer, Scheme

HERE = Path(__file__).parent
SCHEMES = HERE.parent / "riskshare" / "schemes"
MEASURES = ("approved", "guaranteed", "principal", "interest", "overdue_interest", "penalty", "compound_interest", "costs",
            "other_support", "pool_funding", "budget", "premium", "guaranteed_volume")  # fmt: skip
AMOUNTS = (*KINDS, "paid")
ROW_KINDS = (*AMOUNTS, "reading", "decision", "conclusion")
GIVEN_BACK = ("recovery", "refund")
ROUNDINGS = {
    "cumulative": '{ scope = "cumulative", method = "largest_remainder" }',
    "event": '{ scope = "event", method = "largest_remainder" }',
    "quota": '{ scope = "cumulative", method = "quota" }',
    "minus one": '{ scope = "cumulative", method = "largest_remainder", accepts_minus_one = true }',
}
TERMS = {
    "loss": '[version.loss]\non = "default"\ncounts = ["principal"]\nuncounted = "bank"\nadvance = "none"\n',
    "recovery": '[version.recovery]\ncosts = "first"\nreinstates = "no"\n',
}
PLAIN = """id = "case"
title = {{ zh = "案例", en = "case" }}
currency = "{currency}"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2024-01-01
source = "a case"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "{limit_basis}"
rounding = {rounding}
"""

Case = Mapping[str, Any]
Row = dict[str, str]
Parts = dict[str, str]


def cases() -> list[dict[str, Any]]:
    """All cases of all files, each with the file it stands in."""
    return [
        {**case, "file": path.stem}
        for path in sorted((HERE / "cases").glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def scheme_of(case: Case) -> Scheme:
    """A scheme of the library by its id, one by its path, or one made of the clauses of the case."""
    if "scheme" in case:
        path = Path(case["scheme"])
        path = HERE.parent / path if path.suffix else SCHEMES / f"{path}.toml"
        return load_scheme(path, measures=MEASURES, roles=None)
    clauses = case["clauses"].split("---\n")
    text = head(case) + case.get("terms", "") + tables_for(case["clauses"], case.get("terms", ""))
    text += "".join(f'[[version.clause]]\narticle = "{n}"\n{clause.strip()}\n' for n, clause in enumerate(clauses, 1))
    return read_scheme(text, "case.toml", measures=MEASURES, roles=None)


def head(case: Case) -> str:
    """What every scheme says above its clauses, in the usual words."""
    rounding = ROUNDINGS[case.get("rounding", "cumulative")]
    return PLAIN.format(
        currency=case.get("currency", "CNY"), rounding=rounding, limit_basis=case.get("limit_basis", "current")
    )


def tables_for(clauses: str, terms: str) -> str:
    """The tables that clauses of these kinds need, where the terms do not bring them."""
    return "".join(
        table
        for kind, table in TERMS.items()
        if re.search(rf'^name\s*= "{kind}"$', clauses, re.MULTILINE) and f"[version.{kind}]" not in terms
    )


def rows_of(scheme: Scheme, case: Case) -> list[Row]:
    """The facts as rows of a file: one a day in the order told, all of one loan unless the case says otherwise."""
    given = case.get("given", {})
    rows = [_row(scheme, {**given, **when}, when, n) for n, when in enumerate(case["when"], 1)]
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name, "") for name in columns} for row in rows]


def _row(scheme: Scheme, said: Case, when: Case, n: int) -> Row:
    kind = kind_of(when)
    version = scheme.versions[said.get("version", 0)]
    day = version.effective + timedelta(days=n - 1)
    row = {"fact": f"D-{n}", "kind": kind, "loan": "L-1", "effective_on": day.isoformat(), "amount": ""}
    if kind in AMOUNTS:
        row["amount"] = said[kind]
    if "version" in said:
        row["registered_on"] = day.isoformat()
    told = said if kind == "decision" else {name: value for name, value in said.items() if name != kind}
    return row | {name: _text(value) for name, value in told.items() if name != "version"}


def kind_of(when: Case) -> str:
    """The first word of what happens."""
    return next(name for name in when if name in ROW_KINDS)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


class Worked:
    """What the engine makes of the first rows of a case."""

    def __init__(self, scheme: Scheme, rows: Sequence[Row], count: int | None = None) -> None:
        self.scheme, self.all_rows, self.rows = scheme, rows, rows[:count]
        self.done = split(scheme, from_rows(scheme, self.rows, "case"), why=True)

    def after(self, fact: str) -> Worked:
        """What it made of them when this fact was the last."""
        count = 1 + [row["fact"] for row in self.all_rows].index(fact)
        return self if count == len(self.rows) else Worked(self.scheme, self.all_rows, count)

    # Who bears what.

    def of(self, fact: str) -> Parts:
        """What each party bears of one fact, as people write it, without the zeros."""
        return self._shown(self.shares.get(fact, {}))

    def each(self) -> list[Parts]:
        """The same of every row."""
        return [self.of(row["fact"]) for row in self.rows]

    def standing(self) -> Parts:
        """Where each party stands after all rows: what it bears less what came back to it."""
        return self._shown(self.so_far)

    @cached_property
    def so_far(self) -> dict[str, int]:
        """The same in minor units. Where nothing but recoveries is told, they count as they are."""
        kinds = {row["fact"]: row["kind"] for row in self.rows}
        back = set(GIVEN_BACK) if set(kinds.values()) - set(GIVEN_BACK) else set()
        sums: dict[str, int] = {}
        for fact, parts in self.shares.items():
            for role, amount in parts.items():
                sums[role] = sums.get(role, 0) + (-amount if kinds[fact] in back else amount)
        return sums

    # What else there is to say.

    def amounts(self, row: Row) -> dict[str, int]:
        """The named amounts and measures of a row, as far as it tells them."""
        found = {name: parse_amount(text, self.scheme.currency) for name, text in row.items() if _is_money(name, text)}
        for version in self.scheme.versions:
            for name, stated in version.amounts.items():
                counts = {each: int(row[each]) for each in stated.counts if each in row}
                if stated.names <= found.keys() | counts.keys():
                    found[name] = stated.value({**found, **counts}.__getitem__)
        return found

    def left(self, layer: str) -> str:
        """The room left in a layer, in the scope it was last asked in."""
        clause = next(c for v in self.scheme.versions for c in v.clauses if c.name == layer and isinstance(c, Layer))
        asked = [step for step in self.steps if step.clause == layer]
        used = sum(dict(step.given)[clause.first] for step in asked if step.scope == asked[-1].scope)
        assert asked[-1].limit is not None
        return show_amount(asked[-1].limit - used, self.scheme.currency)

    def figure(self, fact: str, terms: str) -> str:
        """ "premium - cedant so far": sums and differences of what a fact says and of what became of it."""
        first, *more = re.split(r" (?=[+-] )", terms)
        minor = self._term(fact, first)
        for word in more:
            minor += self._term(fact, word[2:]) * (1 if word[0] == "+" else -1)
        return show_amount(minor, self.scheme.currency)

    def _term(self, fact: str, word: str) -> int:
        """An amount, a measure, a party ("of" another fact, "so far"), or what went "through" a clause."""
        if word[0].isdigit():
            return parse_amount(word, self.scheme.currency)
        name, so_far = word.removesuffix(" so far"), word.endswith(" so far")
        if name.startswith("through "):
            asked = self.steps if so_far else self.steps_of(fact)
            return sum(step.received for step in asked if step.clause == name.removeprefix("through "))
        if so_far:
            return self.so_far.get(name, 0)
        party, _, other = word.partition(" of ")
        said = self.amounts(next(row for row in self.rows if row["fact"] == fact))
        if not other and party not in self.roles and party in said:
            return said[party]
        assert party in self.roles, f"nobody is called {party!r}"
        return self.shares.get(other or fact, {}).get(party, 0)

    def _shown(self, parts: Mapping[str, int]) -> Parts:
        return {role: show_amount(amount, self.scheme.currency) for role, amount in parts.items() if amount}

    # What the engine says.

    @cached_property
    def shares(self) -> dict[str, dict[str, int]]:
        """The parts of every fact in minor units."""
        found: dict[str, dict[str, int]] = {}
        for part in self.done.parts():
            found.setdefault(part.fact, {})[part.party] = part.amount
        return found

    @property
    def roles(self) -> Iterable[str]:
        """Everyone a part may come to."""
        return self.done.columns

    @property
    def steps(self) -> Sequence[Step]:
        """Every hand-over."""
        return self.done.allocation.steps

    def steps_of(self, fact: str) -> list[Step]:
        """The hand-overs of one fact."""
        return [step for step in self.steps if self.done.loaded.facts.ids[step.fact] == fact]

    def work_list(self) -> dict[str, str]:
        """What was not shared, and why."""
        return {each.id: each.reason for each in self.done.waiting}

    def decisions(self) -> dict[str, Parts]:
        """What each fuse was decided to be, by the reading."""
        decided = self.done.loaded.decided.items()
        return {name: {each.evidence: each.state for each in made} for name, made in decided if made}

    def pays(self) -> Parts:
        """Who owes whom after all rows."""
        return self._shown(self._debts())

    def pays_by(self, fact: str) -> Parts:
        """What one fact has changed of who owes whom."""
        count = [row["fact"] for row in self.rows].index(fact)
        before = Worked(self.scheme, self.rows, count)._debts() if count else {}
        now = self.after(fact)._debts()
        return self._shown({pair: now.get(pair, 0) - before.get(pair, 0) for pair in {**before, **now}})

    def _debts(self) -> dict[str, int]:
        owed: dict[str, int] = {}
        for each in paying(self.done):
            pair = f"{each.debtor} → {each.creditor}"
            owed[pair] = owed.get(pair, 0) + each.amount
        return owed


def _is_money(name: str, text: str) -> bool:
    return name not in ("fact", "loan", "year") and bool(re.fullmatch(r"[0-9][0-9,]*(\.[0-9]+)?", text))
