"""Pictures of ridge regression: factors, condition numbers, and one strength seen three ways."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_strengths, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures._house import (
    FIRST,
    INK,
    SECOND,
    WIDTH,
    Given,
    decades,
    figure_of,
    heading,
    panels,
    points_of,
    word_size,
)
from regcourse.figures._paths import Path, checked_path, checked_strength, increasing
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import around, checked_hessian, plane, way_to_zero
from regcourse.figures._trace import STRENGTH, cursor, draw_trace
from regcourse.figures._words import kept_label, plain, point

__all__ = ["condition_curve", "factor_bars", "ridge_geometry"]

_GEOMETRY = [(0, 26, 190, 190), (252, 26, 133, 150), (47, 258, 338, 136)]  # as in `panels`


def factor_bars(
    factors: ArrayLike,
    ax: Axes | None = None,
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
    ax : Axes, optional
        Where to draw; new ones if not given.
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
    width = min(48.0 * f.size, WIDTH - 34)
    with panels(ax, [(32, 26, width, 170)], (WIDTH, 242 if h is None else 262)) as (plot,):
        _bars(plot, f)
        top = "share of the least squares solution kept"
        heading(plot, top if lam is None else f"{top}, lam = {lam:g}")
        label = "principal direction"
        if h is not None:
            label += ", and the variance along it"
        if h is not None and _has_room(plot, f):
            for k, variance in enumerate(h, start=1):
                plot.annotate(
                    f"{variance:.2f}", (k, 0), (0, -32), textcoords="offset points",
                    ha="center", va="baseline", annotation_clip=False,
                )  # fmt: skip
        plot.set_xlabel(label, loc="left", labelpad=4 if h is None else 24)
    return Picture(
        figure_of(plot),
        "Filter factors",
        f"Filter factors of {f.size} directions: " + ", ".join(map(kept_label, f)) + ".",
        caption
        or "Each direction is multiplied by its own factor: where the data vary little, "
        "ridge keeps little.",
    )


def condition_curve(
    lams: ArrayLike, conditions: ArrayLike, ax: Axes | None = None, *, caption: str | None = None
) -> Picture:
    """Draw the condition number of X'X + n lam I against lam, both axes logarithmic.

    Parameters
    ----------
    lams : array (m,), > 0
    conditions : array (m,), >= 1
    ax : Axes, optional
        Where to draw; new ones if not given.
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
    with panels(ax, [(47, 26, 338, 176)], (WIDTH, 244)) as (plot,):
        plot.plot(strengths, numbers, color=INK, linestyle="-", linewidth=1.9)
        plot.set(xscale="log", yscale="log", xlim=strengths[[0, -1]], ylim=(1, top))
        decades(plot.xaxis, *plot.get_xlim())
        decades(plot.yaxis, 1, top)
        plot.set_xlabel(STRENGTH)
        heading(plot, "condition number")
    return Picture(
        figure_of(plot),
        "Condition number",
        f"Condition number from {numbers[0]:.3g} at lam = {strengths[0]:g} "
        f"to {numbers[-1]:.3g} at lam = {strengths[-1]:g}.",
        caption
        or "A little strength calms the equations most: it lifts the smallest "
        "eigenvalue long before the largest notices.",
    )


def ridge_geometry(
    path: Path,
    hessian: ArrayLike,
    factors: ArrayLike,
    w: ArrayLike,
    axes: Given = None,
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
    axes : sequence of 3 Axes, optional
        Where to draw: plane, factors and trace; new ones if not given.
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
    at = checked_strength(lam, lams)
    whole = np.vstack([c, W, [0.0, 0.0]])
    with panels(axes, _GEOMETRY, (WIDTH, 438), name="axes") as (flat, bars, trace):
        plane(flat, *around(whole))
        heading(flat, "loss ellipse and penalty circle", left=0)
        way_to_zero(flat, H, c, whole, mark, float(np.linalg.norm(mark)))
        _bars(bars, f)
        heading(bars, "filter factors")
        bars.set_xlabel("principal direction")
        draw_trace(trace, lams, W, labels)
        cursor(trace, at)
    return Picture(
        figure_of(flat),
        "Ridge with two weights",
        f"Ridge with two weights at lam = {plain(lam)}: w = {point(mark)}, "
        f"factors {kept_label(f[0])} and {kept_label(f[1])}.",
        caption
        or f"One strength, three pictures: lam = {plain(lam)}, alpha = n lam = {plain(n * lam)}, "
        f"effective degrees of freedom {f.sum():.2f}. First: the ellipse of the loss (dashed) "
        "touches the circle of the penalty in the ridge solution. Second: what is kept of each "
        "principal direction. Third: both weights over all strengths.",
    )


def _bars(ax: Axes, factors: Floats) -> None:
    """Bars in front of the full length that least squares keeps."""
    where = np.arange(1, factors.size + 1)
    colours = [FIRST, SECOND] if factors.size == 2 else [INK] * factors.size
    for top, opacity, width in ((np.ones(factors.size), 0.07, 0.6), (factors, 0.5, 0.8)):
        fill = [to_rgba(colour, opacity) for colour in colours]
        ax.bar(where, top, width=0.64, color=fill, edgecolor=colours, linewidth=width)
    ax.set(xlim=(0.5, factors.size + 0.5), ylim=(0, 1.14), yticks=[0, 0.5, 1])
    ax.yaxis.set_major_formatter("{x:g}")
    ax.grid(visible=False, axis="x")
    if _has_room(ax, factors):
        ax.set_xticks(where)
        for k, factor in zip(where, factors, strict=True):
            high = 1 if factor > 0.85 else factor  # no label lies on the end of the full length
            ax.text(float(k), high + 0.03, kept_label(factor), ha="center", weight="bold")


def _has_room(ax: Axes, factors: Floats) -> bool:
    """Whether a number at each bar would not cover its neighbours."""
    return points_of(ax)[0] >= 2.7 * word_size() * factors.size
