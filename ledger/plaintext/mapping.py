"""Which account of ours an account of a journal becomes: a CSV file with account, role and counterparty."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.faults import NotFound, Refusal, Refused
from ledger.plaintext.model import Journal

COLUMNS = ["account", "role", "counterparty"]


class Meant(NamedTuple):
    """One row: what an account of the journal is here."""

    where: str
    account: str
    role: str
    counterparty: str


def read_mapping(path: Path) -> list[Meant]:
    """The rows of the file. Raises Refused; whether the roles are known is asked with the journal's own words."""
    if not path.is_file():
        raise NotFound(Refusal(str(path), "there is no such file", "a CSV file: " + ",".join(COLUMNS), str(path)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            got = ",".join(rows.fieldnames or [])
            raise Refused(Refusal(path.name, "these columns are not known", ",".join(COLUMNS), got))
        return [
            Meant(f"{path.name}, row {number}", *(row[column] or "" for column in COLUMNS))
            for number, row in enumerate(rows, start=2)
        ]


def apply_mapping(journal: Journal, mapping: Sequence[Meant]) -> None:
    """Say it as if the journal had: a mapping takes the place of the words that stand in the file."""
    seen: set[str] = set()
    for meant in mapping:
        account = journal.accounts.get(meant.account)
        if account is None or meant.account in seen:
            what = "an account named twice" if account else "an account that the journal does not have"
            journal.faults.append(Refusal(meant.where, what, "each account of the journal once", meant.account))
        else:
            account.words = {**account.words, "role": meant.role, "counterparty": meant.counterparty}
        seen.add(meant.account)
