"""Who may do what: what is in force, what waits for another person, and the changes, each held and recorded by the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ledger.accounts import role_of
from ledger.accounts import roles as account_roles
from ledger.balances import account as numbers
from ledger.batch import AccountKey
from ledger.catalog import changed_functions, changed_relations
from ledger.faults import NotAllowed, NotFound, Refusal

if TYPE_CHECKING:
    from psycopg import Connection

Kind = Literal["close", "limit", "terms", "grant", "override"]
"""What takes two persons."""

ROLES = ("poster", "closer", "approver", "terms", "sealer", "reader", "party", "auditor")
"""What a login can be given; the owner and the migrator are the operator's to give."""


class Login(NamedTuple):
    """A login, its roles, the books it is a party of, and up to how much it may approve (or post) of each kind.

    An authority of None was taken away.
    """

    name: str
    roles: tuple[str, ...]
    books: tuple[str, ...]
    authorities: Mapping[str, int | None]


class Proposal(NamedTuple):
    """What somebody wants to do and may not do alone; `approver` once another person has agreed."""

    number: int
    kind: Kind
    subject: str
    amount: int
    contents: Mapping[str, Any]
    because: str
    maker: str
    proposed_at: datetime
    approver: str | None
    carried_out: bool


class Limit(NamedTuple):
    """An account that has a limit: the least and the most it may stand at, on the side where it usually stands."""

    book: str
    role: str
    counterparty: str | None
    currency: str
    floor: int | None
    ceiling: int | None
    balance: int


class Finding(NamedTuple):
    """One thing that was looked at: what, where, whether it is as it must be, and what to do where it is not."""

    what: str
    where: str
    ok: bool
    advice: str = ""


class Answer(NamedTuple):
    """What became of a change: done, already so, or filed under a number until another person approves it."""

    outcome: Literal["set", "same", "approval_needed"]
    proposal: int | None = None


def logins(conn: Connection[Any]) -> list[Login]:
    """Everybody who has a role, a book or an authority."""
    return [Login(name, tuple(roles), tuple(books), held) for name, roles, books, held in conn.execute(_LOGINS)]


def proposals(conn: Connection[Any], *, waiting: bool = False) -> list[Proposal]:
    """What was proposed, in order; `waiting`: only what nobody has approved yet."""
    return [found for found in (Proposal(*row) for row in conn.execute(_PROPOSALS)) if not (waiting and found.approver)]


def limits(conn: Connection[Any]) -> list[Limit]:
    """Every account that has a limit."""
    return [Limit(*row) for row in conn.execute(_LIMITS)]


def floors(role: str, floor: int | None, ceiling: int | None) -> tuple[int | None, int | None]:
    """The credit and the debit floor that hold an account between these two, on the side where it usually stands."""
    if role not in account_roles():
        raise NotFound(Refusal(f"account {role}", "there is no such role", "a role of roles.csv"))
    other = None if ceiling is None else -ceiling
    return (other, floor) if account_roles()[role].kind in ("asset", "expense", "memo") else (floor, other)


def findings(conn: Connection[Any]) -> list[Finding]:
    """Whether all of this is in force: for each thing looked at what is wrong, or one line saying that nothing is."""
    found: list[Finding] = []
    for what, look, advice in _CHECKS:
        faults = look(conn) if callable(look) else (where for (where,) in conn.execute(look.encode()))
        found += [Finding(what, where, False, advice) for where in faults] or [Finding(what, "", True)]
    return found


# Changes. Each is carried out at once where the login may, and else filed as a proposal.


def grant_role(conn: Connection[Any], login: str, role: str, because: str, actor: str) -> Answer:
    """Make a login a poster, closer, approver ... Raises NotFound."""
    name = f"gongji_{role}"
    return _granted(conn, "ledger.grant_role(%s, %s, %s, %s)", (login, name, because, actor), 0, {"role": name})


def revoke_role(conn: Connection[Any], login: str, role: str, because: str, actor: str) -> Answer:
    return _granted(conn, "ledger.revoke_role(%s, %s, %s, %s)", (login, f"gongji_{role}", because, actor))


def grant_book(conn: Connection[Any], login: str, book: str, because: str, actor: str) -> Answer:
    """Show a party the rows of a book. Raises NotFound."""
    number = _book(conn, book)
    return _granted(conn, "ledger.grant_book(%s, %s, %s, %s)", (login, number, because, actor), 0, {"book": number})


def revoke_book(conn: Connection[Any], login: str, book: str, because: str, actor: str) -> Answer:
    return _granted(conn, "ledger.revoke_book(%s, %s, %s, %s)", (login, _book(conn, book), because, actor))


