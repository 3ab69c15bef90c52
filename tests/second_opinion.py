"""What beancount and hledger themselves say of a file: whether it is sound, how much is in it, and where accounts stand."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from ledger.money import places

Balances = Mapping[tuple[str, str], Decimal]
"""Minor units by account and currency, zero left out."""


class Opinion(NamedTuple):
    """What a program says; balances are none where it does not accept the file."""

    faults: list[str]
    transactions: int = 0
    postings: int = 0
    balances: Balances = MappingProxyType({})


def says(path: Path, symbols: Mapping[str, str] | None = None, strict: bool = False) -> Opinion:
    """Ask the program the file is written for. Skips the test where that program is not here."""
    return beancount_says(path) if path.suffix == ".beancount" else hledger_says(path, symbols or {}, strict)


def beancount_says(path: Path) -> Opinion:
    reason = "beancount is not installed: pip install beancount"
    loader = pytest.importorskip("beancount.loader", reason=reason)
    data = pytest.importorskip("beancount.core.data", reason=reason)
    realization = pytest.importorskip("beancount.core.realization", reason=reason)

    entries, errors, _ = loader.load_file(str(path))
    standing: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for account in realization.iter_children(realization.realize(entries)):
        for position in account.balance.get_positions():
            number, currency = position.units
            standing[account.account, currency] += number.scaleb(_places(currency))
    transactions = [entry for entry in entries if isinstance(entry, data.Transaction) and entry.flag != "P"]
    postings = sum(len(entry.postings) for entry in transactions)
    return Opinion([str(error.message) for error in errors], len(transactions), postings, _held(standing))


def hledger_says(path: Path, symbols: Mapping[str, str], strict: bool) -> Opinion:
    if shutil.which("hledger") is None:
        pytest.skip("hledger is not installed: apt-get install hledger")
    printed = _hledger(path, "print", "-O", "json", *(["--strict"] if strict else []))
    if printed.returncode:
        return Opinion([printed.stderr])
    transactions = json.loads(printed.stdout)
    rows, _ = json.loads(_hledger(path, "bal", "-N", "--flat", "-E", "-O", "json").stdout)
    standing: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for name, _, _, amounts in rows:
        for amount in amounts:
            currency, number = symbols.get(amount["acommodity"], amount["acommodity"]), amount["aquantity"]
            mantissa = Decimal(number["decimalMantissa"])
            standing[name, currency] += mantissa.scaleb(_places(currency) - number["decimalPlaces"])
    postings = sum(len(transaction["tpostings"]) for transaction in transactions)
    return Opinion([], len(transactions), postings, _held(standing))


def _hledger(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["hledger", "-f", str(path), *words],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def _places(currency: str) -> int:
    try:
        return places(currency)
    except ValueError:
        return 0  # no money


def _held(standing: Balances) -> Balances:
    return {key: minor for key, minor in standing.items() if minor}
