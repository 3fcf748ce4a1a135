"""Every strength of a ridge path from one decomposition, with what chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_count, as_regression, as_strength, as_strengths
from regcourse.linear._centring import Centred, centre
from regcourse.linear._certificate import TRUSTED, ridge_gaps
from regcourse.linear._results import Path
from regcourse.linear._scores import Rows, look
from regcourse.linear._spectrum import spectra

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


def leave_one_out(
    X: ArrayLike, y: ArrayLike, lam: float, *, sample_weight: ArrayLike | None = None
) -> Floats:
    r"""Return the residual of every row, predicted by a fit that has not seen it.

        y_i - ŷ_(-i) = r_i / (1 - h_i),        h_i = 1/n + (Xc (Xc'Xc + alpha I)⁻¹ Xc')_ii

    No refit is needed. alpha = n·lam stays what it is when the row leaves, intercept and
    centring follow the rows that are left.

    Parameters
    ----------
    X : array (n, p), n >= 2
    y : array (n,)
    lam : float, >= 0
        For p > n the fit of all rows has no residuals at 0, but left-out rows have: as the limit.
    sample_weight : array (n,), >= 0, optional
        At least two of them > 0. A row leaves with all its weight.

    Returns
    -------
    array (n,), in the units of y

    Raises
    ------
    InvalidInput
        If lam < 0, shapes do not fit, or fewer than two rows have a weight > 0.

    Examples
    --------
    >>> leave_one_out([[-1.0], [0.0], [4.0]], [0.0, 1.0, 11.0], lam=6.0).round(3)
    array([-3.692, -3.148, 10.378])
    """
    X, y, weights = as_regression(X, y, sample_weight)
    strengths = np.array([as_strength(lam)])
    data = _counted(X, y, weights)
    rows, b, W, _ = _fitted(data, strengths)
    # A row without weight was not seen by the fit of all.
    residuals: Floats = y - b - X @ W[0]
    left_out = [block[:, 0].copy() for _, block in rows.left_out(data.n * strengths)]
    residuals[weights > 0] = np.concatenate(left_out) / data.root_weight
    return residuals


def ridge_path(
    X: ArrayLike, y: ArrayLike, lams: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> RidgePath:
    r"""Fit ridge for many strengths, and score each without a refit, from one decomposition.

        W      = V diag(s / (s² + alpha)) U'y         for each alpha = n·lam
        dof    = Σ s² / (s² + alpha)
        loo    = mean of ( r_i / (1 - h_i) )²         with h_i = 1/n + Σ_k f_k U_ik²
        gcv    = mean of r_i², divided by (1 - (1 + dof) / n)²

    alpha is kept when a row is left out. The scores are defined at lam = 0 and for p > n too,
    where r_i and 1 - h_i both vanish: as the limit lam -> 0. Directions of X are as in `ridge`.

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
    data = _counted(X, y, weights)
    rows, b, W, gaps = _fitted(data, strengths)
    alphas = data.n * strengths
    loo, gcv = rows.scores(alphas)
    return RidgePath(
        lams=strengths,
        rho=0.0,
        b=b,
        W=W,
        gaps=gaps,
        dof=rows.seen.dof(alphas),
        loo=loo,
        gcv=gcv,
    )


def _counted(X: Floats, y: Floats, weights: Floats) -> Centred:
    """Centre the rows of weight > 0, which must be two or more."""
    counted = weights > 0
    as_count(counted.sum(), "number of rows with a weight > 0", at_least=2)
    if counted.all():
        return centre(X, y, weights)
    return centre(X[counted], y[counted], weights[counted])


def _fitted(data: Centred, strengths: Floats) -> tuple[Rows, Floats, Floats, Floats]:
    """Return rows, b (m,), W (m, p) and gaps (m,): by products of X, if nothing is lost thereby."""
    alphas = data.n * strengths
    for seen in spectra(data, alphas.min()):
        rows = look(seen)
        if rows is None:
            continue
        W, duals = seen.weights(alphas)
        b = data.y_mean - W @ data.x_mean
        gaps, missing = ridge_gaps(data, b, W, strengths, duals=duals)
        if seen.exact or missing.max() <= TRUSTED:
            return rows, b, W, gaps
    raise AssertionError("the decomposition of X is always taken")
