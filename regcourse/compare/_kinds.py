"""What kind of thing a value is: as numbers where it holds them, and in words."""

from __future__ import annotations

from numbers import Number
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regcourse.errors import InvalidInput

_DEPTH = 32  # of lists in lists; NumPy itself goes to 64


def in_kind_of(got: Any, expected: Any) -> Any:
    """Return `got`, which has the form of `expected`, in its kinds: arrays, floats and tuples.

    Raises
    ------
    InvalidInput
        If `got` holds complex numbers where real ones are asked.

    Examples
    --------
    >>> in_kind_of([2, [3, 4]], (1.0, np.array([2.0, 3.5])))
    (2.0, array([3., 4.]))
    """
    if isinstance(expected, (tuple, list)):
        parts = [in_kind_of(mine, theirs) for mine, theirs in zip(got, expected, strict=True)]
        return parts if isinstance(expected, list) else tuple(parts)
    if isinstance(expected, dict):
        return {key: in_kind_of(got[key], theirs) for key, theirs in expected.items()}
    array = as_numbers(got)
    if array is None or isinstance(expected, (bool, np.bool_)):
        return got
    if array.dtype.kind == "c" and not np.iscomplexobj(expected):
        raise InvalidInput(f"got must hold real numbers, got {kind_of(got)} of complex ones")
    return array if array.ndim else array.item()


def unboxed(value: Any) -> Any:
    """Return a scalar of NumPy's as the plain one that it stands for."""
    if isinstance(value, np.ma.MaskedArray):
        return value
    is_scalar = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim)
    return value.item() if is_scalar else value


def as_numbers(value: Any) -> NDArray[Any] | None:
    """Return a number, or a list or an array of numbers, as floats; None for all else.

    Only what can travel to a grader, so that both agree: a tensor or a table is no array here.
    """
    # Looked at before NumPy sees it: one long word would make it give every item as much room.
    if _odd(value) is not None:
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":  # fractions, decimals, whole numbers beyond 64 bits
            numbers = [complex(item) for item in array.flat]
            array = np.array(numbers).reshape(array.shape)
        with np.errstate(over="ignore"):  # a long double may lie beyond: it is infinite then
            array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    except Exception:  # parts of different shapes; or a list or a number of the student's own kind
        return None
    return array if array.dtype.kind == "c" and array.imag.any() else array.real


def _odd(value: Any, around: tuple[int, ...] = ()) -> str | None:
    """Return words for what is no number in a list or an array, however nested; or None.

    `around` are the lists that it lies in.
    """
    if type(value) is float:  # by far the most common
        return None
    if isinstance(value, np.ndarray) and not isinstance(value, np.ma.MaskedArray):
        if value.dtype.kind != "O":
            return None if value.dtype.kind in "biufc" else kind_of(value)
        value = value.ravel().tolist()
    if isinstance(value, (list, tuple)):
        if id(value) in around:
            return "itself"
        if len(around) >= _DEPTH:
            return f"lists more than {_DEPTH} deep"
        return next(filter(None, (_odd(item, (*around, id(value))) for item in value)), None)
    is_time = isinstance(value, (np.datetime64, np.timedelta64))
    if is_time or not isinstance(value, (Number, np.bool_)):
        return kind_of(value)
    if isinstance(value, (float, np.generic)):
        return None
    try:
        complex(value)  # type: ignore[call-overload]
    except OverflowError:
        return "a number beyond every float"
    except Exception:  # a signalling NaN, or whatever a class of the student's own may raise
        return f"an object of type {type(value).__name__}"
    return None


def no_numbers(value: Any) -> str:
    """Say what a value is that could not be read as numbers."""
    kind, odd = kind_of(value), _odd(value)
    if kind not in ("a list", "a tuple", "an array of objects"):
        return odd or kind
    return f"{kind} that holds {odd}" if odd else f"{kind} whose parts differ in shape"


def shape_words(got: NDArray[Any], expected: NDArray[Any], kind: str) -> str:
    if expected.ndim == 0:
        return f"is {kind} where a single number is asked"
    if got.ndim == 0:
        return f"is a single number where {kind_of(expected)} is asked"
    flat = {
        (expected.size,): "vector of shape (n,)",
        (expected.size, 1): "column of shape (n, 1)",
        (1, expected.size): "row of shape (1, n)",
    }
    if got.shape in flat and expected.shape in flat:
        return f"is a {flat[got.shape]} where a {flat[expected.shape]} is asked"
    if got.ndim != expected.ndim:
        if max(got.ndim, expected.ndim) > 2:
            return f"has too {'many' if got.ndim > expected.ndim else 'few'} dimensions"
        return f"is {kind_of(got)} where {kind_of(expected)} is asked"
    if got.ndim == 2 and got.T.shape == expected.shape:
        return "has as many rows as columns are asked, and as many columns as rows"
    return f"has another {'length' if got.ndim == 1 else 'shape'} than is asked"


_NAMED = {
    str: "a string",
    bytes: "a string of bytes",
    tuple: "a tuple",
    list: "a list",
    dict: "a dict",
    type: "a class",
}
_ITEMS = {
    "U": "strings",
    "S": "bytes",
    "M": "dates",
    "m": "time spans",
    "V": "records",
    "O": "objects",
}


def kind_of(value: Any) -> str:
    """Name the kind of a value in plain words.

    Examples
    --------
    >>> kind_of(np.ones(3)), kind_of(None), kind_of("b"), kind_of({1})
    ('a vector', 'None', 'a string', 'a set')
    """
    if value is None:
        return "None"
    if isinstance(value, np.ma.MaskedArray):
        return "a masked array"
    if isinstance(value, np.ndarray) and value.ndim:
        if value.dtype.kind in _ITEMS:
            return f"an array of {_ITEMS[value.dtype.kind]}"
        return ("a vector", "a matrix", "an array")[min(value.ndim, 3) - 1]
    if isinstance(value, (np.datetime64, np.timedelta64)):  # of which NumPy makes plain numbers
        return "a date" if isinstance(value, np.datetime64) else "a time span"
    value = unboxed(value)
    if isinstance(value, (bool, np.bool_)):
        return "a truth value"
    if isinstance(value, Number):
        return "a number"
    for kind, words in _NAMED.items():
        if isinstance(value, kind):
            return words
    name = type(value).__name__
    if type(value).__module__ not in ("builtins", "types"):
        return f"an object of type {name}"
    name = "function" if callable(value) else name
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"
