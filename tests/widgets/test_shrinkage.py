"""What one strength does to two weights."""

import numpy as np
import pytest

from regcourse.figures._words import plain
from regcourse.widgets.shrinkage import shrink, shrink_words, two_weights

RNG = np.random.default_rng(5)
X = RNG.normal(size=(30, 2)) @ [[1.0, 0.8], [0.0, 0.5]] + [3.0, -7.0]
Y = X @ [1.0, -0.5] + 2 + RNG.normal(size=30)


@pytest.mark.parametrize("lam", [0.002, 0.3, 40.0])
def test_the_gradient_of_the_objective_is_zero(lam):
    w = shrink(two_weights(X, Y), lam).w
    Xc, yc = X - X.mean(axis=0), Y - Y.mean()
    # Sums of 30 products of size about 1.
    np.testing.assert_allclose(Xc.T @ (Xc @ w - yc) / 30 + lam * w, 0, atol=1e-13)


def test_the_ellipse_and_the_circle_share_their_normal_at_the_solution():
    problem = two_weights(X, Y)
    shrunk = shrink(problem, 0.3)
    gradient = problem.hessian @ (shrunk.w - problem.ols)
    np.testing.assert_allclose(gradient, -0.3 * shrunk.w, atol=1e-13)


def test_alpha_is_n_lam_and_the_factors_add_up_to_the_degrees_of_freedom():
    shrunk = shrink(two_weights(X, Y), 0.3)
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    assert shrunk.alpha == pytest.approx(9.0)
    assert shrunk.dof == pytest.approx(np.sum(s**2 / (s**2 + 9.0)), rel=1e-12)


def test_of_two_equal_columns_the_direction_without_variance_keeps_nothing():
    x = X[:, :1]
    problem = two_weights(np.hstack([x, x]), Y)
    assert problem.variances[1] == 0
    assert problem.ols[0] == pytest.approx(problem.ols[1])
    none = shrink(problem, 0.3)
    assert none.factors[1] == 0
    assert " and 0 % along direction 2" in shrink_words(none)


@pytest.mark.parametrize(
    ("lam", "words"),
    [
        (1e-4, "more than 99 % is kept along direction 1"),
        (500.0, "less than 1 % is kept along direction 1 and less than 1 % along direction 2"),
    ],
)
def test_words_call_nothing_whole_or_gone_that_is_only_nearly_so(lam, words):
    assert words in shrink_words(shrink(two_weights(X, Y), lam))


@pytest.mark.parametrize(
    ("value", "words"), [(0.001, "0.001"), (0.12345, "0.123"), (4.0, "4"), (3999.6, "4000")]
)
def test_numbers_are_written_with_three_digits(value, words):
    assert plain(value) == words
