"""A scheme as an agreement: every word of the language in a sentence, Chinese and English, and the money drawn."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from products.expression import parse
from products.posting import sharing_roles
from riskshare import terms
from riskshare.adoption import check, library
from riskshare.agreement import agreement, heading
from riskshare.flow import ENTRY, OUTSIDER, PARTY, WORK_LIST, flows
from riskshare.meaning import MEASURES
from riskshare.scheme_file import read_scheme
from riskshare.terms import Band, Bound, Choose, Follow, Layer, Scheme, Share, Threshold, Version
from riskshare.wording import amount, scope
from views.picture import svg, tree, wrapped

EVERY_WORD = """
id         = "example-every-word"
title      = { zh = "词语齐备（示例）", en = "Every word (example)" }
currency   = "CNY"
status     = "example"
applies_by = "registered_on"

[[version]]
effective   = 2024-01-01
until       = 2025-12-31
source      = "an example"
year_by     = "compensated_on"
late        = "append"
decided     = "period"
limit_basis = "at_fact"
maximum     = "30,000,000.00"
rounding    = { scope = "cumulative", method = "largest_remainder", accepts_minus_one = true }

[version.measures]
overdue     = "loans overdue for more than 90 days"
outstanding = "loans outstanding at the bank"

[version.amounts]
band_1 = "90% of smaller of approved and 250,000.00"
cap    = "band_1 plus 5% of guaranteed_volume"

[version.works_out]
fee     = "1% of guaranteed by days of 365"
premium = "2% of approved less other_support"

[version.parties]
government = "the county's finance bureau"

[version.roles]
city       = "government"
co_insurer = "insurer"

[version.bounds]
bank          = "at least 20%"
national_fund = "at most 40%"

[version.loss]
on          = "compensation"
counts      = ["principal", "interest up to 90 days"]
uncounted   = "bank"
advance     = "guarantor"
net_of      = "security"
through     = { national_fund = "reguarantor" }
instalments = { city = "75%" }

[version.recovery]
costs      = "first"
reinstates = "from_recovery_date"

[[version.fuse]]
name      = "npl"
article   = "12"
ratio     = ["overdue", "outstanding"]
warns     = "reaches 6%"
stops     = "exceeds 10%"
resumes   = "below 3%"
evaluated = "quarter_end"
effect    = "new_loans"

[[version.clause]]
name    = "loss"
article = "3"
choose  = { by = "npl", suspended = "bank", otherwise = "filed" }

[[version.clause]]
name    = "filed"
article = "4"
choose  = { by = "days from due_on to effective_on", "below 80" = "refused", otherwise = "classed" }

[[version.clause]]
name    = "classed"
article = "5"
choose  = { by = "class", 1 = "sized", 2 = "chain" }

[[version.clause]]
name    = "sized"
article = "6"
choose  = { by = "approved", "up to 150,000.00" = "own", "above 150,000.00 below 900,000.00" = "chain", otherwise = "chain" }

[[version.clause]]
name    = "own"
article = "6(2)"
share   = { government = "80%", bank = "20%" }

[[version.clause]]
name    = "chain"
article = "7"
share   = { bank = "20%", national_fund = "30%", city = "10%", deductible = "rest" }

[[version.clause]]
name    = "deductible"
article = "8"
layer   = { per = "borrower-year", attach = "1,000.00", limit = "cap", unit = "1.00", first = "pool", then = "guarantor" }

[[version.clause]]
name    = "pool"
article = "9"
layer   = { per = "scheme-year", limit = "smaller of pool_funding and 150% of premium", first = "co_insurer", then = "guarantor" }

[[version.clause]]
name    = "recovery"
article = "10"
follow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }

[[version.clause]]
name    = "fee"
article = "11"
layer   = { per = "guarantor-year", attach = "100.00", limit = "none", first = "reguarantor", then = "guarantor" }