def set_authority(conn: Connection[Any], login: str, kind: str, up_to: int | None, because: str, actor: str) -> Answer:
    """Up to how much a login may approve of a kind ("post": may post by itself); None takes it away."""
    given = (login, kind, up_to, because, actor)
    contents = {"authority": kind, "up_to": up_to}
    return _granted(conn, "ledger.set_authority(%s, %s, %s, %s, %s)", given, up_to or 0, contents)


def propose_limit(
    conn: Connection[Any], account: AccountKey, credit_floor: int | None, debit_floor: int | None, because: str
) -> int:
    """File a change of limits, in the words that ledger.set_limit will look for. Raises NotFound."""
    given = (because, *numbers(conn, account), credit_floor, debit_floor)
    return int(_one(conn, _PROPOSE_LIMIT, given))


def propose(
    conn: Connection[Any], kind: Kind, subject: str, amount: int, contents: Mapping[str, Any], because: str
) -> int:
    """File what another person must approve, and get its number; what waits already keeps the number it has."""
    given = (kind, subject, amount, json.dumps(contents), because)
    return int(_one(conn, "SELECT ledger.propose(%s, %s, %s, %s::jsonb, %s)", given))


def approve(conn: Connection[Any], number: int, actor: str) -> None:
    """Agree to what another person proposed. Raises NotFound, NotAllowed."""
    outcome = _one(conn, "SELECT ledger.approve(%s, %s)", (number, actor))
    if outcome == "not_found":
        raise NotFound(Refusal(f"proposal {number}", "there is none of this number", advice="gongji approve list"))
    if outcome != "given":
        raise NotAllowed(Refusal(f"proposal {number}", *_WHY_NOT[str(outcome)]))


_WHY_NOT = {
    "already_approved": ("it is approved already",),
    "own_proposal": ("who proposes does not approve", "another person"),
    "own_rights": ("nobody approves his own rights", "another person"),
    "no_authority": ("this login may not approve such a thing", "an authority, which gongji role grant gives"),
    "above_authority": ("the amount is above what this login may approve", "an authority of this amount"),
}


def secure(conn: Connection[Any]) -> list[str]:
    """Put everything in force that this login may; what it may not, it says.

    Raises NotAllowed where a function is not the schema's: a superuser would run what somebody wrote into it.
    """
    for changed in changed_functions(conn):
        raise NotAllowed(Refusal(changed, "it is not run", advice=_CHANGED))
    said: list[str] = []

    def listen(notice: Any) -> None:
        said.append(str(notice.message_primary))

    conn.add_notice_handler(listen)
    try:
        conn.execute("SELECT ledger.secure()")
    finally:
        conn.remove_notice_handler(listen)
    return said


def _granted(
    conn: Connection[Any],
    call: str,
    given: tuple[Any, ...],
    amount: int = 0,
    contents: Mapping[str, Any] | None = None,
) -> Answer:
    outcome = _one(conn, f"SELECT {call}", given)
    if outcome == "not_found":
        raise NotFound(
            Refusal(f"login {given[0]}", f"it cannot have {given[1]}", "a login of the server, and a role", "")
        )
    if outcome != "approval_needed":
        return Answer("set" if outcome == "set" else "same")
    return Answer("approval_needed", propose(conn, "grant", given[0], amount, contents or {}, given[-2]))


def _book(conn: Connection[Any], name: str) -> int:
    row = conn.execute("SELECT book_id FROM ledger.book WHERE name = %s", (name,)).fetchone()
    if row is None:
        raise NotFound(
            Refusal(f"book {name}", "there is no such book", advice="gongji report trial-balance lists them")
        )
    return int(row[0])


def _one(conn: Connection[Any], sql: str, given: tuple[Any, ...]) -> Any:
    row = conn.execute(sql.encode(), given).fetchone()
    return row[0] if row else None


_LOGINS = """
WITH roles AS (
  SELECT m.rolname AS login, array_agg(substr(g.rolname, 8) ORDER BY g.rolname) AS roles
  FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
  WHERE g.rolname LIKE 'gongji\\_%%' AND m.rolcanlogin GROUP BY 1),
books AS (
  SELECT m.login, array_agg(b.name ORDER BY b.name) AS books FROM ledger.book_member m JOIN ledger.book b USING (book_id) GROUP BY 1),
newest AS (SELECT DISTINCT ON (login, kind) login, kind, up_to FROM ledger.authority ORDER BY login, kind, authority_no DESC),
held AS (SELECT login, jsonb_object_agg(kind, up_to) AS held FROM newest GROUP BY 1)
SELECT login, coalesce(roles, '{}'), coalesce(books, '{}'), coalesce(held, '{}')
FROM roles FULL JOIN books USING (login) FULL JOIN held USING (login) ORDER BY login"""

