"""A scheme document: what it says when it is right, and one message for each way to be wrong."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.faults import NotFound, Refused
from riskshare.scheme_file import load_scheme, read_scheme
from riskshare.terms import Layer, Scheme, Share
from riskshare.toml_lines import line_numbers, line_of

MEASURES = ("premium", "pool_funding", "guaranteed", "approved")
ROLES = ("bank", "guarantor", "reguarantor", "insurer", "government", "debtor")

GOOD = """\
id         = "example"
title      = { zh = "示例", en = "example" }
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
counts    = ["principal", "interest"]
uncounted = "bank"
advance   = "guarantor"

[version.recovery]
costs      = "first"
reinstates = "no"

[version.parties]
government = "the county"

[version.amounts]
cap = "1,000,000.00"

[[version.clause]]
name    = "loss"
article = "4"
choose  = { by = "insured", yes = "split", otherwise = "pool" }

[[version.clause]]
name    = "split"
article = "5"
share   = { bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest" }

[[version.clause]]
name    = "pool"
article = "6"
layer   = { per = "scheme-year", limit = "cap", first = "government", then = "guarantor" }

[[version.clause]]
name    = "recovery"
article = "9"
follow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }
"""


def read(text: str, roles: Any = ROLES) -> Scheme:
    return read_scheme(text, "example.toml", measures=MEASURES, roles=roles)


def refusals(text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(text)
    return [str(refusal) for refusal in refused.value.refusals]


def test_what_a_scheme_says() -> None:
    scheme = read(GOOD)
    version = scheme.versions[0]
    assert (scheme.id, scheme.title["zh"], scheme.currency, scheme.status) == ("example", "示例", "CNY", "example")
    assert [clause.name for clause in version.clauses] == ["loss", "split", "pool", "recovery"]
    assert version.roles == scheme.roles == ("bank", "guarantor", "reguarantor", "government", "debtor")
    assert version.clauses[1] == Share("split", "5", ("bank", "guarantor", "reguarantor", "pool"), (2, 4, 3, 1))
    assert isinstance(version.clauses[2], Layer)
    assert version.clauses[2].order == "time"
    assert {name: amount.constant for name, amount in version.amounts.items()} == {"cap": 100_000_000}
    assert version.parties == {"government": "the county"}
    assert (version.measures, version.attributes) == (frozenset(), {"insured"})
    assert (version.entry("loss"), version.entry("recovery"), version.entry("premium"), version.entry("pool")) == (
        0,
        3,
        None,
        None,
    )


def test_measures_are_those_the_caller_must_supply() -> None:
    text = GOOD.replace('limit = "cap"', 'attach = "150% of premium", limit = "smaller of cap and pool_funding"')
    assert read(text).versions[0].measures == {"premium", "pool_funding"}


def test_attributes_name_the_parties_a_scope_counts_by() -> None:
    text = GOOD.replace('per = "scheme-year"', 'per = "insurer-year"').replace('per = "loan"', 'per = "borrower"')
    assert read(text).versions[0].attributes == {"insured", "insurer", "borrower"}


def test_the_version_in_force_on_a_day() -> None:
    head, version = GOOD.split("[[version]]")
    scheme = read(head + "[[version]]" + version + "[[version]]" + version.replace("2024-01-01", "2025-07-01"))
    assert scheme.version_on(date(2023, 12, 31)) is None
    assert scheme.version_index_on(date(2023, 12, 31)) is None
    assert scheme.version_on(date(2024, 1, 1)) is scheme.versions[0]
    assert scheme.version_on(date(2025, 6, 30)) is scheme.versions[0]
    assert scheme.version_on(date(2025, 7, 1)) is scheme.versions[1]


def test_the_digest_covers_what_is_said_and_not_how() -> None:
    plain = read(GOOD)
    spaced = read("# a comment\n" + GOOD.replace("id         =", "id ="))
    swapped = read(GOOD.replace('bank = "20%", guarantor = "40%"', 'guarantor = "40%", bank = "20%"'))
    assert plain.digest == spaced.digest != swapped.digest
    assert plain.versions[0].digest == spaced.versions[0].digest != swapped.versions[0].digest
    assert len(plain.digest) == 64


def test_shares_in_every_way_of_writing_them() -> None:
    def weights(share: str) -> tuple[int, ...]:
        head = GOOD.split("[[version.clause]]")[0].replace("[version.recovery]", "").replace('costs      = "first"', "")
        text = head.replace('reinstates = "no"', "")
        clause = (
            read(f'{text}[[version.clause]]\nname = "loss"\narticle = "1"\nshare = {{ {share} }}\n')
            .versions[0]
            .clauses[0]
        )
        assert isinstance(clause, Share)
        return clause.weights

    assert weights('bank = "40%", guarantor = "60%"') == (2, 3)
    assert weights('bank = "0.5%", guarantor = "rest"') == (1, 199)
    assert weights('bank = "4", guarantor = "6"') == weights("bank = 4, guarantor = 6") == (2, 3)
    assert weights('bank = "approved less guaranteed", guarantor = "guaranteed"') == ()


# One message for each fault.

FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))["fault"]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.get("says", "nothing")[:70] for fault in FAULTS])
def test_each_fault_has_its_message(fault: dict[str, Any]) -> None:
    text = GOOD
    for old, new in ((fault["old"], fault["new"]), fault.get("also", ("", ""))):
        assert old in text
        text = text.replace(old, new, 1)
    if "says" in fault:
        assert any(said.startswith(fault["says"]) for said in refusals(text)), "\n".join(refusals(text))
    else:
        read(text)


def test_all_faults_are_found_in_one_run_in_the_order_of_the_lines() -> None:
    text = GOOD.replace('"30%"', '"29%"').replace('pool = "rest"', 'pool = "10%"')
    text = text.replace('late        = "append"\n', "").replace('limit = "cap"', 'limit = "caps"')
    assert [said.split(";")[0] for said in refusals(text)] == [
        "example.toml, line 7: version.late is missing",
        "example.toml, line 39, article 5: the shares make 99 %, 1 % is missing",
        "example.toml, line 44, article 6: limit: unknown measure 'caps'",
    ]


def test_versions_out_of_order_and_on_the_same_day() -> None:
    head, version = GOOD.split("[[version]]")
    twice = head + "[[version]]" + version + "[[version]]" + version
    assert refusals(twice) == [
        "example.toml, line 52: two versions are effective on 2024-01-01; expected one version per date"
    ]
    assert refusals(twice.replace("2024-01-01", "2025-01-01", 1)) == [
        "example.toml, line 52: the version of 2024-01-01 stands below that of 2025-01-01; "
        "expected versions in the order of their dates"
    ]


def later(old: str, new: str) -> str:
    """GOOD with a second version that differs in one thing."""
    head, version = GOOD.split("[[version]]")
    return f"{head}[[version]]{version}[[version]]{version.replace('2024-01-01', '2025-01-01').replace(old, new)}"


def test_a_layer_counts_the_same_way_in_every_version() -> None:
    assert refusals(later('per = "scheme-year"', 'per = "life"')) == [
        "example.toml, line 89, article 6: layer 'pool' counts on from version 2024-01-01 with another per; "
        "expected 'scheme-year'; got 'life'; or give the clause another name"
    ]
    assert (
        "with another order; expected 'time'; got 'pro_rata'"
        in refusals(later('limit = "cap"', 'limit = "cap", order = "pro_rata"'))[0]
    )


@pytest.mark.parametrize(("until", "word"), [("2025-03-01", "overlaps"), ("2024-11-30", "leaves a gap to")])
def test_versions_neither_overlap_nor_leave_a_gap(until: str, word: str) -> None:
    head, version = GOOD.split("[[version]]")
    first = version.replace("source  ", f"until = {until}\nsource  ", 1)
    text = f"{head}[[version]]{first}[[version]]{version.replace('2024-01-01', '2025-01-01')}"
    assert refusals(text) == [
        f"example.toml, line 9: the version of 2024-01-01, until {until}, {word} that of 2025-01-01; "
        "expected until = 2024-12-31, or none"
    ]
    sound = read(text.replace(until, "2024-12-31"))
    assert sound.version_on(date(2024, 12, 31)) is sound.versions[0]


def test_versions_agree_on_whether_recoveries_give_limits_room() -> None:
    assert refusals(later('reinstates = "no"', 'reinstates = "from_start"')) == [
        "example.toml, line 68: limits that count on from version to version cannot change whether recoveries give "
        "them room; expected 'no'; got 'from_start'"
    ]


def test_clauses_may_not_change_places_between_versions() -> None:
    clauses = GOOD.split("[[version.clause]]\n")
    two = [
        'name = "a"\narticle = "1"\nlayer = { per = "life", limit = "1.00", first = "bank", then = "b" }\n',
        'name = "b"\narticle = "2"\nlayer = { per = "life", limit = "1.00", first = "bank", then = "guarantor" }\n',
    ]
    down = [clauses[1].replace('"split"', '"a"').replace('"pool"', '"b"'), *two, clauses[4]]
    swapped = [
        down[0],
        two[1].replace('then = "guarantor"', 'then = "a"'),
        two[0].replace('then = "b"', 'then = "guarantor"'),
        down[3],
    ]
    _, version = clauses[0].split("[[version]]")
    later_version = "[[version]]" + version.replace("2024-01-01", "2025-01-01")
    text = (
        "[[version.clause]]\n".join([clauses[0], *down]) + "\n" + "[[version.clause]]\n".join([later_version, *swapped])
    )
    assert "clauses that wait for each other" in refusals(text)[0]


def test_a_scheme_without_versions_or_clauses() -> None:
    head, version = GOOD.split("[[version]]")
    assert refusals(head) == ["example.toml, line 1: version is missing; expected at least one [[version]]"]
    empty = head + "[[version]]" + version.split("[[version.clause]]")[0]
    assert "example.toml, line 7: version.clause is missing; expected at least one [[version.clause]]" in refusals(
        empty
    )


def test_no_clause_is_an_entry() -> None:
    head = GOOD.split("[version.loss]")[0]
    text = head + '[[version.clause]]\nname = "pool"\narticle = "1"\nshare = { bank = "100%" }\n'
    assert refusals(text) == [
        'example.toml, line 7: no clause is an entry; expected a clause named "loss", "recovery", "premium", "fee", '
        '"fee_reduction", "interest_subsidy", "refund", "funding" or "distribution"'
    ]


def test_a_fee_reduction_needs_its_benchmark() -> None:
    head = GOOD.split("[version.loss]")[0]
    text = head + '[[version.clause]]\nname = "fee_reduction"\narticle = "1"\nshare = { bank = "100%" }\n'
    assert refusals(text) == [
        "example.toml, line 7: version.fee_reduction is missing; "
        'the usual: fee_reduction = { benchmark_rate = "…%", days_in_year = 365 }'
    ]
    table = '[version.fee_reduction]\nbenchmark_rate = "{}"\ndays_in_year = {}\n'
    assert refusals(text + table.format("1.5", 366)) == [
        "example.toml, line 21: the benchmark rate is not a percentage in plain digits; "
        'expected a percentage such as "20%" or "1.50%"; got \'1.5\'',
        "example.toml, line 22: version.fee_reduction.days_in_year is not a year of days; expected 365 or 360; got 366",
    ]
    terms = read(text + table.format("1.50%", 365)).versions[0].fee_reduction
    assert terms is not None
    assert (terms.benchmark_rate, terms.days_in_year) == ((3, 200), 365)


def test_without_known_roles_every_role_is_accepted() -> None:
    assert "county" in read(GOOD.replace('first = "government"', 'first = "county"'), roles=None).roles


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    path = tmp_path / "scheme.toml"
    with pytest.raises(NotFound, match="there is no such scheme file"):
        load_scheme(path, measures=MEASURES, roles=ROLES)
    path.write_bytes(b"id = \xff")
    with pytest.raises(Refused, match="not a UTF-8 text; save the file as UTF-8"):
        load_scheme(path, measures=MEASURES, roles=ROLES)
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert load_scheme(path, measures=MEASURES, roles=ROLES).digest == read(GOOD).digest


def test_lines_are_found_in_sub_tables_and_past_long_texts() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\n[[v]]\n[[v.k]]\nx.y = 1\n[v.k.z]\nw = 2\n[[v.k]]\n[[v]]\n[[v.k]]\nx = 1\n'
    lines = line_numbers(text)
    assert ("b",) not in lines
    assert lines["v", 0, "k", 0, "x", "y"] == 7
    assert lines["v", 0, "k", 0, "z", "w"] == 9
    assert lines["v", 0, "k", 1] == 10
    assert lines["v", 1, "k", 0, "x"] == 13
    assert line_of(lines, ("v", 1, "k", 0, "q", "r")) == 12


VALUES = st.sampled_from(
    ["0", "-1", "1.5", "true", '""', '"none"', '"rest"', '"100%"', '"bank"', '"loss"', "[]", "[1]", '["loss"]', "{}",
     '{ name = 1 }', '[{ name = ["x"] }]', '[{ article = 1 }]', "2024-01-01", "2024-01-01T00:00:00", "nan", '"１"']
)  # fmt: skip


@given(st.integers(0, GOOD.count("\n") - 1), VALUES, st.booleans())
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_any_document_is_read_or_refused_and_never_crashes(line: int, value: str, drop: bool) -> None:
    lines = GOOD.split("\n")
    key, equals, _ = lines[line].partition("=")
    lines[line] = f"{key}= {value}" if equals and not drop else ""
    text = "\n".join(lines)
    try:
        found = [read(text).text == text]
    except Refused as refused:
        found = [refusal.where.startswith("example.toml, line ") for refusal in refused.refusals]
    assert found
    assert all(found)
