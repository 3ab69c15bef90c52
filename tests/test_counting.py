"""What of a loss counts: components, days of interest, security; and recoveries after costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.money import parse_amount as minor
from riskshare.counting import Part, Uncountable, count, net_recoveries
from riskshare.terms import LossTerms

PRINCIPAL_AND_INTEREST = LossTerms("default", ("principal", "interest"), "bank", "none")
NINETY_DAYS = LossTerms("default", ("principal", "interest"), "bank", "none", {"interest": 90})
NET_OF_SECURITY = LossTerms("default", ("principal", "interest"), "bank", "none", net_of="security")


def test_interest_counts_for_ninety_days_and_penalty_never() -> None:
    loss = {"principal": minor("1,000,000.00"), "interest": minor("15,950.00"), "penalty": minor("7,975.00")}

    found = count(NINETY_DAYS, loss, {"interest_days": 132})

    assert found.parts == (
        Part("principal", minor("1,000,000.00"), 0),
        Part("interest", minor("10,875.00"), minor("5,075.00")),
        Part("penalty", 0, minor("7,975.00")),
    )
    assert found.counted == minor("1,010,875.00")
    assert found.uncounted == minor("13,050.00")
    assert found.security == 0


@pytest.mark.parametrize(
    ("interest", "days", "counted"),
    [
        ("0.03", 180, "0.02"),  # 1.5 fen, half up
        ("100.00", 91, "98.90"),
        ("100.00", 90, "100.00"),
        ("100.00", 1, "100.00"),
        ("0.00", 0, "0.00"),
    ],
)
def test_days_of_interest_are_rounded_half_up(interest: str, days: int, counted: str) -> None:
    assert count(NINETY_DAYS, {"interest": minor(interest)}, {"interest_days": days}).counted == minor(counted)


@pytest.mark.parametrize(
    ("days", "got"),
    [({}, "no days"), ({"interest_days": 0}, "0 days"), ({"interest_days": -3}, "-3 days")],
)
def test_interest_without_its_days_is_not_guessed(days: dict[str, int], got: str) -> None:
    with pytest.raises(Uncountable) as fault:
        count(NINETY_DAYS, {"principal": 5, "interest": 100}, days)
    assert fault.value.faults == (("interest_days", f"interest counts up to 90 days, and the loss says {got} of it"),)


def test_every_missing_column_is_named_and_none_that_is_not_needed() -> None:
    limits = {"interest": 90, "penalty": 30, "compound_interest": 10}
    terms = LossTerms("default", ("interest", "penalty", "compound_interest"), "bank", "none", limits)
    with pytest.raises(Uncountable) as fault:
        count(terms, {"interest": 1, "penalty": 2, "compound_interest": 0}, {})
    assert [column for column, _ in fault.value.faults] == ["interest_days", "penalty_days"]


def test_realised_security_comes_off_what_counts_down_to_zero() -> None:
    loss = {"principal": minor("100.00"), "penalty": minor("7.00")}
    some = count(NET_OF_SECURITY, loss, {}, minor("30.00"))
    assert (some.counted, some.uncounted, some.security) == (minor("70.00"), minor("7.00"), minor("30.00"))
    more = count(NET_OF_SECURITY, loss, {}, minor("300.00"))
    assert (more.counted, more.uncounted, more.security) == (0, minor("7.00"), minor("100.00"))


def test_security_stays_out_where_the_terms_do_not_name_it() -> None:
    assert count(PRINCIPAL_AND_INTEREST, {"principal": 100}, {}, 30) == (100, 0, 0, (("principal", 100, 0),))


AMOUNTS = st.integers(0, 10**12)


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), st.integers(1, 400), AMOUNTS)
def test_nothing_is_lost(amounts: tuple[int, ...], days: int, security: int) -> None:
    terms = LossTerms("default", ("principal", "interest"), "bank", "none", {"interest": 90}, net_of="security")
    loss = dict(zip(("principal", "interest", "penalty", "costs"), amounts, strict=True))
    found = count(terms, loss, {"interest_days": days}, security)
    assert found.counted + found.uncounted + found.security == sum(amounts)
    assert min(found.counted, found.uncounted, found.security) >= 0
    assert [part.counted + part.uncounted for part in found.parts] == list(amounts)


def test_costs_above_a_receipt_are_carried_forward() -> None:
    rows = [(minor("2,000.00"), minor("5,000.00")), (minor("10,000.01"), 0)]
    assert net_recoveries(rows) == [0, minor("7,000.01")]


def test_what_a_recovery_brought_is_not_taken_back_by_later_costs() -> None:
    assert net_recoveries([(100, 0), (0, 30), (20, 0), (50, 0)]) == [100, 0, 0, 40]
    assert net_recoveries([]) == []
