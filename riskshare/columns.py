"""Facts as columns: lists of Python's integers for a few, arrays of 64-bit integers for many, read the same way."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Column = Any
"""A list of int, or a numpy array of int64. The ids of facts may also be a list of texts."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts as numbers: value i is values[codes[i]]. Whole numbers may stand as a range."""

    codes: Column
    values: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, i: int) -> str:
        return str(self.values[self.codes[i]])


@dataclass(frozen=True, slots=True)
class Picked(Sequence[str]):
    """Some values of a longer list, looked up when asked for."""

    values: Sequence[str]
    places: Column

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, i: Any) -> Any:
        return str(self.values[self.places[i]])


Texts = Sequence[str] | Coded


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as columns of equal length, in any order. Amounts and measures in minor units, never negative.

    All lists, or all numpy arrays with `loans` and `attributes` as Coded. `days` are date ordinals. Ids that are whole
    numbers are ordered as numbers, others as texts.
    """

    ids: Column
    kinds: Texts
    loans: Texts
    days: Column
    filings: Column
    priorities: Column
    years: Column
    amounts: Column
    versions: Column
    measures: Mapping[str, Column]
    attributes: Mapping[str, Texts]


def is_array(column: Any) -> bool:
    """Whether a column is a numpy array."""
    return hasattr(column, "dtype")


def coded(texts: Texts) -> Coded:
    """Any column of texts as numbers, in the order the values first come."""
    if isinstance(texts, Coded):
        return texts
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(text, len(numbers)) for text in texts]
    return Coded(codes, list(numbers))


def as_arrays(facts: Facts) -> Facts:
    """The same facts as numpy arrays."""
    import numpy as np

    def array(column: Column) -> Column:
        return np.ascontiguousarray(column, dtype=np.int64)

    def text(texts: Texts) -> Coded:
        found = coded(texts)
        return Coded(array(found.codes), found.values)

    return _mapped(facts, array, text)


def as_lists(facts: Facts) -> Facts:
    """The same facts as lists of Python's own integers."""

    def plain(column: Column) -> Column:
        return column.tolist() if is_array(column) else list(column)

    def text(texts: Texts) -> Coded:
        found = coded(texts)
        return Coded(plain(found.codes), found.values)

    return _mapped(facts, plain, text)


def _mapped(facts: Facts, number: Callable[[Column], Column], text: Callable[[Texts], Coded]) -> Facts:
    """Every column changed in the same way."""
    return replace(
        facts,
        kinds=text(facts.kinds),
        loans=text(facts.loans),
        **{name: number(getattr(facts, name)) for name in _NUMBERS},
        measures={name: number(column) for name, column in facts.measures.items()},
        attributes={name: text(column) for name, column in facts.attributes.items()},
    )


_NUMBERS = ("days", "filings", "priorities", "years", "amounts", "versions")


def in_order(facts: Facts, order: Column | None) -> Facts:
    """The same facts in another order; themselves where it is None. What only says the order stays behind."""
    if order is None:
        return facts

    def number(column: Column) -> Column:
        return taken(column, order)

    def text(texts: Texts) -> Coded:
        found = coded(texts)
        return Coded(taken(found.codes, order), found.values)

    return replace(
        facts,
        ids=number(facts.ids),
        kinds=text(facts.kinds),
        loans=text(facts.loans),
        years=number(facts.years),
        amounts=number(facts.amounts),
        versions=number(facts.versions),
        measures={name: number(column) for name, column in facts.measures.items()},
        attributes={name: text(column) for name, column in facts.attributes.items()},
    )


def key_order(facts: Facts, by_year: bool = False) -> Column | None:
    """The one order of the facts: priority, day, filing number, loan, id. Never that of arrival. None: as they stand.

    `by_year`: the same within each scheme-year, one year after the other.
    """
    return _array_order(facts, by_year) if is_array(facts.amounts) else _list_order(facts)


def natural(name: Any) -> tuple[int, Any]:
    """The order of ids: the shorter first, then by their characters, so that 9 comes before 10, as text or as number."""
    return (len(name), name) if isinstance(name, str) else (len(str(name)), str(name))


def _list_order(facts: Facts) -> list[int] | None:
    """Sorting keeps equals in their order, so the last key of the order is sorted by first."""
    loans = coded(facts.loans)
    order = list(range(len(facts.ids)))
    for column in ([*map(natural, facts.ids)], _ranks(loans), facts.filings, facts.days, facts.priorities):
        if len(column) and any(value != column[0] for value in column):
            order.sort(key=column.__getitem__)
    return None if order == list(range(len(order))) else order


