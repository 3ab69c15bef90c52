"""A scheme as a flat table of operations: which boxes there are, who counts on with whom, and in how many passes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from riskshare import kernel
from riskshare.terms import (
    FIXED,
    NET_LOSS,
    PAID_SHARE,
    REFUSED,
    Clause,
    Follow,
    Layer,
    Rounding,
    Scheme,
    Share,
    Version,
    clause_order,
    scope_attribute,
)

WORK_LIST = "work list"
"""The role of what is not shared: a recovery with nothing to follow, a fact that a road refuses."""

RECOVERED, LOSS_REDUCED = "recovered", "loss_reduced"
"""Outside roles of a recovery that makes the loss itself smaller: what came off the loss, and what took it off."""


@dataclass(frozen=True, slots=True)
class Op:
    """One clause of one version. Operations with the same `state` keep one running total."""

    clause: Clause
    version: int
    stage: int
    state: Hashable


@dataclass(frozen=True, slots=True)
class Program:
    """All operations, version by version, each above those it hands on to; and the nodes money can be in.

    `nodes` numbers the clauses first, then the roles, then the work list. A layer in order "pro_rata" needs all that its
    scope brings before it can give, so it ends a stage: everything below it is worked out in the next.
    """

    ops: tuple[Op, ...]
    nodes: dict[str, int]
    roles: tuple[str, ...]
    stages: int
    pro_rata: tuple[tuple[int, str], ...]
    reinstates: str

    @property
    def roles_at(self) -> int:
        """The node of the first role."""
        return len(self.nodes) - len(self.roles) - 1

    def node(self, target: str) -> int:
        """The node of a clause or role; a refused fact waits on the work list."""
        return self.nodes[WORK_LIST if target == REFUSED else target]


def program(scheme: Scheme) -> Program:
    """Lay a scheme out."""
    order = clause_order(scheme.versions)
    stages = _stages(scheme, order)
    spread = {c.name for v in scheme.versions for c in v.clauses if isinstance(c, Layer) and c.order == "pro_rata"}
    last = max((stage + (name in spread) for name, stage in stages.items()), default=0)
    ops = [
        Op(clause, i, last if isinstance(clause, Follow) else stages[name], state_of(clause, version, i))
        for i, version in enumerate(scheme.versions)
        for name in order
        if (clause := next((c for c in version.clauses if c.name == name), None)) is not None
    ]
    roles = tuple(dict.fromkeys((*scheme.roles, *_extra_roles(scheme))))
    nodes = {name: number for number, name in enumerate((*order, *roles, WORK_LIST))}
    pro_rata = {
        (op.stage, op.clause.name) for op in ops if isinstance(op.clause, Layer) and op.clause.order == "pro_rata"
    }
    ways = {version.recovery.reinstates for version in scheme.versions if version.recovery}
    return Program(tuple(ops), nodes, roles, last + 1, tuple(sorted(pro_rata)), max(ways - {"no"}, default="no"))


def state_of(clause: Clause, version: Version, index: int) -> Hashable:
    """What two versions of a clause must have in common to keep one running total."""
    if isinstance(clause, Share):
        rounds: Rounding = version.rounding
        return "share", clause.name, clause.targets, clause.weights, rounds.scope, rounds.method
    if isinstance(clause, Follow):
        return "follow", clause.name, clause.borne, clause.per
    return ("layer", clause.name) if isinstance(clause, Layer) else ("choose", clause.name, index)


def mode_of(clause: Follow) -> int:
    """How the kernel shares a recovery."""
    if clause.mode in (PAID_SHARE, NET_LOSS):
        return kernel.BY_BORNE
    return kernel.BY_AGREED if clause.mode == FIXED else kernel.BY_ORDER


def net_loss(version: Version) -> Follow | None:
    """The clause that takes recoveries off the loss itself, if the version has one."""
    return next((c for c in version.clauses if isinstance(c, Follow) and c.mode == NET_LOSS), None)


def spans_years(scheme: Scheme) -> bool:
    """Whether a scope of the scheme can reach from one scheme-year into another, loans aside."""
    scopes = {c.per for version in scheme.versions for c in version.clauses if isinstance(c, Layer | Follow)}
    return any(per == "life" or (scope_attribute(per) and not per.endswith("-year")) for per in scopes)


def _stages(scheme: Scheme, order: Sequence[str]) -> dict[str, int]:
    """How many layers in order "pro_rata" stand above each clause."""
    stages = dict.fromkeys(order, 0)
    for name in order:
        for version in scheme.versions:
            for clause in version.clauses:
                if clause.name == name:
                    below = stages[name] + (isinstance(clause, Layer) and clause.order == "pro_rata")
                    for target in clause.targets:
                        if target in stages:
                            stages[target] = max(stages[target], below)
    return stages


def _extra_roles(scheme: Scheme) -> tuple[str, ...]:
    """Outside roles that no clause names: where recoveries make the loss itself smaller."""
    return (RECOVERED, LOSS_REDUCED) if any(net_loss(version) for version in scheme.versions) else ()
