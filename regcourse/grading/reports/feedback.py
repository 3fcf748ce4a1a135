"""The page that a student gets back: what was right, what was not, and where to think again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regcourse.grading.reports.pages import LOOKS, Look, counted, look_of, number, render
from regcourse.grading.results import (
    OUR_FAULT,
    CellFailure,
    GroupResult,
    QuestionResult,
    SubmissionResult,
)
from regcourse.grading.safe import file_stem, write_whole


@dataclass(frozen=True)
class _GroupView:
    title: str
    public: bool
    points: float
    earned: float
    look: Look
    reason: str
    mistake: str
    hint: str
    same: bool
    call: str = ""
    got: str = ""
    expected: str = ""
    printed: str = ""


@dataclass(frozen=True)
class _QuestionView:
    anchor: str
    name: str
    points: float
    earned: float | None
    look: Look
    reason: str
    mistake: str
    hint: str
    answer: str
    comment: str
    marked_by: str
    groups: tuple[_GroupView, ...]


@dataclass(frozen=True)
class _Piece:
    """A part of the bar under the total, in percent of its width."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class _Page:
    student: str
    exercise: str
    title: str
    so_far: float
    points: float
    open_points: float
    summary: str
    track: tuple[_Piece, ...]
    track_words: str
    problem: str
    problem_title: str
    problem_tone: str
    start: _QuestionView | None
    start_points: str
    questions: tuple[_QuestionView, ...]
    in_detail: tuple[_QuestionView, ...]
    failures: tuple[CellFailure, ...]
    notices: tuple[str, ...]
    cases: bool
    legend: tuple[Look, ...]


def write_feedback(
    results: Sequence[SubmissionResult], folder: Path, *, title: str = ""
) -> list[Path]:
    """Write ``folder/feedback/<student>.html`` for each result and return the paths.

    A student whose id cannot be a file name gets a slug and a hash (`safe.file_stem`).
    """
    target = folder / "feedback"
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for result in results:
        path = target / f"{file_stem(result.student)}.html"
        write_whole(path, feedback_page(result, title=title))
        paths.append(path)
    return paths


def feedback_page(result: SubmissionResult, *, title: str = "") -> str:
    """Return one student's page as HTML.

    Of a hidden group it shows the sentence and the named mistake only, whatever else the
    result may hold.
    """
    return render("feedback.html", page=_page(result, title))


def _page(result: SubmissionResult, title: str) -> _Page:
    questions = tuple(_question(q, result, i) for i, q in enumerate(result.questions, start=1))
    problem, problem_title, tone = _problem(result)
    # Where the whole notebook is in question, its details say nothing yet.
    in_detail = tuple(view for view in questions if not problem or view.marked_by)
    groups = [group for view in in_detail for group in view.groups]
    looks = dict.fromkeys([*(view.look for view in questions), *(group.look for group in groups)])
    open_points = sum(view.points for view in questions if view.earned is None)
    start = None if problem else _start(questions)
    return _Page(
        student=result.student,
        exercise=result.exercise,
        title=f"{result.exercise} · {title}"
        if title not in ("", result.exercise)
        else result.exercise,
        so_far=result.so_far,
        points=result.points,
        open_points=open_points,
        summary=_summary(questions),
        track=_track(questions, result.points),
        track_words=_track_words(result, open_points),
        problem=problem,
        problem_title=problem_title,
        problem_tone=tone,
        start=start,
        start_points=_left(start),
        questions=questions,
        in_detail=in_detail,
        failures=result.failures,
        notices=result.notices,
        cases=bool(groups),
        legend=tuple(looks),
    )


def _question(question: QuestionResult, result: SubmissionResult, place: int) -> _QuestionView:
    view = _QuestionView(
        anchor=f"q{place}",
        name=question.name,
        points=question.points,
        earned=question.earned,
        look=look_of(question.status, question.earned),
        reason=_reason(question, result),
        mistake=question.mistake,
        hint=question.hint,
        answer=question.answer,
        comment=question.comment,
        marked_by=question.marked_by,
        groups=tuple(_group(group, question) for group in question.groups),
    )
    # An option is no mistake with a name: the reply beside it says what there is to say.
    return replace(view, mistake="") if question.kind == "choice" else view


def _reason(question: QuestionResult, result: SubmissionResult) -> str:
    if result.problem:
        return ""
    if question.status == "needs a person" and not question.reason.startswith("An earlier"):
        return "A person reads this answer." if question.answer else "A person looks at this one."
    if question.status == "passed" and question.kind in ("function", "figure"):
        return ""
    return question.reason


def _group(group: GroupResult, question: QuestionResult) -> _GroupView:
    same = bool(group.mistake) and group.mistake == question.mistake
    named = group.mistake == question.mistake
    # A blocked question says first what it builds on, then the reason of its own.
    told = question.reason.endswith(group.reason)
    first = next(
        (g for g in question.groups if g.reason and question.reason.endswith(g.reason)), None
    )
    said = same or told or group.status == "passed"
    view = _GroupView(
        title=group.title,
        public=group.public,
        points=group.points,
        earned=group.earned,
        look=look_of(group.status, group.earned),
        reason="" if said else group.reason,
        mistake="" if named else group.mistake,
        hint="" if group.hint == question.hint else group.hint,
        same=same and group is not first,
    )
    if not group.public:
        return view
    return replace(
        view, call=group.call, got=group.got, expected=group.expected, printed=group.printed
    )


def _problem(result: SubmissionResult) -> tuple[str, str, str]:
    """Return what stands in the way of the whole notebook, its heading and its tone."""
    if not result.problem:
        return "", "", ""
    if result.waiting:
        ours = result.problem.startswith(OUR_FAULT)
        said = "The fault is not yours, and it costs you nothing" if ours else result.problem
        return said, "A person looks at this submission before it gets its points", "wait"
    if all(question.marked_by for question in result.questions):
        return "", "", ""
    return result.problem, "This notebook could not be graded", "bad"


def _start(questions: Sequence[_QuestionView]) -> _QuestionView | None:
    """Return the first question that can be improved without another one before it."""
    skip = [LOOKS[status] for status in ("passed", "blocked", "needs a person")]
    return next((view for view in questions if view.look not in skip), None)


def _left(start: _QuestionView | None) -> str:
    if start is None:
        return ""
    left = start.points - (start.earned or 0.0)
    return "1 more point" if left == 1 else f"{number(left)} more points"


def _summary(questions: Sequence[_QuestionView]) -> str:
    counts = Counter(view.look for view in questions)
    if questions and set(counts) == {LOOKS["passed"]}:
        return "Every question is right."
    parts = [f"{n} {look.words if n == 1 else look.many}" for look, n in counts.items()]
    return f"{counted(len(questions), 'question')}: {', '.join(parts)}."


def _track(questions: Sequence[_QuestionView], points: float) -> tuple[_Piece, ...]:
    """Return one piece for what is earned, one for what is open; what is left stays empty."""
    if not points:
        return ()
    earned = sum(view.earned for view in questions if view.earned is not None) / points
    still = sum(view.points for view in questions if view.earned is None) / points
    return (
        _Piece("good", "0", f"{100 * min(earned, 1):.2f}"),
        _Piece("wait", f"{100 * min(earned, 1):.2f}", f"{100 * still:.2f}"),
    )


def _track_words(result: SubmissionResult, open_points: float) -> str:
    words = f"{number(result.so_far)} of {number(result.points)} points"
    return f"{words}, {number(open_points)} still open" if open_points else words
