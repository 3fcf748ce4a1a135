"""The squared loss: least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats
from regcourse.losses._rows import as_rows

__all__ = ["Squared"]


@dataclass(frozen=True)
class Squared:
    r"""‖y - η‖² / (2n): half the mean square of the residuals.

        value          Σ v_i (y_i - η_i)² / (2n)
        gradient       v_i (η_i - y_i) / n
        dual           Σ θ_i y_i + n θ_i² / (2 v_i); infinite if v_i = 0 and θ_i is not
        balanced       θ_i - v_i Σ θ_k / n: residuals without their mean
        Fenchel-Young  Σ v_i (y_i - η_i + n θ_i / v_i)² / (2n)

    Raises
    ------
    InvalidInput
        In the methods, if a vector is not finite or of another length, or no weight is > 0.

    Examples
    --------
    >>> loss = Squared()
    >>> loss.value([1.0, 2.0], [3.0, 2.0]), loss.gradient([1.0, 2.0], [3.0, 2.0])
    (1.0, array([-1.,  0.]))
    """

    smoothness = 1.0
    of_residuals = True

    def value(self, eta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        y, eta, v = as_rows(y, sample_weight, eta=eta)
        return float(v @ np.square(y - eta) / (2 * v.sum()))

    def gradient(
        self, eta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        y, eta, v = as_rows(y, sample_weight, eta=eta)
        slope: Floats = v * (eta - y) / v.sum()
        return slope

    def dual(self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        y, theta, v = as_rows(y, sample_weight, theta=theta)
        # F is 0 at η = y, where the Fenchel-Young terms are those of the conjugate.
        return float(theta @ y) + _mismatch(np.zeros_like(y), theta, v)

    def balanced(
        self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        y, theta, v = as_rows(y, sample_weight, theta=theta)
        rest: Floats = theta - v * (theta.sum() / v.sum())
        return rest

    def fenchel_young(
        self, eta: ArrayLike, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float:
        y, eta, theta, v = as_rows(y, sample_weight, eta=eta, theta=theta)
        return _mismatch(y - eta, theta, v)


EXAMPLES = ((Squared(), (1.5, -2.0, 0.0)), (Squared(), (-30.0, 0.4, 7.0)))


def _mismatch(r: Floats, theta: Floats, v: Floats) -> float:
    counted = v > 0
    if theta[~counted].any():
        return float("inf")
    r, theta, v = r[counted], theta[counted], v[counted]
    n = v.sum()
    return float(v @ np.square(r + n * theta / v) / (2 * n))
