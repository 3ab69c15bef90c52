"""Money: whole minor units inside, `Money` at the edge. The one gate that reads amounts and the one file that rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moneyed import Money

MAX_MINOR = 9_000_000_000_000_000
"""Largest amount accepted, in minor units: far above any scheme, far below the 64-bit limit."""

_PLACES = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "TND": 3}
_KNOWN = frozenset({"CNY", "USD", "EUR", "GBP", "CAD", "INR", "HKD", "MOP", "CHF", "AUD", "SGD"}) | _PLACES.keys()
_AMOUNT = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?", re.ASCII)


class AmountError(ValueError):
    """An amount that cannot be read. `expected` and the message say why; the caller knows where."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.expected = expected


def places(currency: str) -> int:
    """Digits after the point: CNY 2, JPY 0, KWD 3. Raises AmountError for a currency that is not in the table."""
    if currency not in _KNOWN:
        raise AmountError(f"unknown currency {currency!r}", "one of " + ", ".join(sorted(_KNOWN)))
    return _PLACES.get(currency, 2)


@lru_cache(maxsize=65_536)
def parse_amount(text: str, currency: str = "CNY") -> int:
    """Read text into minor units: "1,000.05" CNY is 100005. The only way text becomes money.

    Plain ASCII digits, commas only between groups of three, at most the currency's places, not negative,
    not above MAX_MINOR. Raises AmountError for everything else: NaN, 1e5, 1_000, full-width digits, a sign.
    """
    digits = places(currency)
    shape = f"an amount such as {'1,000.00' if digits == 2 else '1,000' if digits == 0 else '1,000.000'}"
    if text.startswith("-"):
        raise AmountError("amounts are never negative", shape + "; a correction is a new entry, not a minus")
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise AmountError("not an amount in plain digits", shape)
    part = match["part"] or ""
    if len(part) > digits:
        raise AmountError(f"{len(part)} decimals", f"at most {digits} decimals in {currency}")
    if len(match["whole"]) > 24:  # long before int() would mind
        raise AmountError("amount too large", f"at most {show_amount(MAX_MINOR, currency)}")
    minor = int(match["whole"].replace(",", "") + part.ljust(digits, "0"))
    if minor > MAX_MINOR:
        raise AmountError("amount too large", f"at most {show_amount(MAX_MINOR, currency)}")
    return minor


def show_amount(minor: int, currency: str = "CNY") -> str:
    """Minor units as people write them: 100005 is "1,000.05"."""
    digits = places(currency)
    whole, part = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole:,}" + (f".{part:0{digits}}" if digits else "")


def plain_amount(minor: int, currency: str = "CNY") -> str:
    """Minor units as machines read them, without commas: 100005 is "1000.05"."""
    return show_amount(minor, currency).replace(",", "")


def to_money(minor: int, currency: str = "CNY") -> Money:
    """The edge: minor units to py-moneyed's Money, exactly."""
    from moneyed import Money

    return Money(Decimal(f"{minor}E-{places(currency)}"), currency)


def from_money(money: Money) -> int:
    """The edge: Money to minor units. Raises AmountError where it has more digits than the currency."""
    sign, digits, exponent = money.amount.as_tuple()
    if not isinstance(exponent, int):
        raise AmountError("not a number", "a finite amount")
    number: int = int("".join(map(str, digits)) or "0")
    shift = exponent + places(money.currency.code)
    if shift >= 0:
        number *= int(10**shift)
    else:
        number, rest = divmod(number, int(10**-shift))
        if rest:
            raise AmountError(
                f"{money.amount} has too many decimals", f"at most {places(money.currency.code)} decimals"
            )
    return -number if sign else number


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator to the nearest whole, halves away from zero (四舍五入)."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    whole, rest = divmod(abs(numerator), denominator)
    whole += 2 * rest >= denominator
    return -whole if numerator < 0 else whole


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` >= 0 by non-negative integer weights so that the parts sum to it exactly (最大余数法).

    Every exact part is floored; the units left over go one each to the largest remainders, ties to the earlier.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("the weights must sum to more than zero")
    parts, remainders = [], []
    for weight in weights:
        part, rest = divmod(total * weight, whole)
        parts.append(part)
        remainders.append(rest)
    for index in sorted(range(len(weights)), key=lambda i: -remainders[i])[: total - sum(parts)]:
        parts[index] += 1
    return parts
