"""Schemes as people read them: the library, and one scheme as an agreement with a picture of where money goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger.faults import Refusal, Refused
from riskshare.agreement import STATUS, Passage, agreement, heading
from riskshare.flow import flows
from riskshare.terms import Scheme, Version
from views.page import Page
from views.picture import svg, tree, wrapped


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


def shown(page: Page, scheme: Scheme, picture: Path | None = None) -> None:
    """One scheme as an agreement: its versions in sentences, and for each where money goes; also drawn into a file."""
    for said in heading(scheme):
        page.line(page.say(*said))
    for number, version in enumerate(scheme.versions, 1):
        page.line()
        page.line(page.say(f"【第{number}版】{_since(page, version)}", f"[Version {number}, {_since(page, version)}]"))
        for passage in agreement(version, scheme.currency):
            _told(page, passage)
        _drawn(page, version, scheme.currency)
    if picture is not None:
        _painted(page, scheme, picture)
    page.document(_document(scheme))


def _since(page: Page, version: Version) -> str:
    if version.until:
        return page.say(f"{version.effective} 至 {version.until}", f"{version.effective} to {version.until}")
    return page.say(f"{version.effective} 起", f"from {version.effective}")


def _told(page: Page, passage: Passage) -> None:
    """A heading and its sentences, within the width there is."""
    if passage.said and not page.as_json:
        page.line(f"  {page.say(*passage.head)}")
        for said in passage.said:
            for line in wrapped(page.say(*said), page.console.width - 4):
                page.line(f"    {line}")


def _drawn(page: Page, version: Version, currency: str) -> None:
    """Each kind of fact as a tree, within the width there is."""
    if page.as_json:
        return
    page.line(f"  {page.say('资金流向', 'Where money goes')}")
    console = page.console
    for flow in flows(version, currency):
        with console.capture() as captured:
            console.print(tree(flow, page.lang), width=console.width - 4)
        for line in captured.get().splitlines():
            page.line(f"    {line.rstrip()}")


def _painted(page: Page, scheme: Scheme, file: Path) -> None:
    """The picture of all versions, in a file of its own."""
    parts = [(_since(page, version), flows(version, scheme.currency)) for version in scheme.versions]
    try:
        file.write_text(svg(scheme.title.get(page.lang, scheme.id), parts, page.lang), encoding="utf-8")
    except OSError as fault:
        raise Refused(Refusal(str(file), "the picture cannot be written", got=fault.strerror or str(fault))) from None
    page.note(page.say(f"图已写入 {file}", f"picture written to {file}"))


def _document(scheme: Scheme) -> Mapping[str, Any]:
    """The same facts for programs, in both languages."""
    return {
        "id": scheme.id,
        "title": dict(scheme.title),
        "status": scheme.status,
        "currency": scheme.currency,
        "applies_by": scheme.applies_by,
        "digest": scheme.digest,
        "said": [each._asdict() for each in heading(scheme)],
        "versions": [_version(version, scheme.currency) for version in scheme.versions],
        "document": scheme.text,
    }


def _version(version: Version, currency: str) -> Mapping[str, Any]:
    return {
        "effective": version.effective,
        "until": version.until,
        "source": version.source,
        "digest": version.digest,
        "passages": [
            {
                "about": passage.about,
                "name": passage.name,
                "article": passage.article or None,
                "head": passage.head._asdict(),
                "said": [each._asdict() for each in passage.said],
            }
            for passage in agreement(version, currency)
        ],
        "flows": [
            {
                "kind": flow.kind,
                "nodes": [
                    {
                        "id": node.id,
                        "kind": node.kind,
                        **node.said._asdict(),
                        "notes": [n._asdict() for n in node.notes],
                    }
                    for node in flow.nodes
                ],
                "edges": [{"from": edge.source, "to": edge.target, **edge.said._asdict()} for edge in flow.edges],
            }
            for flow in flows(version, currency)
        ],
    }
