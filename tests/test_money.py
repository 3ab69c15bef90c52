"""Money: the one gate that reads amounts, the one file that rounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.money import (
    MAX_MINOR,
    AmountError,
    from_money,
    half_up,
    largest_remainder,
    parse_amount,
    plain_amount,
    show_amount,
    to_money,
)

CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KWD"])


@pytest.mark.parametrize(
    ("text", "minor"), [("0.00", 0), ("1", 100), ("1.5", 150), ("1,000.05", 100_005), ("300000.00", 30_000_000)]
)
def test_amounts_as_people_write_them(text: str, minor: int) -> None:
    assert parse_amount(text, "CNY") == minor


@pytest.mark.parametrize(
    "text",
    ["1.234", "NaN", "Infinity", "1e5", "1_000", "１００", "١٠٠", "+1.00", " 1.00", "1.00 ", "", ".5", "1.", "1,00.00", "1,0000.00", "￥1.00", "0x10"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(text, "CNY")
    assert refused.value.expected


def test_an_amount_is_never_negative_and_a_correction_is_a_new_entry() -> None:
    with pytest.raises(AmountError, match="never negative") as refused:
        parse_amount("-5.00", "CNY")
    assert "a correction is a new entry" in refused.value.expected


def test_the_largest_amount_is_the_last_one_accepted() -> None:
    assert parse_amount(show_amount(MAX_MINOR)) == MAX_MINOR
    with pytest.raises(AmountError, match="too large"):
        parse_amount(show_amount(MAX_MINOR + 1))


def test_a_currency_has_its_own_places() -> None:
    assert parse_amount("1000", "JPY") == 1000
    assert parse_amount("1.005", "KWD") == 1005
    with pytest.raises(AmountError, match="1 decimals"):
        parse_amount("1.5", "JPY")
    with pytest.raises(AmountError, match="unknown currency"):
        parse_amount("1", "XXX")


@given(st.integers(0, MAX_MINOR), CURRENCIES)
def test_what_is_shown_can_be_read_again(minor: int, currency: str) -> None:
    assert parse_amount(show_amount(minor, currency), currency) == minor
    assert parse_amount(plain_amount(minor, currency), currency) == minor


@given(st.integers(-(10**30), 10**30), CURRENCIES)
def test_money_at_the_edge_is_exact(minor: int, currency: str) -> None:
    assert from_money(to_money(minor, currency)) == minor


def test_money_with_more_digits_than_its_currency_is_refused() -> None:
    from moneyed import Money

    with pytest.raises(AmountError, match="too many decimals"):
        from_money(Money("1.005", "USD"))
    with pytest.raises(AmountError, match="not a number"):
        from_money(Money("NaN", "USD"))


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_half_up_is_the_nearest_with_halves_away_from_zero(top: int, bottom: int) -> None:
    exact, got = Fraction(top, bottom), half_up(top, bottom)
    assert abs(got - exact) <= Fraction(1, 2)
    if abs(got - exact) == Fraction(1, 2):
        assert abs(got) > abs(exact)


@settings(max_examples=200)
@given(st.integers(0, 10**15), st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any))
def test_largest_remainder_sums_and_is_within_one(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_ties_go_to_the_party_written_first() -> None:
    assert largest_remainder(5, [70, 30]) == [4, 1]
    assert largest_remainder(5, [30, 70]) == [2, 3]
    assert largest_remainder(800, [1, 1, 1]) == [267, 267, 266]


def test_weights_must_weigh_something() -> None:
    with pytest.raises(ValueError, match="more than zero"):
        largest_remainder(5, [0, 0])
    with pytest.raises(ValueError, match="positive"):
        half_up(1, 0)
