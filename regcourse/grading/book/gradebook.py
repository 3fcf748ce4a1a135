"""Every attempt ever graded, and every mark that a person gave: added to, never altered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from regcourse.errors import GradebookDamaged, GradingError, InvalidInput
from regcourse.grading.book.changes import Change, changes_between
from regcourse.grading.book.journal import COPY, claim, connect, in_words, seal
from regcourse.grading.book.marks import Given, Mark, answer_digest, check_mark, with_marks
from regcourse.grading.results import SubmissionResult
from regcourse.questions import Exercise

__all__ = ["Attempt", "Change", "Gradebook", "Mark"]

_LATEST = """SELECT * FROM attempts WHERE id IN
    (SELECT MAX(id) FROM attempts GROUP BY student) ORDER BY student"""
_LATEST_BEFORE_RUN = """SELECT * FROM attempts WHERE id IN
    (SELECT MAX(id) FROM attempts WHERE run < ? GROUP BY student)"""
_LATEST_IN_RUN = """SELECT * FROM attempts WHERE id IN
    (SELECT MAX(id) FROM attempts WHERE run = ? GROUP BY student)"""
_HISTORY = "SELECT * FROM attempts WHERE student = ? ORDER BY id"


@dataclass(frozen=True)
class Attempt:
    """One grading of one submission, as it came from the grader."""

    run: int
    at: str
    submission: str
    exercise: str
    engine: str
    result: SubmissionResult


class Gradebook:
    """A context manager over one file. Make it with `Gradebook.open` or `Gradebook.read`."""

    def __init__(self, path: Path, database: sqlite3.Connection, lock: int | None):
        self.path = path
        self._database = database
        self._lock = lock
        self._run: int | None = None
        self._regrade = False
        with in_words(path):
            (self.exercise,) = database.execute(
                "SELECT value FROM facts WHERE name = 'exercise'"
            ).fetchone()

    @classmethod
    def open(cls, path: Path, exercise: str | None = None) -> Gradebook:
        """Open for writing; make it if it is not there and `exercise` is given.

        Raises
        ------
        GradebookDamaged
            The file is foreign, damaged or of another exercise. It is left as it is.
        GradingError
            Another process is writing to it, or it cannot be written.
        """
        if not path.parent.is_dir():
            raise GradingError(f"there is no folder {path.parent}")
        lock = claim(path)
        try:
            return cls(path, connect(path, exercise, write=True), lock)
        except BaseException:
            if lock is not None:
                os.close(lock)
            raise

    @classmethod
    def read(cls, path: Path, exercise: str | None = None) -> Gradebook:
        """Open for reading only, also while another process grades."""
        return cls(path, connect(path, exercise, write=False), None)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._run is not None:
                with self._adding() as add:
                    add("UPDATE runs SET ended = ? WHERE id = ?", (_now(), self._run))
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file. A run that did not come to its end stays open in it."""
        self._database.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def title(self) -> str:
        """The exercise's title at the last run, or its name."""
        rows = self._rows("SELECT title FROM runs ORDER BY id DESC LIMIT 1")
        return str(rows[0][0]) if rows else str(self.exercise)

    @property
    def unfinished(self) -> bool:
        """Did the last run come to no end? Some students have no result of it then.

        A run of this very object does not count: it knows by itself how far it is.
        """
        rows = self._rows("SELECT id, ended FROM runs ORDER BY id DESC LIMIT 1")
        return bool(rows) and rows[0][1] is None and rows[0][0] != self._run

    def bind(self, exercise: Exercise, digest: str, secret: str, *, regrade: bool) -> None:
        """Begin a run. A regrade that was killed is taken up again by the next one.

        Raises
        ------
        GradingError
            The exercise or the secret changed since the last run, and this is no regrade:
            some students would be judged by other cases than the rest.
        """
        rows = self._rows(
            "SELECT id, ended, regrade, exercise, secret FROM runs ORDER BY id DESC LIMIT 1"
        )
        graded = bool(self._rows("SELECT 1 FROM attempts LIMIT 1"))
        if rows and graded and not regrade:
            changed = "the exercise" if rows[0][3] != digest else ""
            changed = changed or ("the secret" if rows[0][4] != secret else "")
            if changed:
                raise GradingError(
                    f"{changed} has changed since {self.path} was filled: "
                    "put it back, or mark everything again with --regrade"
                )
        self._regrade = regrade
        if rows and regrade and rows[0][1:] == (None, 1, digest, secret):
            self._run = int(rows[0][0])
            return
        with self._adding() as add:
            self._run = add(
                "INSERT INTO runs (begun, regrade, title, exercise, secret) VALUES (?, ?, ?, ?, ?)",
                (_now(), int(regrade), exercise.title, digest, secret),
            ).lastrowid

    def has(self, student: str, submission: str, exercise: str, engine: str) -> bool:
        """Is the student's latest attempt of just this? In a regrade, only this run's count.

        An older attempt does not count: who hands in A, then B, then A again wants A.
        """
        rows = self._rows(
            "SELECT submission, exercise, engine, run FROM attempts WHERE student = ? "
            "ORDER BY id DESC LIMIT 1",
            (student,),
        )
        return (
            bool(rows)
            and rows[0][:3] == (submission, exercise, engine)
            and (not self._regrade or rows[0][3] == self._run)
        )

    def record(self, result: SubmissionResult, submission: str, exercise: str, engine: str) -> None:
        """Add one attempt, in a transaction of its own: after return it survives a kill."""
        if result.exercise != self.exercise:
            raise InvalidInput(
                f"result must be of the exercise {self.exercise}, got {result.exercise}"
            )
        if result.student.encode("utf-8", "replace").decode() != result.student:
            raise InvalidInput(f"student must be text that UTF-8 can hold, got {result.student!r}")
        fields = (
            self._run or 0, _now(), result.student, submission, exercise, engine, result.to_json()
        )  # fmt: skip
        with self._adding() as add:
            add(
                "INSERT INTO attempts (run, at, student, submission, exercise, engine, result, "
                "seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*fields, seal(*fields)),
            )

    def latest(self) -> list[SubmissionResult]:
        """Return each student's latest result with the marks that people gave, by student."""
        marks = self._marks()
        return [_marked(attempt, marks) for attempt in self._attempts(_LATEST)]

    def history(self, student: str) -> list[Attempt]:
        """Return a student's attempts from the first to the last, as the grader made them."""
        return list(self._attempts(_HISTORY, (student,)))

    def changes(self) -> tuple[Change, ...]:
        """Return what the last run moved, by student: against the attempt before that run."""
        run = self._rows("SELECT MAX(id) FROM runs")[0][0] or 0
        marks = self._marks()
        before, after = (
            {a.result.student: _marked(a, marks) for a in self._attempts(query, (run,))}
            for query in (_LATEST_BEFORE_RUN, _LATEST_IN_RUN)
        )
        return tuple(
            change
            for student in sorted(after)
            if student in before
            for change in changes_between(before[student], after[student])
        )

    def mark(self, marks: Iterable[Mark]) -> int:
        """Enter a person's marks, all of them or none; return how many.

        They override what the grader says, and stay when a submission is graded again. When
        a student hands in something else, a mark stays only with a written answer that is
        the same to the letter; otherwise the question goes back to a person.

        Raises
        ------
        InvalidInput
            There is no such student or question, or the points are not between 0 and its own.
        """
        marks = list(marks)
        attempts = {a.result.student: a for a in self._attempts(_LATEST)}
        rows = []
        for mark in marks:
            attempt = attempts.get(mark.student)
            question = check_mark(mark, attempt.result if attempt is not None else None)
            assert attempt is not None, "check_mark refuses a student without an attempt"
            points = None if mark.points is None else float(mark.points)
            said = (mark.student, mark.question, points, mark.comment, mark.by)
            rows.append((_now(), *said, attempt.submission, answer_digest(question)))
        with self._adding() as add:
            for row in rows:
                add(
                    "INSERT INTO marks (at, student, question, points, comment, marker, "
                    "submission, answer, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, seal(*row)),
                )
        return len(marks)

    @contextmanager
    def _adding(self) -> Iterator[Callable[[str, Sequence[Any]], sqlite3.Cursor]]:
        """One transaction: all of it is in the file afterwards, or nothing."""
        with in_words(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database.execute
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with in_words(self.path):
            return self._database.execute(query, values).fetchall()

    def _attempts(self, query: str, values: Sequence[Any] = ()) -> Iterator[Attempt]:
        for _, *fields, kept in self._rows(query, values):
            self._unbroken(fields, kept)
            run, at, _, submission, exercise, engine, text = fields
            result = SubmissionResult.from_json(text)
            yield Attempt(run, at, submission, exercise, engine, result)

    def _marks(self) -> dict[str, dict[str, Given]]:
        """Return the last mark of each question, by student."""
        marks: dict[str, dict[str, Given]] = {}
        for _, *fields, kept in self._rows("SELECT * FROM marks ORDER BY id"):
            self._unbroken(fields, kept)
            _, student, question, points, comment, by, submission, answer = fields
            mark = Mark(student, question, points, comment, by)
            marks.setdefault(student, {})[question] = Given(mark, submission, answer)
        return marks

    def _unbroken(self, fields: Sequence[Any], kept: str) -> None:
        if seal(*fields) != kept:
            raise GradebookDamaged(
                f"{self.path} is damaged, and was left as it is: "
                f"a row does not match its checksum; {COPY}"
            )


def _marked(attempt: Attempt, marks: dict[str, dict[str, Given]]) -> SubmissionResult:
    given = marks.get(attempt.result.student, {})
    return with_marks(attempt.result, attempt.submission, given)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
