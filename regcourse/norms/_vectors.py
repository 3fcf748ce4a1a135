"""The p-norm of a vector, and its dual."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_real, as_vector, refuse_overflow
from regcourse.errors import InvalidInput

__all__ = ["dual_exponent", "dual_norm", "lp_norm"]


def lp_norm(x: ArrayLike, p: float) -> float:
    r"""Return the p-norm of a vector.

        ‖x‖_p = (Σ |x_j|^p)^(1/p),        ‖x‖_∞ = max |x_j|

    For p < 1 this is a quasi-norm: it breaks the triangle inequality, and its ball has dents.
    It is allowed, because seeing that is half of understanding p >= 1.

    Parameters
    ----------
    x : array (n,)
    p : float, > 0; infinity included

    Returns
    -------
    float, >= 0, in the units of `x`

    Raises
    ------
    InvalidInput
        If p is not > 0, x is not a finite vector, or its norm is beyond every float.

    Examples
    --------
    >>> [round(lp_norm([3, -4], p), 3) for p in (0.5, 1, 2, np.inf)]
    [13.928, 7.0, 5.0, 4.0]
    """
    return measured(as_vector(x, "x"), exponent(p), "x")


def dual_exponent(p: float) -> float:
    r"""Return q with 1/p + 1/q = 1: the exponent of the dual norm.

    Parameters
    ----------
    p : float, >= 1; infinity included

    Returns
    -------
    float, >= 1; infinity for p = 1

    Raises
    ------
    InvalidInput
        If p < 1: a quasi-norm has no dual of this kind.

    Examples
    --------
    >>> [dual_exponent(p) for p in (1, 1.5, 2, np.inf)]
    [inf, 3.0, 2.0, 1.0]
    """
    p = exponent(p)
    if p < 1:
        raise InvalidInput(f"p must be >= 1 to have a dual exponent, got {p:g}")
    if p == 1:
        return np.inf
    return 1.0 if np.isinf(p) else p / (p - 1)


def dual_norm(u: ArrayLike, p: float) -> float:
    r"""Return the dual norm of u for the p-norm: the most that a budget of 1 can earn.

        ‖u‖_p* = max { x'u : ‖x‖_p <= 1 } = ‖u‖_q,        1/p + 1/q = 1

    Parameters
    ----------
    u : array (n,)
    p : float, >= 1; infinity included
        The norm of the budget, not of the result.

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If p < 1, u is not a finite vector, or the result is beyond every float.

    Examples
    --------
    >>> dual_norm([3, -4], 1), dual_norm([3, -4], np.inf)
    (4.0, 7.0)
    """
    return measured(as_vector(u, "u"), dual_exponent(p), "u")


def measured(x: Floats, p: float, name: str) -> float:
    size = length(x, p)
    refuse_overflow(size, f"the {p:g}-norm of {name}")
    return size


def length(x: Floats, p: float) -> float:
    """The p-norm of x, infinite if it is beyond every float."""
    size = np.abs(x)
    largest = float(size.max())
    if np.isinf(p) or largest == 0:
        return largest
    with np.errstate(over="ignore", under="ignore"):
        # In units of the largest entry: the power of a large or tiny one would over- or underflow.
        # For p < 1 no power does, but the unit itself may be too large for a tiny one.
        powers = (size / largest) ** p if p >= 1 else size**p / largest**p
        return float(largest * powers.sum() ** (1 / p))


def exponent(p: Any) -> float:
    """Return p as a float, which must be a number > 0 or infinity."""
    if isinstance(p, (float, np.floating)) and np.isposinf(p):
        return float("inf")
    return as_real(p, "p", above=0.0)
