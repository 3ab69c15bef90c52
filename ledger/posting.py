"""Posting: units in, one outcome each out. One path for one unit and for a hundred thousand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.batch import AccountKey, Unit
from ledger.copying import NULL, copy_rows, escaped
from ledger.faults import Failed, NotAllowed, Refusal
from ledger.files import schema_dir

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

CREATED, SAME, CONFLICT, CLOSED, NOT_POSTED = "created", "same", "conflict", "period_closed", "not_posted"


class Role(NamedTuple):
    """What accounts of this role are, and the floor their balance may not pass (credits less debits), if any."""

    kind: str
    zh: str
    en: str
    credit_floor: int | None


@cache
def roles() -> Mapping[str, Role]:
    """Every account role, from schema/roles.csv."""
    with (schema_dir() / "roles.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["role"]: Role(
                row["kind"], row["zh"], row["en"], int(row["credit_floor"]) if row["credit_floor"] else None
            )
            for row in csv.DictReader(file)
        }


def post(conn: Connection[Any], units: Sequence[Unit], actor: str, *, together: bool = True) -> list[str]:
    """Post units in the open transaction of `conn`; one outcome per unit, in order.

    Outcomes: created, same (a re-send), conflict (the key holds other contents), period_closed, limit:ROLE, not_posted.
    together: all or none.
    """
    if not units:
        return []
    numbers = resolve(conn, {key for unit in units for line in unit.lines for key in (line.debit, line.credit)})
    conn.execute("SELECT ledger.stage()")
    journals, lines = _journals(units, numbers)
    copy_rows(
        conn,
        "stage_unit (unit, book_id, key, hash, kind, effective_on, relates_to_on, actor)",
        _units(units, numbers, actor),
    )
    copy_rows(conn, "stage_journal (journal, unit, book_id)", journals)
    copy_rows(conn, "stage_line (journal, line, debit, credit, amount, rule, obligation_id)", lines)
    copy_rows(
        conn,
        "stage_obligation (unit, obligation_id, debtor, creditor, currency, amount, due_on)",
        _debts(units, numbers),
    )
    return _outcomes(conn, together)


def _outcomes(conn: Connection[Any], together: bool) -> list[str]:
    from psycopg.errors import NumericValueOutOfRange

    try:
        return [outcome for (outcome,) in conn.execute("SELECT outcome FROM ledger.post(%s)", (together,)).fetchall()]
    except NumericValueOutOfRange as error:
        what = "an account would hold more than a counter can"
        raise NotAllowed(Refusal("books", what, "totals below 92 quadrillion of the currency")) from error


class Numbers(NamedTuple):
    """Numbers the database gave: books by name, accounts by key."""

    books: Mapping[str, int]
    accounts: Mapping[AccountKey, int]


def resolve(conn: Connection[Any], keys: Iterable[AccountKey]) -> Numbers:
    """The numbers of these accounts; books and accounts that do not exist yet are opened."""
    wanted = sorted(keys, key=lambda key: (key[0], key[1], key[2] or "", key[3]))
    books = book_ids(conn, {name for key in wanted for name in (key[0], key[2]) if name})
    unknown = {key[1] for key in wanted} - roles().keys()
    if unknown:
        raise Failed(
            Refusal("posting rules", f"unknown account role {', '.join(sorted(unknown))}", "a role of roles.csv")
        )
    columns = [
        [books[key[0]] for key in wanted],
        [key[1] for key in wanted],
        [books[key[2]] if key[2] else None for key in wanted],
        [key[3] for key in wanted],
    ]
    with conn.cursor() as cursor:
        found = _accounts(cursor, columns)
        if None in found:
            kinds = [roles()[key[1]].kind for key in wanted]
            floors = [roles()[key[1]].credit_floor for key in wanted]
            cursor.execute(_OPEN_ACCOUNTS, [*columns, kinds, floors])
            found = _accounts(cursor, columns)
    return Numbers(books, {key: number for key, number in zip(wanted, found, strict=True) if number is not None})


def book_ids(conn: Connection[Any], names: Iterable[str]) -> Mapping[str, int]:
    """The numbers of these books; a book that does not exist yet is opened."""
    wanted = sorted(names)
    with conn.cursor() as cursor:
        found = _books(cursor, wanted)
        if len(found) < len(wanted):
            cursor.execute(_OPEN_BOOKS, (wanted,))
            found = _books(cursor, wanted)
    return found


# New rows are inserted in name order, so that two callers who open the same accounts wait for one another in one order.
_OPEN_BOOKS = """
WITH opened AS (
  INSERT INTO ledger.book (name) SELECT n FROM unnest(%s::text[]) n WHERE n NOT IN (SELECT name FROM ledger.book) ORDER BY n
  ON CONFLICT DO NOTHING RETURNING book_id)
