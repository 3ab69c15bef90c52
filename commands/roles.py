"""`gongji role`, `gongji limit`, `gongji approve`: who may do what, up to how much, and what takes two persons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands.using import AsJson, database_of, page_of
from ledger.faults import NotFound, Refusal, Refused
from ledger.transaction import transact

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.roles import Answer, Limit, Proposal
    from views.page import Page

FINDINGS, NOT_ALLOWED = 6, 7

role_app = typer.Typer(
    help='Who may do what. Example: gongji role grant zhang poster --because "joined in May"', no_args_is_help=True
)
limit_app = typer.Typer(
    help='Limits of accounts. Example: gongji limit set Bureau budget --floor 0 --because "by law"',
    no_args_is_help=True,
)
approve_app = typer.Typer(help="What takes two persons. Example: gongji approve list", no_args_is_help=True)

Because = Annotated[str, typer.Option(help="Why; it is kept with the change.")]
Role = Literal["poster", "closer", "approver", "terms", "sealer", "reader", "party", "auditor"]
Authority = Literal["close", "limit", "terms", "grant", "override", "post"]
Books = Annotated[list[str] | None, typer.Option("--book", help="For a party: a book whose rows it sees.")]
May = Annotated[Authority | None, typer.Option("--may", help="For an approver (post: for a poster): what.")]
Currency = Annotated[str, typer.Option(help="The currency of the amounts.")]


@role_app.command("list")
def role_list(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Every login, its roles, its books and its authorities. Example: gongji role list"""
    from ledger.roles import logins

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        found = logins(conn)
    words = (("登录名", "login"), ("角色", "roles"), ("账簿", "books"), ("权限至", "may, up to"))
    held = {
        each.name: [f"{kind} {_up_to(amount, page)}" for kind, amount in each.authorities.items()] for each in found
    }
    rows = [(e.name, ", ".join(e.roles), ", ".join(e.books), "; ".join(held[e.name])) for e in found]
    page.table(page.say("谁可以做什么", "Who may do what"), [page.say(*each) for each in words], rows)
    if not found:
        page.line(page.say("尚无任何登录名有角色", "no login has a role"))
    page.document(
        {
            "logins": [
                {"login": e.name, "roles": e.roles, "books": e.books, "authorities": _minor(e.authorities)}
                for e in found
            ]
        }
    )


@role_app.command("grant")
def role_grant(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(help="A login of the database server.")],
    role: Annotated[Role, typer.Argument(help="What it may be.")],
    because: Because,
    book: Books = None,
    may: May = None,
    up_to: Annotated[str | None, typer.Option(help="With --may: the most it may approve, or post alone.")] = None,
    currency: Currency = "CNY",
    as_json: AsJson = False,
) -> None:
    """Give a login a role; with --book what a party sees, with --may --up-to what an approver may.

    Example: gongji role grant li approver --may limit --up-to 1,000,000.00 --because "head of risk"
    """
    from ledger.roles import grant_book, grant_role, set_authority

    _together(may, up_to)
    who, most = ctx.obj.actor, _amount(up_to, currency) if up_to else None
    changes: list[Callable[[Connection[Any]], Answer]] = [lambda conn: grant_role(conn, login, role, because, who)]
    for name in book or []:
        changes.append(lambda conn, name=name: grant_book(conn, login, name, because, who))  # type: ignore[misc]
    if may:
        changes.append(lambda conn: set_authority(conn, login, may, most, because, who))
    _carry_out(ctx, as_json, changes, f"{login}: {role}")


@role_app.command("revoke")
def role_revoke(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(help="A login of the database server.")],
    role: Annotated[Role, typer.Argument(help="What it may be no more.")],
    because: Because,
    book: Books = None,
    may: May = None,
    as_json: AsJson = False,
) -> None:
    """Take a role from a login; with --book or --may only that book or authority.

    Example: gongji role revoke li approver --because "left in June"
    """
    from ledger.roles import revoke_book, revoke_role, set_authority

    who = ctx.obj.actor
    changes: list[Callable[[Connection[Any]], Answer]] = [
        lambda conn, name=name: revoke_book(conn, login, name, because, who)  # type: ignore[misc]
        for name in book or []
    ]
    if may:
        changes.append(lambda conn: set_authority(conn, login, may, None, because, who))
    if not changes:
        changes.append(lambda conn: revoke_role(conn, login, role, because, who))
    _carry_out(ctx, as_json, changes, f"{login}: {role}")


