"""Marks that a person gives: how they are read from a table, and when they count."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regcourse.errors import InvalidInput
from regcourse.grading.results import QuestionResult, SubmissionResult
from regcourse.grading.safe import unguarded

COLUMNS = ("student_id", "question", "points", "comment")


@dataclass(frozen=True)
class Mark:
    """A person's mark of one question; `points` None takes an earlier one back."""

    student: str
    question: str
    points: float | None
    comment: str = ""
    by: str = ""


@dataclass(frozen=True)
class Acceptance:
    """A person's yes to the mark that the grader gave and that waited for them."""

    student: str
    question: str
    comment: str = ""
    by: str = ""


@dataclass(frozen=True)
class Given:
    """A mark, and the digests of the submission and the answer that it was given for."""

    mark: Mark
    submission: str
    answer: str


def answer_digest(question: QuestionResult) -> str:
    """Return what stands for the text of an answer; nothing written has none."""
    text = question.answer.strip()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


def check_mark(mark: Mark, result: SubmissionResult | None) -> QuestionResult:
    """Return the question that a mark is for.

    Raises
    ------
    InvalidInput
        There is no such student or question, or the points are not between 0 and its own.
    """
    if result is None:
        raise InvalidInput(f"student must be one who was graded, got {mark.student!r}")
    question = next((q for q in result.questions if q.name == mark.question), None)
    if question is None:
        names = ", ".join(q.name for q in result.questions)
        raise InvalidInput(f"question must be one of {names}, got {mark.question!r}")
    points = mark.points
    if points is not None and not (math.isfinite(points) and 0 <= points <= question.points):
        raise InvalidInput(
            f"points must be between 0 and {question.points:g} for {mark.question} "
            f"of {mark.student}, got {points:g}"
        )
    return question


def settled(marks: Iterable[Mark | Acceptance], results: Sequence[SubmissionResult]) -> list[Mark]:
    """Return the marks with each acceptance turned into the points that it accepts.

    Raises
    ------
    InvalidInput
        There is no such student or question, or no mark of the grader's waits there.
    """
    students = {result.student: result for result in results}
    return [
        _accepted(mark, students.get(mark.student)) if isinstance(mark, Acceptance) else mark
        for mark in marks
    ]


def _accepted(yes: Acceptance, result: SubmissionResult | None) -> Mark:
    question = check_mark(Mark(yes.student, yes.question, None), result)
    if question.earned is not None or question.would_earn is None:
        raise InvalidInput(
            f"no mark of the grader's waits to be accepted for {yes.question} of {yes.student}: "
            "give points"
        )
    return Mark(yes.student, yes.question, question.would_earn, yes.comment, yes.by)


def with_marks(
    result: SubmissionResult, submission: str, given: dict[str, Given]
) -> SubmissionResult:
    """Return a result with the person's marks in it; `given` maps questions to marks."""
    questions = tuple(
        _with_mark(q, submission, given[q.name]) if q.name in given else q for q in result.questions
    )
    return replace(result, questions=questions)


def _with_mark(question: QuestionResult, submission: str, given: Given) -> QuestionResult:
    points = given.mark.points
    if points is None:
        return question
    if points > question.points:
        before = (
            f"A person gave {points:g} points, and the question is now worth {question.points:g}."
        )
        return replace(question.withheld(), reason=before)
    text = answer_digest(question) if question.kind == "written" else ""
    if submission != given.submission and not (text and text == given.answer):
        before = f"An earlier submission got {points:g} of {question.points:g} from a person."
        waits = question.withheld()
        if waits.proposal:
            before += f" For this one the grader would say: {waits.proposal}."
        return replace(waits, reason=before)
    marked = replace(
        question,
        earned=points,
        comment=given.mark.comment,
        marked_by=given.mark.by or "a person",
    )
    if points >= question.points:
        return replace(marked, status="passed", mistake="", reason="", hint="")
    if question.would_be is not None and points == question.would_earn:
        return replace(marked, status=question.would_be, reason=question.own_reason)
    if question.status == "needs a person":
        return replace(marked, status="failed", reason="")
    # A person's no keeps the grader's word for why; a person's part of the points is a part.
    stays = points == 0 and question.status != "passed"
    return replace(marked, status=question.status if stays else "failed")


def read_marks(path: Path) -> list[Mark | Acceptance]:
    """Read a table with the columns student_id, question, points, comment (and marked_by).

    Empty points leave a row out, so that a list of what waits can be filled in bit by bit;
    `withdraw` takes an earlier mark back, and `accept` gives what the grader would have given.
    A spreadsheet may have put semicolons between the
    columns and a comma into the numbers.

    Raises
    ------
    InvalidInput
        With the number of the line that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} must be text in UTF-8") from None
    try:
        rows = text.splitlines(keepends=True)
        semicolons = bool(rows) and ";" in rows[0] and "," not in rows[0]
        lines = csv.DictReader(rows, strict=True, delimiter=";" if semicolons else ",")
        missing = [name for name in COLUMNS[:3] if name not in (lines.fieldnames or ())]
        if missing:
            raise InvalidInput(
                f"{path}, line 1: the columns must be {', '.join(COLUMNS)}; "
                f"{' and '.join(missing)} missing"
            )
        marks = [_read(row, f"{path}, line {lines.line_num}") for row in lines]
    except csv.Error as error:
        raise InvalidInput(f"{path} must be a CSV table: {error}") from None
    return [mark for mark in marks if mark is not None]


def _read(row: dict[str, str | None], where: str) -> Mark | Acceptance | None:
    student, question, points = ((row[name] or "").strip() for name in COLUMNS[:3])
    if not points:
        return None
    if not student or not question:
        raise InvalidInput(f"{where}: student_id and question must be filled in")
    comment, by = ((row.get(name) or "").strip() for name in ("comment", "marked_by"))
    student, comment = unguarded(student), unguarded(comment)
    word = points.casefold()
    if word == "accept":
        return Acceptance(student, question, comment, by)
    number: float | None = None
    if word != "withdraw":
        try:
            number = float(points.replace(",", "."))
        except ValueError:
            raise InvalidInput(
                f"{where}: points must be a number, 'accept' or 'withdraw', got {points!r}"
            ) from None
    return Mark(student, question, number, comment, by)
