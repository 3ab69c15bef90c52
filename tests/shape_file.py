"""Write schema/shape.txt anew, from what the migrations make on a server of its own: make shape

What changed in it is read like any other change of the code.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from ledger.catalog import FILE, read, text_of
from ledger.database import Database
from ledger.files import schema_dir
from ledger.server import LocalPostgres


def write() -> None:
    with tempfile.TemporaryDirectory(prefix="gongji-shape-") as folder:
        Path(folder).chmod(0o755)  # for the server's own user
        server = LocalPostgres(Path(folder), {"fsync": "off"}).start()
        with Database(server.url(), server) as database, closing(database.connect()) as conn:
            (schema_dir() / FILE).write_text(text_of(read(conn)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
