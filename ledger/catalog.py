"""What the schema is made of, as PostgreSQL says it, beside what schema/shape.txt says: a line for each thing.

Left out is what another check looks at (owners, grants, policies, triggers that sleep, where a definer finds names) and what
changes no row and no answer: storage, statistics, costs, the order of columns, indexes that are not unique and not ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ledger.files import schema_dir

if TYPE_CHECKING:
    from psycopg import Connection

Shape = Mapping[str, str]
"""Of each thing, under its name, what it says: `ledger.journal: column amount` is `bigint[] NOT NULL`."""

FILE = "shape.txt"
_IS, _OF = " = ", ": "


def read(conn: Connection[Any]) -> Shape:
    """The shape of this database."""
    return _functions(conn) | _relations(conn)


def written() -> Shape:
    """The shape that the migrations make."""
    lines = (schema_dir() / FILE).read_text(encoding="utf-8").splitlines()
    return dict(line.split(_IS, 1) for line in lines)


def text_of(shape: Shape) -> str:
    return "".join(sorted(f"{name}{_IS}{says}\n" for name, says in shape.items()))


def changed_functions(conn: Connection[Any]) -> Iterator[str]:
    """Functions that are not the schema's, in their text or in how they are run."""
    yield from differences({name: says for name, says in written().items() if name.endswith(")")}, _functions(conn))


def changed_relations(conn: Connection[Any]) -> Iterator[str]:
    """Tables, what belongs to them, views, sequences and types that are not the schema's."""
    meant = {name: says for name, says in written().items() if not name.endswith(")")}
    yield from differences(meant, _relations(conn))


def differences(meant: Shape, there: Shape) -> Iterator[str]:
    """What differs, a sentence for each thing; of a table that is gone or not ours it says nothing more."""
    if not any(name.startswith("ddl.") for name in there):  # only a superuser makes that schema
        meant = {name: says for name, says in meant.items() if not name.startswith("ddl.")}
    for name in sorted(meant.keys() | there.keys()):
        whole = name.split(_OF)[0]
        if whole != name and (whole in meant) != (whole in there):
            continue
        if name not in there:
            yield f"{name} is gone"
        elif name in meant and meant[name] != there[name]:
            yield f"{name} is not as the schema has it"
        elif name not in meant and not there[name].startswith("CREATE INDEX"):
            yield f"{name} is not of the schema"


def _functions(conn: Connection[Any]) -> dict[str, str]:
    return _said(conn, _FUNCTIONS)


def _relations(conn: Connection[Any]) -> dict[str, str]:
    return _said(conn, _RELATIONS)


def _said(conn: Connection[Any], sql: str) -> dict[str, str]:
    """What PostgreSQL answers where every name is said in full, whatever the settings of this database and login."""
    with conn.transaction(force_rollback=True):
        for setting, value in _PLAIN.items():
            conn.execute("SELECT set_config(%s, %s, true)", (setting, value))
        return dict(conn.execute(sql.encode()).fetchall())


_PLAIN = {
    "search_path": "pg_catalog, pg_temp",
    "quote_all_identifiers": "off",
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "bytea_output": "hex",
}

# `gongji role secure` runs functions of the schema once it has seen that they are its own: here none of them is run.
_SPACES = "('ledger', 'product', 'share', 'ddl')"

# A definer and a trigger find names where ledger.secure() says, which has a check of its own.
_FUNCTIONS = rf"""
SELECT p.oid::regprocedure::text, concat_ws(' ',
  CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window function' END,
  '(' || pg_get_function_arguments(p.oid) || ')', 'RETURNS ' || pg_get_function_result(p.oid), 'LANGUAGE ' || l.lanname,
  CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
  CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END,
  CASE WHEN p.proisstrict THEN 'STRICT' END, CASE WHEN p.proleakproof THEN 'LEAKPROOF' END, CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END,
  (SELECT string_agg('SET ' || c, ' ' ORDER BY c) FROM unnest(p.proconfig) c
    WHERE NOT (c LIKE 'search\_path=%' AND (p.prosecdef OR p.prorettype = 'trigger'::regtype))),
  'sha256 ' || encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'))
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace::regnamespace::text IN {_SPACES}"""  # noqa: S608

