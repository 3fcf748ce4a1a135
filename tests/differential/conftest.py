"""One small problem that every library fits, kind enough for gradient descent to finish."""

import os

import numpy as np
import pytest

from regcourse.data import problem_from_svd
from regcourse.linear import ridge

# Keras reads it when it is first imported; nothing else is installed for it to run on.
os.environ["KERAS_BACKEND"] = "torch"

LAM = 0.3


class Fitted:
    """A problem near the origin with curvatures 0.6 to 1.7, and its ridge solution at LAM."""

    def __init__(self):
        n = 24
        s = np.sqrt(n) * np.array([1.3, 1.0, 0.8])
        problem = problem_from_svd(s, n=n, noise=0.5, seed=51)
        # Not centred: an intercept that is penalised, or missing, would show.
        self.X = problem.X - problem.X.mean(axis=0) + [0.3, -0.2, 0.1]
        self.y = (problem.y - problem.y.mean()) / 5 + 2.0
        self.n, self.lam = n, LAM
        self.fit = ridge(self.X, self.y, LAM)
        self.b, self.w = self.fit.b, self.fit.w

    def assert_same(self, b, w, atol):
        np.testing.assert_allclose(np.ravel(w), self.w, rtol=0, atol=atol)
        np.testing.assert_allclose(np.ravel(b), [self.b], rtol=0, atol=atol)

    def distance(self, b, w):
        return max(np.abs(np.ravel(w) - self.w).max(), abs(np.ravel(b)[0] - self.b))


@pytest.fixture(scope="session")
def fitted():
    """A problem and its ridge solution."""
    return Fitted()
