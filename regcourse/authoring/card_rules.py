"""What a lesson that asks by cards promises besides: one small function a rule.

A lesson without a card keeps the older form, and these rules are silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcourse.authoring.lesson_cards import ASKS, is_card
from regcourse.authoring.lesson_rules import Lesson, Rule

FEWEST_CARDS, MOST_CARDS = 10, 15
FEWEST_CLOSING = 3
WIDEST_LINE = 60


def asks_about_once_for_each_idea(lesson: Lesson) -> Iterator[str]:
    count = sum(not card.closing for card in lesson.cards.values())
    if lesson.cards and not FEWEST_CARDS <= count <= MOST_CARDS:
        yield (
            f"{count} cards, the closing ones not counted: between {FEWEST_CARDS} and {MOST_CARDS}"
        )


def closes_with_questions(lesson: Lesson) -> Iterator[str]:
    closing = [card.closing for card in lesson.cards.values()]
    if not lesson.cards:
        return
    if sum(closing) < FEWEST_CLOSING:
        yield f"a lesson ends with {FEWEST_CLOSING} closing cards: this one has {sum(closing)}"
    if closing != sorted(closing):
        yield "a card that is asked after a closing one must close the lesson too"


def ends_steps_in_pictures(lesson: Lesson) -> Iterator[str]:
    """At least half of what cards ask about is to be seen, not read."""
    asked = [cell for cell in _asking(lesson) if not _closes(lesson, cell)]
    drawn = sum(_draws(cell) for cell in asked)
    if 2 * drawn < len(asked):
        yield f"{drawn} of {len(asked)} cards are answered by a picture: at least half"


def prints_narrow_lines(lesson: Lesson) -> Iterator[str]:
    """A wider line is broken or cut off beside an open file browser, and on a phone."""
    if not lesson.cards:
        return
    for name, cell in lesson.code:
        texts = [o.text for o in cell.outputs if o.output_type == "stream"]
        wide = [line for text in texts for line in text.splitlines() if len(line) > WIDEST_LINE]
        if wide:
            yield f"{name} prints a line of {len(wide[0])} characters: at most {WIDEST_LINE}"


def _asking(lesson: Lesson) -> list[Any]:
    return [cell for _, cell in lesson.code if lesson.cards and ASKS.search(cell.source)]


def _closes(lesson: Lesson, cell: Any) -> bool:
    return any(lesson.cards[name].closing for name in ASKS.findall(cell.source))


def _draws(cell: Any) -> bool:
    """Does it show a picture? That in which a card asks for a place is none of its own."""
    shown = [output for output in cell.outputs if not is_card(output)]
    return any("<svg" in output.get("data", {}).get("text/html", "") for output in shown)


OF_TEXT: tuple[Rule, ...] = (
    asks_about_once_for_each_idea,
    closes_with_questions,
)
OF_RESULTS: tuple[Rule, ...] = (ends_steps_in_pictures, prints_narrow_lines)
