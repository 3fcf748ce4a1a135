"""What every exercise must prove before anybody is graded by it.

Each proof returns sentences for the author; no sentence means that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from regcourse.authoring.release import release_files
from regcourse.checks.draws import draw_cases
from regcourse.checks.exercise import Exercise
from regcourse.checks.loading import load_exercise
from regcourse.checks.notebook import answer_of, layout_of
from regcourse.checks.outcomes import Raised
from regcourse.checks.questions import FunctionQuestion, Group, ValueQuestion
from regcourse.checks.released import certified, data_of, expected_of, public_args, result_of
from regcourse.checks.source import source_of, stub_of
from regcourse.compare import difference, distance
from regcourse.errors import RegCourseError

SEEDS = 50
# A mistake this many tolerances away from the truth cannot be taken for it, nor for
# another mistake, by an honest algorithm's rounding.
MARGIN = 1000.0
# Below this a mistake makes no difference on a group of cases, and need not be told there.
NEUTRAL = 1e-2


def prove(folder: Path) -> tuple[Exercise | None, list[str]]:
    """Run every proof on an exercise folder; return what does not hold, in words."""
    try:
        exercise = load_exercise(folder)
        layout_of(exercise)
        release_files(exercise)
    except (RegCourseError, OSError) as error:
        return None, [str(error)]
    said: list[str] = []
    for proof in (_functions, _values):
        try:
            said += proof(exercise)
        except RegCourseError as error:
            said.append(str(error))
        except Exception as error:  # the author's own code: whatever it does is for the author
            said.append(f"{exercise.name} stops with {type(error).__name__}: {error}")
    return exercise, said


def _functions(exercise: Exercise) -> Iterator[str]:
    for question in exercise.questions.values():
        if isinstance(question, FunctionQuestion):
            try:
                yield from _stub(question)
                yield from _alone(exercise, question)
                yield from _rights(question)
                yield from _public(exercise, question)
                yield from _mistakes(question)
            except RegCourseError as error:
                yield str(error)


def _stub(question: FunctionQuestion) -> Iterator[str]:
    """The stub says "not attempted": it raises NotImplementedError and nothing else."""
    stub = _execute(stub_of(question.reference), question.name)
    args = _draw(question, question.groups[0], 0)[0]
    outcome = result_of(question, stub, args)
    if not isinstance(outcome, Raised) or outcome.name != "NotImplementedError":
        yield f"{question.name}: the stub is not plainly unwritten, it gives {outcome!r:.60}"


def _alone(exercise: Exercise, question: FunctionQuestion) -> Iterator[str]:
    """Reference and right ways work in a namespace that holds numpy and earlier answers only."""
    functions = [question.reference, *question.rights]
    earlier = []
    for other in exercise.questions.values():
        if other is question:
            break
        if isinstance(other, FunctionQuestion):
            earlier.append(answer_of(exercise, other))
    args = _draw(question, question.groups[0], 0)[0]
    for function in functions:
        alone = _execute("\n\n".join([*earlier, source_of(function)]), function.__name__)
        result = result_of(question, alone, args)
        if isinstance(result, Raised):
            yield (
                f"{question.name}: {function.__name__} needs more than numpy and earlier answers: "
                f"{result.name}: {result.message}"
            )


def _rights(question: FunctionQuestion) -> Iterator[str]:
    """Every right way earns every point, on every draw."""
    for group in question.groups:
        drawn = [args for seed in range(SEEDS) for args in _draw(question, group, seed)]
        truths = [(args, expected_of(question, args)) for args in drawn]
        for right in [question.reference, *question.rights]:
            worst = max(
                _error(question, args, result_of(question, right, args), truth)
                for args, truth in truths
            )
            if not worst <= 1.0:
                yield (
                    f"{question.name}, {group.title!r}: the right way {right.__name__} is "
                    f"{worst:.3g} tolerances off: it would lose {group.points:g} points"
                )


def _public(exercise: Exercise, question: FunctionQuestion) -> Iterator[str]:
    """Where a certificate decides, `check` compares all the same: it must fail no right way."""
    for group in question.groups:
        if question.certify is None or not group.public:
            continue
        drawn = public_args(exercise, question, group)
        for right in question.rights:
            worst = max(
                distance(
                    result_of(question, right, args),
                    expected_of(question, args),
                    rtol=question.public_rtol,
                    atol=question.atol,
                )
                for args in drawn
            )
            if worst > 1.0:
                yield (
                    f"{question.name}, {group.title!r}: check would fail the right way "
                    f"{right.__name__}; give public cases one right answer, or make them "
                    "public=False"
                )


def _mistakes(question: FunctionQuestion) -> Iterator[str]:
    """Every mistake is caught, and told from every other, wherever it makes a difference."""
    caught = {mistake.name: False for mistake in question.mistakes}
    for group in question.groups:
        closest: dict[tuple[str, str], float] = {}
        for seed in range(SEEDS):
            _measure(question, _draw(question, group, seed), closest, caught)
        for (first, second), size in closest.items():
            if size < MARGIN:
                yield (
                    f"{question.name}, {group.title!r}: {first} and {second} are only {size:.3g} "
                    f"tolerances apart; draw cases that tell them by {MARGIN:g}"
                )
    for name, is_caught in caught.items():
        if not is_caught:
            yield f"{question.name}: no group of cases catches {name}"


def _measure(
    question: FunctionQuestion,
    cases: list[tuple[Any, ...]],
    closest: dict[tuple[str, str], float],
    caught: dict[str, bool],
) -> None:
    """Note how near the mistakes that matter in one draw come to the truth and to each other."""
    truth = [expected_of(question, args) for args in cases]
    results = {
        mistake.name: [result_of(question, mistake.function, args) for args in cases]
        for mistake in question.mistakes
    }
    matters = {}
    for name, answers in results.items():
        sizes = [
            _error(question, args, answer, right)
            for args, answer, right in zip(cases, answers, truth, strict=True)
        ]
        compared = question.certify is None
        if max(sizes) > (NEUTRAL if compared else 1.0):
            matters[name] = answers
            caught[name] = True
            if compared:
                _keep_least(closest, (name, "the reference"), max(sizes))
    names = list(matters)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            apart = max(
                _apart(question, a, b) for a, b in zip(matters[first], matters[second], strict=True)
            )
            _keep_least(closest, (first, second), apart)


def _values(exercise: Exercise) -> Iterator[str]:
    """A value's mistakes are told apart for every student of a made-up class."""
    for question in exercise.questions.values():
        if not isinstance(question, ValueQuestion):
            continue
        functions = {"the reference": question.reference}
        functions |= {mistake.name: mistake.function for mistake in question.mistakes}
        students = [f"student-{i}" for i in range(SEEDS if question.data is not None else 1)]
        alike: dict[tuple[str, str], int] = {}
        for student in students:
            args = data_of(question, student)
            answers = {name: function(*args) for name, function in functions.items()}
            names = list(answers)
            for i, first in enumerate(names):
                for second in names[i + 1 :]:
                    size = distance(
                        answers[second], answers[first], rtol=question.rtol, atol=question.atol
                    )
                    alike[first, second] = alike.get((first, second), 0) + (size <= 2.0)
        for (first, second), count in alike.items():
            # A value is one number: two ways may meet by chance, but not for half the class.
            if count > len(students) // 2:
                yield (
                    f"{question.name}: {first} and {second} give the same value for "
                    f"{count} of {len(students)} students"
                )


