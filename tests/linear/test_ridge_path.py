"""A path: the same fits as one by one, and scores that need no refit."""

import numpy as np
import pytest

from regcourse.data import problem_from_svd
from regcourse.errors import InvalidInput
from regcourse.linear import duality_gap, effective_dof, leave_one_out, ridge, ridge_path

LAMS = [0.0, 3.0, 0.01, 0.4]  # in no order: the path must keep it


def left_out(X, y, lam, weights):
    """Refit without each row in turn, alpha kept; return the residual of that row."""
    alpha, rows, everyone = lam * weights.sum(), [], np.arange(len(y))
    for i in everyone:
        rest = everyone != i
        kept = weights[rest]
        fit = ridge(X[rest], y[rest], alpha / kept.sum(), sample_weight=kept)
        rows.append(y[i] - fit.predict(X[[i]])[0])
    return np.array(rows)


def test_a_path_holds_the_fits_of_its_strengths_in_their_order(problem):
    path = ridge_path(problem.X, problem.y, LAMS)
    fits = [ridge(problem.X, problem.y, lam) for lam in LAMS]
    np.testing.assert_array_equal(path.lams, LAMS)
    np.testing.assert_allclose(path.b, [fit.b for fit in fits], rtol=1e-12)
    np.testing.assert_allclose(path.W, [fit.w for fit in fits], rtol=1e-9, atol=1e-12)


def test_a_path_certifies_each_of_its_fits(problem, row_weights):
    X, y = problem.X, problem.y
    path = ridge_path(X, y, LAMS, sample_weight=row_weights)
    alone = [
        duality_gap(X, y, b, w, lam, sample_weight=row_weights)
        for b, w, lam in zip(path.b, path.W, LAMS, strict=True)
    ]
    # Squares of rounding, with J of about 100: the same up to the rounding of another order.
    np.testing.assert_allclose(path.gaps, alone, rtol=0, atol=1e-20)
    assert path.gaps.max() < 1e-18


def test_a_path_counts_the_degrees_of_freedom_of_its_fits(problem):
    path = ridge_path(problem.X, problem.y, LAMS)
    expected = [effective_dof(problem.X, len(problem.y) * lam) for lam in LAMS]
    np.testing.assert_allclose(path.dof, expected, rtol=1e-12)


@pytest.mark.parametrize("lam", [0.01, 0.4, 3.0])
def test_one_row_is_left_out_without_a_refit(problem, lam):
    residuals = leave_one_out(problem.X, problem.y, lam)
    refits = left_out(problem.X, problem.y, lam, np.ones(len(problem.y)))
    # 1 - h is at least 0.05 / 36 here: a thousandfold rounding.
    np.testing.assert_allclose(residuals, refits, rtol=0, atol=1e-9 * np.abs(refits).max())


def test_the_score_of_a_path_is_the_mean_square_of_rows_left_out(problem):
    path = ridge_path(problem.X, problem.y, LAMS)
    ones = np.ones(len(problem.y))
    refits = [np.mean(left_out(problem.X, problem.y, lam, ones) ** 2) for lam in LAMS]
    # At lam = 0 and p > n too, where both r and 1 - h are 0.
    np.testing.assert_allclose(path.loo, refits, rtol=1e-8)


def test_a_weighted_row_leaves_with_all_its_weight(problem, row_weights):
    path = ridge_path(problem.X, problem.y, LAMS, sample_weight=row_weights)
    refits = [
        np.average(left_out(problem.X, problem.y, lam, row_weights) ** 2, weights=row_weights)
        for lam in LAMS
    ]
    np.testing.assert_allclose(path.loo, refits, rtol=1e-8)


@pytest.mark.parametrize("lam", [0.1, 3.0])
@pytest.mark.parametrize("heavy", [1e12, 1e16])
def test_a_row_that_outweighs_all_others_is_left_out_as_well(lam, heavy):
    rng = np.random.default_rng(33)
    X, y, weights = rng.normal(size=(20, 2)), rng.normal(size=20), np.ones(20)
    weights[3] = heavy
    path = ridge_path(X, y, [lam], sample_weight=weights)
    refits = left_out(X, y, lam, weights)
    assert path.loo[0] == pytest.approx(np.average(refits**2, weights=weights), rel=1e-8)


def test_gcv_with_weights_is_a_weighted_mean_and_counts_rows(problem, row_weights):
    path = ridge_path(problem.X, problem.y, [0.4], sample_weight=row_weights)
    fit, rows = ridge(problem.X, problem.y, 0.4, sample_weight=row_weights), len(problem.y)
    training = np.average((problem.y - fit.predict(problem.X)) ** 2, weights=row_weights)
    expected = training / (1 - (1 + path.dof[0]) / rows) ** 2
    assert path.gcv[0] == pytest.approx(expected, rel=1e-8)


