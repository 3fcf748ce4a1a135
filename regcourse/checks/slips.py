"""Slips that nobody listed: a factor, a sign, an order, a transposition, another strength."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regcourse.checks.judge import Slip, Spec
from regcourse.compare import Difference

Named = tuple[str, str] | None

# Slips whose sentence holds a fitted number. On a hidden case that number depends on what
# the answer did with inputs that nobody may see, so there only the kind of slip is told.
FITTED = {
    "another_strength": "The answer is right for another strength",
    "constant_factor": "Every number is the same multiple of the right one",
}

_RANGE = (1e-6, 1e6)


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
        factors: list[float] = []
        for case, answer in enumerate(answers):
            again = partial(_swap, rerun, case)
            found = spec.difference(answer, again(1.0))
            if found is not None and found.kind != "value":
                return None
            factor = _fit(answer, again)
            if factor is None:
                return None
            nearest = again(factor)
            # The fit is good to about 1e-8 in the factor; a thousandfold margin over it is
            # still far too narrow for a different formula to slip through on every case.
            if _flat(nearest) is None or _near(answer, nearest, spec.returns) is not None:
                return None
            factors.append(factor)
        if max(factors) < 2 * _RANGE[0]:
            return (
                "no_strength",
                "The answer is right for a strength of 0, as if there were no penalty",
            )
        words = _read_factor(np.array(factors), np.array(sizes, dtype=float))
        if words is None or words == "1":
            return None
        return (
            "another_strength",
            f"The answer is right for another strength: {words} times the one that is asked",
        )

    return recognise


def _swap(rerun: Callable[[float, int], Any], case: int, factor: float) -> Any:
    return rerun(factor, case)


def _near(answer: Any, other: Any, names: tuple[str, ...]) -> Difference | None:
    return Spec(1e-5, 1e-9, names).difference(answer, other)


def _fit(answer: Any, rerun: Callable[[float], Any]) -> float | None:
    """Return the factor in `_RANGE` whose result lies nearest to `answer`, by golden section."""
    target = _flat(answer)
    if target is None:
        return None

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
    varied = np.unique(sizes).size > 1
    for power, words in ((0, ""), (1, "n"), (-1, "1/n"), (2, "n²"), (-2, "1/n²")):
        if power and not varied:
            continue
        constants = factors / sizes**power
        constant = float(np.exp(np.mean(np.log(constants))))
        if np.allclose(constants, constant, rtol=1e-4, atol=0.0):
            number = _tidy(constant)
            return words if number == "1" and words else f"{number} · {words}" if words else number
    return None


def _tidy(constant: float) -> str:
    for top in range(1, 13):
        for bottom in range(1, 13):
            if abs(constant * bottom / top - 1.0) < 1e-4:
                return f"{top / bottom:g}" if bottom in (1, 2, 4, 5, 8, 10) else f"{top}/{bottom}"
    return f"{constant:.4g}"


def _exchanged(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    pairs = list(zip(answers, expected, strict=True))
    if not all(
        isinstance(e, tuple) and isinstance(a, (tuple, list)) and len(a) == len(e) for a, e in pairs
    ):
        return None
    plain = Spec(spec.rtol, spec.atol)
    if any(plain.difference(tuple(reversed(a)), e) is not None for a, e in pairs):
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
    got, want = _numbers(spec, expected, answers)
    # One number against one number always has a ratio: that alone says nothing.
    if np.unique(want[want != 0]).size < 2:
        return None
    factor = float(got @ want / (want @ want))
    if abs(factor) < 1e-9 or spec.difference(got, factor * want) is not None:
        return None
    if abs(factor + 1.0) < 1e-6:
        return "opposite_sign", "The answer is right but for its sign"
    size = _tidy(factor) if factor > 0 else f"{factor:.4g}"
    return "constant_factor", f"Every number is {size} times the right one"


def _order(spec: Spec, expected: Sequence[Any], answers: Sequence[Any]) -> Named:
    got, _ = _numbers(spec, expected, answers)
    if got.size == 0 or not all(isinstance(e, np.ndarray) and e.ndim == 1 for e in expected):
        return None
    for answer, wanted in zip(answers, expected, strict=True):
        if spec.difference(np.sort(np.asarray(answer)), np.sort(wanted)) is not None:
            return None
    return "another_order", "The numbers are right but stand in another order"


def _numbers(
    spec: Spec, expected: Sequence[Any], answers: Sequence[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return all numbers got and expected, or none if an answer has not the form of its pair."""
    got, want = [np.zeros(0)], [np.zeros(0)]
    for answer, wanted in zip(answers, expected, strict=True):
        found = spec.difference(answer, wanted)
        # An answer of another form may be enormous: it is not taken apart.
        if found is not None and found.kind != "value":
            return np.zeros(0), np.zeros(0)
        mine, theirs = _flat(answer), _flat(wanted)
        if mine is None or theirs is None:
            return np.zeros(0), np.zeros(0)
        got.append(mine)
        want.append(theirs)
    return np.concatenate(got), np.concatenate(want)


def _flat(value: Any) -> NDArray[np.float64] | None:
    """Return every number of an answer in one vector, or None if it holds anything else."""
    if isinstance(value, (tuple, list)):
        parts = [_flat(item) for item in value]
        if any(part is None for part in parts):
            return None
        return (
            np.concatenate([part for part in parts if part is not None]) if parts else np.zeros(0)
        )
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        return None
    return array.astype(np.float64).ravel()
