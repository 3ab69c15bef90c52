"""`gongji books`: a book out to beancount or hledger for a second opinion, a journal in as opening books, charts of accounts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands.using import AsJson, DryRun, database_of, kept, page_of, say_dry

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.plaintext.opening import Opening
    from views.page import Page

books_app = typer.Typer(
    help="Books out and in as plain text. Example: gongji books export NAME --to beancount --out book.beancount",
    no_args_is_help=True,
)


@books_app.command("export")
def books_export(
    ctx: typer.Context,
    book: Annotated[str, typer.Argument(help="The party whose book it is.")],
    period: Annotated[str | None, typer.Argument(help="One period; everything to date otherwise.")] = None,
    to: Annotated[Literal["beancount", "hledger"], typer.Option(help="The program that is to read it.")] = "beancount",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it; the screen otherwise.")] = None,
    as_json: AsJson = False,
) -> None:
    """A book for a second opinion: accounts, opening balances, vouchers, closing balances to be checked.

    Example: gongji books export "Example Guarantee" 2024Q1 --to hledger --out q1.journal
    """
    from ledger.charts import charts_of, codes
    from ledger.journals import book_days, vouchers
    from ledger.plaintext.beancount_writer import beancount_lines
    from ledger.plaintext.hledger_writer import hledger_lines

    if as_json and out is None:
        raise typer.BadParameter("the text and the document cannot both be printed; name a file", param_hint="--out")
    page, lines = page_of(ctx, as_json), beancount_lines if to == "beancount" else hledger_lines
    with database_of(ctx) as conn, conn.transaction():
        conn.execute(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        )  # balances and vouchers of one moment
        days = book_days(conn, book, *_days(conn, period))
        digest = _write(lines(days, vouchers(conn, days), codes(charts_of(conn, days.last)[book])), out)
    if out is not None:
        page.line(page.say(f"已写入 {out}，SHA-256 {digest}", f"wrote {out}, SHA-256 {digest}"))
    said = {"book": book, "first": days.first, "last": days.last, "accounts": len(days.accounts)}
    page.document({**said, "to": to, "file": str(out), "sha256": digest})


@books_app.command("import")
def books_import(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A beancount journal (.beancount) or an hledger one.")],
    name: Annotated[str, typer.Option("--book", help="The party whose book is opened.")],
    on: Annotated[
        str | None, typer.Option(help="Balances at the end of this day, posted on it; of the last entry otherwise.")
    ] = None,
    commodity: Annotated[
        list[str] | None, typer.Option(help="What a sign stands for: '$=USD'; '=CNY' for amounts without any.")
    ] = None,
    accounts: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="account,role,counterparty: what accounts become here.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Open a book with the balances of a journal; the same file again posts nothing.

    Example: gongji books import old.journal --book "Example Guarantee" --on 2023-12-31 --commodity '¥=CNY'
    """
    from ledger.plaintext.mapping import read_mapping
    from ledger.plaintext.opening import open_books, read_opening
    from ledger.transaction import transact

    page, symbols = page_of(ctx, as_json), dict(_pair(each) for each in commodity or [])
    opening = read_opening(file, name, _day(on), symbols, read_mapping(accounts) if accounts else ())
    with database_of(ctx) as conn, kept(conn, dry_run):
        outcome = transact(conn, lambda: open_books(conn, opening, ctx.obj.actor))
    _opened(page, opening, outcome)
    say_dry(page, dry_run)


