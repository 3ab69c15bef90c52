"""One life of a ledger: what happens, done to a real database and to the model of it, and both compared after every step.

Only where callers race, or a connection is cut at some moment, may two lives of one history differ; the model then follows
the order that explains what everybody was told.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from hashlib import sha256
from itertools import permutations
from typing import Any, Literal, NamedTuple
from uuid import UUID

import psycopg
from clerks import FIRST_DAY, AtOnce, Batch, Close, Limit, Step, items_of
from ledger_model import Account, Count, Entry, Item, Journal, Limits, Model, Owing, leaf, link_of_chain
from psycopg import OperationalError

from ledger.balances import balances_as_of
from ledger.batch import Debt, Line, Resolution, Reversal, Unit
from ledger.batch import Item as Given
from ledger.faults import NotFound, Refused
from ledger.group import Writer
from ledger.limits import set_limit
from ledger.posting import post
from ledger.transaction import transact

OPENING = {"budget": Limits(credit_floor=0)}
CLERK = "clerk"
AUDIT_EVERY = 20  # steps


class Disagreement(AssertionError):
    """The model and the database do not say the same."""


class Life:
    """One history on one database, beside its model."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.conn = psycopg.connect(url, autocommit=True)
        self.admin = psycopg.connect(url, autocommit=True)
        self.model = Model(OPENING)
        self.seen: dict[str, int] = {}
        self.chained: dict[str, tuple[int, bytes]] = {}
        self.outcomes: Counter[str] = Counter()
        self.happened: Counter[str] = Counter()
        self.steps = self.operations = 0

    def close(self) -> None:
        self.conn.close()
        self.admin.close()

    def live(self, step: Step) -> None:
        """Do it, hear the answer, and compare everything."""
        match step:
            case Batch(items, together, how):
                self.batch(items, together, how)
            case AtOnce(batches):
                self.at_once(batches)
            case Close():
                self.shut(step)
            case Limit(account, limits):
                self.limit(account, limits)
        facts = self.look(items_of(step))
        self.same(self.model, facts)
        self.seen = dict(self.model.heads)
        self.model.opened.update(facts.ages)  # those who race open books and accounts in any order
        self.steps += 1
        self.operations += len(items_of(step))
        if self.steps % AUDIT_EVERY == 0:
            self.audit()

    # What happens.

    def batch(self, items: Sequence[Item], together: bool, how: str) -> None:
        self.happened[how] += 1
        given = [real(item) for item in items]
        match how:
            case "malformed":
                with expected(Refused):
                    send(self.conn, given, together)
                return
            case "gathered":
                self.gathered(items, given)
                return
            case "cut at some moment":
                self.cut(items, given, together)
                return
            case "cut before commit" | "vanished before commit":
                self.undone(items, given, together, cut=how.startswith("cut"))
            case "killed at after-commit":
                killed(self.url, given, together, how)
                self.model.post(items, together=together)
            case _ if how.startswith("killed"):
                killed(self.url, given, together, how)
        self.heard(items, together, send(self.conn, given, together))

    def heard(self, items: Sequence[Item], together: bool, answers: list[str]) -> None:
        self.outcomes.update(answers)
        told(items, self.model.post(items, together=together), answers)

    def gathered(self, items: Sequence[Item], given: Sequence[Given]) -> None:
        """Two items a call, as many calls as there are, on the way in that gathers them."""
        places = range(0, len(items), 2)
        with Writer(self.url, actor=CLERK, most=9) as writer:
            answers = [writer.submit(*given[place : place + 2]) for place in places]
        for place, answer in zip(places, answers, strict=True):
            self.heard(items[place : place + 2], False, answer.result())

    def undone(self, items: Sequence[Item], given: Sequence[Given], together: bool, *, cut: bool) -> None:
        """Posted, answered, and lost before the commit: nothing has happened."""
        with closing(psycopg.connect(self.url)) as conn:
            answers = post(conn, given, CLERK, together=together)
            told(items, self.model.child().post(items, together=together), answers)
            if cut:
                self.admin.execute("SELECT pg_terminate_backend(%s, 10000)", (conn.info.backend_pid,))
                with expected(OperationalError):
                    conn.commit()

    def cut(self, items: Sequence[Item], given: Sequence[Given], together: bool) -> None:
        """Sent on a connection that is cut at some moment. Whether it had been committed, a re-send tells."""
        with closing(psycopg.connect(self.url)) as conn:
            delay = random.Random(items[0].key).uniform(0, 0.03) * (1 + len(items) / 30)  # noqa: S311
            end = ("SELECT pg_terminate_backend(%s, 10000)", (conn.info.backend_pid,))
            timer = threading.Timer(delay, lambda: self.admin.execute(*end))
            timer.start()
            try:
                answers, lost = send(conn, given, together), False
            except OperationalError:
                lost = True
            timer.join()
        if lost:
            self.happened["cut before the answer"] += 1
            answers = send(self.conn, given, together)
            attempt = self.model.child()
            if attempt.post(items, together=together) != answers:
                self.happened["cut after commit"] += 1
                self.model.take(attempt)
        self.heard(items, together, answers)

    def at_once(self, batches: Sequence[Batch]) -> None:
        """Some order of the callers explains what each was told and what is there now."""
        self.happened["callers at once"] += len(batches)
        answers = at_once(self.url, [caller(batch) for batch in batches])
        if faults := [answer for answer in answers if isinstance(answer, BaseException)]:
            raise Disagreement(f"a caller was told {faults[0]!r}") from faults[0]
        self.outcomes.update(answer for said in answers for answer in said)
        items = [item for batch in batches for item in batch.items]
        facts, reasons = self.look(items), []
        for order in permutations(range(len(batches))):
            attempt = self.model.child()
            try:
                for place in order:
                    batch = batches[place]
                    told(batch.items, attempt.post(batch.items, together=batch.together), answers[place])
                self.same(attempt, facts)
            except Disagreement as fault:
                reasons.append(f"in order {order}: {fault}")
            else:
                self.model.take(attempt)
                return
        raise Disagreement("no order of the callers explains it\n" + "\n".join(reasons))

    def shut(self, step: Close) -> None:
        self.happened[
            "period closed" if step.period else "quarter of a book closed" if step.book else "days closed"
        ] += 1
        with self.conn.transaction():
            self.conn.execute("SELECT FROM ledger.calendar FOR UPDATE")
            if step.period:
                self.conn.execute("SELECT ledger.close(%s, %s, 'chief')", (step.period, day(step.last)))
            elif not step.book:
                self.conn.execute("UPDATE ledger.calendar SET closed_through = %s", (day(step.last),))
            elif not self.conn.execute(SHUT, (day(step.first), step.book)).rowcount:
                return  # the book is not open yet
        self.model.close(step.first, step.last, step.book)

    def limit(self, account: Account, limits: Limits) -> None:
        try:
            answer: str = transact(self.conn, lambda: set_limit(self.conn, account, *limits, "a test", CLERK))
        except NotFound:
            answer = "not_found"
        self.happened[f"limit {answer}"] += 1
        equal("answer", {limits: self.model.set_limit(account, limits)}, {limits: answer})

    # What is there.

    def look(self, items: Sequence[Item]) -> Facts:
        """The database at one moment."""
        since, keys = [list(self.seen), list(self.seen.values())], [item.key for item in items]
        asked: list[tuple[str, Sequence[object]]] = [
            (BALANCES, ()), (LINES, since), (JOURNALS, since), (HEADS, ()), (OWINGS, since), (REFUSED, [keys]), (REFUSALS, ()),
        ]  # fmt: skip
        with self.conn.pipeline(), self.conn.transaction():
            self.conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursors = [self.conn.execute(sql, given) for sql, given in asked]
        balances, entries, journals, heads, owings, refused, refusals = (cursor.fetchall() for cursor in cursors)
        names: dict[int, Account] = {row[0]: row[1:5] for row in balances}
        lines: dict[tuple[str, int], list[Entry]] = {}
        for book, no, debit, credit, amount, rule, debt in entries:
            lines.setdefault((book, no), []).append(Entry(book, names[debit], names[credit], amount, rule, debt))
        vouchers = {row[:2]: Journal._make((*row[2:], tuple(lines.get(row[:2], ())))) for row in journals}
        return Facts(
            {row[1:5]: Count(*row[5:9]) for row in balances if any(row[5:9])},
            {row[1:5]: Limits(*row[9:11]) for row in balances},
            {row[1]: row[11] for row in balances} | {row[1:5]: row[0] for row in balances},
            dict(heads),
            vouchers,
            {row[0]: Owing(*row) for row in owings},
            dict(refused),
            refusals[0][0],
        )

    def same(self, model: Model, facts: Facts) -> None:
        """Raise unless the model holds what the database holds."""
        new = {
            (book, no): model.journals[book, no]
            for book, head in model.heads.items()
            for no in range(self.seen.get(book, 0) + 1, head + 1)
        }
        debts = {owing.id: owing for journal in new.values() for owing in model.known[journal.key].owings}
        equal("vouchers", new, facts.journals)
        equal("debts", debts, facts.owings)
        equal("counters", {account: count for account, count in model.counts.items() if any(count)}, facts.counts)
        equal("limits", {account: model.limit(account) for account in facts.limits}, facts.limits)
        equal("last vouchers", dict(model.heads), facts.heads)
        equal("refusals", {key: model.refused.get(key) for key in facts.refused}, facts.refused)
        equal("number of refusals", {"all": len(model.refused)}, {"all": facts.refusals})

    def check(self, items: Sequence[Item] = ()) -> None:
        self.same(self.model, self.look(items))
        self.audit()

    def audit(self) -> None:
        """From the first row to the last: sums, both sides of every debt, and the chain as the spec words it."""
        query, since = self.conn.execute, [list(self.chained), [no for no, _ in self.chained.values()]]
        with self.conn.transaction():
            for what, sql in UNSOUND.items():
                equal(what, {"rows": 0}, {"rows": number(query(sql))})
            accounts: dict[Account, int] = {row[1:5]: row[0] for row in query(BALANCES).fetchall()}
            debts: dict[tuple[str, int], dict[int, str]] = {}
            for book, no, line, debt in query(CITED, since).fetchall():
                debts.setdefault((book, no), {})[line] = debt
            for book, book_id, first, last, moment, *stored in query(BATCHES, since).fetchall():
                before, previous = self.chained.get(book, (0, sha256(f"gongji book 1,{book_id}".encode()).digest()))
                leaves = b"".join(
                    leaf(book_id, no, self.model.journals[book, no], accounts, debts.get((book, no), {}))
                    for no in range(first, last + 1)
                )
                digest = link_of_chain(book_id, first, last, moment, previous, leaves)
                equal(f"chain of {book}", {last: [before + 1, leaves, previous, digest]}, {last: [first, *stored]})
                self.chained[book] = last, digest
            chain = {book: (no, digest) for book, no, digest in query(CHAINS).fetchall()}
        self.as_of()
        equal("heads of the chains", self.chained, chain)
        equal("last vouchers", dict(self.model.heads), {book: no for book, (no, _) in chain.items()})

    def as_of(self) -> None:
        """Some day, by what was known at some voucher of each book."""
        chance = random.Random(self.operations)  # noqa: S311
        days = [journal.on for journal in self.model.journals.values()] or [0]
        on = chance.choice((chance.choice(days), max(last for _, _, last in [("", 0, 0), *self.model.closed])))
        known = {book: chance.randint(0, head) for book, head in self.model.heads.items() if chance.random() < 0.3}
        stood = balances_as_of(self.conn, day(on), known=known)
        equal(f"as of {day(on)}", self.model.as_of(on, known), {key: s[:2] for key, s in stood.items() if any(s)})


