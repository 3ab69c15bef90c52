"""The same book under two schemes: `gongji scheme compare` before an agreement is signed."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from offline import Gongji, offline

from ledger.money import parse_amount

__all__ = ["offline"]  # a fixture
SCHEME = """id = "%s"
title = { zh = "甲", en = "one of two" }
currency = "%s"
status = "example"
applies_by = "registered_on"
[[version]]
effective = 2024-01-01
source = "an example"
year_by = "%s"
late = "append"
decided = "period"
limit_basis = "current"
rounding = { scope = "event", method = "largest_remainder" }
[version.loss]
on = "default"
counts = ["principal"]
uncounted = "bank"
advance = "none"
[version.recovery]
costs = "first"
reinstates = "no"
[[version.clause]]
name = "loss"
article = "1"
share = { bank = "%s", guarantor = "rest" }
[[version.clause]]
name = "recovery"
article = "2"
follow = { borne = "loss", per = "loan", by = "paid_share", then = "debtor" }
"""
BOOK = """fact,kind,loan,effective_on,registered_on,amount
A,loss,L-1,2024-06-01,2024-01-05,100.00
B,loss,L-2,2025-06-01,2024-01-05,"1,000.00"
C,recovery,L-2,2025-09-01,2024-01-05,600.00
"""


@pytest.fixture
def gongji(offline: Gongji) -> Gongji:
    """The command beside three schemes and a book."""
    for name, currency, year_by, bank in (
        ("old", "CNY", "default_on", "20%"),
        ("new", "CNY", "default_on", "50%"),
        ("by-loan", "CNY", "registered_on", "20%"),
        ("dollars", "USD", "default_on", "20%"),
    ):
        Path(f"{name}.toml").write_text(SCHEME % (name, currency, year_by, bank), encoding="utf-8")
    Path("book.csv").write_text(BOOK, encoding="utf-8")
    return offline


def test_each_year_and_party_under_both(gongji: Gongji) -> None:
    # given that the bank is to bear 50 % in place of 20 %, when the book is worked out under both
    done = gongji("scheme", "compare", "old.toml", "new.toml", "--facts", "book.csv", "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    # then each year says what moved
    assert {(e["year"], e["kind"], e["party"]): (e["a"], e["b"], e["difference"]) for e in found["years"]} == {
        (2024, "loss", "bank"): ("20.00", "50.00", "30.00"),
        (2024, "loss", "guarantor"): ("80.00", "50.00", "-30.00"),
        (2025, "loss", "bank"): ("200.00", "500.00", "300.00"),
        (2025, "loss", "guarantor"): ("800.00", "500.00", "-300.00"),
        (2025, "recovery", "bank"): ("120.00", "300.00", "180.00"),
        (2025, "recovery", "guarantor"): ("480.00", "300.00", "-180.00"),
    }
    assert {(e["kind"], e["party"]): e["difference"] for e in found["totals"]} == {
        ("loss", "bank"): "330.00",
        ("loss", "guarantor"): "-330.00",
        ("recovery", "bank"): "180.00",
        ("recovery", "guarantor"): "-180.00",
    }
    # then of the second loan 300.00 less 180.00 moved, of the first 30.00
    assert found["loans"] == [{"loan": "L-2", "moved": "120.00"}, {"loan": "L-1", "moved": "30.00"}]


def test_nothing_is_lost_between_two_schemes(gongji: Gongji) -> None:
    found = json.loads(gongji("scheme", "compare", "old.toml", "new.toml", "--facts", "book.csv", "--json").out)
    for side in ("a", "b"):
        borne = {"loss": 0, "recovery": 0}
        for each in found["totals"]:
            borne[each["kind"]] += parse_amount(each[side])
        assert borne == {"loss": 110_000, "recovery": 60_000}


def test_the_tables_for_people(gongji: Gongji) -> None:
    done = gongji("scheme", "compare", "old.toml", "new.toml", "--facts", "book.csv")
    assert done.code == 0
    for words in ("-300.00", "Moved most", "L-2", "120.00"):
        assert words in done.out
    assert "变动最大" in gongji("--lang", "zh", "scheme", "compare", "old.toml", "new.toml", "--facts", "book.csv").out


def test_each_scheme_counts_years_its_own_way(gongji: Gongji) -> None:
    found = json.loads(gongji("scheme", "compare", "old.toml", "by-loan.toml", "--facts", "book.csv", "--json").out)
    assert {(e["year"], e["kind"], e["party"]): (e["a"], e["b"]) for e in found["years"]}[2025, "loss", "bank"] == (
        "200.00",
        "0.00",
    )
    assert found["loans"] == []
    done = gongji("scheme", "compare", "old.toml", "by-loan.toml", "--facts", "book.csv")
    assert "no loan is borne differently" in done.out


def test_a_book_as_parquet_says_the_same(gongji: Gongji) -> None:
    words = ("scheme", "compare", "old.toml", "new.toml", "--json", "--facts")
    amount = pl.col("amount").str.replace_all(",", "").cast(pl.Decimal(18, 2))
    pl.read_csv("book.csv", infer_schema=False).with_columns(amount).write_parquet("book.parquet")
    assert gongji(*words, "book.parquet").out == gongji(*words, "book.csv").out


def test_what_waits_under_one_of_them(gongji: Gongji) -> None:
    # given a recovery of a loan that never lost anything
    Path("book.csv").write_text(BOOK + "D,recovery,L-9,2025-09-01,2024-01-05,1.00\n", encoding="utf-8")
    done = gongji("scheme", "compare", "old.toml", "new.toml", "--facts", "book.csv", "--json")
    assert done.code == 6
    found = json.loads(done.out)
    assert [each["fact"] for each in found["a"]["work_list"]] == ["D"]
    assert "D" in done.err


NO = [
    ("two currencies", ("old.toml", "dollars.toml", "book.csv"), 3, "USD"),
    ("no such scheme", ("old.toml", "nowhere", "book.csv"), 4, "there is no such scheme"),
    ("no such book", ("old.toml", "new.toml", "nowhere.csv"), 4, "nowhere.csv"),
]


@pytest.mark.parametrize(("words", "code", "said"), [row[1:] for row in NO], ids=[row[0] for row in NO])
def test_every_no_is_a_sentence(gongji: Gongji, words: tuple[str, str, str], code: int, said: str) -> None:
    a, b, facts = words
    done = gongji("scheme", "compare", a, b, "--facts", facts)
    assert done.code == code
    assert said in done.err
    assert done.out == ""
