"""The kernel in machine code: the same source read a second time, with every loop compiled."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from threading import Lock
from types import ModuleType

from riskshare import kernel, loop

WORTH_IT = 20_000
"""Below this many facts the plain loops are done before a compiler is even loaded."""

_reading = Lock()


def available() -> bool:
    """Whether loops can be compiled here."""
    return find_spec("numba") is not None


@cache
def compiled_kernel() -> ModuleType:
    """The compiled copy of riskshare.kernel."""
    spec = spec_from_file_location("riskshare.kernel_compiled", kernel.__file__)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot read {kernel.__file__} again")
    module = module_from_spec(spec)
    with _reading:
        sys.modules[spec.name] = module
        loop.compiling = True
        try:
            spec.loader.exec_module(module)
        finally:
            loop.compiling = False
    return module
