"""Where the declared things are: the `schema/` folder, in a source checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from ledger.faults import Failed, Refusal


def schema_dir() -> Path:
    """The folder of SQL, charts, posting rules and profiles.

    The wheel's copy is asked first: beside an installed `ledger` a folder `schema` may be somebody else's package.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_schema", here.parent / "schema"):
        if folder.is_dir():
            return folder
    raise Failed(Refusal(str(here), "the schema folder is missing", advice="install Gongji again"))
