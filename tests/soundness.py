"""Is this ledger sound? Every counter, number, line, batch and snapshot worked out again from the rows, in plain Python.

Nothing of the program is used here: what is checked was written by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from psycopg.rows import namedtuple_row

Row: TypeAlias = Any
Account: TypeAlias = tuple[int, int]
DAY_0, MOMENT_0 = date(2000, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)
TABLES = (
    "account",
    "act",
    "act_head",
    "balance",
    "batch",
    "head",
    "journal",
    "obligation",
    "period",
    "period_balance",
    "refusal",
)


Rows: TypeAlias = dict[str, list[Row]]


class Entry(NamedTuple):
    """A line of a voucher."""

    line: int
    debit: int
    credit: int
    amount: int
    rule: str
    debt: UUID | None


class Ledger(NamedTuple):
    """All rows as they stood at one moment, and what is found by number."""

    rows: Rows
    journals: dict[tuple[int, int], Row]
    lines: dict[tuple[int, int], list[Entry]]
    resolved: dict[tuple[int, int], Row]
    debts: dict[UUID, str]


def unsound(conn: Any) -> list[str]:
    """What is wrong, a sentence each; nothing when the ledger is sound."""
    return wrong(read(conn))


def read(conn: Any) -> Rows:
    """All rows at one moment."""
    with conn.transaction(), conn.cursor(row_factory=namedtuple_row) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return {table: cursor.execute(f"SELECT * FROM ledger.{table}").fetchall() for table in TABLES}


def wrong(rows: Rows) -> list[str]:
    ledger = numbered(rows)
    return [
        *wrong_numbers(ledger),
        *wrong_journals(ledger),
        *wrong_counters(ledger),
        *wrong_snapshots(ledger),
        *wrong_chains(ledger),
        *wrong_keys(ledger),
        *wrong_debts(ledger),
    ]


def numbered(rows: Rows) -> Ledger:
    journals = {(row.book_id, row.journal_no): row for row in sorted(rows["journal"], key=lambda row: row.journal_no)}
    lines = {at: entries(row) for at, row in journals.items()}
    resolved = {(book, row.resolves_no): row for (book, _), row in journals.items() if row.resolves_no}
    debts = {row.obligation_id: debt_text(row) for row in rows["obligation"]}
    return Ledger(rows, journals, lines, resolved, debts)


def entries(row: Row) -> list[Entry]:
    """The lines of a voucher, as far as all its columns go."""
    debts = row.debt or [None] * len(row.amount)
    columns = zip(row.debit, row.credit, row.amount, row.rule, debts, strict=False)
    return [Entry(line, *column) for line, column in enumerate(columns, start=1)]


def wrong_numbers(ledger: Ledger) -> Iterator[str]:
    """Vouchers of a book run from 1 to its head; acts from 1."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for row in sorted(ledger.rows["journal"], key=lambda row: row.journal_no):
        numbers[row.book_id].append(row.journal_no)
    for head in ledger.rows["head"]:
        found = numbers.pop(head.book_id, [])
        if found != list(range(1, head.last_journal + 1)):
            yield f"book {head.book_id}: head says {head.last_journal}, vouchers are {found[:3]}...{found[-3:]}"
    yield from (f"book {book} has vouchers and no head" for book in numbers)
    acts, last = sorted(act.act_no for act in ledger.rows["act"]), [head.last_act for head in ledger.rows["act_head"]]
    if acts != list(range(1, len(acts) + 1)) or last != [len(acts)]:
        yield f"acts are numbered {acts}, and the last is {last}"


def wrong_journals(ledger: Ledger) -> Iterator[str]:
    """Each voucher has whole lines, between two accounts of its book; none where it ends a reservation, else some."""
    accounts = {(row.book_id, row.account_id): row.currency for row in ledger.rows["account"]}
    for (book, number), journal in ledger.journals.items():
        lines = ledger.lines[book, number]
        where = f"voucher {number} of book {book}"
        columns = [journal.debit, journal.credit, journal.amount, journal.rule]
        columns += [] if journal.debt is None else [journal.debt]
        if {len(column) for column in columns} != {len(lines)}:
            yield f"{where}: its columns have {[len(column) for column in columns]} lines"
        if bool(lines) == (journal.phase in ("voided", "expired")):
            yield f"{where} is {journal.phase} and has {len(lines)} lines"
        for line in lines:
            sides = {accounts.get((book, line.debit)), accounts.get((book, line.credit))}
            if len(sides) > 1 or None in sides:
                yield f"{where}, line {line.line}: accounts of another book or currency"
            if line.debit == line.credit or line.amount <= 0:
                yield f"{where}, line {line.line}: {line.amount} from {line.debit} to {line.credit}"


