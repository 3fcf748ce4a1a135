"""A singular value decomposition that keeps the small beside the very large.

LAPACK's error is eps times the largest singular value, whatever the sizes of the columns: a column
in nanoseconds buries one in metres. QR decompositions are wrong by eps of each column instead. A
few of them, of the matrix and its transpose in turns, part the large from the small, until LAPACK
sees only blocks of similar size.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regcourse._arrays import Floats
from regcourse.linear._qr import tall_qr

EPS = np.finfo(float).eps

# Of columns whose sizes differ by less, LAPACK sees the smallest to 13 digits.
SIMILAR = 1e3


def graded_svd(K: Floats, rounding: Floats) -> tuple[Floats, Floats, Floats]:
    """Return U (r, r), s (r,) and V (p, r) with K = U diag(s) V', for K (r, p) of rank r.

    `rounding` is what of each column rounding alone can explain.
    """
    Q, L = tall_qr(K.T)
    W, s, Ut = np.linalg.svd(L)
    sizes = np.linalg.norm(K, axis=0)
    if s.size == 0 or sizes.max() < SIMILAR * sizes[sizes > 0].min():
        return Ut.T, s, Q @ W
    order = _order(K)
    U, R = np.linalg.qr(K[:, order])
    # What is left of a column that depends on others would be used like an honest one.
    R[np.abs(R) <= rounding[order]] = 0.0
    rows = np.argsort(-np.linalg.norm(R, axis=1), kind="stable")
    V, L = tall_qr(R[rows].T)
    U, s, V = _parted(U[:, rows], L, V)
    back = np.empty_like(V)
    back[order] = V
    return U, s, back


def _order(K: Floats) -> NDArray[np.intp]:
    """Columns by size, but one that nearly depends on larger ones after those it is made of."""
    A, sizes = K.copy(), np.linalg.norm(K, axis=0)
    sizes[sizes == 0] = 1.0
    chosen: list[int] = []
    for _ in range(len(K)):
        left = np.linalg.norm(A, axis=0)
        share = left / sizes
        j = int(np.where(share > min(1e-3, share.max() / 2), left, 0.0).argmax())
        if left[j] == 0:
            break
        q = A[:, j] / left[j]
        A -= np.outer(q, q @ A)
        A[:, j] = 0.0
        chosen.append(j)
    others = np.setdiff1d(np.arange(K.shape[1]), chosen)
    return np.concatenate([np.array(chosen, dtype=np.intp), others])


def _parted(U: Floats, L: Floats, V: Floats) -> tuple[Floats, Floats, Floats]:
    """Decompose U L' V', where L is an upper triangle with columns of falling size."""
    for _ in range(30):
        parts = _uncoupled(L)
        sizes = np.abs(np.diag(L))
        if all(sizes[part].max() < SIMILAR**2 * sizes[part].min() for part in parts):
            break
        Q, R = np.linalg.qr(L.T)
        U = U @ Q
        Q, L = np.linalg.qr(R.T)
        V = V @ Q
    s = np.empty(len(L))
    for part in parts:
        W, s[part], Zt = np.linalg.svd(L[part, part])
        U[:, part], V[:, part] = U[:, part] @ Zt.T, V[:, part] @ W
    kept = np.argsort(-s, kind="stable")[: np.count_nonzero(s)]
    return U[:, kept], s[kept], V[:, kept]


def _uncoupled(L: Floats) -> list[slice]:
    """Slices of the diagonal of an upper triangle, with nothing but rounding between them."""
    coupled = np.triu(np.abs(L), 1) > EPS * np.abs(np.diag(L))
    here = np.arange(len(L))
    first = np.where(coupled.any(axis=0), coupled.argmax(axis=0), here)
    first = np.minimum.accumulate(first[::-1])[::-1]
    ends = [*np.flatnonzero(first == here), len(L)]
    return [slice(a, b) for a, b in pairwise(ends)]
