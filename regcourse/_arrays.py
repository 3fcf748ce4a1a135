"""The one door where arrays, strengths and seeds are validated.

Public functions call these once; private functions trust their callers.
Every error names the argument, what it must be and what it was.
"""

from __future__ import annotations

from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regcourse.errors import InvalidInput

Floats = NDArray[np.float64]

_REALS = (Real, Decimal, np.bool_)
_NO_NUMBERS = (bool, np.bool_, np.timedelta64)  # though Python counts two of them among the numbers

# The sizes that models compute with. Up to five numbers are multiplied somewhere, as in
# ‖X'r‖² / lam: of these sizes no product overflows, and none that counts underflows.
SMALLEST, LARGEST = 1e-40, 1e40
# Solutions follow from quotients of such numbers, and may be larger.
FARTHEST = 1e100


def as_array(values: ArrayLike, name: str, *, ndim: int | None = None) -> Floats:
    """Return `values` as a finite float64 array, copying only if it must.

    Tables of pandas are taken as scikit-learn takes them: columns of truth values and of
    nullable numbers are numbers, and what is missing is refused.
    """
    array = _as_numpy(values, name)
    if array.dtype.kind == "O":
        array = _from_objects(array, name)
    if array.dtype.kind not in "biuf":
        kind = _NO_REALS.get(array.dtype.kind, f"dtype {array.dtype}")
        raise InvalidInput(f"{name} must hold real numbers, got {kind}")
    if ndim is not None and array.ndim != ndim:
        raise InvalidInput(f"{name} must have {ndim} dimension(s), got shape {array.shape}")
    with np.errstate(over="ignore"):  # a long double may lie beyond: it is refused as infinite
        array = array.astype(np.float64, copy=False)
    strange = array.size - np.count_nonzero(np.isfinite(array))
    if strange and type(values).__module__.startswith("pandas"):
        _refuse_missing(name, int(np.isnan(array).sum()))
    if strange:
        raise InvalidInput(f"{name} must be finite, got {strange} NaN or infinite values")
    return array


_NO_REALS = {
    "U": "strings",
    "T": "strings",
    "S": "bytes",
    "M": "dates",
    "m": "time spans",
    "V": "records",
    "c": "complex numbers",
}
# How pandas says that a value is missing; its name is enough, so that pandas need not be there.
_MISSING = ("NoneType", "NAType", "NaTType")


def _as_numpy(values: Any, name: str) -> NDArray[Any]:
    """Return `values` as an array of NumPy's own, of whatever it holds."""
    kind = type(values)
    if isinstance(values, np.ma.MaskedArray):
        raise InvalidInput(f"{name} must not be a masked array: fill what is masked, or drop it")
    if isinstance(values, bytearray):
        values = bytes(values)
    if isinstance(values, np.matrix):
        raise InvalidInput(f"{name} must be an array, got a matrix: np.asarray({name}) makes one")
    if kind.__module__.startswith("scipy.sparse"):
        raise InvalidInput(
            f"{name} must be a dense array, got a {kind.__name__}: {name}.toarray() makes one"
        )
    try:
        array = np.asarray(values)
    except MemoryError:
        raise
    except Exception as error:  # an object may raise whatever it likes on its way to an array
        if isinstance(values, (list, tuple)) and isinstance(error, ValueError):
            raise InvalidInput(f"{name} must be a rectangular array: {_said(error)}") from None
        raise InvalidInput(
            f"{name} must be an array, and from an object of type {kind.__name__} none could be "
            f"made: {_said(error)}"
        ) from None
    if array.dtype.kind == "O" and array.ndim == 0 and not isinstance(array.item(), _REALS):
        raise InvalidInput(f"{name} must be an array of real numbers, got {shown(values)}")
    return array


def _from_objects(array: NDArray[Any], name: str) -> NDArray[Any]:
    """Return an array of Python's numbers, or of a table's mixed columns, as floats."""
    items = array.ravel().tolist()
    kinds = set(map(type, items))
    missing = tuple(kind for kind in kinds if kind.__name__ in _MISSING)
    if missing:
        _refuse_missing(name, sum(isinstance(item, missing) for item in items))
    odd = tuple(kind for kind in kinds if not _is_real(kind))
    try:
        if not odd:
            return array.astype(np.float64)
    except OverflowError:
        raise InvalidInput(f"{name} must be finite, got one beyond the largest float") from None
    except Exception:  # a number of a class that has its own ways; a decimal's signalling NaN
        odd = tuple(kinds - {float, int, bool})
    first = next(item for item in items if isinstance(item, odd))
    raise InvalidInput(f"{name} must hold real numbers, got {shown(first)}")


def _refuse_missing(name: str, count: int) -> None:
    if count:
        raise InvalidInput(f"{name} must have no missing values, got {count}")


def _is_real(kind: Any) -> bool:
    return issubclass(kind, _REALS) and not issubclass(kind, np.timedelta64)


def shown(value: Any) -> str:
    """Quote a wrong argument in short, whatever its class makes of being quoted."""
    try:
        text = " ".join(repr(value).split())
    except Exception:
        text = "<"
    if text.startswith("<") and not text.startswith("<NA"):  # such words are about the computer
        text = f"an object of type {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:79]}…"


def _said(error: Exception) -> str:
    try:
        return " ".join(str(error).split())[:200]
    except Exception:
        return type(error).__name__


