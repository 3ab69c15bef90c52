"""What the lines of a book come to: counters of its accounts, also at the end of each period. Made of rows alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from ledger.canonical import EPOCH, Entry
from ledger.evidence import Written
from ledger.periods import period_of


class Counters(NamedTuple):
    """As a row of ledger.balance has them."""

    debits: int = 0
    credits: int = 0
    debits_pending: int = 0
    credits_pending: int = 0


class Sums:
    """Adds up vouchers in the order of their numbers."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.debits: defaultdict[tuple[int, int], int] = defaultdict(int)  # by account and period
        self.credits: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.reserved: dict[int, tuple[Entry, ...]] = {}

    def add(self, written: Written) -> None:
        if written.voucher is None:
            return
        if written.voucher.resolves_no is not None:
            self.reserved.pop(written.voucher.resolves_no, None)
        if written.voucher.phase == "reserved":
            self.reserved[written.no] = written.entries
            return
        period = _period(self.unit, written.voucher.effective)
        for entry in written.entries:
            self.debits[entry.debit, period] += entry.amount
            self.credits[entry.credit, period] += entry.amount

    def counters(self) -> Mapping[int, Counters]:
        """All there is, by account."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for place, posted in enumerate((self.debits, self.credits)):
            for (account, _), amount in posted.items():
                sums[account][place] += amount
        for entries in self.reserved.values():
            for entry in entries:
                sums[entry.debit][2] += entry.amount
                sums[entry.credit][3] += entry.amount
        return {account: Counters(*each) for account, each in sums.items()}

    def through(self, period: int) -> Mapping[int, tuple[int, int]]:
        """Debits and credits up to the end of a period, by account."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for place, posted in enumerate((self.debits, self.credits)):
            for (account, each), amount in posted.items():
                if each <= period:
                    sums[account][place] += amount
        return {account: (debits, credits) for account, (debits, credits) in sums.items()}


@cache
def _period(unit: str, effective: int) -> int:
    """The period of a day; 0 for a day that cannot be."""
    at = EPOCH + effective
    return period_of(unit, date.fromordinal(at)).number if 0 < at <= date.max.toordinal() else 0
