"""The browser's mathematics and Python's are one: the same points, the same words."""

from __future__ import annotations

import json

import numpy as np
import pytest

from regcourse import norms
from regcourse.figures._shapes import ellipse_outline
from regcourse.figures._words import kept_label
from regcourse.widgets import RidgeGeometry, UnitBall
from regcourse.widgets import shrinkage as ridge
from regcourse.widgets import touch as plane

H = np.array([[2.0, 0.6], [0.6, 1.0]])
TILTED = np.array([[0.7, -0.5], [-0.5, 1.9]])
PS = [0.5, 0.8, 1.0, 1.02, 1.7, 2.0, 5.0, np.inf]
IDS = [f"p={p:g}" for p in PS]


@pytest.fixture(scope="module")
def modules(browser):
    """A page with both modules, as `ball` and `ridge`."""
    page = browser.new_page()
    for name, source in (("ball", UnitBall._esm), ("ridge", RidgeGeometry._esm)):
        page.evaluate(
            """async ([name, source]) => {
                const file = new Blob([source], { type: "text/javascript" });
                window[name] = await import(URL.createObjectURL(file));
            }""",
            [name, source],
        )
    yield page
    page.close()


def js(page, expression):
    """Evaluate an expression; infinity is written as JavaScript writes it."""
    return page.evaluate(f"() => ({expression})")


def arg(value):
    return "Infinity" if np.isscalar(value) and np.isposinf(value) else json.dumps(value)


@pytest.mark.parametrize("p", PS, ids=IDS)
def test_the_ball_has_the_same_outline(modules, p):
    theirs = js(modules, f"ball.ballOutline({arg(p)}, 64)")
    # Both round sines and powers once or twice, a few ulps apart.
    np.testing.assert_allclose(theirs, norms.unit_ball_boundary(p, points=64), atol=1e-12)


@pytest.mark.parametrize("hessian", [H, TILTED], ids=["right", "left"])
def test_the_ellipse_has_the_same_outline(modules, hessian):
    theirs = js(modules, f"ball.ellipseOutline({arg(hessian.tolist())}, [1.6, 0.5], 0.7, 40)")
    ours = ellipse_outline(hessian, np.array([1.6, 0.5]), 0.7, 40)
    np.testing.assert_allclose(theirs, ours, atol=1e-12)


@pytest.mark.parametrize("hessian", [H, TILTED], ids=["right", "left"])
@pytest.mark.parametrize("p", PS, ids=IDS)
def test_the_ellipse_touches_in_the_same_place_and_says_the_same(modules, p, hessian):
    centres = np.random.default_rng(4).uniform([-1.4, -1.45], [2.5, 2.05], size=(40, 2))
    ours = [plane.touch(hessian, c, p, 0.9) for c in centres]
    theirs = js(
        modules,
        f"{arg(centres.tolist())}.map((c) => {{"
        f"const met = ball.touch({arg(hessian.tolist())}, c, {arg(p)}, 0.9);"
        f"return {{...met, words: ball.touchWords(met, {arg(p)}, c)}}; }})",
    )
    assert [each["place"] for each in theirs] == [each.place for each in ours]
    words = [plane.touch_words(met, p, c) for met, c in zip(ours, centres, strict=True)]
    assert [each["words"] for each in theirs] == words
    # Golden section sees the loss to 1e-16, so its argument only to the root of that.
    np.testing.assert_allclose([e["w"] for e in theirs], [e.w for e in ours], atol=3e-7)


@pytest.mark.parametrize("p", PS, ids=IDS)
def test_the_length_and_the_words_for_the_ball_are_the_same(modules, p):
    w = [0.6, -0.8]
    assert js(modules, f"ball.pLength({w}, {arg(p)})") == pytest.approx(norms.lp_norm(w, p))
    assert js(modules, f"ball.ballWords({arg(p)})") == plane.ball_words(p)


@pytest.mark.parametrize("hessian", [H, TILTED], ids=["right", "left"])
@pytest.mark.parametrize("p", [0.5, 0.8, 1.0])
def test_the_shaded_zone_is_where_a_weight_becomes_exactly_zero(modules, p, hessian):
    centres = np.random.default_rng(8).uniform([-1.4, -1.45], [2.5, 2.05], size=(400, 2))
    shaded = modules.evaluate(
        """([H, p, centres]) => {
            const zone = ball.zeroZone(H, p, 1, [-1.45, 2.55], [-1.5, 2.1]);
            const path = new Path2D();
            for (const part of zone) {
                part.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
                path.closePath();
            }
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            return centres.map(([x, y]) => canvas.isPointInPath(path, x, y));
        }""",
        [hessian.tolist(), p, centres.tolist()],
    )
    zero = [plane.touch(hessian, c, p, 1.0).place == "corner" for c in centres]
    # The edge is exact to 0.005; only slivers thinner than a cell of the grid, 0.07, are missed.
    assert np.mean(np.array(shaded) != zero) <= 0.01


def test_above_p_1_nothing_is_shaded(modules):
    assert js(modules, "ball.zeroZone([[2, 0.6], [0.6, 1]], 1.01, 1, [-1, 2], [-1, 2])") == []


def test_the_slider_stops_exactly_at_the_landmarks(modules):
    steps = js(modules, "[0, 60, 120, 240].map((k) => String(ball.stepToP(k)))")
    assert steps == ["0.5", "1", "2", "Infinity"]
    assert js(modules, "[0.5, 1, 2, Infinity].map(ball.pToStep)") == [0, 60, 120, 240]


def test_p_is_written_with_three_digits_and_no_zeros_behind_them(modules):
    names = js(modules, "[0, 61, 120, 239, 240].map((k) => ball.pName(ball.stepToP(k)))")
    assert names == ["0.5", "1.01", "2", "359", "∞"]


def test_a_bar_never_says_0_or_1_of_what_is_only_nearly_so(modules):
    factors = [0.0, 1e-9, 0.0049, 0.0051, 0.42, 0.9949, 0.9951, 1 - 1e-9, 1.0]
    labels = ["0.00", "<0.01", "<0.01", "0.01", "0.42", "0.99", ">0.99", ">0.99", "1.00"]
    assert js(modules, f"{factors}.map(ridge.keptLabel)") == labels
    assert [kept_label(factor) for factor in factors] == labels


@pytest.mark.parametrize("lam", [0.001, 0.0731, 1.0, 42.0, 100.0])
def test_the_strength_shrinks_alike_and_says_the_same(modules, lam):
    design = np.random.default_rng(2).normal(size=(30, 2)) @ [[1.0, 0.8], [0.0, 0.5]] + 3
    live = RidgeGeometry(design, design @ [1.0, -0.5] + 2, lam=lam)
    problem = {name: getattr(live, name) for name in ("variances", "directions", "ols", "n")}
    view = f"ridge.shrink({json.dumps(problem)}, {lam})"
    theirs = js(modules, view)
    ours = ridge.shrink(ridge.two_weights(design, design @ [1.0, -0.5] + 2), lam)
    for name in ("factors", "w", "dof", "alpha"):
        np.testing.assert_allclose(theirs[name], getattr(ours, name), rtol=1e-12, atol=1e-13)
    assert js(modules, f"ridge.shrinkWords({view})") == ridge.shrink_words(ours)
    assert js(modules, f"ridge.numberWords({view})") == ridge.number_words(ours)
