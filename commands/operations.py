"""Keeping a ledger: back it up, bring it back, and ask what is wrong with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.using import AsJson, database_of, page_of

if TYPE_CHECKING:
    from ledger.doctor import Finding
    from ledger.evidence import Head
    from ledger.findings import Finding as Fault
    from ledger.manifest import Manifest
    from ledger.server import LocalPostgres
    from views.page import Page

FINDINGS = 6

NAMES = {
    "server": "服务器",
    "schema": "数据结构",
    "durability": "持久性",
    "roles": "角色",
    "owner": "所有者",
    "grants": "授权",
    "rows": "行级安全",
    "views": "视图",
    "guards": "防护触发器",
    "shape": "表结构",
    "foreign keys": "外键",
    "children": "分区",
    "definers": "定义者函数",
    "definitions": "结构变更记录",
    "members": "成员",
    "functions": "函数",
    "limits": "限额",
    "periods": "会计期间",
    "seals": "封存",
    "backup": "备份",
    "clock": "时钟",
    "disk": "磁盘",
    "log": "预写日志",
    "transactions": "长事务",
}
"""What the doctor looks at, in Chinese; in English it is called by its name."""

STATES = {"ok": ("正常", "ok"), "warn": ("注意", "warn"), "bad": ("有误", "bad")}


def backup(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
    dump: Annotated[
        bool, typer.Option("--dump", help="A dump that any newer PostgreSQL reads, also from the workspace's server.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Back the ledger up into a new folder. Example: gongji backup backups/2025-03-01"""
    from ledger.backup import remember, take
    from ledger.database import LINGER, resolve

    page = page_of(ctx, as_json)
    with resolve(ctx.obj.url, ctx.obj.workspace, linger=LINGER) as database, page.progress() as advance:
        database.connect().close()  # brings the schema up to date
        taken = take(database, folder, advance, "dump" if dump else None)
        remember(ctx.obj.workspace, folder, taken)
    page.line(
        page.say(
            f"已备份到 {folder}：{len(taken.heads):,} 本账、{taken.vouchers:,} 张凭证，{taken.bytes:,} 字节",
            f"backed up into {folder}: {len(taken.heads):,} books, {taken.vouchers:,} vouchers, {taken.bytes:,} bytes",
        )
    )
    page.document({"folder": str(folder), **told(taken)})


