"""Norms: their axioms, their duals, their balls, the nearest points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse import norms
from regcourse.errors import DidNotConverge, InvalidInput

laws = settings(max_examples=80)
vectors = arrays(float, 4, elements=st.floats(-1e3, 1e3))
norm_exponents = st.sampled_from([1.0, 1.3, 2.0, 3.5, 20.0, np.inf])
exponents = st.sampled_from([0.3, 0.5, 1.0, 1.3, 2.0, 3.5, 20.0, np.inf])
BALLS = [1, 2, np.inf]

# Sums of a few powers, and a root: each rounds a few times, so relative 1e-12 is generous.
ROUNDING = 1e-12


# ---------- vectors
@laws
@given(x=vectors, c=st.floats(-50, 50), p=exponents)
def test_a_norm_scales_with_its_vector(x, c, p):
    # atol: squares of numbers near 1e-308 lose their last digits.
    np.testing.assert_allclose(
        norms.lp_norm(c * x, p), abs(c) * norms.lp_norm(x, p), rtol=ROUNDING, atol=1e-300
    )


@laws
@given(x=vectors, y=vectors, p=norm_exponents)
def test_a_detour_is_never_shorter_for_p_from_one(x, y, p):
    whole = norms.lp_norm(x + y, p)
    assert whole <= (norms.lp_norm(x, p) + norms.lp_norm(y, p)) * (1 + ROUNDING)


def test_below_one_a_detour_can_be_shorter():
    assert norms.lp_norm([1, 1], 0.5) == pytest.approx(4.0)
    assert norms.lp_norm([1, 0], 0.5) + norms.lp_norm([0, 1], 0.5) == pytest.approx(2.0)


@laws
@given(x=vectors, p=exponents, q=exponents)
def test_a_larger_exponent_never_gives_a_larger_norm(x, p, q):
    small, large = sorted([p, q])
    assert norms.lp_norm(x, large) <= norms.lp_norm(x, small) * (1 + ROUNDING)


@pytest.mark.parametrize("p", [1, 2, 3.5, np.inf])
def test_the_norm_agrees_with_numpy(p):
    x = np.random.default_rng(0).normal(size=30)
    assert norms.lp_norm(x, p) == pytest.approx(np.linalg.norm(x, p), rel=ROUNDING)


@pytest.mark.parametrize("unit", [1e-200, 1e200], ids=["tiny", "huge"])
@pytest.mark.parametrize("p", [0.5, 2, 5])
def test_powers_neither_overflow_nor_underflow(unit, p):
    expected = unit * norms.lp_norm([3.0, -4.0], p)
    assert norms.lp_norm([3 * unit, -4 * unit], p) == pytest.approx(expected, rel=ROUNDING)


@pytest.mark.parametrize("p", [0.5, 1, 2, np.inf])
def test_zero_has_length_zero(p):
    assert norms.lp_norm([0.0, 0.0], p) == 0.0


@pytest.mark.parametrize(("p", "q"), [(1, np.inf), (np.inf, 1), (2, 2), (1.5, 3), (5, 1.25)])
def test_dual_exponents_add_up_to_one_in_their_inverses(p, q):
    assert norms.dual_exponent(p) == pytest.approx(q, rel=ROUNDING)


@laws
@given(x=vectors, u=vectors, p=norm_exponents)
def test_nobody_earns_more_than_the_dual_norm(x, u, p):
    assert x @ u <= norms.lp_norm(x, p) * norms.dual_norm(u, p) * (1 + ROUNDING) + 1e-290


@pytest.mark.parametrize("p", [1, 1.3, 2, 4, np.inf])
def test_the_dual_norm_is_earned_by_a_point_of_the_ball(p):
    u = np.array([2.0, -1.0])
    earned = (norms.unit_ball_boundary(p, points=4000) @ u).max()
    # 4000 points miss the best one by less than 1/600 of a turn; the loss is its square.
    assert earned == pytest.approx(norms.dual_norm(u, p), rel=1e-5)


# ---------- matrices
def test_frobenius_is_the_length_of_the_singular_values_and_of_the_entries():
    W = np.random.default_rng(1).normal(size=(5, 3))
    s = np.linalg.svd(W, compute_uv=False)
    assert norms.frobenius_norm(W) == pytest.approx(norms.lp_norm(s, 2), rel=ROUNDING)
    assert norms.frobenius_norm(W) == pytest.approx(norms.lp_norm(W.ravel(), 2), rel=ROUNDING)


@pytest.mark.parametrize("shape", [(7, 4), (4, 7), (1, 5), (5, 1)])
def test_power_iteration_finds_the_largest_singular_value(shape):
    W = np.random.default_rng(2).normal(size=shape)
    largest = np.linalg.svd(W, compute_uv=False)[0]
    # The ratio of the two largest values is below 0.9: 0.9^4000 is nothing.
    assert norms.spectral_norm(W) == pytest.approx(largest, rel=1e-10)


@pytest.mark.parametrize("second", [0.5, 0.99, 0.999])
def test_without_a_number_of_rounds_it_goes_on_until_it_has_found_it(second):
    # Within 1e-6 is promised.
    assert norms.spectral_norm(np.diag([second] * 40 + [1.0])) == pytest.approx(1.0, rel=1e-6)


def test_what_does_not_settle_is_said_and_not_guessed():
    # (1 - 1e-5)^(4 · 10000) is 0.7: most of the way is still to go.
    W = np.diag([1.0 - 1e-5] * 9 + [1.0])
    with pytest.raises(DidNotConverge, match=r"^power iteration has not settled after 10000 roun"):
        norms.spectral_norm(W)


@pytest.mark.parametrize("iters", [1, 1000])
def test_a_number_of_rounds_gives_a_lower_bound_without_complaint(iters):
    assert 0.99 < norms.spectral_norm(np.diag([0.999] * 40 + [1.0]), iters=iters) < 1.0


@pytest.mark.parametrize("iters", [1, 3, 10, 40])
def test_power_iteration_never_overshoots(iters):
    W = np.random.default_rng(3).normal(size=(20, 20))
    largest = np.linalg.svd(W, compute_uv=False)[0]
    assert norms.spectral_norm(W, iters=iters) <= largest * (1 + ROUNDING)


def test_more_rounds_come_closer():
    W = np.random.default_rng(3).normal(size=(20, 20))
    estimates = [norms.spectral_norm(W, iters=k) for k in (1, 2, 4, 8, 16, 32)]
    assert estimates == sorted(estimates)


@pytest.mark.parametrize("unit", [1e-200, 1e200], ids=["tiny", "huge"])
def test_the_product_of_a_matrix_with_itself_neither_over_nor_underflows(unit):
    assert norms.spectral_norm([[3 * unit, 0], [0, 4 * unit]]) == pytest.approx(4 * unit)


def test_a_matrix_of_huge_singular_values_settles_as_any_other():
    assert norms.spectral_norm([[3e200, 1e200], [0, 4e200]]) == pytest.approx(
        1e200 * np.linalg.svd([[3, 1], [0, 4]], compute_uv=False)[0], rel=1e-12
    )


def test_the_zero_matrix_stretches_nothing():
    assert norms.spectral_norm(np.zeros((2, 3))) == 0.0


def test_the_spectral_norm_repeats_itself():
    W = np.random.default_rng(4).normal(size=(6, 6))
    assert norms.spectral_norm(W, iters=2, seed=1) == norms.spectral_norm(W, iters=2, seed=1)
    assert norms.spectral_norm(W, iters=2) == norms.spectral_norm(W, iters=2, seed=0)
    assert norms.spectral_norm(W, iters=2, seed=1) != norms.spectral_norm(W, iters=2, seed=2)


# ---------- balls
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


# ---------- projections
@pytest.mark.parametrize("p", BALLS)
def test_a_ball_has_radius_one_unless_told_otherwise(p):
    v = [3.0, -1.0, 0.5]
    np.testing.assert_array_equal(norms.project_onto_ball(v, p), norms.project_onto_ball(v, p, 1.0))


def test_a_projection_that_kills_a_negative_entry_leaves_no_minus_zero():
    nearest = norms.project_onto_ball([3.0, -0.5, 0.5], 1)
    np.testing.assert_array_equal(nearest, [1.0, 0.0, 0.0])
    assert not np.signbit(nearest).any()


@laws
@given(v=vectors, p=st.sampled_from(BALLS), radius=st.floats(0, 100))
def test_a_projection_lies_in_the_ball(v, p, radius):
    inside = norms.project_onto_ball(v, p, radius)
    # Entries up to 1e3 are cut by a threshold of the same size: absolute rounding.
    assert norms.lp_norm(inside, p) <= radius + 1e-12 * max(1.0, np.abs(v).max())


@laws
@given(v=vectors, other=vectors, p=st.sampled_from(BALLS), radius=st.floats(0.01, 100))
def test_no_point_of_the_ball_is_nearer_than_the_projection(v, other, p, radius):
    size = norms.lp_norm(other, p)
    rival = other * min(1.0, radius / max(size, 1e-300))
    nearest = norms.project_onto_ball(v, p, radius)
    assert np.linalg.norm(v - nearest) <= np.linalg.norm(v - rival) + 1e-9


@laws
@given(v=vectors, p=st.sampled_from(BALLS))
def test_projecting_twice_changes_nothing(v, p):
    once = norms.project_onto_ball(v, p, 2.0)
    np.testing.assert_allclose(norms.project_onto_ball(once, p, 2.0), once, rtol=0, atol=1e-12)


@pytest.mark.parametrize("p", BALLS)
def test_a_point_inside_stays_and_is_a_copy(p):
    v = np.array([0.1, -0.2])
    inside = norms.project_onto_ball(v, p)
    np.testing.assert_array_equal(inside, v)
    assert inside is not v


@pytest.mark.parametrize("p", BALLS)
def test_a_ball_without_extent_is_the_origin(p):
    np.testing.assert_array_equal(norms.project_onto_ball([3.0, -4.0, 1.0], p, 0.0), np.zeros(3))


# ---------- what is refused
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norms.lp_norm([1.0], 0), "p must be > 0, got 0.0"),
        (lambda: norms.lp_norm([1.0], -np.inf), "p must be finite, got -inf"),
        (lambda: norms.lp_norm([1.0], "2"), "p must be a number, got '2'"),
        (lambda: norms.lp_norm([], 2), "x must have at least one entry"),
        (lambda: norms.dual_exponent(0.5), "p must be >= 1 to have a dual exponent, got 0.5"),
        (lambda: norms.dual_norm([np.nan], 2), "u must be finite"),
        (lambda: norms.frobenius_norm([1.0]), r"W must have 2 dimension\(s\)"),
        (lambda: norms.spectral_norm([[1.0]], iters=0), "iters must be >= 1, got 0"),
        (lambda: norms.spectral_norm([[1.0]], seed=-1), "seed must be >= 0, got -1"),
        (lambda: norms.unit_ball_boundary(2, points=3), "points must be >= 4, got 3"),
        (lambda: norms.project_onto_ball([1.0], 3),
         "p must be 1, 2 or inf to project onto its ball, got 3"),
        (lambda: norms.project_onto_ball([1.0], 2, -1), "radius must be >= 0, got -1.0"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
