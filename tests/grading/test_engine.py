"""Grading a folder: resume, regrade, and every way in which it cannot begin."""

import csv
import os
import shutil
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.errors import GradingError, RegCourseError
from regcourse.grading import engine
from regcourse.grading.engine import grade
from regcourse.grading.marking import unmarked
from regcourse.questions import layout_of, load_exercise, solved

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"


@pytest.fixture(autouse=True)
def kept_warm(warm, monkeypatch):
    """Let the engine mark in sandboxes that are there; it has to give back each that it took."""
    monkeypatch.setattr(engine, "Sandbox", warm)
    yield
    assert len(warm.free) == 2


@pytest.fixture
def exercise(tmp_path):
    return Path(shutil.copytree(THIN, tmp_path / "exercise" / "90_thin"))


@pytest.fixture
def hand_in(tmp_path, exercise):
    """A function that hands in a student's notebook, solved or blank, and returns the folder."""
    loaded = load_exercise(exercise)
    blank = layout_of(loaded)
    layouts = {"solved": solved(loaded, blank), "blank": blank}

    def write(student, kind):
        folder = tmp_path / "submitted" / student
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook_of(loaded, layouts[kind]), folder / "90_thin.ipynb")
        return tmp_path / "submitted"

    return write


@pytest.fixture
def marks(tmp_path):
    """A function that reads grades.csv as {student: {column: cell}}."""

    def read():
        with (tmp_path / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}

    return read


def test_a_folder_becomes_marks_pages_and_a_gradebook(tmp_path, exercise, hand_in, marks):
    hand_in("ada", "solved")
    report = grade(exercise, hand_in("bob", "blank"), tmp_path / "out", jobs=2)
    assert (report.graded, report.kept, report.waiting) == (2, 0, ("ada",))
    rows = marks()
    assert [rows[name]["ridge_fit"] for name in ("ada", "bob")] == ["5.0", "0.0"]
    assert rows["ada"]["why"] == ""
    assert rows["bob"]["why:status"] == "not attempted"
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"grades.csv", "class.html", "feedback", "gradebook.sqlite", "secret.key"} <= written


def test_results_are_not_written_where_students_are_looked_for(tmp_path, exercise, hand_in):
    submitted = hand_in("ada", "blank")
    with pytest.raises(GradingError, match=r"must not lie in .*: its folders would count"):
        grade(exercise, submitted, submitted / "out")
    assert [path.name for path in submitted.iterdir()] == ["ada"]


@pytest.mark.parametrize("place", ["out", "data/out", ""])
def test_results_are_not_written_into_what_is_released(tmp_path, exercise, hand_in, place):
    submitted = hand_in("ada", "blank")
    before = sorted(exercise.rglob("*"))
    with pytest.raises(GradingError, match=r"must not lie in .*: what is in there may be released"):
        grade(exercise, submitted, exercise / place)
    assert sorted(exercise.rglob("*")) == before


def test_who_handed_in_once_and_has_no_folder_any_more_is_named(tmp_path, exercise, hand_in, marks):
    hand_in("bob", "blank")
    submitted = hand_in("ada", "blank")
    assert grade(exercise, submitted, tmp_path / "out").gone == ()
    shutil.rmtree(submitted / "bob")
    assert grade(exercise, submitted, tmp_path / "out").gone == ("bob",)
    assert set(marks()) == {"ada", "bob"}


def test_a_second_run_grades_only_what_changed(tmp_path, exercise, hand_in):
    hand_in("ada", "solved")
    submitted = hand_in("bob", "blank")
    grade(exercise, submitted, tmp_path / "out", jobs=1)
    hand_in("bob", "solved")
    seen = []
    report = grade(
        exercise,
        submitted,
        tmp_path / "out",
        jobs=1,
        progress=lambda done, total, result: seen.append((done, total, result.student)),
    )
    assert (report.graded, report.kept) == (1, 1)
    assert seen == [(1, 1, "bob")]
    assert report.changes == ()  # what another notebook earns is no move of a mark


def test_a_regrade_marks_everything_again_and_moves_nothing_of_itself(tmp_path, exercise, hand_in):
    submitted = hand_in("ada", "solved")
    grade(exercise, submitted, tmp_path / "out")
    report = grade(exercise, submitted, tmp_path / "out", regrade=True)
    assert (report.graded, report.changes) == (1, ())


