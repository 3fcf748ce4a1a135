"""What a live figure leaves in a notebook, and what it refuses."""

import re

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.figures import ridge_geometry
from regcourse.widgets import RidgeGeometry, UnitBall
from regcourse.widgets.shrinkage import shrink

FIGURES = [UnitBall, lambda: UnitBall(p=2, ellipse=True), RidgeGeometry]
IDS = ["ball", "ellipse", "ridge"]


# The mean of three such numbers rounds.
BIG = 1e14 * np.pi


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_the_picture_and_the_text_are_the_same_on_every_run(figure):
    first, second = figure()._repr_mimebundle_(), figure()._repr_mimebundle_()
    assert first["text/html"] == second["text/html"]
    assert first["text/plain"] == second["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in first


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_the_picture_has_a_caption_a_description_and_nothing_random(figure):
    html = figure()._repr_mimebundle_()["text/html"]
    assert "<figcaption" in html
    assert 'aria-labelledby="' in html
    assert re.findall(r' id="(?!rc-)', html) == []
    assert "base64" not in html


@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_the_module_needs_nothing_from_elsewhere(figure):
    module = figure()._esm
    assert re.findall(r"^\s*import\b|\bimport\(", module, flags=re.MULTILINE) == []
    assert "http" not in module.replace("http://www.w3.org/2000/svg", "")
    assert module.count("export default") == 1


def test_infinity_travels_as_a_word():
    live = UnitBall(p=np.inf)
    assert live.get_state(["p"]) == {"p": "inf"}
    live.set_state({"p": 1.5})
    assert live.p == 1.5
    live.set_state({"p": "inf"})
    assert live.p == np.inf


def test_the_picture_follows_the_state():
    live = RidgeGeometry(lam=0.1)
    before = live.picture().svg
    live.lam = 10.0
    assert live.picture().svg != before
    ball = UnitBall(ellipse=True)
    ball.centre = [0.4, 1.8]
    assert "w = (0.00, 1.00)" in ball.picture().svg


def test_the_picture_says_of_no_weight_that_it_is_gone():
    picture = RidgeGeometry(lam=100).picture()
    assert "&lt;0.01</text>" in picture.svg
    assert picture.alt.endswith("factors 0.02 and <0.01.")


def test_a_design_of_ones_own_is_drawn():
    X = np.random.default_rng(1).normal(size=(25, 2)) * [1.0, 0.3] + 5
    live = RidgeGeometry(X, X @ [1.0, 2.0] - 4, lam=0.2)
    np.testing.assert_allclose(live.ols, [1.0, 2.0], atol=1e-12)  # y has no noise
    assert live.n == 25


def test_a_target_in_a_tiny_unit_is_drawn_like_any_other():
    X = np.random.default_rng(2).normal(size=(25, 2))
    y = X @ [1.0, 2.0] + np.random.default_rng(3).normal(size=25)
    live = RidgeGeometry(X, 1e-10 * y)
    np.testing.assert_allclose(live.ols, 1e-10 * np.array(RidgeGeometry(X, y).ols), rtol=1e-12)
    assert live._repr_mimebundle_()["text/html"]


def test_the_picture_starts_at_least_squares_even_where_the_weakest_strength_is_far_from_it():
    # Along the second direction the variance is 1e-4: lam = 0.001 keeps a tenth of it.
    Z = np.random.default_rng(4).normal(size=(60, 2))
    X = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt(60) * [1.0, 0.01]
    live = RidgeGeometry(X, X @ [1.0, 2.0], lam=0.001)
    assert np.linalg.norm(np.array(live.ols) - live.weights[0]) > 1
    now = shrink(live._problem, 0.001)
    same = ridge_geometry(
        live._path, live._problem.hessian, now.factors, now.w,
        centre=[1.0, 2.0], lam=0.001, n=60,
    )  # fmt: skip
    assert live.picture().svg == same.svg


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: UnitBall(p=0.3), "p must be >= 0.5, got 0.3"),
        (lambda: UnitBall(p=-np.inf), "p must be finite, got -inf"),
        (lambda: UnitBall(hessian=[[1, 2], [2, 1]]), "hessian must be 2 x 2, symmetric, positive"),
        (lambda: UnitBall(centre=(9, 0)), r"centre must lie in .*, got \[9.0, 0.0\]"),
        (lambda: UnitBall(radius=2), "radius must be <= 1.3, got 2"),
        (lambda: RidgeGeometry(lam=1000), "lam must be <= 100, got 1000"),
        (lambda: RidgeGeometry(np.ones((3, 2))), "X and y must be given together"),
        (lambda: RidgeGeometry(np.ones((3, 3)), [1, 2, 3]), "X must have 2 columns"),
        (lambda: RidgeGeometry([[0, 1], [1, 0], [1, 1]], [1, 1, 1]), "must not be uncorrelated"),
        (lambda: RidgeGeometry([[1, 2]], [1]), "X must have at least 3 rows, got 1"),
        (lambda: RidgeGeometry([[1, 2], [2, 1]], [1, 2]), "X must have at least 3 rows, got 2"),
        (lambda: RidgeGeometry([[1, 7], [2, 7], [4, 7]], [1, 2, 4]), "2 columns that vary"),
        (lambda: RidgeGeometry([[1, BIG], [2, BIG], [4, BIG]], [1, 2, 4]), "2 columns that vary"),
        (lambda: RidgeGeometry([[1, 3], [2, 6], [4, 12]], [1, 2, 4]), "not both in proportion"),
        (lambda: RidgeGeometry(np.ones((4, 2)), [1, 2, 4, 3]), "2 columns that vary"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, words):
    with pytest.raises(InvalidInput, match=words):
        make()


def test_a_wrong_strength_is_refused_while_the_figure_lives():
    live = RidgeGeometry()
    with pytest.raises(InvalidInput, match=r"lam must be >= 0\.001, got 0"):
        live.lam = 0.0
