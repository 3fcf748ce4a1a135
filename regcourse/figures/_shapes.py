"""The plane of two weights: its balls, ellipses and paths, and the curvature that has them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array
from regcourse.errors import InvalidInput
from regcourse.figures._house import INK, LOSS, PENALTY
from regcourse.norms import unit_ball_boundary

_DASHED = (0, (3, 2.2))


def checked_hessian(hessian: ArrayLike) -> Floats:
    """Return a curvature whose contours are ellipses in the plane."""
    H = as_array(hessian, "hessian", ndim=2)
    # Computed ones are symmetric but for rounding, and flatter ones have no outline in floats.
    if H.shape == (2, 2) and abs(H[0, 1] - H[1, 0]) <= 1e-9 * np.abs(H).max():
        low, high = np.linalg.eigvalsh(H)
        if low > 1e-12 * high:
            return H
    raise InvalidInput(f"hessian must be 2 x 2, symmetric, positive definite, got {H.tolist()}")


def plane(ax: Axes, low: Floats, high: Floats) -> None:
    """Equal scales that show both corners, and thin axes through the origin."""
    middle, half = (low + high) / 2, float((high - low).max()) / 2
    ax.set(xlim=middle[0] + [-half, half], ylim=middle[1] + [-half, half], aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.axhline(0, color=INK, linewidth=0.75, linestyle="-", alpha=0.45)
    ax.axvline(0, color=INK, linewidth=0.75, linestyle="-", alpha=0.45)


def around(points: Floats) -> tuple[Floats, Floats]:
    """The corners of a square around all points, with room at its sides."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, 0.66 * (float((high - low).max()) or 1.0)
    return middle - half, middle + half


def ball(ax: Axes, p: float, radius: float) -> None:
    """The ball of the penalty, lightly filled."""
    edge = radius * unit_ball_boundary(p, points=128)
    ax.fill(*edge.T, facecolor=to_rgba(PENALTY, 0.14), edgecolor=PENALTY, linewidth=1.5)


def way_to_zero(
    ax: Axes, H: Floats, c: Floats, path: Floats, mark: Floats | None, radius: float | None
) -> None:
    """Circle of the penalty, ellipses of the loss, and the path of solutions with one marked."""
    if radius is not None:
        ball(ax, 2, radius)
    ellipses(ax, H, c, np.zeros(2) if mark is None else mark)
    ax.annotate("w₁", (1, 0), (-2, 4), ax.get_yaxis_transform(), "offset points", ha="right")
    ax.annotate("w₂", (0, 1), (4, -2), ax.get_xaxis_transform(), "offset points", va="top")
    ax.plot(*path.T, color=INK, linestyle="-", linewidth=1.9)
    if mark is not None:
        dot(ax, mark)


def ellipses(ax: Axes, H: Floats, c: Floats, through: Floats) -> None:
    """Four ellipses of the loss whose sizes grow evenly; the last passes `through` a point."""
    level = 0.5 * float((through - c) @ H @ (through - c))
    if level > 1e-12 * float(c @ H @ c):
        for share in (0.25, 0.5, 0.75, 1.0):
            last = share == 1
            ax.add_patch(
                PathPatch(
                    ellipse(H, c, share**2 * level), fill=False, edgecolor=LOSS,
                    linewidth=1.6 if last else 0.9, linestyle=_DASHED, alpha=1 if last else 0.55,
                )
            )  # fmt: skip
    dot(ax, c, LOSS, hollow=True)


def ellipse(hessian: Floats, centre: Floats, level: float) -> Path:
    """The curve (w - centre)' hessian (w - centre) / 2 = level."""
    circle = Path.unit_circle()
    return Path(_carried(np.asarray(circle.vertices), hessian, centre, level), circle.codes)


def ellipse_outline(hessian: Floats, centre: Floats, level: float, points: int = 120) -> Floats:
    """Points of the same curve, once around, shape (points, 2)."""
    angle = np.arange(points) * (2 * np.pi / points)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    return _carried(circle, hessian, centre, level)


def _carried(circle: Floats, hessian: Floats, centre: Floats, level: float) -> Floats:
    # With hessian = L L', the map L'^-1 carries the circle to the ellipse.
    lower = np.linalg.cholesky(hessian)
    points: Floats = centre + np.sqrt(2 * level) * np.linalg.solve(lower.T, circle.T).T
    return points


def dot(ax: Axes, at: Floats, colour: str = INK, *, hollow: bool = False, size: float = 7) -> None:
    """A disc, or a ring that lets the page through."""
    ax.plot(
        *at, linestyle="none", marker="o", markersize=size - 1 if hollow else size,
        markeredgecolor=colour, markerfacecolor="none" if hollow else colour,
        markeredgewidth=1.6 if hollow else 0,
    )  # fmt: skip
