"""The duality gap: a bound on how far above its minimum J is, in every case of its formula."""

import numpy as np
import pytest

from regcourse.linear import duality_gap, objective, ridge
from regcourse.penalties import ElasticNet


@pytest.fixture
def point(problem):
    """Some (b, w), away from any minimum."""
    rng = np.random.default_rng(21)
    return 1.5, rng.normal(size=problem.X.shape[1])


def dual_objective(X, y, b, w, lam, rho, part):
    """-F*(θ) - Ω*(-X'θ) by the textbook, where -nθ is a part of the residuals less their mean."""
    n, r = len(y), y - b - X @ w
    theta = -part * (r - r.mean()) / n
    return -(theta @ y + n * theta @ theta / 2) - ElasticNet(lam, rho).dual(-X.T @ theta)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9999, 1.0])
@pytest.mark.parametrize("lam", [0.02, 3.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_gap_is_j_less_the_best_dual_objective(problem, lam, rho, seed):
    X, y = problem.X - problem.X.mean(axis=0), problem.y
    w = np.random.default_rng(seed).normal(size=X.shape[1]) * (np.arange(X.shape[1]) > 0)
    pull = np.abs(X.T @ (y - y.mean() - X @ w)).max() / len(y)
    parts = [1.0, min(1.0, lam * rho / pull) * (1 - 1e-12), 0.0]
    best = max(dual_objective(X, y, 1.5, w, lam, rho, part) for part in parts)
    expected = objective(X, y, 1.5, w, lam, rho=rho) - best
    assert duality_gap(X, y, 1.5, w, lam, rho=rho) == pytest.approx(expected, rel=1e-8)


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


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_without_a_penalty_its_kind_does_not_matter(problem, point, rho):
    gap = duality_gap(problem.X, problem.y, *point, 0.0, rho=rho)
    assert gap == duality_gap(problem.X, problem.y, *point, 0.0)


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e3])
@pytest.mark.parametrize("rho", [0.0, 0.4, 1.0])
def test_a_solution_with_zeros_has_no_gap(rho, unit):
    # Orthonormal columns (times √n): thresholded and shrunk X'y / n is the elastic net.
    rng = np.random.default_rng(22)
    Z = rng.normal(size=(40, 4))
    X = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt(40)
    y = unit * (X @ [2.0, -1.0, 0.1, 0.0] + 5 + 0.1 * rng.normal(size=40))
    lam = 0.5 * unit
    w = ElasticNet(lam, rho).prox(X.T @ (y - y.mean()) / 40)
    # L1 makes the gap of a rounded solution one of first order: 40 roundings of J, about 3.
    assert duality_gap(X, y, y.mean(), w, lam, rho=rho) < 1e-12 * unit**2


def test_the_gap_notices_a_wrong_intercept_alone(problem):
    b, w = problem.ridge(0.3)
    gap = duality_gap(problem.X, problem.y, b + 0.2, w, 0.3)
    assert gap == pytest.approx(0.2**2 / 2, rel=1e-6)


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


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("lam", [0.0, 1e-30, 1e-10, 0.7])
@pytest.mark.parametrize("unit", [1.0, 1e38], ids=["small", "huge"])
def test_no_gap_is_more_than_j(problem, point, lam, rho, unit):
    X, y, (b, w) = unit * problem.X, problem.y, point
    whole = objective(X, y, b, w / unit, lam, rho=rho)
    # But for what it allows for rounding.
    assert 0 < duality_gap(X, y, b, w / unit, lam, rho=rho) < whole * (1 + 1e-11)


def test_data_far_from_the_origin_cost_the_gap_no_more_than_their_intercept():
    # ȳ, b and the terms of x̄'w are near 1e9: eleven roundings of it, squared and halved.
    rng = np.random.default_rng(27)
    Z, y = rng.normal(size=(50, 3)), rng.normal(size=50)
    X = Z + 1e9
    fit = ridge(X, y + 1e9, 0.3)
    assert fit.gap < 2e-11
    assert duality_gap(X, y + 1e9, fit.b, fit.w, 0.3) == pytest.approx(fit.gap, rel=0.1, abs=0)