class Facts(NamedTuple):
    """What the database holds: all that counts up, and the vouchers, debts and refusals that are new."""

    counts: Mapping[Account, Count]
    limits: Mapping[Account, Limits]
    ages: Mapping[str | Account, int]
    heads: Mapping[str, int]
    journals: Mapping[tuple[str, int], Journal]
    owings: Mapping[str, Owing]
    refused: Mapping[str, str]
    refusals: int


# Sending.


HOW: Mapping[str, Literal["post", "void", "expire"]] = {"settle": "post", "void": "void", "expire": "expire"}


def real(item: Item) -> Given:
    """An item as the ledger's own interface takes it."""
    if item.act == "reverse":
        return Reversal(item.key, item.of, day(item.on), item.kind, item.link)
    if item.of:
        return Resolution(item.key, item.of, HOW[item.act], day(item.on), item.amounts, item.kind, item.link)
    lines = tuple(Line(*entry[:5], UUID(entry.debt) if entry.debt else None) for entry in item.entries)
    debts = tuple(Debt(UUID(owing.id), *owing[1:5], day(owing.due_on)) for owing in item.owings)
    belongs_to = None if item.belongs_to is None else day(item.belongs_to)
    expires_on = None if item.expires_on is None else day(item.expires_on)
    return Unit(
        item.key, item.kind, day(item.on), lines, debts,
        belongs_to=belongs_to, reserved=item.act == "reserve", expires_on=expires_on, link=item.link,
    )  # fmt: skip


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def send(conn: Any, given: Sequence[Given], together: bool) -> list[str]:
    return transact(conn, lambda: post(conn, given, CLERK, together=together))


