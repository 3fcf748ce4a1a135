"""One question of one submission: run its answer, judge what comes back, put the points down.

Numbers are shown of public cases only, from the public draw run again; of a hidden one, a
sentence, a named mistake or an exception's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regcourse.checks import FITTED, Spec, Status, Verdict, WrongWay, judge
from regcourse.errors import ExerciseError
from regcourse.grading.cases import Cases, CaseStore
from regcourse.grading.intake.submission import Submission
from regcourse.grading.results import GroupResult, QuestionResult
from regcourse.grading.runs import Run
from regcourse.grading.texts import call_text, graded_with, outcome_text, value_text
from regcourse.questions import (
    DEFAULT_STUDENT,
    ChoiceQuestion,
    FunctionQuestion,
    Group,
    Missing,
    Outcome,
    Question,
    Raised,
    Returned,
    Stopped,
    ValueQuestion,
    WrittenQuestion,
    option_meant,
)

PRINTED = 2000


@dataclass(frozen=True)
class Seen:
    """A public group as the student saw it, run again here."""

    cases: Cases
    outcomes: list[Outcome]
    verdict: Verdict


def see(question: FunctionQuestion, store: CaseStore, run: Run) -> dict[str, Seen]:
    """Run the public draw of each public group; after an endless call the rest are spared."""
    seen: dict[str, Seen] = {}
    for group in question.groups:
        if group.public:
            cases = store.public(question, group)
            outcomes = _called(question, cases, run, shown=True)
            seen[group.title] = Seen(cases, outcomes, _judged(store, cases, outcomes))
            if seen[group.title].verdict.status == "timed out":
                break
    return seen


def function_result(
    question: FunctionQuestion, seen: Mapping[str, Seen], student: str, store: CaseStore, run: Run
) -> QuestionResult:
    """Judge a function or a figure on its hidden cases; `seen` is what its public ones showed."""
    found: dict[str, GroupResult] = {}
    passed = {title for title, one in seen.items() if one.verdict.status == "passed"}
    verdicts = [one.verdict for one in seen.values()]
    hopeless = next((v for v in verdicts if v.status == "timed out"), None)
    endless = False
    # What passed in public comes first: there an answer ends that may be endless elsewhere.
    for group in sorted(question.groups, key=lambda one: one.title not in passed):
        verdict = hopeless
        if verdict is None or (group.title in passed and not endless):
            cases = store.hidden(question, group, student)
            outcomes = _called(question, cases, run, shown=False)
            verdict = _judged(store, cases, outcomes)
            # One endless call says enough; trying its sisters would cost the other questions.
            if verdict.status == "timed out":
                hopeless, endless = verdict, True
        found[group.title] = _group_result(question, group, verdict, seen.get(group.title))
    groups = [found[group.title] for group in question.groups]
    first = next((g for g in groups if g.status != "passed"), None)
    named = next((g for g in groups if g.mistake), first)
    return replace(
        _blank(question),
        earned=sum(group.earned for group in groups),
        status=_overall(groups),
        mistake=named.mistake if named is not None else "",
        reason=named.reason if named is not None else "",
        hint=named.hint if named is not None else "",
        groups=tuple(groups),
    )


def value_result(
    question: ValueQuestion, student: str, store: CaseStore, run: Run
) -> QuestionResult:
    """Judge a variable against what the reference makes of the student's data."""
    outcome = run.variable(question.name)
    if isinstance(outcome, Returned) and outcome.value is None:
        return replace(_blank(question), reason="not set yet")

    def wrong_ways() -> list[WrongWay]:
        ways = [
            WrongWay(
                name=mistake.name,
                sentence=mistake.sentence,
                hint=mistake.hint,
                results=(store.value_of(question, mistake.function, student),),
            )
            for mistake in question.mistakes
        ]
        if question.data is not None:
            other = WrongWay(
                name="uses_the_default_student",
                sentence=f'the value for STUDENT = "{DEFAULT_STUDENT}", not for your data',
                hint="Put your own id into STUDENT and run the notebook again.",
                results=(store.value_of(question, question.reference, DEFAULT_STUDENT),),
            )
            ways.append(other)
        return ways

    expected = store.value_of(question, question.reference, student)
    if isinstance(expected, (Raised, Stopped)):
        raise ExerciseError(f"the reference of {question.name} gives no value: {expected}")
    spec = Spec(question.rtol, question.atol)
    verdict = judge(spec, [expected], [outcome], wrong_ways=wrong_ways)
    return replace(
        _blank(question),
        earned=question.points if verdict.status == "passed" else 0.0,
        status=verdict.status,
        mistake=verdict.mistake,
        reason=verdict.said,
        hint=verdict.hint,
        answer=outcome_text(outcome) if isinstance(outcome, Returned) else "",
    )


