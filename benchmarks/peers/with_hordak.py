"""The same journals through django-hordak, with its triggers: `python -m benchmarks.peers.with_hordak URL prepare`.

`... URL post FIRST COUNT BATCH` prints the seconds of each batch as JSON: `bulk_create` of its transactions, then of their
legs, in one database transaction with its commit. The Python objects are made before the clock starts.
"""

# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.ledger_load import ACCOUNTS, CURRENCY, Journal, journals


def main() -> None:
    url, what, *numbers = sys.argv[1:]
    _configure(url)
    if what == "prepare":
        prepare()
    else:
        first, count, batch = map(int, numbers)
        print(json.dumps([post(journals(number, batch)) for number in range(first, first + count, batch)]))


def prepare() -> None:
    """Its own migrations, and one account for each of ours."""
    from django.core.management import call_command
    from hordak.models import Account, AccountType

    call_command("migrate", verbosity=0)
    for number in range(ACCOUNTS):
        Account.objects.create(name=f"{number}", code=f"{number:03}", type=AccountType.asset, currencies=[CURRENCY])


def post(made: Sequence[Journal]) -> float:
    """Seconds of one batch and its commit."""
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction

    numbers = {int(name): number for name, number in Account.objects.values_list("name", "id")}
    heads = [Transaction(date=journal.on) for journal in made]
    legs = [leg for head, journal in zip(heads, made, strict=True) for leg in _legs(head, journal, numbers)]
    since = perf_counter()
    with transaction.atomic():
        Transaction.objects.bulk_create(heads)
        Leg.objects.bulk_create(legs)
    return perf_counter() - since


def _legs(head: Any, journal: Journal, numbers: dict[int, int]) -> list[Any]:
    from hordak.models import Leg
    from moneyed import Money

    def money(minor: int) -> Any:
        return Money(minor, CURRENCY) / 100

    credits = [Leg(transaction=head, account_id=numbers[t.credit], credit=money(t.amount)) for t in journal.transfers]
    whole = sum(transfer.amount for transfer in journal.transfers)
    return [Leg(transaction=head, account_id=numbers[journal.transfers[0].debit], debit=money(whole)), *credits]


def _configure(url: str) -> None:
    """The least that Django wants to know; the address is one of our own server's, by its socket."""
    import django
    from django.conf import settings

    parts = urlsplit(url)
    place = {name: values[0] for name, values in parse_qs(parts.query).items()}
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "HOST": place["host"],
        "PORT": place["port"],
    }
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_CURRENCY=CURRENCY,
        HORDAK_INTERNAL_CURRENCY=CURRENCY,
        CURRENCIES=[CURRENCY],
        USE_TZ=True,
    )
    django.setup()


if __name__ == "__main__":
    main()
