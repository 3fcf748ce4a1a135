"""Marks that people give: they win over the grader, and stay."""

import json
from dataclasses import replace

import pytest

from regcourse.errors import InvalidInput
from regcourse.grading.book.gradebook import Gradebook, Mark
from regcourse.grading.book.marks import Acceptance, read_marks, settled
from regcourse.grading.results import SubmissionResult
from regcourse.questions import Exercise

EXERCISE = Exercise("03_ridge", title="Ridge regression")
KEY = ("digest", "e1", "1")


def test_a_mark_overrides_the_grader_and_what_waited(book, result):
    book.record(result(earned=0.0, status="crashed"), *KEY)
    count = book.mark(
        [Mark("ada", "ridge_fit", 4.0), Mark("ada", "why_centre", 3.0, "clear", "L. Meitner")]
    )
    (latest,) = book.latest()
    first, second = latest.questions
    assert count == 2
    assert (first.earned, first.status, first.marked_by) == (4.0, "failed", "a person")
    assert (second.earned, second.status) == (3.0, "passed")
    assert (second.comment, second.marked_by) == ("clear", "L. Meitner")
    assert latest.earned == 7.0


def test_a_mark_of_zero_keeps_the_graders_status(book, result):
    book.record(result(earned=0.0, status="timed out"), *KEY)
    book.mark([Mark("ada", "ridge_fit", 0.0), Mark("ada", "why_centre", 0.0)])
    assert [q.status for q in book.latest()[0].questions] == ["timed out", "failed"]


@pytest.mark.parametrize("points", [0.0, 4.5], ids=["none", "nearly all"])
def test_less_than_all_points_for_what_the_grader_passed_is_failed(book, result, points):
    book.record(result(), *KEY)
    book.mark([Mark("ada", "ridge_fit", points)])
    first = book.latest()[0].questions[0]
    assert (first.earned, first.status) == (points, "failed")


def test_points_without_a_point_in_them_are_kept_under_their_own_seal(book, result, points_of):
    book.record(result(), *KEY)
    book.mark([Mark("ada", "ridge_fit", 4)])
    assert points_of(book)["ridge_fit"] == 4.0


def test_the_last_mark_counts_and_can_be_taken_back(book, result, points_of):
    book.record(result(), *KEY)
    book.mark([Mark("ada", "why_centre", 1.0)])
    book.mark([Mark("ada", "why_centre", 2.0)])
    assert points_of(book)["why_centre"] == 2.0
    book.mark([Mark("ada", "why_centre", None)])
    assert points_of(book)["why_centre"] is None


def test_a_mark_survives_a_regrade(graded, result, points_of):
    with Gradebook.open(graded) as book:
        book.mark([Mark("ada", "ridge_fit", 1.0), Mark("ada", "why_centre", 2.0)])
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e2", "s", regrade=True)
        book.record(result(earned=0.0, status="failed"), "digest", "e2", "1")
        assert points_of(book) == {"ridge_fit": 1.0, "why_centre": 2.0}


def test_after_another_submission_only_the_same_written_words_keep_their_mark(
    book, result, points_of
):
    book.record(result(), *KEY)
    book.mark([Mark("ada", "ridge_fit", 1.0), Mark("ada", "why_centre", 2.0)])
    book.record(result(), "resubmitted", "e1", "1")
    first, second = book.latest()[0].questions
    assert (first.earned, first.status) == (None, "needs a person")
    assert first.reason == (
        "An earlier submission got 1 of 5 from a person. "
        "For this one the grader would say: passed, 5 of 5."
    )
    assert second.earned == 2.0
    book.record(result(answer="something else"), "third", "e1", "1")
    assert points_of(book)["why_centre"] is None


