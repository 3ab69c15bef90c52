"""47 published reinsurance cases: the treaties said as a scheme, and every item's net loss as published.

The published figures were worked out in single precision; ours are exact, and every treaty pays whole cents. So an item
agrees where the two differ by no more than a millionth of its insured loss and a cent for each treaty, and a whole case
by no more than a millionth.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reinsurance import KEPT, ceded, fits_one_document, kept_one_by_one, read_case

DATA = Path(os.environ.get("GONGJI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data" / "sba").parent
FOLDER = DATA / "insurance" / "reinsurance_units"
CASES = sorted(folder.name for folder in FOLDER.glob("*/")) if FOLDER.is_dir() else []
ALIKE = 1_000_000

SEVERAL_DOCUMENTS = {
    "reinsurance2__xx32": "a facultative cover of 80 % and an excess cover of 100 % see the same loss: where both pay, "
    "180 % of a dollar is promised, and a clause hands on exactly what it received",
    "reinsurance2__xxAcc4": "five facultative covers of one policy all begin at 5,000,000: the first dollars above it are "
    "promised five times",
}
"""Cases that one document cannot say. Each treaty is a document of its own; those of one place see the same losses."""

pytestmark = pytest.mark.skipif(
    not CASES, reason=f"the published cases are not in {FOLDER}; name the folder sba beside insurance in GONGJI_DATA"
)


@pytest.mark.parametrize("name", CASES)
def test_the_net_losses_of_a_published_case(name: str) -> None:
    # Given its treaties and what was insured of every item,
    case = read_case(FOLDER / name)
    # when the treaties are said and the losses shared out,
    several = name in SEVERAL_DOCUMENTS
    kept = kept_one_by_one(case) if several else ceded(case.name, case.treaties, case.items)[KEPT]
    # then the insurer keeps of every item, and in all, what was published.
    for item, ours in zip(case.items, kept, strict=True):
        assert abs(ours - item.kept) <= len(case.treaties) + item.insured // ALIKE, item
    insured, published = sum(item.insured for item in case.items), sum(item.kept for item in case.items)
    assert abs(sum(kept) - published) <= insured // ALIKE


def test_which_cases_one_document_says() -> None:
    said = {name: fits_one_document(read_case(FOLDER / name)) for name in CASES}
    assert {name for name, one in said.items() if not one} == SEVERAL_DOCUMENTS.keys()
    assert (len(said), sum(said.values())) == (47, 45)


def test_the_two_ways_of_saying_agree() -> None:
    """Where a case fits one document, a document for every treaty says the same, but for cents."""
    case = read_case(FOLDER / "reinsurance2__xx45_P")
    together, apart = ceded(case.name, case.treaties, case.items)[KEPT], kept_one_by_one(case)
    assert all(abs(one - other) <= len(case.treaties) for one, other in zip(together, apart, strict=True))
