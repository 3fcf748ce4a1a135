"""The objective of the course, its slope, and how far from its minimum a point can be.

J(w, b) = Σ v_i (y_i - b - x_i'w)² / (2n) + lam (rho ‖w‖₁ + (1 - rho) ‖w‖₂² / 2)

The weights v_i of the rows are 1 unless given, and n is their sum: a row of weight 2 counts like
the same row twice, and multiplying all weights by a number changes nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_design, as_real, as_strength, as_vector, as_weights
from regcourse.linear._spectrum import centre, explained
from regcourse.penalties import L2, ElasticNet

__all__ = ["duality_gap", "gradient", "kkt_violation", "objective"]


def objective(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    rho: float = 0.0,
    sample_weight: ArrayLike | None = None,
) -> float:
    r"""Return J(w, b), which every linear model of the course minimises.

        J(w, b) = ‖y - b - Xw‖² / (2n) + lam (rho ‖w‖₁ + (1 - rho) ‖w‖₂² / 2)

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    b : float
        The intercept, never penalised.
    w : array (p,)
    lam : float, >= 0
    rho : float, 0 to 1
        The share of L1; 0 is ridge regression.
    sample_weight : array (n,), >= 0, optional

    Returns
    -------
    float, in the units of y²

    Raises
    ------
    InvalidInput
        If an argument is out of range or a shape does not fit.

    Examples
    --------
    >>> objective([[1.0], [3.0]], [2.0, 5.0], 1.0, [2.0], lam=0.5)
    2.25
    """
    penalty = ElasticNet(as_strength(lam), as_real(rho, "rho", at_least=0.0, at_most=1.0))
    X, r, w, v = _residual(X, y, b, w, sample_weight)
    return float(v @ r**2 / (2 * v.sum())) + penalty.value(w)


def gradient(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    sample_weight: ArrayLike | None = None,
) -> tuple[float, Floats]:
    r"""Return the gradient of ridge's J (rho = 0) by b and by w.

        ∂J/∂b = -Σ r_i / n,        ∂J/∂w = -X'r / n + lam w,        r = y - b - Xw

    Parameters
    ----------
    X, y, b, w, lam, sample_weight : as for `objective`

    Returns
    -------
    (float, array (p,))

    Raises
    ------
    InvalidInput
        If an argument is out of range or a shape does not fit.

    Examples
    --------
    >>> gradient([[1.0], [3.0]], [2.0, 5.0], 1.0, [2.0], lam=0.5)
    (1.5, array([4.5]))
    """
    lam = as_strength(lam)
    X, r, w, v = _residual(X, y, b, w, sample_weight)
    n = v.sum()
    return -float(v @ r / n), lam * w - X.T @ (v * r) / n


def kkt_violation(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    rho: float = 0.0,
    sample_weight: ArrayLike | None = None,
) -> float:
    r"""Return how far (b, w) is from stationary: 0 at a minimum and nowhere else.

        max( |Σ r_i / n| , max_j dist(x_j'r / n, ∂Ω_j(w)) ),        Ω the penalty

    At w_j = 0 the set ∂Ω_j is the whole interval [-lam rho, lam rho]; elsewhere one number.

    Parameters
    ----------
    X, y, b, w, lam, rho, sample_weight : as for `objective`

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If an argument is out of range or a shape does not fit.

    Examples
    --------
    >>> kkt_violation([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], 3.0, [1.0], lam=4.0)
    2.0
    """
    penalty = ElasticNet(as_strength(lam), as_real(rho, "rho", at_least=0.0, at_most=1.0))
    X, r, w, v = _residual(X, y, b, w, sample_weight)
    n = v.sum()
    off = np.abs(X.T @ (v * r) / n - penalty.subgradient(w))
    off = np.where(w == 0, np.maximum(off - penalty.l1, 0.0), off)
    return float(max(abs(v @ r / n), off.max()))


def duality_gap(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    sample_weight: ArrayLike | None = None,
) -> float:
    r"""Return a certificate for ridge (rho = 0): J(w, b) is at most this far above its minimum.

        gap = min( r̄² / 2 + ‖X'(r - r̄) / n - lam w‖² / (2 lam),  J(w, b) )

    With the mean r̄ of the residuals taken off, (r - r̄) / n is feasible in the dual problem, and
    the second term is the duality gap. For lam near 0 the bound is loose: it divides rounding by
    lam. J itself is a bound then, since no minimum is below 0. For lam = 0, where the dual is a
    hard constraint, the second term is ‖P(r - r̄)‖² / (2n), with P the projection on the span of
    the centred columns: then the gap is exact.

    Parameters
    ----------
    X, y, b, w, lam, sample_weight : as for `objective`

    Returns
    -------
    float, >= 0, in the units of J

    Raises
    ------
    InvalidInput
        If an argument is out of range or a shape does not fit.

    Examples
    --------
    >>> duality_gap([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], 3.0, [1.0], lam=6.0) < 1e-15
    True
    """
    lam = as_strength(lam)
    X, r, w, v = _residual(X, y, b, w, sample_weight)
    data = centre(X, r, v)
    size = v @ r**2 / (2 * data.n) + L2(lam).value(w)
    if lam == 0:
        missed = np.square(explained(data)).sum() / (2 * data.n)
    else:
        # Beyond the largest float it is infinite, or not a number: J is the bound then.
        with np.errstate(over="ignore", invalid="ignore"):
            missed = np.square(data.X.T @ data.y / data.n - lam * w).sum() / (2 * lam)
    return float(np.fmin(data.y_mean**2 / 2 + missed, size))


def _residual(
    X: ArrayLike, y: ArrayLike, b: float, w: ArrayLike, sample_weight: ArrayLike | None
) -> tuple[Floats, Floats, Floats, Floats]:
    """Validate; return (X, r, w, v)."""
    X, y = as_design(X, y)
    w, v = as_vector(w, "w", length=X.shape[1]), as_weights(sample_weight, X.shape[0])
    return X, y - as_real(b, "b") - X @ w, w, v
