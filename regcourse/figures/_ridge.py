"""Pictures of ridge regression: factors, condition numbers, and one strength seen three ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_strengths, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import _svg
from regcourse.figures._balls import plane, plane_body
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import checked_hessian
from regcourse.figures._trace import STRENGTH, Path, checked_path, cursor, increasing, trace_panel
from regcourse.figures._words import kept_label, plain

__all__ = ["condition_curve", "factor_bars", "ridge_geometry"]


def factor_bars(
    factors: ArrayLike,
    *,
    variances: ArrayLike | None = None,
    lam: float | None = None,
    caption: str | None = None,
) -> Picture:
    """Draw one bar for each principal direction: the share of it that ridge keeps.

    Parameters
    ----------
    factors : array (p,)
        s²/(s² + alpha), each between 0 and 1.
    variances : array (p,), optional
        s²/n, written under the bars.
    lam : float, optional
        The strength, written above.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If a factor is not between 0 and 1, or `variances` has another length.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.factor_bars([0.9, 0.2], lam=0.3)
    Picture: Filter factors of 2 directions: 0.90, 0.20.
    """
    f = as_vector(factors, "factors")
    if f.min() < 0 or f.max() > 1:
        raise InvalidInput(f"factors must be between 0 and 1, got {f.min():g} to {f.max():g}")
    h = None if variances is None else as_vector(variances, "variances", length=f.size)
    width = 56 * f.size
    panel = _svg.Panel(44, 30, width, 200, (0.0, float(f.size)), (0.0, 1.0))
    body = panel.frame("", "", [], [0, 0.25, 0.5, 0.75, 1])
    top = "share of the least squares solution kept"
    body += _svg.text(44, 16, top if lam is None else f"{top}, lam = {lam:g}", anchor="start")
    body += _bars(panel, f, [_svg.GREEN] * f.size)
    for k in range(f.size):
        across = panel.spot(k + 0.5, 0)[0]
        body += _svg.text(across, 248, str(k + 1))
        if h is not None:
            body += _svg.text(across, 264, f"{h[k]:.2f}", size=11)
    label = "principal direction" if h is None else "principal direction, and the variance along it"
    body += _svg.text(44, 284, label, anchor="start")
    return Picture(
        body, max(56 + width, 340), 292,
        caption or "Each direction is multiplied by its own factor: where the data vary little, "
        "ridge keeps little.",
        f"Filter factors of {f.size} directions: " + ", ".join(map(kept_label, f)) + ".",
    )  # fmt: skip


def condition_curve(
    lams: ArrayLike, conditions: ArrayLike, *, caption: str | None = None
) -> Picture:
    """Draw the condition number of X'X + n lam I against lam, both axes logarithmic.

    Parameters
    ----------
    lams : array (m,), > 0
    conditions : array (m,), >= 1
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, or a condition number is below 1.
    """
    strengths = increasing(as_strengths(lams))
    numbers = as_vector(conditions, "conditions", length=strengths.size)
    if numbers.min() < 1:
        raise InvalidInput(f"conditions must be >= 1, got {numbers.min():g}")
    top = 10.0 ** np.ceil(np.log10(max(numbers.max(), 10)))
    panel = _svg.Panel(
        58, 30, 500, 240, (strengths[0], strengths[-1]), (1, top), log_x=True, log_y=True
    )
    body = panel.frame(STRENGTH, "condition number", _svg.decades(*panel.x), _svg.decades(*panel.y))
    body += _svg.line(panel.at(np.column_stack([strengths, numbers])), _svg.BLUE, width=2.5)
    return Picture(
        body, 580, 314,
        caption or "A little strength calms the equations most: it lifts the smallest "
        "eigenvalue long before the largest notices.",
        f"Condition number from {numbers[0]:.3g} at lam = {strengths[0]:g} "
        f"to {numbers[-1]:.3g} at lam = {strengths[-1]:g}.",
    )  # fmt: skip


def ridge_geometry(
    path: Path,
    hessian: ArrayLike,
    factors: ArrayLike,
    w: ArrayLike,
    *,
    centre: ArrayLike,
    lam: float,
    n: int,
    caption: str | None = None,
) -> Picture:
    """Draw one strength three times: in the plane of two weights, as factors, on the trace.

    Parameters
    ----------
    path : a path of two weights
    hessian : array (2, 2), symmetric positive definite
        X'X / n of the centred columns.
    factors, w : arrays (2,)
        Filter factors and weights at `lam`.
    centre : array (2,)
        The least squares solution, where the path begins; its first strength is not 0.
    lam : float
        Between the smallest and the largest strength of the path.
    n : int
        Number of rows, so that alpha = n lam.
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
    lams, W, labels = checked_path(path, None)
    if W.shape[1] != 2:
        raise InvalidInput(f"W must have 2 columns to be drawn in a plane, got {W.shape[1]}")
    H, f = checked_hessian(hessian), as_vector(factors, "factors", length=2)
    mark, c = as_vector(w, "w", length=2), as_vector(centre, "centre", length=2)
    whole = np.vstack([c, W, [0.0, 0.0]])
    flat = plane(whole, left=4, top=28, side=250)
    body = _svg.text(4, 16, "loss ellipse and penalty circle", anchor="start")
    body += flat.clipped(plane_body(flat, H, c, whole, mark, float(np.linalg.norm(mark))))
    bars = _svg.Panel(300, 28, 130, 250, (0.0, 2.0), (0.0, 1.0))
    body += bars.frame("principal direction", "", [], [0, 0.5, 1])
    body += _svg.text(296, 16, "filter factors", anchor="start")
    body += _bars(bars, f, [_svg.GREEN, _svg.PURPLE])
    for k in range(2):
        body += _svg.text(bars.spot(k + 0.5, 0)[0], 294, str(k + 1), size=11)
    panel, trace = trace_panel(lams, W, labels, (474, 28, 220, 250))
    return Picture(
        body + trace + cursor(panel, lam), 752, 322,
        caption
        or f"One strength, three pictures: lam = {plain(lam)}, alpha = n lam = {plain(n * lam)}, "
        f"effective degrees of freedom {f.sum():.2f}. Left: the ellipse of the loss (dashed) "
        "touches the circle of the penalty in the ridge solution. Middle: what is kept of each "
        "principal direction. Right: both weights over all strengths.",
        f"Ridge with two weights at lam = {plain(lam)}: w = ({mark[0]:.2f}, {mark[1]:.2f}), "
        f"factors {kept_label(f[0])} and {kept_label(f[1])}.",
    )  # fmt: skip


def _bars(panel: _svg.Panel, factors: Floats, colours: Sequence[str]) -> str:
    """Bars in front of the full length that least squares keeps."""
    body = ""
    for k, (factor, colour) in enumerate(zip(factors, colours, strict=True)):
        for top, opacity, width in ((1.0, 0.08, 0.8), (factor, 0.6, 1.0)):
            low, high = k + 0.18, k + 0.82
            bar = np.array([[low, 0], [high, 0], [high, top], [low, top]])
            body += _svg.area(panel.at(bar), colour, opacity=opacity, width=width)
        x, y = panel.spot(k + 0.5, factor)
        body += _svg.text(x, max(y - 5, panel.top + 14), kept_label(factor), bold=True)
    return body
