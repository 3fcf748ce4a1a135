"""The one door where arrays, strengths and seeds are validated.

Public functions call these once; private functions trust their callers.
Every error names the argument, what it must be and what it was.
"""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regcourse.errors import InvalidInput

Floats = NDArray[np.float64]


def as_array(values: ArrayLike, name: str, *, ndim: int | None = None) -> Floats:
    """Return `values` as a finite float64 array, copying only if it must."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InvalidInput(f"{name} must be a rectangular array: {error}") from None
    if array.dtype.kind not in "biuf":
        raise InvalidInput(f"{name} must hold real numbers, got dtype {array.dtype}")
    if ndim is not None and array.ndim != ndim:
        raise InvalidInput(f"{name} must have {ndim} dimension(s), got shape {array.shape}")
    array = array.astype(np.float64, copy=False)
    strange = int((~np.isfinite(array)).sum())
    if strange:
        raise InvalidInput(f"{name} must be finite, got {strange} NaN or infinite values")
    return array


def as_matrix(values: ArrayLike, name: str = "X") -> Floats:
    """Return a finite (n, p) matrix with at least one row and one column."""
    matrix = as_array(values, name, ndim=2)
    if 0 in matrix.shape:
        raise InvalidInput(
            f"{name} must have at least one row and one column, got shape {matrix.shape}"
        )
    return matrix


def as_vector(values: ArrayLike, name: str, *, length: int | None = None) -> Floats:
    """Return a finite, non-empty vector, of exactly `length` entries if that is given."""
    vector = as_array(values, name, ndim=1)
    if vector.size == 0:
        raise InvalidInput(f"{name} must have at least one entry, got shape (0,)")
    if length is not None and vector.size != length:
        raise InvalidInput(f"{name} must have {length} entries, got {vector.size}")
    return vector


def as_design(X: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return X (n, p) and y (n,), which must have the same number of rows."""
    matrix = as_matrix(X, "X")
    return matrix, as_vector(y, "y", length=matrix.shape[0])


def as_weights(values: ArrayLike | None, n: int, name: str = "sample_weight") -> Floats:
    """Return n weights >= 0, not all zero; None means one for each row."""
    if values is None:
        return np.ones(n)
    weights = as_vector(values, name, length=n)
    if weights.min() < 0:
        raise InvalidInput(f"{name} must be >= 0, got {weights.min():g}")
    if not weights.any():
        raise InvalidInput(f"{name} must not be all zero")
    return weights


def as_real(
    value: Any,
    name: str,
    *,
    at_least: float = -np.inf,
    above: float = -np.inf,
    at_most: float = np.inf,
    below: float = np.inf,
) -> float:
    """Return a finite float within the bounds; `above` and `below` exclude their ends."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise InvalidInput(f"{name} must be a number, got {value!r}")
    number = float(value)
    if not np.isfinite(number):
        raise InvalidInput(f"{name} must be finite, got {number}")
    for ok, words in (
        (number >= at_least, f">= {at_least:g}"),
        (number > above, f"> {above:g}"),
        (number <= at_most, f"<= {at_most:g}"),
        (number < below, f"< {below:g}"),
    ):
        if not ok:
            raise InvalidInput(f"{name} must be {words}, got {number!r}")
    return number


def as_strength(value: Any, name: str = "lam") -> float:
    """Return a regularization strength: finite and >= 0."""
    return as_real(value, name, at_least=0.0)


def as_strengths(values: ArrayLike, name: str = "lams") -> Floats:
    """Return a non-empty vector of strengths, each finite and >= 0."""
    strengths = as_vector(values, name)
    if strengths.min() < 0:
        raise InvalidInput(f"{name} must be >= 0, got {strengths.min():g}")
    return strengths


def as_count(value: Any, name: str, *, at_least: int = 1) -> int:
    """Return a whole number, at least `at_least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        raise InvalidInput(f"{name} must be a whole number, got {value!r}")
    if value < at_least:
        raise InvalidInput(f"{name} must be >= {at_least}, got {value}")
    return int(value)


def as_generator(seed: int | np.random.Generator) -> np.random.Generator:
    """Return a Generator: the one given, or a new one from a whole-number seed.

    There is no default: a draw that nobody seeded cannot be repeated.
    """
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(as_count(seed, "seed", at_least=0))