def test_a_changed_exercise_asks_for_a_regrade_and_tells_what_moved(tmp_path, exercise, hand_in):
    submitted = hand_in("ada", "solved")
    grade(exercise, submitted, tmp_path / "out")
    questions = exercise / "questions.py"
    questions.write_text(questions.read_text("utf-8").replace('right="b"', 'right="a"'), "utf-8")
    with pytest.raises(GradingError, match="regrade"):
        grade(exercise, submitted, tmp_path / "out")
    report = grade(exercise, submitted, tmp_path / "out", regrade=True)
    (change,) = report.changes
    assert "pick" in str(change)


def test_the_secret_is_private_and_kept(tmp_path, exercise, hand_in):
    submitted = hand_in("ada", "blank")
    grade(exercise, submitted, tmp_path / "out")
    key = tmp_path / "out" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    assert len(before) == 32
    grade(exercise, submitted, tmp_path / "out")
    assert key.read_bytes() == before


def test_a_lost_secret_is_not_replaced(tmp_path, exercise, hand_in):
    submitted = hand_in("ada", "blank")
    grade(exercise, submitted, tmp_path / "out")
    (tmp_path / "out" / "secret.key").unlink()
    with pytest.raises(GradingError, match=r"secret\.key is gone"):
        grade(exercise, submitted, tmp_path / "out")


def test_a_short_secret_is_refused(tmp_path, exercise, hand_in):
    short = tmp_path / "short"
    short.write_bytes(b"too short")
    with pytest.raises(GradingError, match="at least 32 bytes, it has 9"):
        grade(exercise, hand_in("ada", "blank"), tmp_path / "out", secret_file=short)
    assert not (tmp_path / "out").exists()


def test_a_missing_secret_file_is_one_line(tmp_path, exercise, hand_in):
    with pytest.raises(GradingError, match="nowhere cannot be read or made: No such file"):
        grade(exercise, hand_in("ada", "blank"), tmp_path / "out", secret_file=tmp_path / "nowhere")


def test_a_folder_without_submissions_says_what_was_expected(tmp_path, exercise):
    (tmp_path / "submitted").mkdir()
    with pytest.raises(GradingError, match=r"expected <student>/90_thin\.ipynb"):
        grade(exercise, tmp_path / "submitted", tmp_path / "out")


def test_a_target_that_is_a_file_is_one_line(tmp_path, exercise, hand_in):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(GradingError, match="out cannot be made: File exists"):
        grade(exercise, hand_in("ada", "blank"), tmp_path / "out")


def test_a_target_that_cannot_be_written_is_one_line(tmp_path, exercise, hand_in, monkeypatch):
    monkeypatch.setattr(engine.os, "access", lambda path, mode: path != tmp_path / "out")
    with pytest.raises(GradingError, match="out cannot be written to"):
        grade(exercise, hand_in("ada", "blank"), tmp_path / "out")


def test_without_a_sandbox_nothing_is_run(tmp_path, exercise, hand_in, monkeypatch):
    monkeypatch.setattr(engine, "available", lambda protection: "bubblewrap is not installed")
    with pytest.raises(GradingError, match="bubblewrap is not installed"):
        grade(exercise, hand_in("ada", "blank"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_error_of_ours_goes_to_a_person_and_is_tried_again(
    tmp_path, exercise, hand_in, marks, monkeypatch
):
    def broken(*_):
        raise RuntimeError("a bug")

    submitted = hand_in("ada", "solved")
    with monkeypatch.context() as patched:
        patched.setattr(engine, "mark", broken)
        report = grade(exercise, submitted, tmp_path / "out")
    assert report.statuses == {"needs a person": 5}
    assert marks()["ada"]["ridge_fit"] == ""
    assert grade(exercise, submitted, tmp_path / "out").graded == 1
    assert marks()["ada"]["ridge_fit"] == "5.0"


def test_an_unreadable_notebook_is_refused_and_the_rest_is_graded(
    tmp_path, exercise, hand_in, marks
):
    hand_in("ada", "solved")
    submitted = hand_in("bob", "blank")
    (submitted / "bob" / "90_thin.ipynb").write_bytes(b"not a notebook")
    grade(exercise, submitted, tmp_path / "out")
    assert marks()["bob"]["ridge_fit:status"] == "refused"
    assert marks()["ada"]["ridge_fit"] == "5.0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2026-03-01 12:30:00.5 UTC\n", "2026-03-01 12:30:00.5 UTC"), ("=1+1", ""), ("\x00", "")],
    ids=["nbgrader's", "a formula", "not text"],
)
def test_the_time_of_handing_in_is_read_as_nbgrader_writes_it(
    tmp_path, exercise, hand_in, marks, text, shown
):
    submitted = hand_in("ada", "blank")
    (submitted / "ada" / "timestamp.txt").write_text(text)
    grade(exercise, submitted, tmp_path / "out")
    assert marks()["ada"]["timestamp"] == shown


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_stands_in_the_place_of_the_time_is_passed_over(
    tmp_path, exercise, hand_in, marks, kind
):
    submitted = hand_in("ada", "blank")
    (tmp_path / "other.txt").write_text("2026-03-01")
    stand_in = {"pipe": os.mkfifo, "link": lambda path: path.symlink_to(tmp_path / "other.txt")}
    stand_in[kind](submitted / "ada" / "timestamp.txt")
    grade(exercise, submitted, tmp_path / "out")
    assert marks()["ada"]["timestamp"] == ""


