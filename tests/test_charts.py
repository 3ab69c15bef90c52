"""Charts of accounts: every role in each, marks kept, no code made up; the same sums under each; which one in which period."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from typing import Any

import psycopg
import pytest

from ledger.accounts import roles
from ledger.batch import Line, Unit
from ledger.charts import USUAL, chart, charts, charts_of, codes, use_chart
from ledger.database import Database
from ledger.faults import Conflict, NotFound, PeriodClosed, Refused
from ledger.files import schema_dir
from ledger.posting import post
from ledger.trial_balance import TrialRow, trial_balance

BOOK = "担保公司"
KNOWN = {
    "guarantee-2005": {"cash": "1002", "claim_recv": "1231", "allowance": "1261", "fee_prepaid": "2131", "claim_loss": "4401"},
    "asbe": {"cash": "1002", "claim_recv": "1201", "allowance": "1231", "fee_prepaid": "2203", "claim_loss": "6511"},
    "cas25-2020": {"cash": "1002", "allowance": "1231", "impairment": "6702", "loan": "1303", "subsidy_income": "6117"},
}  # fmt: skip
MARKS = {"F1", "F5", "R-h", "R-m"}


@pytest.fixture
def conn(database: Database) -> Iterator[Any]:
    with closing(database.connect()) as connection:
        connection.autocommit = True
        yield connection


def posted(conn: Any, on: date = date(2024, 2, 1)) -> None:
    """A line for every role: each is debited and credited once, in a book that has them all."""
    kinds = list(roles())
    lines = tuple(
        Line(BOOK, (BOOK, debit, None, "CNY"), (BOOK, credit, None, "CNY"), 100 + number, "T")
        for number, (debit, credit) in enumerate(zip(kinds, [*kinds[1:], kinds[0]], strict=True))
        if "budget" not in (debit, credit)
    )
    with conn.transaction():
        assert post(conn, [Unit(f"E {on}", "everything", on, lines)], "clerk") == ["created"]


# As data.


def test_there_are_three() -> None:
    assert charts() == ["asbe", "cas25-2020", "guarantee-2005"]
    assert USUAL in charts()


@pytest.mark.parametrize("name", charts())
def test_a_chart_speaks_of_every_role_once(name: str) -> None:
    with (schema_dir() / "charts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        listed = Counter(row["role"] for row in csv.DictReader(file))
    assert listed == Counter(roles().keys())


@pytest.mark.parametrize("name", charts())
def test_a_code_has_a_mark_and_a_role_without_one_says_so(name: str) -> None:
    for role, account in chart(name).items():
        if account.code:
            assert account.code.isdigit(), role
            assert len(account.code) == 4, role
            assert account.mark in MARKS, role
            assert account.name, role
        else:
            assert account.note, role
    assert {role: codes(name)[role] for role in KNOWN[name]} == KNOWN[name]


def test_what_the_new_standard_measures_inside_the_contract_has_no_code() -> None:
    assert not codes("cas25-2020").keys() & {
        "claim_recv",
        "fee_prepaid",
        "fee_income",
        "claim_loss",
        "outstanding_claims",
    }
    assert chart("cas25-2020")["fee_income"].name == "保险服务收入"


def test_a_chart_nobody_knows() -> None:
    with pytest.raises(NotFound, match="there is no chart 'gaap'; expected asbe or cas25-2020 or guarantee-2005"):
        codes("gaap")


# The same events under each.


def test_the_sums_of_every_role_are_the_same_under_each_chart(conn: Any) -> None:
    """Under any chart the balances by code, and by role where there is no code, hold every role whole."""
    posted(conn)
    rows = trial_balance(conn, date(2024, 1, 1), date(2024, 3, 31), BOOK)
    by_role = {row.role: row.closing for row in rows}
    assert len(by_role) == len(roles()) - 1
    for name in charts():
        by_code = under(rows, name)
        assert sum(by_code.values()) == sum(by_role.values()) == 0
        for code, closing_balance in by_code.items():
            members = [role for role in by_role if codes(name).get(role, role) == code]
            assert closing_balance == sum(by_role[role] for role in members)


def under(rows: list[TrialRow], name: str) -> Counter[str]:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[codes(name).get(row.role, row.role)] += row.closing
    return totals


# By period.


def test_a_book_changes_its_chart_where_a_period_begins_and_old_reports_keep_theirs(conn: Any) -> None:
    posted(conn)
    assert charts_of(conn, date(2024, 2, 1)) == {BOOK: USUAL}
    assert use_chart(conn, BOOK, "guarantee-2005", date(2024, 1, 1), "clerk") == "set"
    assert use_chart(conn, BOOK, "cas25-2020", date(2026, 1, 1), "clerk") == "set"
    assert use_chart(conn, BOOK, "cas25-2020", date(2026, 4, 1), "clerk") == "same"
    assert [charts_of(conn, day)[BOOK] for day in (date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date.max)] == [
        USUAL, "guarantee-2005", "guarantee-2005", "cas25-2020", "cas25-2020"]  # fmt: skip
    acts = conn.execute(
        "SELECT subject, contents::jsonb ->> 'chart', contents::jsonb ->> 'since', actor FROM ledger.act WHERE kind = 'chart' ORDER BY act_no"
    )
    assert acts.fetchall() == [
        (BOOK, "guarantee-2005", "2024-01-01", "clerk"),
        (BOOK, "cas25-2020", "2026-01-01", "clerk"),
    ]


@pytest.mark.parametrize(
    ("book", "name", "since", "no", "says"),
    [
        ("nobody", "asbe", date(2025, 1, 1), NotFound, "chart of nobody: there is no such book; expected the name of a party; got 2025-01-01"),
        (BOOK, "gaap", date(2025, 1, 1), NotFound, "there is no chart 'gaap'"),
        (BOOK, "asbe", date(2025, 1, 2), Refused, "a chart changes where a period begins; expected the first day of a period; got 2025-01-02"),
        (BOOK, "asbe", date(2024, 1, 1), PeriodClosed, "that period is closed and keeps its chart; expected a period that is open; got 2024-01-01"),
        (BOOK, "asbe", date(2024, 7, 1), Conflict, "a chart is in force from that day on or later; expected a later period; got 2024-07-01"),
        (BOOK, "asbe", date(2024, 4, 1), Conflict, "a chart is in force from that day on or later"),
    ],
)  # fmt: skip
def test_what_is_refused(conn: Any, book: str, name: str, since: date, no: type[Refused], says: str) -> None:
    posted(conn)
    use_chart(conn, BOOK, "guarantee-2005", date(2024, 7, 1), "clerk")
    conn.execute("UPDATE ledger.calendar SET closed_through = '2024-03-31'")
    with pytest.raises(no) as refused:
        use_chart(conn, book, name, since, "clerk")
    assert says in str(refused.value)
    assert type(refused.value) is no


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger.chart SET chart = 'asbe'", "DELETE FROM ledger.chart", "TRUNCATE ledger.chart"]
)
def test_what_was_shown_stays_as_it_was_shown(conn: Any, sql: str) -> None:
    posted(conn)
    use_chart(conn, BOOK, "guarantee-2005", date(2024, 1, 1), "clerk")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        conn.execute(sql)


# As commands.


def test_charts_from_the_command_line(gongji: Callable[..., Any], conn: Any) -> None:
    posted(conn)
    assert BOOK in (shown := gongji("books", "chart")).out
    assert "asbe" in shown.out
    done = gongji("books", "chart", BOOK, "--use", "guarantee-2005", "--since", "2024Q1", "--json")
    assert (done.code, '"担保公司": "guarantee-2005"' in done.out) == (0, True), done.err
    dry = gongji("--lang", "zh", "books", "chart", BOOK, "--use", "cas25-2020", "--since", "2026Q1", "--dry-run")
    assert (dry.code, "cas25-2020" in dry.out, "试运行" in dry.err) == (0, True, True), dry.err
    assert "cas25-2020" not in gongji("books", "chart", BOOK).out
    refused = gongji("books", "chart", BOOK, "--use", "asbe", "--since", "2024Q1")
    assert (refused.code, "a chart is in force from that day on or later" in refused.err) == (5, True)
    assert gongji("books", "chart", BOOK, "--use", "asbe").code == 2


def test_a_report_of_an_old_period_keeps_its_chart(gongji: Callable[..., Any], conn: Any) -> None:
    posted(conn, date(2024, 2, 1))
    posted(conn, date(2024, 5, 1))
    use_chart(conn, BOOK, "guarantee-2005", date(2024, 4, 1), "clerk")
    reports = [gongji("report", "trial-balance", "--period", period, "--json").out for period in ("2024Q1", "2024Q2")]
    assert ['"code": "1201"' in report for report in reports] == [True, False]
    assert ['"code": "1231"' in report for report in reports] == [True, True]
    assert '"code": "1261"' in reports[1]
