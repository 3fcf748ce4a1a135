"""The door of every loss: targets, one number for each of them, and weights."""

from __future__ import annotations

from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_coefficients, as_weights


def as_rows(y: ArrayLike, sample_weight: ArrayLike | None, **others: ArrayLike) -> list[Floats]:
    """Return the targets, the other vectors in their order, and the weights."""
    targets = as_coefficients(y, "y")
    vectors = [as_coefficients(x, name, length=targets.size) for name, x in others.items()]
    return [targets, *vectors, as_weights(sample_weight, targets.size)]
