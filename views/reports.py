"""Reports and answers as tables and documents. Amounts leave as text, never as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ledger.accounts import roles
from ledger.money import plain_amount, show_amount
from ledger.periods import Period
from riskshare.steps import ROLES_ZH
from views.page import Page

if TYPE_CHECKING:
    from ledger.trial_balance import TrialRow
    from products.importing import ImportReport
    from riskshare.closing import CloseReport
    from riskshare.explaining import Explained, Explanation
    from riskshare.intake import Intake
    from riskshare.real import RealResult
    from riskshare.reconciling import Check
    from riskshare.reports import Claim, ObligationRow, YearShare
    from riskshare.settling import Instruction


def role_name(page: Page, role: str) -> str:
    """A party's role in the page's language."""
    return ROLES_ZH.get(role, role) if page.lang == "zh" else role


def account_name(page: Page, role: str) -> str:
    """An account's role in the page's language, with its counterparty left as it is."""
    name, _, rest = role.partition(" ")
    known = roles().get(name)
    return " ".join(filter(None, (page.say(known.zh, known.en) if known else name, rest)))


def trial_balance(page: Page, rows: Sequence[TrialRow], codes: Mapping[str, Mapping[str, str]], span: str) -> None:
    """Every account of every book: opening, movements, closing; under a chart's codes."""
    page.table(
        page.say(f"试算平衡表 {span}", f"Trial balance {span}"),
        [page.say(*pair) for pair in (("账簿", "book"), ("科目", "code"), ("用途", "account"), ("币种", "cur."))]
        + [
            page.say(*pair)
            for pair in (("期初", "opening"), ("借方", "debits"), ("贷方", "credits"), ("期末", "closing"))
        ],
        (
            (
                r.book,
                codes[r.book].get(r.role, "-"),
                account_name(page, f"{r.role} {r.counterparty}".strip()),
                r.currency,
                *(show_amount(v, r.currency) for v in (r.opening, r.debits, r.credits, r.closing)),
            )
            for r in rows
        ),
        numbers=4,
    )
    totals = {
        currency: (
            sum(r.debits for r in rows if r.currency == currency),
            sum(r.credits for r in rows if r.currency == currency),
            sum(r.closing for r in rows if r.currency == currency),
        )
        for currency in sorted({r.currency for r in rows})
    }
    for currency, (debits, credits, closing) in totals.items():
        shown = [show_amount(v, currency) for v in (debits, credits, closing)]
        page.line(
            page.say(
                f"{currency} 借方合计 {shown[0]}，贷方合计 {shown[1]}，期末借贷差 {shown[2]}",
                f"{currency} debits {shown[0]}, credits {shown[1]}, closing debits less credits {shown[2]}",
            )
        )
    page.document(
        {
            "span": span,
            "rows": [
                {
                    "book": r.book,
                    "role": r.role,
                    "code": codes[r.book].get(r.role),
                    "counterparty": r.counterparty,
                    "kind": r.kind,
                    "currency": r.currency,
                    "opening": plain_amount(r.opening, r.currency),
                    "debits": plain_amount(r.debits, r.currency),
                    "credits": plain_amount(r.credits, r.currency),
                    "closing": plain_amount(r.closing, r.currency),
                }
                for r in rows
            ],
            "totals": {
                currency: dict(
                    zip(("debits", "credits", "closing"), (plain_amount(v, currency) for v in three), strict=True)
                )
                for currency, three in totals.items()
            },
        }
    )


def claims(page: Page, found: Sequence[Claim]) -> None:
    """Loans in default: declared, compensated, recovered, and who bears what is left."""
    page.table(
        page.say("代偿与追偿", "Claims and recoveries"),
        [page.say(*p) for p in (("贷款", "loan"), ("违约日", "default"), ("方案", "scheme"), ("净承担", "bears, net"))]
        + [page.say(*p) for p in (("违约金额", "declared"), ("已代偿", "compensated"), ("已追回", "recovered"))],
        (
            (
                c.loan,
                c.defaulted_on,
                c.scheme,
                " · ".join(f"{role_name(page, r)} {show_amount(a, c.currency)}" for r, a in c.bears.items()) or "-",
                *(show_amount(v, c.currency) for v in (c.declared, c.compensated, c.recovered)),
            )
            for c in found
        ),
        numbers=3,
    )
    page.document(
        {
            "claims": [
                {
                    "loan": c.loan,
                    "scheme": c.scheme,
                    "currency": c.currency,
                    "defaulted_on": c.defaulted_on,
                    "declared": plain_amount(c.declared, c.currency),
                    "compensated": plain_amount(c.compensated, c.currency),
                    "recovered": plain_amount(c.recovered, c.currency),
                    "bears": {role: plain_amount(amount, c.currency) for role, amount in c.bears.items()},
                }
                for c in found
            ]
        }
    )


