"""Record what happened: read, decide, write. One event is a batch of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.batch import Unit
from ledger.copying import NULL, copy_rows, escaped
from ledger.faults import Conflict, NotAllowed, PeriodClosed, Refusal, Refused
from ledger.money import show_amount
from ledger.posting import CLOSED, CREATED, NOT_POSTED, post
from products.events import Event, Told, canonical_map, faults, kinds, told, unwritable
from products.lifecycle import Contract, admit, follow, measure
from products.posting import entry
from riskshare.adoption import adopted
from riskshare.meaning import Fact, Schemes, facts_of

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Known:
    """What a decision may need, read under locks: contracts as they stand, terms, and how far the books are closed."""

    contracts: Mapping[str, Contract]
    pots: Mapping[tuple[str, str], str]
    """Whose pool or budget a scheme draws on: (product, scheme) to party."""
    schemes: Schemes
    closed_through: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What will be written: nothing here was written yet, and nothing here can be refused by us any more."""

    events: Sequence[Told]
    opened: Sequence[Contract]
    facts: Sequence[Fact]
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many events were recorded, how many were known already, and how many lines the books gained."""

    recorded: int
    repeated: int
    journals: int
    lines: int

    def plus(self, other: Receipt) -> Receipt:
        return Receipt(
            self.recorded + other.recorded,
            self.repeated + other.repeated,
            self.journals + other.journals,
            self.lines + other.lines,
        )


def record(conn: Connection[Any], events: Sequence[Event], actor: str) -> Receipt:
    """Record what happened, all or nothing, in the open transaction of `conn`.

    Raises Refused with every reason found, Conflict, PeriodClosed or NotAllowed; then nothing is written.
    """
    (receipt,) = record_chunks(conn, [[told(event) for event in events]], actor)
    return receipt


def record_chunks(
    conn: Connection[Any],
    chunks: Iterable[Sequence[Told]],
    actor: str,
    import_no: int | None = None,
    totals: Counter[str] | None = None,
) -> Iterator[Receipt]:
    """`record` for a long file: chunk by chunk, each posted by the database while the next one is decided here.

    All chunks are one transaction of the caller, who must take every receipt.
    `totals`, where given, gains every amount recorded, by kind and name.
    """
    waiting: Decision | None = None
    with ThreadPoolExecutor(max_workers=1) as poster:
        for chunk in chunks:
            new, known = _look(conn, chunk)
            posting = poster.submit(_post, conn, waiting, actor) if waiting else None
            decision = decide(new, known)
            if posting is not None:
                posting.result()
            _write_rows(conn, decision, actor, import_no)
            waiting = decision
            if totals is not None:
                _add_up(totals, decision)
            yield _receipt(decision, len(chunk))
        if waiting is not None:
            _post(conn, waiting, actor)


def _look(conn: Connection[Any], events: Sequence[Told]) -> tuple[list[Told], Known]:
    """The events that are new, and what a decision on them needs, locked."""
    strange = [refusal for each in events for refusal in unwritable(each.event)]
    if strange:
        raise Refused(*strange)
    conn.execute("SELECT FROM ledger.calendar FOR SHARE")  # a close waits for us, or we for it: no event slips in
    new = _new(conn, events)
    known = read(conn, [each.event for each in new])
    return _new(conn, new), known  # again, under the locks: a twin call has committed by now or does not exist


def read(conn: Connection[Any], events: Sequence[Event]) -> Known:
    """Lock the contracts the events speak of, in one order, and read what has happened to them."""
    named = {e.contract for e in events} | {e.facts[n] for e in events for n in ("loan", "guarantee") if n in e.facts}
    opened = conn.execute(_CONTRACTS, (sorted(named),)).fetchall()
    contracts = {row[0]: _opened(row) for row in opened}
    if contracts:
        for row in conn.execute(_HISTORY, (list(contracts),)).fetchall():
            event = _event(row)
            follow(event, contracts)
    (closed,) = conn.execute("SELECT closed_through FROM ledger.calendar").fetchone() or (None,)
    pots = {(product, scheme): party for product, scheme, party in conn.execute(_POTS).fetchall()}
    return Known(contracts, pots, adopted(conn), closed)


def decide(events: Iterable[Told], known: Known) -> Decision:
    """What these events write, event by event on what the earlier ones left. Pure."""
    contracts, pots = dict(known.contracts), dict(known.pots)
    accepted: list[Told] = []
    opened: list[Contract] = []
    facts: list[Fact] = []
    units: list[Unit] = []
    refusals: list[Refusal] = []
    for each in events:
        event = each.event
        refused = _refusals(event, contracts, known.closed_through)
        if refused:
            refusals += refused
            continue
        before = contracts.get(event.contract)
        contract = follow(event, contracts)
        meaning = _other_pot(event, pots) or facts_of(event, contract, contracts, known.schemes)
        if isinstance(meaning, Refusal):
            refusals.append(meaning)
            continue
        unit = _entry(event, before, contract, contracts)
        accepted.append(each)
        facts += meaning
        opened += [contract] if before is None else []
        units += [unit] if unit else []
    if refusals:
        raise Refused(*refusals)
    return Decision(accepted, opened, facts, units)


def _write_rows(conn: Connection[Any], decision: Decision, actor: str, import_no: int | None) -> None:
    """Contracts, events and facts; the next decision may read them."""
    copy_rows(conn, _INTO_CONTRACT, map(_contract_row, decision.opened))
    who, number = escaped(actor), NULL if import_no is None else str(import_no)
    copy_rows(conn, _INTO_EVENT, (_event_row(each, number, who) for each in decision.events))
    copy_rows(conn, _INTO_FACT, map(_fact_row, decision.facts))


def _post(conn: Connection[Any], decision: Decision, actor: str) -> None:
    """The books. The ledger may still refuse: a limit, or a period closed meanwhile; then nothing of the call stays."""
    outcomes = post(conn, decision.units, actor)
    for unit, outcome in zip(decision.units, outcomes, strict=True):
        if outcome not in (CREATED, NOT_POSTED):
            raise _refused_by_ledger(unit, outcome)


def _receipt(decision: Decision, sent: int) -> Receipt:
    lines = sum(len(unit.lines) for unit in decision.units)
    journals = sum(len({line.book for line in unit.lines}) for unit in decision.units)
    return Receipt(len(decision.events), sent - len(decision.events), journals, lines)


def _add_up(totals: Counter[str], decision: Decision) -> None:
    for each in decision.events:
        for name, amount in each.event.amounts.items():
            totals[f"{each.event.kind} {name}"] += amount


def currency_of(conn: Connection[Any], contract: str) -> str | None:
    """The currency of a contract; None where there is none of this id."""
    row = conn.execute("SELECT currency FROM product.contract WHERE contract_id = %s", (contract,)).fetchone()
    return row[0] if row else None


def _new(conn: Connection[Any], events: Sequence[Told]) -> list[Told]:
    """The events that are not recorded yet, with their texts. Raises Conflict where an id has other contents."""
    rows = conn.execute(_DIGESTS, ([each.event.id for each in events],)).fetchall()
    known: dict[str, bytes] = dict(rows)
    fresh: dict[str, Event] = {}
    new = []
    for each in events:
        event, earlier = each.event, known.get(each.event.id)
        if earlier is None:
            new.append(each)
            known[event.id], fresh[event.id] = each.digest, event
        elif earlier != each.digest:
            before = fresh.get(event.id) or _event(conn.execute(_ONE, (event.id,)).fetchone() or ())
            raise Conflict(_difference(event, before, currency_of(conn, event.contract) or "CNY"))
    return new


def _refusals(event: Event, contracts: Mapping[str, Contract], closed: date | None) -> list[Refusal]:
    """Why the event cannot be recorded, in a fixed order: closed period, its own faults, its contract."""
    if closed is not None and event.booked_on <= closed:
        raise PeriodClosed(
            Refusal(
                f"event {event.id}",
                f"the period of {event.booked_on} is closed",
                f"a day after {closed}",
                str(event.booked_on),
                "record it with --booked on a day of an open period: it keeps its own date and is posted there",
            )
        )
    found = faults(event)
    if not found:
        refusal = admit(event, contracts)
        found = [refusal] if refusal else []
    return found


_DRAWS = {
    "pool.funded": ("pool", "government"),
    "budget.appropriated": ("budget", "finance"),
    "insurance.premium_charged": ("budget", "finance"),
    "guarantee.fee_charged": ("budget", "finance"),
}


def _other_pot(event: Event, pots: dict[tuple[str, str], str]) -> Refusal | None:
    """A scheme draws on one pool and one budget: a second treasury would be one limit over two accounts."""
    product, role = _DRAWS.get(event.kind, ("", ""))
    scheme, party = event.facts.get("scheme"), event.facts.get(role)
    if not product or scheme is None or party is None:
        return None
    owner = pots.get((product, scheme))
    if owner is None and kinds()[event.kind].opens:
        pots[product, scheme] = party
    if owner in (None, party):
        return None
    return Refusal(
        f"event {event.id}", f"the {product} of scheme {scheme} belongs to another party", owner or "", party
    )


def _difference(event: Event, earlier: Event, currency: str) -> Refusal:
    """The first thing in which an event differs from the one recorded under its id."""

    def money(amounts: Mapping[str, int], name: str) -> str | None:
        return show_amount(amounts[name], currency) if name in amounts else None

    pairs: list[tuple[str, object, object]] = [
        ("kind", earlier.kind, event.kind),
        ("contract", earlier.contract, event.contract),
        ("day", earlier.on, event.on),
        ("booked day", earlier.booked_on, event.booked_on),
    ]
    pairs += [
        (f"amount {name}", money(earlier.amounts, name), money(event.amounts, name))
        for name in sorted({*earlier.amounts, *event.amounts})
    ]
    pairs += [
        (f"fact {name}", earlier.facts.get(name), event.facts.get(name))
        for name in sorted({*earlier.facts, *event.facts})
    ]
    name, was, now = next((n, a, b) for n, a, b in pairs if a != b)
    advice = "use a new id, or send the same contents again"
    return Refusal(f"event {event.id}", f"this id is recorded with another {name}", str(was), str(now), advice)


def _entry(event: Event, before: Contract | None, contract: Contract, contracts: Mapping[str, Contract]) -> Unit | None:
    parties = {**contract.parties, **{role: event.facts[role] for role in _OWN_PARTIES if role in event.facts}}
    loan = contracts.get(contract.loan or "")
    state = "written off" if loan is not None and loan.state == "written off" else "not written off"
    belongs_to = event.on if event.booked is not None else None
    amounts = measure(event, before or contract)
    return entry(
        event.id,
        event.kind,
        event.booked_on,
        parties,
        contract.currency,
        amounts,
        (),
        state,
        belongs_to,
    )


def _refused_by_ledger(unit: Unit, outcome: str) -> Refused:
    where = f"event {unit.key}"
    if outcome == CLOSED:
        return PeriodClosed(
            Refusal(where, f"the period of {unit.on} was closed meanwhile", "an open period", str(unit.on))
        )
    if outcome.startswith("limit:"):
        return NotAllowed(
            Refusal(where, f"the limit of account {outcome[6:]} would be passed", "an amount that is left")
        )
    if outcome == "approval_needed":
        what = "it is above what this login may post by itself"
        return NotAllowed(Refusal(where, what, advice=f"gongji approve propose override {unit.key}"))
    return Conflict(Refusal(where, "this id is already used in the books", "a new id", outcome))


_OWN_PARTIES = ("finance",)

# A contract, its loan and all that hangs on that loan, locked in one order: what one of them did concerns the others.
_CONTRACTS = """
WITH named AS (SELECT contract_id, loan_id FROM product.contract WHERE contract_id = ANY(%s)),
wanted AS (
  SELECT contract_id FROM named UNION SELECT loan_id FROM named
  UNION SELECT c.contract_id FROM named n JOIN product.contract c ON c.loan_id = n.loan_id AND c.loan_id <> c.contract_id)
