"""Which directions a design has: honest ones are kept at any scale, those of rounding are not."""

import numpy as np
import pytest

from regcourse.linear import (
    duality_gap,
    effective_dof,
    leave_one_out,
    normal_equations,
    ridge,
    ridge_path,
    svd_form,
)
from regcourse.linear._centring import centre
from regcourse.linear._directions import directions


def along_a_path(X, y, lam, sample_weight=None):
    return ridge_path(X, y, [lam], sample_weight=sample_weight).W[0]


def by_ridge(X, y, lam, sample_weight=None):
    return ridge(X, y, lam, sample_weight=sample_weight).w


FITS = pytest.mark.parametrize("fit", [by_ridge, along_a_path])


# ---------- honest columns
@pytest.fixture
def minute():
    """A clock in milliseconds since 1970, within one minute; and y, which follows z alone."""
    rng = np.random.default_rng(61)
    z = rng.normal(size=5000)
    clock = 1.7e12 + rng.uniform(0, 6e4, size=5000).round()
    return np.column_stack([clock, z]), 3 * z + 0.1 * rng.normal(size=5000)


@FITS
def test_a_clock_hides_no_column(minute, fit):
    X, y = minute
    w = fit(X, y, 1e-3)
    np.testing.assert_allclose(w, normal_equations(X, y, 1e-3).w, rtol=1e-7)
    # 3 / (1 + lam): z has variance 1, give or take its error in 5000 rows.
    assert w[1] == pytest.approx(3, abs=0.01)
    # Centred, X is 17000 times wider than high: of 16 digits at least 10 are left.
    np.testing.assert_allclose(svd_form(X, y, 1e-3).w, w, rtol=1e-8)


def test_a_clock_counts_as_one_direction_and_hides_none(minute):
    X, _ = minute
    assert effective_dof(X, 0.0) == 2.0
    assert ridge_path(*minute, [0.0]).dof[0] == 2.0


@pytest.mark.parametrize("fit", [by_ridge, along_a_path, lambda X, y, lam: svd_form(X, y, lam).w])
@pytest.mark.parametrize("lam", [0.0, 1e-3])
def test_a_clock_in_nanoseconds_over_years_hides_no_column_either(fit, lam):
    # Its spread is 3e17 times that of z: more than the digits of all of X'X, or of its SVD.
    rng = np.random.default_rng(62)
    z = rng.normal(size=300)
    clock = 1.7e18 + rng.uniform(-3e17, 3e17, size=300).round()
    y = 3 * z + 0.1 * rng.normal(size=300)
    w = fit(np.column_stack([clock, z]), y, lam)
    in_years = fit(np.column_stack([(clock - 1.7e18) / 3e17, z]), y, 0.0)
    # The clock has next to no weight: of z, lam takes its share, and the clock none of it.
    assert w[1] * (1 + lam / z.var()) == pytest.approx(in_years[1], rel=2e-3 if lam else 1e-12)


def honest(seed):
    """Columns of sizes from 1e-12 to 1e12, with means of up to 1e8 times their spread."""
    rng = np.random.default_rng(seed)
    n, p = rng.integers(6, 12), rng.integers(1, 5)
    means = rng.choice([0, 1, 1e4, 1e8]) * rng.uniform(0.1, 10, size=p)
    X = (rng.normal(size=(n, p)) + means) * 10.0 ** rng.uniform(-12, 12, size=p)
    weights = rng.uniform(0.1, 4, size=n) if seed % 3 == 0 else np.ones(n)
    return X, rng.normal(size=n), weights


