"""Where the numbers of a case come from: seeds for public, hidden and per-student draws."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np

from regcourse.compare import kind_of
from regcourse.errors import ExerciseError

Draw = Callable[[np.random.Generator], list[tuple[Any, ...]]]

DEFAULT_STUDENT = "your-id"


def public_seed(exercise: str, question: str, group: str) -> int:
    """Return the seed of a group's public draw: the same for everybody, for ever."""
    return _number(hashlib.sha256("\x1f".join(("public", exercise, question, group)).encode()))


def hidden_seed(
    secret: bytes, exercise: str, question: str, group: str, whose: str = "class"
) -> int:
    """Return the seed of a hidden draw, which only a holder of `secret` can compute."""
    message = "\x1f".join(("hidden", exercise, question, group, whose)).encode()
    return _number(hmac.new(secret, message, "sha256"))


def rng_of(student: str) -> np.random.Generator:
    """Return the generator that draws one student's own data.

    Letter case, outer blanks and the way accents are encoded make no difference.

    Examples
    --------
    >>> from regcourse import rng_of
    >>> bool(rng_of("Ada").random() == rng_of(" ada ").random())
    True
    """
    plain = unicodedata.normalize("NFC", student).strip().casefold()
    return np.random.default_rng(_number(hashlib.sha256(f"student\x1f{plain}".encode())))


def draw_cases(draw: Draw, seed: int, where: str) -> list[tuple[Any, ...]]:
    """Return the argument tuples of one draw, or an ExerciseError that says what is wrong."""
    try:
        cases = draw(np.random.default_rng(seed))
    except Exception as error:  # the author's own code: whatever it does is for the author
        raise ExerciseError(f"{where} stops with {type(error).__name__}: {error}") from error
    if not isinstance(cases, list) or not cases:
        got = "an empty list" if isinstance(cases, list) else kind_of(cases)
        raise ExerciseError(f"{where} must return a non-empty list of argument tuples, got {got}")
    for number, case in enumerate(cases, start=1):
        if not isinstance(case, tuple):
            raise ExerciseError(
                f"{where}: case {number} is {kind_of(case)}, not a tuple of arguments: "
                "a single argument is written `(a,)`"
            )
    return cases


def _number(digest: Any) -> int:
    return int.from_bytes(digest.digest()[:16], "big")
