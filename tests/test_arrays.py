"""The door: what passes is finite float64 of the right shape; what does not is named."""

from fractions import Fraction

import numpy as np
import pytest

from regcourse import _arrays
from regcourse.errors import InvalidInput


@pytest.mark.parametrize(
    "values",
    [[[1, 2], [3, 4]], np.eye(2, dtype=np.float32), np.eye(2, dtype=bool), np.eye(2, dtype="u1")],
    ids=["list", "float32", "bool", "uint8"],
)
def test_real_numbers_of_any_kind_become_float64(values):
    array = _arrays.as_array(values, "X", ndim=2)
    assert array.dtype == np.float64
    np.testing.assert_array_equal(array, np.asarray(values))


def test_a_float64_array_passes_without_a_copy():
    array = np.arange(3.0)
    assert _arrays.as_array(array, "y") is array


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: _arrays.as_array([[1], [1, 2]], "X"), "X must be a rectangular array: "),
        (lambda: _arrays.as_array(["a"], "y"), "y must hold real numbers, got strings"),
        (lambda: _arrays.as_array([1j], "y"), "y must hold real numbers, got complex numbers"),
        (lambda: _arrays.as_array([1.0], "X", ndim=2),
         r"X must have 2 dimension\(s\), got shape \(1,\)"),
        (lambda: _arrays.as_array([np.nan, np.inf, 1], "y"),
         "y must be finite, got 2 NaN or infinite values"),
        (lambda: _arrays.as_matrix(np.empty((0, 3))),
         r"X must have at least one row and one column, got shape \(0, 3\)"),
        (lambda: _arrays.as_vector([], "w"), r"w must have at least one entry, got shape \(0,\)"),
        (lambda: _arrays.as_vector([1.0], "w", length=3), "w must have 3 entries, got 1"),
        (lambda: _arrays.as_design([[1.0], [2.0]], [1.0]), "y must have 2 entries, got 1"),
        (lambda: _arrays.as_weights([1, -0.5], 2), "sample_weight must be >= 0, got -0.5"),
        (lambda: _arrays.as_weights([0, 0], 2), "sample_weight must not be all zero"),
        (lambda: _arrays.as_weights([1, 1e-41], 2),
         "sample_weight must be 0 or at least 1e-40 of the largest, got 1e-41 of it"),
        (lambda: _arrays.as_weights([1.9, 1.5e-40], 2),
         "sample_weight must be 0 or at least 1e-40 of the largest, got 7.8"),
        (lambda: _arrays.as_weights([1.9, 1.8e-40], 2),
         "sample_weight must be 0 or at least 1e-40 of the largest, got 9.47368e-41 of it"),
        (lambda: _arrays.as_features([[1.0, 1e-41], [1.0, 0.0]]),
         r"column 1 of X must be 0 or between 1e-40 and 1e\+40 in size, got 1e-41"),
        (lambda: _arrays.as_features([[-1e41, 1.0]], "A"),
         r"column 0 of A must be 0 or between 1e-40 and 1e\+40 in size, got 1e\+41"),
        (lambda: _arrays.as_regression([[1.0], [2.0]], [1.0]), "y must have 2 entries, got 1"),
        (lambda: _arrays.as_regression([[1.0], [2.0]], [1.0, -1e41]),
         r"the largest of y must be 0 or between 1e-40 and 1e\+40 in size, got 1e\+41"),
        (lambda: _arrays.as_regression([[1.0], [2.0]], [1.0, 2.0], [1.0]),
         "sample_weight must have 2 entries, got 1"),
        (lambda: _arrays.as_coefficients([1.0, -2e100]),
         r"w must be at most 1e\+100 in size, got 2e\+100"),
        (lambda: _arrays.as_coefficients([1.0], "u", length=2), "u must have 2 entries, got 1"),
        (lambda: _arrays.as_array([10**400, 1], "y"),
         "y must be finite, got one beyond the largest"),
        (lambda: _arrays.as_real(10**400, "t"), "t must be finite, got one beyond the largest"),
        (lambda: _arrays.as_real("3", "t"), "t must be a number, got '3'"),
        (lambda: _arrays.as_real(True, "t"), "t must be a number, got True"),
        (lambda: _arrays.as_real(np.array([1.0]), "t"), r"t must be a number, got array\(\[1.\]\)"),
        (lambda: _arrays.as_real(np.nan, "t"), "t must be finite, got nan"),
        (lambda: _arrays.as_real(-1e-9, "t", at_least=0), "t must be >= 0, got -1e-09"),
        (lambda: _arrays.as_real(0, "p", above=0), "p must be > 0, got 0.0"),
        (lambda: _arrays.as_real(1.5, "rho", at_most=1), "rho must be <= 1, got 1.5"),
        (lambda: _arrays.as_real(1, "drop", below=1), "drop must be < 1, got 1.0"),
        (lambda: _arrays.as_strength(-2), "lam must be >= 0, got -2.0"),
        (lambda: _arrays.as_strength(1e-41), r"lam must be 0 or between 1e-40 and 1e\+40 in"),
        (lambda: _arrays.as_strength(1e41), r"lam must be 0 or between 1e-40 and 1e\+40 in"),
        (lambda: _arrays.as_strength(Fraction(1, 10**400)),
         r"lam must be 0 or between 1e-40 and 1e\+40 in size, got Fraction\(1, 1"),
        (lambda: _arrays.as_strengths([1, -2]), "lams must be >= 0, got -2"),
        (lambda: _arrays.as_strengths([1, 1e-41]),
         r"lams must be 0 or between 1e-40 and 1e\+40 in size, got 1e-41"),
        (lambda: _arrays.as_share(1.5), "rho must be <= 1, got 1.5"),
        (lambda: _arrays.as_share(1e-41), r"rho must be 0 or between 1e-40 and 1e\+40 in size, "),
        (lambda: _arrays.as_count(2.0, "n"), "n must be a whole number, got 2.0"),
        (lambda: _arrays.as_count(True, "n"), "n must be a whole number, got True"),
        (lambda: _arrays.as_count(0, "n"), "n must be >= 1, got 0"),
        (lambda: _arrays.as_generator(-1), "seed must be >= 0, got -1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_it_must_be_and_was(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()


def test_bounds_include_their_ends_unless_they_say_otherwise():
    assert _arrays.as_count(1, "n") == 1
    assert _arrays.as_count(0, "n", at_least=0) == 0
    assert _arrays.as_coefficients([-1e100])[0] == -1e100
    assert _arrays.as_real(0, "rho", at_least=0) == 0.0
    assert _arrays.as_real(1, "rho", at_most=1) == 1.0


@pytest.mark.parametrize("value", [2, np.float32(2), np.array(2.0)], ids=["int", "numpy", "0-d"])
def test_a_number_of_any_kind_becomes_a_float(value):
    assert type(_arrays.as_real(value, "t")) is float


def test_no_sample_weights_means_one_for_each_row():
    np.testing.assert_array_equal(_arrays.as_weights(None, 3), np.ones(3))


@pytest.mark.parametrize("largest", [5e-324, 3e-310, 0.7, 6.0, 1.7e308])
def test_the_largest_sample_weight_is_brought_between_1_and_2_by_a_power_of_two(largest):
    weights = _arrays.as_weights([0.0, largest, largest / 4], 3)
    power = np.log2(weights[1]) - np.log2(largest)
    assert 1 <= weights[1] < 2
    assert power == pytest.approx(round(power), abs=1e-12)
    assert weights[0] == 0.0


def test_sample_weights_keep_their_ratios_exactly():
    weights = _arrays.as_weights([3e-310, 9e-310, 0.0], 3)
    np.testing.assert_array_equal(weights / weights[0], [1.0, 9e-310 / 3e-310, 0.0])


@pytest.mark.parametrize("size", [0.0, 1e-40, 1.0, 1e40])
def test_the_ends_of_what_models_compute_with_are_allowed(size):
    X, y, _ = _arrays.as_regression([[size], [-size / 2]], [-size, size])
    assert X[0, 0] == y[1] == _arrays.as_strength(size) == _arrays.as_strengths([size])[0] == size


def test_a_solution_may_be_as_large_as_the_end_of_its_range():
    assert _arrays.as_coefficients([1e100, -1e100])[1] == -1e100


def test_a_tiny_entry_beside_larger_ones_of_its_column_is_no_matter():
    assert _arrays.as_features([[1e-300], [1.0]])[0, 0] == 1e-300


def test_a_numpy_integer_is_a_count():
    assert _arrays.as_count(np.int64(4), "n") == 4


def test_a_generator_is_used_as_it_is():
    rng = np.random.default_rng(3)
    assert _arrays.as_generator(rng) is rng


def test_a_seed_starts_the_same_generator_again():
    first, again = _arrays.as_generator(5).random(4), _arrays.as_generator(5).random(4)
    np.testing.assert_array_equal(first, again)
