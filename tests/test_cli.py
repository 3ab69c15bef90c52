"""The program as its users run it: one default before lunch, and every way of saying no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.database import Database
from products.event_file import event_of_words
from riskshare.adoption import adopt, library
from riskshare.record import record

Gongji = Callable[..., Any]
SCHEME = "example-four-party"
COUNTED = (
    "product.event",
    "product.contract",
    "share.fact",
    "ledger.journal",
    "ledger.transfer",
    "ledger.refusal",
    "share.close",
)


def rows(database: Database) -> dict[str, int]:
    """How many rows every table of the record holds."""
    with psycopg.connect(database.url) as conn:
        return {name: conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED}  # type: ignore[index]


PARTIES = "--bank Bank --guarantor Guarantor --insurer Insurer --government Pool --borrower Firm --insured yes"
MORNING = (
    f"pool.funded POOL 2025-01-02 --government Pool --scheme {SCHEME} --funding 5,000,000.00",
    f"loan.registered L-1 2025-01-05 {PARTIES} --scheme {SCHEME} --approved 3,000,000.00",
    "loan.disbursed L-1 2025-01-06 --principal 3,000,000.00",
    "guarantee.issued G-1 2025-01-06 --loan L-1 --guarantor Guarantor --guaranteed 2,400,000.00",
    "loan.default_declared L-1 2025-06-01 --principal 1,000,000.01 --interest 20,000.00",
)


@pytest.fixture
def office(gongji: Gongji, database: Database) -> Gongji:
    """A guarantee institution at work: a scheme in force, a pool with money, one loan in default."""
    with database.connect() as conn:
        adopt(conn, library()[SCHEME], "clerk")
        for line in MORNING:
            kind, contract, on, *words = line.split()
            record(conn, [event_of_words(kind, contract, on, None, None, words, lambda name: None)], "clerk")
    return gongji


def test_a_default_from_the_command_line_to_settled_books(office: Gongji) -> None:
    # given a loan in default, when the guarantor pays 816,000.00 of 1,020,000.01
    paid = office("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20", "--json")
    assert paid.code == 0, paid.err
    answer = json.loads(paid.out)
    # then the officer sees at once who will bear it
    assert answer["splits"][0]["amount"] == "1020000.01"
    assert sum(int(part.replace(".", "")) for part in answer["splits"][0]["parts"].values()) == 102_000_001
    # when the half year is closed and settled
    closed = office("close", "run", "--through", "2025Q2", "--settle", "--json")
    assert closed.code == 0, closed.err
    assert [each["period"] for each in json.loads(closed.out)["closes"]] == ["2025Q1", "2025Q2"]
    # then everything agrees, and the explanation shows what was posted
    assert office("reconcile").code == 0
    story = json.loads(office("explain", "L-1", "--json").out)
    (loss,) = story["facts"]
    assert loss["evaluated"] == loss["posted"] == answer["splits"][0]["parts"]
    assert {debt["paid_on"] for debt in story["debts"]} == {"2025-07-01"}
    assert {"Bank", "Guarantor", "Insurer", "Pool"} == {voucher["book"] for voucher in story["vouchers"]}
    balance = json.loads(office("report", "trial-balance", "--json").out)
    assert balance["totals"]["CNY"]["closing"] == "0.00"
    assert json.loads(office("report", "obligations", "--json").out)["open"] == {"CNY": "0.00"}
    (claim,) = json.loads(office("report", "claims", "--json").out)["claims"]
    assert claim["declared"] == "1020000.01"


def test_every_report_speaks_chinese_too(office: Gongji) -> None:
    office("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20")
    office("close", "run", "--through", "2025Q2")
    for words, expected in (
        (("explain", "L-1"), "各方账簿的凭证"),
        (("report", "claims"), "代偿与追偿"),
        (("report", "trial-balance"), "试算平衡表"),
        (("report", "obligations"), "往来债务"),
        (("report", "shares"), "分担汇总"),
        (("reconcile",), "双方账簿往来余额一致"),
        (("scheme", "show", SCHEME), "损失计"),
        (("scheme", "list"), "方案库"),
    ):
        done = office("--lang", "zh", *words)
        assert done.code == 0, done.err
        assert expected in done.out


def test_a_dry_run_shows_everything_and_keeps_nothing(office: Gongji, database: Database) -> None:
    before = rows(database)
    done = office("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20", "--dry-run")
    assert done.code == 0, done.err
    assert "1,020,000.01 will fall on" in done.out
    assert office("close", "check", "2025Q1").code == 0
    assert rows(database) == before


def test_the_same_event_twice_is_written_once(office: Gongji, database: Database) -> None:
    words = ("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20")
    assert office(*words).code == 0
    before = rows(database)
    again = office(*words)
    assert again.code == 0
    assert "nothing is written twice" in again.out
    assert rows(database) == before


NO = [
    ("three decimals", "record guarantee.compensated G-1 --paid 1.234", 3, ["--paid", "3 decimals", "at most 2 decimals"]),
    ("not a number", "record guarantee.compensated G-1 --paid NaN", 3, ["--paid", "not an amount", "NaN"]),
    ("full-width digits", "record guarantee.compensated G-1 --paid １００", 3, ["--paid", "not an amount"]),
    ("negative", "record guarantee.compensated G-1 --paid -5.00", 3, ["--paid", "never negative"]),
    ("no such day", "record guarantee.compensated G-1 --paid 5.00 --on 2025-02-30", 3, ["--on", "does not exist"]),
    ("recovery first", "record guarantee.recovered G-1 --gross 5.00", 3, ["a recovery cannot come before a payment"]),
    ("second default", "record loan.default_declared L-1 --principal 1.00", 3, ["L-1 is in default since 2025-06-01"]),
    ("other contents", "record loan.disbursed L-1 --principal 5.00 --on 2025-01-06", 5, ["another amount principal", "3,000,000.00", "5.00"]),
    ("unknown kind", "record loan.defaulted L-1 --principal 5.00", 3, ["unknown kind of event", "loan.default_declared"]),
    ("unknown loan", "record loan.disbursed L-9 --principal 5.00", 3, ["there is no loan L-9"]),
    ("unknown field", "record loan.disbursed L-1 --capital 5.00", 3, ["carries no 'capital'", "--principal"]),
    ("missing amount", "record loan.disbursed L-1", 3, ["needs principal"]),
    ("unknown id", "explain L-9", 4, ["nothing is known by the id 'L-9'"]),
    ("unknown book", "report trial-balance --book Nobody", 4, ["there is no book 'Nobody'"]),
    ("unknown chart", "report trial-balance --chart mine", 4, ["there is no chart 'mine'", "asbe"]),
    ("no such period", "close run 2025Q5", 3, ["not a period", "2024Q3"]),
    ("not ended", "close run 2999Q1", 3, ["it ends on 2999-03-31"]),
    ("out of order", "close run 2025Q2", 3, ["2025Q1 is still open"]),
    ("not closed yet", "settle run 2025Q1", 3, ["not closed"]),
    ("unknown scheme", "scheme adopt nowhere", 4, ["there is no such scheme"]),
    ("unknown file", "import loans nowhere.csv --set scheme=x", 4, ["nowhere.csv"]),
    ("usage", "close run", 2, ["--through"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), [row[1:] for row in NO], ids=[row[0] for row in NO])
def test_every_no_is_a_sentence_and_changes_nothing(
    office: Gongji, database: Database, words: str, code: int, said: list[str]
) -> None:
    before = rows(database)
    done = office(*words.split())
    assert done.code == code, done.err
    for part in said:
        assert part in done.err
    assert "Traceback" not in done.err
    assert rows(database) == before


def test_a_closed_period_takes_no_entry_and_a_late_one_is_booked_in_the_open(
    office: Gongji, database: Database
) -> None:
    office("close", "run", "--through", "2025Q2")
    before = rows(database)
    late = ("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20")
    refused = office(*late)
    assert refused.code == 8
    assert "the period of 2025-06-20 is closed" in refused.err
    assert "--booked" in refused.err
    assert rows(database) == before
    assert office("close", "run", "2025Q2").code == 8
    assert office(*late, "--booked", "2025-07-03").code == 0
    assert "(late, booked 2025-07-03)" in office("explain", "L-1").out


SOUND = """
id = "mine"
title = { zh = "我的", en = "mine" }
currency = "CNY"
status = "example"
applies_by = "registered_on"

