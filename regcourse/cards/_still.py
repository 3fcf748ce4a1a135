"""A card for readers without a kernel: the question, and a fold with the answer.

It is the same on every run and holds nobody's guess. In JupyterLab it also keeps what the cell
shows out of sight, until the card that follows it has been answered or the fold is opened.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from regcourse.cards._records import Answer, Card

__all__ = ["HOW", "UNKNOWN", "fold", "how_right", "plain", "still"]

JS = Path(__file__).parent / "js"
HOW = "To answer, run this cell: Shift+Enter."
# Stands for the fold while a lesson is built and its answers are not known yet.
UNKNOWN = "<!-- the answer -->"

_RULES = re.sub(r"/\*.*?\*/\n", "", (JS / "still.css").read_text(encoding="utf-8"), flags=re.DOTALL)
STYLE = f"<style>\n{_RULES.replace('HOW', HOW)}</style>"


def still(card: Card, answer: Answer | None, picture: str = "") -> str:
    """Return the card as HTML. Its first line is the question: to it JupyterLab folds a result."""
    listed = "".join(f"<li>{words(text)}</li>" for text in card.options.values())
    options = f'<ol type="a">{listed}</ol>' if listed else ""
    return (
        f"{escape(card.ask.replace('`', ''), quote=False)}\n{STYLE}"
        f'<div class="pc-still">{picture}{options}{fold(card, answer)}</div>'
    )


def plain(card: Card) -> str:
    """Return the question as text."""
    return "\n".join([card.ask, *(f"  {key}  {text}" for key, text in card.options.items())])


def fold(card: Card, answer: Answer | None) -> str:
    """Return the answer and the debrief, folded."""
    if answer is None:
        return UNKNOWN
    return (
        "<details><summary>Read the answer</summary>"
        f"<p>It is {words(how_right(card, answer))}</p><p>{words(answer.debrief)}</p></details>"
    )


def how_right(card: Card, answer: Answer) -> str:
    """Return the right answer in words; js/card.js says it in the same."""
    right = answer.right
    if isinstance(right, tuple):
        return f"at ({right[0]:.3g}, {right[1]:.3g})."
    if isinstance(right, float):
        return f"{right:.3g}{f' {card.unit}' if card.unit else ''}."
    if card.kind == "order":
        return f"{', '.join(right)}."
    return "; ".join(f"{letter}: {card.options[letter]}" for letter in right)


def words(text: str) -> str:
    """Return an author's text as HTML: what stands in backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
