import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regcourse.compare import difference, distance, in_kind_of, kind_of
from regcourse.errors import InvalidInput

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


@given(vectors, st.floats(2.0, 1e3), st.integers(0, 5))
def test_an_entry_moved_by_some_tolerances_lies_as_many_away(vector, tolerances, at):
    # Around 1e3, so that rounding of the sum is 1e-7 tolerances and the atol plays no part.
    vector = vector / max(1.0, np.abs(vector).max()) + 1e3
    moved = vector.copy()
    moved[at % vector.size] += tolerances * 1e-6 * np.abs(vector).max()
    assert distance(moved, vector, rtol=1e-6) == pytest.approx(tolerances, rel=1e-4)


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


def test_tolerance_is_of_the_largest_entry_of_each_array():
    big_and_small = np.array([1e6, 1e-3])
    assert difference(np.array([1e6, 0.5]), big_and_small) is None
    found = difference((big_and_small, np.array([0.5])), (big_and_small, np.array([1e-3])))
    assert found.part == "part 1"


def test_beside_zeros_the_absolute_tolerance_counts():
    assert difference(np.full(3, 1e-13), np.zeros(3)) is None
    assert distance(np.full(3, 5e-12), np.zeros(3)) == pytest.approx(5)


def test_without_any_tolerance_equal_is_equal_and_all_else_is_infinitely_far():
    assert distance(0.0, 0.0, rtol=0, atol=0) == 0.0
    assert distance(1e-300, 0.0, rtol=0, atol=0) == np.inf


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
    "a number for a vector": ((B, 1.0), "w is a single number where an array is asked", "shape"),
    "a row": ((B, W[None]), "w has 2 dimensions where 1 are asked", "shape"),
    "longer": ((B, np.ones(3)), "w has another shape than is asked", "shape"),
    "a vector for a number": ((W, W), "b is a vector where a single number is asked", "shape"),
    "words": (("two", W), "b is a string where a number is asked", "type"),
    "a ragged list": ((B, [[1.0], [2.0, 3.0]]), "w is a list where an array is asked", "type"),
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


def test_rows_and_columns_exchanged_are_told():
    found = difference(np.ones((2, 3)), np.ones((3, 2)))
    assert found.reason == "the answer has its rows and columns exchanged"


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


def test_nan_and_infinity_agree_with_themselves_only():
    odd = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert difference(odd, odd) is None
    assert distance(-odd, odd) == np.inf
    assert distance(np.zeros(4), odd) == np.inf


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
        (10**400, 1.0, "the answer contains infinite values"),
        ({"a": 1, "more": 2}, {"a": 1}, None),
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
        "huge",
        "more keys",
    ],
)
def test_plain_values_and_dicts_are_compared_exactly(got, expected, reason):
    found = difference(got, expected)
    assert (found and found.reason) == reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones((2, 2)), "a matrix"),
        (np.ones((2, 2, 2)), "an array"),
        (np.array(1.0), "a number"),
        (1j, "a number"),
        (True, "a truth value"),
        ((), "a tuple"),
        (len, "of type builtin_function_or_method"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(type(value).__name__),
)
def test_kinds_have_plain_names(value, words):
    assert kind_of(value) == words


@pytest.mark.parametrize("got", [[1, 1], [], {}, np.ones(2), 1, None], ids=repr)
def test_a_truth_value_of_numpys_is_asked_for_like_a_plain_one(got):
    assert difference(True, np.True_) is None
    assert difference(np.False_, np.True_).kind == "value"
    assert difference(got, np.True_).reason.endswith("where a truth value is asked")


def test_a_word_of_numpys_is_the_same_word():
    assert difference("ridge", np.str_("ridge")) is None
    assert difference(np.str_("lasso"), np.str_("ridge")).kind == "value"


def test_the_smallest_whole_number_of_a_kind_sets_the_tolerance_like_any_other():
    # 1e-5 off at a size of 128 is within rtol 1e-6; in int8 the size would come out negative.
    assert difference([-128.00001], np.array([-128], np.int8)) is None


def test_keys_that_are_numbers_are_named_like_words():
    assert difference({1: 2.0}, {1: 3.0}).reason == "1 differs"
    assert difference({}, {1: 3.0}).reason == "1 is missing"


@pytest.mark.parametrize(
    ("got", "detail"),
    [(np.nan, ""), (np.array([1.0, np.nan, np.inf]), "2 of 3 entries")],
    ids=["a number", "a vector"],
)
def test_how_much_is_not_a_number_is_told_where_there_is_more_than_one(got, detail):
    assert difference(got, np.ones(np.shape(got))).detail == detail


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
    assert difference(endless, np.ones(2)).kind == "type"


def test_a_number_beyond_every_float_is_infinite():
    assert difference(np.longdouble("1e4000"), 1.0).reason == "the answer contains infinite values"


def test_long_words_are_quoted_in_short():
    assert len(difference("x" * 10_000, "lasso").detail) < 200


def test_an_answer_is_brought_into_the_kinds_of_the_expected_one():
    got = {"w": [1, 2], "b": np.array(3), "path": (np.ones(2), [4, 5]), "word": "ridge"}
    expected = {"w": np.ones(2), "b": 1.0, "path": [np.ones(2), np.ones(2)], "word": "lasso"}
    found = in_kind_of(got, expected)
    assert difference(found, got, rtol=0.0) is None
    assert [type(found[key]) for key in ("w", "b", "path", "word")] == [
        np.ndarray, float, list, str,
    ]  # fmt: skip


def test_complex_numbers_have_no_kind_among_real_ones():
    with pytest.raises(InvalidInput, match="got must hold real numbers, got a vector of complex"):
        in_kind_of(np.array([1.0, 1j]), np.ones(2))
    assert in_kind_of([1.0, 1j], np.array([1j, 1.0])).dtype == complex


def test_how_far_is_told_by_the_part_that_is_furthest():
    assert distance((1.1, 5.0), (1.0, 1.0), rtol=1e-6) == pytest.approx(4e6)


def test_of_the_two_tolerances_the_larger_counts_and_not_their_sum():
    assert difference(1.0015, 1.0, rtol=1e-3, atol=1e-3) is not None


def test_complex_numbers_without_an_imaginary_part_are_real_ones():
    assert in_kind_of(np.array([1 + 0j, 2 + 0j]), np.array([1.0, 2.0])).dtype == np.float64


def test_entries_within_the_tolerance_are_not_counted_as_different():
    found = difference(np.array([1.0 + 1e-9, 3.0]), np.array([1.0, 2.0]))
    assert found.detail.startswith("1 of 2 entries differ")


def test_a_truth_value_in_an_array_without_dimensions_is_one():
    assert difference(np.array(True), True) is None
