"""What the elastic net shares with its two ends: the formulas of l1 ‖w‖₁ + l2 ‖w‖₂² / 2."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import FARTHEST, Floats, as_array, as_coefficients, as_real, as_vector
from regcourse.errors import InvalidInput


def shrink(z: Floats, t: float) -> Floats:
    """The soft threshold of each entry."""
    # z - clip(z, -t, t) is sign(z) max(|z| - t, 0), and gives 0.0 where that gives -0.0.
    shrunk: Floats = z - np.clip(z, -t, t)
    return shrunk


def value(w: Floats, l1: float, l2: float) -> float:
    """l1 ‖w‖₁ + l2 ‖w‖₂² / 2."""
    return l1 * float(np.abs(w).sum()) + l2 * float(np.square(w).sum()) / 2


def subgradient(w: Floats, l1: float, l2: float) -> Floats:
    """The subgradient of smallest length."""
    pull: Floats = l1 * np.sign(w) + l2 * w
    return pull


def conjugate(u: Floats, l1: float, l2: float) -> float:
    """max_w u'w - l1 ‖w‖₁ - l2 ‖w‖² / 2: only what |u_j| exceeds l1 by earns anything."""
    excess = shrink(u, l1)
    if l2 == 0:
        return float("inf") if excess.any() else 0.0
    return float(np.square(excess).sum()) / (2 * l2)


def distance(w: Floats, g: Floats, l1: float, l2: float) -> Floats:
    """|g_j - l1 sign(w_j) - l2 w_j|, and what |g_j| exceeds l1 by where w_j = 0."""
    off: Floats = np.abs(np.where(w == 0, shrink(g, l1), g - l1 * np.sign(w) - l2 * w))
    return off


def mismatch(w: Floats, u: Floats, slack: Floats, l1: float, l2: float) -> float:
    """Ω(w) + Ω*(u) - u'w, as much of it as there may be within the slack.

    Of u_j, L1 holds the part c_j = clip(u_j, -l1, l1) and L2 has the rest, so that

        Ω(w) + Ω*(u) - u'w = Σ l1 |w_j| - c_j w_j + (u_j - c_j - l2 w_j)² / (2 l2)

    The terms are convex in u_j: within the slack, each is largest at one of the two ends.
    """
    ends = np.maximum(_mismatch(w, u - slack, l1, l2), _mismatch(w, u + slack, l1, l2))
    return float(ends.sum())


def _mismatch(w: Floats, u: Floats, l1: float, l2: float) -> Floats:
    held = np.clip(u, -l1, l1)
    free = u - held
    missed = np.square(free - l2 * w) / (2 * l2) if l2 > 0 else np.where(free == 0, 0.0, np.inf)
    terms: Floats = missed + (l1 * np.abs(w) - held * w)
    return terms


def as_step(step: Any) -> float:
    """Return the step of a prox."""
    return as_real(step, "step", at_least=0.0, at_most=FARTHEST)


def as_pair(w: ArrayLike, u: ArrayLike, name: str) -> tuple[Floats, Floats]:
    """Return weights and, under its name, a vector of their length."""
    weights = as_coefficients(w, "w")
    return weights, as_coefficients(u, name, length=weights.size)


def as_slack(slack: ArrayLike, length: int) -> Floats:
    """Return how far each of so many entries may be off: one number for all, or one for each."""
    width = as_array(slack, "slack")
    if width.ndim:
        width = as_vector(width, "slack", length=length)
    if width.min() < 0:
        raise InvalidInput(f"slack must be >= 0, got {width.min():g}")
    return width
