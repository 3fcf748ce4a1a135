"""Check data read from their file: JSON in, typed records out, and nothing that is not whole.

The schema of the format is docs/checks.schema.json. An editor may have saved half of a file, or
a later release may have written it: whatever a check will look up is there, or InvalidInput.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from regcourse.errors import InvalidInput
from regcourse.questions._axes import VOCABULARY
from regcourse.questions._by_kind import KINDS, for_kind
from regcourse.questions._codec import from_json
from regcourse.questions._locks import is_locked
from regcourse.questions._records import (
    Released,
    ReleasedCase,
    ReleasedChoice,
    ReleasedExercise,
    ReleasedFunction,
    ReleasedGroup,
    ReleasedValue,
    ReleasedWritten,
)
from regcourse.questions._replies import ChoiceReplies, ReleasedMistake, ValueReplies
from regcourse.questions._writing import FORMAT

__all__ = ["read_released"]


def read_released(text: str) -> ReleasedExercise:
    """Return the check data that a file holds, or raise InvalidInput, naming what is wrong."""
    try:
        file = _Part("the file", json.loads(text))
        if file["format"].value != FORMAT:
            raise file["format"].wrong(repr(FORMAT))
        order = file["order"].texts()
        questions = file["questions"].parts()
        if sorted(order) != sorted(questions):
            raise file["order"].wrong("each question once")
        return ReleasedExercise(
            file["exercise"].text(),
            file["title"].text(),
            {name: _question(name, questions[name]) for name in order},
        )
    except InvalidInput:
        raise
    except (ValueError, OverflowError, RecursionError) as error:
        raise InvalidInput(f"check data must be JSON: {error}") from None


def _question(name: str, part: _Part) -> Released:
    kind = part["kind"]
    if kind.text() not in KINDS:
        raise kind.wrong(f"one of {', '.join(KINDS)}")
    read = for_kind(kind.text(), function=_function, value=_value, choice=_choice, written=_written)
    return read(name, part)


def _function(name: str, part: _Part) -> ReleasedFunction:
    on_axes = part["kind"].value == "figure"
    vocabulary = part["vocabulary"].texts()
    if not set(vocabulary) <= set(VOCABULARY) or bool(vocabulary) != on_axes:
        raise part["vocabulary"].wrong("what is compared of a figure, and empty for a function")
    mistakes = tuple(
        ReleasedMistake(key, sentence=mistake["says"].text(), hint=mistake["hint"].text())
        for key, mistake in part["mistakes"].parts().items()
    )
    return ReleasedFunction(
        name=name,
        kind="figure" if vocabulary else "function",
        rtol=part["rtol"].number(),
        atol=part["atol"].number(),
        returns=part["returns"].texts(),
        needs=part["needs"].texts(),
        vocabulary=vocabulary,
        mistakes=mistakes,
        groups=tuple(_group(group, mistakes) for group in part["groups"].items()),
    )


def _group(part: _Part, mistakes: tuple[ReleasedMistake, ...]) -> ReleasedGroup:
    cases = tuple(_case(case, mistakes) for case in part["cases"].items())
    if not cases:
        raise part["cases"].wrong("at least one case")
    return ReleasedGroup(part["title"].text(), cases)


def _case(part: _Part, mistakes: tuple[ReleasedMistake, ...]) -> ReleasedCase:
    results = part["mistakes"].parts()
    if results.keys() != {mistake.name for mistake in mistakes}:
        raise part["mistakes"].wrong("one result for each mistake")
    return ReleasedCase(
        args=tuple(from_json(arg.value) for arg in part["args"].items()),
        expected=from_json(part["expected"].value),
        mistakes={name: from_json(result.value) for name, result in results.items()},
    )


def _value(name: str, part: _Part) -> ReleasedValue:
    form = part["form"].text()
    if "replies" not in part.parts():
        return ReleasedValue(name, form)
    step = part["step"].number()
    if step == 0:
        raise part["step"].wrong("above 0")
    locked = tuple(reply.locked() for reply in part["replies"].items())
    return ReleasedValue(name, form, ValueReplies(part["salt"].text(), step, locked))


def _choice(name: str, part: _Part) -> ReleasedChoice:
    options = part["options"].texts()
    if "replies" not in part.parts():
        return ReleasedChoice(name, options)
    replies = part["replies"].parts()
    if replies.keys() != set(options):
        raise part["replies"].wrong("one for each option")
    locked = {option: reply.locked() for option, reply in replies.items()}
    return ReleasedChoice(name, options, ChoiceReplies(part["salt"].text(), locked))


def _written(name: str, part: _Part) -> ReleasedWritten:
    return ReleasedWritten(name)


@dataclass(frozen=True)
class _Part:
    """A part of the file with its place in it, to be asked for as what it must be."""

    place: str
    value: Any

    def wrong(self, must_be: str) -> InvalidInput:
        return InvalidInput(f"check data: {self.place} must be {must_be}, got {self.value!r:.60}")

    def parts(self) -> dict[str, _Part]:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return {key: _Part(f"{key} of {self.place}", value) for key, value in self.value.items()}

    def __getitem__(self, key: str) -> _Part:
        parts = self.parts()
        if key not in parts:
            raise InvalidInput(f"check data: {self.place} must have {key}")
        return parts[key]

    def items(self) -> list[_Part]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return [_Part(f"entry {i} of {self.place}", v) for i, v in enumerate(self.value, start=1)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def number(self) -> float:
        is_number = isinstance(self.value, (int, float)) and not isinstance(self.value, bool)
        if not is_number or not 0 <= self.value < math.inf:
            raise self.wrong("a number >= 0")
        return float(self.value)

    def locked(self) -> str:
        if not is_locked(self.text()):
            raise self.wrong("a locked reply")
        return self.text()
