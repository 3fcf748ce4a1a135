"""Values in words, short enough for a page: what was called, what came back."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from regcourse.checks.outcomes import Missing, Outcome, Raised, Returned, Stopped

_LONGEST = 600


def value_text(value: Any) -> str:
    """Return a value as one would write it by hand, numbers to 6 digits.

    Examples
    --------
    >>> value_text((1.5, np.array([1.0, 2.0])))
    '(1.5, [1, 2])'
    """
    if isinstance(value, np.ndarray):
        text = _array_text(value)
    elif isinstance(value, (tuple, list)):
        inner = ", ".join(value_text(item) for item in value)
        text = f"({inner})" if isinstance(value, tuple) else f"[{inner}]"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {value_text(item)}" for key, item in value.items()) + "}"
    elif isinstance(value, (float, np.floating)):
        text = f"{value:.6g}"
    else:
        text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _array_text(array: Any) -> str:
    return np.array2string(
        array,
        # A page breaks lines where it must; only the rows of a matrix have lines of their own.
        max_line_width=100_000,
        separator=", ",
        threshold=40,
        edgeitems=3,
        formatter={"float_kind": lambda number: f"{number:.6g}"},
    )


def outcome_text(outcome: Outcome) -> str:
    """Return what came of a call, in a few words."""
    if isinstance(outcome, Returned):
        return value_text(outcome.value)
    if isinstance(outcome, Raised):
        message = f": {outcome.message}" if outcome.message else ""
        return f"{outcome.name}{message}"[:_LONGEST]
    if isinstance(outcome, Stopped):
        return f"stopped ({outcome.why})"
    if isinstance(outcome, Missing):
        return "nothing of this name"
    return outcome.what


def call_text(name: str, reference: Callable[..., Any], args: tuple[Any, ...], draws: bool) -> str:
    """Return a call as a student would type it, large arrays by their shape."""
    names = list(inspect.signature(reference).parameters)[1 if draws else 0 :]
    parts = [f"{n}={_short(value)}" for n, value in zip(names, args, strict=False)]
    return f"{name}({', '.join(['ax', *parts] if draws else parts)})"


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size > 12:
        return f"array of shape {value.shape}"
    return " ".join(value_text(value).split())
