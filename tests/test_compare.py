import tracemalloc
from decimal import Decimal
from fractions import Fraction

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


# ---------- tolerances
@pytest.mark.parametrize("tiny", [1e-13, 1e-15, 1e-100, 1e-300, 5e-324])
@pytest.mark.parametrize("atol", [1e-12, 1e-9, 0.5])
@pytest.mark.parametrize("rtol", [0.0, 1e-6])
def test_tiny_numbers_are_told_from_zero_and_from_their_opposite(tiny, atol, rtol):
    for expected in (tiny, np.array([0.0, tiny, -tiny])):
        assert difference(expected, expected, rtol=rtol, atol=atol) is None
        assert difference(0 * expected, expected, rtol=rtol, atol=atol).kind == "value"
        assert difference(-expected, expected, rtol=rtol, atol=atol).kind == "value"
        assert difference((0 * expected,), (expected,), rtol=rtol, atol=atol) is not None
        assert difference([3, -expected], [3, expected], rtol=rtol, atol=atol) is not None


def test_rounding_beside_a_tiny_number_is_no_difference():
    # 1e-13, computed with an error as numbers of size 1 have it.
    assert difference(1e-13 + 2e-16, 1e-13) is None
    assert difference(1.49e-13, 1e-13) is None
    assert difference(1.51e-13, 1e-13).size == pytest.approx(1.02)


def test_a_part_that_may_be_rounding_itself_may_be_rounded_otherwise():
    assert difference((-2e-14, 1.0), (3e-14, 1.0)) is None
    assert difference({"b": 0.0, "w": 10 * W}, {"b": 9e-13, "w": 10 * W}) is None
    # Beside 1, a number of 2e-13 is no rounding of any sound algorithm.
    assert difference((0.0, 1.0), (2e-13, 1.0)).reason == "part 0 differs"


def test_whole_numbers_are_no_scale_for_what_rounding_may_lose():
    assert difference((0.0, 10**9), (2e-13, 10**9)) is not None
    assert difference((0.0, np.array([10**9])), (2e-13, np.array([10**9]))) is not None
    assert difference((0.0, True), (2e-13, True)) is not None


@pytest.mark.parametrize("name", ["rtol", "atol"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.nan, "must be finite, got nan"),
        (np.inf, "must be finite, got inf"),
        (-1e-9, "must be >= 0, got -1e-09"),
        ("1e-6", "must be a number, got '1e-6'"),
        (None, "must be a number, got None"),
        (True, "must be a number, got True"),
        (1j, "must be a number, got 1j"),
    ],
    ids=repr,
)
def test_a_tolerance_that_tolerates_anything_is_refused(name, value, words):
    for compared in (difference, distance):
        with pytest.raises(InvalidInput, match=f"^{name} {words}$"):
            compared(1.0, 1.0, **{name: value})


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (0.0, np.nan),
        (np.nan, np.inf),
        (0.0, np.inf),
        (np.inf, -np.inf),
        (complex(np.nan, 1.0), complex(np.inf, 1.0)),
        ([0.0, 1.0], [np.nan, 1.0]),
        (np.array([0.0, 1.0]), np.array([np.nan, 1.0])),
        (np.array([0.0, 1.0]), np.array([-np.inf, 1.0])),
    ],
    ids=repr,
)
@pytest.mark.parametrize("rtol", [0.0, 1e3])
def test_what_is_not_finite_is_missed_by_infinitely_much(got, expected, rtol):
    found = difference(got, expected, rtol=rtol)
    assert (found.kind, found.size) == ("value", np.inf)
    assert "nan" in found.detail or "inf" in found.detail


def test_the_largest_floats_have_tolerances_like_any_other():
    largest = np.finfo(float).max
    assert difference(np.array([largest, -largest]), np.array([largest, -largest])) is None
    assert difference(-largest, largest).size == np.inf
    assert difference(complex(largest, largest), complex(largest, -largest)) is not None


# ---------- what is shown
@pytest.mark.parametrize(
    ("got", "expected", "detail"),
    [
        (1.000002, 1.0, "got 1.000002, expected 1"),
        (1.0 + 2**-30, 1.0, "got 1.000000001, expected 1"),
        (2.0, 1.0, "got 2, expected 1"),
        (1 + 2j, 1 - 2j, "got 1+2j, expected 1-2j"),
        (1 + 1j, 1.0, "got 1+1j, expected 1"),
        (1.0, 1 + 1j, "got 1, expected 1+1j"),
        ([1.0, 1j], np.ones(2), "1 of 2 entries differ; at [1] got 0+1j, expected 1"),
    ],
    ids=repr,
)
def test_numbers_that_differ_are_shown_so_that_one_sees_it(got, expected, detail):
    assert difference(got, expected, rtol=1e-12).detail == detail


def test_keys_are_told_where_they_may_be_seen_and_nowhere_else():
    found = difference({"b": 1.0, "hidden5352": 2.0}, {"b": 1.0})
    assert "5352" not in found.reason + found.part
    assert found.detail == "got the keys 'b', 'hidden5352', expected the keys 'b'"
    assert difference({1: 2.0}, {"1": 2.0}).detail == "got the keys 1, expected the keys '1'"
    assert difference({}, {"w": 2.0}).detail == "got no keys, expected the keys 'w'"
    assert len(difference({"x" * 999 + str(i): i for i in range(99)}, {"w": 1}).detail) < 250


# ---------- numbers of every kind
@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (Fraction(1, 3), 1 / 3),
        (Decimal("0.1"), 0.1),
        ([Fraction(1), Decimal(-3)], W),
        (np.array([Fraction(1), -3], dtype=object), W),
        (np.array(Fraction(1, 2), dtype=object), 0.5),
        ([np.array([Fraction(1)], dtype=object), [Decimal(-3)]], W[:, None]),
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
