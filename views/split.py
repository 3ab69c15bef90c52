"""A book shared out as people read it: who bears what of each fact, the totals, the steps, who pays whom; also as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.faults import Refusal, Refused
from ledger.money import places, plain_amount, show_amount
from riskshare.columns import is_array
from riskshare.comparing import Comparison
from riskshare.facts_file import Waiting
from riskshare.splitting import Paying, Split, part_columns
from riskshare.terms import Scheme
from riskshare.wording import KIND_WORDS, role
from views.page import Page

if TYPE_CHECKING:
    import polars as pl

    from riskshare.bulk import Written

SHOWN = 40
"""Rows of a table on the page; all of them are in the file."""
MOST_LOANS = 10
ENDINGS = (".csv", ".parquet")

Said = tuple[str, str]


def check_end(file: Path | None) -> None:
    """Whether the result can be written there; asked before the work."""
    if file is None:
        return
    if file.suffix.lower() not in ENDINGS:
        raise Refused(
            Refusal(str(file), "this type of file is not written", " or ".join(ENDINGS), file.suffix or "no ending")
        )
    if not file.parent.is_dir():
        raise Refused(Refusal(str(file), "there is no such folder", "a folder that exists", str(file.parent)))


def written(page: Page, scheme: Scheme, found: Written, out: Path) -> None:
    """What became of a large book: the totals, the work list, and where the rows are."""
    currency = scheme.currency
    page.line(page.say(f"{found.facts:,} 条事实已写入 {out}", f"{found.facts:,} facts written to {out}"))
    page.table(
        page.say("合计", "totals"),
        [page.say("承担方", "party"), page.say("金额", "amount")],
        [(_role(page, party), show_amount(amount, currency)) for party, amount in found.totals.items() if amount],
        numbers=1,
    )
    for each in found.waiting:
        page.note(f"{page.say('待处理', 'work list')}: {each.id}, {each.article}: {each.reason}")
    page.document(
        {
            "scheme": scheme.id,
            "facts": found.facts,
            "folder": str(out),
            "totals": {party: plain_amount(amount, currency) for party, amount in found.totals.items()},
            "work_list": [{"fact": w.id, "article": w.article, "reason": w.reason} for w in found.waiting],
        }
    )


def splitted(
    page: Page,
    found: Split,
    running: bool,
    why: bool,
    debts: Sequence[Paying] | None,
    out: Path | None,
) -> None:
    """Who bears what: the rows here, or in a file where one is named. Notes and the work list go to stderr."""
    if out is not None:
        with page.progress() as advance:
            advance(f"write {out.name}", 0, 1)
            _write(found, out, running)
    if page.as_json:
        page.document(_document(found, running, debts, with_rows=out is None))
    else:
        if out is None:
            _parts(page, found, running)
        _totals(page, found)
        for each in found.allocation.steps if why else ():
            page.line(f"{found.loaded.facts.ids[each.fact]}  {page.say(each.said_zh, each.said)}")
        if debts is not None:
            _paying(page, debts, found.scheme.currency)
    _beside(page, found)


def _beside(page: Page, found: Split) -> None:
    """What stands beside the result: notes on the file and the work list."""
    for note in found.loaded.notes:
        page.note(note)
    _work_list(page, found)


def _work_list(page: Page, found: Split) -> None:
    if found.waiting:
        count = len(found.waiting)
        page.note(
            page.say(
                f"{found.scheme.id} 待处理清单：{count} 条未分担",
                f"{found.scheme.id}: work list: {count} not shared out",
            )
        )
    for each in found.waiting[:SHOWN]:
        article = page.say(f"第{each.article}条：", f"Art. {each.article}: ") if each.article else ""
        page.note(f"  {each.id}  {article}{each.reason}")
    if len(found.waiting) > SHOWN:
        more = len(found.waiting) - SHOWN
        page.note(page.say(f"  另有 {more} 条", f"  and {more} more"))


def compared(page: Page, found: Comparison) -> None:
    """Two schemes on one book: each year and party under both, and the loans that moved most."""
    a, b = found.a.scheme, found.b.scheme
    for note in found.a.loaded.notes:  # what one of them does not ask for, the other may
        if note in found.b.loaded.notes:
            page.note(note)
    for each in (found.a, found.b):
        _work_list(page, each)
    if page.as_json:
        page.document(_comparison(found))
        return
    show = _shower(a.currency)
    page.table(
        page.say(f"{a.id} 与 {b.id}", f"{a.id} and {b.id}"),
        _said(page, ("年度", "year"), ("事项", "kind"), ("承担方", "party"), (a.id, a.id), (b.id, b.id), ("差额", "difference")),
        ((line.year, _kind(page, line.kind), _role(page, line.party), show(line.a), show(line.b), show(line.difference)) for line in found.lines),
        numbers=3,
    )  # fmt: skip
    page.table(
        page.say("合计", "Totals"),
        _said(page, ("事项", "kind"), ("承担方", "party"), (a.id, a.id), (b.id, b.id), ("差额", "difference")),
        (
            (_kind(page, line.kind), _role(page, line.party), show(line.a), show(line.b), show(line.difference))
            for line in found.totals
        ),
        numbers=3,
    )
    page.table(
        page.say("变动最大", "Moved most"),
        _said(page, ("贷款", "loan"), ("变动额", "moved")),
        ((each.loan, show(each.amount)) for each in found.moved[:MOST_LOANS]),
        numbers=1,
    )
    if not found.moved:
        page.line(page.say("没有贷款的分担发生变化", "no loan is borne differently"))


# On the page.


def _write(found: Split, file: Path, running: bool) -> None:
    """One row for each fact and party: fact, party, amount, and with `running` the party's total so far."""
    try:
        if file.suffix.lower() == ".parquet":
            _write_parquet(found, file, running)
        else:
            _write_csv(found, file, running)
    except OSError as fault:
        raise Refused(Refusal(str(file), "the file cannot be written", got=fault.strerror or str(fault))) from None