_PROPOSALS = """
SELECT p.proposal_no, p.kind, p.subject, p.amount, p.contents, p.because, p.maker, p.proposed_at, a.approver, c.act_no IS NOT NULL
FROM ledger.proposal p LEFT JOIN ledger.approval a USING (proposal_no) LEFT JOIN ledger.carried_out c USING (proposal_no) ORDER BY 1"""

_LIMITS = """
SELECT b.name, a.role, o.name, a.currency,
  CASE WHEN d.side THEN n.debit_floor ELSE n.credit_floor END, CASE WHEN d.side THEN -n.credit_floor ELSE -n.debit_floor END,
  CASE WHEN d.side THEN n.debits - n.credits ELSE n.credits - n.debits END
FROM ledger.balance n JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book b USING (book_id)
CROSS JOIN LATERAL (SELECT a.kind IN ('asset', 'expense', 'memo') AS side) d
LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
WHERE n.credit_floor IS NOT NULL OR n.debit_floor IS NOT NULL ORDER BY 1, 2, 3, 4"""

_PROPOSE_LIMIT = """
SELECT ledger.propose('limit', c.subject, c.amount, c.contents, %s) FROM ledger.limit_change(%s, %s, %s, %s) c"""


# What is looked at. Each query gives a row for each thing that is not as it must be.

_SECURE = "let a superuser run gongji role secure"
_LOOK = "find out who changed it and why, then gongji role secure and gongji audit verify"
_CHANGED = "find out who changed it and why, make it again what the schema has, then gongji audit verify"
_UNLIMITED = "give it its floor with gongji limit set, and ask who opened it"

_FREE = "('act_head', 'balance', 'book_member', 'calendar', 'head', 'period')"
"""The tables of the ledger whose rows may change; all others are append-only."""

_TABLES = """
tables AS (
  SELECT c.oid, c.oid::regclass::text AS name, c.relnamespace::regnamespace::text || '.' || c.relname AS full_name, c.relname, c.relnamespace FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text = ANY (ledger.schemas()))"""

_ROLES_SQL = """
SELECT r || ' is not there' FROM unnest(ledger.granted_roles() || ARRAY['gongji_owner', 'gongji_migrator']) r WHERE to_regrole(r) IS NULL
UNION ALL SELECT rolname || ' may log in or is more than a group' FROM pg_roles
  WHERE rolname = ANY (ledger.granted_roles() || ARRAY['gongji_owner', 'gongji_migrator'])
    AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"""

_OWNER_SQL = """
WITH owned (what, owner) AS (
  SELECT 'schema ' || nspname, nspowner FROM pg_namespace WHERE nspname IN ('ledger', 'product', 'share')
  UNION ALL SELECT oid::regclass::text, relowner FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace::regnamespace::text IN ('ledger', 'product', 'share')
  UNION ALL SELECT oid::regprocedure::text, proowner FROM pg_proc WHERE pronamespace::regnamespace::text IN ('ledger', 'product', 'share')
  UNION ALL SELECT 'type ' || oid::regtype, typowner FROM pg_type WHERE typnamespace::regnamespace::text IN ('ledger', 'product', 'share')
    AND (typtype IN ('e', 'd') OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')))
SELECT what || ' belongs to ' || owner::regrole FROM owned WHERE owner IS DISTINCT FROM to_regrole('gongji_owner') ORDER BY 1"""

_GRANTS_SQL = """
(SELECT format('%s on %s is granted to %s', privilege, object, role) FROM (SELECT * FROM ledger.granted() EXCEPT SELECT * FROM ledger.rights()) x ORDER BY 1)
UNION ALL
(SELECT format('%s on %s is not granted to %s', privilege, object, role) FROM
  (SELECT * FROM ledger.rights() WHERE to_regrole(role) IS NOT NULL EXCEPT SELECT * FROM ledger.granted()) x ORDER BY 1)"""

