"""Where a key of a TOML document stands: tomllib says what a document means, not on which line it says it."""

from __future__ import annotations

import re

Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_LONG = re.compile(r"'''|\"\"\"")


def line_numbers(text: str) -> dict[Place, int]:
    """The line of each table and of each key at the start of a line, by path: ("version", 0, "clause", 2, "layer")."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        outside, inside = not inside, inside != (len(_LONG.findall(line)) % 2 == 1)
        if not outside:
            continue
        if header := _HEADER.fullmatch(line):
            table = _enter(_parts(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(table + tuple(_parts(key[1])), number)
    return lines


def line_of(lines: dict[Place, int], path: Place) -> int:
    """The line of the nearest thing that contains `path`; the first line where nothing is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _enter(parts: list[str], another: bool, counts: dict[Place, int]) -> Place:
    """The path of a table header. [[version.clause]] is one more clause of the version last begun."""
    path: Place = ()
    for part in parts[:-1]:
        path += (part,)
        if path in counts:
            path += (counts[path],)
    path += (parts[-1],)
    if another:
        counts[path] = counts.get(path, -1) + 1
        path += (counts[path],)
    return path
