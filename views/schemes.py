"""Schemes as people read them: the library, and one scheme as an agreement with a picture of where money goes."""

from __future__ import annotations

from collections.abc import Sequence

from riskshare.steps import ROLES_ZH
from riskshare.terms import Choose, Clause, Follow, Layer, Scheme, Share, Version
from views.page import Page

STATUS = {
    "found": ("已核实出处", "found in its source"),
    "unconfirmed": ("未核实", "unconfirmed"),
    "example": ("示例", "an example"),
}


def listed(page: Page, schemes: Sequence[Scheme]) -> None:
    """The schemes that come with the program."""
    page.table(
        page.say("方案库", "Schemes"),
        [
            page.say(*p)
            for p in (("编号", "id"), ("名称", "title"), ("性质", "status"), ("币种", "currency"), ("版本", "versions"))
        ],
        (
            (
                s.id,
                s.title.get(page.lang, s.id),
                page.say(*STATUS.get(s.status, (s.status, s.status))),
                s.currency,
                ", ".join(str(v.effective) for v in s.versions),
            )
            for s in schemes
        ),
    )
    page.document(
        {
            "schemes": [
                {
                    "id": s.id,
                    "title": dict(s.title),
                    "status": s.status,
                    "currency": s.currency,
                    "versions": [v.effective for v in s.versions],
                    "digest": s.digest,
                }
                for s in schemes
            ]
        }
    )


def shown(page: Page, scheme: Scheme) -> None:
    """One scheme: its dates and sources, then clause by clause with arrows."""
    page.line(
        f"{scheme.title.get(page.lang, scheme.id)}  [{scheme.id}, {page.say(*STATUS.get(scheme.status, (scheme.status,) * 2))}]"
    )
    for version in scheme.versions:
        page.line()
        page.line(
            page.say(
                f"自 {version.effective} 起  依据：{version.source}",
                f"from {version.effective}  source: {version.source}",
            )
        )
        for text in _terms(page, version):
            page.line(f"  {text}")
        for clause in version.clauses:
            head = (
                page.say(f"第{clause.article}条", f"Art. {clause.article}")
                if clause.article[:1].isdigit()
                else clause.article
            )
            page.line(f"  {head}  {clause.name}")
            for text in _flow(page, clause):
                page.line(f"      {text}")
    page.document(
        {
            "id": scheme.id,
            "title": dict(scheme.title),
            "status": scheme.status,
            "digest": scheme.digest,
            "document": scheme.text,
        }
    )


def _terms(page: Page, version: Version) -> list[str]:
    lines = []
    if version.loss:
        counted = "、".join(version.loss.counts) if page.lang == "zh" else ", ".join(version.loss.counts)
        lines.append(
            page.say(
                f"损失计 {counted}，其余留在{_role(page, version.loss.uncounted)}；先行支付：{_role(page, version.loss.advance)}",
                f"loss counts {counted}, the rest stays with the {version.loss.uncounted}; pays first: {version.loss.advance}",
            )
        )
    lines.append(
        page.say(
            f"年度按 {version.year_by} 归属；迟到事实 {version.late}；取整 {version.rounding.method}（{version.rounding.scope}）",
            f"scheme-year by {version.year_by}; late facts {version.late}; rounding {version.rounding.method} ({version.rounding.scope})",
        )
    )
    return lines


def _flow(page: Page, clause: Clause) -> list[str]:
    if isinstance(clause, Share):
        if clause.measured:
            return [
                f"├─ {each.text} ─→ {_role(page, target)}"
                for each, target in zip(clause.measured, clause.targets, strict=True)
            ]
        whole = sum(clause.weights)
        return [
            f"├─ {_percent(weight, whole)} ─→ {_role(page, target)}"
            for weight, target in zip(clause.weights, clause.targets, strict=True)
        ]
    if isinstance(clause, Layer):
        limit = clause.limit.text if clause.limit else page.say("无限额", "no limit")
        above = page.say(f"（起赔点 {clause.attach.text}）", f" above {clause.attach.text}") if clause.attach else ""
        return [
            f"├─ {page.say('限额', 'up to')} {limit}{above} {page.say('每', 'per')} {clause.per} ─→ {_role(page, clause.first)}",
            f"└─ {page.say('超出部分', 'what is above')} ─→ {_role(page, clause.then)}",
        ]
    if isinstance(clause, Choose):
        roads = [f"├─ {clause.by} = {value} ─→ {_role(page, road)}" for value, road in clause.roads.items()]
        return roads + (
            [f"└─ {page.say('其他', 'otherwise')} ─→ {_role(page, clause.otherwise)}"] if clause.otherwise else []
        )
    return _followed(page, clause)


def _followed(page: Page, clause: Follow) -> list[str]:
    return [
        page.say(f"├─ 按各方对 {clause.borne} 的实际承担 ─→ 各方", f"├─ as each bore of {clause.borne} ─→ each party"),
        page.say(f"└─ 超出部分 ─→ {_role(page, clause.then)}", f"└─ what is above ─→ {clause.then}"),
    ]


def _percent(weight: int, whole: int) -> str:
    """A weight as the agreement writes it: 20%, 33.33%, or 1 of 3 where no percentage says it."""
    hundredths, rest = divmod(weight * 10_000, whole)
    if rest:
        return f"{weight}/{whole}"
    return f"{hundredths // 100}" + (f".{hundredths % 100:02}" if hundredths % 100 else "") + "%"


def _role(page: Page, target: str) -> str:
    return ROLES_ZH.get(target, target) if page.lang == "zh" else target
