"""The ball that changes its shape with p, and the ellipse that touches it."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from regcourse._arrays import as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import Picture, unit_balls
from regcourse.figures._shapes import checked_hessian
from regcourse.widgets.live import LiveFigure, module
from regcourse.widgets.touch import touch

_PANELS = (0.5, 1.0, 2.0, np.inf)


def _send(p: float, _: Any) -> float | str:
    return "inf" if np.isinf(p) else p  # JSON has no infinity


def _receive(p: float | str, _: Any) -> float:
    return float(p)


class UnitBall(LiveFigure):
    r"""The ball ‖w‖_p ≤ radius in the plane of two weights, with p on a slider from ½ to ∞.

    With `ellipse`, the loss (w − centre)' hessian (w − centre) / 2 grows until its ellipse
    touches the ball, and words say where, and whether a weight is exactly zero. Without it, an
    arrow shows how the length of one vector changes with p.

    Parameters
    ----------
    p : float, 0.5 to infinity
    ellipse : bool
    hessian : array (2, 2), symmetric positive definite
    centre : array (2,)
        The minimum of the loss, or the arrow's tip; it can be dragged.
        (1.6, 0.5) with an ellipse and (0.6, -0.8) without, if not given.
    radius : float, > 0, at most 1.3

    Raises
    ------
    InvalidInput
        If p is below 0.5, `hessian` is not symmetric positive definite, or `centre` or `radius`
        would lie outside the picture.

    Examples
    --------
    >>> from regcourse.widgets import UnitBall
    >>> UnitBall(p=2)
    UnitBall: The balls of the p-norms for p = ½, 1, 2, ∞.
    """

    _esm = module("stage.js", "plane.js", "unit_ball.js")

    p = traitlets.Float(1.0).tag(sync=True, to_json=_send, from_json=_receive)
    centre = traitlets.List(traitlets.Float()).tag(sync=True)
    ellipse = traitlets.Bool(False, read_only=True).tag(sync=True)
    hessian = traitlets.List(read_only=True).tag(sync=True)
    radius = traitlets.Float(1.0, read_only=True).tag(sync=True)

    def __init__(
        self,
        p: float = 1.0,
        *,
        ellipse: bool = False,
        hessian: ArrayLike = ((2.0, 0.6), (0.6, 1.0)),
        centre: ArrayLike | None = None,
        radius: float = 1.0,
    ) -> None:
        start = ((1.6, 0.5) if ellipse else (0.6, -0.8)) if centre is None else centre
        H = checked_hessian(hessian)
        super().__init__(p=_checked_p(p), centre=_checked_centre(start))
        self.set_trait("ellipse", bool(ellipse))
        self.set_trait("hessian", H.tolist())
        self.set_trait("radius", as_real(radius, "radius", above=0.0, at_most=1.3))

    @traitlets.validate("p")
    def _valid_p(self, proposal: Any) -> float:
        return _checked_p(proposal["value"])

    @traitlets.validate("centre")
    def _valid_centre(self, proposal: Any) -> list[float]:
        return _checked_centre(proposal["value"])

    def picture(self) -> Picture:
        """Four balls, p = ½, 1, 2, ∞, each touched by its ellipse if there is one."""
        if not self.ellipse:
            return unit_balls(_PANELS, radius=self.radius)
        H, c = np.array(self.hessian), np.array(self.centre)
        touches = [touch(H, c, p, self.radius).w for p in _PANELS]
        return unit_balls(_PANELS, touches=touches, hessian=H, centre=c, radius=self.radius)


def _checked_p(p: float) -> float:
    if isinstance(p, (int, float)) and np.isposinf(p):
        return np.inf
    return as_real(p, "p", at_least=0.5)


def _checked_centre(centre: ArrayLike) -> list[float]:
    c = as_vector(centre, "centre", length=2)
    if not (-1.4 <= c[0] <= 2.5 and -1.45 <= c[1] <= 2.05):
        raise InvalidInput(f"centre must lie in [-1.4, 2.5] x [-1.45, 2.05], got {c.tolist()}")
    return [float(value) for value in c]
