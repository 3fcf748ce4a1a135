"""The squared L2 norm as a penalty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_coefficients, as_strength
from regcourse.penalties import _parts

__all__ = ["L2"]


@dataclass(frozen=True)
class L2:
    r"""lam ‖w‖₂² / 2: the ridge penalty, the *square* of a norm, halved.

        value          lam Σ w_j² / 2
        subgradient    lam w: it is smooth, so this is its gradient
        distance       |g_j - lam w_j|
        prox           v / (1 + step lam)
        dual           ‖u‖₂² / (2 lam); for lam = 0: 0 if u = 0, else infinity
        Fenchel-Young  ‖u - lam w‖₂² / (2 lam); for lam = 0 as the dual

    Parameters
    ----------
    lam : float, >= 0

    Raises
    ------
    InvalidInput
        If lam < 0; in the methods, if a vector is not finite or step < 0.

    Examples
    --------
    >>> L2(0.5).value([3, -4]), L2(0.5).dual([3, -4])
    (6.25, 25.0)
    >>> L2(0.5).prox([3, -1.5])
    array([ 2., -1.])
    """

    lam: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lam", as_strength(self.lam))

    def value(self, w: ArrayLike) -> float:
        return self.lam * float(np.square(as_coefficients(w)).sum()) / 2

    def subgradient(self, w: ArrayLike) -> Floats:
        pull: Floats = self.lam * as_coefficients(w)
        return pull

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Floats:
        return _parts.distance(*_parts.as_pair(w, g, "g"), 0.0, self.lam)

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        shrunk: Floats = as_coefficients(v, "v") / (1 + self.lam * _parts.as_step(step))
        return shrunk

    def dual(self, u: ArrayLike) -> float:
        return _parts.conjugate(as_coefficients(u, "u"), 0.0, self.lam)

    def fenchel_young(self, w: ArrayLike, u: ArrayLike, slack: ArrayLike = 0.0) -> float:
        w, u = _parts.as_pair(w, u, "u")
        return _parts.mismatch(w, u, _parts.as_slack(slack, u.size), 0.0, self.lam)


EXAMPLES = (L2(1.3), L2(0.2), L2(0.0))