[[version.clause]]
name    = "premium"
article = "11(2)"
share   = { city = "guaranteed", enterprise = "approved less guaranteed" }
"""

SCHEME = read_scheme(EVERY_WORD, "every.toml", measures=MEASURES, roles=sharing_roles())
VERSION = SCHEME.versions[0]


def clause(name: str) -> Any:
    return next(each for each in VERSION.clauses if each.name == name)


def with_clause(changed: Any, name: str = "") -> Version:
    """The version with one clause put in the place of the one of that name."""
    name = name or changed.name
    return replace(VERSION, clauses=tuple(changed if each.name == name else each for each in VERSION.clauses))


def sentences(version: Version, lang: str, about: str = "") -> list[str]:
    return [
        getattr(said, lang)
        for passage in agreement(version, "CNY")
        for said in (passage.head, *passage.said)
        if about in ("", passage.name)
    ]


# Sentences.


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("dates", "自2024-01-01起施行，至2025-12-31（含当日）止。", "In force from 2024-01-01 until 2025-12-31, that day included."),
        ("parties", "政府为the county's finance bureau。", "The government is the county's finance bureau."),
        ("parties", "共保公司的账务比照保险公司处理。", "The co-insurer keeps its books like the insurer."),
        ("definitions", "“overdue”指：loans overdue for more than 90 days。", "overdue means: loans overdue for more than 90 days."),
        ("definitions", "“band_1”为（批准贷款额、250,000.00元中的较低者）的90%。", "band_1 is 90% of the smaller of the approved amount and CNY 250,000.00."),
        ("definitions", "“cap”为“band_1”加上年度担保额合计的5%。", "cap is band_1 plus 5% of the guaranteed volume."),
        ("definitions", "单笔金额不得超过30,000,000.00元，超过的不予受理。", "No single fact may exceed CNY 30,000,000.00; it is refused."),
        ("loss", "代偿即为损失发生。", "A loss arises when compensation is paid to the bank."),
        ("loss", "损失计本金、利息（最多90天），其余留在银行。", "The loss counts the principal and the interest of up to 90 days; whatever does not count stays with the bank."),
        ("loss", "计入的损失先扣除押品变现款，扣至零为止。", "The realised security first comes off the loss that counts, down to zero."),
        ("loss", "由担保机构先行代偿，再与各方结算。", "The guarantor pays the bank first and then settles with the others."),
        ("loss", "国家融资担保基金通过再担保机构支付，追偿款也通过再担保机构返还。", "The national fund pays, and is paid back, through the re-guarantor."),
        ("loss", "市级财政先付其承担额的75%，其余在该笔贷款结案后支付。", "The city pays 75% of what it bears at once and the rest after the case of the loan is concluded."),
        ("loss", "银行对每笔计入损失的分担比例不低于20%。", "The bank bears at least 20% of every loss that counts."),
        ("loss", "熔断“npl”的状态为暂停的，全部由银行承担。", "Where the state of the fuse npl is suspended, all of it is borne by the bank."),
        ("filed", "到期日至发生日的天数低于80天的，不予受理：不分担、不占用任何限额，列入待办清单。", "Where the number of days from the due date to the date of the event is below 80, it is refused: it is not shared out, uses up no limit and goes on the work list."),
        ("classed", "类别为“1”的，全部转入第6条（sized）。", "Where the class is 1, all of it goes on to Article 6 (sized)."),
        ("classed", "不属于上述情形的，予以退回。", "A fact to which none of these applies is turned away."),
        ("sized", "批准贷款额在150,000.00元以下（含）的，全部转入第6(2)条（own）。", "Where the approved amount is at most CNY 150,000.00, all of it goes on to Article 6(2) (own)."),
        ("sized", "批准贷款额超过150,000.00元且低于900,000.00元的，全部转入第7条（chain）。", "Where the approved amount is above CNY 150,000.00 and below CNY 900,000.00, all of it goes on to Article 7 (chain)."),
        ("chain", "进入本条的金额的20%由银行承担，30%由国家融资担保基金承担，10%由市级财政承担，40%转入第8条（deductible）。", "Of the amount that comes to this clause, 20% is borne by the bank, 30% is borne by the national fund, 10% is borne by the city and 40% goes on to Article 8 (deductible)."),
        ("deductible", "进入本条的金额按每户借款人每年度累计：起赔点（1,000.00元）以上、限额（“cap”）以内的部分转入第9条（pool）；起赔点以内及超过限额的部分由担保机构承担。", "The amount that comes to this clause, added up over each year of each borrower: what lies above the attachment point (CNY 1,000.00), up to a further limit (cap), goes on to Article 9 (pool); what lies below the attachment point or above the limit is borne by the guarantor."),
        ("deductible", "前一部分每笔按1.00元的整数倍取整（舍去零头），零头并入后一部分。", "The first part of each fact is rounded down to whole units of CNY 1.00; what is cut off joins the second part."),
        ("pool", "限额按先后顺序使用，先到先得。", "The limit is used up in order of time: the earlier fact comes first."),
        ("recovery", "追偿费用先从追偿款中扣除。", "The costs of recovery come off the recovery before it is shared."),
        ("recovery", "追偿返还自追偿之日起恢复相应限额，用于其后的事项。", "What comes back gives a limit its room again for later facts, from the date of the recovery."),
        ("recovery", "追偿款按各方此前在同一笔贷款项下实际承担损失的比例返还，以各自已承担的金额为限。", "The recovery goes back to the parties in proportion to what each has actually borne so far of the loss on the same loan, and at most that."),
        ("fee", "担保费未给出金额的，按（担保金额×天数÷365）的1%计算，四舍五入至分。", "Where no amount is given, the fee is 1% of the guaranteed amount × days / 365, rounded half up to the fen."),
        ("premium", "保费按下列金额的比例划分：担保金额对应的部分由市级财政承担；批准贷款额减去担保金额（不低于零）对应的部分由企业承担。", "The premium is divided in proportion to these amounts: the part for the guaranteed amount is borne by the city; the part for the approved amount less the guaranteed amount (not below zero) is borne by the enterprise."),
        ("npl", "每季度末考核“overdue”与“outstanding”之比。", "The ratio of overdue to outstanding is judged at each quarter end."),
        ("npl", "比例超过10%的，自次日起熔断（暂停），影响此后登记的新贷款。", "Where it exceeds 10%, the fuse is suspended from the day after: it concerns loans registered while it lasts."),
        ("npl", "考核时比例低于3%的，自次日起恢复。", "It resumes the day after a judgement at which the ratio is below 3%."),
        ("working", "方案年度按代偿日归属。", "A fact belongs to the scheme-year of the date of compensation."),
        ("working", "尾差按最大余数法分配：各方先取整，余下的逐一给余数最大者，余数相同的给写在前面的一方。", "Odd units: every exact part is cut to whole units, and those left over go one each to the largest remainders, ties to the party written first."),
    ],
)  # fmt: skip
def test_a_word_is_a_sentence(name: str, zh: str, en: str) -> None:
    assert zh in sentences(VERSION, "zh", name)
    assert en in sentences(VERSION, "en", name)


BACK = Follow("recovery", "10", "loss", "loan", "debtor")


@pytest.mark.parametrize(
    ("way", "zh", "en"),
    [
        (
            replace(BACK, mode="net_loss"),
            "追偿款直接冲减同一笔贷款项下的损失，后发生的先冲减，各方的承担按净额重新计算。",
            "The recovery is taken off the loss on the same loan, the last one first, and what each party bears is worked "
            "out again on the net amounts.",
        ),
        (
            replace(BACK, mode="fixed", roles=("government", "bank"), weights=(1, 3)),
            "追偿款按约定比例返还：政府25%、银行75%，各以其此前在同一笔贷款项下承担的损失为限，超出的由其他各方按其比例分配。",
            "The recovery goes back in agreed shares: 25% to the government and 75% to the bank, each up to what it has "
            "borne so far of the loss on the same loan; the excess goes to the others by their shares.",
        ),
        (
            replace(BACK, mode="order", roles=("government", "bank")),
            "追偿款按以下顺序返还：（1）政府、（2）银行，各以其此前在同一笔贷款项下承担的损失为限。",
            "The recovery goes back in this order: the government, then the bank, each up to what it has borne so far of "
            "the loss on the same loan.",
        ),
    ],
)
def test_a_way_back_is_a_sentence(way: Follow, zh: str, en: str) -> None:
    assert zh in sentences(with_clause(way), "zh", "recovery")
    assert en in sentences(with_clause(way), "en", "recovery")


@pytest.mark.parametrize(
    ("per", "zh", "en"),
    [
        ("event", "每笔单独计算", "each fact taken alone"),
        ("loan", "按每笔贷款累计", "added up over each loan"),
        ("life", "在方案存续期内累计", "added up over the life of the scheme"),
        ("enterprise", "按每家企业累计", "added up over each enterprise"),
        ("guarantor-year", "按每家担保机构每年度累计", "added up over each year of each guarantor"),
        ("loan-year", "按每笔贷款每年度累计", "added up over each year of each loan"),
    ],
)
def test_a_scope_in_words(per: str, zh: str, en: str) -> None:
    assert scope(per) == (zh, en)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("300,000.00", "300,000.00元", "CNY 300,000.00"),
        ("150% of premium", "保费的150%", "150% of the premium"),
        ("80% of principal less other_support", "本金的80%减去其他扶持资金（不低于零）", "80% of the principal less other support (not below zero)"),
        ("larger of cap and 10.00 plus premium", "“cap”、（10.00元加上保费）中的较高者", "the larger of cap and CNY 10.00 plus the premium"),
    ],
)  # fmt: skip
def test_an_amount_in_words(text: str, zh: str, en: str) -> None:
    assert amount(text, VERSION, "CNY") == (zh, en)


@pytest.mark.parametrize(("status", "zh", "en"), [("found", "公开文件", "published figures"), ("unconfirmed", "尚未核实", "not yet confirmed"), ("example", "虚构", "made-up example")])  # fmt: skip
def test_how_far_the_figures_can_be_trusted(status: str, zh: str, en: str) -> None:
    said = heading(replace(SCHEME, status=status))
    assert zh in said[1].zh
    assert en in said[1].en


# No word of the language is left out: whatever a term says, saying something else changes what is read.

UNSAID = {
    (terms.Tariff, "bands"): "said with their amounts in test_a_tariff_is_said_band_by_band",
    (terms.Tariff, "by"): "said with its bands",
    (terms.Tariff, "amounts"): "said with its bands",
    (Version, "counts"): "which measures are whole numbers: the amounts they stand in say it (by days of 365)",
    (Layer, "targets"): "first and then, in another form",
    (Band, "text"): "the key of its road",
    (Scheme, "versions"): "read one by one",
    (Scheme, "text"): "the document itself",
    (Scheme, "digest"): "printed by the check",
    (Scheme, "file"): "where the document stands",
}
"""Fields that need no sentence, and why."""

CHANGES: Mapping[type, Mapping[str, tuple[Any, Any]]] = {
    Share: {
        "name": (clause("chain"), "link"),
        "article": (clause("chain"), "70"),
        "targets": (clause("chain"), ("bank", "national_fund", "county", "deductible")),
        "weights": (clause("chain"), (3, 2, 1, 4)),
        "measured": (clause("premium"), (parse("approved", "CNY"), parse("approved", "CNY"))),
    },
    Follow: {
        "name": (BACK, "back"),
        "article": (BACK, "100"),
        "borne": (BACK, "premium"),
        "per": (BACK, "borrower"),
        "then": (BACK, "bank"),
        "mode": (BACK, "net_loss"),
        "roles": (replace(BACK, mode="order", roles=("bank", "city")), ("city", "bank")),
        "weights": (replace(BACK, mode="fixed", roles=("bank", "city"), weights=(1, 1)), (1, 3)),
    },
    Layer: {
        "name": (clause("deductible"), "retention"),
        "article": (clause("deductible"), "80"),
        "per": (clause("deductible"), "life"),
        "attach": (clause("deductible"), None),
        "limit": (clause("deductible"), None),
        "first": (clause("deductible"), "bank"),
        "then": (clause("deductible"), "bank"),
        "order": (clause("deductible"), "pro_rata"),
        "unit": (clause("deductible"), 1),
    },
    Choose: {
        "name": (clause("filed"), "in_time"),
        "article": (clause("filed"), "40"),
        "by": (clause("classed"), "grade"),
        "roads": (clause("classed"), {"1": "sized", "3": "chain"}),
        "otherwise": (clause("filed"), "refused"),
        "bands": (clause("sized"), ()),
        "measured": (clause("sized"), False),
        "days": (clause("filed"), ("due_on", "filed_on")),
    },
    Band: {
        "low": (clause("sized").bands[1], Fraction(1)),
        "low_included": (clause("sized").bands[1], True),
        "high": (clause("sized").bands[1], None),
        "high_included": (clause("sized").bands[1], True),
    },
    terms.Rounding: {
        "scope": (VERSION.rounding, "event"),
        "method": (VERSION.rounding, "quota"),
        "accepts_minus_one": (VERSION.rounding, False),
    },
    terms.LossTerms: {
        "on": (VERSION.loss, "default"),
        "counts": (VERSION.loss, ("principal", "penalty")),
        "uncounted": (VERSION.loss, "guarantor"),
        "advance": (VERSION.loss, "none"),
        "days": (VERSION.loss, {}),
        "net_of": (VERSION.loss, None),
        "through": (VERSION.loss, {}),
        "instalments": (VERSION.loss, {"city": (1, 2)}),
    },
    terms.RecoveryTerms: {
        "costs": (VERSION.recovery, "none"),
        "reinstates": (VERSION.recovery, "from_start"),
    },
    terms.FeeReductionTerms: {
        "benchmark_rate": (terms.FeeReductionTerms((1, 100), 365), (1, 200)),
        "days_in_year": (terms.FeeReductionTerms((1, 100), 365), 360),
    },
    Threshold: {
        "word": (VERSION.fuses[0].stops, "reaches"),
        "number": (VERSION.fuses[0].stops, 2),
        "whole": (VERSION.fuses[0].stops, 20),
    },
    terms.Fuse: {
        "name": (VERSION.fuses[0], "npa"),
        "article": (VERSION.fuses[0], "120"),
        "part": (VERSION.fuses[0], "approved"),
        "base": (VERSION.fuses[0], "approved"),
        "warns": (VERSION.fuses[0], None),
        "stops": (VERSION.fuses[0], Threshold("reaches", 1, 4)),
        "resumes": (VERSION.fuses[0], None),
        "by_decision": (replace(VERSION.fuses[0], resumes=None), True),
        "evaluated": (VERSION.fuses[0], "year_end"),
        "effect": (VERSION.fuses[0], "new_facts"),
    },
    Bound: {
        "role": (VERSION.bounds[0], "insurer"),
        "least": (VERSION.bounds[0], Fraction(1, 4)),
        "most": (VERSION.bounds[0], Fraction(1, 2)),
    },
    Version: {
        "effective": (VERSION, date(2024, 2, 1)),
        "source": (VERSION, "another example"),
        "year_by": (VERSION, "paid_on"),
        "late": (VERSION, "reopen"),
        "decided": (VERSION, "year"),
        "limit_basis": (VERSION, "current"),
        "rounding": (VERSION, terms.Rounding("event", "quota")),
        "loss": (VERSION, None),
        "recovery": (VERSION, None),
        "fee_reduction": (
            with_clause(replace(clause("fee"), name="fee_reduction"), "fee"),
            terms.FeeReductionTerms((3, 200), 365),
        ),
        "parties": (VERSION, {}),
        "amounts": (VERSION, {}),
        "clauses": (VERSION, VERSION.clauses[:-1]),
        "roles": (VERSION, VERSION.roles[1:]),
        "measures": (VERSION, frozenset({"approved"})),
        "attributes": (VERSION, frozenset({"class"})),
        "digest": (VERSION, "0" * 64),
        "until": (VERSION, None),
        "maximum": (VERSION, None),
        "declared": (VERSION, {}),
        "works_out": (VERSION, {}),
        "books_as": (VERSION, {}),
        "bounds": (VERSION, ()),
        "fuses": (VERSION, ()),
    },
    Scheme: {
        "id": (SCHEME, "another"),
        "title": (SCHEME, {"zh": "另一方案", "en": "Another"}),
        "currency": (SCHEME, "EUR"),
        "status": (SCHEME, "found"),
        "applies_by": (SCHEME, "default_on"),
    },
}
"""For every field of every record: a record that stands in a scheme, and another value for the field."""


def put(old: Any, new: Any) -> Scheme:
    """The scheme with one record put in the place of another, which need not have been there."""
    return new if isinstance(new, Scheme) else replace(SCHEME, versions=(_put(old, new),))


def _put(old: Any, new: Any) -> Version:
    if isinstance(new, Version):
        return new
    if isinstance(new, Bound):
        return replace(VERSION, bounds=(new,))
    if isinstance(new, terms.Fuse):
        return replace(VERSION, fuses=(new,))
    if isinstance(new, Threshold):
        return replace(VERSION, fuses=(replace(VERSION.fuses[0], stops=new),))
    if isinstance(new, Band):
        sized = clause("sized")
        return with_clause(replace(sized, bands=(sized.bands[0], new)))
    if isinstance(new, terms.FeeReductionTerms):
        entry = with_clause(replace(clause("fee"), name="fee_reduction"), "fee")
        return replace(entry, fee_reduction=new)
    if isinstance(new, Share | Follow | Layer | Choose):
        return with_clause(new, old.name)
    name = {terms.Rounding: "rounding", terms.LossTerms: "loss", terms.RecoveryTerms: "recovery"}[type(new)]
    return replace(VERSION, **{name: new})


def all_said(scheme: Scheme, lang: str) -> list[str]:
    return [getattr(said, lang) for said in heading(scheme)] + sentences(scheme.versions[0], lang)


def every_change() -> Iterator[Any]:
    for record, changes in CHANGES.items():
        for name, (old, other) in changes.items():
            yield pytest.param(old, name, other, id=f"{record.__name__}.{name}")


def test_every_field_of_the_terms_is_thought_of() -> None:
    records = [each for each in vars(terms).values() if is_dataclass(each) and each.__module__ == terms.__name__]
    written = {(record, field.name) for record in records for field in fields(record)}
    assert written == {(record, name) for record, names in CHANGES.items() for name in names} | UNSAID.keys()


@pytest.mark.parametrize(("old", "name", "other"), list(every_change()))
def test_no_term_changes_unheard(old: Any, name: str, other: Any) -> None:
    assert getattr(old, name) != other
    before, after = put(old, old), put(old, replace(old, **{name: other}))
    assert all_said(before, "zh") != all_said(after, "zh")
    assert all_said(before, "en") != all_said(after, "en")


@pytest.mark.parametrize("name", library())
def test_the_library_is_read_in_one_language_at_a_time(name: str) -> None:
    for version in check(library()[name]).versions:
        for each in version.clauses:
            quoted = [*(other.article for other in version.clauses), *(each.roads if isinstance(each, Choose) else ())]
            english, chinese = (" ".join(sentences(version, lang, each.name)[1:]) for lang in ("en", "zh"))
            for words in quoted:
                english = english.replace(words, "")
            assert not re.search("[\u4e00-\u9fff]", english)
            assert not re.search(r"\b[a-z]{3,}\b", re.sub(r"“[^”]*”|（\w+）", "", chinese))


# The flow of money.


def test_money_flows_from_the_entry_to_every_party() -> None:
    loss = flows(VERSION, "CNY")[0]
    kinds = {node.id: node.kind for node in loss.nodes}
    assert loss.nodes[0].kind == ENTRY
    assert {name for name, kind in kinds.items() if kind == PARTY} == {
        f"party:{role}" for role in ("bank", "government", "national_fund", "city", "guarantor", "co_insurer")
    }
    assert kinds["outside:security"] == OUTSIDER
    assert kinds["work_list:refused"] == WORK_LIST
    assert {edge.target for edge in loss.edges} == kinds.keys() - {loss.nodes[0].id}
    said = {(edge.source, edge.target): edge.said.en for edge in loss.edges}
    assert said["clause:chain", "party:national_fund"] == "30%"
    assert said["clause:filed", "work_list:refused"] == "below 80"


def test_a_recovery_flows_back_to_those_who_bore() -> None:
    back = next(flow for flow in flows(VERSION, "CNY") if flow.kind == "recovery")
    assert ("entry:recovery", "outside:costs") in {(edge.source, edge.target) for edge in back.edges}
    assert [edge.target.split(":")[1] for edge in back.edges if edge.source == "clause:recovery"] == [
        "bank", "government", "national_fund", "city", "guarantor", "co_insurer", "debtor",
    ]  # fmt: skip


def test_the_tree_spreads_a_clause_once(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    Console(width=160).print(tree(flows(VERSION, "CNY")[0], "en"))
    drawn = capsys.readouterr().out
    assert drawn.count("Article 7 · chain") == 3
    assert drawn.count("Article 7 · chain (above)") == 2
    assert drawn.count("30% → National fund (through the re-guarantor, at most 40%)") == 1


def shown(name: str) -> Scheme:
    return SCHEME if name == SCHEME.id else check(library()[name])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [SCHEME.id, *library()])
def test_the_picture_names_every_party_and_nothing_lies_upon_another(name: str, lang: Any) -> None:
    scheme = shown(name)
    parts = [(str(version.effective), flows(version, scheme.currency)) for version in scheme.versions]
    root = ElementTree.fromstring(svg(scheme.title[lang], parts, lang))  # noqa: S314  our own text
    space = "{http://www.w3.org/2000/svg}"
    words = [text.text or "" for text in root.iter(f"{space}text")]
    for _, drawn in parts:
        for node in (node for flow in drawn for node in flow.nodes):
            assert wrapped(getattr(node.said, lang))[0] in words
    boxes = [
        tuple(int(box.attrib[key]) for key in ("x", "y", "width", "height"))
        for box in root.iter(f"{space}rect")
        if "x" in box.attrib
    ]
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    for place, (x, y, wide, high) in enumerate(boxes):
        assert 0 < x < x + wide < width
        assert 0 < y < y + high < height
        for other_x, other_y, other_wide, other_high in boxes[:place]:
            beside = x + wide <= other_x or other_x + other_wide <= x
            assert beside or y + high <= other_y or other_y + other_high <= y


@pytest.mark.parametrize("name", [SCHEME.id, *library()])
def test_no_line_runs_through_a_box(name: str) -> None:
    scheme = shown(name)
    parts = [(str(version.effective), flows(version, scheme.currency)) for version in scheme.versions]
    text = svg("t", parts, "en")
    boxes = [
        tuple(map(int, found)) for found in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', text)
    ]
    lanes = [
        tuple(map(int, found))
        for found in re.findall(r'd="M(\d+) (\d+) H(\d+)" stroke="#\w+" stroke-width="1.4"', text)
    ]
    bends = [tuple(map(int, found)) for found in re.findall(r'd="M(\d+) (\d+) C\d+ \d+ \d+ \d+ (\d+) (\d+)"', text)]
    for x, y, wide, high in boxes:
        assert not any(start < x + wide and x < end and y < at < y + high for start, at, end in lanes)
        # a bend runs between two columns and stays between the heights of its ends
        assert not any(
            start < x + wide and x < end and min(a, b) < y + high and y < max(a, b) for start, a, end, b in bends
        )


def test_long_words_are_broken_where_they_may_be() -> None:
    assert wrapped("the smaller of the pool funding and 150%", 20) == ["the smaller of the", "pool funding and", "150%"]
    assert wrapped("限额（资金池资金）以内的部分", 12) == ["限额（资金池", "资金）以内的", "部分"]
    assert wrapped("限额（资金池资金）", 6) == ["限额", "（资金", "池资", "金）"]


# The command.


@pytest.fixture
def show(tmp_path: Path) -> Callable[..., str]:
    """The command on the scheme with every word: `show("--lang", "zh")`."""
    file = tmp_path / "every.toml"
    file.write_text(EVERY_WORD, encoding="utf-8")

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli.app, ["scheme", "show", str(file), *words], env={"COLUMNS": "150"})
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_show_reads_the_agreement_and_draws_it(show: Callable[..., str], tmp_path: Path) -> None:
    picture = tmp_path / "every.svg"
    said = show("--lang", "zh", "--picture", str(picture))
    assert "【第1版】2024-01-01 至 2025-12-31" in said
    assert "由担保机构先行代偿，再与各方结算。" in said
    assert "30% → 国家融资担保基金（经再担保机构收付，至多40%）" in said
    assert said.index("第3条（loss）") < said.index("第10条（recovery）") < said.index("第12条（熔断 npl）")
    assert "国家融资担保基金" in picture.read_text(encoding="utf-8")
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")  # noqa: S314  our own file


def test_show_in_english_is_the_default(show: Callable[..., str]) -> None:
    assert "[Version 1, 2024-01-01 to 2025-12-31]" in show()


def test_show_as_a_document_says_the_same(show: Callable[..., str]) -> None:
    document = json.loads(show("--json"))
    (version,) = document["versions"]
    assert [each["name"] for each in version["passages"] if each["about"] == "clause"] == [
        each.name for each in VERSION.clauses
    ]
    chain = next(each for each in version["passages"] if each["name"] == "chain")
    assert chain["article"] == "7"
    assert chain["said"][0]["en"].startswith("Of the amount that comes to this clause, 20% is borne by the bank")
    assert {"from": "clause:chain", "to": "party:city", "zh": "10%", "en": "10%"} in version["flows"][0]["edges"]
    assert document["document"] == EVERY_WORD


def test_a_picture_that_cannot_be_written_is_refused(show: Callable[..., str], tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli.app, ["scheme", "show", "example-four-party", "--picture", str(tmp_path / "none" / "a.svg")]
    )
    assert done.exit_code != 0
    assert "the picture cannot be written" in str(done.exception)


def test_a_tariff_is_said_band_by_band() -> None:
    text = EVERY_WORD.replace(
        'fee     = "1% of guaranteed by days of 365"',
        'fee = { by = "approved", "up to 500.00" = "0.3% of approved", otherwise = "0.5% of approved" }',
    )
    version = read_scheme(text, "every.toml", measures=MEASURES, roles=sharing_roles()).versions[0]
    english, chinese = (" ".join(sentences(version, lang, "fee")) for lang in ("en", "zh"))
    assert "approved amount is at most CNY 500.00, the fee is 0.3% of the approved amount" in english
    assert "anything else" in english
    assert "其他数额" in chinese
