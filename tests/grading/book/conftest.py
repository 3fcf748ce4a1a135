"""A gradebook, and the results that go into it."""

import pytest

from regcourse.grading.book.gradebook import Gradebook
from regcourse.grading.results import QuestionResult, SubmissionResult
from regcourse.questions import Exercise


@pytest.fixture(scope="session")
def result():
    """A function that makes a result of a question marked by code and one that waits."""

    def make(student="ada", earned=5.0, status="passed", answer="because", exercise="03_ridge"):
        questions = (
            QuestionResult("ridge_fit", "function", 5.0, earned, status),
            QuestionResult("why_centre", "written", 3.0, None, "needs a person", answer=answer),
        )
        return SubmissionResult(student, exercise, questions)

    return make


@pytest.fixture(scope="session")
def points_of():
    """A function that reads a student's latest points, question by question."""

    def read(gradebook, student="ada"):
        (latest,) = [one for one in gradebook.latest() if one.student == student]
        return {question.name: question.earned for question in latest.questions}

    return read


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gradebook.sqlite"


@pytest.fixture
def book(path):
    with Gradebook.open(path, "03_ridge") as gradebook:
        yield gradebook


@pytest.fixture
def graded(path, result):
    """The path of a gradebook in which ada stands."""
    with Gradebook.open(path, "03_ridge") as gradebook:
        exercise = Exercise("03_ridge", title="Ridge regression")
        gradebook.bind(exercise, "e1", "s", regrade=False)
        gradebook.record(result(), "digest", "e1", "1")
    return path
