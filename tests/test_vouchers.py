"""Vouchers by hand, through the program: from a file to the books, undone, resolved, looked at, and every way to say no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Gongji = Callable[..., Any]

HEAD = "key,kind,on,book,debit,credit,amount,debit_to,credit_to,reserved,expires_on,link"
APPROPRIATED = 'B-1,budget.appropriated,2024-01-05,Bureau,cash,budget,"1,000.00",,,,,'
GRANT = "G-1,subsidy,2024-02-01,Bureau,budget,due_to,300.00,,Insurer,yes,2024-06-30,"
GRANT_2 = "G-1,subsidy,2024-02-01,Bureau,budget,cash,50.00,,,yes,2024-06-30,"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, head: str = HEAD) -> Path:
        path = tmp_path / "vouchers.csv"
        path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def reserved(gongji: Gongji, file: Callable[..., Path]) -> Gongji:
    """A budget of 1,000.00, of which 350.00 are held for a grant of two lines."""
    done = gongji("voucher", "post", file(APPROPRIATED, GRANT, GRANT_2))
    assert (done.code, done.out) == (0, "B-1  created\nG-1  created\n"), done.err
    return gongji


def document(done: Any) -> Any:
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_file_sent_twice_is_posted_once(reserved: Gongji, file: Callable[..., Path]) -> None:
    done = reserved("voucher", "post", file(APPROPRIATED, GRANT, GRANT_2))
    assert (done.code, done.out) == (0, "B-1  same\nG-1  same\n")


def test_a_reservation_is_seen_resolved_and_undone(reserved: Gongji) -> None:
    [held] = document(reserved("voucher", "show", "G-1", "--json"))["vouchers"]
    assert (held["phase"], held["expires_on"], [line["amount"] for line in held["lines"]]) == ("reserved", "2024-06-30", ["300.00", "50.00"])  # fmt: skip

    done = reserved("voucher", "resolve", "G-1", "post", "--amount", "120.00", "--amount", "0.00", "--on", "2024-03-01")
    assert (done.code, done.out) == (0, "G-1:posted  created\n"), done.err
    [posted] = document(reserved("voucher", "show", "G-1:posted", "--json"))["vouchers"]
    assert (posted["ends"], [line["credit"] for line in posted["lines"]]) == ("G-1", ["due_to Insurer"])

    done = reserved("voucher", "reverse", "G-1:posted", "--on", "2024-03-02")
    assert (done.code, done.out) == (0, "G-1:posted:reversal  created\n"), done.err
    shown = reserved("voucher", "show", "G-1:posted")
    assert "ends G-1" in shown.out
    assert "undone by G-1:posted:reversal" in shown.out
    assert "已被冲销 G-1:posted:reversal" in reserved("--lang", "zh", "voucher", "show", "G-1:posted").out


def test_a_statement_and_balances_as_of_a_day(reserved: Gongji) -> None:
    reserved("voucher", "resolve", "G-1", "post", "--on", "2024-03-01")

    entries = document(reserved("report", "account", "Bureau", "budget", "--json"))["entries"]
    assert [(e["on"], e["event_id"], e["amount"], e["balance"]) for e in entries] == [
        ("2024-01-05", "B-1", "-1000.00", "-1000.00"),
        ("2024-03-01", "G-1:posted", "300.00", "-700.00"),
        ("2024-03-01", "G-1:posted", "50.00", "-650.00"),
    ]

    def budget(*words: str) -> str:
        found = document(reserved("report", "balances", "--json", *words))["balances"]
        return next((row["balance"] for row in found if row["role"] == "budget"), "none")

    assert [budget("--on", day) for day in ("2024-01-04", "2024-02-29", "2024-03-01")] == [
        "none",
        "-1000.00",
        "-650.00",
    ]
    assert budget("--on", "2024-03-01", "--known", "Bureau=2") == "-1000.00", "before voucher 3 nobody knew of it"
    assert budget("--book", "Insurer") == "none"


def test_each_on_its_own(gongji: Gongji, file: Callable[..., Path]) -> None:
    over = 'S-1,subsidy,2024-02-01,Bureau,budget,cash,"2,000.00",,,,,'
    done = gongji("voucher", "post", "--each", file(APPROPRIATED, over))
    assert (done.code, done.out) == (6, "B-1  created\nS-1  limit:budget\n")
    assert "S-1: refused with limit:budget" in gongji("voucher", "show", "S-1").out


def test_a_dry_run_keeps_nothing(gongji: Gongji, file: Callable[..., Path]) -> None:
    done = gongji("voucher", "post", "--dry-run", file(APPROPRIATED))
    assert (done.code, done.out, "nothing was kept" in done.err) == (0, "B-1  created\n", True)
    assert gongji("voucher", "show", "B-1").code == 4


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["voucher", "reverse", "nothing"], 4, "item nothing:reversal: it was not posted; expected created; got not_found"),
        (["voucher", "reverse", "G-1"], 3, "item G-1:reversal: it was not posted; expected created; got is_reserved"),
        (["voucher", "resolve", "B-1", "void"], 3, "item B-1:voided: it was not posted; expected created; got not_reserved"),
        (["voucher", "resolve", "G-1", "post", "--amount", "301.00", "--amount", "0.00"], 3, "got exceeds_reserved"),
        (["voucher", "resolve", "G-1", "post", "--amount", "1.00"], 3, "item G-1:posted: too many or too few amounts; expected 2, one for each line reserved; got 1"),
        (["voucher", "resolve", "G-1", "post", "--amount", "1e2", "--amount", "0.00"], 3, "--amount: not an amount in plain digits; expected an amount such as 1,000.00; got 1e2 0.00"),
        (["voucher", "resolve", "G-1", "expire", "--on", "2024-06-30"], 3, "got not_expired"),
        (["voucher", "resolve", "G-1", "keep"], 2, "'keep' is not one of post, void, expire"),
        (["voucher", "reverse", "B-1", "--on", "2024-13-01"], 3, "--on: this day does not exist"),
        (["voucher", "show", "nothing"], 4, "ledger: nothing stands under this key; expected the key of an event; got nothing"),
        (["voucher", "post", "nowhere.csv"], 4, "nowhere.csv: there is no such file; expected a CSV file of vouchers; got nowhere.csv"),
        (["report", "account", "Bureau", "loan"], 4, "ledger: there is no account Bureau loan CNY; expected an account of a book; got Bureau loan CNY"),
        (["report", "balances", "--known", "Bureau"], 2, "'Bureau' is not BOOK=NUMBER"),
    ],
)  # fmt: skip
def test_every_no_is_a_sentence(reserved: Gongji, words: list[str], code: int, says: str) -> None:
    done = reserved(*words)
    assert done.code == code, done.err
    assert says in done.err


def test_refused_by_the_ledger(reserved: Gongji, file: Callable[..., Path]) -> None:
    other = file(APPROPRIATED.replace('"1,000.00"', "5.00"), GRANT, GRANT_2)
    done = reserved("voucher", "post", other)
    assert (done.code, done.err) == (5, "item B-1: it was not posted; expected created; got conflict:amount\n")
    over = file('S-1,subsidy,2024-02-01,Bureau,budget,cash,"2,000.00",,,,,', "S-2,subsidy,2024-02-01,Bureau,budget,cash,1.00,,,,,")  # fmt: skip
    done = reserved("voucher", "post", over)
    assert done.code == 7
    assert done.err.splitlines() == [
        "item S-1: it was not posted; expected created; got limit:budget",
        "item S-2: it was not posted; expected created; got not_posted",
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("K,x,2024-02-30,A,cash,capital,1.00,,,,,", "vouchers.csv, row 2, column on: this is not a day; expected a day such as 2024-05-17; got 2024-02-30"),
        ("K,x,20240203,A,cash,capital,1.00,,,,,", "vouchers.csv, row 2, column on: this is not a day; expected a day such as 2024-05-17; got 20240203"),
        ("K,x,2024-02-03,A,slush,capital,1.00,,,,,", "vouchers.csv, row 2, column debit: there is no such account role; expected a role of roles.csv; got slush"),
        ("K,x,2024-02-03,A,cash,capital,-1.00,,,,,", "vouchers.csv, row 2, column amount: amounts are never negative"),
        ("K,x,2024-02-03,A,cash,capital,1.005,,,,,", "vouchers.csv, row 2, column amount: 3 decimals; expected at most 2 decimals in CNY; got 1.005"),
        ("K,x,2024-02-03,A,cash,capital,,,,,,", "vouchers.csv, row 2, column amount: it is empty; expected a value; got nothing"),
        (",x,2024-02-03,A,cash,capital,1.00,,,,,", "vouchers.csv, row 2, column key: it is empty; expected a value; got nothing"),
        ("K,x,2024-02-03,A,cash,capital,1.00,,,maybe,,", "vouchers.csv, row 2, column reserved: it is neither; expected yes or no; got maybe"),
        ("K,x,2024-02-03,A,cash", "vouchers.csv, row 2: too many or too few cells; expected as many as in the first row"),
        ("K,x,2024-02-03,A,cash,capital,1.00,,,,,\nK,y,2024-02-03,A,cash,capital,1.00,,,,,", "vouchers.csv, row 3, column kind: key K said otherwise before; expected x; got y"),
        ("K,x,2024-02-03,A,cash,cash,1.00,,,,,", "item K, line 1: both sides are one account; expected two accounts; got A/cash/CNY"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_says_where(gongji: Gongji, file: Callable[..., Path], row: str, says: str) -> None:
    done = gongji("voucher", "post", file(row))
    assert done.code == 3
    assert says in done.err


def test_columns(gongji: Gongji, file: Callable[..., Path]) -> None:
    done = gongji("voucher", "post", file(head="key,kind,on,book,debit,credit,sum"))
    assert done.code == 3
    assert done.err.splitlines() == [
        "vouchers.csv, row 1: column amount is missing; expected key, kind, on, book, debit, credit, amount; got key, kind, on, book, debit, credit, sum",
        "vouchers.csv, row 1: there is no column 'sum'; expected key, kind, on, book, debit, credit, amount, debit_to, credit_to, currency, rule, reserved, expires_on, belongs_to, link; got sum",
    ]
