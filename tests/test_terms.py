"""A scheme document: what it says when it is right, and one message for each way to be wrong."""

from __future__ import annotations

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
follow  = { borne = "loss", per = "loan", then = "debtor" }
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
    assert (version.amounts, version.parties) == ({"cap": 100_000_000}, {"government": "the county"})
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

FAULTS: list[tuple[str, str, str]] = [
    # the document
    ("status     =", "status     ", "example.toml, line 4, column 13: not a TOML document: Expected '=' after a key in a key/value pair"),
    ('id         = "example"\n', "", "example.toml, line 1: id is missing; the usual: id = \"example-4321\""),
    ('id         = "example"', "id         = 7", "example.toml, line 1: id is not a text; expected id = \"example-4321\"; got 7"),
    ('id         = "example"', 'id         = " "', "example.toml, line 1: id is not a text; expected id = \"example-4321\"; got ' '"),
    (', en = "example" }', " }", 'example.toml, line 2: title.en is missing; the usual: en = "…"'),
    ('"CNY"', '"CNX"', "example.toml, line 3: unknown currency 'CNX'; expected one of AUD"),
    ('"example"\napplies', '"exmaple"\napplies', "example.toml, line 4: status is not a word of a scheme; expected \"found\", "
     "\"unconfirmed\" or \"example\"; got 'exmaple'; did you mean \"example\"?"),
    ('applies_by = "registered_on"\n', "", "example.toml, line 1: applies_by is missing; expected \"registered_on\", "
     "\"default_on\" or \"compensated_on\"; the usual: applies_by = \"registered_on\""),
    ("currency   =", "curency    =", "example.toml, line 3: unknown key curency; expected \"applies_by\", \"currency\", \"id\", "
     "\"status\", \"title\" or \"version\"; got 'curency'; did you mean \"currency\"?"),
    # a version
    ("effective   = 2024-01-01\n", "", "example.toml, line 7: version.effective is missing; expected a date; the usual: effective = 2024-01-01"),
    ("effective   = 2024-01-01", 'effective   = "2024"', "example.toml, line 8: version.effective is not a date; expected effective = 2024-01-01; got '2024'"),
    ('source      = "an example"\n', "", "example.toml, line 7: version.source is missing; the usual: source = \"the agreement, its number and date\""),
    ('year_by     = "default_on"\n', "", "example.toml, line 7: version.year_by is missing; expected \"registered_on\", \"default_on\", "
     "\"compensated_on\" or \"paid_on\"; the usual: year_by = \"default_on\""),
    ('late        = "append"\n', "", 'example.toml, line 7: version.late is missing; expected "append" or "reopen"; the usual: late = "append"'),
    ('decided     = "period"', 'decided     = "month"', "example.toml, line 12: version.decided is not a word of a scheme; "
     "expected \"period\" or \"year\"; got 'month'"),
    ('limit_basis = "current"\n', "", 'example.toml, line 7: version.limit_basis is missing; expected "current" or "at_fact"; '
     'the usual: limit_basis = "current"'),
    ('rounding    = { scope = "cumulative", method = "largest_remainder" }\n', "", "example.toml, line 7: version.rounding is missing; "
     'the usual: rounding = { scope = "cumulative", method = "largest_remainder" }'),
    (', method = "largest_remainder" }', " }", 'example.toml, line 14: version.rounding.method is missing; expected "largest_remainder" or '
     '"quota"; the usual: method = "largest_remainder"'),
    ("rounding    = {", "rounding    = { accepts_minus_one = 1,", "example.toml, line 14: accepts_minus_one is not yes or no; expected true or false; got 1"),
    ('rounding    = { scope = "cumulative", method = "largest_remainder" }', 'rounding    = "usual"', "example.toml, line 14: version.rounding "
     "is not a table; expected rounding = { scope = \"cumulative\", method = \"largest_remainder\" }; got 'usual'"),
    ("late        =", "lates       =", "example.toml, line 11: unknown key version.lates"),
    # loss, recovery, parties, amounts
    ('[version.loss]\non        = "default"\ncounts    = ["principal", "interest"]\nuncounted = "bank"\nadvance   = "guarantor"\n', "",
     'example.toml, line 7: version.loss is missing; the usual: loss = { on = "default", counts = ["principal", "interest"], '
     'uncounted = "bank", advance = "none" }'),
    ('advance   = "guarantor"\n', "", "example.toml, line 16: version.loss.advance is missing; the usual: advance = \"none\""),
    ('advance   = "guarantor"', 'advance   = "garantor"', "example.toml, line 20: no posting rules for role 'garantor'; expected \"bank\", \"debtor\", "
     '"government", "guarantor", "insurer" or "reguarantor"; did you mean "guarantor"?'),
    ('"principal", "interest"', '"principle"', "example.toml, line 18: unknown loss component 'principle'; expected \"principal\", \"interest\", "
     '"overdue_interest", "penalty", "compound_interest" or "costs"; did you mean "principal"?'),
    ('["principal", "interest"]', '"principal"', "example.toml, line 18: version.loss.counts is not a list of different components; "
     "expected [\"principal\", …]; got 'principal'"),
    ('["principal", "interest"]', "[]", "example.toml, line 18: version.loss.counts is not a list of different components; "
     "expected [\"principal\", …]; got []"),
    ('on        = "default"', 'on        = "overdue"', "example.toml, line 17: version.loss.on is not a word of a scheme; expected \"default\" or "
     "\"compensation\"; got 'overdue'"),
    ('reinstates = "no"\n', "", 'example.toml, line 22: version.recovery.reinstates is missing; expected "no"; the usual: reinstates = "no"'),
    ('reinstates = "no"', 'reinstates = "from_start"', "example.toml, line 24: reinstates = 'from_start' is not supported yet; expected \"no\""),
    ('name    = "recovery"', 'name    = "premium"', "example.toml, line 22: [version.recovery] stands without a clause 'recovery'; "
     "expected a clause with name = \"recovery\""),
    ('government = "the county"', 'county = "the county"', "example.toml, line 27: no posting rules for role 'county'"),
    ('cap = "1,000,000.00"', 'cap = "1e6"', "example.toml, line 30: version.amounts.cap cannot be read: not an amount in plain digits; "
     "expected an amount such as 1,000.00; got '1e6'"),
    ('cap = "1,000,000.00"', 'cap = "1.00"\npremium = "1.00"', "example.toml, line 31: 'premium' is already the name of a measure; expected another name"),
    ('cap = "1,000,000.00"', 'cap = "1.00"\nless = "1.00"', "example.toml, line 31: 'less' cannot be the name of an amount; expected lower-case letters, digits and _"),
    # clauses
    ('article = "5"\n', "", 'example.toml, line 37: version.clause.article is missing; the usual: article = "5"'),
    ('name    = "split"', 'name    = "the split"', "example.toml, line 38, article 5: 'the split' cannot be the name of a clause; "
     "expected lower-case letters, digits and _"),
    ('name    = "pool"', 'name    = "split"', "example.toml, line 43, article 6: two clauses are named 'split'; expected a name of its own for each clause"),
    ("layer   = {", "tranche = {", "example.toml, line 43, article 6: clause 'pool' has no kind; expected one of share, follow, layer, choose"),
    ("layer   = {", 'share   = { bank = "100%" }\nlayer   = {', "example.toml, line 46, article 6: clause 'pool' is of two kinds; "
     "expected one of share, follow, layer, choose; got share and layer"),
    ('share   = { bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest" }', "share   = {}", "example.toml, line 40, article 5: "
     "the share of clause 'split' says nothing; expected its parties and figures"),
    ('limit = "cap", ', "", 'example.toml, line 45, article 6: version.clause.layer.limit is missing; the usual: limit = "1,000,000.00"'),
    ('limit = "cap", ', 'limits = "cap", limit = "cap", ', "example.toml, line 45, article 6: unknown key version.clause.layer.limits; expected"),
    ('limit = "cap", ', 'limit = "cap", order = "prorata", ', "example.toml, line 45, article 6: version.clause.layer.order is not a word of a scheme; "
     "expected \"time\" or \"pro_rata\"; got 'prorata'; did you mean \"pro_rata\"?"),
    ('limit = "cap", ', 'limit = "150% of premum", ', "example.toml, line 45, article 6: limit: unknown measure 'premum'; expected 'premium'; got '150% of premum'"),
    ('limit = "cap", ', 'attach = "none", limit = "cap", ', "example.toml, line 45, article 6: attach: 'none' is neither an amount nor a name"),
    ('per = "scheme-year"', 'per = "schemeyear"', "example.toml, line 45, article 6: unknown scope 'schemeyear'; expected \"event\", \"loan\", "
     '"borrower", "scheme-year", "life" or "guarantor-year"; did you mean "scheme-year"?'),
    ('per = "scheme-year"', 'per = "insurers-year"', "example.toml, line 45, article 6: scope 'insurers-year' counts by a role that is not known"),
    ('first = "government"', 'first = "goverment"', "example.toml, line 45, article 6: 'goverment' is neither a clause below nor a role with posting rules; "
     'expected "recovery", "bank", "debtor", "government", "guarantor", "insurer" or "reguarantor"; did you mean "government"?'),
    ('first = "government"', 'first = "Government"', "example.toml, line 45, article 6: 'Government' is neither a clause nor a party role; "
     "expected lower-case letters, digits and _"),
    ('first = "government"', 'first = "split"', "example.toml, line 45, article 6: clause 'pool' points uphill to 'split'; "
     "expected a clause written below, or a party role"),
    ('first = "government"', 'first = "pool"', "example.toml, line 45, article 6: clause 'pool' points to itself; expected a clause written below, or a "
     "party role; if the party is meant, give the clause another name"),
    ('otherwise = "pool"', 'otherwise = "bank"', ""),
    ('yes = "split", ', "", "example.toml, line 35, article 4: the choice has no road; expected such as yes = \"insured_split\""),
    ('by = "insured", ', "", 'example.toml, line 35, article 4: version.clause.choose.by is missing; the usual: by = "insured"'),
    ('yes = "split", ', 'yes = "bank", ', "example.toml, line 38, article 5: nothing leads to clause 'split'; expected a clause above it"),
    ('name    = "loss"', 'name    = "lose"', "example.toml, line 33, article 4: nothing leads to clause 'lose'; expected a clause above it; did you mean \"loss\"?"),
    ('borne = "loss"', 'borne = "premium"', "example.toml, line 50, article 9: clause 'recovery' follows 'premium', which no clause shares out; "
     "expected a clause named 'premium'"),
    ('borne = "loss"', 'borne = "recovery"', "example.toml, line 7: clauses that wait for each other, within a version or between versions: "
     "recovery → recovery; expected one order for all versions; rename a clause"),
    # shares
    ('pool = "rest"', 'pool = "9%"', "example.toml, line 40, article 5: the shares make 99 %, 1 % is missing; expected 100 %, or one \"rest\""),
    ('pool = "rest"', 'pool = "10.25%"', "example.toml, line 40, article 5: the shares make 100.25 %, 0.25 % is too much; expected 100 %, or one \"rest\""),
    ('guarantor = "40%", reguarantor = "30%"', 'guarantor = "40%", reguarantor = "40%"', "example.toml, line 40, article 5: nothing is left for pool; "
     "expected below 100 % for the others; got 100 %"),
    ('reguarantor = "30%"', 'reguarantor = "rest"', "example.toml, line 40, article 5: two parties take the rest; expected one \"rest\"; got reguarantor and pool"),
    ('reguarantor = "30%"', 'reguarantor = "0%"', "example.toml, line 40, article 5: the share of reguarantor is zero; got '0%'; leave the party out"),
    ('reguarantor = "30%"', 'reguarantor = "three%"', "example.toml, line 40, article 5: the share of reguarantor is not a percentage in plain digits; "
     "expected a percentage such as \"20%\" or \"1.50%\"; got 'three%'"),
    ('reguarantor = "30%"', "reguarantor = 0.3", "example.toml, line 40, article 5: the share of reguarantor is not in quotes; "
     "expected \"20%\", \"4\", \"rest\" or a measure; got 0.3"),
    ('reguarantor = "30%"', 'reguarantor = "3"', "example.toml, line 40, article 5: the shares are mixed; expected all percentages, all whole weights or all measures; "
     "got bank = '20%', guarantor = '40%', reguarantor = '3', pool = 'rest'"),
    ('bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest"', 'bank = "1", pool = "-1"', "example.toml, line 40, article 5: "
     "the weight of pool is not above zero; expected 1 or more; got '-1'"),
    # rounding
    ('bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest"', 'bank = "6", guarantor = "6", pool = "2"', "example.toml, line 40, article 5: "
     "largest remainder by 3:3:1 would post -1 on a positive fact, in 1 of 7 steps; expected method = \"quota\", or accepts_minus_one = true"),
    ('bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest"', 'bank = "20.00001%", guarantor = "40%", pool = "rest"',
     "example.toml, line 40, article 5: the weights are too fine: in lowest terms they make 10,000,000; expected 100,000"),
    ('bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest"', 'bank = "premium", guarantor = "guaranteed", pool = "approved"',
     "example.toml, line 40, article 5: measured weights may post -1 on a positive fact; expected scope = \"event\" or accepts_minus_one = true"),
    ('method = "largest_remainder" }', 'method = "largest_remainder", accepts_minus_one = true }|limit = "cap"|order = "pro_rata", limit = "cap"',
     "example.toml, line 45, article 6: order = \"pro_rata\" and accepts_minus_one do not go together; expected method = \"quota\""),
    ('method = "largest_remainder"', 'method = "quota"|bank = "20%", guarantor = "40%", reguarantor = "30%", pool = "rest"|bank = "premium", pool = "approved"',
     "example.toml, line 40, article 5: the quota method needs fixed weights, these are measured; expected method = \"largest_remainder\""),
    ('then = "debtor"', 'then = "surplus" }\n[[version.clause]]\nname = "surplus"\narticle = "10"\nshare = { bank = "100%"',
     "example.toml, line 50, article 9: the excess of clause 'recovery' goes to clause 'surplus'; expected a party role: what is above the loss is no longer shared"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), FAULTS, ids=[f"{i}" for i in range(len(FAULTS))])
def test_each_fault_has_its_message(old: str, new: str, says: str) -> None:
    first, *more = new.split("|")
    assert old in GOOD
    text = GOOD.replace(old, first, 1)
    text = text.replace(more[0], more[1], 1) if more else text
    if says:
        assert any(said.startswith(says) for said in refusals(text)), "\n".join(refusals(text))
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
        'example.toml, line 7: no clause is an entry; expected a clause named "loss", "recovery", "premium", '
        '"fee_reduction", "funding" or "distribution"'
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
