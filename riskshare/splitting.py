"""Terms and facts in, who bears what out: one row for each fact and party. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ledger.faults import Failed, Refusal, Refused
from riskshare.allocate import Allocation, allocate
from riskshare.columns import Column, coded, is_array, key_order
from riskshare.facts_file import Loaded, Waiting
from riskshare.paying import BANK, debts, due_of, handed_on
from riskshare.program import LOSS_REDUCED
from riskshare.terms import KINDS, Scheme


class Part(NamedTuple):
    """What a party bears (or gets back, or is granted) of a fact, in minor units.

    `total` is what it bears of that kind of fact so far, where running totals are asked for.
    """

    fact: Any
    party: str
    amount: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class Paying:
    """Who owes whom how much for a loan by now, and for what kind of fact."""

    loan: str
    kind: str
    debtor: str
    creditor: str
    amount: int


@dataclass(frozen=True, slots=True)
class Split:
    """A book shared out: columns for each party, the parties in the order written, and the work list."""

    scheme: Scheme
    loaded: Loaded
    allocation: Allocation
    columns: Mapping[str, Column]
    waiting: Sequence[Waiting]

    def parts(self) -> Iterator[Part]:
        """One row for each fact and party, the zeros left out, fact by fact as given."""
        return self._parts(range(len(self.loaded.facts.ids)))

    def count(self) -> int:
        """How many rows there are."""
        return sum(
            int((column != 0).sum()) if is_array(column) else len(column) - column.count(0)
            for column in self.columns.values()
        )

    def running(self) -> Iterator[Part]:
        """The same in the order of the facts, each with what the party bears of this kind of fact so far."""
        order, kinds = key_order(self.loaded.facts), self.loaded.facts.kinds
        places = range(len(self.loaded.facts.ids)) if order is None else order
        sums: dict[tuple[str, str], int] = {}
        for i in places:
            for part in self._parts([i]):
                key = kinds[i], part.party
                sums[key] = sums.get(key, 0) + part.amount
                yield part._replace(total=sums[key])

    def _parts(self, places: Iterable[int]) -> Iterator[Part]:
        columns, ids = [(party, column) for party, column in self.columns.items()], self.loaded.facts.ids
        for i in places:
            for party, column in columns:
                if column[i]:
                    yield Part(_plain(ids[i]), party, int(column[i]))

    def totals_by_kind(self) -> dict[str, dict[str, int]]:
        """What each party bears of each kind of fact, the zeros left out."""
        kinds = coded(self.loaded.facts.kinds)
        found: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        for party, column in self.columns.items():
            for (kind,), amount in summed([kinds.codes], column).items():
                if amount:
                    found[kinds.values[kind]][party] = amount
        return {kind: parties for kind, parties in found.items() if parties}


def split(scheme: Scheme, loaded: Loaded, why: bool = False) -> Split:
    """Share out the facts of a file. Raises Refused, each fault with the row it stands in."""
    try:
        allocation = allocate(scheme, loaded.facts, why)
    except Refused as refused:
        raise Refused(*_with_rows(refused.refusals, loaded)) from None
    columns = _with_placed(allocation, loaded)
    ids = loaded.facts.ids
    waiting = [*loaded.waiting, *(Waiting(str(ids[w.fact]), w.article, w.reason) for w in allocation.work_list)]
    found = Split(scheme, loaded, allocation, columns, waiting)
    _conserve(found)
    return found


def _with_rows(refusals: Iterable[Refusal], loaded: Loaded) -> Iterator[Refusal]:
    """Each with the row of the fact it speaks of."""
    rows = {str(fact): row for fact, row in zip(loaded.facts.ids, loaded.rows, strict=True)}
    for refusal in refusals:
        name = refusal.where.removeprefix("fact ")
        where = f"{loaded.name}, row {rows[name]}, fact {name}" if name in rows else f"{loaded.name}: {refusal.where}"
        yield replace(refusal, where=where)


def _with_placed(allocation: Allocation, loaded: Loaded) -> dict[str, Column]:
    """The shares, and what went to a role before the terms were asked. Nothing is placed of a fact that waits."""
    waiting = {each.fact for each in allocation.work_list}
    columns, own = dict(allocation.shares), set[str]()
    for role, fact, amount in ((each.role, each.fact, each.amount) for each in loaded.placed):
        if fact in waiting:
            continue
        if role not in own:
            own.add(role)
            columns[role] = _copied(columns[role]) if role in columns else _zeros(loaded.facts.amounts)
        columns[role][fact] += amount
    return columns


def _conserve(found: Split) -> None:
    """The rows of every fact make its amount; what waits is on the work list."""
    facts, waiting = found.loaded.facts, {each.fact for each in found.allocation.work_list}
    whole = _copied(facts.amounts)
    for each in found.loaded.placed:
        whole[each.fact] += each.amount
    for fact in waiting:
        whole[fact] = 0
    columns = list(found.columns.values())
    if is_array(whole):
        made = sum(columns, start=_zeros(whole))
        wrong = (made != whole).nonzero()[0].tolist()
    else:
        made = [sum(row) for row in zip(*columns, strict=True)] if columns else _zeros(whole)
        wrong = [i for i in range(len(whole)) if made[i] != whole[i]]
    if wrong:
        raise Failed(*(
            Refusal(f"fact {facts.ids[i]}", f"its rows make {made[i]}", f"{whole[i]}", advice="a fault of the program")
            for i in wrong[:10]
        ))  # fmt: skip


# Columns, as lists or as arrays.


def summed(keys: Sequence[Column], column: Column) -> dict[tuple[int, ...], int]:
    """The sums of a column by the rows of other columns, where it is not zero."""
    if is_array(column):
        return _summed_arrays(keys, column)
    sums: dict[tuple[int, ...], int] = {}
    for amount, *key in zip(column, *keys, strict=True):
        if amount:
            sums[tuple(key)] = sums.get(tuple(key), 0) + amount
    return sums


def _summed_arrays(keys: Sequence[Column], column: Column) -> dict[tuple[int, ...], int]:
    import numpy as np

    there = np.flatnonzero(column)
    if not len(there):
        return {}
    parts = [key[there] for key in keys]
    order = np.lexsort(parts[::-1])
    ordered = [part[order] for part in parts]
    new = np.zeros(len(there), bool)
    new[0] = True
    for part in ordered:
        new[1:] |= part[1:] != part[:-1]
    starts = np.flatnonzero(new)
    sums = np.add.reduceat(column[there][order], starts)
    return dict(zip(zip(*(part[starts].tolist() for part in ordered), strict=True), sums.tolist(), strict=True))


def part_columns(found: Split) -> tuple[Column, Sequence[str], Column, Column]:
    """The rows of a split as columns: ids, the parties, which party each row is of, amounts. For arrays only."""
    import numpy as np

    parties = list(found.columns)
    table = np.stack([found.columns[party] for party in parties], axis=1)
    facts, codes = table.nonzero()
    return np.asarray(found.loaded.facts.ids)[facts], parties, codes, table[facts, codes]


def _copied(column: Column) -> Column:
    return column.copy()


def _zeros(like: Column) -> Column:
    return like * 0 if is_array(like) else [0] * len(like)


def _plain(fact: Any) -> Any:
    """An id as it came: a text, or one of Python's own whole numbers."""
    return fact if isinstance(fact, str | int) else fact.item()


