"""regcourse: a Jupyter-native course on regularization.

`import regcourse` is light; each name below is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

# What a student's notebook calls, and the room that it comes from.
_CALLED = {
    "check": "checks",
    "check_all": "checks",
    "predict": "cards",
    "progress": "checks",
    "rng_of": "questions",
}
_ROOMS = ("conventions", "data", "linear", "losses", "norms", "penalties", "figures", "widgets")
__all__ = ["__version__", *_CALLED, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _CALLED:
        return getattr(importlib.import_module(f"regcourse.{_CALLED[name]}"), name)
    if name in _ROOMS:
        return importlib.import_module(f"regcourse.{name}")
    raise AttributeError(f"module 'regcourse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