@role_app.command("secure")
def role_secure(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Put roles, grants, row-level security and guards in force, as far as this login may. Example: gongji role secure"""
    from ledger.roles import findings, secure

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, conn.transaction():
        said = secure(conn)
        faults = [each for each in findings(conn) if not each.ok]
    for each in said:
        page.note(each)
    page.table(
        "",
        [page.say("项目", "what"), page.say("情况", "how it is"), page.say("建议", "advice")],
        [(each.what, each.where, each.advice) for each in faults],
    )
    if not faults:
        page.line(page.say("全部生效", "everything is in force"))
    page.document({"notes": said, "faults": [each._asdict() for each in faults]})
    if faults:
        raise typer.Exit(FINDINGS)


@limit_app.command("list")
def limit_list(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Every account that has a limit, and what it stands at. Example: gongji limit list"""
    from ledger.roles import limits

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        found = limits(conn)
    words = (
        ("账簿", "book"),
        ("科目", "account"),
        ("对方", "with"),
        ("下限", "floor"),
        ("余额", "balance"),
        ("上限", "ceiling"),
    )
    rows = [
        (e.book, f"{e.role} {e.currency}", e.counterparty or "", *(_shown(n, e.currency) for n in (e.floor, e.balance, e.ceiling)))
        for e in found
    ]  # fmt: skip
    page.table(page.say("限额", "Limits"), [page.say(*each) for each in words], rows, numbers=3)
    if not found:
        page.line(page.say("没有限额", "no account has a limit"))
    page.document({"limits": [_limit_document(each) for each in found]})


@limit_app.command("set")
def limit_set(
    ctx: typer.Context,
    book: Annotated[str, typer.Argument(help="The party whose book it is.")],
    account: Annotated[str, typer.Argument(help="The account's role, such as budget or exposure.")],
    because: Because,
    counterparty: Annotated[str | None, typer.Option("--with", help="For an account with another party.")] = None,
    floor: Annotated[str | None, typer.Option(help="The least it may stand at; none takes the floor away.")] = None,
    ceiling: Annotated[str | None, typer.Option(help="The most it may stand at; none takes it away.")] = None,
    currency: Currency = "CNY",
    as_json: AsJson = False,
) -> None:
    """Change what an account may stand at, reserved amounts counted; what is not said stays as it is.

    Example: gongji limit set "Example Guarantee" exposure --ceiling 50,000,000.00 --because "contract 2024-7"
    """
    from ledger.limits import set_limit
    from ledger.roles import Answer, floors, limits, propose_limit

    key = (book, account, counterparty, currency)

    def change(conn: Connection[Any]) -> Answer:
        now = next((each for each in limits(conn) if each[:4] == key), None)
        least = _bound(floor, now.floor if now else None, currency)
        most = _bound(ceiling, now.ceiling if now else None, currency)
        credit_floor, debit_floor = floors(account, least, most)
        outcome = set_limit(conn, key, credit_floor, debit_floor, because, ctx.obj.actor)
        if outcome == "below_used":
            what = "it stands beyond this limit already, what is reserved counted"
            raise Refused(Refusal(f"{book}/{account}/{currency}", what, "a limit that holds today"))
        number = propose_limit(conn, key, credit_floor, debit_floor, because) if outcome == "approval_needed" else None
        return Answer(outcome, number)

    _carry_out(ctx, as_json, [change], f"{book}/{account}/{currency}")


@approve_app.command("list")
def approve_list(
    ctx: typer.Context,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what nobody has approved yet.")] = False,
    as_json: AsJson = False,
) -> None:
    """What was proposed, by whom, and who has approved it. Example: gongji approve list --waiting"""
    from ledger.roles import proposals

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        found = proposals(conn, waiting=waiting)
    words = (
        ("号", "no"),
        ("事项", "kind"),
        ("对象", "subject"),
        ("理由", "because"),
        ("提出", "proposed by"),
        ("批准", "approved by"),
        ("金额", "amount"),
    )
    rows = [
        (e.number, e.kind, _subject(e), e.because, e.maker, (e.approver or "") + ("*" if e.carried_out else ""), _stake(e, page))
        for e in found
    ]  # fmt: skip
    page.table(
        page.say("提请（*：已执行）", "Proposals (*: carried out)"), [page.say(*w) for w in words], rows, numbers=1
    )
    if not found:
        page.line(page.say("没有提请", "nothing was proposed"))
    page.document({"proposals": [_proposal_document(each) for each in found]})


@approve_app.command("propose")
def approve_propose(
    ctx: typer.Context,
    kind: Annotated[Literal["close", "override", "terms"], typer.Argument(help="What another person must approve.")],
    subject: Annotated[str, typer.Argument(help="The period, the key of the posting, or the scheme.")],
    because: Because,
    amount: Annotated[str | None, typer.Option(help="Of an override: what it posts in a book.")] = None,
    currency: Currency = "CNY",
    as_json: AsJson = False,
) -> None:
    """Ask another person for a close, terms, or a posting above one's own limit; roles and limits ask by themselves.

    Example: gongji approve propose close 2024Q1 --because "all claims of the quarter are in"
    """
    from ledger.roles import propose

    if (kind == "override") != (amount is not None):
        raise typer.BadParameter("an override has an amount, the others have none", param_hint="--amount")
    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        named, contents = _of_kind(conn, kind, subject)
        stake = _amount(amount, currency) if amount else 0
        number = transact(conn, lambda: propose(conn, kind, named, stake, contents, because))
    _filed(page, number)
    page.document({"proposal": number})


@approve_app.command("give")
def approve_give(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of the proposal.")],
    as_json: AsJson = False,
) -> None:
    """Approve what another person proposed, as the login that is connected. Example: gongji approve give 7"""
    from ledger.roles import approve

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        transact(conn, lambda: approve(conn, number, ctx.obj.actor))
    page.line(page.say(f"提请 {number} 已批准", f"proposal {number} is approved"))
    page.document({"proposal": number, "outcome": "approved"})


def _carry_out(
    ctx: typer.Context, as_json: bool, changes: list[Callable[[Connection[Any]], Answer]], subject: str
) -> None:
    """All changes of one command together; what waits for another person is filed, and the rest is done."""
    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        answers = transact(conn, lambda: [change(conn) for change in changes])
    waiting = [answer.proposal for answer in answers if answer.proposal is not None]
    for number in waiting:
        _filed(page, number)
    if not waiting:
        done = any(answer.outcome == "set" for answer in answers)
        page.line(
            page.say(
                f"{subject}：{'已变更' if done else '原已如此'}", f"{subject}: {'done' if done else 'it is so already'}"
            )
        )
    outcome = "approval_needed" if waiting else "set" if any(a.outcome == "set" for a in answers) else "same"
    page.document({"subject": subject, "outcome": outcome, "proposals": waiting})
    if waiting:
        raise typer.Exit(NOT_ALLOWED)


def _filed(page: Page, number: int) -> None:
    page.line(
        page.say(
            f"提请 {number} 待他人批准：gongji approve give {number}，然后再执行一次",
            f"proposal {number} waits for another person: gongji approve give {number}; then run the command again",
        )
    )


def _of_kind(conn: Connection[Any], kind: str, subject: str) -> tuple[str, dict[str, Any]]:
    """What the database will look for: a period's number and last day, a scheme's id and digest."""
    if kind == "close":
        from ledger.periods import parse_period
        from riskshare.closing import calendar

        period = parse_period(subject, calendar(conn)[0])
        return str(period.number), {"through": period.last.isoformat()}
    if kind == "terms":
        from riskshare.adoption import check, library

        path = library().get(subject, Path(subject))
        if not path.is_file():
            raise NotFound(Refusal(subject, "no such scheme", "a file, or an id of gongji scheme list"))
        scheme = check(path)
        return scheme.id, {"digest": scheme.digest}
    return subject, {}


def _bound(text: str | None, now: int | None, currency: str) -> int | None:
    """What was said, or what holds now; the word none takes it away, and a limit may be below zero."""
    if text is None or text == "none":
        return now if text is None else None
    return -_amount(text[1:], currency) if text.startswith("-") else _amount(text, currency)


def _amount(text: str, currency: str) -> int:
    from ledger.money import AmountError, parse_amount

    try:
        return parse_amount(text, currency)
    except AmountError as error:
        raise Refused(Refusal("amount", str(error), error.expected, text)) from error


def _together(may: str | None, up_to: str | None) -> None:
    if (may is None) != (up_to is None):
        raise typer.BadParameter("--may and --up-to go together", param_hint="--may")


def _shown(minor: int | None, currency: str) -> str:
    from ledger.money import show_amount

    return "" if minor is None else show_amount(minor, currency)


def _up_to(minor: int | None, page: Page) -> str:
    return page.say("已取消", "taken away") if minor is None else _shown(minor, "CNY")


def _minor(amounts: Any) -> dict[str, str | None]:
    return {kind: None if amount is None else str(amount) for kind, amount in amounts.items()}


def _subject(proposal: Proposal) -> str:
    from ledger.periods import named

    return named(int(proposal.subject)) if proposal.kind == "close" else proposal.subject


def _stake(proposal: Proposal, page: Page) -> str:
    if proposal.amount == 2**63 - 1:
        return page.say("无限", "no limit")
    currency = proposal.subject.rsplit("/", 1)[-1] if proposal.kind == "limit" else "CNY"
    return _shown(proposal.amount, currency) if proposal.amount else ""


def _limit_document(each: Limit) -> dict[str, object]:
    amounts = {name: getattr(each, name) for name in ("floor", "ceiling", "balance")}
    return {**each._asdict(), **{name: None if n is None else str(n) for name, n in amounts.items()}}


def _proposal_document(each: Proposal) -> dict[str, object]:
    return {**each._asdict(), "amount": str(each.amount), "proposed_at": each.proposed_at.isoformat()}