@pytest.mark.parametrize(
    ("kind", "before", "after", "points"),
    [
        ("written", "because", "because\n ", 2.0),
        ("written", "", "", None),
        ("value", "1.5", "1.5", None),
    ],
    ids=["blanks at the end", "nothing written", "a value"],
)
def test_what_counts_as_the_same_written_words(
    book, result, points_of, kind, before, after, points
):
    def handed_in(answer):
        first, second = result(answer=answer).questions
        return SubmissionResult("ada", "03_ridge", (first, replace(second, kind=kind)))

    book.record(handed_in(before), *KEY)
    book.mark([Mark("ada", "why_centre", 2.0)])
    book.record(handed_in(after), "resubmitted", "e1", "1")
    assert points_of(book)["why_centre"] == points


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark("eve", "ridge_fit", 1.0), "student must be one who was graded, got 'eve'"),
        (Mark("ada", "lasso", 1.0), "question must be one of ridge_fit, why_centre, got 'lasso'"),
        (Mark("ada", "ridge_fit", 5.5), "between 0 and 5 for ridge_fit of ada, got 5.5"),
        (Mark("ada", "ridge_fit", -1.0), "between 0 and 5 for ridge_fit of ada, got -1"),
        (Mark("ada", "ridge_fit", float("nan")), "between 0 and 5 for ridge_fit of ada, got nan"),
    ],
    ids=["student", "question", "too many", "negative", "nan"],
)
def test_a_mark_that_cannot_be_is_refused_and_no_other_is_entered(
    book, mark, words, result, points_of
):
    book.record(result(), *KEY)
    with pytest.raises(InvalidInput, match=words):
        book.mark([Mark("ada", "why_centre", 2.0), mark])
    assert points_of(book)["why_centre"] is None


def marks_of(tmp_path, text):
    path = tmp_path / "marks.csv"
    path.write_bytes(text)
    return read_marks(path)


def test_marks_are_read_with_who_gave_them_and_which_are_taken_back(tmp_path):
    text = (
        "\ufeffstudent_id,question,points,comment,marked_by\r\n"
        'ada,why,2.5,"Clear,\nand short",LM\r\nbob,why,withdraw,,\r\n'
        "cy,why,,,\r\ndee,why,Accept,,\r\n"
    )
    assert marks_of(tmp_path, text.encode()) == [
        Mark("ada", "why", 2.5, "Clear,\nand short", "LM"),
        Mark("bob", "why", None),
        Acceptance("dee", "why"),
    ]


def test_what_was_guarded_against_a_spreadsheet_is_read_as_it_was(tmp_path):
    text = "student_id,question,points,comment\n'=1+1,why,2,'-1 for the sign; '=0\n"
    assert marks_of(tmp_path, text.encode()) == [
        Mark("=1+1", "why", 2.0, "-1 for the sign; =0"),
    ]


def test_a_semicolon_in_a_name_of_a_column_separates_nothing(tmp_path):
    text = "student_id,question,points,comment,seen; by whom\nada,why,2,clear,LM\n"
    assert marks_of(tmp_path, text.encode()) == [Mark("ada", "why", 2.0, "clear")]


def test_a_table_that_a_spreadsheet_wrote_with_semicolons_is_read(tmp_path):
    text = "student_id;question;points;comment\r\nada;why;2,5;clear, short\r\n"
    assert marks_of(tmp_path, text.encode()) == [Mark("ada", "why", 2.5, "clear, short")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"student,points\n", "line 1: the columns must be .*; student_id and question missing"),
        (b"", "line 1: the columns must be"),
        (
            b"student_id,question,points\nada,q,1\nbob,q,two\n",
            "line 3: points must be a number, 'accept' or 'withdraw', got 'two'",
        ),
        (b"student_id,question,points\n,q,1\n", "line 2: student_id and question must be filled"),
        (b"student_id,question,points\nada,q\n,,1\n", "line 3: student_id and question must be"),
        (b"\xff\xfe", "must be text in UTF-8"),
        (b'student_id,question,points\n"ada"x,q,1\n', "must be a CSV table: "),
    ],
    ids=["columns", "empty", "number", "student", "short", "encoding", "quotes"],
)
def test_a_table_of_marks_that_cannot_be_read_says_where(tmp_path, text, words):
    with pytest.raises(InvalidInput, match=words):
        marks_of(tmp_path, text)


