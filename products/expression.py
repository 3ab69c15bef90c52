"""Amounts as an agreement writes them: "300,000.00", "150% of premium", "80% of liability less other_support"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import gcd, lcm, prod
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.money import AmountError, half_up, parse_amount

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.int64]

SHAPES = '"300,000.00", "premium", "150% of premium", "80% of liability less other_support" or "smaller of a and b"'
RESERVED = frozenset({"of", "less", "plus", "smaller", "larger", "and", "by", "none"})
UNBOUNDED = 2**62
"""The largest value a vector holds: more than any sum of amounts, so as a limit it is none."""

_NAME = re.compile(r"[^\W\d]\w*")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_PERCENT = re.compile(r"([0-9]+)(?:\.([0-9]+))?%", re.ASCII)


class ExpressionError(ValueError):
    """An amount that cannot be read. The message carries the offending words, `expected` what would have been read."""

    def __init__(self, what: str, expected: str, got: str = "") -> None:
        super().__init__(what)
        self.expected = expected
        self.got = got


@dataclass(frozen=True, slots=True)
class Leaf:
    """A named measure times a ratio, or (name "") an amount: number / whole minor units; times each of the counts."""

    name: str
    number: int
    whole: int
    counts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts: the first "less" the second, never below zero, "plus" it, or the "smaller" or "larger" of both."""

    word: str
    a: Node
    b: Node


Node = Leaf | Pair