def refuse_overflow(result: Any, what: str) -> None:
    """Raise InvalidInput if a result, computed without complaint, left the floats on its way."""
    if not np.isfinite(result).all():
        raise InvalidInput(f"{what} must lie within the floats, got one beyond the largest")


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


def as_features(X: ArrayLike, name: str = "X") -> Floats:
    """Return a matrix as `as_matrix` does, each column of a size that models compute with."""
    matrix = as_matrix(X, name)
    sizes = _sizes(matrix)
    strange = np.flatnonzero(~_computable(sizes))
    if strange.size:
        raise InvalidInput(f"column {strange[0]} of {name} {_MUST}, got {sizes[strange[0]]:g}")
    return matrix


def _sizes(matrix: Floats) -> Floats:
    """The largest of each column, or less where that is computable as well."""
    # A few rows are enough to see that most columns are not too small.
    sizes: Floats = np.abs(matrix[:16]).max(axis=0)
    some = slice(None) if max(matrix.max(), -matrix.min()) > LARGEST else sizes < SMALLEST
    sizes[some] = np.abs(matrix[:, some]).max(axis=0, initial=0.0)
    return sizes


def as_regression(
    X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
) -> tuple[Floats, Floats, Floats]:
    """Return X (n, p), y (n,) and the weights of the rows: the door of every linear model."""
    matrix = as_features(X)
    target = as_vector(y, "y", length=matrix.shape[0])
    largest = np.abs(target).max()
    if not _computable(largest):
        raise InvalidInput(f"the largest of y {_MUST}, got {largest:g}")
    return matrix, target, as_weights(sample_weight, target.size)


def as_weights(values: ArrayLike | None, n: int, name: str = "sample_weight") -> Floats:
    """Return n weights >= 0, not all zero; None means one for each row.

    Only their ratios matter, so the largest is brought between 1 and 2 by a power of two.
    """
    if values is None:
        return np.ones(n)
    weights = as_vector(values, name, length=n)
    if weights.min() < 0:
        raise InvalidInput(f"{name} must be >= 0, got {weights.min():g}")
    if not weights.any():
        raise InvalidInput(f"{name} must not be all zero")
    _, exponent = np.frexp(weights.max())
    scaled: Floats = np.ldexp(weights, 1 - exponent)
    share = scaled[weights > 0].min() / scaled.max()
    if share < SMALLEST:
        raise InvalidInput(
            f"{name} must be 0 or at least {SMALLEST:g} of the largest, got {share:g} of it"
        )
    return scaled


def as_coefficients(values: ArrayLike, name: str = "w", *, length: int | None = None) -> Floats:
    """Return a vector that may be a solution or a gradient: at most 1e100 in size."""
    vector = as_vector(values, name, length=length)
    largest = np.abs(vector).max()
    if largest > FARTHEST:
        raise InvalidInput(f"{name} must be at most {FARTHEST:g} in size, got {largest:g}")
    return vector


_MUST = f"must be 0 or between {SMALLEST:g} and {LARGEST:g} in size"


def _computable(sizes: Any) -> Any:
    return (sizes == 0) | ((sizes >= SMALLEST) & (sizes <= LARGEST))


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
    value = _unboxed(value)
    if isinstance(value, _NO_NUMBERS) or not isinstance(value, _REALS):
        raise InvalidInput(f"{name} must be a number, got {shown(value)}")
    try:
        number = float(value)
    except OverflowError:
        raise InvalidInput(f"{name} must be finite, got one beyond the largest float") from None
    except Exception:  # a decimal's signalling NaN, or a class that has its own ways
        raise InvalidInput(f"{name} must be a number, got {shown(value)}") from None
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


def _unboxed(value: Any) -> Any:
    """Return the number in an array without dimensions as it is."""
    is_box = type(value) is np.ndarray and value.ndim == 0 and value.dtype.kind not in "mM"
    return value.item() if is_box else value


def as_strength(value: Any, name: str = "lam") -> float:
    """Return a regularization strength: >= 0, and of a size that models compute with."""
    number = as_real(value, name, at_least=0.0)
    if not _computable(number) or (number == 0 and value != 0):
        raise InvalidInput(f"{name} {_MUST}, got {number or shown(value)}")
    return number


def as_strengths(values: ArrayLike, name: str = "lams") -> Floats:
    """Return a non-empty vector of strengths, each as `as_strength` returns it: a copy of its own.

    Paths keep it.
    """
    strengths = as_vector(values, name).copy()
    if strengths.min() < 0:
        raise InvalidInput(f"{name} must be >= 0, got {strengths.min():g}")
    strange = strengths[~_computable(strengths)]
    if strange.size:
        raise InvalidInput(f"{name} {_MUST}, got {strange[0]:g}")
    return strengths


def as_share(value: Any, name: str = "rho") -> float:
    """Return a share: 0 to 1, and if not 0, of a size that models compute with."""
    as_real(value, name, at_least=0.0, at_most=1.0)
    return as_strength(value, name)


def as_count(value: Any, name: str, *, at_least: int = 1) -> int:
    """Return a whole number, at least `at_least`."""
    value = _unboxed(value)
    if isinstance(value, _NO_NUMBERS) or not isinstance(value, Integral):
        raise InvalidInput(f"{name} must be a whole number, got {shown(value)}")
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
