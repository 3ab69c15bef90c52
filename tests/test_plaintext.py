"""A second opinion: our books as beancount and hledger read them, and their journals as opening books."""

from __future__ import annotations

import json
import os
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from conftest import EVERY, fresh
from random_journals import beancount_at_random, hledger_at_random
from second_opinion import says

from ledger.balances import balances_as_of
from ledger.batch import AccountKey, Debt, Line, Reversal, Unit
from ledger.charts import codes
from ledger.database import Database
from ledger.faults import Conflict, NotAllowed, NotFound, PeriodClosed, Refusal, Refused
from ledger.journals import BookAccount, BookDays, book_days, vouchers
from ledger.plaintext.beancount_writer import beancount_lines
from ledger.plaintext.hledger_writer import hledger_lines
from ledger.plaintext.mapping import read_mapping
from ledger.plaintext.names import legal, named
from ledger.plaintext.opening import open_books, pairs, read_opening
from ledger.posting import post
from riskshare.demo.generating import province
from riskshare.demo.running import run

ROOT = Path(__file__).resolve().parent.parent
LEDGERS = Path(os.environ.get("GONGJI_LEDGERS") or ROOT.parent / "shared" / "data" / "ledgers")
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "": "CNY"}
FIRST = date(2024, 1, 1)
BOOKS = ["担保公司", "中国银行(杭州)", "bank a: b; c", '"[x]" \\ y']
ROLES = ["cash", "claim_recv", "fee_income", "claim_loss", "capital", "exposure", "exposure_contra"]
WRITERS = {"beancount": beancount_lines, "hledger": hledger_lines}
ENDS = {"beancount": "beancount", "hledger": "journal"}


@pytest.fixture
def conn(database: Database) -> Iterator[Any]:
    with closing(database.connect()) as connection:
        connection.autocommit = True
        yield connection


def account(book: str, role: str, other: str | None = None, currency: str = "CNY") -> AccountKey:
    return (book, role, other, currency)


def history(seed: int, events: int) -> Iterator[Unit]:
    """Events of a year in several books and currencies: plain ones, debts between books, late ones, reservations."""
    rng = random.Random(seed)  # noqa: S311 - chance, not secrets
    for number in range(events):
        on = FIRST + timedelta(days=rng.randrange(360))
        book, other = rng.sample(BOOKS, 2)
        currency, amount = rng.choice(["CNY", "CNY", "CNY", "JPY", "KWD"]), rng.randrange(1, 10 ** rng.randrange(1, 11))
        debit, credit = rng.sample(ROLES, 2)
        key = rng.choice([f"E-{number}", f'事件 {number}, (a|b); "c"', f"event:{number}"])
        if rng.random() < 0.3:
            debt = Debt(uuid4(), book, other, currency, amount, on)
            lines = [
                Line(
                    book,
                    account(book, "claim_loss", None, currency),
                    account(book, "due_to", other, currency),
                    amount,
                    "L2r",
                    debt.id,
                ),
                Line(
                    other,
                    account(other, "due_from", book, currency),
                    account(other, debit, None, currency),
                    amount,
                    "L3g",
                    debt.id,
                ),
            ]
            yield Unit(key, "loss.shared", on, tuple(lines), (debt,))
        else:
            line = Line(
                book, account(book, debit, None, currency), account(book, credit, None, currency), amount, "C1'"
            )
            late = on - timedelta(days=400) if rng.random() < 0.1 else None
            yield Unit(
                key, "guarantee.compensated", on, (line,), belongs_to=late, reserved=late is None and rng.random() < 0.1
            )


@pytest.fixture(scope="module")
def year(flavours: Callable[[str], Any]) -> Iterator[Database]:
    """A ledger with a year behind it, some of it reversed."""
    for database in fresh(flavours(EVERY[0])):
        units = list(history(7, 300))
        undone = [Reversal(f"undo {unit.key}", unit.key, unit.on) for unit in units[::10] if not unit.reserved]
        with closing(database.connect()) as connection, connection.transaction():
            assert set(post(connection, units, "出纳")) == {"created"}
            assert set(post(connection, undone, "出纳")) == {"created"}
        yield database


@pytest.fixture
def lived(year: Database) -> Iterator[Any]:
    """A connection to it whose every deed is undone in the end."""
    with closing(year.connect()) as connection, connection.transaction(force_rollback=True):
        yield connection


def exported(
    conn: Any, to: str, folder: Path, book: str, first: date = date.min, last: date = date.max
) -> tuple[Path, BookDays, int]:
    """The file, what is in it, and how many vouchers."""
    path = folder / f"{BOOKS.index(book)} {first} {last}.{ENDS[to]}"
    with conn.transaction():
        days = book_days(conn, book, first, last)
        listed = list(vouchers(conn, days))
    path.write_text("".join(WRITERS[to](days, listed, {"cash": "1002"})), encoding="utf-8")
    return path, days, len(listed)


# Out.


@pytest.mark.parametrize("to", WRITERS)
@pytest.mark.parametrize(
    ("first", "last"),
    [(date.min, date.max), (date(2024, 4, 1), date(2024, 6, 30)), (date(2024, 12, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2025, 3, 31))],
    ids=["all", "a quarter", "the last month", "after the last voucher"],
)  # fmt: skip
def test_a_book_stands_in_the_other_program_where_it_stands_in_ours(
    lived: Any, to: str, first: date, last: date, tmp_path: Path
) -> None:
    for book in BOOKS:
        path, days, count = exported(lived, to, tmp_path, book, first, last)
        opinion = says(path)
        names = named(days.accounts.values())
        ours = {
            (names[number], days.accounts[number].currency): minor for number, minor in days.closing.items() if minor
        }
        assert opinion.faults == []
        assert opinion.balances == ours
        assert ours
        around = bool(any(days.opening.values())) + (
            to == "hledger"
        )  # the opening balances, and hledger's closing check
        assert opinion.transactions == count + around


