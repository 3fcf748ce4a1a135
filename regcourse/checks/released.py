"""The check data beside a released notebook: what `check` compares with, as data alone.

No points, seeds or hidden cases go in, and nothing that would need the author's code.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from regcourse.checks.codec import from_json, to_json
from regcourse.checks.draws import DEFAULT_STUDENT, draw_cases, public_seed, rng_of
from regcourse.checks.exercise import Exercise
from regcourse.checks.loading import line_of
from regcourse.checks.locks import grid_keys, lock
from regcourse.checks.outcomes import Raised, Returned, Stopped
from regcourse.checks.questions import (
    ChoiceQuestion,
    FunctionQuestion,
    Group,
    Question,
    ValueQuestion,
)
from regcourse.checks.running import run
from regcourse.checks.values import fresh, odd_part
from regcourse.compare import difference, in_kind_of, kind_of
from regcourse.errors import ExerciseError, InvalidInput

FORMAT = "regcourse-checks/1"
MAX_BYTES = 300_000


def released_checks(exercise: Exercise) -> dict[str, Any]:
    """Return the check data of an exercise, ready to be written as JSON."""
    questions = {
        name: _question(exercise, question) for name, question in exercise.questions.items()
    }
    return {
        "format": FORMAT,
        "exercise": exercise.name,
        "title": exercise.title,
        "order": list(exercise.questions),
        "questions": questions,
    }


def checks_text(data: dict[str, Any], previous: str = "") -> str:
    """Return check data as JSON text; `previous` is kept if it says the same.

    Linear algebra differs in the last bits between machines. What differs by less than
    1e-9 is the same, so that a rebuild elsewhere does not touch a committed file.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    text = text.replace('"questions":', '\n"questions":\n') + "\n"
    if len(text.encode()) > MAX_BYTES:
        raise ExerciseError(
            f"the check data of {data['exercise']} take {len(text.encode())} bytes, "
            f"at most {MAX_BYTES} are allowed: draw smaller public cases"
        )
    return previous if previous and _same(previous, data) else text


def public_args(
    exercise: Exercise, question: FunctionQuestion, group: Group
) -> list[tuple[Any, ...]]:
    """Return the argument tuples of a group's public draw."""
    return cases_of(question, group, public_seed(exercise.name, question.name, group.title))


def cases_of(question: FunctionQuestion, group: Group, seed: int) -> list[tuple[Any, ...]]:
    """Return one draw of a group, with which the reference can be called."""
    where = f"{question.name}, {group.title!r}"
    cases = draw_cases(group.draw, seed, where)
    signature = inspect.signature(question.reference)
    ax = [None] if question.vocabulary else []
    for number, args in enumerate(cases, start=1):
        try:
            signature.bind(*ax, *args)
        except TypeError:
            names = list(signature.parameters)[len(ax) :]
            count = f"{len(args)} argument{'' if len(args) == 1 else 's'}"
            raise ExerciseError(
                f"{where}: case {number} has {count}, "
                f"and {question.name} takes {len(names)} ({', '.join(names)})"
            ) from None
    return cases


def result_of(question: FunctionQuestion, function: Any, args: tuple[Any, ...]) -> Any:
    """Return what an author's function gives for one case: a value, or `Raised`."""
    outcome = run(function, args, question.vocabulary)
    return outcome.value if isinstance(outcome, Returned) else outcome


def expected_of(question: FunctionQuestion, args: tuple[Any, ...], group: str = "") -> Any:
    """Return the reference's result for one case, which must be a value of the form promised.

    `group` is the title of the cases, for the author who is told what is wrong.
    """
    place = f"{question.name}, {group!r}" if group else question.name
    result = result_of(question, question.reference, args)
    if isinstance(result, Raised):
        at = f" ({result.where})" if result.where else ""
        raise ExerciseError(f"the reference of {place} raises {result.name}: {result.message}{at}")
    if isinstance(result, Stopped):
        raise ExerciseError(f"the reference of {place} ends the process")
    for what, odd in (("its reference gives", odd_part(result)), ("a case holds", odd_part(args))):
        if odd:
            raise ExerciseError(f"{place}: {what} {odd}, which is not plain data")
    parts = len(result) if isinstance(result, (tuple, list)) else 0
    if question.returns and parts != len(question.returns):
        form = f"{kind_of(result)} of {parts}" if parts else kind_of(result)
        raise ExerciseError(
            f"{place}: returns names {', '.join(question.returns)}, the reference gives {form}"
        )
    return result


def data_of(question: ValueQuestion, student: str) -> tuple[Any, ...]:
    """Return what a value is asked about: a student's own data, or nothing."""
    if question.data is None:
        return ()
    name = question.data.__name__
    try:
        args = question.data(rng_of(student))
    except Exception as error:  # the author's own code: whatever it does is for the author
        raise ExerciseError(
            f"{question.name}: its data {name} stop with {type(error).__name__}: {error}"
        ) from error
    if not isinstance(args, tuple):
        raise ExerciseError(f"{question.name}: its data {name} must be a tuple, got {args!r:.80}")
    return args