@FITS
@pytest.mark.parametrize("seed", range(40))
def test_least_squares_has_ten_digits_of_every_weight_whatever_the_scales(exact, fit, seed):
    X, y, weights = honest(seed)
    _, w = exact.ridge(X, y, 0, weights)
    found = fit(X, y, 0.0, weights)
    # Each weight against the length of all, in units that make the columns alike; the columns
    # are near enough to independent that rounding grows a thousandfold at most.
    spread = X.std(axis=0)
    atol = 1e-10 * np.linalg.norm(np.array(w, dtype=float) * spread)
    np.testing.assert_allclose(found * spread, np.array(w, dtype=float) * spread, rtol=0, atol=atol)


@FITS
@pytest.mark.parametrize("seed", range(40))
def test_ridge_has_ten_digits_whatever_the_scales(exact, fit, seed):
    X, y, weights = honest(seed)
    # Strengths that let the largest columns through, some of them, or all.
    lam = float(np.quantile(X.var(axis=0), [0, 0.5, 1][seed % 3])) * [0.1, 1e-8][seed % 2]
    lam = max(lam, 1e-24)
    _, w = exact.ridge(X, y, lam * weights.sum(), weights)
    found = fit(X, y, lam, weights)
    w = np.array(w, dtype=float)
    np.testing.assert_allclose(found, w, rtol=0, atol=1e-10 * np.linalg.norm(w))


# ---------- exactly deficient designs
def deficient(seed):
    """A design X = HC + constants whose columns C mixes from fewer, and rounds."""
    rng = np.random.default_rng(seed)
    kind = ["repeated", "constant", "sums", "mixed", "levels", "far"][seed % 6]
    n, q = int(10 ** rng.uniform(0.9, 2)), int(rng.integers(1, 4))
    H = [rng.normal(size=(n, q)), rng.integers(-5, 9, size=(n, q)) + rng.normal(size=q),
         rng.standard_t(1.5, size=(n, q))][seed % 3]  # fmt: skip
    scale = np.diag(2.0 ** rng.integers(-20, 20, size=q))
    one, other = rng.integers(q, size=2)
    constants = 0.0
    if kind == "repeated":
        C = np.column_stack([scale, scale[:, one], -3 * scale[:, other], scale[:, one] / 3])
    elif kind == "constant":
        C = np.column_stack([scale, np.zeros((q, 2))])
        constants = np.append(np.zeros(q), 10.0 ** rng.uniform(-8, 14, size=2))
    elif kind == "sums":
        C = np.column_stack([scale, scale[:, one] + scale[:, other], scale[:, one] - scale.sum(1)])
    elif kind == "mixed":
        C = np.column_stack([scale, scale @ rng.normal(size=(q, 3))])
    elif kind == "levels":
        level = np.arange(n) % 3
        H = np.column_stack([H, level == 0, level == 1])
        C = np.zeros((q + 2, q + 3))
        C[:q, :q], C[q:, q:-1], C[q:, -1] = scale, np.eye(2), -1
        constants = np.append(np.zeros(q + 2), 1.0)
    else:
        C = np.column_stack([np.eye(q), rng.normal(size=(q, 2))])
        constants = 10.0 ** rng.uniform(0, 6, size=q + 2)
    weights = rng.choice([0, 1, 2.5, 1e3, 1e-3], size=n) if seed % 4 == 0 else np.ones(n)
    weights[: q + 4] = 1.0
    return H @ C + constants, H, C, rng.normal(size=n) + H[:, 0], weights


@pytest.mark.parametrize("seed", range(180))
def test_a_deficient_design_has_the_rank_of_what_it_was_made_of(seed):
    X, H, _, y, weights = deficient(seed)
    assert ridge_path(X, y, [0.0], sample_weight=weights).dof[0] == H.shape[1]


