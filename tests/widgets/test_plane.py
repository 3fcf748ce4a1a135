"""Where an ellipse touches a ball: laws that hold for every p."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcourse import norms
from regcourse.widgets.twins.plane import (
    ball_point,
    loss,
    touch,
    touch_words,
    zero_margins,
    zero_wedges,
)

H = np.array([[2.0, 0.6], [0.6, 1.0]])
PS = [0.5, 0.8, 1.0, 1.3, 2.0, 5.0, np.inf]
coordinate = st.floats(-2.5, 2.5)


def said(found, p, c):
    return touch_words(found.w, found.place, p, c)


@pytest.mark.parametrize("p", PS)
@given(x=coordinate, y=coordinate, radius=st.floats(0.2, 1.3))
def test_no_point_of_the_edge_has_a_smaller_loss(p, x, y, radius):
    c = np.array([x, y])
    found = touch(H, c, p, radius)
    edge = radius * norms.unit_ball_boundary(p, points=720)
    # The loss is quadratic around its minimum, which golden section knows to about 1e-8.
    assert loss(H, c, found.w) <= loss(H, c, edge).min() + 1e-9


@pytest.mark.parametrize("p", PS)
@given(x=coordinate, y=coordinate)
def test_the_touching_point_is_on_the_edge_or_is_the_best_fit_itself(p, x, y):
    c = np.array([x, y])
    found = touch(H, c, p, 1.0)
    size = norms.lp_norm(found.w, p)
    if found.place == "inside":
        np.testing.assert_array_equal(found.w, c)
    # One root of a sum of two powers: a few ulps, times 1/p for small p.
    assert size <= 1 + 1e-12
    assert found.place == "inside" or size == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("p", [1.3, 2.0, 5.0])
def test_on_a_smooth_edge_the_two_normals_are_parallel(p):
    c = np.array([1.6, 0.5])
    w = touch(H, c, p, 1.0).w
    of_loss, of_ball = H @ (c - w), np.sign(w) * np.abs(w) ** (p - 1)
    cross = of_loss[0] * of_ball[1] - of_loss[1] * of_ball[0]
    assert cross == pytest.approx(0.0, abs=1e-6)  # the point is known to 1e-8


def test_the_corner_holds_a_whole_wedge_of_best_fits():
    # From the corner (1, 0) the wedge opens along H^-1 (1, t), |t| <= 1.
    t = np.linspace(-0.99, 0.99, 9)
    fits = [1.0, 0.0] + 0.7 * np.linalg.solve(H, np.array([np.ones(9), t])).T
    places = [touch(H, c, 1.0, 1.0) for c in fits]
    assert {found.place for found in places} == {"corner"}
    assert {tuple(found.w) for found in places} == {(1.0, 0.0)}
    outside = [1.0, 0.0] + 0.7 * np.linalg.solve(H, [1.0, 1.02])
    assert touch(H, outside, 1.0, 1.0).place == "side"


def test_just_above_p_1_the_second_weight_is_tiny_and_not_zero():
    c = np.array([1.6, 0.5])
    found = touch(H, c, 1.05, 1.0)
    assert found.place == "edge"
    assert 0 < found.w[1] < 0.005
    words = said(found, 1.05, c)
    assert words.endswith("the second weight is too small to see, but not zero.")


@pytest.mark.parametrize(
    ("p", "centre", "words"),
    [
        (0.5, (1.6, 0.5), "Best fit (1.60, 0.50). The ellipse touches a spike, w = (1.00, 0.00)"),
        (0.5, (1.6, 0.5), "touches a spike, w = (1.00, 0.00): the second weight is exactly zero."),
        (1.0, (0.2, 1.9), "touches a corner, w = (0.00, 1.00): the first weight is exactly zero."),
        (1.0, (0.9, 0.9), "touches a flat side, w = (0.72, 0.28): no weight is zero."),
        (2.0, (2.0, 0.6), "touches the edge, w = (0.93, 0.36): no weight is zero."),
        (np.inf, (1.6, 1.9), "touches a corner, w = (1.00, 1.00): the weights are equal in size,"),
        (np.inf, (1.6, -0.1), "touches a flat side, w = (1.00, 0.26): no weight is zero."),
        (2.0, (0.3, -0.2), "The best fit, w = (0.30, -0.20), is inside the ball"),
    ],
    ids=["best fit", "spike", "corner", "side", "edge", "tie", "side of the square", "inside"],
)
def test_words_name_the_place(p, centre, words):
    c = np.array(centre)
    assert words in said(touch(H, c, p, 1.0), p, c)


def test_along_a_principal_axis_the_tip_of_a_round_ball_is_an_exact_zero():
    c = np.array([1.6, 0.0])
    found = touch(np.diag([2.0, 1.0]), c, 2.0, 1.0)
    assert found.place == "corner"
    assert "the tip of the axis" in said(found, 2.0, c)


@pytest.mark.parametrize("p", PS)
def test_a_turn_of_the_angle_walks_the_library_s_own_outline(p):
    walked = [ball_point(p, angle) for angle in np.arange(48) * 2 * np.pi / 48]
    # The library halves its angles exactly and this one does not: one rounding apart, and a
    # power of up to 4 on top.
    np.testing.assert_allclose(walked, norms.unit_ball_boundary(p, points=48), atol=1e-12)


@pytest.mark.parametrize("p", [0.5, 0.8])
@pytest.mark.parametrize("radius", [1.0, 0.7])
def test_below_1_the_margin_is_positive_exactly_where_a_weight_becomes_zero(p, radius):
    fits = np.random.default_rng(8).uniform([-1.4, -1.45], [2.5, 2.05], size=(300, 2))
    zero = [touch(H, c, p, radius).place == "corner" for c in fits]
    # The rest of the edge is sampled every 3 degrees, which is wrong by less than 0.005: few of
    # the fits come that near to a change.
    margins = zero_margins(H, p, radius, fits)
    assert np.mean((margins > 0) != zero) <= 0.01
    assert 0.1 < np.mean(zero) < 0.9


@pytest.mark.parametrize("radius", [1.0, 0.7])
def test_at_1_the_wedges_hold_exactly_the_fits_that_lose_a_weight(radius):
    fits = np.random.default_rng(9).uniform([-1.4, -1.45], [2.5, 2.05], size=(300, 2))
    zero = [touch(H, c, 1.0, radius).place == "corner" for c in fits]
    inside = np.zeros(len(fits), dtype=bool)
    for corner, first, second in zero_wedges(H, radius):
        # In coordinates along the wedge's two sides, its points are those with none below 0.
        sides = np.column_stack([first - corner, second - corner])
        inside |= (np.linalg.solve(sides, (fits - corner).T) > 0).all(axis=0)
    np.testing.assert_array_equal(inside, zero)
