"""The mark of the inner loops: plain Python functions as they stand, machine code in the copy that is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

compiling = False
"""True only while riskshare.compiled reads the kernel a second time."""


def loop(function: Function) -> Function:
    """Leave the function as it is, or have it compiled (once: the result is kept on disk beside the source)."""
    if not compiling:
        return function
    import numba

    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)  # type: ignore[return-value]
