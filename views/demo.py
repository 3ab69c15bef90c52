"""The demonstration on one screen: what happened, who bears it, what ran out, and what to try next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from ledger.money import plain_amount, show_amount
from riskshare.demo.figures import Bearing, DemoSummary, Limited
from riskshare.demo.lives import SHARING
from riskshare.demo.names import PROVINCE
from riskshare.steps import ROLES_ZH

if TYPE_CHECKING:
    from rich.console import Console

    from riskshare.reconciling import Check

Say = Callable[[str, str], str]
"""Of two texts, Chinese and English, the one of the page's language."""

BAR, LEVELS = 16, "▁▂▃▄▅▆▇█"


def show(
    summary: DemoSummary, console: Console, lang: str, checks: Sequence[Check] = (), command: str = "gongji"
) -> None:
    """Print the page. `checks` is what reconciliation found; `command` is how the program is called on this ledger."""

    def say(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    first, last = summary.years[0], summary.years[-1]
    made_up = say("虚构数据，示例方案", "all made up, under example schemes")
    title = Text(f"共济 Gongji · {PROVINCE[lang]} {first}–{last}", style="bold")
    console.print(title.append(f"  ({made_up}, --seed {summary.seed})", style="dim"))
    for line in _story(summary, say):
        console.print(Text("  " + line))
    for table in (_bearers(summary, say), _limits(summary, say)):
        console.print()
        console.print(table)
    console.print()
    for passed, line in _agreements(summary, checks, say):
        console.print(Text("✓ " if passed else "✗ ", style="green" if passed else "bold red").append(line, style=""))
    console.print()
    console.print(Text(say("接下来可以试试：", "Three things to try next:"), style="bold"))
    for why, call in _next(summary, say, command):
        console.print(Text("  " + why))
        console.print(Text("    " + call, style="cyan"), soft_wrap=True)  # never cut: it is there to be copied


def document(summary: DemoSummary, checks: Sequence[Check] = ()) -> dict[str, Any]:
    """The same for --json: money as strings."""
    found = {each.name: _plain(each.name, getattr(summary, each.name)) for each in fields(summary)}
    agree = [{"name": each.name, "rows": each.rows, "breaks": len(each.breaks)} for each in checks]
    return {**found, "reconciliation": agree}


# What happened.


_STORY_ZH = (
    "{banks} 家银行向 {enterprises:,} 家企业放款 {loans:,} 笔 {lent} 元，{guarantors} 家机构担保 {guaranteed} 元",
    "违约 {defaults:,} 笔，代偿与赔付 {compensated} 元，追回 {recovered} 元，核销 {written_off} 元",
    "{events:,} 件事写成 {books} 本账的 {journals:,} 张凭证，{periods} 个期间结账清算，用时 {seconds:.1f} 秒",
)
_STORY_EN = (
    "{banks} banks lent {lent} in {loans:,} loans; {guarantors} guarantors cover {guaranteed}",
    "{defaults:,} defaults, {compensated} paid out, {recovered} recovered, {written_off} written off",
    "{events:,} events in {journals:,} vouchers of {books} books, {periods} periods settled in {seconds:.1f} s",
)


def _story(summary: DemoSummary, say: Say) -> Iterable[str]:
    known = {each.name: getattr(summary, each.name) for each in fields(summary)}
    amounts = {name: _yuan(known[name]) for name in _MONEY & known.keys()}
    parties = {f"{role}s": summary.parties.get(role, 0) for role in ("bank", "guarantor")}
    for zh, en in zip(_STORY_ZH, _STORY_EN, strict=True):
        yield say(zh, en).format(**{**known, **amounts, **parties, "seconds": summary.seconds["all"]})


@dataclass(slots=True)
class _Line:
    """One role over all years."""

    role: str
    gross: int = 0
    returned: int = 0
    by_year: dict[int, int] = field(default_factory=dict)

    @property
    def net(self) -> int:
        return self.gross - self.returned

    def add(self, bearing: Bearing) -> None:
        self.gross, self.returned = self.gross + bearing.gross, self.returned + bearing.returned
        self.by_year[bearing.year] = bearing.net


def _bearers(summary: DemoSummary, say: Say) -> Table:
    """Who bears what: amounts, the part of the whole as a bar, and how it went from year to year."""
    lines: dict[str, _Line] = {}
    for bearing in summary.bearings:
        if bearing.gross:
            lines.setdefault(bearing.role, _Line(bearing.role)).add(bearing)
    table = _table()
    table.add_column(say("谁承担", "who bears"), no_wrap=True)
    for heading in (say("承担", "borne"), say("追回", "returned"), say("净额", "net")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(say("占比", "share"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, width=BAR)
    table.add_column("–".join(f"{year % 100:02}" for year in (summary.years[0], summary.years[-1])), no_wrap=True)
    whole, most = sum(line.net for line in lines.values()), max((line.net for line in lines.values()), default=0)
    for line in sorted(lines.values(), key=lambda line: -line.net):
        share = f"{_part(line.net, whole, 100)} %"
        bar = Text("▇" * _part(line.net, most, BAR), style="cyan")
        amounts = (_yuan(line.gross), _yuan(line.returned), _yuan(line.net))
        table.add_row(
            _role(line.role, say), *amounts, share, bar, _trend([line.by_year.get(y, 0) for y in summary.years])
        )
    gross, returned = (sum(getattr(line, name) for line in lines.values()) for name in ("gross", "returned"))
    table.add_section()
    table.add_row(
        say("合计", "together"), _yuan(gross), _yuan(returned), _yuan(whole), "100 %" if whole else "", "", ""
    )
    return table


def _limits(summary: DemoSummary, say: Say) -> Table:
    """Pool and budgets: what was put in and used, how much of it each year, and where the rest went."""
    table = _table()
    table.add_column(say("限额资金", "limited money"), no_wrap=True)
    for heading in (say("拨入", "put in"), say("用去", "used")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(say("各年使用率", "used by year"), no_wrap=True)
    table.add_column(say("不足部分由谁承担", "what was short, and who bears it"), no_wrap=True)
    for name, years in (
        (say("风险补偿资金池", "loss pool"), summary.pool),
        (say("科技保险保费补贴", "premium subsidy"), summary.premium_subsidy),
        (say("担保费降费补偿", "fee reduction"), summary.fee_reduction),
    ):
        limit, given = sum(year.limit for year in years), sum(year.given for year in years)
        used = Text(" ").join(_used(year) for year in years)
        table.add_row(name, _yuan(limit), _yuan(given), used, _short(years, say))
    return table


def _used(year: Limited) -> Text:
    percent = f"{_part(year.given, year.limit, 100)} %"
    return Text(percent.rjust(5), style="bold red" if year.rest else "")


def _short(years: Sequence[Limited], say: Say) -> str:
    cut = [year for year in years if year.rest]
    if not cut:
        return say("无", "nothing")
    when = ", ".join(str(year.year) for year in cut)
    return f"{when} {_yuan(sum(year.rest for year in cut))} {_role(cut[0].then, say)}"


def _agreements(summary: DemoSummary, checks: Sequence[Check], say: Say) -> Iterable[tuple[bool, str]]:
    s = summary.settled
    yield (
        True,
        say(
            f"往来债务 {s.obligations:,} 笔 {_yuan(s.owed)} 元，轧差为 {s.payments:,} 笔付款 {_yuan(s.paid)} 元",
            f"{s.obligations:,} debts of {_yuan(s.owed)} netted into {s.payments:,} payments of {_yuan(s.paid)}",
        ),
    )
    for check in checks:
        if check.agrees and not check.rows:
            continue  # nothing of that kind happened
        breaks = "" if check.agrees else say(f"，{len(check.breaks):,} 处不符", f", {len(check.breaks):,} breaks")
        yield check.agrees, say(f"{check.zh}（{check.rows:,}{breaks}）", f"{check.en} ({check.rows:,}{breaks})")


def _next(summary: DemoSummary, say: Say, command: str) -> Iterable[tuple[str, str]]:
    """What to try and how to call it."""
    met = next((year.since for year in summary.pool if year.first_cut == summary.example), None)
    ended = say(f"{met} 资金池见底时的那笔代偿", f"The loss that met the end of the pool on {met}")
    loss = ended if met else say("最大的一笔代偿", "The largest loss")
    yield (
        loss + say("：谁承担、依据哪条", ": who bears it, and by which article"),
        f"{command} explain {summary.example}",
    )
    claims = say("每笔代偿：各方承担、已追回、余额", "Each loss: who bears it, what came back, what is left")
    yield claims, f"{command} report claims"
    terms = say("分险条款本身，改它不用写程序", "The terms themselves; changing them needs no code")
    yield terms, f"{command} scheme show {SHARING}"


# Words and pictures.


def _table() -> Table:
    return Table(box=None, padding=(0, 1, 0, 0), header_style="dim")


def _yuan(minor: int) -> str:
    return show_amount(minor, "CNY")


def _role(role: str, say: Say) -> str:
    return say(ROLES_ZH.get(role, role), {"reguarantor": "re-guarantor"}.get(role, role.replace("_", " ")))


def _part(amount: int, whole: int, of: int) -> int:
    """`amount` of `whole` in parts of `of`, to the nearest; something is never shown as nothing."""
    if whole <= 0 or amount <= 0:
        return 0
    return max((2 * amount * of + whole) // (2 * whole), 1)


def _trend(amounts: Sequence[int]) -> str:
    most = max(amounts, default=0)
    return "".join(LEVELS[max(_part(amount, most, len(LEVELS)) - 1, 0)] for amount in amounts)


_MONEY = frozenset(
    {"lent", "guaranteed", "lost", "compensated", "recovered", "recovery_costs", "written_off", "premiums"}
)
_MONEY |= {"gross", "returned", "limit", "asked", "given", "owed", "paid"}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Bearing | Limited) or name == "settled":
        return {each.name: _plain(each.name, getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain("", each) for each in value]
    if name == "seconds":
        return {stage: f"{seconds:.3f}" for stage, seconds in value.items()}
    if name in _MONEY:
        return plain_amount(value, "CNY")
    return value if isinstance(value, int | str | dict | None) else str(value)
