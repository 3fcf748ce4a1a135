"""Check data as what JSON can hold: how the records are written that `read_released` reads."""

from __future__ import annotations

from typing import Any

from regcourse.errors import ExerciseError
from regcourse.questions._by_kind import by_released_kind
from regcourse.questions._codec import to_json
from regcourse.questions._records import (
    ReleasedChoice,
    ReleasedExercise,
    ReleasedFunction,
    ReleasedGroup,
    ReleasedValue,
)

FORMAT = "regcourse-checks/1"


def as_json(exercise: ReleasedExercise) -> dict[str, Any]:
    """Return check data as what JSON can hold, or an ExerciseError if they hold anything else."""
    return {
        "format": FORMAT,
        "exercise": exercise.name,
        "title": exercise.title,
        "order": list(exercise.questions),
        "questions": {
            name: {"kind": question.kind}
            | by_released_kind(
                question,
                function=_function,
                value=_value,
                choice=_choice,
                written=lambda asked: {},
            )
            for name, question in exercise.questions.items()
        },
    }


def _function(question: ReleasedFunction) -> dict[str, Any]:
    return {
        "rtol": question.rtol,
        "atol": question.atol,
        "returns": list(question.returns),
        "needs": list(question.needs),
        "vocabulary": list(question.vocabulary),
        "mistakes": {m.name: {"says": m.sentence, "hint": m.hint} for m in question.mistakes},
        "groups": [_group(question, group) for group in question.groups],
    }


def _group(question: ReleasedFunction, group: ReleasedGroup) -> dict[str, Any]:
    where = f"{question.name}, {group.title!r}"
    cases = [
        {
            "args": [_in_json(f"{where}: a case holds", arg) for arg in case.args],
            "expected": _in_json(f"{where}: its reference gives", case.expected),
            "mistakes": {
                name: _in_json(f"{where}: the mistake {name} gives", result)
                for name, result in case.mistakes.items()
            },
        }
        for case in group.cases
    ]
    return {"title": group.title, "cases": cases}


def _in_json(what: str, value: Any) -> Any:
    """Return a value as JSON; whose it is is told if it cannot be released."""
    try:
        return to_json(value)
    except ExerciseError as error:
        said = str(error).replace(" cannot be", ", which cannot be")
        raise ExerciseError(f"{what} {said}") from None


def _value(question: ReleasedValue) -> dict[str, Any]:
    form = {"form": question.form}
    replies = question.replies
    if replies is None:
        return form
    return {**form, "salt": replies.salt, "step": replies.step, "replies": list(replies.locked)}


def _choice(question: ReleasedChoice) -> dict[str, Any]:
    options = {"options": list(question.options)}
    replies = question.replies
    if replies is None:
        return options
    return {**options, "salt": replies.salt, "replies": dict(replies.locked)}
