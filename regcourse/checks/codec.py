"""Values as JSON: what the check data files hold. The schema is docs/checks.schema.json."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from regcourse.checks.outcomes import Raised
from regcourse.checks.values import Rng
from regcourse.errors import ExerciseError


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
        if value.dtype.kind not in "biuf":
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
    """Return the value that `to_json` wrote."""
    if isinstance(data, list):
        return [from_json(item) for item in data]
    if not isinstance(data, dict):
        return data
    if "array" in data:
        flat = [from_json(item) for item in data["array"]]
        return np.array(flat, dtype=data["dtype"]).reshape(data["shape"])
    if "tuple" in data:
        return tuple(from_json(item) for item in data["tuple"])
    if "dict" in data:
        return {key: from_json(item) for key, item in data["dict"].items()}
    if "rng" in data:
        return Rng(data["rng"])
    if "raises" in data:
        return Raised(data["raises"])
    return float(data["float"])