[[version]]
effective = 2024-01-01
source = "a test"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "cumulative", method = "largest_remainder" }

[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"

[[version.clause]]
name = "loss"
article = "5"
share = { bank = "20%", pool = "80%" }

[[version.clause]]
name = "pool"
article = "6"
layer = { per = "scheme-year", limit = "1,000.00", first = "government", then = "guarantor" }
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"80%"', '"79%"', ["article 5", "99"]),
        ('then = "guarantor"', 'then = "loss"', ["article 6", "loss"]),
        ('first = "government"', 'first = "appraiser"', ["appraiser"]),
        ('limit = "1,000.00"', 'limit = "5% of moonlight"', ["moonlight"]),
        ('limit = "1,000.00"', 'limit = "1,000.001"', ["1,000.001"]),
    ],
)
def test_a_scheme_at_fault_is_refused_by_line_and_article(
    gongji: Gongji, database: Database, tmp_path: Path, old: str, new: str, said: list[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND, encoding="utf-8")
    assert gongji("scheme", "check", file).code == 0
    file.write_text(SOUND.replace(old, new), encoding="utf-8")
    for verb in ("check", "adopt"):
        done = gongji("scheme", verb, file)
        assert done.code == 3
        assert "mine.toml, line" in done.err
        for part in said:
            assert part in done.err
    with psycopg.connect(database.url) as conn:
        assert conn.execute("SELECT count(*) FROM share.scheme").fetchone() == (0,)


def test_a_version_that_contracts_rest_on_is_not_changed(office: Gongji, tmp_path: Path) -> None:
    document = next((Path(__file__).parent.parent / "riskshare" / "schemes").glob(f"{SCHEME}.toml")).read_text("utf-8")
    office("record", "guarantee.compensated", "G-1", "--paid", "816,000.00", "--on", "2025-06-20")
    file = tmp_path / "changed.toml"
    file.write_text(document.replace('advance   = "guarantor"', 'advance   = "none"'), encoding="utf-8")
    done = office("scheme", "adopt", file)
    assert done.code == 5
    assert "differs from the one that contracts rest on" in done.err


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (b"", ["no header"]),
        (b"id,kind,contract,on\n", ["no rows"]),
        (b"id,kind,on\nx,loan.disbursed,2025-01-01\n", ["column contract is missing"]),
        ("id,kind,contract,on,principal\nx,loan.disbursed,工,2025-01-01,5\n".encode("gbk"), ["UTF-8"]),
        (
            b"id,kind,contract,on,principal\nx,loan.disbursed,L-1,2025-02-30,1.234\ny,loan.sold,L-1,2025-01-01,1\n",
            [
                "row 1, column principal: 3 decimals",
                "row 1, column on: this day does not exist",
                "row 2, column kind: unknown kind",
            ],
        ),
    ],
)
def test_a_file_of_events_at_fault(
    office: Gongji, database: Database, tmp_path: Path, contents: bytes, said: list[str]
) -> None:
    (tmp_path / "events.csv").write_bytes(contents)
    before = rows(database)
    done = office("import", "events", "events.csv")
    assert done.code == 3
    for part in said:
        assert part in done.err
    assert rows(database) == before


