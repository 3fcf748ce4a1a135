"""The cells of a released exercise: what a student's notebook looked like before the student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Layout", "ReleasedCell", "Role"]

Role = Literal["setup", "data", "answer", "check", "code", "prose"]


@dataclass(frozen=True)
class ReleasedCell:
    """One cell as released; `question` is set for answers and checks.

    The `setup` cell holds the imports and STUDENT.
    """

    id: str
    cell_type: Literal["code", "markdown"]
    role: Role
    source: str
    question: str = ""


@dataclass(frozen=True)
class Layout:
    """A released notebook.

    `kinds` maps each question to function, value, choice, figure or written.
    """

    exercise: str
    cells: tuple[ReleasedCell, ...]
    kinds: Mapping[str, str]
