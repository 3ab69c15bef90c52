"""The flow of money of a version: from each kind of fact through the clauses to the parties, as nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from riskshare.agreement import component
from riskshare.terms import (
    FIXED,
    IN_ORDER,
    KINDS,
    NET_LOSS,
    OUTSIDE,
    REFUSED,
    Bound,
    Choose,
    Clause,
    Follow,
    Layer,
    Share,
    Version,
    reachable,
)
from riskshare.wording import (
    KIND_WORDS,
    Said,
    amount,
    article,
    attachment,
    chosen_by,
    condition,
    limit,
    listed,
    measure,
    percent,
    role,
    scope,
)

ENTRY, CLAUSE, PARTY, OUTSIDER, WORK_LIST = "entry", "clause", "party", "outside", "work_list"
"""What a node is. Outsiders keep no book; the work list is where refused facts go."""


@dataclass(frozen=True, slots=True)
class Node:
    """A stop on the way of the money. `notes` say what holds of it wherever the money comes from."""

    id: str
    kind: str
    said: Said
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Money handed on, and which part of it or when."""

    source: str
    target: str
    said: Said


@dataclass(frozen=True, slots=True)
class Flow:
    """Where one kind of fact goes. The first node is the entry; every edge leads to a node further down."""

    kind: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def flows(version: Version, currency: str) -> tuple[Flow, ...]:
    """The flow of every kind of fact that the version shares out, in the order of the entry clauses."""
    entries = [clause.name for clause in version.clauses if clause.name in KINDS]
    return tuple(_flow(version, currency, kind) for kind in entries)


def _flow(version: Version, currency: str, kind: str) -> Flow:
    reached = frozenset(reachable(version.clauses, kind))
    clauses = [clause for clause in version.clauses if clause.name in reached]
    edges = list(_entered(version, kind))
    for clause in clauses:
        edges += _handed(version, currency, clause)
    names = {clause.name: _clause(version, currency, clause) for clause in clauses}
    ends = dict.fromkeys(edge.target for edge in edges if edge.target not in (_id(CLAUSE, name) for name in names))
    nodes = (_entry(version, currency, kind), *names.values(), *(_end(version, kind, end) for end in ends))
    return Flow(kind, nodes, tuple(edges))


# Nodes.


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _entry(version: Version, currency: str, kind: str) -> Node:
    word, notes = KIND_WORDS[kind], []
    if kind in version.works_out:
        notes += [amount(each.text, version, currency) for each in version.works_out[kind].amounts]
    if kind == "loss" and version.loss and version.loss.advance != "none":
        first = role(version.loss.advance)
        notes.append(Said(f"{first.zh}先行代偿", f"{first.en} pays the bank first"))
    return Node(_id(ENTRY, kind), ENTRY, Said(word.zh, _title(word.en)), tuple(notes))


def _clause(version: Version, currency: str, clause: Clause) -> Node:
    """A clause, with how it decides: by what it chooses, over what it adds up, in which way it gives back."""
    place = article(clause.article)
    said = Said(f"{place.zh} · {clause.name}", f"{_title(place.en)} · {clause.name}")
    note: Said | None = None
    if isinstance(clause, Layer):
        note = scope(clause.per)
        if clause.order == "pro_rata":
            note = Said(f"{note.zh}，按比例", f"{note.en}, pro rata")
    elif isinstance(clause, Choose):
        by = chosen_by(clause, version)
        note = Said(f"依{by.zh}", f"by {by.en}")
    return Node(_id(CLAUSE, clause.name), CLAUSE, said, (note,) if note else ())


def _end(version: Version, kind: str, end: str) -> Node:
    """Where money comes to rest, with what holds of a party wherever it bears."""
    what, _, name = end.partition(":")
    if what == WORK_LIST:
        return Node(end, WORK_LIST, Said("待办清单", "Work list"), (Said("不予受理", "refused"),))
    said = measure(name, version) if what == OUTSIDER and name not in OUTSIDE else role(name)
    return Node(end, what, Said(said.zh, _title(said.en.removeprefix("the "))), tuple(_notes(version, kind, name)))


def _notes(version: Version, kind: str, name: str) -> Iterator[Said]:
    if name in version.parties:
        yield Said(version.parties[name], version.parties[name])
    loss = version.loss
    if loss and kind in ("loss", "recovery") and name in loss.through:
        via = role(loss.through[name])
        yield Said(f"经{via.zh}收付", f"through {via.en}")
    if loss and kind == "loss" and name in loss.instalments:
        part = percent(Fraction(*loss.instalments[name]))
        yield Said(f"先付{part}", f"{part} at once")
    if kind == "loss":
        yield from (_promised(bound) for bound in version.bounds if bound.role == name)


def _promised(bound: Bound) -> Said:
    least, most = percent(bound.least), percent(bound.most)
    if bound.least > 0 and bound.most < 1:
        return Said(f"限于{least}至{most}", f"kept between {least} and {most}")
    return Said(f"至少{least}", f"at least {least}") if bound.least > 0 else Said(f"至多{most}", f"at most {most}")