@pytest.mark.parametrize("to", WRITERS)
def test_a_fen_that_is_missing_is_noticed(lived: Any, to: str, tmp_path: Path) -> None:
    path, *_ = exported(lived, to, tmp_path, BOOKS[0])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if re.search(r" balance | = ", line) and " CNY" in line)
    *_, was = re.findall(r"(?<=  |= )-?[0-9.]+(?= )", lines[number])
    wrong = Decimal(was) + Decimal("0.01")
    lines[number] = lines[number].replace(f" {was} ", f" {wrong} ")
    path.write_text("".join(lines), encoding="utf-8")
    assert len(says(path).faults) == 1


def test_hledger_finds_every_account_and_commodity_declared(lived: Any, tmp_path: Path) -> None:
    for book in BOOKS:
        path, *_ = exported(lived, "hledger", tmp_path, book)
        assert says(path, strict=True).faults == []


@pytest.mark.parametrize("to", WRITERS)
def test_a_book_without_entries_is_sound_too(conn: Any, to: str, tmp_path: Path) -> None:
    conn.execute("SELECT ledger.open_books(ARRAY[%s])", (BOOKS[0],))
    assert says(exported(conn, to, tmp_path, BOOKS[0])[0]) == ([], 0, 0, {})


@pytest.mark.drill
@pytest.mark.parametrize("to", WRITERS)
def test_the_books_of_a_whole_province(conn: Any, to: str, tmp_path: Path) -> None:
    """Eighteen parties over three years, as the demonstration tells it: every book, and a quarter of it."""
    run(conn, province(300, 5), "clerk", lambda what, done, total: None)
    books = [name for (name,) in conn.execute("SELECT name FROM ledger.book ORDER BY name")]
    for number, book in enumerate(books):
        for first, last in ((date.min, date.max), (date(2024, 4, 1), date(2024, 6, 30))):
            with conn.transaction():
                days = book_days(conn, book, first, last)
                text = "".join(WRITERS[to](days, vouchers(conn, days), codes("asbe")))
            opinion = says(journal(tmp_path, f"{number} {first}.{ENDS[to]}", text))
            names = named(days.accounts.values())
            assert opinion.faults == []
            assert opinion.balances == {
                (names[account], days.accounts[account].currency): minor for account, minor in days.closing.items()
            }
    assert len(books) > 10


def test_what_a_voucher_says_stands_beside_it(conn: Any, tmp_path: Path) -> None:
    line = Line("G", account("G", "claim_recv"), account("G", "cash"), 100_05, "C1")
    with conn.transaction():
        post(conn, [Unit("E 1", "guarantee.compensated", FIRST, (line,), belongs_to=date(2023, 12, 31))], "王会计")
    with conn.transaction():
        days = book_days(conn, "G", date.min, date.max)
        (voucher,) = vouchers(conn, days)
    beancount = "".join(beancount_lines(days, [voucher], {"claim_recv": "1231"}))
    assert (
        '2024-01-01 * "guarantee.compensated" ^E-1\n  voucher: 1\n  event: "E 1"\n  actor: "王会计"\n  relates-to: 2023-12-31\n'
        in beancount
    )
    assert '  Assets:Claim-recv  100.05 CNY\n    rule: "C1"\n  Assets:Cash  -100.05 CNY\n    rule: "C1"\n' in beancount
    assert (
        'open Assets:Claim-recv CNY\n  kind: "asset"\n  role: "claim_recv"\n  code: "1231"\n  name: "应收代偿款"\n'
        in beancount
    )
    hledger = "".join(hledger_lines(days, [voucher], {"claim_recv": "1231"}))
    assert (
        "2024-01-01 * (E-1) guarantee.compensated\n  ; voucher:1\n  ; event:E 1\n  ; actor:王会计\n  ; relates-to:2023-12-31\n"
        in hledger
    )
    assert "  Assets:Claim-recv  100.05 CNY  ; rule:C1\n  Assets:Cash  -100.05 CNY  ; rule:C1\n" in hledger


@pytest.mark.parametrize("to", WRITERS)
def test_a_book_out_and_in_again_stands_where_it_stood(lived: Any, to: str, tmp_path: Path) -> None:
    """Roles and counterparties stand in the file, so they come back; what was posted once more changes nothing."""
    book = BOOKS[0]
    path, days, _ = exported(lived, to, tmp_path, book)
    opening = read_opening(path, "继任者")
    with lived.transaction():
        assert open_books(lived, opening, "王会计") == "created"
        again = book_days(lived, "继任者", date.min, date.max)

    def standing(of: BookDays) -> Counter[tuple[str, str, str]]:
        return Counter({
            (each.role, each.counterparty, each.currency): of.closing[number]
            for number, each in of.accounts.items() if of.closing.get(number)
        })  # fmt: skip

    assert standing(again) == standing(days)


def test_names_are_legal_and_never_alike() -> None:
    odd = [
        "中国银行(杭州)",
        "bank a",
        "bank-a",
        "A:B; C",
        "ⅷ x",
        "ßx",
        "ｂank",
        "  ",
        "'q\"s\\",
        "é",
        "ǆx",
        "1 银",
        "_",
        "-",
    ]
    for word in odd:
        first, *rest = legal(word)
        assert unicodedata.category(first) in ("Lu", "Nd")
        assert all(sign == "-" or unicodedata.category(sign)[0] == "L" or sign.isdecimal() for sign in rest)
    assert [legal(word) for word in ("claim_recv", "中国银行(杭州)", "3M 公司")] == [
        "Claim-recv",
        "X中国银行-杭州",
        "3M-公司",
    ]
    accounts = [BookAccount(number, "asset", "due_from", word, "CNY") for number, word in enumerate(odd)]
    assert len(set(named(accounts).values())) == len(odd)
    assert named(accounts) == named(reversed(accounts))


