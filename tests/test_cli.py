"""The command line as scripts use it: what it writes, what it says, how it exits."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from regcourse import cli
from regcourse.authoring.exercises import notebook_of
from regcourse.cli import main
from regcourse.lab import workspace
from regcourse.questions import layout_of, load_exercise, solved

THIN = Path(__file__).parent / "exercises" / "thin" / "90_thin"


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    """Ada has solved everything, Bob nothing, Eve has sent something else."""
    folder = tmp_path_factory.mktemp("submitted")
    exercise = load_exercise(THIN)
    blank = layout_of(exercise)
    for student, layout in (("ada", solved(exercise, blank)), ("bob", blank)):
        (folder / student).mkdir()
        nbformat.write(notebook_of(exercise, layout), folder / student / "90_thin.ipynb")
    (folder / "eve").mkdir()
    (folder / "eve" / "90_thin.ipynb").write_bytes(b"\x00\x01")
    return folder


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory, submitted):
    folder = tmp_path_factory.mktemp("graded") / "out"
    outcome = CliRunner().invoke(main, ["grade", str(THIN), str(submitted), "--to", str(folder)])
    return folder, outcome


@pytest.fixture
def graded(graded_once, tmp_path):
    return Path(shutil.copytree(graded_once[0], tmp_path / "graded"))


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_grade_exits_with_0_however_bad_the_submissions(graded_once):
    folder, outcome = graded_once
    assert outcome.exit_code == 0, outcome.output
    assert "90_thin: 3 graded, 0 kept from before" in outcome.stdout
    assert "waiting for a person: 1 (ada)" in outcome.stdout
    assert [row["student_id"] for row in table(folder / "grades.csv")] == ["ada", "bob", "eve"]


def test_grades_begin_with_nbgraders_columns_and_end_with_the_questions(graded):
    columns = list(table(graded / "grades.csv")[0])
    first = ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"]
    marks = ["raw_score", "late_submission_penalty", "score", "max_score"]
    assert columns[:11] == first + marks
    assert columns[11:14] == ["ridge_fit", "ridge_fit:status", "ridge_fit:mistake"]


def test_every_student_has_a_feedback_page(graded):
    pages = {path.name for path in (graded / "feedback").iterdir()}
    assert pages == {"ada.html", "bob.html", "eve.html", "index.csv"}


def test_a_second_grade_keeps_what_is_there(run, graded, submitted):
    outcome = run("grade", THIN, submitted, "--to", graded)
    assert outcome.exit_code == 0, outcome.output
    assert "0 graded, 3 kept from before" in outcome.stdout


def test_who_is_not_in_the_folder_any_more_is_told(run, graded, submitted, tmp_path):
    fewer = Path(shutil.copytree(submitted, tmp_path / "fewer"))
    shutil.rmtree(fewer / "bob")
    outcome = run("grade", THIN, fewer, "--to", graded)
    assert "  not in the folder any more, kept from before: 1 (bob)\n" in outcome.stdout
    assert [row["student_id"] for row in table(graded / "grades.csv")] == ["ada", "bob", "eve"]


def test_a_report_on_a_run_that_was_killed_says_that_there_is_more_to_do(run, graded):
    assert run("report", graded).stderr == ""
    with sqlite3.connect(graded / "gradebook.sqlite") as database:
        database.execute("UPDATE runs SET ended = NULL")
    database.close()
    outcome = run("report", graded)
    assert outcome.exit_code == 0
    assert outcome.stderr == "the last run did not finish: 3 students so far, grade again\n"


def test_report_makes_the_same_pages_again(run, graded):
    page = graded / "feedback" / "ada.html"
    before = page.read_bytes()
    page.unlink()
    outcome = run("report", graded)
    assert outcome.exit_code == 0, outcome.output
    assert page.read_bytes() == before


def test_export_writes_csv_and_json(run, graded, tmp_path):
    assert run("export", graded, "--format", "csv", "--to", tmp_path / "m.csv").exit_code == 0
    assert (tmp_path / "m.csv").read_bytes() == (graded / "grades.csv").read_bytes()
    assert run("export", graded, "--format", "json", "--to", tmp_path / "m.json").exit_code == 0
    students = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["students"]
    assert [student["student_id"] for student in students] == ["ada", "bob", "eve"]


def test_a_persons_marks_are_entered_and_survive_a_regrade(run, graded, submitted, tmp_path):
    marks = tmp_path / "marks.csv"
    marks.write_text("student_id,question,points,comment\nada,why,2.5,Well said.\n")
    outcome = run("mark", graded, marks)
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.startswith("1 mark entered")
    outcome = run("grade", THIN, submitted, "--to", graded, "--regrade", "-j", 1)
    assert outcome.exit_code == 0, outcome.output
    ada = table(graded / "grades.csv")[0]
    assert (ada["why"], ada["raw_score"]) == ("2.5", "12.5")
    assert "Well said." in (graded / "feedback" / "ada.html").read_text(encoding="utf-8")


def test_marks_for_nobody_are_refused_whole(run, graded, tmp_path):
    marks = tmp_path / "marks.csv"
    marks.write_text("student_id,question,points,comment\nada,why,1,\nzoe,why,1,\n")
    outcome = run("mark", graded, marks)
    assert outcome.exit_code == 2
    assert "zoe" in outcome.stderr
    assert table(graded / "grades.csv")[0]["why"] == ""


def test_release_writes_notebook_and_check_data(run, tmp_path):
    outcome = run("release", THIN, "--to", tmp_path / "out")
    assert outcome.exit_code == 0, outcome.output
    assert (tmp_path / "out" / "90_thin" / "90_thin.ipynb").is_file()
    assert (tmp_path / "out" / "90_thin" / "90_thin.checks.json").is_file()


def test_lab_hands_its_options_to_jupyterlab(run, monkeypatch):
    seen = []
    monkeypatch.setattr(workspace, "open_lab", lambda options: seen.append(options) or 0)
    assert run("lab", "--no-browser", "--port", "8899", "--help").exit_code == 0
    assert seen == [("--no-browser", "--port", "8899", "--help")]


@pytest.mark.parametrize(
    "content",
    [b"not a database" * 50, b"SQLite format 3\x00" + b"x" * 99],
    ids=["text", "torn"],
)
@pytest.mark.parametrize("verb", ["grade", "report", "export", "mark"])
def test_a_damaged_gradebook_is_one_line_and_left_as_it_is(run, submitted, tmp_path, content, verb):
    folder = tmp_path / "graded"
    folder.mkdir()
    book = folder / "gradebook.sqlite"
    book.write_bytes(content)
    (folder / "secret.key").write_bytes(bytes(32))
    marks = tmp_path / "marks.csv"
    marks.write_text("student_id,question,points,comment\n")
    arguments = {
        "grade": (THIN, submitted, "--to", folder),
        "report": (folder,),
        "export": (folder, "--format", "csv", "--to", tmp_path / "x.csv"),
        "mark": (folder, marks),
    }
    outcome = run(verb, *arguments[verb])
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("Error: ")
    assert "gradebook.sqlite" in outcome.stderr
    assert book.read_bytes() == content


def test_a_gradebook_of_something_else_is_left_alone(run, submitted, tmp_path):
    (tmp_path / "graded").mkdir()
    book = tmp_path / "graded" / "gradebook.sqlite"
    with sqlite3.connect(book) as database:
        database.execute("CREATE TABLE birds (name TEXT)")
    database.close()
    before = book.read_bytes()
    (tmp_path / "graded" / "secret.key").write_bytes(bytes(32))
    outcome = run("grade", THIN, submitted, "--to", tmp_path / "graded")
    assert outcome.exit_code == 2
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("grade", THIN, "nowhere", "--to", "out"),
        ("grade", "nowhere", ".", "--to", "out"),
        ("grade", THIN, "."),
        ("grade", THIN, ".", "--to", "out", "-j", "0"),
        ("grade", THIN, ".", "--to", "out", "--secret-file", "nowhere"),
        ("grade", THIN, ".", "--to", "out"),
        ("grade", ".", ".", "--to", "out"),
        ("release", ".", "--to", "out"),
        ("check", "nowhere"),
        ("report", "."),
        ("export", ".", "--format", "xml", "--to", "x"),
        ("export", ".", "--format", "csv", "--to", "x"),
        ("export", ".", "--to", "x"),
        ("report", "nosuch"),
        ("mark", ".", "nosuch.csv"),
        ("grade", THIN, ".", "--to", "out", "--fast"),
        ("--fast",),
        ("fly",),
    ],
    ids=lambda arguments: " ".join(getattr(a, "name", str(a)) for a in arguments),
)
def test_what_the_user_can_mend_is_one_clear_line_and_exit_code_2(
    run, tmp_path, monkeypatch, arguments
):
    monkeypatch.chdir(tmp_path)
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("Error: ")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_command_is_told_with_the_place_where_the_right_one_stands(run):
    outcome = run("grade", THIN, "nosuch", "--to", "out")
    assert outcome.stderr == "Error: Directory 'nosuch' does not exist (see `regcourse grade -h`)\n"
    outcome = run("grade", THIN, ".", "--to", "out", "-j", "0")
    assert outcome.stderr == (
        "Error: Invalid value for '-j': 0 is not in the range x>=1 (see `regcourse grade -h`)\n"
    )
    assert run("release", THIN).stderr == (
        "Error: Missing option '--to' (see `regcourse release -h`)\n"
    )
    assert run("report").stderr == (
        "Error: Missing argument 'GRADED_DIR' (see `regcourse report -h`)\n"
    )
    assert run("fly").stderr == "Error: No such command 'fly' (see `regcourse -h`)\n"


def test_an_error_that_quotes_several_lines_is_one_line(run, tmp_path):
    (tmp_path / "90_thin").mkdir()
    text = (THIN / "questions.py").read_text("utf-8") + "\nraise ValueError('one\\ntwo')\n"
    (tmp_path / "90_thin" / "questions.py").write_text(text, "utf-8")
    outcome = run("release", tmp_path / "90_thin", "--to", tmp_path / "out")
    assert outcome.exit_code == 2
    assert len(outcome.stderr.splitlines()) == 1
    assert "ValueError: one two" in outcome.stderr


@pytest.mark.parametrize("arguments", [(), ("-h",), ("grade", "-h")], ids=["alone", "-h", "grade"])
def test_help_is_still_help(run, arguments):
    outcome = run(*arguments)
    assert outcome.output.startswith("Usage: regcourse")
    assert len(outcome.output.splitlines()) > 8


def test_a_long_run_says_now_and_then_where_it_is(run, graded, submitted, monkeypatch):
    monkeypatch.setattr(cli, "QUIET_SECONDS", 0.0)
    outcome = run("grade", THIN, submitted, "--to", graded, "--regrade", "-j", 1)
    told = outcome.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == ["1 of 3", "2 of 3", "3 of 3"]
    assert sorted(line.split(": ")[1] for line in told) == ["ada", "bob", "eve"]
    assert "  no marks moved\n" in outcome.stdout


def test_a_short_run_says_nothing_on_the_way(run, graded, submitted):
    assert run("grade", THIN, submitted, "--to", graded, "--regrade", "-j", 1).stderr == ""
