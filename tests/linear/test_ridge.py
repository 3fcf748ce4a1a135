"""Ridge: three forms, one answer, a certificate with each."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.data import problem_from_svd
from regcourse.errors import InvalidInput
from regcourse.linear import dual_form, normal_equations, objective, ridge, svd_form

FORMS = pytest.mark.parametrize("form", [normal_equations, dual_form, svd_form, ridge])
laws = settings(max_examples=40)


@FORMS
@pytest.mark.parametrize("lam", [0.01, 0.3, 20.0])
def test_every_form_gives_the_planted_answer(problem, form, lam):
    fit = form(problem.X, problem.y, lam)
    b, w = problem.ridge(lam)
    # X'X + alpha I has a condition below 36 / 0.05: rounding grows at most a thousandfold.
    np.testing.assert_allclose(fit.w, w, rtol=0, atol=1e-10 * np.abs(w).max())
    assert fit.b == pytest.approx(b, rel=1e-10)


@FORMS
def test_every_form_certifies_its_answer(problem, form):
    fit = form(problem.X, problem.y, 0.3)
    b, w = fit.b, fit.w
    assert fit.lam == 0.3
    # A square of rounding errors beside a J of about 100.
    assert 0 <= fit.gap < 1e-18
    best = objective(problem.X, problem.y, b, w, 0.3)
    step = 1e-3 * np.random.default_rng(13).normal(size=w.shape)
    # A move of 1e-3 costs at least lam ‖step‖² / 2, about 1e-7: far above the rounding of J.
    assert best < objective(problem.X, problem.y, b + 1e-3, w, 0.3)
    assert best < objective(problem.X, problem.y, b, w + step, 0.3)
    assert best < objective(problem.X, problem.y, b, w - step, 0.3)


@pytest.mark.parametrize("form", [svd_form, ridge])
def test_without_a_penalty_it_is_least_squares_of_minimum_norm(problem, form):
    fit = form(problem.X, problem.y, 0.0)
    np.testing.assert_allclose(fit.w, problem.w, rtol=0, atol=1e-11 * np.abs(problem.w).max())
    assert fit.b == pytest.approx(problem.b, rel=1e-11)
    assert fit.gap < 1e-18


def test_no_penalty_is_the_limit_of_a_small_one(problem):
    limit, near = ridge(problem.X, problem.y, 0.0), ridge(problem.X, problem.y, 1e-12)
    # The factor of the weakest direction is 1 - alpha / s² = 1 - 30e-12 / 0.04 at worst.
    np.testing.assert_allclose(near.w, limit.w, rtol=0, atol=1e-8 * np.abs(limit.w).max())


@laws
@given(seed=st.integers(0, 1000), lam=st.floats(1e-3, 1e2), shift=st.floats(-1e3, 1e3))
def test_the_intercept_pays_nothing(seed, lam, shift):
    problem = problem_from_svd([3.0, 1.0], n=8, noise=0.5, seed=seed)
    before, after = ridge(problem.X, problem.y, lam), ridge(problem.X, problem.y + shift, lam)
    # y grows to 1e3, and its rounding with it.
    np.testing.assert_allclose(after.w, before.w, rtol=0, atol=1e-11)
    assert after.b == pytest.approx(before.b + shift, abs=1e-10)


@laws
@given(seed=st.integers(0, 1000), lam=st.floats(1e-3, 1e2), factor=st.floats(1.01, 100))
def test_more_strength_means_a_shorter_vector_of_weights(seed, lam, factor):
    problem = problem_from_svd([3.0, 1.0, 0.1], n=8, p=4, noise=0.5, seed=seed)
    lengths = [np.linalg.norm(ridge(problem.X, problem.y, k).w) for k in (lam, factor * lam)]
    assert lengths[1] < lengths[0]


@laws
@given(seed=st.integers(0, 1000), angle=st.floats(0, 6))
def test_rotating_the_columns_rotates_the_weights(seed, angle):
    problem = problem_from_svd([3.0, 0.5], n=8, noise=0.5, seed=seed)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    straight = ridge(problem.X, problem.y, 0.3).w
    turned = ridge(problem.X @ turn, problem.y, 0.3).w
    np.testing.assert_allclose(turn @ turned, straight, rtol=0, atol=1e-11 * 50)


def test_doubling_the_data_changes_nothing(problem):
    once = ridge(problem.X, problem.y, 0.3)
    twice = ridge(np.tile(problem.X, (2, 1)), np.tile(problem.y, 2), 0.3)
    np.testing.assert_allclose(twice.w, once.w, rtol=1e-9, atol=1e-11)


def test_augmented_rows_are_ridge(problem):
    # √alpha rows for the penalty, on centred data: least squares then does it all.
    n, p = problem.X.shape
    A = np.vstack([problem.X - problem.X.mean(axis=0), np.sqrt(n * 0.3) * np.eye(p)])
    target = np.concatenate([problem.y - problem.y.mean(), np.zeros(p)])
    w = np.linalg.lstsq(A, target)[0]
    np.testing.assert_allclose(ridge(problem.X, problem.y, 0.3).w, w, rtol=0, atol=1e-11 * 100)


# ---------- sample weights
@pytest.mark.parametrize("lam", [0.0, 0.3])
def test_a_row_of_weight_k_counts_like_k_rows(problem, row_weights, lam):
    weighted = ridge(problem.X, problem.y, lam, sample_weight=row_weights)
    X_long, y_long = np.repeat(problem.X, row_weights, axis=0), np.repeat(problem.y, row_weights)
    repeated = ridge(X_long, y_long, lam)
    np.testing.assert_allclose(
        weighted.w, repeated.w, rtol=0, atol=1e-10 * np.abs(repeated.w).max()
    )
    assert weighted.b == pytest.approx(repeated.b, rel=1e-9)
    assert weighted.gap < 1e-18


def test_a_row_of_weight_zero_is_not_there(problem):
    weights = np.ones(len(problem.y))
    weights[[0, 2]] = 0.0
    # Not even if it alone keeps a column from being constant, or is far away.
    X, y = problem.X.copy(), problem.y.copy()
    X[0], y[2] = 1e6, -1e6
    weighted = ridge(X, y, 0.3, sample_weight=weights)
    without = ridge(X[weights > 0], y[weights > 0], 0.3)
    np.testing.assert_allclose(weighted.w, without.w, rtol=0, atol=1e-10 * np.abs(without.w).max())


def test_only_the_ratio_of_sample_weights_matters(problem, row_weights):
    fits = [ridge(problem.X, problem.y, 0.3, sample_weight=c * row_weights) for c in (1, 0.001)]
    np.testing.assert_allclose(fits[0].w, fits[1].w, rtol=1e-9, atol=1e-11)


# ---------- awkward designs
@pytest.mark.parametrize("lam", [0.0, 0.3])
@pytest.mark.parametrize("constant", [0.0, 0.1, 1e6, 1e14])
def test_a_constant_column_gets_no_weight_and_changes_nothing(lam, constant):
    problem = problem_from_svd([3.0, 1.0], n=9, noise=0.4, seed=5)
    wider = np.column_stack([problem.X, np.full(9, constant)])
    fit, plain = ridge(wider, problem.y, lam), ridge(problem.X, problem.y, lam)
    assert fit.w[2] == 0.0
    assert fit.gap < 1e-18
    np.testing.assert_allclose(fit.w[:2], plain.w, rtol=1e-7)


@pytest.mark.parametrize("form", [svd_form, ridge])
@pytest.mark.parametrize("constant", [1e14, np.pi * 1e14], ids=["exact mean", "rounded mean"])
def test_least_squares_is_not_lost_beside_a_huge_constant(form, constant):
    rng = np.random.default_rng(14)
    B = rng.uniform(size=40)
    y = 3 * B + 0.1 * rng.normal(size=40)
    beside = form(np.column_stack([B, np.full(40, constant)]), y, 0.0)
    alone = form(B[:, None], y, 0.0)
    np.testing.assert_allclose(beside.w, [*alone.w, 0.0], rtol=1e-12)
    assert beside.b == pytest.approx(alone.b, rel=1e-9)


@pytest.mark.parametrize("lam", [0.0, 0.3])
def test_a_column_that_only_rows_of_weight_zero_vary_is_constant(lam):
    problem = problem_from_svd([3.0, 1.0], n=9, noise=0.4, seed=5)
    weights = np.array([1, 2, 0, 1, 3, 1, 0, 1, 2])
    wider = np.column_stack([problem.X, np.where(weights > 0, 1e14, -7.0)])
    fit = ridge(wider, problem.y, lam, sample_weight=weights)
    plain = ridge(problem.X, problem.y, lam, sample_weight=weights)
    np.testing.assert_allclose(fit.w, [*plain.w, 0.0], rtol=1e-12)
    assert fit.gap < 1e-18


@pytest.mark.parametrize("form", [svd_form, ridge])
def test_a_column_is_not_lost_beside_a_far_larger_one(form):
    rng = np.random.default_rng(15)
    B, clock = rng.uniform(size=40), 1.7e15 + 1e13 * rng.normal(size=40)
    y = 3 * B + 0.1 * rng.normal(size=40)
    fit = form(np.column_stack([B, clock]), y, 0.0)
    in_other_units = form(np.column_stack([B, (clock - 1.7e15) / 1e13]), y, 0.0)
    # Stored to 0.25, the clock has 14 digits of its spread.
    np.testing.assert_allclose(fit.w * [1, 1e13], in_other_units.w, rtol=1e-10)
    assert fit.gap < 1e-18


@pytest.mark.parametrize("form", [svd_form, ridge])
def test_what_rounding_left_of_a_dependent_column_is_not_fitted(form):
    rng = np.random.default_rng(16)
    Z = rng.normal(size=(15, 2))
    D, y = np.column_stack([Z, Z @ [1.0, 1.0]]), Z @ [1.0, -2.0] + rng.normal(size=15)
    fit = form(D + rng.normal(size=3) * 1e7, y, 0.0)
    shortest = np.linalg.pinv(D - D.mean(axis=0), rcond=1e-10) @ (y - y.mean())
    # The offset takes 7 of 16 digits; the gap is a square.
    np.testing.assert_allclose(fit.w, shortest, rtol=1e-7)
    assert fit.gap < 1e-13


@pytest.mark.parametrize("lam", [0.0, 0.3])
def test_nothing_but_constant_columns_leaves_the_mean(lam):
    fit = ridge(np.full((4, 2), 0.1), [1.0, 2.0, 3.0, 6.0], lam)
    np.testing.assert_array_equal(fit.w, [0.0, 0.0])
    assert fit.b == pytest.approx(3.0)
    assert fit.gap < 1e-25


@pytest.mark.parametrize("lam", [0.0, 0.3])
def test_equal_columns_share_their_weight_equally(lam):
    problem = problem_from_svd([3.0, 1.0], n=9, noise=0.4, seed=6)
    twins = np.column_stack([problem.X, problem.X[:, 0]])
    w = ridge(twins, problem.y, lam).w
    assert w[0] == pytest.approx(w[2], rel=1e-9)


def test_one_row_is_fitted_by_the_intercept():
    fit = ridge([[3.0, -1.0]], [7.0], 0.3)
    assert (fit.b, fit.w.tolist()) == (7.0, [0.0, 0.0])


def test_whole_numbers_and_float32_are_fitted_in_float64():
    X, y = [[-1], [0], [4]], [0, 1, 11]
    assert ridge(X, y, 6).w == pytest.approx([1.0], rel=1e-14)
    assert ridge(np.float32(X), np.float32(y), 6).w.dtype == np.float64


def test_data_far_from_the_origin_cost_only_the_digits_of_the_offset():
    problem = problem_from_svd([3.0, 1.0], n=9, noise=0.4, seed=7)
    far = ridge(problem.X + 1e6, problem.y, 0.3)
    # The offset takes 7 of 16 digits.
    np.testing.assert_allclose(far.w, problem.ridge(0.3)[1], rtol=1e-7)


def test_the_data_are_left_as_they_were(problem):
    X, y = problem.X.copy(), problem.y.copy()
    ridge(X, y, 0.3)
    np.testing.assert_array_equal(X, problem.X)
    np.testing.assert_array_equal(y, problem.y)


# ---------- the result
def test_predictions_are_intercept_plus_weighted_columns(problem):
    fit = ridge(problem.X, problem.y, 0.3)
    np.testing.assert_allclose(fit.predict(problem.X[:2]), fit.b + problem.X[:2] @ fit.w)


def test_a_fit_cannot_be_changed(problem):
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'b'"):
        ridge(problem.X, problem.y, 0.3).b = 0.0


def test_results_are_compared_and_hashed_as_objects(problem):
    one, other = (ridge(problem.X, problem.y, 0.3) for _ in "ab")
    assert one == one
    assert one != other
    assert len({one, other, one}) == 2


@pytest.mark.parametrize("form", [normal_equations, dual_form])
def test_a_form_that_may_be_singular_asks_for_a_penalty(form):
    with pytest.raises(InvalidInput, match=r"^lam must be > 0, got 0.0"):
        form([[1.0], [2.0]], [1.0, 2.0], 0.0)


@pytest.mark.parametrize("form", [normal_equations, dual_form])
def test_a_form_whose_strength_is_lost_beside_x_says_so(form):
    # Its mean is exact, and so are all products.
    X, y = 3 * 2.0**30 * np.array([[0, 0], [0, 0], [1, 1]]), [1.0, 2.0, 4.0]
    message = r"^lam must be large enough beside X that the system is not singular, got 1e-09$"
    with pytest.raises(InvalidInput, match=message):
        form(X, y, 1e-9)


@FORMS
def test_a_negative_strength_is_refused(form):
    with pytest.raises(InvalidInput, match=r"^lam must be >=? 0, got -1.0"):
        form([[1.0], [2.0]], [1.0, 2.0], -1.0)


def test_rows_with_another_number_of_columns_cannot_be_predicted():
    fit = ridge([[1.0], [2.0]], [1.0, 2.0], 0.1)
    with pytest.raises(InvalidInput, match=r"^X must have 1 columns, got 2"):
        fit.predict([[1.0, 2.0]])


@pytest.mark.parametrize("constant", [0.1, 1e6], ids=["small", "large"])
def test_the_textbooks_svd_gives_a_constant_column_no_weight_either(constant):
    X = np.random.default_rng(5).normal(size=(9, 2))
    y = X @ [1.5, -2.0] + 3.0
    fit = svd_form(np.column_stack([X, np.full(9, constant)]), y, 0.0)
    # The means of numbers near 1e6 are good to about 1e-10, and so is what is left of them.
    np.testing.assert_allclose(fit.w, [1.5, -2.0, 0.0], atol=1e-8)
