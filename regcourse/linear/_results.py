"""What a fit and a path return: the numbers with the certificate that belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import LARGEST, Floats, as_matrix
from regcourse.errors import InvalidInput

__all__ = ["Fit", "Path"]


# Two results are equal only if they are one: arrays have no single truth to compare by.
@dataclass(frozen=True, eq=False)
class Fit:
    """A solution with its evidence.

    Parameters
    ----------
    b : float
        The intercept.
    w : array (p,)
        The weights.
    lam : float
        The strength they were fitted with.
    rho : float
        The share of L1 in it; 0 is ridge.
    gap : float
        The certificate: J(w, b) is at most this far above its minimum (`duality_gap`).
    iterations : int
        How many steps it took; 0 if it was solved directly.
    """

    b: float
    w: Floats
    lam: float
    rho: float
    gap: float
    iterations: int

    def predict(self, X: ArrayLike) -> Floats:
        """Return b + Xw, one prediction for each row of X."""
        rows = as_matrix(X)
        if rows.shape[1] != self.w.size:
            raise InvalidInput(f"X must have {self.w.size} columns, got {rows.shape[1]}")
        largest = np.abs(rows).max()
        if largest > LARGEST:
            raise InvalidInput(f"X must be at most {LARGEST:g} in size, got {largest:g}")
        return self.b + rows @ self.w


@dataclass(frozen=True, eq=False)
class Path:
    """Solutions for m strengths: row k of `W` and entry k of the rest belong to lams[k].

    Parameters
    ----------
    lams : array (m,)
    rho : float
        The share of L1 in each of them; 0 is ridge.
    b : array (m,)
    W : array (m, p)
    gaps : array (m,)
        The certificates: J(W[k], b[k]) is at most gaps[k] above its minimum (`duality_gap`).
    """

    lams: Floats
    rho: float
    b: Floats
    W: Floats
    gaps: Floats
