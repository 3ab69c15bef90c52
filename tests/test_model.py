"""The ledger and a model of it that shares no code with it, side by side through random histories."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

import psycopg
import pytest
from clerks import Batch, history
from histories import SEEDS, fewer, first, live
from ledger_model import CREATED, Entry, Item, Limits, Model
from living import Disagreement, Life

from ledger.database import Database

KEPT = sorted(SEEDS.glob("*.txt"))
"""Histories in which the two once disagreed, named by their seed and how long they must be."""

CASH, CAPITAL, BUDGET = (("A", role, None, "CNY") for role in ("cash", "capital", "budget"))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_model_foresees_a_history(every_database: Database, seed: int) -> None:
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


# A model that never disagreed would prove nothing.


def paid_in(key: str, amount: int = 5) -> Item:
    return Item(key, "post", "paid_in", 8_800, entries=(Entry("A", CASH, CAPITAL, amount, "P1"),))


def granted(key: str, amount: int) -> Item:
    return Item(key, "post", "granted", 8_800, entries=(Entry("A", BUDGET, CASH, amount, "S1"),))


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("counters, ", "UPDATE ledger.balance SET debits = debits + 1, credits = credits + 1"),
        ("limits, ", "UPDATE ledger.balance SET credit_floor = -7"),
        ("vouchers, ", "ALTER TABLE ledger.transfer DISABLE TRIGGER append_only; UPDATE ledger.transfer SET rule = 'X'"),
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
