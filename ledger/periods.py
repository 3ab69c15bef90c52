"""Periods: a year, a quarter or a month, named 2024, 2024Q3 or 2024-07 and numbered 2024, 20243 or 202407."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from ledger.faults import Refusal, Refused

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_NAME = re.compile(r"([0-9]{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)


class Period(NamedTuple):
    """A stretch of days of the calendar; `first` and `last` are in it."""

    unit: str
    first: date

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def number(self) -> int:
        year, month = self.first.year, self.first.month
        return {"year": year, "quarter": year * 10 + (month + 2) // 3, "month": year * 100 + month}[self.unit]

    @property
    def ends_year(self) -> bool:
        return self.last.month == 12

    def next(self) -> Period:
        month = self.first.month + MONTHS[self.unit]
        return Period(self.unit, date(self.first.year + (month > 12), month - 12 * (month > 12), 1))

    def __str__(self) -> str:
        return named(self.number)


def period_of(unit: str, day: date) -> Period:
    """The period a day is in."""
    return Period(unit, date(day.year, day.month - (day.month - 1) % MONTHS[unit], 1))


def parse_period(text: str, unit: str) -> Period:
    """Read 2024, 2024Q3 or 2024-07. Raises Refused where it is no period, or not one of this ledger's unit."""
    match = _NAME.fullmatch(text)
    found = "month" if match and match[3] else "quarter" if match and match[2] else "year"
    if match is None or found != unit:
        shape = {"year": "2024", "quarter": "2024Q3", "month": "2024-07"}[unit]
        raise Refused(Refusal("period", "not a period of this ledger", f"a {unit} such as {shape}", text))
    month = int(match[3]) if match[3] else 3 * int(match[2]) - 2 if match[2] else 1
    return Period(unit, date(int(match[1]), month, 1))


def named(number: int) -> str:
    """The name of the period with this number: 20243 is 2024Q3."""
    if number < 10_000:
        return f"{number}"
    return f"{number // 10}Q{number % 10}" if number < 100_000 else f"{number // 100}-{number % 100:02}"
