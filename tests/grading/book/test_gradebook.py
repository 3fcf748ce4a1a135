"""The gradebook: every attempt is kept, and a run repeats none."""

import pytest

from regcourse.errors import GradingError, InvalidInput
from regcourse.grading.book.gradebook import Gradebook
from regcourse.grading.results import QuestionResult, SubmissionResult
from regcourse.questions import Exercise

EXERCISE = Exercise("03_ridge", title="Ridge regression")
KEY = ("digest", "e1", "1")


def test_what_is_recorded_comes_back_as_it_was(book, result):
    book.record(result("bob"), *KEY)
    book.record(result("ada", 2.5, "failed"), *KEY)
    assert book.latest() == [result("ada", 2.5, "failed"), result("bob")]


def test_a_result_counts_for_just_its_student_submission_exercise_and_engine(book, result):
    book.record(result(), *KEY)
    assert book.has("ada", *KEY)
    assert not book.has("bob", *KEY)
    assert not book.has("ada", "another", "e1", "1")
    assert not book.has("ada", "digest", "e2", "1")
    assert not book.has("ada", "digest", "e1", "2")


def test_who_goes_back_to_an_older_submission_is_graded_on_it(book, result, points_of):
    book.record(result(earned=5.0), "first", "e1", "1")
    book.record(result(earned=0.0, status="failed"), "second", "e1", "1")
    assert not book.has("ada", "first", "e1", "1")
    book.record(result(earned=5.0), "first", "e1", "1")
    assert points_of(book)["ridge_fit"] == 5.0


def test_the_history_keeps_every_attempt(book, result):
    book.record(result(earned=1.0, status="failed"), "first", "e1", "1")
    book.record(result(), "second", "e2", "1")
    assert [(a.submission, a.exercise, a.result) for a in book.history("ada")] == [
        ("first", "e1", result(earned=1.0, status="failed")),
        ("second", "e2", result()),
    ]


def test_a_score_of_zero_stays_zero_and_an_unmarked_one_stays_empty(book, result, points_of):
    book.record(result(earned=0.0, status="failed"), *KEY)
    assert points_of(book) == {"ridge_fit": 0.0, "why_centre": None}


def test_a_result_of_another_exercise_is_refused(book, result):
    with pytest.raises(InvalidInput, match="result must be of the exercise 03_ridge, got 04_fair"):
        book.record(result(exercise="04_fair"), *KEY)


def test_a_student_whose_name_is_no_text_is_refused(book, result):
    with pytest.raises(InvalidInput, match="student must be text that UTF-8 can hold"):
        book.record(result("a\udc80"), *KEY)


def test_a_regrade_tells_what_moved(graded, result):
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e2", "s", regrade=True)
        book.record(result(earned=2.0, status="failed"), "digest", "e2", "1")
        book.record(result("bob"), "new", "e2", "1")
        (change,) = book.changes()
    assert str(change) == "ada: ridge_fit: passed, 5 of 5 -> failed, 2 of 5"


def test_a_question_that_came_and_one_that_went_are_told(graded):
    new = QuestionResult("ridge_df", "function", 3.0, 0.0, "failed", "count_p")
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e2", "s", regrade=True)
        book.record(SubmissionResult("ada", "03_ridge", (new,)), "digest", "e2", "1")
        assert [str(change) for change in book.changes()] == [
            "ada: ridge_df: no such question -> failed, 0 of 3 (count_p)",
            "ada: ridge_fit: passed, 5 of 5 -> no such question",
            "ada: why_centre: needs a person, not marked -> no such question",
        ]


def test_a_killed_regrade_goes_on_where_it_stopped(graded, result):
    book = Gradebook.open(graded, "03_ridge")
    book.record(result("bob"), *KEY)
    book.bind(EXERCISE, "e1", "s", regrade=True)
    book.record(result(), *KEY)
    book.close()
    with Gradebook.open(graded, "03_ridge") as again:
        again.bind(EXERCISE, "e1", "s", regrade=True)
        assert again.has("ada", *KEY)
        assert not again.has("bob", *KEY)


def test_a_regrade_after_one_that_ended_marks_everything_again(graded, result):
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e1", "s", regrade=True)
        book.record(result(), *KEY)
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e1", "s", regrade=True)
        assert not book.has("ada", *KEY)


@pytest.mark.parametrize(
    ("digest", "secret", "what"),
    [("e2", "s", "the exercise"), ("e1", "t", "the secret")],
    ids=["exercise", "secret"],
)
def test_what_judges_a_class_cannot_change_halfway(graded, digest, secret, what):
    with Gradebook.open(graded, "03_ridge") as book:
        with pytest.raises(GradingError, match=f"{what} has changed since .* with --regrade"):
            book.bind(EXERCISE, digest, secret, regrade=False)
        book.bind(EXERCISE, digest, secret, regrade=True)


def test_a_run_without_an_end_is_known_until_another_one_ends(graded, result):
    with Gradebook.read(graded) as book:
        assert not book.unfinished
    killed = Gradebook.open(graded, "03_ridge")
    killed.bind(EXERCISE, "e1", "s", regrade=False)
    assert not killed.unfinished  # what it makes of its own results is not half of anything
    killed.close()
    with Gradebook.read(graded) as book:
        assert book.unfinished
    with Gradebook.open(graded, "03_ridge") as again:
        assert again.unfinished
        again.bind(EXERCISE, "e1", "s", regrade=False)
    with Gradebook.read(graded) as book:
        assert not book.unfinished


def test_a_gradebook_without_a_run_is_not_unfinished(book):
    assert not book.unfinished


def test_the_title_is_that_of_the_last_run(path):
    with Gradebook.open(path, "03_ridge") as book:
        assert book.title == "03_ridge"
        book.bind(EXERCISE, "e1", "s", regrade=False)
        assert book.title == "Ridge regression"


def test_what_fails_on_the_way_leaves_its_run_open_to_be_taken_up_again(graded, result):
    with pytest.raises(GradingError, match="the disk is full"):
        regrade_until_the_disk_is_full(graded, result())
    with Gradebook.open(graded, "03_ridge") as book:
        assert book.unfinished
        book.bind(EXERCISE, "e1", "s", regrade=True)
        assert book.has("ada", *KEY)


def regrade_until_the_disk_is_full(path, result):
    with Gradebook.open(path, "03_ridge") as book:
        book.bind(EXERCISE, "e1", "s", regrade=True)
        book.record(result, *KEY)
        raise GradingError("the disk is full")


@pytest.mark.parametrize(
    ("digest", "secret", "regrade"),
    [("e2", "s", True), ("e1", "t", True), ("e1", "s", False)],
    ids=["another exercise", "another secret", "no regrade"],
)
def test_only_a_killed_regrade_of_just_the_same_is_taken_up_again(
    graded, result, digest, secret, regrade
):
    killed = Gradebook.open(graded, "03_ridge")
    killed.bind(EXERCISE, digest, secret, regrade=regrade)
    killed.close()
    with Gradebook.open(graded, "03_ridge") as book:
        book.bind(EXERCISE, "e1", "s", regrade=True)
        book.record(result(), *KEY)
        assert [attempt.run for attempt in book.history("ada")] == [1, 3]


def test_what_judges_a_class_may_change_while_nothing_is_graded(path):
    with Gradebook.open(path, "03_ridge") as book:
        book.bind(EXERCISE, "e1", "s", regrade=False)
    with Gradebook.open(path, "03_ridge") as book:
        book.bind(EXERCISE, "e2", "t", regrade=False)
        assert not book.unfinished
