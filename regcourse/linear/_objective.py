"""The objective of the course, its slope, and how far from its minimum a point can be.

J(w, b) = Σ v_i (y_i - b - x_i'w)² / (2n) + lam (rho ‖w‖₁ + (1 - rho) ‖w‖₂² / 2)

The weights v_i of the rows are 1 unless given, and n is their sum: a row of weight 2 counts like
the same row twice, and multiplying all weights by a number changes nothing.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from regcourse._arrays import Floats
from regcourse.linear import _certificate, _composite
from regcourse.losses import Squared
from regcourse.penalties import ElasticNet

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
    return _composite.objective(_point(X, y, b, w, lam, rho, sample_weight))


def gradient(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    rho: float = 0.0,
    sample_weight: ArrayLike | None = None,
) -> tuple[float, Floats]:
    r"""Return the gradient of J by b and by w.

        ∂J/∂b = -Σ r_i / n,        ∂J/∂w = -X'r / n + lam (rho sign(w) + (1 - rho) w)

    with r = y - b - Xw. Where w_j = 0 and rho > 0, J has a kink and no gradient. Of all slopes
    there the one nearest to 0 is returned: x_j'r / n, shrunk by lam rho.

    Parameters
    ----------
    X, y, b, w, lam, rho, sample_weight : as for `objective`

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
    return _composite.gradient(_point(X, y, b, w, lam, rho, sample_weight))


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
    return _composite.violation(_point(X, y, b, w, lam, rho, sample_weight))


def duality_gap(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    *,
    rho: float = 0.0,
    sample_weight: ArrayLike | None = None,
) -> float:
    r"""Return a certificate: J(w, b) is at most this far above its minimum.

        gap = r̄² / 2 + Σ_j l1 |w_j| - c_j w_j + (u_j - c_j - l2 w_j)² / (2 l2)

    with u = X'(r - r̄) / n, what the residuals less their mean pull with, and c_j the part of it
    that L1 can hold: u_j, cut off at ±l1. So for ridge it is r̄² / 2 + ‖u - lam w‖² / (2 lam).

    Without L2 (rho = 1) the dual is a constraint, |u_j| <= l1. Residuals are scaled down to meet
    it, and (1 - part)² ‖r - r̄‖² / (2n) is added for the rest. For lam = 0 the part of them along
    the span of the centred columns counts, and the gap is exact; directions of X that are smaller
    than its rounding are no directions. No gap is more than J, since no minimum is below 0.

    Rounding is part of the bound: whatever it did to the numbers above, J is nowhere lower.

    Parameters
    ----------
    X, y, b, w, lam, rho, sample_weight : as for `objective`

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
    return _certificate.gap(_point(X, y, b, w, lam, rho, sample_weight))


def _point(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    lam: float,
    rho: float,
    sample_weight: ArrayLike | None,
) -> _composite.Point:
    return _composite.as_point(X, y, b, w, Squared(), ElasticNet(lam, rho), sample_weight)
