"""What a design looks like to ridge: singular values, filter factors, degrees of freedom.

With the means taken off, Xc = U diag(s) V', and ridge treats every direction on its own: it
multiplies the least squares solution along direction k by f_k = s_k² / (s_k² + alpha).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_features, as_real, as_vector
from regcourse.errors import InvalidInput

__all__ = ["effective_dof", "filter_factors"]


@dataclass(frozen=True)
class Centred:
    """Data without their means: what is left when the intercept has been solved for.

    Row i is also multiplied by the root of its weight v_i, so that plain sums of squares are
    the weighted ones. `n` is the sum of the weights.
    """

    X: Floats
    y: Floats
    x_mean: Floats
    y_mean: float
    root_weight: Floats
    n: float

    def intercept(self, w: Floats) -> float:
        """The b that is best for w: the fit passes through the means."""
        return float(self.y_mean - self.x_mean @ w)


def centre(X: Floats, y: Floats, weights: Floats) -> Centred:
    """Take the weighted means off."""
    n = float(weights.sum())
    counted = X[weights > 0]
    # A constant column becomes exact zeros: the rounding of its mean would look like data.
    constant = np.ptp(counted, axis=0) == 0
    x_mean, y_mean = np.where(constant, counted[0], weights @ X / n), weights @ y / n
    Xc, yc = X - x_mean, y - y_mean
    # And the mean of what is left: a row that outweighs all others lies so close to the mean
    # that rounding of the first one would be most of its distance.
    x_rest, y_rest = weights @ Xc / n, weights @ yc / n
    root = np.sqrt(weights)
    Xc, yc = root[:, None] * (Xc - x_rest), root * (yc - y_rest)
    return Centred(Xc, yc, x_mean + x_rest, float(y_mean + y_rest), root, n)


@dataclass(frozen=True)
class Spectrum:
    """The thin singular value decomposition U diag(s) V', without directions of size zero."""

    U: Floats
    s: Floats
    V: Floats


def spectrum(data: Centred) -> Spectrum:
    """Decompose the centred X, once for all strengths.

    The thin decomposition has min(n, p) directions, so that it is the primal or the dual
    problem, whichever is smaller. An eigendecomposition of X'X would be faster for very tall X,
    but squares the condition number: half of the digits of small directions would be lost.
    """
    U, s, Vt = np.linalg.svd(data.X, full_matrices=False)
    kept = s > _rounding(data)
    return Spectrum(U[:, kept], s[kept], Vt[kept].T)


def _rounding(data: Centred) -> float:
    """The size below which a singular value is what rounding left of zero.

    Subtracting the means rounds relative to the data before, however little is left after.
    A constant column, now exact zeros, was never rounded: however large, it hides nothing.
    """
    mean = data.x_mean[data.X.any(axis=0)]
    before = np.linalg.norm(data.X) + np.linalg.norm(mean) * np.sqrt(data.n)
    return float(before * max(data.X.shape) * np.finfo(float).eps)


def span(data: Centred) -> Floats:
    """Return an orthonormal basis (n, r) of the span of the centred columns.

    No scale changes a span, so each column is divided by the length it had before the means
    were taken off, which is what its rounding is relative to. One threshold then serves all,
    and a column that looks like nothing beside a huge one still counts: unlike in `spectrum`,
    whose directions belong to weights in the units of X.
    """
    before = np.sqrt(np.square(data.X).sum(axis=0) + data.n * data.x_mean**2)
    relative = np.divide(data.X, before, out=np.zeros_like(data.X), where=before > 0)
    U, s, _ = np.linalg.svd(relative, full_matrices=False)
    basis: Floats = U[:, s > max(data.X.shape) * np.finfo(float).eps]
    return basis


def filter_factors(s: ArrayLike, alpha: float) -> Floats:
    r"""Return the share that ridge keeps of least squares, for each singular direction.

        f_k = s_k² / (s_k² + alpha)

    Parameters
    ----------
    s : array (k,), >= 0
        Singular values of the centred X.
    alpha : float, >= 0
        The strength beside X'X: n·lam. For alpha = 0 a direction with s = 0 gets 0, as in the
        solution of minimum norm.

    Returns
    -------
    array (k,), each between 0 and 1

    Raises
    ------
    InvalidInput
        If a singular value or alpha is negative.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.47).

    Examples
    --------
    >>> filter_factors([3.0, 1.0], 3.0)
    array([0.75, 0.25])
    """
    values, alpha = as_vector(s, "s"), as_real(alpha, "alpha", at_least=0.0)
    if values.min() < 0:
        raise InvalidInput(f"s must be >= 0, got {values.min():g}")
    return _factors(values, alpha)


def _factors(s: Floats, alpha: float) -> Floats:
    # As 1 / (1 + (√alpha / s)²), which neither overflows nor underflows before its time;
    # for s = 0 the ratio is infinite, and the factor 0 whatever alpha.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        ratio = np.where(s > 0, np.sqrt(alpha) / s, np.inf)
        factors: Floats = 1 / (1 + ratio**2)
    return factors


def effective_dof(X: ArrayLike, alpha: float) -> float:
    r"""Return the effective degrees of freedom of ridge: how many weights are really in use.

        df = Σ s_k² / (s_k² + alpha) = trace( Xc (Xc'Xc + alpha I)⁻¹ Xc' )

    X is centred here, and the intercept, which would add 1, is not counted.

    Parameters
    ----------
    X : array (n, p)
    alpha : float, >= 0
        The strength beside X'X: n·lam. alpha = 0 gives the rank of the centred X, in which
        directions smaller than the rounding of X (about max(n, p)·eps·‖X‖) do not count.

    Returns
    -------
    float, 0 to min(n - 1, p)

    Raises
    ------
    InvalidInput
        If X is not a finite matrix, or alpha < 0.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.50).

    Examples
    --------
    >>> print(f"{effective_dof([[-1.0], [0.0], [4.0]], 14.0):.2f}")
    0.50
    """
    matrix, alpha = as_features(X), as_real(alpha, "alpha", at_least=0.0)
    data = centre(matrix, np.zeros(len(matrix)), np.ones(len(matrix)))
    s = np.asarray(np.linalg.svd(data.X, compute_uv=False), dtype=np.float64)
    return float(_factors(s[s > _rounding(data)], alpha).sum())
