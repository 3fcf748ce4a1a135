"""What grading one submission comes to: plain records, kept as JSON in the gradebook."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from regcourse.checks import Status

# How a problem begins that is ours: the instructor reads what follows, a student never
# does, since an error of the grader could quote a hidden case.
OUR_FAULT = "The grader failed here"


@dataclass(frozen=True)
class GroupResult:
    """One group of cases. `got` and `expected` are filled for public cases only."""

    title: str
    public: bool
    points: float
    earned: float
    status: Status
    reason: str = ""
    mistake: str = ""
    hint: str = ""
    call: str = ""
    got: str = ""
    expected: str = ""
    printed: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """One question. `earned` is None until a person has marked it.

    Where a person has, `marked_by` says who and `comment` what they wrote. Where a mark of
    the grader's waits for a person, `would_be` and `would_earn` say what it is.
    """

    name: str
    kind: str
    points: float
    earned: float | None
    status: Status
    mistake: str = ""
    reason: str = ""
    hint: str = ""
    answer: str = ""
    groups: tuple[GroupResult, ...] = ()
    comment: str = ""
    marked_by: str = ""
    would_be: Status | None = None
    would_earn: float | None = None

    @property
    def proposal(self) -> str:
        """The grader's mark that waits for a person, in words; empty if there is none."""
        if self.would_earn is None:
            return ""
        return f"{self.would_be}, {self.would_earn:g} of {self.points:g}"

    @property
    def own_reason(self) -> str:
        """The reason for the grader's mark, whether that counts already or waits."""
        waits = f"Would be {self.proposal}."
        return self.reason.removeprefix(waits).strip() if self.proposal else self.reason

    def withheld(self) -> QuestionResult:
        """Return the question as one that waits for a person, the grader's mark kept beside."""
        if self.earned is None:
            return self
        return replace(
            self,
            earned=None,
            status="needs a person",
            would_be=self.status,
            would_earn=self.earned,
        )


@dataclass(frozen=True)
class CellFailure:
    """A cell of the submitted notebook that did not finish. `number` counts cells from 1."""

    number: int
    first_line: str
    problem: str


@dataclass(frozen=True)
class SubmissionResult:
    """One student's submission. `problem` says why nothing of it could be graded, if so."""

    student: str
    exercise: str
    questions: tuple[QuestionResult, ...]
    notices: tuple[str, ...] = ()
    failures: tuple[CellFailure, ...] = ()
    problem: str = ""
    cpu_seconds: float = 0.0
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    @property
    def earned(self) -> float | None:
        """The sum of the points earned, or None while a question waits for a person."""
        marks = [question.earned for question in self.questions]
        return None if None in marks else sum(mark for mark in marks if mark is not None)

    @property
    def so_far(self) -> float:
        """The sum of the points that are marked, whoever still waits."""
        return sum(q.earned for q in self.questions if q.earned is not None)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of the questions that a person has yet to mark."""
        return tuple(q.name for q in self.questions if q.earned is None)

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> SubmissionResult:
        data: dict[str, Any] = json.loads(text)
        questions = tuple(
            QuestionResult(**{**q, "groups": tuple(GroupResult(**g) for g in q["groups"])})
            for q in data["questions"]
        )
        failures = tuple(CellFailure(**f) for f in data["failures"])
        rest = {"questions": questions, "failures": failures, "notices": tuple(data["notices"])}
        return cls(**{**data, **rest})
