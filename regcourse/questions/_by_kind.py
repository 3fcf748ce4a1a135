"""The one place that tells the kinds of question apart: in questions, and in what is released."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:
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

__all__ = ["by_kind"]

# A figure is a function that draws.
_AS = {
    "function": "function",
    "figure": "function",
    "value": "value",
    "choice": "choice",
    "written": "written",
}
KINDS = tuple(_AS)


class Kinded(Protocol):
    """Anything else that stands for a question, such as the part of a file that describes it."""

    @property
    def kind(self) -> str: ...


K = TypeVar("K", bound=Kinded)
F = TypeVar("F")
V = TypeVar("V")
C = TypeVar("C")
W = TypeVar("W")


@overload
def by_kind(
    asked: Question,
    *,
    function: Callable[[FunctionQuestion], F],
    value: Callable[[ValueQuestion], V],
    choice: Callable[[ChoiceQuestion], C],
    written: Callable[[WrittenQuestion], W],
) -> F | V | C | W: ...
@overload
def by_kind(
    asked: Released,
    *,
    function: Callable[[ReleasedFunction], F],
    value: Callable[[ReleasedValue], V],
    choice: Callable[[ReleasedChoice], C],
    written: Callable[[ReleasedWritten], W],
) -> F | V | C | W: ...
@overload
def by_kind(
    asked: K,
    *,
    function: Callable[[K], F],
    value: Callable[[K], V],
    choice: Callable[[K], C],
    written: Callable[[K], W],
) -> F | V | C | W: ...
def by_kind(
    asked: Any,
    *,
    function: Callable[[Any], F],
    value: Callable[[Any], V],
    choice: Callable[[Any], C],
    written: Callable[[Any], W],
) -> F | V | C | W:
    """Return what the one of four functions gives that is for the kind of `asked`.

    A new kind gets a keyword here, and the type checker names every place that then has to
    say what becomes of it.
    """
    what: dict[str, Callable[[Any], F | V | C | W]] = {
        "function": function,
        "value": value,
        "choice": choice,
        "written": written,
    }
    return what[_AS[asked.kind]](asked)
