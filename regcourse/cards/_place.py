"""Where the axes of a lesson's picture lie in its drawing, so that a place can be pointed at."""

from __future__ import annotations

from typing import Any


def frame_of(picture: Any) -> dict[str, Any]:
    """Return the picture's HTML with its first Axes, in units of the drawing and of the data.

    `picture` is what a function of regcourse.figures returns: the rooms of the mathematics are not
    this wing's to import, so its drawing and its Matplotlib figure are all that is asked for.
    """
    html = picture._repr_html_()  # drawn once, which settles where the axes lie
    figure = picture.figure
    width, height = (72 * float(inches) for inches in figure.get_size_inches())
    axes = figure.axes[0]
    box = axes.get_position()
    return {
        "html": html,
        "left": round(width * box.x0, 3),
        "top": round(height * (1 - box.y1), 3),
        "width": round(width * box.width, 3),
        "height": round(height * box.height, 3),
        "x": [float(end) for end in axes.get_xlim()],
        "y": [float(end) for end in axes.get_ylim()],
        "log": [axes.get_xscale() == "log", axes.get_yscale() == "log"],
    }
