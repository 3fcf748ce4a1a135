"""Fits to many samples as points of the plane of two weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from regcourse._arrays import as_matrix, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures._house import INK, WIDTH, figure_of, heading, legend, panels
from regcourse.figures._picture import Picture
from regcourse.figures._words import short

__all__ = ["weight_clouds"]

# Rings let what lies under them through; a cross is told from both.
_MARKERS = (("o", "none", 5.0), ("+", INK, 6.0), ("^", "none", 5.0))


def weight_clouds(
    clouds: Mapping[str, ArrayLike],
    ax: Axes | None = None,
    *,
    truth: ArrayLike,
    caption: str | None = None,
) -> Picture:
    """Draw the two weights of every fit as a point, and the truth as a diamond around them.

    Parameters
    ----------
    clouds : mapping of names to arrays (m, 2)
        At most three: for each method its fits.
    ax : Axes, optional
        Where to draw; new ones if not given.
    truth : array (2,)
    caption : str, optional
        What to look at, if not what the default says.

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If there is no cloud or more than three, or one does not have two columns.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.weight_clouds({"fits": [[0.0, 2.0], [2.0, 0.0]]}, truth=[1, 1])
    Picture: Two weights. Truth: (1, 1). fits: 2 points, w₁ from 0 to 2, w₂ from 0 to 2.
    """
    if not 1 <= len(clouds) <= len(_MARKERS):
        raise InvalidInput(f"clouds must be 1 to {len(_MARKERS)}, got {len(clouds)}")
    points = {name: as_matrix(cloud, name) for name, cloud in clouds.items()}
    for name, cloud in points.items():
        if cloud.shape[1] != 2:
            raise InvalidInput(f"{name} must have 2 columns, got shape {cloud.shape}")
    right = as_vector(truth, "truth", length=2)
    everything = np.vstack([*points.values(), right])
    low, high = everything.min(axis=0), everything.max(axis=0)
    middle, half = (low + high) / 2, 0.55 * (float((high - low).max()) or 1.0)
    top = 32 + 19 * (len(points) + 1)
    with panels(ax, [(52, top, 270, 270)], (WIDTH, top + 312)) as (plot,):
        for (name, cloud), (marker, fill, size) in zip(points.items(), _MARKERS, strict=False):
            plot.plot(
                *cloud.T, linestyle="none", marker=marker, markersize=size, label=name,
                markerfacecolor=fill, markeredgecolor=INK, markeredgewidth=1.0,
            )  # fmt: skip
        plot.plot(
            *right, linestyle="none", marker="D", markersize=12, markerfacecolor="none",
            markeredgecolor=INK, markeredgewidth=1.8, label="the truth",
        )  # fmt: skip
        plot.set(xlim=middle[0] + [-half, half], ylim=middle[1] + [-half, half], aspect="equal")
        plot.set_xlabel("first weight w₁")
        heading(plot, "second weight w₂")
        legend(plot, above=ax is None)
    said = []
    for name, cloud in points.items():
        (left, down), (far, up) = cloud.min(axis=0), cloud.max(axis=0)
        across, along = f"{short(left)} to {short(far)}", f"{short(down)} to {short(up)}"
        said.append(f"{name}: {len(cloud)} points, w₁ from {across}, w₂ from {along}")
    at = f"({short(right[0])}, {short(right[1])})"
    return Picture(
        figure_of(plot),
        "Fits in the plane of two weights",
        f"Two weights. Truth: {at}. {'; '.join(said)}.",
        caption
        or "Every mark is the fit to one sample: how far they lie apart is the variance, "
        "how far their middle lies from the truth is the bias.",
    )
