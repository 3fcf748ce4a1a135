"""How what is found becomes a sentence."""

from __future__ import annotations

import re

__all__ = ["sentence"]

# What a reason of ours may begin with; any other word may be a name from the student's code.
_OPENERS = re.compile(
    r"(^|(?<=which is not right yet\. ))"
    r"(an?|the|it|no|not|nothing|there|this|your|every|each|must|may|raises|does|ends|needs|gives"
    r"|builds|returns|uses|prints|changes|stops|for|of|in|on|at|got|still)\b"
)


def sentence(text: str) -> str:
    """Return a reason as a sentence; a name such as w or xscale keeps its small letter.

    Examples
    --------
    >>> sentence("raises ValueError"), sentence("xscale differs.")
    ('Raises ValueError.', 'xscale differs.')
    """
    text = text.strip()
    if not text:
        return ""
    text = _OPENERS.sub(lambda word: word[0][0].upper() + word[0][1:], text)
    return text if text[-1] in ".?!:…" else f"{text}."
