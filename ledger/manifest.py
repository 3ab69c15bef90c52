"""The manifest of a backup: what is in it, and whether all of it is there and whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ledger.faults import Failed, Refusal

FORMAT = 1
MANIFEST = "manifest.json"
Form = Literal["base", "dump"]


class Head(NamedTuple):
    """How far a book goes: its last voucher, and the digest over everything up to it."""

    last: int
    digest: str


class Stored(NamedTuple):
    """A file of the backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup. A dump holds exactly these heads and rows; a base backup at least these, or later ones."""

    form: Form
    taken_at: datetime
    server: str
    database: str
    postgresql: int
    programs: int
    migrations: tuple[tuple[int, str, str], ...]
    heads: Mapping[str, Head]
    rows: Mapping[str, int]
    roles: tuple[str, ...]
    files: Mapping[str, Stored]

    @property
    def schema(self) -> str:
        number, name, _ = self.migrations[-1]
        return f"{number:04}_{name}"

    @property
    def vouchers(self) -> int:
        return sum(head.last for head in self.heads.values())

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files.values())


def read(folder: Path) -> Manifest:
    """The manifest of a backup, every file of it checked. Raises Failed for a half-written or damaged one."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        advice = "name the folder that `gongji backup` made"
        raise Failed(Refusal(str(folder), "this is not a whole backup", f"a {MANIFEST}", str(error), advice)) from error
    manifest = manifest_of(folder, text)
    faults = [fault for name, file in manifest.files.items() for fault in damage(folder / name, file)]
    if faults:
        raise Failed(*faults)
    return manifest


def stored(path: Path) -> Stored:
    with path.open("rb") as file:
        return Stored(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def damage(path: Path, expected: Stored) -> Iterator[Refusal]:
    """What is wrong with a file of a backup, if anything."""
    advice = "use another backup; nothing was changed"
    if not path.is_file():
        yield Refusal(str(path), "a file of the backup is missing", advice=advice)
        return
    found = stored(path)
    if found.bytes != expected.bytes:
        yield Refusal(str(path), "the file is damaged", f"{expected.bytes} bytes", f"{found.bytes}", advice)
    elif found.sha256 != expected.sha256:
        yield Refusal(str(path), "the file is damaged", f"sha256 {expected.sha256[:12]}", found.sha256[:12], advice)


def text_of(manifest: Manifest) -> str:
    """One JSON document that names its own SHA-256, so that damage to it is not taken for a fault of the database."""
    document = {"gongji_backup": FORMAT, **asdict(manifest), "taken_at": manifest.taken_at.isoformat()}
    document["heads"] = {book: head._asdict() for book, head in manifest.heads.items()}
    document["files"] = {name: file._asdict() for name, file in manifest.files.items()}
    return json.dumps(document | {"sha256": own_digest(document)}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def manifest_of(folder: Path, text: str) -> Manifest:
    damaged = partial(Refusal, str(folder / MANIFEST), advice="use another backup; nothing was changed")
    try:
        document = json.loads(text)
        version, digest = document.pop("gongji_backup"), document.pop("sha256")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Failed(damaged("the manifest is damaged", got=f"{type(error).__name__}: {error}")) from error
    if version != FORMAT:
        what = "the backup was made by another version of Gongji"
        raise Failed(Refusal(str(folder), what, f"format {FORMAT}", str(version), "restore it with that version"))
    if digest != own_digest({"gongji_backup": version, **document}):
        raise Failed(damaged("the manifest is damaged", "contents that fit its sha256"))
    return Manifest(
        **document
        | {
            "taken_at": datetime.fromisoformat(document["taken_at"]),
            "migrations": tuple((number, name, sha256) for number, name, sha256 in document["migrations"]),
            "roles": tuple(document["roles"]),
            "heads": {book: Head(**head) for book, head in document["heads"].items()},
            "files": {name: Stored(**file) for name, file in document["files"].items()},
        }
    )


def own_digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
