"""What was changed in a voucher: the one field whose other value gives the sealed leaf again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ledger.canonical import EPOCH, Entry, Voucher, leaf_of, voucher_text

DAYS = 400  # to either side of a day are tried
PHASES = ("posted", "reserved", "voided", "expired")


class Change(NamedTuple):
    """A field, in which line of the voucher (None: in its head), what it was when it was posted, and what it is."""

    field: str
    line: int | None
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Known:
    """Values that a field may have had: what else stands in the book, and how far its rows are from its counters."""

    accounts: Collection[int]
    kinds: Collection[str]
    actors: Collection[str]
    rules: Collection[str]
    missing: Mapping[int, Collection[int]]  # by account: what its counters have and its rows have not
    debts: Mapping[str, int]  # the amounts of the obligations that are cited, by what the lines say of them


Candidate = tuple[Change, Voucher, Sequence[Entry]]


def change_of(voucher: Voucher, entries: Sequence[Entry], leaf: bytes, known: Known) -> Change | None:
    """The change of one field that explains the leaf, if there is one among those that can be tried."""
    for candidates in (_in_lines(voucher, entries, known), _in_head(voucher, entries, known)):
        for change, head, lines in candidates:
            if leaf_of(voucher_text(head, lines)) == leaf:
                return change
    return None


def day(days: int | None) -> str:
    """Days since 2000 as a date."""
    if days is None:
        return ""
    return date.fromordinal(EPOCH + days).isoformat() if 0 < EPOCH + days <= date.max.toordinal() else f"{days}"


def _in_lines(voucher: Voucher, entries: Sequence[Entry], known: Known) -> Iterator[Candidate]:
    for at, entry in enumerate(entries):
        debit, credit, amount, rule, debt = entry
        lacking = {*known.missing.get(debit, ()), *known.missing.get(credit, ())}
        amounts = {amount + each for each in lacking} | ({known.debts[debt]} if debt and debt in known.debts else set())
        tried: list[tuple[str, object, object, Entry]] = [
            ("sides", f"{credit}/{debit}", f"{debit}/{credit}", entry._replace(debit=credit, credit=debit)),
            *(("amount", each, amount, entry._replace(amount=each)) for each in amounts),
            *(("debit", each, debit, entry._replace(debit=each)) for each in known.accounts),
            *(("credit", each, credit, entry._replace(credit=each)) for each in known.accounts),
            *(("rule", each, rule, entry._replace(rule=each)) for each in known.rules),
            *((*each[:3], entry._replace(debt=each[3])) for each in _of_debt(debt)),
        ]
        for field, was, now, other in tried:
            yield Change(field, at + 1, str(was), str(now)), voucher, (*entries[:at], other, *entries[at + 1 :])


def _of_debt(debt: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Other things that may have been said of an obligation: another day, the two parties the other way round."""
    if debt and len(said := debt.split(" ")) == 5:
        number, debtor, creditor, currency, due = said
        yield (
            "parties",
            f"{creditor}/{debtor}",
            f"{debtor}/{creditor}",
            f"{number} {creditor} {debtor} {currency} {due}",
        )
        for days in range(int(due) - DAYS, int(due) + DAYS):
            yield "due", day(days), day(int(due)), f"{number} {debtor} {creditor} {currency} {days}"


def _in_head(voucher: Voucher, entries: Sequence[Entry], known: Known) -> Iterator[Candidate]:
    for field, values in (("kind", known.kinds), ("actor", known.actors), ("phase", PHASES)):
        for text in values:
            other: dict[str, Any] = {field: text}
            yield Change(field, None, text, getattr(voucher, field)), voucher._replace(**other), entries
    for field in ("effective", "relates", "expires"):
        now = getattr(voucher, field)
        around = voucher.effective if now is None else now
        for days in (None, *range(around - DAYS, around + DAYS)):
            if days is not None or field != "effective":
                yield Change(field, None, day(days), day(now)), voucher._replace(**{field: days}), entries
