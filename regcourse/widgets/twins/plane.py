"""Where an ellipse of a quadratic loss first touches the ball of a p-norm, in the plane.

The twin of `js/plane.js`: change both or none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from regcourse._arrays import Floats
from regcourse.figures._shapes import ellipse_outline as ellipse_outline
from regcourse.norms import lp_norm, unit_ball_boundary
from regcourse.widgets.twins.words import plain, point

__all__: list[str] = []  # what figures share, and nothing that a lesson imports

Place = Literal["inside", "corner", "tie", "side", "edge"]

_GRID = 360
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, eq=False)
class Touch:
    r"""The point of the ball with the smallest loss.

    Parameters
    ----------
    w : array (2,)
    place : str
        "inside" (the loss is smallest within the ball), "corner" (on an axis: one weight is
        exactly 0), "tie" (a corner of the square, p = ∞), "side" (flat) or "edge" (curved).
    """

    w: Floats
    place: Place


def loss(H: Floats, c: Floats, w: Floats) -> Floats:
    """Return (w - c)' H (w - c) / 2 for one w or a row of them."""
    d = w - c
    value: Floats = 0.5 * np.einsum("...i,ij,...j->...", d, H, d)
    return value


def touch(H: Floats, c: Floats, p: float, radius: float) -> Touch:
    r"""Return the minimum of (w - c)' H (w - c) / 2 over ‖w‖_p ≤ radius.

    A grid around the edge finds the basin (for p < 1 there are several), golden section the
    point in it. Whether the point is a corner is decided, not rounded: for p ≤ 1 a corner
    holds the minimum against a whole cone of gradients, for p > 1 only against one direction.

    Parameters
    ----------
    H : array (2, 2), symmetric positive definite
    c : array (2,)
        The minimum without a budget.
    p : float > 0, or infinity
    radius : float > 0

    Returns
    -------
    Touch
    """
    if lp_norm(c, p) <= radius:
        return Touch(np.array(c, dtype=float), "inside")

    def around(angle: float) -> float:
        return float(loss(H, c, radius * ball_point(p, angle)))

    edge = radius * unit_ball_boundary(p, points=_GRID)
    values = loss(H, c, edge)
    best = int(values.argmin())
    w, least = edge[best], float(values[best])
    step = 2 * np.pi / _GRID
    for side in (best - 1, best):
        candidate = radius * ball_point(p, _golden(around, side * step, (side + 1) * step))
        if float(loss(H, c, candidate)) < least:
            w, least = candidate, float(loss(H, c, candidate))

    corner = None
    for axis, sign in ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)):
        tip = np.zeros(2)
        tip[axis] = sign * radius
        gradient = np.abs(H @ (tip - c))
        may = p <= 1 or gradient[1 - axis] <= 1e-12 * gradient[axis]
        if may and float(loss(H, c, tip)) <= least + 1e-12 * (1 + least):
            corner, least = tip, float(loss(H, c, tip))
    if corner is not None:
        return Touch(corner, "corner")
    if np.isinf(p):
        tie = abs(abs(w[0]) - abs(w[1])) < 1e-6 * radius
        return Touch(w, "tie" if tie else "side")
    return Touch(w, "side" if p == 1 else "edge")


