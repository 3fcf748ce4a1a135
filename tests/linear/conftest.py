"""Problems of every shape, with weights for their rows."""

import math
from fractions import Fraction

import numpy as np
import pytest

from regcourse.data import problem_from_svd

SHAPES = {
    "tall": ([6.0, 2.0, 0.5], 30, 3),
    "square": ([5.0, 3.0, 1.0, 0.3], 5, 5),
    "wide": ([4.0, 2.0, 1.0, 0.5, 0.2], 6, 11),
    "deficient": ([4.0, 1.0], 15, 4),
    "very deficient": ([4.0, 1.0], 15, 11),
}


@pytest.fixture(params=SHAPES)
def problem(request):
    """A problem whose answers are known: tall, square, wide or deficient in rank."""
    s, n, p = SHAPES[request.param]
    # Noise needs a direction that the columns do not span.
    return problem_from_svd(s, n=n, p=p, noise=0.4 * (len(s) < n - 1), seed=11)


@pytest.fixture
def row_weights(problem):
    """Unequal whole weights, none of them 1 throughout."""
    return np.random.default_rng(12).integers(1, 4, size=len(problem.y))


class Exact:
    """Ridge in fractions: floats are exact numbers, and nothing here is rounded but the result."""

    def solve(self, A, b):
        """Gauss-Jordan, for a regular A."""
        rows = [[*row, right] for row, right in zip(A, b, strict=True)]
        for k in range(len(rows)):
            pivot = next(i for i in range(k, len(rows)) if rows[i][k])
            rows[k], rows[pivot] = rows[pivot], rows[k]
            rows[k] = [a / rows[k][k] for a in rows[k]]
            for i in range(len(rows)):
                if i != k and rows[i][k]:
                    rows[i] = [a - rows[i][k] * c for a, c in zip(rows[i], rows[k], strict=True)]
        return [row[-1] for row in rows]

    def centred(self, X, y, weights=None):
        """Weights, X and y as fractions, X and y without their weighted means; and those."""
        v = [Fraction(a) for a in (np.ones(len(y)) if weights is None else weights).tolist()]
        columns = [
            [Fraction(a) for a in column] for column in [*np.transpose(X).tolist(), y.tolist()]
        ]
        means = [dot(v, column) / sum(v) for column in columns]
        columns = [[a - m for a in c] for c, m in zip(columns, means, strict=True)]
        return v, columns[:-1], columns[-1], means

    def ridge(self, X, y, alpha, weights=None):
        """Return b and w as fractions; alpha > 0, or columns without a relation."""
        v, columns, target, means = self.centred(X, y, weights)
        alpha = Fraction(alpha)
        if len(columns) <= len(y):
            A = [[dot(v, c, d) + alpha * (c is d) for d in columns] for c in columns]
            w = self.solve(A, [dot(v, c, target) for c in columns])
        else:
            # K + alpha / v, so that no roots of weights are needed.
            rows = list(zip(*columns, strict=True))
            A = [[dot(r, q) + alpha / v[i] * (r is q) for q in rows] for i, r in enumerate(rows)]
            a = self.solve(A, target)
            w = [dot(a, c) for c in columns]
        return means[-1] - dot(w, means[:-1]), w

    def left_out(self, X, y, alpha, weights=None):
        """Refit without each row in turn, alpha kept; return the residual of that row."""
        weights = np.ones(len(y)) if weights is None else weights
        residuals = []
        for i in range(len(y)):
            rest = np.arange(len(y)) != i
            b, w = self.ridge(X[rest], y[rest], alpha, weights[rest])
            residuals.append(Fraction(y[i]) - b - dot(w, [Fraction(a) for a in X[i].tolist()]))
        return np.array(residuals, dtype=float)

    def shortest(self, H, C, y, weights=None):
        """Least squares of minimum norm for X = HC + constants, H and C of full rank."""
        v, columns, target, _ = self.centred(H, y, weights)
        A = [[dot(v, c, d) for d in columns] for c in columns]
        fit = self.solve(A, [dot(v, c, target) for c in columns])
        rows = [[Fraction(a) for a in row] for row in C.tolist()]
        a = self.solve([[dot(r, q) for q in rows] for r in rows], fit)
        return np.array([dot(a, c) for c in zip(*rows, strict=True)], dtype=float)


def dot(*vectors):
    """The sum of the products."""
    return sum(map(math.prod, zip(*vectors, strict=True)), Fraction(0))


@pytest.fixture(scope="session")
def exact():
    """Ridge in exact arithmetic, for small problems."""
    return Exact()