SELECT contract_id, product, currency, loan_id, parties, amounts, facts FROM product.contract
WHERE contract_id IN (SELECT contract_id FROM wanted) ORDER BY contract_id FOR UPDATE"""
_HISTORY = """
SELECT event_id, kind, contract_id, effective_on, booked_on, amounts, facts FROM product.event
WHERE contract_id = ANY(%s) ORDER BY seq"""
_POTS = """
SELECT product, facts ->> 'scheme', coalesce(parties ->> 'government', parties ->> 'finance') FROM product.contract
WHERE product IN ('pool', 'budget')"""
_DIGESTS = "SELECT event_id, digest FROM product.event WHERE event_id = ANY(%s)"
_ONE = """
SELECT event_id, kind, contract_id, effective_on, booked_on, amounts, facts FROM product.event WHERE event_id = %s"""
_INTO_CONTRACT = "product.contract (contract_id, product, currency, loan_id, parties, amounts, facts)"
_INTO_EVENT = (
    "product.event (event_id, kind, contract_id, effective_on, booked_on, amounts, facts, digest, import_no, actor)"
)
_INTO_FACT = """
share.fact (event_id, scheme_id, kind, effective, year, loan_id, key_on, filing, booked_on, amount, measures, attributes)"""


def _event(row: Sequence[Any]) -> Event:
    event_id, kind, contract, on, booked, amounts, facts = row
    return Event(event_id, kind, contract, on, amounts, facts, booked if booked != on else None)


def _opened(row: Sequence[Any]) -> Contract:
    """A contract as it was opened; its history is folded on top."""
    name, product, currency, loan, parties, amounts, facts = row
    return Contract(name, product, currency, loan, parties, amounts, facts, "", date.min, {}, {})


def _json(value: Mapping[str, str | int]) -> str:
    return escaped(canonical_map(value))


def _contract_row(c: Contract) -> str:
    loan = escaped(c.loan) if c.loan else NULL
    return f"{escaped(c.id)}\t{c.product}\t{c.currency}\t{loan}\t{_json(c.parties)}\t{_json(c.amounts)}\t{_json(c.facts)}\n"


def _event_row(told: Told, import_no: str, actor: str) -> str:
    e = told.event
    head = f"{escaped(e.id)}\t{e.kind}\t{escaped(e.contract)}\t{e.on}\t{e.booked_on}"
    return f"{head}\t{escaped(told.amounts)}\t{escaped(told.facts)}\t\\\\x{told.digest.hex()}\t{import_no}\t{actor}\n"


def _fact_row(f: Fact) -> str:
    head = f"{escaped(f.event_id)}\t{escaped(f.scheme)}\t{f.kind}\t{f.effective}\t{f.year}\t{escaped(f.loan)}"
    tail = f"{f.key_on}\t{f.filing}\t{f.booked_on}\t{f.amount}\t{_json(f.measures)}\t{_json(f.attributes)}\n"
    return f"{head}\t{tail}"
