"""Linear models: the objective, and the ways to its minimum.

Each room is imported by its own name, as in `from regcourse.linear.ridge import ridge`; the
rooms in `__all__` are also loaded when they are first used as attributes.
"""

from __future__ import annotations

import importlib
from types import ModuleType

_ROOMS = ("objective", "ridge", "spectrum")
__all__ = ["objective", "ridge", "spectrum"]


def __getattr__(name: str) -> ModuleType:
    if name in _ROOMS:
        return importlib.import_module(f"regcourse.linear.{name}")
    raise AttributeError(f"module 'regcourse.linear' has no attribute {name!r}")
