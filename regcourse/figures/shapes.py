"""Outlines to draw."""

from __future__ import annotations

import numpy as np

from regcourse._arrays import Floats


def ellipse_outline(hessian: Floats, centre: Floats, level: float, points: int = 120) -> Floats:
    """Return the ellipse (w - centre)' hessian (w - centre) / 2 = level as (points, 2)."""
    angle = np.arange(points) * (2 * np.pi / points)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    # With hessian = L L', the map L'^-1 carries the circle to the ellipse.
    lower = np.linalg.cholesky(hessian)
    outline: Floats = centre + np.sqrt(2 * level) * np.linalg.solve(lower.T, circle.T).T
    return outline