# In: what is taken.


def journal(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


HLEDGER = """\
; the old books of a guarantor
commodity ¥1000.00
account 资产            ; type:A
account 资产:银行存款    ; role:cash
account 实收资本         ; type:equity
include rest.journal

2023/12/01=2023/12/05 * (凭-1) 投入资本 | 股东  ; source:old
    资产:银行存款          ¥1,000.00
    实收资本
2023-12-31 ! fees
    资产:银行存款          ¥50.5 = ¥1030.50
    ! income:fees  ; the rest
2024-01-02 later
    资产:银行存款          ¥1
    income:fees
"""
REST = """\
comment
nothing
end comment
payee 股东
P 2023-12-01 X ¥2
2023-12-31 rent
    expenses:rent  ¥20
    资产:银行存款
"""
BEANCOUNT = """\
option "title" "the old books"
plugin "beancount.plugins.auto_accounts"
* a heading
2023-01-01 open Assets:Bank CNY ; a remark
  role: "cash"
2023-12-01 pad Assets:Bank Equity:Opening-Balances
2023-12-02 balance Assets:Bank 1,000.00 CNY
2023-12-03 * "股东" "fees; of a \\"year\\"" #tag ^link
  source: "old"
  Assets:Bank        50.50 CNY
    note: "x"
  ! Income:Fees
2023-12-31 txn "rent"
  Expenses:Rent   20. CNY
  Assets:Bank    -20 CNY
2024-01-01 balance Assets:Bank 1030.50 ~ 0.01 CNY
2024-01-02 * "later"
  Assets:Bank         1 CNY
  Income:Fees
2024-02-01 price X 1 CNY
2024-02-02 note Assets:Bank "of two
lines"
! a remark
2024-03-01 close Expenses:Rent
2024-03-02 balance Expenses:Rent 20 CNY
"""


def old_hledger(folder: Path) -> Path:
    journal(folder, "rest.journal", REST)
    return journal(folder, "old.journal", HLEDGER)


def old_beancount(folder: Path) -> Path:
    return journal(folder, "old.beancount", BEANCOUNT)


@pytest.mark.parametrize("old", [old_hledger, old_beancount])
def test_the_balances_of_a_day_open_a_book(conn: Any, old: Callable[[Path], Path], tmp_path: Path) -> None:
    opening = read_opening(old(tmp_path), "G", date(2023, 12, 31), {"¥": "CNY"})
    with conn.transaction():
        assert open_books(conn, opening, "clerk") == "created"
        days = book_days(conn, "G", date.min, date.max)
        (voucher,) = vouchers(conn, days)
    standing = {days.accounts[number].role: minor for number, minor in days.closing.items()}
    own = {role.rpartition(":")[2].lower(): minor for role, minor in standing.items() if role != "cash"}
    assert standing["cash"] == 1030_50
    assert sorted(own.values()) == [-1000_00, -50_50, 20_00]
    assert (own["fees"], own["rent"]) == (-50_50, 20_00)
    assert (voucher.number, voucher.on, voucher.event, voucher.kind) == (
        1,
        date(2023, 12, 31),
        "opening:G",
        "books.opened",
    )
    digest = sha256((tmp_path / opening.files[0].name).read_bytes()).hexdigest()
    assert {line.rule for line in voucher.lines} == {f"opening:{digest}"}
    assert opening.lived.later == 1


@pytest.mark.parametrize("old", [old_hledger, old_beancount])
def test_the_program_itself_says_the_same(old: Callable[[Path], Path], tmp_path: Path) -> None:
    path = old(tmp_path)
    opening, opinion = read_opening(path, "G", None, {"¥": "CNY"}), says(path, {"¥": "CNY"})
    assert opinion.faults == []
    assert dict(opening.balances) == opinion.balances
    assert (opening.lived.transactions, opening.lived.postings) == (
        opinion.transactions + opening.lived.pads,
        opinion.postings + 2 * opening.lived.pads,
    )


def test_accounts_become_what_a_mapping_says(conn: Any, tmp_path: Path) -> None:
    mapping = "account,role,counterparty\nAssets:Bank,due_from,B\nIncome:Fees,fee_income,\nExpenses:Rent,ceded_fee,\n"
    meant = read_mapping(journal(tmp_path, "map.csv", mapping))
    with conn.transaction():
        open_books(conn, read_opening(old_beancount(tmp_path), "G", date(2023, 12, 31), mapping=meant), "clerk")
    standing = {key[1:3]: each.net for key, each in balances_as_of(conn, date(2023, 12, 31), "G").items()}
    assert standing == {
        ("due_from", "B"): 1030_50,
        ("fee_income", None): -50_50,
        ("ceded_fee", None): 20_00,
        ("equity:Equity:Opening-Balances", None): -1000_00,
    }


def test_a_mapping_that_does_not_fit(tmp_path: Path) -> None:
    rows = "Assets:Gone,cash,\nAssets:Bank,cash,\nAssets:Bank,cash,\nIncome:Fees,cash,\nExpenses:Rent,rent,\n"
    mapping = read_mapping(journal(tmp_path, "map.csv", f"account,role,counterparty\n{rows}"))
    with pytest.raises(Refused) as no:
        read_opening(old_beancount(tmp_path), "G", mapping=mapping)
    assert [
        str(each).partition(": ")[2] if each.where.startswith("old") else str(each) for each in no.value.refusals
    ] == [
        "map.csv, row 2: an account that the journal does not have; expected each account of the journal once; got Assets:Gone",
        "map.csv, row 4: an account named twice; expected each account of the journal once; got Assets:Bank",
        "Income:Fees has a role of another kind; expected asset; got cash",
        "Expenses:Rent has an unknown role; expected a role of roles.csv; got rent",
    ]
    with pytest.raises(
        Refused, match=r"map.csv: these columns are not known; expected account,role,counterparty; got account,code"
    ):
        read_mapping(journal(tmp_path, "map.csv", "account,code\n"))
    with pytest.raises(
        NotFound, match=r"gone.csv: there is no such file; expected a CSV file: account,role,counterparty"
    ):
        read_mapping(tmp_path / "gone.csv")


def test_the_same_file_again_posts_nothing_and_another_is_refused(conn: Any, tmp_path: Path) -> None:
    path = old_beancount(tmp_path)
    with conn.transaction():
        assert open_books(conn, read_opening(path, "G"), "clerk") == "created"
    with conn.transaction():
        assert open_books(conn, read_opening(path, "G"), "clerk") == "same"
    assert conn.execute(
        "SELECT last_journal FROM ledger.head JOIN ledger.book USING (book_id) WHERE name = 'G'"
    ).fetchone() == (1,)
    acts = conn.execute("SELECT subject, contents, actor FROM ledger.act WHERE kind = 'books.opened'").fetchall()
    assert [(subject, actor) for subject, _, actor in acts] == [("G", "clerk")]
    told = json.loads(acts[0][1])
    assert told["files"] == [{"name": "old.beancount", "sha256": sha256(path.read_bytes()).hexdigest()}]
    assert (told["on"], told["debits"], told["accounts"]) == ("2024-01-02", {"CNY": "1051.50"}, 4)

    with (
        conn.transaction(),
        pytest.raises(
            Conflict, match="G: the book was opened with something else; expected the same file and day; got another on"
        ),
    ):
        open_books(conn, read_opening(path, "G", date(2023, 12, 31)), "clerk")
    path.write_text(BEANCOUNT + "; a remark\n", encoding="utf-8")
    with conn.transaction(), pytest.raises(Conflict, match="got another rule"):
        open_books(conn, read_opening(path, "G"), "clerk")


def test_a_book_with_entries_is_not_opened(conn: Any, tmp_path: Path) -> None:
    line = Line("G", account("G", "cash"), account("G", "capital"), 1, "P0")
    with conn.transaction():
        post(conn, [Unit("E-1", "party.funded", FIRST, (line,))], "clerk")
    with (
        conn.transaction(),
        pytest.raises(
            Conflict, match=r"G: the book has entries already; .* expected a book without entries; got event E-1"
        ),
    ):
        open_books(conn, read_opening(old_beancount(tmp_path), "G"), "clerk")


def test_an_opening_in_a_closed_period_is_refused(conn: Any, tmp_path: Path) -> None:
    conn.execute("UPDATE ledger.calendar SET closed_through = '2024-03-31'")
    with (
        conn.transaction(),
        pytest.raises(
            PeriodClosed,
            match="G: the period of the opening is closed; expected a day in an open period; got 2024-01-02",
        ),
    ):
        open_books(conn, read_opening(old_beancount(tmp_path), "G"), "clerk")


def test_balances_beyond_a_limit_are_refused(conn: Any, tmp_path: Path) -> None:
    overdrawn = '2024-01-01 open Liabilities:Budget\n  role: "budget"\n2024-01-01 open Assets:Cash\n2024-01-01 * "x"\n  Liabilities:Budget 1 CNY\n  Assets:Cash\n'
    with conn.transaction(), pytest.raises(NotAllowed, match="expected balances within the limits; got limit:budget"):
        open_books(conn, read_opening(journal(tmp_path, "a.beancount", overdrawn), "G"), "clerk")


@pytest.mark.parametrize("seed", range(20))
def test_pairs_say_what_the_balances_say(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    standing: Counter[AccountKey] = Counter()
    for currency in ("CNY", "JPY"):
        moved = [(account("G", f"asset:{number}", None, currency), rng.randrange(-9, 9)) for number in range(12)]
        standing.update({**dict(moved), account("G", "equity:rest", None, currency): -sum(minor for _, minor in moved)})
    again: Counter[AccountKey] = Counter()
    listed = list(pairs(standing))
    for debit, credit, amount in listed:
        assert debit[3] == credit[3]
        assert amount > 0
        again[debit] += amount
        again[credit] -= amount
    assert {key: minor for key, minor in again.items() if minor} == {
        key: minor for key, minor in standing.items() if minor
    }
    assert len(listed) <= sum(1 for minor in standing.values() if minor)


# In: what is refused, all of it at once, each with its place.

OPEN = "2024-01-01 open Assets:Cash\n2024-01-01 open Equity:Capital\n"
MONEY = "; expected one of AUD, BHD, CAD"
REFUSED = {
    "a cost": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1 CNY {2 USD}\n  Equity:Capital\n', [
        "a.beancount, line 4, column 16: a cost or a price, which the ledger does not hold; expected an amount of money alone; got 1 CNY {2 USD}"]),
    "a price": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1 CNY @@ 2 USD\n  Equity:Capital\n', [
        "a.beancount, line 4, column 16: a cost or a price, which the ledger does not hold"]),
    "a commodity, once for all its uses": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1 HOOL\n  Equity:Capital  -1 HOOL\n', [
        "a.beancount, line 4, column 16: the commodity 'HOOL' is no currency of the ledger" + MONEY]),
    "too many decimals": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1.001 CNY\n  Equity:Capital\n', [
        "a.beancount, line 4, column 16: 3 decimals; expected at most 2 decimals in CNY; got 1.001 CNY"]),
    "half a yen": ("a.journal", "2024-01-02\n  assets:cash  0.5 JPY\n  equity\n", ["a.journal, line 2, column 16: 1 decimals; expected at most 0 decimals in JPY"]),
    "too much": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  99999999999999999 CNY\n  Equity:Capital\n', [
        "a.beancount, line 4, column 16: amount too large; expected at most 90,000,000,000,000.00"]),
    "no balance": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1.00 CNY\n  Equity:Capital  -0.99 CNY\n', [
        "a.beancount, line 3, column 1: the transaction does not balance; expected 0.00 CNY; got 0.01 CNY"]),
    "within a tolerance that is none": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  10.1 CNY\n  Equity:Capital  -10.15 CNY\n', [
        "a.beancount, line 3, column 1: the transaction does not balance; expected 0.00 CNY; got -0.05 CNY"]),
    "left out and rounded": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  10.1 CNY\n  Assets:Cash  0.02 CNY\n  Equity:Capital\n', [
        "a.beancount, line 6, column 3: an amount left out that beancount would round; expected the amount itself; got -10.12 CNY"]),
    "a false claim": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  1 CNY\n  Equity:Capital\n2024-01-03 balance Assets:Cash  2 CNY\n', [
        "a.beancount, line 6, column 20: the balance of Assets:Cash is claimed and not so; expected 2.00 CNY; got 1.00 CNY"]),
    "two without amounts": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash\n  Equity:Capital\n', [
        "a.beancount, line 5, column 3: more than one posting without an amount; expected at most one in a transaction; got 2"]),
    "not open": ("a.beancount", OPEN + '2023-01-02 * "x"\n  Assets:Cash  1 CNY\n  Assets:Bank\n2024-02-01 close Assets:Gone\n', [
        "a.beancount, line 3, column 1: Assets:Cash is not open on that day; expected from 2024-01-01 to 9999-12-31; got 2023-01-02",
        "a.beancount, line 3, column 1: an account that is never opened; expected an open directive; got Assets:Bank",
        "a.beancount, line 6, column 18: an account closed that is never opened; expected one open directive, and one close after it; got Assets:Gone"]),
    "opened twice, and not an account": ("a.beancount", OPEN + "2024-01-01 open Assets:Cash\n2024-01-01 open Cash\n", [
        "a.beancount, line 3, column 17: an account opened twice; expected one open for each account; got Assets:Cash",
        "a.beancount, line 4, column 17: not an account; expected a name below Assets, Liabilities, Equity, Income, Expenses; got Cash"]),
    "another currency": ("a.beancount", "2024-01-01 open Assets:Cash CNY,JPY\n2024-01-01 open Equity:Capital\n" '2024-01-02 * "x"\n  Assets:Cash  1 USD\n  Equity:Capital\n', [
        "a.beancount, line 4, column 3: Assets:Cash may not hold this currency; expected CNY or JPY; got USD"]),
    "sums to work out": ("a.beancount", OPEN + '2024-01-02 * "x"\n  Assets:Cash  (1+1) CNY\n  Equity:Capital\n', [
        "a.beancount, line 4, column 16: not an amount in plain digits; expected an amount such as 1,000.00 CNY; got (1+1) CNY"]),
    "an idle pad": ("a.beancount", OPEN + "2024-01-02 pad Assets:Cash Equity:Capital\n2024-01-03 pad Assets:Cash\n", [
        "a.beancount, line 3, column 16: a pad that fills nothing; expected a balance after it that needs it; got Assets:Cash",
        "a.beancount, line 4, column 16: not a pad; expected an account and where its balance came from; got Assets:Cash"]),
    "not beancount": ("a.beancount", "hello\n2024-02-30 open Assets:Cash\n2024-01-01 jump Assets:Cash\n2024-01-01 balance Assets:Cash\n\n  Assets:Cash 1 CNY\n"
        '2024-01-01 * "x"\n  cash 1 CNY\n', [
        "a.beancount, line 1, column 1: not a directive; expected a day and a directive, or an option; got hello",
        "a.beancount, line 2, column 1: not a day; expected a day of the calendar; got 2024-02-30",
        "a.beancount, line 3, column 1: an unknown directive; expected open, close, balance, pad or a transaction; got jump",
        "a.beancount, line 4, column 20: not a balance; expected an account and an amount such as 1,000.00 CNY; got Assets:Cash",
        "a.beancount, line 6, column 1: an indented line below nothing; expected a transaction above it; got Assets:Cash 1 CNY",
        "a.beancount, line 8, column 1: not a posting; expected an account and an amount; got cash 1 CNY"]),
    "what changes the rest": ("a.beancount", 'plugin "beancount.plugins.split_expenses" "x"\noption "name_assets" "Vermoegen"\n', [
        "a.beancount, line 1, column 1: a plugin may change what the file says; expected the entries themselves; got beancount.plugins.split_expenses; let beancount print",
        "a.beancount, line 2, column 1: kinds of accounts under other names; expected Assets, Liabilities, Equity, Income, Expenses; got name_assets Vermoegen"]),
    "other files": ("a.beancount", 'include "a.beancount"\ninclude "gone.beancount"\n', [
        "a.beancount, line 1, column 1: a file includes itself; got a.beancount",
        "a.beancount, line 2, column 1: the file gone.beancount cannot be read; expected a file that is there; got No such file"]),
    "a role of another kind": ("a.beancount", '2024-01-01 open Assets:Cash\n  role: "capital"\n2024-01-01 open Equity:Capital\n  role: "nothing"\n'
        '2024-01-01 open Assets:Due\n  role: "due_from"\n  counterparty: "G"\n2024-01-02 * "x"\n  Assets:Cash  1 CNY\n  Assets:Due  1 CNY\n  Equity:Capital\n', [
        "a.beancount, line 1, column 17: Assets:Cash has a role of another kind; expected equity; got capital",
        "a.beancount, line 3, column 17: Equity:Capital has an unknown role; expected a role of roles.csv; got nothing",
        "a.beancount, line 5, column 17: Assets:Due stands between the book and itself; expected another party; got G"]),
    "nothing at all": ("a.beancount", OPEN, ["a.beancount: nothing stands in these books; expected entries; got none"]),
    "not text": ("a.journal", "2024-01-01\n  \udcff", ["a.journal, line 2, column 1: not UTF-8 text; expected UTF-8; got byte 0xff"]),
    "a sign": ("a.journal", "2024-01-02\n  assets:cash  $1\n  equity  $-1\n", [
        "a.journal, line 2, column 16: the commodity '$' is no currency of the ledger" + MONEY, "say which currency it is: --commodity '$=CNY'"]),
    "no sign": ("a.journal", "2024-01-02\n  assets:cash  1\n  equity\n", ["a.journal, line 2, column 16: an amount without a currency" + MONEY, "--commodity '=CNY'"]),
    "two signs": ("a.journal", "2024-01-02\n  assets:cash  1 USD\n  equity  $-1\n", ["a.journal, line 3, column 11: $ and USD are two commodities, not one currency; expected one way to write USD; got $"]),
    "a lot": ("a.journal", "2024-01-02\n  assets:cash  1 CNY {$5}\n  equity\n", [
        "a.journal, line 2, column 16: a cost, a price or a lot, which the ledger does not hold; expected an amount of money alone; got 1 CNY {$5}"]),
    "virtual postings": ("a.journal", "2024-01-02\n  (assets:cash)  1 CNY\n  [equity]  1 CNY\n", [
        "a.journal, line 2, column 3: a virtual posting, which need not balance; expected a real posting; got (assets:cash)  1 CNY",
        "a.journal, line 3, column 3: a virtual posting, which need not balance"]),
    "rules that make things up": ("a.journal", "~ monthly\n  assets:cash  1 CNY\n  equity\n= assets\n  (x)  *1\nalias a=b\napply account x\n", [
        "a.journal, line 1, column 1: a periodic rule, which makes entries up, is not read; expected the entries themselves; got ~ monthly; let hledger print the journal",
        "a.journal, line 4, column 1: an auto posting rule, which makes postings up, is not read", "a.journal, line 6, column 1: an alias", "a.journal, line 7, column 1: a block that changes what stands in it, is not read"]),
    "days of their own": ("a.journal", "2024-01-02 x  ; date:2024-01-05\n  assets:cash  1 CNY  ; [2024-01-03]\n  equity\n", [
        "a.journal, line 2, column 3: a posting with a day of its own; expected the day of its transaction; got [2024-01-03]",
        "a.journal, line 1, column 1: a transaction with a second day for its postings"]),
    "no day": ("a.journal", "1/2 x\n  assets:cash  1 CNY\n  equity\n15.03.2006 x\n99999999999-01-01 x\n2024-13-01 x\n", [
        "a.journal, line 1, column 1: a day without a year; expected a day such as 2024-05-17, or a directive Y2024 above; got 1/2",
        "a.journal, line 4, column 1: not a day; expected a day such as 2024-05-17; got 15.03.2006",
        "a.journal, line 5, column 1: not a day; expected a day of the calendar; got 99999999999-01-01", "a.journal, line 6, column 1: not a day"]),
    "read in two ways": ("a.journal", "2024-01-02\n  assets:cash  1,000 CNY\n  equity\n", [
        "a.journal, line 2, column 16: an amount that can be read in two ways; expected a directive that says which mark is the decimal mark, such as: decimal-mark .; got 1,000"]),
    "not hledger": ("a.journal", "hello there\n  x\n\n  y\n2024-01-02\n  assets:cash  one\n  equity  1 CNY x\n", [
        "a.journal, line 1, column 1: not a directive; expected a day and a transaction, or a directive of the journal format; got hello there",
        "a.journal, line 4, column 1: an indented line below nothing; expected a transaction above it; got y",
        "a.journal, line 6, column 16: not an amount in plain digits; expected an amount such as 1000.00 CNY; got one",
        "a.journal, line 7, column 11: not an amount in plain digits"]),
    "an account of no kind": ("a.journal", "2024-01-02\n  现金  1 CNY\n  equity\n", [
        "a.journal, line 1, column 1: an account of an unknown kind; expected a declaration such as: account 现金  ; type:A (A L E R X for asset, liability"]),
    "false claims": ("a.journal", "2024-01-02\n  assets:a:b  1 CNY = 2 CNY\n  assets:a  1 USD == 0 CNY\n  equity\n2024-01-03\n  assets:a  0 CNY =* 3 CNY\n", [
        "a.journal, line 2, column 15: the balance of assets:a:b is claimed and not so; expected 2.00 CNY; got 1.00 CNY",
        "a.journal, line 3, column 13: assets:a is claimed to hold CNY alone and does not; expected 0.00 USD; got 1.00 USD",
        "a.journal, line 6, column 13: the balance of assets:a is claimed and not so; expected 3.00 CNY; got 1.00 CNY"]),
    "a price that hledger would guess": ("a.journal", "2024-01-02\n  assets:a  1 CNY\n  equity  -2 USD\n", [
        "a.journal, line 1, column 1: the transaction does not balance; expected 0.00 CNY; got 1.00 CNY", "expected 0.00 USD; got -2.00 USD"]),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_the_ledger_cannot_hold_is_refused(why: str, tmp_path: Path) -> None:
    name, text, sentences = REFUSED[why]
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Refused) as no:
        read_opening(tmp_path / name, "G", None, {"$": "USD"} if why == "two signs" else None)
    said = str(no.value)
    assert [sentence for sentence in sentences if sentence not in said] == [], said
    assert len(no.value.refusals) <= len(sentences), said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"gone.journal: there is no such file; expected a beancount or hledger journal"):
        read_opening(tmp_path / "gone.journal", "G")


