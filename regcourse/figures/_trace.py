"""Weights along a path of strengths, and the criteria that choose one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from regcourse._arrays import Floats, as_vector
from regcourse.figures._house import (
    DASHES,
    INK,
    LOSS,
    PENALTY,
    WIDTH,
    Given,
    decades,
    figure_of,
    heading,
    panels,
    points_of,
    word_size,
)
from regcourse.figures._paths import Path, ScoredPath, checked_path, checked_strength
from regcourse.figures._picture import Picture
from regcourse.figures._shapes import dot

__all__ = ["ridge_choice", "ridge_trace"]

STRENGTH = "strength lam →"
_CHOICE = [(47, 74, 338, 110), (47, 220, 338, 176)]  # points: left, top, width, height


def ridge_trace(
    path: Path,
    ax: Axes | None = None,
    *,
    lam: float | None = None,
    names: Sequence[str] | None = None,
    caption: str | None = None,
) -> Picture:
    """Draw every weight against the strength (logarithmic axis).

    Parameters
    ----------
    path : a path with `lams` (m,) and `W` (m, p)
        As `regcourse.linear.ridge_path` returns it; strengths > 0, increasing.
    ax : Axes, optional
        Where to draw; new ones if not given.
    lam : float, optional
        Where to draw a cursor: between the smallest and the largest strength.
    names : sequence of p strings, optional
        Names of the weights, w₁, w₂, ... if not given. They stand where the lines begin; of very
        many weights only the largest are named.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, the shapes of `lams`, `W`, `names` differ, or
        lam is out of range.
    """
    lams, W, labels = checked_path(path, names)
    at = None if lam is None else checked_strength(lam, lams)
    with panels(ax, [(47, 26, 338, 176)], (WIDTH, 244)) as (plot,):
        draw_trace(plot, lams, W, labels)
        if at is not None:
            cursor(plot, at)
    return Picture(
        figure_of(plot),
        "Trace of the weights",
        f"Trace of {W.shape[1]} weights over lam from {lams[0]:g} to {lams[-1]:g}.",
        caption
        or "Each line is one weight. All end at 0, none arrives; on the way single "
        "weights may grow or change sign, while the vector as a whole only shrinks.",
    )


def ridge_choice(
    path: ScoredPath,
    axes: Given = None,
    *,
    names: Sequence[str] | None = None,
    caption: str | None = None,
) -> Picture:
    """Draw leave-one-out error and GCV with their minima, and the trace under the same axis.

    Parameters
    ----------
    path : a path with `lams`, `W`, `loo` and `gcv`
    axes : sequence of 2 Axes, optional
        Where to draw, the criteria and the trace; new ones if not given.
    names : sequence of p strings, optional
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, or shapes differ.
    """
    lams, W, labels = checked_path(path, names)
    loo = as_vector(path.loo, "loo", length=lams.size)
    gcv = as_vector(path.gcv, "gcv", length=lams.size)
    criteria = (("leave-one-out", loo, DASHES[0], False), ("GCV", gcv, DASHES[1], True))
    with panels(axes, _CHOICE, (WIDTH, 438), name="axes") as (upper, lower):
        begin = draw_trace(lower, lams, W, labels)
        for name, score, dashes, hollow in criteria:
            best = int(score.argmin())
            words = f"{name}: smallest at lam = {lams[best]:.2g}"
            upper.plot(lams, score, color=LOSS, linestyle=dashes, label=words)
            dot(upper, np.array([lams[best], score[best]]), LOSS, hollow=hollow)
            for ax in (upper, lower):
                ax.axvline(lams[best], color=LOSS, linestyle=dashes, linewidth=1.1)
        low, high = _valley(np.vstack([loo, gcv]))
        low -= 0.12 * (high - low) or 1.0
        upper.set(xscale="log", xlim=(begin, lams[-1]), ylim=(low, high))
        decades(upper.xaxis, lams[0], lams[-1])
        upper.tick_params(labelbottom=False)
        heading(upper, "mean squared error on the row left out")
        if axes is None:
            above = 1 + 28 / points_of(upper)[1]
            upper.legend(
                loc="lower left", bbox_to_anchor=(0, above), borderpad=0, borderaxespad=0,
                frameon=False,
            )  # fmt: skip
        else:
            upper.legend()
    return Picture(
        figure_of(upper),
        "Choice of a strength",
        f"Leave-one-out error is smallest at lam = {lams[loo.argmin()]:.2g}, "
        f"GCV at lam = {lams[gcv.argmin()]:.2g}; below, the trace of {W.shape[1]} weights.",
        caption
        or "Above: the error on an unseen row, by leave-one-out (solid) and by GCV "
        "(dashed), each with its minimum; the axis shows the valley, and beyond it both curves "
        "climb out of the picture. Below: the weights; vertical lines mark both minima.",
    )


def draw_trace(ax: Axes, lams: Floats, W: Floats, labels: Sequence[str]) -> float:
    """Draw one line for each weight, with its name where it begins; return where the axis does."""
    low, high = min(float(W.min()), 0.0), max(float(W.max()), 0.0)
    pad = 0.06 * (high - low) or 1.0
    ax.set(xscale="log", ylim=(low - pad, high + pad))
    ax.axhline(0, color=INK, linewidth=0.75, linestyle="-", alpha=0.5)
    for k in range(W.shape[1]):
        ax.plot(lams, W[:, k], **look(k))
    # All weights end at 0, where names would cover one another: they stand at the left.
    share = _names(ax, W, labels)
    begin = float(lams[0] * (lams[0] / lams[-1]) ** (share / (1 - share)))
    ax.set_xlim(begin, lams[-1])
    decades(ax.xaxis, lams[0], lams[-1])
    ax.set_xlabel(STRENGTH)
    heading(ax, "weights")
    return begin


def _names(ax: Axes, W: Floats, labels: Sequence[str]) -> float:
    """Name the largest weights, as many as have room; return the share of the width they take."""
    width, height = points_of(ax)
    size = word_size()
    line = 1.1 * size
    named = np.argsort(-np.abs(W).max(axis=0), kind="stable")[: max(1, int(height / line))]
    share = min((0.58 * size * max(len(labels[k]) for k in named) + 20) / width, 0.5)
    order = named[np.argsort(W[0, named], kind="stable")]
    low, high = ax.get_ylim()
    begins = height * (W[0, order] - low) / (high - low)
    for k, here, there in zip(order, begins, spread(begins, line, height), strict=True):
        end = share - 12 / width
        ax.text(
            end, there / height, labels[k], transform=ax.transAxes, ha="right", va="center",
            parse_math=False,
        )  # fmt: skip
        ax.plot(
            [end + 2 / width, share], [there / height, here / height], transform=ax.transAxes,
            color=INK, linestyle="-", linewidth=0.6, alpha=0.5,
        )  # fmt: skip
    return share


def look(k: int) -> dict[str, Any]:
    """How the line of weight k is told from the others: by its dashes, then by its grey."""
    faint = 0.55 if k // len(DASHES) % 2 else 1.0
    return {"color": INK, "linestyle": DASHES[k % len(DASHES)], "alpha": faint}


def cursor(ax: Axes, lam: float) -> None:
    """Mark one strength."""
    ax.axvline(lam, color=PENALTY, linestyle=DASHES[1], linewidth=1.3)


def spread(wanted: Floats, gap: float, height: float) -> Floats:
    """Places at least `gap` apart, as near as can be to the increasing places `wanted`."""
    steps = gap * np.arange(wanted.size)
    free, ends = wanted - steps, range(1, wanted.size + 1)
    # The nearest increasing sequence, by the formula of means: max over starts, min over ends.
    nearest = [
        max(min(free[j:k].mean() for k in ends if k > i) for j in range(i + 1))
        for i in range(wanted.size)
    ]
    placed: Floats = np.clip(nearest, gap / 2, max(height - gap / 2 - steps[-1], gap / 2)) + steps
    return placed


def _valley(scores: Floats) -> tuple[float, float]:
    """Ends of an axis on which the minimum shows, even if a far larger error stands beside it."""
    low, high = float(scores.min()), float(scores.max())
    shore = 3 * (float(scores[:, 0].max()) - low)
    return low, min(high, low + shore) if shore > 0.002 * (high - low) else high
