"""Published reinsurance cases, said in the terms language: treaties as clauses, insured losses as facts.

A case is a folder: `ri_info` (treaties) and `ri_scope` (which risks each covers), `account`, and in single precision what
every item lost, what of it was insured and what the insurer kept. A treaty that covers a share of a risk, above an
attachment and up to a limit, is a share and a layer per risk and per event; treaties that come first in line stand first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from pathlib import Path

from ledger.money import parse_amount, show_amount
from riskshare.allocate import Facts, allocate
from riskshare.scheme_file import read_scheme

ON = date(2024, 1, 1)
KEPT = "insurer"
SCOPE_OF = {"LOC": "loan", "POL": "enterprise", "ACC": "borrower", "": "portfolio"}
"""What one risk is at each level of a treaty: the scope that a layer counts by."""
SCOPE_COLUMNS = {"PortNumber": "portfolio", "AccNumber": "account", "PolNumber": "policy", "LocNumber": "location"}

HEAD = """id         = "{name}"
title      = {{ zh = "再保险合同", en = "reinsurance treaties" }}
currency   = "CAD"
status     = "example"
applies_by = "registered_on"

[[version]]
effective   = {on}
source      = "a published case"
year_by     = "default_on"
late        = "append"
decided     = "year"
limit_basis = "current"
rounding    = {{ scope = "event", method = "largest_remainder" }}

[version.loss]
on        = "default"
counts    = ["principal"]
uncounted = "{kept}"
advance   = "none"
"""


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty, as agreed. Bounds are minor units, 0 for none; `share` is the part placed of the part ceded."""

    number: str
    priority: int
    level: str
    ceded: Decimal
    placed: Decimal
    risk: tuple[int, int]
    event: tuple[int, int]
    scope: tuple[Mapping[str, str], ...]

    def share_of(self, item: Item) -> Decimal:
        """What part of an item's loss reaches the treaty; 0 where it does not cover the item."""
        for row in self.scope:
            if all(not row[column] or row[column] == getattr(item, name) for column, name in SCOPE_COLUMNS.items()):
                return self.ceded * self.placed * Decimal(row["CededPercent"] or 1)
        return Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """One cover of one location under one policy: what of its loss was insured and what the insurer kept, in minor units."""

    portfolio: str
    account: str
    policy: str
    location: str
    insured: int
    kept: int


@dataclass(frozen=True)
class Case:
    """A folder, read."""

    name: str
    treaties: tuple[Treaty, ...]
    items: tuple[Item, ...]

    @cached_property
    def priorities(self) -> list[int]:
        return sorted({treaty.priority for treaty in self.treaties})


def read_case(folder: Path) -> Case:
    scope = _rows(folder / "ri_scope.csv")
    unknown = {c for row in scope for c, cell in row.items() if cell} - {*SCOPE_COLUMNS, *SCOPE_MORE}
    assert not unknown, f"{folder.name}: the scope also says {unknown}"
    treaties = tuple(
        Treaty(
            number=row["ReinsNumber"],
            priority=int(row["InuringPriority"]),
            level=row["RiskLevel"],
            ceded=Decimal(row["CededPercent"] or 1),
            placed=Decimal(row["PlacedPercent"] or 1),
            risk=(_minor(row["RiskAttachment"]), _minor(row["RiskLimit"])),
            event=(_minor(row["OccAttachment"]), _minor(row["OccLimit"])),
            scope=tuple(each for each in scope if each["ReinsNumber"] == row["ReinsNumber"]),
        )
        for row in _rows(folder / "ri_info.csv")
    )
    return Case(folder.name, treaties, tuple(_items(folder)))


SCOPE_MORE = ("ReinsNumber", "CededPercent", "OEDVersion")


def _items(folder: Path) -> Iterator[Item]:
    """The items in the order of the losses: location by location, cover by cover, policy by policy."""
    places = {row["LocNumber"]: row for row in _rows(folder / "location.csv")}
    policies: dict[str, list[str]] = {}
    for row in _rows(folder / "account.csv"):
        policies.setdefault(row["AccNumber"], []).append(row["PolNumber"])
    insured, kept = (
        iter([_minor(row["loss"]) for row in _rows(folder / f"expected_{name}.csv")]) for name in ("ils", "rils")
    )
    for summary in _rows(folder / "expected_loc_summary.csv"):
        place = places.get(summary["locnumber"])  # not there: insured, but no treaty knows of it
        account = place["AccNumber"] if place else summary["accnumber"]
        portfolio = place["PortNumber"] if place else summary["portnumber"]
        found = [
            Item(portfolio, account, policy, summary["locnumber"], next(insured), next(kept))
            for _ in range(COVERS)
            for policy in policies.get(account, [""])
        ]
        assert abs(sum(item.insured for item in found) - _minor(summary["loss_il"])) <= 2, summary
        yield from found
    assert next(insured, None) is None


COVERS = 3
"""Covers with a sum insured at each location: buildings, contents, business interruption."""


# The document.


def fits_one_document(case: Case) -> bool:
    """Whether no cent is promised more than once by treaties that stand in the same place in line."""
    return all(
        sum(treaty.share_of(item) for treaty in case.treaties if treaty.priority == priority) <= 1
        for priority in case.priorities
        for item in case.items
    )


def document(name: str, treaties: Sequence[Treaty], items: Sequence[Item]) -> str:
    """The treaties as one scheme: place by place in line, what no treaty takes going on to the next place."""
    places = sorted({treaty.priority for treaty in treaties})
    names = ["loss", *(f"place_{place}" for place in places[1:]), KEPT]
    text = HEAD.format(name=name, on=ON, kept=KEPT)
    for begins, place, then in zip(names, places, names[1:], strict=False):
        text += "".join(_place(begins, [t for t in treaties if t.priority == place], items, then))
    return text


