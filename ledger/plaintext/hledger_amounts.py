"""Amounts as hledger writes them: a sign or word on either side, and marks whose meaning a directive may declare."""

from __future__ import annotations

import re
from typing import NamedTuple

_SYMBOL = r'"[^"]*"|[^\s\d+\-.,;@*=!(){}\[\]"]+'
_DIGITS = r"\d(?:[\d.,']|[ \u00a0\u202f](?=\d{3}(?!\d)))*|[.,]\d+"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+]?)\s*(?:(?P<left>{_SYMBOL})\s*)?(?P<inner>[-+]?)\s*(?P<digits>{_DIGITS})(?:\s*(?P<right>{_SYMBOL}))?"
)


class Written(NamedTuple):
    """An amount as it stands in the text: not yet known whether it is money, or what its marks mean."""

    negative: bool
    digits: str
    symbol: str
    end: int


def find_amount(text: str, start: int = 0) -> Written | None:
    """The amount at this place of a text, if there is one."""
    found = _AMOUNT.match(text, start)
    if found is None or (found["left"] and found["right"]):
        return None
    symbol = (found["left"] or found["right"] or "").strip('"')
    return Written((found["sign"] == "-") != (found["inner"] == "-"), found["digits"], symbol, found.end())


def declared_mark(digits: str) -> str:
    """The decimal mark of a declaration, which always has one and writes it last; empty if there is none."""
    return "".join(re.findall(r"[.,]", digits)[-1:])


def plain_digits(digits: str, decimal_mark: str) -> str | None:
    """Digits as `parse_amount` reads them: "1.000,50" is "1,000.50". None where they could be read in two ways.

    A mark that comes once, before three digits, is a decimal mark to hledger and a thousands mark to most people: it must be
    declared.
    """
    marks = re.findall(r"[.,]", digits)
    if not decimal_mark and len(set(marks)) == 1:
        if len(marks) == 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
            return None
        decimal_mark = marks[0] if len(marks) == 1 else "." if marks[0] == "," else ","
    decimal_mark = decimal_mark or (marks[-1] if marks else ".")
    whole, _, part = digits.rpartition(decimal_mark) if decimal_mark in digits else (digits, "", "")
    if decimal_mark in whole:
        return None
    return re.sub(r"[.,' \u00a0\u202f]", ",", whole or "0") + (f".{part}" if part else "")
