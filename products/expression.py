"""Amounts as an agreement writes them: "300,000.00", "150% of premium", "80% of liability less other_support"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import gcd, lcm

from ledger.money import AmountError, parse_amount

SHAPES = '"300,000.00", "premium", "150% of premium", "80% of liability less other_support" or "smaller of a and b"'
RESERVED = frozenset({"of", "less", "smaller", "and", "none"})

_NAME = re.compile(r"[^\W\d]\w*")
_PERCENT = re.compile(r"([0-9]+)(?:\.([0-9]+))?%", re.ASCII)


class ExpressionError(ValueError):
    """An amount that cannot be read. The message carries the offending words, `expected` what would have been read."""

    def __init__(self, what: str, expected: str, got: str = "") -> None:
        super().__init__(what)
        self.expected = expected
        self.got = got


@dataclass(frozen=True, slots=True)
class Leaf:
    """A named measure times a ratio, or (name "") an amount: number / whole minor units."""

    name: str
    number: int
    whole: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts: the first less the second, never below zero, or the smaller of both."""

    less: bool
    a: Node
    b: Node


Node = Leaf | Pair


@dataclass(frozen=True, slots=True)
class Expression:
    """One amount that may depend on named measures. Its value is exact, then floored once to the whole minor unit.

    Every percentage is moved down to the names and amounts and put over one denominator, so the value is
    whole-number arithmetic and one floor: a limit is the largest whole unit not above the exact figure.
    """

    text: str
    names: frozenset[str]
    node: Node
    denominator: int

    def value(self, get: Callable[[str], int]) -> int:
        """The amount in minor units, given the value of each name. Never below zero."""
        return _scaled(self.node, get) // self.denominator

    def column(self, get: Callable[[str], Sequence[int]], length: int) -> list[int]:
        """The same for many rows at once: `get` gives the column of each name."""
        values = _scaled_column(self.node, get, length)
        return values if self.denominator == 1 else [value // self.denominator for value in values]

    @property
    def plain_name(self) -> str | None:
        """The name, when the expression is nothing but a name."""
        leaf = self.node
        return leaf.name if isinstance(leaf, Leaf) and leaf.name and leaf.number == self.denominator else None

    @property
    def constant(self) -> int | None:
        """The amount, when the expression names nothing."""
        return None if self.names else self.value(_nothing)


def parse(text: str, currency: str, known: Collection[str] | None = None) -> Expression:
    """Read one amount expression. With `known`, a name outside it is refused; without, every word is a name.

    "less" takes everything to its right away and stops at zero. "smaller of" reaches to the end of the
    expression: "smaller of cap and premium less paid" is the smaller of the cap and (the premium less what was paid).
    """
    if not isinstance(text, str):
        raise ExpressionError("not an amount in quotes", SHAPES, repr(text))
    reader = _Reader(text, currency, known)
    tree = reader.whole()
    denominator = lcm(*_denominators(tree))
    return Expression(" ".join(text.split()), frozenset(reader.names), _over(tree, denominator), denominator)


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
    """Words from left to right: amount := part {"less" part}; part := name, amount, "N% of" part, "smaller of" …"""

    def __init__(self, text: str, currency: str, known: Collection[str] | None) -> None:
        self.text, self.currency, self.known = text, currency, known
        self.words: list[str] = text.split()
        self.at = 0
        self.names: list[str] = []

    def whole(self) -> Node:
        tree = self.amount()
        if self.at < len(self.words):
            left = " ".join(self.words[self.at :])
            raise ExpressionError(
                f"cannot read {left!r} after {self._before()!r}", 'the end, or "less"', repr(self.text)
            )
        return tree

    def amount(self) -> Node:
        tree = self.part(1, 1)
        while self._take("less"):
            tree = Pair(True, tree, self.part(1, 1))
        return tree

    def part(self, number: int, whole: int) -> Node:
        """A part, times the percentages already read in front of it."""
        word = self._next()
        if word == "smaller":
            return _times(self._smaller(), number, whole)
        if word.endswith("%"):
            self._must("of", "premium")
            more, of = parse_percent(word)
            return self.part(number * more, whole * of)
        if word.lstrip("+-")[:1].isdigit():
            return Leaf("", self._minor(word) * number, whole)
        return Leaf(self._name(word), number, whole)

    def _smaller(self) -> Node:
        self._must("of", "a and b")
        tree = self.amount()
        self._must("and", "b")
        tree = Pair(False, tree, self.amount())
        while self._take("and"):
            tree = Pair(False, tree, self.amount())
        return tree

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
        self.names.append(word)
        return word

    def _next(self) -> str:
        if self.at == len(self.words):
            raise ExpressionError(f"ends after {self._before()!r}" if self.words else "empty", SHAPES, repr(self.text))
        self.at += 1
        return self.words[self.at - 1]

    def _take(self, word: str) -> bool:
        found = self.at < len(self.words) and self.words[self.at] == word
        self.at += found
        return found

    def _must(self, word: str, then: str) -> None:
        if not self._take(word):
            got = self.words[self.at] if self.at < len(self.words) else "the end"
            raise ExpressionError(
                f"{word!r} is missing after {self._before()!r}, found {got!r}", f'"{self._before()} {word} {then}"'
            )

    def _before(self) -> str:
        return " ".join(self.words[: self.at])


def _times(tree: Node, number: int, whole: int) -> Node:
    """A percentage of a "less" or of a "smaller of" is the same percentage of each of its sides."""
    if isinstance(tree, Pair):
        return Pair(tree.less, _times(tree.a, number, whole), _times(tree.b, number, whole))
    return Leaf(tree.name, tree.number * number, tree.whole * whole)


def _denominators(tree: Node) -> list[int]:
    if isinstance(tree, Pair):
        return _denominators(tree.a) + _denominators(tree.b)
    return [tree.whole // gcd(tree.number, tree.whole)]


def _over(tree: Node, denominator: int) -> Node:
    """The same tree with every leaf over one denominator."""
    if isinstance(tree, Pair):
        return Pair(tree.less, _over(tree.a, denominator), _over(tree.b, denominator))
    return Leaf(tree.name, tree.number * denominator // tree.whole, denominator)


def _scaled(node: Node, get: Callable[[str], int]) -> int:
    """The value before the division by the common denominator."""
    if isinstance(node, Leaf):
        return get(node.name) * node.number if node.name else node.number
    a, b = _scaled(node.a, get), _scaled(node.b, get)
    return max(a - b, 0) if node.less else min(a, b)


def _scaled_column(node: Node, get: Callable[[str], Sequence[int]], length: int) -> list[int]:
    if isinstance(node, Leaf):
        return [value * node.number for value in get(node.name)] if node.name else [node.number] * length
    pairs = zip(_scaled_column(node.a, get, length), _scaled_column(node.b, get, length), strict=True)
    return [max(a - b, 0) for a, b in pairs] if node.less else [min(a, b) for a, b in pairs]


def _nothing(name: str) -> int:
    raise KeyError(name)
