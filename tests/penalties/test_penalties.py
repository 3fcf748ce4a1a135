"""Each penalty by its own formulas; what all of them obey is in `test_laws`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse.errors import InvalidInput
from regcourse.penalties import L1, L2, ElasticNet, soft_threshold

laws = settings(max_examples=80)
numbers = st.floats(-100, 100)
vectors = arrays(float, 3, elements=numbers)
# Values reach 2 * 3 * 100² / 2: sums of such numbers round to about 1e-11.
ROUNDING = 1e-9


@laws
@given(z=numbers, t=st.floats(0, 100), u=numbers)
def test_the_soft_threshold_beats_every_other_candidate(z, t, u):
    def cost(v):
        return (v - z) ** 2 / 2 + t * abs(v)

    assert cost(soft_threshold(z, t)) <= cost(u) + ROUNDING


@laws
@given(z=vectors, t=st.floats(0, 100))
def test_the_soft_threshold_is_the_formula_of_its_docstring(z, t):
    # One subtraction either way: equal up to its rounding.
    formula = np.sign(z) * np.maximum(np.abs(z) - t, 0)
    np.testing.assert_allclose(soft_threshold(z, t), formula, rtol=0, atol=1e-13)


@pytest.mark.parametrize("penalty", [L1(0.7), ElasticNet(0.7, 0.3)], ids=str)
def test_the_shortest_subgradient_at_zero_is_zero(penalty):
    np.testing.assert_array_equal(penalty.subgradient([0.0, 2.0, -0.0])[[0, 2]], [0.0, 0.0])


@pytest.mark.parametrize("penalty", [L2(0.7), ElasticNet(0.7, 0.3), L1(0.7)], ids=str)
def test_where_fenchel_young_vanishes_it_is_a_square_of_rounding(penalty):
    # A sum of the three terms would leave the rounding itself, 1e-14 for values of about 100.
    w = np.array([1 / 3, 0.0, -17.1])
    assert penalty.fenchel_young(w, penalty.subgradient(w)) < 1e-28


@pytest.mark.parametrize("w", [[3.0, -4.0], [0.0, 2.5], [0.0, 0.0]], ids=str)
def test_the_elastic_net_joins_the_other_two(w):
    lam, rho = 0.8, 0.3
    parts = L1(lam * rho).value(w) + L2(lam * (1 - rho)).value(w)
    assert ElasticNet(lam, rho).value(w) == pytest.approx(parts)


@pytest.mark.parametrize(("rho", "same"), [(0.0, L2(0.8)), (1.0, L1(0.8))], ids=["L2", "L1"])
def test_the_ends_of_the_elastic_net_are_the_pure_penalties(rho, same):
    net, w = ElasticNet(0.8, rho), np.array([3.0, 0.0, -0.5])
    assert net.value(w) == pytest.approx(same.value(w))
    np.testing.assert_allclose(net.subgradient(w), same.subgradient(w))
    np.testing.assert_allclose(net.prox(w, 2.0), same.prox(w, 2.0))
    assert net.dual(w) == same.dual(w)


def test_only_a_penalty_with_a_kink_leaves_exact_zeros():
    v = [0.3, -0.2, 5.0]
    assert np.count_nonzero(L1(0.5).prox(v)) == 1
    assert np.count_nonzero(ElasticNet(1.0, 0.5).prox(v)) == 1
    assert np.count_nonzero(L2(1e6).prox(v)) == 3


def test_a_threshold_returns_a_float_for_a_float_and_an_array_for_an_array():
    assert type(soft_threshold(2, 0.5)) is float
    assert soft_threshold([[2.0]], 0.5).shape == (1, 1)


def test_nothing_becomes_minus_zero():
    assert not np.signbit(soft_threshold([-0.5, 0.5], 1.0)).any()


@pytest.mark.parametrize(
    ("penalty", "u", "expected"),
    [(L1(1.0), [1.0, -1.0], 0.0), (L1(1.0), [1.1, 0.0], np.inf), (L2(0.0), [0.0], 0.0),
     (L2(0.0), [0.1], np.inf), (ElasticNet(2.0, 0.5), [3.0, 0.5], 2.0)],
)  # fmt: skip
def test_conjugates_are_what_the_docstrings_say(penalty, u, expected):
    assert penalty.dual(u) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: soft_threshold(1.0, -1e-9), "t must be >= 0, got -1e-09"),
        (lambda: soft_threshold([np.nan], 1), "z must be finite"),
        (lambda: L1(-1), "lam must be >= 0, got -1.0"),
        (lambda: L2(-1), "lam must be >= 0, got -1.0"),
        (lambda: ElasticNet(-1, 0.5), "lam must be >= 0, got -1.0"),
        (lambda: ElasticNet(1, 1.5), "rho must be <= 1, got 1.5"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