def test_events_come_as_csv_or_as_json_lines(office: Gongji, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'id,kind,contract,on,paid,gross,costs\nc,guarantee.compensated,G-1,2025-06-20,"816,000.00",,\nr,guarantee.recovered,G-1,2025-06-25,,"50,000.00",120.50\n',
        encoding="utf-8",
    )
    assert "recorded 2 events" in office("import", "events", "a.csv").out
    line = {
        "id": "w",
        "kind": "guarantee.recovered",
        "contract": "G-1",
        "on": "2025-06-26",
        "amounts": {"gross": "1.00"},
    }
    (tmp_path / "b.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert "recorded 1 events" in office("import", "events", "b.jsonl").out
    (tmp_path / "c.jsonl").write_text(json.dumps(line | {"amounts": {"gross": 1.5}}), encoding="utf-8")
    refused = office("import", "events", "c.jsonl")
    assert refused.code == 3
    assert "c.jsonl, row 1, amounts.gross" in refused.err


LOANS = Path(__file__).parent / "data" / "loans_en.csv"


def test_strict_refuses_a_file_for_one_row(gongji: Gongji, database: Database, tmp_path: Path) -> None:
    assert gongji("scheme", "adopt", SCHEME).code == 0
    options = ("--set", f"scheme={SCHEME}", "--set", "insurer=Insurer", "--set", "government=Pool")
    before = rows(database)
    strict = gongji("import", "loans", LOANS, *options, "--strict")
    loose = gongji("import", "loans", LOANS, *options, "--json")
    assert loose.code == 0, loose.err
    report = json.loads(loose.out)["report"]
    assert report["rows"] == report["imported"] + report["held"]
    for total in report["controls"].values():
        file, imported, held = (int(total[name].replace(".", "")) for name in ("file", "imported", "held"))
        assert file == imported + held
    if report["held"] or report["flagged"]:
        assert strict.code == 3
        assert rows(database) != before
        assert (tmp_path / f"{LOANS.name}.quarantine.csv").is_file()
    assert gongji("reconcile").code == 0


def test_breaks_are_findings(office: Gongji, database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as conn:
        conn.execute("UPDATE ledger.balance SET debits = debits + 1 WHERE debits > 0")
    done = office("reconcile", "--json")
    assert done.code == 6
    assert not json.loads(done.out)["agrees"]


def test_help_has_an_example_for_every_command(gongji: Gongji) -> None:
    listed = ["init", "doctor", "record", "reconcile", "explain", "demo", "real", "scheme check", "scheme show", "import loans", "import events",
              "close run", "close check", "settle run", "report claims", "report obligations", "report trial-balance"]  # fmt: skip
    for command in listed:
        done = gongji(*command.split(), "--help")
        assert done.code == 0
        assert f"gongji {command.split()[0]}" in " ".join(done.out.split())


def test_doctor_and_server_status(office: Gongji) -> None:
    found = json.loads(office("doctor", "--json").out)
    assert found["schema"] == "current"
    assert found["periods_waiting"][:2] == ["2025Q1", "2025Q2"]
    status = json.loads(office("server", "status", "--json").out)
    assert status["running"] is False


def test_the_unit_of_a_period_is_chosen_before_anything_is_recorded(gongji: Gongji, office: Gongji) -> None:
    assert office("init", "--period", "month").code == 5
    assert office("init", "--period", "week").code == 3
    assert office("init", "--period", "quarter").code == 0