# Edges.


def _entered(version: Version, kind: str) -> Iterator[Edge]:
    """From the entry: what comes off first, what does not count, and the rest into the clause."""
    start, into = _id(ENTRY, kind), _id(CLAUSE, kind)
    loss, recovery = version.loss, version.recovery
    if kind == "loss" and loss:
        if loss.net_of:
            yield Edge(start, _id(OUTSIDER, loss.net_of), Said("先扣除", "comes off first"))
        yield Edge(start, into, listed(component(loss, name) for name in loss.counts))
        yield Edge(start, _target(version, loss.uncounted), Said("不计入的部分", "what does not count"))
    elif kind == "recovery" and recovery and recovery.costs == "first":
        yield Edge(start, _id(OUTSIDER, "costs"), Said("先扣除", "come off first"))
        yield Edge(start, into, Said("净额", "what remains"))
    else:
        yield Edge(start, into, Said("全额", "the amount"))


def _handed(version: Version, currency: str, clause: Clause) -> Iterator[Edge]:
    """What a clause hands on, in the order written."""
    source = _id(CLAUSE, clause.name)
    for target, said in _parts(version, currency, clause):
        yield Edge(source, _target(version, target), said)


def _parts(version: Version, currency: str, clause: Clause) -> Iterator[tuple[str, Said]]:
    if isinstance(clause, Share):
        yield from _shares(version, currency, clause)
    elif isinstance(clause, Layer):
        first, rest = _layered(version, currency, clause)
        yield clause.first, first
        yield clause.then, rest
    elif isinstance(clause, Follow):
        yield from _given_back(version, clause)
    else:
        for road, target in clause.roads.items():
            yield target, condition(clause, road, currency)
        if clause.otherwise:
            yield clause.otherwise, Said("其他情形", "otherwise")


def _shares(version: Version, currency: str, clause: Share) -> Iterator[tuple[str, Said]]:
    if clause.measured:
        for target, each in zip(clause.targets, clause.measured, strict=True):
            said = amount(each.text, version, currency)
            yield target, Said(f"按{said.zh}", f"by {said.en}")
        return
    whole = sum(clause.weights)
    for target, weight in zip(clause.targets, clause.weights, strict=True):
        part = percent(Fraction(weight, whole))
        yield target, Said(part, part)


def _layered(version: Version, currency: str, clause: Layer) -> tuple[Said, Said]:
    """What the first part of a layer is, and what the second."""
    attach, most = attachment(clause, version, currency), limit(clause, version, currency)
    if attach and most:
        return (
            Said(f"起赔点（{attach.zh}）以上，限额（{most.zh}）", f"above {attach.en}, limit {most.en}"),
            Said("其余部分", "the rest"),
        )
    if attach:
        return Said(f"起赔点（{attach.zh}）以上", f"above {attach.en}"), Said("起赔点以内", "up to there")
    if most:
        return Said(f"限额（{most.zh}）以内", f"up to {most.en}"), Said("超出部分", "what is above")
    return Said("不设限额", "without limit"), Said("其余部分", "the rest")


def _given_back(version: Version, clause: Follow) -> Iterator[tuple[str, Said]]:
    """Whom a recovery comes back to."""
    if clause.mode == NET_LOSS:
        yield "loss_reduced", Said("直接冲减，按净额重算", "taken off, all worked out anew")
    elif clause.mode == FIXED:
        whole = sum(clause.weights)
        for name, weight in zip(clause.roles, clause.weights, strict=True):
            part = percent(Fraction(weight, whole))
            yield name, Said(f"{part}，以已承担为限", f"{part}, up to what it bore")
    elif clause.mode == IN_ORDER:
        for place, name in enumerate(clause.roles, 1):
            yield name, Said(f"第{place}顺位，以已承担为限", f"{place}. in order, up to what it bore")
    else:
        for name in bearers(version, clause.borne):
            yield name, Said("按已承担比例", "as it bore")
    yield clause.then, Said("超过已承担总额", "above all that was borne")


def bearers(version: Version, kind: str) -> tuple[str, ...]:
    """The parties that a kind of fact can come to, in the order first written."""
    names = frozenset(reachable(version.clauses, kind))
    found = (target for clause in version.clauses if clause.name in names for target in clause.targets)
    return tuple(dict.fromkeys(target for target in found if target not in names and target != REFUSED))


def _target(version: Version, name: str) -> str:
    if name == REFUSED:
        return _id(WORK_LIST, name)
    if any(clause.name == name for clause in version.clauses):
        return _id(CLAUSE, name)
    return _id(OUTSIDER if name in OUTSIDE and name != "enterprise" else PARTY, name)


def _title(english: str) -> str:
    """ "the loss" is "Loss" on a picture."""
    bare = english.removeprefix("the ")
    return bare[:1].upper() + bare[1:]