def test_doubt_about_one_amount_casts_none_on_others(tmp_path: Path) -> None:
    """A posting that cannot be read leaves its account unsure: of that one nothing is claimed any more, of others it is."""
    text = OPEN + (
        '2024-01-02 * "x"\n  Assets:Cash  1 HOOL\n  Equity:Capital\n2024-01-03 balance Assets:Cash 5 CNY\n2024-01-03 pad Equity:Capital Assets:Cash\n'
        "2024-01-04 balance Equity:Capital 1 HOOL\n2024-01-01 open Income:Fees\n2024-01-04 balance Income:Fees 1 CNY\n"
    )
    with pytest.raises(Refused) as no:
        read_opening(journal(tmp_path, "a.beancount", text), "G")
    assert [refusal.where for refusal in no.value.refusals] == [
        "a.beancount, line 4, column 16",
        "a.beancount, line 10, column 20",
    ]


ASSIGNED = """\
D 1.000,00 CNY
Y2024
1/2 set
  assets:bank  = 1.500,25
  equity
1/3 all
  assets:bank:usd  USD -3 == -3 USD
  assets:other  +7 USD
  income:x
1/4 sweep
  income  ==* 0
  equity
commodity 1,000. JPY
Y2025
2-1 ! new
  * assets:bank  1,000 JPY =* JPY 1,000
  equity
"""