@FITS
@pytest.mark.parametrize("seed", range(60))
def test_no_rounding_lengthens_the_shortest_of_many_answers(exact, fit, seed):
    X, H, C, y, weights = deficient(seed)
    shortest = exact.shortest(H, C, y, weights)
    w = fit(X, y, 0.0, weights)
    # Rounding X as it was stored moves the answer: by eps times what was taken off it, means of
    # 1e6, and times how nearly the columns of H and of C depend on one another.
    assert np.linalg.norm(w - shortest) < 1e-7 * np.linalg.norm(shortest)
    b = (y - X @ w) @ weights / weights.sum()
    # Predictions are sums of numbers of up to 1e9, so that the certificate allows for residuals
    # that are 1e-5 off; squared.
    assert duality_gap(X, y, b, w, 0.0, sample_weight=weights) < 1e-9 * y.var()


@FITS
@pytest.mark.parametrize("seed", range(20))
def test_more_columns_than_rows_fit_by_the_shortest_answer(exact, fit, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 8))
    p = n + int(rng.integers(0, 5))
    X = (rng.normal(size=(n, p)) + rng.choice([0, 1e3])) * 10.0 ** rng.uniform(-6, 6, size=p)
    y = rng.normal(size=n)
    # The limit of a small strength, exactly: alpha is 1e-50 of the smallest square.
    _, limit = exact.ridge(X, y, 1e-50 * X.var(axis=0).min())
    limit = np.array(limit, dtype=float)
    np.testing.assert_allclose(fit(X, y, 0.0), limit, rtol=0, atol=1e-8 * np.linalg.norm(limit))
    assert ridge_path(X, y, [0.0]).dof[0] == n - 1


@FITS
def test_a_sum_beside_columns_far_smaller_than_its_rounding_is_still_no_direction(exact, fit):
    # The rounding of a + b, about 1e-4, is a thousand times as large as the third column.
    rng = np.random.default_rng(63)
    H = rng.normal(size=(30, 3))
    C = np.array([[2.0**40, 0, 2.0**40, 0], [0, 2.0**20, 2.0**20, 0], [0, 0, 0, 2.0**-24]])
    y = H.sum(axis=1)
    w = fit(H @ C, y, 0.0)
    np.testing.assert_allclose(w, exact.shortest(H, C, y), rtol=1e-6)


@pytest.mark.parametrize("rows", [30, 3], ids=["tall", "wide"])
def test_a_column_that_differs_by_less_than_its_rounding_is_no_data(rows):
    X = np.column_stack([np.arange(rows) % 3 + 0.5, 1e16 + 2 * (np.arange(rows) % 2)])
    data = centre(X, np.zeros(rows), np.ones(rows))
    U, s, V = directions(data)
    assert (U.shape, s.shape, V.shape) == ((rows, 1), (1,), (2, 1))
    assert V[1, 0] == pytest.approx(0.0, abs=1e-6)
    assert leave_one_out(X, np.arange(float(rows)), 0.0).shape == (rows,)


def test_what_may_have_been_left_out_wrongly_shows_in_the_gap():
    # Between what rounding was ever seen to leave (2.5 units of eps·√2) and what a fit takes for
    # data (4 units): 3 units of spread, for a column of size 1.
    rng = np.random.default_rng(64)
    sign = np.tile([-1.0, 1.0], 50)
    steps = np.round(3 * np.sqrt(2)) * sign
    column = 1.0 + np.finfo(float).eps * steps
    X = np.column_stack([rng.normal(size=100), column])
    fit = ridge(X, sign, 0.0)
    assert fit.w[1] == 0.0
    # All of y is in the column that was left out.
    assert fit.gap > 0.4


def test_what_rounding_cannot_explain_is_data_however_little_it_varies():
    # 7 units of eps·√2, where a fit begins at 4.
    steps = np.round(7 * np.sqrt(2)) * np.tile([-1.0, 1.0], 50)
    X = np.column_stack(
        [np.random.default_rng(65).normal(size=100), 1 + np.finfo(float).eps * steps]
    )
    fit = ridge(X, np.sign(steps), 0.0)
    assert fit.w[1] * np.finfo(float).eps * steps[1] == pytest.approx(1.0, rel=1e-9)
    assert effective_dof(X, 0.0) == 2.0
