"""The gap of validated data: the same by residuals, in blocks, and from X'X."""

import numpy as np
import pytest

from regcourse.linear import _certificate
from regcourse.linear._spectrum import centre

LAMS = np.array([0.02, 3.0, 0.0])


@pytest.fixture
def points(problem, row_weights):
    """Centred data, and three points away from any minimum."""
    rng = np.random.default_rng(26)
    data = centre(problem.X, problem.y, row_weights.astype(float))
    return data, rng.normal(size=3), rng.normal(size=(3, problem.X.shape[1]))


def test_the_gap_from_the_products_of_columns_is_the_gap_from_residuals(points):
    data, b, W = points
    gram = (data.X.T @ data.X, data.X.T @ data.y)
    from_columns = _certificate.gaps(data, b, W, LAMS, gram=gram)
    np.testing.assert_allclose(from_columns, _certificate.gaps(data, b, W, LAMS), rtol=1e-10)


def test_the_gaps_of_a_path_do_not_depend_on_its_blocks(points, monkeypatch):
    data, b, W = points
    whole = _certificate.gaps(data, b, W, LAMS)
    monkeypatch.setattr(_certificate, "BLOCK", 1)
    np.testing.assert_allclose(_certificate.gaps(data, b, W, LAMS), whole, rtol=1e-12)