INSERT INTO ledger.head (book_id) SELECT book_id FROM opened"""

_OPEN_ACCOUNTS = """
WITH wanted AS (SELECT * FROM unnest(%s::int[], %s::text[], %s::int[], %s::text[], %s::text[], %s::bigint[])
                WITH ORDINALITY AS w (book_id, role, counterparty, currency, kind, floor, place)),
opened AS (
  INSERT INTO ledger.account (book_id, role, counterparty_book_id, currency, kind)
  SELECT w.book_id, w.role, w.counterparty, w.currency, w.kind FROM wanted w
  LEFT JOIN ledger.account a ON a.book_id = w.book_id AND a.role = w.role AND a.currency = w.currency
    AND a.counterparty = coalesce(w.counterparty, 0)
  WHERE a.book_id IS NULL ORDER BY w.place
  ON CONFLICT DO NOTHING RETURNING book_id, account_id, role, currency)
INSERT INTO ledger.balance (book_id, account_id, currency, credit_floor, hot_rank)
SELECT o.book_id, o.account_id, o.currency, f.floor, CASE WHEN f.floor IS NULL THEN 0 ELSE 1 END
FROM opened o JOIN (SELECT DISTINCT role, floor FROM wanted) f USING (role)"""

_FIND_ACCOUNTS = """
SELECT a.account_id FROM unnest(%s::int[], %s::text[], %s::int[], %s::text[]) WITH ORDINALITY AS w (book_id, role, counterparty, currency, place)
LEFT JOIN ledger.account a ON a.book_id = w.book_id AND a.role = w.role AND a.currency = w.currency
  AND a.counterparty = coalesce(w.counterparty, 0)
ORDER BY w.place"""


def _accounts(cursor: Cursor[Any], columns: Sequence[object]) -> list[int | None]:
    cursor.execute(_FIND_ACCOUNTS, columns)
    return [number for (number,) in cursor.fetchall()]


def _books(cursor: Cursor[Any], names: list[str]) -> dict[str, int]:
    cursor.execute("SELECT name, book_id FROM ledger.book WHERE name = ANY(%s)", (names,))
    return dict(cursor.fetchall())


def _units(units: Sequence[Unit], numbers: Numbers, actor: str) -> Iterable[str]:
    who = escaped(actor)
    for number, unit in enumerate(units):
        home = numbers.books[unit.lines[0].book]
        relates = unit.belongs_to.isoformat() if unit.belongs_to else NULL
        key = escaped(unit.key)
        yield f"{number}\t{home}\t{key}\t\\\\x{unit.digest.hex()}\t{unit.kind}\t{unit.on}\t{relates}\t{who}\n"


def _journals(units: Sequence[Unit], numbers: Numbers) -> tuple[list[str], list[str]]:
    """One journal per book of each unit, its lines numbered as they are written."""
    journals: list[str] = []
    lines: list[str] = []
    for number, unit in enumerate(units):
        places: dict[str, list[int]] = {}
        for line in unit.lines:
            place = places.get(line.book)
            if place is None:
                place = places[line.book] = [len(journals), 0]
                journals.append(f"{place[0]}\t{number}\t{numbers.books[line.book]}\n")
            place[1] += 1
            debit, credit = numbers.accounts[line.debit], numbers.accounts[line.credit]
            lines.append(
                f"{place[0]}\t{place[1]}\t{debit}\t{credit}\t{line.amount}\t{line.rule}\t{line.debt or NULL}\n"
            )
    return journals, lines


def _debts(units: Sequence[Unit], numbers: Numbers) -> Iterable[str]:
    books = numbers.books
    for number, unit in enumerate(units):
        for debt in unit.debts:
            yield f"{number}\t{debt.id}\t{books[debt.debtor]}\t{books[debt.creditor]}\t{debt.currency}\t{debt.amount}\t{debt.due_on}\n"
