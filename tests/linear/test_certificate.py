"""The gap of validated data: of one point for any loss and penalty, and of a path at once."""

import numpy as np
import pytest

from regcourse.linear import _certificate, objective, ridge
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
