"""A whole class: what is found, what is told, and what everybody earns."""

import contextlib
import csv
import dataclasses
import html
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.book.gradebook import Gradebook
from regcourse.grading.intake.submission import find_submissions, read_submission
from regcourse.grading.safe import file_stem, unguarded
from regcourse.questions import layout_of

# What never ends, and what hoards without end, is stopped sooner than in a real class.
HASTY = """
from regcourse.grading.sandbox import Limits, warm
warm.Limits = lambda: Limits(cell_seconds=2.0, memory_bytes=800_000_000)
from regcourse.cli import main
main()
"""
COMMAND = [sys.executable, "-c", HASTY, "grade"]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory, ridge):
    """The exercise's folder, where a call may last a second."""
    folder = tmp_path_factory.mktemp("exercise") / "03_ridge"
    shutil.copytree(ridge[0].folder, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    with (folder / "questions.py").open("a", encoding="utf-8") as file:
        file.write("\n\nfor question in ex.functions:\n    question.cpu_seconds = 1.0\n")
    return folder


@pytest.fixture(scope="module")
def submitted(tmp_path_factory, classroom, class_of_ridge, ridge):
    """The folder that the class hands in."""
    folder = tmp_path_factory.mktemp("submitted")
    classroom.write(folder, *ridge, class_of_ridge)
    return folder


@pytest.fixture(scope="module")
def graded(tmp_path_factory, submitted, exercise):
    """(process, folder) after the whole class was graded by the command."""
    folder = tmp_path_factory.mktemp("graded")
    options = [exercise, submitted, "--to", folder, "-j", "2"]
    process = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=300)
    return process, folder


def _told(found, layout):
    """What is told about one entry: notices, or the problem alone."""
    if found.path is None:
        return (found.problem,)
    try:
        return found.notices + read_submission(found.path, found.student, layout).notices
    except SubmissionUnreadable as error:
        return (str(error),)


def _rows(folder):
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {unguarded(row["student_id"]): row for row in csv.DictReader(file)}


def _marks(row, questions):
    """A row as the classroom states it: (points or None, status, mistake) by question."""
    return {
        name: (
            float(row[name]) if row[name] else None,
            row[f"{name}:status"],
            row[f"{name}:mistake"],
        )
        for name in questions
    }


def test_the_class_is_large_and_everybody_is_found(submitted, class_of_ridge):
    names = sorted(pupil.student for pupil in class_of_ridge)
    assert len(names) >= 45
    assert [found.student for found in find_submissions(submitted, "03_ridge")] == names


def test_everybody_is_told_what_was_repaired_and_nothing_else(submitted, class_of_ridge, ridge):
    layout = layout_of(ridge[0])
    told = {f.student: _told(f, layout) for f in find_submissions(submitted, "03_ridge")}
    begins = {p.student: (p.problem,) if p.problem else p.notices for p in class_of_ridge}
    cut = {
        name: tuple(words[: len(start)] for words, start in zip(told[name], starts, strict=False))
        for name, starts in begins.items()
    }
    assert cut == begins
    assert {n: len(words) for n, words in told.items()} == {n: len(w) for n, w in begins.items()}


def test_everybody_gets_exactly_their_marks(graded, class_of_ridge, classroom, ridge):
    process, folder = graded
    assert process.returncode == 0, process.stderr
    rows = _rows(folder)
    got = {name: _marks(row, ridge[0].questions) for name, row in rows.items()}
    wanted = {p.student: classroom.expected(ridge[0], p) for p in class_of_ridge}
    wrong = {name: (got[name], wanted[name]) for name in wanted if got[name] != wanted[name]}
    assert wrong == {}
    assert len(rows) == len(class_of_ridge)


def test_everybody_gets_a_page_that_tells_what_was_repaired(graded, submitted, ridge):
    layout, pages = layout_of(ridge[0]), graded[1] / "feedback"
    told = {f.student: _told(f, layout) for f in find_submissions(submitted, "03_ridge")}
    texts = {name: (pages / f"{file_stem(name)}.html").read_text() for name in told}
    silent = {
        (name, sentence)
        for name, sentences in told.items()
        for sentence in sentences
        if sentence not in html.unescape(texts[name])
    }
    assert silent == set()
    assert len(list(pages.glob("*.html"))) == len(told)


def test_a_second_run_grades_nobody_again(graded, submitted, exercise):
    folder = graded[1]
    before = (folder / "grades.csv").read_bytes()
    options = [exercise, submitted, "--to", folder]
    again = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=300)
    assert (again.returncode, (folder / "grades.csv").read_bytes()) == (0, before), again.stderr
    with Gradebook.read(folder / "gradebook.sqlite") as gradebook:
        attempts = [len(gradebook.history(result.student)) for result in gradebook.latest()]
    assert set(attempts) == {1}


@pytest.fixture
def sleepy_class(tmp_path, classroom, class_of_ridge, ridge):
    """A folder of twenty-one, the eleventh of whom takes three seconds."""

    def sleeps(homework):
        homework.add("import time\ntime.sleep(3)")

    pupils = [p for p in class_of_ridge if p.student.startswith(("right", "slip", "way"))][:20]
    names = sorted(pupil.student for pupil in pupils)
    sleeper = dataclasses.replace(pupils[0], student=f"{names[9]}-sleeps", change=sleeps)
    folder = tmp_path / "submitted"
    classroom.write(folder, *ridge, [*pupils, sleeper])
    return folder


def _attempts(folder):
    """(number, time, student) of every attempt in a gradebook that may be in use."""
    path = folder / "gradebook.sqlite"
    if not path.exists():
        return []
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        try:
            return database.execute("SELECT id, at, student FROM attempts ORDER BY id").fetchall()
        except sqlite3.OperationalError:
            return []


def test_a_run_that_is_killed_loses_and_repeats_nothing(sleepy_class, tmp_path, exercise):
    folder = tmp_path / "graded"
    command = [*COMMAND, exercise, sleepy_class, "--to", folder, "-j", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while len(_attempts(folder)) < 10 and process.poll() is None:
            time.sleep(0.02)
        process.kill()
    before = _attempts(folder)
    assert process.returncode == -signal.SIGKILL
    # Ten if this process is woken in time; the next ones on a machine with much else to do.
    assert 10 <= len(before) < 21

    again = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert again.returncode == 0, again.stderr
    after = _attempts(folder)
    assert after[: len(before)] == before
    assert sorted(student for _, _, student in after) == sorted(_rows(folder))
    assert len(after) == 21
