"""The one place that tells the kinds of question apart: in questions, and in what is released.

A new kind gets a keyword in each function here, and the type checker names every place that
then has to say what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from regcourse.questions._kinds import (
    ChoiceQuestion,
    FunctionQuestion,
    Question,
    ValueQuestion,
    WrittenQuestion,
)
from regcourse.questions._records import (
    Released,
    ReleasedChoice,
    ReleasedFunction,
    ReleasedValue,
    ReleasedWritten,
)

__all__ = ["by_kind", "by_released_kind", "for_kind"]

# A figure is a function that draws.
_AS = {
    "function": "function",
    "figure": "function",
    "value": "value",
    "choice": "choice",
    "written": "written",
}
KINDS = tuple(_AS)

F = TypeVar("F")
V = TypeVar("V")
C = TypeVar("C")
W = TypeVar("W")


def for_kind(kind: str, *, function: F, value: V, choice: C, written: W) -> F | V | C | W:
    """Return the one of four things that is for a kind.

    Examples
    --------
    >>> for_kind("figure", function=1, value=2, choice=3, written=4)
    1
    """
    things: dict[str, F | V | C | W] = {
        "function": function,
        "value": value,
        "choice": choice,
        "written": written,
    }
    return things[_AS[kind]]


def by_kind(
    question: Question,
    *,
    function: Callable[[FunctionQuestion], F],
    value: Callable[[ValueQuestion], V],
    choice: Callable[[ChoiceQuestion], C],
    written: Callable[[WrittenQuestion], W],
) -> F | V | C | W:
    """Return what the function for the kind of a question makes of it."""
    make: Callable[[Any], F | V | C | W] = for_kind(
        question.kind, function=function, value=value, choice=choice, written=written
    )
    return make(question)


def by_released_kind(
    released: Released,
    *,
    function: Callable[[ReleasedFunction], F],
    value: Callable[[ReleasedValue], V],
    choice: Callable[[ReleasedChoice], C],
    written: Callable[[ReleasedWritten], W],
) -> F | V | C | W:
    """Return what the function for the kind of what was released makes of it."""
    make: Callable[[Any], F | V | C | W] = for_kind(
        released.kind, function=function, value=value, choice=choice, written=written
    )
    return make(released)
