"""What a verification found: a sentence each, the first first."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.findings import Finding, Verdict
    from views.page import Page

SHOWN = 50


def verified(page: Page, verdict: Verdict, kept: int) -> None:
    seen = verdict.seen
    looked = page.say(
        f"已核对 {seen.books:,} 个账簿、{seen.vouchers:,} 张凭证、{seen.lines:,} 行、{seen.blocks:,} 个区块、{seen.acts:,} 项行为、{kept:,} 个留存区块头",
        f"looked at {seen.books:,} books, {seen.vouchers:,} vouchers, {seen.lines:,} lines, {seen.blocks:,} blocks, {seen.acts:,} acts, {kept:,} kept heads",
    )
    for finding in verdict.findings[:SHOWN]:
        page.line(sentence(page, finding))
    if len(verdict.findings) > SHOWN:
        more = len(verdict.findings) - SHOWN
        page.line(page.say(f"…… 另有 {more:,} 项", f"... and {more:,} more"))
    found = page.say(f"发现 {len(verdict.findings):,} 处不符", f"{len(verdict.findings):,} findings")
    page.line(f"{looked}{page.say('：', ': ')}{found if verdict.findings else page.say('完整无误', 'sound')}")
    page.document(
        {
            "sound": not verdict.findings,
            "seen": asdict(seen) | {"kept_heads": kept},
            "findings": [each._asdict() | {"says": sentence(page, each)} for each in verdict.findings],
        }
    )


def sentence(page: Page, finding: Finding) -> str:
    """Where, and what is wrong there."""
    number = page.say("行为", "act") if finding.book == "acts" else page.say("凭证", "voucher")
    places = [
        finding.book if finding.book != "acts" else page.say("行为记录", "acts"),
        finding.block and page.say(f"区块 {finding.block}", f"block {finding.block}"),
        finding.no and f"{number} {finding.no}",
        finding.line and page.say(f"第 {finding.line} 行", f"line {finding.line}"),
    ]
    where = page.say("，", ", ").join(place for place in places if place)
    said = finding._asdict() | {"where": page.say(*FIELDS.get(finding.where, (finding.where, finding.where)))}
    return f"{where}{page.say('：', ': ')}{page.say(*WORDS[finding.what]).format(**said)}"


FIELDS = {
    "sides": ("借贷方向", "sides (debit/credit)"),
    "debit": ("借方账户", "debit account"),
    "credit": ("贷方账户", "credit account"),
    "amount": ("金额", "amount"),
    "rule": ("记账规则", "rule"),
    "parties": ("债务双方", "debt's parties (debtor/creditor)"),
    "due": ("债务到期日", "debt's due day"),
    "kind": ("事项类型", "kind"),
    "actor": ("经办人", "actor"),
    "phase": ("状态", "phase"),
    "effective": ("记账日期", "day"),
    "relates": ("所属日期", "day it belongs to"),
    "expires": ("到期日", "last day"),
}

WORDS = {
    "kept_missing": (
        "本方留存了区块 {expected} 的区块头，而账簿只到区块 {got}：恢复了旧备份，或尾部被删除",
        "a head of block {expected} was kept, and the ledger ends with block {got}: an older backup was restored, or its end was deleted",
    ),
    "kept_differs": (
        "区块头与留存的不同：留存 {expected}，现为 {got}；账簿被改写或恢复了旧备份",
        "the block is not the one that was kept: {expected} was kept, {got} is there; the ledger was rewritten, or an older backup restored",
    ),
    "book_changed": (
        "账簿名称不符：留存为 {expected!r}，现为 {got!r}",
        "the book was called {expected!r} and is called {got!r}",
    ),
    "block_missing": ("区块缺失", "the block is missing"),
    "block_chain": (
        "未接续前一区块：应接 {expected}，前一区块为 {got}",
        "it follows {expected}, and the block before it is {got}",
    ),
    "block_changed": (
        "区块内容与区块头不符：区块头 {expected}，内容得 {got}",
        "its contents give {got}, its hash is {expected}",
    ),
    "root": (
        "各凭证摘要与封存的根不符：封存 {expected}，重算 {got}",
        "its leaves give the root {got}, {expected} was sealed",
    ),
    "chain": (
        "区块所封的批次已变：封存 {expected}，现为 {got}",
        "it was sealed over the batch {expected}, and {got} is there",
    ),
    "batch_missing": (
        "自此号起的过账批次缺失（其后为 {got}）",
        "the batch that keeps it is missing (what follows is {got})",
    ),
    "batch_chain": (
        "批次未接续前一批次：应接 {expected}，前一批次为 {got}",
        "its batch follows {expected}, and the batch before it is {got}",
    ),
    "batch_changed": (
        "批次被改动：封存 {expected}，重算 {got}",
        "its batch was changed: it gives {got}, its digest is {expected}",
    ),
    "head_changed": (
        "账簿末号与批次不符：账簿记 {expected}，批次止于 {got}",
        "the head of the book says {expected}, its batches end with {got}",
    ),
    "leaf_changed": (
        "留存的摘要被改动：凭证得 {expected}，留存为 {got}",
        "the leaf that was kept was changed: the voucher gives {expected}, {got} is kept",
    ),
    "voucher_missing": ("有摘要而无凭证：凭证被删除", "there is a leaf and no voucher: it was deleted"),
    "voucher_extra": (
        "有凭证而无摘要：凭证未经过账写入",
        "there is a voucher and no leaf: it was not written by a posting",
    ),
    "voucher_changed": (
        "凭证被改动：过账时摘要为 {expected}，现得 {got}",
        "the voucher was changed: it gives the leaf {got}, and {expected} was kept of its posting",
    ),
    "field_changed": (
        "凭证被改动，{where}原为 {expected}，现为 {got}",
        "the voucher was changed: its {where} was {expected}, and is {got}",
    ),
    "voucher_moved": (
        "凭证被调换：其内容现在凭证 {got} 号下",
        "vouchers were reordered: its contents stand under voucher {got} now",
    ),
    "counter": (
        "账户余额计数与分录不符（{where}）：分录合计 {expected}，计数 {got}",
        "{where}: the lines come to {expected}, the counter says {got}",
    ),
    "snapshot": (
        "期末快照与分录不符（{where}）：分录合计 {expected}，快照 {got}",
        "{where}: the lines come to {expected}, the snapshot says {got}",
    ),
    "obligation": (
        "所引债务（{where}）金额或双方不符：分录 {expected}，债务 {got}",
        "the obligation it cites ({where}) is another: {expected} in the line, {got} in the obligation",
    ),
    "act_missing": ("有摘要而无行为记录：被删除", "there is a leaf and no act: it was deleted"),
    "act_changed": (
        "行为记录被改动（{where}）：封存 {expected}，重算 {got}",
        "the act ({where}) was changed: {expected} was sealed, it gives {got}",
    ),
    "act_unreadable": ("行为记录（{where}）无法读取：{got}", "the act ({where}) cannot be read: {got}"),
    "acts_gap": (
        "行为记录编号不连续：应有 {expected} 项，现有 {got} 项",
        "the acts have a gap: {expected} were written, {got} are there",
    ),
    "account_changed": (
        "账户 {where} 被改动而无记录：记录为 {expected}，现为 {got}",
        "account {where} was changed without an act: {expected} is on record, {got} is there",
    ),
    "event_torn": (
        "事项 {where} 在其他账簿的 {expected} 张凭证缺失",
        "{expected} vouchers of the event {where} are missing in other books",
    ),
    "obligation_alone": (
        "事项 {where} 的债务应由 {expected} 双方记载，现只见于：{got}",
        "what is owed by the event {where} stands in the books of {expected}; it is found in: {got}",
    ),
    "calendar_changed": (
        "结账日期被改动而无记录：记录为 {expected}，现为 {got}",
        "the books were closed through {expected} on record, and are through {got}",
    ),
}
