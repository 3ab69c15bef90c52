"""The flow of money of a scheme drawn: as a tree for the terminal and as a picture (SVG) for a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from riskshare.flow import CLAUSE, ENTRY, OUTSIDER, PARTY, WORK_LIST, Flow, Node
from riskshare.wording import Said

if TYPE_CHECKING:
    from rich.tree import Tree

Language = Literal["zh", "en"]

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
LINE, PAD, GAP, LANE, BETWEEN, MARGIN = 20, 10, 18, 10, 96, 24
WIDEST = 30
"""The longest line in a box, counted in places of which a Chinese character takes two."""

COLOURS: Mapping[str, tuple[str, str]] = {
    ENTRY: ("#1f4e79", "#1f4e79"),
    CLAUSE: ("#ffffff", "#6b7c93"),
    PARTY: ("#e3f1e6", "#4c8c5a"),
    OUTSIDER: ("#f3f3f3", "#8a8a8a"),
    WORK_LIST: ("#fdeceb", "#b5483f"),
}
"""Fill and frame of each kind of node."""

PLAIN = "#6b7c93"
INKS = ("#2f6db0", "#b8602a", "#3f8f5b", "#8a4fa3", "#b03a5b", "#3a8f94", "#8c7a2b", "#5b5fb8")
"""The lines to each end have an ink of their own, so that lines that cross can be told apart."""


def said(words: Said, lang: Language) -> str:
    return words.zh if lang == "zh" else words.en


def tree(flow: Flow, lang: Language) -> Tree:
    """A flow from its entry down. A clause that several roads reach is spread out at the first of them."""
    from rich.text import Text
    from rich.tree import Tree

    nodes = {node.id: node for node in flow.nodes}
    first = flow.nodes[0]
    spread: set[str] = set()

    def grow(branch: Tree, node: Node) -> None:
        spread.add(node.id)
        for edge in flow.edges:
            if edge.source != node.id:
                continue
            target = nodes[edge.target]
            again = target.kind == CLAUSE and target.id in spread
            seen = said(Said("（见上）", " (above)"), lang) if again else ""
            label = Text.assemble((said(edge.said, lang), "cyan"), " → ", _label(target, lang), seen)
            below = branch.add(label)
            if target.kind == CLAUSE and not again:
                grow(below, target)

    top = Tree(Text.assemble((_label(first, lang), "bold")))
    grow(top, first)
    return top


def _label(node: Node, lang: Language) -> str:
    notes = "，".join(n.zh for n in node.notes) if lang == "zh" else ", ".join(n.en for n in node.notes)
    if not notes:
        return said(node.said, lang)
    return f"{node.said.zh}（{notes}）" if lang == "zh" else f"{node.said.en} ({notes})"


# The picture. Every box lists what it hands on, one row each, and a line runs from the row to the next box; so no words
# stand on a line. Boxes stand in columns: the entry, the clauses one after another, the ends. A line that passes a
# column has a lane of its own there.


@dataclass(slots=True)
class _Box:
    """A node in its column, or (node None) a lane through a column. `rows` are the lines of each edge that leaves."""

    node: Node | None
    column: int
    head: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    ink: str = PLAIN
    top: int = 0
    comes: list[tuple[_Box, int]] = field(default_factory=list)

    @property
    def height(self) -> int:
        if self.node is None:
            return LANE
        lines = len(self.head) + len(self.notes) + sum(map(len, self.rows))
        return 2 * PAD + LINE * lines + (PAD if self.rows else 0)

    def port(self, row: int) -> int:
        """Where the line of a row leaves."""
        if self.node is None:
            return self.top + LANE // 2
        before = len(self.head) + len(self.notes) + sum(map(len, self.rows[:row]))
        return self.top + 2 * PAD + LINE * before + LINE * len(self.rows[row]) // 2


def svg(title: str, parts: Sequence[tuple[str, Sequence[Flow]]], lang: Language) -> str:
    """A picture of the flows, under the heading of each version."""
    drawn: list[str] = []
    width, y = 0, MARGIN + LINE
    drawn.append(_text(MARGIN, y, title, size=18, weight="bold"))
    for heading, flows in parts:
        y += LINE + GAP
        drawn.append(_text(MARGIN, y, heading, size=14, colour="#555555"))
        y += GAP
        for flow in flows:
            lines, wide, high = _drawn(flow, lang, y)
            drawn += lines
            width, y = max(width, wide), y + high + 2 * GAP
    width = max([width, MARGIN * 2 + 10 * _places(title), *(MARGIN * 2 + 8 * _places(heading) for heading, _ in parts)])
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y + MARGIN}" '
            f'viewBox="0 0 {width} {y + MARGIN}" font-family="{FONT}" font-size="14">',
            f"<title>{escape(title)}</title>",
            "<defs>",
            *map(_arrow, (PLAIN, *INKS)),
            "</defs>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *drawn,
            "</svg>",
            "",
        ]
    )


def _arrow(ink: str) -> str:
    return (
        f'<marker id="arrow{ink[1:]}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="{ink}"/></marker>'
    )


def _drawn(flow: Flow, lang: Language, y: int) -> tuple[list[str], int, int]:
    """The lines of one flow from y on, how far to the right it reaches, and how high it is."""
    columns = _columns(flow, lang)
    _place(columns, y)
    widths = [max(map(_width, column)) for column in columns]
    lefts = [MARGIN + sum(widths[:place]) + BETWEEN * place for place in range(len(columns))]
    lines: list[str] = []
    for column in columns:
        for box in column:
            lines += _lines_into(box, lefts, widths)
    for column, left, width in zip(columns, lefts, widths, strict=True):
        for box in column:
            lines += _boxed(box, box.node, left, width) if box.node else []
    bottom = max(box.top + box.height for column in columns for box in column)
    return lines, lefts[-1] + widths[-1] + MARGIN, bottom - y


def _columns(flow: Flow, lang: Language) -> list[list[_Box]]:
    """The boxes and lanes of a flow in their columns, each knowing where its lines come from."""
    depth = _depths(flow)
    columns: list[list[_Box]] = [[] for _ in range(max(depth.values()) + 1)]
    boxes: dict[str, _Box] = {}
    for node in flow.nodes:
        notes = [line for note in node.notes for line in wrapped(said(note, lang))]
        box = _Box(node, depth[node.id], wrapped(said(node.said, lang)), notes)
        boxes[node.id] = box
        columns[box.column].append(box)
    for place, box in enumerate(box for box in boxes.values() if box.node and box.node.kind not in (ENTRY, CLAUSE)):
        box.ink = INKS[place % len(INKS)]
    for edge in flow.edges:
        source, target = boxes[edge.source], boxes[edge.target]
        source.rows.append(wrapped(said(edge.said, lang)))
        comes = (source, len(source.rows) - 1)
        for column in range(source.column + 1, target.column):
            lane = _Box(None, column, ink=target.ink, comes=[comes])
            columns[column].append(lane)
            comes = (lane, 0)
        target.comes.append(comes)
    return columns


def _depths(flow: Flow) -> dict[str, int]:
    """The column of every node: a clause stands right of all that hand on to it, the ends stand last."""
    depth = {node.id: 0 for node in flow.nodes}
    clauses = [node.id for node in flow.nodes if node.kind in (ENTRY, CLAUSE)]
    for _ in clauses:  # the longest road has no more steps than there are clauses
        for edge in flow.edges:
            depth[edge.target] = max(depth[edge.target], depth[edge.source] + 1)
    last = max(depth[name] for name in clauses) + 1
    return depth | {node.id: last for node in flow.nodes if node.id not in clauses}


def _place(columns: Sequence[list[_Box]], y: int) -> None:
    """Heights: every box as near as can be to the lines that come to it, none upon another, the highest at y."""
    for column in columns:
        wanted = {id(box): _wanted(box) for box in column}
        column.sort(key=lambda box: wanted[id(box)])
        free = None
        for box in column:
            want = wanted[id(box)] - box.height // 2
            box.top = want if free is None else max(want, free)
            free = box.top + box.height + (GAP if box.node else LANE)
        off = sum(box.top + box.height // 2 - wanted[id(box)] for box in column) // len(column)
        for box in column:
            box.top -= off
    highest = min(box.top for column in columns for box in column)
    for column in columns:
        for box in column:
            box.top += y - highest


def _wanted(box: _Box) -> int:
    """The mean height of the lines that come."""
    return sum(source.port(row) for source, row in box.comes) // len(box.comes) if box.comes else 0


def _lines_into(box: _Box, lefts: Sequence[int], widths: Sequence[int]) -> Iterator[str]:
    """The lines that come to a box, from above to below, and straight through where it is a lane."""
    left = lefts[box.column]
    comes = sorted(box.comes, key=lambda each: each[0].port(each[1]))
    for place, (source, row) in enumerate(comes, 1):
        x, start = lefts[source.column] + widths[source.column], source.port(row)
        end = box.top + box.height * place // (len(comes) + 1)
        middle = (x + left) // 2
        arrow = f' marker-end="url(#arrow{box.ink[1:]})"' if box.node else ""
        yield (
            f'<path d="M{x} {start} C{middle} {start} {middle} {end} {left} {end}" '
            f'fill="none" stroke="{box.ink}" stroke-width="1.4"{arrow}/>'
        )
        if box.node is None:
            yield f'<path d="M{left} {end} H{left + widths[box.column]}" stroke="{box.ink}" stroke-width="1.4"/>'


def _boxed(box: _Box, node: Node, left: int, width: int) -> Iterator[str]:
    """A box with its words: name, notes, and a row for each part handed on."""
    fill, frame = COLOURS[node.kind]
    frame = frame if node.kind in (ENTRY, CLAUSE) else box.ink
    dashed = ' stroke-dasharray="5 3"' if node.kind in (OUTSIDER, WORK_LIST) else ""
    yield (
        f'<rect x="{left}" y="{box.top}" width="{width}" height="{box.height}" rx="6" '
        f'fill="{fill}" stroke="{frame}"{dashed}/>'
    )
    ink, soft = ("#ffffff", "#d6e4f0") if node.kind == ENTRY else ("#1a1a1a", "#666666")
    y = box.top + PAD + 15
    for line in box.head:
        yield _text(left + PAD, y, line, weight="bold", colour=ink)
        y += LINE
    for line in box.notes:
        yield _text(left + PAD, y, line, size=12, colour=soft)
        y += LINE
    if box.rows:
        yield f'<path d="M{left} {y - 10} H{left + width}" stroke="{frame if node.kind == CLAUSE else soft}" stroke-width="0.6"/>'
        y += PAD
    for row in box.rows:
        for line in row:
            yield _text(left + width - PAD, y, line, colour=ink, anchor="end")
            y += LINE


def _text(
    x: int, y: int, words: str, size: int = 14, weight: str = "", colour: str = "#1a1a1a", anchor: str = ""
) -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    right = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{bold}{right}>{escape(words)}</text>'


def _width(box: _Box) -> int:
    if box.node is None:
        return 0
    lines = [*box.head, *box.notes, *(line for row in box.rows for line in row)]
    return 2 * PAD + 8 * max(map(_places, lines))


def _places(words: str) -> int:
    """How many places words take, a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in words)


def wrapped(words: str, widest: int = WIDEST) -> list[str]:
    """Words in lines of at most so many places, broken at spaces and between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line.strip() and _places(line + piece.rstrip()) > widest:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _pieces(words: str) -> Iterator[str]:
    """What must stay together: a Latin word with the space after it, a Chinese character with its signs."""
    piece = ""
    for sign in words:
        kept = (
            sign in "，。；：、）”" or piece[-1:] in "（“"
        )  # never a closing sign in front, an opening one at the end
        if not kept and (_wide(sign) or piece.endswith(" ") or _wide(piece[-1])):
            yield piece
            piece = ""
        piece += sign
    yield piece


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
