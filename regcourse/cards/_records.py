"""A card as typed records: what it asks, and what its answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

__all__ = ["KINDS", "Answer", "Card", "Cards", "Guess", "Kind", "Right", "Wrong"]

Kind = Literal["choice", "choices", "number", "order", "place"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# The letters of the right options, sorted; the number; all letters in order; or x and y.
Right = str | float | tuple[float, float]
Guess = Literal["right", "wrong", "skipped"]


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people give, and the sentence for it."""

    near: Right
    reply: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a card keeps to itself until there is a guess.

    `replies` has a sentence for options: for a wrong one that was picked, and for a right one that
    several choices missed. `wrong` and `reply` do the same where there are no options. A number is
    right `within` a distance or a `factor`, a place within a distance along each axis.
    """

    right: Right
    debrief: str
    replies: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()
    reply: str = ""
    within: tuple[float, ...] = ()
    factor: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card asks. `options` are those to pick, or the items to bring into order.

    `on` names the picture in which a place is asked for, `edition` the text from which the card was
    made; the answer is `locked`, or not known yet if that is empty.
    """

    name: str
    kind: Kind
    ask: str
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    on: str = ""
    closing: bool = False
    edition: str = ""
    locked: str = ""


@dataclass(frozen=True)
class Cards:
    """The cards of a lesson, in the order in which it asks them."""

    lesson: str
    title: str
    cards: Mapping[str, Card]
