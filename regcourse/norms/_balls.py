"""The balls of the p-norms: their edges, and the nearest points in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regcourse._arrays import Floats, as_count, as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.norms._vectors import exponent, length

__all__ = ["project_onto_ball", "unit_ball_boundary"]


def unit_ball_boundary(p: float, points: int = 400) -> Floats:
    r"""Return points on the edge of the plane's unit ball, { x : ‖x‖_p = 1 }, once around.

    They run counterclockwise from (1, 0), without repeating it at the end, and divide each
    eighth of the turn evenly along a parameter that keeps corners, tips and flat sides covered:

        p <= 2:  |x| = cos(t)^(2/p), |y| = sin(t)^(2/p)        p > 2:  (cos t, sin t) / ‖·‖_p

    Even steps of the angle would leave gaps in the tips of p < 1, the first formula in the
    flat sides of p = inf; at p = 2 they agree.

    Parameters
    ----------
    p : float, > 0; infinity included
        For 400 points at least 0.012. Below, some lie so near to an axis that no float tells
        them from it; fewer points allow a smaller p.
    points : int, >= 4
        With a multiple of 8, the tips on the axes and the diagonals are among the points, exactly.

    Returns
    -------
    array (points, 2)

    Raises
    ------
    InvalidInput
        If p is not > 0 or too small for so many points, or `points` is not a whole number >= 4.

    Examples
    --------
    >>> unit_ball_boundary(1, points=8)[:3]
    array([[1. , 0. ],
           [0.5, 0.5],
           [0. , 1. ]])
    """
    p, points = exponent(p), as_count(points, "points", at_least=4)
    steps = 8 * np.arange(points)
    cos, sin = _cosine(steps, points), _cosine(steps - 2 * points, points)
    if p <= 2:
        nearest = np.abs(cos[cos != 0]).min()
        least = 2 * np.log(nearest) / np.log(np.finfo(float).tiny)
        if p < least:
            raise InvalidInput(f"p must be >= {least:.3g} for {points} points, got {p:g}")
        bent = [np.sign(c) * np.abs(c) ** (2 / p) for c in (cos, sin)]
        return np.column_stack(bent)
    direction = np.column_stack([cos, sin])
    lengths = np.array([length(d, p) for d in direction])
    edge: Floats = direction / lengths[:, None]
    return edge


def _cosine(steps: NDArray[np.int64], points: int) -> Floats:
    """The cosine of steps / points eighths of a turn, with all digits however small it is.

    Exact 0 and ±1 on the axes, equal on the diagonals.
    """
    t = np.abs((steps + 4 * points) % (8 * points) - 4 * points)  # even, and periodic
    near = np.minimum(t, 4 * points - t)  # mirrored at the vertical axis: 0 to 2 eighths
    angle = np.pi / 4 / points
    # Either side of the diagonal by its own series, so that cos and sin meet there exactly.
    value = np.where(near == points, np.sqrt(0.5), np.where(
        near < points, np.cos(angle * near), np.sin(angle * (2 * points - near))))  # fmt: skip
    mirrored: Floats = np.where(t <= 2 * points, value, -value)  # 0 at a quarter alone, never -0
    return mirrored


def project_onto_ball(v: ArrayLike, p: float, radius: float = 1.0) -> Floats:
    r"""Return the nearest point (in ‖·‖_2) of the ball { x : ‖x‖_p <= radius }.

        p = 2:    v min(1, radius / ‖v‖_2)
        p = inf:  every entry clipped to [-radius, radius]
        p = 1:    sign(v) max(|v| - t, 0), with t such that the result has 1-norm `radius`

    Parameters
    ----------
    v : array (n,)
    p : 1, 2 or infinity
    radius : float, >= 0

    Returns
    -------
    array (n,): `v` itself, copied, if it lies inside

    Raises
    ------
    InvalidInput
        If p is none of the three, radius < 0, or v is not a finite vector.

    Source
    ------
    p = 1: Duchi, Shalev-Shwartz, Singer & Chandra (2008), ICML, 272-279.

    Examples
    --------
    >>> project_onto_ball([3, -1, 0.5], 1)
    array([1., 0., 0.])
    """
    point, p = as_vector(v, "v"), exponent(p)
    radius = as_real(radius, "radius", at_least=0.0)
    if p not in (1, 2, np.inf):
        raise InvalidInput(f"p must be 1, 2 or inf to project onto its ball, got {p:g}")
    if length(point, p) <= radius:
        return point.copy()
    if np.isinf(p):
        nearest = np.clip(point, -radius, radius)
    elif p == 2:
        unit = float(np.abs(point).max())  # or the squares of huge entries would overflow
        nearest = point / unit * (radius / length(point / unit, 2.0))
    else:
        nearest = np.sign(point) * _sunk(np.abs(point), radius)
    return nearest + 0.0  # -0.0 becomes 0.0


def _sunk(size: Floats, radius: float) -> Floats:
    """The max(|v_j| - t, 0) that add up to `radius`, for ‖v‖_1 > radius.

    From the top: with depths d_j = max |v| - |v_j| they are max(h - d_j, 0) for a height h of at
    most `radius`. So nothing large is subtracted from its like, whatever the size of v.
    """
    if radius == 0:
        return np.zeros_like(size)
    depth = size.max() - size
    deep = np.sort(depth[depth < radius]) / radius
    # If exactly the k highest stay above water, their mean depth fixes h.
    heights = (1 + np.cumsum(deep)) / np.arange(1, deep.size + 1)
    k = int(np.flatnonzero(deep < heights)[-1]) + 1
    height = (1 + deep[:k].sum()) / k
    with np.errstate(over="ignore"):  # what lies infinitely deep stays below
        above: Floats = radius * np.maximum(height - depth / radius, 0.0)
    return above
