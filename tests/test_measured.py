"""A scheme with open roles, reported measures, a fuse and a limit of interest days, kept in the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EVERY, fresh
from stories import BANK, Office, defaulted, fen, office, said, undone

from ledger.database import Database
from ledger.faults import Refused
from riskshare import adoption
from riskshare.explaining import explain
from riskshare.reconciling import reconcile

BAND = """\
id         = "band"
title      = { zh = "分段补偿", en = "band" }
currency   = "CNY"
status     = "example"
applies_by = "registered_on"

[[version]]
effective   = 2024-01-01
source      = "an example"
year_by     = "default_on"
late        = "append"
decided     = "period"
limit_basis = "current"
rounding    = { scope = "cumulative", method = "largest_remainder" }

[version.loss]
on        = "default"
counts    = ["principal", "interest up to 90 days"]
uncounted = "bank"
advance   = "none"

[version.measures]
outstanding = "loans outstanding at the bank"
overdue     = "loans overdue under the scheme"
running     = "loans running under the scheme"

[version.roles]
city     = "government"
district = "government"

[version.parties]
city     = "City Treasury"
district = "District Treasury"

[[version.fuse]]
name      = "npl"
article   = "9"
ratio     = ["overdue", "running"]
stops     = "reaches 5%"
resumes   = "below 3%"
evaluated = "quarter_end"
effect    = "new_loans"

[[version.clause]]
name    = "loss"
article = "4"
choose  = { by = "npl", suspended = "bank", otherwise = "band" }

[[version.clause]]
name    = "band"
article = "5"
layer   = { per = "bank-year", attach = "1% of outstanding", limit = "2% of outstanding", first = "fund", then = "bank" }

