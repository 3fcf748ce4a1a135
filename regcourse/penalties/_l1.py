"""The L1 norm as a penalty, and the threshold that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_coefficients, as_real, as_strength
from regcourse.penalties import _parts

__all__ = ["L1", "soft_threshold"]


def soft_threshold(z: ArrayLike, t: float) -> Any:
    r"""Shrink `z` towards zero by `t`, and stop at zero.

    This is the proximal operator of t |.|:

        S(z, t) = argmin_u (u - z)² / 2 + t |u| = sign(z) max(|z| - t, 0)

    Parameters
    ----------
    z : float or array of any shape
    t : float, >= 0
        In the units of `z`. t = 0 returns `z` unchanged.

    Returns
    -------
    float or array shaped like `z`

    Raises
    ------
    InvalidInput
        If t < 0, or z is not finite.

    Examples
    --------
    >>> soft_threshold(3.0, 1.0), soft_threshold(-0.5, 1.0)
    (2.0, 0.0)
    >>> soft_threshold([3.0, -0.5, -2.0], 1.0)
    array([ 2.,  0., -1.])
    """
    values, t = as_array(z, "z"), as_real(t, "t", at_least=0.0)
    shrunk = _parts.shrink(values, t)
    return float(shrunk) if values.ndim == 0 else shrunk


@dataclass(frozen=True)
class L1:
    r"""lam ‖w‖₁: the lasso's penalty.

        value          lam Σ |w_j|
        subgradient    lam sign(w_j), and 0 where w_j = 0
        distance       |g_j - lam sign(w_j)|; where w_j = 0, max(|g_j| - lam, 0), since all of
                       [-lam, lam] are subgradients there
        prox           S(v_j, step lam), the soft threshold
        dual           0 if ‖u‖_∞ <= lam, else infinity
        Fenchel-Young  Σ lam |w_j| - u_j w_j if ‖u‖_∞ <= lam, else infinity

    Parameters
    ----------
    lam : float, >= 0

    Raises
    ------
    InvalidInput
        If lam < 0; in the methods, if a vector is not finite or step < 0.

    Examples
    --------
    >>> L1(0.5).value([3, -4]), L1(0.5).dual([0.5, -0.2])
    (3.5, 0.0)
    >>> L1(0.5).prox([3, -0.2])
    array([2.5, 0. ])
    """

    lam: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lam", as_strength(self.lam))

    def value(self, w: ArrayLike) -> float:
        return self.lam * float(np.abs(as_coefficients(w)).sum())

    def subgradient(self, w: ArrayLike) -> Floats:
        pull: Floats = self.lam * np.sign(as_coefficients(w))
        return pull

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Floats:
        return _parts.distance(*_parts.as_pair(w, g, "g"), self.lam, 0.0)

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        return _parts.shrink(as_coefficients(v, "v"), self.lam * _parts.as_step(step))

    def dual(self, u: ArrayLike) -> float:
        return _parts.conjugate(as_coefficients(u, "u"), self.lam, 0.0)

    def fenchel_young(self, w: ArrayLike, u: ArrayLike, slack: ArrayLike = 0.0) -> float:
        w, u = _parts.as_pair(w, u, "u")
        return _parts.mismatch(w, u, _parts.as_slack(slack, u.size), self.lam, 0.0)


EXAMPLES = (L1(0.7), L1(3.0), L1(0.0))
