"""The marks as tables: nbgrader's columns, no formula, no zero where nobody has marked."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcourse.errors import InvalidInput
from regcourse.grading.book.gradebook import Gradebook, Mark
from regcourse.grading.book.marks import read_marks
from regcourse.grading.reports.exports import (
    NBGRADER_COLUMNS,
    csv_text,
    json_text,
    question_names,
    write_csv,
    write_index,
    write_json,
    write_waiting,
)
from regcourse.grading.reports.publish import enter_marks, export, publish_again
from regcourse.grading.results import GroupResult, QuestionResult, SubmissionResult
from regcourse.grading.safe import file_stem, unguarded

SCHEMA = Path(__file__).parents[3] / "docs" / "grades.schema.json"
HEADER = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
    "raw_score,late_submission_penalty,score,max_score"
)


def result(student="ada", **more):
    return SubmissionResult(
        student,
        "03_ridge",
        (
            QuestionResult(
                "ridge_fit",
                "function",
                5.0,
                2.5,
                "failed",
                "forgot_n",
                groups=(GroupResult("tall", True, 5.0, 2.5, "failed", mistake="forgot_n"),),
            ),
            QuestionResult("shrinks_most", "choice", 1.0, 0.0, "failed", "option_a"),
            QuestionResult("why", "written", 3.0, None, "needs a person", answer="=1+1\nor so"),
        ),
        **more,
    )


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_nbgraders_columns_come_first_then_each_question_then_who_waits():
    assert ",".join(NBGRADER_COLUMNS) == HEADER
    first = csv_text([result()]).splitlines()[0]
    assert first == HEADER + (
        ",ridge_fit,ridge_fit:status,ridge_fit:mistake"
        ",shrinks_most,shrinks_most:status,shrinks_most:mistake"
        ",why,why:status,why:mistake,waiting"
    )


def test_one_row_for_each_student_sorted():
    rows = rows_of(csv_text([result("cy"), result("ada"), result("bob")]))
    assert [row["student_id"] for row in rows] == ["ada", "bob", "cy"]


def test_zero_is_a_zero_and_an_unmarked_answer_an_empty_cell():
    (row,) = rows_of(csv_text([result()]))
    assert (row["ridge_fit"], row["shrinks_most"], row["why"]) == ("2.5", "0.0", "")
    assert (row["why:status"], row["ridge_fit:mistake"]) == ("needs a person", "forgot_n")


def test_the_score_is_what_is_marked_so_far_and_waiting_says_what_is_not():
    (row,) = rows_of(csv_text([result()]))
    assert (row["raw_score"], row["score"], row["max_score"]) == ("2.5", "2.5", "9.0")
    assert (row["late_submission_penalty"], row["waiting"]) == ("0.0", "why")


def test_names_and_times_come_from_what_the_grader_knows():
    meta = {"timestamp": "2026-11-21 08:00:00 UTC", "last_name": "Lovelace", "email": "a@b.org"}
    (row,) = rows_of(csv_text([result(meta=meta)]))
    assert (row["timestamp"], row["last_name"], row["first_name"]) == (
        "2026-11-21 08:00:00 UTC",
        "Lovelace",
        "",
    )


def test_sums_of_tenths_show_no_noise():
    questions = tuple(QuestionResult(n, "value", 0.1, 0.1, "passed") for n in "abc")
    (row,) = rows_of(csv_text([SubmissionResult("ada", "x", questions)]))
    assert (row["score"], row["max_score"]) == ("0.3", "0.3")


def test_questions_of_an_older_exercise_come_last_and_are_empty_for_others():
    old = SubmissionResult(
        "old", "03_ridge", (QuestionResult("gone", "value", 1.0, 1.0, "passed"),)
    )
    assert question_names([old, result()]) == ["ridge_fit", "shrinks_most", "why", "gone"]
    assert rows_of(csv_text([old, result()]))[0]["gone"] == ""


def test_a_class_of_nobody_is_a_header():
    assert csv_text([]) == f"{HEADER},waiting\n"


STUDENTS = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n,;\"'\x00\u202e\ud800"), st.characters()), max_size=12
)


@given(student=STUDENTS, mistake=STUDENTS)
def test_no_text_is_a_formula_breaks_the_table_or_cannot_be_written(student, mistake):
    question = QuestionResult("q", "value", 1.0, 1.0, "passed", mistake, answer=mistake)
    text = csv_text([SubmissionResult(student, "x", (question,))])
    header, *rows = csv.reader(io.StringIO(text))
    (row,) = rows
    assert len(row) == len(header)
    parts = [part for cell in row for part in re.split("[;\t]", cell)]
    assert not [part for part in parts if part.lstrip().startswith(tuple("=+-@"))]
    assert len(text.splitlines()) == 2
    text.encode("utf-8")


def test_the_json_is_as_documented_and_holds_texts_as_they_are():
    document = json.loads(json_text([result("=bob", notices=("a notice",)), result("ada")]))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [one["student_id"] for one in document["students"]] == ["=bob", "ada"]
    assert document["students"][0]["questions"][2]["earned"] is None
    assert document["students"][0]["questions"][0]["groups"][0]["mistake"] == "forgot_n"


def test_the_json_holds_no_text_of_a_case():
    secret = GroupResult("wide", False, 1.0, 0.0, "failed", call="SECRET", got="SECRET")
    question = QuestionResult("q", "function", 1.0, 0.0, "failed", groups=(secret,))
    assert "SECRET" not in json_text([SubmissionResult("ada", "x", (question,))])


def test_files_are_written_whole(tmp_path):
    write_csv([result()], tmp_path / "grades.csv")
    write_json([result()], tmp_path / "grades.json")
    assert (tmp_path / "grades.csv").read_text("utf-8") == csv_text([result()])
    assert (tmp_path / "grades.json").read_text("utf-8") == json_text([result()])
    assert len(list(tmp_path.iterdir())) == 2


def test_the_waiting_list_is_the_table_that_marks_are_read_from(tmp_path):
    path = tmp_path / "waiting.csv"
    write_waiting([result("=bob"), result("ada")], path)
    (first, second) = rows_of(path.read_text("utf-8"))
    assert (first["student_id"], first["answer"]) == ("'=bob", "'=1+1 or so")
    assert first["would_be"] == ""
    assert (second["question"], second["points"], second["out_of"]) == ("why", "", "3.0")
    assert read_marks(path) == []
    path.write_text(path.read_text("utf-8").replace("why,,", "why,2,fine"), "utf-8")
    assert read_marks(path) == [Mark("=bob", "why", 2.0, "fine"), Mark("ada", "why", 2.0, "fine")]


def test_the_waiting_list_tells_why_what_has_no_answer_in_it_waits(tmp_path):
    whole = QuestionResult("df", "function", 2.0, None, "needs a person", reason="two notebooks")
    fit = QuestionResult("fit", "function", 5.0, 2.5, "failed", reason="w differs").withheld()
    told = replace(fit, reason=f"Would be {fit.proposal}. {fit.reason}")
    write_waiting([SubmissionResult("ada", "03_ridge", (whole, told))], tmp_path / "waiting.csv")
    rows = rows_of((tmp_path / "waiting.csv").read_text("utf-8"))
    assert [(row["would_be"], row["answer"]) for row in rows] == [
        ("", "two notebooks"),
        ("failed, 2.5 of 5", "w differs"),
    ]


def test_the_waiting_list_tells_the_graders_mark_which_can_be_accepted(tmp_path):
    questions = tuple(question.withheld() for question in result().questions)
    held = SubmissionResult("ada", "03_ridge", questions, problem="whose is it?")
    write_waiting([held], tmp_path / "waiting.csv")
    rows = rows_of((tmp_path / "waiting.csv").read_text("utf-8"))
    told = [row["would_be"] for row in rows]
    assert told == ["failed, 2.5 of 5", "failed, 0 of 1", ""]
    table = [f"ada,{row['question']},accept," for row in rows[:2]]
    text = "\n".join(["student_id,question,points,comment", *table]) + "\n"
    (tmp_path / "marks.csv").write_text(text, "utf-8")
    with Gradebook.open(tmp_path / "gradebook.sqlite", "03_ridge") as book:
        book.record(held, "d", "e", "1")
    assert enter_marks(tmp_path, tmp_path / "marks.csv") == 2
    (row,) = rows_of((tmp_path / "grades.csv").read_text("utf-8"))
    assert (row["score"], row["waiting"]) == ("2.5", "why")


def test_every_page_can_be_found_by_the_student(tmp_path):
    pages = tmp_path / "feedback"
    pages.mkdir()
    write_index([result("Zoë Müller"), result("ada"), result("a;=1")], pages)
    rows = rows_of((pages / "index.csv").read_text("utf-8"))
    assert [(unguarded(row["student_id"]), row["file"]) for row in rows] == [
        (name, f"{file_stem(name)}.html") for name in ("Zoë Müller", "a;=1", "ada")
    ]
    document = json.loads(json_text([result("Zoë Müller")]))
    assert document["students"][0]["feedback"] == f"feedback/{file_stem('Zoë Müller')}.html"


@pytest.fixture
def graded(tmp_path):
    with Gradebook.open(tmp_path / "gradebook.sqlite", "03_ridge") as book:
        book.record(result(), "d", "e", "1")
    return tmp_path


def test_all_files_can_be_made_again_from_the_gradebook(graded):
    paths = publish_again(graded)
    assert [path.relative_to(graded).as_posix() for path in paths] == [
        "grades.csv",
        "waiting.csv",
        "class.html",
        "feedback/index.csv",
        "feedback/ada.html",
    ]


def test_marks_that_are_entered_reach_every_file(graded):
    table = graded / "marks.csv"
    table.write_text("student_id,question,points,comment\nada,why,3,Very clear.\n", "utf-8")
    assert enter_marks(graded, table) == 1
    (row,) = rows_of((graded / "grades.csv").read_text("utf-8"))
    assert (row["why"], row["score"], row["waiting"]) == ("3.0", "5.5", "")
    assert "Very clear." in (graded / "feedback" / "ada.html").read_text("utf-8")
    assert len((graded / "waiting.csv").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(("form", "start"), [("csv", HEADER), ("json", "{")])
def test_an_export_goes_to_one_file(graded, form, start):
    export(graded, form, graded / "out")
    assert (graded / "out").read_text("utf-8").startswith(start)


def test_an_unknown_format_is_refused(graded):
    with pytest.raises(InvalidInput, match="form must be csv or json, got 'xml'"):
        export(graded, "xml", graded / "out")
