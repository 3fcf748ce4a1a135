"""The gap of validated data: of one point for any loss and penalty, and of a path at once."""

import dataclasses

import numpy as np
import pytest

from regcourse.data import problem_from_svd
from regcourse.linear import _certificate, duality_gap, objective, ridge
from regcourse.linear._centring import Centred, centre
from regcourse.linear._composite import as_point
from regcourse.losses import Squared
from regcourse.penalties import L1, L2, ElasticNet

LAMS = np.array([0.02, 3.0, 0.0])


@pytest.fixture
def weights(row_weights):
    """Unequal weights of rows, and a row that does not count."""
    row_weights[1] = 0
    return row_weights.astype(float)


@pytest.fixture
def points(problem, weights):
    """Centred data, and three points: away from any minimum, and at one."""
    rng = np.random.default_rng(26)
    data = centre(problem.X, problem.y, weights)
    W = rng.normal(size=(3, problem.X.shape[1]))
    W[2] = problem.w
    return data, rng.normal(size=3), W


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_the_gaps_of_a_path_are_those_of_its_points(problem, weights, points, rho):
    data, b, W = points
    alone = [
        _certificate.gap(
            as_point(problem.X, problem.y, b[k], W[k], Squared(), ElasticNet(lam, rho), weights)
        )
        for k, lam in enumerate(LAMS)
    ]
    # Residuals are rounded in another order, and the means of numbers up to 20.
    np.testing.assert_allclose(_certificate.gaps(data, b, W, LAMS, rho=rho), alone, rtol=1e-10)


def test_a_path_allows_for_as_much_rounding_as_its_points():
    # At a solution a gap is little else; and that of slopes is divided by lam.
    problem = problem_from_svd([5.0, 1.0], n=30, noise=0.4, seed=31)
    # Unequal, and none of them near 1 or a power of two.
    X, y, weights = problem.X, problem.y, np.where(np.arange(30) % 3, 15.0, 14.0) / 8
    lams = np.array([1e-9, 0.3])
    fits = [ridge(X, y, lam, sample_weight=weights) for lam in lams]
    b, W = np.array([fit.b for fit in fits]), np.array([fit.w for fit in fits])
    alone = [duality_gap(X, y, fit.b, fit.w, fit.lam, sample_weight=weights) for fit in fits]
    # What is left of slopes themselves is less than a tenth of what is allowed for.
    np.testing.assert_allclose(
        _certificate.gaps(centre(X, y, weights), b, W, lams), alone, rtol=0.2
    )


def test_a_path_scales_its_residuals_into_the_dual_ball_wherever_it_stands():
    # Scaled by one rounding too little, they are outside, and J is all that bounds.
    rng = np.random.default_rng(32)
    X, y, W = rng.normal(size=(9, 2)), rng.normal(size=9), rng.normal(size=(200, 2))
    data, lams = centre(X, y, np.ones(9)), np.full(200, 0.3)
    found = _certificate.gaps(data, np.zeros(200), W, lams, rho=1.0)
    alone = [duality_gap(X, y, 0.0, w, 0.3, rho=1.0) for w in W]
    np.testing.assert_allclose(found, alone, rtol=1e-12)


@pytest.mark.parametrize("rho", [0.3, 1.0])
def test_at_a_solution_with_zeros_a_path_allows_for_as_much_too(rho):
    rng = np.random.default_rng(33)
    Z = rng.normal(size=(40, 3))
    X = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt(40)
    y = X @ [2.0, -1.0, 0.1] + 0.1 * rng.normal(size=40)
    w = ElasticNet(0.5, rho).prox(X.T @ (y - y.mean()) / 40)
    b, lams = np.array([y.mean()]), np.array([0.5])
    found = _certificate.gaps(centre(X, y, np.ones(40)), b, w[None], lams, rho=rho)
    assert found[0] == pytest.approx(duality_gap(X, y, b[0], w, 0.5, rho=rho), rel=0.2, abs=0)


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_the_gaps_of_a_path_do_not_depend_on_its_blocks(points, monkeypatch, rho):
    data, b, W = points
    whole = _certificate.gaps(data, b, W, LAMS, rho=rho)
    monkeypatch.setattr(Centred, "room", lambda data, columns: (len(data.y), 1))
    monkeypatch.setattr(_certificate, "_few", lambda data, lams: map(slice, [0, 1, 2], [1, 2, 3]))
    np.testing.assert_allclose(_certificate.gaps(data, b, W, LAMS, rho=rho), whole, rtol=1e-12)


@pytest.mark.parametrize(
    ("penalty", "same"),
    [(L2(0.7), ElasticNet(0.7, 0.0)), (L1(0.7), ElasticNet(0.7, 1.0))],
    ids=["L2", "L1"],
)
def test_a_penalty_is_certified_as_the_elastic_net_that_it_is(problem, points, penalty, same):
    _, b, W = points
    gaps = [
        _certificate.gap(as_point(problem.X, problem.y, b[0], W[0], Squared(), kind, None))
        for kind in (penalty, same)
    ]
    assert gaps[0] == gaps[1]


