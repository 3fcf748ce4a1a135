"""The TOML in which a card is written, each part with its place in it, for words about a fault."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from typing import Any, TypeGuard

from regcourse.cards._records import Kind
from regcourse.errors import LessonError


def is_number(value: Any) -> TypeGuard[float]:
    """Whether it is a finite number, and no truth value."""
    counts = isinstance(value, (int, float)) and not isinstance(value, bool)
    return counts and math.isfinite(value)


def parsed(name: str, source: str) -> dict[str, Any]:
    """Return what the text of a card holds, or raise LessonError."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"card {name} is no TOML: {error}") from None


@dataclass(frozen=True)
class Part:
    """A table of the card, to be asked for what it must hold."""

    place: str
    found: dict[str, Any]

    def wrong(self, what: str) -> LessonError:
        return LessonError(f"card {self.place}: {what}")

    def only(self, known: set[str]) -> None:
        if unknown := sorted(set(self.found) - known):
            raise self.wrong(
                f"{unknown[0]} means nothing here: there are {', '.join(sorted(known))}"
            )

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.found.get(key, otherwise)
        if value is None:
            raise self.wrong(f"{key} is missing")
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self.wrong(f"{key} must be text, got {value!r:.60}")
        return " ".join(value.split()) if key != "holds" else value.strip()

    def expression(self, key: str) -> str:
        value = self.found.get(key)
        if isinstance(value, (int, float, list)):
            return repr(value)
        return self.text(key)

    def number(self, key: str, otherwise: float) -> float:
        value = self.found.get(key, otherwise)
        if not is_number(value):
            raise self.wrong(f"{key} must be a number, got {value!r:.60}")
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.found.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} must be true or false, got {value!r:.60}")
        return value

    def one_of(self, key: str, known: tuple[Kind, ...]) -> Kind:
        value = self.text(key)
        for each in known:
            if value == each:
                return each
        raise self.wrong(f"{key} must be one of {', '.join(known)}, got {value!r:.60}")

    def tables(self, key: str, letters: str) -> dict[str, Part]:
        """Tables under letters in a row: at least two of a, b, c, ..."""
        found = self.found.get(key)
        value = found if isinstance(found, dict) else {}
        named = sorted(value)
        if len(named) < 2 or "".join(named) != letters[: len(named)]:
            raise self.wrong(f"{key} must be a, b, ... up to {letters[-1]} at most, got {named}")
        return {letter: self._table(f"{key}.{letter}", value[letter]) for letter in named}

    def list_of_tables(self, key: str) -> list[Part]:
        value = self.found.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(f"{key} must be written as [[{key}]]")
        return [self._table(f"{key} {k}", each) for k, each in enumerate(value, start=1)]

    def _table(self, place: str, value: Any) -> Part:
        if not isinstance(value, dict):
            raise self.wrong(f"{place} must be a table")
        return Part(f"{self.place}, {place}", value)
