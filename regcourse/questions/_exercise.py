"""`Exercise`: the object that an author's `questions.py` builds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from regcourse.errors import ExerciseError
from regcourse.questions._axes import VOCABULARY
from regcourse.questions._kinds import (
    ChoiceQuestion,
    FunctionQuestion,
    Question,
    ValueQuestion,
    WrittenQuestion,
    check_points,
    checked_choice,
    checked_written,
)

__all__ = ["Exercise"]

_RTOL, _ATOL = 1e-6, 1e-12
_AnyQuestion = TypeVar("_AnyQuestion", bound=Question)


@dataclass(eq=False)
class Exercise:
    """One exercise: its questions in order, and the functions that draw its data.

    `packages` are what a student may import; `per_student` gives each student a hidden
    draw of their own instead of one for the class.
    """

    name: str
    title: str
    packages: Sequence[str] = ("numpy",)
    per_student: bool = False
    questions: dict[str, Question] = field(default_factory=dict)
    data_functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    folder: Path | None = None

    def __post_init__(self) -> None:
        _check_names("packages", self.packages)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions.values())

    @property
    def functions(self) -> list[FunctionQuestion]:
        """Its questions that ask for a function or a figure, in order."""
        return [q for q in self.questions.values() if isinstance(q, FunctionQuestion)]

    @property
    def values(self) -> list[ValueQuestion]:
        """Its questions that ask for a value, in order."""
        return [q for q in self.questions.values() if isinstance(q, ValueQuestion)]

    def data(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Declare a function of a generator whose source goes into the notebook."""
        self.data_functions[function.__name__] = function
        return function

    def function(
        self,
        *,
        rtol: float = _RTOL,
        atol: float = _ATOL,
        public_rtol: float | None = None,
        needs: Sequence[str] = (),
        strength: str = "",
        returns: Sequence[str] = (),
        cpu_seconds: float = 5.0,
    ) -> Callable[[Callable[..., Any]], FunctionQuestion]:
        """Ask for a function. The decorated function is the reference, its docstring the task.

        `strength` names the argument whose slips (twice, half, times n, ...) are recognised;
        `returns` names the parts of a tuple; `needs` lists questions that this one builds on;
        `public_rtol` loosens the instant check of a question judged by a certificate.
        """

        def declare(reference: Callable[..., Any]) -> FunctionQuestion:
            name = reference.__name__
            _check_docstring(name, reference)
            _check_strength(name, reference, strength)
            _check_names(f"{name}: needs", needs)
            return self._add(
                FunctionQuestion(
                    name=name,
                    reference=reference,
                    rtol=rtol,
                    atol=atol,
                    public_rtol=rtol if public_rtol is None else public_rtol,
                    cpu_seconds=cpu_seconds,
                    needs=tuple(needs),
                    strength=strength,
                    returns=tuple(returns),
                )
            )

        return declare

    def figure(
        self,
        *,
        compare: Sequence[str],
        points: float = 0.0,
        rtol: float = _RTOL,
        cpu_seconds: float = 5.0,
    ) -> Callable[[Callable[..., Any]], FunctionQuestion]:
        """Ask for a function that draws on ``ax``; `compare` lists what is looked at."""
        unknown = [fact for fact in compare if fact not in VOCABULARY]
        if unknown or not compare:
            raise ExerciseError(
                f"compare must name some of {', '.join(VOCABULARY)}, got {list(compare)}"
            )

        def declare(reference: Callable[..., Any]) -> FunctionQuestion:
            name = reference.__name__
            _check_docstring(name, reference)
            return self._add(
                FunctionQuestion(
                    name=name,
                    reference=reference,
                    rtol=rtol,
                    atol=_ATOL,
                    public_rtol=rtol,
                    cpu_seconds=cpu_seconds,
                    vocabulary=tuple(compare),
                    default_points=points,
                )
            )

        return declare

    def value(
        self,
        *,
        points: float,
        rtol: float = _RTOL,
        atol: float = _ATOL,
        data: Callable[..., Any] | None = None,
        instant: bool = True,
    ) -> Callable[[Callable[..., Any]], ValueQuestion]:
        """Ask for a variable. The decorated function computes it from `data`."""

        def declare(reference: Callable[..., Any]) -> ValueQuestion:
            name = reference.__name__
            _check_docstring(name, reference)
            check_points(name, points)
            return self._add(
                ValueQuestion(
                    name=name,
                    reference=reference,
                    points=points,
                    rtol=rtol,
                    atol=atol,
                    data=data,
                    instant=instant and data is None,
                )
            )

        return declare

    def choice(
        self,
        name: str,
        text: str,
        *,
        points: float,
        right: str,
        options: Mapping[str, tuple[str, str]],
        instant: bool = True,
    ) -> ChoiceQuestion:
        """Ask for one of several options; each is (text, reply to whoever chose it)."""
        choice = ChoiceQuestion(
            name=name, text=text, points=points, right=right, options=options, instant=instant
        )
        return self._add(checked_choice(choice))

    def written(
        self, name: str, text: str, *, points: float, scheme: Mapping[str, float], sample: str
    ) -> WrittenQuestion:
        """Ask for prose. `scheme` maps what earns points to how many; `sample` earns all."""
        written = WrittenQuestion(name=name, text=text, points=points, scheme=scheme, sample=sample)
        return self._add(checked_written(written))

    def _add(self, question: _AnyQuestion) -> _AnyQuestion:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", question.name):
            raise ExerciseError(f"a question's name must be in snake_case, got {question.name!r}")
        if question.name in self.questions:
            raise ExerciseError(f"two questions are called {question.name}")
        self.questions[question.name] = question
        return question


def _check_names(what: str, names: Any) -> None:
    # A string is a sequence too, of letters.
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise ExerciseError(f"{what} must be a list of names, got {names!r}")


def _check_docstring(name: str, reference: Callable[..., Any]) -> None:
    if not (reference.__doc__ or "").strip():
        raise ExerciseError(f"{name} needs a docstring: it is what the student reads")


def _check_strength(name: str, reference: Callable[..., Any], strength: str) -> None:
    if strength and strength not in inspect.signature(reference).parameters:
        raise ExerciseError(f"{name}: strength={strength!r} is not one of its arguments")