def _ranks(texts: Coded) -> list[int]:
    """The place of each text among all."""
    ordered = sorted(range(len(texts.values)), key=lambda code: natural(texts.values[code]))
    place = {code: rank for rank, code in enumerate(ordered)}
    return [place[code] for code in texts.codes]


def _array_order(facts: Facts, by_year: bool) -> Column | None:

    keys = [facts.years] if by_year else []
    keys += [facts.priorities, facts.days, facts.filings, _sortable(coded(facts.loans)), _numbers(facts.ids)]
    columns = [column for column in keys if len(column) and not is_constant(column)]
    order = None
    for group in reversed(_groups(columns, 62 - len(facts.amounts).bit_length())):
        order = _sorted_by(group, order)
    return order


def is_constant(column: Column) -> bool:
    """Whether an array says the same everywhere. One value spread over all rows shows it without a look."""
    return column.strides == (0,) or bool((column == column[0]).all())


def _groups(columns: Sequence[Column], bits: int) -> list[Column]:
    """The columns, most significant first, packed together as far as a number of so many bits holds them."""
    import numpy as np

    groups: list[Column] = []
    used = bits
    for column in columns:
        low = column.min()
        width = int(column.max() - low).bit_length()
        if used + width <= bits and groups:
            groups[-1] = (groups[-1] << np.int64(width)) | (column - low)
            used += width
        else:
            groups.append(column - low)
            used = width
    return groups


def _sorted_by(column: Column, order: Column | None) -> Column | None:
    """An order refined: by a column first, and as before where it is equal. None: as they stand.

    The place goes along in the lowest bits, so that sorting numbers is all there is to do.
    """
    import numpy as np

    values = column if order is None else column[order]
    if (values[:-1] <= values[1:]).all():
        return order
    bits = len(values).bit_length()
    if int(values.max()).bit_length() + bits > 63:
        places = np.argsort(values, kind="stable")
    else:
        places = np.sort((values << np.int64(bits)) | np.arange(len(values))) & ((1 << bits) - 1)
    return places if order is None else order[places]


def _sortable(texts: Coded) -> Column:
    """Numbers in the order of the texts."""
    import numpy as np

    if isinstance(texts.values, range):
        return texts.codes
    values = np.asarray(texts.values)
    return _rank(values)[texts.codes] if len(values) > 1 else texts.codes


def _rank(names: Column) -> Column:
    """The place of each name among all, in their natural order."""
    import numpy as np

    rank = np.empty(len(names), np.int64)
    order = np.argsort(names, kind="stable") if names.dtype.kind == "i" else np.lexsort((names, np.char.str_len(names)))
    rank[order] = np.arange(len(names))
    return rank


def _numbers(ids: Column) -> Column:
    """Ids as numbers in their order."""
    import numpy as np

    if is_array(ids) and ids.dtype.kind == "i":
        return ids
    return _rank(np.asarray(ids))


def taken(column: Column, order: Column | None) -> Column:
    """A column in another order; itself where the order is None."""
    if order is None:
        return column
    if is_array(column):
        return column if column.strides == (0,) else column[order]
    return [column[i] for i in order]


def compact(codes: Column, size: int) -> tuple[Column, int]:
    """Scope numbers from 0 to size - 1, renumbered where most of them would stand empty. Negative ones stay."""
    count = len(codes)
    if size <= 4 * count + 1_000_000:
        return codes, size
    if is_array(codes):
        import numpy as np

        values, numbered = np.unique(codes, return_inverse=True)
        missing = int((values < 0).sum())
        return np.where(codes < 0, -1, numbered - missing), len(values)
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(code, len(numbers)) if code >= 0 else -1 for code in codes], len(numbers)


def numbered(columns: Sequence[Column]) -> tuple[Column, int]:
    """One number for each different row of several columns."""
    if columns and is_array(columns[0]):
        import numpy as np

        rows = np.ascontiguousarray(np.stack(columns, axis=1))
        whole = rows.view([("", rows.dtype)] * rows.shape[1]).ravel()
        values, codes = np.unique(whole, return_inverse=True)
        return codes.astype(np.int64), len(values)
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(row, len(numbers)) for row in zip(*columns, strict=True)], len(numbers)
