"""The door of a room: public names, each loaded from its private file when it is first used.

A room's `__init__.py` says `__getattr__, __dir__, __all__ = door(__name__)`. What a private file
lists in `__all__` is public, so that a new file needs no line anywhere else. The list is read
from the file's text: nothing is imported before somebody asks for it. `door(__name__, "shelf")`
also opens the files of the folder `shelf/` in the room.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LISTED = re.compile(r"^__all__ = (\[[^\]]*\])$", re.MULTILINE)


def door(
    room: str, *folders: str
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` for the package named `room`."""
    package = sys.modules[room]
    place = Path(package.__path__[0])
    files = sorted(place.glob("_[!_]*.py"))
    for folder in folders:
        files += sorted((place / folder).glob("[!_]*.py"))
    homes: dict[str, str] = {}
    for file in files:
        home = ".".join(file.relative_to(place).with_suffix("").parts)
        for name in _public(file):
            if name in homes:
                raise ImportError(f"{room}: {name} is public in {homes[name]} and in {home}")
            homes[name] = home

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"{room}.{homes[name]}"), name)
        setattr(package, name, found)
        return found

    names = sorted(homes)
    return load, lambda: names, names


def _public(file: Path) -> list[str]:
    """The names in a file's `__all__`, or none."""
    # Parsing a whole file to find one line of it would take most of the time of a first import.
    found = _LISTED.search(file.read_text(encoding="utf-8"))
    names: list[str] = ast.literal_eval(found[1]) if found else []
    return names
