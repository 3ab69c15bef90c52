"""The ledger and a model of it that shares no code with it, side by side through random histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import psycopg
import pytest
from clerks import Batch, Close, Step, history
from histories import SEEDS, fewer, first, live
from ledger_model import CREATED, Entry, Item, Limits, Model, Owing
from living import Disagreement, Life

from ledger.database import Database

KEPT = sorted(SEEDS.glob("*.txt"))
"""Histories in which the two once disagreed, named by their seed and how long they must be."""

CASH, CAPITAL, BUDGET = (("A", role, None, "CNY") for role in ("cash", "capital", "budget"))


@pytest.mark.parametrize(("seed", "few"), [(1, 100), (2, 0)], ids=["sent with the call", "copied"])
def test_the_model_foresees_a_history(
    every_database: Database, monkeypatch: pytest.MonkeyPatch, seed: int, few: int
) -> None:
    monkeypatch.setattr("ledger.staging.FEW", few)
    print(f"seed {seed}; to live through it again: python -m tests.histories --seed {seed} --operations 600")
    total = live(every_database.url, first(seed, 600))
    assert total.operations >= 600
    assert total.outcomes[CREATED] > 100


@pytest.mark.parametrize("kept", KEPT, ids=[path.stem for path in KEPT])
def test_a_history_that_once_failed(database: Database, kept: Path) -> None:
    seed, operations = kept.stem.split("-")
    live(database.url, first(int(seed), int(operations)))


def test_a_seed_is_a_history() -> None:
    assert list(islice(history(7), 40)) == list(islice(history(7), 40)) != list(islice(history(8), 40))


def paid_in(key: str, amount: int = 5, book: str = "A") -> Item:
    entry = Entry(book, (book, "cash", None, "CNY"), (book, "capital", None, "CNY"), amount, "P1")
    return Item(key, "post", "paid_in", 8_800, entries=(entry,))


def granted(key: str, amount: int) -> Item:
    return Item(key, "post", "granted", 8_800, entries=(Entry("A", BUDGET, CASH, amount, "S1"),))


def funded(key: str, amount: int) -> Item:
    return Item(key, "post", "funded", 8_800, entries=(Entry("A", CASH, BUDGET, amount, "F1"),))


def held(key: str, amount: int) -> Item:
    return granted(key, amount)._replace(act="reserve")


def owed(key: str, due_on: int = 8_830) -> Item:
    """A debt of B's, in its book and in A's."""
    debt = Owing("5f0c2f0e-4a4a-4c52-9d3e-6b1f5a2d7c11", "B", "A", "CNY", 9, due_on)
    owes = Entry("B", ("B", "claim_loss", None, "CNY"), ("B", "due_to", "A", "CNY"), 9, "L1", debt.id)
    owned = Entry("A", ("A", "due_from", "B", "CNY"), ("A", "claim_recv", None, "CNY"), 9, "L2", debt.id)
    return Item(key, "post", "owed", 8_800, entries=(owes, owned), owings=(debt,))


def of(key: str, act: str, original: str, *amounts: int) -> Item:
    return Item(key, act, "resolution", 8_800, of=original, amounts=amounts or None)


def sent(*items: Item, how: str = "sent") -> Batch:
    return Batch(items, False, how)


HELD = Item(
    "R", "reserve", "held", 8_800, entries=(*paid_in("").entries, *paid_in("", 7, "B").entries, *paid_in("", 9).entries)
)
"""A reservation of 5 in A, 7 in B and 9 in A again."""

ONCE_WRONG: Mapping[str, Sequence[Step]] = {
    "a second book under a known key": [sent(paid_in("K")), sent(paid_in("K")._replace(entries=HELD.entries[:2]))],
    "another day a debt is due": [sent(owed("D")), sent(owed("D", 8_831))],
    "a debt twice in one batch": [sent(owed("D"), owed("D"), owed("D", 8_831))],
    "a debt taken back, and again": [sent(owed("D")), sent(of("E", "reverse", "D"), of("F", "reverse", "D"))],
    "amounts go book by book": [sent(HELD), sent(of("S", "settle", "R", 1, 2, 3))],
    "as much as is reserved on each line": [sent(HELD), sent(of("S", "settle", "R", 6, 8, 7))],
    "posted in one book and let go in the other": [
        sent(HELD), sent(of("S", "settle", "R", 5, 9, 0)), sent(of("T", "reverse", "S")), sent(of("U", "reverse", "S")),
    ],
    "a reservation that others want to reverse": [
        sent(HELD), sent(of("S", "settle", "R"), of("T", "void", "R"), of("U", "reverse", "R"), of("V", "reverse", "R")),
    ],
    "a void of something else": [sent(HELD), sent(of("V", "void", "R")), sent(of("V", "void", "nobody's"))],
    "callers with the same word for a link": [
        sent(
            *(paid_in(key)._replace(link="ours") for key in "KL"),
            *(granted(key, 9)._replace(link="ours") for key in "MN"),
            how="gathered",
        )
    ],
    "one book closed before the others": [
        sent(HELD, paid_in("K")), Close(8_766, 8_856, "B"), sent(paid_in("L"), paid_in("M", 3, "B")),
        Close(-100_000, 8_856, period=20_241), sent(paid_in("N")),
    ],
    "the last of a budget held, and then spent": [sent(funded("F", 10)), sent(held("R", 10)), sent(of("S", "settle", "R"))],
    "room that is made only later in a batch": [
        sent(funded("F", 10)), sent(held("R", 10)),
        sent(granted("G", 10), of("V", "void", "R"), granted("H", 10)), sent(granted("I", 5), funded("J", 5), granted("K", 5)),
    ],
}  # fmt: skip
"""What the ledger, as it was being built, answered or kept otherwise than the model."""


@pytest.mark.parametrize("steps", ONCE_WRONG.values(), ids=ONCE_WRONG)
def test_what_was_once_wrong(database: Database, steps: Sequence[Step]) -> None:
    live(database.url, steps)


# A model that never disagreed would prove nothing.


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("counters, ", "UPDATE ledger.balance SET debits = debits + 1, credits = credits + 1"),
        ("limits, ", "UPDATE ledger.balance SET credit_floor = -7"),
        ("vouchers, ", "ALTER TABLE ledger.journal DISABLE TRIGGER append_only; UPDATE ledger.journal SET rule[1] = 'X'"),
        ("last vouchers, ", "ALTER TABLE ledger.head DISABLE TRIGGER keep_head; UPDATE ledger.head SET last_journal = 2"),
        ("refusals, ", "ALTER TABLE ledger.refusal DISABLE TRIGGER append_only; UPDATE ledger.refusal SET outcome = 'X'"),
        ("chain of A, ", "ALTER TABLE ledger.batch DISABLE TRIGGER append_only; UPDATE ledger.batch SET leaves = digest"
                         " WHERE last_no > 0"),
        ("acts without a number, ", "UPDATE ledger.act_head SET last_act = 7"),
    ],
)  # fmt: skip
def test_what_somebody_does_behind_the_ledger_s_back_is_seen(database: Database, what: str, sql: str) -> None:
    items = (paid_in("K-1"), granted("K-2", 1))
    with closing(Life(database.url)) as life:
        life.live(Batch(items, False))
        life.check(items)
        life.seen.clear()
        life.chained.clear()
        with closing(psycopg.connect(database.url)) as conn:
            conn.execute(sql)
            conn.commit()
        with pytest.raises(Disagreement, match=what):
            life.check(items)


def test_an_answer_that_was_not_foreseen_is_seen(database: Database) -> None:
    with closing(Life(database.url)) as life:
        life.live(Batch((paid_in("K-1"), granted("K-2", 1)), False))
        life.model.refused["K-2"] = "limit:cash"
        with pytest.raises(Disagreement, match="refusals, K-2: the model says limit:cash, the database limit:budget"):
            life.live(Batch((granted("K-2", 1),), False))


def test_what_is_needed_for_a_failure_is_found() -> None:
    assert fewer(range(100), lambda parts: {13, 77} <= set(parts)) == [13, 77]


# What the model itself says, where it is read most easily.


def test_the_model_counts_what_is_reserved_where_it_leaves_less_room() -> None:
    model = Model({"budget": Limits(credit_floor=0)})
    funded = Item("F", "post", "funded", 8_800, entries=(Entry("A", CASH, BUDGET, 10, "F1"),))
    reserved = granted("R", 7)._replace(act="reserve")
    settled = Item("S", "settle", "resolution", 8_800, of="R", amounts=(5,))

    assert model.post([funded, reserved, granted("G", 4)], together=False) == [CREATED, CREATED, "limit:budget"]
    assert model.count(BUDGET) == (0, 10, 7, 0)
    assert model.post([settled, granted("H", 5), granted("G", 4)], together=False) == [CREATED, CREATED, "limit:budget"]
    assert model.count(BUDGET) == (10, 10, 0, 0)


def test_the_model_keeps_limits_and_closed_days() -> None:
    model = Model({})
    model.post([paid_in("K-1", 10)], together=True)
    assert [model.set_limit(CASH, Limits(debit_floor=floor)) for floor in (11, 10)] == ["below_used", "set"]
    model.close(0, 8_800)
    assert model.post([paid_in("K-2"), paid_in("K-1", 10)], together=True) == ["period_closed", "same"]
