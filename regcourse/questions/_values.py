"""What may stand for an argument or an answer: plain data, arrays, and a seeded generator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Rng", "fresh", "odd_part"]


@dataclass(frozen=True)
class Rng:
    """A random argument: rebuilt as ``numpy.random.default_rng(seed)`` for each call."""

    seed: int

    def generator(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)


def odd_part(value: Any) -> str:
    """Name the first part of `value` that is not plain data, or return nothing.

    What is named here could not be sent to a student's process, or come back from it.

    Examples
    --------
    >>> odd_part((1.0, [None, "a"], {"w": np.ones(2)})), odd_part({1: 2.0})
    ('', 'a dict with a key that is no string')
    """
    if value is None or isinstance(value, (bool, str, float, complex, np.bool_, np.number, Rng)):
        return ""
    if isinstance(value, int):
        return "" if -(2**63) <= value < 2**63 else "a whole number of more than 64 bits"
    if isinstance(value, np.ndarray):
        return "" if value.dtype.kind in "biufc" else f"an array of dtype {value.dtype}"
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return "a dict with a key that is no string"
        return next(filter(None, map(odd_part, value.values())), "")
    if isinstance(value, (list, tuple)):
        return next(filter(None, map(odd_part, value)), "")
    return f"a value of type {type(value).__name__}"


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
