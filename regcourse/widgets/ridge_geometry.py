"""Ridge with two weights: ellipse, factors and trace, driven by one strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_design, as_real
from regcourse.errors import InvalidInput
from regcourse.figures import Picture, ridge_geometry
from regcourse.widgets.live import LiveFigure, module
from regcourse.widgets.shrinkage import TwoWeights, shrink, two_weights

_LAMS = np.logspace(-3, 2, 101)


@dataclass(frozen=True)
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

    _esm = module("stage.js", "plane.js", "ridge_geometry.js")

    lam = traitlets.Float(0.1).tag(sync=True)
    n = traitlets.Int(read_only=True).tag(sync=True)
    variances = traitlets.List(read_only=True).tag(sync=True)
    directions = traitlets.List(read_only=True).tag(sync=True)
    ols = traitlets.List(read_only=True).tag(sync=True)
    lams = traitlets.List(read_only=True).tag(sync=True)
    weights = traitlets.List(read_only=True).tag(sync=True)

    def __init__(
        self, X: ArrayLike | None = None, y: ArrayLike | None = None, *, lam: float = 0.1
    ) -> None:
        if (X is None) != (y is None):
            raise InvalidInput("X and y must be given together, got only one of them")
        problem = _example() if X is None or y is None else _problem(X, y)
        super().__init__(lam=_checked(lam))
        self._problem = problem
        self._path = _Path(_LAMS, np.array([shrink(problem, each).w for each in _LAMS]))
        for name, value in (
            ("n", problem.n),
            ("variances", problem.variances.tolist()),
            ("directions", problem.directions.tolist()),
            ("ols", problem.ols.tolist()),
            ("lams", _LAMS.tolist()),
            ("weights", self._path.W.tolist()),
        ):
            self.set_trait(name, value)

    @traitlets.validate("lam")
    def _valid_lam(self, proposal: Any) -> float:
        return _checked(proposal["value"])

    def picture(self) -> Picture:
        """The three pictures at the present strength."""
        now = shrink(self._problem, self.lam)
        return ridge_geometry(
            self._path, self._problem.hessian, now.factors, now.w,
            centre=self._problem.ols, lam=self.lam, n=self.n,
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
