"""The objective: its line in the docstring, its slope, and how far from stationary a point is."""

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.linear import duality_gap, gradient, kkt_violation, objective
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


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_the_gradient_is_the_slope_of_the_objective(problem, point, rho):
    X, y, (b, w) = problem.X, problem.y, point
    db, dw = gradient(X, y, b, w, 0.7, rho=rho)
    step = 1e-5
    along = [
        objective(X, y, b, w + e, 0.7, rho=rho) - objective(X, y, b, w - e, 0.7, rho=rho)
        for e in step * np.eye(len(w))
    ]
    up = objective(X, y, b + step, w, 0.7, rho=rho) - objective(X, y, b - step, w, 0.7, rho=rho)
    # J is quadratic away from its kinks, and no weight is within a step of 0: central
    # differences are exact but for rounding, 1e-16 * 100 / 1e-5.
    np.testing.assert_allclose(dw, np.array(along) / (2 * step), rtol=0, atol=1e-7)
    assert db == pytest.approx(up / (2 * step), abs=1e-7)


def test_at_a_kink_the_gradient_is_the_slope_nearest_to_zero():
    # x'r / n is 2, -2 and 0.2, of which L1 holds 0.4.
    X, y = [[-1, 1, -1], [0, 0, 2], [1, -1, -1]], [-3.1, 0.2, 2.9]
    db, dw = gradient(X, y, 0.0, [0.0, 0.0, 0.0], 0.8, rho=0.5)
    np.testing.assert_allclose(dw, [-1.6, 1.6, 0.0], rtol=1e-14)
    assert db == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_the_violation_is_the_size_of_the_gradient(problem, point, rho):
    (b, w), some = point, {"lam": 0.7, "rho": rho}
    w[0] = 0.0
    db, dw = gradient(problem.X, problem.y, b, w, **some)
    assert kkt_violation(problem.X, problem.y, b, w, **some) == max(abs(db), np.abs(dw).max())


@pytest.mark.parametrize("rho", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("lam", [0.0, 0.7])
def test_a_row_of_weight_k_counts_like_k_rows(problem, point, row_weights, lam, rho):
    X, y, (b, w) = problem.X, problem.y, point
    row_weights[2] = 0
    X_long, y_long = np.repeat(X, row_weights, axis=0), np.repeat(y, row_weights)
    weighted = {"sample_weight": row_weights, "rho": rho}
    for_both = [
        (function(X, y, b, w, lam, **weighted), function(X_long, y_long, b, w, lam, rho=rho))
        for function in (objective, kkt_violation, duality_gap)
    ]
    # Of a gap, the part that allows for rounding counts rows.
    np.testing.assert_allclose(*zip(*for_both, strict=True), rtol=1e-10)
    (db, dw), (db_long, dw_long) = (
        gradient(X, y, b, w, lam, **weighted),
        gradient(X_long, y_long, b, w, lam, rho=rho),
    )
    assert db == pytest.approx(db_long, rel=1e-11)
    np.testing.assert_allclose(dw, dw_long, rtol=1e-11)


def test_only_the_ratio_of_sample_weights_matters(problem, point, row_weights):
    X, y, (b, w) = problem.X, problem.y, point
    once = objective(X, y, b, w, 0.7, sample_weight=row_weights)
    assert objective(X, y, b, w, 0.7, sample_weight=0.01 * row_weights) == pytest.approx(once)


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


def test_a_zero_that_is_pulled_harder_than_the_penalty_holds_it_violates_by_the_rest():
    # x'r / n = 2, and at w = 0 the L1 part holds lam rho = 0.4 of it; the L2 part nothing.
    X, y = [[-1.0], [0.0], [1.0]], [-3.0, 0.0, 3.0]
    assert kkt_violation(X, y, 0.0, [0.0], 0.8, rho=0.5) == pytest.approx(1.6, rel=1e-14)


def test_a_share_of_both_penalties_pulls_by_both():
    # Orthogonal columns with x'x / n = 2/3; X'y / n = (2, 0.2).
    X, y = [[-1, 1], [0, -2], [1, 1]], [-2.9, -0.2, 3.1]
    # First column: 2 - 2/3·1.5 - 0.4 - 0.4·1.5 = 0. Second: 0.2 is less than 0.4.
    assert kkt_violation(X, y, 0.0, [1.5, 0.0], 0.8, rho=0.5) == pytest.approx(0.0, abs=1e-15)
    # At 1.2: 2 - 0.8 - 0.4 - 0.48.
    assert kkt_violation(X, y, 0.0, [1.2, 0.0], 0.8, rho=0.5) == pytest.approx(0.32, rel=1e-13)


@pytest.mark.parametrize("off", [0.2, -0.2])
def test_the_violation_notices_a_wrong_intercept_alone(problem, off):
    # With centred columns X'r does not depend on b.
    X = problem.X - problem.X.mean(axis=0)
    violation = kkt_violation(X, problem.y, problem.y.mean() + off, problem.ridge(0.3)[1], 0.3)
    assert violation == pytest.approx(0.2, rel=1e-12)


@pytest.mark.parametrize("function", [objective, gradient, kkt_violation, duality_gap])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"lam": -1.0}, "lam must be >= 0, got -1.0"),
        ({"w": [1.0, 2.0]}, "w must have 1 entries, got 2"),
        ({"b": np.nan}, "b must be finite, got nan"),
        ({"b": 2e100}, r"b must be <= 1e\+100, got 2e\+100"),
        ({"b": -2e100}, r"b must be >= -1e\+100, got -2e\+100"),
        ({"w": [2e100]}, r"w must be at most 1e\+100 in size, got 2e\+100"),
        (
            {"w": [-1e61]},
            r"b and w must predict at most 1e\+60 in size, got a prediction of 2e\+61",
        ),
        ({"y": [1.0]}, "y must have 2 entries, got 1"),
        ({"sample_weight": [0, 0]}, "sample_weight must not be all zero"),
    ],
)
def test_wrong_arguments_are_named(function, wrong, message):
    right = {"X": [[1.0], [2.0]], "y": [1.0, 2.0], "b": 0.0, "w": [1.0], "lam": 1.0}
    with pytest.raises(InvalidInput, match=f"^{message}"):
        function(**(right | wrong))


@pytest.mark.parametrize("function", [objective, gradient, kkt_violation, duality_gap])
def test_a_share_above_one_is_refused(function):
    with pytest.raises(InvalidInput, match=r"^rho must be <= 1, got 1.5"):
        function([[1.0]], [1.0], 0.0, [1.0], 1.0, rho=1.5)


@pytest.mark.parametrize("rho", [0.0, 0.4, 1.0])
def test_the_farthest_points_have_finite_numbers_too(rho):
    X, y, w = [[5e39], [1e40]], [1e40, -1e40], [4e19]
    numbers = [
        function(X, y, 5e59, w, 1e40, rho=rho)
        for function in (objective, gradient, kkt_violation, duality_gap)
    ]
    db, dw = numbers.pop(1)
    assert np.isfinite([*numbers, db, *dw]).all()
