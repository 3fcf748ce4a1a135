import numpy as np
import pytest

from regcourse.grading.texts import call_text, outcome_text, value_text
from regcourse.questions import Exercise, Missing, Raised, Returned, Stopped, Unusable

EX = Exercise("91_own", title="Own")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.float64(2) / 3, "0.666667"),
        ((1.0, np.array([1.5, -2.0])), "(1, [1.5, -2])"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2],\n [3, 4]]"),
        ({"xscale": "log"}, "{xscale: 'log'}"),
        (None, "None"),
        (np.zeros(50), "[0, 0, 0, ..., 0, 0, 0]"),
        (np.zeros((2, 2, 2)), "[[[0, 0],\n  [0, 0]],\n\n [[0, 0],\n  [0, 0]]]"),
        (np.zeros((6,) * 8, np.int8), "array of shape (6, 6, 6, 6, 6, 6, 6, 6)"),
        ([], "[]"),
        ([0] * 41, f"[{', '.join('0' * 40)}, …]"),
        ({str(i): i for i in range(41)}, f"{{{', '.join(f'{i}: {i}' for i in range(40))}, …}}"),
    ],
    ids=[
        "number",
        "tuple",
        "matrix",
        "dict",
        "None",
        "long",
        "cube",
        "many axes",
        "empty",
        "long list",
        "long dict",
    ],
)
def test_a_value_is_written_as_by_hand(value, text):
    assert value_text(value) == text


class Counting(list):
    """A list that knows how many of its items were asked for."""

    asked = 0

    def __iter__(self):
        for item in super().__iter__():
            self.asked += 1
            yield item


@pytest.mark.parametrize(
    "value",
    ["x" * 5000, ["x" * 90] * 40, {"k" * 5000: 1}, [[["x" * 300]] * 9] * 9],
    ids=["text", "list", "key", "nested"],
)
def test_a_long_value_is_cut(value):
    assert value_text(value).endswith(" …")
    assert len(value_text(value)) < 700


def test_of_a_long_list_no_more_is_written_than_is_shown():
    inner = Counting(range(100_000))
    assert len(value_text([inner, inner])) < 700
    assert inner.asked <= 2 * 41


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (Returned(1.0), "1"),
        (Raised("KeyError", "no"), "KeyError: no"),
        (Raised("KeyError"), "KeyError"),
        (Stopped("time"), "stopped (time)"),
        (Stopped("output"), "more data than is allowed"),
        (Missing(), "nothing of this name"),
        (Unusable("a generator"), "a generator"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_outcome_has_words(outcome, text):
    assert outcome_text(outcome) == text


def test_a_call_names_its_arguments_and_shortens_large_arrays():
    def ridge_fit(X, y, lam):
        """Fit."""
        return X, y, lam

    args = (np.ones((9, 2)), np.array([1.0, 2.0]), 0.5)
    said = call_text(EX.function()(ridge_fit), args)
    assert said == "ridge_fit(X=array of shape (9, 2), y=[1, 2], lam=0.5)"


def test_a_call_that_draws_begins_with_its_axes():
    def draw(ax, lams):
        """Draw."""
        return ax, lams

    question = EX.figure(compare=["lines"])(draw)
    assert call_text(question, (3.0,)) == "draw(ax, lams=3)"
