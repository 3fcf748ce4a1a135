"""What `check` replies to a value or a choice, locked under the answer that it replies to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from regcourse.questions._locks import grid_key, grid_keys, lock, unlock

__all__ = ["ChoiceReplies", "ReleasedMistake", "ValueReplies"]

_RIGHT, _WRONG = "right: ", "wrong: "  # of one length


@dataclass(frozen=True)
class ReleasedMistake:
    """A known mistake as `check` tells of it."""

    name: str
    sentence: str
    hint: str


@dataclass(frozen=True)
class ValueReplies:
    """Replies to the right value and to those of known mistakes, each under its grid points."""

    salt: str
    step: float
    locked: tuple[str, ...]

    @classmethod
    def under(
        cls, right: Any, wrong: Iterable[tuple[Any, ReleasedMistake]], *, step: float, salt: str
    ) -> Self:
        """Lock a reply under each value and whatever lies within `step` of it."""
        locked = [lock("right", key, salt) for key in grid_keys(right, step)]
        for value, mistake in wrong:
            told = {"name": mistake.name, "says": mistake.sentence, "hint": mistake.hint}
            locked += [lock(json.dumps(told), key, salt) for key in grid_keys(value, step)]
        return cls(salt, step, tuple(locked))

    def key_of(self, answer: Any) -> str | None:
        """Return the key that an answer stands for, or None if it cannot be one."""
        return grid_key(answer, self.step)

    def opened_by(self, key: str) -> Literal["right"] | ReleasedMistake | None:
        """Return what was locked under a key: that it is right, a mistake, or nothing."""
        reply = unlock(self.locked, key, self.salt)
        if reply is None:
            return None
        if reply == "right":
            return "right"
        told = json.loads(reply)
        return ReleasedMistake(told["name"], sentence=told["says"], hint=told["hint"])


@dataclass(frozen=True)
class ChoiceReplies:
    """The reply to each option, locked under its letter."""

    salt: str
    locked: Mapping[str, str]

    @classmethod
    def under(cls, replies: Mapping[str, str], *, right: str, salt: str) -> Self:
        """Lock each option's reply under its letter, with whether it is the right one."""
        marked = {key: (_RIGHT if key == right else _WRONG) + said for key, said in replies.items()}
        return cls(salt, {key: lock(said, key, salt) for key, said in marked.items()})

    def opened_by(self, option: str) -> tuple[bool, str]:
        """Return whether an option is right, and the reply to it."""
        marked = unlock([self.locked[option]], option, self.salt) or _WRONG
        verdict, said = marked[: len(_RIGHT)], marked[len(_RIGHT) :]
        return verdict == _RIGHT, said
