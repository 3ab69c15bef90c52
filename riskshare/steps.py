"""Why: each hand-over of an allocation as a value and as a sentence in the words of the contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger.money import show_amount
from riskshare.kernel import NO_LIMIT
from riskshare.terms import Choose, Clause, Follow, Layer, Share

ROLES_ZH = {
    "bank": "银行",
    "lender": "贷款机构",
    "guarantor": "担保机构",
    "reguarantor": "再担保机构",
    "provincial_reguarantor": "省级再担保机构",
    "national_fund": "国家融资担保基金",
    "insurer": "保险公司",
    "co_insurer": "共保公司",
    "lead_insurer": "首席承保人",
    "reinsurer": "再保险公司",
    "government": "政府",
    "finance": "财政",
    "central": "中央财政",
    "province": "省级财政",
    "city": "市级财政",
    "district": "区级财政",
    "county": "县级财政",
    "valuation_firm": "评估机构",
    "enterprise": "企业",
    "borrower": "借款人",
    "debtor": "债务人",
    "security": "押品变现款",
    "recovered": "已追回",
    "loss_reduced": "冲减损失",
    "costs": "追偿费用",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One clause applied to one fact. `fact` is its index in the facts as given, `before` and `after` the running total.

    `written` is what the clause rests on in the words of the document: its limit, or what it chooses by. `odd` are the
    parties that got a unit more than the whole part of their exact share of this fact.
    """

    fact: int
    clause: str
    article: str
    kind: str
    received: int
    before: int
    after: int
    limit: int | None
    written: str
    scope: str
    given: tuple[tuple[str, int], ...]
    odd: tuple[str, ...]
    said: str
    said_zh: str


@dataclass(frozen=True, slots=True)
class Met:
    """What a clause met at one fact: the running total before, the limits in force, what a whole scope brought."""

    before: int = 0
    attach: int = 0
    limit: int = NO_LIMIT
    brought: int = 0
    scope: str = "event"
    chosen: str = ""


def step(fact: int, clause: Clause, amount: int, given: Sequence[tuple[str, int]], odd: tuple[str, ...], met: Met,
         currency: str) -> Step:  # fmt: skip
    """The step of one clause at one fact, said in English and in Chinese."""

    def show(minor: int) -> str:
        return show_amount(minor, currency)

    notes, notes_zh = _notes(clause, dict(given), odd, amount, met, show)
    shown = [(target, part) for target, part in given if part or target in notes]
    english = " · ".join(f"{target} {show(part)}{_after(', ', notes.get(target))}" for target, part in shown)
    chinese = " · ".join(
        f"{ROLES_ZH.get(target, target)} {show(part)}{_after('，', notes_zh.get(target))}" for target, part in shown
    )
    counted = clause.article[:1].isdigit()
    head = f"Art. {clause.article}" if counted else clause.article
    head_zh = f"第{clause.article}条" if counted else clause.article
    choice = f" ({clause.by} = {met.chosen or '-'})" if isinstance(clause, Choose) else ""
    limit = met.limit if isinstance(clause, Layer) and met.limit < NO_LIMIT else None
    return Step(
        fact=fact,
        clause=clause.name,
        article=clause.article,
        kind=type(clause).__name__.lower(),
        received=amount,
        before=met.before,
        after=met.before + amount,
        limit=limit,
        written=_written(clause),
        scope=met.scope,
        given=tuple(given),
        odd=odd,
        said=f"{head}  {clause.name} {show(amount)}{choice} → {english}",
        said_zh=f"{head_zh}  {clause.name} {show(amount)}{choice} → {chinese}",
    )


def _written(clause: Clause) -> str:
    """What a clause rests on, as the document says it."""
    if isinstance(clause, Layer):
        attach = f"above {clause.attach.text}: " if clause.attach else ""
        return attach + (clause.limit.text if clause.limit else "no limit")
    if isinstance(clause, Choose):
        return clause.by
    if isinstance(clause, Share):
        return " : ".join(each.text for each in clause.measured) or ":".join(map(str, clause.weights))
    return f"{clause.borne} by {clause.mode}"


Notes = tuple[dict[str, str], dict[str, str]]
Show = Callable[[int], str]


def _notes(clause: Clause, given: dict[str, int], odd: tuple[str, ...], amount: int, met: Met, show: Show) -> Notes:
    """What to say behind a party's amount, in both languages."""
    if isinstance(clause, Layer):
        said = (
            _pro_rata(met, show)
            if clause.order == "pro_rata"
            else _in_time(given.get(clause.first, 0), amount, met, show)
        )
        return ({clause.first: said[0]}, {clause.first: said[1]}) if said[0] else ({}, {})
    if isinstance(clause, Follow) and given.get(clause.then):
        return {clause.then: "above all that was borne"}, {clause.then: "超过已承担总额的部分"}
    if isinstance(clause, Share):
        return dict.fromkeys(odd, "the odd unit"), dict.fromkeys(odd, "含尾差")
    return {}, {}


def _in_time(first: int, amount: int, met: Met, show: Show) -> tuple[str, str]:
    """How full the layer is after this fact."""
    after = met.before + amount - met.attach
    if after <= 0 and met.attach > 0:
        return f"below {show(met.attach)}", f"未达起点 {show(met.attach)}"
    if met.limit >= NO_LIMIT:
        return "", ""
    left = met.limit - min(max(after, 0), met.limit)
    if left:
        return f"{show(left)} left of {show(met.limit)}", f"限额 {show(met.limit)} 尚余 {show(left)}"
    if met.limit == 0:
        return f"the limit is {show(0)}", f"限额为 {show(0)}"
    return ("all that was left", "用尽余额") if first else ("nothing left", "已无余额")


def _pro_rata(met: Met, show: Show) -> tuple[str, str]:
    if met.limit >= NO_LIMIT or met.brought - met.attach <= met.limit:
        return "", ""
    return (
        f"pro rata, {show(met.limit)} for {show(met.brought)}",
        f"按比例，限额 {show(met.limit)}，申报合计 {show(met.brought)}",
    )


def _after(comma: str, note: str | None) -> str:
    return comma + note if note else ""