def test_balances_that_are_set_and_marks_that_are_declared(tmp_path: Path) -> None:
    path = journal(tmp_path, "a.journal", ASSIGNED)
    opening, opinion = read_opening(path, "G"), says(path)
    assert opinion.faults == []
    assert dict(opening.balances) == opinion.balances
    assert opening.balances["equity", "CNY"] == -1500_25
    assert opening.balances["income", "USD"] == 4_00


# Journals made up at random: our reader and the program itself take the same ones, and come to the same.

STRICTER = ("decimals", "would round", "does not balance")
"""Where a program lets a remainder pass, we do not."""


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("to", WRITERS)
def test_a_journal_at_random(to: str, seed: int, tmp_path: Path) -> None:
    agreed(to, seed, tmp_path)


@pytest.mark.drill
@pytest.mark.parametrize("to", WRITERS)
def test_many_journals_at_random(to: str, tmp_path: Path) -> None:
    said = Counter(agreed(to, seed, tmp_path) for seed in range(100, 1100))
    print(to, dict(said))
    assert min(said["accepted"], said["refused"]) > 50


def agreed(to: str, seed: int, folder: Path) -> str:
    """What both say of the journal of this seed."""
    text = (beancount_at_random if to == "beancount" else hledger_at_random)(seed)
    path = journal(folder, f"{seed}.{ENDS[to]}", text)
    opinion, refusals = says(path), refused(path)
    if not refusals:
        assert opinion.faults == [], text
        assert dict(read_opening(path, "G").balances) == opinion.balances, text
        return "accepted"
    if not opinion.faults:
        empty = not opinion.balances and refusals[0].what == "nothing stands in these books"
        assert empty or all(any(word in refusal.what for word in STRICTER) for refusal in refusals), (
            f"{text}\n{refusals}"
        )
    return "refused"


