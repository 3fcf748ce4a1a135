"""Where the numbers of a case come from: seeds for public, hidden and per-student draws."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["DEFAULT_STUDENT", "CaseFunction", "hidden_seed", "public_seed", "rng_of"]

CaseFunction = Callable[[np.random.Generator], list[tuple[Any, ...]]]

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
    folded = unicodedata.normalize("NFC", student).strip().casefold()
    return np.random.default_rng(_number(hashlib.sha256(f"student\x1f{folded}".encode())))


def _number(digest: Any) -> int:
    return int.from_bytes(digest.digest()[:16], "big")
