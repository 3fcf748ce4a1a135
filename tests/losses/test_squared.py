"""The squared loss by its own formulas; what all losses obey is in `test_laws`."""

import numpy as np
import pytest

from regcourse.losses import Squared

eta, y, v = np.array([1.0, -2.0, 0.5]), np.array([1.5, 2.0, -4.0]), np.array([2.0, 1.0, 5.0])


def test_it_is_half_the_mean_square_of_residuals():
    assert Squared().value(eta, y) == pytest.approx(np.linalg.norm(y - eta) ** 2 / 6)
    assert Squared().value(eta, y, v) == pytest.approx(np.average((y - eta) ** 2, weights=v) / 2)


def test_its_conjugate_is_the_line_of_its_docstring():
    theta = np.array([0.3, -0.2, 0.7])
    expected = theta @ y + 8 * (theta**2 / v).sum() / 2
    assert Squared().dual(theta, y, v) == pytest.approx(expected)


def test_a_balanced_gradient_is_that_of_residuals_without_their_mean():
    r = y - eta
    balanced = Squared().balanced(Squared().gradient(eta, y, v), y, v)
    np.testing.assert_allclose(balanced, -v * (r - np.average(r, weights=v)) / 8, rtol=1e-14)


def test_where_fenchel_young_vanishes_it_is_a_square_of_rounding():
    # A sum of its three terms would leave the rounding itself, 1e-13 for values of about 1000.
    far = y + 100 / 3
    assert Squared().fenchel_young(eta, Squared().gradient(eta, far, v), far, v) < 1e-26
