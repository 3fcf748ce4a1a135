"""A loss plus a penalty at one point: J, its slope and its violation, for any two of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import FARTHEST, Floats, as_coefficients, as_real, as_regression
from regcourse.errors import InvalidInput
from regcourse.losses import Loss
from regcourse.penalties import Penalty

# Products of a column and a gradient stay within what penalties take.
REACH = 1e60


@dataclass(frozen=True, eq=False)
class Point:
    """A model and a place (w, b) to stand in it, validated: all other functions trust it.

    Parameters
    ----------
    X : array (n, p)
    y : array (n,)
    v : array (n,)
        The weights of the rows.
    b : float
    w : array (p,)
    eta : array (n,)
        The predictions there, b + Xw.
    loss : Loss
    penalty : Penalty
    """

    X: Floats
    y: Floats
    v: Floats
    b: float
    w: Floats
    eta: Floats
    loss: Loss
    penalty: Penalty


def as_point(
    X: ArrayLike,
    y: ArrayLike,
    b: float,
    w: ArrayLike,
    loss: Loss,
    penalty: Penalty,
    sample_weight: ArrayLike | None,
) -> Point:
    """Validate a point."""
    X, y, v = as_regression(X, y, sample_weight)
    w = as_coefficients(w, length=X.shape[1])
    b = as_real(b, "b", at_least=-FARTHEST, at_most=FARTHEST)
    eta = X @ w + b
    farthest = np.abs(eta).max()
    if farthest > REACH:
        raise InvalidInput(
            f"b and w must predict at most {REACH:g} in size, got a prediction of {farthest:g}"
        )
    return Point(X, y, v, b, w, eta, loss, penalty)


def objective(point: Point) -> float:
    """F(η) + Ω(w)."""
    return point.loss.value(point.eta, point.y, point.v) + point.penalty.value(point.w)


def slopes(point: Point) -> tuple[float, Floats]:
    """The gradients of the loss alone, by b and by w."""
    theta = point.loss.gradient(point.eta, point.y, point.v)
    return float(theta.sum()), theta @ point.X


def gradient(point: Point) -> tuple[float, Floats]:
    """The gradient by b, and of all subgradients by w the smallest."""
    by_b, by_w = slopes(point)
    # It is nearest to zero where the penalty's is nearest to what the loss pulls with.
    towards = np.sign(by_w + point.penalty.subgradient(point.w))
    return by_b, towards * point.penalty.subdifferential_distance(point.w, -by_w)


def violation(point: Point) -> float:
    """How large the gradient is."""
    by_b, by_w = slopes(point)
    off = point.penalty.subdifferential_distance(point.w, -by_w)
    return float(max(abs(by_b), off.max()))
