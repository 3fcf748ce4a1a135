"""What may stand for an argument or an answer: plain data, arrays, and a seeded generator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Rng:
    """A random argument: rebuilt as ``numpy.random.default_rng(seed)`` for each call."""

    seed: int

    def generator(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)


def fresh(value: Any) -> Any:
    """Return `value` copied for one call: arrays writable and unshared, `Rng` as a generator."""
    if isinstance(value, Rng):
        return value.generator()
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(fresh(item) for item in value)
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    return value
