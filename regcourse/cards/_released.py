"""Cards as a notebook carries them: JSON in its metadata, the answers locked.

The lock is that of an exercise's choices (`regcourse.questions`), and no more than they a safe: it
keeps an answer from a glance at the file. Whoever wants to read it without guessing may: the
card's own static form has it in a fold. The schema is docs/cards.schema.json.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from regcourse.cards._records import KINDS, Answer, Card, Cards, Right, Wrong
from regcourse.questions import is_locked, lock, unlock

__all__ = ["FORMAT", "as_metadata", "locked", "opened", "read_cards"]

FORMAT = "regcourse-cards/1"
_OPTIONAL = ("options", "unit", "on", "closing")


def as_metadata(cards: Cards) -> dict[str, Any]:
    """Return what a notebook's metadata hold under "regcourse"."""
    return {
        "format": FORMAT,
        "lesson": cards.lesson,
        "title": cards.title,
        "order": list(cards.cards),
        "cards": {name: _card(card) for name, card in cards.cards.items()},
    }


def _card(card: Card) -> dict[str, Any]:
    always = {key: getattr(card, key) for key in ("kind", "ask", "edition", "locked")}
    some = {key: getattr(card, key) for key in _OPTIONAL}
    return always | {key: value for key, value in some.items() if value}


def read_cards(metadata: Any) -> Cards | None:
    """Return the cards in a notebook's metadata; None if there are none, or they are damaged."""
    try:
        found = metadata["regcourse"]
        if found["format"] != FORMAT or not re.fullmatch(r"[\w-]+", found["lesson"]):
            return None
        cards = {name: _read(name, found["cards"][name]) for name in found["order"]}
        return Cards(found["lesson"], str(found["title"]), cards)
    except (LookupError, TypeError, AttributeError, ValueError):
        return None


def _read(name: str, found: Any) -> Card:
    options = {str(key): str(value) for key, value in found.get("options", {}).items()}
    card = Card(
        name=str(name),
        kind=KINDS[KINDS.index(found["kind"])],
        ask=str(found["ask"]),
        options=dict(sorted(options.items())),
        unit=str(found.get("unit", "")),
        on=str(found.get("on", "")),
        closing=found.get("closing") is True,
        edition=str(found["edition"]),
        locked=str(found["locked"]),
    )
    if card.locked and not is_locked(card.locked):
        raise ValueError("a locked answer that nothing locked")
    return card


def locked(lesson: str, name: str, answer: Answer) -> str:
    """Return the answer to a card such that its name opens it."""
    text = json.dumps(asdict(answer), sort_keys=True, ensure_ascii=False)
    return lock(text, name, f"{lesson}/{name}")


def opened(lesson: str, card: Card) -> Answer | None:
    """Return the answer to a card, or None if it is not known yet or damaged."""
    text = unlock([card.locked], card.name, f"{lesson}/{card.name}") if card.locked else None
    if text is None:
        return None
    found = json.loads(text)
    return Answer(
        right=_right(found["right"]),
        debrief=found["debrief"],
        replies=found["replies"],
        wrong=tuple(Wrong(_right(each["near"]), each["reply"]) for each in found["wrong"]),
        reply=found["reply"],
        within=tuple(found["within"]),
        factor=found["factor"],
    )


def _right(value: Any) -> Right:
    return (value[0], value[1]) if isinstance(value, list) else value
