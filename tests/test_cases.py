"""Cases in the words and figures of the schemes: given the facts, when this happens, then this is who bears it."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from casework import HERE, MEASURES, SCHEMES, Case, Worked, cases, head, rows_of, scheme_of, tables_for

from ledger.money import parse_amount, show_amount
from riskshare.scheme_file import CLAUSE_KINDS, DATES, SCOPES, load_scheme, read_scheme
from riskshare.statements import Break, compare
from riskshare.terms import COMPONENTS, KINDS

CASES = cases()
MANUAL = HERE.parent / "docs" / "terms.md"
ROLES = (
    "bank", "guarantor", "reguarantor", "national_fund", "insurer", "government", "finance", "enterprise", "debtor",
)  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['file']}-{case['says'][:60]}") for case in CASES])
def test_case(case: Case) -> None:
    scheme = scheme_of(case)
    worked = Worked(scheme, rows_of(scheme, case))
    assert set(case) <= ABOUT | TOLD | FOUND.keys(), "a word no case file knows"
    expected = {"work_list": {}, **{name: case[name] for name in FOUND if name in case}}
    assert len(expected) > 1 or expected["work_list"], "the case expects nothing"
    assert {name: FOUND[name](worked, told) for name, told in expected.items()} == expected


ABOUT = {"file", "id", "says", "source", "scenario"}
TOLD = {"scheme", "currency", "rounding", "limit_basis", "terms", "clauses", "given", "when"}
FOUND: Mapping[str, Callable[[Worked, Any], Any]] = {
    "each": lambda worked, _: worked.each(),
    "then": lambda worked, _: worked.standing(),
    "said": lambda worked, _: [step.said for step in worked.steps],
    "said_zh": lambda worked, _: [step.said_zh for step in worked.steps],
    "amounts": lambda worked, told: amounts(worked, told),
    "figures": lambda worked, told: [figure(worked, line) for line in told],
    "after": lambda worked, told: {fact: after(worked, fact, parts) for fact, parts in told.items()},
    "left": lambda worked, told: {fact: left(worked, fact, layers) for fact, layers in told.items()},
    "pays": lambda worked, told: pays(worked, told),
    "decisions": lambda worked, _: worked.decisions(),
    "work_list": lambda worked, _: worked.work_list(),
    "statement": lambda worked, told: [{**said, "breaks": breaks(worked, said)} for said in told],
}
"""What a case tells, and what it may expect, with how that is found. The words are those of the case files."""


def after(worked: Worked, fact: str, parts: Any) -> Any:
    """What each row, or everything together, came to when this fact was the last."""
    return worked.after(fact).each() if isinstance(parts, list) else worked.after(fact).standing()


def left(worked: Worked, fact: str, layers: Iterable[str]) -> dict[str, str]:
    """The room left in some layers after a fact."""
    return {layer: worked.after(fact).left(layer) for layer in layers}


def pays(worked: Worked, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who owes whom in the end; by fact, where the case tells it so."""
    by_fact = any(isinstance(owed, dict) for owed in told.values())
    return {fact: worked.pays_by(fact) for fact in told} if by_fact else worked.pays()


def amounts(worked: Worked, told: Mapping[str, str]) -> dict[str, str]:
    """Named amounts at the first fact."""
    found = worked.amounts(worked.rows[0])
    return {name: show_amount(found[name], worked.scheme.currency) for name in told}


def figure(worked: Worked, line: str) -> str:
    """The line "e2: fund_balance = 5,000,000.00 - government so far = 4,600,000.00" with its last figure worked out."""
    fact, _, said = line.partition(": ")
    *names, _ = said.split(" = ")
    return f"{fact}: {' = '.join(names)} = {worked.after(fact).figure(fact, names[-1])}"


def breaks(worked: Worked, statement: Case) -> list[str]:
    """A party's statement of its part of each fact, against what was worked out."""
    currency = worked.scheme.currency
    own = {fact: parts[statement["from"]] for fact, parts in worked.shares.items() if statement["from"] in parts}
    found = compare(own, [(item, parse_amount(text, currency)) for item, text in statement["states"]])
    return [_said(each, currency) for each in found]


def _said(each: Break, currency: str) -> str:
    own, stated, difference = (show_amount(minor, currency) for minor in (each.own, each.stated, each.difference))
    return f"{each.kind} {each.item}: {own}, stated {stated}, difference {difference}"


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_is_without_fault(path: Path) -> None:
    scheme = load_scheme(path, measures=MEASURES, roles=ROLES)
    assert scheme.id == path.stem
    assert scheme.status in ("found", "unconfirmed", "example")


# The worked cases: all of them, and every figure of them.

