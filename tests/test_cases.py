"""Cases in the words and figures of the schemes: given the facts, when this happens, then this is who bears it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.money import parse_amount, show_amount
from riskshare.allocate import Allocation, Facts, allocate
from riskshare.scheme_file import CLAUSE_KINDS, DATES, SCOPES, load_scheme, read_scheme
from riskshare.terms import COMPONENTS, KINDS, Scheme

HERE = Path(__file__).parent
SCHEMES = HERE.parent / "riskshare" / "schemes"
MANUAL = HERE.parent / "docs" / "terms.md"
MEASURES = ("approved", "guaranteed", "principal", "interest", "other_support", "pool_funding", "budget", "premium",
            "guaranteed_volume")  # fmt: skip
ROLES = (
    "bank",
    "guarantor",
    "reguarantor",
    "national_fund",
    "insurer",
    "government",
    "finance",
    "enterprise",
    "debtor",
)
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
currency = "CNY"
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


def cases() -> list[Any]:
    found = []
    for path in sorted((HERE / "cases").glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [pytest.param(case, id=f"{path.stem}-{case['says'][:60]}") for case in document["case"]]
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    scheme = scheme_of(case)
    allocation = allocate(scheme, facts_of(scheme, case), why=True)
    if "each" in case:
        assert [parts(scheme, allocation, [i]) for i in range(len(case["when"]))] == case["each"]
    if "then" in case:
        assert parts(scheme, allocation, range(len(case["when"]))) == case["then"]
    assert "each" in case or "then" in case
    assert [step.said for step in allocation.steps] == case.get("said", [step.said for step in allocation.steps])
    assert [step.said_zh for step in allocation.steps] == case.get("said_zh", [s.said_zh for s in allocation.steps])


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_is_without_fault(path: Path) -> None:
    scheme = load_scheme(path, measures=MEASURES, roles=ROLES)
    assert scheme.id == path.stem
    assert scheme.status in ("found", "example")


def scheme_of(case: dict[str, Any]) -> Scheme:
    """A shipped scheme by its id, or one made of the clauses of the case."""
    if "scheme" in case:
        return load_scheme(SCHEMES / f"{case['scheme']}.toml", measures=MEASURES, roles=ROLES)
    rounding, basis = ROUNDINGS[case.get("rounding", "cumulative")], case.get("limit_basis", "current")
    clauses = case["clauses"].split("---\n")
    text = PLAIN.format(rounding=rounding, limit_basis=basis)
    text += "".join(table for kind, table in TERMS.items() if f'name = "{kind}"' in case["clauses"])
    text += "".join(f'[[version.clause]]\narticle = "{n}"\n{clause.strip()}\n' for n, clause in enumerate(clauses, 1))
    return read_scheme(text, "case.toml", measures=MEASURES, roles=None)


def facts_of(scheme: Scheme, case: dict[str, Any]) -> Facts:
    """The facts in the order told: one a day, of one loan and one year unless the case says otherwise."""
    rows = [{**case.get("given", {}), **when} for when in case["when"]]
    kinds = [next(kind for kind in KINDS if kind in when) for when in case["when"]]
    told = {name for row in rows for name in row}
    measures = {name for version in scheme.versions for name in version.measures}

    def money(text: str) -> int:
        return parse_amount(text, scheme.currency)

    return Facts(
        ids=[f"D-{i}" for i in range(len(rows))],
        kinds=kinds,
        loans=[row.get("loan", "L-1") for row in rows],
        days=list(range(len(rows))),
        filings=[0] * len(rows),
        priorities=[0] * len(rows),
        years=[row.get("year", 2024) for row in rows],
        amounts=[money(row[kind]) for row, kind in zip(rows, kinds, strict=True)],
        versions=[row.get("version", 0) for row in rows],
        measures={name: [money(row[name]) for row in rows] for name in measures},
        attributes={
            **{name: [str(row.get(name, "")) for row in rows] for name in told},
            "enterprise": [row.get("party", "") for row in rows],
        },
    )


def parts(scheme: Scheme, allocation: Allocation, facts: Any) -> dict[str, str]:
    """What each role bears of some facts, as people write it, without the zeros."""
    sums = {role: sum(allocation.shares[role][i] for i in facts) for role in allocation.roles}
    return {role: show_amount(amount, scheme.currency) for role, amount in sums.items() if amount}


# The examples of the manual.

BLOCKS = re.findall(r"```toml\n(.*?)```\n```text\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(("terms", "lines"), BLOCKS, ids=[lines.split("→")[0].strip() for _, lines in BLOCKS])
def test_the_examples_of_the_manual(terms: str, lines: str) -> None:
    whole = terms.startswith("id ")
    head = "" if whole else PLAIN.format(rounding=ROUNDINGS["cumulative"], limit_basis="current")
    needed = "".join(table for kind, table in TERMS.items() if f'"{kind}"\n' in terms and not whole)
    scheme = read_scheme(head + needed + terms, "terms.md", measures=MEASURES, roles=None)
    told = [line.split(" → ") for line in lines.splitlines()]
    allocation = allocate(scheme, facts_of(scheme, {"when": [fact_told(fact) for fact, _ in told]}))
    for i, (_, borne) in enumerate(told):
        assert parts(scheme, allocation, [i]) == dict(part.split(" ") for part in borne.split(" · "))


def test_the_manual_knows_every_word() -> None:
    said = MANUAL.read_text(encoding="utf-8")
    assert len(BLOCKS) == said.count("```toml")
    words = (*CLAUSE_KINDS, *SCOPES, *KINDS, *COMPONENTS, *DATES, *MEASURES, "paid_on", "append", "reopen", "decided")
    assert [word for word in words if word not in said] == []


def fact_told(told: str) -> dict[str, Any]:
    """ "loss 80.00 (pool_funding 100.00, year 2025)" as the cases write it."""
    kind, amount, *more = told.replace(" (", " ").rstrip(")").replace(", ", " ").split(" ")
    said = dict(zip(more[::2], more[1::2], strict=True))
    return {kind: amount, **said, **({"year": int(said["year"])} if "year" in said else {})}
