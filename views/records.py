"""What was just recorded: the vouchers it wrote, and who would bear a loss as things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.money import plain_amount, show_amount
from products.events import Event, kinds
from views.page import Page
from views.reports import account_name, role_name

if TYPE_CHECKING:
    from psycopg import Connection

    from riskshare.record import Receipt


def recorded(page: Page, conn: Connection[Any], event: Event, receipt: Receipt) -> None:
    """The event's vouchers; for a loss or a recovery also its split as things stand."""
    from riskshare.explaining import explain

    found = explain(conn, event.id)
    entries = [entry for entry in found.entries if entry.event_id == event.id]
    cur = found.currency
    if receipt.repeated:
        page.line(
            page.say(
                f"{event.id} 此前已记录，内容一致：未重复记账",
                f"{event.id} was recorded before with the same contents: nothing is written twice",
            )
        )
    else:
        page.line(page.say(f"{event.id} 已记录", f"{event.id} recorded"))
    if entries:
        page.table(
            page.say("凭证", "vouchers"),
            [
                page.say(*p)
                for p in (("账簿", "book"), ("凭证号", "no."), ("借", "debit"), ("贷", "credit"), ("金额", "amount"))
            ],
            (
                (
                    e.book,
                    e.journal_no,
                    account_name(page, e.debit),
                    account_name(page, e.credit),
                    show_amount(e.amount, cur),
                )
                for e in entries
            ),
            numbers=1,
        )
    splits = [fact for fact in found.facts if fact.fact.event_id == event.id]
    for split in splits:
        page.line(
            page.say(
                f"按现有事实（{split.scheme.id} {split.fact.effective}），{show_amount(split.fact.amount, cur)} 将由以下各方承担，结账时入账：",
                f"As things stand ({split.scheme.id} {split.fact.effective}), {show_amount(split.fact.amount, cur)} will fall on, at the close:",
            )
        )
        for role, amount in split.evaluated.items():
            role_text, party = page.padded(role_name(page, role), 14), page.padded(split.parties.get(role, role), 28)
            page.line(f"    {role_text} {party} {show_amount(amount, cur):>20}")
    page.document(
        {
            "event": event.id,
            "kind": event.kind,
            "known_before": bool(receipt.repeated),
            "vouchers": [
                {
                    "book": e.book,
                    "no": e.journal_no,
                    "debit": e.debit,
                    "credit": e.credit,
                    "amount": plain_amount(e.amount, cur),
                    "rule": e.rule,
                }
                for e in entries
            ],
            "splits": [
                {
                    "fact": s.fact.kind,
                    "amount": plain_amount(s.fact.amount, cur),
                    "scheme": s.scheme.id,
                    "version": s.fact.effective,
                    "parts": {role: plain_amount(a, cur) for role, a in s.evaluated.items()},
                }
                for s in splits
            ],
        }
    )


def kinds_listed(page: Page) -> None:
    """Every kind of event with what it carries and what it may follow."""
    page.table(
        page.say("可记录的事项", "What can be recorded"),
        [page.say(*p) for p in (("事项", "kind"), ("名称", "is"), ("随附", "carries"), ("前状态", "may follow"))],
        (
            (
                kind.name,
                page.say(kind.zh, kind.en),
                " ".join(f"--{f.name}" + ("" if f.required else "?") for f in kind.fields),
                ", ".join(kind.before) or page.say("新合同", "opens a contract"),
            )
            for kind in kinds().values()
        ),
    )
    page.document(
        {
            kind.name: {
                "zh": kind.zh,
                "en": kind.en,
                "carries": {f.name: {"type": f.type, "required": f.required} for f in kind.fields},
                "from": list(kind.before),
                "to": kind.after,
            }
            for kind in kinds().values()
        }
    )
