"""Data to learn on: problems whose answer is known, two real tables, splits, fair units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regcourse._arrays import (
    LARGEST,
    Floats,
    as_count,
    as_design,
    as_generator,
    as_matrix,
    as_real,
    as_strength,
    as_vector,
    refuse_overflow,
)
from regcourse.errors import InvalidInput

# What lies further below the largest is not where it was planted: rounding moves it.
_SHARE = 1e-6

# The six of the serum are s1 to s6 in scikit-learn, which here would be singular values.
DIABETES_COLUMNS = ("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")


@dataclass(frozen=True, eq=False)
class Problem:
    r"""A regression problem made from its singular value decomposition.

        X = 1 x̄' + U diag(s) V',        y = ȳ 1 + U signal + rest,        rest ⟂ 1 and U

    So every answer is known without solving anything.

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    s : array (k,)
        Singular values of the centred X.
    V : array (p, k)
        Their directions among the weights, as orthonormal columns.
    signal : array (k,)
        U'y: what y holds of each direction.
    """

    X: Floats
    y: Floats
    s: Floats
    V: Floats
    signal: Floats

    @property
    def w(self) -> Floats:
        """The weights of least squares (of minimum norm if there are many)."""
        return self.ridge(0.0)[1]

    @property
    def b(self) -> float:
        """The intercept of least squares."""
        return self.ridge(0.0)[0]

    def ridge(self, lam: float) -> tuple[float, Floats]:
        """Return ridge's answer (b, w): w = V diag(s / (s² + n·lam)) signal, b = ȳ - x̄'w."""
        alpha = self.y.size * as_strength(lam)
        w = self.V @ (self.s / (self.s**2 + alpha) * self.signal)
        return float(self.y.mean() - self.X.mean(axis=0) @ w), w


def problem_from_svd(
    s: ArrayLike, *, n: int, p: int | None = None, noise: float = 0.0, seed: int
) -> Problem:
    r"""Draw a regression problem whose centred X has the singular values `s`.

    The columns lie off centre, as in life. The signal along every direction is of size √n s_k
    times a standard normal draw.

    Parameters
    ----------
    s : array (k,), > 0
        k < n, since centring costs one dimension, and k <= p. At most 1e40, and at least 1e-6
        of 1 and of the largest: beside means of size 3, rounding would move what is smaller.
    n : int, >= 2
    p : int, optional
        Number of columns, k if not given. More than k makes X deficient in rank.
    noise : float, >= 0
        Root mean square of what no weights can explain; needs k < n - 1 if it is not 0. At most
        1e6 times the smallest of s.
    seed : int, >= 0

    Returns
    -------
    Problem

    Raises
    ------
    InvalidInput
        If a singular value is not > 0 or is out of bounds, the sizes do not fit, or noise is
        too large or finds no room.

    Examples
    --------
    >>> problem = problem_from_svd([5.0, 1.0], n=20, noise=0.3, seed=7)
    >>> Xc = problem.X - problem.X.mean(axis=0)
    >>> np.linalg.svd(Xc, compute_uv=False).round(6)
    array([5., 1.])
    """
    values = as_vector(s, "s").copy()
    k = values.size
    n, noise = as_count(n, "n", at_least=2), as_real(noise, "noise", at_least=0.0)
    p = k if p is None else as_count(p, "p")
    if values.min() <= 0:
        raise InvalidInput(f"s must be > 0, got {values.min():g}")
    least = _SHARE * max(1.0, float(values.max()))
    if values.min() < least or values.max() > LARGEST:
        worst = values.max() if values.min() >= least else values.min()
        raise InvalidInput(f"s must lie between {least:g} and {LARGEST:g}, got {worst:g}")
    if noise > values.min() / _SHARE:
        raise InvalidInput(f"noise must be at most {values.min() / _SHARE:g}, got {noise:g}")
    if k > min(n - 1, p):
        raise InvalidInput(f"s must have at most min(n - 1, p) = {min(n - 1, p)} entries, got {k}")
    if noise > 0 and k == n - 1:
        raise InvalidInput(f"noise must be 0 when s has n - 1 entries, got {noise:g}")
    rng = as_generator(seed)
    # Orthonormal columns, the first of them constant: the others are centred by that.
    basis = np.linalg.qr(np.column_stack([np.ones(n), rng.normal(size=(n, n - 1))]))[0][:, 1:]
    U, V = basis[:, :k], np.linalg.qr(rng.normal(size=(p, k)))[0]
    signal = np.sqrt(n) * values * rng.normal(size=k)
    rest = np.zeros(n)
    if noise > 0:
        rest = basis[:, k:] @ rng.normal(size=n - 1 - k)
        rest *= noise * np.sqrt(n) / np.linalg.norm(rest)
    X = rng.normal(size=p) * 3 + (U * values) @ V.T
    return Problem(X, 5 * rng.normal() + U @ signal + rest, values, V, signal)


def diabetes(*, scaled: bool = False) -> tuple[Floats, Floats]:
    """Return the diabetes table (X, y): 442 patients, ten measurements, progression in a year.

    The names of the columns are in `DIABETES_COLUMNS`: age, sex, body mass index, blood pressure,
    and of the blood serum: total, LDL and HDL cholesterol, total / HDL, (possibly) the logarithm
    of triglycerides, and sugar. It is the copy that scikit-learn ships.

    Parameters
    ----------
    scaled : bool
        False gives the measurements in their own units, True scikit-learn's default: every
        column centred, with squares that add up to 1.

    Returns
    -------
    (array (442, 10), array (442,))

    Source
    ------
    Efron, Hastie, Johnstone & Tibshirani (2004), Annals of Statistics 32(2), 407-499.

    Examples
    --------
    >>> X, y = diabetes()
    >>> X[0, :4].round(1), y[0]
    (array([ 59. ,   2. ,  32.1, 101. ]), np.float64(151.0))
    """
    from sklearn.datasets import load_diabetes

    X, y = load_diabetes(return_X_y=True, scaled=scaled)
    return X, y


def digits() -> tuple[Floats, NDArray[np.int64]]:
    """Return the digits table (X, y): 1797 pictures of 8 x 8 pixels from 0 to 16, and the digit.

    It is the copy that scikit-learn ships.

    Returns
    -------
    (array (1797, 64), array (1797,) of int)

    Examples
    --------
    >>> X, y = digits()
    >>> X.shape, X.max().item(), y[:5].tolist()
    ((1797, 64), 16.0, [0, 1, 2, 3, 4])
    """
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return X, y


@dataclass(frozen=True, eq=False)
class Standardizer:
    r"""Put columns in units of their standard deviation: apply(X) = (X - mean) / scale.

    It is made by `fit` from the rows it may see and cannot be fitted again: what `apply` does
    to new rows never depends on them. The scale is the 1/n standard deviation, as in
    scikit-learn's StandardScaler (R's scale divides by n - 1); of a column that is constant but
    for rounding, so that its deviation is at most n·eps·|mean|, it is 1, as there.

    Examples
    --------
    >>> units = Standardizer.fit([[1.0, 5.0], [3.0, 5.0]])
    >>> units.apply([[1.0, 5.0], [5.0, 6.0]])
    array([[-1.,  0.],
           [ 3.,  1.]])
    """

    mean: Floats
    scale: Floats

    @classmethod
    def fit(cls, X: ArrayLike) -> Self:
        """Return the Standardizer of these rows.

        Raises InvalidInput if X is not a finite matrix.
        """
        rows = as_matrix(X)
        with np.errstate(over="ignore"):
            mean = np.where(np.ptp(rows, axis=0) == 0, rows[0], rows.mean(axis=0))
            away = rows - mean
        refuse_overflow(away, "what is left of X without its mean")
        # In units of the largest first: the square of a huge or tiny one over- or underflows.
        largest = np.abs(away).max(axis=0)
        unit = np.where(largest > 0, largest, 1.0)
        deviation = unit * np.sqrt(np.square(away / unit).mean(axis=0))
        # Rounding gives a constant column a tiny deviation; dividing by it would invent data.
        rounding = len(rows) * np.finfo(float).eps * np.abs(mean)
        return cls(mean, np.where(deviation <= rounding, 1.0, deviation))

    def apply(self, X: ArrayLike) -> Floats:
        """Return (X - mean) / scale.

        Raises InvalidInput if X has another number of columns, or lies beyond every float then.
        """
        rows = as_matrix(X)
        if rows.shape[1] != self.mean.size:
            raise InvalidInput(f"X must have {self.mean.size} columns, got {rows.shape[1]}")
        with np.errstate(over="ignore"):
            standard: Floats = (rows - self.mean) / self.scale
        refuse_overflow(standard, "X in standard units")
        return standard

    def to_raw_units(self, b: float, w: ArrayLike) -> tuple[float, Floats]:
        """Return the (b, w) for raw X that predicts what (b, w) does for apply(X).

        Raises InvalidInput if w has another length, or one of them lies beyond every float.
        """
        weights, b = as_vector(w, "w", length=self.mean.size), as_real(b, "b")
        with np.errstate(over="ignore", invalid="ignore"):
            raw = weights / self.scale
            raw_b = float(b - self.mean @ raw)
        refuse_overflow([raw_b, *raw], "(b, w) in raw units")
        return raw_b, raw


@dataclass(frozen=True, eq=False)
class Split:
    """Rows to learn from and rows to judge by."""

    X_train: Floats
    y_train: Floats
    X_test: Floats
    y_test: Floats

    def standardized(self) -> Split:
        """Return the split with columns in standard units *of the training rows*."""
        units = Standardizer.fit(self.X_train)
        X_train, X_test = units.apply(self.X_train), units.apply(self.X_test)
        return Split(X_train, self.y_train.copy(), X_test, self.y_test.copy())


def split(X: ArrayLike, y: ArrayLike, *, test: float = 0.25, seed: int) -> Split:
    """Deal the rows at random into a training and a test part.

    Parameters
    ----------
    X : array (n, p), n >= 2
    y : array (n,)
    test : float, above 0 and below 1
        The share of the test part, rounded to whole rows; each part gets at least one.
    seed : int, >= 0

    Returns
    -------
    Split

    Raises
    ------
    InvalidInput
        If `test` is not between 0 and 1, there is only one row, or shapes do not fit.

    Examples
    --------
    >>> parts = split([[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0], seed=0)
    >>> len(parts.y_train), len(parts.y_test)
    (3, 1)
    """
    X, y = as_design(X, y)
    share = as_real(test, "test", above=0.0, below=1.0)
    if y.size < 2:
        raise InvalidInput("X must have at least 2 rows to be split, got 1")
    order = as_generator(seed).permutation(y.size)
    held_out = min(max(round(share * y.size), 1), y.size - 1)
    test_rows, train_rows = order[:held_out], order[held_out:]
    return Split(X[train_rows], y[train_rows], X[test_rows], y[test_rows])
