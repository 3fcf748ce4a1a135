"""What `import` finds in a student's process: the packages of the exercise, and plain words.

This file runs inside the sandbox, started by path: standard library only.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

# Of regcourse these alone are there; the rest could hold what an exercise asks for.
ROOMS = ("errors", "_doors", "_arrays", "compare", "questions", "checks")
NOTE = "_regcourse_notes_a_missing_package"
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
    from regcourse import checks

    for name in ("check", "check_all", "progress"):
        for module in (regcourse, checks):
            setattr(module, name, _recorded)
    assert regcourse.rng_of, "loaded here once, and not in every student's process"


@dataclass(frozen=True, repr=False)
class Recorded:
    """Stands in for whatever a check returns, so that code which looks into it goes on."""

    question: str = ""
    status: str = "needs a person"
    sentences: tuple[str, ...] = (RECORDED,)
    lines: tuple[Any, ...] = ()
    mistake: str = ""
    title: str = ""
    rows: tuple[Any, ...] = ()
    details: tuple[Any, ...] = ()
    text: str = RECORDED

    def __repr__(self) -> str:
        return RECORDED

    def _ipython_display_(self) -> None:
        """Show nothing: the line was printed by the call."""


def _recorded(answer: object = "", *_: object, **__: object) -> Recorded:
    print(RECORDED)  # noqa: T201 (what a check cell shows)
    return Recorded(answer if isinstance(answer, str) else getattr(answer, "__name__", ""))


def set_apart(tree: ast.Module) -> ast.Module:
    """Let an import at the top of a cell fail by itself: what stands below it still runs.

    Names that it would have set fail where they are used. Imports inside functions, `try`
    and other blocks stay as they are: there the student has decided what happens.
    """
    tree.body = [part for statement in tree.body for part in _apart(statement)]
    return tree


def _apart(statement: ast.stmt) -> list[ast.stmt]:
    if isinstance(statement, ast.Import):
        each = [ast.copy_location(ast.Import([name]), statement) for name in statement.names]
        return [_noted(single) for single in each]
    if isinstance(statement, ast.ImportFrom) and statement.module != "__future__":
        return [_noted(statement)]
    return [statement]


def _noted(statement: ast.stmt) -> ast.stmt:
    around = ast.parse(f"try: pass\nexcept ModuleNotFoundError: {NOTE}()").body[0]
    for node in ast.walk(around):
        ast.copy_location(node, statement)
    assert isinstance(around, ast.Try)
    around.body = [statement]
    return around