def _parts(page: Page, found: Split, running: bool) -> None:
    show, count = _shower(found.scheme.currency), found.count()
    parts = islice(found.running() if running else found.parts(), SHOWN)
    rows = [[p.fact, _role(page, p.party), show(p.amount), *([show(p.total)] if running else [])] for p in parts]
    heads: list[Said] = [("事项编号", "fact"), ("承担方", "party"), ("金额", "amount")]
    heads += [("累计", "total so far")] if running else []
    page.table(page.say("分担明细", "Who bears what"), _said(page, *heads), rows, numbers=2 if running else 1)
    if count > SHOWN:
        more = count - SHOWN
        page.line(page.say(f"另有 {more:,} 行；--out FILE 写出全部", f"and {more:,} more rows; --out FILE writes all"))


def _totals(page: Page, found: Split) -> None:
    page.table(
        page.say("合计", "Totals"),
        _said(page, ("事项", "kind"), ("承担方", "party"), ("金额", "amount")),
        (
            (_kind(page, kind), _role(page, party), show_amount(amount, found.scheme.currency))
            for kind, parties in found.totals_by_kind().items()
            for party, amount in parties.items()
        ),
        numbers=1,
    )


def _paying(page: Page, debts: Sequence[Paying], currency: str) -> None:
    show = _shower(currency)
    heads: list[Said] = [("事项", "kind"), ("付款方", "pays"), ("收款方", "to"), ("金额", "amount")]
    page.table(
        page.say("各贷款往来", "Who pays whom, loan by loan"),
        _said(page, ("贷款", "loan"), *heads),
        (
            (d.loan, _kind(page, d.kind), _role(page, d.debtor), _role(page, d.creditor), show(d.amount))
            for d in debts[:SHOWN]
        ),
        numbers=1,
    )
    if len(debts) > SHOWN:
        more = len(debts) - SHOWN
        page.line(page.say(f"另有 {more:,} 行；--json 给出全部", f"and {more:,} more rows; --json gives all"))
    page.table(
        page.say("往来合计", "Who pays whom in all"),
        _said(page, *heads),
        (
            (_kind(page, kind), _role(page, debtor), _role(page, creditor), show(amount))
            for (kind, debtor, creditor), amount in _together(debts).items()
        ),
        numbers=1,
    )


def _together(debts: Iterable[Paying]) -> dict[tuple[str, str, str], int]:
    owed: dict[tuple[str, str, str], int] = {}
    for debt in debts:
        key = (debt.kind, debt.debtor, debt.creditor)
        owed[key] = owed.get(key, 0) + debt.amount
    return owed


def _role(page: Page, name: str) -> str:
    return role(name).zh if page.lang == "zh" else name


def _kind(page: Page, kind: str) -> str:
    return KIND_WORDS[kind].zh if page.lang == "zh" and kind in KIND_WORDS else kind


def _said(page: Page, *heads: Said) -> list[str]:
    return [page.say(*head) for head in heads]