@books_app.command("chart")
def books_chart(
    ctx: typer.Context,
    book: Annotated[
        str | None, typer.Argument(help="The party whose book it is; without it, every book's chart.")
    ] = None,
    use: Annotated[str | None, typer.Option(help="The chart of accounts from now on.")] = None,
    since: Annotated[str | None, typer.Option(help="The first period shown under it.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Which chart of accounts a book is shown under; older periods keep theirs.

    Example: gongji books chart "Example Guarantee" --use cas25-2020 --since 2026Q1
    """
    from ledger.charts import charts_of, use_chart
    from ledger.transaction import transact

    page = page_of(ctx, as_json)
    if (use is None) != (since is None) or (use and not book):
        raise typer.BadParameter("a book, --use and --since are said together", param_hint="--use")
    with database_of(ctx) as conn, kept(conn, dry_run):
        day = _days(conn, since)[0] if since else date.max
        if book and use:
            transact(conn, lambda: use_chart(conn, book, use, day, ctx.obj.actor))
        found = charts_of(conn, day)
    shown = {each: chart for each, chart in sorted(found.items()) if book in (None, each)}
    columns = [page.say("账簿", "book"), page.say("科目表", "chart")]
    page.table(page.say("科目表", "Charts of accounts"), columns, shown.items())
    page.document({"charts": shown, "since": since})
    say_dry(page, dry_run)


def _write(lines: Iterable[str], out: Path | None) -> str:
    """Write all or nothing, for a file that breaks off would look like a smaller book; its SHA-256."""
    digest = sha256()
    if out is None:
        for text in lines:
            digest.update(text.encode())
            sys.stdout.write(text)
        return digest.hexdigest()
    from ledger.faults import Failed, Refusal

    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("wb") as file:
            for text in lines:
                digest.update(text.encode())
                file.write(text.encode())
        beside.replace(out)
    except OSError as error:
        expected = "a file in a folder that is there and may be written to"
        raise Failed(Refusal(str(out), "cannot be written", expected, error.strerror or "")) from error
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def _opened(page: Page, opening: Opening, outcome: str) -> None:
    from ledger.money import plain_amount, show_amount

    lived, balances = opening.lived, opening.balances
    columns = [page.say(*pair) for pair in (("科目", "account"), ("币种", "cur."), ("余额", "balance"))]
    rows = [(name, currency, show_amount(minor, currency)) for (name, currency), minor in balances.items()]
    page.table(
        page.say(f"{opening.book} {opening.on} 期初余额", f"{opening.book}, opening balances {opening.on}"),
        columns,
        rows,
        numbers=1,
    )
    page.line(
        page.say(
            f"{lived.transactions:,} 笔交易，{lived.postings:,} 条分录，{lived.claims:,} 项余额核对无误；"
            + ("此前已导入，未过账" if outcome == "same" else f"已过账 {len(opening.unit.lines):,} 行"),
            f"{lived.transactions:,} transactions, {lived.postings:,} postings, {lived.claims:,} balances held; "
            + ("known before, nothing posted" if outcome == "same" else f"{len(opening.unit.lines):,} lines posted"),
        )
    )
    page.document(
        {
            "book": opening.book,
            "on": opening.on,
            "outcome": outcome,
            "files": [file._asdict() for file in opening.files],
            "transactions": lived.transactions,
            "postings": lived.postings,
            "balances_held": lived.claims,
            "later": lived.later,
            "left_out": dict(opening.left_out),
            "lines": len(opening.unit.lines),
            "balances": [
                {"account": name, "currency": currency, "balance": plain_amount(minor, currency)}
                for (name, currency), minor in balances.items()
            ],
        }
    )


def _days(conn: Connection[Any], period: str | None) -> tuple[date, date]:
    """The first and last day of a period of this ledger; of all days where none is named."""
    from ledger.periods import parse_period

    if period is None:
        return date.min, date.max
    (unit,) = conn.execute("SELECT unit FROM ledger.calendar").fetchone() or ("quarter",)
    which = parse_period(period, unit)
    return which.first, which.last


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2023-12-31", param_hint="--on") from None


def _pair(word: str) -> tuple[str, str]:
    sign, equals, currency = word.partition("=")
    if not equals:
        raise typer.BadParameter(f"{word!r} is not SIGN=CURRENCY", param_hint="--commodity")
    return sign, currency
