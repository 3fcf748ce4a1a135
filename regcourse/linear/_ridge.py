"""Ridge regression: the textbook's three forms, and the one to use.

    J(w, b) = ‖y - b - Xw‖² / (2n) + lam ‖w‖² / 2

The derivative by b says that residuals average to zero, b = ȳ - x̄'w: so centre, and forget b.
With alpha = n·lam, what is left is the same w in three ways:

    normal equations   w = (X'X + alpha I)⁻¹ X'y         a p x p system
    dual               w = X'(XX' + alpha I)⁻¹ y         an n x n system
    SVD                w = V diag(s / (s² + alpha)) U'y  any alpha, 0 included
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_real, as_regression, as_strength
from regcourse.errors import InvalidInput
from regcourse.linear._centring import Centred, centre
from regcourse.linear._certificate import TRUSTED, ridge_gaps
from regcourse.linear._directions import SAFE, directions, rounding
from regcourse.linear._results import Fit

__all__ = ["dual_form", "normal_equations", "ridge", "svd_form"]


def normal_equations(X: ArrayLike, y: ArrayLike, lam: float) -> Fit:
    r"""Fit ridge by its normal equations: best to read, and fast when p is small.

        (X'X + alpha I) w = X'y,        alpha = n·lam, X and y centred

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    lam : float, > 0
        At 0 the system may be singular; use `svd_form` or `ridge`.

    Returns
    -------
    Fit

    Raises
    ------
    InvalidInput
        If lam is not > 0 or too small for this X, or shapes do not fit.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.44).

    Examples
    --------
    >>> fit = normal_equations([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}")
    b = 3.00, w = 1.00
    """
    data = centre(*as_regression(X, y))
    lam = as_strength(as_real(lam, "lam", above=0.0))
    Xc, yc, (n, p) = data.X, data.y, data.X.shape
    w = _solved(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc, lam)
    return _certified(data, w, lam)[0]


def dual_form(X: ArrayLike, y: ArrayLike, lam: float) -> Fit:
    r"""Fit ridge as a mixture of the rows: the system is n x n, however many columns.

        w = X'a,        (XX' + alpha I) a = y,        alpha = n·lam, X and y centred

    Only products of rows enter XX': put another kernel there, and you have kernel ridge.

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    lam : float, > 0
        At 0 the system is singular, since centred rows add up to zero.

    Returns
    -------
    Fit

    Raises
    ------
    InvalidInput
        If lam is not > 0 or too small for this X, or shapes do not fit.

    Examples
    --------
    >>> fit = dual_form([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}")
    b = 3.00, w = 1.00
    """
    data = centre(*as_regression(X, y))
    lam = as_strength(as_real(lam, "lam", above=0.0))
    Xc, yc, n = data.X, data.y, data.y.size
    w = Xc.T @ _solved(Xc @ Xc.T + n * lam * np.eye(n), yc, lam)
    return _certified(data, w, lam)[0]


def svd_form(X: ArrayLike, y: ArrayLike, lam: float) -> Fit:
    r"""Fit ridge by one factor per singular direction, without ever forming X'X.

        w = V diag(f_k / s_k) U'y,        f_k = s_k² / (s_k² + alpha),   X = U diag(s) V' centred

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    lam : float, >= 0
        At 0: least squares of minimum norm.

    Returns
    -------
    Fit

    Raises
    ------
    InvalidInput
        If lam < 0, or shapes do not fit.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.47).

    Examples
    --------
    >>> fit = svd_form([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}")
    b = 3.00, w = 1.00
    """
    data = centre(*as_regression(X, y))
    lam = as_strength(lam)
    U, s, V = directions(data)
    factors = s**2 / (s**2 + data.y.size * lam)
    w = V @ (factors / s * (U.T @ data.y))
    return _certified(data, w, lam)[0]


def ridge(X: ArrayLike, y: ArrayLike, lam: float, *, sample_weight: ArrayLike | None = None) -> Fit:
    r"""Fit ridge regression: intercept free, every shape, every lam >= 0.

        argmin J(w, b) = Σ v_i (y_i - b - x_i'w)² / (2n) + lam ‖w‖² / 2,        n = Σ v_i

    Solved by whichever products X'X or XX' are smaller, if that is safe and the certificate agrees;
    else along the singular directions of X. A column counts however large others are. What is no
    larger than the rounding of X as given, each column by its own size, is no direction of X.
    lam = 0 is the limit lam -> 0: least squares, of minimum norm if there are many. A constant
    column gets weight 0, equal columns equal weights. scikit-learn's alpha is n·lam.

    Parameters
    ----------
    X : array (n, p)
        Neither centred nor scaled here: the penalty acts in the units of X as they are.
    y : array (n,)
    lam : float, >= 0
    sample_weight : array (n,), >= 0, not all zero, optional
        A row of weight 2 counts like the same row twice; all weights times a number, the same.

    Returns
    -------
    Fit

    Raises
    ------
    InvalidInput
        If lam < 0, shapes do not fit, a value is not finite or no weight is > 0.

    Source
    ------
    Hoerl & Kennard (1970), Technometrics 12(1), 55-67.

    Examples
    --------
    >>> fit = ridge([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}, gap < 1e-12: {fit.gap < 1e-12}")
    b = 3.00, w = 1.00, gap < 1e-12: True
    """
    X, y, weights = as_regression(X, y, sample_weight)
    lam = as_strength(lam)
    data = centre(X, y, weights)
    w = _of_products(data, data.n * lam)
    if w is not None:
        fit, missing = _certified(data, w, lam)
        if missing <= TRUSTED:
            return fit
    U, s, V = directions(data)
    return _certified(data, V @ (s / (s**2 + data.n * lam) * (U.T @ data.y)), lam)[0]


def _solved(system: Floats, right: Floats, lam: float) -> Floats:
    try:
        solution: Floats = np.asarray(np.linalg.solve(system, right))
    except np.linalg.LinAlgError:
        raise InvalidInput(
            f"lam must be large enough beside X that the system is not singular, got {lam:g}"
        ) from None
    return solution


def _of_products(data: Centred, alpha: float) -> Floats | None:
    """Solve the smaller of the two systems, of X'X or of XX'; None if that is not safe.

    It is if no curvature is less than a millionth of the largest, with what alpha adds.
    """
    X, (n, p) = data.X, data.X.shape
    system = X.T @ X if n > p else X @ X.T
    size = float(np.linalg.norm(system))
    system.flat[:: len(system) + 1] += alpha
    if n <= p:
        # Centred rows add up to zero: this makes that direction a large one. y has none of it.
        system += np.outer(data.unit, data.unit) * size
    if alpha <= SAFE * size and not _curved(system, SAFE * size, rounding(data.sizes()).max() ** 2):
        return None
    if n > p:
        return np.asarray(np.linalg.solve(system, data.y @ X))
    return np.linalg.solve(system, data.y) @ X


def _curved(system: Floats, least: float, rounded: float) -> bool:
    """Is every curvature more than `least`, and more than what rounding can explain?"""
    if least <= rounded:
        return False
    try:
        np.linalg.cholesky(system - least * np.eye(len(system)))
    except np.linalg.LinAlgError:
        return False
    return True


def _certified(data: Centred, w: Floats, lam: float) -> tuple[Fit, float]:
    """Return the fit with its certificate, and what share of J its weights may miss."""
    W, b = w[None], data.y_mean - w[None] @ data.x_mean
    (gap,), (missing,) = ridge_gaps(data, b, W, np.array([lam]))
    return Fit(b=float(b[0]), w=w, lam=lam, rho=0.0, gap=float(gap), iterations=0), float(missing)