def certified(
    question: FunctionQuestion, args: tuple[Any, ...], answer: Any, expected: Any
) -> float:
    """Return what the certificate says of an answer of the right form: at most 1 passes.

    It gets the arguments as the student's function does, and a list or a single number as
    the reference would give it. What it raises then is its author's to mend, and no verdict.
    """
    assert question.certify is not None, "a certificate is asked for only where there is one"
    try:
        plain = in_kind_of(answer, expected)
    except InvalidInput:
        return np.inf
    certify = question.certify
    name = f"the certificate {certify.__name__} of {question.name}"
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            size = certify(fresh(args), plain)
    except (Exception, SystemExit) as error:  # the author's own code, as everywhere
        at = line_of(error, Path(certify.__code__.co_filename).parent)
        raise ExerciseError(f"{name} raises {type(error).__name__}: {error}{at}") from error
    try:
        number = float(size)
    except (TypeError, ValueError):
        raise ExerciseError(f"{name} gives {kind_of(size)}, where a number is asked") from None
    return np.inf if np.isnan(number) else number


def _question(exercise: Exercise, question: Question) -> dict[str, Any]:
    if isinstance(question, FunctionQuestion):
        return _function(exercise, question)
    if isinstance(question, ValueQuestion):
        return _value(exercise, question)
    if isinstance(question, ChoiceQuestion):
        return _choice(exercise, question)
    return {"kind": "written"}


def _function(exercise: Exercise, question: FunctionQuestion) -> dict[str, Any]:
    groups = []
    for group in question.groups:
        if group.public:
            drawn = public_args(exercise, question, group)
            cases = [_case(question, group, args) for args in drawn]
            groups.append({"title": group.title, "cases": cases})
    mistakes = {m.name: {"says": m.sentence, "hint": m.hint} for m in question.mistakes}
    return {
        "kind": question.kind,
        "rtol": question.public_rtol,
        "atol": question.atol,
        "returns": list(question.returns),
        "needs": list(question.needs),
        "vocabulary": list(question.vocabulary),
        "mistakes": mistakes,
        "groups": groups,
    }


def _case(question: FunctionQuestion, group: Group, args: tuple[Any, ...]) -> dict[str, Any]:
    where = f"{question.name}, {group.title!r}"
    expected = _json(f"{where}: its reference gives", expected_of(question, args, group.title))
    mistakes = {
        mistake.name: _json(
            f"{where}: the mistake {mistake.name} gives",
            result_of(question, mistake.function, args),
        )
        for mistake in question.mistakes
    }
    return {
        "args": [_json(f"{where}: a case holds", arg) for arg in args],
        "expected": expected,
        "mistakes": mistakes,
    }


def _json(what: str, value: Any) -> Any:
    """Return a value as JSON; whose it is is told if it cannot be released."""
    try:
        return to_json(value)
    except ExerciseError as error:
        words = str(error).replace(" cannot be", ", which cannot be")
        raise ExerciseError(f"{what} {words}") from None


def _value(exercise: Exercise, question: ValueQuestion) -> dict[str, Any]:
    outcome = run(question.reference, data_of(question, DEFAULT_STUDENT))
    if not isinstance(outcome, Returned):
        raise ExerciseError(f"the reference of {question.name} gives no value: {outcome}")
    right = outcome.value
    form: dict[str, Any] = {"kind": "value", "form": kind_of(right)}
    if not question.instant or not isinstance(right, (str, int, float, np.number)):
        return form
    step = 1.0 if isinstance(right, str) else max(question.rtol * abs(float(right)), question.atol)
    salt = f"{exercise.name}/{question.name}"
    replies = [lock("right", key, salt) for key in grid_keys(right, step)]
    for mistake in question.mistakes:
        wrong = mistake.function()
        words = json.dumps({"name": mistake.name, "says": mistake.sentence, "hint": mistake.hint})
        replies += [lock(words, key, salt) for key in grid_keys(wrong, step)]
    return {**form, "salt": salt, "step": step, "replies": replies}


def _choice(exercise: Exercise, question: ChoiceQuestion) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": "choice", "options": list(question.options)}
    if question.instant:
        salt = f"{exercise.name}/{question.name}"
        data["salt"] = salt
        data["replies"] = {
            key: lock(("right: " if key == question.right else "wrong: ") + reply, key, salt)
            for key, (_, reply) in question.options.items()
        }
    return data


def _same(previous: str, data: dict[str, Any]) -> bool:
    try:
        old = json.loads(previous)
    except ValueError:
        return False
    new = json.loads(json.dumps(data))
    return old.keys() == new.keys() and _equal(old, new)


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        if {"array", "shape"} <= old.keys() & new.keys() and old["shape"] == new["shape"]:
            return difference(from_json(new), from_json(old), rtol=1e-9) is None
        return old.keys() == new.keys() and all(_equal(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_equal, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= 1e-9 * max(abs(old), abs(new), 1e-3)
    return type(old) is type(new) and bool(old == new)
