"""A picture with its caption: what every function of this room returns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure

from regcourse.errors import InvalidInput
from regcourse.figures._house import WIDTH, house
from regcourse.figures._render import MARK, PAGE, drawing
from regcourse.figures._words import short

__all__ = ["Picture"]

_PIXELS = 1.2  # on a page, for a point of the drawing: its words are as large as those around it
_FIGURE = f"margin:.6em 0;max-width:{short(_PIXELS * WIDTH)}px"
_DRAWING = "display:block;width:100%;height:auto;font-family:system-ui,sans-serif;max-width:"
_CAPTION = "margin:.4em 0 0;font-size:.92em;line-height:1.45"


@dataclass(frozen=True, eq=False)
class Picture:
    """A Matplotlib figure with a title, a description in words and the sentence under it.

    A notebook shows it as SVG, which has the colours of a light or a dark page.

    Parameters
    ----------
    figure : matplotlib Figure
    title : str
        What it is a picture of, in a few words.
    alt : str
        What is drawn, for readers who cannot see it.
    caption : str
        What to see in it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from regcourse.figures import Picture
    >>> figure = Figure()
    >>> _ = figure.subplots().contour([[0, 1], [1, 2]])
    >>> Picture(figure, "A slope", "Level lines of a slope.", "They are parallel.")
    Picture: Level lines of a slope.
    """

    figure: Figure
    title: str
    alt: str
    caption: str

    @property
    def svg(self) -> str:
        """The drawing as a document of its own, dark on a white page."""
        width, height = map(short, self._size())
        size = f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        sheet = f'<rect width="{width}" height="{height}" fill="#fff"/>'
        whole = self._element(f'{size} color="#1b1b1b" font-family="sans-serif"', sheet)
        return whole.replace(PAGE, "#fff") + "\n"

    def save(self, path: Path | str) -> None:
        """Write the drawing to `path`, on a white page: an .svg, .png or .pdf file.

        Raises InvalidInput if the name has another ending.
        """
        kind = Path(path).suffix.lower()
        if kind == ".svg":
            Path(path).write_text(self.svg, encoding="utf-8")
        elif kind in (".png", ".pdf"):
            undated = {"CreationDate": None} if kind == ".pdf" else None
            with house():
                self.figure.savefig(path, metadata=undated)
        else:
            raise InvalidInput(f"path must end in .svg, .png or .pdf, got {str(path)!r}")

    def __repr__(self) -> str:
        return f"Picture: {self.alt}"

    def _repr_html_(self) -> str | None:
        if self.figure.canvas.manager in Gcf.get_all_fig_managers():
            return None  # pyplot still holds the figure and is going to show it: once is enough
        width = short(_PIXELS * self._size()[0])
        shape = self._element(f'style="{_DRAWING}{width}px"')
        words = f'<figcaption style="{_CAPTION}">{escape(self.caption)}</figcaption>'
        return f'<figure style="{_FIGURE}">{shape}{words}</figure>'

    def _size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self.figure.get_size_inches()
        return 72 * float(width), 72 * float(height)

    def _element(self, attributes: str, sheet: str = "") -> str:
        with house():
            body = drawing(self.figure)
        shown = "\n".join((self.title, self.alt, self.caption, body))
        # Made of all that is shown: what has the same names is the same picture.
        name = f"rc-{hashlib.sha256(shown.encode()).hexdigest()[:10]}-"
        width, height = map(short, self._size())
        return (
            f'<svg role="img" aria-labelledby="{name}title {name}desc" '
            f'viewBox="0 0 {width} {height}" fill="currentColor" stroke-linejoin="round" '
            f'{attributes}><title id="{name}title">{escape(self.title)}</title>'
            f'<desc id="{name}desc">{escape(self.alt)}</desc>{sheet}'
            f"{body.replace(MARK, name)}</svg>"
        )
