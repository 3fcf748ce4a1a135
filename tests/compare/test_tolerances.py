"""How far is too far: beside large numbers, tiny ones, zeros, and what is not finite."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regcourse.compare import difference, distance, may_be_rounding, tolerance
from regcourse.errors import InvalidInput

numbers = st.floats(-1e6, 1e6, allow_nan=False)
vectors = hnp.arrays(np.float64, st.integers(1, 6), elements=numbers)
W = np.array([1.0, -3.0])


@given(vectors, st.floats(2.0, 1e3), st.integers(0, 5))
def test_an_entry_moved_by_some_tolerances_lies_as_many_away(vector, tolerances, at):
    # Around 1e3, so that rounding of the sum is 1e-7 tolerances and the atol plays no part.
    vector = vector / max(1.0, np.abs(vector).max()) + 1e3
    moved = vector.copy()
    moved[at % vector.size] += tolerances * 1e-6 * np.abs(vector).max()
    assert distance(moved, vector, rtol=1e-6) == pytest.approx(tolerances, rel=1e-4)


def test_tolerance_is_of_the_largest_entry_of_each_array():
    big_and_small = np.array([1e6, 1e-3])
    assert difference(np.array([1e6, 0.5]), big_and_small) is None
    found = difference((big_and_small, np.array([0.5])), (big_and_small, np.array([1e-3])))
    assert found.part == "part 1"


def test_tolerances_are_the_ones_that_are_said_unless_told_otherwise():
    for size in (1.0, 1e-3, 1e6):
        assert difference(size * (1 + 0.99e-6), size) is None
        assert difference(size * (1 + 1.01e-6), size) is not None
    assert difference(0.99e-12, 0.0) is None
    assert difference(1.01e-12, 0.0) is not None
    assert distance(1.01e-12, 0.0) == pytest.approx(1.01)
    assert distance(1.0 + 3e-6, 1.0) == pytest.approx(3, rel=1e-6)


def test_beside_zeros_the_absolute_tolerance_counts():
    assert difference(np.full(3, 1e-13), np.zeros(3)) is None
    assert distance(np.full(3, 5e-12), np.zeros(3)) == pytest.approx(5)


def test_without_any_tolerance_equal_is_equal_and_all_else_is_infinitely_far():
    assert distance(0.0, 0.0, rtol=0, atol=0) == 0.0
    assert distance(1e-300, 0.0, rtol=0, atol=0) == np.inf


def test_nan_and_infinity_agree_with_themselves_only():
    odd = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert difference(odd, odd) is None
    assert distance(-odd, odd) == np.inf
    assert distance(np.zeros(4), odd) == np.inf


def test_the_smallest_whole_number_of_a_kind_sets_the_tolerance_like_any_other():
    # 1e-5 off at a size of 128 is within rtol 1e-6; in int8 the size would come out negative.
    assert difference([-128.00001], np.array([-128], np.int8)) is None


def test_how_far_is_told_by_the_part_that_is_furthest():
    assert distance((1.1, 5.0), (1.0, 1.0), rtol=1e-6) == pytest.approx(4e6)


def test_of_the_two_tolerances_the_larger_counts_and_not_their_sum():
    assert difference(1.0015, 1.0, rtol=1e-3, atol=1e-3) is not None


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
    assert difference((0.0, 1.0), (0.99e-13, 1.0)) is None
    # Beside 1, a number of more than 1e-13 is no rounding of any sound algorithm.
    assert difference((0.0, 1.0), (1.01e-13, 1.0)).reason == "part 0 differs"


def test_whole_numbers_are_no_scale_for_what_rounding_may_lose():
    assert difference((0.0, 10**9), (2e-13, 10**9)) is not None
    assert difference((0.0, np.array([10**9])), (2e-13, np.array([10**9]))) is not None
    assert difference((0.0, True), (2e-13, True)) is not None


@pytest.mark.parametrize("part", [3, True, "word", None, np.inf, -np.inf, np.nan, np.array([2])])
def test_only_finite_floats_are_a_scale_for_what_rounding_may_lose(part):
    # Beside a float of 1, this would count as lost.
    assert difference((0.0, part), (5e-14, part)).reason == "part 0 differs"


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


@pytest.mark.parametrize("size", [0.0, 3e-14, 1e-9, 1.0, -7e5])
def test_a_number_agrees_as_far_as_its_tolerance_goes(size):
    within = tolerance(size)
    assert difference(size + 0.999 * within, size) is None
    assert difference(size - 1.001 * within, size) is not None


@pytest.mark.parametrize(
    ("result", "beside", "may"),
    [
        (0.99e-13, (1.0, "word", None), True),
        (1.01e-13, (1.0,), False),
        (0.0, (1.0,), False),
        ((0.0, np.zeros(2)), (1.0,), False),
        ((-3e-17, 1e-16 * W), (10 * W,), True),
        ((-3e-17, W), (10 * W,), False),
        ({"m": 1e-20}, ([1.0, 2], np.arange(3)), True),
        (1e-20, (7, np.arange(3)), False),
        (3, (1e20,), False),
    ],
)
def test_a_result_may_be_rounding_if_all_of_it_is_lost_beside_what_it_is_made_of(
    result, beside, may
):
    assert may_be_rounding(result, beside=beside) is may
