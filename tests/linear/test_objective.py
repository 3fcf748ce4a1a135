"""The objective: its line in the docstring, its slope, and its certificates."""

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


@pytest.mark.parametrize("lam", [0.0, 0.7])
def test_a_row_of_weight_k_counts_like_k_rows(problem, point, row_weights, lam):
    X, y, (b, w) = problem.X, problem.y, point
    X_long, y_long = np.repeat(X, row_weights, axis=0), np.repeat(y, row_weights)
    weighted = {"sample_weight": row_weights}
    for_both = [
        (function(X, y, b, w, lam, **weighted), function(X_long, y_long, b, w, lam))
        for function in (objective, kkt_violation, duality_gap)
    ]
    np.testing.assert_allclose(*zip(*for_both, strict=True), rtol=1e-11)
    (db, dw), (db_long, dw_long) = (
        gradient(X, y, b, w, lam, **weighted),
        gradient(X_long, y_long, b, w, lam),
    )
    assert db == pytest.approx(db_long, rel=1e-11)
    np.testing.assert_allclose(dw, dw_long, rtol=1e-11)


def test_only_the_ratio_of_sample_weights_matters(problem, point, row_weights):
    X, y, (b, w) = problem.X, problem.y, point
    once = objective(X, y, b, w, 0.7, sample_weight=row_weights)
    assert objective(X, y, b, w, 0.7, sample_weight=0.01 * row_weights) == pytest.approx(once)


@pytest.mark.parametrize("lam", [0.0, 0.02, 3.0])
def test_the_gap_bounds_the_distance_to_the_minimum(problem, point, lam):
    X, y, (b, w) = problem.X, problem.y, point
    above = objective(X, y, b, w, lam) - objective(X, y, *problem.ridge(lam), lam)
    assert above <= duality_gap(X, y, b, w, lam) * (1 + 1e-12)


def test_without_a_penalty_the_gap_is_exactly_the_distance(problem, point):
    X, y, (b, w) = problem.X, problem.y, point
    above = objective(X, y, b, w, 0.0) - objective(X, y, problem.b, problem.w, 0.0)
    # Differences of numbers of size 100.
    assert duality_gap(X, y, b, w, 0.0) == pytest.approx(above, rel=1e-9)


def test_the_gap_notices_a_wrong_intercept_alone(problem):
    b, w = problem.ridge(0.3)
    gap = duality_gap(problem.X, problem.y, b + 0.2, w, 0.3)
    assert gap == pytest.approx(0.2**2 / 2, rel=1e-6)


@pytest.mark.parametrize("lam", [1e-30, 1e-40])
@pytest.mark.parametrize("unit", [1.0, 1e38], ids=["small", "huge"])
def test_the_gap_is_never_more_than_the_whole_objective(problem, lam, unit):
    X, y, w = unit * problem.X, problem.y, problem.w / unit
    whole = objective(X, y, problem.b, w, lam)
    assert 0 <= duality_gap(X, y, problem.b, w, lam) <= whole


def test_where_the_gap_is_beyond_the_floats_the_objective_bounds_it():
    # X'r overflows in both directions, and ∞ - ∞ is not a number.
    rng = np.random.default_rng(25)
    X, y = 1e250 * rng.normal(size=(64, 2)), 1e100 * rng.normal(size=64)
    gap = duality_gap(X, y, 0.0, [0.0, 0.0], 0.3)
    assert gap == pytest.approx(objective(X, y, 0.0, [0.0, 0.0], 0.3), rel=1e-14)


@pytest.mark.parametrize("lam", [0.0, 0.02])
def test_the_gap_is_not_blinded_by_a_column_that_dwarfs_the_others(lam):
    rng = np.random.default_rng(23)
    B, clock = rng.uniform(size=40), 1.7e15 + 1e13 * rng.normal(size=40)
    y = 3 * B + 0.1 * rng.normal(size=40)
    left_out = objective(np.column_stack([B, clock]), y, y.mean(), [0.0, 0.0], lam)
    reached = objective(B[:, None], y, y.mean() - 3 * B.mean(), [3.0], lam)
    gap = duality_gap(np.column_stack([B, clock]), y, y.mean(), [0.0, 0.0], lam)
    assert gap >= left_out - reached > 0.2


def test_the_gap_does_not_take_rounding_for_a_direction():
    # Three columns of rank 2, whose last digits went to an offset: the rest of the third one
    # is not data, and what y holds of it is not a gap.
    rng = np.random.default_rng(24)
    Z = rng.normal(size=(15, 2))
    X = np.column_stack([Z, Z @ [1.0, 1.0]]) + rng.normal(size=3) * 1e7
    y = Z @ [1.0, -2.0] + rng.normal(size=15)
    w = np.linalg.lstsq(X - X.mean(axis=0), y - y.mean(), rcond=1e-8)[0]
    # The offsets take half of the 16 digits; the gap is a square.
    assert duality_gap(X, y, y.mean() - X.mean(axis=0) @ w, w, 0.0) < 1e-13


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


def test_the_violation_notices_a_wrong_intercept_alone(problem):
    # With centred columns X'r does not depend on b.
    X = problem.X - problem.X.mean(axis=0)
    violation = kkt_violation(X, problem.y, problem.y.mean() + 0.2, problem.ridge(0.3)[1], 0.3)
    assert violation == pytest.approx(0.2, rel=1e-12)


@pytest.mark.parametrize("function", [objective, gradient, kkt_violation, duality_gap])
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
