"""Numbers as words. The twin of `js/words.js`: change both or none."""

from __future__ import annotations

import numpy as np

# These twins live with the pictures, which write the same numbers.
from regcourse.figures._words import kept_label as kept_label
from regcourse.figures._words import number as number
from regcourse.figures._words import plain as plain
from regcourse.figures._words import point as point

__all__: list[str] = []  # what figures share, and nothing that a lesson imports


def kept_words(share: float) -> str:
    """A percentage, and never none or all where it is only nearly so."""
    percent = int(np.floor(100 * share + 0.5))
    if percent == 0 and share > 0:
        return "less than 1 %"
    return "more than 99 %" if percent == 100 and share < 1 else f"{percent} %"