def restore(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `gongji backup` made.")],
    heads: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Heads from `gongji audit heads`: everything is verified against them."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back, into an empty place only. Example: gongji --workspace new restore backups/2025-03-01"""
    from ledger.proofs import read_heads
    from ledger.restore import restore as bring_back
    from views.audit import sentence

    page = page_of(ctx, as_json)
    kept = read_heads(heads) if heads is not None else ()
    with page.progress() as advance:
        found = bring_back(folder, target_of(ctx), advance)
    when = f"{found.taken_at:%Y-%m-%d %H:%M:%S %Z}"
    page.line(
        page.say(
            f"已恢复并核对：{len(found.heads):,} 本账、至少 {found.vouchers:,} 张凭证，备份于 {when}",
            f"restored and checked: {len(found.heads):,} books, {found.vouchers:,} vouchers or more, backed up {when}",
        )
    )
    if heads is None:
        page.note(page.say("请再运行 gongji audit verify", "now run gongji audit verify"))
    faults = [sentence(page, each) for each in verified(ctx, kept)] if heads is not None else []
    for fault in faults:
        page.line(fault)
    page.document({"folder": str(folder), **told(found), "findings": faults})
    if faults:
        raise typer.Exit(FINDINGS)


def doctor(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Say what is wrong with the workspace and its database; exit code 6 for what is bad. Example: gongji doctor"""
    from ledger.doctor import examine
    from riskshare.closing import calendar, open_periods

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        version = conn.info.server_version
        unit, closed = calendar(conn)
        waiting = [str(each) for each in open_periods(conn, date.today())]
        found = examine(conn, ctx.obj.workspace, data_folder(ctx))
        (events,) = conn.execute("SELECT count(*) FROM product.event").fetchone() or (0,)
        (books,) = conn.execute("SELECT count(*) FROM ledger.book").fetchone() or (0,)
    page.table("", columns(page), [line(page, each) for each in found])
    page.line(page.say(f"{books:,} 本账，{events:,} 个事件", f"{books:,} books, {events:,} events"))
    if waiting:
        page.line(page.say(f"待结账期间：{', '.join(waiting)}", f"periods to be closed: {', '.join(waiting)}"))
    page.document(
        {
            "postgresql": f"{version // 10_000}.{version % 10_000}",
            "schema": "current",
            "period": unit,
            "closed_through": closed,
            "periods_waiting": waiting,
            "books": books,
            "events": events,
            "findings": [
                {"what": each.what, "state": each.state, "value": each.value.en, "advice": each.advice.en}
                for each in found
            ],
        }
    )
    if any(each.state == "bad" for each in found):
        raise typer.Exit(FINDINGS)


def verified(ctx: typer.Context, kept: Sequence[Head]) -> Sequence[Fault]:
    """Everything made again, and held against heads that left the building: an older backup is not taken for the newest."""
    from ledger.verifying import verify

    with database_of(ctx) as conn:
        return verify(conn, kept).findings


def log_command(ctx: typer.Context) -> None:
    """From the program's callback: log the start and the end of the command that was called, if GONGJI_LOG is set."""
    if not os.environ.get("GONGJI_LOG"):
        return
    from ledger import logs
    from ledger.database import checked_url

    url = named_url(ctx)
    logs.configure(ctx.obj.workspace)
    database = logs.database_name(checked_url(url) if url else None)
    ctx.with_resource(logs.command(words_of(ctx), database=database, actor=ctx.obj.actor))


def words_of(ctx: typer.Context) -> str:
    """The command without what was said to it: `close run`, never the names and amounts that follow."""
    first = ctx.invoked_subcommand or ""
    under = getattr(getattr(ctx.command, "commands", {}).get(first), "commands", {})
    second = next((word for word in sys.argv[1:] if word in under), "")
    return f"{first} {second}".strip()


def target_of(ctx: typer.Context) -> LocalPostgres | str:
    """The database that was named, or the workspace's own server, not yet started."""
    from ledger.database import LINGER, checked_url
    from ledger.server import LocalPostgres

    named = named_url(ctx)
    return checked_url(named) if named else LocalPostgres(ctx.obj.workspace, linger=LINGER)


def data_folder(ctx: typer.Context) -> Path | None:
    """Where the workspace's own server keeps its files; nothing where another database was named."""
    from ledger.server import LocalPostgres

    return None if named_url(ctx) else LocalPostgres(ctx.obj.workspace).status().data


def named_url(ctx: typer.Context) -> str | None:
    return ctx.obj.url or os.environ.get("GONGJI_DATABASE_URL")


def told(manifest: Manifest) -> dict[str, object]:
    """A manifest for programs."""
    return {
        "form": manifest.form,
        "taken_at": manifest.taken_at.isoformat(),
        "schema": manifest.schema,
        "postgresql": manifest.postgresql,
        "bytes": manifest.bytes,
        "heads": {book: {"last": head.last, "digest": head.digest} for book, head in manifest.heads.items()},
    }


def columns(page: Page) -> list[str]:
    return [
        page.say("项目", "what"),
        page.say("状态", "state"),
        page.say("情况", "how it is"),
        page.say("建议", "advice"),
    ]


def line(page: Page, finding: Finding) -> list[str]:
    name = page.say(NAMES.get(finding.what, finding.what), finding.what)
    return [name, page.say(*STATES[finding.state]), page.say(*finding.value), page.say(*finding.advice)]
