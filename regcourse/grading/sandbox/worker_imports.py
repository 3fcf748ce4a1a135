"""What `import` finds in a student's process: the packages of the exercise, and plain words.

This file runs inside the sandbox, started by path: standard library only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

# Of regcourse these alone are there; the rest could hold what an exercise asks for.
ROOMS = ("errors", "_arrays", "compare", "checks")
RECORDED = "check: recorded. The grader looks at this answer after the notebook has run."


class Finder:
    """Hide packages that lie in a site folder without being on the exercise's list."""

    def __init__(self, folders: Sequence[str], allowed: Sequence[str]) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._allowed = frozenset(allowed)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parts = name.split(".")
        if parts[0] == "regcourse" and len(parts) > 1 and parts[1] not in ROOMS:
            raise ModuleNotFoundError(f"{name} is not available while grading", name=name)
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or len(parts) > 1 or name in self._allowed:
            return spec
        places = [spec.origin or "", *(spec.submodule_search_locations or ())]
        listed = any(
            Path(place).is_relative_to(folder) for place in places for folder in self._folders
        )
        return None if listed else spec

    def invalidate_caches(self) -> None:
        PathFinder.invalidate_caches()


def restrict(folders: Sequence[str], allowed: Sequence[str]) -> None:
    """Let `import` see the standard library, the working folder and the allowed packages."""
    sys.path[:] = ["", *(place for place in sys.path if _is_standard(place)), *folders]
    finder: Any = Finder(folders, allowed)
    sys.meta_path[:] = [finder if found is PathFinder else found for found in sys.meta_path]


def _is_standard(place: str) -> bool:
    return place.startswith((sys.base_prefix, sys.base_exec_prefix)) and "-packages" not in place


def replace_checks() -> None:
    """Let `check`, `check_all` and `progress` print one line; `rng_of` stays what it is."""
    import regcourse
    import regcourse.checks as checks

    for name in ("check", "check_all", "progress"):
        for module in (regcourse, checks):
            setattr(module, name, _recorded)


def _recorded(*_: object, **__: object) -> None:
    print(RECORDED)  # noqa: T201 (what a check cell shows)
