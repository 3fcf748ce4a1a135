"""What every live figure is: a browser's module, and a picture for readers without a kernel."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets
from IPython.display import display

from regcourse.figures import Picture
from regcourse.widgets._modules import JS

_HOW = "To move this figure, run its cell."

# The picture and the live figure are two outputs, one below the other. The picture makes room once
# the figure lives; if it never comes, words stand where JupyterLab would have an error message.
_STYLE = """\
<style>
.jp-OutputArea-child:has(.rc-static):has(+ .jp-OutputArea-child .rc-live:not(.rc-broken)) {
  display: none;
}
.jp-OutputArea-child:has(.rc-static) + .jp-OutputArea-child
> .jp-OutputArea-output:not([data-mime-type]):not(:has(.rc-live)) {
  visibility: hidden; font-size: 0;
}
.jp-OutputArea-child:has(.rc-static) + .jp-OutputArea-child
> .jp-OutputArea-output:not([data-mime-type]):not(:has(.rc-live))::after {
  content: "HOW"; visibility: visible; font-size: 13px;
}
</style>""".replace("HOW", _HOW)


class LiveFigure(anywidget.AnyWidget):
    """An anywidget that leaves a picture where it cannot run.

    A subclass stands in `twins/NAME.py`, beside the functions `compute(given, state)` and
    `words(found)`, and `js/NAME.js` has the same two; its `_esm` is `inlined("NAME.js")`. Its own
    traits, tagged `sync=True`, are what moves.

    Parameters
    ----------
    given : dict
        What never changes, as JSON: the first argument of `compute`, here and in the browser.
    **state
        Values for the traits that move; Reset brings these back.
    """

    _css = (JS / "kit" / "style.css").read_text(encoding="utf-8")

    given = traitlets.Dict(read_only=True).tag(sync=True)
    start = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, given: dict[str, Any], **state: Any) -> None:
        super().__init__(**state)
        self.set_trait("given", given)
        self.set_trait("start", self.get_state(list(state)))

    @property
    def state(self) -> dict[str, Any]:
        """What moves, as it stands: the second argument of `compute`."""
        return {name: getattr(self, name) for name in self.start}

    def picture(self) -> Picture:
        """The figure as it stands, drawn once; the twin's words are its caption."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self._named(self.picture())

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self._view()[0], **self._still()}

    def _ipython_display_(self, **kwargs: Any) -> None:
        # Two outputs: JupyterLab shows one kind of data of each, and nothing beside a live figure
        # that does not come, which on a busy machine one in twenty does not when it is reopened
        # (https://github.com/jupyter-widgets/ipywidgets/issues/3888).
        still = self._still()
        display({**still, "text/html": _STYLE + still["text/html"]}, raw=True)
        view, metadata = self._view()
        display({**view, "text/plain": _HOW}, metadata=metadata, raw=True)

    def _named(self, picture: Picture) -> str:
        # Without an address in memory: the notebook that stores it is the same on every run.
        return f"{type(self).__name__}: {picture.alt}"

    def _still(self) -> dict[str, str]:
        """What stays where nothing moves: drawn once, which takes longer than all the rest."""
        picture = self.picture()
        shown = f'<div class="rc-static">{picture._repr_html_()}</div>'
        return {"text/html": shown, "text/plain": self._named(picture)}

    def _view(self) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = super()._repr_mimebundle_()
        return shown if isinstance(shown, tuple) else (shown or {}, {})
