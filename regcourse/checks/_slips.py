"""Slips that nobody listed: a factor, a sign, an order, a transposition, another strength."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regcourse.checks._judge import Slip, Spec
from regcourse.compare import in_kind_of
from regcourse.errors import InvalidInput

__all__ = ["FITTED", "data_slips", "strength_slip"]

Named = tuple[str, str] | None
Numbers = NDArray[np.float64]
Pair = tuple[Numbers, Numbers]

# Slips whose sentence holds a fitted number. On a hidden case that number depends on what
# the answer did with inputs that nobody may see, so there only the kind of slip is told.
FITTED = {
    "another_strength": "The answer is right for another strength",
    "constant_factor": "Every number is the same multiple of the right one",
}

_RANGE = (1e-6, 1e6)
# A fit is good to about 1e-8 in the factor; a thousandfold margin over it is still far too
# narrow for a different formula to slip through on every case.
_FITTED_TO = 1e-5
_FACTORS = (1e-9, 1e9)  # beyond, what is left is as good as nothing
_NEAR_ONE = 1e-4
_ALIKE = 1e-3  # numbers that vary by less than this share may as well have been shifted


def data_slips(spec: Spec, expected: Sequence[Any]) -> list[Slip]:
    """Return the slips that can be recognised from the expected results alone."""
    kinds = (_exchanged, _transposed, _factor, _order)
    return [partial(kind, spec, expected) for kind in kinds]


def strength_slip(spec: Spec, rerun: Callable[[float, int], Any], sizes: Sequence[int]) -> Slip:
    """Return a slip that fits the strength under which the answers would be right.

    ``rerun(factor, case)`` gives the reference's result with the strength times `factor`;
    `sizes` holds n of each case. The fitted factors are then read as c * n^k.
    """

    def recognise(answers: Sequence[Any]) -> Named:
        reruns = [partial(_swap, rerun, case) for case in range(len(answers))]
        near = Spec(_FITTED_TO, spec.atol)
        factors: list[float] = []
        mine: list[Any] = []
        for answer, again in zip(answers, reruns, strict=True):
            right = again(1.0)
            found = spec.difference(answer, right)
            if (found is not None and found.kind != "value") or _flat(right) is None:
                return None
            try:
                mine.append(in_kind_of(answer, right))
            except InvalidInput:  # complex numbers
                return None
            factors.append(_fit(mine[-1], again))
            if near.difference(mine[-1], again(factors[-1])) is not None:
                return None
        if max(factors) < 2 * _RANGE[0]:
            # A fit can only come near to 0, where a reference need not have an answer. Where a
            # hundredth of so little changes nothing more, the rest of the way would not either.
            for answer, again in zip(mine, reruns, strict=True):
                if near.difference(answer, again(_RANGE[0] / 100)) is not None:
                    return None
            return (
                "no_strength",
                "The answer is right for a strength of 0, as if there were no penalty",
            )
        formula = _read_factor(np.array(factors), np.array(sizes, dtype=float))
        if formula is None or formula == "1":
            return None
        return (
            "another_strength",
            f"The answer is right for another strength: {formula} times the one that is asked",
        )

    return recognise


def _swap(rerun: Callable[[float, int], Any], case: int, factor: float) -> Any:
    return rerun(factor, case)


def _fit(answer: Any, rerun: Callable[[float], Any]) -> float:
    """Return the factor in `_RANGE` whose result lies nearest to `answer`, by golden section."""
    target = _flat(answer)
    assert target is not None, "the answer has the form of a reference's numbers"

    def miss(log_factor: float) -> float:
        flat = _flat(rerun(float(np.exp(log_factor))))
        if flat is None or flat.shape != target.shape:
            return np.inf
        return float(np.sum((flat - target) ** 2))

    grid = np.linspace(np.log(_RANGE[0]), np.log(_RANGE[1]), 49)
    best = int(np.argmin([miss(g) for g in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    ratio = (np.sqrt(5.0) - 1.0) / 2.0
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = miss(left), miss(right)
    # Each step needs one new result and keeps 0.62 of the bracket: 50 of them leave 1e-10.
    for _ in range(50):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = miss(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = miss(right)
    return float(np.exp((low + high) / 2.0))


def _read_factor(factors: NDArray[np.float64], sizes: NDArray[np.float64]) -> str | None:
    """Read the factors of all cases as one formula c * n^k, or return None."""
    for power, formula in ((0, ""), (1, "n"), (-1, "1/n"), (2, "n²"), (-2, "1/n²")):
        constants = factors / sizes**power
        constant = float(np.exp(np.mean(np.log(constants))))
        if np.allclose(constants, constant, rtol=1e-4, atol=0.0):
            number = _tidy(constant)
            if not formula:
                return number
            return formula if number == "1" else f"{number} · {formula}"
    return None


def _tidy(constant: float, digits: int = 4) -> str:
    for top in range(1, 13):
        for bottom in range(1, 13):
            if abs(constant * bottom / top - 1.0) < 1e-4:
                return f"{top / bottom:g}" if bottom in (1, 2, 4, 5, 8, 10) else f"{top}/{bottom}"
    return f"{constant:.{digits}g}"


def _exchanged(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    pairs = list(zip(answers, expected, strict=True))
    if not all(
        isinstance(e, tuple) and isinstance(a, (tuple, list)) and len(a) == len(e) for a, e in pairs
    ):
        return None
    unnamed = Spec(spec.rtol, spec.atol)
    if any(unnamed.difference(tuple(reversed(a)), e) is not None for a, e in pairs):
        return None
    return "exchanged_parts", "The parts are right but stand in the opposite order"


def _transposed(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    for answer, wanted in zip(answers, expected, strict=True):
        if not isinstance(wanted, np.ndarray) or wanted.ndim != 2:
            return None
        found = spec.difference(answer, wanted)
        if found is not None and found.kind not in ("shape", "value"):
            return None
        if spec.difference(np.asarray(answer).T, wanted) is not None:
            return None
    return "transposed", "The answer is right but transposed"


def _factor(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    pairs = _numbers(spec, expected, answers)
    want = np.concatenate([np.zeros(0), *(theirs for _, theirs in pairs)])
    want = want[want != 0]
    # What is all alike has a ratio to anything that is all alike: that alone says nothing.
    if want.size == 0 or np.ptp(want) <= _ALIKE * np.abs(want).max():
        return None
    # In each case and part by itself: in all of them together, the largest would decide alone.
    if all(_is_multiple(spec, *pair, -1.0) for pair in pairs):
        return "opposite_sign", "The answer is right but for its sign"
    factor = _ratio(pairs)
    # Nearly right, or right but for its sign, is another finding than a factor.
    near = max(_NEAR_ONE, 10 * spec.rtol)
    if not _FACTORS[0] < abs(factor) < _FACTORS[1] or abs(abs(factor) - 1.0) <= near:
        return None
    if not all(_is_multiple(spec, *pair, factor) for pair in pairs):
        return None
    digits = min(4, round(-np.log10(near)) + 1)
    size = ("-" if factor < 0 else "") + _tidy(abs(factor), digits)
    return "constant_factor", f"Every number is {size} times the right one"


def _ratio(pairs: Sequence[Pair]) -> float:
    """Return the factor between the numbers got and expected, each array in its own unit."""
    above = below = 0.0
    for got, want in pairs:
        unit = float(np.abs(want).max(initial=0.0))
        if unit > 0:
            above += float((got / unit) @ (want / unit))
            below += float((want / unit) @ (want / unit))
    return above / below


def _is_multiple(spec: Spec, got: Numbers, want: Numbers, factor: float) -> bool:
    """Is `got`, divided by `factor`, right? `atol` counts beside zeros alone."""
    largest = float(np.abs(want).max(initial=0.0))
    gap = float(np.abs(got / factor - want).max(initial=0.0))
    return gap <= (spec.rtol * largest if largest else spec.atol)


def _order(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    pairs = _numbers(spec, expected, answers)
    if not pairs or not all(isinstance(e, np.ndarray) and e.ndim == 1 for e in expected):
        return None
    if any(spec.difference(np.sort(got), np.sort(want)) is not None for got, want in pairs):
        return None
    return "another_order", "The numbers are right but stand in another order"


def _numbers(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> list[Pair]:
    """Return each array got beside the one expected; none if an answer has another form."""
    pairs: list[Pair] = []
    for answer, wanted in zip(answers, expected, strict=True):
        found = spec.difference(answer, wanted)
        # An answer of another form may be enormous: it is not taken apart.
        if found is not None and found.kind != "value":
            return []
        try:
            mine, theirs = _arrays(in_kind_of(answer, wanted)), _arrays(wanted)
        except InvalidInput:  # complex numbers
            return []
        if mine is None or theirs is None:
            return []
        pairs += zip(mine, theirs, strict=True)
    return pairs


def _flat(value: Any) -> Numbers | None:
    """Return every number of an answer in one vector, or None if it holds anything else."""
    parts = _arrays(value)
    return None if parts is None else np.concatenate([np.zeros(0), *parts])


def _arrays(value: Any) -> list[Numbers] | None:
    """Return the arrays of an answer, each as a vector, or None if it holds anything else."""
    if isinstance(value, (tuple, list)):
        parts = [_arrays(item) for item in value]
        if any(part is None for part in parts):
            return None
        return [array for part in parts if part is not None for array in part]
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        return None
    return [array.astype(np.float64).ravel()]
