"""A picture with its caption: what every function of this room returns."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

__all__ = ["Picture"]

# On a page the ink follows JupyterLab's theme; anywhere else it is nearly black.
_INK = "var(--jp-content-font-color1,#1b1b1b)"


@dataclass(frozen=True)
class Picture:
    """A drawing, the sentence under it and its description in words.

    Parameters
    ----------
    body : str
        SVG elements.
    width, height : int
        Size of the drawing in its own units; on a page it shrinks to fit, and never grows.
    caption : str
        What to see in it.
    alt : str
        What is drawn, for readers who cannot see it.
    """

    body: str
    width: int
    height: int
    caption: str
    alt: str

    @property
    def svg(self) -> str:
        """The drawing alone, as an SVG document with an opaque background."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" color="#1b1b1b" font-family="sans-serif">'
            f"<title>{escape(self.alt)}</title>"
            f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>{self.body}</svg>\n'
        )

    def save(self, path: Path | str) -> None:
        """Write the drawing to `path`, an .svg file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def __repr__(self) -> str:
        return f"Picture: {self.alt}"

    def _repr_html_(self) -> str:
        return (
            f'<figure style="margin:.6em 0;max-width:{self.width}px;color:{_INK}">'
            f'<svg role="img" aria-label="{escape(self.alt)}" '
            f'viewBox="0 0 {self.width} {self.height}" '
            'style="display:block;width:100%;height:auto" '
            f'font-family="system-ui,sans-serif">{self.body}</svg>'
            '<figcaption style="margin:.4em 0 0;font-size:.92em;line-height:1.45">'
            f"{escape(self.caption)}</figcaption></figure>"
        )