# Journals nobody here wrote.

TABLE = {
    row[0].strip("`"): row[1:]
    for line in (ROOT / "docs" / "second-opinion.md").read_text(encoding="utf-8").splitlines()
    if (row := [cell.strip() for cell in line.strip("|").split("|")]) and line.startswith("| `")
}
"""What docs/second-opinion.md says of each: what the program itself says, and what became of it here."""
needs_ledgers = pytest.mark.skipif(
    not LEDGERS.is_dir(), reason=f"the folder of journals {LEDGERS} is not here; name it in GONGJI_LEDGERS"
)


def found(name: str) -> Path:
    (path,) = LEDGERS.glob(f"*/{name}")
    return path


@needs_ledgers
def test_every_journal_is_in_the_table() -> None:
    assert {path.name for kind in WRITERS for path in (LEDGERS / kind).iterdir()} == TABLE.keys()


@needs_ledgers
@pytest.mark.parametrize("name", TABLE)
def test_what_becomes_of_a_journal(name: str) -> None:
    assert here(found(name)) == TABLE[name][1]


@needs_ledgers
@pytest.mark.parametrize("name", TABLE)
def test_what_the_program_itself_says_of_a_journal(name: str) -> None:
    opinion = says(found(name), SIGNS)
    assert ("refuses it" if opinion.faults else "accepts it") == TABLE[name][0]
    if TABLE[name][1].startswith("imported"):
        opening = read_opening(found(name), "G", None, SIGNS)
        assert dict(opening.balances) == opinion.balances
        assert (opening.lived.transactions, opening.lived.postings) == (opinion.transactions, opinion.postings)


