"""The nearest points of balls: exact to rounding, at every scale and length."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse import norms
from regcourse.errors import InvalidInput

laws = settings(max_examples=80)
vectors = arrays(float, 4, elements=st.floats(-1e3, 1e3))
BALLS = [1, 2, np.inf]


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


# ---------- every scale
sizes = st.builds(lambda m, e: m * 10.0**e, st.floats(-9.9, 9.9), st.integers(-300, 300))
near = st.builds(lambda v, k: v * (1 + k * 2.0**-52), st.just(3e12), st.integers(-4, 4))
anything = st.lists(sizes, min_size=1, max_size=6) | st.lists(near, min_size=1, max_size=6)
radii = st.builds(lambda m, e: m * 10.0**e, st.floats(1, 9.9), st.integers(-300, 300))
# What each entry may be off by: some roundings of a number of at most the radius.
EXACT = Fraction(2, 10**15)
SUBNORMAL = Fraction(2, 2**1074)


def exactly(v):
    return [Fraction(float(entry)) for entry in v]


@laws
@given(v=anything, radius=radii)
def test_in_the_1_ball_nothing_is_nearer_by_the_dual_norm(v, radius):
    # r ‖v - x‖_inf >= (v - x)'z for all z of the ball, so equality at z = x is optimality.
    x = norms.project_onto_ball(v, 1, radius)
    there, here, r = exactly(v), exactly(x), Fraction(radius)
    away = [a - b for a, b in zip(there, here, strict=True)]
    earned = sum(a * b for a, b in zip(away, here, strict=True))
    off = len(v) * (EXACT * r + SUBNORMAL)
    assert sum(map(abs, here)) <= r + off
    assert r * max(map(abs, away)) - earned <= off * max(map(abs, there))


@laws
@given(v=anything, radius=radii)
def test_the_nearest_point_of_the_1_ball_is_the_one_of_exact_arithmetic(v, radius):
    there, r = exactly(v), Fraction(radius)
    sizes = sorted(map(abs, there), reverse=True)
    thresholds = [(sum(sizes[:k]) - r) / k for k in range(1, len(v) + 1)]
    t = max(0, max(thresholds))
    nearest = [math.copysign(1, a) * max(abs(a) - t, 0) for a in there]
    found = exactly(norms.project_onto_ball(v, 1, radius))
    worst = max(abs(a - b) for a, b in zip(found, nearest, strict=True))
    assert worst <= EXACT * r + SUBNORMAL


@laws
@given(v=anything, radius=radii)
def test_the_nearest_point_of_the_2_ball_is_shorter_and_points_the_same_way(v, radius):
    there, r = exactly(v), Fraction(radius)
    here = exactly(norms.project_onto_ball(v, 2, radius))
    length = sum(a * a for a in there)
    square = sum(a * a for a in here)
    off = EXACT * r + SUBNORMAL
    assert abs(square - min(length, r * r)) <= 2 * len(v) * off * r + off * off
    largest = max(range(len(v)), key=lambda j: abs(there[j]))
    for a, b in zip(there, here, strict=True):
        assert abs(b * there[largest] - a * here[largest]) <= 4 * off * abs(there[largest])


@laws
@given(v=anything, radius=radii)
def test_the_nearest_point_of_the_largest_entry_s_ball_is_clipped_exactly(v, radius):
    found = norms.project_onto_ball(v, np.inf, radius)
    assert found.tolist() == [math.copysign(min(abs(a), radius), a) for a in v]


@pytest.mark.parametrize(
    ("v", "radius", "nearest"),
    [
        ([2e12, 1e12], 1e-4, [1e-4, 0.0]),
        ([1e300, -1e300], 2e-300, [1e-300, -1e-300]),
        ([1e308, 1e308, 1e308], 3e-8, [1e-8, 1e-8, 1e-8]),
        ([-1e308, 1e308], 1e308, [-5e307, 5e307]),
        ([5e-324, 1.0], 5e-324, [0.0, 5e-324]),
    ],
)
def test_a_small_ball_far_away_has_a_nearest_point(v, radius, nearest):
    found = norms.project_onto_ball(v, 1, radius)
    np.testing.assert_allclose(found, nearest, rtol=1e-15, atol=0)


@pytest.mark.parametrize("entry", [1.0, 1e8 + 1 / 3, 1e-5])
@pytest.mark.parametrize("p", [1, 2])
def test_a_long_vector_of_equal_entries_is_projected_onto_the_edge(entry, p):
    found = norms.project_onto_ball(np.full(300_000, entry), p, 1e-3)
    size = math.fsum(np.abs(found) ** p) ** (1 / p)
    assert size == pytest.approx(1e-3, rel=1e-13)


def test_a_long_vector_of_any_entries_is_projected_onto_the_edge():
    v = 1e8 + np.random.default_rng(0).normal(size=300_000)
    for radius in (1e-6, 1.0, 1e4, 1e12):
        assert math.fsum(np.abs(norms.project_onto_ball(v, 1, radius))) == pytest.approx(
            radius, rel=1e-12
        )


def test_no_entry_of_a_nearest_point_is_minus_zero():
    for p in BALLS:
        found = norms.project_onto_ball([-3.0, 2.0], p, 0.0)
        assert not np.signbit(found).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norms.project_onto_ball([1.0], 3),
         "p must be 1, 2 or inf to project onto its ball, got 3"),
        (lambda: norms.project_onto_ball([1.0], 2, -1), "radius must be >= 0, got -1.0"),
        (lambda: norms.project_onto_ball([np.inf], 2), "v must be finite, got 1 NaN or inf"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
