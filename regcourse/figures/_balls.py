"""Balls of the p-norms, ellipses of a quadratic loss, and where they touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_matrix, as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures._house import INK, WIDTH, Box, Given, figure_of, panels
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import (
    around,
    ball,
    checked_hessian,
    dot,
    ellipses,
    plane,
    way_to_zero,
)
from regcourse.figures._words import p_name, point

__all__ = ["loss_and_path", "unit_balls"]

_GAP, _TITLE, _LARGEST = 8.0, 24.0, 150.0  # points


def unit_balls(
    ps: Sequence[float] = (0.5, 1.0, 2.0, np.inf),
    axes: Given = None,
    *,
    touches: ArrayLike | None = None,
    hessian: ArrayLike = ((2.0, 0.6), (0.6, 1.0)),
    centre: ArrayLike = (1.6, 0.5),
    radius: float = 1.0,
    arrow: ArrayLike | None = None,
    caption: str | None = None,
) -> Picture:
    r"""Draw the balls ‖w‖_p ≤ radius side by side.

    Parameters
    ----------
    ps : sequence of numbers > 0, infinity included
    axes : sequence of len(ps) Axes, optional
        Where to draw; new ones in a row if not given.
    touches : array (len(ps), 2), optional
        For each ball the point where the ellipse of the loss touches it. If given, the ellipses
        ``(w - centre)' hessian (w - centre) = constant`` are drawn too, the last one through
        this point.
    hessian : array (2, 2), symmetric positive definite
    centre : array (2,)
        Where the loss is smallest.
    radius : float, > 0
    arrow : array (2,), optional
        A vector to draw in each ball, whose length is to be compared.
    caption : str, optional
        What to look at, if not what the default says.

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If a p is not > 0, `touches` does not have one row for each p, or `hessian` is not
        symmetric positive definite.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.unit_balls([1, 2])
    Picture: The balls of the p-norms for p = 1, 2.
    """
    if not len(ps) or not all(p > 0 for p in ps):
        raise InvalidInput(f"ps must hold numbers > 0, got {list(ps)}")
    radius = as_real(radius, "radius", above=0.0)
    H, c = checked_hessian(hessian), as_vector(centre, "centre", length=2)
    points = None if touches is None else as_array(touches, "touches", ndim=2)
    if points is not None and points.shape != (len(ps), 2):
        raise InvalidInput(f"touches must have shape ({len(ps)}, 2), got {points.shape}")

    tip = None if arrow is None else as_vector(arrow, "arrow", length=2)
    low, high = _corners(radius, tip if points is None else c)
    with panels(axes, *_boxes(len(ps), labelled=points is not None), name="axes") as drawn:
        for k, (ax, p) in enumerate(zip(drawn, ps, strict=True)):
            plane(ax, low, high)
            ax.set_title(f"p = {p_name(p)}", pad=8)
            ball(ax, p, radius)
            if points is None:
                for end in radius * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]):
                    dot(ax, end, size=5)
            else:
                ellipses(ax, H, c, points[k])
                dot(ax, points[k])
                ax.set_xlabel(f"w = {point(points[k])}")
            if tip is not None:
                ax.plot(*np.column_stack([[0, 0], tip]), color=INK, linestyle="-", linewidth=1.9)
                dot(ax, tip)
    names = ", ".join(p_name(p) for p in ps)
    return Picture(
        figure_of(drawn[0]),
        "Balls of the p-norms",
        f"The balls of the p-norms for p = {names}"
        + ("." if points is None else ", each touched by an ellipse of the loss."),
        caption or (_alone(ps, radius) if points is None else _touched(ps)),
    )


def _alone(ps: Sequence[float], radius: float) -> str:
    """What to see in the balls that are drawn."""
    round_ones = " and ".join(p_name(p) for p in ps if 1 < p < np.inf)
    seen = (
        (any(p < 1 for p in ps), "dents below 1 (not a norm)"),
        (1 in ps, "corners on the axes at 1"),
        (round_ones, f"a round edge at {round_ones}"),
        (np.inf in ps, "corners on the diagonals at ∞"),
    )
    return (
        f"All weight vectors of p-norm at most {radius:g}. The four points on the axes stay where "
        "they are; p decides what lies between them: "
        + ", ".join(words for there, words in seen if there) + "."
    )  # fmt: skip


def _touched(ps: Sequence[float]) -> str:
    return (
        "The ellipses of equal loss (dashed) grow around the best fit (ring) until one touches "
        "the ball (filled). "
        + (
            "On a corner that lies on an axis, one weight is exactly zero."
            if any(p <= 1 for p in ps)
            else "Without a corner on an axis, a weight of exactly zero is a coincidence."
        )
    )


def loss_and_path(
    hessian: ArrayLike,
    centre: ArrayLike,
    path_points: ArrayLike,
    ax: Axes | None = None,
    *,
    touch: ArrayLike | None = None,
    radius: float | None = None,
    caption: str | None = None,
) -> Picture:
    r"""Draw ellipses of equal loss and a path of solutions from their centre.

    Parameters
    ----------
    hessian : array (2, 2), symmetric positive definite
    centre : array (2,)
        The solution without a penalty.
    path_points : array (m, 2)
        Solutions in the order of their strength.
    ax : Axes, optional
        Where to draw; new ones if not given.
    touch : array (2,), optional
        One solution to mark, with the ellipse through it.
    radius : float, >= 0, optional
        Radius of the penalty's circle, drawn around 0.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If a shape does not fit the plane, `hessian` is not symmetric positive definite, or
        radius < 0.
    """
    H, c = checked_hessian(hessian), as_vector(centre, "centre", length=2)
    path = as_matrix(path_points, "path_points")
    if path.shape[1] != 2:
        raise InvalidInput(f"path_points must have shape (m, 2), got {path.shape}")
    mark = None if touch is None else as_vector(touch, "touch", length=2)
    radius = None if radius is None else as_real(radius, "radius", at_least=0.0)
    with panels(ax, [(4, 4, 270, 270)], (278, 278)) as (plot,):
        plane(plot, *around(np.vstack([path, c, [0.0, 0.0]])))
        way_to_zero(plot, H, c, path, mark, radius)
    return Picture(
        figure_of(plot),
        "Loss and path",
        "Contours of a quadratic loss with the path of penalised solutions.",
        caption
        or "Ellipses of equal loss (dashed) around the best fit (ring), and the path that the "
        "solution takes to 0 as the penalty grows.",
    )


def _corners(radius: float, c: Floats | None) -> tuple[Floats, Floats]:
    """Corners of what shows the ball, and the centre of the loss or the arrow if there is one."""
    reach = np.full(2, 1.25 * radius)
    if c is None:
        return -reach, reach
    return np.minimum(-reach, c - 0.3), np.maximum(reach, c + 0.3)


def _boxes(count: int, *, labelled: bool) -> tuple[list[Box], tuple[float, float]]:
    """Boxes of so many squares in rows, each as wide as its label at least; the size of all."""
    below, most = (24, 3) if labelled else (4, 4)
    across = 2 if labelled and count == 4 else min(count, most)
    side = min(_LARGEST, (WIDTH + _GAP) / across - _GAP)
    step, line = side + _GAP, _TITLE + side + below
    boxes = [(step * (k % across), line * (k // across) + _TITLE, side, side) for k in range(count)]
    return boxes, (step * across - _GAP, line * -(-count // across))
