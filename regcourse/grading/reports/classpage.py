"""The instructor's page of a class: scores, questions, mistakes, and who waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regcourse.grading.reports.analysis import Bin, ClassAnalysis, QuestionAnalysis, analyse
from regcourse.grading.reports.pages import LOOKS, Look, look_of, number, render
from regcourse.grading.results import SubmissionResult
from regcourse.grading.safe import file_stem, write_whole

PLOT_HEIGHT = 150.0
# The order of a bar from left to right: what went well first, what nobody tried last.
_ORDER = (
    "passed",
    "partly",
    "failed",
    "crashed",
    "timed out",
    "refused",
    "blocked",
    "needs a person",
    "not attempted",
)


@dataclass(frozen=True)
class _Segment:
    """One status in the bar of a question; `label` is empty where there is no room for it."""

    look: Look
    name: str
    count: int
    x: str
    width: str
    middle: str
    label: str


@dataclass(frozen=True)
class _Column:
    """One bar of the histogram: places in percent across, in pixels down."""

    left: str
    x: str
    width: str
    middle: str
    final_y: str
    final_height: str
    waiting_y: str
    waiting_height: str
    label_y: str
    count: int
    low: str
    words: str


@dataclass(frozen=True)
class _Cell:
    look: Look
    status: str
    points: str


@dataclass(frozen=True)
class _Row:
    student: str
    stem: str
    score: str
    waiting: int
    cells: tuple[_Cell | None, ...]
    remarks: tuple[str, ...]


def write_class_page(results: Sequence[SubmissionResult], path: Path, *, title: str = "") -> None:
    """Write the class page; the same results give the same bytes."""
    write_whole(path, class_page(results, title=title))


def class_page(results: Sequence[SubmissionResult], *, title: str = "") -> str:
    """Return the class page as HTML, with links to ``feedback/<student>.html`` beside it."""
    ordered = sorted(results, key=lambda one: one.student)
    analysis = analyse(ordered)
    names = [question.name for question in analysis.questions]
    exercise = ordered[0].exercise if ordered else ""
    return render(
        "class.html",
        exercise=exercise,
        title=f"{exercise} · {title}" if title not in ("", exercise) else exercise,
        analysis=analysis,
        columns=_columns(analysis.scores),
        end=analysis.scores[-1].high if analysis.scores else 0.0,
        plot_height=PLOT_HEIGHT,
        scores_words=_scores_words(analysis),
        bars=[
            (question, _segments(question, analysis.students)) for question in analysis.questions
        ],
        looks=[
            (name, LOOKS[name])
            for name in _ORDER
            if any(_counts(question).get(name) for question in analysis.questions)
        ],
        mistakes=sorted(
            ((m, q.name) for q in analysis.questions for m in q.mistakes),
            key=lambda pair: (-len(pair[0].students), pair[1], pair[0].name),
        ),
        rows=[_row(result, names) for result in ordered],
        stem=file_stem,
    )


def _counts(question: QuestionAnalysis) -> dict[str, int]:
    counts = {str(status): count for status, count in question.statuses.items()}
    counts["partly"] = question.partly
    counts["failed"] = counts.get("failed", 0) - question.partly
    return {name: counts[name] for name in _ORDER if counts.get(name)}


def _segments(question: QuestionAnalysis, students: int) -> list[_Segment]:
    segments, before = [], 0
    for name, count in _counts(question).items():
        share = count / students
        look = LOOKS[name]
        # What fits into the bar at its narrowest; the words below it name them all.
        label = f"{look.mark} {count}" if share >= 0.11 else str(count) if share >= 0.05 else ""
        segments.append(
            _Segment(
                look,
                "partly right" if name == "partly" else name,
                count,
                f"{100 * before / students:.2f}",
                f"{100 * share:.2f}",
                f"{100 * (before + count / 2) / students:.2f}",
                label,
            )
        )
        before += count
    return segments


def _columns(bins: Sequence[Bin]) -> list[_Column]:
    most = max((one.final + one.waiting for one in bins), default=0) or 1
    columns = []
    for i, one in enumerate(bins):
        final = PLOT_HEIGHT * one.final / most
        waiting = PLOT_HEIGHT * one.waiting / most
        top = 20 + PLOT_HEIGHT - final - waiting
        count = one.final + one.waiting
        columns.append(
            _Column(
                left=f"{100 * i / len(bins):.2f}",
                x=f"{100 * (i + 0.06) / len(bins):.2f}",
                width=f"{88 / len(bins):.2f}",
                middle=f"{100 * (i + 0.5) / len(bins):.2f}",
                final_y=f"{20 + PLOT_HEIGHT - final:.2f}",
                final_height=f"{final:.2f}",
                waiting_y=f"{top:.2f}",
                waiting_height=f"{waiting:.2f}",
                label_y=f"{top - 5:.2f}",
                count=count,
                low=number(one.low),
                words=f"{number(one.low)} to {number(one.high)} points: {count}, "
                f"{one.waiting} of them not final",
            )
        )
    return columns


def _scores_words(analysis: ClassAnalysis) -> str:
    """Return what the histogram shows, for those who cannot see it."""
    words = (
        f"The median is {number(analysis.median)} and the mean {number(analysis.mean)} "
        f"of {number(analysis.points)} points"
    )
    if analysis.waiting_students:
        return f"{words}, counting what is marked so far."
    return f"{words}."


def _row(result: SubmissionResult, names: Sequence[str]) -> _Row:
    questions = {question.name: question for question in result.questions}
    cells: list[_Cell | None] = []
    for name in names:
        question = questions.get(name)
        if question is None:
            cells.append(None)
            continue
        points = "" if question.earned is None else number(question.earned)
        look = look_of(question.status, question.earned)
        cells.append(_Cell(look, question.status, points))
    remarks = (
        *((result.problem,) if result.problem else ()),
        *result.notices,
        *(f"Cell {failure.number}: {failure.problem}" for failure in result.failures),
    )
    return _Row(
        result.student,
        file_stem(result.student),
        number(result.so_far),
        len(result.waiting),
        tuple(cells),
        remarks,
    )
