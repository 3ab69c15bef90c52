"""What a seeded office of clerks does to a ledger: batches, re-sends, reversals, reservations, closes, limits, faults.

What is done depends on the seed alone, never on an answer.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from ledger_model import Account, Entry, Item, Limits, Owing

FIRST_DAY = date(2000, 1, 1)
"""Day 0."""

Parts = tuple[tuple[Entry, ...], tuple[Owing, ...]]


class Batch(NamedTuple):
    """Items sent at once. `how`: sent, or one of FAULTS."""

    items: tuple[Item, ...]
    together: bool
    how: str = "sent"


class AtOnce(NamedTuple):
    """Batches of as many callers, at the same moment."""

    batches: tuple[Batch, ...]


class Close(NamedTuple):
    """Days that take nothing any more: a period with its snapshot, any days up to one, or a quarter of one book."""

    first: int
    last: int
    book: str = ""
    period: int = 0


class Limit(NamedTuple):
    account: Account
    limits: Limits


Step = Batch | AtOnce | Close | Limit

FAULTS = {
    "sent": 120,
    "cut before commit": 2,
    "vanished before commit": 2,
    "cut at some moment": 2,
    "killed at staged": 1,
    "killed at posted": 1,
    "killed at before-commit": 1,
    "killed at after-commit": 2,
    "gathered": 2,
    "malformed": 2,
}
"""How a batch is sent, and how often of all."""


def history(seed: int) -> Iterator[Step]:
    """The steps of one history, without an end."""
    office = Office(random.Random(seed))  # noqa: S311 - chance, not secrets
    while True:
        yield office.step()


def items_of(step: Step) -> Sequence[Item]:
    if isinstance(step, AtOnce):
        return [item for batch in step.batches for item in batch.items]
    return step.items if isinstance(step, Batch) else ()


class Office:
    """Few accounts and tight limits, so that there is often too little; keys that come again, changed or not."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.books = "ABCDE"[: rng.randint(2, 5)]
        self.currencies = rng.choice((("CNY",), ("CNY", "CNY", "USD")))
        self.day = 8_766
        self.closed = 8_700
        self.number = 0
        self.batches: list[Batch] = []
        self.sent: list[Item] = []
        self.reserved: list[Item] = []

    def step(self) -> Step:
        rng = self.rng
        self.day += rng.choice((0, 0, 1, 3))
        chance = rng.random()
        if chance < 0.03:
            return self.close()
        if chance < 0.08:
            return self.limit()
        if chance < 0.10:
            return self.at_once()
        if chance < 0.14 and self.batches:
            return self.reordered(rng.choice(self.batches[-20:]))
        batch = self.batch(rng.randint(1, rng.choice((1, 5, 40, 200, 200, 200))))
        how = rng.choices(list(FAULTS), list(FAULTS.values()))[0]
        if how == "gathered":
            alone = {item.key: item._replace(link=rng.choice(("", "ours"))) for item in batch.items if not item.of}
            batch = batch._replace(items=tuple(alone.values()), together=False)
        self.batches.append(batch)
        if how == "malformed":
            batch = batch._replace(items=(*batch.items, self.malformed()))
        return batch._replace(how=how)

    def at_once(self) -> AtOnce:
        """Nobody speaks of what is only just being sent."""
        batches = [self.batch(self.rng.randint(1, 30)) for _ in range(self.rng.randint(2, 3))]
        sent = {item.key for batch in batches for item in batch.items}
        settled = (batch._replace(items=tuple(i for i in batch.items if i.of not in sent)) for batch in batches)
        return AtOnce(tuple(batch for batch in settled if batch.items))

    def close(self) -> Close:
        rng = self.rng
        chance = rng.random()
        first, last, number = quarter(self.day - rng.randint(60, 200))
        if chance < 0.2:
            return Close(first, last, rng.choice(self.books))
        first, last, number = quarter(self.closed + 1)
        if chance < 0.8 and last < self.day - 3:
            self.closed = last
            return Close(-100_000, last, period=number)
        self.closed = max(self.closed, self.day - rng.randint(3, 40))
        return Close(-100_000, self.closed)

    def limit(self) -> Limit:
        rng = self.rng
        book, currency = rng.choice(self.books), rng.choice(self.currencies)
        role, limits = rng.choice(
            (
                ("budget", Limits(credit_floor=rng.choice((0, 0, 5, -10)))),
                ("exposure_contra", Limits(debit_floor=-rng.randint(0, 200))),
                ("cash", Limits(debit_floor=rng.choice((None, 0, -100)))),
                ("pool_fund", Limits(rng.randint(-50, 0), rng.randint(-300, -20))),
            )
        )
        return Limit((book, role, None, currency), limits)

    def reordered(self, batch: Batch) -> Batch:
        items = list(batch.items)
        self.rng.shuffle(items)
        return Batch(tuple(items), self.rng.random() < 0.3)

    def batch(self, size: int) -> Batch:
        items: list[Item] = []
        while len(items) < size:
            items.append(self.item(items))
        self.sent += items
        self.reserved += [item for item in items if item.act == "reserve"]
        together = self.rng.random() < (0.4 if size < 8 else 0.05)
        return Batch(tuple(self.linked(items)), together)

    def linked(self, items: list[Item]) -> list[Item]:
        """A few that stand or fall together, next to one another or not."""
        if self.rng.random() < 0.5:
            return items
        links = [""] * len(items) + [f"link {n}" for n in range(1 + len(items) // 3)]
        times = Counter(item.key for item in items)
        return [item._replace(link=self.rng.choice(links)) if times[item.key] == 1 else item for item in items]

    # One item.

    def item(self, batch: Sequence[Item]) -> Item:
        rng = self.rng
        chance = rng.random()
        if chance < 0.04 and batch:
            return rng.choice(batch)._replace(link="")
        if chance < 0.06 and batch:
            return self.changed(rng.choice(batch))
        if chance < 0.16 and self.sent:
            return self.some(self.sent)
        if chance < 0.20 and self.sent:
            return self.changed(self.some(self.sent))
        if chance < 0.30 and self.sent:
            return self.reversal(self.some(self.sent if rng.random() < 0.95 else [*self.sent, *batch]))
        if chance < 0.45 and self.reserved:
            return self.resolution(self.some(self.reserved if rng.random() < 0.9 else self.sent))
        return self.posting()

    def some(self, items: Sequence[Item]) -> Item:
        """Rather a late one than an early one."""
        return items[-1 - int(len(items) * self.rng.random() ** 3)]._replace(link="")

    def key(self) -> str:
        self.number += 1
        return f"K-{self.number}" if self.rng.random() < 0.98 else f"凭证 {self.number}, “它”\t\\n"

    def posting(self) -> Item:
        rng = self.rng
        recipe = rng.choice(
            (self.paid_in, self.funded, self.granted, self.granted, self.guaranteed, self.owed, self.wide)
        )
        entries, owings = recipe()
        on = self.on()
        kind = recipe.__name__
        late = self.day - rng.randint(0, 300) if rng.random() < 0.1 else None
        if owings or rng.random() < 0.65:
            return Item(self.key(), "post", kind, on, late, None, entries, owings)
        expires = on + rng.randint(0, 20) if rng.random() < 0.6 else None
        return Item(self.key(), "reserve", kind, on, late, expires, entries)

    def on(self) -> int:
        return self.day - self.rng.choice((0, 0, 0, 0, 1, 2, 7, 20, 45, -10))

    def reversal(self, of: Item) -> Item:
        target = of.key if self.rng.random() < 0.97 else "nobody's"
        return Item(self.key(), "reverse", "reversal", self.on(), of=target)

    def resolution(self, of: Item) -> Item:
        rng = self.rng
        act = rng.choice(("settle", "settle", "void", "expire"))
        amounts = None
        if act == "settle" and of.act == "reserve" and rng.random() < 0.6:
            over = rng.random() < 0.15
            books = list(dict.fromkeys(entry.book for entry in of.entries))
            book_by_book = sorted(of.entries, key=lambda entry: books.index(entry.book))
            amounts = tuple(rng.randint(0, entry.amount) + over for entry in book_by_book)
            amounts = amounts if any(amounts) else None
        return Item(self.key(), act, "resolution", self.on(), of=of.key, amounts=amounts)

    def changed(self, item: Item) -> Item:
        """The same key with other contents."""
        rng = self.rng
        if item.of:
            others = [item._replace(kind="else"), item._replace(on=item.on + 1)]
            if item.act != "settle":
                others.append(item._replace(of="nobody's"))
            return rng.choice(others)._replace(link="")
        entries = list(item.entries)
        place = rng.randrange(len(entries))
        entry = entries[place]
        if entry.debt is None:
            entries[place] = rng.choice(
                (
                    entry._replace(amount=entry.amount + 1),
                    entry._replace(rule="else"),
                    entry._replace(debit=(entry.book, "loan", None, entry.debit[3])),
                )
            )
        changes: tuple[Item, ...] = (
            item._replace(kind="else"),
            item._replace(on=item.on + 1),
            item._replace(belongs_to=item.on - 500),
            item._replace(entries=tuple(entries)),
            item._replace(entries=tuple(entries)),
        )
        if item.act == "reserve":  # with as many lines, for there may be a resolution that says how much of each
            changes += (item._replace(expires_on=item.on + 50), item._replace(act="post", expires_on=None))
        else:
            changes += (item._replace(entries=(*item.entries, *self.paid_in()[0])),)
        if item.owings:
            changes += (item._replace(owings=tuple(o._replace(due_on=o.due_on + 1) for o in item.owings)),)
        return rng.choice(changes)._replace(link="")

    def malformed(self) -> Item:
        rng = self.rng
        item = Item(self.key(), "post", "malformed", self.day, entries=self.paid_in()[0])
        entry = item.entries[0]
        other = next(book for book in self.books if book != entry.book)
        entries = (
            entry._replace(amount=0), entry._replace(amount=-1), entry._replace(amount=9 * 10**15 + 1),
            entry._replace(credit=entry.debit), entry._replace(debit=(other, *entry.debit[1:])),
            entry._replace(debit=(*entry.debit[:3], "EUR")), entry._replace(debit=(entry.book, "slush", None, entry.debit[3])),
        )  # fmt: skip
        items = [item._replace(entries=(bad,)) for bad in entries]
        return rng.choice((*items, item._replace(entries=()), item._replace(key=""), item._replace(key="k" * 401)))

    # Recipes: entries and debts.

    def pair(self, book: str, debit: str, credit: str, amount: int, rule: str) -> Entry:
        currency = self.rng.choice(self.currencies)
        return Entry(book, (book, debit, None, currency), (book, credit, None, currency), amount, rule)

    def paid_in(self) -> Parts:
        return (self.pair(self.rng.choice(self.books), "cash", "capital", self.rng.randint(1, 60), "P1"),), ()

    def funded(self) -> Parts:
        return (self.pair(self.rng.choice(self.books), "cash", "budget", self.rng.randint(1, 40), "F1"),), ()

    def granted(self) -> Parts:
        return (self.pair(self.rng.choice(self.books), "budget", "cash", self.rng.randint(1, 30), "S1"),), ()

    def guaranteed(self) -> Parts:
        sides = ("exposure", "exposure_contra") if self.rng.random() < 0.6 else ("exposure_contra", "exposure")
        return (self.pair(self.rng.choice(self.books), *sides, self.rng.randint(1, 50), "G1"),), ()

    def owed(self) -> Parts:
        rng = self.rng
        debtor, creditor = rng.sample(self.books, 2)
        currency, amount = rng.choice(self.currencies), rng.randint(1, 90)
        debt = Owing(str(UUID(int=rng.getrandbits(128), version=4)), debtor, creditor, currency, amount, self.day + 30)
        owes = Entry(
            debtor,
            (debtor, "claim_loss", None, currency),
            (debtor, "due_to", creditor, currency),
            amount,
            "L1",
            debt.id,
        )
        owned = Entry(
            creditor,
            (creditor, "due_from", debtor, currency),
            (creditor, "claim_recv", None, currency),
            amount,
            "L2",
            debt.id,
        )
        return ((owes, owned) if rng.random() < 0.5 else (owned, owes)), (debt,)

    def wide(self) -> Parts:
        """Several lines in several books, the same accounts on both sides."""
        rng = self.rng
        roles = ("cash", "budget", "pool_fund", "capital")
        entries = []
        for number in range(rng.randint(2, 6)):
            debit, credit = rng.sample(roles, 2)
            entries.append(self.pair(rng.choice(self.books), debit, credit, rng.randint(1, 20), f"W{number}"))
        return tuple(entries), ()


def quarter(day: int) -> tuple[int, int, int]:
    """First and last day of the quarter of a day, and its number."""
    year, month = (FIRST_DAY + timedelta(days=day)).timetuple()[:2]
    first = date(year, (month - 1) // 3 * 3 + 1, 1)
    after = (first + timedelta(days=95)).replace(day=1)
    return (first - FIRST_DAY).days, (after - FIRST_DAY).days - 1, year * 10 + (month + 2) // 3
