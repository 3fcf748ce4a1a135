"""The check data beside a notebook, as typed records.

Whoever holds a record need not ask whether anything in it is there, or of its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from regcourse.questions._replies import ChoiceReplies, ReleasedMistake, ValueReplies

__all__ = [
    "Released",
    "ReleasedCase",
    "ReleasedChoice",
    "ReleasedExercise",
    "ReleasedFunction",
    "ReleasedGroup",
    "ReleasedValue",
    "ReleasedWritten",
]


@dataclass(frozen=True)
class ReleasedCase:
    """One public case: what the reference gives for it, and each known mistake."""

    args: tuple[Any, ...]
    expected: Any
    mistakes: Mapping[str, Any]


@dataclass(frozen=True)
class ReleasedGroup:
    """A public group of cases."""

    title: str
    cases: tuple[ReleasedCase, ...]


@dataclass(frozen=True, kw_only=True)
class ReleasedFunction:
    """A function or, with a `vocabulary`, a figure. `rtol` is that of the instant check."""

    name: str
    kind: Literal["function", "figure"]
    rtol: float
    atol: float
    returns: tuple[str, ...]
    needs: tuple[str, ...]
    vocabulary: tuple[str, ...]
    mistakes: tuple[ReleasedMistake, ...]
    groups: tuple[ReleasedGroup, ...]


@dataclass(frozen=True)
class ReleasedValue:
    """A value. `form` says in words what it is; without replies it is only recorded."""

    name: str
    form: str
    replies: ValueReplies | None = None
    kind: ClassVar[Literal["value"]] = "value"


@dataclass(frozen=True)
class ReleasedChoice:
    """A choice and its letters; without replies it is only recorded."""

    name: str
    options: tuple[str, ...]
    replies: ChoiceReplies | None = None
    kind: ClassVar[Literal["choice"]] = "choice"


@dataclass(frozen=True)
class ReleasedWritten:
    """A written answer: nothing of it can be checked."""

    name: str
    kind: ClassVar[Literal["written"]] = "written"


Released = ReleasedFunction | ReleasedValue | ReleasedChoice | ReleasedWritten


@dataclass(frozen=True)
class ReleasedExercise:
    """All that `check` knows of an exercise; the questions stand in the order of the author."""

    name: str
    title: str
    questions: Mapping[str, Released]
