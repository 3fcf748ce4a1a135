"""The five kinds of question, as an author's `questions.py` declares them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from regcourse.errors import ExerciseError
from regcourse.questions._draws import CaseFunction

__all__ = [
    "ChoiceQuestion",
    "FunctionQuestion",
    "Group",
    "Mistake",
    "Question",
    "ValueQuestion",
    "WrittenQuestion",
]


@dataclass(frozen=True)
class Group:
    """Some cases that are marked together. A public group is drawn twice: publicly and hidden."""

    title: str
    points: float
    public: bool
    draw: CaseFunction


@dataclass(frozen=True)
class Mistake:
    """A known mistake: code that makes it, and the hint for whoever did."""

    name: str
    hint: str
    function: Callable[..., Any]

    @property
    def sentence(self) -> str:
        """The mistake in words: its docstring, else its name read aloud."""
        doc = (self.function.__doc__ or "").strip()
        first = " ".join(doc.split("\n\n")[0].split()).rstrip(".")
        return first or self.name.replace("_", " ")


@dataclass(eq=False, kw_only=True)
class FunctionQuestion:
    """The student writes a function. With `vocabulary` set, one that draws on an Axes."""

    name: str
    reference: Callable[..., Any]
    rtol: float
    atol: float
    public_rtol: float
    cpu_seconds: float
    needs: tuple[str, ...] = ()
    strength: str = ""
    returns: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    default_points: float = 0.0
    groups: list[Group] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    rights: list[Callable[..., Any]] = field(default_factory=list)
    certify: Callable[[tuple[Any, ...], Any], float] | None = None

    @property
    def kind(self) -> Literal["function", "figure"]:
        return "figure" if self.vocabulary else "function"

    @property
    def points(self) -> float:
        return sum(group.points for group in self.groups)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of what one case holds: a figure's ax is not drawn with the case."""
        names = tuple(inspect.signature(self.reference).parameters)
        return names[1:] if self.vocabulary else names

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.reference(*args, **kwargs)

    def cases(
        self, title: str, *, points: float | None = None, public: bool = True
    ) -> Callable[[CaseFunction], CaseFunction]:
        """Declare a group of cases; the decorated function returns a list of argument tuples."""
        if any(group.title == title for group in self.groups):
            raise ExerciseError(f"{self.name}: two groups of cases are called {title!r}")
        worth = self.default_points if points is None else points
        check_points(f"{self.name}, {title!r}", worth)

        def declare(draw: CaseFunction) -> CaseFunction:
            self.groups.append(Group(title, points=worth, public=public, draw=draw))
            return draw

        return declare

    def mistake(self, hint: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a known mistake; its name is the function's, its sentence the docstring."""
        return _declare_mistake(self.name, self.reference, self.mistakes, hint)

    def also_right(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Declare another right way, which must earn every point."""
        _check_arguments(self.name, self.reference, function)
        self.rights.append(function)
        return function

    def certificate(
        self, function: Callable[[tuple[Any, ...], Any], float]
    ) -> Callable[..., float]:
        """Judge answers by ``function(args, answer) <= 1`` instead of by comparison."""
        if self.certify is not None:
            raise ExerciseError(f"{self.name} has two certificates")
        self.certify = function
        return function


@dataclass(eq=False, kw_only=True)
class ValueQuestion:
    """The student sets a variable. With `data`, each student has their own right value."""

    name: str
    reference: Callable[..., Any]
    points: float
    rtol: float
    atol: float
    data: Callable[..., Any] | None
    instant: bool
    mistakes: list[Mistake] = field(default_factory=list)
    needs: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[Literal["value"]] = "value"

    def __call__(self, *args: Any) -> Any:
        return self.reference(*args)

    def mistake(self, hint: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a known mistake: a function of the same data."""
        return _declare_mistake(self.name, self.reference, self.mistakes, hint)


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion:
    """The student sets a variable to the letter of an option; each option has its reply."""

    name: str
    text: str
    points: float
    right: str
    options: Mapping[str, tuple[str, str]]
    instant: bool
    needs: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[Literal["choice"]] = "choice"


@dataclass(frozen=True, kw_only=True)
class WrittenQuestion:
    """The student writes prose; a person marks it by the scheme."""

    name: str
    text: str
    points: float
    scheme: Mapping[str, float]
    sample: str
    needs: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[Literal["written"]] = "written"


Question = FunctionQuestion | ValueQuestion | ChoiceQuestion | WrittenQuestion


def checked_choice(question: ChoiceQuestion) -> ChoiceQuestion:
    """Return the question, or an ExerciseError if its options cannot work."""
    check_points(question.name, question.points)
    if question.right not in question.options:
        raise ExerciseError(f"{question.name}: right={question.right!r} is not one of its options")
    for key, option in question.options.items():
        if not isinstance(key, str):
            raise ExerciseError(f"{question.name}: an option's letter must be text, got {key!r}")
        if not isinstance(option, Sequence) or isinstance(option, str) or len(option) != 2:
            raise ExerciseError(f"{question.name}: option {key!r} must be (text, reply)")
    return question


def checked_written(question: WrittenQuestion) -> WrittenQuestion:
    """Return the question, or an ExerciseError if its scheme does not add up."""
    check_points(question.name, question.points)
    total = sum(question.scheme.values())
    if abs(total - question.points) > 1e-9:
        raise ExerciseError(
            f"{question.name}: the scheme adds up to {total:g}, its points are {question.points:g}"
        )
    return question


def _declare_mistake(
    question: str, reference: Callable[..., Any], mistakes: list[Mistake], hint: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    if not isinstance(hint, str) or not hint.strip():
        raise ExerciseError(f"{question}: a mistake needs a hint, got {hint!r}")

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        if any(mistake.name == function.__name__ for mistake in mistakes):
            raise ExerciseError(f"{question}: two mistakes are called {function.__name__}")
        _check_arguments(question, reference, function)
        mistakes.append(Mistake(function.__name__, hint, function))
        return function

    return declare


def _check_arguments(
    question: str, reference: Callable[..., Any], function: Callable[..., Any]
) -> None:
    """A mistake may raise: one that cannot even be called would look like one that does."""
    names = list(inspect.signature(reference).parameters)
    try:
        inspect.signature(function).bind(*names)
    except TypeError as error:
        raise ExerciseError(
            f"{question}: {function.__name__} must take the arguments {', '.join(names)}: {error}"
        ) from None


def check_points(where: str, points: Any) -> None:
    """Raise ExerciseError if `points` cannot be points."""
    if not isinstance(points, (int, float)) or isinstance(points, bool) or not 0 <= points < 1e6:
        raise ExerciseError(f"{where}: points must be a number >= 0, got {points!r}")
