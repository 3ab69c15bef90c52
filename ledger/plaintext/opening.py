"""Opening books: where the accounts of a plain-text journal stand at the end of a day, posted as one voucher of a new book."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.accounts import roles
from ledger.batch import AccountKey, Line, Unit
from ledger.faults import Conflict, NotAllowed, NotFound, PeriodClosed, Refusal, Refused
from ledger.money import plain_amount
from ledger.plaintext.beancount_reader import read_beancount
from ledger.plaintext.checking import Balances, Lived, live_through
from ledger.plaintext.hledger_reader import read_hledger
from ledger.plaintext.mapping import Meant, apply_mapping
from ledger.plaintext.model import Claim, File, Journal
from ledger.posting import CREATED, SAME, post

if TYPE_CHECKING:
    from psycopg import Connection

KIND = "books.opened"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be posted, and what it was made of."""

    book: str
    on: date
    unit: Unit
    files: tuple[File, ...]
    lived: Lived
    left_out: Mapping[str, int]

    @property
    def balances(self) -> Balances:
        """Debits less credits by account of the journal and currency, zero left out."""
        return Counter({key: minor for key, minor in sorted(self.lived.balances.items()) if minor})


def read_opening(
    path: Path,
    book: str,
    on: date | None = None,
    symbols: Mapping[str, str] | None = None,
    mapping: Sequence[Meant] = (),
) -> Opening:
    """The opening of a book from a journal, at the end of a day; of its last entry where none is named.

    `symbols`: currencies by what the journal calls them; `mapping`: what its accounts are here.
    Raises Refused with every fault: what the ledger cannot hold, what does not balance, what is claimed and not so.
    """
    if not path.is_file():
        raise NotFound(Refusal(str(path), "there is no such file", "a beancount or hledger journal", str(path)))
    read = read_beancount if path.suffix.lower() in (".beancount", ".bean") else read_hledger
    journal = read(path, symbols)
    day = on or max((step.on for step in journal.steps if not isinstance(step, Claim)), default=date.max)
    apply_mapping(journal, mapping)
    lived = live_through(journal, day)
    standing = _standing(journal, book, lived.balances)
    if not standing and not journal.faults:
        expected = f"entries up to {day}" if journal.steps else "entries"
        journal.faults.append(Refusal(path.name, "nothing stands in these books", expected, "none"))
    if journal.faults:
        raise Refused(*journal.faults)
    rule = f"opening:{journal.files[0].sha256}"
    lines = tuple(Line(book, debit, credit, amount, rule) for debit, credit, amount in pairs(standing))
    return Opening(book, day, Unit(f"opening:{book}", KIND, day, lines), tuple(journal.files), lived, journal.left_out)


def open_books(conn: Connection[Any], opening: Opening, actor: str) -> str:
    """Post an opening in the open transaction, and record of what files it was made: "created", or "same" if it stands.

    A book is opened once, and before anything else is posted to it. Raises Refused.
    """
    _ask_new(conn, opening)
    (outcome,) = post(conn, [opening.unit], actor)
    if outcome == CREATED:
        conn.execute("SELECT ledger.record_opening(%s, %s, %s)", (opening.book, told(opening), actor))
    elif outcome != SAME:
        raise _refused(opening, outcome)
    return outcome


def told(opening: Opening) -> str:
    """What the record keeps of an opening: the files by their digests, and control totals, as canonical JSON."""
    totals: Counter[str] = Counter()
    for (_, currency), minor in opening.balances.items():
        totals[currency] += max(minor, 0)
    contents = {
        "on": opening.on.isoformat(),
        "files": [file._asdict() for file in opening.files],
        "transactions": opening.lived.transactions,
        "postings": opening.lived.postings,
        "claims": opening.lived.claims,
        "accounts": len({name for name, _ in opening.balances}),
        "debits": {currency: plain_amount(minor, currency) for currency, minor in sorted(totals.items())},
    }
    return json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pairs(standing: Mapping[AccountKey, int]) -> Iterator[tuple[AccountKey, AccountKey, int]]:
    """Balances that come to nothing as debit, credit and amount: at most one pair fewer than there are accounts."""
    for currency in sorted({key[3] for key in standing}):
        ordered = sorted((key for key in standing if key[3] == currency), key=lambda key: (key[1], key[2] or ""))
        debits = [(key, standing[key]) for key in reversed(ordered) if standing[key] > 0]
        credits = [(key, -standing[key]) for key in reversed(ordered) if standing[key] < 0]
        while debits and credits:
            (debit, owed), (credit, owing) = debits.pop(), credits.pop()
            amount = min(owed, owing)
            yield debit, credit, amount
            if owed > amount:
                debits.append((debit, owed - amount))
            if owing > amount:
                credits.append((credit, owing - amount))


def _standing(journal: Journal, book: str, balances: Balances) -> Mapping[AccountKey, int]:
    """Balances that are not zero by what the accounts are in the ledger; two of the journal may be one there."""
    standing: Counter[AccountKey] = Counter()
    roles_of = {name: _role(journal, book, name) for name, _ in balances if name in journal.accounts}
    for (name, currency), minor in balances.items():
        if name in roles_of:
            standing[book, *roles_of[name], currency] += minor
    return {key: minor for key, minor in standing.items() if minor}


def _role(journal: Journal, book: str, name: str) -> tuple[str, str | None]:
    """Role and counterparty: as the account says itself in its metadata or tags, or else its kind and its own name."""
    account = journal.accounts[name]
    role, counterparty = account.words.get("role", ""), account.words.get("counterparty") or None
    if not role:
        return f"{account.kind}:{name}", None
    known = roles().get(role)
    kind = known.kind if known else role.partition(":")[0]
    if kind != (account.words.get("kind") or account.kind):
        what = f"{name} has a role of another kind" if known else f"{name} has an unknown role"
        journal.fault(account.place, what, kind if known else "a role of roles.csv", role)
    if counterparty == book:
        journal.fault(account.place, f"{name} stands between the book and itself", "another party", book)
    return role, counterparty


def _ask_new(conn: Connection[Any], opening: Opening) -> None:
    """A book that has entries of its own is not opened any more."""
    row = conn.execute(_FIRST, (opening.book,)).fetchone()
    if row is not None and row[0] != opening.unit.key:
        what = "the book has entries already; books are opened before anything is posted to them"
        raise Conflict(Refusal(opening.book, what, "a book without entries", f"event {row[0]}"))


_FIRST = """
SELECT j.event_id FROM ledger.journal j JOIN ledger.book b USING (book_id) WHERE b.name = %s AND j.journal_no = 1"""


def _refused(opening: Opening, outcome: str) -> Refused:
    where, day = opening.book, str(opening.on)
    if outcome == "period_closed":
        return PeriodClosed(Refusal(where, "the period of the opening is closed", "a day in an open period", day))
    if outcome.startswith("conflict"):
        what = "the book was opened with something else"
        return Conflict(Refusal(where, what, "the same file and day", f"another {outcome.partition(':')[2]}"))
    return NotAllowed(Refusal(where, "the ledger does not take these balances", "balances within the limits", outcome))
