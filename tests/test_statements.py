"""A party's statement against our own figures: agreement, another amount, a missing line, a line twice, an unknown line."""

from __future__ import annotations

import pytest

from riskshare.statements import AMOUNT, DUPLICATE, MISSING, UNKNOWN, Break, compare

OWN = {"loss 1": 24_691_358, "recovery 1": 1_933_334}


def test_a_statement_that_says_the_same_has_no_breaks() -> None:
    assert compare(OWN, [("recovery 1", 1_933_334), ("loss 1", 24_691_358)]) == []


@pytest.mark.parametrize(
    ("stated", "found", "difference"),
    [
        ([("loss 1", 24_691_357), ("recovery 1", 1_933_334)], Break(AMOUNT, "loss 1", 24_691_358, 24_691_357), -1),
        ([("loss 1", 24_691_358)], Break(MISSING, "recovery 1", 1_933_334, 0), -1_933_334),
        (
            [("loss 1", 24_691_358), ("recovery 1", 1_933_334), ("recovery 1", 1_933_334)],
            Break(DUPLICATE, "recovery 1", 1_933_334, 3_866_668),
            1_933_334,
        ),
        (
            [("loss 1", 24_691_358), ("recovery 1", 1_933_334), ("recovery 1", 5)],
            Break(AMOUNT, "recovery 1", 1_933_334, 1_933_339),
            5,
        ),
        (
            [("loss 1", 24_691_358), ("recovery 1", 1_933_334), ("fee 9", 100)],
            Break(UNKNOWN, "fee 9", 0, 100),
            100,
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Break) else "",
)
def test_one_break(stated: list[tuple[str, int]], found: Break, difference: int) -> None:
    assert compare(OWN, stated) == [found]
    assert found.difference == difference


def test_parts_that_make_the_whole_agree_and_zero_need_not_be_stated() -> None:
    assert compare({"loss 1": 10, "loss 2": 0}, [("loss 1", 4), ("loss 1", 6)]) == []


def test_ours_come_in_their_order_then_what_only_the_statement_knows() -> None:
    found = compare(OWN, [("x", 1), ("recovery 1", 1)])
    assert [(each.kind, each.item) for each in found] == [
        (MISSING, "loss 1"),
        (AMOUNT, "recovery 1"),
        (UNKNOWN, "x"),
    ]
