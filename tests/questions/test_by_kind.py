"""Every kind of question has its place in the one table, and every option its letter."""

from types import SimpleNamespace

import pytest

from regcourse.questions import by_kind, option_meant
from regcourse.questions._by_kind import KINDS

NAMED = {
    word: (lambda asked, word=word: (word, asked))
    for word in ("function", "value", "choice", "written")
}


def test_each_question_and_what_is_released_of_it_meet_the_function_for_their_kind(thin):
    found = {name: by_kind(question, **NAMED) for name, question in thin.questions.items()}
    assert found == {
        "ridge_fit": ("function", thin.questions["ridge_fit"]),
        "mean_y": ("value", thin.questions["mean_y"]),
        "pick": ("choice", thin.questions["pick"]),
        "draw_trace": ("function", thin.questions["draw_trace"]),
        "why": ("written", thin.questions["why"]),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_the_table(kind):
    asked = SimpleNamespace(kind=kind)
    assert by_kind(asked, **NAMED) == ({"figure": "function"}.get(kind, kind), asked)


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
