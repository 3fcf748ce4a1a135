"""The objective: its line in the docstring, its slope, and its certificates."""

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.linear.objective import gradient, kkt_violation, objective, optimality_gap
from regcourse.penalties import soft_threshold


@pytest.fixture
def point(problem):
    """Some (b, w), away from any minimum."""
    rng = np.random.default_rng(21)
    return 1.5, rng.normal(size=problem.X.shape[1])


def test_the_objective_is_the_line_of_its_docstring(problem, point):
    X, y, (b, w), n = problem.X, problem.y, point, len(problem.y)
    lam, rho = 0.7, 0.3
    expected = np.linalg.norm(y - b - X @ w) ** 2 / (2 * n) + lam * (
        rho * np.linalg.norm(w, 1) + (1 - rho) * np.linalg.norm(w) ** 2 / 2
    )
    assert objective(X, y, b, w, lam, rho=rho) == pytest.approx(expected, rel=1e-12)


def test_the_gradient_is_the_slope_of_the_objective(problem, point):
    X, y, (b, w) = problem.X, problem.y, point
    db, dw = gradient(X, y, b, w, 0.7)
    step = 1e-5
    along = [
        objective(X, y, b, w + e, 0.7) - objective(X, y, b, w - e, 0.7)
        for e in step * np.eye(len(w))
    ]
    up = objective(X, y, b + step, w, 0.7) - objective(X, y, b - step, w, 0.7)
    # J is quadratic: central differences are exact but for rounding, 1e-16 * 100 / 1e-5.
    np.testing.assert_allclose(dw, np.array(along) / (2 * step), rtol=0, atol=1e-7)
    assert db == pytest.approx(up / (2 * step), abs=1e-7)


def test_a_row_of_weight_k_counts_like_k_rows(problem, point, row_weights):
    X, y, (b, w) = problem.X, problem.y, point
    X_long, y_long = np.repeat(X, row_weights, axis=0), np.repeat(y, row_weights)
    weighted = {"sample_weight": row_weights}
    for_both = [
        (function(X, y, b, w, 0.7, **weighted), function(X_long, y_long, b, w, 0.7))
        for function in (objective, kkt_violation, optimality_gap)
    ]
    np.testing.assert_allclose(*zip(*for_both, strict=True), rtol=1e-11)
    np.testing.assert_allclose(
        gradient(X, y, b, w, 0.7, **weighted)[1], gradient(X_long, y_long, b, w, 0.7)[1], rtol=1e-11
    )


def test_only_the_ratio_of_sample_weights_matters(problem, point, row_weights):
    X, y, (b, w) = problem.X, problem.y, point
    once = objective(X, y, b, w, 0.7, sample_weight=row_weights)
    assert objective(X, y, b, w, 0.7, sample_weight=0.01 * row_weights) == pytest.approx(once)


@pytest.mark.parametrize("lam", [0.0, 0.02, 3.0])
def test_the_gap_bounds_the_distance_to_the_minimum(problem, point, lam):
    X, y, (b, w) = problem.X, problem.y, point
    above = objective(X, y, b, w, lam) - objective(X, y, *problem.ridge(lam), lam)
    assert above <= optimality_gap(X, y, b, w, lam) * (1 + 1e-12)


def test_without_a_penalty_the_gap_is_exactly_the_distance(problem, point):
    X, y, (b, w) = problem.X, problem.y, point
    above = objective(X, y, b, w, 0.0) - objective(X, y, problem.b, problem.w, 0.0)
    # Differences of numbers of size 100.
    assert optimality_gap(X, y, b, w, 0.0) == pytest.approx(above, rel=1e-9)


def test_the_gap_notices_a_wrong_intercept_alone(problem):
    b, w = problem.ridge(0.3)
    gap = optimality_gap(problem.X, problem.y, b + 0.2, w, 0.3)
    assert gap == pytest.approx(0.2**2 / 2, rel=1e-6)


def test_the_violation_is_the_largest_entry_of_the_gradient_for_ridge(problem, point):
    b, w = point
    db, dw = gradient(problem.X, problem.y, b, w, 0.7)
    violation = kkt_violation(problem.X, problem.y, b, w, 0.7)
    assert violation == pytest.approx(max(abs(db), np.abs(dw).max()), rel=1e-12)


def test_a_lasso_solution_with_zeros_violates_nothing():
    # Orthonormal columns (times √n): the lasso is the soft threshold of X'y / n.
    rng = np.random.default_rng(22)
    Z = rng.normal(size=(40, 4))
    X = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt(40)
    y = X @ [2.0, -1.0, 0.1, 0.0] + 5 + 0.1 * rng.normal(size=40)
    w = soft_threshold(X.T @ (y - y.mean()) / 40, 0.5)
    assert np.count_nonzero(w) == 2
    # Sums of 40 products of size 10.
    assert kkt_violation(X, y, y.mean(), w, 0.5, rho=1.0) < 1e-13
    assert kkt_violation(X, y, y.mean(), w, 0.4, rho=1.0) == pytest.approx(0.1)


@pytest.mark.parametrize("function", [objective, gradient, kkt_violation, optimality_gap])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"lam": -1.0}, "lam must be >= 0, got -1.0"),
        ({"w": [1.0, 2.0]}, "w must have 1 entries, got 2"),
        ({"b": np.nan}, "b must be finite, got nan"),
        ({"y": [1.0]}, "y must have 2 entries, got 1"),
        ({"sample_weight": [0, 0]}, "sample_weight must not be all zero"),
    ],
)
def test_wrong_arguments_are_named(function, wrong, message):
    right = {"X": [[1.0], [2.0]], "y": [1.0, 2.0], "b": 0.0, "w": [1.0], "lam": 1.0}
    with pytest.raises(InvalidInput, match=f"^{message}"):
        function(**(right | wrong))


@pytest.mark.parametrize("function", [objective, kkt_violation])
def test_a_share_above_one_is_refused(function):
    with pytest.raises(InvalidInput, match=r"^rho must be <= 1, got 1.5"):
        function([[1.0]], [1.0], 0.0, [1.0], 1.0, rho=1.5)