@dataclass(frozen=True, slots=True)
class Expression:
    """One amount that may depend on named measures. Its value is exact, then floored once to the whole minor unit.

    Every percentage is moved down to the names and amounts and put over one denominator, so the value is
    whole-number arithmetic and one floor: a limit is the largest whole unit not above the exact figure.
    `names` are all it depends on; those in `counts` are whole numbers (days), the others amounts.
    """

    text: str
    names: frozenset[str]
    counts: frozenset[str]
    node: Node
    denominator: int

    def value(self, get: Callable[[str], int]) -> int:
        """The amount in minor units, given the value of each name. Never below zero."""
        return _scaled(self.node, get) // self.denominator

    def rounded(self, get: Callable[[str], int]) -> int:
        """The same half up to the minor unit: for an amount that is worked out rather than a limit."""
        return half_up(_scaled(self.node, get), self.denominator)

    def column(self, get: Callable[[str], Sequence[int]], length: int) -> list[int]:
        """The value for many rows at once: `get` gives the column of each name."""
        values = _scaled_column(self.node, get, length)
        return values if self.denominator == 1 else [value // self.denominator for value in values]

    def vector(self, get: Callable[[str], Vector | int], length: int) -> Vector:
        """The column as an array of 64-bit integers, exact: nothing in it is above UNBOUNDED.

        `get` gives an array, or one number for all rows. Where the largest values that occur could pass
        64 bits on the way, the rows are worked out in Python's integers.
        """
        import numpy as np

        given = {name: np.asarray(get(name), dtype=np.int64) for name in self.names}
        largest = {name: _largest(column) for name, column in given.items()}
        if max(_bound(self.node, largest), self.denominator) < 2**63:
            values = np.minimum(_scaled_vector(self.node, given.__getitem__) // self.denominator, UNBOUNDED)
        else:
            rows = self.column(lambda name: np.broadcast_to(given[name], length).tolist(), length)
            values = np.array([min(value, UNBOUNDED) for value in rows], dtype=np.int64)
        return np.broadcast_to(values, length).copy()

    @property
    def plain_name(self) -> str | None:
        """The name, when the expression is nothing but a name."""
        leaf = self.node
        if not isinstance(leaf, Leaf) or leaf.counts or leaf.number != self.denominator:
            return None
        return leaf.name or None

    @property
    def constant(self) -> int | None:
        """The amount, when the expression names nothing."""
        return None if self.names else self.value(_nothing)


_NONE_NAMED: Mapping[str, Expression] = MappingProxyType({})


def parse(
    text: str,
    currency: str,
    known: Collection[str] | None = None,
    named: Mapping[str, Expression] = _NONE_NAMED,
) -> Expression:
    """Read one amount expression. With `known`, a name outside it is refused; without, every word is a name.

    "less" and "plus" are read from the left; "less" stops at zero. "smaller of" and "larger of" reach to the end of
    the expression: "smaller of cap and premium less paid" is the smaller of the cap and (the premium less what was
    paid). "by days of 365" belongs to the one amount before it. A name of `named` stands for that whole expression,
    which is put in its place unrounded.
    """
    if not isinstance(text, str):
        raise ExpressionError("not an amount in quotes", SHAPES, repr(text))
    reader = _Reader(text, currency, known, named)
    tree = reader.whole()
    denominator = lcm(*_denominators(tree))
    names, counts = frozenset(reader.names), frozenset(reader.counts)
    for name in sorted(names & counts):
        raise ExpressionError(f"{name!r} is both an amount and a count", "one of them", repr(text))
    return Expression(" ".join(text.split()), names | counts, counts, _over(tree, denominator), denominator)


def parse_percent(text: str) -> tuple[int, int]:
    """ "1.50%" is (3, 200): exact, in lowest terms, read from the decimal digits."""
    match = _PERCENT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ExpressionError("not a percentage in plain digits", 'a percentage such as "20%" or "1.50%"', repr(text))
    part = match[2] or ""
    number, whole = int(match[1] + part), 100 * int("1" + "0" * len(part))
    shared = gcd(number, whole)
    return number // shared, whole // shared


class _Reader:
    """Words from left to right: amount := part {"less" part | "plus" part}; part := "N% of" part, "smaller of" …, unit.

    unit := name or amount {"by" name "of" N}.
    """

    def __init__(
        self, text: str, currency: str, known: Collection[str] | None, named: Mapping[str, Expression]
    ) -> None:
        self.text, self.currency, self.known, self.named = text, currency, known, named
        self.words: list[str] = text.split()
        self.at = 0
        self.names: list[str] = []
        self.counts: list[str] = []

    def whole(self) -> Node:
        tree = self.amount()
        if self.at < len(self.words):
            left = " ".join(self.words[self.at :])
            raise ExpressionError(
                f"cannot read {left!r} after {self._before()!r}", 'the end, "plus" or "less"', repr(self.text)
            )
        return tree

    def amount(self) -> Node:
        tree = self.part(1, 1)
        while word := self._take("less", "plus"):
            tree = Pair(word, tree, self.part(1, 1))
        return tree

    def part(self, number: int, whole: int) -> Node:
        """A part, times the percentages already read in front of it."""
        word = self._next()
        if word in ("smaller", "larger"):
            return _times(self._one_of(word), number, whole)
        if word.endswith("%"):
            self._must("of", "premium")
            more, of = parse_percent(word)
            return self.part(number * more, whole * of)
        unit = Leaf("", self._minor(word), 1) if word.lstrip("+-")[:1].isdigit() else self._named(word)
        return self._by(_times(unit, number, whole))

    def _one_of(self, word: str) -> Node:
        self._must("of", "a and b")
        tree = self.amount()
        self._must("and", "b")
        tree = Pair(word, tree, self.amount())
        while self._take("and"):
            tree = Pair(word, tree, self.amount())
        return tree

    def _by(self, unit: Node) -> Node:
        """The unit times a count over a whole number, as often as said."""
        while self._take("by"):
            word = self._next()
            if word in self.named:
                raise ExpressionError(f"{word!r} is an amount, not a count", "a count such as days", repr(self.text))
            count = self._name(word)
            self._must("of", "365")
            word = self._next()
            if not _WHOLE.fullmatch(word):
                raise ExpressionError(f"{word!r} is not a whole number", "a whole number such as 365", repr(self.text))
            self.counts.append(count)
            unit = _times(unit, 1, int(word), (count,))
        return unit

    def _named(self, word: str) -> Node:
        """A named amount in full, or a measure."""
        if word in self.named:
            stated = self.named[word]
            self.names += stated.names - stated.counts
            self.counts += stated.counts
            return stated.node
        name = self._name(word)
        self.names.append(name)
        return Leaf(name, 1, 1)

    def _minor(self, word: str) -> int:
        try:
            return parse_amount(word, self.currency)
        except AmountError as fault:
            raise ExpressionError(f"{word!r}: {fault}", fault.expected, repr(self.text)) from None

    def _name(self, word: str) -> str:
        if not _NAME.fullmatch(word) or word in RESERVED:
            raise ExpressionError(f"{word!r} is neither an amount nor a name", SHAPES, repr(self.text))
        if self.known is not None and word not in self.known:
            near = get_close_matches(word, self.known, 1)
            known = f"{near[0]!r}" if near else "one of " + ", ".join(sorted(self.known)) if self.known else "an amount"
            raise ExpressionError(f"unknown measure {word!r}", known, repr(self.text))
        return word

    def _next(self) -> str:
        if self.at == len(self.words):
            raise ExpressionError(f"ends after {self._before()!r}" if self.words else "empty", SHAPES, repr(self.text))
        self.at += 1
        return self.words[self.at - 1]

    def _take(self, *words: str) -> str:
        """The next word if it is one of these; otherwise "", and nothing is taken."""
        if self.at < len(self.words) and self.words[self.at] in words:
            return self._next()
        return ""

    def _must(self, word: str, then: str) -> None:
        if not self._take(word):
            got = self.words[self.at] if self.at < len(self.words) else "the end"
            raise ExpressionError(
                f"{word!r} is missing after {self._before()!r}, found {got!r}", f'"{self._before()} {word} {then}"'
            )

    def _before(self) -> str:
        return " ".join(self.words[: self.at])


def _times(tree: Node, number: int, whole: int, counts: tuple[str, ...] = ()) -> Node:
    """So much of two amounts together is the same part of each: nothing here is ever negative."""
    if isinstance(tree, Pair):
        return Pair(tree.word, _times(tree.a, number, whole, counts), _times(tree.b, number, whole, counts))
    return Leaf(tree.name, tree.number * number, tree.whole * whole, tree.counts + counts)


def _denominators(tree: Node) -> list[int]:
    if isinstance(tree, Pair):
        return _denominators(tree.a) + _denominators(tree.b)
    return [tree.whole // gcd(tree.number, tree.whole)]


def _over(tree: Node, denominator: int) -> Node:
    """The same tree with every leaf over one denominator."""
    if isinstance(tree, Pair):
        return Pair(tree.word, _over(tree.a, denominator), _over(tree.b, denominator))
    return Leaf(tree.name, tree.number * denominator // tree.whole, denominator, tree.counts)


# The value before the division by the common denominator: for one row, for a list of rows, for an array of rows.


_TOGETHER: Mapping[str, Callable[[int, int], int]] = {
    "less": lambda a, b: max(a - b, 0),
    "plus": lambda a, b: a + b,
    "smaller": min,
    "larger": max,
}


def _scaled(node: Node, get: Callable[[str], int]) -> int:
    if isinstance(node, Leaf):
        return node.number * prod(get(name) for name in _factors(node))
    return _TOGETHER[node.word](_scaled(node.a, get), _scaled(node.b, get))


def _scaled_column(node: Node, get: Callable[[str], Sequence[int]], length: int) -> list[int]:
    if isinstance(node, Leaf):
        values = [node.number] * length
        for name in _factors(node):
            values = [value * factor for value, factor in zip(values, get(name), strict=True)]
        return values
    return list(map(_TOGETHER[node.word], _scaled_column(node.a, get, length), _scaled_column(node.b, get, length)))


def _scaled_vector(node: Node, get: Callable[[str], Vector]) -> Vector:
    import numpy as np

    if isinstance(node, Leaf):
        values = np.asarray(node.number, dtype=np.int64)
        for name in _factors(node):
            values = values * get(name)
        return values
    a, b = _scaled_vector(node.a, get), _scaled_vector(node.b, get)
    if node.word == "plus":
        return a + b
    if node.word == "less":
        a, b = a - b, np.zeros_like(a)
    found: Vector = np.minimum(a, b) if node.word == "smaller" else np.maximum(a, b)
    return found


def _bound(node: Node, largest: Mapping[str, int]) -> int:
    """No number met on the way is larger than this, given the largest of each name."""
    if isinstance(node, Leaf):
        return node.number * prod(max(largest[name], 1) for name in _factors(node))
    a, b = _bound(node.a, largest), _bound(node.b, largest)
    return a + b if node.word == "plus" else max(a, b)


def _largest(column: Vector) -> int:
    """The largest size in a column."""
    return max(int(column.max(initial=0)), -int(column.min(initial=0)))


def _factors(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.name, *leaf.counts) if leaf.name else leaf.counts


def _nothing(name: str) -> int:
    raise KeyError(name)
