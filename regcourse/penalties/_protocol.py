"""What a penalty offers to solvers and certificates."""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from regcourse._arrays import Floats

__all__ = ["Penalty"]


class Penalty(Protocol):
    """A convex function Ω of the weights, smallest at 0 and 0 there.

    A frozen dataclass that has these methods is one; it inherits nothing. Its file names it in
    `__all__`, so that it is found, and gives the laws that every penalty obeys something to try:
    `EXAMPLES`, instances that take three weights.
    """

    def value(self, w: ArrayLike) -> float:
        """What the weights cost, Ω(w)."""

    def subgradient(self, w: ArrayLike) -> Floats:
        """A g with Ω(u) >= Ω(w) + g'(u - w) for all u: the one of smallest length."""

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Floats:
        """|g_j - h_j| for each weight, with h the nearest to g of all subgradients at w."""

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        """argmin_w ‖w - v‖² / 2 + step Ω(w)."""

    def dual(self, u: ArrayLike) -> float:
        """The convex conjugate, Ω*(u) = max_w u'w - Ω(w); may be infinite."""

    def fenchel_young(self, w: ArrayLike, u: ArrayLike, slack: ArrayLike = 0.0) -> float:
        """Ω(w) + Ω*(u) - u'w without its cancellation: >= 0, and 0 where u is a subgradient.

        With `slack`, the largest of these over all u' with |u'_j - u_j| <= slack_j: an upper
        bound if u is known to within that much.
        """
