"""Books and accounts by what they are for: opened when they are first named, found again by the same words."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.batch import AccountKey
from ledger.faults import Refusal, Refused
from ledger.files import schema_dir

if TYPE_CHECKING:
    from psycopg import Connection, Cursor


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


def role_of(name: str) -> Role | None:
    """A role of roles.csv; or KIND:NAME, which says of itself what it is: an account that came with a name of its own."""
    own = _OWN.fullmatch(name)
    return Role(own["kind"], own["name"], own["name"], None) if own else roles().get(name)


_OWN = re.compile(r"(?P<kind>asset|liability|equity|income|expense):(?P<name>\S.*)")


class Numbers(NamedTuple):
    """Numbers the database gave: books by name, accounts by key. Once they are kept they never change."""

    books: dict[str, int]
    accounts: dict[AccountKey, int]

    def learn(self, more: Numbers) -> None:
        self.books.update(more.books)
        self.accounts.update(more.accounts)


def resolve(conn: Connection[Any], keys: Collection[AccountKey]) -> Numbers:
    """The numbers of these accounts; books and accounts that do not exist yet are opened. Raises Refused."""
    if not keys:
        return Numbers({}, {})
    wanted = sorted(keys, key=lambda key: (key[0], key[1], key[2] or "", key[3]))
    named = {key[1]: role_of(key[1]) for key in wanted}
    unknown = sorted(name for name, role in named.items() if role is None)
    if unknown:
        what = f"unknown account role {', '.join(unknown)}"
        raise Refused(Refusal("posting rules", what, "a role of roles.csv", ", ".join(unknown)))
    books = book_ids(conn, {name for key in wanted for name in (key[0], key[2]) if name})
    columns = [
        [books[key[0]] for key in wanted],
        [key[1] for key in wanted],
        [books[key[2]] if key[2] else None for key in wanted],
        [key[3] for key in wanted],
    ]
    with conn.cursor() as cursor:
        found = _accounts(cursor, columns)
        if None in found:
            said = [role for key in wanted if (role := named[key[1]])]
            kinds = [role.kind for role in said]
            floors = [role.credit_floor for role in said]
            cursor.execute(_OPEN_ACCOUNTS, [*columns, kinds, floors])
            found = _accounts(cursor, columns)
    return Numbers(books, {key: number for key, number in zip(wanted, found, strict=True) if number is not None})


def book_ids(conn: Connection[Any], names: Iterable[str]) -> dict[str, int]:
    """The numbers of these books; a book that does not exist yet is opened."""
    wanted = sorted(names)
    with conn.cursor() as cursor:
        found = _books(cursor, wanted)
        if len(found) < len(wanted):
            cursor.execute("SELECT ledger.open_books(%s::text[])", (wanted,))
            found = _books(cursor, wanted)
    return found


_OPEN_ACCOUNTS = "SELECT ledger.open_accounts(%s::int[], %s::text[], %s::int[], %s::text[], %s::text[], %s::bigint[])"

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
