"""Vouchers by hand, and what accounts stood at: for entries no event of a product makes, and for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.using import AsJson, DryRun, database_of, kept, page_of, say_dry
from ledger.batch import Item, Resolution, Reversal
from ledger.faults import Conflict, NotAllowed, NotFound, PeriodClosed, Refusal, Refused
from views.page import Page

if TYPE_CHECKING:
    from psycopg import Connection

voucher_app = typer.Typer(help="Vouchers by hand. Example: gongji voucher show EVENT", no_args_is_help=True)

On = Annotated[str | None, typer.Option("--on", help="The day it is booked; today otherwise.")]
Key = Annotated[str | None, typer.Option("--key", help="The key of this entry; made of the other one's otherwise.")]

ENDINGS = {"post": "posted", "void": "voided", "expire": "expired"}


@voucher_app.command("post")
def voucher_post(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV: key, kind, on, book, debit, credit, amount and more.")],
    each: Annotated[bool, typer.Option("--each", help="Each key on its own; all or none otherwise.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Post the vouchers of a file, all or none. Example: gongji voucher post accruals.csv"""
    from ledger.voucher_file import read_vouchers

    if not file.is_file():
        raise NotFound(Refusal(str(file), "there is no such file", "a CSV file of vouchers", str(file)))
    items = read_vouchers(file)
    _post(ctx, page_of(ctx, as_json), lambda _: items, dry_run, each)