def obligations(page: Page, found: Sequence[ObligationRow]) -> None:
    """Debts between books, open ones first."""
    page.table(
        page.say("往来债务", "Obligations"),
        [page.say(*p) for p in (("债务人", "debtor"), ("债权人", "creditor"), ("到期日", "due"), ("事项", "event"))]
        + [page.say("结清", "settled by"), page.say("金额", "amount")],
        (
            (
                o.debtor,
                o.creditor,
                o.due_on,
                o.event_id,
                o.instruction or page.say("未结清", "open"),
                show_amount(o.amount, o.currency),
            )
            for o in found
        ),
        numbers=1,
    )
    unpaid = {
        c: sum(o.amount for o in found if o.currency == c and o.instruction is None)
        for c in sorted({o.currency for o in found})
    }
    for currency, amount in unpaid.items():
        page.line(
            page.say(
                f"{currency} 未结清 {show_amount(amount, currency)}", f"{currency} open {show_amount(amount, currency)}"
            )
        )
    page.document(
        {
            "open": {currency: plain_amount(amount, currency) for currency, amount in unpaid.items()},
            "obligations": [
                {
                    "event": o.event_id,
                    "debtor": o.debtor,
                    "creditor": o.creditor,
                    "currency": o.currency,
                    "amount": plain_amount(o.amount, o.currency),
                    "due_on": o.due_on,
                    "instruction": o.instruction,
                    "paid_on": o.paid_on,
                }
                for o in found
            ],
        }
    )