def test_an_enormous_notebook_is_refused_unread_until_it_is_replaced(
    tmp_path, exercise, hand_in, marks
):
    submitted = hand_in("ada", "blank")
    os.truncate(submitted / "ada" / "90_thin.ipynb", 10**11)  # a hole, which would take minutes
    assert grade(exercise, submitted, tmp_path / "out").graded == 1
    assert marks()["ada"]["ridge_fit:status"] == "refused"
    assert grade(exercise, submitted, tmp_path / "out").kept == 1
    hand_in("ada", "solved")
    assert grade(exercise, submitted, tmp_path / "out").graded == 1


def test_a_problem_that_became_another_one_is_looked_at_again(tmp_path, exercise, hand_in, marks):
    submitted = hand_in("ada", "blank")
    (submitted / "bob").mkdir()
    assert grade(exercise, submitted, tmp_path / "out").graded == 2
    assert grade(exercise, submitted, tmp_path / "out").graded == 0
    for name in ("one", "two"):
        shutil.copy(submitted / "ada" / "90_thin.ipynb", submitted / "bob" / f"{name}.ipynb")
    assert grade(exercise, submitted, tmp_path / "out").graded == 1
    assert marks()["bob"]["ridge_fit:status"] == "needs a person"


def test_per_student_draws_differ_and_right_answers_pass_all_of_them(tmp_path, exercise, hand_in):
    questions = exercise / "questions.py"
    text = questions.read_text("utf-8")
    opened = 'packages=["numpy", "matplotlib"]'
    assert opened in text
    questions.write_text(text.replace(opened, f"{opened}, per_student=True"), "utf-8")
    hand_in("ada", "solved")
    report = grade(exercise, hand_in("bob", "solved"), tmp_path / "out")
    assert report.statuses == {"passed": 8, "needs a person": 2}


def test_a_folder_that_is_no_exercise_is_one_line(tmp_path):
    with pytest.raises(RegCourseError, match=r"has no questions\.py"):
        grade(tmp_path, tmp_path, tmp_path / "out")


def test_what_waits_is_not_run_once_a_result_cannot_be_kept(
    tmp_path, exercise, hand_in, monkeypatch
):
    begun, ended = [], threading.Event()

    class Pool(ThreadPoolExecutor):
        def shutdown(self, wait=True, *, cancel_futures=False):
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            ended.set()
            super().shutdown(wait=wait)

    def one(found, store, *_):
        begun.append(found.student)
        # The second is under way when the first cannot be kept, and lasts until the end.
        assert len(begun) == 1 or ended.wait(60)
        return unmarked(found.student, store, "not attempted", "")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(engine, "ThreadPoolExecutor", Pool)
    monkeypatch.setattr(engine, "_one", one)
    monkeypatch.setattr(engine.Gradebook, "record", full)
    for student in [f"student-{i}" for i in range(20)]:
        submitted = hand_in(student, "blank")
    with pytest.raises(OSError, match="no space left") as caught:
        grade(exercise, submitted, tmp_path / "out", jobs=1)
    # The trace keeps every frame alive: only closing ends the queue.
    assert caught.tb is not None
    was_ended = ended.is_set()
    ended.set()  # nobody is left waiting, whatever comes of this test
    assert was_ended
    assert len(begun) <= 2
