"""Terms and facts in, who bears what out: `gongji split` as a risk officer uses it, without any database."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from offline import Gongji, Outcome, offline

import cli
from ledger.money import parse_amount
from riskshare.columns import as_lists, is_array
from riskshare.facts_file import read_facts
from riskshare.meaning import MEASURES
from riskshare.scheme_file import read_scheme
from riskshare.splitting import part_columns
from riskshare.splitting import split as share_out

SCHEME = """id = "pool"
title = { zh = "风险池", en = "a pool" }
currency = "CNY"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2024-01-01
until = 2026-12-31
source = "an example"
maximum = "5,000,000.00"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "cumulative", method = "largest_remainder" }
[version.works_out]
fee = "1% of guaranteed by days of 365"
[version.loss]
on = "default"
counts = ["principal", "interest up to 90 days"]
uncounted = "bank"
advance = "guarantor"
net_of = "security"
instalments = { government = "75%" }
[version.recovery]
costs = "first"
reinstates = "no"
[[version.clause]]
name = "loss"
article = "4"
choose = { by = "insured", yes = "with_insurer", late = "refused", otherwise = "without" }
[[version.clause]]
name = "with_insurer"
article = "5"
share = { bank = "20%", insurer = "30%", pool = "rest" }
[[version.clause]]
name = "without"
article = "6"
share = { bank = "20%", guarantor = "80%" }
[[version.clause]]
name = "pool"
article = "7"
layer = { per = "scheme-year", limit = "pool_funding", first = "government", then = "guarantor" }
[[version.clause]]
name = "recovery"
article = "8"
follow = { borne = "loss", per = "loan", by = "paid_share", then = "debtor" }
[[version.clause]]
name = "fee"
article = "9"
share = { enterprise = "100%" }
"""
FUSED = """id = "fused"
title = { zh = "熔断", en = "a fuse" }
currency = "CNY"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2024-01-01
source = "an example"
year_by = "default_on"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "event", method = "largest_remainder" }
[version.measures]
overdue = "loans overdue"
outstanding = "loans outstanding"
[[version.fuse]]
name = "npl"
article = "12"
ratio = ["overdue", "outstanding"]
stops = "reaches 5%"
resumes = "below 3%"
evaluated = "quarter_end"
effect = "new_loans"
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[[version.clause]]
name = "loss"
article = "13"
choose = { by = "npl", suspended = "bank", otherwise = "covered" }
[[version.clause]]
name = "covered"
article = "5"
share = { government = "80%", bank = "20%" }
"""
__all__ = ["offline"]  # a fixture
HEAD = "fact,kind,loan,effective_on,registered_on,amount"
BOOK = f"""{HEAD},insured,pool_funding
A,loss,L-1,2025-03-01,2025-01-05,"1,000,000.01",yes,"300,000.00"
B,loss,L-2,2025-04-01,2025-01-05,60000.00,no,
C,recovery,L-1,2025-09-01,2025-01-05,"100,000.00",,
"""


@pytest.fixture
def gongji(offline: Gongji) -> Gongji:
    """The command, beside two schemes."""
    Path("pool.toml").write_text(SCHEME, encoding="utf-8")
    Path("fused.toml").write_text(FUSED, encoding="utf-8")
    return offline


def split(gongji: Gongji, facts: str, *more: str, scheme: str = "pool.toml") -> Any:
    """The result for programs."""
    Path("facts.csv").write_text(facts, encoding="utf-8")
    done = gongji("split", scheme, "facts.csv", "--json", *more)
    assert done.code == 0, done.err
    return json.loads(done.out)


def by_fact(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["fact"], {})[row["party"]] = row["amount"]
    return found


# A book.


def test_a_book_is_shared_out_fact_by_fact(gongji: Gongji) -> None:
    # given two losses and a recovery, when they are split under the terms
    found = split(gongji, BOOK)
    # then the pool pays up to its funding, and the recovery goes back by what each bore
    assert by_fact(found["rows"]) == {
        "A": {"bank": "200000.00", "insurer": "300000.00", "government": "300000.00", "guarantor": "200000.01"},
        "B": {"bank": "12000.00", "guarantor": "48000.00"},
        "C": {"bank": "20000.00", "insurer": "30000.00", "government": "30000.00", "guarantor": "20000.00"},
    }
    assert found["totals"]["loss"]["guarantor"] == "248000.01"
    assert found["work_list"] == []


def test_the_table_for_people_and_the_steps(gongji: Gongji) -> None:
    Path("facts.csv").write_text(BOOK, encoding="utf-8")
    done = gongji("split", "pool.toml", "facts.csv", "--why", "--totals")
    assert done.code == 0
    assert "248,000.01" in done.out  # the guarantor's running total after B
    assert "Art. 7  pool 500,000.01 → government 300,000.00" in done.out
    done = gongji("--lang", "zh", "split", "pool.toml", "facts.csv", "--why")
    assert "第7条  pool 500,000.01 → 政府 300,000.00" in done.out
    assert "分担明细" in done.out


def test_long_tables_are_cut_and_the_file_has_all_rows(gongji: Gongji) -> None:
    lines = "".join(f"F-{n},loss,L-{n},2025-03-01,2025-01-05,{n}.37,no,\n" for n in range(1, 61))
    Path("facts.csv").write_text(f"{HEAD},insured,pool_funding\n{lines}", encoding="utf-8")
    assert "and 80 more rows" in gongji("split", "pool.toml", "facts.csv").out
    assert gongji("split", "pool.toml", "facts.csv", "--out", "o.csv").code == 0
    assert len(Path("o.csv").read_text(encoding="utf-8").splitlines()) == 121


def test_running_totals_stand_in_the_order_of_the_facts(gongji: Gongji) -> None:
    # given a file in which the later fact is written first
    head, first, second, _ = BOOK.splitlines()
    rows = split(gongji, f"{head}\n{second}\n{first}\n", "--totals")["rows"]
    assert [(r["fact"], r["total"]) for r in rows if r["party"] == "bank"] == [("A", "200000.00"), ("B", "212000.00")]


def test_what_each_pays_by_now(gongji: Gongji) -> None:
    # given that the government pays three quarters at once and the rest when the claim is concluded
    found = split(gongji, BOOK, "--pays")["pays"]
    owed = {(d["loan"], d["kind"], d["debtor"]): d["amount"] for d in found}
    assert owed["L-1", "loss", "government"] == "225000.00"
    found = split(gongji, BOOK + "K,conclusion,L-1,2025-12-01,,,,\n", "--pays")["pays"]
    owed = {(d["loan"], d["kind"], d["debtor"]): d["amount"] for d in found}
    assert owed["L-1", "loss", "government"] == "300000.00"


@pytest.mark.parametrize("more", [[], ["--totals"]], ids=["rows", "totals"])
def test_csv_and_parquet_say_the_same(gongji: Gongji, more: list[str]) -> None:
    # given the same book as CSV and as Parquet
    Path("facts.csv").write_text(BOOK, encoding="utf-8")
    frame = pl.read_csv("facts.csv", infer_schema=False)
    money = [
        pl.col(name).str.replace_all(",", "").cast(pl.Decimal(18, 2)).alias(name) for name in ("amount", "pool_funding")
    ]
    frame.with_columns(pl.col("effective_on").str.to_date(), *money).write_parquet("facts.parquet")
    # when both are split into both kinds of file
    for file in ("facts.csv", "facts.parquet"):
        for out in ("csv", "parquet"):
            done = gongji("split", "pool.toml", file, "--out", f"{file}.{out}", *more)
            assert done.code == 0, done.err
    # then all four hold the same rows
    with Path("facts.csv.csv").open(encoding="utf-8") as stream:
        told = [tuple(row.values()) for row in csv.DictReader(stream)]
    assert Path("facts.parquet.csv").read_bytes() == Path("facts.csv.csv").read_bytes()
    for file in ("facts.csv.parquet", "facts.parquet.parquet"):
        assert [tuple(map(str, row)) for row in pl.read_parquet(file).iter_rows()] == told


def test_whole_numbers_as_ids_stay_numbers_and_are_ordered_as_numbers(gongji: Gongji) -> None:
    # given facts 10 and 9 of one day, as numbers, and a pool with room for one of them
    frame = pl.DataFrame(
        {
            "fact": [10, 9],
            "kind": ["loss", "loss"],
            "loan": ["L", "L"],
            "effective_on": ["2025-03-01"] * 2,
            "registered_on": ["2025-01-05"] * 2,
            "amount_minor": [100, 100],
            "insured": ["yes", "yes"],
            "pool_funding_minor": [50, 50],
        }
    )
    frame.write_parquet("facts.parquet")
    done = gongji("split", "pool.toml", "facts.parquet", "--json")
    rows = {(row["fact"], row["party"]): row["amount"] for row in json.loads(done.out)["rows"]}
    # then 9 comes first
    assert rows[9, "government"] == "0.50"
    assert (10, "government") not in rows
    assert "rows" not in json.loads(gongji("split", "pool.toml", "facts.parquet", "--json", "--out", "o.parquet").out)
    assert pl.read_parquet("o.parquet")["fact"].dtype == pl.Int64


def test_every_rows_sum_is_the_amount(gongji: Gongji) -> None:
    # given losses with components, security and a recovery with costs
    facts = f"""{HEAD},principal,interest,interest_days,penalty,security,costs,insured,pool_funding
