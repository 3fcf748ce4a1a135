"""Is every mistake far enough from the truth, and from every other mistake, to be told?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from regcourse.authoring.drawn import Draw
from regcourse.compare import difference, distance
from regcourse.questions import (
    FunctionQuestion,
    Group,
    Raised,
    ValueQuestion,
    certified,
    data_of,
    result_of,
)

# A mistake this many tolerances away from the truth cannot be taken for it, nor for
# another mistake, by an honest algorithm's rounding.
MARGIN = 1000.0
# Below this a mistake makes no difference on a group of cases, and need not be told there.
NEUTRAL = 1e-2


def near_mistakes(
    question: FunctionQuestion, group: Group, draws: list[Draw], caught: dict[str, bool]
) -> Iterator[str]:
    """Every mistake is caught, and told from every other, wherever it makes a difference."""
    closest: dict[tuple[str, str], float] = {}
    for draw in draws:
        _measure(question, draw, closest, caught)
    for (first, second), size in closest.items():
        yield (
            f"{question.name}, {group.title!r}: {first} and {second} are only {size:.3g} "
            f"tolerances apart; draw cases that tell them by {MARGIN:g}"
        )


def _measure(
    question: FunctionQuestion,
    draw: Draw,
    closest: dict[tuple[str, str], float],
    caught: dict[str, bool],
) -> None:
    """Note which mistakes come too near to the truth or to each other where they matter."""
    compared = question.certify is None
    matters: dict[str, list[Any]] = {}
    for mistake in question.mistakes:
        answers = [result_of(question, mistake.function, args) for args in draw.cases]
        size = _largest(
            error_of(question, args, answer, truth)
            for answer, (args, truth) in zip(answers, draw.pairs(), strict=True)
        )
        if size > (NEUTRAL if compared else 1.0):
            matters[mistake.name] = answers
            caught[mistake.name] = True
            if compared:
                _keep_least(closest, (mistake.name, "the reference"), size)
    for first, second in itertools.combinations(matters, 2):
        pairs = zip(matters[first], matters[second], strict=True)
        size = _largest(apart(question, one, other) for one, other in pairs)
        _keep_least(closest, (first, second), size)


def _largest(sizes: Iterable[float]) -> float:
    """Return the largest size, or the first that is large enough: the rest need no computing."""
    largest = 0.0
    for size in sizes:
        largest = max(largest, size)
        if largest >= MARGIN:
            break
    return largest


def near_values(question: ValueQuestion, seeds: int) -> Iterator[str]:
    """A value's mistakes are told apart for every student of a made-up class."""
    functions = {"the reference": question.reference}
    functions |= {mistake.name: mistake.function for mistake in question.mistakes}
    students = [f"student-{i}" for i in range(seeds if question.data is not None else 1)]
    alike: dict[tuple[str, str], int] = {}
    for student in students:
        args = data_of(question, student)
        answers = {name: function(*args) for name, function in functions.items()}
        for first, second in itertools.combinations(answers, 2):
            size = distance(answers[second], answers[first], rtol=question.rtol, atol=question.atol)
            alike[first, second] = alike.get((first, second), 0) + (size <= 2.0)
    for (first, second), count in alike.items():
        # A value is one number: two ways may meet by chance, but not for half the class.
        if count > len(students) // 2:
            yield (
                f"{question.name}: {first} and {second} give the same value for "
                f"{count} of {len(students)} students"
            )


def error_of(question: FunctionQuestion, args: tuple[Any, ...], answer: Any, truth: Any) -> float:
    """How wrong an answer is, in tolerances: above 1 it fails."""
    if isinstance(answer, Raised):
        return np.inf
    found = difference(answer, truth, rtol=question.rtol, atol=question.atol)
    if found is None:
        return 0.0
    if question.certify is None or found.kind != "value":
        return found.size
    return certified(question, args, answer, truth)


def apart(question: FunctionQuestion, first: Any, second: Any) -> float:
    if isinstance(first, Raised) or isinstance(second, Raised):
        alike = isinstance(first, Raised) and isinstance(second, Raised)
        return 0.0 if alike and first.name == second.name else np.inf
    there = distance(first, second, rtol=question.rtol, atol=question.atol)
    return min(there, distance(second, first, rtol=question.rtol, atol=question.atol))


def _keep_least(closest: dict[tuple[str, str], float], key: tuple[str, str], size: float) -> None:
    if size < MARGIN:
        closest[key] = min(size, closest.get(key, np.inf))
