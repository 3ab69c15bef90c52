"""A plain-text journal lived through, day by day: does every entry balance, does every claim hold, and where do accounts stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.money import show_amount
from ledger.plaintext.model import KINDS, Account, Amount, Claim, Entry, Journal, Pad, Place, Posting, Step, accounts_of

Balances = Counter[tuple[str, str]]
"""Debits less credits, by account and currency."""


class Leg(NamedTuple):
    """A posting whose amount is known."""

    account: str
    amount: Amount


class Lived(NamedTuple):
    """Where the accounts stood at the end of a day, and how much was gone through up to then, and after."""

    balances: Balances
    transactions: int
    postings: int
    claims: int
    pads: int
    later: int


def live_through(journal: Journal, day: date) -> Lived:
    """Go through all of it, add what is wrong to the journal's faults, and stop counting after `day`."""
    _ask_accounts(journal)
    books = _Books(journal)
    counts: Counter[str] = Counter()
    until: Balances | None = None
    steps = list(_padded(journal, counts, day))
    for step in steps:
        if step.on > day and until is None:
            until = Counter(books.balances)
        if isinstance(step, Claim):
            books.check(step)
            counts["claims"] += step.on <= day
        elif isinstance(step, Entry):
            legs = books.enter(step)
            counts["transactions" if step.on <= day else "later"] += 1
            counts["postings"] += len(legs) if step.on <= day else 0
    return Lived(
        books.balances if until is None else until,
        *(counts[word] for word in ("transactions", "postings", "claims", "pads", "later")),
    )


