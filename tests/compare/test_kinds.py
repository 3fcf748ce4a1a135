"""What counts as a number, an array or neither, and what it is called."""

import tracemalloc
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from regcourse.compare import difference, in_kind_of, kind_of
from regcourse.errors import InvalidInput

W = np.array([1.0, -3.0])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones((2, 2)), "a matrix"),
        (np.ones((2, 2, 2)), "an array"),
        (np.array(1.0), "a number"),
        (1j, "a number"),
        (True, "a truth value"),
        ((), "a tuple"),
        (len, "a function"),
        (lambda: 1, "a function"),
        (int, "a class"),
        ({1}, "a set"),
        (iter(()), "a tuple_iterator"),
        (b"b", "a string of bytes"),
        (..., "an ellipsis"),
        (Fraction(1, 3), "a number"),
        (np.datetime64("2020-01-01"), "a date"),
        (np.timedelta64(1, "s"), "a time span"),
        (np.array("b"), "a string"),
        (np.array(["b"]), "an array of strings"),
        (np.array([b"b"]), "an array of bytes"),
        (np.array(["2020-01-01"], "M8[D]"), "an array of dates"),
        (np.array([1], "m8[s]"), "an array of time spans"),
        (np.zeros(2, [("x", float)]), "an array of records"),
        (np.array([None]), "an array of objects"),
        (np.ma.array([1.0]), "a masked array"),
        (np.random.default_rng(0), "an object of type Generator"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(type(value).__name__),
)
def test_kinds_have_plain_names(value, words):
    assert kind_of(value) == words


@pytest.mark.parametrize("expected", [1.0, np.ones(3), "word"], ids=["number", "array", "word"])
def test_one_long_word_in_a_list_takes_no_room_for_the_others(expected):
    # As an array of words it would be 400 MB.
    tracemalloc.start()
    found = difference(["x" * 100_000] + ["y"] * 1000, expected)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.kind == "type"
    assert peak < 1e6


def test_a_list_that_holds_itself_is_no_array():
    endless = [1.0]
    endless.append(endless)
    words = "the answer is a list that holds itself where a vector is asked"
    assert difference(endless, np.ones(2)).reason == words


def test_a_masked_truth_value_is_none():
    words = "the answer is a masked array where a truth value is asked"
    assert difference(np.ma.array(True), True).reason == words


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (10**400, "a number beyond every float where a number"),
        (Fraction(-(10**400)), "a number beyond every float where a number"),
        ([1.0, 10**400], "a list that holds a number beyond every float where a vector"),
    ],
    ids=["whole", "fraction", "list"],
)
def test_a_number_beyond_every_float_is_told(got, words):
    expected = np.ones(2) if isinstance(got, list) else 1.0
    assert difference(got, expected).reason == f"the answer is {words} is asked"


def test_a_long_double_beyond_every_float_is_infinite():
    assert difference(np.longdouble("1e4000"), 1.0).reason == "the answer is infinite"


def test_an_answer_is_brought_into_the_kinds_of_the_expected_one():
    got = {"w": [1, 2], "b": np.array(3), "path": (np.ones(2), [4, 5]), "word": "ridge"}
    expected = {"w": np.ones(2), "b": 1.0, "path": [np.ones(2), np.ones(2)], "word": "lasso"}
    found = in_kind_of(got, expected)
    assert difference(found, got, rtol=0.0) is None
    assert type(in_kind_of([1, 2], (1.0, 2.0))) is tuple
    assert [type(found[key]) for key in ("w", "b", "path", "word")] == [
        np.ndarray, float, list, str,
    ]  # fmt: skip


def test_complex_numbers_have_no_kind_among_real_ones():
    with pytest.raises(InvalidInput, match="got must hold real numbers, got a vector of complex"):
        in_kind_of(np.array([1.0, 1j]), np.ones(2))
    assert in_kind_of([1.0, 1j], np.array([1j, 1.0])).dtype == complex


def test_complex_numbers_without_an_imaginary_part_are_real_ones():
    assert in_kind_of(np.array([1 + 0j, 2 + 0j]), np.array([1.0, 2.0])).dtype == np.float64


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (Fraction(1, 3), 1 / 3),
        (Decimal("0.1"), 0.1),
        ([Fraction(1), Decimal(-3)], W),
        (np.array([Fraction(1), -3], dtype=object), W),
        (np.array(Fraction(1, 2), dtype=object), 0.5),
        ([np.array([Fraction(1)], dtype=object), [Decimal(-3)]], W[:, None]),
        ([np.array(1.0), np.float32(-3)], W),
        ([1, -(2**70)], np.array([1.0, -(2.0**70)])),
        ([Fraction(1), 1j], np.array([1, 1j])),
        (1.0, Fraction(1)),
        ([1.0, -3.0], np.array([Fraction(1), -3], dtype=object)),
        ([True, False], np.array([1.0, 0.0])),
        (np.longdouble(2), 2.0),
    ],
    ids=repr,
)
def test_numbers_of_every_kind_are_compared_as_numbers(got, expected):
    assert difference(got, expected) is None
    assert difference(got, expected * 2 + 1).kind == "value"


class Whimsical(list):
    def __len__(self):
        raise KeyError("no length")


class Broken:
    """As a tensor that is bound to its gradient, or an object of the student's own."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")

    def __repr__(self):
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (Broken(), "an object of type Broken"),
        ([1.0, Broken()], "a list that holds an object of type Broken"),
        ((1.0, None), "a tuple that holds None"),
        ([1.0, "two"], "a list that holds a string"),
        ([1.0, {"b": 2}], "a list that holds a dict"),
        ([1.0, np.array(["b"])], "a list that holds an array of strings"),
        ([1.0, np.timedelta64(1, "s")], "a list that holds a time span"),
        ([1.0, np.ma.array([1.0])], "a list that holds a masked array"),
        ([1.0, Decimal("sNaN")], "a list that holds an object of type Decimal"),
        ([[1.0], [2.0, 3.0]], "a list whose parts differ in shape"),
        (np.array([None, 1.0]), "an array of objects that holds None"),
        (np.array([[1], [2, 3]], dtype=object), "an array of objects whose parts differ in shape"),
        (np.array(["a", "b"]), "an array of strings"),
        (np.ma.array([1.0, -3.0]), "a masked array"),
        (Whimsical([1.0, -3.0]), "a list whose parts differ in shape"),
        (range(2), "a range"),
        ({1.0, -3.0}, "a set"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_numbers_is_told_by_what_it_holds(got, words):
    found = difference(got, W)
    assert (found.reason, found.kind) == (f"the answer is {words} where a vector is asked", "type")


@pytest.mark.parametrize(("depth", "kind"), [(32, "shape"), (33, "type"), (100_000, "type")])
def test_lists_are_read_as_arrays_up_to_a_depth(depth, kind):
    nested = 1.0
    for _ in range(depth):
        nested = [nested]
    found = difference(nested, np.ones(2))
    assert found.kind == kind
    assert (found.reason == "the answer is a list that holds lists more than 32 deep where a "
            "vector is asked") is (kind == "type")  # fmt: skip
