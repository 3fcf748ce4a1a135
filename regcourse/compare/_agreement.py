"""Do two results agree, and in words: how do they not?

A result is a number, a string, a bool, None, an array, or a tuple, list or dict of
results. Agreement is asked of each array as a whole, with m = max |expected|:

    max |got - expected|  <=  max(rtol * m, min(atol, m / 2))

so that one rounding error in a tiny entry does not fail a large vector, and neither 0 nor
-x passes for a tiny x. Beside zeros, where m = 0, and beside an array that may be rounding
itself, being lost beside other parts of the same result, `atol` counts whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from regcourse._arrays import as_real
from regcourse.compare._kinds import as_numbers, kind_of, no_numbers, shape_words, unboxed

Kind = Literal["type", "length", "shape", "nan", "value"]

_RTOL = 1e-6
_ATOL = 1e-12
_LOST = 1e-13  # of the largest number of a result: some hundred times its rounding


@dataclass(frozen=True)
class Difference:
    """Where and how `got` leaves `expected`.

    `reason` holds no number of either side, so that it may be shown for hidden cases;
    `detail` has the numbers. `size` counts tolerances: above 1 is different.
    """

    part: str
    kind: Kind
    reason: str
    detail: str = ""
    size: float = float("inf")


@dataclass(frozen=True)
class _Tolerance:
    rtol: float
    atol: float
    lost: float

    @classmethod
    def of(cls, expected: Any, rtol: float, atol: float) -> Self:
        rtol, atol = as_real(rtol, "rtol", at_least=0.0), as_real(atol, "atol", at_least=0.0)
        return cls(rtol, atol, _LOST * _measured(expected))

    def beside(self, expected: NDArray[Any]) -> float:
        m = _largest(expected)
        return max(self.rtol * m, self.atol if m <= self.lost else min(self.atol, m / 2))


def difference(
    got: Any,
    expected: Any,
    *,
    rtol: float = _RTOL,
    atol: float = _ATOL,
    names: Sequence[str] = (),
) -> Difference | None:
    """Return the first difference worth telling, or None if the two agree.

    `names` names the parts of a tuple, as in ("b", "w"). A difference in kind or shape
    is told before one in value; of values, the first part that differs is told, and
    the parts that are right are named with it.

    Raises
    ------
    InvalidInput
        If `rtol` or `atol` is not a finite number >= 0.

    Examples
    --------
    >>> difference((1.0, [2.0, 3.0]), (1.0, np.array([2.0, 3.5])), names=("b", "w")).reason
    'w differs; b is right'
    >>> difference(np.ones((2, 1)), np.ones(2)).reason
    'the answer is a column of shape (n, 1) where a vector of shape (n,) is asked'
    """
    within = _Tolerance.of(expected, rtol, atol)
    if not isinstance(expected, (tuple, list)) or len(names) != len(expected):
        names = ()
    found = _walk(got, expected, within, names=tuple(names))
    if not found:
        return None
    form = next((d for d in found if d.kind != "value"), None)
    if form is not None:
        return form
    first = found[0]
    wrong = {re.split(r"[\[.]", d.part, maxsplit=1)[0] for d in found}
    right = [name for name in names if name not in wrong]
    reason = f"{first.part or 'the answer'} differs"
    if right:
        names = ", ".join(right[:-1]) + (" and " if len(right) > 1 else "") + right[-1]
        reason += f"; {names} {'is' if len(right) == 1 else 'are'} right"
    return Difference(first.part, "value", reason, first.detail, max(d.size for d in found))


def distance(got: Any, expected: Any, *, rtol: float = _RTOL, atol: float = _ATOL) -> float:
    """Return how many tolerances lie between the two; infinite if their form differs."""
    found = difference(got, expected, rtol=rtol, atol=atol)
    return 0.0 if found is None else found.size


def tolerance(expected: float, *, rtol: float = _RTOL, atol: float = _ATOL) -> float:
    """Return how far a number may lie from the expected one and still agree with it.

    Examples
    --------
    >>> tolerance(200.0, rtol=1e-2), tolerance(0.0), tolerance(1e-13)
    (2.0, 1e-12, 5e-14)
    """
    return _Tolerance.of(expected, rtol, atol).beside(np.asarray(float(expected)))


def may_be_rounding(result: Any, *, beside: Any) -> bool:
    """Is all of a result so small beside its arguments that it may be a rounded 0?

    Examples
    --------
    >>> may_be_rounding(3e-17, beside=(1.0, [2.0])), may_be_rounding(0.0, beside=1.0)
    (True, False)
    """
    return 0.0 < _measured(result) <= _LOST * _measured(beside)


def _walk(
    got: Any, expected: Any, within: _Tolerance, *, part: str = "", names: tuple[str, ...] = ()
) -> list[Difference]:
    expected = unboxed(expected)
    if isinstance(expected, (tuple, list)):
        return _walk_sequence(got, expected, within, part=part, names=names)
    if isinstance(expected, dict):
        return _walk_dict(got, expected, within, part)
    wanted = None if isinstance(expected, bool) else as_numbers(expected)
    if wanted is not None:
        return _numbers(got, wanted, within, part)
    if isinstance(expected, np.ndarray):  # of words, say: one by one
        return _walk_sequence(got, expected.tolist(), within, part=part)
    return _exactly(got, expected, part)


def _walk_sequence(
    got: Any,
    expected: Sequence[Any],
    within: _Tolerance,
    *,
    part: str,
    names: tuple[str, ...] = (),
) -> list[Difference]:
    called = part or "the answer"
    count = len(expected)
    asked = f"({', '.join(names)})" if names else f"a sequence of {count}"
    if not isinstance(got, (tuple, list, np.ndarray)) or getattr(got, "ndim", 1) == 0:
        return [Difference(part, "type", f"{called} is {kind_of(got)} where {asked} is asked")]
    # A class of the student's own may make of its length what it likes.
    items = got if isinstance(got, np.ndarray) else [*iter(got)]
    if len(items) != count:
        # Without the length: of a hidden case, a student's code could hide a number in it.
        many = "many" if len(items) > count else "few"
        reason = f"{called} holds too {many} entries"
        if names:
            reason = f"{called} is {kind_of(got)} of another length where {asked} is asked"
        elif part.endswith("s"):  # a part of a dict that is named for what it lists
            reason = f"there are too {many} {part}"
        return [Difference(part, "length", reason, f"got {len(items)}, expected {count}")]
    found = []
    for index, (mine, theirs) in enumerate(zip(items, expected, strict=True)):
        label = names[index] if names else f"{part}[{index}]" if part else f"part {index}"
        found += _walk(mine, theirs, within, part=label)
    return found


def _walk_dict(
    got: Any, expected: dict[Any, Any], within: _Tolerance, part: str
) -> list[Difference]:
    called = part or "the answer"
    if not isinstance(got, dict):
        return [Difference(part, "type", f"{called} is {kind_of(got)} where a dict is asked")]
    labels = {key: f"{part}.{key}" if part else str(key) for key in expected}
    # The answer's own keys stand in the detail alone: they, too, could hide a number.
    detail = f"got {_keys(got)}, expected {_keys(expected)}"
    for key, label in labels.items():
        if key not in got:
            return [Difference(label, "length", f"{label} is missing", detail)]
    if len(got) > len(expected):
        return [Difference(part, "length", f"{called} has keys that are not asked for", detail)]
    found = []
    for key, theirs in expected.items():
        found += _walk(got[key], theirs, within, part=labels[key])
    return found


def _keys(value: dict[Any, Any]) -> str:
    """Quote the keys of a dict in short."""
    if not value:
        return "no keys"
    quoted = ", ".join(f"{key!r:.20}" for key in islice(value, 6))
    return f"the keys {quoted}{', …' if len(value) > 6 else ''}"


def _exactly(got: Any, expected: Any, part: str) -> list[Difference]:
    called = part or "the answer"
    got = unboxed(got)
    if not isinstance(got, type(expected)):
        reason = f"{called} is {kind_of(got)} where {kind_of(expected)} is asked"
        return [Difference(part, "type", reason)]
    if got != expected:
        detail = f"got {got!r:.80}, expected {expected!r:.80}"
        return [Difference(part, "value", f"{called} differs", detail)]
    return []


def _numbers(got: Any, wanted: NDArray[Any], within: _Tolerance, part: str) -> list[Difference]:
    called = part or "the answer"
    array = as_numbers(got)
    if array is None:
        reason = f"{called} is {no_numbers(got)} where {kind_of(wanted)} is asked"
        return [Difference(part, "type", reason)]
    if array.shape != wanted.shape:
        words = shape_words(array, wanted, kind_of(got))
        detail = f"got shape {array.shape}, expected {wanted.shape}"
        return [Difference(part, "shape", f"{called} {words}", detail)]
    return _values(array, wanted, within, part)


def _values(
    got: NDArray[Any], expected: NDArray[Any], within: _Tolerance, part: str
) -> list[Difference]:
    called = part or "the answer"
    bad = ~np.isfinite(got) & np.isfinite(expected)
    if bad.any():
        is_nan = bool(np.isnan(got[bad]).any())
        if not got.ndim:
            return [Difference(part, "nan", f"{called} is {'NaN' if is_nan else 'infinite'}")]
        reason = f"{called} contains {'NaN' if is_nan else 'infinite values'}"
        return [Difference(part, "nan", reason, f"{int(bad.sum())} of {got.size} entries")]
    if got.size == 0:
        return []
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.abs(got - expected)
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    gap = np.where(same, 0.0, np.where(np.isnan(gap), np.inf, gap))
    allowed = within.beside(expected)
    if not gap.max() > allowed:
        return []
    size = float(gap.max()) / allowed if allowed else float("inf")
    where = np.unravel_index(int(gap.argmax()), gap.shape)
    detail = _both(got[where], expected[where])
    if got.ndim:
        wrong = int((gap > allowed).sum())
        at = ", ".join(str(int(i)) for i in where)
        detail = f"{wrong} of {got.size} entries differ; at [{at}] {detail}"
    return [Difference(part, "value", f"{called} differs", detail, size)]


def _both(got: Any, expected: Any) -> str:
    """Quote two numbers that differ, to as many digits as it takes to see it."""
    for digits in range(6, 18):
        mine, theirs = f"{got:.{digits}g}", f"{expected:.{digits}g}"
        if mine != theirs:
            break
    return f"got {mine}, expected {theirs}"


def _measured(value: Any) -> float:
    """Return the largest number of a result that rounding may touch: no whole number does."""
    if type(value) is float:  # by far the most common
        return abs(value) if math.isfinite(value) else 0.0
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (list, tuple)):
        return max(map(_measured, value), default=0.0)
    array = np.asarray(value)
    if array.dtype.kind in "biu":
        return 0.0
    numbers = as_numbers(value)
    return 0.0 if numbers is None else _largest(numbers)


def _largest(numbers: NDArray[Any]) -> float:
    with np.errstate(over="ignore"):
        sizes = np.abs(numbers[np.isfinite(numbers)])
    return min(float(sizes.max(initial=0.0)), float(np.finfo(float).max))