@dataclasses.dataclass(frozen=True)
class Times:
    """Some times the squared loss: another smoothness, and it does not say that y may be moved."""

    k: float
    of_residuals = False

    @property
    def smoothness(self):
        return self.k

    def value(self, eta, y, v):
        return self.k * Squared().value(eta, y, v)

    def gradient(self, eta, y, v):
        return self.k * Squared().gradient(eta, y, v)

    def balanced(self, theta, y, v):
        return self.k * Squared().balanced(theta / self.k, y, v)

    def fenchel_young(self, eta, theta, y, v):
        return self.k * Squared().fenchel_young(eta, theta / self.k, y, v)


@pytest.mark.parametrize("k", [0.25, 3.0])
@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("lam", [0.0, 0.2])
def test_k_times_a_loss_and_its_penalty_have_k_times_the_gap(problem, weights, points, lam, rho, k):
    _, b, W = points
    gaps = [
        _certificate.gap(
            as_point(problem.X, problem.y, b[0], W[0], loss, ElasticNet(times * lam, rho), weights)
        )
        for loss, times in ((Squared(), 1), (Times(k), k))
    ]
    assert gaps[1] == pytest.approx(k * gaps[0], rel=1e-10)


def test_rounding_of_predictions_counts_as_much_as_a_loss_can_bend():
    # At the solution the gap is what it allows for rounding: the more, the smoother the loss.
    X, y, weights = np.array([[-1.0], [0.0], [4.0]]), np.array([0.0, 1.0, 11.0]), np.ones(3)
    gaps = [
        _certificate.gap(as_point(X, y, 3.0, [1.0], Times(k), ElasticNet(k * 6.0, 0.0), weights))
        for k in (1.0, 100.0)
    ]
    assert 0 < gaps[0] < 1e-24
    assert gaps[1] == pytest.approx(100 * gaps[0], rel=0.1, abs=0)


@pytest.mark.parametrize(
    ("penalty", "u", "slack", "part"),
    [
        (L1(0.5), [0.1, -0.2], 0.1, 1.0),
        (L1(0.5), [1.0, -0.2], 0.0, 0.5),
        (L1(0.5), [0.1, -1.5], 0.5, 0.25),
        (ElasticNet(1.0, 0.5), [-1.0, 0.2], 0.0, 0.5),
        (L1(0.0), [0.1, 0.0], 0.0, 0.0),
        (L2(0.5), [0.1, 0.0], 0.0, 0.0),
        (L2(0.5), [0.0, 0.0], 0.0, 1.0),
    ],
    ids=str,
)
def test_the_free_part_of_a_pull_is_what_the_kink_of_a_penalty_holds(penalty, u, slack, part):
    found = _certificate._free_part(penalty, np.array(u), np.full(2, slack))
    assert found == pytest.approx(part, rel=1e-15)
    assert found <= part


@pytest.mark.parametrize("lam", [0.0, 0.02, 3.0])
def test_the_gap_by_rows_bounds_the_distance_to_the_minimum(problem, weights, lam):
    data = centre(problem.X, problem.y, weights)
    A = np.random.default_rng(29).normal(size=(1, len(problem.y))) * data.root_weight
    A -= (A @ data.root_weight) * data.root_weight / data.n
    W, lams = A @ data.X, np.array([lam])
    b = data.y_mean - W @ data.x_mean
    (bound,), _ = _certificate.ridge_gaps(data, b, W, lams, duals=A)
    fit = ridge(problem.X, problem.y, lam, sample_weight=weights)
    point, best = (
        objective(problem.X, problem.y, intercept, w, lam, sample_weight=weights)
        for intercept, w in [(b[0], W[0]), (fit.b, fit.w)]
    )
    assert point - best <= bound <= point * (1 + 1e-11)


def test_the_gap_by_rows_vanishes_at_the_minimum_and_sees_weights_that_are_off():
    rng = np.random.default_rng(30)
    X, y, lam = rng.normal(size=(6, 9)), rng.normal(size=6), np.array([0.1])
    data = centre(X, y, np.ones(6))
    A = np.linalg.solve(data.X @ data.X.T + 0.6 * np.eye(6), data.y)[None]
    off = 1e-3 * rng.normal(size=(1, 9))
    right, wrong = (
        _certificate.ridge_gaps(data, data.y_mean - W @ data.x_mean, W, lam, duals=A)
        for W in (A @ data.X, A @ data.X + off)
    )
    # Squares of rounding, of numbers near 1.
    assert right[0] < 1e-26
    assert right[1] < 1e-28
    # The dual point stays, and residuals move by X off.
    np.testing.assert_allclose(wrong[0], np.square(data.X @ off[0]).sum() / 12, rtol=1e-8)


def test_what_the_weights_miss_is_told_as_a_share_of_j(problem, weights, points):
    data, _, W = points
    b = data.y_mean - W @ data.x_mean
    bounds, missing = _certificate.ridge_gaps(data, b, W, LAMS)
    whole = [
        objective(problem.X, problem.y, b[k], W[k], lam, sample_weight=weights)
        for k, lam in enumerate(LAMS)
    ]
    # No bound is more than J, but what is missing may be.
    np.testing.assert_allclose(bounds[:2], np.minimum(missing, 1)[:2] * whole[:2], rtol=1e-10)
    # Neither a wrong intercept nor rounding is the fault of the weights.
    np.testing.assert_array_equal(_certificate.ridge_gaps(data, b + 9.0, W, LAMS)[1], missing)