A,loss,L-1,2025-03-01,2025-01-05,"1,270.00","1,000.00",180.00,180,90.00,300.00,,yes,100.00
B,loss,L-2,2025-03-02,2025-01-05,,500.00,10.01,30,,,,no,
C,recovery,L-1,2025-05-01,2025-01-05,100.00,,,,,,130.00,,
D,recovery,L-1,2025-06-01,2025-01-05,100.00,,,,,,0.00,,
"""
    rows = by_fact(split(gongji, facts)["rows"])
    # then 1,090.00 count, 790.00 after the security, and 180.00 stay with the bank
    assert rows["A"]["security"] == "300.00"
    assert rows["A"]["bank"] == "338.00"  # 20 % of 790.00, and what does not count
    # then costs that the first receipt did not cover come off the second
    assert rows["C"] == {"costs": "100.00"}
    assert rows["D"]["costs"] == "30.00"
    sums = {fact: sum(parse_amount(amount) for amount in parts.values()) for fact, parts in rows.items()}
    assert sums == {"A": 127_000, "B": 51_001, "C": 10_000, "D": 10_000}


def test_an_amount_that_the_terms_work_out(gongji: Gongji) -> None:
    # 3,000,000.00 x 1 % x 90 / 365 = 7,397.260
    facts = f"{HEAD},guaranteed,days\nF,fee,L-1,2025-03-01,2025-01-05,,3000000.00,90\n"
    assert by_fact(split(gongji, facts)["rows"]) == {"F": {"enterprise": "7397.26"}}


def test_a_correction_takes_the_place_of_what_it_replaces(gongji: Gongji) -> None:
    # given a loss entered with 100.00 that was 40.00, and a pool of 60.00 for two losses
    head = f"{HEAD},replaces,insured,pool_funding\n"
    told = "A,loss,L-1,2025-03-01,2025-01-05,100.00,,yes,60.00\nB,loss,L-2,2025-03-01,2025-01-05,100.00,,yes,60.00\n"
    before = by_fact(split(gongji, head + told)["rows"])
    assert before["A"]["government"] == "50.00"
    after = by_fact(split(gongji, head + told + "C,loss,L-1,2025-03-01,2025-01-05,40.00,A,yes,60.00\n")["rows"])
    assert "A" not in after
    assert (after["C"]["government"], after["B"]["government"]) == ("20.00", "40.00")
    # when it is withdrawn, then nothing of it is left
    gone = by_fact(split(gongji, head + told + "C,loss,L-1,2025-03-01,2025-01-05,0.00,A,yes,60.00\n")["rows"])
    assert gone["B"]["government"] == "50.00"
    assert gone.keys() == {"B"}


def test_a_late_fact_is_appended_where_it_was_booked(gongji: Gongji) -> None:
    facts = f"""{HEAD},booked_on,insured,pool_funding
