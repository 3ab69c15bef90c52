"""Money: one gate that lets plain amounts in and nothing else, Money at the edge, and the two ways to round."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from ledger.money import (
    MAX_MINOR,
    AmountError,
    from_money,
    half_up,
    largest_remainder,
    parse_amount,
    places,
    plain_amount,
    show_amount,
    to_money,
)

CURRENCIES = st.sampled_from(("CNY", "USD", "JPY", "KWD"))
MINOR = st.integers(0, MAX_MINOR)


# The gate.


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("0", 0), ("0.00", 0), ("1", 100), ("1.5", 150), ("1.05", 105), ("1000", 100_000), ("1,000", 100_000),
        ("1,000.05", 100_005), ("12,345,678.90", 1_234_567_890), ("007", 700), ("90,000,000,000,000.00", MAX_MINOR),
    ],
)  # fmt: skip
def test_a_plain_amount(text: str, minor: int) -> None:
    assert parse_amount(text) == minor


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "abc", "NaN", "nan", "Infinity", "inf", "1e5", "1E5", "1_000", "0x10", "１２３", "1２3.00", "١٢٣", "१२३",
        "一百", "壹佰", "+5", "5-", "(5)", " 5", "5 ", "5\n", "\t5", "5\u00a0", "1 000", "1.", ".5", ".", ",", "1..5",
        "1.5.5", "1,00", "1,0000", ",100", "100,", "1,,000", "1000,000", "1,000,00", "1.000,00", "1,000.0,5", "1'000", "¥5",
        "5元", "$5", "CNY 5", "5%", "½", "5\u0000", "\ufeff5", "\u202e5", "1．00", "1，000", "²",
    ],
)  # fmt: skip
def test_what_is_no_amount_in_plain_digits(text: str) -> None:
    with pytest.raises(AmountError, match="not an amount in plain digits") as no:
        parse_amount(text)
    assert no.value.expected == "an amount such as 1,000.00"


@pytest.mark.parametrize("text", ["-1", "-1.00", "-0", "-NaN", "-", "--5"])
def test_amounts_are_never_negative(text: str) -> None:
    with pytest.raises(AmountError, match="amounts are never negative") as no:
        parse_amount(text)
    assert "a correction is a new entry, not a minus" in no.value.expected


@pytest.mark.parametrize("text", ["−1", "–1", "－1"])
def test_a_minus_that_only_looks_like_one(text: str) -> None:  # U+2212, an en dash, full width
    with pytest.raises(AmountError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "currency", "said", "expected"),
    [
        ("1.005", "CNY", "3 decimals", "at most 2 decimals in CNY"),
        ("1.000", "CNY", "3 decimals", "at most 2 decimals in CNY"),
        ("1.5", "JPY", "1 decimals", "at most 0 decimals in JPY"),
        ("1.0005", "KWD", "4 decimals", "at most 3 decimals in KWD"),
    ],
)
def test_more_decimals_than_the_currency_has(text: str, currency: str, said: str, expected: str) -> None:
    """Also where they are zeros: whoever writes them may mean a comma."""
    with pytest.raises(AmountError, match=said) as no:
        parse_amount(text, currency)
    assert no.value.expected == expected


@pytest.mark.parametrize("text", ["90,000,000,000,000.01", "99999999999999999999999", "9" * 5_000])
def test_an_amount_that_is_too_large(text: str) -> None:
    with pytest.raises(AmountError, match="too large") as no:
        parse_amount(text)
    assert no.value.expected == "at most 90,000,000,000,000.00"


@pytest.mark.parametrize("currency", ["", "cny", "RMB", "ZZZ", "CNY ", "人民币"])
def test_a_currency_that_is_not_in_the_table(currency: str) -> None:
    with pytest.raises(AmountError, match="unknown currency") as no:
        parse_amount("1", currency)
    assert "CNY" in no.value.expected
    assert [places(each) for each in ("CNY", "USD", "JPY", "KWD")] == [2, 2, 0, 3]


@given(st.text(max_size=12))
def test_whatever_is_let_in_means_exactly_what_it_says(text: str) -> None:
    try:
        minor = parse_amount(text)
    except AmountError:
        return
    assert text.isascii()
    assert Fraction(minor, 100) == Fraction(text.replace(",", ""))


@given(st.from_regex(r"[0-9]{1,3}(,?[0-9]{3}){0,4}(\.[0-9]{0,3})?", fullmatch=True))
def test_what_looks_like_an_amount_is_one_or_is_refused(text: str) -> None:
    try:
        minor = parse_amount(text)
    except AmountError:
        return
    assert Fraction(minor, 100) == Fraction(text.replace(",", ""))
    assert len(text.partition(".")[2]) <= 2


@given(MINOR, CURRENCIES)
def test_what_is_shown_can_be_read_again(minor: int, currency: str) -> None:
    assert parse_amount(show_amount(minor, currency), currency) == minor
    assert parse_amount(plain_amount(minor, currency), currency) == minor
    assert "," not in plain_amount(minor, currency)


def test_how_amounts_are_shown() -> None:
    assert show_amount(100_005) == "1,000.05"
    assert show_amount(-5) == "-0.05"
    assert show_amount(1_000, "JPY") == "1,000"
    assert show_amount(1_000_005, "KWD") == "1,000.005"
    assert plain_amount(123_456_789) == "1234567.89"


# The edge.


@given(st.integers(-MAX_MINOR, MAX_MINOR), CURRENCIES)
def test_to_money_and_back(minor: int, currency: str) -> None:
    money = to_money(minor, currency)
    assert from_money(money) == minor
    assert money == Money(Decimal(minor) / 10 ** places(currency), currency)


@pytest.mark.parametrize("text", ["1.005", "0.001", "1E-3"])
def test_money_with_more_decimals_than_the_currency(text: str) -> None:
    with pytest.raises(AmountError, match="too many decimals") as no:
        from_money(Money(Decimal(text), "CNY"))
    assert no.value.expected == "at most 2 decimals"


def test_money_written_otherwise_is_the_same_money() -> None:
    assert [from_money(Money(Decimal(text), "CNY")) for text in ("1.5", "1.50", "1.5000", "15E-1", "1E+3", "-0")] == [
        150, 150, 150, 150, 100_000, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_money_that_is_no_number(text: str) -> None:
    with pytest.raises(AmountError, match="not a number"):
        from_money(Money(Decimal(text), "CNY"))


# Rounding.


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (3, 2, 2), (5, 2, 3), (1, 3, 0), (2, 3, 1), (-1, 2, -1), (-3, 2, -2), (-1, 3, 0), (0, 7, 0), (149, 100, 1), (150, 100, 2)],
)  # fmt: skip
def test_half_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12))
def test_half_up_is_the_nearest_and_a_half_goes_away_from_zero(numerator: int, denominator: int) -> None:
    exact, rounded = Fraction(numerator, denominator), half_up(numerator, denominator)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)
    assert half_up(-numerator, denominator) == -rounded


@pytest.mark.parametrize("denominator", [0, -1])
def test_half_up_by_nothing(denominator: int) -> None:
    with pytest.raises(ValueError, match="the denominator must be positive"):
        half_up(1, denominator)


@given(st.integers(0, 10**16), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_largest_remainder_gives_everything_and_nobody_a_unit_too_much(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    assert sum(parts) == total
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    odd = [share - int(share) for part, share in zip(parts, exact, strict=True) if part > share]
    whole = [
        share - int(share) for part, share in zip(parts, exact, strict=True) if part <= share and share != int(share)
    ]
    assert not odd or not whole or min(odd) >= max(whole), "the odd units go to the largest remainders"


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1, [1, 1, 1], [1, 0, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (100, [1, 1, 1], [34, 33, 33]),
        (1, [1, 2], [0, 1]),
        (10, [0, 1, 0], [0, 10, 0]),
        (0, [4, 3, 2, 1], [0, 0, 0, 0]),
        (1, [4, 3, 2, 1], [1, 0, 0, 0]),
    ],
)
def test_equal_remainders_go_to_the_one_written_first(total: int, weights: list[int], parts: list[int]) -> None:
    assert largest_remainder(total, weights) == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0]])
def test_nothing_to_share_by(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="the weights must sum to more than zero"):
        largest_remainder(1, weights)
