"""The elastic net: L1 and squared L2 in one penalty."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_coefficients, as_share, as_strength
from regcourse.penalties import _parts

__all__ = ["ElasticNet"]


@dataclass(frozen=True)
class ElasticNet:
    r"""lam (rho ‖w‖₁ + (1 - rho) ‖w‖₂² / 2), with l1 = lam rho and l2 = lam (1 - rho).

        value          l1 Σ |w_j| + l2 Σ w_j² / 2
        subgradient    l1 sign(w_j) + l2 w_j, and 0 where w_j = 0
        distance       |g_j - l1 sign(w_j) - l2 w_j|; where w_j = 0, max(|g_j| - l1, 0)
        prox           S(v_j, step l1) / (1 + step l2): threshold first, then shrink
        dual           Σ max(|u_j| - l1, 0)² / (2 l2); for l2 = 0 as for L1
        Fenchel-Young  Σ l1 |w_j| - c_j w_j + (u_j - c_j - l2 w_j)² / (2 l2), where c_j is u_j
                       cut off at ±l1; for l2 = 0 as for L1

    This is the naive elastic net: nothing is scaled up again by 1 + l2 afterwards.

    Parameters
    ----------
    lam : float, >= 0
    rho : float, 0 to 1
        The share of L1: rho = 0 is L2(lam), rho = 1 is L1(lam).

    Raises
    ------
    InvalidInput
        If lam < 0 or rho is not in [0, 1]; in the methods, if a vector is not finite or step < 0.

    Examples
    --------
    >>> ElasticNet(1.0, 0.5).value([3, -4])
    9.75
    >>> ElasticNet(1.0, 0.5).prox([3.5, -0.2])
    array([2., 0.])
    """

    lam: float
    rho: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lam", as_strength(self.lam))
        object.__setattr__(self, "rho", as_share(self.rho))

    @property
    def l1(self) -> float:
        """The strength of ‖w‖₁, lam rho."""
        return self.lam * self.rho

    @property
    def l2(self) -> float:
        """The strength of ‖w‖₂² / 2, lam (1 - rho)."""
        return self.lam * (1 - self.rho)

    def value(self, w: ArrayLike) -> float:
        return _parts.value(as_coefficients(w), self.l1, self.l2)

    def subgradient(self, w: ArrayLike) -> Floats:
        return _parts.subgradient(as_coefficients(w), self.l1, self.l2)

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Floats:
        return _parts.distance(*_parts.as_pair(w, g, "g"), self.l1, self.l2)

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        step = _parts.as_step(step)
        return _parts.shrink(as_coefficients(v, "v"), step * self.l1) / (1 + step * self.l2)

    def dual(self, u: ArrayLike) -> float:
        return _parts.conjugate(as_coefficients(u, "u"), self.l1, self.l2)

    def fenchel_young(self, w: ArrayLike, u: ArrayLike, slack: ArrayLike = 0.0) -> float:
        w, u = _parts.as_pair(w, u, "u")
        return _parts.mismatch(w, u, _parts.as_slack(slack, u.size), self.l1, self.l2)


EXAMPLES = (ElasticNet(0.9, 0.4), ElasticNet(2.0, 0.0), ElasticNet(2.5, 1.0), ElasticNet(0.0, 0.7))
