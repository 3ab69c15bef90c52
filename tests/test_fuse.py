"""The fuse: when new loans lose their cover, and when they have it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import riskshare
from ledger.money import parse_amount
from riskshare.fuse import Reading, Ruling, Unjudged, state_on, states, unjudged
from riskshare.meaning import MEASURES
from riskshare.scheme_file import load_scheme
from riskshare.terms import Fuse, Threshold, Version

SHIPPED = Path(riskshare.__file__).parent / "schemes" / "cn-anhui-4321.toml"

NPL = Fuse(
    name="npl",
    article="12",
    part="overdue",
    base="outstanding",
    warns=None,
    stops=Threshold("reaches", 5, 100),
    resumes=Threshold("below", 3, 100),
    by_decision=False,
    evaluated="quarter_end",
    effect="new_loans",
)


def version(*fuses: Fuse) -> Version:
    """A shipped scheme, with these fuses."""
    (shipped,) = load_scheme(SHIPPED, measures=MEASURES, roles=None).versions
    return replace(shipped, fuses=fuses)


def reading(name: str, day: str, **measures: str) -> Reading:
    return Reading(name, date.fromisoformat(day), {key: parse_amount(text) for key, text in measures.items()})


def npl(name: str, day: str, percent: str) -> Reading:
    """A reading of so many per cent overdue."""
    return reading(name, day, overdue=percent, outstanding="100.00")


def ruling(name: str, day: str, word: str, of: str = "npl") -> Ruling:
    return Ruling(name, date.fromisoformat(day), of, word)


def state(terms: Version, day: str, *readings: Reading, rulings: tuple[Ruling, ...] = ()) -> str:
    return state_on(states(terms, readings, rulings)["npl"], date.fromisoformat(day))


OVERDUE = replace(
    NPL,
    warns=Threshold("reaches", 6, 100),
    stops=Threshold("reaches", 10, 100),
    evaluated="month_end",
)
LOSS_RATIO = replace(NPL, name="claims", part="claims", base="premium", stops=Threshold("exceeds", 150, 100))


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({"overdue": "5,000,000.00", "outstanding": "100,000,000.00"}, "normal"),
        ({"overdue": "6,600,000.00", "outstanding": "110,000,000.00"}, "warning"),
        ({"overdue": "9,999,999.99", "outstanding": "100,000,000.00"}, "warning"),  # 9.99999999 % is not 10 %
        ({"overdue": "10,000,000.00", "outstanding": "100,000,000.00"}, "suspended"),
        ({"claims": "3,000,000.00", "premium": "2,000,000.00"}, "normal"),  # 超过 is more than
        ({"claims": "3,000,000.01", "premium": "2,000,000.00"}, "suspended"),
    ],
)
def test_a_ratio_is_compared_to_the_fen(measures: dict[str, str], expected: str) -> None:
    terms = version(OVERDUE, LOSS_RATIO)
    decided = states(terms, [reading("m", "2025-06-30", **measures)], [])
    judged = decided["npl" if "overdue" in measures else "claims"]
    assert state_on(judged, date(2025, 7, 1)) == expected
    assert [len(each) for each in decided.values()].count(0) == 1  # the other fuse is not judged by it


def test_loans_granted_inside_the_window_are_not_covered() -> None:
    terms = version(NPL)
    readings = (npl("q2", "2025-06-30", "5.00"), npl("q3", "2025-09-30", "2.99"))

    granted = {loan: state(terms, day, *readings) for loan, day in _LOANS.items()}

    assert granted == {"L1": "normal", "L2": "suspended", "L3": "suspended", "L4": "normal"}


_LOANS = {"L1": "2025-06-30", "L2": "2025-07-01", "L3": "2025-09-30", "L4": "2025-10-01"}


def test_a_decision_says_what_it_rests_on() -> None:
    (decision,) = states(version(NPL), [npl("q2", "2025-06-30", "5.00")], [])["npl"]
    assert (decision.from_day, decision.article, decision.evidence) == (date(2025, 7, 1), "12", "q2")
    assert (decision.part, decision.base) == (500, 10_000)


def test_what_is_suspended_stays_so_until_it_may_resume() -> None:
    terms = version(replace(NPL, warns=Threshold("reaches", 2, 100)))
    readings = [
        npl("1", "2025-03-31", "5.00"),
        npl("2", "2025-06-30", "4.99"),
        npl("3", "2025-09-30", "3.00"),
        npl("4", "2025-12-31", "2.99"),
        npl("5", "2026-03-31", "1.99"),
    ]
    decided = states(terms, readings[::-1], [])["npl"]
    assert [decision.state for decision in decided] == ["suspended", "suspended", "suspended", "warning", "normal"]
    assert [decision.evidence for decision in decided] == ["1", "2", "3", "4", "5"]


def test_never_is_never() -> None:
    terms = version(replace(NPL, resumes=None))
    readings = [npl("1", "2025-03-31", "5.00"), npl("2", "2025-06-30", "0.00")]
    rulings = [ruling("d", "2025-07-01", "resume")]
    assert state(terms, "2030-01-01", *readings, rulings=tuple(rulings)) == "suspended"
    assert unjudged(terms, readings, rulings) == [
        Unjudged("d", "12", "fuse npl never resumes once it is suspended"),
    ]


def test_only_a_decision_resumes_where_the_terms_say_so() -> None:
    terms = version(replace(NPL, resumes=None, by_decision=True, warns=Threshold("reaches", 2, 100)))
    readings = (npl("1", "2025-03-31", "5.00"), npl("2", "2025-06-30", "2.00"))
    resumed = (ruling("d", "2025-07-10", "resume"),)
    assert state(terms, "2025-07-10", *readings, rulings=resumed) == "suspended"
    assert state(terms, "2025-07-11", *readings, rulings=resumed) == "warning"


def test_somebody_can_suspend_below_the_threshold() -> None:
    rulings = (ruling("d", "2025-05-05", "suspend"),)
    assert state(version(NPL), "2025-05-05", rulings=rulings) == "normal"
    assert state(version(NPL), "2025-05-06", rulings=rulings) == "suspended"
    readings = (npl("1", "2025-06-30", "2.00"),)
    assert state(version(NPL), "2025-07-01", *readings, rulings=rulings) == "normal"  # it may resume by then


def test_on_one_day_the_ruling_comes_after_the_reading() -> None:
    readings = (npl("1", "2025-06-30", "5.00"),)
    rulings = (ruling("d", "2025-06-30", "resume"),)
    assert state(version(NPL), "2025-07-01", *readings, rulings=rulings) == "normal"


@pytest.mark.parametrize(
    ("evaluated", "days"),
    [
        ("month_end", {"2024-02-29", "2025-02-28", "2025-03-31", "2025-12-31"}),
        ("quarter_end", {"2025-03-31", "2025-12-31"}),
        ("year_end", {"2025-12-31"}),
        ("each_reading", {"2024-02-28", "2024-02-29", "2025-02-28", "2025-03-31", "2025-12-30", "2025-12-31"}),
    ],
)
def test_a_fuse_is_judged_at_its_instants_only(evaluated: str, days: set[str]) -> None:
    terms = version(replace(NPL, evaluated=evaluated))
    every = ("2024-02-28", "2024-02-29", "2025-02-28", "2025-03-31", "2025-12-30", "2025-12-31")
    readings = [npl(day, day, "5.00") for day in every]
    assert {decision.evidence for decision in states(terms, readings, [])["npl"]} == days
    assert {item.id for item in unjudged(terms, readings, [])} == set(every) - days


def test_what_is_not_judged_goes_to_the_work_list() -> None:
    terms = version(NPL)
    readings = [
        npl("august", "2025-08-31", "9.00"),
        npl("june", "2025-06-30", "2.00"),
        npl("june again", "2025-06-30", "9.00"),
        reading("half", "2025-09-30", overdue="9.00"),
    ]
    rulings = [ruling("other", "2025-07-01", "suspend", "claims"), ruling("halt", "2025-07-01", "halt")]
    assert unjudged(terms, readings, rulings) == [
        Unjudged("august", "12", "2025-08-31 is no quarter end: fuse npl is judged then"),
        Unjudged("june again", "12", "a second reading of 2025-06-30 for fuse npl"),
        Unjudged("half", "", "no fuse reads this: the scheme asks for overdue and outstanding"),
        Unjudged("other", "", "the scheme has no fuse 'claims'"),
        Unjudged("halt", "12", "a fuse is set to suspend or resume, not 'halt'"),
    ]
    assert state(terms, "2030-01-01", *readings, rulings=tuple(rulings)) == "normal"


def test_nothing_of_nothing_is_a_ratio_of_zero() -> None:
    nothing = reading("1", "2025-06-30", overdue="0.00", outstanding="0.00")
    assert state(version(NPL), "2025-07-01", nothing) == "normal"
    something = reading("1", "2025-06-30", overdue="0.01", outstanding="0.00")
    assert state(version(NPL), "2025-07-01", something) == "suspended"
