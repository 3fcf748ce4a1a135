"""What a class did with each question, as plain data: counts, means, mistakes, discrimination."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from regcourse.checks import STATUSES, Status
from regcourse.grading.reports.exports import question_names
from regcourse.grading.results import QuestionResult, SubmissionResult

_MOST_BINS = 12


@dataclass(frozen=True)
class MistakeCount:
    """A named mistake, the students who made it, and the hint that they were given."""

    name: str
    said: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class QuestionAnalysis:
    """One question over a class.

    `mean` is that of the points of those who are marked, or None while nobody is.
    `discrimination` is the correlation of this question's points with the sum of all
    others, over those who are marked and tried anything: near 1, who gets it right gets the
    rest right; at 0 or below, look at the question again. None if too few differ.
    """

    name: str
    kind: str
    points: float
    statuses: dict[Status, int]
    partly: int
    mean: float | None
    discrimination: float | None
    mistakes: tuple[MistakeCount, ...]


@dataclass(frozen=True)
class Waiting:
    """Students whose mark of one question waits for a person, for one reason."""

    question: str
    reason: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Bin:
    """The students with `low` <= points < `high` (the last bin includes its end)."""

    low: float
    high: float
    final: int
    waiting: int


@dataclass(frozen=True)
class ClassAnalysis:
    """A class at a glance. Scores are what is marked so far."""

    students: int
    points: float
    median: float
    mean: float
    waiting_students: int
    scores: tuple[Bin, ...]
    questions: tuple[QuestionAnalysis, ...]
    waiting: tuple[Waiting, ...]


def analyse(results: Sequence[SubmissionResult]) -> ClassAnalysis:
    """Return the analysis of a class; an empty class has no questions and no scores."""
    results = sorted(results, key=lambda one: one.student)
    scores = [result.so_far for result in results]
    return ClassAnalysis(
        students=len(results),
        points=max((result.points for result in results), default=0.0),
        median=median(scores) if scores else 0.0,
        mean=fmean(scores) if scores else 0.0,
        waiting_students=sum(bool(result.waiting) for result in results),
        scores=_bins(results),
        questions=tuple(_question(name, results) for name in question_names(results)),
        waiting=_waiting(results),
    )


def _question(name: str, results: Sequence[SubmissionResult]) -> QuestionAnalysis:
    rows = [(result, q) for result in results for q in result.questions if q.name == name]
    marked = [q.earned for _, q in rows if q.earned is not None]
    counts = Counter(q.status for _, q in rows)
    pairs = [
        (q.earned, result.so_far - q.earned)
        for result, q in rows
        if q.earned is not None and _tried(result)
    ]
    return QuestionAnalysis(
        name=name,
        kind=rows[0][1].kind,
        points=max(q.points for _, q in rows),
        statuses={status: counts[status] for status in STATUSES if counts[status]},
        partly=sum(q.status == "failed" and bool(q.earned) for _, q in rows),
        mean=fmean(marked) if marked else None,
        discrimination=_correlation(pairs),
        mistakes=_mistakes(rows),
    )


def _mistakes(
    rows: Sequence[tuple[SubmissionResult, QuestionResult]],
) -> tuple[MistakeCount, ...]:
    """Return the named mistakes, the most frequent first."""
    who: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for result, question in rows:
        if question.mistake:
            who.setdefault(question.mistake, []).append(result.student)
            said.setdefault(question.mistake, question.hint or question.reason)
    ordered = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(MistakeCount(name, said[name], tuple(students)) for name, students in ordered)


def _waiting(results: Sequence[SubmissionResult]) -> tuple[Waiting, ...]:
    """Return who waits, grouped by question and reason; a whole submission is one entry."""
    who: dict[tuple[str, str], list[str]] = {}
    for result in results:
        if result.problem and len(result.waiting) == len(result.questions) > 0:
            who.setdefault(("", result.problem), []).append(result.student)
            continue
        for question in result.questions:
            if question.earned is None:
                who.setdefault((question.name, question.reason), []).append(result.student)
    return tuple(Waiting(name, reason, tuple(s)) for (name, reason), s in sorted(who.items()))


def _bins(results: Sequence[SubmissionResult]) -> tuple[Bin, ...]:
    points = max((result.points for result in results), default=0.0)
    if not points:
        return ()
    width = _bin_width(points)
    bins = math.ceil(points / width - 1e-9)
    counts = [[0, 0] for _ in range(bins)]
    for result in results:
        # Marks above the maximum cannot be entered, but an older exercise may have given more.
        place = min(int(result.so_far / width + 1e-9), bins - 1)
        counts[place][bool(result.waiting)] += 1
    return tuple(
        Bin(width * i, width * (i + 1), final, waiting) for i, (final, waiting) in enumerate(counts)
    )


def _bin_width(points: float) -> float:
    """Return the smallest of ..., 0.5, 1, 2, 5, 10, ... that needs no more than 12 bins."""
    power = 10.0 ** math.floor(math.log10(points / _MOST_BINS))
    return next(step * power for step in (1, 2, 5, 10) if points <= _MOST_BINS * step * power)


def _tried(result: SubmissionResult) -> bool:
    return any(q.status not in ("not attempted", "refused") for q in result.questions)


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    if len(pairs) < 3:
        return None
    own, rest = zip(*pairs, strict=True)
    mean_own, mean_rest = fmean(own), fmean(rest)
    spread_own = math.fsum((a - mean_own) ** 2 for a in own)
    spread_rest = math.fsum((b - mean_rest) ** 2 for b in rest)
    # Points are multiples of something like 0.1: what is far smaller is rounding.
    if min(spread_own, spread_rest) < 1e-12:
        return None
    shared = math.fsum((a - mean_own) * (b - mean_rest) for a, b in pairs)
    return shared / math.sqrt(spread_own * spread_rest)