# A policy that nobody wrote here, or in other words than here, shows more than it should.
_ROWS_SQL = """
WITH RECURSIVE held AS (
  SELECT oid::oid FROM ledger.tables_with_books() oid UNION SELECT i.inhrelid FROM pg_inherits i JOIN held ON i.inhparent = held.oid),
mine (own) AS (VALUES ('ANY (ARRAY( SELECT m.book_id FROM ledger.book_member m WHERE (m.login = SESSION_USER)))')),
policies AS (
  SELECT polrelid, polname::text, regexp_replace(coalesce(pg_get_expr(polqual, polrelid), ''), '\\s+', ' ', 'g') AS qual, polcmd FROM pg_policy)
SELECT held.oid::regclass || ' shows its rows to whoever may read it' FROM held JOIN pg_class c USING (oid) WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)
UNION ALL SELECT format('%s has no policy %s', held.oid::regclass, p) FROM held, unnest(ARRAY['owner', 'every_book', 'own_book']) p
  WHERE NOT EXISTS (SELECT FROM policies WHERE polrelid = held.oid AND polname = p)
    AND to_regrole('gongji_party') IS NOT NULL
UNION ALL SELECT format('%s has a policy %s of other words', polrelid::regclass, polname) FROM policies, mine
  WHERE polrelid IN (SELECT oid FROM held) AND (
    (polname = 'owner' AND qual = 'true') OR (polname = 'every_book' AND qual = 'true' AND polcmd = 'r') OR (polname = 'own_book' AND polcmd = 'r' AND qual IN (
      format('(book_id = %s)', mine.own),
      CASE WHEN polrelid = 'ledger.book'::regclass THEN format('((book_id = %s) OR (book_id IN ( SELECT a.counterparty_book_id FROM ledger.account a)))', mine.own) END,
      CASE WHEN polrelid = 'ledger.obligation'::regclass THEN format('((debtor_book_id = %1$s) OR (creditor_book_id = %1$s))', mine.own) END,
      CASE WHEN polrelid = 'ledger.book_member'::regclass THEN '(login = SESSION_USER)' END))) IS NOT TRUE"""

_VIEWS_SQL = """
SELECT c.oid::regclass || CASE c.relkind WHEN 'v' THEN ' reads as its owner, not as who asks' ELSE ' keeps rows of all books' END FROM pg_class c
WHERE c.relnamespace::regnamespace::text = ANY (ledger.schemas())
  AND (c.relkind = 'm' OR (c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions) OR 'security_invoker=on' = ANY (c.reloptions), false)))"""

# 'A' fires whoever writes, in whatever role. A trigger type of 8 is DELETE, 16 UPDATE, 32 TRUNCATE.
_GUARDS_SQL = f"""
WITH {_TABLES}
SELECT name || ' may be changed' FROM tables t WHERE NOT (relnamespace = 'ledger'::regnamespace AND relname IN {_FREE})
  AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgfoid = 'ledger.refuse()'::regprocedure AND g.tgtype & 56 = 56 AND g.tgenabled = 'A')
UNION ALL SELECT format('trigger %s of %s does not always fire', g.tgname, t.name) FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE g.tgenabled <> 'A' AND NOT g.tgisinternal
UNION ALL SELECT format('rule %s of %s writes something else', r.rulename, t.name) FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL SELECT format('constraint %s of %s was never proved', k.conname, t.name) FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid WHERE NOT k.convalidated"""  # noqa: S608

_KEYS_SQL = f"""
WITH {_TABLES}
SELECT format('foreign keys of %s sleep while session_replication_role is replica', t.name) FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid
WHERE g.tgisinternal AND g.tgenabled <> 'A' GROUP BY t.name ORDER BY 1"""  # noqa: S608

# Rows of a child are seen through its parent, but a parent's guards do not fire for what is written into the child.
_CHILDREN_SQL = f"""
WITH RECURSIVE {_TABLES},
family AS (
  SELECT i.inhrelid AS child, i.inhparent AS parent FROM pg_inherits i WHERE i.inhparent IN (SELECT oid FROM tables)
  UNION SELECT i.inhrelid, f.parent FROM pg_inherits i JOIN family f ON i.inhparent = f.child)
SELECT format('%s is a child of %s without its guard %s', f.child::regclass, f.parent::regclass, g.tgname) FROM family f
  JOIN pg_trigger g ON g.tgrelid = f.parent AND NOT g.tgisinternal
  WHERE NOT EXISTS (SELECT FROM pg_trigger c WHERE c.tgrelid = f.child AND c.tgfoid = g.tgfoid AND c.tgtype = g.tgtype AND c.tgenabled = 'A')
UNION ALL SELECT format('%s is a child of %s and may be written by %s', f.child::regclass, f.parent::regclass, CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END)
  FROM family f JOIN pg_class c ON c.oid = f.child, aclexplode(c.relacl) x WHERE x.grantee <> c.relowner AND x.privilege_type <> 'SELECT'"""  # noqa: S608

