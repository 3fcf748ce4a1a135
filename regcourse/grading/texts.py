"""Values in words, short enough for a page: what was called, what came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from regcourse.questions import FunctionQuestion, Missing, Outcome, Raised, Returned, Stopped

_LONGEST = 600
_MOST_ITEMS = 40


def value_text(value: Any) -> str:
    """Return a value as one would write it by hand, numbers to 6 digits.

    Examples
    --------
    >>> value_text((1.5, np.array([1.0, 2.0])))
    '(1.5, [1, 2])'
    """
    text = ""
    # Part by part, since an answer may hold far more than a page will ever show.
    for part in _parts(value):
        text += part
        if len(text) > _LONGEST:
            return f"{text[:_LONGEST]} …"
    return text


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, np.ndarray):
        yield _array_text(value)
    elif isinstance(value, (tuple, list)):
        yield "(" if isinstance(value, tuple) else "["
        yield from _joined(("", item) for item in value)
        yield ")" if isinstance(value, tuple) else "]"
    elif isinstance(value, dict):
        yield "{"
        yield from _joined((f"{str(key)[:_LONGEST]}: ", item) for key, item in value.items())
        yield "}"
    elif isinstance(value, (float, np.floating)):
        yield f"{value:.6g}"
    else:
        yield repr(value[: _LONGEST + 1] if isinstance(value, str) else value)


def _joined(items: Iterable[tuple[str, Any]]) -> Iterator[str]:
    for place, (before, item) in enumerate(items):
        if place == _MOST_ITEMS:
            yield ", …"
            return
        yield f", {before}" if place else before
        yield from _parts(item)


def _array_text(array: Any) -> str:
    # Of many axes NumPy shows each at up to six places: six to the power of their number.
    if array.ndim > 2 and array.size > _MOST_ITEMS:
        return _shape_text(array)
    return np.array2string(
        array,
        # A page breaks lines where it must; only the rows of a matrix have lines of their own.
        max_line_width=100_000,
        separator=", ",
        threshold=_MOST_ITEMS,
        edgeitems=3,
        formatter={"float_kind": lambda number: f"{number:.6g}"},
    )


def _shape_text(array: Any) -> str:
    return f"array of shape {array.shape}"


def outcome_text(outcome: Outcome) -> str:
    """Return what came of a call, in a few words."""
    if isinstance(outcome, Returned):
        return value_text(outcome.value)
    if isinstance(outcome, Raised):
        message = f": {outcome.message}" if outcome.message else ""
        return f"{outcome.name}{message}"[:_LONGEST]
    if isinstance(outcome, Stopped) and outcome.why == "output":
        return "more data than is allowed"
    if isinstance(outcome, Stopped):
        return f"stopped ({outcome.why})"
    if isinstance(outcome, Missing):
        return "nothing of this name"
    return outcome.what


def call_text(question: FunctionQuestion, args: tuple[Any, ...]) -> str:
    """Return a call as a student would type it, large arrays by their shape."""
    pairs = zip(question.arguments, args, strict=False)
    parts = [f"{name}={_short(value)}" for name, value in pairs]
    return f"{question.name}({', '.join(['ax', *parts] if question.vocabulary else parts)})"


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size > 12:
        return _shape_text(value)
    return " ".join(value_text(value).split())


def graded_with(packages: Sequence[str]) -> str:
    """Say which packages an answer may import.

    Examples
    --------
    >>> graded_with(["matplotlib", "scipy"])
    'this exercise is graded with numpy, matplotlib and scipy only'
    """
    *names, last = dict.fromkeys(["numpy", *packages])
    return f"this exercise is graded with {', '.join(names)}{' and ' if names else ''}{last} only"