def choice_result(question: ChoiceQuestion, run: Run) -> QuestionResult:
    """Judge a variable that must hold the letter of an option."""
    outcome = run.variable(question.name)
    unchosen = replace(_blank(question), reason="not chosen yet")
    if isinstance(outcome, Stopped):
        spec = Spec(rtol=0.0, atol=0.0)
        verdict = judge(spec, [question.right], [outcome], wrong_ways=list)
        return replace(unchosen, status=verdict.status, reason=verdict.said)
    answer = outcome.value if isinstance(outcome, Returned) else None
    if isinstance(outcome, Missing) or (isinstance(outcome, Returned) and answer is None):
        return unchosen
    chosen = option_meant(answer, question.options)
    if chosen is None:
        reason = f"must be one of {', '.join(question.options)}"
        return replace(unchosen, status="failed", reason=reason, answer=outcome_text(outcome))
    text, reply = question.options[chosen]
    passed = chosen == question.right
    return replace(
        unchosen,
        earned=question.points if passed else 0.0,
        status="passed" if passed else "failed",
        mistake="" if passed else f"option_{chosen}",
        reason=reply,
        answer=f"{chosen}: {text}",
    )


def written_result(question: WrittenQuestion, submission: Submission) -> QuestionResult:
    """Leave what was written to a person."""
    text = submission.written.get(question.name, "").strip()
    if not text:
        return replace(_blank(question), reason="nothing written yet")
    return replace(
        _blank(question),
        earned=None,
        status="needs a person",
        reason="a person reads this answer",
        answer=text,
    )


def _blank(question: Question) -> QuestionResult:
    return QuestionResult(
        name=question.name,
        kind=question.kind,
        points=question.points,
        earned=0.0,
        status="not attempted",
    )


def _called(question: FunctionQuestion, cases: Cases, run: Run, *, shown: bool) -> list[Outcome]:
    return run.calls(
        question.name,
        cases.args,
        shown=shown,
        names=question.arguments,
        cpu_seconds=question.cpu_seconds,
        vocabulary=question.vocabulary,
    )


def _judged(store: CaseStore, cases: Cases, outcomes: list[Outcome]) -> Verdict:
    verdict = store.judge(cases, outcomes)
    if verdict.reason == "raises ModuleNotFoundError":
        only = graded_with(store.exercise.packages)
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


def _group_result(
    question: FunctionQuestion, group: Group, verdict: Verdict, seen: Seen | None
) -> GroupResult:
    """The hidden draw decides; the public one, if it fails too, shows how."""
    if verdict.mistake in FITTED:
        verdict = replace(verdict, recognised=FITTED[verdict.mistake])
    result = GroupResult(
        title=group.title,
        public=group.public,
        points=group.points,
        earned=group.points if verdict.status == "passed" else 0.0,
        status=verdict.status,
        reason=verdict.said,
        mistake=verdict.mistake,
        hint=verdict.hint,
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
        call=call_text(question, seen.cases.args[case]),
        got=outcome_text(outcome),
        expected=value_text(seen.cases.expected[case]),
        printed=outcome.printed[:PRINTED] if isinstance(outcome, (Returned, Raised)) else "",
    )
