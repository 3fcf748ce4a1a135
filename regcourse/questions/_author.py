"""What the author's own code gives: cases, results, data, certificates.

Whatever goes wrong in that code is told to its author, as an ExerciseError. Only what a mistake
or a wrong way raises is a result like any other.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from regcourse.compare import in_kind_of, kind_of
from regcourse.errors import ExerciseError, InvalidInput
from regcourse.questions._draws import CaseFunction, public_seed, rng_of
from regcourse.questions._exercise import Exercise
from regcourse.questions._kinds import FunctionQuestion, Group, ValueQuestion
from regcourse.questions._outcomes import Raised, Returned, Stopped
from regcourse.questions._running import run
from regcourse.questions._values import fresh, odd_part

__all__ = [
    "cases_of",
    "certified",
    "data_of",
    "expected_of",
    "public_args",
    "result_of",
    "value_of",
]


def public_args(
    exercise: Exercise, question: FunctionQuestion, group: Group
) -> list[tuple[Any, ...]]:
    """Return the argument tuples of a group's public draw."""
    return cases_of(question, group, public_seed(exercise.name, question.name, group.title))


def cases_of(question: FunctionQuestion, group: Group, seed: int) -> list[tuple[Any, ...]]:
    """Return one draw of a group, with which the reference can be called."""
    where = f"{question.name}, {group.title!r}"
    cases = _drawn(group.draw, seed, where)
    signature = inspect.signature(question.reference)
    ax = [None] if question.vocabulary else []
    for number, args in enumerate(cases, start=1):
        try:
            signature.bind(*ax, *args)
        except TypeError:
            names = question.arguments
            count = f"{len(args)} argument{'' if len(args) == 1 else 's'}"
            raise ExerciseError(
                f"{where}: case {number} has {count}, "
                f"and {question.name} takes {len(names)} ({', '.join(names)})"
            ) from None
    return cases


def _drawn(draw: CaseFunction, seed: int, where: str) -> list[tuple[Any, ...]]:
    try:
        cases = draw(np.random.default_rng(seed))
    except Exception as error:
        raise ExerciseError(f"{where} stops with {type(error).__name__}: {error}") from error
    if not isinstance(cases, list) or not cases:
        got = "an empty list" if isinstance(cases, list) else kind_of(cases)
        raise ExerciseError(f"{where} must return a non-empty list of argument tuples, got {got}")
    for number, case in enumerate(cases, start=1):
        if not isinstance(case, tuple):
            raise ExerciseError(
                f"{where}: case {number} is {kind_of(case)}, not a tuple of arguments: "
                "a single argument is written `(a,)`"
            )
    return cases


def result_of(
    question: FunctionQuestion, function: Callable[..., Any], args: tuple[Any, ...]
) -> Any:
    """Return what one of the author's functions gives for one case: a value, or `Raised`."""
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
    except Exception as error:
        raise ExerciseError(
            f"{question.name}: its data {name} stop with {type(error).__name__}: {error}"
        ) from error
    if not isinstance(args, tuple):
        raise ExerciseError(f"{question.name}: its data {name} must be a tuple, got {args!r:.80}")
    return args


def value_of(question: ValueQuestion, function: Callable[..., Any], student: str) -> Any:
    """Return what an author's function gives for a student's data: a value, or `Raised`."""
    outcome = run(function, data_of(question, student))
    return outcome.value if isinstance(outcome, Returned) else outcome


def certified(
    question: FunctionQuestion, args: tuple[Any, ...], answer: Any, expected: Any
) -> float:
    """Return what the certificate says of an answer of the right form: at most 1 passes.

    It gets the arguments as the student's function does, and a list or a single number as
    the reference would give it. What it raises then is its author's to mend, and no verdict.
    """
    assert question.certify is not None, "a certificate is asked for only where there is one"
    try:
        judged = in_kind_of(answer, expected)
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
            size = certify(fresh(args), judged)
    except (Exception, SystemExit) as error:
        at = line_of(error, Path(certify.__code__.co_filename).parent)
        raise ExerciseError(f"{name} raises {type(error).__name__}: {error}{at}") from error
    try:
        number = float(size)
    except (TypeError, ValueError):
        raise ExerciseError(f"{name} gives {kind_of(size)}, where a number is asked") from None
    return np.inf if np.isnan(number) else number


def line_of(error: BaseException, folder: Path) -> str:
    """Say where in the author's own files it happened; a SyntaxError says so itself."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == folder]
    return f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