def killed(url: str, given: Sequence[Given], together: bool, how: str) -> None:
    """Send from a process of its own that is killed on the way."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["psycopg", "ledger.posting", "ledger.group", "ledger.limits"])
    process = context.Process(target=doomed, args=(url, given, together, how))
    process.start()
    process.join(timeout=60)
    if process.exitcode != -9:
        raise Disagreement(f"{how}: the process was not killed there but ended with {process.exitcode}")


def doomed(url: str, given: Sequence[Given], together: bool, how: str) -> None:
    os.environ["GONGJI_STOP_AT"] = how.removeprefix("killed at ")
    send(psycopg.connect(url), given, together)


def at_once(url: str, works: Sequence[Callable[[Any], Any]]) -> list[Any]:
    """Each piece of work on a connection of its own, all starting at the same moment; a fault is an answer too."""
    answers: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[Any], Any]) -> None:
        try:
            with closing(psycopg.connect(url)) as conn:
                start.wait(timeout=60)
                answers[place] = work(conn)
        except BaseException as fault:
            answers[place] = fault

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    return answers


def caller(batch: Batch) -> Callable[[Any], list[str]]:
    given = [real(item) for item in batch.items]
    return lambda conn: send(conn, given, batch.together)


# Comparing.


@contextmanager
def expected(fault: type[BaseException]) -> Iterator[None]:
    try:
        yield
    except fault:
        return
    raise Disagreement(f"there was no {fault.__name__}")


def told(items: Sequence[Item], model: Sequence[str], database: Sequence[str]) -> None:
    """Raise where an answer is not the one that was foreseen."""
    if list(model) != list(database):
        wrong = [
            f"{place}: the model says {a}, the database {b}, to {item}"
            for place, (item, a, b) in enumerate(zip(items, model, database, strict=True))
            if a != b
        ]
        raise Disagreement("\n".join(wrong[:5]))


def equal(what: str, model: Mapping[Any, Any], database: Mapping[Any, Any]) -> None:
    """Raise where two tables differ."""
    if model != database:
        wrong = [
            f"{what}, {key}: the model says {model.get(key)}, the database {database.get(key)}"
            for key in {**model, **database}
            if model.get(key) != database.get(key)
        ]
        raise Disagreement("\n".join(wrong[:5]))


def number(cursor: Any) -> int:
    return int(cursor.fetchone()[0])


SHUT = """
INSERT INTO ledger.period (book_id, period_id, state, closed_by, closed_at)
SELECT book_id, ledger.period_of('quarter', %s), 'closed', 'chief', now() FROM ledger.book WHERE name = %s
ON CONFLICT DO NOTHING"""
BALANCES = """
SELECT account_id, k.name, a.role, c.name, a.currency, debits, credits, debits_pending, credits_pending, credit_floor, debit_floor, b.book_id
FROM ledger.balance b JOIN ledger.account a USING (book_id, account_id) JOIN ledger.book k USING (book_id)
LEFT JOIN ledger.book c ON c.book_id = a.counterparty_book_id"""
HEADS = "SELECT name, last_journal FROM ledger.head JOIN ledger.book USING (book_id) WHERE last_journal > 0"
CHAINS = "SELECT name, last_journal, digest FROM ledger.head JOIN ledger.book USING (book_id) WHERE last_journal > 0"
REFUSALS = "SELECT count(*) FROM ledger.refusal"
REFUSED = "SELECT key, outcome FROM ledger.refusal WHERE key = ANY(%s)"
NEW = """
FROM unnest(%s::text[], %s::int[]) s (name, no) RIGHT JOIN ledger.book k USING (name) CROSS JOIN LATERAL (
  SELECT * FROM ledger.journal x WHERE x.book_id = k.book_id AND x.journal_no > coalesce(s.no, 0) OFFSET 0) j"""
JOURNALS = f"""
SELECT k.name, j.journal_no, event_id, part, kind, effective_on - '2000-01-01', phase::text, relates_to_on - '2000-01-01',
  expires_on - '2000-01-01', reverses_no, resolves_no {NEW}"""
OF_DEBT = """
LEFT JOIN ledger.transfer r ON (r.book_id, r.journal_no, r.line) = (j.book_id, j.reverses_no, t.line)"""
DEBT = "CASE WHEN r.obligation_id IS NULL THEN t.obligation_id::text ELSE '-' || r.obligation_id END"
CITING = f"{NEW} JOIN ledger.transfer t ON (t.book_id, t.journal_no) = (j.book_id, j.journal_no)"
LINES = f"""
SELECT k.name, j.journal_no, t.debit_account_id, t.credit_account_id, t.amount, t.rule, {DEBT} {CITING} {OF_DEBT}
ORDER BY t.line"""
OWINGS = f"""
SELECT {DEBT}, d.name, c.name, o.currency, o.amount, o.due_on - '2000-01-01' {CITING} {OF_DEBT}
JOIN ledger.obligation o ON o.obligation_id = t.obligation_id
JOIN ledger.book d ON d.book_id = o.debtor_book_id JOIN ledger.book c ON c.book_id = o.creditor_book_id"""
CITED = f"""
SELECT k.name, t.journal_no, t.line, concat_ws(' ', o.obligation_id, debtor_book_id, creditor_book_id, currency, due_on - '2000-01-01')
{CITING} JOIN ledger.obligation o ON o.obligation_id = t.obligation_id"""
BATCHES = """
SELECT k.name, k.book_id, b.first_no, b.last_no, (extract(epoch FROM b.recorded_at) * 1000000)::bigint, b.leaves, b.previous, b.digest
FROM unnest(%s::text[], %s::int[]) s (name, no) RIGHT JOIN ledger.book k USING (name)
JOIN ledger.batch b ON b.book_id = k.book_id AND b.last_no > coalesce(s.no, 0) ORDER BY k.name, b.last_no"""
UNSOUND = {
    "counters that are not the sum of their entries": """
