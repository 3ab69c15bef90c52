"""How commands get what they need: settings, a connection with its schema up to date, a page to print on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger.faults import Refusal, Refused
from views.page import Page

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.database import Database


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said before the command: where the work is, which database, which language, who acts."""

    workspace: Path
    url: str | None
    lang: str
    actor: str


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document; amounts are strings.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, print the result, keep nothing.")]


def page_of(ctx: typer.Context, as_json: bool) -> Page:
    return Page(ctx.obj.lang, as_json)


@contextmanager
def database_of(ctx: typer.Context, folder: str = "", anew: bool = False) -> Iterator[Connection[Any]]:
    """A connection with its schema up to date, in autocommit: every command opens its own transactions.

    `anew`: the story starts on an empty ledger, in a folder of its own; a named database must be empty.
    """
    from ledger.database import LINGER, resolve

    workspace = ctx.obj.workspace / folder if folder and not ctx.obj.url else ctx.obj.workspace
    if anew and not ctx.obj.url:
        from ledger.server import LocalPostgres

        LocalPostgres(workspace).remove()
        workspace.mkdir(parents=True, exist_ok=True)
    database: Database = resolve(ctx.obj.url, workspace, linger=LINGER)
    try:
        conn = database.connect()
        try:
            conn.autocommit = True
            if anew:
                _refuse_used(conn)
            yield conn
        finally:
            conn.close()
    finally:
        database.close()


@contextmanager
def kept(conn: Connection[Any], dry_run: bool) -> Iterator[None]:
    """One transaction around a command; after a dry run it is taken back."""
    from psycopg import Rollback

    with conn.transaction():
        yield
        if dry_run:
            raise Rollback


def say_dry(page: Page, dry_run: bool) -> None:
    if dry_run:
        page.note(page.say("试运行：未保存任何内容", "dry run: nothing was kept"))


def _refuse_used(conn: Connection[Any]) -> None:
    if conn.execute("SELECT 1 FROM product.event LIMIT 1").fetchone():
        raise Refused(
            Refusal(
                "database",
                "this story needs an empty ledger",
                "a database without events",
                "events",
                "name another database",
            )
        )
