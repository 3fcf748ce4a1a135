"""From an exercise to its check data: what `check` compares with, as data alone.

No points, seeds or hidden cases go in, and nothing that would need the author's code.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from regcourse.compare import difference, kind_of, tolerance
from regcourse.errors import ExerciseError
from regcourse.questions._author import expected_of, public_args, result_of, value_of
from regcourse.questions._by_kind import by_kind
from regcourse.questions._codec import from_json
from regcourse.questions._draws import DEFAULT_STUDENT
from regcourse.questions._exercise import Exercise
from regcourse.questions._kinds import (
    ChoiceQuestion,
    FunctionQuestion,
    Group,
    Mistake,
    ValueQuestion,
)
from regcourse.questions._outcomes import Raised, Stopped
from regcourse.questions._records import (
    ReleasedCase,
    ReleasedChoice,
    ReleasedExercise,
    ReleasedFunction,
    ReleasedGroup,
    ReleasedValue,
    ReleasedWritten,
)
from regcourse.questions._replies import ChoiceReplies, ReleasedMistake, ValueReplies
from regcourse.questions._writing import as_json

__all__ = ["checks_text", "released_checks"]

MAX_BYTES = 300_000
# What a student's variable can be told from by a key.
_LOCKABLE = (str, int, float, np.number)


def released_checks(exercise: Exercise) -> ReleasedExercise:
    """Return the check data of an exercise."""
    return ReleasedExercise(
        exercise.name,
        exercise.title,
        {
            name: by_kind(
                question,
                function=lambda asked: _function(exercise, asked),
                value=lambda asked: _value(exercise, asked),
                choice=lambda asked: _choice(exercise, asked),
                written=lambda asked: ReleasedWritten(asked.name),
            )
            for name, question in exercise.questions.items()
        },
    )


def checks_text(checks: ReleasedExercise, previous: str = "") -> str:
    """Return check data as JSON text; `previous` is kept if it says the same.

    Linear algebra differs in the last bits between machines. What differs by less than
    1e-9 is the same, so that a rebuild elsewhere does not touch a committed file.
    """
    data = as_json(checks)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    text = text.replace('"questions":', '\n"questions":\n') + "\n"
    if len(text.encode()) > MAX_BYTES:
        raise ExerciseError(
            f"the check data of {checks.name} take {len(text.encode())} bytes, "
            f"at most {MAX_BYTES} are allowed: draw smaller public cases"
        )
    return previous if previous and _same(previous, data) else text


def _function(exercise: Exercise, question: FunctionQuestion) -> ReleasedFunction:
    groups = [
        ReleasedGroup(
            group.title,
            tuple(_case(question, group, args) for args in public_args(exercise, question, group)),
        )
        for group in question.groups
        if group.public
    ]
    return ReleasedFunction(
        name=question.name,
        kind=question.kind,
        rtol=question.public_rtol,
        atol=question.atol,
        returns=question.returns,
        needs=question.needs,
        vocabulary=question.vocabulary,
        mistakes=tuple(map(_told, question.mistakes)),
        groups=tuple(groups),
    )


def _case(question: FunctionQuestion, group: Group, args: tuple[Any, ...]) -> ReleasedCase:
    expected = expected_of(question, args, group.title)
    mistakes = {m.name: result_of(question, m.function, args) for m in question.mistakes}
    return ReleasedCase(args, expected, mistakes)


def _value(exercise: Exercise, question: ValueQuestion) -> ReleasedValue:
    right = value_of(question, question.reference, DEFAULT_STUDENT)
    if isinstance(right, (Raised, Stopped)):
        raise ExerciseError(f"the reference of {question.name} gives no value: {right}")
    form = kind_of(right)
    if not question.instant or not isinstance(right, _LOCKABLE):
        return ReleasedValue(question.name, form)
    step = 1.0
    if not isinstance(right, str):
        step = tolerance(float(right), rtol=question.rtol, atol=question.atol)
    results = [value_of(question, m.function, DEFAULT_STUDENT) for m in question.mistakes]
    wrong = [
        (result, _told(mistake))
        for result, mistake in zip(results, question.mistakes, strict=True)
        if isinstance(result, _LOCKABLE)
    ]
    replies = ValueReplies.under(right, wrong, step=step, salt=f"{exercise.name}/{question.name}")
    return ReleasedValue(question.name, form, replies)


def _choice(exercise: Exercise, question: ChoiceQuestion) -> ReleasedChoice:
    options = tuple(question.options)
    if not question.instant:
        return ReleasedChoice(question.name, options)
    said = {key: reply for key, (_, reply) in question.options.items()}
    replies = ChoiceReplies.under(
        said, right=question.right, salt=f"{exercise.name}/{question.name}"
    )
    return ReleasedChoice(question.name, options, replies)


def _told(mistake: Mistake) -> ReleasedMistake:
    return ReleasedMistake(mistake.name, sentence=mistake.sentence, hint=mistake.hint)


def _same(previous: str, data: dict[str, Any]) -> bool:
    try:
        old = json.loads(previous)
    except ValueError:
        return False
    new = json.loads(json.dumps(data))
    return old.keys() == new.keys() and _equal(old, new)


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        if _is_array(old) and _is_array(new) and old["shape"] == new["shape"]:
            return difference(from_json(new), from_json(old), rtol=1e-9) is None
        if old.keys() == new.keys() == {"dict"}:  # whose own keys may be any
            old, new = old["dict"], new["dict"]
        return old.keys() == new.keys() and all(_equal(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_equal, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= 1e-9 * max(abs(old), abs(new), 1e-3)
    return type(old) is type(new) and bool(old == new)


def _is_array(data: dict[str, Any]) -> bool:
    return data.keys() == {"array", "dtype", "shape"}
