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
from regcourse.linear._objective import duality_gap
from regcourse.linear._results import Fit
from regcourse.linear._spectrum import centre, spectrum

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
        If lam is not > 0, or shapes do not fit.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.44).

    Examples
    --------
    >>> fit = normal_equations([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}")
    b = 3.00, w = 1.00
    """
    X, y, _ = as_regression(X, y)
    lam = as_strength(as_real(lam, "lam", above=0.0))
    (n, p), x_mean, y_mean = X.shape, X.mean(axis=0), y.mean()
    Xc, yc = X - x_mean, y - y_mean
    w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)
    return _certified(X, y, y_mean - x_mean @ w, w, lam)


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
        If lam is not > 0, or shapes do not fit.

    Examples
    --------
    >>> fit = dual_form([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0)
    >>> print(f"b = {fit.b:.2f}, w = {fit.w[0]:.2f}")
    b = 3.00, w = 1.00
    """
    X, y, _ = as_regression(X, y)
    lam = as_strength(as_real(lam, "lam", above=0.0))
    n, x_mean, y_mean = X.shape[0], X.mean(axis=0), y.mean()
    Xc, yc = X - x_mean, y - y_mean
    w = Xc.T @ np.linalg.solve(Xc @ Xc.T + n * lam * np.eye(n), yc)
    return _certified(X, y, y_mean - x_mean @ w, w, lam)


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
    X, y, _ = as_regression(X, y)
    lam = as_strength(lam)
    x_mean, y_mean = X.mean(axis=0), y.mean()
    # Of a constant column only rounding is left, which must not pass for data.
    varies = np.ptp(X, axis=0) > 0
    U, s, Vt = np.linalg.svd((X - x_mean) * varies, full_matrices=False)
    # What rounding left of a singular value 0 must not be divided by. Taking the means off
    # rounds relative to X as it was, however little is left.
    some = s > np.linalg.norm(X[:, varies]) * max(X.shape) * np.finfo(float).eps
    U, s, Vt = U[:, some], s[some], Vt[some]
    factors = s**2 / (s**2 + len(y) * lam)
    w = Vt.T @ (factors / s * (U.T @ (y - y_mean)))
    return _certified(X, y, y_mean - x_mean @ w, w, lam)


def ridge(X: ArrayLike, y: ArrayLike, lam: float, *, sample_weight: ArrayLike | None = None) -> Fit:
    r"""Fit ridge regression: intercept free, every shape, every lam >= 0.

        argmin J(w, b) = Σ v_i (y_i - b - x_i'w)² / (2n) + lam ‖w‖² / 2,        n = Σ v_i

    Solved along the singular directions. Those smaller than the rounding of X as given (about
    max(n, p)·eps·‖X‖) count as zero; a column lost that way beside a far larger one shows in the
    gap. lam = 0 is the limit lam -> 0: least squares, of minimum norm if there are many. A
    constant column gets weight 0, equal columns equal weights. scikit-learn's alpha is n·lam.

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
    X_seen = spectrum(data)
    U, s, V = X_seen.U, X_seen.s, X_seen.V
    w = V @ (s / (s**2 + data.n * lam) * (U.T @ data.y))
    return _certified(X, y, data.intercept(w), w, lam, weights)


def _certified(
    X: Floats, y: Floats, b: float, w: Floats, lam: float, weights: Floats | None = None
) -> Fit:
    gap = duality_gap(X, y, float(b), w, lam, sample_weight=weights)
    return Fit(b=float(b), w=w, lam=lam, rho=0.0, gap=gap, iterations=0)
