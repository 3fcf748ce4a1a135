"""A penalty and a budget: one solution, reached in two ways."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import as_vector
from regcourse.errors import InvalidInput
from regcourse.figures._house import (
    DASHES,
    INK,
    PENALTY,
    WIDTH,
    Given,
    decades,
    figure_of,
    heading,
    panels,
)
from regcourse.figures._paths import Path, checked_path, checked_strength
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import around, checked_hessian, dot, plane, way_to_zero
from regcourse.figures._trace import STRENGTH, cursor
from regcourse.figures._words import plain, point

__all__ = ["penalty_and_budget"]

_BOXES = [(0, 26, 190, 190), (247, 26, 138, 164)]  # points: left, top, width, height


def penalty_and_budget(
    path: Path,
    hessian: ArrayLike,
    w: ArrayLike,
    axes: Given = None,
    *,
    centre: ArrayLike,
    lam: float,
    caption: str | None = None,
) -> Picture:
    """Draw a ridge solution as the best point of a circle, and at its strength on the path.

    Parameters
    ----------
    path : a path of two weights
        Strengths > 0, increasing.
    hessian : array (2, 2), symmetric positive definite
        X'X / n of the centred columns.
    w : array (2,)
        The solution at `lam`; its length is the budget.
    axes : sequence of 2 Axes, optional
        Where to draw: the plane, and length against strength; new ones if not given.
    centre : array (2,)
        The least squares solution.
    lam : float
        Between the smallest and the largest strength of the path.
    caption : str, optional
        What to look at, if not what the default says.

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If shapes do not fit, `hessian` has no ellipse, strengths are not > 0 and increasing, or
        lam is not one of their range.
    """
    lams, W, _ = checked_path(path, None)
    if W.shape[1] != 2:
        raise InvalidInput(f"W must have 2 columns to be drawn in a plane, got {W.shape[1]}")
    H, c = checked_hessian(hessian), as_vector(centre, "centre", length=2)
    mark, at = as_vector(w, "w", length=2), checked_strength(lam, lams)
    budget, lengths = float(np.linalg.norm(mark)), np.linalg.norm(W, axis=1)
    with panels(axes, _BOXES, (WIDTH, 234), name="axes") as (flat, curve):
        plane(flat, *around(np.vstack([c, mark, [0.0, 0.0]])))
        heading(flat, "least loss inside the circle", left=0)
        way_to_zero(flat, H, c, mark[None], mark, budget)
        curve.plot(lams, lengths, color=INK, linestyle="-")
        curve.axhline(budget, color=PENALTY, linestyle=DASHES[0], linewidth=1.1)
        cursor(curve, at)
        dot(curve, np.array([at, budget]))
        curve.set(xscale="log", xlim=lams[[0, -1]], ylim=(0, 1.08 * float(lengths.max()) or 1.0))
        decades(curve.xaxis, lams[0], lams[-1])
        curve.set_xlabel(STRENGTH)
        heading(curve, "length of w")
    return Picture(
        figure_of(flat),
        "Penalty and budget",
        f"Two weights: with the length held to {plain(budget)} or with lam = {plain(at)}, "
        f"the solution is w = {point(mark)}.",
        caption
        or "One solution, two ways. Left: of all weights within the circle, the one with the "
        "least loss, where an ellipse (dashed) touches. Right: the length of the ridge solution "
        "against lam falls all the way, so that each length (solid line) has one strength "
        "(dashed line).",
    )
