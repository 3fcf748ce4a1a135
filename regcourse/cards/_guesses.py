"""What a student predicted, kept in `.regcourse/` beside the notebook and nowhere else.

One file a lesson, so that two lessons at once do not meet in it. It holds for each card the
outcome, the guess, and the day: enough to ask again what was missed, and no more.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from regcourse.cards._records import Guess

__all__ = ["GUESSES", "Kept", "recall_guesses", "remember_guess"]

GUESSES = Path(".regcourse") / "predictions"


@dataclass(frozen=True)
class Kept:
    """What became of the last guess at a card; `guess` is None where it was skipped."""

    outcome: Guess
    guess: Any
    day: str


def recall_guesses(lesson: str, folder: Path = Path()) -> dict[str, Kept]:
    """Return what is kept of a lesson's cards; a file that is missing or damaged holds nothing."""
    try:
        found = json.loads((folder / GUESSES / f"{lesson}.json").read_text(encoding="utf-8"))
        return {
            name: Kept(each["outcome"], each["guess"], str(each["day"]))
            for name, each in found.items()
            if each["outcome"] in get_args(Guess)
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def remember_guess(
    lesson: str, name: str, outcome: Guess, guess: Any, folder: Path = Path()
) -> None:
    """Keep what became of a guess, beside what is kept of the lesson's other cards."""
    day = date.today().isoformat()
    kept = {**recall_guesses(lesson, folder), name: Kept(outcome, guess, day)}
    told = {
        key: {"outcome": each.outcome, "guess": each.guess, "day": each.day}
        for key, each in kept.items()
    }
    path = folder / GUESSES / f"{lesson}.json"
    # A read-only folder must not stop a lesson: what is kept is a convenience.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # At once and whole: a kernel may end at any moment.
        half = path.with_name(f"{path.name}.{os.getpid()}.half")
        half.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        half.replace(path)