WORKED = """
A01 published
A03 published
A04 published
A06 published
A08 published
A09 published
A11 published
A12 published
A13 published
A15 published
A17 published
A18 published
B01 default
B02-1 default
B02-2 default
B02-3 default
B04 default
B05 default
B06 default
B08 default
B09 default
B11 default
B12 default
B14 default round_down
B16 default
B17 default
B19 act_365 act_360
B20 default
B21 ten_percent twelve_percent
B23 net_cap gross_cap
B26 default
B27 default
B28 default
B29 default
B31 default
B32 act_365 act_360
B33 default
C01 default
C03 default
C04 default
C06 default
C07 largest_remainder_to_fen whole_yuan_round_down
C09 default
C10 per_event cumulative
C12 default
C13 default
C15 default
C18 default
C19 default
"""
STORY = Path(os.environ.get("GONGJI_WORKED_CASES", HERE.parent.parent / "shared" / "domain" / "cases.yaml"))


def test_every_worked_case_is_here_in_every_scenario() -> None:
    wanted = {(line.split()[0], name) for line in WORKED.strip().splitlines() for name in line.split()[1:]}
    assert len(WORKED.strip().splitlines()) == 49
    assert {(case["id"], case["scenario"]) for case in CASES if "id" in case} == wanted
    assert [case["says"] for case in CASES if "id" in case and not case.get("source")] == []


@pytest.mark.skipif(
    not STORY.is_file(), reason=f"the study of worked cases is not at {STORY}; GONGJI_WORKED_CASES says where"
)
def test_no_figure_of_the_worked_cases_is_lost_or_mistyped() -> None:
    lost = []
    for (name, scenario, event), told in worked_figures(STORY.read_text(encoding="utf-8")).items():
        here = expected_figures(name, scenario)
        found = here[event] | here[""] if event in here else set().union(*here.values())
        lost += [f"{name} {scenario} {event}: {what} = {text}" for what, text in told.items() if text not in found]
    assert lost == []


def worked_figures(text: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """Every amount of every step of the study, by case, scenario and event; without the zeros and the counts of days."""
    found: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    name = scenario = event = ""
    for line in text.splitlines():
        if match := re.match(r"- id: (\S+)", line):
            name, event = match[1], ""
        elif match := re.match(r"  - name: (\S+)", line):
            scenario, event = match[1], ""
        elif match := re.match(r"    - event: (\S+)", line):
            event = match[1]
        elif line.startswith("  arithmetic:"):
            event = ""
        elif event and (match := re.fullmatch(r" {6,8}(?!days)(\w+): '(-?\d+(?:\.\d+)?)'", line)) and Decimal(match[2]):
            found[name, scenario, event][match[1]] = f"{Decimal(match[2]):,}"
    return found


def expected_figures(name: str, scenario: str) -> dict[str, set[str]]:
    """All amounts that the cases of one scenario expect, by event; "" holds what they expect of all events together."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        if (case.get("id"), case.get("scenario")) != (name, scenario):
            continue
        for event, told in _by_event(case):
            found[event.split("-")[0]] |= set(re.findall(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", str(told)))
            found[event.split("-")[0]] |= _sums(told)
    return found


def _by_event(case: Case) -> Iterator[tuple[str, Any]]:
    for when, parts in zip(case["when"], case.get("each", []), strict=False):
        yield when["fact"], parts
    for name in ("after", "left", "pays"):
        yield from case.get(name, {}).items()
    for line in case.get("figures", []):
        yield line.split(": ")[0], line.rsplit(" = ")[-1]
    for statement in case.get("statement", []):
        yield statement["event"], statement["breaks"]
    yield from (("", case.get(name)) for name in ("then", "amounts"))


def _sums(told: Any) -> set[str]:
    return {f"{sum(Decimal(text.replace(',', '')) for text in told.values()):,}"} if isinstance(told, dict) else set()


# The examples of the manual.

BLOCKS = re.findall(r"```toml\n(.*?)```\n```text\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(("terms", "lines"), BLOCKS, ids=[lines.split("→")[0].strip() for _, lines in BLOCKS])
def test_the_examples_of_the_manual(terms: str, lines: str) -> None:
    text = terms if terms.startswith("id ") else head({}) + tables_for(terms, terms) + terms
    scheme = read_scheme(text, "terms.md", measures=MEASURES, roles=None)
    told = [line.split(" → ") for line in lines.splitlines()]
    worked = Worked(scheme, rows_of(scheme, {"when": [fact_told(fact) for fact, _ in told]}))
    assert worked.each() == [dict(part.split(" ") for part in borne.split(" · ")) for _, borne in told]


def test_the_manual_knows_every_word() -> None:
    said = MANUAL.read_text(encoding="utf-8")
    assert len(BLOCKS) == said.count("```toml")
    words = (*CLAUSE_KINDS, *SCOPES, *KINDS, *COMPONENTS, *DATES, *MEASURES, "paid_on", "append", "reopen", "decided")
    assert [word for word in words if word not in said] == []


def fact_told(told: str) -> dict[str, Any]:
    """ "loss 80.00 (pool_funding 100.00, year 2025)" as the cases write it."""
    kind, amount, *more = told.replace(" (", " ").rstrip(")").replace(", ", " ").split(" ")
    said = dict(zip(more[::2], more[1::2], strict=True))
    return {kind: amount, **({"enterprise": said.pop("party")} if "party" in said else {}), **said}
