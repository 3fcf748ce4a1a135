"""Two results agree, or a sentence says how they do not, without a number of either side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regcourse.compare import difference, distance

numbers = st.floats(-1e6, 1e6, allow_nan=False)
vectors = hnp.arrays(np.float64, st.integers(1, 6), elements=numbers)
results = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=5) | vectors,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(results)
def test_every_result_agrees_with_itself(result):
    assert difference(result, result) is None
    assert distance(result, result) == 0.0


@given(vectors)
def test_a_vector_agrees_in_any_container(vector):
    assert difference(vector.tolist(), vector) is None
    assert difference(tuple(vector), list(vector)) is None
    assert difference(vector, vector.tolist()) is None


@given(vectors, vectors)
def test_a_different_length_is_never_a_matter_of_value(first, second):
    found = difference(np.append(first, second), first)
    assert found.kind == "shape"
    assert found.size == np.inf


B, W = 2.0, np.array([1.0, -3.0])
TOLD = {
    "a part": ((B, W + 1), "w differs; b is right", "value"),
    "the other part": ((B + 1, W), "b differs; w is right", "value"),
    "both": ((B + 1, W + 1), "b differs", "value"),
    "None": (None, "the answer is None where (b, w) is asked", "type"),
    "a number": (3.0, "the answer is a number where (b, w) is asked", "type"),
    "a dict": ({}, "the answer is a dict where (b, w) is asked", "type"),
    "three": ((B, W, 1), "the answer is a tuple of another length where (b, w) is asked", "length"),
    "a column": (
        (B, W[:, None]),
        "w is a column of shape (n, 1) where a vector of shape (n,) is asked",
        "shape",
    ),
    "a number for a vector": ((B, 1.0), "w is a single number where a vector is asked", "shape"),
    "a row": (
        (B, W[None]),
        "w is a row of shape (1, n) where a vector of shape (n,) is asked",
        "shape",
    ),
    "a matrix": ((B, np.eye(2)), "w is a matrix where a vector is asked", "shape"),
    "longer": ((B, np.ones(3)), "w has another length than is asked", "shape"),
    "a vector for a number": ((W, W), "b is a vector where a single number is asked", "shape"),
    "words": (("two", W), "b is a string where a number is asked", "type"),
    "a ragged list": (
        (B, [[1.0], [2.0, 3.0]]),
        "w is a list whose parts differ in shape where a vector is asked",
        "type",
    ),
    "NaN": ((B, [np.nan, -3.0]), "w contains NaN", "nan"),
    "infinite": ((B, [np.inf, -3.0]), "w contains infinite values", "nan"),
    "imaginary": ((B, W + 1j), "w differs; b is right", "value"),
}


@pytest.mark.parametrize(("got", "reason", "kind"), TOLD.values(), ids=TOLD.keys())
def test_a_difference_is_told_in_words_without_numbers_of_either_side(got, reason, kind):
    found = difference(got, (B, W), names=("b", "w"))
    assert (found.reason, found.kind) == (reason, kind)


@pytest.mark.parametrize(
    "got",
    [[B, W], np.array([B, 5.0], dtype=object), (np.array(B), W.tolist()), (np.float32(B), W + 0j)],
    ids=["list", "object array", "0-d and list", "other number types"],
)
def test_whatever_means_the_same_is_accepted(got):
    expected = (B, 5.0) if isinstance(got, np.ndarray) else (B, W)
    assert difference(got, expected) is None


SHAPES = {
    "exchanged": (
        (2, 3),
        (3, 2),
        "has as many rows as columns are asked, and as many columns as rows",
    ),
    "another matrix": ((2, 3), (3, 3), "has another shape than is asked"),
    "a vector for a column": (
        (3,),
        (3, 1),
        "is a vector of shape (n,) where a column of shape (n, 1) is asked",
    ),
    "a column for a row": (
        (3, 1),
        (1, 3),
        "is a column of shape (n, 1) where a row of shape (1, n) is asked",
    ),
    "a column of another length": ((4, 1), (3,), "is a matrix where a vector is asked"),
    "a vector for a matrix": ((6,), (2, 3), "is a vector where a matrix is asked"),
    "turned in space": ((2, 3, 4), (4, 3, 2), "has another shape than is asked"),
    "too many": ((2, 3, 1), (2, 3), "has too many dimensions"),
    "too few": ((2, 3), (2, 3, 1), "has too few dimensions"),
    "too many of many": ((2, 3, 1, 1), (2, 3, 1), "has too many dimensions"),
    "a number for a matrix": ((), (2, 3), "is a single number where a matrix is asked"),
    "an array for a number": ((2, 3, 1), (), "is an array where a single number is asked"),
}


@pytest.mark.parametrize(("got", "expected", "words"), SHAPES.values(), ids=SHAPES.keys())
def test_a_shape_is_told_in_words_that_tell_it_from_the_one_asked(got, expected, words):
    found = difference(np.ones(got), np.ones(expected))
    assert (found.reason, found.kind) == (f"the answer {words}", "shape")
    assert found.detail == f"got shape {got}, expected {expected}"


def test_the_worst_entry_is_quoted_with_its_place():
    found = difference([[1.0, 2.0], [3.0, 9.0]], np.array([[1.0, 2.0], [3.5, 4.0]]))
    assert found.detail == "2 of 4 entries differ; at [1, 1] got 9, expected 4"


def test_form_is_told_before_value():
    assert difference((B + 1, W[:, None]), (B, W), names=("b", "w")).part == "w"


def test_a_part_with_something_wrong_inside_is_not_called_right():
    found = difference(([W, W + 1], B), ([W, W], B), names=("Ws", "b"))
    assert found.reason == "Ws[1] differs; b is right"
    found = difference(({"m": 1.0}, B), ({"m": 2.0}, B), names=("state", "b"))
    assert found.reason == "state.m differs; b is right"


@pytest.mark.parametrize(
    ("got", "expected", "reason"),
    [
        (True, False, "the answer differs"),
        (np.bool_(True), True, None),
        (1, True, "the answer is a number where a truth value is asked"),
        ("a", "b", "the answer differs"),
        (0, None, "the answer is a number where None is asked"),
        ({"a": 1}, {"a": 1, "b": 2}, "b is missing"),
        ([1], {"a": 1}, "the answer is a list where a dict is asked"),
        (2**70, 2.0**70, None),
        ({"a": 1, "more": 2}, {"a": 1}, "the answer has keys that are not asked for"),
        ({"m": {"a": 1, "b": 2}}, {"m": {"a": 1}}, "m has keys that are not asked for"),
        ({"m": {}}, {"m": {"a": 1}}, "m.a is missing"),
    ],
    ids=[
        "bool",
        "numpy bool",
        "1 for True",
        "words",
        "None",
        "missing",
        "list",
        "big",
        "more keys",
        "more keys inside",
        "missing inside",
    ],
)
def test_plain_values_and_dicts_are_compared_exactly(got, expected, reason):
    found = difference(got, expected)
    assert (found and found.reason) == reason


@pytest.mark.parametrize("got", [[1, 1], [], {}, np.ones(2), 1, None], ids=repr)
def test_a_truth_value_of_numpys_is_asked_for_like_a_plain_one(got):
    assert difference(True, np.True_) is None
    assert difference(np.False_, np.True_).kind == "value"
    assert difference(got, np.True_).reason.endswith("where a truth value is asked")


def test_a_word_of_numpys_is_the_same_word():
    assert difference("ridge", np.str_("ridge")) is None
    assert difference(np.str_("lasso"), np.str_("ridge")).kind == "value"


def test_keys_that_are_numbers_are_named_like_words():
    assert difference({1: 2.0}, {1: 3.0}).reason == "1 differs"
    assert difference({}, {1: 3.0}).reason == "1 is missing"


@pytest.mark.parametrize(
    ("got", "reason", "detail"),
    [
        (np.nan, "is NaN", ""),
        (-np.inf, "is infinite", ""),
        (complex(0.0, np.inf), "is infinite", ""),
        ([1.0, np.nan, np.inf], "contains NaN", "2 of 3 entries"),
        ([1.0, np.inf, 2.0], "contains infinite values", "1 of 3 entries"),
    ],
)
def test_how_much_is_not_a_number_is_told_where_there_is_more_than_one(got, reason, detail):
    found = difference(got, np.ones(np.shape(got)))
    assert (found.kind, found.reason, found.detail) == ("nan", f"the answer {reason}", detail)


@pytest.mark.parametrize(
    ("part", "reason"),
    [("lines", "there are too few lines"), ("trace", "trace holds too few entries")],
)
def test_a_list_that_is_too_short_is_told_by_what_it_lists(part, reason):
    found = difference({part: [[1.0], [2.0]]}, {part: [[1.0], [2.0], [3.0]]})
    assert (found.reason, found.detail) == (reason, "got 2, expected 3")


@pytest.mark.parametrize("names", [(), ("b", "w")], ids=["plain", "named"])
@pytest.mark.parametrize("kind", [tuple, list, np.array], ids=["tuple", "list", "array"])
def test_no_reason_holds_a_length_of_the_answer_which_could_carry_a_hidden_number_out(names, kind):
    found = difference(kind([0.5] * 5352), (1.0, 2.0), names=names)
    assert "5352" not in found.reason
    assert found.detail == "got 5352, expected 2"


def test_long_words_are_quoted_in_short():
    assert len(difference("x" * 10_000, "lasso").detail) < 200


def test_entries_within_the_tolerance_are_not_counted_as_different():
    found = difference(np.array([1.0 + 1e-9, 3.0, 4.0]), np.array([1.0, 2.0, 4.0]))
    assert found.detail.startswith("1 of 3 entries differ")


def test_a_truth_value_in_an_array_without_dimensions_is_one():
    assert difference(np.array(True), True) is None


@pytest.mark.parametrize(
    ("got", "expected", "detail"),
    [
        (1.000002, 1.0, "got 1.000002, expected 1"),
        (1.0 + 2**-30, 1.0, "got 1.000000001, expected 1"),
        (2.0, 1.0, "got 2, expected 1"),
        (np.pi, -1e9 / 3, "got 3.14159, expected -3.33333e+08"),
        (1 + 2j, 1 - 2j, "got 1+2j, expected 1-2j"),
        (1 + 1j, 1.0, "got 1+1j, expected 1"),
        (1.0, 1 + 1j, "got 1, expected 1+1j"),
        ([1.0, 1j], np.ones(2), "1 of 2 entries differ; at [1] got 0+1j, expected 1"),
    ],
    ids=repr,
)
def test_numbers_that_differ_are_shown_so_that_one_sees_it(got, expected, detail):
    assert difference(got, expected, rtol=1e-12).detail == detail


def test_neighbouring_floats_are_shown_to_be_two():
    found = difference(1.0 + 2**-52, 1.0, rtol=0, atol=0)
    assert found.detail == "got 1.0000000000000002, expected 1"


def test_keys_are_told_where_they_may_be_seen_and_nowhere_else():
    found = difference({"b": 1.0, "hidden5352": 2.0}, {"b": 1.0})
    assert "5352" not in found.reason + found.part
    assert found.detail == "got the keys 'b', 'hidden5352', expected the keys 'b'"
    assert difference({1: 2.0}, {"1": 2.0}).detail == "got the keys 1, expected the keys '1'"
    assert difference({}, {"w": 2.0}).detail == "got no keys, expected the keys 'w'"
    assert len(difference({"x" * 999 + str(i): i for i in range(99)}, {"w": 1}).detail) < 250


def test_words_in_arrays_are_compared_one_by_one():
    assert difference(["a", "b"], np.array(["a", "b"])) is None
    assert difference(np.array(["a", "c"]), np.array(["a", "b"])).reason == "part 1 differs"
    assert difference(["a"], np.array(["a", "b"])).kind == "length"


def test_whatever_else_is_expected_must_be_the_same():
    assert difference({1, 2}, {1, 2}) is None
    assert difference({1}, {1, 2}).kind == "value"
    assert difference([1], {1, 2}).reason == "the answer is a list where a set is asked"


def test_names_that_do_not_fit_the_parts_name_nothing():
    # A known mistake may give more or fewer parts than are named.
    assert difference((1.0, 2.0, 3.0), (1.0, 2.0, 4.0), names=("b", "w")).reason == "part 2 differs"
    assert difference(2.0, 1.0, names=("b", "w")).reason == "the answer differs"


@pytest.mark.parametrize("shape", [(0,), (0, 3), (2, 0)])
def test_arrays_without_entries_agree(shape):
    assert difference(np.zeros(shape), np.zeros(shape)) is None
    assert difference(np.zeros(shape).tolist(), np.zeros((7, 7))).kind == "shape"


@pytest.mark.parametrize("got", [3.0, np.array(3.0), np.float32(3)], ids=["plain", "0-d", "numpy"])
def test_where_parts_without_names_are_asked_their_number_is_told(got):
    found = difference(got, (1.0, 2.0))
    assert found.reason == "the answer is a number where a sequence of 2 is asked"


def test_every_kind_of_part_is_told_by_its_name():
    expected = (True, 1.0, {"m": 1.0}, [1.0], "word")
    names = ("flag", "b", "state", "path", "kind")
    for wrong, name in enumerate(names):
        got = [*expected[:wrong], None, *expected[wrong + 1 :]]
        found = difference(got, expected, names=names)
        assert (found.part, found.kind) == (name, "type")
        assert found.reason.startswith(f"{name} is None where ")
    assert difference((*expected[:4], "wo"), expected, names=names).reason == (
        "kind differs; flag, b, state and path are right"
    )


def test_a_list_that_has_its_own_idea_of_its_length_is_read_entry_by_entry():
    class Whimsical(list):
        def __len__(self):
            raise KeyError("no length")

    assert difference(Whimsical([1.0, 2.0]), (1.0, 2.0)) is None
    assert difference(Whimsical([1.0]), (1.0, 2.0)).detail == "got 1, expected 2"


def test_two_parts_that_are_right_are_named_together():
    found = difference((1.0, 2.0, 3.5), (1.0, 2.0, 3.0), names=("m", "v", "w"))
    assert found.reason == "w differs; m and v are right"
