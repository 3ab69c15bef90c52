"""The demonstration itself: adopt the schemes, then record, close and settle period by period, as a clerk would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ledger.periods import Period, period_of
from products.events import Event
from riskshare.adoption import adopt, library
from riskshare.closing import calendar, close
from riskshare.demo.figures import DemoSummary, summarise
from riskshare.demo.generating import Province
from riskshare.demo.lives import FEES, PREMIUMS, SHARING
from riskshare.record import record
from riskshare.settling import settle

if TYPE_CHECKING:
    from psycopg import Connection

Progress = Callable[[str, int, int], None]
"""Called with what is done now ("2023Q1 close"), how many steps are done, and how many there are."""


def run(conn: Connection[Any], province: Province, actor: str, progress: Progress) -> DemoSummary:
    """Live through the province's years. Each step is a transaction, so a run that was killed goes on where it was."""
    watch = _Watch()
    with watch("adopt"), conn.transaction():
        for name in (SHARING, PREMIUMS, FEES):
            adopt(conn, library()[name], actor)
        unit, closed = calendar(conn)
    booked = _by_period(province.events, unit)
    periods = list(_periods(province, unit))
    for number, period in enumerate(periods):
        if closed is None or period.last > closed:
            progress(f"{period} record", 2 * number, 2 * len(periods))
            with watch("record"), conn.transaction():
                record(conn, booked[period], actor)
            progress(f"{period} close", 2 * number + 1, 2 * len(periods))
            _close_and_settle(conn, period, actor, watch)
    progress("figures", 2 * len(periods), 2 * len(periods))
    with watch("figures"), conn.transaction():
        return summarise(conn, province, watch.seconds)


def _close_and_settle(conn: Connection[Any], period: Period, actor: str, watch: _Watch) -> None:
    """One transaction, so that a closed period is a settled one. The clock is not asked: it is the day after."""
    day_after = period.last + timedelta(days=1)
    with conn.transaction():
        with watch("close"):
            close(conn, period, actor, today=day_after)
        with watch("settle"):
            settle(conn, period, day_after, actor)


def _by_period(events: Sequence[Event], unit: str) -> Mapping[Period, list[Event]]:
    found: dict[Period, list[Event]] = defaultdict(list)
    for event in events:
        found[period_of(unit, event.booked_on)].append(event)
    return found


def _periods(province: Province, unit: str) -> Iterator[Period]:
    period = period_of(unit, province.first_day)
    while period.first <= province.last_day:
        yield period
        period = period.next()


class _Watch:
    """Seconds by stage, and in all."""

    def __init__(self) -> None:
        self.started, self.stages = perf_counter(), dict[str, float]()

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        since = perf_counter()
        yield
        self.stages[stage] = self.stages.get(stage, 0.0) + perf_counter() - since

    def seconds(self) -> Mapping[str, float]:
        return {**self.stages, "all": perf_counter() - self.started}
