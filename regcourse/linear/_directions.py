"""The singular directions of data, whatever the sizes of their columns.

Two questions that one decomposition cannot answer together. *Which directions are there?* is asked
with every column in units of its own rounding, so that none hides another. *How long are they?*
belongs to the units of X as they are, and is asked of what the first answer left.
"""

from __future__ import annotations

import numpy as np

from regcourse._arrays import Floats
from regcourse.linear._centring import Centred
from regcourse.linear._graded import graded_svd
from regcourse.linear._qr import product, tall_qr, triangle

# Rounding left at most 1.8 eps·√p of a direction that is not there, in tens of thousands of designs
# with repeated, constant, summed or too many columns. A fit leaves out what is less than this;
ROUNDING = 4.0
# a certificate begins to count earlier, so that it shows whatever may have been left out wrongly.
COUNTED = 2.5

# LAPACK finds singular values to eps times the largest: from this share of it on, to ten digits.
EVEN = 1e-6
# Products of X square such a share: from here on, their eigenvalues have ten digits too.
SAFE = 1e-6


def directions(data: Centred) -> tuple[Floats, Floats, Floats]:
    """Return U (n, r), s (r,) and V (p, r) with X = U diag(s) V', for the r directions of X.

    Directions that rounding alone can explain are not among them.
    """
    (n, p), sizes = data.X.shape, data.sizes()
    # Centred rows add up to zero: they have one direction less.
    r = min(n - 1, p)
    Q, R = tall_qr(data.X if n > p else data.X.T)
    W, s, Zt = np.linalg.svd(R)
    if r and s[r - 1] > max(EVEN * s[0], rounding(sizes).max()):
        long, s, short = product(Q, W[:, :r]), s[:r], Zt[:r].T
        U, V = (long, short) if n > p else (short, long)
    elif n > p:
        basis = _basis(R / _unit(sizes), p)
        U, s, V = graded_svd(basis.T @ R, rounding(sizes))
        U = product(Q, basis @ U)
    else:
        basis = _basis(triangle((data.X / _unit(sizes)).T).T, p)
        U, s, V = graded_svd(basis.T @ data.X, rounding(sizes))
        U = basis @ U
    return U, s, V


def rounding(sizes: Floats) -> Floats:
    """What of each column rounding alone can explain."""
    explicable: Floats = ROUNDING * np.sqrt(sizes.size) * np.finfo(float).eps * sizes
    return explicable


def span(data: Centred) -> Floats:
    """Return an orthonormal basis (n, r) of the span of the centred columns, as it counts."""
    n, p = data.X.shape
    relative = data.X / _unit(data.sizes())
    if n > p:
        Q, R = tall_qr(relative)
        return product(Q, _basis(R, p, COUNTED))
    return _basis(triangle(relative.T).T, p, COUNTED)


def _unit(sizes: Floats) -> Floats:
    return np.where(sizes > 0, sizes, 1.0)


def _basis(relative: Floats, p: int, least: float = ROUNDING) -> Floats:
    """Orthonormal directions of p columns (here only of their triangle), each rounded to eps."""
    U, s, _ = np.linalg.svd(relative, full_matrices=False)
    kept: Floats = U[:, s > least * np.sqrt(p) * np.finfo(float).eps]
    return kept