def _error(question: FunctionQuestion, args: tuple[Any, ...], answer: Any, truth: Any) -> float:
    """How wrong an answer is, in tolerances: above 1 it fails."""
    if isinstance(answer, Raised):
        return np.inf
    found = difference(answer, truth, rtol=question.rtol, atol=question.atol)
    if found is None:
        return 0.0
    if question.certify is None or found.kind != "value":
        return found.size
    return certified(question, args, answer, truth)


def _apart(question: FunctionQuestion, first: Any, second: Any) -> float:
    if isinstance(first, Raised) or isinstance(second, Raised):
        alike = isinstance(first, Raised) and isinstance(second, Raised)
        return 0.0 if alike and first.name == second.name else np.inf
    there = distance(first, second, rtol=question.rtol, atol=question.atol)
    return min(there, distance(second, first, rtol=question.rtol, atol=question.atol))


def _keep_least(closest: dict[tuple[str, str], float], key: tuple[str, str], size: float) -> None:
    closest[key] = min(size, closest.get(key, np.inf))


def _draw(question: FunctionQuestion, group: Group, seed: int) -> list[tuple[Any, ...]]:
    return draw_cases(group.draw, seed, f"{question.name}, {group.title!r}")


def _execute(source: str, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {"np": np}
    exec(compile(source, f"<{name}>", "exec"), namespace)  # noqa: S102 (the author's own code)
    function: Callable[..., Any] = namespace[name]
    return function
