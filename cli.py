"""The command line: words become calls, results become tables or one JSON document. Heavy modules are imported late."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands.audit import audit_app
from commands.books import books_app
from commands.operations import backup, doctor, log_command, restore
from commands.roles import approve_app, limit_app, role_app
from commands.using import AsJson, DryRun, Settings, database_of, kept, page_of, say_dry
from commands.vouchers import register, voucher_app
from ledger.faults import Failed, NotFound, Refusal, Refused
from views.page import Page, refused

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.periods import Period
    from riskshare.terms import Scheme

DONE, FINDINGS, INTERRUPTED = 0, 6, 130


app = typer.Typer(
    name="gongji",
    help="Gongji 共济: the ledger and settlement engine of risk-sharing schemes. Try: gongji demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
scheme_app = typer.Typer(help="Scheme documents. Example: gongji scheme check my-scheme.toml", no_args_is_help=True)
import_app = typer.Typer(
    help="Files of events. Example: gongji import loans loans.csv --set scheme=ID", no_args_is_help=True
)
close_app = typer.Typer(help="Close periods. Example: gongji close run 2024Q1", no_args_is_help=True)
settle_app = typer.Typer(help="Pay what is owed. Example: gongji settle run 2024Q1", no_args_is_help=True)
report_app = typer.Typer(help="Reports. Example: gongji report trial-balance", no_args_is_help=True)
server_app = typer.Typer(help="The workspace's own PostgreSQL. Example: gongji server status", no_args_is_help=True)
for name, group in (
    ("scheme", scheme_app),
    ("import", import_app),
    ("close", close_app),
    ("settle", settle_app),
    ("report", report_app),
    ("server", server_app),
    ("voucher", voucher_app),
    ("books", books_app),
    ("audit", audit_app),
    ("role", role_app),
    ("limit", limit_app),
    ("approve", approve_app),
):
    app.add_typer(group, name=name)
register(report_app)
for command in (backup, restore, doctor):
    app.command()(command)


@app.callback()
def common(
    ctx: typer.Context,
    workspace: Annotated[Path, typer.Option(envvar="GONGJI_WORKSPACE", help="The folder the work is in.")] = Path(),
    database_url: Annotated[
        str | None,
        typer.Option(
            envvar="GONGJI_DATABASE_URL", help="A PostgreSQL 15 or newer to use instead of the workspace's own."
        ),
    ] = None,
    lang: Annotated[str, typer.Option(envvar="GONGJI_LANG", help="zh or en.")] = "en",
    actor: Annotated[
        str | None, typer.Option(envvar="GONGJI_ACTOR", help="Who acts; the system's user otherwise.")
    ] = None,
) -> None:
    """Set where, in which language and as whom the command works."""
    if lang not in ("zh", "en"):
        raise typer.BadParameter("zh or en", param_hint="--lang")
    ctx.obj = Settings(workspace, database_url, lang, actor or os.environ.get("USER") or "unknown")
    log_command(ctx)


# Workspace and server.


@app.command()
def init(
    ctx: typer.Context,
    period: Annotated[str | None, typer.Option(help="How long a period is: month, quarter or year.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the workspace's database ready. Example: gongji init --period quarter"""
    from riskshare.closing import calendar, choose_unit

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, conn.transaction():
        if period is not None:
            choose_unit(conn, period)
        unit, closed = calendar(conn)
    page.line(page.say(f"就绪：会计期间为 {unit}", f"Ready: a period is a {unit}"))
    page.document({"unit": unit, "closed_through": closed})


@server_app.command("start")
def server_start(ctx: typer.Context) -> None:
    """Start the workspace's own server, and leave it running for a while. Example: gongji server start"""
    server = _own_server(ctx).start()
    print(server.url())


@server_app.command("stop")
def server_stop(ctx: typer.Context) -> None:
    """Stop the workspace's own server. Example: gongji server stop"""
    _own_server(ctx).stop(force=True)


