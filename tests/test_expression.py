"""Amounts as an agreement writes them."""

from __future__ import annotations

import pytest

from products.expression import ExpressionError, parse, parse_percent

MEASURED = {"a": 101, "b": 7, "premium": 333, "liability": 1001, "other_support": 3, "贷款金额": 5}


@pytest.mark.parametrize(
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
    ],
)
def test_an_amount_is_read_and_floored_once(text: str, minor: int) -> None:
    expression = parse(text, "CNY")
    assert expression.value(MEASURED.__getitem__) == minor
    assert expression.column(lambda name: [MEASURED[name]] * 2, 2) == [minor, minor]
    assert expression.names <= MEASURED.keys()


def test_names_and_shapes() -> None:
    assert parse("80% of  liability less other_support", "CNY").names == {"liability", "other_support"}
    assert parse("80% of  liability less other_support", "CNY").text == "80% of liability less other_support"
    assert parse("premium", "CNY").plain_name == "premium"
    assert parse("100% of premium", "CNY").plain_name == "premium"
    assert parse("99% of premium", "CNY").plain_name is None
    assert parse("1,000", "JPY").constant == 1000
    assert parse("premium", "CNY").constant is None


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
