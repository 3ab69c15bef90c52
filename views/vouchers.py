"""Vouchers, statements and balances on a page: tables for people, one document for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger.balances import Entry, Standing
from ledger.batch import AccountKey
from ledger.money import plain_amount, show_amount
from ledger.vouchers import Refusal, Voucher
from views.page import Page
from views.reports import account_name

PHASES = {
    "posted": ("已入账", "posted"),
    "reserved": ("已预留", "reserved"),
    "voided": ("已撤销", "voided"),
    "expired": ("已过期", "expired"),
}


def shown(page: Page, key: str, found: Sequence[Voucher], refused: Refusal | None) -> None:
    """Every journal of a key, with its lines and what came of it."""
    if refused is not None:
        page.line(page.say(f"{key}：被拒绝 {refused.outcome}", f"{key}: refused with {refused.outcome}"))
    for each in found:
        number, phase = page.say(f"第 {each.number} 号凭证", f"voucher {each.number}"), page.say(*PHASES[each.phase])
        page.line(f"{each.book} · {number} · {each.kind} · {each.on} · {phase} · {each.actor}")
        for zh, en, other in (
            ("冲销", "undoes", each.undoes),
            ("已被冲销", "undone by", each.undone_by),
            ("了结预留", "ends", each.ends),
            ("已了结", "ended by", each.ended_by),
        ):
            if other:
                page.line(f"  {page.say(zh, en)} {other}")
        page.table(
            "",
            [page.say(*pair) for pair in (("行", "line"), ("借方", "debit"), ("贷方", "credit"), ("规则", "rule"), ("金额", "amount"))],
            (
                (
                    line.line,
                    account_name(page, line.debit),
                    account_name(page, line.credit),
                    line.rule,
                    f"{show_amount(line.amount, line.currency)} {line.currency}",
                )
                for line in each.lines
            ),
            numbers=1,
        )  # fmt: skip
    page.document(
        {
            "key": key,
            "refused": refused.outcome if refused else None,
            "vouchers": [
                {
                    **{name: value for name, value in each._asdict().items() if name not in ("lines", "recorded_at")},
                    "recorded_at": each.recorded_at.isoformat(),
                    "lines": [
                        {**line._asdict(), "amount": plain_amount(line.amount, line.currency)} for line in each.lines
                    ],
                }
                for each in found
            ],
        }
    )


def outcomes(page: Page, found: Sequence[tuple[str, str]]) -> None:
    """What became of each key."""
    for key, outcome in found:
        page.line(f"{key}  {outcome}")
    page.document({"outcomes": [{"key": key, "outcome": outcome} for key, outcome in found]})


def statement(page: Page, key: AccountKey, entries: Sequence[Entry]) -> None:
    """The entries of an account, each with what the account stood at after it."""
    book, role, other, currency = key
    name = account_name(page, f"{role} {other or ''}".strip())
    page.table(
        f"{book} · {name} · {currency}",
        [page.say(*pair) for pair in (("日期", "day"), ("凭证", "voucher"), ("事件", "event"), ("规则", "rule"), ("借方", "debit"), ("贷方", "credit"), ("余额", "balance"))],
        (
            (
                each.on,
                each.journal_no,
                each.event_id,
                each.rule,
                show_amount(each.amount, currency) if each.amount > 0 else "",
                show_amount(-each.amount, currency) if each.amount < 0 else "",
                show_amount(each.balance, currency),
            )
            for each in entries
        ),
        numbers=3,
    )  # fmt: skip
    if not entries:
        page.line(page.say("没有分录", "no entries"))
    page.document(
        {
            "book": book,
            "role": role,
            "counterparty": other,
            "currency": currency,
            "entries": [
                {
                    **each._asdict(),
                    "amount": plain_amount(each.amount, currency),
                    "balance": plain_amount(each.balance, currency),
                }
                for each in entries
            ],
        }
    )


def balances(page: Page, day: date, found: Mapping[AccountKey, Standing]) -> None:
    """What every account stood at, debits less credits."""
    rows = sorted((key for key, stands in found.items() if stands.debits or stands.credits), key=lambda k: (k[0], k[3], k[1], k[2] or ""))  # fmt: skip
    page.table(
        page.say(f"{day} 日终余额", f"Balances in the evening of {day}"),
        [page.say(*pair) for pair in (("账簿", "book"), ("用途", "account"), ("币种", "cur."), ("借方累计", "debits"), ("贷方累计", "credits"), ("余额", "balance"))],
        (
            (
                book,
                account_name(page, f"{role} {other or ''}".strip()),
                currency,
                *(show_amount(minor, currency) for minor in (found[book, role, other, currency].debits, found[book, role, other, currency].credits, found[book, role, other, currency].net)),
            )
            for book, role, other, currency in rows
        ),
        numbers=3,
    )  # fmt: skip
    page.document(
        {
            "on": day,
            "balances": [
                {
                    "book": key[0],
                    "role": key[1],
                    "counterparty": key[2],
                    "currency": key[3],
                    "debits": plain_amount(found[key].debits, key[3]),
                    "credits": plain_amount(found[key].credits, key[3]),
                    "balance": plain_amount(found[key].net, key[3]),
                }
                for key in rows
            ],
        }
    )
