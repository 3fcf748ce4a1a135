"""Values as JSON: what the check data files hold. The schema is docs/checks.schema.json."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regcourse.errors import ExerciseError, InvalidInput
from regcourse.questions._outcomes import Raised
from regcourse.questions._values import Rng

__all__ = ["from_json", "to_json"]

_KINDS = "biuf"  # truth values, whole numbers with a sign and without, floats


def to_json(value: Any) -> Any:
    """Return `value` as plain JSON; arrays, tuples, NaN and generators are marked objects.

    Examples
    --------
    >>> to_json((1.5, np.array([1, 2])))
    {'tuple': [1.5, {'array': [1, 2], 'dtype': 'int64', 'shape': [2]}]}
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in _KINDS:
            raise ExerciseError(f"an array of dtype {value.dtype} cannot be released")
        flat = [to_json(item) for item in value.ravel().tolist()]
        return {"array": flat, "dtype": str(value.dtype), "shape": list(value.shape)}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, Rng):
        return {"rng": value.seed}
    if isinstance(value, tuple):
        return {"tuple": [to_json(item) for item in value]}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: to_json(item) for key, item in value.items()}}
    if isinstance(value, Raised):
        return {"raises": value.name}
    keys = " with a key that is no string" if isinstance(value, dict) else ""
    raise ExerciseError(f"a value of type {type(value).__name__}{keys} cannot be released")


def from_json(data: Any) -> Any:
    """Return the value that `to_json` wrote, or raise InvalidInput if it wrote no such thing."""
    try:
        return _value(data)
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise InvalidInput(f"check data hold what is no value: {error}") from None


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return [_value(item) for item in data]
    if not isinstance(data, dict):
        return data
    if "array" in data:
        return _array(**data)
    if "tuple" in data:
        return tuple(_value(item) for item in data["tuple"])
    if "dict" in data:
        return {key: _value(item) for key, item in data["dict"].items()}
    if "rng" in data:
        return Rng(_seed(data["rng"]))
    if "raises" in data:
        return Raised(str(data["raises"]))
    if "float" in data:
        return float(data["float"])
    raise ValueError(f"{data!r:.60} is of no form that is known")


def _seed(seed: Any) -> int:
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise ValueError(f"{seed!r:.60} is no seed")
    return seed


def _array(array: list[Any], dtype: str, shape: list[int]) -> NDArray[Any]:
    if np.dtype(dtype).kind not in _KINDS:
        raise ValueError(f"an array of dtype {dtype}")
    return np.array([_value(item) for item in array], dtype=dtype).reshape(shape)
