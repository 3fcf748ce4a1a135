"""Balls of the p-norms, ellipses of a quadratic loss, and where they touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_matrix, as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import _svg
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import checked_hessian, ellipse_outline
from regcourse.norms import unit_ball_boundary

__all__ = ["loss_and_path", "unit_balls"]

_NAMES = {0.5: "½", np.inf: "∞"}
_SIDE, _GAP, _TOP = 176, 12, 26


def unit_balls(
    ps: Sequence[float] = (0.5, 1.0, 2.0, np.inf),
    *,
    touches: ArrayLike | None = None,
    hessian: ArrayLike = ((2.0, 0.6), (0.6, 1.0)),
    centre: ArrayLike = (1.6, 0.5),
    radius: float = 1.0,
    caption: str | None = None,
) -> Picture:
    r"""Draw the balls ‖w‖_p ≤ radius side by side.

    Parameters
    ----------
    ps : sequence of numbers > 0, infinity included
    touches : array (len(ps), 2), optional
        For each ball the point where the ellipse of the loss touches it. If given, the ellipses
        ``(w - centre)' hessian (w - centre) = constant`` are drawn too, the last one through
        this point.
    hessian : array (2, 2), symmetric positive definite
    centre : array (2,)
        Where the loss is smallest.
    radius : float, > 0
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

    across, up = _ends(radius, None if points is None else c)
    parts = []
    for k, p in enumerate(ps):
        panel = _svg.Panel(4 + k * (_SIDE + _GAP), _TOP, _SIDE, _SIDE, across, up)
        middle = panel.left + _SIDE / 2
        parts.append(_svg.text(middle, 16, f"p = {p_name(p)}", bold=True, size=13))
        body = panel.crossed_axes()
        body += _svg.area(panel.at(radius * unit_ball_boundary(p, points=360)), _svg.BLUE)
        if points is None:
            tips = radius * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
            body += "".join(_svg.dot(*panel.spot(*tip), radius=3.5) for tip in tips)
        else:
            body += _ellipses(panel, H, c, points[k]) + _svg.dot(*panel.spot(*points[k]))
            w = f"w = ({points[k][0]:.2f}, {points[k][1]:.2f})"
            parts.append(_svg.text(middle, _TOP + _SIDE + 20, w))
        parts.append(panel.clipped(body))
    names = ", ".join(p_name(p) for p in ps)
    return Picture(
        "".join(parts),
        8 + len(ps) * _SIDE + (len(ps) - 1) * _GAP,
        _TOP + _SIDE + (6 if points is None else 30),
        caption or (_alone(ps, radius) if points is None else _touched(ps)),
        f"The balls of the p-norms for p = {names}"
        + ("." if points is None else ", each touched by an ellipse of the loss."),
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
    panel = plane(np.vstack([path, c, [0.0, 0.0]]), left=4, top=4, side=360)
    body = panel.clipped(plane_body(panel, H, c, path, mark, radius))
    return Picture(
        body,
        368,
        368,
        caption
        or "Ellipses of equal loss (dashed) around the best fit (ring), and the path that the "
        "solution takes to 0 as the penalty grows.",
        "Contours of a quadratic loss with the path of penalised solutions.",
    )


def plane(points: Floats, *, left: float, top: float, side: float) -> _svg.Panel:
    """A square panel of equal scales that shows all `points` with room around them."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = 0.66 * (float((high - low).max()) or 1.0)
    x, y = ((low + high) / 2).tolist()
    return _svg.Panel(left, top, side, side, (x - half, x + half), (y - half, y + half))


def plane_body(
    panel: _svg.Panel, H: Floats, c: Floats, path: Floats, mark: Floats | None, radius: float | None
) -> str:
    """Axes, ellipses, circle and path, before they are clipped."""
    body = panel.crossed_axes()
    if radius is not None:
        body += _svg.area(panel.at(radius * unit_ball_boundary(2, points=120)), _svg.BLUE)
    body += _ellipses(panel, H, c, path[-1] * 0 if mark is None else mark)
    body += _svg.line(panel.at(path), width=2.5)
    if mark is not None:
        body += _svg.dot(*panel.spot(*mark))
    return body


def p_name(p: float) -> str:
    """½, 1, 1.25, ∞."""
    return _NAMES.get(float(p), _svg.number(p))


def _ellipses(panel: _svg.Panel, H: Floats, c: Floats, through: Floats) -> str:
    """Four ellipses whose sizes grow evenly; the last passes `through` a point."""
    outer = 0.5 * float((through - c) @ H @ (through - c))
    ring = _svg.dot(*panel.spot(*c), _svg.ORANGE, hollow=True)
    if outer <= 1e-12 * float(c @ H @ c):
        return ring
    inner = "".join(
        _svg.line(_closed(panel.at(ellipse_outline(H, c, share**2 * outer))), _svg.ORANGE,
                  width=1.2, dash="5 4", faint=0.55)
        for share in (0.25, 0.5, 0.75)
    )  # fmt: skip
    last = _closed(panel.at(ellipse_outline(H, c, outer)))
    return inner + _svg.line(last, _svg.ORANGE, dash="5 4") + ring


def _closed(points: Floats) -> Floats:
    return np.vstack([points, points[:1]])


def _ends(radius: float, c: Floats | None) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ends of both axes, equally long: the ball, and the centre of the loss if there is one."""
    reach = 1.25 * radius
    if c is None:
        return (-reach, reach), (-reach, reach)
    low, high = np.minimum(-reach, c - 0.3), np.maximum(reach, c + 0.3)
    half, middle = (high - low).max() / 2, (low + high) / 2
    x, y = middle.tolist()
    return (x - half, x + half), (y - half, y + half)
