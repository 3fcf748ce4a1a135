"""Ellipses to draw, and the curvature that has one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array
from regcourse.errors import InvalidInput


def checked_hessian(hessian: ArrayLike) -> Floats:
    """Return a curvature whose contours are ellipses in the plane."""
    H = as_array(hessian, "hessian", ndim=2)
    # Computed ones are symmetric but for rounding, and flatter ones have no outline in floats.
    if H.shape == (2, 2) and abs(H[0, 1] - H[1, 0]) <= 1e-9 * np.abs(H).max():
        low, high = np.linalg.eigvalsh(H)
        if low > 1e-12 * high:
            return H
    raise InvalidInput(f"hessian must be 2 x 2, symmetric, positive definite, got {H.tolist()}")


def ellipse_outline(hessian: Floats, centre: Floats, level: float, points: int = 120) -> Floats:
    """Return the ellipse (w - centre)' hessian (w - centre) / 2 = level as (points, 2)."""
    angle = np.arange(points) * (2 * np.pi / points)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    # With hessian = L L', the map L'^-1 carries the circle to the ellipse.
    lower = np.linalg.cholesky(hessian)
    outline: Floats = centre + np.sqrt(2 * level) * np.linalg.solve(lower.T, circle.T).T
    return outline
