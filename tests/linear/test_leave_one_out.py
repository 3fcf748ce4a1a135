"""Leaving out one row without a refit, against exact refits."""

import tracemalloc

import numpy as np
import pytest

from regcourse.linear import leave_one_out, ridge, ridge_path

TINY = [2.0**-100, 2.0**-50, 2.0**-30, 2.0**-10]


def short(numbers):
    """Numbers of few binary digits, with which exact arithmetic is quick."""
    return np.round(np.asarray(numbers) * 32) / 32


def design(n, p, seed):
    rng = np.random.default_rng(seed)
    return short(rng.normal(size=(n, p)) + 3.0), short(rng.normal(size=n))


def agree(exact, X, y, lam, weights=None, rtol=1e-9):
    """Hold row by row and on average: both ways of the library, and exact refits."""
    weights = np.ones(len(y)) if weights is None else weights
    refits = exact.left_out(X, y, lam * weights.sum(), weights)
    residuals = leave_one_out(X, y, lam, sample_weight=weights)
    np.testing.assert_allclose(residuals, refits, rtol=rtol, atol=rtol * np.abs(refits).max() / 100)
    path = ridge_path(X, y, [lam, 1.0], sample_weight=weights)
    # Squares have half the relative digits.
    assert path.loo[0] == pytest.approx(np.average(refits**2, weights=weights), rel=2 * rtol)


@pytest.mark.parametrize("lam", TINY)
@pytest.mark.parametrize(("n", "p"), [(8, 3), (7, 5), (6, 5), (5, 5), (5, 7)])
def test_of_every_shape_and_for_every_strength(exact, n, p, lam):
    agree(exact, *design(n, p, seed=71), lam)


@pytest.mark.parametrize("lam", TINY)
@pytest.mark.parametrize(("n", "p"), [(8, 3), (6, 5), (5, 7)])
def test_with_weights(exact, n, p, lam):
    weights = short(np.random.default_rng(72).uniform(0.2, 4, size=n))
    agree(exact, *design(n, p, seed=73), lam, weights)


def test_wide_data_and_next_to_no_strength():
    X, y = (
        np.random.default_rng(0).normal(size=(20, 40)) + 3,
        np.random.default_rng(1).normal(size=20),
    )
    nearly, limit = leave_one_out(X, y, 1e-9), leave_one_out(X, y, 0.0)
    # alpha is 2e-8, and the smallest square about 10.
    np.testing.assert_allclose(nearly, limit, rtol=1e-7)
    path = ridge_path(X, y, [1e-9])
    assert np.mean(nearly**2) == pytest.approx(path.loo[0], rel=1e-12)


@pytest.mark.parametrize("lam", TINY)
@pytest.mark.parametrize("far", [1e2, 1e4, 1e6])
@pytest.mark.parametrize(("n", "p"), [(8, 3), (6, 5), (5, 7)])
def test_a_row_far_from_all_others_which_nearly_fits_itself(exact, n, p, far, lam):
    X, y = design(n, p, seed=74)
    X[2] += short(far * np.random.default_rng(75).normal(size=p))
    # What the others know of the direction is 1 / far of the columns, and rounded by eps of them.
    agree(exact, X, y, lam, rtol=max(1e-9, 1e-14 * far))


@pytest.mark.parametrize("lam", [0.0, 1e-30, 1e-9, 1e-3])
def test_the_only_row_with_a_feature_fits_itself(lam):
    # Column 1 is 0 but in row 4: left out, the row is predicted without it.
    X = np.column_stack([[1.0, 2.0, 3.0, 5.0, 8.0, 4.0], [0, 0, 0, 0, 5.0, 0]])
    y = np.array([2.0, 3.5, 6.5, 9.0, 7.0, 8.5])
    rest = [0, 1, 2, 3, 5]
    alone = ridge(X[rest], y[rest], 6 * lam / 5)
    expected = y[4] - alone.predict(X[[4]])[0]
    assert leave_one_out(X, y, lam)[4] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("lam", [2.0**-30, 2.0**-3])
@pytest.mark.parametrize("heavy", [2.0**20, 2.0**53])
@pytest.mark.parametrize(("n", "p"), [(8, 3), (5, 7)])
def test_a_row_that_outweighs_all_others(exact, n, p, heavy, lam):
    weights = np.ones(n)
    weights[3] = heavy
    agree(exact, *design(n, p, seed=76), lam, weights, rtol=1e-8)


def test_a_row_without_weight_is_predicted_by_the_fit_of_the_others(exact):
    X, y = design(8, 3, seed=77)
    weights = np.array([1, 2, 0, 1, 0, 3, 1, 1.0])
    residuals = leave_one_out(X, y, 0.1, sample_weight=weights)
    counted = weights > 0
    fit = ridge(X, y, 0.1, sample_weight=weights)
    np.testing.assert_allclose(residuals[~counted], (y - fit.predict(X))[~counted], rtol=1e-12)
    refits = exact.left_out(X[counted], y[counted], 0.1 * weights.sum(), weights[counted])
    np.testing.assert_allclose(residuals[counted], refits, rtol=1e-10)


def test_no_matrix_of_all_rows_by_all_rows_is_made():
    X, y = design(4000, 3, seed=78)
    leave_one_out(X, y, 0.1)
    tracemalloc.start()
    leave_one_out(X, y, 0.1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # X of 4000 x 3 a dozen times is less than a hundredth of 4000 x 4000.
    assert peak < 4000 * 4000 * 8 / 100
