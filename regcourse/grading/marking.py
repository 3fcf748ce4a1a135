"""Mark one submission: call its answers on hidden cases and judge what comes back.

The answers run in the sandbox; expected results, references and mistakes stay on this
side of the pipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regcourse.checks import FITTED, Status
from regcourse.grading.cases import CaseStore
from regcourse.grading.intake.submission import Submission
from regcourse.grading.judging import (
    choice_result,
    function_result,
    see,
    value_result,
    written_result,
)
from regcourse.grading.results import QuestionResult, SubmissionResult
from regcourse.grading.runs import Run
from regcourse.grading.sandbox import Sandbox
from regcourse.questions import Question, by_kind


def mark(submission: Submission, store: CaseStore, sandbox: Sandbox) -> SubmissionResult:
    """Return the result of one submission, whatever its code does."""
    results: dict[str, QuestionResult] = {}
    questions, student = store.exercise.questions, submission.student
    with Run(submission, sandbox) as run:
        # What a student may see comes first: after a hidden call nothing more can be shown.
        seen = {asked.name: see(asked, store, run) for asked in store.exercise.functions}
        for question in sorted(questions.values(), key=lambda asked: asked.name in seen):
            results[question.name] = by_kind(
                question,
                function=lambda asked: function_result(
                    asked, seen[asked.name], student, store, run
                ),
                value=lambda asked: value_result(asked, student, store, run),
                choice=lambda asked: choice_result(asked, run),
                written=lambda asked: written_result(asked, submission),
            )
        failures, seconds = run.failures, run.cpu_seconds
    in_order = {name: _explained(results[name], submission, run) for name in questions}
    # Some ways to set a name are seen only when the cell has run.
    set_after_all = {
        said for name, said in submission.doubts.items() if results[name].status != "not attempted"
    }
    marked = SubmissionResult(
        submission.student,
        store.exercise.name,
        tuple(
            _blocked(result, questions[name], in_order, submission)
            for name, result in in_order.items()
        ),
        notices=tuple(one for one in submission.notices if one not in set_after_all),
        failures=failures,
        cpu_seconds=round(seconds, 3),
    )
    if submission.typed_id is None:
        return marked
    return withheld(
        marked,
        f"the notebook says STUDENT = {submission.typed_id!r}, its folder {submission.student!r}: "
        "put it into the right folder and grade again, or mark it by hand",
    )


def unmarked(
    student: str, store: CaseStore, status: Status, problem: str, notices: tuple[str, ...] = ()
) -> SubmissionResult:
    """Return the result of a submission of which nothing could be marked.

    What the student sent and cannot be read is refused and earns nothing; whatever is
    not plainly the student's waits for a person.
    """
    earned = 0.0 if status in ("refused", "not attempted") else None
    questions = tuple(
        QuestionResult(
            name=q.name, kind=q.kind, points=q.points, earned=earned, status=status, reason=problem
        )
        for q in store.exercise.questions.values()
    )
    return SubmissionResult(
        student, store.exercise.name, questions, notices=notices, problem=problem
    )


def withheld(result: SubmissionResult, problem: str) -> SubmissionResult:
    """Return a result whose marks wait for a person, who is told what they would be."""
    questions = tuple(question.withheld() for question in result.questions)
    told = tuple(
        replace(q, reason=f"Would be {q.proposal}. {q.reason}".strip()) if q.proposal else q
        for q in questions
    )
    return replace(result, questions=told, problem=problem)


def _explained(result: QuestionResult, submission: Submission, run: Run) -> QuestionResult:
    """An answer whose own cell stopped was attempted: say how the cell ended."""
    if result.status != "not attempted":
        return result
    for number in submission.answered_in.get(result.name, ()):
        if number in run.ended:
            status, problem = run.ended[number]
            # What is missing in each group says no more than why it is missing.
            groups = tuple(replace(one, status=status, reason="") for one in result.groups)
            said = f"the cell of this answer {problem}"
            return replace(result, status=status, reason=said, groups=groups)
    return result


def _blocked(
    result: QuestionResult,
    question: Question,
    before: Mapping[str, QuestionResult],
    submission: Submission,
) -> QuestionResult:
    """A question that failed after one that it needs is told apart from one that just failed."""
    broken = [name for name in question.needs if before[name].status != "passed"]
    if not broken or result.status in ("passed", "needs a person"):
        return result
    reason = f"builds on {' and '.join(broken)}, which is not right yet."
    if result.status == "not attempted":
        # Written, and stopped by an earlier answer that is still empty: its own is not.
        if result.name in submission.unwritten:
            return result
        return replace(result, status="blocked", reason=reason)
    blocked = replace(result, status="blocked", reason=f"{reason} {result.reason}".strip())
    # What was fitted to these numbers explains the earlier answer's mistake as one of this one.
    return replace(blocked, mistake="", reason=reason) if result.mistake in FITTED else blocked