@voucher_app.command("reverse")
def voucher_reverse(
    ctx: typer.Context,
    of: Annotated[str, typer.Argument(help="The key of what is undone, in all its books.")],
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Undo what was posted by hand, once. Example: gongji voucher reverse ACCRUAL-7 --on 2024-06-30"""
    from riskshare.settling import is_payment

    item = Reversal(key or f"{of}:reversal", of, _day("--on", on) or date.today())

    def asked(conn: Connection[Any]) -> Sequence[Item]:
        if is_payment(conn, of):  # the debts it paid would stay paid: nobody could pay them again
            what, advice = "it is a payment between parties", "record what came back as an event of its own"
            raise NotAllowed(Refusal(of, what, "an event that is not a settlement", of, advice))
        return [item]

    _post(ctx, page_of(ctx, as_json), asked, dry_run)


@voucher_app.command("resolve")
def voucher_resolve(
    ctx: typer.Context,
    of: Annotated[str, typer.Argument(help="The key of the reservation.")],
    how: Annotated[str, typer.Argument(help="post, void or expire.")],
    amounts: Annotated[
        list[str] | None, typer.Option("--amount", help="What is posted of each line, in their order; all otherwise.")
    ] = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a reservation: post it, whole or in part, or let it go. Example: gongji voucher resolve GRANT-3 post"""
    from ledger.money import AmountError, parse_amount
    from ledger.vouchers import vouchers

    if how not in ENDINGS:
        raise typer.BadParameter(f"{how!r} is not one of {', '.join(ENDINGS)}", param_hint="HOW")
    day = _day("--on", on) or date.today()

    def asked(conn: Connection[Any]) -> Sequence[Item]:
        currency = next((line.currency for each in vouchers(conn, of) for line in each.lines), "CNY")
        try:
            given = tuple(parse_amount(text, currency) for text in amounts) if amounts else None
        except AmountError as error:
            raise Refused(Refusal("--amount", str(error), error.expected, " ".join(amounts or ()))) from error
        return [Resolution(key or f"{of}:{ENDINGS[how]}", of, how, day, given)]  # type: ignore[arg-type]

    _post(ctx, page_of(ctx, as_json), asked, dry_run)


@voucher_app.command("show")
def voucher_show(ctx: typer.Context, key: str, as_json: AsJson = False) -> None:
    """What stands under a key, in every book. Example: gongji voucher show ACCRUAL-7"""
    from ledger.vouchers import refusal, vouchers
    from views.vouchers import shown

    with database_of(ctx) as conn:
        found, refused = vouchers(conn, key), refusal(conn, key)
    if not found and refused is None:
        raise NotFound(Refusal("ledger", "nothing stands under this key", "the key of an event", key))
    shown(page_of(ctx, as_json), key, found, refused)


def account_statement(
    ctx: typer.Context,
    book: Annotated[str, typer.Argument(help="The name of a party.")],
    role: Annotated[str, typer.Argument(help="What the account is for: cash, claim_recv, due_to ...")],
    other: Annotated[str | None, typer.Option("--with", help="The other party, where the account has one.")] = None,
    currency: Annotated[str, typer.Option(help="The currency.")] = "CNY",
    first: Annotated[str | None, typer.Option("--from", help="The first day; the beginning otherwise.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day; today otherwise.")] = None,
    as_json: AsJson = False,
) -> None:
    """The entries of an account, with its balance. Example: gongji report account "Jinhui Guarantee" claim_recv"""
    from ledger.balances import statement
    from views.vouchers import statement as show

    key = (book, role, other, currency)
    begin, end = _day("--from", first) or date.min, _day("--to", last) or date.today()
    with database_of(ctx) as conn:
        show(page_of(ctx, as_json), key, statement(conn, key, begin, end))


def balances(
    ctx: typer.Context,
    on: Annotated[str | None, typer.Option("--on", help="As of the evening of this day; today otherwise.")] = None,
    book: Annotated[str | None, typer.Option(help="One party's book; all otherwise.")] = None,
    known: Annotated[
        list[str] | None, typer.Option("--known", help="BOOK=NUMBER: as it was known at this voucher of the book.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What every account stood at on a day. Example: gongji report balances --on 2024-03-31 --known Bank=120"""
    from ledger.balances import balances_as_of
    from views.vouchers import balances as show

    day, numbers = _day("--on", on) or date.today(), dict(map(_known, known or ()))
    with database_of(ctx) as conn:
        show(page_of(ctx, as_json), day, balances_as_of(conn, day, book, numbers or None))


def _post(
    ctx: typer.Context,
    page: Page,
    asked: Callable[[Connection[Any]], Sequence[Item]],
    dry_run: bool,
    each: bool = False,
) -> None:
    from ledger.posting import post
    from ledger.transaction import transact
    from views.vouchers import outcomes

    with database_of(ctx) as conn, kept(conn, dry_run):
        items = asked(conn)
        found = transact(conn, lambda: post(conn, items, ctx.obj.actor, together=not each))
    refused = [(item.key, outcome) for item, outcome in zip(items, found, strict=True) if outcome not in GOOD]
    if refused and not each:
        raise _kind_of(refused)(
            *(Refusal(f"item {key}", "it was not posted", "created", said) for key, said in refused)
        )
    outcomes(page, [(item.key, outcome) for item, outcome in zip(items, found, strict=True)])
    say_dry(page, dry_run)
    if refused:
        raise typer.Exit(6)


GOOD = ("created", "same")
KINDS: dict[str, type[Refused]] = {
    "conflict": Conflict,
    "period_closed": PeriodClosed,
    "limit": NotAllowed,
    "approval_needed": NotAllowed,
    "not_found": NotFound,
}


def _kind_of(refused: Sequence[tuple[str, str]]) -> type[Refused]:
    """How the command ends: by the first refusal that says why, not by those that fell with it."""
    told = [outcome for _, outcome in refused if outcome not in ("not_posted", "linked")]
    return KINDS.get(told[0].partition(":")[0], Refused) if told else Refused


def _day(option: str, text: str | None) -> date | None:
    from products.event_file import parse_day

    return parse_day(text, option) if text is not None else None


def _known(text: str) -> tuple[str, int]:
    book, equals, number = text.rpartition("=")
    if not equals or not number.isascii() or not number.isdigit():
        raise typer.BadParameter(f"{text!r} is not BOOK=NUMBER", param_hint="--known")
    return book, int(number)


def register(report_app: Any) -> None:
    """The readings among the other reports."""
    report_app.command("account")(account_statement)
    report_app.command("balances")(balances)
