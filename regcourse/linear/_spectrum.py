"""What a design looks like to ridge: singular values, filter factors, degrees of freedom.

With the means taken off, Xc = U diag(s) V', and ridge treats every direction on its own: it
multiplies the least squares solution along direction k by f_k = s_k² / (s_k² + alpha).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_features, as_real, as_vector
from regcourse.errors import InvalidInput
from regcourse.linear._centring import Centred, centre
from regcourse.linear._directions import SAFE, directions, rounding

__all__ = ["effective_dof", "filter_factors"]


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The singular directions of centred data, without those that rounding alone can explain.

    U (n, r) and V (p, r) may be left out where they are long: U = X V / s, and V = X'U / s.
    """

    data: Centred
    s: Floats
    U: Floats | None
    V: Floats | None

    @property
    def exact(self) -> bool:
        """Is it a decomposition of X itself, not of its products?"""
        return self.U is not None and self.V is not None

    def left(self, rows: Any = slice(None)) -> Floats:
        """Some rows of U.

        What the intercept takes is no direction of X. Rounding puts a little of it into U, and
        into rows far from all others, or outweighing them, more than is left there otherwise.
        """
        if self.U is not None:
            U = self.U[rows]
        else:
            assert self.V is not None
            U = self.data.X[rows] @ self.V
            U /= self.s
        left: Floats = U - np.multiply.outer(self.data.unit[rows], self._taken)
        return left

    @cached_property
    def _taken(self) -> Floats:
        return self._along(self.data.unit)

    @cached_property
    def signal(self) -> Floats:
        """U'y."""
        return self._along(self.data.y)

    def _along(self, y: Floats) -> Floats:
        if self.U is not None:
            return y @ self.U
        assert self.V is not None
        along: Floats = (y @ self.data.X) @ self.V / self.s
        return along

    def weights(self, alphas: Floats) -> tuple[Floats, Floats | None]:
        """Return W (m, p), rows V diag(s / (s² + alpha)) U'y; and A (m, n), if W is A X."""
        shares = alphas[:, None] + self.s**2
        if self.V is not None:
            return np.divide(self.s * self.signal, shares, out=shares) @ self.V.T, None
        duals: Floats = np.divide(self.signal, shares, out=shares) @ self.left().T
        return duals @ self.data.X, duals

    def dof(self, alphas: Floats) -> Floats:
        """Effective degrees of freedom (m,), the sum of s² / (s² + alpha)."""
        shares = alphas[:, None] + self.s**2
        total: Floats = np.divide(self.s**2, shares, out=shares).sum(axis=1)
        return total


def spectra(data: Centred, alpha: float) -> Iterator[Spectrum]:
    """Yield a decomposition of X'X or XX', if that is safe, and one of X.

    The first is several times faster. Whoever finds it wanting takes the other. `alpha` is the
    least that will be asked for.
    """
    quick = _of_products(data, alpha)
    if quick is not None:
        yield quick
    U, s, V = directions(data)
    yield Spectrum(data, s, U, V)


def _of_products(data: Centred, alpha: float) -> Spectrum | None:
    X, (n, p) = data.X, data.X.shape
    squares, short = np.linalg.eigh(X.T @ X if n > p else X @ X.T)
    if n <= p:
        # Centred rows add up to zero: the first direction is none.
        squares, short = np.maximum(squares[1:], 0.0), short[:, 1:]
    if squares.size == 0:
        return None
    # XX' has U itself, and s is only met beside alpha; with X'X, U will be divided by s.
    least = squares[0] + alpha * (n <= p)
    if least < SAFE * squares[-1] or least <= rounding(data.sizes()).max() ** 2:
        return None
    s = np.sqrt(squares)
    return Spectrum(data, s, None, short) if n > p else Spectrum(data, s, short, None)


def filter_factors(s: ArrayLike, alpha: float) -> Floats:
    r"""Return the share that ridge keeps of least squares, for each singular direction.

        f_k = s_k² / (s_k² + alpha)

    Parameters
    ----------
    s : array (k,), >= 0
        Singular values of the centred X.
    alpha : float, >= 0
        The strength beside X'X: n·lam. For alpha = 0 a direction with s = 0 gets 0, as in the
        solution of minimum norm.

    Returns
    -------
    array (k,), each between 0 and 1

    Raises
    ------
    InvalidInput
        If a singular value or alpha is negative.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.47).

    Examples
    --------
    >>> filter_factors([3.0, 1.0], 3.0)
    array([0.75, 0.25])
    """
    values, alpha = as_vector(s, "s"), as_real(alpha, "alpha", at_least=0.0)
    if values.min() < 0:
        raise InvalidInput(f"s must be >= 0, got {values.min():g}")
    return _factors(values, alpha)


def _factors(s: Floats, alpha: float) -> Floats:
    # As 1 / (1 + (√alpha / s)²), which neither overflows nor underflows before its time;
    # for s = 0 the ratio is infinite, and the factor 0 whatever alpha.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        ratio = np.where(s > 0, np.sqrt(alpha) / s, np.inf)
        factors: Floats = 1 / (1 + ratio**2)
    return factors


def effective_dof(X: ArrayLike, alpha: float) -> float:
    r"""Return the effective degrees of freedom of ridge: how many weights are really in use.

        df = Σ s_k² / (s_k² + alpha) = trace( Xc (Xc'Xc + alpha I)⁻¹ Xc' )

    X is centred here, and the intercept, which would add 1, is not counted.

    Parameters
    ----------
    X : array (n, p)
    alpha : float, >= 0
        The strength beside X'X: n·lam. alpha = 0 gives the rank of the centred X, in which
        directions that the rounding of X alone can explain do not count.

    Returns
    -------
    float, 0 to min(n - 1, p)

    Raises
    ------
    InvalidInput
        If X is not a finite matrix, or alpha < 0.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.50).

    Examples
    --------
    >>> print(f"{effective_dof([[-1.0], [0.0], [4.0]], 14.0):.2f}")
    0.50
    """
    matrix, alpha = as_features(X), as_real(alpha, "alpha", at_least=0.0)
    data = centre(matrix, np.zeros(len(matrix)), np.ones(len(matrix)))
    return float(_factors(next(spectra(data, alpha)).s, alpha).sum())
