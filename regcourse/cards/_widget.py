"""The card in the browser: js/card.js with what it asks, what it knows, and what was said."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from regcourse._modules import inlined
from regcourse.cards._still import JS


class CardView(anywidget.AnyWidget):
    """A card that is shown, judged and told in the browser, whatever the kernel is busy with.

    `said` holds the guess and its outcome, and is empty while the card asks; `back` are questions
    to look at again; `queued` says that the cell waited in line, so that the card must not take
    the focus; `kept` is the outcome that the kernel has kept.
    """

    _esm = inlined("card.js", JS)
    _css = (JS / "card.css").read_text(encoding="utf-8")

    card = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    said = traitlets.Dict().tag(sync=True)
    kept = traitlets.Unicode("").tag(sync=True)
    back = traitlets.List().tag(sync=True)
    queued = traitlets.Bool(False).tag(sync=True)

    def view(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a notebook shows it by, and its metadata."""
        shown = super()._repr_mimebundle_()
        return shown if isinstance(shown, tuple) else (shown or {}, {})
