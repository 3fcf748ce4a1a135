"""Certificates against exact arithmetic: no gap is less than what it claims to bound."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.linear import _certificate, duality_gap, ridge, ridge_path
from regcourse.linear._centring import centre


def fractions(values):
    """The floats as they are, exactly."""
    return np.vectorize(Fraction, otypes=[object])(values)


def solved(A, c):
    """A solution of a system that has one, exactly; free unknowns are 0."""
    rows = [[*row, right] for row, right in zip(A.tolist(), c.tolist(), strict=True)]
    pivots = []
    for column in range(len(c)):
        rest = [k for k in range(len(pivots), len(rows)) if rows[k][column] != 0]
        if not rest:
            continue
        top = len(pivots)
        rows[top], rows[rest[0]] = rows[rest[0]], rows[top]
        rows[top] = [entry / rows[top][column] for entry in rows[top]]
        for k in range(len(rows)):
            if k != top:
                rows[k] = [a - rows[k][column] * b for a, b in zip(rows[k], rows[top], strict=True)]
        pivots.append(column)
    w = np.array([Fraction(0)] * len(c), dtype=object)
    w[pivots] = [rows[k][-1] for k in range(len(pivots))]
    return w


class Exact:
    """J and its minimum in fractions, by trying every pattern of signs."""

    def __init__(self, X, y, lam, rho=0.0, v=None):
        self.X, self.y = fractions(X), fractions(y)
        self.v = fractions(np.ones(len(y)) if v is None else v)
        self.l1 = Fraction(lam) * Fraction(rho)
        self.l2 = Fraction(lam) * (1 - Fraction(rho))

    def objective(self, b, w):
        b, w = Fraction(b), fractions(w)
        r = self.y - b - self.X @ w
        loss = (self.v * r * r).sum() / (2 * self.v.sum())
        return loss + self.l1 * abs(w).sum() + self.l2 * (w * w).sum() / 2

    def best(self, w):
        """The best b for these weights."""
        return self.v @ (self.y - self.X @ w) / self.v.sum()

    def solution(self):
        n, p = self.v.sum(), self.X.shape[1]
        Xc, yc = self.X - self.v @ self.X / n, self.y - self.v @ self.y / n
        A, c = (self.v * Xc.T) @ Xc / n, (self.v * Xc.T) @ yc / n
        found, kinks = [], [-1, 0, 1] if self.l1 else [1]
        for signs in itertools.product(kinks, repeat=p):
            some, held = np.flatnonzero(signs), self.l1 * fractions(signs)
            w = fractions(np.zeros(p))
            system = A[np.ix_(some, some)] + self.l2 * np.eye(len(some), dtype=int)
            w[some] = solved(system, c[some] - held[some])
            found.append(w)
        return min(found, key=lambda w: self.objective(self.best(w), w))

    def minimum(self):
        w = self.solution()
        return self.objective(self.best(w), w)


def assert_certified(X, y, b, w, lam, rho=0.0, v=None, gaps=()):
    """No gap is less than how far J is above its minimum, to the last digit."""
    exact = Exact(X, y, lam, rho, v)
    above = exact.objective(b, w) - exact.minimum()
    data = centre(X, y, np.ones(len(y)) if v is None else np.array(v))
    along_a_path = _certificate.gaps(data, np.array([b]), w[None], np.array([lam]), rho=rho)
    alone = duality_gap(X, y, b, w, lam, rho=rho, sample_weight=v)
    assert min(alone, *along_a_path, *gaps) >= above


# ---------- sizes that models compute with
digits = st.integers(-999, 999).map(lambda whole: whole / 7)
powers = st.integers(-35, 39).map(lambda power: 10.0**power)
shares = st.sampled_from([0.0, 0.3, 1 - 1e-9, 1.0])


@st.composite
def problems(draw, most_columns=2):
    """X, y and weights of a few rows; each column, y and the weights of their own size."""
    n, p = draw(st.integers(2, 5)), draw(st.integers(1, most_columns))
    sizes, offset = [draw(powers) for _ in range(p + 1)], draw(st.sampled_from([0, 3, 1e4]))
    entries = np.array(draw(st.lists(digits, min_size=n * (p + 1), max_size=n * (p + 1))))
    table = (entries.reshape(n, p + 1) + offset) / 1e4 * sizes
    weights = draw(st.none() | st.lists(st.sampled_from([0.3, 1.0, 1e-12]), min_size=n, max_size=n))
    return table[:, :p], table[:, p], weights


@settings(max_examples=60)
@given(problem=problems(most_columns=4), lam=powers)
def test_a_ridge_fit_is_no_farther_from_its_minimum_than_it_says(problem, lam):
    X, y, v = problem
    fit, path = ridge(X, y, lam, sample_weight=v), ridge_path(X, y, [lam], sample_weight=v)
    assert_certified(X, y, fit.b, fit.w, lam, v=v, gaps=[fit.gap])
    assert_certified(X, y, path.b[0], path.W[0], lam, v=v, gaps=path.gaps)


@settings(max_examples=60)
@given(
    problem=problems(),
    lam=powers,
    rho=shares,
    off=st.sampled_from([0.0, 1e-17, 1e-9, 0.5]),
    kept=st.sampled_from([0, 1]),
)
def test_no_point_is_farther_from_its_minimum_than_its_gap(problem, lam, rho, off, kept):
    X, y, v = problem
    fit = ridge(X, y, lam, sample_weight=v)
    w = fit.w * (1 - off)
    w[0] *= kept
    assert_certified(X, y, fit.b * (1 + off), w, lam, rho, v)


@settings(max_examples=60)
@given(
    table=st.lists(st.tuples(*[st.integers(-5, 5)] * 3), min_size=2, max_size=5),
    units=st.tuples(*[st.integers(-100, 100)] * 3),
    off=st.sampled_from([0.0, 1e-17, 1e-9, 0.5]),
)
def test_without_a_penalty_no_point_is_farther_from_its_minimum_either(table, units, off):
    # Whole numbers and powers of two: a column depends on another exactly, or not nearly.
    X, y = np.split(np.array(table) * 2.0 ** np.array(units), [2], axis=1)
    y = y[:, 0]
    fit = ridge(X, y, 0.0)
    assert_certified(X, y, fit.b, fit.w, 0.0, gaps=[fit.gap])
    assert_certified(X, y, fit.b * (1 + off), fit.w * (1 - off), 0.0)


# ---------- where rounding is all that is left, and no intercept's rounding hides it
odd = st.integers(-(10**9), 10**9).map(lambda whole: whole / 7e8)


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(odd, odd, odd), min_size=1, max_size=2),
    lam=st.sampled_from([1e-9 / 3, 1e-4 / 3, 1 / 3]),
    rho=shares,
)
def test_the_last_digit_of_a_solution_is_certified(rows, lam, rho):
    # Each row stands beside its mirror image: means and intercept are exactly 0.
    table = np.array([*rows, *(-np.array(rows))])
    X, y = table[:, :2], table[:, 2]
    solution = Exact(X, y, lam / 3, rho).solution().astype(float)
    assert_certified(X, y, 0.0, solution, lam / 3, rho)


@settings(max_examples=30)
@given(a=st.floats(1e14, 1e15), k=st.integers(-9, 9), rho=shares)
def test_predictions_that_round_to_the_targets_are_not_taken_for_them(a, k, rho):
    # What is left of two terms of size a is no more than their rounding.
    x = np.array([1.0, 1 + 2.0**-52])
    X, w = np.array([x, -x]), np.array([a, k - a])
    assert_certified(X, X @ w, 0.0, w, 1e-35, rho)


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("tiny", [1e-170, 1e-200, 5e-324])
def test_a_distance_too_small_for_a_float_is_not_certified_as_none(tiny, rho):
    X, y = np.array([[1.0], [-1.0]]), np.zeros(2)
    assert_certified(X, y, 0.0, np.array([tiny]), 0.3, rho)


@given(m=st.integers(10**8, 10**9), a=odd, rows=st.permutations([(3, 1), (-1, 4), (0, -2), (5, 0)]))
def test_an_intercept_whose_terms_cancel_is_certified_to_their_rounding(m, a, rows):
    X, w = np.array(rows, dtype=float) + m, np.array([a, -a])
    y = np.array(rows) @ w
    assert_certified(X, y, y.mean() - X.mean(axis=0) @ w, w, 0.0)