@needs_ledgers
@pytest.mark.parametrize("name", TABLE)
def test_what_is_left_when_all_that_is_refused_is_cut_out(name: str, tmp_path: Path) -> None:
    """The refusals name every line in the way: without those the journal is taken, and stands where its program says."""
    path = tmp_path / name
    path.write_text(found(name).read_text(encoding="utf-8"), encoding="utf-8")
    while refusals := refused(path):
        lines = path.read_text(encoding="utf-8").split("\n")
        cut = set(in_the_way(refusals, lines))
        if not cut:
            assert [each.what for each in refusals] == ["nothing stands in these books"]
            return
        for number in cut:
            without_item(lines, number)
        path.write_text("\n".join(lines), encoding="utf-8")
    opening, opinion = read_opening(path, "G", None, SIGNS), says(path, SIGNS)
    assert [fault for fault in opinion.faults if "File does not exist" not in fault] == []  # documents are not books
    assert dict(opening.balances) == opinion.balances


def refused(path: Path) -> tuple[Refusal, ...]:
    try:
        read_opening(path, "G", None, SIGNS)
    except Refused as no:
        return no.refusals
    return ()


def in_the_way(refusals: Iterable[Refusal], lines: list[str]) -> Iterator[int]:
    """The lines that refusals name; of a commodity, named once, all that use it."""
    for refusal in refusals:
        if strange := re.match(r"the commodity '(.+)' is no currency", refusal.what):
            yield from (number for number, line in enumerate(lines) if strange[1] in line and line[:1] != "P")
        elif named_line := re.search(r", line (\d+)", refusal.where):
            yield int(named_line[1]) - 1


