"""The house style: one sheet for sizes and lines, one meaning for each colour.

Colours are Okabe and Ito's, which stay apart for every common kind of colour vision and stand out
on a white as well as on a dark page. What has no meaning of its own is black, the colour of the
words on the page, and lines differ in their dashes: colour is never the only cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_params_from_file, style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator
from matplotlib.transforms import ScaledTranslation

from regcourse.errors import InvalidInput

__all__ = ["FIRST", "LOSS", "PENALTY", "SECOND"]

PENALTY, LOSS = "#0072B2", "#D55E00"
FIRST, SECOND = "#009E73", "#CC79A7"  # the principal directions of the data
INK = "black"
Dashes = str | tuple[float, tuple[float, ...]]
# In units of the line's width; solid first, so that a single line is solid.
DASHES: tuple[Dashes, ...] = (
    "-", (0, (5, 3)), (0, (1, 1.6)), (0, (7, 2, 1.5, 2)), (0, (11, 3)),
)  # fmt: skip
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WIDTH = 400.0  # of a picture in points, as in the sheet

Box = tuple[float, float, float, float]
Given = Axes | Sequence[Axes] | None


def house() -> AbstractContextManager[None]:
    """The style of `house.mplstyle` while the block runs, whatever the user has set before."""
    return style.context(_sheet(), after_reset=True)


@cache
def _sheet() -> Any:
    sheet = Path(__file__).with_name("house.mplstyle")
    return rc_params_from_file(sheet, use_default_template=False)


@contextmanager
def panels(
    given: Given, boxes: Sequence[Box], size: tuple[float, float], *, name: str = "ax"
) -> Iterator[list[Axes]]:
    """The axes to draw on: those `given`, else new ones in a figure of the house.

    Each box is (left, top, width, height) in points, and so is the size of the figure. On given
    axes only what is drawn is ours: the size of words and all around it is their owner's.
    """
    if given is not None:
        axes = list(np.ravel(np.array(given, dtype=object)))
        if len(axes) != len(boxes) or not all(isinstance(ax, Axes) for ax in axes):
            what = "Axes" if name == "ax" else f"{len(boxes)} Axes"
            raise InvalidInput(f"{name} must be {what} of matplotlib, got {given!r}")
        yield axes
        return
    width, height = size
    with house():
        figure = Figure(figsize=(width / 72, height / 72))
        yield [
            figure.add_axes((x / width, 1 - (y + h) / height, w / width, h / height))
            for x, y, w, h in boxes
        ]


def figure_of(ax: Axes) -> Figure:
    """The whole figure, also where `ax` is in a part of it."""
    return ax.figure.canvas.figure


def heading(ax: Axes, words: str, *, left: float = -4.0, up: float = 8.0) -> None:
    """Name the vertical axis above its upper end, where one reads it without turning the head."""
    ax.set_ylabel(words, rotation="horizontal", ha="left", va="baseline")
    shift = ScaledTranslation(left / 72, up / 72, figure_of(ax).dpi_scale_trans)
    ax.yaxis.set_label_coords(0, 1, transform=ax.transAxes + shift)
    ax.yaxis.set_offset_position("right")  # or "1e-10" would cover the name


def legend(ax: Axes, *, above: bool) -> None:
    """Names one below the other: above the panel where that is ours, so that nothing is covered."""
    place: dict[str, Any] = {}
    if above:
        up = 1 + (16 + word_size()) / points_of(ax)[1]
        place = {
            "loc": "lower left", "bbox_to_anchor": (0, up), "borderpad": 0, "borderaxespad": 0,
            "frameon": False, "labelspacing": 0.3,
        }  # fmt: skip
    for name in ax.legend(**place).get_texts():
        name.set_parse_math(False)


def decades(axis: Axis, low: float, high: float) -> None:
    """Plain numbers on a logarithmic axis: at powers of ten, as many as have room."""
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    step = max(1, -(-(last - first + 1) // max(2, int(0.7 * axis.get_tick_space()))))
    tens = 10.0 ** np.arange(first, last + 1, step)
    # Over less than two decades powers of ten would be too few.
    near = LogLocator(subs=(1.0, 2.0, 5.0))
    axis.set_major_locator(near if high < 100 * low else FixedLocator(tens.tolist()))
    axis.set_major_formatter(FuncFormatter(lambda value, _: power(value)))
    axis.set_minor_locator(NullLocator())


def power(value: float) -> str:
    """0.001, 0.1, 100; 10⁻⁵ where that would be long."""
    if 1e-4 <= value < 1e5:
        return f"{value:g}"
    digits, exponent = f"{value:.0e}".split("e")
    raised = f"10{str(int(exponent)).translate(RAISED)}"
    return raised if digits == "1" else f"{digits} × {raised}"


def word_size() -> float:
    """The size in points of a word that is drawn now."""
    return float(FontProperties().get_size_in_points())


def points_of(ax: Axes) -> tuple[float, float]:
    """Width and height of a panel in points."""
    unit = figure_of(ax).dpi / 72
    return float(ax.bbox.width / unit), float(ax.bbox.height / unit)
