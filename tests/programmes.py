"""Random schemes over the whole language and random facts: what the property tests run on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import strategies as st

from riskshare.allocate import Allocation, Facts
from riskshare.scheme_file import read_scheme
from riskshare.terms import Scheme

Rows = list[dict[str, Any]]
ROLES = ("bank", "guarantor", "reguarantor", "national_fund", "insurer", "government")
MEASURES = ("premium", "pool_funding", "guaranteed", "days")
SCOPES = ("event", "loan", "loan-year", "borrower", "borrower-year", "portfolio", "portfolio-year", "enterprise",
          "bank", "bank-year", "guarantor", "guarantor-year", "scheme-year", "life")  # fmt: skip
ANY_YEAR = tuple(scope for scope in SCOPES if not scope.endswith("-year") and scope != "event")
"""Scopes that go on from one scheme-year to the next."""
FOLLOWED = ("loan", "loan", "loan", "borrower", "scheme-year", "loan-year", "guarantor", "life")
STEADY = {1: ["1"], 2: ["3:1", "2:5", "1:1"], 3: ["1:1:1", "2:1:1", "5:3:2"], 4: ["4:3:2:1", "2:2:4:2", "7:3:6:4"]}
"""Weights for which largest remainder never takes a unit back."""
PERCENT = {1: ["100%"], 2: ["20%:rest", "33.3%:66.7%"], 3: ["25%:rest:25%", "50%:30%:20%"], 4: ["40%:30%:20%:10%"]}
ROADS = (
    '{{ by = "insured", yes = "{}", otherwise = "{}" }}',
    '{{ by = "insured", yes = "{}", no = "{}", otherwise = "{}" }}',
    '{{ by = "guaranteed", "up to 1.00" = "{}", otherwise = "{}" }}',
    '{{ by = "grade", "below 2.5" = "{}", "above 2.5 up to 7" = "{}", otherwise = "{}" }}',
    '{{ by = "grade", "from 2.5" = "{}", "above 0 below 7" = "{}", otherwise = "{}" }}',
    '{{ by = "days from due_on to effective_on", "below 80" = "{}", "up to 365" = "{}", otherwise = "{}" }}',
)
WAYS = ("paid_share", "paid_share", "net_loss", "fixed", "order")
REINSTATES = ("no", "no", "from_recovery_date", "from_start")

HEAD = """id = "random"
title = { zh = "随机", en = "random" }
currency = "CNY"
status = "example"
applies_by = "registered_on"
"""
VERSION = """
[[version]]
effective = 20%02d-01-01
source = "a random programme"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "%s"
rounding = %s
[version.parties]
bank = "the one bank"
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[version.amounts]
cap = "12.34"
band = "%s"
capped = "smaller of band and 50.00"
"""
RECOVERY = """
[version.recovery]
costs = "none"
reinstates = "%s"
"""
ROUNDINGS = {
    "event": '{ scope = "event", method = "largest_remainder" }',
    "steady": '{ scope = "cumulative", method = "largest_remainder" }',
    "quota": '{ scope = "cumulative", method = "quota" }',
    "minus": '{ scope = "cumulative", method = "largest_remainder", accepts_minus_one = true }',
}
STEPLESS = ("event", "steady", "quota")
"""Roundings that never post a minus on a positive fact."""


# Schemes.


@st.composite
def schemes(
    draw: st.DrawFn,
    roundings: tuple[str, ...] = tuple(ROUNDINGS),
    recovery: bool | None = None,
    bases: tuple[str, ...] = ("current", "at_fact"),
    ways: tuple[str, ...] = WAYS,
    reinstates: tuple[str, ...] = REINSTATES,
    scopes: tuple[str, ...] = SCOPES,
    followed: tuple[str, ...] = FOLLOWED,
    plain: bool = False,
) -> str:
    """The text of a scheme of one or two versions with up to six clauses of any kind below the entries.

    `plain`: limits, weights and bands say nothing but measures, rates and `none`, so that everything scales.
    """
    like = Likeness(draw, roundings, bases, reinstates, scopes, followed, plain)
    with_recovery = draw(st.booleans()) if recovery is None else recovery
    way = draw(st.sampled_from(ways)) if with_recovery else ""
    also = draw(st.sampled_from(((), (), ("premium",), ("premium", "refund")))) if recovery is not False else ()
    entries = ("loss", *(kind for kind in ("premium",) if kind in also))
    names = [f"c{i}" for i in range(draw(st.integers(0, 6)))]
    kinds = [draw(st.sampled_from(("share", "share", "layer", "choose"))) for _ in (*entries, *names)]
    shapes = [_shape(draw, kind, like) for kind in kinds]
    pointers = [_targets(draw, kind, names[max(i + 1 - len(entries), 0) :]) for i, kind in enumerate(kinds)]
    refusing = _refusals(draw, kinds, pointers, entries, names)
    versions: list[str] = []
    clauses: list[Any] = []
    for year in range(20, 20 + draw(st.integers(1, 2))):
        if not clauses or draw(st.booleans()):  # else a second version with the figures of the first
            clauses = [
                (name, kind, targets, _figures(draw, kind, len(targets), shape, like))
                for name, kind, targets, shape in zip((*entries, *names), kinds, refusing, shapes, strict=True)
            ]
        reached = _reached(clauses, entries)
        text = VERSION % (year, like.basis, ROUNDINGS[like.rounding], draw(_expressions(plain)))
        text += RECOVERY % like.reinstates if with_recovery else ""
        text += "".join(_write(*clause) for clause in reached)
        if with_recovery:
            text += _recovery(draw, way, like.follow_per, _roles_of(reached, "loss"))
        if "refund" in also:
            text += _clause("refund", f'follow = {{ borne = "premium", by = "paid_share", per = "{like.refund_per}", then = "bank" }}')  # fmt: skip
        versions.append(text)
    return HEAD + "".join(versions)


class Likeness:
    """What all clauses and versions of one scheme have in common."""

    def __init__(self, draw: st.DrawFn, roundings: Any, bases: Any, reinstates: Any, scopes: Any, followed: Any,
                 plain: bool) -> None:  # fmt: skip
        self.rounding, self.basis = draw(st.sampled_from(roundings)), draw(st.sampled_from(bases))
        self.reinstates, self.scopes, self.plain = draw(st.sampled_from(reinstates)), scopes, plain
        self.follow_per, self.refund_per = draw(st.sampled_from(followed)), draw(st.sampled_from(followed))
        self.pro_rata = self.rounding != "minus" and self.reinstates == "no"


def _expressions(plain: bool) -> st.SearchStrategy[str]:
    """Amounts as agreements write them; the names of other amounts are not among them."""
    money = st.sampled_from(("0.00", "0.07", "5.00", "1,000.00"))
    names = st.sampled_from(("premium", "pool_funding", "guaranteed"))
    rates = st.sampled_from(("150%", "33.3%", "10%", "0.5%", "100%"))
    leaf = names if plain else st.one_of(money, names, st.just("premium by days of 365"))
    part = st.one_of(leaf, names) if plain else st.one_of(leaf, st.builds("{} of {}".format, rates, leaf))
    side = st.one_of(part, st.builds("{} {} {}".format, part, st.sampled_from(("plus", "less")), part))
    word = st.sampled_from(("smaller", "larger"))
    best = st.builds("{} of {} and {}".format, word, side, side)
    if plain:
        return st.one_of(side, best)
    return st.one_of(side, best, st.builds("{} of {}".format, rates, best), st.builds("{} less {}".format, part, best))


def _limits(draw: st.DrawFn, like: Likeness) -> str:
    named = st.sampled_from(("none", "0.00", "0.07", "5.00", "1,000.00", "cap", "band", "capped", "cap plus band"))
    if like.plain:
        named = st.sampled_from(("none", "band"))
    return draw(st.one_of(named, _expressions(like.plain)))


def _shape(draw: st.DrawFn, kind: str, like: Likeness) -> Any:
    """What both versions of a clause have in common: how a layer counts."""
    if kind == "layer":
        orders = ("time", "time", "pro_rata") if like.pro_rata else ("time",)
        return draw(st.sampled_from(like.scopes)), draw(st.sampled_from(orders))
    if kind == "choose":
        return [road for road in ROADS if not (like.plain and "guaranteed" in road)]
    return None


def _targets(draw: st.DrawFn, kind: str, below: list[str]) -> list[str]:
    """One to four different clauses below, or roles."""
    least, most = {"share": (1, 4), "layer": (2, 2), "choose": (2, 3)}[kind]
    return draw(st.lists(st.sampled_from([*below, *ROLES]), min_size=least, max_size=most, unique=True))


def _refusals(draw: st.DrawFn, kinds: list[str], pointers: list[list[str]], entries: Any, names: Any) -> Any:
    """Now and then a road to nowhere, where only choices stand above."""
    free, found = set(entries), [*pointers]
    all_names = (*entries, *names)
    for name, kind, targets in zip(all_names, kinds, pointers, strict=True):
        if kind != "choose" or name not in free:
            free -= set(targets)
    for i, name in enumerate(all_names):
        above = [kinds[j] for j in range(i) if name in pointers[j]]
        only = all(kind == "choose" for kind in above) and _only_choices(name, all_names, kinds, pointers)
        if kinds[i] == "choose" and only and draw(st.integers(0, 2)) == 0:
            found[i] = ["refused", *pointers[i][1:]]
    return found


def _only_choices(name: str, names: Any, kinds: list[str], pointers: list[list[str]]) -> bool:
    above = [i for i, targets in enumerate(pointers) if name in targets]
    return all(kinds[i] == "choose" and _only_choices(names[i], names, kinds, pointers) for i in above)


def _figures(draw: st.DrawFn, kind: str, count: int, shape: Any, like: Likeness) -> Any:
    if kind == "share":
        return _weights(draw, count, like)
    if kind == "choose":
        return draw(st.sampled_from([road for road in shape if road.count("{}") == count]))
    per, order = shape
    attaches = (None, None, "premium") if like.plain else (None, None, "0.00", "0.05", "3.00", "50% of premium", "cap")
    units = ("", "", "") if like.plain else ("", "", "0.10", "1.00", "0.03")
    attach, unit = draw(st.sampled_from(attaches)), draw(st.sampled_from(units))
    return {"per": per, "attach": attach, "limit": _limits(draw, like), "order": order, "unit": unit}


def _weights(draw: st.DrawFn, count: int, like: Likeness) -> list[str]:
    measured_too = count == 2 or (count > 2 and like.rounding in ("event", "minus"))
    if like.rounding != "quota" and measured_too and not like.plain and draw(st.booleans()):
        return ["guaranteed", "1.00", "premium plus 0.01", "50% of pool_funding"][:count]
    if draw(st.booleans()):
        return draw(st.sampled_from(PERCENT[count])).split(":")
    if like.rounding == "steady":
        return draw(st.sampled_from(STEADY[count])).split(":")
    return [str(draw(st.integers(1, 9))) for _ in range(count)]


def _recovery(draw: st.DrawFn, way: str, per: str, bearers: list[str]) -> str:
    by = f'"{way}"'
    named = draw(st.one_of(st.just(bearers), st.permutations(bearers)))
    if way == "fixed":
        by = "{ " + ", ".join(f'{role} = "{draw(st.integers(1, 5))}"' for role in named) + " }"
    elif way == "order":
        by = "[" + ", ".join(f'"{role}"' for role in named) + "]"
    elif way == "net_loss":
        per = "loan"
    if way in ("fixed", "order") and not named:  # every road refuses
        by = '"paid_share"'
    return _clause("recovery", f'follow = {{ borne = "loss", by = {by}, per = "{per}", then = "debtor" }}')


def _reached(clauses: list[Any], entries: tuple[str, ...]) -> list[Any]:
    """Without the clauses that nothing leads to."""
    wanted = set(entries)
    for name, _, targets, _ in clauses:
        if name in wanted:
            wanted.update(targets)
    return [clause for clause in clauses if clause[0] in wanted]


def _roles_of(clauses: list[Any], entry: str) -> list[str]:
    """Who can bear what enters there."""
    wanted, names = {entry: None}, {clause[0] for clause in clauses}
    for name, _, targets, _ in clauses:
        if name in wanted:
            wanted |= dict.fromkeys(targets)
    return [name for name in wanted if name not in names and name != "refused"]


def _write(name: str, kind: str, targets: list[str], figures: Any) -> str:
    if kind == "share":
        pairs = ", ".join(f'{target} = "{weight}"' for target, weight in zip(targets, figures, strict=True))
        return _clause(name, f"share = {{ {pairs} }}")
    if kind == "choose":
        return _clause(name, "choose = " + figures.format(*targets))
    says = {**figures, "first": targets[0], "then": targets[1]}
    return _clause(name, "layer = { " + ", ".join(f'{key} = "{value}"' for key, value in says.items() if value) + " }")


def _clause(name: str, line: str) -> str:
    return f'\n[[version.clause]]\nname = "{name}"\narticle = "{len(name)}"\n{line}\n'


# Facts.

SMALL = st.one_of(st.integers(0, 40), st.integers(0, 3_000), st.integers(0, 10**6))
LARGE = st.one_of(st.integers(0, 10**12), st.integers(0, 10**15), st.integers(2**53 - 1, 2**53 + 40))


@st.composite
def facts(
    draw: st.DrawFn, text: str, most: int = 12, amounts: st.SearchStrategy[int] | None = None, mixed: bool = False
) -> list[dict[str, Any]]:
    """Facts of the kinds a scheme shares out, on few loans, days and years.

    `mixed`: facts of one loan may fall under different versions.
    """
    versions = text.count("[[version]]")
    kinds = [kind for kind in ("loss", "recovery", "premium", "refund") if f'name = "{kind}"' in text]
    sums = st.one_of(SMALL, SMALL, LARGE) if amounts is None else amounts
    found = []
    for i in range(draw(st.integers(1, most))):
        loan, day = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        found.append({
            "id": f"F{i}", "kind": draw(st.sampled_from(("loss", *kinds))), "loan": f"L{loan}", "day": 739_000 + day,
            "filing": draw(st.integers(0, 1)), "priority": draw(st.sampled_from((0, 0, 0, 1))),
            "year": draw(st.sampled_from((2024, 2024, 2025))), "amount": draw(sums),
            "version": draw(st.integers(0, versions - 1)) if mixed else loan % versions,
            "measures": {name: draw(st.sampled_from((0, 50, 100, 200, 3_999))) for name in MEASURES},
            "attributes": {
                "borrower": f"B{loan % 2}", "portfolio": "P", "enterprise": f"E{loan % 3}",
                "guarantor": draw(st.sampled_from("GGH")), "bank": draw(st.sampled_from(("", "K"))),
                "insured": draw(st.sampled_from(("yes", "no", ""))),
                "grade": draw(st.sampled_from(("", "0", "2.5", "2.50001", "7", "10"))),
                "effective_on": date.fromordinal(739_000 + day).isoformat(),
                "due_on": date.fromordinal(739_000 + day - draw(st.sampled_from((0, 79, 80, 365, 366)))).isoformat(),
            },
        })  # fmt: skip
    return found


# As the engine takes them, and what it says.


def scheme_of(text: str) -> Scheme:
    """The scheme a text says."""
    return read_scheme(text, "random.toml", measures=MEASURES, roles=[*ROLES, "debtor"])


def columns(rows: Rows) -> Facts:
    """Facts as columns."""

    def all_of(key: str) -> list[Any]:
        return [row[key] for row in rows]

    return Facts(
        ids=all_of("id"),
        kinds=all_of("kind"),
        loans=all_of("loan"),
        days=all_of("day"),
        filings=all_of("filing"),
        priorities=all_of("priority"),
        years=all_of("year"),
        amounts=all_of("amount"),
        versions=all_of("version"),
        measures={name: [row["measures"][name] for row in rows] for name in rows[0]["measures"]} if rows else {},
        attributes={name: [row["attributes"][name] for row in rows] for name in rows[0]["attributes"]} if rows else {},
    )


def by_fact(allocation: Allocation, rows: Rows) -> dict[str, dict[str, int]]:
    """What each role bears of each fact, and what of it is on the work list, without the zeros."""
    found = {
        row["id"]: {role: column[i] for role, column in allocation.shares.items() if column[i]}
        for i, row in enumerate(rows)
    }
    for waiting in allocation.work_list:
        row = rows[waiting.fact]
        found[row["id"]]["work list"] = row["amount"] - sum(found[row["id"]].values())
    return found


def spans_years(text: str) -> bool:
    """Whether a scope of the scheme goes on from one scheme-year to the next."""
    return any(per in ANY_YEAR for per in re.findall(r'per = "([^"]+)"', text))
