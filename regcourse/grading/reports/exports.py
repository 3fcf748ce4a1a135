"""The marks of a class as tables for other programs: grades.csv and JSON.

The CSV starts with nbgrader's columns in nbgrader's order, then has three for each
question, then `waiting`: the questions that a person has yet to mark. Their own cells are
empty, and `raw_score` and `score` are the sum of what is marked so far; a row is final
once its `waiting` is empty.

Numbers are numbers. A text that a spreadsheet would take for a formula gets an apostrophe
in front (see `safe.guarded`); the JSON holds every text as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from regcourse.grading.results import QuestionResult, SubmissionResult
from regcourse.grading.safe import file_stem, guarded, printable, table_row, write_whole

NBGRADER_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
WAITING_COLUMNS = (
    "student_id",
    "question",
    "points",
    "comment",
    "out_of",
    "would_be",
    "answer",
)
JSON_FORMAT = "regcourse-grades/1"


def write_csv(results: Sequence[SubmissionResult], path: Path) -> None:
    """Write one row for each student, sorted by id. The file is replaced as a whole."""
    write_whole(path, csv_text(results))


def write_json(results: Sequence[SubmissionResult], path: Path) -> None:
    """Write everything that is known of each student. The file is replaced as a whole."""
    write_whole(path, json_text(results))


def write_waiting(results: Sequence[SubmissionResult], path: Path) -> None:
    """Write what a person has yet to mark, as the table that `regcourse mark` reads.

    Fill in points and comment; a row whose points stay empty goes on waiting. `would_be` is
    the mark of the grader's that `accept` in place of points would give.
    """
    rows: list[Sequence[str | float | None]] = [WAITING_COLUMNS]
    for result in sorted(results, key=lambda one: one.student):
        for q in result.questions:
            if q.earned is None:
                shown = (float(q.points), q.proposal, q.answer or q.own_reason)
                rows.append((result.student, q.name, None, "", *shown))
    write_whole(path, _table(rows))


def write_index(results: Sequence[SubmissionResult], folder: Path) -> None:
    """Write whose page is which: `folder` holds a page for each student."""
    ordered = sorted(results, key=lambda one: one.student)
    rows = [(one.student, f"{file_stem(one.student)}.html") for one in ordered]
    write_whole(folder / "index.csv", _table([("student_id", "file"), *rows]))


def csv_text(results: Sequence[SubmissionResult]) -> str:
    """Return the marks as a CSV table (RFC 4180, UTF-8, lines end in a line feed)."""
    names = question_names(results)
    columns = [column for name in names for column in (name, f"{name}:status", f"{name}:mistake")]
    ordered = sorted(results, key=lambda one: one.student)
    rows = [_row(result, names) for result in ordered]
    return _table([[*NBGRADER_COLUMNS, *columns, "waiting"], *rows])


def json_text(results: Sequence[SubmissionResult]) -> str:
    """Return the marks as JSON; docs/grades.schema.json says what stands in it."""
    document = {
        "format": JSON_FORMAT,
        "students": [_student(one) for one in sorted(results, key=lambda one: one.student)],
    }
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def question_names(results: Sequence[SubmissionResult]) -> list[str]:
    """Return the names of all questions in the order of the exercise.

    Attempts from before an exercise was changed may know others; they come last.
    """
    longest = sorted(results, key=lambda one: -len(one.questions))
    return list(dict.fromkeys(q.name for one in longest for q in one.questions))


def _row(result: SubmissionResult, names: Sequence[str]) -> list[str | float | None]:
    questions = {question.name: question for question in result.questions}
    meta = result.meta
    row: list[str | float | None] = [
        result.exercise,
        meta.get("duedate", ""),
        meta.get("timestamp", ""),
        result.student,
        meta.get("last_name", ""),
        meta.get("first_name", ""),
        meta.get("email", ""),
        float(result.so_far),
        0.0,
        float(result.so_far),
        float(result.points),
    ]
    for name in names:
        question = questions.get(name)
        row += ["", "", ""] if question is None else _of_question(question)
    return [*row, " ".join(result.waiting)]


def _of_question(question: QuestionResult) -> list[str | float | None]:
    earned = None if question.earned is None else float(question.earned)
    return [earned, question.status, question.mistake]


def _table(rows: Iterable[Sequence[str | float | None]]) -> str:
    return "".join(table_row(map(_cell, row)) for row in rows)


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Sums of tenths end in noise that nobody awarded.
        return repr(round(value, 9))
    return guarded(" ".join(printable(value).split("\n")))


def _student(result: SubmissionResult) -> dict[str, Any]:
    return {
        "student_id": result.student,
        "exercise": result.exercise,
        "earned_so_far": result.so_far,
        "points": result.points,
        "waiting": list(result.waiting),
        "problem": result.problem,
        "feedback": f"feedback/{file_stem(result.student)}.html",
        "notices": list(result.notices),
        "meta": dict(result.meta),
        "questions": [
            {
                "name": q.name,
                "kind": q.kind,
                "points": q.points,
                "earned": q.earned,
                "status": q.status,
                "mistake": q.mistake,
                "reason": q.reason,
                "comment": q.comment,
                "marked_by": q.marked_by,
                "groups": [
                    {
                        "title": g.title,
                        "public": g.public,
                        "points": g.points,
                        "earned": g.earned,
                        "status": g.status,
                        "mistake": g.mistake,
                    }
                    for g in q.groups
                ],
            }
            for q in result.questions
        ],
    }