def shares(page: Page, found: Sequence[YearShare]) -> None:
    """Who bears what, per scheme and scheme-year."""
    most = max((s.borne for s in found), default=0) or 1
    page.table(
        page.say("分担汇总", "Who bears what"),
        [page.say(*p) for p in (("方案", "scheme"), ("年度", "year"), ("角色", "role"), ("", ""))]
        + [page.say(*p) for p in (("承担", "borne"), ("追回分得", "returned"), ("补贴", "granted"))],
        (
            (
                s.scheme,
                s.year,
                role_name(page, s.role),
                "▇" * (12 * s.borne // most),
                *(show_amount(v, s.currency) for v in (s.borne, s.returned, s.granted)),
            )
            for s in found
        ),
        numbers=3,
    )
    page.document({"shares": [_year_share(s) for s in found]})


def imported(page: Page, intake: Intake, report_path: str) -> None:
    """What became of a file: control totals that add up, and what was held or flagged, by reason."""
    report = intake.report
    control_totals(page, report)
    if not page.as_json and report.entries:
        page.table(
            page.say("隔离与提示", "Held and flagged"),
            [page.say(*p) for p in (("处置", "disposition"), ("列", "column"), ("原因", "reason"), ("行数", "rows"))],
            ((*key, count) for key, count in report.reasons().items()),
            numbers=1,
        )
        page.line(page.say(f"逐行清单：{report_path}", f"row by row: {report_path}"))
    r = intake.receipt
    page.line(
        page.say(
            f"已记录 {r.recorded:,} 个事件（{r.repeated:,} 个此前已记录），{r.journals:,} 张凭证，{r.lines:,} 条分录",
            f"recorded {r.recorded:,} events ({r.repeated:,} known before), {r.journals:,} vouchers, {r.lines:,} lines",
        )
    )
    page.document(_intake(intake) | {"quarantine_report": report_path})


def control_totals(page: Page, report: ImportReport) -> None:
    """File = imported + held, for rows and for every control column."""
    rows: list[tuple[object, ...]] = [
        (page.say("行数", "rows"), f"{report.rows:,}", f"{report.imported:,}", f"{report.held:,}", "=")
    ]
    for name, total in report.controls.items():
        shown = [show_amount(v, report.currency) for v in (total.file, total.imported, total.held)]
        rows.append((name, *shown, "=" if total.file == total.imported + total.held else "≠"))
    page.table(
        page.say(f"控制总数 {report.file}", f"Control totals of {report.file}"),
        [
            page.say(*p)
            for p in (
                ("项目", "item"),
                ("文件", "file"),
                ("导入", "imported"),
                ("隔离", "quarantined"),
                ("相符", "adds up"),
            )
        ],
        rows,
        numbers=4,
    )


def closed(
    page: Page, reports: Sequence[CloseReport], currencies: Mapping[str, str], paid: Mapping[str, Sequence[Instruction]]
) -> None:
    """What each close posted, and what was paid after it."""
    for report in reports:
        page.line(
            page.say(
                f"{report.period} 已结账：新事实 {report.facts:,}，分险事项 {report.events:,}，分录 {report.lines:,}，结果摘要 {report.result_hash[:16]}",
                f"{report.period} closed: {report.facts:,} new facts, {report.events:,} events posted, {report.lines:,} lines, result {report.result_hash[:16]}",
            )
        )
        if report.totals and not page.as_json:
            page.table(
                page.say("本期差额", "differences posted"),
                [page.say(*p) for p in (("方案", "scheme"), ("事实", "fact"), ("角色", "role"), ("金额", "amount"))],
                (
                    (scheme, kind, role_name(page, role), show_amount(amount, currencies[scheme]))
                    for (scheme, kind, role), amount in sorted(report.totals.items())
                ),
                numbers=1,
            )
        for event_id, reason in sorted(report.waiting.items()):
            page.line(page.say(f"待处理：{event_id}，{reason}", f"work list: {event_id}, {reason}"))
        if report.period in paid:
            settled(page, report.period, paid[report.period], document=False)
    page.document(
        {
            "closes": [
                {
                    "period": r.period,
                    "cut_off": r.cut_off,
                    "facts": r.facts,
                    "events": r.events,
                    "lines": r.lines,
                    "facts_hash": r.facts_hash,
                    "result_hash": r.result_hash,
                    "differences": [
                        {"scheme": s, "kind": k, "role": role, "amount": plain_amount(a, currencies[s])}
                        for (s, k, role), a in sorted(r.totals.items())
                    ],
                    "work_list": [{"fact": e, "reason": why} for e, why in sorted(r.waiting.items())],
                    "payments": [_instruction(one) for one in paid.get(r.period, ())],
                }
                for r in reports
            ]
        }
    )


def settled(page: Page, period: str | Period, found: Sequence[Instruction], document: bool = True) -> None:
    """Payment instructions: net, with the gross amounts kept visible."""
    page.table(
        page.say(f"{period} 结算指令", f"Payments of {period}"),
        [page.say(*p) for p in (("付款方", "payer"), ("收款方", "payee"), ("债务笔数", "debts"))]
        + [page.say(*p) for p in (("应付总额", "gross owed"), ("对抵", "offset"), ("净额", "net"))],
        (
            (
                one.payer,
                one.payee,
                len(one.settles),
                *(show_amount(v, one.currency) for v in (one.owed, one.offset, one.net)),
            )
            for one in found
        ),
        numbers=4,
    )
    if not found:
        page.line(page.say("没有待结算的债务", "nothing is open"))
    if document:
        page.document({"period": str(period), "payments": [_instruction(one) for one in found]})


def reconciled(page: Page, checks: Iterable[Check], currency: str) -> None:
    """Every check, and every break by name."""
    found = list(checks)
    for check in found:
        mark = "✓" if check.agrees else "✗"
        rows = page.say(f"{check.rows:,} 项", f"{check.rows:,} rows")
        page.line(f"{mark} {page.say(check.zh, check.en)} ({rows})")
        for each in check.breaks[:20]:
            amounts = [show_amount(v, currency) for v in (each.expected, each.got, each.difference)]
            page.line(
                page.say(
                    f"    {each.where}：应为 {amounts[0]}，实为 {amounts[1]}，差 {amounts[2]}",
                    f"    {each.where}: expected {amounts[0]}, got {amounts[1]}, difference {amounts[2]}",
                )
            )
    page.document({"checks": [_check(check, currency) for check in found], "agrees": all(c.agrees for c in found)})


def explained(page: Page, found: Explanation) -> None:
    """Why a loss fell as it did: facts, steps with articles, the odd fen, vouchers, debts."""
    cur = found.currency
    page.line(page.say(f"{found.subject} 的经过", f"What happened to {found.subject}"))
    for event in found.events:
        amounts = " · ".join(f"{name} {show_amount(v, cur)}" for name, v in event.amounts.items())
        late = page.say(f"（补记于 {event.booked}）", f" (late, booked {event.booked})") if event.booked else ""
        page.line(f"  {event.on}{late}  {event.kind}  {amounts}  [{event.id}]")
    for fact in found.facts:
        _explained_fact(page, fact, cur)
    page.table(
        page.say("各方账簿的凭证", "Vouchers in every book"),
        [
            page.say(*p)
            for p in (
                ("日期", "day"),
                ("账簿", "book"),
                ("凭证号", "no."),
                ("借", "debit"),
                ("贷", "credit"),
                ("规则", "rule"),
            )
        ]
        + [page.say("金额", "amount")],
        (
            (
                e.on,
                e.book,
                e.journal_no,
                account_name(page, e.debit),
                account_name(page, e.credit),
                e.rule,
                show_amount(e.amount, cur),
            )
            for e in found.entries
        ),
        numbers=1,
    )
    if found.debts:
        page.table(
            page.say("由此产生的债务", "Debts that came of it"),
            [page.say(*p) for p in (("债务人", "debtor"), ("债权人", "creditor"), ("到期", "due"), ("结清", "settled"))]
            + [page.say("金额", "amount")],
            (
                (d.debtor, d.creditor, d.due_on, d.paid_on or page.say("未结清", "open"), show_amount(d.amount, cur))
                for d in found.debts
            ),
            numbers=1,
        )
    page.document(_explanation(found))


def real(page: Page, results: Sequence[RealResult]) -> None:
    """Both real runs: control totals, totals per role, and the reconciliation of each."""
    for result in results:
        currency = result.shares[0].currency if result.shares else "USD"
        page.line()
        page.line(
            page.say(
                f"== {result.run.name}：方案 {result.run.scheme}", f"== {result.run.name}: scheme {result.run.scheme}"
            )
        )
        for intake in result.imports:
            control_totals(page, intake.report)
            page.line(
                page.say(
                    f"新记录 {intake.receipt.recorded:,} 个事件，{intake.receipt.repeated:,} 个此前已记录且内容一致；提示 {intake.report.flagged:,} 行",
                    f"{intake.receipt.recorded:,} events recorded, {intake.receipt.repeated:,} known before with the same contents; "
                    f"{intake.report.flagged:,} rows imported with a flag",
                )
            )
        page.table(
            page.say("各方承担合计", "Who bears what, in all"),
            [page.say("角色", "role"), page.say("分担明细", "shares"), page.say("账簿", "books")],
            (
                (role_name(page, role), show_amount(amount, currency), show_amount(result.books.get(role, 0), currency))
                for role, amount in sorted(result.totals().items())
            ),
            numbers=2,
        )
        page.line(
            page.say(
                f"结账 {result.periods} 期，过账 {result.events:,} 项，付款 {result.instructions:,} 笔共 {show_amount(result.paid, currency)}",
                f"{result.periods} periods closed, {result.events:,} events posted, {result.instructions:,} payments of {show_amount(result.paid, currency)}",
            )
        )
        for check in result.checks:
            page.line(f"{'✓' if check.agrees else '✗'} {page.say(check.zh, check.en)} ({check.rows:,})")
    page.document({"runs": [_real(result) for result in results]})


# Documents of single values.


def _explained_fact(page: Page, each: Explained, currency: str) -> None:
    fact = each.fact
    page.line()
    head = f"{fact.kind} {show_amount(fact.amount, currency)}  {fact.event_id}  {each.scheme.id} {fact.effective}"
    page.line(f"{head}  {page.say('年度', 'scheme-year')} {fact.year}")
    page.line(f"  {page.say('依据', 'source')}: {each.source}")
    for step in each.steps:
        odd = page.say("；尾差归 ", "; the odd unit to ") + "、".join(step.odd) if step.odd else ""
        before = page.say(
            f"累计 {show_amount(step.before, currency)} → {show_amount(step.after, currency)}",
            f"running total {show_amount(step.before, currency)} → {show_amount(step.after, currency)}",
        )
        limit = page.say("，限额 ", ", limit ") + show_amount(step.limit, currency) if step.limit is not None else ""
        limit += f" ({step.written})" if step.limit is not None else ""
        page.line(f"  {page.say(step.said_zh, step.said)}  [{step.scope}: {before}{limit}{odd}]")
    for role, amount in each.evaluated.items():
        posted = each.posted.get(role, 0)
        state = (
            page.say("已入账", "posted")
            if posted == amount
            else page.say(f"已入账 {show_amount(posted, currency)}", f"posted {show_amount(posted, currency)}")
        )
        if not each.decided:
            state = page.say("结账时入账", "to be posted at the close")
        party = each.parties.get(role, role)
        page.line(
            f"    {page.padded(role_name(page, role), 14)} {page.padded(party, 28)} {show_amount(amount, currency):>20}  {state}"
        )


def _year_share(s: YearShare) -> dict[str, Any]:
    return {
        "scheme": s.scheme,
        "currency": s.currency,
        "year": s.year,
        "role": s.role,
        "borne": plain_amount(s.borne, s.currency),
        "returned": plain_amount(s.returned, s.currency),
        "granted": plain_amount(s.granted, s.currency),
    }


def _instruction(one: Instruction) -> dict[str, Any]:
    return {
        "id": one.id,
        "payer": one.payer,
        "payee": one.payee,
        "currency": one.currency,
        "gross_owed": plain_amount(one.owed, one.currency),
        "offset": plain_amount(one.offset, one.currency),
        "net": plain_amount(one.net, one.currency),
        "obligations": list(one.settles),
    }


def _check(check: Check, currency: str) -> dict[str, Any]:
    return {
        "name": check.name,
        "says": check.en,
        "rows": check.rows,
        "agrees": check.agrees,
        "breaks": [
            {"where": b.where, "expected": plain_amount(b.expected, currency), "got": plain_amount(b.got, currency)}
            for b in check.breaks
        ],
    }


def _intake(intake: Intake) -> dict[str, Any]:
    found = intake.report.as_dict()
    found.pop("entries")
    return {
        "import_no": intake.import_no,
        "report": found,
        "reasons": [
            {"disposition": d, "column": c, "reason": r, "rows": n} for (d, c, r), n in intake.report.reasons().items()
        ],
        "recorded": intake.receipt.recorded,
        "known_before": intake.receipt.repeated,
        "vouchers": intake.receipt.journals,
        "lines": intake.receipt.lines,
    }


def _explanation(found: Explanation) -> dict[str, Any]:
    cur = found.currency

    def amounts(values: Mapping[str, int]) -> dict[str, str]:
        return {name: plain_amount(value, cur) for name, value in values.items()}

    return {
        "subject": found.subject,
        "currency": cur,
        "events": [
            {
                "id": e.id,
                "kind": e.kind,
                "contract": e.contract,
                "on": e.on,
                "booked": e.booked,
                "amounts": amounts(e.amounts),
                "facts": dict(e.facts),
            }
            for e in found.events
        ],
        "facts": [
            {
                "event": x.fact.event_id,
                "kind": x.fact.kind,
                "amount": plain_amount(x.fact.amount, cur),
                "scheme": x.scheme.id,
                "version": x.fact.effective,
                "source": x.source,
                "year": x.fact.year,
                "steps": [
                    {
                        "clause": s.clause,
                        "article": s.article,
                        "kind": s.kind,
                        "scope": s.scope,
                        "received": plain_amount(s.received, cur),
                        "running_total_before": plain_amount(s.before, cur),
                        "running_total_after": plain_amount(s.after, cur),
                        "as_written": s.written,
                        "limit": None if s.limit is None else plain_amount(s.limit, cur),
                        "given": {target: plain_amount(a, cur) for target, a in s.given},
                        "odd_unit_to": list(s.odd),
                        "says": s.said,
                    }
                    for s in x.steps
                ],
                "evaluated": amounts(x.evaluated),
                "posted": amounts(x.posted),
                "parties": dict(x.parties),
                "decided": x.decided,
            }
            for x in found.facts
        ],
        "vouchers": [
            {
                "book": e.book,
                "no": e.journal_no,
                "event": e.event_id,
                "kind": e.kind,
                "on": e.on,
                "debit": e.debit,
                "credit": e.credit,
                "amount": plain_amount(e.amount, cur),
                "rule": e.rule,
            }
            for e in found.entries
        ],
        "debts": [
            {
                "event": d.event_id,
                "debtor": d.debtor,
                "creditor": d.creditor,
                "amount": plain_amount(d.amount, cur),
                "due_on": d.due_on,
                "instruction": d.instruction,
                "paid_on": d.paid_on,
            }
            for d in found.debts
        ],
    }


def _real(result: RealResult) -> dict[str, Any]:
    currency = result.shares[0].currency if result.shares else "USD"
    return {
        "run": result.run.name,
        "scheme": result.run.scheme,
        "imports": [_intake(intake) for intake in result.imports],
        "periods": result.periods,
        "events": result.events,
        "payments": result.instructions,
        "paid": plain_amount(result.paid, currency),
        "totals": {role: plain_amount(a, currency) for role, a in result.totals().items()},
        "books": {role: plain_amount(a, currency) for role, a in result.books.items()},
        "shares": [_year_share(s) for s in result.shares],
        "checks": [_check(check, currency) for check in result.checks],
    }
