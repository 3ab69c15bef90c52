"""Amounts as an agreement writes them."""

from __future__ import annotations

from typing import Any

import pytest

from products.expression import UNBOUNDED, Expression, ExpressionError, parse, parse_percent

MEASURED = {"a": 101, "b": 7, "premium": 333, "liability": 1001, "other_support": 3, "贷款金额": 5, "days": 200}


READ = pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("300,000.00", 30_000_000),
        ("premium", 333),
        ("贷款金额", 5),
        ("150% of premium", 499),  # 499.5: the largest whole unit not above
        ("80% of liability less other_support", 797),
        ("b less a", 0),
        ("a less b less 0.01", 93),
        ("smaller of a and b", 7),
        ("smaller of a and b and 0.02", 2),
        ("smaller of a and 50% of premium less b", 101),
        ("50% of smaller of a and premium", 50),
        ("50% of 50% of a", 25),
        ("33.333% of 10.00", 333),
        ("0.000000001% of premium", 0),
        ("a plus b", 108),
        ("b less a plus a", 101),  # from the left: nothing, and then a
        ("a plus b less liability plus 0.01", 1),
        ("50% of a plus 50% of b", 54),  # 50.5 and 3.5: not floored before they are added
        ("50% of smaller of a plus b and premium", 54),
        ("larger of a and b", 101),
        ("larger of a and b and 2.00", 200),
        ("larger of b and smaller of a and premium less liability", 7),
        ("150% of larger of a and b", 151),
        ("1% of liability by days of 365", 5),
        ("liability by days of 365 less a", 447),  # belongs to the liability alone
        ("a less liability by days of 365", 0),
        ("10.00 by days of 365", 547),
        ("liability by days of 365 by b of 12", 319),
    ],
)


@pytest.fixture
def np() -> Any:
    return pytest.importorskip("numpy")


@READ
def test_an_amount_is_read_and_floored_once(text: str, minor: int) -> None:
    expression = parse(text, "CNY")
    assert expression.value(MEASURED.__getitem__) == minor
    assert expression.column(lambda name: [MEASURED[name]] * 2, 2) == [minor, minor]
    assert expression.names <= MEASURED.keys()


@READ
def test_an_array_of_amounts_is_the_same(np: Any, text: str, minor: int) -> None:
    expression = parse(text, "CNY")
    assert expression.vector(lambda name: np.array([MEASURED[name]] * 2), 2).tolist() == [minor, minor]
    assert expression.vector(MEASURED.__getitem__, 2).tolist() == [minor, minor]


def test_names_and_shapes() -> None:
    assert parse("80% of  liability less other_support", "CNY").names == {"liability", "other_support"}
    assert parse("80% of  liability less other_support", "CNY").text == "80% of liability less other_support"
    assert parse("premium", "CNY").plain_name == "premium"
    assert parse("100% of premium", "CNY").plain_name == "premium"
    assert parse("99% of premium", "CNY").plain_name is None
    assert parse("1,000", "JPY").constant == 1000
    assert parse("premium", "CNY").constant is None


def test_a_fee_is_worked_out_by_days() -> None:
    fee = parse("1% of guaranteed by days of 365", "CNY", ("guaranteed", "days"))
    assert fee.names == {"guaranteed", "days"}
    assert fee.counts == {"days"}
    lent = {"guaranteed": 100_000_000, "days": 200}
    assert fee.value(lent.__getitem__) == 547_945  # 5,479.4520… yuan
    assert parse("guaranteed by days of 1", "CNY").plain_name is None


def test_an_amount_that_is_worked_out_is_rounded_half_up() -> None:
    half = parse("50% of premium", "CNY")
    rows: list[dict[str, int]] = [{"premium": 1}, {"premium": 2}, {"premium": 3}]
    assert [half.value(row.__getitem__) for row in rows] == [0, 1, 1]
    assert [half.rounded(row.__getitem__) for row in rows] == [1, 1, 2]


def test_a_named_amount_stands_for_what_it_was_given() -> None:
    named: dict[str, Expression] = {}
    for name, text in (
        ("band_1", "90% of smaller of registered and 2.50"),
        ("band_2", "50% of registered less 2.50"),
        ("cap", "band_1 plus band_2"),
    ):
        named[name] = parse(text, "CNY", {"registered", *named}, named)

    cap = parse("50% of cap", "CNY", {"cap"}, named)

    assert cap.names == {"registered"}
    assert cap.value({"registered": 101}.__getitem__) == 45  # 45.45
    assert cap.value({"registered": 601}.__getitem__) == 137  # 112.5 and 25.25
    assert parse("band_1", "CNY", named, named).text == "band_1"


