"""What every live figure is: a browser's module, and a picture for readers without a kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

from regcourse.figures import Picture

_JS = Path(__file__).parent / "js"
_VIEW = "application/vnd.jupyter.widget-view+json"


def module(*names: str) -> str:
    """The named files of `js/`, one after the other: an ES module without a build step."""
    return "\n".join((_JS / name).read_text(encoding="utf-8") for name in names)


class LiveFigure(anywidget.AnyWidget):
    """An anywidget that leaves a picture where it cannot run."""

    _css = module("style.css")

    def picture(self) -> Picture:
        """The figure as it stands, drawn once."""
        raise NotImplementedError

    def __repr__(self) -> str:
        # Without an address in memory: the notebook that stores it is the same on every run.
        return f"{type(self).__name__}: {self.picture().alt}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        shown = super()._repr_mimebundle_(**kwargs)
        data = dict(shown[0] if isinstance(shown, tuple) else shown or {})
        picture = self.picture()
        data["text/plain"] = repr(self)
        data["text/html"] = picture._repr_html_()
        return data