def test_a_weighted_path_holds_weighted_fits(problem, row_weights):
    path = ridge_path(problem.X, problem.y, LAMS, sample_weight=row_weights)
    fits = [ridge(problem.X, problem.y, lam, sample_weight=row_weights) for lam in LAMS]
    np.testing.assert_allclose(path.W, [fit.w for fit in fits], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(path.b, [fit.b for fit in fits], rtol=1e-12)


def test_a_row_of_weight_zero_is_not_scored(problem):
    weights = np.ones(len(problem.y))
    weights[1] = 0.0
    y = problem.y.copy()
    y[1] = 1e6
    scored = ridge_path(problem.X, y, LAMS, sample_weight=weights)
    without = ridge_path(problem.X[weights > 0], y[weights > 0], LAMS)
    np.testing.assert_allclose(scored.loo, without.loo, rtol=1e-10)
    np.testing.assert_allclose(scored.gcv, without.gcv, rtol=1e-10)


def test_the_only_row_with_a_feature_is_predicted_without_it():
    # Column 2 is 0 but in row 4: with lam = 0 this row fits itself, and 1 - h = 0.
    X = np.column_stack([[1.0, 2.0, 3.0, 5.0, 8.0, 4.0], [0, 0, 0, 0, 5.0, 0]])
    y = np.array([2.0, 3.5, 6.5, 9.0, 7.0, 8.5])
    path = ridge_path(X, y, [0.0])
    assert path.loo[0] == pytest.approx(np.mean(left_out(X, y, 0.0, np.ones(6)) ** 2), rel=1e-9)


@pytest.mark.parametrize("lam", [0.01, 0.4, 3.0])
def test_gcv_is_the_formula_of_its_docstring(problem, lam):
    path = ridge_path(problem.X, problem.y, [lam])
    n, fit = len(problem.y), ridge(problem.X, problem.y, lam)
    training = np.mean((problem.y - fit.predict(problem.X)) ** 2)
    expected = training / (1 - (1 + path.dof[0]) / n) ** 2
    assert path.gcv[0] == pytest.approx(expected, rel=1e-8)


def test_gcv_without_a_penalty_is_the_limit_of_a_small_one(problem):
    path = ridge_path(problem.X, problem.y, [0.0, 1e-11])
    # alpha / s² is 3e-10 / 0.04 at worst.
    assert path.gcv[0] == pytest.approx(path.gcv[1], rel=1e-6)


def test_for_an_orthonormal_design_of_equal_leverage_gcv_is_leave_one_out():
    # A full factorial design: every row has the same leverage.
    X = np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]])
    path = ridge_path(X, [1.0, 2.0, 4.0, 4.5], [0.1, 1.0])
    np.testing.assert_allclose(path.gcv, path.loo, rtol=1e-12)


def test_the_best_strength_has_the_smallest_error_on_rows_left_out():
    problem = problem_from_svd([6.0, 2.0, 0.05], n=30, noise=2.0, seed=31)
    X, y = problem.X.copy(), problem.y
    # A row with more leverage than the average: generalised cross-validation does not see it.
    X[3] *= 4
    path = ridge_path(X, y, np.logspace(-6, 3, 40))
    refits = [np.mean(left_out(X, y, lam, np.ones(30)) ** 2) for lam in path.lams]
    assert path.best == np.argmin(refits)
    assert path.best not in (path.gcv.argmin(), path.dof.argmin(), path.gaps.argmin())
    assert not path.at_an_end


@pytest.mark.parametrize("lams", [[1.0, 10.0, 100.0], [10.0, 1.0, 100.0]], ids=["sorted", "mixed"])
def test_a_grid_that_ends_at_the_best_strength_raises_the_alarm(lams):
    problem = problem_from_svd([6.0, 2.0], n=30, noise=0.1, seed=32)
    assert ridge_path(problem.X, problem.y, lams).at_an_end


def test_noise_alone_raises_the_alarm_at_the_upper_end():
    problem = problem_from_svd([6.0, 2.0], n=30, noise=1.0, seed=34)
    nothing = problem.y - problem.X @ problem.w  # uncorrelated with every column
    path = ridge_path(problem.X, nothing, [0.01, 0.1, 1.0])
    assert (path.lams[path.best], path.at_an_end) == (1.0, True)


def test_constant_columns_are_scored_like_no_columns():
    y = np.array([1.0, 2.0, 4.0])
    path = ridge_path(np.ones((3, 2)), y, [0.0, 1.0])
    # The mean of the other two, each time.
    expected = np.mean([(1 - 3) ** 2, (2 - 2.5) ** 2, (4 - 1.5) ** 2])
    np.testing.assert_allclose(path.loo, [expected] * 2, rtol=1e-12)
    np.testing.assert_array_equal(path.W, np.zeros((2, 2)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ridge_path([[1.0], [2.0]], [1.0, 2.0], [0.1, -1]), "lams must be >= 0, got -1"),
        (lambda: ridge_path([[1.0], [2.0]], [1.0, 2.0], []), "lams must have at least one entry"),
        (lambda: ridge_path([[1.0]], [1.0], [0.1]),
         "number of rows with a weight > 0 must be >= 2, got 1"),
        (lambda: ridge_path([[1.0], [2.0]], [1.0, 2.0], [0.1], sample_weight=[1, 0]),
         "number of rows with a weight > 0 must be >= 2, got 1"),
        (lambda: leave_one_out([[1.0], [2.0]], [1.0, 2.0], -1.0), "lam must be >= 0, got -1.0"),
        (lambda: leave_one_out([[1.0]], [1.0], 0.1),
         "number of rows with a weight > 0 must be >= 2, got 1"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
