"""What one strength does to two weights: the numbers behind the live ridge figure.

The twin of `js/ridge_geometry.js`: change both or none; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regcourse._arrays import Floats
from regcourse.figures._words import plain
from regcourse.linear import filter_factors
from regcourse.widgets.touch import point


@dataclass(frozen=True)
class TwoWeights:
    r"""A least squares problem with two columns, seen along its principal directions.

    Parameters
    ----------
    variances : array (2,)
        h = s²/n of the centred columns, the larger first.
    directions : array (2, 2)
        One principal direction per row.
    ols : array (2,)
        The least squares solution.
    n : int
        Number of rows.
    """

    variances: Floats
    directions: Floats
    ols: Floats
    n: int

    @property
    def hessian(self) -> Floats:
        """X'X / n of the centred columns: the curvature of the average loss."""
        H: Floats = self.directions.T @ np.diag(self.variances) @ self.directions
        return H


@dataclass(frozen=True)
class Shrunk:
    """The solution at one strength, and what it kept."""

    lam: float
    alpha: float
    factors: Floats
    w: Floats
    dof: float


def two_weights(X: Floats, y: Floats) -> TwoWeights:
    """Return the problem of a design with two columns, both centred first."""
    U, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    # The signs of singular vectors are arbitrary: let each point to the right, or straight up.
    signs = np.where((Vt[:, 0] < 0) | ((Vt[:, 0] == 0) & (Vt[:, 1] < 0)), -1.0, 1.0)
    V = signs[:, None] * Vt
    weak = s <= s[0] * 1e-10
    along = np.divide(signs * (U.T @ (y - y.mean())), s, out=np.zeros(2), where=~weak)
    return TwoWeights(np.where(weak, 0.0, s**2) / len(y), V, along @ V, len(y))


def shrink(problem: TwoWeights, lam: float) -> Shrunk:
    r"""Return the ridge solution at lam > 0.

    w = Σ_k f_k (v_k' w_ols) v_k,   f_k = h_k / (h_k + lam) = s_k² / (s_k² + n lam)
    """
    f = filter_factors(np.sqrt(problem.n * problem.variances), problem.n * lam)
    w = (f * (problem.directions @ problem.ols)) @ problem.directions
    return Shrunk(lam, problem.n * lam, f, w, float(f.sum()))


def number_words(shrunk: Shrunk) -> str:
    """The strength in both units, and the degrees of freedom."""
    return (
        f"lam = {plain(shrunk.lam)}, alpha = n·lam = {plain(shrunk.alpha)}, "
        f"effective degrees of freedom {shrunk.dof:.2f}."
    )


def shrink_words(shrunk: Shrunk) -> str:
    """What is kept along both principal directions."""
    a, b = (_kept_words(f) for f in shrunk.factors)
    return (
        f"Of the least squares solution, {a} is kept along direction 1 and {b} along "
        f"direction 2: w = {point(shrunk.w)}."
    )


def _kept_words(factor: float) -> str:
    """A percentage, and never none or all where it is only nearly so."""
    percent = int(np.floor(100 * factor + 0.5))
    if percent == 0 and factor > 0:
        return "less than 1 %"
    return "more than 99 %" if percent == 100 and factor < 1 else f"{percent} %"
