"""Certificates against exact arithmetic: no gap is less than what it claims to bound."""

import itertools
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.linear import duality_gap, ridge, ridge_path


def fractions(values):
    """The floats as they are, exactly."""
    return np.vectorize(Fraction, otypes=[object])(np.asarray(values, dtype=float))


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
        self.n = self.v.sum()
        self.l1 = Fraction(lam) * Fraction(rho)
        self.l2 = Fraction(lam) * (1 - Fraction(rho))

    def objective(self, b, w):
        r = self.y - Fraction(b) - self.X @ fractions(w)
        return (self.v * r * r).sum() / (2 * self.n) + self._penalty(fractions(w))

    def minimum(self):
        Xc, yc = self.X - self.v @ self.X / self.n, self.y - self.v @ self.y / self.n
        A, c = (self.v * Xc.T) @ Xc / self.n, (self.v * Xc.T) @ yc / self.n
        whole, p = (self.v * yc * yc).sum() / (2 * self.n), len(c)
        lowest = whole
        for signs in itertools.product([-1, 0, 1], repeat=p):
            some = np.flatnonzero(signs)
            w = np.array([Fraction(0)] * p, dtype=object)
            system = A[np.ix_(some, some)] + self.l2 * np.eye(len(some), dtype=int)
            w[some] = solved(system, c[some] - self.l1 * np.array(signs, dtype=object)[some])
            lowest = min(lowest, whole - c @ w + w @ A @ w / 2 + self._penalty(w))
        return lowest

    def _penalty(self, w):
        return self.l1 * abs(w).sum() + self.l2 * (w * w).sum() / 2


def assert_certified(gap, exact, b, w):
    """A gap is at least how far J is above its minimum, to the last digit."""
    assert Fraction(gap) >= exact.objective(b, w) - exact.minimum()


# ---------- sizes that models compute with
digits = st.integers(-999, 999).map(lambda whole: whole / 7)
powers = st.integers(-35, 39).map(lambda power: 10.0**power)
shares = st.sampled_from([0.0, 0.3, 1 - 1e-9, 1.0])


@st.composite
def problems(draw, powers=powers):
    """X, y and weights of a few rows; each column, y and the weights of their own size."""
    n, p = draw(st.integers(2, 5)), draw(st.integers(1, 2))
    sizes, offset = [draw(powers) for _ in range(p + 1)], draw(st.sampled_from([0, 3, 1e4]))
    entries = np.array(draw(st.lists(digits, min_size=n * (p + 1), max_size=n * (p + 1))))
    table = (entries.reshape(n, p + 1) + offset) / 1e4 * sizes
    weights = draw(st.none() | st.lists(st.sampled_from([0.3, 1.0, 1e-12]), min_size=n, max_size=n))
    return table[:, :p], table[:, p], weights


@settings(max_examples=60)
@given(problem=problems(), lam=powers)
def test_a_ridge_fit_is_no_farther_from_its_minimum_than_it_says(problem, lam):
    X, y, weights = problem
    fit = ridge(X, y, lam, sample_weight=weights)
    exact = Exact(X, y, lam, v=weights)
    assert_certified(fit.gap, exact, fit.b, fit.w)
    path = ridge_path(X, y, [lam, lam / 2], sample_weight=weights)
    assert_certified(path.gaps[0], exact, path.b[0], path.W[0])


@settings(max_examples=60)
@given(
    problem=problems(),
    lam=powers,
    rho=shares,
    off=st.sampled_from([0.0, 1e-17, 1e-9, 0.5]),
    kept=st.sampled_from([0, 1]),
)
def test_no_point_is_farther_from_its_minimum_than_its_gap(problem, lam, rho, off, kept):
    X, y, weights = problem
    fit = ridge(X, y, lam, sample_weight=weights)
    b, w = fit.b * (1 + off), fit.w * (1 - off)
    w[0] *= kept
    gap = duality_gap(X, y, b, w, lam, rho=rho, sample_weight=weights)
    assert_certified(gap, Exact(X, y, lam, rho, weights), b, w)


@settings(max_examples=60)
@given(
    table=st.lists(st.tuples(*[st.integers(-5, 5)] * 3), min_size=2, max_size=5),
    units=st.tuples(*[st.integers(-100, 100)] * 3),
    off=st.sampled_from([0.0, 1e-17, 1e-9, 0.5]),
)
def test_without_a_penalty_no_point_is_farther_from_its_minimum_either(table, units, off):
    # Whole numbers and powers of two: a column depends on another exactly, or not nearly.
    X, y = np.split(np.array(table) * 2.0 ** np.array(units), [2], axis=1)
    fit = ridge(X, y[:, 0], 0.0)
    b, w = fit.b * (1 + off), fit.w * (1 - off)
    gap = duality_gap(X, y[:, 0], b, w, 0.0)
    exact = Exact(X, y[:, 0], 0.0)
    assert_certified(fit.gap, exact, fit.b, fit.w)
    assert_certified(gap, exact, b, w)