def _place(begins: str, treaties: Sequence[Treaty], items: Sequence[Item], then: str) -> Iterator[str]:
    """One place in line: which treaties cover an item, each one's share, each one's bounds."""
    place, by_number = treaties[0].priority, {treaty.number: treaty for treaty in treaties}
    sets = [said for said in dict.fromkeys(covered(treaties, item) for item in items) if said]
    roads = ", ".join(f'"{said}" = "{begins}_{n}"' for n, said in enumerate(sets, 1))
    yield _clause(begins, place, f'choose = {{ by = "{_covered(place)}", {roads}, otherwise = "{then}" }}')
    for n, said in enumerate(sets, 1):
        shares = [part.split(" ") for part in said.split(" + ")]
        written = [f'{_target(by_number[number])} = "{share}"' for number, share in shares]
        rest = sum(Decimal(share[:-1]) for _, share in shares) < 100
        written += [f'{then} = "rest"'] if rest else []
        yield _clause(f"{begins}_{n}", place, f"share = {{ {', '.join(written)} }}")
    for treaty in treaties:
        yield from _bounds(treaty, then)


def _bounds(treaty: Treaty, then: str) -> Iterator[str]:
    """The layers of a treaty, on its placed part of the loss."""
    layers, placed = _layers(treaty), f"{_percent(treaty.placed)} of " if treaty.placed != 1 else ""
    targets = [*(name for name, *_ in layers[1:]), _party(treaty)]
    for (name, per, attach, limit), first in zip(layers, targets, strict=bool(layers)):
        above = f'attach = "{placed}{show_amount(attach)}", ' if attach else ""
        upto = f"{placed}{show_amount(limit)}" if limit else "none"
        said = f'per = "{per}", {above}limit = "{upto}", first = "{first}", then = "{then}", order = "pro_rata"'
        yield _clause(name, treaty.priority, f"layer = {{ {said} }}")


def _layers(treaty: Treaty) -> list[tuple[str, str, int, int]]:
    """The bounds of a treaty, by risk and then by event, where it has any: clause, scope, attachment, limit."""
    found: list[tuple[str, str, int, int]] = [
        ("risk", SCOPE_OF[treaty.level], *treaty.risk),
        ("event", "life", *treaty.event),
    ]
    return [(f"treaty_{treaty.number}_{word}", per, at, limit) for word, per, at, limit in found if at or limit]


def covered(treaties: Iterable[Treaty], item: Item) -> str:
    """Which treaties of one place in line cover an item, each with its share: "184 100% + 185 60%"."""
    shares = ((treaty.number, treaty.share_of(item)) for treaty in treaties)
    return " + ".join(f"{number} {_percent(share)}" for number, share in shares if share)


def _clause(name: str, article: int, body: str) -> str:
    return f'\n[[version.clause]]\nname    = "{name}"\narticle = "{article}"\n{body}\n'


def _target(treaty: Treaty) -> str:
    """Where what reaches a treaty goes: to its bounds, or at once to the reinsurer."""
    return next((name for name, *_ in _layers(treaty)), _party(treaty))


def _party(treaty: Treaty) -> str:
    return f"reinsurer_{treaty.number}"


def _covered(place: int) -> str:
    """The attribute that says which treaties of a place in line cover an item."""
    return f"covered_{place}"


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


# The losses, shared out.


def ceded(name: str, treaties: Sequence[Treaty], items: Sequence[Item]) -> dict[str, list[int]]:
    """What each treaty pays of each item, and under KEPT what the insurer keeps: one document, read and evaluated."""
    scheme = read_scheme(document(name, treaties, items), name, measures=(), roles=None)
    found = allocate(scheme, facts(treaties, items))
    return {role: list(found.shares[role]) for role in found.roles}


def facts(treaties: Sequence[Treaty], items: Sequence[Item]) -> Facts:
    """The insured losses of one event, as facts."""
    count = len(items)
    places = {treaty.priority for treaty in treaties}
    return Facts(
        ids=list(range(count)),
        kinds=["loss"] * count,
        loans=[f"{item.account} {item.policy} {item.location}" for item in items],
        days=[ON.toordinal()] * count,
        filings=[0] * count,
        priorities=[0] * count,
        years=[ON.year] * count,
        amounts=[item.insured for item in items],
        versions=[0] * count,
        measures={},
        attributes={
            "portfolio": [item.portfolio for item in items],
            "borrower": [item.account for item in items],
            "enterprise": [f"{item.account} {item.policy}" for item in items],
            **{
                _covered(place): [covered((t for t in treaties if t.priority == place), item) for item in items]
                for place in places
            },
        },
    )


def kept_one_by_one(case: Case) -> list[int]:
    """What the insurer keeps where every treaty is a document of its own: those of one place see the same losses."""
    items = list(case.items)
    for place in case.priorities:
        taken = [0] * len(items)
        for treaty in (treaty for treaty in case.treaties if treaty.priority == place):
            shares = ceded(f"{case.name} {treaty.number}", [treaty], items)
            taken = [t + i.insured - k for t, i, k in zip(taken, items, shares[KEPT], strict=True)]
        items = [replace(item, insured=item.insured - t) for item, t in zip(items, taken, strict=True)]
    return [item.insured for item in items]


# Reading.


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _minor(text: str) -> int:
    """A published figure in whole cents; an empty one is none."""
    return parse_amount(str(Decimal(text or 0).quantize(Decimal("0.01"), ROUND_HALF_EVEN)), "CAD")
