"""Every kind of question has its place in the one table, and every option its letter."""

import pytest

from regcourse.questions import (
    by_kind,
    by_released_kind,
    for_kind,
    option_meant,
    released_checks,
)
from regcourse.questions._by_kind import KINDS

WORDS = ("function", "value", "choice", "written")
NAMED = {word: (lambda asked, word=word: (word, asked)) for word in WORDS}
MET = {
    "ridge_fit": "function",
    "mean_y": "value",
    "pick": "choice",
    "draw_trace": "function",
    "why": "written",
}


def test_each_question_meets_the_function_for_its_kind(thin):
    found = {name: by_kind(question, **NAMED) for name, question in thin.questions.items()}
    assert found == {name: (word, thin.questions[name]) for name, word in MET.items()}


def test_what_is_released_of_a_question_meets_the_function_for_the_same_kind(thin):
    released = released_checks(thin).questions
    found = {name: by_released_kind(one, **NAMED)[0] for name, one in released.items()}
    assert found == MET


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_the_table(kind):
    named = for_kind(kind, **{word: word for word in WORDS})
    assert named == {"figure": "function"}.get(kind, kind)


@pytest.mark.parametrize(
    ("answer", "option"),
    [
        ("b", "b"),
        ("B", "b"),
        ("SS", "ß"),
        ("c", None),
        ("x", "x"),
        ("X", "X"),
        (2, None),
        (["b"], None),
        (None, None),
    ],
    ids=repr,
)
def test_a_letter_is_read_in_either_case_where_that_is_plain(answer, option):
    assert option_meant(answer, ["a", "b", "ß", "x", "X"]) == option


def test_a_letter_that_could_be_two_is_none():
    assert option_meant("Q", ["q", "ʠ"]) == "q"
    assert option_meant("ẞ", ["ß", "ss"]) is None
