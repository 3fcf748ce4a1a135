"""Ridge with two weights: ellipse, factors and trace, driven by one strength.

The twin of `js/ridge_geometry.js`: change both or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_design, as_real
from regcourse.errors import InvalidInput
from regcourse.figures import Picture, ridge_geometry
from regcourse.linear import filter_factors
from regcourse.widgets._live import LiveFigure
from regcourse.widgets._modules import inlined
from regcourse.widgets.twins.words import kept_words, number, plain, point

__all__ = ["RidgeGeometry"]

_LAMS = np.logspace(-3, 2, 101)


@dataclass(frozen=True, eq=False)
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


@dataclass(frozen=True, eq=False)
class Shrunk:
    """The solution at one strength, and what it kept along each principal direction."""

    lam: float
    alpha: float
    factors: Floats
    kept: Floats
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


def compute(given: dict[str, Any], state: dict[str, Any]) -> Shrunk:
    r"""Return the ridge solution at lam > 0.

    w = Σ_k f_k (v_k' w_ols) v_k,   f_k = h_k / (h_k + lam) = s_k² / (s_k² + n lam)
    """
    n, lam, V = given["n"], state["lam"], np.array(given["directions"])
    f = filter_factors(np.sqrt(n * np.array(given["variances"])), n * lam)
    kept = f * (V @ given["ols"])
    return Shrunk(lam, n * lam, f, kept, kept @ V, float(f.sum()))


def words(shrunk: Shrunk) -> list[str]:
    """The strength in both units, the degrees of freedom, and what is kept."""
    a, b = (kept_words(f) for f in shrunk.factors)
    return [
        f"lam = {plain(shrunk.lam)}, alpha = n·lam = {plain(shrunk.alpha)}, "
        f"effective degrees of freedom {number(shrunk.dof)}.",
        f"Of the least squares solution, {a} is kept along direction 1 and {b} along "
        f"direction 2: w = {point(shrunk.w)}.",
    ]


@dataclass(frozen=True, eq=False)
class _Path:
    lams: Floats
    W: Floats


class RidgeGeometry(LiveFigure):
    r"""One strength in three pictures, for a regression with two columns.

        J(w, b) = ‖y − b − Xw‖² / (2n) + lam ‖w‖² / 2

    Left, the loss's ellipse touches the penalty's circle in the solution, which travels from
    least squares to 0 along its path; in the middle the filter factors s²/(s² + alpha), with
    alpha = n·lam; right, both weights against lam.

    Parameters
    ----------
    X : array (n, 2), optional
        At least 3 rows, and columns that vary, but not in proportion to one another; a built-in
        example if not given.
    y : array (n,), optional
        Given exactly when `X` is.
    lam : float, 0.001 to 100

    Raises
    ------
    InvalidInput
        If X does not have two such columns, only one of X and y is given, the least squares
        solution is 0, or lam is out of range.

    Examples
    --------
    >>> from regcourse.widgets import RidgeGeometry
    >>> RidgeGeometry(lam=0.15)
    RidgeGeometry: Ridge with two weights at lam = 0.15: w = (0.30, 1.18), factors 0.92 and 0.50.
    """

    _esm = inlined("ridge_geometry.js")

    lam = traitlets.Float(0.1).tag(sync=True)

    def __init__(
        self, X: ArrayLike | None = None, y: ArrayLike | None = None, *, lam: float = 0.1
    ) -> None:
        if (X is None) != (y is None):
            raise InvalidInput("X and y must be given together, got only one of them")
        problem = _example() if X is None or y is None else _problem(X, y)
        given: dict[str, Any] = {
            "n": problem.n,
            "variances": problem.variances.tolist(),
            "directions": problem.directions.tolist(),
            "ols": problem.ols.tolist(),
            "lams": _LAMS.tolist(),
        }
        given["weights"] = [compute(given, {"lam": lam}).w.tolist() for lam in given["lams"]]
        super().__init__(given, lam=_checked(lam))

    @traitlets.validate("lam")
    def _valid_lam(self, proposal: Any) -> float:
        return _checked(proposal["value"])

    def picture(self) -> Picture:
        """The three pictures at the present strength."""
        now, given = compute(self.given, self.state), self.given
        V = np.array(given["directions"])
        return ridge_geometry(
            _Path(_LAMS, np.array(given["weights"])),
            V.T @ np.diag(given["variances"]) @ V, now.factors, now.w,
            centre=given["ols"], lam=self.lam, n=given["n"], caption=" ".join(words(now)),
        )  # fmt: skip


def _checked(lam: float) -> float:
    return as_real(lam, "lam", at_least=float(_LAMS[0]), at_most=float(_LAMS[-1]))


def _problem(X: ArrayLike, y: ArrayLike) -> TwoWeights:
    design, target = as_design(X, y)
    if design.shape[1] != 2:
        raise InvalidInput(f"X must have 2 columns, one for each axis, got {design.shape[1]}")
    if len(target) < 3:
        raise InvalidInput(f"X must have at least 3 rows, got {len(target)}")
    problem = two_weights(design, target)
    large, small = problem.variances
    if (np.ptp(design, axis=0) == 0).any() or small <= 1e-10 * large:
        raise InvalidInput("X must have 2 columns that vary, and not both in proportion")
    # ols'X'X ols = n Σ h_k (v_k'ols)²: what of y the columns explain.
    explained = problem.n * (problem.variances @ (problem.directions @ problem.ols) ** 2)
    if explained <= 1e-18 * np.square(target - target.mean()).sum():
        raise InvalidInput("X and y must not be uncorrelated: least squares gives w = 0")
    return problem


def _example() -> TwoWeights:
    # Chosen so that the first weight changes its sign on the way: least squares calls it
    # negative only along the direction that the data hardly know.
    turn = np.deg2rad(35)
    V = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return TwoWeights(np.array([1.8, 0.15]), V, np.array([1.0, 1.6]) @ V, 40)