def without_item(lines: list[str], number: int) -> None:
    """Blank the line at the margin that this one belongs to, and all that belongs to it."""
    while number and lines[number][:1] in (" ", "\t"):
        number -= 1
    lines[number] = ""
    while number + 1 < len(lines) and lines[number + 1][:1] in (" ", "\t"):
        number += 1
        lines[number] = ""


def here(path: Path) -> str:
    """What becomes of a journal here, as the table says it."""
    refusals = refused(path)
    if refusals:
        more = f", and {len(refusals) - 1} more" if len(refusals) > 1 else ""
        where = refusals[0].where.removeprefix(path.name).removeprefix(", ")
        return f"refused: {where + ': ' if where else ''}{refusals[0].what}{more}"
    lived = read_opening(path, "G", None, SIGNS).lived
    return f"imported: {lived.transactions} transactions, {lived.postings} postings"


# As commands.


def test_out_and_in_from_the_command_line(gongji: Callable[..., Any], conn: Any, tmp_path: Path) -> None:
    path = old_hledger(tmp_path)
    words = ("books", "import", path, "--book", "G", "--on", "2023-12-31", "--commodity", "¥=CNY")
    dry = gongji(*words, "--dry-run")
    assert (dry.code, "dry run: nothing was kept" in dry.err) == (0, True), dry.err
    done = gongji(*words, "--json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert (document["outcome"], document["transactions"], document["later"], document["lines"]) == ("created", 3, 1, 3)
    assert {"account": "资产:银行存款", "currency": "CNY", "balance": "1030.50"} in document["balances"]
    again = gongji("--lang", "zh", *words)
    assert (again.code, "此前已导入，未过账" in again.out, "1,030.50" in again.out) == (0, True, True)
    other = gongji(*words, "--accounts", journal(tmp_path, "map.csv", "account,role,counterparty\n实收资本,capital,\n"))
    assert (other.code, "the book was opened with something else" in other.err) == (5, True)

    for to, end in ENDS.items():
        out = gongji("books", "export", "G", "--to", to, "--out", f"g.{end}", "--json")
        assert out.code == 0, out.err
        document = json.loads(out.out)
        assert document["sha256"] == sha256((tmp_path / f"g.{end}").read_bytes()).hexdigest()
        assert (document["first"], document["last"], document["accounts"]) == ("2023-12-31", "2023-12-31", 4)
        assert gongji("books", "export", "G", "--to", to).out == (tmp_path / f"g.{end}").read_text(encoding="utf-8")
        assert says(tmp_path / f"g.{end}").faults == []
    nowhere = gongji("books", "export", "G", "--out", "gone/g.beancount")
    assert (
        nowhere.code,
        "gone/g.beancount: cannot be written; expected a file in a folder that is there" in nowhere.err,
    ) == (1, True)
    quarter = gongji("books", "export", "G", "2024Q1", "--out", "q.beancount")
    assert (quarter.code, "wrote q.beancount, SHA-256 " in quarter.out) == (0, True), quarter.err
    assert says(tmp_path / "q.beancount")[:2] == ([], 1)


@pytest.mark.parametrize(
    ("words", "code", "says_so"),
    [
        ("export nobody", 4, "there is no book 'nobody'"),
        ("export G --json", 2, "name a file"),
        ("export G 2024", 3, "not a period of this ledger"),
        ("import gone.journal --book G", 4, "gone.journal: there is no such file"),
        (
            "import bad.journal --book G",
            3,
            "bad.journal, line 2, column 16: the commodity '$' is no currency of the ledger",
        ),
        ("import bad.journal --book G --commodity $", 2, "is not SIGN=CURRENCY"),
        ("import bad.journal --book G --on yesterday", 2, "is not a day such as 2023-12-31"),
    ],
)
def test_what_commands_refuse(gongji: Callable[..., Any], tmp_path: Path, words: str, code: int, says_so: str) -> None:
    journal(tmp_path, "bad.journal", "2024-01-02\n  assets:cash  $1\n  equity\n")
    done = gongji("books", *words.split())
    assert (done.code, says_so in done.err) == (code, True), done.err
