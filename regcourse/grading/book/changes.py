"""What moved between two results of one student."""

from __future__ import annotations

from dataclasses import dataclass

from regcourse.checks import Status
from regcourse.grading.results import QuestionResult, SubmissionResult


@dataclass(frozen=True)
class Standing:
    """Where one question stands."""

    status: Status
    earned: float | None
    points: float
    mistake: str = ""

    def __str__(self) -> str:
        earned = "not marked" if self.earned is None else f"{self.earned:g} of {self.points:g}"
        return f"{self.status}, {earned}" + (f" ({self.mistake})" if self.mistake else "")


@dataclass(frozen=True)
class Change:
    """One question of one student that stands elsewhere than before; None where it was not."""

    student: str
    question: str
    before: Standing | None
    after: Standing | None

    def __str__(self) -> str:
        before = "no such question" if self.before is None else str(self.before)
        after = "no such question" if self.after is None else str(self.after)
        return f"{self.student}: {self.question}: {before} -> {after}"


def changes_between(before: SubmissionResult, after: SubmissionResult) -> tuple[Change, ...]:
    """Return each question whose status, points or named mistake moved."""
    old = {question.name: _standing(question) for question in before.questions}
    new = {question.name: _standing(question) for question in after.questions}
    return tuple(
        Change(after.student, name, old.get(name), new.get(name))
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    )


def _standing(question: QuestionResult) -> Standing:
    return Standing(question.status, question.earned, question.points, question.mistake)
