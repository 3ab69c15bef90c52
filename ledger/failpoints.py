"""Places where a drill may end this process as a power cut would: at once, with nothing tidied up."""

from __future__ import annotations

import os
import signal


def reached(name: str) -> None:
    """Does nothing, unless GONGJI_STOP_AT names this place: then the process kills itself."""
    if os.environ.get("GONGJI_STOP_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
