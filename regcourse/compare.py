"""Do two results agree, and in words: how do they not?

A result is a number, a string, a bool, None, an array, or a tuple, list or dict of
results. Agreement is asked of each array as a whole:

    max |got - expected|  <=  max(rtol * max |expected|, atol)

so that one rounding error in a tiny entry does not fail a large vector.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from regcourse.errors import InvalidInput

Kind = Literal["type", "length", "shape", "nan", "value"]

_ATOL = 1e-12


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


def difference(
    got: Any,
    expected: Any,
    *,
    rtol: float = 1e-6,
    atol: float = _ATOL,
    names: Sequence[str] = (),
) -> Difference | None:
    """Return the first difference worth telling, or None if the two agree.

    `names` names the parts of a tuple, as in ("b", "w"). A difference in kind or shape
    is told before one in value; of values, the first part that differs is told, and
    the parts that are right are named with it.

    Examples
    --------
    >>> difference((1.0, [2.0, 3.0]), (1.0, np.array([2.0, 3.5])), names=("b", "w")).reason
    'w differs; b is right'
    >>> difference(np.ones((2, 1)), np.ones(2)).reason
    'the answer is a column of shape (n, 1) where a vector of shape (n,) is asked'
    """
    found = _walk(got, expected, rtol, atol, "", tuple(names))
    if not found:
        return None
    form = next((d for d in found if d.kind != "value"), None)
    if form is not None:
        return form
    worst = found[0]
    wrong = {re.split(r"[\[.]", d.part, maxsplit=1)[0] for d in found}
    right = [name for name in names if name not in wrong]
    reason = f"{worst.part or 'the answer'} differs"
    reason += f"; {' and '.join(right)} {'is' if len(right) == 1 else 'are'} right" if right else ""
    return Difference(worst.part, "value", reason, worst.detail, max(d.size for d in found))


def distance(got: Any, expected: Any, *, rtol: float = 1e-6, atol: float = _ATOL) -> float:
    """Return how many tolerances lie between the two; infinite if their form differs."""
    found = difference(got, expected, rtol=rtol, atol=atol)
    return 0.0 if found is None else found.size


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
    if expected is None or isinstance(expected, (str, bool, np.bool_)):
        return got
    array = np.asarray(_as_numbers(got))
    if array.dtype.kind == "c" and not np.iscomplexobj(expected):
        raise InvalidInput(f"got must hold real numbers, got {kind_of(got)} of complex ones")
    return array if array.ndim else array.item()


def _walk(
    got: Any, expected: Any, rtol: float, atol: float, part: str, names: tuple[str, ...]
) -> list[Difference]:
    if isinstance(expected, (tuple, list)):
        return _walk_sequence(got, expected, rtol, atol, part, names)
    if isinstance(expected, dict):
        return _walk_dict(got, expected, rtol, atol, part)
    if expected is None or isinstance(expected, (str, bool, np.bool_)):
        return _plain(got, expected, part)
    if isinstance(expected, np.ndarray) and expected.ndim > 0:
        return _array(got, expected, rtol, atol, part)
    return _number(got, expected, rtol, atol, part)


def _walk_sequence(
    got: Any, expected: Sequence[Any], rtol: float, atol: float, part: str, names: tuple[str, ...]
) -> list[Difference]:
    called = part or "the answer"
    count = len(expected)
    asked = f"({', '.join(names)})" if names else f"a sequence of {count}"
    if not isinstance(got, (tuple, list, np.ndarray)) or getattr(got, "ndim", 1) == 0:
        return [Difference(part, "type", f"{called} is {kind_of(got)} where {asked} is asked")]
    if len(got) != count:
        # Without the length: of a hidden case, a student's code could hide a number in it.
        many = "many" if len(got) > count else "few"
        reason = f"{called} holds too {many} entries"
        if names:
            reason = f"{called} is {kind_of(got)} of another length where {asked} is asked"
        elif part.endswith("s"):  # a part of a dict that is named for what it lists
            reason = f"there are too {many} {part}"
        return [Difference(part, "length", reason, f"got {len(got)}, expected {count}")]
    found = []
    for index, (mine, theirs) in enumerate(zip(got, expected, strict=True)):
        label = names[index] if names else f"{part}[{index}]" if part else f"part {index}"
        found += _walk(mine, theirs, rtol, atol, label, ())
    return found


def _walk_dict(
    got: Any, expected: dict[str, Any], rtol: float, atol: float, part: str
) -> list[Difference]:
    if not isinstance(got, dict):
        reason = f"{part or 'the answer'} is {kind_of(got)} where a dict is asked"
        return [Difference(part, "type", reason)]
    missing = [key for key in expected if key not in got]
    if missing:
        return [Difference(str(missing[0]), "length", f"{missing[0]} is missing")]
    found = []
    for key, theirs in expected.items():
        found += _walk(got[key], theirs, rtol, atol, f"{part}.{key}" if part else str(key), ())
    return found


def _plain(got: Any, expected: Any, part: str) -> list[Difference]:
    called = part or "the answer"
    got, expected = _unboxed(got), _unboxed(expected)
    if type(got) is not type(expected):
        reason = f"{called} is {kind_of(got)} where {kind_of(expected)} is asked"
        return [Difference(part, "type", reason)]
    if got != expected:
        return [
            Difference(
                part, "value", f"{called} differs", f"got {got!r:.80}, expected {expected!r:.80}"
            )
        ]
    return []


def _unboxed(value: Any) -> Any:
    """Return a scalar of NumPy's as the plain one that it stands for."""
    is_scalar = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim)
    return value.item() if is_scalar else value


