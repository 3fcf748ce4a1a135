"""Lines over one axis, and ranges side by side: what most comparisons need."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures._house import (
    DASHES,
    INK,
    LOSS,
    PENALTY,
    WIDTH,
    decades,
    figure_of,
    heading,
    legend,
    panels,
)
from regcourse.figures._picture import Picture
from regcourse.figures._words import plain

__all__ = ["curves", "ranges"]

Colour = Literal["text", "loss", "penalty"]
_COLOURS = {"text": INK, "loss": LOSS, "penalty": PENALTY}
_NONE: Mapping[str, float] = MappingProxyType({})
_ENTRY, _ROW = 19.0, 34.0  # points: a line of the legend, a range


def curves(
    x: ArrayLike,
    lines: Mapping[str, ArrayLike],
    ax: Axes | None = None,
    *,
    across: str,
    up: str,
    caption: str,
    title: str | None = None,
    log: Literal["", "x", "y", "xy"] = "x",
    bands: Mapping[str, ArrayLike] | None = None,
    levels: Mapping[str, float] = _NONE,
    marks: Mapping[str, float] = _NONE,
    limits: tuple[float, float] | None = None,
    colour: Colour = "text",
) -> Picture:
    """Draw lines over one axis, told apart by their dashes.

    Parameters
    ----------
    x : array (m,), increasing
    lines : mapping of names to arrays (m,)
        At most five.
    ax : Axes, optional
        Where to draw; new ones if not given.
    across, up : str
        What stands on the two axes, with its units.
    caption : str
        What to see.
    title : str, optional
        What it is a picture of, if not what the two axes say.
    log : "", "x", "y" or "xy"
        Which axes are logarithmic.
    bands : mapping of names of lines to arrays (2, m), optional
        The lower and the upper edge of what is shaded around a line.
    levels : mapping of names to numbers
        Horizontal lines to compare with.
    marks : mapping of names to numbers
        Vertical lines, places on the axis.
    limits : (low, high), optional
        Where the vertical axis ends, if not around all that is drawn.
    colour : "text", "loss" or "penalty"
        What the last line means, if it is an error of prediction or a strength.

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If there is no line or more than five, x does not increase, a shape does not fit, or a
        band belongs to no line.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.curves([1, 10, 100], {"error": [5.0, 2.0, 9.0]}, up="error",
    ...                across="strength", caption="It has a lowest point.")
    Picture: error over strength from 1 to 100. error: from 5 to 9, smallest 2 at 10.
    """
    places = as_vector(x, "x")
    if places.size < 2 or not (np.diff(places) > 0).all():
        raise InvalidInput(f"x must be increasing, got {places.size} from {places[0]:g}")
    if not 1 <= len(lines) <= len(DASHES):
        raise InvalidInput(f"lines must be 1 to {len(DASHES)}, got {len(lines)}")
    drawn = {name: as_vector(line, name, length=places.size) for name, line in lines.items()}
    shades = {name: _band(band, name, drawn) for name, band in (bands or {}).items()}
    entries = len(lines) + len(levels) + len(marks)
    top = 26 + (_ENTRY * entries if entries > 1 else 0)
    with panels(ax, [(52, top, 333, 176)], (WIDTH, top + 218)) as (plot,):
        for k, (name, line) in enumerate(drawn.items()):
            ink = _COLOURS[colour] if k == len(drawn) - 1 else INK
            plot.plot(places, line, color=ink, linestyle=DASHES[k], label=name)
            if name in shades:
                plot.fill_between(places, *shades[name], color=ink, alpha=0.13, linewidth=0)
        for k, (name, level) in enumerate(levels.items(), start=1):
            plot.axhline(level, color=INK, linestyle=DASHES[-k], linewidth=0.9, label=name)
        for k, (name, place) in enumerate(marks.items(), start=1):
            plot.axvline(place, color=PENALTY, linestyle=DASHES[k], linewidth=1.3, label=name)
        _scales(plot, places, log, limits)
        plot.set_xlabel(across)
        heading(plot, up)
        if entries > 1:
            legend(plot, above=ax is None)
    said = [f"{name}: {_course(places, line)}" for name, line in drawn.items()]
    said += [f"{name}: {plain(at)}" for name, at in {**levels, **marks}.items()]
    ends = f"{plain(places[0])} to {plain(places[-1])}"
    over = f"{up} over {across.removesuffix(' →')}"
    return Picture(
        figure_of(plot), title or over, f"{over} from {ends}. {'; '.join(said)}.", caption
    )


def ranges(
    groups: Mapping[str, ArrayLike],
    ax: Axes | None = None,
    *,
    across: str,
    caption: str,
    title: str | None = None,
    level: float | None = 0.0,
    colour: Colour = "text",
) -> Picture:
    """Draw a dot with the range around it for each group, one below the other.

    Parameters
    ----------
    groups : mapping of names to arrays (3,)
        Lower end, middle and upper end.
    ax : Axes, optional
        Where to draw; new ones if not given.
    across : str
        What stands on the axis, with its units.
    caption : str
        What to see, and what the ends of a range are.
    title : str, optional
        What it is a picture of, if not what the axis says.
    level : float or None
        Where to draw a vertical line to compare with.
    colour : "text", "loss" or "penalty"

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If there is no group, or one does not have three numbers in increasing order.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.ranges({"before": [1, 2, 4], "after": [2, 5, 9]}, across="error",
    ...                caption="The second is worse.")
    Picture: error. before: 2, from 1 to 4; after: 5, from 2 to 9.
    """
    if not groups:
        raise InvalidInput("groups must hold at least one range, got none")
    found = {name: as_vector(each, name, length=3) for name, each in groups.items()}
    for name, each in found.items():
        if (np.diff(each) < 0).any():
            raise InvalidInput(f"{name} must be low, middle, high in order, got {each.tolist()}")
    height = _ROW * len(found)
    # In units of a letter's width, as everywhere in this room.
    left = min(12 + 7.2 * max(map(len, found)), 0.5 * WIDTH)
    with panels(ax, [(left, 12, WIDTH - 15 - left, height)], (WIDTH, height + 56)) as (plot,):
        rows = np.arange(len(found))
        for row, (low, middle, high) in zip(rows, found.values(), strict=True):
            plot.plot([low, high], [row, row], color=_COLOURS[colour], linestyle="-")
            plot.plot([middle], [row], color=_COLOURS[colour], linestyle="none", marker="o")
        if level is not None:
            plot.axvline(level, color=INK, linewidth=0.9, linestyle="-", alpha=0.5)
        plot.set_ylim(len(found) - 0.5, -0.5)
        plot.set_yticks(rows, list(found), parse_math=False)
        plot.grid(visible=False, axis="y")
        plot.set_xlabel(across)
    said = [
        f"{name}: {plain(middle)}, from {plain(low)} to {plain(high)}"
        for name, (low, middle, high) in found.items()
    ]
    return Picture(figure_of(plot), title or across, f"{across}. {'; '.join(said)}.", caption)


def _band(band: ArrayLike, name: str, drawn: Mapping[str, Floats]) -> Floats:
    if name not in drawn:
        raise InvalidInput(f"bands must belong to lines {list(drawn)}, got {name!r}")
    edges = as_array(band, f"band of {name}", ndim=2)
    if edges.shape != (2, drawn[name].size):
        raise InvalidInput(
            f"the band of {name} must have shape (2, {drawn[name].size}), got {edges.shape}"
        )
    return edges


def _scales(ax: Axes, x: Floats, log: str, limits: tuple[float, float] | None) -> None:
    if "x" in log:
        ax.set_xscale("log")
        decades(ax.xaxis, x[0], x[-1])
    if "y" in log:
        ax.set_yscale("log")
        ax.yaxis.set_minor_locator(NullLocator())
    ax.set_xlim(x[0], x[-1])
    if limits is not None:
        low, high = (as_real(each, "limits") for each in limits)
        ax.set_ylim(low, high)
    if "y" in log:
        decades(ax.yaxis, *ax.get_ylim())


def _course(x: Floats, line: Floats) -> str:
    """Where a line begins and ends, and its lowest or highest point if that lies between."""
    words = f"from {plain(line[0])} to {plain(line[-1])}"
    for name, at in (("smallest", int(line.argmin())), ("largest", int(line.argmax()))):
        if 0 < at < line.size - 1:
            words += f", {name} {plain(line[at])} at {plain(x[at])}"
    return words
