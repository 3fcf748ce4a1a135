"""Filter factors and effective degrees of freedom."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.data import problem_from_svd
from regcourse.errors import InvalidInput
from regcourse.linear import effective_dof, filter_factors, ridge
from regcourse.linear._centring import centre

laws = settings(max_examples=60)
positive = st.floats(1e-3, 1e3)


@laws
@given(s=st.lists(positive, min_size=1, max_size=5), alpha=st.floats(0, 1e6))
def test_the_factors_are_the_formula_of_their_docstring(s, alpha):
    s = np.array(s)
    np.testing.assert_allclose(filter_factors(s, alpha), s**2 / (s**2 + alpha), rtol=1e-14)


@laws
@given(s=positive, weaker=st.floats(0.01, 0.99), alpha=positive)
def test_a_weaker_direction_keeps_less(s, weaker, alpha):
    strong, weak = filter_factors([s, weaker * s], alpha)
    assert 0 < weak < strong <= 1


@laws
@given(s=st.lists(positive, min_size=1, max_size=5), alpha=positive, unit=positive)
def test_factors_do_not_depend_on_the_unit(s, alpha, unit):
    scaled = filter_factors(unit * np.array(s), unit**2 * alpha)
    np.testing.assert_allclose(scaled, filter_factors(s, alpha), rtol=1e-12)


@pytest.mark.parametrize(
    ("s", "alpha", "factor"),
    [(3.0, 0.0, 1.0), (0.0, 0.0, 0.0), (0.0, 2.0, 0.0), (1e-200, 0.0, 1.0), (1e200, 1.0, 1.0),
     (1e-200, 1e300, 0.0)],
)  # fmt: skip
def test_factors_at_the_ends_of_the_scale(s, alpha, factor):
    assert filter_factors([s], alpha)[0] == factor


def test_ridge_is_least_squares_times_the_factors(problem):
    lam = 0.3
    f = filter_factors(problem.s, len(problem.y) * lam)
    along = problem.V.T @ ridge(problem.X, problem.y, lam).w
    # Planted directions against computed ones, of a design of condition below 20.
    np.testing.assert_allclose(along, f * (problem.V.T @ problem.w), rtol=1e-9)


def test_degrees_of_freedom_are_the_trace_of_the_hat_matrix(problem):
    alpha = 2.5
    Xc = problem.X - problem.X.mean(axis=0)
    hat = Xc @ np.linalg.solve(Xc.T @ Xc + alpha * np.eye(Xc.shape[1]), Xc.T)
    assert effective_dof(problem.X, alpha) == pytest.approx(np.trace(hat), rel=1e-10)


def test_degrees_of_freedom_fall_from_the_rank_to_zero(problem):
    dof = [effective_dof(problem.X, alpha) for alpha in (0, 1e-3, 1, 1e3, 1e12)]
    assert dof == sorted(dof, reverse=True)
    assert dof[0] == len(problem.s)
    assert dof[-1] < 1e-9


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e14])
def test_a_constant_column_neither_counts_nor_hides_another(constant):
    X = np.column_stack([np.random.default_rng(9).uniform(size=40), np.full(40, constant)])
    assert effective_dof(X, 0.0) == 1.0
    assert effective_dof(X, 2.5) == pytest.approx(effective_dof(X[:, :1], 2.5), rel=1e-12)


def test_the_sum_of_two_columns_is_no_third_direction_however_far_they_lie():
    rng = np.random.default_rng(10)
    Z = rng.normal(size=(15, 2))
    D = np.column_stack([Z, Z @ [1.0, 1.0]]) + rng.normal(size=3) * 1e7
    assert effective_dof(D, 0.0) == 2.0


def test_a_row_that_outweighs_all_others_keeps_its_distance_from_the_mean():
    X, weights = np.array([[0.3], [1.0], [2.0]]), np.array([1e15, 1.0, 3.0])
    y = np.array([0.7, 2.0, -1.0])
    data = centre(X, y, weights)
    # 0.3 less the mean is -Σ v_i (x_i - 0.3) / n over the others.
    distance = np.array([-(0.7 + 3 * 1.7), -(1.3 - 3 * 1.7)]) / weights.sum()
    found = np.array([data.X[0, 0], data.y[0]]) / np.sqrt(1e15)
    np.testing.assert_allclose(found, distance, rtol=1e-13)


@pytest.mark.parametrize("seed", [18, 25, 28])
@pytest.mark.parametrize("constant", [0.1, 1e14 / 3])
def test_centring_makes_a_column_that_is_constant_where_it_counts_exactly_zero(constant, seed):
    # Enough rows that sums of them round, and neither mean nor mean of the rest is exact.
    weights = np.random.default_rng(seed).uniform(0.2, 3, size=501)
    weights[[3, 77]] = 0.0
    data = centre(np.where(weights > 0, constant, 5.0)[:, None], np.arange(501.0), weights)
    np.testing.assert_array_equal(data.X, np.zeros((501, 1)))
    assert data.x_mean[0] == constant


def test_the_intercept_is_not_counted():
    X = problem_from_svd([3.0, 1.0], n=9, seed=8).X
    assert effective_dof(X + 100.0, 2.0) == pytest.approx(effective_dof(X, 2.0), rel=1e-10)
    assert effective_dof(np.ones((5, 2)), 0.0) == 0.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: filter_factors([1.0, -2.0], 1.0), "s must be >= 0, got -2"),
        (lambda: filter_factors([1.0], -1.0), "alpha must be >= 0, got -1.0"),
        (lambda: effective_dof([1.0], 1.0), r"X must have 2 dimension\(s\)"),
        (lambda: effective_dof([[1.0]], -1.0), "alpha must be >= 0, got -1.0"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