# PostgreSQL 18 keeps NOT NULL as a constraint, 15 as a mark of the column: it is told with the column.
# Whether a view reads as its owner or as who asks has a check of its own; so have the rules of a table.
# A view of one table alone is told otherwise by 15 (`book.name`) than by later versions (`name`); there is none.
_RELATIONS = rf"""
WITH relation AS (
  SELECT c.oid, c.relkind, c.relpersistence, c.reloptions, c.oid::regclass::text AS name FROM pg_class c WHERE c.relnamespace::regnamespace::text IN {_SPACES}),
kept AS (SELECT * FROM relation WHERE relkind IN ('r', 'p', 'f')),
seen AS (SELECT * FROM relation WHERE relkind IN ('v', 'm')),
told (name, says) AS (
  SELECT name, concat_ws(' ', CASE relpersistence WHEN 'u' THEN 'unlogged' END, CASE relkind WHEN 'f' THEN 'foreign' END, 'table',
    'PARTITION BY ' || pg_get_partkeydef(oid),
    (SELECT 'INHERITS ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = oid)) FROM kept
  UNION ALL SELECT format('%s: column %I', k.name, a.attname), concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END, CASE WHEN a.attnotnull THEN 'NOT NULL' END,
    CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
    CASE WHEN a.attgenerated = '' THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
      ELSE format('GENERATED ALWAYS AS (%s) %s', pg_get_expr(d.adbin, d.adrelid), CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END) END)
    FROM kept k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = k.oid AND d.adnum = a.attnum
  UNION ALL SELECT format('%s: constraint %I', k.name, c.conname), pg_get_constraintdef(c.oid)
    FROM kept k JOIN pg_constraint c ON c.conrelid = k.oid WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')
  UNION ALL SELECT format('%s: index %I', r.name, x.relname), concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
    FROM relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
  UNION ALL SELECT format('%s: trigger %I', r.name, g.tgname), pg_get_triggerdef(g.oid)
    FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE NOT g.tgisinternal
  UNION ALL SELECT name, concat_ws(' ', CASE relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
    (SELECT 'WITH ' || string_agg(o, ', ' ORDER BY o) FROM unnest(reloptions) o WHERE o NOT LIKE 'security\_invoker=%'), btrim(pg_get_viewdef(oid))) FROM seen
  UNION ALL SELECT format('%s: rule %I', s.name, w.rulename), pg_get_ruledef(w.oid) FROM seen s JOIN pg_rewrite w ON w.ev_class = s.oid WHERE w.rulename <> '_RETURN'
  UNION ALL SELECT r.name, concat_ws(' ', 'sequence', format_type(q.seqtypid, NULL), 'START', q.seqstart, 'INCREMENT', q.seqincrement, 'MINVALUE', q.seqmin,
    'MAXVALUE', q.seqmax, 'CACHE', q.seqcache, CASE WHEN q.seqcycle THEN 'CYCLE' END) FROM relation r JOIN pg_sequence q ON q.seqrelid = r.oid
  UNION ALL SELECT r.name, (SELECT format('type (%s)', string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END), ', ' ORDER BY a.attnum))
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped) FROM relation r WHERE r.relkind = 'c'
  UNION ALL SELECT format_type(t.oid, NULL), CASE t.typtype
    WHEN 'e' THEN (SELECT format('enum (%s)', string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)) FROM pg_enum e WHERE e.enumtypid = t.oid)
    ELSE concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typcollation <> b.typcollation THEN 'COLLATE ' || t.typcollation::regcollation END,
      CASE WHEN t.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || t.typdefault,
      (SELECT string_agg(pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname) FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c')) END
    FROM pg_type t LEFT JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype IN ('e', 'd') AND t.typnamespace::regnamespace::text IN {_SPACES})
SELECT name, regexp_replace(says, '\s*\n\s*', ' ', 'g') FROM told"""  # noqa: S608