class _Books:
    """The running balances. An account whose amounts could not all be read is unsure: nothing is claimed of it any more."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.balances: Balances = Counter()
        self.unsure: set[str] = set()

    def enter(self, entry: Entry) -> list[Leg]:
        """Add an entry; its legs, with what was left open filled in.

        What is left open stands where it was written, unless a balance is set: then, as in hledger, it comes last.
        """
        left_open = [posting for posting in entry.postings if posting.amount is None and posting.claim is None]
        is_set = any(posting.amount is None and posting.claim is not None for posting in entry.postings)
        given = [Leg(posting.account, posting.amount) for posting in entry.postings if posting.amount is not None]
        legs: list[Leg] = []
        for posting in sorted(entry.postings, key=lambda posting: is_set and posting in left_open):
            if posting.amount is not None:
                self._add(legs, Leg(posting.account, posting.amount))
            elif posting.claim is not None:
                for leg in self._assigned(posting.claim):
                    self._add(legs, leg)
            elif len(left_open) == 1 and not entry.unread:
                for leg in self._filled(posting, legs if is_set else given):
                    self._add(legs, leg)
            if posting.claim is not None:
                self.check(posting.claim)
        self._ask_whole(entry, legs, left_open)
        return legs

    def check(self, claim: Claim) -> None:
        """A claim about a balance against what the entries before it come to."""
        if self.knows(claim.account):
            standing = self.standing(claim)
            if abs(standing - claim.amount.minor) > claim.tolerance:
                self._fault(
                    claim.place, f"the balance of {claim.account} is claimed and not so", claim.amount, standing
                )
            others = self._others(claim._replace(with_parts=False)) if claim.alone else []
            for currency in (each for each in others if self.standing(claim, each)):
                what = f"{claim.account} is claimed to hold {claim.amount.currency} alone and does not"
                self._fault(claim.place, what, Amount(0, currency), self.standing(claim, currency))

    def standing(self, claim: Claim, currency: str | None = None) -> int:
        currency = claim.amount.currency if currency is None else currency
        if not claim.with_parts:
            return self.balances[claim.account, currency]
        return sum(
            minor for (name, held), minor in self.balances.items() if held == currency and _within(name, claim.account)
        )

    def _assigned(self, claim: Claim) -> Iterator[Leg]:
        """What must be added for an account to stand at what is said of it.

        Of what it holds in other currencies nothing stays where it is to be alone; as in hledger, the same goes for the
        accounts below it where they count.
        """
        currency = claim.amount.currency
        yield Leg(claim.account, Amount(claim.amount.minor - self.standing(claim), currency))
        for other in self._others(claim):
            wanted = 0 if claim.alone else self.balances[claim.account, other]
            if lacking := wanted - self.standing(claim, other):
                yield Leg(claim.account, Amount(lacking, other))

    def _others(self, claim: Claim) -> list[str]:
        """The other currencies of an account, and of those below it where they count."""
        held = {
            currency
            for name, currency in self.balances
            if name == claim.account or (claim.with_parts and _within(name, claim.account))
        }
        return sorted(held - {claim.amount.currency})

    def _filled(self, posting: Posting, others: list[Leg]) -> Iterator[Leg]:
        """The posting without an amount takes what the others leave.

        beancount rounds that to the coarsest amount of the transaction; where it would, it must be written out.
        """
        for amount in _left(others):
            step = max(leg.amount.step for leg in others if leg.amount.currency == amount.currency)
            if step and amount.minor % step:
                what = "an amount left out that beancount would round"
                self.journal.fault(posting.place, what, "the amount itself", _shown(amount))
            yield Leg(posting.account, amount)

    def _ask_whole(self, entry: Entry, legs: list[Leg], left_open: list[Posting]) -> None:
        """It comes to nothing. Where that cannot be known, accounts are unsure from here on."""
        if entry.unread or len(left_open) > 1:
            self.unsure.update(entry.unread, (posting.account for posting in left_open))
        if entry.unread:
            return
        if len(left_open) > 1:
            what = "more than one posting without an amount"
            self.journal.fault(left_open[1].place, what, "at most one in a transaction", f"{len(left_open)}")
            return
        for amount in _left(legs):
            self._fault(entry.place, "the transaction does not balance", amount._replace(minor=0), -amount.minor)

    def _add(self, legs: list[Leg], leg: Leg) -> None:
        legs.append(leg)
        self.balances[leg.account, leg.amount.currency] += leg.amount.minor

    def knows(self, account: str) -> bool:
        return "" not in self.unsure and not any(_within(name, account) for name in self.unsure)

    def _fault(self, place: Place, what: str, expected: Amount, got: int) -> None:
        self.journal.fault(place, what, _shown(expected), _shown(expected._replace(minor=got)))


def _padded(journal: Journal, counts: Counter[str], day: date) -> Iterator[Step]:
    """The steps with every pad as the entry it stands for: what the next claim about its account lacks, once a currency.

    As beancount does it, each account by itself: what others are filled with is not seen, and a claim about an account
    below is one about it, too.
    """
    books = _Books(Journal())  # only to know the balances: faults are found afterwards
    own: Balances = Counter()
    waiting: dict[str, tuple[Pad, set[str]]] = {}
    filled: dict[Pad, list[Entry]] = {}
    for step in journal.steps:
        if isinstance(step, Entry):
            books.enter(step)
        elif isinstance(step, Pad):
            waiting[step.account] = (step, set())
            filled[step] = []
        else:
            for pad, seen in [waiting[name] for name in waiting if _within(step.account, name)]:
                lacking = step.amount.minor - books.standing(step._replace(account=pad.account))
                lacking -= own[pad.account, step.amount.currency]
                if step.amount.currency not in seen and abs(lacking) > step.tolerance:
                    filled[pad].append(_filling(pad, Amount(lacking, step.amount.currency)))
                    own[pad.account, step.amount.currency] += lacking
                seen.add(step.amount.currency)
    for pad, entries in filled.items():
        counts["pads"] += pad.on <= day
        if not entries and not books.knows(pad.account):
            entries.append(Entry(pad.place, pad.on, (), unread=(pad.account, pad.source)))
        elif not entries:
            journal.fault(pad.place, "a pad that fills nothing", "a balance after it that needs it", pad.account)
    for step in journal.steps:
        yield from filled[step] if isinstance(step, Pad) else [step]


def _left(legs: list[Leg]) -> list[Amount]:
    """What brings these legs to nothing."""
    sums: Counter[str] = Counter()
    for leg in legs:
        sums[leg.amount.currency] -= leg.amount.minor
    return [Amount(minor, currency) for currency, minor in sums.items() if minor]


def _filling(pad: Pad, amount: Amount) -> Entry:
    other = amount._replace(minor=-amount.minor)
    return Entry(pad.place, pad.on, (Posting(pad.place, pad.account, amount), Posting(pad.place, pad.source, other)))


def _ask_accounts(journal: Journal) -> None:
    """Every account that is used is known, of a kind, open on that day and for that currency."""
    asked: set[str] = set()
    for step in journal.steps:
        for name in dict.fromkeys(accounts_of(step)):
            account = journal.accounts.get(name)
            if account is None or account.kind is None:
                if name not in asked:
                    what, expected = _unknown(name, account)
                    journal.fault(step.place, what, expected, name)
                asked.add(name)
            elif step.on < account.opened_on or (step.on > account.closed_on and not isinstance(step, Claim)):
                expected = f"from {account.opened_on} to {account.closed_on}"
                journal.fault(step.place, f"{name} is not open on that day", expected, str(step.on))
        for posting in step.postings if isinstance(step, Entry) else ():
            _ask_currency(journal, posting)


def _unknown(name: str, account: Account | None) -> tuple[str, str]:
    if account is None:
        return "an account that is never opened", "an open directive"
    return (
        "an account of an unknown kind",
        f"a declaration such as: account {name}  ; type:A (A L E R X for {', '.join(KINDS)})",
    )


def _ask_currency(journal: Journal, posting: Posting) -> None:
    account = journal.accounts.get(posting.account)
    if account and account.currencies and posting.amount and posting.amount.currency not in account.currencies:
        expected = " or ".join(sorted(account.currencies))
        journal.fault(posting.place, f"{posting.account} may not hold this currency", expected, posting.amount.currency)


def _within(name: str, account: str) -> bool:
    return name == account or name.startswith(f"{account}:")


def _shown(amount: Amount) -> str:
    return f"{show_amount(amount.minor, amount.currency)} {amount.currency}" if amount.currency else str(amount.minor)
