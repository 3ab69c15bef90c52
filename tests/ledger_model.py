"""A second ledger, kept in memory by plain arithmetic: it says beforehand what the real one must answer and hold.

It shares no code with the real one and knows nothing of locks, SQL or connections. Amounts, voucher numbers and days
(since 2000-01-01) are ints. What is tried is tried on a child of the model, which is taken over or forgotten.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

Account = tuple[str, str, str | None, str]
"""book, role, other book or None, currency."""

CREATED, SAME, NOT_POSTED, LINKED = "created", "same", "not_posted", "linked"
LASTING = {
    "already_reversed",
    "already_resolved",
    "is_reversal",
    "is_reserved",
    "is_void",
    "not_reserved",
    "exceeds_reserved",
}
"""Refusals that will not change; and limit:ROLE. They are kept under their keys."""


class Entry(NamedTuple):
    book: str
    debit: Account
    credit: Account
    amount: int
    rule: str
    debt: str | None = None

    def __repr__(self) -> str:
        debit, credit = ("/".join(filter(None, account[1:])) for account in (self.debit, self.credit))
        return f"{self.book}: {debit} to {credit} {self.amount} {self.rule}"


class Owing(NamedTuple):
    id: str
    debtor: str
    creditor: str
    currency: str
    amount: int
    due_on: int


class Item(NamedTuple):
    """What is sent under a key. `act`: post, reserve, reverse, or how a reservation ends: settle, void, expire."""

    key: str
    act: str
    kind: str
    on: int
    belongs_to: int | None = None
    expires_on: int | None = None
    entries: tuple[Entry, ...] = ()
    owings: tuple[Owing, ...] = ()
    of: str = ""
    amounts: tuple[int, ...] | None = None
    link: str = ""

    def __repr__(self) -> str:
        return ", ".join(
            f"{name} {value}" for name, value in zip(self._fields, self, strict=True) if value or value == 0
        )


class Part(NamedTuple):
    """What an item writes in one book."""

    book: str
    phase: str
    entries: tuple[Entry, ...]


class Known(NamedTuple):
    """What a key stands for: what was sent, what it came to, the answer, the voucher in the book of each part."""

    item: Item
    parts: tuple[Part, ...]
    owings: tuple[Owing, ...]
    outcome: str = CREATED
    vouchers: tuple[int, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        return [entry for part in self.parts for entry in part.entries]


class Journal(NamedTuple):
    """A voucher of a book."""

    key: str
    part: int
    kind: str
    on: int
    phase: str
    belongs_to: int | None
    expires_on: int | None
    reverses: int | None
    resolves: int | None
    entries: tuple[Entry, ...]


class Count(NamedTuple):
    """What has passed through an account, and what is reserved on it."""

    debits: int = 0
    credits: int = 0
    debits_pending: int = 0
    credits_pending: int = 0

    def plus(self, more: Sequence[int]) -> Count:
        return Count(*(a + b for a, b in zip(self, more, strict=True)))


class Limits(NamedTuple):
    credit_floor: int | None = None
    debit_floor: int | None = None

    def hold(self, count: Count) -> bool:
        """What is reserved counts where it leaves less room, and not where it leaves more."""
        credit = count.credits - count.debits - count.debits_pending
        debit = count.debits - count.credits - count.credits_pending
        return not (
            (self.credit_floor is not None and credit < self.credit_floor)
            or (self.debit_floor is not None and debit < self.debit_floor)
        )


class Model:
    """The books of everybody, and what every key was answered."""

    STATE = ("known", "refused", "counts", "limits", "ended", "heads", "journals", "opened")

    def __init__(self, opening: Mapping[str, Limits]) -> None:
        """`opening`: the limits that accounts of a role are opened with."""
        self.opening = opening
        self.known: ChainMap[str, Known] = ChainMap()
        self.refused: ChainMap[str, str] = ChainMap()
        self.counts: ChainMap[Account, Count] = ChainMap()
        self.limits: ChainMap[Account, Limits] = ChainMap()
        self.ended: ChainMap[str, str] = ChainMap()  # original to already_reversed or already_resolved
        self.heads: ChainMap[str, int] = ChainMap()
        self.journals: ChainMap[tuple[str, int], Journal] = ChainMap()
        self.opened: ChainMap[str | Account, int] = ChainMap()  # books and accounts by age
        self.closed: list[tuple[str, int, int]] = []  # book ("" is every book), first and last day

    def child(self) -> Model:
        new = Model(self.opening)
        new.closed = self.closed
        for name in self.STATE:
            setattr(new, name, getattr(self, name).new_child())
        return new

    def take(self, child: Model) -> None:
        for name in self.STATE:
            getattr(self, name).update(getattr(child, name).maps[0])

    # What is sent, answered.

    def post(self, items: Sequence[Item], *, together: bool) -> list[str]:
        """Answer a batch and keep what it changes; `together` is all or nothing."""
        self._open(items)
        attempt = self.child()
        found = attempt._each(items, earlier=self)
        if not together or set(found) <= {CREATED, SAME}:
            self.take(attempt)
            return found
        new = {item.key for item, outcome in zip(items, found, strict=True) if outcome == CREATED}
        return [
            NOT_POSTED if item.key in new and o in (CREATED, SAME) else o for item, o in zip(items, found, strict=True)
        ]

    def _open(self, items: Sequence[Item]) -> None:
        """The oldest account that has no room is named, so ages matter. Those of one call are opened in their order."""
        accounts = {account for item in items for entry in item.entries for account in (entry.debit, entry.credit)}
        books = {book for account in accounts for book in (account[0], account[2]) if book}
        names: list[str | Account] = [*sorted(books), *sorted(accounts, key=lambda a: (*a[:2], a[2] or "", a[3]))]
        for name in names:
            if name not in self.opened:
                self.opened[name] = max(self.opened.values(), default=0) + 1

    def _each(self, items: Sequence[Item], earlier: Model) -> list[str]:
        """Each on its own, in order; those of one link as one, in the place of the first."""
        firsts: dict[str, int] = {}
        contents = [written(item, earlier.known) for item in items]
        for place, item in enumerate(items):
            firsts.setdefault(item.key, place)
        groups: dict[str | int, list[int]] = {}
        for place in firsts.values():
            groups.setdefault(items[place].link or place, []).append(place)
        found: dict[int, str] = {}
        for group in groups.values():
            found |= self._group({place: contents[place] for place in group}, earlier)
        for place in sorted(found):
            if found[place] == CREATED:
                self._write(contents[place], earlier)
        for place, item in enumerate(items):
            if place not in found:
                found[place] = self._twin(contents[place], contents[firsts[item.key]], found[firsts[item.key]], earlier)
        return [found[place] for place in range(len(items))]

    def _group(self, group: Mapping[int, Known], earlier: Model) -> dict[int, str]:
        """What stands or falls together: all are created, or the answer of each that could not be, and "linked"."""
        found = {place: self._before_any_limit(new, earlier) for place, new in group.items()}
        attempt = self.child()
        if set(found.values()) <= {CREATED, SAME}:
            for place in sorted(group):
                if found[place] == CREATED:
                    found[place] = attempt._move(group[place], earlier)
                    if found[place] != CREATED:
                        break
            else:
                self.take(attempt)
                return found
        found = {place: LINKED if outcome == CREATED else outcome for place, outcome in found.items()}
        stays = any(lasts(outcome) for outcome in found.values())
        for place, outcome in found.items():
            if (lasts(outcome) or (stays and outcome == LINKED)) and group[place].item.key not in self.known:
                self.known[group[place].item.key] = group[place]._replace(outcome=outcome)
                self.refused[group[place].item.key] = outcome
        return found

    def _before_any_limit(self, new: Known, earlier: Model) -> str:
        """The answer as far as it does not depend on what else is in the batch."""
        item, original = new.item, earlier.known.get(new.item.of)
        if item.key in earlier.known:
            return again(earlier.known[item.key], new)
        if item.of and (original is None or original.outcome != CREATED):
            return "not_found"
        if any(self.is_closed(part.book, item.on) for part in new.parts):
            return "period_closed"
        return earlier._cannot_end(item, original) if original else CREATED

    def _cannot_end(self, item: Item, original: Known) -> str:
        """Why the original cannot be reversed, or does not end like this."""
        act, until = original.item.act, original.item.expires_on
        if item.act == "reverse":
            if act != "post" and act != "settle":
                return {"reverse": "is_reversal", "reserve": "is_reserved"}.get(act, "is_void")
        elif act != "reserve":
            return "not_reserved"
        if item.of in self.ended:
            return self.ended[item.of]
        if item.act == "expire" and (until is None or item.on <= until):
            return "not_expired"
        if item.amounts and any(a > e.amount for a, e in zip(item.amounts, original.entries, strict=True)):
            return "exceeds_reserved"
        return CREATED

    def _move(self, new: Known, earlier: Model) -> str:
        """Move the counters, or say what there was only so much of."""
        item = new.item
        if item.of in self.ended:
            return self.ended[item.of]
        moves: dict[Account, Count] = {}
        for entry in new.entries:
            add(moves, entry, entry.amount, pending=item.act == "reserve")
        if item.of and item.act != "reverse":
            self.ended[item.of] = "already_resolved"
            for entry in earlier.known[item.of].entries:
                add(moves, entry, -entry.amount, pending=True)
        elif item.of:
            self.ended[item.of] = "already_reversed"
        for account in sorted(moves, key=lambda account: (self.opened[account[0]], self.opened[account])):
            self.counts[account] = self.count(account).plus(moves[account])
            if not self.limit(account).hold(self.counts[account]):
                return f"limit:{account[1]}"
        return CREATED

    def _write(self, new: Known, earlier: Model) -> None:
        """The next voucher in every book, parts in the order in which the books come."""
        item, numbers = new.item, []
        for number, part in enumerate(new.parts, 1):
            self.heads[part.book] = head = self.heads.get(part.book, 0) + 1
            numbers.append(head)
            of = voucher(earlier.known[item.of], part.book) if item.of else None
            reverses, resolves = (of, None) if item.act == "reverse" else (None, of)
            self.journals[part.book, head] = Journal(
                item.key, number, item.kind, item.on, part.phase, item.belongs_to, item.expires_on, reverses, resolves, part.entries
            )  # fmt: skip
        self.known[item.key] = new._replace(vouchers=tuple(numbers))

    @staticmethod
    def _twin(new: Known, first: Known, outcome: str, earlier: Model) -> str:
        """A key twice in one batch: the second is a re-send of the first and fares no better."""
        if new.item.key in earlier.known:
            return again(earlier.known[new.item.key], new)
        return again(first._replace(outcome=outcome), new)

    # What else changes.

    def set_limit(self, account: Account, limits: Limits) -> str:
        if account not in self.opened:
            return "not_found"
        if not limits.hold(self.count(account)):
            return "below_used"
        self.limits[account] = limits
        return "set"

    def close(self, first: int, last: int, book: str = "") -> None:
        self.closed.append((book, first, last))

    # What is there.

    def is_closed(self, book: str, day: int) -> bool:
        return any(name in ("", book) and first <= day <= last for name, first, last in self.closed)

    def as_of(self, day: int, known: Mapping[str, int]) -> dict[Account, tuple[int, int]]:
        """Debits and credits in the evening of a day, by the vouchers up to the known one of each book."""
        sums: dict[Account, Count] = {}
        for (book, number), journal in self.journals.items():
            if journal.phase == "posted" and journal.on <= day and number <= known.get(book, number):
                for entry in journal.entries:
                    add(sums, entry, entry.amount, pending=False)
        return {account: count[:2] for account, count in sums.items()}

    def count(self, account: Account) -> Count:
        return self.counts.get(account, Count())

    def limit(self, account: Account) -> Limits:
        return self.limits.get(account) or self.opening.get(account[1], Limits())


def lasts(outcome: str) -> bool:
    return outcome in LASTING or outcome.startswith("limit:")


def add(moves: dict[Account, Count], entry: Entry, amount: int, *, pending: bool) -> None:
    for account, debit, credit in ((entry.debit, amount, 0), (entry.credit, 0, amount)):
        move = (0, 0, debit, credit) if pending else (debit, credit, 0, 0)
        moves[account] = moves.get(account, Count()).plus(move)


def voucher(known: Known, book: str) -> int:
    return next(number for part, number in zip(known.parts, known.vouchers, strict=True) if part.book == book)


# What an item comes to.


def written(item: Item, earlier: Mapping[str, Known]) -> Known:
    """What an item writes in each book, and who owes whom; nothing, where it speaks of what is not there."""
    if not item.of:
        return Known(item, in_books(item.entries, "reserved" if item.act == "reserve" else "posted"), item.owings)
    original = earlier.get(item.of)
    if original is None or original.outcome != CREATED:
        return Known(item, (), ())
    if item.act == "reverse":
        return reversed_(item, original)
    if item.act == "settle":
        amounts = iter(item.amounts or [entry.amount for entry in original.entries])
        posted = (
            Part(part.book, "posted", tuple(e._replace(amount=a) for e in part.entries if (a := next(amounts))))
            for part in original.parts
        )
        return Known(item, tuple(part if part.entries else part._replace(phase="voided") for part in posted), ())
    phase = {"void": "voided", "expire": "expired"}[item.act]
    return Known(item, tuple(Part(part.book, phase, ()) for part in original.parts), ())


def reversed_(item: Item, original: Known) -> Known:
    """Every entry the other way round, and every debt owed back."""
    owings = tuple(
        owing._replace(id=f"-{owing.id}", debtor=owing.creditor, creditor=owing.debtor, due_on=item.on)
        for owing in original.owings
    )
    parts = (
        Part(
            part.book,
            "posted",
            tuple(e._replace(debit=e.credit, credit=e.debit, debt=e.debt and f"-{e.debt}") for e in part.entries),
        )
        for part in original.parts
        if part.entries or original.item.act != "settle"
    )
    return Known(item, tuple(parts), owings)


def in_books(entries: Iterable[Entry], phase: str) -> tuple[Part, ...]:
    """Books in the order in which they come."""
    books: dict[str, list[Entry]] = {}
    for entry in entries:
        books.setdefault(entry.book, []).append(entry)
    return tuple(Part(book, phase, tuple(own)) for book, own in books.items())


# A key that comes again.


def again(known: Known, new: Known) -> str:
    """The answer that was given, "same" where it was created, or the first field that is not the same."""
    field = difference(known, new)
    return f"conflict:{field}" if field else SAME if known.outcome == CREATED else known.outcome


def difference(a: Known, b: Known) -> str:
    """The first field in which two contents differ, fields in a fixed order and each over all books; "" for none."""
    for field in ("kind", "on", "belongs_to", "expires_on"):
        if getattr(a.item, field) != getattr(b.item, field):
            return field
    if any(x.phase != y.phase for x, y in zip(a.parts, b.parts, strict=False)):
        return "phase"
    if a.item.of != b.item.of:
        return "of"
    if [part.book for part in a.parts] != [part.book for part in b.parts]:
        return "book"
    if [len(part.entries) for part in a.parts] != [len(part.entries) for part in b.parts]:
        return "lines"
    pairs = list(zip(a.entries, b.entries, strict=True))
    if any((x.debit, x.credit) != (y.debit, y.credit) for x, y in pairs):
        return "account"
    for field in ("amount", "rule", "debt"):
        if any(getattr(x, field) != getattr(y, field) for x, y in pairs):
            return field
    return "debt" if set(a.owings) != set(b.owings) else ""


# The chain, from what the model holds.


def leaf(book: int, no: int, journal: Journal, accounts: Mapping[Account, int], debts: Mapping[int, str]) -> bytes:
    """SHA-256 of a voucher's canonical text. `debts`: what is said of the debt that a line cites."""
    j, lines = journal, journal.entries
    head = (book, no, j.part, j.on, j.phase, j.belongs_to, j.expires_on, j.reverses, j.resolves)
    words = "".join(f"{len(word.encode())}:{word}" for word in (j.key, j.kind, "clerk"))
    columns: tuple[Iterable[object], ...] = (
        [accounts[e.debit] for e in lines], [accounts[e.credit] for e in lines], [e.amount for e in lines],
        [e.rule for e in lines], [debts.get(n, "") for n in range(1, len(lines) + 1)] if debts else [],
    )  # fmt: skip
    return sha256(
        ";".join(["J1," + joined(head) + "," + words, *(joined(column) for column in columns)]).encode()
    ).digest()


def joined(values: Iterable[object]) -> str:
    return ",".join("" if value is None else str(value) for value in values)


def link_of_chain(book: int, first: int, last: int, microseconds: int, previous: bytes, leaves: bytes) -> bytes:
    return sha256(f"B1,{book},{first},{last},{microseconds},".encode() + previous + sha256(leaves).digest()).digest()