def wrong_counters(ledger: Ledger) -> Iterator[str]:
    """Counters are the sums of the lines, by side and phase; what was reserved counts until it is resolved."""
    totals: dict[Account, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for at, journal in ledger.journals.items():
        if journal.phase == "reserved" and at in ledger.resolved:
            continue
        shift = 2 if journal.phase == "reserved" else 0
        for line in ledger.lines[at]:
            totals[at[0], line.debit][shift] += line.amount
            totals[at[0], line.credit][shift + 1] += line.amount
    for row in ledger.rows["balance"]:
        kept = [row.debits, row.credits, row.debits_pending, row.credits_pending]
        summed = totals.pop((row.book_id, row.account_id), [0, 0, 0, 0])
        if kept != summed:
            yield f"account {row.account_id} of book {row.book_id}: counters {kept}, lines {summed}"
        for floor, room in (
            (row.credit_floor, row.credits - row.debits - row.debits_pending),
            (row.debit_floor, row.debits - row.credits - row.credits_pending),
        ):
            if floor is not None and room < floor:
                yield f"account {row.account_id} of book {row.book_id}: {room} is below its floor {floor}"
    yield from (f"account {account} of book {book} has lines and no counters" for book, account in totals)


def wrong_snapshots(ledger: Ledger) -> Iterator[str]:
    """What was written at a close is the sum of what is posted up to its last day, for every account that has any."""
    kept: dict[tuple[int, int], dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in ledger.rows["period_balance"]:
        kept[row.book_id, row.period_id][row.account_id] = row.debits, row.credits
    for period in ledger.rows["period"]:
        found, summed = kept.pop((period.book_id, period.period_id), {}), posted(ledger, period)
        for account in found.keys() | summed.keys() if period.state == "closed" else ():
            if found.get(account) != tuple(summed[account]):
                yield f"period {period.period_id}, account {account}: {found.get(account)}, lines {summed[account]}"
    yield from (f"period {period} of book {book} has balances and is not closed" for book, period in kept)


def posted(ledger: Ledger, period: Row) -> dict[int, list[int]]:
    """Debits and credits of a book's accounts, up to the end of a period."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for at, journal in ledger.journals.items():
        if at[0] == period.book_id and journal.phase == "posted" and journal.effective_on <= last_day(period.period_id):
            for line in ledger.lines[at]:
                totals[line.debit][0] += line.amount
                totals[line.credit][1] += line.amount
    return totals


def last_day(period: int) -> date:
    """2024 is a year, 20243 its third quarter, 202407 its July."""
    text = str(period)
    year, months = int(text[:4]), {4: 12, 5: 3 * int(text[4:] or 0), 6: int(text[4:] or 0)}[len(text)]
    return date(year + months // 12, months % 12 + 1, 1) - timedelta(1)


def wrong_chains(ledger: Ledger) -> Iterator[str]:
    """Batches of a book follow one another from genesis to its head, each with the leaves of its vouchers."""
    chains: dict[int, list[Row]] = defaultdict(list)
    for batch in sorted(ledger.rows["batch"], key=lambda row: row.last_no):
        chains[batch.book_id].append(batch)
    for head in ledger.rows["head"]:
        chain = chains.pop(head.book_id, [])
        if not chain or (chain[-1].last_no, chain[-1].digest) != (head.last_journal, head.digest):
            yield f"book {head.book_id}: its chain does not end at its head"
            continue
        if (chain[0].first_no, chain[0].digest) != (0, sha256(f"gongji book 1,{head.book_id}".encode()).digest()):
            yield f"book {head.book_id}: its chain begins elsewhere"
        for before, batch in pairwise(chain):
            if (batch.first_no, batch.previous) != (before.last_no + 1, before.digest):
                yield f"book {head.book_id}: batch {batch.first_no} does not follow {before.last_no}"
            numbers = range(batch.first_no, batch.last_no + 1)
            if batch.leaves != b"".join(leaf(ledger, head.book_id, number) for number in numbers):
                yield f"book {head.book_id}: leaves of batch {batch.first_no} are not those of its vouchers"
            if batch.digest != batch_digest(batch):
                yield f"book {head.book_id}: digest of batch {batch.first_no}"
    yield from (f"book {book} has batches and no head" for book in chains)


def leaf(ledger: Ledger, book: int, number: int) -> bytes:
    row = ledger.journals.get((book, number))
    if row is None:
        return b""
    lines = ledger.lines[book, number]
    numbers = [book, number, row.part, days(row.effective_on), row.phase, days(row.relates_to_on)]
    numbers += [days(row.expires_on), row.reverses_no, row.resolves_no]
    columns: list[list[Any]] = [[line.debit for line in lines], [line.credit for line in lines]]
    columns += [[line.amount for line in lines], [line.rule for line in lines]]
    columns += [
        [line.debt and ledger.debts.get(line.debt) for line in lines] if any(line.debt for line in lines) else []
    ]
    head = f"J1,{listed(numbers)},{sized(row.event_id)}{sized(row.kind)}{sized(row.actor)}"
    return sha256(";".join([head, *map(listed, columns)]).encode()).digest()


def debt_text(row: Row) -> str:
    """Who owes whom, in what, when; the amount is the line's own."""
    told = row.obligation_id, row.debtor_book_id, row.creditor_book_id, row.currency, days(row.due_on)
    return " ".join(map(str, told))


def batch_digest(row: Row) -> bytes:
    moment = (row.recorded_at - MOMENT_0) // timedelta(microseconds=1)
    told = f"B1,{listed([row.book_id, row.first_no, row.last_no, moment])},".encode()
    return sha256(told + row.previous + sha256(row.leaves).digest()).digest()


def listed(numbers: Iterable[object]) -> str:
    return ",".join("" if number is None else str(number) for number in numbers)


def sized(text: str) -> str:
    return f"{len(text.encode())}:{text}"


def days(day: date | None) -> int | None:
    return None if day is None else (day - DAY_0).days


def wrong_keys(ledger: Ledger) -> Iterator[str]:
    """A key is either posted or refused, and the parts of an event are numbered."""
    parts: dict[str, list[int]] = defaultdict(list)
    for journal in ledger.journals.values():
        parts[journal.event_id].append(journal.part)
    for key, found in parts.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"{key} has the parts {sorted(found)}"
    yield from (f"{row.key} is posted and refused" for row in ledger.rows["refusal"] if row.key in parts)


def wrong_debts(ledger: Ledger) -> Iterator[str]:
    """Both books cite a debt, with its amount, once."""
    cited: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for (book, _), lines in ledger.lines.items():
        for line in lines:
            if line.debt:
                cited[line.debt].append((book, line.amount))
    for debt in ledger.rows["obligation"]:
        sides = sorted([(debt.debtor_book_id, debt.amount), (debt.creditor_book_id, debt.amount)])
        if sorted(cited.pop(debt.obligation_id, [])) != sides:
            yield f"debt {debt.obligation_id} is not cited by both its books"
    yield from (f"debt {debt} is cited and does not exist" for debt in cited)


def written(conn: Any) -> dict[str, Sequence[Row]]:
    """What the books say, by names and not by numbers that a rolled-back transaction uses up: equal in equal books."""
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return {what: conn.execute(sql).fetchall() for what, sql in WRITTEN.items()}


NAMED = """(SELECT k.name AS book, a.book_id, a.account_id, a.role, a.currency, o.name AS other FROM ledger.account a
            JOIN ledger.book k USING (book_id) LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id)"""
WRITTEN = {
    "heads": "SELECT k.name, h.last_journal FROM ledger.head h JOIN ledger.book k USING (book_id) ORDER BY 1",
    "vouchers": """
        SELECT k.name, j.journal_no, j.part, cardinality(j.amount), j.effective_on, j.phase, j.relates_to_on, j.expires_on, j.reverses_no,
               j.resolves_no, j.event_id, j.kind, j.actor
        FROM ledger.journal j JOIN ledger.book k USING (book_id) ORDER BY 1, 2""",
    "lines": f"""
        SELECT d.book, t.journal_no, t.line, d.role, d.other, c.role, c.other, d.currency, t.amount, t.rule, t.effective_on
        FROM ledger.transfer t JOIN {NAMED} d ON (d.book_id, d.account_id) = (t.book_id, t.debit_account_id)
        JOIN {NAMED} c ON (c.book_id, c.account_id) = (t.book_id, t.credit_account_id) ORDER BY 1, 2, 3""",
    "counters": f"""
        SELECT n.book, n.role, n.other, n.currency, b.debits, b.credits, b.debits_pending, b.credits_pending
        FROM ledger.balance b JOIN {NAMED} n USING (book_id, account_id) ORDER BY 1, 2, 3 NULLS FIRST, 4""",
    "refusals": "SELECT key, outcome FROM ledger.refusal ORDER BY 1",
}