@server_app.command("status")
def server_status(
    ctx: typer.Context,
    url: Annotated[bool, typer.Option("--url", help="Print the address only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Whether the workspace's own server runs, and where. Example: gongji server status"""
    page, status = page_of(ctx, as_json), _own_server(ctx).status()
    if url:
        print(status.url)
        return
    page.line(
        f"{'running' if status.running else 'stopped'} {status.version}\ndata {status.data}\nlog  {status.log}\nurl  {status.url}"
    )
    page.document({"running": status.running, "version": status.version, "data": str(status.data), "url": status.url})


# Schemes.


@scheme_app.command("list")
def scheme_list(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The schemes that come with the program, and whether each is a real one. Example: gongji scheme list"""
    from riskshare.adoption import check, library
    from views.schemes import listed

    listed(page_of(ctx, as_json), [check(path) for path in library().values()])


@scheme_app.command("show")
def scheme_show(
    ctx: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A file, or an id of the library.")],
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Draw where money goes into this file.")
    ] = None,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option(help="For this command.")] = None,
    as_json: AsJson = False,
) -> None:
    """A scheme as an agreement a person can read. Example: gongji scheme show example-four-party"""
    from riskshare.adoption import check
    from views.schemes import shown

    shown(Page(lang or ctx.obj.lang, as_json), check(_scheme_file(scheme)), picture)


@scheme_app.command("check")
def scheme_check(
    ctx: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A file, or an id of the library.")],
    as_json: AsJson = False,
) -> None:
    """Prove a scheme document; every fault in one run. Example: gongji scheme check my-scheme.toml"""
    from riskshare.adoption import check

    page, found = page_of(ctx, as_json), check(_scheme_file(scheme))
    versions = ", ".join(str(version.effective) for version in found.versions)
    page.line(
        page.say(
            f"{found.id}：无误，版本 {versions}，摘要 {found.digest[:16]}",
            f"{found.id}: sound; versions {versions}; digest {found.digest[:16]}",
        )
    )
    page.document(
        {
            "id": found.id,
            "status": found.status,
            "digest": found.digest,
            "versions": [v.effective for v in found.versions],
        }
    )


@scheme_app.command("compare")
def scheme_compare(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A file, or an id of the library.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The scheme to compare it with.")],
    facts: Annotated[Path, typer.Option("--facts", help="The book: a CSV or Parquet file of facts.")],
    as_json: AsJson = False,
) -> None:
    """The same book under two schemes. Example: gongji scheme compare cn-anhui-4321 cn-4222 --facts book.csv"""
    from riskshare.comparing import compare
    from riskshare.facts_file import read_facts
    from riskshare.splitting import split
    from views.split import compared

    mine, other = (_terms(name) for name in (a, b))
    if mine.currency != other.currency:
        raise Refused(Refusal(b, "the schemes are in different currencies", mine.currency, other.currency))
    page, splits = page_of(ctx, as_json), []
    with page.progress() as advance:
        for done, scheme in enumerate((mine, other)):
            advance(f"compare {facts.name}", done, 2)
            splits.append(split(scheme, read_facts(facts, scheme)))
    found = compare(*splits)
    compared(page, found)
    if found.a.waiting or found.b.waiting:
        raise typer.Exit(FINDINGS)


@scheme_app.command("adopt")
def scheme_adopt(
    ctx: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A file, or an id of the library.")],
    as_json: AsJson = False,
) -> None:
    """Put a scheme in force in this ledger. Example: gongji scheme adopt my-scheme.toml"""
    from riskshare.adoption import adopt

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, conn.transaction():
        found = adopt(conn, _scheme_file(scheme), ctx.obj.actor)
    page.line(
        page.say(f"{found.id} 已采用，摘要 {found.digest[:16]}", f"{found.id} is in force; digest {found.digest[:16]}")
    )
    page.document({"id": found.id, "digest": found.digest})


@app.command("split")
def split_command(
    ctx: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A file, or an id of the library.")],
    facts: Annotated[Path, typer.Argument(help="CSV or Parquet: fact, kind, loan, effective_on, amount and more.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all rows into this .csv or .parquet; a large book into a new folder."),
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="For a folder: how many work at once.")] = 1,
    totals: Annotated[bool, typer.Option("--totals", help="Running totals of each party.")] = False,
    why: Annotated[bool, typer.Option("--why", help="The steps of every fact.")] = False,
    pays: Annotated[bool, typer.Option("--pays", help="Who pays whom by now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Terms and facts in, who bears what out; no database. Example: gongji split cn-anhui-4321 losses.csv --why"""
    from riskshare.facts_file import read_facts
    from riskshare.splitting import paying, split
    from views.split import check_end, splitted

    page, terms = page_of(ctx, as_json), _terms(scheme)
    if out is not None and not out.suffix:
        _split_book(page, terms, facts, out, processes)
        return
    if out is not None:
        check_end(out)
    with page.progress() as advance:
        advance(f"split {facts.name}", 0, 2)
        loaded = read_facts(facts, terms)
        advance(f"split {facts.name}", 1, 2)
        found = split(terms, loaded, why)
    splitted(page, found, totals, why, paying(found) if pays else None, out)
    if found.waiting:
        raise typer.Exit(FINDINGS)


def _split_book(page: Page, terms: Scheme, book: Path, out: Path, processes: int) -> None:
    """A large book into a folder of files, a few scheme-years at a time."""
    from riskshare.bulk import share_out
    from views.split import written

    if book.suffix != ".parquet" or not book.is_file():
        raise Refused(Refusal(str(book), "only a Parquet file is shared out into a folder", ".parquet", book.suffix))
    with page.progress() as advance:
        found = share_out(terms, book, out, processes, advance)
    written(page, terms, found, out)
    if found.waiting:
        raise typer.Exit(FINDINGS)


# What happened.


@import_app.command("loans")
def import_loans(
    ctx: typer.Context,
    file: Path,
    profile: Annotated[
        str, typer.Option(help="How the file is read: a name such as sba or loans, or a TOML file.")
    ] = "loans",
    given: Annotated[
        list[str] | None, typer.Option("--set", help="A word the profile asks for: scheme=ID, government=NAME ...")
    ] = None,
    strict: Annotated[bool, typer.Option(help="Refuse the whole file for one row at fault.")] = False,
    quarantine: Annotated[
        Path | None, typer.Option(help="Where the report of held and flagged rows is written.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record a file of loans. Example: gongji import loans loans.csv --profile loans --set scheme=example-four-party"""
    from products.importing import write_report
    from riskshare.intake import import_file
    from views.reports import imported

    page = page_of(ctx, as_json)
    options = dict(_pair(word) for word in given or [])
    report_path = quarantine or ctx.obj.workspace / f"{file.name}.quarantine.csv"
    with database_of(ctx) as conn, page.progress() as advance, kept(conn, dry_run):
        intake = import_file(
            conn,
            file,
            profile,
            options,
            ctx.obj.actor,
            strict=strict,
            lang=page.lang,
            progress=lambda done, total: advance(f"import {file.name}", done, total),
        )
        write_report(intake.report, report_path)
    imported(page, intake, str(report_path))
    say_dry(page, dry_run)


@import_app.command("events")
def import_events(ctx: typer.Context, file: Path, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Record events from CSV (id, kind, contract, on, then amounts and facts by name) or JSON lines. Example: gongji import events march.csv"""
    from ledger.transaction import transact
    from products.event_file import read_events
    from riskshare.record import record

    page, events = page_of(ctx, as_json), read_events(file)
    with database_of(ctx) as conn, kept(conn, dry_run):
        receipt = transact(conn, lambda: record(conn, events, ctx.obj.actor))
    _receipt(page, receipt, dry_run)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def record(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(help="What happened, such as loan.default_declared; `gongji record kinds` lists all.")
    ],
    contract: Annotated[str, typer.Argument(help="The id of the loan, guarantee, policy ...")] = "",
    on: Annotated[str | None, typer.Option(help="The day it happened, YYYY-MM-DD; today otherwise.")] = None,
    event_id: Annotated[
        str | None, typer.Option("--id", help="The id of the event; made of contract, kind and day otherwise.")
    ] = None,
    booked: Annotated[str | None, typer.Option(help="For a late entry: a day in an open period.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record one event; its amounts and facts follow as --NAME VALUE.

    Example: gongji record loan.default_declared L-001 --principal 1,000,000.00 --on 2025-03-01
    """
    from ledger.transaction import transact
    from products.event_file import event_of_words
    from views.records import kinds_listed, recorded

    page = page_of(ctx, as_json)
    if kind == "kinds":
        kinds_listed(page)
        return
    with database_of(ctx) as conn:
        from riskshare.record import currency_of
        from riskshare.record import record as record_events

        event = event_of_words(kind, contract, on, event_id, booked, ctx.args, lambda name: currency_of(conn, name))
        with kept(conn, dry_run):
            receipt = transact(conn, lambda: record_events(conn, [event], ctx.obj.actor))
            recorded(page, conn, event, receipt)
    say_dry(page, dry_run)


# The period.


@close_app.command("check")
def close_check(ctx: typer.Context, period: str, as_json: AsJson = False) -> None:
    """What a close would post; nothing is kept. Example: gongji close check 2024Q1"""
    _close(ctx, period, None, settle=False, dry_run=True, as_json=as_json)


@close_app.command("run")
def close_run(
    ctx: typer.Context,
    period: Annotated[str | None, typer.Argument(help="The period to close; without it, --through.")] = None,
    through: Annotated[str | None, typer.Option(help="Close every open period up to this one.")] = None,
    settle: Annotated[bool, typer.Option("--settle", help="Settle each period right after its close.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Close a period: post the differences, stamp every book. Example: gongji close run 2024Q1"""
    _close(ctx, period, through, settle, dry_run, as_json)


@settle_app.command("run")
def settle_run(
    ctx: typer.Context,
    period: str,
    on: Annotated[str | None, typer.Option(help="The day of the payments; the day after the period otherwise.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Net what the parties owe one another and pay it. Example: gongji settle run 2024Q1"""
    from ledger.transaction import transact
    from riskshare.settling import settle
    from views.reports import settled

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, kept(conn, dry_run):
        which, paid_on = _period(conn, period), _day("--on", on)
        found = transact(conn, lambda: settle(conn, which, paid_on, ctx.obj.actor))
    settled(page, which, found)
    say_dry(page, dry_run)


@app.command()
def reconcile(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Prove that everything agrees; breaks are named, exit code 6. Example: gongji reconcile"""
    from riskshare.reconciling import reconcile
    from views.reports import reconciled

    with database_of(ctx) as conn:
        checks = reconcile(conn)
        (currency,) = conn.execute("SELECT min(currency) FROM ledger.account").fetchone() or (None,)
    reconciled(page_of(ctx, as_json), checks, currency or "CNY")
    if not all(check.agrees for check in checks):
        raise typer.Exit(FINDINGS)


@app.command()
def explain(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="A loan, a contract or an event.")],
    as_json: AsJson = False,
) -> None:
    """Why a loss fell as it did: steps with articles, the odd fen, vouchers, debts. Example: gongji explain L-001"""
    from riskshare.explaining import explain
    from views.reports import explained

    with database_of(ctx) as conn:
        found = explain(conn, name)
    explained(page_of(ctx, as_json), found)


@report_app.command("trial-balance")
def report_trial_balance(
    ctx: typer.Context,
    period: Annotated[str | None, typer.Option(help="One period; everything otherwise.")] = None,
    book: Annotated[str | None, typer.Option(help="One party's book.")] = None,
    chart: Annotated[
        str | None,
        typer.Option(
            help="One chart of accounts for all: asbe, cas25-2020, guarantee-2005; each book's own otherwise."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Every account of every book. Example: gongji report trial-balance --period 2024Q1"""
    from ledger.charts import charts_of, codes
    from ledger.trial_balance import trial_balance
    from views.reports import trial_balance as show

    asked = codes(chart) if chart else None
    with database_of(ctx) as conn:
        which = _period(conn, period) if period else None
        first, last = (which.first, which.last) if which else (date.min, date.max)
        rows = trial_balance(conn, first, last, book)
        shown = {name: asked or codes(own) for name, own in charts_of(conn, last).items()}
    show(page_of(ctx, as_json), rows, shown, str(which) if which else "all")


@report_app.command("claims")
def report_claims(
    ctx: typer.Context, loan: Annotated[str | None, typer.Option(help="One loan.")] = None, as_json: AsJson = False
) -> None:
    """Loans in default: declared, compensated, recovered, and who bears what. Example: gongji report claims"""
    from riskshare.reports import claims
    from views.reports import claims as show

    with database_of(ctx) as conn:
        found = claims(conn, loan)
    show(page_of(ctx, as_json), found)


@report_app.command("obligations")
def report_obligations(
    ctx: typer.Context,
    through: Annotated[str | None, typer.Option(help="Due by this day.")] = None,
    party: Annotated[str | None, typer.Option(help="Owed by or to one party.")] = None,
    as_json: AsJson = False,
) -> None:
    """Debts between the parties, open ones first. Example: gongji report obligations --party NAME"""
    from riskshare.reports import obligations
    from views.reports import obligations as show

    with database_of(ctx) as conn:
        found = obligations(conn, _day("--through", through), party)
    show(page_of(ctx, as_json), found)


@report_app.command("shares")
def report_shares(
    ctx: typer.Context, scheme: Annotated[str | None, typer.Option(help="One scheme.")] = None, as_json: AsJson = False
) -> None:
    """Who bears what, per scheme and year. Example: gongji report shares"""
    from riskshare.reports import shares_by_year
    from views.reports import shares

    with database_of(ctx) as conn:
        found = shares_by_year(conn, scheme)
    shares(page_of(ctx, as_json), found)


# Whole stories.


@app.command()
def demo(
    ctx: typer.Context,
    loans: Annotated[int, typer.Option(min=1, max=200_000, help="How many loans.")] = 3_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same province.")] = 1,
    as_json: AsJson = False,
) -> None:
    """The whole story on a made-up province, database included. Example: gongji demo --loans 1000 --seed 7"""
    from riskshare.demo.generating import province
    from riskshare.demo.running import run
    from riskshare.reconciling import reconcile
    from views.demo import document, show

    page = page_of(ctx, as_json)
    with database_of(ctx, folder=DEMO_FOLDER, anew=True) as conn, page.progress() as advance:
        summary = run(conn, province(loans, seed), ctx.obj.actor, advance)
        checks = reconcile(conn)
    if not as_json:
        show(summary, page.console, page.lang, checks, _command(ctx, DEMO_FOLDER))
    page.document(document(summary, checks))
    if not all(check.agrees for check in checks):
        raise typer.Exit(FINDINGS)


@app.command()
def real(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A folder with sba_guaranteed_loans.parquet and, if there, the raw CSV.")
    ],
    only: Annotated[str | None, typer.Option("--run", help="own-terms or capped; both otherwise.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run a real portfolio from file to sealed periods, twice. Example: gongji real data/sba"""
    from riskshare.real import RUNS, run_real
    from views.reports import real as show

    page = page_of(ctx, as_json)
    runs = [each for each in RUNS if only in (None, each.name)]
    if not runs:
        raise typer.BadParameter(f"one of {', '.join(each.name for each in RUNS)}", param_hint="--run")
    results = []
    for each in runs:
        with database_of(ctx, folder=f"real-{each.name}", anew=True) as conn, page.progress() as advance:
            results.append(run_real(conn, folder, each, ctx.obj.actor, date.today(), advance))
    show(page, results)
    if not all(check.agrees for result in results for check in result.checks):
        raise typer.Exit(FINDINGS)


def main() -> None:
    """Run the program. Every expected *no* is a sentence on stderr and an exit code; no traceback reaches a user."""
    code = DONE
    try:
        app()
    except Refused as error:
        refused(error)
        code = error.exit_code
    except KeyboardInterrupt:
        print("interrupted; nothing half done was kept", file=sys.stderr)
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:
        from ledger.database import explain as explained

        failed = explained(error)
        if failed is None:
            if os.environ.get("GONGJI_DEBUG"):
                raise
            what = f"a fault of the program: {type(error).__name__}: {error}"
            failed = Failed(
                Refusal("gongji", what, advice="set GONGJI_DEBUG=1 to see where, and report it; nothing was kept")
            )
        refused(failed)
        code = failed.exit_code
    sys.exit(code)


# How commands get what they need.

DEMO_FOLDER = "gongji-demo"


def _command(ctx: typer.Context, folder: str) -> str:
    """How to call the program on the ledger that a story was told in."""
    if ctx.obj.url:
        return "gongji"
    here = ctx.obj.workspace / folder
    return f"gongji --workspace {here}"


def _close(
    ctx: typer.Context, period: str | None, through: str | None, settle: bool, dry_run: bool, as_json: bool
) -> None:
    from ledger.transaction import transact
    from riskshare.adoption import adopted
    from riskshare.closing import close, open_periods
    from riskshare.settling import settle as pay
    from views.reports import closed

    if (period is None) == (through is None):
        raise typer.BadParameter("name one period, or --through a period", param_hint="PERIOD")
    page, reports, paid = page_of(ctx, as_json), [], {}
    with database_of(ctx) as conn, page.progress() as advance:
        last = _period(conn, period or through or "")
        periods = [last] if period else open_periods(conn, last.last)
        if dry_run and len(periods) > 1:
            raise typer.BadParameter("a dry run closes one period", param_hint="--dry-run")
        for done, each in enumerate(periods):
            advance(f"close {each}", done, len(periods))
            with kept(conn, dry_run):
                reports.append(transact(conn, lambda each=each: close(conn, each, ctx.obj.actor, date.today())))  # type: ignore[misc]
                if settle:
                    paid[str(each)] = pay(conn, each, None, ctx.obj.actor)
        currencies = {scheme.id: scheme.currency for scheme in adopted(conn).values()}
    if not periods:
        page.note(page.say("没有可结账的期间", "no period is waiting to be closed"))
    closed(page, reports, currencies, paid)
    say_dry(page, dry_run)


def _own_server(ctx: typer.Context) -> Any:
    from ledger.database import LINGER
    from ledger.server import LocalPostgres

    return LocalPostgres(ctx.obj.workspace, linger=LINGER)


def _scheme_file(name: str) -> Path:
    from riskshare.adoption import library

    path = library().get(name, Path(name))
    if not path.is_file():
        raise NotFound(Refusal(name, "there is no such scheme", "a file, or one of " + ", ".join(library()), name))
    return path


def _terms(name: str) -> Scheme:
    """A scheme for working without a ledger: any role may bear."""
    from riskshare.meaning import MEASURES
    from riskshare.scheme_file import load_scheme

    return load_scheme(_scheme_file(name), measures=MEASURES, roles=None)


def _period(conn: Connection[Any], text: str) -> Period:
    from ledger.periods import parse_period
    from riskshare.closing import calendar

    return parse_period(text, calendar(conn)[0])


def _day(where: str, text: str | None) -> date | None:
    from products.event_file import parse_day

    return parse_day(text, where) if text is not None else None


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise typer.BadParameter(f"{word!r} is not NAME=VALUE", param_hint="--set")
    return name, value


def _receipt(page: Page, receipt: Any, dry_run: bool) -> None:
    page.line(
        page.say(
            f"已记录 {receipt.recorded:,} 个事件（{receipt.repeated:,} 个此前已记录），{receipt.journals:,} 张凭证",
            f"recorded {receipt.recorded:,} events ({receipt.repeated:,} known before), {receipt.journals:,} vouchers",
        )
    )
    page.document(
        {
            "recorded": receipt.recorded,
            "known_before": receipt.repeated,
            "vouchers": receipt.journals,
            "lines": receipt.lines,
        }
    )
    say_dry(page, dry_run)


if __name__ == "__main__":
    main()
