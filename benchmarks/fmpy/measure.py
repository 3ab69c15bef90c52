"""One sharing by fmpy, file to file, in an environment of its own: seconds, and how far its figures are from the exact ones.

`python measure.py FOLDER` reads FOLDER/losses.npy (fen; a row for each scheme-year, a column for each loan) and
FOLDER/terms.json (per_loan, yearly, weights), and prints one JSON document. A scheme-year is an "event", a loan an
"item", a party a "layer": a limit on each item, then four quota shares with a limit on the event, back to the items pro
rata. The start of the program and its compiling are not counted: a small run comes first.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from oasislmf.pytools.common import data
from oasislmf.pytools.common.event_stream import ITEM_STREAM, LOSS_STREAM_ID, MEAN_IDX, stream_info_to_bytes
from oasislmf.pytools.fm.manager import run

Numbers = np.ndarray[Any, Any]

PRO_RATA = 2  # back-allocation in proportion to what the items brought to the last level
LIMIT, LAYER = 14, 2  # rules of calculation: a limit alone; deductible, attachment, limit, share
FEN = 100
SMALL = 10  # scheme-years of the run that is not timed
POSTED = np.dtype([("year", "i4"), ("output", "i4"), ("pairs", [("sidx", "i4"), ("loss", "f4")], (4,))])


def main() -> None:
    folder = Path(sys.argv[1])
    losses, terms = np.load(folder / "losses.npy"), json.loads((folder / "terms.json").read_text())
    write_structure(folder, losses.shape[1], terms)
    for years in (losses[:SMALL], losses):
        write_losses(folder / "losses.bin", years)
        since = perf_counter()
        share(folder)
        seconds = perf_counter() - since
    print(json.dumps({"seconds": seconds, **misses(folder / "shared.bin", losses, terms)}))


def share(folder: Path) -> None:
    """The tool's own run: its files in, its file out."""
    run(
        create_financial_structure_files=False,
        allocation_rule=PRO_RATA,
        static_path=str(folder),
        files_in=[str(folder / "losses.bin")],
        files_out=[str(folder / "shared.bin")],
        net_loss=None,
        storage_method="sparse",
        low_memory=False,
        sort_output=False,
    )


def write_structure(folder: Path, loans: int, terms: dict[str, Any]) -> None:
    """The terms in the tool's own form."""
    items, parties = range(1, loans + 1), list(enumerate(terms["weights"], 1))
    upward = [*((item, 1, item) for item in items), *((item, 2, 1) for item in items)]
    _write(folder, "fm_programme", data.fm_programme_dtype, upward)
    policies = [*((1, item, 1, 1) for item in items), *((2, 1, party, 1 + party) for party, _ in parties)]
    _write(folder, "fm_policytc", data.fm_policytc_dtype, policies)
    whole, yearly = sum(terms["weights"]), terms["yearly"] / FEN
    profiles = [(1 + party, LAYER, 0, 0, 0, 0, yearly, weight / whole, 0, 0) for party, weight in parties]
    profiles.insert(0, (1, LIMIT, 0, 0, 0, 0, terms["per_loan"] / FEN, 0, 0, 0))
    _write(folder, "fm_profile", data.fm_profile_dtype, profiles)
    outputs = [(item, party) for item in items for party, _ in parties]
    _write(folder, "fm_xref", data.fm_xref_dtype, [(n, *output) for n, output in enumerate(outputs, 1)])
    _write(folder, "items", data.items_dtype, [(item, item, 1, 1, item) for item in items])
    np.full(loans, 1.0, data.oasis_float).tofile(folder / "coverages.bin")
    run(create_financial_structure_files=True, allocation_rule=PRO_RATA, static_path=str(folder))


def write_losses(path: Path, losses: Numbers) -> None:
    """A stream of events and their items, each with one figure, in yuan."""
    years, loans = losses.shape
    record = np.dtype([("year", "i4"), ("item", "i4"), ("sidx", "i4"), ("loss", "f4"), ("end", "i8")])
    stream = np.zeros((years, loans), record)
    stream["year"], stream["item"] = np.arange(1, years + 1)[:, None], np.arange(1, loans + 1)
    stream["sidx"], stream["loss"] = MEAN_IDX, losses / FEN
    with path.open("wb") as file:
        file.write(stream_info_to_bytes(LOSS_STREAM_ID, ITEM_STREAM) + np.int32(1).tobytes())
        stream.tofile(file)


def misses(path: Path, losses: Numbers, terms: dict[str, Any]) -> dict[str, float]:
    """Figures half a fen or more from the exact ones, and scheme-years whose total is not what the terms give."""
    found = np.fromfile(path, POSTED, offset=8)
    weights = np.array(terms["weights"], float) / sum(terms["weights"])
    (years, loans), parties = losses.shape, len(weights)
    posted = np.zeros((years, loans * parties))
    posted[found["year"] - 1, found["output"] - 1] = found["pairs"]["loss"][:, 2] * np.float64(FEN)
    within = np.minimum(losses, terms["per_loan"])
    totals = np.minimum(within.sum(axis=1), terms["yearly"])
    exact = (within * (totals / within.sum(axis=1))[:, None])[:, :, None] * weights
    off = np.abs(posted - exact.reshape(years, -1))
    off_years = np.abs(posted.sum(axis=1) - totals)
    return {
        "off": int((off >= 0.5).sum()),
        "most": float(off.max()),
        "of": off.size,
        "years_off": int((off_years >= 0.5).sum()),
        "most_of_a_year": float(off_years.max()),
        "years": years,
    }


def _write(folder: Path, name: str, dtype: np.dtype[Any], rows: list[tuple[Any, ...]]) -> None:
    np.array(rows, dtype).tofile(folder / f"{name}.bin")


if __name__ == "__main__":
    main()