def test_a_mark_of_more_than_the_question_is_now_worth_goes_back_to_a_person(graded, result):
    with Gradebook.open(graded) as book:
        book.mark([Mark("ada", "ridge_fit", 4.0)])
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e2", "s", regrade=True)
        cheaper = result(earned=0.0, status="failed")
        first = replace(cheaper.questions[0], points=2.5)
        book.record(replace(cheaper, questions=(first,)), "digest", "e2", "1")
        (question,) = book.latest()[0].questions
        assert (question.earned, question.status) == (None, "needs a person")
        assert question.reason == "A person gave 4 points, and the question is now worth 2.5."


@pytest.fixture
def withheld(result):
    """A result all of whose marks wait, as of a notebook with somebody else's name in it."""

    def make(**more):
        whole = result(**more)
        first, second = (question.withheld() for question in whole.questions)
        first = replace(first, reason=f"Would be {first.proposal}. It raises ValueError")
        return replace(whole, questions=(first, second), problem="whose is it?")

    return make


def test_a_question_that_is_withheld_keeps_the_graders_mark_beside_it(result):
    first, second = (question.withheld() for question in result(earned=2.5).questions)
    assert (first.earned, first.status, first.proposal) == (
        None,
        "needs a person",
        "passed, 2.5 of 5",
    )
    assert (second, second.proposal) == (result().questions[1], "")


@pytest.mark.parametrize(
    ("earned", "status", "reason"),
    [(5.0, "passed", ""), (2.5, "failed", "It raises ValueError"), (0.0, "crashed", "It raises V")],
    ids=["all", "a part", "nothing"],
)
def test_accepting_gives_what_the_grader_would_have_given(book, withheld, earned, status, reason):
    book.record(withheld(earned=earned, status=status), *KEY)
    marks = settled([Acceptance("ada", "ridge_fit", "It is hers.", "LM")], book.latest())
    assert marks == [Mark("ada", "ridge_fit", earned, "It is hers.", "LM")]
    book.mark(marks)
    first = book.latest()[0].questions[0]
    assert (first.earned, first.status, first.marked_by) == (earned, status, "LM")
    assert first.reason.startswith(reason)
    assert "Would be" not in first.reason


def test_a_mark_for_another_submission_can_be_replaced_by_accepting(book, result, points_of):
    book.record(result(), *KEY)
    book.mark([Mark("ada", "ridge_fit", 1.0)])
    book.record(result(), "resubmitted", "e1", "1")
    book.mark(settled([Acceptance("ada", "ridge_fit")], book.latest()))
    assert points_of(book)["ridge_fit"] == 5.0


@pytest.mark.parametrize(
    ("yes", "words"),
    [
        (Acceptance("ada", "ridge_fit"), "waits to be accepted for ridge_fit of ada: give points"),
        (Acceptance("ada", "why_centre"), "waits to be accepted for why_centre of ada"),
        (Acceptance("eve", "ridge_fit"), "student must be one who was graded, got 'eve'"),
        (Acceptance("ada", "lasso"), "question must be one of ridge_fit, why_centre, got 'lasso'"),
    ],
    ids=["marked", "written", "student", "question"],
)
def test_what_does_not_wait_cannot_be_accepted(book, result, yes, words):
    book.record(result(), *KEY)
    with pytest.raises(InvalidInput, match=words):
        settled([yes], book.latest())


def test_results_of_before_there_were_proposals_are_still_read(result):
    kept = json.loads(result().to_json())
    for question in kept["questions"]:
        del question["would_be"], question["would_earn"]
    assert type(result()).from_json(json.dumps(kept)) == result()