def paying(found: Split) -> list[Paying]:
    """Who owes whom by now: bearing is not paying. A loss through the one who advances, a recovery from who holds it.

    The column `holder` (else `payer`) of a recovery says who holds it; where it says nothing, the one who advances does.
    """
    facts, scheme = found.loaded.facts, found.scheme
    bears: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    paid: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    terms: dict[str, Any] = {}
    owed: dict[tuple[str, str, str, str], int] = defaultdict(int)
    shares = found.allocation.shares
    for i in range(len(facts.ids)):
        kind, loan, says = facts.kinds[i], facts.loans[i], scheme.versions[facts.versions[i]].loss
        mine = {role: int(column[i]) for role, column in shares.items() if column[i]}
        if kind == "loss":
            terms[loan] = says
            for role, amount in mine.items():
                bears[loan][role] += amount
        elif kind == "recovery":
            holder = _said(facts, "holder", i) or _said(facts, "payer", i) or _hub(says)
            paid[loan][holder] -= mine.get(LOSS_REDUCED, 0)
            for debtor, creditor, amount in handed_on(mine, holder, says.through if says else {}):
                owed[loan, kind, debtor, creditor] += amount
    for payment in found.loaded.payments:
        paid[payment.loan][payment.payer] += payment.amount
    for loan, parts in bears.items():
        says = terms[loan]
        due = due_of(parts, says.instalments, loan in found.loaded.concluded) if says and says.instalments else None
        for debtor, creditor, amount in debts(parts, paid[loan], _hub(says), says.through if says else {}, due):
            owed[loan, "loss", debtor, creditor] += amount
    return [
        Paying(loan, kind, *((debtor, creditor) if amount > 0 else (creditor, debtor)), abs(amount))
        for (loan, kind, debtor, creditor), amount in owed.items()
        if amount
    ]


def _hub(says: Any) -> str:
    return says.advance if says and says.advance != "none" else BANK


def _said(facts: Any, name: str, i: int) -> str:
    column = facts.attributes.get(name)
    return str(column[i]) if column is not None else ""