def _number(got: Any, expected: Any, rtol: float, atol: float, part: str) -> list[Difference]:
    called = part or "the answer"
    array, wanted = _as_numbers(got), _as_numbers(expected)
    if array is None or wanted is None:
        reason = f"{called} is {kind_of(got)} where {kind_of(expected)} is asked"
        return [Difference(part, "type", reason)]
    if array.ndim != 0:
        reason = f"{called} is {kind_of(got)} where a single number is asked"
        return [Difference(part, "shape", reason, f"its shape is {array.shape}")]
    return _values(array, wanted, rtol, atol, part)


def _array(
    got: Any, expected: NDArray[Any], rtol: float, atol: float, part: str
) -> list[Difference]:
    called = part or "the answer"
    # As floats on both sides: an int8 of -128 has no absolute value of its own kind.
    array, wanted = _as_numbers(got), _as_numbers(expected)
    if array is None or wanted is None:
        return [Difference(part, "type", f"{called} is {kind_of(got)} where an array is asked")]
    if array.shape != expected.shape:
        detail = f"got shape {array.shape}, expected {expected.shape}"
        return [Difference(part, "shape", _shape_words(called, array, expected), detail)]
    return _values(array, wanted, rtol, atol, part)


def _values(
    got: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float, part: str
) -> list[Difference]:
    called = part or "the answer"
    bad = ~np.isfinite(got) & np.isfinite(expected)
    if bad.any():
        word = "NaN" if np.isnan(got[bad]).any() else "infinite values"
        detail = f"{int(bad.sum())} of {got.size} entries" if got.ndim else ""
        return [Difference(part, "nan", f"{called} contains {word}", detail)]
    if got.size == 0:
        return []
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.abs(got - expected)
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    gap = np.where(same, 0.0, np.where(np.isnan(gap), np.inf, gap))
    finite = np.abs(expected[np.isfinite(expected)])
    tolerance = max(rtol * float(finite.max(initial=0.0)), atol)
    if not gap.max() > tolerance:
        return []
    size = float(gap.max()) / tolerance if tolerance else float("inf")
    where = np.unravel_index(int(gap.argmax()), gap.shape)
    detail = f"got {float(got[where].real):.6g}, expected {float(expected[where].real):.6g}"
    if got.ndim:
        wrong = int((gap > tolerance).sum())
        at = ", ".join(str(int(i)) for i in where)
        detail = f"{wrong} of {got.size} entries differ; at [{at}] {detail}"
    return [Difference(part, "value", f"{called} differs", detail, size)]


def _as_numbers(value: Any) -> NDArray[Any] | None:
    """Return `value` as a numeric array, or None where it is not one."""
    # One long word among many items would make NumPy give each of them as much room.
    if isinstance(value, (list, tuple)) and not _holds_numbers(value, ()):
        return None
    try:
        # NumPy has no type for a whole number beyond 64 bits.
        array = np.asarray(float(value) if isinstance(value, int) else value)
    except OverflowError:
        return np.asarray(np.inf)
    except (ValueError, TypeError):
        return None
    if array.dtype.kind not in "biufc":
        return None
    if array.dtype.kind == "c":
        return array if array.imag.any() else array.real
    with np.errstate(over="ignore"):  # a long double may lie beyond: it is infinite then
        return array.astype(np.float64)


def _holds_numbers(value: Any, around: tuple[int, ...]) -> bool:
    """Does a list hold numbers alone, however nested? `around` are the lists that it lies in."""
    if isinstance(value, (list, tuple)):
        if id(value) in around or len(around) > 32:
            return False
        return all(_holds_numbers(item, (*around, id(value))) for item in value)
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufc"
    return isinstance(value, (int, float, complex, np.number, np.bool_))


def _shape_words(called: str, got: NDArray[Any], expected: NDArray[Any]) -> str:
    if expected.ndim == 1 and got.ndim == 2 and got.shape == (expected.size, 1):
        return f"{called} is a column of shape (n, 1) where a vector of shape (n,) is asked"
    if got.ndim == 0:
        return f"{called} is a single number where an array is asked"
    if got.ndim == 2 and got.T.shape == expected.shape:
        return f"{called} has its rows and columns exchanged"
    if got.ndim != expected.ndim:
        return f"{called} has {got.ndim} dimensions where {expected.ndim} are asked"
    return f"{called} has another shape than is asked"


def kind_of(value: Any) -> str:
    """Name the kind of a value in plain words.

    Examples
    --------
    >>> kind_of(np.ones(3)), kind_of(None), kind_of("b")
    ('a vector', 'None', 'a string')
    """
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return ("a number", "a vector", "a matrix", "an array")[min(value.ndim, 3)]
    if isinstance(value, (bool, np.bool_)):
        return "a truth value"
    if isinstance(value, (int, float, complex, np.number)):
        return "a number"
    words: dict[type, str] = {str: "a string", tuple: "a tuple", list: "a list", dict: "a dict"}
    return words.get(type(value), f"of type {type(value).__name__}")
