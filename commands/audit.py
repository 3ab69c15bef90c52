"""`gongji audit`: seal what is committed, verify it, and give parties what they can check by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands.using import AsJson, database_of, page_of

if TYPE_CHECKING:
    from datetime import date

    from psycopg import Connection

    from ledger.periods import Period
    from views.page import Page

FINDINGS = 6

audit_app = typer.Typer(
    help="Seal the record, and show that it was not changed. Example: gongji audit verify --heads heads-2024Q1.json",
    no_args_is_help=True,
)


@audit_app.command("seal")
def audit_seal(
    ctx: typer.Context,
    algorithm: Annotated[
        Literal["sha256", "sm3"] | None, typer.Option(help="Seal with this hash from now on; the change is recorded.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Seal every book and the acts up to now; what is sealed is not sealed again. Example: gongji audit seal --algorithm sm3"""
    from ledger.evidence import books
    from ledger.sealing import algorithm_in_use, seal, set_algorithm

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, page.progress() as advance:
        if algorithm is not None:
            set_algorithm(conn, algorithm, ctx.obj.actor)
        sealed = seal(conn, ctx.obj.actor, advance)
        names, used = books(conn), algorithm_in_use(conn)
    columns = [("账簿", "book"), ("区块", "block"), ("自", "from"), ("至", "to"), ("区块头", "hash")]
    rows = [
        (
            names.get(each.book_id, page.say("行为记录", "acts")),
            each.block_no,
            each.first_no,
            each.last_no,
            each.hash.hex(),
        )
        for each in sealed
    ]
    page.table(page.say("新区块", "New blocks"), [page.say(*column) for column in columns], rows)
    page.line(
        page.say(f"已封存 {len(sealed):,} 个区块（{used}）", f"sealed {len(sealed):,} blocks with {used}")
        if sealed
        else page.say("没有待封存的记录", "everything is sealed already")
    )
    said = [dict(zip(("book", "block", "first", "last", "hash"), row, strict=True)) for row in rows]
    page.document({"algorithm": used, "blocks": said})


@audit_app.command("verify")
def audit_verify(
    ctx: typer.Context,
    heads: Annotated[
        list[Path] | None,
        typer.Option("--heads", metavar="FILE", help="Heads that were kept outside; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make every leaf again from the rows; name the first bad block and row. Example: gongji audit verify --heads heads-2024Q1.json"""
    from ledger.proofs import read_heads
    from ledger.verifying import verify
    from views.audit import verified

    page, kept = page_of(ctx, as_json), [head for path in heads or [] for head in read_heads(path)]
    with database_of(ctx) as conn, page.progress() as advance:
        verdict = verify(conn, kept, advance)
    verified(page, verdict, len(kept))
    if verdict.findings:
        raise typer.Exit(FINDINGS)


@audit_app.command("heads")
def audit_heads(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(help="The period after whose close they are given out, such as 2024Q1.")],
    book: Annotated[str | None, typer.Option(help="For one party: its own book and the acts.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write them; heads-PERIOD.json otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the heads of the books for the parties to keep. Example: gongji audit heads 2024Q1 --book "Example Bank" """
    from ledger.proofs import heads, heads_document

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        named, closed = _period(conn, period), _closed_through(conn)
        found, waiting = heads(conn, book), _unsealed(conn, book)
    document = heads_document(found, str(named))
    path = out or ctx.obj.workspace / f"heads-{named}.json"
    _write(path, document)
    columns = [("账簿", "book"), ("区块", "block"), ("至", "to"), ("区块头", "hash")]
    page.table(
        page.say(f"{named} 区块头，请各方留存", f"Heads of {named}, for the parties to keep"),
        [page.say(*column) for column in columns],
        ((head.book, head.block_no, head.last_no, head.hash.hex()) for head in found),
    )
    page.line(page.say(f"已写入 {path}", f"written to {path}"))
    page.document({**document, "file": str(path), "unsealed": waiting})
    _say_unsealed(page, waiting)
    if closed is None or closed < named.last:
        page.note(
            page.say(
                f"{named} 尚未结账，结账后请再次发放区块头",
                f"{named} is not closed yet; give the heads out again after its close",
            )
        )


@audit_app.command("prove")
def audit_prove(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(help="The id of the event.")],
    book: Annotated[str, typer.Option(help="The party whose voucher of it is shown.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; proof-EVENT.json otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that one voucher is sealed, and show nobody else's. Example: gongji audit prove D-1 --book "Example Bank" """
    from ledger.proofs import prove

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn:
        document = prove(conn, event, book)
    path = out or ctx.obj.workspace / f"proof-{''.join(c if c.isalnum() or c in '-_.' else '-' for c in event)}.json"
    _write(path, document)
    block = document["blocks"][0]
    page.line(
        page.say(
            f"{book} 的凭证 {document['voucher']} 在区块 {block['block']} 中（区块头 {block['hash']}）；证明已写入 {path}",
            f"voucher {document['voucher']} of {book} is in block {block['block']} ({block['hash']}); proof written to {path}",
        )
    )
    page.document({**document, "file": str(path)})


@audit_app.command("export")
def audit_export(
    ctx: typer.Context,
    book: Annotated[str, typer.Argument(help="The party whose book it is.")],
    period: Annotated[str | None, typer.Argument(help="One period; the whole book otherwise.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A new folder, or a new .zip; pack-BOOK-PERIOD otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A pack that proves a book to whoever has Python: python verify.py. Example: gongji audit export "Example Bank" 2024Q1 --out q1.zip"""
    from ledger.packs import export

    page = page_of(ctx, as_json)
    with database_of(ctx) as conn, page.progress() as advance:
        named = _period(conn, period) if period is not None else None
        target = out or ctx.obj.workspace / f"pack-{book.replace(' ', '-')}-{named or 'all'}"
        pack = export(conn, book, named, target, advance)
    page.line(
        page.say(
            f"已写入 {pack.path}：{pack.vouchers:,} 张凭证原文，{pack.blocks:,} 个区块；核对：python verify.py",
            f"wrote {pack.path}: the texts of {pack.vouchers:,} vouchers in {pack.blocks:,} blocks; check it with: python verify.py",
        )
    )
    page.document({"file": str(pack.path), "vouchers": pack.vouchers, "blocks": pack.blocks, "unsealed": pack.unsealed})
    _say_unsealed(page, pack.unsealed)


def _period(conn: Connection[Any], text: str) -> Period:
    from ledger.periods import parse_period

    (unit,) = conn.execute("SELECT unit FROM ledger.calendar").fetchone() or ("",)
    return parse_period(text, unit)


def _closed_through(conn: Connection[Any]) -> date | None:
    (day,) = conn.execute("SELECT closed_through FROM ledger.calendar").fetchone() or (None,)
    return day


def _unsealed(conn: Connection[Any], book: str | None) -> int:
    """Vouchers that are not under a head yet."""
    query = """
        SELECT coalesce(sum(h.last_journal - coalesce((SELECT max(k.last_no) FROM ledger.block k WHERE k.book_id = b.book_id), 0)), 0)
        FROM ledger.book b JOIN ledger.head h USING (book_id) WHERE %(book)s::text IS NULL OR b.name = %(book)s"""
    (count,) = conn.execute(query, {"book": book}).fetchone() or (0,)
    return int(count)


def _say_unsealed(page: Page, count: int) -> None:
    if count:
        page.note(
            page.say(
                f"另有 {count:,} 张凭证尚未封存，不在其中；请先运行 gongji audit seal",
                f"{count:,} vouchers are not sealed yet and are not in it; run gongji audit seal",
            )
        )


def _write(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
