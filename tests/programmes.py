"""Random schemes and random facts: what the property tests run on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ROLES = ("bank", "guarantor", "reguarantor", "national_fund", "insurer", "government")
MEASURES = ("premium", "pool_funding", "guaranteed")
SCOPES = ("event", "loan", "borrower", "scheme-year", "guarantor-year", "life")
LIMITS = ("none", "0.00", "0.07", "5.00", "1,000.00", "cap", "premium", "150% of premium", "33.3% of pool_funding",
          "80% of pool_funding less premium", "smaller of cap and premium")  # fmt: skip
STEADY = {1: ["1"], 2: ["3:1", "2:5", "1:1"], 3: ["1:1:1", "2:1:1", "5:3:2"], 4: ["4:3:2:1", "2:2:4:2", "7:3:6:4"]}
"""Weights for which largest remainder never takes a unit back."""

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
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[version.amounts]
cap = "12.34"
"""
RECOVERY = """
[version.recovery]
costs = "none"
reinstates = "no"
"""
ROUNDINGS = {
    "event": '{ scope = "event", method = "largest_remainder" }',
    "steady": '{ scope = "cumulative", method = "largest_remainder" }',
    "quota": '{ scope = "cumulative", method = "quota" }',
    "minus": '{ scope = "cumulative", method = "largest_remainder", accepts_minus_one = true }',
}


@st.composite
def schemes(
    draw: st.DrawFn,
    roundings: tuple[str, ...] = tuple(ROUNDINGS),
    recovery: bool | None = None,
    bases: tuple[str, ...] = ("current", "at_fact"),
) -> str:
    """The text of a scheme of one or two versions with up to six clauses of any kind below the entry."""
    rounding, basis = draw(st.sampled_from(roundings)), draw(st.sampled_from(bases))
    with_recovery = draw(st.booleans()) if recovery is None else recovery
    names = [f"c{i}" for i in range(draw(st.integers(0, 6)))]
    kinds = [draw(st.sampled_from(("share", "share", "layer", "choose"))) for _ in ("loss", *names)]
    shapes = [_shape(draw, kind, rounding) for kind in kinds]
    pointers = [_targets(draw, kind, names[i:]) for i, kind in enumerate(kinds)]
    follow_per = draw(st.sampled_from(("loan", "borrower", "scheme-year")))
    versions: list[str] = []
    clauses: list[Any] = []
    for year in range(20, 20 + draw(st.integers(1, 2))):
        if not clauses or draw(st.booleans()):  # else a second version with the figures of the first
            clauses = [
                (name, kind, targets, _figures(draw, kind, len(targets), rounding, shape))
                for name, kind, targets, shape in zip(("loss", *names), kinds, pointers, shapes, strict=True)
            ]
        text = VERSION % (year, basis, ROUNDINGS[rounding]) + (RECOVERY if with_recovery else "")
        text += "".join(_write(*clause) for clause in _reached(clauses))
        if with_recovery:
            text += _clause(
                "recovery", f'follow = {{ borne = "loss", by = "paid_share", per = "{follow_per}", then = "debtor" }}'
            )
        versions.append(text)
    return HEAD + "".join(versions)


@st.composite
def facts(draw: st.DrawFn, versions: int, recoveries: bool, most: int = 14) -> list[dict[str, Any]]:
    """Facts of losses, and of recoveries where the scheme shares them, on few loans, days and years."""
    count = draw(st.integers(1, most))
    kinds = st.sampled_from(("loss", "loss", "recovery")) if recoveries else st.just("loss")
    amounts = st.one_of(st.integers(0, 40), st.integers(0, 3_000), st.integers(0, 10**12))
    found = []
    for i in range(count):
        loan = draw(st.integers(0, 3))
        found.append({
            "id": f"F{i}", "kind": draw(kinds), "loan": f"L{loan}", "day": draw(st.integers(0, 3)),
            "filing": draw(st.integers(0, 1)), "priority": draw(st.sampled_from((0, 0, 1))),
            "year": draw(st.integers(2024, 2025)), "amount": draw(amounts), "version": loan % versions,
            "measures": {name: draw(st.sampled_from((0, 50, 100, 200, 3_999))) for name in MEASURES},
            "attributes": {"borrower": f"B{loan % 2}", "guarantor": draw(st.sampled_from("GH")),
                           "insured": draw(st.sampled_from(("yes", "no", "")))},
        })  # fmt: skip
    return found


def _shape(draw: st.DrawFn, kind: str, rounding: str) -> Any:
    """What both versions of a clause have in common: how a layer counts, how many share."""
    if kind == "layer":
        orders = ("time", "time", "pro_rata") if rounding != "minus" else ("time",)
        return draw(st.sampled_from(SCOPES)), draw(st.sampled_from(orders))
    return None


def _targets(draw: st.DrawFn, kind: str, below: list[str]) -> list[str]:
    """Two to four different clauses below, or roles."""
    least = 2 if kind != "share" else 1
    return draw(
        st.lists(st.sampled_from([*below, *ROLES]), min_size=least, max_size=2 if least == 2 else 4, unique=True)
    )


def _figures(draw: st.DrawFn, kind: str, count: int, rounding: str, shape: Any) -> Any:
    if kind == "share":
        if rounding != "quota" and count == 2 and draw(st.booleans()):
            return ["guaranteed", "1.00"]
        if rounding == "steady":
            return draw(st.sampled_from(STEADY[count])).split(":")
        return [str(draw(st.integers(1, 9))) for _ in range(count)]
    if kind == "layer":
        per, order = shape
        attach = draw(st.sampled_from((None, "0.00", "0.05", "3.00", "50% of premium")))
        return per, attach, draw(st.sampled_from(LIMITS)), order
    return None


def _reached(clauses: list[Any]) -> list[Any]:
    """Without the clauses that nothing leads to."""
    wanted = {"loss"}
    for name, _, targets, _ in clauses:
        if name in wanted:
            wanted.update(targets)
    return [clause for clause in clauses if clause[0] in wanted]


def _write(name: str, kind: str, targets: list[str], figures: Any) -> str:
    if kind == "share":
        pairs = ", ".join(f'{target} = "{weight}"' for target, weight in zip(targets, figures, strict=True))
        return _clause(name, f"share = {{ {pairs} }}")
    if kind == "choose":
        return _clause(name, f'choose = {{ by = "insured", yes = "{targets[0]}", otherwise = "{targets[1]}" }}')
    per, attach, limit, order = figures
    says = {"per": per, "attach": attach, "limit": limit, "first": targets[0], "then": targets[1], "order": order}
    return _clause(name, "layer = { " + ", ".join(f'{key} = "{value}"' for key, value in says.items() if value) + " }")


def _clause(name: str, line: str) -> str:
    return f'\n[[version.clause]]\nname = "{name}"\narticle = "{len(name)}"\n{line}\n'
