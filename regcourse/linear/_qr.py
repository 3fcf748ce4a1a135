"""QR decompositions of tall matrices, by blocks of rows.

Less memory than all at once, and less rounding: a sum over many thousand rows is made of sums over
few, whose errors do not add up in one direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from regcourse._arrays import Floats


def tall_qr(A: Floats) -> tuple[Floats, Floats]:
    """Return Q (n, k) and R (k, k) of a tall A (n, k)."""
    parts = _parts(A)
    if len(parts) == 1:
        return np.linalg.qr(A)
    Q, triangles = np.empty(A.shape), []
    for rows in parts:
        Q[rows], R = np.linalg.qr(A[rows])
        triangles.append(R)
    upper, R = tall_qr(np.vstack(triangles))
    for rows, block in zip(parts, np.split(upper, len(parts)), strict=True):
        Q[rows] = Q[rows] @ block
    return Q, R


def triangle(A: Floats) -> Floats:
    """Return R of `tall_qr` alone."""
    while len(parts := _parts(A)) > 1:
        A = np.vstack([np.linalg.qr(A[rows], mode="r") for rows in parts])
    return np.asarray(np.linalg.qr(A, mode="r"))


def product(Q: Floats, C: Floats) -> Floats:
    """Return Q C, written over Q: C has no more columns than Q."""
    for rows in blocks(len(Q), 1024):
        Q[rows, : C.shape[1]] = Q[rows] @ C
    return Q[:, : C.shape[1]]


def blocks(length: int, step: int) -> Iterator[slice]:
    """Slices that cover `length`, of `step` or a few more each, and never less than 16."""
    ends = np.linspace(0, length, max(1, length // max(16, step)) + 1).astype(int)
    for a, b in pairwise(ends):
        yield slice(a, b)


def _parts(A: Floats) -> list[slice]:
    return list(blocks(len(A), max(64, 4 * A.shape[1])))
