"""The gap of validated data: of one point for any loss and penalty, and of a path at once."""

import numpy as np
import pytest

from regcourse.linear import _certificate
from regcourse.linear._composite import as_point
from regcourse.linear._spectrum import centre
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
    monkeypatch.setattr(_certificate, "BLOCK", 1)
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
