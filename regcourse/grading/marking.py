"""Mark one submission: call its answers on hidden cases and judge what comes back.

The answers run in the sandbox; expected results, references and mistakes stay on this
side of the pipe. Numbers are shown of public cases only, from the public draw run again;
of a hidden one, a sentence, a named mistake or an exception's name.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from regcourse.checks.draws import DEFAULT_STUDENT
from regcourse.checks.judge import Spec, Verdict, WrongWay, judge
from regcourse.checks.outcomes import Missing, Outcome, Raised, Returned, Status, Stopped
from regcourse.checks.questions import (
    ChoiceQuestion,
    FunctionQuestion,
    Group,
    Question,
    ValueQuestion,
    WrittenQuestion,
)
from regcourse.checks.slips import FITTED
from regcourse.errors import ExerciseError
from regcourse.grading.cases import CaseBook, Cases
from regcourse.grading.intake.submission import Submission
from regcourse.grading.results import GroupResult, QuestionResult, SubmissionResult
from regcourse.grading.runs import Run
from regcourse.grading.sandbox import Sandbox
from regcourse.grading.words import call_text, graded_with, outcome_text, value_text


@dataclass(frozen=True)
class Seen:
    """A public group as the student saw it, run again here."""

    cases: Cases
    outcomes: list[Outcome]
    verdict: Verdict


def mark(submission: Submission, book: CaseBook, sandbox: Sandbox) -> SubmissionResult:
    """Return the result of one submission, whatever its code does."""
    results: dict[str, QuestionResult] = {}
    questions = book.exercise.questions
    with Run(submission, sandbox) as run:
        # What a student may see comes first: after a hidden call nothing more can be shown.
        seen = {
            name: _seen(question, book, run)
            for name, question in questions.items()
            if isinstance(question, FunctionQuestion)
        }
        for name, question in questions.items():
            if not isinstance(question, FunctionQuestion):
                results[name] = _without_hidden_cases(question, submission, book, run)
        for name, question in questions.items():
            if isinstance(question, FunctionQuestion):
                results[name] = _function(question, seen[name], submission.student, book, run)
        failures, seconds = run.failures, run.cpu_seconds
    in_order = {name: _explained(results[name], submission, run) for name in questions}
    # Some ways to set a name are seen only when the cell has run.
    set_after_all = {
        said for name, said in submission.doubts.items() if results[name].status != "not attempted"
    }
    marked = SubmissionResult(
        submission.student,
        book.exercise.name,
        tuple(
            _blocked(result, questions[name], in_order, submission)
            for name, result in in_order.items()
        ),
        tuple(notice for notice in submission.notices if notice not in set_after_all),
        failures,
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
    student: str, book: CaseBook, status: Status, problem: str, notices: tuple[str, ...] = ()
) -> SubmissionResult:
    """Return the result of a submission of which nothing could be marked.

    What the student sent and cannot be read is refused and earns nothing; whatever is
    not plainly the student's waits for a person.
    """
    earned = 0.0 if status in ("refused", "not attempted") else None
    questions = tuple(
        QuestionResult(q.name, q.kind, q.points, earned, status, reason=problem)
        for q in book.exercise.questions.values()
    )
    return SubmissionResult(student, book.exercise.name, questions, notices, problem=problem)


def withheld(result: SubmissionResult, problem: str) -> SubmissionResult:
    """Return a result whose marks wait for a person, who is told what they would be."""
    questions = tuple(question.withheld() for question in result.questions)
    told = tuple(
        replace(q, reason=f"Would be {q.proposal}. {q.reason}".strip()) if q.proposal else q
        for q in questions
    )
    return replace(result, questions=told, problem=problem)


def _without_hidden_cases(
    question: Question, submission: Submission, book: CaseBook, run: Run
) -> QuestionResult:
    if isinstance(question, ValueQuestion):
        return _value(question, submission.student, book, run)
    if isinstance(question, ChoiceQuestion):
        return _choice(question, run)
    assert isinstance(question, WrittenQuestion)
    return _written(question, submission)


def _seen(question: FunctionQuestion, book: CaseBook, run: Run) -> dict[str, Seen]:
    """Run the public draw of each public group; after an endless call the rest are spared."""
    seen: dict[str, Seen] = {}
    for group in question.groups:
        if group.public:
            cases = book.public(question, group)
            outcomes = run.calls(question.name, cases.args, shown=True, **_limits(question))
            seen[group.title] = Seen(cases, outcomes, _judged(book, cases, outcomes))
            if seen[group.title].verdict.status == "timed out":
                break
    return seen


def _function(
    question: FunctionQuestion, seen: Mapping[str, Seen], student: str, book: CaseBook, run: Run
) -> QuestionResult:
    found: dict[str, GroupResult] = {}
    passed = {title for title, one in seen.items() if one.verdict.status == "passed"}
    verdicts = [one.verdict for one in seen.values()]
    hopeless = next((v for v in verdicts if v.status == "timed out"), None)
    endless = False
    # What passed in public comes first: there an answer ends that may be endless elsewhere.
    for group in sorted(question.groups, key=lambda one: one.title not in passed):
        verdict = hopeless
        if verdict is None or (group.title in passed and not endless):
            cases = book.hidden(question, group, student)
            outcomes = run.calls(question.name, cases.args, shown=False, **_limits(question))
            verdict = _judged(book, cases, outcomes)
            # One endless call says enough; trying its sisters would cost the other questions.
            if verdict.status == "timed out":
                hopeless, endless = verdict, True
        found[group.title] = _group(question, group, verdict, seen.get(group.title))
    groups = [found[group.title] for group in question.groups]
    first = next((g for g in groups if g.status != "passed"), None)
    named = next((g for g in groups if g.mistake), first)
    return QuestionResult(
        question.name,
        question.kind,
        question.points,
        sum(group.earned for group in groups),
        _overall(groups),
        named.mistake if named is not None else "",
        named.reason if named is not None else "",
        named.hint if named is not None else "",
        groups=tuple(groups),
    )


def _judged(book: CaseBook, cases: Cases, outcomes: list[Outcome]) -> Verdict:
    verdict = book.judge(cases, outcomes)
    if verdict.reason == "raises ModuleNotFoundError":
        only = graded_with(book.exercise.packages)
        return replace(verdict, reason=f"{verdict.reason}: {only}")
    return verdict


def _overall(groups: list[GroupResult]) -> Status:
    """Return one status for a question: partial credit is a failed one with points."""
    statuses = {group.status for group in groups}
    if statuses == {"passed"}:
        return "passed"
    if any(group.earned for group in groups) or (len(statuses) == 1 and "failed" in statuses):
        return "failed"
    order: tuple[Status, ...] = ("refused", "timed out", "crashed", "failed", "not attempted")
    return next((status for status in order if status in statuses), "failed")


def _group(
    question: FunctionQuestion, group: Group, verdict: Verdict, seen: Seen | None
) -> GroupResult:
    """The hidden draw decides; the public one, if it fails too, shows how."""
    if verdict.mistake in FITTED:
        verdict = replace(verdict, recognised=FITTED[verdict.mistake])
    result = GroupResult(
        group.title,
        group.public,
        group.points,
        group.points if verdict.status == "passed" else 0.0,
        verdict.status,
        verdict.said,
        verdict.mistake,
        verdict.hint,
    )
    if verdict.status in ("passed", "not attempted") or seen is None:
        return result
    if seen.verdict.case is None:
        return replace(result, reason=f"{verdict.said} (the public cases agree)")
    case, outcome = seen.verdict.case, seen.outcomes[seen.verdict.case]
    told = seen.verdict if verdict.mistake in ("", seen.verdict.mistake) else verdict
    return replace(
        result,
        reason=told.said,
        mistake=told.mistake,
        hint=told.hint,
        call=call_text(
            question.name, question.reference, seen.cases.args[case], bool(question.vocabulary)
        ),
        got=outcome_text(outcome),
        expected=value_text(seen.cases.expected[case]),
        printed=outcome.printed[:2000] if isinstance(outcome, (Returned, Raised)) else "",
    )


def _limits(question: FunctionQuestion) -> dict[str, Any]:
    names = list(inspect.signature(question.reference).parameters)
    return {
        "names": names[1:] if question.vocabulary else names,
        "cpu_seconds": question.cpu_seconds,
        "vocabulary": question.vocabulary,
    }


def _value(question: ValueQuestion, student: str, book: CaseBook, run: Run) -> QuestionResult:
    outcome = run.variable(question.name)
    if isinstance(outcome, Returned) and outcome.value is None:
        blank = QuestionResult(question.name, question.kind, question.points, 0.0, "not attempted")
        return replace(blank, reason="not set yet")
    spec = Spec(question.rtol, question.atol)

    def wrong_ways() -> list[WrongWay]:
        ways = [
            WrongWay(m.name, m.sentence, m.hint, (book.value_of(question, m.function, student),))
            for m in question.mistakes
        ]
        if question.data is not None:
            other = book.value_of(question, question.reference, DEFAULT_STUDENT)
            hint = "Put your own id into STUDENT and run the notebook again."
            words = f'the value for STUDENT = "{DEFAULT_STUDENT}", not for your data'
            ways.append(WrongWay("uses_the_default_student", words, hint, (other,)))
        return ways

    expected = book.value_of(question, question.reference, student)
    if isinstance(expected, (Raised, Stopped)):
        raise ExerciseError(f"the reference of {question.name} gives no value: {expected}")
    verdict = judge(spec, [expected], [outcome], wrong_ways)
    return QuestionResult(
        question.name,
        question.kind,
        question.points,
        question.points if verdict.status == "passed" else 0.0,
        verdict.status,
        verdict.mistake,
        verdict.said,
        verdict.hint,
        answer=outcome_text(outcome) if isinstance(outcome, Returned) else "",
    )


def _choice(question: ChoiceQuestion, run: Run) -> QuestionResult:
    outcome = run.variable(question.name)
    blank = QuestionResult(
        question.name, question.kind, question.points, 0.0, "not attempted", reason="not chosen yet"
    )
    if isinstance(outcome, Stopped):
        verdict = judge(Spec(0.0, 0.0), [question.right], [outcome], list)
        return replace(blank, status=verdict.status, reason=verdict.said)
    chosen = outcome.value if isinstance(outcome, Returned) else None
    if isinstance(outcome, Missing) or (isinstance(outcome, Returned) and chosen is None):
        return blank
    if isinstance(chosen, str) and chosen not in question.options:
        alike = [one for one in question.options if one.casefold() == chosen.casefold()]
        chosen = alike[0] if len(alike) == 1 else chosen
    if not isinstance(chosen, str) or chosen not in question.options:
        reason = f"must be one of {', '.join(question.options)}"
        return replace(blank, status="failed", reason=reason, answer=outcome_text(outcome))
    passed = chosen == question.right
    return replace(
        blank,
        status="passed" if passed else "failed",
        earned=question.points if passed else 0.0,
        mistake="" if passed else f"option_{chosen}",
        reason=question.options[chosen][1],
        answer=f"{chosen}: {question.options[chosen][0]}",
    )


def _written(question: WrittenQuestion, submission: Submission) -> QuestionResult:
    text = submission.written.get(question.name, "").strip()
    waits = QuestionResult(question.name, question.kind, question.points, None, "needs a person")
    if not text:
        return replace(waits, earned=0.0, status="not attempted", reason="nothing written yet")
    return replace(waits, reason="a person reads this answer", answer=text)


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
    needs = getattr(question, "needs", ())
    broken = [name for name in needs if before[name].status != "passed"]
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
