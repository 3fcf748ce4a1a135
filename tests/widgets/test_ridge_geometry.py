"""What one strength does to two weights."""

from types import SimpleNamespace

import numpy as np
import pytest

from regcourse.figures import ridge_geometry
from regcourse.widgets import RidgeGeometry
from regcourse.widgets.twins.ridge_geometry import compute, two_weights, words

RNG = np.random.default_rng(5)
X = RNG.normal(size=(30, 2)) @ [[1.0, 0.8], [0.0, 0.5]] + [3.0, -7.0]
Y = X @ [1.0, -0.5] + 2 + RNG.normal(size=30)


GIVEN = RidgeGeometry(X, Y).given


@pytest.mark.parametrize("lam", [0.002, 0.3, 40.0])
def test_the_gradient_of_the_objective_is_zero(lam):
    w = compute(GIVEN, {"lam": lam}).w
    Xc, yc = X - X.mean(axis=0), Y - Y.mean()
    # Sums of 30 products of size about 1.
    np.testing.assert_allclose(Xc.T @ (Xc @ w - yc) / 30 + lam * w, 0, atol=1e-13)


def test_the_ellipse_and_the_circle_share_their_normal_at_the_solution():
    given = RidgeGeometry().given  # its directions are no symmetric matrix, as those above are
    V, ols = np.array(given["directions"]), np.array(given["ols"])
    w = compute(given, {"lam": 0.3}).w
    gradient = V.T @ np.diag(given["variances"]) @ V @ (w - ols)
    np.testing.assert_allclose(gradient, -0.3 * w, atol=1e-13)


def test_the_path_that_is_sent_holds_the_solutions_of_its_strengths():
    w = compute(GIVEN, {"lam": GIVEN["lams"][40]}).w
    np.testing.assert_array_equal(GIVEN["weights"][40], w)


def test_what_is_kept_along_the_directions_adds_up_to_the_weights():
    found = compute(GIVEN, {"lam": 0.3})
    np.testing.assert_allclose(found.kept @ np.array(GIVEN["directions"]), found.w, atol=1e-14)
    np.testing.assert_allclose(
        found.kept, found.factors * (GIVEN["directions"] @ np.array(GIVEN["ols"])), atol=1e-14
    )


def test_alpha_is_n_lam_and_the_factors_add_up_to_the_degrees_of_freedom():
    found = compute(GIVEN, {"lam": 0.3})
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    assert found.alpha == pytest.approx(9.0)
    assert found.dof == pytest.approx(np.sum(s**2 / (s**2 + 9.0)), rel=1e-12)


def test_of_two_equal_columns_the_direction_without_variance_keeps_nothing():
    x = X[:, :1]
    problem = two_weights(np.hstack([x, x]), Y)
    assert problem.variances[1] == 0
    assert problem.ols[0] == pytest.approx(problem.ols[1])
    none = compute(vars(problem), {"lam": 0.3})
    assert none.factors[1] == 0
    assert " and 0 % along direction 2" in words(none)[1]


@pytest.mark.parametrize(
    ("lam", "said"),
    [
        (1e-4, "more than 99 % is kept along direction 1"),
        (500.0, "less than 1 % is kept along direction 1 and less than 1 % along direction 2"),
    ],
)
def test_words_call_nothing_whole_or_gone_that_is_only_nearly_so(lam, said):
    assert said in words(compute(GIVEN, {"lam": lam}))[1]


def test_a_design_of_ones_own_is_drawn():
    X = np.random.default_rng(1).normal(size=(25, 2)) * [1.0, 0.3] + 5
    given = RidgeGeometry(X, X @ [1.0, 2.0] - 4, lam=0.2).given
    np.testing.assert_allclose(given["ols"], [1.0, 2.0], atol=1e-12)  # y has no noise
    assert given["n"] == 25


def test_a_target_in_a_tiny_unit_is_drawn_like_any_other():
    live = RidgeGeometry(X, 1e-10 * Y)
    np.testing.assert_allclose(live.given["ols"], 1e-10 * np.array(GIVEN["ols"]), rtol=1e-12)
    assert live.picture()._repr_html_()


def test_the_picture_starts_at_least_squares_even_where_the_weakest_strength_is_far_from_it():
    # Along the second direction the variance is 1e-4: lam = 0.001 keeps a tenth of it.
    Z = np.random.default_rng(4).normal(size=(60, 2))
    X = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt(60) * [1.0, 0.01]
    live = RidgeGeometry(X, X @ [1.0, 2.0], lam=0.001)
    assert np.linalg.norm(np.array(live.given["ols"]) - live.given["weights"][0]) > 1
    now = compute(live.given, {"lam": 0.001})
    same = ridge_geometry(
        SimpleNamespace(lams=np.array(live.given["lams"]), W=np.array(live.given["weights"])),
        [[1.0, 0.0], [0.0, 1e-4]], now.factors, now.w,
        centre=[1.0, 2.0], lam=0.001, n=60, caption=live.picture().caption,
    )  # fmt: skip
    assert live.picture()._repr_html_() == same._repr_html_()
