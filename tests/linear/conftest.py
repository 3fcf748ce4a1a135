"""Problems of every shape, with weights for their rows."""

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
