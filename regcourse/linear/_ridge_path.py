"""Every strength of a ridge path from one decomposition, with what chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_count, as_real, as_regression, as_strength, as_strengths
from regcourse.linear._certificate import gaps
from regcourse.linear._results import Path
from regcourse.linear._spectrum import Centred, Spectrum, centre, spectrum

__all__ = ["RidgePath", "leave_one_out", "ridge_path"]


@dataclass(frozen=True, eq=False)
class RidgePath(Path):
    """A ridge path with what chooses among its strengths: entry k belongs to lams[k].

    Parameters
    ----------
    lams, rho, b, W, gaps : as in `Path`; rho is 0
    dof : array (m,)
        Effective degrees of freedom, the intercept not counted.
    loo : array (m,)
        Mean squared error on the row left out.
    gcv : array (m,)
        The same by generalised cross-validation.
    """

    dof: Floats
    loo: Floats
    gcv: Floats

    @property
    def best(self) -> int:
        """The position of the smallest leave-one-out error."""
        return int(self.loo.argmin())

    @property
    def at_an_end(self) -> bool:
        """Is the best strength the smallest or largest one tried? Then widen the grid."""
        return bool(self.lams[self.best] in (self.lams.min(), self.lams.max()))


def leave_one_out(X: ArrayLike, y: ArrayLike, lam: float) -> Floats:
    r"""Return the residual of every row, predicted by a fit that has not seen it.

        y_i - ŷ_(-i) = r_i / (1 - h_i),        h_i = 1/n + (Xc (Xc'Xc + alpha I)⁻¹ Xc')_ii

    No refit is needed. alpha = n·lam stays what it is when the row leaves, intercept and
    centring follow the rows that are left.

    Parameters
    ----------
    X : array (n, p), n >= 2
    y : array (n,)
    lam : float, > 0

    Returns
    -------
    array (n,), in the units of y

    Raises
    ------
    InvalidInput
        If lam is not > 0, there is only one row, or shapes do not fit.

    Examples
    --------
    >>> leave_one_out([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0).round(3)
    array([-3.692, -3.148, 10.378])
    """
    X, y, _ = as_regression(X, y)
    lam = as_strength(as_real(lam, "lam", above=0.0))
    n, p = X.shape
    as_count(n, "number of rows", at_least=2)
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    # Leaving a row out is the same in both forms of ridge: take the smaller system.
    if n >= p:
        hat = Xc @ np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T)
    else:
        hat = np.linalg.solve(Xc @ Xc.T + n * lam * np.eye(n), Xc @ Xc.T)
    left_out: Floats = (yc - hat @ yc) / (1 - 1 / n - np.diag(hat))
    return left_out


def ridge_path(
    X: ArrayLike, y: ArrayLike, lams: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> RidgePath:
    r"""Fit ridge for many strengths, and score each without a refit, from one SVD.

        W      = V diag(s / (s² + alpha)) U'y         for each alpha = n·lam
        dof    = Σ s² / (s² + alpha)
        loo    = mean of ( r_i / (1 - h_i) )²         with h_i = 1/n + Σ_k f_k U_ik²
        gcv    = mean of r_i², divided by (1 - (1 + dof) / n)²

    alpha is kept when a row is left out. The scores are defined at lam = 0 and for p > n too,
    where r_i and 1 - h_i both vanish: as the limit lam -> 0.

    Parameters
    ----------
    X : array (n, p), n >= 2
    y : array (n,)
    lams : array (m,), >= 0, in any order
    sample_weight : array (n,), >= 0, not all zero, optional
        n is then Σ v_i, the means are weighted, and a row leaves with all its weight. In gcv,
        rows are counted, not weights: h_i is replaced by its mean over the rows with v_i > 0.

    Returns
    -------
    RidgePath, in the order of `lams`

    Raises
    ------
    InvalidInput
        If a strength is negative, shapes do not fit, or fewer than two rows have a weight > 0.

    Source
    ------
    gcv: Golub, Heath & Wahba (1979), Technometrics 21(2), 215-223.

    Examples
    --------
    >>> path = ridge_path([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], [6.0, 0.1])
    >>> path.W[0].round(6), path.dof.round(3)
    (array([1.]), array([0.438, 0.979]))
    """
    X, y, weights = as_regression(X, y, sample_weight)
    strengths = as_strengths(lams)
    as_count((weights > 0).sum(), "number of rows with a weight > 0", at_least=2)
    data = centre(X[weights > 0], y[weights > 0], weights[weights > 0])
    X_seen = spectrum(data)
    U, s, V = X_seen.U, X_seen.s, X_seen.V
    alphas = data.n * strengths[:, None]
    W = (s / (s**2 + alphas) * (U.T @ data.y)) @ V.T
    dof = (s**2 / (s**2 + alphas)).sum(axis=1)
    loo, gcv = _scores(data, X_seen, alphas)
    b = data.y_mean - W @ data.x_mean
    return RidgePath(
        lams=strengths,
        rho=0.0,
        b=b,
        W=W,
        gaps=gaps(data, b, W, strengths),
        dof=dof,
        loo=loo,
        gcv=gcv,
    )


def _scores(data: Centred, X_seen: Spectrum, alphas: Floats) -> tuple[Floats, Floats]:
    """Leave-one-out and GCV errors, each (m,).

    Residuals and 1 - h consist of a part outside the span of X, which no strength reaches, and
    of one along it, where both carry the factor alpha. A row without the first part (every row,
    if p >= n) has the ratio of the second parts, and there alpha cancels: so it is never
    multiplied in for such a row, and lam = 0 needs no limit.
    """
    U, s = X_seen.U, X_seen.s
    rows = data.y.size
    signal = U.T @ data.y
    outside_r = data.y - U @ signal
    others = _others(data.root_weight**2) / data.n
    outside_h = others - (U**2).sum(axis=1)
    # Each U_ik, at most √others, is off by eps or more; and `rows` squares are added.
    reached = outside_h < rows * 1e-13 * np.sqrt(others)
    shrunk = 1 / (s**2 + alphas)
    factor = np.where(reached, 1.0, alphas)
    r = np.where(reached, 0.0, outside_r) + factor * ((shrunk * signal) @ U.T)
    h = np.where(reached, 0.0, outside_h) + factor * (shrunk @ (U**2).T)
    loo = np.square(r / h).sum(axis=1) / data.n

    free = rows - 1 - s.size
    factor = np.ones_like(alphas) if free == 0 else alphas
    r = (outside_r if free else 0.0) + factor * ((shrunk * signal) @ U.T)
    kept = (free + factor[:, 0] * shrunk.sum(axis=1)) / rows
    return loo, np.square(r).sum(axis=1) / data.n / kept**2


def _others(weights: Floats) -> Floats:
    """The sum of all weights but one, for each: n - v_i has no digits left if v_i is nearly n."""
    before = np.concatenate([[0.0], np.cumsum(weights)[:-1]])
    after = np.concatenate([np.cumsum(weights[::-1])[-2::-1], [0.0]])
    others: Floats = before + after
    return others
