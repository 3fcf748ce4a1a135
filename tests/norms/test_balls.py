"""The edges of balls: every point has norm one, once around, without gaps."""

import numpy as np
import pytest

from regcourse import norms
from regcourse.errors import InvalidInput

# Sums of a few powers, and a root: each rounds a few times, so relative 1e-12 is generous.
ROUNDING = 1e-12


@pytest.mark.parametrize("p", [0.3, 0.5, 1, 1.7, 2, 2.4, 6, 80, np.inf])
@pytest.mark.parametrize("points", [7, 64, 400])
def test_every_point_of_the_edge_has_norm_one(p, points):
    edge = norms.unit_ball_boundary(p, points)
    assert edge.shape == (points, 2)
    sizes = [norms.lp_norm(x, p) for x in edge]
    # A root of order 1/0.3 multiplies the relative rounding of the sum by 3.3.
    np.testing.assert_allclose(sizes, 1.0, rtol=ROUNDING)


@pytest.mark.parametrize("p", [0.5, 1, 1.7, 2, 4, np.inf])
def test_tips_and_diagonals_are_met_exactly(p):
    edge = norms.unit_ball_boundary(p, 16)
    tips = [[1, 0], [0, 1], [-1, 0], [0, -1]]
    np.testing.assert_array_equal(edge[::4], tips)
    x, y = np.abs(edge[2::4]).T
    np.testing.assert_array_equal(x, y)


@pytest.mark.parametrize("p", [0.3, 1.0, 1.5, 2.0])
def test_up_to_two_the_edge_is_walked_by_powers_of_cosine_and_sine(p):
    edge = norms.unit_ball_boundary(p, 4000)
    steps = np.arange(1, 1000)
    # From the nearer axis: a cosine close to 90° would lose its digits to the power 2/p.
    cos = np.where(steps < 500, np.cos(np.pi * steps / 2000), np.sin(np.pi * steps[::-1] / 2000))
    np.testing.assert_allclose(edge[1:1000, 0], cos ** (2 / p), rtol=1e-14)
    np.testing.assert_allclose(edge[999:0:-1, 1], cos ** (2 / p), rtol=1e-14)


@pytest.mark.parametrize("p", [2.5, 4.0, np.inf])
def test_beyond_two_the_edge_is_walked_by_even_angles(p):
    x, y = norms.unit_ball_boundary(p, 80).T
    angles = np.unwrap(np.arctan2(y, x))
    np.testing.assert_allclose(angles, 2 * np.pi * np.arange(80) / 80, atol=1e-13)


@pytest.mark.parametrize("p", [0.5, 1, 2, 3, np.inf])
def test_the_edge_runs_once_around_counterclockwise(p):
    x, y = norms.unit_ball_boundary(p, 120).T
    turn = np.diff(np.unwrap(np.arctan2(np.append(y, y[0]), np.append(x, x[0]))))
    assert (turn > 0).all()
    assert turn.sum() == pytest.approx(2 * np.pi)


@pytest.mark.parametrize("p", [0.5, 0.8, 1, 1.5, 2, 3, 8, np.inf])
def test_the_edge_has_no_gaps(p):
    edge = norms.unit_ball_boundary(p, 400)
    steps = np.linalg.norm(np.roll(edge, -1, axis=0) - edge, axis=1)
    # The longest outline has length 8: even coverage would step by 0.02.
    assert steps.max() < 0.04


@pytest.mark.parametrize("p", [0.5, 1, 2, np.inf])
def test_the_edge_has_the_symmetry_of_the_square(p):
    edge = norms.unit_ball_boundary(p, 80)
    quarter_turn = edge @ [[0, 1], [-1, 0]]
    # The sides come from sines and cosines of different angles: a few units in the last place.
    np.testing.assert_allclose(np.roll(edge, -20, axis=0), quarter_turn, rtol=0, atol=1e-14)


@pytest.mark.parametrize("p", [0.5, 1, 2, 3, np.inf])
def test_no_point_of_the_edge_is_minus_zero(p):
    edge = norms.unit_ball_boundary(p, 16)
    assert not np.signbit(edge[edge == 0]).any()


def test_the_edge_has_400_points_unless_told_otherwise():
    np.testing.assert_array_equal(norms.unit_ball_boundary(1.5), norms.unit_ball_boundary(1.5, 400))


@pytest.mark.parametrize(
    ("points", "least"), [(4, None), (8, 9.79e-4), (16, 0.00271), (400, 0.0117), (4000, 0.0182)]
)
def test_an_edge_too_near_to_the_axes_for_floats_is_refused(points, least):
    if least is None:  # of four points, all lie on the axes
        assert norms.lp_norm(norms.unit_ball_boundary(1e-300, points)[1], 0.5) == 1.0
        return
    for p in (0.99 * least, 1e-10, 5e-324):
        with pytest.raises(InvalidInput, match=rf"^p must be >= \S+ for {points} points, got "):
            norms.unit_ball_boundary(p, points)
    edge = norms.unit_ball_boundary(1.01 * least, points)
    sizes = [norms.lp_norm(x, 1.01 * least) for x in edge]
    np.testing.assert_allclose(sizes, 1.0, rtol=ROUNDING)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norms.unit_ball_boundary(2, points=3), "points must be >= 4, got 3"),
        (lambda: norms.unit_ball_boundary(0), "p must be > 0, got 0.0"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
