"""The house style: SVG elements, and a panel that maps data to the drawing.

Colours are Okabe and Ito's four that stay apart for every common kind of colour vision and
stand out on white as well as on a dark page. Each goes with a line style of its own, so that
colour is never the only cue. Nothing here carries an id: two pictures on a page cannot clash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np

from regcourse._arrays import Floats

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK = "currentColor"
# Solid first, so that a single line is solid.
DASHES = ("", "7 4", "2 3", "9 3 2 3", "14 4")
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, INK)


def number(value: float) -> str:
    """Two decimals at most, and never a minus before zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def power(value: float) -> str:
    """A tick on a logarithmic axis: 0.001, 0.1, 100."""
    return f"{value:g}"


def line(
    points: Floats, colour: str = INK, *, width: float = 2, dash: str = "", faint: float = 1
) -> str:
    """A polyline through pixel positions (m, 2)."""
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return _stroke(f"M{path}", colour, width, dash, faint)


def area(points: Floats, colour: str, *, opacity: float = 0.14, width: float = 2) -> str:
    """A closed outline through pixel positions, lightly filled."""
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return (
        f'<path d="M{path}Z" fill="{colour}" fill-opacity="{number(opacity)}" stroke="{colour}" '
        f'stroke-width="{number(width)}" stroke-linejoin="round"/>'
    )


def _stroke(path: str, colour: str, width: float, dash: str, faint: float) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    opacity = f' opacity="{number(faint)}"' if faint < 1 else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
        f'stroke-linejoin="round"{dashes}{opacity}/>'
    )


def dot(x: float, y: float, colour: str = INK, *, radius: float = 5, hollow: bool = False) -> str:
    """A disc, or a ring that lets the page through."""
    look = f'fill="none" stroke="{colour}" stroke-width="2"' if hollow else f'fill="{colour}"'
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" {look}/>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    size: float = 12,
    colour: str = INK,
    bold: bool = False,
    turn: float = 0,
) -> str:
    """Words at a pixel position."""
    weight = ' font-weight="600"' if bold else ""
    rotation = f' transform="rotate({number(turn)} {number(x)} {number(y)})"' if turn else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{number(size)}" '
        f'fill="{colour}"{weight}{rotation}>{escape(words)}</text>'
    )


@dataclass(frozen=True)
class Panel:
    """A rectangle of the drawing with two axes; either may be logarithmic."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    log_x: bool = False
    log_y: bool = False

    def at(self, points: Floats) -> Floats:
        """Data positions (m, 2) as pixels."""
        points = np.asarray(points, dtype=float)
        across = _share(points[:, 0], self.x, self.log_x)
        up = _share(points[:, 1], self.y, self.log_y)
        return np.column_stack([self.left + self.width * across, self.top + self.height * (1 - up)])

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """One data position as pixels."""
        across, down = self.at(np.array([[x, y]]))[0]
        return float(across), float(down)

    def clipped(self, body: str) -> str:
        """The same elements, cut off at the panel's edge (a nested svg clips and needs no id)."""
        box = " ".join(number(v) for v in (self.left, self.top, self.width, self.height))
        x, y, width, height = box.split()
        return (
            f'<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{box}">{body}</svg>'
        )

    def crossed_axes(self) -> str:
        """Thin axes through the origin, for a plane of two weights."""
        ends = [[self.x[0], 0], [self.x[1], 0]], [[0, self.y[0]], [0, self.y[1]]]
        return "".join(line(self.at(np.array(end)), width=1, faint=0.45) for end in ends)

    def frame(
        self, xlabel: str, ylabel: str, xticks: Iterable[float], yticks: Iterable[float]
    ) -> str:
        """Axes at the left and the bottom, with light grid lines and labelled ticks."""
        parts = []
        bottom, right = self.top + self.height, self.left + self.width
        for tick in xticks:
            across = self.spot(tick, self.y[1])[0]
            parts.append(
                line(np.array([[across, self.top], [across, bottom]]), width=1, faint=0.13)
            )
            name = power(tick) if self.log_x else number(tick)
            parts.append(text(across, bottom + 16, name, size=11))
        for tick in yticks:
            down = self.spot(self.x[1], tick)[1]
            parts.append(line(np.array([[self.left, down], [right, down]]), width=1, faint=0.13))
            name = power(tick) if self.log_y else number(tick)
            parts.append(text(self.left - 6, down + 4, name, anchor="end", size=11))
        corner = np.array([[self.left, self.top], [self.left, bottom], [right, bottom]])
        parts.append(line(corner, width=1, faint=0.6))
        parts.append(text(self.left + self.width / 2, bottom + 34, xlabel))
        parts.append(text(self.left - 4, self.top - 10, ylabel, anchor="start"))
        return "".join(parts)


def _share(values: Floats, ends: tuple[float, float], log: bool) -> Floats:
    low, high = np.log10(ends) if log else np.asarray(ends, dtype=float)
    where = np.log10(values) if log else values
    share: Floats = (where - low) / (high - low)
    return share


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About `count` round numbers between the ends."""
    rough = (high - low) / count
    unit = 10.0 ** np.floor(np.log10(rough))
    step = unit * next(m for m in (1, 2, 5, 10) if m * unit >= rough * 0.999)
    first = np.ceil(low / step - 1e-9)
    return [float(step * k) for k in range(int(first), int(np.floor(high / step + 1e-9)) + 1)]


def decades(low: float, high: float) -> list[float]:
    """The powers of ten between the ends: each, or every second or third where they crowd."""
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    step = max(1, (last - first + 1) // 6 + ((last - first + 1) % 6 > 0))
    return [10.0**k for k in range(first, last + 1, step)]