[[version.clause]]
name    = "fund"
article = "6"
share   = { city = "4", district = "6" }
"""


@pytest.fixture(scope="module")
def shared(flavours: Callable[[str], Any]) -> Iterator[Database]:
    yield from fresh(flavours(EVERY[0]))


@pytest.fixture
def desk(shared: Database, tmp_path: Path) -> Iterator[Office]:
    with undone(shared) as each:
        adopt(each, BAND, tmp_path)
        yield each


def adopt(desk: Office, text: str, folder: Path) -> None:
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    with desk.conn.transaction():
        adoption.adopt(desk.conn, folder / "scheme.toml", "clerk")


def reported(measure: str, on: str, amount: str, of: str = "") -> Any:
    facts = {"scheme": "band", "measure": measure, **({"of": of} if of else {})}
    return said(f"{measure} {on} {of}", "scheme.measured", f"band {measure} {of}", on, facts, amount=amount)


def loan(name: str, on: str) -> list[Any]:
    facts = {"bank": BANK, "scheme": "band", "borrower": f"borrower of {name}"}
    registered = said(f"{name} registered", "loan.registered", name, on, facts, approved="90,000,000.00")
    return [registered, said(f"{name} disbursed", "loan.disbursed", name, on, principal="90,000,000.00")]


def test_a_band_of_the_banks_own_loans_is_shared_by_two_levels_of_government(desk: Office) -> None:
    """Given 500 m outstanding at the bank: above 1 % up to 3 % the city pays four and the district six of ten."""
    desk.record(reported("outstanding", "2024-12-31", "500,000,000.00", of=BANK), loan("A", "2024-02-01"))
    desk.record(defaulted("A", "2024-05-06", principal="18,000,000.00"))
    desk.close("2024Q1", "2024Q2", "2024Q3", "2024Q4")
    assert desk.borne() == {"bank": fen("8,000,000.00"), "city": fen("4,000,000.00"), "district": fen("6,000,000.00")}
    assert desk.balance("City Treasury", "due_to", BANK) == -fen("4,000,000.00")
    assert desk.balance(BANK, "due_from", "District Treasury") == fen("6,000,000.00")
    assert all(check.agrees for check in reconcile(desk.conn))


def test_a_measure_reported_anew_moves_what_was_shared(desk: Office) -> None:
    desk.record(reported("outstanding", "2024-03-31", "500,000,000.00", of=BANK), loan("A", "2024-02-01"))
    desk.record(defaulted("A", "2024-03-06", principal="18,000,000.00"))
    desk.close("2024Q1")
    desk.record(reported("outstanding", "2024-06-30", "800,000,000.00", of=BANK))
    report = desk.close("2024Q2")
    assert desk.borne()["bank"] == fen("8,000,000.00")
    assert report.totals == {}
    desk.record(reported("outstanding", "2024-09-30", "2,000,000,000.00", of=BANK))
    desk.close("2024Q3")
    assert desk.borne() == {"bank": fen("18,000,000.00")}
    assert all(check.agrees for check in reconcile(desk.conn))


def test_loans_registered_while_the_fuse_is_blown_are_the_banks_own(desk: Office) -> None:
    """5 of 100 overdue on 30 June stops cover from 1 July; 2.99 on 30 September gives it back from 1 October."""
    desk.record(reported("outstanding", "2024-12-31", "100.00", of=BANK))
    for on, overdue in (("2024-06-30", "5.00"), ("2024-09-30", "2.99")):
        desk.record(reported("overdue", on, overdue), reported("running", on, "100.00"))
    for name, on in (("L1", "2024-06-30"), ("L2", "2024-07-01"), ("L3", "2024-09-30"), ("L4", "2024-10-01")):
        desk.record(loan(name, on), defaulted(name, "2024-12-02", principal="1.00"))
    desk.close("2024Q2", "2024Q3", "2024Q4")
    covered = {event for (event, role), _ in desk.shares().items() if role == "city"}
    assert covered == {"L4 default"}  # L1 fills the first per cent of the band, L4 is above it
    said_why = {step.written: step.said for fact in explain(desk.conn, "L2").facts for step in fact.steps}
    assert said_why["npl"] == "Art. 4  loss 1.00 (npl = suspended) → bank 1.00"
    assert all(check.agrees for check in reconcile(desk.conn))


def test_interest_counts_for_ninety_days(desk: Office) -> None:
    desk.record(reported("outstanding", "2024-12-31", "50,000,000.00", of=BANK), loan("A", "2024-02-01"))
    event = defaulted("A", "2024-05-22", principal="1,000,000.00", interest="15,950.00")
    desk.record(said(event.id, event.kind, "A", "2024-05-22", {"interest_days": "132"}, principal="1,000,000.00",
                     interest="15,950.00"))  # fmt: skip
    desk.close("2024Q1", "2024Q2")
    assert sum(desk.borne().values()) == fen("1,010,875.00")


def test_interest_without_its_days_is_refused(desk: Office) -> None:
    desk.record(loan("A", "2024-02-01"))
    with pytest.raises(Refused, match="interest_days"):
        desk.record(defaulted("A", "2024-05-22", principal="1.00", interest="1.00"))


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (reported("profit", "2024-03-31", "1.00"), "scheme band declares no 'profit'"),
        (
            said("R", "scheme.ruled", "R", "2024-03-31", {"scheme": "band", "fuse": "npl", "ruling": "maybe"}),
            "a fuse is set to suspend or to resume",
        ),
        (
            said("R", "scheme.ruled", "R", "2024-03-31", {"scheme": "band", "fuse": "heat", "ruling": "suspend"}),
            "scheme band declares no 'heat'",
        ),
    ],
)
def test_what_no_version_asks_for_is_refused(desk: Office, event: Any, says: str) -> None:
    with pytest.raises(Refused, match=says):
        desk.record(event)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('city     = "City Treasury"\n', "", "a party for the open role city"),
        ('by = "npl"', 'by = "grade"', "attribute grade"),
        ('advance   = "none"', 'advance   = "none"\ninstalments = { city = "75%" }', "instalments"),
    ],
)
def test_a_scheme_that_no_event_can_feed_is_not_adopted(
    desk: Office, tmp_path: Path, old: str, new: str, says: str
) -> None:
    text = BAND.replace(old, new).replace('id         = "band"', 'id         = "other"')
    if "grade" in new:
        text = text[: text.index("[[version.fuse]]")] + text[text.index("[[version.clause]]") :]
    with pytest.raises(Refused, match=says):
        adopt(desk, text, tmp_path)


def test_the_office_of_this_file_forgets(shared: Database) -> None:
    with office(shared) as each:
        assert each.told() == []
