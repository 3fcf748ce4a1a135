"""Norms of vectors: their axioms, their duals, and every size that floats have."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse import norms
from regcourse.errors import InvalidInput

laws = settings(max_examples=80)
vectors = arrays(float, 4, elements=st.floats(-1e3, 1e3))
norm_exponents = st.sampled_from([1.0, 1.3, 2.0, 3.5, 20.0, np.inf])
exponents = st.sampled_from([0.3, 0.5, 1.0, 1.3, 2.0, 3.5, 20.0, np.inf])

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


# ---------- every size
sizes = st.builds(lambda m, e: m * 10.0**e, st.floats(-9.9, 9.9), st.integers(-300, 300))


def exact_norm(x, p):
    """The p-norm in 60 digits, whatever the exponents."""
    with localcontext(prec=60, Emax=10**9, Emin=-(10**9)):
        total = sum((abs(Decimal(v)) ** Decimal(p) for v in x), Decimal(0))
        return total ** (1 / Decimal(p)) if total else total


@laws
@given(
    x=st.lists(sizes, min_size=1, max_size=5), p=st.sampled_from([0.01, 0.3, 1.0, 1.5, 2.0, 7.0])
)
def test_a_norm_is_right_whatever_the_sizes_of_its_entries(x, p):
    exact = exact_norm(x, p)
    if exact > Decimal(np.finfo(float).max):
        with pytest.raises(InvalidInput, match="norm of x must lie within the floats"):
            norms.lp_norm(x, p)
    else:
        # A root of order 1/p multiplies the rounding of the sum by 1/p; subnormals round more.
        error = abs(Decimal(norms.lp_norm(x, p)) - exact)
        assert error <= exact * Decimal(1e-15 * (5 + 5 / p)) + Decimal("5e-324")


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: norms.lp_norm([1e308, 1e308], 1), "the 1-norm of x"),
        (lambda: norms.lp_norm([1.0, 1.0], 1e-4), "the 0.0001-norm of x"),
        (lambda: norms.lp_norm([1.0, 1.0], 5e-324), "the 4.94066e-324-norm of x"),
        (lambda: norms.dual_norm([1e308, 1e308], np.inf), "the 1-norm of u"),
    ],
)  # fmt: skip
def test_a_norm_beyond_every_float_is_refused(call, what):
    with pytest.raises(InvalidInput, match=f"^{what} must lie within the floats, got one beyond"):
        call()


def test_a_vector_on_an_axis_has_the_same_norm_for_every_exponent():
    for p in (5e-324, 1e-300, 1e-4, 1e4, 1e308):
        assert norms.lp_norm([0.0, -7.0, 0.0], p) == 7.0


# ---------- what is refused
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: norms.lp_norm([1.0], 0), "p must be > 0, got 0.0"),
        (lambda: norms.lp_norm([1.0], -np.inf), "p must be finite, got -inf"),
        (lambda: norms.lp_norm([1.0], np.nan), "p must be finite, got nan"),
        (lambda: norms.lp_norm([1.0], 10**400), "p must be finite, got one beyond"),
        (lambda: norms.lp_norm([1.0], "2"), "p must be a number, got '2'"),
        (lambda: norms.lp_norm([], 2), "x must have at least one entry"),
        (lambda: norms.dual_exponent(0.5), "p must be >= 1 to have a dual exponent, got 0.5"),
        (lambda: norms.dual_norm([np.nan], 2), "u must be finite"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