def zero_margins(H: Floats, p: float, radius: float, fits: Floats) -> Floats:
    r"""Return for each best fit c how much better the best corner is than the rest of the edge.

    For p < 1, up to c' H c / 2, which is the same for all. Positive where a weight ends up exactly
    zero, and c lies outside the ball.
    """
    k = np.arange(_GRID // 2)
    away = k[(k % 90 >= 4) & (k % 90 <= 86) & (k % 3 == 0)]  # from the corners
    bulk = radius * unit_ball_boundary(p, points=_GRID)[away]
    own = loss(H, np.zeros(2), bulk)
    g = fits @ H
    corner = (0.5 * np.diag(H) * radius**2 - radius * np.abs(g)).min(axis=1)
    rest = (own - np.abs(g @ bulk.T)).min(axis=1)
    outside = np.array([lp_norm(c, p) for c in fits]) - radius
    ahead: Floats = rest - corner
    return np.where(ahead > 0, np.minimum(ahead, outside), ahead)


def zero_wedges(H: Floats, radius: float, far: float = 30.0) -> Floats:
    r"""Return the best fits that end in a corner at p = 1: each corner, and two far ends.

    They are corner + H^-1 cone{(1, 1), (1, -1)}, since a corner holds the minimum against every
    gradient of that cone.
    """
    wedges = []
    for tip, *sides in ([[1, 0], [1, 1], [1, -1]], [[0, 1], [1, 1], [-1, 1]]):
        ways = np.linalg.solve(H, np.array(sides, dtype=float).T).T
        for sign in (1, -1):
            corner = sign * radius * np.array(tip, dtype=float)
            wedges.append(np.vstack([corner, corner + sign * far * ways]))
    return np.array(wedges)


def p_name(p: float) -> str:
    """½, 1, 1.25, ∞"""
    return "∞" if np.isinf(p) else "½" if p == 0.5 else plain(p)


def touch_words(
    w: Floats | Sequence[float], place: Place, p: float, c: Floats | Sequence[float]
) -> str:
    """Say where the best fit is, where its ellipse touches, and whether a weight is exactly 0."""
    first, second = w
    at, fit = f"w = {point(w)}", f"Best fit {point(c)}."
    if place == "inside":
        return f"The best fit, {at}, is inside the ball: this budget changes nothing."
    if place == "corner":
        what = "a spike" if p < 1 else "a corner" if p == 1 else "the tip of the axis"
        which = "first" if first == 0 else "second"
        return f"{fit} The ellipse touches {what}, {at}: the {which} weight is exactly zero."
    if place == "tie":
        equal = "the weights are equal in size, and none is zero"
        return f"{fit} The ellipse touches a corner, {at}: {equal}."
    if place == "side":
        return f"{fit} The ellipse touches a flat side, {at}: no weight is zero."
    if min(abs(first), abs(second)) < 0.005:
        which = "first" if abs(first) < abs(second) else "second"
        return (
            f"{fit} The ellipse touches the edge, {at}: the {which} weight is too small to see, "
            "but not zero."
        )
    return f"{fit} The ellipse touches the edge, {at}: no weight is zero."


def ball_words(p: float) -> str:
    """Say in a few words what shape the ball has, and whether it belongs to a norm."""
    if p < 1:
        return "The ball has dents: two short steps can make a long way. Not a norm."
    if p == 1:
        return "A norm. Corners on the axes, flat sides."
    if p == 2:
        return "A norm. Round: every direction counts the same."
    if np.isinf(p):
        return "A norm. A square: only the longest leg counts."
    where = "axes" if p < 2 else "diagonals"
    return f"A norm. No dents and no corners, but bent most sharply on the {where}."


def ball_point(p: float, angle: float) -> Floats:
    r"""Return the point of the unit ball's edge at `angle`, as `unit_ball_boundary` walks it.

    Up to p = 2 the superellipse (±|cos|^(2/p), ±|sin|^(2/p)), whose points crowd where the
    ball is pointed; from there on the direction (cos, sin) divided by its p-norm, since the
    superellipse would leave the sides empty. At p = 2 both are the circle.
    """
    cos, sin = (0.0 if abs(v) < 1e-15 else v for v in (np.cos(angle), np.sin(angle)))
    if p <= 2:
        return np.array([np.copysign(abs(v) ** (2 / p), v) for v in (cos, sin)])
    direction = np.array([cos, sin])
    return direction / lp_norm(direction, p)


def _golden(f: Callable[[float], float], low: float, high: float) -> float:
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    fa, fb = f(a), f(b)
    for _ in range(60):
        if fa <= fb:
            high, b, fb = b, a, fa
            a = high - _GOLDEN * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + _GOLDEN * (high - low)
            fb = f(b)
    return (low + high) / 2