SELECT count(*) FROM ledger.balance b LEFT JOIN (
  SELECT book_id, account_id, sum(d) d, sum(c) c, sum(dp) dp, sum(cp) cp FROM (
    SELECT t.book_id, x.account_id, x.d * p.posted AS d, x.c * p.posted AS c, x.d * p.open AS dp, x.c * p.open AS cp
    FROM ledger.transfer t JOIN ledger.journal j USING (book_id, journal_no)
    LEFT JOIN ledger.journal e ON e.book_id = j.book_id AND e.resolves_no = j.journal_no
    CROSS JOIN LATERAL (SELECT (j.phase = 'posted')::int, (j.phase = 'reserved' AND e IS NULL)::int) p (posted, open)
    CROSS JOIN LATERAL (VALUES (t.debit_account_id, t.amount, 0), (t.credit_account_id, 0, t.amount)) x (account_id, d, c)) m
  GROUP BY 1, 2) t USING (book_id, account_id)
WHERE (debits, credits, debits_pending, credits_pending)
  IS DISTINCT FROM (coalesce(t.d, 0), coalesce(t.c, 0), coalesce(t.dp, 0), coalesce(t.cp, 0))""",
    "books whose last voucher is not their number of vouchers": """
SELECT count(*) FROM ledger.head h
WHERE last_journal <> (SELECT count(*) FROM ledger.journal j WHERE j.book_id = h.book_id)""",
    "acts without a number": "SELECT count(*) FROM ledger.act_head WHERE last_act <> (SELECT count(*) FROM ledger.act)",
    "debts without two sides": """
SELECT count(*) FROM ledger.obligation o FULL JOIN (
  SELECT obligation_id, count(*) AS times FROM ledger.transfer WHERE obligation_id IS NOT NULL GROUP BY obligation_id) t USING (obligation_id)
WHERE o.event_id IS NULL OR t.times IS DISTINCT FROM 2""",
}
