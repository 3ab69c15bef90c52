"""The people of an office: a login for each, connected as himself, with the roles he was given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from ledger.database import Database
from ledger.roles import ROLES, grant_role, set_authority

NOT_ALLOWED = "42501"


class Office:
    """A database and who works with it. Logins belong to the whole server, so their names begin with the database's."""

    def __init__(self, database: Database) -> None:
        self.url = database.url
        self.chief = psycopg.connect(database.url, autocommit=True)  # owns the server
        self.chief.execute("SELECT ledger.secure()")
        self.database = self.chief.info.dbname
        self.connections: dict[str, psycopg.Connection[Any]] = {}

    def login(self, name: str) -> str:
        return f"{self.database}_{name}"

    def url_of(self, name: str) -> str:
        """Where somebody connects; whoever is not hired yet gets the role of his name."""
        if not self.one("SELECT 1 FROM pg_roles WHERE rolname = %s", self.login(name)):
            self.hire(name, *([name] if name in ROLES else []))
        return self.url.replace(f"//{self.chief.info.user}@", f"//{self.login(name)}@")

    def hire(self, name: str, *roles: str, groups: tuple[str, ...] = ()) -> str:
        """A login with these roles; `groups` are the ones only the operator gives."""
        login = self.login(name)
        self.chief.execute(f"CREATE ROLE {login} LOGIN".encode())
        for group in groups:
            self.chief.execute(f"GRANT {group} TO {login}".encode())
        for role in roles:
            grant_role(self.chief, login, role, "hired", "chief")
        return login

    def authorise(self, name: str, kind: str, up_to: int) -> None:
        set_authority(self.chief, self.login(name), kind, up_to, "hired", "chief")

    def as_(self, name: str) -> psycopg.Connection[Any]:
        """The connection of somebody."""
        if name not in self.connections:
            self.connections[name] = psycopg.connect(self.url_of(name), autocommit=True)
        return self.connections[name]

    def one(self, sql: str, *given: object) -> Any:
        """The first field of an answer, as the chief sees it."""
        row = self.chief.execute(sql.encode(), given).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Everybody goes home, and the server forgets them."""
        for connection in self.connections.values():
            connection.close()
        gone = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE starts_with(usename, %s)"
        self.chief.execute(gone, (self.login(""),)).fetchall()  # waits until what they held is given back
        roles = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)"
        for (login,) in self.chief.execute(roles, (self.login(""),)).fetchall():
            self.chief.execute(f"DROP OWNED BY {login}; DROP ROLE {login}".encode())
        self.chief.close()


@contextmanager
def office_of(database: Database) -> Iterator[Office]:
    with closing(database.connect()):  # its schema is up to date
        office = Office(database)
    try:
        yield office
    finally:
        office.close()


def attempted(conn: psycopg.Connection[Any], sql: str, given: tuple[object, ...] | None = None) -> str:
    """The code with which the database refuses a statement; all it did is undone. "" where it was let through."""
    try:
        with conn.transaction(force_rollback=True):
            conn.execute(sql.encode(), given)
            conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as error:
        return error.sqlstate or "lost"
    return ""