_DEFINERS_SQL = """
SELECT p.oid::regprocedure || CASE WHEN p.prosecdef AND p.proowner <> n.nspowner THEN ' runs as ' || p.proowner::regrole ELSE ' finds names where its caller puts them' END
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = ANY (ledger.schemas()) AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)
  AND ((p.prosecdef AND p.proowner <> n.nspowner)
    OR NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c IN ('search_path=pg_catalog, pg_temp', 'search_path="pg_catalog, pg_temp"')))"""

_DEFINITIONS_SQL = """
SELECT 'changes of definitions are not logged: no event trigger ' || wanted FROM unnest(ARRAY['gongji_definitions', 'gongji_drops']) wanted
WHERE NOT EXISTS (SELECT FROM pg_event_trigger e JOIN pg_roles r ON r.oid = e.evtowner JOIN pg_proc p ON p.oid = e.evtfoid
  WHERE e.evtname = wanted AND e.evtenabled = 'A' AND r.rolsuper AND p.pronamespace = to_regnamespace('ddl') AND p.proname = 'write')"""

_MEMBERS_SQL = """
WITH member AS (
  SELECT m.rolname::text AS login, g.rolname::text AS role FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
  WHERE g.rolname = ANY (ledger.granted_roles()) AND m.rolname <> 'gongji_owner'),
record AS (
  SELECT DISTINCT ON (subject, contents::jsonb ->> 'role') subject AS login, contents::jsonb ->> 'role' AS role, kind FROM ledger.act
  WHERE kind IN ('grant', 'revoke') AND contents::jsonb ? 'role' ORDER BY 1, 2, act_no DESC)
SELECT format('%s is %s, and the record does not say so', login, role) FROM member m
  WHERE NOT EXISTS (SELECT FROM record r WHERE r.login = m.login AND r.role = m.role AND r.kind = 'grant')
UNION ALL SELECT format('%s is a party and %s', login, string_agg(role, ', ' ORDER BY role) FILTER (WHERE role <> 'gongji_party')) FROM member
  GROUP BY login HAVING bool_or(role = 'gongji_party') AND count(*) > 1
UNION ALL SELECT format('%s is shown book %s, and the record does not say so', b.login, b.book_id) FROM ledger.book_member b
  WHERE NOT EXISTS (SELECT FROM ledger.act a WHERE a.kind = 'grant' AND a.subject = b.login AND a.contents::jsonb ->> 'book' = b.book_id::text)"""


def _unlimited(conn: Connection[Any]) -> Iterator[str]:
    """Accounts opened otherwise than their role says: who opens them says what they are. A change of limits on record is one."""
    for book, role, currency, kind, floor, changed in conn.execute(_FLOORS):
        meant = role_of(role)
        if meant is None or meant.kind != kind:
            yield f"{book}/{role}/{currency} is of another kind than the schema has"
        elif floor != meant.credit_floor and not changed:
            yield f"{book}/{role}/{currency} was opened with another floor than its role has"


_FLOORS = """
SELECT b.name, a.role, a.currency, a.kind, n.credit_floor,
  EXISTS (SELECT FROM ledger.act x WHERE x.kind = 'limit' AND (x.contents::jsonb ->> 'account')::integer = a.account_id)
FROM ledger.balance n JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book b USING (book_id) ORDER BY 1, 2, 3"""


_CHECKS: tuple[tuple[str, str | Callable[[Connection[Any]], Iterator[str]], str], ...] = (
    ("shape", changed_relations, _CHANGED),
    ("roles", _ROLES_SQL, _SECURE),
    ("owner", _OWNER_SQL, _SECURE),
    ("grants", _GRANTS_SQL, _LOOK),
    ("rows", _ROWS_SQL, _LOOK),
    ("views", _VIEWS_SQL, "ALTER VIEW ... SET (security_invoker = true), or drop it"),
    ("guards", _GUARDS_SQL, _LOOK),
    ("foreign keys", _KEYS_SQL, _SECURE),
    ("children", _CHILDREN_SQL, "move its rows away and drop it; then gongji audit verify"),
    ("definers", _DEFINERS_SQL, _SECURE),
    ("definitions", _DEFINITIONS_SQL, _SECURE),
    ("functions", changed_functions, _CHANGED),
    ("limits", _unlimited, _UNLIMITED),
    ("members", _MEMBERS_SQL, "grant and revoke with gongji role, which writes it down"),
)
