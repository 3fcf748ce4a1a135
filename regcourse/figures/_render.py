"""What Matplotlib draws, made ours: SVG for a page, the same bytes on every machine.

Matplotlib writes the drawing, and this file goes over it: two decimals, black becomes the colour
of the page's text and white that of the page, words are set by the browser, and what a page
needs not goes: groups, metadata, a style sheet that would reach far beyond the picture.
"""

from __future__ import annotations

import io
import re
from html import escape
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from regcourse.figures._house import RAISED
from regcourse.figures._words import short

MARK = "\0"  # begins every id, until the picture puts a name of its own there
INK, PAGE = "currentColor", "var(--jp-layout-color0,#fff)"

_COLOURS = {"#000000": INK, "#ffffff": PAGE}
_SIDES = ("x", "y", "width", "height")
_DECIMALS = re.compile(r"-?\d+\.\d+")
# What Matplotlib writes at the ticks of a logarithmic axis: 10 to a power, or 2 times that.
_POWER = re.compile(r"\$\\mathdefault\{(?:(\d+)\\times)?10\^\{(-?\d+)\}\}\$")
# In Matplotlib 3.9 the one word `font` stands for all of these.
_FONT = re.compile(r"(?:(?P<style>italic|oblique) )?(?:(?P<weight>\d+) )?(?P<size>[\d.]+px)")


def drawing(figure: Figure) -> str:
    """The figure as SVG elements, a point to the unit; their ids begin with `MARK`."""
    written, dpi, sheet = io.StringIO(), figure.dpi, figure.patch.get_visible()
    width, height = 72 * figure.get_size_inches()
    pen = _Pen(width, height, written)
    figure.dpi = 72  # in Matplotlib's SVG, a pixel is a point
    figure.patch.set_visible(False)  # the page is the sheet to draw on
    try:
        figure.draw(pen)
    finally:
        figure.dpi = dpi
        figure.patch.set_visible(sheet)
    pen.finalize()
    root = fromstring(written.getvalue())  # noqa: S314 - this was written by the lines above
    clips = {f"url(#{clip.get('id')})": clip[0] for clip in root.iter() if _tag(clip) == "clipPath"}
    rectangles = {name: shape for name, shape in clips.items() if _tag(shape) == "rect"}
    body = _elements(root, rectangles)
    for k, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        body = re.sub(rf'(?<=["#]){re.escape(name)}(?=[")])', f"{MARK}{k}", body)
    return body


class _Pen(RendererSVG):
    """Matplotlib's writer of SVG, without its groups and without measuring a font.

    The browser sets the words in a font that is not known here, and two builds of FreeType differ
    in the third decimal. So every letter counts as equally wide, and lines as a little higher
    than Matplotlib's own font would have them: it takes the larger of the two.
    """

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        size = float(prop.get_size_in_points())
        return 0.55 * size * len(s), 1.06 * size, 0.26 * size

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float,
        ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        if ismath and (power := _POWER.fullmatch(s)):
            times = f"{power[1]} × " if power[1] else ""
            s, ismath = f"{times}10{power[2].translate(RAISED)}", False
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    def open_group(self, s: str, gid: str | None = None) -> None:
        pass

    def close_group(self, s: str) -> None:
        pass


def _elements(parent: Element, rectangles: dict[str, Element]) -> str:
    """The children of an element; those inside one rectangle stand together in a nested svg.

    That clips at its edge and needs no id, which a browser would not find in a folded cell.
    """

    def clip_of(child: Element) -> Element | None:
        return rectangles.get(child.get("clip-path", ""))

    parts = []
    for clip, group in groupby(parent, key=clip_of):
        body = "".join(_element(child, rectangles) for child in group)
        if clip is not None:
            x, y, width, height = (short(float(clip.get(side, 0))) for side in _SIDES)
            body = (
                f'<svg x="{x}" y="{y}" width="{width}" height="{height}" '
                f'viewBox="{x} {y} {width} {height}">{body}</svg>'
            )
        parts.append(body)
    return "".join(parts)


def _element(element: Element, rectangles: dict[str, Element]) -> str:
    tag = _tag(element)
    if tag in ("metadata", "style") or f"url(#{element.get('id')})" in rectangles:
        return ""
    attributes = _attributes(element)
    if attributes.get("clip-path") in rectangles:
        del attributes["clip-path"]
    inside = escape((element.text or "").strip()) + _elements(element, rectangles)
    if tag in ("defs", "g") and not (inside and (tag == "defs" or attributes)):
        return inside
    words = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag}{words}>{inside}</{tag}>" if inside else f"<{tag}{words}/>"


def _attributes(element: Element) -> dict[str, str]:
    """The attributes, those inside `style` too, without what a browser does by itself."""
    found = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for part in found.pop("style", "").split("; "):
        key, _, value = part.partition(": ")
        found[key] = value
    if font := _FONT.match(found.pop("font", "")):
        found |= {f"font-{key}": value for key, value in font.groupdict().items() if value}
    # In an order of our own: Matplotlib's has changed before.
    return {key: _value(key, found[key]) for key in sorted(found) if not _idle(key, found[key])}


def _idle(key: str, value: str) -> bool:
    usual = (("stroke-dashoffset", "0"), ("text-anchor", "start"))
    return (
        key in ("", "font-family", "font-stretch")
        or (key, value) in usual
        or (key == "transform" and value.startswith("rotate(-0 "))
    )


def _value(key: str, value: str) -> str:
    if key in ("id", "href"):
        return value
    value = _DECIMALS.sub(lambda each: short(float(each[0])), _COLOURS.get(value, value))
    if key == "font-size":
        return value.removesuffix("px")
    if key == "d":
        value = re.sub(r"\s*([A-Za-z])\s*", r"\1", value).strip()
        if "C" not in value and "Q" not in value:
            value = value.replace("L", " ")  # a line goes on as a line
    return value


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
