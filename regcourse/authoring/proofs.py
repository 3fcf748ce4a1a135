"""What every exercise must prove before anybody is graded by it.

Each proof returns sentences for the author; no sentence means that it holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from regcourse.authoring.docstrings import unknown_parameters, wrong_examples
from regcourse.authoring.drawn import Draw, draws_of, odd_cases
from regcourse.authoring.mistakes import error_of, near_mistakes, near_values
from regcourse.authoring.release import release_files
from regcourse.authoring.timing import Slow, slow_ways
from regcourse.compare import distance
from regcourse.errors import RegCourseError
from regcourse.questions import (
    Exercise,
    FunctionQuestion,
    Group,
    Raised,
    answer_of,
    cases_of,
    certified,
    expected_of,
    has_loop,
    layout_of,
    load_exercise,
    public_args,
    result_of,
    source_of,
    stub_of,
)

SEEDS = 50
# An Axes takes a hundred times as long to make as a fit, and a figure is wrong in kind: in
# what is drawn against what, under which words.
SEEDS_OF_A_FIGURE = 10
# In brief, of a question that somebody answers in a loop: it takes ten times as long as a
# formula, and what it makes of other draws is tried by hand.
SEEDS_OF_A_LOOP = 10
# Draws on which the reference is asked a second time: one with a state of its own would differ.
AGAIN = 5

Progress = Callable[[int, int, str], None]
Tell = Callable[[str], None]


def prove(
    folder: Path, progress: Progress | None = None, *, brief: bool = False
) -> tuple[Exercise | None, list[str]]:
    """Run every proof on an exercise folder; return what does not hold, in words.

    No exercise comes back where the rest could not, or would not be worth to, be tried.
    In `brief` a question is drawn with fewer seeds if an answer to it loops: for a gate
    that proves the whole course whenever a line changes.
    """
    try:
        exercise = load_exercise(folder)
        layout_of(exercise)
        tell = _teller(exercise, progress)
        # First, as everything after it calls the same functions many hundred times.
        slow = list(_slow(exercise, tell))
        if any(one.hopeless for one in slow):
            return None, [one.words for one in slow]
        release_files(exercise)
    except (RegCourseError, OSError) as error:
        return None, [str(error)]
    said = [one.words for one in slow]
    for findings in (_functions(exercise, tell, brief=brief), _values(exercise, tell)):
        try:
            said += findings
        except RegCourseError as error:
            said.append(str(error))
        except Exception as error:  # the author's own code: whatever it does is for the author
            said.append(f"{exercise.name} stops with {type(error).__name__}: {error}")
    return exercise, said


def _teller(exercise: Exercise, progress: Progress | None) -> Tell:
    """Return a function that is told each step before it is taken."""
    groups = sum(1 + len(question.groups) for question in exercise.functions)
    total = groups + len(exercise.values)
    steps = itertools.count()

    def tell(words: str) -> None:
        done = next(steps)
        if progress is not None:
            progress(done, total, words)

    return tell


def _slow(exercise: Exercise, tell: Tell) -> Iterator[Slow]:
    for question in exercise.functions:
        tell(f"{question.name}, its time")
        yield from slow_ways(question)


def _functions(exercise: Exercise, tell: Tell, *, brief: bool) -> Iterator[str]:
    for question in exercise.functions:
        try:
            yield from unknown_parameters(question)
            yield from _stub(question)
            yield from _alone(exercise, question)
            yield from _public(exercise, question)
            yield from _groups(question, tell, seeds=_seeds(question, brief=brief))
        except RegCourseError as error:
            yield str(error)


def _seeds(question: FunctionQuestion, *, brief: bool) -> int:
    if question.vocabulary:
        return SEEDS_OF_A_FIGURE
    mistakes = [mistake.function for mistake in question.mistakes]
    functions = (question.reference, *question.rights, *mistakes)
    return SEEDS_OF_A_LOOP if brief and any(map(has_loop, functions)) else SEEDS


def _groups(question: FunctionQuestion, tell: Tell, *, seeds: int) -> Iterator[str]:
    """Right ways and mistakes, one group of cases after the other."""
    caught = {mistake.name: False for mistake in question.mistakes}
    for group in question.groups:
        tell(f"{question.name}, {group.title!r}")
        draws = draws_of(question, group, seeds)
        yield from odd_cases(question, group, draws)
        yield from _rights(question, group, draws)
        yield from near_mistakes(question, group, draws, caught)
    alike = "passes the certificate" if question.certify else "gives the reference's results"
    for name, is_caught in caught.items():
        if not is_caught:
            yield (
                f"{question.name}: no group of cases catches {name}: it {alike} "
                f"on all {seeds} seeds"
            )


def _stub(question: FunctionQuestion) -> Iterator[str]:
    """The stub says "not attempted": it raises NotImplementedError and nothing else."""
    stub = _execute(stub_of(question.reference), question.name)[question.name]
    args = cases_of(question, question.groups[0], seed=0)[0]
    outcome = result_of(question, stub, args)
    if not isinstance(outcome, Raised) or outcome.name != "NotImplementedError":
        yield f"{question.name}: the stub is not plainly unwritten, it gives {outcome!r:.60}"


def _alone(exercise: Exercise, question: FunctionQuestion) -> Iterator[str]:
    """Reference and right ways work in a namespace that holds numpy and earlier answers only.

    So do the examples of the docstring.
    """
    functions = [question.reference, *question.rights]
    before = itertools.takewhile(lambda other: other is not question, exercise.functions)
    earlier = [answer_of(other) for other in before]
    args = cases_of(question, question.groups[0], seed=0)[0]
    for function in functions:
        name = function.__name__
        alone = _execute("\n\n".join([*earlier, source_of(function)]), name)
        if function is question.reference and not question.vocabulary:
            yield from wrong_examples(question, alone)
        result = result_of(question, alone[name], args)
        if isinstance(result, Raised):
            yield (
                f"{question.name}: {name} needs more than numpy and earlier answers: "
                f"{result.name}: {result.message}"
            )


def _rights(question: FunctionQuestion, group: Group, draws: list[Draw]) -> Iterator[str]:
    """Every right way earns every point, on every draw; so does the reference, asked again."""
    ways = [(question.reference, draws[:AGAIN]), *((right, draws) for right in question.rights)]
    for right, of in ways:
        worst = max(
            error_of(question, args, result_of(question, right, args), truth)
            for draw in of
            for args, truth in draw.pairs()
        )
        if not worst <= 1.0:
            yield (
                f"{question.name}, {group.title!r}: the right way {right.__name__} is "
                f"{worst:.3g} tolerances off: it would lose {group.points:g} points"
            )
    if question.certify is not None:
        worst = max(
            certified(question, args, truth, truth)
            for draw in draws[:AGAIN]
            for args, truth in draw.pairs()
        )
        if not worst <= 1.0:
            yield (
                f"{question.name}, {group.title!r}: the certificate gives the reference "
                f"{worst:.3g}, and at most 1 passes"
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


def _values(exercise: Exercise, tell: Tell) -> Iterator[str]:
    for question in exercise.values:
        tell(question.name)
        yield from near_values(question, SEEDS)


def _execute(source: str, name: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"np": np}
    exec(compile(source, f"<{name}>", "exec"), namespace)  # noqa: S102 (the author's own code)
    return namespace
