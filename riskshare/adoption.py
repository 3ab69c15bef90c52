"""Schemes in force: documents adopted into the database. What was adopted and used is never changed, only followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.faults import Conflict, Refusal, Refused
from products.events import kinds
from products.posting import sharing_roles
from riskshare.meaning import LEDGER_DATES, MEASURES
from riskshare.program import net_loss
from riskshare.scheme_file import load_scheme, read_scheme
from riskshare.terms import Scheme

if TYPE_CHECKING:
    from psycopg import Connection


def check(path: Path) -> Scheme:
    """The scheme in a file, proved. Raises Refused with every fault of the document."""
    return load_scheme(path, measures=MEASURES, roles=sharing_roles())


def library() -> Mapping[str, Path]:
    """The scheme documents that come with the program, by id (their file name)."""
    return {path.stem: path for path in sorted((Path(__file__).parent / "schemes").glob("*.toml"))}


def adopt(conn: Connection[Any], path: Path, actor: str) -> Scheme:
    """Put a scheme in force. A document may add versions; it may not change one that contracts already rest on."""
    scheme = check(path)
    refusals = list(_beyond_the_books(scheme))
    if refusals:
        raise Refused(*refusals)
    conn.execute("LOCK TABLE share.scheme IN SHARE ROW EXCLUSIVE MODE")
    current = adopted(conn).get(scheme.id)
    if current is not None and current.digest == scheme.digest:
        return current
    if current is not None:
        _refuse_changed(conn, current, scheme)
    conn.execute(
        "INSERT INTO share.scheme (scheme_id, currency, digest, document, actor) VALUES (%s, %s, %s, %s, %s)",
        (scheme.id, scheme.currency, scheme.digest, scheme.text, actor),
    )
    return scheme


def _beyond_the_books(scheme: Scheme) -> Iterator[Refusal]:
    """What the terms ask for and no event of the ledger brings. Such a scheme is for `gongji split`."""
    told = {field.name for kind in kinds().values() for field in kind.fields} | sharing_roles() | LEDGER_DATES
    for version in scheme.versions:
        named = version.parties.keys()
        beyond = [
            *(f"measure {name}" for name in sorted(version.measures - MEASURES - version.declared.keys())),
            *(
                f"attribute {name}"
                for name in sorted(version.attributes - told - named - {fuse.name for fuse in version.fuses})
            ),
            *(f"a party for the open role {name}" for name in sorted(version.books_as.keys() - named)),
            *("instalments" for _ in [version.loss] if version.loss and version.loss.instalments),
            *('recoveries by "net_loss"' for _ in [version] if net_loss(version)),
        ]
        if beyond:
            what = f"version {version.effective} rests on what no event of the ledger brings: {', '.join(beyond)}"
            yield Refusal(
                scheme.file, what, "measures, attributes and parties of events", advice="gongji split shares it"
            )


def adopted(conn: Connection[Any]) -> Mapping[str, Scheme]:
    """The newest adopted document of every scheme."""
    rows = conn.execute(
        "SELECT DISTINCT ON (scheme_id) scheme_id, document FROM share.scheme ORDER BY scheme_id, seq DESC"
    ).fetchall()
    return {name: _parsed(document, name) for name, document in rows}


def _refuse_changed(conn: Connection[Any], current: Scheme, scheme: Scheme) -> None:
    """A version that facts rest on stays as it was; so does the date from which a later one applies to new contracts."""
    used = conn.execute(
        "SELECT effective, max(key_on) FROM share.fact WHERE scheme_id = %s GROUP BY 1 ORDER BY 1", (scheme.id,)
    ).fetchall()
    old = {version.effective: version.digest for version in current.versions}
    new = {version.effective: version.digest for version in scheme.versions}
    changed = [effective for effective, _ in used if old.get(effective) != new.get(effective)]
    if changed:
        raise Conflict(
            *(
                Refusal(
                    scheme.file,
                    f"version {effective} differs from the one that contracts rest on",
                    "the same terms as adopted",
                    "other terms",
                    "leave the version as it was and add a new one with a later effective date",
                )
                for effective in changed
            )
        )


@lru_cache(maxsize=64)
def _parsed(document: str, name: str) -> Scheme:
    return read_scheme(document, name, measures=MEASURES, roles=None)