A,loss,L-1,2025-03-01,2025-01-05,100.00,2025-08-01,yes,60.00
B,loss,L-2,2025-04-01,2025-01-05,100.00,,yes,60.00
"""
    rows = by_fact(split(gongji, facts)["rows"])
    assert (rows["B"]["government"], rows["A"]["government"]) == ("50.00", "10.00")


def test_a_fuse_read_from_the_file(gongji: Gongji) -> None:
    # given 5 of 100 overdue at the end of June: suspended for loans registered from 1 July on
    facts = f"""{HEAD},overdue,outstanding
R,reading,,2024-06-30,,,5.00,100.00
A,loss,L-1,2025-03-01,2024-06-30,100.00,,
B,loss,L-2,2025-03-01,2024-07-01,100.00,,
"""
    rows = by_fact(split(gongji, facts, scheme="fused.toml")["rows"])
    assert rows == {"A": {"government": "80.00", "bank": "20.00"}, "B": {"bank": "100.00"}}


def test_a_missing_registration_is_said_once(gongji: Gongji) -> None:
    facts = "fact,kind,loan,effective_on,amount,insured\nA,loss,L-1,2025-03-01,1.00,no\nB,loss,L-1,2025-04-01,1.00,no\n"
    (note,) = split(gongji, facts)["notes"]
    assert "registered_on" in note


def test_nothing_heavy_is_loaded_for_a_small_book(gongji: Gongji) -> None:
    # given a small book as CSV, when it is split in a fresh process
    Path("facts.csv").write_text(BOOK, encoding="utf-8")
    heavy = "polars", "numpy", "numba", "psycopg"
    program = (
        "import sys, cli; sys.argv = ['gongji', 'split', 'pool.toml', 'facts.csv']\n"
        f"try: cli.main()\nfinally: print('loaded:', [name for name in {heavy} if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parent)}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert "loaded: []" in done.stdout


def test_a_library_scheme_by_its_id(gongji: Gongji) -> None:
    found = split(gongji, f"{HEAD}\nA,loss,L-1,2025-03-01,2025-01-05,10.00\n", scheme="cn-anhui-4321")
    assert by_fact(found["rows"])["A"]["guarantor"] == "4.00"


# The work list.

WAITING = [
    ("refused road", "A,loss,L-1,2025-03-01,2025-01-05,1.00,late,", "pool.toml", "Art. 4"),
    ("nothing borne", "A,recovery,L-1,2025-03-01,2025-01-05,1.00,,", "pool.toml", "Art. 8"),
    ("a reading on a wrong day", "A,reading,,2025-03-01,,,,", "fused.toml", "12"),
]


@pytest.mark.parametrize(("row", "scheme", "article"), [w[1:] for w in WAITING], ids=[w[0] for w in WAITING])
def test_what_cannot_be_shared_waits_and_the_rest_goes_on(gongji: Gongji, row: str, scheme: str, article: str) -> None:
    good = "Z,loss,L-9,2025-04-01,2025-01-05,10.00,no,"
    if scheme == "fused.toml":
        head, row, good = f"{HEAD},overdue,outstanding", row[:-2] + ",5.00,100.00", good.replace("no,", ",")
        row = "A,reading,,2025-03-01,,,5.00,100.00"
    else:
        head = f"{HEAD},insured,pool_funding"
    Path("facts.csv").write_text(f"{head}\n{row}\n{good}\n", encoding="utf-8")
    done = gongji("split", scheme, "facts.csv", "--json")
    assert done.code == 6
    found = json.loads(done.out)
    assert [each["fact"] for each in found["work_list"]] == ["A"]
    assert found["work_list"][0]["article"] == article.removeprefix("Art. ")
    assert by_fact(found["rows"]).keys() == {"Z"}
    assert "work list: 1 not shared out" in done.err


# Every no: file, row, column, expected, got.

GOOD = "A,loss,L-1,2025-03-01,2025-01-05,1.00,no,"
NO = [
    ("unknown kind", "A,losses,L-1,2025-03-01,2025-01-05,1.00,no,", ["row 2, column kind", "losses"]),
    ("not an amount", "A,loss,L-1,2025-03-01,2025-01-05,1.005,no,", ["row 2, column amount", "3 decimals", "1.005"]),
    ("negative", "A,loss,L-1,2025-03-01,2025-01-05,-1.00,no,", ["row 2, column amount", "never negative"]),
    ("no amount", "A,loss,L-1,2025-03-01,2025-01-05,,no,", ["row 2, column amount", "empty"]),
    ("no such day", "A,loss,L-1,2025-02-30,2025-01-05,1.00,no,", ["row 2, column effective_on", "2025-02-30"]),
    ("before the terms", "A,loss,L-1,2025-03-01,2023-12-31,1.00,no,", ["row 2, column registered_on", "2023-12-31"]),
    ("after the terms", "A,loss,L-1,2027-03-01,2027-01-01,1.00,no,", ["row 2, column registered_on", "2026-12-31"]),
    ("too large", "A,loss,L-1,2025-03-01,2025-01-05,5000000.01,no,", ["row 2, column amount", "5,000,000.00", "5,000,000.01"]),
    ("measure missing", "A,loss,L-1,2025-03-01,2025-01-05,1.00,yes,", ["row 2, column pool_funding"]),
    ("id twice", f"{GOOD}\n{GOOD}", ["row 3, column fact", "row 2", "A"]),
    ("no id", ",loss,L-1,2025-03-01,2025-01-05,1.00,no,", ["row 2, column fact", "empty"]),
    ("no loan", "A,loss,,2025-03-01,2025-01-05,1.00,no,", ["row 2, column loan", "empty"]),
    ("several at once", "A,losses,L-1,2025-02-30,2025-01-05,1.005,no,", ["column kind", "column effective_on", "column amount"]),
    ("ragged", "A,loss,L-1", ["line 2", "8"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), [row[1:] for row in NO], ids=[row[0] for row in NO])
def test_every_no_names_row_and_column(gongji: Gongji, rows: str, said: list[str]) -> None:
    refused(gongji, f"{HEAD},insured,pool_funding\n{rows}\n", said)


MORE_NO = [
    ("other currency", "currency", "USD", ["row 2, column currency", "CNY", "USD"]),
    ("other scheme", "scheme", "another", ["row 2, column scheme", "pool", "another"]),
    ("replaces nothing", "replaces", "Q", ["row 2, column replaces", "Q"]),
    ("not a filing number", "filing", "first", ["row 2, column filing", "first"]),
    ("components that do not add up", "principal", "2.00", ["row 2, column amount", "1.00", "2.00"]),
    ("security without digits", "security", "x", ["row 2, column security", "x"]),
]


@pytest.mark.parametrize(("column", "cell", "said"), [row[1:] for row in MORE_NO], ids=[row[0] for row in MORE_NO])
def test_a_no_to_an_optional_column(gongji: Gongji, column: str, cell: str, said: list[str]) -> None:
    refused(gongji, f"{HEAD},insured,pool_funding,{column}\n{GOOD},{cell}\n", said)


def test_a_fact_is_replaced_once(gongji: Gongji) -> None:
    rows = "".join(f"{GOOD},{old}\n".replace("A,", f"{new},", 1) for new, old in (("A", ""), ("B", "A"), ("C", "A")))
    refused(gongji, f"{HEAD},insured,pool_funding,replaces\n{rows}", ["row 4, column replaces", "B"])


def test_facts_that_replace_each_other(gongji: Gongji) -> None:
    rows = "".join(f"{GOOD},{old}\n".replace("A,", f"{new},", 1) for new, old in (("A", "B"), ("B", "A"), ("C", "A")))
    refused(gongji, f"{HEAD},insured,pool_funding,replaces\n{rows}", ["column replaces"])


def test_interest_without_its_days(gongji: Gongji) -> None:
    facts = f"{HEAD},principal,interest,insured\nA,loss,L-1,2025-03-01,2025-01-05,,1.00,2.00,no\n"
    refused(gongji, facts, ["row 2, column interest_days", "90 days"])


def test_a_column_that_is_needed_is_missed_once(gongji: Gongji) -> None:
    facts = "fact,kind,loan,amount,insured\nA,loss,L-1,1.00,no\nB,loss,L-1,1.00,no\n"
    done = refused(gongji, facts, ["column effective_on"])
    assert done.err.count("effective_on") <= 2


def test_a_loan_under_two_schemes(gongji: Gongji) -> None:
    rows = f"{GOOD},pool\n{GOOD.replace('A,', 'B,', 1)},another\n"
    refused(
        gongji, f"{HEAD},insured,pool_funding,scheme\n{rows}", ["row 3, column scheme", "loan L-1 is under", "another"]
    )


def test_columns_that_nobody_asks_for_are_named(gongji: Gongji) -> None:
    (note,) = split(gongji, f"{HEAD},insured,insred\n{GOOD[:-1]},yes\n")["notes"]
    assert "insred" in note


def test_a_payment_without_a_payer(gongji: Gongji) -> None:
    facts = f"{HEAD},payer\nA,paid,L-1,2025-03-01,,5.00,\n"
    refused(gongji, facts, ["row 2, column payer"])


def test_floats_are_refused(gongji: Gongji) -> None:
    frame = {"fact": ["A"], "kind": ["loss"], "loan": ["L"], "effective_on": ["2025-03-01"], "amount": [1.5]}
    pl.DataFrame(frame).write_parquet("facts.parquet")
    done = gongji("split", "pool.toml", "facts.parquet")
    assert done.code == 3
    assert "column amount" in done.err
    assert "floating-point" in done.err


def test_whole_numbers_are_minor_units_only_where_the_column_says_so(gongji: Gongji) -> None:
    frame = {"fact": ["A"], "kind": ["loss"], "loan": ["L"], "effective_on": ["2025-03-01"], "insured": ["no"]}
    pl.DataFrame({**frame, "amount": [150]}).write_parquet("facts.parquet")
    done = gongji("split", "pool.toml", "facts.parquet")
    assert done.code == 3
    assert "amount_minor" in done.err
    pl.DataFrame({**frame, "amount_minor": [150]}).write_parquet("facts.parquet")
    done = gongji("split", "pool.toml", "facts.parquet", "--json")
    assert by_fact(json.loads(done.out)["rows"]) == {"A": {"bank": "0.30", "guarantor": "1.20"}}


def test_a_decimal_with_more_places_than_the_currency(gongji: Gongji) -> None:
    frame = {"fact": ["A"], "kind": ["loss"], "loan": ["L"], "effective_on": ["2025-03-01"], "insured": ["no"]}
    pl.DataFrame({**frame, "amount": [Decimal("1.0050")]}).write_parquet("facts.parquet")
    done = gongji("split", "pool.toml", "facts.parquet")
    assert done.code == 3
    assert "row 2, column amount" in done.err


def test_files_that_are_not_there_or_not_known(gongji: Gongji) -> None:
    assert gongji("split", "pool.toml", "nowhere.csv").code == 4
    assert gongji("split", "nowhere", "nowhere.csv").code == 4
    Path("facts.csv").write_text(BOOK, encoding="utf-8")
    done = gongji("split", "pool.toml", "facts.csv", "--out", "o.xlsx")
    assert done.code == 3
    assert ".parquet" in done.err
    assert gongji("split", "pool.toml", "facts.csv", "--out", "nowhere/o.csv").code == 3


def refused(gongji: Gongji, facts: str, said: list[str]) -> Outcome:
    """Nothing is shared, and every word is in the message."""
    Path("facts.csv").write_text(facts, encoding="utf-8")
    done = gongji("split", "pool.toml", "facts.csv")
    assert done.code == 3
    assert done.out == ""
    for words in said:
        assert words in done.err, done.err
    assert "facts.csv" in done.err
    return done


# Large files.

MANY = 20_000
LATER = SCHEME[SCHEME.index("[[version]]") :].replace("2024-01-01", "2025-07-01").replace("2026-12-31", "2027-12-31")
TWO_VERSIONS = (SCHEME.replace("2026-12-31", "2025-06-30") + LATER.replace('year_by = "default_on"', 'year_by = "paid_on"')).replace(
    '[version.works_out]\nfee = "1% of guaranteed by days of 365"\n', ""
)  # fmt: skip
GATES = """
choose = { by = "days from default_on to effective_on", "up to 30" = "with_insurer", otherwise = "without" }"""


def large(**more: Any) -> pl.DataFrame:
    """Losses and recoveries of many loans, in no order."""
    numbers = range(MANY)
    columns = {
        "fact": [n * 7919 % MANY for n in numbers],
        "kind": ["recovery" if n % 3 == 0 else "loss" for n in numbers],
        "loan": [f"L-{n * 31 % 4001}" for n in numbers],
        "effective_on": [date(2025, 1, 1) + timedelta(days=n * 13 % 700) for n in numbers],
        "amount": [Decimal(n * 101 % 90_007).scaleb(-2) for n in numbers],
        "insured": ["yes" if n % 2 else "no" for n in numbers],
        "pool_funding": [None if n % 3 == 0 else Decimal("1000.00") for n in numbers],
    }
    return pl.DataFrame({**columns, **more})


DEFAULTS = [None if n % 5 else date(2025, 1, 1) + timedelta(days=n % 400) for n in range(MANY)]
LARGE = {
    "one version": (SCHEME, large()),
    "texts for dates": (SCHEME, large(default_on=[day and day.isoformat() for day in DEFAULTS])),
    "two versions": (TWO_VERSIONS, large(default_on=DEFAULTS)),
    "registered in part": (TWO_VERSIONS, large(registered_on=DEFAULTS)),
    "days between": (SCHEME.replace(SCHEME[SCHEME.index("\nchoose =") : SCHEME.index("\n", SCHEME.index("\nchoose =") + 1)], GATES), large(default_on=DEFAULTS)),
    "years given": (SCHEME, large(year=[2020 + n % 4 for n in range(MANY)], filing=[n % 3 or None for n in range(MANY)])),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "frame"), LARGE.values(), ids=LARGE.keys())
def test_a_large_file_is_read_as_arrays_and_says_the_same(tmp_path: Path, terms: str, frame: pl.DataFrame) -> None:
    # given many facts, when they are read as columns and row by row
    terms = terms.replace('[version.works_out]\nfee = "1% of guaranteed by days of 365"\n', "")
    scheme = read_scheme(terms, "pool.toml", measures=MEASURES, roles=None)
    frame.write_parquet(tmp_path / "facts.parquet")
    frame.write_csv(tmp_path / "facts.csv")
    arrays, rows = (read_facts(tmp_path / f"facts.{end}", scheme).facts for end in ("parquet", "csv"))
    # then they are the same facts
    assert is_array(arrays.amounts)
    assert not is_array(rows.amounts)
    for name in ("ids", "days", "filings", "priorities", "years", "amounts", "versions"):
        assert list(map(int, getattr(arrays, name))) == list(map(int, getattr(rows, name))), name
    for texts, same in ((arrays.kinds, rows.kinds), (arrays.loans, rows.loans)):
        assert [texts[i] for i in range(MANY)] == [same[i] for i in range(MANY)]
    for name, column in rows.measures.items():
        assert list(map(int, arrays.measures.get(name, [0] * MANY))) == list(column), name
    for name in {name for version in scheme.versions for name in version.attributes} & rows.attributes.keys():
        assert [(arrays.attributes[name][i]) for i in range(MANY)] == [rows.attributes[name][i] for i in range(MANY)], (
            name
        )


def test_a_large_book_is_split_as_a_small_one(tmp_path: Path) -> None:
    # given many losses as columns and as rows, when both are shared out
    terms = SCHEME.replace('[version.works_out]\nfee = "1% of guaranteed by days of 365"\n', "")
    scheme = read_scheme(terms, "pool.toml", measures=MEASURES, roles=None)
    large().write_parquet(tmp_path / "facts.parquet")
    loaded = read_facts(tmp_path / "facts.parquet", scheme)
    found, same = share_out(scheme, loaded), share_out(scheme, replace(loaded, facts=as_lists(loaded.facts)))
    # then the rows, the totals and the work list are the same
    assert list(found.parts()) == list(same.parts())
    assert found.totals_by_kind() == same.totals_by_kind()
    assert [each.id for each in found.waiting] == [each.id for each in same.waiting]
    assert list(found.running())[-50:] == list(same.running())[-50:]
    facts, parties, codes, amounts = part_columns(found)
    written = zip(facts.tolist(), (parties[code] for code in codes), amounts.tolist(), strict=True)
    assert list(written) == [(part.fact, part.party, part.amount) for part in same.parts()]