def _shower(currency: str) -> Any:
    return lambda minor: show_amount(minor, currency)


# For programs.


def _document(found: Split, running: bool, debts: Sequence[Paying] | None, with_rows: bool) -> Mapping[str, Any]:
    show = _plain(found.scheme.currency)
    document: dict[str, Any] = {
        "scheme": found.scheme.id,
        "digest": found.scheme.digest,
        "currency": found.scheme.currency,
        "facts": len(found.loaded.facts.ids),
        "totals": {
            kind: {party: show(amount) for party, amount in parties.items()}
            for kind, parties in found.totals_by_kind().items()
        },
        "work_list": _waiting(found.waiting),
        "notes": list(found.loaded.notes),
    }
    if with_rows:
        document["rows"] = [
            {
                "fact": part.fact,
                "party": part.party,
                "amount": show(part.amount),
                **({"total": show(part.total)} if running else {}),
            }
            for part in (found.running() if running else found.parts())
        ]
    if found.allocation.steps:
        ids = found.loaded.facts.ids
        document["steps"] = [
            {
                "fact": _plain_id(ids[step.fact]),
                "clause": step.clause,
                "article": step.article,
                "received": show(step.received),
                "limit": None if step.limit is None else show(step.limit),
                "given": {target: show(amount) for target, amount in step.given},
                "en": step.said,
                "zh": step.said_zh,
            }
            for step in found.allocation.steps
        ]
    if debts is not None:
        document["pays"] = [
            {"loan": d.loan, "kind": d.kind, "debtor": d.debtor, "creditor": d.creditor, "amount": show(d.amount)}
            for d in debts
        ]
    return document


def _comparison(found: Comparison) -> Mapping[str, Any]:
    show = _plain(found.a.scheme.currency)

    def line(each: Any) -> dict[str, Any]:
        return {
            "kind": each.kind,
            "party": each.party,
            "a": show(each.a),
            "b": show(each.b),
            "difference": show(each.difference),
        }

    return {
        "a": {"scheme": found.a.scheme.id, "work_list": _waiting(found.a.waiting)},
        "b": {"scheme": found.b.scheme.id, "work_list": _waiting(found.b.waiting)},
        "currency": found.a.scheme.currency,
        "years": [{"year": each.year, **line(each)} for each in found.lines],
        "totals": [line(each) for each in found.totals],
        "loans": [{"loan": each.loan, "moved": show(each.amount)} for each in found.moved],
    }


def _waiting(rows: Sequence[Waiting]) -> list[dict[str, str]]:
    return [{"fact": each.id, "article": each.article, "reason": each.reason} for each in rows]


def _plain(currency: str) -> Any:
    return lambda minor: plain_amount(minor, currency)


def _plain_id(fact: Any) -> Any:
    """The id as it came: a text, or one of Python's own whole numbers."""
    return fact if isinstance(fact, str) else int(fact)


# As a file.


def _write_csv(found: Split, file: Path, running: bool) -> None:
    import csv

    show = _plain(found.scheme.currency)
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["fact", "party", "amount", *(["total"] if running else [])])
        for part in found.running() if running else found.parts():
            rows.writerow([part.fact, part.party, show(part.amount), *([show(part.total)] if running else [])])


def _write_parquet(found: Split, file: Path, running: bool) -> None:
    import polars as pl

    if is_array(found.loaded.facts.amounts) and not running:
        facts, parties, codes, amounts = part_columns(found)
        names = pl.Series(parties).gather(codes)
        columns = {"fact": pl.Series(facts), "party": names, "amount": _decimals(amounts, found.scheme.currency)}
    else:
        parts = list(found.running() if running else found.parts())
        columns = {
            "fact": pl.Series([part.fact for part in parts]),
            "party": pl.Series([part.party for part in parts], dtype=pl.String),
            "amount": _decimals([part.amount for part in parts], found.scheme.currency),
        }
        if running:
            columns["total"] = _decimals([part.total for part in parts], found.scheme.currency)
    pl.DataFrame(columns).write_parquet(file)


def _decimals(minor: Any, currency: str) -> pl.Series:
    """Minor units as exact decimals in major units."""
    import polars as pl

    digits = places(currency)
    unit = pl.Series(["1" if digits == 0 else "0." + "1".rjust(digits, "0")]).cast(pl.Decimal(38, digits))
    return pl.Series(minor, dtype=pl.Int64).cast(pl.Decimal(38, digits)) * unit
