"""The cases of an exercise on the grader's side: arguments, expected results, judgement.

Nothing in this room ever crosses the pipe but the arguments of one call at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from regcourse.checks import Slip, Spec, Verdict, WrongWay, data_slips, judge, strength_slip
from regcourse.questions import (
    Exercise,
    FunctionQuestion,
    Group,
    Outcome,
    ValueQuestion,
    cases_of,
    certified,
    expected_of,
    hidden_seed,
    public_seed,
    result_of,
    value_of,
)


class Cases:
    """One draw of one group: what to call, and what ought to come back."""

    def __init__(self, question: FunctionQuestion, group: Group, seed: int):
        self.question = question
        self.args = cases_of(question, group, seed)

    @cached_property
    def expected(self) -> list[Any]:
        return [expected_of(self.question, args) for args in self.args]

    @cached_property
    def wrong_ways(self) -> list[WrongWay]:
        """What each known mistake gives: computed only after somebody failed."""
        return [
            WrongWay(
                name=mistake.name,
                sentence=mistake.sentence,
                hint=mistake.hint,
                results=tuple(
                    result_of(self.question, mistake.function, args) for args in self.args
                ),
            )
            for mistake in self.question.mistakes
        ]

    def judge(self, outcomes: Sequence[Outcome]) -> Verdict:
        """Return the verdict on a student's outcomes, one for each case."""
        question = self.question
        spec = Spec(question.rtol, question.atol, question.returns)
        return judge(
            spec,
            self.expected,
            outcomes,
            wrong_ways=lambda: self.wrong_ways,
            slips=self._slips(spec),
            certify=self._certify if question.certify is not None else None,
        )

    def _certify(self, case: int, answer: Any) -> float:
        return certified(self.question, self.args[case], answer, self.expected[case])

    def _slips(self, spec: Spec) -> list[Slip]:
        slips = data_slips(spec, self.expected)
        if self.question.strength:
            sizes = [next((len(a) for a in args if _is_matrix(a)), 1) for args in self.args]
            slips.insert(0, strength_slip(spec, self._with_strength, sizes))
        return slips

    def _with_strength(self, factor: float, case: int) -> Any:
        """Return the reference's result with the strength times `factor`."""
        at = self.question.arguments.index(self.question.strength)
        args = list(self.args[case])
        args[at] = args[at] * factor
        return result_of(self.question, self.question.reference, tuple(args))


def _is_matrix(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 2


class CaseStore:
    """All draws of an exercise under one secret, each made once and shared by all workers."""

    def __init__(self, exercise: Exercise, secret: bytes):
        self.exercise = exercise
        self._secret = secret
        self._drawn: dict[tuple[str, str, str], Cases] = {}
        self._lock = threading.RLock()

    def public(self, question: FunctionQuestion, group: Group) -> Cases:
        """Return the draw that the student has seen."""
        seed = public_seed(self.exercise.name, question.name, group.title)
        return self._draw(question, group, "public", seed)

    def hidden(self, question: FunctionQuestion, group: Group, student: str) -> Cases:
        """Return the draw that decides the points: the class's, or the student's own."""
        whose = f"student {student}" if self.exercise.per_student else "class"
        seed = hidden_seed(self._secret, self.exercise.name, question.name, group.title, whose)
        return self._draw(question, group, whose, seed)

    def judge(self, cases: Cases, outcomes: Sequence[Outcome]) -> Verdict:
        """Judge under the lock: an author's code need not be safe for threads."""
        with self._lock:
            return cases.judge(outcomes)

    def value_of(self, question: ValueQuestion, function: Callable[..., Any], student: str) -> Any:
        """Return what an author's function gives for a student's data: a value, or `Raised`.

        Under the lock: while it runs, what it prints and warns of is kept from the screen,
        and that is done for the whole process.
        """
        with self._lock:
            return value_of(question, function, student)

    def _draw(self, question: FunctionQuestion, group: Group, whose: str, seed: int) -> Cases:
        with self._lock:
            key = (question.name, group.title, whose)
            if key not in self._drawn:
                self._drawn[key] = Cases(question, group, seed)
            return self._drawn[key]
