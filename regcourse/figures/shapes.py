"""Outlines to draw: a ball of a p-norm and an ellipse of a quadratic loss.

`widgets/js/plane.js` holds the same formulas, and a test compares the two.
"""

from __future__ import annotations

import numpy as np

from regcourse._arrays import Floats


def ball_point(p: float, angle: float | Floats) -> Floats:
    r"""Return points of the unit ball's edge, shape (..., 2); `angle` runs once around.

    Up to p = 2 the superellipse (±|cos|^(2/p), ±|sin|^(2/p)), whose points crowd where the
    ball is pointed; from there on the direction (cos, sin) divided by its p-norm, since the
    superellipse would leave the sides empty. At p = 2 both are the circle.
    """
    cos, sin = _axis(np.cos(angle)), _axis(np.sin(angle))
    if p <= 2:
        power = 2 / p
        x, y = np.sign(cos) * np.abs(cos) ** power, np.sign(sin) * np.abs(sin) ** power
        return np.asarray(np.stack([x, y], axis=-1), dtype=np.float64)
    size = np.abs(np.stack([cos, sin], axis=-1))
    largest = size.max(axis=-1)
    if np.isinf(p):
        length = largest
    else:
        # Scaled by the largest entry, or high powers of small numbers would underflow.
        length = largest * ((size / largest[..., None]) ** p).sum(axis=-1) ** (1 / p)
    edge: Floats = np.stack([cos, sin], axis=-1) / length[..., None]
    return edge


def ball_outline(p: float, points: int = 360) -> Floats:
    """Return the unit ball's edge as `points` positions, corners and diagonals among them."""
    angles = np.arange(points, dtype=np.float64) * (2 * np.pi / points)
    return ball_point(p, angles.astype(np.float64))


def ellipse_outline(hessian: Floats, centre: Floats, level: float, points: int = 120) -> Floats:
    """Return the ellipse (w - centre)' hessian (w - centre) / 2 = level as (points, 2)."""
    angle = np.arange(points) * (2 * np.pi / points)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    # With hessian = L L', the map L'^-1 carries the circle to the ellipse.
    lower = np.linalg.cholesky(hessian)
    outline: Floats = centre + np.sqrt(2 * level) * np.linalg.solve(lower.T, circle.T).T
    return outline


def _axis(value: float | Floats) -> Floats:
    """Exactly 0 where only rounding keeps a cosine or sine from it."""
    value = np.asarray(value, dtype=float)
    return np.where(np.abs(value) < 1e-15, 0.0, value)
