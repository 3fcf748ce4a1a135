"""Penalties: what each costs, how it pulls, what it leaves, and its conjugate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_real, as_strength, as_vector


class Penalty(Protocol):
    """A convex function of the weights, with all that a solver asks of it."""

    def value(self, w: ArrayLike) -> float:
        """What the weights cost, Ω(w)."""

    def subgradient(self, w: ArrayLike) -> Floats:
        """A g with Ω(u) >= Ω(w) + g'(u - w) for all u: the one of smallest length."""

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        """argmin_w ‖w - v‖² / 2 + step Ω(w)."""

    def dual(self, u: ArrayLike) -> float:
        """The convex conjugate, Ω*(u) = max_w u'w - Ω(w); may be infinite."""


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
    shrunk = _soft(values, t)
    return float(shrunk) if values.ndim == 0 else shrunk


def _soft(z: Floats, t: float) -> Floats:
    # v - clip(v, -t, t) is the same function, and gives 0.0 where the formula gives -0.0.
    shrunk: Floats = z - np.clip(z, -t, t)
    return shrunk


@dataclass(frozen=True)
class L1:
    r"""lam ‖w‖₁: the lasso's penalty.

        value        lam Σ |w_j|
        subgradient  lam sign(w_j), and 0 where w_j = 0 (all of [-lam, lam] would be right there)
        prox         S(v_j, step lam), the soft threshold
        dual         0 if ‖u‖_∞ <= lam, else infinity

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
        as_strength(self.lam)

    def value(self, w: ArrayLike) -> float:
        return self.lam * float(np.abs(as_vector(w, "w")).sum())

    def subgradient(self, w: ArrayLike) -> Floats:
        pull: Floats = self.lam * np.sign(as_vector(w, "w"))
        return pull

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        return _soft(as_vector(v, "v"), self.lam * as_real(step, "step", at_least=0.0))

    def dual(self, u: ArrayLike) -> float:
        return 0.0 if np.abs(as_vector(u, "u")).max() <= self.lam else float("inf")


@dataclass(frozen=True)
class L2:
    r"""lam ‖w‖₂² / 2: the ridge penalty, the *square* of a norm, halved.

        value        lam Σ w_j² / 2
        subgradient  lam w: it is smooth, so this is its gradient
        prox         v / (1 + step lam)
        dual         ‖u‖₂² / (2 lam); for lam = 0: 0 if u = 0, else infinity

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
        as_strength(self.lam)

    def value(self, w: ArrayLike) -> float:
        return self.lam * float(np.square(as_vector(w, "w")).sum()) / 2

    def subgradient(self, w: ArrayLike) -> Floats:
        pull: Floats = self.lam * as_vector(w, "w")
        return pull

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        shrunk: Floats = as_vector(v, "v") / (1 + self.lam * as_real(step, "step", at_least=0.0))
        return shrunk

    def dual(self, u: ArrayLike) -> float:
        return _conjugate(as_vector(u, "u"), 0.0, self.lam)


@dataclass(frozen=True)
class ElasticNet:
    r"""lam (rho ‖w‖₁ + (1 - rho) ‖w‖₂² / 2), with l1 = lam rho and l2 = lam (1 - rho).

        value        l1 Σ |w_j| + l2 Σ w_j² / 2
        subgradient  l1 sign(w_j) + l2 w_j, and 0 where w_j = 0
        prox         S(v_j, step l1) / (1 + step l2): threshold first, then shrink
        dual         Σ max(|u_j| - l1, 0)² / (2 l2); for l2 = 0 as for L1

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
        as_strength(self.lam)
        as_real(self.rho, "rho", at_least=0.0, at_most=1.0)

    @property
    def l1(self) -> float:
        """The strength of ‖w‖₁, lam rho."""
        return self.lam * self.rho

    @property
    def l2(self) -> float:
        """The strength of ‖w‖₂² / 2, lam (1 - rho)."""
        return self.lam * (1 - self.rho)

    def value(self, w: ArrayLike) -> float:
        return L1(self.l1).value(w) + L2(self.l2).value(w)

    def subgradient(self, w: ArrayLike) -> Floats:
        return L1(self.l1).subgradient(w) + L2(self.l2).subgradient(w)

    def prox(self, v: ArrayLike, step: float = 1.0) -> Floats:
        return L2(self.l2).prox(L1(self.l1).prox(v, step), step)

    def dual(self, u: ArrayLike) -> float:
        return _conjugate(as_vector(u, "u"), self.l1, self.l2)


def _conjugate(u: Floats, l1: float, l2: float) -> float:
    """max_w u'w - l1 ‖w‖₁ - l2 ‖w‖² / 2: only what |u_j| exceeds l1 by earns anything."""
    excess = np.maximum(np.abs(u) - l1, 0.0)
    if l2 == 0:
        return float("inf") if excess.any() else 0.0
    return float(np.square(excess).sum()) / (2 * l2)
