"""Intake: a file becomes recorded events through the one path, with its quarantine and its control totals. All or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ledger.copying import copy_rows, escaped
from products.events import Told, told
from products.importing import ImportReport, load_profile, read_import
from riskshare.record import Receipt, record_chunks

if TYPE_CHECKING:
    from psycopg import Connection

Progress = Callable[[int, int], None]
Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file: the report of its rows, and what was recorded of them."""

    import_no: int
    report: ImportReport
    receipt: Receipt


def import_file(
    conn: Connection[Any],
    path: Path,
    profile_name: str,
    options: Mapping[str, str],
    actor: str,
    *,
    strict: bool = False,
    lang: Lang = "en",
    progress: Progress = lambda done, total: None,
) -> Intake:
    """Read a file by a profile and record what it tells, in the open transaction of `conn`.

    Rows at fault are held and reported; with `strict` one of them refuses the whole file.
    Importing the same file again records nothing new. Raises Refused, NotFound or what `record` raises.
    """
    reader = read_import(path, load_profile(profile_name), options, strict, lang=lang)
    (number,) = conn.execute(
        "SELECT nextval(pg_get_serial_sequence('product.import_run', 'import_no'))"
    ).fetchone() or (0,)
    recorded: Counter[str] = Counter()
    receipts = Receipt(0, 0, 0, 0)
    chunks = _ahead([told(event) for event in chunk] for chunk in reader)
    for done, receipt in enumerate(record_chunks(conn, chunks, actor, number, recorded), start=1):
        receipts = receipts.plus(receipt)
        progress(min(done * reader.chunk_rows, reader.report.imported), reader.report.imported)
    _write(conn, number, reader.report, options, recorded, actor)
    return Intake(number, reader.report, receipts)


def _ahead(chunks: Iterable[list[Told]]) -> Iterator[list[Told]]:
    """The same chunks, each made while the database is busy with the one before."""
    waiting = iter(chunks)
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, waiting, None)
        while (chunk := coming.result()) is not None:
            coming = maker.submit(next, waiting, None)
            yield chunk


def _write(
    conn: Connection[Any],
    number: int,
    report: ImportReport,
    options: Mapping[str, str],
    recorded: Mapping[str, int],
    actor: str,
) -> None:
    from psycopg.types.json import Jsonb

    controls = {name: [total.file, total.imported, total.held] for name, total in report.controls.items()}
    conn.execute(
        "INSERT INTO product.import_run OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            number,
            report.file,
            report.sha256,
            report.profile,
            Jsonb(dict(options)),
            report.rows,
            report.imported,
            report.held,
            report.flagged,
            Jsonb(controls),
            Jsonb(dict(recorded)),
            actor,
        ),
    )
    copy_rows(
        conn,
        "product.quarantine (import_no, row_no, column_name, loan_id, reason, expected, got, disposition)",
        (
            "\t".join(
                (
                    str(number),
                    str(entry.row),
                    *map(escaped, (entry.column, entry.loan, entry.reason, entry.expected, entry.got)),
                    entry.disposition,
                )
            )
            + "\n"
            for entry in report.entries
        ),
    )
