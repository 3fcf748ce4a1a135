"""regcourse: a Jupyter-native course on regularization.

`import regcourse` is light; each name below is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_CHECKS = ("check", "check_all", "progress", "rng_of")
_ROOMS = ("conventions", "data", "linear", "norms", "penalties", "figures", "widgets")
__all__ = ["__version__", *_CHECKS, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _CHECKS:
        return getattr(importlib.import_module("regcourse.checks"), name)
    if name in _ROOMS:
        return importlib.import_module(f"regcourse.{name}")
    raise AttributeError(f"module 'regcourse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