def test_a_named_amount_brings_its_counts() -> None:
    named = {"fee": parse("1% of guaranteed by days of 365", "CNY")}
    doubled = parse("200% of fee by months of 12", "CNY", None, named)
    assert doubled.counts == {"days", "months"}
    assert doubled.value({"guaranteed": 36_500, "days": 100, "months": 6}.__getitem__) == 100


@pytest.mark.parametrize("text", ["9.999999999% of premium less paid", "33.333% of premium by days of 365 plus paid"])
def test_arrays_are_exact_beyond_64_bits(np: Any, text: str) -> None:
    expression = parse(text, "CNY")
    rows = {
        "premium": np.array([0, 1, 9_000_000_000_000_000, 8_999_999_999_999_999]),
        "paid": np.array([0, 3, 8_999_999_999_999_999, 1]),
        "days": np.array([0, 365, 366, 1]),
    }
    lists = {name: column.tolist() for name, column in rows.items()}
    expected = [expression.value({name: column[i] for name, column in lists.items()}.__getitem__) for i in range(4)]
    found = expression.vector(rows.__getitem__, 4)
    assert found.dtype == np.int64
    assert found.tolist() == expected == expression.column(lists.__getitem__, 4)


def test_an_array_holds_nothing_above_no_limit(np: Any) -> None:
    expression = parse("1000000% of premium", "CNY")
    premium = np.array([9_000_000_000_000_000, 2])
    assert expression.vector(lambda _: premium, 2).tolist() == [UNBOUNDED, 20_000]
    assert expression.vector(lambda _: premium[:0], 0).tolist() == []
    assert parse("3.00", "CNY").vector(MEASURED.__getitem__, 2).tolist() == [300, 300]


def test_a_percentage_is_exact() -> None:
    assert parse_percent("1.50%") == (3, 200)
    assert parse_percent("33.3333%") == (333333, 1000000)
    assert parse_percent("150%") == (3, 2)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a b", "cannot read 'b' after 'a'"),
        ("80%", "'of' is missing after '80%', found 'the end'"),
        ("80% premium", "'of' is missing after '80%', found 'premium'"),
        ("80% of", "ends after '80% of'"),
        ("-80% of premium", "not a percentage in plain digits"),
        ("smaller a", "'of' is missing after 'smaller', found 'a'"),
        ("smaller of a", "'and' is missing after 'smaller of a', found 'the end'"),
        ("a less", "ends after 'a less'"),
        ("less a", "'less' is neither an amount nor a name"),
        ("A", "unknown measure 'A'"),
        ("premum", "unknown measure 'premum'"),
        ("12.345", "'12.345': 3 decimals"),
        ("-3.00", "'-3.00': amounts are never negative"),
        ("1e5", "'1e5': not an amount in plain digits"),
        ("１０", "'１０': not an amount in plain digits"),
        ("a*2", "'a*2' is neither an amount nor a name"),
        ("a plus", "ends after 'a plus'"),
        ("plus a", "'plus' is neither an amount nor a name"),
        ("by", "'by' is neither an amount nor a name"),
        ("larger a", "'of' is missing after 'larger', found 'a'"),
        ("a by", "ends after 'a by'"),
        ("a by premium", "'of' is missing after 'a by premium', found 'the end'"),
        ("a by premium of", "ends after 'a by premium of'"),
        ("a by premium of 0", "'0' is not a whole number"),
        ("a by premium of 3.65", "'3.65' is not a whole number"),
        ("a by day of 365", "unknown measure 'day'"),
        ("a by a of 365", "'a' is both an amount and a count"),
        ("smaller of a and premium by a of 365", "'a' is both an amount and a count"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, what: str) -> None:
    with pytest.raises(ExpressionError) as fault:
        parse(text, "CNY", ("a", "premium"))
    assert str(fault.value) == what
    assert fault.value.expected


def test_a_near_miss_is_proposed() -> None:
    with pytest.raises(ExpressionError) as fault:
        parse("150% of premum", "CNY", ("premium", "budget"))
    assert (fault.value.expected, fault.value.got) == ("'premium'", "'150% of premum'")


def test_a_number_is_not_a_text() -> None:
    with pytest.raises(ExpressionError, match="not an amount in quotes"):
        parse(300_000, "CNY")  # type: ignore[arg-type]


def test_a_named_amount_is_not_a_count() -> None:
    with pytest.raises(ExpressionError, match="'cap' is an amount, not a count"):
        parse("premium by cap of 365", "CNY", None, {"cap": parse("1.00", "CNY")})
