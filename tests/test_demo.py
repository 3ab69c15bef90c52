"""The demonstration: one seed, one story; nothing in it is refused; and the books it leaves add up."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from ledger.database import Database
from riskshare import adoption
from riskshare.demo.generating import FIRST_YEAR, Province, province
from riskshare.demo.lives import FEES, PREMIUMS, SHARING
from riskshare.demo.running import run
from riskshare.reconciling import reconcile
from views.demo import document, show

SCHEMES = [adoption.check(adoption.library()[name]) for name in (SHARING, PREMIUMS, FEES)]
FIRST = max(FIRST_YEAR, *(scheme.versions[0].effective.year for scheme in SCHEMES))


def quiet(text: str, done: int, total: int) -> None:
    """Nobody is watching."""


def told(loans: int, seed: int = 3) -> Province:
    return province(loans, seed, FIRST)


def digest(story: Province) -> str:
    found = hashlib.sha256()
    for event in story.events:
        found.update(event.id.encode() + event.digest())
    return found.hexdigest()


def one(conn: Any, sql: str) -> Any:
    return conn.execute(sql).fetchone()[0]


@pytest.fixture
def conn(database: Database) -> Iterator[Any]:
    with database.connect() as connection:
        yield connection


# The story.


def test_the_same_seed_tells_the_same_story() -> None:
    assert digest(told(50)) == digest(told(50))
    assert digest(told(50)) != digest(told(50, seed=8))


def test_the_story_is_plausible() -> None:
    story = told(2_000)
    kinds = Counter(event.kind for event in story.events)
    registered = [event for event in story.events if event.kind == "loan.registered"]
    lent = [event.amounts["principal"] for event in story.events if event.kind == "loan.disbursed"]
    assert len(registered) == 2_000
    assert 0.03 < kinds["loan.default_declared"] / 2_000 < 0.07
    assert 0.3 < sum(event.facts["insured"] == "yes" for event in registered) / 2_000 < 0.5
    assert {event.booked_on.year for event in story.events} == {FIRST, FIRST + 1, FIRST + 2}
    assert 0.2 < sum(amount % 100 > 0 for amount in lent) / len(lent) < 0.4, "not all amounts are round"
    assert any(event.booked for event in story.events), "some notices come late"
    assert kinds["loan.written_off"] > 5
    assert kinds["insurance.claim_paid"] > 5
    assert kinds["guarantee.recovered"] > 50


def test_events_come_in_the_order_they_are_booked_each_with_its_own_id() -> None:
    events = told(300).events
    assert [event.booked_on for event in events] == sorted(event.booked_on for event in events)
    assert len({event.id for event in events}) == len(events)


@pytest.mark.parametrize("loans", [1, 5])
def test_a_hamlet_is_a_province_too(conn: Any, loans: int) -> None:
    summary = run(conn, told(loans), "test", quiet)
    assert summary.loans == loans
    assert all(check.agrees for check in reconcile(conn))


# The books.


def test_the_books_add_up(conn: Any) -> None:
    story, seen = told(100), list[tuple[str, int, int]]()
    summary = run(conn, story, "test", lambda *step: seen.append(step))

    assert (summary.loans, summary.events, summary.periods) == (100, len(story.events), 12)
    assert [done for _, done, _ in seen] == list(range(25))
    assert {total for _, _, total in seen} == {24}
    by_quarter = conn.execute(LOSSES).fetchall()
    assert len(by_quarter) > 3
    assert all(borne == lost for _, borne, lost in by_quarter), "each quarter the shares are the losses"
    assert summary.lost == sum(lost for _, _, lost in by_quarter)
    assert all(check.agrees for check in reconcile(conn))

    pool, cut = summary.pool[1], [year for year in summary.premium_subsidy if year.rest]
    assert pool.given == pool.limit < pool.asked, "the pool's limit bites in the second year"
    assert pool.then == "guarantor"
    assert summary.pool[0].given == summary.pool[0].asked
    assert [year.year for year in cut] == [FIRST + 1]
    assert cut[0].given == cut[0].limit, "a budget is used to the fen"
    assert summary.fee_reduction[2].rest > 0
    by_government = {each.year: each.gross for each in summary.bearings if each.role == "government"}
    assert [by_government[year.year] for year in summary.pool] == [year.given for year in summary.pool]

    settled = summary.settled
    assert settled.obligations == one(conn, "SELECT count(*) FROM ledger.obligation"), "nothing is left unpaid"
    assert 0 < settled.payments < settled.obligations
    assert settled.paid <= settled.owed
    assert one(conn, "SELECT min(debits - credits) FROM ledger.balance JOIN ledger.account USING (book_id, account_id)"
                     " WHERE role = 'cash'") >= 0, "nobody pays what he has not got"  # fmt: skip


def test_a_run_that_was_killed_goes_on_where_it_was(conn: Any, empty_database: Database) -> None:
    story = told(20)

    def killed(text: str, done: int, total: int) -> None:
        if done == 11:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(conn, story, "test", killed)
    run(conn, story, "test", quiet)
    again = run(conn, story, "test", quiet)
    last = "SELECT result_hash FROM share.close ORDER BY close_no DESC LIMIT 1"
    with empty_database.connect() as straight:
        expected = run(straight, story, "test", quiet)
        assert one(conn, last) == one(straight, last)
    assert (again.journals, again.settled, again.bearings) == (expected.journals, expected.settled, expected.bearings)


# The page.


def test_the_page_fits_a_screen_and_names_a_loan_to_explain(conn: Any) -> None:
    summary = run(conn, told(60), "test", quiet)
    checks = reconcile(conn)
    assert one(conn, f"SELECT count(*) FROM share.fact WHERE loan_id = '{summary.example}' AND kind = 'loss'") == 1
    for lang, words in (("zh", ("谁承担", "担保机构", "轧差")), ("en", ("who bears", "guarantor", "netted"))):
        narrow, wide = page(summary, lang, checks, 100), page(summary, lang, checks, 300)
        assert narrow == wide, "nothing is cut or wrapped at 100 columns"
        assert max(map(cell_len, narrow)) <= 100
        assert len(narrow) < 40
        text = "\n".join(narrow)
        assert all(word in text for word in words)
        assert f"gongji --workspace gongji-demo explain {summary.example}" in text
        assert "✗" not in text
    said = json.loads(json.dumps(document(summary, checks)))
    assert said["lent"].count(".") == 1
    assert said["pool"][1]["given"] == said["pool"][1]["limit"]


def page(summary: Any, lang: str, checks: Any, width: int) -> list[str]:
    out = StringIO()
    show(summary, Console(file=out, width=width, color_system=None), lang, checks, "gongji --workspace gongji-demo")
    return [line.rstrip() for line in out.getvalue().splitlines()]


LOSSES = """
SELECT period, sum(borne), sum(lost) FROM (
  SELECT period_id AS period, amount AS borne, 0 AS lost FROM share.bearing WHERE kind = 'loss'
  UNION ALL SELECT ledger.period_of('quarter', booked_on), 0, amount FROM share.fact WHERE kind = 'loss') both_sides
GROUP BY 1 ORDER BY 1"""
