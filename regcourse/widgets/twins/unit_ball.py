"""The ball that changes its shape with p, and the ellipse that touches it.

The twin of `js/unit_ball.js`: change both or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from regcourse._arrays import as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import Picture, unit_balls
from regcourse.figures._shapes import checked_hessian
from regcourse.norms import lp_norm
from regcourse.widgets._live import LiveFigure
from regcourse.widgets._modules import inlined
from regcourse.widgets.twins.plane import Place, ball_words, p_name, touch, touch_words
from regcourse.widgets.twins.words import number, point

__all__ = ["UnitBall"]

_STEPS = 240
_LANDMARKS = (0.5, 1.0, 2.0, np.inf)


def step_to_p(k: int) -> float:
    """The slider's scale: equal parts of p / (1 + p) from 1/3 to 1."""
    return np.inf if k >= _STEPS else (120 + k) / (240 - k)


def p_to_step(p: float) -> int:
    """The step nearest to p."""
    if np.isinf(p):
        return _STEPS
    return min(_STEPS, max(0, int(np.floor((240 * p - 120) / (1 + p) + 0.5))))


@dataclass(frozen=True, eq=False)
class Seen:
    """Where the ellipse touches, or how long the arrow is: no w and place without an ellipse."""

    p: float
    centre: list[float]
    length: float
    w: list[float] | None
    place: Place | None


def compute(given: dict[str, Any], state: dict[str, Any]) -> Seen:
    """What there is to see at one p, for one centre."""
    p, centre = state["p"], state["centre"]
    length = lp_norm(centre, p)
    if not given["ellipse"]:
        return Seen(p, centre, length, None, None)
    met = touch(np.array(given["hessian"]), np.array(centre), p, given["radius"])
    return Seen(p, centre, length, met.w.tolist(), met.place)


def words(seen: Seen) -> list[str]:
    """What is seen, in lines."""
    at = f"p = {p_name(seen.p)}."
    if seen.w is not None and seen.place is not None:
        return [f"{at} {touch_words(seen.w, seen.place, seen.p, seen.centre)}"]
    length = f"The arrow {point(seen.centre)} has length {number(seen.length)}."
    return [f"{at} {ball_words(seen.p)}", length]


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

    _esm = inlined("unit_ball.js")

    p = traitlets.Float(1.0).tag(sync=True, to_json=_send, from_json=_receive)
    centre = traitlets.List(traitlets.Float()).tag(sync=True)

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
        given = {
            "ellipse": bool(ellipse),
            "hessian": checked_hessian(hessian).tolist(),
            "radius": as_real(radius, "radius", above=0.0, at_most=1.3),
        }
        super().__init__(given, p=_checked_p(p), centre=_checked_centre(start))

    @traitlets.validate("p")
    def _valid_p(self, proposal: Any) -> float:
        return _checked_p(proposal["value"])

    @traitlets.validate("centre")
    def _valid_centre(self, proposal: Any) -> list[float]:
        return _checked_centre(proposal["value"])

    def picture(self) -> Picture:
        """Four balls, p and three landmarks, each with the arrow or touched by its ellipse."""
        # The landmark nearest to p, on the slider's scale, gives way to it.
        away = [abs(p_to_step(p) - p_to_step(self.p)) for p in _LANDMARKS]
        ps = [self.p if k == np.argmin(away) else p for k, p in enumerate(_LANDMARKS)]
        seen = [compute(self.given, self.state | {"p": p}) for p in ps]
        caption = " ".join(line for each in seen for line in words(each))
        radius = self.given["radius"]
        if not self.given["ellipse"]:
            return unit_balls(ps, radius=radius, arrow=self.centre, caption=caption)
        return unit_balls(
            ps, touches=[each.w or [] for each in seen], hessian=self.given["hessian"],
            centre=self.centre, radius=radius, caption=caption,
        )  # fmt: skip


def _checked_p(p: float) -> float:
    if isinstance(p, (int, float)) and np.isposinf(p):
        return np.inf
    return as_real(p, "p", at_least=0.5)


def _checked_centre(centre: ArrayLike) -> list[float]:
    c = as_vector(centre, "centre", length=2)
    if not (-1.4 <= c[0] <= 2.5 and -1.45 <= c[1] <= 2.05):
        raise InvalidInput(f"centre must lie in [-1.4, 2.5] x [-1.45, 2.05], got {c.tolist()}")
    return [float(value) for value in c]
